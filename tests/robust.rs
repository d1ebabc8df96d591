//! Inputs nobody would write, for every part of the program that reads or shows what somebody else wrote.
//!
//! The quick twin of the fuzzer in `fuzz/`: the same checks, on seeds that are cut up and put together again, always in
//! the same way. What the fuzzer found is kept in `tests/robust/found/TARGET/`, and tried here too.

#[path = "robust/target.rs"]
mod target;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::path::Path;

/// What is put into an input: the words and signs that the parts under test look for.
const PIECES: [&str; 64] = [
    "",
    "\n",
    "\r\n",
    "\0",
    "\t",
    " ",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "\"",
    "'",
    "`",
    "\\",
    "$",
    "${",
    "{{",
    "#",
    "//",
    "/*",
    "*/",
    "<!--",
    ":",
    ";",
    ",",
    ".",
    "=",
    "==",
    "=>",
    "|",
    "&",
    "&a ",
    "*a",
    "@",
    "%",
    "!",
    "?",
    "-",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{feff}",
    "é",
    "😀",
    "f'",
    "def f(",
    "class ",
    "import ",
    "async ",
    "return ",
    "transborder: allow[x] y",
    "https://",
    "api.deepseek.com",
    "=== a.py\n",
    "0x",
    "1e999",
    "null",
    "SELECT ",
    "model A {",
    "type T {",
    "EOF",
];

/// One input to start from for each target, beside the empty one.
fn seeds(name: &str) -> Vec<String> {
    let read = |path: &str| {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a seed")
    };
    let named = |name: &str, text: &str| format!("{name}\n{text}");
    match name {
        "python" => vec![read("testdata/projects/clinic/app/models.py"), "match x:\n  case {'k': [1, *_]} if (y := f'{a!r:>{b}}'): await z(**d)\n".into()],
        "typescript" => vec!["@D() class K<T> { #k = `a${1}`; constructor(private readonly l: L, { a = 1, ...r }: O = {}) { super(l); } async *g() { yield* this.l?.s!.m(); } }\nenum E { A = \"a\" } namespace N { export const z = 1 as const }\n".into()],
        "tsx" => vec!["const el = <Chat onSend={async (p) => { await send(p); }} {...props}>{items.map(i => <b key={i}>{i}</b>)}</Chat>;\nlet { q: o, ...r } = await import(\"q\"); label: for (const [k, v] of Object.entries(a)) { break label }\n".into()],
        "config" => vec![
            named("compose.yaml", "x-a: &a {K: é}\nservices:\n  w:\n    environment:\n      <<: *a\n      B: !env C\n  v:\n    environment: [D=1, 'E=é']\n"),
            named("a.ipynb", "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"%env A=é\\n\", \"!B=1 c\"]}]}"),
            named("a.tf", "variable \"a\" {\n  default = \"é\"\n}\nb = { env = { A = var.a, B = \"${var.a}/x\" } }\nc = <<E\nx\nE\n"),
            named("a.toml", "a = \"\"\"é\"\"\"\n[env]\nA = 'b'\n[[c]]\nd = [1, {e = 2}]\n"),
            named(".github/workflows/a.yml", "jobs:\n  a:\n    steps:\n      - run: |\n          export A=é && B=${C:-d} run -e D=1\n        env: {B: \"${{ env.A || 'c' }}\"}\n"),
        ],
        "schema" => vec![
            named("a.prisma", "model User {\n  id Int @id @default(autoincrement())\n  email String? @map(\"mail\")\n  posts Post[]\n  @@map(\"users\")\n}\n"),
            named("a.sql", "CREATE TABLE \"users\" (id INT PRIMARY KEY, ssn TEXT DEFAULT 'x', CHECK (id > (0)));\nALTER TABLE users ADD COLUMN dob date;\nSELECT u.*, count(*) FROM users u JOIN (SELECT 1) x ON true;\n"),
            named("a.graphql", "\"\"\"d\"\"\"\ntype T implements I @key(fields: \"id\") { id: ID! list(a: [Int!] = [1]): [T!]! }\nextend type T { x: String }\n"),
            named("openapi.yaml", "components:\n  schemas:\n    A:\n      allOf: [{$ref: '#/components/schemas/B'}]\n      properties: {ssn: {type: string}}\n"),
        ],
        "url" => vec!["https://u:p@{region}-aiplatform.googleapis.com:443/v1/../x?key=1#f\nvendor/model-1".into(), "[::ffff:10.0.0.1]:8080/v1\nm:cloud".into()],
        "policy" => vec![read("testdata/policies/bad/exceptions.toml"), "home = [\"EU\"]\n[tiers]\nrestricted = { allow = [\"home\"], require = [\"no-training\"] }\n[data]\n\"customer.record\" = [\"dossier\"]\n".into()],
        "rules" => vec![
            named("providers/a.toml", &read("rules/providers/deepseek.toml")),
            named("clients/python/a.toml", &read("rules/clients/python/together.toml")),
        ],
        "allow" => vec![
            named("a.py", "x = 1  # transborder: allow[foreign-endpoint, relay-endpoint] because\n"),
            named("a.yaml", "# transborder: allow[source-code-abroad] so\na: 'b # c'\n"),
            named("b.json", "{\"version\": 1, \"findings\": {\"ab\": {\"rule\": \"x\"}}}"),
        ],
        "writers" => vec!["a b/\u{1b}[31m<img>%0A::error::x|`\"\0https://u:p@h.example/?key=1\0</script> ``` | @all [x](javascript:1)\0x = send('=cmd')\r\n\t-1\n".into()],
        "pipeline" => vec![
            "=== a.py\nimport os\nfrom openai import OpenAI\nfrom b import text\nc = OpenAI(base_url=os.environ['LLM_BASE_URL'])\ndef f(patient):\n    return c.chat.completions.create(model='m', messages=[{'role': 'user', 'content': text(patient)}])\n=== b.py\ndef text(p):\n    return f'{p.ssn} {p.email}'\n=== .env\nLLM_BASE_URL=https://api.deepseek.com/v1\n".into(),
            "=== a.ts\nimport OpenAI from 'openai';\nimport { url } from './b';\nconst c = new OpenAI({ baseURL: url });\nexport const f = async (p: Patient) => c.responses.create({ model: 'm', input: `x ${p.ssn}` });\n=== b.ts\nexport const url = process.env.U ?? 'https://api.moonshot.cn/v1';\n".into(),
        ],
        _ => vec![],
    }
}

/// How often each target is tried: often enough to catch a slip, seldom enough for every test run.
fn tries(name: &str) -> u32 {
    match name {
        // Each try reads all bundled rules, or shows a report in every format.
        "rules" => 6,
        "pipeline" => 24,
        "writers" => 48,
        _ => 160,
    }
}

/// Seeds with parts cut out, moved, doubled and put in.
fn inputs(name: &'static str) -> impl Strategy<Value = String> {
    let mut known = seeds(name);
    known.push(String::new());
    let piece = prop_oneof![
        4 => proptest::sample::select(&PIECES[..]).prop_map(str::to_string),
        1 => "\\PC{0,8}",
    ];
    let edit = (any::<prop::sample::Index>(), 0usize..40, piece, 0usize..12);
    (proptest::sample::select(known), proptest::collection::vec(edit, 0..10)).prop_map(|(mut text, edits)| {
        for (at, cut, piece, times) in edits {
            let start = text.floor_char_boundary(at.index(text.len() + 1));
            let end = text.floor_char_boundary((start + cut).min(text.len())).max(start);
            // Most often once; now and then enough to nest.
            let times = if times > 8 { times * 9 } else { 1 };
            text.replace_range(start..end, &piece.repeat(times));
        }
        text
    })
}

fn try_out(name: &'static str) {
    let config = Config { cases: tries(name), failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let worker = target::worker();
    let tried = worker.install(|| {
        TestRunner::new_with_rng(config, rng).run(&inputs(name), |text| {
            target::run(name, text.as_bytes());
            Ok(())
        })
    });
    tried.unwrap_or_else(|failure| panic!("{failure}"));
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/robust/found").join(name);
    for input in std::fs::read_dir(found).into_iter().flatten() {
        let path = input.expect("an entry").path();
        worker.install(|| target::run(name, &std::fs::read(&path).expect("an input")));
    }
}

#[test]
fn every_target_has_a_test_and_a_fuzzer() {
    let own = include_str!("robust.rs");
    for (name, _) in target::ALL {
        assert!(own.contains(&format!("try_out(\"{name}\")")), "no test tries {name}");
        let fuzzer = format!("fuzz/fuzz_targets/{name}.rs");
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(fuzzer).is_file(), "no fuzzer tries {name}");
        assert!(!seeds(name).is_empty(), "{name} starts from nothing");
    }
}

#[test]
fn python_is_lowered() {
    try_out("python");
}

#[test]
fn typescript_is_lowered() {
    try_out("typescript");
    try_out("tsx");
}

#[test]
fn configuration_is_read() {
    try_out("config");
}

#[test]
fn schemas_are_read() {
    try_out("schema");
}

#[test]
fn urls_are_resolved() {
    try_out("url");
}

#[test]
fn policies_are_read_or_refused() {
    try_out("policy");
}

#[test]
fn rules_are_read_or_refused() {
    try_out("rules");
}

#[test]
fn comments_and_baselines_are_read() {
    try_out("allow");
}

#[test]
fn every_format_holds_what_it_is_given() {
    try_out("writers");
}

#[test]
fn programs_are_audited() {
    try_out("pipeline");
}
