//! The fields of models, wherever they are declared: a class, a call of a schema library, a file beside the code.

use crate::graph::{ClassRef, Node};
use crate::ir::*;
use crate::language::Language;
use crate::query::origins::{Calls, Origin};
use crate::query::select::select;
use crate::query::{Ctx, Solver, State};
use ustr::ustr;

/// Schemas made of schemas.
const MAX_DEPTH: usize = 4;

/// A model, a table, an object type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// What it is called.
    pub names: Vec<Sym>,
    /// Its fields.
    pub columns: Vec<Column>,
}

/// A field of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the result.
    pub name: Sym,
    /// Its name in the model.
    pub declared: Sym,
    /// Its name in the database.
    pub column: Sym,
    /// The type's own name, where it is declared.
    pub kind: Sym,
    /// Whether it is a yes or no.
    pub flag: bool,
    /// Whether it is a relation: rows of their own, which come along only when asked for.
    pub relation: bool,
    /// Whose it is.
    pub owners: Vec<Sym>,
}

impl Column {
    /// A column of which only the name is known.
    pub fn named(name: Sym, column: Sym) -> Column {
        Column {
            name,
            declared: column,
            column,
            kind: ustr(""),
            flag: false,
            relation: false,
            owners: Vec::new(),
        }
    }
}

impl Shape {
    /// Its fields, each with whose it is; relations are rows of their own and no part of this one.
    pub fn columns(&self) -> impl Iterator<Item = Column> + '_ {
        let own = self.columns.iter().filter(|c| !c.relation);
        own.map(|c| Column { owners: self.names.clone(), ..c.clone() })
    }
}

impl Solver<'_> {
    /// The fields a class declares, its ancestors' included.
    pub fn class_shape(&mut self, class: ClassRef) -> Shape {
        let mut columns: Vec<Column> = Vec::new();
        for (c, i) in self.declared_fields(class) {
            let field = &self.graph.class(c).fields[i];
            if columns.iter().any(|known| known.name == field.name) {
                continue;
            }
            let declared = field.annotation.as_ref().map_or("", |a| a.text.as_str());
            let (renamed, flag) = match field.value {
                Some(value) => self.column_call(Node { module: c.module, value }),
                None => (None, false),
            };
            columns.push(Column {
                flag: flag || is_flag(declared),
                declared: field.name,
                ..Column::named(field.name, renamed.unwrap_or(field.name))
            });
        }
        // `type Patient = z.infer<typeof patientSchema>`: the schema is a base of the type.
        for (base, module) in self.bases(class) {
            for origin in self.origins(&State::whole(base, Ctx::ANY)).iter() {
                if let Origin::External { path, calls, .. } = origin {
                    let language = self.graph.modules[module as usize].language;
                    columns
                        .extend(self.made_shape(language, path, calls).into_iter().flat_map(|s| s.columns));
                }
            }
        }
        Shape { names: vec![self.graph.class(class).name], columns }
    }

    /// Classes of the objects that an object of this class holds and is written out with.
    pub fn held_classes(&mut self, class: ClassRef, hidden: &[Key]) -> Vec<ClassRef> {
        let mut held = Vec::new();
        for (c, i) in self.declared_fields(class) {
            let declared = self.graph.class(c);
            let field = &declared.fields[i];
            // Relations of an entity are loaded apart.
            let related = !declared.decorators.is_empty()
                && self.graph.modules[c.module as usize].language != Language::Python;
            if related || field.value.is_some() || hidden.contains(&Key::Field(field.name)) {
                continue;
            }
            let types = field.annotation.iter().flat_map(|a| a.types.iter().copied()).collect::<Vec<_>>();
            for value in types {
                for origin in self.origins(&State::whole(Node { module: c.module, value }, Ctx::ANY)).iter() {
                    if let Origin::Class(inner) = origin {
                        held.push(*inner);
                    }
                }
            }
        }
        held
    }

    fn bases(&self, class: ClassRef) -> Vec<(Node, u32)> {
        let bases = self.graph.class(class).bases.iter();
        bases.map(|b| (Node { module: class.module, value: *b }, class.module)).collect()
    }

    /// The fields of what a call of a schema library makes.
    pub fn made_shape(&mut self, language: Language, path: &str, calls: &Calls) -> Option<Shape> {
        self.made_at(language, path, calls, 0)
    }

    fn made_at(&mut self, language: Language, path: &str, calls: &Calls, depth: usize) -> Option<Shape> {
        let rules = self.rules;
        if depth > MAX_DEPTH {
            return None;
        }
        let ends: Vec<usize> = path.match_indices("()").map(|(at, _)| at + 2).collect();
        let (nth, rule) = ends
            .iter()
            .enumerate()
            .find_map(|(n, end)| Some((n, rules.data.rows.maker(language.family(), &path[..*end])?)))?;
        let (call, ctx) = calls.get(nth).copied()?;
        let mut shape = Shape::default();
        if let Some(selector) = &rule.name {
            for chosen in select(self.graph, call, selector, &[]) {
                for origin in self.origins(&chosen.within(ctx)).iter() {
                    if let Origin::Const(node) = origin
                        && let Op::Const(Const::Str(name)) = self.graph.op(*node)
                    {
                        shape.names.push(*name);
                    }
                }
            }
        }
        shape.names.extend(self.graph.names_of(call));
        // Of arguments that are fields each, the first is the name and the rest are calls.
        let named = usize::from(rule.fields == "*");
        for chosen in select(self.graph, call, &rule.fields, &[]).into_iter().skip(named) {
            let state = chosen.within(ctx);
            self.fields_in(&state, language, &mut shape, depth);
        }
        for (n, end) in ends.iter().enumerate().skip(nth + 1) {
            let method = path[ends[n - 1]..end - 2].trim_start_matches('.');
            let is = |list: &[String]| list.iter().any(|m| m == method);
            let Some((call, ctx)) = calls.get(n).copied() else { break };
            let mut own = Shape::default();
            for chosen in select(self.graph, call, "0", &[]) {
                self.fields_in(&chosen.within(ctx), language, &mut own, depth + 1);
            }
            if is(&rule.pick) {
                shape.columns.retain(|c| own.columns.iter().any(|o| o.name == c.name));
            } else if is(&rule.omit) {
                shape.columns.retain(|c| !own.columns.iter().any(|o| o.name == c.name));
            } else if is(&rule.extend) {
                shape.columns.retain(|c| !own.columns.iter().any(|o| o.name == c.name));
                shape.columns.append(&mut own.columns);
            }
        }
        Some(shape)
    }

    /// The fields that a declaration's argument lists.
    fn fields_in(&mut self, state: &State, language: Language, shape: &mut Shape, depth: usize) {
        let graph = self.graph;
        if depth > MAX_DEPTH {
            return;
        }
        if let Op::Call { args, .. } = graph.op(state.node)
            && state.keys.is_empty()
            && let Some(name) = args.first().and_then(|a| text_of(self, state.node.module, a.value))
        {
            // `Column("ssn", String)`: an argument that is a field by itself.
            let (_, flag) = self.column_call(state.node);
            shape.columns.push(Column { flag, ..Column::named(name, name) });
            return;
        }
        for origin in self.origins(state).iter() {
            match origin {
                Origin::Object(node, ctx) => self.object_fields(*node, *ctx, language, shape, depth),
                Origin::Const(node) => {
                    if let (Op::Const(Const::Str(names)), true) = (graph.op(*node), depth == 0) {
                        let names = names.split([' ', ',']).filter(|n| !n.is_empty());
                        shape.columns.extend(names.map(|n| Column::named(ustr(n), ustr(n))));
                    }
                }
                Origin::External { path, calls, .. } => {
                    if let Some(inner) = self.made_at(language, path, calls, depth + 1) {
                        shape.columns.extend(inner.columns);
                    }
                }
                // `pgTable("t", (c) => ({ … }))`.
                Origin::Function { function, ctx, .. } => {
                    for value in graph.function(*function).returns.clone() {
                        let state = State::whole(Node { module: function.module, value }, *ctx);
                        self.fields_in(&state, language, shape, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn object_fields(&mut self, node: Node, ctx: Ctx, language: Language, shape: &mut Shape, depth: usize) {
        let graph = self.graph;
        let Op::Alloc { items, .. } = graph.op(node) else { return };
        for (key, value) in items {
            let value = Node { module: node.module, value: *value };
            match (key, graph.op(value)) {
                (Key::Field(name), _) => {
                    let (renamed, flag) = self.column_call(value);
                    shape.columns.push(Column {
                        flag,
                        declared: *name,
                        ..Column::named(*name, renamed.unwrap_or(*name))
                    });
                }
                (Key::Spread, _) => {
                    self.fields_in(&State::whole(value, ctx), language, shape, depth + 1);
                }
                (_, Op::Const(Const::Str(name))) => shape.columns.push(Column::named(*name, *name)),
                // `[("ssn", str), …]`
                (_, Op::Alloc { items, .. }) => {
                    let first = items.first().and_then(|(_, v)| text_of(self, node.module, *v));
                    shape.columns.extend(first.map(|name| Column::named(name, name)));
                }
                _ => {}
            }
        }
    }

    /// What the call that declares a column says: its name in the database, and whether it is a yes or no.
    fn column_call(&self, value: Node) -> (Option<Sym>, bool) {
        let graph = self.graph;
        let mut at = value;
        let (mut renamed, mut flag) = (None, false);
        for _ in 0..12 {
            let here = |value| Node { module: at.module, value };
            match graph.op(at) {
                Op::Bind { value, .. } | Op::Guarded { value, .. } => at = here(*value),
                Op::Call { callee, args } => {
                    let first = args.first().filter(|a| a.kind == ArgKind::Positional);
                    let own = args.iter().find(|a| {
                        matches!(a.kind, ArgKind::Keyword(k) if matches!(k.as_str(), "db_column" | "name" | "alias"))
                    });
                    renamed = own.or(first).and_then(|a| text_of(self, at.module, a.value)).or(renamed);
                    flag |= args.iter().any(|a| is_flag(&self.describe(here(a.value))));
                    flag |= is_flag(&self.describe(here(*callee)));
                    match graph.op(here(*callee)) {
                        Op::Load { base, .. } => at = here(*base),
                        _ => break,
                    }
                }
                Op::Load { base, .. } => {
                    flag |= is_flag(&self.describe(at));
                    at = here(*base);
                }
                Op::Alloc { items, .. } => {
                    // `{ type: Boolean, field: "ssn_no" }`
                    for (key, value) in items {
                        if let Key::Field(key) = key {
                            match key.as_str() {
                                "type" => flag |= is_flag(&self.describe(here(*value))),
                                "field" | "columnName" | "name" => {
                                    renamed = text_of(self, at.module, *value).or(renamed);
                                }
                                _ => {}
                            }
                        }
                    }
                    break;
                }
                Op::Global(name) => {
                    flag |= is_flag(name);
                    break;
                }
                _ => break,
            }
        }
        (renamed, flag)
    }

    /// Models and tables of a name, wherever they are declared.
    pub fn shapes_named(&mut self, name: &str) -> Vec<Shape> {
        let graph = self.graph;
        let declared = graph.schemas.named(name).map(|schema| Shape {
            names: schema.names.clone(),
            columns: schema
                .fields
                .iter()
                .map(|f| Column {
                    kind: f.kind,
                    relation: graph.schemas.named(&f.kind).next().is_some(),
                    flag: is_flag(&f.kind),
                    ..Column::named(f.name, f.column.unwrap_or(f.name))
                })
                .collect(),
        });
        let mut shapes: Vec<Shape> = declared.collect();
        if shapes.is_empty() {
            let classes = graph.tables_named(name, &self.rules.data.rows.query.table_attributes);
            shapes.extend(classes.into_iter().map(|class| self.class_shape(class)));
        }
        if shapes.is_empty() {
            shapes.extend(self.made_named(name));
        }
        shapes.retain(|s| !s.columns.is_empty());
        shapes
    }

    /// What a call of a schema library makes under this name.
    fn made_named(&mut self, name: &str) -> Option<Shape> {
        let graph = self.graph;
        let mut methods: Vec<&str> = self
            .rules
            .data
            .rows
            .makers
            .iter()
            .filter(|m| m.name.is_some())
            .flat_map(|m| &m.path)
            .filter_map(|p| p.trim_end_matches("()").rsplit('.').next())
            .collect();
        methods.sort_unstable();
        methods.dedup();
        for method in methods {
            let calls: Vec<Node> = graph.calls_named(ustr(method)).collect();
            for call in calls {
                let Op::Call { args, .. } = graph.op(call) else { continue };
                let says = args.first().and_then(|a| text_of(self, call.module, a.value));
                let bound = graph.names_of(call).iter().any(|n| n.as_str() == name);
                if !bound && says.is_none_or(|n| n.as_str() != name) {
                    continue;
                }
                for origin in self.origins(&State::whole(call, Ctx::ANY)).iter() {
                    if let Origin::External { path, calls, .. } = origin
                        && let Some(shape) = self.made_shape(graph.module(call).language, path, calls)
                    {
                        return Some(shape);
                    }
                }
            }
        }
        None
    }
}

/// A literal that can be a name.
fn text_of(solver: &Solver<'_>, module: u32, value: ValueId) -> Option<Sym> {
    match solver.graph.op(Node { module, value }) {
        Op::Const(Const::Str(text)) if !text.contains(' ') => Some(*text),
        _ => None,
    }
}

/// Whether a type is a yes or no, as languages, databases and libraries write it.
fn is_flag(kind: &str) -> bool {
    let last = kind.trim_end_matches("()").rsplit(['.', '[']).next().unwrap_or(kind).trim_end_matches(']');
    let lower = last.to_ascii_lowercase();
    matches!(lower.as_str(), "bool" | "boolean" | "booleanfield" | "tinyint" | "bit" | "booleanproperty")
}
