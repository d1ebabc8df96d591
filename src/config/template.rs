//! YAML by lines and indentation: for templates, which are no YAML until rendered, and for files that broke.

use super::leaf::{self, DEPTH, Leaf, Page, lines, scalar_of};
use super::lines::{trim, uncommented, unquote};

/// One open level.
struct Level {
    indent: usize,
    key: String,
    /// The next element's number, where the level holds a list.
    next: usize,
}

/// Every `key: value` and `- value` that stands on one line, with a path told from the indentation.
pub(super) fn read(text: &str, page: &mut Page) {
    let mut levels: Vec<Level> = Vec::new();
    let mut block: Option<usize> = None;
    let mut document = 0;
    for (start, line) in lines(text) {
        let body = trim(line, start);
        let shown = &text[body.clone()];
        let indent = body.start - start;
        if shown.is_empty() || shown.starts_with('#') || control(shown) {
            continue;
        }
        if block.is_some_and(|outer| indent > outer) {
            continue;
        }
        block = None;
        if shown.starts_with("---") {
            levels.clear();
            document += u32::from(!page.leaves.is_empty());
            continue;
        }
        let mut at = body.start;
        let mut indent = indent;
        while let Some(rest) =
            text[at..body.end].strip_prefix("- ").or((&text[at..body.end] == "-").then_some(""))
        {
            element(&mut levels, indent);
            let next = body.end - rest.trim_start().len();
            indent += next - at;
            at = next;
        }
        let item = &text[at..body.end];
        let in_element = at > body.start;
        if item.is_empty() {
            continue;
        }
        let Some(colon) = colon(item) else {
            if in_element
                && !push(
                    text,
                    at..body.end,
                    at..at,
                    levels.iter().map(|l| l.key.clone()).collect(),
                    document,
                    page,
                )
            {
                return;
            }
            continue;
        };
        levels.truncate(levels.iter().rposition(|l| l.indent < indent).map_or(0, |n| n + 1));
        let key = unquote(text, trim(&item[..colon], at));
        let value = trim(uncommented(&item[colon + 1..]), at + colon + 1);
        let mut path: Vec<String> = levels.iter().map(|l| l.key.clone()).collect();
        path.push(leaf::key(&text[key.clone()]));
        let shown = &text[value.clone()];
        if shown.starts_with(['|', '>']) && shown.len() <= 3 {
            block = Some(indent);
        } else if shown.is_empty()
            || (shown.starts_with(['&', '!']) && !shown.contains(' '))
            || (control(shown) && !shown.contains("default")) && multiline(shown)
        {
            if levels.len() < DEPTH {
                levels.push(Level { indent, key: leaf::key(&text[key.clone()]), next: 0 });
            }
        } else if !push(text, value, key, path, document, page) {
            return;
        }
    }
}

fn push(
    text: &str,
    value: std::ops::Range<usize>,
    key_span: std::ops::Range<usize>,
    path: Vec<String>,
    document: u32,
    page: &mut Page,
) -> bool {
    let span = unquote(text, value.clone());
    let scalar = if span == value { scalar_of(&text[span.clone()]) } else { super::leaf::Scalar::Text };
    page.push(Leaf {
        path,
        value: text[span.clone()].to_owned(),
        span,
        key_span,
        scalar,
        document,
        ..Leaf::default()
    })
}

/// Opens the next element of the list at this indentation.
fn element(levels: &mut Vec<Level>, indent: usize) {
    // A list may stand at its key's own indentation; elements of the same list replace each other.
    let parent = levels.iter().rposition(|l| l.indent < indent || (l.indent == indent && !is_element(l)));
    levels.truncate(parent.map_or(0, |n| n + 1));
    let number = levels.last_mut().map_or(0, |list| {
        list.next += 1;
        list.next - 1
    });
    if levels.len() < DEPTH {
        levels.push(Level { indent, key: number.to_string(), next: 0 });
    }
}

fn is_element(level: &Level) -> bool {
    level.key.bytes().all(|b| b.is_ascii_digit())
}

/// A line that only steers the template.
fn control(line: &str) -> bool {
    line.starts_with("{{") && line.ends_with("}}") || line.starts_with("{%") && line.ends_with("%}")
}

/// A template call whose result is a block of its own.
fn multiline(value: &str) -> bool {
    ["toYaml", "nindent", "include"].iter().any(|call| value.contains(call))
}

/// Where a key ends: at the first colon outside quotes and template tags that a blank or the line's end follows.
fn colon(item: &str) -> Option<usize> {
    let bytes = item.as_bytes();
    if bytes.first().is_some_and(|q| [b'"', b'\''].contains(q)) {
        let close = item[1..].find(bytes[0] as char)? + 2;
        return item[close..]
            .trim_start()
            .starts_with(':')
            .then(|| close + item[close..].find(':').unwrap_or(0));
    }
    if item.starts_with("{{") {
        let close = item.find("}}")? + 2;
        return item[close..].starts_with(':').then_some(close);
    }
    bytes
        .iter()
        .enumerate()
        .find_map(|(n, b)| (*b == b':' && bytes.get(n + 1).is_none_or(u8::is_ascii_whitespace)).then_some(n))
}
