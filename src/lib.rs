//! Where do your prompts go, and what do they carry across the border?
//!
//! The crate reads like that sentence; see [`audit`]. `ARCHITECTURE.md` is the map.

pub mod error;
pub mod finding;
pub mod lookup;
pub mod options;
pub mod report;
pub mod rules;
pub mod text;

pub use finding::Report;
pub use options::Options;

/// Walk a codebase, find where it calls language models, resolve where each call goes,
/// and report the sensitive data that reaches a place the policy does not allow.
pub fn audit(options: &Options) -> anyhow::Result<Report> {
    let rules = rules::Rules::load(&options.rules_dirs).map_err(error::BadRules)?;
    let home_as_written = options.home.clone().unwrap_or_else(|| vec![options::DEFAULT_HOME.into()]);
    let home = rules
        .expand(&home_as_written)
        .map_err(|code| anyhow::anyhow!("`{code}` is neither a country nor a group of the registry"))?;
    Ok(Report {
        files: text::Files::default(),
        home: home.into_iter().collect(),
        home_as_written,
        home_set: options.home.is_some(),
        findings: Vec::new(),
        calls: Vec::new(),
        notices: Vec::new(),
        coverage: finding::Coverage::default(),
        timings: std::collections::BTreeMap::new(),
    })
}
