//! The audit, from paths to report.

use crate::call::{ClientIndex, Site};
use crate::config::{self, Settings};
use crate::endpoint::Resolver;
use crate::error::BadRules;
use crate::finding::*;
use crate::flow;
use crate::graph::{Graph, Node};
use crate::judge::{Case, Judge};
use crate::lang;
use crate::lookup;
use crate::options::{DEFAULT_HOME, Options, Progress};
use crate::policy::Policy;
use crate::query::{Ctx, FUEL, Solver};
use crate::rules::Rules;
use crate::source::Shapes;
use crate::text::{Files, Notice, NoticeKind};
use crate::walk;
use anyhow::Context as _;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Stack of a worker: lowering and queries recurse, in bounded depth, on the scanned code's nesting.
const STACK: usize = 64 << 20;

/// Walk a codebase, find where it calls language models, resolve where each call goes,
/// and report the sensitive data that reaches a place the policy does not allow.
pub fn audit(options: &Options) -> anyhow::Result<Report> {
    let threads = options.threads.unwrap_or(0);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    let pool = pool.with_context(|| format!("cannot start {threads} threads"))?;
    pool.install(|| run(options))
}

fn run(options: &Options) -> anyhow::Result<Report> {
    let mut clock = Clock::start();
    let rules = Rules::load(&options.rules_dirs).map_err(BadRules)?;
    let home_as_written = options.home.clone().unwrap_or_else(|| vec![DEFAULT_HOME.into()]);
    let home = rules
        .expand(&home_as_written)
        .map_err(|code| anyhow::anyhow!("`{code}` is neither a country nor a group of the registry"))?;
    let policy = Policy { home, ..Policy::default() };
    clock.lap("rules");
    let walked = walk::files(&options.paths, &walk::WalkOptions::default())?;
    let roots: Vec<String> = options.paths.iter().filter_map(|p| walk::below(p, &walked.base)).collect();
    let (files, mut notices) = (walked.files, walked.notices);
    clock.lap("reading");
    let (settings, config_notices) = config::read(&files);
    notices.extend(config_notices);
    clock.lap("config");
    let tell = |phase, done, total| {
        if let Some(progress) = &options.progress {
            progress(Progress { phase, done, total });
        }
    };
    let (modules, lowering_notices) = lang::lower(&files, &tell);
    notices.extend(lowering_notices);
    clock.lap("parsing");
    let graph = Graph::build(modules, &files);
    clock.lap("linking");
    let analysis = Analysis {
        rules: &rules,
        settings: &settings,
        graph: &graph,
        files: &files,
        policy: &policy,
        roots: &roots,
    };
    let results = analysis.run(&mut notices, options.include_tests, &tell);
    clock.lap("tracing");
    let coverage = coverage(&files, &graph, &settings, &results.calls, &notices);
    notices.sort();
    notices.dedup();
    let known = lookup::known(&rules, &results.calls, &results.findings);
    Ok(Report {
        home: policy.home.iter().cloned().collect(),
        home_as_written,
        home_set: options.home.is_some(),
        findings: results.findings,
        calls: results.calls,
        notices,
        coverage,
        known,
        timings: clock.laps,
        files,
    })
}

struct Analysis<'a> {
    rules: &'a Rules,
    settings: &'a Settings,
    graph: &'a Graph,
    files: &'a Files,
    policy: &'a Policy,
    /// What the user named, as paths of the report.
    roots: &'a [String],
}

struct Results {
    calls: Vec<Call>,
    findings: Vec<Finding>,
}

impl<'a> Analysis<'a> {
    fn run(
        &self,
        notices: &mut Vec<Notice>,
        include_tests: bool,
        tell: &(dyn Fn(&'static str, usize, usize) + Sync),
    ) -> Results {
        let clients = ClientIndex::new(self.rules, self.settings, self.graph, self.files);
        let shapes = Shapes::new(self.rules);
        let resolver = Resolver { rules: self.rules, clients: &clients, policy: self.policy };
        let sites: Vec<Site<'a>> = (0..self.graph.modules.len() as u32)
            .into_par_iter()
            .map(|module| clients.find_in(&mut Solver::new(self.graph, self.rules, self.settings), module))
            .flatten()
            .collect();
        let answers: FxHashSet<Node> = sites.iter().map(|s| s.node).collect();
        let total = sites.len();
        let found: Vec<Option<Traced>> = sites
            .par_iter()
            .enumerate()
            .map(|(i, site)| {
                tell("tracing", i, total);
                let mut solver = Solver::new(self.graph, self.rules, self.settings);
                self.trace(&mut solver, site, &resolver, &shapes, &answers, include_tests)
            })
            .collect();
        let judge = Judge { rules: self.rules, home: &self.policy.home, files: self.files };
        let mut calls = Vec::new();
        let mut findings = Vec::new();
        for traced in found.into_iter().flatten() {
            let index = calls.len();
            for (tier, confidence, flow, destination) in traced.flows {
                let case = Case { call: index, site: &traced.call, tier, confidence, flow, destination };
                findings.extend(judge.finding(case));
            }
            if traced.exhausted {
                notices.push(self.budget_notice(&traced.call));
            }
            calls.push(traced.call);
        }
        findings.sort_by(|a, b| {
            let key = |f: &Finding| (std::cmp::Reverse(f.severity), f.span, f.rule, f.fingerprint.clone());
            key(a).cmp(&key(b))
        });
        Results { calls, findings }
    }

    fn trace(
        &self,
        solver: &mut Solver<'a>,
        site: &Site<'a>,
        resolver: &Resolver<'_, 'a>,
        shapes: &Shapes<'a>,
        answers: &FxHashSet<Node>,
        include_tests: bool,
    ) -> Option<Traced> {
        let resolved = resolver.resolve(solver, site, Ctx::ANY);
        if !resolved.is_call || !solver.reachable(site.node, Ctx::ANY) {
            return None;
        }
        let span = self.graph.span(site.node);
        let in_tests = self.rules.data.is_test_path(self.below_root(&self.files.get(span.file).path));
        let meaning = site.meanings.first()?;
        let call = Call {
            span,
            callee: site.path.to_string(),
            package: meaning.package.id(),
            kind: format!("{:?}", meaning.rule.kind).to_lowercase(),
            destination: resolved.destination,
            models: resolved.models,
            in_tests,
        };
        if in_tests && !include_tests {
            return Some(Traced { call, flows: Vec::new(), exhausted: false });
        }
        let home_only = matches!(call.destination.verdict, Verdict::Domestic | Verdict::Local);
        if home_only {
            return Some(Traced { call, flows: Vec::new(), exhausted: false });
        }
        solver.refuel(FUEL);
        let traced = flow::trace(solver, shapes, site, answers, self.files);
        let mut flows = Vec::new();
        for (tier, confidence, flow, ctx) in traced.flows {
            let narrowed = (ctx != Ctx::ANY).then(|| resolver.narrow(solver, site, ctx)).flatten();
            let destination = narrowed.unwrap_or_else(|| call.destination.clone());
            flows.push((Some(tier), confidence, Some(flow), destination));
        }
        if flows.is_empty() {
            flows.push((None, Confidence::Certain, None, call.destination.clone()));
        }
        Some(Traced { call, flows, exhausted: traced.exhausted })
    }

    /// A path below what the user named: only that part says whether a file is a test.
    fn below_root<'p>(&self, path: &'p str) -> &'p str {
        let below = |root: &String| path.strip_prefix(root.as_str())?.strip_prefix('/');
        self.roots.iter().filter_map(below).min_by_key(|p| p.len()).unwrap_or(path)
    }

    fn budget_notice(&self, call: &Call) -> Notice {
        let region = self.files.region(call.span);
        Notice {
            path: self.files.get(call.span.file).path.to_string(),
            line: Some(region.start_line),
            kind: NoticeKind::Budget,
            message: format!("what reaches `{}` was followed only as far as the budget goes", call.callee),
        }
    }
}

/// One call with the flows that reach it.
struct Traced {
    call: Call,
    flows: Vec<(Option<crate::rules::data::Tier>, Confidence, Option<Flow>, Destination)>,
    exhausted: bool,
}

fn coverage(
    files: &Files,
    graph: &Graph,
    settings: &Settings,
    calls: &[Call],
    notices: &[Notice],
) -> Coverage {
    let skipped = notices.iter().filter(|n| matches!(n.kind, NoticeKind::Skipped | NoticeKind::Unreadable));
    let open = calls.iter().filter(|c| c.destination.verdict == Verdict::Unresolved);
    Coverage {
        files_read: files.len(),
        files_parsed: graph.modules.len(),
        files_skipped: skipped.count(),
        lines: files.iter().map(|(_, f)| f.text.bytes().filter(|b| *b == b'\n').count()).sum(),
        calls: calls.len(),
        calls_unresolved: open.count(),
        settings: settings.iter().count(),
    }
}

struct Clock {
    last: Instant,
    laps: BTreeMap<&'static str, Duration>,
}

impl Clock {
    fn start() -> Clock {
        Clock { last: Instant::now(), laps: BTreeMap::new() }
    }

    fn lap(&mut self, phase: &'static str) {
        let now = Instant::now();
        self.laps.insert(phase, now - self.last);
        self.last = now;
    }
}
