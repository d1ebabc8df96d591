//! Lowers source files to the IR. The only place that knows tree-sitter.

pub mod builder;
pub mod python;
pub mod typescript;

use crate::ir::Module;
use crate::language::Language;
use crate::text::{FileId, Files, Notice, NoticeKind};
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Lowers every source file, in file order. Never fails: a file that cannot be lowered becomes a notice.
pub fn lower(
    files: &Files,
    tell: &(dyn Fn(&'static str, usize, usize) + Sync),
) -> (Vec<Module>, Vec<Notice>) {
    let sources: Vec<(FileId, Language)> =
        files.iter().filter_map(|(id, f)| Some((id, Language::of(&f.path)?))).collect();
    let (done, total) = (AtomicUsize::new(0), sources.len());
    let lowered: Vec<(Option<Module>, Vec<Notice>)> = sources
        .into_par_iter()
        .map(|(id, language)| {
            let result = lower_file(files, id, language);
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

fn lower_file(files: &Files, id: FileId, language: Language) -> (Option<Module>, Vec<Notice>) {
    let file = files.get(id);
    let notice = |at: Option<u32>, kind, message: &str| {
        let line = at.map(|at| files.region(crate::text::Span { file: id, start: at, end: at }).start_line);
        Notice { path: file.path.to_string(), line, kind, message: message.to_string() }
    };
    let lowered = catch_unwind(AssertUnwindSafe(|| match language {
        Language::Python => python::lower(id, &file.text),
        Language::TypeScript | Language::Tsx => typescript::lower(id, language, &file.text),
    }));
    let Ok(module) = lowered else {
        let message = "the analyser failed on this file, which was left out; please report it";
        return (None, vec![notice(None, NoticeKind::Internal, message)]);
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
