//! A report as the engine would make it: a clinic that sends records abroad, asks a router, and leaves one
//! endpoint to the environment.

use std::collections::BTreeMap;
use std::ops::Range;
use transborder::finding::*;
use transborder::rules::data::Tier;
use transborder::rules::provider::Provider;
use transborder::text::{Files, Notice, NoticeKind, SourceFile, Span};

const INTAKE: &str = r#"from fastapi import FastAPI

from clinic.llm import ask
from clinic.models import Patient

app = FastAPI()


@app.post("/intake/{patient_id}")
def summarise(patient_id: int) -> str:
    patient = Patient.load(patient_id)
    prompt = f"Summarise for the ward: {patient.name}, SSN {patient.ssn}, {patient.diagnosis}"
    return ask(prompt)
"#;

const LLM: &str = r#"import os

from openai import OpenAI

client = OpenAI(base_url=os.environ["LLM_BASE_URL"], api_key="sk-4f9d8a7b6c5d4e3f2a1b0c9d8e7f6a5b")


def ask(prompt: str) -> str:
    answer = client.chat.completions.create(
        model="deepseek-chat",
        messages=[{"role": "user", "content": prompt}],
    )
    return answer.choices[0].message.content
"#;

const ENV: &str = "# local settings\nLLM_BASE_URL=https://api.deepseek.com/v1\nLLM_API_KEY=sk-4f9d8a7b6c5d4e3f2a1b0c9d8e7f6a5b\n";

const TRIAGE: &str = r#"import { OpenAI } from "openai";

const router = new OpenAI({ baseURL: "https://openrouter.ai/api/v1" });

export async function triage(patient: Patient) {
  return router.chat.completions.create({ model: "deepseek/deepseek-chat", messages: [{ role: "user", content: patient.history }] });
}
"#;

const BATCH: &str = r#"import os
import httpx


def embed(applicant):
    return httpx.post(os.environ["EMBED_URL"] + "/v1/embeddings", json={"input": applicant.cv})
"#;

const JOKES: &str = r#"from openai import OpenAI

print(OpenAI(base_url="https://api.moonshot.cn/v1").chat.completions.create(model="kimi-k2", messages=[]))
"#;

/// The clinic.
pub fn clinic() -> Report {
    let files = files(&[
        (".env", ENV),
        ("clinic/intake.py", INTAKE),
        ("clinic/llm.py", LLM),
        ("jobs/embed.py", BATCH),
        ("tools/joke.py", JOKES),
        ("web/triage.ts", TRIAGE),
    ]);
    let deepseek = Destination {
        verdict: Verdict::Foreign,
        candidates: vec![Candidate {
            evidence: vec![
                step(
                    &files,
                    ".env",
                    "LLM_BASE_URL=https://api.deepseek.com/v1",
                    "this sets the base URL",
                    StepKind::Endpoint,
                    0,
                ),
                step(
                    &files,
                    "clinic/llm.py",
                    "os.environ[\"LLM_BASE_URL\"]",
                    "and the client reads it",
                    StepKind::Endpoint,
                    0,
                ),
            ],
            ..candidate(
                "api.deepseek.com",
                "deepseek",
                "DeepSeek",
                &["CN"],
                &["CN"],
                Verdict::Foreign,
                "`LLM_BASE_URL` in .env",
            )
        }],
        unresolved: None,
    };
    let router = Destination {
        verdict: Verdict::Possible,
        candidates: vec![
            Candidate {
                evidence: vec![step(
                    &files,
                    "web/triage.ts",
                    "baseURL: \"https://openrouter.ai/api/v1\"",
                    "no provider is pinned behind this router",
                    StepKind::Endpoint,
                    0,
                )],
                ..candidate(
                    "api.deepseek.com",
                    "deepseek",
                    "DeepSeek",
                    &["CN"],
                    &["CN"],
                    Verdict::Foreign,
                    "the router may pick it for `deepseek/deepseek-chat`",
                )
            },
            Candidate {
                upstreams: Vec::new(),
                remarks: vec!["the place is not pinned".into()],
                verified: None,
                ..candidate(
                    "api.together.xyz",
                    "together",
                    "Together AI",
                    &["US"],
                    &["US"],
                    Verdict::Domestic,
                    "the router may pick it for `deepseek/deepseek-chat`",
                )
            },
        ],
        unresolved: None,
    };
    let unresolved = Destination {
        verdict: Verdict::Unresolved,
        candidates: vec![],
        unresolved: Some("`EMBED_URL` in jobs/embed.py".into()),
    };
    let moonshot = Destination {
        verdict: Verdict::Foreign,
        candidates: vec![Candidate {
            evidence: vec![step(
                &files,
                "tools/joke.py",
                "base_url=\"https://api.moonshot.cn/v1\"",
                "literal",
                StepKind::Endpoint,
                0,
            )],
            ..candidate(
                "api.moonshot.cn",
                "moonshot",
                "Moonshot AI",
                &["CN"],
                &["CN"],
                Verdict::Foreign,
                "literal in tools/joke.py",
            )
        }],
        unresolved: None,
    };
    let chat = ModelUse {
        id: "deepseek-chat".into(),
        origin: "CN".into(),
        lab: Some("DeepSeek".into()),
        open_weights: "true".into(),
    };

    let findings = vec![
        Finding {
            rule: RuleId::RestrictedDataAbroad,
            severity: Severity::Critical,
            score: 13.5,
            factors: vec!["restricted tier: 9.0".into(), "foreign, country of concern: × 1.5".into(), "single record: × 1.0".into()],
            confidence: Confidence::Certain,
            message: "health and identity data of `patient` reach api.deepseek.com (DeepSeek), processed in CN and controlled from CN".into(),
            span: span(&files, "clinic/llm.py", "client.chat.completions.create(\n        model=\"deepseek-chat\",\n        messages=[{\"role\": \"user\", \"content\": prompt}],\n    )"),
            call: Some(0),
            destination: Some(deepseek.clone()),
            models: vec![chat.clone()],
            flow: Some(Flow {
                data: vec![
                    data("health.diagnosis", "diagnosis", Tier::Restricted, "column `diagnosis` of `Patient`", &["GDPR Art. 9", "HIPAA"]),
                    data("pii.government_id", "government identifier", Tier::Restricted, "`patient.ssn`", &["28 CFR 202"]),
                    data("pii.name", "name of a person", Tier::Confidential, "`patient.name`", &["GDPR"]),
                ],
                steps: vec![
                    step(&files, "clinic/intake.py", "patient.ssn", "`patient.ssn` is read", StepKind::Source, 0),
                    step(&files, "clinic/intake.py", "prompt = f", "into the text of `prompt`", StepKind::Flow, 0),
                    step(&files, "clinic/intake.py", "ask(prompt)", "passed to `ask`", StepKind::Flow, 0),
                    step(&files, "clinic/llm.py", "prompt: str", "as parameter `prompt`", StepKind::Flow, 1),
                    step(&files, "clinic/llm.py", "\"content\": prompt", "into the message", StepKind::Flow, 1),
                    step(&files, "clinic/llm.py", "client.chat.completions.create(\n        model=\"deepseek-chat\",\n        messages=[{\"role\": \"user\", \"content\": prompt}],\n    )", "sent to api.deepseek.com", StepKind::Call, 1),
                ],
                further_paths: 2,
                treatments: vec![],
                volume: Default::default(),
            }),
            laws: vec!["National Intelligence Law, Art. 7 (unverified)".into(), "Data Security Law, Art. 36 (unverified)".into()],
            regulations: vec![],
            advice: vec![
                Advice { text: "Send the same open weights to a host at home: Together AI, Fireworks AI and DeepInfra serve `deepseek-chat`; only base URL and model name change.".into(), span: Some(span(&files, ".env", "LLM_BASE_URL")) },
                Advice { text: "Or leave `ssn` and `diagnosis` out of the prompt before it is built.".into(), span: Some(span(&files, "clinic/intake.py", "prompt = f")) },
            ],
            fingerprint: "3b1f8c02a94d".into(),
            state: None,
            opening: None,
            ask: None,
            suppressed: None,
        },
        Finding {
            severity: Severity::Medium,
            score: 7.2,
            confidence: Confidence::Likely,
            message: "medical history of `patient` may reach api.deepseek.com through a router that is not pinned".into(),
            destination: Some(router.clone()),
            models: vec![ModelUse { id: "deepseek/deepseek-chat".into(), ..chat.clone() }],
            flow: Some(Flow {
                data: vec![data("health.history", "medical history", Tier::Restricted, "`patient.history`", &[])],
                steps: vec![
                    step(&files, "web/triage.ts", "patient.history", "`patient.history` is read", StepKind::Source, 0),
                    step(&files, "web/triage.ts", "router.chat.completions.create", "sent through the router", StepKind::Call, 0),
                ],
                further_paths: 0,
                treatments: vec!["truncate".into()],
                volume: Default::default(),
            }),
            advice: vec![Advice { text: "Pin the router to providers at home: `provider: { only: [\"together\"], allow_fallbacks: false }`.".into(), span: None }],
            fingerprint: "77aa01".into(),
            ..bare(RuleId::DataMaybeAbroad, span(&files, "web/triage.ts", "router.chat.completions.create"), Some(1))
        },
        Finding {
            severity: Severity::Medium,
            score: 4.1,
            confidence: Confidence::Possible,
            message: "résumé of `applicant` is sent to an endpoint that nothing in the code fixes".into(),
            destination: Some(unresolved.clone()),
            flow: Some(Flow {
                data: vec![data("employment.cv", "résumé", Tier::Confidential, "`applicant.cv`", &["GDPR"])],
                steps: vec![
                    step(&files, "jobs/embed.py", "applicant.cv", "`applicant.cv` is read", StepKind::Source, 0),
                    step(&files, "jobs/embed.py", "httpx.post", "sent", StepKind::Call, 0),
                ],
                further_paths: 0,
                treatments: vec![],
                volume: Default::default(),
            }),
            advice: vec![Advice { text: "Check in a value for `EMBED_URL`, or an example of it.".into(), span: None }],
            fingerprint: "90c4de".into(),
            ..bare(RuleId::DataEndpointUnresolved, span(&files, "jobs/embed.py", "httpx.post"), Some(2))
        },
        Finding {
            confidence: Confidence::Certain,
            message: "api.moonshot.cn (Moonshot AI) is called; no sensitive data was seen on the way".into(),
            destination: Some(moonshot.clone()),
            models: vec![ModelUse { id: "kimi-k2".into(), lab: Some("Moonshot AI".into()), ..chat.clone() }],
            fingerprint: "0d11".into(),
            ..bare(RuleId::ForeignEndpoint, span(&files, "tools/joke.py", "base_url=\"https://api.moonshot.cn/v1\""), Some(3))
        },
        Finding {
            message: "a foreign endpoint somebody agreed to".into(),
            suppressed: Some(Suppression {
                by: SuppressedBy::Exception,
                reason: "DPA signed".into(),
                owner: Some("privacy@example.com".into()),
                reference: Some("DPA-2026-14".into()),
                place: Some("transborder.toml:12".into()),
            }),
            fingerprint: "5e5e".into(),
            ..bare(RuleId::ForeignEndpoint, span(&files, "clinic/llm.py", "client"), Some(0))
        },
    ];
    let calls = vec![
        call(
            span(&files, "clinic/llm.py", "client.chat.completions.create"),
            "openai.OpenAI().chat.completions.create",
            "openai",
            deepseek,
            vec![chat.clone()],
        ),
        call(
            span(&files, "web/triage.ts", "router.chat.completions.create"),
            "openai.OpenAI().chat.completions.create",
            "openai",
            router,
            vec![chat],
        ),
        call(span(&files, "jobs/embed.py", "httpx.post"), "httpx.post", "httpx", unresolved, vec![]),
        call(
            span(&files, "tools/joke.py", "OpenAI(base_url"),
            "openai.OpenAI().chat.completions.create",
            "openai",
            moonshot,
            vec![],
        ),
    ];
    Report {
        files,
        home: vec!["US".into()],
        home_as_written: vec!["US".into()],
        home_set: false,
        policy: Default::default(),
        findings,
        calls,
        configured: vec![],
        notices: vec![
            Notice {
                path: "legacy/old.py".into(),
                line: Some(14),
                kind: NoticeKind::Partial,
                message: "syntax error; read as far as it goes".into(),
            },
            Notice {
                path: "web/dist/app.min.js".into(),
                line: None,
                kind: NoticeKind::Skipped,
                message: "minified".into(),
            },
        ],
        coverage: Coverage {
            files_read: 48,
            files_parsed: 41,
            files_skipped: 3,
            lines: 12_034,
            calls: 4,
            calls_unresolved: 1,
            settings: 19,
            files_ignored: 0,
        },
        known: known(),
        ..Report::default()
    }
}

/// What the registry would know of the clinic's recipients.
fn known() -> Known {
    let provider: Provider = toml::from_str(
        r#"
id = "deepseek"
name = "DeepSeek"
kind = "lab"
[operator]
entity = "Hangzhou DeepSeek Artificial Intelligence Co., Ltd."
country = "CN"
parent = "High-Flyer"
[[endpoint]]
host = "api.deepseek.com"
residency = ["CN"]
source = "https://docs.api.deepseek.com/privacy"
verified = 2026-11-01
[data_policy]
training = "opt-out"
retention = "no fixed period"
zero_retention = "no"
sources = ["https://docs.api.deepseek.com/privacy"]
as_of = "2026-08"
"#,
    )
    .expect("a provider");
    Known {
        providers: BTreeMap::from([(provider.id.clone(), provider)]),
        countries: [("CN", "China"), ("US", "United States")]
            .map(|(code, name)| (code.into(), name.into()))
            .into(),
        groups: [("health", "Health data"), ("pii", "Personal data")]
            .map(|(id, title)| (id.into(), title.into()))
            .into(),
        bulk: BTreeMap::from([("health.diagnosis".into(), vec!["personal health".into()])]),
        bulk_rule: Some("28 CFR Part 202".into()),
    }
}

/// Nothing found.
#[allow(dead_code)]
pub fn clean() -> Report {
    Report {
        findings: vec![],
        calls: vec![],
        configured: vec![],
        notices: vec![],
        home_set: true,
        ..clinic()
    }
}

/// Files, paths and texts that try to break out of every format.
#[allow(dead_code)]
pub fn hostile() -> Report {
    let path = "a b/\x1b[31m<img src=x>%0A::error::x|`\"'\n漢字.py";
    let text = "x = \"\x1b]0;owned\x07\u{202e}\"; send(<script>alert(1)</script>)\r\n=cmd|' /C calc'!A0\n";
    let at = text.find("send(").expect("a call in the text");
    let mark = at..at + "send(<script>alert(1)</script>)".len();
    let nasty = "::set-output name=x::y\n| a | b |\n``` </details><script>alert('x')</script> [x](javascript:alert(1)) @everyone \x1b[2J \u{202e}";
    let url = "https://user:hunter2secret@evil.example/?api_key=0123456789abcdef";
    made_of(path, text, mark, nasty, url)
}

/// A report whose every text comes from a scanned tree.
#[allow(dead_code)]
pub fn made_of(path: &str, text: &str, mark: Range<usize>, nasty: &str, url: &str) -> Report {
    let files = files(&[(path, text), ("z.py", "")]);
    let at = Span::new(files.find(path).expect("it was just added"), mark.start, mark.end);
    let mut where_to =
        candidate("evil.example`|\n<b>", "p|`\n", "<b>P</b>", &["<X>"], &["|"], Verdict::Foreign, nasty);
    where_to.url = url.into();
    where_to.sources = vec!["javascript:alert(1)".into()];
    let destination =
        Destination { verdict: Verdict::Foreign, candidates: vec![where_to], unresolved: Some(nasty.into()) };
    Report {
        findings: vec![Finding {
            message: nasty.into(),
            destination: Some(destination.clone()),
            flow: Some(Flow {
                data: vec![data("c|`", nasty, Tier::Restricted, nasty, &[nasty])],
                steps: vec![
                    Step { span: at, message: nasty.into(), kind: StepKind::Source, depth: 0 },
                    Step {
                        span: Span::new(at.file, 9_999, 99_999),
                        message: "past the end".into(),
                        kind: StepKind::Call,
                        depth: 0,
                    },
                ],
                further_paths: 1,
                treatments: vec![nasty.into()],
                volume: Default::default(),
            }),
            laws: vec![nasty.into()],
            regulations: vec![],
            advice: vec![Advice { text: nasty.into(), span: Some(at) }],
            fingerprint: "ff".into(),
            ..bare(RuleId::RestrictedDataAbroad, at, Some(0))
        }],
        configured: vec![],
        calls: vec![call(at, nasty, nasty, destination, vec![])],
        notices: vec![Notice {
            path: path.into(),
            line: Some(1),
            kind: NoticeKind::Internal,
            message: nasty.into(),
        }],
        files,
        ..clinic()
    }
}

/// Files from paths and texts.
pub fn files(list: &[(&str, &str)]) -> Files {
    Files::new(
        list.iter().map(|(path, text)| SourceFile { path: (*path).into(), text: (*text).into() }).collect(),
    )
}

/// Where a text first stands in a file.
pub fn span(files: &Files, path: &str, needle: &str) -> Span {
    let file = files.find(path).expect("the file is part of the fixture");
    let start = files.get(file).text.find(needle).expect("the text is part of the file");
    Span::new(file, start, start + needle.len())
}

/// A finding of a rule without flow or destination.
pub fn bare(rule: RuleId, span: Span, call: Option<usize>) -> Finding {
    Finding {
        rule,
        severity: rule.doc().severity,
        score: 0.0,
        factors: vec![],
        confidence: Confidence::Likely,
        message: String::new(),
        span,
        call,
        destination: None,
        models: vec![],
        flow: None,
        laws: vec![],
        regulations: vec![],
        advice: vec![],
        fingerprint: String::new(),
        state: None,
        opening: None,
        ask: None,
        suppressed: None,
    }
}

fn step(files: &Files, path: &str, needle: &str, message: &str, kind: StepKind, depth: u32) -> Step {
    Step { span: span(files, path, needle), message: message.into(), kind, depth }
}

fn candidate(
    host: &str,
    id: &str,
    name: &str,
    residency: &[&str],
    control: &[&str],
    verdict: Verdict,
    because: &str,
) -> Candidate {
    Candidate {
        host: host.into(),
        url: format!("https://{host}/v1"),
        provider: Some(id.into()),
        provider_name: Some(name.into()),
        residency: residency.iter().map(|code| code.to_string()).collect(),
        control: control.iter().map(|code| code.to_string()).collect(),
        verdict,
        because: because.into(),
        evidence: vec![],
        verified: Some("2026-11-01".into()),
        sources: vec![format!("https://docs.{host}/privacy")],
        relay: false,
        upstreams: Vec::new(),
        remarks: vec![],
    }
}

fn data(class: &str, title: &str, tier: Tier, evidence: &str, regulations: &[&str]) -> DataUse {
    DataUse {
        class: class.into(),
        title: title.into(),
        tier,
        evidence: evidence.into(),
        regulations: regulations.iter().map(|regulation| regulation.to_string()).collect(),
    }
}

fn call(span: Span, callee: &str, package: &str, destination: Destination, models: Vec<ModelUse>) -> Call {
    Call {
        span,
        callee: callee.into(),
        function: String::new(),
        package: package.into(),
        kind: "chat".into(),
        destination,
        models,
        in_tests: false,
    }
}
