//! Secrets in shown code and settings: recognised by their shape, shown by their first characters only.
//!
//! Errs on the side of hiding: a masked identifier costs a glance at the file, a printed key costs the key.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// How much of a secret is shown.
const SHOWN: usize = 4;

/// Copies `text` with everything that looks like a secret cut to its first characters.
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for hidden in hidden_parts(text) {
        out.push_str(&text[done..hidden.start]);
        out.push('…');
        done = hidden.end;
    }
    out.push_str(&text[done..]);
    out
}

/// The byte ranges of `text` that must not be shown, in order and disjoint.
pub fn hidden_parts(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for shape in SHAPES.iter() {
        for captures in shape.captures_iter(text) {
            let Some(secret) = captures.name("s").or_else(|| captures.get(0)) else { continue };
            let keep = secret.as_str().char_indices().nth(SHOWN).map_or(0, |(at, _)| at);
            found.push(secret.start() + keep..secret.end());
        }
    }
    for token in TOKEN.captures_iter(text) {
        let (Some(whole), Some(last)) = (token.get(0), token.name("last")) else { continue };
        let has_prefix = last.start() > whole.start();
        if is_generated(last.as_str(), has_prefix) {
            found.push(whole.start() + SHOWN..whole.end());
        }
    }
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

/// Shapes of secrets; the group `s` is the secret itself.
static SHAPES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let name = r#"(?i:api[_-]?key|access[_-]?key|private[_-]?key|secret|token|passw(?:or)?d|passphrase|pwd|credentials?)["']?"#;
    [
        // Issued keys announce themselves by a prefix.
        r"\b(?P<s>(?:sk|pk|rk|ak|key)[-_][A-Za-z0-9_-]{12,})".to_string(),
        r"\b(?P<s>(?:AKIA|ASIA|LTAI|AKID)[A-Za-z0-9]{12,}|AIza[A-Za-z0-9_-]{20,})".to_string(),
        r"\b(?P<s>eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?)".to_string(),
        // A value in quotes after a telling name.
        format!(r#"{name}\s*(?::\s*\w+\s*=|[:=]|,)\s*["'`](?P<s>[^"'`\s{{}}$<>]{{8,}})["'`]"#),
        // A bare value after a telling name, as settings files have it.
        format!(r#"(?m)^[\s\w.-]*{name}\s*[:=]\s*(?P<s>[A-Za-z0-9_+/=.~-]*[0-9][A-Za-z0-9_+/=.~-]{{7,}})\s*(?:#.*)?$"#),
        format!(r#"[?&;]{name}=(?P<s>[^&\s"'{{}}]{{8,}})"#),
        r#"(?i)\b(?:bearer|basic)\s+(?P<s>[A-Za-z0-9_+/=.~-]{16,})"#.to_string(),
        // Credentials inside a URL.
        r#"[a-z][a-z0-9+.-]*://(?P<s>[^/\s:@"'{}]*:[^/\s@"'{}]+)@"#.to_string(),
        // A line of an encoded key block.
        r"(?m)^\s*(?P<s>[A-Za-z0-9+/]{48,}={0,2})\s*$".to_string(),
    ]
    .iter()
    .filter_map(|shape| Regex::new(shape).ok())
    .collect()
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
        false => bytes.len() >= 28 && digits >= 4 && (hexadecimal || switches >= 5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_compiles() {
        assert_eq!(SHAPES.len(), 9);
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
