//! Programs that send to language models by configuration alone: coding assistants, review bots, self-hosted apps, proxies.

use serde::Deserialize;
use std::collections::BTreeMap;

/// One program. One file under `rules/apps/`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct App {
    /// Stable id.
    pub id: String,
    /// Name as people write it.
    pub name: String,
    /// What it sends.
    pub sends: Sends,
    /// Globs of the files that configure it; one without `/` matches the file name anywhere.
    #[serde(default)]
    pub files: Vec<String>,
    /// Key paths one of which a file must have to be this program's, where its name alone does not say so.
    #[serde(default)]
    pub needs: Vec<String>,
    /// What it can be set to.
    #[serde(default, rename = "endpoint")]
    pub endpoints: Vec<AppEndpoint>,
    /// Words for providers in its configuration → provider id, or a URL.
    #[serde(default)]
    pub providers: BTreeMap<String, String>,
    /// What a value starts with that names an environment variable in its place.
    #[serde(default)]
    pub environment: Vec<String>,
    /// Client package whose table of model prefixes it uses.
    pub prefixes: Option<String>,
    /// Key paths of the settings that choose one of several endpoints by name; `name,model` and `name/model` count too.
    #[serde(default)]
    pub chosen: Vec<String>,
    /// Key paths of lists of endpoints that are tried when another fails.
    #[serde(default)]
    pub fallbacks: Vec<String>,
    /// When it stands between the code and a provider: by what its address is known.
    pub proxy: Option<Proxy>,
    /// URL of the evidence.
    pub source: Option<String>,
    /// Free remark.
    pub note: Option<String>,
    /// `false` removes an entry of the same id loaded earlier.
    #[serde(default = "yes")]
    pub enabled: bool,
}

/// One endpoint a program can be set to, or a family of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppEndpoint {
    /// Key path whose every match is one endpoint (`models.*`); empty means the file. The other paths stand below it.
    #[serde(default)]
    pub each: String,
    /// Settings that must have one of these values (globs), by key path.
    #[serde(default, rename = "where")]
    pub required: BTreeMap<String, Vec<String>>,
    /// Where its name stands; by default the last key of `each`.
    #[serde(default)]
    pub name: Vec<String>,
    /// Where its URL stands, first wins.
    #[serde(default)]
    pub url: Vec<String>,
    /// Where a word for its provider stands; `@` is the last key of `each`.
    #[serde(default)]
    pub provider: Vec<String>,
    /// Where its model stands. A known prefix before the first `/` or `:` names the provider when nothing else does.
    #[serde(default)]
    pub model: Vec<String>,
    /// Where the body of its requests stands, so that a router's settings are found.
    #[serde(default)]
    pub body: Vec<String>,
    /// Provider id or URL when nothing says where it goes.
    pub default: Option<String>,
}

/// By what the address of a proxy is known, and what it does.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proxy {
    /// Globs of container images.
    #[serde(default)]
    pub images: Vec<String>,
    /// Globs of the first label of its host.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Ports it listens on unless told otherwise; they count when its configuration stands in the tree.
    #[serde(default)]
    pub ports: Vec<u16>,
    /// Globs of model ids that it has served elsewhere.
    #[serde(default)]
    pub elsewhere: Vec<String>,
    /// Provider id that serves those models, or everything when there are no such globs and no configuration to read.
    pub provider: Option<String>,
    /// Without its configuration nobody knows where it sends. `false` for a runtime that serves models itself.
    #[serde(default = "yes")]
    pub forwards: bool,
}

/// What a program sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sends {
    /// The code of the repository, or its changes.
    SourceCode,
    /// What its users write.
    Prompts,
    /// Arguments that a model writes for a tool.
    ToolArguments,
}

/// Which values of other configuration name an endpoint that is in use. `rules/configured.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Naming {
    /// Words of a key, or of a key above it, whose values only mention hosts: allow-lists, links, documentation.
    #[serde(default)]
    pub mentions: Vec<String>,
    /// Key paths of container images; the key above each is the name of its service.
    #[serde(default)]
    pub images: Vec<String>,
    /// Globs of files whose values only mention hosts.
    #[serde(default)]
    pub files: Vec<String>,
    /// A list of more values than this is a catalogue or an allow-list.
    #[serde(default)]
    pub list: usize,
    /// A file that names more providers than this is a catalogue.
    #[serde(default)]
    pub providers: usize,
}

fn yes() -> bool {
    true
}
