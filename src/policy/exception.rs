//! Agreed exceptions: which findings they cover, which of them ran out, which cover nothing.

use crate::finding::{Candidate, Finding, RuleId, SuppressedBy, Suppression, Verdict};
use crate::lookup;
use crate::rules::Rules;
use crate::rules::severity::class_matches;
use crate::text::Files;
use globset::GlobSet;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::value::Date;

/// One `[[exception]]`. A list that is empty covers everything.
#[derive(Debug, Clone)]
pub struct Exception {
    /// Class globs; every class of a flow must be covered.
    pub data: Vec<String>,
    /// Destinations; every place the policy objects to must be covered.
    pub to: Vec<To>,
    /// Path globs relative to the policy's folder: where the data enters, or the file of the call.
    pub paths: Option<GlobSet>,
    /// Rules.
    pub rules: Vec<RuleId>,
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// What it rests on.
    pub reference: Option<String>,
    /// Last day it holds.
    pub expires: Date,
    /// Bytes of the policy file.
    pub span: Range<usize>,
}

/// A destination an exception names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// Provider id.
    Provider(String),
    /// Countries that residency and control lie in.
    Countries(BTreeSet<String>),
    /// Host, or `*.example.com`.
    Host(String),
}

/// What is needed to match exceptions with findings.
pub struct Scope<'a> {
    /// Facts.
    pub rules: &'a Rules,
    /// The audited files.
    pub files: &'a Files,
    /// What a report's path is, seen from the policy's folder; `None` when it lies elsewhere.
    pub below: &'a dyn Fn(&str) -> Option<String>,
    /// The policy file as reports show it, and its text.
    pub place: (&'a str, &'a str),
    /// Today; nothing runs out when it is not known.
    pub today: Option<Date>,
}

impl Exception {
    /// Whether it ran out before today.
    pub fn is_expired(&self, today: Option<Date>) -> bool {
        today.is_some_and(|today| self.expires < today)
    }

    /// Whether it covers a finding.
    pub fn covers(&self, finding: &Finding, scope: &Scope<'_>) -> bool {
        let hygiene = matches!(finding.rule, RuleId::PolicyExceptionExpired | RuleId::PolicyExceptionUnused);
        !hygiene
            && (self.rules.is_empty() || self.rules.contains(&finding.rule))
            && self.covers_data(finding)
            && self.covers_destination(finding, scope)
            && self.covers_path(finding, scope)
    }

    fn covers_data(&self, finding: &Finding) -> bool {
        let covered = |class: &str| self.data.iter().any(|glob| class_matches(glob, class));
        self.data.is_empty()
            || finding.flow.as_ref().is_some_and(|flow| flow.data.iter().all(|data| covered(&data.class)))
    }

    fn covers_destination(&self, finding: &Finding, scope: &Scope<'_>) -> bool {
        if self.to.is_empty() {
            return true;
        }
        let Some(destination) = &finding.destination else { return false };
        let stays = |c: &Candidate| matches!(c.verdict, Verdict::Local | Verdict::Domestic);
        let all_stay = destination.candidates.iter().all(stays);
        let mut objected = destination.candidates.iter().filter(|c| all_stay || !stays(c));
        let covered = |c: &Candidate| self.to.iter().any(|to| to.is(c, scope.rules));
        !destination.candidates.is_empty() && objected.all(covered)
    }

    fn covers_path(&self, finding: &Finding, scope: &Scope<'_>) -> bool {
        let Some(globs) = &self.paths else { return true };
        let source = finding.flow.as_ref().and_then(|flow| flow.steps.first()).map(|step| step.span.file);
        let files = [Some(finding.span.file), source];
        files
            .iter()
            .flatten()
            .any(|file| (scope.below)(&scope.files.get(*file).path).is_some_and(|path| globs.is_match(path)))
    }

    /// The decision as reports show it.
    fn suppression(&self, scope: &Scope<'_>) -> Suppression {
        let line = scope.place.1[..self.span.start.min(scope.place.1.len())].matches('\n').count() + 1;
        Suppression {
            by: SuppressedBy::Exception,
            reason: self.reason.clone(),
            owner: Some(self.owner.clone()),
            reference: self.reference.clone(),
            place: Some(format!("{}:{line}", scope.place.0)),
        }
    }
}

impl To {
    fn is(&self, candidate: &Candidate, rules: &Rules) -> bool {
        match self {
            To::Provider(id) => candidate.provider.as_ref() == Some(id),
            To::Host(glob) => {
                let tail = glob.strip_prefix('*').filter(|tail| tail.starts_with('.'));
                let host = candidate.host.to_ascii_lowercase();
                tail.map_or(host == *glob, |tail| host.len() > tail.len() && host.ends_with(tail))
            }
            To::Countries(countries) => {
                lookup::judge(rules, &candidate.residency, &candidate.control, countries)
                    == Some(Verdict::Domestic)
            }
        }
    }
}

/// Suppresses what exceptions in force cover. The answer says of each exception whether it covered anything.
pub fn apply(exceptions: &[Exception], findings: &mut [Finding], scope: &Scope<'_>) -> Vec<bool> {
    let mut used = vec![false; exceptions.len()];
    for finding in findings {
        for (exception, used) in exceptions.iter().zip(&mut used) {
            if exception.covers(finding, scope) {
                *used = true;
                if finding.suppressed.is_none() && !exception.is_expired(scope.today) {
                    finding.suppressed = Some(exception.suppression(scope));
                }
            }
        }
    }
    used
}
