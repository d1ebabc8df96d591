//! What to audit, as typed: the arguments that `scan` and `inventory` share.

use super::progress;
use anyhow::{Context as _, bail};
use camino::Utf8PathBuf;
use clap::Args;
use transborder::Options;
use transborder::options::{DEFAULT_HOME, PolicyFrom};

/// Arguments that choose what is audited, against which home, with which rules.
#[derive(Debug, Args)]
#[command(next_help_heading = "What to audit")]
pub struct Input {
    /// Files and directories to audit [default: .]
    #[arg(value_name = "PATH")]
    paths: Vec<Utf8PathBuf>,
    /// Home: ISO 3166-1 codes or groups, separated by commas
    #[arg(long, help = format!("Home: ISO 3166-1 codes or groups, separated by commas [default: from the policy, else {DEFAULT_HOME}]"), value_name = "CODES", value_delimiter = ',', value_parser = jurisdiction)]
    home: Vec<String>,
    /// Policy file [default: the nearest transborder.toml upward]
    #[arg(long, value_name = "FILE")]
    policy: Option<Utf8PathBuf>,
    /// Folder of rules to load after the bundled ones (repeatable)
    #[arg(long, value_name = "DIR")]
    rules: Vec<Utf8PathBuf>,
    /// Treat tests, examples and fixtures like any other code
    #[arg(long)]
    include_tests: bool,
    /// Analyse every file, also those that cannot matter for any call
    #[arg(long)]
    full: bool,
    /// Number of threads [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Do not show a progress bar
    #[arg(long)]
    no_progress: bool,
}

impl Input {
    /// What the arguments mean. Fails when something they name does not exist.
    pub fn options(self, quiet: bool) -> anyhow::Result<Options> {
        let paths = if self.paths.is_empty() { vec![".".into()] } else { self.paths };
        for path in &paths {
            std::fs::metadata(path).with_context(|| format!("cannot read {path}"))?;
        }
        if let Some(policy) = &self.policy {
            std::fs::File::open(policy).with_context(|| format!("cannot read the policy {policy}"))?;
        }
        for dir in &self.rules {
            if !std::fs::metadata(dir).with_context(|| format!("cannot read the rules in {dir}"))?.is_dir() {
                bail!("--rules wants a folder, but {dir} is a file");
            }
        }
        Ok(Options {
            paths,
            home: (!self.home.is_empty()).then_some(self.home),
            rules_dirs: self.rules,
            policy: self.policy.map_or(PolicyFrom::Nearest, PolicyFrom::File),
            threads: self.threads.map(usize::from),
            full: self.full,
            include_tests: self.include_tests,
            progress: (!self.no_progress && !quiet).then(progress::bar).flatten(),
        })
    }
}

/// A country code in capitals, or the name of a group as it is; whether it exists is for the rules to say.
pub fn jurisdiction(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err("expected country codes such as US, or groups such as EU".into());
    }
    Ok(if text.len() == 2 { text.to_uppercase() } else { text.to_string() })
}
