//! Statements without branches.

use super::Lowerer;
use super::syntax::{Kind, SYNTAX, field, kind};
use crate::ir::*;
use tree_sitter::Node;

impl<'t> Lowerer<'t> {
    /// Lowers the statements of a block, up to where control leaves it.
    pub fn block(&mut self, node: Node<'t>) {
        for child in self.all_children(node) {
            self.statement(child);
        }
    }

    /// Lowers what stands in the middle of a statement and fits nowhere in the grammar. Blocks look after their own.
    fn leftovers(&mut self, node: Node<'t>) {
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            for child in self.all_children(node) {
                match kind(child) {
                    Kind::Block => {}
                    Kind::Error => self.statement(child),
                    _ if child.has_error() => open.push(child),
                    _ => {}
                }
            }
        }
    }

    /// Lowers a statement, or an expression where one stands in its place.
    pub fn statement(&mut self, node: Node<'t>) {
        if !self.b.enter(node.start_byte()) {
            return;
        }
        // What follows a `return` never runs, but what it defines may still be named elsewhere.
        let defines = matches!(
            kind(node),
            Kind::FunctionDefinition | Kind::ClassDefinition | Kind::DecoratedDefinition
        );
        if defines || !self.b.is_dead() {
            self.statement_here(node);
            if node.has_error() && kind(node) != Kind::Error && !self.b.is_dead() {
                self.leftovers(node);
            }
        }
        self.b.leave();
    }

    fn statement_here(&mut self, node: Node<'t>) {
        match kind(node) {
            Kind::ExpressionStatement => self.expression_statement(node),
            Kind::If => self.if_(node),
            Kind::For => self.for_(node),
            Kind::While => self.while_(node),
            Kind::Try => self.try_(node),
            Kind::With => self.with(node),
            Kind::Match => self.match_(node),
            Kind::FunctionDefinition => self.function_definition(node, node, Vec::new()),
            Kind::ClassDefinition => self.class_definition(node, node, Vec::new()),
            Kind::DecoratedDefinition => self.decorated(node),
            Kind::Return => self.return_(node),
            Kind::Raise => self.raise(node),
            Kind::Break => {
                if let Some(seen) = self.breaks.last_mut() {
                    *seen = true;
                }
                self.b.break_loop();
            }
            Kind::Continue => self.b.continue_loop(),
            Kind::Pass | Kind::FutureImport => {}
            Kind::Global | Kind::Nonlocal => self.scope_statement(node),
            Kind::Delete => {
                for target in self.children(node) {
                    self.delete(target);
                }
            }
            Kind::Import => self.import(node),
            Kind::ImportFrom => self.import_from(node),
            Kind::TypeAlias => self.type_alias(node),
            Kind::Error => {
                if self.errors.insert(node.id()) {
                    self.block(node);
                }
            }
            Kind::Block
            | Kind::Assert
            | Kind::Print
            | Kind::Exec
            | Kind::ElseClause
            | Kind::ElifClause
            | Kind::ExceptClause
            | Kind::FinallyClause
            | Kind::WithClause
            | Kind::WithItem
            | Kind::CaseClause
            | Kind::Decorator => self.block(node),
            _ => {
                self.expr(node);
            }
        }
    }

    fn expression_statement(&mut self, node: Node<'t>) {
        for child in self.children(node) {
            // A string that stands alone is a comment; one with holes may contain a call.
            if !self.is_plain_string(child) {
                self.expr(child);
            }
        }
    }

    fn is_plain_string(&mut self, node: Node<'t>) -> bool {
        if kind(node) != Kind::Str {
            return false;
        }
        let mut plain = true;
        self.each_child(node, |_, child| plain &= kind(child) != Kind::Interpolation);
        plain
    }

    fn return_(&mut self, node: Node<'t>) {
        let value = match self.children(node)[..] {
            [] => self.constant(Const::Null, node),
            [value] => self.expr(value),
            _ => self.effects(node),
        };
        self.b.ret(value);
    }

    fn raise(&mut self, node: Node<'t>) {
        let cause = field(node, SYNTAX.field.cause);
        let mut raised = None;
        for child in self.children(node) {
            let value = self.expr(child);
            if Some(child) != cause {
                raised.get_or_insert(value);
            }
        }
        let value = match raised.or(self.caught.last().copied()) {
            Some(value) => value,
            None => self.unknown(node),
        };
        self.b.throw(value);
    }

    fn scope_statement(&mut self, node: Node<'t>) {
        let names: Vec<Sym> = self.children(node).into_iter().map(|n| self.sym(n)).collect();
        // At module level the statement changes nothing.
        if self.scopes.len() < 2 {
            return;
        }
        if let Some(scope) = self.scopes.last_mut() {
            let set = match kind(node) {
                Kind::Global => &mut scope.globals,
                _ => &mut scope.nonlocals,
            };
            set.extend(names);
        }
    }

    fn type_alias(&mut self, node: Node<'t>) {
        let Some(right) = field(node, SYNTAX.field.right) else { return };
        let value = self.expr(right);
        if let Some(left) = field(node, SYNTAX.field.left) {
            let left = self.unwrapped(left);
            if kind(left) == Kind::Identifier {
                self.assign_name(left, value);
            }
        }
    }

    /// Lowers a decorated function or class.
    fn decorated(&mut self, node: Node<'t>) {
        let mut decorators = Vec::new();
        for child in self.children(node) {
            if kind(child) == Kind::Decorator {
                for expression in self.children(child) {
                    let value = self.expr(expression);
                    decorators.push((value, self.source(expression)));
                }
            }
        }
        match field(node, SYNTAX.field.definition) {
            Some(d) if kind(d) == Kind::FunctionDefinition => self.function_definition(d, node, decorators),
            Some(d) if kind(d) == Kind::ClassDefinition => self.class_definition(d, node, decorators),
            Some(other) => self.statement(other),
            None => {}
        }
    }

    /// `with a as x, b:`.
    fn with(&mut self, node: Node<'t>) {
        let body = field(node, SYNTAX.field.body);
        let mut suppresses = false;
        for clause in self.children(node) {
            if Some(clause) == body {
                continue;
            }
            // An `as` inside an item is an expression of its own, and binds there.
            for item in self.children(clause) {
                suppresses |= suppresses_errors(self.source(item));
                match field(item, SYNTAX.field.value) {
                    Some(value) if kind(item) == Kind::WithItem => self.with_value(value),
                    _ => {
                        self.expr(item);
                    }
                }
            }
        }
        match body {
            Some(body) if suppresses => self.suppressed(body),
            Some(body) => self.block(body),
            None => {}
        }
    }

    fn with_value(&mut self, value: Node<'t>) {
        let value = self.unwrapped(value);
        if kind(value) == Kind::Tuple {
            for item in self.children(value) {
                self.expr(item);
            }
        } else {
            self.expr(value);
        }
    }
}

/// Whether a context manager is named like one that swallows exceptions: what follows a `return` in its body is reached.
fn suppresses_errors(source: &str) -> bool {
    let name = source.split('(').next().and_then(|callee| callee.rsplit('.').next()).unwrap_or("");
    let name = name.trim().to_ascii_lowercase();
    ["suppress", "ignor", "raises", "move_on", "swallow", "warns"].iter().any(|word| name.contains(word))
}
