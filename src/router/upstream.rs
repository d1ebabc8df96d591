//! The providers behind a router: as its table has them, as a list names them, as they serve inside a region.

use crate::finding::{Upstream, Verdict};
use crate::lookup;
use crate::rules::Rules;
use crate::rules::provider::{Provider, ProviderKind};
use crate::rules::router as table;
use std::collections::BTreeSet;

/// An upstream of a router's table, judged.
pub(super) fn upstream_of(rules: &Rules, home: &BTreeSet<String>, upstream: &table::Upstream) -> Upstream {
    let provider = upstream.provider.as_deref().and_then(|id| rules.provider(id));
    let mut control = vec![upstream.country.clone()];
    if let Some(provider) = provider {
        control.extend(
            lookup::control(provider).into_iter().filter(|c| c != "unknown" && *c != upstream.country),
        );
    }
    control.retain(|c| c != "unknown");
    if control.is_empty() {
        control.push("unknown".into());
    }
    let residency =
        if upstream.residency.is_empty() { vec!["unknown".into()] } else { upstream.residency.clone() };
    let name = upstream.name.clone().or_else(|| provider.map(|p| p.name.clone()));
    let handed_on = provider.is_some_and(|p: &Provider| p.kind == ProviderKind::Router);
    let judged = verdict(rules, home, &residency, &control);
    Upstream {
        slug: upstream.slug.clone(),
        name: name.unwrap_or_else(|| upstream.slug.clone()),
        provider: upstream.provider.clone(),
        verdict: if handed_on && judged != Verdict::Foreign { Verdict::Possible } else { judged },
        residency,
        control,
    }
}

/// The upstream a list means, also when the router's table does not know it.
pub(super) fn named_upstream(
    rules: &Rules,
    home: &BTreeSet<String>,
    all: &[Upstream],
    slug: &str,
) -> Upstream {
    if let Some(known) = all.iter().find(|u| is_named(u, slug)) {
        return known.clone();
    }
    let (provider, country) = match rules.provider(base(slug)) {
        Some(provider) => (Some(provider.id.clone()), provider.operator.country.clone()),
        None => (None, "unknown".to_owned()),
    };
    let upstream = table::Upstream {
        slug: slug.to_owned(),
        name: None,
        provider,
        country,
        residency: vec!["unknown".into()],
        training: None,
        retention: None,
        user_id: None,
        source: None,
        note: None,
    };
    upstream_of(rules, home, &upstream)
}

/// The upstream as it serves inside a region; `None` when it is known to serve elsewhere only.
pub(super) fn within(
    rules: &Rules,
    home: &BTreeSet<String>,
    mut upstream: Upstream,
    region: &[String],
) -> Option<Upstream> {
    let (Ok(there), Ok(inside)) = (rules.expand(&upstream.residency), rules.expand(region)) else {
        upstream.residency = region.to_vec();
        upstream.verdict = verdict(rules, home, &upstream.residency, &upstream.control);
        return Some(upstream);
    };
    let meets = there.iter().any(|code| inside.contains(code));
    meets.then(|| {
        upstream.residency = region.to_vec();
        upstream.verdict = verdict(rules, home, &upstream.residency, &upstream.control);
        upstream
    })
}

/// Whether a list entry means this upstream. `slug/region` and `slug/variant` mean it too.
pub(super) fn is_named(upstream: &Upstream, word: &str) -> bool {
    let word = base(word);
    let same = |name: &str| name.eq_ignore_ascii_case(word);
    same(base(&upstream.slug)) || same(&upstream.name) || upstream.provider.as_deref().is_some_and(same)
}

/// One verdict for a set of which any member may serve.
pub(super) fn over(pool: &[Upstream]) -> Verdict {
    let all = |v: Verdict| pool.iter().all(|u| u.verdict == v);
    match pool {
        [] => Verdict::Possible,
        _ if all(Verdict::Foreign) => Verdict::Foreign,
        _ if all(Verdict::Domestic) => Verdict::Domestic,
        _ if all(Verdict::Local) => Verdict::Local,
        _ if all(Verdict::Unresolved) => Verdict::Unresolved,
        _ => Verdict::Possible,
    }
}

fn verdict(rules: &Rules, home: &BTreeSet<String>, residency: &[String], control: &[String]) -> Verdict {
    lookup::judge(rules, residency, control, home).unwrap_or(Verdict::Unresolved)
}

fn base(slug: &str) -> &str {
    let slug = slug.trim_start_matches('@');
    slug.split('/').next().unwrap_or(slug)
}
