//! Expressions: dispatch, names, conditionals.

use super::grammar::{Field, Kind};
use super::statements::last;
use super::{Lowerer, at};
use crate::ir::*;
use crate::lang::builder::Delta;
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
        // Chosen first and called once: a call in each arm would make the frame of this function, which every level
        // of nesting pays for, several times as large.
        let lower: fn(&mut Self, Node<'t>) -> ValueId = match self.kind(node) {
            Kind::Call
            | Kind::Member
            | Kind::Subscript
            | Kind::NonNull
            | Kind::As
            | Kind::Satisfies
            | Kind::Instantiation
            | Kind::Await => Self::chain,
            Kind::Paren | Kind::TypeAssertion | Kind::Spread => Self::wrapped,
            Kind::New => Self::new_expression,
            Kind::TemplateString => Self::template,
            Kind::Object => Self::object,
            Kind::Array => Self::array,
            Kind::Arrow | Kind::FunctionExpression | Kind::GeneratorExpression => Self::anonymous,
            Kind::ClassExpression => Self::class_expression,
            Kind::Binary => Self::binary,
            Kind::Unary => Self::unary,
            Kind::Update => Self::update,
            Kind::Ternary => Self::ternary,
            Kind::Assignment => Self::assignment,
            Kind::Augmented => Self::augmented,
            Kind::Sequence => Self::sequence,
            Kind::Yield => Self::yield_expression,
            Kind::JsxElement | Kind::JsxSelfClosing => Self::jsx,
            Kind::Decorator => Self::decorator,
            Kind::Super => Self::super_value,
            Kind::This => Self::this,
            Kind::Identifier | Kind::Shorthand | Kind::ShorthandPattern => Self::name,
            Kind::StringLiteral => Self::string,
            Kind::Number => Self::number,
            Kind::Null | Kind::Undefined => Self::null,
            Kind::True | Kind::False | Kind::Regex | Kind::Meta => Self::constant,
            _ => Self::any_children,
        };
        lower(self, node)
    }

    fn anonymous(&mut self, node: Node<'t>) -> ValueId {
        self.closure(node, None)
    }

    fn constant(&mut self, node: Node<'t>) -> ValueId {
        let op = match self.kind(node) {
            Kind::True => Op::Const(Const::Bool(true)),
            Kind::False => Op::Const(Const::Bool(false)),
            Kind::Regex => Op::Const(Const::Other(self.symbol(node))),
            _ => Op::Global(self.symbol(node)),
        };
        self.b.add(op, at(node))
    }

    /// What stands in parentheses, behind a cast or behind `...`.
    fn wrapped(&mut self, node: Node<'t>) -> ValueId {
        let inner = match self.kind(node) {
            Kind::Spread => self.first_child(node).unwrap_or(node),
            _ => self.peel(node),
        };
        match inner.id() == node.id() {
            true => self.any_children(node),
            false => self.expression(inner),
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
        let mut refused: Vec<Condition> = Vec::new();
        let mut next = node;
        loop {
            let inner = self.peel(next);
            if self.kind(inner) != Kind::Ternary {
                let (value, arm) = self.arm(next, last(&refused));
                values.push(value);
                arms.push(arm);
                break;
            }
            let condition = self.field(inner, Field::Condition).map(|c| self.expression(c));
            let truth = condition.and_then(|c| self.truth(c));
            if truth != Some(false)
                && let Some(consequence) = self.field(inner, Field::Consequence)
            {
                let mut conditions = last(&refused).to_vec();
                conditions.extend(condition.map(|c| (c, true)));
                let (value, arm) = self.arm(consequence, &conditions);
                values.push(value);
                arms.push(arm);
            }
            refused.extend(condition.map(|c| (c, false)));
            match self.field(inner, Field::Alternative) {
                Some(alternative) if truth != Some(true) => next = alternative,
                _ => break,
            }
        }
        if values.len() > 1 {
            values = values.iter().zip(&arms).map(|(value, arm)| self.b.under(arm, *value)).collect();
        }
        self.b.merge(arms, false, at(node));
        self.b.phi(values, at(node))
    }

    /// An expression that is evaluated when each condition has that truth.
    pub(super) fn arm(&mut self, node: Node<'t>, conditions: &[Condition]) -> (ValueId, Delta) {
        self.b.push_branch();
        for (condition, truth) in conditions {
            self.b.assume(*condition, *truth);
        }
        let value = self.expression(node);
        (value, self.b.pop_branch())
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
