//! Which folder's code a setting is for: a service of a compose file is built from a folder of its own.

use super::Setting;
use super::format::RULES;
use crate::text::resolved_path;
use std::collections::BTreeMap;

/// Notes it for the settings of a file that builds parts of the program from folders of their own.
pub(super) fn note(path: &str, list: &mut [Setting]) {
    let mut folders: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for setting in list.iter() {
        let Some(pattern) = RULES.scope.iter().find(|p| p.fits(&setting.path).is_some()) else { continue };
        let owner = setting.path[..pattern.fixed().min(setting.path.len())].to_vec();
        if let Some(folder) = below(path, &setting.value) {
            folders.insert(owner, folder);
        }
    }
    if folders.is_empty() {
        return;
    }
    for setting in list {
        let owner = folders.iter().find(|(owner, _)| setting.path.starts_with(owner));
        setting.scope = owner.map(|(_, folder)| folder.clone());
    }
}

/// A path written in a file, from the root of the tree; nothing when it leaves it.
fn below(from: &str, written: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    resolved_path(&format!("{folder}/{written}"))
}
