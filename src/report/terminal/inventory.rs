//! Every call and configured endpoint with its destination, whether or not data reaches it.

use super::Look;
use super::layout::{BOLD, DIM, Facts, paint, verdict_style};
use crate::finding::{Destination, ModelUse, Report};
use crate::report::visible::clean;
use crate::report::{codes, count, model_words, place};
use crate::text::Span;
use std::fmt::Write as _;

/// The whole inventory.
pub fn render(report: &Report, look: &Look) -> String {
    let mut out = String::new();
    for call in &report.calls {
        let what = if call.in_tests { format!("{} (test)", call.callee) } else { call.callee.clone() };
        out.push_str(&entry(report, call.span, &what, &call.destination, &call.models, look));
    }
    let configured = report.findings.iter().filter(|finding| finding.call.is_none());
    for finding in configured.clone() {
        if let Some(destination) = &finding.destination {
            out.push_str(&entry(report, finding.span, "configured", destination, &finding.models, look));
        }
    }
    let c = &report.coverage;
    let _ = writeln!(
        out,
        "{}",
        paint(
            DIM,
            &format!(
                "{} and {} in {}, seen from {}",
                count(report.calls.len(), "call"),
                count(
                    configured.filter(|finding| finding.destination.is_some()).count(),
                    "configured endpoint"
                ),
                count(c.files_read, "file"),
                clean(&report.home_as_written.join(", ")),
            )
        )
    );
    out
}

fn entry(
    report: &Report,
    span: Span,
    what: &str,
    destination: &Destination,
    models: &[ModelUse],
    look: &Look,
) -> String {
    let mut out = format!("{} {}\n", paint(BOLD, &place(report, span)), paint(DIM, &clean(what)));
    let mut facts = Facts::new(2, 12, look.width);
    if destination.candidates.is_empty() {
        let what = destination.unresolved.as_deref().unwrap_or("nothing in the code fixes it");
        facts.called(destination.verdict.as_str(), verdict_style(destination.verdict), &clean(what));
    }
    for candidate in &destination.candidates {
        let provider = candidate.provider_name.as_deref().map_or(String::new(), |name| format!(" ({name})"));
        let host = if candidate.host.is_empty() { "unknown host" } else { &candidate.host };
        let text = format!(
            "{}: residency {}, control {}",
            clean(&format!("{host}{provider}")),
            codes(&candidate.residency),
            codes(&candidate.control)
        );
        facts.called(candidate.verdict.as_str(), verdict_style(candidate.verdict), &text);
    }
    for model in models {
        facts.add("model", &format!("{}, origin {}", model_words(model), clean(&model.origin)));
    }
    out.push_str(&facts.finish());
    out.push('\n');
    out
}
