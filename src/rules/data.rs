//! What counts as sensitive: data classes and their names, source shapes, sanitizers.

use std::sync::OnceLock;

use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::Deserialize;

use super::glob;
use super::name::classify::Names;
pub use super::name::{NameMatch, Owner};
use super::owner::OwnerGroup;
pub use super::value::ValueMatch;
use super::value::Values;

/// Data classes, source shapes, sanitizers, and the tables that drive name matching.
#[derive(Debug, Default)]
pub struct DataRules {
    /// All classes, sorted by id.
    pub classes: Vec<DataClass>,
    /// Expressions that yield sensitive data whatever they are called.
    pub sources: Vec<SourceRule>,
    /// Functions that remove or weaken sensitivity.
    pub sanitizers: Vec<SanitizerRule>,
    /// How reads of rows, and declarations of their fields, look in code.
    pub rows: super::row::RowRules,
    pub(super) names: Names,
    pub(super) values: Values,
    pub(super) test_paths: OnceLock<GlobSet>,
    pub(super) noise_paths: OnceLock<GlobSet>,
}

impl DataRules {
    /// The class of a name where it stands; `None` when it says nothing sensitive.
    pub fn classify(&self, name: &str, owner: Owner<'_>) -> Option<NameMatch<'_>> {
        self.names.classify(&self.classes, name, owner)
    }

    /// The class of an object about a person, taken as a whole (`patient`, `user_data`).
    pub fn whole_object(&self, name: &str) -> Option<NameMatch<'_>> {
        self.names.whole_object(&self.classes, name)
    }

    /// Whether a function's name promises that it takes something sensitive out.
    pub fn sounds_clean(&self, function: &str) -> bool {
        self.names.sounds_clean(function)
    }

    /// The first literal value in a text that is sensitive by its shape.
    pub fn value_pattern(&self, text: &str) -> Option<ValueMatch<'_>> {
        self.values.find(text)
    }

    /// Classes that substituting this regular expression takes out of a text.
    pub fn taken_out_by(&self, expression: &str) -> Vec<&str> {
        self.values.taken_out_by(expression)
    }

    /// A class by id.
    pub fn class(&self, id: &str) -> Option<&DataClass> {
        self.classes
            .binary_search_by(|class| class.id.as_str().cmp(id))
            .ok()
            .map(|index| &self.classes[index])
    }

    /// Whether a path (with `/`, relative) is a test, an example or documentation.
    pub fn is_test_path(&self, path: &str) -> bool {
        self.test_paths.get_or_init(|| glob_set(&self.names.matching.test_paths)).is_match(path)
    }

    /// Whether a path is generated, vendored, translated or a database migration.
    pub fn is_noise_path(&self, path: &str) -> bool {
        let globs = || self.names.matching.noise_paths.iter().chain(&self.names.matching.migration_paths);
        self.noise_paths.get_or_init(|| glob_set(globs())).is_match(path)
    }

    /// The group of person words a match named.
    pub fn owner_group(&self, id: &str) -> Option<&OwnerGroup> {
        self.names.owners.table.groups.iter().find(|group| group.id == id)
    }

    /// Confidence of a name by the kind of place it stands in (`local_variable_alone`, …).
    pub fn unit_confidence(&self, unit: &str) -> Option<f32> {
        self.names.matching.unit_confidence.get(unit).copied()
    }
}

/// Globs that match anywhere below the root; mistakes in them were reported when they were loaded.
fn glob_set<'g>(globs: impl IntoIterator<Item = &'g String>) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    globs.into_iter().filter_map(|glob| Glob::new(glob).ok()).for_each(|glob| {
        builder.add(glob);
    });
    builder.build().unwrap_or_default()
}

/// How harmful disclosure is; ordered from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Content unknown until run time.
    UserInput,
    /// Not public; weakly identifying.
    Internal,
    /// Personal or business data.
    Confidential,
    /// Special category, secret or regulated.
    Restricted,
}

/// One class of sensitive data.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataClass {
    /// Dotted id, e.g. `pii.contact.email`.
    pub id: String,
    /// Title in a few words.
    pub title: String,
    /// One sentence.
    #[serde(default)]
    pub description: String,
    /// Tier.
    pub tier: Tier,
    /// Regulation ids the class may fall under.
    #[serde(default)]
    pub regulations: Vec<String>,
    /// Listed-identifier letter of 28 CFR 202.234, when one applies.
    pub doj: Option<String>,
    /// Token sequences that classify by themselves when they end the identifier.
    #[serde(default)]
    pub strong: Vec<Vec<String>>,
    /// Token sequences that need an owner.
    #[serde(default)]
    pub contextual: Vec<Vec<String>>,
    /// Token sequences distinctive at any position.
    #[serde(default)]
    pub anywhere: Vec<Vec<String>>,
    /// Token sequences that rule the class out.
    #[serde(default)]
    pub exclude: Vec<Vec<String>>,
    /// Factor on the confidence of a name, when the name is only a hint.
    pub default_confidence: Option<f32>,
    /// Classes it may turn out to be.
    #[serde(default)]
    pub may_be: Vec<String>,
    /// Whether it means "some fields, nobody knows which": a field that is named is then judged by its name alone.
    #[serde(default)]
    pub unknown_fields: bool,
    /// Whether the class is reported when nothing else reaches the call.
    #[serde(default = "yes")]
    pub report_alone: bool,
    /// A parent that no value has directly.
    #[serde(default, rename = "abstract")]
    pub is_abstract: bool,
    /// Free remark.
    pub note: Option<String>,
    /// `false` removes an entry of the same id loaded earlier.
    #[serde(default = "yes")]
    pub enabled: bool,
}

impl SanitizerRule {
    /// Whether it takes the sensitivity of this class away or weakens it.
    pub fn covers(&self, class: &str) -> bool {
        self.neutralises.iter().any(|pattern| glob::matches(pattern, class))
    }
}

/// An expression that yields data of a class by its shape, not its name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRule {
    /// Stable id.
    pub id: String,
    /// What it is in the words of a report, such as "the content of a file"; the title of the class if nothing is said.
    pub says: Option<String>,
    /// `python`, `typescript` or `any`.
    pub language: String,
    /// Dotted path globs of a value or call (`flask.request.json`, `streamlit.text_input()`, `*.objects.get()`).
    #[serde(default)]
    pub path: Vec<String>,
    /// Decorator or registrar paths whose handler's parameters are the source (`fastapi.FastAPI().post`).
    #[serde(default)]
    pub handler: Vec<String>,
    /// For `path`: callbacks passed to this call receive the data (argument index of the callback's parameter is any).
    #[serde(default)]
    pub callback: bool,
    /// Import names one of which the file must have for `path` and `handler` to count; empty: any file.
    #[serde(default)]
    pub import: Vec<String>,
    /// Entries of the value that are of another class: name → class id.
    #[serde(default)]
    pub entries: std::collections::BTreeMap<String, String>,
    /// Words that the literals of a call's first arguments must hold (`["git", "diff"]`).
    #[serde(default)]
    pub words: Vec<String>,
    /// For a read of a file: path globs, in small letters, of files that belong to the program and hold no data.
    #[serde(default)]
    pub own: Vec<String>,
    /// The same for files whose name the program spells out and that is not the name of some data.
    #[serde(default)]
    pub own_when_named: Vec<String>,
    /// Parameter types whose value is the source (`fastapi.UploadFile`).
    #[serde(default)]
    pub parameter_type: Vec<String>,
    /// Class id of what it yields when no field name says better.
    pub yields: String,
    /// Free remark.
    pub note: Option<String>,
    /// `false` removes an entry of the same id loaded earlier.
    #[serde(default = "yes")]
    pub enabled: bool,
}

/// What a sanitizer does to the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The data is gone.
    Remove,
    /// Part of it is hidden.
    Mask,
    /// Replaced by a stable stand-in.
    Pseudonymise,
    /// Encrypted.
    Encrypt,
    /// Only an aggregate is left.
    Aggregate,
    /// Nothing is removed, it only looks.
    DetectOnly,
    /// The result is unrelated to the arguments (a look-up, a logger, a model's answer).
    Unrelated,
}

/// A function that removes or weakens sensitivity.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SanitizerRule {
    /// Stable id.
    pub id: String,
    /// `python`, `typescript` or `any`.
    pub language: String,
    /// Dotted path globs of the call.
    pub path: Vec<String>,
    /// What it does.
    pub effect: Effect,
    /// Class-id globs it neutralises; `*` for all.
    pub neutralises: Vec<String>,
    /// What is left of the severity, 0 to 1; 0 ends the flow.
    pub factor: f64,
    /// What may remain.
    pub residual: Option<String>,
    /// `false` removes an entry of the same id loaded earlier.
    #[serde(default = "yes")]
    pub enabled: bool,
}

fn yes() -> bool {
    true
}
