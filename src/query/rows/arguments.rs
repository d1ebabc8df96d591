//! Arguments of query builders: models, tables, SQL texts, column names, and objects of options.

use super::shape::{Column, Shape};
use super::{MAX_INNER, Read};
use crate::graph::Node;
use crate::ir::*;
use crate::query::origins::Origin;
use crate::query::{Ctx, Solver, State};
use crate::schema;
use ustr::ustr;

/// What stands in a query for a value that it is given.
const HOLE: &str = " NULL ";

/// What a method does with its arguments.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Role {
    /// They say what is read.
    pub(super) of: bool,
    /// They name columns that are read.
    pub(super) choose: bool,
    /// They name columns that are not.
    pub(super) drop: bool,
    /// The second one is an object of columns.
    pub(super) projected: bool,
}

impl Solver<'_> {
    #[allow(clippy::too_many_arguments)]
    pub(super) fn argument(
        &mut self,
        call: Node,
        ctx: Ctx,
        index: usize,
        arg: Arg,
        role: Role,
        read: &mut Read,
        inner: usize,
    ) {
        let value = self.unwrapped(Node { module: call.module, value: arg.value });
        if let ArgKind::Keyword(option) = arg.kind {
            self.read_option(option, value, ctx, role.drop, read);
            return;
        }
        if (role.choose || role.of)
            && let Op::Load { base, key: Key::Field(name) } = self.graph.op(value)
        {
            // `select(Patient.ssn)`, `db.select({ … }).from(t)`.
            let base = Node { module: value.module, value: *base };
            let mut of = Read::default();
            if self.model(base, ctx, &mut of, false) {
                let known = of.shapes.iter().flat_map(|s| &s.columns).any(|c| c.name == *name);
                if known {
                    read.choose(*name, *name);
                    read.shapes.extend(of.shapes);
                    return;
                }
            }
        }
        if role.of && inner < MAX_INNER && matches!(self.graph.op(value), Op::Call { .. }) {
            // `session.execute(select(Patient))`.
            self.chain(value, ctx, read, inner + 1);
        }
        if role.of {
            self.model(value, ctx, read, false);
        }
        for origin in self.origins(&State::whole(value, ctx)).iter() {
            match origin {
                Origin::Const(node) => {
                    let Op::Const(Const::Str(text)) = self.graph.op(*node) else { continue };
                    self.text(text, role, read);
                }
                Origin::Text(node, _) if role.of => {
                    let text = self.with_holes(*node);
                    self.text(&text, role, read);
                }
                Origin::Object(node, ctx) => self.object_argument(*node, *ctx, index, role, read),
                Origin::External { calls, .. } if role.of && inner < MAX_INNER => {
                    // `text("SELECT …")`, `select(Patient)` built elsewhere.
                    let made = calls.first().copied().filter(|(made, _)| *made != value && *made != call);
                    if let Some((made, ctx)) = made {
                        self.chain(made, ctx, read, inner + 1);
                    }
                }
                _ => {}
            }
        }
    }

    /// A text: an SQL query, the name of a table, or names of columns.
    fn text(&mut self, text: &str, role: Role, read: &mut Read) {
        if let Some(selection) = schema::selection(text) {
            for table in &selection.whole {
                let shapes = self.shapes_named(table);
                let known = shapes.iter().flat_map(Shape::columns).collect::<Vec<_>>();
                match selection.columns.is_empty() {
                    true => read.shapes.extend(shapes),
                    false => read.chosen.extend(known),
                }
            }
            // A table nobody declares may have any column: then only its name is known.
            if selection.whole.iter().any(|t| self.shapes_named(t).is_empty()) {
                read.tables.extend(selection.tables);
                return;
            }
            for (name, column) in selection.columns {
                read.chosen.push(Column { owners: selection.tables.clone(), ..Column::named(name, column) });
            }
            return;
        }
        if role.choose || role.drop {
            for word in text.split(',').flat_map(columns_of) {
                match (role.drop, word) {
                    (_, (_, "*" | "")) => {}
                    (false, (_, column)) if column.starts_with('-') => read.dropped.push(ustr(&column[1..])),
                    (true, (_, column)) => read.dropped.push(ustr(column)),
                    (false, (name, column)) => read.choose(ustr(name), ustr(column)),
                }
            }
        } else if role.of {
            let shapes = self.shapes_named(text);
            if shapes.is_empty() && is_word(text) {
                read.tables.push(ustr(text));
            }
            read.shapes.extend(shapes);
        }
    }

    fn object_argument(&mut self, node: Node, ctx: Ctx, index: usize, role: Role, read: &mut Read) {
        let Op::Alloc { items, kind } = self.graph.op(node) else { return };
        if role.of && index == 0 && *kind == AllocKind::List {
            // The pieces a tag gets: "sql`SELECT ssn FROM patient WHERE id = ${id}`".
            let pieces = items.iter().filter_map(|(_, value)| {
                match self.graph.op(Node { module: node.module, value: *value }) {
                    Op::Const(Const::Str(text)) => Some(text.as_str()),
                    _ => None,
                }
            });
            let text = pieces.collect::<Vec<_>>().join(HOLE);
            // Empty pieces are left out, so that the last value may be missing.
            let whole =
                [text.clone(), text + HOLE].into_iter().find(|text| schema::selection(text).is_some());
            if let Some(text) = whole {
                return self.text(&text, role, read);
            }
        }
        let columns = role.choose || role.drop || (role.projected && index == 1);
        for (key, value) in items {
            let value = Node { module: node.module, value: *value };
            match (key, kind) {
                (Key::Field(name), _) if columns => self.column_entry(*name, value, ctx, role.drop, read),
                (Key::Field(name), _) => self.read_option(*name, value, ctx, false, read),
                (_, AllocKind::List | AllocKind::Tuple | AllocKind::Set) if columns => {
                    if let Op::Const(Const::Str(text)) = self.graph.op(value) {
                        self.text(text, role, read);
                    }
                }
                _ => {}
            }
        }
    }

    /// `{ amount: t.salary }`, `{ ssn: 0 }`, `{ name: true }`.
    fn column_entry(&mut self, name: Sym, value: Node, ctx: Ctx, drop: bool, read: &mut Read) {
        let value = self.unwrapped(value);
        match self.graph.op(value) {
            Op::Const(Const::Bool(false) | Const::Int(0)) => read.dropped.push(name),
            Op::Const(Const::Bool(true) | Const::Int(1)) if drop => read.dropped.push(name),
            Op::Const(Const::Str(column)) => read.choose(name, *column),
            Op::Load { key: Key::Field(column), .. } => read.choose(name, *column),
            _ => {
                let mut whole = Read::default();
                match self.model(value, ctx, &mut whole, false) {
                    true => read.chosen.extend(whole.shapes.iter().flat_map(Shape::columns)),
                    false => read.choose(name, name),
                }
            }
        }
    }

    /// One option of a read: `select: { … }`, `omit: { … }`, `include: { … }`, `attributes: […]`.
    fn read_option(&mut self, option: Sym, value: Node, ctx: Ctx, drops: bool, read: &mut Read) {
        let words = &self.rules.data.rows.query;
        let is = |list: &[String]| list.iter().any(|m| m == option.as_str());
        // `frame.drop(columns=["ssn"])`: the method says what its option means.
        let (choose, drop) = match drops {
            true => (false, is(&words.choose_options)),
            false => (is(&words.choose_options), is(&words.drop_options)),
        };
        let include = is(&words.include_options);
        if !(choose || drop || include) {
            return;
        }
        for origin in self.origins(&State::whole(value, ctx)).iter() {
            let Origin::Object(node, ctx) = origin else { continue };
            let Op::Alloc { items, .. } = self.graph.op(*node) else { continue };
            for (key, value) in items {
                let value = Node { module: node.module, value: *value };
                let off = matches!(self.graph.op(value), Op::Const(Const::Bool(false) | Const::Int(0)));
                match (key, self.graph.op(value)) {
                    (Key::Field(name), _) if include && !off => read.included.push((*name, value, *ctx)),
                    (Key::Field(name), Op::Alloc { .. }) if choose => {
                        read.included.push((*name, value, *ctx));
                        read.choose(*name, *name);
                    }
                    (Key::Field(name), _) if drop && !off => read.dropped.push(*name),
                    (Key::Field(name), _) if choose && !off => read.choose(*name, *name),
                    (Key::Field(name), _) if choose => read.dropped.push(*name),
                    (_, Op::Const(Const::Str(name))) if choose => read.choose(*name, *name),
                    (_, Op::Const(Const::Str(name))) if drop => read.dropped.push(*name),
                    (_, Op::Const(Const::Str(name))) if include => read.included.push((*name, value, *ctx)),
                    _ => {}
                }
            }
        }
    }

    /// The columns of a relation that comes along, as its own options leave them.
    pub(super) fn related(
        &mut self,
        relation: Sym,
        options: Node,
        ctx: Ctx,
        of: &[Shape],
        depth: usize,
    ) -> Vec<Column> {
        let mut own = Read::default();
        if let Op::Alloc { items, .. } = self.graph.op(options) {
            for (key, value) in items {
                if let Key::Field(option) = key {
                    self.read_option(
                        *option,
                        Node { module: options.module, value: *value },
                        ctx,
                        false,
                        &mut own,
                    );
                }
            }
        }
        let declared = of.iter().flat_map(|s| &s.columns).find(|c| c.name == relation).map(|c| c.kind);
        let wanted = declared.filter(|kind| !kind.is_empty()).unwrap_or(relation);
        own.shapes = self.shapes_named(&wanted);
        let mut columns: Vec<Column> = match own.chosen.is_empty() {
            true => own.shapes.iter().flat_map(Shape::columns).collect(),
            false => super::completed(&own),
        };
        columns.retain(|c| !own.dropped.contains(&c.name));
        if depth < MAX_INNER {
            for (relation, options, ctx) in std::mem::take(&mut own.included) {
                columns.extend(self.related(relation, options, ctx, &own.shapes, depth + 1));
            }
        }
        columns
    }

    /// A text put together, with its holes as values.
    fn with_holes(&self, node: Node) -> String {
        match self.graph.op(node) {
            Op::Text(parts) => parts
                .iter()
                .map(|part| match part {
                    Part::Literal(text) => text.as_str(),
                    Part::Value(_) => HOLE,
                })
                .collect(),
            _ => String::new(),
        }
    }
}

impl Read {
    pub(super) fn choose(&mut self, name: Sym, column: Sym) {
        self.chosen.push(Column::named(name, column));
    }
}

/// The columns of one part of a list: `id`, `name -ssn`, `patient:ssn`, `ssn as number`, as name and column.
fn columns_of(part: &str) -> Vec<(&str, &str)> {
    let words: Vec<&str> = part.split([' ', '(', ')', '\n', '\t']).filter(|w| !w.is_empty()).collect();
    match words[..] {
        [column, as_, name] if as_.eq_ignore_ascii_case("as") => vec![(name, bare(column))],
        _ => words
            .into_iter()
            .map(|word| match word.split_once(':') {
                Some((name, column)) => (name, column),
                None => (bare(word), bare(word)),
            })
            .collect(),
    }
}

/// A column without its table.
fn bare(column: &str) -> &str {
    column.rsplit('.').next().unwrap_or(column).trim_start_matches('+')
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'))
}
