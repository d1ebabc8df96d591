//! JSX: an object of its attributes and children, so that handlers and values in it are seen.

use super::grammar::{Field, Kind};
use super::{Lowerer, at};
use crate::ir::*;
use tree_sitter::Node;

impl<'t> Lowerer<'t> {
    pub(super) fn jsx(&mut self, node: Node<'t>) -> ValueId {
        let mut items = Vec::new();
        if !self.b.enter(node.start_byte()) {
            return self.unknown(node);
        }
        let opening = match self.kind(node) {
            Kind::JsxElement => self.field(node, Field::OpenTag),
            _ => Some(node),
        };
        if let Some(opening) = opening {
            for child in self.children(opening) {
                match self.kind(child) {
                    Kind::JsxAttribute => self.jsx_attribute(child, &mut items),
                    Kind::JsxExpression => {
                        if let Some(inner) = self.first_child(child) {
                            let spread = self.kind(inner) == Kind::Spread;
                            let value = self.expression(inner);
                            items.push((if spread { Key::Spread } else { Key::Any }, value));
                        }
                    }
                    _ => {}
                }
            }
        }
        if self.kind(node) == Kind::JsxElement {
            for child in self.children(node) {
                match self.kind(child) {
                    Kind::JsxOpening | Kind::JsxClosing | Kind::JsxText => {}
                    Kind::JsxExpression => {
                        if let Some(inner) = self.first_child(child) {
                            items.push((Key::Any, self.expression(inner)));
                        }
                    }
                    _ => items.push((Key::Any, self.expression(child))),
                }
            }
        }
        self.b.leave();
        self.b.add(Op::Alloc { kind: AllocKind::Object, items: items.into() }, at(node))
    }

    fn jsx_attribute(&mut self, node: Node<'t>, items: &mut Vec<(Key, ValueId)>) {
        let parts = self.children(node);
        let Some((name, rest)) = parts.split_first() else { return };
        let Some(value) = rest.first() else { return };
        let value = match self.kind(*value) {
            Kind::JsxExpression => match self.first_child(*value) {
                Some(inner) => self.expression(inner),
                None => return,
            },
            _ => self.expression(*value),
        };
        items.push((Key::Field(self.symbol(*name)), value));
    }
}
