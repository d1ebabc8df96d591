//! Correct TypeScript that the grammar does not know: it is put in other words of the same length, which the grammar
//! knows and which mean the same to what is lowered, and read again. Spans stay what they were.

use super::parse;
use crate::language::Language;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::OnceLock;
use tree_sitter::Tree;

/// Times a text is put in other words: each time may bring a further error to light.
const ROUNDS: usize = 4;
/// Errors that are looked at in one round.
const MAX_ERRORS: usize = 512;

/// The tree of a text, read again where errors are only forms that the grammar does not know.
pub(super) fn read(language: Language, text: &str, mut tree: Tree) -> Tree {
    let mut text = text.to_owned();
    for _ in 0..ROUNDS {
        let errors = errors(&tree);
        if errors.is_empty() {
            break;
        }
        let Some(other) = in_other_words(&text, &errors) else { break };
        let Some(again) = parse(language, &other) else { break };
        if self::errors(&again).len() >= errors.len() {
            break;
        }
        (text, tree) = (other, again);
    }
    tree
}

/// Where the tree has errors, as ranges of whole lines.
fn errors(tree: &Tree) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut cursor = tree.walk();
    loop {
        let node = cursor.node();
        let is_error = node.is_error() || node.is_missing();
        if is_error {
            found.push(node.start_position().row..node.end_position().row + 1);
        }
        if found.len() >= MAX_ERRORS {
            return found;
        }
        if !is_error && node.has_error() && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return found;
            }
        }
    }
}

/// The text with every form near an error replaced; `None` when there is none.
fn in_other_words(text: &str, errors: &[Range<usize>]) -> Option<String> {
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let is_near = |range: Range<usize>| {
        let row = |at: usize| starts.partition_point(|start| *start <= at).saturating_sub(1);
        let rows = row(range.start)..row(range.end) + 1;
        errors.iter().any(|error| error.start < rows.end && rows.start < error.end)
    };
    let mut other = text.to_owned();
    for form in forms() {
        let mut changes: Vec<(Range<usize>, String)> = Vec::new();
        for found in form.regex.captures_iter(&other) {
            let Some(part) = found.get(1).map(|part| part.range()) else { continue };
            if is_near(part.clone()) {
                let word = if (form.fits)(&found, &other) { form.word } else { continue };
                changes.push((part.clone(), padded(word, &other[part])));
            }
        }
        for (part, word) in changes {
            other.replace_range(part, &word);
        }
    }
    (other != text).then_some(other)
}

/// A word in place of an old text, with as many bytes and lines as that.
fn padded(word: &str, old: &str) -> String {
    let kept = old.bytes().skip(word.len()).map(|byte| if byte == b'\n' { '\n' } else { ' ' });
    word.chars().chain(kept).collect()
}

/// A form that the grammar does not know.
struct Form {
    /// Where it stands; the first group is replaced.
    regex: Regex,
    /// What stands for it; never longer than the form.
    word: &'static str,
    /// What else must hold.
    fits: Applies,
}

/// Whether a match in a text is such a form.
type Applies = fn(&Captures<'_>, &str) -> bool;

fn forms() -> &'static [Form] {
    static FORMS: OnceLock<Vec<Form>> = OnceLock::new();
    FORMS.get_or_init(|| {
        let all: [(&str, &'static str, Applies); 5] = [
            // `load<typeof import("./x")>()`, with what is picked out of the module.
            (r#"\b(typeof\s+import\s*\(\s*(?:'[^'\n]*'|"[^"\n]*")\s*\)(?:\.\w+)*)"#, "any", |_, _| true),
            // `let x: import("y").T`; a call of the import is an expression.
            (
                r#"(?:[:<|,]|\bas|\bextends)\s*(import\s*\(\s*(?:'[^'\n]*'|"[^"\n]*")\s*\)(?:\.\w+)+)"#,
                "_",
                |found, text| {
                    !text[found.get(1).map_or(0, |part| part.end())..].trim_start().starts_with('(')
                },
            ),
            // A template whose tag has type arguments.
            (r"[\w$](<[^`;()=]*?>)`", "", |_, _| true),
            (r"\bexport\s+(type)\s+\*", "", |_, _| true),
            // A lone `&` in the text of an element.
            ("(&)", "", |found, text| {
                let Some(part) = found.get(1) else { return false };
                is_in_element(&text[..part.start()], &text[part.end()..])
            }),
        ];
        let compiled = all
            .into_iter()
            .filter_map(|(regex, word, fits)| Some(Form { regex: Regex::new(regex).ok()?, word, fits }));
        compiled.collect()
    })
}

/// Whether a lone `&` stands in the text of an element: after the end of a tag or hole and before the start of one.
fn is_in_element(before: &str, after: &str) -> bool {
    if before.ends_with('&') || after.starts_with('&') || begins_entity(after) {
        return false;
    }
    let mut before = before;
    let starts = loop {
        let Some(at) = before.rfind(['>', '}', '<', '{', ';']) else { break false };
        match &before[at..=at] {
            ";" => match before[..at].rfind('&').filter(|from| begins_entity(&before[from + 1..])) {
                Some(from) => before = &before[..from],
                None => break false,
            },
            ">" => break !before[..at].ends_with('='),
            sign => break sign == "}",
        }
    };
    let mut after = after;
    while let Some((text, entity)) = after.split_once('&').filter(|(text, _)| !text.contains(['<', '{'])) {
        let end = entity.find(';').filter(|_| begins_entity(entity));
        after = end.map_or(entity, |end| &entity[end + 1..]);
        if text.contains(';') {
            return false;
        }
    }
    starts && after.find(['<', '{', ';', '>']).is_some_and(|at| matches!(&after[at..=at], "<" | "{"))
}

/// Whether the text after a `&` makes it an entity: `amp;`.
fn begins_entity(text: &str) -> bool {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
    end.is_some_and(|at| at > 0 && text[at..].starts_with(';'))
}
