//! Which object a value is, whatever was written to it or done with it since it was made.

use super::{Module, Op, ValueId};
use rustc_hash::{FxHashMap, FxHashSet};

/// What each value of one module was when it was made, as far as anybody asked.
#[derive(Default)]
pub struct Made {
    known: FxHashMap<ValueId, ValueId>,
}

impl Made {
    /// The value before every name, condition, write and call that changes it. A join is passed only where both sides are the
    /// same object. Each value is looked at once, so a list that a thousand branches append to costs a thousand steps in all.
    pub fn of(&mut self, module: &Module, value: ValueId) -> ValueId {
        let mut open = vec![value];
        while let Some(&value) = open.last() {
            if self.known.contains_key(&value) {
                open.pop();
                continue;
            }
            let before = before(module, value);
            let unknown: Vec<ValueId> =
                before.iter().copied().filter(|b| *b < value && !self.known.contains_key(b)).collect();
            if unknown.is_empty() {
                self.known.insert(value, self.joined(module, value, &before));
                open.pop();
            } else {
                open.extend(unknown);
            }
        }
        self.known[&value]
    }

    /// The object that everything before a value is, else the value itself.
    fn joined(&self, module: &Module, value: ValueId, before: &[ValueId]) -> ValueId {
        let mut earlier = before.iter().filter(|b| **b < value).map(|b| self.known[b]);
        let Some(made) = earlier.next() else { return value };
        let later: Vec<ValueId> = before.iter().copied().filter(|b| *b >= value).collect();
        match earlier.all(|other| other == made) && self.comes_back(module, value, made, later) {
            true => made,
            false => value,
        }
    }

    /// Whether all that a loop hands back to its start is the object it started with.
    fn comes_back(&self, module: &Module, start: ValueId, made: ValueId, mut open: Vec<ValueId>) -> bool {
        let mut seen: FxHashSet<ValueId> = FxHashSet::default();
        while let Some(value) = open.pop() {
            let known = self.known.get(&value);
            if value == start || value == made || known == Some(&made) || !seen.insert(value) {
                continue;
            }
            let before = before(module, value);
            if known.is_some() || before.is_empty() {
                return false;
            }
            open.extend(before);
        }
        true
    }
}

/// The values that a value is the same object as; none where it is made.
fn before(module: &Module, value: ValueId) -> Vec<ValueId> {
    match &module.inst(value).op {
        Op::Bind { value, .. }
        | Op::Guarded { value, .. }
        | Op::After { value, .. }
        | Op::Store { base: value, .. } => vec![*value],
        Op::Phi(values) => values.to_vec(),
        _ => Vec::new(),
    }
}
