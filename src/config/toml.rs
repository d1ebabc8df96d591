//! TOML.

use super::leaf::{DEPTH, Leaf, Page, Scalar};
use super::lines;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Every scalar with its key path, in the order of the file; list elements are numbered.
pub(super) fn read(text: &str, page: &mut Page) {
    let (table, errors) = DeTable::parse_recoverable(text);
    if let Some(error) = errors.first() {
        page.broken(error.span().map_or(0, |s| s.start), format!("not valid TOML: {}", error.message()));
    }
    let mut leaves = Vec::new();
    walk_table(table.get_ref(), &mut Vec::new(), &mut leaves);
    leaves.sort_by_key(|leaf: &Leaf| leaf.span.start);
    for leaf in leaves {
        // The parser counts the quotes.
        let shown = text.get(leaf.span.clone()).unwrap_or("");
        let triple =
            ["\"\"\"", "'''"].iter().any(|q| shown.len() >= 6 && shown.starts_with(q) && shown.ends_with(q));
        let span = if triple {
            leaf.span.start + 3..leaf.span.end - 3
        } else {
            lines::unquote(text, leaf.span.clone())
        };
        let span = if leaf.scalar == Scalar::Text { span } else { leaf.span.clone() };
        let key_span = lines::unquote(text, leaf.key_span.clone());
        if !page.push(Leaf { span, key_span, ..leaf }) {
            return;
        }
    }
}

/// Every comment, in order of position.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    let tokens = toml_parser::Source::new(text).lex();
    let comments = tokens.filter(|token| token.kind() == toml_parser::lexer::TokenKind::Comment);
    comments.map(|token| token.span().start()..token.span().end()).collect()
}

fn walk_table(table: &DeTable, path: &mut Vec<String>, leaves: &mut Vec<Leaf>) {
    for (key, value) in table {
        path.push(key.get_ref().to_string());
        walk(value, key.span(), path, leaves);
        path.pop();
    }
}

fn walk(value: &Spanned<DeValue>, key_span: Range<usize>, path: &mut Vec<String>, leaves: &mut Vec<Leaf>) {
    if path.len() > DEPTH {
        return;
    }
    let (text, scalar) = match value.get_ref() {
        DeValue::Table(table) => return walk_table(table, path, leaves),
        DeValue::Array(array) => {
            for (index, element) in array.iter().enumerate() {
                path.push(index.to_string());
                walk(element, key_span.clone(), path, leaves);
                path.pop();
            }
            return;
        }
        DeValue::String(text) => (text.to_string(), Scalar::Text),
        DeValue::Integer(number) => (number.as_str().to_owned(), Scalar::Number),
        DeValue::Float(number) => (number.as_str().to_owned(), Scalar::Number),
        DeValue::Boolean(value) => (value.to_string(), Scalar::Bool),
        DeValue::Datetime(date) => (date.to_string(), Scalar::Text),
    };
    leaves.push(Leaf {
        path: path.clone(),
        value: text,
        span: value.span(),
        key_span,
        scalar,
        ..Leaf::default()
    });
}
