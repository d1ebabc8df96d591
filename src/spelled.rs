//! Endpoints that the code spells out in a table and that no call was seen to use: a setting picks one of the entries.
//! A variable that holds one and that no call uses is left alone: the engine saw where it goes.

use crate::configured::mention;
use crate::destination::{self, together};
use crate::finding::{Call, Configured, Destination, Step, StepKind};
use crate::graph::{Graph, Node};
use crate::ir::{AllocKind, Const, Inst, Key, Op, Sym, ValueId};
use crate::policy::Policy;
use crate::rules::Rules;
use crate::rules::app::Sends;
use crate::text::Files;
use rustc_hash::{FxHashMap, FxHashSet};

/// Every such endpoint, one for each file, name and URL.
///
/// `is_test` says which paths do not count as in use.
pub fn list(
    rules: &Rules,
    policy: &Policy,
    graph: &Graph,
    calls: &[Call],
    files: &Files,
    is_test: &dyn Fn(&str) -> bool,
) -> Vec<Configured> {
    let called: FxHashSet<&str> =
        calls.iter().flat_map(|c| &c.destination.candidates).map(|c| c.host.as_str()).collect();
    let mut list = Vec::new();
    for module in 0..graph.modules.len() as u32 {
        let path = &files.get(graph.modules[module as usize].file).path;
        if is_test(path) || rules.data.is_noise_path(path) {
            continue;
        }
        let urls = urls(rules, graph, module);
        if urls.is_empty() {
            continue;
        }
        let names = names(graph, module);
        // Where a call uses one entry of a table, the engine saw how the entries are picked.
        if names
            .keys()
            .any(|value| host_at(graph, module, *value).is_some_and(|h| called.contains(h.as_str())))
        {
            continue;
        }
        let mut found = in_module(rules, policy, graph, module, &urls, &names);
        mention::tell_catalogue(rules, &mut found);
        list.append(&mut found);
    }
    list.sort_by_key(|one| (one.span, one.key.clone()));
    list
}

/// The host of the URL that a value is.
fn host_at(graph: &Graph, module: u32, value: ValueId) -> Option<String> {
    match graph.modules[module as usize].inst(value).op {
        Op::Const(Const::Str(url)) if url.contains("://") => Some(destination::host_of(&url)),
        _ => None,
    }
}

/// The endpoints among the constants of a module.
fn urls(rules: &Rules, graph: &Graph, module: u32) -> Vec<(ValueId, Sym)> {
    let constant = |(index, inst): (usize, &Inst)| match inst.op {
        Op::Const(Const::Str(url)) if mention::is_endpoint(rules, &url) => Some((ValueId(index as u32), url)),
        _ => None,
    };
    graph.modules[module as usize].insts.iter().enumerate().filter_map(constant).collect()
}

fn in_module(
    rules: &Rules,
    policy: &Policy,
    graph: &Graph,
    module: u32,
    urls: &[(ValueId, Sym)],
    names: &FxHashMap<ValueId, Sym>,
) -> Vec<Configured> {
    let mut seen: FxHashSet<(Sym, Sym)> = FxHashSet::default();
    let mut list = Vec::new();
    for (value, url) in urls.iter().copied() {
        let Some(name) = names.get(&value) else { continue };
        if mention::only_speaks_of(rules, name) || !seen.insert((*name, url)) {
            continue;
        }
        let span = graph.span(Node { module, value });
        let message = format!("`{name}` is written here");
        let evidence = vec![Step { span, message, kind: StepKind::Endpoint, depth: 0 }];
        let because = "written in the code".to_string();
        let candidates = vec![destination::candidate(rules, policy, &url, because, evidence)];
        list.push(Configured {
            span,
            key: name.to_string(),
            app: None,
            sends: Sends::Prompts,
            active: true,
            destination: Destination { verdict: together(&candidates), candidates, unresolved: None },
            models: Vec::new(),
            in_tests: false,
        });
    }
    list
}

/// The keys of tables that constants of a module stand under. Options that a call is given are no table.
fn names(graph: &Graph, module: u32) -> FxHashMap<ValueId, Sym> {
    let insts = &graph.modules[module as usize].insts;
    let given: FxHashSet<ValueId> = insts
        .iter()
        .flat_map(|inst| match &inst.op {
            Op::Call { args, .. } => args.iter().map(|arg| arg.value).collect::<Vec<_>>(),
            _ => Vec::new(),
        })
        .collect();
    let mut names = FxHashMap::default();
    for (index, inst) in insts.iter().enumerate() {
        let Op::Alloc { kind: AllocKind::Object, items } = &inst.op else { continue };
        if given.contains(&ValueId(index as u32)) {
            continue;
        }
        for (key, value) in items {
            if let Key::Field(name) = key {
                names.entry(*value).or_insert(*name);
            }
        }
    }
    names
}
