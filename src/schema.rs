//! Which fields the rows and objects of a program have, as files beside the code declare it: Prisma, SQL, GraphQL, OpenAPI.
//!
//! One reader per format, all of them to one plain type. What a client library calls a model, and what declares a schema in
//! code, is not known here.

mod graphql;
mod openapi;
mod prisma;
mod sql;

pub use sql::{Selection, selection};

use crate::ir::Sym;
use crate::text::{FileId, Files, Notice, NoticeKind, Span};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Fields one file may declare; more are left out with a notice.
const MAX_FIELDS: usize = 50_000;

/// One declared model, table, type or component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// Its names: as code says it first, then as the database does.
    pub names: Vec<Sym>,
    /// Its fields, in source order.
    pub fields: Vec<Field>,
}

/// One declared field or column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name in code.
    pub name: Sym,
    /// Name in the database, where it differs.
    pub column: Option<Sym>,
    /// The type's own name, without list and null marks.
    pub kind: Sym,
}

/// Every schema that the files of a tree declare, by name.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    list: Vec<Schema>,
    /// Name without case and `_` → indices into `list`.
    by_name: FxHashMap<String, Vec<u32>>,
}

impl Schemas {
    /// The schemas of a name, however it is spelled: `patient_record`, `PatientRecord`, `public.patient_record`.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Schema> {
        self.by_name.get(&plain(name)).into_iter().flatten().map(|i| &self.list[*i as usize])
    }

    fn add(&mut self, schema: Schema) {
        let index = self.list.len() as u32;
        for name in &schema.names {
            let entry = self.by_name.entry(plain(name)).or_default();
            if entry.last() != Some(&index) {
                entry.push(index);
            }
        }
        self.list.push(schema);
    }
}

/// Reads every schema file. Never fails: what is broken becomes a notice, and the rest is still read.
pub fn read(files: &Files) -> (Schemas, Vec<Notice>) {
    let declared: Vec<(FileId, Format)> =
        files.iter().filter_map(|(id, f)| Some((id, Format::of(&f.path)?))).collect();
    let read: Vec<(Vec<Schema>, Vec<Notice>)> =
        declared.into_par_iter().map(|(id, format)| read_file(files, id, format)).collect();
    let (mut schemas, mut notices) = (Schemas::default(), Vec::new());
    for (list, mut found) in read {
        list.into_iter().for_each(|schema| schemas.add(schema));
        notices.append(&mut found);
    }
    (schemas, notices)
}

/// What the readers of single formats hand over.
#[derive(Debug, Default)]
struct Page {
    schemas: Vec<Schema>,
    /// Byte offsets of what was not understood.
    broken: Vec<usize>,
    fields: usize,
    full: bool,
}

impl Page {
    /// Adds a schema; a name that stands again (`ALTER TABLE`, `extend type`) gains fields.
    fn push(&mut self, names: Vec<Sym>, fields: Vec<Field>) {
        self.fields += fields.len();
        if self.fields > MAX_FIELDS {
            self.full = true;
            return;
        }
        self.schemas.push(Schema { names, fields });
    }
}

/// How a schema file is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    Prisma,
    Sql,
    GraphQl,
    OpenApi,
}

impl Format {
    fn of(path: &str) -> Option<Format> {
        let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
        let (stem, extension) = name.rsplit_once('.')?;
        match extension {
            "prisma" => Some(Format::Prisma),
            "sql" | "ddl" => Some(Format::Sql),
            "graphql" | "graphqls" | "gql" => Some(Format::GraphQl),
            "json" | "yaml" | "yml" if stem.contains("openapi") || stem.contains("swagger") => {
                Some(Format::OpenApi)
            }
            _ => None,
        }
    }
}

fn read_file(files: &Files, id: FileId, format: Format) -> (Vec<Schema>, Vec<Notice>) {
    let file = files.get(id);
    let notice = |at: Option<usize>, kind, message: &str| {
        let line = at.map(|at| files.region(Span::new(id, at, at)).start_line);
        Notice { path: file.path.to_string(), line, kind, message: message.to_owned() }
    };
    let page = catch_unwind(AssertUnwindSafe(|| {
        let mut page = Page::default();
        match format {
            Format::Prisma => prisma::read(&file.text, &mut page),
            Format::Sql => sql::read(&file.text, &mut page),
            Format::GraphQl => graphql::read(&file.text, &mut page),
            Format::OpenApi => openapi::read(&file.path, &file.text, &mut page),
        }
        page
    }));
    let Ok(page) = page else {
        let message = "the reader of this format failed; the file was left out";
        return (Vec::new(), vec![notice(None, NoticeKind::Internal, message)]);
    };
    let mut notices: Vec<Notice> = page
        .broken
        .first()
        .map(|at| {
            notice(
                Some(*at),
                NoticeKind::Partial,
                "a declaration from here on was not understood; its fields are unknown",
            )
        })
        .into_iter()
        .collect();
    if page.full {
        notices.push(notice(None, NoticeKind::Budget, "declares too many fields; the rest was left out"));
    }
    (page.schemas, notices)
}

/// A name without schema, case and separators.
fn plain(name: &str) -> String {
    let last = name.rsplit('.').next().unwrap_or(name);
    last.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_spelled() {
        let mut schemas = Schemas::default();
        let fields = vec![Field { name: "ssn".into(), column: None, kind: "text".into() }];
        schemas.add(Schema { names: vec!["PatientRecord".into(), "patient_records".into()], fields });
        assert_eq!(schemas.named("public.patient_record").count(), 1);
        assert_eq!(schemas.named("patientRecords").count(), 1);
        assert_eq!(schemas.named("patient").count(), 0);
    }
}
