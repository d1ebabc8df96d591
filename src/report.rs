//! Ways to show a [`crate::finding::Report`]. Each format is a pure function of it.

pub mod conceal;
pub mod cyclonedx;
pub mod explain;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod markdown;
pub mod mermaid;
pub mod register;
pub mod registry;
pub mod sarif;
pub mod template;
pub mod terminal;

mod excerpt;
mod fingerprint;
mod map;
mod mask;
mod policy;
mod transfers;
mod visible;

use crate::finding::{Ask, ModelUse, Report};
use crate::history::{Change, Opened, Past};
use crate::rules::data::Tier;
use crate::text::Span;
use visible::{clean, spell_out};

/// A way to show a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people at a terminal.
    Terminal,
    /// For other programs.
    Json,
    /// For code scanning.
    Sarif,
    /// For a comment on a pull request.
    Markdown,
    /// Workflow commands that GitHub shows beside the changed lines.
    Github,
    /// One file for people who decide, with the data map as a picture.
    Html,
    /// The transfer register for a spreadsheet.
    Csv,
    /// The transfer register as a document.
    Register,
    /// The data map for documents that draw it themselves.
    Mermaid,
    /// A bill of materials whose services are the recipients.
    Cyclonedx,
    /// A SAST report for GitLab.
    Gitlab,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 11] = [
        Format::Terminal,
        Format::Json,
        Format::Sarif,
        Format::Markdown,
        Format::Github,
        Format::Html,
        Format::Csv,
        Format::Register,
        Format::Mermaid,
        Format::Cyclonedx,
        Format::Gitlab,
    ];

    /// The word of the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Terminal => "terminal",
            Format::Json => "json",
            Format::Sarif => "sarif",
            Format::Markdown => "markdown",
            Format::Github => "github",
            Format::Html => "html",
            Format::Csv => "csv",
            Format::Register => "register",
            Format::Mermaid => "mermaid",
            Format::Cyclonedx => "cyclonedx",
            Format::Gitlab => "gitlab",
        }
    }

    /// Whether it shows what the report stands on, which only git knows a part of.
    pub fn shows_record(self) -> bool {
        matches!(self, Format::Json | Format::Sarif)
    }

    /// The format that a file name asks for: that of the longest ending it has.
    pub fn of_file(name: &str) -> Option<Format> {
        let name = name.to_lowercase();
        ENDINGS.into_iter().find(|(end, _)| name.ends_with(end)).map(|(_, format)| format)
    }

    /// The whole report in this format; only [`Format::Terminal`] is styled.
    pub fn render(self, report: &Report, look: &terminal::Look, choice: &sarif::Choice) -> String {
        match self {
            Format::Terminal => terminal::render(report, look),
            Format::Json => json::render(report),
            Format::Sarif => sarif::render(report, choice),
            Format::Markdown => markdown::render(report),
            Format::Github => github::render(report),
            Format::Html => html::render(report),
            Format::Csv => register::csv(report),
            Format::Register => register::markdown(report),
            Format::Mermaid => mermaid::render(report),
            Format::Cyclonedx => cyclonedx::render(report),
            Format::Gitlab => gitlab::render(report),
        }
    }
}

/// What ends the name of a file, and the format it asks for; longer endings first.
const ENDINGS: [(&str, Format); 13] = [
    (".sarif.json", Format::Sarif),
    (".sarif", Format::Sarif),
    (".cdx.json", Format::Cyclonedx),
    ("sast-report.json", Format::Gitlab),
    (".json", Format::Json),
    ("register.md", Format::Register),
    (".md", Format::Markdown),
    (".markdown", Format::Markdown),
    (".html", Format::Html),
    (".htm", Format::Html),
    (".csv", Format::Csv),
    (".mmd", Format::Mermaid),
    (".txt", Format::Terminal),
];

/// A message with every unprintable character spelled out.
pub fn printable(text: &str) -> String {
    spell_out(text)
}

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

/// Residency codes with what they mean.
fn residency_words(residency: &[String]) -> String {
    let known = |word: &str| residency.iter().any(|entry| entry == word);
    let meaning = match () {
        _ if known("local") => "the request stays on this machine or network",
        _ if known("upstream") => "where the provider that the router picks processes and stores requests",
        _ if known("customer") => "where the customer chose to deploy it",
        _ if known("global") => "not pinned to a place",
        _ if known("unknown") || residency.is_empty() => {
            "nobody has said where requests are processed and stored"
        }
        _ => "where requests are processed and stored",
    };
    format!("{}: {meaning}", codes(residency))
}

/// Control codes with what they mean.
fn control_words(control: &[String]) -> String {
    let meaning = match control.iter().any(|entry| entry == "local") {
        true => "nobody but whoever runs it",
        false => "whose courts and agencies can compel the operator or its parent",
    };
    format!("{}: {meaning}", codes(control))
}

/// A model with what is known of its weights.
fn model_words(model: &ModelUse) -> String {
    let lab = model.lab.as_deref().map_or(String::new(), |lab| format!(" by {}", clean(lab)));
    format!("{}{lab}{}", clean(&model.id), weights_words(&model.open_weights))
}

/// Why a finding is new, with where the call went before.
fn opened_words(opened: &Opened) -> String {
    match opened.was.is_empty() {
        true => opened.why.as_str().to_string(),
        false => {
            format!("{}; the call went to {} before", opened.why.as_str(), clean(&opened.was.join(", ")))
        }
    }
}

/// Whom to ask.
fn ask_words(ask: &Ask) -> String {
    let mut words = Vec::new();
    if !ask.owners.is_empty() {
        let place = ask.place.as_deref().map_or(String::new(), |place| format!(" ({})", clean(place)));
        words.push(format!("{}{place}", clean(&ask.owners.join(" "))));
    }
    words.extend(ask.author.as_deref().map(|author| format!("{}, who last changed the line", clean(author))));
    words.join("; ")
}

/// A crossing of before: what went where, and from which line.
fn past_words(past: &Past) -> String {
    let data = if past.data.is_empty() { "no sensitive data".into() } else { past.data.join(", ") };
    let line = past.line.map_or(String::new(), |line| format!(":{line}"));
    let times = if past.count > 1 { format!(" ({} times)", past.count) } else { String::new() };
    let to = if past.to.is_empty() { "an unknown place".into() } else { past.to.join(", ") };
    clean(&format!("{}{line}: {}: {data} to {to}{times}", past.path, past.rule))
}

/// What a change was compared with, and how it ended, one sentence each.
fn change_words(change: &Change) -> Vec<String> {
    let side = if change.staged { "what is staged" } else { "the work tree" };
    let base = match &change.base {
        Some(id) if change.staged => format!("HEAD ({})", id.get(..12).unwrap_or(id)),
        Some(id) => {
            format!("the merge base with `{}` ({})", clean(&change.against), id.get(..12).unwrap_or(id))
        }
        None => "nothing, as there is no commit yet".into(),
    };
    let mut words = vec![format!(
        "Compared {side} with {base}: {} as before, {} closed",
        count(change.unchanged, "finding"),
        change.closed.len()
    )];
    if change.uncommitted > 0 {
        words.push(format!(
            "{} as changed",
            match change.uncommitted {
                1 => "1 file of the work tree is not committed and counts".to_string(),
                n => format!("{n} files of the work tree are not committed and count"),
            }
        ));
    }
    if !change.edited.is_empty() {
        words.push(format!("Edited, and deciding what is reported: {}", clean(&change.edited.join(", "))));
    }
    words
}

/// Whether the weights are open, as the end of a sentence.
fn weights_words(open: &str) -> &'static str {
    match open {
        "true" => ", open weights",
        "false" => ", closed weights",
        "mixed" => ", open weights for some of its models",
        _ => "",
    }
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
