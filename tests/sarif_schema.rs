//! SARIF against the published schema, and against what GitHub documents beyond it.

#[path = "report/fixture.rs"]
mod fixture;
#[path = "report/schema.rs"]
mod schema;

use schema::assert_valid;
use serde_json::Value;
use std::io::Write as _;
use transborder::finding::{Advice, Finding, Report, RuleId, Step, StepKind};
use transborder::report::sarif::{Choice, render};

fn sarif(report: &Report) -> Value {
    let text = render(report, &Choice::default());
    assert_eq!(text, render(report, &Choice::default()), "the same report must give the same bytes");
    serde_json::from_str(&text).expect("SARIF is JSON")
}

/// The report read back, written once: for reports so large that writing them twice costs seconds.
fn once(report: &Report) -> Value {
    serde_json::from_str(&render(report, &Choice::default())).expect("SARIF is JSON")
}

#[test]
fn every_report_is_valid() {
    for report in [fixture::clinic(), fixture::clean(), fixture::hostile()] {
        assert_valid(&sarif(&report));
    }
    let all = render(&fixture::clinic(), &Choice { include_suppressed: true });
    assert_valid(&serde_json::from_str(&all).unwrap());
}

#[test]
fn every_rule_is_described_as_code_scanning_wants_it() {
    let value = sarif(&fixture::clean());
    let rules = value["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), RuleId::ALL.len());
    for rule in rules {
        for key in ["id", "name", "helpUri"] {
            assert!(rule[key].is_string(), "{key} in {rule}");
        }
        assert!(rule["shortDescription"]["text"].as_str().unwrap().len() <= 1024);
        assert!(rule["fullDescription"]["text"].as_str().unwrap().len() <= 1024);
        assert!(rule["help"]["markdown"].is_string());
        assert!(rule["properties"]["tags"].as_array().unwrap().len() <= 20);
        let precision = rule["properties"]["precision"].as_str().unwrap();
        assert!(["very-high", "high", "medium", "low"].contains(&precision));
    }
    let restricted = &rules[0]["properties"];
    assert_eq!(restricted["security-severity"], "9.5");
    let tags: Vec<&str> = restricted["tags"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(
        tags,
        ["security", "privacy", "data-transfer", "external/cwe/cwe-201", "external/cwe/cwe-359"]
    );
}

#[test]
fn a_result_carries_its_proof() {
    let value = sarif(&fixture::clinic());
    let run = &value["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 4, "suppressed findings stay out");
    let first = &results[0];
    assert_eq!(first["ruleId"], "restricted-data-abroad");
    assert_eq!(
        run["tool"]["driver"]["rules"][first["ruleIndex"].as_u64().unwrap() as usize]["id"],
        first["ruleId"]
    );
    let place = &first["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "clinic/llm.py");
    assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    assert_eq!((&place["region"]["startLine"], &place["region"]["startColumn"]), (&9.into(), &14.into()));

    let steps = first["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap();
    let uris: Vec<&str> = steps
        .iter()
        .map(|step| step["location"]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap())
        .collect();
    assert_eq!(uris.first(), Some(&"clinic/intake.py"));
    assert_eq!(uris[uris.len() - 3], ".env", "the setting is a step of the path");
    assert_eq!(steps.last().unwrap()["importance"], "essential");
    assert_eq!(steps.last().unwrap()["nestingLevel"], 1);
    assert_eq!(first["relatedLocations"][0]["id"], 1);
    assert!(first["message"]["text"].as_str().unwrap().ends_with("The endpoint is decided [here](1)."));

    let facts = &first["properties"];
    for (key, expected) in [
        ("host", serde_json::json!("api.deepseek.com")),
        ("provider", "deepseek".into()),
        ("residency", serde_json::json!(["CN"])),
        ("control", serde_json::json!(["CN"])),
        ("origin", "CN".into()),
        ("dataClasses", serde_json::json!(["health.diagnosis", "pii.government_id", "pii.name"])),
        ("verdict", "foreign".into()),
        ("confidence", "certain".into()),
    ] {
        assert_eq!(facts[key], expected, "{key}");
    }
    assert_eq!(first["partialFingerprints"]["transborder/v1"], "3b1f8c02a94d");
    assert!(first["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap().ends_with(":1"));
}

#[test]
fn hostile_names_stay_names() {
    let text = render(&fixture::hostile(), &Choice::default());
    let value: Value = serde_json::from_str(&text).unwrap();
    let result = &value["runs"][0]["results"][0];
    let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~/%".contains(&b)), "{uri}");
    assert!(!result["message"]["text"].as_str().unwrap().contains("](javascript"));
    assert!(!text.contains("hunter2secret") && !text.contains("0123456789abcdef"));
    assert!(!text.contains("\\u001b"));
    assert_eq!(value["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn limits_are_kept_and_told() {
    let mut report = fixture::clean();
    let at = fixture::span(&report.files, "clinic/llm.py", "client");
    let note = fixture::bare(RuleId::ForeignEndpoint, at, None);
    report.findings = vec![note; 25_010];
    report.findings.push(fixture::bare(RuleId::RestrictedDataAbroad, at, None));
    let value = once(&report);
    let results = value["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    assert_eq!(results[0]["ruleId"], "restricted-data-abroad");
    let notes = value["runs"][0]["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    assert!(notes.last().unwrap()["message"]["text"].as_str().unwrap().starts_with("11 of the least severe"));

    let mut report = fixture::clinic();
    let first: &mut Finding = &mut report.findings[0];
    let step = Step { span: at, message: "on".into(), kind: StepKind::Flow, depth: 0 };
    let steps = &mut first.flow.as_mut().unwrap().steps;
    steps.splice(1..1, std::iter::repeat_n(step, 12_000));
    let value = once(&report);
    let steps =
        value["runs"][0]["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap();
    assert_eq!(steps.len(), 10_000);
    assert_eq!(steps.last().unwrap()["location"]["message"]["text"], "sent to api.deepseek.com");
}

/// Bytes of a text once it is compressed as an upload is.
fn gzipped(text: &str) -> usize {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text.as_bytes()).expect("memory takes it");
    encoder.finish().expect("memory takes it").len()
}

#[test]
fn an_upload_fits_and_says_what_was_cut() {
    let mut report = fixture::clean();
    let at = fixture::span(&report.files, "clinic/llm.py", "client");
    // Texts that hardly compress: short words of what a multiplicative generator makes of a seed.
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut noise = |length: usize| -> String {
        let mut letter = || {
            seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            char::from(b'A' + (seed >> 58) as u8)
        };
        (0..length).map(|at| if at % 6 == 5 { ' ' } else { letter() }).collect()
    };
    let notes = (0..1_600).map(|_| Finding {
        advice: (0..8).map(|_| Advice { text: noise(1_200), span: None }).collect(),
        ..fixture::bare(RuleId::ForeignEndpoint, at, None)
    });
    report.findings = notes.collect();
    report.findings.push(fixture::bare(RuleId::RestrictedDataAbroad, at, None));
    let text = render(&report, &Choice::default());
    let size = gzipped(&text);
    assert!((9_000_000..=10_000_000).contains(&size), "{size}");
    let value: Value = serde_json::from_str(&text).unwrap();
    let results = value["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results[0]["ruleId"], "restricted-data-abroad", "the least severe are cut");
    let notes = value["runs"][0]["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    let said = notes.last().unwrap()["message"]["text"].as_str().unwrap();
    let cut = 1_601 - results.len();
    assert!(said.starts_with(&format!("{cut} of the least severe")), "{said}");
}
