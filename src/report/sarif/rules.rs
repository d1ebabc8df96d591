//! The rules and the CWE entries they refer to, as SARIF descriptors.

use super::{component, level};
use crate::finding::RuleId;
use crate::report::explain::{CWE, RuleDoc};
use serde_json::json;
use serde_sarif::sarif::{
    MultiformatMessageString, PropertyBag, ReportingConfiguration, ReportingDescriptor,
    ReportingDescriptorReference, ReportingDescriptorRelationship, ToolComponent, ToolComponentReference,
};
use std::collections::BTreeMap;

/// Every rule, in the order of [`RuleId::ALL`]; results refer to them by index.
pub fn all() -> Vec<ReportingDescriptor> {
    RuleId::ALL.into_iter().map(|rule| descriptor(rule.doc())).collect()
}

/// The CWE entries that rules refer to.
pub fn taxonomy() -> ToolComponent {
    let taxa: Vec<ReportingDescriptor> = CWE
        .iter()
        .map(|(number, name, text)| {
            ReportingDescriptor::builder()
                .id(number.to_string())
                .name(*name)
                .short_description(words(name))
                .full_description(words(text))
                .help_uri(format!("https://cwe.mitre.org/data/definitions/{number}.html"))
                .build()
        })
        .collect();
    ToolComponent::builder()
        .name("CWE")
        .organization("MITRE")
        .short_description(words("Common Weakness Enumeration"))
        .information_uri("https://cwe.mitre.org/")
        .is_comprehensive(false)
        .taxa(taxa)
        .build()
}

/// A reference to the CWE taxonomy of the run.
pub fn cwe_component() -> ToolComponentReference {
    component("CWE", 0)
}

/// A string without markup.
pub fn words(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

fn descriptor(doc: &RuleDoc) -> ReportingDescriptor {
    let mut tags: Vec<String> = Vec::new();
    if doc.security_severity.is_some() {
        tags.push("security".into());
    }
    tags.extend(doc.tags.iter().map(|tag| tag.to_string()));
    tags.extend(doc.cwe.iter().map(|number| format!("external/cwe/cwe-{number:03}")));
    let mut more = BTreeMap::from([("precision".to_string(), json!(doc.precision))]);
    if let Some(number) = doc.security_severity {
        more.insert("security-severity".into(), json!(number));
    }
    let relationships: Vec<ReportingDescriptorRelationship> = doc
        .cwe
        .iter()
        .filter_map(|number| {
            let index = CWE.iter().position(|(known, ..)| known == number)?;
            let target = ReportingDescriptorReference::builder()
                .id(number.to_string())
                .index(index as i64)
                .tool_component(cwe_component())
                .build();
            Some(
                ReportingDescriptorRelationship::builder()
                    .target(target)
                    .kinds(vec!["superset".to_string()])
                    .build(),
            )
        })
        .collect();
    ReportingDescriptor::builder()
        .id(doc.id)
        .name(pascal_case(doc.id))
        .short_description(words(doc.title()))
        .full_description(words(&doc.full()))
        .help(MultiformatMessageString::builder().text(plain(doc.help())).markdown(doc.help()).build())
        .help_uri(doc.url())
        .default_configuration(ReportingConfiguration::builder().level(json!(level(doc.severity))).build())
        .properties(PropertyBag::builder().tags(tags).additional_properties(more).build())
        .relationships(relationships)
        .build()
}

/// `some-rule` as `SomeRule`.
pub fn pascal_case(id: &str) -> String {
    id.split('-').map(capitalised).collect()
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Markdown without its heading and fence marks.
fn plain(markdown: &str) -> String {
    let lines: Vec<&str> = markdown
        .lines()
        .filter(|line| !line.starts_with("```"))
        .map(|line| line.trim_start_matches("## "))
        .collect();
    lines.join("\n").trim().to_string()
}
