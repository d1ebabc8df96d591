//! Lists the files of one scanned tree, by name alone.

use super::names::{Built, Kind, NAMES, name};
use super::{Root, WalkOptions, index};
use crate::text::{Notice, NoticeKind};
use anyhow::Context;
use camino::{Utf8Path, Utf8PathBuf};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// A file to read.
pub(super) struct Entry {
    /// As reports show it.
    pub(super) path: String,
    /// Where it is.
    pub(super) at: Utf8PathBuf,
    pub(super) kind: Kind,
}

impl Entry {
    /// Its path and that of the file it is a link to, where it is one.
    pub(super) fn link_to(&self, base: &Utf8Path) -> Option<(String, String)> {
        let target = relative(base, &self.at);
        (target != self.path).then(|| (self.path.clone(), target))
    }
}

/// How many entries of a folder are looked at to tell whether a build made it.
const BUILT_ENTRIES: usize = 2_000;

/// Adds every file of one root that is to be read, keyed by its reported path.
pub(super) fn list(
    root: &Root,
    base: &Utf8Path,
    options: &WalkOptions,
    listed: &mut BTreeMap<String, Entry>,
    notices: &mut Vec<Notice>,
) -> anyhow::Result<()> {
    if root.is_file {
        let path = relative(base, &root.path);
        match Kind::of(&path) {
            Some(kind) => drop(listed.insert(path.clone(), Entry { path, at: root.path.clone(), kind })),
            None => notices.push(notice(path, NoticeKind::Skipped, "not a kind of file that is read")),
        }
        return Ok(());
    }
    let exclude = exclude(base, &options.exclude)?;
    let named = left_out_by_git(root)
        || NAMES.leave.is_match(name(root.path.as_str()))
        || borrowed(root.path.as_std_path());
    let found: Arc<Mutex<LeftOut>> = Arc::default();
    let mut links = Vec::new();
    for entry in walker(root, base, named, &found) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                notices.push(unlistable(base, &error));
                continue;
            }
        };
        let Some(at) = utf8(entry.path(), base, notices) else { continue };
        let Some(kind) = entry.file_type() else { continue };
        if kind.is_symlink() {
            links.push(at);
        } else if kind.is_dir() {
            if !named {
                always(&at, 0, &mut |at| add(at, base, &exclude, listed));
            }
        } else if kind.is_file() {
            add(&at, base, &exclude, listed);
        }
    }
    for at in root.git.iter().flat_map(|top| index::tracked(top)).filter(|_| !named) {
        if at.starts_with(&root.path) && !listed.contains_key(&relative(base, &at)) && counts(&at, root) {
            add(&at, base, &exclude, listed);
        }
    }
    for link in links {
        follow(&link, root, base, &exclude, listed, notices);
    }
    let found = std::mem::take(&mut *found.lock().unwrap_or_else(PoisonError::into_inner));
    notices.extend(found.into_iter().map(|((_, why), folders)| said(why, folders)));
    Ok(())
}

/// Folders left out, by name and reason.
type LeftOut = BTreeMap<(String, &'static str), Vec<String>>;

/// Why a folder that its name or content rules out is left out.
fn left_out(path: &Path, name: &str) -> Option<&'static str> {
    if NAMES.leave.is_match(name) {
        return Some("not this project's own code");
    }
    if borrowed(path) {
        return Some("a virtual environment or a cache");
    }
    NAMES.built.iter().any(|rule| built(path, name, rule)).then_some("looks like build output")
}

/// One notice for all folders of one name: a workspace may have hundreds of them.
fn said(why: &str, mut folders: Vec<String>) -> Notice {
    folders.sort_unstable();
    let first = folders.first().map_or_else(String::new, |path| format!("{path}/"));
    let message = match folders.len().saturating_sub(1) {
        0 => format!("left out: {why}; name it to scan it"),
        1 => format!("left out, as is 1 more folder of this name: {why}; name it to scan it"),
        more => format!("left out, as are {more} more folders of this name: {why}; name one to scan it"),
    };
    notice(first, NoticeKind::LeftOut, &message)
}

/// The walk over one root. A root that is itself left out by rule was named on purpose: then git's opinion of it does not count.
fn walker(root: &Root, base: &Utf8Path, named: bool, found: &Arc<Mutex<LeftOut>>) -> ignore::Walk {
    let (found, base) = (Arc::clone(found), base.to_owned());
    let top = root.path.clone();
    ignore::WalkBuilder::new(&root.path)
        .hidden(false)
        .ignore(false)
        .git_global(false)
        .git_ignore(!named)
        .git_exclude(!named)
        .parents(!named && root.git.is_some())
        .require_git(false)
        .follow_links(false)
        .filter_entry(move |entry| {
            if entry.depth() == 0 {
                return true;
            }
            let path = entry.path();
            let Some(file) = path.file_name().and_then(|n| n.to_str()) else { return true };
            if is_hidden(path, file, top.as_std_path()) {
                return false;
            }
            if !entry.file_type().is_some_and(|t| t.is_dir()) {
                return true;
            }
            let Some(why) = left_out(path, file) else { return true };
            if !NAMES.unsaid.is_match(file) {
                let path = Utf8Path::from_path(path).map_or_else(String::new, |p| relative(&base, p));
                let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                found.entry((file.to_owned(), why)).or_default().push(path);
            }
            false
        })
        .build()
}

fn add(at: &Utf8Path, base: &Utf8Path, exclude: &Gitignore, listed: &mut BTreeMap<String, Entry>) {
    let path = relative(base, at);
    if exclude.matched_path_or_any_parents(at, false).is_ignore() {
        return;
    }
    if let Some(kind) = Kind::of(&path) {
        listed.insert(path.clone(), Entry { path, at: at.to_owned(), kind });
    }
}

/// Whether a file that git tracks is there and only an ignore file left it out.
fn counts(at: &Utf8Path, root: &Root) -> bool {
    let top = root.path.as_std_path();
    if Kind::of(at.as_str()).is_none() {
        return false;
    }
    let above: Vec<&Utf8Path> = at.ancestors().take_while(|a| *a != root.path).collect();
    let is_left_out = |path: &Utf8Path| {
        let (file, path) = (name(path.as_str()), path.as_std_path());
        let is_folder = path != at.as_std_path();
        is_hidden(path, file, top)
            || is_folder
                && (NAMES.leave.is_match(file)
                    || borrowed(path)
                    || NAMES.built.iter().any(|rule| built(path, file, rule)))
    };
    !above.into_iter().any(is_left_out)
        && at.symlink_metadata().is_ok_and(|m| m.is_file())
        && at.canonicalize_utf8().is_ok_and(|real| real == at)
}

/// Whether an entry is hidden and no name that holds settings.
fn is_hidden(path: &Path, file: &str, top: &Path) -> bool {
    file.starts_with('.') && !NAMES.hidden.is_match(file) && !inside_hidden(path, top)
}

/// Whether a folder between the root and this entry is hidden; it was let in, so everything in it counts.
fn inside_hidden(path: &Path, root: &Path) -> bool {
    path.parent()
        .and_then(|p| p.strip_prefix(root).ok())
        .is_some_and(|p| p.components().any(|c| c.as_os_str().to_str().is_some_and(|c| c.starts_with('.'))))
}

/// A virtual environment or a cache.
fn borrowed(path: &Path) -> bool {
    NAMES.leave_with.iter().any(|mark| path.join(mark).symlink_metadata().is_ok())
}

/// Whether a folder looks made by a build from what stands beside it.
fn built(path: &Path, name: &str, rule: &Built) -> bool {
    let Some(parent) = path.parent() else { return false };
    rule.names.iter().any(|n| n == name)
        && rule.beside.iter().any(|b| b != name && parent.join(b).exists())
        && (rule.marks.is_empty() || marked(path, rule, &mut BUILT_ENTRIES.clone(), 0))
}

fn marked(path: &Path, rule: &Built, left: &mut usize, depth: usize) -> bool {
    let Ok(entries) = std::fs::read_dir(path) else { return false };
    let mut folders = Vec::new();
    for entry in entries.flatten() {
        if *left == 0 {
            return false;
        }
        *left -= 1;
        if rule.marks.is_match(entry.file_name()) {
            return true;
        }
        if depth < 2 && entry.file_type().is_ok_and(|t| t.is_dir()) {
            folders.push(entry.path());
        }
    }
    folders.iter().any(|folder| marked(folder, rule, left, depth + 1))
}

/// Files of this folder that count whatever git says of them.
fn always(folder: &Utf8Path, depth: usize, add: &mut impl FnMut(&Utf8Path)) {
    let Ok(entries) = folder.read_dir_utf8() else { return };
    for entry in entries.flatten() {
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_file() && (depth > 0 || NAMES.always.is_match(entry.file_name())) {
            add(entry.path());
        } else if kind.is_dir()
            && depth < 4
            && (depth > 0 || NAMES.always_folders.is_match(entry.file_name()))
            && !NAMES.leave.is_match(entry.file_name())
            && !borrowed(entry.path().as_std_path())
        {
            always(entry.path(), depth + 1, add);
        }
    }
}

/// A link to a file of the same tree is read unless that file is read under its own name anyway; links to folders are never followed.
fn follow(
    link: &Utf8Path,
    root: &Root,
    base: &Utf8Path,
    exclude: &Gitignore,
    listed: &mut BTreeMap<String, Entry>,
    notices: &mut Vec<Notice>,
) {
    let path = relative(base, link);
    let relevant = Kind::of(&path);
    let target = match link.canonicalize_utf8() {
        Ok(target) => target,
        Err(_) if relevant.is_none() => return,
        Err(error) => {
            return notices.push(notice(path, NoticeKind::Unreadable, &format!("broken link: {error}")));
        }
    };
    let Ok(kind) = std::fs::metadata(&target).map(|m| m.file_type()) else { return };
    if kind.is_dir() {
        if link.starts_with(&target) {
            notices.push(notice(
                path,
                NoticeKind::LeftOut,
                "link to a folder it lies in: a loop, not followed",
            ));
        } else if !target.starts_with(&root.path) {
            notices.push(notice(
                path,
                NoticeKind::LeftOut,
                "link to a folder outside the scanned tree, not followed",
            ));
        }
        return;
    }
    let Some(relevant) = relevant.filter(|_| kind.is_file()) else { return };
    if !target.starts_with(base) {
        return notices.push(notice(path, NoticeKind::LeftOut, "link out of the scanned tree, not followed"));
    }
    let known = listed.contains_key(&relative(base, &target));
    if (relevant == Kind::Source && known) || exclude.matched_path_or_any_parents(link, false).is_ignore() {
        return;
    }
    listed.insert(path.clone(), Entry { path, at: target, kind: relevant });
}

/// Whether git ignores the scanned folder itself.
fn left_out_by_git(root: &Root) -> bool {
    let Some(git) = &root.git else { return false };
    root.path.ancestors().skip(1).take_while(|a| a.starts_with(git)).any(|folder| {
        let file = folder.join(".gitignore");
        file.is_file() && Gitignore::new(&file).0.matched_path_or_any_parents(&root.path, true).is_ignore()
    })
}

fn exclude(base: &Utf8Path, globs: &[String]) -> anyhow::Result<Gitignore> {
    let mut builder = GitignoreBuilder::new(base);
    for glob in globs {
        builder.add_line(None, glob).with_context(|| format!("bad pattern to exclude: {glob}"))?;
    }
    Ok(builder.build()?)
}

fn utf8(path: &Path, base: &Utf8Path, notices: &mut Vec<Notice>) -> Option<Utf8PathBuf> {
    let found = Utf8Path::from_path(path).map(Utf8Path::to_owned);
    if found.is_none() {
        let shown = path.strip_prefix(base).unwrap_or(path).to_string_lossy().replace('\\', "/");
        if Kind::of(&shown).is_some() {
            notices.push(notice(shown, NoticeKind::Unreadable, "its name is not valid UTF-8"));
        }
    }
    found
}

/// A path as reports show it.
fn relative(base: &Utf8Path, path: &Utf8Path) -> String {
    let path = path.strip_prefix(base).unwrap_or(path);
    let parts: Vec<&str> = path.components().map(|c| c.as_str()).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

fn unlistable(base: &Utf8Path, error: &ignore::Error) -> Notice {
    let path = located(error).and_then(Utf8Path::from_path).map_or_else(String::new, |p| relative(base, p));
    let cause = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    notice(path, NoticeKind::Unreadable, &format!("cannot be listed: {cause}"))
}

fn located(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => located(err),
        _ => None,
    }
}

fn notice(path: String, kind: NoticeKind, message: &str) -> Notice {
    Notice { path, line: None, kind, message: message.to_owned() }
}
