//! Classes, enums and decorators.

use super::functions::{Body, Content, FieldValue, Frame};
use super::grammar::{Field, Kind};
use super::hoist::Hoisted;
use super::{Lowerer, at, short_at};
use crate::ir::{self, *};
use tree_sitter::Node;
use ustr::ustr;

impl<'t> Lowerer<'t> {
    /// A class declaration that was hoisted.
    pub(super) fn class_declaration(&mut self, node: Node<'t>) {
        if let Some(Hoisted::Class(id)) = self.take_hoisted(node) {
            self.declared_class(node, id);
        }
    }

    /// Lowers the content of a hoisted class or type.
    pub(super) fn declared_class(&mut self, node: Node<'t>, id: ClassId) {
        match self.kind(node) {
            Kind::Interface | Kind::TypeAlias => self.type_content(node, id),
            _ => self.class_content(node, id),
        }
    }

    pub(super) fn class_expression(&mut self, node: Node<'t>) -> ValueId {
        let name = self.field(node, Field::Name);
        let symbol = name.map_or_else(|| ustr(""), |n| self.symbol(n));
        let id = self.b.add_class(symbol, at(node), at(name.unwrap_or(node)));
        self.class_content(node, id);
        self.b.class_mut(id).value
    }

    /// `@name`, `@name(args)`: the value of its expression.
    pub(super) fn decorator(&mut self, node: Node<'t>) -> ValueId {
        match self.first_child(node) {
            Some(inner) => self.expression(inner),
            None => self.unknown(node),
        }
    }

    /// Lowers the initialisers of a class's fields in a function that has `this`.
    pub(super) fn field_initialisers(&mut self, class: Option<ClassId>, fields: Vec<FieldValue<'t>>) {
        let Some(class) = class else { return };
        for field in fields {
            let value = self.bound_value(field.value, field.key);
            let declared = &mut self.b.class_mut(class).fields[field.index];
            declared.value = Some(value);
            let name = declared.name;
            if let Some(this) = self.b.lookup(ustr("this"), at(field.value)) {
                self.b.store(this, Key::Field(name), value, at(field.value));
            }
        }
    }

    /// An enum is an object of its members.
    pub(super) fn enum_declaration(&mut self, node: Node<'t>) {
        let (Some(name), Some(body)) = (self.field(node, Field::Name), self.field(node, Field::Body)) else {
            self.any_children(node);
            return;
        };
        let mut items: Vec<(Key, ValueId)> = Vec::new();
        let mut next = Some(0);
        for member in self.children(body) {
            let (key_node, value_node) = match self.kind(member) {
                Kind::EnumAssignment => (self.field(member, Field::Name), self.field(member, Field::Value)),
                _ => (Some(member), None),
            };
            let Some(key_node) = key_node else { continue };
            let key = self.property_key(key_node);
            let value = match value_node {
                Some(value) => self.expression(value),
                None => match next {
                    Some(i) => self.b.add(Op::Const(Const::Int(i)), at(member)),
                    None => self.unknown(member),
                },
            };
            next = match self.known(value) {
                Some(Const::Int(i)) => i.checked_add(1),
                _ => None,
            };
            items.push((key, value));
        }
        let value = self.b.add(Op::Alloc { kind: AllocKind::Object, items: items.into() }, at(node));
        self.b.declare(self.symbol(name), value, at(name));
    }

    fn class_content(&mut self, node: Node<'t>, id: ClassId) {
        if !self.b.enter(node.start_byte()) {
            return;
        }
        let children = self.children(node);
        for child in &children {
            match self.kind(*child) {
                Kind::Decorator => {
                    let decorator = self.decorator(*child);
                    self.b.class_mut(id).decorators.push(decorator);
                }
                Kind::ClassHeritage => self.heritage(*child, id),
                _ => {}
            }
        }
        if let Some(body) = self.field(node, Field::Body) {
            self.class_body(body, id);
        }
        self.b.leave();
    }

    fn heritage(&mut self, node: Node<'t>, id: ClassId) {
        for clause in self.children(node) {
            for base in self.children(clause) {
                match (self.kind(clause), self.kind(base)) {
                    (_, Kind::TypeArguments) => {
                        // `extends Base<User>`: what it is made of is no base.
                    }
                    (Kind::Extends, _) => {
                        let value = self.expression(base);
                        self.b.class_mut(id).bases.push(value);
                    }
                    _ => {
                        let value = self.type_value(base);
                        self.b.class_mut(id).bases.extend(value);
                    }
                }
            }
        }
    }

    fn class_body(&mut self, body: Node<'t>, id: ClassId) {
        let mut decorators = Vec::new();
        let mut fields = Vec::new();
        for member in self.children(body) {
            match self.kind(member) {
                Kind::Decorator => decorators.push(self.decorator(member)),
                Kind::Method => self.class_method(member, id, std::mem::take(&mut decorators)),
                Kind::PublicField => {
                    decorators.clear();
                    self.class_field(member, id, &mut fields);
                }
                Kind::StaticBlock => self.static_block(member, id),
                Kind::MethodSignature | Kind::AbstractMethod => decorators.clear(),
                Kind::Other => {
                    // Index signatures, and what a syntax error left.
                    if member.is_error() {
                        self.any_children(member);
                    }
                }
                _ => {
                    self.any(member);
                }
            }
        }
        if let Some(first) = fields.first() {
            let start = first.value.start_byte() as u32;
            let function = self.b.add_function(ustr("<fields>"), short_at(body), (start, start), Some(id));
            self.body_later(Body {
                id: function,
                content: Content::Fields(fields),
                frame: Self::method_frame(Some(id)),
                own_name: None,
            });
        }
    }

    fn class_method(&mut self, node: Node<'t>, class: ClassId, decorators: Vec<ValueId>) {
        if let Some(name) = self.field(node, Field::Name)
            && self.kind(name) == Kind::ComputedName
        {
            self.property_key(name);
        }
        let Some(id) = self.method(node, Some(class)) else { return };
        let function = self.b.function_mut(id);
        function.decorators = decorators;
        let name = function.name;
        self.b.class_mut(class).methods.push((name, id));
        self.body_later(Body {
            id,
            content: Content::Function(node),
            frame: Self::method_frame(Some(class)),
            own_name: None,
        });
    }

    fn class_field(&mut self, node: Node<'t>, class: ClassId, later: &mut Vec<FieldValue<'t>>) {
        for child in self.children(node) {
            if self.kind(child) == Kind::Decorator {
                self.decorator(child);
            }
        }
        let Some(name_node) = self.field(node, Field::Name) else { return };
        let name = match self.property_key(name_node) {
            Key::Field(name) => name,
            _ => self.property_name(name_node),
        };
        let annotation = self.field(node, Field::Type).map(|t| self.annotation(t));
        let index = self.b.class_mut(class).fields.len();
        let field = ir::Field { name, span: short_at(name_node), annotation, value: None };
        self.b.class_mut(class).fields.push(field);
        let Some(value) = self.field(node, Field::Value) else { return };
        if self.has_token(node, "static") {
            let frame = std::mem::take(&mut self.frame);
            let value = self.bound_value(value, name_node);
            self.frame = frame;
            let class = self.b.class_mut(class);
            class.fields[index].value = Some(value);
            class.stores.push((name, value));
        } else {
            later.push(FieldValue { index, key: name_node, value });
        }
    }

    /// `static { … }` runs once, when the class is made; its `this` is the class.
    fn static_block(&mut self, node: Node<'t>, class: ClassId) {
        let Some(body) = self.field(node, Field::Body) else { return };
        let start = node.start_byte() as u32;
        let id = self.b.add_function(ustr("<static>"), short_at(node), (start, start), Some(class));
        self.b.function_mut(id).is_classmethod = true;
        self.body_later(Body {
            id,
            content: Content::Block(body),
            frame: Frame { class: Some(class), this: true, borrowed: false },
            own_name: None,
        });
    }
}
