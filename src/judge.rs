//! Turns calls and flows into findings: which rule, how severe, in which words.

mod configured;
mod objection;
mod regulation;
mod score;

use crate::advice;
use crate::finding::*;
use crate::policy::Policy;
use crate::rules::Rules;
use crate::rules::data::Tier;
use objection::Objection;

/// What a judgement stands on.
pub struct Judge<'a> {
    /// Facts.
    pub rules: &'a Rules,
    /// What the organisation allows.
    pub policy: &'a Policy,
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
    /// Every class that reaches the call, over all its flows: some mean more together.
    pub reaching: &'a [String],
    /// Where it goes, as narrow as the flow allows.
    pub destination: Destination,
}

impl Judge<'_> {
    /// The finding a case gives, if the policy objects to it.
    pub fn finding(&self, mut case: Case<'_>) -> Option<Finding> {
        case.tier = self.raised_tier(&case);
        let objection = self.objection(&case)?;
        let message = self.message(&case, &objection);
        Some(self.found(objection.rule, case, message))
    }

    fn found(&self, rule: RuleId, case: Case<'_>, message: String) -> Finding {
        let score = self.score(rule, &case);
        let laws = self.laws(&case.destination);
        let regulations = self.regulations(&case, &score.combined);
        let advice = advice::advise(self, &case);
        Finding {
            rule,
            severity: score.severity,
            score: score.number,
            factors: score.factors,
            confidence: case.confidence,
            message,
            span: case.site.span,
            call: Some(case.call),
            models: case.site.models.clone(),
            flow: case.flow,
            destination: Some(case.destination),
            laws,
            regulations,
            advice,
            fingerprint: String::new(),
            state: None,
            opening: None,
            ask: None,
            suppressed: None,
        }
    }

    /// The tier of the data, raised where its own classes together are of a higher one.
    fn raised_tier(&self, case: &Case<'_>) -> Option<Tier> {
        let (tier, flow) = (case.tier?, case.flow.as_ref()?);
        let letter = |id: &str| self.rules.data.class(id).and_then(|class| class.doj.as_deref());
        let own: Vec<_> = flow.data.iter().map(|data| (data.class.as_str(), letter(&data.class))).collect();
        let together = self.rules.severity.combinations.iter().filter(|c| c.of(&own).is_some());
        Some(together.filter_map(|c| c.tier).fold(tier, Tier::max))
    }

    fn message(&self, case: &Case<'_>, objection: &Objection) -> String {
        let to = where_to(self.rules, &case.destination);
        let mut message = match &case.flow {
            Some(flow) => {
                let titles: Vec<String> = flow.data.iter().map(|d| lower_first(&d.title)).collect();
                let verb = if titles.len() == 1 { "reaches" } else { "reach" };
                format!("{} {verb} {to}", upper_first(&listed(&titles)))
            }
            None => format!("A request goes to {to}; no sensitive data was seen in it"),
        };
        if !objection.because.is_empty() {
            message.push_str(": ");
            message.push_str(&objection.because.join("; "));
        }
        message
    }

    /// The laws of the foreign countries of a destination.
    fn laws(&self, destination: &Destination) -> Vec<String> {
        let mut countries: Vec<&String> = Vec::new();
        for candidate in destination.candidates.iter().filter(|c| c.verdict == Verdict::Foreign) {
            for code in candidate.reached() {
                if !self.policy.home.contains(code) && !countries.contains(&code) {
                    countries.push(code);
                }
            }
        }
        let mut laws = Vec::new();
        for code in countries {
            for law in self.rules.laws_for(code) {
                let mark = if law.verified.is_some() { "" } else { " (unverified)" };
                let reference = law.reference.as_deref().map_or(String::new(), |r| format!(", {r}"));
                // A law of a group of countries is named once, with the group.
                let said = format!("{}: {}{reference}{mark}", law.country, law.name);
                if !laws.contains(&said) {
                    laws.push(said);
                }
            }
        }
        laws
    }
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
            let mut names: Vec<String> = Vec::new();
            for name in candidates.iter().map(name) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            format!("{}, which may lie abroad", names.join(" or "))
        }
        (_, candidates) => {
            let foreign: Vec<&Candidate> =
                candidates.iter().filter(|c| c.verdict == Verdict::Foreign).collect();
            let shown = foreign.first().copied().or(candidates.first());
            match shown {
                Some(Candidate { upstreams, host, .. }) if !upstreams.is_empty() => {
                    let by = &upstreams[0];
                    let place = by.control.last().map(|code| country(rules, code)).unwrap_or_default();
                    let router = shown.map(name).unwrap_or_default();
                    format!("{} by way of {router} ({host}, served under the control of {place})", by.name)
                }
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
    rules.country_in_a_sentence(code).unwrap_or_else(|| code.to_string())
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
