//! Lowers TypeScript, TSX and JavaScript.
//!
//! One walk over the syntax tree. Bodies of top-level functions and of methods wait until the module body is
//! complete, so that they see every module variable; closures are lowered where they are created, so that what
//! they capture has the value it has there.

mod chains;
mod classes;
mod functions;
mod grammar;
mod hoist;
mod jsx;
mod known;
mod literals;
mod loops;
mod modules;
mod newer;
mod operators;
mod patterns;
mod statements;
mod types;
mod values;

use crate::ir::*;
use crate::lang::builder::Builder;
use crate::language::Language;
use crate::text::FileId;
use functions::{Body, Frame};
use grammar::{Field, Grammar, Kind};
use hoist::Hoisted;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use tree_sitter::{Node, Parser, Tree, TreeCursor};
use ustr::ustr;

/// Lowers one file, as far as it goes: syntax errors and excessive nesting leave gaps that the module tells of.
pub fn lower(file: FileId, language: Language, text: &str) -> Module {
    let mut builder = Builder::new(file, language, text.len());
    let Some(tree) = parse(language, text).map(|tree| newer::read(language, text, tree)) else {
        builder.module.syntax_error = Some(0);
        return builder.finish();
    };
    builder.module.syntax_error = first_error(&tree);
    let mut lowerer = Lowerer {
        b: builder,
        text,
        grammar: Grammar::of(language),
        cursor: tree.walk(),
        root: tree.root_node(),
        queue: VecDeque::new(),
        hoisted: FxHashMap::default(),
        types: FxHashMap::default(),
        frame: Frame::default(),
        label: None,
        blocks: 0,
        namespaces: Vec::new(),
        exported: FxHashMap::default(),
    };
    lowerer.b.unsettled = lowerer.assigned_outside();
    lowerer.module();
    lowerer.b.finish()
}

/// The syntax tree of a file.
pub(super) fn parse(language: Language, text: &str) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(&grammar::parser_language(language)).ok()?;
    parser.parse(text, None)
}

/// State of lowering one tree.
struct Lowerer<'t> {
    b: Builder,
    text: &'t str,
    grammar: &'static Grammar,
    cursor: TreeCursor<'t>,
    root: Node<'t>,
    /// Bodies that wait for the module body to be complete.
    queue: VecDeque<Body<'t>>,
    /// Functions and classes that got a value before their definition is reached, by node.
    hoisted: FxHashMap<usize, Hoisted>,
    /// Interfaces, type aliases and classes by name: a type may share its name with a variable.
    types: FxHashMap<Sym, ValueId>,
    /// What `this` and `super` mean here.
    frame: Frame,
    /// The label of the statement that comes next.
    label: Option<Sym>,
    /// Open blocks of the current function.
    blocks: u32,
    /// What each open `namespace` exports so far.
    namespaces: Vec<Vec<(Key, ValueId)>>,
    /// What `exports.x = …` gave each name so far.
    exported: FxHashMap<Sym, Vec<ValueId>>,
}

impl<'t> Lowerer<'t> {
    fn module(&mut self) {
        let statements = self.children(self.root);
        self.statements(&statements);
        while let Some(body) = self.queue.pop_front() {
            self.body(body);
        }
    }

    /// Whether the current point is the module body, outside of any block.
    fn at_top(&self) -> bool {
        self.b.function == FunctionId(0) && self.blocks == 0
    }

    fn kind(&self, node: Node) -> Kind {
        self.grammar.kind(node)
    }

    fn field(&self, node: Node<'t>, field: Field) -> Option<Node<'t>> {
        self.grammar.field(node, field)
    }

    fn source(&self, node: Node) -> &'t str {
        self.text.get(node.byte_range()).unwrap_or("")
    }

    fn symbol(&self, node: Node) -> Sym {
        ustr(self.source(node))
    }

    /// Named children without comments.
    fn children(&mut self, node: Node<'t>) -> Vec<Node<'t>> {
        let mut found = Vec::new();
        self.cursor.reset(node);
        if self.cursor.goto_first_child() {
            loop {
                let child = self.cursor.node();
                if child.is_named() && !matches!(self.kind(child), Kind::Comment | Kind::HtmlComment) {
                    found.push(child);
                }
                if !self.cursor.goto_next_sibling() {
                    break;
                }
            }
        }
        found
    }

    /// The first named child that is no comment.
    fn first_child(&mut self, node: Node<'t>) -> Option<Node<'t>> {
        let first = node.named_child(0)?;
        match self.kind(first) {
            Kind::Comment | Kind::HtmlComment => self.children(node).first().copied(),
            _ => Some(first),
        }
    }

    /// Whether a keyword or operator stands directly in a node.
    fn has_token(&mut self, node: Node<'t>, token: &str) -> bool {
        self.cursor.reset(node);
        let mut more = self.cursor.goto_first_child();
        while more {
            let child = self.cursor.node();
            if !child.is_named() && child.kind() == token {
                return true;
            }
            more = self.cursor.goto_next_sibling();
        }
        false
    }

    fn unknown(&mut self, node: Node) -> ValueId {
        self.b.add(Op::Unknown, at(node))
    }

    fn null(&mut self, node: Node<'t>) -> ValueId {
        self.b.add(Op::Const(Const::Null), at(node))
    }
}

/// The bytes of a node.
fn at(node: Node) -> (usize, usize) {
    (node.start_byte(), node.end_byte())
}

/// The bytes of a node, as functions keep them.
fn short_at(node: Node) -> (u32, u32) {
    (node.start_byte() as u32, node.end_byte() as u32)
}

fn first_error(tree: &Tree) -> Option<u32> {
    let mut cursor = tree.walk();
    if !cursor.node().has_error() {
        return None;
    }
    loop {
        let node = cursor.node();
        if node.is_error() || node.is_missing() || !cursor.goto_first_child() {
            return Some(node.start_byte() as u32);
        }
        while !cursor.node().has_error() {
            if !cursor.goto_next_sibling() {
                return Some(node.start_byte() as u32);
            }
        }
    }
}
