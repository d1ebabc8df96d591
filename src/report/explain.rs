//! What every rule means, in words: the text behind `transborder explain` and the rule list of SARIF.
//!
//! One Markdown file per rule holds the prose (title, one sentence, one paragraph, help); the table here
//! holds what machines read. Knows nothing of any single finding.

use crate::finding::{RuleId, Severity};

/// One rule, documented.
#[derive(Debug)]
pub struct RuleDoc {
    /// The rule.
    pub rule: RuleId,
    /// Stable id, kebab case.
    pub id: &'static str,
    /// Severity of its findings unless their score says otherwise.
    pub severity: Severity,
    /// CVSS-like number that code scanning sorts by; `None` for hygiene and inventory.
    pub security_severity: Option<&'static str>,
    /// How often a finding is right: `very-high`, `high`, `medium`, `low`.
    pub precision: &'static str,
    /// Weaknesses (CWE numbers) the rule is about.
    pub cwe: &'static [u32],
    /// Further tags.
    pub tags: &'static [&'static str],
    /// The whole documentation, in Markdown.
    pub markdown: &'static str,
}

impl RuleDoc {
    /// The title, without markup.
    pub fn title(&self) -> &'static str {
        self.paragraph(0).trim_start_matches("# ")
    }

    /// One sentence.
    pub fn short(&self) -> &'static str {
        self.paragraph(1)
    }

    /// One paragraph that says more than [`RuleDoc::short`].
    pub fn full(&self) -> String {
        format!("{} {}", self.paragraph(1), self.paragraph(2))
    }

    /// Everything after the introduction: meaning, reason, remedy, example.
    pub fn help(&self) -> &'static str {
        self.markdown.find("\n## ").map_or("", |at| &self.markdown[at + 1..])
    }

    /// Where the documentation is read online.
    pub fn url(&self) -> String {
        format!("{}/blob/main/docs/rules.md#{}", env!("CARGO_PKG_REPOSITORY"), self.id)
    }

    fn paragraph(&self, index: usize) -> &'static str {
        self.markdown.split("\n\n").nth(index).unwrap_or("").trim()
    }
}

impl RuleId {
    /// Every rule, in the order reports list them.
    pub const ALL: [RuleId; 12] = [
        RuleId::RestrictedDataAbroad,
        RuleId::ConfidentialDataAbroad,
        RuleId::InternalDataAbroad,
        RuleId::UserInputAbroad,
        RuleId::DataMaybeAbroad,
        RuleId::DataEndpointUnresolved,
        RuleId::SourceCodeAbroad,
        RuleId::RelayEndpoint,
        RuleId::ForeignEndpoint,
        RuleId::DeniedByPolicy,
        RuleId::PolicyExceptionExpired,
        RuleId::PolicyExceptionUnused,
    ];

    /// The id people write: `restricted-data-abroad`.
    pub fn id(self) -> &'static str {
        self.doc().id
    }

    /// The rule with this id.
    pub fn from_id(id: &str) -> Option<RuleId> {
        DOCS.iter().find(|doc| doc.id == id).map(|doc| doc.rule)
    }

    /// What the rule means.
    pub fn doc(self) -> &'static RuleDoc {
        &DOCS[self as usize]
    }
}

/// A CWE entry that a rule refers to: number, name, one sentence.
pub const CWE: [(u32, &str, &str); 4] = [
    (
        201,
        "Insertion of Sensitive Information Into Sent Data",
        "The code transmits data to another actor, but a portion of the data includes sensitive information that should not be accessible to that actor.",
    ),
    (
        359,
        "Exposure of Private Personal Information to an Unauthorized Actor",
        "The product does not properly prevent a person's private, personal information from being accessed by actors who are not authorized to access it.",
    ),
    (
        441,
        "Unintended Proxy or Intermediary ('Confused Deputy')",
        "The product receives a request from an upstream component and forwards it to an external actor without sufficiently preserving the original source.",
    ),
    (
        540,
        "Inclusion of Sensitive Information in Source Code",
        "Source code that reaches another actor carries sensitive information.",
    ),
];

/// Indexed by [`RuleId`]; a test holds the order.
static DOCS: [RuleDoc; 12] = [
    RuleDoc {
        rule: RuleId::RestrictedDataAbroad,
        id: "restricted-data-abroad",
        severity: Severity::Critical,
        security_severity: Some("9.5"),
        precision: "high",
        cwe: &[201, 359],
        tags: &["privacy", "data-transfer"],
        markdown: include_str!("explain/restricted-data-abroad.md"),
    },
    RuleDoc {
        rule: RuleId::ConfidentialDataAbroad,
        id: "confidential-data-abroad",
        severity: Severity::High,
        security_severity: Some("7.5"),
        precision: "high",
        cwe: &[201, 359],
        tags: &["privacy", "data-transfer"],
        markdown: include_str!("explain/confidential-data-abroad.md"),
    },
    RuleDoc {
        rule: RuleId::InternalDataAbroad,
        id: "internal-data-abroad",
        severity: Severity::Medium,
        security_severity: Some("5.0"),
        precision: "medium",
        cwe: &[201],
        tags: &["privacy", "data-transfer"],
        markdown: include_str!("explain/internal-data-abroad.md"),
    },
    RuleDoc {
        rule: RuleId::UserInputAbroad,
        id: "user-input-abroad",
        severity: Severity::Low,
        security_severity: Some("3.0"),
        precision: "low",
        cwe: &[201],
        tags: &["privacy", "data-transfer"],
        markdown: include_str!("explain/user-input-abroad.md"),
    },
    RuleDoc {
        rule: RuleId::DataMaybeAbroad,
        id: "data-maybe-abroad",
        severity: Severity::Medium,
        security_severity: Some("6.0"),
        precision: "medium",
        cwe: &[201, 359],
        tags: &["privacy", "data-transfer"],
        markdown: include_str!("explain/data-maybe-abroad.md"),
    },
    RuleDoc {
        rule: RuleId::DataEndpointUnresolved,
        id: "data-endpoint-unresolved",
        severity: Severity::Medium,
        security_severity: Some("5.5"),
        precision: "medium",
        cwe: &[201, 359],
        tags: &["privacy", "data-transfer"],
        markdown: include_str!("explain/data-endpoint-unresolved.md"),
    },
    RuleDoc {
        rule: RuleId::SourceCodeAbroad,
        id: "source-code-abroad",
        severity: Severity::High,
        security_severity: Some("8.0"),
        precision: "high",
        cwe: &[201, 540],
        tags: &["data-transfer", "configuration"],
        markdown: include_str!("explain/source-code-abroad.md"),
    },
    RuleDoc {
        rule: RuleId::RelayEndpoint,
        id: "relay-endpoint",
        severity: Severity::Medium,
        security_severity: Some("6.5"),
        precision: "high",
        cwe: &[201, 441],
        tags: &["supply-chain", "data-transfer"],
        markdown: include_str!("explain/relay-endpoint.md"),
    },
    RuleDoc {
        rule: RuleId::ForeignEndpoint,
        id: "foreign-endpoint",
        severity: Severity::Note,
        security_severity: None,
        precision: "very-high",
        cwe: &[201],
        tags: &["inventory", "data-transfer"],
        markdown: include_str!("explain/foreign-endpoint.md"),
    },
    RuleDoc {
        rule: RuleId::DeniedByPolicy,
        id: "denied-by-policy",
        severity: Severity::High,
        security_severity: Some("7.0"),
        precision: "high",
        cwe: &[201, 359],
        tags: &["privacy", "policy"],
        markdown: include_str!("explain/denied-by-policy.md"),
    },
    RuleDoc {
        rule: RuleId::PolicyExceptionExpired,
        id: "policy-exception-expired",
        severity: Severity::Medium,
        security_severity: None,
        precision: "very-high",
        cwe: &[],
        tags: &["policy", "maintainability"],
        markdown: include_str!("explain/policy-exception-expired.md"),
    },
    RuleDoc {
        rule: RuleId::PolicyExceptionUnused,
        id: "policy-exception-unused",
        severity: Severity::Note,
        security_severity: None,
        precision: "very-high",
        cwe: &[],
        tags: &["policy", "maintainability"],
        markdown: include_str!("explain/policy-exception-unused.md"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_documented_under_its_own_entry() {
        for rule in RuleId::ALL {
            let doc = rule.doc();
            assert_eq!(doc.rule, rule, "DOCS is out of order at {}", doc.id);
            assert_eq!(RuleId::from_id(doc.id), Some(rule));
            for section in ["## What it means", "## Why it matters", "## What to do", "## Example"] {
                assert!(doc.help().contains(section), "{} lacks {section}", doc.id);
            }
            assert!(doc.markdown.starts_with("# ") && doc.short().ends_with('.'), "{}", doc.id);
            assert!(doc.short().len() < 200, "{} opens with more than a sentence", doc.id);
        }
    }

    #[test]
    fn security_severity_falls_in_the_band_of_the_severity() {
        for rule in RuleId::ALL {
            let doc = rule.doc();
            let Some(number) = doc.security_severity else { continue };
            let number: f64 = number.parse().unwrap();
            let band = match number {
                n if n >= 9.0 => Severity::Critical,
                n if n >= 7.0 => Severity::High,
                n if n >= 4.0 => Severity::Medium,
                _ => Severity::Low,
            };
            assert_eq!(band, doc.severity, "{}", doc.id);
        }
    }

    #[test]
    fn every_cwe_is_in_the_table() {
        for rule in RuleId::ALL {
            for cwe in rule.doc().cwe {
                assert!(CWE.iter().any(|(number, ..)| number == cwe), "CWE-{cwe}");
            }
        }
    }
}
