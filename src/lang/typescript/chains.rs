//! Member access, calls and `new`: chains are walked in a loop, since a fluent chain has no natural limit.

use super::grammar::{Field, Kind};
use super::{Lowerer, at};
use crate::ir::*;
use tree_sitter::Node;
use ustr::ustr;

impl<'t> Lowerer<'t> {
    /// Lowers `a.b(c)[d]!.e(f) as G …`.
    pub(super) fn chain(&mut self, node: Node<'t>) -> ValueId {
        let mut links = Vec::new();
        let mut at_node = node;
        let mut value = loop {
            let inner = match self.kind(at_node) {
                Kind::Call => {
                    if let Some(module) = self.module_call(at_node) {
                        break module;
                    }
                    links.push(at_node);
                    self.field(at_node, Field::Function)
                }
                Kind::Member | Kind::Subscript => {
                    if let Some(value) = self.own_export(at_node) {
                        break value;
                    }
                    links.push(at_node);
                    self.field(at_node, Field::Object)
                }
                Kind::NonNull
                | Kind::As
                | Kind::Satisfies
                | Kind::Instantiation
                | Kind::Await
                | Kind::Paren => self.first_child(at_node),
                _ => break self.expression(at_node),
            };
            match inner {
                Some(inner) => at_node = inner,
                None => break self.any_children(at_node),
            }
        };
        while let Some(link) = links.pop() {
            value = match self.kind(link) {
                Kind::Call => self.call(link, value),
                _ => {
                    let key = self.member_key(link);
                    self.b.add(Op::Load { base: value, key }, at(link))
                }
            };
        }
        value
    }

    /// `new C(args)`.
    pub(super) fn new_expression(&mut self, node: Node<'t>) -> ValueId {
        let callee = match self.field(node, Field::Constructor) {
            Some(constructor) => self.expression(constructor),
            None => self.unknown(node),
        };
        let args = match self.field(node, Field::Arguments) {
            Some(arguments) => self.arguments(arguments),
            None => Vec::new(),
        };
        self.finish_call(node, callee, args)
    }

    /// The object and key of a member expression that is written to.
    pub(super) fn place(&mut self, node: Node<'t>) -> (ValueId, Key) {
        let base = match self.field(node, Field::Object) {
            Some(object) => self.expression(object),
            None => self.unknown(node),
        };
        (base, self.member_key(node))
    }

    /// The key a constant stands for.
    pub(super) fn key_of(&self, value: ValueId) -> Key {
        match self.known(value) {
            Some(Const::Str(name)) => Key::Field(name),
            Some(Const::Int(index)) => i32::try_from(index).map_or(Key::Value(value), Key::Index),
            _ => Key::Value(value),
        }
    }

    pub(super) fn finish_call(&mut self, node: Node<'t>, callee: ValueId, args: Vec<Arg>) -> ValueId {
        let call = self.b.add(Op::Call { callee, args: args.into() }, at(node));
        self.b.after_call(call, at(node));
        call
    }

    fn member_key(&mut self, node: Node<'t>) -> Key {
        if let Some(property) = self.field(node, Field::Property) {
            return Key::Field(self.property_name(property));
        }
        let Some(index) = self.field(node, Field::Index) else { return Key::Any };
        let value = self.expression(index);
        self.key_of(value)
    }

    fn call(&mut self, node: Node<'t>, callee: ValueId) -> ValueId {
        if let Some(template) = self.field(node, Field::Arguments)
            && self.kind(template) == Kind::TemplateString
            && self.is_raw(callee)
        {
            return self.template(template);
        }
        let callee = match &self.b.module.inst(callee).op {
            // `super(…)` calls the constructor of the base class.
            Op::Super(..) => {
                let key = Key::Field(ustr("constructor"));
                self.b.add(Op::Load { base: callee, key }, at(node))
            }
            _ => callee,
        };
        let args = match self.field(node, Field::Arguments) {
            Some(arguments) if self.kind(arguments) == Kind::TemplateString => self.tag_arguments(arguments),
            Some(arguments) => self.arguments(arguments),
            None => Vec::new(),
        };
        self.finish_call(node, callee, args)
    }

    /// Whether a tag is `String.raw`, which leaves the template as it is but for escapes.
    fn is_raw(&self, callee: ValueId) -> bool {
        let Op::Load { base, key: Key::Field(name) } = self.b.module.inst(callee).op else { return false };
        name.as_str() == "raw"
            && matches!(self.b.module.inst(base).op, Op::Global(space) if space.as_str() == "String")
    }

    fn arguments(&mut self, node: Node<'t>) -> Vec<Arg> {
        let mut args = Vec::new();
        // A call takes several stack frames, so it counts as two levels.
        if !self.b.enter(node.start_byte()) {
            return args;
        }
        for child in self.children(node) {
            let kind = match self.kind(child) {
                Kind::Spread => ArgKind::Spread,
                _ => ArgKind::Positional,
            };
            args.push(Arg { kind, value: self.expression(child) });
        }
        self.b.leave();
        args
    }

    /// `require("x")`, `import("x")`: the module itself.
    fn module_call(&mut self, node: Node<'t>) -> Option<ValueId> {
        let function = self.field(node, Field::Function)?;
        match self.kind(function) {
            Kind::ImportToken => {}
            Kind::Identifier if self.source(function) == "require" => {}
            _ => return None,
        }
        let arguments = self.field(node, Field::Arguments)?;
        let argument = self.first_child(arguments)?;
        let spec = self.literal_text(argument)?;
        if self.kind(function) == Kind::Identifier && self.b.lookup(ustr("require"), at(function)).is_some() {
            return None;
        }
        Some(self.import(&spec, ImportName::Module, node).1)
    }

    /// The arguments a tag gets: the literal pieces as a list, then the values.
    fn tag_arguments(&mut self, node: Node<'t>) -> Vec<Arg> {
        let mut literals: Vec<(Key, ValueId)> = Vec::new();
        let mut args = Vec::new();
        for part in self.template_parts(node) {
            match part {
                Part::Literal(text) => {
                    let value = self.b.add(Op::Const(Const::Str(text)), at(node));
                    literals.push((Key::Index(literals.len() as i32), value));
                }
                Part::Value(value) => args.push(Arg { kind: ArgKind::Positional, value }),
            }
        }
        let list = self.b.add(Op::Alloc { kind: AllocKind::List, items: literals.into() }, at(node));
        args.insert(0, Arg { kind: ArgKind::Positional, value: list });
        args
    }
}
