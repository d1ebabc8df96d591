//! The policy file beside or above what is audited: found, read and compared, nothing else.

use anyhow::{Context as _, bail};
use camino::{Utf8Path, Utf8PathBuf};

/// Largest policy file, in bytes.
const LARGEST: u64 = 1 << 20;

/// The nearest regular file of this name beside or above a path, as seen from the working directory.
pub fn upward(path: &Utf8Path, name: &str) -> Option<Utf8PathBuf> {
    let full = path.canonicalize_utf8().ok()?;
    let found = full.ancestors().map(|folder| folder.join(name)).find(|file| file.is_file())?;
    let here = std::env::current_dir().ok().and_then(|dir| Utf8PathBuf::from_path_buf(dir).ok());
    let here = here.and_then(|dir| dir.canonicalize_utf8().ok());
    let relative = here.and_then(|dir| found.strip_prefix(&dir).ok().map(Utf8Path::to_owned));
    Some(relative.unwrap_or(found))
}

/// The text of a policy file.
pub fn policy_text(path: &Utf8Path) -> anyhow::Result<String> {
    let facts = std::fs::metadata(path)?;
    if !facts.is_file() {
        bail!("not a file");
    }
    if facts.len() > LARGEST {
        bail!("larger than {LARGEST} bytes");
    }
    std::fs::read_to_string(path).context("not UTF-8, or not readable")
}

/// Whether a folder lies below another, links followed; `None` when it is no folder.
pub fn folder_below(folder: &Utf8Path, above: &Utf8Path) -> Option<bool> {
    let folder = folder.canonicalize_utf8().ok().filter(|folder| folder.is_dir())?;
    Some(above.canonicalize_utf8().is_ok_and(|above| folder.starts_with(above)))
}

/// Whether two paths are one file.
pub fn is_same(one: &Utf8Path, other: &Utf8Path) -> bool {
    matches!((one.canonicalize_utf8(), other.canonicalize_utf8()), (Ok(one), Ok(other)) if one == other)
}
