//! Functions that a chain or an agent is put together from: steps of a pipeline, tools. What they return is sent by the
//! chain, although no call in sight passes it on.

use super::origins::Origin;
use super::select::select;
use super::{Ctx, Entry, Next, Solver, State};
use crate::graph::{FuncRef, Node};
use crate::ir::*;
use crate::rules::glob;
use rustc_hash::FxHashSet;

/// Values that are looked at to find the parts of one chain.
const MAX_VALUES: usize = 200;
/// Functions that count.
const MAX_PARTS: usize = 32;
/// Nesting of lists, tables and calls among tools.
const MAX_DEPTH: u32 = 4;

/// A function, how it is entered and the object it is a method of.
type Part = (FuncRef, Entry);

/// Which calls take functions that are looked for among their arguments.
#[derive(Clone, Copy, PartialEq)]
enum Wrapped {
    /// Any: whatever wraps a tool, it is one.
    ByAny,
    /// Those that `rules/hops.toml` calls steps of a chain.
    ByStep,
}

impl Solver<'_> {
    /// What the functions return that the receiver of a call, or an argument of it, is put together from.
    pub fn results_of_parts(&mut self, call: Node) -> Vec<State> {
        let graph = self.graph;
        let Op::Call { callee, args } = graph.op(call) else { return Vec::new() };
        let here = |value: ValueId| State::whole(Node { module: call.module, value }, Ctx::ANY);
        let mut ahead: Vec<State> = args.iter().take(2).map(|arg| here(arg.value)).collect();
        if let Op::Load { base, .. } = graph.op(Node { module: call.module, value: *callee }) {
            ahead.push(here(*base));
        }
        let mut parts: Vec<Part> = Vec::new();
        self.tools_of(call, Ctx::ANY, &mut parts);
        let mut seen: FxHashSet<State> = FxHashSet::default();
        let mut makers: Vec<Node> = Vec::new();
        while let Some(state) = ahead.pop() {
            if seen.len() >= MAX_VALUES || !seen.insert(state.clone()) {
                continue;
            }
            match graph.op(state.node) {
                Op::Binary { op, left, right } if op.as_str() == "|" => {
                    for side in [*left, *right] {
                        let side = State::whole(Node { value: side, ..state.node }, state.ctx);
                        self.functions_in(&side, Wrapped::ByStep, 0, &mut parts);
                    }
                }
                Op::Call { .. } => {
                    makers.push(state.node);
                    self.tools_of(state.node, state.ctx, &mut parts);
                    self.functions_in(&State::whole(state.node, state.ctx), Wrapped::ByStep, 0, &mut parts);
                    ahead.extend(self.piped(&state, &mut parts));
                }
                _ => {}
            }
            for next in self.step(&state) {
                match next {
                    Next::Go(next) | Next::Cross { state: next, .. } => ahead.push(next),
                    Next::End(_) => {}
                }
            }
        }
        self.decorated_parts(&makers, &mut parts);
        parts.truncate(MAX_PARTS);
        let mut results: Vec<State> = Vec::new();
        for (function, entry) in parts {
            let entry = Entry { call, ..entry };
            results.extend(
                self.returned(function, entry, &State::whole(call, Ctx::ANY)).into_iter().filter_map(
                    |next| match next {
                        Next::Go(state) | Next::Cross { state, .. } => Some(state),
                        Next::End(_) => None,
                    },
                ),
            );
        }
        results
    }

    /// What the chain that a call gives was derived from; the steps of `a.pipe(b)` are parts.
    fn piped(&mut self, call: &State, parts: &mut Vec<Part>) -> Option<State> {
        let graph = self.graph;
        let Op::Call { callee, args } = graph.op(call.node) else { return None };
        let Op::Load { base, key: Key::Field(name) } = graph.op(Node { value: *callee, ..call.node }) else {
            return None;
        };
        if name.as_str() == "pipe" {
            for arg in args {
                let step = State::whole(Node { value: arg.value, ..call.node }, call.ctx);
                self.functions_in(&step, Wrapped::ByStep, 0, parts);
            }
        }
        Some(State::whole(Node { value: *base, ..call.node }, call.ctx))
    }

    /// The functions among the tools that a call is given.
    fn tools_of(&mut self, call: Node, ctx: Ctx, parts: &mut Vec<Part>) {
        for name in &self.rules.hops.parts.tools {
            let options = format!("0.{name}");
            for selector in [name.as_str(), options.as_str()] {
                for selected in select(self.graph, call, selector, &[]) {
                    self.functions_in(&selected.within(ctx), Wrapped::ByAny, 0, parts);
                }
            }
        }
    }

    /// Every function in a value: itself, an element, a method of a tool object, an argument of the call that wrapped it.
    fn functions_in(&mut self, value: &State, wrapped: Wrapped, depth: u32, parts: &mut Vec<Part>) {
        if depth >= MAX_DEPTH || parts.len() >= MAX_PARTS {
            return;
        }
        let rules = &self.rules.hops.parts;
        for origin in self.origins(value).iter() {
            match origin {
                Origin::Function { function, receiver, ctx } => {
                    parts.push((*function, Entry::of(value.node).with_receiver(*receiver).made_in(*ctx)));
                }
                Origin::Instance(class, _) if wrapped == Wrapped::ByAny => {
                    let entry = Entry::of(value.node).with_receiver(Some((value.node, value.ctx)));
                    let methods = rules.methods.iter().filter_map(|name| self.method(*class, name));
                    parts.extend(methods.map(|method| (method, entry)));
                }
                Origin::Object(node, ctx) => {
                    let Op::Alloc { items, .. } = self.graph.op(*node) else { continue };
                    for (_, item) in items {
                        let item = State::whole(Node { value: *item, ..*node }, *ctx);
                        self.functions_in(&item, wrapped, depth + 1, parts);
                    }
                }
                Origin::External { path, calls, .. } => {
                    let path = path.trim_end_matches("()");
                    let takes =
                        wrapped == Wrapped::ByAny || rules.steps.iter().any(|s| glob::matches(s, path));
                    let Some((made, ctx)) = calls.last().filter(|_| takes) else { continue };
                    let Op::Call { args, .. } = self.graph.op(*made) else { continue };
                    for arg in args {
                        let arg = State::whole(Node { value: arg.value, ..*made }, *ctx);
                        self.functions_in(&arg, wrapped, depth + 1, parts);
                    }
                }
                _ => {}
            }
        }
    }

    /// Functions that a decorator of the object made by one of these calls makes a part of it.
    fn decorated_parts(&mut self, makers: &[Node], parts: &mut Vec<Part>) {
        let graph = self.graph;
        let mut modules: Vec<u32> = makers.iter().map(|m| m.module).collect();
        modules.sort_unstable();
        modules.dedup();
        for module in modules {
            for (index, function) in graph.modules[module as usize].functions.iter().enumerate() {
                let of_it = function
                    .decorators
                    .iter()
                    .any(|decorator| self.is_part_of(Node { module, value: *decorator }, makers));
                if of_it {
                    let function = FuncRef { module, function: FunctionId(index as u32) };
                    parts.push((function, Entry::of(makers[0])));
                }
            }
        }
    }

    /// Whether a decorator is one that gives a function to the object which one of these calls made.
    fn is_part_of(&mut self, decorator: Node, makers: &[Node]) -> bool {
        let graph = self.graph;
        let mut node = decorator;
        if let Op::Call { callee, .. } = graph.op(node) {
            node.value = *callee;
        }
        let Op::Load { base, key: Key::Field(name) } = graph.op(node) else { return false };
        if !self.rules.hops.parts.decorators.iter().any(|n| n == name.as_str()) {
            return false;
        }
        let base = State::whole(Node { value: *base, ..node }, Ctx::ANY);
        self.origins(&base).iter().any(|origin| match origin {
            Origin::External { calls, .. } => calls.last().is_some_and(|(made, _)| makers.contains(made)),
            _ => false,
        })
    }
}
