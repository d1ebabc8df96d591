//! Builds SSA values while a front end walks one syntax tree, top to bottom, once.
//!
//! The scheme is that of Braun et al., "Simple and Efficient Construction of Static Single Assignment Form" (2013),
//! specialised to structured control flow: the environment is a stack of layers, a branch is a layer that is popped
//! and merged, and a loop layer makes a phi the first time a name from outside the loop is read.
//! Knows the IR and nothing of any language.

mod aliases;
mod branches;
mod captures;
mod functions;
mod guards;
mod loops;
mod objects;
mod variables;

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
    /// What holds at the current point of the current function, as far as it is worth knowing.
    conditions: Vec<Condition>,
    /// Whether the current function may have returned before this point.
    left: bool,
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
    /// Names that may hold something else than what they were last seen to be given.
    pub unsettled: FxHashSet<Sym>,
}

/// Variables that changed in one branch, and whether its end can be reached.
#[derive(Default)]
pub struct Delta {
    vars: FxHashMap<Sym, ValueId>,
    /// What holds whenever its end is reached.
    guard: Vec<Condition>,
    /// Whether control never leaves the branch at its end.
    pub dead: bool,
}

impl Delta {
    /// The same changes, without saying anything of how the end is reached.
    pub fn unconditional(self) -> Delta {
        Delta { guard: Vec::new(), ..self }
    }
}

#[derive(Default)]
struct Layer {
    vars: FxHashMap<Sym, ValueId>,
    /// Names that end with this layer (block scope).
    declared: FxHashSet<Sym>,
    in_loop: Option<Loop>,
    /// Class bodies and comprehensions: names are not visible to functions defined inside.
    unlogged: bool,
    /// How many conditions held when it was opened.
    mark: usize,
}

#[derive(Default)]
struct Loop {
    kind: Left,
    label: Option<Sym>,
    phis: Vec<(Sym, ValueId)>,
    breaks: Vec<Delta>,
    continues: Vec<FxHashMap<Sym, ValueId>>,
}

/// What [`Builder::end_function`] restores.
struct Outer {
    function: FunctionId,
    floor: usize,
    dead: bool,
    left: bool,
    conditions: Vec<Condition>,
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
            call_guards: FxHashMap::default(),
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
            conditions: Vec::new(),
            left: false,
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
            unsettled: FxHashSet::default(),
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

    /// Adds a value.
    pub fn add(&mut self, op: Op, span: (usize, usize)) -> ValueId {
        let id = ValueId(self.module.insts.len() as u32);
        if matches!(op, Op::Call { .. }) {
            self.module.calls.push((id, self.function));
            if let Some(conditions) = self.active() {
                self.module.call_guards.insert(id, conditions);
            }
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

    /// The value behind the names it was given, as far as a few steps lead.
    fn unbound(&self, mut id: ValueId) -> ValueId {
        for _ in 0..MAX_BINDS {
            let Op::Bind { value, .. } = self.module.inst(id).op else { break };
            id = value;
        }
        id
    }

    fn at(&self, id: ValueId) -> (usize, usize) {
        let inst = self.module.inst(id);
        (inst.start as usize, inst.end as usize)
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
}
