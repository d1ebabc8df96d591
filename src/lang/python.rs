//! Lowers Python.
//!
//! One walk over the syntax tree, top to bottom; the bodies of functions and methods that are not closures wait until
//! the module body is complete, because they run after it. Lowering never fails: what the grammar could not make
//! sense of is searched for expressions, so that a call next to a syntax error is still seen.

mod annotations;
mod assign;
mod calls;
mod chains;
mod classes;
mod collections;
mod control;
mod expressions;
mod fold;
mod format;
mod functions;
mod imports;
mod operators;
mod patterns;
mod statements;
mod strings;
mod syntax;

use crate::ir::*;
use crate::lang::builder::Builder;
use crate::language::Language;
use crate::text::FileId;
use functions::Deferred;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;
use syntax::{Kind, SYNTAX, kind, span};
use tree_sitter::{Node, Parser, Tree, TreeCursor};
use ustr::ustr;

/// Lowers one file. Never fails: syntax errors are marked in the module and lowered as far as they go.
pub fn lower(file: FileId, text: &str) -> Module {
    let builder = Builder::new(file, Language::Python, text.len());
    let Some(tree) = parse(text) else {
        let mut module = builder.finish();
        module.syntax_error = Some(0);
        return module;
    };
    let root = tree.root_node();
    let mut lowerer = Lowerer {
        b: builder,
        text,
        cursors: Vec::new(),
        queue: VecDeque::new(),
        scopes: vec![Scope::default()],
        breaks: Vec::new(),
        written: written_globals(text),
        errors: FxHashSet::default(),
        caught: Vec::new(),
    };
    lowerer.block(root);
    lowerer.deferred_bodies();
    lowerer.b.module.syntax_error = first_error(root);
    lowerer.b.finish()
}

/// What is known while a file is being lowered.
struct Lowerer<'t> {
    b: Builder,
    text: &'t str,
    /// Spare cursors: making one allocates.
    cursors: Vec<TreeCursor<'t>>,
    /// Bodies that run after the module body.
    queue: VecDeque<Deferred<'t>>,
    /// Functions and classes around the current point, innermost last; the first is the module.
    scopes: Vec<Scope>,
    /// For each loop of the current function, whether a `break` was seen.
    breaks: Vec<bool>,
    /// Module variables that functions assign.
    written: FxHashSet<Sym>,
    /// Parts of syntax errors that were lowered, by node.
    errors: FxHashSet<usize>,
    /// For each handler around the current point, what it caught: what a bare `raise` throws.
    caught: Vec<ValueId>,
}

/// What the names assigned in a function or class body belong to.
#[derive(Default)]
struct Scope {
    globals: FxHashSet<Sym>,
    nonlocals: FxHashSet<Sym>,
    /// The method around: its class and its first parameter.
    receiver: Option<(ClassId, ValueId)>,
    /// Set in a class body.
    class: Option<ClassScope>,
}

/// The fields of a class body, in source order, with the place of each name among them.
struct ClassScope {
    id: ClassId,
    fields: Vec<Field>,
    index: FxHashMap<Sym, usize>,
}

impl<'t> Lowerer<'t> {
    /// The source of a node.
    fn source(&self, node: Node<'t>) -> &'t str {
        self.text.get(node.start_byte()..node.end_byte()).unwrap_or("")
    }

    /// A name as written.
    fn sym(&self, node: Node<'t>) -> Sym {
        ustr(self.source(node))
    }

    /// The named children of a node without comments, and without what the grammar could not place: see
    /// [`Lowerer::leftovers`].
    fn children(&mut self, node: Node<'t>) -> Vec<Node<'t>> {
        let mut children = Vec::new();
        self.each_child(node, |_, child| {
            if child.is_named() && !matches!(kind(child), Kind::Comment | Kind::Error) {
                children.push(child);
            }
        });
        children
    }

    /// The named children of a node without comments.
    fn all_children(&mut self, node: Node<'t>) -> Vec<Node<'t>> {
        let mut children = Vec::new();
        self.each_child(node, |_, child| {
            if child.is_named() && kind(child) != Kind::Comment {
                children.push(child);
            }
        });
        children
    }

    /// The children of a node in one of its fields.
    fn children_in(&mut self, node: Node<'t>, field: u16) -> Vec<Node<'t>> {
        let mut children = Vec::new();
        self.each_child(node, |id, child| {
            if id == field {
                children.push(child);
            }
        });
        children
    }

    /// Visits every child, with the number of its field (0 for none).
    fn each_child(&mut self, node: Node<'t>, mut visit: impl FnMut(u16, Node<'t>)) {
        let mut cursor = match self.cursors.pop() {
            Some(mut cursor) => {
                cursor.reset(node);
                cursor
            }
            None => node.walk(),
        };
        if cursor.goto_first_child() {
            loop {
                visit(cursor.field_id().map_or(0, |id| id.get()), cursor.node());
                if !cursor.goto_next_sibling() {
                    break;
                }
            }
        }
        self.cursors.push(cursor);
    }

    fn unknown(&mut self, node: Node<'t>) -> ValueId {
        self.b.add(Op::Unknown, span(node))
    }

    fn constant(&mut self, constant: Const, node: Node<'t>) -> ValueId {
        self.b.add(Op::Const(constant), span(node))
    }

    fn load(&mut self, base: ValueId, key: Key, span: (usize, usize)) -> ValueId {
        self.b.add(Op::Load { base, key }, span)
    }
}

/// The syntax tree of a file.
pub(super) fn parse(text: &str) -> Option<Tree> {
    let mut parser = Parser::new();
    parser.set_language(&SYNTAX.language).ok()?;
    parser.parse(text, None)
}

/// The names in `global` statements. Read from the text: they must be known before the functions are looked at.
fn written_globals(text: &str) -> FxHashSet<Sym> {
    let statements = text.lines().filter_map(|line| line.trim_start().strip_prefix("global "));
    statements.flat_map(|names| names.split(',')).map(|name| ustr(name.trim())).collect()
}

/// Where the first syntax error starts.
fn first_error(root: Node<'_>) -> Option<u32> {
    if !root.has_error() {
        return None;
    }
    let mut cursor = root.walk();
    loop {
        let node = cursor.node();
        if node.is_error() || node.is_missing() {
            return Some(node.start_byte() as u32);
        }
        let descends = node.has_error() && cursor.goto_first_child();
        if !descends && !cursor.goto_next_sibling() {
            return Some(node.start_byte() as u32);
        }
    }
}
