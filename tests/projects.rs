//! Small but realistic projects: what a person sees of them, and what must be true of every call in them.
//!
//! The snapshots show the whole terminal report. The tables below say what is right, so that an accepted snapshot
//! cannot make a wrong answer the expected one.

#[path = "report/schema.rs"]
mod schema;

use camino::Utf8PathBuf;
use std::collections::BTreeSet;
use transborder::finding::{Call, Verdict};
use transborder::report::sarif;
use transborder::report::terminal::{self, Look};
use transborder::{Options, Report, audit};

/// A project as somebody would check it out: alone, with no repository around it.
fn project(name: &str) -> Report {
    let root = Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/projects").join(name);
    let copy = tempfile::tempdir().expect("a temporary directory");
    copy_tree(root.as_std_path(), copy.path());
    let to = Utf8PathBuf::from_path_buf(copy.path().to_path_buf()).expect("UTF-8");
    scan(to)
}

fn scan(root: Utf8PathBuf) -> Report {
    audit(&Options { paths: vec![root], ..Options::default() }).expect("the audit runs")
}

fn copy_tree(from: &std::path::Path, to: &std::path::Path) {
    for entry in walkdir::WalkDir::new(from).min_depth(1) {
        let entry = entry.expect("the project can be read");
        let target = to.join(entry.path().strip_prefix(from).expect("below the project"));
        if entry.file_type().is_dir() {
            std::fs::create_dir(target).expect("a directory");
        } else {
            std::fs::copy(entry.path(), target).expect("a file");
        }
    }
}

/// The call in a function: the first one below the line that holds these words.
fn call_in(report: &Report, file: &str, words: &str) -> Option<usize> {
    let text =
        &report.files.iter().find(|(_, f)| f.path.ends_with(file)).unwrap_or_else(|| panic!("{file}")).1.text;
    let line =
        text.lines().position(|line| line.contains(words)).unwrap_or_else(|| panic!("{words} in {file}")) + 1;
    let start = |call: &Call| report.files.region(call.span).start_line as usize;
    let here = |call: &Call| report.files.get(call.span.file).path.ends_with(file) && start(call) >= line;
    let calls = report.calls.iter().enumerate().filter(|(_, call)| here(call));
    calls.min_by_key(|(_, call)| start(call)).map(|(at, _)| at)
}

/// Where a call goes and what it carries, in the words of the tables below.
fn fate(report: &Report, call: usize) -> (String, BTreeSet<String>) {
    let findings: Vec<_> = report.findings.iter().filter(|f| f.call == Some(call)).collect();
    let destination =
        findings.iter().find_map(|f| f.destination.as_ref()).unwrap_or(&report.calls[call].destination);
    let names: BTreeSet<&str> =
        destination.candidates.iter().map(|c| c.provider.as_deref().unwrap_or("unknown")).collect();
    let verdict = destination.verdict.as_str();
    let to = match destination.verdict {
        Verdict::Local | Verdict::Unresolved => verdict.to_string(),
        _ => format!("{}/{verdict}", names.into_iter().collect::<Vec<_>>().join("|")),
    };
    let flows = findings.iter().filter_map(|f| f.flow.as_ref());
    (to, flows.flat_map(|f| &f.data).map(|d| d.class.clone()).collect())
}

/// Every wrong answer at once: file, words before the call, destination, classes.
fn assert_fates(report: &Report, expected: &[(&str, &str, &str, &[&str])]) {
    let mut wrong = Vec::new();
    for (file, words, to, classes) in expected {
        let expected = (to.to_string(), classes.iter().map(|c| c.to_string()).collect());
        match call_in(report, file, words).map(|call| fate(report, call)) {
            Some(found) if found == expected => {}
            found => wrong.push(format!("{file}, {words}\n  expected {expected:?}\n  found    {found:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn clinic_is_understood() {
    let report = project("clinic");
    assert_fates(
        &report,
        &[
            (
                "services/letters.py",
                "def draft",
                "deepseek/foreign",
                &["gov_id.ssn", "phi.diagnosis", "pii.demographic.dob", "pii.name.full"],
            ),
            ("services/stats.py", "def waiting_time_comment", "deepseek/foreign", &[]),
            ("services/coding.py", "def suggest_codes", "local", &[]),
            ("services/education.py", "def leaflet", "openai/domestic", &[]),
            ("services/triage.py", "def triage", "unresolved", &["gov_id.ssn", "phi.symptom"]),
        ],
    );
    assert_eq!(report.calls.len(), 5);
}

#[test]
fn recruiter_is_understood() {
    let report = project("recruiter");
    assert_fates(
        &report,
        &[
            (
                "services/screening.ts",
                "function screen",
                "moonshotai-cn/foreign",
                &["hr.resume", "pii.name.full"],
            ),
            (
                "services/outreach.ts",
                "function invitation",
                "alibaba/foreign",
                &["hr.compensation", "pii.contact.email"],
            ),
            ("services/outreach.ts", "function rejectionTemplate", "alibaba/foreign", &[]),
            ("services/jobAds.ts", "function funnelComment", "moonshotai-cn/foreign", &[]),
            ("services/jobAds.ts", "function compareTopThree", "openai/domestic", &[]),
        ],
    );
    assert_eq!(report.calls.len(), 5);
}

#[test]
fn mixed_is_understood() {
    let report = project("mixed");
    assert_fates(
        &report,
        &[
            ("worker/llm.py", "def category", "anthropic/domestic", &[]),
            ("web/app/api/refund/route.ts", "function POST", "moonshotai/foreign", &["pci.pan"]),
        ],
    );
    assert_eq!(
        call_in(&report, "rerank/route.ts", "function POST"),
        None,
        "a reranker at home is no language model"
    );
    assert_eq!(report.calls.len(), 5);
}

#[test]
fn helpdesk_is_understood() {
    assert_fates(
        &project("helpdesk"),
        &[
            (
                "desk/tickets.py",
                "def answer",
                "alibaba-cn/foreign",
                &["financial.bank_account", "pii.contact.email"],
            ),
            ("desk/tickets.py", "def tag", "openai/domestic", &[]),
            ("desk/tickets.py", "def summary", "local", &[]),
            ("src/translate.ts", "function translate", "mistral/foreign", &["pii.contact.email"]),
        ],
    );
}

/// From the line in the compose file to the constructor, in the order in which the value travels.
#[test]
fn helpdesk_shows_how_the_endpoint_came_about() {
    let report = project("helpdesk");
    let call = call_in(&report, "desk/tickets.py", "def answer").expect("a call");
    let candidate = &report.calls[call].destination.candidates[0];
    let chain: Vec<String> = candidate
        .evidence
        .iter()
        .map(|step| {
            let file = report.files.get(step.span.file);
            format!("{}:{} {}", file.path, report.files.region(step.span).start_line, step.message)
        })
        .collect();
    insta::assert_snapshot!(chain.join("\n"));
}

#[test]
fn mixed_follows_settings_into_a_client() {
    assert_fates(
        &project("mixed"),
        &[
            (
                "worker/llm.py",
                "def draft",
                "alibaba-cn/foreign",
                &["customer.support_ticket", "financial.bank_account", "pii.contact.email"],
            ),
            ("worker/llm.py", "def product_faq", "alibaba-cn/foreign", &[]),
        ],
    );
}

#[test]
fn mixed_knows_chat_messages() {
    assert_fates(
        &project("mixed"),
        &[("web/lib/llm.ts", "function* streamAnswer", "moonshotai/foreign", &["user_input.chat_message"])],
    );
}

/// The terminal report of a project, without colour.
fn shown(name: &str) -> String {
    let look = Look { width: 100, ..Look::default() };
    anstream::adapter::strip_str(&terminal::render(&project(name), &look)).to_string()
}

#[test]
fn clinic_as_a_person_sees_it() {
    insta::assert_snapshot!(shown("clinic"));
}

#[test]
fn recruiter_as_a_person_sees_it() {
    insta::assert_snapshot!(shown("recruiter"));
}

#[test]
fn mixed_as_a_person_sees_it() {
    insta::assert_snapshot!(shown("mixed"));
}

#[test]
fn helpdesk_as_a_person_sees_it() {
    insta::assert_snapshot!(shown("helpdesk"));
}

#[test]
fn every_project_fits_the_schema_of_every_json_format() {
    use transborder::report::{cyclonedx, gitlab, json};
    let parse = |text: String| serde_json::from_str(&text).expect("it is JSON");
    for name in ["clinic", "recruiter", "mixed", "helpdesk"] {
        let report = project(name);
        schema::assert_valid_json(&parse(json::render(&report)));
        schema::assert_valid_gitlab(&parse(gitlab::render(&report)));
        schema::assert_valid_cyclonedx(&parse(cyclonedx::render(&report)));
    }
}

#[test]
fn sarif_of_every_project_is_valid_and_carries_the_axes() {
    for name in ["clinic", "recruiter", "mixed", "helpdesk"] {
        let report = project(name);
        let value: serde_json::Value =
            serde_json::from_str(&sarif::render(&report, &sarif::Choice::default())).expect("SARIF is JSON");
        schema::assert_valid(&value);
        let results = value["runs"][0]["results"].as_array().expect("results");
        assert_eq!(results.len(), report.active().count());
        for result in results {
            for key in
                ["host", "provider", "residency", "control", "origin", "dataClasses", "verdict", "confidence"]
            {
                assert!(result["properties"].get(key).is_some(), "{name}: no {key} in {result}");
            }
        }
    }
}

/// What stands around a scanned folder, its name included, does not make its files tests.
#[test]
fn a_project_is_the_same_inside_this_repository() {
    for name in ["clinic", "recruiter", "mixed", "helpdesk"] {
        let root = Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/projects").join(name);
        let lines = |report: &Report| -> BTreeSet<(String, u32, String)> {
            let line = |f: &transborder::finding::Finding| {
                let path = report.files.get(f.span.file).path.to_string();
                let path =
                    path.split_once(&format!("{name}/")).map_or(path.clone(), |(_, rest)| rest.to_string());
                (path, report.files.region(f.span).start_line, f.message.clone())
            };
            report.findings.iter().map(line).collect()
        };
        assert_eq!(lines(&scan(root)), lines(&project(name)), "{name}");
    }
}

#[test]
fn threads_change_nothing() {
    let root = Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/projects");
    let shown = |threads| {
        let options = Options { paths: vec![root.clone()], threads: Some(threads), ..Options::default() };
        let report = audit(&options).expect("the audit runs");
        terminal::render(&report, &Look { width: 100, ..Look::default() })
    };
    let alone = shown(1);
    assert!(alone.contains("critical"), "the projects have findings");
    for threads in [2, 8] {
        assert_eq!(shown(threads), alone, "{threads} threads");
    }
}
