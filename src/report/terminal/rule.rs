//! What a rule means, for `transborder explain`.

use super::Look;
use super::layout::{BOLD, DIM, paint, severity_style, wrap};
use crate::finding::RuleId;
use crate::report::explain::RuleDoc;
use std::fmt::Write as _;

/// One line per rule.
pub fn list(look: &Look) -> String {
    let mut out = String::new();
    for rule in RuleId::ALL {
        let doc = rule.doc();
        let severity = format!("{:<9}", doc.severity.as_str());
        let _ = write!(out, "{} {:<25}", paint(severity_style(doc.severity), &severity), doc.id);
        let room = look.width.saturating_sub(36);
        match doc.title() {
            title if room >= title.len() => {
                let _ = writeln!(out, " {title}");
            }
            title => {
                let _ = writeln!(out, "\n          {}", paint(DIM, title));
            }
        }
    }
    out
}

/// The whole documentation of a rule.
pub fn explain(doc: &RuleDoc, look: &Look) -> String {
    let width = look.width.min(100);
    let mut out = format!("{}\n", paint(BOLD, doc.title()));
    let _ = writeln!(out, "{} · {}", doc.id, paint(severity_style(doc.severity), doc.severity.as_str()));
    let body = doc.markdown.split_once('\n').map_or("", |(_, body)| body);
    let mut in_code = false;
    for line in body.lines() {
        if line.starts_with("```") {
            in_code = !in_code;
        } else if in_code {
            let _ = writeln!(out, "    {}", paint(DIM, line));
        } else if let Some(heading) = line.strip_prefix("## ") {
            let _ = writeln!(out, "{}", paint(BOLD, heading));
        } else {
            let hang = if line.starts_with(|c: char| c.is_ascii_digit()) { 3 } else { 0 };
            for (index, part) in wrap(line, width.saturating_sub(hang)).iter().enumerate() {
                let indent = if index == 0 { 0 } else { hang };
                let _ = writeln!(out, "{}{part}", " ".repeat(indent));
            }
        }
    }
    let _ = writeln!(out, "\n{}", paint(DIM, &doc.url()));
    out
}
