//! Secrets and personal values in what is shown of the scanned text, recognised by their shape (`rules/mask.toml`). Of a
//! secret the first characters are shown, so that its owner can tell which it is; of a personal value nothing.
//!
//! Errs on the side of hiding: a masked identifier costs a glance at the file, a printed key costs the key.

use regex::{Captures, Regex};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// How much of a secret is shown.
const SHOWN: usize = 4;

/// How many of the personal shapes are also hidden in paths.
const IN_PATHS: usize = 2;

/// Copies `text` with everything that looks like a secret cut to its first characters.
pub fn mask(text: &str) -> String {
    without(text, merged(secret(text)))
}

/// As [`mask`], for what is quoted from the scanned text: personal values are cut out as well. Whoever a policy names
/// as owner is meant to be asked, so not every text is treated like this.
pub fn mask_quoted(text: &str) -> String {
    without(text, hidden_parts(text))
}

/// A path without issued keys, mail addresses and social security numbers. Else it stays as it is, since the file must be found again: names of
/// files are full of hashes and numbers that are nobody's.
pub fn mask_path(path: &str) -> String {
    let whole = |part: &str| {
        without(part, merged(issued(part).into_iter().chain(personal(part, IN_PATHS)).collect()))
    };
    let (folder, file) = path.rsplit_once('/').map_or(("", path), |(folder, file)| (folder, file));
    // `icon@2x.page.ts` is no address: its ending belongs to the file.
    let (stem, ending) = file.rsplit_once('.').map_or((file, ""), |(stem, _)| (stem, &file[stem.len()..]));
    let folders: String = folder.split('/').map(|part| whole(part) + "/").collect();
    let folders = if path.contains('/') { folders } else { String::new() };
    format!("{folders}{}{ending}", whole(stem))
}

fn without(text: &str, hidden: Vec<Range<usize>>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for hidden in hidden {
        out.push_str(&text[done..hidden.start]);
        out.push('…');
        done = hidden.end;
    }
    out.push_str(&text[done..]);
    out
}

/// The byte ranges of a quoted text that must not be shown, in order and disjoint.
pub fn hidden_parts(text: &str) -> Vec<Range<usize>> {
    let mut found = secret(text);
    // The password of a URL with its host looks like a mail address; the host is what people must see.
    let free = |range: &Range<usize>| !found.iter().any(|f| f.start < range.end && range.start < f.end);
    let personal: Vec<Range<usize>> = personal(text, usize::MAX).filter(free).collect();
    found.extend(personal);
    merged(found)
}

/// Everything that looks like a secret, without its first characters.
fn secret(text: &str) -> Vec<Range<usize>> {
    let mut found = issued(text);
    for shape in &SHAPES.secret {
        found.extend(shape.captures_iter(text).filter_map(|captures| cut(&captures)));
    }
    for token in TOKEN.captures_iter(text) {
        let (Some(whole), Some(last)) = (token.get(0), token.name("last")) else { continue };
        let has_prefix = last.start() > whole.start();
        if is_generated(last.as_str(), has_prefix) {
            found.push(whole.start() + SHOWN..whole.end());
        }
    }
    found
}

/// Issued keys, without their first characters.
fn issued(text: &str) -> Vec<Range<usize>> {
    let shapes = SHAPES.issued.iter();
    shapes.flat_map(|shape| shape.captures_iter(text).filter_map(|captures| cut(&captures))).collect()
}

/// Personal values of the first so many shapes.
fn personal(text: &str, shapes: usize) -> impl Iterator<Item = Range<usize>> {
    SHAPES
        .personal
        .iter()
        .take(shapes)
        .flat_map(move |shape| shape.find_iter(text).map(|found| found.range()))
}

/// The secret of a match, without its first characters.
fn cut(captures: &Captures) -> Option<Range<usize>> {
    let secret = captures.name("s").or_else(|| captures.get(0))?;
    let keep = secret.as_str().char_indices().nth(SHOWN).map_or(0, |(at, _)| at);
    Some(secret.start() + keep..secret.end())
}

/// Ranges in order, those that touch made one.
fn merged(mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in found {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

struct Shapes {
    issued: Vec<Regex>,
    secret: Vec<Regex>,
    personal: Vec<Regex>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    issued: Vec<String>,
    secret: Vec<String>,
    personal: Vec<String>,
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(|| {
    let raw: Raw =
        toml::from_str(include_str!("../../rules/mask.toml")).expect("rules/mask.toml is well formed");
    let compiled = |shapes: Vec<String>| {
        let shape = |shape: &String| Regex::new(shape).expect("rules/mask.toml holds valid expressions");
        shapes.iter().map(shape).collect()
    };
    Shapes { issued: compiled(raw.issued), secret: compiled(raw.secret), personal: compiled(raw.personal) }
});

/// A word that may be a key by itself, with or without prefixes.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    #[allow(clippy::expect_used)]
    Regex::new(r"\b(?:[A-Za-z][A-Za-z0-9]{1,9}[-_]){0,2}(?P<last>[A-Za-z0-9]{16,})\b")
        .expect("the pattern is constant")
});

/// Whether a word mixes letters and digits the way generated keys do and names do not. After a prefix less
/// is asked of it.
fn is_generated(word: &str, has_prefix: bool) -> bool {
    let bytes = word.as_bytes();
    let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
    if digits == 0 || digits == bytes.len() {
        return false;
    }
    let switches =
        bytes.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit()).count();
    let hexadecimal = bytes.iter().all(u8::is_ascii_hexdigit);
    match has_prefix {
        true => digits >= 3 && switches >= 3,
        false => bytes.len() >= 28 && digits >= 4 && (hexadecimal || switches >= 5) || is_shuffled(bytes),
    }
}

/// Whether a long word changes between small letters, capitals and digits as often as chance does, not as words do.
fn is_shuffled(word: &[u8]) -> bool {
    let class = |byte: u8| (byte.is_ascii_digit(), byte.is_ascii_uppercase());
    let changes = word.windows(2).filter(|pair| class(pair[0]) != class(pair[1])).count();
    word.len() >= 28 && changes * 5 >= word.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn personal_values_are_cut_out() {
        for (text, shown) in [
            ("ask('jane.roe@mail.example.de')", "ask('…')"),
            ("call +49 30 901820 or (415) 555-2671", "call … or …"),
            ("x = '512-48-6173', 'DE44 5001 0517 5407 3249 31'", "x = '…', '…'"),
            ("pay 4929-1234-5678-9012 now", "pay … now"),
            ("https://user:pa55word@host.example/v1", "https://user…@host.example/v1"),
            ("@app.post('/a') def f(x): return x @ self.w", "@app.post('/a') def f(x): return x @ self.w"),
            ("t = 1732104000000 - 2026-11-20", "t = 1732104000000 - 2026-11-20"),
        ] {
            assert_eq!(mask_quoted(text), shown);
        }
    }

    #[test]
    fn paths_keep_what_is_no_key() {
        for (path, shown) in [
            ("a/1a2b3c4d5e6f_add_users.py", "a/1a2b3c4d5e6f_add_users.py"),
            ("web/icon@2x.ts", "web/icon@2x.ts"),
            ("notes/512-48-6173/2026-11-20.py", "notes/…/2026-11-20.py"),
            ("+page@login.svelte", "+page@login.svelte"),
            ("out/jane.roe@mail.example/x.json", "out/…/x.json"),
            ("jane.roe@mail.example.json", "….json"),
            ("a/ghp_16C7e42F292c6912E7710c838347Ae178B4a.py", "a/ghp_….py"),
            ("main.py", "main.py"),
            ("/abs/x", "/abs/x"),
        ] {
            assert_eq!(mask_path(path), shown);
        }
    }

    #[test]
    fn keys_are_cut_to_four_characters() {
        for (text, shown) in [
            ("client = C(api_key=\"sk-0123456789abcdef0123\")", "client = C(api_key=\"sk-0…\")"),
            ("API_KEY=abcdef0123456789", "API_KEY=abcd…"),
            ("export LLM_TOKEN=abc123def456ghi  # dev", "export LLM_TOKEN=abc1…  # dev"),
            ("password: 'hunter2hunter2'", "password: 'hunt…'"),
            ("https://user:pa55word@host/v1", "https://user…@host/v1"),
            ("https://host/v1?api_key=0123456789abc&x=1", "https://host/v1?api_key=0123…&x=1"),
            ("Authorization: Bearer abcdefghijklmnop0", "Authorization: Bearer abcd…"),
            ("use('ghp_16C7e42F292c6912E7710c838347Ae178B4a')", "use('ghp_…')"),
            ("Client('0123456789abcdef0123456789abcdef.Zz')", "Client('0123….Zz')"),
        ] {
            assert_eq!(mask(text), shown);
        }
    }

    #[test]
    fn code_that_only_talks_about_keys_is_left_alone() {
        for text in [
            "api_key=os.environ[\"LLM_API_KEY\"]",
            "token = settings.token",
            "const apiKey = process.env.LLM_API_KEY;",
            "max_tokens=1024, token_count: 12",
            "password_reset_template = render(user)",
            "api_key=\"${LLM_API_KEY}\"",
            "https://llm.example.net/v1/chat/completions",
            "model: 'lab-v3-instruct-turbo-20241022'",
            "load_patientRecordForExport2024(x)",
            "id = '123e4567-e89b-12d3-a456-426614174000'",
        ] {
            assert_eq!(mask(text), text);
        }
    }
}
