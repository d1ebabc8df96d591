//! The matching itself: candidates by their last token, exclusions, owners, confidence.

use std::sync::{Arc, RwLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::tokens::Words;
use super::{Conditional, Guard, Matching, NameMatch, Owner};
use crate::rules::data::{DataClass, Tier};
use crate::rules::glob;
use crate::rules::owner::{Found, OwnerTable, Owners};

/// Everything classification looks at, built once.
#[derive(Debug, Default)]
pub(in crate::rules) struct Names {
    pub matching: Matching,
    pub words: Words,
    pub owners: Owners,
    sets: Sets,
    /// Last token of a pattern → patterns.
    by_head: FxHashMap<String, Vec<Pattern>>,
    /// Class index → token sequences that rule it out.
    exclude: Vec<Vec<Vec<String>>>,
    /// Owner group index → field word → class index.
    group_fields: Vec<FxHashMap<String, usize>>,
    /// Owner group index → class of the whole object.
    group_whole: Vec<Option<usize>>,
    id_class: Option<usize>,
    memo: RwLock<FxHashMap<String, Arc<Analysed>>>,
}

#[derive(Debug, Default)]
struct Sets {
    neutral_tail: FxHashSet<String>,
    strip_prefix: FxHashSet<String>,
    boolean_prefix: FxHashSet<String>,
    action_verbs: FxHashSet<String>,
    after_pattern: FxHashSet<String>,
    neutralised: FxHashSet<String>,
    id_tail: FxHashSet<String>,
    never: FxHashSet<String>,
    non_person: FxHashSet<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules) enum Level {
    Contextual,
    Strong,
    Anywhere,
}

#[derive(Debug)]
struct Pattern {
    class: usize,
    tokens: Vec<String>,
    level: Level,
}

/// What a name says without its surroundings.
#[derive(Debug, Default)]
struct Analysed {
    /// All tokens, spelled out.
    tokens: Vec<String>,
    /// The longest pattern that classifies by itself.
    strong: Option<Hit>,
    /// Patterns that need an owner, the longest first.
    contextual: Vec<Hit>,
    treated: bool,
}

#[derive(Debug, Clone, Copy)]
struct Hit {
    class: usize,
    start: usize,
    len: usize,
}

/// How an owner was found.
#[derive(Debug, Clone, Copy)]
struct Owned {
    found: Found,
    confidence: f32,
}

impl Names {
    pub(in crate::rules) fn new(classes: &[DataClass], matching: Matching, table: OwnerTable) -> Names {
        let words = Words::new(&matching);
        let set = |list: &[String]| list.iter().cloned().collect::<FxHashSet<_>>();
        let after = matching.metadata_tail.iter().chain(&matching.boolean_tail).chain(&matching.id_tail);
        let sets = Sets {
            neutral_tail: set(&matching.neutral_tail),
            strip_prefix: set(&matching.strip_prefix),
            boolean_prefix: set(&matching.boolean_prefix),
            action_verbs: set(&matching.action_verbs),
            after_pattern: after.cloned().collect(),
            neutralised: set(&matching.neutralised),
            id_tail: set(&matching.id_tail),
            never: set(&matching.never),
            non_person: set(&table.non_person),
        };
        let class_index: FxHashMap<&str, usize> =
            classes.iter().enumerate().map(|(index, class)| (class.id.as_str(), index)).collect();
        let index_of = |id: &String| class_index.get(id.as_str()).copied();
        let fields = |group: &std::collections::BTreeMap<String, String>| {
            group.iter().filter_map(|(word, id)| Some((word.clone(), index_of(id)?))).collect()
        };
        let mut names = Names {
            group_fields: table.groups.iter().map(|group| fields(&group.fields)).collect(),
            group_whole: table.groups.iter().map(|group| group.whole.as_ref().and_then(index_of)).collect(),
            id_class: index_of(&matching.id_class),
            owners: Owners::new(table),
            exclude: Vec::with_capacity(classes.len()),
            matching,
            words,
            sets,
            ..Names::default()
        };
        for (class, spec) in classes.iter().enumerate() {
            names.add(class, &spec.strong, Level::Strong);
            names.add(class, &spec.anywhere, Level::Anywhere);
            names.add(class, &spec.contextual, Level::Contextual);
            let exclude = spec.exclude.iter().map(|pattern| names.pattern(pattern)).collect();
            names.exclude.push(exclude);
        }
        let by_field: Vec<_> = names.owners.table.fields.clone().into_iter().collect();
        for (word, id) in by_field {
            if let Some(class) = class_index.get(id.as_str()) {
                names.add(*class, &[word.split('_').map(str::to_owned).collect()], Level::Contextual);
            }
        }
        names
    }

    /// The class of a name where it stands.
    pub(in crate::rules) fn classify<'r>(
        &'r self,
        classes: &'r [DataClass],
        name: &str,
        owner: Owner<'_>,
    ) -> Option<NameMatch<'r>> {
        let analysed = self.analyse(name, owner);
        let numbers = &self.matching.confidence;
        if let Some(hit) = analysed.strong {
            let owned = self.owned(&analysed.tokens[..hit.start + hit.len - 1], owner);
            let confidence = if owned.is_some() { numbers.strong_owned } else { numbers.strong };
            return Some(self.result(classes, hit.class, confidence, false, &analysed, owned));
        }
        for hit in &analysed.contextual {
            if let Some(owned) = self.owner_of(hit, &analysed, owner) {
                let field = analysed.tokens[hit.start..hit.start + hit.len].join("_");
                let class = self.group_fields[owned.found.group].get(&field).copied().unwrap_or(hit.class);
                return Some(self.result(classes, class, owned.confidence, true, &analysed, Some(owned)));
            }
        }
        if let Some(found) = self.held_field(classes, &analysed, owner) {
            return Some(found);
        }
        self.record_id(&analysed, owner)
            .map(|(class, owned)| self.result(classes, class, owned.confidence, true, &analysed, Some(owned)))
            .or_else(|| self.payload_field(classes, &analysed, owner))
    }

    /// The class of an object about a person, taken as a whole (`patient`, `user_data`).
    pub(in crate::rules) fn whole_object<'r>(
        &'r self,
        classes: &'r [DataClass],
        name: &str,
    ) -> Option<NameMatch<'r>> {
        let mut tokens = self.spelled_out(name, false);
        while tokens.len() > 1 && tokens.last().is_some_and(|t| self.owners.table.whole_tail.contains(t)) {
            tokens.pop();
        }
        let found = self.owners.of_name(&tokens)?;
        let before = &tokens[..tokens.len() - found.len.min(tokens.len())];
        if before
            .first()
            .is_some_and(|t| self.sets.boolean_prefix.contains(t) || self.sets.action_verbs.contains(t))
        {
            return None;
        }
        let class = self.group_whole[found.group]?;
        let factor = if found.weak { self.matching.confidence.weak_owner } else { 1.0 };
        let owned = Owned { found, confidence: self.matching.confidence.whole_object * factor };
        let analysed = Analysed { treated: self.is_treated(&tokens, 0..0), tokens, ..Analysed::default() };
        Some(self.result(classes, class, owned.confidence, true, &analysed, Some(owned)))
    }

    /// Whether a function's name promises that it takes something out.
    pub(in crate::rules) fn sounds_clean(&self, function: &str) -> bool {
        let first = self.words.tokens(function).into_iter().next();
        first.is_some_and(|verb| self.matching.cleaning_verbs.contains(&verb))
    }

    fn result<'r>(
        &'r self,
        classes: &'r [DataClass],
        class: usize,
        confidence: f32,
        contextual: bool,
        analysed: &Analysed,
        owned: Option<Owned>,
    ) -> NameMatch<'r> {
        let class = &classes[class];
        let group = owned.map(|owned| &self.owners.table.groups[owned.found.group]);
        let promoted = owned.is_some_and(|owned| !owned.found.weak)
            && group.is_some_and(|group| group.promotes.iter().any(|glob| glob::matches(glob, &class.id)));
        NameMatch {
            class,
            confidence: confidence * class.default_confidence.unwrap_or(1.0),
            contextual,
            treated: analysed.treated,
            owner_group: group.map(|group| group.id.as_str()),
            tier: if promoted { class.tier.max(Tier::Restricted) } else { class.tier },
        }
    }

    pub(in crate::rules) fn add(&mut self, class: usize, patterns: &[Vec<String>], level: Level) {
        for pattern in patterns {
            let tokens = self.pattern(pattern);
            if let Some(head) = tokens.last().cloned() {
                self.by_head.entry(head).or_default().push(Pattern { class, tokens, level });
            }
        }
    }

    /// A pattern's tokens in the form names are brought into.
    fn pattern(&self, pattern: &[String]) -> Vec<String> {
        let tokens: Vec<String> = pattern.iter().flat_map(|token| self.words.tokens(token)).collect();
        self.words.expanded(&tokens)
    }

    /// Tokens of a name, with short forms spelled out that count in this place.
    fn spelled_out(&self, name: &str, in_group: bool) -> Vec<String> {
        let mut tokens = self.words.tokens(name);
        while tokens.len() > 1 && self.words.leading.contains(&tokens[0]) {
            tokens.remove(0);
        }
        for rule in &self.matching.conditional {
            apply(rule, &mut tokens, in_group);
        }
        self.words.expanded(&tokens)
    }

    fn analyse(&self, name: &str, owner: Owner<'_>) -> Arc<Analysed> {
        // Only names with a conditional short form can read differently under an owner, and those are few.
        let in_group = self.matching.conditional.iter().any(|rule| {
            rule.with_owner.is_some()
                && name.to_ascii_lowercase().contains(&rule.token)
                && self.is_about(rule, owner)
        });
        let key = if in_group { format!("{name}\u{0}") } else { name.to_owned() };
        if let Some(known) = self.memo.read().ok().and_then(|memo| memo.get(&key).cloned()) {
            return known;
        }
        let fresh = Arc::new(self.analyse_fresh(name, in_group));
        if let Ok(mut memo) = self.memo.write() {
            memo.insert(key, Arc::clone(&fresh));
        }
        fresh
    }

    fn is_about(&self, rule: &Conditional, owner: Owner<'_>) -> bool {
        owner.receiver.iter().any(|receiver| {
            let found = self.owners.anywhere(&self.words.expanded(&self.words.tokens(receiver)));
            found.is_some_and(|f| Some(&self.owners.table.groups[f.group].id) == rule.with_owner.as_ref())
        })
    }

    fn analyse_fresh(&self, name: &str, in_group: bool) -> Analysed {
        let mut tokens = self.spelled_out(name, in_group);
        let prefixed = tokens.len() > 1 && self.sets.boolean_prefix.contains(&tokens[0]);
        let candidates = if prefixed { Vec::new() } else { self.candidates(&tokens) };
        // A name can begin with a verb that is part of a pattern (`report card`); only else is it dropped.
        if candidates.iter().all(|(_, hit)| hit.start > 0)
            && tokens.len() > 1
            && self.words.accessor_verbs.contains(&tokens[0])
        {
            tokens.remove(0);
            return self.analysed(tokens.clone(), self.candidates(&tokens));
        }
        self.analysed(tokens, candidates)
    }

    fn analysed(&self, tokens: Vec<String>, candidates: Vec<(Level, Hit)>) -> Analysed {
        let longest = candidates.iter().map(|(_, hit)| hit.len).max().unwrap_or(0);
        let strong = candidates
            .iter()
            .filter(|(level, hit)| *level > Level::Contextual && hit.len == longest)
            .max_by_key(|(level, hit)| (hit.start + hit.len, *level))
            .map(|(_, hit)| *hit);
        let mut contextual: Vec<Hit> =
            candidates.iter().filter(|(level, _)| *level == Level::Contextual).map(|(_, hit)| *hit).collect();
        contextual.sort_by_key(|hit| std::cmp::Reverse(hit.len));
        let best = strong.or_else(|| contextual.first().copied());
        let span = best.map_or(0..0, |hit| hit.start..hit.start + hit.len);
        Analysed { treated: self.is_treated(&tokens, span), tokens, strong, contextual }
    }

    /// Every pattern that fits the tokens and that nothing around it rules out.
    fn candidates(&self, tokens: &[String]) -> Vec<(Level, Hit)> {
        let cut = tokens
            .iter()
            .rev()
            .take_while(|t| self.is_neutral(t))
            .count()
            .min(tokens.len().saturating_sub(1));
        let mut out = Vec::new();
        for end in (1..=tokens.len()).rev() {
            let is_end = end >= tokens.len() - cut;
            for pattern in self.by_head.get(&tokens[end - 1]).into_iter().flatten() {
                if (!is_end && pattern.level != Level::Anywhere) || !tokens[..end].ends_with(&pattern.tokens)
                {
                    continue;
                }
                let hit = Hit {
                    class: pattern.class,
                    start: end - pattern.tokens.len(),
                    len: pattern.tokens.len(),
                };
                if self.allows(tokens, hit, is_end) {
                    out.push((pattern.level, hit));
                }
            }
        }
        out
    }

    fn is_neutral(&self, token: &str) -> bool {
        self.sets.neutral_tail.contains(token) || self.sets.neutralised.contains(token)
    }

    fn allows(&self, tokens: &[String], hit: Hit, is_end: bool) -> bool {
        let end = hit.start + hit.len;
        if hit.start > 0 && self.sets.action_verbs.contains(&tokens[0]) {
            return false;
        }
        if hit.len == 1 && self.sets.never.contains(&tokens[hit.start]) {
            return false;
        }
        if !is_end && tokens[end..].iter().any(|token| self.sets.after_pattern.contains(token)) {
            return false;
        }
        let excluded = self.exclude[hit.class].iter().any(|pattern| {
            !pattern.is_empty() && tokens.windows(pattern.len()).any(|window| window == pattern.as_slice())
        });
        !excluded && !self.matching.guard.iter().any(|guard| guards(guard, tokens, hit, end))
    }

    fn is_treated(&self, tokens: &[String], pattern: std::ops::Range<usize>) -> bool {
        tokens.iter().enumerate().any(|(at, token)| {
            let reversed = at > 0 && self.matching.neutralised_reverse.contains(&tokens[at - 1]);
            !pattern.contains(&at) && !reversed && self.sets.neutralised.contains(token)
        })
    }

    /// The owner of a field that needs one: leading tokens first, then what surrounds the name.
    fn owner_of(&self, hit: &Hit, analysed: &Analysed, owner: Owner<'_>) -> Option<Owned> {
        let mut leading = &analysed.tokens[..hit.start];
        while leading.first().is_some_and(|t| self.sets.strip_prefix.contains(t)) {
            leading = &leading[1..];
        }
        if leading.is_empty() {
            return self.owner_around(owner);
        }
        let (mut rest, mut nearest) = (leading, None);
        while !rest.is_empty() {
            if let Some(found) = self.owners.ending(rest) {
                nearest = nearest.or(Some(found));
                rest = &rest[..rest.len() - found.len];
            } else if self.is_stripped(&rest[rest.len() - 1]) {
                rest = &rest[..rest.len() - 1];
            } else {
                return None;
            }
        }
        match nearest {
            Some(found) => Some(self.weigh(found, self.matching.confidence.same_name)),
            None => self.owner_around(owner),
        }
    }

    fn is_stripped(&self, token: &str) -> bool {
        self.sets.strip_prefix.contains(token) || self.sets.neutralised.contains(token)
    }

    /// The owner named by receiver, type, class, function or file. What the receiver itself is decides first.
    fn owner_around(&self, owner: Owner<'_>) -> Option<Owned> {
        let numbers = self.matching.confidence.receiver;
        let of = |receiver: &&str| self.words.expanded(&self.words.tokens(receiver));
        let machine = owner.receiver.iter().any(|receiver| self.owners.is_machine(&of(receiver)));
        let mut at = 0;
        for receiver in owner.receiver {
            let tokens = self.words.expanded(&self.words.tokens(receiver));
            if tokens.is_empty() || self.owners.table.transparent.iter().any(|word| word == &tokens.join("_"))
            {
                continue;
            }
            let number = numbers[at.min(numbers.len() - 1)];
            // `manager = SkillManager()`: the type says what kind of manager.
            if machine && self.owners.can_be_machine(&tokens) {
                return None;
            }
            if let Some(found) = self.owners.of_name(&tokens) {
                return Some(self.weigh(found, number));
            }
            if at == 0 && tokens.last().is_some_and(|head| self.sets.non_person.contains(head)) {
                return None;
            }
            if at > 0
                && let Some(found) = self.owners.anywhere(&tokens)
            {
                return Some(self.weigh(found, number * 0.9));
            }
            at += 1;
        }
        None
    }

    fn owned(&self, leading: &[String], owner: Owner<'_>) -> Option<Owned> {
        let found = self.owners.anywhere(leading);
        found
            .map(|found| self.weigh(found, self.matching.confidence.same_name))
            .or_else(|| self.owner_around(owner))
    }

    fn weigh(&self, found: Found, confidence: f32) -> Owned {
        let factor = if found.weak { self.matching.confidence.weak_owner } else { 1.0 };
        Owned { found, confidence: confidence * factor }
    }

    /// `patient_id`, `customer.uuid`: an identifier of a person's record.
    fn record_id(&self, analysed: &Analysed, owner: Owner<'_>) -> Option<(usize, Owned)> {
        let class = self.id_class?;
        let (last, leading) = analysed.tokens.split_last()?;
        if !self.sets.id_tail.contains(last) {
            return None;
        }
        let owned = if leading.is_empty() {
            self.owner_around(owner)?
        } else {
            let found =
                self.owners.ending(leading).filter(|found| found.len == leading.len() && !found.weak)?;
            self.weigh(found, self.matching.confidence.same_name)
        };
        Some((class, owned))
    }

    /// A field of an object that is no person but holds what people write (`email.subject`).
    fn held_field<'r>(
        &'r self,
        classes: &'r [DataClass],
        analysed: &Analysed,
        owner: Owner<'_>,
    ) -> Option<NameMatch<'r>> {
        let field = analysed.tokens.join("_");
        owner.receiver.iter().find_map(|receiver| {
            let object = self.words.expanded(&self.words.tokens(receiver));
            let id = self.owners.held(&object, &field)?;
            let class = classes.iter().position(|class| class.id == id)?;
            let confidence = self.matching.confidence.payload_field;
            Some(self.result(classes, class, confidence, true, analysed, None))
        })
    }

    /// A generic field (`value`, `notes`) of a record whose own name is sensitive.
    fn payload_field<'r>(
        &'r self,
        classes: &'r [DataClass],
        analysed: &Analysed,
        owner: Owner<'_>,
    ) -> Option<NameMatch<'r>> {
        let [field] = &analysed.tokens[..] else { return None };
        if !self.owners.table.payload_fields.contains(field) {
            return None;
        }
        owner.receiver.iter().take(2).find_map(|receiver| {
            let record = self.analyse(receiver, Owner::default());
            let hit = record.strong?;
            let confidence = self.matching.confidence.payload_field;
            Some(self.result(classes, hit.class, confidence, true, &record, None))
        })
    }
}

/// Spells out a short form in the places where it counts.
fn apply(rule: &Conditional, tokens: &mut Vec<String>, in_group: bool) {
    let mut at = 0;
    while at < tokens.len() {
        let before = tokens.get(at + 1).is_some_and(|next| rule.before.contains(next));
        let alone = rule.alone && tokens.len() == 1;
        if tokens[at] == rule.token && (before || alone || (in_group && rule.with_owner.is_some())) {
            tokens.splice(at..=at, rule.expand.iter().cloned());
            at += rule.expand.len();
        } else {
            at += 1;
        }
    }
}

fn guards(guard: &Guard, tokens: &[String], hit: Hit, end: usize) -> bool {
    tokens[end - 1] == guard.head
        && (hit.start > 0 && guard.not_after.contains(&tokens[hit.start - 1])
            || tokens.get(end).is_some_and(|next| guard.not_before.contains(next)))
}
