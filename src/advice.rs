//! What to do about a finding, computed from the registry and never against the policy: another region, a router's
//! setting, who at home serves the same weights, one's own machines, where a redaction cuts most.

use crate::finding::{Advice, Candidate, Finding, ModelUse, StepKind, Verdict};
use crate::judge::{Case, Judge};
use crate::lookup;
use crate::rules::provider::{Provider, ProviderEndpoint, ProviderKind};
use crate::rules::router::{ControlEffect, Router};
use crate::text::Span;
use std::collections::BTreeMap;

/// Hosts, regions or slugs named at most.
const MAX_NAMES: usize = 4;

/// The advice for one case, the smallest change first. [`place_redactions`] adds what needs all findings.
pub fn advise(judge: &Judge<'_>, case: &Case<'_>) -> Vec<Advice> {
    let mut texts = regions(judge, case);
    texts.extend(router_settings(judge, case));
    for model in
        case.site.models.iter().filter(|m| judge.policy.denies_model(judge.rules, &m.id, &m.origin).is_none())
    {
        texts.extend(same_weights(judge, case, model));
    }
    if case.site.models.iter().any(|m| judge.policy.denies_model(judge.rules, &m.id, &m.origin).is_some()) {
        texts.push("Use a model that the policy does not deny.".into());
    }
    if case.destination.verdict == Verdict::Unresolved {
        let what = case.destination.unresolved.as_deref().unwrap_or("the base URL");
        texts.push(format!(
            "Fix `{what}` in the code or in a checked-in setting, or declare the endpoint in the policy."
        ));
    }
    texts.dedup();
    texts.into_iter().map(|text| Advice { text, span: None }).collect()
}

/// Endpoints of the same provider that the policy allows.
fn regions(judge: &Judge<'_>, case: &Case<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    for candidate in case.destination.candidates.iter().filter(|c| c.verdict != Verdict::Domestic) {
        let Some(provider) = candidate.provider.as_deref().and_then(|id| judge.rules.provider(id)) else {
            continue;
        };
        let allowed =
            provider.endpoints.iter().filter(|e| e.host != candidate.host && !e.host.contains(['*', '{']));
        let hosts: Vec<String> = allowed
            .filter(|e| e.port.is_none() && is_allowed(judge, case, provider, e))
            .map(|e| format!("`{}`", e.host))
            .take(MAX_NAMES)
            .collect();
        if !hosts.is_empty() {
            texts.push(format!(
                "Use an endpoint of {} that the policy allows: {}.",
                provider.name,
                hosts.join(", ")
            ));
        }
    }
    texts
}

/// The setting that pins a router to providers the policy allows, with their names in it.
fn router_settings(judge: &Judge<'_>, case: &Case<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    for candidate in &case.destination.candidates {
        let Some(router) = candidate.provider.as_deref().and_then(|id| judge.rules.router(id)) else {
            continue;
        };
        let Some(control) = router.controls.iter().find(|c| c.effect == ControlEffect::Only) else {
            continue;
        };
        let slugs: Vec<String> =
            upstreams(judge, case, router).into_iter().map(|slug| format!("\"{slug}\"")).collect();
        if !slugs.is_empty() {
            let name = candidate.provider_name.as_deref().unwrap_or(&router.id);
            texts.push(format!(
                "Pin the providers behind {name}: `{} = [{}]`.",
                control.name,
                slugs.join(", ")
            ));
        }
    }
    texts
}

/// Slugs of upstreams that the policy allows and that serve one of the models, when a model is named.
fn upstreams<'r>(judge: &Judge<'r>, case: &Case<'_>, router: &'r Router) -> Vec<&'r str> {
    let serving: Vec<&str> = case
        .site
        .models
        .iter()
        .filter_map(|model| judge.rules.origin(&model.id))
        .flat_map(|origin| origin.served_by.iter().map(String::as_str))
        .collect();
    let fits = |id: &Option<String>| {
        let provider = id.as_deref().and_then(|id| judge.rules.provider(id));
        provider.is_some_and(|p| {
            let serves = serving.is_empty() || serving.contains(&p.id.as_str());
            serves && p.kind != ProviderKind::Router && allowed_endpoint(judge, case, p).is_some()
        })
    };
    let upstreams = router.upstreams.iter().filter(|upstream| fits(&upstream.provider));
    upstreams.map(|upstream| upstream.slug.as_str()).take(MAX_NAMES).collect()
}

/// Who the policy allows serves the same open weights; one's own machines.
fn same_weights(judge: &Judge<'_>, case: &Case<'_>, model: &ModelUse) -> Vec<String> {
    let Some(origin) = judge.rules.origin(&model.id) else { return Vec::new() };
    let mut texts = Vec::new();
    let hosts: Vec<&str> = origin
        .served_by
        .iter()
        .filter_map(|id| judge.rules.provider(id))
        .filter(|p| p.kind != ProviderKind::Router && allowed_endpoint(judge, case, p).is_some())
        .map(|p| p.name.as_str())
        .take(MAX_NAMES)
        .collect();
    let is_home = places(judge, case).countries == judge.policy.home;
    if !hosts.is_empty() {
        let from = if is_home { "from home" } else { "from where the policy allows" };
        let what = match origin.open_weights.as_str() {
            "false" => "Ask for the same model",
            _ => "Serve the same open weights",
        };
        texts.push(format!("{what} (`{}`) {from}: {}.", model.id, hosts.join(", ")));
    }
    if origin.open_weights == "true" && !places(judge, case).nowhere {
        texts.push(format!("Run `{}` on your own machines: the weights are open.", model.id));
    }
    texts
}

fn places(judge: &Judge<'_>, case: &Case<'_>) -> crate::policy::Places {
    match case.tier {
        Some(tier) => judge.policy.places(tier),
        None => crate::policy::Places::home(&judge.policy.home),
    }
}

fn allowed_endpoint<'p>(
    judge: &Judge<'_>,
    case: &Case<'_>,
    provider: &'p Provider,
) -> Option<&'p ProviderEndpoint> {
    provider.endpoints.iter().find(|endpoint| is_allowed(judge, case, provider, endpoint))
}

/// Whether the policy would let this data go to that endpoint.
fn is_allowed(judge: &Judge<'_>, case: &Case<'_>, provider: &Provider, endpoint: &ProviderEndpoint) -> bool {
    let residency = judge.rules.providers.residency(endpoint, endpoint.region.as_deref());
    let control = lookup::control(provider);
    let verdict = judge.policy.verdict(judge.rules, &residency, &control).unwrap_or(Verdict::Unresolved);
    let candidate = Candidate {
        host: endpoint.host.clone(),
        url: String::new(),
        provider: Some(provider.id.clone()),
        provider_name: Some(provider.name.clone()),
        residency,
        control,
        verdict,
        because: String::new(),
        evidence: Vec::new(),
        verified: None,
        sources: Vec::new(),
        relay: provider.kind == ProviderKind::Relay,
        upstreams: Vec::new(),
        remarks: Vec::new(),
    };
    let places = places(judge, case);
    let allowed = judge.policy.verdict_for(judge.rules, &places, std::slice::from_ref(&candidate));
    allowed == Verdict::Domestic
        && !candidate.relay
        && judge.policy.unmet(judge.rules, &places, &candidate).is_empty()
}

/// Names the step of each flow at which a redaction cuts most of the findings; of several, the nearest to the call,
/// because what comes in by further paths passes there too.
pub fn place_redactions(findings: &mut [Finding]) {
    let mut passing: BTreeMap<Span, usize> = BTreeMap::new();
    for finding in findings.iter() {
        let mut spans: Vec<Span> = steps(finding).collect();
        spans.sort();
        spans.dedup();
        spans.into_iter().for_each(|span| *passing.entry(span).or_default() += 1);
    }
    for finding in findings {
        let count = |span: &Span| passing.get(span).copied().unwrap_or(0);
        let Some(best) = steps(finding).max_by_key(count) else { continue };
        let Some(flow) = &finding.flow else { continue };
        let names: Vec<&str> = flow.data.iter().map(|d| d.evidence.as_str()).take(MAX_NAMES - 1).collect();
        let also = match count(&best) {
            0 | 1 => String::new(),
            n => format!("; {n} findings pass here"),
        };
        let text = format!("Take {} out here, before it is sent{also}.", names.join(", "));
        finding.advice.push(Advice { text, span: Some(best) });
    }
}

/// Steps before the call, from the source on.
fn steps(finding: &Finding) -> impl Iterator<Item = Span> + '_ {
    let flow = finding.flow.iter().flat_map(|flow| &flow.steps);
    flow.filter(|step| matches!(step.kind, StepKind::Source | StepKind::Flow)).map(|step| step.span)
}
