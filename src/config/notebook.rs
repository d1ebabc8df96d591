//! Environment variables set by a notebook's own commands: `%env NAME=value`, `%env NAME value`, `!NAME=value command`.

use super::leaf::{Leaf, Page, is_name};
use super::lines::{trim, unquote};
use super::{json, shell};

/// The variables that cells set. Python that sets them is the lowering's business.
pub(super) fn read(text: &str, page: &mut Page) {
    let mut cells = Page { base: 0, ..Page::default() };
    json::read(text, &mut cells);
    page.notes.append(&mut cells.notes);
    for leaf in cells.leaves {
        let source = leaf.path.first().is_some_and(|k| k == "cells")
            && leaf.path.get(2).is_some_and(|k| k == "source");
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
