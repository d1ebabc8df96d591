//! SDKs: which objects are language-model clients, where they send, and which arguments carry content.
//!
//! Names are dotted paths from the import root, with `()` for the result of a call:
//! `openai.OpenAI()` is an instance, `openai.OpenAI().chat.completions.create` its method.
//! TypeScript packages keep their full name as the first step: `@ai-sdk/openai.createOpenAI()`; a default
//! import is `package.default`, a namespace import or `require` result is the bare package.

use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

/// All client rules, indexed by language.
#[derive(Debug, Default)]
pub struct ClientRules {
    /// One entry per file under `rules/clients/`, sorted by id.
    pub packages: Vec<Package>,
    /// Paths by which a model API is known whoever serves it.
    pub api_paths: Vec<ApiPath>,
    /// Constructors and factories of all clients.
    made_by: FxHashSet<String>,
    /// What rules know by import: classes, functions and ready-made instances, by their full path.
    imported: FxHashSet<String>,
    /// Import roots whose names stand under another one too, longest first.
    renamed: Vec<(String, String)>,
    /// Constructors whose objects have their arguments as fields.
    records: FxHashSet<String>,
}

impl ClientRules {
    /// Indexes packages.
    pub fn new(packages: Vec<Package>, api_paths: Vec<ApiPath>) -> ClientRules {
        let made_by = packages.iter().flat_map(|p| &p.clients).flat_map(|c| &c.new).cloned().collect();
        let imported =
            packages.iter().flat_map(Package::paths).map(|path| imported_name(path).to_owned()).collect();
        let mut renamed: Vec<(String, String)> = packages.iter().flat_map(|p| p.renamed.clone()).collect();
        renamed.sort_by_key(|(root, _)| (std::cmp::Reverse(root.len()), root.clone()));
        let records = packages.iter().flat_map(|p| p.records.clone()).collect();
        ClientRules { packages, api_paths, made_by, imported, renamed, records }
    }

    /// Whether calling this path makes an object that has the arguments as fields.
    pub fn is_record(&self, path: &str) -> bool {
        self.records.contains(path)
    }

    /// The path by which rules know what is imported under `name` from `spec`. Packages offer a class in the module that
    /// defines it and in those above (`sdk.chat_models.base.Chat` is `sdk.Chat`); rules name one of them.
    pub fn known_as(&self, spec: &str, name: &str) -> Option<String> {
        let renamed = self.renamed.iter().find_map(|(root, other)| {
            let rest = spec.strip_prefix(root.as_str())?;
            (rest.is_empty() || rest.starts_with(['.', '/'])).then(|| format!("{other}{rest}"))
        });
        let known = |root: &str| Some(format!("{root}.{name}")).filter(|path| self.imported.contains(path));
        let above = |spec: &str| {
            let cuts = spec.rmatch_indices('.').map(|(at, _)| at).filter(|_| !spec.contains('/'));
            cuts.into_iter().find_map(|at| known(&spec[..at]))
        };
        let renamed = renamed.as_deref();
        let direct = known(spec).or_else(|| renamed.and_then(known));
        direct.or_else(|| above(spec)).or_else(|| renamed.and_then(above))
    }

    /// Whether some client is made by calling this path.
    pub fn is_client(&self, path: &str) -> bool {
        self.made_by.contains(path)
    }

    /// The model API whose path this URL has.
    pub fn api_path(&self, url: &str) -> Option<&ApiPath> {
        let path = url.split(['?', '#']).next().unwrap_or(url);
        let path = path.split_once("://").map_or(path, |(_, rest)| rest);
        self.api_paths.iter().find(|api| {
            path.match_indices(&api.needle).any(|(at, _)| {
                let rest = &path[at + api.needle.len()..];
                let ends = rest.trim_end_matches('/').is_empty() || rest.starts_with('{');
                ends || !api.whole && rest.starts_with(['/', ':'])
            })
        })
    }
}

/// A path by which a model API is known whoever serves it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiPath {
    /// Part of the URL, compared at path boundaries.
    pub needle: String,
    /// Whether the URL ends with it: other services have longer paths that begin so.
    #[serde(default)]
    pub whole: bool,
    /// Many other services have this path too: it counts only for a body that asks a model.
    #[serde(default)]
    pub common: bool,
    /// Wire format.
    pub api: String,
    /// What is sent there.
    #[serde(default)]
    pub kind: CallKind,
}

/// One SDK. One file under `rules/clients/LANGUAGE/`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Stable id; defaults to `LANGUAGE/package` when omitted.
    pub id: Option<String>,
    /// `python` or `typescript` (which covers JavaScript).
    pub language: String,
    /// Name in the package registry.
    pub package: String,
    /// Import roots: `openai`, `@ai-sdk/openai`, `google.genai`.
    pub import: Vec<String>,
    /// Provider id the calls go to when nothing redirects them; `from-url`, `from-model` or `from-argument` where it depends.
    pub provider: String,
    /// Version whose source was read, when it was.
    pub version: Option<String>,
    /// When the source was read.
    pub verified: Option<toml::value::Datetime>,
    /// Classes and factories whose results are clients.
    #[serde(default, rename = "client")]
    pub clients: Vec<Client>,
    /// Free functions that send by themselves (`litellm.completion`, `requests.post`, `ai.generateText`).
    #[serde(default, rename = "call")]
    pub calls: Vec<CallRule>,
    /// Functions that return their argument's client unchanged (`instructor.patch`, `wrapOpenAI`): path → argument index.
    #[serde(default, rename = "wrapper")]
    pub wrappers: Vec<Wrapper>,
    /// Constructors whose objects have the arguments they were given as fields (`HttpOptions(base_url=…)`).
    #[serde(default)]
    pub records: Vec<String>,
    /// Model-name prefix → provider id (`deepseek/` → `deepseek`), for `provider = "from-model"`.
    #[serde(default, rename = "prefix")]
    pub prefixes: Vec<Prefix>,
    /// Id of the package that reads the model names this one has no prefix for (`python/litellm`).
    pub prefixes_of: Option<String>,
    /// Import roots under which the same names stand as under another one: an old home, a new name.
    #[serde(default)]
    pub renamed: BTreeMap<String, String>,
    /// Steps between client and method that change nothing about what is sent (raw-response views).
    #[serde(default)]
    pub transparent: Vec<String>,
    /// Free remark.
    pub note: Option<String>,
    /// `false` removes an entry of the same id loaded earlier.
    #[serde(default = "yes")]
    pub enabled: bool,
}

impl Package {
    /// The id other entries and `enabled = false` refer to.
    pub fn id(&self) -> String {
        self.id.clone().unwrap_or_else(|| format!("{}/{}", self.language, self.package))
    }

    /// Every path its rules name.
    fn paths(&self) -> impl Iterator<Item = &str> {
        let made = self.clients.iter().flat_map(|c| c.new.iter().chain(&c.instance)).map(String::as_str);
        let calls = self.calls.iter().map(|call| call.path.as_str());
        let records = self.records.iter().map(String::as_str);
        made.chain(calls).chain(records).chain(self.wrappers.iter().map(|wrapper| wrapper.path.as_str()))
    }

    /// Whether the package only sends to URLs it is handed.
    pub fn is_http(&self) -> bool {
        let mut calls = self.calls.iter().chain(self.clients.iter().flat_map(Client::calls)).peekable();
        calls.peek().is_some() && calls.all(|call| !call.url.is_empty())
    }
}

/// One client class (or several that behave alike).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// Shape whose calls (and deriving methods) this client has besides its own.
    pub like: Option<String>,
    /// Constructors and factories.
    #[serde(default)]
    pub new: Vec<String>,
    /// Whether `new` are classes that only declarations name: an object of the program's own subclass sends by its own
    /// code.
    #[serde(default, rename = "abstract")]
    pub is_abstract: bool,
    /// Ready-made instances (`@ai-sdk/openai.openai`, module-level clients).
    #[serde(default)]
    pub instance: Vec<String>,
    /// Where the client sends.
    #[serde(default)]
    pub endpoint: EndpointRule,
    /// Constructor argument that names the model.
    #[serde(default)]
    pub model: Vec<String>,
    /// Methods that derive a client.
    #[serde(default)]
    pub derive: Vec<String>,
    /// Of these, the ones whose arguments are options of the new client, as the constructor's are (`with_options`).
    #[serde(default)]
    pub copy: Vec<String>,
    /// Arguments of a deriving method that hold further clients, which may be asked in its place.
    #[serde(default)]
    pub derive_client: Vec<String>,
    /// Argument of a deriving method that names the model (`openai.chat("…")`).
    #[serde(default)]
    pub derive_model: Vec<String>,
    /// Literals that make a constructor call this client (`boto3.client("bedrock-runtime")`); of several clients with
    /// the same constructor the first whose requirements hold is meant.
    #[serde(default)]
    pub require: Vec<Require>,
    /// Constructor arguments that are sent as content with every call (system prompts, documents).
    #[serde(default)]
    pub payload: Vec<String>,
    /// Constructor argument that holds the client or model to use (`Agent(model=…)`).
    #[serde(default)]
    pub client: Vec<String>,
    /// Names of the constructor's positional arguments in order.
    #[serde(default)]
    pub positional: Vec<String>,
    /// Provider id, when it differs from the package's.
    pub provider: Option<String>,
    /// The calls that send, without those of its shape.
    #[serde(default, rename = "call")]
    pub(super) own_calls: Vec<CallRule>,
    /// The shape, once it is known.
    #[serde(skip)]
    shape: Option<Arc<Shape>>,
}

impl Client {
    /// The calls that send: its own, then those of its shape that it does not say itself.
    pub fn calls(&self) -> impl Iterator<Item = &CallRule> {
        let own = |path: &String| self.own_calls.iter().any(|call| call.path == *path);
        let shared = self.shape.iter().flat_map(|shape| &shape.calls);
        self.own_calls.iter().chain(shared.filter(move |call| !own(&call.path)))
    }

    /// Takes over a shape's calls and, if it has none, its deriving methods.
    pub(super) fn adopt(&mut self, shape: &Arc<Shape>) {
        if self.derive.is_empty() {
            self.derive.clone_from(&shape.derive);
            self.copy.clone_from(&shape.copy);
            self.derive_client.clone_from(&shape.derive_client);
        }
        self.shape = Some(shape.clone());
    }
}

/// Calls that several clients of a language share. `rules/shapes/LANGUAGE.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// Name, for [`Client::like`].
    pub name: String,
    /// `python` or `typescript`.
    pub language: String,
    /// Methods that derive a client.
    #[serde(default)]
    pub derive: Vec<String>,
    /// Of these, the ones whose arguments are options of the new client.
    #[serde(default)]
    pub copy: Vec<String>,
    /// See [`Client::derive_client`].
    #[serde(default)]
    pub derive_client: Vec<String>,
    /// The calls.
    #[serde(default, rename = "call")]
    pub calls: Vec<CallRule>,
}

/// How a client or call finds its endpoint, in order of precedence: argument, environment, default.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndpointRule {
    /// Arguments that carry a base URL or host, first wins (see [`CallRule::payload`] for the syntax).
    #[serde(default)]
    pub args: Vec<String>,
    /// Arguments that name something else, unless they hold a URL: it counts then.
    #[serde(default)]
    pub url_args: Vec<String>,
    /// Environment variables the SDK itself reads, first wins.
    #[serde(default)]
    pub env: Vec<String>,
    /// URL used when nothing is given. May hold `{region}` and other argument names as holes.
    pub default: Option<String>,
    /// Arguments that carry a region id, and the environment variables read for it.
    #[serde(default)]
    pub region_args: Vec<String>,
    /// Environment variables that carry the region.
    #[serde(default)]
    pub region_env: Vec<String>,
    /// Region table (`aws`, `azure`, `gcp`, …) for `region_args`.
    pub regions: Option<String>,
    /// Region used when no argument and no variable names one.
    pub region_default: Option<String>,
    /// Arguments that name the provider by a key of the package's prefix table, or by provider id.
    #[serde(default)]
    pub provider_args: Vec<String>,
    /// Module attributes whose assignment sets the URL for all later calls (`openai.base_url`).
    #[serde(default)]
    pub attrs: Vec<String>,
    /// Calls that set the URL or region for all later calls (`genai.configure`).
    #[serde(default)]
    pub setup: Vec<Setup>,
    /// Values of an endpoint or region argument that stand for a URL (`eu` → …).
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// The result stays in the process or on loopback: no endpoint at all.
    #[serde(default)]
    pub local: bool,
}

/// A call that sets the URL or region for all later calls.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// Path of the function.
    pub path: String,
    /// Its arguments that carry a base URL or host.
    #[serde(default)]
    pub args: Vec<String>,
    /// Its arguments that carry a region id.
    #[serde(default)]
    pub region_args: Vec<String>,
}

/// An argument that must have one of these literal values.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Require {
    /// The argument, by any of these selectors.
    pub args: Vec<String>,
    /// Literals, booleans as `true` and `false`.
    pub values: Vec<String>,
}

/// One function or method that sends content.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallRule {
    /// Path after the client (`chat.completions.create`), or for a free function the full path. `""` = calling the client itself.
    pub path: String,
    /// Arguments that carry content: a keyword name (`messages`), a position (`0`), a position with properties
    /// (`0.messages`), `*` for every argument, `new.NAME` for a constructor argument.
    #[serde(default)]
    pub payload: Vec<String>,
    /// Names of the positional arguments in order, so that a keyword selector also finds positional use.
    #[serde(default)]
    pub positional: Vec<String>,
    /// Arguments that show that a call of this path is meant, whatever object it is called on: names, or properties of
    /// the first argument (`0.messages`).
    #[serde(default)]
    pub unmistakable: Vec<String>,
    /// Argument that names the model, same syntax.
    #[serde(default)]
    pub model: Vec<String>,
    /// Argument that carries the client or model object (`0.model` in `generateText`): its type decides the endpoint.
    #[serde(default)]
    pub client: Vec<String>,
    /// Endpoint arguments of the call itself; they override the client's.
    #[serde(default)]
    pub endpoint: EndpointRule,
    /// An argument that must have one of these literal values, where a method also does what sends to no model.
    pub require: Option<Require>,
    /// Raw HTTP: the argument that carries the URL; the call counts only if that URL is a known provider's or has an LLM path.
    #[serde(default)]
    pub url: Vec<String>,
    /// What is sent.
    #[serde(default)]
    pub kind: CallKind,
}

/// What a call sends or asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum CallKind {
    #[default]
    Chat,
    Completion,
    Embedding,
    File,
    Audio,
    Image,
    Agent,
    Moderation,
    FineTune,
    Rerank,
    Tracing,
    Http,
    Search,
    Memory,
    Document,
    Other,
}

impl CallKind {
    /// Whether a model receives what is sent, rather than a store, a search engine or a tracing service.
    pub fn is_model(self) -> bool {
        !matches!(
            self,
            CallKind::Tracing | CallKind::Search | CallKind::Memory | CallKind::Document | CallKind::Other
        )
    }
}

/// A function that hands its argument's client through, or a method that hands out one of those its object was made of.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrapper {
    /// Path of the function.
    pub path: String,
    /// Which argument (selector syntax of [`CallRule::payload`]), under all of its names.
    #[serde(default)]
    pub args: Vec<String>,
    /// Instead of `args`: arguments of the first call of the path, in which `{}` is the name that the last call asks for
    /// with its first argument. The first that holds anything under that name counts.
    #[serde(default)]
    pub made_of: Vec<String>,
    /// What ends the part of the name that counts (`:` in `openai:gpt-4o`).
    pub separator: Option<String>,
}

/// One row of a model-prefix table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prefix {
    /// Text before the model's own name, separator included.
    pub prefix: String,
    /// Provider id.
    pub provider: String,
    /// URL used for it, when it is fixed.
    pub url: Option<String>,
    /// Environment variables that override the URL.
    #[serde(default)]
    pub env: Vec<String>,
    /// Environment variables that hold the region, before those of the call.
    #[serde(default)]
    pub region_env: Vec<String>,
    /// Region used when nothing names one.
    pub region_default: Option<String>,
}

/// What of a path is imported: up to the class in it, or all of it.
fn imported_name(path: &str) -> &str {
    let is_class = |step: &str| step.starts_with(|c: char| c.is_ascii_uppercase());
    let mut end = 0;
    for step in path.split('.') {
        end += step.len();
        if is_class(step) {
            return path[..end].trim_end_matches("()");
        }
        end += 1;
    }
    path
}

fn yes() -> bool {
    true
}
