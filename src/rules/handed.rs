//! Functions that call what they are handed: `rules/handed.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What libraries do with functions and with objects that can be called.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedRules {
    /// Functions that call what they are handed.
    #[serde(default, rename = "function")]
    pub functions: Vec<Handed>,
    /// By language: methods that run a function or an object that can be called, once it is composed with others.
    #[serde(default)]
    pub run: BTreeMap<String, Vec<String>>,
}

impl HandedRules {
    /// Whether a method of this name runs what is composed.
    pub fn runs(&self, language: &str, method: &str) -> bool {
        self.run.get(language).is_some_and(|methods| methods.iter().any(|m| m == method))
    }

    /// Adds the rules of another file.
    pub(super) fn extend(&mut self, more: HandedRules) {
        self.functions.extend(more.functions);
        for (language, methods) in more.run {
            self.run.entry(language).or_default().extend(methods);
        }
    }
}

/// One function, or several that behave alike.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handed {
    /// `python` or `typescript` (which covers JavaScript).
    pub language: String,
    /// Dotted paths as in client rules; one that starts with `*.` is a method of whatever object.
    pub path: Vec<String>,
    /// What becomes of the function.
    #[serde(default)]
    pub does: Does,
    /// The argument that is the function, by position or name, first wins; empty for what the method is called on.
    #[serde(default)]
    pub function: Vec<String>,
    /// Position of the first argument that is passed on.
    pub rest: Option<usize>,
    /// Keywords that are not passed on.
    #[serde(default)]
    pub own: Vec<String>,
    /// The argument that holds all positional arguments.
    #[serde(default)]
    pub args: Vec<String>,
    /// The argument that holds all named arguments.
    #[serde(default)]
    pub kwargs: Vec<String>,
    /// Whether position 0 says what the function is called on.
    #[serde(default)]
    pub receiver: bool,
}

/// What becomes of a function that is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Does {
    /// It is called; what it returns is the result.
    #[default]
    Call,
    /// The result is the function with arguments already given.
    Bind,
    /// The result is the function.
    Return,
    /// The result is the composition of all arguments from the first on, or of the elements of the first.
    Compose,
}
