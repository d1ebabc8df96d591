//! Builds SSA values while a front end walks one syntax tree, top to bottom, once.
//!
//! The scheme is that of Braun et al., "Simple and Efficient Construction of Static Single Assignment Form" (2013),
//! specialised to structured control flow: the environment is a stack of layers, a branch is a layer that is popped
//! and merged, and a loop layer makes a phi the first time a name from outside the loop is read.
//! Knows the IR and nothing of any language.

use crate::ir::*;
use crate::language::Language;
use crate::text::FileId;
use rustc_hash::{FxHashMap, FxHashSet};
use ustr::ustr;

/// Nesting of expressions, statements and functions beyond which nothing is lowered. An unoptimised build must reach it
/// within the 2 MB a thread has by default.
pub const MAX_DEPTH: u32 = 256;

/// How many definitions of a captured variable each closure lists one by one; beyond, all closures share one list, or
/// a variable changed n times and captured n times would need n² operands.
const MAX_OWN_DEFINITIONS: usize = 16;

/// How many names in a row (`a = b`, `c = a`, …) are looked through for what is behind them.
const MAX_BINDS: u32 = 64;

/// State of lowering one file.
pub struct Builder {
    /// The module being built.
    pub module: Module,
    /// The function being lowered.
    pub function: FunctionId,
    /// Current nesting; see [`Builder::enter`].
    depth: u32,
    layers: Vec<Layer>,
    /// Layers below this index belong to enclosing functions.
    floor: usize,
    dead: bool,
    outer: Vec<Outer>,
    /// Every definition of a name, per function, in order of lowering.
    log: Vec<FxHashMap<Sym, Vec<(u32, ValueId)>>>,
    /// Phis that stand for captured variables and must still learn of later definitions, by owner.
    captured: FxHashMap<FunctionId, Vec<Captured>>,
    /// The owner of the variable that such a phi stands for.
    cells: FxHashMap<ValueId, FunctionId>,
    /// Values thrown, or calls that may throw, in each open `try` body.
    tries: Vec<Vec<ValueId>>,
    /// Names of the current function that really belong to an enclosing one.
    borrowed: FxHashSet<Sym>,
    /// The value that stands for the object a value is a version of.
    roots: FxHashMap<ValueId, ValueId>,
    /// Names that held some version of an object at some time, by its root.
    holders: FxHashMap<ValueId, Vec<Sym>>,
    late_globals: Vec<(Sym, ValueId)>,
    /// One phi of everything a function that has ended gave a name.
    shared: FxHashMap<(FunctionId, Sym), ValueId>,
    /// Names read before anything in the file defined them.
    unresolved: Vec<(Sym, ValueId)>,
}

/// Variables that changed in one branch, and whether its end can be reached.
#[derive(Default)]
pub struct Delta {
    vars: FxHashMap<Sym, ValueId>,
    /// Whether control never leaves the branch at its end.
    pub dead: bool,
}

#[derive(Default)]
struct Layer {
    vars: FxHashMap<Sym, ValueId>,
    /// Names that end with this layer (block scope).
    declared: FxHashSet<Sym>,
    in_loop: Option<Loop>,
    /// Class bodies and comprehensions: names are not visible to functions defined inside.
    unlogged: bool,
}

#[derive(Default)]
struct Loop {
    kind: Left,
    label: Option<Sym>,
    phis: Vec<(Sym, ValueId)>,
    breaks: Vec<FxHashMap<Sym, ValueId>>,
    continues: Vec<FxHashMap<Sym, ValueId>>,
}

/// What [`Builder::end_function`] restores.
struct Outer {
    function: FunctionId,
    floor: usize,
    dead: bool,
    tries: Vec<Vec<ValueId>>,
    borrowed: FxHashSet<Sym>,
    /// How many unresolved names there were before.
    unresolved: usize,
}

/// What `break` leaves.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Left {
    #[default]
    Loop,
    /// Left by a plain `break` too, but never repeated.
    Switch,
    /// Left only by its label.
    Block,
}

struct Captured {
    name: Sym,
    phi: ValueId,
    /// Definitions up to this instruction are already in the phi.
    seen: u32,
}

impl Builder {
    /// Starts a module; its body is the current function.
    pub fn new(file: FileId, language: Language, len: usize) -> Self {
        let module = Module {
            file,
            language,
            insts: Vec::new(),
            functions: Vec::new(),
            classes: Vec::new(),
            imports: Vec::new(),
            exports: Vec::new(),
            globals: FxHashMap::default(),
            calls: Vec::new(),
            syntax_error: None,
            too_deep: None,
        };
        let mut builder = Builder {
            module,
            function: FunctionId(0),
            depth: 0,
            layers: vec![Layer::default()],
            floor: 0,
            dead: false,
            outer: Vec::new(),
            log: Vec::new(),
            captured: FxHashMap::default(),
            cells: FxHashMap::default(),
            tries: Vec::new(),
            borrowed: FxHashSet::default(),
            roots: FxHashMap::default(),
            holders: FxHashMap::default(),
            late_globals: Vec::new(),
            shared: FxHashMap::default(),
            unresolved: Vec::new(),
        };
        builder.add_function(ustr("<module>"), (0, len as u32), (0, 0), None);
        builder.module.functions[0].parent = None;
        builder
    }

    /// Ends the module: every module variable gets the values it may hold.
    pub fn finish(mut self) -> Module {
        self.complete_captures(FunctionId(0));
        let layer = self.layers.remove(0);
        for (name, value) in layer.vars {
            self.module.globals.insert(name, vec![value]);
        }
        for (name, value) in std::mem::take(&mut self.late_globals) {
            self.module.globals.entry(name).or_default().push(value);
        }
        for (name, value) in std::mem::take(&mut self.unresolved) {
            if self.module.globals.contains_key(&name) {
                self.module.insts[value.0 as usize].op = Op::Variable(name);
            }
        }
        // Names of blocks and comprehensions shadow nothing once they have ended.
        for inst in &mut self.module.insts {
            if let Op::Variable(name) = inst.op
                && !self.module.globals.contains_key(&name)
            {
                inst.op = Op::Global(name);
            }
        }
        // Bodies that waited for the module body were lowered after it.
        let insts = &self.module.insts;
        self.module.calls.sort_by_key(|(id, _)| {
            let inst = &insts[id.0 as usize];
            (inst.start, inst.end)
        });
        self.module
    }

    // --- nesting -------------------------------------------------------------------------------------------------

    /// Goes one level deeper; `false` when the budget is used up, and then nothing below may be lowered.
    pub fn enter(&mut self, at: usize) -> bool {
        if self.depth >= MAX_DEPTH {
            self.module.too_deep.get_or_insert(at as u32);
            return false;
        }
        self.depth += 1;
        true
    }

    /// Leaves a level entered with [`Builder::enter`].
    pub fn leave(&mut self) {
        self.depth -= 1;
    }

    // --- values --------------------------------------------------------------------------------------------------

    /// Adds a value.
    pub fn add(&mut self, op: Op, span: (usize, usize)) -> ValueId {
        let id = ValueId(self.module.insts.len() as u32);
        if matches!(op, Op::Call { .. }) {
            self.module.calls.push((id, self.function));
            if let Some(body) = self.tries.last_mut() {
                body.push(id);
            }
        }
        self.module.insts.push(Inst { op, start: span.0 as u32, end: span.1 as u32 });
        id
    }

    /// Any one of `values`; the value itself when there is only one.
    pub fn phi(&mut self, mut values: Vec<ValueId>, span: (usize, usize)) -> ValueId {
        values.sort_unstable();
        values.dedup();
        match values.as_slice() {
            [] => self.add(Op::Unknown, span),
            [one] => *one,
            _ => self.add(Op::Phi(values.into()), span),
        }
    }

    /// The constant behind a value, looking through names it was bound to.
    pub fn constant(&self, id: ValueId) -> Option<&Const> {
        match &self.module.inst(self.unbound(id)).op {
            Op::Const(c) => Some(c),
            _ => None,
        }
    }

    /// The value behind the names it was given, as far as a few steps lead.
    fn unbound(&self, mut id: ValueId) -> ValueId {
        for _ in 0..MAX_BINDS {
            let Op::Bind { value, .. } = self.module.inst(id).op else { break };
            id = value;
        }
        id
    }

    /// Whether a condition is known to be true or false.
    pub fn truth(&self, id: ValueId) -> Option<bool> {
        match self.constant(id)? {
            Const::Bool(b) => Some(*b),
            Const::Int(i) => Some(*i != 0),
            Const::Null => Some(false),
            Const::Str(s) => Some(!s.is_empty()),
            Const::Other(_) => None,
        }
    }

    /// The object a value is a version of, looking through names and writes.
    fn root(&self, id: ValueId) -> ValueId {
        self.roots.get(&id).copied().unwrap_or(id)
    }

    fn set_root(&mut self, version: ValueId, of: ValueId) {
        let root = self.root(of);
        self.roots.insert(version, root);
    }

    // --- variables -----------------------------------------------------------------------------------------------

    /// Gives a variable a value, in the scope where it already lives or else in the current function.
    pub fn assign(&mut self, name: Sym, value: ValueId, span: (usize, usize)) -> ValueId {
        let bound = self.bind(name, value, span);
        self.set(name, bound);
        bound
    }

    /// Declares a block-scoped variable (`let`, `const`, comprehension target) in the innermost block.
    pub fn declare(&mut self, name: Sym, value: ValueId, span: (usize, usize)) -> ValueId {
        let bound = self.bind(name, value, span);
        self.borrowed.remove(&name);
        if let Some(layer) = self.layers.last_mut() {
            layer.declared.insert(name);
        }
        self.set(name, bound);
        bound
    }

    /// Makes a name known without a binding step (imports, classes, functions, parameters).
    pub fn define(&mut self, name: Sym, value: ValueId) {
        self.borrowed.remove(&name);
        self.set(name, value);
    }

    /// The same for a name that ends with the innermost block.
    pub fn define_local(&mut self, name: Sym, value: ValueId) {
        if let Some(layer) = self.layers.last_mut() {
            layer.declared.insert(name);
        }
        self.define(name, value);
    }

    /// Announces a variable of the current function before its declaration is reached, so that a function
    /// defined earlier captures it instead of an outer name.
    pub fn predeclare(&mut self, name: Sym) {
        self.log[self.function.0 as usize].entry(name).or_default();
    }

    /// Gives a variable of the module a value from inside a function (`global`).
    pub fn assign_global(&mut self, name: Sym, value: ValueId, span: (usize, usize)) {
        self.read_outer(name, span);
        let bound = self.bind(name, value, span);
        self.late_globals.push((name, bound));
        self.set(name, bound);
    }

    /// Makes what an outer variable holds on entry known, so that a branch that assigns it is joined with that.
    fn read_outer(&mut self, name: Sym, span: (usize, usize)) {
        if self.function == FunctionId(0) || self.lookup_local(name).is_some() {
            return;
        }
        if self.lookup(name, span).is_none() {
            let value = self.add(Op::Variable(name), span);
            self.layers[self.floor].vars.insert(name, value);
            self.borrowed.insert(name);
        }
    }

    /// Gives a variable of an enclosing function a value (`nonlocal`, assignment to a captured variable).
    /// Falls back to [`Builder::assign_global`] when only the module has it, to [`Builder::assign`] when nothing has.
    pub fn assign_captured(&mut self, name: Sym, value: ValueId, span: (usize, usize)) {
        if self.is_local(name) {
            self.assign(name, value, span);
            return;
        }
        let Some(owner) = self.owner_of(name) else {
            self.assign(name, value, span);
            return;
        };
        self.read_outer(name, span);
        self.borrowed.insert(name);
        if owner == FunctionId(0) {
            self.assign_global(name, value, span);
            self.set_below(name, value);
            return;
        }
        let bound = self.bind(name, value, span);
        self.set(name, bound);
        self.record(owner, name, bound);
        self.set_below(name, bound);
    }

    /// The value a name has here. `None` when nothing in the file defines it.
    pub fn lookup(&mut self, name: Sym, span: (usize, usize)) -> Option<ValueId> {
        if let Some(value) = self.lookup_local(name) {
            return Some(value);
        }
        let owner = self.owner_of(name);
        let value = match owner {
            Some(owner) if owner != FunctionId(0) || self.in_module_block(name) => self.capture(owner, name, span),
            _ => match (self.open_block(name), owner) {
                (Some(value), _) => value,
                (None, Some(_)) => self.read_module(name, span),
                (None, None) => return None,
            },
        };
        self.layers[self.floor].vars.insert(name, value);
        self.hold(name, value);
        self.borrowed.insert(name);
        Some(value)
    }

    /// The value a name has here: what [`Builder::lookup`] finds, or an [`Op::Global`] that becomes the variable when
    /// an enclosing scope turns out to define it further down.
    pub fn read(&mut self, name: Sym, span: (usize, usize)) -> ValueId {
        if let Some(value) = self.lookup(name, span) {
            return value;
        }
        // Straight-line module code runs before what follows it: `open = wrap(open)` reads the builtin.
        let late = self.function != FunctionId(0) || self.layers.iter().any(|l| l.in_loop.is_some());
        let value = self.add(Op::Global(name), span);
        if late {
            self.unresolved.push((name, value));
        }
        value
    }

    /// Like [`Builder::read`], for names that are only looked up once the whole module is known (annotations).
    pub fn read_late(&mut self, name: Sym, span: (usize, usize)) -> ValueId {
        if let Some(value) = self.lookup(name, span) {
            return value;
        }
        let value = self.add(Op::Global(name), span);
        self.unresolved.push((name, value));
        value
    }

    /// Whether the current function has a variable of this name.
    pub fn is_local(&self, name: Sym) -> bool {
        !self.borrowed.contains(&name) && self.layers[self.floor..].iter().any(|l| l.vars.contains_key(&name))
    }

    /// Replaces an object by a newer version of it, for every variable that holds it.
    pub fn mutate(&mut self, old: ValueId, new: ValueId) {
        let root = self.root(old);
        self.roots.insert(new, root);
        for name in self.holders.get(&root).cloned().unwrap_or_default() {
            let top = self.layers[self.floor..].iter().rev().find_map(|l| l.vars.get(&name).copied());
            let Some(top) = top else { continue };
            if self.root(top) == root {
                // Reading it makes the phis of the loops around.
                self.lookup_local(name);
                self.set(name, new);
                self.publish(name, new, root);
            } else if self.is_phi_of(top, root) {
                let either = self.phi(vec![top, new], self.at(new));
                self.set_root(either, top);
                self.set(name, either);
            }
        }
        self.note_exit(root, new);
    }

    fn at(&self, id: ValueId) -> (usize, usize) {
        let inst = self.module.inst(id);
        (inst.start as usize, inst.end as usize)
    }

    /// Whether a variable of the current function holds a version of an object, if only outside of a branch.
    fn is_held(&self, name: Sym, root: ValueId) -> bool {
        self.layers[self.floor..].iter().any(|l| l.vars.get(&name).is_some_and(|v| self.root(*v) == root))
    }

    /// Remembers that a variable holds an object, so that a change of the object finds it. Nothing changes a constant.
    fn hold(&mut self, name: Sym, value: ValueId) {
        let root = self.root(value);
        if matches!(self.module.inst(root).op, Op::Const(_) | Op::Text(_) | Op::Test) {
            return;
        }
        let names = self.holders.entry(root).or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }

    /// The version of an object that its variables hold now: reading operands of an expression may have changed it.
    fn current(&mut self, base: ValueId) -> ValueId {
        let root = self.root(base);
        let names = self.holders.get(&root).cloned().unwrap_or_default();
        for name in names {
            if self.is_held(name, root)
                && let Some(now) = self.lookup_local(name)
                && self.root(now) == root
            {
                return now;
            }
        }
        base
    }

    fn is_phi_of(&self, value: ValueId, root: ValueId) -> bool {
        matches!(&self.module.inst(value).op, Op::Phi(ops) if ops.iter().any(|o| self.root(*o) == root))
    }

    /// A captured or module object that was changed is changed for its owner too.
    fn publish(&mut self, name: Sym, new: ValueId, root: ValueId) {
        match &self.module.inst(root).op {
            Op::Variable(variable) if *variable == name => {
                self.late_globals.push((name, new));
                self.set_below(name, new);
            }
            _ => {
                if let Some(owner) = self.cells.get(&root).copied() {
                    self.record(owner, name, new);
                    self.set_below(name, new);
                }
            }
        }
    }

    fn note_exit(&mut self, root: ValueId, new: ValueId) {
        let Op::Param { function, index } = self.module.inst(root).op else { return };
        if function == self.function {
            let exits = &mut self.module.functions[function.0 as usize].exits;
            // A straight-line change replaces the one before it; inside a branch or loop both may hold.
            if self.layers.len() == self.floor + 1 {
                exits.retain(|(i, _)| *i != index);
            }
            exits.push((index, new));
        }
    }

    /// An enclosing function that is still being lowered sees the change as possible from here on.
    fn set_below(&mut self, name: Sym, value: ValueId) {
        for i in (0..self.floor).rev() {
            if let Some(old) = self.layers[i].vars.get(&name).copied() {
                let joined = self.phi(vec![old, value], self.at(value));
                self.set_root(joined, old);
                self.layers[i].vars.insert(name, joined);
                return;
            }
        }
    }

    fn bind(&mut self, name: Sym, value: ValueId, span: (usize, usize)) -> ValueId {
        let bound = self.add(Op::Bind { name, value }, span);
        self.set_root(bound, value);
        bound
    }

    fn set(&mut self, name: Sym, value: ValueId) {
        let mut logged = true;
        self.hold(name, value);
        if let Some(layer) = self.layers.last_mut() {
            layer.vars.insert(name, value);
        }
        for layer in self.layers[self.floor..].iter().rev() {
            if layer.unlogged {
                logged = false;
            }
        }
        if logged {
            self.record(self.function, name, value);
        }
    }

    fn record(&mut self, owner: FunctionId, name: Sym, value: ValueId) {
        let at = self.module.insts.len() as u32;
        self.log[owner.0 as usize].entry(name).or_default().push((at, value));
    }

    fn lookup_local(&mut self, name: Sym) -> Option<ValueId> {
        let found =
            (self.floor..self.layers.len()).rev().find(|i| self.layers[*i].vars.contains_key(&name))?;
        let mut value = self.layers[found].vars[&name];
        for i in found + 1..self.layers.len() {
            if self.layers[i].in_loop.as_ref().is_none_or(|l| l.kind != Left::Loop) {
                continue;
            }
            let phi = self.add(Op::Phi([value].into()), self.at(value));
            self.set_root(phi, value);
            self.layers[i].vars.insert(name, phi);
            if let Some(l) = self.layers[i].in_loop.as_mut() {
                l.phis.push((name, phi));
            }
            value = phi;
        }
        Some(value)
    }

    /// The innermost enclosing function that defines a name; the module counts only once it does.
    fn owner_of(&self, name: Sym) -> Option<FunctionId> {
        let mut at = self.module.functions[self.function.0 as usize].parent;
        while let Some(id) = at {
            if self.log[id.0 as usize].contains_key(&name) {
                return Some(id);
            }
            at = self.module.functions[id.0 as usize].parent;
        }
        None
    }

    /// Whether a name is held by an open block of the module body: it ends with the block, so it is not global.
    fn in_module_block(&self, name: Sym) -> bool {
        self.layers_of(FunctionId(0)).skip(1).any(|l| l.declared.contains(&name))
    }

    /// The open layers of a function, outermost first; none when it has ended.
    fn layers_of(&self, owner: FunctionId) -> impl DoubleEndedIterator<Item = &Layer> {
        let range = match self.outer.iter().position(|o| o.function == owner) {
            Some(at) => self.outer[at].floor..self.outer.get(at + 1).map_or(self.floor, |o| o.floor),
            None => 0..0,
        };
        self.layers[range].iter()
    }

    /// What a name holds in a block of the module that is still open. Such names end with their block, so they are
    /// no module variables, but a closure made inside sees them.
    fn open_block(&self, name: Sym) -> Option<ValueId> {
        let mut end = self.floor;
        let mut found = None;
        for outer in self.outer.iter().rev() {
            let layers = &self.layers[outer.floor..end];
            let holders = || layers.iter().rev().filter(|l| l.vars.contains_key(&name));
            found = found.or_else(|| holders().find_map(|l| l.vars.get(&name).copied()));
            if holders().any(|l| l.declared.contains(&name)) {
                return found;
            }
            if found.is_some() && !outer.borrowed.contains(&name) {
                return None;
            }
            end = outer.floor;
        }
        None
    }

    fn read_module(&mut self, name: Sym, span: (usize, usize)) -> ValueId {
        let definitions = &self.log[0][&name];
        if let [(_, only)] = definitions.as_slice()
            && matches!(self.module.inst(*only).op, Op::Import(_) | Op::Function(_) | Op::Class(_))
        {
            return *only;
        }
        self.add(Op::Variable(name), span)
    }

    fn capture(&mut self, owner: FunctionId, name: Sym, span: (usize, usize)) -> ValueId {
        let seen = self.module.insts.len() as u32;
        let is_open = self.outer.iter().any(|o| o.function == owner);
        // The innermost live layer of the owner knows the value at this point exactly; a deferred body does not.
        let visible = self.layers_of(owner).rev().filter(|l| !l.unlogged);
        let now = visible.filter_map(|l| l.vars.get(&name).copied()).next();
        let values = match now {
            Some(value) => vec![value],
            None => self.definitions(owner, name, 0, !is_open),
        };
        let phi = self.add(Op::Phi(values.into()), span);
        self.cells.insert(phi, owner);
        if is_open {
            self.captured.entry(owner).or_default().push(Captured { name, phi, seen });
        }
        phi
    }

    /// What a function gave a name after instruction `seen`. When it has ended and there are many such values, a phi
    /// of all it ever gave the name stands for them: closures by the thousand then share it.
    fn definitions(&mut self, owner: FunctionId, name: Sym, seen: u32, ended: bool) -> Vec<ValueId> {
        let Some(all) = self.log[owner.0 as usize].get(&name) else { return Vec::new() };
        let later = &all[all.partition_point(|(at, _)| *at <= seen)..];
        if !ended || later.len() <= MAX_OWN_DEFINITIONS {
            return later.iter().map(|(_, v)| *v).collect();
        }
        if let Some(shared) = self.shared.get(&(owner, name)) {
            return vec![*shared];
        }
        let (values, at): (Vec<ValueId>, _) = (all.iter().map(|(_, v)| *v).collect(), self.at(all[0].1));
        let shared = self.add(Op::Phi(values.into()), at);
        self.shared.insert((owner, name), shared);
        vec![shared]
    }

    // --- control flow --------------------------------------------------------------------------------------------

    /// Whether the current point cannot be reached.
    pub fn is_dead(&self) -> bool {
        self.dead
    }

    /// Opens a branch.
    pub fn push_branch(&mut self) {
        self.layers.push(Layer::default());
    }

    /// Closes a branch; its changes take effect when merged.
    pub fn pop_branch(&mut self) -> Delta {
        let layer = self.layers.pop().unwrap_or_default();
        let dead = std::mem::replace(&mut self.dead, false);
        let mut vars = layer.vars;
        vars.retain(|name, _| !layer.declared.contains(name));
        Delta { vars, dead }
    }

    /// Lets the changes of a branch take effect without alternative (a plain block).
    pub fn apply(&mut self, delta: Delta) {
        let mut vars: Vec<_> = delta.vars.into_iter().collect();
        vars.sort_unstable_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
        for (name, value) in vars {
            self.set(name, value);
        }
        self.dead |= delta.dead;
    }

    /// Joins alternative branches. With `fallthrough`, none of them may have run.
    pub fn merge(&mut self, deltas: Vec<Delta>, fallthrough: bool, span: (usize, usize)) {
        let live: Vec<&Delta> = deltas.iter().filter(|d| !d.dead).collect();
        if live.is_empty() && !fallthrough {
            self.dead = true;
            return;
        }
        let mut changed: FxHashMap<Sym, Vec<ValueId>> = FxHashMap::default();
        for delta in &live {
            for (name, value) in &delta.vars {
                changed.entry(*name).or_default().push(*value);
            }
        }
        let mut changed: Vec<(Sym, Vec<ValueId>)> = changed.into_iter().collect();
        changed.sort_unstable_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
        for (name, mut values) in changed {
            let before = self.lookup_local(name);
            if fallthrough || values.len() < live.len() {
                values.extend(before);
            }
            let joined = self.join(values, span);
            self.set(name, joined);
        }
    }

    /// A phi that is still a version of the common object, when all alternatives are.
    fn join(&mut self, values: Vec<ValueId>, span: (usize, usize)) -> ValueId {
        let root = values.first().map(|v| self.root(*v));
        let same = root.is_some_and(|r| values.iter().all(|v| self.root(*v) == r));
        let joined = self.phi(values, span);
        if let (true, Some(root)) = (same, root) {
            self.roots.insert(joined, root);
        }
        joined
    }

    /// Opens a loop body.
    pub fn push_loop(&mut self) {
        self.push_labelled_loop(None);
    }

    /// Opens the body of a loop that may have a label.
    pub fn push_labelled_loop(&mut self, label: Option<Sym>) {
        self.push_left(Left::Loop, label);
    }

    /// Opens a statement that `break` leaves but that never repeats.
    pub fn push_switch(&mut self, label: Option<Sym>) {
        self.push_left(Left::Switch, label);
    }

    /// Opens a labelled statement that is neither; [`Builder::pop_switch`] closes it.
    pub fn push_labelled_block(&mut self, label: Sym) {
        self.push_left(Left::Block, Some(label));
    }

    fn push_left(&mut self, kind: Left, label: Option<Sym>) {
        let in_loop = Some(Loop { kind, label, ..Loop::default() });
        self.layers.push(Layer { in_loop, ..Layer::default() });
    }

    /// Closes a loop body. `endless` when the loop is left only by `break`.
    pub fn pop_loop(&mut self, endless: bool, span: (usize, usize)) {
        let end_is_dead = self.dead;
        let Some(Layer { vars, declared, in_loop: Some(l), .. }) = self.layers.pop() else { return };
        self.dead = false;
        for (name, phi) in &l.phis {
            let mut more: Vec<ValueId> = l.continues.iter().filter_map(|c| c.get(name).copied()).collect();
            if !end_is_dead {
                more.extend(vars.get(name).copied());
            }
            self.extend_phi(*phi, more);
        }
        let phis: FxHashMap<Sym, ValueId> = l.phis.into_iter().collect();
        let (mut turns, mut breaks) = (l.continues, l.breaks);
        if !end_is_dead {
            turns.push(vars);
        }
        let mut alternatives: Vec<Delta> = Vec::new();
        if endless {
            self.complete_breaks(&mut breaks, &turns, &phis, span);
        } else {
            // What a turn left behind, by its end or by `continue`, is what there is when the condition fails.
            for mut turn in turns {
                turn.extend(phis.iter().map(|(name, phi)| (*name, *phi)));
                alternatives.push(Delta { vars: turn, dead: false });
            }
            alternatives.push(Delta { vars: phis, dead: false });
        }
        alternatives.extend(breaks.into_iter().map(|vars| Delta { vars, dead: false }));
        for delta in &mut alternatives {
            delta.vars.retain(|name, _| !declared.contains(name));
        }
        self.merge(alternatives, !endless, span);
    }

    /// A loop left only by `break`: what a variable holds at a `break` that stands before it is assigned is what it
    /// held before the loop or at the end of any turn.
    fn complete_breaks(
        &mut self,
        breaks: &mut [FxHashMap<Sym, ValueId>],
        turns: &[FxHashMap<Sym, ValueId>],
        phis: &FxHashMap<Sym, ValueId>,
        span: (usize, usize),
    ) {
        let mut changed: FxHashMap<Sym, Vec<ValueId>> = FxHashMap::default();
        for (name, value) in turns.iter().flatten() {
            changed.entry(*name).or_default().push(*value);
        }
        let mut changed: Vec<(Sym, Vec<ValueId>)> = changed.into_iter().collect();
        changed.sort_unstable_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
        for (name, mut values) in changed {
            if breaks.iter().all(|b| b.contains_key(&name)) {
                continue;
            }
            let head = match phis.get(&name) {
                Some(phi) => *phi,
                None => {
                    values.extend(self.lookup_local(name));
                    self.join(values, span)
                }
            };
            for vars in breaks.iter_mut() {
                vars.entry(name).or_insert(head);
            }
        }
    }

    /// Closes a `switch` or labelled statement. `arms` are its branches that end without `break`; with `fallthrough`, none of
    /// them may have run.
    pub fn pop_switch(&mut self, arms: Vec<Delta>, fallthrough: bool, span: (usize, usize)) {
        let Some(Layer { vars, declared, in_loop: Some(l), .. }) = self.layers.pop() else { return };
        self.dead = false;
        let common = vars.into_iter().filter(|(name, _)| !declared.contains(name)).collect();
        self.apply(Delta { vars: common, dead: false });
        let mut alternatives = arms;
        alternatives.extend(l.breaks.into_iter().map(|vars| Delta { vars, dead: false }));
        for delta in &mut alternatives {
            delta.vars.retain(|name, _| !declared.contains(name));
        }
        self.merge(alternatives, fallthrough, span);
    }

    fn extend_phi(&mut self, phi: ValueId, more: Vec<ValueId>) {
        if let Op::Phi(operands) = &mut self.module.insts[phi.0 as usize].op {
            let mut all: Vec<ValueId> = operands.to_vec();
            all.extend(more.into_iter().filter(|v| *v != phi));
            all.sort_unstable();
            all.dedup();
            *operands = all.into();
        }
    }

    /// Whether some path goes to the next turn of the innermost loop by `continue`.
    pub fn is_continued(&self) -> bool {
        let innermost = self.layers[self.floor..].iter().rev().filter_map(|l| l.in_loop.as_ref());
        innermost.take(1).any(|l| !l.continues.is_empty())
    }

    /// Leaves the innermost loop or `switch`.
    pub fn break_loop(&mut self) {
        self.break_to(None);
    }

    /// Goes to the next turn of the innermost loop.
    pub fn continue_loop(&mut self) {
        self.continue_to(None);
    }

    /// Leaves the statement of that label, or the innermost loop or `switch`.
    pub fn break_to(&mut self, label: Option<Sym>) {
        if let Some((vars, l)) = self.jump(label, |kind| kind != Left::Block) {
            l.breaks.push(vars);
        }
        self.dead = true;
    }

    /// Goes to the next turn of the loop of that label, or of the innermost one.
    pub fn continue_to(&mut self, label: Option<Sym>) {
        if let Some((vars, l)) = self.jump(label, |kind| kind == Left::Loop) {
            l.continues.push(vars);
        }
        self.dead = true;
    }

    /// What a jump leaves, and what changed since that began, without names that end on the way out.
    fn jump(
        &mut self,
        label: Option<Sym>,
        unlabelled: fn(Left) -> bool,
    ) -> Option<(FxHashMap<Sym, ValueId>, &mut Loop)> {
        let is_left = |l: &Loop| match label {
            Some(_) => l.label == label,
            None => unlabelled(l.kind),
        };
        let at = (self.floor..self.layers.len())
            .rev()
            .find(|i| self.layers[*i].in_loop.as_ref().is_some_and(is_left))?;
        let mut vars = self.layers[at].vars.clone();
        let mut ended: FxHashSet<Sym> = FxHashSet::default();
        for layer in &self.layers[at + 1..] {
            ended.extend(layer.declared.iter().copied());
            vars.extend(layer.vars.iter().filter(|(k, _)| !ended.contains(*k)).map(|(k, v)| (*k, *v)));
        }
        let l = self.layers[at].in_loop.as_mut()?;
        Some((vars, l))
    }

    /// Returns from the current function.
    pub fn ret(&mut self, value: ValueId) {
        self.module.functions[self.function.0 as usize].returns.push(value);
        self.dead = true;
    }

    /// Yields from the current function.
    pub fn yield_(&mut self, value: ValueId) {
        self.module.functions[self.function.0 as usize].yields.push(value);
    }

    /// Throws.
    pub fn throw(&mut self, value: ValueId) {
        match self.tries.last_mut() {
            Some(body) => body.push(value),
            None => self.module.functions[self.function.0 as usize].throws.push(value),
        }
        self.dead = true;
    }

    /// Opens a `try` body (a branch).
    pub fn push_try(&mut self) {
        self.tries.push(Vec::new());
        self.push_branch();
    }

    /// Closes a `try` body: its delta, and what its handlers may catch. When `caught` is false (no handler),
    /// what is thrown goes on outward.
    pub fn pop_try(&mut self, caught: bool) -> (Delta, Vec<ValueId>) {
        let thrown = self.tries.pop().unwrap_or_default();
        if !caught {
            let explicit = thrown.iter().filter(|v| !matches!(self.module.inst(**v).op, Op::Call { .. }));
            let explicit: Vec<ValueId> = explicit.copied().collect();
            match self.tries.last_mut() {
                Some(body) => body.extend(thrown.iter().copied()),
                None => self.module.functions[self.function.0 as usize].throws.extend(explicit),
            }
        }
        (self.pop_branch(), thrown)
    }

    /// Makes the changes of a `try` body possible (not certain) at the start of its handlers.
    pub fn maybe(&mut self, body: &Delta, span: (usize, usize)) {
        let possible = Delta { vars: body.vars.clone(), dead: false };
        self.merge(vec![possible], true, span);
    }

    // --- functions and classes -----------------------------------------------------------------------------------

    /// Adds a function; its body is lowered between [`Builder::begin_function`] and [`Builder::end_function`],
    /// at once or later. The parent is the function being lowered now.
    pub fn add_function(
        &mut self,
        name: Sym,
        span: (u32, u32),
        name_span: (u32, u32),
        class: Option<ClassId>,
    ) -> FunctionId {
        let id = FunctionId(self.module.functions.len() as u32);
        self.module.functions.push(Function {
            name,
            start: span.0,
            end: span.1,
            name_span,
            parent: Some(self.function),
            class,
            params: Vec::new(),
            has_receiver: false,
            returns: Vec::new(),
            yields: Vec::new(),
            throws: Vec::new(),
            exits: Vec::new(),
            decorators: Vec::new(),
            returns_annotation: None,
            is_property: false,
            is_classmethod: false,
        });
        self.log.push(FxHashMap::default());
        id
    }

    /// Adds a parameter to a function and returns its value. Call [`Builder::define`] for it once the body has begun.
    pub fn add_param(
        &mut self,
        function: FunctionId,
        name: Sym,
        kind: ParamKind,
        span: (usize, usize),
    ) -> ValueId {
        let index = self.module.functions[function.0 as usize].params.len() as u32;
        let value = self.add(Op::Param { function, index }, span);
        let param = Param { name, kind, default: None, annotation: None, value };
        self.module.functions[function.0 as usize].params.push(param);
        value
    }

    /// The function with this id.
    pub fn function_mut(&mut self, id: FunctionId) -> &mut Function {
        &mut self.module.functions[id.0 as usize]
    }

    /// Begins a body. Its parent may be the function being lowered (an inline closure) or one that has ended.
    pub fn begin_function(&mut self, id: FunctionId) {
        self.outer.push(Outer {
            function: self.function,
            floor: self.floor,
            dead: std::mem::replace(&mut self.dead, false),
            tries: std::mem::take(&mut self.tries),
            borrowed: std::mem::take(&mut self.borrowed),
            unresolved: self.unresolved.len(),
        });
        self.function = id;
        self.floor = self.layers.len();
        self.layers.push(Layer::default());
        let params: Vec<(Sym, ValueId)> =
            self.module.functions[id.0 as usize].params.iter().map(|p| (p.name, p.value)).collect();
        for (name, value) in params {
            if !name.is_empty() {
                self.set(name, value);
            }
        }
    }

    /// Ends the body begun last, and completes what closures in it captured.
    pub fn end_function(&mut self) {
        self.layers.truncate(self.floor);
        let ended = self.function;
        if let Some(outer) = self.outer.pop() {
            self.function = outer.function;
            self.floor = outer.floor;
            self.dead = outer.dead;
            self.tries = outer.tries;
            self.borrowed = outer.borrowed;
            self.resolve_late(ended, outer.unresolved);
        }
        self.complete_captures(ended);
    }

    /// Names read in a function, or in a closure of it, before it defined them hold whatever it gives them.
    fn resolve_late(&mut self, ended: FunctionId, from: usize) {
        for (name, value) in self.unresolved.split_off(from) {
            let values = self.definitions(ended, name, 0, true);
            match values.is_empty() {
                true => self.unresolved.push((name, value)),
                false => self.module.insts[value.0 as usize].op = Op::Phi(values.into()),
            }
        }
    }

    /// A variable captured by a closure also holds what its owner gives it after the closure was made.
    fn complete_captures(&mut self, ended: FunctionId) {
        for c in self.captured.remove(&ended).unwrap_or_default() {
            let later = self.definitions(ended, c.name, c.seen, true);
            self.extend_phi(c.phi, later);
        }
    }

    /// Opens a scope whose names functions defined inside do not see: a class body, a comprehension.
    pub fn push_private(&mut self) {
        self.layers.push(Layer { unlogged: true, ..Layer::default() });
    }

    /// Closes such a scope and returns what it defined, in order of name.
    pub fn pop_private(&mut self) -> Vec<(Sym, ValueId)> {
        let layer = self.layers.pop().unwrap_or_default();
        let mut vars: Vec<_> = layer.vars.into_iter().collect();
        vars.sort_unstable_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
        vars
    }

    /// Adds a class and its value.
    pub fn add_class(&mut self, name: Sym, span: (usize, usize), name_span: (usize, usize)) -> ClassId {
        let id = ClassId(self.module.classes.len() as u32);
        let value = self.add(Op::Class(id), span);
        self.module.classes.push(Class {
            name,
            name_span: (name_span.0 as u32, name_span.1 as u32),
            bases: Vec::new(),
            methods: Vec::new(),
            fields: Vec::new(),
            stores: Vec::new(),
            decorators: Vec::new(),
            value,
        });
        id
    }

    /// The class with this id.
    pub fn class_mut(&mut self, id: ClassId) -> &mut Class {
        &mut self.module.classes[id.0 as usize]
    }

    /// Adds an import and its value.
    pub fn add_import(&mut self, spec: Sym, name: ImportName, span: (usize, usize)) -> (ImportId, ValueId) {
        let id = ImportId(self.module.imports.len() as u32);
        self.module.imports.push(Import { spec, name, start: span.0 as u32, end: span.1 as u32 });
        (id, self.add(Op::Import(id), span))
    }

    // --- objects -------------------------------------------------------------------------------------------------

    /// Writes `base.key = value` and makes every variable that holds `base` hold the new version.
    /// A write through a path (`a.b.c = v`) changes `b` inside `a` as well.
    pub fn store(&mut self, base: ValueId, key: Key, value: ValueId, span: (usize, usize)) {
        let base = self.current(base);
        let new = self.add(Op::Store { base, key, value }, span);
        self.note_field(base, key, value);
        self.changed(base, new, span);
    }

    /// Removes `base.key`, likewise.
    pub fn delete(&mut self, base: ValueId, key: Key, span: (usize, usize)) {
        let base = self.current(base);
        let new = self.add(Op::Delete { base, key }, span);
        self.changed(base, new, span);
    }

    /// `base` has a new version: rebinds variables, or writes it back into the object it was read from.
    pub fn changed(&mut self, base: ValueId, new: ValueId, span: (usize, usize)) {
        let (mut base, mut new) = (base, new);
        loop {
            self.mutate(base, new);
            let Op::Load { base: outer, key } = self.module.inst(self.root(base)).op else { return };
            if matches!(key, Key::Each | Key::Enter) {
                return;
            }
            let outer = self.current(outer);
            let version = self.add(Op::Store { base: outer, key, value: new }, span);
            self.note_field(outer, key, new);
            (base, new) = (outer, version);
        }
    }

    /// After a call, its receiver and the variables passed to it may have changed.
    pub fn after_call(&mut self, call: ValueId, span: (usize, usize)) {
        let Op::Call { callee, args } = self.module.inst(call).op.clone() else { return };
        if let Op::Load { base, .. } = self.module.inst(callee).op {
            self.after(base, call, Slot::Receiver, span);
        }
        for (i, arg) in args.iter().enumerate() {
            self.after(arg.value, call, Slot::Arg(i as u32), span);
        }
    }

    fn after(&mut self, value: ValueId, call: ValueId, slot: Slot, span: (usize, usize)) {
        if self.may_change(value) {
            let value = self.current(value);
            let new = self.add(Op::After { value, call, slot }, span);
            self.changed(value, new, span);
        }
    }

    /// Only objects that something else can still see are worth a new version.
    fn may_change(&self, mut value: ValueId) -> bool {
        let mut depth = 0;
        for _ in 0..MAX_BINDS {
            match &self.module.inst(value).op {
                Op::Bind { value: inner, .. } => (value, depth) = (*inner, depth.max(1)),
                Op::Load { base, .. } if depth < 3 => (value, depth) = (*base, depth + 1),
                Op::Alloc { .. } | Op::Call { .. } => return depth > 0,
                Op::Param { .. } | Op::Phi(_) | Op::Variable(_) => return true,
                Op::Store { .. } | Op::Delete { .. } | Op::After { .. } => return true,
                _ => return false,
            }
        }
        false
    }

    fn note_field(&mut self, base: ValueId, key: Key, value: ValueId) {
        let Key::Field(name) = key else { return };
        let Op::Param { function, index: 0 } = self.module.inst(self.root(base)).op else { return };
        let f = &self.module.functions[function.0 as usize];
        if let (true, Some(class)) = (f.has_receiver, f.class) {
            self.module.classes[class.0 as usize].stores.push((name, value));
        }
    }
}
