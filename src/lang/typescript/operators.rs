//! Operators: text building, choices, tests.

use super::grammar::{Field, Kind};
use super::statements::last;
use super::{Lowerer, at};
use crate::ir::*;
use tree_sitter::Node;
use ustr::ustr;

/// What a left-nested chain of operators amounts to so far.
enum Chain {
    Value(ValueId),
    /// Operands of `+`.
    Sum(Vec<ValueId>),
    /// Alternatives of `||` or `??`, each with what was false when it was reached: of `??` too, since null is false.
    Either(Vec<(ValueId, Vec<Condition>)>),
}

impl<'t> Lowerer<'t> {
    /// Lowers `a op b op c …` from the left, in a loop: sums of thousands of terms exist.
    pub(super) fn binary(&mut self, node: Node<'t>) -> ValueId {
        let mut steps = Vec::new();
        let mut left = node;
        while self.kind(left) == Kind::Binary {
            steps.push(left);
            match self.field(left, Field::Left) {
                Some(next) => left = next,
                None => break,
            }
        }
        let first = if self.kind(left) == Kind::Binary { self.unknown(left) } else { self.expression(left) };
        let mut chain = Chain::Value(first);
        let mut previous = "";
        let mut last = node;
        while let Some(step) = steps.pop() {
            let operator = self.field(step, Field::Operator).map_or("", |o| self.source(o));
            if operator != previous {
                chain = Chain::Value(self.close(chain, last));
            }
            chain = self.step(chain, operator, step);
            previous = operator;
            last = step;
        }
        self.close(chain, node)
    }

    /// One binary operation on values.
    pub(super) fn binary_value(
        &mut self,
        operator: &str,
        left: ValueId,
        right: ValueId,
        node: Node<'t>,
    ) -> ValueId {
        match operator {
            "+" => self.sum(vec![left, right], node),
            "==" | "===" | "!=" | "!==" | "<" | ">" | "<=" | ">=" | "in" | "instanceof" => {
                let folded = self.compare(operator, left, right);
                let op = match operator {
                    "==" | "===" => Op::Compare { op: CompareOp::Eq, left, right },
                    "!=" | "!==" => Op::Compare { op: CompareOp::Ne, left, right },
                    "in" => Op::Compare { op: CompareOp::In, left, right },
                    _ => Op::Test,
                };
                self.test(folded, op, node)
            }
            _ => match self.arithmetic(operator, left, right) {
                Some(folded) => self.b.add(Op::Const(Const::Int(folded)), at(node)),
                None => self.b.add(Op::Binary { op: ustr(operator), left, right }, at(node)),
            },
        }
    }

    /// `left || right`, `left ?? right`.
    pub(super) fn either(
        &mut self,
        operator: &str,
        left: ValueId,
        right: ValueId,
        node: Node<'t>,
    ) -> ValueId {
        match self.stands(operator, left) {
            Some(true) => left,
            Some(false) => right,
            None => {
                let right = self.b.guard(right, &[(left, false)]);
                self.b.phi(vec![left, right], at(node))
            }
        }
    }

    pub(super) fn unary(&mut self, node: Node<'t>) -> ValueId {
        let Some(argument) = self.field(node, Field::Argument) else { return self.any_children(node) };
        let operator = self.field(node, Field::Operator).map_or("", |o| self.source(o));
        if operator == "delete" {
            return self.delete(argument, node);
        }
        let value = self.expression(argument);
        match operator {
            "void" => self.null(node),
            "!" => {
                let folded = self.truth(value).map(|t| !t);
                self.test(folded, Op::Not(value), node)
            }
            "-" => match self.known(value) {
                Some(Const::Int(i)) => self.b.add(Op::Const(Const::Int(i.wrapping_neg())), at(node)),
                _ => self.b.add(Op::Test, at(node)),
            },
            "+" => match self.known(value) {
                Some(Const::Int(_)) => value,
                _ => self.b.add(Op::Test, at(node)),
            },
            _ => self.b.add(Op::Test, at(node)),
        }
    }

    fn step(&mut self, chain: Chain, operator: &str, node: Node<'t>) -> Chain {
        let Some(right) = self.field(node, Field::Right) else { return chain };
        match (operator, chain) {
            ("+", Chain::Sum(mut terms)) => {
                terms.push(self.expression(right));
                Chain::Sum(terms)
            }
            ("+", Chain::Value(left)) => Chain::Sum(vec![left, self.expression(right)]),
            ("||" | "??", Chain::Either(mut values)) => {
                // The last alternative decides whether there is another one.
                let Some((latest, refused)) = values.pop() else { return Chain::Either(values) };
                let stands = self.stands(operator, latest);
                let mut conditions = last(&refused).to_vec();
                if stands.is_none() {
                    conditions.push((latest, false));
                }
                if stands != Some(false) {
                    values.push((latest, refused));
                }
                if stands != Some(true) {
                    values.push((self.conditional(right, &conditions, node), conditions));
                }
                Chain::Either(values)
            }
            ("||" | "??", Chain::Value(left)) => {
                self.step(Chain::Either(vec![(left, Vec::new())]), operator, node)
            }
            ("&&", Chain::Value(left)) => match self.truth(left) {
                Some(true) => Chain::Value(self.expression(right)),
                Some(false) => Chain::Value(left),
                None => {
                    let right = self.conditional(right, &[(left, true)], node);
                    let right = self.b.guard(right, &[(left, true)]);
                    // When the left side decides, it is falsy and carries nothing.
                    let nothing = self.null(node);
                    let nothing = self.b.guard(nothing, &[(left, false)]);
                    Chain::Value(self.b.phi(vec![nothing, right], at(node)))
                }
            },
            (_, Chain::Value(left)) => {
                let right = self.expression(right);
                Chain::Value(self.binary_value(operator, left, right, node))
            }
            (_, other) => {
                let left = self.close(other, node);
                self.step(Chain::Value(left), operator, node)
            }
        }
    }

    fn close(&mut self, chain: Chain, node: Node<'t>) -> ValueId {
        match chain {
            Chain::Value(value) => value,
            Chain::Sum(terms) => self.sum(terms, node),
            Chain::Either(values) => match values[..] {
                [(only, _)] => only,
                _ => {
                    let values =
                        values.iter().map(|(value, refused)| self.b.guard(*value, refused)).collect();
                    self.b.phi(values, at(node))
                }
            },
        }
    }

    /// An operand that is evaluated only under conditions.
    fn conditional(&mut self, operand: Node<'t>, conditions: &[Condition], node: Node<'t>) -> ValueId {
        let (value, delta) = self.arm(operand, conditions);
        self.b.merge(vec![delta], true, at(node));
        value
    }

    /// `a + b + …`: text as soon as one operand is known to be text.
    fn sum(&mut self, terms: Vec<ValueId>, node: Node<'t>) -> ValueId {
        if terms.iter().any(|t| self.is_text(*t)) {
            let mut parts = Vec::new();
            for term in terms {
                self.push_part(&mut parts, term);
            }
            return self.text(parts, node);
        }
        let mut terms = terms.into_iter();
        let Some(mut left) = terms.next() else { return self.unknown(node) };
        for right in terms {
            left = match self.arithmetic("+", left, right) {
                Some(folded) => self.b.add(Op::Const(Const::Int(folded)), at(node)),
                None => self.b.add(Op::Binary { op: ustr("+"), left, right }, at(node)),
            };
        }
        left
    }

    fn is_text(&self, value: ValueId) -> bool {
        matches!(self.b.module.inst(value).op, Op::Text(_))
            || matches!(self.b.constant(value), Some(Const::Str(_)))
    }

    /// A truth value that is known, or else what computes it.
    fn test(&mut self, folded: Option<bool>, otherwise: Op, node: Node<'t>) -> ValueId {
        let op = folded.map_or(otherwise, |truth| Op::Const(Const::Bool(truth)));
        self.b.add(op, at(node))
    }

    fn compare(&mut self, operator: &str, left: ValueId, right: ValueId) -> Option<bool> {
        let (left, right) = (self.settled(left)?, self.settled(right)?);
        match (operator, &left, &right) {
            ("===" | "!==", ..) => Some((left == right) == (operator == "===")),
            // Loose equality converts; only between like values is it simple.
            ("==" | "!=", Const::Int(_), Const::Int(_))
            | ("==" | "!=", Const::Str(_), Const::Str(_))
            | ("==" | "!=", Const::Bool(_), Const::Bool(_))
            | ("==" | "!=", Const::Null, Const::Null) => Some((left == right) == (operator == "==")),
            ("<", Const::Int(a), Const::Int(b)) => Some(a < b),
            (">", Const::Int(a), Const::Int(b)) => Some(a > b),
            ("<=", Const::Int(a), Const::Int(b)) => Some(a <= b),
            (">=", Const::Int(a), Const::Int(b)) => Some(a >= b),
            _ => None,
        }
    }

    fn arithmetic(&mut self, operator: &str, left: ValueId, right: ValueId) -> Option<i64> {
        let (Const::Int(a), Const::Int(b)) = (self.known(left)?, self.known(right)?) else { return None };
        match operator {
            "+" => a.checked_add(b),
            "-" => a.checked_sub(b),
            "*" => a.checked_mul(b),
            // Anything but an exact quotient is no integer.
            "/" if b != 0 && a.checked_rem(b) == Some(0) => a.checked_div(b),
            "%" if b != 0 => a.checked_rem(b),
            _ => None,
        }
    }
}
