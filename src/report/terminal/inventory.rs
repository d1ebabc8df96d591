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
    for one in &report.configured {
        let who = one.app.as_deref().unwrap_or(&one.key);
        let used = if one.active { "" } else { ", not in use" };
        let test = if one.in_tests { " (test)" } else { "" };
        let what = format!("{who}, configured{used}{test}");
        out.push_str(&entry(report, one.span, &what, &one.destination, &one.models, look));
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
                count(report.configured.len(), "configured endpoint"),
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
        facts.add("because", &clean(&candidate.because));
        for remark in &candidate.remarks {
            facts.add("", &clean(remark));
        }
        for step in &candidate.evidence {
            facts.add("", &format!("{}: {}", place(report, step.span), clean(&step.message)));
        }
    }
    for model in models {
        facts.add("model", &format!("{}, origin {}", model_words(model), clean(&model.origin)));
    }
    out.push_str(&facts.finish());
    out.push('\n');
    out
}
