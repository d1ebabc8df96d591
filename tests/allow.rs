//! Comments that suppress: where they count, where they do not, and what is said of those that do nothing.

use camino::Utf8PathBuf;
use transborder::finding::{Report, SuppressedBy};
use transborder::text::NoticeKind;
use transborder::{Options, audit};

const MODELS: &str = "class Patient:\n    ssn: str\n    diagnosis: str\n";
const ENV: &str = "LLM_BASE_URL=https://api.deepseek.com/v1\n";
const ASK: &str = "import os\nfrom openai import OpenAI\nfrom models import Patient\n\nclient = OpenAI(base_url=os.environ[\"LLM_BASE_URL\"])\n\n\ndef ask(patient: Patient):\n    note = patient.ssn\n    return client.chat.completions.create(\n        model=\"m\",\n        messages=[{\"role\": \"user\", \"content\": note}],\n    )\n";
const ALLOW: &str = "# transborder: allow[restricted-data-abroad] agreed";

fn scan(files: &[(&str, &str)], change: impl Fn(&mut Options)) -> Report {
    let dir = tempfile::tempdir().expect("a temporary directory");
    for (path, text) in files {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let root = Utf8PathBuf::from_path_buf(dir.path().to_path_buf()).expect("UTF-8");
    let mut options = Options { paths: vec![root], threads: Some(1), ..Options::default() };
    change(&mut options);
    audit(&options).expect("the audit runs")
}

/// How many findings stand, and what is said of the comments.
fn outcome(env: &str, ask: &str) -> (usize, Vec<String>) {
    let report = scan(&[("models.py", MODELS), (".env", env), ("ask.py", ask)], |_| {});
    assert_eq!(report.findings.len(), 1, "the flow itself is always found");
    let said = report.notices.iter().filter(|n| n.kind == NoticeKind::Suppression);
    (report.active().count(), said.map(|n| n.message.clone()).collect())
}

/// The text with a comment put before, or at the end of, the line that holds `at`.
fn with(text: &str, at: &str, before: bool) -> String {
    let lines = text.lines().map(|line| match (line.contains(at), before) {
        (true, true) => format!("{ALLOW}\n{line}\n"),
        (true, false) => format!("{line}  {ALLOW}\n"),
        _ => format!("{line}\n"),
    });
    lines.collect()
}

#[test]
fn an_allow_counts_at_the_call_the_source_and_the_endpoint() {
    assert_eq!(outcome(ENV, ASK), (1, vec![]));
    for before in [true, false] {
        for at in ["client.chat", "note = patient", "client = OpenAI"] {
            assert_eq!(outcome(ENV, &with(ASK, at, before)), (0, vec![]), "{at} {before}");
        }
        assert_eq!(outcome(&with(ENV, "LLM_BASE_URL", before), ASK), (0, vec![]), ".env {before}");
    }
    // The last line of the call counts at its end, not above it.
    let last = ASK.replace("    )\n", &format!("    )  {ALLOW}\n"));
    assert_eq!(outcome(ENV, &last), (0, vec![]));
}

#[test]
fn an_allow_counts_nowhere_else() {
    let useless = vec!["allow[restricted-data-abroad] suppresses nothing; remove it".to_string()];
    for at in ["import os", "def ask", "model=\"m\""] {
        assert_eq!(outcome(ENV, &with(ASK, at, false)), (1, useless.clone()), "{at}");
    }
    // Another rule, no reason, a text that only looks like a comment.
    let other = with(ASK, "client.chat", true).replace("restricted", "confidential");
    assert_eq!(outcome(ENV, &other).0, 1);
    let silent = with(ASK, "client.chat", true).replace(" agreed", "");
    let (standing, said) = outcome(ENV, &silent);
    assert!(standing == 1 && said[0].contains("no reason"), "{said:?}");
    let text = ASK.replace("    return client", &format!("    x = \"{ALLOW}\"; return client"));
    assert_eq!(outcome(ENV, &text), (1, vec![]));
}

#[test]
fn one_of_several_sources_does_not_speak_for_the_others() {
    let several = ASK
        .replace("note = patient.ssn", &format!("note = patient.ssn  {ALLOW}\n    more = patient.diagnosis"))
        .replace("\"content\": note", "\"content\": note + more");
    assert_eq!(outcome(ENV, &several).0, 1);
}

#[test]
fn every_place_abroad_must_be_allowed_where_it_is_decided() {
    let factory = ASK.replace(
        "client = OpenAI(base_url=os.environ[\"LLM_BASE_URL\"])",
        "if os.environ.get(\"CHEAP\"):\n    client = OpenAI(base_url=\"https://api.moonshot.cn/v1\")  # transborder: allow[restricted-data-abroad] one\nelse:\n    client = OpenAI(base_url=\"https://api.deepseek.com/v1\")",
    );
    assert_eq!(outcome("", &factory).0, 1);
    let both = factory.replace("deepseek.com/v1\")", &format!("deepseek.com/v1\")  {ALLOW}"));
    assert_eq!(outcome("", &both), (0, vec![]));
}

#[test]
fn the_reason_and_its_place_are_kept_and_nobody_need_trust_them() {
    let ask = with(ASK, "client.chat", true);
    let files = [("models.py", MODELS), (".env", ENV), ("ask.py", ask.as_str())];
    let report = scan(&files, |_| {});
    let suppression = report.findings[0].suppressed.as_ref().expect("it is suppressed");
    assert_eq!(suppression.by, SuppressedBy::Inline);
    assert_eq!((suppression.reason.as_str(), suppression.place.as_deref()), ("agreed", Some("ask.py:10")));
    let untrusting = scan(&files, |options| options.no_inline_allow = true);
    assert_eq!((untrusting.active().count(), untrusting.ignored_allows), (1, 1));
}
