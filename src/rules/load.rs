//! Reads rule files, from the bundle and from directories, and parses each by where it stands.
//! Knows the shape of the folder, not what the facts mean.

use camino::{Utf8Path, Utf8PathBuf};
use include_dir::{Dir, include_dir};
use rayon::prelude::*;
use serde::Deserialize;
use sha2::Digest as _;
use std::collections::BTreeMap;

use super::RulesError;
use super::client::{ApiPath, Package, Shape};
use super::data::{DataClass, SanitizerRule, SourceRule};
use super::jurisdiction::{BulkRule, Law};
use super::local::LocalNames;
use super::name::Matching;
use super::owner::OwnerTable;
use super::provider::{ModelOrigin, Provider};
use super::router::Router;
use super::value::ValueTable;

static BUNDLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// One rule file, read and parsed.
pub(super) struct RuleFile {
    pub path: String,
    pub text: String,
    /// 0 for the bundle, then one per directory.
    pub layer: usize,
    pub parsed: Parsed,
}

/// What a rule file holds, decided by its place in the folder.
pub(super) enum Parsed {
    Provider(Box<Provider>),
    Router(Box<Router>),
    Package(Box<Package>),
    Shapes(Vec<Shape>),
    Classes(Vec<DataClass>),
    Sources(Vec<SourceRule>),
    Sanitizers(Vec<SanitizerRule>),
    Matching(Box<Matching>),
    Owners(Box<OwnerTable>),
    Values(Box<ValueTable>),
    Origins(Vec<ModelOrigin>),
    Regions(RegionTables),
    Jurisdictions(Box<JurisdictionFile>),
    Laws(Box<LawFile>),
    Local(Box<LocalNames>),
    ApiPaths(Vec<ApiPath>),
    Readers(Box<super::reader::Readers>),
    Elsewhere,
}

/// Table name → region id → country or countries.
pub(super) type RegionTables = BTreeMap<String, BTreeMap<String, Places>>;

/// One code or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(super) enum Places {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JurisdictionFile {
    #[serde(default)]
    pub countries: BTreeMap<String, String>,
    #[serde(default)]
    pub groups: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LawFile {
    #[serde(default)]
    pub law: Vec<Law>,
    pub us_bulk_data_rule: Option<BulkRule>,
}

/// Every rule file of the bundle and of `extra_dirs`, in a fixed order, with the mistakes found on the way.
pub(super) fn files(extra_dirs: &[Utf8PathBuf]) -> (Vec<RuleFile>, Vec<RulesError>) {
    let mut raw = Vec::new();
    bundled(&BUNDLE, &mut raw);
    raw.sort_unstable_by(|a: &RawFile, b: &RawFile| a.path.cmp(&b.path));
    let mut errors = Vec::new();
    for (index, dir) in extra_dirs.iter().enumerate() {
        directory(dir, index + 1, &mut raw, &mut errors);
    }
    parse_all(raw, errors)
}

/// As [`files`], with the text of the extra directories given instead of read: for each its files, as path, place below
/// the directory, and text.
pub(super) fn files_given(layers: Vec<Vec<(String, String, String)>>) -> (Vec<RuleFile>, Vec<RulesError>) {
    let mut raw = Vec::new();
    bundled(&BUNDLE, &mut raw);
    raw.sort_unstable_by(|a: &RawFile, b: &RawFile| a.path.cmp(&b.path));
    for (index, files) in layers.into_iter().enumerate() {
        raw.extend(files.into_iter().map(|(path, place, text)| RawFile {
            path,
            place,
            text,
            layer: index + 1,
        }));
    }
    parse_all(raw, Vec::new())
}

/// Every rule file below one directory, as path, place below it, and text.
pub(super) fn texts_of(dir: &Utf8Path) -> Vec<(String, String, String)> {
    let (mut raw, mut errors) = (Vec::new(), Vec::new());
    directory(dir, 1, &mut raw, &mut errors);
    raw.into_iter().map(|file| (file.path, file.place, file.text)).collect()
}

/// SHA-256 over place and text of every file, in loading order, as hexadecimal digits.
pub(super) fn digest(files: &[RuleFile]) -> String {
    let mut hash = sha2::Sha256::new();
    for file in files {
        // Where the folder lies does not matter, what is in it does.
        hash.update((file.layer as u64).to_le_bytes());
        hash.update((file.text.len() as u64).to_le_bytes());
        hash.update(&file.text);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Every rule file below one directory, without the bundle.
pub(super) fn files_of(dir: &Utf8Path) -> (Vec<RuleFile>, Vec<RulesError>) {
    let (mut raw, mut errors) = (Vec::new(), Vec::new());
    directory(dir, 1, &mut raw, &mut errors);
    parse_all(raw, errors)
}

struct RawFile {
    /// Path as shown to people.
    path: String,
    /// Path below the rules directory, with `/`.
    place: String,
    text: String,
    layer: usize,
}

fn parse_all(raw: Vec<RawFile>, mut errors: Vec<RulesError>) -> (Vec<RuleFile>, Vec<RulesError>) {
    let parsed: Vec<_> = raw.into_par_iter().with_min_len(32).map(parse).collect();
    let mut files = Vec::with_capacity(parsed.len());
    for result in parsed {
        match result {
            Ok(file) => files.push(file),
            Err(error) => errors.push(error),
        }
    }
    (files, errors)
}

fn bundled(dir: &Dir<'static>, raw: &mut Vec<RawFile>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if let (true, Some(text)) = (path.ends_with(".toml"), file.contents_utf8()) {
            raw.push(RawFile { path: format!("rules/{path}"), place: path, text: text.to_owned(), layer: 0 });
        }
    }
    for inner in dir.dirs() {
        bundled(inner, raw);
    }
}

fn directory(dir: &Utf8Path, layer: usize, raw: &mut Vec<RawFile>, errors: &mut Vec<RulesError>) {
    for entry in walkdir::WalkDir::new(dir).follow_links(false).sort_by_file_name() {
        let problem =
            |message: String| RulesError { path: dir.to_string(), span: None, message, source_text: None };
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                errors.push(problem(error.to_string()));
                continue;
            }
        };
        let path = entry.path().to_string_lossy().replace('\\', "/");
        if !entry.file_type().is_file() || !path.ends_with(".toml") {
            continue;
        }
        let place = entry.path().strip_prefix(dir).unwrap_or(entry.path());
        let place = place.to_string_lossy().replace('\\', "/");
        match std::fs::read_to_string(entry.path()) {
            Ok(text) => raw.push(RawFile { path, place, text, layer }),
            Err(error) => errors.push(RulesError { path, ..problem(error.to_string()) }),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassFile {
    class: Vec<DataClass>,
}
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ShapeFile {
    shape: Vec<Shape>,
}
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceFile {
    source: Vec<SourceRule>,
}
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SanitizerFile {
    sanitizer: Vec<SanitizerRule>,
}
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OriginFile {
    origin: Vec<ModelOrigin>,
}
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApiPathFile {
    path: Vec<ApiPath>,
}

const PLACES: &str = "providers/, routers/, clients/LANGUAGE/, shapes/, data/classes/, data/sources/, data/sanitizers/, \
     data/matching.toml, data/owners.toml, data/values.toml, origins.toml, regions.toml, jurisdictions.toml, \
     laws.toml, local.toml, settings.toml, api-paths.toml";

fn parse(file: RawFile) -> Result<RuleFile, RulesError> {
    let text = file.text.as_str();
    let parsed = match file.place.split('/').collect::<Vec<_>>()[..] {
        ["providers", _] => of(text, |x| Parsed::Provider(Box::new(x))),
        ["routers", _] => of(text, |x| Parsed::Router(Box::new(x))),
        ["clients", _, _] => of(text, |x| Parsed::Package(Box::new(x))),
        ["shapes", _] => of(text, |x: ShapeFile| Parsed::Shapes(x.shape)),
        ["data", "classes", _] => of(text, |x: ClassFile| Parsed::Classes(x.class)),
        ["data", "sources", _] => of(text, |x: SourceFile| Parsed::Sources(x.source)),
        ["data", "sanitizers", _] => of(text, |x: SanitizerFile| Parsed::Sanitizers(x.sanitizer)),
        ["data", "matching.toml"] => of(text, |x| Parsed::Matching(Box::new(x))),
        ["data", "owners.toml"] => of(text, |x| Parsed::Owners(Box::new(x))),
        ["data", "values.toml"] => of(text, |x| Parsed::Values(Box::new(x))),
        ["origins.toml"] => of(text, |x: OriginFile| Parsed::Origins(x.origin)),
        ["regions.toml"] => of(text, Parsed::Regions),
        ["jurisdictions.toml"] => of(text, |x| Parsed::Jurisdictions(Box::new(x))),
        ["laws.toml"] => of(text, |x| Parsed::Laws(Box::new(x))),
        ["local.toml"] => of(text, |x| Parsed::Local(Box::new(x))),
        ["settings.toml"] => of(text, |x| Parsed::Readers(Box::new(x))),
        // Which files are read, and as what: `walk` and `config` use these themselves.
        ["walk.toml" | "config.toml"] => Ok(Parsed::Elsewhere),
        ["api-paths.toml"] => of(text, |x: ApiPathFile| Parsed::ApiPaths(x.path)),
        _ => Err((None, format!("not a place for rules; expected one of {PLACES}"))),
    };
    match parsed {
        Ok(parsed) => Ok(RuleFile { path: file.path, text: file.text, layer: file.layer, parsed }),
        Err((span, message)) => {
            Err(RulesError { path: file.path, span, message, source_text: Some(file.text) })
        }
    }
}

type Mistake = (Option<std::ops::Range<usize>>, String);

fn of<T: serde::de::DeserializeOwned>(text: &str, wrap: impl FnOnce(T) -> Parsed) -> Result<Parsed, Mistake> {
    match toml::from_str(text) {
        Ok(value) => Ok(wrap(value)),
        Err(error) => Err((error.span(), error.message().trim().to_owned())),
    }
}
