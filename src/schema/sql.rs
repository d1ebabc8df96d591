//! SQL: the tables that `CREATE TABLE` and `ALTER TABLE` declare, and the columns that a `SELECT` gives.

use super::{Field, Page};
use crate::ir::Sym;
use sqlparser::ast::{
    AlterTableOperation, ColumnDef, Expr, Ident, ObjectName, Query, Select, SelectItem,
    SelectItemQualifiedWildcardKind, SetExpr, Statement, TableFactor, TableWithJoins,
};
use sqlparser::dialect::{
    Dialect, GenericDialect, MsSqlDialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect,
};
use sqlparser::parser::Parser;
use ustr::ustr;

/// Nesting that is parsed.
const DEPTH: usize = 40;
/// Bytes of one statement that are parsed.
const STATEMENT: usize = 200_000;
/// Derived tables a projection is looked for in.
const NESTED: usize = 6;

/// Reads the tables a script declares. Only what declares tables is parsed, one statement at a time.
pub(super) fn read(text: &str, page: &mut Page) {
    for start in declarations(text) {
        let statement = &text[start..];
        let statement = &statement[..end_of_statement(statement)];
        let Some(parsed) = parse(statement) else {
            page.broken.push(start);
            continue;
        };
        match parsed {
            Statement::CreateTable(table) => {
                page.push(vec![name(&table.name)], table.columns.iter().map(field).collect());
            }
            Statement::AlterTable(change) => {
                let added = change.operations.iter().filter_map(|operation| match operation {
                    AlterTableOperation::AddColumn { column_def, .. } => Some(field(column_def)),
                    _ => None,
                });
                let added: Vec<Field> = added.collect();
                if !added.is_empty() {
                    page.push(vec![name(&change.name)], added);
                }
            }
            _ => {}
        }
    }
}

/// What a query gives: named columns, and tables of which it gives every column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Name in the result, and the column it is, where that is one.
    pub columns: Vec<(Sym, Sym)>,
    /// Tables read from.
    pub tables: Vec<Sym>,
    /// Those of which all columns are given.
    pub whole: Vec<Sym>,
}

/// The columns of a `SELECT`; `None` for anything else. Placeholders of every driver are understood.
pub fn selection(sql: &str) -> Option<Selection> {
    let head = sql.trim_start().get(..6)?.to_ascii_lowercase();
    if !(head == "select" || head.starts_with("with")) || sql.len() > STATEMENT {
        return None;
    }
    let Statement::Query(query) = parse(&without_placeholders(sql))? else { return None };
    let mut selection = Selection::default();
    collect(&query, &mut selection, 0);
    (!selection.tables.is_empty()).then_some(selection)
}

fn collect(query: &Query, into: &mut Selection, depth: usize) {
    if depth > NESTED {
        return;
    }
    let mut open = vec![query.body.as_ref()];
    while let Some(body) = open.pop() {
        match body {
            SetExpr::Select(select) => of_select(query, select, into, depth),
            SetExpr::Query(inner) => collect(inner, into, depth + 1),
            SetExpr::SetOperation { left, right, .. } => open.extend([left.as_ref(), right.as_ref()]),
            _ => {}
        }
    }
}

fn of_select(query: &Query, select: &Select, into: &mut Selection, depth: usize) {
    let from = sources(&select.from);
    let add = |into: &mut Selection, wanted: Option<&str>| {
        for source in from.iter().filter(|s| wanted.is_none_or(|w| s.is_called(w))) {
            match &source.of {
                Of::Table(table) => match with_query(query, table) {
                    Some(inner) => collect(inner, into, depth + 1),
                    None => into.whole.push(*table),
                },
                Of::Query(inner) => collect(inner, into, depth + 1),
            }
        }
    };
    for item in &select.projection {
        match item {
            SelectItem::UnnamedExpr(expr) => {
                into.columns.extend(column(expr).map(|c| (c, c)));
            }
            SelectItem::ExprWithAlias { expr, alias } => {
                let alias = ustr(&alias.value);
                into.columns.push((alias, column(expr).unwrap_or(alias)));
            }
            SelectItem::Wildcard(_) => add(into, None),
            SelectItem::QualifiedWildcard(SelectItemQualifiedWildcardKind::ObjectName(of), _) => {
                add(into, Some(&name(of)));
            }
            _ => {}
        }
    }
    into.tables.extend(from.iter().filter_map(|source| match source.of {
        Of::Table(table) => Some(table),
        Of::Query(_) => Some(source.alias?),
    }));
}

/// One thing a `FROM` names.
struct Table<'q> {
    of: Of<'q>,
    alias: Option<Sym>,
}

enum Of<'q> {
    Table(Sym),
    Query(&'q Query),
}

impl Table<'_> {
    fn is_called(&self, wanted: &str) -> bool {
        let table = match self.of {
            Of::Table(table) => Some(table),
            Of::Query(_) => None,
        };
        self.alias.or(table).is_some_and(|n| n.eq_ignore_ascii_case(wanted))
            || table.is_some_and(|n| n.eq_ignore_ascii_case(wanted))
    }
}

fn sources(from: &[TableWithJoins]) -> Vec<Table<'_>> {
    let factors =
        from.iter().flat_map(|f| std::iter::once(&f.relation).chain(f.joins.iter().map(|j| &j.relation)));
    let called = |alias: &Option<sqlparser::ast::TableAlias>| alias.as_ref().map(|a| ustr(&a.name.value));
    factors
        .filter_map(|factor| match factor {
            TableFactor::Table { name: table, alias, .. } => {
                Some(Table { of: Of::Table(name(table)), alias: called(alias) })
            }
            TableFactor::Derived { subquery, alias, .. } => {
                Some(Table { of: Of::Query(subquery), alias: called(alias) })
            }
            _ => None,
        })
        .collect()
}

/// The query that `WITH name AS (…)` names.
fn with_query<'q>(query: &'q Query, table: &str) -> Option<&'q Query> {
    let with = query.with.as_ref()?;
    let found = with.cte_tables.iter().find(|c| c.alias.name.value.eq_ignore_ascii_case(table))?;
    Some(&found.query)
}

/// The column an expression gives as it is, or inside one call of a function: `p.ssn`, `lower(p.email)`.
fn column(expr: &Expr) -> Option<Sym> {
    match expr {
        Expr::Identifier(ident) => Some(ustr(&ident.value)),
        Expr::CompoundIdentifier(parts) => parts.last().map(|p| ustr(&p.value)),
        Expr::Nested(inner) | Expr::Cast { expr: inner, .. } => column(inner),
        _ => None,
    }
}

fn field(column: &ColumnDef) -> Field {
    let kind = column.data_type.to_string().to_ascii_lowercase();
    Field {
        name: ustr(&column.name.value),
        column: None,
        kind: ustr(kind.split(['(', ' ']).next().unwrap_or("")),
    }
}

/// A table's own name, without schema and quotes.
fn name(name: &ObjectName) -> Sym {
    let last: Option<&Ident> = name.0.last().and_then(|part| part.as_ident());
    ustr(last.map_or("", |ident| ident.value.as_str()))
}

fn parse(statement: &str) -> Option<Statement> {
    let dialects: [&dyn Dialect; 5] =
        [&GenericDialect {}, &PostgreSqlDialect {}, &MySqlDialect {}, &SQLiteDialect {}, &MsSqlDialect {}];
    dialects.into_iter().find_map(|dialect| {
        let parser = Parser::new(dialect).with_recursion_limit(DEPTH).try_with_sql(statement);
        parser.ok()?.parse_statement().ok()
    })
}

/// Where declarations of tables start: the words begin a line or follow a `;`.
fn declarations(text: &str) -> Vec<usize> {
    let lower = text.to_ascii_lowercase();
    let mut found: Vec<usize> = ["create ", "alter "]
        .iter()
        .flat_map(|head| lower.match_indices(head))
        .map(|(at, _)| at)
        .filter(|at| {
            let before = lower[..*at].trim_end_matches([' ', '\t']);
            let words = lower[*at..].split_whitespace().skip(1).take(4);
            let table = words.take_while(|w| *w != "as").any(|w| w == "table");
            table && (before.is_empty() || before.ends_with(['\n', '\r', ';']))
        })
        .collect();
    found.sort_unstable();
    found
}

/// Where the declaration ends: after the list of columns, or at the `;`.
fn end_of_statement(text: &str) -> usize {
    let create = text.get(..6).is_some_and(|head| head.eq_ignore_ascii_case("create"));
    let (mut depth, mut quote): (usize, Option<char>) = (0, None);
    for (at, c) in text.char_indices() {
        if at > STATEMENT {
            return at;
        }
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"' | '`') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => {
                depth = depth.saturating_sub(1);
                if depth == 0 && create {
                    return at + 1;
                }
            }
            (None, ';') if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

/// Placeholders of drivers that are no SQL (`%s`, `%(id)s`, `{}`) as values.
fn without_placeholders(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql;
    while let Some(at) = rest.find(['%', '{']) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let length = match tail.as_bytes() {
            [b'%', b's' | b'd', ..] => 2,
            [b'%', b'(', ..] => tail.find(")s").map_or(1, |end| end + 2),
            [b'{', ..] => tail.find('}').map_or(1, |end| end + 1),
            _ => {
                out.push('%');
                rest = &tail[1..];
                continue;
            }
        };
        out.push_str("NULL");
        rest = &tail[length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(sql: &str) -> Vec<(&'static str, &'static str)> {
        let found = selection(sql).map(|s| s.columns).unwrap_or_default();
        found.into_iter().map(|(a, c)| (a.as_str(), c.as_str())).collect()
    }

    #[test]
    fn a_projection_names_columns_and_whole_tables() {
        let sql = "SELECT p.name, p.ssn AS number, count(*) AS n FROM patients p WHERE id = %s";
        assert_eq!(columns(sql), [("name", "name"), ("number", "ssn"), ("n", "n")]);
        let all = selection("select v.*, p.id from visits v join patients p on p.id = v.patient_id")
            .expect("a query");
        assert_eq!((all.whole, all.columns.len()), (vec![ustr("visits")], 1));
        let inner = selection("with x as (select ssn from patients) select * from x").expect("a query");
        assert_eq!(inner.columns, [(ustr("ssn"), ustr("ssn"))]);
        assert_eq!(selection("update patients set name = ?"), None);
        assert_eq!(selection("select 1"), None);
    }

    #[test]
    fn declarations_are_found_among_everything_else() {
        let mut page = Page::default();
        let text = "-- create table old (a int);\nINSERT INTO x VALUES (1);\nCREATE TABLE IF NOT EXISTS public.patients (\n id serial PRIMARY KEY,\n ssn varchar(11) NOT NULL,\n active boolean DEFAULT true\n) PARTITION BY x;\nALTER TABLE patients ADD COLUMN diagnosis text;\ncreate table broken (((;";
        read(text, &mut page);
        let names: Vec<&str> = page.schemas.iter().flat_map(|s| &s.fields).map(|f| f.name.as_str()).collect();
        assert_eq!(names, ["id", "ssn", "active", "diagnosis"]);
        assert_eq!(page.broken.len(), 1);
    }
}
