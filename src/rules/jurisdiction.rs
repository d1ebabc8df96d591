//! Countries, groups of countries, and the laws a reviewer cites for each.

use super::glob;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Country names, groups and laws.
#[derive(Debug, Default)]
pub struct Jurisdictions {
    /// ISO 3166-1 alpha-2 code → English short name.
    pub countries: BTreeMap<String, String>,
    /// Codes of the countries that a sentence names with `the`.
    pub definite: BTreeSet<String>,
    /// Group id (`EU`, `EEA`, `EU-adequate`, `US-countries-of-concern`, …) → member codes.
    pub groups: BTreeMap<String, Vec<String>>,
    /// Laws, by country.
    pub laws: Vec<Law>,
    /// Bulk-data transfer rule of a country, as structured thresholds.
    pub bulk_rule: Option<BulkRule>,
}

impl Jurisdictions {
    /// Countries meant by a list of codes and group names; the error is the first unknown one.
    pub fn expand(&self, codes: &[String]) -> Result<BTreeSet<String>, String> {
        let mut out = BTreeSet::new();
        for code in codes {
            let code = code.trim();
            let upper = code.to_ascii_uppercase();
            if self.countries.contains_key(&upper) {
                out.insert(upper);
            } else if let Some(members) = self.group(code) {
                out.extend(members.iter().cloned());
            } else {
                return Err(code.to_owned());
            }
        }
        Ok(out)
    }

    /// Members of a group, by its name in any case.
    pub fn group(&self, name: &str) -> Option<&[String]> {
        let exact = self.groups.get(name);
        let members = exact.or_else(|| {
            self.groups.iter().find(|(group, _)| group.eq_ignore_ascii_case(name)).map(|(_, members)| members)
        });
        members.map(Vec::as_slice)
    }

    /// Whether a code names a country or a group.
    pub fn knows(&self, code: &str) -> bool {
        self.countries.contains_key(code) || self.groups.contains_key(code)
    }

    /// Laws of a country, then those of the groups it belongs to.
    pub fn laws_for(&self, country: &str) -> Vec<&Law> {
        let own = self.laws.iter().filter(|law| law.country == country);
        let of_groups = self.laws.iter().filter(|law| {
            law.country != country
                && self.groups.get(&law.country).is_some_and(|members| members.iter().any(|m| m == country))
        });
        own.chain(of_groups).collect()
    }
}

/// A rule on bulk transfers of a country's personal data, with its thresholds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulkRule {
    /// Citation.
    pub reference: String,
    /// Country whose persons are protected.
    pub country: String,
    /// Group or codes of the countries it is about.
    pub countries_of_concern: Vec<String>,
    /// Period over which transfers add up.
    pub window: String,
    /// Treatments that do not take data out of the rule.
    #[serde(default)]
    pub applies_even_if: Vec<String>,
    /// Amounts above which the rule applies.
    #[serde(default, rename = "threshold")]
    pub thresholds: Vec<BulkThreshold>,
    /// Which amount counts when one transfer holds several categories.
    pub combined: Option<String>,
    /// Data the rule is about in any amount.
    #[serde(default)]
    pub any_amount: Vec<String>,
    /// Transactions that are prohibited.
    #[serde(default)]
    pub prohibited: Vec<String>,
    /// Transactions that need security requirements to be met.
    #[serde(default)]
    pub restricted: Vec<String>,
    /// Who counts as a covered person.
    #[serde(default)]
    pub covered_person: Vec<String>,
    /// Listed identifiers: letter → words.
    #[serde(default)]
    pub listed_identifiers: BTreeMap<String, String>,
    /// Free remark.
    pub note: Option<String>,
    /// URL.
    pub source: Option<String>,
    /// When somebody checked it.
    pub verified: Option<toml::value::Datetime>,
}

/// One amount of a bulk rule.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BulkThreshold {
    /// Category of data.
    pub category: String,
    /// The rule applies above this many.
    pub more_than: u32,
    /// What is counted.
    pub unit: String,
    /// Class-id globs that fall into the category.
    #[serde(default)]
    pub classes: Vec<String>,
    /// What the category covers.
    #[serde(default)]
    pub includes: Vec<String>,
    /// Free remark.
    pub note: Option<String>,
}

impl BulkThreshold {
    /// Whether data of this class falls into the category.
    pub fn covers(&self, class: &str) -> bool {
        self.classes.iter().any(|pattern| glob::matches(pattern, class))
    }
}

/// One law a reviewer would cite for data in a country.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// ISO code or group.
    pub country: String,
    /// Name.
    pub name: String,
    /// Year, articles.
    pub reference: Option<String>,
    /// One sentence: what it lets whom do.
    pub summary: String,
    /// In force since (ISO date, or year).
    pub effective: Option<String>,
    /// URL.
    pub source: Option<String>,
    /// When somebody checked it; absent = unverified, and outputs say so.
    pub verified: Option<toml::value::Datetime>,
}
