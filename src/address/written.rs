//! What the program writes to an attribute of a client once it is made: `client.base_url = url`.

use crate::call::MadeClient;
use crate::graph::Node;
use crate::ir::{Key, Op, ValueId};
use crate::query::origins::Origin;
use crate::query::strings::Text;
use crate::query::{Ctx, Solver, State};

/// Attributes between a client and the method that sends.
const MAX_STEPS: usize = 8;

/// URLs written to a client.
#[derive(Default)]
pub(super) struct Written {
    /// The URLs.
    pub(super) texts: Vec<Text>,
    /// Whether one of them holds in any case.
    pub(super) always: bool,
}

/// The URLs that were written to the client of a call before it was made.
pub(super) fn written_later(
    solver: &mut Solver<'_>,
    call: Node,
    ctx: Ctx,
    client: &MadeClient<'_>,
) -> Written {
    let Some(object) = receiver(solver, call, ctx, client) else { return Written::default() };
    let module = solver.graph.module(object);
    for arg in &client.rule.endpoint.args {
        let name = ustr::ustr(arg.rsplit('.').next().unwrap_or(arg));
        let writes =
            |v: ValueId| matches!(module.inst(v).op, Op::Store { key: Key::Field(n), .. } if n == name);
        if !module.behind(object.value).any(writes) {
            continue;
        }
        let attribute = State { node: object, ctx, keys: [Key::Field(name)].into_iter().collect() };
        let untouched = |o: &Origin| matches!(o, Origin::External { calls, .. } if is_maker(client, calls));
        let always = !solver.origins(&attribute).iter().any(untouched);
        return Written { texts: solver.strings(&attribute), always };
    }
    Written::default()
}

/// The client in the callee of a call: what its first attribute is read from.
fn receiver(solver: &mut Solver<'_>, call: Node, ctx: Ctx, client: &MadeClient<'_>) -> Option<Node> {
    let graph = solver.graph;
    let Op::Call { callee, .. } = graph.op(call) else { return None };
    let mut node = Node { value: *callee, ..call };
    for _ in 0..MAX_STEPS {
        node.value = match graph.op(node) {
            Op::Load { base, .. } => *base,
            Op::Bind { value, .. } | Op::Guarded { value, .. } => *value,
            _ => return None,
        };
        let is_it = |o: &Origin| match o {
            Origin::External { path, calls, .. } => path.ends_with("()") && is_maker(client, calls),
            _ => false,
        };
        if solver.origins(&State::whole(node, ctx)).iter().any(is_it) {
            return Some(node);
        }
    }
    None
}

fn is_maker(client: &MadeClient<'_>, calls: &[(Node, Ctx)]) -> bool {
    client.maker.is_some_and(|maker| calls.last() == Some(&maker))
}
