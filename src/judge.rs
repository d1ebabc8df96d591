//! Turns calls and flows into findings: which rule, how severe, in which words.

use crate::advice;
use crate::finding::*;
use crate::rules::Rules;
use crate::rules::data::Tier;
use std::collections::BTreeSet;

/// What a judgement stands on.
pub struct Judge<'a> {
    /// Facts.
    pub rules: &'a Rules,
    /// Countries that are home.
    pub home: &'a BTreeSet<String>,
}

/// A flow with the destination it goes to when it goes.
pub struct Case<'a> {
    /// Index of the call in the report.
    pub call: usize,
    /// The call.
    pub site: &'a Call,
    /// Tier of the data; `None` for a call without sensitive data.
    pub tier: Option<Tier>,
    /// How sure the flow is.
    pub confidence: Confidence,
    /// The flow.
    pub flow: Option<Flow>,
    /// Where it goes, as narrow as the flow allows.
    pub destination: Destination,
}

impl Judge<'_> {
    /// The finding a case gives, if the contract has a rule for it.
    pub fn finding(&self, case: Case<'_>) -> Option<Finding> {
        let verdict = case.destination.verdict;
        let rule = rule_for(verdict, case.tier)?;
        let (score, factors) = self.score(&case);
        let severity = match case.confidence {
            // What nobody can be sure of does not stop a build.
            Confidence::Possible => severity(rule, score).min(Severity::Medium),
            _ => severity(rule, score),
        };
        let message = self.message(&case);
        let laws = self.laws(&case.destination);
        let advice = advice::advise(self.rules, self.home, &case);
        Some(Finding {
            rule,
            severity,
            score,
            factors,
            confidence: case.confidence,
            message,
            span: case.site.span,
            call: Some(case.call),
            models: case.site.models.clone(),
            flow: case.flow,
            destination: Some(case.destination),
            laws,
            advice,
            fingerprint: String::new(),
            state: None,
            opening: None,
            ask: None,
            suppressed: None,
        })
    }

    /// Tier × destination × provider policy × confidence, each factor in words.
    fn score(&self, case: &Case<'_>) -> (f64, Vec<String>) {
        let mut factors = Vec::new();
        let mut times = |name: String, value: f64| {
            factors.push(format!("{name} × {value}"));
            value
        };
        let (tier, base) = match case.tier {
            Some(Tier::Restricted) => ("restricted data", 9.0),
            Some(Tier::Confidential) => ("confidential data", 6.0),
            Some(Tier::Internal) => ("internal data", 3.0),
            Some(Tier::UserInput) => ("unchecked input", 3.0),
            None => ("no sensitive data seen", 1.0),
        };
        let mut score = times(tier.into(), base);
        let concern = self.rules.jurisdictions.group("US-countries-of-concern").unwrap_or(&[]);
        let codes: Vec<&String> =
            case.destination.candidates.iter().flat_map(|c| c.control.iter().chain(&c.residency)).collect();
        let (place, factor) = match case.destination.verdict {
            Verdict::Foreign if codes.iter().any(|c| concern.contains(c)) => ("country of concern", 1.5),
            Verdict::Foreign => ("foreign destination", 1.0),
            _ => ("destination not certain", 0.8),
        };
        score *= times(place.into(), factor);
        let trains =
            case.destination.candidates.iter().filter_map(|c| self.rules.provider(c.provider.as_deref()?));
        let policies: Vec<_> = trains.map(|p| &p.data_policy).collect();
        let is = |field: &Option<String>, value: &str| field.as_deref() == Some(value);
        let (policy, factor) =
            if policies.iter().any(|p| is(&p.training, "yes") || is(&p.training, "opt-out")) {
                ("provider trains by default", 1.3)
            } else if !policies.is_empty()
                && policies.iter().all(|p| is(&p.training, "no") && is(&p.zero_retention, "yes"))
            {
                ("no training, zero retention", 0.6)
            } else {
                ("provider policy not known to protect", 1.0)
            };
        score *= times(policy.into(), factor);
        let factor = match case.confidence {
            Confidence::Certain => 1.0,
            Confidence::Likely => 0.9,
            Confidence::Possible => 0.6,
        };
        score *= times(format!("confidence {}", case.confidence.as_str()), factor);
        if case.flow.as_ref().is_some_and(|f| !f.treatments.is_empty()) {
            score *= times("treated on the way".into(), 0.5);
        }
        ((score * 100.0).round() / 100.0, factors)
    }

    fn message(&self, case: &Case<'_>) -> String {
        let to = where_to(self.rules, &case.destination);
        match &case.flow {
            Some(flow) => {
                let titles: Vec<String> = flow.data.iter().map(|d| lower_first(&d.title)).collect();
                format!(
                    "{} {to}",
                    upper_first(&listed(&titles)) + if titles.len() == 1 { " reaches" } else { " reach" }
                )
            }
            None => format!("A request goes to {to}; no sensitive data was seen in it"),
        }
    }

    /// The laws of the foreign countries of a destination.
    fn laws(&self, destination: &Destination) -> Vec<String> {
        let mut countries: Vec<&String> = Vec::new();
        for candidate in destination.candidates.iter().filter(|c| c.verdict == Verdict::Foreign) {
            for code in candidate.control.iter().chain(&candidate.residency) {
                if !self.home.contains(code) && !countries.contains(&code) {
                    countries.push(code);
                }
            }
        }
        let mut laws = Vec::new();
        for code in countries {
            for law in self.rules.laws_for(code) {
                let mark = if law.verified.is_some() { "" } else { " (unverified)" };
                let reference = law.reference.as_deref().map_or(String::new(), |r| format!(", {r}"));
                laws.push(format!("{code}: {}{reference}{mark}", law.name));
            }
        }
        laws.dedup();
        laws
    }
}

/// The rule for data of a tier at a destination.
fn rule_for(verdict: Verdict, tier: Option<Tier>) -> Option<RuleId> {
    let serious = matches!(tier, Some(Tier::Restricted | Tier::Confidential));
    match (verdict, tier) {
        (Verdict::Foreign, Some(Tier::Restricted)) => Some(RuleId::RestrictedDataAbroad),
        (Verdict::Foreign, Some(Tier::Confidential)) => Some(RuleId::ConfidentialDataAbroad),
        (Verdict::Foreign, Some(Tier::Internal)) => Some(RuleId::InternalDataAbroad),
        (Verdict::Foreign, Some(Tier::UserInput)) => Some(RuleId::UserInputAbroad),
        (Verdict::Foreign, None) => Some(RuleId::ForeignEndpoint),
        (Verdict::Possible, _) if serious => Some(RuleId::DataMaybeAbroad),
        (Verdict::Unresolved, _) if serious => Some(RuleId::DataEndpointUnresolved),
        _ => None,
    }
}

/// The score's band, kept within one step of the rule's own class.
fn severity(rule: RuleId, score: f64) -> Severity {
    let class = rule.doc().severity;
    let band = match score {
        s if s >= 8.0 => Severity::Critical,
        s if s >= 5.0 => Severity::High,
        s if s >= 2.5 => Severity::Medium,
        s if s >= 1.0 => Severity::Low,
        _ => Severity::Note,
    };
    let order = [Severity::Note, Severity::Low, Severity::Medium, Severity::High, Severity::Critical];
    let at = |s: Severity| order.iter().position(|o| *o == s).unwrap_or(0);
    // The contract fixes each rule's class; the score may only lower it by one step.
    let lowest = at(class).saturating_sub(1);
    order[at(band).clamp(lowest, at(class))]
}

fn where_to(rules: &Rules, destination: &Destination) -> String {
    let name = |c: &Candidate| match &c.provider_name {
        Some(name) => name.clone(),
        None if c.host.is_empty() || c.host.contains('{') => "an endpoint decided at run time".to_string(),
        None => c.host.clone(),
    };
    match (destination.verdict, destination.candidates.as_slice()) {
        (Verdict::Unresolved, _) => match &destination.unresolved {
            Some(what) => format!("an endpoint decided at run time (`{what}`)"),
            None => "an endpoint decided at run time".into(),
        },
        (Verdict::Possible, candidates) => {
            let mut names: Vec<String> = candidates.iter().map(name).collect();
            names.dedup();
            format!("{}, which may lie abroad", names.join(" or "))
        }
        (_, candidates) => {
            let foreign: Vec<&Candidate> =
                candidates.iter().filter(|c| c.verdict == Verdict::Foreign).collect();
            let shown = foreign.first().copied().or(candidates.first());
            match shown {
                Some(c) => {
                    let place = c.control.last().map(|code| country(rules, code)).unwrap_or_default();
                    format!("{} ({}, under the control of {place})", name(c), c.host)
                }
                None => "an unknown endpoint".into(),
            }
        }
    }
}

fn country(rules: &Rules, code: &str) -> String {
    rules.country_name(code).map_or_else(|| code.to_string(), str::to_string)
}

fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        // An abbreviation stays as it is.
        (Some(_), Some(second)) if second.is_uppercase() => text.to_string(),
        (Some(first), _) => first.to_lowercase().chain(text.chars().skip(1)).collect(),
        _ => String::new(),
    }
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
