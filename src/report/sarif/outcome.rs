//! One finding as a SARIF result.

use super::location::{message, of_step, plain, quoted};
use super::{level, properties};
use crate::finding::{Candidate, Finding, Report, Step, StepKind, SuppressedBy, Verdict};
use crate::report::fingerprint::line_hashes;
use crate::report::visible::clean;
use crate::text::FileId;
use serde_json::{Value, json};
use serde_sarif::sarif::{
    CodeFlow, Location, Message, PropertyBag, Result as SarifResult, ResultLevel, Suppression, ThreadFlow,
    ThreadFlowLocation,
};
use std::collections::BTreeMap;

/// Steps a reader accepts in one result.
const MAX_STEPS: usize = 10_000;
/// Related locations a reader accepts in one result.
const MAX_RELATED: usize = 100;

/// Line hashes of the files that findings point at, each computed once.
#[derive(Default)]
pub struct Lines(BTreeMap<FileId, Vec<String>>);

/// The finding.
pub fn result(report: &Report, finding: &Finding, lines: &mut Lines) -> SarifResult {
    let related: Vec<Location> = evidence(finding)
        .take(MAX_RELATED)
        .zip(1..)
        .map(|(step, id)| Location { id: Some(id), ..of_step(report, step) })
        .collect();
    let mut fingerprints = BTreeMap::from([("transborder/v1".to_string(), finding.fingerprint.clone())]);
    let hashes = lines
        .0
        .entry(finding.span.file)
        .or_insert_with(|| line_hashes(&report.files.get(finding.span.file).text));
    let line = report.files.region(finding.span).start_line as usize;
    if let Some(hash) = hashes.get(line - 1) {
        fingerprints.insert("primaryLocationLineHash".into(), hash.clone());
    }
    let primary = Location::builder().physical_location(quoted(report, finding.span)).build();
    let mut result = SarifResult::builder()
        .rule_id(finding.rule.id())
        .rule_index(finding.rule as i64)
        .level(match level(finding.severity) {
            "error" => ResultLevel::Error,
            "warning" => ResultLevel::Warning,
            _ => ResultLevel::Note,
        })
        .message(words(finding, !related.is_empty()))
        .locations(vec![primary])
        .partial_fingerprints(fingerprints)
        .properties(facts(finding))
        .build();
    if finding.score > 0.0 {
        result.rank = Some((finding.score * 5.0).min(100.0));
    }
    if !related.is_empty() {
        result.related_locations = Some(related);
    }
    if let Some(flow) = &finding.flow {
        result.code_flows =
            Some(vec![code_flow(report, &flow.steps, &evidence(finding).collect::<Vec<_>>())]);
    }
    if let Some(suppressed) = &finding.suppressed {
        let kind = if suppressed.by == SuppressedBy::Inline { "inSource" } else { "external" };
        let named: Vec<&str> =
            [Some(&suppressed.reason), suppressed.owner.as_ref(), suppressed.reference.as_ref()]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
        let justification = clean(&named.join(", "));
        result.suppressions =
            Some(vec![Suppression::builder().kind(json!(kind)).justification(justification).build()]);
    }
    result
}

/// The lines and settings that decide the endpoint, each once.
fn evidence(finding: &Finding) -> impl Iterator<Item = &Step> {
    let mut seen = Vec::new();
    finding
        .destination
        .iter()
        .flat_map(|destination| &destination.candidates)
        .flat_map(|c| &c.evidence)
        .filter(move |step| {
            let new = !seen.contains(&step.span);
            seen.push(step.span);
            new
        })
}

/// The sentence, and a link to the deciding line: related locations are shown only where a message links to them.
fn words(finding: &Finding, decided: bool) -> Message {
    let text = plain(&finding.message);
    if !decided {
        return message(&finding.message);
    }
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    Message::builder().text(format!("{text}{stop} The endpoint is decided [here](1).")).build()
}

/// Source first, then the path, then what decides the endpoint, and the call last.
fn code_flow(report: &Report, steps: &[Step], evidence: &[&Step]) -> CodeFlow {
    let (call, path) = match steps.split_last() {
        Some((last, path)) if last.kind == StepKind::Call => (Some(last), path),
        _ => (None, steps),
    };
    let mut all: Vec<&Step> = path.iter().collect();
    all.extend(evidence.iter().filter(|step| !steps.iter().any(|known| known.span == step.span)));
    all.extend(call);
    if all.len() > MAX_STEPS {
        all.drain(MAX_STEPS / 2..all.len() - MAX_STEPS / 2);
    }
    let locations: Vec<ThreadFlowLocation> = all
        .into_iter()
        .zip(1..)
        .map(|(step, order)| {
            let importance = match step.kind {
                StepKind::Source | StepKind::Call | StepKind::Endpoint => "essential",
                StepKind::Treatment | StepKind::Flow => "important",
            };
            ThreadFlowLocation::builder()
                .location(of_step(report, step))
                .importance(json!(importance))
                .nesting_level(i64::from(step.depth))
                .execution_order(order)
                .build()
        })
        .collect();
    CodeFlow::builder().thread_flows(vec![ThreadFlow::builder().locations(locations).build()]).build()
}

/// What a filter or a dashboard wants to know without reading the message. With several candidates, `host`,
/// `provider`, `residency` and `control` are those of the worst, and `candidates` lists them all.
fn facts(finding: &Finding) -> PropertyBag {
    let classes: Vec<&str> =
        finding.flow.iter().flat_map(|flow| &flow.data).map(|data| data.class.as_str()).collect();
    let origin = finding.models.first().map_or("unknown", |model| &model.origin);
    let unknown = vec!["unknown".to_string()];
    let candidates = finding.destination.as_ref().map_or(&[][..], |destination| &destination.candidates);
    let worst = candidates.iter().rev().max_by_key(|candidate| candidate.verdict);
    let verdict = finding.destination.as_ref().map_or(Verdict::Unresolved, |destination| destination.verdict);
    properties([
        ("host", json!(worst.map_or("unknown", |c| or_unknown(&c.host)))),
        ("provider", json!(worst.and_then(|c| c.provider.as_deref()).unwrap_or("unknown"))),
        ("residency", json!(worst.map_or(&unknown, |c| &c.residency))),
        ("control", json!(worst.map_or(&unknown, |c| &c.control))),
        ("origin", json!(origin)),
        ("dataClasses", json!(classes)),
        ("verdict", json!(verdict.as_str())),
        ("confidence", json!(finding.confidence.as_str())),
        ("severity", json!(finding.severity.as_str())),
        ("candidates", Value::Array(candidates.iter().map(candidate).collect())),
        ("laws", json!(finding.laws.iter().map(|law| clean(law)).collect::<Vec<_>>())),
        ("advice", json!(finding.advice.iter().map(|advice| clean(&advice.text)).collect::<Vec<_>>())),
    ])
}

fn candidate(candidate: &Candidate) -> Value {
    json!({
        "host": or_unknown(&candidate.host),
        "provider": candidate.provider.as_deref().unwrap_or("unknown"),
        "residency": candidate.residency,
        "control": candidate.control,
        "verdict": candidate.verdict.as_str(),
        "because": clean(&candidate.because),
        "remarks": candidate.remarks.iter().map(|remark| clean(remark)).collect::<Vec<_>>(),
        "verified": candidate.verified.as_deref().unwrap_or("unverified"),
        "sources": candidate.sources,
    })
}

fn or_unknown(text: &str) -> &str {
    if text.is_empty() { "unknown" } else { text }
}
