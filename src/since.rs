//! Two states of one repository: the program and the rules as they are, and as they were at a commit.
//!
//! The user's work tree is only read. What git ignores is the machine's and not the change's, so it is the same in both
//! states; what git does not know but does not ignore either is new. What git tracks belongs to the program even where
//! a `.gitignore` names it: a change cannot hide a file by ignoring it.

use crate::git::{Git, Listing};
use crate::history::Change;
use crate::options::{Options, PolicyFrom, Since};
use crate::rules::{self, Rules};
use crate::text::{Files, Notice};
use crate::walk::view::{View, and_beside, object_id, object_ids, on_disk, unseen};
use crate::walk::{self, Limits, Walked};
use anyhow::ensure;
use camino::Utf8Path;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The files of one state, and what could not be read of them.
pub struct Tree {
    /// Every file that is looked at.
    pub files: Files,
    /// What was left out or only partly read.
    pub notices: Vec<Notice>,
}

/// Both states.
pub struct States {
    /// The program as it was.
    pub before: Tree,
    /// The program as it is.
    pub after: Tree,
    /// The rules as they were, where the repository holds them and they were edited.
    pub rules_before: Option<Rules>,
    /// The rules as they are staged, where that is what was asked for.
    pub rules_after: Option<Rules>,
    /// The policy as it was, where the repository holds it and it was edited.
    pub policy_before: Option<PolicyFrom>,
    /// The policy as it is staged, where that is what was asked for and it differs from the file on disk.
    pub policy_after: Option<PolicyFrom>,
    /// What is known of the change so far.
    pub change: Change,
}

/// Names of files that decide what is reported, wherever they stand.
const GOVERNING: [&str; 2] = ["transborder.toml", ".gitignore"];

/// Reads both states; `policy` is the policy file in force. Fails, with a sentence for the user, where there is nothing to compare with.
pub fn states(
    git: &Git,
    walked: Walked,
    since: &Since,
    options: &Options,
    policy: Option<&Utf8Path>,
) -> anyhow::Result<States> {
    ensure!(git.top() == walked.base, "the paths to compare do not lie in one repository");
    let (against, base, staged) = match since {
        Since::Revision(revision) => (revision.clone(), Some(git.merge_base(revision)?), false),
        Since::Staged => ("HEAD".to_string(), git.commit("HEAD")?, true),
    };
    let then = git.tree(base.as_deref())?;
    let index = git.index()?;
    let long = then.values().chain(index.values()).next().is_some_and(|id| id.len() > 40);
    let ids = object_ids(&walked, long);
    let stranger = |path: &&str| !index.contains_key(*path) && !then.contains_key(*path);
    let strangers: Vec<&str> = walked.files.iter().map(|(_, f)| f.path.as_ref()).filter(stranger).collect();
    let ignored = git.ignored(&strangers)?;
    let head = || -> anyhow::Result<Listing> {
        let commit = git.commit("HEAD")?;
        if commit == base { Ok(then.clone()) } else { git.tree(commit.as_deref()) }
    };
    let uncommitted = if staged { 0 } else { uncommitted(&walked, &ids, &head()?, &ignored) };

    let roots: Vec<Option<String>> =
        options.paths.iter().map(|path| walk::below(path, &walked.base)).collect();
    let unseen = unseen(&walked, then.keys().chain(index.keys()), |path| covers(&roots, path));
    let hidden = git.named_by_ignore_files(&unseen.into_iter().collect::<Vec<_>>())?;
    let state = Reader { git, walked: &walked, ids: &ids, ignored: &ignored, hidden: &hidden, roots: &roots };
    let repository = Repository { git, walked: &walked, options };
    let before = state.of(&then)?;
    let after = match staged {
        true => state.of(&index)?,
        false => state.on_disk(&index),
    };
    let now = |path: &str| match staged {
        true => index.get(path).cloned(),
        false => on_disk(&walked.base, path).map(|bytes| object_id(&bytes, long)),
    };
    let folders: Vec<String> =
        options.rules_dirs.iter().filter_map(|d| walk::below(d, &walked.base)).collect();
    let is_rule = |path: &str| folders.iter().any(|folder| rule_below(path, folder).is_some());
    let named = |path: &str| GOVERNING.contains(&path.rsplit('/').next().unwrap_or(path));
    let governing: BTreeSet<&String> =
        then.keys().chain(index.keys()).filter(|path| named(path) || is_rule(path)).collect();
    let edited: Vec<String> =
        governing.into_iter().filter(|path| then.get(*path).cloned() != now(path)).cloned().collect();
    let policy = policy.and_then(|path| Some((path, walk::below(path, &walked.base)?)));
    let policy_in = |listing: &Listing| match &policy {
        Some((path, shown)) if listing.get(shown) != now(shown).as_ref() => {
            repository.policy(path, shown, listing)
        }
        _ => Ok(None),
    };
    let on_disk_id = |path: &str| on_disk(&walked.base, path).map(|bytes| object_id(&bytes, long));
    let staged_policy = match &policy {
        Some((path, shown)) if staged && index.get(shown) != on_disk_id(shown).as_ref() => {
            repository.policy(path, shown, &index)?
        }
        _ => None,
    };
    let rules_edited = edited.iter().any(|path| is_rule(path));
    Ok(States {
        before,
        after,
        // Rules that could not be used then judged nothing.
        rules_before: if rules_edited { repository.rules(&then)? } else { None },
        rules_after: if staged && !folders.is_empty() { repository.rules(&index)? } else { None },
        policy_before: policy_in(&then)?,
        policy_after: staged_policy,
        change: Change { against, base, staged, uncommitted, edited, ..Change::default() },
    })
}

/// Whether a path was asked for.
fn covers(roots: &[Option<String>], path: &str) -> bool {
    roots.iter().any(|root| root.as_deref().is_none_or(|root| walk::is_below(path, root)))
}

/// Reads the program of any state.
struct Reader<'a> {
    git: &'a Git,
    walked: &'a Walked,
    ids: &'a BTreeMap<Arc<str>, String>,
    ignored: &'a BTreeSet<String>,
    /// Files on disk that only a `.gitignore` of now kept the walk from.
    hidden: &'a BTreeSet<String>,
    roots: &'a [Option<String>],
}

impl Reader<'_> {
    fn of(&self, listing: &Listing) -> anyhow::Result<Tree> {
        let covered = |path: &str| covers(self.roots, path);
        let view = View::of(self.walked, self.ids, listing, self.ignored, self.hidden, covered);
        let limits = Limits::default();
        let (paths, objects): (Vec<&String>, Vec<&str>) =
            view.fetch.iter().map(|(path, object)| (path, object.as_str())).unzip();
        let contents = self.git.contents(&objects, limits.notebook)?;
        let fetched = paths.into_iter().cloned().zip(contents).collect();
        let (files, notices) = view.files(self.walked, fetched, &limits);
        Ok(Tree { files, notices })
    }

    /// What is on disk, with every file that git tracks.
    fn on_disk(&self, index: &Listing) -> Tree {
        let tracked = self.hidden.iter().filter(|path| index.contains_key(*path));
        let (files, notices) = and_beside(self.walked, tracked, &Limits::default());
        Tree { files, notices }
    }
}

/// The repository with what governs it.
struct Repository<'a> {
    git: &'a Git,
    walked: &'a Walked,
    options: &'a Options,
}

impl Repository<'_> {
    /// The policy file as it is in a listing; the built-in policy where it is not.
    fn policy(&self, path: &Utf8Path, shown: &str, listing: &Listing) -> anyhow::Result<Option<PolicyFrom>> {
        let Some(object) = listing.get(shown) else { return Ok(Some(PolicyFrom::BuiltIn)) };
        let bytes = self.git.contents(&[object], Limits::default().config)?.pop().flatten();
        let text = String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned();
        Ok(Some(PolicyFrom::Text { path: path.to_owned(), text }))
    }

    /// The rules with those folders that lie in the repository as they are in a listing; `None` if they have mistakes.
    fn rules(&self, listing: &Listing) -> anyhow::Result<Option<Rules>> {
        let mut layers = Vec::new();
        for dir in &self.options.rules_dirs {
            let Some(folder) = walk::below(dir, &self.walked.base) else {
                layers.push(rules::texts(dir));
                continue;
            };
            let of = |path: &str| rule_below(path, &folder).map(str::to_string);
            let found: Vec<(&String, String, &str)> = listing
                .iter()
                .filter_map(|(path, object)| Some((path, of(path)?, object.as_str())))
                .collect();
            let objects: Vec<&str> = found.iter().map(|(_, _, object)| *object).collect();
            let contents = self.git.contents(&objects, Limits::default().config)?;
            let texts = found.into_iter().zip(contents).map(|((path, place, _), bytes)| {
                (path.clone(), place, String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned())
            });
            layers.push(texts.collect());
        }
        Ok(Rules::given(layers).ok())
    }
}

/// The path of a rule file below a folder of rules.
fn rule_below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    path.strip_prefix(folder)?.strip_prefix('/').filter(|_| path.ends_with(".toml"))
}

/// How many of the files that were read are not as HEAD has them.
fn uncommitted(
    walked: &Walked,
    ids: &BTreeMap<Arc<str>, String>,
    head: &Listing,
    ignored: &BTreeSet<String>,
) -> usize {
    let changed = walked.files.iter().filter(|(_, file)| {
        let path = file.path.as_ref();
        // Git may keep other line ends than the disk.
        !ignored.contains(path)
            && !walked.links.contains_key(path)
            && !file.text.contains('\r')
            && ids.get(path) != head.get(path)
    });
    changed.count()
}
