//! Calls of a library that hand out what they were given: wrappers of a client, and registries asked by name.

use super::strings::Text;
use super::{Ctx, Next, Solver, State, external_from};
use crate::graph::Node;
use crate::rules::client::Wrapper;
use std::rc::Rc;

impl Solver<'_> {
    /// What a call of something from outside the program gives.
    pub(super) fn external_result(
        &mut self,
        path: &str,
        calls: &Rc<[(Node, Ctx)]>,
        state: &State,
    ) -> Vec<Next> {
        if let Some(wrapper) = self.program.wrappers.get(path).copied() {
            let handed = self.handed_out(wrapper, calls, state);
            if !handed.is_empty() {
                return handed;
            }
        }
        if let (true, Some(crate::ir::Key::Field(name))) =
            (self.rules.clients.is_record(path), state.keys.first().copied())
        {
            let given = super::select::select(self.graph, state.node, &name, &[]).into_iter();
            let field = |selected: super::select::Selected| {
                let keys = selected.keys.iter().chain(&state.keys[1..]).copied().collect();
                Next::Go(State { node: selected.node, ctx: state.ctx, keys })
            };
            let given: Vec<Next> = given.map(field).collect();
            // A field that was not given leads nowhere: back to the question, which then has no answer.
            return if given.is_empty() { vec![Next::Go(state.clone())] } else { given };
        }
        let calls: Rc<[(Node, Ctx)]> = calls.iter().copied().chain([(state.node, state.ctx)]).collect();
        vec![external_from(&format!("{path}()"), calls, state)]
    }

    /// What a wrapper returns: its argument, or the one of the values its object was made of that it is asked for.
    fn handed_out(&mut self, wrapper: &Wrapper, calls: &Rc<[(Node, Ctx)]>, state: &State) -> Vec<Next> {
        let go = |inner: State| {
            let keys = inner.keys.iter().chain(&state.keys).copied().collect();
            Next::Go(State { keys, ..inner })
        };
        if wrapper.made_of.is_empty() {
            let of = |arg: &String| super::select::select(self.graph, state.node, arg, &[]);
            return wrapper.args.iter().flat_map(of).map(|inner| go(inner.within(state.ctx))).collect();
        }
        let Some((made, ctx)) = calls.first().copied() else { return Vec::new() };
        let asked = super::select::select(self.graph, state.node, "0", &[]).into_iter().next();
        let names = asked.map(|a| self.strings(&a.within(state.ctx))).unwrap_or_default();
        let known = !names.is_empty() && names.iter().all(Text::is_known);
        let head = |name: &str| match &wrapper.separator {
            Some(end) => name.split(end.as_str()).next().unwrap_or_default().to_owned(),
            None => name.to_owned(),
        };
        let names: Vec<String> =
            if known { names.iter().map(|n| head(&n.text)).collect() } else { vec!["[]".into()] };
        let mut next = Vec::new();
        for name in names {
            for selector in &wrapper.made_of {
                let selector = selector.replace("{}", &name);
                let inner = super::select::select(self.graph, made, &selector, &[]).into_iter().next();
                let Some(inner) = inner.map(|inner| inner.within(ctx)) else { continue };
                if known && self.origins(&inner).is_empty() {
                    continue;
                }
                next.push(go(inner));
                if known {
                    break;
                }
            }
        }
        next
    }
}
