//! Whether the policy objects to a case, and by which rule.

use super::{Case, Judge};
use crate::finding::{Candidate, RuleId, Verdict};
use crate::rules::data::Tier;

/// A rule with the reasons that the destination alone does not give.
pub struct Objection {
    /// Rule.
    pub rule: RuleId,
    /// Conditions that are not met, models that are denied, places that are not on the list: in words.
    pub because: Vec<String>,
}

impl Judge<'_> {
    /// The objection to a case; `None` where the policy allows it.
    pub(super) fn objection(&self, case: &Case<'_>) -> Option<Objection> {
        let by_place = match case.tier {
            Some(tier) => self.by_place(case, tier),
            None => self.by_any_place(case),
        };
        if by_place.is_some() {
            return by_place;
        }
        let mut because = self.denied_models(case);
        if let Some(tier) = case.tier {
            because.extend(self.unmet(case, tier));
        }
        (!because.is_empty()).then_some(Objection { rule: RuleId::DeniedByPolicy, because })
    }

    /// The rule for data of a tier at a destination. Which places are allowed decides whether there is one; whether
    /// the place is abroad decides which.
    fn by_place(&self, case: &Case<'_>, tier: Tier) -> Option<Objection> {
        let places = self.policy.places(tier);
        let allowed = self.policy.verdict_for(self.rules, &places, &case.destination.candidates);
        let serious = matches!(tier, Tier::Restricted | Tier::Confidential);
        let verdict = case.destination.verdict;
        let rule = match (allowed, verdict) {
            (Verdict::Local | Verdict::Domestic, _) => None,
            (Verdict::Foreign, Verdict::Foreign) => Some(abroad(tier)),
            (Verdict::Foreign, Verdict::Possible) if serious => Some(RuleId::DataMaybeAbroad),
            (Verdict::Foreign, Verdict::Unresolved) if serious => Some(RuleId::DataEndpointUnresolved),
            // It stays at home, or nobody knows, and the policy allows less than that.
            (Verdict::Foreign, _) => Some(RuleId::DeniedByPolicy),
            (Verdict::Possible, _) => serious.then_some(RuleId::DataMaybeAbroad),
            (Verdict::Unresolved, _) => serious.then_some(RuleId::DataEndpointUnresolved),
        }?;
        let mut because = Vec::new();
        if rule == RuleId::DeniedByPolicy {
            let list = places.as_written.join(", ");
            because.push(format!("the policy allows {} only: {list}", tier_word(tier)));
        }
        Some(Objection { rule, because })
    }

    /// A call in which nothing sensitive was seen, to a place that some tier may not go to.
    fn by_any_place(&self, case: &Case<'_>) -> Option<Objection> {
        if case.destination.verdict != Verdict::Foreign {
            return None;
        }
        let objects = |tier| {
            let places = self.policy.places(tier);
            let allowed = self.policy.verdict_for(self.rules, &places, &case.destination.candidates);
            !matches!(allowed, Verdict::Local | Verdict::Domestic)
        };
        let tiers = [Tier::Restricted, Tier::Confidential, Tier::Internal, Tier::UserInput];
        let noted = tiers.into_iter().any(objects) && self.denied_models(case).is_empty();
        noted.then_some(Objection { rule: RuleId::ForeignEndpoint, because: Vec::new() })
    }

    fn denied_models(&self, case: &Case<'_>) -> Vec<String> {
        let models = case.site.models.iter();
        models.filter_map(|model| self.policy.denies_model(self.rules, &model.id, &model.origin)).collect()
    }

    fn unmet(&self, case: &Case<'_>, tier: Tier) -> Vec<String> {
        let places = self.policy.places(tier);
        let allowed = |c: &&Candidate| {
            let one = std::slice::from_ref(*c);
            self.policy.verdict_for(self.rules, &places, one) == Verdict::Domestic
        };
        let candidates = case.destination.candidates.iter().filter(allowed);
        let mut unmet: Vec<String> =
            candidates.flat_map(|c| self.policy.unmet(self.rules, &places, c)).collect();
        unmet.dedup();
        unmet
    }
}

/// The rule for data that goes abroad.
fn abroad(tier: Tier) -> RuleId {
    match tier {
        Tier::Restricted => RuleId::RestrictedDataAbroad,
        Tier::Confidential => RuleId::ConfidentialDataAbroad,
        Tier::Internal => RuleId::InternalDataAbroad,
        Tier::UserInput => RuleId::UserInputAbroad,
    }
}

fn tier_word(tier: Tier) -> &'static str {
    match tier {
        Tier::Restricted => "restricted data",
        Tier::Confidential => "confidential data",
        Tier::Internal => "internal data",
        Tier::UserInput => "user input",
    }
}
