//! What must hold for any input, one function per part of the program that reads or shows what somebody else wrote.
//!
//! `tests/robust.rs` tries each of them on made-up inputs in every test run, `fuzz/` on what a fuzzer finds. An input
//! passes when the function returns: a panic, a failed assertion or a stack overflow is a mistake, and so is a panic
//! that the program itself would have caught.

#[path = "../report/fixture.rs"]
mod fixture;
mod sound;

use std::collections::BTreeSet;
use std::sync::LazyLock;
use transborder::audit::{STACK, memory::Auditor};
use transborder::lang::{python, typescript};
use transborder::language::Language;
use transborder::options::PolicyFrom;
use transborder::policy::Opened;
use transborder::report::sarif::Choice;
use transborder::report::terminal::Look;
use transborder::report::{Format, registry};
use transborder::rules::Rules;
use transborder::text::{FileId, Files, Notice, NoticeKind, SourceFile};
use transborder::{allow, baseline, config, lookup, schema};

/// A part of the program with a name; it is given any text.
pub type Target = (&'static str, fn(&str));

/// Every target.
pub const ALL: [Target; 11] = [
    ("python", lower_python),
    ("typescript", lower_typescript),
    ("tsx", lower_tsx),
    ("config", read_config),
    ("schema", read_schema),
    ("url", resolve_url),
    ("policy", load_policy),
    ("rules", load_rules),
    ("allow", read_allows),
    ("writers", write_reports),
    ("pipeline", audit_program),
];

/// Tries one target, by its name, on the stack of the caller, which must suit [`STACK`].
pub fn run(name: &str, bytes: &[u8]) {
    let (_, target) = ALL.iter().find(|(known, _)| *known == name).expect("a known target");
    target(&String::from_utf8_lossy(bytes));
}

/// A worker of its own, with a stack as large as that of an audit's workers: what it runs starts no other threads.
pub fn worker() -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build().expect("a worker starts")
}

/// Makes the calling thread the only worker there is, as a fuzzer wants it.
#[allow(dead_code)]
pub fn alone() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
    pool.build_global().expect("nothing ran before");
}

fn lower_python(text: &str) {
    sound::check(&python::lower(FileId(0), text), text);
}

fn lower_typescript(text: &str) {
    sound::check(&typescript::lower(FileId(0), Language::TypeScript, text), text);
}

fn lower_tsx(text: &str) {
    sound::check(&typescript::lower(FileId(0), Language::Tsx, text), text);
}

/// One name of every format, for inputs that name none.
const CONFIG: [&str; 14] = [
    ".env",
    "a.sh",
    "Dockerfile",
    "Procfile",
    "a.service",
    "a.properties",
    "a.ini",
    "a.ipynb",
    "compose.yaml",
    "charts/a/templates/b.yaml",
    ".github/workflows/a.yml",
    "a.json",
    "a.toml",
    "a.tf",
];

/// First line: the name of the file.
fn read_config(text: &str) {
    let (name, text) = text.split_once('\n').unwrap_or(("", text));
    let known = config::Format::of(name).map(|_| name);
    let name = known.unwrap_or(CONFIG[text.len() % CONFIG.len()]);
    let files = files([(name, text)]);
    let (settings, notices) = config::read(&files);
    no_failure(&notices);
    for setting in settings.iter() {
        for span in [setting.span, setting.key_span] {
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{setting:?}");
        }
        settings.expand(setting);
        settings.get(setting.span.file, &setting.path.iter().map(String::as_str).collect::<Vec<_>>());
    }
    for part in config::comments(name, text) {
        assert!(text.get(part).is_some());
    }
    config::scalars(name, text);
}

const SCHEMA: [&str; 5] = ["a.prisma", "a.sql", "a.graphql", "openapi.json", "openapi.yaml"];

/// First line: the name of the file. The text is also tried as a query of a program.
fn read_schema(text: &str) {
    let (name, text) = text.split_once('\n').unwrap_or(("", text));
    let known = SCHEMA.iter().find(|known| **known == name);
    let name = known.unwrap_or(&SCHEMA[text.len() % SCHEMA.len()]);
    let (_, notices) = schema::read(&files([(*name, text)]));
    no_failure(&notices);
    schema::selection(text);
}

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::bundled().expect("the bundled rules are valid"));

/// First line: the URL; second: the model.
fn resolve_url(text: &str) {
    let (url, model) = text.split_once('\n').map_or((text, None), |(url, model)| (url, Some(model)));
    let home = BTreeSet::from(["US".to_string()]);
    RULES.resolve_url(url);
    RULES.is_local(url);
    RULES.api_path(url);
    RULES.url_of(url);
    let Some(answer) = lookup::look_up(&RULES, url, model, &home) else { return };
    if answer.found.is_none() && !text.len().is_multiple_of(16) {
        // Shown like any other; now and then is enough.
        return;
    }
    let shown = registry::answer_json(&RULES, &answer);
    let object: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    assert!(object["host"].is_string() && object["url"].is_string(), "{shown}");
    let shown = registry::answer_text(&RULES, &answer, &["US".to_string()], &Look::default());
    only_printable(&strip(&shown));
}

fn load_policy(text: &str) {
    let from = PolicyFrom::Text { path: "transborder.toml".into(), text: text.to_string() };
    let Ok(opened) = Opened::open(&from, &[]) else { return };
    // Mistakes are shown with the lines they are about.
    if let Err(mistakes) = opened.check(&RULES, None) {
        only_printable(&strip(&mistakes.to_string()));
    }
}

/// First line: where below the folder the file stands.
fn load_rules(text: &str) {
    let (place, text) = text.split_once('\n').unwrap_or(("", text));
    let place = if place.ends_with(".toml") { place } else { "providers/a.toml" };
    let layer = vec![(format!("r/{place}"), place.to_string(), text.to_string())];
    if let Err(errors) = Rules::given(vec![layer]) {
        assert!(!errors.is_empty());
        for error in &errors {
            let span = error.span.clone().unwrap_or(0..0);
            assert!(error.source_text.as_ref().is_none_or(|text| text.get(span).is_some()), "{error:?}");
        }
        only_printable(&strip(&transborder::error::BadRules(errors).to_string()));
    }
}

/// First line: the name of the file. The text is also tried as a baseline.
fn read_allows(text: &str) {
    let (name, text) = text.split_once('\n').unwrap_or(("", text));
    let known = Language::of(name).is_some() || config::Format::of(name).is_some();
    let name = if known { name } else { ["a.py", "a.tsx", "a.yaml", "a.tf", "a.json"][text.len() % 5] };
    let files = files([(name, text)]);
    let (allows, notices) = allow::read(&files);
    no_failure(&notices);
    let lines = text.matches('\n').count() as u32 + 1;
    for allow in &allows {
        assert!(!allow.reason.is_empty() && !allow.rules.is_empty(), "{allow:?}");
        assert!((1..=lines).contains(&allow.line) && (1..=lines + 1).contains(&allow.covers), "{allow:?}");
    }
    allow::apply(&allows, &mut [], &files, |_| true);
    if let Ok(baseline) = baseline::read("b.json", text) {
        baseline.apply(&mut [], |_| true);
    }
}

/// Path, URL, message and text of a file, with NUL between them.
fn write_reports(text: &str) {
    let mut parts = text.splitn(4, '\0');
    let mut part = || parts.next().unwrap_or("");
    let (path, url, message, text) = (part(), part(), part(), part());
    // A path of no text or one that git cannot have is none.
    let path = if path.is_empty() || path == "z.py" { "a.py" } else { path };
    let start = message.len() % (text.len() + 1);
    let mark = start..(start + url.len()).min(text.len());
    let report = fixture::made_of(path, text, mark, message, url);
    for format in Format::ALL {
        let shown = format.render(&report, &Look::default(), &Choice::default());
        match format {
            Format::Json | Format::Sarif | Format::Gitlab | Format::Cyclonedx => {
                serde_json::from_str::<serde_json::Value>(&shown).expect("JSON");
            }
            Format::Html => not_taken_over(&shown),
            Format::Csv => runs_nothing(&shown),
            Format::Github => only_commands(&shown),
            Format::Register => assert!(shown.lines().all(|line| line.matches('`').count() % 2 == 0)),
            Format::Mermaid => only_a_chart(&shown),
            Format::Terminal | Format::Markdown => {}
        }
        if !matches!(format, Format::Json | Format::Sarif | Format::Gitlab | Format::Cyclonedx) {
            only_printable(&if format == Format::Terminal { strip(&shown) } else { shown });
        }
    }
    let known = baseline::read("b.json", &baseline::write(&report)).expect("what was written is read");
    let mut findings = report.findings.clone();
    known.apply(&mut findings, |_| true);
    assert!(findings.iter().all(|finding| finding.suppressed.is_some()));
}

/// Files, each after a line `=== PATH`.
fn audit_program(text: &str) {
    static AUDITOR: LazyLock<Auditor> =
        LazyLock::new(|| Auditor::new().expect("the bundled rules are valid"));
    let parts = text.split("=== ").skip(1).take(8);
    let named = parts.filter_map(|part| part.split_once('\n')).filter(|(name, _)| !name.is_empty());
    let list: std::collections::BTreeMap<&str, &str> = named.collect();
    let files = files(list);
    let report = AUDITOR.report(files.clone());
    no_failure(&report.notices);
    for format in [Format::Terminal, Format::Json, Format::Sarif] {
        let shown = format.render(&report, &Look::default(), &Choice::default());
        assert!(!shown.is_empty());
    }
    for finding in &report.findings {
        for step in finding.flow.iter().flat_map(|flow| &flow.steps) {
            let text = &files.get(step.span.file).text;
            assert!(text.get(step.span.start as usize..step.span.end as usize).is_some(), "{step:?}");
        }
    }
}

fn files<'t>(list: impl IntoIterator<Item = (&'t str, &'t str)>) -> Files {
    let file = |(path, text): (&str, &str)| SourceFile { path: path.into(), text: text.into() };
    Files::new(list.into_iter().map(file).collect())
}

/// What the program caught on its way is a mistake all the same.
fn no_failure(notices: &[Notice]) {
    let internal: Vec<&Notice> = notices.iter().filter(|n| n.kind == NoticeKind::Internal).collect();
    assert!(internal.is_empty(), "{internal:?}");
}

fn strip(styled: &str) -> String {
    anstream::adapter::strip_str(styled).to_string()
}

fn only_printable(text: &str) {
    let odd =
        |c: &char| (c.is_control() && !matches!(c, '\n' | '\r')) || matches!(c, '\u{202a}'..='\u{202e}');
    assert_eq!(text.chars().find(odd), None, "{text:?}");
}

/// A page holds our own scripts and nothing that acts besides.
fn not_taken_over(page: &str) {
    assert_eq!((page.matches("<script").count(), page.matches("</script").count()), (2, 2));
    assert_eq!(page.matches("<style").count(), 1);
    for forbidden in ["<img", "<iframe", "<link", "<base", "<object"] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
}

/// No cell of a table begins like a formula.
fn runs_nothing(csv: &str) {
    let (mut start, mut quoted) = (true, false);
    for c in csv.trim_start_matches('\u{feff}').chars() {
        assert!(!(start && matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r')), "{csv:?}");
        quoted ^= c == '"';
        start = (c == '"' && start) || (!quoted && matches!(c, ',' | '\n'));
    }
}

/// Every line is a command of ours, and says nothing else.
fn only_commands(text: &str) {
    let known = ["::error ", "::warning ", "::notice "];
    let line = |line: &str| known.iter().any(|start| line.starts_with(start)) || !line.contains("::");
    assert!(text.lines().all(line), "{text}");
}

fn only_a_chart(text: &str) {
    for line in text.lines().map(str::trim_start) {
        let known = ["flowchart ", "subgraph c", "n", "end", "classDef "];
        assert!(known.iter().any(|start| line.starts_with(start)), "{line}");
        assert!(line.matches('"').count() % 2 == 0 && !line.contains('<') && !line.contains('`'), "{line}");
    }
}
