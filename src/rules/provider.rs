//! Providers: hosts → endpoint → residency and control; routers; model origins; cloud regions.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::glob;
use super::host::HostIndex;
use super::local::LocalNames;

/// Every provider, with the host index.
#[derive(Debug, Default)]
pub struct Providers {
    /// All providers, sorted by id.
    pub all: Vec<Provider>,
    /// Ordered model-id patterns; the first match wins.
    pub origins: Vec<ModelOrigin>,
    /// Region table → region id → countries.
    pub regions: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Hosts that stay on this machine or network.
    pub local: LocalNames,
    pub(super) by_id: FxHashMap<String, usize>,
    pub(super) hosts: HostIndex,
}

impl Providers {
    /// What the registry says of a URL; `None` when nobody claims its host.
    pub fn resolve(&self, url: &str) -> Option<HostMatch<'_>> {
        let hit = self.hosts.find(url, &self.local)?;
        let provider = &self.all[hit.provider];
        let endpoint = &provider.endpoints[hit.endpoint];
        let region = hit.region.or_else(|| endpoint.region.clone());
        let residency = self.residency(endpoint, region.as_deref());
        Some(HostMatch { provider, endpoint, residency, region, path_matches: hit.path_matches })
    }

    /// A provider by id or alias.
    pub fn get(&self, id_or_alias: &str) -> Option<&Provider> {
        self.by_id.get(id_or_alias).map(|index| &self.all[*index])
    }

    /// Residency of an endpoint once its region is known; `region` becomes `unknown` where it is not.
    pub fn residency(&self, endpoint: &ProviderEndpoint, region: Option<&str>) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut add = |place: String| {
            if !out.contains(&place) {
                out.push(place);
            }
        };
        for place in &endpoint.residency {
            if place == REGION {
                let table = endpoint.regions.as_deref().unwrap_or_default();
                let places = region.and_then(|region| self.region(table, region));
                places.unwrap_or_else(|| vec![UNKNOWN.to_owned()]).into_iter().for_each(&mut add);
            } else {
                add(place.clone());
            }
        }
        out
    }

    /// Where a cloud region is. A region with a zone letter (`x-y1-a`) counts as its region.
    pub fn region(&self, table: &str, region: &str) -> Option<Vec<String>> {
        let table = self.regions.get(table)?;
        let region = region.trim().to_ascii_lowercase();
        let compact = || region.replace([' ', '_'], "");
        let zone = || region.rsplit_once('-').filter(|(_, zone)| zone.len() == 1).map(|(head, _)| head);
        table
            .get(&region)
            .or_else(|| table.get(&compact()))
            .or_else(|| zone().and_then(|head| table.get(head)))
            .cloned()
    }

    /// Who trained the model with this id: the first entry one of whose patterns matches the whole id,
    /// or, for patterns without a slash, the part after the last slash.
    pub fn origin(&self, model_id: &str) -> Option<&ModelOrigin> {
        let tail = model_id.rsplit('/').next().unwrap_or(model_id);
        self.origins.iter().find(|origin| {
            origin.pattern.iter().any(|pattern| {
                glob::matches(pattern, model_id) || (!pattern.contains('/') && glob::matches(pattern, tail))
            })
        })
    }

    /// The registrable domain of every claimed host (a host is often put together from pieces), or its port.
    pub(super) fn host_needles(&self) -> impl Iterator<Item = String> {
        self.all.iter().flat_map(|provider| &provider.endpoints).filter_map(|endpoint| {
            if let Some(port) = endpoint.port {
                return Some(format!(":{port}"));
            }
            let literal = endpoint.host.rsplit(['*', '}']).next()?;
            let labels: Vec<&str> = literal.trim_matches(['.', '-']).split('.').collect();
            let from = match labels.as_slice() {
                // `com.cn` and the like are no registrable domain.
                [.., second, _] if labels.len() > 2 && second.len() <= 3 => labels.len() - 3,
                _ => labels.len().saturating_sub(2),
            };
            (labels.len() > 1).then(|| labels[from..].join("."))
        })
    }
}

/// Residency word: read the region, then the region table.
pub const REGION: &str = "region";
/// Residency word: nobody knows.
pub const UNKNOWN: &str = "unknown";
/// Residency word: wherever the customer put it.
pub const CUSTOMER: &str = "customer";
/// Residency word: wherever the operator likes.
pub const GLOBAL: &str = "global";
/// Residency word: whoever the router picks decides.
pub const UPSTREAM: &str = "upstream";
/// Residency words that are not places.
pub const RESIDENCY_WORDS: [&str; 6] = [REGION, UPSTREAM, CUSTOMER, GLOBAL, UNKNOWN, "local"];

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
    /// Environment variables that hold this provider's key, by convention.
    #[serde(default)]
    pub key_env: Vec<String>,
    /// Environment variables that hold this provider's base URL, by convention.
    #[serde(default)]
    pub url_env: Vec<String>,
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
    /// Free remark: announced changes of owner, listings by authorities.
    pub note: Option<String>,
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
    /// ISO codes or group ids (`EU`: some country of it), or `region`, `upstream`, `customer`, `global`, `unknown`, `local`.
    pub residency: Vec<String>,
    /// Where content is stored when that differs from where it is processed.
    #[serde(default)]
    pub storage: Vec<String>,
    /// Fixed region id, when the host belongs to one region of a cloud table.
    pub region: Option<String>,
    /// Name of the region table (`aws`, `azure`, …) for `residency = ["region"]`, and for regions that only
    /// infrastructure code tells (`residency = ["customer"]`).
    pub regions: Option<String>,
    /// Name of the table of routing prefixes in model ids (`eu.…`), which pin an area whatever the region.
    pub profiles: Option<String>,
    /// Anybody's programs stand there (tunnels, serverless hosts, collectors): only a client or an API path makes
    /// a request to it a model call.
    #[serde(default)]
    pub general: bool,
    /// Wire format: `openai`, `anthropic`, `gemini`, `native`, `web`.
    pub api: Option<String>,
    /// Where the host was seen: `vendor-doc`, `models.dev`, `public-code`, …, `general-knowledge`.
    pub basis: Option<String>,
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
    /// The region id that was read from the host, or that the endpoint is fixed to.
    pub region: Option<String>,
    /// Whether the URL's path lies under the endpoint's (always true for an endpoint without a path).
    pub path_matches: bool,
}

fn yes() -> bool {
    true
}
