//! A program written in another way has the same findings; one that no longer sends the data has none.
//!
//! `testdata/metamorphic/` holds programs with slots; `slots.rs` says how. Every way of every slot is tried once;
//! `METAMORPHIC=all cargo test --test metamorphic` tries every meeting of two ways, in about a minute.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[allow(dead_code)]
#[path = "../cases/sent.rs"]
mod sent;
mod slots;

use rayon::prelude::*;
use slots::{Program, Template};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;
use transborder::Report;
use transborder::audit::{STACK, memory::Auditor};
use transborder::text::{Files, SourceFile};

/// Workers whose stacks suit an audit.
fn workers() -> &'static rayon::ThreadPool {
    static WORKERS: LazyLock<rayon::ThreadPool> =
        LazyLock::new(|| rayon::ThreadPoolBuilder::new().stack_size(STACK).build().unwrap());
    &WORKERS
}

fn report(files: &BTreeMap<String, String>) -> Report {
    static AUDITOR: LazyLock<Auditor> = LazyLock::new(|| Auditor::new().unwrap());
    let files = files
        .iter()
        .map(|(path, text)| SourceFile { path: path.as_str().into(), text: text.as_str().into() });
    AUDITOR.report(Files::new(files.collect()))
}

/// What a program sends, call by call.
fn said(files: &BTreeMap<String, String>) -> String {
    let mut said: Vec<String> = sent::sent(&report(files)).iter().map(ToString::to_string).collect();
    said.sort();
    said.join("; ")
}

/// Why a program has the wrong answer, if it has.
fn wrong(template: &Template, program: &Program) -> Option<String> {
    let expected = if program.is_broken() { &template.broken } else { &template.says };
    let found = said(&program.files);
    (found != *expected)
        .then(|| format!("{}\n    expected {expected}\n    found    {found}", program.ways.join(" ")))
}

fn check(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/metamorphic").join(name);
    let template = Template::read(&path);
    let all = std::env::var("METAMORPHIC").is_ok_and(|word| word == "all");
    let programs = if all { template.pairs() } else { template.each() };
    let found: Vec<(&Program, String)> =
        workers().install(|| programs.par_iter().filter_map(|p| Some((p, wrong(&template, p)?))).collect());
    println!("{name}: {} programs", programs.len());
    assert!(programs.len() > 100, "{}", programs.len());
    if let Some((program, _)) = found.first() {
        let shown = program.files.iter().map(|(path, text)| format!("=== {path}\n{text}"));
        let wrong: Vec<&str> = found.iter().map(|(_, wrong)| wrong.as_str()).collect();
        let shown = shown.collect::<String>();
        panic!("{} of {} are wrong:\n{}\nThe first:\n{shown}", wrong.len(), programs.len(), wrong.join("\n"));
    }
    let right = |way: &&String| wrong(&template, &template.plain_but(way)).is_none();
    let right: Vec<&String> = workers().install(|| template.misses.keys().filter(right).collect());
    assert!(right.is_empty(), "{name}: right now, take them off the misses: {right:?}");
}

#[test]
fn python_spelled_differently() {
    check("python.toml");
}

#[test]
fn typescript_spelled_differently() {
    check("typescript.toml");
}
