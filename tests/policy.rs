//! Policies: what they allow and object to, which mistakes are reported, and what `init` writes.

use camino::Utf8PathBuf;
use proptest::prelude::*;
use std::fmt::Write as _;
use std::sync::LazyLock;
use transborder::error::BadPolicy;
use transborder::finding::*;
use transborder::judge::{Case, Judge};
use transborder::options::PolicyFrom;
use transborder::policy::exception::{Scope, apply};
use transborder::policy::{Opened, Places, Policy};
use transborder::report::sarif::Choice;
use transborder::report::terminal::{self, Look, mistake};
use transborder::report::{Format, template};
use transborder::rules::Rules;
use transborder::rules::data::Tier;
use transborder::text::{FileId, Span};
use transborder::{Options, Report, audit};

static RULES: LazyLock<Rules> =
    LazyLock::new(|| Rules::bundled().unwrap_or_else(|errors| panic!("{errors:?}")));

const TODAY: toml::value::Date = toml::value::Date { year: 2026, month: 11, day: 20 };

fn text(policy: &str) -> PolicyFrom {
    PolicyFrom::Text { path: "transborder.toml".into(), text: policy.into() }
}

/// A valid policy, or every mistake as a person sees it.
fn policy(policy: &str) -> Result<Policy, String> {
    let opened = Opened::open(&text(policy), &[]).map_err(|e| shown(&e.downcast().expect("mistakes")))?;
    opened.check(&RULES, None).map_err(|e| shown(&e))
}

fn valid(text: &str) -> Policy {
    policy(text).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn shown(mistakes: &BadPolicy) -> String {
    let look = Look { unicode: false, ..Look::default() };
    anstream::adapter::strip_str(&mistake::render(&mistakes.0, &look)).to_string()
}

fn folder(name: &str) -> Utf8PathBuf {
    Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name)
}

/// A project as somebody would check it out, with the policy it has or another one.
fn project(name: &str, from: PolicyFrom) -> Report {
    let root = folder("projects").join(name);
    let copy = tempfile::tempdir().expect("a temporary directory");
    for entry in walkdir::WalkDir::new(&root).min_depth(1) {
        let entry = entry.expect("the project can be read");
        let target = copy.path().join(entry.path().strip_prefix(&root).expect("below the project"));
        match entry.file_type().is_dir() {
            true => std::fs::create_dir(target).expect("a directory"),
            false => {
                std::fs::copy(entry.path(), target).expect("a file");
            }
        }
    }
    let root = Utf8PathBuf::from_path_buf(copy.path().to_path_buf()).expect("UTF-8");
    // A text without a file stands where the project's policy would.
    let from = match from {
        PolicyFrom::Text { text, .. } => PolicyFrom::Text { path: root.join("transborder.toml"), text },
        other => other,
    };
    audit(&Options { paths: vec![root], policy: from, today: Some(TODAY), ..Options::default() })
        .unwrap_or_else(|e| panic!("{e:#}: {}", e.downcast_ref().map(shown).unwrap_or_default()))
}

#[test]
fn every_mistake_is_shown_at_its_place() {
    let mut entries: Vec<_> = folder("policies/bad").read_dir_utf8().unwrap().map(|e| e.unwrap()).collect();
    entries.sort_by(|a, b| a.path().cmp(b.path()));
    assert!(entries.len() >= 8, "the bad policies are gone");
    let mut out = String::new();
    for entry in entries {
        let source = std::fs::read_to_string(entry.path()).unwrap();
        let Err(mistakes) = policy(&source) else { panic!("{} was taken", entry.path()) };
        let _ = write!(out, "==== {}\n{mistakes}", entry.file_name());
    }
    insta::assert_snapshot!(out);
}

#[test]
fn the_example_of_the_readme_is_a_policy() {
    let readme = include_str!("../README.md");
    let example = readme.split("```toml\n").find(|block| block.starts_with("extends")).expect("an example");
    let policy = valid(example.split("```").next().unwrap_or(""));
    assert_eq!(policy.exceptions.len(), 1);
    assert_eq!(policy.home.len(), 2);
}

/// One candidate for each thing a destination can be.
fn destinations() -> Vec<(&'static str, Vec<Candidate>)> {
    let of = |url: &str| {
        let answer =
            transborder::lookup::look_up(&RULES, url, None, &["US".to_string()].into()).expect("a URL");
        let provider = answer.found.as_ref().map(|found| found.provider);
        Candidate {
            host: answer.host.clone(),
            url: url.into(),
            provider: provider.map(|p| p.id.clone()),
            provider_name: provider.map(|p| p.name.clone()),
            residency: answer.residency.clone(),
            control: answer.control.clone(),
            verdict: Verdict::Unresolved,
            because: String::new(),
            evidence: vec![],
            verified: None,
            sources: vec![],
            relay: false,
            upstreams: Vec::new(),
            remarks: vec![],
        }
    };
    vec![
        ("on this machine", vec![of("http://localhost:8000/v1")]),
        ("United States lab", vec![of("https://api.openai.com/v1")]),
        ("European lab", vec![of("https://api.mistral.ai/v1")]),
        ("Chinese lab", vec![of("https://api.deepseek.com/v1")]),
        ("router", vec![of("https://openrouter.ai/api/v1")]),
        ("one of two", vec![of("https://api.openai.com/v1"), of("https://api.deepseek.com/v1")]),
        ("nobody knows", vec![of("https://llm.corp.example/v1")]),
        ("decided at run time", vec![]),
    ]
}

/// The candidates as the resolver judges them from this home.
fn seen_from(policy: &Policy, candidates: &[Candidate]) -> Destination {
    let home = Places::home(&policy.home);
    let verdict = |c: &Candidate| match c.residency.iter().any(|r| r == "local") {
        true => Verdict::Local,
        false => home.verdict(&RULES, c, policy.strict_residency),
    };
    let candidates: Vec<Candidate> =
        candidates.iter().map(|c| Candidate { verdict: verdict(c), ..c.clone() }).collect();
    let verdict = Verdict::together(candidates.iter().map(|c| c.verdict));
    Destination { verdict, candidates, unresolved: None }
}

fn span() -> Span {
    Span::new(FileId(0), 0, 19)
}

/// What the policy makes of data of a tier at a destination.
fn judged(
    policy: &Policy,
    tier: Option<Tier>,
    destination: &Destination,
    models: Vec<ModelUse>,
) -> Option<Finding> {
    let class = match tier {
        Some(Tier::Restricted) => "credential.password",
        Some(Tier::Confidential) => "pii.contact.email",
        Some(Tier::Internal) => "code.schema",
        _ => "user_input.text",
    };
    let flow = tier.map(|tier| Flow {
        data: vec![DataUse {
            class: class.into(),
            title: class.into(),
            tier,
            evidence: "`x`".into(),
            regulations: vec![],
        }],
        steps: vec![Step { span: span(), message: "read".into(), kind: StepKind::Source, depth: 0 }],
        further_paths: 0,
        treatments: vec![],
        volume: Volume::One,
    });
    let site = Call {
        span: span(),
        callee: "client.chat".into(),
        function: String::new(),
        package: "python/example".into(),
        kind: "chat".into(),
        destination: destination.clone(),
        models,
        in_tests: false,
    };
    let reaching = [class.to_string()];
    let judge = Judge { rules: &RULES, policy };
    let (confidence, destination) = (Confidence::Certain, destination.clone());
    judge.finding(Case { call: 0, site: &site, tier, confidence, flow, reaching: &reaching, destination })
}

const TIERS: [(&str, Option<Tier>); 5] = [
    ("restricted", Some(Tier::Restricted)),
    ("confidential", Some(Tier::Confidential)),
    ("internal", Some(Tier::Internal)),
    ("user input", Some(Tier::UserInput)),
    ("nothing", None),
];

#[test]
fn every_tier_at_every_destination_under_every_profile() {
    let mut out = String::new();
    for profile in RULES.profiles.keys() {
        let policy = valid(&format!("extends = \"{profile}\"\n"));
        let _ = writeln!(out, "== {profile}, seen from {}", policy.home_as_written.join(", "));
        for (name, candidates) in destinations() {
            let destination = seen_from(&policy, &candidates);
            let _ = writeln!(out, "{name}: {}", destination.verdict.as_str());
            for (tier_name, tier) in TIERS {
                let cell = match judged(&policy, tier, &destination, vec![]) {
                    Some(finding) => {
                        format!("{} {} ({})", finding.severity.as_str(), finding.rule.id(), finding.score)
                    }
                    None => "allowed".into(),
                };
                let _ = writeln!(out, "  {tier_name:<13} {cell}");
            }
        }
    }
    insta::assert_snapshot!(out);
}

/// What must be true of the table whatever its snapshot says.
#[test]
fn home_alone_allows_what_is_certainly_at_home() {
    let policy = valid("home = [\"US\"]\n");
    for (name, candidates) in destinations() {
        let destination = seen_from(&policy, &candidates);
        for (_, tier) in TIERS {
            let rule = judged(&policy, tier, &destination, vec![]).map(|finding| finding.rule);
            let serious = matches!(tier, Some(Tier::Restricted | Tier::Confidential));
            let expected = match (destination.verdict, tier) {
                (Verdict::Local | Verdict::Domestic, _) => None,
                (Verdict::Foreign, Some(Tier::Restricted)) => Some(RuleId::RestrictedDataAbroad),
                (Verdict::Foreign, Some(Tier::Confidential)) => Some(RuleId::ConfidentialDataAbroad),
                (Verdict::Foreign, Some(Tier::Internal)) => Some(RuleId::InternalDataAbroad),
                (Verdict::Foreign, Some(Tier::UserInput)) => Some(RuleId::UserInputAbroad),
                (Verdict::Foreign, None) => Some(RuleId::ForeignEndpoint),
                (Verdict::Possible, _) => serious.then_some(RuleId::DataMaybeAbroad),
                (Verdict::Unresolved, _) => serious.then_some(RuleId::DataEndpointUnresolved),
            };
            assert_eq!(rule, expected, "{name}, {tier:?}");
        }
    }
}

#[test]
fn the_words_of_a_tier() {
    let at = |policy: &str, place: &str| {
        let policy = valid(&format!("home = [\"US\"]\n[tiers]\nrestricted = {policy}\n"));
        let (_, candidates) =
            destinations().into_iter().find(|(name, _)| *name == place).expect("a destination");
        let destination = seen_from(&policy, &candidates);
        judged(&policy, Some(Tier::Restricted), &destination, vec![]).map(|finding| finding.rule.id())
    };
    for (tier, place, rule) in [
        ("{ allow = [\"any\"] }", "Chinese lab", None),
        ("{ allow = [\"any\"] }", "decided at run time", None),
        ("{ allow = [\"home\", \"EEA\"] }", "European lab", None),
        ("{ allow = [\"home\", \"EEA\"] }", "Chinese lab", Some("restricted-data-abroad")),
        ("{ allow = [\"home\", \"mistral\"] }", "European lab", None),
        ("{ allow = [\"home\", \"CN\"] }", "one of two", None),
        ("{ allow = [\"home\"] }", "one of two", Some("data-maybe-abroad")),
        ("{ allow = [\"local\"] }", "on this machine", None),
        ("{ allow = [\"local\"] }", "United States lab", Some("denied-by-policy")),
        ("{ allow = [\"local\"] }", "Chinese lab", Some("restricted-data-abroad")),
        ("{ allow = [\"none\"] }", "on this machine", Some("denied-by-policy")),
        ("{ allow = [\"any\"], deny = [\"US-countries-of-concern\"] }", "European lab", None),
        ("{ allow = [\"any\"], deny = [\"CN\"] }", "Chinese lab", Some("restricted-data-abroad")),
        ("{ allow = [\"any\"], deny = [\"CN\"] }", "decided at run time", Some("data-endpoint-unresolved")),
        ("{ allow = [\"any\"], deny = [\"openai\"] }", "United States lab", Some("denied-by-policy")),
        ("{ allow = [\"any\"], require = [\"no-training\"] }", "Chinese lab", Some("denied-by-policy")),
        ("{ allow = [\"home\"], require = [\"no-training\"] }", "United States lab", None),
        ("{ allow = [\"any\"], require = [\"no-training\"] }", "nobody knows", Some("denied-by-policy")),
    ] {
        assert_eq!(at(tier, place), rule, "{tier} at {place}");
    }
}

#[test]
fn a_declared_setting_meets_a_condition() {
    let router = destinations().into_iter().find(|(name, _)| *name == "router").expect("it").1;
    let rule = |declared: &str| {
        let policy = valid(&format!(
            "[tiers]\nrestricted = {{ allow = [\"any\"], require = [\"zero-retention\"] }}\n{declared}"
        ));
        let destination = seen_from(&policy, &router);
        judged(&policy, Some(Tier::Restricted), &destination, vec![]).map(|finding| finding.rule)
    };
    let with = |setting: &str| {
        rule(&format!(
            "[router.openrouter]\ndeclared = {{ {setting} }}\nby = \"platform\"\non = 2026-11-01\n"
        ))
    };
    assert_eq!(rule(""), Some(RuleId::DeniedByPolicy));
    assert_eq!(with("zdr = true"), None);
    assert_eq!(with("zdr = false"), Some(RuleId::DeniedByPolicy));
    assert_eq!(with("data_collection = \"deny\""), Some(RuleId::DeniedByPolicy), "it promises less");
}

#[test]
fn an_unpinned_place_is_possible_when_residency_is_strict() {
    let lenient = valid("home = [\"US\"]\n");
    let strict = valid("home = [\"US\"]\nresidency = \"strict\"\n");
    let together = destinations().into_iter().find(|(name, _)| *name == "United States lab").expect("it").1;
    assert_eq!(seen_from(&lenient, &together).verdict, Verdict::Domestic);
    assert_eq!(seen_from(&strict, &together).verdict, Verdict::Possible);
}

#[test]
fn origin_informs_unless_the_policy_denies_it() {
    let model = |id: &str| ModelUse {
        origin: RULES.origin(id).map_or("unknown".into(), |o| o.country.clone()),
        id: id.into(),
        lab: None,
        open_weights: "true".into(),
    };
    let home = destinations().into_iter().find(|(name, _)| *name == "United States lab").expect("it").1;
    for (policy, id, denied) in [
        ("", "deepseek-chat", false),
        ("deny_origin = [\"CN\"]\n", "deepseek-chat", true),
        ("deny_origin = [\"US-countries-of-concern\"]\n", "deepseek-ai/DeepSeek-V3", true),
        ("deny_origin = [\"CN\"]\n", "gpt-4o", false),
        ("deny_models = [\"gpt-4*\"]\n", "gpt-4o", true),
        ("deny_models = [\"gpt-4*\"]\n", "openai/gpt-4o", true),
    ] {
        let policy = valid(policy);
        let destination = seen_from(&policy, &home);
        for (_, tier) in TIERS {
            let finding = judged(&policy, tier, &destination, vec![model(id)]);
            assert_eq!(
                finding.as_ref().map(|f| f.rule),
                denied.then_some(RuleId::DeniedByPolicy),
                "{id} {tier:?}"
            );
            if let Some(finding) = finding {
                assert!(finding.message.contains("the policy denies"), "{}", finding.message);
                assert!(!finding.advice.iter().any(|a| a.text.contains(id)), "{:?}", finding.advice);
            }
        }
    }
}

/// Providers named in a piece of advice.
fn named(advice: &str) -> Vec<&'static str> {
    let mut words = advice.rsplit(": ").next().unwrap_or("").trim_end_matches('.').split(", ");
    let first = words.clone().next().unwrap_or("");
    let known = |name: &str| RULES.providers.all.iter().find(|p| p.name == name).map(|p| p.id.as_str());
    if known(first).is_none() { Vec::new() } else { words.by_ref().filter_map(known).collect() }
}

#[test]
fn advice_is_never_what_the_policy_forbids() {
    let mut named_at_all = 0;
    for profile in RULES.profiles.keys() {
        let policy = valid(&format!("extends = \"{profile}\"\n"));
        let model = ModelUse {
            id: "deepseek-ai/DeepSeek-V3".into(),
            origin: "CN".into(),
            lab: None,
            open_weights: "true".into(),
        };
        for (_, candidates) in destinations() {
            let destination = seen_from(&policy, &candidates);
            for (_, tier) in TIERS {
                let Some(finding) = judged(&policy, tier, &destination, vec![model.clone()]) else {
                    continue;
                };
                for id in finding.advice.iter().flat_map(|a| named(&a.text)) {
                    named_at_all += 1;
                    let provider = RULES.provider(id).expect("a provider");
                    let allowed = provider.endpoints.iter().any(|endpoint| {
                        let url = format!("https://{}", endpoint.host.replace("*.", "x."));
                        let Some(c) = destinations_of(&url) else { return false };
                        let seen = seen_from(&policy, &[c]);
                        judged(&policy, tier, &seen, vec![]).is_none()
                    });
                    assert!(allowed, "{profile}, {tier:?}: {:?}", finding.advice);
                }
            }
        }
    }
    assert!(named_at_all > 10, "advice names {named_at_all} providers");
}

fn destinations_of(url: &str) -> Option<Candidate> {
    let answer = transborder::lookup::look_up(&RULES, url, None, &["US".to_string()].into())?;
    let provider = answer.found.as_ref()?.provider;
    let (_, mut like) = destinations().remove(1);
    let mut candidate = like.remove(0);
    candidate.host = answer.host;
    candidate.provider = Some(provider.id.clone());
    candidate.residency = answer.residency;
    candidate.control = answer.control;
    Some(candidate)
}

#[test]
fn what_init_writes_is_a_policy() {
    for name in ["clinic", "mixed"] {
        let report = project(name, PolicyFrom::BuiltIn);
        for profile in RULES.profiles.keys() {
            let written = template::render(&report, profile, None).expect("a known profile");
            let from_it = valid(&written);
            assert_eq!(from_it.tiers, valid(&format!("extends = \"{profile}\"")).tiers, "{profile}");
            // Everything it offers can be switched on by taking the `#` away.
            let all: String = written.lines().map(|line| format!("{}\n", uncommented(line))).collect();
            let all = all.replace("rules = [\"privacy/rules\"]\n", "").replace("\"...\"", "\"together\"");
            valid(&all);
        }
        let strict = template::render(&report, "us-default", Some(&["US".into()])).expect("a known profile");
        insta::assert_snapshot!(format!("init_{name}"), strict);
    }
    assert!(template::render(&project("clinic", PolicyFrom::BuiltIn), "no-such", None).is_err());
}

/// A line without its `#` when what follows is TOML and not prose.
fn uncommented(line: &str) -> &str {
    let Some(rest) = line.strip_prefix("# ") else { return line };
    let key = rest.split(" = ").next().unwrap_or("");
    let plain = |c: char| c.is_ascii_lowercase() || matches!(c, '_' | '.' | '"');
    let is_entry = rest.contains(" = ") && key.chars().all(plain);
    if rest.starts_with('[') || is_entry { rest } else { line }
}

#[test]
fn a_project_with_a_policy_says_who_agreed_to_what() {
    let report = project("lender", PolicyFrom::Nearest);
    let suppressed: Vec<_> = report.findings.iter().filter_map(|f| f.suppressed.as_ref()).collect();
    assert!(!suppressed.is_empty(), "an exception covers something");
    for suppression in suppressed {
        assert_eq!(suppression.owner.as_deref(), Some("privacy@lender.example"));
    }
    let rules: Vec<RuleId> = report.findings.iter().map(|f| f.rule).collect();
    assert!(rules.contains(&RuleId::PolicyExceptionExpired), "{rules:?}");
    assert!(rules.contains(&RuleId::PolicyExceptionUnused), "{rules:?}");
    for finding in report.findings.iter().filter(|f| f.call.is_none()) {
        assert_eq!(report.files.get(finding.span.file).path.as_ref(), "transborder.toml");
    }
    assert_eq!(report.coverage.files_ignored, 1);
    let look = Look { unicode: false, verbose: true, ..Look::default() };
    let seen = anstream::adapter::strip_str(&terminal::render(&report, &look)).to_string();
    let words = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("declared by platform@lender.example on 2026-11-01, not seen in code"), "{seen}");
    insta::assert_snapshot!(seen);
    // Whoever reads another format is told as much: who declared the setting, and where each tier may go.
    for format in [Format::Json, Format::Sarif, Format::Html] {
        let text = format.render(&report, &Look::default(), &Choice::default());
        assert!(text.contains("platform@lender.example on 2026-11-01, not seen in code"), "{format:?}");
    }
    let page = Format::Html.render(&report, &Look::default(), &Choice::default());
    for cell in ["home, UK", "home, EEA", "no-training", "sha256 "] {
        assert!(page.contains(cell), "{cell}");
    }
}

#[test]
fn a_policy_of_the_repository_can_be_ignored_and_that_is_said() {
    let report = project("lender", PolicyFrom::BuiltIn);
    assert!(report.findings.iter().all(|f| f.suppressed.is_none()));
    assert!(report.policy.path.is_none() && report.policy.ignored.is_some());
    assert!(report.findings.len() > project("lender", PolicyFrom::Nearest).active().count());
}

/// A policy with the exceptions that these choices make.
fn with_exceptions(choices: &[(usize, usize, usize, usize)]) -> String {
    const DATA: [&str; 5] =
        ["", "data = [\"pii.*\"]", "data = [\"gov_id.ssn\"]", "data = [\"*\"]", "data = [\"phi.*\"]"];
    const TO: [&str; 5] =
        ["", "to = [\"deepseek\"]", "to = [\"CN\"]", "to = [\"*.deepseek.com\"]", "to = [\"mistral\"]"];
    const PATHS: [&str; 4] =
        ["", "paths = [\"app/**\"]", "paths = [\"**/letters.py\"]", "paths = [\"none/**\"]"];
    const EXPIRES: [&str; 2] = ["2027-03-01", "2025-03-01"];
    choices.iter().fold("home = [\"US\"]\n".to_string(), |mut text, (data, to, paths, expires)| {
        let paths = if *data == 0 && *to == 0 && *paths == 0 { 1 } else { *paths };
        let _ = writeln!(
            text,
            "[[exception]]\n{}\n{}\n{}\nreason = \"r\"\nowner = \"o\"\nexpires = {}",
            DATA[*data], TO[*to], PATHS[paths], EXPIRES[*expires]
        );
        text
    })
}

static CLINIC: LazyLock<Report> = LazyLock::new(|| project("clinic", PolicyFrom::BuiltIn));

/// Fingerprints of what is left of a report under a policy.
fn left(policy: &str) -> Vec<String> {
    let policy = valid(policy);
    let mut findings = CLINIC.findings.clone();
    let scope = Scope {
        rules: &RULES,
        files: &CLINIC.files,
        below: &|path| Some(path.to_string()),
        place: ("transborder.toml", ""),
        today: Some(TODAY),
    };
    apply(&policy.exceptions, &mut findings, &scope);
    findings.into_iter().filter(|f| f.suppressed.is_none()).map(|f| f.fingerprint).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_exception_never_adds_a_finding(choices in proptest::collection::vec((0..5usize, 0..5usize, 0..4usize, 0..2usize), 1..4)) {
        let fewer = left(&with_exceptions(&choices[..choices.len() - 1]));
        let more = left(&with_exceptions(&choices));
        prop_assert!(more.iter().all(|finding| fewer.contains(finding)));
    }

    #[test]
    fn any_text_is_a_policy_or_mistakes(text in "(home|tiers|\\[\\[exception\\]\\]|data|to|=|\\[|\\]|\"US\"|\"x\"|\\{|\\}|allow|\n| |1|2027-01-01){0,24}") {
        let _ = policy(&text);
    }
}

#[test]
fn an_exception_covers_all_of_a_flow_or_nothing() {
    let all = left("home = [\"US\"]\n");
    let one = |body: &str| {
        left(&format!("[[exception]]\n{body}\nreason = \"r\"\nowner = \"o\"\nexpires = 2027-01-01\n")).len()
    };
    assert_eq!(one("data = [\"gov_id.ssn\"]\nto = [\"deepseek\"]"), all.len(), "other data goes with it");
    assert!(one("data = [\"gov_id\", \"phi\", \"pii\"]\nto = [\"deepseek\"]") < all.len());
    assert!(one("to = [\"CN\"]") < all.len());
    assert!(one("to = [\"api.deepseek.com\"]") < all.len());
    assert_eq!(one("to = [\"mistral\"]"), all.len());
    assert_eq!(one("to = [\"deepseek\"]\npaths = [\"elsewhere/**\"]"), all.len());
    assert_eq!(one("to = [\"deepseek\"]\nrule = [\"user-input-abroad\"]"), all.len());
}
