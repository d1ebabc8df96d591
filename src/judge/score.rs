//! How severe a finding is: one number per factor, then combinations, floors and caps, as `rules/severity.toml` says.

use super::{Case, Judge};
use crate::finding::{Candidate, Confidence, RuleId, Severity, Verdict};
use crate::lookup;
use crate::rules::data::{SanitizerRule, Tier};
use crate::rules::provider::ProviderKind;
use crate::rules::severity::{Combination, Level, Sureness, Volume, class_matches};

/// A severity with what made it.
pub struct Score {
    /// Severity within the class of the rule.
    pub severity: Severity,
    /// The product of the factors.
    pub number: f64,
    /// The factors, combinations, floors and caps, in words.
    pub factors: Vec<String>,
    /// Combinations that hold, by id.
    pub combined: Vec<String>,
}

/// What the factors of a case are.
struct Facts {
    /// To a country whose law weighs more.
    concern: bool,
    /// Trains by default.
    trains: bool,
    /// Neither trains nor keeps.
    keeps_nothing: bool,
}

impl Judge<'_> {
    /// The severity of a case under a rule.
    pub(super) fn score(&self, rule: RuleId, case: &Case<'_>) -> Score {
        let model = &self.rules.severity;
        let mut factors = Vec::new();
        let mut number = 1.0;
        let mut times = |name: &str, value: f64| {
            factors.push(format!("{name} × {value}"));
            number *= value;
        };
        let (tier, base) = match case.tier {
            Some(Tier::Restricted) => ("restricted data", model.tier.restricted),
            Some(Tier::Confidential) => ("confidential data", model.tier.confidential),
            Some(Tier::Internal) => ("internal data", model.tier.internal),
            Some(Tier::UserInput) => ("unchecked input", model.tier.user_input),
            None => ("no sensitive data seen", model.tier.none),
        };
        times(tier, base);
        let (place, factor, concern) = self.place(case);
        times(place, factor);
        let (policy, factor, trains, keeps_nothing) = self.provider_policy(case);
        times(policy, factor);
        let (volume, factor) = match self.volume(case) {
            Volume::One => ("one record at a time", model.volume.one),
            Volume::Many => ("many records", model.volume.many),
            Volume::Whole => ("whole files or tables", model.volume.whole),
        };
        times(volume, factor);
        let treated = self.treated(case);
        if let Some((_, factor)) = treated {
            times("treated on the way", factor);
        }
        let factor = match case.confidence {
            Confidence::Certain => model.confidence.certain,
            Confidence::Likely => model.confidence.likely,
            Confidence::Possible => model.confidence.possible,
        };
        times(&format!("confidence {}", case.confidence.as_str()), factor);
        let number = (number * 100.0).round() / 100.0;
        let facts = Facts { concern, trains, keeps_nothing };
        let mut step = self.band(number);
        let combined = self.combine(case, &mut step, &mut factors);
        let lowest = position(rule.doc().severity).saturating_sub(1);
        step = step.clamp(lowest, position(rule.doc().severity));
        self.raise(case, &facts, &combined, &mut step, &mut factors);
        step = step.min(position(rule.doc().severity));
        self.cap(case, treated.map(|(rule, _)| rule), &mut step, &mut factors);
        Score { severity: ORDER[step], number, factors, combined }
    }

    /// Factor of the worst candidate; whether it lies in a country whose law weighs more.
    fn place(&self, case: &Case<'_>) -> (&'static str, f64, bool) {
        let numbers = &self.rules.severity.destination;
        let candidates = &case.destination.candidates;
        let concern = self.rules.expand(&self.rules.severity.concern).unwrap_or_default();
        let in_concern = |c: &Candidate| c.reached().any(|code| concern.contains(code));
        let grave = case.destination.verdict == Verdict::Foreign && candidates.iter().any(in_concern);
        let kind =
            |c: &Candidate| c.provider.as_deref().and_then(|id| self.rules.provider(id)).map(|p| p.kind);
        let own = !candidates.is_empty()
            && candidates
                .iter()
                .all(|c| kind(c) == Some(ProviderKind::SelfHost) && c.verdict == Verdict::Domestic);
        let (name, factor) = match case.destination.verdict {
            Verdict::Foreign if grave => ("country of concern", numbers.concern),
            Verdict::Foreign if self.is_adequate(candidates) => {
                ("abroad, protection held adequate", numbers.adequate)
            }
            Verdict::Foreign if candidates.iter().all(|c| self.stays(c)) => {
                ("at home, under foreign control", numbers.home_foreign_parent)
            }
            Verdict::Foreign => ("foreign destination", numbers.foreign),
            Verdict::Possible | Verdict::Unresolved => ("destination not certain", numbers.uncertain),
            Verdict::Domestic if own => ("an endpoint of one's own", numbers.own),
            Verdict::Domestic => ("at home", numbers.home),
            Verdict::Local => ("stays here", numbers.local),
        };
        (name, factor, grave)
    }

    fn is_adequate(&self, candidates: &[Candidate]) -> bool {
        self.rules.severity.adequacy.iter().any(|adequacy| {
            let home = self.rules.expand(&adequacy.home).unwrap_or_default();
            let places = self.rules.expand(&adequacy.places).unwrap_or_default();
            self.policy.home.is_subset(&home)
                && candidates.iter().all(|c| {
                    lookup::judge(self.rules, &c.residency, &c.control, &places) == Some(Verdict::Domestic)
                })
        })
    }

    /// Whether requests are processed at home, whoever controls it.
    fn stays(&self, candidate: &Candidate) -> bool {
        !candidate.residency.is_empty()
            && candidate.residency.iter().all(|code| self.policy.home.contains(code))
    }

    /// Factor of what the providers publish; whether one trains; whether all keep nothing.
    fn provider_policy(&self, case: &Case<'_>) -> (&'static str, f64, bool, bool) {
        let numbers = &self.rules.severity.policy;
        let ids = case.destination.candidates.iter().map(|c| c.provider.as_deref());
        // What a router says of itself does not bind those it hands requests on to.
        let answers = |id: Option<&str>| self.rules.provider(id?).filter(|p| p.kind != ProviderKind::Router);
        let found: Vec<_> = ids.map(answers).collect();
        let is =
            |field: &Option<String>, words: &[&str]| field.as_deref().is_some_and(|f| words.contains(&f));
        let all = |test: &dyn Fn(&crate::rules::provider::DataPolicy) -> bool| {
            !found.is_empty() && found.iter().all(|p| p.is_some_and(|p| test(&p.data_policy)))
        };
        let trains = found.iter().flatten().any(|p| is(&p.data_policy.training, &["yes", "opt-out"]));
        let no_training = all(&|p| is(&p.training, &["no", "opt-in"]));
        let keeps_nothing = no_training && all(&|p| is(&p.zero_retention, &["yes"]));
        let (name, factor) = match () {
            _ if trains => ("provider trains by default", numbers.trains),
            _ if keeps_nothing => ("no training, zero retention", numbers.zero_retention),
            _ if no_training => ("provider does not train", numbers.no_training),
            _ => ("provider policy not known to protect", numbers.unknown),
        };
        (name, factor, trains, keeps_nothing)
    }

    fn volume(&self, case: &Case<'_>) -> Volume {
        let by_kind = self.rules.severity.volume.kinds.get(&case.site.kind).copied().unwrap_or_default();
        by_kind.max(case.flow.as_ref().map_or(Volume::One, |flow| flow.volume))
    }

    /// The treatment that leaves most of the severity, over the classes of the flow; `None` when one is untreated.
    fn treated<'r>(&'r self, case: &Case<'_>) -> Option<(&'r SanitizerRule, f64)> {
        let flow = case.flow.as_ref()?;
        let passed = || {
            let rules = self.rules.data.sanitizers.iter();
            rules.filter(move |rule| flow.treatments.contains(&rule.id))
        };
        let best = |class: &str| {
            passed().filter(|rule| rule.covers(class)).min_by(|a, b| a.factor.total_cmp(&b.factor))
        };
        let per_class: Option<Vec<&SanitizerRule>> = flow.data.iter().map(|data| best(&data.class)).collect();
        let worst = per_class?.into_iter().max_by(|a, b| a.factor.total_cmp(&b.factor))?;
        Some((worst, worst.factor))
    }

    fn band(&self, number: f64) -> usize {
        let levels = &self.rules.severity.levels;
        [levels.low, levels.medium, levels.high, levels.critical]
            .iter()
            .filter(|least| number >= **least)
            .count()
    }

    /// Combinations of the classes that reach the call, applied to the step.
    fn combine(&self, case: &Case<'_>, step: &mut usize, factors: &mut Vec<String>) -> Vec<String> {
        let mut ids = Vec::new();
        for combination in self.combinations(case) {
            factors.push(combination.because.clone());
            if let Some(level) = combination.level {
                *step = (*step).max(level as usize);
            }
            *step = step.saturating_add_signed(combination.steps.into()).min(ORDER.len() - 1);
            ids.push(combination.id.clone());
        }
        ids
    }

    /// Combinations that hold for the call and that the flow has a part in.
    pub(super) fn combinations<'r>(&'r self, case: &Case<'_>) -> Vec<&'r Combination> {
        let Some(flow) = &case.flow else { return Vec::new() };
        let letter = |id: &str| self.rules.data.class(id).and_then(|class| class.doj.as_deref());
        let reaching: Vec<(&str, Option<&str>)> =
            case.reaching.iter().map(|id| (id.as_str(), letter(id))).collect();
        let mine = |id: &&str| flow.data.iter().any(|data| data.class == *id);
        let holds = |c: &&Combination| c.of(&reaching).is_some_and(|chosen| chosen.first().is_some_and(mine));
        self.rules.severity.combinations.iter().filter(holds).collect()
    }

    /// Floors that hold.
    fn raise(
        &self,
        case: &Case<'_>,
        facts: &Facts,
        combined: &[String],
        step: &mut usize,
        factors: &mut Vec<String>,
    ) {
        let Some(flow) = &case.flow else { return };
        for floor in &self.rules.severity.floors {
            let sent = |glob: &String| flow.data.iter().any(|data| class_matches(glob, &data.class));
            let holds = sureness(case.confidence) >= floor.confidence
                && case.destination.verdict == Verdict::Foreign
                && (floor.classes.is_empty() || floor.classes.iter().any(sent))
                && floor.tier.is_none_or(|tier| case.tier == Some(tier))
                && floor.combination.as_ref().is_none_or(|id| combined.contains(id))
                && (!floor.only_grave || facts.concern || facts.trains)
                && !(floor.unless_zero_retention && facts.keeps_nothing);
            if holds && *step < floor.level as usize {
                *step = floor.level as usize;
                factors.push(format!("at least {}: {}", ORDER[*step].as_str(), floor.because));
            }
        }
    }

    /// Caps that hold.
    fn cap(
        &self,
        case: &Case<'_>,
        treated: Option<&SanitizerRule>,
        step: &mut usize,
        factors: &mut Vec<String>,
    ) {
        for cap in &self.rules.severity.caps {
            let by_treatment = cap.effects.is_empty()
                || treated.is_some_and(|rule| {
                    cap.effects.contains(&rule.effect) && cap.factor.is_none_or(|most| rule.factor <= most)
                });
            let by_confidence = cap.confidence.is_none_or(|most| sureness(case.confidence) <= most);
            if by_treatment && by_confidence && *step > cap.level as usize {
                *step = cap.level as usize;
                factors.push(format!("at most {}: {}", ORDER[*step].as_str(), cap.because));
            }
        }
    }
}

/// Severities from least to most.
const ORDER: [Severity; 5] =
    [Severity::Note, Severity::Low, Severity::Medium, Severity::High, Severity::Critical];

fn position(severity: Severity) -> usize {
    ORDER.iter().position(|s| *s == severity).unwrap_or(0)
}

fn sureness(confidence: Confidence) -> Sureness {
    match confidence {
        Confidence::Possible => Sureness::Possible,
        Confidence::Likely => Sureness::Likely,
        Confidence::Certain => Sureness::Certain,
    }
}

/// Levels are numbered like [`ORDER`].
const _: () = assert!(Level::Critical as usize == 4 && Level::Note as usize == 0);
