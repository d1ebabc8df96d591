//! The code cells of a notebook as one module, in order, without the commands of the notebook itself.

use super::Written;
use crate::config::notebook;
use crate::language::Language;
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// The language and the code; nothing when the kernel's language is none that is read.
pub(super) fn code(text: &str) -> Option<(Language, Written)> {
    let notebook = notebook::code(text);
    let language = language(notebook.language.as_deref())?;
    let mut written = Written::default();
    for source in notebook.cells {
        let mut letters: Vec<Letter> = source.into_iter().flat_map(|range| decode(text, range)).collect();
        if language == Language::Python && !without_commands(&mut letters) {
            continue;
        }
        for letter in &letters {
            written.spelled(letter.value.encode_utf8(&mut [0; 4]), letter.at.clone());
        }
        written.made("\n");
    }
    Some((language, written))
}

/// What `rules/notebook.toml` says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    kernel: Kernels,
    cell: Vec<String>,
    line: Vec<String>,
    other: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kernels {
    python: Vec<String>,
    typescript: Vec<String>,
    javascript: Vec<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../rules/notebook.toml")).expect("rules/notebook.toml is well formed")
});

/// The language of a kernel; notebooks that name none are Python.
fn language(kernel: Option<&str>) -> Option<Language> {
    let Some(kernel) = kernel.map(str::to_ascii_lowercase) else { return Some(Language::Python) };
    let is = |names: &[String]| names.contains(&kernel);
    let kernels = &NAMES.kernel;
    let known = [
        (&kernels.python, Language::Python),
        (&kernels.typescript, Language::TypeScript),
        (&kernels.javascript, Language::Tsx),
    ];
    known.into_iter().find_map(|(names, language)| is(names).then_some(language))
}

/// One character of code and where the file writes it.
struct Letter {
    value: char,
    at: Range<usize>,
}

/// The characters that the inside of a JSON string stands for.
fn decode(text: &str, range: Range<usize>) -> Vec<Letter> {
    let Some(inside) = text.get(range.clone()) else { return Vec::new() };
    let mut letters = Vec::with_capacity(inside.len());
    let mut at = 0;
    while let Some(first) = inside[at..].chars().next() {
        let (value, len) = match first {
            '\\' => escape(&inside[at..]),
            plain => (plain, plain.len_utf8()),
        };
        letters.push(Letter { value, at: range.start + at..range.start + at + len });
        at += len;
    }
    letters
}

/// The character an escape stands for, and how many bytes it is written in.
fn escape(text: &str) -> (char, usize) {
    let Some(kind) = text[1..].chars().next() else { return ('\\', 1) };
    let value = match kind {
        'n' => '\n',
        't' => '\t',
        'r' | 'b' | 'f' => ' ',
        'u' => return unicode(text),
        other => other,
    };
    (value, 1 + kind.len_utf8())
}

fn unicode(text: &str) -> (char, usize) {
    let unit = |from: usize| {
        let digits = text.get(from..from + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    let Some(first) = unit(0) else { return (char::REPLACEMENT_CHARACTER, 2) };
    if let Some(value) = char::from_u32(first) {
        return (value, 6);
    }
    let pair = unit(6).and_then(|second| {
        let low = second.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
        char::from_u32(0x10000 + ((first - 0xD800) << 10) + low)
    });
    pair.map_or((char::REPLACEMENT_CHARACTER, 6), |value| (value, 12))
}

/// Blanks the commands of the notebook in one cell; false when what the cell holds is no code of the notebook.
fn without_commands(letters: &mut [Letter]) -> bool {
    let mut state = Inside::default();
    let (mut first, mut goes_on) = (true, false);
    for line in lines(letters) {
        let shown: String = letters[line.clone()].iter().map(|l| l.value).collect();
        let indent = shown.chars().take_while(|c| c.is_whitespace()).count();
        let body = shown.trim();
        if body.is_empty() {
            continue;
        }
        if std::mem::take(&mut first) && !is_code(body) {
            return false;
        }
        if goes_on {
            blank(&mut letters[line.start + indent..line.end], None, ' ');
            goes_on = body.ends_with('\\');
        } else if state.at_statement()
            && let Some(command) = command(body)
        {
            goes_on = command.len.is_none() && body.ends_with('\\');
            let start = line.start + indent + command.start;
            blank(&mut letters[start..line.end], command.len, command.stands_for);
        }
        state.pass(letters[line].iter().map(|l| l.value));
    }
    true
}

/// Whether a cell that begins with this line holds code.
fn is_code(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("%%") {
        return is_named(rest, &NAMES.cell);
    }
    let whole = line.strip_prefix('%').filter(|name| !name.contains(char::is_whitespace));
    !whole.is_some_and(|name| is_named(name, &NAMES.other))
}

fn is_named(command: &str, names: &[String]) -> bool {
    let name = command.split(|c: char| c.is_whitespace()).next().unwrap_or("");
    names.iter().any(|n| n == name)
}

/// A part of a line that is no code.
struct Command {
    /// Its first character in the line without indentation.
    start: usize,
    /// How many characters; nothing for the rest of the line.
    len: Option<usize>,
    /// What stands for it, so that a block or an assignment is not left empty.
    stands_for: char,
}

fn command(line: &str) -> Option<Command> {
    let whole = |stands_for| Some(Command { start: 0, len: None, stands_for });
    if let Some(rest) = line.strip_prefix('%') {
        if is_named(rest, &NAMES.line) && rest.contains(char::is_whitespace) {
            let words = line.split_inclusive(char::is_whitespace).scan(false, |option, word| {
                let is_option =
                    word.starts_with(['%', '-']) || (*option && word.trim().parse::<f64>().is_ok());
                *option = word.starts_with('-');
                is_option.then_some(word.chars().count())
            });
            return Some(Command { start: 0, len: Some(words.sum()), stands_for: ' ' });
        }
        return whole('0');
    }
    let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || "_.*".contains(c));
    if line.starts_with(['!', '?']) || (line.ends_with('?') && is_name(line.trim_end_matches('?'))) {
        return whole('0');
    }
    let (target, rest) = line.split_once('=')?;
    let is_target = !target.is_empty() && !target.ends_with(['!', '<', '>', '(']);
    let command = rest.trim_start();
    (is_target && command.starts_with(['!', '%'])).then(|| Command {
        start: line.chars().count() - command.chars().count(),
        len: None,
        stands_for: '_',
    })
}

fn blank(letters: &mut [Letter], len: Option<usize>, stands_for: char) {
    let len = len.unwrap_or(letters.len()).min(letters.len());
    for (i, letter) in letters[..len].iter_mut().enumerate() {
        if letter.value != '\n' {
            letter.value = if i == 0 { stands_for } else { ' ' };
        }
    }
}

/// The lines, each with its end.
fn lines(letters: &[Letter]) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (i, letter) in letters.iter().enumerate() {
        if letter.value == '\n' || i + 1 == letters.len() {
            lines.push(start..i + 1);
            start = i + 1;
        }
    }
    lines
}

/// What is open where a line ends: a command stands only where a statement may begin.
#[derive(Default)]
struct Inside {
    brackets: usize,
    /// The quote of an open string, and whether there are three of it.
    quote: Option<(char, bool)>,
    continued: bool,
}

impl Inside {
    fn at_statement(&self) -> bool {
        self.brackets == 0 && self.quote.is_none() && !self.continued
    }

    fn pass(&mut self, line: impl Iterator<Item = char>) {
        let line: Vec<char> = line.collect();
        let mut at = 0;
        self.continued = false;
        while let Some(c) = line.get(at).copied() {
            let three = line[at..].starts_with(&[c, c, c]);
            at += 1;
            match (self.quote, c) {
                (_, '\\') => {
                    self.continued = line.get(at) == Some(&'\n');
                    at += 1;
                }
                (Some((quote, true)), c) if c == quote && three => {
                    self.quote = None;
                    at += 2;
                }
                (Some((quote, false)), c) if c == quote || c == '\n' => self.quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => {
                    self.quote = Some((c, three));
                    at += if three { 2 } else { 0 };
                }
                (None, '#') => break,
                (None, '(' | '[' | '{') => self.brackets += 1,
                (None, ')' | ']' | '}') => self.brackets = self.brackets.saturating_sub(1),
                _ => {}
            }
        }
    }
}
