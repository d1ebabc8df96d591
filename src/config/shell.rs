//! Environment variables set by commands: shell scripts, makefiles, image builds, process files.

use super::format::RULES;
use super::leaf::{Leaf, Page, is_name, lines};
use super::lines::trim;
use std::ops::Range;

/// One word of a command line.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// With its quotes.
    raw: Range<usize>,
    /// Ends a command: `;`, `|`, `&&`, a line end.
    separator: bool,
}

/// Words after which a new command starts.
const KEYWORDS: [&str; 8] = ["if", "then", "else", "elif", "do", "while", "until", "!"];

/// `NAME=value` as one word of a command.
pub(super) struct Assignment {
    name: Range<usize>,
    value: Range<usize>,
    pub(super) literal: bool,
}

/// Assignments, exports, variables put before a command, `-e NAME=value` of container tools, and makefile variables.
pub(super) fn script(text: &str, page: &mut Page) {
    commands(&words(text, 0), text, page);
}

/// Commands in quotes: `alias name="export A=b && run"`, `sh -c '…'`. Set only where they are run, so each counts like the
/// values of one environment, called by the alias.
fn quoted(command: &[Word], text: &str, page: &mut Page) {
    let shown = |word: &Word| text.get(word.raw.clone()).unwrap_or_default();
    for (before, word) in command.iter().zip(command.iter().skip(1)) {
        if !RULES.shell.scripts.iter().any(|s| s == shown(before)) {
            continue;
        }
        let name = shown(word).find(['=', '"', '\'']).filter(|at| shown(word)[*at..].starts_with('='));
        let body = word.raw.start + name.map_or(0, |at| at + 1)..word.raw.end;
        let inside = super::lines::unquote(text, body.clone());
        if inside == body || !text[inside.clone()].contains('=') {
            continue;
        }
        let from = page.leaves.len();
        commands(&words(&text[inside.clone()], inside.start), text, page);
        let profile = name.map(|at| shown(word)[..at].to_owned());
        page.leaves[from..].iter_mut().for_each(|leaf| leaf.profile.clone_from(&profile));
    }
}

/// `ENV` (in effect when the image runs) and `ARG` (a default that `ENV` may pass on).
pub(super) fn dockerfile(text: &str, page: &mut Page) {
    let mut from = 0;
    while from < text.len() {
        let end = statement_end(text, from);
        let body = trim(&text[from..end], from);
        from = end;
        let shown = &text[body.clone()];
        let Some((instruction, rest)) = shown.split_once([' ', '\t']) else { continue };
        let words = words(rest, body.end - rest.len());
        match instruction.to_ascii_uppercase().as_str() {
            "ENV" => image_variables(&words, text, page),
            "ARG" => {
                for assignment in words.iter().filter_map(|w| w.assignment(text)) {
                    page.push(assignment.leaf(text, false));
                }
            }
            "RUN" | "CMD" | "ENTRYPOINT" => commands(&words, text, page),
            _ => {}
        }
    }
}

/// `process: NAME=value command`.
pub(super) fn procfile(text: &str, page: &mut Page) {
    for (start, line) in lines(text) {
        if let Some((_, command)) = line.split_once(':') {
            commands(&words(command, start + line.len() - command.len()), text, page);
        }
    }
}

/// Splits a text that stands at `base` into words. Quotes close on their own line: an apostrophe in prose must not swallow a file.
pub(super) fn words(text: &str, base: usize) -> Vec<Word> {
    let bytes = text.as_bytes();
    let mut words = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b' ' | b'\t' | b'\r' => at += 1,
            b'\\' if bytes.get(at + 1) == Some(&b'\n') => at += 2,
            b'\\' if bytes[at + 1..].starts_with(b"\r\n") => at += 3,
            b'#' => at = line_end(bytes, at),
            b'\n' | b';' | b'|' | b'&' | b'(' | b')' | b'{' | b'}' | b'`' => {
                words.push(Word { raw: base + at..base + at + 1, separator: true });
                at += 1;
            }
            _ => {
                let end = word_end(bytes, at);
                let separator = KEYWORDS.contains(&&text[at..end]);
                words.push(Word { raw: base + at..base + end, separator });
                at = end;
            }
        }
    }
    words
}

impl Word {
    /// Reads the word as `NAME=value`; the whole may stand in quotes.
    pub(super) fn assignment(&self, text: &str) -> Option<Assignment> {
        let mut raw = self.raw.clone();
        let mut literal = false;
        let shown = text.get(raw.clone())?;
        if shown.len() > 2 && ['"', '\''].iter().any(|q| shown.starts_with(*q) && shown.ends_with(*q)) {
            literal = shown.starts_with('\'');
            raw = raw.start + 1..raw.end - 1;
        }
        let shown = &text[raw.clone()];
        let at = shown.find('=')?;
        let key = shown[..at].trim_end_matches(['+', ':', '?']);
        if !is_name(key) || shown[at + 1..].starts_with('=') {
            return None;
        }
        let value = raw.start + at + 1..raw.end;
        let mut inner = super::lines::unquote(text, value.clone());
        // Quotes in quotes: the whole command stands in a string.
        let escaped = |t: &str| t.len() > 4 && t.starts_with("\\\"") && t.ends_with("\\\"");
        if escaped(&text[inner.clone()]) {
            inner = inner.start + 2..inner.end - 2;
        }
        literal |= inner != value && text[value].starts_with('\'');
        Some(Assignment { name: raw.start..raw.start + key.len(), value: inner, literal })
    }
}

impl Assignment {
    /// The setting this makes.
    pub(super) fn leaf(&self, text: &str, env: bool) -> Leaf {
        let name = text[self.name.clone()].to_owned();
        Leaf {
            path: vec![name.clone()],
            value: text[self.value.clone()].replace("\\\"", "\""),
            span: self.value.clone(),
            key_span: self.name.clone(),
            env: env.then_some(name),
            literal: self.literal,
            ..Leaf::default()
        }
    }
}

fn commands(words: &[Word], text: &str, page: &mut Page) {
    for command in words.split(|w| w.separator).filter(|c| !c.is_empty()) {
        let shown = |n: usize| command.get(n).and_then(|w: &Word| text.get(w.raw.clone())).unwrap_or("");
        quoted(command, text, page);
        if let (Some(first), Some(last)) = (command.first(), command.last()) {
            super::forward::command(text, first.raw.start..last.raw.end, page);
        }
        if shown(0) == "alias" {
            continue;
        }
        let keyword = RULES.shell.exports.iter().any(|e| e == shown(0));
        let skip = usize::from(keyword);
        if makefile_variable(command, skip, keyword, text, page) {
            continue;
        }
        if RULES.shell.pairs.iter().any(|e| e == shown(0)) {
            pair(command, text, page);
            continue;
        }
        let prefixes = command[skip..].iter().take_while(|w| w.assignment(text).is_some()).count();
        // `NAME=value command` and `export NAME=value` reach a process; a bare assignment stays in the shell.
        let reaches = keyword || skip + prefixes < command.len();
        let to_env_file = command
            .iter()
            .any(|w| RULES.shell.env_files.iter().any(|f| text[w.raw.clone()].contains(f.as_str())));
        for (n, word) in command.iter().enumerate().skip(skip) {
            let Some(assignment) = word.assignment(text) else { continue };
            let flagged = n > 0 && RULES.shell.flags.iter().any(|f| f == shown(n - 1));
            let early = n < skip + prefixes;
            if early || keyword || flagged || to_env_file {
                page.push(assignment.leaf(text, (early && reaches) || keyword || flagged || to_env_file));
            }
        }
        for word in command {
            flag_with_value(word, text, page);
        }
    }
}

/// `--env=NAME=value`.
fn flag_with_value(word: &Word, text: &str, page: &mut Page) {
    let shown = &text[word.raw.clone()];
    let Some(flag) = RULES.shell.flags.iter().find(|f| f.starts_with("--") && shown.starts_with(f.as_str()))
    else {
        return;
    };
    if !shown[flag.len()..].starts_with('=') {
        return;
    }
    let inner = Word { raw: word.raw.start + flag.len() + 1..word.raw.end, separator: false };
    if let Some(assignment) = inner.assignment(text) {
        page.push(assignment.leaf(text, true));
    }
}

/// `set -gx NAME value`, `setenv NAME value`.
fn pair(command: &[Word], text: &str, page: &mut Page) {
    let mut rest = command[1..].iter().filter(|w| !text[w.raw.clone()].starts_with('-'));
    let (Some(name), Some(value)) = (rest.next(), rest.next()) else { return };
    let name = name.raw.clone();
    if is_name(&text[name.clone()]) {
        let value = super::lines::unquote(text, value.raw.clone());
        page.push(Assignment { name, value, literal: false }.leaf(text, true));
    }
}

/// `NAME := value`, `NAME ?= value`.
fn makefile_variable(command: &[Word], skip: usize, exported: bool, text: &str, page: &mut Page) -> bool {
    let [name, operator, rest @ ..] = &command[skip..] else { return false };
    if !["=", ":=", "?=", "::="].contains(&&text[operator.raw.clone()]) || !is_name(&text[name.raw.clone()]) {
        return false;
    }
    let (Some(first), Some(last)) = (rest.first(), rest.last()) else { return true };
    let value = super::lines::unquote(text, first.raw.start..last.raw.end);
    page.push(Assignment { name: name.raw.clone(), value, literal: false }.leaf(text, exported))
}

fn image_variables(words: &[Word], text: &str, page: &mut Page) {
    if words.first().is_some_and(|w| w.assignment(text).is_some()) {
        for assignment in words.iter().filter_map(|w| w.assignment(text)) {
            page.push(assignment.leaf(text, true));
        }
    } else if let [name, rest @ ..] = words
        && let (Some(first), Some(last)) = (rest.first(), rest.last())
        && is_name(&text[name.raw.clone()])
    {
        let value = super::lines::unquote(text, first.raw.start..last.raw.end);
        page.push(Assignment { name: name.raw.clone(), value, literal: false }.leaf(text, true));
    }
}

/// Where an instruction that starts at `from` ends: at a line end no `\` stands before.
fn statement_end(text: &str, from: usize) -> usize {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        at += line.len();
        let bare = line.trim();
        let comment_inside = bare.starts_with('#') && at - line.len() > from;
        if !bare.ends_with('\\') && !comment_inside {
            break;
        }
    }
    at
}

fn line_end(bytes: &[u8], from: usize) -> usize {
    bytes[from..].iter().position(|b| *b == b'\n').map_or(bytes.len(), |n| from + n)
}

fn word_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < bytes.len() {
        match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' | b';' | b'|' | b'&' | b'(' | b')' | b'`' => break,
            b'\\' if matches!(bytes.get(at + 1), Some(b'\n')) => break,
            b'\\' => at += 2,
            b'$' if matches!(bytes.get(at + 1), Some(b'{' | b'(')) => at = reference_end(bytes, at),
            quote @ (b'"' | b'\'') => at = quote_end(bytes, at, quote),
            _ => at += 1,
        }
    }
    at.min(bytes.len()).max(from + 1)
}

/// After the quote that closes on this line, else after the quote alone.
fn quote_end(bytes: &[u8], open: usize, quote: u8) -> usize {
    let mut at = open + 1;
    while at < bytes.len() && bytes[at] != b'\n' {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 2,
            b if b == quote => return at + 1,
            _ => at += 1,
        }
    }
    open + 1
}

/// How long a reference may be; without a bound, a line of opening brackets would be searched once for each.
const REFERENCE: usize = 1_024;

/// After the bracket that closes `${` or `$(` on this line.
fn reference_end(bytes: &[u8], open: usize) -> usize {
    let (mut depth, mut at) = (0usize, open + 1);
    let last = bytes.len().min(open + REFERENCE);
    while at < last && bytes[at] != b'\n' {
        match bytes[at] {
            b'{' | b'(' => depth += 1,
            b'}' | b')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    open + 1
}
