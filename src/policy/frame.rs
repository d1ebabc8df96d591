//! How paths of a report look from the folder of the policy file, and the file itself as reports show it.

use super::source::{FILE_NAME, PolicyFile};
use crate::walk;
use camino::Utf8Path;

/// Two folders, one of which lies in the other.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Path of the policy's folder below the report's base.
    below: String,
    /// Path of the report's base below the policy's folder.
    above: String,
}

impl Frame {
    /// The policy's folder seen from the base of a report. Folders that have nothing to do with each other count as
    /// one: a central policy then speaks of paths below the base.
    pub fn new(folder: &Utf8Path, base: &Utf8Path) -> Frame {
        let below = walk::below(folder, base).unwrap_or_default();
        let above =
            if below.is_empty() { walk::below(base, folder).unwrap_or_default() } else { String::new() };
        Frame { below, above }
    }

    /// A path of the report, seen from the policy's folder; `None` when it lies elsewhere.
    pub fn path(&self, shown: &str) -> Option<String> {
        match (&self.below[..], &self.above[..]) {
            ("", "") => Some(shown.to_string()),
            ("", above) => Some(format!("{above}/{shown}")),
            (below, _) => Some(shown.strip_prefix(below)?.strip_prefix('/')?.to_string()),
        }
    }

    /// The policy file as reports show it.
    pub fn shown(&self, file: &PolicyFile, base: &Utf8Path) -> String {
        let name = file.path.file_name().unwrap_or(FILE_NAME);
        match (&self.below[..], &self.above[..]) {
            ("", "") if walk::is_same(file.folder(), base) => name.to_string(),
            ("", "") => file.path.as_str().replace('\\', "/"),
            ("", above) => format!("{}{name}", "../".repeat(above.split('/').count())),
            (below, _) => format!("{below}/{name}"),
        }
    }
}
