//! A small backward walk over one module, enough to ask what arrives at `sink(…)`.

use std::collections::{BTreeSet, HashSet};
use transborder::ir::*;

/// The string literals and imports that reach the first argument of any `sink(…)`, sorted.
pub fn reaching(module: &Module) -> Vec<String> {
    let mut walk = Walk { module, seen: HashSet::new(), found: BTreeSet::new() };
    for (call, _) in &module.calls {
        let Op::Call { callee, args } = &module.inst(*call).op else { continue };
        if matches!(module.inst(*callee).op, Op::Global(name) if name == "sink") {
            walk.value(args[0].value, Vec::new());
        }
    }
    walk.found.into_iter().collect()
}

struct Walk<'m> {
    module: &'m Module,
    seen: HashSet<(ValueId, Vec<Key>)>,
    found: BTreeSet<String>,
}

impl Walk<'_> {
    fn value(&mut self, id: ValueId, path: Vec<Key>) {
        if path.len() > 4 || !self.seen.insert((id, path.clone())) {
            return;
        }
        match self.module.inst(id).op.clone() {
            Op::Const(Const::Str(s)) => {
                self.found.insert(s.to_string());
            }
            Op::Import(import) => {
                let import = &self.module.imports[import.0 as usize];
                self.found.insert(format!("import {}", import.spec));
            }
            Op::Bind { value, .. } | Op::Guarded { value, .. } | Op::After { value, .. } => {
                self.value(value, path);
            }
            Op::Phi(values) | Op::Caught(values) => values.iter().for_each(|v| self.value(*v, path.clone())),
            Op::Variable(name) => {
                for value in self.module.globals.get(&name).into_iter().flatten() {
                    self.value(*value, path.clone());
                }
            }
            Op::Load { base, key } => {
                let mut longer = vec![key];
                longer.extend(path);
                self.value(base, longer);
            }
            Op::Store { base, key, value } => match path.split_first() {
                Some((head, tail)) if *head == key => self.value(value, tail.to_vec()),
                Some((head, tail)) if overlaps(*head, key) => {
                    self.value(value, tail.to_vec());
                    self.value(base, path);
                }
                Some(_) => self.value(base, path),
                None => {
                    self.value(value, Vec::new());
                    self.value(base, path);
                }
            },
            Op::Delete { key, .. } if path.first() == Some(&key) => {}
            Op::Delete { base, .. } => self.value(base, path),
            Op::Alloc { items, .. } => {
                for (key, value) in items.iter() {
                    match path.split_first() {
                        _ if *key == Key::Spread => self.value(*value, path.clone()),
                        Some((head, tail)) if overlaps(*head, *key) => self.value(*value, tail.to_vec()),
                        Some(_) => {}
                        None => self.value(*value, Vec::new()),
                    }
                }
            }
            Op::Call { callee, args } => match self.function_of(callee) {
                Some(id) => {
                    for value in self.module.functions[id.0 as usize].returns.clone() {
                        self.value(value, path.clone());
                    }
                }
                None => {
                    self.value(callee, Vec::new());
                    args.iter().for_each(|a| self.value(a.value, Vec::new()));
                }
            },
            Op::Param { function, index } => self.param(function, index, path),
            Op::Text(parts) => {
                for part in parts.iter() {
                    match part {
                        Part::Literal(text) => {
                            self.found.insert(text.to_string());
                        }
                        Part::Value(value) => self.value(*value, Vec::new()),
                    }
                }
            }
            Op::Binary { left, right, .. } => {
                self.value(left, Vec::new());
                self.value(right, Vec::new());
            }
            _ => {}
        }
    }

    fn param(&mut self, function: FunctionId, index: u32, path: Vec<Key>) {
        let f = &self.module.functions[function.0 as usize];
        if let Some(default) = f.params[index as usize].default {
            self.value(default, path.clone());
        }
        if f.has_receiver && index == 0 {
            if let (Some(class), Some((Key::Field(name), tail))) = (f.class, path.split_first()) {
                for (field, value) in self.module.classes[class.0 as usize].stores.clone() {
                    if field == *name {
                        self.value(value, tail.to_vec());
                    }
                }
            }
            return;
        }
        let index = index as usize - usize::from(f.has_receiver);
        for (call, _) in self.module.calls.clone() {
            let Op::Call { callee, args } = &self.module.inst(call).op else { continue };
            if self.function_of(*callee) == Some(function)
                && let Some(arg) = args.get(index)
            {
                self.value(arg.value, path.clone());
            }
        }
    }

    fn function_of(&self, callee: ValueId) -> Option<FunctionId> {
        match &self.module.inst(callee).op {
            Op::Function(id) => Some(*id),
            Op::Bind { value, .. } | Op::Guarded { value, .. } => self.function_of(*value),
            Op::Variable(name) => self.module.globals.get(name)?.iter().find_map(|v| self.function_of(*v)),
            Op::Phi(values) => values.iter().find_map(|v| match self.module.inst(*v).op {
                Op::Phi(_) => None,
                _ => self.function_of(*v),
            }),
            Op::Class(id) => self.method(*id, "constructor"),
            // Any method of that name will do.
            Op::Load { key: Key::Field(name), .. } => {
                (0..self.module.classes.len()).find_map(|i| self.method(ClassId(i as u32), name))
            }
            _ => None,
        }
    }

    fn method(&self, class: ClassId, name: &str) -> Option<FunctionId> {
        let class = &self.module.classes[class.0 as usize];
        class.methods.iter().find(|(n, _)| n == name).map(|(_, id)| *id)
    }
}

fn overlaps(a: Key, b: Key) -> bool {
    let loose = |k: Key| matches!(k, Key::Any | Key::Each | Key::Value(_));
    a == b || loose(a) || loose(b)
}
