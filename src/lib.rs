//! Where do your prompts go, and what do they carry across the border?
//!
//! The crate reads like that sentence; see [`audit`]. `ARCHITECTURE.md` is the map.

pub mod finding;
pub mod options;
pub mod report;
pub mod rules;
pub mod text;

pub use finding::Report;
pub use options::Options;

/// Walk a codebase, find where it calls language models, resolve where each call goes,
/// and report the sensitive data that reaches a place the policy does not allow.
pub fn audit(options: &Options) -> anyhow::Result<Report> {
    let home = options.home.clone().unwrap_or_else(|| vec!["US".into()]);
    Ok(Report {
        files: text::Files::default(),
        home: home.clone(),
        home_as_written: home,
        home_set: options.home.is_some(),
        findings: Vec::new(),
        calls: Vec::new(),
        notices: Vec::new(),
        coverage: finding::Coverage::default(),
        timings: std::collections::BTreeMap::new(),
    })
}
