//! What reading all configuration of a repository costs, as a share of its scan: it should stay below 10 %.
//! `cargo bench --bench config`.
//!
//! The repository is made here: sources in the amount a service has, configuration in every format, catalogues of
//! messages and dumps of data beside them.

#![allow(clippy::print_stdout)]

use std::fmt::Write as _;
use std::path::Path;
use transborder::{Options, audit};

/// Folders with sources, each with some eight hundred lines.
const FOLDERS: usize = 120;
/// Repetitions; the median counts.
const RUNS: usize = 5;

fn main() {
    let root = tempfile::tempdir().expect("a folder for the repository");
    write_repository(root.path());
    let path = camino::Utf8PathBuf::from_path_buf(root.path().to_path_buf()).expect("the path is UTF-8");
    let mut shares: Vec<(f64, f64)> = (0..RUNS)
        .map(|_| {
            let options = Options { paths: vec![path.clone()], ..Options::default() };
            let report = audit(&options).expect("the repository is read");
            let total: f64 = report.timings.values().map(|t| t.as_secs_f64()).sum();
            let config: f64 =
                report.timings.iter().filter(|(n, _)| **n == "config").map(|(_, t)| t.as_secs_f64()).sum();
            (config / total, total)
        })
        .collect();
    shares.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (share, total) = shares[RUNS / 2];
    println!("configuration: {:.1} % of {:.0} ms", share * 100.0, total * 1000.0);
}

fn write_repository(root: &Path) {
    let write = |path: String, text: &str| {
        let file = root.join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("folders are made");
        std::fs::write(file, text).expect("files are written");
    };
    for n in 0..FOLDERS {
        write(format!("services/s{n}/app.py"), &source(n));
        write(format!("services/s{n}/.env.example"), &variables(n));
        write(format!("services/s{n}/config.yaml"), &settings(n));
        write(
            format!("services/s{n}/Dockerfile"),
            &format!("FROM python\nENV SERVICE_{n}=on\nRUN pip install .\n"),
        );
    }
    write("docker-compose.yml".to_owned(), &compose());
    for language in ["de", "fr", "nl", "sv", "it", "es"] {
        write(format!("web/locales/{language}.json"), &records(3_000, "text"));
    }
    for dump in 0..4 {
        write(format!("data/dump{dump}.json"), &records(5_000, "value"));
    }
}

fn source(n: usize) -> String {
    let mut text = String::from(
        "import os\n\nfrom openai import OpenAI\n\nclient = OpenAI(base_url=os.environ[\"LLM_URL\"])\n",
    );
    for i in 0..60 {
        let _ = write!(
            text,
            "\n\ndef step_{n}_{i}(record, options=None):\n    options = dict(options or {{}})\n    total = 0\n    \
             for row in record.get(\"rows\", []):\n        if row[\"kind\"] == \"k{i}\":\n            total += row[\"amount\"]\n    \
             options[\"total\"] = total\n    return options\n"
        );
    }
    let _ = write!(
        text,
        "\n\ndef ask_{n}(note):\n    return client.chat.completions.create(model=\"m\", messages=[{{\"role\": \"user\", \"content\": note}}])\n"
    );
    text
}

fn variables(n: usize) -> String {
    (0..40).fold("LLM_URL=http://localhost:8000/v1\n".to_owned(), |mut text, i| {
        let _ = writeln!(text, "SERVICE_{n}_OPTION_{i}=value {i}");
        text
    })
}

fn settings(n: usize) -> String {
    (0..60).fold(format!("service: s{n}\noptions:\n"), |mut text, i| {
        let _ = writeln!(text, "  - name: option{i}\n    value: {i}");
        text
    })
}

fn compose() -> String {
    (0..FOLDERS).fold("services:\n".to_owned(), |mut text, n| {
        let _ = writeln!(
            text,
            "  s{n}:\n    build: services/s{n}\n    environment:\n      LLM_URL: http://vllm:8000/v1"
        );
        text
    })
}

fn records(count: usize, key: &str) -> String {
    let mut text = String::from("[\n");
    for i in 0..count {
        let _ = writeln!(
            text,
            "  {{ \"id\": {i}, \"{key}\": \"some words about entry {i}\", \"rank\": {} }},",
            i % 17
        );
    }
    text.push_str("  {}\n]\n");
    text
}
