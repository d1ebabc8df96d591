//! Which sensitive data is in a value: a breadth-first walk backward from what a call sends.
//!
//! A name on the way (`patient.ssn`, a parameter, a dictionary key) classifies what is seen through it; it becomes a
//! source only where the walk ends in something nobody in the program made from constants. So a variable called
//! `email` that holds a placeholder is no source, and one that holds a redacted text is none either.

mod body;
mod calls;
mod fields;
mod hops;
mod labels;
mod own_files;
mod roots;
mod words;

use super::origins::Origin;
use super::{Ctx, Entry, Keys, Next, Solver, State, builtin};
use crate::finding::Confidence;
use crate::graph::{ClassRef, FuncRef, Node};
use crate::ir::*;
use crate::rules::data::Tier;
use crate::source::Shapes;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;
use words::is_about;

/// Marks the treatment that takes one class out of a text.
const TAKEN_OUT: &str = "taken out: ";
/// Entries of one object that may be hidden.
const MAX_HIDDEN: usize = 24;
/// Calls nobody can look into that one path may pass.
const MAX_OPAQUE: u8 = 1;
/// Facts one walk may visit.
const MAX_FACTS: usize = 20_000;

/// Sensitive data found in a value.
#[derive(Clone, Debug)]
pub struct Source {
    /// Class id.
    pub class: String,
    /// Tier, raised where the owner raises it.
    pub tier: Tier,
    /// What classified it.
    pub evidence: String,
    /// Where it was named, or where it enters.
    pub node: Node,
    /// How sure.
    pub confidence: Confidence,
    /// From the source to the value asked about.
    pub path: Vec<Hop>,
    /// Calls left upward on the way, innermost first: whose argument the data was.
    pub entered_by: Vec<(FuncRef, Entry)>,
    /// Ids of sanitizer rules that were passed without ending the flow.
    pub treatments: Vec<String>,
}

/// One place on the way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hop {
    /// The value.
    pub node: Node,
    /// What happens there.
    pub what: What,
}

/// What happens at a [`Hop`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// The data is read here.
    Source,
    /// It gets a name.
    Named(Sym),
    /// It becomes part of a text.
    Text,
    /// It is put under a key.
    Stored(Key),
    /// It is passed to a function of the program.
    Passed(FuncRef),
    /// A function of the program returns it.
    Returned(FuncRef),
    /// It goes through a call nobody can look into.
    Through,
    /// It passes a treatment that does not end the flow.
    Treated,
    /// It leaves one part of the program and arrives in another.
    Sent,
}

/// Entries of an object that do not count.
type Minus = SmallVec<[Key; 2]>;

#[derive(Clone, PartialEq, Eq, Hash)]
struct Fact {
    state: State,
    /// Entries of the object that were overwritten or removed later.
    minus: Minus,
    label: Option<u32>,
    /// Index of the class the program declares this to be an object of.
    typed: Option<u32>,
    /// Calls nobody can look into that were passed.
    opaque: u8,
    /// A step was taken that loses track of the parts of a value.
    weak: bool,
    /// Index of the treatment list.
    treated: u32,
    /// Which part of a request's body this is.
    body: Body,
}

/// Which part of a raw request's body a value is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Body {
    /// The body itself: its keys are the parameters of the service.
    Whole,
    /// An object inside it.
    Part,
    /// None: content, or no raw request at all.
    Not,
}

/// A classification on the way.
#[derive(Clone, PartialEq)]
struct Label {
    class: String,
    tier: Tier,
    name: Sym,
    node: Node,
    declared: bool,
    /// Whether it was read off after parts of the value had been lost track of.
    weak: bool,
    /// Whether it says only whose record the whole object is.
    whole: bool,
}

struct Trail {
    fact: Fact,
    parent: u32,
    hop: Option<Hop>,
    /// Set when the step left a function through a parameter.
    up: Option<(FuncRef, Entry)>,
}

/// The walk over one value.
pub struct Walk<'a, 'g> {
    solver: &'a mut Solver<'g>,
    shapes: &'a Shapes<'g>,
    /// Calls whose result is a model's answer, not a source.
    answers: &'a FxHashSet<Node>,
    labels: Vec<Label>,
    treatments: Vec<Vec<String>>,
    classes: Vec<ClassRef>,
    trail: Vec<Trail>,
    seen: FxHashSet<Fact>,
    posts: hops::Posts,
    found: Vec<Source>,
    /// Whether the budget ran out.
    pub exhausted: bool,
}

impl<'a, 'g> Walk<'a, 'g> {
    /// A walk that treats the results of `answers` as no source.
    pub fn new(solver: &'a mut Solver<'g>, shapes: &'a Shapes<'g>, answers: &'a FxHashSet<Node>) -> Self {
        Walk {
            solver,
            shapes,
            answers,
            labels: Vec::new(),
            treatments: vec![Vec::new()],
            classes: Vec::new(),
            trail: Vec::new(),
            seen: FxHashSet::default(),
            posts: hops::Posts::default(),
            found: Vec::new(),
            exhausted: false,
        }
    }

    /// All sensitive data in the given parts of values; each source with its shortest path.
    pub fn run(mut self, starts: Vec<(State, Body)>) -> (Vec<Source>, bool) {
        for (state, body) in starts {
            let fact = Fact {
                state,
                minus: Minus::new(),
                label: None,
                typed: None,
                opaque: 0,
                weak: false,
                treated: 0,
                body,
            };
            self.push(fact, u32::MAX, None, None);
        }
        let mut at = 0;
        while at < self.trail.len() {
            if self.trail.len() > MAX_FACTS {
                self.exhausted = true;
                break;
            }
            self.visit(at as u32);
            at += 1;
        }
        self.exhausted |= self.solver.is_spent();
        (self.found, self.exhausted)
    }

    fn push(&mut self, fact: Fact, parent: u32, hop: Option<Hop>, up: Option<(FuncRef, Entry)>) {
        if self.seen.insert(fact.clone()) {
            self.trail.push(Trail { fact, parent, hop, up });
        }
    }

    fn visit(&mut self, at: u32) {
        let fact = self.trail[at as usize].fact.clone();
        let graph = self.solver.graph;
        let node = fact.state.node;
        let module = node.module;
        let whole = fact.state.keys.is_empty();
        let elementwise = is_elementwise(&fact.state.keys);
        let here = |value: ValueId| Node { module, value };
        match graph.op(node) {
            Op::Const(_) | Op::Compare { .. } | Op::Not(_) | Op::Test | Op::Function(_) | Op::Class(_) => {}
            Op::Bind { name, value } => {
                let mut next = Fact { state: fact.state.to(*value), ..fact.clone() };
                if elementwise {
                    self.relabel(&mut next, *name, &[], node);
                }
                self.push(next, at, Some(Hop { node, what: What::Named(*name) }), None);
            }
            Op::Load { base, key } => {
                let chosen = self.chosen_columns(*key, module, fact.state.ctx);
                if !chosen.is_empty() && elementwise {
                    let owners = self.owners(here(*base), fact.state.ctx);
                    for name in chosen {
                        let keys = super::prepend(Key::Field(name), &[]);
                        let mut next =
                            Fact { state: fact.state.with(*base, keys), label: None, ..fact.clone() };
                        self.relabel(&mut next, name, &owners, node);
                        self.push(next, at, None, None);
                    }
                    return;
                }
                for key in self.solver.keys_of(*key, module, fact.state.ctx) {
                    let keys = super::prepend(key, &fact.state.keys);
                    let mut next = Fact { state: fact.state.with(*base, keys), ..fact.clone() };
                    if let (true, Key::Field(name)) = (elementwise, key) {
                        if is_about(&name) {
                            continue;
                        }
                        let owners = self.owners(here(*base), fact.state.ctx);
                        self.relabel(&mut next, name, &owners, node);
                    }
                    self.push(next, at, None, None);
                }
            }
            Op::Store { base, key, value } if whole => {
                if !fact.minus.contains(key) && !self.is_parameter(*key, &fact) {
                    let mut inner =
                        Fact { state: State::whole(here(*value), fact.state.ctx), ..fact.clone() };
                    inner.minus.clear();
                    inner.typed = None;
                    self.enter_body(*key, &mut inner);
                    if let Key::Field(name) = key {
                        let owners = self.owners(here(*base), fact.state.ctx);
                        inner.label = None;
                        self.relabel(&mut inner, *name, &owners, node);
                    }
                    self.push(inner, at, Some(Hop { node, what: What::Stored(*key) }), None);
                }
                let mut older = Fact { state: fact.state.to(*base), ..fact };
                if matches!(key, Key::Field(_) | Key::Index(_)) {
                    hide(&mut older.minus, [*key]);
                }
                self.push(older, at, None, None);
            }
            Op::Delete { base, key } if whole => {
                let mut rest = Fact { state: fact.state.to(*base), ..fact };
                if matches!(key, Key::Field(_) | Key::Index(_)) {
                    hide(&mut rest.minus, [*key]);
                }
                self.push(rest, at, None, None);
            }
            Op::Alloc { items, kind } if whole => {
                let names = self.named(&fact);
                let length = items.len() as i32;
                let gone = |key: &Key| match key {
                    Key::Index(i) => fact.minus.contains(key) || fact.minus.contains(&Key::Index(i - length)),
                    _ => fact.minus.contains(key),
                };
                let mut hidden = fact.minus.clone();
                for (key, value) in items.iter().rev() {
                    if gone(key) || self.is_parameter(*key, &fact) {
                        continue;
                    }
                    // Only what a spread brings can be hidden by later entries.
                    let minus = if *key == Key::Spread { hidden.clone() } else { Minus::new() };
                    let fact = Fact { minus, ..fact.clone() };
                    if matches!(key, Key::Field(_)) && *kind == AllocKind::Object {
                        hide(&mut hidden, [*key]);
                    }
                    let mut inner =
                        Fact { state: State::whole(here(*value), fact.state.ctx), ..fact.clone() };
                    if *key != Key::Spread {
                        inner.minus.clear();
                        inner.typed = None;
                        self.enter_body(*key, &mut inner);
                    } else if *kind == AllocKind::Object {
                        let known = self.literal_keys(here(*value), fact.state.ctx);
                        hide(&mut hidden, known);
                    }
                    if *kind == AllocKind::Object && *key != Key::Spread {
                        inner.label = None;
                    }
                    let mut hop = None;
                    if let Key::Field(name) = key {
                        let owners: Vec<Sym> = names.iter().copied().collect();
                        self.relabel(&mut inner, *name, &owners, here(*value));
                        hop = Some(Hop { node: here(*value), what: What::Stored(*key) });
                    }
                    self.push(inner, at, hop, None);
                }
            }
            Op::Text(parts) if whole => {
                for part in parts.iter() {
                    if let Part::Value(value) = part {
                        let state = State::whole(here(*value), fact.state.ctx);
                        let next = Fact { state, typed: None, body: Body::Not, ..fact.clone() };
                        self.push(next, at, Some(Hop { node, what: What::Text }), None);
                    }
                }
            }
            Op::Binary { left, right, .. } if whole => {
                for value in [*left, *right] {
                    let next = Fact { state: fact.state.to(value), ..fact.clone() };
                    self.push(next, at, Some(Hop { node, what: What::Text }), None);
                }
            }
            Op::After { value, call, slot } if whole => {
                let call = here(*call);
                let mut older = Fact { state: fact.state.to(*value), ..fact.clone() };
                hide(&mut older.minus, builtin::removed(graph.module(node), call.value));
                let (next, certain) = self.solver.changed_by(call, *slot, &fact.state);
                if !certain {
                    self.push(older, at, None, None);
                }
                self.put_by(call, *slot, &fact, at);
                self.follow(next, &fact, at);
            }
            Op::Call { .. } => self.visit_call(&fact, at),
            Op::Param { function, index } => {
                let function = FuncRef { module, function: *function };
                let name = graph.function(function).params[*index as usize].name;
                let mut named = fact.clone();
                if elementwise && named.typed.is_none() {
                    named.typed = self.declared_class(function, *index);
                }
                if elementwise && !name.is_empty() {
                    self.relabel(&mut named, name, &[], node);
                }
                let next = self.solver.step(&fact.state);
                let kept = graph.is_kept(function);
                let crosses = !kept && next.iter().any(|n| matches!(n, Next::Cross { .. }));
                self.delivered(function, *index, &named, at);
                if !crosses && !self.entered(node, &named, at) {
                    self.handler(node, &named, at);
                }
                let next = next.into_iter().filter(|n| !(crosses && matches!(n, Next::End(_)))).collect();
                self.follow(next, &named, at);
            }
            _ => {
                let next = self.solver.step(&fact.state);
                self.follow(next, &fact, at);
            }
        }
    }

    fn follow(&mut self, next: Vec<Next>, fact: &Fact, at: u32) {
        for next in next {
            match next {
                Next::Go(state) => self.push(Fact { state, ..fact.clone() }, at, None, None),
                Next::Cross { state, call, function, entered } => {
                    let what = if entered { What::Returned(function) } else { What::Passed(function) };
                    let up = (!entered && fact.state.ctx == Ctx::ANY).then_some((function, Entry::of(call)));
                    self.push(Fact { state, ..fact.clone() }, at, Some(Hop { node: call, what }), up);
                }
                Next::End(origin) => self.root(origin, fact, at),
            }
        }
    }
}

/// Adds entries to what is hidden, each once; beyond the bound nothing more is hidden, which is safe.
fn hide(minus: &mut Minus, keys: impl IntoIterator<Item = Key>) {
    for key in keys {
        if minus.len() < MAX_HIDDEN && !minus.contains(&key) {
            minus.push(key);
        }
    }
}

/// Whether keys only pick elements: the content is still "some of it".
fn is_elementwise(keys: &Keys) -> bool {
    keys.iter().all(|k| matches!(k, Key::Any | Key::Each | Key::Index(_)))
}

fn external_path(origin: &Origin) -> Option<Sym> {
    match origin {
        Origin::External { path, .. } => Some(*path),
        _ => None,
    }
}

/// A dotted path with what is read out of it.
fn with_keys(path: &str, keys: &Keys) -> String {
    let mut full = path.to_string();
    for key in keys {
        match key {
            Key::Field(name) => {
                full.push('.');
                full.push_str(name);
            }
            _ => full.push_str("[]"),
        }
    }
    full
}
