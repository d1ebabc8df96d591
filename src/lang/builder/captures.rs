//! Variables of enclosing functions, whose later values a closure sees as well.

use super::*;

impl Builder {
    pub(super) fn capture(&mut self, owner: FunctionId, name: Sym, span: (usize, usize)) -> ValueId {
        let seen = self.module.insts.len() as u32;
        let is_open = self.outer.iter().any(|o| o.function == owner);
        // The innermost live layer of the owner knows the value at this point exactly; a deferred body does not.
        let visible = self.layers_of(owner).rev().filter(|l| !l.unlogged);
        let now = visible.filter_map(|l| l.vars.get(&name).copied()).next();
        let values = match now {
            Some(value) => vec![value],
            None => self.definitions(owner, name, 0, !is_open),
        };
        let phi = self.add(Op::Phi(values.into()), span);
        self.cells.insert(phi, owner);
        if is_open {
            self.captured.entry(owner).or_default().push(Captured { name, phi, seen });
        }
        phi
    }

    /// Names read in a function, or in a closure of it, before it defined them hold whatever it gives them.
    pub(super) fn resolve_late(&mut self, ended: FunctionId, from: usize) {
        for (name, value) in self.unresolved.split_off(from) {
            let values = self.definitions(ended, name, 0, true);
            match values.is_empty() {
                true => self.unresolved.push((name, value)),
                false => self.module.insts[value.0 as usize].op = Op::Phi(values.into()),
            }
        }
    }

    /// A variable captured by a closure also holds what its owner gives it after the closure was made.
    pub(super) fn complete_captures(&mut self, ended: FunctionId) {
        for c in self.captured.remove(&ended).unwrap_or_default() {
            let later = self.definitions(ended, c.name, c.seen, true);
            self.extend_phi(c.phi, later);
        }
    }

    /// What a function gave a name after instruction `seen`. When it has ended and there are many such values, a phi
    /// of all it ever gave the name stands for them: closures by the thousand then share it.
    fn definitions(&mut self, owner: FunctionId, name: Sym, seen: u32, ended: bool) -> Vec<ValueId> {
        let Some(all) = self.log[owner.0 as usize].get(&name) else { return Vec::new() };
        let later = &all[all.partition_point(|(at, _)| *at <= seen)..];
        if !ended || later.len() <= MAX_OWN_DEFINITIONS {
            return later.iter().map(|(_, v)| *v).collect();
        }
        if let Some(shared) = self.shared.get(&(owner, name)) {
            return vec![*shared];
        }
        let (values, at): (Vec<ValueId>, _) = (all.iter().map(|(_, v)| *v).collect(), self.at(all[0].1));
        let shared = self.add(Op::Phi(values.into()), at);
        self.shared.insert((owner, name), shared);
        vec![shared]
    }
}
