//! `transborder man`: manual pages, made from what the command line knows of itself.

use super::{CLEAN, Cli, output};
use anyhow::Context as _;
use clap::{Args, CommandFactory as _};

/// Arguments of `man`.
#[derive(Debug, Args)]
pub struct Man {
    /// Command to print the page of, such as `scan` or `registry resolve`; without it the program's own
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

impl Man {
    /// Prints the page in roff.
    pub fn run(&self) -> anyhow::Result<u8> {
        let mut program = Cli::command();
        program.build();
        let mut page = &program;
        for name in &self.command {
            page = page.find_subcommand(name).with_context(|| {
                format!("there is no command `{}`", transborder::report::printable(&self.command.join(" ")))
            })?;
        }
        let mut text = Vec::new();
        let source = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
        clap_mangen::Man::new(page.clone()).source(source).render(&mut text)?;
        output::print_plain(&String::from_utf8_lossy(&text))?;
        Ok(CLEAN)
    }
}
