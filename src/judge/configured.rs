//! Findings on endpoints that configuration alone sets, and on relays.

use super::{Case, Judge, where_to};
use crate::finding::*;
use crate::rules::app::Sends;
use crate::rules::data::Tier;
use std::collections::BTreeSet;

impl Judge<'_> {
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
        let site = as_call(configured);
        // What a program sends of a repository weighs as much as confidential data.
        let tier = code.then_some(Tier::Confidential);
        let confidence = match destination.verdict {
            Verdict::Foreign => Confidence::Certain,
            _ => Confidence::Possible,
        };
        let destination = destination.clone();
        let case = Case { call: 0, site: &site, tier, confidence, flow: None, reaching: &[], destination };
        let rule = match configured.destination.verdict {
            _ if configured.in_tests => return None,
            _ if code && abroad => {
                self.objection(&case)?;
                RuleId::SourceCodeAbroad
            }
            _ if relay && configured.active => RuleId::RelayEndpoint,
            Verdict::Foreign if configured.active => self.objection(&case)?.rule,
            _ => return None,
        };
        let to = where_to(self.rules, &configured.destination);
        let who = configured.app.clone().unwrap_or_else(|| format!("`{}`", configured.key));
        let message = match rule {
            RuleId::SourceCodeAbroad => format!("{who} sends source code to {to}"),
            RuleId::RelayEndpoint => {
                let relay = relay_of(&configured.destination).unwrap_or(to);
                format!("{who} is set to {relay}, an unofficial relay or tunnel")
            }
            _ => format!("{who} is set to {to}; no call was seen to use it"),
        };
        let mut finding = self.found(rule, case, message);
        finding.call = None;
        let text = format!("Set `{}` to an endpoint at home.", configured.key);
        finding.advice.insert(0, Advice { text, span: Some(configured.span) });
        Some(finding)
    }

    /// The finding a call gives by going through an unofficial relay, whatever it carries.
    pub fn relay(&self, call: usize, site: &Call) -> Option<Finding> {
        if site.in_tests || !site.destination.candidates.iter().any(|c| c.relay) {
            return None;
        }
        let destination = site.destination.clone();
        let to = relay_of(&destination).unwrap_or_else(|| where_to(self.rules, &destination));
        let confidence = Confidence::Certain;
        let case = Case { call, site, tier: None, confidence, flow: None, reaching: &[], destination };
        let message = format!("A request goes to {to}, an unofficial relay or tunnel");
        Some(self.found(RuleId::RelayEndpoint, case, message))
    }
}

/// The relay by its host: who runs it is what nobody knows.
fn relay_of(destination: &Destination) -> Option<String> {
    let relay = destination.candidates.iter().find(|candidate| candidate.relay)?;
    Some(format!("`{}`", relay.host))
}

/// A configured endpoint as if it were a call, so that it is judged the same way.
fn as_call(configured: &Configured) -> Call {
    Call {
        span: configured.span,
        callee: configured.key.clone(),
        function: String::new(),
        package: String::new(),
        kind: String::new(),
        destination: configured.destination.clone(),
        models: configured.models.clone(),
        in_tests: configured.in_tests,
    }
}
