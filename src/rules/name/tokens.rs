//! Identifier → tokens: camel case, separators, marks, plurals, short forms.

use super::Matching;
use crate::rules::fold::fold;
use rustc_hash::{FxHashMap, FxHashSet};

/// The word lists, ready for look-up.
#[derive(Debug, Default)]
pub(in crate::rules) struct Words {
    pub leading: FxHashSet<String>,
    pub accessor_verbs: FxHashSet<String>,
    singular_keep: FxHashSet<String>,
    singular_irregular: FxHashMap<String, String>,
    keep_digits: FxHashSet<String>,
    expand: FxHashMap<String, Vec<String>>,
}

impl Words {
    pub(in crate::rules) fn new(matching: &Matching) -> Words {
        let set = |list: &[String]| list.iter().cloned().collect::<FxHashSet<_>>();
        let expand = matching.glued.iter().chain(&matching.abbreviation);
        Words {
            leading: set(&matching.leading),
            accessor_verbs: set(&matching.accessor_verbs),
            singular_keep: set(&matching.singular_keep),
            singular_irregular: matching.singular_irregular.clone().into_iter().collect(),
            keep_digits: set(&matching.keep_digits),
            expand: expand.map(|(short, long)| (short.clone(), long.clone())).collect(),
        }
    }

    /// Tokens of an identifier, with every word in its basic form.
    pub(in crate::rules) fn tokens(&self, name: &str) -> Vec<String> {
        split(name).into_iter().filter_map(|token| self.basic(token)).collect()
    }

    /// Words written together and short forms, spelled out.
    pub(in crate::rules) fn expanded(&self, tokens: &[String]) -> Vec<String> {
        let mut out = Vec::with_capacity(tokens.len() + 2);
        for token in tokens {
            match self.expand.get(token) {
                Some(long) => out.extend(long.iter().cloned()),
                None => out.push(token.clone()),
            }
        }
        out
    }

    fn basic(&self, token: String) -> Option<String> {
        let mut token = token;
        if !self.keep_digits.contains(&token) {
            let letters = token.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            token.truncate(letters);
        }
        (!token.is_empty()).then(|| self.singular(token))
    }

    fn singular(&self, token: String) -> String {
        if let Some(single) = self.singular_irregular.get(&token) {
            return single.clone();
        }
        if token.len() < 4 || self.singular_keep.contains(&token) || token.ends_with("ss") {
            return token;
        }
        if let Some(stem) = token.strip_suffix("ies").filter(|stem| stem.len() > 1) {
            return format!("{stem}y");
        }
        let hissing = ["sses", "shes", "ches", "xes", "zes"].iter().any(|ending| token.ends_with(ending));
        let cut = if hissing { 2 } else { usize::from(token.ends_with('s')) };
        token[..token.len() - cut].to_owned()
    }
}

/// Runs of letters and digits, cut at changes of case, lower-cased and without marks.
fn split(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut out: Vec<String> = Vec::new();
    let mut token = String::new();
    for (i, &c) in chars.iter().enumerate() {
        let previous = i.checked_sub(1).map(|j| chars[j]);
        let next = chars.get(i + 1);
        let starts_word = c.is_uppercase()
            && previous.is_some_and(|p| {
                p.is_lowercase()
                    || p.is_ascii_digit()
                    || (p.is_uppercase() && next.is_some_and(|n| n.is_lowercase() && *n != 's'))
            });
        if starts_word || !c.is_alphanumeric() {
            out.push(std::mem::take(&mut token));
        }
        if c.is_ascii_alphanumeric() {
            token.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            match fold(c) {
                Some(plain) => token.push_str(plain),
                None => token.extend(c.to_lowercase()),
            }
        }
    }
    out.push(token);
    out.retain(|token| !token.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_and_reduces() {
        let words = Words::default();
        for (name, want) in [
            ("patientEmailAddresses", "patient email address"),
            ("HTTPServer", "http server"),
            ("first_name2", "first name"),
            ("prénom", "prenom"),
            ("user-IDs", "user ids"),
            ("children", "children"),
        ] {
            assert_eq!(words.tokens(name).join(" "), want, "{name}");
        }
    }
}
