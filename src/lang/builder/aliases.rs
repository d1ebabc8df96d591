//! Which variables hold which object: a change of an object reaches all of them.

use super::*;

/// Writes on writes, and parts of parts, that are looked through.
const MAX_WRITTEN: u32 = 8;

impl Builder {
    /// Replaces an object by a newer version of it, for every variable that holds it.
    pub fn mutate(&mut self, old: ValueId, new: ValueId) {
        let root = self.root(old);
        self.roots.insert(new, root);
        for name in self.holders.get(&root).cloned().unwrap_or_default() {
            let top = self.layers[self.floor..].iter().rev().find_map(|l| l.vars.get(&name).copied());
            let Some(top) = top else { continue };
            if self.root(top) == root {
                // Reading it makes the phis of the loops around.
                self.lookup_local(name);
                self.set(name, new);
                self.publish(name, new, root);
            } else if self.is_phi_of(top, root) {
                let either = self.phi(vec![top, new], self.at(new));
                self.set_root(either, top);
                self.set(name, either);
            }
        }
        self.note_exit(root, new);
    }

    /// The object a value is a version of, looking through names and writes.
    pub(super) fn root(&self, id: ValueId) -> ValueId {
        self.roots.get(&id).copied().unwrap_or(id)
    }

    pub(super) fn set_root(&mut self, version: ValueId, of: ValueId) {
        let root = self.root(of);
        self.roots.insert(version, root);
    }

    /// Remembers that a variable holds an object, so that a change of the object finds it. Nothing changes a constant.
    pub(super) fn hold(&mut self, name: Sym, value: ValueId) {
        let root = self.root(value);
        if matches!(
            self.module.inst(root).op,
            Op::Const(_) | Op::Text(_) | Op::Test | Op::Compare { .. } | Op::Not(_)
        ) {
            return;
        }
        let names = self.holders.entry(root).or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }

    /// The version of an object that its variables hold now: reading operands of an expression may have changed it.
    pub(super) fn current(&mut self, base: ValueId) -> ValueId {
        let root = self.root(base);
        let names = self.holders.get(&root).cloned().unwrap_or_default();
        for name in names {
            if self.is_held(name, root)
                && let Some(now) = self.lookup_local(name)
                && self.root(now) == root
            {
                return now;
            }
        }
        base
    }

    /// An enclosing function that is still being lowered sees the change as possible from here on.
    pub(super) fn set_below(&mut self, name: Sym, value: ValueId) {
        for i in (0..self.floor).rev() {
            if let Some(old) = self.layers[i].vars.get(&name).copied() {
                let joined = self.phi(vec![old, value], self.at(value));
                self.set_root(joined, old);
                self.layers[i].vars.insert(name, joined);
                return;
            }
        }
    }

    /// Whether a variable of the current function holds a version of an object, if only outside of a branch.
    fn is_held(&self, name: Sym, root: ValueId) -> bool {
        self.layers[self.floor..].iter().any(|l| l.vars.get(&name).is_some_and(|v| self.root(*v) == root))
    }

    fn is_phi_of(&self, value: ValueId, root: ValueId) -> bool {
        matches!(&self.module.inst(value).op, Op::Phi(ops) if ops.iter().any(|o| self.root(*o) == root))
    }

    /// A captured or module object that was changed is changed for its owner too.
    fn publish(&mut self, name: Sym, new: ValueId, root: ValueId) {
        // An entry that was passed to a call is where it was: nobody wrote what every other entry may be.
        if matches!(self.module.inst(new).op, Op::Store { key: Key::Value(_), .. }) && self.came_back(new) {
            return;
        }
        match &self.module.inst(root).op {
            Op::Variable(variable) if *variable == name => {
                let left = self.guarded(new);
                self.late_globals.push((name, left));
                self.set_below(name, new);
            }
            _ => {
                if let Some(owner) = self.cells.get(&root).copied() {
                    self.record(owner, name, new);
                    self.set_below(name, new);
                }
            }
        }
    }

    fn note_exit(&mut self, root: ValueId, new: ValueId) {
        let Op::Param { function, index } = self.module.inst(root).op else { return };
        if function == self.function {
            // A straight-line change replaces the one before it; inside a branch or loop, or when the function may have
            // been left in between, both may hold.
            // What a part only came back from a call with was in it before, unless the call is known to replace it.
            let certain = self.layers.len() == self.floor + 1 && !self.left && !self.came_back(new);
            let value = self.guarded(new);
            let exits = &mut self.module.functions[function.0 as usize].exits;
            if certain {
                exits.retain(|exit| exit.param != index);
            }
            exits.push(Exit { param: index, value, certain });
        }
    }

    /// Whether all that was written to an object, also deep inside, only came back from calls it was passed to.
    fn came_back(&self, new: ValueId) -> bool {
        self.came_back_within(new, MAX_WRITTEN)
    }

    fn came_back_within(&self, new: ValueId, depth: u32) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let Op::Store { base, key, value } = self.module.inst(new).op else { return false };
        // `f(self.a, self.b)` writes both back, one on the other.
        if matches!(self.module.inst(base).op, Op::Store { .. }) && !self.came_back_within(base, depth) {
            return false;
        }
        let mut before = match self.module.inst(value).op {
            Op::After { value, slot: Slot::Arg(_), .. } => value,
            Op::Store { .. } if self.came_back_within(value, depth) => value,
            _ => return false,
        };
        while let Op::Store { base, .. } = self.module.inst(before).op {
            before = base;
        }
        matches!(self.module.inst(before).op, Op::Load { key: read, .. } if read == key)
    }
}
