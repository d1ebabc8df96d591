//! Calls on the way of a walk: what goes through them, what they take out, what they put in.

use super::super::origins::Origin;
use super::super::{Ctx, Entry, Next, State, builtin};
use super::words::{carries, is_lookup, keeps_fields, replaces, writes_out};
use super::{
    Body, Fact, Hop, MAX_OPAQUE, Minus, TAKEN_OUT, Walk, What, external_path, is_elementwise, with_keys,
};
use crate::graph::{ClassRef, FuncRef, Node};
use crate::ir::*;
use crate::rules::data::{Effect, SourceRule};

impl Walk<'_, '_> {
    /// The names a value has for certain, because it is always a literal object.
    pub(super) fn literal_keys(&mut self, node: Node, ctx: Ctx) -> Vec<Key> {
        let graph = self.solver.graph;
        match self.solver.origins(&State::whole(node, ctx)).as_ref() {
            [Origin::Object(object, _)] => match graph.op(*object) {
                Op::Alloc { items, .. } => {
                    items.iter().map(|(k, _)| *k).filter(|k| matches!(k, Key::Field(_))).collect()
                }
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// What a mutator of a built-in container put into the whole of it.
    pub(super) fn put_by(&mut self, call: Node, slot: Slot, fact: &Fact, at: u32) {
        let Op::Call { callee, args } = self.solver.graph.op(call) else { return };
        let callee = Node { module: call.module, value: *callee };
        let Op::Load { key: Key::Field(name), .. } = self.solver.graph.op(callee) else { return };
        if slot != Slot::Receiver {
            return;
        }
        for (key, value) in builtin::put(self.solver.graph.module(call), name, args).into_iter().flatten() {
            let state = State::whole(Node { module: call.module, value }, fact.state.ctx);
            let mut next = Fact { state, ..fact.clone() };
            self.enter_body(key, &mut next);
            if let Key::Field(name) = key {
                next.label = None;
                self.relabel(&mut next, name, &[], call);
            }
            self.push(next, at, Some(Hop { node: call, what: What::Stored(key) }), None);
        }
    }

    /// The receiver of a method that is called on a column of a row (`row.expiresAt.toISOString()`): no other column of
    /// the row is in its result.
    fn column_of(&self, callee: Node, rule: &SourceRule) -> Option<Node> {
        let class = self.solver.rules.data.class(&rule.yields)?;
        let graph = self.solver.graph;
        let Op::Load { base, key: Key::Field(_) } = *graph.op(callee) else { return None };
        let module = graph.module(callee);
        let is_column = matches!(module.inst(module.bare(base)).op, Op::Load { key: Key::Field(_), .. });
        (class.unknown_fields && is_column).then_some(Node { value: base, ..callee })
    }

    pub(super) fn visit_call(&mut self, fact: &Fact, at: u32) {
        let node = fact.state.node;
        let graph = self.solver.graph;
        let Op::Call { callee, args } = graph.op(node) else { return };
        let callee = Node { module: node.module, value: *callee };
        let callees = self.solver.origins(&State::whole(callee, fact.state.ctx));
        let module = graph.module(node);
        let mut fact = fact.clone();
        let mut known = false;
        for path in callees.iter().filter_map(external_path) {
            if let Some(rule) = self.shapes.sanitizer(module, &format!("{path}()")) {
                if rule.factor == 0.0 || matches!(rule.effect, Effect::Unrelated | Effect::Aggregate) {
                    return;
                }
                known = true;
                if rule.effect != Effect::DetectOnly {
                    fact.treated = self.treat(fact.treated, &rule.id);
                }
            }
        }
        for class in self.substituted(callee, args, node, fact.state.ctx) {
            fact.treated = self.treat(fact.treated, &format!("{TAKEN_OUT}{class}"));
        }
        let mut called: Vec<String> =
            callees.iter().filter_map(external_path).map(|path| format!("{path}()")).collect();
        if self.answers.contains(&node) {
            // What a model answers is no source, but what it heard or read in a recording is what was said.
            let module = graph.module(node);
            if let Some(rule) = called.iter().find_map(|path| self.shapes.source(module, path)) {
                self.shape(rule, node, &fact, at);
            }
            return;
        }
        called.push(format!("{}()", self.solver.describe(callee)));
        if self.projected(callee, &called, &fact, at) || self.parsed(callee, args, &fact, at) {
            return;
        }
        self.label_by_argument(callee, args, &mut fact);
        let next = self.solver.step(&fact.state);
        let mut outside = false;
        let mut rest = Vec::new();
        for n in next {
            match n {
                Next::End(Origin::External { .. } | Origin::Unknown(_)) => outside = true,
                Next::End(Origin::Instance(class, _)) if fact.state.keys.is_empty() => {
                    self.constructed(class, &fact, at);
                }
                Next::Go(state) => match taken_out(&fact.state, &state) {
                    Some(name) => {
                        let owners = self.owners(state.node, state.ctx);
                        let mut taken = Fact { state, ..fact.clone() };
                        self.relabel(&mut taken, name, &owners, node);
                        self.push(taken, at, None, None);
                    }
                    None => rest.push(Next::Go(state)),
                },
                other => rest.push(other),
            }
        }
        self.follow(rest, &fact, at);
        if !outside {
            return;
        }
        let path = callees.iter().find_map(external_path).map(|p| p.to_string());
        let paths = [path, Some(self.solver.describe(callee))];
        for path in paths.into_iter().flatten() {
            let full = with_keys(&format!("{path}()"), &fact.state.keys);
            if let Some(rule) = self.shapes.source(module, &full)
                && self.says(args, node, fact.state.ctx, &rule.words)
            {
                let read_before = path.rsplit_once('.').is_some_and(|(receiver, _)| {
                    self.shapes.source(module, receiver).is_some_and(|r| std::ptr::eq(r, rule))
                });
                if let Some(column) = self.column_of(callee, rule).filter(|_| read_before) {
                    let state = State::whole(column, fact.state.ctx);
                    self.push(Fact { state, ..fact }, at, Some(Hop { node, what: What::Through }), None);
                    return;
                }
                self.shape(rule, node, &fact, at);
                return;
            }
        }
        let name = self.callee_name(callee);
        if name.is_some_and(|n| is_lookup(&n)) {
            // What a look-up finds is not what it was asked with.
            self.root(Origin::Unknown(node), &fact, at);
            return;
        }
        // Where the program writes the method for some of the objects it may be, what it does was followed there.
        if callees.iter().any(|o| matches!(o, Origin::Function { receiver: Some(_), .. })) {
            return;
        }
        // What comes out of one unknown call after another has little to do with what went in.
        let opaque = fact.opaque + u8::from(!known && !name.is_some_and(|n| carries(&n)));
        if opaque > MAX_OPAQUE {
            self.root(Origin::Unknown(node), &fact, at);
            return;
        }
        fact.opaque = opaque;
        let mut passed = false;
        for (i, arg) in args.iter().enumerate() {
            let value = Node { module: node.module, value: arg.value };
            if !matches!(graph.op(value), Op::Function(_)) {
                continue;
            }
            for origin in self.solver.origins(&State::whole(value, fact.state.ctx)).iter() {
                if let Origin::Function { function, ctx, .. } = origin {
                    let entry = Entry::of(node).handed_as(i as u32).made_in(*ctx);
                    let whole = State::whole(node, fact.state.ctx);
                    let next = self.solver.returned(*function, entry, &whole);
                    passed |= !next.is_empty();
                    self.follow(next, &fact, at);
                }
            }
        }
        let weak = fact.weak || !fact.state.keys.is_empty() || opaque > 0;
        let elements = is_elementwise(&fact.state.keys);
        let receiver = match graph.op(callee) {
            Op::Load { base, .. } => Some(Node { module: node.module, value: *base }),
            _ => None,
        };
        let replaced = args.first().filter(|_| name.is_some_and(|n| replaces(&n)));
        let replaced = replaced.map(|a| Node { module: node.module, value: a.value });
        let args = args.iter().map(|a| Node { module: node.module, value: a.value });
        for value in receiver.into_iter().chain(args) {
            if matches!(graph.op(value), Op::Const(_) | Op::Function(_) | Op::Global(_) | Op::Import(_)) {
                continue;
            }
            // A module holds what its functions were never asked for, and what is replaced is not in the result.
            if receiver == Some(value) && self.is_module(value)
                || receiver.is_some() && replaced == Some(value)
            {
                continue;
            }
            // What `self.render(text)` returns is about the text; that nobody knows `render` says nothing of `self`.
            let same = name.is_some_and(|n| keeps_fields(&n));
            if receiver == Some(value) && !same && self.is_own_object(value) {
                continue;
            }
            passed = true;
            let state = State::whole(value, fact.state.ctx);
            // What only changes form has the fields it had.
            let mut next = Fact { state, weak, ..fact.clone() };
            match same {
                true if next.label.is_none() && elements && name.is_some_and(|n| writes_out(&n)) => {
                    self.relabel_whole(&mut next);
                }
                true => {}
                false => (next.minus, next.typed, next.body) = (Minus::new(), None, Body::Not),
            }
            self.push(next, at, Some(Hop { node, what: What::Through }), None);
        }
        if !passed {
            self.root(Origin::Unknown(node), &fact, at);
        }
    }

    /// Whether a value is an imported module, whatever was put into it.
    fn is_module(&self, value: Node) -> bool {
        let graph = self.solver.graph;
        match graph.op(value) {
            Op::Import(import) => !matches!(graph.import(value.module, *import).0.name, ImportName::Named(_)),
            Op::Bind { value: inner, .. }
            | Op::Guarded { value: inner, .. }
            | Op::After { value: inner, .. }
            | Op::Delete { base: inner, .. }
            | Op::Store { base: inner, .. } => self.is_module(Node { value: *inner, ..value }),
            Op::Phi(values) => {
                values.first().is_some_and(|first| self.is_module(Node { value: *first, ..value }))
            }
            Op::Variable(name) => {
                let values = graph.modules[value.module as usize].globals.get(name).into_iter().flatten();
                let mut imports =
                    values.map(|v| matches!(graph.op(Node { value: *v, ..value }), Op::Import(_)));
                imports.next().is_some_and(|first| first)
            }
            _ => false,
        }
    }

    fn is_own_object(&self, value: Node) -> bool {
        let graph = self.solver.graph;
        match graph.op(value) {
            Op::Param { function, index: 0 } => {
                graph.function(FuncRef { module: value.module, function: *function }).has_receiver
            }
            Op::Bind { value: inner, .. }
            | Op::Guarded { value: inner, .. }
            | Op::After { value: inner, .. } => self.is_own_object(Node { value: *inner, ..value }),
            _ => false,
        }
    }

    /// `row.get("ssn")`, `form.getvalue("email")`, `text_input("Patient name")`: a literal names what is returned.
    pub(super) fn label_by_argument(&mut self, callee: Node, args: &[Arg], fact: &mut Fact) {
        let Some(first) = args.first() else { return };
        let Op::Const(Const::Str(text)) =
            self.solver.graph.op(Node { module: callee.module, value: first.value })
        else {
            return;
        };
        // `.select("-ssn")` names what is left out.
        if !is_elementwise(&fact.state.keys) || text.len() > 60 || text.starts_with('-') {
            return;
        }
        let Op::Load { base, key: Key::Field(method) } = self.solver.graph.op(callee) else { return };
        if is_lookup(method)
            || method.contains("input")
            || method.contains("select")
            || method.contains("area")
        {
            let owners = self.owners(Node { module: callee.module, value: *base }, fact.state.ctx);
            self.relabel(fact, *text, &owners, fact.state.node);
        }
    }

    /// Classes that a substitution (`re.sub(p, "x", text)`, `text.replace(/p/g, "x")`) takes out of its text.
    pub(super) fn substituted(&mut self, callee: Node, args: &[Arg], call: Node, ctx: Ctx) -> Vec<String> {
        let graph = self.solver.graph;
        let Op::Load { base, key: Key::Field(name) } = graph.op(callee) else { return Vec::new() };
        if !matches!(name.as_str(), "sub" | "subn" | "replace" | "replaceAll") {
            return Vec::new();
        }
        let at = |value| State::whole(Node { module: call.module, value }, ctx);
        let mut places: Vec<State> = args.first().map(|a| at(a.value)).into_iter().collect();
        for origin in self.solver.origins(&at(*base)).iter() {
            // `PATTERN.sub("x", text)`: the expression is what the pattern was compiled from.
            let Origin::External { path, calls, .. } = origin else { continue };
            if let (true, Some((made, ctx))) = (path.ends_with("compile()"), calls.last())
                && let Op::Call { args, .. } = graph.op(*made)
            {
                places.extend(
                    args.first().map(|a| State::whole(Node { module: made.module, value: a.value }, *ctx)),
                );
            }
        }
        let mut classes: Vec<String> = Vec::new();
        for place in places {
            for origin in self.solver.origins(&place).iter() {
                let Origin::Const(node) = origin else { continue };
                let expression = match graph.op(*node) {
                    Op::Const(Const::Str(text)) => text.as_str(),
                    Op::Const(Const::Other(text)) => regex_body(text),
                    _ => continue,
                };
                classes
                    .extend(self.solver.rules.data.taken_out_by(expression).into_iter().map(str::to_string));
            }
        }
        classes
    }

    /// Whether the literals of a call's first argument hold all these words (`["git", "diff"]`, `"git diff"`).
    pub(super) fn says(&mut self, args: &[Arg], call: Node, ctx: Ctx, words: &[String]) -> bool {
        if words.is_empty() {
            return true;
        }
        let graph = self.solver.graph;
        let mut said: Vec<&str> = Vec::new();
        for arg in args.iter().filter(|a| a.kind == ArgKind::Positional).take(2) {
            let value = State::whole(Node { module: call.module, value: arg.value }, ctx);
            for origin in self.solver.origins(&value).iter() {
                let items: Vec<Node> = match origin {
                    Origin::Const(node) => vec![*node],
                    Origin::Object(node, _) | Origin::Text(node, _) => match graph.op(*node) {
                        Op::Alloc { items, .. } => {
                            items.iter().map(|(_, v)| Node { module: node.module, value: *v }).collect()
                        }
                        Op::Text(parts) => {
                            said.extend(parts.iter().filter_map(|p| match p {
                                Part::Literal(text) => Some(text.as_str()),
                                Part::Value(_) => None,
                            }));
                            Vec::new()
                        }
                        _ => Vec::new(),
                    },
                    _ => Vec::new(),
                };
                said.extend(items.into_iter().filter_map(|item| match graph.op(item) {
                    Op::Const(Const::Str(text)) => Some(text.as_str()),
                    _ => None,
                }));
            }
        }
        words.iter().all(|w| said.iter().any(|s| s.split_whitespace().any(|t| t == w)))
    }

    /// A new object sent whole: everything its constructor was given.
    pub(super) fn constructed(&mut self, class: ClassRef, fact: &Fact, at: u32) {
        let graph = self.solver.graph;
        let node = fact.state.node;
        let Op::Call { args, .. } = graph.op(node) else { return };
        let fields = &graph.class(class).fields;
        let owner = [graph.class(class).name];
        for (i, arg) in args.iter().enumerate() {
            let name = match arg.kind {
                ArgKind::Keyword(name) => Some(name),
                ArgKind::Positional => fields.get(i).map(|f| f.name),
                _ => None,
            };
            if name.is_some_and(|n| fact.minus.contains(&Key::Field(n))) {
                continue;
            }
            let value = Node { module: node.module, value: arg.value };
            let mut next =
                Fact { state: State::whole(value, fact.state.ctx), label: None, typed: None, ..fact.clone() };
            next.minus.clear();
            if let Some(name) = name {
                self.relabel(&mut next, name, &owner, node);
            }
            self.push(next, at, Some(Hop { node, what: What::Through }), None);
        }
    }
}

/// The field a built-in reads (`d.pop("ssn")`, `Reflect.get(o, "ssn")`), where one element or the whole of it was meant.
fn taken_out(from: &State, to: &State) -> Option<Sym> {
    match to.keys.split_first() {
        Some((Key::Field(name), rest)) if *rest == from.keys[..] && is_elementwise(&from.keys) => Some(*name),
        _ => None,
    }
}

/// The expression inside a `/…/flags` literal.
fn regex_body(literal: &str) -> &str {
    let inner = literal.strip_prefix('/').unwrap_or(literal);
    inner.rsplit_once('/').map_or(inner, |(body, _)| body)
}
