//! The same tree at another time: files as git has them, in place of those on disk.
//!
//! What was read from disk stays the measure of what is looked at: a file that is there but was left out by rule is
//! left out of every view. So two views differ by what was changed, never by how they were read.

use super::names::{Kind, NAMES};
use super::tree::Entry;
use super::{Limits, Walked, read};
use crate::text::{Files, Notice, NoticeKind, SourceFile};
use camino::Utf8Path;
use rayon::prelude::*;
use sha1::Digest as _;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Files that one state of the repository has otherwise than the disk.
#[derive(Debug, Default)]
pub struct View {
    /// Path → object for every file whose content is to be fetched.
    pub fetch: BTreeMap<String, String>,
    /// Files that are as they are on disk.
    same: Vec<SourceFile>,
}

/// The ids that git would give the files as they were read, by path. `long` chooses SHA-256.
pub fn object_ids(walked: &Walked, long: bool) -> BTreeMap<Arc<str>, String> {
    let files: Vec<&SourceFile> = walked.files.iter().map(|(_, file)| file).collect();
    files.into_par_iter().map(|file| (file.path.clone(), object_id(file.text.as_bytes(), long))).collect()
}

/// The id that git gives a file of this content.
pub fn object_id(bytes: &[u8], long: bool) -> String {
    let head = format!("blob {}\0", bytes.len());
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    match long {
        true => hex(&sha2::Sha256::new().chain_update(head).chain_update(bytes).finalize()),
        false => hex(&sha1::Sha1::new().chain_update(head).chain_update(bytes).finalize()),
    }
}

/// The content of a file below the base, as it is on disk; `None` when there is none that can be read.
pub fn on_disk(base: &Utf8Path, path: &str) -> Option<Vec<u8>> {
    let at = base.join(path);
    std::fs::symlink_metadata(&at).ok().filter(std::fs::Metadata::is_file)?;
    std::fs::read(at).ok()
}

impl View {
    /// The state in which the repository has the files of `listing`, and the disk those in `ignored`, which git does
    /// not know. Those in `hidden` are on disk, and only a `.gitignore` of now kept the walk from them. Paths outside
    /// `covered` were not asked for.
    pub fn of(
        walked: &Walked,
        ids: &BTreeMap<Arc<str>, String>,
        listing: &BTreeMap<String, String>,
        ignored: &BTreeSet<String>,
        hidden: &BTreeSet<String>,
        covered: impl Fn(&str) -> bool,
    ) -> View {
        let mut view = View::default();
        for (_, file) in walked.files.iter() {
            let path = file.path.as_ref();
            match listing.get(path) {
                Some(object) if ids.get(path) == Some(object) => view.same.push(file.clone()),
                Some(object) => drop(view.fetch.insert(path.to_string(), object.clone())),
                None if ignored.contains(path) || walked.links.contains_key(path) => {
                    view.same.push(file.clone())
                }
                None => {}
            }
        }
        for (path, object) in listing {
            let known = walked.files.find(path).is_some();
            let gone = || hidden.contains(path) || facts(&walked.base, path).is_none();
            if !known && covered(path) && by_name(path) && gone() {
                view.fetch.insert(path.clone(), object.clone());
            }
        }
        view
    }

    /// The files of this state, given what was fetched, and what could not be read of them.
    pub fn files(
        self,
        walked: &Walked,
        fetched: BTreeMap<String, Option<Vec<u8>>>,
        limits: &Limits,
    ) -> (Files, Vec<Notice>) {
        let (mut files, mut notices) = (self.same, Vec::new());
        // What was said of a file that is the same on disk still holds.
        let kept: BTreeSet<Arc<str>> = files.iter().map(|file| file.path.clone()).collect();
        let left_out = |notice: &&Notice| walked.files.find(&notice.path).is_none();
        notices
            .extend(walked.notices.iter().filter(|n| kept.contains(n.path.as_str()) || left_out(n)).cloned());
        for (path, bytes) in fetched {
            let Some(kind) = Kind::of(&path) else { continue };
            let (text, notice) = match bytes {
                Some(bytes) => read::text(&path, kind, bytes, limits),
                None => (None, Some(too_large(&path))),
            };
            notices.extend(notice);
            files.extend(text.map(|text| SourceFile { path: path.into(), text: text.into() }));
        }
        // A link holds what its target holds, in every state.
        let texts: BTreeMap<Arc<str>, Arc<str>> =
            files.iter().map(|f| (f.path.clone(), f.text.clone())).collect();
        for file in &mut files {
            if let Some(text) = walked.links.get(file.path.as_ref()).and_then(|to| texts.get(to.as_str())) {
                file.text = text.clone();
            }
        }
        (Files::new(files), notices)
    }
}

/// Those of these paths that are files on disk which names let in, but the walk did not see.
pub fn unseen<'p>(
    walked: &Walked,
    paths: impl Iterator<Item = &'p String>,
    covered: impl Fn(&str) -> bool,
) -> BTreeSet<&'p str> {
    let is_file = |path: &str| facts(&walked.base, path).is_some_and(|facts| facts.is_file());
    let unseen = |path: &&str| walked.files.find(path).is_none() && covered(path) && by_name(path);
    paths.map(String::as_str).filter(unseen).filter(|path| is_file(path)).collect()
}

/// What the walk saw, and these files beside it.
pub fn and_beside<'p>(
    walked: &Walked,
    paths: impl Iterator<Item = &'p String>,
    limits: &Limits,
) -> (Files, Vec<Notice>) {
    let mut files: Vec<SourceFile> = walked.files.iter().map(|(_, file)| file.clone()).collect();
    let mut notices = walked.notices.clone();
    for path in paths {
        let Some(kind) = Kind::of(path) else { continue };
        let entry = Entry { path: path.clone(), at: walked.base.join(path), kind };
        let (text, notice) = read::file(&entry, limits);
        notices.extend(notice);
        files.extend(text.map(|text| SourceFile { path: path.as_str().into(), text: text.into() }));
    }
    (Files::new(files), notices)
}

fn too_large(path: &str) -> Notice {
    let message = "over the limit for this kind of file".to_string();
    Notice { path: path.to_string(), line: None, kind: NoticeKind::Skipped, message }
}

/// What is on disk under this name; nothing where a folder on the way is a link, behind which git sees nothing.
fn facts(base: &Utf8Path, path: &str) -> Option<std::fs::Metadata> {
    let folders = Utf8Path::new(path).ancestors().skip(1).filter(|folder| !folder.as_str().is_empty());
    let mut folders = folders.map(|folder| base.join(folder));
    let real = folders.all(|folder| folder.symlink_metadata().is_ok_and(|facts| facts.is_dir()));
    if real { base.join(path).symlink_metadata().ok() } else { None }
}

/// Whether a file of this path would be read, as far as names tell.
fn by_name(path: &str) -> bool {
    let mut inside_hidden = false;
    let parts: Vec<&str> = path.split('/').collect();
    for (index, part) in parts.iter().enumerate() {
        if part.starts_with('.') && !inside_hidden {
            if !NAMES.hidden.is_match(part) {
                return false;
            }
            inside_hidden = true;
        }
        if index + 1 < parts.len() && NAMES.leave.is_match(part) {
            return false;
        }
    }
    Kind::of(path).is_some()
}
