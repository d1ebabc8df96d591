//! Sensitive data that reaches a call: what each call sends, walked back to where it comes from.

use crate::call::Site;
use crate::finding::{Confidence, DataUse, Flow, Step, StepKind, Volume};
use crate::graph::{Graph, Node};
use crate::ir::*;
use crate::query::select::select;
use crate::query::taint::{Body, Hop, Source, Walk, What};
use crate::query::{Ctx, FUEL, Solver, State};
use crate::rules::Rules;
use crate::rules::data::Tier;
use crate::source::Shapes;
use crate::text::Files;
use rustc_hash::FxHashSet;

/// The flows of one call, one per tier, most sensitive first; with the context that narrows its destination.
pub struct CallFlows {
    /// Each flow with the calls it entered the sending function by.
    pub flows: Vec<(Tier, Confidence, Flow, Ctx)>,
    /// Whether the walk's budget ran out.
    pub exhausted: bool,
}

/// Longest path shown; the middle of longer ones is left out.
const MAX_STEPS: usize = 40;

/// Steps that looking for the parts of a chain may cost.
const PARTS_FUEL: u32 = 50_000;

/// Longest chain of fields that is looked at.
const MAX_BASES: usize = 8;

/// Traces what a call sends back to sensitive sources.
pub fn trace<'r>(
    solver: &mut Solver<'r>,
    shapes: &Shapes<'r>,
    site: &Site<'r>,
    answers: &FxHashSet<Node>,
    files: &Files,
) -> CallFlows {
    let mut starts = payload(solver.graph, site);
    // On a budget of its own: what no chain is put together from must not cost what the walk would have found.
    // A raw request has what its body says and no more.
    if site.meanings.iter().any(|meaning| meaning.rule.url.is_empty()) {
        solver.refuel(PARTS_FUEL);
        starts.extend(solver.results_of_parts(site.node).into_iter().map(|state| (state, Body::Not)));
        solver.refuel(FUEL);
    }
    let (mut sources, exhausted) = Walk::new(solver, shapes, answers).run(starts);
    sources.retain(|source| {
        let ctx = context_of(solver, source);
        solver.reachable(site.node, ctx)
    });
    let mut flows = Vec::new();
    let classified = sources.iter().any(|s| s.tier > Tier::UserInput);
    for tier in [Tier::Restricted, Tier::Confidential, Tier::Internal, Tier::UserInput] {
        // What is classified says more than "somebody's input".
        if tier == Tier::UserInput && classified {
            continue;
        }
        let mut of_tier: Vec<&Source> = sources.iter().filter(|s| s.tier == tier).collect();
        let alone = |s: &&Source| solver.rules.data.class(&s.class).is_none_or(|c| c.report_alone);
        if !of_tier.iter().any(alone) {
            continue;
        }
        of_tier.sort_by(|a, b| {
            let key = |s: &Source| (std::cmp::Reverse(s.confidence), s.path.len(), solver.graph.span(s.node));
            key(a).cmp(&key(b))
        });
        let best = of_tier[0];
        let ctx = context_of(solver, best);
        let flow = Flow {
            data: data_uses(&of_tier, solver.rules),
            steps: steps(solver, best, site, files),
            further_paths: (of_tier.len() - 1) as u32,
            treatments: best.treatments.clone(),
            volume: volume(solver.graph, best),
        };
        flows.push((tier, best.confidence, flow, ctx));
    }
    CallFlows { flows, exhausted }
}

/// The calls by which the data came to the sending function.
fn context_of(solver: &mut Solver<'_>, source: &Source) -> Ctx {
    source
        .entered_by
        .iter()
        .rev()
        .fold(Ctx::ANY, |ctx, (function, entry)| solver.enter(*function, *entry, ctx))
}

/// The parts of a call's arguments that carry content.
fn payload(graph: &Graph, site: &Site<'_>) -> Vec<(State, Body)> {
    let mut states: Vec<(State, Body)> = Vec::new();
    for meaning in &site.meanings {
        let body = if meaning.rule.url.is_empty() { Body::Not } else { Body::Whole };
        for selector in &meaning.rule.payload {
            match (selector.strip_prefix("new."), &meaning.client) {
                (Some(selector), Some(client)) => {
                    let Some((maker, ctx)) = client.maker else { continue };
                    let selected = select(graph, maker, selector, &client.rule.positional);
                    states.extend(selected.into_iter().map(|s| (s.within(ctx), Body::Not)));
                }
                (Some(_), None) => {}
                (None, _) => {
                    let selected = select(graph, site.node, selector, &meaning.rule.positional);
                    states.extend(selected.into_iter().map(|s| (s.within(Ctx::ANY), body)));
                }
            }
        }
        let makers = meaning.client.iter().flat_map(|client| {
            let made = client.before.iter().chain(&client.maker);
            made.map(move |(maker, ctx)| (client.rule, *maker, *ctx))
        });
        for (client, maker, ctx) in makers {
            for selector in &client.payload {
                let selected = select(graph, maker, selector, &client.positional);
                states.extend(selected.into_iter().map(|s| (s.within(ctx), Body::Not)));
            }
        }
    }
    let mut seen = FxHashSet::default();
    states.retain(|s| seen.insert(s.clone()));
    states
}

fn data_uses(sources: &[&Source], rules: &Rules) -> Vec<DataUse> {
    let mut uses: Vec<DataUse> = Vec::new();
    for source in sources {
        if uses.iter().any(|u| u.class == source.class) {
            continue;
        }
        let class = rules.data.class(&source.class);
        uses.push(DataUse {
            class: source.class.clone(),
            title: class.map_or_else(String::new, |c| c.title.clone()),
            tier: source.tier,
            evidence: source.evidence.clone(),
            regulations: class.map_or_else(Vec::new, |c| c.regulations.clone()),
        });
    }
    uses.sort_by(|a, b| b.tier.cmp(&a.tier).then(a.class.cmp(&b.class)));
    uses
}

/// Whether the data is one record after another: the path leads through the elements of something.
fn volume(graph: &Graph, source: &Source) -> Volume {
    let mut nodes = source.path.iter().map(|hop| hop.node).chain([source.node]);
    if nodes.any(|node| read_off_each(graph, node)) { Volume::Many } else { Volume::One }
}

/// Whether a value is an element of something, or a field of one: `row.name` in `for row in rows`.
fn read_off_each(graph: &Graph, node: Node) -> bool {
    let mut node = node;
    for _ in 0..MAX_BASES {
        node.value = match graph.op(node) {
            Op::Load { key: Key::Each, .. } => return true,
            Op::Load { base, .. } => *base,
            Op::Bind { value, .. } | Op::Guarded { value, .. } => *value,
            _ => return false,
        };
    }
    false
}

/// The path as a reader follows it: from the source to the call.
fn steps(solver: &Solver<'_>, source: &Source, site: &Site<'_>, files: &Files) -> Vec<Step> {
    let graph = solver.graph;
    let mut steps: Vec<Step> = Vec::new();
    let mut depth = 0;
    for hop in &source.path {
        let step = step(graph, solver.rules, hop, &source.evidence, &mut depth);
        let line = |s: &Step| (s.span.file, files.region(s.span).start_line);
        // One line says one thing; crossing a function's edge says more than an assignment.
        match steps.last() {
            Some(last) if line(last) == line(&step) && last.kind != StepKind::Source => {
                if matches!(hop.what, What::Passed(_) | What::Returned(_)) {
                    steps.pop();
                    steps.push(step);
                }
            }
            Some(last) if last.span == step.span => {}
            _ => steps.push(step),
        }
    }
    if steps.len() > MAX_STEPS {
        let tail = steps.split_off(steps.len() - MAX_STEPS / 2);
        steps.truncate(MAX_STEPS / 2);
        steps.extend(tail);
    }
    let span = graph.span(site.node);
    steps.push(Step { span, message: format!("sent by `{}`", site.path), kind: StepKind::Call, depth });
    steps
}

fn step(graph: &Graph, rules: &Rules, hop: &Hop, evidence: &str, depth: &mut u32) -> Step {
    let name = |f| {
        let name = graph.function(f).name;
        if name.is_empty() { "a closure".to_string() } else { format!("`{name}`") }
    };
    let (message, kind) = match hop.what {
        What::Source => (format!("{evidence} is read here"), StepKind::Source),
        What::Named(variable) => (format!("becomes `{variable}`"), StepKind::Flow),
        What::Text => ("becomes part of a text".to_string(), StepKind::Flow),
        What::Stored(Key::Field(key)) => (format!("stored as `{key}`"), StepKind::Flow),
        What::Stored(_) => ("added to a collection".to_string(), StepKind::Flow),
        What::Passed(f) => {
            *depth += 1;
            (format!("passed to {}", name(f)), StepKind::Flow)
        }
        What::Returned(f) => {
            *depth = depth.saturating_sub(1);
            let promise = match rules.data.sounds_clean(&graph.function(f).name) {
                true => ", which sounds like a treatment but leaves this in",
                false => "",
            };
            (format!("returned by {}{promise}", name(f)), StepKind::Flow)
        }
        What::Through => (format!("goes through `{}`", callee(graph, hop.node)), StepKind::Flow),
        What::Sent => {
            *depth = depth.saturating_sub(1);
            (format!("arrives elsewhere by `{}`", callee(graph, hop.node)), StepKind::Flow)
        }
        What::Treated => (format!("treated by `{}`", callee(graph, hop.node)), StepKind::Treatment),
    };
    Step { span: graph.span(hop.node), message, kind, depth: *depth }
}

fn callee(graph: &Graph, node: Node) -> String {
    match graph.op(node) {
        Op::Call { callee, .. } => {
            let callee = Node { module: node.module, value: *callee };
            match graph.op(callee) {
                Op::Load { key: Key::Field(name), .. } | Op::Global(name) | Op::Variable(name) => {
                    name.to_string()
                }
                Op::Import(i) => match graph.import(node.module, *i).0.name {
                    ImportName::Named(name) => name.to_string(),
                    _ => graph.import(node.module, *i).0.spec.to_string(),
                },
                Op::Class(c) => graph.module(node).classes[c.0 as usize].name.to_string(),
                _ => "a call".to_string(),
            }
        }
        _ => "a call".to_string(),
    }
}
