//! Where a tier may go, and what one destination is to it.

use crate::finding::{Candidate, Upstream, Verdict};
use crate::lookup;
use crate::rules::Rules;
use crate::rules::provider::ProviderKind;
use std::collections::BTreeSet;

/// Where data of one tier may go, and what must be known of who gets it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    /// Not even to software on this machine.
    pub nowhere: bool,
    /// Anywhere but where it is denied.
    pub anywhere: bool,
    /// Countries, home expanded and denied ones taken away.
    pub countries: BTreeSet<String>,
    /// Countries that are denied.
    pub denied: BTreeSet<String>,
    /// Provider ids that are allowed wherever they are.
    pub providers: BTreeSet<String>,
    /// Provider ids that are denied wherever they are.
    pub denied_providers: BTreeSet<String>,
    /// What must be known of a provider.
    pub require: BTreeSet<Condition>,
    /// `allow` as written, for messages and advice.
    pub as_written: Vec<String>,
}

/// What a policy may require of a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// It does not train on what it is sent.
    NoTraining,
    /// It keeps nothing.
    ZeroRetention,
}

impl Condition {
    /// Every condition.
    pub const ALL: [Condition; 2] = [Condition::NoTraining, Condition::ZeroRetention];

    /// The word of the policy file.
    pub fn as_str(self) -> &'static str {
        match self {
            Condition::NoTraining => "no-training",
            Condition::ZeroRetention => "zero-retention",
        }
    }
}

impl Places {
    /// Home and nothing else, no conditions.
    pub fn home(home: &BTreeSet<String>) -> Places {
        Places { countries: home.clone(), as_written: vec![super::words::HOME.into()], ..Places::default() }
    }

    /// Whether it is a list of countries and nothing else.
    pub fn has_only_countries(&self) -> bool {
        !self.nowhere && !self.anywhere && self.providers.is_empty() && self.denied_providers.is_empty()
    }

    /// Whether nothing about a destination can make it a wrong one.
    pub fn is_free(&self) -> bool {
        self.anywhere && self.denied.is_empty() && self.denied_providers.is_empty() && self.require.is_empty()
    }

    /// What a destination is to this tier: `domestic` where it is allowed, `foreign` where it is not.
    pub fn verdict(&self, rules: &Rules, candidate: &Candidate, strict: bool) -> Verdict {
        if candidate.verdict == Verdict::Local {
            return if self.nowhere { Verdict::Foreign } else { Verdict::Local };
        }
        let id = candidate.provider.as_deref();
        let is_in = |list: &BTreeSet<String>| id.is_some_and(|id| list.contains(id));
        if self.nowhere || is_in(&self.denied_providers) {
            return Verdict::Foreign;
        }
        let unrestricted = self.anywhere && self.denied.is_empty() && self.denied_providers.is_empty();
        if is_in(&self.providers) || unrestricted {
            return Verdict::Domestic;
        }
        let router = id.and_then(|id| rules.provider(id)).is_some_and(|p| p.kind == ProviderKind::Router);
        match lookup::judge(rules, &candidate.residency, &candidate.control, &self.countries) {
            Some(Verdict::Foreign) => Verdict::Foreign,
            _ if router => self.behind(rules, &candidate.upstreams),
            Some(Verdict::Domestic) if strict && is_unpinned(&candidate.residency) => Verdict::Possible,
            known => known.unwrap_or(Verdict::Unresolved),
        }
    }

    /// What those behind a router are to this tier, as far as its choice is narrowed.
    fn behind(&self, rules: &Rules, upstreams: &[Upstream]) -> Verdict {
        let of = |upstream: &Upstream| {
            let known = lookup::judge(rules, &upstream.residency, &upstream.control, &self.countries);
            known.unwrap_or(Verdict::Unresolved)
        };
        match upstreams {
            [] => Verdict::Possible,
            some => Verdict::together(some.iter().map(of)),
        }
    }

    /// What is required and neither promised nor known of who runs a destination, in words.
    pub fn unmet(&self, rules: &Rules, candidate: &Candidate, promised: &BTreeSet<Condition>) -> Vec<String> {
        let provider = candidate.provider.as_deref().and_then(|id| rules.provider(id));
        if candidate.verdict == Verdict::Local || provider.is_some_and(|p| p.kind == ProviderKind::SelfHost) {
            return Vec::new();
        }
        let name = candidate.provider_name.as_deref().unwrap_or(&candidate.host);
        let router = provider.is_some_and(|p| p.kind == ProviderKind::Router);
        let name = match name {
            "" => "whoever runs it".to_string(),
            // What a router says of itself does not bind those it hands requests on to.
            router_name if router => format!("whoever {router_name} hands requests on to"),
            name => name.to_string(),
        };
        let of = |field: fn(&crate::rules::provider::DataPolicy) -> Option<&str>| {
            provider
                .filter(|_| !router)
                .and_then(|p| field(&p.data_policy))
                .unwrap_or(crate::rules::provider::UNKNOWN)
        };
        let mut unmet = Vec::new();
        for condition in self.require.difference(promised) {
            let says = match condition {
                Condition::NoTraining => match of(|p| p.training.as_deref()) {
                    "no" | "opt-in" => continue,
                    "yes" => format!("{name} trains on what it is sent"),
                    "opt-out" => format!("{name} trains on what it is sent unless one opts out"),
                    _ => format!("nobody has said whether {name} trains on what it is sent"),
                },
                Condition::ZeroRetention => match of(|p| p.zero_retention.as_deref()) {
                    "yes" => continue,
                    "on-request" => format!("{name} keeps nothing only on request"),
                    "no" => format!("{name} keeps what it is sent"),
                    _ => format!("nobody has said whether {name} keeps what it is sent"),
                },
            };
            unmet.push(format!("the policy requires {}, and {says}", condition.as_str()));
        }
        unmet
    }
}

/// Whether nobody has said in which country requests are processed.
pub fn is_unpinned(residency: &[String]) -> bool {
    use crate::rules::provider::{RESIDENCY_WORDS, UNKNOWN};
    let place = |word: &String| !RESIDENCY_WORDS.contains(&word.as_str());
    residency.is_empty() || residency.iter().any(|word| word == UNKNOWN) || !residency.iter().all(place)
}
