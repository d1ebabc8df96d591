//! Loops.

use super::grammar::{Field, Kind};
use super::patterns::Target;
use super::{Lowerer, at};
use crate::ir::*;
use tree_sitter::Node;

impl<'t> Lowerer<'t> {
    pub(super) fn for_statement(&mut self, node: Node<'t>) {
        let label = self.label.take();
        self.b.push_branch();
        self.blocks += 1;
        if let Some(initializer) = self.field(node, Field::Initializer) {
            self.block_in_place(initializer);
        }
        self.b.push_labelled_loop(label);
        let condition = self.field(node, Field::Condition);
        let truth = match condition {
            Some(condition) if self.kind(condition) != Kind::Empty => self.condition(condition),
            _ => Some(true),
        };
        if truth != Some(false) {
            self.loop_body(node);
            if let Some(increment) = self.field(node, Field::Increment) {
                self.after_body(increment);
            }
        }
        self.b.pop_loop(truth == Some(true), at(node));
        self.blocks -= 1;
        let scope = self.b.pop_branch();
        self.b.apply(scope);
    }

    pub(super) fn for_in(&mut self, node: Node<'t>) {
        let label = self.label.take();
        let Some(right) = self.field(node, Field::Right) else {
            self.any_children(node);
            return;
        };
        let base = self.expression(right);
        let is_of = self.field(node, Field::Operator).is_some_and(|o| self.source(o) == "of");
        self.b.push_labelled_loop(label);
        self.blocks += 1;
        if let Some(left) = self.field(node, Field::Left) {
            let element = match is_of {
                true => self.b.add(Op::Load { base, key: Key::Each }, at(left)),
                false => self.unknown(left),
            };
            let target = match self.field(node, Field::Kind).map(|k| self.source(k)) {
                Some("var") => Target::Var,
                Some(_) => Target::Let,
                None => Target::Assign,
            };
            self.bind(left, element, target);
        }
        self.loop_body(node);
        self.blocks -= 1;
        self.b.pop_loop(false, at(node));
    }

    pub(super) fn while_statement(&mut self, node: Node<'t>) {
        let label = self.label.take();
        self.b.push_labelled_loop(label);
        self.blocks += 1;
        let truth = self.field(node, Field::Condition).and_then(|c| self.condition(c));
        if truth != Some(false) {
            self.loop_body(node);
        }
        self.blocks -= 1;
        self.b.pop_loop(truth == Some(true), at(node));
    }

    pub(super) fn do_statement(&mut self, node: Node<'t>) {
        let label = self.label.take();
        self.b.push_labelled_loop(label);
        self.blocks += 1;
        self.loop_body(node);
        let through = !self.b.is_dead() && !self.b.is_continued();
        let value = self.field(node, Field::Condition).and_then(|c| self.after_body(c));
        let truth = value.and_then(|v| self.truth(v));
        self.blocks -= 1;
        if through && truth != Some(true) {
            // The body has run when the loop ends: the only way out is here, or a `break`.
            self.b.push_branch();
            self.b.break_loop();
            let left = self.b.pop_branch();
            self.b.merge(vec![left], truth.is_none(), at(node));
        }
        self.b.pop_loop(through || truth == Some(true), at(node));
    }

    fn loop_body(&mut self, node: Node<'t>) {
        let body = self.field(node, Field::Body);
        let block = self.branch(body);
        // What follows the body is reached by `continue` too.
        let block = if self.b.is_continued() { block.unconditional() } else { block };
        self.b.apply(block);
    }

    /// What runs after the body: also reached through `continue`, so it is lowered even when the end of the body
    /// is not reached.
    fn after_body(&mut self, node: Node<'t>) -> Option<ValueId> {
        let dead = self.b.is_dead();
        if !dead {
            return Some(self.expression(node));
        }
        self.b.push_branch();
        self.expression(node);
        self.b.pop_branch();
        self.b.merge(Vec::new(), false, at(node));
        None
    }
}
