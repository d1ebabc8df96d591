//! Walks the value-flow graph backward, on demand, one step at a time.
//!
//! [`Solver::step`] says where a value (or a part of it, named by an access path) comes from. Three queries stand on
//! it: [`origins`] (which object or function is this), [`strings`] (which texts can this be) and [`taint`] (which
//! sensitive data is in it). A context is the chain of calls a walk has entered, so that what comes out of a
//! function belongs to the call it came through; the empty context means "any caller".
//!
//! Access paths and call strings are bounded as in Bodden, "Inter-procedural data-flow analysis with IFDS/IDE and
//! Soot" (2012) and CodeQL's data-flow library (access path limit 5); budgets are counted, never timed.

pub mod bind;
pub mod builtin;
mod callable;
mod changes;
mod copies;
mod exports;
mod files;
pub mod guards;
mod handed;
mod kin;
mod library;
pub mod members;
mod naming;
mod options;
pub mod origins;
pub mod parts;
mod program;
pub mod rows;
pub mod select;
mod settings;
mod settings_class;
mod settings_files;
pub mod strings;
pub mod taint;
pub mod urls;
pub mod written;

use crate::config::Settings;
use crate::graph::{ClassRef, FuncRef, Graph, Node};
use crate::ir::*;
use crate::rules::Rules;
use kin::Lineage;
use origins::{Calls, Origin};
pub use program::Program;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;
use std::rc::Rc;
use std::sync::Arc;

/// Keys still to be read out of a value, outermost first.
pub type Keys = SmallVec<[Key; 4]>;

/// Longer access paths are cut at the far end.
const MAX_KEYS: usize = 6;
/// Steps that following what one call sends may cost.
pub const FUEL: u32 = 400_000;
/// Deeper chains of entered calls fall back to "any caller".
const MAX_CONTEXT: u32 = 8;
/// Contexts looked at to find the frame of one function.
const MAX_FRAMES: usize = 128;
/// Questions whose budget ran out that one solver asks afresh.
const MAX_OVERDRAWN: u32 = 12;
/// Nested queries (to resolve a callee one resolves its receiver, …) beyond this are given up.
const MAX_NESTING: u32 = 48;

/// A chain of entered calls; index into the solver's table, 0 is "any caller".
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Ctx(u32);

impl Ctx {
    /// Any caller.
    pub const ANY: Ctx = Ctx(0);
}

/// One entered call.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Frame {
    /// The function entered.
    pub function: FuncRef,
    /// How its parameters are bound.
    pub entry: Entry,
    /// The chain below.
    pub parent: Ctx,
}

/// How a function was entered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Entry {
    /// The call (or, for a property, the read).
    pub call: Node,
    /// The object bound to the receiver parameter, when it is not simply the callee's base.
    pub receiver: Option<(Node, Ctx)>,
    /// When the function was handed to `call` as this argument and is called by the callee.
    pub handed: Option<u32>,
    /// Where the function was made: what a closure captured belongs to this context.
    pub env: Ctx,
}

impl Entry {
    /// An ordinary call.
    pub fn of(call: Node) -> Entry {
        Entry { call, receiver: None, handed: None, env: Ctx::ANY }
    }

    /// The same with the receiver bound to an object.
    pub fn with_receiver(self, receiver: Option<(Node, Ctx)>) -> Entry {
        Entry { receiver, ..self }
    }

    /// The same for a function that was handed over as an argument.
    pub fn handed_as(self, arg: u32) -> Entry {
        Entry { handed: Some(arg), ..self }
    }

    /// The same for a closure made in a context.
    pub fn made_in(self, env: Ctx) -> Entry {
        Entry { env, ..self }
    }
}

/// Part of a value, seen in a context.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct State {
    /// The value.
    pub node: Node,
    /// The calls entered.
    pub ctx: Ctx,
    /// What is read out of it.
    pub keys: Keys,
}

impl State {
    /// The whole value.
    pub fn whole(node: Node, ctx: Ctx) -> State {
        State { node, ctx, keys: Keys::new() }
    }

    fn with(&self, value: ValueId, keys: Keys) -> State {
        State { node: Node { module: self.node.module, value }, ctx: self.ctx, keys }
    }

    fn to(&self, value: ValueId) -> State {
        self.with(value, self.keys.clone())
    }
}

/// Where a step leads.
#[derive(Clone, Debug)]
pub enum Next {
    /// The same content, elsewhere.
    Go(State),
    /// Across the boundary of a function; reports show the call.
    Cross {
        /// The content on the other side.
        state: State,
        /// The call crossed.
        call: Node,
        /// The function on the other side of it.
        function: FuncRef,
        /// Whether the walk entered the function (through its result) or left it (through a parameter).
        entered: bool,
    },
    /// The walk ends.
    End(Origin),
}

/// Answers queries about one graph. What it remembers of a cycle depends on where the cycle was entered, so each call
/// site (and each module, when sites are looked for) gets a solver of its own: then no answer depends on threads.
pub struct Solver<'g> {
    program: &'g Program<'g>,
    /// The program.
    pub graph: &'g Graph,
    /// Facts.
    pub rules: &'g Rules,
    /// Every `KEY = value` of the tree.
    pub settings: &'g Settings,
    frames: Vec<Frame>,
    frame_ids: FxHashMap<Frame, Ctx>,
    /// Answers; `None` while the question is being asked.
    origins: FxHashMap<(State, bool), Option<Rc<[Origin]>>>,
    /// Whether only what is certain may be answered: callers and writers that are not in sight may exist.
    certain: bool,
    texts: FxHashMap<State, Vec<strings::Text>>,
    truths: FxHashMap<(Node, Ctx), Option<bool>>,
    callers: FxHashMap<FuncRef, Rc<[Entry]>>,
    open_callers: FxHashSet<FuncRef>,
    /// Ancestors of classes, while this solver finds some for the program.
    lineages: Option<FxHashMap<ClassRef, Arc<Lineage>>>,
    /// Per module, which object a value is.
    made: FxHashMap<u32, Made>,
    nesting: u32,
    /// Steps that may still be taken.
    fuel: u32,
    /// Questions whose budget ran out.
    overdrawn: u32,
    /// Set when a budget was hit since it was last cleared.
    pub exhausted: bool,
}

impl<'g> Solver<'g> {
    /// A solver with empty tables.
    pub fn new(program: &'g Program<'g>) -> Self {
        Solver {
            program,
            graph: program.graph,
            rules: program.rules,
            settings: program.settings,
            frames: Vec::new(),
            frame_ids: FxHashMap::default(),
            origins: FxHashMap::default(),
            certain: false,
            texts: FxHashMap::default(),
            truths: FxHashMap::default(),
            callers: FxHashMap::default(),
            open_callers: FxHashSet::default(),
            lineages: None,
            made: FxHashMap::default(),
            nesting: 0,
            fuel: FUEL,
            overdrawn: 0,
            exhausted: false,
        }
    }

    /// Gives the next question a budget of its own; what was found so far is kept.
    pub fn refuel(&mut self, steps: u32) {
        self.overdrawn += u32::from(self.is_spent());
        self.fuel = steps;
    }

    /// Whether what was found may be kept: when the budget has run out it is only part of the answer. After many such
    /// questions part of an answer has to do.
    fn may_keep(&self) -> bool {
        !self.is_spent() || self.overdrawn > MAX_OVERDRAWN
    }

    /// Whether the budget of the question has run out.
    pub fn is_spent(&self) -> bool {
        self.fuel == 0
    }

    /// The context after entering `function`.
    pub fn enter(&mut self, function: FuncRef, entry: Entry, parent: Ctx) -> Ctx {
        let mut depth = 1;
        let mut at = parent;
        while let Some(frame) = self.frame(at) {
            depth += 1;
            if frame.function == function || depth > MAX_CONTEXT {
                return Ctx::ANY;
            }
            at = frame.parent;
        }
        self.context(Frame { function, entry, parent })
    }

    /// The context whose innermost entered call this is.
    fn context(&mut self, frame: Frame) -> Ctx {
        if let Some(id) = self.frame_ids.get(&frame) {
            return *id;
        }
        self.frames.push(frame.clone());
        let id = Ctx(self.frames.len() as u32);
        self.frame_ids.insert(frame, id);
        id
    }

    /// The frame of a function in a chain, looking into what its closures captured.
    pub(crate) fn frame_of(&self, ctx: Ctx, function: FuncRef) -> Option<&Frame> {
        let mut ahead: SmallVec<[Ctx; 16]> = SmallVec::new();
        // Chains share their ends: each context is looked at once.
        let mut seen: SmallVec<[Ctx; 16]> = SmallVec::new();
        ahead.push(ctx);
        while let Some(at) = ahead.pop() {
            let Some(frame) = self.frame(at) else { continue };
            if frame.function == function {
                return Some(frame);
            }
            if seen.contains(&at) || seen.len() >= MAX_FRAMES {
                continue;
            }
            seen.push(at);
            ahead.push(frame.parent);
            // Contexts only grow, so looking into an older one ends.
            if frame.entry.env.0 < at.0 {
                ahead.push(frame.entry.env);
            }
        }
        None
    }

    /// The innermost entered call.
    pub fn frame(&self, ctx: Ctx) -> Option<&Frame> {
        self.frames.get((ctx.0 as usize).checked_sub(1)?)
    }

    /// As [`Solver::step`] as long as there is one way only and it needs no look beyond the operand: cheaper, and most
    /// steps are of this kind.
    fn settle(&mut self, mut state: State) -> State {
        while self.fuel > 0 {
            match self.graph.op(state.node) {
                Op::Bind { value, .. } | Op::Decorated { function: value, .. } => state.node.value = *value,
                Op::Load { base, key } if !matches!(key, Key::Value(_)) => {
                    state.node.value = *base;
                    state.keys.truncate(MAX_KEYS - 1);
                    state.keys.insert(0, *key);
                }
                _ => break,
            }
            self.fuel -= 1;
        }
        state
    }

    /// Where the demanded part of a value comes from, following only steps that keep it the same content.
    pub fn step(&mut self, state: &State) -> Vec<Next> {
        let graph = self.graph;
        let module = state.node.module;
        if self.fuel == 0 {
            self.exhausted = true;
            return vec![Next::End(Origin::Unknown(state.node))];
        }
        self.fuel -= 1;
        match graph.op(state.node) {
            Op::Const(_) if state.keys.is_empty() => vec![Next::End(Origin::Const(state.node))],
            Op::Const(_) | Op::Compare { .. } | Op::Not(_) | Op::Test | Op::Unknown => {
                vec![Next::End(Origin::Unknown(state.node))]
            }
            Op::Bind { value, .. } => vec![Next::Go(state.to(*value))],
            Op::Guarded { value, conditions } => match self.possible(module, conditions, state.ctx) {
                true => vec![Next::Go(state.to(*value))],
                false => Vec::new(),
            },
            // A decorator that hands the call on is by far the usual one, and the wrappers of all functions it decorates
            // are one function: following them would mix those functions up.
            Op::Decorated { function, .. } => vec![Next::Go(state.to(*function))],
            Op::Phi(values) => values.iter().map(|v| Next::Go(state.to(*v))).collect(),
            Op::Import(import) => self.imported(module, *import, state),
            Op::Global(name) => self.global(*name, state),
            Op::Variable(name) => self.variable(module, *name, state),
            Op::Param { function, index } => {
                let function = FuncRef { module, function: *function };
                self.param(function, *index, state)
            }
            Op::Alloc { items, kind } => self.literal(items, *kind, state),
            Op::Function(function) => match state.keys.is_empty() {
                true => {
                    let function = FuncRef { module, function: *function };
                    vec![Next::End(Origin::Function { function, receiver: None, ctx: state.ctx })]
                }
                // `RunnableLambda(f).invoke(x)` calls `f`, as does a composition with it.
                false if self.is_run(state) => {
                    let function = FuncRef { module, function: *function };
                    vec![Next::End(Origin::Function { function, receiver: None, ctx: state.ctx })]
                }
                false => vec![Next::End(Origin::Unknown(state.node))],
            },
            Op::Class(class) => {
                let class = ClassRef { module, class: *class };
                self.class_member(class, state)
            }
            Op::Load { base, key } => {
                let keys = self.keys_of(*key, module, state.ctx);
                keys.into_iter().map(|key| Next::Go(state.with(*base, prepend(key, &state.keys)))).collect()
            }
            Op::Store { base, key, value } => {
                let keys = self.keys_of(*key, module, state.ctx);
                match keys.as_slice() {
                    [known] if *known != Key::Any => stored(state, *base, *known, *value),
                    // One of several keys: what is none of them was not written.
                    several
                        if state.keys.first().is_some_and(|k| !several.iter().any(|s| may_be(*s, *k))) =>
                    {
                        vec![Next::Go(state.to(*base))]
                    }
                    _ => {
                        let written =
                            state.keys.first().map(|wanted| self.entry(*key, *value, *wanted, state));
                        written.into_iter().chain([Next::Go(state.to(*base))]).collect()
                    }
                }
            }
            Op::Delete { base, key } => match (state.keys.first(), key) {
                (Some(wanted), key) if wanted == key => Vec::new(),
                _ => vec![Next::Go(state.to(*base))],
            },
            Op::Call { .. } => self.call_result(state),
            Op::After { value, call, slot } => {
                let call = Node { module, value: *call };
                let removed = builtin::removed(self.graph.module(state.node), call.value);
                if removed.is_some() && removed.as_ref() == state.keys.first() {
                    return Vec::new();
                }
                let (mut next, certain) = self.changed_by(call, *slot, state);
                if !certain {
                    next.insert(0, Next::Go(state.to(*value)));
                }
                next
            }
            Op::Text(_) => match state.keys.is_empty() {
                true => vec![Next::End(Origin::Text(state.node, state.ctx))],
                false => vec![Next::End(Origin::Unknown(state.node))],
            },
            Op::Binary { op, left, right } => match op.as_str() {
                // Composition (`prompt | model`), union of dicts, concatenation of lists, slices.
                "|" => match state.keys.first() {
                    Some(key) if self.definitely_has(state.with(*right, Keys::new()), *key) => {
                        vec![Next::Go(state.to(*right))]
                    }
                    _ => vec![Next::Go(state.to(*left)), Next::Go(state.to(*right))],
                },
                "+" if !state.keys.is_empty() => vec![Next::Go(state.to(*left)), Next::Go(state.to(*right))],
                "[:]" if !state.keys.is_empty() => vec![Next::Go(state.to(*left))],
                _ => vec![Next::End(Origin::Text(state.node, state.ctx))],
            },
            Op::Caught(values) => self.caught(values, state),
            Op::Super(class, this) => {
                let class = ClassRef { module, class: *class };
                self.super_member(class, *this, state)
            }
        }
    }

    /// Whether what is asked of a value is the method that runs it, once it is composed with others.
    fn is_run(&self, state: &State) -> bool {
        let language = self.graph.module(state.node).language.family();
        matches!(state.keys[..], [Key::Field(name)] if self.rules.handed.runs(language, &name))
    }

    fn literal(&mut self, items: &[(Key, ValueId)], kind: AllocKind, state: &State) -> Vec<Next> {
        let Some(wanted) = state.keys.first().copied() else {
            return vec![Next::End(Origin::Object(state.node, state.ctx))];
        };
        let rest: Keys = state.keys[1..].into();
        let mut next = Vec::new();
        let length = items.iter().all(|(k, _)| matches!(k, Key::Index(_))).then_some(items.len() as i32);
        let wanted = match (wanted, length) {
            (Key::Index(i), Some(n)) if i < 0 => Key::Index(n + i),
            (other, _) => other,
        };
        for (key, value) in items.iter().rev() {
            match (settled(*key), wanted) {
                (Key::Spread, Key::Index(_)) => {
                    next.push(Next::Go(state.with(*value, prepend(Key::Any, &rest))))
                }
                (Key::Spread, _) => {
                    next.push(Next::Go(state.to(*value)));
                    if self.definitely_has(state.with(*value, Keys::new()), wanted) {
                        break;
                    }
                }
                (key, wanted) if key == wanted => {
                    next.push(Next::Go(state.with(*value, rest.clone())));
                    if kind == AllocKind::Object || length.is_some() {
                        break;
                    }
                }
                (settled, wanted) if may_be(settled, wanted) => {
                    next.push(self.entry(*key, *value, wanted, state));
                }
                _ => {}
            }
        }
        next
    }

    /// What a read of `wanted` finds in an entry that may be it.
    fn entry(&self, key: Key, value: ValueId, wanted: Key, state: &State) -> Next {
        let module = self.graph.module(state.node);
        if let (Key::Value(key), Key::Field(_) | Key::Index(_)) = (key, wanted)
            && let Some(original) = copies::copied_from(module, key, value)
        {
            return Next::Go(state.to(original));
        }
        Next::Go(state.with(value, state.keys[1..].into()))
    }

    /// Whether a value is always a literal object with this entry.
    fn definitely_has(&mut self, state: State, key: Key) -> bool {
        let origins = self.origins(&state);
        !origins.is_empty()
            && origins.iter().all(|o| match o {
                Origin::Object(node, _) => match self.graph.op(*node) {
                    Op::Alloc { items, .. } => items.iter().any(|(k, _)| *k == key),
                    _ => false,
                },
                _ => false,
            })
    }

    fn caught(&mut self, values: &[ValueId], state: &State) -> Vec<Next> {
        let module = state.node.module;
        let mut next = Vec::new();
        for value in values {
            let node = Node { module, value: *value };
            if !matches!(self.graph.op(node), Op::Call { .. }) {
                next.push(Next::Go(state.to(*value)));
                continue;
            }
            let thrown: Vec<(Node, Ctx)> = self
                .callees(node, state.ctx)
                .into_iter()
                .flat_map(|(function, ctx)| {
                    let throws = self.graph.function(function).throws.clone();
                    throws.into_iter().map(move |t| (Node { module: function.module, value: t }, ctx))
                })
                .collect();
            next.extend(thrown.into_iter().map(|(node, ctx)| {
                let keys = state.keys.clone();
                Next::Go(State { node, ctx, keys })
            }));
        }
        next
    }
}

/// The content of a version of an object: the written part, the older version, or both.
fn stored(state: &State, base: ValueId, key: Key, value: ValueId) -> Vec<Next> {
    let Some(wanted) = state.keys.first().copied() else {
        return vec![Next::Go(state.to(base))];
    };
    let inner = || Next::Go(state.with(value, state.keys[1..].into()));
    if key == wanted && matches!(key, Key::Field(_) | Key::Index(_)) {
        return vec![inner()];
    }
    let mut next = Vec::new();
    if may_be(key, wanted) {
        next.push(inner());
    }
    next.push(Next::Go(state.to(base)));
    next
}

/// A key as far as it is known without asking further.
pub fn settled(key: Key) -> Key {
    match key {
        Key::Value(_) => Key::Any,
        known => known,
    }
}

/// Whether an entry written under `key` may be what a read of `wanted` finds.
pub fn may_be(key: Key, wanted: Key) -> bool {
    match (key, wanted) {
        (Key::Field(a), Key::Field(b)) => a == b,
        (Key::Index(a), Key::Index(b)) => a == b || a < 0 || b < 0,
        (Key::Field(_), Key::Index(_)) | (Key::Index(_), Key::Field(_)) => false,
        (Key::Field(_), Key::Each) => false,
        _ => true,
    }
}

/// `key` followed by `keys`, cut to the bound.
pub fn prepend(key: Key, keys: &[Key]) -> Keys {
    let mut all: Keys = SmallVec::with_capacity(keys.len() + 1);
    all.push(key);
    all.extend(keys.iter().take(MAX_KEYS - 1).copied());
    all
}

/// A value from outside the program, named by its dotted path.
pub fn external(path: &str, state: &State) -> Next {
    external_from(path, Rc::from([]), state)
}

/// The same, with the calls behind the `()` of the path.
pub fn external_from(path: &str, calls: Calls, state: &State) -> Next {
    let mut full = String::with_capacity(path.len() + 16);
    full.push_str(path);
    for key in &state.keys {
        match key {
            Key::Field(name) => {
                full.push('.');
                full.push_str(name);
            }
            Key::Index(_) | Key::Value(_) | Key::Any | Key::Each => full.push_str("[]"),
            // Entering a context manager from outside gives the object itself.
            Key::Enter | Key::Spread => {}
        }
    }
    if full.len() > 240 {
        return Next::End(Origin::Unknown(state.node));
    }
    Next::End(Origin::External { path: ustr::ustr(&full), node: state.node, ctx: state.ctx, calls })
}
