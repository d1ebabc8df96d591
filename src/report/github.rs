//! Findings as GitHub workflow commands, which it shows beside the changed lines of a pull request.

use crate::finding::{Finding, Report, Severity};
use crate::report::visible::{clean, spell_out};
use crate::report::{codes, count, opened_words, past_words, policy};
use std::fmt::Write as _;

/// GitHub shows no more than this many annotations of one kind in one step.
const MAX_EACH: usize = 10;

/// One command per finding, the most severe first, then what there is beyond GitHub's limit.
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    let mut findings: Vec<&Finding> = report.active().collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let let_through = report.change.as_ref().map_or(&[][..], |change| &change.let_through);
    let mut shown = [0usize; 3];
    let mut left_out = 0;
    for finding in findings {
        let command = command(finding.severity);
        let slot = &mut shown[command as usize];
        // The last warnings are kept for saying what was let through, and what was left out; the last notice for the policy.
        let kept = match command {
            Command::Error => 0,
            Command::Warning => 1 + usize::from(!let_through.is_empty()),
            Command::Notice => 1,
        };
        if *slot + kept >= MAX_EACH {
            left_out += 1;
            continue;
        }
        *slot += 1;
        let at = report.files.region(finding.span);
        let path = property(&spell_out(&report.files.get(finding.span.file).path));
        let title = property(&format!("{} ({})", finding.rule.id(), finding.severity.as_str()));
        let _ = writeln!(
            out,
            "::{} file={path},line={},endLine={},col={},title={title}::{}",
            command.word(),
            at.start_line,
            at.end_line,
            at.start_column,
            data(&words(finding)),
        );
    }
    let by_policy = report.policy.path.is_some() || report.policy.ignored.is_some();
    if by_policy || report.active().count() < report.findings.len() {
        let mut lines = vec![policy::name(report)];
        lines.extend(policy::suppressed(report));
        lines.extend(policy::effects(report));
        let _ = writeln!(out, "::notice title=transborder::{}", data(&lines.join("\n")));
    }
    if let Some(first) = let_through.first() {
        let text = format!(
            "{} no longer objected to because of edited rules, policy or comments; the first is {}",
            count(let_through.len(), "crossing"),
            past_words(first)
        );
        let _ = writeln!(out, "::warning title=transborder::{}", data(&text));
    }
    if left_out > 0 {
        let text =
            format!("{} more than GitHub shows; the full report has them all.", count(left_out, "finding"));
        let _ = writeln!(out, "::warning title=transborder::{}", data(&text));
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Command {
    Error,
    Warning,
    Notice,
}

impl Command {
    fn word(self) -> &'static str {
        match self {
            Command::Error => "error",
            Command::Warning => "warning",
            Command::Notice => "notice",
        }
    }
}

fn command(severity: Severity) -> Command {
    match severity {
        Severity::Critical | Severity::High => Command::Error,
        Severity::Medium => Command::Warning,
        Severity::Low | Severity::Note => Command::Notice,
    }
}

/// Message, the three axes, the first thing to do.
fn words(finding: &Finding) -> String {
    let mut text = clean(&finding.message);
    for candidate in finding.destination.iter().flat_map(|destination| &destination.candidates).take(3) {
        let (residency, control) = (codes(&candidate.residency), codes(&candidate.control));
        let _ = write!(text, "\n{}: residency {residency}, control {control}", clean(&candidate.host));
    }
    if let Some(opened) = &finding.opening {
        let _ = write!(text, "\nOpened: {}", opened_words(opened));
    }
    if let Some(advice) = finding.advice.first() {
        let _ = write!(text, "\nWhat to do: {}", clean(&advice.text));
    }
    text
}

/// Text behind the command, where line breaks and percent signs must be written out.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of the command, which may hold neither separators nor line breaks.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
