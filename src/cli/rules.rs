//! `transborder rules`: for people who write rules.

use super::CLEAN;
use anyhow::Context as _;
use camino::Utf8PathBuf;
use clap::{Args, Subcommand};
use transborder::error::BadRules;
use transborder::rules;

/// Arguments of `rules`.
#[derive(Debug, Args)]
pub struct Rules {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Check a folder of rules together with the bundled ones
    Check {
        /// Folder of the same shape as the bundled rules
        dir: Utf8PathBuf,
    },
}

impl Rules {
    /// Checks, and shows every mistake at once.
    pub fn run(self) -> anyhow::Result<u8> {
        let Task::Check { dir } = self.task;
        let known = std::fs::metadata(&dir).with_context(|| format!("cannot read {dir}"))?;
        anyhow::ensure!(known.is_dir(), "{dir} is not a folder");
        let errors = rules::check(&dir);
        if !errors.is_empty() {
            return Err(BadRules(errors).into());
        }
        anstream::eprintln!("the rules in {dir} can be used");
        Ok(CLEAN)
    }
}
