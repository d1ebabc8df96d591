//! What a finding is, apart from where it stands: the identity behind `transborder/v1`.
//!
//! An identity is made of the rule, the file, the function around the call, what is called, the data classes and the
//! places abroad. It holds no line number, no text of the code and no name of a local variable, so that a finding
//! keeps it while lines move, locals are renamed and code is reformatted; it changes with the data, the destination
//! and the call. Findings that are equal in all that are told apart by their order in the file.

use crate::finding::{Call, Candidate, Finding, Verdict};
use crate::text::Files;
use std::collections::BTreeMap;

/// What makes a finding that finding.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Identity {
    /// Id of the rule.
    pub rule: String,
    /// File of the call, or of the setting.
    pub path: String,
    /// Where in the file: the outermost function around the call, else the sentence of a finding without a call.
    pub within: String,
    /// What is called, as a dotted path.
    pub callee: String,
    /// Ids of the data classes, sorted.
    pub classes: Vec<String>,
    /// Hosts and providers that do not lie at home, sorted.
    pub places: Vec<String>,
}

impl Identity {
    /// The identity of a finding of a report with these calls and files.
    pub fn of(finding: &Finding, calls: &[Call], files: &Files) -> Identity {
        let call = finding.call.and_then(|index| calls.get(index));
        let mut classes: Vec<String> =
            finding.flow.iter().flat_map(|flow| &flow.data).map(|data| data.class.clone()).collect();
        classes.sort();
        classes.dedup();
        let candidates = finding.destination.iter().flat_map(|destination| &destination.candidates);
        let mut places: Vec<String> = candidates.filter(|c| is_abroad(c)).map(place).collect();
        places.sort();
        places.dedup();
        Identity {
            rule: finding.rule.id().to_string(),
            path: files.get(finding.span.file).path.to_string(),
            within: call.map_or_else(|| finding.message.clone(), |call| call.function.clone()),
            callee: call.map_or_else(String::new, |call| call.callee.clone()),
            classes,
            places,
        }
    }

    /// 64 bits of it as hexadecimal digits.
    pub fn hash(&self) -> String {
        let mut parts = vec![&self.rule, &self.path, &self.within, &self.callee];
        parts.extend(&self.classes);
        let places = self.places.join("\u{1e}");
        parts.push(&places);
        let text: Vec<&str> = parts.into_iter().map(String::as_str).collect();
        format!("{:016x}", fnv(text.join("\u{1f}").as_bytes()))
    }
}

/// Gives every finding its fingerprint: the hash of its identity, and for the second and further findings of the same
/// identity `:2`, `:3` in the order in which they stand.
pub fn number(findings: &mut [Finding], calls: &[Call], files: &Files) {
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        alike.entry(Identity::of(finding, calls, files).hash()).or_default().push(index);
    }
    for (hash, mut indices) in alike {
        indices.sort_by_key(|index| findings[*index].span);
        for (nth, index) in indices.into_iter().enumerate() {
            findings[index].fingerprint = if nth == 0 { hash.clone() } else { format!("{hash}:{}", nth + 1) };
        }
    }
}

/// The fingerprint without the number that tells equal findings apart.
pub fn base(fingerprint: &str) -> &str {
    fingerprint.split(':').next().unwrap_or(fingerprint)
}

/// FNV-1a, 64 bit: stable across platforms and releases, unlike the standard hasher.
pub fn fnv(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn is_abroad(candidate: &Candidate) -> bool {
    !matches!(candidate.verdict, Verdict::Domestic | Verdict::Local)
}

/// Host and provider. What fills a hole may be a local variable, so its name does not count.
pub fn place(candidate: &Candidate) -> String {
    let mut host = String::new();
    let mut depth = 0usize;
    for c in candidate.host.chars() {
        match c {
            '{' => {
                if depth == 0 {
                    host.push_str("{}");
                }
                depth += 1;
            }
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => host.push(c),
            _ => {}
        }
    }
    format!("{host} {}", candidate.provider.as_deref().unwrap_or(""))
}
