//! How code reads its settings: which expressions are environment variables.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::OnceLock;

/// Rules about reading settings, from `rules/settings.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readers {
    /// Expressions.
    #[serde(default, rename = "reader")]
    readers: Vec<Reader>,
    /// Classes whose fields are environment variables.
    #[serde(default, rename = "class")]
    classes: Vec<SettingsClass>,
    #[serde(skip)]
    by_path: OnceLock<FxHashMap<String, usize>>,
}

/// One way to read an environment variable.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reader {
    /// `python` or `typescript`.
    pub language: String,
    /// Dotted paths; one that ends in `.` names the variable by its next step.
    pub path: Vec<String>,
    /// Arguments that hold the variable's name.
    #[serde(default)]
    pub name: Vec<String>,
    /// Arguments that hold the default.
    #[serde(default)]
    pub default: Vec<String>,
    /// Fails when the variable is not set, so that nothing else takes its place.
    #[serde(default)]
    pub required: bool,
}

/// A class whose fields are environment variables.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsClass {
    /// `python` or `typescript`.
    pub language: String,
    /// Dotted paths of the base class.
    pub base: Vec<String>,
}

/// The variable an expression reads.
#[derive(Debug)]
pub enum Read<'r> {
    /// Named by the path itself.
    Named(&'r Reader, String),
    /// Named by an argument of the call.
    ByArgument(&'r Reader),
}

impl Readers {
    /// What an external value of this path reads, if it is a setting.
    pub fn read(&self, path: &str) -> Option<Read<'_>> {
        let index = self.by_path.get_or_init(|| {
            let paths =
                self.readers.iter().enumerate().flat_map(|(i, r)| r.path.iter().map(move |p| (p.clone(), i)));
            paths.collect()
        });
        if let Some(i) = index.get(path) {
            return Some(Read::ByArgument(&self.readers[*i]));
        }
        // `process.env.X` and `process.env.X.trim` both read X.
        path.match_indices('.').find_map(|(at, _)| {
            let i = index.get(&path[..=at])?;
            let name: String =
                path[at + 1..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            (!name.is_empty()).then(|| Read::Named(&self.readers[*i], name))
        })
    }

    /// Whether the fields of classes derived from this one are environment variables.
    pub fn is_settings_base(&self, path: &str) -> bool {
        self.classes.iter().any(|c| c.base.iter().any(|b| b == path))
    }
}
