//! Which file an import means, or that it means something outside the audited tree.
//!
//! A pure function of the file list and the project's own manifests (`tsconfig.json`, `package.json`).

use crate::ir::{Import, ImportName, Inst, Module, Op, Sym};
use crate::language::{Form, Language};
use crate::text::{FileId, Files, resolved_path};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use ustr::ustr;

/// What an import leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// A module of the program (index into the graph's modules).
    Module(u32),
    /// A Python package without `__init__.py`: a folder of modules.
    Folder(String),
    /// Code outside the tree, by its dotted path or package name.
    External(Sym),
}

/// Resolves module specifiers against the audited files.
pub struct Resolver {
    /// Path without extension and without `/__init__` or `/index` → file.
    stems: BTreeMap<String, FileId>,
    paths: FxHashMap<FileId, String>,
    /// tsconfig folders with their `baseUrl` and `paths`.
    tsconfigs: Vec<TsConfig>,
    /// Workspace packages: name → (folder, entry stem).
    packages: FxHashMap<String, (String, Option<String>)>,
    /// Python files that import a library of their own name: nothing else can mean them by that name either.
    namesakes: FxHashSet<FileId>,
}

struct TsConfig {
    folder: String,
    base: String,
    /// Whether bare specifiers are looked up below `base`.
    has_base: bool,
    paths: Vec<(String, Vec<String>)>,
}

const EXTENSIONS: [&str; 10] = [".py", ".pyi", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

impl Resolver {
    /// Indexes the files that were lowered.
    pub fn new(files: &Files, lowered: &[Module]) -> Resolver {
        let mut stems = BTreeMap::new();
        let mut paths = FxHashMap::default();
        let mut namesakes = FxHashSet::default();
        for module in lowered {
            let id = module.file;
            let path = files.get(id).path.to_string();
            let Some(stem) = stem_of(&path) else { continue };
            if is_python(&path) && is_namesake(stem, &module.imports) {
                namesakes.insert(id);
            }
            // `a.ts` wins over `a.js`, `a.py` over `a.pyi`, a file over a folder's index: first in this order.
            for key in
                [Some(stem.to_string()), folder_of_index(stem).map(str::to_string)].into_iter().flatten()
            {
                let better = |old: FileId| rank(&path) < rank(&files.get(old).path);
                if stems.get(&key).is_none_or(|old| better(*old)) {
                    stems.insert(key, id);
                }
            }
            paths.insert(id, path);
        }
        let mut tsconfigs: Vec<TsConfig> = Vec::new();
        let mut packages = FxHashMap::default();
        for (_, file) in files.iter() {
            let name = file.path.rsplit('/').next().unwrap_or("");
            if name.starts_with("tsconfig") || name.starts_with("jsconfig") {
                tsconfigs.extend(read_tsconfig(&file.path, &file.text));
            } else if name == "package.json" {
                packages.extend(read_package(&file.path, &file.text));
            }
        }
        tsconfigs.sort_by(|a, b| b.folder.len().cmp(&a.folder.len()).then(a.folder.cmp(&b.folder)));
        Resolver { stems, paths, tsconfigs, packages, namesakes }
    }

    /// What one import of the file at `from` leads to; `modules` says where in `lowered` a file's module is.
    pub fn resolve(
        &self,
        from: &str,
        language: Language,
        import: &Import,
        lowered: &[Module],
        modules: &FxHashMap<FileId, u32>,
    ) -> Target {
        let found = match language {
            Language::Python => {
                let module_of = |id: FileId| modules.get(&id).and_then(|index| lowered.get(*index as usize));
                self.python(from, import, &module_of)
            }
            Language::TypeScript | Language::Tsx => self.typescript(from, &import.spec),
        };
        match found {
            Some(Found::File(id)) => match modules.get(&id) {
                Some(index) => Target::Module(*index),
                None => Target::External(import.spec),
            },
            Some(Found::Folder(path)) => Target::Folder(path),
            None => Target::External(match language {
                Language::Python => import.spec,
                // Built-in modules are the same with and without their prefix.
                Language::TypeScript | Language::Tsx => ustr(import.spec.trim_start_matches("node:")),
            }),
        }
    }

    /// The path of a file that was lowered.
    pub fn path(&self, file: FileId) -> &str {
        self.paths.get(&file).map_or("", String::as_str)
    }

    /// Files whose path, without extension, is or ends in `/name`, in order of path.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = FileId> + 'a {
        let ends = move |stem: &str| {
            stem.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        };
        self.stems.iter().filter(move |(stem, _)| ends(stem)).map(|(_, file)| *file)
    }

    /// The module `name` in the package whose `__init__` or folder `file` is.
    pub fn submodule(&self, file: FileId, name: Sym, modules: &FxHashMap<FileId, u32>) -> Option<u32> {
        let stem = stem_of(self.paths.get(&file)?)?;
        let folder = folder_of_index(stem)?;
        self.in_folder(folder, name, modules)
    }

    /// The module `name` in a folder.
    pub fn in_folder(&self, folder: &str, name: Sym, modules: &FxHashMap<FileId, u32>) -> Option<u32> {
        let id = self.stems.get(&join(folder, &name))?;
        modules.get(id).copied()
    }

    fn python<'m>(
        &self,
        from: &str,
        import: &Import,
        module_of: &dyn Fn(FileId) -> Option<&'m Module>,
    ) -> Option<Found> {
        let spec = import.spec.as_str();
        let dots = spec.bytes().take_while(|b| *b == b'.').count();
        let rest = spec[dots..].replace('.', "/");
        if dots > 0 {
            let mut folder = parent(from);
            for _ in 1..dots {
                folder = parent(folder);
            }
            return self.python_at(&join(folder, &rest), import);
        }
        // The script's own folder, then every ancestor and its `src`, nearest first.
        let mut folder = parent(from);
        loop {
            for base in [folder.to_string(), join(folder, "src"), join(folder, "lib")] {
                let found = self.python_at(&join(&base, &rest), import);
                if found.as_ref().is_some_and(|found| self.may_mean(found, from, &base, import, module_of)) {
                    return found;
                }
            }
            if folder.is_empty() {
                return None;
            }
            folder = parent(folder);
        }
    }

    /// Whether an absolute import can mean what was found below `base`: a library of the same name is meant by a file
    /// that is itself in there (unless that is where imports start), and by one that imports what is not in there.
    fn may_mean<'m>(
        &self,
        found: &Found,
        from: &str,
        base: &str,
        import: &Import,
        module_of: &dyn Fn(FileId) -> Option<&'m Module>,
    ) -> bool {
        let starts_here = !self.stems.contains_key(base) || base.is_empty();
        let name = import.spec.split('.').next().unwrap_or_default();
        let around = from.starts_with(&format!("{}/", join(base, name)));
        match found {
            Found::File(id) if self.namesakes.contains(id) => false,
            Found::File(id) => {
                let binds = |module: &Module| match import.name {
                    ImportName::Named(name) => may_bind(module, name) || self.holds(*id, name),
                    _ => true,
                };
                (starts_here || !around) && module_of(*id).is_none_or(binds)
            }
            Found::Folder(_) => !around,
        }
    }

    /// Whether a package has a module of this name.
    fn holds(&self, package: FileId, name: Sym) -> bool {
        let folder = self.paths.get(&package).and_then(|path| folder_of_index(stem_of(path)?));
        folder.is_some_and(|folder| {
            let stem = join(folder, &name);
            self.stems.contains_key(&stem) || self.first_below(&stem).is_some()
        })
    }

    /// The first file in a folder, by its path.
    fn first_below(&self, folder: &str) -> Option<FileId> {
        let prefix = format!("{folder}/");
        let (stem, id) = self.stems.range(prefix.clone()..).next()?;
        stem.starts_with(&prefix).then_some(*id)
    }

    fn python_at(&self, stem: &str, import: &Import) -> Option<Found> {
        if let Some(id) = self.stems.get(stem).filter(|id| is_python(&self.paths[*id])) {
            return Some(Found::File(*id));
        }
        // A namespace package: the folder counts when it holds what is imported.
        let inside = match import.name {
            ImportName::Named(name) => self.stems.contains_key(&join(stem, &name)),
            _ => false,
        };
        let is_package = || self.first_below(stem).is_some_and(|id| is_python(&self.paths[&id]));
        (inside || (matches!(import.name, ImportName::Module) && !stem.is_empty() && is_package()))
            .then(|| Found::Folder(stem.to_string()))
    }

    fn typescript(&self, from: &str, spec: &str) -> Option<Found> {
        if spec.starts_with('.') {
            return self.file_at(&resolved_path(&join(parent(from), spec))?);
        }
        for config in &self.tsconfigs {
            if !config.folder.is_empty() && !from.starts_with(&format!("{}/", config.folder)) {
                continue;
            }
            for (pattern, targets) in &config.paths {
                let Some(rest) = match_pattern(pattern, spec) else { continue };
                for target in targets {
                    let path = join(&config.base, &target.replacen('*', rest, 1));
                    if let Some(found) = resolved_path(&path).and_then(|p| self.file_at(&p)) {
                        return Some(found);
                    }
                }
            }
            let from_base = || resolved_path(&join(&config.base, spec)).and_then(|p| self.file_at(&p));
            if let Some(found) = config.has_base.then(from_base).flatten() {
                return Some(found);
            }
        }
        if let Some(rest) =
            spec.strip_prefix("@/").or_else(|| spec.strip_prefix("~/")).or_else(|| spec.strip_prefix('#'))
        {
            // The usual meaning of an alias whose configuration is not in the tree.
            let mut folder = parent(from);
            loop {
                for base in [join(folder, "src"), folder.to_string(), join(folder, "app")] {
                    if let Some(found) = self.file_at(&join(&base, rest)) {
                        return Some(found);
                    }
                }
                if folder.is_empty() {
                    return None;
                }
                folder = parent(folder);
            }
        }
        self.workspace(spec)
    }

    fn workspace(&self, spec: &str) -> Option<Found> {
        let name = package_name(spec);
        let (folder, entry) = self.packages.get(name)?;
        let rest = spec[name.len()..].trim_start_matches('/');
        let places = if rest.is_empty() {
            vec![entry.clone().unwrap_or_default(), "src/index".into(), "index".into(), "lib/index".into()]
        } else {
            vec![rest.to_string(), format!("src/{rest}"), format!("lib/{rest}")]
        };
        places.iter().filter_map(|p| resolved_path(&join(folder, p))).find_map(|p| self.file_at(&p))
    }

    fn file_at(&self, path: &str) -> Option<Found> {
        let direct = self.stems.get(path);
        let stem = stem_of(path).and_then(|s| self.stems.get(s));
        direct.or(stem).filter(|id| !is_python(&self.paths[*id])).map(|id| Found::File(*id))
    }
}

enum Found {
    File(FileId),
    Folder(String),
}

/// The package a specifier belongs to: `@scope/name/sub` → `@scope/name`, `name/sub` → `name`.
fn package_name(spec: &str) -> &str {
    let slashes = if spec.starts_with('@') { 2 } else { 1 };
    spec.match_indices('/').nth(slashes - 1).map_or(spec, |(at, _)| &spec[..at])
}

fn stem_of(path: &str) -> Option<&str> {
    if matches!(Form::of(path), Some(Form::Component(_) | Form::Notebook)) {
        // Named in full where they are imported.
        return Some(path);
    }
    let path = path.strip_suffix(".d.ts").unwrap_or(path);
    EXTENSIONS.iter().find_map(|e| path.strip_suffix(e)).or_else(|| (!path.contains('.')).then_some(path))
}

fn folder_of_index(stem: &str) -> Option<&str> {
    if stem == "__init__" || stem == "index" {
        return Some("");
    }
    stem.strip_suffix("/__init__").or_else(|| stem.strip_suffix("/index"))
}

/// Whether a plain module imports what is called like itself, as `llms/openai.py` does with `openai`.
fn is_namesake(stem: &str, imports: &[Import]) -> bool {
    let name = stem.rsplit('/').next().unwrap_or(stem);
    name != "__init__" && imports.iter().any(|import| import.spec.split('.').next() == Some(name))
}

/// Whether a Python module may bind a name: it does, or it may bind more than its text shows.
fn may_bind(module: &Module, name: Sym) -> bool {
    let dynamic = ["__getattr__", "globals", "setattr"].map(ustr);
    let uses = |inst: &Inst| matches!(inst.op, Op::Global(name) if dynamic.contains(&name));
    module.globals.contains_key(&name)
        || module.syntax_error.is_some()
        || module.imports.iter().any(|import| matches!(import.name, ImportName::Star))
        || module.globals.keys().any(|name| dynamic.contains(name))
        || module.insts.iter().any(uses)
}

fn rank(path: &str) -> usize {
    EXTENSIONS.iter().position(|e| path.ends_with(e)).unwrap_or(EXTENSIONS.len())
}

fn is_python(path: &str) -> bool {
    path.ends_with(".py") || path.ends_with(".pyi")
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(p, _)| p)
}

fn join(folder: &str, rest: &str) -> String {
    match (folder.is_empty(), rest.is_empty()) {
        (true, _) => rest.to_string(),
        (_, true) => folder.to_string(),
        _ => format!("{folder}/{rest}"),
    }
}

fn match_pattern<'s>(pattern: &str, spec: &'s str) -> Option<&'s str> {
    match pattern.split_once('*') {
        None => (pattern == spec).then_some(""),
        Some((head, tail)) => spec.strip_prefix(head)?.strip_suffix(tail),
    }
}

fn read_json(text: &str) -> Option<serde_json::Value> {
    jsonc_parser::parse_to_serde_value(text, &Default::default()).ok()
}

fn read_tsconfig(path: &str, text: &str) -> Option<TsConfig> {
    let json = read_json(text)?;
    let options = json.get("compilerOptions")?;
    let base = options.get("baseUrl").and_then(|v| v.as_str());
    let paths = options.get("paths").and_then(|v| v.as_object());
    if base.is_none() && paths.is_none() {
        return None;
    }
    let folder = parent(path).to_string();
    let has_base = base.is_some();
    let base = resolved_path(&join(&folder, base.unwrap_or(".")))?;
    let mut list: Vec<(String, Vec<String>)> = Vec::new();
    for (pattern, targets) in paths.into_iter().flatten() {
        let targets = targets.as_array().into_iter().flatten().filter_map(|t| t.as_str().map(str::to_string));
        list.push((pattern.clone(), targets.collect()));
    }
    list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
    Some(TsConfig { folder, base, has_base, paths: list })
}

fn read_package(path: &str, text: &str) -> Option<(String, (String, Option<String>))> {
    let json = read_json(text)?;
    let name = json.get("name")?.as_str()?.to_string();
    let entry = ["source", "module", "main", "types"].iter().find_map(|k| json.get(*k)?.as_str());
    Some((name, (parent(path).to_string(), entry.map(str::to_string))))
}
