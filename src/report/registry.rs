//! Registry entries and answers, for people and for programs.

use crate::finding::Verdict;
use crate::lookup::{Answer, Server, control};
use crate::report::json::written;
use crate::report::terminal::Look;
use crate::report::terminal::layout::{BOLD, Cell, DIM, Facts, cut, paint, table, verdict_style};
use crate::report::visible::clean;
use crate::report::{codes, control_words, count, residency_words, weights_words};
use crate::rules::provider::{Provider, ProviderEndpoint, ProviderKind};
use crate::rules::router::Upstream;
use crate::rules::{Rules, jurisdiction::Law};
use serde_json::{Value, json};

/// An answer as JSON. The keys of the contract come first.
pub fn answer_json(rules: &Rules, answer: &Answer) -> String {
    let found = answer.found.as_ref();
    let provider = found.map(|found| found.provider);
    let endpoint = found.map(|found| found.endpoint);
    written(&json!({
        "url": clean(&answer.url),
        "host": answer.host,
        "provider": provider.map(|provider| &provider.id),
        "kind": provider.map(|provider| kind_word(provider.kind)),
        "residency": answer.residency,
        "control": answer.control,
        "verdict": verdict_word(answer),
        "verified": endpoint.and_then(|endpoint| endpoint.verified.as_ref()).map(ToString::to_string),
        "sources": sources(answer),
        "provider_name": provider.map(|provider| &provider.name),
        "operator": provider.map(operator_json),
        "region": found.and_then(|found| found.region.as_ref()),
        "api": endpoint.and_then(|endpoint| endpoint.api.as_ref()),
        "conflict": endpoint.and_then(|endpoint| endpoint.conflict.as_ref()),
        "data_policy": provider.map(policy_json),
        "laws": laws(rules, answer).iter().map(|law| json!({
            "country": law.country,
            "name": law.name,
            "reference": law.reference,
            "verified": law.verified.as_ref().map(ToString::to_string),
        })).collect::<Vec<_>>(),
        "unpinned": answer.unpinned,
        "candidates": answer.candidates.iter().map(|upstream| json!({
            "slug": upstream.slug,
            "name": upstream.name,
            "provider": upstream.provider,
            "country": upstream.country,
            "residency": upstream.residency,
            "training": upstream.training,
        })).collect::<Vec<_>>(),
        "model": answer.model.as_ref().map(|model| json!({
            "id": model.id,
            "origin": model.origin.map_or("unknown", |origin| &origin.country),
            "lab": model.origin.map(|origin| &origin.lab),
            "open_weights": model.origin.map_or("unknown", |origin| &origin.open_weights),
            "served_by": model.served_by.iter().map(|server| json!({
                "provider": server.provider.id,
                "residency": server.residency,
                "control": control(server.provider),
            })).collect::<Vec<_>>(),
        })),
    }))
}

/// An answer for people.
pub fn answer_text(rules: &Rules, answer: &Answer, home: &[String], look: &Look) -> String {
    let style = answer.verdict.map_or(BOLD, verdict_style);
    let mut facts = Facts::new(2, 12, look.width);
    if let Some(found) = &answer.found {
        facts.add(
            "provider",
            &format!(
                "{} (`{}`, {})",
                clean(&found.provider.name),
                found.provider.id,
                kind_word(found.provider.kind)
            ),
        );
        operator_facts(&mut facts, found.provider);
    } else if answer.verdict != Some(Verdict::Local) {
        facts.add("provider", "nobody in the registry claims this host");
    }
    facts.add("residency", &residency_words(&answer.residency));
    facts.add("control", &control_words(&answer.control));
    if let Some(model) = &answer.model {
        let text = match model.origin {
            Some(origin) => {
                let id = clean(&model.id);
                format!(
                    "{}: {id} by {}{}",
                    origin.country,
                    clean(&origin.lab),
                    weights_words(&origin.open_weights)
                )
            }
            None => format!("unknown: the registry does not know {}", clean(&model.id)),
        };
        facts.add("origin", &text);
        if !model.served_by.is_empty() {
            let server = |s: &Server| format!("{} ({})", s.provider.id, clean(&s.residency.join(" ")));
            let servers: Vec<String> = model.served_by.iter().map(server).collect();
            facts.add("served by", &servers.join(", "));
        }
    }
    if !answer.candidates.is_empty() {
        facts.add("candidates", &candidate_words(answer.candidates));
    }
    if let Some(found) = &answer.found {
        endpoint_facts(&mut facts, found.endpoint);
        policy_facts(&mut facts, found.provider);
    }
    for (index, law) in laws(rules, answer).iter().enumerate() {
        facts.add(if index == 0 { "law" } else { "" }, &law_words(law));
    }
    let verdict = format!("{}, seen from {}", verdict_word(answer), clean(&home.join(", ")));
    format!("{} {}\n{}", paint(BOLD, &clean(&answer.url)), paint(style, &verdict), facts.finish())
}

/// Every provider as a table.
pub fn list_text(rules: &Rules, look: &Look) -> String {
    let head = |text: &str| Cell::new(text).styled(DIM);
    let mut rows = vec![vec![
        head("id"),
        head("name"),
        head("kind"),
        head("residency"),
        head("control"),
        head("verified"),
    ]];
    for provider in &rules.providers.all {
        rows.push(vec![
            Cell::new(&provider.id),
            Cell::new(cut(&clean(&provider.name), 28)),
            Cell::new(kind_word(provider.kind)),
            Cell::new(cut(&codes(&residencies(provider)), 24)),
            Cell::new(codes(&control(provider))),
            Cell::new(verified(provider).unwrap_or("-".into())),
        ]);
    }
    format!("{}{}\n", table(&rows, 1, look.width), paint(DIM, &count(rules.providers.all.len(), "provider")))
}

/// Every provider as JSON.
pub fn list_json(rules: &Rules) -> String {
    written(&Value::Array(rules.providers.all.iter().map(provider_json).collect()))
}

/// One provider as JSON.
pub fn show_json(provider: &Provider) -> String {
    written(&provider_json(provider))
}

/// One provider for people.
pub fn show_text(provider: &Provider, look: &Look) -> String {
    let mut facts = Facts::new(2, 12, look.width);
    if !provider.aliases.is_empty() {
        facts.add("also", &clean(&provider.aliases.join(", ")));
    }
    operator_facts(&mut facts, provider);
    facts.add("control", &codes(&control(provider)));
    policy_facts(&mut facts, provider);
    for note in [&provider.note, &provider.no_endpoint, &provider.operator.note].into_iter().flatten() {
        facts.add("note", &clean(note));
    }
    if !provider.upstreams.is_empty() {
        facts.add("forwards to", &clean(&provider.upstreams.join(", ")));
    }
    for endpoint in &provider.endpoints {
        let path = endpoint.path.as_deref().unwrap_or("");
        let port = endpoint.port.map_or(String::new(), |port| format!(":{port}"));
        facts.called("endpoint", BOLD, &clean(&format!("{}{port}{path}", endpoint.host)));
        facts.add("", &format!("residency {}", codes(&endpoint.residency)));
        endpoint_facts(&mut facts, endpoint);
    }
    let title = format!("{} ({}, {})", clean(&provider.name), provider.id, kind_word(provider.kind));
    format!("{}\n{}", paint(BOLD, &title), facts.finish())
}

/// How many candidates of which country, most first.
fn candidate_words(candidates: &[Upstream]) -> String {
    let mut by_country: Vec<(&str, usize)> = Vec::new();
    for upstream in candidates {
        match by_country.iter_mut().find(|(country, _)| *country == upstream.country) {
            Some((_, number)) => *number += 1,
            None => by_country.push((&upstream.country, 1)),
        }
    }
    by_country.sort_by_key(|(country, number)| (std::cmp::Reverse(*number), *country));
    let parts: Vec<String> =
        by_country.iter().map(|(country, number)| format!("{number} {}", clean(country))).collect();
    format!("{}: {}", count(candidates.len(), "provider"), parts.join(", "))
}

fn operator_facts(facts: &mut Facts, provider: &Provider) {
    let operator = &provider.operator;
    if let Some(entity) = &operator.entity {
        facts.add("operator", &format!("{} ({})", clean(entity), clean(&operator.country)));
    }
    if let Some(parent) = &operator.parent {
        let country = operator.parent_country.as_deref().unwrap_or(&operator.country);
        facts.add("parent", &format!("{} ({})", clean(parent), clean(country)));
    }
}

fn endpoint_facts(facts: &mut Facts, endpoint: &ProviderEndpoint) {
    let date = endpoint.verified.as_ref().map_or("unverified".into(), |date| format!("verified {date}"));
    let source = endpoint.source.as_ref().map_or(String::new(), |source| format!(", {}", clean(source)));
    facts.add("registry", &format!("{date}{source}"));
    for note in [&endpoint.conflict, &endpoint.note].into_iter().flatten() {
        facts.add("", &clean(note));
    }
}

fn policy_facts(facts: &mut Facts, provider: &Provider) {
    let policy = &provider.data_policy;
    let as_of = policy.as_of.as_ref().map_or(String::new(), |date| format!(" (as of {})", clean(date)));
    if let Some(training) = &policy.training {
        facts.add("training", &format!("{}{as_of}", clean(training)));
    }
    if let Some(retention) = &policy.retention {
        facts.add("retention", &clean(retention));
    }
}

fn law_words(law: &Law) -> String {
    let reference =
        law.reference.as_ref().map_or(String::new(), |reference| format!(", {}", clean(reference)));
    let date = law.verified.as_ref().map_or("unverified".into(), |date| format!("verified {date}"));
    format!("{}: {}{reference} ({date})", law.country, clean(&law.name))
}

/// Laws of the countries where requests go or whose operator is asked.
fn laws<'r>(rules: &'r Rules, answer: &Answer) -> Vec<&'r Law> {
    let mut laws: Vec<&Law> = Vec::new();
    if answer.verdict != Some(Verdict::Foreign) {
        return laws;
    }
    for code in answer.residency.iter().chain(&answer.control) {
        for law in rules.laws_for(code) {
            if !laws.iter().any(|known| std::ptr::eq(*known, law)) {
                laws.push(law);
            }
        }
    }
    laws
}

fn sources(answer: &Answer) -> Vec<String> {
    let Some(found) = &answer.found else { return Vec::new() };
    let mut sources: Vec<String> = Vec::new();
    for source in found.endpoint.source.iter().chain(&found.provider.operator.source) {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    sources
}

fn verdict_word(answer: &Answer) -> &'static str {
    answer.verdict.map_or("unknown", Verdict::as_str)
}

/// Every residency of a provider's endpoints, each once.
fn residencies(provider: &Provider) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for code in provider.endpoints.iter().flat_map(|endpoint| &endpoint.residency) {
        if !all.contains(code) {
            all.push(code.clone());
        }
    }
    all
}

/// The oldest date of a provider's endpoints; `None` when one of them was never verified.
fn verified(provider: &Provider) -> Option<String> {
    let dates: Option<Vec<String>> = provider
        .endpoints
        .iter()
        .map(|endpoint| endpoint.verified.as_ref().map(ToString::to_string))
        .collect();
    dates?.into_iter().min()
}

fn provider_json(provider: &Provider) -> Value {
    json!({
        "id": provider.id,
        "aliases": provider.aliases,
        "name": provider.name,
        "kind": kind_word(provider.kind),
        "control": control(provider),
        "operator": operator_json(provider),
        "endpoints": provider.endpoints.iter().map(|endpoint| json!({
            "host": endpoint.host,
            "path": endpoint.path,
            "port": endpoint.port,
            "residency": endpoint.residency,
            "storage": endpoint.storage,
            "region": endpoint.region,
            "regions": endpoint.regions,
            "api": endpoint.api,
            "basis": endpoint.basis,
            "source": endpoint.source,
            "verified": endpoint.verified.as_ref().map(ToString::to_string),
            "conflict": endpoint.conflict,
            "note": endpoint.note,
        })).collect::<Vec<_>>(),
        "data_policy": policy_json(provider),
        "upstreams": provider.upstreams,
        "note": provider.note,
    })
}

fn operator_json(provider: &Provider) -> Value {
    let operator = &provider.operator;
    json!({
        "entity": operator.entity,
        "country": operator.country,
        "parent": operator.parent,
        "parent_country": operator.parent_country,
        "law": operator.law,
        "source": operator.source,
        "verified": operator.verified.as_ref().map(ToString::to_string),
    })
}

fn policy_json(provider: &Provider) -> Value {
    let policy = &provider.data_policy;
    json!({
        "training": policy.training,
        "retention": policy.retention,
        "zero_retention": policy.zero_retention,
        "sources": policy.sources,
        "as_of": policy.as_of,
    })
}

fn kind_word(kind: ProviderKind) -> &'static str {
    match kind {
        ProviderKind::Lab => "lab",
        ProviderKind::Host => "host",
        ProviderKind::Router => "router",
        ProviderKind::Cloud => "cloud",
        ProviderKind::Relay => "relay",
        ProviderKind::SelfHost => "self-host",
        ProviderKind::Service => "service",
    }
}
