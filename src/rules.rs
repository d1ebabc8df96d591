//! Facts about the world, loaded from `rules/`: providers and where they are, SDKs and their calls,
//! what counts as sensitive, what takes sensitivity away, and the laws a reviewer cites.
//!
//! No host, vendor, SDK, country or personal-data word stands in `src/`; it stands in those files.

pub mod app;
pub mod check;
pub mod client;
pub mod data;
mod fold;
pub mod glob;
pub mod handed;
pub mod hop;
mod host;
pub mod infrastructure;
pub mod jurisdiction;
mod load;
pub mod local;
mod merge;
pub mod name;
pub mod own;
pub mod owner;
pub mod provider;
pub mod reader;
pub mod router;
pub mod row;
pub mod severity;
pub mod value;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use camino::Utf8PathBuf;
use client::{ApiPath, ClientRules};
use data::DataRules;
use jurisdiction::{Jurisdictions, Law};
use provider::{HostMatch, ModelOrigin, Provider, Providers};
use router::Router;

pub use check::check;

/// The whole rule set: the bundle merged with every `--rules DIR`, validated and indexed.
#[derive(Debug, Default)]
pub struct Rules {
    /// Who operates which host, from where, under whose law.
    pub providers: Providers,
    /// Routers: their controls and what they may pick.
    pub routers: Vec<Router>,
    /// SDK constructors and calls.
    pub clients: ClientRules,
    /// Data classes, source shapes and sanitizers.
    pub data: DataRules,
    /// Countries, groups of countries, laws.
    pub jurisdictions: Jurisdictions,
    /// How code reads its settings.
    pub readers: reader::Readers,
    /// Where infrastructure code names regions.
    pub declarations: Vec<infrastructure::Declaration>,
    /// Functions that call what they are handed.
    pub handed: handed::HandedRules,
    /// Where calls hold the body of a request.
    pub bodies: router::Bodies,
    /// How values leave one part of a program and arrive in another.
    pub hops: hop::Hops,
    /// Programs that send by configuration alone.
    pub apps: Vec<app::App>,
    /// Which other values name an endpoint.
    pub naming: app::Naming,
    /// How severe a finding is.
    pub severity: severity::SeverityModel,
    /// Regulations by id.
    pub regulations: BTreeMap<String, severity::Regulation>,
    /// Policies to start from: name → text.
    pub profiles: BTreeMap<String, String>,
    /// SHA-256 of everything that was loaded: two reports of the same digest stand on the same facts.
    pub digest: String,
}

/// A mistake in a rule file, with the place it stands at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {message}")]
pub struct RulesError {
    /// File, as given on the command line, or relative to the bundle.
    pub path: String,
    /// Bytes of `source_text` the message is about.
    pub span: Option<Range<usize>>,
    /// What is wrong, in one line.
    pub message: String,
    /// The file's text, so that the line can be shown.
    pub source_text: Option<String>,
}

/// The files of one folder of rules, for [`Rules::given`]; what cannot be read is left out.
pub fn texts(dir: &camino::Utf8Path) -> Vec<(String, String, String)> {
    load::texts_of(dir)
}

impl Rules {
    /// The rules that ship with the binary.
    pub fn bundled() -> Result<Rules, Vec<RulesError>> {
        Self::load(&[])
    }

    /// The bundle, then each directory in order; later entries replace earlier ones of the same id.
    pub fn load(extra_dirs: &[Utf8PathBuf]) -> Result<Rules, Vec<RulesError>> {
        Self::merged(load::files(extra_dirs))
    }

    /// As [`Rules::load`], with the texts of the directories given: for each directory its files, as path to show, path
    /// below the directory, and text, in the order of their paths.
    pub fn given(layers: Vec<Vec<(String, String, String)>>) -> Result<Rules, Vec<RulesError>> {
        Self::merged(load::files_given(layers))
    }

    fn merged((files, errors): (Vec<load::RuleFile>, Vec<RulesError>)) -> Result<Rules, Vec<RulesError>> {
        let digest = load::digest(&files);
        let rules = merge::merge(files, errors)?;
        Ok(Rules { digest, ..rules })
    }

    /// What the registry says of a URL; `None` when nobody claims its host. Holes such as `{region}` are allowed.
    pub fn resolve_url(&self, url: &str) -> Option<HostMatch<'_>> {
        self.providers.resolve(url)
    }

    /// Whether a host stays on this machine or this private network.
    pub fn is_local(&self, host: &str) -> bool {
        self.providers.local.contains(host)
    }

    /// The URL requests to a provider go to when nothing else is said; `word` is an id, an alias or a URL itself.
    pub fn url_of(&self, word: &str) -> Option<String> {
        if word.contains("://") {
            return Some(word.to_owned());
        }
        let endpoint = self.provider(word)?.endpoints.first()?;
        let port = endpoint.port.map_or(String::new(), |port| format!(":{port}"));
        let host = endpoint.host.replace('*', "{name}");
        Some(format!("https://{host}{port}{}", endpoint.path.as_deref().unwrap_or("")))
    }

    /// A provider by id or alias.
    pub fn provider(&self, id_or_alias: &str) -> Option<&Provider> {
        self.providers.get(id_or_alias)
    }

    /// A router's controls by provider id.
    pub fn router(&self, id: &str) -> Option<&Router> {
        let id = self.provider(id).map_or(id, |provider| provider.id.as_str());
        self.routers.iter().find(|router| router.id == id)
    }

    /// Who trained the model with this id; the first matching entry wins.
    pub fn origin(&self, model_id: &str) -> Option<&ModelOrigin> {
        self.providers.origin(model_id)
    }

    /// Whether a model-id glob means a model: the whole id, or the part after the last slash.
    pub fn model_matches(&self, pattern: &str, model_id: &str) -> bool {
        let tail = model_id.rsplit('/').next().unwrap_or(model_id);
        glob::matches(pattern, model_id) || (!pattern.contains('/') && glob::matches(pattern, tail))
    }

    /// Where a cloud region is; `None` for an unknown table or region.
    pub fn residency_of_region(&self, table: &str, region: &str) -> Option<Vec<String>> {
        self.providers.region(table, region)
    }

    /// Countries meant by a list of codes and group names; the error is the first unknown one.
    pub fn expand(&self, codes: &[String]) -> Result<BTreeSet<String>, String> {
        self.jurisdictions.expand(codes)
    }

    /// Laws a reviewer would cite for a country, those of its groups included.
    pub fn laws_for(&self, country: &str) -> Vec<&Law> {
        self.jurisdictions.laws_for(country)
    }

    /// English short name of a country code.
    pub fn country_name(&self, code: &str) -> Option<&str> {
        self.jurisdictions.countries.get(code).map(String::as_str)
    }

    /// The name of a country as a sentence has it: `the United States`.
    pub fn country_in_a_sentence(&self, code: &str) -> Option<String> {
        let name = self.country_name(code)?;
        let article = if self.jurisdictions.definite.contains(code) { "the " } else { "" };
        Some(format!("{article}{name}"))
    }

    /// Texts one of which occurs in every URL of a model's API.
    pub fn url_needles(&self) -> Vec<String> {
        let paths = self.clients.api_paths.iter().map(|path| path.needle.clone());
        let mut needles: Vec<String> = self.providers.host_needles().chain(paths).collect();
        needles.sort_unstable();
        needles.dedup();
        needles
    }

    /// The model API whose path this URL has, whoever serves it.
    pub fn api_path(&self, url: &str) -> Option<&ApiPath> {
        self.clients.api_path(url)
    }
}
