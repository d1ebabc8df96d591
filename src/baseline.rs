//! The findings that were there before: written to a file once, and left alone from then on.
//!
//! A baseline counts findings by fingerprint without the number that tells equal ones apart. One entry is one line,
//! sorted, so that a difference between two baselines reads well. Knows no file system; the command line reads and
//! writes.

use crate::finding::{Finding, Report, SuppressedBy, Suppression};
use crate::fingerprint::{Identity, base};
use crate::history::{BaselineUse, Past, State};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the file's format; another one is refused.
pub const VERSION: u64 = 1;
/// The name `transborder baseline` gives the file.
pub const FILE: &str = "transborder-baseline.json";
/// How fingerprints are made. A release that makes them otherwise refuses older files instead of finding all new.
const FINGERPRINTS: &str = "transborder/v1";

/// Findings somebody decided to live with for now.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Baseline {
    /// The file, as reports show it.
    pub path: String,
    /// Entries by fingerprint, with the 1-based line each stands on.
    entries: BTreeMap<String, (Entry, u32)>,
}

/// Equal findings of a baseline.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// File of the call, from the base of the report.
    pub path: String,
    /// Id of the rule.
    pub rule: String,
    /// Outermost function around the call.
    #[serde(default)]
    pub within: String,
    /// Ids of the data classes.
    #[serde(default)]
    pub data: Vec<String>,
    /// Hosts and providers abroad.
    #[serde(default)]
    pub to: Vec<String>,
    /// What they have in common.
    pub fingerprint: String,
    /// How many there are.
    pub count: u32,
}

/// The baseline of a report, as text: every finding but those that a comment or an exception suppresses.
pub fn write(report: &Report) -> String {
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for finding in &report.findings {
        if matches!(&finding.suppressed, Some(s) if s.by != SuppressedBy::Baseline) {
            continue;
        }
        let id = Identity::of(finding, &report.calls, &report.files);
        let fingerprint = base(&finding.fingerprint).to_string();
        let entry = entries.entry(fingerprint.clone()).or_insert_with(|| Entry {
            path: id.path,
            rule: id.rule,
            within: id.within,
            data: id.classes,
            to: id.places.iter().map(|place| place.trim().to_string()).collect(),
            fingerprint,
            count: 0,
        });
        entry.count += 1;
    }
    let mut entries: Vec<Entry> = entries.into_values().collect();
    entries.sort();
    // Writing strings and numbers cannot fail.
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| format!("    {}", serde_json::to_string(entry).unwrap_or_default()))
        .collect();
    let list = if lines.is_empty() { "[]".to_string() } else { format!("[\n{}\n  ]", lines.join(",\n")) };
    format!(
        "{{\n  \"version\": {VERSION},\n  \"fingerprints\": \"{FINGERPRINTS}\",\n  \"findings\": {list}\n}}\n"
    )
}

/// Reads a baseline that stands in the file `path`. The error is one sentence about what is wrong with it.
pub fn read(path: &str, text: &str) -> Result<Baseline, String> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| {
        if error.is_eof() {
            format!("it ends too early, in line {}: it was cut off", error.line())
        } else {
            format!("it is not JSON: {error}")
        }
    })?;
    let anew = "write it anew with `transborder baseline`";
    let file = value.as_object().ok_or("it is no baseline: an object was expected")?;
    match file.get("version").map(|version| (version, version.as_u64())) {
        Some((_, Some(VERSION))) => {}
        Some((_, Some(other))) => {
            return Err(format!(
                "it is of version {other}, and this transborder reads version {VERSION}; {anew}"
            ));
        }
        _ => return Err("it is no baseline: `version` must be a number".into()),
    }
    if file.get("fingerprints").and_then(|v| v.as_str()) != Some(FINGERPRINTS) {
        return Err(format!("its fingerprints are not `{FINGERPRINTS}`; {anew}"));
    }
    let list = file.get("findings").and_then(|v| v.as_array()).ok_or("`findings` must be a list")?;
    let mut baseline = Baseline { path: path.to_string(), ..Baseline::default() };
    for (index, item) in list.iter().enumerate() {
        let entry = Entry::deserialize(item)
            .map_err(|error| format!("entry {} of `findings` is wrong: {error}", index + 1))?;
        let at = text.find(&format!("\"{}\"", entry.fingerprint)).unwrap_or(0);
        let line = text[..at].bytes().filter(|b| *b == b'\n').count() as u32 + 1;
        let known = baseline.entries.entry(entry.fingerprint.clone());
        known
            .and_modify(|(known, _)| known.count = known.count.saturating_add(entry.count))
            .or_insert((entry, line));
    }
    Ok(baseline)
}

impl Baseline {
    /// Suppresses the findings that were there before and marks the others as new. Entries of files outside `covered`
    /// were not looked for, so nothing is said of them.
    pub fn apply(&self, findings: &mut [Finding], covered: impl Fn(&str) -> bool) -> BaselineUse {
        let mut left: BTreeMap<&str, u32> = self
            .entries
            .iter()
            .map(|(fingerprint, (entry, _))| (fingerprint.as_str(), entry.count))
            .collect();
        let mut used = BaselineUse { path: self.path.clone(), ..BaselineUse::default() };
        let mut order: Vec<usize> = (0..findings.len()).collect();
        // What is suppressed otherwise is there too, but must not use up what an open finding needs.
        order.sort_by_key(|i| (findings[*i].suppressed.is_some(), findings[*i].span));
        for index in order {
            let finding = &mut findings[index];
            let known = left.get_mut(base(&finding.fingerprint)).filter(|count| **count > 0);
            let is_known = known.map(|count| *count -= 1).is_some();
            if finding.suppressed.is_some() {
                continue;
            }
            if !is_known {
                finding.state = Some(State::New);
                used.new += 1;
                continue;
            }
            used.unchanged += 1;
            finding.state = Some(State::Unchanged);
            let line = self.entries.get(base(&finding.fingerprint)).map_or(1, |(_, line)| *line);
            finding.suppressed = Some(Suppression {
                by: SuppressedBy::Baseline,
                reason: "was there before".into(),
                owner: None,
                reference: None,
                place: Some(format!("{}:{line}", self.path)),
            });
        }
        let missing = self.entries.values().filter_map(|(entry, _)| {
            let count = left.get(entry.fingerprint.as_str()).copied().filter(|count| *count > 0)?;
            covered(&entry.path).then(|| Past {
                path: entry.path.clone(),
                line: None,
                rule: entry.rule.clone(),
                data: entry.data.clone(),
                to: entry.to.clone(),
                fingerprint: entry.fingerprint.clone(),
                count,
            })
        });
        used.gone = missing.collect();
        used.gone.sort();
        used
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_baseline_is_refused_in_words() {
        let whole = "{\n  \"version\": 1,\n  \"fingerprints\": \"transborder/v1\",\n  \"findings\": []\n}\n";
        assert!(read("b.json", whole).is_ok());
        for (text, says) in [
            ("", "ends too early"),
            (&whole[..40], "cut off"),
            ("hello", "not JSON"),
            ("[]", "an object was expected"),
            ("{}", "`version` must be a number"),
            (&whole.replace("1,", "\"1\","), "`version` must be a number"),
            (&whole.replace("1,", "2,"), "version 2"),
            (&whole.replace("/v1", "/v9"), "anew"),
            (&whole.replace("[]", "{}"), "must be a list"),
            (&whole.replace("[]", "[{\"path\": 1}]"), "entry 1"),
        ] {
            let error = read("b.json", text).expect_err(text);
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
