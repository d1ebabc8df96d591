//! Which files are read from trees built on disk.

#![allow(clippy::unwrap_used)]

use camino::{Utf8Path, Utf8PathBuf};
use std::fs;
use tempfile::TempDir;
use transborder::text::NoticeKind;
use transborder::walk::{WalkOptions, Walked, files};

struct Tree {
    _folder: TempDir,
    root: Utf8PathBuf,
}

fn tree(entries: &[(&str, &str)]) -> Tree {
    let folder = tempfile::tempdir().unwrap();
    let root = Utf8Path::from_path(folder.path()).unwrap().canonicalize_utf8().unwrap();
    let tree = Tree { _folder: folder, root };
    for (path, text) in entries {
        tree.write(path, text.as_bytes());
    }
    tree
}

impl Tree {
    fn write(&self, path: &str, bytes: &[u8]) {
        let at = self.root.join(path);
        fs::create_dir_all(at.parent().unwrap()).unwrap();
        fs::write(at, bytes).unwrap();
    }

    fn walk(&self, path: &str) -> Walked {
        files(&[self.root.join(path)], &WalkOptions::default()).unwrap()
    }
}

fn paths(walked: &Walked) -> Vec<String> {
    walked.files.iter().map(|(_, f)| f.path.to_string()).collect()
}

fn told(walked: &Walked) -> Vec<(String, NoticeKind)> {
    walked.notices.iter().map(|n| (n.path.clone(), n.kind)).collect()
}

#[test]
fn source_and_config_are_read_in_order_and_nothing_else() {
    let tree = tree(&[
        ("b.py", ""),
        ("a/z.ts", ""),
        ("a/logo.svg", ""),
        ("README.md", ""),
        ("c.yaml", ""),
        (".env", ""),
        ("d.rb", ""),
    ]);
    let walked = tree.walk("");
    assert_eq!(paths(&walked), [".env", "a/z.ts", "b.py", "c.yaml"]);
    assert_eq!(told(&walked), []);
    assert_eq!(walked.base, tree.root);
}

#[test]
fn hidden_names_that_matter_are_read() {
    let tree = tree(&[
        (".github/workflows/ci.yml", ""),
        (".claude/settings.json", "{}"),
        (".idea/x.json", "{}"),
        (".hidden.py", ""),
        (".cursor/mcp.json", "{}"),
        (".git/config.json", "{}"),
        (".gitlab-ci.yml", ""),
    ]);
    assert_eq!(
        paths(&tree.walk("")),
        [".claude/settings.json", ".cursor/mcp.json", ".github/workflows/ci.yml", ".gitlab-ci.yml"]
    );
}

#[test]
fn git_ignored_files_are_left_out_but_environment_files_are_not() {
    let tree = tree(&[
        (".gitignore", ".env*\nsecret.py\n/gen/\n.claude\n*.tfvars\n"),
        (".env", "A=1"),
        ("pkg/.env.production", "A=2"),
        ("secret.py", ""),
        ("gen/x.py", ""),
        ("gen/.env", ""),
        ("main.py", ""),
        (".claude/settings.local.json", "{}"),
        ("prod.tfvars", ""),
    ]);
    assert_eq!(
        paths(&tree.walk("")),
        [".claude/settings.local.json", ".env", "main.py", "pkg/.env.production", "prod.tfvars"]
    );
}

#[test]
fn what_git_tracks_is_read_even_where_an_ignore_file_names_it() {
    let tree = tree(&[
        (".gitignore", "*\n"),
        ("scripts/ask.py", ""),
        ("scripts/untracked.py", ""),
        ("node_modules/x/index.js", ""),
        (".hidden/x.py", ""),
    ]);
    let git = |args: &[&str]| {
        let run = std::process::Command::new("git").args(args).current_dir(tree.root.as_std_path()).output();
        assert!(run.is_ok_and(|done| done.status.success()), "git {args:?}");
    };
    git(&["init", "--quiet"]);
    git(&["add", "--force", "scripts/ask.py", "node_modules/x/index.js", ".hidden/x.py"]);
    assert_eq!(paths(&tree.walk("")), ["scripts/ask.py"]);
}

#[test]
fn other_peoples_code_is_left_out() {
    let tree = tree(&[
        ("node_modules/x/index.js", ""),
        ("env3/pyvenv.cfg", ""),
        ("env3/lib/a.py", ""),
        (".venv/a.py", ""),
        ("vendor/v.py", ""),
        ("a/third_party/t.py", ""),
        ("a/__pycache__/t.py", ""),
        ("a/ok.py", ""),
        (".env/pyvenv.cfg", ""),
        (".env/lib/x.py", ""),
    ]);
    assert_eq!(paths(&tree.walk("")), ["a/ok.py"]);
}

#[test]
fn a_folder_that_is_named_is_read_whatever_it_is_called() {
    let tree = tree(&[
        (".git/HEAD", ""),
        (".gitignore", ".venv\n"),
        (".venv/.gitignore", "*\n"),
        (".venv/pyvenv.cfg", ""),
        (".venv/lib/site-packages/llm/a.py", ""),
        (".venv/lib/site-packages/llm/vendor/b.py", ""),
        ("c.py", ""),
    ]);
    let inside = ".venv/lib/site-packages/llm/a.py";
    assert_eq!(paths(&tree.walk(".venv/lib/site-packages/llm")), [inside]);
    assert_eq!(paths(&tree.walk(".venv/lib/site-packages")), [inside]);
    assert_eq!(
        paths(&tree.walk(".venv/lib/site-packages/llm/vendor")),
        [".venv/lib/site-packages/llm/vendor/b.py"]
    );
    assert_eq!(paths(&tree.walk(inside)), [inside]);
    assert_eq!(tree.walk(inside).base, tree.root);
}

#[test]
fn build_output_is_left_out_only_when_it_looks_built() {
    let built = tree(&[("src/a.ts", ""), ("dist/a.js", ""), ("dist/js/a.js.map", "")]);
    let walked = built.walk("");
    assert_eq!(paths(&walked), ["src/a.ts"]);
    assert_eq!(told(&walked), [("dist/".to_owned(), NoticeKind::LeftOut)]);
    assert_eq!(walked.skipped, 0);
    // A published package holds nothing else.
    let published = tree(&[("package.json", "{}"), ("dist/a.js", ""), ("dist/a.js.map", "")]);
    assert_eq!(paths(&published.walk("")), ["dist/a.js", "package.json"]);
    let handwritten = tree(&[("src/a.ts", ""), ("build/release.ts", "")]);
    assert_eq!(paths(&handwritten.walk("")), ["build/release.ts", "src/a.ts"]);
    let python = tree(&[("setup.py", ""), ("build/lib/a.py", ""), ("a.py", "")]);
    assert_eq!(paths(&python.walk("")), ["a.py", "setup.py"]);
}

#[test]
fn folders_left_out_by_name_are_named_once_for_each_name() {
    let tree = tree(&[
        ("a.ts", ""),
        ("node_modules/x/a.js", ""),
        ("web/node_modules/x/a.js", ""),
        ("web/app/node_modules/x/a.js", ""),
        ("vendor/a.py", ""),
        ("tools/pyvenv.cfg", ""),
        ("__pycache__/a.py", ""),
    ]);
    let walked = tree.walk("");
    assert_eq!(paths(&walked), ["a.ts"]);
    let said: Vec<(&str, &str)> = walked.notices.iter().map(|n| (&*n.path, &*n.message)).collect();
    assert_eq!(
        said,
        [
            (
                "node_modules/",
                "left out, as are 2 more folders of this name: not this project's own code; name one to scan it"
            ),
            ("tools/", "left out: a virtual environment or a cache; name it to scan it"),
            ("vendor/", "left out: not this project's own code; name it to scan it"),
        ]
    );
    assert_eq!(walked.skipped, 0);
    assert!(tree.walk("vendor").notices.is_empty());
}

#[test]
fn paths_start_at_the_git_top_level() {
    let tree = tree(&[
        (".git/HEAD", ""),
        (".gitignore", "*.gen.py\n"),
        ("api/a.py", ""),
        ("api/b.gen.py", ""),
        ("web/w.ts", ""),
    ]);
    let walked = tree.walk("api");
    assert_eq!(paths(&walked), ["api/a.py"]);
    assert_eq!(walked.base, tree.root);
    let both = files(
        &[tree.root.join("web"), tree.root.join("api"), tree.root.join("api/a.py")],
        &WalkOptions::default(),
    )
    .unwrap();
    assert_eq!(paths(&both), ["api/a.py", "web/w.ts"]);
}

#[test]
fn excluded_globs_are_left_out() {
    let tree = tree(&[("tests/a.py", ""), ("a.py", ""), ("b/.env", "")]);
    let options = WalkOptions { exclude: vec!["tests/".into(), ".env".into()], ..WalkOptions::default() };
    assert_eq!(paths(&files(std::slice::from_ref(&tree.root), &options).unwrap()), ["a.py"]);
    let bad = WalkOptions { exclude: vec!["a{".into()], ..WalkOptions::default() };
    assert!(files(std::slice::from_ref(&tree.root), &bad).is_err());
}

#[test]
fn no_such_path_is_an_error_and_an_empty_folder_is_not() {
    let tree = tree(&[]);
    let error = files(&[tree.root.join("nowhere")], &WalkOptions::default()).unwrap_err();
    assert!(error.to_string().contains("nowhere"), "{error:#}");
    assert!(tree.walk("").files.is_empty());
    assert!(files(&[], &WalkOptions::default()).is_err());
}

#[test]
fn large_binary_and_minified_files_are_told() {
    let tree = tree(&[("ok.py", "x = 1\n")]);
    tree.write("huge.py", &b"x = 1\n".repeat(300_000));
    tree.write("data.json", &vec![b' '; 1_000_001]);
    tree.write("binary.py", b"a\0b");
    tree.write("line.js", format!("var a = '{}';\n{}", "x".repeat(50_001), "//\n".repeat(100)).as_bytes());
    tree.write("average.js", "x".repeat(5_001).as_bytes());
    tree.write("flat.json", format!("{{\"a\": \"{}\"}}", "x".repeat(60_000)).as_bytes());
    let walked = tree.walk("");
    assert_eq!(paths(&walked), ["flat.json", "ok.py"]);
    let skipped = ["average.js", "binary.py", "data.json", "huge.py", "line.js"]
        .map(|p| (p.to_owned(), NoticeKind::Skipped));
    assert_eq!(told(&walked), skipped);
    assert_eq!(walked.skipped, 5);
}

#[test]
fn text_is_decoded() {
    let tree = tree(&[("bom.py", "\u{feff}x = 1")]);
    tree.write("bad.py", b"ok\nx = '\xff'");
    tree.write("wide.py", &"\u{feff}é = 1".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    tree.write("big.py", &"\u{feff}é = 1".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>());
    let walked = tree.walk("");
    let text = |path: &str| walked.files.get(walked.files.find(path).unwrap()).text.to_string();
    assert_eq!(text("bom.py"), "x = 1");
    assert_eq!(text("wide.py"), "é = 1");
    assert_eq!(text("big.py"), "é = 1");
    assert_eq!(text("bad.py"), "ok\nx = '\u{fffd}'");
    assert_eq!(told(&walked), [("bad.py".to_owned(), NoticeKind::Partial)]);
    assert_eq!(walked.notices[0].line, Some(2));
}

#[cfg(unix)]
#[test]
fn links_stay_in_the_tree_and_loops_are_told() {
    use std::os::unix::fs::symlink;
    let outside = tree(&[("secret.py", ""), ("more/x.py", "")]);
    let tree = tree(&[("a/real.py", ""), ("a/env.shared", "A=1"), ("a/kept.json", "{}")]);
    symlink(&tree.root, tree.root.join("a/loop")).unwrap();
    symlink(tree.root.join("a/loop2"), tree.root.join("a/loop2")).unwrap();
    symlink(tree.root.join("a/real.py"), tree.root.join("copy.py")).unwrap();
    symlink(tree.root.join("a/env.shared"), tree.root.join(".env")).unwrap();
    symlink(outside.root.join("secret.py"), tree.root.join("out.py")).unwrap();
    symlink(outside.root.join("more"), tree.root.join("more")).unwrap();
    symlink(tree.root.join("gone"), tree.root.join("gone.py")).unwrap();
    let walked = tree.walk("");
    assert_eq!(paths(&walked), [".env", "a/kept.json", "a/real.py"]);
    assert_eq!(
        told(&walked),
        [
            ("a/loop", NoticeKind::LeftOut),
            ("gone.py", NoticeKind::Unreadable),
            ("more", NoticeKind::LeftOut),
            ("out.py", NoticeKind::LeftOut)
        ]
        .map(|(p, k)| (p.to_owned(), k))
    );
}

#[cfg(unix)]
#[test]
fn pipes_are_never_opened() {
    let tree = tree(&[("a.py", "")]);
    let made = std::process::Command::new("mkfifo").arg(tree.root.join("pipe.py")).status();
    if made.is_ok_and(|s| s.success()) {
        assert_eq!(paths(&tree.walk("")), ["a.py"]);
        assert!(files(&[tree.root.join("pipe.py")], &WalkOptions::default()).is_err());
    }
}
