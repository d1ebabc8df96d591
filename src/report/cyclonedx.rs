//! The recipients as services of a CycloneDX 1.6 bill of materials, with the data that flows into each.

use super::json::written;
use super::transfers::{Recipient, countries, recipient};
use super::visible::{clean, is_web_address};
use super::{place, tier_word};
use crate::finding::{Candidate, Finding, Report, Verdict};
use crate::rules::data::Tier;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Places of evidence in one data flow.
const MAX_PLACES: usize = 20;

/// One service with everything that reaches it.
struct Service<'r> {
    recipient: Recipient<'r>,
    endpoints: BTreeSet<String>,
    data: BTreeMap<&'r str, Data<'r>>,
}

/// One class of data that flows into a service.
struct Data<'r> {
    title: &'r str,
    tier: Tier,
    sources: BTreeSet<String>,
}

/// The bill of materials. It has no serial number and no time, so that equal code gives equal bytes.
pub fn render(report: &Report) -> String {
    let services = services(report);
    let models: BTreeMap<String, Option<&String>> = report
        .calls
        .iter()
        .flat_map(|call| &call.models)
        .map(|model| (clean(&model.id), model.lab.as_ref()))
        .collect();
    written(&json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "tools": { "components": [{
                "type": "application",
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "externalReferences": [{ "type": "website", "url": env!("CARGO_PKG_REPOSITORY") }],
            }] },
            "component": { "type": "application", "bom-ref": "scanned", "name": "scanned code" },
            "properties": [property("home", &report.home.join(","))],
        },
        "components": models.iter().map(|(id, lab)| {
            let mut model = json!({ "type": "machine-learning-model", "bom-ref": format!("model:{id}"), "name": id });
            if let Some(lab) = lab {
                model["publisher"] = json!(clean(lab));
            }
            model
        }).collect::<Vec<_>>(),
        "services": services.iter().map(|((_, name), service)| written_service(report, name, service)).collect::<Vec<_>>(),
        "dependencies": [{
            "ref": "scanned",
            "dependsOn": services.keys().map(|(verdict, name)| reference(*verdict, name)).collect::<Vec<_>>(),
        }],
    }))
}

/// Every recipient of calls and findings, by verdict and name. What is decided at run time is no service yet.
fn services(report: &Report) -> BTreeMap<(Verdict, String), Service<'_>> {
    let mut services = BTreeMap::new();
    for candidate in report.calls.iter().flat_map(|call| &call.destination.candidates) {
        add(&mut services, report, candidate, None);
    }
    for finding in &report.findings {
        for candidate in finding.destination.iter().flat_map(|destination| &destination.candidates) {
            add(&mut services, report, candidate, Some(finding));
        }
    }
    services
}

fn add<'r>(
    services: &mut BTreeMap<(Verdict, String), Service<'r>>,
    report: &'r Report,
    candidate: &'r Candidate,
    finding: Option<&'r Finding>,
) {
    let new = recipient(report, candidate);
    let service = services.entry((new.verdict, new.name.clone())).or_insert_with(|| Service {
        recipient: new.clone(),
        endpoints: BTreeSet::new(),
        data: BTreeMap::new(),
    });
    service.recipient.join(&new);
    // Holes and secrets have no place in an address.
    if let Ok(url) = url::Url::parse(&candidate.url)
        && let Some(host) = url.host_str()
        && !candidate.url.contains(['{', '}'])
    {
        let port = url.port().map_or(String::new(), |port| format!(":{port}"));
        service.endpoints.insert(format!("{}://{host}{port}{}", url.scheme(), url.path()));
    }
    let Some(flow) = finding.and_then(|finding| finding.flow.as_ref()) else { return };
    for data in &flow.data {
        let entry = service.data.entry(&data.class).or_insert_with(|| Data {
            title: &data.title,
            tier: data.tier,
            sources: BTreeSet::new(),
        });
        entry.sources.extend(flow.steps.first().map(|step| place(report, step.span)));
    }
}

fn written_service(report: &Report, name: &str, service: &Service<'_>) -> Value {
    let to = &service.recipient;
    let mut properties = vec![
        property("verdict", to.verdict.as_str()),
        property("residency", &countries(report, to.residency.iter().copied())),
        property("control", &countries(report, to.control.iter().copied())),
        property("verified", to.verified.unwrap_or("unverified")),
    ];
    if let Some(policy) = to.provider.map(|provider| &provider.data_policy) {
        let known = [
            ("training", &policy.training),
            ("retention", &policy.retention),
            ("zero-retention", &policy.zero_retention),
            ("as-of", &policy.as_of),
        ];
        properties.extend(known.iter().filter_map(|(key, value)| Some(property(key, value.as_deref()?))));
    }
    let data: Vec<Value> = service
        .data
        .iter()
        .map(|(class, data)| {
            let places: Vec<&str> = data.sources.iter().take(MAX_PLACES).map(String::as_str).collect();
            json!({
                "flow": "inbound",
                "classification": tier_word(data.tier).replace(' ', "-"),
                "name": clean(data.title),
                "description": format!("{}, read at {}", clean(class), places.join(", ")),
            })
        })
        .collect();
    let links: Vec<Value> = to
        .sources
        .iter()
        // One that has to be spelled out is no address any more.
        .filter(|url| is_web_address(url) && url::Url::parse(url).is_ok() && clean(url) == **url)
        .map(|url| json!({ "type": "documentation", "url": url }))
        .collect();
    let entity = to.provider.and_then(|provider| provider.operator.entity.as_deref());
    json!({
        "bom-ref": reference(to.verdict, name),
        "provider": { "name": entity.map_or_else(|| name.to_string(), clean) },
        "name": name,
        "endpoints": service.endpoints,
        "x-trust-boundary": to.verdict != Verdict::Local,
        "data": data,
        "externalReferences": links,
        "properties": properties,
    })
}

fn reference(verdict: Verdict, name: &str) -> String {
    format!("service:{}:{name}", verdict.as_str())
}

fn property(name: &str, value: &str) -> Value {
    json!({ "name": format!("transborder:{name}"), "value": clean(value) })
}
