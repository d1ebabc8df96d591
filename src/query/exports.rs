//! What an imported or global name stands for: exports, re-exports, star imports, modules as objects.

use super::origins::Origin;
use super::{Ctx, Keys, Next, Solver, State, external};
use crate::graph::Node;
use crate::graph::modules::Target;
use crate::ir::*;
use rustc_hash::FxHashSet;

impl Solver<'_> {
    pub(super) fn imported(&mut self, module: u32, import: ImportId, state: &State) -> Vec<Next> {
        let (import, target) = self.graph.import(module, import);
        let (name, target) = (import.name, target.clone());
        match (target, name) {
            (Target::External(spec), ImportName::Named(name)) => {
                let known = self.rules.clients.known_as(&spec, &name);
                let path = known.unwrap_or_else(|| format!("{spec}.{name}"));
                self.stand_in(&path, state).unwrap_or_else(|| vec![external(&path, state)])
            }
            (Target::External(spec), _) => vec![external(&spec, state)],
            (Target::Module(m), ImportName::Named(name)) => self.exported(m, name, state),
            (Target::Module(m), _) => match state.keys.first() {
                Some(Key::Field(name)) => {
                    let rest = State { keys: state.keys[1..].into(), ..state.clone() };
                    self.exported(m, *name, &rest)
                }
                Some(_) => vec![Next::End(Origin::Unknown(state.node))],
                None => self.whole_module(m, state),
            },
            (Target::Folder(folder), ImportName::Named(name)) => match self.graph.in_folder(&folder, name) {
                Some(m) => self.whole_module(m, state),
                None => vec![Next::End(Origin::Unknown(state.node))],
            },
            (Target::Folder(folder), _) => match state.keys.first() {
                Some(Key::Field(name)) => match self.graph.in_folder(&folder, *name) {
                    Some(m) => {
                        let rest = State { keys: state.keys[1..].into(), ..state.clone() };
                        self.whole_module(m, &rest)
                    }
                    None => {
                        let path = format!("{}.{}", folder.replace('/', "."), name);
                        vec![external(&path, &State { keys: state.keys[1..].into(), ..state.clone() })]
                    }
                },
                _ => vec![Next::End(Origin::Unknown(state.node))],
            },
        }
    }

    /// What an imported object holds that is really a module of the tree: the settings of a web framework.
    fn stand_in(&mut self, path: &str, state: &State) -> Option<Vec<Next>> {
        let rules = self.rules;
        let Some(Key::Field(name)) = state.keys.first().copied() else { return None };
        let mut next = Vec::new();
        for file in rules.readers.modules(path) {
            for module in self.graph.modules_named(file) {
                let has = self.graph.modules[module as usize].globals.contains_key(&name);
                if has && module != state.node.module {
                    let rest = State { keys: state.keys[1..].into(), ..state.clone() };
                    next.extend(self.exported(module, name, &rest));
                }
            }
        }
        (!next.is_empty()).then_some(next)
    }

    /// A module as an object: read on with the first key, or the module itself.
    fn whole_module(&mut self, m: u32, state: &State) -> Vec<Next> {
        if let Some(Key::Field(name)) = state.keys.first() {
            let rest = State { keys: state.keys[1..].into(), ..state.clone() };
            return self.exported(m, *name, &rest);
        }
        let whole = self.graph.modules[m as usize].exports.iter().find_map(|e| match e.kind {
            ExportKind::Whole(value) => Some(value),
            _ => None,
        });
        match whole {
            Some(value) => vec![Next::Go(State::whole(Node { module: m, value }, Ctx::ANY))],
            None => vec![Next::End(Origin::Module(m))],
        }
    }

    /// What module `m` offers under `name`.
    fn exported(&mut self, m: u32, name: Sym, state: &State) -> Vec<Next> {
        let mut found = Vec::new();
        self.find_export(m, name, &mut FxHashSet::default(), &mut found);
        let empty = |f: &Exported| match f {
            Exported::Value(node) | Exported::In(node) => self.starts_empty(*node),
        };
        if self.certain && found.iter().any(empty) {
            return vec![Next::End(Origin::Unknown(state.node))];
        }
        let keys = |extra: &[Key]| extra.iter().chain(&state.keys).copied().collect::<Keys>();
        let mut next: Vec<Next> = found
            .into_iter()
            .map(|f| match f {
                Exported::Value(node) => Next::Go(State { node, ctx: Ctx::ANY, keys: state.keys.clone() }),
                Exported::In(node) => {
                    Next::Go(State { node, ctx: Ctx::ANY, keys: keys(&[Key::Field(name)]) })
                }
            })
            .collect();
        if next.is_empty() {
            next = match self.graph.submodule(m, name) {
                Some(sub) => self.whole_module(sub, state),
                None => vec![Next::End(Origin::Unknown(state.node))],
            };
        }
        next
    }

    fn find_export(&self, m: u32, name: Sym, seen: &mut FxHashSet<(u32, Sym)>, found: &mut Vec<Exported>) {
        if !seen.insert((m, name)) || seen.len() > 64 {
            return;
        }
        let module = &self.graph.modules[m as usize];
        let at = |value| Exported::Value(Node { module: m, value });
        let globals = |name: Sym| module.globals.get(&name).into_iter().flatten().copied();
        if module.language == crate::language::Language::Python {
            found.extend(globals(name).map(at));
            if !found.is_empty() {
                return;
            }
            for (import, target) in self.graph.imports_of(m) {
                if let (ImportName::Star, Target::Module(from)) = (import.name, target) {
                    self.find_export(*from, name, seen, found);
                }
            }
            return;
        }
        for export in &module.exports {
            match export.kind {
                ExportKind::Star(import) => {
                    if let (_, Target::Module(from)) = self.graph.import(m, import) {
                        self.find_export(*from, name, seen, found);
                    }
                }
                ExportKind::Whole(value) => found.push(Exported::In(Node { module: m, value })),
                _ if export.name != name => {}
                ExportKind::Variable(variable) => found.extend(globals(variable).map(at)),
                ExportKind::Value(value) => found.push(at(value)),
                ExportKind::Import(import) => match self.graph.import(m, import) {
                    (i, Target::Module(from)) => match i.name {
                        ImportName::Named(original) => self.find_export(*from, original, seen, found),
                        _ => found.extend(self.import_value(m, import).map(at)),
                    },
                    _ => found.extend(self.import_value(m, import).map(at)),
                },
            }
        }
        // `default` of a CommonJS module is the module; a name may also be a property of the default export.
        if found.is_empty() && name.as_str() == "default" {
            let whole = module.exports.iter().find_map(|e| match e.kind {
                ExportKind::Whole(value) => Some(value),
                _ => None,
            });
            found.extend(whole.map(at));
        }
    }

    /// Whether a module variable starts empty: it is there to be filled, perhaps from another module.
    fn starts_empty(&self, node: Node) -> bool {
        let module = self.graph.module(node);
        let op = match &module.inst(node.value).op {
            Op::Bind { value, .. } => &module.inst(*value).op,
            op => op,
        };
        matches!(op, Op::Const(Const::Null))
    }

    fn import_value(&self, m: u32, import: ImportId) -> Option<ValueId> {
        let module = &self.graph.modules[m as usize];
        let wanted = |i: &Inst| matches!(i.op, Op::Import(id) if id == import);
        module.insts.iter().position(wanted).map(|i| ValueId(i as u32))
    }

    pub(super) fn global(&mut self, name: Sym, state: &State) -> Vec<Next> {
        // A star import may define it.
        let stars: Vec<u32> = self
            .graph
            .imports_of(state.node.module)
            .filter_map(|(import, target)| match (import.name, target) {
                (ImportName::Star, Target::Module(m)) => Some(*m),
                _ => None,
            })
            .collect();
        for m in stars {
            let mut found = Vec::new();
            self.find_export(m, name, &mut FxHashSet::default(), &mut found);
            if !found.is_empty() {
                return self.exported(m, name, state);
            }
        }
        vec![external(&name, state)]
    }

    pub(super) fn variable(&mut self, module: u32, name: Sym, state: &State) -> Vec<Next> {
        let values = self.graph.modules[module as usize].globals.get(&name);
        if self.certain && values.into_iter().flatten().any(|v| self.starts_empty(Node { module, value: *v }))
        {
            return vec![Next::End(Origin::Unknown(state.node))];
        }
        values
            .into_iter()
            .flatten()
            .map(|v| {
                let node = Node { module, value: *v };
                Next::Go(State { node, ctx: Ctx::ANY, keys: state.keys.clone() })
            })
            .collect()
    }
}

enum Exported {
    Value(Node),
    /// The name is a property of this value.
    In(Node),
}
