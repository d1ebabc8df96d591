//! `match`: patterns take subjects apart and bind their parts.

use super::Lowerer;
use super::control::last;
use super::fold;
use super::syntax::{Kind, SYNTAX, field, kind, span};
use crate::ir::*;
use tree_sitter::Node;
use ustr::ustr;

/// Whether a pattern applies to its subject.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Applies {
    Never,
    Maybe,
    Always,
}

/// How many values a subject is compared with at once.
const MAX_VALUES: usize = 64;

/// What the cases so far were found not to be.
#[derive(Default)]
struct Refused {
    /// Values the subject is none of.
    values: Vec<ValueId>,
    others: Vec<Condition>,
}

impl<'t> Lowerer<'t> {
    /// Lowers a `match` statement; cases that a constant subject rules out are left out.
    pub fn match_(&mut self, node: Node<'t>) {
        let subjects: Vec<Node<'t>> = self.children_in(node, SYNTAX.field.subject);
        let subjects: Vec<Node<'t>> = subjects.into_iter().filter(|s| s.is_named()).collect();
        let subject = match subjects[..] {
            [only] => self.expr(only),
            _ => {
                let items: Vec<(Key, ValueId)> =
                    subjects.iter().enumerate().map(|(i, s)| (Key::Index(i as i32), self.expr(*s))).collect();
                self.b.add(Op::Alloc { kind: AllocKind::Tuple, items: items.into() }, span(node))
            }
        };
        let Some(body) = field(node, SYNTAX.field.body) else { return };
        let mut branches = Vec::new();
        let mut exhaustive = false;
        let mut refused = Refused::default();
        for clause in self.children(body) {
            if kind(clause) != Kind::CaseClause {
                self.statement(clause);
                continue;
            }
            self.b.push_branch();
            let applies = self.case(clause, subject, &mut refused);
            let delta = self.b.pop_branch();
            if applies != Applies::Never {
                branches.push(delta);
            }
            if applies == Applies::Always {
                exhaustive = true;
                break;
            }
        }
        if !exhaustive {
            let conditions = self.refused(&refused, subject, span(node));
            branches.push(self.b.otherwise(&conditions));
        }
        self.b.merge(branches, false, span(node));
    }

    /// What is known not to hold after some cases.
    fn refused(&mut self, refused: &Refused, subject: ValueId, at: (usize, usize)) -> Vec<Condition> {
        let mut conditions = last(&refused.others).to_vec();
        if (1..=MAX_VALUES).contains(&refused.values.len()) {
            let right = self.alternatives(&refused.values, at);
            let any = self.b.add(Op::Compare { op: CompareOp::In, left: subject, right }, at);
            conditions.push((any, false));
        }
        conditions
    }

    fn alternatives(&mut self, values: &[ValueId], at: (usize, usize)) -> ValueId {
        let items = values.iter().zip(0..).map(|(value, i)| (Key::Index(i), *value)).collect();
        self.b.add(Op::Alloc { kind: AllocKind::Tuple, items }, at)
    }

    /// The values a pattern of nothing but constants and dotted names compares the subject with; lowers them.
    fn compared(&mut self, pattern: Node<'t>) -> Option<Vec<ValueId>> {
        let parts = self.constants(pattern)?;
        let mut values = Vec::new();
        for part in parts {
            values.push(match kind(part) {
                Kind::DottedName => self.dotted_value(part)?,
                _ => self.expr(part),
            });
        }
        Some(values)
    }

    /// The constants and dotted names a pattern is a choice of; `None` when there is anything else in it.
    fn constants(&mut self, pattern: Node<'t>) -> Option<Vec<Node<'t>>> {
        let mut open = vec![pattern];
        let mut found = Vec::new();
        while let Some(node) = open.pop() {
            match kind(node) {
                Kind::CasePattern | Kind::UnionPattern => {
                    let mut wildcard = false;
                    self.each_child(node, |_, child| wildcard |= !child.is_named() && child.kind() != "|");
                    let children = self.children(node);
                    if wildcard || children.is_empty() {
                        return None;
                    }
                    open.extend(children.into_iter().rev());
                }
                Kind::Str | Kind::ConcatenatedString | Kind::Integer => found.push(node),
                Kind::True | Kind::False | Kind::None => found.push(node),
                Kind::DottedName if self.source(node).contains('.') => found.push(node),
                _ => return None,
            }
        }
        Some(found)
    }

    fn case(&mut self, clause: Node<'t>, subject: ValueId, refused: &mut Refused) -> Applies {
        let children = self.children(clause);
        let patterns: Vec<Node<'t>> =
            children.into_iter().filter(|c| kind(*c) == Kind::CasePattern).collect();
        let is_plain = self.source(clause).starts_with("case") && patterns.len() == 1;
        let compared = match patterns[..] {
            [only] if is_plain && self.b.constant(subject).is_none() => self.compared(only),
            _ => None,
        };
        let mut applies = match (patterns.as_slice(), &compared) {
            (_, Some(values)) => {
                let condition = self.is_any_of(subject, values, span(clause));
                self.b.assume(condition, true);
                Applies::Maybe
            }
            ([only], None) => {
                // A case that matches other than by value only says that those before it did not.
                for (condition, truth) in self.refused(refused, subject, span(clause)) {
                    self.b.assume(condition, truth);
                }
                self.pattern(*only, subject)
            }
            _ => self.sequence_pattern(&patterns, subject),
        };
        if applies == Applies::Never {
            return applies;
        }
        let guard = field(clause, SYNTAX.field.guard);
        if let (Some(values), None) = (compared, guard) {
            refused.values.extend(values);
        }
        if let Some(guard) = field(clause, SYNTAX.field.guard) {
            for condition in self.children(guard) {
                let value = self.expr(condition);
                match self.b.truth(value) {
                    Some(true) => {}
                    Some(false) => return Applies::Never,
                    None => {
                        if applies == Applies::Always {
                            refused.others.push((value, false));
                        }
                        applies = Applies::Maybe;
                        self.b.assume(value, true);
                    }
                }
            }
        }
        if let Some(body) = field(clause, SYNTAX.field.consequence) {
            self.statement(body);
        }
        applies
    }

    fn pattern(&mut self, node: Node<'t>, subject: ValueId) -> Applies {
        if !self.b.enter(node.start_byte()) {
            return Applies::Maybe;
        }
        let applies = self.pattern_here(node, subject);
        self.b.leave();
        applies
    }

    fn pattern_here(&mut self, node: Node<'t>, subject: ValueId) -> Applies {
        match kind(node) {
            Kind::CasePattern => match self.children(node)[..] {
                [] => Applies::Always,
                // `-1`: the sign is not part of the literal.
                [only] if only.start_byte() != node.start_byte() => {
                    self.expr(only);
                    Applies::Maybe
                }
                [only] => self.pattern(only, subject),
                _ => {
                    self.effects(node);
                    Applies::Maybe
                }
            },
            Kind::AsPattern => {
                let children = self.children(node);
                let [pattern, name] = children[..] else { return Applies::Maybe };
                let applies = self.pattern(pattern, subject);
                self.assign_target(name, subject);
                applies
            }
            Kind::DottedName | Kind::Identifier => self.name_pattern(node, subject),
            Kind::UnionPattern => self.union_pattern(node, subject),
            Kind::ListPattern | Kind::TuplePattern => {
                let parts = self.children(node);
                self.sequence_pattern(&parts, subject)
            }
            Kind::DictPattern => self.mapping_pattern(node, subject),
            Kind::ClassPattern => self.class_pattern(node, subject),
            Kind::SplatPattern => {
                self.bind_splat(node, subject);
                Applies::Always
            }
            _ => {
                let value = self.expr(node);
                let known = match (self.b.constant(subject), self.b.constant(value)) {
                    (Some(a), Some(b)) => fold::equal(a, b),
                    _ => None,
                };
                match known {
                    Some(true) => Applies::Always,
                    Some(false) => Applies::Never,
                    None => Applies::Maybe,
                }
            }
        }
    }

    /// A plain name captures; a dotted one is compared with.
    fn name_pattern(&mut self, node: Node<'t>, subject: ValueId) -> Applies {
        let source = self.source(node);
        if source.contains('.') {
            self.dotted_value(node);
            return Applies::Maybe;
        }
        if source != "_" {
            let name = if kind(node) == Kind::Identifier { Some(node) } else { node.named_child(0) };
            if let Some(name) = name {
                self.assign_name(name, subject);
            }
        }
        Applies::Always
    }

    fn dotted_value(&mut self, node: Node<'t>) -> Option<ValueId> {
        let mut value = None;
        for part in self.children(node) {
            let name = self.sym(part);
            value = Some(match value {
                None => self.b.read(name, span(part)),
                Some(base) => self.load(base, Key::Field(name), (node.start_byte(), part.end_byte())),
            });
        }
        value
    }

    fn is_any_of(&mut self, subject: ValueId, values: &[ValueId], at: (usize, usize)) -> ValueId {
        let op = match values {
            [only] => Op::Compare { op: CompareOp::Eq, left: subject, right: *only },
            _ => {
                let right = self.alternatives(values, at);
                Op::Compare { op: CompareOp::In, left: subject, right }
            }
        };
        self.b.add(op, at)
    }

    fn union_pattern(&mut self, node: Node<'t>, subject: ValueId) -> Applies {
        let mut any = Applies::Never;
        let mut branches = Vec::new();
        let mut wildcard = false;
        self.each_child(node, |_, child| wildcard |= !child.is_named() && child.kind() == "_");
        for part in self.children(node) {
            self.b.push_branch();
            let applies = self.pattern(part, subject);
            let delta = self.b.pop_branch();
            if applies != Applies::Never {
                branches.push(delta);
            }
            any = match (any, applies) {
                (Applies::Always, _) | (_, Applies::Always) => Applies::Always,
                (Applies::Maybe, _) | (_, Applies::Maybe) => Applies::Maybe,
                _ => Applies::Never,
            };
        }
        self.b.merge(branches, true, span(node));
        if wildcard { Applies::Always } else { any }
    }

    fn sequence_pattern(&mut self, parts: &[Node<'t>], subject: ValueId) -> Applies {
        let inner = |node: Node<'t>| match kind(node) {
            Kind::CasePattern => node.named_child(0).unwrap_or(node),
            _ => node,
        };
        let star = parts.iter().position(|p| kind(inner(*p)) == Kind::SplatPattern);
        for (i, part) in parts.iter().enumerate() {
            let at = span(*part);
            let element = match star {
                Some(star) if i == star => self.rest(subject, star, parts.len() - star - 1, at),
                Some(star) if i > star => self.element(subject, i as i32 - parts.len() as i32, at),
                _ => self.element(subject, i as i32, at),
            };
            self.pattern(*part, element);
        }
        Applies::Maybe
    }

    fn mapping_pattern(&mut self, node: Node<'t>, subject: ValueId) -> Applies {
        let mut entries = Vec::new();
        self.each_child(node, |id, child| {
            if child.is_named() && kind(child) != Kind::Comment {
                entries.push((id, child));
            }
        });
        let mut rest = subject;
        let mut key = Key::Any;
        for (id, child) in entries {
            if id == SYNTAX.field.key {
                let value = self.expr(child);
                key = self.key(value);
            } else if kind(child) == Kind::SplatPattern {
                self.bind_splat(child, rest);
            } else {
                let element = self.load(subject, key, span(child));
                self.pattern(child, element);
                if !matches!(key, Key::Any | Key::Value(_)) {
                    rest = self.b.add(Op::Delete { base: rest, key }, span(child));
                }
            }
        }
        Applies::Maybe
    }

    fn class_pattern(&mut self, node: Node<'t>, subject: ValueId) -> Applies {
        let children = self.children(node);
        let Some((class, parts)) = children.split_first() else { return Applies::Maybe };
        // These match the whole subject against their only argument.
        let is_builtin = matches!(
            self.source(*class),
            "str"
                | "int"
                | "float"
                | "bool"
                | "bytes"
                | "bytearray"
                | "list"
                | "dict"
                | "tuple"
                | "set"
                | "frozenset"
        );
        for part in parts {
            let inner = part.named_child(0).filter(|i| kind(*i) == Kind::KeywordPattern);
            if let Some(keyword) = inner {
                let [name, value] = self.children(keyword)[..] else { continue };
                let key = Key::Field(ustr(self.source(name)));
                let element = self.load(subject, key, span(keyword));
                self.pattern(value, element);
            } else if is_builtin {
                self.pattern(*part, subject);
            } else {
                let element = self.load(subject, Key::Any, span(*part));
                self.pattern(*part, element);
            }
        }
        Applies::Maybe
    }

    fn bind_splat(&mut self, node: Node<'t>, value: ValueId) {
        if let Some(name) = node.named_child(0)
            && self.source(name) != "_"
        {
            self.assign_target(name, value);
        }
    }
}
