//! GraphQL schemas: `type Patient { ssn: String! }`, inputs and interfaces alike.

use super::{Field, Page};
use crate::ir::Sym;
use apollo_parser::Parser;
use apollo_parser::cst::{Definition, FieldsDefinition, InputFieldsDefinition, Name, Type};
use ustr::ustr;

/// Nesting and tokens that are parsed.
const DEPTH: usize = 60;
const TOKENS: usize = 400_000;

/// Reads the object types, interfaces and inputs of a schema.
pub(super) fn read(text: &str, page: &mut Page) {
    let tree = Parser::new(text).recursion_limit(DEPTH).token_limit(TOKENS).parse();
    page.broken.extend(tree.errors().take(1).map(|error| error.index()));
    for definition in tree.document().definitions() {
        let (name, fields) = match definition {
            Definition::ObjectTypeDefinition(d) => (d.name(), of(d.fields_definition())),
            Definition::ObjectTypeExtension(d) => (d.name(), of(d.fields_definition())),
            Definition::InterfaceTypeDefinition(d) => (d.name(), of(d.fields_definition())),
            Definition::InputObjectTypeDefinition(d) => (d.name(), of_input(d.input_fields_definition())),
            _ => continue,
        };
        if let Some(name) = name {
            page.push(vec![symbol(&name)], fields);
        }
    }
}

fn of(fields: Option<FieldsDefinition>) -> Vec<Field> {
    let fields = fields.into_iter().flat_map(|f| f.field_definitions());
    fields.filter_map(|f| field(f.name()?, f.ty()?)).collect()
}

fn of_input(fields: Option<InputFieldsDefinition>) -> Vec<Field> {
    let fields = fields.into_iter().flat_map(|f| f.input_value_definitions());
    fields.filter_map(|f| field(f.name()?, f.ty()?)).collect()
}

fn field(name: Name, mut kind: Type) -> Option<Field> {
    loop {
        kind = match kind {
            Type::NamedType(named) => {
                return Some(Field { name: symbol(&name), column: None, kind: symbol(&named.name()?) });
            }
            Type::ListType(list) => list.ty()?,
            Type::NonNullType(inner) => match (inner.named_type(), inner.list_type()) {
                (Some(named), _) => Type::NamedType(named),
                (None, list) => Type::ListType(list?),
            },
        };
    }
}

fn symbol(name: &Name) -> Sym {
    ustr(&name.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_inputs() {
        let mut page = Page::default();
        read(
            "type Patient @key(fields: \"id\") { id: ID! ssn: String visits(last: Int): [Visit!]! }\ninput NewPatient { email: String! }",
            &mut page,
        );
        let all: Vec<(&str, &str)> =
            page.schemas.iter().flat_map(|s| &s.fields).map(|f| (f.name.as_str(), f.kind.as_str())).collect();
        assert_eq!(all, [("id", "ID"), ("ssn", "String"), ("visits", "Visit"), ("email", "String")]);
        assert!(page.broken.is_empty());
    }
}
