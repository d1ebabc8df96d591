//! The whole report as JSON, version 1: the format other programs build on.
//!
//! Keys keep their order, nothing depends on time or machine, and secrets in quoted code are masked.

use crate::finding::{
    Ask, Call, Candidate, Configured, Destination, Finding, Flow, ModelUse, Record, Report, Severity, Step,
    SuppressedBy, Volume,
};
use crate::history::{BaselineUse, Change, Past, State};
use crate::report::mask::mask;
use crate::report::tier_word;
use crate::text::{NoticeKind, Span};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Version of the format; grows when a key changes its meaning or goes away.
pub const SCHEMA_VERSION: u32 = 1;

/// The whole report, with a line break at the end.
pub fn render(report: &Report) -> String {
    let active = report.active().count();
    let mut by_severity = Map::new();
    for severity in [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Note] {
        let count = report.active().filter(|finding| finding.severity == severity).count();
        by_severity.insert(severity.as_str().into(), count.into());
    }
    let c = &report.coverage;
    let value = json!({
        "schema_version": SCHEMA_VERSION,
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "home": { "codes": report.home, "as_written": report.home_as_written, "set": report.home_set },
        "policy": policy(report),
        "summary": {
            "findings": active,
            "suppressed": report.findings.len() - active,
            "ignored_allows": report.ignored_allows,
            "by_severity": by_severity,
        },
        "coverage": {
            "files_read": c.files_read,
            "files_parsed": c.files_parsed,
            "files_skipped": c.files_skipped,
            "lines": c.lines,
            "calls": c.calls,
            "calls_unresolved": c.calls_unresolved,
            "settings": c.settings,
            "files_ignored": c.files_ignored,
        },
        "record": report.record.as_ref().map(record),
        "suppressions": suppressions(report),
        "baseline": report.baseline.as_ref().map(baseline),
        "change": report.change.as_ref().map(change),
        "findings": report.findings.iter().map(|f| finding(report, f)).collect::<Vec<_>>(),
        "calls": report.calls.iter().map(|c| call(report, c)).collect::<Vec<_>>(),
        "configured": report.configured.iter().map(|c| configured(report, c)).collect::<Vec<_>>(),
        "notices": report.notices.iter().map(|notice| json!({
            "kind": notice_word(notice.kind),
            "path": notice.path,
            "line": notice.line,
            "message": mask(&notice.message),
        })).collect::<Vec<_>>(),
    });
    written(&value)
}

/// Only the calls and configured endpoints, with a line break at the end.
pub fn inventory(report: &Report) -> String {
    written(&json!({
        "schema_version": SCHEMA_VERSION,
        "home": { "codes": report.home, "as_written": report.home_as_written, "set": report.home_set },
        "calls": report.calls.iter().map(|c| call(report, c)).collect::<Vec<_>>(),
        "configured": report.configured.iter().map(|c| configured(report, c)).collect::<Vec<_>>(),
    }))
}

fn configured(report: &Report, configured: &Configured) -> Value {
    json!({
        "location": location(report, configured.span),
        "key": mask(&configured.key),
        "app": configured.app,
        "active": configured.active,
        "destination": destination(report, &configured.destination),
        "models": models(&configured.models),
        "in_tests": configured.in_tests,
    })
}

/// What the report stands on.
pub(super) fn record(record: &Record) -> Value {
    json!({
        "rules_sha256": record.rules,
        "policy": record.policy.as_ref().map(|(path, sha256)| json!({ "path": path, "sha256": sha256 })),
        "command": texts(&record.command),
        "commit": record.commit,
        "branch": record.branch,
        "repository": record.repository,
    })
}

/// By what means, why, who, resting on what.
type Decision<'r> = (SuppressedBy, &'r str, Option<&'r str>, Option<&'r str>);

/// How many findings each decision suppressed, with who made it and why.
pub(super) fn suppressions(report: &Report) -> Vec<Value> {
    let mut counted: BTreeMap<Decision<'_>, usize> = BTreeMap::new();
    for s in report.findings.iter().filter_map(|finding| finding.suppressed.as_ref()) {
        *counted.entry((s.by, &s.reason, s.owner.as_deref(), s.reference.as_deref())).or_default() += 1;
    }
    let shown = counted.into_iter().map(|((by, reason, owner, reference), count)| {
        json!({
            "by": by.as_str(),
            "reason": mask(reason),
            "owner": owner.map(mask),
            "reference": reference.map(mask),
            "findings": count,
        })
    });
    shown.collect()
}

/// What a baseline did.
pub(super) fn baseline(used: &BaselineUse) -> Value {
    json!({
        "path": used.path,
        "unchanged": used.unchanged,
        "new": used.new,
        "gone": used.gone.iter().map(past).collect::<Vec<_>>(),
    })
}

/// What a change did beside what it opened.
pub(super) fn change(change: &Change) -> Value {
    json!({
        "against": mask(&change.against),
        "base": change.base,
        "staged": change.staged,
        "uncommitted_files": change.uncommitted,
        "unchanged": change.unchanged,
        "closed": change.closed.iter().map(past).collect::<Vec<_>>(),
        "let_through": change.let_through.iter().map(past).collect::<Vec<_>>(),
        "edited": change.edited,
    })
}

/// Whom to ask.
pub(super) fn ask(ask: &Ask) -> Value {
    json!({
        "owners": texts(&ask.owners),
        "place": ask.place,
        "author": ask.author.as_deref().map(mask),
    })
}

fn past(past: &Past) -> Value {
    json!({
        "rule": past.rule,
        "path": past.path,
        "line": past.line,
        "data": past.data,
        "to": texts(&past.to),
        "fingerprint": past.fingerprint,
        "count": past.count,
    })
}

/// The value as text. Writing strings and numbers cannot fail.
pub fn written(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

fn finding(report: &Report, finding: &Finding) -> Value {
    json!({
        "rule": finding.rule.id(),
        "severity": finding.severity.as_str(),
        "confidence": finding.confidence.as_str(),
        "message": mask(&finding.message),
        "location": location(report, finding.span),
        "destination": finding.destination.as_ref().map(|d| destination(report, d)),
        "models": models(&finding.models),
        "flow": finding.flow.as_ref().map(|f| flow(report, f)),
        "laws": texts(&finding.laws),
        "regulations": finding.regulations.iter().map(|regulation| json!({
            "id": regulation.id,
            "title": regulation.title,
            "reason": mask(&regulation.reason),
        })).collect::<Vec<_>>(),
        "advice": finding.advice.iter().map(|advice| json!({
            "text": mask(&advice.text),
            "location": advice.span.map(|span| location(report, span)),
        })).collect::<Vec<_>>(),
        "score": finding.score,
        "factors": texts(&finding.factors),
        "call": finding.call,
        "fingerprint": finding.fingerprint,
        "state": finding.state.map(State::as_str),
        "opened": finding.opening.as_ref().map(|opened| json!({
            "why": opened.why.as_str(),
            "was": texts(&opened.was),
        })),
        "ask": finding.ask.as_ref().map(ask),
        "suppressed": finding.suppressed.as_ref().map(|s| json!({
            "by": s.by.as_str(),
            "reason": mask(&s.reason),
            "owner": s.owner.as_deref().map(mask),
            "reference": s.reference.as_deref().map(mask),
            "place": s.place.as_deref().map(mask),
        })),
    })
}

fn call(report: &Report, call: &Call) -> Value {
    json!({
        "location": location(report, call.span),
        "callee": mask(&call.callee),
        "package": call.package,
        "kind": call.kind,
        "destination": destination(report, &call.destination),
        "models": models(&call.models),
        "in_tests": call.in_tests,
    })
}

fn destination(report: &Report, destination: &Destination) -> Value {
    json!({
        "verdict": destination.verdict.as_str(),
        "unresolved": destination.unresolved.as_deref().map(mask),
        "candidates": destination.candidates.iter().map(|c| candidate(report, c)).collect::<Vec<_>>(),
    })
}

fn candidate(report: &Report, candidate: &Candidate) -> Value {
    json!({
        "host": candidate.host,
        "url": mask(&candidate.url),
        "provider": candidate.provider,
        "provider_name": candidate.provider_name,
        "residency": candidate.residency,
        "control": candidate.control,
        "verdict": candidate.verdict.as_str(),
        "because": mask(&candidate.because),
        "evidence": steps(report, &candidate.evidence),
        "verified": candidate.verified,
        "sources": candidate.sources,
        "relay": candidate.relay,
        "upstreams": candidate.upstreams.iter().map(|upstream| json!({
            "slug": mask(&upstream.slug),
            "name": mask(&upstream.name),
            "provider": upstream.provider,
            "residency": upstream.residency,
            "control": upstream.control,
            "verdict": upstream.verdict.as_str(),
        })).collect::<Vec<_>>(),
        "remarks": texts(&candidate.remarks),
    })
}

fn flow(report: &Report, flow: &Flow) -> Value {
    json!({
        "data": flow.data.iter().map(|data| json!({
            "class": data.class,
            "title": data.title,
            "tier": tier_word(data.tier).replace(' ', "-"),
            "evidence": mask(&data.evidence),
            "regulations": data.regulations,
        })).collect::<Vec<_>>(),
        "steps": steps(report, &flow.steps),
        "further_paths": flow.further_paths,
        "treatments": texts(&flow.treatments),
        "volume": volume_word(flow.volume),
    })
}

/// Which policy was in force, and what it changed.
fn policy(report: &Report) -> Value {
    let policy = &report.policy;
    json!({
        "path": policy.path,
        "sha256": policy.hash,
        "extends": policy.extends,
        "in_repository": policy.in_repository,
        "ignored": policy.ignored,
        "tiers": policy.tiers.iter().map(|rule| json!({
            "tier": tier_word(rule.tier).replace(' ', "-"),
            "allow": texts(&rule.allow),
            "deny": texts(&rule.deny),
            "require": rule.require,
        })).collect::<Vec<_>>(),
        "denied_models": texts(&policy.denied_models),
        "effects": texts(&policy.effects),
    })
}

fn volume_word(volume: Volume) -> &'static str {
    match volume {
        Volume::One => "one",
        Volume::Many => "many",
        Volume::Whole => "whole",
    }
}

fn steps(report: &Report, steps: &[Step]) -> Vec<Value> {
    steps
        .iter()
        .map(|step| {
            json!({
                "kind": step.kind.as_str(),
                "message": mask(&step.message),
                "location": location(report, step.span),
                "depth": step.depth,
            })
        })
        .collect()
}

fn models(models: &[ModelUse]) -> Vec<Value> {
    models
        .iter()
        .map(|model| {
            json!({
                "id": mask(&model.id),
                "origin": model.origin,
                "lab": model.lab,
                "open_weights": model.open_weights,
            })
        })
        .collect()
}

fn location(report: &Report, span: Span) -> Value {
    let region = report.files.region(span);
    json!({
        "path": report.files.get(span.file).path.as_ref(),
        "start_line": region.start_line,
        "start_column": region.start_column,
        "end_line": region.end_line,
        "end_column": region.end_column,
    })
}

fn texts(list: &[String]) -> Vec<String> {
    list.iter().map(|text| mask(text)).collect()
}

/// The word for a kind of gap.
pub(crate) fn notice_word(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::LeftOut => "left-out",
        NoticeKind::Skipped => "skipped",
        NoticeKind::Unreadable => "unreadable",
        NoticeKind::Partial => "partial",
        NoticeKind::Budget => "budget",
        NoticeKind::Internal => "internal",
        NoticeKind::Suppression => "suppression",
    }
}
