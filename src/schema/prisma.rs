//! Prisma schemas: `model Patient { ssn String @map("ssn_no") … @@map("patients") }`.

use super::{Field, Page};
use crate::ir::Sym;
use ustr::ustr;

/// Reads the models, views and composite types of a schema. The grammar is one of lines.
pub(super) fn read(text: &str, page: &mut Page) {
    let mut open: Option<(Vec<Sym>, Vec<Field>)> = None;
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or("").trim();
        match &mut open {
            None => open = opened(line).map(|name| (vec![ustr(name)], Vec::new())),
            Some(_) if line.starts_with('}') => {
                if let Some((names, fields)) = open.take() {
                    page.push(names, fields);
                }
            }
            Some((names, _)) if line.starts_with("@@") => {
                names.extend(line.strip_prefix("@@map").and_then(quoted).map(ustr));
            }
            Some((_, fields)) => fields.extend(field(line)),
        }
    }
}

fn opened(line: &str) -> Option<&str> {
    let mut words = line.trim_end_matches('{').split_whitespace();
    match (words.next()?, words.next()?, line.ends_with('{')) {
        ("model" | "view" | "type", name, true) => Some(name),
        _ => None,
    }
}

fn field(line: &str) -> Option<Field> {
    let mut words = line.split_whitespace();
    let (name, kind) = (words.next()?, words.next()?);
    let kind = kind.split(['?', '[', '(']).next()?;
    let column = line.find("@map").and_then(|at| quoted(&line[at..])).map(ustr);
    Some(Field { name: ustr(name), column, kind: ustr(kind) })
}

/// The first text in double quotes.
fn quoted(text: &str) -> Option<&str> {
    text.split('"').nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_with_renamed_columns() {
        let mut page = Page::default();
        let text = "generator c { provider = \"x\" }\nmodel Patient {\n  id Int @id\n  /// note\n  nationalId String? @map(\"ssn\") // secret\n  visits Visit[]\n  @@map(\"patients\")\n}\nenum Role { A }";
        read(text, &mut page);
        let [schema] = &page.schemas[..] else { panic!("{page:?}") };
        assert_eq!(schema.names, ["Patient", "patients"].map(ustr));
        assert_eq!(
            schema.fields[1],
            Field { name: ustr("nationalId"), column: Some(ustr("ssn")), kind: ustr("String") }
        );
        assert_eq!(schema.fields[2].kind, ustr("Visit"));
        assert_eq!(schema.fields.len(), 3);
    }
}
