//! What the documents say: paths exist, commands run and end as promised, options are those there are.

use std::fs;
use std::path::Path;
use std::process::Output;

const DOCUMENTS: [&str; 11] = [
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "rules/README.md",
    "docs/ci.md",
    "docs/cli.md",
    "docs/how-it-decides.md",
    "docs/policy.md",
    "docs/rules.md",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(document: &str) -> String {
    fs::read_to_string(root().join(document)).unwrap_or_else(|error| panic!("{document}: {error}"))
}

/// Prose and fenced blocks of a document.
fn parts(text: &str) -> (String, Vec<Vec<&str>>) {
    let (mut prose, mut blocks, mut fenced) = (String::new(), Vec::new(), false);
    for line in text.lines() {
        match (line.starts_with("```"), fenced) {
            (true, false) => blocks.push(Vec::new()),
            (false, true) => blocks.last_mut().expect("a block is open").push(line),
            (true, true) => {}
            (false, false) => prose.extend([line, "\n"]),
        }
        fenced ^= line.starts_with("```");
    }
    (prose, blocks)
}

/// What stands between backticks in prose, and what links lead to.
fn code_and_links(prose: &str) -> Vec<String> {
    let code =
        prose.split('`').skip(1).step_by(2).map(|code| code.split_whitespace().collect::<Vec<_>>().join(" "));
    let links = prose.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0.to_string()));
    code.chain(links.filter(|link| !link.contains("://"))).collect()
}

/// Every command a document shows, with the exit code it promises.
fn commands(text: &str) -> Vec<(String, i32)> {
    let (prose, blocks) = parts(text);
    let shown = blocks.into_iter().flatten().filter_map(|line| line.strip_prefix("$ ")).map(str::to_string);
    let inline = code_and_links(&prose).into_iter().filter(|code| code.starts_with("cargo run "));
    shown
        .chain(inline)
        .map(|line| match line.split_once("# exit ") {
            Some((command, code)) => (command.trim().to_string(), code.trim().parse().expect("an exit code")),
            None => (line.trim().to_string(), 0),
        })
        .collect()
}

/// A place that looks like a clean clone as far as a scan is concerned.
fn clone() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary directory");
    for folder in ["testdata/projects", "rules"] {
        for entry in walkdir::WalkDir::new(root().join(folder)) {
            let entry = entry.expect("the repository can be read");
            let target = dir.path().join(entry.path().strip_prefix(root()).expect("below the root"));
            if entry.file_type().is_dir() {
                fs::create_dir_all(target).expect("a directory");
            } else {
                fs::copy(entry.path(), target).expect("a file");
            }
        }
    }
    // Reported paths start where the work tree does.
    fs::create_dir(dir.path().join(".git")).expect("a directory");
    dir
}

fn transborder(arguments: &str, dir: &Path) -> Output {
    assert_cmd::Command::cargo_bin("transborder")
        .expect("the binary was built")
        .args(arguments.split_whitespace())
        .current_dir(dir)
        .env("LC_ALL", "C.UTF-8")
        .env_remove("TERM")
        .output()
        .expect("the binary runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn every_path_exists() {
    let sources: Vec<String> = walkdir::WalkDir::new(root().join("src"))
        .into_iter()
        .filter_map(|entry| Some(entry.ok()?.file_name().to_str()?.to_string()))
        .collect();
    let mut missing = Vec::new();
    for document in DOCUMENTS {
        let folder = root().join(document).parent().expect("a folder").to_path_buf();
        for path in code_and_links(&parts(&read(document)).0) {
            let clean = path.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c));
            let file = [".rs", ".md", ".toml", ".yml", ".yaml"].iter().any(|end| path.ends_with(end));
            // The policy is a file of whoever scans, and actions are repositories.
            let placeholder = path == "transborder.toml"
                || path.starts_with("actions/")
                || path.split(['/', '.']).any(|part| ["ID", "NAME", "PACKAGE", "LANGUAGE"].contains(&part));
            let looks_like_one = clean && (path.contains('/') || file || path.starts_with("LICENSE"));
            // The policy is a file of whoever scans.
            if !looks_like_one || placeholder || path == "transborder.toml" {
                continue;
            }
            let exists =
                root().join(&path).exists() || folder.join(&path).exists() || sources.contains(&path);
            if !exists {
                missing.push(format!("{document}: {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_command_ends_as_promised() {
    let dir = clone();
    let mut ran = 0;
    for document in DOCUMENTS {
        for (command, code) in commands(&read(document)) {
            let arguments = command
                .strip_prefix("transborder ")
                .or_else(|| Some(command.strip_prefix("cargo run ")?.split_once("-- ")?.1));
            match arguments {
                Some(arguments) => {
                    let output = transborder(arguments, dir.path());
                    let err = text(&output.stderr);
                    assert_eq!(output.status.code(), Some(code), "{document}: {command}\n{err}");
                    ran += 1;
                }
                // Run by whoever runs this test, or too long to repeat here.
                None => assert!(
                    ["cargo test", "cargo install --path .", "pip install .", ".ci/run"]
                        .contains(&command.as_str()),
                    "{document}: nobody checks `{command}`"
                ),
            }
        }
    }
    assert!(ran >= 8, "only {ran} commands ran");
}

#[test]
fn the_sample_is_a_real_run() {
    let readme = read("README.md");
    let (_, rest) = readme.split_once("<!-- sample -->\n").expect("the sample begins");
    let (sample, _) = rest.split_once("<!-- end of sample -->").expect("the sample ends");
    let (_, blocks) = parts(sample);
    let mut lines = blocks[0].iter();
    let command = lines.next().and_then(|line| line.strip_prefix("$ transborder ")).expect("a command");
    let arguments = command.split("# exit").next().unwrap_or(command);
    let shown = text(&transborder(arguments, clone().path()).stdout);
    let mut rest = shown.lines();
    for line in lines.filter(|line| !line.is_empty() && !line.trim().starts_with("...")) {
        assert!(
            rest.any(|real| real.trim_end() == line.trim_end()),
            "not there, or not in this order: {line}\n{shown}"
        );
    }
}

#[test]
fn options_are_those_there_are() {
    let dir = tempfile::tempdir().unwrap();
    let pages = [
        "",
        "scan",
        "inventory",
        "init",
        "baseline",
        "registry resolve",
        "registry list",
        "rules check",
        "explain",
    ];
    let help: String =
        pages.iter().map(|page| text(&transborder(&format!("{page} --help"), dir.path()).stdout)).collect();
    let known: Vec<&str> =
        help.split(|c: char| !(c.is_alphanumeric() || c == '-')).filter(|w| w.starts_with("--")).collect();
    let of_others = [
        "--release",
        "--bench",
        "--path",
        "--test",
        "--locked",
        "--quiet",
        "--root",
        "--help",
        "--repo",
        "--all-features",
    ];
    for document in DOCUMENTS.into_iter().chain(["action.yml", ".pre-commit-hooks.yaml"]) {
        for word in read(document).split(|c: char| !(c.is_alphanumeric() || c == '-')) {
            let option = word.starts_with("--") && word.len() > 4 && word.trim_start_matches('-').len() > 1;
            assert!(
                !option || known.contains(&word) || of_others.contains(&word),
                "{document}: there is no {word}"
            );
        }
    }
}
