//! HCL: attributes, blocks, and the calls and conditions a value may hide in.

use super::leaf::{DEPTH, Leaf, Page, Scalar, key, lines};
use super::lines::{trim, unquote};
use crate::text::NoticeKind;
use hcl_edit::Span;
use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::{Body, Structure};
use std::ops::Range;

/// Every scalar with its path: block, labels, attribute. `var.x` becomes `${var.x}`, as it would stand in a string.
pub(super) fn read(text: &str, page: &mut Page) {
    match hcl_edit::parser::parse_body(text) {
        Ok(body) => Walk { text, page }.body(&body, &mut Vec::new()),
        Err(error) => {
            page.broken(
                error.location().offset().min(text.len()),
                format!("not valid HCL: {}; read line by line instead", error.message()),
            );
            assignments(text, page);
        }
    }
}

struct Walk<'a, 'p> {
    text: &'a str,
    page: &'p mut Page,
}

impl Walk<'_, '_> {
    fn body(&mut self, body: &Body, path: &mut Vec<String>) {
        if path.len() > DEPTH {
            let at = body.span().map_or(0, |span| span.start);
            return self.too_deep(at);
        }
        for structure in body {
            match structure {
                Structure::Attribute(attribute) => {
                    path.push(key(attribute.key.to_string().trim()));
                    self.expression(&attribute.value, attribute.key.span().unwrap_or(0..0), path, 0);
                    path.pop();
                }
                Structure::Block(block) => {
                    let depth = path.len();
                    path.push(key(block.ident.to_string().trim()));
                    path.extend(block.labels.iter().map(|label| key(label.as_str())));
                    self.body(&block.body, path);
                    path.truncate(depth);
                }
            }
        }
    }

    fn expression(
        &mut self,
        expression: &Expression,
        key: Range<usize>,
        path: &mut Vec<String>,
        depth: usize,
    ) {
        let span = expression.span().unwrap_or(0..0);
        if depth > DEPTH {
            return self.too_deep(span.start);
        }
        if self.page.full {
            return;
        }
        let depth = depth + 1;
        match expression {
            Expression::String(value) => self.push(value.as_str().to_owned(), Scalar::Text, span, key, path),
            Expression::StringTemplate(_) => {
                let inner = unquote(self.text, span);
                let value = self.text.get(inner.clone()).unwrap_or("").to_owned();
                self.push(value, Scalar::Text, inner, key, path);
            }
            Expression::HeredocTemplate(_) => {
                let written = self.text.get(span.clone()).unwrap_or("").to_owned();
                self.push(written, Scalar::Text, span, key, path);
            }
            Expression::Number(number) => {
                self.push(number.value().to_string(), Scalar::Number, span, key, path)
            }
            Expression::Bool(value) => self.push(value.to_string(), Scalar::Bool, span, key, path),
            Expression::Null(_) => self.push(String::new(), Scalar::Null, span, key, path),
            Expression::Variable(_) | Expression::Traversal(_) => {
                let written = self.text.get(span.clone()).unwrap_or("").trim().to_owned();
                self.push(format!("${{{written}}}"), Scalar::Text, span, key, path);
            }
            Expression::Array(array) => {
                for (index, element) in array.iter().enumerate() {
                    path.push(index.to_string());
                    self.expression(element, key.clone(), path, depth);
                    path.pop();
                }
            }
            Expression::Object(object) => {
                for (name, value) in object {
                    let (name, span) = match name {
                        ObjectKey::Ident(ident) => (ident.as_str().to_owned(), ident.span()),
                        ObjectKey::Expression(Expression::String(s)) => {
                            (s.as_str().to_owned(), s.span().map(|r| unquote(self.text, r)))
                        }
                        ObjectKey::Expression(Expression::Variable(v)) => (v.as_str().to_owned(), v.span()),
                        ObjectKey::Expression(_) => continue,
                    };
                    path.push(self::key(&name));
                    self.expression(value.expr(), span.unwrap_or(0..0), path, depth);
                    path.pop();
                }
            }
            // Either branch, any argument: each is a candidate for the same key.
            Expression::Parenthesis(inner) => self.expression(inner.inner(), key, path, depth),
            Expression::Conditional(c) => {
                self.expression(&c.true_expr, key.clone(), path, depth);
                self.expression(&c.false_expr, key, path, depth);
            }
            Expression::FuncCall(call) => {
                for argument in call.args.iter() {
                    self.expression(argument, key.clone(), path, depth);
                }
            }
            Expression::UnaryOp(_) | Expression::BinaryOp(_) | Expression::ForExpr(_) => {}
        }
    }

    fn too_deep(&mut self, at: usize) {
        let message = format!("nested deeper than {DEPTH} levels; what lies below was not read");
        self.page.note(at, NoticeKind::Partial, message);
    }

    fn push(
        &mut self,
        value: String,
        scalar: Scalar,
        span: Range<usize>,
        key_span: Range<usize>,
        path: &[String],
    ) {
        let span = if scalar == Scalar::Text { unquote(self.text, span) } else { span };
        self.page.push(Leaf { path: path.to_vec(), value, span, key_span, scalar, ..Leaf::default() });
    }
}

/// `key = "value"` lines, for a file that broke.
fn assignments(text: &str, page: &mut Page) {
    for (start, line) in lines(text) {
        let Some((key, value)) = line.split_once('=') else { continue };
        let key_span = unquote(text, trim(key, start));
        let from = start + key.len() + 1;
        let raw = trim(value, from);
        let span = unquote(text, raw.clone());
        let name = &text[key_span.clone()];
        if name.is_empty()
            || name.contains(|c: char| !(c.is_alphanumeric() || "_-".contains(c)))
            || span == raw
        {
            continue;
        }
        page.push(Leaf {
            path: vec![name.to_owned()],
            value: text[span.clone()].to_owned(),
            span,
            key_span,
            ..Leaf::default()
        });
    }
}
