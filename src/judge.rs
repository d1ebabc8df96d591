//! Turns calls and flows into findings: which rule, how severe, in which words.

use crate::advice;
use crate::finding::*;
use crate::rules::Rules;
use crate::rules::app::Sends;
use crate::rules::data::Tier;
use crate::text::Files;
use std::collections::BTreeSet;

/// What a judgement stands on.
pub struct Judge<'a> {
    /// Facts.
    pub rules: &'a Rules,
    /// Countries that are home.
    pub home: &'a BTreeSet<String>,
    /// The audited files, for fingerprints that follow the text and not the line.
    pub files: &'a Files,
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
        Some(self.found(rule, case))
    }

    fn found(&self, rule: RuleId, case: Case<'_>) -> Finding {
        let (score, factors) = self.score(&case);
        let severity = match case.confidence {
            // What nobody can be sure of does not stop a build.
            Confidence::Possible => severity(rule, score).min(Severity::Medium),
            _ => severity(rule, score),
        };
        let message = self.message(&case);
        let laws = self.laws(&case.destination);
        let fingerprint = self.fingerprint(rule, &case);
        let advice = advice::advise(self.rules, self.home, &case);
        Finding {
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
            fingerprint,
            suppressed: None,
        }
    }

    /// Findings for endpoints that configuration alone sets, one for each rule, file, program and host.
    pub fn of_configured(&self, list: &[Configured]) -> Vec<Finding> {
        let mut seen = BTreeSet::new();
        let mut findings = Vec::new();
        for one in list {
            let hosts: Vec<&str> = one.destination.candidates.iter().map(|c| c.host.as_str()).collect();
            let Some(finding) = self.configured(one) else { continue };
            if seen.insert((finding.rule, one.span.file, &one.app, hosts)) {
                findings.push(finding);
            }
        }
        findings
    }

    /// The finding an endpoint gives that configuration alone sets, if the contract has a rule for it.
    fn configured(&self, configured: &Configured) -> Option<Finding> {
        let destination = &configured.destination;
        let relay = destination.candidates.iter().any(|c| c.relay);
        let abroad = matches!(destination.verdict, Verdict::Foreign | Verdict::Possible);
        let code = configured.sends == Sends::SourceCode && configured.active;
        let rule = match destination.verdict {
            _ if configured.in_tests => return None,
            _ if code && abroad => RuleId::SourceCodeAbroad,
            _ if relay && configured.active => RuleId::RelayEndpoint,
            Verdict::Foreign if configured.active => RuleId::ForeignEndpoint,
            _ => return None,
        };
        let site = as_call(configured);
        // What a program sends of a repository weighs as much as confidential data.
        let tier = (rule == RuleId::SourceCodeAbroad).then_some(Tier::Confidential);
        let confidence = match destination.verdict {
            Verdict::Foreign => Confidence::Certain,
            _ => Confidence::Possible,
        };
        let case =
            Case { call: 0, site: &site, tier, confidence, flow: None, destination: destination.clone() };
        let mut finding = self.found(rule, case);
        let to = where_to(self.rules, destination);
        let who = configured.app.clone().unwrap_or_else(|| format!("`{}`", configured.key));
        finding.call = None;
        let text = format!("Set `{}` to an endpoint at home.", configured.key);
        finding.advice.insert(0, Advice { text, span: Some(configured.span) });
        finding.message = match rule {
            RuleId::SourceCodeAbroad => format!("{who} sends source code to {to}"),
            RuleId::RelayEndpoint => format!("{who} is set to {to}, an unofficial relay or tunnel"),
            _ => format!("{who} is set to {to}; no call was seen to use it"),
        };
        Some(finding)
    }

    /// The finding a call gives by going through an unofficial relay, whatever it carries.
    pub fn relay(&self, call: usize, site: &Call) -> Option<Finding> {
        if site.in_tests || !site.destination.candidates.iter().any(|c| c.relay) {
            return None;
        }
        let destination = site.destination.clone();
        let to = where_to(self.rules, &destination);
        let case = Case { call, site, tier: None, confidence: Confidence::Certain, flow: None, destination };
        let mut finding = self.found(RuleId::RelayEndpoint, case);
        finding.message = format!("A request goes to {to}, an unofficial relay or tunnel");
        Some(finding)
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
        let codes: Vec<&String> = case.destination.candidates.iter().flat_map(Candidate::reached).collect();
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
            for code in candidate.reached() {
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

    /// Rule, classes, hosts and the names on the path: what stays when lines move.
    fn fingerprint(&self, rule: RuleId, case: &Case<'_>) -> String {
        let mut parts: Vec<String> = vec![format!("{rule:?}"), case.site.callee.clone()];
        parts.push(self.files.get(case.site.span.file).path.to_string());
        if let Some(flow) = &case.flow {
            parts.extend(flow.data.iter().map(|d| d.class.clone()));
            if let Some(source) = flow.steps.first() {
                parts.push(self.files.get(source.span.file).path.to_string());
                parts.push(source.message.clone());
            }
        }
        parts.extend(case.destination.candidates.iter().map(|c| c.host.clone()));
        let text = squeeze(self.files.slice(case.site.span));
        parts.push(text);
        format!("{:016x}", fnv(&parts.join("\u{1f}")))
    }
}

/// A configured endpoint as if it were a call, so that it is judged the same way.
fn as_call(configured: &Configured) -> Call {
    Call {
        span: configured.span,
        callee: configured.key.clone(),
        package: String::new(),
        kind: String::new(),
        destination: configured.destination.clone(),
        models: configured.models.clone(),
        in_tests: configured.in_tests,
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

fn squeeze(text: &str) -> String {
    let mut squeezed: String = text.split_whitespace().collect();
    squeezed.truncate(squeezed.char_indices().nth(200).map_or(squeezed.len(), |(i, _)| i));
    squeezed
}

/// FNV-1a, 64 bit: stable across platforms and releases, unlike the standard hasher.
fn fnv(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
