//! What decides a text that is not known, in the words of the program: `settings.base_url`, `config["base_url"]`.

use super::{Key, Solver, State};
use crate::graph::Node;
use crate::ir::*;

/// Expressions in expressions that are spelled out.
const MAX_DEPTH: u32 = 12;
/// Values of a join of which one with a name is looked for.
const MAX_JOINED: usize = 2;
/// What no part of the program has a name for.
const NAMELESS: &str = "value";
/// Methods that read one entry of a mapping.
const LOOKUPS: &[&str] = &["get", "getItem", "pop", "setdefault"];

impl Solver<'_> {
    /// What decides a text that was asked for, when the search for it ended at `end`.
    pub(super) fn decider(&self, asked: &State, end: Node) -> String {
        let asked_for = || {
            let mut name = self.spelled_out(asked.node, MAX_DEPTH)?;
            for key in &asked.keys {
                if let Key::Field(field) = key {
                    name.push_str(&format!(".{field}"));
                }
            }
            Some(name)
        };
        self.field_given(end)
            .or_else(|| self.spelled_out(end, MAX_DEPTH))
            .or_else(asked_for)
            .or_else(|| self.around(asked.node))
            .unwrap_or_else(|| NAMELESS.to_owned())
    }

    /// The same for one value.
    pub fn named(&self, node: Node) -> String {
        let name = self.spelled_out(node, MAX_DEPTH).or_else(|| self.around(node));
        name.unwrap_or_else(|| NAMELESS.to_owned())
    }

    /// An expression as it is written, without its arguments; `None` when nothing in it has a name.
    fn spelled_out(&self, node: Node, depth: u32) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let inner = |value: ValueId| self.spelled_out(Node { value, ..node }, depth);
        let module = self.graph.module(node);
        let name = match &module.inst(node.value).op {
            Op::Load { base, key: Key::Value(key) } => {
                let key = inner(*key).unwrap_or_else(|| "…".to_owned());
                format!("{}[{key}]", inner(*base)?)
            }
            Op::Load { base, key: Key::Field(name) } => match inner(*base) {
                Some(base) => format!("{base}.{name}"),
                None => name.to_string(),
            },
            Op::Load { base, key: Key::Enter } => inner(*base)?,
            Op::Load { base, .. } => format!("{}[…]", inner(*base)?),
            Op::Call { callee, args } => match (&module.inst(*callee).op, args.first()) {
                (Op::Load { base, key: Key::Field(method) }, Some(first))
                    if LOOKUPS.contains(&method.as_str()) =>
                {
                    let key = match module.inst(first.value).op {
                        Op::Const(Const::Str(key)) => format!("\"{}\"", word(&key)?),
                        _ => inner(first.value).unwrap_or_else(|| "…".to_owned()),
                    };
                    format!("{}[{key}]", inner(*base)?)
                }
                _ => format!("{}()", inner(*callee)?),
            },
            Op::Function(f) => module.functions[f.0 as usize].name.to_string(),
            Op::Class(c) => module.classes[c.0 as usize].name.to_string(),
            Op::After { value, .. }
            | Op::Guarded { value, .. }
            | Op::Store { base: value, .. }
            | Op::Delete { base: value, .. }
            | Op::Decorated { function: value, .. }
            | Op::Super(_, value) => inner(*value)?,
            Op::Phi(values) => {
                values.iter().filter(|v| **v < node.value).take(MAX_JOINED).find_map(|v| inner(*v))?
            }
            Op::Bind { .. } | Op::Variable(_) | Op::Global(_) | Op::Param { .. } | Op::Import(_) => {
                self.describe(node)
            }
            _ => return None,
        };
        (!name.is_empty()).then_some(name)
    }

    /// The field of a class that a value is the declared value of.
    fn field_given(&self, node: Node) -> Option<String> {
        self.graph.module(node).classes.iter().find_map(|class| {
            let field = class.fields.iter().find(|field| field.value == Some(node.value))?;
            Some(format!("{}.{}", class.name, field.name))
        })
    }

    /// The function around a value.
    fn around(&self, node: Node) -> Option<String> {
        let name = self.graph.function(self.graph.enclosing(node)?).name;
        (!name.is_empty()).then(|| format!("{name}()"))
    }
}

/// A key that can stand in a name as it is.
fn word(key: &Sym) -> Option<&str> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    Some(key.as_str()).filter(|key| key.chars().all(plain))
}
