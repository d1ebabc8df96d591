//! Every call that sends something to a language model: client rules joined with what each callee is.

use crate::graph::{Graph, Node};
use crate::ir::*;
use crate::query::origins::{Calls, Origin};
use crate::query::select::select;
use crate::query::{Ctx, Solver, State};
use crate::rules::Rules;
use crate::rules::client::{CallRule, Client, Package};
use rustc_hash::{FxHashMap, FxHashSet};

/// Steps that finding out what one callee is may cost.
const RECOGNISE: u32 = 8_000;

/// Client rules by path, per language family.
pub struct ClientIndex<'r> {
    makers: FxHashMap<(&'r str, &'r str), Vec<(&'r Package, &'r Client)>>,
    instances: FxHashMap<(&'r str, &'r str), Vec<(&'r Package, &'r Client)>>,
    functions: FxHashMap<(&'r str, &'r str), (&'r Package, &'r CallRule)>,
    /// Last steps of everything that can be called: the cheap test before a callee is resolved.
    names: FxHashSet<(&'r str, &'r str)>,
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
    /// Calls that derived it from the constructed one, in order.
    pub derived: Vec<(Node, Ctx)>,
}

impl<'r> ClientIndex<'r> {
    /// Indexes the rules of packages that some module of the program imports; global functions always count.
    pub fn new(rules: &'r Rules, graph: &Graph) -> Self {
        let imported: FxHashSet<(&str, &str)> = graph
            .modules
            .iter()
            .flat_map(|m| m.imports.iter().map(|i| (m.language.family(), i.spec.as_str())))
            .collect();
        let used = |package: &Package| {
            package.import.iter().any(|wanted| {
                imported.iter().any(|(language, spec)| {
                    let below = spec.strip_prefix(wanted.as_str()).is_some_and(|r| r.starts_with(['.', '/']));
                    let above = wanted.strip_prefix(spec).is_some_and(|r| r.starts_with(['.', '/']));
                    *language == package.language && (*spec == wanted.as_str() || below || above)
                })
            }) || package.calls.iter().any(|c| !c.path.contains('.'))
        };
        let mut index = ClientIndex {
            makers: FxHashMap::default(),
            instances: FxHashMap::default(),
            functions: FxHashMap::default(),
            names: FxHashSet::default(),
        };
        for package in rules.clients.packages.iter().filter(|p| used(p)) {
            let language = package.language.as_str();
            for client in &package.clients {
                for path in &client.new {
                    index.makers.entry((language, path)).or_default().push((package, client));
                }
                for path in &client.instance {
                    index.instances.entry((language, path)).or_default().push((package, client));
                }
                index.names.extend(client.calls.iter().map(|c| (language, last_step(&c.path))));
            }
            for call in &package.calls {
                index.functions.entry((language, call.path.as_str())).or_insert((package, call));
                index.names.insert((language, last_step(&call.path)));
            }
        }
        index
    }

    /// All recognised calls of one module, by position. Nothing is decided yet about raw HTTP calls.
    pub fn find_in(&self, solver: &mut Solver<'r>, module: u32) -> Vec<Site<'r>> {
        let calls = &solver.graph.modules[module as usize].calls;
        let mut sites: Vec<Site<'r>> = calls
            .iter()
            .filter_map(|(value, _)| {
                solver.refuel(RECOGNISE);
                self.recognise(solver, Node { module, value: *value }, Ctx::ANY)
            })
            .collect();
        sites.sort_by_key(|s| solver.graph.span(s.node));
        sites
    }

    /// The call, if it is one, seen in a context.
    pub fn recognise(&self, solver: &mut Solver<'r>, node: Node, ctx: Ctx) -> Option<Site<'r>> {
        let module = solver.graph.module(node);
        let language = module.language.family();
        let Op::Call { callee, .. } = solver.graph.op(node) else { return None };
        let callee = Node { module: node.module, value: *callee };
        let name = callee_name(module, callee.value);
        if name.is_some_and(|n| !self.names.contains(&(language, n.as_str()))) {
            return None;
        }
        let origins = solver.origins(&State::whole(callee, ctx));
        let mut meanings: Vec<(Sym, Meaning<'r>)> = Vec::new();
        for origin in origins.iter() {
            let Origin::External { path, calls, .. } = origin else { continue };
            if let Some(meaning) = self.meaning(solver, language, path, calls) {
                meanings.push((*path, meaning));
            }
        }
        // A client whose making is in sight says more than the same client known by its declared type.
        let made = meanings.iter().any(|(_, m)| m.client.as_ref().is_some_and(|c| c.maker.is_some()));
        if made {
            meanings.retain(|(_, m)| {
                m.client.as_ref().is_none_or(|c| c.maker.is_some() || !c.rule.instance.is_empty())
            });
        }
        let path = meanings.first()?.0;
        Some(Site { node, path, meanings: meanings.into_iter().map(|(_, m)| m).collect() })
    }

    fn meaning(
        &self,
        solver: &mut Solver<'r>,
        language: &str,
        path: &str,
        calls: &Calls,
    ) -> Option<Meaning<'r>> {
        if let Some((package, rule)) = self.functions.get(&(language, path)) {
            return Some(Meaning { package, client: None, rule });
        }
        let (client, rest) = self.client_at(solver, language, path, calls)?;
        let rest: Vec<&str> = rest
            .split('.')
            .filter(|s| !s.is_empty() && !client.package.transparent.iter().any(|t| t == s))
            .collect();
        let rest = rest.join(".");
        let rule = client.rule.calls.iter().find(|c| c.path == rest)?;
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
        let mut used = 0;
        for (at, _) in path.match_indices("()") {
            let candidates = self.makers.get(&(language, &path[..at]));
            let maker = calls.get(used).copied();
            used += 1;
            let Some((package, rule)) = candidates.and_then(|c| self.required(solver, c, maker)) else {
                continue;
            };
            let client = MadeClient { package, rule, maker, derived: Vec::new() };
            return Some(derive(client, &path[at + 2..], calls, used));
        }
        let cuts = path.match_indices(['.', '(']).map(|(at, _)| at).chain([path.len()]);
        for at in cuts {
            if let Some((package, rule)) =
                self.instances.get(&(language, &path[..at])).and_then(|c| c.first())
            {
                let client = MadeClient { package, rule, maker: None, derived: Vec::new() };
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
        candidates.iter().copied().find(|(_, client)| {
            client.require.iter().all(|require| {
                let Some((node, ctx)) = maker else { return false };
                let selected =
                    require.args.iter().flat_map(|a| select(solver.graph, node, a, &client.positional));
                selected.collect::<Vec<_>>().into_iter().any(|s| {
                    solver.origins(&s.within(ctx)).iter().any(|o| match o {
                        Origin::Const(c) => require.values.iter().any(|v| *v == literal(solver.graph.op(*c))),
                        _ => false,
                    })
                })
            })
        })
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
            (after.is_empty() || after.starts_with(['.', '('])).then_some(after)
        });
        match method {
            Some(after) => {
                client.derived.extend(calls.get(used).copied());
                used += 1;
                rest = after;
            }
            None => return (client, step),
        }
    }
}

fn literal(op: &Op) -> String {
    match op {
        Op::Const(Const::Str(s)) => s.to_string(),
        Op::Const(Const::Bool(b)) => b.to_string(),
        Op::Const(Const::Int(i)) => i.to_string(),
        _ => String::new(),
    }
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
