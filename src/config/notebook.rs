//! Jupyter notebooks, formats 3 and 4: where their code stands, what they print, and the environment variables set by
//! their own commands: `%env NAME=value`, `%env NAME value`, `!NAME=value command`.

use super::leaf::{Leaf, Page, Scalar, is_name};
use super::lines::{trim, unquote};
use super::{json, shell};
use std::collections::BTreeMap;
use std::ops::Range;

/// The code of a notebook.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Notebook {
    /// The language of its kernel, as it is written.
    pub language: Option<String>,
    /// For each code cell, in order, the insides of the JSON strings that its source is written in.
    pub cells: Vec<Vec<Range<usize>>>,
}

/// Whether a cell holds code, and the insides of the JSON strings that its source is written in.
type Cell = (bool, Vec<Range<usize>>);

/// Finds the code of a notebook.
pub fn code(text: &str) -> Notebook {
    let mut cells: BTreeMap<(usize, usize), Cell> = BTreeMap::new();
    let mut languages: [Option<String>; 3] = [None, None, None];
    for leaf in leaves(text).leaves {
        if let Some((cell, part)) = cell_part(&leaf) {
            let (is_code, source) = cells.entry(cell).or_default();
            match part {
                "cell_type" => *is_code = leaf.value == "code",
                "source" | "input" if leaf.scalar == Scalar::Text => source.push(leaf.span),
                _ => {}
            }
            continue;
        }
        let path: Vec<&str> = leaf.path.iter().map(String::as_str).collect();
        let rank = match path.as_slice() {
            ["metadata", "kernelspec", "language"] => 0,
            ["metadata", "language_info", "name"] => 1,
            ["metadata", "kernelspec", "name"] => 2,
            _ => continue,
        };
        languages[rank] = Some(leaf.value);
    }
    let language = languages.into_iter().flatten().next();
    Notebook {
        language,
        cells: cells.into_values().filter(|(is_code, _)| *is_code).map(|(_, s)| s).collect(),
    }
}

/// The same text without what the cells printed and what was attached to them: it is somebody's data, which nothing here
/// needs to see. Every byte else stays where it is.
pub fn without_outputs(text: String) -> String {
    let printed = |leaf: &Leaf| {
        matches!(cell_part(leaf), Some((_, "outputs" | "attachments")))
            && matches!(leaf.scalar, Scalar::Text | Scalar::Number)
    };
    let hidden: Vec<Leaf> = leaves(&text).leaves.into_iter().filter(printed).collect();
    if hidden.is_empty() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for leaf in hidden {
        let span = leaf.span.start.max(done)..leaf.span.end;
        let (Some(before), Some(inside)) = (text.get(done..span.start), text.get(span.clone())) else {
            continue;
        };
        out.push_str(before);
        let number = leaf.scalar == Scalar::Number && !inside.is_empty();
        out.push_str(if number { "0" } else { "" });
        out.extend(inside.bytes().skip(usize::from(number)).map(|b| if b == b'\n' { '\n' } else { ' ' }));
        done = span.end;
    }
    out.push_str(&text[done..]);
    out
}

fn leaves(text: &str) -> Page {
    let mut page = Page::default();
    json::read(text, &mut page);
    page
}

/// Which cell a leaf belongs to (sheet and number), and which part of it.
fn cell_part(leaf: &Leaf) -> Option<((usize, usize), &str)> {
    let path: Vec<&str> = leaf.path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["cells", cell, part, ..] => Some(((0, cell.parse().ok()?), part)),
        ["worksheets", sheet, "cells", cell, part, ..] => {
            Some(((sheet.parse().ok()?, cell.parse().ok()?), part))
        }
        _ => None,
    }
}

/// The variables that cells set. Python that sets them is the lowering's business.
pub(super) fn read(text: &str, page: &mut Page) {
    let mut cells = Page { base: 0, ..Page::default() };
    json::read(text, &mut cells);
    page.notes.append(&mut cells.notes);
    for leaf in cells.leaves {
        let source = matches!(cell_part(&leaf), Some((_, "source" | "input")));
        let Some(written) = text.get(leaf.span.clone()).filter(|_| source) else { continue };
        // A cell is a list of lines or one string; either way its line ends are written `\n`.
        let mut at = leaf.span.start;
        for line in written.split("\\n") {
            command(text, at, line, page);
            at += line.len() + 2;
        }
    }
}

fn command(text: &str, at: usize, line: &str, page: &mut Page) {
    let body = trim(line, at);
    let shown = &text[body.clone()];
    if let Some(rest) = shown.strip_prefix("%env ").or_else(|| shown.strip_prefix("%set_env ")) {
        let Some(split) = rest.find(['=', ' ']) else { return };
        let name = trim(&rest[..split], body.end - rest.len());
        let value = trim(&rest[split + 1..], body.end - rest.len() + split + 1);
        let span = unquote(text, value);
        if !is_name(&text[name.clone()]) {
            return;
        }
        let key = text[name.clone()].to_owned();
        let value = text[span.clone()].to_owned();
        page.push(Leaf {
            path: vec![key.clone()],
            value,
            span,
            key_span: name,
            env: Some(key),
            ..Leaf::default()
        });
    } else if let Some(rest) = shown.strip_prefix('!') {
        let mut inner = Page { base: page.base + body.end - rest.len(), ..Page::default() };
        shell::script(rest, &mut inner);
        page.leaves.append(&mut inner.leaves);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_printed_is_gone_and_nothing_moves() {
        let text = r#"{"cells": [{"cell_type": "code", "execution_count": 4,
  "outputs": [{"text": ["Jane Roé, SSN\n", "078"], "data": {"n": 120.5}}], "source": ["x = 1\n", "y"]},
  {"cell_type": "markdown", "attachments": {"a.png": {"image/png": "aGk="}}, "source": "z"}]}"#;
        let shown = without_outputs(text.to_string());
        assert_eq!(shown.len(), text.len());
        for gone in ["Jane", "078", "120", "aGk"] {
            assert!(!shown.contains(gone), "{shown}");
        }
        let cells = code(&shown).cells;
        let written: Vec<&str> = cells.iter().flatten().map(|range| &text[range.clone()]).collect();
        assert_eq!(written, [r"x = 1\n", "y"]);
    }
}
