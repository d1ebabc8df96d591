//! Where infrastructure code says in which region a cloud's services run: `rules/infrastructure.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::glob;

/// One key of a configuration format that names a region.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// Provider ids whose services run there.
    pub provider: Vec<String>,
    /// Globs over the file's name; empty: any file.
    #[serde(default)]
    pub file: Vec<String>,
    /// Key path from the root of the file; each step is a glob.
    pub path: Vec<String>,
    /// Keys beside it that must have one of these values.
    #[serde(default)]
    pub with: BTreeMap<String, Vec<String>>,
    /// Keys that must not stand beside it.
    #[serde(default)]
    pub without: Vec<String>,
    /// Values that say a place themselves (codes, groups, `global`) instead of naming a region.
    #[serde(default)]
    pub places: BTreeMap<String, Vec<String>>,
    /// Free remark.
    pub note: Option<String>,
}

impl Declaration {
    /// Whether a key path of a file is this one.
    pub fn is_at(&self, file: &str, path: &[String]) -> bool {
        let name = file.rsplit('/').next().unwrap_or(file);
        path.len() == self.path.len()
            && self.path.iter().zip(path).all(|(glob, step)| glob::matches(glob, step))
            && (self.file.is_empty() || self.file.iter().any(|glob| glob::matches(glob, name)))
    }
}
