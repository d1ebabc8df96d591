//! Objects that can be called like functions: which calls may be one of theirs.

use super::{Ctx, Solver};
use crate::graph::{ClassRef, FuncRef, Node};
use crate::ir::*;

/// The method that calling an object runs.
pub(super) const CALLED: &str = "__call__";
/// Calls of one name that are looked at.
const MAX_CANDIDATES: usize = 400;

impl Solver<'_> {
    /// Calls that may call an object of the class: of what making one returned, and of whatever it is called there.
    pub(super) fn calls_of_objects(&mut self, class: ClassRef) -> Vec<Node> {
        let graph = self.graph;
        let mut calls = Vec::new();
        for made in self.constructions(class) {
            calls.extend_from_slice(graph.calls_of_result(made));
            let mut names = graph.names_of(made);
            for (call, arg) in graph.receivers_of(made) {
                let Op::Call { args, .. } = graph.op(call) else { continue };
                match args[arg as usize].kind {
                    ArgKind::Keyword(name) => names.push(name),
                    _ => names.extend(self.parameter_names(call, arg)),
                }
            }
            names.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
            names.dedup();
            calls.extend(names.into_iter().flat_map(|name| graph.calls_named(name).take(MAX_CANDIDATES)));
        }
        calls.sort_unstable();
        calls.dedup();
        calls
    }

    /// What the functions a call enters call its positional argument.
    fn parameter_names(&mut self, call: Node, arg: u32) -> Vec<Sym> {
        let graph = self.graph;
        let entered = self.callees(call, Ctx::ANY).into_iter();
        let name = |(function, _): (FuncRef, Ctx)| {
            let f = graph.function(function);
            f.params.get(arg as usize + usize::from(f.has_receiver)).map(|p| p.name)
        };
        entered.filter_map(name).collect()
    }
}
