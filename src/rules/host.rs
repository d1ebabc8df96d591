//! URL → the endpoint entry that claims its host. Only the parsed host decides, never user part or query;
//! labels are compared whole, so a look-alike with a longer tail is nobody's.

use rustc_hash::FxHashMap;
use url::Url;

use super::local::LocalNames;
use super::provider::Provider;

/// Every host pattern, by the labels that end it.
#[derive(Debug, Default)]
pub(super) struct HostIndex {
    /// Whole host → entries.
    exact: FxHashMap<String, Vec<Entry>>,
    /// Literal tail of a pattern with placeholders → entries.
    tails: FxHashMap<String, Vec<Pattern>>,
    /// Port → software that listens there, for hosts that are local.
    ports: FxHashMap<u16, Vec<Entry>>,
}

/// The endpoint that matched.
pub(super) struct Hit {
    pub provider: usize,
    pub endpoint: usize,
    pub region: Option<String>,
    pub path_matches: bool,
}

#[derive(Debug, Clone)]
struct Entry {
    provider: usize,
    endpoint: usize,
    path: Option<String>,
    port: Option<u16>,
}

#[derive(Debug)]
struct Pattern {
    /// Labels before the tail, from left to right.
    labels: Vec<Label>,
    /// A leading `*.`: any number of labels, at least one.
    open: bool,
    /// Literal characters: the more, the more specific.
    weight: usize,
    entry: Entry,
}

/// One label: literals around at most a few placeholders.
#[derive(Debug)]
struct Label {
    pieces: Vec<Piece>,
}

#[derive(Debug)]
enum Piece {
    Literal(String),
    Hole { is_region: bool },
}

impl HostIndex {
    pub(super) fn new(providers: &[Provider]) -> HostIndex {
        let mut index = HostIndex::default();
        for (provider, entry) in providers.iter().enumerate() {
            for (endpoint, spec) in entry.endpoints.iter().enumerate() {
                let path = spec.path.as_deref().map(|path| path.trim_end_matches('/').to_owned());
                let path = path.filter(|path| !path.is_empty());
                index.add(&spec.host, Entry { provider, endpoint, path, port: spec.port });
            }
        }
        index
    }

    fn add(&mut self, host: &str, entry: Entry) {
        let host = host.to_ascii_lowercase();
        if let Some(port) = entry.port {
            self.ports.entry(port).or_default().push(entry.clone());
        }
        if !host.contains(['*', '{']) {
            self.exact.entry(host).or_default().push(entry);
            return;
        }
        let (open, rest) = host.strip_prefix("*.").map_or((false, host.as_str()), |rest| (true, rest));
        let labels: Vec<&str> = rest.split('.').collect();
        let literal = labels.iter().rposition(|label| label.contains(['*', '{'])).map_or(0, |at| at + 1);
        let tail = labels[literal..].join(".");
        let weight = rest.chars().filter(|c| *c != '*').count() - holes(rest);
        let labels = labels[..literal].iter().map(|label| Label::parse(label)).collect();
        self.tails.entry(tail).or_default().push(Pattern { labels, open, weight, entry });
    }

    /// The most specific entry for a URL: exact host, then most literal characters, then path.
    pub(super) fn find(&self, url: &str, local: &LocalNames) -> Option<Hit> {
        let target = Target::parse(url)?;
        if let Some(hit) = self.find_local(&target, local) {
            return Some(hit);
        }
        let mut candidates: Vec<Candidate<'_>> = Vec::new();
        for entry in self.exact.get(target.host.as_str()).into_iter().flatten() {
            candidates.push(Candidate { weight: usize::MAX, entry, region: None });
        }
        let labels: Vec<&str> = target.host.split('.').collect();
        let mut at = 0;
        for (start, label) in labels.iter().enumerate().take(labels.len() - 1) {
            at += label.len() + 1;
            for pattern in self.tails.get(&target.host[at..]).into_iter().flatten() {
                if let Some(region) = pattern.matches(&labels[..=start]) {
                    candidates.push(Candidate { weight: pattern.weight, entry: &pattern.entry, region });
                }
            }
        }
        candidates.retain(|c| c.entry.port.is_none() || c.entry.port == target.port);
        // `max_by_key` takes the last of equals; reversed, the entry that was loaded first wins.
        let best = candidates.into_iter().rev().max_by_key(|c| (c.weight, target.path_rank(c.entry)))?;
        Some(Hit {
            provider: best.entry.provider,
            endpoint: best.entry.endpoint,
            path_matches: target.path_rank(best.entry) > PathRank::Elsewhere,
            region: best.region.filter(|region| !region.contains(HOLE)),
        })
    }

    /// Software on this machine or network, known by its port; only when one program uses that port.
    fn find_local(&self, target: &Target, local: &LocalNames) -> Option<Hit> {
        let [entry] = &self.ports.get(&target.port?)?[..] else { return None };
        (!target.host.contains(HOLE) && local.contains(&target.host)).then_some(Hit {
            provider: entry.provider,
            endpoint: entry.endpoint,
            region: None,
            path_matches: true,
        })
    }
}

struct Candidate<'i> {
    weight: usize,
    entry: &'i Entry,
    region: Option<String>,
}

/// How well a URL's path suits an entry's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum PathRank {
    /// The entry names a path, and this is another.
    Elsewhere,
    /// The entry claims the whole host.
    Any,
    /// Under the entry's path, which has this many bytes.
    Under(usize),
}

impl Pattern {
    /// `Some(region)` when the labels before the tail suit; the region is what its hole holds.
    fn matches(&self, labels: &[&str]) -> Option<Option<String>> {
        let extra = labels.len().checked_sub(self.labels.len())?;
        if self.open != (extra > 0) {
            return None;
        }
        let mut region = None;
        for (label, text) in self.labels.iter().zip(&labels[extra..]) {
            label.matches(text, &mut region)?;
        }
        Some(region)
    }
}

impl Label {
    fn parse(label: &str) -> Label {
        let mut pieces = Vec::new();
        let mut rest = label;
        while let Some(at) = rest.find(['*', '{']) {
            if at > 0 {
                pieces.push(Piece::Literal(rest[..at].to_owned()));
            }
            let end = if rest[at..].starts_with('*') {
                at + 1
            } else {
                rest.find('}').map_or(rest.len(), |e| e + 1)
            };
            pieces.push(Piece::Hole { is_region: &rest[at..end] == REGION_HOLE });
            rest = &rest[end..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Literal(rest.to_owned()));
        }
        Label { pieces }
    }

    /// Whether the text has this shape; every hole takes at least one character, the first as few as it can.
    fn matches(&self, text: &str, region: &mut Option<String>) -> Option<()> {
        let mut rest = text;
        for (at, piece) in self.pieces.iter().enumerate() {
            let is_last_but_one = at + 2 == self.pieces.len();
            match piece {
                Piece::Literal(literal) => rest = rest.strip_prefix(literal.as_str())?,
                Piece::Hole { is_region } => {
                    let end = match self.pieces.get(at + 1) {
                        None => rest.len(),
                        Some(Piece::Literal(next)) if is_last_but_one => {
                            rest.strip_suffix(next.as_str())?.len()
                        }
                        Some(Piece::Literal(next)) => 1 + rest.get(1..)?.find(next.as_str())?,
                        Some(Piece::Hole { .. }) => return None,
                    };
                    if end == 0 {
                        return None;
                    }
                    if *is_region {
                        *region = Some(rest[..end].to_owned());
                    }
                    rest = &rest[end..];
                }
            }
        }
        rest.is_empty().then_some(())
    }
}

/// The parts of a URL that decide.
struct Target {
    host: String,
    path: String,
    port: Option<u16>,
}

/// What a hole of a URL template is replaced by while it is parsed; no real name contains it.
const HOLE: &str = "zzholezz";
const REGION_HOLE: &str = "{region}";
const SCHEMES: [&str; 6] = ["http", "https", "ws", "wss", "grpc", "grpcs"];

impl Target {
    fn parse(url: &str) -> Option<Target> {
        let url = url.trim();
        let (scheme, rest) = url.split_once("://").unwrap_or(("https", url.trim_start_matches("//")));
        if !SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)) && !is_hole(scheme) {
            return None;
        }
        let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        // Without a scheme a user part cannot be told from `mailto:` and its like.
        if !url.contains("://") && authority.contains('@') {
            return None;
        }
        let filled = fill(authority)?;
        // The scheme only matters for parsing: `http` keeps an explicit port visible unless it is 80.
        let parsed = Url::parse(&format!("http://{filled}{tail}")).ok()?;
        let host = parsed.host_str()?.trim_end_matches('.').to_ascii_lowercase();
        Some(Target { host, path: parsed.path().to_owned(), port: parsed.port() })
    }

    fn path_rank(&self, entry: &Entry) -> PathRank {
        let Some(path) = entry.path.as_deref() else { return PathRank::Any };
        if is_under(&self.path, path) { PathRank::Under(path.len()) } else { PathRank::Elsewhere }
    }
}

/// Whether `path` lies under `prefix`, whose `{x}` steps stand for anything.
fn is_under(path: &str, prefix: &str) -> bool {
    let mut steps = path.trim_start_matches('/').split('/');
    prefix.trim_start_matches('/').split('/').all(|want| {
        steps.next().is_some_and(|step| step == want || (want.contains(['{', '*']) && !step.is_empty()))
    })
}

fn is_hole(text: &str) -> bool {
    text.starts_with('{') && text.ends_with('}')
}

/// The authority with every `{…}` replaced; a hole in place of the port is dropped.
fn fill(authority: &str) -> Option<String> {
    let mut out = String::with_capacity(authority.len() + HOLE.len());
    let mut rest = authority;
    while let Some(open) = rest.find('{') {
        let close = open + rest[open..].find('}')?;
        let before = &rest[..open];
        let is_last = close + 1 == rest.len();
        match before.strip_suffix(':') {
            Some(host) if is_last => out.push_str(host),
            _ => {
                out.push_str(before);
                out.push_str(HOLE);
            }
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    Some(out)
}

fn holes(host: &str) -> usize {
    let mut depth = 0usize;
    host.chars()
        .filter(|c| {
            depth = if *c == '{' { depth + 1 } else { depth };
            let inside = depth > 0;
            depth = if *c == '}' { depth.saturating_sub(1) } else { depth };
            inside
        })
        .count()
}
