//! Columns, wrapping and colour for text in a terminal.

use crate::finding::{Severity, Verdict};
use anstyle::{AnsiColor, Style};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr as _;

/// Labels, headings.
pub const BOLD: Style = Style::new().bold();
/// What may be skipped.
pub const DIM: Style = Style::new().dimmed();
/// What to do.
pub const HELP: Style = AnsiColor::BrightCyan.on_default().bold();

/// The colour of a severity.
pub fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Critical | Severity::High => AnsiColor::BrightRed.on_default().bold(),
        Severity::Medium => AnsiColor::Yellow.on_default().bold(),
        Severity::Low => AnsiColor::BrightBlue.on_default().bold(),
        Severity::Note => AnsiColor::BrightGreen.on_default().bold(),
    }
}

/// The colour of a verdict.
pub fn verdict_style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Foreign => AnsiColor::BrightRed.on_default().bold(),
        Verdict::Possible | Verdict::Unresolved => AnsiColor::Yellow.on_default().bold(),
        Verdict::Domestic | Verdict::Local => AnsiColor::BrightGreen.on_default().bold(),
    }
}

/// `text` in a style.
pub fn paint(style: Style, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{style}{text}{style:#}") }
}

/// How many columns a text takes.
pub fn columns(text: &str) -> usize {
    text.width()
}

/// Breaks a text at blanks so that no line is wider than `width`, unless one word is.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let fits =
            lines.last().is_some_and(|line| line.is_empty() || columns(line) + 1 + columns(word) <= width);
        if !fits {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// A list of labelled paragraphs with a hanging indent.
#[derive(Debug)]
pub struct Facts {
    out: String,
    indent: usize,
    label: usize,
    width: usize,
}

impl Facts {
    /// An empty list whose labels start at `indent` and take `label` columns, in a window of `width`.
    pub fn new(indent: usize, label: usize, width: usize) -> Facts {
        Facts { out: String::new(), indent, label, width }
    }

    /// Adds a paragraph. An empty label continues the one before.
    pub fn add(&mut self, label: &str, text: &str) {
        self.styled(label, DIM, Style::new(), "", text);
    }

    /// Adds a paragraph whose first word or words stand out.
    pub fn lead(&mut self, label: &str, style: Style, lead: &str, text: &str) {
        self.styled(label, DIM, style, lead, text);
    }

    /// Adds a paragraph whose label stands out.
    pub fn called(&mut self, label: &str, style: Style, text: &str) {
        self.styled(label, style, Style::new(), "", text);
    }

    /// Adds an item of a numbered list.
    pub fn numbered(&mut self, label: &str, style: Style, number: usize, text: &str) {
        self.styled(label, style, Style::new(), &format!("{number}."), text);
    }

    /// The finished list, one line break at the end of each line.
    pub fn finish(self) -> String {
        self.out
    }

    fn styled(&mut self, label: &str, label_style: Style, style: Style, lead: &str, text: &str) {
        let start = self.indent + self.label;
        let hang = if lead.is_empty() { 0 } else { columns(lead) + 1 };
        let room = self.width.saturating_sub(start + hang).max(20);
        for (index, line) in wrap(text, room).iter().enumerate() {
            let label = if index == 0 { label } else { "" };
            let pad = self.label.saturating_sub(columns(label));
            let lead = match (index, hang) {
                (_, 0) => String::new(),
                (0, _) => format!("{} ", paint(style, lead)),
                _ => " ".repeat(hang),
            };
            let row = format!(
                "{}{}{}{lead}{line}",
                " ".repeat(self.indent),
                paint(label_style, label),
                " ".repeat(pad)
            );
            let _ = writeln!(self.out, "{}", row.trim_end());
        }
    }
}

/// How a cell of a [`Table`] is set.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// Its colour.
    pub style: Style,
    /// Whether it stands at the right edge of its column.
    pub right: bool,
}

impl Cell {
    /// A plain cell.
    pub fn new(text: impl Into<String>) -> Cell {
        Cell { text: text.into(), ..Cell::default() }
    }

    /// The cell in a colour.
    pub fn styled(self, style: Style) -> Cell {
        Cell { style, ..self }
    }

    /// The cell at the right edge.
    pub fn right(self) -> Cell {
        Cell { right: true, ..self }
    }
}

/// Rows of equal length, the first of them the heading. Cells of column `flexible` are cut to fit the window.
pub fn table(rows: &[Vec<Cell>], flexible: usize, width: usize) -> String {
    let count = rows.first().map_or(0, Vec::len);
    let mut widths: Vec<usize> = (0..count)
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| columns(&cell.text)).max().unwrap_or(0)
        })
        .collect();
    let total: usize = widths.iter().sum::<usize>() + 2 * count.saturating_sub(1);
    if let Some(column) = widths.get_mut(flexible) {
        *column = column.saturating_sub(total.saturating_sub(width)).max(12);
    }
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            let text = cut(&cell.text, *width);
            let pad = " ".repeat(width.saturating_sub(columns(&text)));
            let shown = paint(cell.style, &text);
            let _ = if cell.right { write!(line, "{pad}{shown}  ") } else { write!(line, "{shown}{pad}  ") };
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// A text cut to `width` columns, the loss marked.
pub fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_string();
    }
    let mut out = String::new();
    for c in text.chars() {
        if columns(&out) + columns(c.encode_utf8(&mut [0; 4])) + 1 > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}
