//! Literal values that are sensitive by their shape: numbers with check digits, keys, addresses.

use regex::Regex;
use serde::Deserialize;
use std::sync::OnceLock;

mod checksum;

/// `rules/data/values.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValueTable {
    /// Patterns; the first that matches wins, so the most specific stand first.
    #[serde(default, rename = "pattern")]
    pub patterns: Vec<ValuePattern>,
    /// Typical values of a class: what an expression that matches one of them takes out of a text.
    #[serde(default)]
    pub samples: std::collections::BTreeMap<String, Vec<String>>,
    /// Regular expressions of stand-ins (`changeme`, `<...>`).
    #[serde(default)]
    pub placeholders: Vec<String>,
    /// Values printed in every documentation.
    #[serde(default)]
    pub test_values: Vec<String>,
    /// Mail domains nobody reads; `*.` allowed.
    #[serde(default)]
    pub test_domains: Vec<String>,
}

/// One shape of value.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValuePattern {
    /// Stable id.
    pub id: String,
    /// Data class.
    pub class: String,
    /// Regular expression.
    pub regex: String,
    /// Arithmetic that must hold as well.
    pub validator: Option<Validator>,
    /// Words one of which must stand nearby.
    #[serde(default)]
    pub needs_context: Vec<String>,
    /// 0 to 1.
    pub confidence: f32,
}

/// Arithmetic on the digits of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Validator {
    Luhn,
    Mod97Letters,
    Verhoeff,
    Weighted11X,
    Pairs11,
    AreaGroupSerial,
    Weighted371,
    Weighted11Ten,
    Mod23Letter,
    Weighted10,
    JsonHead,
    Entropy,
}

/// A value that matched.
#[derive(Debug, Clone, Copy)]
pub struct ValueMatch<'r> {
    /// The pattern.
    pub pattern: &'r ValuePattern,
    /// Start of the match in the text, in bytes.
    pub start: usize,
    /// End of the match.
    pub end: usize,
}

/// The table with its expressions, compiled when first asked.
#[derive(Debug, Default)]
pub(super) struct Values {
    pub table: ValueTable,
    compiled: OnceLock<Compiled>,
}

#[derive(Debug, Default)]
struct Compiled {
    patterns: Vec<Option<Regex>>,
    placeholders: Vec<Regex>,
}

impl Values {
    pub(super) fn new(table: ValueTable) -> Values {
        Values { table, compiled: OnceLock::new() }
    }

    /// The first pattern that a text holds a value of, stand-ins left out.
    /// Classes of which a typical value is matched whole by an expression: what substituting it takes out.
    pub(super) fn taken_out_by(&self, expression: &str) -> Vec<&str> {
        let Ok(regex) = regex::RegexBuilder::new(expression).size_limit(1 << 20).build() else {
            return Vec::new();
        };
        let whole = |sample: &String| {
            // An expression that matches anything tells nothing about what it is meant for.
            regex.find(sample).is_some_and(|m| m.len() == sample.len()) && !regex.is_match("plain words")
        };
        self.table
            .samples
            .iter()
            .filter(|(_, s)| s.iter().any(whole))
            .map(|(class, _)| class.as_str())
            .collect()
    }

    pub(super) fn find(&self, text: &str) -> Option<ValueMatch<'_>> {
        let compiled = self.compiled.get_or_init(|| self.compile());
        let lower = text.to_lowercase();
        for (pattern, regex) in self.table.patterns.iter().zip(&compiled.patterns) {
            let Some(regex) = regex else { continue };
            if !pattern.needs_context.is_empty()
                && !pattern.needs_context.iter().any(|w| lower.contains(w.as_str()))
            {
                continue;
            }
            for found in regex.find_iter(text) {
                let value = found.as_str();
                if pattern.validator.is_none_or(|v| v.holds(value)) && !self.is_stand_in(value, compiled) {
                    return Some(ValueMatch { pattern, start: found.start(), end: found.end() });
                }
            }
        }
        None
    }

    fn is_stand_in(&self, value: &str, compiled: &Compiled) -> bool {
        let plain: String = value.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let same = |test: &String| test == value || *test == plain;
        let domain = value.rsplit_once('@').map(|(_, domain)| domain);
        let reserved = |domain: &str| {
            self.table
                .test_domains
                .iter()
                .any(|test| test.strip_prefix('*').map_or(test == domain, |suffix| domain.ends_with(suffix)))
        };
        self.table.test_values.iter().any(same)
            || domain.is_some_and(reserved)
            || compiled.placeholders.iter().any(|regex| regex.is_match(value))
    }

    fn compile(&self) -> Compiled {
        Compiled {
            patterns: self.table.patterns.iter().map(|pattern| Regex::new(&pattern.regex).ok()).collect(),
            placeholders: self.table.placeholders.iter().filter_map(|text| Regex::new(text).ok()).collect(),
        }
    }
}
