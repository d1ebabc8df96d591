//! Where a call goes: the URLs it may use, and what the registry says of each.

use crate::address::Addresses;
use crate::call::{Meaning, Site};
use crate::configured::follow::Proxies;
use crate::configured::model;
use crate::destination::{self, together};
use crate::finding::{Candidate, Destination, ModelUse, Step, StepKind, Verdict};
use crate::language::Language;
use crate::policy::Policy;
use crate::query::strings::{Known, Proof, Text};
use crate::query::{Ctx, Solver};
use crate::region;
use crate::router::{self, Request};
use crate::routing::Reader;
use crate::rules::Rules;
use crate::rules::provider::{CUSTOMER, ProviderKind};

/// Steps that finding out where one call goes may cost; a client or URL that takes more is decided at run time.
const RESOLVE: u32 = 60_000;
/// The same for a raw HTTP call: most have nothing to do with language models.
const RESOLVE_RAW: u32 = 20_000;

/// What is needed to say where calls go.
pub struct Resolver<'a, 'r> {
    /// Facts.
    pub rules: &'r Rules,
    /// Finds the URLs of calls.
    pub addresses: Addresses<'a, 'r>,
    /// What stands behind local addresses.
    pub proxies: &'a Proxies<'a>,
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
        let budget = if raw { RESOLVE_RAW } else { RESOLVE };
        solver.refuel(budget);
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut unresolved: Option<String> = None;
        let mut models: Vec<String> = Vec::new();
        let mut is_call = false;
        for meaning in &site.meanings {
            let mut named = self.addresses.models(solver, site.node, ctx, meaning);
            // A model that is chosen far away must not leave nothing for the address.
            solver.refuel(budget);
            let texts = self.addresses.urls(solver, site.node, ctx, meaning, &named);
            let mut reader: Option<Reader<'_, 'r>> = None;
            let mut asks: Option<bool> = None;
            let from_page = solver.graph.module(site.node).language != Language::Python;
            for mut text in texts {
                text.text = destination::ended(&text.text);
                let mut candidate = self.candidate(&text, meaning);
                self.narrow_place(&mut candidate, &named);
                let raw = !meaning.rule.url.is_empty();
                if raw && !self.is_model_api(&candidate, &text, from_page) {
                    let asks = *asks.get_or_insert_with(|| {
                        Reader::new(self.rules, self.addresses.clients, solver, site.node, ctx, meaning)
                            .asks_a_model(solver)
                    });
                    if !asks || !may_be_a_model(&candidate, &text) {
                        continue;
                    }
                }
                is_call |= raw;
                if raw || candidate.verdict == Verdict::Possible {
                    let reader = reader.get_or_insert_with(|| {
                        // What a call says to its router is asked only of calls that are known to be one.
                        solver.refuel(RESOLVE);
                        Reader::new(self.rules, self.addresses.clients, solver, site.node, ctx, meaning)
                    });
                    if raw && named.is_empty() {
                        named = reader.body_models(solver);
                    }
                    models.extend(self.route(solver, reader, &mut candidate, &named));
                }
                if candidate.verdict == Verdict::Unresolved {
                    let why = match &text.known {
                        Known::Unknown(name) | Known::Optional(name) | Known::Parameter(name) => name.clone(),
                        _ => candidate.host.clone(),
                    };
                    unresolved.get_or_insert(why);
                }
                let in_process = meaning.client.as_ref().is_some_and(|c| c.rule.endpoint.local);
                let beyond = match in_process {
                    true => None,
                    false => self.proxies.beyond(&candidate, &known(&named)),
                };
                for candidate in beyond.unwrap_or_else(|| vec![candidate]) {
                    let same = |c: &Candidate| {
                        (&c.host, &c.url, c.verdict) == (&candidate.host, &candidate.url, candidate.verdict)
                    };
                    if !candidates.iter().any(same) {
                        candidates.push(candidate);
                    }
                }
            }
            // Stores, search and tracing services matter when they are known to be abroad, not when nobody knows.
            let model = meaning.rule.kind.is_model();
            if meaning.rule.url.is_empty() && (model || together(&candidates) == Verdict::Foreign) {
                is_call = true;
            }
            models.extend(known(&named));
        }
        models.sort();
        models.dedup();
        let verdict = together(&candidates);
        if let Some(open) = candidates.iter().find(|c| c.verdict == Verdict::Unresolved) {
            unresolved.get_or_insert_with(|| open.host.clone());
        }
        if !matches!(verdict, Verdict::Unresolved) {
            unresolved = unresolved.filter(|_| candidates.iter().any(|c| c.verdict == Verdict::Unresolved));
        }
        let models = models.iter().map(|id| model(self.rules, id)).collect();
        Resolved { destination: Destination { verdict, candidates, unresolved }, models, is_call }
    }

    /// Where the call goes when it is reached through `ctx`; `None` when that says nothing new.
    pub fn narrow(&self, solver: &mut Solver<'r>, site: &Site<'r>, ctx: Ctx) -> Option<Destination> {
        let seen = self.addresses.clients.recognise(solver, site.node, ctx)?;
        let resolved = self.resolve(solver, &seen, ctx);
        (resolved.is_call && !resolved.destination.candidates.is_empty()).then_some(resolved.destination)
    }

    /// What the registry says of one URL.
    fn candidate(&self, text: &Text, meaning: &Meaning<'r>) -> Candidate {
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
        let evidence = text.proof.iter().map(step).collect();
        let mut candidate = destination::candidate(self.rules, self.policy, &text.text, because, evidence);
        if meaning.client.as_ref().is_some_and(|c| c.rule.endpoint.local) {
            destination::make_local(&mut candidate);
        }
        candidate
    }

    /// Narrows a router's choice by what the call says to it.
    fn route(
        &self,
        solver: &mut Solver<'r>,
        reader: &Reader<'_, 'r>,
        candidate: &mut Candidate,
        named: &[Text],
    ) -> Vec<String> {
        let router = candidate.provider.as_deref().and_then(|id| self.rules.router(id));
        let Some(router) = router.filter(|_| candidate.verdict == Verdict::Possible) else {
            return Vec::new();
        };
        let said = reader.read(solver, router, &candidate.url, named);
        let request = Request { router, given: said.given, models: &said.models, pinned: Vec::new() };
        router::narrow(self.rules, self.policy, candidate, request);
        said.models
    }

    /// What model ids and infrastructure code say of the place of processing.
    fn narrow_place(&self, candidate: &mut Candidate, models: &[Text]) {
        let Some(found) = self.rules.resolve_url(&candidate.url) else { return };
        let mut places: Vec<String> = Vec::new();
        let mut proof: Vec<Step> = Vec::new();
        if let Some(table) = &found.endpoint.profiles {
            for model in models {
                if let Some(area) = region::of_profile(self.rules, table, &model.text) {
                    places.extend(area);
                    proof.extend(model.proof.iter().map(step));
                }
            }
        }
        if let (true, Some(table)) = (candidate.residency == [CUSTOMER], &found.endpoint.regions) {
            let declared = &self.addresses.declared;
            for (place, line) in declared.places_of(&found.provider.id) {
                places.push(place);
                proof.push(step(&line));
            }
            // A deployment that is served anywhere is, whatever the region of its resource.
            if places.is_empty() {
                for region in declared.regions_of(&found.provider.id) {
                    places.extend(self.rules.residency_of_region(table, &region.text).unwrap_or_default());
                    proof.extend(region.proof.iter().map(step));
                }
            }
        }
        if places.is_empty() {
            return;
        }
        places.sort();
        places.dedup();
        candidate.residency = places;
        candidate.evidence.extend(proof);
        candidate.remarks.retain(|remark| remark != destination::NOT_PINNED);
        destination::weigh(self.rules, self.policy, candidate, found.provider.kind);
    }

    /// Whether a raw request is one to a model, or to a service known to lie abroad.
    fn is_model_api(&self, candidate: &Candidate, text: &Text, from_page: bool) -> bool {
        // A page asks its own server: that server's code says what becomes of it. Elsewhere a path stands behind an address
        // that is not known.
        if from_page && text.text.starts_with('/') && !text.text.starts_with("//") {
            return false;
        }
        if self.rules.api_path(&text.text).is_some_and(|path| !path.common) {
            return true;
        }
        let provider = candidate.provider.as_deref().and_then(|id| self.rules.provider(id));
        let found = self.rules.resolve_url(&text.text);
        provider.is_some_and(|p| p.kind != ProviderKind::Service || candidate.verdict == Verdict::Foreign)
            && found.is_some_and(|f| !f.endpoint.general)
    }
}

/// Whether a request whose body asks a model may go to one: to a whole URL that is no service of another kind.
fn may_be_a_model(candidate: &Candidate, text: &Text) -> bool {
    let is_url = text.text.contains("://") || text.text.starts_with('{');
    is_url && candidate.provider.is_none()
}

/// The texts that are known.
fn known(texts: &[Text]) -> Vec<String> {
    let known = |t: &&Text| {
        matches!(t.known, Known::Literal | Known::Setting(_) | Known::Default(_) | Known::Sample(_))
    };
    texts.iter().filter(known).map(|t| t.text.clone()).collect()
}

fn step(proof: &Proof) -> Step {
    Step { span: proof.span, message: proof.message.clone(), kind: StepKind::Endpoint, depth: 0 }
}
