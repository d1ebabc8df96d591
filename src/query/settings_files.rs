//! Which texts a setting has that stands in a file of the tree: the files a reader names, groups of files that make one
//! configuration, and files that are imported like modules.

use super::select::select;
use super::settings::{Asked, part_of};
use super::strings::{Proof, Text};
use super::{Ctx, Solver};
use crate::config::Setting;
use crate::graph::Node;
use crate::ir::*;
use crate::rules::glob;
use crate::rules::reader::Reader;
use crate::text::{FileId, Span};

/// Files that may hold one setting.
const MAX_FILES: usize = 16;

impl Solver<'_> {
    /// What the files hold that a reader names.
    pub(super) fn in_files(
        &mut self,
        reader: &Reader,
        levels: &[String],
        asked: &Asked<'_>,
        near: &str,
        depth: u32,
    ) -> Vec<Text> {
        let (call, ctx) = asked.first();
        let mut files: Vec<FileId> = Vec::new();
        for selector in &reader.file {
            for selected in select(self.graph, call, selector, &[]) {
                files.extend(self.files_of(&selected.within(ctx), depth));
            }
        }
        for method in &reader.load {
            let calls: Vec<Node> = self.graph.calls_named(ustr::ustr(method)).collect();
            for call in calls.into_iter().filter(|c| c.module == asked.first().0.module) {
                for selected in select(self.graph, call, "*", &[]) {
                    let state = selected.within(Ctx::ANY);
                    files.extend(self.files_of(&state, depth));
                    let part = part_of(&state, "file");
                    files.extend(self.files_of(&part, depth));
                }
            }
        }
        if files.is_empty() {
            files = self.files_called(&reader.files, near);
        }
        files.truncate(MAX_FILES);
        let span = self.graph.span(asked.node);
        let found = self.held(&files, levels, &reader.sections, span);
        match found.is_empty() && reader.groups {
            true => self.in_group(&files, levels, near, span),
            false => found,
        }
    }

    /// Files by patterns of their paths' ends, nearest first.
    pub(super) fn files_called(&self, patterns: &[String], near: &str) -> Vec<FileId> {
        let called = |pattern: &String| {
            let anywhere = format!("*/{pattern}");
            self.settings.matching(|path| glob::matches(&anywhere, &format!("/{path}")), near)
        };
        patterns.iter().flat_map(called).collect()
    }

    /// A configuration composed of groups: `a.b` is `b` in the file of folder `a` that the main file's defaults choose.
    fn in_group(&self, main: &[FileId], levels: &[String], near: &str, from: Span) -> Vec<Text> {
        let Some((group, rest)) = levels.split_first().filter(|(_, rest)| !rest.is_empty()) else {
            return Vec::new();
        };
        let names = |s: &&Setting| {
            s.path.first().is_some_and(|f| f == "defaults")
                && s.path.last().is_some_and(|l| l.ends_with(group))
        };
        let chosen: Vec<&Setting> =
            main.iter().flat_map(|file| self.settings.file(*file).iter().filter(names)).collect();
        let patterns: Vec<String> = match chosen.is_empty() {
            true => vec![format!("{group}/*.yaml"), format!("{group}/*.yml")],
            false => chosen.iter().map(|s| format!("{group}/{}.y*ml", s.value)).collect(),
        };
        let mut found = self.held(&self.files_called(&patterns, near), rest, &[], from);
        for text in &mut found {
            let choices =
                chosen.iter().map(|s| Proof { span: s.span, message: format!("`{group}` is chosen here") });
            text.proof.splice(0..0, choices);
        }
        found
    }

    /// What stands in files under a name; real values come before those of examples.
    fn held(&self, files: &[FileId], levels: &[String], sections: &[String], from: Span) -> Vec<Text> {
        let found: Vec<&Setting> =
            files.iter().flat_map(|file| self.settings.named(*file, levels, sections)).collect();
        let nearest = found.iter().map(|s| s.distance()).min();
        let counts = |s: &&Setting| nearest.is_none_or(|n| s.distance() <= n.max(1));
        let name = levels.join(".");
        found.into_iter().filter(counts).flat_map(|s| self.values_of(s, &name, from)).collect()
    }

    /// Part of a file of the tree that was imported like a module.
    pub(super) fn imported_file(&mut self, node: Node, path: &str, read: Node) -> Option<Vec<Text>> {
        let Op::Import(import) = self.graph.op(node) else { return None };
        let spec = self.graph.import(node.module, *import).0.spec;
        let rest = path.strip_prefix(spec.as_str())?;
        let rest = rest.strip_prefix(".default").unwrap_or(rest).strip_prefix('.')?;
        let near = self.graph.path(node.module);
        let folder = near.rsplit_once('/').map_or("", |(folder, _)| folder);
        let file = match spec.starts_with('.') {
            true => self.settings.locate(&format!("{folder}/{spec}"), true, near),
            false if spec.starts_with(['@', '~', '#']) => {
                self.settings.locate(spec.split_once('/')?.1, false, near)
            }
            false => None,
        }?;
        let levels: Vec<String> = rest
            .split('.')
            .flat_map(|step| {
                let name = step.trim_end_matches("[]");
                let elements = step[name.len()..].matches("[]").map(str::to_owned);
                std::iter::once(name.to_owned()).chain(elements).collect::<Vec<_>>()
            })
            .collect();
        let found = self.held(&[file], &levels, &[], self.graph.span(read));
        (!found.is_empty()).then_some(found)
    }
}
