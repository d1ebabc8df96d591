//! What the program writes to an attribute of an object that a library made: `client.base_url = url`.

use super::origins::{Calls, Origin};
use super::strings::Text;
use super::{Ctx, Solver, State};
use crate::graph::Node;
use crate::ir::*;

/// Attributes between an object and the method that is called.
const MAX_STEPS: usize = 8;

/// Texts written to an attribute.
#[derive(Default)]
pub struct Written {
    /// The texts.
    pub texts: Vec<Text>,
    /// Whether one of them holds in any case.
    pub always: bool,
}

impl Solver<'_> {
    /// The texts written to one of these attributes of the object that `maker` made and `call` calls a method of. The
    /// last step of a selector is the attribute.
    pub fn written_to(&mut self, call: Node, ctx: Ctx, maker: (Node, Ctx), selectors: &[String]) -> Written {
        let Some(object) = self.receiver_made(call, ctx, maker) else { return Written::default() };
        let module = self.graph.module(object);
        for selector in selectors {
            let name = ustr::ustr(selector.rsplit('.').next().unwrap_or(selector));
            let writes =
                |v: ValueId| matches!(module.inst(v).op, Op::Store { key: Key::Field(n), .. } if n == name);
            if !module.behind(object.value).any(writes) {
                continue;
            }
            let attribute = State { node: object, ctx, keys: [Key::Field(name)].into_iter().collect() };
            let untouched =
                |o: &Origin| matches!(o, Origin::External { calls, .. } if is_made_by(calls, maker));
            let always = !self.origins(&attribute).iter().any(untouched);
            return Written { texts: self.strings(&attribute), always };
        }
        Written::default()
    }

    /// The object in the callee of a call that `maker` made: what its first attribute is read from.
    fn receiver_made(&mut self, call: Node, ctx: Ctx, maker: (Node, Ctx)) -> Option<Node> {
        let graph = self.graph;
        let Op::Call { callee, .. } = graph.op(call) else { return None };
        let mut node = Node { value: *callee, ..call };
        for _ in 0..MAX_STEPS {
            node.value = match graph.op(node) {
                Op::Load { base, .. } => *base,
                Op::Bind { value, .. } | Op::Guarded { value, .. } => *value,
                _ => return None,
            };
            let is_it = |o: &Origin| match o {
                Origin::External { path, calls, .. } => path.ends_with("()") && is_made_by(calls, maker),
                _ => false,
            };
            if self.origins(&State::whole(node, ctx)).iter().any(is_it) {
                return Some(node);
            }
        }
        None
    }
}

fn is_made_by(calls: &Calls, maker: (Node, Ctx)) -> bool {
    calls.last() == Some(&maker)
}
