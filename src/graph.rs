//! The whole program: all modules, how imports connect them, and who may call whom by name.
//!
//! Knows the IR; decides nothing about what flows.

pub mod modules;

use crate::ir::*;
use crate::schema::Schemas;
use crate::text::{FileId, Files, Span};
use modules::{Resolver, Target};
use rustc_hash::{FxHashMap, FxHashSet};

/// A value of the program.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Node {
    /// Index into [`Graph::modules`].
    pub module: u32,
    /// The value.
    pub value: ValueId,
}

/// A function of the program.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FuncRef {
    /// Index into [`Graph::modules`].
    pub module: u32,
    /// The function.
    pub function: FunctionId,
}

/// A class of the program.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ClassRef {
    /// Index into [`Graph::modules`].
    pub module: u32,
    /// The class.
    pub class: ClassId,
}

/// Classes of one name that are told apart by nothing.
const MAX_NAMESAKES: usize = 4;

/// All modules and the indexes queries need.
pub struct Graph {
    /// Modules in file order.
    pub modules: Vec<Module>,
    /// What files beside the code declare of rows and objects.
    pub schemas: Schemas,
    /// What each import of each module leads to.
    imports: Vec<Vec<Target>>,
    by_file: FxHashMap<FileId, u32>,
    resolver: Resolver,
    /// Which modules only test others.
    tests: Vec<bool>,
    /// Name of the callee → calls that may mean it.
    calls: FxHashMap<Sym, Vec<Node>>,
    /// Call → the calls of what it returned.
    of_results: FxHashMap<Node, Vec<Node>>,
    /// Name of a function handed over as a value → the calls it is an argument of, with the argument's index.
    references: FxHashMap<Sym, Vec<(Node, u32)>>,
    /// Function given inline → the same.
    inline: FxHashMap<FuncRef, Vec<(Node, u32)>>,
    /// Names of functions that are composed with something (`prompt | step`).
    composed: FxHashSet<Sym>,
    /// Functions kept in a container or a field: others than the callers in sight may call them.
    kept: FxHashSet<FuncRef>,
    /// Call → the function it stands in.
    owners: FxHashMap<Node, FunctionId>,
    /// Method name → the classes that define it.
    methods: FxHashMap<Sym, Vec<ClassRef>>,
    /// Name without case and `_` → classes of that name that declare fields.
    classes: FxHashMap<String, Vec<ClassRef>>,
    /// Text → classes that hold it as an attribute (whose name is given) or whose decorator was given it first.
    said: FxHashMap<Sym, Vec<(ClassRef, Option<Sym>)>>,
    /// Class name → classes whose base is called that.
    subclasses: FxHashMap<Sym, Vec<ClassRef>>,
    /// Local names given to imported or assigned functions and classes: original → aliases.
    aliases: FxHashMap<Sym, Vec<Sym>>,
}

impl Graph {
    /// Connects modules; `modules` must be in file order. What a file for which `is_test` holds does with the rest of the
    /// program says nothing of how it runs.
    pub fn build(
        modules: Vec<Module>,
        schemas: Schemas,
        files: &Files,
        is_test: &dyn Fn(&str) -> bool,
    ) -> Graph {
        let tests = modules.iter().map(|m| is_test(&files.get(m.file).path)).collect();
        let resolver = Resolver::new(files, &modules);
        let by_file: FxHashMap<FileId, u32> =
            modules.iter().enumerate().map(|(i, m)| (m.file, i as u32)).collect();
        let imports = modules
            .iter()
            .map(|m| {
                let from = &files.get(m.file).path;
                m.imports.iter().map(|i| resolver.resolve(from, m.language, i, &modules, &by_file)).collect()
            })
            .collect();
        let mut graph = Graph {
            modules,
            schemas,
            imports,
            by_file,
            resolver,
            tests,
            calls: FxHashMap::default(),
            of_results: FxHashMap::default(),
            references: FxHashMap::default(),
            inline: FxHashMap::default(),
            composed: FxHashSet::default(),
            kept: FxHashSet::default(),
            owners: FxHashMap::default(),
            methods: FxHashMap::default(),
            classes: FxHashMap::default(),
            said: FxHashMap::default(),
            subclasses: FxHashMap::default(),
            aliases: FxHashMap::default(),
        };
        for index in 0..graph.modules.len() {
            graph.index_module(index as u32);
        }
        graph
    }

    /// The module of a node.
    pub fn module(&self, node: Node) -> &Module {
        &self.modules[node.module as usize]
    }

    /// The operation of a node.
    pub fn op(&self, node: Node) -> &Op {
        &self.module(node).inst(node.value).op
    }

    /// Whether what `user` does counts for `used`: a test counts only for tests.
    pub fn counts_for(&self, user: u32, used: u32) -> bool {
        !self.tests[user as usize] || self.tests[used as usize]
    }

    /// The path of a module's file.
    pub fn path(&self, module: u32) -> &str {
        self.resolver.path(self.modules[module as usize].file)
    }

    /// Modules whose path, without extension, is or ends in `/name`.
    pub fn modules_named(&self, name: &str) -> Vec<u32> {
        let mut found: Vec<u32> =
            self.resolver.named(name).filter_map(|file| self.by_file.get(&file).copied()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What a module exports as a whole or by default; of a call that wraps it, the argument.
    pub fn default_export(&self, module: u32) -> Option<ValueId> {
        let m = &self.modules[module as usize];
        let mut value = m.exports.iter().find_map(|e| match e.kind {
            ExportKind::Whole(value) => Some(value),
            ExportKind::Value(value) if e.name.as_str() == "default" => Some(value),
            ExportKind::Variable(name) if e.name.as_str() == "default" => {
                m.globals.get(&name)?.last().copied()
            }
            _ => None,
        })?;
        while let Op::Bind { value: inner, .. } = m.inst(value).op {
            value = inner;
        }
        match &m.inst(value).op {
            Op::Call { args, .. } => args.first().map(|a| a.value),
            _ => Some(value),
        }
    }

    /// Where a node is written.
    pub fn span(&self, node: Node) -> Span {
        self.module(node).span(node.value)
    }

    /// A function.
    pub fn function(&self, f: FuncRef) -> &Function {
        &self.modules[f.module as usize].functions[f.function.0 as usize]
    }

    /// A class.
    pub fn class(&self, c: ClassRef) -> &Class {
        &self.modules[c.module as usize].classes[c.class.0 as usize]
    }

    /// What an import leads to.
    pub fn import(&self, module: u32, import: ImportId) -> (&Import, &Target) {
        let i = import.0 as usize;
        (&self.modules[module as usize].imports[i], &self.imports[module as usize][i])
    }

    /// All import targets of a module, in source order.
    pub fn imports_of(&self, module: u32) -> impl Iterator<Item = (&Import, &Target)> {
        self.modules[module as usize].imports.iter().zip(&self.imports[module as usize])
    }

    /// `pkg.name` as a module, when `pkg` is the package of this module.
    pub fn submodule(&self, module: u32, name: Sym) -> Option<u32> {
        self.resolver.submodule(self.modules[module as usize].file, name, &self.by_file)
    }

    /// The module `name` in a folder that is a namespace package.
    pub fn in_folder(&self, folder: &str, name: Sym) -> Option<u32> {
        self.resolver.in_folder(folder, name, &self.by_file)
    }

    /// A name and the aliases it has somewhere.
    pub fn names_for(&self, name: Sym) -> impl Iterator<Item = Sym> + '_ {
        std::iter::once(name).chain(self.aliases.get(&name).into_iter().flatten().copied())
    }

    /// Calls whose callee goes by this name, under any alias.
    pub fn calls_named(&self, name: Sym) -> impl Iterator<Item = Node> + '_ {
        self.names_for(name).flat_map(|name| self.calls.get(&name).into_iter().flatten().copied())
    }

    /// The names the result of a call is bound to, as a variable or a field.
    pub fn names_of(&self, call: Node) -> Vec<Sym> {
        let module = self.module(call);
        let named = |inst: &Inst| match inst.op {
            Op::Bind { name, value } | Op::Store { key: Key::Field(name), value, .. }
                if value == call.value =>
            {
                Some(name)
            }
            _ => None,
        };
        module.insts.iter().filter_map(named).collect()
    }

    /// Calls that the result of a call is handed to, with the argument's index.
    pub fn receivers_of(&self, made: Node) -> Vec<(Node, u32)> {
        let module = self.module(made);
        let mut found = Vec::new();
        for (call, _) in &module.calls {
            let Op::Call { args, .. } = &module.inst(*call).op else { continue };
            let is_it = |arg: &Arg| result_of(module, arg.value) == Some(made.value);
            let given = (0..).zip(args).filter(|(_, arg)| is_it(arg));
            found.extend(given.map(|(i, _)| (Node { value: *call, ..made }, i)));
        }
        found
    }

    /// Whether a function of this name is composed with something.
    pub fn is_composed(&self, name: Sym) -> bool {
        self.composed.contains(&name)
    }

    /// Calls, in the same function, of what a call returned.
    pub fn calls_of_result(&self, call: Node) -> &[Node] {
        self.of_results.get(&call).map_or(&[], |calls| calls)
    }

    /// Calls that a function of this name is handed to, with the argument's index.
    pub fn references_named(&self, name: Sym) -> impl Iterator<Item = (Node, u32)> + '_ {
        self.names_for(name).flat_map(|name| self.references.get(&name).into_iter().flatten().copied())
    }

    /// Calls that receive this very function as an argument.
    pub fn inline_uses(&self, f: FuncRef) -> &[(Node, u32)] {
        self.inline.get(&f).map_or(&[], |v| v)
    }

    /// Whether a function is kept in a container or a field, to be called from who knows where.
    pub fn is_kept(&self, f: FuncRef) -> bool {
        self.kept.contains(&f)
    }

    /// The innermost function (not the module body) a value is written in.
    pub fn enclosing(&self, node: Node) -> Option<FuncRef> {
        let span = self.span(node);
        let functions = self.module(node).functions.iter().enumerate().skip(1);
        functions
            .filter(|(_, f)| f.start <= span.start && span.end <= f.end)
            .min_by_key(|(_, f)| f.end - f.start)
            .map(|(i, _)| FuncRef { module: node.module, function: FunctionId(i as u32) })
    }

    /// The function a call stands in.
    pub fn owner(&self, call: Node) -> FuncRef {
        let function = self.owners.get(&call).copied().unwrap_or(FunctionId(0));
        FuncRef { module: call.module, function }
    }

    /// Classes that declare fields and go by this name, or whose table does: one of `attributes` or a decorator says so.
    pub fn tables_named(&self, name: &str, attributes: &[String]) -> Vec<ClassRef> {
        let own = self.classes.get(&plain(name)).into_iter().flatten().copied();
        let said = self.said.get(&ustr::ustr(name)).into_iter().flatten();
        let table = |by: &Option<Sym>| by.is_none_or(|by| attributes.iter().any(|a| a == by.as_str()));
        let mut found: Vec<ClassRef> = own.chain(said.filter(|(_, by)| table(by)).map(|(c, _)| *c)).collect();
        found.sort_unstable();
        found.dedup();
        found.truncate(MAX_NAMESAKES);
        found
    }

    /// The name of the outermost function around a call, after the name of its class: what stays when locals inside
    /// are renamed. Empty in the module body.
    pub fn place(&self, call: Node) -> String {
        let module = self.module(call);
        let mut around = self.owner(call).function;
        while let Some(parent) = module.functions[around.0 as usize].parent.filter(|p| *p != FunctionId(0)) {
            around = parent;
        }
        if around == FunctionId(0) {
            return String::new();
        }
        let function = &module.functions[around.0 as usize];
        match function.class {
            Some(class) => format!("{}.{}", module.classes[class.0 as usize].name, function.name),
            None => function.name.to_string(),
        }
    }

    /// Classes that define a method of this name.
    pub fn classes_with_method(&self, name: Sym) -> &[ClassRef] {
        self.methods.get(&name).map_or(&[], |v| v)
    }

    /// Classes one of whose bases goes by this name.
    pub fn named_subclasses(&self, name: Sym) -> &[ClassRef] {
        self.subclasses.get(&name).map_or(&[], |v| v)
    }

    fn index_module(&mut self, index: u32) {
        let module = &self.modules[index as usize];
        let at = |value| Node { module: index, value };
        for (call, owner) in &module.calls {
            let Op::Call { callee, args } = &module.inst(*call).op else { continue };
            self.owners.insert(at(*call), *owner);
            if let Some(name) = value_name(module, *callee) {
                self.calls.entry(name).or_default().push(at(*call));
            }
            if let Some(made) = result_of(module, *callee) {
                self.of_results.entry(at(made)).or_default().push(at(*call));
            }
            for (i, arg) in args.iter().enumerate() {
                match function_value(module, arg.value) {
                    Some(Handed::Inline(function)) => {
                        let f = FuncRef { module: index, function };
                        self.inline.entry(f).or_default().push((at(*call), i as u32));
                    }
                    Some(Handed::Named(name)) => {
                        self.references.entry(name).or_default().push((at(*call), i as u32));
                    }
                    None => {}
                }
            }
        }
        for inst in &module.insts {
            if let Op::Binary { op, left, right } = inst.op
                && op.as_str() == "|"
            {
                self.composed.extend([left, right].into_iter().filter_map(|part| value_name(module, part)));
            }
            let kept: Vec<ValueId> = match &inst.op {
                Op::Alloc { items, .. } => items.iter().map(|(_, v)| *v).collect(),
                Op::Store { value, .. } => vec![*value],
                _ => Vec::new(),
            };
            for value in kept {
                if let Some(Handed::Inline(function)) = function_value(module, value) {
                    self.kept.insert(FuncRef { module: index, function });
                }
            }
        }
        for (i, class) in module.classes.iter().enumerate() {
            let c = ClassRef { module: index, class: ClassId(i as u32) };
            for (name, _) in &class.methods {
                self.methods.entry(*name).or_default().push(c);
            }
            if !class.fields.is_empty() {
                self.classes.entry(plain(&class.name)).or_default().push(c);
            }
            for (text, by) in said(module, class) {
                self.said.entry(text).or_default().push((c, by));
            }
            for base in &class.bases {
                if let Some(name) = value_name(module, *base) {
                    self.subclasses.entry(name).or_default().push(c);
                }
            }
        }
        let mut aliases: Vec<(Sym, Sym)> = Vec::new();
        for (name, values) in &module.globals {
            for value in values {
                if let Some(original) = value_name(module, *value)
                    && original != *name
                {
                    aliases.push((original, *name));
                }
            }
        }
        aliases.extend(module.exports.iter().filter_map(|e| match e.kind {
            ExportKind::Variable(v) if v != e.name => Some((v, e.name)),
            ExportKind::Value(v) | ExportKind::Whole(v) => {
                value_name(module, v).filter(|n| *n != e.name).map(|n| (n, e.name))
            }
            _ => None,
        }));
        aliases.sort_unstable_by(|a, b| (a.0.as_str(), a.1.as_str()).cmp(&(b.0.as_str(), b.1.as_str())));
        for (original, alias) in aliases {
            let list = self.aliases.entry(original).or_default();
            if list.len() < 16 && !list.contains(&alias) {
                list.push(alias);
            }
        }
    }
}

/// Texts a class says of itself: by an attribute, or to a decorator (`@Entity("patients")`).
fn said(module: &Module, class: &Class) -> Vec<(Sym, Option<Sym>)> {
    let text = |value: ValueId| match module.inst(value).op {
        Op::Const(Const::Str(text)) => Some(text),
        _ => None,
    };
    let attributes = class.fields.iter().filter_map(|f| Some((text(f.value?)?, Some(f.name))));
    let decorators = class.decorators.iter().filter_map(|d| match &module.inst(*d).op {
        Op::Call { args, .. } => Some((text(args.first()?.value)?, None)),
        _ => None,
    });
    attributes.chain(decorators).collect()
}

/// A name without case and separators.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

enum Handed {
    Inline(FunctionId),
    Named(Sym),
}

/// The name a value goes by: what an import takes, a function's or class's own name, the last field read.
fn value_name(module: &Module, value: ValueId) -> Option<Sym> {
    module.behind(value).find_map(|v| match &module.inst(v).op {
        Op::Import(i) => match module.imports[i.0 as usize].name {
            ImportName::Named(name) => Some(name),
            _ => None,
        },
        Op::Global(name) | Op::Variable(name) => Some(*name),
        Op::Function(f) => Some(module.functions[f.0 as usize].name),
        Op::Class(c) => Some(module.classes[c.0 as usize].name),
        Op::Load { key: Key::Field(name), .. } => Some(*name),
        _ => None,
    })
}

/// The call that a value is the result of.
fn result_of(module: &Module, value: ValueId) -> Option<ValueId> {
    match &module.inst(value).op {
        Op::Call { .. } => Some(value),
        Op::Bind { value, .. } | Op::Guarded { value, .. } | Op::After { value, .. } => {
            result_of(module, *value)
        }
        _ => None,
    }
}

/// What function an argument hands over, if it is written as one.
fn function_value(module: &Module, value: ValueId) -> Option<Handed> {
    match &module.inst(value).op {
        Op::Function(f) if module.functions[f.0 as usize].name.is_empty() => Some(Handed::Inline(*f)),
        Op::Function(f) => Some(Handed::Inline(*f)),
        Op::Bind { value, .. } | Op::Guarded { value, .. } | Op::Decorated { function: value, .. } => {
            function_value(module, *value)
        }
        Op::Import(_) | Op::Variable(_) => value_name(module, value).map(Handed::Named),
        Op::Load { key: Key::Field(name), .. } => Some(Handed::Named(*name)),
        _ => None,
    }
}
