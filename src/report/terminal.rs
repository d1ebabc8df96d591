//! The report a person reads in a terminal: every finding with its proof, then where everything goes.
//!
//! Always returns styled text; whoever prints it strips the styles when they are not wanted.

pub mod inventory;
pub mod mistake;
pub mod rule;

mod finding;
pub(super) mod layout;
mod snippet;
mod summary;

use crate::finding::{Finding, Report, Verdict};
use crate::report::count;
use layout::{BOLD, DIM, columns, cut, paint, verdict_style};
use std::collections::BTreeMap;
use std::time::Duration;

/// How the report is to look.
#[derive(Debug, Clone)]
pub struct Look {
    /// Columns of the window.
    pub width: usize,
    /// Whether lines are drawn with more than ASCII.
    pub unicode: bool,
    /// Whether rule ids link to their documentation.
    pub links: bool,
    /// One line per finding, nothing else.
    pub quiet: bool,
    /// Also factors, every source, every notice.
    pub verbose: bool,
    /// How long the audit took; left out when `None`.
    pub elapsed: Option<Duration>,
}

impl Default for Look {
    fn default() -> Self {
        Look { width: 100, unicode: true, links: false, quiet: false, verbose: false, elapsed: None }
    }
}

/// The whole report.
pub fn render(report: &Report, look: &Look) -> String {
    let look = Look { width: look.width.clamp(40, 160), ..look.clone() };
    let mut out = String::new();
    if look.quiet {
        for finding in report.active() {
            out.push_str(&finding::line(report, finding));
        }
        return out;
    }
    let groups = groups(report);
    for (heading, findings) in &groups {
        if groups.len() > 1 {
            out.push_str(&title(heading, findings.len(), &look));
        }
        for finding in findings {
            out.push_str(&finding::block(report, finding, &look));
            out.push('\n');
        }
    }
    out.push_str(&summary::block(report, &look));
    out
}

/// A destination as the reader knows it.
type Heading = (Option<Verdict>, String);

/// Findings by destination, in the order of the first of each.
fn groups(report: &Report) -> Vec<(Heading, Vec<&Finding>)> {
    let mut groups: Vec<(Heading, Vec<&Finding>)> = Vec::new();
    let mut index: BTreeMap<Heading, usize> = BTreeMap::new();
    for finding in report.active() {
        let heading = finding::heading(finding);
        let at = *index.entry(heading.clone()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((_, findings)) => findings.push(finding),
            None => groups.push((heading, vec![finding])),
        }
    }
    groups
}

/// The heading of one group, as one line.
fn title((verdict, name): &Heading, findings: usize, look: &Look) -> String {
    let style = verdict.map_or(BOLD, verdict_style);
    let word = verdict.map_or(String::new(), |verdict| format!("{} ", verdict.as_str()));
    let tail = format!(" ({})", count(findings, "finding"));
    let room = look.width.saturating_sub(4 + columns(&word) + columns(&tail));
    let (lead, word, name) = (if look.unicode { "══" } else { "==" }, paint(style, &word), cut(name, room));
    format!("{} {word}{}{}\n\n", paint(style, lead), paint(BOLD, &name), paint(DIM, &tail))
}
