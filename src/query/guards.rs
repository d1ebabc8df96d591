//! What is known of a condition, and of a key, where it is evaluated: constants that reach it decide.
//!
//! One conjunct at a time and only by constants, as in CodeQL's falsified guards; what is not decided is possible.

use super::origins::Origin;
use super::strings::Known;
use super::{Ctx, Solver, State};
use crate::graph::{FuncRef, Node};
use crate::ir::*;
use smallvec::SmallVec;

/// Constants one operand may be and still decide anything.
const MAX_CONSTANTS: usize = 12;
/// Changes of case and margins that one text may pass.
const MAX_FOLDED: u32 = 3;
/// Calls in calls that are looked into for what a condition asks about.
const MENTIONED: u32 = 3;
/// Joined values that are looked through.
const MAX_JOINED: usize = 64;

impl Solver<'_> {
    /// Whether every condition may have its truth in this context.
    pub(super) fn possible(&mut self, module: u32, conditions: &[Condition], ctx: Ctx) -> bool {
        conditions.iter().all(|(value, wanted)| {
            let condition = Node { module, value: *value };
            self.truth(condition, ctx).is_none_or(|known| known == *wanted)
        })
    }

    /// Whether a call can be reached in this context, as far as the conditions around it tell.
    pub fn reachable(&mut self, call: Node, ctx: Ctx) -> bool {
        match self.graph.module(call).call_guards.get(&call.value) {
            Some(conditions) => self.possible(call.module, conditions, ctx),
            None => true,
        }
    }

    /// Whether one of several values that this may be is written as nothing at all: `url if own else None`.
    pub fn may_be_null(&mut self, state: &State) -> bool {
        let module = self.graph.module(state.node);
        let mut open: Vec<(ValueId, Option<ValueId>)> = vec![(state.node.value, None)];
        let mut left = MAX_JOINED;
        while let Some((value, join)) = open.pop() {
            left -= 1;
            if left == 0 || !state.keys.is_empty() {
                return false;
            }
            match &module.inst(value).op {
                Op::Const(Const::Null) if join.is_some() => return true,
                Op::Bind { value, .. } => open.push((*value, join)),
                Op::Guarded { value, conditions } => {
                    // What stands in for another value is used when that is nothing, which that value itself tells.
                    let siblings = match join.map(|join| &module.inst(join).op) {
                        Some(Op::Phi(values)) => &values[..],
                        _ => &[],
                    };
                    let stands_in = conditions.iter().any(|(condition, _)| {
                        let tested = tested(module, *condition);
                        siblings.iter().any(|s| mentions(module, *s, tested, MENTIONED))
                    });
                    if !stands_in && self.possible(state.node.module, conditions, state.ctx) {
                        open.push((*value, join));
                    }
                }
                Op::Phi(values) => {
                    open.extend(values.iter().filter(|v| **v < value).map(|v| (*v, Some(value))));
                }
                _ => {}
            }
        }
        false
    }

    /// The keys a subscript may mean: the constants of its index, or any.
    pub(super) fn keys_of(&mut self, key: Key, module: u32, ctx: Ctx) -> SmallVec<[Key; 4]> {
        let Key::Value(index) = key else { return SmallVec::from_slice(&[key]) };
        let constants = self.constants(Node { module, value: index }, ctx).unwrap_or_default();
        let mut keys: SmallVec<[Key; 4]> = SmallVec::new();
        for constant in constants {
            match constant {
                Const::Str(name) => keys.push(Key::Field(name)),
                Const::Int(i) => keys.push(Key::Index(i as i32)),
                _ => return SmallVec::from_slice(&[Key::Any]),
            }
        }
        if keys.is_empty() { SmallVec::from_slice(&[Key::Any]) } else { keys }
    }

    fn truth(&mut self, condition: Node, ctx: Ctx) -> Option<bool> {
        if !self.decidable(condition, ctx, 0) {
            return None;
        }
        if let Some(known) = self.truths.get(&(condition, ctx)) {
            return *known;
        }
        // While it is being asked, it is undecided.
        self.truths.insert((condition, ctx), None);
        let found = self.decide(condition, ctx);
        match self.may_keep() {
            false => self.truths.remove(&(condition, ctx)),
            true => self.truths.insert((condition, ctx), found),
        };
        found
    }

    fn decide(&mut self, condition: Node, ctx: Ctx) -> Option<bool> {
        let at = |value| Node { module: condition.module, value };
        match *self.graph.op(condition) {
            Op::Bind { value, .. } => self.truth(at(value), ctx),
            Op::Not(value) => self.truth(at(value), ctx).map(|t| !t),
            Op::Compare { op, left, right } => {
                let found = match op {
                    CompareOp::Eq | CompareOp::Ne => self.equal(at(left), at(right), ctx),
                    CompareOp::In | CompareOp::NotIn => self.contains(at(right), at(left), ctx),
                };
                found.map(|f| f == matches!(op, CompareOp::Eq | CompareOp::In))
            }
            _ => {
                let constants = self.constants(condition, ctx)?;
                let mut truths = constants.iter().map(is_true);
                let first = truths.next()??;
                truths.all(|t| t == Some(first)).then_some(first)
            }
        }
    }

    /// Whether a condition is made of what can be known for certain: literals, module constants, settings, and
    /// parameters of functions that were entered through a known call. Other callers of a function are not all known.
    fn decidable(&self, node: Node, ctx: Ctx, depth: u32) -> bool {
        if depth > 8 {
            return false;
        }
        let at = |value| Node { module: node.module, value };
        let all = |values: &[ValueId]| values.iter().all(|v| self.decidable(at(*v), ctx, depth + 1));
        match self.graph.op(node) {
            Op::Const(_) | Op::Variable(_) | Op::Import(_) | Op::Global(_) | Op::Class(_) => true,
            Op::Param { function, .. } => {
                let function = FuncRef { module: node.module, function: *function };
                self.frame_of(ctx, function).is_some()
            }
            Op::Bind { value, .. } | Op::Guarded { value, .. } | Op::Not(value) => all(&[*value]),
            Op::Compare { left, right, .. } => all(&[*left, *right]),
            Op::Phi(values) => values.iter().filter(|v| **v < node.value).all(|v| all(&[*v])),
            Op::Alloc { items, .. } => items.iter().all(|(_, v)| all(&[*v])),
            Op::Load { base, key: Key::Field(_) } => all(&[*base]),
            Op::Call { callee, args } => all(&[*callee]) && args.iter().all(|a| all(&[a.value])),
            _ => false,
        }
    }

    fn equal(&mut self, left: Node, right: Node, ctx: Ctx) -> Option<bool> {
        let left = self.constants(left, ctx)?;
        let right = self.constants(right, ctx)?;
        let shared = left.iter().any(|l| right.contains(l));
        match (left.as_slice(), right.as_slice()) {
            ([_], [_]) => Some(shared),
            _ if !shared => Some(false),
            _ => None,
        }
    }

    fn contains(&mut self, container: Node, element: Node, ctx: Ctx) -> Option<bool> {
        let elements = self.constants(element, ctx)?;
        let origins = self.origins(&State::whole(container, ctx));
        let [Origin::Object(object, inner)] = origins.as_ref() else { return None };
        let Op::Alloc { items, .. } = self.graph.op(*object) else { return None };
        let mut held: Vec<Const> = Vec::new();
        for (key, value) in items {
            match key {
                Key::Field(name) => held.push(Const::Str(*name)),
                Key::Spread | Key::Value(_) => return None,
                _ => held.extend(self.constants(Node { module: object.module, value: *value }, *inner)?),
            }
        }
        let inside = elements.iter().filter(|e| held.contains(e)).count();
        match inside {
            0 => Some(false),
            n if n == elements.len() => Some(true),
            _ => None,
        }
    }

    /// The constants of a text in another case or without its margins (`kind.lower()`).
    fn folded(&mut self, value: Node, ctx: Ctx, depth: u32) -> Option<Vec<Const>> {
        let depth = depth.checked_sub(1)?;
        let module = self.graph.module(value);
        let Op::Call { callee, args } = &module.inst(module.bare(value.value)).op else { return None };
        let Op::Load { base, key: Key::Field(method) } = module.inst(*callee).op else { return None };
        let fold: fn(&str) -> String = match method.as_str() {
            "lower" | "casefold" | "toLowerCase" => str::to_lowercase,
            "upper" | "toUpperCase" => str::to_uppercase,
            "strip" | "trim" => |text| text.trim().to_owned(),
            _ => return None,
        };
        if !args.is_empty() {
            return None;
        }
        let whole = self.constants_within(Node { value: base, ..value }, ctx, depth)?;
        let fold = |constant: Const| match constant {
            Const::Str(text) => Some(Const::Str(ustr::ustr(&fold(&text)))),
            _ => None,
        };
        whole.into_iter().map(fold).collect()
    }

    /// Every constant a value can be; `None` when it can be anything else.
    fn constants(&mut self, value: Node, ctx: Ctx) -> Option<Vec<Const>> {
        self.constants_within(value, ctx, MAX_FOLDED)
    }

    fn constants_within(&mut self, value: Node, ctx: Ctx, depth: u32) -> Option<Vec<Const>> {
        let state = State::whole(value, ctx);
        let outer = std::mem::replace(&mut self.certain, true);
        let origins = self.origins(&state);
        self.certain = outer;
        if origins.is_empty() || origins.len() > MAX_CONSTANTS {
            return None;
        }
        let mut constants: Vec<Const> = Vec::new();
        for origin in origins.iter() {
            match origin {
                Origin::Const(node) => match self.graph.op(*node) {
                    Op::Const(constant) if !constants.contains(constant) => constants.push(constant.clone()),
                    Op::Const(_) => {}
                    _ => return None,
                },
                // A variable that a file of the tree sets is as good as written.
                Origin::External { path, .. } if self.is_setting(path) => {
                    let set: Vec<_> = self
                        .strings(&state)
                        .into_iter()
                        .filter(|t| matches!(t.known, Known::Setting(_)))
                        .map(|t| Const::Str(ustr::ustr(&t.text)))
                        .collect();
                    if set.is_empty() {
                        return None;
                    }
                    constants.extend(set);
                }
                Origin::Unknown(node) => constants.extend(self.folded(*node, ctx, depth)?),
                _ => return None,
            }
        }
        (!constants.is_empty()).then_some(constants)
    }
}

/// The value that a condition asks about: `v`, `not v`, `v is None`.
fn tested(module: &Module, condition: ValueId) -> ValueId {
    match module.inst(module.bare(condition)).op {
        Op::Not(value) => value,
        Op::Compare { left, right, .. } if matches!(module.inst(right).op, Op::Const(Const::Null)) => left,
        _ => condition,
    }
}

/// Whether an expression has another in it, at most so many calls deep.
fn mentions(module: &Module, value: ValueId, wanted: ValueId, depth: u32) -> bool {
    if reads_same(module, value, wanted) {
        return true;
    }
    let Some(depth) = depth.checked_sub(1) else { return false };
    let inner = |value: ValueId| mentions(module, value, wanted, depth);
    match &module.inst(module.bare(value)).op {
        Op::Call { callee, args } => inner(*callee) || args.iter().any(|arg| inner(arg.value)),
        Op::Load { base, .. } => inner(*base),
        Op::Binary { left, right, .. } => inner(*left) || inner(*right),
        Op::Text(parts) => parts.iter().any(|part| matches!(part, Part::Value(value) if inner(*value))),
        _ => false,
    }
}

/// Whether two values are one, or read off one value under the same keys.
fn reads_same(module: &Module, a: ValueId, b: ValueId) -> bool {
    let (a, b) = (module.bare(a), module.bare(b));
    match (&module.inst(a).op, &module.inst(b).op) {
        _ if a == b => true,
        (Op::Load { base: x, key: k }, Op::Load { base: y, key: l }) => k == l && reads_same(module, *x, *y),
        _ => false,
    }
}

fn is_true(constant: &Const) -> Option<bool> {
    match constant {
        Const::Bool(b) => Some(*b),
        Const::Int(i) => Some(*i != 0),
        Const::Null => Some(false),
        Const::Str(s) => Some(!s.is_empty()),
        Const::Other(_) => None,
    }
}
