//! Whom to ask about a finding: the owners that CODEOWNERS names, and who last changed the line of the call.
//!
//! Reads CODEOWNERS as GitHub does: the first of three places, the last pattern that matches, no negation. Of blame only
//! names are taken: addresses are personal data that a report has no need of.

use crate::finding::{Ask, Report};
use crate::git::Git;
use crate::walk::view::{object_id, on_disk};
use camino::Utf8Path;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Where GitHub looks, in its order.
const PLACES: [&str; 3] = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"];
/// How many files are asked of git; each costs a walk through their history.
const BLAMED: usize = 200;

/// Puts a name to every finding that nobody suppressed.
pub fn name(report: &mut Report, base: &Utf8Path, git: Option<&Git>) -> anyhow::Result<()> {
    let owners = PLACES.iter().find_map(|path| {
        let text = String::from_utf8(on_disk(base, path)?).ok()?;
        Some(CodeOwners::read(path, &text))
    });
    let authors = match git {
        Some(git) => authors(report, git)?,
        None => BTreeMap::new(),
    };
    for finding in report.findings.iter_mut().filter(|finding| finding.suppressed.is_none()) {
        let path = report.files.get(finding.span.file).path.to_string();
        let line = report.files.region(finding.span).start_line;
        let owned = owners.as_ref().and_then(|owners| owners.of(&path));
        let author = authors.get(&path).and_then(|lines| lines.get(&line)).cloned();
        let ask = Ask {
            owners: owned.map_or_else(Vec::new, |rule| rule.owners.clone()),
            place: owned.zip(owners.as_ref()).map(|(rule, all)| format!("{}:{}", all.path, rule.line)),
            author,
        };
        finding.ask = (ask != Ask::default()).then_some(ask);
    }
    Ok(())
}

/// Names by path and line, for files that are as they are committed: only then do the lines mean the same.
fn authors(report: &Report, git: &Git) -> anyhow::Result<BTreeMap<String, BTreeMap<u32, String>>> {
    let mut wanted: BTreeMap<String, (String, BTreeSet<u32>)> = BTreeMap::new();
    let committed = git.tree(git.commit("HEAD")?.as_deref())?;
    let long = committed.values().next().is_some_and(|id| id.len() > 40);
    for finding in report.active() {
        let file = report.files.get(finding.span.file);
        let Some(object) = committed.get(file.path.as_ref()) else { continue };
        let entry = wanted
            .entry(file.path.to_string())
            .or_insert_with(|| (object_id(file.text.as_bytes(), long), BTreeSet::new()));
        if entry.0 == *object {
            entry.1.insert(report.files.region(finding.span).start_line);
        }
    }
    let asked: Vec<(&String, &BTreeSet<u32>)> = wanted
        .iter()
        .filter(|(_, (_, lines))| !lines.is_empty())
        .map(|(p, (_, l))| (p, l))
        .take(BLAMED)
        .collect();
    asked.into_par_iter().map(|(path, lines)| Ok((path.clone(), git.authors(path, lines)?))).collect()
}

/// A CODEOWNERS file.
struct CodeOwners {
    path: String,
    rules: Vec<Rule>,
}

struct Rule {
    line: usize,
    pattern: Gitignore,
    /// `docs/*` means the files of that folder, not what lies deeper.
    shallow: bool,
    owners: Vec<String>,
}

impl CodeOwners {
    fn read(path: &str, text: &str) -> CodeOwners {
        let rules = text.lines().enumerate().filter_map(|(index, line)| {
            let line = line.split(" #").next().unwrap_or(line).trim();
            // Sections and negations are not GitHub's.
            if line.is_empty() || line.starts_with(['#', '[', '!']) {
                return None;
            }
            let mut words = line.split_whitespace();
            let pattern = words.next()?;
            let mut builder = GitignoreBuilder::new("");
            builder.add_line(None, pattern).ok()?;
            Some(Rule {
                line: index + 1,
                pattern: builder.build().ok()?,
                shallow: pattern.ends_with("/*"),
                owners: words.map(str::to_string).collect(),
            })
        });
        CodeOwners { path: path.to_string(), rules: rules.collect() }
    }

    /// The last rule that matches a path; its owners may be none, which is a decision too.
    fn of(&self, path: &str) -> Option<&Rule> {
        self.rules.iter().rev().find(|rule| match rule.shallow {
            true => rule.pattern.matched(path, false).is_ignore(),
            false => rule.pattern.matched_path_or_any_parents(path, false).is_ignore(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_pattern_that_matches_decides() {
        let text = "\
*       @everyone # all of it
*.js    @js-owner
/build/logs/ @doctocat
docs/*  docs@example.com
apps/   @octocat
/scripts/ @doctocat @octocat
/apps/github
**/audit @auditors
";
        let file = CodeOwners::read("CODEOWNERS", text);
        for (path, owners) in [
            ("a.py", vec!["@everyone"]),
            ("src/a.js", vec!["@js-owner"]),
            ("build/logs/a/b.py", vec!["@doctocat"]),
            ("x/build/logs/a.py", vec!["@everyone"]),
            ("docs/a.md", vec!["docs@example.com"]),
            ("docs/deep/a.md", vec!["@everyone"]),
            ("x/apps/a.py", vec!["@octocat"]),
            ("apps/github/a.py", vec![]),
            ("scripts/a.sh", vec!["@doctocat", "@octocat"]),
            ("x/audit/a.py", vec!["@auditors"]),
        ] {
            let found = file.of(path).map(|rule| rule.owners.clone()).unwrap_or_default();
            assert_eq!(found, owners, "{path}");
        }
    }
}
