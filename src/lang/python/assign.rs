//! Assignment: names, attributes, subscripts, destructuring; `del`.

use super::Lowerer;
use super::syntax::{Kind, SYNTAX, field, kind, span};
use crate::ir::*;
use tree_sitter::Node;
use ustr::ustr;

impl<'t> Lowerer<'t> {
    /// `a = b = value`, `a: T = value`, `a: T`.
    pub fn assignment(&mut self, node: Node<'t>) -> ValueId {
        let mut targets = Vec::new();
        let mut annotation = None;
        let mut right = Some(node);
        while let Some(link) = right.filter(|r| kind(*r) == Kind::Assignment) {
            targets.extend(field(link, SYNTAX.field.left));
            annotation = field(link, SYNTAX.field.type_);
            right = field(link, SYNTAX.field.right);
        }
        let value = right.map(|right| self.expr(right));
        let annotation = annotation.filter(|_| targets.len() == 1);
        if let (Some(annotation), [target]) = (annotation, &targets[..]) {
            self.annotated(*target, annotation);
        }
        let Some(value) = value else { return self.unknown(node) };
        for target in targets {
            self.assign_target(target, value);
        }
        value
    }

    /// Records a declared type where it is kept (class bodies), and lowers the calls in it.
    fn annotated(&mut self, target: Node<'t>, annotation: Node<'t>) {
        let in_class = self.scopes.last().is_some_and(|s| s.class.is_some());
        if in_class && kind(target) == Kind::Identifier {
            let annotation = self.annotation(annotation);
            self.note_field(target, Some(annotation));
        } else if self.source(annotation).contains('(') {
            self.annotation(annotation);
        }
    }

    /// `target op= value`.
    pub fn augmented_assignment(&mut self, node: Node<'t>) -> ValueId {
        let (Some(left), Some(right)) = (field(node, SYNTAX.field.left), field(node, SYNTAX.field.right))
        else {
            return self.effects(node);
        };
        let operator = field(node, SYNTAX.field.operator).map_or("", |o| self.source(o));
        let operator = ustr(operator.strip_suffix('=').unwrap_or(operator));
        let left = self.unwrapped(left);
        match kind(left) {
            Kind::Attribute | Kind::Subscript => {
                let Some((base, key)) = self.place(left) else { return self.effects(node) };
                let before = self.load(base, key, span(left));
                let right = self.expr(right);
                let value = self.operate(operator, before, right, span(node));
                self.b.store(base, key, value, span(node));
                value
            }
            Kind::Identifier => {
                let before = self.expr(left);
                let right = self.expr(right);
                let value = self.operate(operator, before, right, span(node));
                self.assign_name(left, value)
            }
            _ => self.effects(node),
        }
    }

    /// Gives a target a value: a name, a place in an object, or several of them.
    pub fn assign_target(&mut self, target: Node<'t>, value: ValueId) {
        self.give(target, value, false);
    }

    /// Like [`Lowerer::assign_target`], with names that end with the innermost block (comprehensions).
    pub fn declare_target(&mut self, target: Node<'t>, value: ValueId) {
        self.give(target, value, true);
    }

    fn give(&mut self, target: Node<'t>, value: ValueId, declare: bool) {
        if !self.b.enter(target.start_byte()) {
            return;
        }
        let target = self.unwrapped(target);
        match kind(target) {
            Kind::Identifier if declare => {
                let name = self.sym(target);
                self.b.declare(name, value, span(target));
            }
            Kind::Identifier => {
                self.assign_name(target, value);
            }
            Kind::Attribute | Kind::Subscript => self.assign_place(target, value),
            Kind::PatternList
            | Kind::TuplePattern
            | Kind::ListPattern
            | Kind::ExpressionList
            | Kind::Tuple
            | Kind::List => self.destructure(target, value, declare),
            Kind::ListSplatPattern | Kind::ListSplat => {
                if let [inner] = self.children(target)[..] {
                    self.give(inner, value, declare);
                }
            }
            _ => {
                self.effects(target);
            }
        }
        self.b.leave();
    }

    /// Gives a name a value, in the scope it belongs to.
    pub fn assign_name(&mut self, node: Node<'t>, value: ValueId) -> ValueId {
        let name = self.sym(node);
        let at = span(node);
        let scope = self.scopes.last();
        if scope.is_some_and(|s| s.globals.contains(&name)) {
            self.b.assign_global(name, value, at);
            value
        } else if scope.is_some_and(|s| s.nonlocals.contains(&name)) {
            self.b.assign_captured(name, value, at);
            value
        } else {
            self.note_field(node, None);
            self.b.assign(name, value, at)
        }
    }

    /// Makes a definition (function, class, import) known under a name, in the scope it belongs to.
    pub fn define_name(&mut self, name: Sym, value: ValueId, at: (usize, usize)) {
        let scope = self.scopes.last();
        if scope.is_some_and(|s| s.globals.contains(&name)) {
            self.b.assign_global(name, value, at);
        } else if scope.is_some_and(|s| s.nonlocals.contains(&name)) {
            self.b.assign_captured(name, value, at);
        } else {
            self.b.define(name, value);
        }
    }

    /// The object and key an attribute or subscript names.
    fn place(&mut self, target: Node<'t>) -> Option<(ValueId, Key)> {
        if kind(target) == Kind::Attribute {
            let base = self.expr(field(target, SYNTAX.field.object)?);
            return Some((base, self.attribute_key(target)?));
        }
        let base = self.expr(field(target, SYNTAX.field.value)?);
        Some((base, self.subscript_key(target)))
    }

    fn assign_place(&mut self, target: Node<'t>, value: ValueId) {
        let is_slice =
            self.children_in(target, SYNTAX.field.subscript).first().is_some_and(|s| kind(*s) == Kind::Slice);
        if let Some((base, key)) = self.place(target) {
            // What a slice takes are the elements of the value.
            let value = if is_slice { self.load(value, Key::Each, span(target)) } else { value };
            self.b.store(base, key, value, span(target));
        }
    }

    fn destructure(&mut self, target: Node<'t>, value: ValueId, declare: bool) {
        let parts = self.children(target);
        let star = parts.iter().position(|p| matches!(kind(*p), Kind::ListSplatPattern | Kind::ListSplat));
        for (i, part) in parts.iter().enumerate() {
            let element = match star {
                Some(star) if i == star => self.rest(value, star, parts.len() - star - 1, span(*part)),
                Some(star) if i > star => self.element(value, i as i32 - parts.len() as i32, span(*part)),
                _ => self.element(value, i as i32, span(*part)),
            };
            self.give(*part, element, declare);
        }
    }

    /// One element of a value: the element itself when the value is a literal.
    pub fn element(&mut self, value: ValueId, index: i32, at: (usize, usize)) -> ValueId {
        if let Op::Alloc { items, .. } = &self.b.module.inst(value).op
            && let Ok(i) = usize::try_from(index)
            && let Some((Key::Index(key), element)) = items.get(i)
            && *key == index
        {
            return *element;
        }
        self.load(value, Key::Index(index), at)
    }

    /// What is left of a value without its first and last elements: a list of any of them.
    pub fn rest(&mut self, value: ValueId, first: usize, last: usize, at: (usize, usize)) -> ValueId {
        if let Op::Alloc { items, .. } = &self.b.module.inst(value).op
            && items.len() >= first + last
            && items.iter().all(|(key, _)| matches!(key, Key::Index(_)))
        {
            let middle = items[first..items.len() - last].iter().zip(0..);
            let items = middle.map(|((_, element), i)| (Key::Index(i), *element)).collect();
            return self.b.add(Op::Alloc { kind: AllocKind::List, items }, at);
        }
        let mut rest = value;
        for i in 0..first {
            rest = self.b.add(Op::Delete { base: rest, key: Key::Index(i as i32) }, at);
        }
        for i in 0..last {
            rest = self.b.add(Op::Delete { base: rest, key: Key::Index(-1 - i as i32) }, at);
        }
        let element = self.load(rest, Key::Each, at);
        self.b.add(Op::Alloc { kind: AllocKind::List, items: [(Key::Any, element)].into() }, at)
    }

    /// `del target`.
    pub fn delete(&mut self, target: Node<'t>) {
        if !self.b.enter(target.start_byte()) {
            return;
        }
        let target = self.unwrapped(target);
        match kind(target) {
            Kind::Identifier => {}
            Kind::Attribute | Kind::Subscript => {
                if let Some((base, key)) = self.place(target)
                    && !matches!(key, Key::Any)
                {
                    self.b.delete(base, key, span(target));
                }
            }
            _ => {
                for child in self.children(target) {
                    self.delete(child);
                }
            }
        }
        self.b.leave();
    }
}
