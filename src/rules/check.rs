//! What rule files say of each other and of the world's codes: unknown countries, providers, classes, tables;
//! hosts claimed twice; globs and expressions that do not compile.

use std::collections::BTreeMap;
use std::ops::Range;

use camino::Utf8Path;
use rustc_hash::FxHashSet;

use super::merge::{Merged, Text, ids};
use super::provider::{Provider, REGION, RESIDENCY_WORDS, UNKNOWN};
use super::{RulesError, load, merge};

/// Every mistake in a folder of rules, read on top of the bundle; empty when it can be used with `--rules`.
pub fn check(dir: &Utf8Path) -> Vec<RulesError> {
    let (mut files, mut errors) = load::files(&[]);
    let (own, own_errors) = load::files_of(dir, 1);
    files.extend(own);
    errors.extend(own_errors);
    let (merged, texts) = merge::gather(files, &mut errors);
    cross_check(&merged, &texts, &mut errors);
    expressions(&merged, &texts, &mut errors);
    errors.sort_by(|a, b| {
        let start = |error: &RulesError| error.span.as_ref().map_or(0, |span| span.start);
        (&a.path, start(a), &a.message).cmp(&(&b.path, start(b), &b.message))
    });
    errors.dedup();
    errors
}

/// References between entries, and codes.
pub(super) fn cross_check(merged: &Merged, texts: &[Text], errors: &mut Vec<RulesError>) {
    let mut check = Checker { merged, texts, errors, providers: provider_names(merged) };
    check.groups();
    check.providers();
    check.hosts();
    check.routers();
    check.apps();
    check.places();
    check.clients();
    check.data();
    check.severity();
}

/// Where a quoted value stands in a file, for the caret.
pub(super) fn locate(text: &str, value: &str) -> Option<Range<usize>> {
    let quoted = format!("\"{value}\"");
    text.find(&quoted).map(|at| at..at + quoted.len())
}

/// The last place a quoted value stands at.
pub(super) fn locate_last(text: &str, value: &str) -> Option<Range<usize>> {
    let quoted = format!("\"{value}\"");
    text.rfind(&quoted).map(|at| at..at + quoted.len())
}

struct Checker<'c> {
    merged: &'c Merged,
    texts: &'c [Text],
    errors: &'c mut Vec<RulesError>,
    /// Ids and aliases of providers.
    providers: FxHashSet<&'c str>,
}

impl<'c> Checker<'c> {
    fn report(&mut self, file: usize, value: &str, message: String) {
        let text = &self.texts[file];
        self.errors.push(text.error(locate(text.text(), value), message));
    }

    fn known_provider(&mut self, file: usize, id: &str) {
        if !self.providers.contains(id) {
            self.report(file, id, format!("unknown provider `{id}`"));
        }
    }

    fn known_providers(&mut self, file: usize, ids: impl Iterator<Item = &'c String>) {
        ids.for_each(|id| self.known_provider(file, id));
    }

    fn country(&mut self, file: usize, code: &str) {
        if code != UNKNOWN && !self.merged.jurisdictions.knows(code) {
            self.report(file, code, format!("`{code}` is neither an ISO 3166-1 alpha-2 code nor a group"));
        }
    }

    fn residency(&mut self, file: usize, place: &str) {
        if !RESIDENCY_WORDS.contains(&place) {
            self.country(file, place);
        }
    }

    fn groups(&mut self) {
        for (group, members) in &self.merged.jurisdictions.groups {
            let file = self.merged.groups_file[group];
            for code in members {
                if !self.merged.jurisdictions.countries.contains_key(code) {
                    self.report(
                        file,
                        code,
                        format!("`{code}` in group `{group}` is not an ISO 3166-1 alpha-2 code"),
                    );
                }
            }
        }
    }

    fn providers(&mut self) {
        let mut names: BTreeMap<&str, &str> = BTreeMap::new();
        for (id, (provider, file)) in &self.merged.providers.0 {
            for alias in provider.aliases.iter().chain([id]) {
                if let Some(other) = names.insert(alias, id) {
                    self.report(*file, alias, format!("`{alias}` already names the provider `{other}`"));
                }
            }
            self.operator(provider, *file);
            for endpoint in &provider.endpoints {
                endpoint
                    .residency
                    .iter()
                    .chain(&endpoint.storage)
                    .for_each(|place| self.residency(*file, place));
                self.endpoint(provider, endpoint, *file);
            }
            if provider.enabled && provider.endpoints.is_empty() && provider.no_endpoint.is_none() {
                self.report(*file, id, format!("`{id}` has no endpoint and no `no_endpoint` reason"));
            }
            self.known_providers(*file, provider.upstreams.iter());
        }
    }

    fn operator(&mut self, provider: &Provider, file: usize) {
        self.country(file, &provider.operator.country);
        if let Some(country) = &provider.operator.parent_country {
            self.country(file, country);
        }
    }

    fn endpoint(&mut self, provider: &Provider, endpoint: &super::provider::ProviderEndpoint, file: usize) {
        let host = &endpoint.host;
        if host.is_empty() || host.contains(['/', ':', '@', ' ', '?']) || host.ends_with(['.', '*', '}']) {
            self.report(file, host, format!("`{host}` is not a host or host pattern"));
        }
        if endpoint.residency.is_empty() {
            self.report(file, host, format!("no residency for `{host}`; say `unknown` when nobody knows"));
        }
        let reads_region = endpoint.residency.iter().any(|place| place == REGION);
        match &endpoint.regions {
            Some(table) if !self.merged.regions.contains_key(table) => {
                self.report(file, table, format!("unknown region table `{table}`"));
            }
            None if reads_region => {
                let id = &provider.id;
                self.report(file, host, format!("`{host}` of `{id}` reads a region but names no table"));
            }
            _ => {}
        }
        if let Some(table) = endpoint.profiles.as_ref().filter(|t| !self.merged.regions.contains_key(*t)) {
            self.report(file, table, format!("unknown region table `{table}`"));
        }
        for source in endpoint.source.iter().filter(|source| url::Url::parse(source).is_err()) {
            self.report(file, source, format!("`{source}` is not a URL"));
        }
    }

    fn hosts(&mut self) {
        let mut claims: BTreeMap<(String, &str, Option<u16>), &str> = BTreeMap::new();
        let providers = self.merged.providers.0.iter().filter(|(_, (provider, _))| provider.enabled);
        for (id, (provider, file)) in providers {
            for endpoint in &provider.endpoints {
                let path = endpoint.path.as_deref().unwrap_or_default().trim_end_matches('/');
                // Local software shares ports; then none of it is named.
                if endpoint.port.is_some() {
                    continue;
                }
                let claim = (endpoint.host.to_ascii_lowercase(), path, endpoint.port);
                if let Some(other) = claims.insert(claim, id) {
                    let host = &endpoint.host;
                    self.report(*file, host, format!("`{host}{path}` is claimed by `{other}` as well"));
                }
            }
        }
    }

    fn routers(&mut self) {
        for (id, (router, file)) in &self.merged.routers.0 {
            if !self.providers.contains(id.as_str()) {
                self.report(*file, id, format!("router `{id}` is no provider"));
            }
            if let Some(like) = router.like.as_ref().filter(|like| !self.merged.routers.0.contains_key(*like))
            {
                self.report(*file, like, format!("unknown router `{like}`"));
            }
            for upstream in &router.upstreams {
                self.country(*file, &upstream.country);
                upstream.residency.iter().for_each(|place| self.residency(*file, place));
                self.known_providers(*file, upstream.provider.iter());
            }
        }
    }

    fn apps(&mut self) {
        for (app, file) in self.merged.apps.0.values() {
            let words = app.providers.values().chain(app.endpoints.iter().filter_map(|e| e.default.as_ref()));
            let served = app.proxy.iter().filter_map(|proxy| proxy.provider.as_ref());
            for word in words.chain(served).filter(|word| !word.contains("://")) {
                self.known_provider(*file, word);
            }
            for glob in &app.files {
                if let Err(error) = globset::Glob::new(glob) {
                    self.report(*file, glob, error.to_string());
                }
            }
        }
    }

    fn places(&mut self) {
        for (table, file) in self.merged.regions.values() {
            table.values().flatten().for_each(|place| self.residency(*file, place));
        }
        for (origin, file) in &self.merged.origins {
            self.country(*file, &origin.country);
            self.known_providers(*file, origin.served_by.iter());
        }
        for (law, file) in &self.merged.laws {
            self.country(*file, &law.country);
        }
        for declaration in &self.merged.declarations {
            let file = self.merged.declarations_file;
            declaration.places.values().flatten().for_each(|place| self.residency(file, place));
            self.known_providers(file, declaration.provider.iter());
        }
        if let Some(rule) = &self.merged.jurisdictions.bulk_rule {
            rule.countries_of_concern.iter().for_each(|code| self.country(self.merged.bulk_file, code));
        }
    }

    fn clients(&mut self) {
        let mut wrappers: FxHashSet<(&str, &str)> = FxHashSet::default();
        for (package, file) in self.merged.packages.0.values() {
            for wrapper in &package.wrappers {
                if !wrappers.insert((&package.language, &wrapper.path)) {
                    let message =
                        format!("`{0}` has a wrapper already: name all arguments in one", wrapper.path);
                    self.report(*file, &wrapper.path, message);
                }
            }
            let own = package.clients.iter().filter_map(|client| client.provider.as_deref());
            let by_prefix = package.prefixes.iter().map(|prefix| prefix.provider.as_str());
            for id in own.chain(by_prefix).chain([package.provider.as_str()]) {
                if !OPEN_PROVIDERS.contains(&id) {
                    self.known_provider(*file, id);
                }
            }
            if let Some(other) =
                package.prefixes_of.as_ref().filter(|id| !self.merged.packages.0.contains_key(*id))
            {
                self.report(*file, other, format!("unknown package `{other}`"));
            }
            for client in &package.clients {
                let like = client.like.as_ref().map(|like| (like, format!("{}/{like}", package.language)));
                if let Some((like, _)) = like.filter(|(_, id)| !self.merged.shapes.0.contains_key(id)) {
                    self.report(*file, like, format!("unknown shape `{like}`"));
                }
                let calls = client.own_calls.iter().map(|call| &call.endpoint);
                for table in calls.chain([&client.endpoint]).filter_map(|endpoint| endpoint.regions.as_ref())
                {
                    if !self.merged.regions.contains_key(table) {
                        self.report(*file, table, format!("unknown region table `{table}`"));
                    }
                }
            }
        }
    }

    fn data(&mut self) {
        let classes = ids(&self.merged.classes);
        let known = |id: &str| classes.contains(id);
        for (source, file) in self.merged.sources.0.values() {
            if !known(&source.yields) {
                self.report(*file, &source.yields, format!("unknown data class `{}`", source.yields));
            }
        }
        for (sanitizer, file) in self.merged.sanitizers.0.values() {
            for glob in &sanitizer.neutralises {
                if !classes.iter().any(|class| super::glob::matches(glob, class)) {
                    self.report(*file, glob, format!("`{glob}` matches no data class"));
                }
            }
            if !(0.0..=1.0).contains(&sanitizer.factor) {
                self.report(
                    *file,
                    &sanitizer.id,
                    format!("factor {} is not between 0 and 1", sanitizer.factor),
                );
            }
        }
        for group in &self.merged.owners.groups {
            for id in group.fields.values().chain(&group.whole).filter(|id| !known(id)) {
                self.report(self.merged.owners_file, id, format!("unknown data class `{id}`"));
            }
        }
        let held = self.merged.owners.holders.iter().flat_map(|holder| holder.fields.values());
        for id in self.merged.owners.fields.values().chain(held).filter(|id| !known(id)) {
            self.report(self.merged.owners_file, id, format!("unknown data class `{id}`"));
        }
        for pattern in self.merged.values.patterns.iter().filter(|pattern| !known(&pattern.class)) {
            self.report(
                self.merged.values_file,
                &pattern.class,
                format!("unknown data class `{}`", pattern.class),
            );
        }
        for path in self.merged.matching.test_paths.iter().chain(&self.merged.matching.noise_paths) {
            if let Err(error) = globset::Glob::new(path) {
                self.report(self.merged.matching_file, path, error.to_string());
            }
        }
    }
}

impl Checker<'_> {
    /// Codes, classes and combinations that the severity model and the regulations name.
    fn severity(&mut self) {
        let (model, file) = (&self.merged.severity, self.merged.severity_file);
        let places = model.adequacy.iter().flat_map(|a| a.home.iter().chain(&a.places));
        model.concern.iter().chain(places).for_each(|code| self.country(file, code));
        let classes = ids(&self.merged.classes);
        let globs = model.combinations.iter().flat_map(|c| c.all.iter().flatten().chain(&c.none));
        for glob in globs.chain(model.floors.iter().flat_map(|floor| &floor.classes)) {
            let known = classes.iter().any(|class| super::severity::class_matches(glob, class));
            if !known && !glob.starts_with("doj:") {
                self.report(file, glob, format!("`{glob}` matches no data class"));
            }
        }
        let combination = |id: &str| model.combinations.iter().any(|c| c.id == id);
        for id in model.floors.iter().filter_map(|f| f.combination.as_ref()).filter(|id| !combination(id)) {
            self.report(file, id, format!("unknown combination `{id}`"));
        }
        for regulation in self.merged.regulations.values() {
            let file = self.merged.regulations_file;
            regulation.only_to.iter().for_each(|code| self.country(file, code));
            for id in regulation.needs.iter().filter(|id| !combination(id)) {
                self.report(file, id, format!("unknown combination `{id}`"));
            }
        }
    }
}

/// Words that a package may give instead of a provider.
const OPEN_PROVIDERS: [&str; 5] = ["from-url", "from-model", "from-argument", "local", UNKNOWN];

fn provider_names(merged: &Merged) -> FxHashSet<&str> {
    let aliases = merged.providers.0.values().flat_map(|(provider, _)| &provider.aliases).map(String::as_str);
    merged.providers.0.keys().map(String::as_str).chain(aliases).collect()
}

/// Regular expressions; compiled here only, because a scan compiles them when it first needs them.
fn expressions(merged: &Merged, texts: &[Text], errors: &mut Vec<RulesError>) {
    let patterns = merged.values.patterns.iter().map(|pattern| &pattern.regex);
    for regex in patterns.chain(&merged.values.placeholders) {
        if let Err(error) = regex::Regex::new(regex) {
            let text = &texts[merged.values_file];
            let first = error.to_string().lines().last().unwrap_or_default().to_owned();
            let span = locate(text.text(), regex)
                .or_else(|| text.text().find(regex.as_str()).map(|at| at..at + regex.len()));
            errors.push(text.error(span, first));
        }
    }
}
