//! Which calls may change what they are given, as far as names tell.
//!
//! Every object that was passed to a call is a new version afterwards, and most calls change nothing. To resolve each
//! callee only to find that out is most of what a walk would do. So once per program the names of all functions that
//! may write to their receiver or to an argument, by themselves or through what they call, are collected; a call by any
//! other name leaves its objects alone. What may be called by a name nobody declared a function under counts as writing.

use super::builtin;
use crate::graph::{ClassRef, FuncRef, Graph, Node};
use crate::ir::*;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// The names.
pub(super) struct Changes {
    writing: FxHashSet<(Sym, Whose)>,
    /// Names that values are kept under: what is called by one of them may be any function.
    kept: FxHashSet<Sym>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Whose {
    Receiver,
    Argument,
}

impl Changes {
    /// Reads the whole program once.
    pub fn new(graph: &Graph) -> Changes {
        let mut changes = Changes { writing: FxHashSet::default(), kept: kept_names(graph) };
        let mut waiting: FxHashMap<(Sym, Whose), Vec<(Sym, Whose)>> = FxHashMap::default();
        let mut ready: Vec<(Sym, Whose)> = Vec::new();
        for index in 0..graph.modules.len() as u32 {
            for function in 0..graph.modules[index as usize].functions.len() as u32 {
                let f = FuncRef { module: index, function: FunctionId(function) };
                changes.read(graph, f, &mut waiting, &mut ready);
            }
        }
        // A class without a constructor of its own is made by that of its base. By name, each once: many share one.
        let classes = graph.modules.iter().flat_map(|module| &module.classes);
        for base in classes.map(|class| class.name).collect::<FxHashSet<Sym>>() {
            let below = graph.named_subclasses(base).iter().map(|class| graph.class(*class).name);
            for name in below.collect::<FxHashSet<Sym>>().into_iter().flat_map(|name| graph.names_for(name)) {
                for whose in [Whose::Receiver, Whose::Argument] {
                    waiting.entry((base, whose)).or_default().push((name, whose));
                }
            }
        }
        while let Some(name) = ready.pop() {
            if changes.writing.insert(name) {
                ready.extend(waiting.remove(&name).into_iter().flatten());
            }
        }
        changes
    }

    /// Whether a call may change the object in the slot.
    pub fn may(&self, module: &Module, callee: ValueId, slot: Slot) -> bool {
        let whose = whose(slot);
        self.names(module, callee)
            .is_none_or(|names| names.iter().any(|name| self.writing.contains(&(*name, whose))))
    }

    /// Collects what one function writes to, and which calls that depends on.
    fn read(
        &self,
        graph: &Graph,
        f: FuncRef,
        waiting: &mut FxHashMap<(Sym, Whose), Vec<(Sym, Whose)>>,
        ready: &mut Vec<(Sym, Whose)>,
    ) {
        let function = graph.function(f);
        for exit in &function.exits {
            let whose = match exit.param == 0 && function.has_receiver {
                true => Whose::Receiver,
                false => Whose::Argument,
            };
            let (writes, calls) = self.writes(graph, Node { module: f.module, value: exit.value });
            if !writes && calls.is_empty() {
                continue;
            }
            for name in names_of(graph, f) {
                match writes {
                    true => ready.push((name, whose)),
                    false => calls.iter().for_each(|c| waiting.entry(*c).or_default().push((name, whose))),
                }
            }
        }
    }

    /// Whether the versions of an object up to this one were written, and the calls by name that may have written.
    fn writes(&self, graph: &Graph, exit: Node) -> (bool, Vec<(Sym, Whose)>) {
        let module = graph.module(exit);
        let mut calls = Vec::new();
        let mut seen = FxHashSet::default();
        let mut open = vec![exit.value];
        while let Some(value) = open.pop() {
            if !seen.insert(value) {
                continue;
            }
            match &module.inst(value).op {
                Op::Store { .. } | Op::Delete { .. } => return (true, Vec::new()),
                Op::Bind { value, .. } | Op::Guarded { value, .. } => open.push(*value),
                Op::Phi(values) => open.extend(values.iter().copied()),
                Op::After { value, call, slot } => {
                    open.push(*value);
                    let Op::Call { callee, .. } = &module.inst(*call).op else { continue };
                    let names = self.names(module, *callee);
                    let Some(names) = names.filter(|_| !builtin::may_change(module, *call, *slot)) else {
                        return (true, Vec::new());
                    };
                    calls.extend(names.into_iter().map(|name| (name, whose(*slot))));
                }
                _ => {}
            }
        }
        (false, calls)
    }

    /// The names of the functions a callee may be; `None` when it may be one of any name.
    fn names(&self, module: &Module, callee: ValueId) -> Option<SmallVec<[Sym; 2]>> {
        let mut names = SmallVec::new();
        for value in module.behind(callee) {
            let name = match &module.inst(value).op {
                Op::Bind { .. }
                | Op::Guarded { .. }
                | Op::Decorated { .. }
                | Op::After { .. }
                | Op::Store { .. }
                | Op::Phi(_)
                | Op::Const(_) => continue,
                Op::Import(import) => match module.imports[import.0 as usize].name {
                    ImportName::Named(name) => name,
                    _ => return None,
                },
                Op::Global(name) | Op::Load { key: Key::Field(name), .. } => *name,
                Op::Function(f) => module.functions[f.0 as usize].name,
                Op::Class(class) => module.classes[class.0 as usize].name,
                _ => return None,
            };
            if name.is_empty() || self.kept.contains(&name) {
                return None;
            }
            names.push(name);
        }
        Some(names)
    }
}

fn whose(slot: Slot) -> Whose {
    match slot {
        Slot::Receiver => Whose::Receiver,
        Slot::Arg(_) => Whose::Argument,
    }
}

/// The names a function may be called by: a constructor also by that of its class.
fn names_of(graph: &Graph, f: FuncRef) -> Vec<Sym> {
    let function = graph.function(f);
    let class = function.class.filter(|_| matches!(function.name.as_str(), "__init__" | "constructor"));
    let class = class.map(|class| graph.class(ClassRef { module: f.module, class }).name);
    [Some(function.name), class].into_iter().flatten().flat_map(|name| graph.names_for(name)).collect()
}

/// Names under which anything but a function of that name is kept: fields, entries, keywords, variables of modules.
fn kept_names(graph: &Graph) -> FxHashSet<Sym> {
    let mut kept = FxHashSet::default();
    for module in &graph.modules {
        let mut keep = |name: Sym, value: ValueId| {
            let is_plain = module.behind(value).all(|v| match &module.inst(v).op {
                Op::Const(_)
                | Op::Text(_)
                | Op::Alloc { .. }
                | Op::Compare { .. }
                | Op::Not(_)
                | Op::Test => true,
                Op::Bind { .. } | Op::Guarded { .. } | Op::Decorated { .. } => true,
                Op::Function(f) => module.functions[f.0 as usize].name == name,
                Op::Class(c) => module.classes[c.0 as usize].name == name,
                Op::Import(i) => module.imports[i.0 as usize].name == ImportName::Named(name),
                Op::Global(global) => *global == name,
                _ => false,
            });
            if !is_plain {
                kept.insert(name);
            }
        };
        for (name, values) in &module.globals {
            values.iter().for_each(|value| keep(*name, *value));
        }
        for inst in &module.insts {
            match &inst.op {
                Op::Store { key: Key::Field(name), value, .. } => keep(*name, *value),
                Op::Alloc { items, .. } => {
                    for (key, value) in items {
                        if let Key::Field(name) = key {
                            keep(*name, *value);
                        }
                    }
                }
                Op::Call { args, .. } => {
                    for arg in args {
                        if let ArgKind::Keyword(name) = arg.kind {
                            keep(name, arg.value);
                        }
                    }
                }
                _ => {}
            }
        }
        kept.extend(module.classes.iter().flat_map(|c| &c.fields).map(|field| field.name));
    }
    kept
}
