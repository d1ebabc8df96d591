//! What the languages' own libraries make of URLs: they take them apart, put them together and join them.

use super::origins::Calls;
use super::strings::{Known, Text};
use super::{Ctx, Solver, State};
use crate::graph::Node;
use crate::ir::*;

impl Solver<'_> {
    /// The texts of a value from outside that is made of URLs; `None` when its path (`urllib.parse.urlparse().netloc`) is
    /// none of theirs.
    pub(super) fn url(&mut self, path: &str, calls: &Calls, depth: u32) -> Option<Vec<Text>> {
        let (head, rest) = path.split_once("()")?;
        let (call, ctx) = *calls.first()?;
        let mut texts = self.url_made(head, call, ctx, depth)?;
        for (used, step) in rest.split_inclusive("()").enumerate() {
            match step.strip_suffix("()") {
                Some("._replace") => {
                    let (call, ctx) = *calls.get(used + 1)?;
                    texts = self.host_replaced(texts, call, ctx, depth);
                }
                Some(".geturl" | ".toString" | ".toJSON") => {}
                Some(_) => return None,
                None => texts = texts.iter().map(|text| part(text, step)).collect::<Option<_>>()?,
            }
        }
        Some(texts)
    }

    /// The URL that a function is given, or makes of what it is given.
    fn url_made(&mut self, function: &str, call: Node, ctx: Ctx, depth: u32) -> Option<Vec<Text>> {
        let Op::Call { args, .. } = self.graph.op(call) else { return None };
        let at = |index: usize| {
            let arg = args.get(index).filter(|arg| arg.kind == ArgKind::Positional)?;
            Some(State::whole(Node { value: arg.value, ..call }, ctx))
        };
        let function_name = match function.strip_suffix(".default") {
            Some(module) => module,
            None => function.rsplit('.').next().unwrap_or(function),
        };
        match function_name {
            "urlparse" | "urlsplit" => Some(self.texts(&at(0)?, depth + 1)),
            "urlunparse" | "urlunsplit" => {
                let given = at(0)?;
                match self.graph.op(given.node) {
                    Op::Alloc { items, .. } => {
                        let items: Vec<ValueId> = items.iter().map(|(_, value)| *value).collect();
                        self.put_together(&items, &given, depth)
                    }
                    _ => Some(self.texts(&given, depth + 1)),
                }
            }
            "urljoin" | "urlJoin" | "joinURL" | "url-join" => {
                let mut urls = self.texts(&at(0)?, depth + 1);
                for index in 1..args.len() {
                    urls = joined(&urls, &self.texts(&at(index)?, depth + 1));
                }
                Some(urls)
            }
            "URL" if matches!(function, "URL" | "url.URL" | "node:url.URL") => {
                let first = self.texts(&at(0)?, depth + 1);
                match at(1) {
                    Some(base) => Some(joined(&self.texts(&base, depth + 1), &first)),
                    None => Some(first),
                }
            }
            "sub" if matches!(function, "re.sub" | "regex.sub") => Some(self.texts(&at(2)?, depth + 1)),
            _ => None,
        }
    }

    /// A URL of its parts: scheme, host, path.
    fn put_together(&mut self, parts: &[ValueId], given: &State, depth: u32) -> Option<Vec<Text>> {
        let [scheme, host, path, ..] = parts else { return None };
        let mut texts = |value: &ValueId| self.texts(&given.to(*value), depth + 1);
        let (schemes, hosts, paths) = (texts(scheme), texts(host), texts(path));
        let scheme = schemes.iter().find(|text| text.is_known()).map(|text| text.text.as_str());
        let with_scheme = |host: &Text| with_scheme(scheme, host);
        let given = |text: &&Text| text.known != Known::Absent;
        let hosts: Vec<Text> = hosts.iter().filter(given).map(with_scheme).collect();
        let paths: Vec<Text> = paths.iter().filter(given).cloned().collect();
        Some(if paths.is_empty() { hosts } else { joined(&hosts, &paths) })
    }

    /// URLs with another host, if a call gives one: `parts._replace(netloc=…)`.
    fn host_replaced(&mut self, urls: Vec<Text>, call: Node, ctx: Ctx, depth: u32) -> Vec<Text> {
        let Op::Call { args, .. } = self.graph.op(call) else { return urls };
        let is_host = |arg: &&Arg| matches!(arg.kind, ArgKind::Keyword(name) if name.as_str() == "netloc");
        let Some(host) = args.iter().find(is_host) else { return urls };
        let hosts = self.texts(&State::whole(Node { value: host.value, ..call }, ctx), depth + 1);
        let scheme = urls.iter().find_map(|url| Some(url.text.split_once("://")?.0));
        hosts.iter().map(|host| with_scheme(scheme, host)).collect()
    }
}

fn with_scheme(scheme: Option<&str>, host: &Text) -> Text {
    let text = scheme.map_or_else(|| host.text.clone(), |scheme| format!("{scheme}://{}", host.text));
    Text { text, ..host.clone() }
}

/// Every base joined with every rest; one that names a host stands for itself.
pub fn joined(base: &[Text], rest: &[Text]) -> Vec<Text> {
    let mut all = Vec::new();
    for b in base {
        for r in rest {
            let absolute = r.text.contains("://");
            let slash = Text { text: "/".into(), known: Known::Literal, proof: Vec::new() };
            let trimmed = Text { text: b.text.trim_end_matches('/').into(), ..b.clone() };
            let tail = Text { text: r.text.trim_start_matches('/').into(), ..r.clone() };
            all.push(if absolute { r.clone() } else { trimmed.followed_by(&slash).followed_by(&tail) });
        }
    }
    all
}

/// A part of a URL by the name of its attribute; `None` when there is no such part.
fn part(url: &Text, attribute: &str) -> Option<Text> {
    let (scheme, rest) = url.text.split_once("://").unwrap_or(("", &url.text));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let text = match attribute {
        "" | ".href" => url.text.clone(),
        ".origin" if scheme.is_empty() => host.to_owned(),
        ".origin" => format!("{scheme}://{host}"),
        ".netloc" | ".host" => host.to_owned(),
        ".hostname" => host.split(':').next().unwrap_or(host).to_owned(),
        ".scheme" => scheme.to_owned(),
        ".protocol" => format!("{scheme}:"),
        ".path" | ".pathname" => path.to_owned(),
        _ => return None,
    };
    Some(Text { text, ..url.clone() })
}
