//! Routers: which settings pin the provider behind them, and which providers they may pick.

use serde::Deserialize;

/// One router. One file under `rules/routers/`; the id is the provider's.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Router {
    /// Provider id.
    pub id: String,
    /// Router whose controls and upstreams this one has besides its own.
    pub like: Option<String>,
    /// Key paths in the body of a request below which the controls' keys stand.
    #[serde(default)]
    pub roots: Vec<String>,
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

impl Router {
    /// Takes over what another router has.
    pub(super) fn adopt(&mut self, other: &Router) {
        self.roots.extend(other.roots.iter().cloned());
        self.controls.extend(other.controls.iter().cloned());
        self.upstreams.extend(other.upstreams.iter().cloned());
    }
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
    /// How requests carry it.
    #[serde(default, rename = "in")]
    pub carrier: Carrier,
    /// Where it stands, one spelling each. For [`Carrier::Key`] a key path below each root, or from the body's top when it
    /// starts with `/`; `[]` is each element of a list, and `snake_case` stands for `camelCase` too. For
    /// [`Carrier::Path`] a template such as `/v1/{account}/{upstream}`, for a suffix the words that are meant.
    #[serde(default)]
    pub key: Vec<String>,
    /// Values that name no provider (`auto`).
    #[serde(default)]
    pub except: Vec<String>,
    /// For a control that pins nothing: what it does instead, after "it" ("forbids training, not a country").
    pub limits: Option<String>,
    /// Conditions of a policy that it meets (`no-training`, `zero-retention`) when it is on.
    #[serde(default)]
    pub promises: Vec<String>,
    /// The word that switches it on; a switch when there is none.
    pub on: Option<String>,
    /// URL of the evidence.
    pub source: Option<String>,
}

/// How a request carries a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carrier {
    /// A key of the body.
    #[default]
    Key,
    /// What follows the last `:` of the model id.
    Suffix,
    /// What stands before the first `/` of the model id.
    Prefix,
    /// A step of the URL's path.
    Path,
}

/// Where the arguments of a call or constructor hold what becomes the body of a request. `rules/bodies.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bodies {
    /// Selectors by language; the empty one means that arguments are keys of the body themselves.
    #[serde(default)]
    pub arguments: std::collections::BTreeMap<String, Vec<String>>,
    /// Last steps of functions whose result is their first argument, written as text.
    #[serde(default)]
    pub written_by: Vec<String>,
    /// Key of the model in a body.
    #[serde(default)]
    pub model: Vec<String>,
    /// Keys that together make a body one to a language model, wherever it is sent.
    #[serde(default)]
    pub asks: Vec<Vec<String>>,
    /// Keys at the top of a body that set the service up and carry no content.
    #[serde(default)]
    pub parameters: Vec<String>,
    /// Keys, in small letters, whose values authenticate to whoever the request goes to.
    #[serde(default)]
    pub credentials: Vec<String>,
    /// Class-id glob of what does not count below those.
    #[serde(default)]
    pub credential_class: String,
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
    /// More models, which are tried when the first one fails.
    Models,
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
