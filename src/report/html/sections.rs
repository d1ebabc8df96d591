//! The sections of the page, from the headline to where its facts come from.

use crate::finding::{Destination, Finding, Report, Severity, Verdict};
use crate::report::json::notice_word;
use crate::report::transfers::{countries, recipient, transfers};
use crate::report::visible::{clean, is_web_address, spell_out};
use crate::report::{count, place, policy, register, tier_word};
use maud::{Markup, html};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Severities, worst first.
const SEVERITIES: [Severity; 5] =
    [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Note];

/// Title and the way through the page.
pub fn header(report: &Report) -> Markup {
    let home = clean(&report.home_as_written.join(", "));
    html! {
        header {
            div.bar {
                p.brand { "transborder" }
                nav aria-label="Sections" {
                    @for (id, title) in [
                        ("map", "Map"), ("findings", "Findings"), ("register", "Register"),
                        ("gaps", "Not analysed"), ("policy", "Policy"), ("registry", "Registry"),
                    ] {
                        a href={ "#" (id) } { (title) }
                    }
                }
            }
            h1 { (headline(report)) }
            p.lead {
                "Seen from " strong { (home) } @if !report.home_set { " (the default: home was not set)" }
                ". Residency says where a request is processed and stored, control whose courts and agencies can "
                "compel the operator, origin who trained the weights."
            }
        }
    }
}

/// One sentence that says it all.
fn headline(report: &Report) -> String {
    let abroad =
        |finding: &&Finding| finding.destination.as_ref().is_some_and(|d| d.verdict == Verdict::Foreign);
    let carrying = report.active().filter(abroad).filter(|finding| finding.flow.is_some()).count();
    let active = report.active().count();
    match (carrying, active) {
        (0, 0) => "No sensitive data was seen crossing the border".into(),
        (0, _) => {
            format!("{}, none with sensitive data on its way abroad for certain", count(active, "finding"))
        }
        _ => format!("Sensitive data goes abroad in {}", count(carrying, "finding")),
    }
}

/// Counts, and where requests go.
pub fn summary(report: &Report) -> Markup {
    let agreed = report.findings.len() - report.active().count();
    let c = &report.coverage;
    html! {
        section aria-labelledby="summary-title" {
            h2 #summary-title { "Summary" }
            ul.tiles {
                @for severity in SEVERITIES {
                    @let n = report.active().filter(|finding| finding.severity == severity).count();
                    li class={ "tile s-" (severity.as_str()) } data-zero[n == 0] {
                        strong { (n) } span { (severity.as_str()) }
                    }
                }
                li.tile.s-agreed data-zero[agreed == 0] { strong { (agreed) } span { "accepted" } }
            }
            (destinations(report))
            p.small {
                "Read " (count(c.files_read, "file")) " (" (c.files_parsed) " parsed, " (c.files_skipped)
                " skipped) with " (count(c.lines, "line")) "; saw " (count(c.calls, "language-model call")) ", "
                (c.calls_unresolved) " of them unresolved, and " (count(c.settings, "setting")) "."
            }
        }
    }
}

/// What is known of one destination over the whole report.
#[derive(Default)]
struct Row {
    hosts: BTreeSet<String>,
    residency: BTreeSet<String>,
    control: BTreeSet<String>,
    calls: BTreeSet<usize>,
    findings: usize,
}

/// Unresolved recipients without findings that stand alone; the others share a row.
const QUIET: usize = 5;

/// Joins the recipients that only an expression in the code names and no finding is about: a big program has dozens of
/// them, and they hide where data goes. The calls that use them most stay.
fn folded(rows: BTreeMap<(Reverse<Verdict>, String), Row>) -> Vec<((Reverse<Verdict>, String), Row)> {
    let quiet = |((Reverse(verdict), name), row): &((Reverse<Verdict>, String), Row)| {
        *verdict == Verdict::Unresolved && row.findings == 0 && name.starts_with('{')
    };
    let (mut few, mut rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(quiet);
    if few.len() > QUIET {
        few.sort_by_key(|(_, row)| Reverse(row.calls.len()));
        let rest = few.split_off(QUIET);
        let name = format!("{} more, decided at run time", rest.len());
        let unknown = || BTreeSet::from(["unknown".to_string()]);
        let calls = rest.into_iter().flat_map(|(_, row)| row.calls).collect();
        let row = Row { residency: unknown(), control: unknown(), calls, ..Row::default() };
        few.push(((Reverse(Verdict::Unresolved), name), row));
    }
    let at = rows.partition_point(|((verdict, _), _)| *verdict <= Reverse(Verdict::Unresolved));
    rows.splice(at..at, few);
    rows
}

fn destinations(report: &Report) -> Markup {
    let mut rows: BTreeMap<(Reverse<Verdict>, String), Row> = BTreeMap::new();
    for (at, call) in report.calls.iter().enumerate() {
        note(report, &call.destination, &mut rows, |row| row.calls.extend([at]));
    }
    for destination in report.active().filter_map(|finding| finding.destination.as_ref()) {
        note(report, destination, &mut rows, |row| row.findings += 1);
    }
    let rows = folded(rows);
    html! {
        div.scroll tabindex="0" role="region" aria-label="Where requests go" {
            table {
                caption { "Where requests go" }
                thead {
                    tr {
                        th scope="col" { "Recipient" } th scope="col" { "Verdict" } th scope="col" { "Hosts" }
                        th scope="col" { "Residency" } th scope="col" { "Control" }
                        th.num scope="col" { "Calls" } th.num scope="col" { "Findings" }
                    }
                }
                tbody {
                    @for ((Reverse(verdict), name), row) in &rows {
                        tr {
                            th scope="row" { (name) }
                            td { (badge(*verdict)) }
                            td.mono { (list(&row.hosts)) }
                            td { (countries(report, row.residency.iter().map(String::as_str))) }
                            td { (countries(report, row.control.iter().map(String::as_str))) }
                            td.num { (row.calls.len()) } td.num { (row.findings) }
                        }
                    }
                    @if rows.is_empty() { tr { td colspan="7" { "No language-model call was found." } } }
                }
            }
        }
    }
}

fn note(
    report: &Report,
    destination: &Destination,
    rows: &mut BTreeMap<(Reverse<Verdict>, String), Row>,
    more: impl Fn(&mut Row),
) {
    if destination.candidates.is_empty() {
        let what = destination.unresolved.as_deref().map_or("?".into(), clean);
        let name = format!("decided at run time: {what}");
        let row = rows.entry((Reverse(destination.verdict), name)).or_default();
        row.residency.insert("unknown".into());
        row.control.insert("unknown".into());
        return more(row);
    }
    let mut seen = BTreeSet::new();
    for candidate in &destination.candidates {
        let known = recipient(report, candidate);
        let key = (Reverse(candidate.verdict), known.name);
        let row = rows.entry(key.clone()).or_default();
        row.hosts.extend(known.hosts.into_iter().map(clean));
        row.residency.extend(candidate.residency.iter().cloned());
        row.control.extend(candidate.control.iter().cloned());
        if seen.insert(key) {
            more(row);
        }
    }
}

/// The filters, and every finding as a line that opens.
pub fn findings(report: &Report) -> Markup {
    let verdicts: BTreeSet<Reverse<Verdict>> =
        report.findings.iter().filter_map(|f| Some(Reverse(f.destination.as_ref()?.verdict))).collect();
    html! {
        section #findings aria-labelledby="findings-title" {
            h2 #findings-title { "Findings" }
            form #filters role="search" aria-label="Filter the findings" hidden {
                label.wide { span { "Search" } input #q type="search" placeholder="name, path, host, rule …" autocomplete="off"; }
                label { span { "Severity" } select #severity {
                    option value="" { "all" }
                    @for severity in SEVERITIES { option value=(severity.as_str()) { (severity.as_str()) } }
                } }
                label { span { "Verdict" } select #verdict {
                    option value="" { "all" }
                    @for Reverse(verdict) in verdicts { option value=(verdict.as_str()) { (verdict.as_str()) } }
                } }
                label { span { "Confidence" } select #confidence {
                    option value="" { "any" }
                    @for word in ["certain", "likely", "possible"] { option value=(word) { (word) } }
                } }
                label { span { "Status" } select #status {
                    option value="" { "all" } option value="open" { "open" } option value="accepted" { "accepted" }
                } }
                button #clear type="button" { "Clear" }
            }
            p #shown role="status" aria-live="polite" {}
            noscript { p.small { "The proof of each finding is shown by the script of this page, which is switched off here." } }
            @if report.findings.is_empty() { p { "Nothing was found." } }
            div #list {
                @for (index, finding) in report.findings.iter().enumerate() {
                    (entry(report, index, finding))
                }
            }
        }
    }
}

/// A finding in one line; the script adds the proof.
fn entry(report: &Report, index: usize, finding: &Finding) -> Markup {
    let verdict = finding.destination.as_ref().map(|destination| destination.verdict);
    let status = if finding.suppressed.is_some() { "accepted" } else { "open" };
    html! {
        details class={ "finding s-" (finding.severity.as_str()) } data-i=(index)
            data-severity=(finding.severity.as_str()) data-verdict=[verdict.map(Verdict::as_str)]
            data-confidence=(finding.confidence.as_str()) data-status=(status) {
            summary {
                span.sev { (finding.severity.as_str()) }
                span.what {
                    span.msg { (rich(&finding.message)) }
                    span.meta {
                        code { (place(report, finding.span)) } " "
                        span { (finding.rule.id()) } " " span { (finding.confidence.as_str()) }
                        @if finding.suppressed.is_some() { " " span.agreed { "accepted" } }
                    }
                }
                @if let Some(verdict) = verdict { (badge(verdict)) }
            }
        }
    }
}

/// The transfer register, columns as rows of a card: twenty columns fit no page.
pub fn register(report: &Report) -> Markup {
    let rows = transfers(report);
    html! {
        section #register aria-labelledby="register-title" {
            h2 #register-title { "Transfer register" }
            p.small {
                "One entry for each group of data and recipient outside home, accepted ones included. "
                "Highlighted fields are for the organisation to fill in; no code can know them."
            }
            @if rows.is_empty() { p { "No transfer was seen." } }
            @for row in &rows {
                details.card {
                    summary {
                        span.what {
                            strong { @if row.group.is_empty() { "No sensitive data seen" } @else { (row.group) } }
                            " to " strong { (row.recipient.name) }
                            span.meta {
                                (countries(report, row.recipient.residency.iter().copied())) " · "
                                (count(row.findings.len(), "finding"))
                            }
                        }
                        (badge(row.recipient.verdict))
                    }
                    dl {
                        @for (title, cell) in register::cells(report, row) {
                            div {
                                dt { (title) }
                                @if register::is_to_fill(&cell) { dd.fill { "to be completed" } }
                                @else if cell.is_empty() { dd { "–" } }
                                @else { dd { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What could not be analysed.
pub fn notices(report: &Report) -> Markup {
    html! {
        section #gaps aria-labelledby="gaps-title" {
            h2 #gaps-title { "What was not analysed" }
            @if report.notices.is_empty() { p { "Everything that was found could be read." } }
            @else {
                p.small { (count(report.notices.len(), "notice")) "." }
                div.scroll.tall tabindex="0" role="region" aria-label="What was not analysed" {
                    table {
                        thead { tr { th scope="col" { "Kind" } th scope="col" { "Place" } th scope="col" { "What" } } }
                        tbody {
                            @for notice in &report.notices {
                                tr {
                                    td { (notice_word(notice.kind)) }
                                    td.mono { (spell_out(&notice.path)) @if let Some(line) = notice.line { ":" (line) } }
                                    td { (rich(&notice.message)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What findings were judged against.
pub fn in_force(report: &Report) -> Markup {
    let names = report.home.iter().take(40).map(String::as_str);
    let accepted: Vec<&Finding> = report.findings.iter().filter(|f| f.suppressed.is_some()).collect();
    html! {
        section #policy aria-labelledby="policy-title" {
            h2 #policy-title { "Policy in force" }
            p.small { (policy::name(report)) "." }
            dl.facts {
                div { dt { "Home" } dd { (clean(&report.home_as_written.join(", "))) } }
                div { dt { "Countries at home" } dd { (names.collect::<Vec<_>>().join(", ")) } }
                div { dt { "Set by" } dd { @if report.home_set { "the user or the policy" } @else { "nobody: the default was used" } } }
            }
            (tiers(report))
            @for effect in policy::effects(report) { p.small { "The policy " (effect.trim_start_matches("the policy ")) "." } }
            @if !accepted.is_empty() {
                div.scroll.tall tabindex="0" role="region" aria-label="Accepted findings" {
                    table {
                        caption { "Accepted findings, and who accepted them" }
                        thead { tr {
                            th scope="col" { "Finding" } th scope="col" { "By" } th scope="col" { "Reason" }
                            th scope="col" { "Owner" } th scope="col" { "Reference" } th scope="col" { "Written in" }
                        } }
                        tbody {
                            @for finding in accepted {
                                @if let Some(agreed) = &finding.suppressed {
                                    tr {
                                        td.mono { (place(report, finding.span)) }
                                        td { (agreed.by.as_str()) }
                                        td { (clean(&agreed.reason)) }
                                        td { (agreed.owner.as_deref().map_or("–".into(), clean)) }
                                        td { (agreed.reference.as_deref().map_or("–".into(), clean)) }
                                        td.mono { (agreed.place.as_deref().map_or("–".into(), clean)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Where each tier may go, and which models are not to be used.
fn tiers(report: &Report) -> Markup {
    let words = |list: &[String]| match list {
        [] => "–".to_string(),
        list => list.iter().map(|word| clean(word)).collect::<Vec<_>>().join(", "),
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label="Where each tier may go" {
            table {
                caption { "Where data of each tier may go" }
                thead { tr {
                    th scope="col" { "Tier" } th scope="col" { "Allowed" } th scope="col" { "Denied" }
                    th scope="col" { "Required of the provider" }
                } }
                tbody {
                    @for rule in &report.policy.tiers {
                        tr {
                            th scope="row" { (tier_word(rule.tier)) }
                            td { (words(&rule.allow)) } td { (words(&rule.deny)) } td { (words(&rule.require)) }
                        }
                    }
                }
            }
        }
        @if !report.policy.denied_models.is_empty() {
            p.small { "Models that are not to be used, by origin or id: " (words(&report.policy.denied_models)) "." }
        }
    }
}

/// A link to a web page; anything else is only text.
pub fn source(url: Option<&str>) -> Markup {
    match url {
        Some(url) if is_web_address(url) => {
            html! { a href=(url) rel="noreferrer noopener" target="_blank" { (clean(url)) } }
        }
        Some(text) => html! { (clean(text)) },
        None => html! { "–" },
    }
}

/// Foreign text in which what stands between backticks is code.
fn rich(text: &str) -> Markup {
    let text = clean(text);
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return html! { (text) };
    }
    html! {
        @for (index, part) in parts.iter().enumerate() {
            @if index % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// A verdict as a word in its colour, with a mark that needs no colour.
pub fn badge(verdict: Verdict) -> Markup {
    html! { span class={ "badge v-" (verdict.as_str()) } { (verdict.as_str()) } }
}

fn list(items: &BTreeSet<String>) -> String {
    items.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}
