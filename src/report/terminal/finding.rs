//! One finding: what is wrong, the proof, where the data goes and why that is known, what to do.

use super::Look;
use super::layout::{BOLD, Facts, HELP, paint, severity_style, verdict_style, wrap};
use super::snippet;
use crate::finding::{Candidate, Destination, Finding, Report, Verdict};
use crate::report::visible::clean;
use crate::report::{
    ask_words, codes, control_words, model_words, opened_words, place, residency_words, tier_word,
};
use std::fmt::Write as _;

/// Columns before the labels, and taken by them.
const INDENT: usize = 2;
const LABEL: usize = 12;

/// The finding in one line: place, severity, rule, message.
pub fn line(report: &Report, finding: &Finding) -> String {
    let (style, severity) = (severity_style(finding.severity), finding.severity.as_str());
    let rule = finding.rule.id();
    format!(
        "{}: {style}{severity}{style:#}[{rule}] {}\n",
        place(report, finding.span),
        clean(&finding.message)
    )
}

/// The finding with its proof.
pub fn block(report: &Report, finding: &Finding, look: &Look) -> String {
    let mut out = headline(finding, look);
    out.push_str(&snippet::flow(report, finding, look));
    let deciding = snippet::deciding(report, finding, look);
    if !deciding.is_empty() {
        let _ = writeln!(out, "{}", paint(BOLD, "the endpoint is decided here:"));
        out.push_str(&deciding);
    }
    out.push('\n');
    out.push_str(&facts(report, finding, look));
    out
}

/// Where findings go, as the heading of those that go there.
pub fn heading(finding: &Finding) -> (Option<Verdict>, String) {
    let Some(destination) = &finding.destination else { return (None, "the policy".into()) };
    let mut names: Vec<String> = destination.candidates.iter().map(name).collect();
    names.dedup();
    let text = match (&names[..], &destination.unresolved) {
        ([], Some(what)) => clean(what),
        ([], None) => "an endpoint that nothing in the code fixes".into(),
        (names, _) => names.join(" or "),
    };
    (Some(destination.verdict), text)
}

fn headline(finding: &Finding, look: &Look) -> String {
    let (style, severity) = (severity_style(finding.severity), finding.severity.as_str());
    let doc = finding.rule.doc();
    let (open, close) = match look.links {
        true => (format!("\x1b]8;;{}\x1b\\", doc.url()), "\x1b]8;;\x1b\\"),
        false => (String::new(), ""),
    };
    // The lead is measured as one word of its width, then printed with its styles.
    let lead = "x".repeat(severity.len() + doc.id.len() + 3);
    let mut out = String::new();
    for (index, line) in
        wrap(&format!("{lead} {}", clean(&finding.message)), look.width - 2).iter().enumerate()
    {
        let _ = match index {
            0 => {
                let text = line.strip_prefix(&lead).unwrap_or(line);
                writeln!(out, "{style}{severity}[{open}{}{close}]{style:#}{BOLD}:{text}{BOLD:#}", doc.id)
            }
            _ => writeln!(out, "  {BOLD}{line}{BOLD:#}"),
        };
    }
    out
}

/// Laws shown without `-v`.
const SHOWN_LAWS: usize = 3;

fn facts(report: &Report, finding: &Finding, look: &Look) -> String {
    let mut facts = Facts::new(INDENT, LABEL, look.width);
    data(&mut facts, finding);
    if let Some(destination) = &finding.destination {
        goes_to(&mut facts, destination, finding, look);
    }
    for (index, regulation) in finding.regulations.iter().enumerate() {
        let text = match look.verbose {
            true => format!(
                "{}: {} ({})",
                clean(&regulation.id),
                clean(&regulation.title),
                clean(&regulation.reason)
            ),
            false if index > 0 => continue,
            false => finding.regulations.iter().map(|r| clean(&r.id)).collect::<Vec<_>>().join(", "),
        };
        facts.add(
            if index == 0 { "may fall" } else { "" },
            &if index == 0 { format!("under {text}") } else { text },
        );
    }
    let shown = if look.verbose { finding.laws.len() } else { SHOWN_LAWS };
    for (index, law) in finding.laws.iter().take(shown).enumerate() {
        facts.add(if index == 0 { "law" } else { "" }, &clean(law));
    }
    if let Some(more) = finding.laws.len().checked_sub(shown).filter(|n| *n > 0) {
        facts.add("", &format!("and {more} more, shown with -v"));
    }
    facts.add("confidence", finding.confidence.as_str());
    if let Some(opened) = &finding.opening {
        facts.add("opened", &opened_words(opened));
    }
    if let Some(ask) = &finding.ask {
        facts.add("ask", &ask_words(ask));
    }
    if look.verbose {
        for (index, factor) in finding.factors.iter().enumerate() {
            let label = if index == 0 { format!("score {:.1}", finding.score) } else { String::new() };
            facts.add(&label, &clean(factor));
        }
    }
    for (index, advice) in finding.advice.iter().enumerate() {
        let at = advice.span.map_or(String::new(), |span| format!(" ({})", place(report, span)));
        let text = format!("{}{at}", clean(&advice.text));
        match (index, finding.advice.len()) {
            (0, 1) => facts.called("what to do", HELP, &text),
            (0, _) => facts.numbered("what to do", HELP, 1, &text),
            _ => facts.numbered("", HELP, index + 1, &text),
        }
    }
    facts.finish()
}

/// The classes of data, what was done to them, and how many more paths there are.
fn data(facts: &mut Facts, finding: &Finding) {
    let Some(flow) = &finding.flow else { return };
    for (index, data) in flow.data.iter().enumerate() {
        let text = format!("{}, {}: {}", clean(&data.title), tier_word(data.tier), clean(&data.evidence));
        facts.add(if index == 0 { "data" } else { "" }, &text);
    }
    if !flow.treatments.is_empty() {
        facts.add("treated by", &clean(&flow.treatments.join(", ")));
    }
    match flow.further_paths {
        0 => {}
        1 => facts.add("", "1 further path carries this data to the call"),
        more => facts.add("", &format!("{more} further paths carry this data to the call")),
    }
}

/// The destination with its three axes and where that knowledge comes from.
fn goes_to(facts: &mut Facts, destination: &Destination, finding: &Finding, look: &Look) {
    let verdict = format!("{}:", destination.verdict.as_str());
    let style = verdict_style(destination.verdict);
    match &destination.candidates[..] {
        [] => {
            let what = destination.unresolved.as_deref().unwrap_or("nothing in the code fixes it");
            facts.lead("goes to", style, &verdict, &format!("decided at run time by {}", clean(what)));
        }
        [one] => {
            facts.lead("goes to", style, &verdict, &name(one));
            if let Some(what) = &destination.unresolved {
                facts.add("", &format!("decided at run time by {}", clean(what)));
            }
            facts.add("  residency", &residency_words(&one.residency));
            facts.add("  control", &control_words(&one.control));
            origin(facts, finding);
            why(facts, one, look, "  because", "  registry");
        }
        several => {
            let text = format!("one of {} places", several.len());
            facts.lead("goes to", style, &verdict, &text);
            if let Some(what) = &destination.unresolved {
                facts.add("", &format!("decided at run time by {}", clean(what)));
            }
            origin(facts, finding);
            for (index, candidate) in several.iter().enumerate() {
                let label = if index == 0 { "  either" } else { "  or" };
                let verdict = format!("{}:", candidate.verdict.as_str());
                facts.lead(label, verdict_style(candidate.verdict), &verdict, &name(candidate));
                facts.add(
                    "",
                    &format!(
                        "residency {}, control {}",
                        codes(&candidate.residency),
                        codes(&candidate.control)
                    ),
                );
                why(facts, candidate, look, "", "");
            }
        }
    }
}

/// Who trained the models.
fn origin(facts: &mut Facts, finding: &Finding) {
    if finding.models.is_empty() {
        facts.add("  origin", "unknown: the call names no model the scan can read");
    }
    for (index, model) in finding.models.iter().enumerate() {
        let text = format!("{}: {}", clean(&model.origin), model_words(model));
        facts.add(if index == 0 { "  origin" } else { "" }, &text);
    }
}

/// What decided a candidate, what the registry knows of it, and its remarks.
fn why(facts: &mut Facts, candidate: &Candidate, look: &Look, because: &str, registry: &str) {
    if !candidate.because.is_empty() {
        facts.add(because, &clean(&candidate.because));
    }
    if candidate.provider.is_some() || candidate.verified.is_some() || !candidate.sources.is_empty() {
        let date = candidate
            .verified
            .as_ref()
            .map_or("unverified".to_string(), |date| format!("verified {}", clean(date)));
        let shown = if look.verbose { candidate.sources.len() } else { 1 };
        let mut sources = candidate.sources.iter().take(shown).map(|source| clean(source));
        let id = candidate.provider.as_deref().map_or(String::new(), |id| format!("entry `{}`, ", clean(id)));
        let first = sources.next().map_or(String::new(), |source| format!(", {source}"));
        facts.add(registry, &format!("{id}{date}{first}"));
        for source in sources {
            facts.add("", &source);
        }
    }
    if candidate.relay {
        facts.add("", "an unofficial relay stands between the code and its provider");
    }
    for remark in &candidate.remarks {
        facts.add("", &clean(remark));
    }
}

/// Host and provider of a candidate.
fn name(candidate: &Candidate) -> String {
    let host = if candidate.host.is_empty() { "unknown host" } else { &candidate.host };
    match &candidate.provider_name {
        Some(provider) => format!("{} ({})", clean(host), clean(provider)),
        None => clean(host),
    }
}
