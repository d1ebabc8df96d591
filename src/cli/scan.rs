//! `transborder scan`: audit, show, and say by the exit code whether it passes.

use super::input::Input;
use super::{CLEAN, FINDINGS, output};
use camino::Utf8PathBuf;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use std::fmt::Write as _;
use std::time::Instant;
use transborder::finding::{Confidence, Report, RuleId, Severity};
use transborder::report::{Format, sarif, terminal::Look};
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
    #[arg(long, value_name = "CONFIDENCE", default_value = "possible", hide_default_value = true, value_parser = PossibleValuesParser::new(["certain", "likely", "possible"]).map(|word| confidence(&word)))]
    min_confidence: Confidence,
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
    #[arg(long, value_name = "SEVERITY", default_value = "high", value_parser = PossibleValuesParser::new(["critical", "high", "medium", "low", "note", "never"]).map(|word| threshold(&word)))]
    fail_on: Threshold,
    /// Also exit with 1 when the analysis was incomplete or data reaches an unresolved endpoint
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
        let options = self.input.options(look.quiet)?;
        let start = Instant::now();
        let mut report = transborder::audit(&options)?;
        drop(options);
        report.findings.retain(|finding| finding.confidence >= self.show.min_confidence);
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
        let fails = self.fail_on.0.is_some_and(severe) || (self.strict && is_incomplete(report));
        if fails && !self.exit_zero { FINDINGS } else { CLEAN }
    }
}

/// Whether something was not analysed, or data goes nobody knows where.
fn is_incomplete(report: &Report) -> bool {
    report.notices.iter().any(|notice| notice.kind != NoticeKind::Skipped)
        || report.active().any(|finding| finding.rule == RuleId::DataEndpointUnresolved)
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
    use transborder::finding::{Finding, SuppressedBy, Suppression};
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
            advice: vec![],
            fingerprint: String::new(),
            suppressed: None,
        };
        Report {
            files: Files::new(vec![SourceFile { path: "a".into(), text: "".into() }]),
            home: vec![],
            home_as_written: vec![],
            home_set: true,
            findings: vec![finding],
            calls: vec![],
            notices: vec![],
            coverage: Default::default(),
            known: Default::default(),
            timings: Default::default(),
        }
    }

    fn gate(fail_on: &str) -> Gate {
        Gate { fail_on: threshold(fail_on), strict: false, exit_zero: false }
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
        report.notices = vec![notice(NoticeKind::Skipped)];
        assert_eq!(strict().code(&report), CLEAN);
        report.notices = vec![notice(NoticeKind::Budget)];
        assert_eq!(strict().code(&report), FINDINGS);
        report.notices.clear();
        report.findings[0].rule = RuleId::DataEndpointUnresolved;
        assert_eq!(strict().code(&report), FINDINGS);
    }
}
