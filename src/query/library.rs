//! Functions of the standard libraries that hand on what they are given, and objects that are made of it.

use super::origins::Origin;
use super::{Ctx, Entry, Next, Solver, State, may_be, prepend};
use crate::graph::Node;
use crate::ir::*;

impl Solver<'_> {
    /// Functions of the standard libraries that hand their argument on.
    pub(super) fn library_function(
        &mut self,
        callee: ValueId,
        args: &[Arg],
        state: &State,
    ) -> Option<Vec<Next>> {
        let callee = State::whole(Node { module: state.node.module, value: callee }, state.ctx);
        let origins = self.origins(&callee);
        let [Origin::External { path, .. }] = origins.as_ref() else { return None };
        let first = args.first()?;
        match path.as_str() {
            "dataclasses.replace" => match state.keys.first() {
                Some(Key::Field(wanted)) => {
                    let given = args.iter().find(|a| a.kind == ArgKind::Keyword(*wanted));
                    Some(match given {
                        Some(arg) => vec![Next::Go(state.with(arg.value, state.keys[1..].into()))],
                        None => vec![Next::Go(state.to(first.value))],
                    })
                }
                _ => None,
            },
            "copy.copy"
            | "copy.deepcopy"
            | "asyncio.run"
            | "asyncio.wait_for"
            | "asyncio.shield"
            | "asyncio.create_task"
            | "asyncio.ensure_future"
            | "typing.cast"
            | "contextlib.closing"
            | "itertools.chain.from_iterable" => {
                let at = usize::from(path.as_str() == "typing.cast");
                args.get(at).map(|a| vec![Next::Go(state.to(a.value))])
            }
            "asyncio.gather" | "itertools.chain" => match state.keys.first() {
                Some(Key::Index(i)) if *i >= 0 && args.iter().all(|a| a.kind == ArgKind::Positional) => {
                    let arg = args.get(*i as usize)?;
                    Some(vec![Next::Go(state.with(arg.value, state.keys[1..].into()))])
                }
                Some(_) => Some(
                    args.iter()
                        .map(|a| match a.kind {
                            ArgKind::Spread => Next::Go(state.to(a.value)),
                            _ => Next::Go(state.with(a.value, state.keys[1..].into())),
                        })
                        .collect(),
                ),
                None => None,
            },
            _ => None,
        }
    }

    /// `itemgetter("k")(record)`, `attrgetter("k")(record)`, also where the getter has a name.
    pub(super) fn getter_result(
        &mut self,
        getter: ValueId,
        args: &[Arg],
        state: &State,
    ) -> Option<Vec<Next>> {
        let [record] = args else { return None };
        let getter = State::whole(Node { module: state.node.module, value: getter }, state.ctx);
        let origins = self.origins(&getter);
        let [Origin::External { path, calls, .. }] = origins.as_ref() else { return None };
        if !matches!(path.as_str(), "operator.itemgetter()" | "operator.attrgetter()") {
            return None;
        }
        let (made, _) = calls.last()?;
        let Op::Call { args: keys, .. } = self.graph.op(*made) else { return None };
        let [key] = keys[..] else { return None };
        let key = self.constant_key(key.value, made.module);
        Some(vec![Next::Go(state.with(record.value, prepend(key, &state.keys)))])
    }

    /// What a list of `[key, value]` pairs has under the demanded key.
    pub(super) fn of_pairs(&mut self, list: ValueId, state: &State) -> Vec<Next> {
        let (wanted, rest) = (state.keys[0], &state.keys[1..]);
        let module = self.graph.module(state.node);
        let value_of = prepend(Key::Index(1), rest);
        let any = |list: ValueId| Next::Go(state.with(list, prepend(Key::Each, &value_of)));
        let Op::Alloc { items, kind: AllocKind::List } = &module.inst(module.bare(list)).op else {
            return vec![any(list)];
        };
        let mut next = Vec::new();
        for (place, pair) in items {
            let Op::Alloc { items, .. } = &module.inst(module.bare(*pair)).op else {
                next.push(match place {
                    Key::Spread => any(*pair),
                    _ => Next::Go(state.with(*pair, value_of.clone())),
                });
                continue;
            };
            let [(_, key), (_, value)] = &items[..] else { continue };
            if may_be(self.constant_key(*key, state.node.module), wanted) {
                next.push(Next::Go(state.with(*value, rest.into())));
            }
        }
        next
    }

    /// What a promise made by `new Promise(executor)` is resolved with: the argument of each call of the executor's first
    /// parameter.
    pub(super) fn resolved_by(&mut self, executor: ValueId, state: &State) -> Option<Vec<Next>> {
        let value = State::whole(Node { module: state.node.module, value: executor }, state.ctx);
        let mut next = Vec::new();
        for origin in self.origins(&value).iter() {
            let Origin::Function { function, ctx, .. } = origin else { continue };
            let f = self.graph.function(*function);
            let Some(resolve) = f.params.get(usize::from(f.has_receiver)) else { continue };
            let module = &self.graph.modules[function.module as usize];
            let inside = self.enter(*function, Entry::of(state.node).handed_as(0).made_in(*ctx), state.ctx);
            for (call, owner) in &module.calls {
                let inst = module.inst(*call);
                let Op::Call { callee, args } = &inst.op else { continue };
                let within = f.start <= inst.start && inst.end <= f.end;
                if !within || !module.behind(*callee).any(|v| v == resolve.value) {
                    continue;
                }
                let Some(given) = args.first() else { continue };
                // A callback inside the executor is called by somebody else.
                let ctx = if *owner == function.function { inside } else { Ctx::ANY };
                let node = Node { module: function.module, value: given.value };
                let state = State { node, ctx, keys: state.keys.clone() };
                next.push(Next::Cross {
                    state,
                    call: Node { value: *call, ..node },
                    function: *function,
                    entered: true,
                });
            }
        }
        (!next.is_empty()).then_some(next)
    }
}
