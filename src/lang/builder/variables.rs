//! Names and the values they hold.

use super::*;

impl Builder {
    /// Gives a variable a value, in the scope where it already lives or else in the current function.
    pub fn assign(&mut self, name: Sym, value: ValueId, span: (usize, usize)) -> ValueId {
        let bound = self.bind(name, value, span);
        self.set(name, bound);
        bound
    }

    /// Declares a block-scoped variable (`let`, `const`, comprehension target) in the innermost block.
    pub fn declare(&mut self, name: Sym, value: ValueId, span: (usize, usize)) -> ValueId {
        let bound = self.bind(name, value, span);
        self.borrowed.remove(&name);
        if let Some(layer) = self.layers.last_mut() {
            layer.declared.insert(name);
        }
        self.set(name, bound);
        bound
    }

    /// Makes a name known without a binding step (imports, classes, functions, parameters).
    pub fn define(&mut self, name: Sym, value: ValueId) {
        self.borrowed.remove(&name);
        self.set(name, value);
    }

    /// The same for a name that ends with the innermost block.
    pub fn define_local(&mut self, name: Sym, value: ValueId) {
        if let Some(layer) = self.layers.last_mut() {
            layer.declared.insert(name);
        }
        self.define(name, value);
    }

    /// Announces a variable of the current function before its declaration is reached, so that a function
    /// defined earlier captures it instead of an outer name.
    pub fn predeclare(&mut self, name: Sym) {
        self.log[self.function.0 as usize].entry(name).or_default();
    }

    /// Gives a variable of the module a value from inside a function (`global`).
    pub fn assign_global(&mut self, name: Sym, value: ValueId, span: (usize, usize)) {
        self.read_outer(name, span);
        let bound = self.bind(name, value, span);
        let left = self.guarded(bound);
        self.late_globals.push((name, left));
        self.set(name, bound);
    }

    /// Gives a variable of an enclosing function a value (`nonlocal`, assignment to a captured variable).
    /// Falls back to [`Builder::assign_global`] when only the module has it, to [`Builder::assign`] when nothing has.
    pub fn assign_captured(&mut self, name: Sym, value: ValueId, span: (usize, usize)) {
        if self.is_local(name) {
            self.assign(name, value, span);
            return;
        }
        let Some(owner) = self.owner_of(name) else {
            self.assign(name, value, span);
            return;
        };
        self.read_outer(name, span);
        self.borrowed.insert(name);
        if owner == FunctionId(0) {
            self.assign_global(name, value, span);
            self.set_below(name, value);
            return;
        }
        let bound = self.bind(name, value, span);
        self.set(name, bound);
        self.record(owner, name, bound);
        self.set_below(name, bound);
    }

    /// The value a name has here. `None` when nothing in the file defines it.
    pub fn lookup(&mut self, name: Sym, span: (usize, usize)) -> Option<ValueId> {
        if let Some(value) = self.lookup_local(name) {
            return Some(value);
        }
        let owner = self.owner_of(name);
        let value = match owner {
            Some(owner) if owner != FunctionId(0) || self.in_module_block(name) => {
                self.capture(owner, name, span)
            }
            _ => match (self.open_block(name), owner) {
                (Some(value), _) => value,
                (None, Some(_)) => self.read_module(name, span),
                (None, None) => return None,
            },
        };
        self.layers[self.floor].vars.insert(name, value);
        self.hold(name, value);
        self.borrowed.insert(name);
        Some(value)
    }

    /// The value a name has here: what [`Builder::lookup`] finds, or an [`Op::Global`] that becomes the variable when
    /// an enclosing scope turns out to define it further down.
    pub fn read(&mut self, name: Sym, span: (usize, usize)) -> ValueId {
        if let Some(value) = self.lookup(name, span) {
            return value;
        }
        // Straight-line module code runs before what follows it: `open = wrap(open)` reads the builtin.
        let late = self.function != FunctionId(0) || self.layers.iter().any(|l| l.in_loop.is_some());
        let value = self.add(Op::Global(name), span);
        if late {
            self.unresolved.push((name, value));
        }
        value
    }

    /// Like [`Builder::read`], for names that are only looked up once the whole module is known (annotations).
    pub fn read_late(&mut self, name: Sym, span: (usize, usize)) -> ValueId {
        if let Some(value) = self.lookup(name, span) {
            return value;
        }
        let value = self.add(Op::Global(name), span);
        self.unresolved.push((name, value));
        value
    }

    /// Whether the current function has a variable of this name.
    pub fn is_local(&self, name: Sym) -> bool {
        !self.borrowed.contains(&name) && self.layers[self.floor..].iter().any(|l| l.vars.contains_key(&name))
    }

    pub(super) fn set(&mut self, name: Sym, value: ValueId) {
        let mut logged = true;
        self.hold(name, value);
        if let Some(layer) = self.layers.last_mut() {
            layer.vars.insert(name, value);
        }
        for layer in self.layers[self.floor..].iter().rev() {
            if layer.unlogged {
                logged = false;
            }
        }
        if logged {
            self.record(self.function, name, value);
        }
    }

    pub(super) fn record(&mut self, owner: FunctionId, name: Sym, value: ValueId) {
        let at = self.module.insts.len() as u32;
        self.log[owner.0 as usize].entry(name).or_default().push((at, value));
    }

    pub(super) fn lookup_local(&mut self, name: Sym) -> Option<ValueId> {
        let found =
            (self.floor..self.layers.len()).rev().find(|i| self.layers[*i].vars.contains_key(&name))?;
        let mut value = self.layers[found].vars[&name];
        for i in found + 1..self.layers.len() {
            if self.layers[i].in_loop.as_ref().is_none_or(|l| l.kind != Left::Loop) {
                continue;
            }
            let phi = self.add(Op::Phi([value].into()), self.at(value));
            self.set_root(phi, value);
            self.layers[i].vars.insert(name, phi);
            if let Some(l) = self.layers[i].in_loop.as_mut() {
                l.phis.push((name, phi));
            }
            value = phi;
        }
        Some(value)
    }

    /// The open layers of a function, outermost first; none when it has ended.
    pub(super) fn layers_of(&self, owner: FunctionId) -> impl DoubleEndedIterator<Item = &Layer> {
        let range = match self.outer.iter().position(|o| o.function == owner) {
            Some(at) => self.outer[at].floor..self.outer.get(at + 1).map_or(self.floor, |o| o.floor),
            None => 0..0,
        };
        self.layers[range].iter()
    }

    /// Makes what an outer variable holds on entry known, so that a branch that assigns it is joined with that.
    fn read_outer(&mut self, name: Sym, span: (usize, usize)) {
        if self.function == FunctionId(0) || self.lookup_local(name).is_some() {
            return;
        }
        if self.lookup(name, span).is_none() {
            let value = self.add(Op::Variable(name), span);
            self.layers[self.floor].vars.insert(name, value);
            self.borrowed.insert(name);
        }
    }

    fn bind(&mut self, name: Sym, value: ValueId, span: (usize, usize)) -> ValueId {
        let bound = self.add(Op::Bind { name, value }, span);
        self.set_root(bound, value);
        bound
    }

    /// The innermost enclosing function that defines a name; the module counts only once it does.
    fn owner_of(&self, name: Sym) -> Option<FunctionId> {
        let mut at = self.module.functions[self.function.0 as usize].parent;
        while let Some(id) = at {
            if self.log[id.0 as usize].contains_key(&name) {
                return Some(id);
            }
            at = self.module.functions[id.0 as usize].parent;
        }
        None
    }

    /// Whether a name is held by an open block of the module body: it ends with the block, so it is not global.
    fn in_module_block(&self, name: Sym) -> bool {
        self.layers_of(FunctionId(0)).skip(1).any(|l| l.declared.contains(&name))
    }

    /// What a name holds in a block of the module that is still open. Such names end with their block, so they are
    /// no module variables, but a closure made inside sees them.
    fn open_block(&self, name: Sym) -> Option<ValueId> {
        let mut end = self.floor;
        let mut found = None;
        for outer in self.outer.iter().rev() {
            let layers = &self.layers[outer.floor..end];
            let holders = || layers.iter().rev().filter(|l| l.vars.contains_key(&name));
            found = found.or_else(|| holders().find_map(|l| l.vars.get(&name).copied()));
            if holders().any(|l| l.declared.contains(&name)) {
                return found;
            }
            if found.is_some() && !outer.borrowed.contains(&name) {
                return None;
            }
            end = outer.floor;
        }
        None
    }

    fn read_module(&mut self, name: Sym, span: (usize, usize)) -> ValueId {
        let definitions = &self.log[0][&name];
        if let [(_, only)] = definitions.as_slice()
            && matches!(
                self.module.inst(*only).op,
                Op::Import(_) | Op::Function(_) | Op::Decorated { .. } | Op::Class(_)
            )
        {
            return *only;
        }
        self.add(Op::Variable(name), span)
    }
}
