//! Every call that sends something to a language model: client rules joined with what each callee is.

use crate::config::Settings;
use crate::graph::{Graph, Node};
use crate::ir::*;
use crate::query::builtin::is_container_method;
use crate::query::origins::{Calls, Origin};
use crate::query::select::select;
use crate::query::{Ctx, Solver, State};
use crate::reach::{Reach, spelling_bodies, spelling_urls};
use crate::rules::Rules;
use crate::rules::client::{CallRule, Client, Package, Require};
use crate::text::Files;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Steps that finding out what one callee is may cost.
const RECOGNISE: u32 = 8_000;
/// The same for callees under a name that every container or object has (`get`, `update`), or under none: nearly all
/// of them are no clients, and a client is found in a few dozen steps.
const RECOGNISE_COMMON: u32 = 500;
/// Places of one name that are looked at for what sets a library up.
const MAX_PLACES: usize = 64;

/// Client rules by path, per language family.
pub struct ClientIndex<'r> {
    makers: FxHashMap<(&'r str, &'r str), Vec<(&'r Package, &'r Client)>>,
    instances: FxHashMap<(&'r str, &'r str), Vec<(&'r Package, &'r Client)>>,
    functions: FxHashMap<(&'r str, &'r str), (&'r Package, &'r CallRule)>,
    /// Last steps of everything that can be called, with the modules where it can be: the cheap test before a callee
    /// is resolved.
    names: FxHashMap<(&'r str, &'r str), Vec<Near>>,
    /// Calls that are recognised whatever they are called on, by the last step of their path.
    unmistakable: FxHashMap<(&'r str, &'r str), Vec<Unmistakable<'r>>>,
    /// Per language, the modules where anything at all can be called.
    anywhere: FxHashMap<&'r str, Vec<bool>>,
    /// Assignments to attributes that rules know: the object, and what it is given.
    assignments: FxHashMap<Sym, Vec<(Node, Node)>>,
}

/// A call that is recognised whatever it is called on, with the modules where it can be.
type Unmistakable<'r> = (&'r Package, &'r Client, &'r CallRule, Near);

/// One bit per module: whether it has to do with a package.
type Near = Arc<[bool]>;

/// What is called in one module.
#[derive(Default)]
pub struct Found<'r> {
    /// Recognised calls.
    pub sites: Vec<Site<'r>>,
    /// Calls by the name of an SDK's method whose object could not be found out within the budget.
    pub undecided: Vec<Node>,
}

/// A call that was recognised.
#[derive(Clone)]
pub struct Site<'r> {
    /// The call.
    pub node: Node,
    /// Its callee as a dotted path.
    pub path: Sym,
    /// How it may be meant; several when the receiver may be one of several clients.
    pub meanings: Vec<Meaning<'r>>,
}

/// One way a call is meant.
#[derive(Clone)]
pub struct Meaning<'r> {
    /// The SDK.
    pub package: &'r Package,
    /// The client the method belongs to; `None` for a free function.
    pub client: Option<MadeClient<'r>>,
    /// The call.
    pub rule: &'r CallRule,
}

/// A client object and the calls that made it.
#[derive(Clone)]
pub struct MadeClient<'r> {
    /// The SDK.
    pub package: &'r Package,
    /// Its rule.
    pub rule: &'r Client,
    /// The constructor call, if the client is not a ready-made instance (or comes from nowhere in sight).
    pub maker: Option<(Node, Ctx)>,
    /// Set when only a declared type says what this is: whoever made it may have set it up in any way.
    pub declared: bool,
    /// What the program calls it.
    pub name: String,
    /// Calls that derived it from the constructed one, in order.
    pub derived: Vec<(Node, Ctx)>,
    /// Of these, the ones that gave it options of its own.
    pub copied: Vec<(Node, Ctx)>,
    /// Calls that led to its making (a session's), in order.
    pub before: Vec<(Node, Ctx)>,
}

impl<'r> MadeClient<'r> {
    fn new(package: &'r Package, rule: &'r Client) -> Self {
        let (derived, copied, before) = (Vec::new(), Vec::new(), Vec::new());
        MadeClient {
            package,
            rule,
            maker: None,
            declared: false,
            name: String::new(),
            derived,
            copied,
            before,
        }
    }
}

impl<'r> ClientIndex<'r> {
    /// Indexes the rules of packages that some module of the program imports; global functions always count.
    pub fn new(rules: &'r Rules, settings: &Settings, graph: &Graph, files: &Files) -> Self {
        let mut importers: FxHashMap<(&str, &str), Vec<u32>> = FxHashMap::default();
        for (index, module) in graph.modules.iter().enumerate() {
            for import in &module.imports {
                let spec = (module.language.family(), import.spec.as_str());
                importers.entry(spec).or_default().push(index as u32);
            }
        }
        let reach = Reach::new(graph);
        let mut urls = reach.around(spelling_urls(rules, settings, graph, files).into_iter());
        urls.iter_mut().zip(spelling_bodies(rules, graph, files)).for_each(|(near, asks)| *near |= asks);
        let mut index = ClientIndex {
            makers: FxHashMap::default(),
            instances: FxHashMap::default(),
            functions: FxHashMap::default(),
            names: FxHashMap::default(),
            unmistakable: FxHashMap::default(),
            anywhere: FxHashMap::default(),
            assignments: FxHashMap::default(),
        };
        let mut attributes: FxHashSet<Sym> = FxHashSet::default();
        for package in &rules.clients.packages {
            let seeds = || importers.iter().filter(|((l, s), _)| imports(package, l, s)).flat_map(|(_, m)| m);
            let global = package.calls.iter().any(|c| !c.path.contains('.'));
            if !global && seeds().next().is_none() {
                continue;
            }
            let mut modules = match global {
                true => vec![true; graph.modules.len()],
                false => reach.around(seeds().copied()),
            };
            if package.is_http() {
                modules.iter_mut().zip(&urls).for_each(|(module, near)| *module &= near);
            }
            let of_calls = package.calls.iter().map(|c| &c.endpoint);
            let endpoints = package.clients.iter().map(|c| &c.endpoint).chain(of_calls);
            let names = endpoints.flat_map(|e| {
                e.attrs.iter().map(|attr| last_step(attr)).chain(e.env.iter().map(String::as_str))
            });
            attributes.extend(names.map(ustr::ustr));
            index.add(package, modules.into());
        }
        index.find_assignments(graph, &attributes);
        index
    }

    fn add(&mut self, package: &'r Package, modules: Near) {
        let language = package.language.as_str();
        let anywhere = self.anywhere.entry(language).or_insert_with(|| vec![false; modules.len()]);
        anywhere.iter_mut().zip(&*modules).for_each(|(any, here)| *any |= here);
        let mut name = |path: &'r str| {
            self.names.entry((language, last_step(path))).or_default().push(modules.clone());
        };
        for client in &package.clients {
            for path in &client.new {
                self.makers.entry((language, path)).or_default().push((package, client));
            }
            for path in &client.instance {
                self.instances.entry((language, path)).or_default().push((package, client));
            }
            for call in client.calls() {
                name(&call.path);
                if !call.unmistakable.is_empty() {
                    let known = self.unmistakable.entry((language, last_step(&call.path))).or_default();
                    known.push((package, client, call, modules.clone()));
                }
            }
        }
        for call in &package.calls {
            self.functions.entry((language, call.path.as_str())).or_insert((package, call));
            name(&call.path);
        }
    }

    /// Whether a callee of this name (any, if it has none) can be a client's method in this module.
    fn is_name(&self, language: &str, name: Option<Sym>, module: u32) -> bool {
        let near = |modules: &Vec<Near>| modules.iter().any(|m| m[module as usize]);
        match name {
            Some(name) => self.names.get(&(language, name.as_str())).is_some_and(near),
            None => self.anywhere.get(language).is_some_and(|m| m[module as usize]),
        }
    }

    fn find_assignments(&mut self, graph: &Graph, attributes: &FxHashSet<Sym>) {
        if attributes.is_empty() {
            return;
        }
        for (module, content) in graph.modules.iter().enumerate() {
            let at = |value| Node { module: module as u32, value };
            for inst in &content.insts {
                if let Op::Store { base, key: Key::Field(name), value } = &inst.op
                    && attributes.contains(name)
                {
                    self.assignments.entry(*name).or_default().push((at(*base), at(*value)));
                }
            }
        }
    }

    /// What the program assigns to an attribute of a library's object, by its dotted path, as far as it counts for a
    /// module.
    pub fn assigned(&self, solver: &mut Solver<'r>, user: u32, attribute: &str) -> Vec<State> {
        let Some((object, name)) = attribute.rsplit_once('.') else { return Vec::new() };
        let graph = solver.graph;
        let known = self.assignments.get(&ustr::ustr(name)).into_iter().flatten();
        let language = graph.modules[user as usize].language.family();
        let same = known.filter(|(base, _)| {
            graph.module(*base).language.family() == language && graph.counts_for(base.module, user)
        });
        let mut values = Vec::new();
        for (base, value) in same.take(MAX_PLACES) {
            if is_external(solver, *base, object) {
                values.push(State::whole(*value, Ctx::ANY));
            }
        }
        values
    }

    /// Calls of a library's function, by its dotted path, anywhere in the program where they count for a module.
    pub fn calls_of(&self, solver: &mut Solver<'r>, user: u32, path: &str) -> Vec<Node> {
        let graph = solver.graph;
        let language = graph.modules[user as usize].language.family();
        let counts =
            |n: &Node| graph.module(*n).language.family() == language && graph.counts_for(n.module, user);
        let named = graph.calls_named(ustr::ustr(last_step(path)));
        let mut calls = Vec::new();
        for node in named.filter(counts).take(MAX_PLACES) {
            if let Op::Call { callee, .. } = graph.op(node)
                && is_external(solver, Node { module: node.module, value: *callee }, path)
                && solver.reachable(node, Ctx::ANY)
            {
                calls.push(node);
            }
        }
        calls
    }

    /// All recognised calls of one module, by position. Nothing is decided yet about raw HTTP calls.
    pub fn find_in(&self, solver: &mut Solver<'r>, module: u32) -> Found<'r> {
        let mut found = Found::default();
        for (value, _) in &solver.graph.modules[module as usize].calls {
            let node = Node { module, value: *value };
            let budget = budget(solver.graph, node);
            solver.refuel(budget);
            match self.recognise(solver, node, Ctx::ANY) {
                Some(site) => found.sites.push(site),
                None if solver.is_spent() && budget == RECOGNISE => found.undecided.push(node),
                None => {}
            }
        }
        found.sites.sort_by_key(|s| solver.graph.span(s.node));
        found.undecided.sort_by_key(|node| solver.graph.span(*node));
        found
    }

    /// The same call as another solver sees it: contexts are numbered by the solver that entered them.
    pub fn again(&self, solver: &mut Solver<'r>, site: &Site<'r>) -> Option<Site<'r>> {
        solver.refuel(budget(solver.graph, site.node));
        self.recognise(solver, site.node, Ctx::ANY)
    }

    /// The call, if it is one, seen in a context.
    pub fn recognise(&self, solver: &mut Solver<'r>, node: Node, ctx: Ctx) -> Option<Site<'r>> {
        let module = solver.graph.module(node);
        let language = module.language.family();
        let Op::Call { callee, .. } = solver.graph.op(node) else { return None };
        let callee = Node { module: node.module, value: *callee };
        let name = callee_name(module, callee.value);
        if !self.is_name(language, name, node.module) {
            return None;
        }
        let origins = solver.origins(&State::whole(callee, ctx));
        let mut meanings: Vec<(Sym, Meaning<'r>)> = Vec::new();
        for origin in origins.iter() {
            let Origin::External { path, calls, .. } = origin else { continue };
            let meaning = self.meaning(solver, callee, language, path, calls);
            meanings.extend(meaning.filter(|m| is_meant(solver, m.rule, node, ctx)).map(|m| (*path, m)));
        }
        // A client whose making is in sight says more than the same client known by its declared type.
        let made = meanings.iter().any(|(_, m)| m.client.as_ref().is_some_and(|c| c.maker.is_some()));
        if made {
            meanings.retain(|(_, m)| {
                m.client.as_ref().is_none_or(|c| c.maker.is_some() || !c.rule.instance.is_empty())
            });
        }
        if meanings.is_empty() {
            return self.unmistaken(solver, node, callee, &origins);
        }
        let path = meanings.first()?.0;
        Some(Site { node, path, meanings: meanings.into_iter().map(|(_, m)| m).collect() })
    }

    /// A call that can mean nothing else, on an object that nobody knows.
    fn unmistaken(
        &self,
        solver: &Solver<'r>,
        node: Node,
        callee: Node,
        origins: &[Origin],
    ) -> Option<Site<'r>> {
        let graph = solver.graph;
        let language = graph.module(node).language.family();
        let known =
            self.unmistakable.get(&(language, callee_name(graph.module(node), callee.value)?.as_str()))?;
        if origins.iter().any(|o| matches!(o, Origin::Function { .. } | Origin::Class(_))) {
            return None;
        }
        let written = solver.describe(callee);
        let fits = |rule: &CallRule| {
            let below = written.strip_suffix(rule.path.as_str()).is_some_and(|object| object.ends_with('.'));
            below && rule.unmistakable.iter().any(|argument| shows(graph, node, argument, &rule.path))
        };
        let (package, client, rule, _) =
            known.iter().find(|(_, _, rule, near)| near[node.module as usize] && fits(rule))?;
        let name = receiver(&written, rule);
        let client = MadeClient { declared: true, name, ..MadeClient::new(package, client) };
        let meaning = Meaning { package, client: Some(client), rule };
        Some(Site { node, path: ustr::ustr(&rule.path), meanings: vec![meaning] })
    }

    fn meaning(
        &self,
        solver: &mut Solver<'r>,
        callee: Node,
        language: &str,
        path: &str,
        calls: &Calls,
    ) -> Option<Meaning<'r>> {
        if let Some((package, rule)) = self.functions.get(&(language, path)) {
            return Some(Meaning { package, client: None, rule });
        }
        let (mut client, rest) = self.client_at(solver, language, path, calls)?;
        let rest: Vec<&str> = rest
            .split('.')
            .filter(|s| !s.is_empty() && !client.package.transparent.iter().any(|t| t == s))
            .collect();
        let rest = rest.join(".");
        let rule = client.rule.calls().find(|c| c.path == rest)?;
        client.name = receiver(&solver.describe(callee), rule);
        Some(Meaning { package: client.package, client: Some(client), rule })
    }

    /// The client a path starts from, and what of the path is left after it and its derivations.
    pub fn client_at<'p>(
        &self,
        solver: &mut Solver<'r>,
        language: &str,
        path: &'p str,
        calls: &Calls,
    ) -> Option<(MadeClient<'r>, &'p str)> {
        let (mut used, mut found) = (0, None);
        // What is made last is the client: a query engine of an index, an index of a database's client.
        for (at, _) in path.match_indices("()") {
            let candidates = self.makers.get(&(language, &path[..at]));
            let maker = calls.get(used).copied();
            let before = calls.get(..used).unwrap_or_default().to_vec();
            used += 1;
            let Some((package, rule)) = candidates.and_then(|c| self.required(solver, c, maker)) else {
                continue;
            };
            let made = MadeClient::new(package, rule);
            let client = MadeClient { maker, declared: maker.is_none(), before, ..made };
            found = Some((client, at + 2, used));
        }
        if let Some((client, at, used)) = found {
            return Some(derive(client, &path[at..], calls, used));
        }
        let cuts = path.match_indices(['.', '(']).map(|(at, _)| at).chain([path.len()]);
        for at in cuts {
            if let Some((package, rule)) =
                self.instances.get(&(language, &path[..at])).and_then(|c| c.first())
            {
                let client = MadeClient::new(package, rule);
                return Some(derive(client, &path[at..], calls, path[..at].matches("()").count()));
            }
        }
        None
    }

    /// The first candidate whose required literals the constructor call has.
    fn required(
        &self,
        solver: &mut Solver<'r>,
        candidates: &[(&'r Package, &'r Client)],
        maker: Option<(Node, Ctx)>,
    ) -> Option<(&'r Package, &'r Client)> {
        let fits = |client: &Client| !(client.is_abstract && maker.is_some());
        candidates.iter().copied().filter(|(_, client)| fits(client)).find(|(_, client)| {
            client.require.iter().all(|require| {
                maker.is_some_and(|(node, ctx)| has_literal(solver, require, &client.positional, node, ctx))
            })
        })
    }
}

/// Whether a call has the literal without which its method sends to no model.
fn is_meant(solver: &mut Solver<'_>, rule: &CallRule, node: Node, ctx: Ctx) -> bool {
    rule.require.as_ref().is_none_or(|require| has_literal(solver, require, &rule.positional, node, ctx))
}

/// Whether an argument of a call may be one of the literals that a rule asks for.
fn has_literal(
    solver: &mut Solver<'_>,
    require: &Require,
    positional: &[String],
    node: Node,
    ctx: Ctx,
) -> bool {
    let selected = require.args.iter().flat_map(|a| select(solver.graph, node, a, positional));
    selected.collect::<Vec<_>>().into_iter().any(|s| {
        solver.origins(&s.within(ctx)).iter().any(|o| match o {
            Origin::Const(c) => require.values.iter().any(|v| *v == literal(solver.graph.op(*c))),
            _ => false,
        })
    })
}

fn budget(graph: &Graph, call: Node) -> u32 {
    let Op::Call { callee, .. } = graph.op(call) else { return 0 };
    match callee_name(graph.module(call), *callee) {
        Some(name) if !is_container_method(&name) => RECOGNISE,
        _ => RECOGNISE_COMMON,
    }
}

/// Steps over the methods that derive a client from another.
fn derive<'r, 'p>(
    mut client: MadeClient<'r>,
    mut rest: &'p str,
    calls: &Calls,
    mut used: usize,
) -> (MadeClient<'r>, &'p str) {
    loop {
        let step = rest.strip_prefix('.').unwrap_or(rest);
        let method = client.rule.derive.iter().find_map(|d| {
            let after = step.strip_prefix(d.as_str())?.strip_prefix("()")?;
            (after.is_empty() || after.starts_with(['.', '('])).then_some((d, after))
        });
        match method {
            Some((method, after)) => {
                client.derived.extend(calls.get(used).copied());
                if client.rule.copy.contains(method) {
                    client.copied.extend(calls.get(used).copied());
                }
                used += 1;
                rest = after;
            }
            None => return (client, step),
        }
    }
}

/// Whether an import of `spec` gives access to a package: its root, something below it, or something above.
fn imports(package: &Package, language: &str, spec: &str) -> bool {
    package.language == language
        && package.import.iter().any(|wanted| {
            let below = spec.strip_prefix(wanted.as_str()).is_some_and(|r| r.starts_with(['.', '/']));
            let above = wanted.strip_prefix(spec).is_some_and(|r| r.starts_with(['.', '/']));
            spec == wanted || below || above
        })
}

fn literal(op: &Op) -> String {
    match op {
        Op::Const(Const::Str(s)) => s.to_string(),
        Op::Const(Const::Bool(b)) => b.to_string(),
        Op::Const(Const::Int(i)) => i.to_string(),
        _ => String::new(),
    }
}

/// Whether a call is given an argument of this name, or (if its path is long enough to say it alone) may be.
fn shows(graph: &Graph, call: Node, argument: &str, path: &str) -> bool {
    let Op::Call { args, .. } = graph.op(call) else { return false };
    let says_alone = path.matches('.').count() > 1;
    let module = graph.module(call);
    let has = |value: ValueId, name: &str| match &module.inst(module.bare(value)).op {
        Op::Alloc { items, .. } => items.iter().any(|(key, _)| *key == Key::Field(ustr::ustr(name))),
        _ => says_alone,
    };
    match argument.strip_prefix("0.") {
        Some(name) => args.first().is_some_and(|arg| has(arg.value, name)),
        None => args.iter().any(|arg| match arg.kind {
            ArgKind::Keyword(name) => name.as_str() == argument,
            ArgKind::SpreadKeywords => says_alone,
            _ => false,
        }),
    }
}

/// The object a method is called on, in the words of the program.
fn receiver(callee: &str, method: &CallRule) -> String {
    let steps = method.path.split('.').count();
    callee.rsplitn(steps + 1, '.').nth(steps).unwrap_or(callee).to_string()
}

fn is_external(solver: &mut Solver<'_>, node: Node, wanted: &str) -> bool {
    let origins = solver.origins(&State::whole(node, Ctx::ANY));
    origins.iter().any(|origin| matches!(origin, Origin::External { path, .. } if path.as_str() == wanted))
}

fn last_step(path: &str) -> &str {
    path.rsplit(['.', '/']).next().unwrap_or(path)
}

/// The name a callee goes by, when it has one that rules could know.
fn callee_name(module: &Module, value: ValueId) -> Option<Sym> {
    match &module.inst(value).op {
        Op::Load { key: Key::Field(name), .. } | Op::Global(name) => Some(*name),
        Op::Import(i) => match module.imports[i.0 as usize].name {
            ImportName::Named(name) if name.as_str() != "default" => Some(name),
            _ => None,
        },
        Op::Function(_) | Op::Decorated { .. } | Op::Class(_) => Some(ustr::ustr("")),
        Op::Bind { value, .. } | Op::Guarded { value, .. } => callee_name(module, *value),
        _ => None,
    }
}
