//! What git knows of the audited repository: commits, and files as they are committed or staged.
//!
//! The `git` program is asked, and only with commands that read objects and the index. Nothing is written, fetched or
//! checked out; no hook, filter, pager or file-system monitor runs, whatever the repository's configuration says. A
//! library would bring some eighty more packages and its own idea of every repository format; the program is there
//! wherever there is a repository to compare.

use anyhow::{Context as _, bail, ensure};
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, ErrorKind, Read as _, Write as _};
use std::process::{Command, Output, Stdio};

/// A work tree and its repository.
#[derive(Debug)]
pub struct Git {
    top: Utf8PathBuf,
    /// Index file that a hook was given instead of the usual one.
    index: Option<std::ffi::OsString>,
}

/// Object ids by path, with `/`, from the top of the work tree. Regular files only.
pub type Listing = BTreeMap<String, String>;

/// Settings that keep git from running anything but itself, and from talking to anybody.
const HARMLESS: [&str; 9] = [
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "protocol.allow=never",
    "-c",
    "core.quotePath=false",
];

/// What helps where history is missing.
const SHALLOW: &str = "; the clone is shallow: fetch more of its history (`git fetch --unshallow`, or `fetch-depth: 0` of the checkout action)";

impl Git {
    /// The repository a folder lies in. `index` is what `GIT_INDEX_FILE` says; it counts only if it lies in the
    /// repository, as it does when git runs a hook.
    pub fn open(folder: &Utf8Path, index: Option<std::ffi::OsString>) -> anyhow::Result<Git> {
        let mut git = Git { top: folder.to_owned(), index: None };
        let found = git.run(&["rev-parse", "--show-toplevel", "--absolute-git-dir"], b"")?;
        if !found.status.success() {
            let why = String::from_utf8_lossy(&found.stderr);
            let why = why.trim().trim_start_matches("fatal: ").lines().next().unwrap_or("").to_string();
            bail!("{folder} is not in the work tree of a git repository ({why})");
        }
        let text = String::from_utf8_lossy(&found.stdout).into_owned();
        let mut lines = text.lines();
        let (top, dir) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
        git.top = Utf8Path::new(top).canonicalize_utf8().with_context(|| format!("cannot read {top}"))?;
        let inside = |index: &std::ffi::OsString| {
            let path = git.top.as_std_path().join(index);
            path.parent().and_then(|p| p.canonicalize().ok()).is_some_and(|p| p.starts_with(dir))
        };
        git.index = index.filter(inside);
        Ok(git)
    }

    /// The top of the work tree.
    pub fn top(&self) -> &Utf8Path {
        &self.top
    }

    /// The commit a revision means; `None` when there is no such commit.
    pub fn commit(&self, revision: &str) -> anyhow::Result<Option<String>> {
        let wanted = format!("{revision}^{{commit}}");
        let found = self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted], b"")?;
        Ok(found.status.success().then(|| String::from_utf8_lossy(&found.stdout).trim().to_string()))
    }

    /// The commit from which the current one and a revision went apart.
    pub fn merge_base(&self, revision: &str) -> anyhow::Result<String> {
        let deeper = || match self.text(&["rev-parse", "--is-shallow-repository"]) {
            Ok(answer) if answer.trim() == "true" => SHALLOW,
            _ => "",
        };
        let Some(commit) = self.commit(revision)? else {
            bail!("the repository has no revision `{revision}`{}", deeper());
        };
        ensure!(self.commit("HEAD")?.is_some(), "the repository has no commit yet; use --staged");
        let found = self.run(&["merge-base", "HEAD", &commit], b"")?;
        match found.status.success() {
            true => Ok(String::from_utf8_lossy(&found.stdout).trim().to_string()),
            false => bail!("HEAD and `{revision}` have no commit in common{}", deeper()),
        }
    }

    /// The files of a commit; none without one.
    pub fn tree(&self, commit: Option<&str>) -> anyhow::Result<Listing> {
        let Some(commit) = commit else { return Ok(Listing::new()) };
        let bytes = self.bytes(&["ls-tree", "-r", "-z", "--full-tree", commit])?;
        // mode, type, object, tab, path
        Ok(records(&bytes, |meta, path| match meta {
            [mode, "blob", object] if mode.starts_with("100") => Some((path.to_string(), object.to_string())),
            _ => None,
        }))
    }

    /// The files of the index. Fails while a merge is not resolved.
    pub fn index(&self) -> anyhow::Result<Listing> {
        let bytes = self.bytes(&["ls-files", "-s", "-z", "--full-name"])?;
        let mut unmerged = None;
        // mode, object, stage, tab, path
        let listing = records(&bytes, |meta, path| match meta {
            [mode, object, "0"] if mode.starts_with("100") => Some((path.to_string(), object.to_string())),
            [_, _, stage] if *stage != "0" => {
                unmerged.get_or_insert_with(|| path.to_string());
                None
            }
            _ => None,
        });
        match unmerged {
            Some(path) => bail!("{path} is not merged yet; resolve it, and stage it"),
            None => Ok(listing),
        }
    }

    /// Which of these paths git ignores: named by an ignore file, and not tracked.
    pub fn ignored(&self, paths: &[&str]) -> anyhow::Result<BTreeSet<String>> {
        self.check_ignore(&["check-ignore", "-z", "--stdin"], paths)
    }

    /// Which of these paths an ignore file names, tracked or not.
    pub fn named_by_ignore_files(&self, paths: &[&str]) -> anyhow::Result<BTreeSet<String>> {
        self.check_ignore(&["check-ignore", "--no-index", "-z", "--stdin"], paths)
    }

    fn check_ignore(&self, command: &[&str], paths: &[&str]) -> anyhow::Result<BTreeSet<String>> {
        if paths.is_empty() {
            return Ok(BTreeSet::new());
        }
        let input = paths.join("\0") + "\0";
        let found = self.run(command, input.as_bytes())?;
        // One means that none is ignored.
        ensure!(
            matches!(found.status.code(), Some(0 | 1)),
            "git cannot say what it ignores: {}",
            said(&found)
        );
        let paths = found.stdout.split(|b| *b == 0).filter(|p| !p.is_empty());
        Ok(paths.map(|path| String::from_utf8_lossy(path).into_owned()).collect())
    }

    /// The contents of objects, in their order; those of more than `limit` bytes are `None`.
    pub fn contents(&self, objects: &[&str], limit: u64) -> anyhow::Result<Vec<Option<Vec<u8>>>> {
        if objects.is_empty() {
            return Ok(Vec::new());
        }
        let mut child = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot run git")?;
        let input = objects.join("\n") + "\n";
        let mut stdin = child.stdin.take().context("git takes no input")?;
        let stdout = child.stdout.take().context("git gives no output")?;
        // Both pipes are finite: whoever only writes waits for ever.
        let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
        let mut reader = BufReader::new(stdout);
        let read: anyhow::Result<Vec<_>> = objects.iter().map(|id| content(&mut reader, id, limit)).collect();
        drop(reader);
        let _ = writer.join();
        let _ = child.wait();
        read
    }

    /// The history a report is made from: commit, branch, and where the repository comes from without credentials.
    pub fn revision(&self) -> anyhow::Result<Revision> {
        let line = |args: &[&str]| -> anyhow::Result<Option<String>> {
            let found = self.run(args, b"")?;
            let text = String::from_utf8_lossy(&found.stdout).trim().to_string();
            Ok(Some(text).filter(|text| found.status.success() && !text.is_empty()))
        };
        Ok(Revision {
            commit: self.commit("HEAD")?,
            branch: line(&["symbolic-ref", "--quiet", "--short", "HEAD"])?,
            repository: line(&["config", "--get", "remote.origin.url"])?.and_then(|url| public(&url)),
        })
    }

    /// The name of who last changed each of these lines (1-based) of a file as it is committed.
    pub fn authors(&self, path: &str, lines: &BTreeSet<u32>) -> anyhow::Result<BTreeMap<u32, String>> {
        let ranges: Vec<String> = lines.iter().map(|line| format!("-L{line},{line}")).collect();
        let mut args = vec!["blame", "--no-textconv", "--line-porcelain", "--no-progress"];
        args.extend(ranges.iter().map(String::as_str));
        args.extend(["HEAD", "--", path]);
        let found = self.run(&args, b"")?;
        let mut authors = BTreeMap::new();
        if !found.status.success() {
            return Ok(authors);
        }
        let text = String::from_utf8_lossy(&found.stdout);
        let mut line = None;
        for record in text.lines() {
            match record.split_once(' ') {
                Some(("author", name)) => {
                    if let Some(line) = line {
                        authors.insert(line, name.trim().to_string());
                    }
                }
                Some((id, rest)) if id.len() >= 40 && id.bytes().all(|b| b.is_ascii_hexdigit()) => {
                    line = rest.split(' ').nth(1).and_then(|n| n.parse().ok());
                }
                _ => {}
            }
        }
        Ok(authors)
    }

    fn text(&self, args: &[&str]) -> anyhow::Result<String> {
        Ok(String::from_utf8_lossy(&self.bytes(args)?).into_owned())
    }

    fn bytes(&self, args: &[&str]) -> anyhow::Result<Vec<u8>> {
        let found = self.run(args, b"")?;
        ensure!(found.status.success(), "git {} failed: {}", args.first().unwrap_or(&""), said(&found));
        Ok(found.stdout)
    }

    fn run(&self, args: &[&str], input: &[u8]) -> anyhow::Result<Output> {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| match error.kind() {
                ErrorKind::NotFound => anyhow::anyhow!("the program `git` was not found; it is needed here"),
                _ => anyhow::Error::from(error).context("cannot run git"),
            })?;
        let (stdin, input) = (child.stdin.take(), input.to_vec());
        let writer = std::thread::spawn(move || stdin.map(|mut pipe| pipe.write_all(&input)));
        let output = child.wait_with_output().context("cannot run git")?;
        let _ = writer.join();
        Ok(output)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.top).args(HARMLESS).args(args);
        // What the caller's environment says of another repository does not count here.
        for name in
            ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE", "GIT_EXTERNAL_DIFF"]
        {
            command.env_remove(name);
        }
        for (name, value) in [
            ("GIT_OPTIONAL_LOCKS", "0"),
            ("GIT_NO_LAZY_FETCH", "1"),
            ("GIT_NO_REPLACE_OBJECTS", "1"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("LC_ALL", "C"),
        ] {
            command.env(name, value);
        }
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        command
    }
}

/// Where a report's program comes from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Revision {
    /// Id of the commit that is checked out.
    pub commit: Option<String>,
    /// Branch that is checked out.
    pub branch: Option<String>,
    /// URL of the remote `origin`, without user and password.
    pub repository: Option<String>,
}

/// One object as `cat-file --batch` writes it: a line with id, type and size, the content, a line break.
fn content(reader: &mut impl std::io::BufRead, id: &str, limit: u64) -> anyhow::Result<Option<Vec<u8>>> {
    let mut head = String::new();
    reader.read_line(&mut head).context("git ended too early")?;
    let size = match head.split_whitespace().collect::<Vec<_>>()[..] {
        [_, "blob", size] => size.parse::<u64>().context("git gave no size")?,
        _ => bail!("the repository lacks the object {id}; the clone may be partial: fetch it first"),
    };
    if size > limit {
        std::io::copy(&mut reader.take(size + 1), &mut std::io::sink()).context("git ended too early")?;
        return Ok(None);
    }
    let mut bytes = vec![0; size as usize];
    reader.read_exact(&mut bytes).context("git ended too early")?;
    reader.read_exact(&mut [0]).context("git ended too early")?;
    Ok(Some(bytes))
}

/// Entries that end in NUL: words, a tab, a path. A path that is no UTF-8 is left out, as it is on disk.
fn records(bytes: &[u8], mut entry: impl FnMut(&[&str], &str) -> Option<(String, String)>) -> Listing {
    let records = bytes.split(|b| *b == 0).filter_map(|record| std::str::from_utf8(record).ok());
    records
        .filter_map(|record| {
            let (meta, path) = record.split_once('\t')?;
            entry(&meta.split(' ').collect::<Vec<_>>(), path)
        })
        .collect()
}

fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    text.trim().lines().next().unwrap_or("").trim_start_matches("fatal: ").to_string()
}

/// A remote's URL without what belongs to nobody else; paths of this machine are left out.
fn public(url: &str) -> Option<String> {
    if let Ok(mut parsed) = url::Url::parse(url) {
        if parsed.scheme() == "file" || parsed.cannot_be_a_base() {
            return None;
        }
        let _ = parsed.set_username("");
        let _ = parsed.set_password(None);
        parsed.set_query(None);
        parsed.set_fragment(None);
        return Some(parsed.to_string());
    }
    // host:path, as ssh writes it.
    let (host, path) = url.split_once(':').filter(|(host, _)| !host.contains('/'))?;
    let host = host.rsplit('@').next().unwrap_or(host);
    Some(format!("ssh://{host}/{}", path.trim_start_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remote_is_shown_without_credentials() {
        for (url, shown) in [
            ("https://user:secret@example.com/a/b.git", Some("https://example.com/a/b.git")),
            ("https://token@example.com/a/b.git?x=y", Some("https://example.com/a/b.git")),
            ("git@example.com:a/b.git", Some("ssh://example.com/a/b.git")),
            ("ssh://git@example.com:22/a", Some("ssh://example.com:22/a")),
            ("/srv/git/a.git", None),
            ("file:///srv/git/a.git", None),
        ] {
            assert_eq!(public(url).as_deref(), shown, "{url}");
        }
    }
}
