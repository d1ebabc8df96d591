//! What a rule means, for `transborder explain`.

use super::Look;
use super::layout::{BOLD, DIM, paint, severity_style, wrap};
use crate::finding::RuleId;
use crate::report::explain::RuleDoc;
use crate::rules::severity::{Level, SeverityModel};
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

/// How the severity of a rule's findings comes about.
pub fn severity(doc: &RuleDoc, model: &SeverityModel, look: &Look) -> String {
    let most = doc.severity.as_str();
    if doc.security_severity.is_none() {
        return format!("{}\nAlways {most}.\n", paint(BOLD, "How severe"));
    }
    let (t, d, p) = (&model.tier, &model.destination, &model.policy);
    let (v, c, l) = (&model.volume, &model.confidence, &model.levels);
    let mut lines = vec![
        format!(
            "At most {most}; one step less when the score says so. The score is a product, shown with -v: tier x \
             destination x provider policy x volume x treatment x confidence."
        ),
        format!(
            "- tier: restricted {}, confidential {}, internal {}, user input {}",
            t.restricted, t.confidential, t.internal, t.user_input
        ),
        format!(
            "- destination: country of concern {}, abroad {}, abroad with protection held adequate {}, not certain {}, \
             at home under foreign control {}, at home {}, one's own {}",
            d.concern, d.foreign, d.adequate, d.uncertain, d.home_foreign_parent, d.home, d.own
        ),
        format!(
            "- provider policy: trains {}, unknown {}, no training {}, no training and nothing kept {}",
            p.trains, p.unknown, p.no_training, p.zero_retention
        ),
        format!("- volume: one record {}, many {}, whole files or tables {}", v.one, v.many, v.whole),
        "- treatment: what the sanitizer leaves, 0 to 1".to_string(),
        format!("- confidence: certain {}, likely {}, possible {}", c.certain, c.likely, c.possible),
        format!(
            "Critical from {}, high from {}, medium from {}, low from {}.",
            l.critical, l.high, l.medium, l.low
        ),
    ];
    let level = |level: Level| format!("{level:?}").to_lowercase();
    lines.extend(model.floors.iter().map(|f| format!("- at least {}: {}", level(f.level), f.because)));
    lines.extend(model.caps.iter().map(|c| format!("- at most {}: {}", level(c.level), c.because)));
    lines.extend(model.combinations.iter().map(|c| format!("- combined: {}", c.because)));
    let mut out = format!("{}\n", paint(BOLD, "How severe"));
    for line in lines {
        let hang = if line.starts_with("- ") { 2 } else { 0 };
        for (index, part) in wrap(&line, look.width.min(100) - hang).iter().enumerate() {
            let _ = writeln!(out, "{}{part}", " ".repeat(if index == 0 { 0 } else { hang }));
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
