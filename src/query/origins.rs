//! Which object, function or constant a value is.

use super::{Ctx, Next, Solver, State};
use crate::graph::{ClassRef, FuncRef, Node};
use crate::ir::{Const, Op, Sym};
use rustc_hash::FxHashSet;
use std::rc::Rc;

/// Where a value was made.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Origin {
    /// A literal.
    Const(Node),
    /// A string or number put together from other values.
    Text(Node, Ctx),
    /// A literal object or list.
    Object(Node, Ctx),
    /// A function, with the object it is bound to.
    Function {
        /// The function.
        function: FuncRef,
        /// Its receiver, when it was read from an object.
        receiver: Option<(Node, Ctx)>,
        /// Where it was made: a closure sees the variables of this context.
        ctx: Ctx,
    },
    /// A class.
    Class(ClassRef),
    /// An object of a class of the program, with the call that made it if that is known.
    Instance(ClassRef, Option<(Node, Ctx)>),
    /// Something from outside the program.
    External {
        /// Dotted path with `()` for calls and `[]` for elements.
        path: Sym,
        /// Where it was read or called last.
        node: Node,
        /// In which context.
        ctx: Ctx,
        /// The calls behind each `()` of the path, in order.
        calls: Calls,
    },
    /// A module of the program.
    Module(u32),
    /// A parameter nobody in the program passes anything to.
    Param(Node),
    /// Nothing is known.
    Unknown(Node),
}

/// The calls behind the `()` of an external path.
pub type Calls = Rc<[(Node, Ctx)]>;

/// States one query may visit.
const MAX_STATES: usize = 1500;
/// Calls of one method that are looked at for the object they are called on.
const MAX_CALLS: usize = 32;
/// Answers one query may have; more means nothing is known.
const MAX_ORIGINS: usize = 48;

impl Solver<'_> {
    /// Every place the demanded part of a value may have been made. Empty while the same question is being asked
    /// (a cycle adds nothing), and when nothing leads anywhere.
    pub fn origins(&mut self, state: &State) -> Rc<[Origin]> {
        let asked = (state.clone(), self.certain);
        match self.origins.get(&asked) {
            Some(Some(known)) => return known.clone(),
            Some(None) => return Rc::from([]),
            None if self.nesting >= super::MAX_NESTING => return Rc::from([]),
            None => self.origins.insert(asked.clone(), None),
        };
        self.nesting += 1;
        let found: Rc<[Origin]> = self.search(state).into();
        self.nesting -= 1;
        // Found while another question was open it may lack what that one would add; asking again each time would
        // cost exponentially. That is why a solver serves one question only (see [`Solver`]).
        match self.may_keep() {
            false => self.origins.remove(&asked),
            true => self.origins.insert(asked, Some(found.clone())),
        };
        found
    }

    fn search(&mut self, start: &State) -> Vec<Origin> {
        let mut seen = Seen::default();
        let mut queue = vec![start.clone()];
        let mut found: Vec<Origin> = Vec::new();
        while let Some(state) = queue.pop() {
            let state = self.settle(state);
            if seen.len() >= MAX_STATES || found.len() >= MAX_ORIGINS {
                self.exhausted = true;
                found.push(Origin::Unknown(start.node));
                break;
            }
            if !seen.insert(&state) {
                continue;
            }
            for next in self.step(&state) {
                match next {
                    Next::Go(state) | Next::Cross { state, .. } => queue.push(state),
                    Next::End(origin) => {
                        if !found.contains(&origin) {
                            found.push(origin);
                        }
                    }
                }
            }
        }
        // Reading something out of nothing ends the program, so it is not how a value comes about.
        let of_null = |o: &Origin| matches!(o, Origin::Unknown(n) if matches!(self.graph.op(*n), Op::Const(Const::Null)));
        if !found.iter().all(of_null) {
            found.retain(|o| !of_null(o));
        }
        found
    }
}

impl Solver<'_> {
    /// Calls of a method, in the same module, on the object of a library that a call makes.
    pub fn calls_on(&mut self, maker: Node, method: &str) -> Vec<Node> {
        let graph = self.graph;
        let mut found = Vec::new();
        let named = graph.calls_named(ustr::ustr(method)).filter(|node| node.module == maker.module);
        for node in named.take(MAX_CALLS) {
            let Op::Call { callee, .. } = graph.op(node) else { continue };
            let Op::Load { base, .. } = graph.op(Node { value: *callee, ..node }) else { continue };
            let objects = self.origins(&State::whole(Node { value: *base, ..node }, Ctx::ANY));
            let made = |calls: &Calls| calls.iter().any(|(call, _)| *call == maker);
            if objects.iter().any(|o| matches!(o, Origin::External { calls, .. } if made(calls))) {
                found.push(node);
            }
        }
        found
    }
}

/// States a search has visited. Most visit a handful, for which a list is quicker than a table.
#[derive(Default)]
struct Seen {
    few: Vec<State>,
    many: FxHashSet<State>,
}

impl Seen {
    fn len(&self) -> usize {
        self.few.len() + self.many.len()
    }

    /// Whether the state is new.
    fn insert(&mut self, state: &State) -> bool {
        if self.few.contains(state) {
            return false;
        }
        if self.few.len() < 8 {
            self.few.push(state.clone());
            return true;
        }
        self.many.insert(state.clone())
    }
}
