//! Nothing secret or personal that stands in a scanned tree leaves it: planted beside findings, looked for in everything
//! that is written.
//!
//! The values are put together here, so that no scanner takes this file for a leak.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// What the values are made of: letters and digits as generated keys have them, the same on every run.
struct Random(u64);

impl Random {
    fn of(&mut self, length: usize, alphabet: &str) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        let next = |_| {
            // Knuth's linear congruential generator (MMIX).
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            letters[(self.0 >> 33) as usize % letters.len()]
        };
        (0..length).map(next).collect()
    }
}

const MIXED: &str = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";
const HEX: &str = "0123456789abcdef";
const UPPER: &str = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const DIGITS: &str = "0123456789";

/// A value that must not be shown: its name, the whole of it, and the parts none of which may appear anywhere.
struct Secret {
    name: &'static str,
    text: String,
    parts: Vec<String>,
}

/// Every kind, each with what is secret in it.
fn secrets() -> Vec<Secret> {
    let mut random = Random(8);
    let mut all: Vec<Secret> = Vec::new();
    let mut add = |name, before: &str, secret: String, after: &str| {
        // A few first characters may be shown, so that its owner can tell which it is.
        let parts = secret.lines().map(|line| line[6.min(line.len() / 2)..].to_string());
        let parts = parts.filter(|part| part.len() >= 4).collect();
        all.push(Secret { name, text: format!("{before}{secret}{after}"), parts });
    };
    let d = "-";
    for (name, prefix, length, alphabet) in [
        ("OpenAI project key", format!("sk{d}proj{d}"), 48, MIXED),
        ("Anthropic key", format!("sk{d}ant{d}api03{d}"), 86, MIXED),
        ("OpenRouter key", format!("sk{d}or{d}v1{d}"), 64, HEX),
        ("DeepSeek key", format!("sk{d}"), 32, HEX),
        ("Groq key", "gsk_".to_string(), 52, MIXED),
        ("xAI key", format!("xai{d}"), 80, MIXED),
        ("Perplexity key", format!("pplx{d}"), 48, MIXED),
        ("Hugging Face token", "hf_".to_string(), 34, MIXED),
        ("Replicate token", "r8_".to_string(), 37, MIXED),
        ("AWS access key id", "AKIA".to_string(), 16, UPPER),
        ("GitHub token", "ghp_".to_string(), 36, MIXED),
        ("GitHub fine-grained token", "github_pat_".to_string(), 82, MIXED),
        ("GitLab token", format!("glpat{d}"), 20, MIXED),
        ("Slack token", format!("xoxb{d}2345678901{d}"), 24, MIXED),
        ("Stripe key", "sk_live_".to_string(), 24, MIXED),
        ("Stripe restricted key", "rk_live_".to_string(), 24, MIXED),
        ("Google API key", "AIza".to_string(), 35, MIXED),
        ("Google OAuth token", "ya29.".to_string(), 60, MIXED),
        ("SendGrid key", "SG.".to_string(), 22, MIXED),
        ("Twilio key", "SK".to_string(), 32, HEX),
        ("npm token", "npm_".to_string(), 36, MIXED),
        ("PyPI token", format!("pypi{d}AgEIcHlwaS5vcmc"), 60, MIXED),
        ("DigitalOcean token", "dop_v1_".to_string(), 64, HEX),
        ("Mailgun key", format!("key{d}"), 32, HEX),
        ("Databricks token", "dapi".to_string(), 32, HEX),
        ("Shopify token", "shpat_".to_string(), 32, HEX),
        ("Vault token", "hvs.".to_string(), 40, MIXED),
        ("Telegram token", "1234567890:AA".to_string(), 33, MIXED),
        ("age key", format!("AGE{d}SECRET{d}KEY{d}1"), 58, UPPER),
        ("Azure key", String::new(), 32, HEX),
        ("AWS secret key", String::new(), 40, MIXED),
    ] {
        add(name, "", format!("{prefix}{}", random.of(length, alphabet)), "");
    }
    let token = |random: &mut Random, n| random.of(n, MIXED);
    let jwt =
        format!("eyJ{}.eyJ{}.{}", token(&mut random, 30), token(&mut random, 60), token(&mut random, 43));
    add("JSON web token", "", jwt, "");
    for (name, kind) in [("RSA key", "RSA PRIVATE KEY"), ("OpenSSH key", "OPENSSH PRIVATE KEY")] {
        let lines: Vec<String> = (0..4).map(|_| token(&mut random, 64)).collect();
        let (start, end) = (format!("-----BEGIN {kind}-----\n"), format!("\n-----END {kind}-----"));
        add(name, &start, lines.join("\n"), &end);
    }
    for (name, before, after) in [
        ("PostgreSQL URL", "postgresql://app:", "@db.internal:5432/main"),
        ("MongoDB URL", "mongodb+srv://app:", "@cluster0.mongodb.example/x"),
        ("Redis URL", "redis://:", "@cache.internal:6379/0"),
        ("password in a URL", "https://admin:", "@host.internal/path"),
        ("key in a URL", "https://host.internal/hook?access_token=", "&x=1"),
        ("bearer token", "Authorization: Bearer ", ""),
        ("cookie", "Cookie: sessionid=", "; Path=/"),
        (
            "connection string",
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=",
            ";EndpointSuffix=core",
        ),
    ] {
        add(name, before, token(&mut random, 28), after);
    }
    add(
        "webhook",
        "https://hooks.slack.com/services/",
        format!("T{}/B{}/{}", random.of(9, UPPER), random.of(9, UPPER), random.of(24, MIXED)),
        "",
    );
    // What people chose by themselves.
    add("password", "password = '", format!("Tr0ub4dor{}", random.of(3, DIGITS)), "'");
    for (name, text) in [
        ("mail address", "marianne.delacroix".to_string() + "@" + "klinikum-nord.de"),
        ("telephone number", "+49 30 9018 2".to_string() + "4467"),
        ("American telephone number", "(415) 682-".to_string() + "7713"),
        ("social security number", "512-48-".to_string() + "6173"),
        ("bank account", "DE44 5001 0517 5407 3249 ".to_string() + "31"),
        ("card number", "4929 1234 5678 ".to_string() + "9012"),
    ] {
        add(name, "", text, "");
    }
    all
}

/// How keys begin that announce themselves without any separator.
const KNOWN: [&str; 4] = ["AKIA", "AIza", "dapi", "SK"];

/// Programs that send sensitive data, with the value wherever one may stand.
fn plant(root: &Path, number: usize, secret: &str) {
    let write = |name: String, text: String| {
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let line = secret.replace('\n', "\\n");
    let quoted = line.replace('\'', "\\'");
    write(
        format!("code/s{number}.py"),
        format!(
            "from openai import OpenAI

client = OpenAI(api_key='{quoted}', base_url='https://api.deepseek.com/v1', default_headers={{'X-Thing': '{quoted}'}})
SYSTEM = '''Ask {secret} for help.'''


def letter{number}(patient, extra='{quoted}'):  # {line}
    note = '{quoted}' + patient.ssn
    return client.chat.completions.create(model='{quoted}', messages=[{{'role': 'system', 'content': SYSTEM}}, {{'role': 'user', 'content': f'Use {quoted} for {{patient.ssn}} {{note}}'}}])  # {line}
"
        ),
    );
    write(
        format!("code/s{number}.ts"),
        format!(
            "import OpenAI from 'openai';
const client = new OpenAI({{ apiKey: '{quoted}', baseURL: process.env.BASE_{number} }});
export async function send{number}(patient: Patient, extra = '{quoted}') {{
  return client.responses.create({{ model: '{quoted}', input: `Use {line} for ${{patient.ssn}} ${{extra}}` }}); // {line}
}}
"
        ),
    );
    write(
        format!("code/{number}.env"),
        format!(
            "BASE_{number}=https://api.deepseek.com/v1?x={line}\nTHING_{number}={line}\nSECRET_{number}='{line}'\n"
        ),
    );
    let json = serde_json::Value::from(secret);
    write(
        format!("conf/c{number}.json"),
        format!(
            "{{\"llm\": {{\"base_url\": \"https://api.deepseek.com/v1\", \"value\": {json}, \"api_key\": {json}, \"model\": {json}}}}}\n"
        ),
    );
    write(
        format!("conf/c{number}.yaml"),
        format!(
            "model_list:\n  - model_name: {json}\n    litellm_params:\n      model: deepseek/deepseek-chat\n      api_key: {json}\n      api_base: https://api.deepseek.com/v1\n"
        ),
    );
    write(
        format!("conf/n{number}.ipynb"),
        serde_json::json!({"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "source": [format!("%env KEY_{number}={line}\n"), "import openai\n", format!("openai.OpenAI(base_url='https://api.deepseek.com/v1').responses.create(input=patient.ssn + '{quoted}')\n")], "outputs": [{"text": [secret]}]}]}).to_string(),
    );
    // A broken file is described by what is wrong with it.
    write(format!("conf/b{number}.toml"), format!("a = '{line}' {line}\n[[[\n"));
    let name: String = secret.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.@+".contains(*c)).collect();
    // A key that does not announce itself looks like the hash that many file names end in.
    let anonymous = secret.bytes().all(|b| b.is_ascii_alphanumeric())
        && !KNOWN.iter().any(|start| secret.starts_with(start));
    if secret.len() < 100 && name == secret && !anonymous {
        write(
            format!("named/{name}/{name}.py"),
            "import openai\nopenai.OpenAI(base_url='https://api.deepseek.com/v1').responses.create(input=patient.ssn)\n".into(),
        );
    }
}

fn transborder(root: &Path, words: &[&str]) -> Output {
    let program = assert_cmd::cargo::cargo_bin("transborder");
    Command::new(program).args(words).current_dir(root).output().expect("the binary runs")
}

/// The parts of secrets that a text shows.
fn shown(text: &str, secrets: &[Secret]) -> Vec<String> {
    let mut found = Vec::new();
    for secret in secrets {
        for part in secret.parts.iter().filter(|part| text.contains(part.as_str())) {
            let at = text.find(part.as_str()).unwrap();
            let start = text.floor_char_boundary(at.saturating_sub(60));
            let end = text.floor_char_boundary((at + part.len() + 20).min(text.len()));
            found.push(format!("{}: …{}…", secret.name, &text[start..end]));
        }
    }
    found
}

#[test]
fn nothing_secret_or_personal_is_shown() {
    let secrets = secrets();
    assert!(secrets.len() >= 40, "{}", secrets.len());
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("repo");
    for (number, secret) in secrets.iter().enumerate() {
        plant(&root, number, &secret.text);
    }
    let formats = transborder::report::Format::ALL.map(|format| format.name());
    let outputs: Vec<String> = formats
        .iter()
        .flat_map(|name| {
            ["--format".into(), name.to_string(), "--output".into(), format!("../report.{name}")]
        })
        .collect();
    let mut words = vec!["scan", "-v", "--timings", "--include-suppressed"];
    words.extend(outputs.iter().map(String::as_str));
    let mut texts: Vec<(String, String)> = Vec::new();
    let mut keep = |name: &str, output: Output| {
        assert!(
            output.status.code().is_some_and(|code| code < 2),
            "{name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        texts.push((format!("{name} on stdout"), String::from_utf8_lossy(&output.stdout).into_owned()));
        texts.push((format!("{name} on stderr"), String::from_utf8_lossy(&output.stderr).into_owned()));
    };
    keep("scan", transborder(&root, &words));
    keep("inventory as JSON", transborder(&root, &["inventory", "--format", "json"]));
    keep("baseline", transborder(&root, &["baseline", "--output", "../baseline.json", "."]));
    keep("init", transborder(&root, &["init", "--output", "../made.toml", "."]));
    let reports = formats.map(|name| format!("report.{name}"));
    for name in reports.into_iter().chain(["baseline.json".into(), "made.toml".into()]) {
        let text = fs::read_to_string(dir.path().join(&name)).expect("it was written");
        assert!(!text.is_empty(), "{name}");
        texts.push((name, text));
    }
    let json = &texts.iter().find(|(name, _)| name == "report.json").expect("a report").1;
    let report: serde_json::Value = serde_json::from_str(json).expect("JSON");
    let findings = report["findings"].as_array().unwrap().len();
    assert!(findings > 4 * secrets.len(), "the values stand beside findings: {findings}");
    let mut all = String::new();
    for (name, text) in &texts {
        for leak in shown(text, &secrets) {
            let _ = writeln!(all, "{name}: {leak}");
        }
    }
    assert!(all.is_empty(), "{} leaks\n{all}", all.lines().count());
}
