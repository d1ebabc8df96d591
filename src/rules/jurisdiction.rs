//! Countries, groups of countries, and the laws a reviewer cites for each.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Country names, groups and laws.
#[derive(Debug, Default)]
pub struct Jurisdictions {
    /// ISO 3166-1 alpha-2 code → English short name.
    pub countries: BTreeMap<String, String>,
    /// Group id (`EU`, `EEA`, `EU-adequate`, `US-countries-of-concern`, …) → member codes.
    pub groups: BTreeMap<String, Vec<String>>,
    /// Laws, by country.
    pub laws: Vec<Law>,
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
