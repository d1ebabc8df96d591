//! `transborder explain`: what a rule means.

use super::{CLEAN, output};
use anyhow::Context as _;
use clap::Args;
use transborder::error::BadRules;
use transborder::finding::RuleId;
use transborder::report::terminal::{Look, rule};
use transborder::rules::Rules;

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// Rule to explain; all are listed without it
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

impl Explain {
    /// Prints the documentation.
    pub fn run(&self, look: &Look) -> anyhow::Result<u8> {
        let text = match &self.rule {
            None => rule::list(look),
            Some(id) => {
                let known = RuleId::from_id(id).with_context(|| unknown(id))?;
                let rules = Rules::bundled().map_err(BadRules)?;
                let severity = rule::severity(known.doc(), &rules.severity, look);
                format!("{}\n{severity}", rule::explain(known.doc(), look))
            }
        };
        output::print_styled(&text)?;
        Ok(CLEAN)
    }
}

fn unknown(id: &str) -> String {
    let ids: Vec<&str> = RuleId::ALL.into_iter().map(RuleId::id).collect();
    format!("there is no rule `{}`; the rules are {}", id.escape_debug(), ids.join(", "))
}
