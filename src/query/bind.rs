//! Calls: which functions a call enters, what its parameters are bound to, who calls a function.

use super::callable::CALLED;
use super::origins::Origin;
use super::{Ctx, Entry, Keys, Next, Solver, State, external_from, prepend};
use crate::graph::{ClassRef, FuncRef, Node};
use crate::ir::*;
use std::rc::Rc;

/// Calls by name that are tried when looking for the callers of one function.
const MAX_CANDIDATES: usize = 400;
/// Classes that may share a method name for an untyped call to count as a call of each.
const MAX_SHARED: usize = 3;

impl Solver<'_> {
    /// Where the result of a call comes from.
    pub(super) fn call_result(&mut self, state: &State) -> Vec<Next> {
        let Op::Call { callee, .. } = self.graph.op(state.node) else { return Vec::new() };
        let callee = State::whole(Node { module: state.node.module, value: *callee }, state.ctx);
        if let Some(next) = self.builtin_result(state) {
            return next;
        }
        let mut next = Vec::new();
        for origin in self.origins(&callee).iter() {
            match origin {
                Origin::Function { function, receiver, ctx } => {
                    let entry = Entry::of(state.node).with_receiver(*receiver).made_in(*ctx);
                    next.extend(self.returned(*function, entry, state));
                }
                Origin::Class(class) => next.extend(self.new_instance(*class, state)),
                Origin::Instance(class, _) if self.method(*class, CALLED).is_some() => {
                    if let Some(method) = self.method(*class, CALLED) {
                        let entry = Entry::of(state.node).with_receiver(Some((callee.node, state.ctx)));
                        next.extend(self.returned(method, entry, state));
                    }
                }
                Origin::External { path, calls, .. } => next.extend(self.external_result(path, calls, state)),
                _ => next.push(Next::End(Origin::Unknown(state.node))),
            }
        }
        if next.is_empty() {
            next.push(Next::End(Origin::Unknown(state.node)));
        }
        next
    }

    /// What a function returns (or, for a generator, yields) when entered this way.
    pub(super) fn returned(&mut self, function: FuncRef, entry: Entry, state: &State) -> Vec<Next> {
        let ctx = self.enter(function, entry, state.ctx);
        let f = self.graph.function(function);
        let (values, keys): (&[ValueId], Keys) = match (f.yields.is_empty(), state.keys.first()) {
            (true, _) => (&f.returns, state.keys.clone()),
            // `with helper() as x` binds what a context-manager function yields.
            (false, Some(Key::Each | Key::Any | Key::Index(_) | Key::Enter)) => {
                (&f.yields, state.keys[1..].into())
            }
            (false, _) => (&f.yields, state.keys.clone()),
        };
        let into = |value: &ValueId| {
            let node = Node { module: function.module, value: *value };
            let state = State { node, ctx, keys: keys.clone() };
            Next::Cross { state, call: entry.call, function, entered: true }
        };
        values.iter().map(into).collect()
    }

    /// What a function value returns when `call` receives it and calls it.
    pub(super) fn results_of(&mut self, function: Node, call: Node, ctx: Ctx) -> Vec<State> {
        self.results_at(&State::whole(function, ctx), call)
    }

    /// The same for a function that is part of a value.
    pub(super) fn results_at(&mut self, function: &State, call: Node) -> Vec<State> {
        let ctx = function.ctx;
        let mut states = Vec::new();
        for origin in self.origins(function).iter() {
            let Origin::Function { function, ctx: env, .. } = origin else { continue };
            let inside = self.enter(*function, Entry::of(call).made_in(*env), ctx);
            let returns = &self.graph.function(*function).returns;
            states.extend(
                returns
                    .iter()
                    .map(|value| State::whole(Node { module: function.module, value: *value }, inside)),
            );
        }
        states
    }

    /// The functions of the program a call enters, with the context inside.
    pub(super) fn callees(&mut self, call: Node, ctx: Ctx) -> Vec<(FuncRef, Ctx)> {
        let Op::Call { callee, .. } = self.graph.op(call) else { return Vec::new() };
        let callee = State::whole(Node { module: call.module, value: *callee }, ctx);
        let origins = self.origins(&callee);
        let mut found = Vec::new();
        for origin in origins.iter() {
            let (function, receiver, env) = match origin {
                Origin::Function { function, receiver, ctx } => (*function, *receiver, *ctx),
                Origin::Class(class) => match self.constructor(*class) {
                    Some(function) => (function, Some((call, ctx)), Ctx::ANY),
                    None => continue,
                },
                Origin::Instance(class, _) => match self.method(*class, CALLED) {
                    Some(function) => (function, Some((callee.node, ctx)), Ctx::ANY),
                    None => continue,
                },
                _ => continue,
            };
            let entry = Entry::of(call).with_receiver(receiver).made_in(env);
            found.push((function, self.enter(function, entry, ctx)));
        }
        found
    }

    /// Where a parameter comes from: the call it was entered through, else every caller.
    pub(super) fn param(&mut self, function: FuncRef, index: u32, state: &State) -> Vec<Next> {
        if let Some(frame) = self.frame_of(state.ctx, function).cloned() {
            return self.bound(function, index, frame.entry, frame.parent, state);
        }
        if self.certain {
            return vec![Next::End(Origin::Param(state.node))];
        }
        let f = self.graph.function(function);
        if index == 0 && f.has_receiver {
            return self.own_receiver(function, state);
        }
        let callers = self.callers(function);
        let mut next = Vec::new();
        for entry in callers.iter() {
            next.extend(self.bound(function, index, *entry, Ctx::ANY, state));
        }
        if callers.is_empty() {
            next.extend(self.default_of(function, index, state));
        }
        if self.graph.is_kept(function) {
            next.push(Next::End(Origin::Param(state.node)));
        }
        let mut declared = self.declared(function, index, state);
        if !callers.is_empty() {
            // What is passed says more than the declared class of the program; a library's class still tells the kind.
            let library = |n: &Next| match n {
                Next::End(Origin::External { calls, .. }) => calls.is_empty(),
                _ => false,
            };
            declared.retain(|n| library(n) && !self.is_own_class(function, index));
        }
        if declared.is_empty() && next.iter().all(|n| !matches!(n, Next::Cross { .. })) {
            next.push(Next::End(Origin::Param(state.node)));
        }
        next.extend(declared);
        next
    }

    /// `self` when nobody is known to call the method: some object of the class.
    fn own_receiver(&mut self, function: FuncRef, state: &State) -> Vec<Next> {
        let f = self.graph.function(function);
        match f.class {
            Some(class) => {
                let class = ClassRef { module: function.module, class };
                match f.is_classmethod {
                    true => self.class_member(class, state),
                    false => self.instance_member(class, None, state),
                }
            }
            None => vec![Next::End(Origin::Unknown(state.node))],
        }
    }

    fn default_of(&mut self, function: FuncRef, index: u32, state: &State) -> Vec<Next> {
        let default = self.graph.function(function).params[index as usize].default;
        let go = |value| {
            let node = Node { module: function.module, value };
            Next::Go(State { node, ctx: Ctx::ANY, keys: state.keys.clone() })
        };
        default.map(go).into_iter().collect()
    }

    /// Whether a parameter is declared with a class of the program.
    fn is_own_class(&mut self, function: FuncRef, index: u32) -> bool {
        let Some(annotation) = self.graph.function(function).params[index as usize].annotation.clone() else {
            return false;
        };
        annotation.types.iter().any(|value| {
            let class = State::whole(Node { module: function.module, value: *value }, Ctx::ANY);
            self.origins(&class).iter().any(|o| matches!(o, Origin::Class(_)))
        })
    }

    /// What the annotation of a parameter says it is.
    fn declared(&mut self, function: FuncRef, index: u32, state: &State) -> Vec<Next> {
        let Some(annotation) = self.graph.function(function).params[index as usize].annotation.clone() else {
            return Vec::new();
        };
        self.declared_as(&annotation, function.module, state)
    }

    /// An object of the declared types. A container's element is of the types it mentions.
    pub(super) fn declared_as(&mut self, annotation: &Annotation, module: u32, state: &State) -> Vec<Next> {
        let element = matches!(state.keys.first(), Some(Key::Each | Key::Any | Key::Index(_)));
        let keys: Keys = if element { state.keys[1..].into() } else { state.keys.clone() };
        let state = State { keys, ..state.clone() };
        let mut next = Vec::new();
        for value in &annotation.types {
            let class = State::whole(Node { module, value: *value }, Ctx::ANY);
            for origin in self.origins(&class).iter() {
                match origin {
                    Origin::Class(class) => next.extend(self.instance_member(*class, None, &state)),
                    Origin::External { path, calls, .. } if path.contains('.') || path.contains('/') => {
                        next.push(external_from(&format!("{path}()"), calls.clone(), &state));
                    }
                    _ => {}
                }
            }
        }
        next
    }

    /// What a parameter is bound to when the function is entered this way.
    fn bound(
        &mut self,
        function: FuncRef,
        index: u32,
        entry: Entry,
        parent: Ctx,
        state: &State,
    ) -> Vec<Next> {
        if let Some(handed) = entry.handed {
            return self.bound_handed(function, index, entry.call, handed, parent, state);
        }
        let f = self.graph.function(function);
        let module = entry.call.module;
        let cross = |value: ValueId, keys: Keys| Next::Cross {
            state: State { node: Node { module, value }, ctx: parent, keys },
            call: entry.call,
            function,
            entered: false,
        };
        if f.has_receiver && index == 0 {
            return match (entry.receiver, self.graph.op(entry.call)) {
                (Some((node, ctx)), _) => {
                    let state = State { node, ctx, keys: state.keys.clone() };
                    vec![Next::Cross { state, call: entry.call, function, entered: false }]
                }
                (None, Op::Load { base, .. }) => vec![cross(*base, state.keys.clone())],
                (None, Op::Call { callee, .. }) => match self.graph.op(Node { module, value: *callee }) {
                    Op::Load { base, .. } => vec![cross(*base, state.keys.clone())],
                    _ => self.own_receiver(function, state),
                },
                _ => Vec::new(),
            };
        }
        let position = index - u32::from(f.has_receiver);
        let Op::Call { args, .. } = self.graph.op(entry.call) else { return Vec::new() };
        let found = select_args(&f.params, index, position, args, &state.keys);
        if found.is_empty() {
            return self.default_of(function, index, state);
        }
        found.into_iter().map(|(value, keys)| cross(value, keys)).collect()
    }

    /// A function handed to `call`: what whoever calls it passes.
    fn bound_handed(
        &mut self,
        function: FuncRef,
        index: u32,
        call: Node,
        handed: u32,
        parent: Ctx,
        state: &State,
    ) -> Vec<Next> {
        let f = self.graph.function(function);
        if f.has_receiver && index == 0 {
            return self.own_receiver(function, state);
        }
        let mut next = Vec::new();
        let mut known = false;
        for (callee, ctx) in self.callees(call, parent) {
            known = true;
            for inner in self.calls_of_param(callee, call, handed) {
                let entry = Entry::of(inner);
                next.extend(self.bound(function, index, entry, ctx, state));
            }
        }
        if !known {
            next.extend(self.handed_by_library(function, index, call, handed, parent, state));
        }
        if next.is_empty() {
            next.push(Next::End(Origin::Param(state.node)));
        }
        next
    }

    /// Calls inside `callee` of the parameter that argument `arg` of `call` is bound to.
    fn calls_of_param(&self, callee: FuncRef, call: Node, arg: u32) -> Vec<Node> {
        let f = self.graph.function(callee);
        let offset = usize::from(f.has_receiver);
        let Op::Call { args, .. } = self.graph.op(call) else { return Vec::new() };
        let Some(arg) = args.get(arg as usize) else { return Vec::new() };
        let param = match arg.kind {
            ArgKind::Keyword(name) => f.params.iter().position(|p| p.name == name),
            ArgKind::Positional => {
                let before = args.iter().take_while(|a| !std::ptr::eq(*a, arg));
                let position = before.filter(|a| a.kind == ArgKind::Positional).count() + offset;
                (position < f.params.len()).then_some(position)
            }
            _ => None,
        };
        let Some(param) = param else { return Vec::new() };
        let wanted = f.params[param].value;
        let module = &self.graph.modules[callee.module as usize];
        let called = |(id, _): &&(ValueId, FunctionId)| match &module.inst(*id).op {
            Op::Call { callee, .. } => leads_to(module, *callee, wanted),
            _ => false,
        };
        module.calls.iter().filter(called).map(|(id, _)| Node { module: callee.module, value: *id }).collect()
    }

    /// Every way a function of the program is entered, in source order.
    pub fn callers(&mut self, function: FuncRef) -> Rc<[Entry]> {
        if let Some(known) = self.callers.get(&function) {
            return known.clone();
        }
        if !self.open_callers.insert(function) {
            return Rc::from([]);
        }
        let found: Rc<[Entry]> = self.find_callers(function).into();
        self.open_callers.remove(&function);
        if self.may_keep() {
            self.callers.insert(function, found.clone());
        }
        found
    }

    fn find_callers(&mut self, function: FuncRef) -> Vec<Entry> {
        let graph = self.graph;
        let f = graph.function(function);
        let class = f.class.map(|class| ClassRef { module: function.module, class });
        let is_constructor = class.is_some() && matches!(f.name.as_str(), "__init__" | "constructor");
        let mut entries = Vec::new();
        let mut candidates: Vec<Node> = match (is_constructor, class) {
            (true, Some(class)) => self.constructions(class),
            _ => graph.calls_named(f.name).collect(),
        };
        if is_constructor {
            candidates.extend(graph.calls_named(ustr::ustr("super")));
            candidates.extend(graph.calls_named(f.name));
        }
        let called = class.filter(|_| f.name.as_str() == CALLED);
        if let Some(class) = called {
            candidates.extend(self.calls_of_objects(class));
        }
        if called.is_some() || graph.is_composed(f.name) {
            let language = graph.modules[function.module as usize].language.family();
            let run = self.rules.handed.run.get(language).into_iter().flatten();
            candidates.extend(run.flat_map(|method| graph.calls_named(ustr::ustr(method))));
        }
        candidates.retain(|call| graph.counts_for(call.module, function.module));
        if candidates.len() > MAX_CANDIDATES {
            self.exhausted = true;
            candidates.truncate(MAX_CANDIDATES);
        }
        for call in candidates {
            entries.extend(self.enters(call, function, class));
        }
        if !f.name.is_empty() {
            let counts = |(call, _): &(Node, u32)| graph.counts_for(call.module, function.module);
            let references: Vec<(Node, u32)> =
                graph.references_named(f.name).filter(counts).take(MAX_CANDIDATES).collect();
            for (call, arg) in references {
                let Op::Call { args, .. } = graph.op(call) else { continue };
                let value =
                    State::whole(Node { module: call.module, value: args[arg as usize].value }, Ctx::ANY);
                let is_it = |o: &Origin| matches!(o, Origin::Function { function: g, .. } if *g == function);
                if self.origins(&value).iter().any(is_it) {
                    entries.push(Entry::of(call).handed_as(arg));
                }
            }
        }
        entries.extend(self.called_as_result(function));
        let inline = graph.inline_uses(function).iter();
        entries.extend(inline.map(|(call, arg)| Entry::of(*call).handed_as(*arg)));
        entries.sort_by_key(|e| (e.call, e.handed));
        entries.dedup();
        entries
    }

    /// Calls of a closure that the function around it returned.
    fn called_as_result(&mut self, closure: FuncRef) -> Vec<Entry> {
        let graph = self.graph;
        let Some(parent) = graph.function(closure).parent.filter(|p| p.0 != 0) else { return Vec::new() };
        let parent = FuncRef { module: closure.module, function: parent };
        let module = &graph.modules[parent.module as usize];
        let returned = |v: &ValueId| returns_function(module, *v, closure.function);
        if !graph.function(parent).returns.iter().any(returned) {
            return Vec::new();
        }
        let mut entries = Vec::new();
        for made in self.callers(parent).iter().filter(|e| e.handed.is_none()) {
            let mut calls = graph.calls_of_result(made.call).to_vec();
            for name in graph.names_of(made.call) {
                calls.extend(graph.calls_named(name).take(MAX_CANDIDATES));
            }
            entries.extend(calls.into_iter().filter_map(|call| self.enters(call, closure, None)));
        }
        entries
    }

    /// Calls that may make an object of the class or of a class below it.
    pub(super) fn constructions(&mut self, class: ClassRef) -> Vec<Node> {
        let graph = self.graph;
        let mut names = vec![graph.class(class).name];
        let mut at = 0;
        while at < names.len() && names.len() < 64 {
            for sub in graph.named_subclasses(names[at]) {
                let name = graph.class(*sub).name;
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            at += 1;
        }
        names.iter().flat_map(|n| graph.calls_named(*n).collect::<Vec<_>>()).collect()
    }

    /// Whether (and how) a call enters `function`.
    fn enters(&mut self, call: Node, function: FuncRef, class: Option<ClassRef>) -> Option<Entry> {
        let graph = self.graph;
        let Op::Call { callee, args } = graph.op(call) else { return None };
        let callee = Node { module: call.module, value: *callee };
        let origins = self.origins(&State::whole(callee, Ctx::ANY));
        for origin in origins.iter() {
            match origin {
                Origin::Function { function: g, receiver, ctx } if *g == function => {
                    return Some(Entry::of(call).with_receiver(*receiver).made_in(*ctx));
                }
                Origin::Instance(called, _) if self.method(*called, CALLED) == Some(function) => {
                    return Some(Entry::of(call).with_receiver(Some((callee, Ctx::ANY))));
                }
                Origin::Class(made) if self.constructor(*made) == Some(function) => {
                    return Some(Entry::of(call).with_receiver(Some((call, Ctx::ANY))));
                }
                _ => {}
            }
        }
        // An untyped receiver: the method's name must be rare and the arguments must fit.
        let unknown = origins.iter().all(|o| matches!(o, Origin::Unknown(_) | Origin::Param(_)));
        let Op::Load { base, .. } = graph.op(callee) else { return None };
        let f = graph.function(function);
        let rare =
            graph.classes_with_method(f.name).len() <= MAX_SHARED && !super::builtin::is_common(&f.name);
        let fits = args.iter().any(|a| matches!(a.kind, ArgKind::Spread | ArgKind::SpreadKeywords))
            || args.len() < f.params.len()
            || f.params.iter().any(|p| matches!(p.kind, ParamKind::Rest | ParamKind::RestKeywords));
        if unknown && class.is_some() && rare && fits && f.has_receiver {
            let receiver = Some((Node { module: call.module, value: *base }, Ctx::ANY));
            return Some(Entry::of(call).with_receiver(receiver));
        }
        None
    }

    /// What a call may have done to an object it received: the object as the callee left it, what was put in.
    /// With it, whether every execution changed it, so that the object before the call is seen only through it.
    pub(super) fn changed_by(&mut self, call: Node, slot: Slot, state: &State) -> (Vec<Next>, bool) {
        if self.empties(call, slot, state.ctx) {
            return (Vec::new(), true);
        }
        if let Some(next) = self.builtin_change(call, slot, state) {
            return (next, false);
        }
        let Op::Call { callee, args } = self.graph.op(call) else { return (Vec::new(), false) };
        if !self.program.changes.may(self.graph.module(call), *callee, slot) {
            return (Vec::new(), false);
        }
        let args = args.clone();
        let mut next = Vec::new();
        let mut certain = true;
        for (function, ctx) in self.callees(call, state.ctx) {
            let f = self.graph.function(function);
            let mut changed = false;
            for exit in &f.exits {
                let bound = match slot {
                    Slot::Receiver => exit.param == 0 && f.has_receiver,
                    Slot::Arg(i) => {
                        let position = exit.param.checked_sub(u32::from(f.has_receiver));
                        let found = position.map(|p| {
                            select_args(&f.params, exit.param, p, &args, &[])
                                .iter()
                                .any(|(v, _)| *v == args[i as usize].value)
                        });
                        found.unwrap_or(false)
                    }
                };
                if bound {
                    changed |= exit.certain;
                    let node = Node { module: function.module, value: exit.value };
                    let state = State { node, ctx, keys: state.keys.clone() };
                    next.push(Next::Cross { state, call, function, entered: true });
                }
            }
            certain &= changed;
        }
        let certain = certain && !next.is_empty();
        (next, certain)
    }
}

/// Whether a returned value is this function.
fn returns_function(module: &Module, value: ValueId, wanted: FunctionId) -> bool {
    module.behind(value).any(|v| matches!(module.inst(v).op, Op::Function(f) if f == wanted))
}

/// Whether a value is `wanted` under another name.
fn leads_to(module: &Module, value: ValueId, wanted: ValueId) -> bool {
    module.behind(value).any(|v| v == wanted)
}

/// The arguments a parameter is bound to, each with the keys that are then demanded of it.
pub(super) fn select_args(
    params: &[Param],
    index: u32,
    position: u32,
    args: &[Arg],
    keys: &[Key],
) -> Vec<(ValueId, Keys)> {
    let param = &params[index as usize];
    let mut found = Vec::new();
    match param.kind {
        ParamKind::Normal | ParamKind::KeywordOnly => {
            let mut at = 0;
            for arg in args {
                match arg.kind {
                    ArgKind::Positional => {
                        if at == position && param.kind == ParamKind::Normal {
                            return vec![(arg.value, keys.into())];
                        }
                        at += 1;
                    }
                    ArgKind::Keyword(name) if name == param.name => return vec![(arg.value, keys.into())],
                    ArgKind::Spread if at <= position && param.kind == ParamKind::Normal => {
                        found.push((arg.value, prepend(Key::Index((position - at) as i32), keys)));
                    }
                    ArgKind::SpreadKeywords => found.push((arg.value, prepend(Key::Field(param.name), keys))),
                    _ => {}
                }
            }
        }
        ParamKind::Rest => {
            let positional = args.iter().filter(|a| a.kind == ArgKind::Positional).skip(position as usize);
            match keys.first() {
                Some(Key::Index(i)) if *i >= 0 => {
                    found.extend(positional.skip(*i as usize).take(1).map(|a| (a.value, keys[1..].into())));
                }
                Some(_) => found.extend(positional.map(|a| (a.value, keys[1..].into()))),
                None => found.extend(positional.map(|a| (a.value, Keys::new()))),
            }
            let spread = args.iter().filter(|a| a.kind == ArgKind::Spread);
            found.extend(spread.map(|a| (a.value, keys.into())));
        }
        ParamKind::RestKeywords => {
            let named = |name: Sym| params.iter().any(|p| p.name == name);
            for arg in args {
                match (arg.kind, keys.first()) {
                    (ArgKind::Keyword(name), Some(Key::Field(wanted))) if name == *wanted => {
                        found.push((arg.value, keys[1..].into()));
                    }
                    (ArgKind::Keyword(name), None) if !named(name) => found.push((arg.value, Keys::new())),
                    (ArgKind::Keyword(name), Some(Key::Any | Key::Each)) if !named(name) => {
                        found.push((arg.value, keys[1..].into()));
                    }
                    (ArgKind::SpreadKeywords, _) => found.push((arg.value, keys.into())),
                    _ => {}
                }
            }
        }
    }
    found
}
