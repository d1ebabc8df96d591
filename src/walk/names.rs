//! The file and folder names of `rules/walk.toml`, compiled.

use crate::config;
use crate::language::Form;
use globset::{Glob, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use std::sync::LazyLock;

/// How large a file may be, in bytes.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Source code.
    pub source: u64,
    /// Configuration.
    pub config: u64,
    /// Notebooks, whose outputs are large.
    pub notebook: u64,
    /// One line of source.
    pub line: usize,
    /// A line of source on average.
    pub average_line: usize,
}

impl Default for Limits {
    fn default() -> Self {
        NAMES.limits
    }
}

/// Why a file is read, which decides its limits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Source,
    Config,
    Notebook,
}

impl Kind {
    /// What a path is read as, if it is read.
    pub(super) fn of(path: &str) -> Option<Kind> {
        match Form::of(path) {
            Some(Form::Plain(_) | Form::Component(_)) => return Some(Kind::Source),
            Some(Form::Notebook) | None => {}
        }
        match config::Format::of(path) {
            Some(config::Format::Notebook) => Some(Kind::Notebook),
            Some(_) => Some(Kind::Config),
            None => NAMES.manifest.is_match(name(path)).then_some(Kind::Config),
        }
    }
}

pub(super) struct Names {
    pub(super) hidden: GlobSet,
    pub(super) always: GlobSet,
    pub(super) always_folders: GlobSet,
    pub(super) leave: GlobSet,
    pub(super) leave_with: Vec<String>,
    pub(super) unsaid: GlobSet,
    pub(super) built: Vec<Built>,
    manifest: GlobSet,
    limits: Limits,
}

pub(super) struct Built {
    pub(super) names: Vec<String>,
    pub(super) beside: Vec<String>,
    pub(super) marks: GlobSet,
}

/// The bundled names.
pub(super) static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let raw: Raw =
        toml::from_str(include_str!("../../rules/walk.toml")).expect("rules/walk.toml is well formed");
    Names {
        hidden: globs(&raw.hidden),
        always: globs(&raw.always),
        always_folders: globs(&raw.always_folders),
        leave: globs(&raw.leave),
        leave_with: raw.leave_with,
        unsaid: globs(&raw.unsaid),
        built: raw
            .built
            .into_iter()
            .map(|b| Built { names: b.names, beside: b.beside, marks: globs(&b.marks) })
            .collect(),
        manifest: globs(&raw.manifest.names),
        limits: raw.limit,
    }
});

/// The last part of a path.
pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    hidden: Vec<String>,
    always: Vec<String>,
    always_folders: Vec<String>,
    leave: Vec<String>,
    leave_with: Vec<String>,
    unsaid: Vec<String>,
    built: Vec<RawBuilt>,
    manifest: RawManifest,
    limit: Limits,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBuilt {
    names: Vec<String>,
    beside: Vec<String>,
    marks: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawManifest {
    names: Vec<String>,
}

fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(Glob::new(pattern).expect("rules/walk.toml holds valid globs"));
    }
    set.build().expect("rules/walk.toml holds valid globs")
}
