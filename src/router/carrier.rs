//! Where a router's controls stand: the key paths of a body, and what the URL and the ids of models say.

use super::{Given, Value};
use crate::rules::router::{Carrier, Control, Router};

/// What the URL and the ids of the models say to a router.
pub fn in_text<'r>(router: &'r Router, url: &str, models: &[String]) -> Vec<Given<'r>> {
    let mut given: Vec<Given<'r>> = Vec::new();
    for control in &router.controls {
        let value = match control.carrier {
            Carrier::Key => None,
            Carrier::Path => step_of(control, url),
            Carrier::Suffix => suffix(control, models),
            // A step of the path that names the provider leaves nothing for the model to say.
            Carrier::Prefix if given.iter().any(|g| g.control.carrier == Carrier::Path) => None,
            Carrier::Prefix => prefix(control, models),
        };
        given.extend(value.map(|value| Given { control, value, said_by: None }));
    }
    given
}

/// Every key path of a control, in both ways of writing words.
pub fn keys(router: &Router, control: &Control) -> Vec<String> {
    let mut paths = Vec::new();
    for key in &control.key {
        match key.strip_prefix('/') {
            Some(whole) => paths.push(whole.to_owned()),
            None => {
                for root in &router.roots {
                    paths.push(format!("{root}.{key}"));
                    if key.contains('_') {
                        paths.push(format!("{root}.{}", camel(key)));
                    }
                }
            }
        }
    }
    paths
}

fn camel(snake: &str) -> String {
    let mut words = snake.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |text, word| {
        let (head, tail) = word.split_at(word.len().min(1));
        text + &head.to_uppercase() + tail
    })
}

/// The step of the URL's path that names the provider.
fn step_of(control: &Control, url: &str) -> Option<Value> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?.split_once('/')?.1;
    let steps: Vec<&str> = path.split('/').collect();
    control.key.iter().find_map(|template| {
        let wanted: Vec<&str> = template.trim_start_matches('/').split('/').collect();
        let mut named = None;
        for (at, want) in wanted.iter().enumerate() {
            let step = steps.get(at).copied().filter(|s| !s.is_empty())?;
            match want.starts_with('{') {
                true if *want == "{upstream}" => named = Some(step),
                true => {}
                false if *want == step => {}
                false => return None,
            }
        }
        let named = named.filter(|step| !control.except.iter().any(|e| e == step))?;
        Some(match named.contains('{') {
            true => Value::Unknown(named.trim_matches(['{', '}']).to_owned()),
            false => Value::Words(vec![named.to_owned()]),
        })
    })
}

/// What follows the last `:` of every model id; a control with keys means those words only.
fn suffix(control: &Control, models: &[String]) -> Option<Value> {
    let meant = |word: &&str| match control.key.is_empty() {
        true => !control.except.iter().any(|e| e.eq_ignore_ascii_case(word)),
        false => control.key.iter().any(|k| k.eq_ignore_ascii_case(word)),
    };
    let words: Option<Vec<String>> = models
        .iter()
        .map(|model| model.rsplit_once(':').map(|(_, word)| word).filter(meant).map(str::to_owned))
        .collect();
    words.filter(|words| !words.is_empty()).map(Value::Words)
}

/// What stands before the first `/` of every model id.
fn prefix(control: &Control, models: &[String]) -> Option<Value> {
    let words: Option<Vec<String>> = models
        .iter()
        .map(|model| model.trim_start_matches('@').split_once('/').map(|(word, _)| word))
        .map(|word| word.filter(|w| !control.except.iter().any(|e| e == w)).map(str::to_owned))
        .collect();
    words.filter(|words| !words.is_empty()).map(Value::Words)
}
