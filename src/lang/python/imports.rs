//! Imports.

use super::Lowerer;
use super::syntax::{Kind, SYNTAX, field, kind, span};
use crate::ir::*;
use tree_sitter::Node;
use ustr::{Ustr, ustr};

impl<'t> Lowerer<'t> {
    /// `import a.b as c`, `import a.b`.
    pub fn import(&mut self, node: Node<'t>) {
        for child in self.children(node) {
            let (path, alias) = self.import_name(child);
            let spec = self.dotted(path);
            if spec.is_empty() {
                continue;
            }
            if let Some(alias) = alias {
                let (_, value) = self.b.add_import(spec, ImportName::Module, span(child));
                self.bind_import(alias, value);
                continue;
            }
            // `import a.b` binds `a`; that `a.b` is loaded matters to the module graph.
            let top = spec.split('.').next().map_or(spec, ustr);
            if top != spec {
                self.b.add_import(spec, ImportName::Module, span(child));
            }
            let (_, value) = self.b.add_import(top, ImportName::Module, span(child));
            let name = path.named_child(0).unwrap_or(path);
            self.bind_import(name, value);
        }
    }

    /// `from .m import n as k`, `from m import *`.
    pub fn import_from(&mut self, node: Node<'t>) {
        let module = field(node, SYNTAX.field.module_name);
        let Some(module) = module else { return };
        let spec = self.dotted(module);
        for child in self.children(node) {
            if child == module {
                continue;
            }
            if kind(child) == Kind::WildcardImport {
                self.b.add_import(spec, ImportName::Star, span(child));
                continue;
            }
            let (path, alias) = self.import_name(child);
            let name = self.dotted(path);
            if !name.is_empty() {
                let (_, value) = self.b.add_import(spec, ImportName::Named(name), span(child));
                self.bind_import(alias.unwrap_or(path), value);
            }
        }
    }

    fn import_name(&mut self, node: Node<'t>) -> (Node<'t>, Option<Node<'t>>) {
        if kind(node) == Kind::AliasedImport
            && let Some(name) = field(node, SYNTAX.field.name)
        {
            return (name, field(node, SYNTAX.field.alias));
        }
        (node, None)
    }

    fn bind_import(&mut self, name: Node<'t>, value: ValueId) {
        let sym = self.sym(name);
        self.note_field(name, None);
        self.define_name(sym, value, span(name));
    }

    /// A dotted name without the blanks that may stand in it.
    fn dotted(&self, node: Node<'t>) -> Ustr {
        let text = self.source(node);
        if text.contains(|c: char| c.is_whitespace() || c == '\\') {
            return ustr(&text.replace(|c: char| c.is_whitespace() || c == '\\', ""));
        }
        ustr(text)
    }
}
