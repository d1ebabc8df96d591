//! Writes to objects, and calls that may write.

use super::*;

impl Builder {
    /// Writes `base.key = value` and makes every variable that holds `base` hold the new version.
    /// A write through a path (`a.b.c = v`) changes `b` inside `a` as well.
    pub fn store(&mut self, base: ValueId, key: Key, value: ValueId, span: (usize, usize)) {
        let base = self.current(base);
        let new = self.add(Op::Store { base, key, value }, span);
        self.note_field(base, key, value);
        self.changed(base, new, span);
    }

    /// Removes `base.key`, likewise.
    pub fn delete(&mut self, base: ValueId, key: Key, span: (usize, usize)) {
        let base = self.current(base);
        let new = self.add(Op::Delete { base, key }, span);
        self.changed(base, new, span);
    }

    /// `base` has a new version: rebinds variables, or writes it back into the object it was read from.
    pub fn changed(&mut self, base: ValueId, new: ValueId, span: (usize, usize)) {
        let (mut base, mut new) = (base, new);
        loop {
            self.mutate(base, new);
            let Op::Load { base: outer, key } = self.module.inst(self.root(base)).op else { return };
            if matches!(key, Key::Each | Key::Enter) {
                return;
            }
            let outer = self.current(outer);
            let version = self.add(Op::Store { base: outer, key, value: new }, span);
            self.note_field(outer, key, new);
            (base, new) = (outer, version);
        }
    }

    /// After a call, its receiver and the variables passed to it may have changed.
    pub fn after_call(&mut self, call: ValueId, span: (usize, usize)) {
        let Op::Call { callee, args } = self.module.inst(call).op.clone() else { return };
        if let Op::Load { base, .. } = self.module.inst(callee).op {
            self.after(base, call, Slot::Receiver, span);
        }
        for (i, arg) in args.iter().enumerate() {
            self.after(arg.value, call, Slot::Arg(i as u32), span);
        }
    }

    fn after(&mut self, value: ValueId, call: ValueId, slot: Slot, span: (usize, usize)) {
        if self.may_change(value) {
            let value = self.current(value);
            let new = self.add(Op::After { value, call, slot }, span);
            self.changed(value, new, span);
        }
    }

    /// Only objects that something else can still see are worth a new version.
    fn may_change(&self, mut value: ValueId) -> bool {
        let mut depth = 0;
        for _ in 0..MAX_BINDS {
            match &self.module.inst(value).op {
                Op::Bind { value: inner, .. } => (value, depth) = (*inner, depth.max(1)),
                Op::Guarded { value: inner, .. } => value = *inner,
                Op::Load { base, .. } if depth < 3 => (value, depth) = (*base, depth + 1),
                Op::Alloc { .. } | Op::Call { .. } => return depth > 0,
                Op::Param { .. } | Op::Phi(_) | Op::Variable(_) => return true,
                Op::Store { .. } | Op::Delete { .. } | Op::After { .. } => return true,
                _ => return false,
            }
        }
        false
    }

    fn note_field(&mut self, base: ValueId, key: Key, value: ValueId) {
        let Key::Field(name) = key else { return };
        let Op::Param { function, index: 0 } = self.module.inst(self.root(base)).op else { return };
        let f = &self.module.functions[function.0 as usize];
        if let (true, Some(class)) = (f.has_receiver, f.class) {
            let value = self.guarded(value);
            self.module.classes[class.0 as usize].stores.push((name, value));
        }
    }
}
