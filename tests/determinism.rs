//! The same tree gives the same bytes: whatever the number of threads, the order in which files were made, where the
//! checkout lies, from where it is scanned, and how its lines end.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every project and some cases as one tree: paths below it and texts.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut found = Vec::new();
    for (folder, every) in [("projects", 1), ("cases/typescript", 16), ("cases/config", 8)] {
        let all = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name();
        let files = all.into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
        let texts = files.filter_map(|entry| {
            let path = entry.path().strip_prefix(&root).ok()?.to_str()?.replace('\\', "/");
            Some((path, fs::read_to_string(entry.path()).ok()?))
        });
        found.extend(texts.step_by(every));
    }
    assert!(found.len() > 60, "{}", found.len());
    found
}

/// Writes a tree in the order given.
fn make<'f>(root: &Path, files: impl Iterator<Item = &'f (String, String)>) {
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// Every format of one scan, one after the other.
fn scanned(root: &Path, from: &Path, path: &str, threads: &str) -> String {
    let out = tempfile::tempdir().unwrap();
    let names = ["json", "sarif", "html", "csv", "terminal", "cyclonedx"];
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("transborder"));
    command.args(["scan", "--exit-zero", "--no-repo-config", "--threads", threads, path]).current_dir(from);
    for name in names {
        command.args(["--format", name, "--output"]).arg(out.path().join(name));
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}: {}", root.display(), String::from_utf8_lossy(&output.stderr));
    names.map(|name| fs::read_to_string(out.path().join(name)).unwrap()).join("\n")
}

fn same(one: &str, other: &str, what: &str) {
    let differing = one.lines().zip(other.lines()).find(|(a, b)| a != b);
    assert!(one == other, "{what}: {differing:?}");
}

#[test]
fn neither_threads_nor_order_nor_place_show() {
    let files = files();
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first: PathBuf = here.path().join("checkout");
    make(&first, files.iter());
    let once = scanned(&first, &first, ".", "1");
    assert!(once.contains("abroad"), "there is something to find");
    same(&once, &scanned(&first, &first, ".", "2"), "2 threads");
    same(&once, &scanned(&first, &first, ".", "8"), "8 threads");
    // Folders list their entries in the order in which they were made, or by a hash of names: made backwards, in another
    // place with a longer name, below another folder.
    let second = there.path().join("some where/else/é");
    make(&second, files.iter().rev());
    same(&once, &scanned(&second, &second, ".", "2"), "made backwards, elsewhere");
    // Seen from the folder above, only the command line that the record holds is another.
    let above = scanned(&second, second.parent().unwrap(), "é", "2");
    let differing = once.lines().zip(above.lines()).filter(|(a, b)| a != b);
    let kept = |line: &str| !line.contains('é') && !line.contains("\".\"");
    assert_eq!(once.lines().count(), above.lines().count());
    for (one, other) in differing {
        assert!(!kept(one) || !kept(other), "{one} {other}");
    }
}

#[test]
fn line_ends_of_another_system_change_no_finding() {
    let files = files();
    let windows: Vec<(String, String)> = files
        .iter()
        .map(|(path, text)| (path.clone(), text.replace("\r\n", "\n").replace('\n', "\r\n")))
        .collect();
    let found = |files: &[(String, String)]| {
        let dir = tempfile::tempdir().unwrap();
        make(dir.path(), files.iter());
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("transborder"));
        let command = command.args(["--format", "json", "--exit-zero", "--no-repo-config", "."]);
        let output = command.current_dir(dir.path()).output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().iter();
        let facts = findings.map(|f| {
            let line = &f["location"]["start_line"];
            format!("{} {} {line} {}", f["rule"], f["location"]["path"], f["fingerprint"])
        });
        facts.collect::<Vec<_>>()
    };
    let (one, other) = (found(&files), found(&windows));
    assert!(one.len() > 20, "{}", one.len());
    assert_eq!(one, other);
}
