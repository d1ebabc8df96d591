//! Which fields the rows of a read have: `SELECT a, b FROM t`, `prisma.patient.findMany({ select: … })`,
//! `session.query(Patient)`, `db.select().from(patients)`.
//!
//! A read is a chain of calls. Its arguments and names say which model or table is read, and which columns of it; what
//! each method means is data (`rules/data/rows.toml`). Fields of models come from [`shape`], wherever they are declared.

mod arguments;
pub mod shape;

use crate::graph::Node;
use crate::ir::*;
use crate::query::origins::Origin;
use crate::query::{Ctx, Key, Solver, State};
use arguments::Role;
use shape::{Column, Shape};

/// Calls of one chain that are looked at.
const MAX_LINKS: usize = 32;
/// Chains within arguments of chains.
const MAX_INNER: usize = 3;

/// What one read gives.
#[derive(Debug, Default)]
pub struct Rows {
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Whether it gives one row, not many.
    pub single: bool,
}

/// What was learned of a read while its chain was walked.
#[derive(Debug, Default)]
struct Read {
    /// Models and tables it reads.
    shapes: Vec<Shape>,
    /// Columns it names.
    chosen: Vec<Column>,
    /// Tables whose columns it names, of which nothing else is known.
    tables: Vec<Sym>,
    /// Columns it leaves out.
    dropped: Vec<Sym>,
    /// Relations that come along, with their options.
    included: Vec<(Sym, Node, Ctx)>,
    /// Whether it counts or adds up what it reads.
    counted: bool,
    /// Names along the chain, the one next to the method first.
    names: Vec<Sym>,
    single: bool,
}

impl Solver<'_> {
    /// The columns of the rows a call gives; `None` when nothing says which they are.
    pub fn rows(&mut self, call: Node, ctx: Ctx) -> Option<Rows> {
        if !matches!(self.graph.op(call), Op::Call { .. }) {
            return None;
        }
        let mut read = Read::default();
        self.chain(call, ctx, &mut read, 0);
        if read.shapes.is_empty() {
            let named = read.names.iter().map(|n| self.shapes_named(n)).find(|s| !s.is_empty());
            read.shapes = named.unwrap_or_default();
        }
        let mut columns: Vec<Column> = match read.chosen.is_empty() {
            true => read.shapes.iter().flat_map(Shape::columns).collect(),
            false => completed(&read),
        };
        for (relation, options, ctx) in std::mem::take(&mut read.included) {
            columns.extend(self.related(relation, options, ctx, &read.shapes, 0));
        }
        if columns.is_empty() && read.shapes.is_empty() && !read.counted {
            return None;
        }
        columns.retain(|c| !read.dropped.contains(&c.name) && !read.dropped.contains(&c.column));
        Some(Rows { columns, single: read.single })
    }

    /// Walks a chain of calls from its last one to what it starts from.
    fn chain(&mut self, last: Node, ctx: Ctx, read: &mut Read, inner: usize) {
        let graph = self.graph;
        let mut at = last;
        for _ in 0..MAX_LINKS {
            let here = |value| Node { module: at.module, value };
            match graph.op(at) {
                Op::Call { callee, .. } => {
                    let callee = self.unwrapped(here(*callee));
                    match graph.op(callee) {
                        Op::Load { base, key: Key::Field(name) } => {
                            self.link(at, ctx, *name, read, inner);
                            at = here(*base);
                        }
                        _ => {
                            if let Some(name) = self.called(at) {
                                self.link(at, ctx, name, read, inner);
                            }
                            return self.start(callee, ctx, read, inner);
                        }
                    }
                }
                Op::After { value, call, slot: Slot::Receiver } => {
                    if let Op::Call { callee, .. } = graph.op(here(*call))
                        && let Op::Load { key: Key::Field(name), .. } = graph.op(here(*callee))
                        && self.rules.data.rows.query.of.iter().any(|m| m == name.as_str())
                        && last != here(*call)
                    {
                        // `cursor.execute("SELECT …"); cursor.fetchall()`: the newest statement decides.
                        if read.chosen.is_empty() && read.shapes.is_empty() {
                            self.link(here(*call), ctx, *name, read, inner);
                        }
                    }
                    at = here(*value);
                }
                Op::Bind { value, .. }
                | Op::Guarded { value, .. }
                | Op::After { value, .. }
                | Op::Store { base: value, .. }
                | Op::Delete { base: value, .. }
                | Op::Load { base: value, key: Key::Each | Key::Any | Key::Index(_) | Key::Enter } => {
                    at = here(*value);
                }
                Op::Load { base, key: Key::Field(name) } => {
                    if self.model(at, ctx, read, true) {
                        return;
                    }
                    let holders = &self.rules.data.rows.query.holders;
                    match self.is_read(here(*base)) {
                        // `frame["ward"].tolist()`: one column of what was read.
                        true if holders.iter().all(|h| h != name.as_str()) => read.choose(*name, *name),
                        _ => read.names.push(*name),
                    }
                    at = here(*base);
                }
                Op::Load { base, key: Key::Value(value) } => {
                    let chosen = self.names_of(State::whole(here(*value), ctx));
                    chosen.into_iter().for_each(|name| read.choose(name, name));
                    at = here(*base);
                }
                Op::Phi(values) => match values.first() {
                    Some(value) if *value < at.value => at = here(*value),
                    _ => return,
                },
                _ => return self.start(at, ctx, read, inner),
            }
        }
    }

    /// What a chain starts from: a model, a table, or the calls behind a client made elsewhere.
    fn start(&mut self, at: Node, ctx: Ctx, read: &mut Read, inner: usize) {
        let typed = matches!(self.graph.op(at), Op::Param { .. });
        if self.model(at, ctx, read, typed) || inner >= MAX_INNER {
            return;
        }
        for origin in self.origins(&State::whole(at, ctx)).iter() {
            let Origin::External { path, calls, .. } = origin else { continue };
            let names: Vec<&str> =
                path.split("()").map(|s| s.rsplit(['.', '/']).next().unwrap_or(s)).collect();
            for ((call, ctx), name) in calls.iter().zip(names).rev() {
                self.link(*call, *ctx, ustr::ustr(name), read, inner + 1);
            }
        }
    }

    /// Whether a value is a model or a table; then it is read.
    fn model(&mut self, at: Node, ctx: Ctx, read: &mut Read, typed: bool) -> bool {
        let origins = self.origins(&State::whole(at, ctx));
        let outside = origins.iter().any(|o| matches!(o, Origin::External { .. }));
        let mut found = false;
        for origin in origins.iter() {
            let shape = match origin {
                Origin::Class(class) => self.class_shape(*class),
                // `Repository<Patient>`: the other type it mentions is what it holds.
                Origin::Instance(class, None)
                    if typed && outside && self.external_bases(*class).is_empty() =>
                {
                    self.class_shape(*class)
                }
                Origin::External { path, calls, .. } => {
                    match self.made_shape(self.graph.module(at).language, path, calls) {
                        Some(shape) => shape,
                        None => continue,
                    }
                }
                _ => continue,
            };
            if !shape.columns.is_empty() && !read.shapes.contains(&shape) {
                read.shapes.push(shape);
            }
            found = true;
        }
        found
    }

    /// One call of the chain: what its arguments say.
    fn link(&mut self, call: Node, ctx: Ctx, method: Sym, read: &mut Read, inner: usize) {
        let words = &self.rules.data.rows.query;
        let is = |list: &[String]| list.iter().any(|m| m == method.as_str());
        read.single |= is(&words.single);
        read.counted |= is(&words.aggregates);
        let role = Role {
            of: is(&words.of),
            choose: is(&words.choose),
            drop: is(&words.drop),
            projected: is(&words.projected),
        };
        let Op::Call { args, .. } = self.graph.op(call) else { return };
        for (i, arg) in args.iter().enumerate() {
            self.argument(call, ctx, i, *arg, role, read, inner);
        }
    }

    /// The name a function is called by, where it is no method.
    fn called(&self, call: Node) -> Option<Sym> {
        let Op::Call { callee, .. } = self.graph.op(call) else { return None };
        match self.graph.op(Node { module: call.module, value: *callee }) {
            Op::Global(name) | Op::Variable(name) | Op::Bind { name, .. } => Some(*name),
            Op::Import(i) => match self.graph.import(call.module, *i).0.name {
                ImportName::Named(name) => Some(name),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether a value is the result of a method that reads rows.
    fn is_read(&self, at: Node) -> bool {
        let at = self.unwrapped(at);
        let Op::Call { callee, .. } = self.graph.op(at) else { return false };
        match self.graph.op(Node { module: at.module, value: *callee }) {
            Op::Load { key: Key::Field(name), .. } => {
                self.rules.data.rows.query.of.iter().any(|m| m == name.as_str())
            }
            _ => false,
        }
    }

    /// Names that a literal list holds.
    pub fn names_of(&mut self, list: State) -> Vec<Sym> {
        let mut names = Vec::new();
        for origin in self.origins(&list).iter() {
            let Origin::Object(node, _) = origin else { continue };
            let Op::Alloc { items, .. } = self.graph.op(*node) else { continue };
            let module = self.graph.module(*node);
            names.extend(items.iter().filter_map(|(_, value)| match module.inst(*value).op {
                Op::Const(Const::Str(name)) => Some(name),
                _ => None,
            }));
        }
        names
    }

    fn unwrapped(&self, mut node: Node) -> Node {
        for _ in 0..8 {
            match self.graph.op(node) {
                Op::Bind { value, .. } | Op::Guarded { value, .. } => {
                    node = Node { module: node.module, value: *value };
                }
                _ => break,
            }
        }
        node
    }
}

/// Named columns with what their tables say of them, and tables that own them.
fn completed(read: &Read) -> Vec<Column> {
    let mut owners: Vec<Sym> = read.shapes.iter().flat_map(|s| s.names.iter().copied()).collect();
    owners.extend(&read.tables);
    owners.dedup();
    let all = read.shapes.iter().flat_map(|s| &s.columns);
    let declared: Vec<&Column> = all.collect();
    read.chosen
        .iter()
        .map(|chosen| {
            let known = declared.iter().find(|c| c.name == chosen.column || c.column == chosen.column);
            let mut column = chosen.clone();
            if let Some(known) = known {
                column.column = known.column;
                column.flag = known.flag;
                column.declared = known.name;
            }
            if column.owners.is_empty() {
                column.owners.clone_from(&owners);
            }
            column
        })
        .collect()
}
