//! Name → data class. Identifiers put the head noun last, so a pattern has to end the name;
//! words that need a person behind them count only where one is named.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::data::{DataClass, Tier};

pub(super) mod classify;
pub(super) mod tokens;

/// Where a name stands: names that say whose data it is, from nearest to farthest.
#[derive(Debug, Clone, Copy, Default)]
pub struct Owner<'a> {
    /// Receiver variable, its type, enclosing class or table, function, file stem.
    pub receiver: &'a [&'a str],
}

/// The class of a name, and how sure that is.
#[derive(Debug, Clone, Copy)]
pub struct NameMatch<'r> {
    /// The class.
    pub class: &'r DataClass,
    /// 0 to 1, from the name and its owner alone; what kind of place the name stands in is the caller's.
    pub confidence: f32,
    /// Whether it needed an owner.
    pub contextual: bool,
    /// Whether the name says that the value was masked, hashed or made up.
    pub treated: bool,
    /// Id of the owner group, when an owner was found.
    pub owner_group: Option<&'r str>,
    /// The class's tier, raised where the owner raises it.
    pub tier: Tier,
}

/// Word lists that drive matching: `rules/data/matching.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matching {
    /// Dropped from the front, as often as they come.
    pub leading: Vec<String>,
    /// One is dropped from the front.
    pub accessor_verbs: Vec<String>,
    /// Words with a final `s` that are no plurals.
    pub singular_keep: Vec<String>,
    /// Plurals that no rule makes singular.
    pub singular_irregular: BTreeMap<String, String>,
    /// Words that keep their final digits.
    pub keep_digits: Vec<String>,
    /// Words written together → tokens.
    pub glued: BTreeMap<String, Vec<String>>,
    /// Short forms → tokens.
    pub abbreviation: BTreeMap<String, Vec<String>>,
    /// Short forms that mean it only in some places.
    #[serde(default)]
    pub conditional: Vec<Conditional>,
    /// Tokens at the end that change nothing.
    pub neutral_tail: Vec<String>,
    /// Tokens at the front that change nothing.
    pub strip_prefix: Vec<String>,
    /// A first token that makes it a yes/no.
    pub boolean_prefix: Vec<String>,
    /// A last token that makes it a yes/no.
    pub boolean_tail: Vec<String>,
    /// A first token that makes it a function's name.
    pub action_verbs: Vec<String>,
    /// Tokens after a pattern that make it a description of the data, not the data.
    pub metadata_tail: Vec<String>,
    /// Tokens that say the value was treated.
    pub neutralised: Vec<String>,
    /// First words of functions that promise to take something out.
    #[serde(default)]
    pub cleaning_verbs: Vec<String>,
    /// Tokens that reverse the one after them.
    pub neutralised_reverse: Vec<String>,
    /// Tokens that make a name an identifier of a record.
    pub id_tail: Vec<String>,
    /// Class of a record's identifier.
    pub id_class: String,
    /// Single words that never classify.
    pub never: Vec<String>,
    /// Words around a pattern that rule it out.
    #[serde(default)]
    pub guard: Vec<Guard>,
    /// Numbers.
    pub confidence: NameConfidence,
    /// Confidence by the kind of place a name stands in.
    #[serde(default)]
    pub unit_confidence: BTreeMap<String, f32>,
    /// Paths of tests, examples and documentation.
    pub test_paths: Vec<String>,
    /// Paths of generated, vendored, translated files.
    #[serde(default)]
    pub noise_paths: Vec<String>,
    /// Paths of database migrations.
    #[serde(default)]
    pub migration_paths: Vec<String>,
}

/// A short form that means it only in some places.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conditional {
    /// The short form.
    pub token: String,
    /// What it stands for.
    pub expand: Vec<String>,
    /// It counts before one of these.
    #[serde(default)]
    pub before: Vec<String>,
    /// It counts as the whole name.
    #[serde(default)]
    pub alone: bool,
    /// It counts with an owner of this group.
    pub with_owner: Option<String>,
}

/// Words around a pattern that rule it out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guard {
    /// Class-id glob.
    pub class: String,
    /// Last token of the pattern.
    pub head: String,
    /// Not directly after one of these.
    #[serde(default)]
    pub not_after: Vec<String>,
    /// Not directly before one of these.
    #[serde(default)]
    pub not_before: Vec<String>,
}

/// Confidence of a match by how it came about.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameConfidence {
    /// The name alone.
    pub strong: f32,
    /// The name, with an owner.
    pub strong_owned: f32,
    /// Owner and field in one name.
    pub same_name: f32,
    /// Owner in the receiver, its type, and so on outward; the last one goes for all farther.
    pub receiver: Vec4,
    /// A generic field of a record that is itself sensitive.
    pub payload_field: f32,
    /// The owner object itself.
    pub whole_object: f32,
    /// Factor for an owner word that often means something else.
    pub weak_owner: f32,
}

/// Four numbers, nearest first.
pub type Vec4 = [f32; 4];
