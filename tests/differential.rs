//! The same programs, examined in two ways that must not differ: every file or only those that can matter, files handed
//! over in one order or another.

#![allow(clippy::unwrap_used)]

use rayon::prelude::*;
use std::path::Path;
use std::sync::LazyLock;
use transborder::audit::{STACK, memory::Auditor};
use transborder::report::Format;
use transborder::report::sarif::Choice;
use transborder::report::terminal::Look;
use transborder::text::{Files, SourceFile};

/// How many trees the cases are dealt out to. Each is large enough that most of its files have nothing to do with any one
/// call, and the cases of one topic, which come after each other, do not meet in one tree.
const TREES: usize = 12;

/// The audit as it is by default.
static PRUNED: LazyLock<Auditor> = LazyLock::new(|| Auditor::new().unwrap());

/// Runs something on a worker whose stack suits an audit.
fn on_workers<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    static WORKERS: LazyLock<rayon::ThreadPool> =
        LazyLock::new(|| rayon::ThreadPoolBuilder::new().stack_size(STACK).build().unwrap());
    WORKERS.install(run)
}

/// Every case and project as some trees of files; a case is a folder of its tree.
fn trees() -> Vec<Vec<SourceFile>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let mut programs: Vec<_> = ["cases/python", "cases/typescript", "cases/config", "projects"]
        .iter()
        .flat_map(|folder| {
            let below =
                walkdir::WalkDir::new(root.join(folder)).min_depth(1).max_depth(1).sort_by_file_name();
            below.into_iter().map(Result::unwrap).filter(|e| e.file_type().is_dir()).map(|e| e.into_path())
        })
        .collect();
    assert!(programs.len() > 1_000, "{}", programs.len());
    programs.sort();
    let mut trees = vec![Vec::new(); TREES];
    for (i, program) in programs.iter().enumerate() {
        let all = walkdir::WalkDir::new(program).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = all.filter(|e| e.file_type().is_file()).filter_map(|e| {
            let text = std::fs::read_to_string(e.path()).ok()?;
            let path = e.path().strip_prefix(program.parent()?).ok()?.to_str()?.replace('\\', "/");
            Some(SourceFile { path: path.into(), text: text.into() })
        });
        trees[i % TREES].extend(files);
    }
    trees
}

/// The report on a tree as JSON, but for how much of it was read.
fn said(auditor: &Auditor, files: Vec<SourceFile>) -> String {
    let report = auditor.report(Files::new(files));
    let text = Format::Json.render(&report, &Look::default(), &Choice::default());
    let mut json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(json.as_object_mut().unwrap().remove("coverage").is_some());
    serde_json::to_string_pretty(&json).unwrap()
}

fn same(one: &str, other: &str, what: &str) {
    let differing: Vec<_> = one.lines().zip(other.lines()).filter(|(a, b)| a != b).take(4).collect();
    assert!(
        one == other,
        "{what}: {} and {} lines, {differing:#?}",
        one.lines().count(),
        other.lines().count()
    );
}

/// Puts a list into another order, always the same for one seed.
fn shuffle<T>(list: &mut [T], mut seed: u64) {
    for i in (1..list.len()).rev() {
        // The generator of Knuth's MMIX.
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        list.swap(i, (seed >> 33) as usize % (i + 1));
    }
}

#[test]
fn leaving_out_what_cannot_matter_changes_no_finding() {
    let full = Auditor::new().unwrap().in_full();
    on_workers(|| {
        trees().into_par_iter().enumerate().for_each(|(i, tree)| {
            let found = said(&PRUNED, tree.clone());
            assert!(found.contains("abroad"), "there is something to find");
            same(&found, &said(&full, tree), &format!("tree {i}, pruned and in full"));
        });
    });
}

#[test]
fn the_order_of_files_changes_nothing() {
    let tree = trees().swap_remove(0);
    on_workers(|| {
        let once = said(&PRUNED, tree.clone());
        (1..=3).into_par_iter().for_each(|seed| {
            let mut shuffled = tree.clone();
            shuffle(&mut shuffled, seed);
            assert!(shuffled.iter().zip(&tree).any(|(a, b)| a.path != b.path));
            same(&once, &said(&PRUNED, shuffled), &format!("order {seed}"));
        });
    });
}
