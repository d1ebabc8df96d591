//! What a block knows before its first statement runs: imports, functions, classes, types and variable names.

use super::grammar::{Field, Kind};
use super::{Lowerer, at, short_at};
use crate::ir::*;
use tree_sitter::Node;
use ustr::ustr;

/// What a hoisted definition became.
#[derive(Clone, Copy)]
pub(super) enum Hoisted {
    Function(FunctionId),
    Class(ClassId),
}

impl<'t> Lowerer<'t> {
    /// Makes known what the statements of a block define.
    pub(super) fn hoist(&mut self, statements: &[Node<'t>]) {
        for statement in statements {
            if let Some(definition) = self.definition(*statement) {
                self.hoist_definition(definition, *statement);
            }
        }
    }

    /// The declaration an `export` or `declare` wraps, or the statement itself.
    pub(super) fn definition(&mut self, statement: Node<'t>) -> Option<Node<'t>> {
        match self.kind(statement) {
            Kind::Export => {
                self.field(statement, Field::Declaration).or_else(|| self.field(statement, Field::Value))
            }
            Kind::ExpressionStatement => self.first_child(statement),
            _ => Some(statement),
        }
    }

    /// The id of a hoisted definition, once.
    pub(super) fn take_hoisted(&mut self, node: Node) -> Option<Hoisted> {
        self.hoisted.remove(&node.id())
    }

    /// Makes a name known in the current block.
    pub(super) fn define_here(&mut self, name: Sym, value: ValueId) {
        match self.blocks {
            0 => self.b.define(name, value),
            _ => self.b.define_local(name, value),
        }
    }

    fn hoist_definition(&mut self, node: Node<'t>, statement: Node<'t>) {
        match self.kind(node) {
            Kind::FunctionDeclaration | Kind::GeneratorDeclaration => self.hoist_function(node),
            // Only statements of this kind are declarations; `export default function () {}` is one as well.
            Kind::FunctionExpression | Kind::GeneratorExpression if self.kind(statement) == Kind::Export => {
                self.hoist_function(node);
            }
            Kind::ClassDeclaration | Kind::AbstractClass => self.hoist_class(node),
            Kind::Lexical | Kind::Variable => {
                for declarator in self.children(node) {
                    if let Some(name) = self.field(declarator, Field::Name) {
                        self.predeclare(name);
                    }
                }
            }
            Kind::Enum | Kind::Namespace | Kind::Module => {
                if let Some(name) = self.field(node, Field::Name)
                    && self.kind(name) == Kind::Identifier
                {
                    self.b.predeclare(self.symbol(name));
                }
            }
            Kind::Interface => self.hoist_type(node),
            Kind::TypeAlias => self.hoist_type(node),
            Kind::Import => self.import_statement(node),
            Kind::ImportAlias => {
                if let Some(name) = self.first_child(node) {
                    self.b.predeclare(self.symbol(name));
                }
            }
            Kind::Ambient => self.hoist_ambient(node),
            _ => {}
        }
    }

    fn hoist_function(&mut self, node: Node<'t>) {
        let name = self.field(node, Field::Name);
        let symbol = name.map_or_else(|| ustr("default"), |n| self.symbol(n));
        let id = self.b.add_function(symbol, short_at(node), short_at(name.unwrap_or(node)), None);
        let value = self.b.add(Op::Function(id), name.map_or(at(node), at));
        self.hoisted.insert(node.id(), Hoisted::Function(id));
        if name.is_some() {
            self.define_here(symbol, value);
        }
    }

    fn hoist_class(&mut self, node: Node<'t>) {
        let name = self.field(node, Field::Name);
        let symbol = name.map_or_else(|| ustr("default"), |n| self.symbol(n));
        let id = self.b.add_class(symbol, at(node), at(name.unwrap_or(node)));
        let value = self.b.class_mut(id).value;
        self.hoisted.insert(node.id(), Hoisted::Class(id));
        if name.is_some() {
            self.types.insert(symbol, value);
            self.define_here(symbol, value);
        }
    }

    fn hoist_type(&mut self, node: Node<'t>) {
        let Some(name) = self.field(node, Field::Name) else { return };
        let symbol = self.symbol(name);
        let id = self.b.add_class(symbol, at(node), at(name));
        let value = self.b.class_mut(id).value;
        self.hoisted.insert(node.id(), Hoisted::Class(id));
        self.types.entry(symbol).or_insert(value);
    }

    /// Of `declare …` only types count: there are no bodies to lower.
    fn hoist_ambient(&mut self, node: Node<'t>) {
        for inner in self.children(node) {
            match self.kind(inner) {
                Kind::Interface | Kind::TypeAlias => self.hoist_type(inner),
                Kind::ClassDeclaration | Kind::AbstractClass => self.hoist_class(inner),
                _ => {}
            }
        }
    }

    /// Announces the names of a binding pattern.
    fn predeclare(&mut self, pattern: Node<'t>) {
        match self.kind(pattern) {
            Kind::Identifier | Kind::ShorthandPattern => self.b.predeclare(self.symbol(pattern)),
            _ => {
                let mut open = vec![pattern];
                while let Some(node) = open.pop() {
                    match self.kind(node) {
                        Kind::Identifier | Kind::ShorthandPattern => self.b.predeclare(self.symbol(node)),
                        Kind::PairPattern => open.extend(self.field(node, Field::Value)),
                        Kind::AssignmentPattern | Kind::ObjectAssignmentPattern => {
                            open.extend(self.field(node, Field::Left));
                        }
                        Kind::ObjectPattern | Kind::ArrayPattern | Kind::RestPattern => {
                            open.extend(self.children(node));
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}
