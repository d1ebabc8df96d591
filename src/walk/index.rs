//! Which files git tracks, as its index says. An ignore file says nothing about a file that is tracked: whoever committed
//! it wanted it there.
//!
//! The format is that of `gitformat-index`, versions 2 to 4 with object names of 20 bytes.

use camino::{Utf8Path, Utf8PathBuf};
use std::io::Read;

/// Bytes of an index that are read: those of some hundred thousand files.
const MAX_INDEX: u64 = 64 * 1024 * 1024;
/// Bytes before the first entry: signature, version, number of entries.
const HEADER: usize = 12;
/// Bytes of an entry before its name: times, numbers and mode of the file, object name, flags.
const FIXED: usize = 62;
/// Where in an entry the mode of its file stands.
const MODE: usize = 24;

/// The regular files that the index of a work tree lists, absolute. Nothing where there is no index, or none that can be
/// read.
pub(super) fn tracked(top: &Utf8Path) -> Vec<Utf8PathBuf> {
    let folder = top.join(".git");
    let is_folder = folder.symlink_metadata().is_ok_and(|m| m.is_dir());
    let index = folder.join("index");
    if !is_folder || !index.symlink_metadata().is_ok_and(|m| m.is_file()) {
        return Vec::new();
    }
    let mut bytes = Vec::new();
    let read = std::fs::File::open(&index).and_then(|file| file.take(MAX_INDEX).read_to_end(&mut bytes));
    match read {
        Ok(_) => entries(&bytes).unwrap_or_default().into_iter().map(|path| top.join(path)).collect(),
        Err(_) => Vec::new(),
    }
}

/// The paths of the regular files in an index; `None` when it is none. What is cut off is left out.
fn entries(bytes: &[u8]) -> Option<Vec<String>> {
    let version = number(bytes, 4)?;
    if !bytes.starts_with(b"DIRC") || !(2..=4).contains(&version) {
        return None;
    }
    let mut found = Vec::new();
    let mut at = HEADER;
    let mut name: Vec<u8> = Vec::new();
    for _ in 0..number(bytes, 8)? {
        let Some(end) = entry(bytes, at, version, &mut name) else { break };
        let is_regular = number(bytes, at + MODE).is_some_and(|mode| mode >> 12 == 0o10);
        if let (true, Ok(path)) = (is_regular, std::str::from_utf8(&name)) {
            let plain = path.split('/').all(|step| !matches!(step, "" | "." | ".."));
            found.extend(plain.then(|| path.to_owned()));
        }
        at = end;
    }
    Some(found)
}

/// Reads the name of the entry at `at`, which continues the one before, and says where the next entry starts.
fn entry(bytes: &[u8], at: usize, version: u32, name: &mut Vec<u8>) -> Option<usize> {
    let flags = number(bytes, at + FIXED - 4)? as u16;
    let extended = version > 2 && flags & 0x4000 != 0;
    let mut start = at + FIXED + if extended { 2 } else { 0 };
    match version {
        4 => {
            let cut = offset(bytes, &mut start)?;
            name.truncate(name.len().checked_sub(cut)?);
        }
        _ => name.clear(),
    }
    let length = bytes.get(start..)?.iter().position(|byte| *byte == 0)?;
    name.extend_from_slice(&bytes[start..start + length]);
    let end = start + length;
    // Older versions fill every entry up to a multiple of eight, with one zero at least.
    let next = if version == 4 { end + 1 } else { at + (end - at + 8) / 8 * 8 };
    (next <= bytes.len()).then_some(next)
}

/// A number of variable length, as packs have them.
fn offset(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut byte = *bytes.get(*at)?;
    *at += 1;
    let mut value = usize::from(byte & 0x7f);
    while byte & 0x80 != 0 {
        byte = *bytes.get(*at)?;
        *at += 1;
        value = value.checked_add(1)?.checked_mul(128)? + usize::from(byte & 0x7f);
    }
    Some(value)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_be_bytes(four))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(version: u32, names: &[(&str, u32, usize)]) -> Vec<u8> {
        let mut bytes =
            [b"DIRC".as_slice(), &version.to_be_bytes(), &(names.len() as u32).to_be_bytes()].concat();
        for (name, mode, cut) in names {
            let start = bytes.len();
            bytes.extend([0; MODE]);
            bytes.extend(mode.to_be_bytes());
            bytes.extend([7; FIXED - MODE - 6]);
            bytes.extend((name.len() as u16).to_be_bytes());
            if version == 4 {
                bytes.push(*cut as u8);
            }
            bytes.extend(name.as_bytes());
            bytes.push(0);
            while version < 4 && (bytes.len() - start) % 8 != 0 {
                bytes.push(0);
            }
        }
        bytes
    }

    #[test]
    fn regular_files_of_every_version() {
        let plain =
            index(2, &[("a.py", 0o100_644, 0), ("link", 0o120_000, 0), ("b/long-name.py", 0o100_755, 0)]);
        assert_eq!(entries(&plain).unwrap_or_default(), ["a.py", "b/long-name.py"]);
        let short = index(4, &[("dir/a.py", 0o100_644, 0), ("b.py", 0o100_644, 4)]);
        assert_eq!(entries(&short).unwrap_or_default(), ["dir/a.py", "dir/b.py"]);
    }

    #[test]
    fn what_is_no_index_or_cut_off_lists_what_it_can() {
        assert_eq!(entries(b"DIRX"), None);
        let whole = index(2, &[("a.py", 0o100_644, 0), ("b.py", 0o100_644, 0)]);
        for length in 0..whole.len() {
            assert!(entries(&whole[..length]).unwrap_or_default().len() < 2);
        }
        assert!(entries(&index(2, &[("../up.py", 0o100_644, 0)])).unwrap_or_default().is_empty());
    }
}
