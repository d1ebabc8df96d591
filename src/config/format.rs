//! Which files are configuration, and how each is read: `rules/config.toml`, compiled.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use serde::Deserialize;
use std::sync::LazyLock;

/// How a configuration file is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// `KEY=value` lines: `.env` and its kin.
    Env,
    /// Shell scripts, makefiles, `.envrc`.
    Shell,
    /// `[section]` and `key = value`.
    Ini,
    /// Java properties.
    Properties,
    /// `ENV` and `ARG` of an image.
    Dockerfile,
    /// `process: KEY=value command`.
    Procfile,
    /// Unit files with `Environment=`.
    Systemd,
    /// YAML.
    Yaml,
    /// YAML with template tags, read by lines.
    Helm,
    /// JSON, with comments and trailing commas.
    Json,
    /// TOML.
    Toml,
    /// HCL: Terraform, Nomad, Packer.
    Hcl,
    /// `%env` lines of a notebook.
    Notebook,
}

impl Format {
    /// The format of a path, by its name; nothing for files that are no configuration.
    pub fn of(path: &str) -> Option<Format> {
        let rules = &*FORMATS;
        if rules.skip.is_match(path) {
            return None;
        }
        rules.files.matches(path).into_iter().min().map(|i| rules.formats[rules.owner[i]])
    }
}

struct Formats {
    skip: GlobSet,
    files: GlobSet,
    /// Which entry each glob of `files` belongs to.
    owner: Vec<usize>,
    formats: Vec<Format>,
}

static FORMATS: LazyLock<Formats> = LazyLock::new(|| {
    let raw: Raw =
        toml::from_str(include_str!("../../rules/config.toml")).expect("rules/config.toml is well formed");
    let mut owner = Vec::new();
    let mut all = Vec::new();
    for (index, file) in raw.file.iter().enumerate() {
        owner.extend(file.globs.iter().map(|_| index));
        all.extend(file.globs.iter().cloned());
    }
    Formats {
        skip: globs(&raw.skip),
        files: globs(&all),
        owner,
        formats: raw.file.iter().map(|f| f.format).collect(),
    }
});

#[derive(Deserialize)]
struct Raw {
    skip: Vec<String>,
    file: Vec<RawFile>,
}

#[derive(Deserialize)]
struct RawFile {
    format: Format,
    globs: Vec<String>,
}

/// Globs on whole paths; one without a slash matches the last part anywhere.
fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let anywhere = if pattern.contains('/') { pattern.clone() } else { format!("**/{pattern}") };
        let glob = GlobBuilder::new(&anywhere).literal_separator(true).build();
        set.add(glob.expect("rules/config.toml holds valid globs"));
    }
    set.build().expect("rules/config.toml holds valid globs")
}
