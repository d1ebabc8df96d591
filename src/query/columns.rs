//! Which columns a read names: `SELECT a, b FROM t`, `select: { a: true }`, `.values("a", "b")`.

use crate::graph::{Graph, Node};
use crate::ir::*;
use crate::query::origins::Origin;
use crate::query::{Ctx, Solver, State};
use ustr::ustr;

/// The columns of one read, and the table they are of when it is named.
#[derive(Debug, PartialEq, Eq)]
pub struct Columns {
    /// Column names.
    pub names: Vec<Sym>,
    /// Table or model name.
    pub table: Option<Sym>,
}

impl Solver<'_> {
    /// The columns the call names; `None` when it reads them all or does not say.
    pub fn columns(&mut self, call: Node, ctx: Ctx) -> Option<Columns> {
        let graph = self.graph;
        let Op::Call { callee, args } = graph.op(call) else { return None };
        let mut names: Vec<Sym> = Vec::new();
        for arg in args {
            let value = State::whole(Node { module: call.module, value: arg.value }, ctx);
            for origin in self.origins(&value).iter() {
                match origin {
                    Origin::Const(node) => {
                        let Op::Const(Const::Str(text)) = graph.op(*node) else { continue };
                        if let Some(columns) = selected(text) {
                            return Some(columns);
                        }
                        if lists_names(graph, Node { module: call.module, value: *callee }) {
                            names.push(*text);
                        }
                    }
                    Origin::Object(node, _) => names.extend(select_option(graph, *node)),
                    _ => {}
                }
            }
        }
        (!names.is_empty()).then_some(Columns { names, table: None })
    }
}

/// The columns of an SQL `SELECT`; `None` for `*` and for anything else.
fn selected(sql: &str) -> Option<Columns> {
    let lower = sql.to_ascii_lowercase();
    let start = lower.find("select ")? + "select ".len();
    let end = start + lower[start..].find(" from ")?;
    let table =
        sql[end + " from ".len()..].split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.').next();
    let names: Vec<Sym> = sql[start..end]
        .split(',')
        .map(|column| {
            // `count(*) as n` is named by its alias, `t.name` by its column.
            let last = column.split_whitespace().last().unwrap_or("");
            last.rsplit('.').next().unwrap_or(last).trim_matches(['"', '`', '[', ']'])
        })
        .map(ustr)
        .collect();
    let whole = names.iter().any(|n| n.as_str() == "*" || n.is_empty());
    (!whole).then(|| Columns { names, table: table.filter(|t| !t.is_empty()).map(ustr) })
}

/// The keys of a `select` option.
fn select_option(graph: &Graph, object: Node) -> Vec<Sym> {
    let module = graph.module(object);
    let Op::Alloc { items, .. } = graph.op(object) else { return Vec::new() };
    let chosen = items.iter().find(|(k, _)| matches!(k, Key::Field(n) if n.as_str() == "select"));
    let Some((_, value)) = chosen else { return Vec::new() };
    let Op::Alloc { items, .. } = &module.inst(*value).op else { return Vec::new() };
    items
        .iter()
        .filter(|(_, v)| !matches!(module.inst(*v).op, Op::Const(Const::Bool(false))))
        .filter_map(|(k, _)| match k {
            Key::Field(name) => Some(*name),
            _ => None,
        })
        .collect()
}

/// Whether the callee takes column names one by one.
fn lists_names(graph: &Graph, callee: Node) -> bool {
    match graph.op(callee) {
        Op::Load { key: Key::Field(name), .. } => {
            matches!(name.as_str(), "values" | "values_list" | "only" | "pluck")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn select_lists_are_read() {
        let columns =
            selected("SELECT p.name, p.ssn AS number FROM patients p WHERE id = ?").expect("columns");
        assert_eq!(columns.names, ["name", "number"].map(ustr));
        assert_eq!(columns.table, Some(ustr("patients")));
        assert_eq!(selected("select * from patients"), None);
        assert_eq!(selected("update patients set name = ?"), None);
    }
}
