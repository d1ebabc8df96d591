//! The audit, from paths to report.

pub mod memory;
mod policy;

use crate::address::Addresses;
use crate::advice;
use crate::allow;
use crate::call::{self, ClientIndex, Site};
use crate::change;
use crate::config::{self, Settings};
use crate::configured::follow::Proxies;
use crate::configured::{self, entry};
use crate::endpoint::Resolver;
use crate::error::BadRules;
use crate::finding::*;
use crate::fingerprint;
use crate::flow;
use crate::git::Git;
use crate::graph::{Graph, Node};
use crate::handed;
use crate::ir::Module;
use crate::judge::{Case, Judge};
use crate::lang::{self, Lowered};
use crate::lookup;
use crate::options::{Options, PolicyFrom, Progress};
use crate::owners;
use crate::policy::{Opened, Policy};
use crate::query::{Ctx, FUEL, Program, Solver};
use crate::region::Declared;
use crate::rules::Rules;
use crate::schema;
use crate::since::{self, States, Tree};
use crate::source::Shapes;
use crate::spelled;
use crate::text::{Files, Notice, NoticeKind};
use crate::walk;
use anyhow::Context as _;
use camino::Utf8PathBuf;
use policy::InForce;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// Stack of a worker: lowering and queries recurse, in bounded depth, on the scanned code's nesting.
pub const STACK: usize = 64 << 20;

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
    let opened = Opened::open(&options.policy, &options.paths)?;
    // Folders of rules that the policy names count like those of the command line, which win.
    let rules_dirs = opened.rules_dirs().iter().chain(&options.rules_dirs).cloned().collect();
    let options = &Options { rules_dirs, ..options.clone() };
    let ground = Ground::new(Rules::load(&options.rules_dirs).map_err(BadRules)?, opened, options)?;
    let ground_digest = ground.rules.digest.clone();
    clock.lap("rules");
    let walked = walk::files(&options.paths, &walk::WalkOptions::default())?;
    let roots: Vec<Option<String>> = options.paths.iter().map(|p| walk::below(p, &walked.base)).collect();
    let base = walked.base.clone();
    clock.lap("reading");
    let open = || Git::open(&base, options.index_file.clone());
    let mut examiner = Examiner { options, base: base.clone(), roots, lowered: Lowered::default(), clock };
    let mut git = None;
    let mut report = match &options.since {
        None => examiner.examine(&ground, Tree { files: walked.files, notices: walked.notices }),
        Some(since) => {
            let policy = ground.opened.file.as_ref().map(|file| file.path.clone());
            let states = since::states(git.insert(open()?), walked, since, options, policy.as_deref())?;
            examiner.clock.lap("git");
            examiner.compare(ground, states)?
        }
    };
    if let Some(baseline) = &options.baseline {
        let covered = |path: &str| examiner.covers(path);
        report.baseline = Some(baseline.apply(&mut report.findings, covered));
    }
    if git.is_none() && (options.owners || options.command.is_some()) {
        git = open().ok();
    }
    if options.owners {
        owners::name(&mut report, &base, git.as_ref())?;
    }
    if let Some(command) = &options.command {
        let policy = report.policy.path.clone().map(|path| (path, report.policy.hash.clone()));
        report.record = Some(record(&ground_digest, policy, command, git.as_ref())?);
    }
    report.timings = examiner.clock.laps;
    Ok(report)
}

fn record(
    rules: &str,
    policy: Option<(String, String)>,
    command: &[String],
    git: Option<&Git>,
) -> anyhow::Result<Record> {
    let revision = git.map(Git::revision).transpose()?.unwrap_or_default();
    Ok(Record {
        rules: rules.to_string(),
        policy,
        command: command.to_vec(),
        commit: revision.commit,
        branch: revision.branch,
        repository: revision.repository,
    })
}

/// What a program is judged by.
struct Ground {
    rules: Rules,
    policy: Policy,
    opened: Opened,
}

impl Ground {
    fn new(mut rules: Rules, opened: Opened, options: &Options) -> anyhow::Result<Ground> {
        rules
            .expand(options.home.as_deref().unwrap_or_default())
            .map_err(|code| anyhow::anyhow!("`{code}` is neither a country nor a group of the registry"))?;
        let policy = opened.check(&rules, options.home.as_deref())?;
        rules.adopt(&policy.own);
        Ok(Ground { rules, policy, opened })
    }

    /// The ground of another state, where its rules or its policy differ.
    fn of_state(
        rules: Option<Rules>,
        policy: Option<PolicyFrom>,
        options: &Options,
    ) -> anyhow::Result<Option<Ground>> {
        if rules.is_none() && policy.is_none() {
            return Ok(None);
        }
        let rules = match rules {
            Some(rules) => rules,
            None => Rules::load(&options.rules_dirs).map_err(BadRules)?,
        };
        let opened = Opened::open(policy.as_ref().unwrap_or(&options.policy), &options.paths)?;
        Ok(Some(Ground::new(rules, opened, options)?))
    }
}

/// Examines one state of a program after the other, and keeps what they share.
struct Examiner<'o> {
    options: &'o Options,
    /// What paths of the report are relative to.
    base: Utf8PathBuf,
    /// What the user named, as paths of the report; `None` for the whole base.
    roots: Vec<Option<String>>,
    lowered: Lowered,
    clock: Clock,
}

impl Examiner<'_> {
    /// The report on one state.
    fn examine(&mut self, ground: &Ground, tree: Tree) -> Report {
        let Tree { files, mut notices } = tree;
        let (in_force, files) = InForce::new(&ground.policy, &ground.opened, files, &self.base);
        notices.retain(|notice| !in_force.leaves_out(&notice.path));
        let (settings, config_notices) = config::read(&files);
        notices.extend(config_notices);
        self.clock.lap("config");
        let tell = |phase, done, total| {
            if let Some(progress) = &self.options.progress {
                progress(Progress { phase, done, total });
            }
        };
        let (mut modules, lowering_notices) = lang::lower(&files, std::mem::take(&mut self.lowered), &tell);
        notices.extend(lowering_notices);
        handed::unfold(&mut modules, &ground.rules);
        self.clock.lap("parsing");
        let (schemas, schema_notices) = schema::read(&files);
        notices.extend(schema_notices);
        let roots: Vec<String> = self.roots.iter().flatten().cloned().collect();
        let is_test = |path: &str| !self.options.include_tests && is_test(&ground.rules, &roots, path);
        let graph = Graph::build(modules, schemas, &files, &is_test);
        self.clock.lap("linking");
        let program = Program::new(&graph, &ground.rules, &settings);
        let analysis = Analysis {
            program: &program,
            rules: &ground.rules,
            settings: &settings,
            graph: &graph,
            files: &files,
            policy: &ground.policy,
            roots: &roots,
        };
        let mut results = analysis.run(&mut notices, self.options.include_tests, &tell);
        self.clock.lap("tracing");
        let ignored_allows = self.allow(&analysis, &mut results.findings, &mut notices);
        in_force.settle(&mut results.findings, &ground.rules, &files, self.options.today);
        results.findings.sort_by_key(|f| (Reverse(f.severity), f.span, f.rule));
        fingerprint::number(&mut results.findings, &results.calls, &files);
        let coverage = Coverage {
            files_ignored: in_force.files_left_out(),
            ..coverage(&files, &graph, &settings, &results.calls, &notices)
        };
        if self.options.since.is_some() {
            self.lowered = lowered(graph.modules, &files);
        }
        notices.sort();
        notices.dedup();
        let known = lookup::known(&ground.rules, &results.calls, &results.findings);
        Report {
            known,
            home: ground.policy.home.iter().cloned().collect(),
            home_as_written: ground.policy.home_as_written.clone(),
            home_set: ground.policy.home_set,
            policy: in_force.describe(&ground.rules),
            findings: results.findings,
            calls: results.calls,
            configured: results.configured,
            notices,
            ignored_allows,
            coverage,
            files,
            ..Report::default()
        }
    }

    /// Lets comments suppress findings, unless nobody trusts them; then says how many there are.
    fn allow(&self, analysis: &Analysis<'_>, findings: &mut [Finding], notices: &mut Vec<Notice>) -> usize {
        let (allows, wrong) = allow::read(analysis.files);
        if self.options.no_inline_allow {
            return allows.len();
        }
        let judged = |path: &str| self.options.include_tests || !analysis.is_test(path);
        notices.extend(wrong);
        notices.extend(allow::apply(&allows, findings, analysis.files, judged));
        0
    }

    /// The report on what the second of two states opened.
    fn compare(&mut self, ground: Ground, states: States) -> anyhow::Result<Report> {
        let States { before, after, rules_before, rules_after, policy_before, policy_after, mut change } =
            states;
        let ground = Ground::of_state(rules_after, policy_after, self.options)?.unwrap_or(ground);
        // A policy that could not be used then judged nothing.
        let ground_before = Ground::of_state(rules_before, policy_before, self.options).ok().flatten();
        // One program under one ground has one report.
        let same_program = before.files.are_the_same(&after.files);
        if same_program && ground_before.is_none() {
            let mut report = self.examine(&ground, after);
            change.unchanged = std::mem::take(&mut report.findings).len();
            report.change = Some(change);
            return Ok(report);
        }
        let old = self.examine(ground_before.as_ref().unwrap_or(&ground), before);
        let unmoved = ground_before.filter(|_| !same_program).map(|ground_before| {
            let tree = Tree { files: after.files.clone(), notices: Vec::new() };
            self.examine(&ground_before, tree)
        });
        let unmoved = if same_program { Some(&old) } else { unmoved.as_ref() };
        let mut report = self.examine(&ground, after);
        change::compare(&old, &mut report, unmoved, &mut change);
        report.change = Some(change);
        Ok(report)
    }

    /// Whether a path of the report was asked for.
    fn covers(&self, path: &str) -> bool {
        self.roots.iter().any(|root| root.as_deref().is_none_or(|root| walk::is_below(path, root)))
    }
}

/// Modules with the text they were made from, so that another state need not lower the same text again.
fn lowered(modules: Vec<Module>, files: &Files) -> Lowered {
    let with_text = |module: Module| {
        let file = files.get(module.file);
        (file.path.clone(), (file.text.clone(), module))
    };
    modules.into_iter().map(with_text).collect()
}

struct Analysis<'a> {
    program: &'a Program<'a>,
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
    configured: Vec<Configured>,
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
        let declared = Declared::new(self.rules, self.settings, self.files);
        let addresses = Addresses { rules: self.rules, clients: &clients, declared: &declared };
        let entries = entry::read(self.rules, self.policy, self.settings);
        let proxies = Proxies::new(self.rules, self.policy, self.settings, &entries);
        let resolver = Resolver { rules: self.rules, addresses, proxies: &proxies, policy: self.policy };
        let found: Vec<Result<call::Found<'a>, Notice>> = (0..self.graph.modules.len() as u32)
            .into_par_iter()
            .map(|module| {
                let mut solver = Solver::new(self.program);
                self.caught(module, || clients.find_in(&mut solver, module))
            })
            .collect();
        let found: Vec<call::Found<'a>> =
            found.into_iter().filter_map(|found| told(found, notices)).collect();
        notices.extend(found.iter().filter_map(|found| self.undecided_notice(&found.undecided)));
        let sites: Vec<Site<'a>> = found.into_iter().flat_map(|found| found.sites).collect();
        let answers: FxHashSet<Node> = sites.iter().map(|s| s.node).collect();
        let total = sites.len();
        let found: Vec<Result<Option<Traced>, Notice>> = sites
            .par_iter()
            .enumerate()
            .map(|(i, site)| {
                tell("tracing", i, total);
                let mut solver = Solver::new(self.program);
                self.caught(site.node.module, || {
                    self.trace(&mut solver, site, &resolver, &shapes, &answers, include_tests)
                })
            })
            .collect();
        let judge = Judge { rules: self.rules, policy: self.policy };
        let mut calls = Vec::new();
        let mut findings = Vec::new();
        for traced in found {
            let Some(traced) = told(traced, notices).flatten() else { continue };
            let index = calls.len();
            let sent = traced.flows.iter().filter_map(|(_, _, flow, _)| flow.as_ref());
            let reaching: Vec<String> = sent.flat_map(|f| &f.data).map(|data| data.class.clone()).collect();
            for (tier, confidence, flow, destination) in traced.flows {
                let (site, reaching) = (&traced.call, &reaching[..]);
                let case = Case { call: index, site, tier, confidence, flow, reaching, destination };
                findings.extend(judge.finding(case));
            }
            if traced.exhausted {
                notices.push(self.budget_notice(&traced.call));
            }
            findings.extend(judge.relay(index, &traced.call));
            calls.push(traced.call);
        }
        advice::place_redactions(&mut findings);
        let is_test = |path: &str| self.is_test(path);
        let mut configured =
            configured::list(self.rules, self.policy, self.settings, &entries, &calls, self.files, &is_test);
        configured.extend(spelled::list(self.rules, self.policy, self.graph, &calls, self.files, &is_test));
        configured.sort_by_key(|one| (one.span, one.key.clone()));
        findings.extend(judge.of_configured(&configured));
        Results { calls, configured, findings }
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
        let seen = resolver.addresses.clients.again(solver, site);
        let site = seen.as_ref().unwrap_or(site);
        let resolved = resolver.resolve(solver, site, Ctx::ANY);
        if !resolved.is_call || !solver.reachable(site.node, Ctx::ANY) {
            return None;
        }
        let span = self.graph.span(site.node);
        let in_tests = self.is_test(&self.files.get(span.file).path);
        let meaning = site.meanings.first()?;
        let call = Call {
            span,
            callee: site.path.to_string(),
            function: self.graph.place(site.node),
            package: meaning.package.id(),
            kind: format!("{:?}", meaning.rule.kind).to_lowercase(),
            destination: resolved.destination,
            models: resolved.models,
            in_tests,
        };
        if in_tests && !include_tests {
            return Some(Traced { call, flows: Vec::new(), exhausted: false });
        }
        let Destination { candidates, verdict, .. } = &call.destination;
        let models = call.models.iter();
        let denied =
            models.filter_map(|m| self.policy.denies_model(self.rules, &m.id, &m.origin)).count() > 0;
        if !denied && !self.policy.may_object(self.rules, candidates, *verdict) {
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

    /// Work on one file, so that our mistakes cost no more than what is said of that file.
    fn caught<T>(&self, module: u32, work: impl FnOnce() -> T) -> Result<T, Notice> {
        catch_unwind(AssertUnwindSafe(work)).map_err(|_| Notice {
            path: self.graph.path(module).to_string(),
            line: None,
            kind: NoticeKind::Internal,
            message: "the analyser failed on a call in this file, which was left out; please report it"
                .into(),
        })
    }

    /// Whether a file is a test, an example or a fixture.
    fn is_test(&self, path: &str) -> bool {
        is_test(self.rules, self.roots, path)
    }

    fn undecided_notice(&self, calls: &[Node]) -> Option<Notice> {
        let first = self.graph.span(*calls.first()?);
        let which = match calls.len() {
            1 => "this call goes".to_string(),
            n => format!("this call and {} below it go", n - 1),
        };
        Some(Notice {
            path: self.files.get(first.file).path.to_string(),
            line: Some(self.files.region(first).start_line),
            kind: NoticeKind::Budget,
            message: format!("whether {which} to a language model was not found out within the budget"),
        })
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

/// Whether a file is a test, an example or a fixture. Only the part of its path below what the user named says so.
fn is_test(rules: &Rules, roots: &[String], path: &str) -> bool {
    let below = |root: &String| path.strip_prefix(root.as_str())?.strip_prefix('/');
    rules.data.is_test_path(roots.iter().filter_map(below).min_by_key(|p| p.len()).unwrap_or(path))
}

/// What came out, or nothing and a notice of why.
fn told<T>(result: Result<T, Notice>, notices: &mut Vec<Notice>) -> Option<T> {
    result.map_err(|notice| notices.push(notice)).ok()
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
    let skipped = notices
        .iter()
        .filter(|n| matches!(n.kind, NoticeKind::LeftOut | NoticeKind::Skipped | NoticeKind::Unreadable));
    let open = calls.iter().filter(|c| c.destination.verdict == Verdict::Unresolved);
    Coverage {
        files_read: files.len(),
        files_parsed: graph.modules.len(),
        files_skipped: skipped.count(),
        lines: files.iter().map(|(_, f)| f.text.bytes().filter(|b| *b == b'\n').count()).sum(),
        calls: calls.len(),
        calls_unresolved: open.count(),
        settings: settings.iter().count(),
        files_ignored: 0,
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
        *self.laps.entry(phase).or_default() += now - self.last;
        self.last = now;
    }
}
