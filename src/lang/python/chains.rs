//! Attribute, subscript and call chains (`a.b().c[0]`), which may be as long as the file.

use super::Lowerer;
use super::syntax::{Kind, SYNTAX, field, kind, span};
use crate::ir::*;
use tree_sitter::Node;
use ustr::{Ustr, ustr};

impl<'t> Lowerer<'t> {
    /// Lowers a chain from its innermost expression outward.
    pub fn chain(&mut self, node: Node<'t>) -> ValueId {
        let mut links = Vec::new();
        let mut inner = node;
        loop {
            let id = match kind(inner) {
                Kind::Attribute => SYNTAX.field.object,
                Kind::Subscript => SYNTAX.field.value,
                Kind::Call => SYNTAX.field.function,
                _ => break,
            };
            let Some(next) = field(inner, id) else { break };
            links.push(inner);
            inner = self.unwrapped(next);
        }
        if links.is_empty() {
            return self.effects(node);
        }
        let mut value = match kind(inner) {
            Kind::Attribute | Kind::Subscript | Kind::Call => self.effects(inner),
            _ => self.expr(inner),
        };
        for link in links.into_iter().rev() {
            value = match kind(link) {
                Kind::Attribute => self.attribute(link, value),
                Kind::Subscript => self.subscript(link, value),
                _ => self.call(link, value),
            };
        }
        value
    }

    fn attribute(&mut self, node: Node<'t>, base: ValueId) -> ValueId {
        match self.attribute_key(node) {
            Some(key) => self.load(base, key, span(node)),
            None => self.unknown(node),
        }
    }

    fn subscript(&mut self, node: Node<'t>, base: ValueId) -> ValueId {
        let subscripts = self.children_in(node, SYNTAX.field.subscript);
        if let [only] = subscripts[..]
            && kind(only) == Kind::Slice
        {
            let right = match self.slice(only) {
                Some(text) => self.constant(Const::Str(text), only),
                None => self.unknown(only),
            };
            return self.b.add(Op::Binary { op: ustr("[:]"), left: base, right }, span(node));
        }
        let key = self.subscript_key(node);
        self.load(base, key, span(node))
    }

    /// The key an attribute names; `None` when a syntax error ate the name.
    pub fn attribute_key(&mut self, node: Node<'t>) -> Option<Key> {
        let name = field(node, SYNTAX.field.attribute)?;
        let text = self.source(name);
        (!text.is_empty()).then(|| Key::Field(ustr(text)))
    }

    /// The key a subscript names, as far as it is known. Lowers the index.
    pub fn subscript_key(&mut self, node: Node<'t>) -> Key {
        let subscripts = self.children_in(node, SYNTAX.field.subscript);
        let values: Vec<ValueId> = subscripts.iter().map(|s| self.expr(*s)).collect();
        match values[..] {
            [only] if kind(subscripts[0]) != Kind::Slice => self.key(only),
            _ => Key::Any,
        }
    }

    /// The key a value stands for.
    pub fn key(&self, value: ValueId) -> Key {
        match self.b.constant(value) {
            Some(Const::Str(name)) => Key::Field(*name),
            Some(Const::Int(i)) => i32::try_from(*i).map_or(Key::Value(value), Key::Index),
            _ => Key::Value(value),
        }
    }

    /// The bounds of a slice as written, with constants filled in; `None` when they are not known.
    pub fn slice(&mut self, node: Node<'t>) -> Option<Ustr> {
        let mut parts = Vec::new();
        self.each_child(node, |_, child| {
            if kind(child) != Kind::Comment {
                parts.push(child);
            }
        });
        let mut text = String::new();
        let mut known = true;
        for part in parts {
            if !part.is_named() {
                text.push(':');
                continue;
            }
            let value = self.expr(part);
            match self.b.constant(value) {
                Some(Const::Int(i)) => text.push_str(&i.to_string()),
                Some(Const::Null) => {}
                _ => known = false,
            }
        }
        known.then(|| ustr(&text))
    }
}
