//! The URLs of raw HTTP calls: one argument, several put together, or those of other calls on the same object.

use super::given::{given, said};
use super::{Addresses, Place, default_text, makers};
use crate::call::{MadeClient, Meaning};
use crate::graph::Node;
use crate::query::select::select;
use crate::query::strings::Text;
use crate::query::urls::joined;
use crate::query::{Ctx, Solver};

impl<'r> Addresses<'_, 'r> {
    /// The URLs a selector of a raw HTTP call means: an argument of the call, of the one that made its object (`new.0`) or
    /// of another method of it (`open().1`); or a host and a path (`new.0.host+new.0.path`).
    fn spelled(
        &self,
        solver: &mut Solver<'r>,
        own: Place<'r>,
        meaning: &Meaning<'r>,
        selector: &str,
    ) -> Vec<Text> {
        let mut whole: Option<Vec<Text>> = None;
        for piece in selector.split('+') {
            let (places, argument) = match (&meaning.client, piece.split_once("().")) {
                (Some(client), Some((method, argument))) => {
                    (self.methods_of(solver, client, method), argument)
                }
                (Some(client), None) => match piece.strip_prefix("new.") {
                    Some(argument) => (makers(client), argument),
                    None => (vec![own], piece),
                },
                (None, _) => (vec![own], piece),
            };
            let texts = said(solver, &places, &[argument.to_owned()]).unwrap_or_default();
            whole = match (whole, selector.contains('+')) {
                (None, true) if texts.is_empty() => return Vec::new(),
                (None, true) => {
                    Some(texts.iter().map(|host| default_text("https://").followed_by(host)).collect())
                }
                (None, false) => Some(texts),
                (Some(hosts), _) if texts.is_empty() => Some(hosts),
                (Some(hosts), _) => Some(joined(&hosts, &texts)),
            };
        }
        whole.unwrap_or_default()
    }

    /// Calls of a method on the object that a client is.
    fn methods_of(&self, solver: &mut Solver<'r>, client: &MadeClient<'r>, method: &str) -> Vec<Place<'r>> {
        let Some((maker, ctx)) = client.maker else { return Vec::new() };
        let calls = solver.calls_on(maker, method);
        calls.into_iter().map(|node| Place { node, ctx, positional: &[] }).collect()
    }

    /// The URL of a raw HTTP call; a relative one is joined to the client's base.
    pub(super) fn raw_urls(
        &self,
        solver: &mut Solver<'r>,
        node: Node,
        ctx: Ctx,
        meaning: &Meaning<'r>,
    ) -> Vec<Text> {
        let rule = meaning.rule;
        let own = Place { node, ctx, positional: &rule.positional };
        // A request that is ended with nothing sends what was written before.
        let empty = select(solver.graph, node, "*", &[]).is_empty();
        if empty && meaning.client.is_some() {
            return Vec::new();
        }
        let mut urls = Vec::new();
        for selector in &rule.url {
            urls = self.spelled(solver, own, meaning, selector);
            if !urls.is_empty() {
                break;
            }
        }
        let relative =
            |t: &Text| t.text.starts_with('/') || !t.text.contains("://") && !t.text.starts_with('{');
        let Some(client) = meaning.client.as_ref().filter(|_| urls.iter().any(relative)) else { return urls };
        let base = given(solver, &makers(client), &client.rule.endpoint).urls;
        let mut joined = Vec::new();
        for url in urls {
            if !relative(&url) {
                joined.push(url);
                continue;
            }
            for b in &base {
                let mut proof = b.proof.clone();
                proof.extend(url.proof.iter().cloned());
                let text = format!("{}/{}", b.text.trim_end_matches('/'), url.text.trim_start_matches('/'));
                joined.push(Text { text, known: b.known.clone(), proof });
            }
        }
        joined
    }
}
