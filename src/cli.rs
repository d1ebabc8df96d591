//! The command line: what may be typed, and what it means.
//!
//! Only this module and `main` know clap, print, or decide on an exit code.

mod baseline;
mod explain;
mod init;
mod input;
mod inventory;
mod man;
mod output;
mod progress;
mod registry;
mod rules;
mod scan;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};
use std::process::ExitCode;
use transborder::error::{BadPolicy, BadRules};
use transborder::report::terminal::{Look, mistake};

/// Nothing at or above `--fail-on`.
pub const CLEAN: u8 = 0;
/// Findings.
pub const FINDINGS: u8 = 1;
/// Wrong usage, policy or rules; an output that cannot be written.
pub const UNUSABLE: u8 = 2;

/// Where do your prompts go, and what do they carry across the border?
///
/// Walks source code and configuration, finds calls to language models, resolves each to its endpoint and the
/// jurisdictions that govern it, and reports sensitive data that reaches a foreign-hosted API. Nothing is executed
/// and nothing leaves the machine.
#[derive(Debug, Parser)]
#[command(
    name = "transborder",
    version,
    override_usage = "transborder [scan] [OPTIONS] [PATH]...\n       transborder [OPTIONS] <COMMAND>",
    after_help = "Exit status: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage, policy or rules.",
    max_term_width = 100
)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    scan: scan::Scan,
    #[command(flatten)]
    general: General,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Find sensitive data on its way to foreign endpoints (the default command)
    Scan(scan::Scan),
    /// List every language-model call and configured endpoint with its destination
    Inventory(inventory::Inventory),
    /// Write a commented policy file, filled from what a scan finds
    Init(init::Init),
    /// Write the findings of today to a file, so that later scans report only new ones
    Baseline(baseline::Write),
    /// Ask the registry of providers and their jurisdictions
    Registry(registry::Registry),
    /// Check rules of your own
    Rules(rules::Rules),
    /// Explain a rule, or list them all
    Explain(explain::Explain),
    /// Print a completion script for a shell
    Completions {
        /// Shell to complete for
        shell: clap_complete::Shell,
    },
    /// Print the manual page of the program or of a command
    Man(man::Man),
}

/// Options every command understands.
#[derive(Debug, Args)]
#[command(next_help_heading = "General options")]
pub struct General {
    /// When to use colour; `auto` heeds the terminal and NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
    /// One line per finding, no summary, nothing on stderr but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Also show scores, every source and every notice
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

impl Cli {
    /// Reads the arguments; shows help or complains, and ends the process, where clap would.
    pub fn read() -> Cli {
        let matches = Cli::command().get_matches();
        if matches.subcommand().is_some() && asks_for_scan(&matches) {
            let text = "options of a command stand behind it: transborder [OPTIONS] <COMMAND> ...";
            Cli::command().error(ErrorKind::ArgumentConflict, text).exit();
        }
        Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }

    /// Carries out the command.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let choice = match self.general.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
        let look = self.general.look();
        let code = match self.command.unwrap_or(Command::Scan(self.scan)) {
            Command::Scan(scan) => scan.run(look)?,
            Command::Inventory(inventory) => inventory.run(look)?,
            Command::Init(init) => init.run(&look)?,
            Command::Baseline(baseline) => baseline.run(&look)?,
            Command::Registry(registry) => registry.run(&look)?,
            Command::Rules(rules) => rules.run()?,
            Command::Explain(explain) => explain.run(&look)?,
            Command::Man(man) => man.run()?,
            Command::Completions { shell } => {
                let mut script = Vec::new();
                clap_complete::generate(shell, &mut Cli::command(), "transborder", &mut script);
                output::print_plain(&String::from_utf8_lossy(&script))?;
                CLEAN
            }
        };
        Ok(ExitCode::from(code))
    }
}

/// Whether an argument before the command belongs to the default command, where it would be lost.
fn asks_for_scan(matches: &ArgMatches) -> bool {
    const GENERAL: [&str; 4] = ["General", "color", "quiet", "verbose"];
    matches.ids().any(|id| {
        !GENERAL.contains(&id.as_str()) && matches.value_source(id.as_str()) == Some(ValueSource::CommandLine)
    })
}

/// Says on stderr what went wrong.
pub fn complain(error: &anyhow::Error) {
    let rules = error.downcast_ref().map(|BadRules(mistakes)| mistakes);
    if let Some(mistakes) = rules.or_else(|| error.downcast_ref().map(|BadPolicy(mistakes)| mistakes)) {
        let width =
            terminal_size::terminal_size_of(std::io::stderr()).map_or(100, |(width, _)| width.0.into());
        let look = Look { width, unicode: speaks_unicode(), ..Look::default() };
        anstream::eprint!("{}", mistake::render(mistakes, &look));
    }
    let style = anstyle::AnsiColor::BrightRed.on_default().bold();
    anstream::eprintln!("{style}error{style:#}: {}", transborder::report::printable(&format!("{error:#}")));
}

/// Says on stderr where we failed. What a panic says may quote the scanned tree, unless it is a fixed sentence of ours.
pub fn lament(place: Option<&std::panic::Location<'_>>, payload: &(dyn std::any::Any + Send)) {
    let place = place.map_or("an unknown place".to_string(), ToString::to_string);
    let said = payload.downcast_ref::<&'static str>().map_or(String::new(), |said| format!(": {said}"));
    let trace = std::backtrace::Backtrace::capture();
    let trace = match trace.status() {
        std::backtrace::BacktraceStatus::Captured => format!("\n{trace}"),
        _ => String::new(),
    };
    anstream::eprintln!("internal error at {place}{said}{trace}");
}

impl General {
    /// How reports look on this terminal.
    fn look(&self) -> Look {
        let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
        let terminal = std::io::IsTerminal::is_terminal(&std::io::stdout());
        Look {
            width,
            unicode: speaks_unicode(),
            links: terminal && self.color != Color::Never && wants_links(),
            quiet: self.quiet,
            verbose: self.verbose,
            elapsed: None,
        }
    }
}

/// Whether the terminal is one that hides the escape sequences of a link, and the user wants any.
fn wants_links() -> bool {
    let plain = std::env::var("TERM").is_ok_and(|term| matches!(term.as_str(), "dumb" | "linux"));
    !plain && std::env::var_os("NO_COLOR").is_none()
}

/// Whether the locale does not rule out more than ASCII.
fn speaks_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let dumb = std::env::var("TERM").is_ok_and(|term| term == "dumb");
    !dumb && !locale.is_some_and(|locale| locale == "C" || locale == "POSIX")
}
