//! Operators: arithmetic, string building, comparisons.

use super::Lowerer;
use super::fold;
use super::syntax::{Kind, SYNTAX, field, kind, span};
use crate::ir::*;
use tree_sitter::Node;
use ustr::{Ustr, ustr};

impl<'t> Lowerer<'t> {
    /// Lowers a binary operator; a long left-nested chain (`a + b + c …`) is walked without recursion.
    pub fn binary(&mut self, node: Node<'t>) -> ValueId {
        let mut links = Vec::new();
        let mut first = node;
        while kind(first) == Kind::BinaryOperator {
            let Some(left) = field(first, SYNTAX.field.left) else { break };
            links.push(first);
            first = self.unwrapped(left);
        }
        if kind(first) == Kind::BinaryOperator {
            return self.effects(node);
        }
        let mut value = self.expr(first);
        // Pieces of the text `value` stands for, once the chain has turned out to build a string.
        let mut text: Vec<Part> = Vec::new();
        for link in links.into_iter().rev() {
            let operator = field(link, SYNTAX.field.operator).map_or("+", |o| self.source(o));
            let right = match field(link, SYNTAX.field.right) {
                Some(right) => self.expr(right),
                None => self.unknown(link),
            };
            if operator == "+" && (!text.is_empty() || self.is_text(value) || self.is_text(right)) {
                if text.is_empty() {
                    self.pieces(value, &mut text);
                }
                self.pieces(right, &mut text);
                continue;
            }
            if !text.is_empty() {
                value = self.text(std::mem::take(&mut text), (node.start_byte(), link.start_byte()));
            }
            value = self.operate(ustr(operator), value, right, span(link));
        }
        if text.is_empty() { value } else { self.text(text, span(node)) }
    }

    /// One binary operation.
    pub fn operate(&mut self, op: Ustr, left: ValueId, right: ValueId, span: (usize, usize)) -> ValueId {
        if let (Some(a), Some(b)) = (self.b.constant(left), self.b.constant(right))
            && let Some(result) = fold::arithmetic(op.as_str(), a, b)
        {
            return self.b.add(Op::Const(result), span);
        }
        match op.as_str() {
            "+" if self.is_text(left) || self.is_text(right) => {
                let mut parts = Vec::new();
                self.pieces(left, &mut parts);
                self.pieces(right, &mut parts);
                self.text(parts, span)
            }
            "%" => match self.percent(left, right, span) {
                Some(value) => value,
                None => self.b.add(Op::Binary { op, left, right }, span),
            },
            _ => self.b.add(Op::Binary { op, left, right }, span),
        }
    }

    /// Comparisons carry no content; those of constants have a known result.
    pub fn comparison(&mut self, node: Node<'t>) -> ValueId {
        let operands: Vec<ValueId> = self.children(node).into_iter().map(|c| self.expr(c)).collect();
        if let [left, right] = operands[..] {
            let mut operator = String::new();
            let text = self.text;
            self.each_child(node, |_, child| {
                if !child.is_named() {
                    operator.push_str(text.get(child.byte_range()).unwrap_or(""));
                }
            });
            let operator = operator.split_whitespace().collect::<Vec<&str>>().join(" ");
            if let (Some(a), Some(b)) = (self.b.constant(left), self.b.constant(right))
                && let Some(result) = fold::comparison(&operator, a, b)
            {
                return self.constant(Const::Bool(result), node);
            }
            let op = match operator.as_str() {
                "==" | "is" => Some(CompareOp::Eq),
                "!=" | "<>" | "is not" => Some(CompareOp::Ne),
                "in" => Some(CompareOp::In),
                "not in" => Some(CompareOp::NotIn),
                _ => None,
            };
            if let Some(op) = op {
                return self.b.add(Op::Compare { op, left, right }, span(node));
            }
        }
        self.b.add(Op::Test, span(node))
    }

    /// `not x`.
    pub fn not(&mut self, node: Node<'t>) -> ValueId {
        let Some(argument) = field(node, SYNTAX.field.argument) else { return self.effects(node) };
        let value = self.expr(argument);
        match self.b.truth(value) {
            Some(truth) => self.constant(Const::Bool(!truth), node),
            None => self.b.add(Op::Not(value), span(node)),
        }
    }

    /// `-x`, `+x`, `~x`: of numbers mostly; otherwise the content stays.
    pub fn unary(&mut self, node: Node<'t>) -> ValueId {
        let Some(argument) = field(node, SYNTAX.field.argument) else { return self.effects(node) };
        let value = self.expr(argument);
        let operator = field(node, SYNTAX.field.operator).map_or("", |o| self.source(o));
        let folded = match (operator, self.b.constant(value)) {
            ("-", Some(Const::Int(i))) => i.checked_neg(),
            ("+", Some(Const::Int(i))) => Some(*i),
            ("~", Some(Const::Int(i))) => Some(!*i),
            _ => None,
        };
        folded.map_or(value, |i| self.constant(Const::Int(i), node))
    }
}
