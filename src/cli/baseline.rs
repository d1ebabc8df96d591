//! `transborder baseline`: write down what is there, so that later scans report only what is new.

use super::input::Input;
use super::{CLEAN, output};
use anyhow::Context as _;
use camino::Utf8PathBuf;
use clap::Args;
use transborder::baseline;
use transborder::report::{conceal, terminal::Look};

/// Arguments of `baseline`.
#[derive(Debug, Args)]
pub struct Write {
    #[command(flatten)]
    input: Input,
    /// File to write; `-` is stdout
    #[arg(short, long, value_name = "FILE", default_value = baseline::FILE, help_heading = "What to write")]
    output: Utf8PathBuf,
}

impl Write {
    /// Audits and writes. Findings never make this fail.
    pub fn run(self, look: &Look) -> anyhow::Result<u8> {
        let options = self.input.options(look.quiet)?;
        anyhow::ensure!(
            options.since.is_none(),
            "a baseline holds everything: leave out --diff and --staged"
        );
        let mut report = transborder::audit(&options)?;
        conceal::quotes(&mut report);
        let text = baseline::write(&report);
        if self.output == "-" {
            output::print_plain(&text)?;
            return Ok(CLEAN);
        }
        std::fs::write(&self.output, text).with_context(|| format!("cannot write {}", self.output))?;
        if !look.quiet {
            let count = report.active().count();
            anstream::eprintln!(
                "wrote {} with {count} finding{}; use it with --baseline {}",
                self.output,
                if count == 1 { "" } else { "s" },
                self.output
            );
        }
        Ok(CLEAN)
    }
}
