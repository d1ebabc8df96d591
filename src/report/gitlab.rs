//! Findings as a GitLab SAST report, version 15 of its schema.

use super::json::written;
use super::place;
use super::visible::{clean, spell_out};
use crate::finding::{Finding, Report, Severity, StepKind};
use crate::text::{NoticeKind, Span};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Version of GitLab's schema.
const SCHEMA_VERSION: &str = "15.2.1";
/// The schema wants to know when the scan ran. A report that must be the same on every run cannot say it.
const NO_TIME: &str = "1970-01-01T00:00:00";
/// Longest name, in characters.
const MAX_NAME: usize = 255;
/// Longest solution before it is escaped; afterwards it stays below the 7,000 characters of the schema.
const MAX_SOLUTION: usize = 1_000;

/// The findings that nobody suppressed, most severe first.
pub fn render(report: &Report) -> String {
    let tool = json!({
        "id": env!("CARGO_PKG_NAME"),
        "name": env!("CARGO_PKG_NAME"),
        "url": env!("CARGO_PKG_REPOSITORY"),
        "version": env!("CARGO_PKG_VERSION"),
        "vendor": { "name": env!("CARGO_PKG_NAME") },
    });
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let vulnerabilities: Vec<Value> = report
        .active()
        .map(|finding| {
            let times = seen.entry(&finding.fingerprint).or_default();
            *times += 1;
            vulnerability(report, finding, *times)
        })
        .collect();
    let gaps = report.notices.iter().filter(|notice| notice.kind != NoticeKind::LeftOut);
    let messages: Vec<Value> = gaps
        .map(|notice| {
            let at = notice.line.map_or(String::new(), |line| format!(":{line}"));
            let text = format!("{}{at}: {}", spell_out(&notice.path), clean(&notice.message));
            json!({ "level": "warn", "value": text })
        })
        .collect();
    written(&json!({
        "version": SCHEMA_VERSION,
        "scan": {
            "type": "sast",
            "status": "success",
            "start_time": NO_TIME,
            "end_time": NO_TIME,
            "analyzer": tool,
            "scanner": tool,
            "messages": messages,
        },
        "vulnerabilities": vulnerabilities,
    }))
}

fn vulnerability(report: &Report, finding: &Finding, times: usize) -> Value {
    let doc = finding.rule.doc();
    let region = report.files.region(finding.span);
    let path = spell_out(&report.files.get(finding.span.file).path);
    let mut identifiers = vec![json!({
        "type": "transborder_rule", "name": doc.id, "value": doc.id, "url": doc.url(),
    })];
    identifiers.extend(doc.cwe.iter().map(|number| {
        json!({
            "type": "cwe", "name": format!("CWE-{number}"), "value": number.to_string(),
            "url": format!("https://cwe.mitre.org/data/definitions/{number}.html"),
        })
    }));
    // The same finding twice in one report needs two ids.
    let id = match times {
        1 => finding.fingerprint.clone(),
        more => format!("{}/{more}", finding.fingerprint),
    };
    let signature = json!({ "algorithm": "transborder_v1", "value": id });
    json!({
        "id": id,
        "name": cut(doc.title(), MAX_NAME),
        "description": inert(&description(finding)),
        "severity": severity(finding.severity),
        "solution": inert(&cut(&solution(report, finding), MAX_SOLUTION)),
        "identifiers": identifiers,
        "location": { "file": path, "start_line": region.start_line, "end_line": region.end_line },
        "details": details(report, finding),
        "tracking": { "type": "source", "items": [{
            "file": path, "start_line": region.start_line, "end_line": region.end_line, "signatures": [signature],
        }] },
    })
}

/// The path as GitLab draws it, the three axes, and the classes of data.
fn details(report: &Report, finding: &Finding) -> Value {
    let mut details = serde_json::Map::new();
    let text = |name: &str, value: String| json!({ "name": name, "type": "text", "value": value });
    details.insert("confidence".into(), text("Confidence", finding.confidence.as_str().into()));
    if let Some(destination) = &finding.destination {
        details.insert("verdict".into(), text("Verdict", destination.verdict.as_str().into()));
        let to: Vec<Value> = destination
            .candidates
            .iter()
            .map(|candidate| {
                let (residency, control) =
                    (super::codes(&candidate.residency), super::codes(&candidate.control));
                let line = format!("{}: residency {residency}, control {control}", clean(&candidate.host));
                json!({ "type": "text", "value": line })
            })
            .collect();
        if !to.is_empty() {
            details
                .insert("destination".into(), json!({ "name": "Destination", "type": "list", "items": to }));
        }
    }
    if let Some(flow) = finding.flow.as_ref().filter(|flow| !flow.steps.is_empty()) {
        let classes = flow.data.iter().map(|data| json!({ "type": "text", "value": clean(&data.title) }));
        let classes: Vec<Value> = classes.collect();
        details.insert("data".into(), json!({ "name": "Data", "type": "list", "items": classes }));
        let nodes: Vec<Value> = flow
            .steps
            .iter()
            .map(|step| {
                let kind = match step.kind {
                    StepKind::Source => "source",
                    StepKind::Call => "sink",
                    StepKind::Flow | StepKind::Treatment | StepKind::Endpoint => "propagation",
                };
                json!({ "type": "code-flow-node", "node_type": kind, "file_location": location(report, step.span) })
            })
            .collect();
        details.insert(
            "path".into(),
            json!({ "name": "Path of the data", "type": "code-flows", "items": [nodes] }),
        );
    }
    Value::Object(details)
}

fn location(report: &Report, span: Span) -> Value {
    let region = report.files.region(span);
    json!({
        "type": "file-location",
        "file_name": spell_out(&report.files.get(span.file).path),
        "line_start": region.start_line,
        "line_end": region.end_line,
    })
}

fn description(finding: &Finding) -> String {
    let mut text = clean(&finding.message);
    for law in &finding.laws {
        let _ = write!(text, "\n{}", clean(law));
    }
    text
}

fn solution(report: &Report, finding: &Finding) -> String {
    let steps: Vec<String> = finding
        .advice
        .iter()
        .map(|advice| {
            let at = advice.span.map_or(String::new(), |span| format!(" ({})", place(report, span)));
            format!("{}{at}", clean(&advice.text))
        })
        .collect();
    steps.join("\n")
}

/// GitLab reads these fields as Markdown; a character that could be markup is written as an entity.
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '[' | ']' | '(' | ')' | '!' | '@' | '#' | '`' | '*' | '_' | '~' | '|'
            | '\\' | '$' | '{' | '}' => {
                let _ = write!(out, "&#{};", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.replace("://", ":&#47;&#47;")
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "Critical",
        Severity::High => "High",
        Severity::Medium => "Medium",
        Severity::Low => "Low",
        Severity::Note => "Info",
    }
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most - 1) {
        Some((end, _)) if text.chars().count() > most => format!("{}…", &text[..end]),
        _ => text.to_string(),
    }
}
