//! Fingerprints: what must leave them alone, on the programs of the cases, and what must change them.

use camino::Utf8PathBuf;
use std::collections::BTreeMap;
use std::path::Path;
use transborder::baseline::{self, Baseline};
use transborder::{Options, Report, audit};

type Program = BTreeMap<String, String>;

/// Every so many cases are taken, each test its own, so that the suite stays quick; the samples cover both languages.
const EVERY: usize = 24;

fn fingerprints(program: &Program) -> Vec<String> {
    let mut found: Vec<String> = scan(program, None).findings.into_iter().map(|f| f.fingerprint).collect();
    found.sort();
    found
}

fn scan(program: &Program, baseline: Option<Baseline>) -> Report {
    let dir = tempfile::tempdir().expect("a temporary directory");
    for (path, text) in program {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let root = Utf8PathBuf::from_path_buf(dir.path().to_path_buf()).expect("UTF-8");
    let options = Options { paths: vec![root], threads: Some(1), baseline, ..Options::default() };
    audit(&options).expect("the audit runs")
}

/// The programs of a sample of cases, by name, beginning with the `from`th.
fn cases(from: usize, every: usize) -> Vec<(String, Program)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cases");
    let mut folders: Vec<_> = ["python", "typescript"]
        .iter()
        .flat_map(|language| std::fs::read_dir(root.join(language)).expect("cases"))
        .map(|entry| entry.expect("a case").path())
        .collect();
    folders.sort();
    folders.iter().skip(from).step_by(every).map(|case| (case.display().to_string(), program(case))).collect()
}

fn program(case: &Path) -> Program {
    let files = walkdir::WalkDir::new(case).into_iter().filter_map(Result::ok);
    files
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(case).ok()?.to_str()?.replace('\\', "/");
            Some((path, std::fs::read_to_string(entry.path()).ok()?))
        })
        .collect()
}

/// How a change affects the sample; the number of programs that it changed and that have findings.
fn unaffected(sample: Vec<(String, Program)>, change: impl Fn(&Program) -> Program) -> usize {
    let mut changed = 0;
    for (name, program) in sample {
        let other = change(&program);
        if other == program {
            continue;
        }
        let before = fingerprints(&program);
        assert_eq!(before, fingerprints(&other), "{name}");
        changed += usize::from(!before.is_empty());
    }
    changed
}

#[test]
fn with_a_baseline_nothing_is_new() {
    let mut seen = 0;
    for (name, program) in cases(9, EVERY) {
        let report = scan(&program, None);
        let text = baseline::write(&report);
        let known = baseline::read("b.json", &text).unwrap_or_else(|why| panic!("{name}: {why}"));
        let again = scan(&program, Some(known));
        assert_eq!(again.active().count(), 0, "{name}");
        assert_eq!(again.baseline.map(|used| (used.new, used.gone)), Some((0, vec![])), "{name}");
        seen += report.findings.len();
    }
    assert!(seen > 4, "{seen}");
}

fn is_python(path: &str) -> bool {
    path.ends_with(".py")
}

fn is_script(path: &str) -> bool {
    [".ts", ".tsx", ".js", ".jsx", ".mjs"].iter().any(|end| path.ends_with(end))
}

fn each_source(program: &Program, change: impl Fn(&str, &str) -> String) -> Program {
    program
        .iter()
        .map(|(path, text)| {
            let code = is_python(path) || is_script(path);
            (path.clone(), if code { change(path, text) } else { text.clone() })
        })
        .collect()
}

#[test]
fn moved_lines_leave_fingerprints_alone() {
    let changed = unaffected(cases(0, EVERY), |program| {
        each_source(program, |path, text| {
            let mark = if is_python(path) { "#" } else { "//" };
            format!("{mark} one\n\n{mark} two\n\n\n{text}")
        })
    });
    assert!(changed > 4, "{changed}");
}

#[test]
fn reformatting_leaves_fingerprints_alone() {
    let changed = unaffected(cases(5, EVERY), |program| {
        each_source(program, |path, text| {
            let widened = text.split_inclusive('\n').map(|line| {
                let indent = line.len() - line.trim_start_matches(' ').len();
                let end = if line.ends_with('\n') && is_script(path) { "\n\n" } else { "" };
                format!(
                    "{}{}{end}",
                    &line[..indent],
                    line.strip_suffix(end.get(1..).unwrap_or("")).unwrap_or(line)
                )
            });
            widened.collect()
        })
    });
    assert!(changed > 4, "{changed}");
}

/// Names that say nothing of any data; a program is changed only where they are plainly locals.
const LOCALS: [&str; 10] =
    ["response", "resp", "completion", "answer", "result", "llm", "res", "reply", "chat", "out"];

#[test]
fn renamed_locals_leave_fingerprints_alone() {
    let changed = unaffected(cases(2, EVERY / 4), |program| {
        LOCALS.iter().fold(program.clone(), |program, name| rename(&program, name))
    });
    assert!(changed > 2, "{changed}");
}

fn rename(program: &Program, name: &str) -> Program {
    let words = regex_lite(name);
    let all: String =
        program.iter().filter(|(p, _)| is_python(p) || is_script(p)).map(|(_, t)| t.as_str()).collect();
    let is_local = words(&all).iter().all(|at| {
        let (before, after) = (&all[..*at], &all[at + name.len()..]);
        let line = before.rfind('\n').map_or(before, |n| &before[n + 1..]);
        let assigned = after.trim_start().starts_with('=') && !after.trim_start().starts_with("==");
        // Neither a field, a key, an argument's name, an import, nor a word of a text.
        !before.ends_with(['.', '"', '\'', '`', '$', '#', '/', '-'])
            && !after.starts_with([':', '"', '\'', '`', '?', '-'])
            && line.starts_with([' ', '\t'])
            && !["import", "def ", "function", "class "].iter().any(|word| line.contains(word))
            && !line.contains(['#', '"', '\'', '`'])
            && !line.contains("//")
            && (!assigned || ["", "const", "let", "var"].contains(&line.trim()))
    });
    if !is_local {
        return program.clone();
    }
    each_source(program, |_, text| {
        let mut renamed = text.to_string();
        for at in words(text).into_iter().rev() {
            renamed.replace_range(at..at + name.len(), "zq");
        }
        renamed
    })
}

/// Where a whole word stands in a text.
fn regex_lite(name: &str) -> impl Fn(&str) -> Vec<usize> + '_ {
    move |text| {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let found = text.match_indices(name).map(|(at, _)| at);
        found
            .filter(|at| !text[..*at].ends_with(word) && !text[at + name.len()..].starts_with(word))
            .collect()
    }
}

const ASK: &str = r#"from openai import OpenAI
from models import Patient

client = OpenAI(base_url="https://api.deepseek.com/v1")


def ask(patient: Patient):
    note = "be kind"
    return client.chat.completions.create(
        model="deepseek-chat", messages=[{"role": "user", "content": patient.ssn}]
    )
"#;

fn one(text: &str) -> Vec<String> {
    fingerprints(&BTreeMap::from([
        ("app.py".to_string(), text.to_string()),
        (
            "models.py".to_string(),
            "class Patient:\n    ssn: str\n    email: str\n    diagnosis: str\n".to_string(),
        ),
    ]))
}

#[test]
fn what_crosses_and_where_to_make_the_fingerprint() {
    let before = one(ASK);
    assert_eq!(before.len(), 1, "{before:?}");
    for (change, from, to) in [
        ("an unrelated edit in the same function", "be kind", "be brief"),
        ("a renamed parameter", "patient: Patient", "p: Patient"),
        ("another model", "deepseek-chat", "deepseek-reasoner"),
        (
            "reformatting",
            "    return client.chat.completions.create(\n",
            "    return client.chat.completions.create(\n\n\n",
        ),
    ] {
        let text = ASK.replace(from, to).replace(
            "content\": patient",
            if to.starts_with("p:") { "content\": p" } else { "content\": patient" },
        );
        assert_ne!(text, ASK, "{change}");
        assert_eq!(one(&text), before, "{change}");
    }
    for (change, from, to) in [
        ("another class", "patient.ssn", "patient.diagnosis"),
        ("another endpoint", "https://api.deepseek.com/v1", "https://api.moonshot.cn/v1"),
        ("another call", "chat.completions.create", "responses.create"),
        ("another function", "def ask", "def tell"),
    ] {
        let text = ASK.replace(from, to);
        assert_ne!(text, ASK, "{change}");
        let after = one(&text);
        assert!(after.len() == 1 && after != before, "{change}: {after:?}");
    }
}

#[test]
fn equal_findings_are_numbered_in_order() {
    let call = "    client.chat.completions.create(model=\"m\", messages=[{\"role\": \"user\", \"content\": patient.ssn}])\n";
    let text = ASK.replace("    note = \"be kind\"\n", &call.repeat(2));
    let before = one(ASK);
    let mut expected = vec![before[0].clone(), format!("{}:2", before[0]), format!("{}:3", before[0])];
    expected.sort();
    assert_eq!(one(&text), expected);
}
