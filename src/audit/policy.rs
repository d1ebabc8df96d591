//! What the policy does to an audit: which files stay out, what was agreed on, and what the report says of it.

use crate::finding::*;
use crate::policy::exception::{self, Exception, Scope};
use crate::policy::frame::Frame;
use crate::policy::source::{BUILT_IN, sha256};
use crate::policy::{Opened, Places, Policy};
use crate::rules::Rules;
use crate::rules::data::Tier;
use crate::text::{FileId, Files, SourceFile, Span};
use camino::Utf8Path;
use globset::{GlobBuilder, GlobMatcher};
use toml::value::Date;

/// The policy with its place in the report.
pub struct InForce<'a> {
    policy: &'a Policy,
    opened: &'a Opened,
    frame: Frame,
    /// The policy file as reports show it.
    shown: Option<String>,
    /// The globs of `ignore`.
    globs: Vec<Option<GlobMatcher>>,
    /// How many files each of them left out.
    left_out: Vec<usize>,
}

impl<'a> InForce<'a> {
    /// Puts the policy beside the files it is about: those it leaves out go, it comes in itself.
    pub fn new(
        policy: &'a Policy,
        opened: &'a Opened,
        files: Files,
        base: &Utf8Path,
    ) -> (InForce<'a>, Files) {
        let frame = opened.file.as_ref().map_or_else(Frame::default, |file| Frame::new(file.folder(), base));
        let shown = opened.file.as_ref().map(|file| frame.shown(file, base));
        let globs: Vec<Option<GlobMatcher>> = policy.ignore.iter().map(|(glob, _)| matcher(glob)).collect();
        let mut left_out = vec![0; globs.len()];
        let mut kept = Vec::with_capacity(files.len() + 1);
        for (_, file) in files.iter() {
            let path = frame.path(&file.path);
            let is_out = |glob: &Option<GlobMatcher>| {
                glob.as_ref().zip(path.as_ref()).is_some_and(|(glob, path)| glob.is_match(path))
            };
            match globs.iter().position(is_out) {
                Some(index) => left_out[index] += 1,
                None => kept.push(file.clone()),
            }
        }
        if let (Some(shown), Some(file)) = (&shown, &opened.file)
            && !kept.iter().any(|other| other.path.as_ref() == shown)
        {
            kept.push(SourceFile { path: shown.as_str().into(), text: file.text.as_str().into() });
        }
        (InForce { policy, opened, frame, shown, globs, left_out }, Files::new(kept))
    }

    /// Whether the policy leaves out a path of the report: somebody decided that it does not matter, and the report says so.
    pub fn leaves_out(&self, path: &str) -> bool {
        let path = self.frame.path(path);
        self.globs.iter().flatten().any(|glob| path.as_ref().is_some_and(|path| glob.is_match(path)))
    }

    /// How many files the policy left out.
    pub fn files_left_out(&self) -> usize {
        self.left_out.iter().sum()
    }

    /// Suppresses what was agreed on, and reports exceptions that ran out or cover nothing.
    pub fn settle(&self, findings: &mut Vec<Finding>, rules: &Rules, files: &Files, today: Option<Date>) {
        let (Some(shown), Some(file)) = (&self.shown, &self.opened.file) else { return };
        let scope = Scope {
            rules,
            files,
            below: &|path: &str| self.frame.path(path),
            place: (shown.as_str(), file.text.as_str()),
            today,
        };
        let used = exception::apply(&self.policy.exceptions, findings, &scope);
        let Some(id) = files.find(shown) else { return };
        for (exception, used) in self.policy.exceptions.iter().zip(used) {
            let rule = match (exception.is_expired(today), used) {
                (true, _) => RuleId::PolicyExceptionExpired,
                (false, false) => RuleId::PolicyExceptionUnused,
                (false, true) => continue,
            };
            findings.push(hygiene(rule, exception, id, &file.text));
        }
    }

    /// What the report says of the policy.
    pub fn describe(&self, rules: &Rules) -> PolicyInForce {
        let built_in = || rules.profiles.get(BUILT_IN).map_or_else(String::new, |text| sha256(text));
        PolicyInForce {
            path: self.shown.clone(),
            hash: self.opened.file.as_ref().map_or_else(built_in, |file| file.hash()),
            extends: self.opened.extends().map(str::to_string),
            in_repository: self.opened.file.as_ref().is_some_and(|file| file.in_repository),
            ignored: self.opened.ignored.as_ref().map(|path| path.as_str().replace('\\', "/")),
            tiers: TIERS.map(|tier| rule_of(tier, &self.policy.places(tier))).to_vec(),
            denied_models: self.policy.deny_origin.iter().chain(&self.policy.deny_models).cloned().collect(),
            effects: self.effects(),
            fail_on: self.policy.fail_on,
            min_confidence: self.policy.min_confidence,
        }
    }

    /// Whatever of the policy takes something away or changes what is known.
    fn effects(&self) -> Vec<String> {
        let mut effects = Vec::new();
        for ((glob, _), count) in self.policy.ignore.iter().zip(&self.left_out) {
            let noun = if *count == 1 { "file" } else { "files" };
            effects.push(format!("leaves out `{glob}` ({count} {noun})"));
        }
        for provider in &self.policy.own.providers {
            effects.push(format!("says where `{}` is", provider.id));
        }
        for sanitizer in &self.policy.own.sanitizers {
            effects.push(format!("takes {} for a treatment", sanitizer.path.join(", ")));
        }
        for router in self.policy.routers.values() {
            let names: Vec<&str> = router.controls.keys().map(String::as_str).collect();
            let (names, who) = (names.join(", "), router.attribution());
            effects.push(format!("relies on {names} of {}: {who}", router.router));
        }
        for dir in self.opened.rules_as_written() {
            effects.push(format!("loads rules from `{dir}`"));
        }
        match self.policy.fail_on {
            None => {}
            Some(None) => effects.push("never fails a build".into()),
            Some(Some(severity)) => effects.push(format!("fails a build from {} on", severity.as_str())),
        }
        if let Some(confidence) = self.policy.min_confidence {
            effects.push(format!("shows findings that are {} or surer", confidence.as_str()));
        }
        effects
    }
}

/// Tiers, the most sensitive first.
const TIERS: [Tier; 4] = [Tier::Restricted, Tier::Confidential, Tier::Internal, Tier::UserInput];

/// Where a tier may go, in words.
fn rule_of(tier: Tier, places: &Places) -> TierRule {
    TierRule {
        tier,
        allow: places.as_written.clone(),
        deny: places.denied.iter().chain(&places.denied_providers).cloned().collect(),
        require: places.require.iter().map(|condition| condition.as_str().to_string()).collect(),
    }
}

fn matcher(glob: &str) -> Option<GlobMatcher> {
    let glob = GlobBuilder::new(glob.trim_start_matches("./")).literal_separator(true).build().ok()?;
    Some(glob.compile_matcher())
}

/// A finding about the policy file itself.
fn hygiene(rule: RuleId, exception: &Exception, file: FileId, text: &str) -> Finding {
    let end = text.get(exception.span.start..).and_then(|rest| rest.find('\n'));
    let end = end.map_or(exception.span.end, |at| exception.span.start + at);
    let (message, advice) = match rule {
        RuleId::PolicyExceptionExpired => (
            format!("An exception ran out on {} ({})", exception.expires, exception.reason),
            format!("Ask {} whether it still holds; renew it or delete it.", exception.owner),
        ),
        _ => (
            format!("An exception covers nothing that was found ({})", exception.reason),
            format!("Delete it, or ask {} what it was for.", exception.owner),
        ),
    };
    Finding {
        rule,
        severity: rule.doc().severity,
        score: 0.0,
        factors: Vec::new(),
        confidence: Confidence::Certain,
        message,
        span: Span::new(file, exception.span.start, end),
        call: None,
        destination: None,
        models: Vec::new(),
        flow: None,
        laws: Vec::new(),
        regulations: Vec::new(),
        advice: vec![Advice { text: advice, span: None }],
        fingerprint: String::new(),
        state: None,
        opening: None,
        ask: None,
        suppressed: None,
    }
}
