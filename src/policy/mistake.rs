//! Mistakes in a policy file, and what was probably meant.

use crate::rules::RulesError;
use std::ops::Range;

/// One mistake: where, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Bytes of the file.
    pub span: Range<usize>,
    /// What is wrong, in one line.
    pub message: String,
}

impl Mistake {
    /// A mistake at a place.
    pub fn new(span: Range<usize>, message: impl Into<String>) -> Mistake {
        Mistake { span, message: message.into() }
    }
}

/// Mistakes as the renderer of rule errors takes them, in order of place.
pub fn located(mut mistakes: Vec<Mistake>, path: &str, text: &str) -> Vec<RulesError> {
    mistakes.sort_by(|a, b| (a.span.start, &a.message).cmp(&(b.span.start, &b.message)));
    mistakes.dedup();
    let error = |mistake: Mistake| RulesError {
        path: path.to_string(),
        // A profile's mistakes have no place in this file.
        span: text.get(mistake.span.clone()).map(|_| mistake.span),
        message: mistake.message,
        source_text: Some(text.to_string()),
    };
    mistakes.into_iter().map(error).collect()
}

/// Similarity from which on another spelling is offered.
const ALIKE: f64 = 0.82;
/// Longest list of what there is.
const SHORT: usize = 12;

/// What was probably meant: the nearest known word, else the words there are when they are few.
pub fn among<'w>(word: &str, known: impl Iterator<Item = &'w str> + Clone) -> String {
    let lower = word.to_lowercase();
    let nearest = known
        .clone()
        .map(|k| (strsim::jaro_winkler(&lower, &k.to_lowercase()), k))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)));
    if let Some((_, nearest)) = nearest {
        return format!("; did you mean `{nearest}`?");
    }
    let all: Vec<String> = known.take(SHORT + 1).map(|k| format!("`{k}`")).collect();
    if all.is_empty() || all.len() > SHORT { String::new() } else { format!("; there is {}", all.join(", ")) }
}
