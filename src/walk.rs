//! Which files are looked at, and their text: the step that touches the disk.
//!
//! Git decides what belongs to a tree: what it tracks, and what no ignore file names. There are three departures, all of them data in `rules/walk.toml`. Hidden names that hold settings
//! are included. Environment files (`.env*` and their kin) are read **even when git ignores them**, because they say what really runs;
//! what looks like a secret in them is masked before anything is stored as a setting. Other people's code (`node_modules`, virtual
//! environments, `vendor`) and build output are left out, unless a path on the command line names the folder itself.
//!
//! Knows file names and sizes, never what a file means. Nothing outside the audited tree is read, and nothing but regular files is opened.

mod index;
mod names;
mod read;
mod tree;
mod upward;
pub mod view;

pub use names::Limits;
pub use upward::{folder_below, is_same, policy_text, upward};

use crate::text::{Files, Notice, NoticeKind, SourceFile};
use anyhow::{Context, bail};
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What a user can change about walking.
#[derive(Clone, Debug, Default)]
pub struct WalkOptions {
    /// Paths to leave out: globs relative to the base, as in a `.gitignore`.
    pub exclude: Vec<String>,
    /// Size limits; the bundled ones unless set.
    pub limits: Limits,
}

/// What was read, and what was not.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// Every file that was read.
    pub files: Files,
    /// What was left out or only partly read, sorted.
    pub notices: Vec<Notice>,
    /// Where all paths start: the git top level of what is scanned, else the scanned folder.
    pub base: Utf8PathBuf,
    /// Links that were read in place of a file of the same tree, with the path of that file.
    pub links: BTreeMap<String, String>,
    /// How many files would have been read but for their size or content.
    pub skipped: usize,
}

/// Reads every file of these trees that can hold code or configuration.
pub fn files(paths: &[Utf8PathBuf], options: &WalkOptions) -> anyhow::Result<Walked> {
    let roots = paths.iter().map(|p| root(p)).collect::<anyhow::Result<Vec<_>>>()?;
    let Some(base) = base(&roots) else { bail!("no path to scan") };
    let mut listed = BTreeMap::new();
    let mut notices = Vec::new();
    for root in &roots {
        tree::list(root, &base, options, &mut listed, &mut notices)?;
    }
    let listed: Vec<tree::Entry> = listed.into_values().collect();
    let links = listed.iter().filter_map(|entry| entry.link_to(&base)).collect();
    let results: Vec<_> = listed.par_iter().map(|entry| read::file(entry, &options.limits)).collect();
    let mut read = Vec::with_capacity(results.len());
    for (entry, (text, notice)) in listed.into_iter().zip(results) {
        notices.extend(notice);
        if let Some(text) = text {
            read.push(SourceFile { path: entry.path.into(), text: text.into() });
        }
    }
    notices.sort();
    notices.dedup();
    let skipped = notices.iter().filter(|n| n.kind == NoticeKind::Skipped).count();
    Ok(Walked { files: Files::new(read), notices, base, links, skipped })
}

/// One path of the command line, made absolute.
struct Root {
    path: Utf8PathBuf,
    is_file: bool,
    /// The git work tree it lies in.
    git: Option<Utf8PathBuf>,
}

fn root(path: &Utf8Path) -> anyhow::Result<Root> {
    let path = path.canonicalize_utf8().with_context(|| format!("cannot scan {path}"))?;
    let kind = std::fs::metadata(&path).with_context(|| format!("cannot scan {path}"))?.file_type();
    if !kind.is_dir() && !kind.is_file() {
        bail!("cannot scan {path}: neither a file nor a folder");
    }
    let git = path.ancestors().find(|a| a.join(".git").exists()).map(Utf8Path::to_owned);
    Ok(Root { path, is_file: kind.is_file(), git })
}

/// The folder all reported paths are relative to.
fn base(roots: &[Root]) -> Option<Utf8PathBuf> {
    let mut bases = roots.iter().map(|root| match &root.git {
        Some(git) => git.clone(),
        None if root.is_file => root.path.parent().unwrap_or(&root.path).to_owned(),
        None => root.path.clone(),
    });
    let first = bases.next()?;
    Some(bases.fold(first, |all, one| {
        all.ancestors()
            .find(|a| one.starts_with(a))
            .map_or_else(|| Utf8PathBuf::from("/"), Utf8Path::to_owned)
    }))
}

/// Whether a path of a report is this one, or lies below it.
pub fn is_below(path: &str, root: &str) -> bool {
    path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A path the user named, relative to a report's base and with `/`; `None` when it is the base.
pub fn below(path: &Utf8Path, base: &Utf8Path) -> Option<String> {
    let full = path.canonicalize_utf8().ok()?;
    let base = base.canonicalize_utf8().ok()?;
    let below = full.strip_prefix(&base).ok()?.as_str().replace('\\', "/");
    (!below.is_empty()).then_some(below)
}
