//! Literals: strings, templates, numbers, objects, arrays; and property names.

use super::functions::{Body, Content};
use super::grammar::{Field, Kind};
use super::{Lowerer, at};
use crate::ir::*;
use std::borrow::Cow;
use tree_sitter::Node;
use ustr::ustr;

impl<'t> Lowerer<'t> {
    pub(super) fn string(&mut self, node: Node<'t>) -> ValueId {
        let text = unescape(unquote(self.source(node)));
        self.b.add(Op::Const(Const::Str(ustr(&text))), at(node))
    }

    /// The text of a string, or of a template without holes.
    pub(super) fn literal_text(&self, node: Node<'t>) -> Option<Cow<'t, str>> {
        match self.kind(node) {
            Kind::StringLiteral => Some(unescape(unquote(self.source(node)))),
            Kind::TemplateString if node.named_child_count() <= 1 => {
                let whole = node.named_child(0).is_none_or(|c| self.kind(c) != Kind::TemplateHole);
                whole.then(|| unescape(unquote(self.source(node))))
            }
            _ => None,
        }
    }

    pub(super) fn number(&mut self, node: Node<'t>) -> ValueId {
        let constant = match integer(self.source(node)) {
            Some(i) => Const::Int(i),
            None => Const::Other(self.symbol(node)),
        };
        self.b.add(Op::Const(constant), at(node))
    }

    pub(super) fn template(&mut self, node: Node<'t>) -> ValueId {
        let mut parts = Vec::new();
        for part in self.template_parts(node) {
            match part {
                Part::Literal(text) => parts.push(Part::Literal(text)),
                Part::Value(value) => self.push_part(&mut parts, value),
            }
        }
        self.text(parts, node)
    }

    /// The literal pieces and values of a template as written.
    pub(super) fn template_parts(&mut self, node: Node<'t>) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut from = node.start_byte() + 1;
        for child in self.children(node) {
            if self.kind(child) != Kind::TemplateHole {
                continue;
            }
            self.push_raw(&mut parts, from, child.start_byte());
            from = child.end_byte();
            let value = match self.first_child(child) {
                Some(inner) => self.expression(inner),
                None => self.unknown(child),
            };
            parts.push(Part::Value(value));
        }
        let end = node.end_byte();
        let closed = self.text.get(end.saturating_sub(1)..end) == Some("`") && end > from;
        self.push_raw(&mut parts, from, if closed { end - 1 } else { end });
        parts
    }

    /// Adds a value to a text; text inside text becomes part of it.
    pub(super) fn push_part(&mut self, parts: &mut Vec<Part>, value: ValueId) {
        match &self.b.module.inst(value).op {
            Op::Const(Const::Str(text)) => {
                let text = *text;
                parts.push(Part::Literal(text));
            }
            Op::Text(inner) => {
                parts.extend(inner.iter().copied());
            }
            _ => parts.push(Part::Value(value)),
        }
    }

    /// The value of a text: a constant when nothing in it varies.
    pub(super) fn text(&mut self, parts: Vec<Part>, node: Node<'t>) -> ValueId {
        let parts = merge_literals(parts);
        let op = match parts.as_slice() {
            [] => Op::Const(Const::Str(ustr(""))),
            [Part::Literal(text)] => Op::Const(Const::Str(*text)),
            _ => Op::Text(parts.into()),
        };
        self.b.add(op, at(node))
    }

    pub(super) fn array(&mut self, node: Node<'t>) -> ValueId {
        let mut items = Vec::new();
        let mut exact = true;
        for (index, child) in self.elements(node) {
            let value = self.expression(child);
            let key = match self.kind(child) {
                Kind::Spread => {
                    exact = false;
                    Key::Spread
                }
                _ if exact => Key::Index(index),
                _ => Key::Any,
            };
            items.push((key, value));
        }
        self.b.add(Op::Alloc { kind: AllocKind::List, items: items.into() }, at(node))
    }

    pub(super) fn object(&mut self, node: Node<'t>) -> ValueId {
        let mut items = Vec::new();
        for child in self.children(node) {
            match self.kind(child) {
                Kind::Pair => {
                    let (Some(key), Some(value)) =
                        (self.field(child, Field::Key), self.field(child, Field::Value))
                    else {
                        self.any_children(child);
                        continue;
                    };
                    let entry = self.property_key(key);
                    items.push((entry, self.bound_value(value, key)));
                }
                Kind::Shorthand => items.push((Key::Field(self.symbol(child)), self.expression(child))),
                Kind::Spread => items.push((Key::Spread, self.expression(child))),
                Kind::Method => self.object_method(child, &mut items),
                _ => {
                    self.any(child);
                }
            }
        }
        self.b.add(Op::Alloc { kind: AllocKind::Object, items: items.into() }, at(node))
    }

    fn object_method(&mut self, node: Node<'t>, items: &mut Vec<(Key, ValueId)>) {
        let Some(name) = self.field(node, Field::Name) else { return };
        let key = self.property_key(name);
        let Some(id) = self.method(node, None) else { return };
        let value = self.b.add(Op::Function(id), at(node));
        // A setter is no entry: it would hide the getter of that name.
        if !self.has_token(node, "set") {
            items.push((key, value));
        }
        self.body_later(Body {
            id,
            content: Content::Function(node),
            frame: Self::method_frame(None),
            own_name: None,
        });
    }

    /// The key of a property name; a computed one is lowered.
    pub(super) fn property_key(&mut self, node: Node<'t>) -> Key {
        match self.kind(node) {
            Kind::ComputedName => match self.first_child(node) {
                Some(inner) => {
                    let value = self.expression(inner);
                    self.key_of(value)
                }
                None => Key::Any,
            },
            Kind::Number => match integer(self.source(node)).and_then(|i| i32::try_from(i).ok()) {
                Some(index) => Key::Index(index),
                None => Key::Field(self.symbol(node)),
            },
            _ => Key::Field(self.property_name(node)),
        }
    }

    /// The name of a property as other code refers to it, without quotes. `#part` is another one than `part`.
    pub(super) fn property_name(&self, node: Node<'t>) -> Sym {
        match self.kind(node) {
            Kind::StringLiteral => ustr(&unescape(unquote(self.source(node)))),
            _ => self.symbol(node),
        }
    }

    fn push_raw(&self, parts: &mut Vec<Part>, from: usize, to: usize) {
        if let Some(raw) = self.text.get(from..to)
            && !raw.is_empty()
        {
            parts.push(Part::Literal(ustr(&unescape(raw))));
        }
    }
}

/// Makes one piece of adjacent literal pieces.
fn merge_literals(parts: Vec<Part>) -> Vec<Part> {
    let mut merged: Vec<Part> = Vec::with_capacity(parts.len());
    let mut run = String::new();
    let mut pending: Option<Sym> = None;
    for part in parts {
        match (part, pending) {
            (Part::Literal(text), None) => pending = Some(text),
            (Part::Literal(text), Some(first)) => {
                if run.is_empty() {
                    run.push_str(&first);
                }
                run.push_str(&text);
            }
            (Part::Value(_), _) => {
                flush(&mut merged, &mut pending, &mut run);
                merged.push(part);
            }
        }
    }
    flush(&mut merged, &mut pending, &mut run);
    merged
}

fn flush(merged: &mut Vec<Part>, pending: &mut Option<Sym>, run: &mut String) {
    if let Some(only) = pending.take() {
        let text = if run.is_empty() { only } else { ustr(run) };
        if !text.is_empty() {
            merged.push(Part::Literal(text));
        }
        run.clear();
    }
}

/// The content between quotes; the closing one is missing after a syntax error.
fn unquote(text: &str) -> &str {
    let mut chars = text.chars();
    match chars.next() {
        Some(quote @ ('"' | '\'' | '`')) => {
            let inner = chars.as_str();
            inner.strip_suffix(quote).unwrap_or(inner)
        }
        _ => text,
    }
}

fn integer(text: &str) -> Option<i64> {
    if let Ok(i) = text.parse() {
        return Some(i);
    }
    let digits: String = text.chars().filter(|c| *c != '_').collect();
    let lower = digits.to_ascii_lowercase();
    match lower.as_bytes() {
        [b'0', b'x', ..] => i64::from_str_radix(&lower[2..], 16).ok(),
        [b'0', b'b', ..] => i64::from_str_radix(&lower[2..], 2).ok(),
        [b'0', b'o', ..] => i64::from_str_radix(&lower[2..], 8).ok(),
        _ => lower.parse().ok(),
    }
}

/// Resolves escapes; what is malformed stays as it is.
fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let mut chars = after.chars();
        rest = match chars.next() {
            Some('n') => push(&mut out, "\n", chars.as_str()),
            Some('t') => push(&mut out, "\t", chars.as_str()),
            Some('r') => push(&mut out, "\r", chars.as_str()),
            Some('b') => push(&mut out, "\u{8}", chars.as_str()),
            Some('f') => push(&mut out, "\u{c}", chars.as_str()),
            Some('v') => push(&mut out, "\u{b}", chars.as_str()),
            Some('0') => push(&mut out, "\0", chars.as_str()),
            Some('\n') => chars.as_str(),
            Some('\r') => chars.as_str().trim_start_matches('\n'),
            Some('x') => code_point(&mut out, chars.as_str(), 2).unwrap_or(after),
            Some('u') => match chars.as_str().strip_prefix('{').and_then(|r| r.split_once('}')) {
                Some((digits, tail)) if code_point(&mut out, digits, digits.len()) == Some("") => tail,
                _ => code_point(&mut out, chars.as_str(), 4).unwrap_or(after),
            },
            Some(other) => {
                out.push(other);
                chars.as_str()
            }
            None => "",
        };
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn push<'a>(out: &mut String, text: &str, rest: &'a str) -> &'a str {
    out.push_str(text);
    rest
}

/// Reads that many hexadecimal digits as a character and returns what follows them.
fn code_point<'a>(out: &mut String, text: &'a str, digits: usize) -> Option<&'a str> {
    let code = u32::from_str_radix(text.get(..digits)?, 16).ok()?;
    out.push(char::from_u32(code)?);
    text.get(digits..)
}
