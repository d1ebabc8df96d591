//! What one URL means, seen from home: the registry's answer as a candidate of a destination.

use crate::finding::{Candidate, Step, Verdict};
use crate::lookup;
use crate::policy::Policy;
use crate::rules::Rules;
use crate::rules::provider::{HostMatch, ProviderKind};

/// The candidate a URL is. The URL may have holes such as `{name}`.
pub fn candidate(
    rules: &Rules,
    policy: &Policy,
    url: &str,
    because: String,
    evidence: Vec<Step>,
) -> Candidate {
    let host = host_of(url);
    let mut candidate = Candidate {
        host: host.clone(),
        url: url.to_string(),
        provider: None,
        provider_name: None,
        residency: vec!["unknown".into()],
        control: vec!["unknown".into()],
        verdict: Verdict::Unresolved,
        because,
        evidence,
        verified: None,
        sources: Vec::new(),
        relay: false,
        upstreams: Vec::new(),
        remarks: Vec::new(),
    };
    if rules.is_local(&host) {
        make_local(&mut candidate);
    } else if let Some(found) = rules.resolve_url(url) {
        describe(rules, policy, &mut candidate, &found);
    } else if !host.is_empty() && !host.contains('{') {
        candidate.remarks.push(format!("`{host}` is not in the registry"));
    }
    candidate
}

/// Says of a candidate that it stays on this machine or network.
pub fn make_local(candidate: &mut Candidate) {
    candidate.residency = vec!["local".into()];
    candidate.control = Vec::new();
    candidate.verdict = Verdict::Local;
}

fn describe(rules: &Rules, policy: &Policy, candidate: &mut Candidate, found: &HostMatch<'_>) {
    let provider = found.provider;
    candidate.provider = Some(provider.id.clone());
    candidate.provider_name = Some(provider.name.clone());
    candidate.residency = found.residency.clone();
    candidate.control = lookup::control(provider);
    candidate.relay = provider.kind == ProviderKind::Relay;
    candidate.verified = found.endpoint.verified.as_ref().map(|d| d.to_string());
    for source in found.endpoint.source.iter().chain(&provider.data_policy.sources) {
        if !candidate.sources.contains(source) {
            candidate.sources.push(source.clone());
        }
    }
    if let Some(conflict) = &found.endpoint.conflict {
        candidate.remarks.push(format!("sources disagree: {conflict}"));
    }
    weigh(rules, policy, candidate, provider.kind);
}

/// Says that nobody promises where a request is processed.
pub const NOT_PINNED: &str = "the place of processing is not pinned";

/// Sets the verdict that a candidate's residency and control give.
pub fn weigh(rules: &Rules, policy: &Policy, candidate: &mut Candidate, kind: ProviderKind) {
    candidate.verdict = match policy.verdict(rules, &candidate.residency, &candidate.control) {
        Some(Verdict::Foreign) => Verdict::Foreign,
        // Whatever it says of its own place, a router hands the request on.
        _ if kind == ProviderKind::Router => Verdict::Possible,
        known => known.unwrap_or(Verdict::Unresolved),
    };
    let open = |r: &String| matches!(r.as_str(), "global" | "unknown" | "customer" | "region");
    if candidate.verdict == Verdict::Domestic && candidate.residency.iter().any(open) {
        candidate.remarks.push(NOT_PINNED.into());
    }
}

/// The verdict over all candidates.
pub fn together(candidates: &[Candidate]) -> Verdict {
    Verdict::together(candidates.iter().map(|candidate| candidate.verdict))
}

/// A URL whose host is followed by nothing but holes, with the `/` that those start with: `https://a.example{path}`.
///
/// A hole that may be a part of the host itself (`https://a.{tld}`, `https://a-{n}`) is left where it is.
pub fn ended(url: &str) -> String {
    let start = url.find("://").map_or(0, |at| at + 3);
    let Some(hole) = url[start..].find('{').map(|at| start + at) else { return url.to_owned() };
    let host = &url[start..hole];
    let whole = host.contains('.') && host.ends_with(|c: char| c.is_ascii_alphanumeric());
    let authority = url[hole..].split(['/', '?', '#']).next().unwrap_or_default();
    let outside = authority.split('}').all(|part| part.is_empty() || part.starts_with('{'));
    match start > 0 && whole && outside && !host.contains(['/', '?', '#', '@']) {
        true => format!("{}/{}", &url[..hole], &url[hole..]),
        false => url.to_owned(),
    }
}

/// The host of a URL that may have holes, in lower case and without port.
pub fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, r)| r);
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = host.rsplit_once('@').map_or(host, |(_, h)| h);
    let host = match host.starts_with('[') {
        true => host.split_once(']').map_or(host, |(h, _)| h).trim_start_matches('['),
        false => host.split_once(':').map_or(host, |(h, _)| h),
    };
    host.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::ended;

    #[test]
    fn what_follows_a_whole_host_is_its_path() {
        assert_eq!(ended("https://a.example{path}"), "https://a.example/{path}");
        assert_eq!(ended("https://a.example{path}{query}?x={y}"), "https://a.example/{path}{query}?x={y}");
        assert_eq!(ended("https://a.example:8000{path}"), "https://a.example:8000/{path}");
        for same in [
            "https://a.example/v1{path}",
            "https://a.example/v1",
            "https://a.{tld}",
            "https://a-{n}",
            "https://gateway{n}",
            "https://a.example{x}.other",
            "https://a.example:{port}",
            "{base}",
            "a.example{path}",
        ] {
            assert_eq!(ended(same), same);
        }
    }
}
