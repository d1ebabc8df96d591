//! Routers: which settings pin the provider behind them, and which providers they may pick.

use serde::Deserialize;

/// One router. One file under `rules/routers/`; the id is the provider's.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Router {
    /// Provider id.
    pub id: String,
    /// Where the settings are written, by surface (`json`, `python`, `typescript`, …).
    #[serde(default)]
    pub written_in: std::collections::BTreeMap<String, String>,
    /// Settings.
    #[serde(default, rename = "control")]
    pub controls: Vec<Control>,
    /// Providers it may pick.
    #[serde(default, rename = "upstream")]
    pub upstreams: Vec<Upstream>,
    /// What happens when nothing is set.
    pub default: Option<String>,
    /// Free remark.
    pub note: Option<String>,
    /// `false` removes an entry of the same id loaded earlier.
    #[serde(default = "yes")]
    pub enabled: bool,
}

/// One setting of a router.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// Name of the setting.
    pub name: String,
    /// How and where it is written.
    pub place: Option<String>,
    /// What it does.
    pub meaning: Option<String>,
    /// Whether it fixes the jurisdiction: free words.
    pub pins: Option<String>,
    /// The same as a machine reads it.
    #[serde(default)]
    pub effect: ControlEffect,
    /// Conditions of a policy that it meets (`no-training`, `zero-retention`) when it is on.
    #[serde(default)]
    pub promises: Vec<String>,
    /// The word that switches it on; a switch when there is none.
    pub on: Option<String>,
    /// URL of the evidence.
    pub source: Option<String>,
}

/// What a setting does to the list of candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ControlEffect {
    /// Only the listed providers remain.
    Only,
    /// The listed providers go first, others stay possible.
    Order,
    /// The listed providers are left out.
    Ignore,
    /// Others may be tried or not.
    Fallbacks,
    /// Only providers that do not keep or train remain.
    Policy,
    /// The region is pinned.
    Region,
    /// Sorting by price or speed.
    Sort,
    /// Says which model or provider is meant.
    Select,
    /// Anything else.
    #[default]
    Other,
}

/// One provider a router may pick.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upstream {
    /// Slug in the router's own settings.
    pub slug: String,
    /// Name.
    pub name: Option<String>,
    /// Provider id of this registry, when it has one.
    pub provider: Option<String>,
    /// Operator's country, or `unknown`.
    pub country: String,
    /// Where its data centres are, as the router says.
    #[serde(default)]
    pub residency: Vec<String>,
    /// Whether it trains on prompts: `yes`, `no`, `unknown`.
    pub training: Option<String>,
    /// Retention in words.
    pub retention: Option<String>,
    /// Whether it gets an id of the user.
    pub user_id: Option<bool>,
    /// URL of the evidence.
    pub source: Option<String>,
    /// Free remark.
    pub note: Option<String>,
}

fn yes() -> bool {
    true
}
