//! Classes: their bodies run where they stand, and what they define becomes fields and methods.

use super::syntax::{Kind, SYNTAX, field, kind, span};
use super::{ClassScope, Lowerer, Scope};
use crate::ir::*;
use rustc_hash::FxHashMap;
use tree_sitter::Node;

impl<'t> Lowerer<'t> {
    /// Lowers a class and binds its name. `whole` includes the decorators.
    pub fn class_definition(&mut self, node: Node<'t>, whole: Node<'t>, decorators: Vec<(ValueId, &'t str)>) {
        let Some(name_node) = field(node, SYNTAX.field.name) else {
            self.effects(node);
            return;
        };
        let name = self.sym(name_node);
        let bases = match field(node, SYNTAX.field.superclasses) {
            Some(list) => self.arguments(list),
            None => Vec::new(),
        };
        let id = self.b.add_class(name, span(whole), span(name_node));
        let class = self.b.class_mut(id);
        class.bases = bases
            .iter()
            .filter(|b| matches!(b.kind, ArgKind::Positional | ArgKind::Spread))
            .map(|b| b.value)
            .collect();
        class.keywords = bases
            .iter()
            .filter_map(|b| match b.kind {
                ArgKind::Keyword(name) => Some((name, b.value)),
                _ => None,
            })
            .collect();
        class.decorators = decorators.into_iter().map(|(value, _)| value).collect();
        let value = class.value;

        let receiver = self.scopes.last().and_then(|s| s.receiver);
        let class = ClassScope { id, fields: Vec::new(), index: FxHashMap::default() };
        self.scopes.push(Scope { receiver, class: Some(class), ..Scope::default() });
        self.b.push_private();
        if let Some(body) = field(node, SYNTAX.field.body) {
            self.block(body);
        }
        let defined = self.b.pop_private();
        if let Some(Scope { class: Some(mut class), .. }) = self.scopes.pop() {
            for (name, value) in defined {
                if let Some(i) = class.index.get(&name) {
                    class.fields[*i].value = Some(value);
                }
            }
            self.b.class_mut(id).fields = class.fields;
        }
        self.note_field(name_node, None);
        self.define_name(name, value, span(name_node));
    }

    /// Remembers a name of a class body as a field; its value is known when the body ends. Elsewhere does nothing.
    pub fn note_field(&mut self, node: Node<'t>, annotation: Option<Annotation>) {
        if kind(node) != Kind::Identifier && kind(node) != Kind::DottedName {
            return;
        }
        let name = self.sym(node);
        let Some(class) = self.scopes.last_mut().and_then(|s| s.class.as_mut()) else { return };
        match class.index.get(&name) {
            Some(i) => {
                let field = &mut class.fields[*i];
                field.annotation = annotation.or(field.annotation.take());
            }
            None => {
                class.index.insert(name, class.fields.len());
                let span = (node.start_byte() as u32, node.end_byte() as u32);
                class.fields.push(Field { name, span, annotation, value: None });
            }
        }
    }
}
