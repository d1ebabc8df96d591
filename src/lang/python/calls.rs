//! Calls, and the few builtins that are syntax in disguise (`getattr`, `super`, `import_module`).

use super::Lowerer;
use super::syntax::{Kind, SYNTAX, field, kind, span};
use crate::ir::*;
use tree_sitter::Node;

impl<'t> Lowerer<'t> {
    /// Lowers a call of a value.
    pub fn call(&mut self, node: Node<'t>, callee: ValueId) -> ValueId {
        let args = match field(node, SYNTAX.field.arguments) {
            Some(list) if kind(list) == Kind::ArgumentList => self.arguments(list),
            Some(generator) => {
                vec![Arg { kind: ArgKind::Positional, value: self.expr(generator) }]
            }
            None => Vec::new(),
        };
        if let Some(value) = self.builtin(callee, &args, node) {
            return value;
        }
        let call = self.b.add(Op::Call { callee, args: args.into() }, span(node));
        self.b.after_call(call, span(node));
        call
    }

    /// Lowers the arguments of a call or a class header, in order.
    pub fn arguments(&mut self, list: Node<'t>) -> Vec<Arg> {
        let mut args = Vec::new();
        for child in self.children(list) {
            let (kind, value) = match kind(child) {
                Kind::KeywordArgument => {
                    let name = field(child, SYNTAX.field.name).map(|n| self.sym(n)).unwrap_or_default();
                    match field(child, SYNTAX.field.value) {
                        Some(value) => (ArgKind::Keyword(name), self.expr(value)),
                        None => (ArgKind::Keyword(name), self.unknown(child)),
                    }
                }
                Kind::DictionarySplat => (ArgKind::SpreadKeywords, self.splatted(child)),
                _ if self.is_spread(child) => (ArgKind::Spread, self.expr(child)),
                _ => (ArgKind::Positional, self.expr(child)),
            };
            args.push(Arg { kind, value });
        }
        args
    }

    /// Whether an element or argument is spread. The grammar reads `*f()` as a call of `*f`, so what counts is how the
    /// source starts; the star itself is lowered as what it spreads.
    pub fn is_spread(&self, node: Node<'t>) -> bool {
        self.source(node).starts_with('*')
    }

    /// The expression behind `*` or `**`.
    pub fn splatted(&mut self, node: Node<'t>) -> ValueId {
        match self.children(node).as_slice() {
            [only] => self.expr(*only),
            _ => self.effects(node),
        }
    }

    fn builtin(&mut self, callee: ValueId, args: &[Arg], node: Node<'t>) -> Option<ValueId> {
        let positional: Vec<ValueId> =
            args.iter().filter(|a| a.kind == ArgKind::Positional).map(|a| a.value).collect();
        match self.b.module.inst(callee).op {
            Op::Load { base, key: Key::Field(name) } => match name.as_str() {
                "format" => self.format_call(base, args, span(node)),
                "import_module" => {
                    let Op::Import(id) = self.b.module.inst(base).op else { return None };
                    let import = &self.b.module.imports[id.0 as usize];
                    let is_importlib = import.spec == "importlib" && import.name == ImportName::Module;
                    is_importlib.then(|| self.imported(&positional, node)).flatten()
                }
                _ => None,
            },
            Op::Import(id) => {
                let import = &self.b.module.imports[id.0 as usize];
                let is_it = import.spec == "importlib"
                    && matches!(import.name, ImportName::Named(name) if name == "import_module");
                is_it.then(|| self.imported(&positional, node)).flatten()
            }
            Op::Global(name) if positional.len() == args.len() => match (name.as_str(), &positional[..]) {
                ("getattr", [object, name, default @ ..]) => {
                    let Key::Field(name) = self.key(*name) else { return None };
                    let loaded = self.load(*object, Key::Field(name), span(node));
                    let mut any = vec![loaded];
                    any.extend(default);
                    Some(self.b.phi(any, span(node)))
                }
                ("setattr", [object, name, value]) => {
                    let key = self.key(*name);
                    self.b.store(*object, key, *value, span(node));
                    Some(self.constant(Const::Null, node))
                }
                ("delattr", [object, name]) => {
                    let key = self.key(*name);
                    if key != Key::Any {
                        self.b.delete(*object, key, span(node));
                    }
                    Some(self.constant(Const::Null, node))
                }
                ("super", _) => {
                    let (class, receiver) = self.scopes.last()?.receiver?;
                    Some(self.b.add(Op::Super(class, receiver), span(node)))
                }
                ("__import__", _) => self.imported(&positional, node),
                _ => None,
            },
            _ => None,
        }
    }

    /// `import_module("x")`.
    fn imported(&mut self, args: &[ValueId], node: Node<'t>) -> Option<ValueId> {
        let Some(Const::Str(spec)) = self.b.constant(*args.first()?) else { return None };
        let spec = *spec;
        Some(self.b.add_import(spec, ImportName::Module, span(node)).1)
    }
}
