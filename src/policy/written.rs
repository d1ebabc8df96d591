//! A policy file as somebody wrote it: every entry with its place, nothing looked up yet.
//!
//! Read from the TOML tree by hand, so that every unknown key and every wrong type is reported at once.

use super::mistake::{Mistake, among};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Date;

/// A value and the bytes it is written at.
pub type At<T> = Spanned<T>;

/// The whole file.
#[derive(Debug, Default)]
pub struct Written {
    /// Profile it starts from.
    pub extends: Option<At<String>>,
    /// Codes and groups that are home.
    pub home: Option<At<Vec<At<String>>>>,
    /// `strict` or `lenient`: what a place that is not pinned counts as.
    pub residency: Option<At<String>>,
    /// Tier → where it may go.
    pub tiers: Vec<(At<String>, WrittenTier)>,
    /// Countries and groups whose models are not to be used.
    pub deny_origin: Vec<At<String>>,
    /// Model-id globs that are not to be used.
    pub deny_models: Vec<At<String>>,
    /// Agreed exceptions.
    pub exceptions: Vec<WrittenException>,
    /// Own gateways and hosts.
    pub endpoints: Vec<WrittenEndpoint>,
    /// Account-level controls of routers.
    pub routers: Vec<(At<String>, WrittenRouter)>,
    /// Class → own words for it.
    pub data: Vec<(At<String>, Vec<At<String>>)>,
    /// Own functions that take sensitivity away.
    pub sanitizers: Vec<WrittenSanitizer>,
    /// Globs of paths that are left out.
    pub ignore: Vec<At<String>>,
    /// Folders of rules, relative to this file.
    pub rules: Vec<At<String>>,
    /// Default of `--fail-on`.
    pub fail_on: Option<At<String>>,
    /// Default of `--min-confidence`.
    pub min_confidence: Option<At<String>>,
}

/// `restricted = { allow = [...], require = [...] }`.
#[derive(Debug, Default)]
pub struct WrittenTier {
    /// Where it may go.
    pub allow: Option<At<Vec<At<String>>>>,
    /// Where it may not go, although it is allowed.
    pub deny: Vec<At<String>>,
    /// What must be known of the provider.
    pub require: Vec<At<String>>,
}

/// `[[exception]]`.
#[derive(Debug)]
pub struct WrittenException {
    /// The whole entry, for what is missing in it.
    pub span: Range<usize>,
    /// Class globs.
    pub data: Vec<At<String>>,
    /// Providers, hosts, codes, groups.
    pub to: Vec<At<String>>,
    /// Path globs.
    pub paths: Vec<At<String>>,
    /// Rule ids.
    pub rule: Vec<At<String>>,
    /// Why.
    pub reason: Option<At<String>>,
    /// Who answers for it.
    pub owner: Option<At<String>>,
    /// Contract, ticket.
    pub reference: Option<At<String>>,
    /// Last day it holds.
    pub expires: Option<At<Date>>,
}

/// `[[endpoint]]`.
#[derive(Debug)]
pub struct WrittenEndpoint {
    /// The whole entry.
    pub span: Range<usize>,
    /// Host or host pattern.
    pub host: Option<At<String>>,
    /// Path prefix.
    pub path: Option<At<String>>,
    /// Name for reports.
    pub name: Option<At<String>>,
    /// Kind of service, as in the registry.
    pub kind: Option<At<String>>,
    /// Where requests are processed.
    pub residency: Vec<At<String>>,
    /// Operator's country, then its parent's.
    pub control: Vec<At<String>>,
    /// Providers a gateway hands requests on to.
    pub upstream: Vec<At<String>>,
    /// Whether it trains: as in the registry.
    pub training: Option<At<String>>,
    /// Whether it keeps nothing: as in the registry.
    pub zero_retention: Option<At<String>>,
}

/// `[router.ID]`.
#[derive(Debug)]
pub struct WrittenRouter {
    /// The whole entry.
    pub span: Range<usize>,
    /// Control → value.
    pub declared: Vec<(At<String>, At<super::Declared>)>,
    /// Who says so.
    pub by: Option<At<String>>,
    /// Since when.
    pub on: Option<At<Date>>,
}

/// `[[sanitizer]]`.
#[derive(Debug)]
pub struct WrittenSanitizer {
    /// The whole entry.
    pub span: Range<usize>,
    /// Dotted paths of functions.
    pub path: Vec<At<String>>,
    /// Class globs it covers.
    pub neutralises: Vec<At<String>>,
    /// What it does.
    pub effect: Option<At<String>>,
}

/// Reads a policy file, with what is wrong about its shape. Fails when it is no TOML: the rest would be a guess.
pub fn read(text: &str) -> Result<(Written, Vec<Mistake>), Mistake> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if let Some(error) = errors.first() {
        return Err(Mistake::new(error.span().unwrap_or(0..0), error.message().trim()));
    }
    let mut mistakes = Vec::new();
    let mut top = Entries::new(table.get_ref(), 0..text.len().min(1), &mut mistakes);
    let written = Written {
        extends: top.text("extends"),
        home: top.opt_list("home"),
        residency: top.text("residency"),
        tiers: top.tables("tiers", tier),
        deny_origin: top.list("deny_origin"),
        deny_models: top.list("deny_models"),
        exceptions: top.array("exception", exception),
        endpoints: top.array("endpoint", endpoint),
        routers: top.tables("router", router),
        data: top.words("data"),
        sanitizers: top.array("sanitizer", sanitizer),
        ignore: top.list("ignore"),
        rules: top.list("rules"),
        fail_on: top.text("fail_on"),
        min_confidence: top.text("min_confidence"),
    };
    top.finish();
    Ok((written, mistakes))
}

fn tier(mut entries: Entries<'_, '_>) -> WrittenTier {
    let tier = WrittenTier {
        allow: entries.opt_list("allow"),
        deny: entries.list("deny"),
        require: entries.list("require"),
    };
    entries.finish();
    tier
}

fn exception(mut entries: Entries<'_, '_>) -> WrittenException {
    let exception = WrittenException {
        span: entries.span.clone(),
        data: entries.list("data"),
        to: entries.list("to"),
        paths: entries.list("paths"),
        rule: entries.list("rule"),
        reason: entries.text("reason"),
        owner: entries.text("owner"),
        reference: entries.text("reference"),
        expires: entries.date("expires"),
    };
    entries.finish();
    exception
}

fn endpoint(mut entries: Entries<'_, '_>) -> WrittenEndpoint {
    let endpoint = WrittenEndpoint {
        span: entries.span.clone(),
        host: entries.text("host"),
        path: entries.text("path"),
        name: entries.text("name"),
        kind: entries.text("kind"),
        residency: entries.list("residency"),
        control: entries.list("control"),
        upstream: entries.list("upstream"),
        training: entries.text("training"),
        zero_retention: entries.text("zero_retention"),
    };
    entries.finish();
    endpoint
}

fn router(mut entries: Entries<'_, '_>) -> WrittenRouter {
    let router = WrittenRouter {
        span: entries.span.clone(),
        declared: entries.declared("declared"),
        by: entries.text("by"),
        on: entries.date("on"),
    };
    entries.finish();
    router
}

fn sanitizer(mut entries: Entries<'_, '_>) -> WrittenSanitizer {
    let sanitizer = WrittenSanitizer {
        span: entries.span.clone(),
        path: entries.list("path"),
        neutralises: entries.list("neutralises"),
        effect: entries.text("effect"),
    };
    entries.finish();
    sanitizer
}

/// One table while it is read; remembers which keys somebody asked for.
struct Entries<'t, 'm> {
    table: &'t DeTable<'t>,
    span: Range<usize>,
    known: Vec<&'static str>,
    mistakes: &'m mut Vec<Mistake>,
}

impl<'t, 'm> Entries<'t, 'm> {
    fn new(table: &'t DeTable<'t>, span: Range<usize>, mistakes: &'m mut Vec<Mistake>) -> Self {
        Entries { table, span, known: Vec::new(), mistakes }
    }

    fn get(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.known.push(key);
        self.table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, value)| value)
    }

    fn wrong(&mut self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        let found = value.get_ref().type_str();
        self.mistakes.push(Mistake::new(value.span(), format!("`{key}` wants {wanted}, not {found}")));
    }

    fn text(&mut self, key: &'static str) -> Option<At<String>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::String(text) => Some(Spanned::new(value.span(), text.to_string())),
            _ => {
                self.wrong(key, value, "a text in quotes");
                None
            }
        }
    }

    fn date(&mut self, key: &'static str) -> Option<At<Date>> {
        let value = self.get(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(moment) => moment.date,
            // People quote dates.
            DeValue::String(text) => text.parse().ok().and_then(|m: toml::value::Datetime| m.date),
            _ => None,
        };
        if date.is_none() {
            self.wrong(key, value, "a date such as 2027-03-01");
        }
        Some(Spanned::new(value.span(), date?))
    }

    /// A list, or one text where a list of one is meant.
    fn list(&mut self, key: &'static str) -> Vec<At<String>> {
        self.opt_list(key).map(Spanned::into_inner).unwrap_or_default()
    }

    fn opt_list(&mut self, key: &'static str) -> Option<At<Vec<At<String>>>> {
        let value = self.get(key)?;
        let texts = self.texts(key, value);
        Some(Spanned::new(value.span(), texts))
    }

    fn texts(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Vec<At<String>> {
        match value.get_ref() {
            DeValue::String(text) => vec![Spanned::new(value.span(), text.to_string())],
            DeValue::Array(items) => {
                let mut texts = Vec::new();
                for item in items.iter() {
                    match item.get_ref() {
                        DeValue::String(text) => texts.push(Spanned::new(item.span(), text.to_string())),
                        _ => self.wrong(key, item, "a list of texts in quotes"),
                    }
                }
                texts
            }
            _ => {
                self.wrong(key, value, "a list of texts in quotes");
                Vec::new()
            }
        }
    }

    /// A table of tables, by name.
    fn tables<T>(&mut self, key: &'static str, read: fn(Entries<'_, '_>) -> T) -> Vec<(At<String>, T)> {
        let mut list = Vec::new();
        for (name, value) in self.inner(key) {
            match value.get_ref() {
                DeValue::Table(table) => {
                    let entries = Entries::new(table, name.span(), self.mistakes);
                    list.push((Spanned::new(name.span(), name.get_ref().to_string()), read(entries)));
                }
                _ => self.wrong(name.get_ref(), value, "a table"),
            }
        }
        list
    }

    /// A table of lists, by name. Dotted names may be written without quotes.
    fn words(&mut self, key: &'static str) -> Vec<(At<String>, Vec<At<String>>)> {
        let mut list = Vec::new();
        let mut open: Vec<(String, &Spanned<_>, &Spanned<DeValue<'_>>)> =
            self.inner(key).into_iter().map(|(n, v)| (n.get_ref().to_string(), n, v)).collect();
        while let Some((path, name, value)) = open.pop() {
            match value.get_ref() {
                DeValue::Table(table) => {
                    open.extend(table.iter().map(|(n, v)| (format!("{path}.{}", n.get_ref()), n, v)));
                }
                _ => {
                    let texts = self.texts(&path, value);
                    list.push((Spanned::new(name.span(), path), texts));
                }
            }
        }
        list.sort_by_key(|(name, _)| name.span().start);
        list
    }

    fn declared(&mut self, key: &'static str) -> Vec<(At<String>, At<super::Declared>)> {
        let mut list = Vec::new();
        for (name, value) in self.inner(key) {
            let declared = match value.get_ref() {
                DeValue::Boolean(flag) => super::Declared::Flag(*flag),
                DeValue::String(word) => super::Declared::Word(word.to_string()),
                DeValue::Array(_) => {
                    let texts = self.texts(name.get_ref(), value);
                    super::Declared::List(texts.into_iter().map(Spanned::into_inner).collect())
                }
                _ => {
                    self.wrong(name.get_ref(), value, "true, false, a text or a list of texts");
                    continue;
                }
            };
            let name = Spanned::new(name.span(), name.get_ref().to_string());
            list.push((name, Spanned::new(value.span(), declared)));
        }
        list
    }

    /// An array of tables.
    fn array<T>(&mut self, key: &'static str, read: fn(Entries<'_, '_>) -> T) -> Vec<T> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong(key, value, &format!("entries that start with [[{key}]]"));
            return Vec::new();
        };
        let mut list = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => list.push(read(Entries::new(table, item.span(), self.mistakes))),
                _ => self.wrong(key, item, "tables"),
            }
        }
        list
    }

    /// What stands in a table of this table.
    fn inner(
        &mut self,
        key: &'static str,
    ) -> Vec<(&'t Spanned<toml::de::DeString<'t>>, &'t Spanned<DeValue<'t>>)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Table(table) => table.iter().collect(),
            _ => {
                self.wrong(key, value, "a table");
                Vec::new()
            }
        }
    }

    /// Reports the keys nobody asked for.
    fn finish(self) {
        for (name, _) in self.table.iter() {
            let name_text: &str = name.get_ref();
            if !self.known.contains(&name_text) {
                let message =
                    format!("unknown key `{name_text}`{}", among(name_text, self.known.iter().copied()));
                self.mistakes.push(Mistake::new(name.span(), message));
            }
        }
    }
}
