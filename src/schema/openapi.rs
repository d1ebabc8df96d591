//! OpenAPI and Swagger: the properties of named components.

use super::{Field, Page};
use crate::config;
use crate::ir::Sym;
use ustr::ustr;

/// Reads the component schemas of a description.
pub(super) fn read(path: &str, text: &str, page: &mut Page) {
    let mut found: Vec<(Sym, Vec<Field>)> = Vec::new();
    for (path, value) in config::scalars(path, text) {
        let below = match path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["components", "schemas", ..] => &path[2..],
            ["definitions", ..] => &path[1..],
            _ => continue,
        };
        let Some((component, rest)) = below.split_first() else { continue };
        // `allOf: [{$ref: …}, {properties: …}]` declares its own properties one level further in.
        let rest = match rest {
            [all, _, inner @ ..] if all == "allOf" => inner,
            other => other,
        };
        let [properties, property, detail @ ..] = rest else { continue };
        if properties != "properties" {
            continue;
        }
        let kind = match detail {
            [key] if key == "type" => value.as_str(),
            [key] if key == "$ref" => value.rsplit('/').next().unwrap_or(""),
            [items, key] if items == "items" && key == "$ref" => value.rsplit('/').next().unwrap_or(""),
            _ => "",
        };
        let component = ustr(component);
        if found.last().is_none_or(|(name, _)| *name != component) {
            found.push((component, Vec::new()));
        }
        let Some((_, fields)) = found.last_mut() else { continue };
        let name = ustr(property);
        match fields.iter_mut().find(|f| f.name == name) {
            Some(known) if known.kind.is_empty() => known.kind = ustr(kind),
            Some(_) => {}
            None => fields.push(Field { name, column: None, kind: ustr(kind) }),
        }
    }
    found.into_iter().for_each(|(name, fields)| page.push(vec![name], fields));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_of_components() {
        let mut page = Page::default();
        let text = "components:\n  schemas:\n    Patient:\n      type: object\n      properties:\n        ssn: {type: string, maxLength: 9}\n        doctor:\n          $ref: '#/components/schemas/Doctor'\n";
        read("openapi.yaml", text, &mut page);
        let [schema] = &page.schemas[..] else { panic!("{page:?}") };
        let fields: Vec<(&str, &str)> =
            schema.fields.iter().map(|f| (f.name.as_str(), f.kind.as_str())).collect();
        assert_eq!(fields, [("ssn", "string"), ("doctor", "Doctor")]);
    }
}
