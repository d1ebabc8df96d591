//! Every `KEY = value` of every configuration file, with where it stands.
//!
//! Knows file formats; does not know what a key means. Which files are configuration and where in them environment variables are
//! defined is data (`rules/config.toml`). Values that look like secrets are cut before they are kept.

mod comments;
mod environment;
mod expand;
mod find;
mod format;
mod forward;
mod hcl;
mod json;
mod leaf;
mod lines;
pub mod notebook;
mod pattern;
mod profile;
mod scope;
mod secret;
mod shell;
mod template;
mod toml;
mod yaml;

pub use comments::comments;
pub use expand::Candidate;
pub use format::{Format, rendered};
pub use leaf::Scalar;
pub use pattern::Pattern;
pub use secret::mask;

use crate::text::{FileId, Files, Notice, NoticeKind, Span};
use format::RULES;
use leaf::{Leaf, Page};
use profile::FileName;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One scalar of a configuration file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Setting {
    /// The environment variable it defines, else the last key of its path that is no list index.
    pub key: String,
    /// Where it stands in its file: keys, and list indices as numbers. One element for files of plain lines.
    pub path: Vec<String>,
    /// The value as written, unquoted, references unresolved. A secret is cut to its first characters.
    pub value: String,
    /// Where the value stands, without quotes.
    pub span: Span,
    /// Where the key, or the variable's name, stands.
    pub key_span: Span,
    /// How its file was read.
    pub format: Format,
    /// What the value is where the format tells; lines hold only text.
    pub scalar: Scalar,
    /// Which document of a file that holds several.
    pub document: u32,
    /// The environment it is for (`prod`, `dev`, …), from the file's name or the key path.
    pub profile: Option<String>,
    /// It stands in an example or template file: what was meant, perhaps not what runs.
    pub sample: bool,
    /// It is commented out in an example: a documented default.
    pub commented: bool,
    /// It defines the environment variable `key`.
    pub env: bool,
    /// Its quotes keep `$` as it is.
    pub literal: bool,
    /// The folder whose code it is for, where its file says so: a service is built from a folder.
    pub scope: Option<String>,
    /// The value was cut because it looks like a secret.
    pub secret: bool,
}

impl Setting {
    /// How far it is from what runs: 0 for real values, then those of one environment, examples, and commented-out lines.
    pub fn distance(&self) -> u8 {
        match (self.commented, self.sample, &self.profile) {
            (true, _, _) => 3,
            (_, true, _) => 2,
            (_, _, Some(_)) => 1,
            _ => 0,
        }
    }
}

/// Every setting of the audited tree, in order of file and position.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    list: Vec<Setting>,
    files: Vec<FileSettings>,
    env: FxHashMap<Box<str>, Vec<u32>>,
    /// Indices into `list`, sorted by path within each file.
    by_path: Vec<u32>,
}

/// The settings of one file.
#[derive(Clone, Debug)]
struct FileSettings {
    id: FileId,
    path: std::sync::Arc<str>,
    range: Range<usize>,
}

/// Reads every configuration file. Never fails: what is broken becomes a notice, and the rest is still read.
pub fn read(files: &Files) -> (Settings, Vec<Notice>) {
    let configured: Vec<(FileId, Format)> =
        files.iter().filter_map(|(id, f)| Some((id, Format::of(&f.path)?))).collect();
    let read: Vec<(FileId, Vec<Setting>, Vec<Notice>)> =
        configured.into_par_iter().map(|(id, format)| read_file(files, id, format)).collect();
    let mut settings = Settings::default();
    let mut notices = Vec::new();
    for (id, mut list, mut found) in read {
        notices.append(&mut found);
        if !list.is_empty() {
            let start = settings.list.len();
            settings.list.append(&mut list);
            settings.files.push(FileSettings {
                id,
                path: files.get(id).path.clone(),
                range: start..settings.list.len(),
            });
        }
    }
    settings.index();
    notices.sort();
    (settings, notices)
}

/// The scalars of a JSON or YAML text with their key paths, in order: for formats that are no configuration.
pub fn scalars(path: &str, text: &str) -> Vec<(Vec<String>, String)> {
    let mut page = Page::default();
    read_format(if path.ends_with(".json") { Format::Json } else { Format::Yaml }, text, &mut page);
    page.leaves.into_iter().map(|leaf| (leaf.path, leaf.value)).collect()
}

impl Settings {
    /// All settings, in order of file and position.
    pub fn iter(&self) -> impl Iterator<Item = &Setting> {
        self.list.iter()
    }

    /// Definitions of a variable that code at `file` can see: where some part of the program it belongs to is set up on
    /// its own, not those of other parts.
    pub fn env_for(&self, name: &str, file: &str) -> Vec<&Setting> {
        let mut found = self.env_near(name, file);
        let inside = |s: &&Setting| {
            s.scope
                .as_deref()
                .is_some_and(|f| f.is_empty() || file.strip_prefix(f).is_some_and(|r| r.starts_with('/')))
        };
        if found.iter().any(inside) {
            found.retain(|s| s.scope.is_none() || inside(s));
        }
        found
    }

    /// Every definition of an environment variable: real values first, then those of one environment, then examples.
    pub fn env(&self, name: &str) -> impl Iterator<Item = &Setting> {
        self.env.get(name).into_iter().flatten().map(|i| &self.list[*i as usize])
    }

    /// As [`Settings::env`], with what stands nearest to a file first among equals.
    pub fn env_near(&self, name: &str, file: &str) -> Vec<&Setting> {
        let mut found: Vec<&Setting> = self.env(name).collect();
        found.sort_by_key(|s| (s.distance(), profile::steps(self.path_of(s.span.file), file)));
        found
    }

    /// The files that have settings, with their paths, in order.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &str)> {
        self.files.iter().map(|f| (f.id, f.path.as_ref()))
    }

    /// The settings of one file, in order of position.
    pub fn file(&self, id: FileId) -> &[Setting] {
        self.range(id).map_or(&[], |range| &self.list[range])
    }

    /// The setting at a key path of a file; the last one where a key stands twice.
    pub fn get(&self, id: FileId, path: &[&str]) -> Option<&Setting> {
        let sorted = &self.by_path[self.range(id)?];
        let end = sorted.partition_point(|i| compare(&self.list[*i as usize].path, path).is_le());
        let found = &self.list[*sorted.get(end.checked_sub(1)?)? as usize];
        compare(&found.path, path).is_eq().then_some(found)
    }

    /// Every setting at or below a key path of a file, in order of position.
    pub fn under(&self, id: FileId, path: &[&str]) -> Vec<&Setting> {
        let sorted = self.range(id).map_or(&[][..], |range| &self.by_path[range]);
        let start = sorted.partition_point(|i| compare(&self.list[*i as usize].path, path).is_lt());
        let below = |s: &Setting| s.path.len() >= path.len() && s.path.iter().zip(path).all(|(a, b)| a == b);
        let mut found: Vec<u32> =
            sorted[start..].iter().copied().take_while(|i| below(&self.list[*i as usize])).collect();
        found.sort_unstable();
        found.into_iter().map(|i| &self.list[i as usize]).collect()
    }

    fn range(&self, id: FileId) -> Option<Range<usize>> {
        let at = self.files.binary_search_by_key(&id, |f| f.id).ok()?;
        Some(self.files[at].range.clone())
    }

    /// The path of a file that has settings; empty for any other.
    pub fn path_of(&self, id: FileId) -> &str {
        self.files.binary_search_by_key(&id, |f| f.id).map_or("", |at| &self.files[at].path)
    }

    fn index(&mut self) {
        self.by_path = (0..self.list.len() as u32).collect();
        for file in &self.files {
            self.by_path[file.range.clone()]
                .sort_by(|a, b| self.list[*a as usize].path.cmp(&self.list[*b as usize].path));
        }
        for (n, setting) in self.list.iter().enumerate() {
            if setting.env {
                self.env.entry(setting.key.as_str().into()).or_default().push(n as u32);
            }
        }
        for all in self.env.values_mut() {
            // In one file of lines the last assignment wins; what stands before it never runs.
            let list = &self.list;
            let shadowed = |n: usize, all: &[u32]| {
                let one = &list[all[n] as usize];
                let same = |o: &Setting| {
                    o.span.file == one.span.file && o.format == Format::Env && o.commented == one.commented
                };
                one.format == Format::Env && all[n + 1..].iter().any(|o| same(&list[*o as usize]))
            };
            let mut kept: Vec<u32> = (0..all.len()).filter(|n| !shadowed(*n, all)).map(|n| all[n]).collect();
            kept.sort_by_key(|i| (list[*i as usize].distance(), *i));
            *all = kept;
        }
    }
}

fn compare(path: &[String], wanted: &[&str]) -> std::cmp::Ordering {
    path.iter().map(String::as_str).cmp(wanted.iter().copied())
}

fn read_file(files: &Files, id: FileId, format: Format) -> (FileId, Vec<Setting>, Vec<Notice>) {
    let file = files.get(id);
    let structured = matches!(format, Format::Yaml | Format::Json | Format::Toml);
    if structured && file.text.len() > RULES.large && !RULES.large_needs.is_match(file.text.as_ref()) {
        return (id, Vec::new(), Vec::new());
    }
    let name = FileName::of(&file.path);
    let page = catch_unwind(AssertUnwindSafe(|| {
        let mut page = Page { sample: name.sample, ..Page::default() };
        read_format(format, &file.text, &mut page);
        if structured || matches!(format, Format::Helm | Format::Hcl) {
            environment::mark(&file.text, &RULES.entries(&file.path, format), &mut page);
        }
        if format == Format::Ini {
            for leaf in forward::directives(&page.leaves) {
                page.push(leaf);
            }
        }
        page.leaves.sort_by_key(|leaf| leaf.span.start);
        page
    }));
    let Ok(page) = page else {
        let message = "the reader of this format failed; the file was left out".to_owned();
        return (
            id,
            Vec::new(),
            vec![Notice { path: file.path.to_string(), line: None, kind: NoticeKind::Internal, message }],
        );
    };
    let notices = page.notes.iter().map(|note| {
        let line = files.region(Span::new(id, note.offset, note.offset)).start_line;
        Notice {
            path: file.path.to_string(),
            line: Some(line),
            kind: note.kind,
            message: note.message.clone(),
        }
    });
    let notices = notices.collect();
    let mut list: Vec<Setting> =
        page.leaves.into_iter().map(|leaf| setting(leaf, id, format, &name)).collect();
    scope::note(&file.path, &mut list);
    (id, list, notices)
}

fn read_format(format: Format, text: &str, page: &mut Page) {
    match format {
        Format::Env => lines::env(text, page),
        Format::Shell => shell::script(text, page),
        Format::Ini => lines::ini(text, page),
        Format::Properties => lines::properties(text, page),
        Format::Dockerfile => shell::dockerfile(text, page),
        Format::Procfile => shell::procfile(text, page),
        Format::Systemd => lines::systemd(text, page),
        Format::Yaml => yaml::read(text, page),
        Format::Helm => template::read(text, page),
        Format::Json => json::read(text, page),
        Format::Toml => toml::read(text, page),
        Format::Hcl => hcl::read(text, page),
        Format::Notebook => notebook::read(text, page),
    }
}

fn setting(leaf: Leaf, id: FileId, format: Format, name: &FileName) -> Setting {
    let (value, secret) = secret::kept(&leaf.path, leaf.env.as_deref(), leaf.value, leaf.scalar, leaf.secret);
    let named = || leaf.path.iter().rev().find(|k| !k.bytes().all(|b| b.is_ascii_digit())).cloned();
    Setting {
        env: leaf.env.is_some(),
        key: leaf.env.or_else(named).unwrap_or_default(),
        path: leaf.path,
        value,
        span: Span::new(id, leaf.span.start, leaf.span.end),
        key_span: Span::new(id, leaf.key_span.start, leaf.key_span.end),
        format,
        scalar: leaf.scalar,
        document: leaf.document,
        profile: leaf.profile.or_else(|| name.profile.clone()),
        sample: name.sample,
        commented: leaf.commented,
        literal: leaf.literal,
        scope: None,
        secret,
    }
}
