//! `transborder inventory`: the map without the judgement.

use super::input::Input;
use super::{CLEAN, output};
use clap::{Args, ValueEnum};
use transborder::report::terminal::{Look, inventory};
use transborder::report::{conceal, json};

/// Arguments of `inventory`.
#[derive(Debug, Args)]
pub struct Inventory {
    #[command(flatten)]
    input: Input,
    /// Format of the list
    #[arg(long, value_enum, default_value_t = Format::Terminal, value_name = "FORMAT", help_heading = "What to show")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Terminal,
    /// For other programs
    Json,
}

impl Inventory {
    /// Audits and lists.
    pub fn run(self, look: Look) -> anyhow::Result<u8> {
        let mut report = transborder::audit(&self.input.options(look.quiet)?)?;
        conceal::quotes(&mut report);
        match self.format {
            Format::Terminal => output::print_styled(&inventory::render(&report, &look))?,
            Format::Json => output::print_plain(&json::inventory(&report))?,
        }
        Ok(CLEAN)
    }
}
