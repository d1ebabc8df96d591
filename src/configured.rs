//! Endpoints that configuration alone sets: of coding assistants and other programs, of proxies, and of whoever reads
//! a setting that no call was seen to use.

pub mod entry;
pub mod follow;
pub mod mention;

use crate::config::{Setting, Settings};
use crate::destination::together;
use crate::finding::{Call, Candidate, Configured, Destination, ModelUse, Step, StepKind, Verdict};
use crate::policy::Policy;
use crate::rules::Rules;
use crate::rules::app::Sends;
use crate::text::{Files, Span};
use entry::Entry;
use rustc_hash::FxHashSet;

/// Every configured endpoint besides those of calls, by file and position.
///
/// `is_test` says which paths do not count as in use.
pub fn list(
    rules: &Rules,
    policy: &Policy,
    settings: &Settings,
    entries: &[Entry<'_>],
    calls: &[Call],
    files: &Files,
    is_test: &dyn Fn(&str) -> bool,
) -> Vec<Configured> {
    let proxies = follow::Proxies::new(rules, policy, settings, entries);
    let mut list: Vec<Configured> = entries
        .iter()
        .map(|entry| {
            let candidates = entry.candidates.iter().flat_map(|candidate| {
                let beyond = proxies.beyond(candidate, &entry.models);
                beyond.unwrap_or_else(|| vec![candidate.clone()])
            });
            Configured {
                app: Some(entry.app.name.clone()),
                sends: entry.app.sends,
                active: entry.active,
                models: entry.models.iter().map(|id| model(rules, id)).collect(),
                ..configured(entry.at, candidates.collect())
            }
        })
        .collect();
    let mut known: FxHashSet<Span> = entries.iter().flat_map(|e| e.spans()).collect();
    let steps = calls.iter().flat_map(|c| &c.destination.candidates).flat_map(|c| &c.evidence);
    known.extend(steps.map(|step| step.span));
    for mut mentioned in mention::read(rules, policy, settings, &known) {
        let beyond =
            mentioned.destination.candidates.iter().map(|c| proxies.beyond(c, &[])).collect::<Vec<_>>();
        if beyond.iter().any(Option::is_some) {
            let reached = mentioned.destination.candidates.iter().zip(beyond);
            let reached = reached.flat_map(|(local, beyond)| beyond.unwrap_or_else(|| vec![local.clone()]));
            mentioned.destination = destination_of(&mentioned.key, reached.collect());
        }
        list.push(mentioned);
    }
    for one in &mut list {
        one.in_tests |= is_test(&files.get(one.span.file).path);
    }
    list.sort_by_key(|one| (one.span, one.key.clone()));
    list.dedup_by(|a, b| (a.span, &a.app, &a.destination) == (b.span, &b.app, &b.destination));
    list
}

fn destination_of(key: &str, candidates: Vec<Candidate>) -> Destination {
    let open = candidates.iter().any(|c| c.verdict == Verdict::Unresolved);
    Destination { verdict: together(&candidates), candidates, unresolved: open.then(|| key.to_owned()) }
}

fn configured(at: &Setting, candidates: Vec<Candidate>) -> Configured {
    Configured {
        span: at.span,
        key: at.key.clone(),
        app: None,
        sends: Sends::Prompts,
        active: true,
        destination: destination_of(&at.key, candidates),
        models: Vec::new(),
        in_tests: at.sample || at.commented,
    }
}

/// A model id with its origin.
pub(crate) fn model(rules: &Rules, id: &str) -> ModelUse {
    let origin = rules.origin(id);
    let or_unknown = |text: Option<&String>| text.cloned().unwrap_or_else(|| "unknown".into());
    ModelUse {
        id: id.to_owned(),
        origin: or_unknown(origin.map(|o| &o.country)),
        lab: origin.map(|o| o.lab.clone()),
        open_weights: or_unknown(origin.map(|o| &o.open_weights)),
    }
}

/// The lines behind one value of a setting, farthest first.
fn evidence(at: &Setting, via: &[&Setting]) -> Vec<Step> {
    let step = |s: &Setting| Step {
        span: s.span,
        message: format!("`{}` is set here", s.key),
        kind: StepKind::Endpoint,
        depth: 0,
    };
    via.iter().rev().map(|s| step(s)).chain([step(at)]).collect()
}
