//! The GitHub Action and the workflows: run here with a faked GitHub, and read for what must never stand in them.

mod runner;
mod yaml;

use runner::{Job, Outcome, action, root};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file with one critical finding.
const LEAK: &str = "from openai import OpenAI

client = OpenAI(base_url=\"https://api.deepseek.com/v1\")


def letter(patient):
    return client.chat.completions.create(
        model=\"deepseek-chat\", messages=[{\"role\": \"user\", \"content\": f\"Write to {patient.ssn}\"}]
    )
";

fn workflows() -> Vec<(String, String)> {
    let mut files = vec!["action.yml".to_string()];
    for entry in fs::read_dir(root().join(".github/workflows")).expect("workflows") {
        files.push(format!(".github/workflows/{}", entry.expect("an entry").file_name().to_string_lossy()));
    }
    files.sort();
    files
        .into_iter()
        .map(|file| (file.clone(), fs::read_to_string(root().join(&file)).expect("text")))
        .collect()
}

/// Every mapping of a document, with the mappings in it.
fn mappings<'a>(value: &'a Value, found: &mut Vec<&'a serde_json::Map<String, Value>>) {
    match value {
        Value::Object(map) => {
            found.push(map);
            map.values().for_each(|value| mappings(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| mappings(value, found)),
        _ => {}
    }
}

#[test]
fn nothing_untrusted_reaches_a_shell_as_text() {
    let mut seen = 0;
    for (file, text) in workflows() {
        let document = yaml::read(&text);
        let mut all = Vec::new();
        mappings(&document, &mut all);
        for script in all.iter().filter_map(|map| map.get("run")?.as_str()) {
            assert!(!script.contains("${{"), "{file}: an expression in a script: {script}");
            seen += 1;
        }
    }
    assert!(seen >= 15, "only {seen} scripts");
}

#[test]
fn other_peoples_actions_are_pinned_to_a_commit() {
    let mut pins = std::collections::BTreeMap::<String, String>::new();
    for (file, text) in workflows() {
        for line in text.lines().filter(|line| line.contains("uses: ")) {
            let uses = line.split_once("uses: ").expect("a value").1;
            if uses.starts_with("./") {
                continue;
            }
            let (action, pin) = uses.split_once('@').unwrap_or_else(|| panic!("{file}: {line}"));
            let (commit, version) =
                pin.split_once(" # v").unwrap_or_else(|| panic!("{file}: no version: {line}"));
            assert!(commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()), "{file}: {line}");
            assert!(version.split('.').count() == 3, "{file}: {line}");
            let known = pins.entry(action.to_string()).or_insert_with(|| pin.to_string());
            assert_eq!(known, pin, "{file}: {action} is pinned in two ways");
        }
    }
    assert!(pins.len() >= 3, "{pins:?}");
}

#[test]
fn jobs_get_no_more_than_they_need() {
    for (file, text) in workflows().into_iter().filter(|(file, _)| file != "action.yml") {
        let document = yaml::read(&text);
        assert_eq!(document["permissions"], json!({}), "{file}: start from no permission");
        for (name, job) in document["jobs"].as_object().expect("jobs") {
            assert!(job["permissions"].is_object(), "{file}: {name} says no permissions");
            assert!(job["timeout-minutes"].is_string(), "{file}: {name} may run for hours");
        }
        for step in text.split("- uses: actions/checkout@").skip(1) {
            let step = step.split("\n      - ").next().unwrap_or(step);
            assert!(step.contains("persist-credentials: false"), "{file}: a checkout keeps its token");
        }
    }
}

#[test]
fn every_script_exists_and_runs() {
    let mut seen = BTreeSet::new();
    for (file, text) in workflows() {
        for word in text.split(|c: char| c.is_whitespace() || "'\"()".contains(c)) {
            let Some(at) = word.find("scripts/") else { continue };
            let script = word[at..].trim_end_matches('.');
            if script.ends_with(".sh") {
                let path = root().join(script);
                assert!(path.is_file(), "{file}: {script}");
                #[cfg(unix)]
                {
                    use std::os::unix::fs::PermissionsExt as _;
                    let mode = fs::metadata(&path).expect("readable").permissions().mode();
                    assert!(mode & 0o111 != 0, "{script} cannot be run");
                }
                seen.insert(script.to_string());
            }
        }
    }
    assert!(seen.len() >= 8, "{seen:?}");
}

#[test]
fn every_input_is_used() {
    let text = fs::read_to_string(root().join("action.yml")).expect("text");
    for input in action()["inputs"].as_object().expect("inputs").keys() {
        assert!(text.contains(&format!("inputs.{input} ")), "nothing reads the input {input}");
    }
}

/// A repository of one commit with one file, and somewhere else to take it from.
struct Repository {
    place: tempfile::TempDir,
}

impl Repository {
    fn new() -> Repository {
        let place = tempfile::tempdir().expect("a temporary directory");
        let repository = Repository { place };
        fs::create_dir(repository.at("")).expect("a directory");
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        // As on GitHub, where any commit can be asked for.
        repository.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]);
        repository.write("app/ok.py", "print('hello')\n");
        repository.commit("start");
        repository
    }

    fn at(&self, file: &str) -> PathBuf {
        self.place.path().join("origin of it").join(file)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.at(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a directory");
        fs::write(path, text).expect("a file");
    }

    fn git(&self, arguments: &[&str]) -> String {
        git(&self.at(""), arguments)
    }

    fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// A pull request as GitHub checks it out: its merge with the base as it is now, one commit deep.
    fn pull_request(&self, head: &str) -> (PathBuf, Value) {
        let base = self.git(&["rev-parse", "main"]);
        self.git(&["checkout", "--quiet", "--detach", "main"]);
        self.git(&["merge", "--quiet", "--no-ff", "--message", "merge", head]);
        self.git(&["update-ref", "refs/pull/1/merge", "HEAD"]);
        let clone = self.place.path().join("work space");
        fs::create_dir(&clone).expect("a directory");
        git(&clone, &["init", "--quiet"]);
        let origin = format!("file://{}", self.at("").display());
        git(&clone, &["remote", "add", "origin", &origin]);
        git(
            &clone,
            &["fetch", "--quiet", "--depth=1", "origin", "+refs/pull/1/merge:refs/remotes/pull/1/merge"],
        );
        git(&clone, &["checkout", "--quiet", "--detach", "refs/remotes/pull/1/merge"]);
        let event = json!({
            "number": 1,
            "pull_request": { "number": 1, "base": { "ref": "main", "sha": base }, "head": { "sha": head } },
        });
        (clone, event)
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=A Person",
            "-c",
            "user.email=person@example.com",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git runs");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_string()
}

fn run(workspace: &Path, event_name: &str, event: Value, with: &[(&str, &str)]) -> Outcome {
    let program = assert_cmd::cargo::cargo_bin("transborder");
    Job { workspace, event_name, event, with, action_ref: "", repository: None, program: Some(&program) }
        .run()
}

fn codes(outcome: &Outcome) -> Vec<(&str, i32)> {
    outcome.steps.iter().map(|(name, code)| (name.as_str(), *code)).collect()
}

#[cfg(unix)]
#[test]
fn a_push_with_a_leak_uploads_first_and_fails_last() {
    let repository = Repository::new();
    repository.write("app/le ak.py", LEAK);
    repository.commit("leak");
    let outcome = run(&repository.at(""), "push", json!({}), &[("home", "US")]);
    assert!(!outcome.passed);
    assert_eq!(
        codes(&outcome),
        [("Scan", 0), ("Upload to code scanning", 0), ("Pass or fail", 1)],
        "{}",
        outcome.log
    );
    assert_eq!(outcome.outputs["findings"], "1");
    assert_eq!(outcome.outputs["exit-code"], "1");
    assert!(outcome.log.contains("::error file=app/le ak.py,line=7"), "{}", outcome.log);
    assert!(outcome.summary.contains("api.deepseek.com"), "{}", outcome.summary);
}

#[cfg(unix)]
#[test]
fn inputs_choose_what_is_scanned_and_shown() {
    let repository = Repository::new();
    repository.write("app/leak.py", LEAK);
    repository.write("lib/two words/ok.py", "print()\n");
    let with = [("paths", "lib/two words, app/ok.py"), ("upload-sarif", "false")];
    let outcome = run(&repository.at(""), "push", json!({}), &with);
    assert_eq!(codes(&outcome), [("Scan", 0), ("Pass or fail", 0)], "{}", outcome.log);
    assert_eq!(outcome.outputs["findings"], "0");
    let with = [
        ("working-directory", "app"),
        ("fail-on", "never"),
        ("annotations", "false"),
        ("summary", "false"),
        ("format", "terminal\n"),
    ];
    let outcome = run(&repository.at(""), "push", json!({}), &with);
    assert!(outcome.passed, "{}", outcome.log);
    assert_eq!(outcome.outputs["findings"], "1");
    assert!(!outcome.log.contains("::error") && outcome.summary.is_empty(), "{}", outcome.log);
}

#[cfg(unix)]
#[test]
fn what_cannot_run_says_so_and_uploads_nothing() {
    let repository = Repository::new();
    for (with, says) in [
        (("home", "QQ"), "could not run"),
        (("paths", "$(touch hacked)\n`touch hacked`"), "could not run"),
        (("format", "pdf"), "there is no format pdf"),
        (("fail-on", "high; touch hacked"), "could not run"),
    ] {
        let outcome = run(&repository.at(""), "push", json!({}), &[with]);
        assert_eq!(codes(&outcome), [("Scan", 2)], "{with:?}: {}", outcome.log);
        assert!(outcome.log.contains(says), "{with:?}: {}", outcome.log);
        assert!(!repository.at("hacked").exists(), "{with:?}");
    }
}

/// A base with one finding, and the head of a pull request that adds another and everything that could hide it.
#[cfg(unix)]
fn hiding_pull_request() -> (Repository, PathBuf, Value) {
    let repository = Repository::new();
    repository.write("app/old.py", LEAK);
    repository.commit("what is there already");
    repository.git(&["checkout", "--quiet", "-b", "feature"]);
    let allowed =
        LEAK.replace("    return", "    # transborder: allow[restricted-data-abroad] I say so\n    return");
    repository.write("app/new.py", &allowed.replace(".ssn", ".diagnosis"));
    repository.write("transborder.toml", "home = [\"US\", \"CN\"]\n");
    let head = repository.commit("new leak");
    // Meanwhile the base moves on.
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("app/ok.py", "print('hello again')\n");
    repository.commit("go on");
    let (clone, event) = repository.pull_request(&head);
    (repository, clone, event)
}

#[cfg(unix)]
#[test]
fn a_pull_request_answers_for_what_is_new_and_cannot_hide_it() {
    let (_repository, clone, event) = hiding_pull_request();
    let outcome = run(&clone, "pull_request", event.clone(), &[]);
    assert_eq!(codes(&outcome).last(), Some(&("Pass or fail", 1)), "{}", outcome.log);
    assert_eq!(
        (&*outcome.outputs["findings"], &*outcome.outputs["new-crossings"]),
        ("2", "1"),
        "{}",
        outcome.log
    );
    assert!(outcome.log.contains("::error file=app/new.py"), "{}", outcome.log);
    assert!(!outcome.log.contains("file=app/old.py"), "{}", outcome.log);
    assert!(outcome.log.contains("has no policy"), "{}", outcome.log);
    let outcome = run(&clone, "pull_request", event.clone(), &[("diff", "off")]);
    assert!(outcome.log.contains("file=app/old.py"), "{}", outcome.log);
    // Where people who open pull requests are trusted, both means of theirs work.
    let outcome = run(&clone, "pull_request", event, &[("trust-pull-request", "true")]);
    assert!(outcome.passed, "{}", outcome.log);
}

#[cfg(unix)]
#[test]
fn the_policy_and_the_baseline_are_those_of_the_base() {
    let repository = Repository::new();
    repository.write("ci/policy.toml", "home = [\"US\"]\n");
    repository.write("ci/baseline.json", "{}\n");
    repository.commit("a strict policy");
    repository.git(&["checkout", "--quiet", "-b", "feature"]);
    repository.write("app/new.py", LEAK);
    repository.write("ci/policy.toml", "home = [\"CN\"]\n");
    let head = repository.commit("new leak");
    repository.git(&["checkout", "--quiet", "main"]);
    let (clone, event) = repository.pull_request(&head);
    let outcome = run(&clone, "pull_request", event.clone(), &[("policy", "ci/policy.toml")]);
    assert!(!outcome.passed && outcome.outputs["new-crossings"] == "1", "{}", outcome.log);
    // Named from a folder below.
    let with = [("policy", "../ci/policy.toml"), ("working-directory", "app")];
    let outcome = run(&clone, "pull_request", event.clone(), &with);
    assert!(!outcome.passed && outcome.outputs["new-crossings"] == "1", "{}", outcome.log);
    let outcome = run(&clone, "pull_request", event, &[("baseline", "ci/none.json")]);
    assert_eq!(codes(&outcome), [("Scan", 2)], "{}", outcome.log);
    assert!(outcome.log.contains("the base has no baseline"), "{}", outcome.log);
}

#[cfg(unix)]
#[test]
fn a_pull_request_without_anything_new_passes() {
    let repository = Repository::new();
    repository.write("app/old.py", LEAK);
    repository.commit("what is there already");
    repository.git(&["checkout", "--quiet", "-b", "feature"]);
    repository.write("app/fine.py", "print()\n");
    let head = repository.commit("fine");
    repository.git(&["checkout", "--quiet", "main"]);
    let (clone, event) = repository.pull_request(&head);
    let outcome = run(&clone, "pull_request", event, &[]);
    assert!(outcome.passed, "{}", outcome.log);
    assert_eq!((&*outcome.outputs["findings"], &*outcome.outputs["new-crossings"]), ("1", "0"));
}

/// A repository that offers a release whose program is a script, and the archive of that release.
#[cfg(unix)]
fn release(place: &Path, says: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let built = place.join("built");
    fs::create_dir_all(&built).expect("a directory");
    let program = built.join("transborder");
    fs::write(&program, format!("#!/bin/sh\necho {says}\n")).expect("a file");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("permissions");
    let version = env!("CARGO_PKG_VERSION");
    let folder = place.join(format!("releases/download/v{version}"));
    fs::create_dir_all(&folder).expect("a directory");
    for (script, arguments) in [
        ("package.sh", vec![built.as_path(), Path::new("x86_64-unknown-linux-musl"), folder.as_path()]),
        ("checksums.sh", vec![folder.as_path()]),
    ] {
        let ran = Command::new(root().join("scripts/release").join(script)).args(arguments).output();
        let ran = ran.expect("the script runs");
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }
    folder.join(format!("transborder-v{version}-x86_64-unknown-linux-musl.tar.gz"))
}

#[cfg(unix)]
#[test]
fn a_release_is_used_only_with_the_checksum_it_promises() {
    let place = tempfile::tempdir().expect("a temporary directory");
    let archive = release(place.path(), "the released one");
    let repository = Repository::new();
    let workspace = repository.at("");
    let tag = concat!("v", env!("CARGO_PKG_VERSION"));
    let install = |action_ref: &str, version: &str| {
        let with = [("version", version)];
        let (event, releases) = (json!({}), Some(place.path()));
        let job = Job {
            workspace: &workspace,
            event_name: "push",
            event,
            with: &with,
            action_ref,
            repository: releases,
            program: None,
        };
        job.run()
    };
    for (action_ref, version) in [(tag, ""), ("v0", ""), ("main", env!("CARGO_PKG_VERSION")), ("", tag)] {
        let outcome = install(action_ref, version);
        assert_eq!(outcome.steps[0], ("Install".into(), 0), "{}", outcome.log);
        assert!(outcome.log.contains("the released one"), "{}", outcome.log);
    }
    let outcome = install("main", "9.9.9");
    assert!(!outcome.passed && outcome.log.contains("release v9.9.9 has no binary"), "{}", outcome.log);
    fs::write(&archive, "something else").expect("a file");
    let outcome = install(tag, "");
    assert_eq!(outcome.steps, [("Install".into(), 2)]);
    assert!(outcome.log.contains("checksum"), "{}", outcome.log);
}
