//! Functions, classes and imports.

use super::*;

impl Builder {
    /// Adds a function; its body is lowered between [`Builder::begin_function`] and [`Builder::end_function`],
    /// at once or later. The parent is the function being lowered now.
    pub fn add_function(
        &mut self,
        name: Sym,
        span: (u32, u32),
        name_span: (u32, u32),
        class: Option<ClassId>,
    ) -> FunctionId {
        let id = FunctionId(self.module.functions.len() as u32);
        let function = Function::new(name, span, name_span, Some(self.function));
        self.module.functions.push(Function { class, ..function });
        self.log.push(FxHashMap::default());
        id
    }

    /// Adds a parameter to a function and returns its value. Call [`Builder::define`] for it once the body has begun.
    pub fn add_param(
        &mut self,
        function: FunctionId,
        name: Sym,
        kind: ParamKind,
        span: (usize, usize),
    ) -> ValueId {
        let index = self.module.functions[function.0 as usize].params.len() as u32;
        let value = self.add(Op::Param { function, index }, span);
        let param = Param { name, kind, default: None, annotation: None, value };
        self.module.functions[function.0 as usize].params.push(param);
        value
    }

    /// The function with this id.
    pub fn function_mut(&mut self, id: FunctionId) -> &mut Function {
        &mut self.module.functions[id.0 as usize]
    }

    /// Begins a body. Its parent may be the function being lowered (an inline closure) or one that has ended.
    pub fn begin_function(&mut self, id: FunctionId) {
        self.outer.push(Outer {
            function: self.function,
            floor: self.floor,
            dead: std::mem::replace(&mut self.dead, false),
            left: std::mem::replace(&mut self.left, false),
            conditions: std::mem::take(&mut self.conditions),
            tries: std::mem::take(&mut self.tries),
            borrowed: std::mem::take(&mut self.borrowed),
            unresolved: self.unresolved.len(),
        });
        self.function = id;
        self.floor = self.layers.len();
        self.open(Layer::default());
        let params: Vec<(Sym, ValueId)> =
            self.module.functions[id.0 as usize].params.iter().map(|p| (p.name, p.value)).collect();
        for (name, value) in params {
            if !name.is_empty() {
                self.set(name, value);
            }
        }
    }

    /// Ends the body begun last, and completes what closures in it captured.
    pub fn end_function(&mut self) {
        self.layers.truncate(self.floor);
        let ended = self.function;
        if let Some(outer) = self.outer.pop() {
            self.function = outer.function;
            self.floor = outer.floor;
            self.dead = outer.dead;
            self.left = outer.left;
            self.conditions = outer.conditions;
            self.tries = outer.tries;
            self.borrowed = outer.borrowed;
            self.resolve_late(ended, outer.unresolved);
        }
        self.complete_captures(ended);
    }

    /// Opens a scope whose names functions defined inside do not see: a class body, a comprehension.
    pub fn push_private(&mut self) {
        self.open(Layer { unlogged: true, ..Layer::default() });
    }

    /// Closes such a scope and returns what it defined, in order of name.
    pub fn pop_private(&mut self) -> Vec<(Sym, ValueId)> {
        let layer = self.layers.pop().unwrap_or_default();
        self.conditions.truncate(layer.mark);
        let mut vars: Vec<_> = layer.vars.into_iter().collect();
        vars.sort_unstable_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
        vars
    }

    /// Adds a class and its value.
    pub fn add_class(&mut self, name: Sym, span: (usize, usize), name_span: (usize, usize)) -> ClassId {
        let id = ClassId(self.module.classes.len() as u32);
        let value = self.add(Op::Class(id), span);
        self.module.classes.push(Class {
            name,
            name_span: (name_span.0 as u32, name_span.1 as u32),
            bases: Vec::new(),
            keywords: Vec::new(),
            methods: Vec::new(),
            fields: Vec::new(),
            stores: Vec::new(),
            decorators: Vec::new(),
            value,
        });
        id
    }

    /// The class with this id.
    pub fn class_mut(&mut self, id: ClassId) -> &mut Class {
        &mut self.module.classes[id.0 as usize]
    }

    /// Adds an import and its value.
    pub fn add_import(&mut self, spec: Sym, name: ImportName, span: (usize, usize)) -> (ImportId, ValueId) {
        let id = ImportId(self.module.imports.len() as u32);
        self.module.imports.push(Import { spec, name, start: span.0 as u32, end: span.1 as u32 });
        (id, self.add(Op::Import(id), span))
    }
}
