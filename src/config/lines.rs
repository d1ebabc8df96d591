//! Formats of one setting a line: `.env`, ini, properties, unit files.

use super::leaf::{Leaf, Page, is_name, key as key_of, lines};
use super::shell;
use std::ops::Range;

/// `KEY=value` with optional `export`, quotes that may span lines, and comments.
pub(super) fn env(text: &str, page: &mut Page) {
    let mut skip_to = 0;
    for (start, line) in lines(text) {
        if start < skip_to {
            continue;
        }
        let mut commented = false;
        let mut body = trim(line, start);
        if let Some(rest) = line[body.clone().start - start..].strip_prefix('#') {
            // In an example, `# KEY=value` documents a default; prose is no assignment.
            if !page.sample || !documented(rest) {
                continue;
            }
            commented = true;
            body = trim(&text[body.start + 1..body.end], body.start + 1);
        }
        if let Some(rest) = text[body.clone()].strip_prefix("export ") {
            body = trim(rest, body.end - rest.len());
        }
        let Some(at) = text[body.clone()].find(['=', ':']) else { continue };
        let key = trim(&text[body.start..body.start + at], body.start);
        if !is_key(&text[key.clone()]) {
            continue;
        }
        let (value, span, literal, end) = env_value(text, body.start + at + 1, start + line.len(), page);
        skip_to = end;
        let name = text[key.clone()].to_owned();
        page.push(Leaf {
            path: vec![name.clone()],
            value,
            span,
            key_span: key,
            env: Some(name),
            literal,
            commented,
            ..Leaf::default()
        });
    }
}

/// Sections and `key = value` or `key: value`; also `key value;` as web servers write it.
pub(super) fn ini(text: &str, page: &mut Page) {
    let mut section = None;
    for (start, line) in lines(text) {
        let body = trim(line, start);
        let shown = &text[body.clone()];
        if shown.is_empty() || shown.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = shown.strip_prefix('[').and_then(|s| s.split(']').next()) {
            section = Some(key_of(name.trim()));
            continue;
        }
        let (at, end) = match shown.find(['=', ':']) {
            Some(at) if !shown[..at].trim().contains(' ') && !(shown[at..].starts_with("://")) => {
                (at, body.end)
            }
            _ if shown.ends_with([';', '{']) => match shown.find(' ') {
                Some(at) => (at, body.end - 1),
                None => continue,
            },
            _ => continue,
        };
        let key = trim(&shown[..at], body.start);
        let from = body.start + at + 1;
        let value = unquote(text, trim(uncommented(&text[from..end]), from));
        let mut path: Vec<String> = section.iter().cloned().collect();
        path.push(key_of(&text[key.clone()]));
        let leaf = Leaf {
            path,
            value: text[value.clone()].to_owned(),
            span: value,
            key_span: key,
            ..Leaf::default()
        };
        if !page.push(leaf) {
            return;
        }
    }
}

/// Unit files: an ini file in which `Environment=` holds several quoted assignments.
pub(super) fn systemd(text: &str, page: &mut Page) {
    let mut inner = Page { base: page.base, ..Page::default() };
    ini(text, &mut inner);
    for leaf in inner.leaves {
        let assignments = leaf.path.last().is_some_and(|k| k == "Environment");
        let local = |r: Range<usize>| r.start - page.base..r.end - page.base;
        if !assignments {
            let (span, key_span) = (local(leaf.span.clone()), local(leaf.key_span.clone()));
            page.push(Leaf { span, key_span, ..leaf });
            continue;
        }
        let key_end = leaf.key_span.end.saturating_sub(page.base);
        let start = text[key_end..].find('=').map_or(key_end, |n| key_end + n + 1);
        let end = text[start..].find('\n').map_or(text.len(), |n| start + n);
        for word in shell::words(&text[start..end], start).into_iter().filter_map(|w| w.assignment(text)) {
            page.push(Leaf { literal: word.literal, ..word.leaf(text, true) });
        }
    }
}

/// `a.b.c = value`, `a.b.c: value` or `a.b.c value`, with `\` at a line's end continuing it.
pub(super) fn properties(text: &str, page: &mut Page) {
    let mut continued = false;
    for (start, line) in lines(text) {
        let body = trim(line, start);
        let shown = &text[body.clone()];
        let was_continued = std::mem::replace(&mut continued, shown.ends_with('\\'));
        if was_continued || shown.is_empty() || shown.starts_with(['#', '!']) {
            continue;
        }
        let Some(at) = separator(shown) else { continue };
        let key = trim(&shown[..at], body.start);
        let rest = shown[at..].trim_start();
        let rest = rest.strip_prefix(['=', ':']).unwrap_or(rest);
        let span = trim(rest, body.end - rest.len());
        let name = text[key.clone()].to_owned();
        let value = text[span.clone()].replace("\\:", ":").replace("\\=", "=");
        page.push(Leaf {
            path: name.split('.').map(str::to_owned).collect(),
            value,
            span,
            key_span: key,
            ..Leaf::default()
        });
    }
}

/// The range of a text that stands at `start`, without the blanks around it.
pub(super) fn trim(text: &str, start: usize) -> Range<usize> {
    let begin = start + text.len() - text.trim_start().len();
    begin..begin + text.trim().len()
}

/// A range without the quotes around it.
pub(super) fn unquote(text: &str, range: Range<usize>) -> Range<usize> {
    let shown = &text[range.clone()];
    let quoted =
        shown.len() >= 2 && ['"', '\'', '`'].iter().any(|q| shown.starts_with(*q) && shown.ends_with(*q));
    if quoted { range.start + 1..range.end - 1 } else { range }
}

/// A value up to a comment that stands apart from it.
pub(super) fn uncommented(value: &str) -> &str {
    let quote = value.trim_start().chars().next().filter(|c| ['"', '\''].contains(c));
    let from = match quote {
        Some(q) => {
            let open = value.find(q).unwrap_or(0);
            value[open + 1..].find(q).map_or(0, |n| open + 1 + n)
        }
        None => 0,
    };
    let comment = [" #", "\t#", " ;", "\t;"].iter().filter_map(|mark| value[from..].find(mark)).min();
    comment.map_or(value, |n| &value[..from + n])
}

/// The value that starts at `from` on the line that ends at `line_end`: its text, its range, whether it is literal, and where it ends.
fn env_value(
    text: &str,
    from: usize,
    line_end: usize,
    page: &mut Page,
) -> (String, Range<usize>, bool, usize) {
    let body = trim(&text[from..line_end], from);
    let quote = text[body.clone()].chars().next().filter(|c| ['"', '\'', '`'].contains(c));
    if let Some(quote) = quote {
        if let Some(end) = closing(text, body.start + 1, quote) {
            let span = body.start + 1..end;
            let raw = &text[span.clone()];
            let value = if quote == '"' { unescape(raw) } else { raw.to_owned() };
            return (value, span, quote != '"', end + 1);
        }
        page.broken(body.start, "a quote is never closed; the value was read to the end of its line");
        let span = body.start + 1..body.end;
        return (text[span.clone()].to_owned(), span, quote != '"', line_end);
    }
    let raw = &text[from..line_end];
    // A value that is nothing but a comment is empty.
    let bare = if raw.trim_start().starts_with('#') {
        ""
    } else {
        raw.find(" #").or(raw.find("\t#")).map_or(raw, |n| &raw[..n])
    };
    let span = trim(bare, from);
    (text[span.clone()].to_owned(), span, false, line_end)
}

/// Where a quote opened before `from` closes. A quote that would have to swallow other assignments was left open by mistake.
fn closing(text: &str, from: usize, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (n, c) in text[from..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote == '"' => escaped = true,
            _ if c == quote => {
                let inside = &text[from..from + n];
                let swallowed = inside.lines().skip(1).any(|l| {
                    l.split_once('=').is_some_and(|(key, _)| {
                        is_name(key.trim().trim_start_matches("export ")) && key.len() > 2
                    })
                });
                let after = text[from + n + c.len_utf8()..].lines().next().unwrap_or("").trim();
                let ends = after.is_empty() || after.starts_with('#');
                return (!swallowed || (ends && inside.contains("-----BEGIN"))).then_some(from + n);
            }
            _ => {}
        }
    }
    None
}

fn unescape(raw: &str) -> String {
    if !raw.contains('\\') {
        return raw.to_owned();
    }
    let mut value = String::with_capacity(raw.len());
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => value.push('\n'),
                Some('r') => value.push('\r'),
                Some('t') => value.push('\t'),
                Some(other) => value.push(other),
                None => value.push('\\'),
            },
            (c, false) => value.push(c),
        }
    }
    value
}

/// Whether a comment in an example holds an assignment rather than prose.
fn documented(comment: &str) -> bool {
    let comment = comment.trim();
    let comment = comment.strip_prefix("export ").unwrap_or(comment);
    comment.split_once('=').is_some_and(|(key, value)| {
        let value = value.trim();
        is_name(key)
            && key.bytes().any(|b| b.is_ascii_uppercase())
            && (!value.contains(' ') || value.starts_with(['"', '\'']) || value.contains(" #"))
    })
}

/// Names of `.env` files may hold dots and dashes too.
fn is_key(word: &str) -> bool {
    !word.is_empty()
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b))
        && !word.starts_with(['-', '.'])
}

fn separator(line: &str) -> Option<usize> {
    let mut escaped = false;
    line.char_indices().find_map(|(n, c)| {
        let was = escaped;
        escaped = c == '\\' && !was;
        (!was && ['=', ':', ' ', '\t'].contains(&c)).then_some(n)
    })
}
