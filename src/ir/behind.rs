//! What a value is under the names it was given, and before what was written to it since.

use super::{Module, Op, ValueId};
use rustc_hash::FxHashSet;

/// Walks from a value to what it may be, each value once, in the order in which alternatives are written. Once is what
/// keeps it linear: a chain of joins has as many ways through it as two to the power of its length.
pub struct Behind<'m> {
    module: &'m Module,
    open: Vec<ValueId>,
    seen: FxHashSet<ValueId>,
}

impl Module {
    /// The value under the names it was given and the conditions it is used on.
    pub fn bare(&self, mut value: ValueId) -> ValueId {
        while let Op::Bind { value: inner, .. } | Op::Guarded { value: inner, .. } = self.inst(value).op {
            value = inner;
        }
        value
    }

    /// The value itself, then everything behind it: through names, conditions, decorators, writes and joins. Of a loop
    /// only what it started with.
    pub fn behind(&self, value: ValueId) -> Behind<'_> {
        Behind { module: self, open: vec![value], seen: FxHashSet::default() }
    }
}

impl Iterator for Behind<'_> {
    type Item = ValueId;

    fn next(&mut self) -> Option<ValueId> {
        let value = loop {
            let value = self.open.pop()?;
            if self.seen.insert(value) {
                break value;
            }
        };
        match &self.module.inst(value).op {
            Op::Bind { value: inner, .. }
            | Op::Guarded { value: inner, .. }
            | Op::Decorated { function: inner, .. }
            | Op::After { value: inner, .. }
            | Op::Store { base: inner, .. } => self.open.push(*inner),
            Op::Phi(values) => self.open.extend(values.iter().rev().filter(|v| **v < value)),
            _ => {}
        }
        Some(value)
    }
}
