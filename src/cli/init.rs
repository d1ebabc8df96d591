//! `transborder init`: a commented policy file, filled from what a scan finds.

use super::input::Input;
use super::{CLEAN, output};
use anyhow::{Context as _, bail};
use camino::Utf8PathBuf;
use clap::Args;
use std::io::Write as _;
use transborder::policy::source::FILE_NAME;
use transborder::report::terminal::Look;
use transborder::report::{conceal, template};

/// Arguments of `init`.
#[derive(Debug, Args)]
pub struct Init {
    #[command(flatten)]
    input: Input,
    /// Profile to start from
    #[arg(long, value_name = "NAME", default_value = "us-default")]
    profile: String,
    /// File to write [default: transborder.toml in PATH; `-` is stdout]
    #[arg(short, long, value_name = "FILE")]
    output: Option<Utf8PathBuf>,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

impl Init {
    /// Scans, writes the file, and says where.
    pub fn run(self, look: &Look) -> anyhow::Result<u8> {
        let options = self.input.options(look.quiet)?;
        let folder = match &options.paths[..] {
            [one] if std::fs::metadata(one).is_ok_and(|facts| facts.is_dir()) => one.clone(),
            _ => ".".into(),
        };
        let target = self.output.unwrap_or_else(|| folder.join(FILE_NAME));
        let to_stdout = target == "-";
        if !to_stdout && !self.force && std::fs::symlink_metadata(&target).is_ok() {
            bail!(
                "{target} is there already; pass --force to replace it, or --output - to read what would be written"
            );
        }
        let home = options.home.clone();
        let mut report = transborder::audit(&options)?;
        conceal::quotes(&mut report);
        let text = template::render(&report, &self.profile, home.as_deref())?;
        if to_stdout {
            output::print_plain(&text)?;
            return Ok(CLEAN);
        }
        let mut file = std::fs::OpenOptions::new();
        file.write(true).create_new(!self.force).create(true).truncate(true);
        let mut file = file.open(&target).with_context(|| format!("cannot write {target}"))?;
        file.write_all(text.as_bytes()).with_context(|| format!("cannot write {target}"))?;
        if !look.quiet {
            anstream::eprintln!("wrote {target}; read it, then scan again");
        }
        Ok(CLEAN)
    }
}
