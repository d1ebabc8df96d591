//! Imports, exports and namespaces.

use super::grammar::{Field, Kind};
use super::hoist::Hoisted;
use super::{Lowerer, at};
use crate::ir::*;
use tree_sitter::Node;
use ustr::ustr;

impl<'t> Lowerer<'t> {
    /// Adds an import of a specifier, normalised to a package name.
    pub(super) fn import(&mut self, spec: &str, name: ImportName, node: Node<'t>) -> (ImportId, ValueId) {
        self.b.add_import(ustr(package(spec)), name, at(node))
    }

    pub(super) fn import_statement(&mut self, node: Node<'t>) {
        let children = self.children(node);
        let source = self.field(node, Field::Source);
        for child in children {
            match self.kind(child) {
                Kind::ImportClause => {
                    if let Some(spec) = source.and_then(|s| self.literal_text(s)) {
                        self.import_clause(child, &spec);
                        return;
                    }
                }
                Kind::ImportRequire => {
                    let Some(spec) = self.field(child, Field::Source).and_then(|s| self.literal_text(s))
                    else {
                        return;
                    };
                    if let Some(name) = self.first_child(child) {
                        let value = self.import(&spec, ImportName::Module, name).1;
                        self.b.define(self.symbol(name), value);
                    }
                    return;
                }
                _ => {}
            }
        }
        if let Some(spec) = source.and_then(|s| self.literal_text(s)) {
            self.import(&spec, ImportName::Module, node);
        }
    }

    /// `import A = B.C`.
    pub(super) fn import_alias(&mut self, node: Node<'t>) {
        if let [name, target, ..] = self.children(node)[..] {
            let value = match self.kind(target) {
                Kind::Identifier => Some(self.expression(target)),
                _ => self.qualified(target),
            };
            if let Some(value) = value {
                self.b.declare(self.symbol(name), value, at(name));
            }
        }
    }

    /// Of `declare …` only types count.
    pub(super) fn ambient(&mut self, node: Node<'t>) {
        for inner in self.children(node) {
            match self.kind(inner) {
                Kind::Interface | Kind::TypeAlias => self.type_declaration(inner),
                Kind::ClassDeclaration | Kind::AbstractClass => self.class_declaration(inner),
                _ => {}
            }
        }
    }

    /// A namespace is an object of what it exports.
    pub(super) fn namespace(&mut self, node: Node<'t>) {
        let (Some(name), Some(body)) = (self.field(node, Field::Name), self.field(node, Field::Body)) else {
            return;
        };
        self.namespaces.push(Vec::new());
        let block = self.branch(Some(body));
        self.b.apply(block);
        let items = self.namespaces.pop().unwrap_or_default();
        let mut value = self.b.add(Op::Alloc { kind: AllocKind::Object, items: items.into() }, at(node));
        let mut names = self.dotted(name);
        // `namespace A.B` is a namespace in a namespace.
        while names.len() > 1 {
            if let Some(last) = names.pop() {
                let items = Box::new([(Key::Field(last), value)]);
                value = self.b.add(Op::Alloc { kind: AllocKind::Object, items }, at(node));
            }
        }
        if let Some(first) = names.pop() {
            self.b.declare(first, value, at(name));
        }
    }

    pub(super) fn export_statement(&mut self, node: Node<'t>) {
        for child in self.children(node) {
            if self.kind(child) == Kind::Decorator {
                self.decorate_exported(node, child);
            }
        }
        if let Some(declaration) = self.field(node, Field::Declaration) {
            self.export_declaration(node, declaration);
            return;
        }
        if let Some(value) = self.field(node, Field::Value) {
            self.export_default(value);
            return;
        }
        let source = self.field(node, Field::Source).and_then(|s| self.literal_text(s));
        let star = self.has_token(node, "*");
        let whole = self.has_token(node, "=");
        for child in self.children(node) {
            match self.kind(child) {
                Kind::ExportClause => self.export_clause(child, source.as_deref()),
                Kind::NamespaceExport => {
                    if let (Some(spec), Some(name)) = (&source, self.first_child(child)) {
                        let (id, _) = self.import(spec, ImportName::Module, node);
                        self.export(self.property_name(name), ExportKind::Import(id));
                    }
                }
                Kind::StringLiteral | Kind::Decorator => {}
                _ => {
                    let value = self.expression(child);
                    if whole {
                        self.export_whole(value);
                    }
                }
            }
        }
        if let (true, Some(spec)) = (star, &source)
            && !self.children(node).iter().any(|c| self.kind(*c) == Kind::NamespaceExport)
        {
            let (id, _) = self.import(spec, ImportName::Star, node);
            self.export(ustr("*"), ExportKind::Star(id));
        }
    }

    /// `exports.x = value`, `module.exports = value`; `false` when it is no such thing.
    pub(super) fn common_js_export(&mut self, left: Node<'t>, value: ValueId) -> bool {
        let (Some(object), Some(name)) = (self.field(left, Field::Object), self.static_property(left)) else {
            return false;
        };
        if self.is_ambient(object, "module") && name == "exports" {
            self.export_whole(value);
            return true;
        }
        if !self.is_exports(object) {
            return false;
        }
        // Compilers announce all exports as `exports.a = exports.b = void 0` before they define them.
        if self.known(value) != Some(Const::Null) {
            self.export(name, ExportKind::Value(value));
            self.exported.entry(name).or_default().push(value);
        }
        true
    }

    /// What `exports.x` was given earlier in this file.
    pub(super) fn own_export(&mut self, node: Node<'t>) -> Option<ValueId> {
        if self.exported.is_empty() {
            return None;
        }
        let values = self.exported.get(&self.static_property(node)?)?.clone();
        let object = self.field(node, Field::Object)?;
        self.is_exports(object).then(|| self.b.phi(values, at(node)))
    }

    fn import_clause(&mut self, clause: Node<'t>, spec: &str) {
        for child in self.children(clause) {
            match self.kind(child) {
                Kind::Identifier => {
                    let value = self.import(spec, ImportName::Named(ustr("default")), child).1;
                    self.b.define(self.symbol(child), value);
                }
                Kind::NamespaceImport => {
                    if let Some(name) = self.first_child(child) {
                        let value = self.import(spec, ImportName::Module, child).1;
                        self.b.define(self.symbol(name), value);
                    }
                }
                Kind::NamedImports => {
                    for specifier in self.children(child) {
                        let Some(name) = self.field(specifier, Field::Name) else { continue };
                        let local = self.field(specifier, Field::Alias).unwrap_or(name);
                        let imported = ImportName::Named(self.property_name(name));
                        let value = self.import(spec, imported, specifier).1;
                        self.b.define(self.symbol(local), value);
                    }
                }
                _ => {}
            }
        }
    }

    /// `@decorator export class …`: the decorator stands outside of the class.
    fn decorate_exported(&mut self, statement: Node<'t>, decorator: Node<'t>) {
        let value = self.decorator(decorator);
        let class = self.field(statement, Field::Declaration).or_else(|| self.field(statement, Field::Value));
        if let Some(Hoisted::Class(id)) = class.and_then(|c| self.hoisted.get(&c.id()).copied()) {
            self.b.class_mut(id).decorators.push(value);
        }
    }

    fn export_declaration(&mut self, statement: Node<'t>, declaration: Node<'t>) {
        let default = self.has_token(statement, "default");
        let hoisted = self.hoisted.get(&declaration.id()).copied();
        self.statement(declaration);
        let value = match hoisted {
            Some(Hoisted::Class(id)) => Some(self.b.class_mut(id).value),
            Some(Hoisted::Function(_)) | None => None,
        };
        let name = self.field(declaration, Field::Name);
        if default {
            match (name, value) {
                (Some(name), None) => self.export_variable(ustr("default"), self.symbol(name), name),
                (_, Some(value)) => self.export(ustr("default"), ExportKind::Value(value)),
                (None, None) => {}
            }
            return;
        }
        match self.kind(declaration) {
            Kind::Lexical | Kind::Variable => {
                for declarator in self.children(declaration) {
                    for name in self.pattern_names(declarator) {
                        self.export_variable(self.symbol(name), self.symbol(name), name);
                    }
                }
            }
            Kind::Interface | Kind::TypeAlias => {
                if let (Some(name), Some(value)) = (name, value) {
                    self.export(self.symbol(name), ExportKind::Value(value));
                }
            }
            Kind::Ambient => {
                for inner in self.children(declaration) {
                    let named = self.field(inner, Field::Name).map(|n| self.symbol(n));
                    if let Some((name, value)) = named.and_then(|n| Some((n, *self.types.get(&n)?))) {
                        self.export(name, ExportKind::Value(value));
                    }
                }
            }
            Kind::Namespace | Kind::Module => {
                if let Some(first) = name.and_then(|n| self.dotted(n).first().copied()) {
                    self.export_variable(first, first, declaration);
                }
            }
            Kind::ImportAlias => {
                if let Some(name) = self.first_child(declaration) {
                    self.export_variable(self.symbol(name), self.symbol(name), name);
                }
            }
            _ => {
                if let Some(name) = name {
                    self.export_variable(self.symbol(name), self.symbol(name), name);
                }
            }
        }
    }

    fn export_default(&mut self, value: Node<'t>) {
        let hoisted = self.take_hoisted(value);
        let exported = match hoisted {
            Some(Hoisted::Function(id)) => {
                self.declared_function(value, id);
                self.b.add(Op::Function(id), at(value))
            }
            Some(Hoisted::Class(id)) => {
                self.declared_class(value, id);
                self.b.class_mut(id).value
            }
            None => self.bound_value(value, value),
        };
        self.export(ustr("default"), ExportKind::Value(exported));
    }

    fn export_clause(&mut self, clause: Node<'t>, source: Option<&str>) {
        for specifier in self.children(clause) {
            let Some(name) = self.field(specifier, Field::Name) else { continue };
            let local = self.property_name(name);
            let exported = self.field(specifier, Field::Alias).map_or(local, |a| self.property_name(a));
            match source {
                Some(spec) => {
                    let (id, _) = self.import(spec, ImportName::Named(local), specifier);
                    self.export(exported, ExportKind::Import(id));
                }
                None => match self.types.get(&local).copied() {
                    Some(value) if self.b.lookup(local, at(name)).is_none() => {
                        self.export(exported, ExportKind::Value(value));
                    }
                    _ => self.export_variable(exported, local, name),
                },
            }
        }
    }

    fn export_variable(&mut self, exported: Sym, local: Sym, node: Node<'t>) {
        match self.namespaces.is_empty() {
            true => self.export(exported, ExportKind::Variable(local)),
            false => {
                let value = self.b.lookup(local, at(node));
                if let (Some(value), Some(namespace)) = (value, self.namespaces.last_mut()) {
                    namespace.push((Key::Field(exported), value));
                }
            }
        }
    }

    fn export(&mut self, name: Sym, kind: ExportKind) {
        match (self.namespaces.last_mut(), kind) {
            (None, _) => self.b.module.exports.push(Export { name, kind }),
            (Some(namespace), ExportKind::Value(value)) => namespace.push((Key::Field(name), value)),
            (Some(_), _) => {}
        }
    }

    fn export_whole(&mut self, value: ValueId) {
        self.export(ustr("*"), ExportKind::Whole(value));
        if let Op::Alloc { kind: AllocKind::Object, items } = &self.b.module.inst(value).op {
            for (key, value) in items.clone() {
                if let Key::Field(name) = key {
                    self.export(name, ExportKind::Value(value));
                    self.exported.entry(name).or_default().push(value);
                }
            }
        }
    }

    /// `exports` or `module.exports`.
    fn is_exports(&mut self, node: Node<'t>) -> bool {
        if self.kind(node) == Kind::Member {
            return self.static_property(node).is_some_and(|n| n == "exports")
                && self.field(node, Field::Object).is_some_and(|o| self.is_ambient(o, "module"));
        }
        self.is_ambient(node, "exports")
    }

    /// Whether a node is that name, and nothing in the file defines it.
    fn is_ambient(&mut self, node: Node<'t>, name: &str) -> bool {
        self.kind(node) == Kind::Identifier
            && self.source(node) == name
            && self.b.lookup(ustr(name), at(node)).is_none()
    }

    fn static_property(&self, node: Node<'t>) -> Option<Sym> {
        match self.field(node, Field::Property) {
            Some(property) => Some(self.property_name(property)),
            None => self.field(node, Field::Index).and_then(|i| self.literal_text(i)).map(|t| ustr(&t)),
        }
    }

    fn pattern_names(&mut self, declarator: Node<'t>) -> Vec<Node<'t>> {
        let mut names = Vec::new();
        let mut open: Vec<Node<'t>> = self.field(declarator, Field::Name).into_iter().collect();
        while let Some(node) = open.pop() {
            match self.kind(node) {
                Kind::Identifier | Kind::ShorthandPattern => names.push(node),
                Kind::PairPattern => open.extend(self.field(node, Field::Value)),
                Kind::AssignmentPattern | Kind::ObjectAssignmentPattern => {
                    open.extend(self.field(node, Field::Left));
                }
                Kind::ObjectPattern | Kind::ArrayPattern | Kind::RestPattern => {
                    open.extend(self.children(node).into_iter().rev());
                }
                _ => {}
            }
        }
        names
    }

    fn dotted(&self, name: Node<'t>) -> Vec<Sym> {
        match self.kind(name) {
            Kind::StringLiteral => Vec::new(),
            _ => self.source(name).split('.').map(|part| ustr(part.trim())).collect(),
        }
    }
}

/// The package behind a specifier with a registry or delivery network in front and a version behind.
fn package(spec: &str) -> &str {
    const PREFIXES: [&str; 8] = [
        "npm:",
        "jsr:",
        "https://esm.sh/",
        "https://cdn.skypack.dev/",
        "https://unpkg.com/",
        "https://cdn.jsdelivr.net/npm/",
        "https://esm.run/",
        "https://deno.land/x/",
    ];
    let Some(rest) = PREFIXES.iter().find_map(|prefix| spec.strip_prefix(prefix)) else { return spec };
    let rest = rest.split(['?', '#']).next().unwrap_or(rest).trim_start_matches('/');
    // `@scope/name@1.2/path`: up to the version, which cannot be the first character.
    match rest.get(1..).and_then(|tail| tail.find('@')) {
        Some(at) => &rest[..at + 1],
        None => rest,
    }
}
