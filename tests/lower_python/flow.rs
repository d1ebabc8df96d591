//! A tiny reader of modules: what may the arguments of `send(…)` be? Enough of an engine to say what lowering is for.

use std::collections::{BTreeSet, HashSet};
use transborder::ir::*;
use transborder::lang::python::lower;
use transborder::text::FileId;

/// Lowers a file.
pub fn module(source: &str) -> Module {
    lower(FileId(0), source)
}

/// Checks the names, constants and calls that may reach a `send(…)`, separated by blanks.
#[track_caller]
pub fn check(source: &str, expected: &str) {
    let module = module(source);
    let mut flow = Flow { module: &module, found: BTreeSet::new(), seen: HashSet::new() };
    for (id, _) in &module.calls {
        let Op::Call { callee, args } = &module.inst(*id).op else { panic!("{id} is no call") };
        if matches!(module.inst(*callee).op, Op::Global(name) if name == "send") {
            args.iter().for_each(|arg| flow.trace(arg.value, &[]));
        }
    }
    let found: Vec<&str> = flow.found.iter().map(String::as_str).collect();
    assert_eq!(found.join(" "), expected, "\n{source}\n{module}");
}

struct Flow<'m> {
    module: &'m Module,
    found: BTreeSet<String>,
    seen: HashSet<(ValueId, Vec<Key>)>,
}

impl Flow<'_> {
    fn trace(&mut self, id: ValueId, path: &[Key]) {
        if path.len() > 5 || !self.seen.insert((id, path.to_vec())) {
            return;
        }
        match &self.module.inst(id).op {
            Op::Const(Const::Str(text)) => self.leaf(&format!("{:?}", text.as_str())),
            Op::Const(other) => self.leaf(&other.to_string()),
            Op::Global(name) => self.leaf(name.as_str()),
            Op::Param { function, index } => {
                let name = self.module.functions[function.0 as usize].params[*index as usize].name;
                self.leaf(name.as_str());
            }
            Op::Import(id) => self.leaf(&self.module.imports[id.0 as usize].to_string()),
            Op::Call { callee, args } => self.call(*callee, args, path),
            Op::Caught(values) | Op::Phi(values) => values.iter().for_each(|v| self.trace(*v, path)),
            Op::Bind { value, .. } | Op::Guarded { value, .. } | Op::Decorated { function: value, .. } => {
                self.trace(*value, path);
            }
            Op::Variable(name) => {
                self.module.globals.get(name).into_iter().flatten().for_each(|v| self.trace(*v, path));
            }
            Op::Load { base, key } => self.trace(*base, &[&[*key], path].concat()),
            Op::Alloc { items, .. } => {
                for (key, value) in items {
                    match path.split_first() {
                        _ if *key == Key::Spread => self.trace(*value, path),
                        Some((first, rest)) if !meets(*first, *key) => {
                            let _ = rest;
                        }
                        Some((_, rest)) => self.trace(*value, rest),
                        None => self.trace(*value, path),
                    }
                }
            }
            Op::Store { base, key, value } => match path.split_first() {
                Some((first, rest)) => {
                    if meets(*first, *key) {
                        self.trace(*value, rest);
                    }
                    if first != key || matches!(key, Key::Any | Key::Value(_)) {
                        self.trace(*base, path);
                    }
                }
                None => {
                    self.trace(*value, path);
                    self.trace(*base, path);
                }
            },
            Op::Delete { base, key } if path.first() != Some(key) => self.trace(*base, path),
            Op::After { value, call, slot } => self.after(*value, *call, *slot, path),
            Op::Text(parts) => parts.iter().for_each(|part| match part {
                Part::Literal(text) => self.leaf(&format!("{:?}", text.as_str())),
                Part::Value(value) => self.trace(*value, &[]),
            }),
            Op::Binary { left, right, .. } => {
                self.trace(*left, path);
                self.trace(*right, path);
            }
            Op::Super(class, _) => {
                self.leaf(&format!("super:{}", self.module.classes[class.0 as usize].name))
            }
            Op::Function(_) | Op::Class(_) | Op::Compare { .. } | Op::Not(_) | Op::Test => {}
            Op::Unknown | Op::Delete { .. } => {}
        }
    }

    fn leaf(&mut self, text: &str) {
        self.found.insert(text.to_owned());
    }

    fn call(&mut self, callee: ValueId, args: &[Arg], path: &[Key]) {
        if let Some(function) = self.function(callee, 0) {
            let function = &self.module.functions[function.0 as usize];
            function.returns.iter().for_each(|v| self.trace(*v, path));
        } else if let Op::Global(name) = self.module.inst(callee).op {
            self.leaf(&format!("{name}()"));
        } else {
            args.iter().for_each(|arg| self.trace(arg.value, &[]));
        }
    }

    fn function(&self, id: ValueId, depth: u32) -> Option<FunctionId> {
        match &self.module.inst(id).op {
            Op::Function(id) => Some(*id),
            Op::Bind { value, .. } | Op::Guarded { value, .. } | Op::Decorated { function: value, .. } => {
                self.function(*value, depth)
            }
            Op::Phi(values) if depth < 9 => values.iter().find_map(|v| self.function(*v, depth + 1)),
            Op::Variable(name) if depth < 9 => self.function(*self.module.globals[name].first()?, depth + 1),
            _ => None,
        }
    }

    /// `xs.append(v)` and what a function of the file does to its parameters.
    fn after(&mut self, value: ValueId, call: ValueId, slot: Slot, path: &[Key]) {
        self.trace(value, path);
        let Op::Call { callee, args } = &self.module.inst(call).op else { return };
        match (slot, &self.module.inst(*callee).op) {
            (Slot::Receiver, Op::Load { key: Key::Field(name), .. }) if *name == "append" => {
                args.iter().for_each(|arg| self.trace(arg.value, path.get(1..).unwrap_or_default()));
            }
            _ => {}
        }
    }
}

fn meets(wanted: Key, written: Key) -> bool {
    let open = |key| matches!(key, Key::Any | Key::Each | Key::Value(_));
    wanted == written || open(wanted) || open(written)
}
