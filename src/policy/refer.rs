//! What the words of a policy file refer to: countries, providers, classes, rules.

use super::exception::To;
use super::mistake::{Mistake, among};
use super::place::{Condition, Places};
use super::words;
use super::written::{At, WrittenTier};
use crate::finding::RuleId;
use crate::rules::Rules;
use crate::rules::severity::class_matches;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use std::collections::BTreeSet;

/// Looks words up and keeps the mistakes.
pub(super) struct Refer<'a> {
    pub rules: &'a Rules,
    pub mistakes: Vec<Mistake>,
}

impl Refer<'_> {
    pub(super) fn wrong(&mut self, span: std::ops::Range<usize>, message: impl Into<String>) {
        self.mistakes.push(Mistake::new(span, message));
    }

    /// Countries meant by codes and groups.
    pub(super) fn countries(&mut self, list: &[At<String>]) -> BTreeSet<String> {
        let mut countries = BTreeSet::new();
        for word in list {
            match self.rules.expand(std::slice::from_ref(word.get_ref())) {
                Ok(more) => countries.extend(more),
                Err(_) => self.unknown_place(word, &[]),
            }
        }
        countries
    }

    fn unknown_place(&mut self, word: &At<String>, extra: &[&'static str]) {
        let rules = self.rules;
        let text = word.get_ref();
        let groups = rules.jurisdictions.groups.keys().map(String::as_str);
        let countries = &rules.jurisdictions.countries;
        // People write the name where a code is wanted.
        let by_name = countries.iter().find(|(_, name)| name.eq_ignore_ascii_case(text));
        let hint = match by_name {
            Some((code, _)) => format!("; did you mean `{code}`?"),
            None => {
                let providers = rules.providers.all.iter().map(|p| p.id.as_str());
                let providers = providers.filter(|_| !extra.is_empty());
                among(text, groups.chain(extra.iter().copied()).chain(providers))
            }
        };
        let what = match extra.is_empty() {
            true => "neither a country code nor a group",
            false => "neither a country code, a group nor a provider",
        };
        self.wrong(word.span(), format!("`{text}` is {what}{hint}"));
    }

    /// `allow`, `deny` and `require` of a tier.
    pub(super) fn places(&mut self, tier: &WrittenTier, home: &BTreeSet<String>) -> Places {
        let Some(allow) = &tier.allow else {
            // Said where the tier is; conditions alone leave it at home.
            let mut places = Places::home(home);
            self.deny(&tier.deny, &mut places);
            places.require = self.conditions(&tier.require);
            return places;
        };
        let mut places = Places {
            require: self.conditions(&tier.require),
            as_written: allow.get_ref().iter().map(|word| word.get_ref().clone()).collect(),
            ..Places::default()
        };
        if allow.get_ref().is_empty() {
            self.wrong(
                allow.span(),
                format!("an empty list allows nothing; say `{}` if that is meant", words::NONE),
            );
        }
        let alone = allow.get_ref().len() > 1;
        for word in allow.get_ref() {
            match word.get_ref().as_str() {
                words::HOME => places.countries.extend(home.iter().cloned()),
                words::LOCAL => {}
                words::ANY | words::NONE if alone => {
                    let text = word.get_ref();
                    self.wrong(
                        word.span(),
                        format!("`{text}` stands alone: beside other places it contradicts them"),
                    );
                }
                words::ANY => {
                    places.anywhere = true;
                    places.countries.extend(self.rules.jurisdictions.countries.keys().cloned());
                }
                words::NONE => places.nowhere = true,
                _ => match self.place(word) {
                    Some(To::Provider(id)) => places.providers.extend([id]),
                    Some(To::Countries(more)) => places.countries.extend(more),
                    _ => {}
                },
            }
        }
        self.deny(&tier.deny, &mut places);
        places
    }

    fn deny(&mut self, list: &[At<String>], places: &mut Places) {
        for word in list {
            match self.place(word) {
                Some(To::Provider(id)) => places.denied_providers.extend([id]),
                Some(To::Countries(countries)) => {
                    places.countries.retain(|code| !countries.contains(code));
                    places.denied.extend(countries);
                }
                _ => {}
            }
        }
    }

    fn conditions(&mut self, list: &[At<String>]) -> BTreeSet<Condition> {
        let mut conditions = BTreeSet::new();
        for word in list {
            let text = word.get_ref();
            match Condition::ALL.into_iter().find(|c| c.as_str() == text) {
                Some(condition) => conditions.extend([condition]),
                None => {
                    let hint = among(text, Condition::ALL.iter().map(|c| c.as_str()));
                    self.wrong(word.span(), format!("unknown condition `{text}`{hint}"));
                }
            }
        }
        conditions
    }

    /// A provider, a country or a group.
    fn place(&mut self, word: &At<String>) -> Option<To> {
        let text = word.get_ref();
        if let Some(provider) = self.rules.provider(text) {
            return Some(To::Provider(provider.id.clone()));
        }
        if let Ok(countries) = self.rules.expand(std::slice::from_ref(text)) {
            return Some(To::Countries(countries));
        }
        self.unknown_place(word, &words::PLACES);
        None
    }

    /// Where an exception lets data go: also hosts.
    pub(super) fn to(&mut self, word: &At<String>) -> Option<To> {
        let text = word.get_ref();
        let known =
            self.rules.provider(text).is_some() || self.rules.expand(std::slice::from_ref(text)).is_ok();
        if !known && text.contains('.') && !text.contains(['/', ':', ' ']) {
            return Some(To::Host(text.to_ascii_lowercase()));
        }
        self.place(word)
    }

    /// Class globs that match something.
    pub(super) fn classes(&mut self, list: &[At<String>]) -> Vec<String> {
        for glob in list {
            let text = glob.get_ref();
            let ids = self.rules.data.classes.iter().map(|class| class.id.as_str());
            if !ids.clone().any(|id| class_matches(text, id)) {
                let hint = among(text, ids);
                self.wrong(glob.span(), format!("`{text}` matches no data class{hint}"));
            }
        }
        list.iter().map(|glob| glob.get_ref().clone()).collect()
    }

    /// Rule ids.
    pub(super) fn rule_ids(&mut self, list: &[At<String>]) -> Vec<RuleId> {
        let mut ids = Vec::new();
        for word in list {
            match RuleId::from_id(word.get_ref()) {
                Some(rule) => ids.push(rule),
                None => {
                    let hint = among(word.get_ref(), RuleId::ALL.iter().map(|rule| rule.id()));
                    self.wrong(word.span(), format!("unknown rule `{}`{hint}", word.get_ref()));
                }
            }
        }
        ids
    }

    /// Path globs; `None` for no restriction.
    pub(super) fn globs(&mut self, list: &[At<String>]) -> Option<GlobSet> {
        let mut set = GlobSetBuilder::new();
        for glob in list {
            match GlobBuilder::new(glob.get_ref().trim_start_matches("./")).literal_separator(true).build() {
                Ok(glob) => {
                    set.add(glob);
                }
                Err(error) => self.wrong(glob.span(), error.to_string()),
            }
        }
        (!list.is_empty()).then(|| set.build().unwrap_or_default())
    }

    /// A text that must be there and say something.
    pub(super) fn required(
        &mut self,
        text: &Option<At<String>>,
        span: &std::ops::Range<usize>,
        without: &str,
    ) -> String {
        match text {
            Some(text) if !text.get_ref().trim().is_empty() => text.get_ref().trim().to_string(),
            Some(text) => {
                self.wrong(text.span(), without);
                String::new()
            }
            None => {
                self.wrong(span.clone(), without);
                String::new()
            }
        }
    }

    /// One of several words.
    pub(super) fn one_of<T: Copy>(
        &mut self,
        word: &Option<At<String>>,
        all: &[(&'static str, T)],
    ) -> Option<T> {
        let word = word.as_ref()?;
        let found = all.iter().find(|(name, _)| name == word.get_ref()).map(|(_, value)| *value);
        if found.is_none() {
            let hint = among(word.get_ref(), all.iter().map(|(name, _)| *name));
            self.wrong(word.span(), format!("`{}` is not known here{hint}", word.get_ref()));
        }
        found
    }
}
