//! The report as a comment on a pull request: Markdown that stays below GitHub's limit, and in which nothing
//! from the repository can act as markup.

use crate::finding::{Candidate, Finding, Report, Severity};
use crate::report::explain::RuleDoc;
use crate::report::visible::{clean, spell_out};
use crate::report::{
    ask_words, change_words, codes, count, opened_words, past_words, place, policy, tier_word,
};
use std::fmt::Write as _;

/// GitHub refuses longer comments.
pub const MAX_CHARS: usize = 65_000;

/// How much a finding says; less when the comment would grow too long.
#[derive(Clone, Copy, PartialEq)]
enum Detail {
    Full,
    Short,
    Row,
}

/// The whole report.
pub fn render(report: &Report) -> String {
    for detail in [Detail::Full, Detail::Short, Detail::Row] {
        let text = comment(report, detail, usize::MAX);
        if text.chars().count() <= MAX_CHARS {
            return text;
        }
    }
    let (mut fits, mut too_many) = (0, report.active().count());
    while too_many - fits > 1 {
        let middle = fits + (too_many - fits) / 2;
        match comment(report, Detail::Row, middle).chars().count() <= MAX_CHARS {
            true => fits = middle,
            false => too_many = middle,
        }
    }
    comment(report, Detail::Row, fits)
}

fn comment(report: &Report, detail: Detail, most: usize) -> String {
    let mut findings: Vec<&Finding> = report.active().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let total = findings.len();
    let mut out = headline(report, total);
    if detail == Detail::Row && total > 0 {
        out.push_str("| severity | rule | where | destination |\n| --- | --- | --- | --- |\n");
    }
    for finding in findings.iter().take(most) {
        match detail {
            Detail::Row => out.push_str(&row(report, finding)),
            _ => out.push_str(&section(report, finding, detail)),
        }
    }
    if total > most {
        let _ =
            write!(out, "\n{} did not fit; the full report has them all.\n", count(total - most, "finding"));
    }
    out.push_str(&past(report));
    out.push_str(&footer(report));
    out
}

/// How many crossings of before are listed under one heading.
const MAX_PAST: usize = 20;

/// What is only no longer objected to, and what is no more.
fn past(report: &Report) -> String {
    let Some(change) = &report.change else { return String::new() };
    let mut out = String::new();
    for (heading, list) in
        [("Let through by edited rules, policy or comments", &change.let_through), ("Closed", &change.closed)]
    {
        if list.is_empty() {
            continue;
        }
        let _ = write!(out, "**{heading}:**\n\n");
        for past in list.iter().take(MAX_PAST) {
            let _ = writeln!(out, "- {}", escape(&past_words(past)));
        }
        if let Some(more) = list.len().checked_sub(MAX_PAST).filter(|more| *more > 0) {
            let _ = writeln!(out, "- and {more} more");
        }
        out.push('\n');
    }
    out
}

fn headline(report: &Report, total: usize) -> String {
    let home = escape(&report.home_as_written.join(", "));
    let mut out = match total {
        0 if report.change.is_some() => format!("### Nothing new crosses the border, seen from {home}\n\n"),
        0 => format!("### No sensitive data crosses the border, seen from {home}\n\n"),
        _ if report.change.is_some() => format!("### {}, seen from {home}\n\n", count(total, "new finding")),
        _ => format!("### {}, seen from {home}\n\n", count(total, "finding")),
    };
    let counts: Vec<String> =
        [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Note]
            .into_iter()
            .filter_map(|severity| {
                let n = report.active().filter(|finding| finding.severity == severity).count();
                (n > 0).then(|| format!("{n} {}", severity.as_str()))
            })
            .collect();
    if !counts.is_empty() {
        let _ = write!(out, "{}\n\n", counts.join(" · "));
    }
    out
}

fn section(report: &Report, finding: &Finding, detail: Detail) -> String {
    let doc: &RuleDoc = finding.rule.doc();
    let mut out = format!(
        "#### {}: {}\n\n{} · [`{}`]({}) · confidence {}\n\n",
        finding.severity.as_str(),
        escape(&finding.message),
        code(&place(report, finding.span)),
        doc.id,
        doc.url(),
        finding.confidence.as_str(),
    );
    if let Some(opened) = &finding.opening {
        let _ = write!(out, "Opened: {}\n\n", escape(&opened_words(opened)));
    }
    if let Some(ask) = &finding.ask {
        let _ = write!(out, "Ask: {}\n\n", escape(&ask_words(ask)));
    }
    if let Some(destination) = &finding.destination {
        if let Some(what) = &destination.unresolved {
            let _ = write!(out, "Destination **{}**: {}\n\n", destination.verdict.as_str(), escape(what));
        }
        if !destination.candidates.is_empty() {
            out.push_str("| destination | verdict | residency | control | decided by |\n| --- | --- | --- | --- | --- |\n");
            for candidate in &destination.candidates {
                out.push_str(&destination_row(candidate));
            }
            out.push('\n');
        }
    }
    if detail == Detail::Full
        && let Some(flow) = &finding.flow
    {
        for data in &flow.data {
            let _ = writeln!(
                out,
                "- {}, {}: {}",
                escape(&data.title),
                tier_word(data.tier),
                escape(&data.evidence)
            );
        }
        let _ = write!(out, "\n<details><summary>{}</summary>\n\n", count(flow.steps.len(), "step"));
        for (index, step) in flow.steps.iter().enumerate() {
            let _ =
                writeln!(out, "{}. {} {}", index + 1, code(&place(report, step.span)), escape(&step.message));
        }
        out.push_str("\n</details>\n\n");
    }
    match &finding.advice[..] {
        [] => {}
        [only] => {
            let _ = write!(out, "**What to do:** {}\n\n", escape(&only.text));
        }
        several => {
            out.push_str("**What to do:**\n\n");
            for (index, advice) in several.iter().enumerate() {
                let _ = writeln!(out, "{}. {}", index + 1, escape(&advice.text));
            }
            out.push('\n');
        }
    }
    out
}

fn destination_row(candidate: &Candidate) -> String {
    format!(
        "| {} | {} | {} | {} | {} |\n",
        name(candidate),
        candidate.verdict.as_str(),
        escape(&codes(&candidate.residency)),
        escape(&codes(&candidate.control)),
        escape(&candidate.because),
    )
}

fn row(report: &Report, finding: &Finding) -> String {
    let candidates = finding.destination.iter().flat_map(|destination| &destination.candidates);
    let names: Vec<String> = candidates.take(3).map(name).collect();
    let destination = if names.is_empty() { "unknown".into() } else { names.join(", ") };
    let at = code(&place(report, finding.span));
    format!("| {} | {} | {at} | {destination} |\n", finding.severity.as_str(), finding.rule.id())
}

fn footer(report: &Report) -> String {
    let c = &report.coverage;
    let suppressed = report.findings.len() - report.active().count();
    let mut out = format!(
        "\n<sub>Read {} and saw {} ({} unresolved); {} suppressed; {}.",
        count(c.files_read, "file"),
        count(c.calls, "call"),
        c.calls_unresolved,
        suppressed,
        count(report.notices.len(), "notice"),
    );
    if !report.home_set {
        out.push_str(" Home was not set.");
    }
    for words in report.change.iter().flat_map(change_words) {
        let _ = write!(out, " {}.", escape(&words));
    }
    out.push_str("</sub>\n");
    let mut lines = policy::suppressed(report);
    lines.push(policy::name(report));
    lines.extend(policy::effects(report));
    for line in lines {
        let _ = write!(out, "\n<sub>{}</sub>\n", escape(&line));
    }
    out
}

fn name(candidate: &Candidate) -> String {
    match (&candidate.host[..], &candidate.provider_name) {
        ("", Some(provider)) => escape(provider),
        ("", None) => "unknown".into(),
        (host, Some(provider)) => format!("{} ({})", code(host), escape(provider)),
        (host, None) => code(host),
    }
}

/// Text in which no character is markup, a mention, a link or a cell border; names between backticks stay code.
pub(super) fn escape(text: &str) -> String {
    let text = clean(text);
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return inert(&text);
    }
    parts.iter().enumerate().fold(String::new(), |mut out, (index, part)| {
        match (index % 2, part.trim().is_empty()) {
            (0, _) => out.push_str(&inert(part)),
            (_, true) => {}
            (_, false) => out.push_str(&code(part)),
        }
        out
    })
}

/// Text in which every character is only itself.
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // A joiner keeps people from being called and issues from being linked.
            '@' | '#' => {
                out.push(c);
                out.push_str("&#8288;");
            }
            '\\' | '*' | '_' | '[' | ']' | '(' | ')' | '!' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out.replace("://", ":&#8288;//").replace("www.", "www&#8288;.").replace('`', "&#96;")
}

/// Text between backticks; what would end the span or the table cell is written differently.
fn code(text: &str) -> String {
    format!("`{}`", spell_out(text).replace('`', "'").replace('|', "¦"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_only_text() {
        assert_eq!(escape("<b>|[x](y)"), "&lt;b&gt;\\|\\[x\\]\\(y\\)");
        assert_eq!(escape("`a|b` @c `d"), "&#96;a\\|b&#96; @&#8288;c &#96;d");
        assert_eq!(escape("`<a|b>` is *read*"), "`<a¦b>` is \\*read\\*");
        assert_eq!(code("a`b|c\n"), "`a'b¦c\\n`");
    }
}
