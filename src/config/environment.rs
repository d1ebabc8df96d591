//! Which settings of a structured file define environment variables, and which strings are files of their own.

use super::format::{Entry, Format, RULES};
use super::leaf::{Leaf, Page, Scalar, is_name};
use super::pattern::Pattern;
use rustc_hash::FxHashMap;

/// Marks the variables among the leaves of one structured file and reads the files embedded in it.
pub(super) fn mark(text: &str, entries: &[&Entry], page: &mut Page) {
    let only: Vec<&String> = entries.iter().flat_map(|e| &e.only).collect();
    if !only.is_empty() {
        page.leaves.retain(|leaf| leaf.path.first().is_some_and(|first| only.contains(&first)));
    }
    prefer_written(page);
    let kinds = kinds(page);
    let mut pairs: FxHashMap<(u32, Vec<String>), Pair> = FxHashMap::default();
    let mut last: Option<(u32, Vec<String>, Container)> = None;
    for index in 0..page.leaves.len() {
        let (container, document) = match page.leaves[index].path.split_last() {
            Some((_, container)) => (container, page.leaves[index].document),
            None => continue,
        };
        // Neighbours share their container: ask the patterns once.
        if last.as_ref().is_none_or(|(d, known, _)| *d != document || known != container) {
            last = Some((document, container.to_vec(), Container::of(container, document, entries, &kinds)));
        }
        let Some((_, container, found)) = &last else { continue };
        if found.pairs {
            pair(&page.leaves[index], container, index, &mut pairs);
        }
        if found.from {
            points(&page.leaves[index], &container[..container.len() - 2], index, &mut pairs);
        }
        if found.env {
            define(&mut page.leaves[index], text, found);
        }
    }
    for pair in pairs.into_values() {
        let Some(name) = pair.name else { continue };
        let (name, key_span) = (page.leaves[name].value.clone(), page.leaves[name].span.clone());
        let Some(index) = pair.value.or(pair.key) else { continue };
        if pair.value.is_none() {
            let Some(document) = pair.document else { continue };
            let key = &page.leaves[index].value;
            page.leaves[index].value = format!("${{from:{}/{key}}}", page.leaves[document].value);
        }
        page.leaves[index].env = Some(name);
        page.leaves[index].key_span = key_span;
    }
    embedded(text, entries, page);
}

/// What the patterns say of one container of scalars.
struct Container {
    env: bool,
    pairs: bool,
    /// Points at a key of another document.
    from: bool,
    secret: bool,
    profile: Option<String>,
}

impl Container {
    fn of(path: &[String], document: u32, entries: &[&Entry], kinds: &[(u32, usize)]) -> Container {
        let mut found = Container { env: false, pairs: false, from: false, secret: false, profile: None };
        for pattern in entries.iter().flat_map(|e| &e.env) {
            if let Some(profile) = pattern.fits(path) {
                found.env = true;
                found.profile = found.profile.or(profile.map(str::to_owned));
            }
        }
        for (_, kind) in kinds.iter().filter(|(d, _)| *d == document) {
            let kind = &RULES.anywhere.kinds[*kind];
            if fits_any(&kind.env, path) {
                found.env = true;
                found.secret |= kind.secret;
            }
        }
        found.from = matches!(path, [list @ .., _, from, _] if RULES.anywhere.pair_from.contains(from) && fits_any(&RULES.anywhere.pairs, list));
        found.pairs = path.split_last().is_some_and(|(_, list)| fits_any(&RULES.anywhere.pairs, list));
        found
    }
}

/// The scalars of `{ name: X, value: y }` or `{ name: X, valueFrom: { …: { name: document, key: k } } }`, as indices of leaves.
#[derive(Default)]
struct Pair {
    name: Option<usize>,
    value: Option<usize>,
    document: Option<usize>,
    key: Option<usize>,
}

fn points(leaf: &Leaf, container: &[String], index: usize, pairs: &mut FxHashMap<(u32, Vec<String>), Pair>) {
    let pair = pairs.entry((leaf.document, container.to_vec())).or_default();
    match leaf.path.last().map(String::as_str) {
        Some("name") => pair.document = Some(index),
        Some("key") => pair.key = Some(index),
        _ => {}
    }
}

fn pair(leaf: &Leaf, container: &[String], index: usize, pairs: &mut FxHashMap<(u32, Vec<String>), Pair>) {
    let Some(key) = leaf.path.last() else { return };
    let rules = &RULES.anywhere;
    let is_value = rules.pair_value.iter().any(|k| k == key);
    if rules.pair_name.iter().any(|k| k == key) && is_name(&leaf.value) {
        pairs.entry((leaf.document, container.to_vec())).or_default().name.get_or_insert(index);
    } else if is_value {
        pairs.entry((leaf.document, container.to_vec())).or_default().value.get_or_insert(index);
    }
}

/// `K: V` or `- K=V` in a container of variables.
fn define(leaf: &mut Leaf, text: &str, container: &Container) {
    let Some(key) = leaf.path.last() else { return };
    let profile = container.profile.clone();
    if key.bytes().all(|b| b.is_ascii_digit()) {
        let Some(at) = leaf.value.find('=').filter(|at| is_name(&leaf.value[..*at])) else { return };
        let name = leaf.value[..at].to_owned();
        leaf.value.drain(..=at);
        // The same split on the written text; escapes before the `=` are not worth more.
        let start =
            leaf.span.start + text.get(leaf.span.clone()).and_then(|t| t.find('=')).map_or(0, |n| n + 1);
        leaf.key_span = leaf.span.start..start.saturating_sub(1).max(leaf.span.start);
        leaf.span.start = start;
        leaf.env = Some(name);
    } else if is_name(key) {
        leaf.env = Some(key.clone());
    } else {
        return;
    }
    leaf.profile = profile;
    leaf.secret |= container.secret;
}

/// Which kinds of document the file holds: (document, index into the rules).
fn kinds(page: &Page) -> Vec<(u32, usize)> {
    let mut found = Vec::new();
    for leaf in page.leaves.iter().filter(|l| l.path.len() == 1) {
        for (index, kind) in RULES.anywhere.kinds.iter().enumerate() {
            // All rules so far ask for one key.
            if kind.wants.iter().all(|(key, value)| leaf.path[0] == *key && leaf.value == *value) {
                found.push((leaf.document, index));
            }
        }
    }
    found
}

/// A key written out wins over the same key of a merged anchor, wherever either stands.
fn prefer_written(page: &mut Page) {
    if !page.leaves.iter().any(|l| l.merged) {
        return;
    }
    let written: std::collections::BTreeSet<(u32, Vec<String>)> =
        page.leaves.iter().filter(|l| !l.merged).map(|l| (l.document, l.path.clone())).collect();
    page.leaves.retain(|l| !l.merged || !written.contains(&(l.document, l.path.clone())));
}

/// Reads scripts and whole files that stand in strings.
fn embedded(text: &str, entries: &[&Entry], page: &mut Page) {
    let mut inner = Page::default();
    for leaf in &mut page.leaves {
        if leaf.scalar != Scalar::Text {
            continue;
        }
        let written = text.get(leaf.span.clone()).unwrap_or("");
        let rule = entries.iter().flat_map(|e| &e.embed).find(|(path, _)| path.fits(&leaf.path).is_some());
        let file = leaf.path.last().filter(|_| leaf.value.contains('\n')).and_then(|name| Format::of(name));
        let Some(format) = rule.map(|(_, format)| *format).or(file) else { continue };
        leaf.env = None;
        inner.base = leaf.span.start;
        inner.prefix = leaf.path.clone();
        let before = inner.leaves.len();
        super::read_format(format, written, &mut inner);
        for found in &mut inner.leaves[before..] {
            found.document = leaf.document;
            found.secret |= leaf.secret;
        }
    }
    for leaf in std::mem::take(&mut inner.leaves) {
        if !page.push(leaf) {
            break;
        }
    }
    page.notes.append(&mut inner.notes);
}

fn fits_any(patterns: &[Pattern], path: &[String]) -> bool {
    patterns.iter().any(|p| p.fits(path).is_some())
}
