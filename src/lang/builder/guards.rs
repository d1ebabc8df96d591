//! Conditions: which of them hold where, and the values that depend on them.

use super::*;

/// How many conditions a value or call lists: those of the innermost branches.
const MAX_CONDITIONS: usize = 4;

/// How many arms a join may have for the value from before it to be guarded.
const MAX_ARMS: usize = 16;

/// How far into a condition is looked for something that could decide it.
const MAX_STEPS: u32 = 32;

impl Builder {
    /// Opens a branch that is taken when a condition has that truth.
    pub fn push_branch_if(&mut self, condition: ValueId, truth: bool) {
        self.push_branch();
        self.assume(condition, truth);
    }

    /// From here to the end of the innermost scope a condition has that truth. What nothing could ever decide, or is
    /// decided already, is not kept.
    pub fn assume(&mut self, condition: ValueId, truth: bool) {
        if self.is_kept(condition) && !self.conditions.contains(&(condition, truth)) {
            self.conditions.push((condition, truth));
        }
    }

    /// A branch in which nothing happens, taken when each condition has that truth.
    pub fn otherwise(&mut self, conditions: &[Condition]) -> Delta {
        self.push_branch();
        for (condition, truth) in conditions {
            self.assume(*condition, *truth);
        }
        self.pop_branch()
    }

    /// A value with the conditions under which it is one of several.
    pub fn guard(&mut self, value: ValueId, conditions: &[Condition]) -> ValueId {
        let kept: Vec<Condition> = conditions.iter().copied().filter(|(c, _)| self.is_kept(*c)).collect();
        self.wrap(value, &kept)
    }

    /// The value of a branch that is over.
    pub fn under(&mut self, branch: &Delta, value: ValueId) -> ValueId {
        self.wrap(value, &branch.guard)
    }

    /// A value with everything the current function knows to hold here.
    pub fn guarded(&mut self, value: ValueId) -> ValueId {
        let conditions = innermost(&self.conditions).to_vec();
        self.wrap(value, &conditions)
    }

    /// A value with what was found to hold in this turn of the innermost loop.
    pub fn guarded_since_loop(&mut self, value: ValueId) -> ValueId {
        let innermost = self.layers[self.floor..].iter().rev().find(|l| l.in_loop.is_some());
        let conditions = self.conditions_since(innermost.map_or(0, |l| l.mark));
        self.wrap(value, &conditions)
    }

    /// What holds here, if anything.
    pub(super) fn active(&self) -> Option<Box<[Condition]>> {
        let innermost = innermost(&self.conditions);
        (!innermost.is_empty()).then(|| innermost.into())
    }

    /// What was assumed since a scope was opened, which ends with it.
    pub(super) fn end_conditions(&mut self, mark: usize) -> Vec<Condition> {
        let mut ended = self.conditions.split_off(mark.min(self.conditions.len()));
        ended.drain(..ended.len().saturating_sub(MAX_CONDITIONS));
        ended
    }

    /// What was assumed since a scope was opened.
    pub(super) fn conditions_since(&self, mark: usize) -> Vec<Condition> {
        innermost(self.conditions.get(mark..).unwrap_or_default()).to_vec()
    }

    /// Takes out of the conditions of some alternatives what they have in common: it holds whichever was taken.
    pub(super) fn settle(&mut self, alternatives: &mut [Delta]) {
        let mut live = alternatives.iter().filter(|d| !d.dead).map(|d| &d.guard);
        let Some(mut common) = live.next().cloned() else { return };
        for guard in live {
            common.retain(|condition| guard.contains(condition));
        }
        for delta in alternatives {
            delta.guard.retain(|condition| !common.contains(condition));
        }
        self.conditions.extend(common);
    }

    /// What a variable may hold after a join: what the arms gave it, and what it held before where they did not.
    pub(super) fn alternatives(
        &mut self,
        given: &[(usize, ValueId)],
        before: Option<ValueId>,
        arms: &[&Delta],
        fallthrough: bool,
    ) -> Vec<ValueId> {
        let mut values: Vec<(ValueId, Vec<Condition>)> = Vec::new();
        for (arm, value) in given {
            values.push((*value, arms[*arm].guard.clone()));
        }
        if let Some(before) = before.filter(|_| fallthrough || given.len() < arms.len()) {
            let untouched = || {
                let given: FxHashSet<usize> = given.iter().map(|(arm, _)| *arm).collect();
                let rest = arms.iter().enumerate().filter(move |(i, _)| !given.contains(i));
                rest.map(|(_, arm)| arm.guard.as_slice()).reduce(|a, b| if a == b { a } else { &[] })
            };
            let guard = if fallthrough || arms.len() > MAX_ARMS { None } else { untouched() };
            values.push((before, guard.unwrap_or_default().to_vec()));
        }
        values.sort_by_key(|(value, _)| *value);
        // The same value from several arms depends on what they have in common.
        values.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1.retain(|condition| next.1.contains(condition));
            }
            same
        });
        if let [(only, _)] = values[..] {
            return vec![only];
        }
        values.into_iter().map(|(value, guard)| self.wrap(value, &guard)).collect()
    }

    fn wrap(&mut self, value: ValueId, conditions: &[Condition]) -> ValueId {
        if conditions.is_empty() {
            return value;
        }
        let conditions = innermost(conditions).into();
        let guarded = self.add(Op::Guarded { value, conditions }, self.at(value));
        self.set_root(guarded, value);
        guarded
    }

    /// Whether a condition could be decided by knowing more than the builder does.
    fn is_kept(&self, condition: ValueId) -> bool {
        self.truth(condition).is_none() && self.is_decidable(condition)
    }

    fn is_decidable(&self, condition: ValueId) -> bool {
        let mut open = vec![condition];
        for _ in 0..MAX_STEPS {
            let Some(value) = open.pop() else { return true };
            match &self.module.inst(value).op {
                Op::Bind { name, value } if !self.unsettled.contains(name) => open.push(*value),
                Op::Guarded { value, .. } | Op::Not(value) => open.push(*value),
                Op::Compare { left, right, .. } => open.extend([*left, *right]),
                Op::Load { base, .. } | Op::Store { base, .. } | Op::Delete { base, .. } => open.push(*base),
                Op::After { value, .. } => open.push(*value),
                // Only that of a loop refers to what comes later.
                Op::Phi(values) => open.extend(values.iter().filter(|v| **v < value)),
                Op::Const(_) | Op::Param { .. } | Op::Variable(_) | Op::Global(_) | Op::Import(_) => {}
                Op::Alloc { .. } | Op::Class(_) | Op::Function(_) | Op::Call { .. } => {}
                _ => return false,
            }
        }
        false
    }
}

fn innermost(conditions: &[Condition]) -> &[Condition] {
    &conditions[conditions.len().saturating_sub(MAX_CONDITIONS)..]
}
