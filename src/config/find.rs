//! Which file a program means by a path, and what stands in it under a name.

use super::profile::{self, FileName};
use super::{Setting, Settings};
use crate::text::FileId;

impl Settings {
    /// The file a program means by a path: exactly this one when the path starts at the root of the tree, else the one
    /// nearest to the code in `near` that ends so. Where only an example of the file is in the tree, that example.
    pub fn locate(&self, path: &str, from_root: bool, near: &str) -> Option<FileId> {
        let wanted = normal(path)?;
        if wanted.is_empty() {
            return None;
        }
        let is = |found: &str| match from_root {
            true => found == wanted,
            false => ends_so(found, &wanted),
        };
        let nearest = |found: Vec<&super::FileSettings>| {
            found.into_iter().min_by_key(|f| (profile::steps(&f.path, near), f.id)).map(|f| f.id)
        };
        let exact = self.files.iter().filter(|f| is(&f.path)).collect();
        nearest(exact).or_else(|| {
            let sample =
                |f: &&super::FileSettings| FileName::of(&f.path).sample && is(&without_sample(&f.path));
            nearest(self.files.iter().filter(sample).collect())
        })
    }

    /// Every file that a pattern with `*` names, nearest to `near` first.
    pub fn matching(&self, matches: impl Fn(&str) -> bool, near: &str) -> Vec<FileId> {
        let mut found: Vec<_> = self.files.iter().filter(|f| matches(&f.path)).collect();
        found.sort_by_key(|f| (FileName::of(&f.path).sample, profile::steps(&f.path, near), f.id));
        found.into_iter().map(|f| f.id).collect()
    }

    /// What stands in a file under a name of several levels, `[]` being any element of a list; case does not count.
    /// A first key out of `sections` is no part of the name.
    pub fn named(&self, file: FileId, levels: &[String], sections: &[String]) -> Vec<&Setting> {
        let wanted = levels.join(".");
        let same = |path: &[String]| match levels.iter().any(|l| l == "[]") {
            true => path.len() == levels.len() && path.iter().zip(levels).all(|(p, l)| fits(p, l)),
            false => path.join(".").eq_ignore_ascii_case(&wanted),
        };
        let in_section = |path: &[String]| {
            path.split_first().is_some_and(|(first, rest)| {
                sections.iter().any(|s| s.eq_ignore_ascii_case(first)) && same(rest)
            })
        };
        self.file(file).iter().filter(|s| !s.commented && (same(&s.path) || in_section(&s.path))).collect()
    }
}

fn fits(key: &str, level: &str) -> bool {
    match level {
        "[]" => key.bytes().all(|b| b.is_ascii_digit()),
        _ => key.eq_ignore_ascii_case(level),
    }
}

fn ends_so(path: &str, end: &str) -> bool {
    path.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

/// `.` and `..` resolved as far as they go; what leaves the start of the path is dropped.
fn normal(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    (!path.contains(['{', '*'])).then(|| parts.join("/"))
}

/// `config.example.yaml` and `config.yaml.example` as `config.yaml`.
fn without_sample(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(f, n)| (f, n));
    let parts: Vec<&str> = name.split('.').filter(|p| !FileName::of(&format!("x.{p}.x")).sample).collect();
    let name = parts.join(".");
    if folder.is_empty() { name } else { format!("{folder}/{name}") }
}
