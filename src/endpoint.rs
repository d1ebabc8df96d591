//! Where a call goes: the URLs it may use, and what the registry says of each.

use crate::address::Addresses;
use crate::call::{Meaning, Site};
use crate::finding::{Candidate, Destination, ModelUse, Step, StepKind, Verdict};
use crate::lookup;
use crate::policy::Policy;
use crate::query::strings::{Known, Proof, Text};
use crate::query::{Ctx, Solver};
use crate::region;
use crate::rules::Rules;
use crate::rules::provider::{CUSTOMER, HostMatch, ProviderKind};

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
            let named = self.addresses.models(solver, site.node, ctx, meaning);
            let texts = self.addresses.urls(solver, site.node, ctx, meaning, &named);
            for text in texts {
                let mut candidate = self.candidate(&text, meaning);
                self.narrow_place(&mut candidate, &named);
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
        let seen = self.addresses.clients.recognise(solver, site.node, ctx)?;
        let resolved = self.resolve(solver, &seen, ctx);
        (resolved.is_call && !resolved.destination.candidates.is_empty()).then_some(resolved.destination)
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
        let evidence: Vec<Step> = text.proof.iter().map(step).collect();
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
        candidate.remarks.retain(|remark| remark != NOT_PINNED);
        self.weigh(candidate, found.provider.kind);
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
        self.weigh(candidate, provider.kind);
    }

    /// The verdict that residency and control give.
    fn weigh(&self, candidate: &mut Candidate, kind: ProviderKind) {
        candidate.verdict = self.verdict(&candidate.residency, &candidate.control, kind);
        let unpinned = candidate
            .residency
            .iter()
            .any(|r| matches!(r.as_str(), "global" | "unknown" | "customer" | "region"));
        if unpinned && candidate.verdict == Verdict::Domestic {
            candidate.remarks.push(NOT_PINNED.into());
        }
    }

    fn verdict(&self, residency: &[String], control: &[String], kind: ProviderKind) -> Verdict {
        match lookup::judge(self.rules, residency, control, &self.policy.home) {
            Some(Verdict::Foreign) => Verdict::Foreign,
            // Whatever it says of its own place, a router hands the request on.
            _ if kind == ProviderKind::Router => Verdict::Possible,
            known => known.unwrap_or(Verdict::Unresolved),
        }
    }
}

const NOT_PINNED: &str = "the place of processing is not pinned";

fn step(proof: &Proof) -> Step {
    Step { span: proof.span, message: proof.message.clone(), kind: StepKind::Endpoint, depth: 0 }
}

/// The verdict over all candidates.
pub fn together(candidates: &[Candidate]) -> Verdict {
    let has = |v: Verdict| candidates.iter().any(|c| c.verdict == v);
    let all = |v: Verdict| candidates.iter().all(|c| c.verdict == v);
    match candidates {
        [] => Verdict::Unresolved,
        [one] => one.verdict,
        _ if all(Verdict::Foreign) => Verdict::Foreign,
        _ if has(Verdict::Foreign) || has(Verdict::Possible) => Verdict::Possible,
        _ if has(Verdict::Unresolved) => Verdict::Unresolved,
        _ if has(Verdict::Domestic) => Verdict::Domestic,
        _ => Verdict::Local,
    }
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
