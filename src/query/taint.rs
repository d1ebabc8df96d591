//! Which sensitive data is in a value: a breadth-first walk backward from what a call sends.
//!
//! A name on the way (`patient.ssn`, a parameter, a dictionary key) classifies what is seen through it; it becomes a
//! source only where the walk ends in something nobody in the program made from constants. So a variable called
//! `email` that holds a placeholder is no source, and one that holds a redacted text is none either.

use super::origins::Origin;
use super::{Ctx, Entry, Keys, Next, Solver, State, builtin};
use crate::finding::Confidence;
use crate::graph::{ClassRef, FuncRef, Node};
use crate::ir::*;
use crate::rules::data::{Effect, Owner, SourceRule, Tier};
use crate::source::Shapes;
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

/// Marks the treatment that takes one class out of a text.
const TAKEN_OUT: &str = "taken out: ";
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
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Fact {
    state: State,
    /// Entries of the object that were overwritten or removed later.
    minus: SmallVec<[Key; 2]>,
    label: Option<u32>,
    /// Calls nobody can look into that were passed.
    opaque: u8,
    /// A step was taken that loses track of the parts of a value.
    weak: bool,
    /// Index of the treatment list.
    treated: u32,
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
    trail: Vec<Trail>,
    seen: FxHashSet<Fact>,
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
            trail: Vec::new(),
            seen: FxHashSet::default(),
            found: Vec::new(),
            exhausted: false,
        }
    }

    /// All sensitive data in the given parts of values; each source with its shortest path.
    pub fn run(mut self, starts: Vec<State>) -> (Vec<Source>, bool) {
        for state in starts {
            let fact = Fact { state, minus: SmallVec::new(), label: None, opaque: 0, weak: false, treated: 0 };
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
                let mut next = Fact { state: fact.state.with(*base, super::prepend(super::settled(*key), &fact.state.keys)), ..fact.clone() };
                if let (true, Key::Field(name)) = (elementwise, key) {
                    if is_about(name) {
                        return;
                    }
                    let owners = self.owners(here(*base), fact.state.ctx);
                    self.relabel(&mut next, *name, &owners, node);
                }
                self.push(next, at, None, None);
            }
            Op::Store { base, key, value } if whole => {
                if !fact.minus.contains(key) {
                    let mut inner = Fact { state: State::whole(here(*value), fact.state.ctx), ..fact.clone() };
                    inner.minus.clear();
                    if let Key::Field(name) = key {
                        let owners = self.owners(here(*base), fact.state.ctx);
                        inner.label = None;
                        self.relabel(&mut inner, *name, &owners, node);
                    }
                    self.push(inner, at, Some(Hop { node, what: What::Stored(*key) }), None);
                }
                let mut older = Fact { state: fact.state.to(*base), ..fact };
                if matches!(key, Key::Field(_) | Key::Index(_)) {
                    older.minus.push(*key);
                }
                self.push(older, at, None, None);
            }
            Op::Delete { base, key } if whole => {
                let mut rest = Fact { state: fact.state.to(*base), ..fact };
                if matches!(key, Key::Field(_) | Key::Index(_)) {
                    rest.minus.push(*key);
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
                    if gone(key) {
                        continue;
                    }
                    let fact = Fact { minus: hidden.clone(), ..fact.clone() };
                    if matches!(key, Key::Field(_)) && *kind == AllocKind::Object {
                        hidden.push(*key);
                    }
                    let mut inner = Fact { state: State::whole(here(*value), fact.state.ctx), ..fact.clone() };
                    if *key != Key::Spread {
                        inner.minus.clear();
                    } else if *kind == AllocKind::Object {
                        hidden.extend(self.literal_keys(here(*value), fact.state.ctx));
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
                        let next = Fact { state: State::whole(here(*value), fact.state.ctx), ..fact.clone() };
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
                older.minus.extend(builtin::removed(graph.module(node), call.value));
                self.push(older, at, None, None);
                self.put_by(call, *slot, &fact, at);
                let next = self.solver.changed_by(call, *slot, &fact.state);
                self.follow(next, &fact, at);
            }
            Op::Call { .. } => self.visit_call(&fact, at),
            Op::Param { function, index } => {
                let function = FuncRef { module, function: *function };
                let name = graph.function(function).params[*index as usize].name;
                let mut named = fact.clone();
                if elementwise && !name.is_empty() {
                    self.relabel(&mut named, name, &[], node);
                }
                let next = self.solver.step(&fact.state);
                let crosses = next.iter().any(|n| matches!(n, Next::Cross { .. }));
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
                    let up = (!entered && fact.state.ctx == Ctx::ANY)
                        .then_some((function, Entry::of(call)));
                    self.push(Fact { state, ..fact.clone() }, at, Some(Hop { node: call, what }), up);
                }
                Next::End(origin) => self.root(origin, fact, at),
            }
        }
    }

    /// The names a value has for certain, because it is always a literal object.
    fn literal_keys(&mut self, node: Node, ctx: Ctx) -> Vec<Key> {
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
    fn put_by(&mut self, call: Node, slot: Slot, fact: &Fact, at: u32) {
        let Op::Call { callee, args } = self.solver.graph.op(call) else { return };
        let callee = Node { module: call.module, value: *callee };
        let Op::Load { key: Key::Field(name), .. } = self.solver.graph.op(callee) else { return };
        if slot != Slot::Receiver {
            return;
        }
        for (key, value) in builtin::put(self.solver.graph.module(call), name, args).into_iter().flatten() {
            let state = State::whole(Node { module: call.module, value }, fact.state.ctx);
            let mut next = Fact { state, ..fact.clone() };
            if let Key::Field(name) = key {
                next.label = None;
                self.relabel(&mut next, name, &[], call);
            }
            self.push(next, at, Some(Hop { node: call, what: What::Stored(key) }), None);
        }
    }

    fn visit_call(&mut self, fact: &Fact, at: u32) {
        let node = fact.state.node;
        if self.answers.contains(&node) {
            return;
        }
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
        let left_out = self.left_out(args, node, fact.state.ctx);
        let weak = fact.weak || !fact.state.keys.is_empty() || opaque > 0;
        let receiver = match graph.op(callee) {
            Op::Load { base, .. } => Some(Node { module: node.module, value: *base }),
            _ => None,
        };
        let args = args.iter().map(|a| Node { module: node.module, value: a.value });
        for value in receiver.into_iter().chain(args) {
            if matches!(graph.op(value), Op::Const(_) | Op::Function(_) | Op::Global(_) | Op::Import(_)) {
                continue;
            }
            passed = true;
            let state = State::whole(value, fact.state.ctx);
            let mut next = Fact { state, minus: SmallVec::new(), weak, ..fact.clone() };
            if receiver == Some(value) {
                next.minus.extend(left_out.iter().copied());
            }
            self.push(next, at, Some(Hop { node, what: What::Through }), None);
        }
        if !passed {
            self.root(Origin::Unknown(node), &fact, at);
        }
    }

    /// `row.get("ssn")`, `form.getvalue("email")`, `text_input("Patient name")`: a literal names what is returned.
    fn label_by_argument(&mut self, callee: Node, args: &[Arg], fact: &mut Fact) {
        let Some(first) = args.first() else { return };
        let Op::Const(Const::Str(text)) = self.solver.graph.op(Node { module: callee.module, value: first.value })
        else {
            return;
        };
        if !is_elementwise(&fact.state.keys) || text.len() > 60 {
            return;
        }
        let Op::Load { base, key: Key::Field(method) } = self.solver.graph.op(callee) else { return };
        if is_lookup(method) || method.contains("input") || method.contains("select") || method.contains("area") {
            let owners = self.owners(Node { module: callee.module, value: *base }, fact.state.ctx);
            self.relabel(fact, *text, &owners, fact.state.node);
        }
    }

    /// Classes that a substitution (`re.sub(p, "x", text)`, `text.replace(/p/g, "x")`) takes out of its text.
    fn substituted(&mut self, callee: Node, args: &[Arg], call: Node, ctx: Ctx) -> Vec<String> {
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
                places.extend(args.first().map(|a| State::whole(Node { module: made.module, value: a.value }, *ctx)));
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
                classes.extend(self.solver.rules.data.taken_out_by(expression).into_iter().map(str::to_string));
            }
        }
        classes
    }

    /// Whether the literals of a call's first argument hold all these words (`["git", "diff"]`, `"git diff"`).
    fn says(&mut self, args: &[Arg], call: Node, ctx: Ctx, words: &[String]) -> bool {
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

    /// Names of entries that an argument leaves out (`model_dump(exclude={…})`).
    fn left_out(&mut self, args: &[Arg], call: Node, ctx: Ctx) -> Vec<Key> {
        let graph = self.solver.graph;
        let excluded = args.iter().filter(|a| matches!(a.kind, ArgKind::Keyword(k) if k.as_str() == "exclude"));
        let mut keys = Vec::new();
        for arg in excluded {
            let value = State::whole(Node { module: call.module, value: arg.value }, ctx);
            for origin in self.solver.origins(&value).iter() {
                let Origin::Object(node, _) = origin else { continue };
                let Op::Alloc { items, .. } = graph.op(*node) else { continue };
                keys.extend(items.iter().filter_map(|(key, v)| match (key, &graph.module(*node).inst(*v).op) {
                    (_, Op::Const(Const::Str(name))) => Some(Key::Field(*name)),
                    (Key::Field(name), _) => Some(Key::Field(*name)),
                    _ => None,
                }));
            }
        }
        keys
    }

    /// A new object sent whole: everything its constructor was given.
    fn constructed(&mut self, class: ClassRef, fact: &Fact, at: u32) {
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
            let mut next = Fact { state: State::whole(value, fact.state.ctx), label: None, ..fact.clone() };
            next.minus.clear();
            if let Some(name) = name {
                self.relabel(&mut next, name, &owner, node);
            }
            self.push(next, at, Some(Hop { node, what: What::Through }), None);
        }
    }

    /// The walk ended: the data is a source if something on the way, or the place itself, says what it is.
    fn root(&mut self, origin: Origin, fact: &Fact, at: u32) {
        let graph = self.solver.graph;
        match origin {
            Origin::External { path, node, .. } => {
                let module = graph.module(fact.state.node);
                let bare = !path.contains(['.', '(', '/']);
                if self.answers.contains(&node) {
                    return;
                }
                if let Some(rule) = self.shapes.source(module, &path) {
                    self.shape(rule, node, fact, at);
                } else if !bare || fact.label.is_some() {
                    self.labelled(fact, at, fact.state.node);
                }
            }
            Origin::Instance(class, _) => self.object(class, fact, at),
            Origin::Param(node) => self.labelled(fact, at, node),
            Origin::Unknown(node) => {
                if !matches!(graph.op(fact.state.node), Op::Const(_)) && !self.entered(node, fact, at) {
                    self.labelled(fact, at, node);
                }
            }
            _ => {}
        }
    }

    /// A value nobody in the program made, known by how it is written (`req.body`, `event.request.json()`).
    fn entered(&mut self, node: Node, fact: &Fact, at: u32) -> bool {
        let module = self.solver.graph.module(node);
        let written = with_keys(&self.solver.describe(node), &fact.state.keys);
        match self.shapes.source(module, &written) {
            Some(rule) if rule.words.is_empty() => {
                self.shape(rule, node, fact, at);
                true
            }
            _ => false,
        }
    }

    /// A parameter of a request handler is what somebody outside sent.
    fn handler(&mut self, node: Node, fact: &Fact, at: u32) -> bool {
        let graph = self.solver.graph;
        let Op::Param { function, index } = graph.op(node) else { return false };
        let function = FuncRef { module: node.module, function: *function };
        let f = graph.function(function);
        let module = graph.module(node);
        let mut registered: Vec<Node> =
            f.decorators.iter().map(|d| Node { module: node.module, value: *d }).collect();
        registered.extend(self.solver.callers(function).iter().filter(|e| e.handed.is_some()).map(|e| e.call));
        let annotation = f.params[*index as usize].annotation.clone();
        for value in annotation.iter().flat_map(|a| a.types.iter()) {
            let types = State::whole(Node { module: node.module, value: *value }, Ctx::ANY);
            for path in self.solver.origins(&types).iter().filter_map(external_path) {
                if let Some(rule) = self.shapes.parameter_type(module, &path) {
                    self.shape(rule, node, fact, at);
                    return true;
                }
            }
        }
        for node_ in registered {
            let callee = match graph.op(node_) {
                Op::Call { callee, .. } => Node { module: node_.module, value: *callee },
                _ => node_,
            };
            for path in self.solver.origins(&State::whole(callee, Ctx::ANY)).iter().filter_map(external_path) {
                if let Some(rule) = self.shapes.handler(module, &path) {
                    self.shape(rule, node, fact, at);
                    return true;
                }
            }
        }
        false
    }

    /// An object of a declared class, sent whole: its declared fields.
    fn object(&mut self, class: ClassRef, fact: &Fact, at: u32) {
        let graph = self.solver.graph;
        if !is_elementwise(&fact.state.keys) {
            self.labelled(fact, at, fact.state.node);
            return;
        }
        let owner = graph.class(class).name;
        let mut any = false;
        for (c, i) in self.solver.declared_fields(class) {
            let field = &graph.class(c).fields[i];
            let flag = field.annotation.as_ref().is_some_and(|a| matches!(a.text.as_str(), "bool" | "boolean"));
            if fact.minus.contains(&Key::Field(field.name)) || flag {
                continue;
            }
            let Some(label) = self.classify(field.name, &[owner], fact.state.node, true) else { continue };
            any = true;
            let evidence = format!("field `{}` of `{}`", field.name, owner);
            self.hit(label, evidence, fact, at, fact.state.node, Confidence::Certain);
        }
        if !any {
            self.labelled(fact, at, fact.state.node);
        }
    }

    /// The class comes from a name on the way.
    fn labelled(&mut self, fact: &Fact, at: u32, root: Node) {
        let Some(label) = fact.label.map(|l| self.labels[l as usize].clone()) else { return };
        let mut confidence = match (label.declared, label.weak) {
            (true, false) => Confidence::Certain,
            (false, false) => Confidence::Likely,
            (_, true) => Confidence::Possible,
        };
        if matches!(self.solver.graph.op(root), Op::Unknown | Op::Global(_)) {
            confidence = Confidence::Possible;
        }
        let evidence = format!("`{}`", label.name);
        let node = label.node;
        self.hit(label, evidence, fact, at, node, confidence);
    }

    /// The class comes from the place where the data enters, unless a name says better.
    fn shape(&mut self, rule: &SourceRule, node: Node, fact: &Fact, at: u32) {
        if fact.label.is_some() {
            self.labelled(fact, at, node);
            return;
        }
        let entry = fact.state.keys.iter().find_map(|k| match k {
            Key::Field(name) => rule.entries.get(name.as_str()),
            _ => None,
        });
        let rule_id = rule.id.as_str();
        let Some(class) = self.solver.rules.data.class(entry.unwrap_or(&rule.yields)) else { return };
        if class.unknown_fields && self.named_fields(node, rule_id, fact, at) {
            return;
        }
        let label = Label { class: class.id.clone(), tier: class.tier, name: ustr::ustr(rule_id), node, declared: true, weak: fact.weak };
        self.hit(label, format!("enters here ({rule_id})"), fact, at, node, Confidence::Likely);
    }

    /// Fields of a row that are named (`row.plan`, `SELECT a, b`): each is what its name says, or nothing.
    fn named_fields(&mut self, node: Node, rule: &str, fact: &Fact, at: u32) -> bool {
        if fact.state.keys.iter().any(|k| matches!(k, Key::Field(_))) {
            return true;
        }
        let Some(columns) = self.solver.columns(node, fact.state.ctx) else { return false };
        let mut owners = self.owners(node, fact.state.ctx);
        owners.extend(columns.table);
        for name in columns.names {
            if fact.minus.contains(&Key::Field(name)) {
                continue;
            }
            if let Some(label) = self.classify(name, &owners, node, true) {
                let evidence = format!("column `{name}` ({rule})");
                self.hit(label, evidence, fact, at, node, Confidence::Certain);
            }
        }
        true
    }

    fn hit(&mut self, label: Label, evidence: String, fact: &Fact, at: u32, node: Node, confidence: Confidence) {
        let mut treatments = self.treatments[fact.treated as usize].clone();
        let gone = treatments.iter().any(|id| {
            if id.strip_prefix(TAKEN_OUT) == Some(label.class.as_str()) {
                return true;
            }
            let rule = self.solver.rules.data.sanitizers.iter().find(|s| s.id == *id);
            rule.is_some_and(|r| matches!(r.effect, Effect::Remove | Effect::Encrypt) && r.covers(&label.class))
        });
        if gone {
            return;
        }
        treatments.retain(|t| !t.starts_with(TAKEN_OUT));
        let mut path = vec![Hop { node, what: What::Source }];
        let mut entered_by = Vec::new();
        let mut at = at;
        while at != u32::MAX {
            let trail = &self.trail[at as usize];
            path.extend(trail.hop);
            entered_by.extend(trail.up);
            at = trail.parent;
        }
        // Walked backward from the call: the last frame left is the outermost caller.
        entered_by.reverse();
        self.found.push(Source {
            class: label.class,
            tier: label.tier,
            evidence,
            node,
            confidence,
            path,
            entered_by,
            treatments,
        });
    }

    fn relabel(&mut self, fact: &mut Fact, name: Sym, owners: &[Sym], node: Node) {
        if let Some(mut label) = self.classify(name, owners, node, false) {
            label.weak = fact.weak || fact.opaque > 0;
            let index = self.labels.iter().position(|l| *l == label).unwrap_or_else(|| {
                self.labels.push(label);
                self.labels.len() - 1
            });
            fact.label = Some(index as u32);
        }
    }

    fn classify(&self, name: Sym, owners: &[Sym], node: Node, declared: bool) -> Option<Label> {
        let receiver: Vec<&str> = owners.iter().map(|o| o.as_str()).collect();
        let found = self.solver.rules.data.classify(&name, Owner { receiver: &receiver })?;
        (!found.treated).then(|| Label { class: found.class.id.clone(), tier: found.tier, name, node, declared, weak: false })
    }

    /// Names that say whose field this is: the receiver's own name, its class.
    fn owners(&mut self, base: Node, ctx: Ctx) -> Vec<Sym> {
        let mut owners = Vec::new();
        let mut at = base;
        for _ in 0..8 {
            match self.solver.graph.op(at) {
                Op::Bind { name, value } => {
                    owners.push(*name);
                    at = Node { module: at.module, value: *value };
                }
                Op::Load { key: Key::Field(name), .. } => {
                    owners.push(*name);
                    break;
                }
                Op::Load { base, .. } => at = Node { module: at.module, value: *base },
                Op::Param { function, index } => {
                    let f = FuncRef { module: at.module, function: *function };
                    owners.push(self.solver.graph.function(f).params[*index as usize].name);
                    break;
                }
                Op::Variable(name) | Op::Global(name) => {
                    owners.push(*name);
                    break;
                }
                Op::After { value, .. }
                | Op::Guarded { value, .. }
                | Op::Store { base: value, .. }
                | Op::Delete { base: value, .. } => {
                    at = Node { module: at.module, value: *value };
                }
                Op::Phi(values) => match values.first() {
                    Some(value) => at = Node { module: at.module, value: *value },
                    None => break,
                },
                Op::Call { callee, .. } => {
                    // `Ticket.objects.get(…)`: the model says whose row it is.
                    let callee = Node { module: at.module, value: *callee };
                    owners.extend(self.callee_name(callee));
                    owners.extend(self.leftmost(callee));
                    break;
                }
                _ => break,
            }
        }
        for origin in self.solver.origins(&State::whole(base, ctx)).iter() {
            if let Origin::Instance(class, _) = origin {
                owners.push(self.solver.graph.class(*class).name);
            }
        }
        owners.dedup();
        owners
    }

    /// The name a chain of reads and calls starts from.
    fn leftmost(&self, mut at: Node) -> Option<Sym> {
        for _ in 0..16 {
            let value = match self.solver.graph.op(at) {
                Op::Load { base, .. } => *base,
                Op::Call { callee, .. } => *callee,
                Op::Class(class) => return Some(self.solver.graph.module(at).classes[class.0 as usize].name),
                _ => return self.callee_name(at),
            };
            at = Node { module: at.module, value };
        }
        None
    }

    /// The name the object in a fact was last seen under.
    fn named(&self, fact: &Fact) -> Option<Sym> {
        let mut at = self.trail.iter().rposition(|t| t.fact == *fact)? as u32;
        while at != u32::MAX {
            let trail = &self.trail[at as usize];
            match trail.hop.map(|h| h.what) {
                Some(What::Named(name) | What::Stored(Key::Field(name))) => return Some(name),
                Some(_) => return None,
                None => at = trail.parent,
            }
        }
        None
    }

    fn callee_name(&self, callee: Node) -> Option<Sym> {
        match self.solver.graph.op(callee) {
            Op::Load { key: Key::Field(name), .. } | Op::Global(name) | Op::Variable(name) => Some(*name),
            Op::Bind { name, .. } => Some(*name),
            Op::Import(i) => match self.solver.graph.import(callee.module, *i).0.name {
                ImportName::Named(name) => Some(name),
                _ => None,
            },
            _ => None,
        }
    }

    fn treat(&mut self, list: u32, id: &str) -> u32 {
        let mut more = self.treatments[list as usize].clone();
        if !more.iter().any(|t| t == id) {
            more.push(id.to_string());
        }
        self.treatments.iter().position(|t| *t == more).unwrap_or_else(|| {
            self.treatments.push(more);
            self.treatments.len() - 1
        }) as u32
    }
}

/// The expression inside a `/…/flags` literal.
fn regex_body(literal: &str) -> &str {
    let inner = literal.strip_prefix('/').unwrap_or(literal);
    inner.rsplit_once('/').map_or(inner, |(body, _)| body)
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

/// Attributes that tell about a container, not what is in it.
fn is_about(name: &str) -> bool {
    const ABOUT: &[&str] = &[
        "length", "size", "shape", "dtypes", "dtype", "columns", "ndim", "byteLength", "status_code", "__class__",
        "__name__", "__doc__", "constructor",
    ];
    ABOUT.contains(&name)
}

/// Functions and methods of the standard libraries whose result is their argument in another form.
fn carries(name: &str) -> bool {
    const CARRIERS: &[&str] = &[
        "str", "String", "repr", "bytes", "bytearray", "dumps", "dump", "stringify", "loads", "parse", "format",
        "format_map", "join", "strip", "lstrip", "rstrip", "trim", "trimEnd", "trimStart", "lower", "upper", "title",
        "capitalize", "toLowerCase", "toUpperCase", "toString", "encode", "decode", "replace", "replaceAll", "split",
        "splitlines", "slice", "substring", "substr", "concat", "dedent", "indent", "fill", "wrap", "shorten", "escape",
        "unescape", "quote", "urlencode", "encodeURIComponent", "b64encode", "b64decode", "from", "read", "getvalue",
        "text", "json", "html", "sub", "normalize", "model_dump", "model_dump_json", "dict", "asdict", "to_dict",
        "to_json", "to_string", "to_csv", "to_markdown", "to_html", "toJSON", "render", "substitute", "safe_substitute",
        "list", "tuple", "set", "sorted", "reversed", "enumerate", "zip", "map", "filter", "reduce", "max", "min", "sum",
        "Object", "Array", "Map", "Set", "Buffer", "Blob", "File", "values", "entries", "items", "pformat", "vars",
        "hexdigest", "digest", "update", "isoformat", "strftime", "toISOString", "toFixed", "at", "head", "tail", "iterrows", "itertuples", "tolist",
    ];
    CARRIERS.contains(&name)
}

/// Verbs of functions whose result is found, not made from the arguments.
fn is_lookup(name: &str) -> bool {
    const VERBS: &[&str] = &["get", "find", "fetch", "load", "lookup", "query", "select", "retrieve", "search", "first", "one", "scalar", "scalars", "execute"];
    let lower = name.to_ascii_lowercase();
    VERBS.iter().any(|v| lower == *v || lower.strip_prefix(v).is_some_and(|r| r.starts_with('_')))
        || VERBS.iter().any(|v| name.strip_prefix(v).is_some_and(|r| r.starts_with(char::is_uppercase)))
}
