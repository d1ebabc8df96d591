//! Expressions: dispatch, names, simple literals, and those that choose between values.

use super::Lowerer;
use super::control::last;
use super::syntax::{Kind, SYNTAX, field, kind, span};
use crate::ir::*;
use tree_sitter::Node;
use ustr::ustr;

impl<'t> Lowerer<'t> {
    /// Lowers an expression. Beyond the depth budget it is [`Op::Unknown`].
    pub fn expr(&mut self, node: Node<'t>) -> ValueId {
        if !self.b.enter(node.start_byte()) {
            return self.unknown(node);
        }
        let value = self.expr_here(node);
        self.b.leave();
        value
    }

    fn expr_here(&mut self, node: Node<'t>) -> ValueId {
        let node = self.unwrapped(node);
        match kind(node) {
            Kind::Identifier => self.name(node),
            Kind::Attribute | Kind::Subscript | Kind::Call => self.chain(node),
            Kind::Str | Kind::ConcatenatedString => self.string(node),
            Kind::Integer | Kind::Float | Kind::Ellipsis => self.number(node),
            Kind::True => self.constant(Const::Bool(true), node),
            Kind::False => self.constant(Const::Bool(false), node),
            Kind::None => self.constant(Const::Null, node),
            Kind::BinaryOperator => self.binary(node),
            Kind::BooleanOperator => self.boolean(node),
            Kind::ComparisonOperator => self.comparison(node),
            Kind::NotOperator => self.not(node),
            Kind::UnaryOperator => self.unary(node),
            Kind::Conditional => self.conditional(node),
            Kind::NamedExpression => self.walrus(node),
            Kind::Lambda => self.lambda(node),
            Kind::Yield => self.yield_(node),
            Kind::List => self.sequence(node, AllocKind::List),
            Kind::Tuple | Kind::ExpressionList | Kind::PatternList | Kind::TuplePattern => {
                self.sequence(node, AllocKind::Tuple)
            }
            Kind::ListPattern => self.sequence(node, AllocKind::List),
            Kind::Set => self.set(node),
            Kind::Dictionary => self.dictionary(node),
            Kind::ListComprehension | Kind::GeneratorExpression => self.comprehension(node, AllocKind::List),
            Kind::SetComprehension => self.comprehension(node, AllocKind::Set),
            Kind::DictionaryComprehension => self.comprehension(node, AllocKind::Object),
            Kind::ListSplat | Kind::ListSplatPattern => self.splatted(node),
            Kind::AsPattern => self.as_pattern(node),
            Kind::Assignment => self.assignment(node),
            Kind::AugmentedAssignment => self.augmented_assignment(node),
            Kind::Slice => match self.slice(node) {
                Some(text) => self.constant(Const::Str(text), node),
                None => self.unknown(node),
            },
            Kind::FunctionDefinition | Kind::ClassDefinition | Kind::DecoratedDefinition | Kind::Block => {
                self.statement(node);
                self.unknown(node)
            }
            _ => self.effects(node),
        }
    }

    /// The expression inside parentheses and `await`, which change nothing about the value.
    pub fn unwrapped(&mut self, mut node: Node<'t>) -> Node<'t> {
        loop {
            match kind(node) {
                Kind::Parenthesized | Kind::Await | Kind::AsPatternTarget | Kind::Type => {}
                _ => return node,
            }
            match node.named_child_count() {
                1 => match node.named_child(0) {
                    Some(child) => node = child,
                    None => return node,
                },
                _ => match self.children(node).as_slice() {
                    [only] => node = *only,
                    _ => return node,
                },
            }
        }
    }

    /// Lowers everything below a node for its calls; nothing is known of the node's own value.
    pub fn effects(&mut self, node: Node<'t>) -> ValueId {
        self.block(node);
        self.unknown(node)
    }

    fn name(&mut self, node: Node<'t>) -> ValueId {
        if node.start_byte() == node.end_byte() {
            return self.unknown(node);
        }
        let name = self.sym(node);
        let value = self.b.read(name, span(node));
        // A function may have given the variable another value since.
        if self.b.function == FunctionId(0)
            && self.written.contains(&name)
            && self.b.constant(value).is_some()
        {
            let now = self.b.add(Op::Variable(name), span(node));
            return self.b.phi(vec![value, now], span(node));
        }
        value
    }

    fn number(&mut self, node: Node<'t>) -> ValueId {
        let text = self.source(node);
        let constant = integer(text).map_or_else(|| Const::Other(ustr(text)), Const::Int);
        self.constant(constant, node)
    }

    /// `a or b or c`: any of them; a chain may be as long as the file and is walked without recursion.
    fn boolean(&mut self, node: Node<'t>) -> ValueId {
        let mut links = Vec::new();
        let mut first = node;
        while kind(first) == Kind::BooleanOperator {
            links.push(first);
            let Some(left) = field(first, SYNTAX.field.left) else { break };
            first = self.unwrapped(left);
        }
        if kind(first) == Kind::BooleanOperator {
            return self.effects(node);
        }
        let mut value = self.expr(first);
        // Every operand so far, with the conditions under which it is the result.
        let mut any: Vec<(ValueId, Vec<Condition>)> = vec![(value, Vec::new())];
        let mut reached: Vec<Condition> = Vec::new();
        let mut last_operator = "";
        for link in links.into_iter().rev() {
            let operator = field(link, SYNTAX.field.operator).map_or("or", |o| self.source(o));
            if operator != last_operator {
                value = self.either(std::mem::take(&mut any), span(link));
                any = vec![(value, Vec::new())];
                reached.clear();
                last_operator = operator;
            }
            let latest = any.last().map_or(value, |(latest, _)| *latest);
            let decided = if any.len() == 1 { self.b.truth(latest) } else { None };
            match (operator, decided) {
                ("or", Some(true)) | ("and", Some(false)) => continue,
                ("or", Some(false)) | ("and", Some(true)) => any.clear(),
                _ => {}
            }
            let Some(right) = field(link, SYNTAX.field.right) else { continue };
            let stops = operator == "or";
            if let Some((latest, conditions)) = any.last_mut() {
                conditions.push((*latest, stops));
                reached.push((*latest, !stops));
            }
            let conditions = last(&reached).to_vec();
            let right = self.maybe_expr(right, &conditions, !any.is_empty());
            any.push((right, conditions));
        }
        self.either(any, span(node))
    }

    /// Any one of some values, each under its conditions.
    fn either(&mut self, values: Vec<(ValueId, Vec<Condition>)>, at: (usize, usize)) -> ValueId {
        if let [(only, _)] = values[..] {
            return only;
        }
        let values = values.into_iter().map(|(value, conditions)| self.b.guard(value, &conditions)).collect();
        self.b.phi(values, at)
    }

    /// `x if c else y`, with `y` often another of its kind.
    fn conditional(&mut self, node: Node<'t>) -> ValueId {
        let mut any: Vec<(ValueId, Vec<Condition>)> = Vec::new();
        let mut refused: Vec<Condition> = Vec::new();
        let mut rest = node;
        loop {
            let mut conditions = last(&refused).to_vec();
            if kind(rest) != Kind::Conditional {
                let value = self.maybe_expr(rest, &conditions, !any.is_empty());
                any.push((value, conditions));
                break;
            }
            let [yes, condition, no] = self.children(rest)[..] else {
                let value = self.effects(rest);
                any.push((value, conditions));
                break;
            };
            let condition = self.expr(condition);
            let decided = self.b.truth(condition);
            if decided != Some(false) {
                conditions.push((condition, true));
                let value = self.maybe_expr(yes, &conditions, decided.is_none() || !any.is_empty());
                any.push((value, conditions));
            }
            if decided == Some(true) {
                break;
            }
            refused.push((condition, false));
            rest = self.unwrapped(no);
        }
        self.either(any, span(node))
    }

    /// Lowers an expression that is evaluated under conditions; when that is not certain, its effects are not either.
    fn maybe_expr(&mut self, node: Node<'t>, conditions: &[Condition], uncertain: bool) -> ValueId {
        if !uncertain {
            return self.expr(node);
        }
        self.b.push_branch();
        for (condition, truth) in conditions {
            self.b.assume(*condition, *truth);
        }
        let value = self.expr(node);
        let delta = self.b.pop_branch();
        self.b.merge(vec![delta], true, span(node));
        value
    }

    fn walrus(&mut self, node: Node<'t>) -> ValueId {
        let Some(value) = field(node, SYNTAX.field.value) else { return self.effects(node) };
        let value = self.expr(value);
        match field(node, SYNTAX.field.name) {
            Some(name) => self.assign_name(name, value),
            None => value,
        }
    }

    fn yield_(&mut self, node: Node<'t>) -> ValueId {
        let mut from = false;
        self.each_child(node, |_, child| from |= !child.is_named() && child.kind() == "from");
        let value = match self.children(node).as_slice() {
            [] => self.constant(Const::Null, node),
            [one] => self.expr(*one),
            _ => self.effects(node),
        };
        let value = if from { self.load(value, Key::Each, span(node)) } else { value };
        self.b.yield_(value);
        self.unknown(node)
    }

    /// `ctx as x`, where the grammar could not tell a `with` item from an expression.
    fn as_pattern(&mut self, node: Node<'t>) -> ValueId {
        let children = self.children(node);
        let Some(value) = children.first() else { return self.unknown(node) };
        let value = self.expr(*value);
        if let Some(alias) = field(node, SYNTAX.field.alias) {
            let entered = self.load(value, Key::Enter, span(alias));
            self.assign_target(alias, entered);
        }
        value
    }
}

/// The value of an integer literal, if it fits.
pub fn integer(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| *c != '_').collect::<String>().to_ascii_lowercase();
    let digits = digits.strip_suffix('l').unwrap_or(&digits);
    let (radix, digits) = match digits.get(..2) {
        Some("0x") => (16, &digits[2..]),
        Some("0o") => (8, &digits[2..]),
        Some("0b") => (2, &digits[2..]),
        _ => (10, digits),
    };
    i64::from_str_radix(digits, radix).ok()
}
