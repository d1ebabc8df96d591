//! The project's own source files, as the architecture tests read them: paths, code without comments, literals.

use std::path::Path;

/// One Rust file of `src/`.
pub struct Source {
    /// From the root of the repository, with `/`.
    pub path: String,
    /// As it stands on disk.
    pub text: String,
    /// Without comments and without the unit tests at the end; literals are empty.
    pub code: String,
    /// String literals outside comments and unit tests, with the line each starts on.
    pub literals: Vec<(usize, String)>,
}

impl Source {
    /// The first step of its module path: `src/report/json.rs` belongs to `report`.
    pub fn module(&self) -> &str {
        let inner = self.path.trim_start_matches("src/");
        inner.split('/').next().unwrap_or(inner).trim_end_matches(".rs")
    }
}

/// Every Rust file of `src/`, sorted.
pub fn all() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found: Vec<Source> = walkdir::WalkDir::new(root.join("src"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "rs"))
        .map(|entry| {
            let path = entry.path().strip_prefix(root).expect("below the root").to_str().expect("UTF-8");
            let text = std::fs::read_to_string(entry.path()).expect("a source file can be read");
            let tested = text.find("#[cfg(test)]\nmod tests").unwrap_or(text.len());
            let (code, literals) = split(&text[..tested]);
            Source { path: path.replace('\\', "/"), code, literals, text }
        })
        .collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 50, "the walk found {} files", found.len());
    found
}

/// Takes Rust apart into code and string literals; comments are dropped, lines are kept.
fn split(text: &str) -> (String, Vec<(usize, String)>) {
    let (mut code, mut literals) = (String::new(), Vec::new());
    let (mut rest, mut line) = (text, 1);
    while let Some(c) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if let Some(length) = raw_string(rest).filter(|_| !ends_in_word(&code)) {
            let inner = rest[..length].trim_start_matches('r').trim_matches('#');
            literals.push((line, inner[1..inner.len() - 1].to_string()));
            code.push_str("\"\"");
            length
        } else if c == '"' {
            let length = quoted(rest);
            literals.push((line, rest[1..length - 1].to_string()));
            code.push_str("\"\"");
            length
        } else if let Some(length) = character(rest) {
            code.push_str("' '");
            length
        } else {
            code.push(c);
            c.len_utf8()
        };
        let lines = rest[..taken].matches('\n').count();
        if taken > c.len_utf8() {
            code.extend(std::iter::repeat_n('\n', lines));
        }
        line += lines;
        rest = &rest[taken..];
    }
    (code, literals)
}

fn ends_in_word(code: &str) -> bool {
    code.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Length of the raw string literal that starts here.
fn raw_string(text: &str) -> Option<usize> {
    let after = text.strip_prefix('r')?;
    let fence = after.len() - after.trim_start_matches('#').len();
    let body = after[fence..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(fence));
    Some(1 + fence + 1 + body.find(&end)? + end.len())
}

/// Length of the ordinary string literal that starts here.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

/// Length of the character literal that starts here; `None` for a lifetime.
fn character(text: &str) -> Option<usize> {
    let after = text.strip_prefix('\'')?;
    if let Some(escape) = after.strip_prefix('\\') {
        return Some(2 + escape.char_indices().skip(1).find(|(_, c)| *c == '\'')?.0 + 1);
    }
    let c = after.chars().next()?;
    after[c.len_utf8()..].starts_with('\'').then_some(c.len_utf8() + 2)
}

#[test]
fn rust_is_taken_apart() {
    let text = "let a = \"x \\\" // y\"; // \"no\"\nlet b = ('\"', r#\"q\"q\"#, 'a, b'\\'');\n";
    let (code, literals) = split(text);
    assert_eq!(literals, [(1, "x \\\" // y".to_string()), (2, "q\"q".to_string())]);
    assert_eq!(code, "let a = \"\"; \nlet b = (' ', \"\", 'a, b' ');\n");
}
