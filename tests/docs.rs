//! Pages made from rules, source and real runs. `UPDATE_DOCS=1 cargo test --test docs` writes them; without it this
//! test fails where a page no longer says what is true.
//!
//! What is made stands between `<!-- made: NAME -->` and `<!-- end of NAME -->`; everything else is written by hand.

#[path = "action/yaml.rs"]
mod yaml;

use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use transborder::finding::RuleId;

/// What makes the text of a region.
type Maker = fn() -> String;

/// Every region: file, name, what makes it.
const REGIONS: [(&str, &str, Maker); 9] = [
    ("README.md", "help", || help("")),
    ("docs/cli.md", "commands", commands),
    ("docs/rules.md", "rules", rules),
    ("docs/how-it-decides.md", "finding", || fenced("console", &one_finding())),
    ("docs/how-it-decides.md", "factors", || fenced("console", &its_score())),
    ("docs/policy.md", "template", || fenced("toml", &run("init -o - testdata/projects/clinic"))),
    ("docs/policy.md", "profiles", profiles),
    ("docs/ci.md", "inputs", || action_table("inputs")),
    ("docs/ci.md", "outputs", || action_table("outputs")),
];

/// Commands whose help docs/cli.md shows.
const COMMANDS: [&str; 12] = [
    "scan",
    "inventory",
    "init",
    "baseline",
    "registry list",
    "registry show",
    "registry resolve",
    "rules check",
    "explain",
    "completions",
    "man",
    "help",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Stdout of a run on the sample projects, as somebody sees it who has just cloned the repository.
fn run(arguments: &str) -> String {
    let clone = tempfile::tempdir().expect("a temporary directory");
    let project = "testdata/projects/clinic";
    for entry in walkdir::WalkDir::new(root().join(project)) {
        let entry = entry.expect("the project can be read");
        let target = clone.path().join(entry.path().strip_prefix(root()).expect("below the root"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a directory");
        } else {
            fs::copy(entry.path(), target).expect("a file");
        }
    }
    // Reported paths start where the work tree does.
    fs::create_dir(clone.path().join(".git")).expect("a directory");
    let output = assert_cmd::Command::cargo_bin("transborder")
        .expect("the binary was built")
        .args(arguments.split_whitespace())
        .current_dir(clone.path())
        .env("LC_ALL", "C.UTF-8")
        .env_remove("TERM")
        .env_remove("NO_COLOR")
        .output()
        .expect("the binary runs");
    assert!(output.status.code() < Some(2), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn fenced(language: &str, text: &str) -> String {
    format!("```{language}\n{}\n```\n", text.trim_end())
}

/// The help of a command.
fn help(command: &str) -> String {
    let text: Vec<String> =
        run(&format!("{command} --help")).lines().map(|line| line.trim_end().to_string()).collect();
    fenced("text", &text.join("\n"))
}

fn commands() -> String {
    COMMANDS.iter().fold(String::new(), |mut page, command| {
        let shown = if *command == "help" { "" } else { command };
        let title = format!("transborder {shown}");
        let _ = write!(page, "\n## {}\n\n{}", title.trim_end(), help(shown));
        page
    })
}

/// Every rule under a heading that is its id, so that links end in `#ID`.
fn rules() -> String {
    let mut page = String::from("| rule | default severity | means |\n|---|---|---|\n");
    for rule in RuleId::ALL {
        let doc = rule.doc();
        let _ = writeln!(page, "| [`{0}`](#{0}) | {1} | {2} |", doc.id, doc.severity.as_str(), doc.short());
    }
    for rule in RuleId::ALL {
        let doc = rule.doc();
        let cwe: Vec<String> = doc.cwe.iter().map(|number| format!("CWE-{number}")).collect();
        let cwe = if cwe.is_empty() { String::new() } else { format!(" · {}", cwe.join(", ")) };
        let body = doc.markdown.split_once('\n').map_or("", |(_, body)| body);
        let _ = write!(
            page,
            "\n## {}\n\n**{}** · default severity {} · precision {}{cwe}\n\n{}\n",
            doc.id,
            doc.title(),
            doc.severity.as_str(),
            doc.precision,
            demoted(body).trim(),
        );
    }
    page
}

/// Every profile as it is written, under a heading that is its name.
fn profiles() -> String {
    let folder = root().join("rules/profiles");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("profiles").map(|file| file.expect("a file").path()).collect();
    files.sort();
    files.iter().fold(String::new(), |mut page, file| {
        let name = file.file_stem().and_then(|name| name.to_str()).expect("a name");
        let text = fs::read_to_string(file).expect("a profile can be read");
        let _ = write!(page, "### {name}\n\n{}\n", fenced("toml", &text));
        page
    })
}

/// Markdown whose headings stand one level lower.
fn demoted(markdown: &str) -> String {
    let mut code = false;
    markdown.lines().fold(String::new(), |mut out, line| {
        code ^= line.starts_with("```");
        let heading = !code && line.starts_with("##");
        let _ = writeln!(out, "{}{line}", if heading { "#" } else { "" });
        out
    })
}

/// The first finding of the clinic project, as a terminal shows it.
fn one_finding() -> String {
    let report = run("testdata/projects/clinic --color never");
    let lines: Vec<&str> = report.lines().collect();
    lines[its_lines(&lines)].join("\n")
}

/// The lines of the first finding: from its severity to the next finding or the heading of the next destination.
fn its_lines(report: &[&str]) -> std::ops::Range<usize> {
    // Findings begin at the left edge with their severity.
    let begins = |line: &&str| line.split_once('[').is_some_and(|(word, _)| is_severity(word));
    let first = report.iter().position(begins).expect("a finding");
    let rest = &report[first + 1..];
    let length = rest.iter().position(|line| begins(line) || line.starts_with("══ ")).unwrap_or(rest.len());
    first..first + 1 + length
}

fn is_severity(word: &str) -> bool {
    ["critical", "high", "medium", "low", "note"].contains(&word)
}

/// The line of `-v` that shows how the score of that finding came about.
fn its_score() -> String {
    let report = run("testdata/projects/clinic --color never -v");
    let lines: Vec<&str> = report.lines().collect();
    let from = lines.iter().position(|line| line.starts_with("  score")).expect("-v shows a score");
    let rest = lines[from + 1..].iter().take_while(|line| line.starts_with("      ")).count();
    lines[from..=from + rest].join("\n")
}

/// The inputs or outputs of the action.
fn action_table(what: &str) -> String {
    let action: Value = yaml::read(&read("action.yml"));
    let entries = action[what].as_object().expect("a mapping");
    let with_default = what == "inputs";
    let mut table = String::from(if with_default {
        "| input | default | means |\n|---|---|---|\n"
    } else {
        "| output | means |\n|---|---|\n"
    });
    for (name, entry) in entries {
        let means = entry["description"].as_str().expect("a description");
        let default = match entry["default"].as_str() {
            _ if !with_default => String::new(),
            None | Some("") => " |".into(),
            Some(default) => format!(" `{default}` |"),
        };
        let _ = writeln!(table, "| `{name}` |{default} {means} |");
    }
    table
}

#[test]
fn pages_say_what_is_true() {
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    let mut stale = Vec::new();
    for (file, name, make) in REGIONS {
        let (begin, end) = (format!("<!-- made: {name} -->\n"), format!("<!-- end of {name} -->"));
        let page = read(file);
        let (before, rest) = page.split_once(&begin).unwrap_or_else(|| panic!("{file} has no {begin}"));
        let (now, after) = rest.split_once(&end).unwrap_or_else(|| panic!("{file} has no {end}"));
        let made = format!("\n{}\n", make().trim());
        if made.trim() == now.trim() {
            continue;
        }
        match update {
            true => {
                fs::write(root().join(file), format!("{before}{begin}{made}\n{end}{after}")).expect("written")
            }
            false => stale.push(format!("{file}: {name}")),
        }
    }
    assert!(stale.is_empty(), "run UPDATE_DOCS=1 cargo test --test docs, then read what changed: {stale:?}");
}

#[test]
fn every_command_is_documented() {
    let listed = run("--help");
    let list = listed.split_once("Commands:\n").expect("a list of commands").1;
    for line in list.lines().take_while(|line| !line.is_empty()) {
        let command = line.split_whitespace().next().expect("a command");
        assert!(
            COMMANDS.iter().any(|known| known.split(' ').next() == Some(command)),
            "docs/cli.md does not show `{command}`"
        );
    }
}

#[test]
fn the_screenshot_is_a_real_run() {
    // Colour changes no line, so that the first finding is as long as without.
    let plain = run("testdata/projects/clinic --color never");
    let plain: Vec<&str> = plain.lines().collect();
    let mut lines = its_lines(&plain);
    while lines.end > lines.start && plain[lines.end - 1].is_empty() {
        lines.end -= 1;
    }
    let shown = run("testdata/projects/clinic --color always");
    let shown: Vec<&str> = shown.lines().skip(lines.start).take(lines.len()).collect();
    let prompt = "\u{1b}[1m$ transborder testdata/projects/clinic\u{1b}[0m";
    let text = format!("{prompt}\n{}\n", shown.join("\n"));
    let svg = anstyle_svg::Term::new().palette(anstyle_svg::WIN10_CONSOLE).render_svg(&text);
    // Dimmed text is still to be read: WCAG 2 wants a contrast of 4.5.
    let svg = svg.replace("opacity: 0.4", "opacity: 0.65");
    let file = root().join("docs/screenshot.svg");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, &svg).expect("written");
    }
    let kept = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(kept == svg, "run UPDATE_DOCS=1 cargo test --test docs, then look at docs/screenshot.svg");
}

#[test]
fn manual_pages_are_made() {
    let page = run("man");
    assert!(page.contains(".TH") && page.contains("\\-\\-fail\\-on"), "{page}");
    for command in COMMANDS.iter().filter(|command| **command != "help") {
        let page = run(&format!("man {command}"));
        let name = format!("transborder\\-{}", command.replace(' ', "\\-"));
        assert!(page.contains(&name), "{name}: {page}");
    }
}
