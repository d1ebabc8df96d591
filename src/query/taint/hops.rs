//! What arrives from another part of the program: at a route, from a queue, by a message, in a function called elsewhere.

mod route;

use super::super::bind::select_args;
use super::super::origins::Origin;
use super::super::select::select;
use super::super::{Ctx, Keys, State, prepend};
use super::{Fact, Hop, Minus, Walk, What};
use crate::graph::{FuncRef, Node};
use crate::ir::*;
use crate::rules::glob;
use crate::rules::hop::{Receive, Send};
use route::Request;
use ustr::ustr;

/// Calls of one name that are looked at.
const MAX_CALLS: usize = 400;
/// Calls that one value may arrive from.
const MAX_ARRIVALS: usize = 64;

/// Steps that looking for senders may cost in one walk, beside those of the walk itself.
const FUEL: u32 = 100_000;

/// What was found out about senders so far.
pub(super) struct Posts {
    requests: Option<Vec<Request>>,
    fuel: u32,
}

impl Default for Posts {
    fn default() -> Posts {
        Posts { requests: None, fuel: FUEL }
    }
}

impl Walk<'_, '_> {
    /// Follows what a parameter is given by calls that only name its function, or the key it listens to.
    pub(super) fn delivered(&mut self, function: FuncRef, index: u32, fact: &Fact, at: u32) {
        self.looking_for_senders(|walk| {
            let mut arrivals: Vec<(Node, State)> = Vec::new();
            walk.forwarded(function, index, &fact.state.keys, &mut arrivals);
            walk.messages(function, index, &fact.state.keys, &mut arrivals);
            walk.shared_state(function, index, &fact.state.keys, &mut arrivals);
            walk.arrive(arrivals, fact, at);
        });
    }

    /// Work on the budget of looking for senders: what nobody sent must not cost what the walk would have found.
    fn looking_for_senders(&mut self, work: impl FnOnce(&mut Self)) {
        let own = std::mem::replace(&mut self.solver.fuel, self.posts.fuel);
        work(self);
        self.posts.fuel = std::mem::replace(&mut self.solver.fuel, own);
        self.exhausted |= self.posts.fuel == 0;
    }

    fn arrive(&mut self, mut arrivals: Vec<(Node, State)>, fact: &Fact, at: u32) {
        arrivals.truncate(MAX_ARRIVALS);
        for (call, state) in arrivals {
            let next = Fact {
                state,
                minus: Minus::new(),
                typed: None,
                label: fact.label,
                opaque: 0,
                ..fact.clone()
            };
            self.push(next, at, Some(Hop { node: call, what: What::Sent }), None);
        }
    }

    /// `f.delay(x)`, `f.apply_async(args=[x])`.
    fn forwarded(&mut self, function: FuncRef, index: u32, keys: &Keys, arrivals: &mut Vec<(Node, State)>) {
        let graph = self.solver.graph;
        let rules = &self.solver.rules.hops.function;
        let f = graph.function(function);
        if f.name.is_empty() || (f.has_receiver && index == 0) {
            return;
        }
        let names = rules.forward.iter().chain(&rules.packed);
        for name in names {
            let calls: Vec<Node> = graph.calls_named(ustr(name)).take(MAX_CALLS).collect();
            for call in calls {
                if !self.is_method_of(call, function) {
                    continue;
                }
                let skipped = u32::from(self.has_switch(function, &rules.skips));
                let Some(position) = index.checked_sub(skipped) else { continue };
                if rules.forward.contains(name) {
                    let Op::Call { args, .. } = graph.op(call) else { continue };
                    let found = select_args(&f.params, index, position, args, keys);
                    arrivals.extend(found.into_iter().map(|(value, keys)| (call, at(call, value, keys))));
                } else {
                    let list = rules.arguments.iter().map(String::as_str);
                    let table = rules.keywords.iter().map(String::as_str);
                    self.packed(call, list, table, (position, f.params[index as usize].name), keys, arrivals);
                }
            }
        }
    }

    /// What a list and a table of arguments hold for a parameter.
    fn packed<'s>(
        &self,
        call: Node,
        list: impl Iterator<Item = &'s str>,
        table: impl Iterator<Item = &'s str>,
        (position, name): (u32, Sym),
        keys: &Keys,
        arrivals: &mut Vec<(Node, State)>,
    ) {
        let places = list
            .map(|selector| (selector, Key::Index(position as i32)))
            .chain(table.map(|selector| (selector, Key::Field(name))));
        for (selector, key) in places {
            for selected in select(self.solver.graph, call, selector, &[]) {
                let state = selected.within(Ctx::ANY);
                arrivals.push((call, State { keys: prepend(key, keys), ..state }));
            }
        }
    }

    /// Whether a call is of a method of this very function: `summarise.delay(…)`.
    fn is_method_of(&mut self, call: Node, function: FuncRef) -> bool {
        let Op::Call { callee, .. } = self.solver.graph.op(call) else { return false };
        let callee = Node { module: call.module, value: *callee };
        let Op::Load { base, .. } = self.solver.graph.op(callee) else { return false };
        let base = State::whole(Node { module: call.module, value: *base }, Ctx::ANY);
        let is_it = |o: &Origin| matches!(o, Origin::Function { function: f, .. } if *f == function);
        self.solver.origins(&base).iter().any(is_it)
    }

    /// Whether a decorator of the function has this keyword.
    fn has_switch(&self, function: FuncRef, name: &str) -> bool {
        let graph = self.solver.graph;
        graph.function(function).decorators.iter().any(|d| {
            match graph.op(Node { module: function.module, value: *d }) {
                Op::Call { args, .. } => {
                    args.iter().any(|a| matches!(a.kind, ArgKind::Keyword(k) if k.as_str() == name))
                }
                _ => false,
            }
        })
    }

    /// What is sent under the key that a function is registered for.
    fn messages(&mut self, function: FuncRef, index: u32, keys: &Keys, arrivals: &mut Vec<(Node, State)>) {
        let rules = self.solver.rules;
        let registered = self.registrations(function);
        if registered.is_empty() {
            return;
        }
        for channel in &rules.hops.channel {
            for receive in &channel.receive {
                for call in &registered {
                    let Some(listened) = self.listens(function, *call, receive) else { continue };
                    let first = receive.parameter + u32::from(skips(self, function, receive));
                    let Some(offset) = index.checked_sub(first) else { continue };
                    let Some(rest) = read_off(keys, &receive.within) else { continue };
                    for send in &channel.send {
                        let name = self.solver.graph.function(function).params[index as usize].name;
                        self.sent(send, &listened, (offset, name), &rest, arrivals);
                    }
                }
            }
        }
    }

    /// What other functions of the same graph return, and what the graph starts with.
    fn shared_state(
        &mut self,
        function: FuncRef,
        index: u32,
        keys: &Keys,
        arrivals: &mut Vec<(Node, State)>,
    ) {
        let graph = self.solver.graph;
        let rules = &self.solver.rules.hops.parts;
        if index != u32::from(graph.function(function).has_receiver) {
            return;
        }
        let registered = self.registrations(function);
        let mine = registered.into_iter().find(|call| self.is_call_of(*call, &rules.nodes));
        let Some(maker) = mine.and_then(|call| self.makers_of(call).first().copied()) else { return };
        for call in self.calls_ending(&rules.nodes, "any") {
            if self.makers_of(call).first() != Some(&maker) {
                continue;
            }
            let Op::Call { args, .. } = graph.op(call) else { continue };
            for arg in args {
                let other = State::whole(Node { module: call.module, value: arg.value }, Ctx::ANY);
                for origin in self.solver.origins(&other).iter() {
                    let Origin::Function { function: other, .. } = origin else { continue };
                    let results = graph.function(*other).returns.iter();
                    arrivals.extend(results.map(|value| {
                        let node = Node { module: other.module, value: *value };
                        (call, State { node, ctx: Ctx::ANY, keys: keys.clone() })
                    }));
                }
            }
        }
        for method in &rules.starts {
            let calls: Vec<Node> = graph.calls_named(ustr(method)).take(MAX_CALLS).collect();
            for call in calls {
                let Op::Call { args, .. } = graph.op(call) else { continue };
                let Some(first) = args.first().map(|a| a.value) else { continue };
                if self.makers_of(call).first() == Some(&maker) {
                    arrivals.push((call, at(call, first, keys.clone())));
                }
            }
        }
    }

    /// The calls behind the object a method is called on, in the order in which they were made.
    fn makers_of(&mut self, call: Node) -> Vec<Node> {
        let Op::Call { callee, .. } = self.solver.graph.op(call) else { return Vec::new() };
        let callee = Node { module: call.module, value: *callee };
        let origins = self.solver.origins(&State::whole(callee, Ctx::ANY));
        let made = origins.iter().find_map(|o| match o {
            Origin::External { calls, .. } => Some(calls.iter().map(|(made, _)| *made).collect()),
            _ => None,
        });
        made.unwrap_or_default()
    }

    /// The keys a registration listens to, when it is one of this kind; empty where there are none.
    fn listens(&mut self, function: FuncRef, call: Node, receive: &Receive) -> Option<Vec<String>> {
        if !self.is_call_of(call, &receive.call) {
            return None;
        }
        let Some(key) = &receive.key else { return Some(Vec::new()) };
        let mut keys = self.key_of(call, key);
        if receive.own_name && keys.is_empty() {
            keys.push(format!("*.{}", self.solver.graph.function(function).name));
        }
        (!keys.is_empty()).then_some(keys)
    }

    fn sent(
        &mut self,
        send: &Send,
        listened: &[String],
        (offset, name): (u32, Sym),
        keys: &Keys,
        arrivals: &mut Vec<(Node, State)>,
    ) {
        for call in self.calls_ending(&send.call, &send.language) {
            let meets = match &send.key {
                Some(key) => {
                    let keys = self.key_of(call, key);
                    keys.iter().any(|k| listened.iter().any(|l| glob::matches(l, k) && !k.contains('{')))
                }
                None => listened.is_empty(),
            };
            if !meets {
                continue;
            }
            if let Some(value) = send.values.get(offset as usize) {
                for selected in select(self.solver.graph, call, value, &[]) {
                    let inner: Keys = selected.keys.iter().chain(keys).copied().collect();
                    arrivals.push((call, State { node: selected.node, ctx: Ctx::ANY, keys: inner }));
                }
            }
            let (list, table) = (send.arguments.as_deref(), send.keywords.as_deref());
            self.packed(call, list.into_iter(), table.into_iter(), (offset, name), keys, arrivals);
        }
    }

    /// The calls of a language (or of `any`) that have one of these paths.
    fn calls_ending(&mut self, paths: &[String], family: &str) -> Vec<Node> {
        let graph = self.solver.graph;
        let mut steps: Vec<&str> =
            paths.iter().map(|c| c.rsplit(['.', '/', '*']).next().unwrap_or(c)).collect();
        // A default export goes by any name.
        steps.sort_unstable();
        steps.dedup();
        let mut found = Vec::new();
        for step in steps {
            let language = |n: &Node| family == "any" || graph.module(*n).language.family() == family;
            let calls: Vec<Node> = graph.calls_named(ustr(step)).filter(language).take(MAX_CALLS).collect();
            found.extend(calls.into_iter().filter(|call| self.is_call_of(*call, paths)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether the callee of a call (or a decorator) has one of these paths.
    fn is_call_of(&mut self, call: Node, paths: &[String]) -> bool {
        let callee = match self.solver.graph.op(call) {
            Op::Call { callee, .. } => Node { module: call.module, value: *callee },
            _ => call,
        };
        let fits = |path: &str| paths.iter().any(|p| glob::matches(p, path));
        let origins = self.solver.origins(&State::whole(callee, Ctx::ANY));
        let mut known = origins.iter().filter_map(super::external_path).peekable();
        match known.peek() {
            Some(_) => known.any(|path| fits(&path)),
            None => fits(&self.solver.describe(callee)),
        }
    }

    /// The texts an argument can be; `new.N` is an argument of the call that made the object.
    fn key_of(&mut self, call: Node, selector: &str) -> Vec<String> {
        let graph = self.solver.graph;
        let (call, selector) = match selector.strip_prefix("new.") {
            Some(selector) => {
                let Some(maker) = self.makers_of(call).last().copied() else { return Vec::new() };
                (maker, selector)
            }
            None => (call, selector),
        };
        let selected = select(graph, call, selector, &[]);
        let states: Vec<State> = selected.into_iter().map(|s| s.within(Ctx::ANY)).collect();
        states.iter().flat_map(|state| self.solver.strings(state)).map(|text| text.text).collect()
    }

    /// The calls and decorators that register a function as a handler.
    fn registrations(&mut self, function: FuncRef) -> Vec<Node> {
        let graph = self.solver.graph;
        let decorators = graph.function(function).decorators.iter();
        let mut found: Vec<Node> = decorators.map(|d| Node { module: function.module, value: *d }).collect();
        let handed = self.solver.callers(function);
        found.extend(handed.iter().filter(|e| e.handed.is_some()).map(|e| e.call));
        found
    }
}

fn skips(walk: &Walk<'_, '_>, function: FuncRef, receive: &Receive) -> bool {
    receive.skips.as_ref().is_some_and(|name| walk.has_switch(function, name))
}

fn at(call: Node, value: ValueId, keys: Keys) -> State {
    State { node: Node { module: call.module, value }, ctx: Ctx::ANY, keys }
}

/// What is read out of a value, when it is read off its holder by one of these dotted keys; the whole of it where the
/// holder is taken whole. `None` when something else of the holder is read.
fn read_off(keys: &Keys, within: &[String]) -> Option<Keys> {
    if within.is_empty() || keys.is_empty() {
        return Some(keys.clone());
    }
    within.iter().find_map(|path| {
        let mut rest = &keys[..];
        for step in path.split('.') {
            match rest.first() {
                Some(Key::Field(name)) if name.as_str() == step => rest = &rest[1..],
                Some(_) => return None,
                None => break,
            }
        }
        Some(rest.iter().copied().collect())
    })
}
