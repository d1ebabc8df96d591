//! Lists, tuples, sets, dictionaries, and comprehensions of them.

use super::Lowerer;
use super::syntax::{Kind, SYNTAX, field, kind, span};
use crate::ir::*;
use tree_sitter::Node;

impl<'t> Lowerer<'t> {
    /// A list or tuple: elements are known by position up to the first spread.
    pub fn sequence(&mut self, node: Node<'t>, alloc: AllocKind) -> ValueId {
        let mut items = Vec::new();
        let mut spread = false;
        for child in self.children(node) {
            if self.is_spread(child) {
                items.push((Key::Spread, self.expr(child)));
                spread = true;
                continue;
            }
            let key = match i32::try_from(items.len()) {
                Ok(i) if !spread => Key::Index(i),
                _ => Key::Any,
            };
            items.push((key, self.expr(child)));
        }
        self.b.add(Op::Alloc { kind: alloc, items: items.into() }, span(node))
    }

    /// `{a, b}`.
    pub fn set(&mut self, node: Node<'t>) -> ValueId {
        let mut items = Vec::new();
        for child in self.children(node) {
            let key = if self.is_spread(child) { Key::Spread } else { Key::Any };
            items.push((key, self.expr(child)));
        }
        self.b.add(Op::Alloc { kind: AllocKind::Set, items: items.into() }, span(node))
    }

    /// `{k: v, **more}`.
    pub fn dictionary(&mut self, node: Node<'t>) -> ValueId {
        let mut items = Vec::new();
        for child in self.children(node) {
            match kind(child) {
                Kind::Pair => items.push(self.pair(child)),
                Kind::DictionarySplat => items.push((Key::Spread, self.splatted(child))),
                _ => items.push((Key::Any, self.expr(child))),
            }
        }
        self.b.add(Op::Alloc { kind: AllocKind::Object, items: items.into() }, span(node))
    }

    fn pair(&mut self, node: Node<'t>) -> (Key, ValueId) {
        let key = match field(node, SYNTAX.field.key) {
            Some(key) => {
                let key = self.expr(key);
                self.key(key)
            }
            None => Key::Any,
        };
        match field(node, SYNTAX.field.value) {
            Some(value) => (key, self.expr(value)),
            None => (key, self.unknown(node)),
        }
    }

    /// A comprehension is a loop whose targets end with it; changes its parts make to other objects stay.
    pub fn comprehension(&mut self, node: Node<'t>, alloc: AllocKind) -> ValueId {
        let body = field(node, SYNTAX.field.body);
        let mut open = false;
        for child in self.children(node) {
            match kind(child) {
                Kind::ForInClause => {
                    let iterable = self.iterable(child);
                    if !open {
                        self.b.push_loop();
                        open = true;
                    }
                    if let Some(left) = field(child, SYNTAX.field.left) {
                        let each = self.load(iterable, Key::Each, span(left));
                        self.declare_target(left, each);
                    }
                }
                Kind::IfClause => {
                    for condition in self.children(child) {
                        let value = self.expr(condition);
                        if open {
                            self.b.assume(value, true);
                        }
                    }
                }
                _ if Some(child) == body => {}
                _ => {
                    self.expr(child);
                }
            }
        }
        let item = match body {
            Some(body) if kind(body) == Kind::Pair => self.pair(body),
            Some(body) => (Key::Any, self.expr(body)),
            None => (Key::Any, self.unknown(node)),
        };
        let item = match open {
            true => (item.0, self.b.guarded_since_loop(item.1)),
            false => item,
        };
        if open {
            self.b.pop_loop(false, span(node));
        }
        self.b.add(Op::Alloc { kind: alloc, items: [item].into() }, span(node))
    }

    fn iterable(&mut self, clause: Node<'t>) -> ValueId {
        let rights = self.children_in(clause, SYNTAX.field.right);
        let rights: Vec<Node<'t>> = rights.into_iter().filter(|r| r.is_named()).collect();
        if let [only] = rights[..] {
            return self.expr(only);
        }
        let items: Vec<(Key, ValueId)> = rights
            .into_iter()
            .enumerate()
            .map(|(i, right)| (Key::Index(i as i32), self.expr(right)))
            .collect();
        self.b.add(Op::Alloc { kind: AllocKind::Tuple, items: items.into() }, span(clause))
    }
}
