//! What is known while lowering: constants that decide a branch.

use super::Lowerer;
use super::grammar::{Field, Kind};
use crate::ir::*;
use rustc_hash::FxHashSet;
use tree_sitter::{Node, TreeCursor};
use ustr::ustr;

impl<'t> Lowerer<'t> {
    /// The constant a value is.
    pub(super) fn known(&self, value: ValueId) -> Option<Const> {
        self.b.constant(value).cloned()
    }

    /// Whether a value is known to be true or false, and may be relied on to leave out a branch.
    pub(super) fn truth(&mut self, value: ValueId) -> Option<bool> {
        match self.settled(value)? {
            Const::Bool(b) => Some(b),
            Const::Int(i) => Some(i != 0),
            Const::Null => Some(false),
            Const::Str(s) => Some(!s.is_empty()),
            Const::Other(_) => None,
        }
    }

    /// Whether `a` stands in `a || b` or `a ?? b`.
    pub(super) fn stands(&mut self, operator: &str, value: ValueId) -> Option<bool> {
        match &self.b.module.inst(value).op {
            Op::Alloc { .. } | Op::Function(_) | Op::Class(_) => return Some(true),
            Op::Text(_) | Op::Compare { .. } | Op::Not(_) | Op::Test if operator == "??" => {
                return Some(true);
            }
            _ => {}
        }
        match operator {
            "||" => self.truth(value),
            _ => self.settled(value).map(|c| c != Const::Null),
        }
    }

    /// The constant a value is, unless it went through a variable that a function may assign behind our back.
    pub(super) fn settled(&mut self, value: ValueId) -> Option<Const> {
        let constant = self.known(value)?;
        let mut at = value;
        while let Op::Bind { name, value } = self.b.module.inst(at).op {
            if self.b.unsettled.contains(&name) {
                return None;
            }
            at = value;
        }
        Some(constant)
    }

    /// Names that some function assigns without declaring them. Looked up without regard to scope: a name too many
    /// only means that a branch is kept.
    pub(super) fn assigned_outside(&self) -> FxHashSet<Sym> {
        let mut found = FxHashSet::default();
        let mut cursor = self.root.walk();
        let mut functions: Vec<Names> = vec![Names::default()];
        loop {
            let node = cursor.node();
            if self.is_function(node) {
                functions.push(Names::default());
            }
            if let Some(names) = functions.last_mut() {
                self.note(node, &cursor, names);
            }
            if cursor.goto_first_child() {
                continue;
            }
            loop {
                if self.is_function(cursor.node())
                    && let Some(names) = functions.pop()
                {
                    found.extend(names.assigned.difference(&names.declared).copied());
                }
                if cursor.goto_next_sibling() {
                    break;
                }
                if !cursor.goto_parent() {
                    return found;
                }
            }
        }
    }

    fn note(&self, node: Node<'t>, cursor: &TreeCursor<'t>, names: &mut Names) {
        let target = match self.kind(node) {
            Kind::Declarator => {
                if let Some(name) = self.field(node, Field::Name) {
                    names.declared.insert(self.symbol(name));
                }
                return;
            }
            Kind::Identifier if cursor.field_name() == Some("pattern") => {
                names.declared.insert(self.symbol(node));
                return;
            }
            Kind::Assignment | Kind::Augmented => self.field(node, Field::Left),
            Kind::ForIn if self.field(node, Field::Kind).is_none() => self.field(node, Field::Left),
            Kind::Update => self.field(node, Field::Argument),
            _ => return,
        };
        let Some(target) = target else { return };
        match self.kind(target) {
            Kind::Identifier => {
                names.assigned.insert(self.symbol(target));
            }
            Kind::Member | Kind::Subscript => {}
            // A pattern: any word in it may be a name.
            _ => {
                let words =
                    self.source(target).split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'));
                names.assigned.extend(words.map(ustr));
            }
        }
    }

    fn is_function(&self, node: Node) -> bool {
        matches!(
            self.kind(node),
            Kind::Arrow
                | Kind::FunctionDeclaration
                | Kind::FunctionExpression
                | Kind::GeneratorDeclaration
                | Kind::GeneratorExpression
                | Kind::Method
        )
    }
}

/// Names of one function.
#[derive(Default)]
struct Names {
    declared: FxHashSet<Sym>,
    assigned: FxHashSet<Sym>,
}
