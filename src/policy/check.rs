//! A policy as written becomes one that is valid: everything looked up, everything required there, nothing at odds.

use super::mistake::{Mistake, among};
use super::refer::Refer;
use super::words;
use super::written::{At, Written, WrittenEndpoint, WrittenException, WrittenRouter, WrittenSanitizer};
use super::{DeclaredRouter, Exception, Policy};
use crate::finding::{Confidence, Severity};
use crate::rules::Rules;
use crate::rules::data::{Effect, SanitizerRule, Tier};
use crate::rules::own::Own;
use crate::rules::provider::{
    DataPolicy, Operator, Provider, ProviderEndpoint, ProviderKind, RESIDENCY_WORDS, UNKNOWN,
};
use crate::rules::severity::class_matches;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The words for tiers.
const TIERS: [(&str, Tier); 4] = [
    ("restricted", Tier::Restricted),
    ("confidential", Tier::Confidential),
    ("internal", Tier::Internal),
    ("user_input", Tier::UserInput),
];

/// Checks what was written, on top of the profile it starts from. `home` wins over both.
pub(super) fn check(
    written: &Written,
    profile: Option<&Written>,
    rules: &Rules,
    home: Option<&[String]>,
    default_home: &str,
) -> (Policy, Vec<Mistake>) {
    let mut refer = Refer { rules, mistakes: Vec::new() };
    let mut policy = Policy::default();
    let layers: Vec<&Written> = profile.into_iter().chain([written]).collect();
    choose_home(&mut policy, &layers, &mut refer, home, default_home);
    for layer in &layers {
        for (name, tier) in &layer.tiers {
            let names = TIERS.map(|(name, _)| name);
            match TIERS.iter().find(|(known, _)| known == name.get_ref()) {
                Some((_, id)) => drop(policy.tiers.insert(*id, refer.places(tier, &policy.home))),
                None => {
                    let hint = among(name.get_ref(), names.into_iter());
                    refer.wrong(name.span(), format!("unknown tier `{}`{hint}", name.get_ref()));
                }
            }
        }
        policy.deny_origin.extend(refer.countries(&layer.deny_origin));
        policy.deny_models.extend(layer.deny_models.iter().map(|glob| glob.get_ref().clone()));
        let residency = refer.one_of(&layer.residency, &[("strict", true), ("lenient", false)]);
        policy.strict_residency = residency.unwrap_or(policy.strict_residency);
    }
    policy.own = own(written, &mut refer);
    policy.exceptions = written.exceptions.iter().map(|e| exception(e, &mut refer)).collect();
    contradictions(&policy, &mut refer);
    for (name, router) in &written.routers {
        if let Some(declared) = declared(name, router, &mut refer) {
            policy.routers.insert(declared.router.clone(), declared);
        }
    }
    refer.globs(&written.ignore);
    policy.ignore = written.ignore.iter().map(|glob| (glob.get_ref().clone(), glob.span())).collect();
    policy.fail_on = refer.one_of(&written.fail_on, &THRESHOLDS);
    policy.min_confidence = refer.one_of(&written.min_confidence, &CONFIDENCES);
    (policy, refer.mistakes)
}

const THRESHOLDS: [(&str, Option<Severity>); 6] = [
    ("critical", Some(Severity::Critical)),
    ("high", Some(Severity::High)),
    ("medium", Some(Severity::Medium)),
    ("low", Some(Severity::Low)),
    ("note", Some(Severity::Note)),
    ("never", None),
];

const CONFIDENCES: [(&str, Confidence); 3] =
    [("certain", Confidence::Certain), ("likely", Confidence::Likely), ("possible", Confidence::Possible)];

fn choose_home(
    policy: &mut Policy,
    layers: &[&Written],
    refer: &mut Refer<'_>,
    given: Option<&[String]>,
    default: &str,
) {
    // Also a home that the command line overrides is checked.
    for home in layers.iter().filter_map(|layer| layer.home.as_ref()) {
        policy.home = refer.countries(home.get_ref());
        policy.home_as_written = home.get_ref().iter().map(|code| code.get_ref().clone()).collect();
        policy.home_set = true;
        if home.get_ref().is_empty() {
            refer.wrong(home.span(), "home is empty: name a country or a group");
        }
    }
    let (codes, set) = match given {
        Some(codes) => (codes.to_vec(), true),
        None if policy.home_set => return,
        None => (vec![default.to_string()], false),
    };
    policy.home = refer.rules.expand(&codes).unwrap_or_default();
    (policy.home_as_written, policy.home_set) = (codes, set);
}

fn exception(written: &WrittenException, refer: &mut Refer<'_>) -> Exception {
    let span = &written.span;
    if written.data.is_empty() && written.to.is_empty() && written.paths.is_empty() {
        refer.wrong(
            span.clone(),
            "an exception from everything: name its `data`, where it goes `to`, or its `paths`",
        );
    }
    if written.expires.is_none() {
        refer.wrong(span.clone(), "an exception needs a last day: `expires = 2027-03-01`");
    }
    Exception {
        data: refer.classes(&written.data),
        to: written.to.iter().filter_map(|to| refer.to(to)).collect(),
        paths: refer.globs(&written.paths),
        rules: refer.rule_ids(&written.rule),
        reason: refer.required(&written.reason, span, "an exception needs a `reason`"),
        owner: refer.required(&written.owner, span, "an exception needs an `owner` who answers for it"),
        reference: written.reference.as_ref().map(|text| text.get_ref().clone()),
        expires: written.expires.as_ref().map_or(NO_DATE, |date| *date.get_ref()),
        span: span.clone(),
    }
}

/// Stands in for a date that is missing, which was reported.
const NO_DATE: toml::value::Date = toml::value::Date { year: 0, month: 1, day: 1 };

/// What two parts of a policy say against each other.
fn contradictions(policy: &Policy, refer: &mut Refer<'_>) {
    let nowhere: Vec<(&str, Tier)> =
        TIERS.into_iter().filter(|(_, tier)| policy.places(*tier).nowhere).collect();
    for exception in policy.exceptions.iter().filter(|e| e.to.is_empty() && e.paths.is_none()) {
        for (name, tier) in &nowhere {
            let mut classes = refer.rules.data.classes.iter().filter(|c| c.tier == *tier && !c.is_abstract);
            let covered =
                |id: &str| exception.data.is_empty() || exception.data.iter().any(|g| class_matches(g, id));
            if classes.all(|class| covered(&class.id)) {
                let message = format!(
                    "the tier `{name}` is allowed nowhere, and this exception allows all of it everywhere: \
                     give it `to` or `paths`, or allow the tier somewhere"
                );
                refer.wrong(exception.span.clone(), message);
            }
        }
    }
}

fn declared(name: &At<String>, written: &WrittenRouter, refer: &mut Refer<'_>) -> Option<DeclaredRouter> {
    let router = refer.rules.router(name.get_ref());
    let Some(router) = router else {
        let hint = among(name.get_ref(), refer.rules.routers.iter().map(|r| r.id.as_str()));
        refer.wrong(name.span(), format!("no router of the registry is called `{}`{hint}", name.get_ref()));
        return None;
    };
    let known: BTreeSet<&str> = router.controls.iter().map(|c| last_step(&c.name)).collect();
    let mut controls = BTreeMap::new();
    for (key, value) in &written.declared {
        if !known.contains(key.get_ref().as_str()) {
            let hint = among(key.get_ref(), known.iter().copied());
            refer.wrong(key.span(), format!("`{}` is no setting of `{}`{hint}", key.get_ref(), router.id));
        }
        controls.insert(key.get_ref().clone(), value.get_ref().clone());
    }
    if controls.is_empty() {
        refer.wrong(written.span.clone(), "nothing is declared: `declared = { only = [\"...\"] }`");
    }
    let by = refer.required(&written.by, &written.span, "a declaration needs `by`: who says so");
    if written.on.is_none() {
        refer.wrong(written.span.clone(), "a declaration needs `on`: since when, as a date");
    }
    let on = written.on.as_ref().map_or(String::new(), |date| date.get_ref().to_string());
    Some(DeclaredRouter { router: router.id.clone(), controls, by, on })
}

fn last_step(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn own(written: &Written, refer: &mut Refer<'_>) -> Own {
    let mut own = Own::default();
    for endpoint in &written.endpoints {
        own.providers.extend(provider(endpoint, refer));
    }
    for (class, words) in &written.data {
        let id = class.get_ref();
        if refer.rules.data.class(id).is_none_or(|c| c.is_abstract) {
            let concrete = refer.rules.data.classes.iter().filter(|c| !c.is_abstract);
            let hint = among(id, concrete.map(|c| c.id.as_str()));
            refer.wrong(class.span(), format!("unknown data class `{id}`{hint}"));
        }
        for word in words.iter().filter(|w| !w.get_ref().chars().any(char::is_alphabetic)) {
            refer.wrong(word.span(), "a word needs letters");
        }
        own.words.push((id.clone(), words.iter().map(|w| w.get_ref().clone()).collect()));
    }
    for (index, sanitizer) in written.sanitizers.iter().enumerate() {
        own.sanitizers.extend(treatment(index, sanitizer, refer));
    }
    own
}

fn provider(written: &WrittenEndpoint, refer: &mut Refer<'_>) -> Option<Provider> {
    let host =
        refer.required(&written.host, &written.span, "an endpoint needs a `host`").to_ascii_lowercase();
    if host.contains(['/', ':', '@', ' ', '?']) || host.ends_with(['.', '*']) {
        let span = written.host.as_ref().map_or(written.span.clone(), At::span);
        refer.wrong(
            span,
            "a host is a name such as llm.corp.example or *.corp.example, without scheme, port and path",
        );
    }
    let kind = refer.one_of(&written.kind, &KINDS);
    let (upstreams, place) = upstreams(written, refer);
    let control = match written.control.is_empty() {
        true => place.1,
        false => {
            refer.countries(&written.control);
            written.control.iter().map(code).collect()
        }
    };
    for extra in written.control.iter().skip(2) {
        refer.wrong(extra.span(), "control names the operator's country and its parent's, no more");
    }
    let residency: Vec<String> = match written.residency.is_empty() {
        true => place.0,
        false => {
            let open: Vec<At<String>> = written
                .residency
                .iter()
                .filter(|w| !RESIDENCY_WORDS.contains(&w.get_ref().as_str()))
                .cloned()
                .collect();
            refer.countries(&open);
            written.residency.iter().map(code).collect()
        }
    };
    if residency.is_empty() || control.is_empty() {
        refer.wrong(
            written.span.clone(),
            "an endpoint needs `residency` and `control`, or one `upstream` that has them",
        );
        return None;
    }
    let router = upstreams.len() > 1;
    Some(Provider {
        name: written.name.as_ref().map_or_else(|| host.clone(), |name| name.get_ref().clone()),
        id: host.clone(),
        aliases: Vec::new(),
        kind: kind.unwrap_or(if router { ProviderKind::Router } else { ProviderKind::SelfHost }),
        operator: Operator {
            country: control[0].clone(),
            parent_country: control.get(1).cloned(),
            ..Operator::default()
        },
        endpoints: vec![ProviderEndpoint {
            host,
            path: written.path.as_ref().map(|path| path.get_ref().clone()),
            port: None,
            residency,
            storage: Vec::new(),
            region: None,
            regions: None,
            profiles: None,
            general: false,
            api: None,
            basis: Some("policy".into()),
            source: None,
            verified: None,
            conflict: None,
            note: None,
        }],
        data_policy: DataPolicy {
            training: refer.one_of(&written.training, &ANSWERS).map(str::to_string),
            zero_retention: refer.one_of(&written.zero_retention, &ANSWERS).map(str::to_string),
            ..DataPolicy::default()
        },
        upstreams,
        key_env: Vec::new(),
        url_env: Vec::new(),
        note: Some("from the policy".into()),
        no_endpoint: None,
        enabled: true,
    })
}

/// A country code in capitals; names of groups and words as they are.
fn code(word: &At<String>) -> String {
    let text = word.get_ref();
    if text.len() == 2 { text.to_ascii_uppercase() } else { text.clone() }
}

const KINDS: [(&str, ProviderKind); 5] = [
    ("self-host", ProviderKind::SelfHost),
    ("host", ProviderKind::Host),
    ("router", ProviderKind::Router),
    ("cloud", ProviderKind::Cloud),
    ("relay", ProviderKind::Relay),
];

const ANSWERS: [(&str, &str); 5] =
    [("yes", "yes"), ("no", "no"), ("opt-out", "opt-out"), ("on-request", "on-request"), (UNKNOWN, UNKNOWN)];

/// What a gateway hands requests on to, with the places that follow when it names none of its own.
fn upstreams(written: &WrittenEndpoint, refer: &mut Refer<'_>) -> (Vec<String>, (Vec<String>, Vec<String>)) {
    let mut found: Vec<&Provider> = Vec::new();
    for word in &written.upstream {
        match refer.rules.provider(word.get_ref()) {
            Some(provider) => found.push(provider),
            None => {
                let hint = among(word.get_ref(), refer.rules.providers.all.iter().map(|p| p.id.as_str()));
                refer.wrong(word.span(), format!("unknown provider `{}`{hint}", word.get_ref()));
            }
        }
    }
    let place = match found[..] {
        [] => (Vec::new(), Vec::new()),
        [one] => {
            let residency =
                one.endpoints.first().map_or_else(Vec::new, |e| refer.rules.providers.residency(e, None));
            (residency, crate::lookup::control(one))
        }
        _ => (vec!["upstream".into()], vec![UNKNOWN.into()]),
    };
    (found.iter().map(|p| p.id.clone()).collect(), place)
}

fn treatment(index: usize, written: &WrittenSanitizer, refer: &mut Refer<'_>) -> Option<SanitizerRule> {
    let span: &Range<usize> = &written.span;
    if written.path.is_empty() {
        refer.wrong(
            span.clone(),
            "a sanitizer needs the `path` of a function: `path = [\"app.privacy.scrub()\"]`",
        );
        return None;
    }
    let mut neutralises = refer.classes(&written.neutralises);
    if neutralises.is_empty() {
        neutralises.push("*".into());
    }
    let effect = refer.one_of(&written.effect, &EFFECTS).unwrap_or(Effect::Remove);
    let call = |path: &At<String>| match path.get_ref() {
        path if path.ends_with("()") => path.clone(),
        path => format!("{path}()"),
    };
    Some(SanitizerRule {
        id: format!("{}.{}", words::OWN, index + 1),
        language: words::ANY.into(),
        path: written.path.iter().map(call).collect(),
        effect,
        neutralises,
        factor: if effect == Effect::Pseudonymise { 0.5 } else { 0.0 },
        residual: None,
        enabled: true,
    })
}

const EFFECTS: [(&str, Effect); 5] = [
    ("remove", Effect::Remove),
    ("mask", Effect::Mask),
    ("pseudonymise", Effect::Pseudonymise),
    ("encrypt", Effect::Encrypt),
    ("aggregate", Effect::Aggregate),
];
