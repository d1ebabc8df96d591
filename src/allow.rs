//! Comments that suppress findings: `transborder: allow[rule-id, rule-id] reason`.
//!
//! A comment speaks for its own line, or, when nothing else stands there, for the next line that is no comment. A
//! finding is allowed where its call starts or ends, or at the one source of its data, or at the lines that decide
//! its endpoint if every place abroad is allowed there. An allow without a reason, with an unknown rule, or without
//! anything to suppress becomes a notice: it must not look like a decision that holds.

use crate::config;
use crate::finding::{Candidate, Finding, RuleId, SuppressedBy, Suppression, Verdict};
use crate::lang;
use crate::text::{FileId, Files, Notice, NoticeKind, SourceFile, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What every such comment begins with.
const MARK: &str = "transborder:";

/// One comment that allows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allow {
    /// The file it stands in.
    pub file: FileId,
    /// The 1-based line it stands on.
    pub line: u32,
    /// The 1-based line it speaks for.
    pub covers: u32,
    /// The rules it allows.
    pub rules: Vec<RuleId>,
    /// Why, in the words of whoever wrote it.
    pub reason: String,
}

/// Every comment that allows something, by file and line, and a notice for each that is not well formed.
pub fn read(files: &Files) -> (Vec<Allow>, Vec<Notice>) {
    let all: Vec<(FileId, &SourceFile)> = files.iter().filter(|(_, f)| f.text.contains(MARK)).collect();
    let read: Vec<_> = all.into_par_iter().map(|(id, file)| read_file(id, file)).collect();
    let (mut allows, mut notices) = (Vec::new(), Vec::new());
    for (mut found, mut wrong) in read {
        allows.append(&mut found);
        notices.append(&mut wrong);
    }
    (allows, notices)
}

/// Suppresses the findings that are allowed, and tells of allows that suppress nothing. Files for which `judged` is
/// false were not searched for flows, so nothing is said of theirs.
pub fn apply(
    allows: &[Allow],
    findings: &mut [Finding],
    files: &Files,
    judged: impl Fn(&str) -> bool,
) -> Vec<Notice> {
    let mut by_line: BTreeMap<(FileId, u32), Vec<usize>> = BTreeMap::new();
    for (index, allow) in allows.iter().enumerate() {
        by_line.entry((allow.file, allow.covers)).or_default().push(index);
    }
    let mut used: BTreeSet<(usize, RuleId)> = BTreeSet::new();
    for finding in findings {
        let at = |line: Line| -> Vec<usize> {
            let here = by_line.get(&line).into_iter().flatten().copied();
            here.filter(|index| allows[*index].rules.contains(&finding.rule)).collect()
        };
        let deciding = deciding(finding, files, at);
        used.extend(deciding.iter().map(|index| (*index, finding.rule)));
        let Some(allow) = deciding.first().map(|index| &allows[*index]) else { continue };
        finding.suppressed.get_or_insert_with(|| Suppression {
            by: SuppressedBy::Inline,
            reason: allow.reason.clone(),
            owner: None,
            reference: None,
            place: Some(format!("{}:{}", files.get(allow.file).path, allow.line)),
        });
    }
    let mut notices = Vec::new();
    for (index, allow) in allows.iter().enumerate() {
        let path = &files.get(allow.file).path;
        for rule in allow.rules.iter().filter(|rule| judged(path) && !used.contains(&(index, **rule))) {
            let message = format!("allow[{}] suppresses nothing; remove it", rule.id());
            notices.push(notice(path, allow.line, message));
        }
    }
    notices
}

/// A file and a 1-based line of it.
type Line = (FileId, u32);

/// The allows that suppress a finding; none when it stands.
fn deciding(finding: &Finding, files: &Files, at: impl Fn(Line) -> Vec<usize>) -> Vec<usize> {
    let first = |span: Span| (span.file, files.region(span).start_line);
    let region = files.region(finding.span);
    let mut found = at((finding.span.file, region.start_line));
    if region.end_line != region.start_line {
        found.extend(at((finding.span.file, region.end_line)));
    }
    // A comment at one of several sources does not speak for the others.
    if let Some(flow) = finding.flow.as_ref().filter(|flow| flow.further_paths == 0)
        && let Some(source) = flow.steps.first()
    {
        found.extend(at(first(source.span)));
    }
    let candidates = finding.destination.iter().flat_map(|destination| &destination.candidates);
    let abroad: Vec<Vec<usize>> = candidates
        .filter(|c| !matches!(c.verdict, Verdict::Domestic | Verdict::Local))
        .map(|c: &Candidate| c.evidence.iter().flat_map(|step| at(first(step.span))).collect())
        .collect();
    if abroad.iter().all(|allowed| !allowed.is_empty()) {
        found.extend(abroad.into_iter().flatten());
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn read_file(id: FileId, file: &SourceFile) -> (Vec<Allow>, Vec<Notice>) {
    let (comments, code) = match lang::comments(&file.path, &file.text) {
        Some(source) => (source.found, source.code),
        None => (config::comments(&file.path, &file.text), None),
    };
    let lines = Lines::new(&file.text, &comments, code.as_deref());
    let (mut allows, mut notices) = (Vec::new(), Vec::new());
    for comment in &comments {
        let mut start = comment.start;
        for text in file.text[comment.clone()].split_inclusive('\n') {
            let line = lines.of(start);
            start += text.len();
            match parse(text) {
                None => {}
                Some(Err(wrong)) => notices.push(notice(&file.path, line, wrong)),
                Some(Ok((ids, reason))) => {
                    let known = |id: &&str| RuleId::from_id(id);
                    let unknown = ids.iter().filter(|id| known(id).is_none());
                    notices.extend(unknown.map(|id| {
                        notice(
                            &file.path,
                            line,
                            format!("allow[{id}] names no rule: see `transborder explain`"),
                        )
                    }));
                    let mut rules: Vec<RuleId> = ids.iter().filter_map(known).collect();
                    rules.sort();
                    rules.dedup();
                    let covers = if lines.is_comment(line) { lines.next_code(line) } else { line };
                    if !rules.is_empty() {
                        allows.push(Allow { file: id, line, covers, rules, reason });
                    }
                }
            }
        }
    }
    (allows, notices)
}

fn notice(path: &str, line: u32, message: String) -> Notice {
    Notice { path: path.to_string(), line: Some(line), kind: NoticeKind::Suppression, message }
}

/// The rule ids and the reason in one line of a comment; `None` when it says nothing to this tool.
fn parse(comment: &str) -> Option<Result<(Vec<&str>, String), String>> {
    let at = comment.find(MARK)?;
    let before = &comment[..at];
    let first = before.chars().all(|c| c.is_whitespace() || "#/*;!<-{".contains(c));
    if !first
        && !before.ends_with("//")
        && !before.ends_with(|c: char| c.is_whitespace() || "#*;".contains(c))
    {
        return None;
    }
    let Some(rest) = comment[at + MARK.len()..].trim_start().strip_prefix("allow") else {
        return first.then(|| Err("not understood: write `transborder: allow[rule-id] reason`".to_string()));
    };
    let Some((ids, reason)) = rest.trim_start().strip_prefix('[').and_then(|rest| rest.split_once(']'))
    else {
        return first.then(|| Err("names no rule: write `transborder: allow[rule-id] reason`".to_string()));
    };
    let ids: Vec<&str> = ids.split(',').map(str::trim).filter(|id| !id.is_empty()).collect();
    if ids.is_empty() {
        return Some(Err("names no rule: write `transborder: allow[rule-id] reason`".to_string()));
    }
    let reason = reason_in(reason);
    if !reason.contains(|c: char| c.is_alphanumeric()) {
        return Some(Err(format!("allow[{}] gives no reason, so it allows nothing", ids.join(", "))));
    }
    Some(Ok((ids, reason.to_string())))
}

/// What is left when the end of the comment, and comments to other tools behind it, are cut.
fn reason_in(text: &str) -> &str {
    let ends = ["*/", "-->", " #", " // ", "\t#"];
    let end = ends.iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len());
    text[..end].trim().trim_start_matches([':', '-', '\u{2013}', '\u{2014}']).trim()
}

/// The lines of a file, and which of them hold nothing but comments.
struct Lines {
    starts: Vec<usize>,
    comment: Vec<bool>,
}

impl Lines {
    /// `parts` are the ranges of a file that are code, where not all of it is.
    fn new(text: &str, comments: &[Range<usize>], parts: Option<&[Range<usize>]>) -> Lines {
        let mut starts = vec![0];
        starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        let mut code = text.as_bytes().to_vec();
        let mut around: Vec<Range<usize>> = Vec::new();
        if let Some(parts) = parts {
            let mut done = 0;
            for part in parts {
                around.push(done..part.start);
                done = part.end.max(done);
            }
            around.push(done..text.len());
        }
        for byte in comments.iter().chain(&around).flat_map(|range| range.clone()) {
            if code.get(byte).is_some_and(|b| *b != b'\n') {
                code[byte] = b' ';
            }
        }
        let mut comment: Vec<bool> = code
            .split(|byte| *byte == b'\n')
            // Markup wraps a comment in braces of its own.
            .map(|line| line.iter().all(|b| b.is_ascii_whitespace() || b"{}".contains(b)))
            .collect();
        // What is blank, or a lone brace, without any comment is no comment.
        let mut touched = vec![false; comment.len()];
        for range in comments {
            let (from, to) = (line_of(&starts, range.start), line_of(&starts, range.end.max(1) - 1));
            touched[from..=to].fill(true);
        }
        comment.iter_mut().zip(touched).for_each(|(comment, touched)| *comment &= touched);
        Lines { starts, comment }
    }

    /// The 1-based line of an offset.
    fn of(&self, offset: usize) -> u32 {
        line_of(&self.starts, offset) as u32 + 1
    }

    fn is_comment(&self, line: u32) -> bool {
        self.comment.get(line as usize - 1).copied().unwrap_or(false)
    }

    /// The first line below that is no comment.
    fn next_code(&self, line: u32) -> u32 {
        (line + 1..).find(|line| !self.is_comment(*line)).unwrap_or(line)
    }
}

fn line_of(starts: &[usize], offset: usize) -> usize {
    starts.partition_point(|start| *start <= offset).saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Its line, the line it speaks for, how many rules, and the reason.
    type Shown = (u32, u32, usize, String);

    fn of(path: &str, text: &str) -> (Vec<Shown>, Vec<String>) {
        let files = Files::new(vec![SourceFile { path: path.into(), text: text.into() }]);
        let (allows, notices) = read(&files);
        let shown = allows.into_iter().map(|a| (a.line, a.covers, a.rules.len(), a.reason)).collect();
        (shown, notices.into_iter().map(|n| format!("{}: {}", n.line.unwrap_or(0), n.message)).collect())
    }

    #[test]
    fn a_comment_speaks_for_its_line_or_the_next() {
        let python = "\
# transborder: allow[foreign-endpoint] agreed in March
# and more words
call()
call()  # transborder: allow[foreign-endpoint, relay-endpoint] DPA-7  # noqa
x = \"# transborder: allow[foreign-endpoint] no comment\"
";
        let (allows, notices) = of("a.py", python);
        assert_eq!(allows, [(1, 3, 1, "agreed in March".to_string()), (4, 4, 2, "DPA-7".to_string())]);
        assert_eq!(notices, Vec::<String>::new());
    }

    #[test]
    fn markup_and_blocks_are_comments_too() {
        let tsx = "\
/* transborder: allow[foreign-endpoint] one */ call();
/**
 * transborder: allow[foreign-endpoint] two
 */
const x = <p>{/* transborder: allow[foreign-endpoint] three */}
  // transborder: allow[foreign-endpoint] text of the page
</p>;
const s = `// transborder: allow[foreign-endpoint] ${a}`;
";
        let (allows, _) = of("a.tsx", tsx);
        let short: Vec<_> = allows.iter().map(|a| (a.0, a.1, a.3.as_str())).collect();
        assert_eq!(short, [(1, 1, "one"), (3, 5, "two"), (5, 5, "three")]);
    }

    #[test]
    fn cells_of_a_notebook_have_comments() {
        let notebook = r##"{
 "cells": [
  {
   "cell_type": "code",
   "source": [
    "# transborder: allow[foreign-endpoint] agreed\n",
    "call()\n",
    "call(\"#\")  # transborder: allow[relay-endpoint] \"DPA\" 7"
   ]
  }
 ]}"##;
        let (allows, notices) = of("a.ipynb", notebook);
        assert_eq!(allows[0], (6, 7, 1, "agreed".to_string()));
        assert_eq!((allows[1].0, allows[1].1), (8, 8));
        assert_eq!(notices, Vec::<String>::new());
    }

    #[test]
    fn what_is_not_well_formed_is_told() {
        for (text, says) in [
            ("# transborder: allow[foreign-endpoint]\n", "gives no reason"),
            ("# transborder: allow[foreign-endpoint]  # noqa: E501\n", "gives no reason"),
            ("# transborder: allow[no-such] because\n", "names no rule"),
            ("# transborder: allow foreign-endpoint because\n", "names no rule"),
            ("# transborder: allow[] because\n", "names no rule"),
            ("# transborder: ignore\n", "not understood"),
        ] {
            let (allows, notices) = of("a.py", text);
            assert_eq!(allows, [], "{text}");
            assert!(notices.len() == 1 && notices[0].contains(says), "{text}: {notices:?}");
        }
        // Prose about the tool is none of its business.
        assert_eq!(of("a.py", "# see docs/transborder: allow[x] y\n").1.len(), 0);
        assert_eq!(of("a.py", "# our wrapper of transborder: it scans\n").1.len(), 0);
    }
}
