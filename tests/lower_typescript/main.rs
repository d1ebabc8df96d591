//! What the TypeScript front end makes of source code.

use transborder::ir::*;
use transborder::lang::typescript::lower;
use transborder::language::Language;
use transborder::text::FileId;

/// Prints what a file lowers to: `TS_FILE=… cargo test --test lower_typescript print -- --ignored --nocapture`.
#[test]
#[ignore = "prints a file chosen by hand"]
fn print() {
    let path = std::env::var("TS_FILE").unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    println!("{}", module_of(Language::of(&path).unwrap(), &text));
}

fn module_of(language: Language, text: &str) -> Module {
    lower(FileId(0), language, text)
}

/// `TS_TREE=dir cargo test --release --test lower_typescript tree -- --ignored --nocapture`
#[test]
#[ignore = "reads a directory chosen by hand"]
fn tree() {
    let root = std::env::var("TS_TREE").unwrap();
    let mut files: Vec<(String, String)> = Vec::new();
    for entry in walkdir::WalkDir::new(root) {
        let path = entry.unwrap().into_path();
        let name = path.to_string_lossy().into_owned();
        if path.is_file()
            && matches!(Language::of(&name), Some(Language::TypeScript | Language::Tsx))
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            files.push((name, text));
        }
    }
    let bytes: usize = files.iter().map(|f| f.1.len()).sum();
    let start = std::time::Instant::now();
    for (name, text) in &files {
        let mut parser = tree_sitter::Parser::new();
        let language = match Language::of(name) {
            Some(Language::TypeScript) => tree_sitter_typescript::LANGUAGE_TYPESCRIPT,
            _ => tree_sitter_typescript::LANGUAGE_TSX,
        };
        parser.set_language(&language.into()).unwrap();
        std::hint::black_box(parser.parse(text, None));
    }
    let parse = start.elapsed();
    let mut slow = Vec::new();
    let (mut values, mut errors, mut deep) = (0, 0, 0);
    let start = std::time::Instant::now();
    for (name, text) in &files {
        let before = std::time::Instant::now();
        let module = module_of(Language::of(name).unwrap(), text);
        values += module.insts.len();
        errors += usize::from(module.syntax_error.is_some());
        deep += usize::from(module.too_deep.is_some());
        if std::env::var("TS_ERRORS").is_ok()
            && let Some(at) = module.syntax_error
        {
            println!("{name}:{at}");
        }
        check(&module, text.len());
        slow.push((before.elapsed().as_nanos() as usize / (text.len() + 2000), text.len(), name));
    }
    let lower = start.elapsed();
    slow.sort_unstable();
    println!(
        "{} files, {:.1} MB: parse {parse:?}, lower with parse {lower:?}, {:.1} MB/s, {values} values, {errors} with errors, {deep} too deep",
        files.len(),
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / lower.as_secs_f64()
    );
    for (ns, len, name) in slow.iter().rev().take(8) {
        println!("{ns} ns/B {len} {name}");
    }
}

/// Every reference points at something, every span lies in the file.
fn check(module: &Module, len: usize) {
    let values = module.insts.len() as u32;
    let known = |id: &ValueId| assert!(id.0 < values);
    for inst in &module.insts {
        assert!(inst.start <= inst.end && inst.end as usize <= len, "{inst:?} in {len}");
        match &inst.op {
            Op::Bind { value, .. } | Op::Load { base: value, .. } | Op::Delete { base: value, .. } => {
                known(value)
            }
            Op::Phi(values) | Op::Caught(values) => values.iter().for_each(known),
            Op::Alloc { items, .. } => items.iter().for_each(|(_, v)| known(v)),
            Op::Store { base, value, .. } => [base, value].into_iter().for_each(known),
            Op::Call { callee, args } => {
                known(callee);
                args.iter().for_each(|a| known(&a.value));
            }
            Op::After { value, call, .. } => [value, call].into_iter().for_each(known),
            Op::Binary { left, right, .. } => [left, right].into_iter().for_each(known),
            _ => {}
        }
    }
    for function in &module.functions {
        assert!(function.start <= function.end && function.end as usize <= len);
        assert!(function.name_span.0 <= function.name_span.1 && function.name_span.1 as usize <= len);
    }
}
