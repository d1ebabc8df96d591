//! What a change to a repository did to its border crossings: two reports, before and after, compared.
//!
//! A finding of before and one of after are the same when their fingerprints are. What is left over is paired by what
//! stayed: code that only moved to another file or function, calls that now carry less or reach fewer places, and
//! calls whose destination or data changed. Nothing here knows where the two reports come from.

use crate::finding::{Call, Finding, Report, SuppressedBy};
use crate::fingerprint::Identity;
use crate::history::{Change, Opened, Opening, Past, State};
use std::collections::{BTreeMap, BTreeSet};

/// Leaves in `after` only what the change opened, and notes in `change` what else it did. `unmoved` is the report on
/// the program of after under the rules and the policy of before, where those were edited.
pub fn compare(before: &Report, after: &mut Report, unmoved: Option<&Report>, change: &mut Change) {
    let findings = std::mem::take(&mut after.findings);
    let ids: Vec<Identity> = findings.iter().map(|f| identity(f, after)).collect();
    let objected: Option<BTreeSet<&str>> =
        unmoved.map(|report| report.active().map(|f| f.fingerprint.as_str()).collect());
    let fates = fates(before, &findings, &ids);
    let calls: BTreeMap<_, &Call> =
        before.calls.iter().map(|call| (whereabouts(call, before), call)).collect();
    let mut let_through = Vec::new();
    let active = |f: &&Finding| f.suppressed.is_none();
    let still: BTreeSet<_> =
        findings.iter().zip(&ids).filter(|(f, _)| active(f)).map(|(_, id)| crossing(id)).collect();
    for finding in unmoved.iter().flat_map(|report| report.active().map(move |f| (*report, f))) {
        let (report, finding) = finding;
        let id = identity(finding, report);
        if !still.contains(&crossing(&id)) {
            let_through.push(past(&id, finding, report));
        }
    }
    for ((mut finding, id), fate) in findings.into_iter().zip(&ids).zip(&fates.of) {
        let why = match (fate, &finding.suppressed) {
            (Fate::Same, _) => {
                change.unchanged += 1;
                continue;
            }
            (_, Some(suppression)) => {
                if suppression.by != SuppressedBy::Baseline {
                    let_through.push(past(id, &finding, after));
                }
                finding.state = Some(State::New);
                after.findings.push(finding);
                continue;
            }
            (Fate::Opened(_), None)
                if objected.as_ref().is_some_and(|o| !o.contains(&*finding.fingerprint)) =>
            {
                Opening::Judgement
            }
            (Fate::Opened(why), None) => *why,
        };
        let call = finding.call.and_then(|index| after.calls.get(index));
        let now = call.map_or_else(BTreeSet::new, hosts);
        let was =
            call.and_then(|call| calls.get(&whereabouts(call, after))).map_or(now.clone(), |c| hosts(c));
        let was = if was == now { Vec::new() } else { was.into_iter().collect() };
        finding.state = Some(if why == Opening::Route { State::Updated } else { State::New });
        finding.opening = Some(Opened { why, was });
        after.findings.push(finding);
    }
    let_through.sort();
    let_through.dedup_by(|a, b| a.fingerprint == b.fingerprint);
    let gone = fates.left.iter().map(|index| &before.findings[*index]);
    let gone = gone.filter(|f| let_through.iter().all(|past| past.fingerprint != f.fingerprint));
    change.closed = gone.map(|f| past(&identity(f, before), f, before)).collect();
    change.closed.sort();
    change.let_through = let_through;
}

/// What became of each finding of after, and which open findings of before are no more.
struct Fates {
    of: Vec<Fate>,
    left: Vec<usize>,
}

/// What a finding of after is, seen from before.
#[derive(Clone, Copy)]
enum Fate {
    Same,
    /// It was not there, or not like this.
    Opened(Opening),
}

fn fates(before: &Report, findings: &[Finding], ids: &[Identity]) -> Fates {
    let by_print: BTreeMap<&str, usize> =
        before.findings.iter().enumerate().map(|(index, f)| (f.fingerprint.as_str(), index)).collect();
    let old: Vec<Identity> = before.findings.iter().map(|f| identity(f, before)).collect();
    // Exact pairs first, so that nothing else takes a finding of before away from its own successor.
    let mut taken = BTreeSet::new();
    let exact: Vec<Option<Fate>> = findings
        .iter()
        .map(|finding| {
            let index = *by_print.get(finding.fingerprint.as_str())?;
            taken.insert(index);
            let was = &before.findings[index];
            Some(match (was.suppressed.is_some(), finding.suppressed.is_some()) {
                (true, false) | (false, true) => Fate::Opened(Opening::Judgement),
                _ if finding.severity > was.severity => Fate::Opened(Opening::Route),
                _ => Fate::Same,
            })
        })
        .collect();
    let mut left: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, id) in old.iter().enumerate() {
        if !taken.contains(&index) && before.findings[index].suppressed.is_none() {
            left.entry(&id.callee).or_default().push(index);
        }
    }
    let known = Crossings::of(before, &old);
    let of = exact.into_iter().zip(findings.iter().zip(ids)).map(|(exact, (finding, id))| {
        exact.unwrap_or_else(|| {
            let among = left.entry(&id.callee).or_default();
            let Some((at, fate)) = pair(id, finding, among, &old, before) else {
                return Fate::Opened(known.why(id));
            };
            among.remove(at);
            fate
        })
    });
    let of = of.collect();
    Fates { of, left: left.into_values().flatten().collect::<BTreeSet<_>>().into_iter().collect() }
}

/// The finding of before that this one came from, as a position in `among`, and what that makes of it.
fn pair(
    id: &Identity,
    finding: &Finding,
    among: &[usize],
    old: &[Identity],
    before: &Report,
) -> Option<(usize, Fate)> {
    let find = |fits: &dyn Fn(&Identity) -> bool| among.iter().position(|index| fits(&old[*index]));
    let here = |was: &Identity| was.path == id.path && was.within == id.within;
    let within = |is: &[String], was: &[String]| is.iter().all(|one| was.contains(one));
    let moved = find(&|was| was.rule == id.rule && was.classes == id.classes && was.places == id.places);
    if let Some(at) = moved {
        return Some((at, Fate::Same));
    }
    let narrowed = among.iter().position(|index| {
        let was = &old[*index];
        here(was)
            && within(&id.classes, &was.classes)
            && within(&id.places, &was.places)
            && finding.severity <= before.findings[*index].severity
    });
    if let Some(at) = narrowed {
        return Some((at, Fate::Same));
    }
    let rerouted =
        find(&|was| here(was) && was.classes == id.classes).map(|at| (at, Fate::Opened(Opening::Route)));
    let laden =
        || find(&|was| here(was) && was.places == id.places).map(|at| (at, Fate::Opened(Opening::Data)));
    rerouted.or_else(laden)
}

/// What went where before, over the whole repository.
struct Crossings {
    places: BTreeSet<String>,
    data: BTreeSet<(String, String)>,
}

impl Crossings {
    fn of(before: &Report, old: &[Identity]) -> Crossings {
        let called = before.calls.iter().flat_map(|call| &call.destination.candidates);
        let mut places: BTreeSet<String> = called.map(crate::fingerprint::place).collect();
        places.extend(old.iter().flat_map(|id| id.places.iter().cloned()));
        let pairs = |id: &Identity| {
            let classes = id.classes.clone();
            let places = id.places.clone();
            places.into_iter().flat_map(move |p| classes.clone().into_iter().map(move |c| (c, p.clone())))
        };
        Crossings { places, data: old.iter().flat_map(pairs).collect() }
    }

    fn why(&self, id: &Identity) -> Opening {
        if id.places.iter().any(|place| !self.places.contains(place)) {
            return Opening::Destination;
        }
        let known =
            |class: &String| id.places.iter().all(|p| self.data.contains(&(class.clone(), p.clone())));
        if id.classes.iter().all(known) { Opening::Call } else { Opening::Data }
    }
}

fn identity(finding: &Finding, report: &Report) -> Identity {
    Identity::of(finding, &report.calls, &report.files)
}

/// A crossing, whatever rule objects to it and wherever it is thought to lead.
fn crossing(id: &Identity) -> (String, String, String, Vec<String>) {
    (id.path.clone(), id.within.clone(), id.callee.clone(), id.classes.clone())
}

fn whereabouts(call: &Call, report: &Report) -> (String, String, String) {
    (report.files.get(call.span.file).path.to_string(), call.function.clone(), call.callee.clone())
}

/// Where a call may go, as hosts.
fn hosts(call: &Call) -> BTreeSet<String> {
    let known = call.destination.candidates.iter().filter(|c| !c.host.is_empty());
    known.map(|c| c.host.clone()).collect()
}

fn past(id: &Identity, finding: &Finding, report: &Report) -> Past {
    Past {
        path: id.path.clone(),
        line: Some(report.files.region(finding.span).start_line),
        rule: id.rule.clone(),
        data: id.classes.clone(),
        to: id.places.iter().map(|place| place.trim().to_string()).collect(),
        fingerprint: finding.fingerprint.clone(),
        count: 1,
    }
}
