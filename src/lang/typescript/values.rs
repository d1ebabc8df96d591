//! Expressions: dispatch, names, conditionals.

use super::grammar::{Field, Kind};
use super::{Lowerer, at};
use crate::ir::*;
use tree_sitter::Node;
use ustr::ustr;

impl<'t> Lowerer<'t> {
    /// Lowers an expression to its value; unknown when the nesting budget is used up.
    pub(super) fn expression(&mut self, node: Node<'t>) -> ValueId {
        if !self.b.enter(node.start_byte()) {
            return self.unknown(node);
        }
        let value = self.value(node);
        self.b.leave();
        value
    }

    /// Lowers whatever a node is; for places where the grammar (or a syntax error) allows anything.
    pub(super) fn any(&mut self, node: Node<'t>) -> Option<ValueId> {
        if self.is_statement(node) {
            self.statement(node);
            return None;
        }
        Some(self.expression(node))
    }

    /// Lowers all children, so that no call in them is missed; the value is unknown.
    pub(super) fn any_children(&mut self, node: Node<'t>) -> ValueId {
        for child in self.children(node) {
            if !self.b.is_dead() || !self.is_statement(child) {
                self.any(child);
            }
        }
        self.unknown(node)
    }

    /// The expression inside parentheses, casts and assertions.
    pub(super) fn peel(&mut self, node: Node<'t>) -> Node<'t> {
        let mut node = node;
        loop {
            let inner = self.peel_once(node);
            if inner.id() == node.id() {
                return node;
            }
            node = inner;
        }
    }

    /// One layer of that.
    pub(super) fn peel_once(&mut self, node: Node<'t>) -> Node<'t> {
        match self.kind(node) {
            Kind::Paren
            | Kind::NonNull
            | Kind::As
            | Kind::Satisfies
            | Kind::Instantiation
            | Kind::RestPattern => self.first_child(node).unwrap_or(node),
            // The type comes first.
            Kind::TypeAssertion => self.children(node).last().copied().unwrap_or(node),
            _ => node,
        }
    }

    fn value(&mut self, node: Node<'t>) -> ValueId {
        match self.kind(node) {
            Kind::Identifier | Kind::Shorthand | Kind::ShorthandPattern => self.name(node),
            Kind::Call
            | Kind::Member
            | Kind::Subscript
            | Kind::NonNull
            | Kind::As
            | Kind::Satisfies
            | Kind::Instantiation
            | Kind::Await => self.chain(node),
            Kind::Paren | Kind::TypeAssertion => {
                let inner = self.peel(node);
                match inner.id() == node.id() {
                    true => self.any_children(node),
                    false => self.expression(inner),
                }
            }
            Kind::New => self.new_expression(node),
            Kind::StringLiteral => self.string(node),
            Kind::TemplateString => self.template(node),
            Kind::Number => self.number(node),
            Kind::True => self.b.add(Op::Const(Const::Bool(true)), at(node)),
            Kind::False => self.b.add(Op::Const(Const::Bool(false)), at(node)),
            Kind::Null | Kind::Undefined => self.null(node),
            Kind::Regex => self.b.add(Op::Const(Const::Other(self.symbol(node))), at(node)),
            Kind::Object => self.object(node),
            Kind::Array => self.array(node),
            Kind::Arrow | Kind::FunctionExpression | Kind::GeneratorExpression => self.closure(node, None),
            Kind::ClassExpression => self.class_expression(node),
            Kind::Binary => self.binary(node),
            Kind::Unary => self.unary(node),
            Kind::Update => self.update(node),
            Kind::Ternary => self.ternary(node),
            Kind::Assignment => self.assignment(node),
            Kind::Augmented => self.augmented(node),
            Kind::Sequence => self.sequence(node),
            Kind::Yield => self.yield_expression(node),
            Kind::This => self.this(node),
            Kind::Super => self.super_value(node),
            Kind::Spread => match self.first_child(node) {
                Some(inner) => self.expression(inner),
                None => self.unknown(node),
            },
            Kind::JsxElement | Kind::JsxSelfClosing => self.jsx(node),
            Kind::Meta => self.b.add(Op::Global(self.symbol(node)), at(node)),
            Kind::Decorator => self.decorator(node),
            _ => self.any_children(node),
        }
    }

    fn name(&mut self, node: Node<'t>) -> ValueId {
        let name = self.symbol(node);
        if name.is_empty() {
            return self.unknown(node);
        }
        match self.b.lookup(name, at(node)) {
            Some(value) => value,
            None if name == "undefined" => self.null(node),
            None => self.b.add(Op::Global(name), at(node)),
        }
    }

    /// `this`, where it is known.
    pub(super) fn this(&mut self, node: Node<'t>) -> ValueId {
        if self.frame.this
            && let Some(value) = self.b.lookup(ustr("this"), at(node))
        {
            return value;
        }
        self.unknown(node)
    }

    fn super_value(&mut self, node: Node<'t>) -> ValueId {
        let Some(class) = self.frame.class else { return self.unknown(node) };
        let this = self.this(node);
        self.b.add(Op::Super(class, this), at(node))
    }

    /// `a ? b : c ? d : …` in one go, however long; later conditions count as evaluated in any case.
    fn ternary(&mut self, node: Node<'t>) -> ValueId {
        let mut values = Vec::new();
        let mut arms = Vec::new();
        let mut next = node;
        loop {
            let inner = self.peel(next);
            if self.kind(inner) != Kind::Ternary {
                self.b.push_branch();
                values.push(self.expression(next));
                arms.push(self.b.pop_branch());
                break;
            }
            let truth = self.field(inner, Field::Condition).and_then(|c| self.condition(c));
            if truth != Some(false)
                && let Some(consequence) = self.field(inner, Field::Consequence)
            {
                self.b.push_branch();
                values.push(self.expression(consequence));
                arms.push(self.b.pop_branch());
            }
            match self.field(inner, Field::Alternative) {
                Some(alternative) if truth != Some(true) => next = alternative,
                _ => break,
            }
        }
        self.b.merge(arms, false, at(node));
        self.b.phi(values, at(node))
    }

    fn sequence(&mut self, node: Node<'t>) -> ValueId {
        let mut last = None;
        for part in self.children(node) {
            last = Some(self.expression(part));
        }
        match last {
            Some(value) => value,
            None => self.unknown(node),
        }
    }

    fn yield_expression(&mut self, node: Node<'t>) -> ValueId {
        let every = self.has_token(node, "*");
        let Some(inner) = self.first_child(node) else { return self.unknown(node) };
        let mut value = self.expression(inner);
        if every {
            let element = self.b.add(Op::Load { base: value, key: Key::Each }, at(inner));
            self.b.yield_(element);
            // What `yield*` evaluates to is what the other generator returns.
            return value;
        }
        self.b.yield_(value);
        value = self.unknown(node);
        value
    }
}
