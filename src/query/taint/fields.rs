//! Calls that decide which fields are left: `omit(obj, ["ssn"])`, `df.drop(columns=…)`, `model_dump(include=…)`, and those
//! that give their argument a declared shape: `schema.parse(body)`, `Patient.model_validate(payload)`.

use super::super::origins::Origin;
use super::super::rows::shape::Shape;
use super::super::select::select;
use super::super::{Ctx, State, prepend};
use super::{Fact, Hop, Minus, Walk, What, hide, is_elementwise};
use crate::graph::Node;
use crate::ir::*;
use crate::rules::row::Of;

impl Walk<'_, '_> {
    /// Follows a call that keeps or drops named fields of an object. False when it is none.
    pub(super) fn projected(&mut self, callee: Node, paths: &[String], fact: &Fact, at: u32) -> bool {
        let graph = self.solver.graph;
        let call = fact.state.node;
        let language = graph.module(call).language.family();
        let rows = &self.solver.rules.data.rows;
        let Some(rule) = paths.iter().find_map(|path| rows.projection(language, path)) else { return false };
        let object = match (rule.of, graph.op(callee)) {
            (Of::Receiver, Op::Load { base, .. }) => Node { module: call.module, value: *base },
            (Of::Receiver, _) => return false,
            (Of::Argument(n), _) => match select(graph, call, &n.to_string(), &[]).into_iter().next() {
                Some(chosen) => chosen.node,
                None => return false,
            },
        };
        let ctx = fact.state.ctx;
        let kept = rule.keep.iter().flat_map(|s| self.names_at(call, s, ctx)).collect::<Vec<_>>();
        let dropped = rule.drop.iter().flat_map(|s| self.names_at(call, s, ctx)).collect::<Vec<_>>();
        if kept.is_empty() && dropped.is_empty() {
            return false;
        }
        let elements = is_elementwise(&fact.state.keys);
        let wanted = fact.state.keys.iter().find(|k| matches!(k, Key::Field(_)));
        if let Some(Key::Field(name)) = wanted
            && (dropped.contains(name) || !(kept.is_empty() || kept.contains(name)))
        {
            return true;
        }
        let hop = Some(Hop { node: call, what: What::Through });
        if elements && !kept.is_empty() {
            let owners = self.owners(object, ctx);
            for name in kept.into_iter().filter(|n| !fact.minus.contains(&Key::Field(*n))) {
                let state = State { node: object, ctx, keys: prepend(Key::Field(name), &[]) };
                let mut next = Fact { state, minus: Minus::new(), label: None, typed: None, ..fact.clone() };
                self.relabel(&mut next, name, &owners, call);
                self.push(next, at, hop, None);
            }
            return true;
        }
        let state = State { node: object, ctx, keys: fact.state.keys.clone() };
        let mut next = Fact { state, ..fact.clone() };
        hide(&mut next.minus, dropped.into_iter().map(Key::Field));
        self.push(next, at, hop, None);
        true
    }

    /// Columns of a table chosen by a list of names: `df[["id", "name"]]`.
    pub(super) fn chosen_columns(&mut self, key: Key, module: u32, ctx: Ctx) -> Vec<Sym> {
        let Key::Value(value) = key else { return Vec::new() };
        let mut at = value;
        for _ in 0..4 {
            match self.solver.graph.op(Node { module, value: at }) {
                Op::Bind { value, .. } | Op::Guarded { value, .. } => at = *value,
                Op::Alloc { kind: AllocKind::List, .. } | Op::Import(_) | Op::Variable(_) => {
                    return self.solver.names_of(State::whole(Node { module, value: at }, ctx));
                }
                _ => break,
            }
        }
        Vec::new()
    }

    /// Follows a call that gives its argument a declared shape. False when it is none.
    pub(super) fn parsed(&mut self, callee: Node, args: &[Arg], fact: &Fact, at: u32) -> bool {
        let graph = self.solver.graph;
        let node = fact.state.node;
        let Op::Load { base, key: Key::Field(method) } = graph.op(callee) else { return false };
        let (Some(first), language) = (args.first(), graph.module(node).language) else { return false };
        let base = State::whole(Node { module: node.module, value: *base }, fact.state.ctx);
        let mut keys = fact.state.keys.clone();
        let mut shapes: Vec<Shape> = Vec::new();
        for origin in self.solver.origins(&base).iter() {
            match origin {
                Origin::Class(class) if self.solver.rules.data.rows.parses(method) => {
                    shapes.push(self.solver.class_shape(*class));
                }
                Origin::External { path, calls, .. } => {
                    let rules = self.solver.rules;
                    let Some(entry) = rules.data.rows.parser(language.family(), path, method) else {
                        continue;
                    };
                    if let (Some((_, wrapped)), Some(Key::Field(name))) =
                        (entry.split_once('.'), keys.first())
                        && wrapped == name.as_str()
                    {
                        keys.remove(0);
                    }
                    shapes.extend(self.solver.made_shape(language, path, calls));
                }
                _ => {}
            }
        }
        let columns: Vec<_> = shapes.iter().flat_map(Shape::columns).collect();
        if columns.is_empty() {
            return false;
        }
        let argument = Node { module: node.module, value: first.value };
        let hop = Some(Hop { node, what: What::Through });
        if !is_elementwise(&keys) {
            if let Some(Key::Field(name)) = keys.first()
                && !columns.iter().any(|c| c.name == *name)
            {
                return true;
            }
            let state = State { node: argument, ctx: fact.state.ctx, keys };
            self.push(Fact { state, ..fact.clone() }, at, hop, None);
            return true;
        }
        for column in columns {
            if column.flag || fact.minus.contains(&Key::Field(column.name)) {
                continue;
            }
            let keys = prepend(Key::Field(column.name), &[]);
            let state = State { node: argument, ctx: fact.state.ctx, keys };
            let mut next = Fact { state, minus: Minus::new(), label: None, typed: None, ..fact.clone() };
            self.relabel(&mut next, column.name, &column.owners, node);
            self.push(next, at, hop, None);
        }
        true
    }

    fn names_at(&mut self, call: Node, selector: &str, ctx: Ctx) -> Vec<Sym> {
        let chosen = select(self.solver.graph, call, selector, &[]);
        chosen.into_iter().flat_map(|s| self.names_in(&s.within(ctx))).collect()
    }

    /// Names that a list, a set, an object or a text holds.
    fn names_in(&mut self, state: &State) -> Vec<Sym> {
        let graph = self.solver.graph;
        let mut names = Vec::new();
        for origin in self.solver.origins(state).iter() {
            match origin {
                Origin::Const(node) => {
                    if let Op::Const(Const::Str(name)) = graph.op(*node) {
                        names.push(*name);
                    }
                }
                Origin::Object(node, _) => {
                    let Op::Alloc { items, .. } = graph.op(*node) else { continue };
                    let module = graph.module(*node);
                    names.extend(items.iter().filter_map(|(key, value)| {
                        match (key, &module.inst(*value).op) {
                            (Key::Field(name), _) => Some(*name),
                            (_, Op::Const(Const::Str(name))) => Some(*name),
                            _ => None,
                        }
                    }));
                }
                _ => {}
            }
        }
        names
    }
}
