//! Which values are secrets, and how they are hidden before anything keeps them.

use super::format::RULES;
use super::leaf::Scalar;

/// The mark that stands for what was hidden.
const HIDDEN: &str = "…";
/// How much of a secret is shown.
const SHOWN: usize = 4;

/// A text in which everything that looks like a secret is cut to its first characters: for source lines shown to people.
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let word_end = rest.find(|c: char| !in_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word_end);
        if is_secret_value(word) {
            push_hidden(&mut out, word);
        } else {
            out.push_str(word);
        }
        let gap = after.find(in_word).unwrap_or(after.len());
        out.push_str(&after[..gap]);
        rest = &after[gap..];
    }
    without_userinfo(&out).unwrap_or(out)
}

/// The value to keep for a setting, and whether it is a secret.
pub(super) fn kept(
    path: &[String],
    env: Option<&str>,
    value: String,
    scalar: Scalar,
    forced: bool,
) -> (String, bool) {
    if value.is_empty() || is_reference(&value) || (scalar != Scalar::Text && !forced) {
        return (value, false);
    }
    if value.contains("://") && !value.contains(char::is_whitespace) {
        return match without_userinfo(&value) {
            Some(clean) => (clean, true),
            None => (value, false),
        };
    }
    if is_secret_value(&value) {
        return (hidden(&value), true);
    }
    let key = env.or_else(|| path.iter().rev().find(|k| !is_index(k)).map(String::as_str)).unwrap_or("");
    if forced || (is_secret_key(key) && could_be_secret(&value)) {
        return (hidden(&value), true);
    }
    if value.contains(char::is_whitespace) {
        let masked = mask(&value);
        let secret = masked != value;
        return (masked, secret);
    }
    (value, false)
}

/// Whether a key's words name a secret.
fn is_secret_key(key: &str) -> bool {
    let words = words(key);
    let rules = &RULES.secret;
    if words.last().is_some_and(|last| rules.not_keys.contains(last)) {
        return false;
    }
    rules.keys.iter().any(|wanted| {
        let ends = words.len().saturating_sub(1).max(wanted.len())..=words.len();
        ends.into_iter().any(|end| words.get(end - wanted.len()..end) == Some(wanted.as_slice()))
    })
}

/// Numbers, switches, names of variables and file paths are no secrets, whatever their key.
fn could_be_secret(value: &str) -> bool {
    let is_env_name = value.contains('_')
        && value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    let is_path = value.starts_with(['/', '.', '~']) && value.contains('/');
    let is_short_number = value.len() < 8 && value.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    !(is_env_name
        || is_path
        || is_short_number
        || matches!(value, "true" | "false" | "null" | "none" | "None" | "required" | "optional"))
}

fn is_secret_value(value: &str) -> bool {
    value.len() >= 12 && RULES.secret.values.is_match(value)
}

/// A value that only points at another one.
fn is_reference(value: &str) -> bool {
    let value = value.trim();
    let bare = value.strip_prefix("Bearer ").unwrap_or(value);
    let wrapped = (bare.starts_with("${") || bare.starts_with('{'))
        && bare.ends_with('}')
        && !bare.contains(":-")
        && !bare.contains("\":");
    let variable = bare
        .strip_prefix('$')
        .is_some_and(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
    wrapped || variable || RULES.reference.iter().any(|r| r.is_match(bare))
}

/// A URL without what stands before its `@` and without secret query values; nothing when there is none to hide.
fn without_userinfo(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut changed = false;
    while let Some(at) = rest.find("://") {
        let start = at + 3;
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let authority =
            rest.find(|c: char| c.is_whitespace() || "/?#\"'`<>,;)".contains(c)).unwrap_or(rest.len());
        if let Some(userinfo) = rest[..authority].rfind('@')
            && !rest[..userinfo].contains("${")
        {
            push_hidden(&mut out, &rest[..userinfo]);
            rest = &rest[userinfo..];
            changed = true;
        }
        let end = rest.find(|c: char| c.is_whitespace() || "\"'`<>".contains(c)).unwrap_or(rest.len());
        let (url, after) = rest.split_at(end);
        changed |= push_query(&mut out, url);
        rest = after;
    }
    out.push_str(rest);
    changed.then_some(out)
}

/// Adds what follows a URL's authority, with secret query values hidden.
fn push_query(out: &mut String, url: &str) -> bool {
    let Some((before, query)) = url.split_once('?') else {
        out.push_str(url);
        return false;
    };
    out.push_str(before);
    let mut changed = false;
    for (n, pair) in query.split('&').enumerate() {
        out.push(if n == 0 { '?' } else { '&' });
        match pair.split_once('=') {
            Some((key, value))
                if (key == "key" || is_secret_key(key)) && !value.is_empty() && !is_reference(value) =>
            {
                out.push_str(key);
                out.push('=');
                push_hidden(out, value);
                changed = true;
            }
            _ => out.push_str(pair),
        }
    }
    changed
}

fn hidden(value: &str) -> String {
    let mut out = String::new();
    push_hidden(&mut out, value);
    out
}

/// The first characters; none of a value so short that they would give it away.
fn push_hidden(out: &mut String, value: &str) {
    if value.chars().count() >= 2 * SHOWN {
        out.extend(value.chars().take(SHOWN));
    }
    out.push_str(HIDDEN);
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || "_-.+~".contains(c)
}

fn is_index(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit())
}

/// The lower-case words of a key: `apiKey`, `API_KEY` and `api-key` are all `api key`.
fn words(key: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut was_lower = false;
    let mut fresh = true;
    for c in key.chars() {
        if !c.is_alphanumeric() {
            fresh = true;
            continue;
        }
        if fresh || (c.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
        fresh = false;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(key: &str, value: &str) -> String {
        kept(&[key.to_owned()], None, value.to_owned(), Scalar::Text, false).0
    }

    #[test]
    fn secrets_are_cut_and_addresses_are_not() {
        assert_eq!(keep("LLM_API_KEY", "sk-abcdefghijklmnop"), "sk-a…");
        assert_eq!(keep("dbPassword", "hunter2"), "…");
        assert_eq!(keep("anything", "AKIAIOSFODNN7EXAMPLE"), "AKIA…");
        assert_eq!(keep("LLM_BASE_URL", "https://llm.example/v1"), "https://llm.example/v1");
        assert_eq!(keep("TOKEN_URL", "https://auth.example/token"), "https://auth.example/token");
        assert_eq!(keep("DATABASE_URL", "postgres://app:hunter22@db/x"), "postgres://app:…@db/x");
        assert_eq!(keep("HOOK", "https://x.example/a?key=abcdefgh&b=1"), "https://x.example/a?key=abcd…&b=1");
    }

    #[test]
    fn what_only_sounds_secret_stays() {
        for (key, value) in [
            ("MAX_TOKENS", "4096"),
            ("API_KEY_ENV", "LLM_API_KEY"),
            ("api_key", "LLM_API_KEY"),
            ("api_key", "os.environ/LLM_KEY"),
            ("api_key", "${LLM_KEY}"),
            ("apiKey", "{env:LLM_KEY}"),
            ("token", "$TOKEN"),
            ("sort_key", "created_at"),
            ("SECRET_FILE", "/run/secrets/x"),
            ("model", "vendor/model-name-with-a-very-long-tail"),
            ("primaryKey", "id"),
            ("token", ""),
            ("credentialNames", "vendorApi"),
            ("inherit_credentials_from_provider", "vendor"),
            ("token-efficient-tools-2026", "token-efficient"),
        ] {
            assert_eq!(keep(key, value), value, "{key}");
        }
    }

    #[test]
    fn free_text_is_masked_word_by_word() {
        assert_eq!(
            mask("curl -H 'X: sk-abcdefghijklmnop' https://u:password1@h.example/x"),
            "curl -H 'X: sk-a…' https://u:pa…@h.example/x"
        );
        assert_eq!(mask("plain words stay"), "plain words stay");
    }
}
