//! What an organisation allows: home, where each tier may go, what was agreed as an exception.
//!
//! A policy file is read as written ([`written`]), then checked against the registry into a [`Policy`]. All mistakes are
//! reported at once. Nothing here finds or judges anything.

pub mod exception;
pub mod frame;
pub mod place;
pub mod source;
pub mod written;

mod check;
mod mistake;
mod refer;
mod words;

pub use exception::Exception;
pub use place::{Condition, Places};
pub use source::Opened;

use crate::finding::{Candidate, Confidence, Severity, Verdict};
use crate::lookup;
use crate::rules::Rules;
use crate::rules::data::Tier;
use crate::rules::own::Own;
use crate::rules::router::Control;
use std::collections::{BTreeMap, BTreeSet};

/// A policy that was read, checked and expanded: what judgement goes by.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Countries that are home.
    pub home: BTreeSet<String>,
    /// Home as the user wrote it, or the default.
    pub home_as_written: Vec<String>,
    /// Whether somebody set it.
    pub home_set: bool,
    /// Whether a place that is not pinned may be abroad.
    pub strict_residency: bool,
    /// Where each tier may go; home for tiers that are missing.
    pub tiers: BTreeMap<Tier, Places>,
    /// Countries whose models are not to be used.
    pub deny_origin: BTreeSet<String>,
    /// Model-id globs that are not to be used.
    pub deny_models: Vec<String>,
    /// Agreed exceptions.
    pub exceptions: Vec<Exception>,
    /// Account-level controls of routers, by provider id.
    pub routers: BTreeMap<String, DeclaredRouter>,
    /// Own hosts, words and functions.
    pub own: Own,
    /// Globs of paths that are left out, with where each is written.
    pub ignore: Vec<(String, std::ops::Range<usize>)>,
    /// Default of `--fail-on`; `Some(None)` is `never`.
    pub fail_on: Option<Option<Severity>>,
    /// Default of `--min-confidence`.
    pub min_confidence: Option<Confidence>,
}

impl Policy {
    /// What an endpoint is, seen from home; `None` when too little is known.
    pub fn verdict(&self, rules: &Rules, residency: &[String], control: &[String]) -> Option<Verdict> {
        match lookup::judge(rules, residency, control, &self.home) {
            Some(Verdict::Domestic) if self.strict_residency && place::is_unpinned(residency) => {
                Some(Verdict::Possible)
            }
            known => known,
        }
    }

    /// Where a tier may go.
    pub fn places(&self, tier: Tier) -> Places {
        self.tiers.get(&tier).cloned().unwrap_or_else(|| Places::home(&self.home))
    }

    /// What a destination is to a tier over all its candidates: `domestic` where it is allowed.
    pub fn verdict_for(&self, rules: &Rules, places: &Places, candidates: &[Candidate]) -> Verdict {
        let simple = Places::home(&self.home);
        let of = |c: &Candidate| match places.countries == simple.countries && places.has_only_countries() {
            // Who resolved the endpoint knows more of it than two lists of codes.
            true => c.verdict,
            false => places.verdict(rules, c, self.strict_residency),
        };
        if candidates.is_empty() && places.anywhere && places.denied.is_empty() {
            return Verdict::Domestic;
        }
        Verdict::together(candidates.iter().map(of))
    }

    /// What a tier requires and nobody knows of who runs a destination, in words; declared settings count.
    pub fn unmet(&self, rules: &Rules, places: &Places, candidate: &Candidate) -> Vec<String> {
        let declared = candidate.provider.as_ref().and_then(|id| self.routers.get(id));
        places.unmet(rules, candidate, &declared.map(|d| d.promises(rules)).unwrap_or_default())
    }

    /// Why a model is not to be used, when it is not.
    pub fn denies_model(&self, rules: &Rules, id: &str, origin: &str) -> Option<String> {
        if let Some(glob) = self.deny_models.iter().find(|glob| rules.model_matches(glob, id)) {
            return Some(format!("the policy denies the model `{id}` (`{glob}`)"));
        }
        let country = rules.country_name(origin).unwrap_or(origin);
        self.deny_origin
            .contains(origin)
            .then(|| format!("the policy denies models from {country}, and `{id}` was trained there"))
    }

    /// Whether the policy could object to data that goes there, or to the request itself.
    pub fn may_object(&self, rules: &Rules, candidates: &[Candidate], verdict: Verdict) -> bool {
        if !matches!(verdict, Verdict::Domestic | Verdict::Local) {
            return true;
        }
        let tiers = [Tier::Restricted, Tier::Confidential, Tier::Internal, Tier::UserInput];
        tiers.into_iter().any(|tier| {
            let places = self.places(tier);
            let allowed = self.verdict_for(rules, &places, candidates);
            !matches!(allowed, Verdict::Domestic | Verdict::Local)
                || candidates.iter().any(|c| !self.unmet(rules, &places, c).is_empty())
        })
    }
}

/// Controls of a router's account that no code shows: guardrails, workspaces, allowed providers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredRouter {
    /// Provider id of the router.
    pub router: String,
    /// Setting → value. A setting is the last step of a control's name in `rules/routers/` (`only` for
    /// `provider.only`).
    pub controls: BTreeMap<String, Declared>,
    /// Who says so.
    pub by: String,
    /// Since when they say so, as an ISO date.
    pub on: String,
}

/// The value of a declared control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declared {
    /// `zdr = true`.
    Flag(bool),
    /// `data_collection = "deny"`.
    Word(String),
    /// `only = ["a", "b"]`.
    List(Vec<String>),
}

impl DeclaredRouter {
    /// Conditions that the declared controls meet.
    pub fn promises(&self, rules: &Rules) -> BTreeSet<Condition> {
        let controls = rules.router(&self.router).into_iter().flat_map(|router| &router.controls);
        let on = |control: &&Control| {
            let declared = self.controls.get(control.name.rsplit('.').next().unwrap_or_default());
            match (declared, &control.on) {
                (Some(Declared::Flag(flag)), None) => *flag,
                (Some(Declared::Word(word)), Some(on)) => word == on,
                _ => false,
            }
        };
        let words: Vec<&String> = controls.filter(on).flat_map(|control| &control.promises).collect();
        Condition::ALL
            .into_iter()
            .filter(|condition| words.iter().any(|w| *w == condition.as_str()))
            .collect()
    }

    /// What a finding says of a control it did not see: who declared it, and when.
    pub fn attribution(&self) -> String {
        format!("declared by {} on {}, not seen in code", self.by, self.on)
    }
}
