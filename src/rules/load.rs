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
use super::infrastructure::Declaration;
use super::jurisdiction::{BulkRule, Law};
use super::local::LocalNames;
use super::name::Matching;
use super::owner::OwnerTable;
use super::provider::{ModelOrigin, Provider};
use super::router::Router;
use super::value::ValueTable;
use super::written::{self, Mistake};

/// The bundled files as people wrote them, to be shown in a message.
static BUNDLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");
/// The bundled files as `build.rs` left them: a line with the place of each, and a line of JSON.
static COMPACT: &str = include_str!(concat!(env!("OUT_DIR"), "/rules.jsonl"));

/// One rule file, read and parsed.
pub(super) struct RuleFile {
    pub path: String,
    /// `None` for a bundled file; see [`bundled_text`].
    pub text: Option<String>,
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
    Rows(Box<super::row::RowRules>),
    Origins(Vec<ModelOrigin>),
    Regions(RegionTables),
    Jurisdictions(Box<JurisdictionFile>),
    Laws(Box<LawFile>),
    Local(Box<LocalNames>),
    ApiPaths(Vec<ApiPath>),
    Readers(Box<super::reader::Readers>),
    Declarations(Vec<Declaration>),
    Bodies(Box<super::router::Bodies>),
    Hops(Box<super::hop::Hops>),
    Handed(super::handed::HandedRules),
    App(Box<super::app::App>),
    Naming(Box<super::app::Naming>),
    Severity(Box<super::severity::SeverityModel>),
    Regulations(BTreeMap<String, super::severity::Regulation>),
    /// A policy to start from; what it says is for `policy` to read.
    Profile(String),
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
    pub definite: Vec<String>,
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
    let (mut files, mut errors) = bundled();
    for (index, dir) in extra_dirs.iter().enumerate() {
        let (own, own_errors) = files_of(dir, index + 1);
        files.extend(own);
        errors.extend(own_errors);
    }
    (files, errors)
}

/// Every rule file below one directory, without the bundle; `layer` counts from 1.
pub(super) fn files_of(dir: &Utf8Path, layer: usize) -> (Vec<RuleFile>, Vec<RulesError>) {
    let mut errors = Vec::new();
    let raw = directory(dir, &mut errors);
    parse_all(raw, layer, errors)
}

/// As [`files`], with the text of the extra directories given instead of read: for each its files, as path, place below
/// the directory, and text.
pub(super) fn files_given(layers: Vec<Vec<(String, String, String)>>) -> (Vec<RuleFile>, Vec<RulesError>) {
    let (mut files, mut errors) = bundled();
    for (index, layer) in layers.into_iter().enumerate() {
        let raw = layer.into_iter().map(|(path, place, text)| RawFile { path, place, text }).collect();
        let (own, own_errors) = parse_all(raw, index + 1, Vec::new());
        files.extend(own);
        errors.extend(own_errors);
    }
    (files, errors)
}

/// Every rule file below one directory, as path, place below it, and text.
pub(super) fn texts_of(dir: &Utf8Path) -> Vec<(String, String, String)> {
    directory(dir, &mut Vec::new()).into_iter().map(|file| (file.path, file.place, file.text)).collect()
}

/// SHA-256 over the bundle, and place and text of every other file in loading order, as hexadecimal digits.
pub(super) fn digest(files: &[RuleFile]) -> String {
    let mut hash = sha2::Sha256::new();
    hash.update(COMPACT);
    for file in files {
        let Some(text) = &file.text else { continue };
        // Where the folder lies does not matter, what is in it does.
        hash.update((file.layer as u64).to_le_bytes());
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn parse_all(raw: Vec<RawFile>, layer: usize, errors: Vec<RulesError>) -> (Vec<RuleFile>, Vec<RulesError>) {
    let read = |file: RawFile| match parse(&file.place, &Content::Written(&file.text)) {
        Ok(parsed) => Ok(RuleFile { path: file.path, text: Some(file.text), layer, parsed }),
        Err(mistakes) => Err(errors_of(&file.path, &file.text, mistakes)),
    };
    collect(raw.into_par_iter().map(read).collect(), errors)
}

/// The text of a bundled file, by the path shown to people.
pub(super) fn bundled_text(path: &str) -> &'static str {
    let file = path.strip_prefix(SHOWN_BELOW).and_then(|place| BUNDLE.get_file(place));
    file.and_then(|file| file.contents_utf8()).unwrap_or_default()
}

/// What paths of bundled files start with.
const SHOWN_BELOW: &str = "rules/";

struct RawFile {
    /// Path as shown to people.
    path: String,
    /// Path below the rules directory, with `/`.
    place: String,
    text: String,
}

/// The content of a rule file.
enum Content<'t> {
    /// As people write it.
    Written(&'t str),
    /// As `build.rs` left it.
    Compact(&'t str),
}

fn bundled() -> (Vec<RuleFile>, Vec<RulesError>) {
    let lines: Vec<&'static str> = COMPACT.lines().collect();
    let read = |file: &[&'static str]| {
        let [place, json] = *file else { return Err(Vec::new()) };
        let path = format!("{SHOWN_BELOW}{place}");
        // What the compact form got wrong is wrong in the text too, and there it has a place.
        let written = || parse(place, &Content::Written(bundled_text(&path)));
        match parse(place, &Content::Compact(json)).or_else(|_| written()) {
            Ok(parsed) => Ok(RuleFile { path, text: None, layer: 0, parsed }),
            Err(mistakes) => Err(errors_of(&path, bundled_text(&path), mistakes)),
        }
    };
    collect(lines.par_chunks(2).with_min_len(16).map(read).collect(), Vec::new())
}

fn collect(
    read: Vec<Result<RuleFile, Vec<RulesError>>>,
    mut errors: Vec<RulesError>,
) -> (Vec<RuleFile>, Vec<RulesError>) {
    let mut files = Vec::with_capacity(read.len());
    for result in read {
        match result {
            Ok(file) => files.push(file),
            Err(mistakes) => errors.extend(mistakes),
        }
    }
    (files, errors)
}

fn errors_of(path: &str, text: &str, mistakes: Vec<Mistake>) -> Vec<RulesError> {
    let error = |(span, message)| {
        let (path, source_text) = (path.to_owned(), Some(text.to_owned()));
        RulesError { path, span, message, source_text }
    };
    mistakes.into_iter().map(error).collect()
}

fn directory(dir: &Utf8Path, errors: &mut Vec<RulesError>) -> Vec<RawFile> {
    let mut raw = Vec::new();
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
            Ok(text) => raw.push(RawFile { path, place, text }),
            Err(error) => errors.push(RulesError { path, ..problem(error.to_string()) }),
        }
    }
    raw
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
struct DeclarationFile {
    declaration: Vec<Declaration>,
}
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ApiPathFile {
    path: Vec<ApiPath>,
}

const PLACES: &str = "providers/, routers/, clients/LANGUAGE/, shapes/, data/classes/, data/sources/, data/sanitizers/, \
     data/matching.toml, data/owners.toml, data/values.toml, data/rows.toml, origins.toml, regions.toml, \
     jurisdictions.toml, laws.toml, local.toml, bodies.toml, handed.toml, hops.toml, configured.toml, apps/, settings.toml, severity.toml, \
     regulations.toml, profiles/, infrastructure.toml, api-paths.toml";

fn parse(place: &str, text: &Content<'_>) -> Result<Parsed, Vec<Mistake>> {
    match place.split('/').collect::<Vec<_>>()[..] {
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
        ["data", "rows.toml"] => of(text, |x| Parsed::Rows(Box::new(x))),
        ["origins.toml"] => of(text, |x: OriginFile| Parsed::Origins(x.origin)),
        ["regions.toml"] => of(text, Parsed::Regions),
        ["jurisdictions.toml"] => of(text, |x| Parsed::Jurisdictions(Box::new(x))),
        ["laws.toml"] => of(text, |x| Parsed::Laws(Box::new(x))),
        ["local.toml"] => of(text, |x| Parsed::Local(Box::new(x))),
        ["apps", _] => of(text, |x| Parsed::App(Box::new(x))),
        ["configured.toml"] => of(text, |x| Parsed::Naming(Box::new(x))),
        ["hops.toml"] => of(text, |x| Parsed::Hops(Box::new(x))),
        ["handed.toml"] => of(text, Parsed::Handed),
        ["bodies.toml"] => of(text, |x| Parsed::Bodies(Box::new(x))),
        ["severity.toml"] => of(text, |x| Parsed::Severity(Box::new(x))),
        ["regulations.toml"] => of(text, Parsed::Regulations),
        ["profiles", name] => Ok(Parsed::Profile(name.trim_end_matches(".toml").to_owned())),
        ["settings.toml"] => of(text, |x| Parsed::Readers(Box::new(x))),
        // Which files are read, and as what: `walk` and `config` use these themselves.
        ["walk.toml" | "config.toml" | "mask.toml" | "notebook.toml"] => Ok(Parsed::Elsewhere),
        ["infrastructure.toml"] => of(text, |x: DeclarationFile| Parsed::Declarations(x.declaration)),
        ["api-paths.toml"] => of(text, |x: ApiPathFile| Parsed::ApiPaths(x.path)),
        _ => Err(vec![(None, format!("not a place for rules; expected one of {PLACES}"))]),
    }
}

fn of<T: serde::de::DeserializeOwned>(
    content: &Content<'_>,
    wrap: impl FnOnce(T) -> Parsed,
) -> Result<Parsed, Vec<Mistake>> {
    match content {
        Content::Written(text) => written::read(text).map(wrap),
        Content::Compact(json) => {
            serde_json::from_str(json).map(wrap).map_err(|error| vec![(None, error.to_string())])
        }
    }
}
