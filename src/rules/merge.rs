//! Merges rule files by id, cross-checks what they say of each other, and builds the indexes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::client::{ClientRules, Package};
use super::data::DataRules;
use super::host::HostIndex;
use super::jurisdiction::Jurisdictions;
use super::load::{self, Parsed, Places, RuleFile};
use super::local::LocalNames;
use super::name::Matching;
use super::name::classify::Names;
use super::owner::OwnerTable;
use super::provider::{Provider, Providers};
use super::value::{ValueTable, Values};
use super::{Rules, RulesError, check};

/// Everything that files say, by id, with the file that said it.
#[derive(Default)]
pub(super) struct Merged {
    pub providers: Entries<Provider>,
    pub routers: Entries<super::router::Router>,
    pub packages: Entries<Package>,
    pub shapes: Entries<super::client::Shape>,
    pub classes: Entries<super::data::DataClass>,
    pub sources: Entries<super::data::SourceRule>,
    pub sanitizers: Entries<super::data::SanitizerRule>,
    pub origins: Vec<(super::provider::ModelOrigin, usize)>,
    pub regions: BTreeMap<String, (BTreeMap<String, Vec<String>>, usize)>,
    pub jurisdictions: Jurisdictions,
    pub laws: Vec<(super::jurisdiction::Law, usize)>,
    pub groups_file: BTreeMap<String, usize>,
    pub bulk_file: usize,
    pub local: LocalNames,
    pub matching: Matching,
    pub matching_file: usize,
    pub owners: OwnerTable,
    pub owners_file: usize,
    pub values: ValueTable,
    pub values_file: usize,
    pub rows: super::row::RowRules,
    pub api_paths: Vec<super::client::ApiPath>,
    pub readers: super::reader::Readers,
    pub declarations: Vec<super::infrastructure::Declaration>,
    pub declarations_file: usize,
    pub bodies: super::router::Bodies,
    pub hops: super::hop::Hops,
    pub handed: super::handed::HandedRules,
    pub apps: Entries<super::app::App>,
    pub naming: super::app::Naming,
    pub severity: super::severity::SeverityModel,
    pub severity_file: usize,
    pub regulations: BTreeMap<String, super::severity::Regulation>,
    pub regulations_file: usize,
    pub profiles: BTreeMap<String, String>,
}

/// Entries of one kind: id → entry and the index of its file.
pub(super) struct Entries<T>(pub BTreeMap<String, (T, usize)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Entries(BTreeMap::new())
    }
}

/// Rules from files in loading order; every mistake at once. What bundled files say of each other was checked by
/// the test suite, so it is looked at again only where other files come on top.
pub(super) fn merge(files: Vec<RuleFile>, mut errors: Vec<RulesError>) -> Result<Rules, Vec<RulesError>> {
    let (merged, texts) = gather(files, &mut errors);
    if texts.iter().any(|text| text.layer > 0) {
        check::cross_check(&merged, &texts, &mut errors);
    }
    if errors.is_empty() {
        return Ok(build(merged));
    }
    errors.sort_by(|a, b| (&a.path, start(a), &a.message).cmp(&(&b.path, start(b), &b.message)));
    errors.dedup();
    Err(errors)
}

fn start(error: &RulesError) -> usize {
    error.span.as_ref().map_or(0, |span| span.start)
}

/// A file's name, text and layer, for errors found after parsing.
pub(super) struct Text {
    pub path: String,
    /// `None` for a bundled file.
    own: Option<String>,
    pub layer: usize,
}

impl Text {
    /// The file as written.
    pub(super) fn text(&self) -> &str {
        self.own.as_deref().unwrap_or_else(|| load::bundled_text(&self.path))
    }

    pub(super) fn error(&self, span: Option<Range<usize>>, message: String) -> RulesError {
        RulesError { path: self.path.clone(), span, message, source_text: Some(self.text().to_owned()) }
    }
}

pub(super) fn gather(files: Vec<RuleFile>, errors: &mut Vec<RulesError>) -> (Merged, Vec<Text>) {
    let mut merged = Merged::default();
    let mut texts: Vec<Text> = Vec::with_capacity(files.len());
    for file in files {
        let at = texts.len();
        texts.push(Text { path: file.path, own: file.text, layer: file.layer });
        merged.take(file.parsed, at, &texts, errors);
    }
    (merged, texts)
}

impl Merged {
    fn take(&mut self, parsed: Parsed, at: usize, texts: &[Text], errors: &mut Vec<RulesError>) {
        match parsed {
            Parsed::Provider(entry) => self.providers.put(entry.id.clone(), *entry, at, texts, errors),
            Parsed::Router(entry) => self.routers.put(entry.id.clone(), *entry, at, texts, errors),
            Parsed::Package(entry) => self.packages.put(entry.id(), *entry, at, texts, errors),
            Parsed::Shapes(list) => {
                let id = |shape: &super::client::Shape| format!("{}/{}", shape.language, shape.name);
                list.into_iter().for_each(|e| self.shapes.put(id(&e), e, at, texts, errors));
            }
            Parsed::Classes(list) => {
                list.into_iter().for_each(|e| self.classes.put(e.id.clone(), e, at, texts, errors));
            }
            Parsed::Sources(list) => {
                list.into_iter().for_each(|e| self.sources.put(e.id.clone(), e, at, texts, errors));
            }
            Parsed::Sanitizers(list) => {
                list.into_iter().for_each(|e| self.sanitizers.put(e.id.clone(), e, at, texts, errors));
            }
            Parsed::Origins(list) => {
                // First match wins, so what is loaded later goes to the front.
                let later = texts[at].layer > 0;
                let list = list.into_iter().map(|origin| (origin, at));
                let place = if later { 0 } else { self.origins.len() };
                self.origins.splice(place..place, list);
            }
            Parsed::Regions(tables) => {
                for (name, table) in tables {
                    let table = table.into_iter().map(|(region, places)| (region, list(places))).collect();
                    self.regions.insert(name, (table, at));
                }
            }
            Parsed::Jurisdictions(file) => {
                self.jurisdictions.countries.extend(file.countries);
                self.jurisdictions.definite.extend(file.definite);
                for (group, members) in file.groups {
                    self.groups_file.insert(group.clone(), at);
                    self.jurisdictions.groups.insert(group, members);
                }
            }
            Parsed::Laws(file) => {
                for law in file.law {
                    self.laws.retain(|(other, _)| (&other.country, &other.name) != (&law.country, &law.name));
                    self.laws.push((law, at));
                }
                if file.us_bulk_data_rule.is_some() {
                    self.jurisdictions.bulk_rule = file.us_bulk_data_rule;
                    self.bulk_file = at;
                }
            }
            Parsed::Readers(readers) => self.readers = *readers,
            Parsed::Declarations(list) => (self.declarations, self.declarations_file) = (list, at),
            Parsed::App(entry) => self.apps.put(entry.id.clone(), *entry, at, texts, errors),
            Parsed::Naming(naming) => self.naming = *naming,
            Parsed::Handed(functions) => self.handed.extend(functions),
            Parsed::Bodies(bodies) => self.bodies = *bodies,
            Parsed::Hops(hops) => self.hops = *hops,
            Parsed::Severity(model) => (self.severity, self.severity_file) = (*model, at),
            Parsed::Regulations(regulations) => {
                self.regulations.extend(regulations);
                self.regulations_file = at;
            }
            Parsed::Profile(name) => drop(self.profiles.insert(name, texts[at].text().to_owned())),
            Parsed::Elsewhere => {}
            Parsed::Local(names) => self.local = *names,
            Parsed::Matching(matching) => (self.matching, self.matching_file) = (*matching, at),
            Parsed::Owners(owners) => (self.owners, self.owners_file) = (*owners, at),
            Parsed::Values(values) => (self.values, self.values_file) = (*values, at),
            Parsed::Rows(rows) => self.rows = *rows,
            Parsed::ApiPaths(paths) => self.api_paths = paths,
        }
    }
}

impl<T> Entries<T> {
    fn put(&mut self, id: String, entry: T, at: usize, texts: &[Text], errors: &mut Vec<RulesError>) {
        if let Some((_, earlier)) = self.0.get(&id)
            && texts[*earlier].layer == texts[at].layer
        {
            let span = check::locate_last(texts[at].text(), &id);
            let message = format!("the id `{id}` is taken by {}", texts[*earlier].path);
            errors.push(texts[at].error(span, message));
            return;
        }
        self.0.insert(id, (entry, at));
    }

    /// Entries in order of id, those switched off left out.
    fn enabled(self, is_on: impl Fn(&T) -> bool) -> Vec<T> {
        self.0.into_values().map(|(entry, _)| entry).filter(is_on).collect()
    }
}

fn list(places: Places) -> Vec<String> {
    match places {
        Places::One(place) => vec![place],
        Places::Many(places) => places,
    }
}

fn build(merged: Merged) -> Rules {
    let all = merged.providers.enabled(|provider| provider.enabled);
    let ids = all.iter().enumerate().flat_map(|(index, provider)| {
        provider.aliases.iter().chain([&provider.id]).map(move |id| (id.clone(), index))
    });
    let providers = Providers {
        by_id: ids.collect(),
        hosts: HostIndex::new(&all),
        origins: merged.origins.into_iter().map(|(origin, _)| origin).collect(),
        regions: merged.regions.into_iter().map(|(name, (table, _))| (name, table)).collect(),
        local: merged.local,
        all,
    };
    let mut packages = merged.packages.enabled(|package| package.enabled);
    let shapes: BTreeMap<String, Arc<super::client::Shape>> =
        merged.shapes.0.into_iter().map(|(id, (shape, _))| (id, Arc::new(shape))).collect();
    for package in &mut packages {
        for client in &mut package.clients {
            let id = client.like.as_ref().map(|like| format!("{}/{like}", package.language));
            if let Some(shape) = id.and_then(|id| shapes.get(&id)) {
                client.adopt(shape);
            }
        }
    }
    share_prefixes(&mut packages);
    let mut routers = merged.routers.enabled(|router| router.enabled);
    for at in 0..routers.len() {
        let like = routers.iter().find(|r| Some(&r.id) == routers[at].like.as_ref()).cloned();
        like.iter().for_each(|like| routers[at].adopt(like));
    }
    let classes = merged.classes.enabled(|class| class.enabled);
    let data = DataRules {
        names: Names::new(&classes, merged.matching, merged.owners),
        values: Values::new(merged.values),
        rows: merged.rows,
        sources: merged.sources.enabled(|source| source.enabled),
        sanitizers: merged.sanitizers.enabled(|sanitizer| sanitizer.enabled),
        classes,
        ..DataRules::default()
    };
    let mut jurisdictions = merged.jurisdictions;
    jurisdictions.laws = merged.laws.into_iter().map(|(law, _)| law).collect();
    Rules {
        providers,
        routers,
        clients: ClientRules::new(packages, merged.api_paths),
        data,
        jurisdictions,
        readers: merged.readers,
        declarations: merged.declarations,
        bodies: merged.bodies,
        hops: merged.hops,
        handed: merged.handed,
        apps: merged.apps.enabled(|app| app.enabled),
        naming: merged.naming,
        severity: merged.severity,
        regulations: merged.regulations,
        profiles: merged.profiles,
        digest: String::new(),
    }
}

/// Adds the rows of the table a package falls back on; its own come first, and the longest prefix wins anyway.
fn share_prefixes(packages: &mut [Package]) {
    let table = |id: &String| packages.iter().find(|package| package.id() == *id).map(|p| p.prefixes.clone());
    let shared: Vec<_> = packages.iter().map(|p| p.prefixes_of.as_ref().and_then(table)).collect();
    for (package, rows) in packages.iter_mut().zip(shared) {
        for row in rows.unwrap_or_default() {
            if package.prefixes.iter().all(|own| own.prefix != row.prefix) {
                package.prefixes.push(row);
            }
        }
    }
}

/// Ids that exist, for references.
pub(super) fn ids<T>(entries: &Entries<T>) -> BTreeSet<&str> {
    entries.0.keys().map(String::as_str).collect()
}
