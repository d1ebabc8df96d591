//! Arguments as rules name them: `messages`, `0`, `0.messages`, `config.system`, `*`.

use super::{Ctx, Keys, State, prepend};
use crate::graph::{Graph, Node};
use crate::ir::*;
use ustr::ustr;

/// An argument of a call, or a part of one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selected {
    /// The argument.
    pub node: Node,
    /// The part of it that is meant.
    pub keys: Keys,
    /// Whether it is only among what is spread over the arguments, if it is there at all.
    pub spread: bool,
}

impl Selected {
    /// The same as a question in a context.
    pub fn within(self, ctx: Ctx) -> State {
        State { node: self.node, ctx, keys: self.keys }
    }
}

/// The arguments of `call` that a selector means. `positional` names the positional parameters.
pub fn select(graph: &Graph, call: Node, selector: &str, positional: &[String]) -> Vec<Selected> {
    let Op::Call { args, .. } = graph.op(call) else { return Vec::new() };
    let found = |value: ValueId, keys: Keys| Selected {
        node: Node { module: call.module, value },
        keys,
        spread: false,
    };
    if selector == "*" {
        return args.iter().map(|a| found(a.value, Keys::new())).collect();
    }
    let (head, rest) = selector.split_once('.').unwrap_or((selector, ""));
    let keys: Keys = rest.split('.').filter(|s| !s.is_empty()).map(key).collect();
    let position = match head.parse::<usize>() {
        Ok(position) => Some(position),
        Err(_) => positional.iter().position(|p| p == head),
    };
    let mut all = Vec::new();
    let mut at = 0;
    for arg in args {
        match arg.kind {
            ArgKind::Positional => {
                if Some(at) == position {
                    return vec![found(arg.value, keys)];
                }
                at += 1;
            }
            ArgKind::Keyword(name) if name.as_str() == head => return vec![found(arg.value, keys)],
            ArgKind::Spread => {
                if let Some(p) = position.filter(|p| at <= *p) {
                    let keys = prepend(Key::Index((p - at) as i32), &keys);
                    all.push(Selected { spread: true, ..found(arg.value, keys) });
                }
            }
            ArgKind::SpreadKeywords if head.parse::<usize>().is_err() => {
                let keys = prepend(Key::Field(ustr(head)), &keys);
                all.push(Selected { spread: true, ..found(arg.value, keys) });
            }
            _ => {}
        }
    }
    all
}

fn key(text: &str) -> Key {
    match text {
        "[]" => Key::Any,
        _ => Key::Field(ustr(text)),
    }
}
