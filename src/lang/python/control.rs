//! Branches, loops and exceptions.

use super::Lowerer;
use super::syntax::{Kind, SYNTAX, field, kind, span};
use crate::ir::*;
use crate::lang::builder::Delta;
use tree_sitter::Node;

impl<'t> Lowerer<'t> {
    /// `if`/`elif`/`else`. The chain is flat in the tree, and the conditions are lowered in one scope.
    pub fn if_(&mut self, node: Node<'t>) {
        let mut branches: Vec<Delta> = Vec::new();
        let mut fallthrough = true;
        // What was false when the next clause is looked at; the builder keeps the last few.
        let mut refused: Vec<Condition> = Vec::new();
        for clause in self.clauses(node) {
            let condition = clause.condition.map(|c| self.expr(c));
            let decided = condition.map_or(Some(true), |c| self.b.truth(c));
            if decided == Some(false) {
                continue;
            }
            let is_last = decided == Some(true);
            if is_last && branches.is_empty() {
                self.body(clause.body);
                return;
            }
            self.b.push_branch();
            for (condition, truth) in last(&refused) {
                self.b.assume(*condition, *truth);
            }
            if let Some(condition) = condition.filter(|_| !clause.is_assumed) {
                self.b.assume(condition, true);
                refused.push((condition, false));
            }
            self.body(clause.body);
            branches.push(self.b.pop_branch());
            if is_last || clause.is_assumed {
                fallthrough = false;
            }
            if is_last {
                break;
            }
        }
        if fallthrough {
            branches.push(self.b.otherwise(last(&refused)));
        }
        self.b.merge(branches, false, span(node));
    }

    /// `for`, with its `else`.
    pub fn for_(&mut self, node: Node<'t>) {
        let iterable = match field(node, SYNTAX.field.right) {
            Some(right) => self.expr(right),
            None => self.unknown(node),
        };
        self.b.push_loop();
        self.breaks.push(false);
        if let Some(left) = field(node, SYNTAX.field.left) {
            let each = self.load(iterable, Key::Each, span(left));
            self.assign_target(left, each);
        }
        self.body(field(node, SYNTAX.field.body));
        self.b.pop_loop(false, span(node));
        self.loop_else(node);
    }

    /// `while`, with its `else`.
    pub fn while_(&mut self, node: Node<'t>) {
        self.b.push_loop();
        self.breaks.push(false);
        let condition = field(node, SYNTAX.field.condition).map(|c| self.expr(c));
        let decided = condition.and_then(|c| self.b.truth(c));
        if decided != Some(false) {
            if let Some(condition) = condition {
                self.b.assume(condition, true);
            }
            self.body(field(node, SYNTAX.field.body));
        }
        self.b.pop_loop(decided == Some(true), span(node));
        self.loop_else(node);
    }

    /// The `else` of a loop runs unless the loop was left by `break`.
    fn loop_else(&mut self, node: Node<'t>) {
        let has_break = self.breaks.pop().unwrap_or(false);
        let Some(clause) = field(node, SYNTAX.field.alternative) else { return };
        if !has_break {
            self.statement(clause);
            return;
        }
        if !self.b.is_dead() {
            self.b.push_branch();
            self.statement(clause);
            let delta = self.b.pop_branch();
            self.b.merge(vec![delta], true, span(clause));
        }
    }

    /// `try`: handlers start from what the body may have done; `else` follows the body.
    pub fn try_(&mut self, node: Node<'t>) {
        let (mut handlers, mut otherwise, mut finally) = (Vec::new(), None, None);
        for child in self.children(node) {
            match kind(child) {
                Kind::ExceptClause => handlers.push(child),
                Kind::ElseClause => otherwise = Some(child),
                Kind::FinallyClause => finally = Some(child),
                _ => {}
            }
        }
        self.b.push_try();
        self.body(field(node, SYNTAX.field.body));
        let (body, thrown) = self.b.pop_try(!handlers.is_empty());
        let mut ends = Vec::new();
        for handler in handlers {
            self.b.push_branch();
            self.b.maybe(&body, span(handler));
            self.except(handler, &thrown);
            ends.push(self.b.pop_branch());
        }
        self.b.push_branch();
        self.b.maybe(&body, span(node));
        let interrupted = self.b.pop_branch();
        self.b.push_branch();
        self.b.apply(body);
        if let Some(otherwise) = otherwise {
            self.statement(otherwise);
        }
        ends.push(self.b.pop_branch());
        let finally = finally.map(|clause| self.finally(clause, &interrupted, &ends));
        self.b.merge(ends, false, span(node));
        if let Some(finally) = finally {
            self.b.apply(finally);
        }
    }

    /// `finally` runs however the statement is left, also in the middle of it; afterwards only what it changed itself
    /// differs from a regular end.
    fn finally(&mut self, clause: Node<'t>, interrupted: &Delta, ends: &[Delta]) -> Delta {
        self.b.push_branch();
        self.b.maybe(interrupted, span(clause));
        for end in ends {
            self.b.maybe(end, span(clause));
        }
        self.b.push_branch();
        self.statement(clause);
        let changes = self.b.pop_branch();
        self.b.pop_branch();
        changes
    }

    /// The body of a `with` whose context manager swallows exceptions.
    pub fn suppressed(&mut self, body: Node<'t>) {
        self.b.push_try();
        self.block(body);
        let (done, _) = self.b.pop_try(true);
        self.b.push_branch();
        self.b.maybe(&done, span(body));
        let interrupted = self.b.pop_branch();
        self.b.merge(vec![done, interrupted], false, span(body));
    }

    fn except(&mut self, clause: Node<'t>, thrown: &[ValueId]) {
        let caught = self.b.add(Op::Caught(thrown.into()), (clause.start_byte(), clause.start_byte()));
        for value in self.children_in(clause, SYNTAX.field.value) {
            let is_alias = kind(value) == Kind::AsPattern;
            let inner = if is_alias { self.children(value).first().copied() } else { Some(value) };
            if let Some(inner) = inner.filter(|i| i.is_named()) {
                self.expr(inner);
            }
            if is_alias && let Some(alias) = field(value, SYNTAX.field.alias) {
                self.assign_target(alias, caught);
            }
        }
        if let Some(alias) = field(clause, SYNTAX.field.alias) {
            self.assign_target(alias, caught);
        }
        self.caught.push(caught);
        for child in self.children(clause) {
            if kind(child) == Kind::Block {
                self.block(child);
            }
        }
        self.caught.pop();
    }

    fn body(&mut self, body: Option<Node<'t>>) {
        if let Some(body) = body {
            self.block(body);
        }
    }

    fn clauses(&mut self, node: Node<'t>) -> Vec<Clause<'t>> {
        let mut clauses = vec![self.clause(node)];
        for child in self.children(node) {
            match kind(child) {
                Kind::ElifClause => clauses.push(self.clause(child)),
                Kind::ElseClause => {
                    let body = field(child, SYNTAX.field.body);
                    clauses.push(Clause { condition: None, body, is_assumed: false });
                }
                _ => {}
            }
        }
        clauses
    }

    fn clause(&self, node: Node<'t>) -> Clause<'t> {
        let condition = field(node, SYNTAX.field.condition);
        let text = condition.map_or("", |c| self.source(c));
        // Both are written for a reader of the file as if they held.
        let is_main = text.starts_with("__name__") && text.contains("__main__") && text.contains("==");
        let is_assumed = is_main || matches!(text, "TYPE_CHECKING" | "typing.TYPE_CHECKING");
        Clause { condition, body: field(node, SYNTAX.field.consequence), is_assumed }
    }
}

/// The conditions that were met last: as many as a guard lists besides that of its own branch.
pub fn last(conditions: &[Condition]) -> &[Condition] {
    &conditions[conditions.len().saturating_sub(4)..]
}

/// One arm of an `if`.
struct Clause<'t> {
    /// `None` for `else`.
    condition: Option<Node<'t>>,
    body: Option<Node<'t>>,
    /// Whether the condition is taken to hold, though an `else` is still looked at.
    is_assumed: bool,
}
