//! JSON with comments, single quotes, bare keys and trailing commas, read token by token: nothing recurses, and what stands before
//! and after a mistake is still read.

use super::leaf::{DEPTH, Leaf, Page, Scalar, key};
use jsonc_parser::tokens::Token;
use jsonc_parser::{Scanner, ScannerOptions};
use std::ops::Range;

/// Every scalar with its key path; list elements are numbered.
pub(super) fn read(text: &str, page: &mut Page) {
    let mut scanner = Scanner::new(text, &ScannerOptions::default());
    let mut state =
        State { path: Vec::new(), stack: Vec::new(), key: None, expects_value: true, broken: false };
    loop {
        let token = match scanner.scan() {
            Ok(Some(token)) => token,
            Ok(None) => break,
            Err(error) => {
                state.complain(error.range().start, &format!("not valid JSON: {}", error.kind()), page);
                return rest(text, scanner.token_start(), &state, page);
            }
        };
        let range = scanner.token_start()..scanner.token_end();
        if let Token::String(_) = token
            && let Some(line) = open_quote(&text[range.clone()])
        {
            state.complain(range.start, "not valid JSON: a quote is never closed", page);
            let value = Token::String(
                text[range.start + 1..range.start + line].trim_end().trim_end_matches(',').to_owned().into(),
            );
            state.take(value, range.start..range.start + line + 1, page);
            return rest(text, range.start, &state, page);
        }
        if !state.take(token, range, page) {
            return;
        }
    }
    if !state.stack.is_empty() {
        state.complain(text.len(), "not valid JSON: a bracket is never closed", page);
    }
}

/// Every comment, in order of position.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    let mut scanner = Scanner::new(text, &ScannerOptions::default());
    let mut found = Vec::new();
    while let Ok(Some(token)) = scanner.scan() {
        if matches!(token, Token::CommentLine(_) | Token::CommentBlock(_)) {
            found.push(scanner.token_start()..scanner.token_end());
        }
    }
    found
}

/// What stands around the current token.
struct State {
    path: Vec<String>,
    /// For each open bracket: the index of the next element of a list, or nothing for an object.
    stack: Vec<Option<usize>>,
    key: Option<Range<usize>>,
    expects_value: bool,
    broken: bool,
}

impl State {
    /// Takes one token; false when reading must end.
    fn take(&mut self, token: Token, range: Range<usize>, page: &mut Page) -> bool {
        match token {
            Token::CommentLine(_) | Token::CommentBlock(_) => {}
            Token::OpenBrace | Token::OpenBracket => {
                if self.stack.len() >= DEPTH {
                    page.broken(
                        range.start,
                        format!("nested deeper than {DEPTH} levels; the rest was not read"),
                    );
                    return false;
                }
                let list = matches!(token, Token::OpenBracket);
                if self.stack.is_empty() {
                    // One value a line: each starts afresh.
                    self.path.clear();
                } else if !self.expects_value {
                    self.complain(
                        range.start,
                        "not valid JSON: a value without a key or comma before it",
                        page,
                    );
                    self.separate();
                    self.path.push(String::new());
                }
                self.stack.push(list.then_some(0));
                self.key = None;
                self.expects_value = list;
                if list {
                    self.path.push("0".to_owned());
                }
            }
            Token::CloseBrace | Token::CloseBracket => {
                self.close(matches!(token, Token::CloseBracket), range.start, page)
            }
            Token::Comma => self.separate(),
            Token::Colon => match (&self.key, self.expects_value) {
                (Some(_), false) => self.expects_value = true,
                _ => self.complain(range.start, "not valid JSON: a colon without a key", page),
            },
            scalar => return self.scalar(scalar, range, page),
        }
        true
    }

    fn scalar(&mut self, token: Token, range: Range<usize>, page: &mut Page) -> bool {
        let (text, scalar, range) = match token {
            Token::String(text) => {
                (text.into_owned(), Scalar::Text, range.start + 1..(range.end - 1).max(range.start + 1))
            }
            Token::Boolean(value) => (value.to_string(), Scalar::Bool, range),
            Token::Number(text) => (text.to_owned(), Scalar::Number, range),
            Token::Null => ("null".to_owned(), Scalar::Null, range),
            Token::Word(text) => (text.to_owned(), Scalar::Text, range),
            _ => return true,
        };
        let in_object = matches!(self.stack.last(), Some(None));
        if in_object && !self.expects_value {
            if self.key.is_some() {
                // The comma before this key is missing.
                self.complain(range.start, "not valid JSON: a comma or colon is missing", page);
                self.path.pop();
            }
            self.path.push(key(&text));
            self.key = Some(range);
            return true;
        }
        if !self.expects_value && !self.stack.is_empty() {
            self.complain(range.start, "not valid JSON: a comma is missing", page);
            self.separate();
        }
        self.expects_value = false;
        let key_span = self.key.clone().unwrap_or(range.start..range.start);
        let value = if scalar == Scalar::Null { String::new() } else { text };
        page.push(Leaf { path: self.path.clone(), value, span: range, key_span, scalar, ..Leaf::default() })
    }

    /// A comma: the next key or element.
    fn separate(&mut self) {
        match self.stack.last_mut() {
            Some(Some(index)) => {
                *index += 1;
                let shown = index.to_string();
                if let Some(last) = self.path.last_mut() {
                    *last = shown;
                }
                self.key = None;
                self.expects_value = true;
            }
            Some(None) => {
                if self.key.take().is_some() {
                    self.path.pop();
                }
                self.expects_value = false;
            }
            None => self.expects_value = true,
        }
    }

    fn close(&mut self, list: bool, at: usize, page: &mut Page) {
        match self.stack.pop() {
            None => self.complain(at, "not valid JSON: a bracket closes nothing", page),
            Some(open) => {
                if open.is_some() != list {
                    self.complain(at, "not valid JSON: a bracket closes one of the other kind", page);
                }
                if open.is_some() || self.key.is_some() {
                    self.path.pop();
                }
            }
        }
        // Back in the container around: its key, if it is an object, has had its value.
        self.key = matches!(self.stack.last(), Some(None)).then_some(at..at);
        self.expects_value = false;
    }

    /// One notice a file: what follows a mistake tends to be more of the same.
    fn complain(&mut self, offset: usize, message: &str, page: &mut Page) {
        if !std::mem::replace(&mut self.broken, true) {
            page.broken(offset, message);
        }
    }
}

/// Where the first line of a string ends, when a line end stands in it that nothing escapes.
fn open_quote(string: &str) -> Option<usize> {
    string
        .find('\n')
        .filter(|n| string.starts_with('"') && !string[..*n].trim_end_matches('\r').ends_with('\\'))
}

/// Goes on after a token that cannot be read: with the next line.
fn rest(text: &str, from: usize, state: &State, page: &mut Page) {
    let Some(next) = text.get(from..).and_then(|t| t.find('\n')).map(|n| from + n + 1) else { return };
    let mut tail = Page { base: next, ..Page::default() };
    lenient(&text[next..], &mut tail, &state.path);
    for leaf in tail.leaves {
        page.push(leaf);
    }
}

/// Reads `"key": scalar` pairs line by line where the structure is lost; they hang below the last known path.
fn lenient(text: &str, page: &mut Page, path: &[String]) {
    for (start, line) in super::leaf::lines(text) {
        let Some(at) = line.find(':') else { continue };
        let key = super::lines::unquote(text, super::lines::trim(&line[..at], start));
        let value = line[at + 1..].trim_end().trim_end_matches(',');
        let value = super::lines::unquote(text, super::lines::trim(value, start + at + 1));
        let (name, shown) = (&text[key.clone()], &text[value.clone()]);
        if name.is_empty()
            || name.contains(['"', '{', '['])
            || shown.is_empty()
            || shown.starts_with(['{', '[', '"'])
        {
            continue;
        }
        let mut path = path[..path.len().saturating_sub(1)].to_vec();
        path.push(name.to_owned());
        page.push(Leaf { path, value: shown.to_owned(), span: value, key_span: key, ..Leaf::default() });
    }
}
