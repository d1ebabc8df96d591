//! Declared types: which names they mention.

use super::Lowerer;
use super::syntax::{Kind, SYNTAX, field, kind, span};
use crate::ir::*;
use tree_sitter::Node;
use ustr::ustr;

impl<'t> Lowerer<'t> {
    /// The names a type mentions, also inside quotes, as values. Calls in it (`Annotated[T, Depends(f)]`) are lowered.
    pub fn annotation(&mut self, node: Node<'t>) -> Annotation {
        let text = ustr(self.source(node));
        let mut types = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            match kind(node) {
                Kind::Identifier => {
                    let name = self.sym(node);
                    types.push(self.b.read_late(name, span(node)));
                }
                Kind::Attribute | Kind::MemberType if is_dotted(self.source(node)) => {
                    types.push(self.dotted_type(self.source(node), span(node)));
                }
                Kind::Attribute | Kind::Call | Kind::Lambda | Kind::Conditional => {
                    types.push(self.expr(node));
                }
                Kind::Str => self.quoted(node, &mut types),
                // The strings of a `Literal` are values, not types.
                Kind::Subscript | Kind::GenericType if is_literal(self.source(node)) => {}
                Kind::Subscript => {
                    open.extend(self.children_in(node, SYNTAX.field.subscript).into_iter().rev());
                    open.extend(field(node, SYNTAX.field.value));
                }
                _ => open.extend(self.children(node).into_iter().rev()),
            }
        }
        Annotation { text, types: types.into() }
    }

    fn quoted(&mut self, node: Node<'t>, types: &mut Vec<ValueId>) {
        let source = self.source(node);
        let text = source.trim_matches(['"', '\'']);
        let simple = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '[' | ']' | '|' | ',' | ' ');
        if text.len() == source.len() || !text.chars().all(simple) || is_literal(text) {
            return;
        }
        let names = || text.split(['[', ']', '|', ',']).map(str::trim).filter(|n| !n.is_empty());
        if names().all(is_dotted) {
            for name in names().filter(|n| *n != "None") {
                types.push(self.dotted_type(name, span(node)));
            }
        }
    }

    fn dotted_type(&mut self, path: &str, span: (usize, usize)) -> ValueId {
        let mut names = path.split('.').map(str::trim);
        let mut value = self.b.read_late(ustr(names.next().unwrap_or("")), span);
        for name in names {
            value = self.load(value, Key::Field(ustr(name)), span);
        }
        value
    }
}

fn is_dotted(text: &str) -> bool {
    text.split('.').all(|name| {
        let name = name.trim();
        name.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    })
}

fn is_literal(text: &str) -> bool {
    text.split('[').next().is_some_and(|base| base.trim().rsplit('.').next() == Some("Literal"))
}
