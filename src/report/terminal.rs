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

use crate::finding::Report;
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
    for finding in report.active() {
        out.push_str(&finding::block(report, finding, &look));
        out.push('\n');
    }
    out.push_str(&summary::block(report, &look));
    out
}
