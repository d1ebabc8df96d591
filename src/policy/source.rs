//! Where the policy of an audit stands: a given file, the nearest one upward, a text of another revision, or nowhere.

use super::mistake::{Mistake, among, located};
use super::written::{Written, read};
use super::{Policy, check};
use crate::error::BadPolicy;
use crate::options::{DEFAULT_HOME, PolicyFrom};
use crate::rules::Rules;
use crate::walk;
use anyhow::Context as _;
use camino::{Utf8Path, Utf8PathBuf};
use sha2::{Digest as _, Sha256};

/// Name of the file.
pub const FILE_NAME: &str = "transborder.toml";

/// The profile that is in force where nobody chose one.
pub const BUILT_IN: &str = "built-in";

/// A policy that was found and read, not checked yet.
#[derive(Debug, Default)]
pub struct Opened {
    /// The file, unless the built-in policy is in force.
    pub file: Option<PolicyFile>,
    /// A policy file of the repository that is not in force because another was given, or because it was asked for.
    pub ignored: Option<Utf8PathBuf>,
    written: Written,
    /// What is wrong about the shape of the file and the folders it names.
    mistakes: Vec<Mistake>,
    /// Folders of rules it names.
    rules_dirs: Vec<Utf8PathBuf>,
}

/// A policy file.
#[derive(Debug, Clone)]
pub struct PolicyFile {
    /// Path as it was given or found.
    pub path: Utf8PathBuf,
    /// The whole text.
    pub text: String,
    /// Whether it came with the audited tree, whose authors may have written it in their favour.
    pub in_repository: bool,
}

impl PolicyFile {
    /// SHA-256 of the text, in hexadecimal.
    pub fn hash(&self) -> String {
        sha256(&self.text)
    }

    /// The folder that its paths are relative to.
    pub fn folder(&self) -> &Utf8Path {
        self.path.parent().filter(|parent| !parent.as_str().is_empty()).unwrap_or(Utf8Path::new("."))
    }

    fn errors(&self, mistakes: Vec<Mistake>) -> BadPolicy {
        BadPolicy(located(mistakes, self.path.as_str(), &self.text))
    }
}

/// SHA-256 of a text, in hexadecimal.
pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

impl Opened {
    /// Finds and reads the policy for these paths. Fails with every mistake of its shape.
    pub fn open(from: &PolicyFrom, paths: &[Utf8PathBuf]) -> anyhow::Result<Opened> {
        let file = |path: Utf8PathBuf, in_repository| -> anyhow::Result<PolicyFile> {
            let text = walk::policy_text(&path).with_context(|| format!("cannot read the policy {path}"))?;
            Ok(PolicyFile { path, text, in_repository })
        };
        let (file, ignored) = match from {
            PolicyFrom::Nearest => (nearest(paths)?.map(|path| file(path, true)).transpose()?, None),
            PolicyFrom::BuiltIn => (None, nearest(paths)?),
            PolicyFrom::Text { path, text } => {
                let file = PolicyFile { path: path.clone(), text: text.clone(), in_repository: true };
                (Some(file), None)
            }
            PolicyFrom::File(path) => {
                let same = |other: &Utf8PathBuf| walk::is_same(other, path);
                (Some(file(path.clone(), false)?), nearest(paths)?.filter(|other| !same(other)))
            }
        };
        let Some(file) = file else { return Ok(Opened { ignored, ..Opened::default() }) };
        let (written, mut mistakes) = read(&file.text).map_err(|mistake| file.errors(vec![mistake]))?;
        let rules_dirs = folders(&file, &written, &mut mistakes);
        Ok(Opened { file: Some(file), ignored, written, mistakes, rules_dirs })
    }

    /// Folders of rules it names.
    pub fn rules_dirs(&self) -> &[Utf8PathBuf] {
        &self.rules_dirs
    }

    /// The valid policy. `home` wins over what the file says. Fails with every mistake at once.
    pub fn check(&self, rules: &Rules, home: Option<&[String]>) -> Result<Policy, BadPolicy> {
        let mut mistakes = self.mistakes.clone();
        let profile = self.profile(rules, &mut mistakes);
        let (policy, more) = check::check(&self.written, profile.as_ref(), rules, home, DEFAULT_HOME);
        mistakes.extend(more);
        match (&self.file, mistakes.is_empty()) {
            (_, true) => Ok(policy),
            (Some(file), false) => Err(file.errors(mistakes)),
            (None, false) => Err(BadPolicy(located(mistakes, FILE_NAME, ""))),
        }
    }

    /// Profile it extends, as written there.
    pub fn extends(&self) -> Option<&str> {
        self.written.extends.as_ref().map(|name| name.get_ref().as_str())
    }

    /// Folders of rules, as the file names them.
    pub fn rules_as_written(&self) -> impl Iterator<Item = &str> {
        self.written.rules.iter().map(|dir| dir.get_ref().as_str())
    }

    fn profile(&self, rules: &Rules, mistakes: &mut Vec<Mistake>) -> Option<Written> {
        let Some(name) = self.written.extends.as_ref() else {
            return rules.profiles.get(BUILT_IN).and_then(|text| Some(read(text).ok()?.0));
        };
        let Some(text) = rules.profiles.get(name.get_ref()) else {
            let hint = among(name.get_ref(), rules.profiles.keys().map(String::as_str));
            mistakes.push(Mistake::new(name.span(), format!("unknown profile `{}`{hint}", name.get_ref())));
            return None;
        };
        let (profile, wrong) = read(text).unwrap_or_else(|mistake| (Written::default(), vec![mistake]));
        let of_profile =
            |m: Mistake| Mistake::new(name.span(), format!("profile `{}`: {}", name.get_ref(), m.message));
        mistakes.extend(wrong.into_iter().map(of_profile));
        Some(profile)
    }
}

/// Folders of rules that a policy names; those that are none, or that leave the folder of a repository's own policy,
/// are mistakes.
fn folders(file: &PolicyFile, written: &Written, mistakes: &mut Vec<Mistake>) -> Vec<Utf8PathBuf> {
    let mut dirs = Vec::new();
    for entry in &written.rules {
        let dir = file.folder().join(entry.get_ref());
        let problem = match walk::folder_below(&dir, file.folder()) {
            None => Some("no such folder"),
            Some(false) if file.in_repository => {
                Some("a policy of the repository may load rules only from below its own folder")
            }
            Some(_) => None,
        };
        match problem {
            Some(problem) => {
                mistakes.push(Mistake::new(entry.span(), format!("{problem}: {}", entry.get_ref())));
            }
            None => dirs.push(dir),
        }
    }
    dirs
}

/// The nearest policy file upward from what is audited. Fails when several trees have different ones.
pub fn nearest(paths: &[Utf8PathBuf]) -> anyhow::Result<Option<Utf8PathBuf>> {
    let mut found: Vec<Option<Utf8PathBuf>> =
        paths.iter().map(|path| walk::upward(path, FILE_NAME)).collect();
    found.dedup();
    match &found[..] {
        [] => Ok(None),
        [one] => Ok(one.clone()),
        _ => {
            let name =
                |f: &Option<Utf8PathBuf>| f.as_ref().map_or("none".to_string(), |path| path.to_string());
            let names: Vec<String> = found.iter().map(name).collect();
            anyhow::bail!(
                "the paths have different policies ({}): scan them one by one, or give one with --policy",
                names.join(", ")
            )
        }
    }
}
