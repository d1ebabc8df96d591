//! Objects of the program's classes: methods, fields, inheritance, and what their constructors put in them.

use super::callable::CALLED;
use super::kin::Lineage;
use super::origins::Origin;
use super::strings::{REQUIRED_FIELD, SETTINGS_FIELD, UNSET_FIELD};
use super::{Ctx, Entry, Keys, Next, Solver, State, external_from};
use crate::graph::{ClassRef, FuncRef, Node};
use crate::ir::*;
use rustc_hash::FxHashSet;
use std::rc::Rc;
use std::sync::Arc;

/// Calls looked at to find out how objects of a class are made.
const MAX_MAKERS: usize = 16;

impl Solver<'_> {
    /// The constructor an instantiation runs, if the program defines one.
    pub(super) fn constructor(&mut self, class: ClassRef) -> Option<FuncRef> {
        let names = ["__init__", "constructor"];
        let lineage = self.lineage(class);
        lineage.classes.iter().find_map(|c| {
            let method = self.graph.class(*c).methods.iter().find(|(n, _)| names.contains(&n.as_str()));
            method.map(|(_, f)| FuncRef { module: c.module, function: *f })
        })
    }

    /// The demanded part of a new object, made by the call at `state.node`.
    pub(super) fn new_instance(&mut self, class: ClassRef, state: &State) -> Vec<Next> {
        self.instance_member(class, Some((state.node, state.ctx)), state)
    }

    /// The demanded part of an object of `class`, made by `maker` if that is known.
    pub(super) fn instance_member(
        &mut self,
        class: ClassRef,
        maker: Option<(Node, Ctx)>,
        state: &State,
    ) -> Vec<Next> {
        let Some(first) = state.keys.first().copied() else {
            let mut next = vec![Next::End(Origin::Instance(class, maker))];
            next.extend(self.as_external(class, maker, state));
            return next;
        };
        let rest: Keys = state.keys[1..].into();
        match first {
            Key::Field(name) => self.field(class, maker, name, rest, state),
            Key::Enter => {
                match self.method(class, "__enter__").or_else(|| self.method(class, "__aenter__")) {
                    Some(method) => {
                        let receiver = Some((state.node, state.ctx));
                        let entry = Entry::of(state.node).with_receiver(receiver);
                        self.returned(method, entry, &State { keys: rest, ..state.clone() })
                    }
                    None => self.instance_member(class, maker, &State { keys: rest, ..state.clone() }),
                }
            }
            Key::Index(_) | Key::Value(_) | Key::Any | Key::Each => {
                let named = ["__getitem__", "__iter__"].iter().find_map(|n| self.method(class, n));
                match named {
                    Some(method) => {
                        let entry = Entry::of(state.node).with_receiver(maker);
                        self.returned(method, entry, &State { keys: rest, ..state.clone() })
                    }
                    None => vec![Next::End(Origin::Unknown(state.node))],
                }
            }
            Key::Spread => vec![Next::End(Origin::Unknown(state.node))],
        }
    }

    fn field(
        &mut self,
        class: ClassRef,
        maker: Option<(Node, Ctx)>,
        name: Sym,
        rest: Keys,
        state: &State,
    ) -> Vec<Next> {
        if self.certain && maker.is_none() {
            return vec![Next::End(Origin::Unknown(state.node))];
        }
        let receiver = maker.or(match self.graph.op(state.node) {
            Op::Param { .. } => Some((state.node, state.ctx)),
            _ => None,
        });
        let mut next = Vec::new();
        // With an unknown maker the object may be of any class below.
        let below = if maker.is_none() { self.below(class) } else { Arc::from([class]) };
        for class in below.iter() {
            if let Some(method) = self.method(*class, &name) {
                next.extend(self.method_value(method, receiver, &rest, state));
            }
        }
        next.dedup_by(|a, b| matches!((a, b), (Next::End(x), Next::End(y)) if x == y));
        if !next.is_empty() {
            return next;
        }
        let lineage = self.lineage(class);
        if let (Some((call, ctx)), Some(init)) = (maker, self.constructor(class)) {
            let exits = &self.graph.function(init).exits;
            let entry = Entry::of(call).with_receiver(Some((call, ctx)));
            let inside = self.enter(init, entry, ctx);
            for exit in exits.iter().filter(|exit| exit.param == 0) {
                let node = Node { module: init.module, value: exit.value };
                if self.sets(node, name) {
                    let state = State { node, ctx: inside, keys: state.keys.clone() };
                    next.push(Next::Cross { state, call, function: init, entered: true });
                }
            }
        }
        let found_in_init = !next.is_empty();
        let mut classes: Vec<ClassRef> = lineage.classes.clone();
        classes.extend(below.iter().filter(|c| **c != class));
        let init = self.constructor(class);
        // An object nothing else can reach has only what its own constructor and calls put in it.
        let initialised = found_in_init
            || lineage
                .classes
                .iter()
                .any(|c| self.graph.class(*c).fields.iter().any(|f| f.name == name && f.value.is_some()));
        let private = initialised && maker.is_some_and(|(call, _)| !self.escapes(call));
        let mut written = found_in_init;
        for c in classes.iter().filter(|_| !private) {
            for (_, value) in self.graph.class(*c).stores.iter().filter(|(n, _)| *n == name) {
                let node = Node { module: c.module, value: *value };
                let in_init = init.is_some_and(|f| self.within(node, f));
                if !(found_in_init && in_init) {
                    written |= !came_back(self.graph.module(node), *value, name);
                    next.push(Next::Go(State { node, ctx: Ctx::ANY, keys: rest.clone() }));
                }
            }
        }
        // What an object holds hides what its class says; the nearest class that says anything decides.
        let mut above: Vec<ClassRef> = Vec::new();
        for bottom in below.iter() {
            let declares = |c: &&ClassRef| self.graph.class(**c).fields.iter().any(|f| f.name == name);
            above.extend(self.lineage(*bottom).classes.iter().find(declares));
        }
        above.sort_unstable();
        above.dedup();
        if !next.is_empty() && found_in_init {
            above.clear();
        }
        if let Some((call, ctx)) = maker {
            // What the object was made with decides over the environment and over what its class says.
            let given: Vec<Next> =
                above.iter().flat_map(|c| self.passed_to_fields(*c, call, ctx, name, &rest)).collect();
            let certain = matches!(&given[..], [Next::Go(state)] if state.keys.len() == rest.len());
            next.extend(given);
            if certain {
                return next;
            }
        }
        let variables = self.settings_variables(&lineage, name, &rest);
        let whole = State { keys: Keys::new(), ..state.clone() };
        let read = |mark: &str, variable: &str| super::external(&format!("{mark}{variable}"), &whole);
        if let Some(set) = variables.iter().find_map(|variable| self.spelled(variable)) {
            // A variable that a file of the tree sets decides over what the class says.
            return vec![read(SETTINGS_FIELD, &set)];
        }
        let has_value =
            |c: &ClassRef| self.graph.class(*c).fields.iter().any(|f| f.name == name && f.value.is_some());
        if let Some(variable) = variables.first().filter(|_| next.is_empty()) {
            let unset = !rest.is_empty() || above.iter().any(has_value);
            next.push(read(if unset { UNSET_FIELD } else { REQUIRED_FIELD }, variable));
        }
        for c in &above {
            let declared = self.graph.class(*c);
            if let Some(field) = declared.fields.iter().find(|f| f.name == name) {
                if let Some(value) = field.value {
                    let node = Node { module: c.module, value };
                    next.push(Next::Go(State { node, ctx: Ctx::ANY, keys: rest.clone() }));
                } else if let Some(annotation) = field.annotation.clone() {
                    let state = State { keys: rest.clone(), ..state.clone() };
                    next.extend(self.declared_as(&annotation, c.module, &state));
                }
            }
        }
        if !written && above.is_empty() {
            let outside = self.as_external(class, maker, state);
            let run = self.method(class, CALLED).filter(|_| self.is_run(state));
            match (outside.is_empty(), run) {
                (false, _) => next.extend(outside),
                (true, Some(method)) => next.extend(self.method_value(method, receiver, &rest, state)),
                (true, None) => next.push(Next::End(Origin::Unknown(state.node))),
            }
        }
        next
    }

    /// The environment variables behind a field (or a part of it) of a settings class.
    fn settings_variables(&mut self, lineage: &Lineage, field: Sym, rest: &Keys) -> Vec<String> {
        let rules = self.rules;
        let rule = lineage.external.iter().find_map(|b| rules.readers.class(b));
        rule.map(|rule| self.field_variables(&lineage.classes, rule, field, rest)).unwrap_or_default()
    }

    fn method_value(
        &mut self,
        method: FuncRef,
        receiver: Option<(Node, Ctx)>,
        rest: &Keys,
        state: &State,
    ) -> Vec<Next> {
        let f = self.graph.function(method);
        if f.is_property {
            let entry = Entry::of(state.node).with_receiver(receiver);
            return self.returned(method, entry, &State { keys: rest.clone(), ..state.clone() });
        }
        match rest.is_empty() {
            true => {
                let receiver = if f.has_receiver { receiver } else { None };
                vec![Next::End(Origin::Function { function: method, receiver, ctx: state.ctx })]
            }
            false => vec![Next::End(Origin::Unknown(state.node))],
        }
    }

    /// Without a constructor of its own (dataclass, model, record), arguments become fields of the same name or place.
    fn passed_to_fields(&self, class: ClassRef, call: Node, ctx: Ctx, name: Sym, rest: &Keys) -> Vec<Next> {
        let declared = self.graph.class(class);
        if declared.methods.iter().any(|(n, _)| n.as_str() == "__init__") {
            return Vec::new();
        }
        let names: Vec<String> = declared.fields.iter().map(|f| f.name.to_string()).collect();
        let chosen = super::select::select(self.graph, call, &name, &names).into_iter();
        chosen
            .map(|s| {
                let keys = s.keys.iter().chain(rest).copied().collect();
                Next::Go(State { node: s.node, ctx, keys })
            })
            .collect()
    }

    /// A class read or called by name: a member of the class itself.
    pub(super) fn class_member(&mut self, class: ClassRef, state: &State) -> Vec<Next> {
        let Some(Key::Field(name)) = state.keys.first().copied() else {
            return vec![Next::End(Origin::Class(class))];
        };
        let rest: Keys = state.keys[1..].into();
        if let Some(function) = self.method(class, &name) {
            let receiver = self.graph.function(function).is_classmethod.then_some((state.node, state.ctx));
            return match rest.is_empty() {
                true => vec![Next::End(Origin::Function { function, receiver, ctx: state.ctx })],
                false => vec![Next::End(Origin::Unknown(state.node))],
            };
        }
        let lineage = self.lineage(class);
        for c in &lineage.classes {
            let declared = self.graph.class(*c);
            if let Some(value) = declared.fields.iter().find(|f| f.name == name).and_then(|f| f.value) {
                // An enumeration's member is its value: `Provider.X.value` reads through.
                let keys = match rest.first() {
                    Some(Key::Field(v)) if v.as_str() == "value" => rest[1..].into(),
                    _ => rest,
                };
                let node = Node { module: c.module, value };
                return vec![Next::Go(State { node, ctx: Ctx::ANY, keys })];
            }
        }
        match lineage.external.first() {
            // `User.objects.filter`: the base class is from outside, so is what it offers.
            Some(path) => vec![external_from(path, std::rc::Rc::from([]), state)],
            None => vec![Next::End(Origin::Unknown(state.node))],
        }
    }

    /// `super().name`: looked up in the bases, bound to the same receiver.
    pub(super) fn super_member(&mut self, class: ClassRef, this: ValueId, state: &State) -> Vec<Next> {
        let lineage = self.lineage(class);
        let receiver = Some((Node { module: state.node.module, value: this }, state.ctx));
        let name = match state.keys.first() {
            Some(Key::Field(name)) => *name,
            _ => ustr::ustr("constructor"),
        };
        for base in lineage.classes.iter().skip(1) {
            let method = self.graph.class(*base).methods.iter().find(|(n, _)| *n == name);
            if let Some((_, f)) = method {
                let function = FuncRef { module: base.module, function: *f };
                return vec![Next::End(Origin::Function { function, receiver, ctx: state.ctx })];
            }
        }
        let Some(path) = lineage.external.first() else {
            return vec![Next::End(Origin::Unknown(state.node))];
        };
        if matches!(name.as_str(), "__init__" | "constructor") {
            return vec![external_from(path, std::rc::Rc::from([]), state)];
        }
        let this = State::whole(Node { module: state.node.module, value: this }, state.ctx);
        let mut next = Vec::new();
        for origin in self.origins(&this).iter() {
            if let Origin::Instance(class, maker) = origin {
                next.extend(self.as_external(*class, *maker, state));
            }
        }
        if next.is_empty() {
            next.extend(self.as_external(class, None, state));
        }
        next
    }

    /// An object of a class whose base is from outside is an object of that base, made by the inner constructor call.
    fn as_external(&mut self, class: ClassRef, maker: Option<(Node, Ctx)>, state: &State) -> Vec<Next> {
        let lineage = self.lineage(class);
        let mut next = Vec::new();
        for path in &lineage.external {
            let inner = lineage.classes.iter().find_map(|c| self.super_call(*c));
            let made: Vec<super::origins::Calls> = match (inner, maker) {
                (Some((init, call)), Some((outer, ctx))) => {
                    let entry = Entry::of(outer).with_receiver(Some((outer, ctx)));
                    vec![Rc::from([(call, self.enter(init, entry, ctx))])]
                }
                (Some((_, call)), None) => vec![Rc::from([(call, Ctx::ANY)])],
                (None, Some(maker)) => vec![Rc::from([maker])],
                (None, None) if self.rules.clients.is_client(path) => self.made(class),
                (None, None) => vec![Rc::from([])],
            };
            next.extend(made.into_iter().map(|calls| external_from(&format!("{path}()"), calls, state)));
        }
        next
    }

    /// The calls that make objects of a class, each as what an object of it comes from; one that comes from nowhere when
    /// there are none.
    fn made(&mut self, class: ClassRef) -> Vec<super::origins::Calls> {
        let mut made: Vec<super::origins::Calls> = Vec::new();
        let mut calls = self.constructions(class);
        calls.retain(|call| self.graph.counts_for(call.module, class.module));
        for call in calls.into_iter().take(MAX_MAKERS) {
            let Op::Call { callee, .. } = self.graph.op(call) else { continue };
            let callee = State::whole(Node { module: call.module, value: *callee }, Ctx::ANY);
            for origin in self.origins(&callee).iter() {
                if let Origin::Class(c) = origin
                    && self.lineage(*c).classes.contains(&class)
                {
                    made.push(Rc::from([(call, Ctx::ANY)]));
                }
            }
        }
        if made.is_empty() { vec![Rc::from([])] } else { made }
    }

    /// The call of the base's constructor inside the class's own.
    fn super_call(&self, class: ClassRef) -> Option<(FuncRef, Node)> {
        let declared = self.graph.class(class);
        let (_, init) =
            declared.methods.iter().find(|(n, _)| matches!(n.as_str(), "__init__" | "constructor"))?;
        let module = &self.graph.modules[class.module as usize];
        let is_super = |value: ValueId| match &module.inst(value).op {
            Op::Super(..) => true,
            Op::Load { base, key: Key::Field(name) } => {
                matches!(name.as_str(), "__init__" | "constructor")
                    && matches!(module.inst(*base).op, Op::Super(..))
            }
            _ => false,
        };
        let call = module.calls.iter().find(|(id, owner)| match &module.inst(*id).op {
            Op::Call { callee, .. } => owner == init && is_super(*callee),
            _ => false,
        })?;
        let init = FuncRef { module: class.module, function: *init };
        Some((init, Node { module: class.module, value: call.0 }))
    }

    /// A method of the class or its ancestors.
    pub(super) fn method(&mut self, class: ClassRef, name: &str) -> Option<FuncRef> {
        self.lineage(class).classes.iter().find_map(|c| {
            let methods = &self.graph.class(*c).methods;
            // A property's getter comes first, its setter shares the name.
            let found = methods.iter().find(|(n, _)| n.as_str() == name);
            found.map(|(_, f)| FuncRef { module: c.module, function: *f })
        })
    }

    /// The declared fields of a class and its ancestors: name, declaration, where.
    pub fn declared_fields(&mut self, class: ClassRef) -> Vec<(ClassRef, usize)> {
        let lineage = self.lineage(class);
        let fields =
            |c: &ClassRef| (0..self.graph.class(*c).fields.len()).map(|i| (*c, i)).collect::<Vec<_>>();
        lineage.classes.iter().flat_map(fields).collect()
    }

    /// Paths of the bases a class has outside the program.
    pub fn external_bases(&mut self, class: ClassRef) -> Vec<Sym> {
        self.lineage(class).external.clone()
    }

    /// Whether the chain of versions of an object writes `name` at all.
    fn sets(&self, node: Node, name: Sym) -> bool {
        let module = self.graph.module(node);
        let mut stack = vec![node.value];
        let mut left = 512;
        while let Some(value) = stack.pop() {
            left -= 1;
            if left == 0 {
                return true;
            }
            match &module.inst(value).op {
                Op::Store { key, base, value } => {
                    if (matches!(key, Key::Field(n) if *n == name) && !came_back(module, *value, name))
                        || matches!(key, Key::Any | Key::Value(_))
                    {
                        return true;
                    }
                    stack.push(*base);
                }
                Op::Bind { value: inner, .. }
                | Op::Guarded { value: inner, .. }
                | Op::Delete { base: inner, .. } => stack.push(*inner),
                // A helper method or the base's constructor may set it.
                Op::After { slot: Slot::Receiver, .. } => return true,
                Op::After { value: inner, .. } => stack.push(*inner),
                Op::Phi(values) => stack.extend(values.iter().filter(|v| **v < value)),
                _ => {}
            }
        }
        false
    }

    /// Whether an object made by a call may be reached other than through the variable it is bound to.
    fn escapes(&self, maker: Node) -> bool {
        let escaping = self.program.escaping[maker.module as usize]
            .get_or_init(|| escaping_values(self.graph.module(maker)));
        escaping.contains(&maker.value)
    }

    /// Whether a value is written inside a function.
    fn within(&self, node: Node, function: FuncRef) -> bool {
        let f = self.graph.function(function);
        let span = self.graph.span(node);
        node.module == function.module && f.start <= span.start && span.end <= f.end
    }
}

/// Whether what is stored under a name only came back from a call that it was passed to: it was there before.
fn came_back(module: &Module, value: ValueId, name: Sym) -> bool {
    match &module.inst(value).op {
        Op::After { value: inner, .. } => came_back_from(module, *inner, name),
        _ => false,
    }
}

fn came_back_from(module: &Module, value: ValueId, name: Sym) -> bool {
    match &module.inst(value).op {
        Op::After { value, .. } | Op::Bind { value, .. } | Op::Guarded { value, .. } => {
            came_back_from(module, *value, name)
        }
        Op::Load { key: Key::Field(read), .. } => *read == name,
        _ => false,
    }
}

/// Calls whose result is stored, passed on, returned or kept in a module variable.
fn escaping_values(module: &Module) -> FxHashSet<ValueId> {
    let mut escaping = FxHashSet::default();
    let mut mark = |value: ValueId| {
        let mut at = value;
        loop {
            match &module.inst(at).op {
                Op::Bind { value, .. }
                | Op::Guarded { value, .. }
                | Op::After { value, .. }
                | Op::Store { base: value, .. } => at = *value,
                Op::Phi(values) => {
                    escaping.extend(values.iter().copied());
                    break;
                }
                _ => break,
            }
        }
        escaping.insert(at);
    };
    for inst in &module.insts {
        match &inst.op {
            Op::Alloc { items, .. } => items.iter().for_each(|(_, v)| mark(*v)),
            Op::Store { value, .. } => mark(*value),
            Op::Call { callee, args } => {
                args.iter().for_each(|a| mark(a.value));
                // `b.add(x).add(y)`: what a method returns may be the object itself.
                if let Op::Load { base, .. } = &module.inst(*callee).op
                    && let Op::Call { callee, .. } = &module.inst(*base).op
                    && let Op::Load { base, .. } = &module.inst(*callee).op
                {
                    mark(*base);
                }
            }
            _ => {}
        }
    }
    for function in &module.functions {
        function.returns.iter().chain(&function.yields).for_each(|v| mark(*v));
    }
    module.globals.values().flatten().for_each(|v| mark(*v));
    escaping
}
