//! The transfer register: the rows of [`super::transfers`] in the columns that a record of processing wants.
//!
//! The columns follow Art. 30 GDPR (purposes, categories of data and persons, recipients, transfers, erasure,
//! security) and the records of 28 CFR 202.1101. What no code can know is marked for the organisation to fill in.

use super::transfers::{Transfer, countries, transfers};
use super::visible::clean;
use super::{count, markdown};
use crate::finding::Report;
use crate::rules::provider::ProviderKind;
use std::fmt::Write as _;

/// Stands where only the organisation knows.
const TO_FILL: &str = "[to be completed]";
/// Places of evidence in one row; the rest is counted.
const MAX_EVIDENCE: usize = 20;

/// The title of a column, and what stands in it.
type Column = (&'static str, fn(&Report, &Transfer<'_>) -> String);

/// Every column.
const COLUMNS: [Column; 24] = [
    ("Recipient", |_, row| row.recipient.name.clone()),
    ("Verdict", |_, row| row.recipient.verdict.as_str().into()),
    ("Legal entity", |_, row| operator(row, |provider| provider.operator.entity.as_deref())),
    ("Parent", |_, row| operator(row, |provider| provider.operator.parent.as_deref())),
    ("Role (Art. 4, 28 GDPR)", |_, row| role(row)),
    ("Country of processing", |report, row| countries(report, row.recipient.residency.iter().copied())),
    ("Countries in control", |report, row| countries(report, row.recipient.control.iter().copied())),
    ("Hosts", |_, row| joined(&row.recipient.hosts)),
    ("Group of data", |_, row| if row.group.is_empty() { "none seen".into() } else { row.group.clone() }),
    ("Classes of data", |_, row| joined(row.classes.values())),
    ("Regulations that may apply", |_, row| joined(&row.regulations)),
    ("Bulk data category (28 CFR 202)", |_, row| joined(&row.bulk)),
    ("Training on the data", |_, row| policy(row, |policy| policy.training.as_deref())),
    ("Retention by the recipient", |_, row| policy(row, |policy| policy.retention.as_deref())),
    ("Zero data retention", |_, row| policy(row, |policy| policy.zero_retention.as_deref())),
    ("Safeguards as of", |_, row| policy(row, |policy| policy.as_of.as_deref())),
    ("Sources", |_, row| sources(row)),
    ("Registry entry verified", |_, row| row.recipient.verified.map_or("unverified".into(), clean)),
    ("Evidence", |_, row| evidence(row)),
    ("Agreed by", |_, row| joined(&row.agreed)),
    ("Purpose of the processing", |_, _| TO_FILL.into()),
    ("Categories of persons and their number", |_, _| TO_FILL.into()),
    ("Transfer mechanism (Ch. V GDPR) and contract", |_, _| TO_FILL.into()),
    ("Time limit for erasure; security measures", |_, _| TO_FILL.into()),
];

/// The register as CSV with CRLF line ends (RFC 4180), in which no cell is a formula. Starts with a byte order mark,
/// without which the usual spreadsheet does not read it as UTF-8.
pub fn csv(report: &Report) -> String {
    let mut out = String::from("\u{feff}");
    out += &line(COLUMNS.iter().map(|(title, _)| (*title).to_string()));
    for row in &transfers(report) {
        out.push_str(&line(COLUMNS.iter().map(|(_, value)| value(report, row))));
    }
    out
}

/// The register as a Markdown document: one section per row, since twenty columns fit no page.
pub fn markdown(report: &Report) -> String {
    let rows = transfers(report);
    let mut out = String::from("# Register of transfers\n\n");
    let home = markdown::escape(&report.home_as_written.join(", "));
    let _ = write!(out, "{}, seen from {home}. ", count(rows.len(), "transfer"));
    let _ = write!(
        out,
        "What stands here was read from code, configuration and a registry with dates. {} marks what only the \
         organisation knows.\n\n",
        markdown::escape(TO_FILL)
    );
    for (number, row) in rows.iter().enumerate() {
        let group = if row.group.is_empty() { "no sensitive data seen" } else { &row.group };
        let (group, name) = (markdown::escape(group), markdown::escape(&row.recipient.name));
        let _ = write!(out, "## {}. {group} to {name}\n\n| Field | Value |\n| --- | --- |\n", number + 1);
        for (title, value) in COLUMNS {
            let value = value(report, row);
            let value = if value.is_empty() { "-".into() } else { markdown::escape(&value) };
            let _ = writeln!(out, "| {} | {value} |", markdown::escape(title));
        }
        out.push('\n');
    }
    if let Some(rule) = &report.known.bulk_rule {
        let _ = writeln!(out, "Bulk data categories are those of {}.", markdown::escape(rule));
    }
    out
}

/// Column titles and the cells of one row, for formats that lay the register out themselves.
pub(super) fn cells(report: &Report, row: &Transfer<'_>) -> Vec<(&'static str, String)> {
    COLUMNS.iter().map(|(title, value)| (*title, value(report, row))).collect()
}

/// What only the organisation knows, as [`cells`] marks it.
pub(super) fn is_to_fill(cell: &str) -> bool {
    cell == TO_FILL
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let quoted: Vec<String> = cells.map(|cell| quote(&cell)).collect();
    format!("{}\r\n", quoted.join(","))
}

/// A cell that every spreadsheet takes as text: a leading apostrophe stops formulas, quotes keep separators inside.
fn quote(cell: &str) -> String {
    let text = clean(cell);
    let starts_formula =
        text.trim_start().starts_with(['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠']);
    let guard = if starts_formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

fn joined<T: AsRef<str>>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| clean(item.as_ref())).collect::<Vec<_>>().join("; ")
}

fn operator(row: &Transfer<'_>, part: fn(&crate::rules::provider::Provider) -> Option<&str>) -> String {
    row.recipient.provider.and_then(part).map_or("unknown".into(), clean)
}

fn policy(row: &Transfer<'_>, part: fn(&crate::rules::provider::DataPolicy) -> Option<&str>) -> String {
    row.recipient.provider.and_then(|provider| part(&provider.data_policy)).map_or("unknown".into(), clean)
}

/// What the registry says of the kind of service. Controller or processor is for the contract to say.
fn role(row: &Transfer<'_>) -> String {
    let kind = row.recipient.provider.map(|provider| match provider.kind {
        ProviderKind::Router => "forwards to further recipients",
        ProviderKind::Relay => "unofficial relay to further recipients",
        ProviderKind::Lab | ProviderKind::Host | ProviderKind::Cloud => "serves the model",
        ProviderKind::SelfHost => "software run by the organisation",
        ProviderKind::Service => "receives prompts or documents beside the model",
    });
    match kind {
        Some(kind) => format!("{kind}; processor or controller: {TO_FILL}"),
        None => TO_FILL.into(),
    }
}

fn sources(row: &Transfer<'_>) -> String {
    let policies = row.recipient.provider.into_iter().flat_map(|provider| &provider.data_policy.sources);
    let mut all = row.recipient.sources.clone();
    all.extend(policies.map(String::as_str));
    joined(all)
}

fn evidence(row: &Transfer<'_>) -> String {
    let mut text = joined(row.evidence.iter().take(MAX_EVIDENCE));
    if row.evidence.len() > MAX_EVIDENCE {
        let _ = write!(text, "; and {} more", row.evidence.len() - MAX_EVIDENCE);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\u{ff1d}1", "|calc", "%0A"] {
            assert!(quote(formula).starts_with("\"'"), "{formula}");
        }
        assert_eq!(quote("a \"b\", c\r\n=d"), "\"a \"\"b\"\", c\\r\\n=d\"");
    }
}
