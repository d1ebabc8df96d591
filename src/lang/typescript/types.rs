//! Types: annotations, interfaces and object types. Only what they name and declare matters.

use super::grammar::{Field, Kind};
use super::hoist::Hoisted;
use super::{Lowerer, at, short_at};
use crate::ir::{self, *};
use tree_sitter::Node;
use ustr::ustr;

impl<'t> Lowerer<'t> {
    /// A declared type: its text, and the types it mentions.
    pub(super) fn annotation(&mut self, node: Node<'t>) -> Annotation {
        let inner = match self.kind(node) {
            Kind::TypeAnnotation => self.first_child(node).unwrap_or(node),
            _ => node,
        };
        let types = self.mentioned(inner, None);
        Annotation { text: self.symbol(inner), types: types.into() }
    }

    /// An interface or type alias that was hoisted.
    pub(super) fn type_declaration(&mut self, node: Node<'t>) {
        if let Some(Hoisted::Class(id)) = self.take_hoisted(node) {
            self.type_content(node, id);
        }
    }

    /// Fields and bases of an interface or type alias.
    pub(super) fn type_content(&mut self, node: Node<'t>, id: ClassId) {
        if self.kind(node) == Kind::TypeAlias {
            if let Some(value) = self.field(node, Field::Value) {
                let bases = self.mentioned(value, Some(id));
                self.b.class_mut(id).bases = bases;
            }
            return;
        }
        for child in self.children(node) {
            if self.kind(child) == Kind::ExtendsType {
                for base in self.children(child) {
                    let value = self.type_value(base);
                    self.b.class_mut(id).bases.extend(value);
                }
            }
        }
        if let Some(body) = self.field(node, Field::Body) {
            self.members(body, id);
        }
    }

    /// The value of a named type (`A`, `a.B`, `A<B>`).
    pub(super) fn type_value(&mut self, node: Node<'t>) -> Option<ValueId> {
        match self.kind(node) {
            Kind::TypeIdentifier => Some(self.type_name(node)),
            Kind::Identifier => Some(self.expression(node)),
            Kind::GenericType => {
                let name = self.field(node, Field::Name)?;
                self.type_value(name)
            }
            Kind::NestedType | Kind::NestedIdentifier => self.qualified(node),
            _ => None,
        }
    }

    /// A dotted name: `a.b.C`.
    pub(super) fn qualified(&mut self, node: Node<'t>) -> Option<ValueId> {
        let mut steps = Vec::new();
        let mut left = node;
        loop {
            let (base, name) = match self.kind(left) {
                Kind::NestedType => (self.field(left, Field::Module)?, self.field(left, Field::Name)?),
                Kind::NestedIdentifier | Kind::Member => {
                    (self.field(left, Field::Object)?, self.field(left, Field::Property)?)
                }
                _ => break,
            };
            steps.push((left, name));
            left = base;
        }
        let mut value = match self.kind(left) {
            Kind::Identifier => self.expression(left),
            _ => return None,
        };
        for (whole, name) in steps.into_iter().rev() {
            let key = Key::Field(self.symbol(name));
            value = self.b.add(Op::Load { base: value, key }, at(whole));
        }
        Some(value)
    }

    /// The types named anywhere in a type, in a loop over the tree. With a class, object types found on the way
    /// give it their fields.
    fn mentioned(&mut self, node: Node<'t>, class: Option<ClassId>) -> Vec<ValueId> {
        let mut found = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match self.kind(node) {
                Kind::TypeIdentifier | Kind::NestedType => found.extend(self.type_value(node)),
                // `typeof schema`: the value is the best description of the type there is.
                Kind::TypeQuery => {
                    if let Some(inner) = self.first_child(node) {
                        found.extend(match self.kind(inner) {
                            Kind::Identifier => Some(self.expression(inner)),
                            _ => self.qualified(inner),
                        });
                    }
                }
                Kind::ObjectType => match class {
                    Some(class) => self.members(node, class),
                    None => {
                        let class = self.b.add_class(ustr(""), at(node), at(node));
                        found.push(self.b.class_mut(class).value);
                        self.members(node, class);
                    }
                },
                Kind::FormalParameters | Kind::TypeParameters => {}
                _ => open.extend(self.children(node).into_iter().rev()),
            }
        }
        found
    }

    /// The fields of an interface or object type.
    fn members(&mut self, body: Node<'t>, class: ClassId) {
        if !self.b.enter(body.start_byte()) {
            return;
        }
        for member in self.children(body) {
            if !matches!(self.kind(member), Kind::PropertySignature | Kind::MethodSignature) {
                continue;
            }
            let Some(name) = self.field(member, Field::Name) else { continue };
            // A method is known by what it returns.
            let declared = match self.kind(member) {
                Kind::PropertySignature => self.field(member, Field::Type),
                _ => self.field(member, Field::ReturnType),
            };
            if self.kind(member) == Kind::MethodSignature {
                continue;
            }
            let annotation = declared.map(|t| self.annotation(t));
            let field =
                ir::Field { name: self.property_name(name), span: short_at(name), annotation, value: None };
            self.b.class_mut(class).fields.push(field);
        }
        self.b.leave();
    }

    fn type_name(&mut self, node: Node<'t>) -> ValueId {
        let name = self.symbol(node);
        if let Some(value) = self.types.get(&name) {
            return *value;
        }
        match self.b.lookup(name, at(node)) {
            Some(value) => value,
            None => self.b.add(Op::Global(name), at(node)),
        }
    }
}
