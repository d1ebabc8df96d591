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
