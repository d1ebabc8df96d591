//! YAML: documents, anchors and aliases, merge keys.

use super::format::RULES;
use super::leaf::{self, DEPTH, Leaf, Page, Scalar, scalar_of};
use super::{lines, template};
use crate::text::NoticeKind;
use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};
use std::ops::Range;

/// How many nodes aliases may repeat in one file.
const ALIASED: usize = 10_000;
/// How many events of a file are taken.
const EVENTS: usize = 300_000;

/// Every scalar with its key path; list elements are numbered. A file that is a template, or broken, is read by lines.
pub(super) fn read(text: &str, page: &mut Page) {
    if templated(text) {
        return template::read(text, page);
    }
    let positions = Positions::new(text);
    let mut parser = Parser::new_from_str(text);
    let mut events = Vec::new();
    let mut depth = 0usize;
    while let Some(event) = parser.next_event() {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = positions.offset(error.marker().line(), error.marker().col());
                // Tags on lines of their own are a template, not a mistake.
                if !text.lines().any(|line| ["{{", "{%"].iter().any(|tag| line.trim_start().starts_with(tag)))
                {
                    page.broken(at, format!("not valid YAML: {}; read line by line instead", error.info()));
                }
                return template::read(text, page);
            }
        };
        match event {
            Event::StreamEnd => break,
            Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
            Event::MappingEnd | Event::SequenceEnd => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH || events.len() >= EVENTS {
            page.broken(
                positions.of(&span).start,
                format!("nested deeper than {DEPTH} levels, or too long; the rest was not read"),
            );
            break;
        }
        events.push((event, positions.of(&span)));
    }
    Walk {
        text,
        events: &events,
        anchors: anchors(&events),
        page,
        document: 0,
        aliased: ALIASED,
        active: Vec::new(),
        merged: false,
    }
    .stream();
}

/// Whether a value is a bare template tag, which would parse as a mapping in a mapping.
fn templated(text: &str) -> bool {
    text.contains("{{")
        && text.lines().any(|line| {
            let line = line.trim_start();
            let value = line.split_once(": ").map_or("", |(_, v)| v.trim_start());
            line.starts_with("- {{") || value.starts_with("{{")
        })
}

fn anchors(events: &[(Event, Range<usize>)]) -> FxHashMap<usize, usize> {
    let anchor = |event: &Event| match event {
        Event::Scalar(_, _, id, _) | Event::SequenceStart(id, _) | Event::MappingStart(id, _) => *id,
        _ => 0,
    };
    events.iter().enumerate().map(|(n, (event, _))| (anchor(event), n)).filter(|(id, _)| *id != 0).collect()
}

struct Walk<'a, 'p> {
    text: &'a str,
    events: &'a [(Event<'a>, Range<usize>)],
    /// Where each anchor's node starts.
    anchors: FxHashMap<usize, usize>,
    page: &'p mut Page,
    document: u32,
    /// How many more nodes aliases may repeat.
    aliased: usize,
    /// The anchors being repeated, against loops.
    active: Vec<usize>,
    merged: bool,
}

impl Walk<'_, '_> {
    fn stream(&mut self) {
        let (mut at, mut started) = (0, false);
        while at < self.events.len() {
            match self.events[at].0 {
                Event::DocumentStart(_) => {
                    self.document += u32::from(started);
                    started = true;
                    at += 1;
                }
                Event::StreamStart | Event::DocumentEnd | Event::Nothing | Event::StreamEnd => at += 1,
                _ => {
                    let end = self.node(at, &mut Vec::new(), 0..0);
                    at = end.max(at + 1);
                }
            }
        }
    }

    /// Reads the node at an event and returns where the next one starts.
    fn node(&mut self, at: usize, path: &mut Vec<String>, key: Range<usize>) -> usize {
        let events = self.events;
        let Some((event, span)) = events.get(at) else { return at };
        if !self.active.is_empty() {
            if self.aliased == 0 {
                return self.skip(at);
            }
            self.aliased -= 1;
            if self.aliased == 0 {
                self.page.note(
                    span.start,
                    NoticeKind::Budget,
                    format!("aliases repeat more than {ALIASED} nodes; the rest was not read"),
                );
            }
        }
        match event {
            Event::Scalar(value, style, _, tag) => {
                self.scalar(value, *style, tag.as_deref(), span.clone(), path, key);
                at + 1
            }
            Event::Alias(id) => {
                self.alias(*id, path, key);
                at + 1
            }
            Event::SequenceStart(..) => {
                let mut next = at + 1;
                let mut index = 0;
                while next < events.len() && !matches!(events[next].0, Event::SequenceEnd) {
                    path.push(index.to_string());
                    next = self.node(next, path, key.clone()).max(next + 1);
                    path.pop();
                    index += 1;
                }
                next + 1
            }
            Event::MappingStart(..) => {
                let mut next = at + 1;
                while next < events.len() && !matches!(events[next].0, Event::MappingEnd) {
                    next = self.entry(next, path).max(next + 1);
                }
                next + 1
            }
            _ => at + 1,
        }
    }

    /// Reads one key and its value.
    fn entry(&mut self, at: usize, path: &mut Vec<String>) -> usize {
        let events = self.events;
        let value = self.skip(at);
        let (name, span) = match &events[at] {
            (Event::Scalar(name, ..), span) => (name.to_string(), span.clone()),
            (Event::Alias(id), span) => match self.anchors.get(id).map(|n| &events[*n].0) {
                Some(Event::Scalar(name, ..)) => (name.to_string(), span.clone()),
                _ => return self.skip(value),
            },
            _ => return self.skip(value),
        };
        if name == "<<" {
            let outer = std::mem::replace(&mut self.merged, true);
            let end = self.merge(value, path, span);
            self.merged = outer;
            return end;
        }
        path.push(leaf::key(&name));
        let key = lines::unquote(self.text, span);
        let end = self.node(value, path, key);
        path.pop();
        end
    }

    /// The value of a merge key: one mapping or a list of them, taken in at this level.
    fn merge(&mut self, at: usize, path: &mut Vec<String>, key: Range<usize>) -> usize {
        if !matches!(self.events.get(at), Some((Event::SequenceStart(..), _))) {
            return self.node(at, path, key);
        }
        let mut next = at + 1;
        while next < self.events.len() && !matches!(self.events[next].0, Event::SequenceEnd) {
            next = self.node(next, path, key.clone()).max(next + 1);
        }
        next + 1
    }

    fn alias(&mut self, id: usize, path: &mut Vec<String>, key: Range<usize>) {
        let Some(start) = self.anchors.get(&id).copied() else { return };
        if self.aliased == 0 {
            return;
        }
        if self.active.contains(&id) || self.active.len() + path.len() > DEPTH {
            return;
        }
        self.active.push(id);
        self.node(start, path, key);
        self.active.pop();
    }

    /// Where the node after this one starts.
    fn skip(&self, at: usize) -> usize {
        let (mut next, mut open) = (at, 0usize);
        while let Some((event, _)) = self.events.get(next) {
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => open += 1,
                Event::MappingEnd | Event::SequenceEnd => open = open.saturating_sub(1),
                _ => {}
            }
            next += 1;
            if open == 0 {
                break;
            }
        }
        next
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        span: Range<usize>,
        path: &[String],
        key_span: Range<usize>,
    ) {
        if self.page.full {
            return;
        }
        let plain = style == ScalarStyle::Plain;
        let scalar = if plain && tag.is_none() { scalar_of(value) } else { Scalar::Text };
        let shown = self.text.get(span.clone()).unwrap_or("");
        let span = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => lines::unquote(self.text, span),
            _ => span.start..span.start + shown.trim_end().len(),
        };
        let reads_variable = tag.is_some_and(|t| RULES.env_tags.contains(&t.suffix)) && !value.contains('$');
        let value = match scalar {
            Scalar::Null => String::new(),
            _ if reads_variable => format!("${{{value}}}"),
            _ => value.to_owned(),
        };
        let leaf = Leaf {
            path: path.to_vec(),
            value,
            span,
            key_span,
            scalar,
            document: self.document,
            merged: self.merged,
            ..Leaf::default()
        };
        if !self.page.push(leaf) {
            self.aliased = 0;
        }
    }
}

/// Turns the parser's lines and columns, which count characters, into byte offsets.
struct Positions<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Positions<'a> {
    fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (n, b) in bytes.iter().enumerate() {
            if *b == b'\n' || (*b == b'\r' && bytes.get(n + 1) != Some(&b'\n')) {
                starts.push(n + 1);
            }
        }
        Positions { text, starts }
    }

    fn of(&self, span: &Span) -> Range<usize> {
        let start = self.offset(span.start.line(), span.start.col());
        start..self.offset(span.end.line(), span.end.col()).max(start)
    }

    /// The byte at a 1-based line and a 0-based column.
    fn offset(&self, line: usize, column: usize) -> usize {
        let Some(start) = self.starts.get(line.saturating_sub(1)).copied() else { return self.text.len() };
        let rest = &self.text[start..];
        match rest.as_bytes().get(..column) {
            // Most lines are ASCII up to the column.
            Some(before) if before.is_ascii() => start + column,
            _ => start + rest.char_indices().nth(column).map_or(rest.len(), |(n, _)| n),
        }
    }
}
