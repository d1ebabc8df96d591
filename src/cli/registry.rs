//! `transborder registry`: what is known of providers and hosts.

use super::{CLEAN, output};
use anyhow::{Context as _, anyhow};
use camino::Utf8PathBuf;
use clap::{Args, Subcommand, ValueEnum};
use transborder::error::BadRules;
use transborder::lookup::look_up;
use transborder::options::DEFAULT_HOME;
use transborder::report::{printable, registry, terminal::Look};
use transborder::rules::Rules;

/// Arguments of `registry`.
#[derive(Debug, Args)]
pub struct Registry {
    #[command(subcommand)]
    question: Question,
}

/// How to answer any question.
#[derive(Debug, Args)]
struct Answering {
    /// Format of the answer
    #[arg(long, value_enum, default_value_t = Format::Table, value_name = "FORMAT")]
    format: Format,
    /// Folder of rules to load after the bundled ones (repeatable)
    #[arg(long, value_name = "DIR")]
    rules: Vec<Utf8PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Question {
    /// List every provider
    List {
        #[command(flatten)]
        answering: Answering,
    },
    /// Show everything known of one provider
    Show {
        /// Id or alias
        id: String,
        #[command(flatten)]
        answering: Answering,
    },
    /// Say where a URL or host leads, and what that means seen from home
    Resolve {
        /// URL, or host with or without port
        url: String,
        /// Also say who trained this model
        #[arg(long, value_name = "ID")]
        model: Option<String>,
        /// Home: ISO 3166-1 codes or groups, separated by commas
        #[arg(long, value_name = "CODES", value_delimiter = ',', default_value = DEFAULT_HOME, value_parser = super::input::jurisdiction)]
        home: Vec<String>,
        #[command(flatten)]
        answering: Answering,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For other programs
    Json,
}

impl Registry {
    /// Answers.
    pub fn run(self, look: &Look) -> anyhow::Result<u8> {
        let (Question::List { answering }
        | Question::Show { answering, .. }
        | Question::Resolve { answering, .. }) = &self.question;
        let rules = Rules::load(&answering.rules).map_err(BadRules)?;
        let json = answering.format == Format::Json;
        let text = match &self.question {
            Question::List { .. } if json => registry::list_json(&rules),
            Question::List { .. } => registry::list_text(&rules, look),
            Question::Show { id, .. } => {
                let provider = rules
                    .provider(id)
                    .with_context(|| format!("the registry has no provider `{}`", printable(id)))?;
                if json { registry::show_json(provider) } else { registry::show_text(provider, look) }
            }
            Question::Resolve { url, model, home, .. } => {
                let countries = rules.expand(home).map_err(|code| {
                    anyhow!("`{}` is neither a country nor a group of the registry", printable(&code))
                })?;
                let answer = look_up(&rules, url, model.as_deref(), &countries)
                    .with_context(|| format!("`{}` is neither a URL nor a host", printable(url)))?;
                match json {
                    true => registry::answer_json(&rules, &answer),
                    false => registry::answer_text(&rules, &answer, home, look),
                }
            }
        };
        if json {
            output::print_plain(&text)?
        } else {
            output::print_styled(&text)?
        }
        Ok(CLEAN)
    }
}
