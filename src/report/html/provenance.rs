//! Which entries of the registry the report rests on, and how far they were checked.

use super::sections::source;
use crate::finding::Report;
use crate::report::codes;
use crate::report::visible::clean;
use crate::rules::provider::{Provider, ProviderEndpoint};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// What the registry says of every provider, and since when.
pub fn section(report: &Report) -> Markup {
    html! {
        section #registry aria-labelledby="registry-title" {
            h2 #registry-title { "Where this knowledge comes from" }
            p.small { "Entries of the bundled registry. An entry with a date was read on that day at the source named; the others were checked by nobody." }
            div.scroll tabindex="0" role="region" aria-label="Registry entries" {
                table {
                    thead { tr {
                        th scope="col" { "Provider" } th scope="col" { "Operator" } th scope="col" { "Host" }
                        th scope="col" { "Residency" } th scope="col" { "Verified" } th scope="col" { "Source" }
                    } }
                    tbody {
                        @for provider in report.known.providers.values() {
                            @for endpoint in used(report, provider) {
                                tr {
                                    th scope="row" { (clean(&provider.name)) }
                                    td { (clean(provider.operator.entity.as_deref().unwrap_or("unknown"))) " (" (clean(&provider.operator.country)) ")" }
                                    td.mono { (clean(&endpoint.host)) }
                                    td { (codes(&endpoint.residency)) }
                                    td {
                                        @match &endpoint.verified {
                                            Some(date) => (date.to_string()),
                                            None => span.warn { "unverified" },
                                        }
                                    }
                                    td { (source(endpoint.source.as_deref())) }
                                }
                            }
                        }
                        @if report.known.providers.is_empty() { tr { td colspan="6" { "No entry was needed." } } }
                    }
                }
            }
        }
    }
}

/// The entries of a provider that a host in the report falls under; all of its patterns when none can be told.
fn used<'p>(report: &Report, provider: &'p Provider) -> Vec<&'p ProviderEndpoint> {
    let hosts = hosts(report, &provider.id);
    let falls: Vec<&ProviderEndpoint> =
        provider.endpoints.iter().filter(|e| hosts.iter().any(|host| falls_under(host, &e.host))).collect();
    if !falls.is_empty() {
        return falls;
    }
    provider.endpoints.iter().filter(|e| is_pattern(&e.host)).collect()
}

fn is_pattern(host: &str) -> bool {
    host.contains(['*', '{'])
}

/// Whether a host, which may have holes itself, falls under a pattern such as `*.openai.azure.com` or
/// `{region}-aiplatform.googleapis.com`.
fn falls_under(host: &str, pattern: &str) -> bool {
    let mut labels = host.rsplit('.');
    for part in pattern.rsplit('.') {
        let Some(label) = labels.next() else { return false };
        if part == "*" || part == "**" {
            return true;
        }
        let start = &part[..part.find(['*', '{']).unwrap_or(part.len())];
        let end = &part[part.rfind(['*', '}']).map_or(part.len(), |at| at + 1)..];
        let same = match is_pattern(part) {
            true => label.starts_with(start) && label.ends_with(end),
            false => label == part,
        };
        if !same && !label.contains('{') {
            return false;
        }
    }
    labels.next().is_none()
}

/// Hosts of a provider that the report mentions.
fn hosts(report: &Report, provider: &str) -> BTreeSet<String> {
    let of_calls = report.calls.iter().map(|call| &call.destination);
    let of_findings = report.findings.iter().filter_map(|finding| finding.destination.as_ref());
    let candidates = of_calls.chain(of_findings).flat_map(|destination| &destination.candidates);
    candidates.filter(|c| c.provider.as_deref() == Some(provider)).map(|c| c.host.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::falls_under;

    #[test]
    fn hosts_fall_under_their_own_patterns_only() {
        for (host, pattern) in [
            ("api.openai.com", "api.openai.com"),
            ("a.up.railway.app", "*.up.railway.app"),
            ("acme.openai.azure.com", "{resource}.openai.azure.com"),
            ("{region}-aiplatform.googleapis.com", "{region}-aiplatform.googleapis.com"),
            ("us-east4-aiplatform.googleapis.com", "{region}-aiplatform.googleapis.com"),
        ] {
            assert!(falls_under(host, pattern), "{host} {pattern}");
        }
        for (host, pattern) in [
            ("a.up.railway.app", "*.zeabur.app"),
            ("api.openai.com", "us.api.openai.com"),
            ("us.api.openai.com", "api.openai.com"),
            ("us-east4-run.googleapis.com", "{region}-aiplatform.googleapis.com"),
        ] {
            assert!(!falls_under(host, pattern), "{host} {pattern}");
        }
    }
}
