//! What a report says of each sending call, in the words of the markers.

use std::collections::BTreeSet;
use std::fmt;
use transborder::Report;
use transborder::finding::{Candidate, Verdict};

/// One sending call outside tests.
pub struct Sent {
    /// File of the call.
    pub path: String,
    /// Line of the call.
    pub line: u32,
    /// The data classes reported to reach it.
    pub classes: BTreeSet<String>,
    /// Where it goes, as `PROVIDER/VERDICT`.
    pub to: String,
}

impl fmt::Display for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let classes: Vec<&str> = self.classes.iter().map(String::as_str).collect();
        write!(f, "{} -> {}", if classes.is_empty() { "nothing".into() } else { classes.join(", ") }, self.to)
    }
}

/// Every sending call, in the order of the report.
pub fn sent(report: &Report) -> Vec<Sent> {
    let calls = report.calls.iter().enumerate().filter(|(_, call)| !call.in_tests);
    calls
        .map(|(i, call)| {
            let flows: Vec<_> =
                report.findings.iter().filter(|f| f.call == Some(i) && f.flow.is_some()).collect();
            let data = flows.iter().flat_map(|f| &f.flow.as_ref().expect("a flow").data);
            let destination = flows.first().and_then(|f| f.destination.as_ref()).unwrap_or(&call.destination);
            Sent {
                path: report.files.get(call.span.file).path.to_string(),
                line: report.files.region(call.span).start_line,
                classes: data.map(|d| d.class.clone()).collect(),
                to: destination_text(&destination.candidates, destination.verdict),
            }
        })
        .collect()
}

/// A destination as markers write it.
pub fn destination_text(candidates: &[Candidate], verdict: Verdict) -> String {
    let mut names: Vec<String> = candidates
        .iter()
        .map(|c| match (&c.provider, c.verdict) {
            (_, Verdict::Local) => "local".to_string(),
            (Some(id), _) => id.clone(),
            (None, _) => "unknown".to_string(),
        })
        .collect();
    if names.is_empty() {
        names.push("unknown".into());
    }
    normal(&format!("{}/{}", names.join("|"), verdict.as_str()))
}

/// Candidates in order of name, each once.
pub fn normal(to: &str) -> String {
    let (names, verdict) = to.rsplit_once('/').unwrap_or((to, ""));
    let names: BTreeSet<&str> = names.split('|').collect();
    format!("{}/{verdict}", names.into_iter().collect::<Vec<_>>().join("|"))
}
