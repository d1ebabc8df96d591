//! Which URL a call uses: everything the SDK reads, in the order in which it reads it.
//!
//! Arguments of the call, of the calls that derived its client, of the one that made it, and of a client handed to it;
//! then what was set for the whole process (an attribute of the SDK's module, a `configure` call), a provider named by an
//! argument, the model's prefix, environment variables, and the SDK's default, whose `{region}` is found the same way.

mod given;
mod raw;

use crate::call::{ClientIndex, MadeClient, Meaning};
use crate::graph::Node;
use crate::query::origins::Origin;
use crate::query::select::select;
use crate::query::strings::{Known, Text};
use crate::query::written::Written;
use crate::query::{Ctx, Solver, State};
use crate::region::Declared;
use crate::rules::Rules;
use crate::rules::client::{Client, EndpointRule, Package, Prefix};
use crate::rules::provider::Provider;
use given::{given, ids, present, said, selected};

/// Clients in clients in clients that are still looked into.
const MAX_DEPTH: u32 = 3;
/// URLs that clients handed to a call may have.
const MAX_URLS: usize = 64;

/// What is needed to find URLs.
pub struct Addresses<'a, 'r> {
    /// Facts.
    pub rules: &'r Rules,
    /// Client rules by path.
    pub clients: &'a ClientIndex<'r>,
    /// Regions that the tree's infrastructure code declares.
    pub declared: &'a Declared,
}

/// A call whose arguments may say where requests go.
#[derive(Clone, Copy)]
struct Place<'r> {
    node: Node,
    ctx: Ctx,
    /// Names of its positional arguments.
    positional: &'r [String],
}

/// What decides when no argument gives a URL.
struct Ambient<'p, 'r> {
    package: &'r Package,
    endpoint: &'r EndpointRule,
    /// Provider id or one of the words a package may give instead.
    provider: &'r str,
    /// The call itself.
    node: Node,
    /// Calls whose arguments may name a region or a provider, nearest first.
    places: &'p [Place<'r>],
    models: &'p [Text],
}

impl<'r> Addresses<'_, 'r> {
    /// The URLs a call may use; empty when nothing at all says where it goes.
    pub fn urls(
        &self,
        solver: &mut Solver<'r>,
        node: Node,
        ctx: Ctx,
        meaning: &Meaning<'r>,
        models: &[Text],
    ) -> Vec<Text> {
        let mut found = self.said(solver, node, ctx, meaning, models);
        // What reads settings of any type also yields truth values, which are no hosts.
        found.retain(|text| !matches!(text.text.split('/').next(), Some("true" | "false")));
        found
    }

    fn said(
        &self,
        solver: &mut Solver<'r>,
        node: Node,
        ctx: Ctx,
        meaning: &Meaning<'r>,
        models: &[Text],
    ) -> Vec<Text> {
        let rule = meaning.rule;
        if !rule.url.is_empty() {
            return self.raw_urls(solver, node, ctx, meaning);
        }
        let own = Place { node, ctx, positional: &rule.positional };
        let given = given(solver, &[own], &rule.endpoint);
        if given.decides() {
            return given.urls;
        }
        let inner = self.held(solver, own, &rule.client, models, 0);
        // A client object whose making is in sight says more than an attribute of it that is not.
        if !inner.is_empty() {
            return inner;
        }
        let mut written = match meaning.client.as_ref().and_then(|c| Some((c.maker?, &c.rule.endpoint.args)))
        {
            Some((maker, attributes)) => solver.written_to(node, ctx, maker, attributes),
            None => Written::default(),
        };
        if written.always {
            return written.texts;
        }
        let otherwise = given.or_else(|| match &meaning.client {
            Some(client) => self.client_urls(solver, own, client, models, 0),
            None => {
                let (package, endpoint) = (meaning.package, &rule.endpoint);
                let provider = package.provider.as_str();
                let ambient = Ambient { package, endpoint, provider, node, places: &[own], models };
                self.ambient(solver, &ambient, 0)
            }
        });
        written.texts.extend(otherwise);
        written.texts
    }

    /// The models a call names: in its own arguments, in those of the model object it is handed, or in its client's.
    pub fn models(&self, solver: &mut Solver<'r>, node: Node, ctx: Ctx, meaning: &Meaning<'r>) -> Vec<Text> {
        let rule = meaning.rule;
        let own = Place { node, ctx, positional: &rule.positional };
        if let Some(named) = said(solver, &[own], &rule.model) {
            return ids(named);
        }
        for client in self.clients_in(solver, own, &rule.client) {
            if let Some(named) = self.models_of(solver, &client) {
                return named;
            }
        }
        meaning.client.as_ref().and_then(|client| self.models_of(solver, client)).unwrap_or_default()
    }

    fn models_of(&self, solver: &mut Solver<'r>, client: &MadeClient<'r>) -> Option<Vec<Text>> {
        let derived: Vec<Place<'r>> = client
            .derived
            .iter()
            .map(|(node, ctx)| Place { node: *node, ctx: *ctx, positional: &[] })
            .collect();
        said(solver, &derived, &client.rule.derive_model)
            .or_else(|| said(solver, &makers(client), &client.rule.model))
            .map(ids)
    }

    /// The URLs of a client, seen from a call that uses it, and of those that may be asked in its place.
    fn client_urls(
        &self,
        solver: &mut Solver<'r>,
        own: Place<'r>,
        client: &MadeClient<'r>,
        models: &[Text],
        depth: u32,
    ) -> Vec<Text> {
        let mut found = self.its_urls(solver, own, client, models, depth);
        for derived in client.derived.iter().filter(|_| !client.rule.derive_client.is_empty()) {
            let others = self.held(solver, place(*derived, &[]), &client.rule.derive_client, models, depth);
            found.extend(others);
        }
        found
    }

    fn its_urls(
        &self,
        solver: &mut Solver<'r>,
        own: Place<'r>,
        client: &MadeClient<'r>,
        models: &[Text],
        depth: u32,
    ) -> Vec<Text> {
        let copies = client.copied.iter().rev();
        let mut places: Vec<Place<'r>> = copies.map(|at| place(*at, &client.rule.positional)).collect();
        places.extend(makers(client));
        let given = given(solver, &places, &client.rule.endpoint);
        if given.decides() {
            return given.urls;
        }
        for maker in makers(client) {
            let inner = self.held(solver, maker, &client.rule.client, models, depth);
            if !inner.is_empty() {
                return inner;
            }
        }
        given.or_else(|| self.unless_given(solver, own, client, places, models, depth))
    }

    /// The URLs of a client whose making names none.
    fn unless_given(
        &self,
        solver: &mut Solver<'r>,
        own: Place<'r>,
        client: &MadeClient<'r>,
        mut places: Vec<Place<'r>>,
        models: &[Text],
        depth: u32,
    ) -> Vec<Text> {
        // A session says in which region the clients are that it makes.
        places.extend(client.before.iter().rev().map(|at| place(*at, &[])));
        let named =
            if models.is_empty() { self.models_of(solver, client).unwrap_or_default() } else { Vec::new() };
        let ambient = Ambient {
            package: client.package,
            endpoint: &client.rule.endpoint,
            provider: client.rule.provider.as_deref().unwrap_or(&client.package.provider),
            node: own.node,
            places: &places,
            models: if models.is_empty() { &named } else { models },
        };
        let mut found = self.ambient(solver, &ambient, depth);
        // Of a client that only a type declares nobody knows how it was made: the default of the SDK is a guess then.
        if client.declared && !(client.rule.endpoint.args.is_empty() && client.rule.client.is_empty()) {
            found.retain(|url| !url.proof.is_empty());
            found.push(Text::unknown(&client.name, solver.graph.span(own.node)));
        }
        found
    }

    /// The URLs of the clients that arguments hold (`generateText({ model: provider("…") })`, `Agent(llm=…)`).
    fn held(
        &self,
        solver: &mut Solver<'r>,
        at: Place<'r>,
        selectors: &[String],
        models: &[Text],
        depth: u32,
    ) -> Vec<Text> {
        if depth >= MAX_DEPTH {
            return Vec::new();
        }
        let mut found = Vec::new();
        for client in self.clients_in(solver, at, selectors) {
            let own = Place { positional: &[], ..at };
            found.extend(self.client_urls(solver, own, &client, models, depth + 1));
        }
        found.truncate(MAX_URLS);
        found
    }

    fn clients_in(
        &self,
        solver: &mut Solver<'r>,
        at: Place<'r>,
        selectors: &[String],
    ) -> Vec<MadeClient<'r>> {
        let mut found = Vec::new();
        for selector in selectors {
            for selected in select(solver.graph, at.node, selector, at.positional) {
                found.extend(self.clients_at(solver, &selected.within(at.ctx)));
            }
        }
        found
    }

    fn clients_at(&self, solver: &mut Solver<'r>, state: &State) -> Vec<MadeClient<'r>> {
        let language = solver.graph.module(state.node).language.family();
        let mut found = Vec::new();
        for origin in solver.origins(state).iter() {
            let Origin::External { path, calls, .. } = origin else { continue };
            let Some((client, _)) = self.clients.client_at(solver, language, path, calls) else { continue };
            found.push(MadeClient { name: solver.describe(state.node), ..client });
        }
        found
    }

    /// What decides when no argument gives a URL.
    fn ambient(&self, solver: &mut Solver<'r>, ask: &Ambient<'_, 'r>, depth: u32) -> Vec<Text> {
        let mut set = self.set_for_all(solver, ask, depth);
        if !set.is_empty() {
            // What is set to something that may be absent leaves what holds otherwise.
            if set.iter().all(|text| matches!(text.known, Known::Optional(_))) {
                set.extend(self.unset(solver, ask));
            }
            return set;
        }
        self.unset(solver, ask)
    }

    /// What decides when nothing was set for the whole process either.
    fn unset(&self, solver: &mut Solver<'r>, ask: &Ambient<'_, 'r>) -> Vec<Text> {
        let chosen = self.by_argument(solver, ask);
        if !chosen.is_empty() {
            return chosen;
        }
        if ask.provider == FROM_MODEL {
            let by_model = self.by_model(solver, ask);
            if !by_model.is_empty() {
                return by_model;
            }
        }
        let span = solver.graph.span(ask.node);
        for name in &ask.endpoint.env {
            let mut texts = self.put_into_environment(solver, name, ask.node);
            texts.extend(present(solver.environment(name, span, "")));
            if !texts.is_empty() {
                return texts;
            }
        }
        if ask.provider == LOCAL {
            return vec![default_text(LOCAL_URL)];
        }
        let own = || self.rules.provider(ask.provider).and_then(first_url);
        match ask.endpoint.default.clone().or_else(own) {
            Some(url) => self.filled(solver, default_text(&url), ask, None),
            None => Vec::new(),
        }
    }

    /// What the program itself assigns to a variable of the environment.
    fn put_into_environment(&self, solver: &mut Solver<'r>, name: &str, node: Node) -> Vec<Text> {
        let language = solver.graph.module(node).language.family();
        let objects = self.rules.readers.environments(language);
        let mut found = Vec::new();
        for attribute in objects.map(|object| format!("{object}.{name}")) {
            for value in self.clients.assigned(solver, node.module, &attribute) {
                found.extend(present(solver.strings(&value)));
            }
        }
        found
    }

    /// What was assigned to an attribute of the SDK, or handed to a call that sets it up, anywhere in the program.
    fn set_for_all(&self, solver: &mut Solver<'r>, ask: &Ambient<'_, 'r>, depth: u32) -> Vec<Text> {
        let mut values: Vec<State> = Vec::new();
        for attr in &ask.endpoint.attrs {
            values.extend(self.clients.assigned(solver, ask.node.module, attr));
        }
        for setup in &ask.endpoint.setup {
            for call in self.clients.calls_of(solver, ask.node.module, &setup.path) {
                values.extend(selected(solver, call, &setup.args).into_iter().map(|s| s.within(Ctx::ANY)));
            }
        }
        let mut found = Vec::new();
        for value in values {
            let clients = self.clients_at(solver, &value);
            if clients.is_empty() {
                let own =
                    |t: &Text| matches!(&t.known, Known::Optional(name) if ask.endpoint.env.contains(name));
                let texts = solver.strings(&value);
                found.extend(
                    texts.iter().filter(|t| matches!(t.known, Known::Optional(_)) && !own(t)).cloned(),
                );
                found.extend(present(texts));
            } else if depth < MAX_DEPTH {
                let own = Place { node: ask.node, ctx: Ctx::ANY, positional: &[] };
                for client in &clients {
                    found.extend(self.client_urls(solver, own, client, ask.models, depth + 1));
                }
            }
        }
        found.truncate(MAX_URLS);
        found
    }

    /// The URLs of a provider that an argument names.
    fn by_argument(&self, solver: &mut Solver<'r>, ask: &Ambient<'_, 'r>) -> Vec<Text> {
        let mut found = Vec::new();
        for at in ask.places {
            for selector in &ask.endpoint.provider_args {
                for chosen in select(solver.graph, at.node, selector, at.positional) {
                    let state = chosen.within(at.ctx);
                    for named in present(solver.strings(&state)) {
                        found.extend(self.of_provider(solver, named, &state, ask));
                    }
                }
            }
            if !found.is_empty() {
                break;
            }
        }
        found
    }

    fn of_provider(
        &self,
        solver: &mut Solver<'r>,
        named: Text,
        state: &State,
        ask: &Ambient<'_, 'r>,
    ) -> Vec<Text> {
        let mut name = named.text.clone();
        if matches!(named.known, Known::Unknown(_)) {
            // A member of an enumeration of the SDK is called what it stands for.
            let member = solver.origins(state).iter().find_map(|origin| match origin {
                Origin::External { path, .. } => path.rsplit_once('.').map(|(_, last)| last.to_owned()),
                _ => None,
            });
            match member {
                Some(member) => name = member,
                None => return vec![named],
            }
        }
        let plain = |text: &str| {
            let last = text.trim_end_matches(['/', ':', '.']).rsplit('.').next().unwrap_or_default();
            last.to_ascii_lowercase().replace('_', "-")
        };
        let wanted = plain(&name);
        if let Some(prefix) = ask.package.prefixes.iter().find(|p| plain(&p.prefix) == wanted) {
            return self.of_prefix(solver, prefix, &named, ask);
        }
        match self.rules.provider(&wanted).and_then(first_url) {
            Some(url) => self.filled(solver, Text { text: url, known: Known::Literal, ..named }, ask, None),
            None => vec![Text { text: format!("{{{name}}}"), known: Known::Unknown(name), ..named }],
        }
    }

    /// URLs that follow from the models' prefixes.
    fn by_model(&self, solver: &mut Solver<'r>, ask: &Ambient<'_, 'r>) -> Vec<Text> {
        let mut urls = Vec::new();
        for model in ask.models {
            // An empty prefix means any model that is named at all, not an object in its place.
            let named = !model.text.starts_with('{');
            let fits = |prefix: &&Prefix| {
                model.text.starts_with(prefix.prefix.as_str()) && (named || !prefix.prefix.is_empty())
            };
            let longest = ask.package.prefixes.iter().filter(fits).max_by_key(|p| p.prefix.len());
            match longest {
                Some(prefix) => urls.extend(self.of_prefix(solver, prefix, model, ask)),
                // A model that is chosen at run time decides the endpoint then.
                None if !named => urls.push(model.clone()),
                None => {}
            }
        }
        urls
    }

    fn of_prefix(
        &self,
        solver: &mut Solver<'r>,
        prefix: &'r Prefix,
        named: &Text,
        ask: &Ambient<'_, 'r>,
    ) -> Vec<Text> {
        let span = solver.graph.span(ask.node);
        for name in &prefix.env {
            let set = present(solver.environment(name, span, ""));
            if !set.is_empty() {
                return set;
            }
        }
        let url = prefix.url.clone().or_else(|| self.rules.provider(&prefix.provider).and_then(first_url));
        let Some(url) = url else { return Vec::new() };
        let text = Text { text: url, known: Known::Literal, proof: named.proof.clone() };
        self.filled(solver, text, ask, Some(prefix))
    }

    /// A URL with its `{region}` replaced by every region it may have.
    fn filled(
        &self,
        solver: &mut Solver<'r>,
        url: Text,
        ask: &Ambient<'_, 'r>,
        prefix: Option<&'r Prefix>,
    ) -> Vec<Text> {
        if !url.text.contains(REGION_HOLE) {
            return vec![url];
        }
        let regions = self.regions(solver, &url, ask, prefix);
        if regions.is_empty() {
            return vec![url];
        }
        let table = self.rules.resolve_url(&url.text).and_then(|found| found.endpoint.regions.as_deref());
        // A text that reaches the argument and is no region of this cloud came there by another way.
        let is_region =
            |text: &str| table.is_none_or(|table| self.rules.residency_of_region(table, text).is_some());
        let put = |region: Text| {
            let text = match ask.endpoint.names.get(&region.text) {
                Some(own) => own.clone(),
                None if region.text.contains('{') || !is_region(&region.text) => url.text.clone(),
                None => url.text.replace(REGION_HOLE, &region.text),
            };
            let mut proof = url.proof.clone();
            proof.extend(region.proof);
            Text { text, known: region.known, proof }
        };
        regions.into_iter().map(put).take(MAX_URLS).collect()
    }

    /// The regions a client may be in: arguments, set-up calls, environment, infrastructure code, the SDK's default.
    fn regions(
        &self,
        solver: &mut Solver<'r>,
        url: &Text,
        ask: &Ambient<'_, 'r>,
        prefix: Option<&'r Prefix>,
    ) -> Vec<Text> {
        let endpoint = ask.endpoint;
        for at in ask.places {
            let found = present(said(solver, &[*at], &endpoint.region_args).unwrap_or_default());
            if !found.is_empty() {
                return found;
            }
        }
        let mut set = Vec::new();
        for setup in &endpoint.setup {
            for call in self.clients.calls_of(solver, ask.node.module, &setup.path) {
                for chosen in selected(solver, call, &setup.region_args) {
                    set.extend(present(solver.strings(&chosen.within(Ctx::ANY))));
                }
            }
        }
        if !set.is_empty() {
            return set;
        }
        let span = solver.graph.span(ask.node);
        let by_prefix = prefix.map(|p| p.region_env.as_slice()).unwrap_or_default();
        for name in by_prefix.iter().chain(&endpoint.region_env) {
            let found = present(solver.environment(name, span, ""));
            if !found.is_empty() {
                return found;
            }
        }
        let provider = self.rules.resolve_url(&url.text).map(|found| found.provider.id.as_str());
        let declared = provider.map(|id| self.declared.regions_of(id)).unwrap_or_default();
        if !declared.is_empty() {
            return declared;
        }
        let default = prefix.and_then(|p| p.region_default.as_ref()).or(endpoint.region_default.as_ref());
        default.map(|region| default_text(region)).into_iter().collect()
    }
}

/// The URL a provider is reached at when nothing says more.
pub fn first_url(provider: &Provider) -> Option<String> {
    let endpoint = provider.endpoints.first()?;
    Some(format!("https://{}{}", endpoint.host, endpoint.path.as_deref().unwrap_or("")))
}

/// Provider word of packages that run models in the process or on this machine.
const LOCAL: &str = "local";
const LOCAL_URL: &str = "http://localhost";
/// Provider word of packages whose model names decide.
const FROM_MODEL: &str = "from-model";
const REGION_HOLE: &str = "{region}";

fn place<'r>((node, ctx): (Node, Ctx), positional: &'r [String]) -> Place<'r> {
    Place { node, ctx, positional }
}

fn makers<'r>(client: &MadeClient<'r>) -> Vec<Place<'r>> {
    let rule: &'r Client = client.rule;
    client.maker.map(|at| place(at, &rule.positional)).into_iter().collect()
}

fn default_text(url: &str) -> Text {
    Text { text: url.to_string(), known: Known::Literal, proof: Vec::new() }
}
