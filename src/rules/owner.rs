//! Whose data a field is: person words, and words that say the opposite.

use std::collections::BTreeMap;

use serde::Deserialize;

/// `rules/data/owners.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnerTable {
    /// Groups of person words.
    #[serde(rename = "group")]
    pub groups: Vec<OwnerGroup>,
    /// Person words that mean something else as often: they lower the confidence.
    #[serde(default)]
    pub weak: Vec<String>,
    /// Person words that behind another word are parts of a program (`SkillManager`).
    #[serde(default)]
    pub machine: Vec<String>,
    /// Words behind which a word of `machine` is a person after all (`account_manager`).
    #[serde(default)]
    pub machine_not_after: Vec<String>,
    /// Words that end what an object is and begin what for (`EmailForPrompt`).
    #[serde(default)]
    pub prepositions: Vec<String>,
    /// Objects that are no person and whose fields are sensitive.
    #[serde(default, rename = "holder")]
    pub holders: Vec<Holder>,
    /// Words that make the field somebody else's: a file's name, a server's address.
    #[serde(default)]
    pub non_person: Vec<String>,
    /// Receivers that say nothing about the owner (`self`, `props`).
    #[serde(default)]
    pub transparent: Vec<String>,
    /// Words after an owner that do not change whose data it is (`user_df`, `PatientModel`).
    #[serde(default)]
    pub tail: Vec<String>,
    /// Words after an owner that mean the whole record (`user_data`).
    #[serde(default)]
    pub whole_tail: Vec<String>,
    /// Words before an owner that mean something else (`current_user` is fine, `system_user` is not).
    #[serde(default)]
    pub not_after: Vec<String>,
    /// Fields that carry whatever the record they stand in is about.
    #[serde(default)]
    pub payload_fields: Vec<String>,
    /// Field word → class id, whatever the owner group.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
}

/// Objects whose fields are sensitive though they are no person: the subject of an e-mail.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// What the object's name or its type's ends with; several tokens joined by `_`.
    pub objects: Vec<String>,
    /// Field → class id; several tokens joined by `_`.
    pub fields: BTreeMap<String, String>,
}

/// One group of person words.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnerGroup {
    /// Id: `patient`, `employee`, ….
    pub id: String,
    /// Person words; several tokens joined by `_`.
    pub owners: Vec<String>,
    /// Regulation ids that come with the owner.
    #[serde(default)]
    pub regulations: Vec<String>,
    /// Class-id globs whose tier the owner raises to restricted.
    #[serde(default)]
    pub promotes: Vec<String>,
    /// Class of the owner object as a whole.
    pub whole: Option<String>,
    /// Field word → class id for this group.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// Free remark.
    pub note: Option<String>,
}

/// A person word found in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub group: usize,
    pub weak: bool,
    /// Number of tokens it takes.
    pub len: usize,
}

/// The same, ready for look-up by tokens.
#[derive(Debug, Default)]
pub(super) struct Owners {
    pub table: OwnerTable,
    /// Token sequence joined by a space → groups, in table order.
    words: rustc_hash::FxHashMap<String, Vec<usize>>,
    weak: rustc_hash::FxHashSet<String>,
}

impl Owners {
    pub(super) fn new(table: OwnerTable) -> Owners {
        let mut words: rustc_hash::FxHashMap<String, Vec<usize>> = Default::default();
        for (index, group) in table.groups.iter().enumerate() {
            for owner in &group.owners {
                words.entry(owner.replace('_', " ")).or_default().push(index);
            }
        }
        let weak = table.weak.iter().map(|word| word.replace('_', " ")).collect();
        Owners { table, words, weak }
    }

    /// The person word these tokens end with.
    pub(super) fn ending(&self, tokens: &[String]) -> Option<Found> {
        (1..=tokens.len().min(3)).rev().find_map(|len| {
            let key = tokens[tokens.len() - len..].join(" ");
            if len == 1 && self.is_machine(tokens) {
                return None;
            }
            let group = self.words.get(&key)?.first().copied()?;
            Some(Found { group, weak: self.weak.contains(&key), len })
        })
    }

    /// Whether a word that can mean a person is a part of a program, because of the word before it.
    pub(super) fn is_machine(&self, tokens: &[String]) -> bool {
        match tokens {
            [.., before, last] => {
                self.table.machine.contains(last) && !self.table.machine_not_after.contains(before)
            }
            _ => false,
        }
    }

    /// Whether a name is a single word that can mean a part of a program.
    pub(super) fn can_be_machine(&self, tokens: &[String]) -> bool {
        matches!(tokens, [word] if self.table.machine.contains(word))
    }

    /// The class of a field of an object that is no person, by what the object's name ends with.
    pub(super) fn held(&self, object: &[String], field: &str) -> Option<&str> {
        let mut object = self.before_preposition(object).unwrap_or(object);
        loop {
            let ends = |words: &String| {
                let words: Vec<&str> = words.split('_').collect();
                object.len() >= words.len() && object[object.len() - words.len()..].iter().eq(words.iter())
            };
            if let Some(holder) = self.table.holders.iter().find(|h| h.objects.iter().any(ends)) {
                return holder.fields.get(field).map(String::as_str);
            }
            let (last, rest) = object.split_last()?;
            if rest.is_empty() || !self.table.tail.contains(last) {
                return None;
            }
            object = rest;
        }
    }

    fn before_preposition<'t>(&self, tokens: &'t [String]) -> Option<&'t [String]> {
        let at = tokens.iter().position(|token| self.table.prepositions.contains(token))?;
        (at > 0 && at + 1 < tokens.len()).then(|| &tokens[..at])
    }

    /// The person word a receiver, type or table name is about, tails such as `_df` cut.
    pub(super) fn of_name(&self, tokens: &[String]) -> Option<Found> {
        let cut = || self.of_whole(self.before_preposition(tokens)?);
        self.of_whole(tokens).or_else(cut)
    }

    fn of_whole(&self, tokens: &[String]) -> Option<Found> {
        let mut end = tokens.len();
        loop {
            if let Some(found) = self.ending(&tokens[..end]) {
                let before = end.checked_sub(found.len + 1).map(|at| &tokens[at]);
                let foreign = before.is_some_and(|word| self.table.not_after.contains(word));
                return (!foreign).then_some(found);
            }
            if end < 2 || !self.table.tail.contains(&tokens[end - 1]) {
                return None;
            }
            end -= 1;
        }
    }

    /// Any person word in a name, the last one first.
    pub(super) fn anywhere(&self, tokens: &[String]) -> Option<Found> {
        (1..=tokens.len()).rev().find_map(|end| self.ending(&tokens[..end]))
    }
}
