//! The proof of a finding as annotated source: each file once, steps numbered in the order they happen.

use super::Look;
use super::layout::{columns, cut};
use crate::finding::{Finding, Report, Severity, Step, StepKind};
use crate::report::excerpt::{self, Excerpt};
use crate::report::place;
use crate::report::visible::clean;
use crate::text::{FileId, Span};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::ops::Range;

/// Columns that line numbers and borders take.
const GUTTER: usize = 8;

/// Columns that a label gets however narrow the window is.
const LEAST_LABEL: usize = 16;

/// Stands around the number of a place until the place itself is written; never part of a cleaned text.
const PLACE: char = '\u{f8ff}';

/// A place to point at.
struct Mark {
    span: Span,
    label: String,
    primary: bool,
}

/// Snippets of the flow, or of the place the finding points at when there is no flow.
pub fn flow(report: &Report, finding: &Finding, look: &Look) -> String {
    let steps = finding.flow.as_ref().map_or(&[][..], |flow| &flow.steps);
    let mut marks: Vec<Mark> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        let label = if steps.len() > 1 {
            format!("{}. {}", index + 1, clean(&step.message))
        } else {
            clean(&step.message)
        };
        add(&mut marks, step, label);
    }
    if marks.is_empty() {
        for step in evidence_steps(finding) {
            add(&mut marks, step, clean(&step.message));
        }
        if !marks.iter().any(|mark| overlap(mark.span, finding.span)) {
            marks.insert(0, Mark { span: finding.span, label: String::new(), primary: true });
        }
    }
    draw(report, finding, &marks, look)
}

/// Snippets of the lines that decide the endpoint of a flow; those the flow shows already are left out.
pub fn deciding(report: &Report, finding: &Finding, look: &Look) -> String {
    let Some(flow) = &finding.flow else { return String::new() };
    let mut marks: Vec<Mark> = Vec::new();
    for step in evidence_steps(finding) {
        if !flow.steps.iter().any(|shown| shown.span == step.span) {
            add(&mut marks, step, clean(&step.message));
        }
    }
    if marks.is_empty() { String::new() } else { draw(report, finding, &marks, look) }
}

fn evidence_steps(finding: &Finding) -> impl Iterator<Item = &Step> {
    finding.destination.iter().flat_map(|destination| &destination.candidates).flat_map(|c| &c.evidence)
}

fn overlap(a: Span, b: Span) -> bool {
    a.file == b.file && a.start < b.end && b.start < a.end
}

/// Adds a step, or its words to a mark at the same place.
fn add(marks: &mut Vec<Mark>, step: &Step, label: String) {
    let primary = matches!(step.kind, StepKind::Source | StepKind::Call | StepKind::Endpoint);
    match marks.iter_mut().find(|mark| mark.span == step.span) {
        Some(mark) if mark.label == label => mark.primary |= primary,
        Some(mark) => {
            mark.label = format!("{}; {label}", mark.label);
            mark.primary |= primary;
        }
        None => marks.push(Mark { span: step.span, label, primary }),
    }
}

/// A mark and its label, made to fit a window: the label is cut where even a short mark leaves no room for it, and
/// the mark is shortened where the label stands behind it.
fn fitted(
    text: &str,
    span: &Range<usize>,
    all: &[Range<usize>],
    label: &str,
    room: usize,
) -> (Range<usize>, String) {
    let line = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let before = columns(&text[line..span.start]);
    let label = cut(label, room.saturating_sub(before + 2).max(LEAST_LABEL));
    let same_line =
        |other: &&Range<usize>| other.start > span.start && !text[span.start..other.start].contains('\n');
    if label.is_empty() || all.iter().any(|other| same_line(&other)) {
        return (span.clone(), label);
    }
    let most = room.saturating_sub(before + columns(&label) + 1).max(1);
    let shown: usize = text[span.clone()]
        .chars()
        .scan(0, |width, c| {
            *width += columns(c.encode_utf8(&mut [0; 4]));
            (*width <= most).then_some(c.len_utf8())
        })
        .sum();
    (span.start..span.start + shown, label)
}

/// Draws one snippet per file, files in the order the marks come to them.
fn draw(report: &Report, finding: &Finding, marks: &[Mark], look: &Look) -> String {
    let room = look.width.saturating_sub(GUTTER).max(20);
    let mut order: Vec<FileId> = Vec::new();
    for mark in marks {
        if !order.contains(&mark.span.file) {
            order.push(mark.span.file);
        }
    }
    let (mut snippets, mut places) = (Vec::new(), Vec::new());
    for file in order {
        let source = report.files.get(file);
        let here: Vec<&Mark> = marks.iter().filter(|mark| mark.span.file == file).collect();
        let ranges: Vec<excerpt::Mark> = here
            .iter()
            .map(|mark| excerpt::Mark {
                range: mark.span.start as usize..mark.span.end as usize,
                label: columns(&mark.label).min(room),
            })
            .collect();
        let excerpt = Excerpt::new(&source.text, &ranges, room);
        let spans: Vec<Range<usize>> =
            ranges.iter().map(|at| excerpt.mark(&source.text, &at.range)).collect();
        let annotations: Vec<_> = here
            .iter()
            .zip(&spans)
            .map(|(mark, span)| {
                let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
                let (span, label) = fitted(&excerpt.text, span, &spans, &mark.label, room);
                kind.span(span).label((!label.is_empty()).then_some(label))
            })
            .collect();
        let first =
            here.iter().find(|mark| mark.primary).or(here.first()).map_or(marks[0].span, |mark| mark.span);
        let path = format!("{PLACE}{}{PLACE}", places.len());
        places.push(place(report, first));
        snippets.push(
            Snippet::source(excerpt.text).line_start(excerpt.line_start).path(path).annotations(annotations),
        );
    }
    let level = match finding.severity {
        Severity::Critical | Severity::High => Level::ERROR,
        Severity::Medium => Level::WARNING,
        Severity::Low => Level::INFO,
        Severity::Note => Level::NOTE,
    };
    let group = Group::with_level(level).elements(snippets);
    let decor = if look.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    let drawn =
        Renderer::styled().hyperlink(false).decor_style(decor).term_width(look.width).render(&[group]);
    // The renderer counts columns of the excerpt; the reader needs those of the file.
    let mut out = String::new();
    for line in drawn.lines() {
        let mut parts = line.split(PLACE);
        match (
            parts.next(),
            parts.next().and_then(|index| places.get(index.parse::<usize>().ok()?)),
            parts.next(),
        ) {
            (Some(border), Some(place), Some(rest)) => {
                let rest = rest.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit());
                out.push_str(&format!("{border}{place}{rest}\n"));
            }
            _ => out.push_str(&format!("{line}\n")),
        }
    }
    out
}
