//! Which files are configuration, how each is read, and what its name says: `rules/config.toml`, compiled.

use super::pattern::Pattern;
use crate::language::Language;
use aho_corasick::AhoCorasick;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How a configuration file is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// `KEY=value` lines: `.env` and its kin.
    #[default]
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
        // `a.env.ts` is code.
        if Language::of(path).is_some() || RULES.skip.is_match(path) {
            return None;
        }
        RULES.files.matches(path).into_iter().min().map(|i| RULES.entries[RULES.owner[i]].format)
    }
}

/// The path of what a template becomes; of any other file its own.
pub fn rendered(path: &str) -> &str {
    RULES.suffixes.iter().find_map(|end| path.strip_suffix(end.as_str())).unwrap_or(path)
}

/// The bundled rules.
pub(super) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let raw: Raw =
        toml::from_str(include_str!("../../rules/config.toml")).expect("rules/config.toml is well formed");
    compile(raw)
});

pub(super) struct Rules {
    skip: GlobSet,
    files: GlobSet,
    /// Which entry each glob of `files` belongs to.
    owner: Vec<usize>,
    entries: Vec<Entry>,
    pub(super) large: usize,
    pub(super) large_needs: AhoCorasick,
    pub(super) anywhere: Anywhere,
    /// Settings that name the folder a part of the program is built from.
    pub(super) scope: Vec<Pattern>,
    pub(super) name: Name,
    pub(super) shell: Shell,
    pub(super) forward: Forward,
    pub(super) values: GlobSet,
    pub(super) suffixes: Vec<String>,
    pub(super) env_tags: Vec<String>,
    pub(super) secret: Secret,
    pub(super) reference: Vec<Regex>,
}

/// What holds for the files of some names.
pub(super) struct Entry {
    format: Format,
    pub(super) env: Vec<Pattern>,
    pub(super) embed: Vec<(Pattern, Format)>,
    pub(super) only: Vec<String>,
}

impl Rules {
    /// Every entry that speaks of a path and reads it the same way.
    pub(super) fn entries(&self, path: &str, format: Format) -> Vec<&Entry> {
        let mut found: Vec<usize> = self.files.matches(path).into_iter().map(|i| self.owner[i]).collect();
        found.dedup();
        found.into_iter().map(|i| &self.entries[i]).filter(|e| e.format == format).collect()
    }
}

/// Where any structured file defines variables.
pub(super) struct Anywhere {
    pub(super) pairs: Vec<Pattern>,
    pub(super) pair_name: Vec<String>,
    pub(super) pair_value: Vec<String>,
    pub(super) pair_from: Vec<String>,
    pub(super) kinds: Vec<Kind>,
}

pub(super) struct Kind {
    pub(super) wants: BTreeMap<String, String>,
    pub(super) env: Vec<Pattern>,
    pub(super) secret: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Name {
    pub(super) sample: Vec<String>,
    pub(super) sample_first: Vec<String>,
    pub(super) profile: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shell {
    pub(super) exports: Vec<String>,
    pub(super) pairs: Vec<String>,
    pub(super) flags: Vec<String>,
    pub(super) scripts: Vec<String>,
    pub(super) env_files: Vec<String>,
}

/// What hands a local port on to another host.
pub(super) struct Forward {
    /// Commands, with groups `port`, `host` and `to`.
    pub(super) commands: Vec<Regex>,
    pub(super) listen: Vec<String>,
    pub(super) pass: Vec<String>,
}

pub(super) struct Secret {
    pub(super) keys: Vec<Vec<String>>,
    pub(super) not_keys: Vec<String>,
    pub(super) values: regex::RegexSet,
}

fn compile(raw: Raw) -> Rules {
    let mut owner = Vec::new();
    let mut all = Vec::new();
    for (index, file) in raw.file.iter().enumerate() {
        owner.extend(file.globs.iter().map(|_| index));
        all.extend(file.globs.iter().cloned());
    }
    let entry = |file: RawFile| Entry {
        format: file.format,
        env: patterns(&file.env),
        embed: file.embed.iter().map(|e| embed(e)).collect(),
        only: file.only,
    };
    let kind = |kind: RawKind| Kind { wants: kind.wants, env: patterns(&kind.env), secret: kind.secret };
    Rules {
        skip: globs(&raw.skip),
        files: globs(&all),
        owner,
        entries: raw.file.into_iter().map(entry).collect(),
        large: raw.large,
        large_needs: AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(&raw.large_needs)
            .expect(BROKEN),
        anywhere: Anywhere {
            pairs: patterns(&raw.anywhere.pairs),
            pair_name: raw.anywhere.pair_name,
            pair_value: raw.anywhere.pair_value,
            pair_from: raw.anywhere.pair_from,
            kinds: raw.anywhere.kind.into_iter().map(kind).collect(),
        },
        scope: patterns(&raw.scope),
        name: raw.name,
        shell: raw.shell,
        forward: Forward {
            commands: raw.forward.commands.iter().map(|r| Regex::new(r).expect(BROKEN)).collect(),
            listen: raw.forward.listen,
            pass: raw.forward.pass,
        },
        values: globs(&raw.template.values),
        suffixes: raw.template.suffixes,
        env_tags: raw.template.env_tags,
        secret: Secret {
            keys: raw.secret.keys.iter().map(|k| k.split(' ').map(str::to_owned).collect()).collect(),
            not_keys: raw.secret.not_keys,
            values: regex::RegexSet::new(&raw.secret.values).expect(BROKEN),
        },
        reference: raw.reference.spellings.iter().map(|r| Regex::new(r).expect(BROKEN)).collect(),
    }
}

const BROKEN: &str = "rules/config.toml holds valid patterns";

fn patterns(all: &[String]) -> Vec<Pattern> {
    all.iter().map(|p| Pattern::new(p)).collect()
}

/// `path -> format`.
fn embed(rule: &str) -> (Pattern, Format) {
    let (path, format) = rule.split_once(" -> ").expect(BROKEN);
    let format = toml::Value::String(format.to_owned()).try_into().expect(BROKEN);
    (Pattern::new(path), format)
}

/// Globs on whole paths; one without a slash matches the last part anywhere.
fn globs(patterns: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let anywhere = if pattern.contains('/') { pattern.clone() } else { format!("**/{pattern}") };
        set.add(GlobBuilder::new(&anywhere).literal_separator(true).build().expect(BROKEN));
    }
    set.build().expect(BROKEN)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    skip: Vec<String>,
    large: usize,
    large_needs: Vec<String>,
    file: Vec<RawFile>,
    anywhere: RawAnywhere,
    scope: Vec<String>,
    name: Name,
    shell: Shell,
    forward: RawForward,
    template: RawTemplate,
    secret: RawSecret,
    reference: RawReference,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    format: Format,
    globs: Vec<String>,
    #[serde(default)]
    env: Vec<String>,
    #[serde(default)]
    embed: Vec<String>,
    #[serde(default)]
    only: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAnywhere {
    pairs: Vec<String>,
    pair_name: Vec<String>,
    pair_value: Vec<String>,
    pair_from: Vec<String>,
    kind: Vec<RawKind>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawKind {
    #[serde(rename = "where")]
    wants: BTreeMap<String, String>,
    env: Vec<String>,
    #[serde(default)]
    secret: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawForward {
    commands: Vec<String>,
    listen: Vec<String>,
    pass: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTemplate {
    suffixes: Vec<String>,
    values: Vec<String>,
    env_tags: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSecret {
    keys: Vec<String>,
    not_keys: Vec<String>,
    values: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReference {
    spellings: Vec<String>,
}
