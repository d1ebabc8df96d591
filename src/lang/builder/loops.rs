//! Loops, `switch` and labels, and what leaves them.

use super::*;

impl Builder {
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

    /// Closes a loop body. `endless` when the loop is left only by `break`.
    pub fn pop_loop(&mut self, endless: bool, span: (usize, usize)) {
        let end_is_dead = self.dead;
        let Some(Layer { vars, declared, in_loop: Some(l), mark, .. }) = self.layers.pop() else { return };
        self.dead = false;
        self.conditions.truncate(mark);
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
                alternatives.push(Delta { vars: turn, ..Delta::default() });
            }
            alternatives.push(Delta { vars: phis, ..Delta::default() });
        }
        alternatives.append(&mut breaks);
        for delta in &mut alternatives {
            delta.vars.retain(|name, _| !declared.contains(name));
        }
        self.merge(alternatives, !endless, span);
    }

    /// Closes a `switch` or labelled statement. `arms` are its branches that end without `break`; with `fallthrough`, none of
    /// them may have run.
    pub fn pop_switch(&mut self, arms: Vec<Delta>, fallthrough: bool, span: (usize, usize)) {
        let Some(Layer { vars, declared, in_loop: Some(l), mark, .. }) = self.layers.pop() else { return };
        self.dead = false;
        self.conditions.truncate(mark);
        let common = vars.into_iter().filter(|(name, _)| !declared.contains(name)).collect();
        self.apply(Delta { vars: common, ..Delta::default() });
        let mut alternatives = arms;
        alternatives.extend(l.breaks);
        for delta in &mut alternatives {
            delta.vars.retain(|name, _| !declared.contains(name));
        }
        self.merge(alternatives, fallthrough, span);
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
        if let Some((left, l)) = self.jump(label, |kind| kind != Left::Block) {
            l.breaks.push(left);
        }
        self.dead = true;
    }

    /// Goes to the next turn of the loop of that label, or of the innermost one.
    pub fn continue_to(&mut self, label: Option<Sym>) {
        if let Some((left, l)) = self.jump(label, |kind| kind == Left::Loop) {
            l.continues.push(left.vars);
        }
        self.dead = true;
    }

    fn push_left(&mut self, kind: Left, label: Option<Sym>) {
        let in_loop = Some(Loop { kind, label, ..Loop::default() });
        self.open(Layer { in_loop, ..Layer::default() });
    }

    /// A loop left only by `break`: what a variable holds at a `break` that stands before it is assigned is what it
    /// held before the loop or at the end of any turn.
    fn complete_breaks(
        &mut self,
        breaks: &mut [Delta],
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
            if breaks.iter().all(|b| b.vars.contains_key(&name)) {
                continue;
            }
            let head = match phis.get(&name) {
                Some(phi) => *phi,
                None => {
                    values.extend(self.lookup_local(name));
                    self.join(values, span)
                }
            };
            for left in breaks.iter_mut() {
                left.vars.entry(name).or_insert(head);
            }
        }
    }

    /// What a jump leaves, and what changed since that began, without names that end on the way out.
    fn jump(&mut self, label: Option<Sym>, unlabelled: fn(Left) -> bool) -> Option<(Delta, &mut Loop)> {
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
        let guard = self.conditions_since(self.layers[at].mark);
        let l = self.layers[at].in_loop.as_mut()?;
        Some((Delta { vars, guard, dead: false }, l))
    }
}
