//! Annotated cases: every directory under `testdata/cases/LANGUAGE/` is one named test.
//!
//! In configuration the same goes for the line above a setting: `# config: RULE -> PROVIDER/VERDICT` (reported),
//! `# config: PROVIDER/VERDICT` (only listed as an endpoint), `# ok: reason` (neither). A format without comments has its
//! markers in `expect.txt` beside the case's files, as `PATH:LINE: MARKER`.
//!
//! On the line above a sending call: `# flow: CLASS[, CLASS] -> PROVIDER/VERDICT`, `# call: PROVIDER/VERDICT` (resolved
//! there, nothing sensitive reported), `# ok: reason` (no call at all). `todo-flow:` is a known miss, `todo-call:` a known
//! false alarm; either fails once it starts to work. Every call without a marker fails, and so does a case with no marker.

#[path = "cases/sent.rs"]
mod sent;

use libtest_mimic::{Arguments, Failed, Trial};
use sent::{destination_text, normal, sent};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use transborder::{Options, Report, audit};

fn main() {
    let arguments = Arguments::from_args();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cases");
    let mut trials = Vec::new();
    for language in folders(&root) {
        for case in folders(&language) {
            let name = case.strip_prefix(&root).unwrap_or(&case).display().to_string();
            trials.push(Trial::test(name, move || check(&case)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(path)
        .into_iter()
        .flatten()
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.is_dir())
        .collect();
    found.sort();
    found
}

/// What a marker says of the line below it, or what the tool says of a call.
#[derive(PartialEq, Eq, Debug)]
enum Said {
    Flow {
        classes: BTreeSet<String>,
        to: String,
    },
    Call {
        to: String,
    },
    Config {
        /// Id of the rule, empty when the endpoint is only listed.
        rule: String,
        to: String,
    },
    Ok,
    /// A flow that is not found yet.
    Missed,
    /// A flow that is found and should not be.
    Alarm,
}

fn check(case: &Path) -> Result<(), Failed> {
    let case = camino::Utf8PathBuf::from_path_buf(case.to_path_buf()).map_err(|_| "path is not UTF-8")?;
    // The case stands alone: what the enclosing repository ignores or calls a test does not concern it.
    let copy = tempfile::tempdir()?;
    copy_tree(case.as_std_path(), copy.path())?;
    let root =
        camino::Utf8PathBuf::from_path_buf(copy.path().to_path_buf()).map_err(|_| "path is not UTF-8")?;
    let report = audit(&Options { paths: vec![root], threads: Some(1), ..Options::default() })?;
    let mut expected = markers(&report);
    expected.extend(beside(&case)?);
    if expected.is_empty() {
        return Err("the case has no marker".into());
    }
    let said = said(&report);
    let mut wrong = Vec::new();
    for (at, expected) in &expected {
        let found = said.get(at);
        let fine = match (expected, found) {
            (Said::Ok, None) => true,
            (Said::Ok, Some(Said::Config { rule, .. })) => rule.is_empty(),
            (Said::Missed, found) => !matches!(found, Some(Said::Flow { .. })),
            (Said::Alarm, found) => matches!(found, Some(Said::Flow { .. })),
            (expected, Some(found)) => expected == found,
            (_, None) => false,
        };
        if !fine {
            wrong.push(format!("{}:{}\n  expected {expected:?}\n  found    {found:?}", at.0, at.1));
        }
    }
    for (at, found) in &said {
        // An endpoint that is listed and not reported needs no marker.
        let quiet = matches!(found, Said::Config { rule, .. } if rule.is_empty());
        if !quiet && !expected.contains_key(at) {
            wrong.push(format!("{}:{}\n  not annotated: {found:?}", at.0, at.1));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}

/// The markers, by file and the line they speak of.
fn markers(report: &Report) -> BTreeMap<(String, u32), Said> {
    let mut found = BTreeMap::new();
    for (_, file) in report.files.iter() {
        let lines: Vec<&str> = file.text.lines().collect();
        for (i, line) in lines.iter().enumerate() {
            let line = line.trim_start();
            let comment = ["//", "#", ";"].iter().find_map(|start| line.strip_prefix(start));
            let Some(said) = comment.and_then(marker) else { continue };
            // Several markers may stand above one line; decorators and blank lines do not come between.
            found.insert((file.path.to_string(), i as u32 + 2), said);
        }
    }
    found
}

/// What one marker says.
fn marker(text: &str) -> Option<Said> {
    let (kind, rest) = text.trim().split_once(':')?;
    Some(match kind {
        "flow" => {
            let (classes, to) = rest.split_once("->").unwrap_or((rest, ""));
            let classes = classes.split(',').map(|c| c.trim().to_string()).collect();
            Said::Flow { classes, to: normal(to.trim()) }
        }
        "call" => Said::Call { to: normal(rest.trim()) },
        "config" => {
            let (rule, to) = rest.split_once("->").unwrap_or(("", rest));
            Said::Config { rule: rule.trim().to_string(), to: normal(to.trim()) }
        }
        "ok" => Said::Ok,
        "todo-flow" => Said::Missed,
        "todo-call" => Said::Alarm,
        _ => return None,
    })
}

/// The markers of files that have no comments: lines of `PATH:LINE: MARKER` in `expect.txt`.
fn beside(case: &camino::Utf8Path) -> Result<BTreeMap<(String, u32), Said>, Failed> {
    let Ok(text) = std::fs::read_to_string(case.join("expect.txt")) else { return Ok(BTreeMap::new()) };
    let read = |line: &str| {
        let (path, rest) = line.split_once(':')?;
        let (number, rest) = rest.split_once(':')?;
        Some(((path.to_string(), number.trim().parse().ok()?), marker(rest)?))
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| read(line).ok_or_else(|| format!("expect.txt: `{line}`").into())).collect()
}

/// What the report says, by file and line of the call.
fn said(report: &Report) -> BTreeMap<(String, u32), Said> {
    let mut found = BTreeMap::new();
    for call in sent(report) {
        let at = (call.path, call.line);
        let said = if call.classes.is_empty() {
            Said::Call { to: call.to }
        } else {
            Said::Flow { classes: call.classes, to: call.to }
        };
        found.insert(at, said);
    }
    for one in &report.configured {
        let at =
            |span| (report.files.get(one.span.file).path.to_string(), report.files.region(span).start_line);
        let own = |f: &&transborder::finding::Finding| f.call.is_none() && f.span == one.span;
        let rule = report.findings.iter().find(own).map_or(String::new(), |f| f.rule.id().to_string());
        let to = destination_text(&one.destination.candidates, one.destination.verdict);
        let said = Said::Config { rule, to };
        // A reported endpoint is not hidden by another one on the same line.
        if !matches!(found.get(&at(one.span)), Some(Said::Config { rule, .. }) if !rule.is_empty()) {
            found.insert(at(one.span), said);
        }
    }
    found
}

fn copy_tree(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir_all(&target)?;
            copy_tree(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
