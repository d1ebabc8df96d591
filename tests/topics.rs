//! What the annotated cases cover: `testdata/cases/topics.toml` says which cases show which format, settings library,
//! router control and assistant. `cargo test --test topics -- --nocapture` prints the counts.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Cases that one topic must have: one that is reported and one that is not.
const EACH: usize = 2;
/// Cases that the issue asks for over all topics.
const ALL: usize = 150;

/// The names of all cases, with their language.
fn cases() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cases");
    let mut found = BTreeSet::new();
    for language in ["config", "python", "typescript"] {
        for case in std::fs::read_dir(root.join(language)).unwrap() {
            found.insert(format!("{language}/{}", case.unwrap().file_name().to_string_lossy()));
        }
    }
    found
}

fn matches(pattern: &str, case: &str) -> bool {
    let name = case.split_once('/').map_or(case, |(_, name)| name);
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == pattern,
    }
}

/// Whether nothing may be reported in it, or something else than in its twin.
fn is_twin(case: &str, all: &BTreeSet<String>) -> bool {
    case.ends_with("_ok") || all.contains(&format!("{case}_ok"))
}

#[test]
fn every_topic_has_cases() {
    let text = include_str!("../testdata/cases/topics.toml");
    let topics: BTreeMap<String, BTreeMap<String, Vec<String>>> = toml::from_str(text).unwrap();
    let all = cases();
    let mut wrong = Vec::new();
    let mut counted: BTreeSet<&String> = BTreeSet::new();
    for (group, topics) in &topics {
        println!("\n{group}");
        for (topic, patterns) in topics {
            for pattern in patterns {
                if !all.iter().any(|case| matches(pattern, case)) {
                    wrong.push(format!("{group}: {topic}: no case is called `{pattern}`"));
                }
            }
            let found: Vec<&String> =
                all.iter().filter(|case| patterns.iter().any(|p| matches(p, case))).collect();
            let silent = found.iter().filter(|case| case.ends_with("_ok")).count();
            println!("  {topic:<28} {:>3} cases, {silent} of them must stay silent", found.len());
            if found.len() < EACH {
                wrong.push(format!("{group}: {topic}: {} cases", found.len()));
            }
            counted.extend(found);
        }
    }
    let twins = counted.iter().filter(|case| is_twin(case, &all)).count();
    println!("\n{} cases, {twins} of them with a twin", counted.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(counted.len() >= ALL && twins * 2 >= counted.len(), "{} cases, {twins} twins", counted.len());
}
