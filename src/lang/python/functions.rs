//! Functions, methods and lambdas.

use super::syntax::{Kind, SYNTAX, field, kind, span};
use super::{Lowerer, Scope};
use crate::ir::*;
use tree_sitter::Node;
use ustr::ustr;

/// A body that runs after the module body.
pub struct Deferred<'t> {
    function: FunctionId,
    node: Node<'t>,
    receiver: Option<(ClassId, ValueId)>,
}

impl<'t> Lowerer<'t> {
    /// Lowers a function and binds its name. `whole` includes the decorators.
    pub fn function_definition(
        &mut self,
        node: Node<'t>,
        whole: Node<'t>,
        decorators: Vec<(ValueId, &'t str)>,
    ) {
        let Some(name_node) = field(node, SYNTAX.field.name) else {
            self.effects(node);
            return;
        };
        let name = self.sym(name_node);
        let class = self.scopes.last().and_then(|s| s.class.as_ref()).map(|c| c.id);
        let id = self.b.add_function(name, bytes(whole), bytes(name_node), class);
        if let Some(parameters) = field(node, SYNTAX.field.parameters) {
            self.parameters(id, parameters);
        }
        let returns = field(node, SYNTAX.field.return_type).map(|t| self.annotation(t));
        let is_static = decorators.iter().any(|(_, d)| decorator_name(d) == "staticmethod");
        let function = self.b.function_mut(id);
        function.returns_annotation = returns;
        function.is_classmethod = decorators.iter().any(|(_, d)| decorator_name(d) == "classmethod");
        function.is_property = decorators.iter().any(|(_, d)| is_property(d));
        let changes = |source: &str| !is_property(source) && !KEEP.contains(&decorator_name(source));
        let replacing: Box<[ValueId]> =
            decorators.iter().filter(|(_, source)| changes(source)).map(|(value, _)| *value).collect();
        function.decorators = decorators.into_iter().map(|(value, _)| value).collect();
        let first = function.params.first().filter(|p| p.kind == ParamKind::Normal).map(|p| p.value);
        function.has_receiver = class.is_some() && !is_static && first.is_some();
        let mut receiver = self.scopes.last().and_then(|s| s.receiver);
        if let (Some(class), Some(first)) = (class, first) {
            receiver = Some((class, first));
        }

        let value = self.b.add(Op::Function(id), span(whole));
        if let Some(class) = class {
            self.b.class_mut(class).methods.push((name, id));
        }
        let value = match replacing.is_empty() {
            true => value,
            false => self.b.add(Op::Decorated { function: value, decorators: replacing }, span(whole)),
        };
        self.define_name(name, value, span(name_node));
        let body = Deferred { function: id, node, receiver };
        if class.is_some() || self.b.function == FunctionId(0) {
            self.queue.push_back(body);
        } else {
            self.function_body(body);
        }
    }

    /// Lowers the bodies that waited for the module body, and those they leave waiting in turn.
    pub fn deferred_bodies(&mut self) {
        while let Some(body) = self.queue.pop_front() {
            self.function_body(body);
        }
    }

    /// `lambda x: body`.
    pub fn lambda(&mut self, node: Node<'t>) -> ValueId {
        let keyword = (node.start_byte() as u32, node.start_byte() as u32 + "lambda".len() as u32);
        let id = self.b.add_function(ustr(""), bytes(node), keyword, None);
        if let Some(parameters) = field(node, SYNTAX.field.parameters) {
            self.parameters(id, parameters);
        }
        let value = self.b.add(Op::Function(id), span(node));
        let receiver = self.scopes.last().and_then(|s| s.receiver);
        self.function_body(Deferred { function: id, node, receiver });
        value
    }

    fn function_body(&mut self, body: Deferred<'t>) {
        let Deferred { function, node, receiver } = body;
        let breaks = std::mem::take(&mut self.breaks);
        let caught = std::mem::take(&mut self.caught);
        self.scopes.push(Scope { receiver, ..Scope::default() });
        self.b.begin_function(function);
        if let Some(parameters) = field(node, SYNTAX.field.parameters) {
            self.unpack_parameters(function, parameters);
        }
        if let Some(body) = field(node, SYNTAX.field.body) {
            if kind(node) == Kind::Lambda {
                let value = self.expr(body);
                self.b.ret(value);
            } else {
                self.block(body);
            }
        }
        self.b.end_function();
        self.scopes.pop();
        self.breaks = breaks;
        self.caught = caught;
    }

    /// Adds the parameters of a function; defaults and annotations belong to the scope around it.
    fn parameters(&mut self, function: FunctionId, list: Node<'t>) {
        let mut rest_seen = false;
        for node in self.children(list) {
            let (target, annotation, default) = match kind(node) {
                Kind::KeywordSeparator => {
                    rest_seen = true;
                    continue;
                }
                Kind::TypedParameter => {
                    (self.children(node).first().copied(), field(node, SYNTAX.field.type_), None)
                }
                Kind::DefaultParameter | Kind::TypedDefaultParameter => (
                    field(node, SYNTAX.field.name),
                    field(node, SYNTAX.field.type_),
                    field(node, SYNTAX.field.value),
                ),
                Kind::Identifier
                | Kind::ListSplatPattern
                | Kind::DictionarySplatPattern
                | Kind::TuplePattern => (Some(node), None, None),
                _ => continue,
            };
            let Some(target) = target else { continue };
            let param_kind = match kind(target) {
                Kind::ListSplatPattern => ParamKind::Rest,
                Kind::DictionarySplatPattern => ParamKind::RestKeywords,
                _ if rest_seen => ParamKind::KeywordOnly,
                _ => ParamKind::Normal,
            };
            rest_seen |= param_kind == ParamKind::Rest;
            let target = match param_kind {
                ParamKind::Rest | ParamKind::RestKeywords => target.named_child(0).unwrap_or(target),
                _ => target,
            };
            let default = default.map(|d| self.expr(d));
            let annotation = annotation.map(|a| self.annotation(a));
            let name = if kind(target) == Kind::Identifier { self.sym(target) } else { ustr("") };
            self.b.add_param(function, name, param_kind, span(target));
            if let Some(param) = self.b.function_mut(function).params.last_mut() {
                param.default = default;
                param.annotation = annotation;
            }
        }
    }

    /// Python 2: `def f((a, b)):`.
    fn unpack_parameters(&mut self, function: FunctionId, list: Node<'t>) {
        for node in self.children(list) {
            let target = match kind(node) {
                Kind::DefaultParameter => field(node, SYNTAX.field.name),
                _ => Some(node),
            };
            let Some(target) = target.filter(|t| kind(*t) == Kind::TuplePattern) else { continue };
            // Parameters are found by where they stand: those without a name have nothing else.
            let params = &self.b.module.functions[function.0 as usize].params;
            let stands_here = |v: &ValueId| self.b.module.inst(*v).start as usize == target.start_byte();
            let value = params.iter().map(|p| p.value).find(stands_here);
            if let Some(value) = value {
                self.assign_target(target, value);
            }
        }
    }
}

/// Decorators that leave the function what it is.
const KEEP: [&str; 5] = ["staticmethod", "classmethod", "overload", "abstractmethod", "wraps"];

/// The last name of a decorator, without its arguments.
fn decorator_name(source: &str) -> &str {
    let path = source.split('(').next().unwrap_or("");
    path.rsplit('.').next().unwrap_or("").trim()
}

fn is_property(source: &str) -> bool {
    let name = decorator_name(source);
    name.ends_with("property") || (source.contains('.') && matches!(name, "setter" | "getter" | "deleter"))
}

fn bytes(node: Node<'_>) -> (u32, u32) {
    (node.start_byte() as u32, node.end_byte() as u32)
}
