//! The command line as people type it: exit codes, streams, files.

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn transborder(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("transborder").expect("the binary was built");
    command.args(args).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// Exit code, stdout and stderr.
fn run(args: &[&str]) -> (i32, String, String) {
    let output = transborder(args).output().expect("the binary runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("no signal ended it"), text(&output.stdout), text(&output.stderr))
}

fn tree() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary directory");
    fs::write(dir.path().join("main.py"), "print('hello')\n").expect("a file in it");
    dir
}

fn path(dir: &Path, name: &str) -> String {
    dir.join(name).to_str().expect("UTF-8").to_string()
}

#[test]
fn the_bare_command_is_a_scan() {
    let dir = tree();
    let bare = run(&[&path(dir.path(), ""), "--format", "json"]);
    let named = run(&["scan", &path(dir.path(), ""), "--format", "json"]);
    assert_eq!(bare, named);
    assert_eq!(bare.0, 0);
    let report: Value = serde_json::from_str(&bare.1).unwrap();
    assert_eq!(report["schema_version"], 1);
    assert_eq!(bare.2, "", "stderr stays empty");
}

#[test]
fn silence_is_explained() {
    let dir = tree();
    let (code, out, _) = run(&[&path(dir.path(), "")]);
    assert_eq!(code, 0);
    assert!(
        out.contains("No findings") && out.contains("Read ") && out.contains("Home was not set"),
        "{out}"
    );
    let (_, out, _) = run(&["--home", "de,fr", &path(dir.path(), "")]);
    assert!(out.contains("seen from DE, FR") && !out.contains("Home was not set"), "{out}");
}

#[test]
fn wrong_usage_is_two_and_says_what() {
    for (args, says) in [
        (&["no/such/path"][..], "cannot read no/such/path"),
        (&["--home", "QQ", "."], "QQ"),
        (&["--home", "a;b", "."], "country codes"),
        (&["--format", "pdf"], "possible values"),
        (&["--fail-on", "sometimes"], "possible values"),
        (&["--threads", "0"], "0"),
        (&["--policy", "no/such.toml"], "no/such.toml"),
        (&["--rules", "no/such"], "no/such"),
        (&["--rules", "Cargo.toml"], "wants a folder"),
        (&["-o", "report.pdf"], "does not tell a format"),
        (&["-o", "a.json", "-o", "a.json"], "twice"),
        (&["--format", "json", "-o", "a.json", "-o", "b.json"], "once for each --output"),
        (&["--home", "US", "explain"], "stand behind it"),
        (&["explain", "no-such-rule"], "restricted-data-abroad"),
        (&["rules", "check", "no/such"], "no/such"),
        (&["registry"], "Usage"),
        (&["--strict", "--exit-zero"], "cannot be used with"),
    ] {
        let (code, out, err) = run(args);
        assert_eq!(code, 2, "{args:?}: {err}");
        assert!(err.contains(says), "{args:?}: {err}");
        assert_eq!(out, "", "{args:?}");
    }
}

#[test]
fn general_options_stand_anywhere() {
    for args in [&["--color", "never", "explain"][..], &["explain", "--color", "never"], &["-q", "explain"]] {
        assert_eq!(run(args).0, 0, "{args:?}");
    }
}

#[test]
fn an_output_that_cannot_be_written_stops_the_scan() {
    let dir = tree();
    let root = path(dir.path(), "");
    for file in ["no/such/dir/report.sarif", "main.py/report.sarif"] {
        let (code, out, err) = run(&[&root, "--output", &path(dir.path(), file)]);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains("cannot write"), "{err}");
    }
    fs::create_dir(dir.path().join("report.json")).unwrap();
    let (code, _, err) = run(&[&root, "--output", &path(dir.path(), "report.json")]);
    assert_eq!(code, 2);
    assert!(err.contains("directory"), "{err}");

    let kept = dir.path().join("kept.json");
    fs::write(&kept, "old").unwrap();
    let mut rights = fs::metadata(&kept).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&kept, rights).unwrap();
    let (code, _, err) = run(&[&root, "--output", &path(dir.path(), "kept.json")]);
    assert_eq!(code, 2, "{err}");
    assert_eq!(fs::read_to_string(&kept).unwrap(), "old");
}

#[test]
fn a_failed_scan_leaves_the_last_report_alone() {
    let dir = tree();
    let report = dir.path().join("report.json");
    fs::write(&report, "old").unwrap();
    let (code, ..) = run(&["--home", "QQ", &path(dir.path(), ""), "-o", &path(dir.path(), "report.json")]);
    assert_eq!(code, 2);
    assert_eq!(fs::read_to_string(&report).unwrap(), "old");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "no temporary file is left");
}

#[test]
fn several_outputs_in_one_run() {
    let dir = tree();
    let names = ["r.sarif", "r.json", "r.md", "r.txt"];
    let paths: Vec<String> = names.iter().map(|name| path(dir.path(), name)).collect();
    let root = path(dir.path(), "");
    let mut args = vec![root.as_str()];
    for path in &paths {
        args.extend(["-o", path]);
    }
    let (code, out, err) = run(&args);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(err.starts_with("0 findings"), "{err}");
    let text = |name: &str| fs::read_to_string(dir.path().join(name)).unwrap();
    let sarif: Value = serde_json::from_str(&text("r.sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let json: Value = serde_json::from_str(&text("r.json")).unwrap();
    assert_eq!(json["schema_version"], 1);
    assert!(text("r.md").starts_with("### "));
    assert!(text("r.txt").contains("No findings") && !text("r.txt").contains('\x1b'));

    let (_, out, _) = run(&[&root, "--format", "json", "-o", "-"]);
    assert!(out.starts_with('{'), "{out}");
}

#[test]
fn a_device_is_written_and_not_replaced() {
    if !Path::new("/dev/null").exists() {
        return;
    }
    let dir = tree();
    let (code, ..) = run(&[&path(dir.path(), ""), "--format", "sarif", "-o", "/dev/null"]);
    assert_eq!(code, 0);
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn colour_is_for_those_who_want_it() {
    let (_, piped, _) = run(&["explain"]);
    assert!(!piped.contains('\x1b'));
    let (_, forced, _) = run(&["--color", "always", "explain"]);
    assert!(forced.contains('\x1b'));
    let (_, sarif, _) = run(&["--color", "always", "--format", "sarif", "tests/report"]);
    assert!(!sarif.contains('\x1b'), "only the terminal format is coloured");
}

#[test]
fn every_rule_is_explained() {
    let (code, list, _) = run(&["explain"]);
    assert_eq!(code, 0);
    for line in list.lines() {
        let id = line.split_whitespace().nth(1).unwrap();
        let (code, text, _) = run(&["explain", id]);
        assert_eq!(code, 0, "{id}");
        assert!(text.contains("What to do") && !text.contains("```"), "{text}");
    }
    assert_eq!(list.lines().count(), 12);
}

#[test]
fn help_names_every_command_and_group() {
    let (code, help, _) = run(&["--help"]);
    assert_eq!(code, 0);
    for word in [
        "scan",
        "inventory",
        "registry",
        "rules",
        "explain",
        "completions",
        "What to audit:",
        "What to show:",
        "When to fail:",
    ] {
        assert!(help.contains(word), "{word} in {help}");
    }
    assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
    for command in ["scan", "inventory", "registry", "rules", "explain", "completions"] {
        assert_eq!(run(&[command, "--help"]).0, 0);
    }
    assert!(run(&["--version"]).1.starts_with("transborder "));
}

#[test]
fn the_registry_answers_with_the_keys_of_the_contract() {
    let (code, out, _) = run(&["registry", "resolve", "https://api.deepseek.com/v1", "--format", "json"]);
    assert_eq!(code, 0);
    let answer: Value = serde_json::from_str(&out).unwrap();
    let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(
        keys[..9],
        ["url", "host", "provider", "kind", "residency", "control", "verdict", "verified", "sources"]
    );
    assert_eq!(answer["url"], "https://api.deepseek.com/v1");
    assert_eq!(answer["host"], "api.deepseek.com");
    assert_eq!(answer["provider"], "deepseek");
    assert_eq!(answer["kind"], "lab");
    assert_eq!(answer["residency"], serde_json::json!(["CN"]));
    assert_eq!(answer["control"], serde_json::json!(["CN"]));
    assert_eq!(answer["verdict"], "foreign");
    assert!(answer["verified"].is_string());
    assert!(!answer["sources"].as_array().unwrap().is_empty());
}

#[test]
fn the_registry_sees_from_home_and_knows_models() {
    let verdict = |args: &[&str]| {
        let mut all = vec!["registry", "resolve", "--format", "json"];
        all.extend(args);
        let (code, out, err) = run(&all);
        assert_eq!(code, 0, "{err}");
        serde_json::from_str::<Value>(&out).unwrap()
    };
    assert_eq!(verdict(&["api.deepseek.com", "--home", "CN"])["verdict"], "domestic");
    assert_eq!(verdict(&["api.openai.com"])["verdict"], "domestic");
    assert_eq!(verdict(&["api.openai.com", "--home", "EU"])["verdict"], "foreign");
    assert_eq!(verdict(&["https://openrouter.ai/api/v1"])["verdict"], "possible");
    assert_eq!(verdict(&["localhost:11434"])["verdict"], "local");
    assert_eq!(verdict(&["::1"])["verdict"], "local");
    let unknown = verdict(&["https://llm.nobody.example/v1", "--model", "deepseek-chat"]);
    assert_eq!(unknown["verdict"], "unknown");
    assert_eq!(unknown["provider"], Value::Null);
    assert_eq!(unknown["model"]["origin"], "CN");
}

#[test]
fn the_registry_says_who_where_and_under_whose_law() {
    let answer = |args: &[&str]| {
        let mut all = vec!["registry", "resolve", "--format", "json"];
        all.extend(args);
        serde_json::from_str::<Value>(&run(&all).1).unwrap()
    };
    let list = |codes: &[&str]| Value::from(codes.to_vec());
    for (url, residency, control, verdict) in [
        (
            "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
            &["SG", "global"][..],
            &["SG", "CN"][..],
            "foreign",
        ),
        ("https://api.deepseek.com/anthropic", &["CN"], &["CN"], "foreign"),
        ("https://api.moonshot.ai/v1", &["SG"], &["SG", "CN"], "foreign"),
        ("https://bedrock-runtime.eu-central-1.amazonaws.com", &["DE"], &["US"], "foreign"),
        ("http://localhost:11434/v1", &["local"], &["local"], "local"),
        ("https://api.deepseek.com.evil.example", &["unknown"], &["unknown"], "unknown"),
    ] {
        let said = answer(&[url]);
        assert_eq!(said["residency"], list(residency), "{url}");
        assert_eq!(said["control"], list(control), "{url}");
        assert_eq!(said["verdict"], verdict, "{url}");
    }
    let together = answer(&["https://api.together.xyz/v1", "--model", "deepseek-ai/DeepSeek-V3"]);
    assert_eq!(together["residency"], list(&["global"]));
    assert_eq!(together["control"], list(&["US"]));
    assert_eq!((&together["verdict"], &together["unpinned"]), (&"domestic".into(), &true.into()));
    assert_eq!(together["model"]["origin"], "CN");
    assert_eq!(together["model"]["open_weights"], "true");
    let servers = together["model"]["served_by"].as_array().unwrap();
    assert!(servers.len() > 5 && servers.iter().all(|s| !s["residency"].as_array().unwrap().is_empty()));
    let candidates = answer(&["https://openrouter.ai/api/v1"])["candidates"].clone();
    let countries: Vec<&str> =
        candidates.as_array().unwrap().iter().filter_map(|c| c["country"].as_str()).collect();
    assert!(countries.len() > 20 && countries.contains(&"CN") && countries.contains(&"US"));
    let (_, text, _) = run(&["registry", "resolve", "https://openrouter.ai/api/v1"]);
    assert!(text.contains("candidates") && text.contains(" CN"), "{text}");
}

#[test]
fn the_registry_refuses_nonsense() {
    for text in ["nonsense", "a b", "", "file:///etc/passwd", "javascript:alert(1)", "http://"] {
        let (code, out, err) = run(&["registry", "resolve", text]);
        assert_eq!((code, out.as_str()), (2, ""), "{text}");
        assert!(err.contains("neither a URL nor a host"), "{err}");
    }
    assert_eq!(run(&["registry", "show", "no-such-provider"]).0, 2);
    let (code, out, _) = run(&["registry", "show", "deepseek"]);
    assert!(code == 0 && out.contains("api.deepseek.com"));
    let (code, out, _) = run(&["registry", "list"]);
    assert!(code == 0 && out.contains("deepseek"));
}

#[test]
fn every_mistake_in_a_rule_file_is_shown_where_it_stands() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("providers")).unwrap();
    let wrong =
        "id = \"mine\"\nname = \"Mine\"\nkind = \"host\"\ncolour = \"red\"\n[operator]\ncountry = \"US\"\n";
    fs::write(dir.path().join("providers/mine.toml"), wrong).unwrap();
    fs::write(dir.path().join("providers/torn.toml"), "id = \"torn\n").unwrap();
    let folder = path(dir.path(), "");
    for args in [&["rules", "check", &folder][..], &["--rules", &folder, "src"]] {
        let (code, out, err) = run(args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
        assert!(
            err.contains("mine.toml:4:1") && err.contains("colour") && err.contains("torn.toml:1:"),
            "{err}"
        );
        assert!(err.contains("2 mistakes in the rules"), "{err}");
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("transborder"))
        .args(["registry", "list", "--format", "json"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, script, _) = run(&["completions", shell]);
        assert!(code == 0 && script.contains("transborder"), "{shell}");
    }
}

#[test]
fn a_policy_is_found_replaced_and_ignored() {
    let dir = tree();
    let root = path(dir.path(), "");
    fs::write(dir.path().join("transborder.toml"), "home = [\"FR\"]\n").unwrap();
    let other = path(dir.path(), "other.toml");
    fs::write(&other, "home = [\"DE\"]\n").unwrap();
    let policy = |args: &[&str]| {
        let (code, out, err) = run(args);
        assert_eq!(code, 0, "{err}");
        let report: Value = serde_json::from_str(&out).unwrap();
        (report["home"]["as_written"][0].clone(), report["policy"].clone())
    };
    let (home, found) = policy(&[&root, "--format", "json"]);
    assert_eq!((home, &found["path"]), ("FR".into(), &Value::from("transborder.toml")));
    assert_eq!(found["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(policy(&[&root, "--format", "json", "--home", "ES"]).0, "ES");
    let (home, given) = policy(&[&root, "--format", "json", "--policy", &other]);
    assert_eq!(home, "DE");
    assert!(given["ignored"].as_str().is_some_and(|path| path.ends_with("transborder.toml")), "{given}");
    let (home, none) = policy(&[&root, "--format", "json", "--no-repo-config"]);
    assert_eq!((home, &none["path"]), ("US".into(), &Value::Null));
    assert!(none["ignored"].is_string(), "{none}");
    let (_, out, _) = run(&[&root, "--no-repo-config"]);
    assert!(out.contains("was ignored"), "{out}");
}

#[test]
fn a_wrong_policy_is_two_and_shows_the_place() {
    let dir = tree();
    fs::write(dir.path().join("transborder.toml"), "home = [\"US\"]\nhoem = 1\n[tiers]\nresticted = {}\n")
        .unwrap();
    let (code, out, err) = run(&[&path(dir.path(), "")]);
    assert_eq!((code, out.as_str()), (2, ""));
    for says in ["`hoem`", "did you mean `home`", "`restricted`", "2 mistakes in the policy"] {
        assert!(err.contains(says), "{says}: {err}");
    }
}

#[test]
fn init_writes_once() {
    let dir = tree();
    let root = path(dir.path(), "");
    let (code, out, _) = run(&["init", &root, "--output", "-"]);
    assert_eq!(code, 0);
    assert!(out.contains("extends = \"us-default\"") && !dir.path().join("transborder.toml").exists());
    assert_eq!(run(&["init", &root]).0, 0);
    assert_eq!(fs::read_to_string(dir.path().join("transborder.toml")).unwrap(), out);
    let (code, _, err) = run(&["init", &root]);
    assert!(code == 2 && err.contains("--force"), "{err}");
    assert_eq!(run(&["init", &root, "--force", "--profile", "strict"]).0, 0);
    assert_eq!(run(&[&root]).0, 0, "what it wrote is a policy");
    assert_eq!(run(&["init", &root, "--force", "--profile", "no-such"]).0, 2);
}
