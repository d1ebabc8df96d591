//! The transfers of a report: which group of data goes to which recipient, one row each.
//!
//! The register in CSV and Markdown, the report in HTML and the service list of CycloneDX show these rows. Agreed
//! transfers are rows like any other, since a register that leaves them out is wrong.

use crate::finding::{Candidate, Destination, Finding, Report, Verdict};
use crate::report::place;
use crate::report::visible::clean;
use crate::rules::provider::Provider;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// One group of data at one recipient.
#[derive(Debug)]
pub struct Transfer<'r> {
    /// Title of the group; empty when no sensitive data was seen on the way.
    pub group: String,
    /// Title of each class, by class id.
    pub classes: BTreeMap<&'r str, &'r str>,
    /// Regulations that the classes may fall under.
    pub regulations: BTreeSet<&'r str>,
    /// Categories of the bulk-transfer rule that the classes may fall into.
    pub bulk: BTreeSet<&'r str>,
    /// Who receives it.
    pub recipient: Recipient<'r>,
    /// Indices of the findings that prove it.
    pub findings: Vec<usize>,
    /// Places of sources, calls and deciding settings, as `path:line:column`.
    pub evidence: BTreeSet<String>,
    /// Who agreed to it, and on what grounds.
    pub agreed: BTreeSet<String>,
}

/// Who receives data.
#[derive(Debug, Clone)]
pub struct Recipient<'r> {
    /// Name of the provider, else the host, else what decides at run time.
    pub name: String,
    /// Registry entry.
    pub provider: Option<&'r Provider>,
    /// Hosts.
    pub hosts: BTreeSet<&'r str>,
    /// Residency codes or words.
    pub residency: BTreeSet<&'r str>,
    /// Control codes or words.
    pub control: BTreeSet<&'r str>,
    /// The worst verdict of its candidates.
    pub verdict: Verdict,
    /// Sources of the registry entries.
    pub sources: BTreeSet<&'r str>,
    /// The oldest date on which an entry was verified; `None` when one of them never was.
    pub verified: Option<&'r str>,
}

/// Every transfer that may leave home: worst verdict first, then by recipient and group.
pub fn transfers(report: &Report) -> Vec<Transfer<'_>> {
    let mut rows: BTreeMap<(Reverse<Verdict>, String, String), Transfer<'_>> = BTreeMap::new();
    for (index, finding) in report.findings.iter().enumerate() {
        let Some(destination) = &finding.destination else { continue };
        for recipient in recipients(report, destination) {
            for group in groups(finding) {
                let key = (Reverse(recipient.verdict), recipient.name.clone(), group.to_string());
                let row = rows.entry(key).or_insert_with(|| Transfer {
                    group: group_title(report, group),
                    classes: BTreeMap::new(),
                    regulations: BTreeSet::new(),
                    bulk: BTreeSet::new(),
                    recipient: recipient.clone(),
                    findings: Vec::new(),
                    evidence: BTreeSet::new(),
                    agreed: BTreeSet::new(),
                });
                row.add(report, index, finding, group, &recipient);
            }
        }
    }
    rows.into_values().collect()
}

/// Everybody a destination may lead to abroad or to nobody knows where, each once.
pub fn recipients<'r>(report: &'r Report, destination: &'r Destination) -> Vec<Recipient<'r>> {
    if destination.candidates.is_empty() {
        return vec![nobody(destination)];
    }
    let mut all: Vec<Recipient<'r>> = Vec::new();
    for candidate in &destination.candidates {
        if matches!(candidate.verdict, Verdict::Domestic | Verdict::Local) {
            continue;
        }
        // One of several candidates is a place the data may go, wherever that lies.
        let mut new = recipient(report, candidate);
        new.verdict = new.verdict.min(destination.verdict);
        match all.iter_mut().find(|known| known.name == new.name && known.verdict == new.verdict) {
            Some(known) => known.join(&new),
            None => all.push(new),
        }
    }
    all
}

/// The candidate as a recipient.
pub fn recipient<'r>(report: &'r Report, candidate: &'r Candidate) -> Recipient<'r> {
    let name = match (&candidate.provider_name, &candidate.host[..]) {
        (Some(name), _) => clean(name),
        (None, "") => "unknown".into(),
        (None, host) => clean(host),
    };
    Recipient {
        name,
        provider: candidate.provider.as_ref().and_then(|id| report.known.providers.get(id)),
        hosts: Some(candidate.host.as_str()).into_iter().filter(|host| !host.is_empty()).collect(),
        residency: candidate.residency.iter().map(String::as_str).collect(),
        control: candidate.control.iter().map(String::as_str).collect(),
        verdict: candidate.verdict,
        sources: candidate.sources.iter().map(String::as_str).collect(),
        verified: candidate.verified.as_deref(),
    }
}

/// Names of countries for codes, words as they are.
pub fn countries<'c>(report: &Report, codes: impl IntoIterator<Item = &'c str>) -> String {
    let names: Vec<String> = codes
        .into_iter()
        .map(|code| report.known.countries.get(code).map_or_else(|| clean(code), |name| clean(name)))
        .collect();
    if names.is_empty() { "unknown".into() } else { names.join(", ") }
}

/// What is decided at run time, as a recipient.
fn nobody(destination: &Destination) -> Recipient<'_> {
    let what = destination.unresolved.as_deref().map_or("?".into(), clean);
    Recipient {
        name: format!("decided at run time: {what}"),
        provider: None,
        hosts: BTreeSet::new(),
        residency: BTreeSet::from(["unknown"]),
        control: BTreeSet::from(["unknown"]),
        verdict: destination.verdict,
        sources: BTreeSet::new(),
        verified: None,
    }
}

impl<'r> Recipient<'r> {
    /// Adds what another candidate of the same recipient knows.
    pub fn join(&mut self, other: &Recipient<'r>) {
        self.hosts.extend(&other.hosts);
        self.residency.extend(&other.residency);
        self.control.extend(&other.control);
        self.sources.extend(&other.sources);
        self.verified = self.verified.min(other.verified);
    }
}

impl<'r> Transfer<'r> {
    fn add(
        &mut self,
        report: &'r Report,
        index: usize,
        finding: &'r Finding,
        group: &str,
        to: &Recipient<'r>,
    ) {
        self.recipient.join(to);
        if !self.findings.contains(&index) {
            self.findings.push(index);
        }
        self.evidence.insert(place(report, finding.span));
        if let Some(flow) = &finding.flow {
            for data in flow.data.iter().filter(|data| group_of(&data.class) == group) {
                self.classes.insert(&data.class, &data.title);
                self.regulations.extend(data.regulations.iter().map(String::as_str));
                self.bulk
                    .extend(report.known.bulk.get(&data.class).into_iter().flatten().map(String::as_str));
            }
            self.evidence.extend(flow.steps.first().map(|step| place(report, step.span)));
        }
        let candidates = finding.destination.iter().flat_map(|destination| &destination.candidates);
        for candidate in candidates.filter(|candidate| recipient(report, candidate).name == to.name) {
            self.evidence.extend(candidate.evidence.iter().map(|step| place(report, step.span)));
        }
        if let Some(agreed) = &finding.suppressed {
            let named = [Some(&agreed.reason), agreed.owner.as_ref(), agreed.reference.as_ref()];
            let named: Vec<String> = named.into_iter().flatten().map(|text| clean(text)).collect();
            self.agreed.insert(format!("{}: {}", agreed.by.as_str(), named.join(", ")));
        }
    }
}

/// The groups of data a finding is about; one without a name when it is about an endpoint only.
fn groups(finding: &Finding) -> BTreeSet<&str> {
    match &finding.flow {
        Some(flow) if !flow.data.is_empty() => flow.data.iter().map(|data| group_of(&data.class)).collect(),
        _ => BTreeSet::from([""]),
    }
}

fn group_of(class: &str) -> &str {
    class.split('.').next().unwrap_or(class)
}

fn group_title(report: &Report, group: &str) -> String {
    report.known.groups.get(group).map_or_else(|| clean(group), |title| clean(title))
}
