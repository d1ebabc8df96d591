//! `transborder scan`: audit, show, and say by the exit code whether it passes.

use super::input::{Input, command_line};
use super::{CLEAN, FINDINGS, output};
use camino::Utf8PathBuf;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use std::fmt::Write as _;
use std::time::Instant;
use transborder::Options;
use transborder::finding::{Confidence, Report, RuleId, Severity};
use transborder::report::{Format, conceal, sarif, terminal::Look};
use transborder::text::NoticeKind;

/// Arguments of `scan`.
#[derive(Debug, Args)]
pub struct Scan {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    show: Show,
    #[command(flatten)]
    gate: Gate,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "What to show")]
struct Show {
    /// Format of the report (repeatable, one for each --output)
    #[arg(long, value_name = "FORMAT", default_value = None, value_parser = PossibleValuesParser::new(Format::ALL.map(Format::name)).map(|name| format(&name)))]
    format: Vec<Format>,
    /// File to write instead of stdout; its name decides the format (repeatable, `-` is stdout)
    #[arg(short, long, value_name = "FILE")]
    output: Vec<Utf8PathBuf>,
    /// Leave out findings that are less sure
    #[arg(long, help = "Leave out findings that are less sure [default: from the policy, else possible]", value_name = "CONFIDENCE", value_parser = PossibleValuesParser::new(["certain", "likely", "possible"]).map(|word| confidence(&word)))]
    min_confidence: Option<Confidence>,
    /// Also write suppressed findings to SARIF, marked as such
    #[arg(long)]
    include_suppressed: bool,
    /// Show on stderr how long each phase took
    #[arg(long)]
    timings: bool,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "When to fail")]
struct Gate {
    /// Exit with 1 for findings of this severity or more
    #[arg(long, help = "Exit with 1 for findings of this severity or more [default: from the policy, else high]", value_name = "SEVERITY", value_parser = PossibleValuesParser::new(["critical", "high", "medium", "low", "note", "never"]).map(|word| threshold(&word)))]
    fail_on: Option<Threshold>,
    /// Also exit with 1 when the analysis was incomplete, data reaches an unresolved endpoint, or (with --diff) edited rules or comments let something through
    #[arg(long)]
    strict: bool,
    /// Exit with 0 whatever is found
    #[arg(long, conflicts_with = "strict")]
    exit_zero: bool,
}

/// The least severity that fails; `None` for never.
#[derive(Debug, Clone, Copy)]
struct Threshold(Option<Severity>);

impl Scan {
    /// Audits and shows. The exit code does not depend on the format.
    pub fn run(self, look: Look) -> anyhow::Result<u8> {
        let outputs = output::plan(&self.show.format, &self.show.output)?;
        let recorded = outputs.iter().any(|output| output.format.shows_record());
        let options = Options { command: recorded.then(command_line), ..self.input.options(look.quiet)? };
        let start = Instant::now();
        let mut report = transborder::audit(&options)?;
        conceal::quotes(&mut report);
        drop(options);
        let least = self.show.min_confidence.or(report.policy.min_confidence).unwrap_or(Confidence::Possible);
        report.findings.retain(|finding| finding.confidence >= least);
        let look = Look { elapsed: Some(start.elapsed()), ..look };

        let on_stdout = outputs.iter().any(output::Output::is_stdout);
        let choice = sarif::Choice { include_suppressed: self.show.include_suppressed };
        for output in outputs {
            // A file outlives the window and the run: no width of today, no duration.
            let look = if output.is_stdout() {
                look.clone()
            } else {
                Look { width: 100, unicode: true, links: false, elapsed: None, ..look.clone() }
            };
            let text = output.format.render(&report, &look, &choice);
            output.write(&text)?;
        }
        if !on_stdout && !look.quiet {
            anstream::eprintln!("{}", one_line(&report));
        }
        if self.show.timings {
            anstream::eprint!("{}", timings(&report));
        }
        Ok(self.gate.code(&report))
    }
}

impl Gate {
    fn code(&self, report: &Report) -> u8 {
        let severe = |threshold| report.active().any(|finding| finding.severity >= threshold);
        let by_policy = || report.policy.fail_on.unwrap_or(Some(Severity::High));
        let fails = self.fail_on.map_or_else(by_policy, |given| given.0).is_some_and(severe)
            || (self.strict && is_incomplete(report));
        if fails && !self.exit_zero { FINDINGS } else { CLEAN }
    }
}

/// Whether nothing was read or something of the program was not analysed, data goes nobody knows where, or an edit of the
/// rules lets something through.
fn is_incomplete(report: &Report) -> bool {
    report.coverage.files_read == 0
        || report.notices.iter().any(|n| !matches!(n.kind, NoticeKind::LeftOut | NoticeKind::Suppression))
        || report.active().any(|finding| finding.rule == RuleId::DataEndpointUnresolved)
        || report.change.as_ref().is_some_and(|change| !change.let_through.is_empty())
}

/// What there is to know when the report itself went to files.
fn one_line(report: &Report) -> String {
    let count = report.active().count();
    let c = &report.coverage;
    format!(
        "{count} finding{} in {} files, {} calls ({} unresolved)",
        if count == 1 { "" } else { "s" },
        c.files_read,
        c.calls,
        c.calls_unresolved
    )
}

fn timings(report: &Report) -> String {
    report.timings.iter().fold(String::new(), |mut out, (phase, time)| {
        let _ = writeln!(out, "{phase:<12} {:>9.1} ms", time.as_secs_f64() * 1e3);
        out
    })
}

fn format(name: &str) -> Format {
    Format::ALL.into_iter().find(|format| format.name() == name).unwrap_or(Format::Terminal)
}

fn confidence(word: &str) -> Confidence {
    match word {
        "certain" => Confidence::Certain,
        "likely" => Confidence::Likely,
        _ => Confidence::Possible,
    }
}

fn threshold(word: &str) -> Threshold {
    let severities = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Note];
    Threshold(severities.into_iter().find(|severity| severity.as_str() == word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use transborder::finding::{Coverage, Finding, SuppressedBy, Suppression};
    use transborder::text::{FileId, Files, Notice, SourceFile, Span};

    fn report(severity: Severity) -> Report {
        let finding = Finding {
            rule: RuleId::InternalDataAbroad,
            severity,
            score: 0.0,
            factors: vec![],
            confidence: Confidence::Likely,
            message: String::new(),
            span: Span::new(FileId(0), 0, 0),
            call: None,
            destination: None,
            models: vec![],
            flow: None,
            laws: vec![],
            regulations: vec![],
            advice: vec![],
            fingerprint: String::new(),
            state: None,
            opening: None,
            ask: None,
            suppressed: None,
        };
        Report {
            files: Files::new(vec![SourceFile { path: "a".into(), text: "".into() }]),
            home_set: true,
            policy: Default::default(),
            findings: vec![finding],
            coverage: Coverage { files_read: 1, ..Coverage::default() },
            ..Report::default()
        }
    }

    fn gate(fail_on: &str) -> Gate {
        Gate { fail_on: Some(threshold(fail_on)), strict: false, exit_zero: false }
    }

    #[test]
    fn the_threshold_decides() {
        let medium = report(Severity::Medium);
        assert_eq!(gate("high").code(&medium), CLEAN);
        assert_eq!(gate("medium").code(&medium), FINDINGS);
        assert_eq!(gate("note").code(&medium), FINDINGS);
        assert_eq!(gate("never").code(&report(Severity::Critical)), CLEAN);
        assert_eq!(Gate { exit_zero: true, ..gate("note") }.code(&medium), CLEAN);
    }

    #[test]
    fn a_higher_threshold_never_fails_more() {
        let thresholds = ["note", "low", "medium", "high", "critical", "never"];
        for severity in [Severity::Note, Severity::Low, Severity::Medium, Severity::High, Severity::Critical]
        {
            let report = report(severity);
            let codes = thresholds.map(|threshold| gate(threshold).code(&report));
            assert!(codes.is_sorted_by(|lower, higher| lower >= higher), "{severity:?}: {codes:?}");
        }
    }

    #[test]
    fn the_policy_decides_where_nobody_else_does() {
        let unset = || Gate { fail_on: None, ..gate("never") };
        let mut medium = report(Severity::Medium);
        assert_eq!(unset().code(&medium), CLEAN);
        medium.policy.fail_on = Some(Some(Severity::Low));
        assert_eq!(unset().code(&medium), FINDINGS);
        assert_eq!(gate("critical").code(&medium), CLEAN);
        medium.policy.fail_on = Some(None);
        assert_eq!(unset().code(&medium), CLEAN);
    }

    #[test]
    fn suppressed_findings_do_not_fail() {
        let mut agreed = report(Severity::Critical);
        agreed.findings[0].suppressed = Some(Suppression {
            by: SuppressedBy::Inline,
            reason: "agreed".into(),
            owner: None,
            reference: None,
            place: None,
        });
        assert_eq!(gate("note").code(&agreed), CLEAN);
    }

    #[test]
    fn strict_wants_a_complete_analysis_and_known_endpoints() {
        let strict = || Gate { strict: true, ..gate("never") };
        let mut report = report(Severity::Note);
        assert_eq!(strict().code(&report), CLEAN);
        let notice = |kind| Notice { path: "a".into(), line: None, kind, message: String::new() };
        for (kind, code) in [
            (NoticeKind::LeftOut, CLEAN),
            (NoticeKind::Suppression, CLEAN),
            // Whoever wants to hide something makes its file too large.
            (NoticeKind::Skipped, FINDINGS),
            (NoticeKind::Unreadable, FINDINGS),
            (NoticeKind::Partial, FINDINGS),
            (NoticeKind::Budget, FINDINGS),
            (NoticeKind::Internal, FINDINGS),
        ] {
            report.notices = vec![notice(kind)];
            assert_eq!(strict().code(&report), code, "{kind:?}");
        }
        report.notices.clear();
        report.coverage.files_read = 0;
        assert_eq!(strict().code(&report), FINDINGS, "silence about nothing proves nothing");
        report.coverage.files_read = 1;
        report.findings[0].rule = RuleId::DataEndpointUnresolved;
        assert_eq!(strict().code(&report), FINDINGS);
    }
}
