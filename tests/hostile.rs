//! Bad input: a clear message or a notice, never a panic, and nothing lost from the rest of the scan.

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// A file with one critical finding, which must survive whatever stands beside it.
const LEAK: &str = "from openai import OpenAI

client = OpenAI(base_url=\"https://api.deepseek.com/v1\")


def letter(patient):
    return client.chat.completions.create(
        model=\"deepseek-chat\", messages=[{\"role\": \"user\", \"content\": f\"Write to {patient.ssn}\"}]
    )
";

/// A tree that holds the leak and what the test puts beside it.
fn tree() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary directory");
    fs::write(dir.path().join("leak.py"), LEAK).expect("a file in it");
    dir
}

fn transborder(root: &Path, options: &[&str]) -> Output {
    let program = assert_cmd::cargo::cargo_bin("transborder");
    Command::new(program).args(options).arg(root).output().expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The report on a tree whose leak must have been found.
fn report_of(output: &Output) -> Value {
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "the leak fails the scan; stderr: {err}");
    assert!(!err.contains("panicked") && !err.contains("internal error"), "{err}");
    let report: Value = serde_json::from_str(&out).expect("JSON");
    let rules: Vec<&str> = report["findings"].as_array().expect("findings").iter().filter_map(rule).collect();
    assert!(rules.contains(&"restricted-data-abroad"), "the leak was lost: {rules:?}");
    report
}

fn rule(finding: &Value) -> Option<&str> {
    finding["rule"].as_str()
}

fn scan(root: &Path) -> Value {
    report_of(&transborder(root, &["--format", "json"]))
}

/// What the report says it could not do with a file.
fn notices(report: &Value, file: &str) -> Vec<String> {
    let all = report["notices"].as_array().expect("notices").iter();
    all.filter(|n| n["path"].as_str().is_some_and(|p| p.starts_with(file)))
        .map(|n| n["message"].as_str().unwrap_or_default().to_string())
        .collect()
}

#[test]
fn no_such_path() {
    let output = transborder(Path::new("no/such/path"), &["--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "");
    assert!(text(&output.stderr).contains("cannot read no/such/path"), "{}", text(&output.stderr));
}

/// Everybody but root is refused; a run as root is repeated as nobody.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let dir = tree();
    let secret = dir.path().join("locked.py");
    fs::write(&secret, LEAK).unwrap();
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    let args = ["--format", "json"];
    let output = if fs::read(&secret).is_err() {
        transborder(dir.path(), &args)
    } else {
        const NOBODY: u32 = 65_534;
        let place = tempfile::tempdir().unwrap();
        let program = place.path().join("transborder");
        fs::copy(assert_cmd::cargo::cargo_bin("transborder"), &program).unwrap();
        for open in [dir.path(), place.path(), &program] {
            fs::set_permissions(open, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let run = Command::new(&program).args(args).arg(dir.path()).current_dir("/").uid(NOBODY).output();
        // Where root may not become anybody else there is no way to be refused.
        let Ok(output) = run else { return };
        output
    };
    let said = notices(&report_of(&output), "locked.py");
    assert!(said.len() == 1 && said[0].starts_with("cannot be read"), "{said:?}");
}

#[test]
fn bytes_that_are_no_text() {
    let dir = tree();
    let mut bytes = LEAK.replace("Write to", "Write \u{1}to").into_bytes();
    let at = bytes.iter().position(|b| *b == 1).unwrap();
    bytes[at] = 0xff;
    fs::write(dir.path().join("latin.py"), bytes).unwrap();
    fs::write(dir.path().join("half.env"), b"LLM_BASE_URL=\xff\xfe\xfd\n").unwrap();
    let report = scan(dir.path());
    assert!(notices(&report, "latin.py")[0].contains("UTF-8"), "{report}");
    let found =
        report["findings"].as_array().unwrap().iter().filter(|f| rule(f) == Some("restricted-data-abroad"));
    assert_eq!(found.count(), 2, "what can be read of a file is analysed");
}

#[test]
fn a_file_of_fifty_megabytes() {
    let dir = tree();
    for name in ["large.py", "large.ts", "large.json"] {
        fs::File::create(dir.path().join(name)).unwrap().set_len(50 << 20).unwrap();
    }
    let report = scan(dir.path());
    for name in ["large.py", "large.ts", "large.json"] {
        let said = notices(&report, name);
        assert!(said.len() == 1 && said[0].contains("52.4 MB"), "{name}: {said:?}");
    }
}

#[test]
fn ten_thousand_nested_brackets() {
    let dir = tree();
    const DEPTH: usize = 10_000;
    let nested = |open: &str, close: &str| format!("{}1{}", open.repeat(DEPTH), close.repeat(DEPTH));
    for (name, content) in [
        ("lists.py", format!("x = {}\n", nested("[", "]"))),
        ("calls.py", format!("x = {}\n", nested("f(", ")"))),
        ("open.py", format!("x = {}\n", "(".repeat(DEPTH))),
        ("closed.py", format!("x = {}\n", "]".repeat(DEPTH))),
        ("arrays.ts", format!("const x = {};\n", nested("[", "]"))),
        ("blocks.ts", nested("{", "}")),
        ("open.tsx", "<a>".repeat(DEPTH)),
        ("template.js", "`${".repeat(DEPTH)),
        ("deep.json", nested("[", "]")),
        ("deep.yaml", nested("[", "]")),
        ("deep.toml", format!("x = {}\n", nested("[", "]"))),
        ("deep.tf", format!("x = {}\n", nested("[", "]"))),
    ] {
        fs::write(dir.path().join(name), content).unwrap();
    }
    let report = scan(dir.path());
    let internal: Vec<_> =
        report["notices"].as_array().unwrap().iter().filter(|n| n["kind"] == "internal").collect();
    assert!(internal.is_empty(), "{internal:?}");
    assert!(!notices(&report, "lists.py").is_empty(), "what was left out is told");
}

#[cfg(unix)]
/// A chain of n joins has 2ⁿ ways through it; whoever walks them one by one never comes back.
#[test]
fn optional_parts_by_the_hundred() {
    let python = |i: u32| {
        format!(
            "if flag{i}:\n    try:\n        info.update({{'m{i}': {{'at': 'h{i}'}}}})\n    except Exception:\n        pass\n\
             try:\n    plain['p{i}'] = 'h{i}'\nexcept ImportError:\n    pass\n"
        )
    };
    let typescript = |i: u32| {
        format!(
            "if (flags.m{i}) {{ try {{ Object.assign(info, {{ m{i}: {{ at: 'h{i}' }} }}); }} catch {{}} }}\n\
             try {{ plain.p{i} = 'h{i}'; }} catch {{}}\n"
        )
    };
    let dir = tree();
    let all = |block: &dyn Fn(u32) -> String| (0..200).map(block).collect::<String>();
    let files = [
        ("parts.py", format!("info = {{}}\nplain = {{}}\n{}", all(&python))),
        (
            "parts.ts",
            format!(
                "declare const flags: any;\nconst info: any = {{}};\nconst plain: any = {{}};\n{}",
                all(&typescript)
            ),
        ),
    ];
    for (name, text) in &files {
        fs::write(dir.path().join(name), text).expect("a file in it");
    }
    let report = scan(dir.path());
    for (name, _) in &files {
        assert!(notices(&report, name).is_empty(), "{name} was not read to its end");
    }
}

#[test]
fn links_that_lead_nowhere_or_in_circles() {
    use std::os::unix::fs::symlink;
    let dir = tree();
    fs::create_dir_all(dir.path().join("a/b")).unwrap();
    symlink("../..", dir.path().join("a/b/up")).unwrap();
    symlink("self", dir.path().join("self")).unwrap();
    symlink("pong.py", dir.path().join("ping.py")).unwrap();
    symlink("ping.py", dir.path().join("pong.py")).unwrap();
    symlink("nowhere.py", dir.path().join("dangling.py")).unwrap();
    let report = scan(dir.path());
    assert_eq!(report["findings"].as_array().unwrap().len(), 1, "no file is read twice");
}

#[test]
fn an_empty_directory() {
    let dir = tempfile::tempdir().unwrap();
    let output = transborder(dir.path(), &[]);
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!((output.status.code(), err.as_str()), (Some(0), ""));
    assert!(out.contains("No findings") && out.contains("Read 0 files"), "{out}");
}

#[test]
fn rules_that_are_broken() {
    let dir = tree();
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rules/broken");
    for (name, line, says) in [
        ("unknown-key", "acme.toml:", "unknown field"),
        ("bad-date", "acme.toml:", ""),
        ("unknown-country", "acme.toml:", "country"),
    ] {
        let folder = rules.join(name);
        let output = transborder(dir.path(), &["--rules", folder.to_str().unwrap()]);
        let err = text(&output.stderr);
        assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""), "{name}: {err}");
        assert!(err.contains(line) && err.contains(says) && err.contains("mistake"), "{name}: {err}");
        let marked = err.lines().any(|l| l.contains('^') || l.contains('━'));
        assert!(marked, "the place is marked: {err}");
        assert!(!err.contains("panicked") && !err.contains("internal error"), "{err}");
    }
}

#[test]
fn odd_names_and_odd_content() {
    let dir = tree();
    for (name, content) in [
        ("empty.py", ""),
        ("only\nnewline.py", "x = 1\n"),
        ("spa ce \u{1b}[31m.py", LEAK),
        ("nul.py", "x = 1\0\n"),
        ("cr.py", "x = 1\rimport openai\r"),
        ("bom.ts", "\u{feff}export const x = 1;\n"),
        ("broken.py", "def f(:\n  return }\nclass\n"),
        ("broken.json", "{\"a\": [1, {\"b\": "),
        ("broken.yaml", "a: &x [*x, *y\n\t- b"),
        (".env", "=\nA\nB='\nC=${C}\n"),
    ] {
        fs::write(dir.path().join(name), content).unwrap();
    }
    let report = scan(dir.path());
    assert!(notices(&report, "broken.py")[0].contains("syntax error"));
    assert!(notices(&report, "nul.py")[0].contains("binary"));
    let shown = transborder(dir.path(), &["--color", "never"]);
    assert!(!text(&shown.stdout).contains('\u{1b}'), "a file name cannot colour the terminal");
}

/// Folders deeper than a path can be long are told, and what lies above them is read.
#[cfg(target_os = "linux")]
#[test]
fn folders_a_thousand_deep() {
    let dir = tree();
    // No path to the deepest fits a call: short chains are made, each put below the next.
    let (deep, chain) = (dir.path().join("deep"), dir.path().join("chain"));
    fs::create_dir(&deep).unwrap();
    for _ in 0..10 {
        let bottom = chain.join(["dddddddd"; 98].join("/"));
        fs::create_dir_all(&bottom).unwrap();
        fs::rename(&deep, bottom.join("below")).unwrap();
        fs::rename(&chain, &deep).unwrap();
    }
    let report = scan(dir.path());
    let all = report["notices"].as_array().unwrap();
    assert!(all.iter().any(|n| n["kind"] == "unreadable"), "{all:?}");
    let removed = Command::new("rm").arg("-rf").arg(&deep).status().expect("rm");
    assert!(removed.success());
}

#[cfg(unix)]
#[test]
fn pipes_sockets_and_devices_are_not_opened() {
    use std::os::unix::fs::symlink;
    let dir = tree();
    let pipe =
        |name: &str| Command::new("mkfifo").arg(dir.path().join(name)).status().is_ok_and(|s| s.success());
    assert!(pipe("pipe.py") && pipe(".env"));
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("socket.ts")).unwrap();
    symlink("/dev/zero", dir.path().join("zero.py")).unwrap();
    symlink("/dev/tty", dir.path().join("tty.json")).unwrap();
    symlink("/etc/passwd", dir.path().join("out.env")).unwrap();
    let report = scan(dir.path());
    assert_eq!(report["coverage"]["files_read"], 1, "{report}");
    assert!(notices(&report, "out.env")[0].contains("out of the scanned tree"));
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text() {
    use std::os::unix::ffi::OsStrExt as _;
    let dir = tree();
    for name in [&b"\xff\xfe.py"[..], b"::error::x.py", b"-rf.py", b"%0A.env"] {
        fs::write(dir.path().join(std::ffi::OsStr::from_bytes(name)), LEAK).unwrap();
    }
    let report = scan(dir.path());
    let all = report["notices"].as_array().unwrap();
    assert!(all.iter().any(|n| n["message"] == "its name is not valid UTF-8"), "{all:?}");
}

#[test]
fn settings_that_unfold_without_end() {
    let dir = tree();
    let nine = |name: &str| [name; 9].join(",");
    let lines = (1..30).map(|n| format!("a{n}: &a{n} [{}]\n", nine(&format!("*a{}", n - 1))));
    let yaml = format!("a0: &a0 [{}]\n{}", nine("lol"), lines.collect::<String>());
    let doubled = (1..40).map(|n| format!("A{n}=${{A{}}}${{A{}}}\n", n - 1, n - 1));
    let env = format!("A0=xxxxxxxxxx\n{}LLM_BASE_URL=$A39\nC=$D\nD=$C\n", doubled.collect::<String>());
    let call = |name: &str| {
        format!("openai.OpenAI(base_url=os.environ['{name}']).responses.create(input=patient.ssn)\n")
    };
    // A key that every setting repeats, in each format that nests.
    let key = "k".repeat(100_000);
    let many: String = (0..4_000).map(|n| format!("a{n} = 1\n")).collect();
    let list: String = (0..4_000).map(|n| format!("\"a{n}\": 1,")).collect();
    for (name, text) in [
        ("bomb.yaml", yaml),
        (".env", env),
        ("read.py", format!("import os, openai\n{}{}", call("LLM_BASE_URL"), call("C"))),
        ("long.ini", format!("[{key}]\n{many}")),
        ("long.toml", format!("[{key}]\n{many}")),
        ("long.json", format!("{{\"{key}\": {{{list}\"z\": 1}}}}")),
        ("long.tf", format!("b {key} {{\n{many}}}\n")),
        ("anchor.yaml", format!("a: &a [{}]\nb: [{}]\n", "1,".repeat(20_000), "*a,".repeat(20_000))),
    ] {
        fs::write(dir.path().join(name), text).unwrap();
    }
    let report = scan(dir.path());
    let all = report["notices"].as_array().unwrap();
    assert!(all.iter().all(|n| n["kind"] != "internal"), "{all:?}");
    assert!(notices(&report, "bomb.yaml").iter().any(|said| said.contains("aliases repeat")), "{all:?}");
}

#[test]
fn schemas_nested_ten_thousand_deep() {
    let dir = tree();
    const DEPTH: usize = 10_000;
    let nested = |head: &str, open: &str, middle: &str, close: &str| {
        format!("{head}{}{middle}{}\n", open.repeat(DEPTH), close.repeat(DEPTH))
    };
    for (name, text) in [
        ("a.sql", nested("SELECT ", "(", "1", ")")),
        ("b.sql", nested("", "SELECT * FROM (", "t", ")")),
        ("c.sql", nested("CREATE TABLE t (a int DEFAULT ", "(", "1", "));")),
        ("d.sql", nested("SELECT ", "NOT ", "1", "")),
        ("a.graphql", nested("query { ", "a {", "b", "}")),
        ("b.graphql", nested("type T { a: ", "[", "Int", "] }")),
        ("c.graphql", nested("type T { a(b: I = ", "[", "1", "]): Int }")),
        ("a.prisma", nested("model A {\n a Int @default(", "(", "1", ")")),
        ("b.prisma", nested("", "model A {\n", "", "}\n")),
        ("openapi.json", nested("", "{\"components\":", "1", "}")),
        ("openapi.yaml", nested("components: ", "[", "", "]")),
        ("read.py", nested("import db\ndb.execute('SELECT ", "(", "1", ")") + "')\n"),
    ] {
        fs::write(dir.path().join(name), text).unwrap();
    }
    let report = scan(dir.path());
    let all = report["notices"].as_array().unwrap();
    assert!(all.iter().all(|n| n["kind"] != "internal"), "{all:?}");
}

/// What a repository says of itself does not open a gate that was told not to listen.
#[test]
fn a_repository_that_allows_everything() {
    let dir = tree();
    let policy = "home = [\"CN\"]\nignore = [\"**/*.py\"]\nfail_on = \"never\"\n[tiers]\nrestricted = { allow = [\"any\"] }\n";
    fs::write(dir.path().join("transborder.toml"), policy).unwrap();
    fs::create_dir_all(dir.path().join("rules/providers")).unwrap();
    fs::write(dir.path().join("rules/providers/deepseek.toml"), "id = \"deepseek\"\n").unwrap();
    let allow = "    # transborder: allow[restricted-data-abroad] trust me\n    return client";
    fs::write(dir.path().join("leak.py"), LEAK.replace("    return client", allow)).unwrap();
    let ignored = |words: &[&str]| {
        let report = report_of(&transborder(dir.path(), words));
        let path = report["policy"]["ignored"].as_str().unwrap_or_default().to_string();
        assert!(path.ends_with("transborder.toml"), "{}", report["policy"]);
    };
    ignored(&["--no-repo-config", "--no-inline-allow", "--format", "json"]);
    let own = tempfile::tempdir().unwrap();
    let gate = own.path().join("gate.toml");
    fs::write(&gate, "home = [\"US\"]\n").unwrap();
    ignored(&["--policy", gate.to_str().unwrap(), "--no-inline-allow", "--format", "json"]);
}

#[test]
fn a_gitignore_that_hides_everything_is_no_proof() {
    let dir = tree();
    fs::write(dir.path().join(".gitignore"), "*\n").unwrap();
    fs::create_dir(dir.path().join(".git")).unwrap();
    fs::write(dir.path().join(".git/HEAD"), "ref: refs/heads/main\n").unwrap();
    let silent = transborder(dir.path(), &[]);
    assert_eq!(silent.status.code(), Some(0));
    assert!(text(&silent.stdout).contains("Read 0 files"), "{}", text(&silent.stdout));
    let strict = transborder(dir.path(), &["--strict"]);
    assert_eq!(strict.status.code(), Some(1), "nothing was read, so nothing is known");
    report_of(&transborder(&dir.path().join("leak.py"), &["--format", "json"]));
}

/// Killed while it works, it leaves neither a report nor half of one.
#[cfg(unix)]
#[test]
fn killed_it_leaves_no_report() {
    let dir = tree();
    // Nobody writes to the pipe, so the baseline is waited for until the end.
    let pipe = dir.path().join("baseline.json");
    assert!(Command::new("mkfifo").arg(&pipe).status().is_ok_and(|made| made.success()));
    let out = tempfile::tempdir().unwrap();
    let report = out.path().join("report.sarif");
    let mut scan = Command::new(assert_cmd::cargo::cargo_bin("transborder"))
        .args(["scan", "--no-progress", "--output"])
        .arg(&report)
        .arg("--baseline")
        .arg(&pipe)
        .arg(dir.path())
        .spawn()
        .unwrap();
    let begun = || fs::read_dir(out.path()).unwrap().count() > 0;
    while !begun() && scan.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    scan.kill().unwrap();
    scan.wait().unwrap();
    let left: Vec<_> = fs::read_dir(out.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert!(left.iter().all(|name| name.to_string_lossy().starts_with(".transborder-")), "{left:?}");
}
