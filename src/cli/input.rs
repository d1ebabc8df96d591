//! What to audit, as typed: the arguments that `scan` and `inventory` share.

use super::progress;
use anyhow::{Context as _, bail};
use camino::{Utf8Path, Utf8PathBuf};
use clap::Args;
use std::time::{SystemTime, UNIX_EPOCH};
use toml::value::Date;
use transborder::Options;
use transborder::baseline::{self, Baseline};
use transborder::options::{DEFAULT_HOME, PolicyFrom, Since};

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
    /// Ignore the policy file of the repository; the report says so
    #[arg(long)]
    no_repo_config: bool,
    /// Folder of rules to load after the bundled ones (repeatable)
    #[arg(long, value_name = "DIR")]
    rules: Vec<Utf8PathBuf>,
    /// Treat tests, examples and fixtures like any other code
    #[arg(long)]
    include_tests: bool,
    /// Analyse every file, also those that cannot matter for any call
    #[arg(long)]
    full: bool,
    /// Report only what is new since the merge base of HEAD and this revision
    #[arg(long, value_name = "REV", conflicts_with = "staged")]
    diff: Option<String>,
    /// Report only what is new in what is staged, compared with HEAD
    #[arg(long)]
    staged: bool,
    /// Baseline file: findings in it are left alone
    #[arg(long, value_name = "FILE")]
    baseline: Option<Utf8PathBuf>,
    /// Say whom to ask about each finding: CODEOWNERS, and the author of the line
    #[arg(long)]
    owners: bool,
    /// Ignore `transborder: allow[...]` comments, and say how many there are
    #[arg(long)]
    no_inline_allow: bool,
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
            policy: match (self.policy, self.no_repo_config) {
                (Some(file), _) => PolicyFrom::File(file),
                (None, true) => PolicyFrom::BuiltIn,
                (None, false) => PolicyFrom::Nearest,
            },
            today: today(),
            threads: self.threads.map(usize::from),
            full: self.full,
            include_tests: self.include_tests,
            no_inline_allow: self.no_inline_allow,
            owners: self.owners,
            command: None,
            since: self.diff.map(Since::Revision).or(self.staged.then_some(Since::Staged)),
            index_file: std::env::var_os("GIT_INDEX_FILE"),
            baseline: self.baseline.as_deref().map(read_baseline).transpose()?,
            progress: (!self.no_progress && !quiet).then(progress::bar).flatten(),
        })
    }
}

/// Today in UTC, or the day of `SOURCE_DATE_EPOCH`, which asks for the same result on every day.
fn today() -> Option<Date> {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|time| time.as_secs());
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    civil(fixed.or_else(now)? / 86_400)
}

/// The date that many days after 1970-01-01: Howard Hinnant's `civil_from_days`.
fn civil(days: u64) -> Option<Date> {
    let shifted = days.checked_add(719_468)?;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    Some(Date {
        year: u16::try_from(year).ok()?,
        month: u8::try_from(month).ok()?,
        day: u8::try_from(day).ok()?,
    })
}

/// Options that do not change what is found, with whether a value follows.
const SHOWING: [(&str, bool); 12] = [
    ("--threads", true),
    ("--color", true),
    ("--output", true),
    ("-o", true),
    ("--format", true),
    ("--no-progress", false),
    ("--timings", false),
    ("--quiet", false),
    ("-q", false),
    ("--verbose", false),
    ("-v", false),
    ("scan", false),
];

/// What was typed, as far as it decides what is found. Paths say nothing of this machine: they start at the working
/// directory, or are only their last part.
pub fn command_line() -> Vec<String> {
    let here = std::env::current_dir().ok().and_then(|dir| Utf8PathBuf::from_path_buf(dir).ok());
    let shown = |word: &str| {
        // `--policy=/a/b` holds a path too.
        let (option, value) = match word.split_once('=') {
            Some((option, value)) if word.starts_with('-') => (format!("{option}="), value),
            _ => (String::new(), word),
        };
        let path = Utf8Path::new(value);
        if !path.is_absolute() {
            return option + value;
        }
        let below = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
        let shown = below.map_or(path.file_name().unwrap_or("/"), Utf8Path::as_str);
        option + if shown.is_empty() { "." } else { shown }
    };
    let mut typed = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    let mut kept = vec![env!("CARGO_PKG_NAME").to_string()];
    while let Some(word) = typed.next() {
        let name = word.split_once('=').map_or(word.as_str(), |(name, _)| name);
        match SHOWING.iter().find(|(option, _)| *option == name) {
            Some((_, true)) if name == word => drop(typed.next()),
            Some(_) => {}
            None => kept.push(shown(&word)),
        }
    }
    kept
}

fn read_baseline(path: &Utf8Path) -> anyhow::Result<Baseline> {
    let text = std::fs::read(path).with_context(|| format!("cannot read the baseline {path}"))?;
    let text = String::from_utf8(text).ok().with_context(|| format!("the baseline {path} is not UTF-8"))?;
    baseline::read(path.as_str(), &text)
        .map_err(|why| anyhow::anyhow!("the baseline {path} cannot be used: {why}"))
}

/// A country code in capitals, or the name of a group as it is; whether it exists is for the rules to say.
pub fn jurisdiction(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        return Err("expected country codes such as US, or groups such as EU".into());
    }
    Ok(if text.len() == 2 { text.to_uppercase() } else { text.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        for (days, date) in
            [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_777, "2026-11-20")]
        {
            assert_eq!(civil(days).map(|d| d.to_string()).as_deref(), Some(date));
        }
    }
}
