//! Where a call goes: arguments, environment and defaults in the order the SDK reads them, and the registry.

use crate::call::{ClientIndex, MadeClient, Meaning, Site};
use crate::finding::{Candidate, Destination, ModelUse, Step, StepKind, Verdict};
use crate::graph::Node;
use crate::lookup;
use crate::policy::Policy;
use crate::query::origins::Origin;
use crate::query::select::{Selected, select};
use crate::query::strings::{Known, Text};
use crate::query::{Ctx, Solver};
use crate::rules::Rules;
use crate::rules::client::{CallRule, EndpointRule};
use crate::rules::provider::{HostMatch, Provider, ProviderKind};

/// Steps that finding out where one call goes may cost; a client or URL that takes more is decided at run time.
const RESOLVE: u32 = 60_000;
/// The same for a raw HTTP call: most have nothing to do with language models.
const RESOLVE_RAW: u32 = 20_000;

/// What is needed to say where calls go.
pub struct Resolver<'a, 'r> {
    /// Facts.
    pub rules: &'r Rules,
    /// Client rules by path.
    pub clients: &'a ClientIndex<'r>,
    /// Home, and controls that were declared for routers.
    pub policy: &'a Policy,
}

/// What a call was found to do.
pub struct Resolved {
    /// Where it goes.
    pub destination: Destination,
    /// The models it names.
    pub models: Vec<ModelUse>,
    /// Whether it calls a language model at all: a raw HTTP call does only when its URL says so.
    pub is_call: bool,
}

impl<'r> Resolver<'_, 'r> {
    /// Where a recognised call goes, seen in a context.
    pub fn resolve(&self, solver: &mut Solver<'r>, site: &Site<'r>, ctx: Ctx) -> Resolved {
        let raw = site.meanings.iter().all(|m| !m.rule.url.is_empty());
        solver.refuel(if raw { RESOLVE_RAW } else { RESOLVE });
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut unresolved: Option<String> = None;
        let mut models: Vec<String> = Vec::new();
        let mut is_call = false;
        for meaning in &site.meanings {
            let named = self.models(solver, site.node, ctx, meaning);
            let texts = self.urls(solver, site.node, ctx, meaning, &named);
            for text in texts {
                let candidate = self.candidate(&text, meaning);
                let raw = !meaning.rule.url.is_empty();
                if raw && !self.is_model_api(&candidate, &text) {
                    continue;
                }
                is_call |= raw;
                if candidate.verdict == Verdict::Unresolved {
                    let why = match &text.known {
                        Known::Unknown(name) | Known::Optional(name) | Known::Parameter(name) => name.clone(),
                        _ => candidate.host.clone(),
                    };
                    unresolved.get_or_insert(why);
                }
                if !candidates.iter().any(|c| c.host == candidate.host && c.url == candidate.url) {
                    candidates.push(candidate);
                }
            }
            // Stores, search and tracing services matter when they are known to be abroad, not when nobody knows.
            let model = meaning.rule.kind.is_model();
            if meaning.rule.url.is_empty() && (model || together(&candidates) == Verdict::Foreign) {
                is_call = true;
            }
            models.extend(
                named
                    .into_iter()
                    .filter(|n| {
                        matches!(
                            n.known,
                            Known::Literal | Known::Setting(_) | Known::Default(_) | Known::Sample(_)
                        )
                    })
                    .map(|n| n.text),
            );
        }
        models.sort();
        models.dedup();
        let verdict = together(&candidates);
        if !matches!(verdict, Verdict::Unresolved) {
            unresolved = unresolved.filter(|_| candidates.iter().any(|c| c.verdict == Verdict::Unresolved));
        }
        let models = models.into_iter().map(|m| self.model(m)).collect();
        Resolved { destination: Destination { verdict, candidates, unresolved }, models, is_call }
    }

    /// Where the call goes when it is reached through `ctx`; `None` when that says nothing new.
    pub fn narrow(&self, solver: &mut Solver<'r>, site: &Site<'r>, ctx: Ctx) -> Option<Destination> {
        let seen = self.clients.recognise(solver, site.node, ctx)?;
        let resolved = self.resolve(solver, &seen, ctx);
        (resolved.is_call && !resolved.destination.candidates.is_empty()).then_some(resolved.destination)
    }

    /// The URLs a call may use.
    fn urls(
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
        let mut given = self.given(solver, &[(node, ctx)], &rule.endpoint, &rule.positional);
        if let (true, Some(inner)) = (given.is_empty(), self.inner_client(solver, node, ctx, rule)) {
            return inner;
        }
        let client = meaning.client.as_ref();
        if given.is_empty()
            && let Some(client) = client
        {
            let mut made: Vec<(Node, Ctx)> = client.derived.iter().rev().copied().collect();
            made.extend(client.maker);
            for at in made {
                given = self.given(solver, &[at], &client.rule.endpoint, &client.rule.positional);
                if !given.is_empty() {
                    break;
                }
            }
        }
        if !given.is_empty() {
            return given;
        }
        let endpoint = client.map_or(&rule.endpoint, |c| &c.rule.endpoint);
        self.ambient(solver, node, endpoint, meaning, models)
    }

    /// URLs given by arguments; empty when none is given or all are absent.
    fn given(
        &self,
        solver: &mut Solver<'r>,
        calls: &[(Node, Ctx)],
        endpoint: &EndpointRule,
        positional: &[String],
    ) -> Vec<Text> {
        for (node, ctx) in calls {
            for selector in &endpoint.args {
                let selected = select(solver.graph, *node, selector, positional);
                let texts = self.texts(solver, selected, *ctx);
                let present: Vec<Text> = texts
                    .into_iter()
                    .filter(|t| !matches!(t.known, Known::Absent | Known::Optional(_)))
                    .map(|t| match endpoint.names.get(&t.text) {
                        Some(url) => Text { text: url.clone(), ..t },
                        None => t,
                    })
                    .collect();
                if !present.is_empty() {
                    return present;
                }
            }
        }
        Vec::new()
    }

    /// URLs from the environment the SDK reads by itself, else its default.
    fn ambient(
        &self,
        solver: &mut Solver<'r>,
        node: Node,
        endpoint: &EndpointRule,
        meaning: &Meaning<'r>,
        models: &[Text],
    ) -> Vec<Text> {
        let span = solver.graph.span(node);
        for name in &endpoint.env {
            let texts = solver.environment(name, span, "");
            if !texts.is_empty() {
                return texts;
            }
        }
        let provider = meaning
            .client
            .as_ref()
            .and_then(|c| c.rule.provider.as_deref())
            .unwrap_or(&meaning.package.provider);
        if provider == "local" {
            return vec![default_text("http://localhost")];
        }
        if provider == "from-model" {
            let by_model = self.by_model(solver, meaning, models, span);
            if !by_model.is_empty() {
                return by_model;
            }
        }
        match &endpoint.default {
            Some(url) => vec![default_text(url)],
            None => match self.rules.provider(provider).and_then(first_url) {
                Some(url) => vec![default_text(&url)],
                None => Vec::new(),
            },
        }
    }

    /// URLs that follow from a model's prefix.
    fn by_model(
        &self,
        solver: &mut Solver<'r>,
        meaning: &Meaning<'r>,
        models: &[Text],
        span: crate::text::Span,
    ) -> Vec<Text> {
        let mut urls = Vec::new();
        for model in models {
            let longest = meaning
                .package
                .prefixes
                .iter()
                .filter(|p| model.text.starts_with(p.prefix.as_str()))
                .max_by_key(|p| p.prefix.len());
            let Some(prefix) = longest else { continue };
            let set: Vec<Text> = prefix
                .env
                .iter()
                .map(|n| solver.environment(n, span, ""))
                .find(|t| !t.is_empty())
                .unwrap_or_default();
            if !set.is_empty() {
                urls.extend(set);
                continue;
            }
            let url =
                prefix.url.clone().or_else(|| self.rules.provider(&prefix.provider).and_then(first_url));
            if let Some(url) = url {
                let proof = model.proof.clone();
                urls.push(Text { text: url, known: Known::Literal, proof });
            }
        }
        urls
    }

    /// The endpoint of the client or model object an argument holds (`generateText({ model: provider("…") })`).
    fn inner_client(
        &self,
        solver: &mut Solver<'r>,
        node: Node,
        ctx: Ctx,
        rule: &CallRule,
    ) -> Option<Vec<Text>> {
        let mut found = Vec::new();
        let language = solver.graph.module(node).language.family();
        for selector in &rule.client {
            for selected in select(solver.graph, node, selector, &rule.positional) {
                let state = selected.within(ctx);
                for origin in solver.origins(&state).iter() {
                    let Origin::External { path, calls, .. } = origin else { continue };
                    let Some((client, _)) = self.clients.client_at(solver, language, path, calls) else {
                        continue;
                    };
                    found.extend(self.client_urls(solver, node, &client));
                }
            }
        }
        (!found.is_empty()).then_some(found)
    }

    fn client_urls(&self, solver: &mut Solver<'r>, node: Node, client: &MadeClient<'r>) -> Vec<Text> {
        if let Some(maker) = client.maker {
            let given = self.given(solver, &[maker], &client.rule.endpoint, &client.rule.positional);
            if !given.is_empty() {
                return given;
            }
        }
        let span = solver.graph.span(node);
        for name in &client.rule.endpoint.env {
            let texts = solver.environment(name, span, "");
            if !texts.is_empty() {
                return texts;
            }
        }
        let provider = client.rule.provider.as_deref().unwrap_or(&client.package.provider);
        let default = client.rule.endpoint.default.clone();
        let url = default.or_else(|| self.rules.provider(provider).and_then(first_url));
        url.map(|u| vec![default_text(&u)]).unwrap_or_default()
    }

    /// The URL of a raw HTTP call; a relative one is joined to the client's base.
    fn raw_urls(&self, solver: &mut Solver<'r>, node: Node, ctx: Ctx, meaning: &Meaning<'r>) -> Vec<Text> {
        let rule = meaning.rule;
        let mut urls = Vec::new();
        for selector in &rule.url {
            let selected = select(solver.graph, node, selector, &rule.positional);
            urls = self.texts(solver, selected, ctx);
            if !urls.is_empty() {
                break;
            }
        }
        let relative =
            |t: &Text| t.text.starts_with('/') || !t.text.contains("://") && !t.text.starts_with('{');
        let Some(client) = meaning.client.as_ref().filter(|_| urls.iter().any(relative)) else { return urls };
        let base = client
            .maker
            .map(|maker| self.given(solver, &[maker], &client.rule.endpoint, &client.rule.positional));
        let base = base.unwrap_or_default();
        let mut joined = Vec::new();
        for url in urls {
            if !relative(&url) {
                joined.push(url);
                continue;
            }
            for b in &base {
                let mut proof = b.proof.clone();
                proof.extend(url.proof.iter().cloned());
                let text = format!("{}/{}", b.text.trim_end_matches('/'), url.text.trim_start_matches('/'));
                joined.push(Text { text, known: b.known.clone(), proof });
            }
        }
        joined
    }

    fn texts(&self, solver: &mut Solver<'r>, selected: Vec<Selected>, ctx: Ctx) -> Vec<Text> {
        selected.into_iter().flat_map(|s| solver.strings(&s.within(ctx))).collect()
    }

    fn models(&self, solver: &mut Solver<'r>, node: Node, ctx: Ctx, meaning: &Meaning<'r>) -> Vec<Text> {
        for selector in &meaning.rule.model {
            let selected = select(solver.graph, node, selector, &meaning.rule.positional);
            if !selected.is_empty() {
                return self.texts(solver, selected, ctx);
            }
        }
        let language = solver.graph.module(node).language.family();
        for selector in &meaning.rule.client {
            for selected in select(solver.graph, node, selector, &meaning.rule.positional) {
                for origin in solver.origins(&selected.within(ctx)).iter() {
                    let Origin::External { path, calls, .. } = origin else { continue };
                    let Some((client, _)) = self.clients.client_at(solver, language, path, calls) else {
                        continue;
                    };
                    for (call, ctx) in &client.derived {
                        for selector in &client.rule.derive_model {
                            let selected = select(solver.graph, *call, selector, &[]);
                            if !selected.is_empty() {
                                return self.texts(solver, selected, *ctx);
                            }
                        }
                    }
                }
            }
        }
        let Some(client) = &meaning.client else { return Vec::new() };
        let Some((maker, ctx)) = client.maker else { return Vec::new() };
        for selector in &client.rule.model {
            let selected = select(solver.graph, maker, selector, &client.rule.positional);
            if !selected.is_empty() {
                return self.texts(solver, selected, ctx);
            }
        }
        Vec::new()
    }

    fn model(&self, id: String) -> ModelUse {
        match self.rules.origin(&id) {
            Some(origin) => ModelUse {
                origin: origin.country.clone(),
                lab: Some(origin.lab.clone()),
                open_weights: origin.open_weights.clone(),
                id,
            },
            None => ModelUse { id, origin: "unknown".into(), lab: None, open_weights: "unknown".into() },
        }
    }

    /// What the registry says of one URL.
    fn candidate(&self, text: &Text, meaning: &Meaning<'r>) -> Candidate {
        let evidence: Vec<Step> = text
            .proof
            .iter()
            .map(|p| Step { span: p.span, message: p.message.clone(), kind: StepKind::Endpoint, depth: 0 })
            .collect();
        let host = host_of(&text.text);
        let because = match &text.known {
            Known::Literal if text.proof.is_empty() => "the default of the SDK".to_string(),
            Known::Literal => "written in the code".to_string(),
            Known::Setting(name) => format!("`{name}` in the configuration"),
            Known::Default(name) => format!("the default of `{name}`, which no file of this tree sets"),
            Known::Sample(name) => format!("`{name}` in an example file"),
            Known::Absent => "not given".to_string(),
            Known::Unknown(name) | Known::Optional(name) | Known::Parameter(name) => {
                format!("decided at run time by `{name}`")
            }
        };
        let mut candidate = Candidate {
            host: host.clone(),
            url: text.text.clone(),
            provider: None,
            provider_name: None,
            residency: vec!["unknown".into()],
            control: vec!["unknown".into()],
            verdict: Verdict::Unresolved,
            because,
            evidence,
            verified: None,
            sources: Vec::new(),
            relay: false,
            remarks: Vec::new(),
        };
        let local_client = meaning.client.as_ref().is_some_and(|c| c.rule.endpoint.local);
        if local_client || self.rules.is_local(&host) {
            candidate.residency = vec!["local".into()];
            candidate.control = Vec::new();
            candidate.verdict = Verdict::Local;
            return candidate;
        }
        if let Some(found) = self.rules.resolve_url(&text.text) {
            self.describe(&mut candidate, &found);
        } else if !host.is_empty() && !host.contains('{') {
            candidate.remarks.push(format!("`{host}` is not in the registry"));
        }
        candidate
    }

    /// Whether a raw request is one to a model, or to a service known to lie abroad.
    fn is_model_api(&self, candidate: &Candidate, text: &Text) -> bool {
        if self.rules.api_path(&text.text).is_some() {
            return true;
        }
        let provider = candidate.provider.as_deref().and_then(|id| self.rules.provider(id));
        let found = self.rules.resolve_url(&text.text);
        provider.is_some_and(|p| p.kind != ProviderKind::Service || candidate.verdict == Verdict::Foreign)
            && found.is_some_and(|f| !f.endpoint.general)
    }

    fn describe(&self, candidate: &mut Candidate, found: &HostMatch<'_>) {
        let provider = found.provider;
        candidate.provider = Some(provider.id.clone());
        candidate.provider_name = Some(provider.name.clone());
        candidate.residency = found.residency.clone();
        candidate.control = lookup::control(provider);
        candidate.relay = provider.kind == ProviderKind::Relay;
        candidate.verified = found.endpoint.verified.as_ref().map(|d| d.to_string());
        candidate.sources =
            found.endpoint.source.iter().chain(&provider.data_policy.sources).cloned().collect();
        if let Some(conflict) = &found.endpoint.conflict {
            candidate.remarks.push(format!("sources disagree: {conflict}"));
        }
        candidate.verdict = self.verdict(&candidate.residency, &candidate.control, provider.kind);
        let unpinned = candidate
            .residency
            .iter()
            .any(|r| matches!(r.as_str(), "global" | "unknown" | "customer" | "region"));
        if unpinned && candidate.verdict == Verdict::Domestic {
            candidate.remarks.push("the place of processing is not pinned".into());
        }
    }

    fn verdict(&self, residency: &[String], control: &[String], kind: ProviderKind) -> Verdict {
        match self.policy.verdict(self.rules, residency, control) {
            Some(Verdict::Foreign) => Verdict::Foreign,
            // Whatever it says of its own place, a router hands the request on.
            _ if kind == ProviderKind::Router => Verdict::Possible,
            known => known.unwrap_or(Verdict::Unresolved),
        }
    }
}

/// The verdict over all candidates.
pub fn together(candidates: &[Candidate]) -> Verdict {
    Verdict::together(candidates.iter().map(|candidate| candidate.verdict))
}

fn default_text(url: &str) -> Text {
    Text { text: url.to_string(), known: Known::Literal, proof: Vec::new() }
}

fn first_url(provider: &Provider) -> Option<String> {
    let endpoint = provider.endpoints.first()?;
    Some(format!("https://{}{}", endpoint.host, endpoint.path.as_deref().unwrap_or("")))
}

/// The host of a URL that may have holes.
fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = host.rsplit_once('@').map_or(host, |(_, h)| h);
    let host = match host.starts_with('[') {
        true => host.split_once(']').map_or(host, |(h, _)| h).trim_start_matches('['),
        false => host.split_once(':').map_or(host, |(h, _)| h),
    };
    host.to_ascii_lowercase()
}
