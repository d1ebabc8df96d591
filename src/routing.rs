//! Which controls of a router a call sets: in its own arguments, in those of its client, or in the body of a raw request.

use crate::call::{ClientIndex, Meaning};
use crate::graph::Node;
use crate::ir::{Const, Key, Op};
use crate::query::origins::Origin;
use crate::query::select::select;
use crate::query::strings::{Known, Text};
use crate::query::{Ctx, Solver, State};
use crate::router::{self, Given, Value, last};
use crate::rules::Rules;
use crate::rules::router::{Carrier, Control, ControlEffect, Router};
use ustr::ustr;

/// Lists in lists that are still read.
const MAX_DEPTH: u32 = 3;

/// What a call says to a router.
#[derive(Default)]
pub struct Said<'r> {
    /// Controls that are set.
    pub given: Vec<Given<'r>>,
    /// Models that may be asked for, fallbacks included; empty when one of them is not known.
    pub models: Vec<String>,
}

/// A call or constructor whose arguments may hold routing settings.
struct Place<'r> {
    node: Node,
    ctx: Ctx,
    positional: &'r [String],
}

/// Reads what one call says to routers.
pub struct Reader<'a, 'r> {
    rules: &'r Rules,
    clients: &'a ClientIndex<'r>,
    meaning: &'a Meaning<'r>,
    places: Vec<Place<'r>>,
    /// Selectors of what becomes the body of the request.
    bodies: Vec<&'r str>,
}

impl<'a, 'r> Reader<'a, 'r> {
    /// A reader for one meaning of a call.
    pub fn new(
        rules: &'r Rules,
        clients: &'a ClientIndex<'r>,
        solver: &mut Solver<'r>,
        node: Node,
        ctx: Ctx,
        meaning: &'a Meaning<'r>,
    ) -> Self {
        let language = solver.graph.module(node).language.family();
        let bodies = match meaning.rule.url.is_empty() {
            true => rules.bodies.arguments.get(language).into_iter().flatten().map(String::as_str).collect(),
            false => meaning.rule.payload.iter().map(String::as_str).collect(),
        };
        let mut reader = Reader { rules, clients, meaning, places: Vec::new(), bodies };
        reader.places.push(Place { node, ctx, positional: &meaning.rule.positional });
        if let Some(client) = &meaning.client {
            reader.add_client(&client.derived, client.maker, &client.rule.positional);
        }
        reader.add_inner(solver, node, ctx, language);
        reader
    }

    fn add_client(&mut self, derived: &[(Node, Ctx)], maker: Option<(Node, Ctx)>, positional: &'r [String]) {
        self.places.extend(derived.iter().map(|(node, ctx)| Place {
            node: *node,
            ctx: *ctx,
            positional: &[],
        }));
        self.places.extend(maker.map(|(node, ctx)| Place { node, ctx, positional }));
    }

    /// The clients or model objects that arguments of the call hold.
    fn add_inner(&mut self, solver: &mut Solver<'r>, node: Node, ctx: Ctx, language: &str) {
        let rule = self.meaning.rule;
        for selected in rule.client.iter().flat_map(|s| select(solver.graph, node, s, &rule.positional)) {
            for origin in solver.origins(&selected.within(ctx)).iter() {
                let Origin::External { path, calls, .. } = origin else { continue };
                if let Some((client, _)) = self.clients.client_at(solver, language, path, calls) {
                    self.add_client(&client.derived, client.maker, &client.rule.positional);
                }
            }
        }
    }

    /// What the call says to one router that it reaches at `url`.
    pub fn read(&self, solver: &mut Solver<'r>, router: &'r Router, url: &str, named: &[Text]) -> Said<'r> {
        let mut models = self.models(solver, named);
        let mut given = router::in_text(router, url, &models);
        for control in router.controls.iter().filter(|c| c.carrier == Carrier::Key) {
            let value = self.key(solver, router, control);
            given.extend(value.map(|value| Given { control, value, said_by: None }));
        }
        for more in given.iter().filter(|g| g.control.effect == ControlEffect::Models) {
            match &more.value {
                Value::Words(words) if !models.is_empty() => models.extend(words.iter().cloned()),
                _ => models.clear(),
            }
        }
        models.sort();
        models.dedup();
        Said { given, models }
    }

    /// The models the call names itself; none when one is not known.
    fn models(&self, solver: &mut Solver<'r>, named: &[Text]) -> Vec<String> {
        let own: Vec<Text> = match named.is_empty() {
            false => named.to_vec(),
            true => self.rules.bodies.model.iter().flat_map(|key| self.texts(solver, key)).collect(),
        };
        let known = |t: &Text| {
            matches!(t.known, Known::Literal | Known::Setting(_) | Known::Default(_) | Known::Sample(_))
        };
        if own.iter().all(known) { own.into_iter().map(|t| t.text).collect() } else { Vec::new() }
    }

    /// The models a raw request names in its body.
    pub fn body_models(&self, solver: &mut Solver<'r>) -> Vec<Text> {
        self.rules.bodies.model.iter().flat_map(|key| self.texts(solver, key)).collect()
    }

    /// Whether the body of a raw request is written out with the keys of a question to a model.
    pub fn asks_a_model(&self, solver: &mut Solver<'r>) -> bool {
        let selected: Vec<State> = self
            .places
            .iter()
            .flat_map(|place| {
                self.bodies.iter().flat_map(|body| {
                    let all = select(solver.graph, place.node, body, place.positional);
                    all.into_iter().map(|s| s.within(place.ctx)).collect::<Vec<_>>()
                })
            })
            .collect();
        let bodies: Vec<State> = selected.into_iter().flat_map(|body| self.unwritten(solver, body)).collect();
        bodies.iter().any(|body| {
            let origins = solver.origins(body);
            origins.iter().any(|origin| match origin {
                Origin::Object(node, _) => self.has_keys(solver, *node),
                _ => false,
            })
        })
    }

    fn has_keys(&self, solver: &Solver<'r>, object: Node) -> bool {
        let Op::Alloc { items, .. } = solver.graph.op(object) else { return false };
        let has = |wanted: &String| items.iter().any(|(key, _)| *key == Key::Field(ustr(wanted)));
        self.rules.bodies.asks.iter().any(|keys| keys.iter().all(has))
    }

    fn texts(&self, solver: &mut Solver<'r>, key: &str) -> Vec<Text> {
        if self.meaning.rule.url.is_empty() {
            return Vec::new();
        }
        let states = self.states(solver, key);
        states.iter().flat_map(|state| solver.strings(state)).filter(|t| t.known != Known::Absent).collect()
    }

    /// The value of a control that is a key of the body; what is set nearest to the call counts.
    fn key(&self, solver: &mut Solver<'r>, router: &Router, control: &Control) -> Option<Value> {
        for key in router::keys(router, control) {
            for state in self.states(solver, &key) {
                if let Some(value) = words(solver, &state, 0) {
                    return Some(value);
                }
            }
        }
        None
    }

    /// Everything that may hold a key of the body, nearest to the call first.
    fn states(&self, solver: &mut Solver<'r>, key: &str) -> Vec<State> {
        let mut states = Vec::new();
        for place in &self.places {
            for body in &self.bodies {
                if body.is_empty() {
                    let selected = select(solver.graph, place.node, key, place.positional);
                    states.extend(selected.into_iter().map(|s| s.within(place.ctx)));
                    continue;
                }
                for selected in select(solver.graph, place.node, body, place.positional) {
                    let body = selected.within(place.ctx);
                    states.extend(self.unwritten(solver, body).into_iter().map(|body| below(body, key)));
                }
            }
        }
        states
    }

    /// What may be the body: not a text, but what was turned into one.
    fn unwritten(&self, solver: &mut Solver<'r>, body: State) -> Vec<State> {
        let mut states = Vec::new();
        let mut is_object = false;
        for origin in solver.origins(&body).iter() {
            let Origin::External { path, calls, .. } = origin else {
                is_object |= match origin {
                    Origin::Const(_) | Origin::Text(..) => false,
                    // Nothing can be read out of a constant.
                    Origin::Unknown(node) => !matches!(solver.graph.op(*node), Op::Const(_)),
                    _ => true,
                };
                continue;
            };
            let name = path.strip_suffix("()").map(last);
            let is_writer = name.is_some_and(|name| self.rules.bodies.written_by.iter().any(|w| w == name));
            match calls.last().copied().filter(|_| is_writer) {
                Some((call, ctx)) => {
                    let argument = select(solver.graph, call, "0", &[]).into_iter().next();
                    states.extend(argument.map(|a| a.within(ctx)));
                }
                None => is_object = true,
            }
        }
        if is_object {
            states.push(body);
        }
        states
    }
}

/// A key path below a state.
fn below(mut state: State, key: &str) -> State {
    let step = |step: &str| if step == "[]" { Key::Any } else { Key::Field(ustr(step)) };
    state.keys.extend(key.split('.').map(step));
    state
}

/// The words a value is or holds; `None` when it is not there.
fn words(solver: &mut Solver<'_>, state: &State, depth: u32) -> Option<Value> {
    let mut found: Vec<String> = Vec::new();
    let (mut is_list, mut may_lack) = (false, false);
    for origin in solver.origins(state).iter() {
        match origin {
            Origin::Const(node) => match solver.graph.op(*node) {
                Op::Const(Const::Str(text)) => found.push(text.to_string()),
                Op::Const(Const::Bool(is)) => found.push(is.to_string()),
                Op::Const(Const::Int(number)) => found.push(number.to_string()),
                _ => may_lack = true,
            },
            Origin::Object(node, _) => match solver.graph.op(*node) {
                Op::Alloc { items, .. } if items.iter().any(|(key, _)| matches!(key, Key::Field(_))) => {
                    found.extend(items.iter().filter_map(|(key, _)| match key {
                        Key::Field(name) => Some(name.to_string()),
                        _ => None,
                    }));
                }
                _ => is_list = true,
            },
            _ => {
                for text in solver.strings(state) {
                    match text.known {
                        Known::Absent => may_lack = true,
                        Known::Literal | Known::Setting(_) | Known::Default(_) | Known::Sample(_) => {
                            found.push(text.text)
                        }
                        Known::Unknown(what) | Known::Optional(what) | Known::Parameter(what) => {
                            return Some(Value::Unknown(what));
                        }
                    }
                }
            }
        }
    }
    if is_list && depth < MAX_DEPTH {
        let mut element = state.clone();
        element.keys.push(Key::Each);
        match words(solver, &element, depth + 1) {
            Some(Value::Words(more)) => found.extend(more),
            Some(unknown) => return Some(unknown),
            None => {}
        }
    }
    found.dedup();
    if may_lack && !found.is_empty() {
        return Some(Value::Unknown(solver.describe(state.node)));
    }
    (!found.is_empty()).then_some(Value::Words(found))
}
