//! Lowers source files to the IR. The only place that knows tree-sitter.

pub mod builder;
mod embedded;
pub mod python;
pub mod typescript;

use crate::ir::Module;
use crate::language::{Form, Language};
use crate::text::{FileId, Files, Notice, NoticeKind};
use embedded::Code;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The text that makes the lowering fail in tests, so that they see what a failure costs.
const PLANTED: &str = "# planted: the analyser fails on this file";

/// Modules that were lowered before, by the path of their file, with its text.
pub type Lowered = FxHashMap<Arc<str>, (Arc<str>, Module)>;

/// Lowers every source file, in file order, but for those that `known` has with the same text. Never fails: a file that
/// cannot be lowered becomes a notice.
pub fn lower(
    files: &Files,
    known: Lowered,
    tell: &(dyn Fn(&'static str, usize, usize) + Sync),
) -> (Vec<Module>, Vec<Notice>) {
    let mut known = known;
    let sources: Vec<(FileId, Option<Module>)> = files
        .iter()
        .filter(|(_, f)| Form::of(&f.path).is_some())
        .map(|(id, f)| {
            let module = known.remove(&f.path).filter(|(text, _)| *text == f.text).map(|(_, module)| module);
            (id, module)
        })
        .collect();
    let (done, total) = (AtomicUsize::new(0), sources.len());
    let lowered: Vec<(Option<Module>, Vec<Notice>)> = sources
        .into_par_iter()
        .map(|(id, module)| {
            let result = lower_file(files, id, module);
            tell("parsing", done.fetch_add(1, Ordering::Relaxed), total);
            result
        })
        .collect();
    let mut modules = Vec::new();
    let mut notices = Vec::new();
    for (module, mut found) in lowered {
        modules.extend(module);
        notices.append(&mut found);
    }
    (modules, notices)
}

/// The comments of a source file, and what of the file is code.
pub struct Comments {
    /// Every comment, in order of position. What a string holds is none.
    pub found: Vec<Range<usize>>,
    /// The parts of the file that are code as it stands, in order; nothing when all of it is.
    pub code: Option<Vec<Range<usize>>>,
}

/// The comments of a file; nothing for files that are no source code.
pub fn comments(path: &str, text: &str) -> Option<Comments> {
    let code = Code::of(path, text)?;
    let mut found = comments_of(code.language, &code.text);
    found.iter_mut().for_each(|range| *range = code.in_file(range.clone()));
    Some(Comments { found, code: code.parts() })
}

fn comments_of(language: Language, text: &str) -> Vec<Range<usize>> {
    let tree = match language {
        Language::Python => python::parse(text),
        Language::TypeScript | Language::Tsx => typescript::parse(language, text),
    };
    let Some(tree) = tree else { return Vec::new() };
    let (mut cursor, mut found) = (tree.walk(), Vec::new());
    loop {
        let node = cursor.node();
        let comment = node.kind().ends_with("comment");
        if comment {
            found.push(node.byte_range());
        }
        if !comment && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return found;
            }
        }
    }
}

fn lower_file(files: &Files, id: FileId, known: Option<Module>) -> (Option<Module>, Vec<Notice>) {
    let file = files.get(id);
    let notice = |at: Option<u32>, kind, message: &str| {
        let line = at.map(|at| files.region(crate::text::Span { file: id, start: at, end: at }).start_line);
        Notice { path: file.path.to_string(), line, kind, message: message.to_string() }
    };
    let lowered = match known {
        Some(module) => Ok(Some(Module { file: id, ..module })),
        None => catch_unwind(AssertUnwindSafe(|| lower_text(id, &file.path, &file.text))),
    };
    let Ok(module) = lowered else {
        let message = "the analyser failed on this file, which was left out; please report it";
        return (None, vec![notice(None, NoticeKind::Internal, message)]);
    };
    let Some(module) = module else {
        let message = "holds code in a language that is not analysed";
        return (None, vec![notice(None, NoticeKind::Skipped, message)]);
    };
    let mut notices = Vec::new();
    if let Some(at) = module.syntax_error {
        notices.push(notice(
            Some(at),
            NoticeKind::Partial,
            "syntax error: analysed as far as it could be read",
        ));
    }
    if let Some(at) = module.too_deep {
        notices.push(notice(Some(at), NoticeKind::Budget, "nested too deeply: what lies below was left out"));
    }
    (Some(module), notices)
}

/// Lowers the code of one file; nothing when it is in none of the languages that are lowered.
fn lower_text(id: FileId, path: &str, text: &str) -> Option<Module> {
    if cfg!(test) && *text == *PLANTED {
        panic!("planted");
    }
    let code = Code::of(path, text)?;
    let mut module = match code.language {
        Language::Python => python::lower(id, &code.text),
        language => typescript::lower(id, language, &code.text),
    };
    code.settle(&mut module);
    Some(module)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceFile;

    #[test]
    fn a_failure_costs_one_file() {
        let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.into() };
        let files = Files::new(vec![file("a.py", "x = 1\n"), file("b.py", PLANTED), file("c.py", "f()\n")]);
        let (modules, notices) = lower(&files, Lowered::default(), &|_, _, _| {});
        let lowered: Vec<&str> = modules.iter().map(|module| &*files.get(module.file).path).collect();
        assert_eq!(lowered, ["a.py", "c.py"]);
        let told: Vec<_> = notices.iter().map(|notice| (notice.path.as_str(), notice.kind)).collect();
        assert_eq!(told, [("b.py", NoticeKind::Internal)]);
    }
}
