//! What the built-in containers, functions and promises of the languages themselves do with their content.
//!
//! Only behaviour that keeps the parts of a value apart is modelled here; everything else is a call to the outside,
//! whose result carries what its arguments carry.

use super::origins::Origin;
use super::{Ctx, Entry, Keys, Next, Solver, State, prepend};
use crate::graph::modules::Target;
use crate::graph::{FuncRef, Node};
use crate::ir::*;

/// Whether a method name says nothing about the class it belongs to.
pub fn is_common(name: &str) -> bool {
    const COMMON: &[&str] = &[
        "get", "set", "add", "pop", "put", "run", "call", "copy", "keys", "items", "values", "update",
        "append", "extend", "insert", "remove", "clear", "index", "count", "sort", "join", "split", "strip",
        "format", "read", "write", "close", "open", "send", "next", "push", "map", "filter", "then", "find",
        "create", "delete", "save", "load", "start", "stop", "execute", "query", "process", "handle",
        "to_dict", "json", "text", "toString", "has", "forEach", "slice", "replace", "match", "test", "trim",
        "invoke", "render", "init",
    ];
    COMMON.contains(&name)
}

/// Methods that dicts, lists, sets, maps and strings have.
pub fn is_container_method(name: &str) -> bool {
    const METHODS: &[&str] =
        &["get", "set", "add", "pop", "update", "append", "extend", "insert", "encode", "push"];
    METHODS.contains(&name)
}

/// Element-wise methods: the callback receives one element, the result is a list of what it returns.
const MAPPING: &[&str] = &[
    "map",
    "flatMap",
    "forEach",
    "filter",
    "some",
    "every",
    "find",
    "findLast",
    "findIndex",
    "apply",
    "applymap",
    "progress_apply",
    "transform",
];

impl Solver<'_> {
    /// Where the result of a call to a built-in comes from; `None` when it is not one.
    pub(super) fn builtin_result(&mut self, state: &State) -> Option<Vec<Next>> {
        let Op::Call { callee, args } = self.graph.op(state.node) else { return None };
        let module = state.node.module;
        let args = args.clone();
        match self.graph.op(Node { module, value: *callee }) {
            Op::Global(name) => self.global_function(*name, &args, state),
            Op::Load { base, key: Key::Field(name) } => {
                let (base, name) = (*base, *name);
                if let Op::Global(namespace) = self.graph.op(Node { module, value: base }) {
                    return self.namespace_function(*namespace, name, &args, state);
                }
                if let Op::Import(import) = self.graph.op(Node { module, value: base })
                    && matches!(self.graph.import(module, *import).1, Target::External(_))
                {
                    return self.library_function(*callee, &args, state);
                }
                self.container_method(base, name, &args, state)
            }
            Op::Import(_) => self.library_function(*callee, &args, state),
            Op::Call { .. } | Op::Variable(_) | Op::Bind { .. } => self.getter_result(*callee, &args, state),
            _ => None,
        }
    }

    fn global_function(&mut self, name: Sym, args: &[Arg], state: &State) -> Option<Vec<Next>> {
        let first = args.first().filter(|a| a.kind == ArgKind::Positional);
        let same = |arg: &Arg| vec![Next::Go(state.to(arg.value))];
        let element = matches!(state.keys.first(), Some(Key::Each | Key::Any | Key::Index(_)));
        match name.as_str() {
            "list" | "tuple" | "set" | "frozenset" | "sorted" | "reversed" | "iter" | "aiter"
            | "structuredClone" => first.map(same),
            "dict" => {
                let mut next = Vec::new();
                for arg in args {
                    match (arg.kind, state.keys.first()) {
                        (ArgKind::Keyword(name), Some(Key::Field(wanted))) if name == *wanted => {
                            next = vec![Next::Go(state.with(arg.value, state.keys[1..].into()))];
                            break;
                        }
                        (ArgKind::Keyword(_), Some(Key::Any | Key::Each)) => {
                            next.push(Next::Go(state.with(arg.value, state.keys[1..].into())));
                        }
                        (ArgKind::Positional | ArgKind::SpreadKeywords, Some(_)) => {
                            next.push(Next::Go(state.to(arg.value)));
                        }
                        _ => {}
                    }
                }
                (!state.keys.is_empty()).then_some(next)
            }
            "next" | "anext" => {
                first.map(|a| vec![Next::Go(state.with(a.value, prepend(Key::Each, &state.keys)))])
            }
            "enumerate" if element => match (first, state.keys.get(1)) {
                (Some(arg), Some(Key::Index(1))) => {
                    let keys: Keys = prepend(Key::Each, &state.keys[2..]);
                    Some(vec![Next::Go(state.with(arg.value, keys))])
                }
                (_, Some(Key::Index(0))) => Some(Vec::new()),
                _ => None,
            },
            "zip" if element => match state.keys.get(1) {
                Some(Key::Index(i)) if *i >= 0 => {
                    let keys: Keys = prepend(Key::Each, &state.keys[2..]);
                    args.get(*i as usize).map(|a| vec![Next::Go(state.with(a.value, keys))])
                }
                _ => None,
            },
            "map" if element || state.keys.is_empty() => {
                self.returned_by(args.first()?.value, 0, state.keys.get(1..).unwrap_or(&[]), state)
            }
            "filter" if element => args.get(1).map(same),
            "Map" if !state.keys.is_empty() => Some(self.of_pairs(first?.value, state)),
            "Promise" => self.resolved_by(first?.value, state),
            _ => None,
        }
    }

    fn namespace_function(
        &mut self,
        space: Sym,
        name: Sym,
        args: &[Arg],
        state: &State,
    ) -> Option<Vec<Next>> {
        let first = args.first()?;
        match (space.as_str(), name.as_str()) {
            ("Promise", "all" | "allSettled" | "race" | "any" | "resolve") => {
                // `race` and `any` give one element instead of the list.
                let keys = match name.as_str() {
                    "race" | "any" => prepend(Key::Each, &state.keys),
                    _ => state.keys.clone(),
                };
                Some(vec![Next::Go(state.with(first.value, keys))])
            }
            ("Object", "freeze" | "seal" | "create")
            | ("Array", "from" | "of")
            | ("Reflect", "construct") => Some(vec![Next::Go(state.to(first.value))]),
            ("Object", "assign") if !state.keys.is_empty() => {
                Some(args.iter().rev().map(|a| Next::Go(state.to(a.value))).collect())
            }
            ("Object", "values") => match state.keys.first() {
                Some(Key::Each | Key::Any | Key::Index(_)) => {
                    let keys = prepend(Key::Any, &state.keys[1..]);
                    Some(vec![Next::Go(state.with(first.value, keys))])
                }
                _ => None,
            },
            ("Object", "entries") => self.entries(first.value, state),
            ("Object", "keys") => Some(Vec::new()),
            ("Reflect", "get") => {
                let key = args.get(1).map(|a| self.constant_key(a.value, state.node.module))?;
                Some(vec![Next::Go(state.with(first.value, prepend(key, &state.keys)))])
            }
            _ => None,
        }
    }

    fn container_method(
        &mut self,
        base: ValueId,
        name: Sym,
        args: &[Arg],
        state: &State,
    ) -> Option<Vec<Next>> {
        let first = args.first();
        let known = MAPPING.contains(&name.as_str())
            || matches!(
                name.as_str(),
                "get"
                    | "copy"
                    | "slice"
                    | "concat"
                    | "reverse"
                    | "sort"
                    | "toSorted"
                    | "toReversed"
                    | "flat"
                    | "pop"
                    | "shift"
                    | "at"
                    | "values"
                    | "items"
                    | "entries"
                    | "keys"
                    | "then"
                    | "catch"
                    | "finally"
                    | "bind"
                    | "setdefault"
                    | "result"
                    | "popitem"
            );
        if name.as_str() == "pipe" {
            // Composition: what goes in at one end comes out at the other, and each part is meant.
            return Some(
                std::iter::once(base)
                    .chain(args.iter().map(|a| a.value))
                    .map(|v| Next::Go(state.to(v)))
                    .collect(),
            );
        }
        if name.as_str() == "bind" {
            return Some(vec![Next::Go(state.to(base))]);
        }
        if !known || !self.is_plain(base, &name, state) {
            return None;
        }
        let element = matches!(state.keys.first(), Some(Key::Each | Key::Any | Key::Index(_)));
        let same = || vec![Next::Go(state.to(base))];
        match name.as_str() {
            "get" | "pop" | "setdefault" if first.is_some() => {
                let keys = match self.constant_key(first?.value, state.node.module) {
                    Key::Any => self.keys_of(Key::Value(first?.value), state.node.module, state.ctx),
                    key => smallvec::smallvec![key],
                };
                let under = |key: &Key| Next::Go(state.with(base, prepend(*key, &state.keys)));
                let mut next: Vec<Next> = keys.iter().map(under).collect();
                next.extend(args.get(1).map(|d| Next::Go(state.to(d.value))));
                Some(next)
            }
            "copy" | "slice" | "reverse" | "sort" | "toSorted" | "toReversed" | "bind" | "finally" => {
                Some(same())
            }
            "flat" if element => Some(vec![Next::Go(state.with(base, prepend(Key::Each, &state.keys)))]),
            "concat" if element => {
                // Where the later lists start is not known.
                let later = prepend(Key::Any, &state.keys[1..]);
                let later = args.iter().map(|a| Next::Go(state.with(a.value, later.clone())));
                Some(std::iter::once(Next::Go(state.to(base))).chain(later).collect())
            }
            "pop" | "shift" | "at" => Some(vec![Next::Go(state.with(base, prepend(Key::Any, &state.keys)))]),
            // `repository.find({ where: … })` asks a store, not a list.
            "find" | "findLast"
                if first.is_some_and(|a| {
                    matches!(
                        self.graph.modules[state.node.module as usize].inst(a.value).op,
                        Op::Alloc { .. }
                    )
                }) =>
            {
                None
            }
            "find" | "findLast" => Some(vec![Next::Go(state.with(base, prepend(Key::Each, &state.keys)))]),
            "filter" if element || state.keys.is_empty() => Some(same()),
            "get" => Some(vec![Next::Go(state.with(base, prepend(Key::Any, &state.keys)))]),
            "values" if element && args.is_empty() => {
                Some(vec![Next::Go(state.with(base, prepend(Key::Any, &state.keys[1..])))])
            }
            "items" | "entries" if args.is_empty() => self.entries(base, state),
            "keys" if args.is_empty() => Some(Vec::new()),
            "map" if element || state.keys.is_empty() => {
                self.returned_by(first?.value, 0, state.keys.get(1..).unwrap_or(&[]), state)
            }
            "flatMap" if element || state.keys.is_empty() => {
                self.returned_by(first?.value, 0, &state.keys, state)
            }
            "then" | "catch" => self.returned_by(first?.value, 0, &state.keys, state),
            "some" | "every" | "findIndex" | "forEach" => Some(Vec::new()),
            _ => None,
        }
    }

    /// `[key, value]` pairs: only the value is content.
    fn entries(&mut self, base: ValueId, state: &State) -> Option<Vec<Next>> {
        match (state.keys.first(), state.keys.get(1)) {
            (Some(Key::Each | Key::Any | Key::Index(_)), Some(Key::Index(1))) => {
                Some(vec![Next::Go(state.with(base, prepend(Key::Any, &state.keys[2..])))])
            }
            (Some(Key::Each | Key::Any | Key::Index(_)), Some(Key::Index(0))) => Some(Vec::new()),
            _ => None,
        }
    }

    /// What a function given as argument `arg` of the call at `state.node` returns.
    fn returned_by(&mut self, function: ValueId, arg: u32, keys: &[Key], state: &State) -> Option<Vec<Next>> {
        let value = State::whole(Node { module: state.node.module, value: function }, state.ctx);
        let mut next = Vec::new();
        for origin in self.origins(&value).iter() {
            if let Origin::Function { function, ctx, .. } = origin {
                let entry = Entry::of(state.node).handed_as(arg).made_in(*ctx);
                next.extend(self.returned(*function, entry, &State { keys: keys.into(), ..state.clone() }));
            }
        }
        (!next.is_empty()).then_some(next)
    }

    /// Whether a receiver is a built-in container or something whose class nobody knows, rather than an object of
    /// the program or of a library with methods of its own.
    fn is_plain(&mut self, base: ValueId, method: &str, state: &State) -> bool {
        // What was put in since does not change what it is, and asking through every change costs exponentially.
        let module = state.node.module;
        let made = self.made.entry(module).or_default().of(&self.graph.modules[module as usize], base);
        let origins = self.origins(&State::whole(Node { module, value: made }, state.ctx));
        // A list of objects is declared by their class, which then does not have the list's methods.
        let lacks = |solver: &mut Self, o: &Origin| match o {
            Origin::Instance(class, _) => {
                solver.method(*class, method).is_none() && solver.external_bases(*class).is_empty()
            }
            _ => false,
        };
        if origins.iter().any(|o| lacks(self, o)) {
            return true;
        }
        let plain = |o: &Origin| match o {
            Origin::Object(..)
            | Origin::Unknown(_)
            | Origin::Param(_)
            | Origin::Text(..)
            | Origin::Const(_) => true,
            Origin::Function { .. } => true,
            // An element or field of something a library returned is most likely a plain container.
            Origin::External { path, .. } => {
                path.ends_with("[]")
                    || made_by_function(path)
                    || is_standard(path)
                    || self.rules.readers.is_data(path)
            }
            _ => false,
        };
        origins.is_empty() || origins.iter().any(plain)
    }

    pub(super) fn constant_key(&mut self, value: ValueId, module: u32) -> Key {
        match self.graph.modules[module as usize].inst(value).op {
            Op::Const(Const::Str(name)) => Key::Field(name),
            Op::Const(Const::Int(i)) => Key::Index(i as i32),
            _ => Key::Any,
        }
    }

    /// Whether a call certainly empties its receiver: `clear()` of what the program made as a literal.
    pub(super) fn empties(&mut self, call: Node, slot: Slot, ctx: Ctx) -> bool {
        let Op::Call { callee, args } = self.graph.op(call) else { return false };
        let callee = Node { module: call.module, value: *callee };
        let Op::Load { base, key: Key::Field(name) } = self.graph.op(callee) else { return false };
        if slot != Slot::Receiver || name.as_str() != "clear" || !args.is_empty() {
            return false;
        }
        let base = State::whole(Node { module: call.module, value: *base }, ctx);
        let origins = self.origins(&base);
        !origins.is_empty() && origins.iter().all(|o| matches!(o, Origin::Object(..)))
    }

    /// What a built-in mutator put into (or took out of) its receiver; `None` when the callee is not one.
    pub(super) fn builtin_change(&mut self, call: Node, slot: Slot, state: &State) -> Option<Vec<Next>> {
        let Op::Call { callee, args } = self.graph.op(call) else { return None };
        let callee = Node { module: call.module, value: *callee };
        let Op::Load { base, key: Key::Field(name) } = self.graph.op(callee) else { return None };
        if slot != Slot::Receiver {
            // `Object.assign(target, …)` changes its first argument.
            let target = matches!(self.graph.op(Node { module: call.module, value: *base }),
                Op::Global(g) if g.as_str() == "Object")
                && name.as_str() == "assign"
                && slot == Slot::Arg(0);
            return target.then(|| args.iter().skip(1).map(|a| Next::Go(state.to(a.value))).collect());
        }
        let adds = put(self.graph.module(call), name, args)?;
        if !self.is_plain(*base, name, &State::whole(call, state.ctx)) {
            return None;
        }
        let mut next = Vec::new();
        for (key, value) in adds {
            match (key, state.keys.first()) {
                // The argument's own entries are merged in.
                (Key::Spread, Some(_)) => next.push(Next::Go(state.with(value, state.keys.clone()))),
                (key, Some(wanted)) if super::may_be(key, *wanted) => {
                    next.push(Next::Go(state.with(value, state.keys[1..].into())));
                }
                _ => {}
            }
        }
        Some(next)
    }

    /// Parameter `index` of a function that a library call receives as argument `handed`.
    pub(super) fn handed_by_library(
        &mut self,
        function: FuncRef,
        index: u32,
        call: Node,
        handed: u32,
        parent: Ctx,
        state: &State,
    ) -> Vec<Next> {
        let Op::Call { callee, args } = self.graph.op(call) else { return Vec::new() };
        let f = self.graph.function(function);
        let position = index - u32::from(f.has_receiver);
        let name = f.params[index as usize].name;
        let module = call.module;
        let at = |value: ValueId, keys: Keys| Next::Cross {
            state: State { node: Node { module, value }, ctx: parent, keys },
            call,
            function,
            entered: false,
        };
        let following: Vec<&Arg> = args.iter().skip(handed as usize + 1).collect();
        if let Op::Load { base, key: Key::Field(method) } = self.graph.op(Node { module, value: *callee }) {
            let method = method.as_str();
            if following.iter().all(|a| a.kind != ArgKind::Positional) || method == "reduce" {
                let element = match method {
                    "reduce" => position == 1,
                    _ => MAPPING.contains(&method) && position == 0,
                };
                if element {
                    return vec![at(*base, prepend(Key::Each, &state.keys))];
                }
                if matches!(method, "then" | "catch" | "finally") && position == 0 {
                    return vec![at(*base, state.keys.clone())];
                }
            }
            // `executor.map(f, xs)`, `pool.imap(f, xs)`.
            if method.ends_with("map") && handed == 0 {
                let arg = following.get(position as usize);
                return arg.map(|a| at(a.value, prepend(Key::Each, &state.keys))).into_iter().collect();
            }
        }
        if let Op::Global(global) = self.graph.op(Node { module, value: *callee })
            && matches!(global.as_str(), "map" | "filter")
        {
            let arg = following.get(position as usize);
            return arg.map(|a| at(a.value, prepend(Key::Each, &state.keys))).into_iter().collect();
        }
        // A callback of a JavaScript library is called with what happened, not with its neighbours.
        if self.graph.module(call).language != crate::language::Language::Python {
            return Vec::new();
        }
        // `submit(f, x)`, `apply_async(f, args=(x,), kwargs={…})` of whatever object.
        let mut next = Vec::new();
        for arg in args {
            match arg.kind {
                ArgKind::Keyword(k) if k == name => return vec![at(arg.value, state.keys.clone())],
                ArgKind::Keyword(k) if k.as_str() == "args" => {
                    next.push(at(arg.value, prepend(Key::Index(position as i32), &state.keys)));
                }
                ArgKind::Keyword(k) if k.as_str() == "kwargs" => {
                    next.push(at(arg.value, prepend(Key::Field(name), &state.keys)));
                }
                _ => {}
            }
        }
        let positional = following.iter().filter(|a| a.kind == ArgKind::Positional).nth(position as usize);
        if let Some(arg) = positional {
            return vec![at(arg.value, state.keys.clone())];
        }
        next
    }
}

/// Whether a path is an object of a container class of the language or its standard library.
fn is_standard(path: &str) -> bool {
    const MODULES: &[&str] = &["asyncio.", "queue.", "collections.", "multiprocessing.", "threading."];
    MODULES.iter().any(|m| path.starts_with(m)) || !path.contains(['.', '/', '@'])
}

/// Whether a path ends in the result of a function, rather than in an object of a library's class.
fn made_by_function(path: &str) -> bool {
    let Some(callee) = path.strip_suffix("()") else { return false };
    let name = callee.rsplit(['.', '/']).next().unwrap_or(callee);
    !name.starts_with(char::is_uppercase) && name != "default"
}

/// Whether a call goes by the name of a built-in mutator of what is in the slot.
pub(super) fn may_change(module: &Module, call: ValueId, slot: Slot) -> bool {
    let Op::Call { callee, args } = &module.inst(call).op else { return false };
    let Op::Load { key: Key::Field(name), .. } = &module.inst(*callee).op else { return false };
    match slot {
        Slot::Receiver => put(module, name, args).is_some() || removed(module, call).is_some(),
        Slot::Arg(_) => name.as_str() == "assign",
    }
}

/// What a built-in mutator of this name puts where: (key, value), with [`Key::Spread`] for "merged in".
pub fn put(module: &Module, name: &str, args: &[Arg]) -> Option<Vec<(Key, ValueId)>> {
    let positional = || args.iter().filter(|a| a.kind == ArgKind::Positional).map(|a| a.value);
    match name {
        "append" | "push" | "add" | "appendleft" | "unshift" | "put" | "put_nowait" | "write"
        | "writelines" => Some(
            args.iter()
                .map(|a| match a.kind {
                    ArgKind::Spread => (Key::Spread, a.value),
                    _ => (Key::Any, a.value),
                })
                .collect(),
        ),
        "extend" | "extendleft" => Some(positional().map(|v| (Key::Spread, v)).collect()),
        "update" => Some(
            args.iter()
                .map(|a| match a.kind {
                    ArgKind::Keyword(name) => (Key::Field(name), a.value),
                    _ => (Key::Spread, a.value),
                })
                .collect(),
        ),
        "insert" | "splice" => Some(positional().skip(1).map(|v| (Key::Any, v)).collect()),
        "set" | "setdefault" => {
            let key = match module.inst(positional().next()?).op {
                Op::Const(Const::Str(name)) => Key::Field(name),
                _ => Key::Any,
            };
            Some(positional().skip(1).map(|v| (key, v)).collect())
        }
        _ => None,
    }
}

/// The key a call removes from its receiver (`d.pop("k")`).
pub fn removed(module: &Module, call: ValueId) -> Option<Key> {
    let Op::Call { callee, args } = &module.inst(call).op else { return None };
    let Op::Load { key: Key::Field(name), .. } = module.inst(*callee).op else { return None };
    if !matches!(name.as_str(), "pop" | "delete") {
        return None;
    }
    match module.inst(args.first()?.value).op {
        Op::Const(Const::Str(key)) => Some(Key::Field(key)),
        _ => None,
    }
}
