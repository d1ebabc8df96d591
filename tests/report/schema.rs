//! Reports against the published schema of their format.
#![allow(dead_code)]

use serde_json::Value;

/// Fails with every place where SARIF departs from its schema.
pub fn assert_valid(value: &Value) {
    // The schema is committed as published; a stray bracket in one pattern was put right by its errata.
    let published = include_str!("../../testdata/schemas/sarif-2.1.0.json");
    let schema =
        published.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    assert_fits(&parse(&schema), value);
}

/// The same for our own JSON. Keys that the schema does not describe are mistakes here, though readers must allow
/// for them.
pub fn assert_valid_json(value: &Value) {
    let mut schema = parse(include_str!("../../docs/report.schema.json"));
    close(&mut schema);
    assert_fits(&schema, value);
}

/// The same for GitLab's SAST report.
pub fn assert_valid_gitlab(value: &Value) {
    assert_fits(&parse(include_str!("../../testdata/schemas/gitlab-sast-15.2.1.json")), value);
}

/// The same for a CycloneDX bill of materials.
pub fn assert_valid_cyclonedx(value: &Value) {
    let registry = jsonschema::Registry::new()
        .add(
            "http://cyclonedx.org/schema/spdx.schema.json",
            parse(include_str!("../../testdata/schemas/cyclonedx-spdx.json")),
        )
        .expect("a schema")
        .add(
            "http://cyclonedx.org/schema/jsf-0.82.schema.json",
            parse(include_str!("../../testdata/schemas/cyclonedx-jsf-0.82.json")),
        )
        .expect("a schema")
        .prepare()
        .expect("schemas that fit together");
    let schema = parse(include_str!("../../testdata/schemas/cyclonedx-1.6.json"));
    let validator =
        jsonschema::options().with_registry(&registry).build(&schema).expect("the schema is valid");
    assert_no_errors(&validator, value);
}

fn parse(schema: &str) -> Value {
    serde_json::from_str(schema).expect("a schema is JSON")
}

fn assert_fits(schema: &Value, value: &Value) {
    assert_no_errors(&jsonschema::validator_for(schema).expect("the schema is valid"), value);
}

fn assert_no_errors(validator: &jsonschema::Validator, value: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(value).map(|e| format!("{e} at {}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

/// Forbids keys that the schema does not name.
fn close(schema: &mut Value) {
    if let Value::Object(keys) = schema {
        if keys.contains_key("properties") && keys.get("type").is_some_and(|kind| kind == "object") {
            keys.insert("additionalProperties".into(), false.into());
        }
        keys.values_mut().for_each(close);
    }
}
