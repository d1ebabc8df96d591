//! Requests that a program sends to its own routes: which route a handler serves, which calls request it.

use super::super::super::select::select;
use super::super::super::{Ctx, Keys, State, prepend};
use super::super::{Fact, Walk, external_path};
use super::{MAX_CALLS, read_off};
use crate::graph::{FuncRef, Node};
use crate::ir::*;
use crate::rules::data::SourceRule;
use crate::rules::hop::RouteFile;

/// Functions around a read that may be the handler.
const MAX_AROUND: usize = 4;

/// A call that requests a URL.
#[derive(Clone)]
pub(in super::super) struct Request {
    call: Node,
    places: Vec<Place>,
    /// Lower case; `None` when it is not known.
    method: Option<String>,
    content: Vec<State>,
}

/// The path of a URL or of a route.
#[derive(Clone, Debug)]
struct Place {
    /// Parts between slashes; `None` stands for any one.
    parts: Vec<Option<String>>,
    /// Whether something unknown stands before them.
    open: bool,
}

struct Route {
    place: Place,
    /// Lower case; `None` for any.
    method: Option<String>,
}

impl Walk<'_, '_> {
    /// Follows the content of a request to the calls of the program that send it.
    pub(in super::super) fn requested(&mut self, rule: &SourceRule, node: Node, fact: &Fact, at: u32) {
        self.looking_for_senders(|walk| walk.request(rule, node, fact, at));
    }

    fn request(&mut self, rule: &SourceRule, node: Node, fact: &Fact, at: u32) {
        let rules = self.solver.rules;
        if !rules.hops.route.sources.contains(&rule.id) {
            return;
        }
        let graph = self.solver.graph;
        let mut around = match graph.op(node) {
            Op::Param { function, .. } => Some(FuncRef { module: node.module, function: *function }),
            _ => graph.enclosing(node),
        };
        let mut routes = Vec::new();
        for _ in 0..MAX_AROUND {
            let Some(function) = around.filter(|f| f.function != FunctionId(0)) else { break };
            routes = self.routes(function);
            if !routes.is_empty() {
                break;
            }
            around = graph.function(function).parent.map(|parent| FuncRef { function: parent, ..function });
        }
        if routes.is_empty() {
            return;
        }
        let keys = self.content_keys(node, &fact.state.keys);
        let requests = match self.posts.requests.take() {
            Some(known) => known,
            None => self.requests(),
        };
        let meets = |request: &&Request| {
            routes.iter().any(|route| {
                let same = match (&route.method, &request.method) {
                    (Some(a), Some(b)) => a == b,
                    _ => true,
                };
                same && request.places.iter().any(|place| place.meets(&route.place))
            })
        };
        let found = requests.iter().filter(meets);
        let arrivals = found.flat_map(|request| {
            request.content.iter().map(|content| {
                let keys: Keys = content.keys.iter().chain(&keys).copied().collect();
                (request.call, State { keys, ..content.clone() })
            })
        });
        let arrivals: Vec<(Node, State)> = arrivals.collect();
        self.posts.requests = Some(requests);
        self.arrive(arrivals, fact, at);
    }

    /// What is read out of the content, given what is read out of the handler's parameter or of the request.
    fn content_keys(&mut self, node: Node, keys: &Keys) -> Keys {
        let within = &self.solver.rules.hops.route.within;
        let rest = read_off(keys, within).unwrap_or_else(|| keys.clone());
        let graph = self.solver.graph;
        let Op::Param { function, index } = graph.op(node) else { return rest };
        let function = FuncRef { module: node.module, function: *function };
        let param = &graph.function(function).params[*index as usize];
        // `def ask(note: str = Body())`: one field of the content; an object is all of it.
        let scalar = param.annotation.as_ref().is_some_and(|a| a.types.is_empty() || is_scalar(&a.text));
        let by_name = scalar && rest.is_empty() && !param.name.is_empty();
        if by_name { prepend(Key::Field(param.name), &rest) } else { rest }
    }

    /// The routes a function serves.
    fn routes(&mut self, function: FuncRef) -> Vec<Route> {
        let mut routes: Vec<Route> = self
            .registrations(function)
            .into_iter()
            .flat_map(|call| self.registered(call, function))
            .collect();
        let graph = self.solver.graph;
        let verbs = &self.solver.rules.hops.route.verbs;
        let name = graph.function(function).name.to_lowercase();
        for file in &self.solver.rules.hops.route.file {
            if let Some((place, suffix)) = place_of_file(graph.path(function.module), file) {
                let method = [Some(name.clone()), suffix].into_iter().flatten().find(|m| verbs.contains(m));
                routes.push(Route { place, method });
            }
        }
        routes
    }

    /// The routes that one call or decorator registers a function for.
    fn registered(&mut self, call: Node, function: FuncRef) -> Vec<Route> {
        let graph = self.solver.graph;
        let rules = &self.solver.rules.hops.route;
        let Op::Call { callee, .. } = graph.op(call) else { return Vec::new() };
        let callee = Node { module: call.module, value: *callee };
        let Some(name) = self.callee_name(callee).map(|n| n.to_lowercase()) else { return Vec::new() };
        let method = rules.verbs.contains(&name).then_some(name.clone());
        if method.is_none() && !rules.several.contains(&name) {
            return Vec::new();
        }
        let base = match graph.op(callee) {
            Op::Load { base, .. } => Some(Node { module: call.module, value: *base }),
            _ => None,
        };
        let mut open = true;
        let mut texts = self.key_of(call, "0");
        if let Some(base) = base {
            let origins = self.solver.origins(&State::whole(base, Ctx::ANY));
            let paths: Vec<Sym> = origins.iter().filter_map(external_path).collect();
            open = !paths.iter().any(|p| rules.complete.iter().any(|c| c == p.as_str()));
            // `router.route("/chat").post(handler)`.
            if texts.is_empty() && matches!(graph.op(base), Op::Call { .. }) {
                texts = self.key_of(base, "0");
            }
        }
        let prefix = self.class_prefix(function);
        if texts.is_empty() && !prefix.is_empty() {
            texts.push(String::new());
        }
        let route = |text: String| {
            let place = Place::of(&format!("/{prefix}/{text}"), open)?;
            Some(Route { place, method: method.clone() })
        };
        texts.into_iter().filter_map(route).collect()
    }

    /// What a decorator of the handler's class says all its routes begin with.
    fn class_prefix(&mut self, function: FuncRef) -> String {
        let graph = self.solver.graph;
        let module = &graph.modules[function.module as usize];
        let Some(class) = graph.function(function).class else { return String::new() };
        let decorators = module.classes[class.0 as usize].decorators.clone();
        let calls = decorators.into_iter().map(|d| Node { module: function.module, value: d });
        let mut texts = calls.flat_map(|call| self.key_of(call, "0"));
        texts.next().unwrap_or_default()
    }

    /// Every request of the program that may be to itself.
    fn requests(&mut self) -> Vec<Request> {
        let rules = self.solver.rules;
        let verbs = &rules.hops.route.verbs;
        let mut found = Vec::new();
        for send in &rules.hops.route.send {
            let Some(key) = &send.key else { continue };
            for call in self.calls_ending(&send.call, &send.language).into_iter().take(MAX_CALLS) {
                let open = self.is_made(call);
                let places: Vec<Place> =
                    self.key_of(call, key).iter().filter_map(|url| Place::of(url, open)).collect();
                if places.is_empty() {
                    continue;
                }
                let method = match &send.method {
                    Some(selector) => {
                        self.key_of(call, selector).first().map_or("get".into(), |m| m.to_lowercase())
                    }
                    None => self.name_of(call),
                };
                let values = send.values.iter().flat_map(|v| select(self.solver.graph, call, v, &[]));
                let content = values.map(|s| self.unwrapped(s.within(Ctx::ANY))).collect();
                let method = verbs.contains(&method).then_some(method);
                found.push(Request { call, places, method, content });
            }
        }
        found
    }

    /// Whether a call is of an object that was made with settings, among which there may be a base URL.
    fn is_made(&mut self, call: Node) -> bool {
        let Op::Call { callee, .. } = self.solver.graph.op(call) else { return false };
        let callee = State::whole(Node { module: call.module, value: *callee }, Ctx::ANY);
        self.solver.origins(&callee).iter().filter_map(external_path).any(|path| path.contains("()"))
    }

    fn name_of(&self, call: Node) -> String {
        let Op::Call { callee, .. } = self.solver.graph.op(call) else { return String::new() };
        let name = self.callee_name(Node { module: call.module, value: *callee });
        name.map_or_else(String::new, |n| n.to_lowercase())
    }

    /// What a text was written out from: `JSON.stringify(x)` → `x`.
    fn unwrapped(&self, state: State) -> State {
        let graph = self.solver.graph;
        let mut at = state.node;
        for _ in 0..8 {
            at.value = match graph.op(at) {
                Op::Bind { value, .. } | Op::Guarded { value, .. } => *value,
                Op::Call { args, callee } if state.keys.is_empty() => {
                    let name = self.callee_name(Node { module: at.module, value: *callee });
                    match (args.first(), name) {
                        (Some(arg), Some(name)) if super::super::words::writes_out(&name) => {
                            return State { node: Node { module: at.module, value: arg.value }, ..state };
                        }
                        _ => break,
                    }
                }
                _ => break,
            };
        }
        state
    }
}

impl Place {
    /// The path of a URL; nothing when it has no part that is known.
    fn of(url: &str, open: bool) -> Option<Place> {
        let mut open = open;
        let mut rest = url;
        if let Some((_, after)) = rest.split_once("://") {
            rest = after.find('/').map_or("", |at| &after[at..]);
        } else if rest.starts_with('{') {
            open = true;
            rest = &rest[rest.find('}')? + 1..];
        }
        let path = rest.split(['?', '#']).next().unwrap_or("");
        let parts: Vec<Option<String>> = path.split('/').filter(|p| !p.is_empty()).map(part).collect();
        parts.iter().any(Option::is_some).then_some(Place { parts, open })
    }

    /// Whether a request to this path may arrive at a route.
    fn meets(&self, route: &Place) -> bool {
        let (a, b) = (&self.parts, &route.parts);
        let fits = match a.len().cmp(&b.len()) {
            std::cmp::Ordering::Equal => true,
            std::cmp::Ordering::Greater => route.open,
            std::cmp::Ordering::Less => self.open,
        };
        let mut pairs = a.iter().rev().zip(b.iter().rev());
        let mut named = false;
        fits && pairs.all(|(a, b)| match (a, b) {
            (Some(a), Some(b)) => {
                named = true;
                a == b
            }
            _ => true,
        }) && named
    }
}

/// One part of a path; `None` for a parameter: `:id`, `[id]`, `{id}`, `<int:id>`, or a text that is not known.
fn part(text: &str) -> Option<String> {
    (!text.starts_with([':', '[', '<', '*']) && !text.contains(['{', '$'])).then(|| text.to_string())
}

fn is_scalar(annotation: &str) -> bool {
    let plain = annotation.trim_start_matches("Optional[").trim_end_matches(']');
    matches!(
        plain.split(['|', ' ', '[']).next(),
        Some("str" | "int" | "float" | "bool" | "bytes" | "list" | "List")
    )
}

/// The path a file serves, and the method its name ends in.
fn place_of_file(path: &str, rule: &RouteFile) -> Option<(Place, Option<String>)> {
    let below = match path.strip_prefix(&format!("{}/", rule.root)) {
        Some(rest) => rest,
        None => path.split_once(&format!("/{}/", rule.root))?.1,
    };
    let (folder, name) = below.rsplit_once('/').unwrap_or(("", below));
    let mut stem = name.split('.');
    let first = stem.next()?;
    let suffix = stem.next().filter(|_| stem.next().is_some()).map(str::to_string);
    let own = match &rule.leaf {
        Some(leaf) if leaf == first => "",
        Some(_) => return None,
        None if first == "index" => "",
        None => first,
    };
    let shown = folder.split('/').filter(|p| !p.starts_with(['(', '@']));
    let whole: Vec<&str> = std::iter::once(rule.prefix.as_str()).chain(shown).chain([own]).collect();
    Some((Place::of(&whole.join("/"), false)?, suffix))
}
