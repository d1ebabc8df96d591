//! Comparing two states of a repository: demonstration repositories of two commits, each with one small change.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A repository that nobody's git configuration touches.
struct Repository(tempfile::TempDir);

impl Repository {
    /// The demonstration: a clinic's helper that asks a model at home, with a switch that is off.
    fn new() -> Repository {
        let repository = Repository(tempfile::tempdir().expect("a temporary directory"));
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        for (path, text) in DEMONSTRATION {
            repository.write(path, text);
        }
        repository.commit("Start");
        repository
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path().join(path)).expect("the file is there");
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replace(from, to));
    }

    fn git(&self, args: &[&str]) -> String {
        git_in(self.path(), args)
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// Exit code, stdout and stderr of the tool, run at the top of the repository.
    fn run(&self, args: &[&str]) -> (i32, String, String) {
        let mut command = assert_cmd::Command::cargo_bin("transborder").expect("the binary was built");
        let output = isolated(command.current_dir(self.path()).args(args)).output().expect("the binary runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().expect("no signal ended it"), text(&output.stdout), text(&output.stderr))
    }

    /// The JSON report, which must be the same on every run.
    fn report(&self, args: &[&str]) -> (i32, Value) {
        let mut all = vec!["--format", "json"];
        all.extend(args);
        let (code, out, err) = self.run(&all);
        assert_eq!(self.run(&all).1, out, "the same input gives the same bytes");
        (code, serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}")))
    }
}

fn git_in(folder: &Path, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(folder).args(args);
    for (name, value) in [
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_AUTHOR_NAME", "Ada Author"),
        ("GIT_AUTHOR_EMAIL", "ada@example.com"),
        ("GIT_COMMITTER_NAME", "Ada Author"),
        ("GIT_COMMITTER_EMAIL", "ada@example.com"),
        ("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z"),
        ("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z"),
    ] {
        command.env(name, value);
    }
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let output = command.output().expect("git runs");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_string()
}

fn isolated(command: &mut assert_cmd::Command) -> &mut assert_cmd::Command {
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
}

const DEMONSTRATION: [(&str, &str); 4] = [
    (".env", "# settings of the helper\nLLM_BASE_URL=https://api.openai.com/v1\nLLM_MODEL=gpt-4o\n"),
    ("models.py", "class Patient:\n    ssn: str\n    diagnosis: str\n    ward: str\n"),
    (
        "helper.py",
        "import os\n\nfrom openai import OpenAI\n\nfrom models import Patient\n\nclient = OpenAI(base_url=os.environ[\"LLM_BASE_URL\"])\n\n\ndef summarise(patient: Patient) -> str:\n    prompt = f\"Summarise {patient.diagnosis}\"\n    answer = client.chat.completions.create(\n        model=os.environ[\"LLM_MODEL\"],\n        messages=[{\"role\": \"user\", \"content\": prompt}],\n    )\n    return answer.choices[0].message.content\n",
    ),
    (
        "old.py",
        "from openai import OpenAI\n\nfrom models import Patient\n\nfar = OpenAI(base_url=\"https://api.moonshot.cn/v1\")\n\n\ndef translate(patient: Patient) -> str:\n    return far.chat.completions.create(model=\"kimi-k2\", messages=[{\"role\": \"user\", \"content\": patient.ssn}])\n",
    ),
];

fn findings(report: &Value) -> &Vec<Value> {
    report["findings"].as_array().expect("a list")
}

#[test]
fn one_line_of_env_opens_one_crossing() {
    let repository = Repository::new();
    repository.edit(".env", "https://api.openai.com/v1", "https://api.deepseek.com/v1");
    repository.commit("Try a cheaper model");
    let (code, report) = repository.report(&["--diff", "HEAD~1"]);
    assert_eq!(code, 1);
    let [finding] = &findings(&report)[..] else { panic!("{report:#}") };
    assert_eq!(finding["location"]["path"], "helper.py");
    assert_eq!(finding["destination"]["candidates"][0]["host"], "api.deepseek.com");
    assert_eq!(finding["state"], "new");
    assert_eq!(finding["opened"]["why"], "new destination");
    assert_eq!(finding["opened"]["was"][0], "api.openai.com");
    // The crossing that was there before is counted, not shown.
    assert_eq!(report["change"]["unchanged"], 1);
    assert_eq!(report["change"]["closed"].as_array().map(Vec::len), Some(0));
    // A person sees where from and where to.
    let (_, text, _) = repository.run(&["--diff", "HEAD~1"]);
    for words in ["new destination", "api.openai.com before", "1 new finding", ".env", "merge base"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // The other way round the crossing closes.
    repository.edit(".env", "https://api.deepseek.com/v1", "https://api.openai.com/v1");
    repository.commit("Go back");
    let (code, report) = repository.report(&["--diff", "HEAD~1"]);
    assert_eq!((code, findings(&report).len()), (0, 0));
    assert_eq!(report["change"]["closed"][0]["path"], "helper.py");
}

#[test]
fn nothing_opened_is_said_and_passes() {
    let repository = Repository::new();
    repository.edit("helper.py", "Summarise", "Please summarise");
    repository.edit("old.py", "\n\nfar", "\n\n# moved\n\n\nfar");
    repository.write("notes.py", "print('hello')\n");
    repository.commit("Tidy up");
    let (code, report) = repository.report(&["--diff", "HEAD~1"]);
    assert_eq!((code, findings(&report).len()), (0, 0), "{report:#}");
    assert_eq!(report["change"]["unchanged"], 1);
    let (_, text, _) = repository.run(&["--diff", "HEAD~1"]);
    assert!(text.contains("No new findings"), "{text}");
}

#[test]
fn moved_code_is_not_new_and_more_data_is() {
    let repository = Repository::new();
    repository.git(&["mv", "old.py", "legacy.py"]);
    repository.commit("Rename");
    let (_, report) = repository.report(&["--diff", "HEAD~1"]);
    assert_eq!(findings(&report).len(), 0, "{report:#}");
    repository.edit("legacy.py", "patient.ssn", "patient.ssn + patient.diagnosis");
    repository.commit("Send more");
    let (code, report) = repository.report(&["--diff", "HEAD~1"]);
    assert_eq!((code, findings(&report).len()), (1, 1), "{report:#}");
    assert_eq!(findings(&report)[0]["opened"]["why"], "new data on an old destination");
}

#[test]
fn edited_rules_that_let_something_through_are_named() {
    let repository = Repository::new();
    let provider = |country: &str| {
        format!(
            "id = \"moonshotai-cn\"\nname = \"Moonshot AI\"\nkind = \"lab\"\n\n[operator]\nentity = \"Moonshot\"\ncountry = \"{country}\"\nparent_country = \"{country}\"\n\n[[endpoint]]\nhost = \"api.moonshot.cn\"\nresidency = [\"{country}\"]\nbasis = \"public-code\"\n"
        )
    };
    repository.write("rules/providers/moonshot.toml", &provider("CN"));
    repository.commit("Rules of our own");
    repository.write("rules/providers/moonshot.toml", &provider("US"));
    repository.commit("Call it home");
    let (code, report) = repository.report(&["--diff", "HEAD~1", "--rules", "rules"]);
    assert_eq!((code, findings(&report).len()), (0, 0), "{report:#}");
    assert_eq!(report["change"]["edited"][0], "rules/providers/moonshot.toml");
    assert_eq!(report["change"]["let_through"][0]["path"], "old.py");
    assert_eq!(report["change"]["closed"].as_array().map(Vec::len), Some(0));
    assert_eq!(repository.run(&["--diff", "HEAD~1", "--rules", "rules", "--strict"]).0, 1);
}

#[test]
fn a_comment_that_lets_something_new_through_is_named() {
    let repository = Repository::new();
    repository.edit(".env", "https://api.openai.com/v1", "https://api.deepseek.com/v1  # transborder: allow[restricted-data-abroad, confidential-data-abroad] trial until June");
    repository.commit("Try, with a note");
    let (code, report) = repository.report(&["--diff", "HEAD~1"]);
    assert_eq!(code, 0, "{report:#}");
    assert_eq!(report["change"]["let_through"][0]["path"], "helper.py");
    assert_eq!(report["suppressions"][0]["reason"], "trial until June");
    let (code, report) = repository.report(&["--diff", "HEAD~1", "--no-inline-allow"]);
    assert_eq!(code, 1);
    assert_eq!(report["summary"]["ignored_allows"], 1);
}

#[test]
fn an_edited_policy_is_named_with_what_it_opens_and_lets_through() {
    let repository = Repository::new();
    repository.write("transborder.toml", "home = [\"US\"]\n");
    repository.commit("A policy");
    // Looser: the crossing is still there, and nobody objects to it any more.
    repository.write("transborder.toml", "home = [\"US\", \"CN\"]\n");
    repository.commit("Call China home");
    let (code, report) = repository.report(&["--diff", "HEAD~1"]);
    assert_eq!((code, findings(&report).len()), (0, 0), "{report:#}");
    assert_eq!(report["change"]["edited"], serde_json::json!(["transborder.toml"]));
    assert_eq!(report["change"]["let_through"][0]["path"], "old.py");
    assert_eq!(report["change"]["closed"], serde_json::json!([]));
    assert_eq!(repository.run(&["--diff", "HEAD~1", "--strict"]).0, 1);
    // Stricter again: the same code is objected to, by the policy and not by the code.
    repository.write("transborder.toml", "home = [\"US\"]\n");
    repository.commit("Think again");
    let (code, report) = repository.report(&["--diff", "HEAD~1"]);
    assert_eq!((code, findings(&report).len()), (1, 1), "{report:#}");
    assert_eq!(findings(&report)[0]["opened"]["why"], "newly objected to");
    // Looser and a new crossing in one change: the exception speaks for both, and both are named.
    repository.edit(".env", "https://api.openai.com/v1", "https://api.deepseek.com/v1");
    let exception = "[[exception]]\nto = [\"CN\"]\nreason = \"r\"\nowner = \"o\"\nexpires = 2999-01-01\n";
    repository.write("transborder.toml", &format!("home = [\"US\"]\n{exception}"));
    repository.commit("Both at once");
    let (code, report) = repository.report(&["--diff", "HEAD~1"]);
    assert_eq!(code, 0, "{report:#}");
    let through = report["change"]["let_through"].as_array().expect("a list");
    let paths: Vec<&str> = through.iter().filter_map(|past| past["path"].as_str()).collect();
    assert_eq!(paths, ["helper.py", "old.py"], "{report:#}");
}

#[test]
fn an_ignore_file_hides_nothing_that_git_tracks() {
    let repository = Repository::new();
    repository.write(".gitignore", "hidden/\n");
    repository.write("hidden/new.py", &DEMONSTRATION[3].1.replace("patient.ssn", "patient.diagnosis"));
    repository.git(&["add", "--force", ".gitignore", "hidden/new.py"]);
    for option in [&["--staged"][..], &["--diff", "HEAD"]] {
        let (code, report) = repository.report(option);
        assert_eq!((code, findings(&report).len()), (1, 1), "{report:#}");
        assert_eq!(findings(&report)[0]["location"]["path"], "hidden/new.py");
        assert_eq!(report["change"]["edited"], serde_json::json!([".gitignore"]));
    }
    // What was there before does not become new, nor closed, because an ignore file names it.
    repository.commit("Ignored and tracked");
    repository.write(".gitignore", "hidden/\nold.py\n");
    let (code, report) = repository.report(&["--diff", "HEAD"]);
    assert_eq!((code, findings(&report).len()), (0, 0), "{report:#}");
    assert_eq!(report["change"]["closed"], serde_json::json!([]));
    // Tracked no more, it is closed, whatever still lies on the disk.
    repository.git(&["rm", "--quiet", "--cached", "old.py"]);
    repository.commit("Track it no more");
    let (_, report) = repository.report(&["--diff", "HEAD~1"]);
    assert_eq!(report["change"]["closed"][0]["path"], "old.py", "{report:#}");
}

/// A folder with a program in it that is called git, leaves a mark, and then does what git does.
#[cfg(unix)]
fn marking_git(mark: &Path) -> tempfile::TempDir {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a temporary directory");
    let real = git_in(folder.path(), &["--exec-path"]);
    let script = format!("#!/bin/sh\necho \"$@\" >>'{}'\nexec '{real}/git' \"$@\"\n", mark.display());
    let program = folder.path().join("git");
    fs::write(&program, script).expect("a file");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("permissions");
    folder
}

#[cfg(unix)]
#[test]
fn git_is_started_only_for_what_needs_it() {
    let repository = Repository::new();
    let place = tempfile::tempdir().expect("a temporary directory");
    let mark = place.path().join("started");
    let folder = marking_git(&mark);
    let path = std::env::var("PATH").expect("a path");
    let starts = |args: &[&str]| {
        let _ = fs::remove_file(&mark);
        let mut command = assert_cmd::Command::cargo_bin("transborder").expect("the binary was built");
        let path = format!("{}:{path}", folder.path().display());
        let output = isolated(command.current_dir(repository.path()).args(args)).env("PATH", path).output();
        assert_eq!(output.expect("the binary runs").status.code(), Some(1), "{args:?}");
        fs::read_to_string(&mark).map_or(0, |text| text.lines().count())
    };
    for format in ["terminal", "markdown", "github", "html", "csv", "register", "mermaid"] {
        assert_eq!(starts(&["--format", format]), 0, "{format}");
    }
    for (args, most) in [(&["--format", "json"][..], 4), (&["--format", "sarif"], 4), (&["--owners"], 4)] {
        let starts = starts(args);
        assert!((1..=most).contains(&starts), "{args:?}: {starts}");
    }
    repository.edit(".env", "https://api.openai.com/v1", "https://api.deepseek.com/v1");
    repository.git(&["add", ".env"]);
    let staged = starts(&["--staged"]);
    assert!((1..=6).contains(&staged), "{staged}");
}

#[test]
fn staged_means_the_index_and_nothing_else() {
    let repository = Repository::new();
    let deepseek = "https://api.deepseek.com/v1";
    repository.edit(".env", "https://api.openai.com/v1", deepseek);
    // Not staged: nothing is new.
    let (code, report) = repository.report(&["--staged"]);
    assert_eq!((code, findings(&report).len()), (0, 0), "{report:#}");
    repository.git(&["add", ".env"]);
    // Staged, and then undone on disk only: still new.
    repository.edit(".env", deepseek, "https://api.openai.com/v1");
    repository.write("untracked.py", DEMONSTRATION[3].1);
    let (code, report) = repository.report(&["--staged"]);
    assert_eq!((code, findings(&report).len()), (1, 1), "{report:#}");
    assert_eq!(findings(&report)[0]["location"]["path"], "helper.py");
    // Against a revision the disk counts: there the switch is off and the new file on.
    let (code, report) = repository.report(&["--diff", "HEAD"]);
    assert_eq!((code, findings(&report).len()), (1, 1), "{report:#}");
    assert_eq!(findings(&report)[0]["location"]["path"], "untracked.py");
    // Nothing of the user's was touched.
    assert_eq!(repository.git(&["status", "--short"]), "MM .env\n?? untracked.py");
}

#[test]
fn a_first_commit_is_all_new() {
    let repository = Repository(tempfile::tempdir().expect("a temporary directory"));
    repository.git(&["init", "--quiet", "--initial-branch=main"]);
    for (path, text) in DEMONSTRATION {
        repository.write(path, text);
    }
    repository.git(&["add", "--all"]);
    let (code, report) = repository.report(&["--staged"]);
    assert_eq!((code, findings(&report).len()), (1, 1));
    let (code, _, err) = repository.run(&["--diff", "HEAD"]);
    assert!(code == 2 && err.contains("no revision"), "{err}");
}

#[test]
fn what_git_ignores_is_no_change() {
    let repository = Repository::new();
    repository.write(".gitignore", ".env.local\n");
    repository.commit("Ignore what is local");
    repository.write(".env.local", "LLM_BASE_URL=https://api.deepseek.com/v1\n");
    let (_, whole) = repository.report(&[]);
    assert!(findings(&whole).len() > 1, "{whole:#}");
    let (_, report) = repository.report(&["--diff", "HEAD"]);
    assert_eq!(findings(&report).len(), 0, "{report:#}");
}

#[test]
fn where_there_is_nothing_to_compare_with_is_two() {
    let repository = Repository::new();
    let (code, out, err) = repository.run(&["--diff", "no-such-branch"]);
    assert!(code == 2 && out.is_empty() && err.contains("no revision `no-such-branch`"), "{err}");
    let (code, _, err) = repository.run(&["--diff", "--output=x"]);
    assert_eq!(code, 2, "{err}");
    let (code, _, err) = repository.run(&["--diff", "HEAD", "--staged"]);
    assert!(code == 2 && err.contains("cannot be used with"), "{err}");
    repository.git(&["checkout", "--quiet", "--orphan", "other"]);
    repository.commit("Elsewhere");
    let (code, _, err) = repository.run(&["--diff", "main"]);
    assert!(code == 2 && err.contains("no commit in common"), "{err}");

    let plain = Repository(tempfile::tempdir().expect("a temporary directory"));
    plain.write("a.py", "print()\n");
    for option in [&["--staged"][..], &["--diff", "HEAD"]] {
        let (code, _, err) = plain.run(option);
        assert!(code == 2 && err.contains("not in the work tree of a git repository"), "{err}");
    }
}

#[test]
fn a_shallow_clone_says_how_to_get_more() {
    let repository = Repository::new();
    repository.git(&["checkout", "--quiet", "-b", "side"]);
    repository.write("side.py", "print()\n");
    repository.commit("Side");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("main.py", "print()\n");
    repository.commit("Main");
    let clone = Repository(tempfile::tempdir().expect("a temporary directory"));
    let from = format!("file://{}", repository.path().display());
    git_in(clone.path(), &["clone", "--quiet", "--depth=1", "--no-single-branch", &from, "."]);
    let (code, _, err) = clone.run(&["--diff", "origin/side"]);
    assert!(code == 2 && err.contains("shallow") && err.contains("--unshallow"), "{err}");
}

#[test]
fn nothing_of_the_repository_configuration_is_run() {
    let repository = Repository::new();
    let mark = repository.path().join("ran");
    let script = format!("touch '{}'; cat", mark.display());
    for key in [
        "core.fsmonitor",
        "filter.x.clean",
        "filter.x.smudge",
        "diff.x.textconv",
        "diff.external",
        "core.pager",
    ] {
        repository.git(&["config", key, &script]);
    }
    repository.write(".gitattributes", "* filter=x diff=x\n");
    repository.edit(".env", "https://api.openai.com/v1", "https://api.deepseek.com/v1");
    let (code, _, err) = repository.run(&["--diff", "HEAD", "--owners"]);
    assert_eq!(code, 1, "{err}");
    repository.run(&["--staged", "--owners"]);
    assert!(!mark.exists(), "a program of the configuration ran");
}

#[test]
fn a_baseline_leaves_only_what_is_new() {
    let repository = Repository::new();
    let (code, _, err) = repository.run(&["baseline"]);
    assert!(code == 0 && err.contains("1 finding;"), "{err}");
    let text =
        fs::read_to_string(repository.path().join("transborder-baseline.json")).expect("it was written");
    assert_eq!(text.lines().filter(|line| line.contains("\"fingerprint\"")).count(), 1, "{text}");
    repository.run(&["baseline"]);
    let again =
        fs::read_to_string(repository.path().join("transborder-baseline.json")).expect("it was written");
    assert_eq!(text, again);
    let with = ["--baseline", "transborder-baseline.json"];
    let (code, report) = repository.report(&with);
    assert_eq!(code, 0);
    assert_eq!(report["summary"]["findings"], 0);
    assert_eq!(report["summary"]["suppressed"], 1);
    assert_eq!(report["findings"][0]["state"], "unchanged");
    // The same call once more is new; a finding that is gone is told.
    let line = "    far.chat.completions.create(model=\"kimi-k2\", messages=[{\"role\": \"user\", \"content\": patient.ssn}])\n    return";
    repository.edit("old.py", "    return", line);
    let (code, report) = repository.report(&with);
    assert_eq!(code, 1);
    assert_eq!((&report["baseline"]["new"], &report["baseline"]["unchanged"]), (&1.into(), &1.into()));
    fs::remove_file(repository.path().join("old.py")).expect("it was there");
    let (_, report) = repository.report(&with);
    assert_eq!(report["baseline"]["gone"][0]["path"], "old.py");
    // Only what was asked for can be gone.
    let (_, report) = repository.report(&["models.py", "--baseline", "transborder-baseline.json"]);
    assert_eq!(report["baseline"]["gone"].as_array().map(Vec::len), Some(0));
    for (text, says) in [("{", "cut off"), ("{\"version\": 9}", "version 9"), ("[]", "no baseline")] {
        repository.write("bad.json", text);
        let (code, out, err) = repository.run(&["--baseline", "bad.json"]);
        assert!(code == 2 && out.is_empty() && err.contains(says), "{err}");
    }
}

#[test]
fn owners_and_authors_are_named_without_addresses() {
    let repository = Repository::new();
    repository.write(".github/CODEOWNERS", "* @everyone\nold.py @privacy-team\n");
    repository.commit("Owners");
    let (_, report) = repository.report(&["--owners"]);
    let ask = &findings(&report)[0]["ask"];
    assert_eq!(ask["owners"][0], "@privacy-team");
    assert_eq!(ask["place"], ".github/CODEOWNERS:2");
    assert_eq!(ask["author"], "Ada Author");
    for format in ["terminal", "json", "sarif", "markdown"] {
        let (_, out, _) = repository.run(&["--owners", "--format", format]);
        assert!(out.contains("privacy-team") && out.contains("Ada Author"), "{format}: {out}");
        assert!(!out.contains("ada@example.com"), "{format}");
    }
    assert!(findings(&repository.report(&[]).1)[0]["ask"].is_null());
}

#[test]
fn the_record_says_what_a_report_stands_on() {
    let repository = Repository::new();
    repository.git(&["remote", "add", "origin", "https://user:hunter2secret@example.com/clinic/helper.git"]);
    let head = repository.git(&["rev-parse", "HEAD"]);
    let top = repository.path().canonicalize().expect("it is there");
    let (_, report) = repository.report(&["--home", "US", top.to_str().expect("UTF-8")]);
    let record = &report["record"];
    assert_eq!(record["commit"], head.as_str());
    assert_eq!(record["branch"], "main");
    assert_eq!(record["repository"], "https://example.com/clinic/helper.git");
    assert_eq!(record["rules_sha256"].as_str().map(str::len), Some(64));
    assert_eq!(record["command"], serde_json::json!(["transborder", "--home", "US", "."]));
    let (_, out, _) = repository.run(&["--format", "sarif"]);
    assert!(!out.contains("hunter2secret"));
    let sarif: Value = serde_json::from_str(&out).expect("JSON");
    let run = &sarif["runs"][0];
    assert_eq!(run["versionControlProvenance"][0]["revisionId"], head.as_str());
    assert_eq!(run["invocations"][0]["commandLine"], "transborder");
}
