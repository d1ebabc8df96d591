//! Branches, what joins them, and the ways out of a function.

use super::*;

impl Builder {
    /// Whether the current point cannot be reached.
    pub fn is_dead(&self) -> bool {
        self.dead
    }

    /// Opens a branch.
    pub fn push_branch(&mut self) {
        self.open(Layer::default());
    }

    /// Closes a branch; its changes take effect when merged.
    pub fn pop_branch(&mut self) -> Delta {
        let layer = self.layers.pop().unwrap_or_default();
        let dead = std::mem::replace(&mut self.dead, false);
        let mut vars = layer.vars;
        vars.retain(|name, _| !layer.declared.contains(name));
        Delta { vars, guard: self.end_conditions(layer.mark), dead }
    }

    /// Lets the changes of a branch take effect without alternative (a plain block).
    pub fn apply(&mut self, delta: Delta) {
        let mut vars: Vec<_> = delta.vars.into_iter().collect();
        vars.sort_unstable_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
        for (name, value) in vars {
            self.set(name, value);
        }
        self.dead |= delta.dead;
        self.conditions.extend(delta.guard);
    }

    /// Joins alternative branches. With `fallthrough`, none of them may have run. What holds at every end that is reached
    /// holds from here on; the rest guards what each of them gave a variable.
    pub fn merge(&mut self, mut deltas: Vec<Delta>, fallthrough: bool, span: (usize, usize)) {
        if !fallthrough {
            self.settle(&mut deltas);
        }
        let live: Vec<&Delta> = deltas.iter().filter(|d| !d.dead).collect();
        if live.is_empty() && !fallthrough {
            self.dead = true;
            return;
        }
        let mut changed: FxHashMap<Sym, Vec<(usize, ValueId)>> = FxHashMap::default();
        for (arm, delta) in live.iter().enumerate() {
            for (name, value) in &delta.vars {
                changed.entry(*name).or_default().push((arm, *value));
            }
        }
        let mut changed: Vec<(Sym, Vec<(usize, ValueId)>)> = changed.into_iter().collect();
        changed.sort_unstable_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
        for (name, given) in changed {
            let before = self.lookup_local(name);
            let values = self.alternatives(&given, before, &live, fallthrough);
            let joined = self.join(values, span);
            self.set(name, joined);
        }
    }

    /// Returns from the current function.
    pub fn ret(&mut self, value: ValueId) {
        let value = self.guarded(value);
        self.module.functions[self.function.0 as usize].returns.push(value);
        self.dead = true;
        self.left = true;
    }

    /// Yields from the current function.
    pub fn yield_(&mut self, value: ValueId) {
        let value = self.guarded(value);
        self.module.functions[self.function.0 as usize].yields.push(value);
    }

    /// Throws.
    pub fn throw(&mut self, value: ValueId) {
        let mut value = self.guarded(value);
        // An error made on the spot is what is thrown; a call that stands among what a handler catches may throw.
        if matches!(self.module.inst(value).op, Op::Call { .. }) {
            let inst = self.module.inst(value);
            let at = (inst.start as usize, inst.end as usize);
            value = self.add(Op::Phi([value].into()), at);
        }
        match self.tries.last_mut() {
            Some(body) => body.push(value),
            None => self.module.functions[self.function.0 as usize].throws.push(value),
        }
        self.dead = true;
    }

    /// Opens a `try` body (a branch).
    pub fn push_try(&mut self) {
        self.tries.push(Vec::new());
        self.push_branch();
    }

    /// Closes a `try` body: its delta, and what its handlers may catch. When `caught` is false (no handler),
    /// what is thrown goes on outward.
    pub fn pop_try(&mut self, caught: bool) -> (Delta, Vec<ValueId>) {
        let thrown = self.tries.pop().unwrap_or_default();
        if !caught {
            let explicit = thrown.iter().filter(|v| !matches!(self.module.inst(**v).op, Op::Call { .. }));
            let explicit: Vec<ValueId> = explicit.copied().collect();
            match self.tries.last_mut() {
                Some(body) => body.extend(thrown.iter().copied()),
                None => self.module.functions[self.function.0 as usize].throws.extend(explicit),
            }
        }
        (self.pop_branch(), thrown)
    }

    /// Makes the changes of a `try` body possible (not certain) at the start of its handlers.
    pub fn maybe(&mut self, body: &Delta, span: (usize, usize)) {
        let possible = Delta { vars: body.vars.clone(), ..Delta::default() };
        self.merge(vec![possible], true, span);
    }

    pub(super) fn open(&mut self, layer: Layer) {
        self.layers.push(Layer { mark: self.conditions.len(), ..layer });
    }

    /// A phi that is still a version of the common object, when all alternatives are.
    pub(super) fn join(&mut self, values: Vec<ValueId>, span: (usize, usize)) -> ValueId {
        let root = values.first().map(|v| self.root(*v));
        let same = root.is_some_and(|r| values.iter().all(|v| self.root(*v) == r));
        let joined = self.phi(values, span);
        if let (true, Some(root)) = (same, root) {
            self.roots.insert(joined, root);
        }
        joined
    }
}
