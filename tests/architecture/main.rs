//! The invariants of ARCHITECTURE.md that source text can show.

mod source;
mod words;

use source::{Source, all};

/// Files that may be longer than 600 lines, how long at most, and why.
const LONG: [(&str, usize, &str); 0] = [];

/// Every module with what it may import, from the bottom up: a row may name only rows above it.
const LAYERS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("language", &[]),
    ("rules", &[]),
    ("error", &["rules"]),
    ("ir", &["text", "language"]),
    ("config", &["text", "language"]),
    ("schema", &["text", "ir", "config"]),
    ("walk", &["text", "language", "config"]),
    ("history", &[]),
    ("finding", &["text", "rules", "history"]),
    ("fingerprint", &["text", "finding"]),
    ("baseline", &["finding", "fingerprint", "history"]),
    ("options", &["baseline"]),
    ("change", &["finding", "fingerprint", "history"]),
    ("git", &[]),
    ("owners", &["walk", "finding", "git"]),
    ("since", &["text", "rules", "walk", "options", "git", "history"]),
    ("lookup", &["rules", "finding"]),
    ("policy", &["text", "rules", "options", "error", "walk", "finding", "lookup"]),
    ("destination", &["rules", "finding", "lookup", "policy"]),
    ("router", &["rules", "finding", "lookup", "policy"]),
    ("configured", &["text", "rules", "config", "finding", "policy", "destination", "router"]),
    ("source", &["rules", "ir"]),
    ("lang", &["text", "language", "ir", "config"]),
    ("allow", &["text", "config", "finding", "lang"]),
    ("handed", &["rules", "ir"]),
    ("graph", &["text", "language", "ir", "schema"]),
    ("query", &["text", "language", "rules", "ir", "config", "schema", "finding", "source", "graph"]),
    ("reach", &["text", "rules", "ir", "config", "graph"]),
    ("call", &["text", "rules", "ir", "config", "graph", "query", "reach"]),
    ("routing", &["rules", "ir", "router", "graph", "query", "call"]),
    ("region", &["text", "rules", "config", "query"]),
    ("address", &["rules", "graph", "query", "call", "region"]),
    (
        "endpoint",
        &[
            "language",
            "text",
            "rules",
            "finding",
            "policy",
            "destination",
            "router",
            "configured",
            "query",
            "call",
            "routing",
            "region",
            "address",
        ],
    ),
    ("spelled", &["text", "rules", "ir", "finding", "policy", "destination", "configured", "graph"]),
    ("flow", &["text", "rules", "ir", "finding", "source", "graph", "query", "call"]),
    ("advice", &["text", "rules", "lookup", "policy", "finding"]),
    ("judge", &["text", "rules", "lookup", "policy", "finding", "advice"]),
    (
        "audit",
        &[
            "text",
            "rules",
            "options",
            "error",
            "config",
            "schema",
            "walk",
            "finding",
            "policy",
            "lookup",
            "fingerprint",
            "allow",
            "change",
            "git",
            "since",
            "owners",
            "ir",
            "source",
            "lang",
            "handed",
            "graph",
            "query",
            "call",
            "configured",
            "region",
            "address",
            "endpoint",
            "spelled",
            "flow",
            "advice",
            "judge",
        ],
    ),
    ("report", &["text", "rules", "error", "history", "finding", "lookup"]),
    ("lib", &["audit", "finding", "options"]),
    ("cli", &[]),
    ("main", &[]),
];

/// Imports that point up, and why they stay.
const UPWARD: [(&str, &str, &str); 1] =
    [("advice", "judge", "the case it advises on is defined beside its judgement")];

/// Asserts that no file outside `allowed` (whole paths, or folders ending in `/`) has one of these words in its code.
fn only(allowed: &[&str], words: &[&str]) {
    let is_allowed =
        |path: &str| allowed.iter().any(|a| path == *a || (a.ends_with('/') && path.starts_with(a)));
    let mut wrong = Vec::new();
    for Source { path, code, .. } in all().iter().filter(|s| !is_allowed(&s.path)) {
        for (at, line) in code.lines().enumerate() {
            wrong.extend(
                words.iter().filter(|w| line.contains(**w)).map(|w| format!("{path}:{}: {w}", at + 1)),
            );
        }
    }
    assert!(wrong.is_empty(), "only {allowed:?} may do this:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_command_line_parses_arguments_prints_and_exits() {
    let words = [
        "clap::",
        "clap_complete",
        "clap_mangen",
        "print!",
        "println!",
        "eprint!",
        "eprintln!",
        "anstream::",
        "process::exit",
    ];
    only(&["src/main.rs", "src/cli.rs", "src/cli/"], &words);
}

#[test]
fn only_lang_knows_tree_sitter() {
    only(&["src/lang.rs", "src/lang/"], &["tree_sitter"]);
}

#[test]
fn only_report_knows_how_things_look() {
    only(&["src/report.rs", "src/report/"], &["serde_sarif", "annotate_snippets"]);
    only(&["src/report.rs", "src/report/", "src/main.rs", "src/cli.rs", "src/cli/"], &["anstyle"]);
}

#[test]
fn only_these_files_touch_the_disk() {
    let files = [
        "src/walk.rs",
        "src/walk/index.rs",
        "src/walk/read.rs",
        "src/walk/tree.rs",
        "src/walk/upward.rs",
        "src/cli/init.rs",
        "src/walk/view.rs",
        "src/git.rs",
        "src/cli/baseline.rs",
        "src/rules/load.rs",
        "src/cli/input.rs",
        "src/cli/output.rs",
        "src/cli/rules.rs",
    ];
    let words = [
        "fs::",
        "File::",
        "OpenOptions",
        "read_dir",
        "walkdir::",
        "ignore::Walk",
        "canonicalize",
        ".exists()",
        ".is_dir()",
        ".is_file()",
        "tempfile::",
        "std::io::stdin",
    ];
    only(&files, &words);
    for file in files {
        let found = all().into_iter().find(|s| s.path == file).unwrap_or_else(|| panic!("{file} is gone"));
        assert!(
            words.iter().any(|w| found.code.contains(w)),
            "{file} no longer touches the disk: take it off the list"
        );
    }
}

#[test]
fn nothing_talks_to_a_network_or_runs_a_program_but_git() {
    only(&[], &["TcpStream", "TcpListener", "UdpSocket", "UnixStream", "ToSocketAddrs", "unsafe "]);
    // Git is asked for the other side of a comparison, with commands that only read.
    only(&["src/git.rs"], &["Command::new", "process::Command"]);
    let manifest = include_str!("../../Cargo.toml");
    for package in ["reqwest", "ureq", "hyper", "curl", "tokio", "git2", "attohttpc", "isahc"] {
        let declared = manifest.lines().any(|line| line.starts_with(package));
        assert!(!declared, "{package} has no place in a tool that stays offline");
    }
}

#[test]
fn only_the_command_line_reads_the_environment_and_the_clock() {
    only(
        &["src/main.rs", "src/cli.rs", "src/cli/"],
        &["env::var", "terminal_size", "IsTerminal", "SystemTime"],
    );
    only(&["src/audit.rs", "src/cli/progress.rs", "src/cli/scan.rs"], &["Instant::now"]);
}

#[test]
fn every_file_is_short() {
    let mut wrong = Vec::new();
    for Source { path, text, .. } in &all() {
        let limit = LONG.iter().find(|(long, ..)| long == path).map_or(600, |(_, limit, _)| *limit);
        let lines = text.lines().count();
        if lines > limit {
            wrong.push(format!("{path}: {lines} lines, {limit} allowed"));
        }
        if limit > 600 && lines <= 600 {
            wrong.push(format!("{path}: {lines} lines, take it off the list of exceptions"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_answers() {
    let silent: Vec<_> = all().into_iter().filter(|s| !s.text.starts_with("//! ")).map(|s| s.path).collect();
    assert!(silent.is_empty(), "no `//!` at the top of {silent:?}");
}

#[test]
fn no_file_is_a_drawer_for_odds_and_ends() {
    let words = ["util", "utils", "helper", "helpers", "common", "manager", "handler", "misc", "mod"];
    let odd: Vec<_> = all()
        .into_iter()
        .map(|s| s.path)
        .filter(|path| path.trim_end_matches(".rs").split(['/', '_']).any(|part| words.contains(&part)))
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
}

#[test]
fn unit_tests_stand_at_the_end() {
    // The other tests cut a file at its unit tests, so nothing may hide behind them.
    let mut wrong = Vec::new();
    for Source { path, text, .. } in &all() {
        let Some(at) = text.find("#[cfg(test)]") else { continue };
        let rest = &text[at..];
        if !rest.starts_with("#[cfg(test)]\nmod tests {\n") || rest.lines().filter(|l| *l == "}").count() != 1
        {
            wrong.push(path.clone());
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn imports_point_down() {
    for (row, (module, imports)) in LAYERS.iter().enumerate() {
        for import in *imports {
            let above = LAYERS[..row].iter().any(|(earlier, _)| earlier == import);
            assert!(above, "LAYERS itself points up: {module} -> {import}");
        }
    }
    let mut wrong = Vec::new();
    for source in &all() {
        let (path, module) = (&source.path, source.module());
        let Some((_, allowed)) = LAYERS.iter().find(|(known, _)| *known == module) else {
            wrong.push(format!("{path}: give `{module}` a row in LAYERS"));
            continue;
        };
        // The binary sees the library by its name.
        let prefixes: &[&str] = if matches!(module, "cli" | "main") { &[] } else { &["crate::"] };
        for import in prefixes.iter().flat_map(|prefix| imported(&source.code, prefix)) {
            let upward = UPWARD.iter().any(|(from, to, _)| *from == module && *to == import);
            if import != module && !upward && !allowed.contains(&import.as_str()) {
                wrong.push(format!("{path}: {module} -> {import}"));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_map_shows_every_module_once_and_the_layers_as_they_are() {
    let page = include_str!("../../ARCHITECTURE.md");
    let between = |from: &str, to: &str| {
        let (_, rest) = page.split_once(from).unwrap_or_else(|| panic!("no {from}"));
        rest.split_once(to).unwrap_or_else(|| panic!("no {to} after {from}")).0
    };
    let layers: Vec<&str> = between("From the bottom:", ". Each").split(['←', ',']).map(str::trim).collect();
    assert_eq!(layers, LAYERS.iter().map(|(module, _)| *module).collect::<Vec<_>>());
    // The first column says where an answer is found, the second one which.
    let places: Vec<&str> = between("## Code map", "## Invariants")
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split('|').next())
        .flat_map(|places| places.split('`').skip(1).step_by(2))
        .collect();
    for source in &all() {
        let shown = |place: &&&str| {
            source.path == **place || place.ends_with('/') && source.path.starts_with(**place)
        };
        let times = places.iter().filter(shown).count();
        assert_eq!(times, 1, "{} is {times} times in the code map", source.path);
    }
}

/// First steps of the paths that start with a prefix.
fn imported(code: &str, prefix: &str) -> Vec<String> {
    code.match_indices(prefix)
        .map(|(at, _)| {
            code[at + prefix.len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
        })
        .collect()
}
