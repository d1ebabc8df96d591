//! What arguments say of a URL, a model or a provider: which texts count, and what holds when none does.

use super::Place;
use crate::graph::Node;
use crate::query::origins::Origin;
use crate::query::select::{Selected, select};
use crate::query::strings::{Known, Text};
use crate::query::{Ctx, Solver, State};
use crate::rules::client::EndpointRule;

/// What arguments say of a URL.
#[derive(Default)]
pub(super) struct Given {
    /// The URLs; empty when none is given or all are absent.
    pub(super) urls: Vec<Text>,
    /// Whether nothing may be given at run time.
    lacking: bool,
}

impl Given {
    /// Whether the arguments alone decide.
    pub(super) fn decides(&self) -> bool {
        !self.lacking && self.urls.iter().any(is_known)
    }

    /// What was given; when all of that may be absent at run time, what holds then as well.
    pub(super) fn or_else(mut self, default: impl FnOnce() -> Vec<Text>) -> Vec<Text> {
        if self.lacking || self.urls.iter().all(|text| matches!(text.known, Known::Optional(_))) {
            self.urls.extend(default());
        }
        self.urls
    }
}

/// URLs given by arguments. What is known under one name of an argument counts before what may hide under another
/// (`ChatModel(**options, api_base="…")`).
pub(super) fn given<'r>(solver: &mut Solver<'r>, places: &[Place<'r>], endpoint: &EndpointRule) -> Given {
    for at in places {
        let mut open = Vec::new();
        for selector in endpoint.args.iter().chain(&endpoint.url_args) {
            let mut texts = said(solver, &[*at], std::slice::from_ref(selector)).unwrap_or_default();
            if endpoint.url_args.contains(selector) {
                texts = urls_among(texts);
            }
            // What is spread over the arguments may hold none of this name.
            let among = select(solver.graph, at.node, selector, at.positional);
            if !among.is_empty() && among.iter().all(|selected| selected.spread) {
                texts = texts.into_iter().map(optional).collect();
            }
            let named = |t: Text| match endpoint.names.get(&t.text) {
                Some(url) => Text { text: url.clone(), ..t },
                None => t,
            };
            // The SDK reads its own variables itself: when they are not set it is as if they were not named.
            let own = |t: &Text| matches!(&t.known, Known::Optional(name) if endpoint.env.contains(name));
            let unset = texts.iter().filter(|t| matches!(t.known, Known::Optional(_)) && !own(t)).cloned();
            let unset: Vec<Text> = unset.collect();
            let mut found = addressed(present(texts).into_iter().map(named).collect(), selector);
            found.extend(unset);
            if found.iter().any(is_known) {
                let mut chosen = select(solver.graph, at.node, selector, at.positional).into_iter();
                let lacking = chosen.any(|s| solver.may_be_null(&s.within(at.ctx)));
                return Given { urls: found, lacking };
            }
            if open.is_empty() {
                open = found;
            }
        }
        if !open.is_empty() {
            return Given { urls: open, lacking: false };
        }
    }
    Given::default()
}

/// Of an argument that names something else unless it holds a URL: its URLs, and what may turn out to be one.
fn urls_among(texts: Vec<Text>) -> Vec<Text> {
    texts.into_iter().filter(|t| !is_known(t) || t.text.contains("://")).map(optional).collect()
}

/// A text that may be absent at run time, where it is not known.
fn optional(text: Text) -> Text {
    match text.known {
        Known::Unknown(name) | Known::Parameter(name) => Text { known: Known::Optional(name), ..text },
        _ => text,
    }
}

/// Texts that can be an address at all. What is none came into an argument by a table of options it shares with others;
/// when nothing else is left, nobody knows the address.
fn addressed(mut texts: Vec<Text>, selector: &str) -> Vec<Text> {
    let name = selector.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let whole = ["url", "base", "endpoint"].iter().any(|word| name.contains(word));
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.') && !is_address(text);
    let can_be = |t: &Text| {
        !is_known(t)
            || !(is_number(&t.text) || matches!(t.text.as_str(), "true" | "false"))
                && (!whole || t.text.contains(['/', '.', ':', '{']))
    };
    if texts.iter().any(can_be) {
        texts.retain(can_be);
        return texts;
    }
    texts.truncate(1);
    let unknown =
        |t: Text| Text { known: Known::Unknown(t.text.clone()), text: format!("{{{}}}", t.text), ..t };
    texts.into_iter().map(unknown).collect()
}

/// Texts without switches and numbers, which come the same way.
pub(super) fn ids(mut texts: Vec<Text>) -> Vec<Text> {
    let is_switch = |t: &str| matches!(t, "true" | "false") || t.bytes().all(|b| b.is_ascii_digit());
    texts.retain(|t| !is_known(t) || t.text.is_empty() || !is_switch(&t.text));
    texts
}

fn is_address(text: &str) -> bool {
    text.parse::<std::net::IpAddr>().is_ok()
}

/// The texts of the first argument that is given; `None` when none is.
pub(super) fn said<'r>(
    solver: &mut Solver<'r>,
    places: &[Place<'r>],
    selectors: &[String],
) -> Option<Vec<Text>> {
    for at in places {
        for selector in selectors {
            let mut chosen = select(solver.graph, at.node, selector, at.positional);
            chosen.retain(|s| !is_plain(solver, s, at.ctx));
            if !chosen.is_empty() {
                return Some(chosen.into_iter().flat_map(|s| solver.strings(&s.within(at.ctx))).collect());
            }
        }
    }
    None
}

/// Whether an option is looked for in what is no object but a plain text (`provider("model")`).
fn is_plain(solver: &mut Solver<'_>, selected: &Selected, ctx: Ctx) -> bool {
    let text = |origin: &Origin| matches!(origin, Origin::Const(_) | Origin::Text(..));
    (0..selected.keys.len()).any(|length| {
        let keys = selected.keys[..length].iter().copied().collect();
        let origins = solver.origins(&State { node: selected.node, ctx, keys });
        !origins.is_empty() && origins.iter().all(text)
    })
}

pub(super) fn selected(solver: &Solver<'_>, call: Node, selectors: &[String]) -> Vec<Selected> {
    selectors.iter().flat_map(|selector| select(solver.graph, call, selector, &[])).collect()
}

pub(super) fn is_known(text: &Text) -> bool {
    !matches!(text.known, Known::Unknown(_) | Known::Parameter(_) | Known::Optional(_))
}

/// Texts without those that mean "not given"; the default of a parameter that is "not given" decides for it.
pub(super) fn present(mut texts: Vec<Text>) -> Vec<Text> {
    let absent = texts.iter().any(|t| t.known == Known::Absent);
    texts.retain(|t| match t.known {
        Known::Absent | Known::Optional(_) => false,
        Known::Parameter(_) => !absent,
        _ => true,
    });
    texts
}
