//! The end of the report: where everything goes, how much was found, and what was read to find it.

use super::Look;
use super::layout::{BOLD, Cell, DIM, Facts, paint, severity_style, table, verdict_style, wrap};
use crate::finding::{Destination, Report, Severity, Verdict};
use crate::report::visible::{clean, spell_out};
use crate::report::{change_words, codes, count, past_words, policy};
use crate::text::{Notice, NoticeKind};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// How many notices are listed unless `-v` asks for all.
const NOTICES: usize = 5;
/// Below this many columns the table becomes paragraphs.
const NARROW: usize = 80;

/// Table of destinations, notices, counts, coverage.
pub fn block(report: &Report, look: &Look) -> String {
    let mut out = String::new();
    let destinations = destinations(report, look);
    if !destinations.is_empty() {
        let _ = writeln!(out, "{}", paint(BOLD, "where requests go"));
        out.push_str(&destinations);
        out.push('\n');
    }
    out.push_str(&notices(report, look));
    out.push_str(&past(report, look));
    out.push_str(&counts(report, look));
    out.push_str(&in_force(report, look));
    out.push_str(&coverage(report, look));
    out
}

/// Verdict, worst first, and name of a destination.
type Key = (Reverse<Verdict>, String);

/// What is known of one destination over the whole report.
#[derive(Default)]
struct Row {
    residency: String,
    control: String,
    calls: BTreeSet<usize>,
    findings: BTreeMap<Severity, usize>,
}

/// Unresolved destinations without findings that stand alone unless `-v` asks for all; the others share a row.
const QUIET: usize = 5;

/// Joins the destinations that only an expression in the code names and no finding is about: a big program has dozens
/// of them, and they hide where data goes. Those that most calls use stay.
fn folded(rows: BTreeMap<Key, Row>, look: &Look) -> Vec<(Key, Row)> {
    let quiet = |((Reverse(verdict), name), row): &(Key, Row)| {
        *verdict == Verdict::Unresolved && row.findings.is_empty() && name.starts_with('{')
    };
    if look.verbose {
        return rows.into_iter().collect();
    }
    let (mut few, mut rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(quiet);
    if few.len() > QUIET {
        few.sort_by_key(|(_, row)| Reverse(row.calls.len()));
        let rest = few.split_off(QUIET);
        let name = format!("{} more, shown with -v", rest.len());
        let calls = rest.into_iter().flat_map(|(_, row)| row.calls).collect();
        let unknown = || "unknown".to_string();
        let row = Row { residency: unknown(), control: unknown(), calls, ..Row::default() };
        few.push(((Reverse(Verdict::Unresolved), name), row));
    }
    let at = rows.partition_point(|((verdict, _), _)| *verdict <= Reverse(Verdict::Unresolved));
    rows.splice(at..at, few);
    rows
}

/// One line per destination, foreign ones first.
fn destinations(report: &Report, look: &Look) -> String {
    let mut rows: BTreeMap<Key, Row> = BTreeMap::new();
    for (at, call) in report.calls.iter().enumerate() {
        for (key, residency, control) in keys(&call.destination) {
            let row = rows.entry(key).or_default();
            (row.residency, row.control) = (residency, control);
            row.calls.insert(at);
        }
    }
    for finding in report.active() {
        for (key, residency, control) in finding.destination.iter().flat_map(keys) {
            let row = rows.entry(key).or_default();
            (row.residency, row.control) = (residency, control);
            *row.findings.entry(finding.severity).or_default() += 1;
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let rows = folded(rows, look);
    if look.width < NARROW {
        return narrow(&rows, look);
    }
    let head = |text: &str| Cell::new(text).styled(DIM);
    let mut cells = vec![vec![
        head("  destination"),
        head("verdict"),
        head("residency"),
        head("control"),
        head("calls").right(),
        head("findings"),
    ]];
    for ((Reverse(verdict), name), row) in &rows {
        let worst = row.findings.keys().next_back();
        cells.push(vec![
            Cell::new(format!("  {name}")),
            Cell::new(verdict.as_str()).styled(verdict_style(*verdict)),
            Cell::new(&row.residency),
            Cell::new(&row.control),
            Cell::new(row.calls.len().to_string()).right(),
            match worst {
                Some(worst) => Cell::new(by_severity(&row.findings)).styled(severity_style(*worst)),
                None => Cell::new("-").styled(DIM),
            },
        ]);
    }
    table(&cells, 0, look.width)
}

/// The same as paragraphs, for a window where columns do not fit.
fn narrow(rows: &[(Key, Row)], look: &Look) -> String {
    let mut facts = Facts::new(2, 12, look.width);
    for ((Reverse(verdict), name), row) in rows {
        facts.called(verdict.as_str(), verdict_style(*verdict), name);
        facts.add("", &format!("residency {}, control {}", row.residency, row.control));
        let found = if row.findings.is_empty() { "no findings".into() } else { by_severity(&row.findings) };
        facts.add("", &format!("{}, {found}", count(row.calls.len(), "call")));
    }
    facts.finish()
}

/// The rows a destination belongs to: one per candidate, or one for what is not known.
fn keys(destination: &Destination) -> Vec<(Key, String, String)> {
    if destination.candidates.is_empty() {
        let name = match &destination.unresolved {
            Some(what) => format!("? {}", clean(what)),
            None => "?".into(),
        };
        return vec![((Reverse(destination.verdict), name), "unknown".into(), "unknown".into())];
    }
    let mut keys: Vec<_> = destination
        .candidates
        .iter()
        .map(|candidate| {
            let host = match (&candidate.host[..], &candidate.provider_name) {
                ("", Some(provider)) => clean(provider),
                ("", None) => "?".into(),
                (host, _) => clean(host),
            };
            let key = (Reverse(candidate.verdict), host);
            (key, codes(&candidate.residency), codes(&candidate.control))
        })
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

/// What could not be analysed, and what suppresses without a right to.
fn notices(report: &Report, look: &Look) -> String {
    let (tidy, mut gaps): (Vec<&Notice>, Vec<&Notice>) =
        report.notices.iter().partition(|notice| notice.kind == NoticeKind::Suppression);
    // What was left out by rule surprises least.
    gaps.sort_by_key(|notice| notice.kind == NoticeKind::LeftOut);
    listed("not analysed", &gaps, look) + &listed("suppressions to tidy", &tidy, look)
}

fn listed(heading: &str, notices: &[&Notice], look: &Look) -> String {
    if notices.is_empty() {
        return String::new();
    }
    let mut out = format!("{}\n", paint(BOLD, heading));
    let shown = if look.verbose { notices.len() } else { NOTICES };
    for notice in notices.iter().take(shown) {
        let at = match (&notice.path[..], notice.line) {
            ("", _) => String::new(),
            (path, Some(line)) => format!("{}:{line}: ", spell_out(path)),
            (path, None) => format!("{}: ", spell_out(path)),
        };
        let mut facts = Facts::new(2, 12, look.width);
        facts.add(notice_word(notice.kind), &format!("{at}{}", clean(&notice.message)));
        out.push_str(&facts.finish());
    }
    let mut rest: BTreeMap<NoticeKind, usize> = BTreeMap::new();
    for notice in notices.iter().skip(shown) {
        *rest.entry(notice.kind).or_default() += 1;
    }
    if !rest.is_empty() {
        let kinds: Vec<String> = rest.iter().map(|(kind, n)| format!("{n} {}", notice_word(*kind))).collect();
        let text = format!("and {} more ({}), shown with -v", rest.values().sum::<usize>(), kinds.join(", "));
        let _ = writeln!(out, "  {}", paint(DIM, &text));
    }
    out.push('\n');
    out
}

/// What was there before and is no more, and what is only no longer objected to.
fn past(report: &Report, look: &Look) -> String {
    let mut out = String::new();
    let (none, gone) = (Vec::new(), report.baseline.as_ref().map(|used| &used.gone));
    let change = report.change.as_ref();
    for (heading, list) in [
        (
            "let through by edited rules, policy or comments",
            change.map_or(&none, |change| &change.let_through),
        ),
        ("closed", change.map_or(&none, |change| &change.closed)),
        ("gone since the baseline", gone.unwrap_or(&none)),
    ] {
        if list.is_empty() {
            continue;
        }
        let _ = writeln!(out, "{}", paint(BOLD, heading));
        for past in list {
            for (index, line) in wrap(&past_words(past), look.width.saturating_sub(4)).iter().enumerate() {
                let _ = writeln!(out, "  {}{line}", if index == 0 { "" } else { "  " });
            }
        }
        out.push('\n');
    }
    for line in change.iter().flat_map(|change| change_words(change)) {
        for line in wrap(&line, look.width) {
            let _ = writeln!(out, "{line}");
        }
    }
    out
}

/// `3 findings: 1 critical, 2 medium`, and what was suppressed.
fn counts(report: &Report, look: &Look) -> String {
    let mut by: BTreeMap<Severity, usize> = BTreeMap::new();
    for finding in report.active() {
        *by.entry(finding.severity).or_default() += 1;
    }
    let active: usize = by.values().sum();
    let suppressed = report.findings.len() - active;
    let home = report.home_as_written.join(", ");
    let mut text = match active {
        0 if report.change.is_some() => format!("No new findings, seen from {}", clean(&home)),
        0 => format!("No findings, seen from {}", clean(&home)),
        n if report.change.is_some() => {
            format!("{}, seen from {}: {}", count(n, "new finding"), clean(&home), by_severity(&by))
        }
        _ => format!("{}, seen from {}: {}", count(active, "finding"), clean(&home), by_severity(&by)),
    };
    if suppressed > 0 {
        let _ = write!(text, "; {suppressed} suppressed");
    }
    if report.ignored_allows > 0 {
        let _ = write!(text, "; {} ignored", count(report.ignored_allows, "allow comment"));
    }
    if !report.home_set {
        text.push_str(". Home was not set: pass --home, or write it to transborder.toml");
    }
    let style =
        by.keys().next_back().map_or(verdict_style(Verdict::Domestic), |worst| severity_style(*worst));
    wrap(&text, look.width).iter().fold(String::new(), |mut out, line| {
        let _ = writeln!(out, "{}", paint(style, line));
        out
    })
}

/// The policy, what it changed, and who agreed to what was suppressed.
fn in_force(report: &Report, look: &Look) -> String {
    let mut lines = policy::suppressed(report);
    lines.push(policy::name(report));
    lines.extend(policy::effects(report));
    lines.iter().flat_map(|line| wrap(line, look.width)).fold(String::new(), |mut out, line| {
        let _ = writeln!(out, "{}", paint(DIM, &line));
        out
    })
}

/// What was read, so that silence can be believed.
fn coverage(report: &Report, look: &Look) -> String {
    let c = &report.coverage;
    let mut text = format!(
        "Read {} ({} parsed, {} skipped{}) with {}; saw {} ({} unresolved) and {}; {}",
        count(c.files_read, "file"),
        c.files_parsed,
        c.files_skipped,
        if c.files_ignored == 0 {
            String::new()
        } else {
            format!(", {} left out by the policy", c.files_ignored)
        },
        count(c.lines, "line"),
        count(c.calls, "call"),
        c.calls_unresolved,
        count(c.settings, "setting"),
        count(report.notices.len(), "notice"),
    );
    if let Some(elapsed) = look.elapsed {
        let _ = write!(text, "; {:.2} s", elapsed.as_secs_f64());
    }
    wrap(&text, look.width).iter().fold(String::new(), |mut out, line| {
        let _ = writeln!(out, "{}", paint(DIM, line));
        out
    })
}

/// `1 critical, 2 medium`, worst first.
fn by_severity(by: &BTreeMap<Severity, usize>) -> String {
    by.iter().rev().map(|(severity, n)| format!("{n} {}", severity.as_str())).collect::<Vec<_>>().join(", ")
}

fn notice_word(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::LeftOut => "left out",
        NoticeKind::Skipped => "skipped",
        NoticeKind::Unreadable => "unreadable",
        NoticeKind::Partial => "partly",
        NoticeKind::Budget => "cut short",
        NoticeKind::Internal => "failed",
        NoticeKind::Suppression => "to tidy",
    }
}
