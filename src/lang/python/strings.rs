//! String literals: escapes, f-strings, implicit concatenation.

use super::Lowerer;
use super::syntax::{Kind, SYNTAX, field, kind, span};
use crate::ir::*;
use tree_sitter::Node;
use ustr::ustr;

impl<'t> Lowerer<'t> {
    /// Lowers a string literal or a row of them.
    pub fn string(&mut self, node: Node<'t>) -> ValueId {
        let literals = match kind(node) {
            Kind::ConcatenatedString => self.children(node),
            _ => vec![node],
        };
        let mut parts = Vec::new();
        for literal in literals {
            if kind(literal) != Kind::Str {
                let value = self.expr(literal);
                parts.push(Part::Value(value));
            } else if !self.literal(literal, &mut parts) {
                return self.constant(Const::Other(ustr(self.source(node))), node);
            }
        }
        self.text(parts, span(node))
    }

    /// Adds the pieces of one literal; `false` for bytes.
    fn literal(&mut self, node: Node<'t>, parts: &mut Vec<Part>) -> bool {
        let mut children = Vec::new();
        self.each_child(node, |_, child| children.push(child));
        let mut style = Style::default();
        for child in children {
            match kind(child) {
                Kind::StringStart => {
                    style = Style::of(self.source(child));
                    if style.bytes {
                        return false;
                    }
                }
                Kind::StringContent => {
                    parts.push(Part::Literal(ustr(&style.decode(self.source(child)))));
                }
                Kind::Interpolation => self.interpolation(child, parts),
                _ => {}
            }
        }
        true
    }

    fn interpolation(&mut self, node: Node<'t>, parts: &mut Vec<Part>) {
        match field(node, SYNTAX.field.expression) {
            Some(expression) => {
                let value = self.expr(expression);
                parts.push(Part::Value(value));
            }
            None => {
                let value = self.effects(node);
                parts.push(Part::Value(value));
            }
        }
        if let Some(format) = field(node, SYNTAX.field.format_specifier) {
            self.effects(format);
        }
    }

    /// A string made of pieces; a constant when all of them are literal.
    pub fn text(&mut self, parts: Vec<Part>, span: (usize, usize)) -> ValueId {
        let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
        let mut run = String::new();
        let has_values = parts.iter().any(|p| matches!(p, Part::Value(_)));
        for part in parts {
            match part {
                Part::Literal(text) => run.push_str(text.as_str()),
                Part::Value(_) => {
                    if !run.is_empty() {
                        joined.push(Part::Literal(ustr(&std::mem::take(&mut run))));
                    }
                    joined.push(part);
                }
            }
        }
        if !has_values {
            return self.b.add(Op::Const(Const::Str(ustr(&run))), span);
        }
        if !run.is_empty() {
            joined.push(Part::Literal(ustr(&run)));
        }
        self.b.add(Op::Text(joined.into()), span)
    }

    /// Whether a value is known to be a string.
    pub fn is_text(&self, value: ValueId) -> bool {
        let op = &self.b.module.inst(value).op;
        matches!(op, Op::Text(_)) || matches!(self.b.constant(value), Some(Const::Str(_)))
    }

    /// The pieces a value contributes to a concatenation. Names are kept as values: the path leads through them.
    pub fn pieces(&self, value: ValueId, parts: &mut Vec<Part>) {
        match &self.b.module.inst(value).op {
            Op::Const(Const::Str(text)) => parts.push(Part::Literal(*text)),
            Op::Text(inner) => parts.extend(inner.iter().copied()),
            _ => parts.push(Part::Value(value)),
        }
    }
}

/// What the prefix of a literal says.
#[derive(Default)]
struct Style {
    raw: bool,
    bytes: bool,
    holes: bool,
}

impl Style {
    fn of(start: &str) -> Style {
        let has = |c: char| start.contains(c) || start.contains(c.to_ascii_uppercase());
        Style { raw: has('r'), bytes: has('b'), holes: has('f') || has('t') }
    }

    fn decode(&self, source: &str) -> String {
        let text = if self.raw || !source.contains('\\') { source.to_owned() } else { unescape(source) };
        if self.holes && text.contains(['{', '}']) {
            return text.replace("{{", "{").replace("}}", "}");
        }
        text
    }
}

fn unescape(source: &str) -> String {
    let mut text = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(c) = rest.chars().next() else {
            text.push('\\');
            break;
        };
        rest = &rest[c.len_utf8()..];
        match c {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            'a' => text.push('\u{7}'),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            'v' => text.push('\u{b}'),
            '\\' | '\'' | '"' => text.push(c),
            '\n' => {}
            '\r' => rest = rest.strip_prefix('\n').unwrap_or(rest),
            'x' => rest = code_point(rest, 2, 16, &mut text),
            'u' => rest = code_point(rest, 4, 16, &mut text),
            'U' => rest = code_point(rest, 8, 16, &mut text),
            '0'..='7' => {
                let digits = rest.bytes().take(2).take_while(|b| (b'0'..=b'7').contains(b)).count();
                let value = u32::from_str_radix(&rest[..digits], 8).unwrap_or(0);
                let value = (c as u32 - '0' as u32) * 8u32.pow(digits as u32) + value;
                text.extend(char::from_u32(value));
                rest = &rest[digits..];
            }
            'N' => match (rest.starts_with('{'), rest.find('}')) {
                // The table of character names is not worth its size here.
                (true, Some(end)) => {
                    text.push('\u{fffd}');
                    rest = &rest[end + 1..];
                }
                _ => text.push_str("\\N"),
            },
            other => {
                text.push('\\');
                text.push(other);
            }
        }
    }
    text.push_str(rest);
    text
}

fn code_point<'s>(rest: &'s str, digits: usize, radix: u32, text: &mut String) -> &'s str {
    let Some(value) = rest.get(..digits).and_then(|d| u32::from_str_radix(d, radix).ok()) else {
        return rest;
    };
    text.push(char::from_u32(value).unwrap_or('\u{fffd}'));
    &rest[digits..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded() {
        assert_eq!(unescape(r#"a\tb\\n\"\x41\u00e9\101\q"#), "a\tb\\n\"AéA\\q");
        assert_eq!(unescape("a\\\nb\\"), "ab\\");
        assert_eq!(unescape(r"\x4\u12\N{DASH}!"), "4\u{31}\u{32}\u{fffd}!");
    }
}
