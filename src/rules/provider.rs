//! Providers: hosts → endpoint → residency and control; routers; model origins; cloud regions.

use serde::Deserialize;

/// Every provider, with the host index.
#[derive(Debug, Default)]
pub struct Providers {
    /// All providers, sorted by id.
    pub all: Vec<Provider>,
    /// Ordered model-id patterns; the first match wins.
    pub origins: Vec<ModelOrigin>,
}

/// One operator of language-model endpoints. One file under `rules/providers/`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Stable id, lower-case kebab.
    pub id: String,
    /// Ids used elsewhere for the same provider.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Name as people write it.
    pub name: String,
    /// What kind of service it is.
    pub kind: ProviderKind,
    /// Who runs it and who can compel them.
    pub operator: Operator,
    /// Where requests go.
    #[serde(default, rename = "endpoint")]
    pub endpoints: Vec<ProviderEndpoint>,
    /// Retention and training, as published.
    #[serde(default)]
    pub data_policy: DataPolicy,
    /// Provider ids this router may pick (kind = router only); empty means unknown.
    #[serde(default)]
    pub upstreams: Vec<String>,
    /// Free remark shown by `registry show`.
    pub note: Option<String>,
    /// Why there is no endpoint, when there is none.
    pub no_endpoint: Option<String>,
    /// `false` removes an entry of the same id loaded earlier.
    #[serde(default = "yes")]
    pub enabled: bool,
}

/// What kind of service a provider is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProviderKind {
    /// Trains models and serves them.
    Lab,
    /// Serves models others trained.
    Host,
    /// Forwards each request to one of several providers.
    Router,
    /// A cloud whose region decides the residency.
    Cloud,
    /// An unofficial reseller or tunnel between the code and its provider.
    Relay,
    /// Software the user runs.
    SelfHost,
    /// Other services that receive prompts or documents: tracing, vector stores, parsers, speech, search.
    Service,
}

/// Who operates a provider, and who owns the operator.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// Legal entity, when known.
    pub entity: Option<String>,
    /// ISO 3166-1 alpha-2 code of the operating entity, or `unknown`.
    pub country: String,
    /// Country of the ultimate parent; defaults to `country`.
    pub parent_country: Option<String>,
    /// Name of the parent.
    pub parent: Option<String>,
    /// Governing law of the contract.
    pub law: Option<String>,
    /// URL of the evidence.
    pub source: Option<String>,
    /// When the evidence was read (ISO date).
    pub verified: Option<toml::value::Datetime>,
}

/// One host pattern and where requests to it are processed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderEndpoint {
    /// Exact host, or `*.example.com` (any depth below), or with a `{region}` label.
    pub host: String,
    /// Path prefix; omitted when the whole host belongs to the endpoint.
    pub path: Option<String>,
    /// Port, for software on loopback.
    pub port: Option<u16>,
    /// ISO codes, or one of `region`, `upstream`, `customer`, `global`, `unknown`, `local`.
    pub residency: Vec<String>,
    /// Where content is stored when that differs from where it is processed.
    #[serde(default)]
    pub storage: Vec<String>,
    /// Fixed region id, when the host belongs to one region of a cloud table.
    pub region: Option<String>,
    /// Name of the region table (`aws`, `azure`, …) for `residency = ["region"]`.
    pub regions: Option<String>,
    /// Wire format: `openai`, `anthropic`, `gemini`, `native`, `web`.
    pub api: Option<String>,
    /// URL of the evidence.
    pub source: Option<String>,
    /// When the evidence was read; absent means nobody verified it, and every output says so.
    pub verified: Option<toml::value::Datetime>,
    /// What sources disagree on.
    pub conflict: Option<String>,
    /// Free remark.
    pub note: Option<String>,
}

/// Retention and training practice of a provider, as published on a date.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataPolicy {
    /// `yes`, `no`, `opt-out`, `opt-in`, `unknown`.
    pub training: Option<String>,
    /// Retention in words.
    pub retention: Option<String>,
    /// `yes`, `on-request`, `no`, `unknown`.
    pub zero_retention: Option<String>,
    /// URLs of the evidence.
    #[serde(default)]
    pub sources: Vec<String>,
    /// `YYYY-MM` or `YYYY-MM-DD`.
    pub as_of: Option<String>,
    /// Free remark.
    pub note: Option<String>,
}

/// Who trained the models whose id matches a pattern.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelOrigin {
    /// Case-insensitive globs over the model id (and over the part after the last `/` when the glob has none).
    pub pattern: Vec<String>,
    /// Lab that trained the model.
    pub lab: String,
    /// Model family.
    pub family: Option<String>,
    /// ISO code of the lab's country, or `unknown`.
    pub country: String,
    /// `true`, `false` or `mixed`.
    pub open_weights: String,
    /// What it was fine-tuned or distilled from.
    pub base_model: Option<String>,
    /// Provider ids that serve these weights.
    #[serde(default)]
    pub served_by: Vec<String>,
    /// Free remark.
    pub note: Option<String>,
}

/// What the registry says of one URL.
#[derive(Debug, Clone)]
pub struct HostMatch<'r> {
    /// The provider that claims the host.
    pub provider: &'r Provider,
    /// The endpoint entry that matched (the longest).
    pub endpoint: &'r ProviderEndpoint,
    /// Residency with `region` resolved: ISO codes or `upstream`, `customer`, `global`, `unknown`, `local`.
    pub residency: Vec<String>,
    /// The region id that was read from the host, if any.
    pub region: Option<String>,
}

fn yes() -> bool {
    true
}
