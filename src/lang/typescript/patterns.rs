//! Binding and assignment: names, destructuring, members.

use super::grammar::{Field, Kind};
use super::{Lowerer, at};
use crate::ir::*;
use tree_sitter::Node;

/// What binding a name means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// `let`, `const`, parameters, `catch`: a new variable of the block.
    Let,
    /// `var`: a variable of the function.
    Var,
    /// Assignment to whatever variable or member it is.
    Assign,
}

impl<'t> Lowerer<'t> {
    /// Gives the names (or members) of a pattern their parts of a value.
    pub(super) fn bind(&mut self, pattern: Node<'t>, value: ValueId, target: Target) {
        if !self.b.enter(pattern.start_byte()) {
            return;
        }
        match self.kind(pattern) {
            Kind::Identifier | Kind::ShorthandPattern | Kind::Shorthand => {
                self.bind_name(pattern, value, target);
            }
            Kind::ObjectPattern | Kind::Object => self.bind_object(pattern, value, target),
            Kind::ArrayPattern | Kind::Array => self.bind_array(pattern, value, target),
            Kind::AssignmentPattern | Kind::ObjectAssignmentPattern | Kind::Assignment => {
                self.bind_with_default(pattern, value, target);
            }
            Kind::Member | Kind::Subscript => {
                let (base, key) = self.place(pattern);
                self.write(pattern, base, key, value, at(pattern));
            }
            Kind::Paren
            | Kind::NonNull
            | Kind::As
            | Kind::Satisfies
            | Kind::TypeAssertion
            | Kind::RestPattern => {
                let inner = self.peel_once(pattern);
                if inner.id() != pattern.id() {
                    self.bind(inner, value, target);
                }
            }
            Kind::Undefined => {}
            _ => {
                self.any(pattern);
            }
        }
        self.b.leave();
    }

    fn bind_name(&mut self, node: Node<'t>, value: ValueId, target: Target) {
        let name = self.symbol(node);
        if name.is_empty() {
            return;
        }
        match target {
            Target::Let => {
                self.b.declare(name, value, at(node));
            }
            Target::Var => {
                self.b.assign(name, value, at(node));
            }
            Target::Assign => self.b.assign_captured(name, value, at(node)),
        }
    }

    fn bind_with_default(&mut self, node: Node<'t>, value: ValueId, target: Target) {
        let Some(left) = self.field(node, Field::Left) else { return };
        let joined = match self.field(node, Field::Right) {
            Some(right) => self.with_default(value, right, left),
            None => value,
        };
        self.bind(left, joined, target);
    }

    /// `value`, or a default that is evaluated only if it is needed.
    fn with_default(&mut self, value: ValueId, default: Node<'t>, name: Node<'t>) -> ValueId {
        self.b.push_branch_if(value, false);
        let default = self.bound_value(default, name);
        let delta = self.b.pop_branch();
        let default = self.b.under(&delta, default);
        self.b.merge(vec![delta], true, at(name));
        self.b.phi(vec![value, default], at(name))
    }

    fn bind_object(&mut self, pattern: Node<'t>, value: ValueId, target: Target) {
        let mut taken: Vec<Key> = Vec::new();
        for entry in self.children(pattern) {
            match self.kind(entry) {
                Kind::ShorthandPattern | Kind::Shorthand | Kind::Identifier => {
                    let part = self.part(value, Key::Field(self.symbol(entry)), &mut taken, entry);
                    self.bind(entry, part, target);
                }
                Kind::ObjectAssignmentPattern | Kind::AssignmentPattern | Kind::Assignment => {
                    let Some(left) = self.field(entry, Field::Left) else { continue };
                    let key = Key::Field(self.symbol(left));
                    let part = self.part(value, key, &mut taken, left);
                    self.bind(entry, part, target);
                }
                Kind::PairPattern | Kind::Pair => {
                    let (Some(key), Some(inner)) =
                        (self.field(entry, Field::Key), self.field(entry, Field::Value))
                    else {
                        continue;
                    };
                    let key = self.property_key(key);
                    let part = self.part(value, key, &mut taken, inner);
                    self.bind(inner, part, target);
                }
                Kind::RestPattern | Kind::Spread => {
                    let mut rest = value;
                    for key in taken.drain(..) {
                        rest = self.b.add(Op::Delete { base: rest, key }, at(entry));
                    }
                    if let Some(inner) = self.first_child(entry) {
                        self.bind(inner, rest, target);
                    }
                }
                _ => {
                    self.any(entry);
                }
            }
        }
    }

    fn part(&mut self, value: ValueId, key: Key, taken: &mut Vec<Key>, node: Node<'t>) -> ValueId {
        if !matches!(key, Key::Any) {
            taken.push(key);
        }
        self.b.add(Op::Load { base: value, key }, at(node))
    }

    fn bind_array(&mut self, pattern: Node<'t>, value: ValueId, target: Target) {
        for (index, entry) in self.elements(pattern) {
            match self.kind(entry) {
                Kind::RestPattern | Kind::Spread => {
                    // What is left is a list of any of the elements.
                    let element = self.b.add(Op::Load { base: value, key: Key::Each }, at(entry));
                    let items = Box::new([(Key::Any, element)]);
                    let rest = self.b.add(Op::Alloc { kind: AllocKind::List, items }, at(entry));
                    if let Some(inner) = self.first_child(entry) {
                        self.bind(inner, rest, target);
                    }
                }
                _ => {
                    let part = self.b.add(Op::Load { base: value, key: Key::Index(index) }, at(entry));
                    self.bind(entry, part, target);
                }
            }
        }
    }

    /// The entries of an array pattern with their positions: holes count.
    pub(super) fn elements(&mut self, node: Node<'t>) -> Vec<(i32, Node<'t>)> {
        let mut found = Vec::new();
        let mut index = 0;
        self.cursor.reset(node);
        let mut more = self.cursor.goto_first_child();
        while more {
            let child = self.cursor.node();
            match self.kind(child) {
                Kind::Token if child.kind() == "," => index += 1,
                Kind::Token | Kind::Comment | Kind::HtmlComment => {}
                _ => found.push((index, child)),
            }
            more = self.cursor.goto_next_sibling();
        }
        found
    }

    /// `left = right`.
    pub(super) fn assignment(&mut self, node: Node<'t>) -> ValueId {
        let (Some(left), Some(right)) = (self.field(node, Field::Left), self.field(node, Field::Right))
        else {
            return self.any_children(node);
        };
        let left = self.peel(left);
        // The object is read before the value is computed, as in the language; then a change of the object by
        // the right side would be lost, so the place is computed afterwards.
        let value = match self.kind(left) {
            Kind::Member => match self.field(left, Field::Property) {
                Some(name) => self.bound_value(right, name),
                None => self.expression(right),
            },
            _ => self.bound_value(right, left),
        };
        match self.kind(left) {
            Kind::Member | Kind::Subscript => {
                if self.common_js_export(left, value) {
                    return value;
                }
                let (base, key) = self.place(left);
                self.write(left, base, key, value, at(node));
            }
            _ => self.bind(left, value, Target::Assign),
        }
        value
    }

    /// `left op= right`.
    pub(super) fn augmented(&mut self, node: Node<'t>) -> ValueId {
        let (Some(left), Some(right)) = (self.field(node, Field::Left), self.field(node, Field::Right))
        else {
            return self.any_children(node);
        };
        let left = self.peel(left);
        let operator = self.field(node, Field::Operator).map_or("", |o| self.source(o));
        let operator = operator.strip_suffix('=').unwrap_or(operator);
        let place = match self.kind(left) {
            Kind::Member | Kind::Subscript => Some(self.place(left)),
            _ => None,
        };
        let old = match place {
            Some((base, key)) => self.b.add(Op::Load { base, key }, at(left)),
            None => self.expression(left),
        };
        let value = match operator {
            "&&" | "||" | "??" => {
                self.b.push_branch_if(old, operator == "&&");
                let right = self.bound_value(right, left);
                let delta = self.b.pop_branch();
                self.b.merge(vec![delta], true, at(node));
                match operator {
                    "&&" => right,
                    _ => self.either(operator, old, right, node),
                }
            }
            _ => {
                let right = self.expression(right);
                self.binary_value(operator, old, right, node)
            }
        };
        match place {
            Some((base, key)) => self.write(left, base, key, value, at(node)),
            None => self.bind(left, value, Target::Assign),
        }
        value
    }

    /// `x++`: a number, which carries no content.
    pub(super) fn update(&mut self, node: Node<'t>) -> ValueId {
        let Some(argument) = self.field(node, Field::Argument) else { return self.any_children(node) };
        let argument = self.peel(argument);
        let value = self.b.add(Op::Test, at(node));
        match self.kind(argument) {
            Kind::Member | Kind::Subscript => {
                let (base, key) = self.place(argument);
                self.write(argument, base, key, value, at(node));
            }
            _ => self.bind(argument, value, Target::Assign),
        }
        value
    }

    /// `delete o.k`.
    pub(super) fn delete(&mut self, argument: Node<'t>, node: Node<'t>) -> ValueId {
        let argument = self.peel(argument);
        match self.kind(argument) {
            Kind::Member | Kind::Subscript => {
                let (base, key) = self.place(argument);
                self.b.delete(base, key, at(node));
            }
            _ => {
                self.expression(argument);
            }
        }
        self.b.add(Op::Test, at(node))
    }

    fn write(&mut self, place: Node<'t>, base: ValueId, key: Key, value: ValueId, span: (usize, usize)) {
        self.b.store(base, key, value, span);
        // In an arrow function `this` is a captured variable, which the builder does not know to be the object.
        if let (Key::Field(name), Some(class), true) = (key, self.frame.class, self.frame.borrowed)
            && let Some(object) = self.field(place, Field::Object)
            && self.kind(object) == Kind::This
        {
            self.b.class_mut(class).stores.push((name, value));
        }
    }
}
