//! Which providers a router may hand a request to, by the controls that are set, and what follows from home.
//!
//! Pure: what code, configuration and policy were found to set comes in as data. What a control does is data as well
//! (`rules/routers/`); only the semantics stand here: allow-list, block-list, order, fallbacks, region, and the rest,
//! which pins nobody.

mod carrier;
mod upstream;

pub use carrier::{in_text, keys};

use crate::finding::{Candidate, Upstream, Verdict};
use crate::policy::{Declared, DeclaredRouter, Policy};
use crate::rules::Rules;
use crate::rules::provider::{UNKNOWN, UPSTREAM};
use crate::rules::router::{Carrier, Control, ControlEffect, Router};
use std::collections::{BTreeMap, BTreeSet};
use upstream::{is_named, named_upstream, over, upstream_of, within};

/// Upstreams named in a remark at most.
const MAX_NAMED: usize = 4;

/// A control that is set.
#[derive(Clone, Debug)]
pub struct Given<'r> {
    /// Which.
    pub control: &'r Control,
    /// To what.
    pub value: Value,
    /// Who says so, when it is not the code or a configuration file: "declared by … on …".
    pub said_by: Option<String>,
}

/// What a control is set to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// These words; booleans as `true` and `false`.
    Words(Vec<String>),
    /// Decided at run time, by this.
    Unknown(String),
}

/// Who may serve a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Serving {
    /// What that means, seen from home.
    pub verdict: Verdict,
    /// Everybody who may serve it, those abroad first; empty when nothing narrows the router's choice.
    pub upstreams: Vec<Upstream>,
    /// Why, in words.
    pub reasons: Vec<String>,
}

/// What a request through a router is judged by.
#[derive(Clone, Debug)]
pub struct Request<'r, 's> {
    /// The router.
    pub router: &'r Router,
    /// Its controls, as set.
    pub given: Vec<Given<'r>>,
    /// Models that may be asked for, fallbacks included; empty when unknown.
    pub models: &'s [String],
    /// Where the host that was called keeps requests, when it pins a place.
    pub pinned: Vec<String>,
}

/// Makes of a router's candidate what a request through it means.
pub fn narrow<'r>(
    rules: &'r Rules,
    policy: &Policy,
    candidate: &mut Candidate,
    mut request: Request<'r, '_>,
) {
    let open = |place: &String| place == UPSTREAM || place == UNKNOWN;
    if !candidate.residency.iter().any(open) {
        request.pinned.clone_from(&candidate.residency);
    }
    if let Some(declared) = policy.routers.get(&request.router.id) {
        request.given.extend(declared_by(request.router, declared));
    }
    let serving = serving(rules, &policy.home, &request);
    candidate.verdict = serving.verdict;
    candidate.remarks.extend(served_by(&serving.upstreams));
    candidate.remarks.extend(serving.reasons);
    candidate.upstreams = serving.upstreams;
}

/// Who may serve a request, and what that makes of it.
pub fn serving(rules: &Rules, home: &BTreeSet<String>, request: &Request<'_, '_>) -> Serving {
    let (mut reasons, mut not_known) = (Vec::new(), Vec::new());
    let all: Vec<Upstream> = request.router.upstreams.iter().map(|u| upstream_of(rules, home, u)).collect();
    let named = by_model(rules, request.models, &all, &mut not_known);
    let mut narrowed = named.is_some();
    let mut pool = named.unwrap_or_else(|| all.clone());
    reasons.extend(at_run_time(request));
    let lists = allow_lists(request, &mut reasons);
    for (at, list) in lists.iter().enumerate() {
        pool = match narrowed_by_list(&pool, list) {
            Some(kept) => kept,
            // Who serves a model is known less well than whom the first list names; a second list only takes away.
            None if at == 0 => list.iter().map(|slug| named_upstream(rules, home, &all, slug)).collect(),
            None => pool.into_iter().filter(|u| list.iter().any(|slug| is_named(u, slug))).collect(),
        };
        narrowed = true;
    }
    if lists.is_empty() {
        reasons.append(&mut not_known);
    }
    let ignored = words_of(request, ControlEffect::Ignore);
    if !ignored.is_empty() {
        pool.retain(|u| !ignored.iter().any(|slug| is_named(u, slug)));
        narrowed = true;
    }
    let region = region_of(rules, request);
    if let Some(region) = &region {
        pool = pool.into_iter().filter_map(|u| within(rules, home, u, region)).collect();
        narrowed = true;
    }
    let verdict = over(&pool);
    explain(request, &pool, &ignored, verdict, &mut reasons);
    if request.models.is_empty() && !narrowed && !all.is_empty() {
        let abroad = all.iter().filter(|u| u.verdict == Verdict::Foreign).count();
        reasons.push(format!("any of {} known upstreams may serve it, {abroad} of them abroad", all.len()));
    }
    if !narrowed {
        pool.clear();
    }
    pool.sort_by(|a, b| (b.verdict, &a.slug).cmp(&(a.verdict, &b.slug)));
    reasons.dedup();
    Serving { verdict, upstreams: pool, reasons }
}

/// "may be served by …", those abroad first; `None` when nothing narrows the choice.
pub fn served_by(upstreams: &[Upstream]) -> Option<String> {
    let names: Vec<String> =
        upstreams.iter().take(MAX_NAMED).map(|u| format!("{} ({})", u.name, u.control.join(", "))).collect();
    let rest = match upstreams.len().saturating_sub(MAX_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!names.is_empty()).then(|| format!("may be served by {}{rest}", names.join(", ")))
}

/// What run time decides, once for each value that several controls come from.
fn at_run_time(request: &Request<'_, '_>) -> Vec<String> {
    let mut by_value: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for given in &request.given {
        if let Value::Unknown(what) = &given.value {
            by_value.entry(what).or_default().push(last(&given.control.name));
        }
    }
    let say = |(what, controls): (&str, Vec<&str>)| match controls[..] {
        [control] => format!("`{control}` is decided at run time by `{what}`"),
        _ => format!("the settings of the router are decided at run time by `{what}`"),
    };
    by_value.into_iter().map(say).collect()
}

/// What the policy declares of a router's account.
fn declared_by<'r>(router: &'r Router, declared: &DeclaredRouter) -> Vec<Given<'r>> {
    let mut given = Vec::new();
    for (name, value) in &declared.controls {
        let Some(control) = router.controls.iter().find(|control| last(&control.name) == name) else {
            continue;
        };
        let words = match value {
            Declared::Flag(is) => vec![is.to_string()],
            Declared::Word(word) => vec![word.clone()],
            Declared::List(words) => words.clone(),
        };
        given.push(Given { control, value: Value::Words(words), said_by: Some(declared.attribution()) });
    }
    given
}

/// The upstreams that serve one of the models; `None` when that is not known of all of them.
fn by_model(
    rules: &Rules,
    models: &[String],
    all: &[Upstream],
    reasons: &mut Vec<String>,
) -> Option<Vec<Upstream>> {
    let mut served: BTreeSet<&str> = BTreeSet::new();
    for model in models {
        let origin = rules.origin(bare(model)).filter(|origin| !origin.served_by.is_empty());
        let Some(origin) = origin else {
            reasons.push(format!("who serves `{model}` there is not known, so all its upstreams count"));
            return None;
        };
        served.extend(origin.served_by.iter().map(String::as_str));
    }
    let serves = |u: &&Upstream| u.provider.as_deref().is_some_and(|id| served.contains(id));
    let kept: Vec<Upstream> = all.iter().filter(serves).cloned().collect();
    (!kept.is_empty()).then_some(kept)
}

/// The model id without the variant after its last `:`.
pub fn bare(model: &str) -> &str {
    model.rsplit_once(':').map_or(model, |(id, _)| id)
}

/// Lists outside of which nobody serves the request.
fn allow_lists(request: &Request<'_, '_>, reasons: &mut Vec<String>) -> Vec<Vec<String>> {
    let mut lists: Vec<Vec<String>> = Vec::new();
    for given in request.given.iter().filter(|g| g.control.effect == ControlEffect::Only) {
        let words = pinning(given);
        if !words.is_empty() {
            reasons.push(format!("{} allows {} alone", named(given), words.join(", ")));
            lists.push(words);
        }
    }
    let ordered = request.given.iter().find(|g| g.control.effect == ControlEffect::Order);
    let Some(ordered) = ordered.filter(|given| !pinning(given).is_empty()) else { return lists };
    let fallbacks =
        request.router.controls.iter().find(|c| c.effect == ControlEffect::Fallbacks && !c.key.is_empty());
    match fallbacks {
        Some(_) if says_no_fallbacks(request) => {
            reasons.push(format!("{} allows {} alone", named(ordered), pinning(ordered).join(", ")));
            lists.push(pinning(ordered));
        }
        Some(control) if lists.is_empty() => {
            reasons.push(format!(
                "{} without `{}: false` leaves every other provider possible",
                named(ordered),
                last(&control.name)
            ));
        }
        None if lists.is_empty() => {
            reasons.push(format!("{} only prefers; every other provider stays possible", named(ordered)));
        }
        _ => {}
    }
    lists
}

fn says_no_fallbacks(request: &Request<'_, '_>) -> bool {
    words_of(request, ControlEffect::Fallbacks).iter().any(|word| word == "false")
}

/// What is left of a pool inside a list; `None` when the list names somebody the pool does not know.
fn narrowed_by_list(pool: &[Upstream], list: &[String]) -> Option<Vec<Upstream>> {
    let known = list.iter().all(|slug| pool.iter().any(|u| is_named(u, slug)));
    let kept = pool.iter().filter(|u| list.iter().any(|slug| is_named(u, slug)));
    known.then(|| kept.cloned().collect())
}

/// Controls that say something of the result without naming anybody.
fn explain(
    request: &Request<'_, '_>,
    pool: &[Upstream],
    ignored: &[String],
    verdict: Verdict,
    reasons: &mut Vec<String>,
) {
    let abroad: Vec<&str> =
        pool.iter().filter(|u| u.verdict == Verdict::Foreign).map(|u| u.name.as_str()).collect();
    if let (false, Some(first)) = (ignored.is_empty(), abroad.first()) {
        let control = request.given.iter().find(|g| g.control.effect == ControlEffect::Ignore);
        let rest = match abroad.len() {
            1 => String::new(),
            n => format!(" and {} more abroad", n - 1),
        };
        reasons.extend(control.map(|given| format!("{} omits {first}{rest}", named(given))));
    }
    if matches!(verdict, Verdict::Domestic | Verdict::Local) {
        return;
    }
    for given in &request.given {
        let effective = !matches!(&given.value, Value::Unknown(_)) && !pinning(given).is_empty();
        if let (Some(limits), true) = (&given.control.limits, effective) {
            reasons.push(format!("{} {limits}", named(given)));
        }
    }
}

fn words_of(request: &Request<'_, '_>, effect: ControlEffect) -> Vec<String> {
    let given = request.given.iter().filter(|g| g.control.effect == effect);
    given.flat_map(pinning).collect()
}

/// The words of a control, without those that mean nothing.
fn pinning(given: &Given<'_>) -> Vec<String> {
    match &given.value {
        Value::Words(words) => {
            let meant = |w: &&String| !given.control.except.iter().any(|e| e.eq_ignore_ascii_case(w));
            words.iter().filter(meant).map(|w| w.to_lowercase()).collect()
        }
        Value::Unknown(_) => Vec::new(),
    }
}

/// `` `only` `` or `` `data_collection: deny` ``, and who declared it.
fn named(given: &Given<'_>) -> String {
    let name = last(&given.control.name);
    let text = match (&given.value, given.control.carrier, given.control.effect) {
        (Value::Words(words), Carrier::Suffix, _) => format!("`:{}`", words.join(":")),
        (Value::Words(words), Carrier::Key, ControlEffect::Policy | ControlEffect::Sort)
            if words.len() == 1 =>
        {
            format!("`{name}: {}`", words[0])
        }
        _ => format!("`{name}`"),
    };
    match &given.said_by {
        Some(by) => format!("{text} ({by})"),
        None => text,
    }
}

/// The last step of a control's name: `only` for `provider.only`.
pub fn last(name: &str) -> &str {
    let name = name.split([' ', '=']).next().unwrap_or(name);
    name.rsplit('.').next().unwrap_or(name)
}

/// The places a request is kept in, by host or by control.
fn region_of(rules: &Rules, request: &Request<'_, '_>) -> Option<Vec<String>> {
    let by_control: Vec<String> = words_of(request, ControlEffect::Region)
        .into_iter()
        .map(|word| word.to_uppercase())
        .filter(|word| rules.expand(std::slice::from_ref(word)).is_ok())
        .collect();
    let pinned = if by_control.is_empty() { request.pinned.clone() } else { by_control };
    (!pinned.is_empty()).then_some(pinned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given<'r>(router: &'r Router, name: &str, words: &[&str]) -> Given<'r> {
        let control = router.controls.iter().find(|c| last(&c.name) == name).expect("a control");
        let words = words.iter().map(|w| w.to_string()).collect();
        Given { control, value: Value::Words(words), said_by: None }
    }

    fn ask(controls: &[(&str, &[&str])], models: &[&str]) -> Serving {
        let rules = Rules::bundled().expect("rules");
        let router = rules.routers.iter().find(|r| r.upstreams.len() > 60).expect("a router of many");
        let given = controls.iter().map(|(name, words)| given(router, name, words)).collect();
        let models: Vec<String> = models.iter().map(|m| m.to_string()).collect();
        let home = BTreeSet::from(["US".to_string()]);
        serving(&rules, &home, &Request { router, given, models: &models, pinned: Vec::new() })
    }

    #[test]
    fn two_lists_leave_what_both_name() {
        let both = ask(&[("only", &["together", "siliconflow"]), ("only", &["together", "groq"])], &[]);
        let slugs: Vec<&str> = both.upstreams.iter().map(|u| u.slug.as_str()).collect();
        assert_eq!((slugs, both.verdict), (vec!["together"], Verdict::Domestic));
    }

    #[test]
    fn an_order_pins_only_without_fallbacks() {
        let order: (&str, &[&str]) = ("order", &["together"]);
        assert_eq!(ask(&[order], &[]).verdict, Verdict::Possible);
        assert_eq!(ask(&[order, ("allow_fallbacks", &["true"])], &[]).verdict, Verdict::Possible);
        assert_eq!(ask(&[order, ("allow_fallbacks", &["false"])], &[]).verdict, Verdict::Domestic);
    }

    #[test]
    fn what_pins_nobody_is_said() {
        let denied = ask(&[("data_collection", &["deny"]), ("zdr", &["true"])], &[]);
        assert_eq!(denied.verdict, Verdict::Possible);
        let said = denied.reasons.join("; ");
        assert!(said.contains("`data_collection: deny` forbids training"), "{said}");
        assert!(said.contains("`zdr: true` limits retention, not place"), "{said}");
    }

    #[test]
    fn ignoring_some_names_those_it_omits() {
        let rest = ask(&[("ignore", &["deepseek"])], &["deepseek/deepseek-chat"]);
        assert_eq!(rest.verdict, Verdict::Possible);
        assert!(rest.reasons.iter().any(|r| r.starts_with("`ignore` omits ")), "{:?}", rest.reasons);
        assert!(rest.upstreams.iter().all(|u| u.slug != "deepseek"));
    }
}
