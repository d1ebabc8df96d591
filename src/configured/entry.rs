//! What the configuration files of known programs set: one entry for each endpoint.

use super::evidence;
use super::mention::below_root;
use crate::config::{Pattern, Setting, Settings, rendered};
use crate::destination;
use crate::finding::{Candidate, Verdict};
use crate::policy::Policy;
use crate::router::{self, Given, Request, Value};
use crate::rules::Rules;
use crate::rules::app::{App, AppEndpoint};
use crate::rules::glob;
use crate::rules::router::Router;
use crate::text::{FileId, Span};
use globset::GlobSetBuilder;
use rustc_hash::FxHashSet;

/// Among the places of a provider's word: the key of the endpoint itself.
const OWN_KEY: &str = "@";

/// One endpoint that a file sets for a program.
pub struct Entry<'a> {
    /// The program.
    pub app: &'a App,
    /// What the file calls the endpoint.
    pub name: Option<String>,
    /// The setting that decides where it goes.
    pub at: &'a Setting,
    /// Where that is.
    pub candidates: Vec<Candidate>,
    /// Models that are asked for there.
    pub models: Vec<String>,
    /// Whether the program uses it, rather than merely knowing of it.
    pub active: bool,
}

impl Entry<'_> {
    /// The settings that were read for it.
    pub(super) fn spans(&self) -> impl Iterator<Item = Span> {
        let steps = self.candidates.iter().flat_map(|c| &c.evidence).map(|step| step.span);
        steps.chain([self.at.span])
    }
}

/// Every entry of every file, by file and position.
pub fn read<'a>(rules: &'a Rules, policy: &Policy, settings: &'a Settings) -> Vec<Entry<'a>> {
    let mut set = GlobSetBuilder::new();
    let mut owners = Vec::new();
    for app in &rules.apps {
        for glob in app.files.iter().filter_map(|g| below_root(g)) {
            set.add(glob);
            owners.push(app);
        }
    }
    let Ok(set) = set.build() else { return Vec::new() };
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for (id, path) in settings.files() {
        let mut matched = set.matches(rendered(path));
        matched.dedup_by_key(|at| &owners[*at].id);
        for at in matched {
            let file = File { rules, policy, settings, id, app: owners[at] };
            if file.is_mine() {
                entries.extend(file.entries());
            }
        }
    }
    entries
}

/// One file of one program.
struct File<'a, 'h> {
    rules: &'a Rules,
    policy: &'h Policy,
    settings: &'a Settings,
    id: FileId,
    app: &'a App,
}

/// Settings below a path of the file, which patterns are matched against without that path.
struct Group<'a> {
    prefix: Vec<String>,
    settings: Vec<&'a Setting>,
}

impl<'a> Group<'a> {
    /// The settings at the first of the key paths that has any.
    fn first(&self, paths: &[String]) -> Vec<&'a Setting> {
        paths.iter().map(|path| self.at(path)).find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn at(&self, path: &str) -> Vec<&'a Setting> {
        let pattern = Pattern::new(path);
        let fits = |s: &&&Setting| {
            let below = &s.path[self.prefix.len()..];
            if path.is_empty() { below.is_empty() } else { pattern.fits(below).is_some() }
        };
        self.settings.iter().filter(fits).filter(|s| !s.value.is_empty() && !s.commented).copied().collect()
    }
}

impl<'a> File<'a, '_> {
    fn is_mine(&self) -> bool {
        let has = |needed: &String| {
            let pattern = Pattern::new(needed);
            let length = pattern.length();
            self.settings.file(self.id).iter().any(|s| {
                let head = length.map_or(Some(&s.path[..]), |n| s.path.get(..n));
                head.is_some_and(|head| pattern.fits(head).is_some())
            })
        };
        self.app.needs.is_empty() || self.app.needs.iter().any(has)
    }

    fn entries(&self) -> Vec<Entry<'a>> {
        let mut entries: Vec<Entry<'a>> = Vec::new();
        for endpoint in &self.app.endpoints {
            for group in self.groups(&endpoint.each) {
                let entry = self.entry(endpoint, &group);
                let named_before = |e: &Entry<'_>| {
                    endpoint.each.is_empty()
                        && entry.as_ref().is_some_and(|new| new.name.is_some() && new.name == e.name)
                };
                if !entries.iter().any(named_before) {
                    entries.extend(entry);
                }
            }
        }
        self.choose(&mut entries);
        entries
    }

    /// Marks what the file chooses among several, when it does.
    fn choose(&self, entries: &mut [Entry<'a>]) {
        let whole = self.whole();
        let chosen: Vec<&str> =
            self.app.chosen.iter().flat_map(|path| whole.at(path)).map(|s| s.value.as_str()).collect();
        let is_chosen = |entry: &Entry<'_>| {
            entry.name.as_deref().is_some_and(|name| chosen.iter().any(|value| means(value, name)))
        };
        if entries.iter().any(is_chosen) {
            entries.iter_mut().for_each(|entry| entry.active = is_chosen(entry));
        }
    }

    fn whole(&self) -> Group<'a> {
        Group { prefix: Vec::new(), settings: self.settings.file(self.id).iter().collect() }
    }

    /// One group for each match of a key path.
    fn groups(&self, each: &str) -> Vec<Group<'a>> {
        if each.is_empty() {
            return vec![self.whole()];
        }
        let pattern = Pattern::new(each);
        let Some(length) = pattern.length() else { return Vec::new() };
        let mut prefixes: Vec<&[String]> = Vec::new();
        let mut seen = FxHashSet::default();
        for setting in self.settings.file(self.id) {
            let Some(head) = setting.path.get(..length) else { continue };
            if pattern.fits(head).is_some() && seen.insert(head) {
                prefixes.push(head);
            }
        }
        let group = |prefix: &[String]| {
            let path: Vec<&str> = prefix.iter().map(String::as_str).collect();
            Group { settings: self.settings.under(self.id, &path), prefix: prefix.to_vec() }
        };
        prefixes.into_iter().map(group).collect()
    }

    fn entry(&self, endpoint: &AppEndpoint, group: &Group<'a>) -> Option<Entry<'a>> {
        let mut required = Vec::new();
        for (path, values) in &endpoint.required {
            let fits = |s: &&Setting| values.iter().any(|glob| glob::matches(glob, &s.value));
            required.extend(group.at(path).into_iter().find(fits));
        }
        if required.len() < endpoint.required.len() {
            return None;
        }
        let urls = group.first(&endpoint.url);
        let words = group.first(&endpoint.provider);
        let models = group.first(&endpoint.model);
        let ids: Vec<String> = models.iter().map(|s| s.value.clone()).collect();
        let own = group.first(&endpoint.name).first().map(|s| s.value.clone());
        let last = || endpoint.each.ends_with('*').then(|| group.prefix.last().cloned()).flatten();
        let mut name = own.or_else(last);
        let by_key = endpoint.provider.iter().any(|path| path == OWN_KEY).then(last).flatten();
        let by_key = by_key.and_then(|word| Some((*group.settings.first()?, self.url_of(&word)?, word)));
        let said = self.said(&words, &models).or(by_key.map(|(at, url, word)| (at, word, url)));
        let (at, mut candidates) = match (urls.first(), said) {
            (Some(first), _) => (*first, urls.iter().flat_map(|s| self.urls(s)).collect()),
            (None, Some((at, word, url))) => {
                name = name.or(Some(word.clone()));
                (at, vec![self.candidate(&url, format!("`{word}` in the configuration"), at)])
            }
            (None, None) if !words.is_empty() => {
                let at = words[0];
                let because = format!("`{}` names a provider that nobody knows", at.key);
                (at, vec![self.candidate(&format!("{{{}}}", at.value), because, at)])
            }
            (None, None) => {
                let at = required.first().or(words.first()).or(models.first())?;
                let url = self.rules.url_of(endpoint.default.as_ref()?)?;
                (*at, vec![self.candidate(&url, format!("the default of {}", self.app.name), at)])
            }
        };
        for candidate in &mut candidates {
            self.route(candidate, endpoint, group, &ids);
        }
        (!candidates.is_empty()).then_some(Entry {
            app: self.app,
            name,
            at,
            candidates,
            models: ids,
            active: true,
        })
    }

    /// The provider that a word or the prefix of a model names, with its URL.
    fn said(&self, words: &[&'a Setting], models: &[&'a Setting]) -> Option<(&'a Setting, String, String)> {
        for at in words {
            if let Some(url) = self.url_of(&at.value) {
                return Some((at, at.value.clone(), url));
            }
        }
        // A word that nobody knows is not outvoted by the name of a model.
        if !words.is_empty() {
            return None;
        }
        models
            .iter()
            .find_map(|at| {
                let table = self.app.prefixes.as_ref()?;
                let package = self.rules.clients.packages.iter().find(|p| p.id() == *table);
                let rows = package.iter().flat_map(|p| &p.prefixes);
                let longest = rows
                    .filter(|row| at.value.starts_with(&row.prefix))
                    .max_by_key(|row| row.prefix.len())?;
                let url = longest.url.clone().or_else(|| self.rules.url_of(&longest.provider))?;
                Some((*at, longest.provider.clone(), url))
            })
            .or_else(|| {
                models.iter().find_map(|at| {
                    let (word, _) = at.value.split_once(['/', ':'])?;
                    Some((*at, word.to_owned(), self.url_of(word)?))
                })
            })
    }

    fn url_of(&self, word: &str) -> Option<String> {
        let known = self.app.providers.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
        self.rules.url_of(known.map_or(word, |(_, meant)| meant))
    }

    /// The URLs a setting holds; one that is no URL stays unresolved.
    fn urls(&self, at: &'a Setting) -> Vec<Candidate> {
        let variable = self.app.environment.iter().find_map(|start| at.value.strip_prefix(&**start));
        if let Some(name) = variable {
            return self.set_by(name, at);
        }
        let mut found = Vec::new();
        for one in self.settings.expand(at) {
            for url in one.value.split([';', ',']).map(str::trim).filter(|url| !url.is_empty()) {
                let is_url = url.contains("://") || url.contains('.') || url.contains(':');
                let url = if is_url { url.to_owned() } else { format!("{{{url}}}") };
                let because = format!("`{}` in the configuration", at.key);
                found.push(destination::candidate(
                    self.rules,
                    self.policy,
                    &url,
                    because,
                    evidence(at, &one.via),
                ));
            }
        }
        found
    }

    /// The URLs of a variable that a setting names instead of a URL.
    fn set_by(&self, name: &str, at: &'a Setting) -> Vec<Candidate> {
        let file = self.settings.path_of(self.id);
        let set = self.settings.env_for(name, file);
        let values =
            set.iter().flat_map(|set| self.settings.expand(set).into_iter().map(move |one| (*set, one)));
        let mut found: Vec<Candidate> = values
            .filter(|(_, one)| !one.value.is_empty())
            .map(|(set, one)| {
                let via: Vec<&Setting> = [set].into_iter().chain(one.via).collect();
                let because = format!("`{name}` in the configuration");
                destination::candidate(self.rules, self.policy, &one.value, because, evidence(at, &via))
            })
            .collect();
        found.dedup_by(|one, other| one.url == other.url);
        if found.is_empty() {
            found.push(self.candidate(
                &format!("{{{name}}}"),
                format!("decided at run time by `{name}`"),
                at,
            ));
        }
        found
    }

    fn candidate(&self, url: &str, because: String, at: &Setting) -> Candidate {
        destination::candidate(self.rules, self.policy, url, because, evidence(at, &[]))
    }

    /// Narrows a router's choice by what the file says to it.
    fn route(&self, candidate: &mut Candidate, endpoint: &AppEndpoint, group: &Group<'a>, models: &[String]) {
        let router = candidate.provider.as_deref().and_then(|id| self.rules.router(id));
        let Some(router) = router.filter(|_| candidate.verdict == Verdict::Possible) else { return };
        let mut given = router::in_text(router, &candidate.url, models);
        given.extend(set_in(router, endpoint, group));
        router::narrow(
            self.rules,
            self.policy,
            candidate,
            Request { router, given, models, pinned: Vec::new() },
        );
    }
}

/// The controls of a router that a group sets.
fn set_in<'a>(router: &'a Router, endpoint: &AppEndpoint, group: &Group<'_>) -> Vec<Given<'a>> {
    let mut given = Vec::new();
    for control in &router.controls {
        let keys = router::keys(router, control);
        let paths = endpoint.body.iter().flat_map(|body| {
            keys.iter().map(move |key| if body.is_empty() { key.clone() } else { format!("{body}.{key}") })
        });
        let found = paths.map(|path| {
            let mut found = group.at(&path);
            found.extend(group.at(&format!("{path}.*")));
            found
        });
        if let Some(found) = found.into_iter().find(|found| !found.is_empty()) {
            let words = found.iter().map(|s| s.value.to_lowercase()).collect();
            given.push(Given { control, value: Value::Words(words), said_by: None });
        }
    }
    given
}

/// Whether a choice means an endpoint: by its name, or by its name and a model.
fn means(value: &str, name: &str) -> bool {
    let value = value.trim();
    value == name || value.strip_prefix(name).is_some_and(|rest| rest.starts_with(['/', ',', ':']))
}
