//! Functions: declarations, closures, parameters and bodies.

use super::grammar::{Field, Kind};
use super::hoist::Hoisted;
use super::patterns::Target;
use super::{Lowerer, at, short_at};
use crate::ir::{self, *};
use tree_sitter::Node;
use ustr::ustr;

/// What `this` and `super` mean in a function.
#[derive(Clone, Copy, Default)]
pub(super) struct Frame {
    /// The class whose method it is or, in an arrow function, that of the method around it.
    pub(super) class: Option<ClassId>,
    /// Whether `this` is known here.
    pub(super) this: bool,
    /// Whether `this` belongs to a function further out.
    pub(super) borrowed: bool,
}

/// A function whose body is still to be lowered.
pub(super) struct Body<'t> {
    pub(super) id: FunctionId,
    pub(super) content: Content<'t>,
    pub(super) frame: Frame,
    /// The name by which a function expression knows itself.
    pub(super) own_name: Option<(Sym, ValueId)>,
}

/// A field of a class and its initialiser.
pub(super) struct FieldValue<'t> {
    /// Index among the fields of the class.
    pub(super) index: usize,
    pub(super) key: Node<'t>,
    pub(super) value: Node<'t>,
}

/// What a body consists of.
pub(super) enum Content<'t> {
    /// A function node.
    Function(Node<'t>),
    /// Initialisers of the fields of a class, which run with `this`.
    Fields(Vec<FieldValue<'t>>),
    /// A `static` block.
    Block(Node<'t>),
}

/// Arguments beyond the parameters that `arguments` has a place of its own for.
const MAX_FURTHER: i32 = 4;

impl<'t> Lowerer<'t> {
    /// Lowers a body now.
    pub(super) fn body(&mut self, body: Body<'t>) {
        let function = self.b.function_mut(body.id);
        let start = function.start as usize;
        if !self.b.enter(start) {
            return;
        }
        if body.frame.this && !body.frame.borrowed {
            let span = self.b.function_mut(body.id).name_span;
            self.b.function_mut(body.id).has_receiver = true;
            self.b.add_param(body.id, ustr("this"), ParamKind::Normal, (span.0 as usize, span.1 as usize));
        }
        self.b.begin_function(body.id);
        let frame = std::mem::replace(&mut self.frame, body.frame);
        let blocks = std::mem::take(&mut self.blocks);
        let namespaces = std::mem::take(&mut self.namespaces);
        if let Some((name, value)) = body.own_name {
            self.b.define(name, value);
        }
        match body.content {
            Content::Function(node) => self.function_content(body.id, node),
            Content::Fields(fields) => self.field_initialisers(body.frame.class, fields),
            Content::Block(node) => self.block_in_place(node),
        }
        self.namespaces = namespaces;
        self.blocks = blocks;
        self.frame = frame;
        self.b.end_function();
        self.b.leave();
    }

    /// Lowers a body now, or once the module body is complete when it stands at the top of the module.
    pub(super) fn body_later(&mut self, body: Body<'t>) {
        if self.at_top() {
            self.queue.push_back(body);
        } else {
            self.body(body);
        }
    }

    /// A function declaration that was hoisted.
    pub(super) fn function_declaration(&mut self, node: Node<'t>) {
        if let Some(Hoisted::Function(id)) = self.take_hoisted(node) {
            self.declared_function(node, id);
        }
    }

    /// Lowers the body of a hoisted function.
    pub(super) fn declared_function(&mut self, node: Node<'t>, id: FunctionId) {
        self.body_later(Body {
            id,
            content: Content::Function(node),
            frame: Frame::default(),
            own_name: None,
        });
    }

    /// An arrow function or function expression. With a name, that of the variable or property that gets it.
    pub(super) fn closure(&mut self, node: Node<'t>, bound: Option<Node<'t>>) -> ValueId {
        let arrow = self.kind(node) == Kind::Arrow;
        let own = self.field(node, Field::Name);
        let name_node = bound.or(own);
        let name = name_node.map_or_else(|| ustr(""), |n| self.property_name(n));
        let span = name_node.map_or_else(|| (node.start_byte() as u32, node.start_byte() as u32), short_at);
        let id = self.b.add_function(name, short_at(node), span, None);
        let value = self.b.add(Op::Function(id), at(node));
        let frame = match arrow {
            true => Frame { borrowed: true, ..self.frame },
            false => Frame::default(),
        };
        let own_name = own.map(|n| (self.symbol(n), value));
        let body = Body { id, content: Content::Function(node), frame, own_name };
        match bound {
            Some(_) => self.body_later(body),
            None => self.body(body),
        }
        value
    }

    /// The value a variable, property or export gets: a function takes its name.
    pub(super) fn bound_value(&mut self, value: Node<'t>, name: Node<'t>) -> ValueId {
        let inner = self.peel(value);
        match self.kind(inner) {
            Kind::Arrow | Kind::FunctionExpression | Kind::GeneratorExpression => {
                let named = matches!(
                    self.kind(name),
                    Kind::Identifier
                        | Kind::PropertyName
                        | Kind::PrivateName
                        | Kind::StringLiteral
                        | Kind::ShorthandPattern
                );
                self.closure(inner, named.then_some(name))
            }
            _ => self.expression(value),
        }
    }

    /// Adds a method: its body waits or is lowered at once, like that of any function.
    pub(super) fn method(&mut self, node: Node<'t>, class: Option<ClassId>) -> Option<FunctionId> {
        let name_node = self.field(node, Field::Name)?;
        let name = self.property_name(name_node);
        let id = self.b.add_function(name, short_at(node), short_at(name_node), class);
        let getter = self.has_token(node, "get");
        let fixed = self.has_token(node, "static");
        let function = self.b.function_mut(id);
        function.is_property = getter;
        function.is_classmethod = fixed;
        Some(id)
    }

    /// The frame of a method.
    pub(super) fn method_frame(class: Option<ClassId>) -> Frame {
        Frame { class, this: true, borrowed: false }
    }

    fn function_content(&mut self, id: FunctionId, node: Node<'t>) {
        if let Some(parameter) = self.field(node, Field::Parameter) {
            let name = self.symbol(parameter);
            let value = self.b.add_param(id, name, ParamKind::Normal, at(parameter));
            self.b.define(name, value);
        } else if let Some(parameters) = self.field(node, Field::Parameters) {
            for parameter in self.children(parameters) {
                self.parameter(id, parameter);
            }
            if self.kind(node) != Kind::Arrow && names_arguments(self.source(node)) {
                self.arguments_object(id, parameters);
            }
        }
        if let Some(result) = self.field(node, Field::ReturnType) {
            let annotation = self.annotation(result);
            self.b.function_mut(id).returns_annotation = Some(annotation);
        }
        match self.field(node, Field::Body) {
            Some(body) if self.kind(body) == Kind::Block => self.block_in_place(body),
            Some(body) => {
                let value = self.expression(body);
                self.b.ret(value);
            }
            None => {}
        }
    }

    /// `arguments`: an object with the parameters at their places, and whatever else is passed.
    fn arguments_object(&mut self, id: FunctionId, parameters: Node<'t>) {
        let name = ustr("arguments");
        let function = self.b.function_mut(id);
        let mut own: Vec<ValueId> = Vec::new();
        let mut rest = None;
        for parameter in function.params.iter().skip(usize::from(function.has_receiver)) {
            match parameter.kind {
                ParamKind::Rest => rest = Some(parameter.value),
                _ => own.push(parameter.value),
            }
        }
        if function.params.iter().any(|p| p.name == name) {
            return;
        }
        let rest = rest.unwrap_or_else(|| self.b.add_param(id, ustr(""), ParamKind::Rest, at(parameters)));
        // What has a place of its own comes after the rest, and so hides it there.
        let mut items = vec![(Key::Spread, rest)];
        for further in 0..MAX_FURTHER {
            let key = Key::Index(further);
            let value = self.b.add(Op::Load { base: rest, key }, at(parameters));
            items.push((Key::Index(own.len() as i32 + further), value));
        }
        items.extend(own.iter().enumerate().map(|(i, value)| (Key::Index(i as i32), *value)));
        let list = self.b.add(Op::Alloc { kind: AllocKind::Object, items: items.into() }, at(parameters));
        self.b.define(name, list);
    }

    fn parameter(&mut self, id: FunctionId, node: Node<'t>) {
        if !matches!(self.kind(node), Kind::RequiredParameter | Kind::OptionalParameter) {
            self.any(node);
            return;
        }
        let Some(pattern) = self.field(node, Field::Pattern) else { return };
        // `this: Window` only tells the type checker something.
        if self.kind(pattern) == Kind::This {
            return;
        }
        let decorated = self.parameter_decorators(id, node);
        let (inner, kind) = match self.kind(pattern) {
            Kind::RestPattern => (self.first_child(pattern).unwrap_or(pattern), ParamKind::Rest),
            _ => (pattern, ParamKind::Normal),
        };
        let (inner, inner_default) = match self.kind(inner) {
            Kind::AssignmentPattern => {
                (self.field(inner, Field::Left).unwrap_or(inner), self.field(inner, Field::Right))
            }
            _ => (inner, None),
        };
        let simple = self.kind(inner) == Kind::Identifier;
        let name = if simple { self.symbol(inner) } else { ustr("") };
        // The decorator that makes a parameter a request body is found by its place.
        let span = if decorated { at(node) } else { at(inner) };
        let value = self.b.add_param(id, name, kind, span);
        let default = self.field(node, Field::Value).or(inner_default).map(|d| self.expression(d));
        let annotation = self.field(node, Field::Type).map(|t| self.annotation(t));
        let is_field = simple && self.is_parameter_property(node);
        if let Some(param) = self.b.function_mut(id).params.last_mut() {
            param.default = default;
            param.annotation = annotation.clone();
        }
        if simple {
            self.b.define(name, value);
        } else {
            self.bind(inner, value, Target::Let);
        }
        if is_field {
            self.parameter_property(name, inner, annotation, value);
        }
    }

    fn parameter_decorators(&mut self, id: FunctionId, node: Node<'t>) -> bool {
        let mut found = false;
        if self.first_child(node).is_some_and(|first| self.kind(first) == Kind::Decorator) {
            for child in self.children(node) {
                if self.kind(child) == Kind::Decorator {
                    let decorator = self.decorator(child);
                    self.b.function_mut(id).decorators.push(decorator);
                    found = true;
                }
            }
        }
        found
    }

    fn is_parameter_property(&mut self, node: Node<'t>) -> bool {
        node.child(0).is_some_and(|first| first.kind_id() != 0)
            && self.frame.class.is_some()
            && (self.has_token(node, "readonly") || self.has_modifier(node))
    }

    fn has_modifier(&mut self, node: Node<'t>) -> bool {
        self.children(node).iter().any(|c| matches!(c.kind(), "accessibility_modifier" | "override_modifier"))
    }

    /// `constructor(private llm: LLM)` declares a field and fills it.
    fn parameter_property(
        &mut self,
        name: Sym,
        node: Node<'t>,
        annotation: Option<Annotation>,
        value: ValueId,
    ) {
        let Some(class) = self.frame.class else { return };
        let field = ir::Field { name, span: short_at(node), annotation, value: None };
        self.b.class_mut(class).fields.push(field);
        if let Some(this) = self.b.lookup(ustr("this"), at(node)) {
            self.b.store(this, Key::Field(name), value, at(node));
        }
    }
}

/// Whether a function's text reads `arguments`, and not a property of that name.
fn names_arguments(text: &str) -> bool {
    text.match_indices("arguments").any(|(at, word)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        before.is_none_or(|c| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '$' | '"' | '\'' | '`')))
            && after.is_some_and(|c| c.is_whitespace() || matches!(c, '[' | '.' | ')' | ',' | ';' | '}'))
    })
}
