//! Statements, apart from loops and what stands at the top level of a module.

use super::grammar::{Field, Kind};
use super::hoist::Hoisted;
use super::patterns::Target;
use super::{Lowerer, at};
use crate::ir::*;
use crate::lang::builder::Delta;
use tree_sitter::Node;

impl<'t> Lowerer<'t> {
    /// Lowers the statements of one block: what hoists first, then in order. Functions stay known behind a `return`.
    pub(super) fn statements(&mut self, statements: &[Node<'t>]) {
        self.hoist(statements);
        for statement in statements {
            if !self.b.is_dead() {
                self.statement(*statement);
                continue;
            }
            if let Some(definition) = self.definition(*statement) {
                match self.take_hoisted(definition) {
                    Some(Hoisted::Function(id)) => self.declared_function(definition, id),
                    Some(Hoisted::Class(id)) => self.declared_class(definition, id),
                    None => {}
                }
            }
        }
    }

    /// Lowers a statement, or an expression that stands where a statement should.
    pub(super) fn statement(&mut self, node: Node<'t>) {
        if !self.b.enter(node.start_byte()) {
            return;
        }
        self.dispatch(node);
        self.b.leave();
    }

    /// Whether a node is lowered by [`Self::statement`]; anything else is an expression.
    pub(super) fn is_statement(&self, node: Node) -> bool {
        matches!(
            self.kind(node),
            Kind::AbstractClass
                | Kind::Ambient
                | Kind::Block
                | Kind::Break
                | Kind::ClassDeclaration
                | Kind::Continue
                | Kind::Do
                | Kind::Empty
                | Kind::Enum
                | Kind::Export
                | Kind::ExpressionStatement
                | Kind::For
                | Kind::ForIn
                | Kind::FunctionDeclaration
                | Kind::FunctionSignature
                | Kind::GeneratorDeclaration
                | Kind::If
                | Kind::Import
                | Kind::ImportAlias
                | Kind::Interface
                | Kind::Labeled
                | Kind::Lexical
                | Kind::Module
                | Kind::Namespace
                | Kind::Return
                | Kind::Switch
                | Kind::Throw
                | Kind::Try
                | Kind::TypeAlias
                | Kind::Variable
                | Kind::While
                | Kind::With
        )
    }

    /// A body that may be a single statement, as a block of its own.
    pub(super) fn branch(&mut self, body: Option<Node<'t>>) -> Delta {
        self.branch_if(body, &[])
    }

    /// The same, taken when each condition has that truth.
    pub(super) fn branch_if(&mut self, body: Option<Node<'t>>, conditions: &[Condition]) -> Delta {
        self.b.push_branch();
        for (condition, truth) in conditions {
            self.b.assume(*condition, *truth);
        }
        self.blocks += 1;
        if let Some(body) = body {
            self.block_in_place(body);
        }
        self.blocks -= 1;
        self.b.pop_branch()
    }

    /// The statements of a block, or one statement, in the scope that is open.
    pub(super) fn block_in_place(&mut self, node: Node<'t>) {
        match self.kind(node) {
            Kind::Block => {
                if self.b.enter(node.start_byte()) {
                    let statements = self.children(node);
                    self.statements(&statements);
                    self.b.leave();
                }
            }
            _ => self.statements(&[node]),
        }
    }

    fn dispatch(&mut self, node: Node<'t>) {
        // As for expressions: one call keeps the frame small.
        let lower: fn(&mut Self, Node<'t>) = match self.kind(node) {
            Kind::ExpressionStatement => Self::expression_statement,
            Kind::Lexical | Kind::Variable => Self::variables,
            Kind::Return => Self::return_statement,
            Kind::If => Self::if_statement,
            Kind::Block => Self::block,
            Kind::For => Self::for_statement,
            Kind::ForIn => Self::for_in,
            Kind::While => Self::while_statement,
            Kind::Do => Self::do_statement,
            Kind::Try => Self::try_statement,
            Kind::Throw => Self::throw_statement,
            Kind::Switch => Self::switch_statement,
            Kind::Break | Kind::Continue => Self::jump,
            Kind::Labeled => Self::labeled,
            Kind::FunctionDeclaration | Kind::GeneratorDeclaration => Self::function_declaration,
            Kind::ClassDeclaration | Kind::AbstractClass => Self::class_declaration,
            Kind::Interface | Kind::TypeAlias => Self::type_declaration,
            Kind::Enum => Self::enum_declaration,
            Kind::Namespace | Kind::Module => Self::namespace,
            Kind::Ambient => Self::ambient,
            Kind::Export => Self::export_statement,
            Kind::ImportAlias => Self::import_alias,
            Kind::With => Self::with_statement,
            // Imports were lowered when they were hoisted; signatures have no body.
            Kind::Import | Kind::FunctionSignature | Kind::Empty => return,
            _ => Self::expression_alone,
        };
        lower(self, node);
    }

    fn expression_alone(&mut self, node: Node<'t>) {
        self.expression(node);
    }

    fn block(&mut self, node: Node<'t>) {
        let block = self.branch(Some(node));
        self.b.apply(block);
    }

    fn jump(&mut self, node: Node<'t>) {
        let label = self.field(node, Field::Label).map(|l| self.symbol(l));
        match self.kind(node) {
            Kind::Continue => self.b.continue_to(label),
            _ => self.b.break_to(label),
        }
    }

    fn expression_statement(&mut self, node: Node<'t>) {
        for child in self.children(node) {
            match self.kind(child) {
                Kind::Namespace => self.namespace(child),
                _ => {
                    self.expression(child);
                }
            }
        }
    }

    fn variables(&mut self, node: Node<'t>) {
        let target = match self.kind(node) {
            Kind::Lexical => Target::Let,
            _ => Target::Var,
        };
        for declarator in self.children(node) {
            if self.kind(declarator) == Kind::Declarator {
                self.declarator(declarator, target);
            } else {
                self.any(declarator);
            }
        }
    }

    fn declarator(&mut self, node: Node<'t>, target: Target) {
        let Some(name) = self.field(node, Field::Name) else { return };
        let value = match self.field(node, Field::Value) {
            Some(value) => self.bound_value(value, name),
            // `var x;` leaves an earlier value alone.
            None if matches!(target, Target::Var) => return,
            None => self.null(node),
        };
        self.bind(name, value, target);
    }

    fn return_statement(&mut self, node: Node<'t>) {
        let value = match self.first_child(node) {
            Some(value) => self.expression(value),
            None => self.null(node),
        };
        self.b.ret(value);
    }

    fn throw_statement(&mut self, node: Node<'t>) {
        let value = match self.first_child(node) {
            Some(value) => self.expression(value),
            None => self.unknown(node),
        };
        self.b.throw(value);
    }

    /// `if … else if … else …` in one go, however long: later conditions count as evaluated in any case, which
    /// costs nothing unless they assign.
    fn if_statement(&mut self, node: Node<'t>) {
        let mut arms = Vec::new();
        let mut next = Some(node);
        let mut open = true;
        // What was false when the next condition is looked at.
        let mut refused: Vec<Condition> = Vec::new();
        while let Some(at_node) = next {
            if self.kind(at_node) != Kind::If {
                arms.push(self.branch_if(Some(at_node), last(&refused)));
                open = false;
                break;
            }
            let condition = self.field(at_node, Field::Condition).map(|c| self.expression(c));
            let truth = condition.and_then(|c| self.truth(c));
            if truth != Some(false) {
                let consequence = self.field(at_node, Field::Consequence);
                let mut conditions = last(&refused).to_vec();
                conditions.extend(condition.map(|c| (c, true)));
                arms.push(self.branch_if(consequence, &conditions));
            }
            if truth == Some(true) {
                open = false;
                break;
            }
            refused.extend(condition.map(|c| (c, false)));
            next = match self.field(at_node, Field::Alternative) {
                Some(alternative) => self.first_child(alternative),
                None => None,
            };
        }
        if open {
            arms.push(self.b.otherwise(last(&refused)));
        }
        self.b.merge(arms, false, at(node));
    }

    /// Lowers a condition of a loop, which holds in its body; whether it is known to hold.
    pub(super) fn condition(&mut self, node: Node<'t>) -> Option<bool> {
        let value = self.expression(node);
        self.b.assume(value, true);
        self.truth(value)
    }

    fn try_statement(&mut self, node: Node<'t>) {
        let handler = self.field(node, Field::Handler);
        let finalizer = self.field(node, Field::Finalizer).and_then(|f| self.field(f, Field::Body));
        self.b.push_try();
        self.blocks += 1;
        if let Some(body) = self.field(node, Field::Body) {
            self.block_in_place(body);
        }
        self.blocks -= 1;
        let (body, thrown) = self.b.pop_try(handler.is_some());
        let mut arms = vec![body];
        if let Some(handler) = handler {
            self.b.push_branch();
            self.blocks += 1;
            self.b.maybe(&arms[0], at(handler));
            if let Some(parameter) = self.field(handler, Field::Parameter) {
                let caught = self.b.add(Op::Caught(thrown.into()), at(parameter));
                self.bind(parameter, caught, Target::Let);
            }
            if let Some(block) = self.field(handler, Field::Body) {
                self.block_in_place(block);
            }
            self.blocks -= 1;
            arms.push(self.b.pop_branch());
        }
        let Some(finalizer) = finalizer else {
            self.b.merge(arms, false, at(node));
            return;
        };
        if arms.iter().all(|arm| arm.dead) {
            // It runs on the way out, and nothing after it does.
            self.b.push_branch();
            for arm in &arms {
                self.b.maybe(arm, at(node));
            }
            let last = self.branch(Some(finalizer));
            self.b.apply(last);
            self.b.pop_branch();
            self.b.merge(Vec::new(), false, at(node));
        } else {
            // It runs on the way out as well, whatever held there.
            let arms = arms.into_iter().map(Delta::unconditional).collect();
            self.b.merge(arms, false, at(node));
            let last = self.branch(Some(finalizer));
            self.b.apply(last);
        }
    }

    fn switch_statement(&mut self, node: Node<'t>) {
        let label = self.label.take();
        let subject = self.field(node, Field::Value).map(|v| self.expression(v));
        let cases = match self.field(node, Field::Body) {
            Some(body) => self.children(body),
            None => Vec::new(),
        };
        self.b.push_switch(label);
        self.blocks += 1;
        let Entered { entered, certain, values } = self.entered(subject, &cases);
        let none = self.no_case(subject, &values, node);
        let mut through: Option<Delta> = None;
        for (i, case) in cases.iter().enumerate() {
            let enter = &entered[i];
            if !*enter && through.is_none() {
                continue;
            }
            self.b.push_branch();
            // What falls through comes from another case.
            if through.is_none() {
                match (subject, values[i]) {
                    (Some(left), Some(right)) => {
                        let here = Op::Compare { op: CompareOp::Eq, left, right };
                        let here = self.b.add(here, at(*case));
                        self.b.assume(here, true);
                    }
                    _ => none.into_iter().for_each(|c| self.b.assume(c, false)),
                }
            }
            if let Some(before) = through.take() {
                match *enter {
                    true => self.b.maybe(&before, at(*case)),
                    false => self.b.apply(before),
                }
            }
            let statements = self.case_body(*case);
            self.statements(&statements);
            let end = self.b.pop_branch();
            through = (!end.dead).then_some(end);
        }
        self.blocks -= 1;
        let mut arms: Vec<Delta> = through.into_iter().collect();
        if !certain {
            arms.push(self.b.otherwise(&none.map(|c| (c, false)).into_iter().collect::<Vec<_>>()));
        }
        self.b.pop_switch(arms, false, at(node));
    }

    /// Whether any case applies: the condition that is false for `default`.
    fn no_case(
        &mut self,
        subject: Option<ValueId>,
        values: &[Option<ValueId>],
        node: Node<'t>,
    ) -> Option<ValueId> {
        let items = values.iter().flatten().zip(0..).map(|(value, i)| (Key::Index(i), *value)).collect();
        let right = self.b.add(Op::Alloc { kind: AllocKind::Tuple, items }, at(node));
        Some(self.b.add(Op::Compare { op: CompareOp::In, left: subject?, right }, at(node)))
    }

    /// Lowers what the cases are compared with.
    fn entered(&mut self, subject: Option<ValueId>, cases: &[Node<'t>]) -> Entered {
        let mut values = Vec::new();
        let subject = subject.and_then(|s| self.known(s));
        let mut matches: Vec<Option<bool>> = Vec::new();
        for case in cases {
            let test = match self.field(*case, Field::Value) {
                Some(value) => {
                    let value = self.expression(value);
                    values.push(Some(value));
                    match (&subject, self.known(value)) {
                        (Some(subject), Some(value)) => Some(*subject == value),
                        _ => None,
                    }
                }
                None => {
                    values.push(None);
                    Some(false)
                }
            };
            matches.push(test);
        }
        if let Some(only) = matches.iter().position(|m| *m == Some(true)) {
            // An undecided case before it may match first.
            let before = |i: usize, m: &Option<bool>| i < only && m.is_none();
            let entered = matches.iter().enumerate().map(|(i, m)| i == only || before(i, m)).collect();
            return Entered { entered, certain: true, values };
        }
        let is_default = |case: &Node| self.kind(*case) == Kind::SwitchDefault;
        let entered =
            cases.iter().zip(&matches).map(|(case, m)| is_default(case) || *m != Some(false)).collect();
        Entered { entered, certain: cases.iter().any(is_default), values }
    }

    fn case_body(&mut self, case: Node<'t>) -> Vec<Node<'t>> {
        let value = self.field(case, Field::Value).map(|v| v.id());
        let mut statements = self.children(case);
        statements.retain(|s| Some(s.id()) != value);
        statements
    }

    fn labeled(&mut self, node: Node<'t>) {
        let Some(body) = self.field(node, Field::Body) else { return };
        let Some(label) = self.field(node, Field::Label).map(|l| self.symbol(l)) else {
            self.statement(body);
            return;
        };
        if matches!(self.kind(body), Kind::For | Kind::ForIn | Kind::While | Kind::Do | Kind::Switch) {
            self.label = Some(label);
            self.statement(body);
            self.label = None;
            return;
        }
        self.b.push_labelled_block(label);
        let block = self.branch(Some(body));
        let end = if block.dead { Vec::new() } else { vec![block] };
        self.b.pop_switch(end, false, at(node));
    }

    fn with_statement(&mut self, node: Node<'t>) {
        if let Some(object) = self.field(node, Field::Object) {
            self.expression(object);
        }
        if let Some(body) = self.field(node, Field::Body) {
            self.statement(body);
        }
    }
}

/// Where a `switch` may lead.
struct Entered {
    /// Which cases control may jump to: all of them unless the subject is known.
    entered: Vec<bool>,
    /// Whether it must take one.
    certain: bool,
    /// What each case is compared with; nothing for `default`.
    values: Vec<Option<ValueId>>,
}

/// The conditions that were met last: as many as a guard lists besides that of its own branch.
pub(super) fn last(conditions: &[Condition]) -> &[Condition] {
    &conditions[conditions.len().saturating_sub(4)..]
}
