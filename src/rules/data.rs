//! What counts as sensitive: data classes and their names, source shapes, sanitizers.

use serde::Deserialize;

/// Data classes, source shapes, sanitizers, and the tables that drive name matching.
#[derive(Debug, Default)]
pub struct DataRules {
    /// All classes, sorted by id.
    pub classes: Vec<DataClass>,
    /// Expressions that yield sensitive data whatever they are called.
    pub sources: Vec<SourceRule>,
    /// Functions that remove or weaken sensitivity.
    pub sanitizers: Vec<SanitizerRule>,
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

/// An expression that yields data of a class by its shape, not its name.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceRule {
    /// Stable id.
    pub id: String,
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
