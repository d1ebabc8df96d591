//! TOML.

use super::leaf::{self, DEPTH, Leaf, Page, Scalar};
use super::lines;
use crate::text::NoticeKind;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Every scalar with its key path, in the order of the file; list elements are numbered.
pub(super) fn read(text: &str, page: &mut Page) {
    let (table, errors) = DeTable::parse_recoverable(text);
    if let Some(error) = errors.first() {
        page.broken(error.span().map_or(0, |s| s.start), format!("not valid TOML: {}", error.message()));
    }
    let first = page.leaves.len();
    if let Some(at) = (Walk { text, page }).table(table.get_ref(), &mut Vec::new()) {
        let message = format!("nested deeper than {DEPTH} levels; what lies below was not read");
        page.note(at, NoticeKind::Partial, message);
    }
    page.leaves[first..].sort_by_key(|leaf| leaf.span.start);
}

/// Every comment, in order of position.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    let tokens = toml_parser::Source::new(text).lex();
    let comments = tokens.filter(|token| token.kind() == toml_parser::lexer::TokenKind::Comment);
    comments.map(|token| token.span().start()..token.span().end()).collect()
}

struct Walk<'t, 'p> {
    text: &'t str,
    page: &'p mut Page,
}

impl Walk<'_, '_> {
    /// Reads a table; where it nests too deeply, the first such place.
    fn table(&mut self, table: &DeTable, path: &mut Vec<String>) -> Option<usize> {
        let mut too_deep = None;
        for (key, value) in table {
            path.push(leaf::key(key.get_ref()));
            let deep = self.value(value, key.span(), path);
            too_deep = too_deep.or(deep);
            path.pop();
        }
        too_deep
    }

    fn value(
        &mut self,
        value: &Spanned<DeValue>,
        key: Range<usize>,
        path: &mut Vec<String>,
    ) -> Option<usize> {
        if path.len() > DEPTH {
            return Some(key.start);
        }
        if self.page.full {
            return None;
        }
        let (text, scalar) = match value.get_ref() {
            DeValue::Table(table) => return self.table(table, path),
            DeValue::Array(array) => {
                let mut too_deep = None;
                for (index, element) in array.iter().enumerate() {
                    path.push(index.to_string());
                    let deep = self.value(element, key.clone(), path);
                    too_deep = too_deep.or(deep);
                    path.pop();
                }
                return too_deep;
            }
            DeValue::String(text) => (text.to_string(), Scalar::Text),
            DeValue::Integer(number) => (number.as_str().to_owned(), Scalar::Number),
            DeValue::Float(number) => (number.as_str().to_owned(), Scalar::Number),
            DeValue::Boolean(value) => (value.to_string(), Scalar::Bool),
            DeValue::Datetime(date) => (date.to_string(), Scalar::Text),
        };
        let span = if scalar == Scalar::Text { self.inside(value.span()) } else { value.span() };
        let key_span = lines::unquote(self.text, key);
        self.page.push(Leaf { path: path.clone(), value: text, span, key_span, scalar, ..Leaf::default() });
        None
    }

    /// A text without its quotes, which the parser counts.
    fn inside(&self, span: Range<usize>) -> Range<usize> {
        let shown = self.text.get(span.clone()).unwrap_or("");
        let triple =
            ["\"\"\"", "'''"].iter().any(|q| shown.len() >= 6 && shown.starts_with(q) && shown.ends_with(q));
        if triple { span.start + 3..span.end - 3 } else { lines::unquote(self.text, span) }
    }
}
