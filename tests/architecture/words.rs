//! Facts about the world stay in `rules/`: no string of `src/` names a host, a provider, an SDK, a country or a data class.

use crate::source::all;
use std::collections::BTreeMap;
use transborder::rules::Rules;

/// Literals that name something of the registry and may: the file, the word, and why.
const ALLOWED: [(&str, &str, &str); 9] = [
    ("src/cli/registry.rs", "ID", "what --model wants"),
    ("src/lang/python/functions.rs", "lambda", "the keyword"),
    ("src/lang/python/syntax.rs", "lambda", "the keyword"),
    ("src/options.rs", "US", "the default home; every report says when it was used"),
    ("src/query/taint/words.rs", "fetch", "a verb that method names begin with"),
    ("src/report.rs", "gitlab", "the code host, whose report format it is"),
    ("src/rules/host.rs", "http", "a URL scheme"),
    ("src/rules/host.rs", "https", "a URL scheme"),
    ("src/rules/host.rs", "ws", "a URL scheme"),
];

/// What a word of the registry is, and how it is looked for.
#[derive(Clone, Copy)]
enum Match {
    /// Anywhere in a literal.
    Inside,
    /// Between characters that cannot belong to a name.
    Word,
    /// The whole literal, or its first steps: `package.function()`.
    Start,
    /// The whole literal.
    Whole,
}

/// Every word of the registry that has no place in code.
fn forbidden(rules: &Rules) -> BTreeMap<String, (&'static str, Match)> {
    let mut words = BTreeMap::new();
    // The top of the tree of classes is plain English: `data`, `customer`.
    for class in rules.data.classes.iter().filter(|class| class.id.contains('.')) {
        words.insert(class.id.clone(), ("data class", Match::Inside));
    }
    for group in rules.jurisdictions.groups.keys() {
        words.insert(group.clone(), ("group of countries", Match::Whole));
    }
    for (code, name) in &rules.jurisdictions.countries {
        words.insert(code.clone(), ("country code", Match::Whole));
        words.insert(name.clone(), ("country", Match::Word));
    }
    for package in &rules.clients.packages {
        for name in package.import.iter().chain([&package.package]) {
            words.insert(name.clone(), ("SDK", Match::Start));
        }
    }
    for provider in &rules.providers.all {
        for id in provider.aliases.iter().chain([&provider.id]).filter(|id| id.len() >= 5) {
            words.insert(id.clone(), ("provider", Match::Word));
        }
        for endpoint in provider.endpoints.iter().filter(|e| e.port.is_none()) {
            let parts = endpoint.host.split(['*', '{', '}']).map(|part| part.trim_matches(['.', '-']));
            if let Some(host) = parts.max_by_key(|part| part.len()).filter(|h| h.contains('.') && h.len() > 5)
            {
                words.insert(host.to_string(), ("host", Match::Inside));
            }
        }
    }
    words
}

fn is_in(literal: &str, word: &str, how: Match) -> bool {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '-'));
    match how {
        Match::Inside => literal.contains(word),
        Match::Whole => literal == word,
        Match::Start => {
            literal.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }
        Match::Word => literal.match_indices(word).any(|(at, _)| {
            apart(literal[..at].chars().next_back()) && apart(literal[at + word.len()..].chars().next())
        }),
    }
}

#[test]
fn facts_about_the_world_are_no_code() {
    let rules = Rules::bundled().unwrap_or_else(|errors| panic!("{errors:?}"));
    let words = forbidden(&rules);
    assert!(words.len() > 1_500, "the registry gave {} words", words.len());
    let mut wrong = Vec::new();
    let mut used = [false; ALLOWED.len()];
    for source in &all() {
        for (line, literal) in &source.literals {
            for (word, (kind, _)) in words.iter().filter(|(word, (_, how))| is_in(literal, word, *how)) {
                let allowed =
                    ALLOWED.iter().position(|(path, allowed, _)| *path == source.path && allowed == word);
                match allowed {
                    Some(at) => used[at] = true,
                    None => wrong.push(format!("{}:{line}: {kind} `{word}` in {literal:?}", source.path)),
                }
            }
        }
    }
    for ((path, word, _), used) in ALLOWED.iter().zip(used) {
        if !used {
            wrong.push(format!("{path} no longer names `{word}`: take it off the list"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_are_found_where_they_mean_something() {
    assert!(is_in("https://api.vendor.example/v1", "api.vendor.example", Match::Inside));
    assert!(is_in("goes to acme, mostly", "acme", Match::Word));
    assert!(!is_in("acmeology", "acme", Match::Word) && !is_in("acme-cn", "acme", Match::Word));
    assert!(is_in("sdk.Client()", "sdk", Match::Start) && !is_in("an sdk", "sdk", Match::Start));
}
