//! Ways to show a [`crate::finding::Report`]. Each format is a pure function of it.

pub mod explain;
pub mod json;
pub mod sarif;
pub mod terminal;

mod excerpt;
mod fingerprint;
mod mask;
mod visible;

use crate::finding::{ModelUse, Report};
use crate::rules::data::Tier;
use crate::text::Span;
use visible::{clean, spell_out};

/// `path:line:column` of a span.
fn place(report: &Report, span: Span) -> String {
    let region = report.files.region(span);
    format!("{}:{}:{}", spell_out(&report.files.get(span.file).path), region.start_line, region.start_column)
}

/// `1 file`, `2 files`, `12,345 files`.
fn count(n: usize, noun: &str) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {noun}{}", if n == 1 { "" } else { "s" })
}

/// Jurisdiction codes as a reader sees them.
fn codes(codes: &[String]) -> String {
    if codes.is_empty() { "unknown".into() } else { clean(&codes.join(", ")) }
}

/// A model with what is known of its weights.
fn model_words(model: &ModelUse) -> String {
    let lab = model.lab.as_deref().map_or(String::new(), |lab| format!(" by {}", clean(lab)));
    let weights = match model.open_weights.as_str() {
        "true" => ", open weights",
        "false" => ", closed weights",
        _ => "",
    };
    format!("{}{lab}{weights}", clean(&model.id))
}

/// The word the contract uses for a tier.
fn tier_word(tier: Tier) -> &'static str {
    match tier {
        Tier::Restricted => "restricted",
        Tier::Confidential => "confidential",
        Tier::Internal => "internal",
        Tier::UserInput => "user input",
    }
}
