//! Values that are the URL of a known endpoint, under whatever key, in whatever configuration file.

use super::{configured, evidence};
use crate::config::{Setting, Settings};
use crate::destination;
use crate::finding::Configured;
use crate::policy::Policy;
use crate::rules::Rules;
use crate::rules::provider::ProviderKind;
use crate::text::{FileId, Span};
use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// Wire formats of pages for people.
const FOR_PEOPLE: &str = "web";

/// Every such value that no call and no known program was seen to use.
pub(super) fn read(
    rules: &Rules,
    policy: &Policy,
    settings: &Settings,
    known: &FxHashSet<Span>,
) -> Vec<Configured> {
    let left_out = globs(&rules.naming.files);
    let mut list = Vec::new();
    for (id, _) in settings.files().filter(|(_, path)| !left_out.is_match(path)) {
        let mut found = in_file(rules, policy, settings, id, known);
        tell_catalogue(rules, &mut found);
        list.append(&mut found);
    }
    list
}

/// Whoever lists very many providers in one file lists what there is, not what is used.
pub fn tell_catalogue(rules: &Rules, found: &mut [Configured]) {
    let candidates = found.iter().flat_map(|c| &c.destination.candidates);
    let providers: BTreeSet<&String> = candidates.filter_map(|c| c.provider.as_ref()).collect();
    let catalogue = providers.len() > rules.naming.providers;
    found.iter_mut().for_each(|one| one.active = !catalogue);
}

fn in_file(
    rules: &Rules,
    policy: &Policy,
    settings: &Settings,
    id: FileId,
    known: &FxHashSet<Span>,
) -> Vec<Configured> {
    let mut list = Vec::new();
    let all = settings.file(id);
    let mut elements: BTreeMap<&[String], usize> = BTreeMap::new();
    for (_, above) in all.iter().filter_map(element) {
        *elements.entry(above).or_default() += 1;
    }
    for at in all.iter().filter(|s| s.value.contains("://") && !s.secret && !s.commented) {
        let in_long_list = element(at).is_some_and(|(_, above)| elements[above] > rules.naming.list);
        // Of several lines for one variable the last one counts.
        let is_shadowed = at.env && !settings.env(&at.key).any(|s| s.span == at.span);
        if in_long_list || is_shadowed || known.contains(&at.span) || is_mention(rules, at) {
            continue;
        }
        let mut candidates = Vec::new();
        for one in settings.expand(at) {
            let parts: Vec<&str> = one.value.split([';', ',']).map(str::trim).collect();
            if parts.len() > rules.naming.list {
                continue;
            }
            for url in parts.into_iter().filter(|url| is_endpoint(rules, url)) {
                let because = format!("`{}` in the configuration", at.key);
                candidates.push(destination::candidate(rules, policy, url, because, evidence(at, &one.via)));
            }
        }
        if !candidates.is_empty() {
            list.push(configured(at, candidates));
        }
    }
    list
}

/// The number of a list's element, and the path of the list.
fn element(at: &Setting) -> Option<(usize, &[String])> {
    let (last, above) = at.path.split_last()?;
    Some((last.parse().ok()?, above))
}

/// Whether the key says that the host is only spoken of.
fn is_mention(rules: &Rules, at: &Setting) -> bool {
    at.path.iter().chain([&at.key]).any(|key| only_speaks_of(rules, key))
}

/// Whether a key's words say that its value is only spoken of.
pub fn only_speaks_of(rules: &Rules, key: &str) -> bool {
    words(key).iter().any(|word| rules.naming.mentions.contains(word))
}

/// The words of a key: `allowedHosts`, `allowed_hosts` and `allowed-hosts` are two.
fn words(key: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in key.chars() {
        let starts = c.is_uppercase() && before.is_lowercase();
        if !c.is_alphanumeric() || starts {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a text is the URL of a model API.
pub fn is_endpoint(rules: &Rules, url: &str) -> bool {
    let is_url = url.split_once("://").is_some_and(|(scheme, _)| scheme.chars().all(char::is_alphanumeric));
    let Some(found) = rules.resolve_url(url).filter(|_| is_url && !url.contains(char::is_whitespace)) else {
        return false;
    };
    let endpoint = found.endpoint;
    let serves = !matches!(found.provider.kind, ProviderKind::Service | ProviderKind::SelfHost);
    let named = serves && !endpoint.general && endpoint.api.as_deref() != Some(FOR_PEOPLE);
    named && (found.path_matches || rules.api_path(url).is_some())
}

/// A glob that may match anywhere below the root; `*` stays within one folder.
pub(super) fn below_root(glob: &str) -> Option<Glob> {
    GlobBuilder::new(&format!("**/{glob}")).literal_separator(true).build().ok()
}

/// A set of globs, each of which may match anywhere below the root.
fn globs(globs: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in globs.iter().filter_map(|g| below_root(g)) {
        set.add(glob);
    }
    set.build().unwrap_or_else(|_| GlobSet::empty())
}
