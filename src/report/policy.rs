//! Which policy was in force, what it changed, and who agreed to what was suppressed: in words, for every format.

use super::count;
use super::visible::clean;
use crate::finding::Report;
use std::collections::BTreeMap;

/// Characters of the hash that are shown to people.
const SHORT_HASH: usize = 12;

/// One line that names the policy.
pub(super) fn name(report: &Report) -> String {
    let policy = &report.policy;
    let hash: String = policy.hash.chars().take(SHORT_HASH).collect();
    let mut text = match &policy.path {
        Some(path) => format!("Policy: {}, sha256 {hash}", clean(path)),
        None => format!("Policy: built-in default, sha256 {hash}"),
    };
    if let Some(profile) = &policy.extends {
        text.push_str(&format!(", extends {}", clean(profile)));
    }
    if let Some(ignored) = &policy.ignored {
        text.push_str(&format!("; {} of the repository was ignored", clean(ignored)));
    }
    text
}

/// What the policy takes away or changes, one line each.
pub(super) fn effects(report: &Report) -> Vec<String> {
    report.policy.effects.iter().map(|effect| format!("the policy {}", clean(effect))).collect()
}

/// Who suppressed how many findings and why, one line each.
pub(super) fn suppressed(report: &Report) -> Vec<String> {
    let mut by: BTreeMap<_, usize> = BTreeMap::new();
    for suppression in report.findings.iter().filter_map(|finding| finding.suppressed.as_ref()) {
        *by.entry(suppression).or_default() += 1;
    }
    by.into_iter()
        .map(|(suppression, n)| {
            let mut parts = vec![clean(&suppression.reason)];
            parts.extend(suppression.owner.iter().map(|owner| clean(owner)));
            parts.extend(suppression.reference.iter().map(|reference| clean(reference)));
            parts.extend(suppression.place.iter().map(|place| clean(place)));
            format!("{} suppressed, {}: {}", count(n, "finding"), suppression.by.as_str(), parts.join("; "))
        })
        .collect()
}
