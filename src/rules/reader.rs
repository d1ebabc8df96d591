//! How code reads its settings: which expressions are variables of the environment or keys of a file, which classes
//! and command-line options declare them, and which functions put the path of a file together.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::OnceLock;

/// Rules about reading settings, from `rules/settings.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Readers {
    /// Expressions.
    #[serde(default, rename = "reader")]
    readers: Vec<Reader>,
    /// Classes whose fields are settings.
    #[serde(default, rename = "class")]
    classes: Vec<SettingsClass>,
    /// Command-line options.
    #[serde(default, rename = "option")]
    options: Vec<OptionRule>,
    /// Functions about paths of files.
    #[serde(default, rename = "path")]
    paths: Vec<PathRule>,
    /// Imported objects that are modules of the tree.
    #[serde(default, rename = "module")]
    modules: Vec<ModuleRule>,
    #[serde(skip)]
    by_path: OnceLock<FxHashMap<String, usize>>,
    #[serde(skip)]
    path_rules: OnceLock<FxHashMap<String, Gives>>,
}

/// One way to read a setting.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reader {
    /// `python` or `typescript`.
    pub language: String,
    /// Dotted paths; one that ends in `.` names the setting by the steps after it.
    pub path: Vec<String>,
    /// Arguments of the last call that hold the name, first wins; `@0.` before one means the first call of the path.
    #[serde(default)]
    pub name: Vec<String>,
    /// Arguments of the last call that name the levels below `name`.
    #[serde(default)]
    pub below: Vec<String>,
    /// What stands between the levels of a name.
    #[serde(default)]
    pub separator: Option<String>,
    /// Arguments of the last call that hold the default; `@1.` before one means the second call of the path.
    #[serde(default)]
    pub default: Vec<String>,
    /// Arguments of the last call that hold a function giving the default.
    #[serde(default)]
    pub factory: Vec<String>,
    /// Fails when the setting is not there, so that nothing else takes its place.
    #[serde(default)]
    pub required: bool,
    /// The environment variables that may hold the setting: `{}` is its name as written, `{upper}` in upper case.
    /// Empty when there is none.
    #[serde(default = "as_written")]
    pub env: Vec<String>,
    /// Arguments of the first call that hold the text for `{prefix}`.
    #[serde(default)]
    pub prefix: Vec<String>,
    /// That text when there is no such argument.
    #[serde(default)]
    pub usual_prefix: String,
    /// What stands between the levels in `{upper}`.
    #[serde(default = "underscore")]
    pub joint: String,
    /// Arguments of the first call that name the file (or hold its content).
    #[serde(default)]
    pub file: Vec<String>,
    /// Methods whose arguments name files.
    #[serde(default)]
    pub load: Vec<String>,
    /// Files of these names, wherever they lie, the nearest of each name.
    #[serde(default)]
    pub files: Vec<String>,
    /// Tables that hold the settings of one environment and are no part of the name.
    #[serde(default)]
    pub sections: Vec<String>,
    /// Arguments of the first call that declare the setting `{}`: a validator, or a table with its parts.
    #[serde(default)]
    pub declared: Vec<String>,
    /// Part of a declaration that names the variable.
    #[serde(default)]
    pub declared_env: Vec<String>,
    /// Part of a declaration, or argument or method of a validator, that holds the default.
    #[serde(default)]
    pub declared_default: Vec<String>,
    /// Arguments of the last call, or else of the first, one of whose entries the setting is.
    #[serde(default)]
    pub through: Vec<String>,
    /// Files of these names that give the variable of each setting under its name.
    #[serde(default)]
    pub mapping: Vec<String>,
    /// What `a.b` means may also stand as `b` in a file of a folder `a`.
    #[serde(default)]
    pub groups: bool,
    /// Functions that are given a name and a function whose result holds the settings below that name.
    #[serde(default)]
    pub factories: Vec<String>,
    /// Calls that are given a list of functions whose results hold settings: `forRoot -> 0.load`.
    #[serde(default)]
    pub loaders: Vec<String>,
    /// Modules of these names whose exported object holds the setting below this key: `nuxt.config -> runtimeConfig`.
    #[serde(default)]
    pub module: Vec<String>,
}

/// A class whose fields are settings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsClass {
    /// `python` or `typescript`.
    pub language: String,
    /// Dotted paths of the base class.
    pub base: Vec<String>,
    /// Class attributes that hold the options.
    #[serde(default)]
    pub options: Vec<String>,
    /// Option: text before the name of every variable.
    #[serde(default)]
    pub prefix: Vec<String>,
    /// Option: text between the levels of a nested name.
    #[serde(default)]
    pub delimiter: Vec<String>,
    /// Options that name files with the settings.
    #[serde(default)]
    pub file: Vec<String>,
    /// Arguments of a field's value that name the variable, whatever the prefix.
    #[serde(default)]
    pub alias: Vec<String>,
    /// Calls all of whose arguments are such names.
    #[serde(default)]
    pub choices: Vec<String>,
}

/// How a program declares its command-line options.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OptionRule {
    /// `python` or `typescript`.
    pub language: String,
    /// Decorators that fill a parameter of the decorated function.
    #[serde(default)]
    pub decorator: Vec<String>,
    /// Paths of the parsed options; they end in `.`, and the next step is the option's name.
    #[serde(default)]
    pub result: Vec<String>,
    /// Methods that declare an option, for `result`.
    #[serde(default)]
    pub declare: Vec<String>,
    /// Other methods of a parser that return it, so that they may stand anywhere in `result`.
    #[serde(default)]
    pub chain: Vec<String>,
    /// Argument that names the value, where it is not the flag's name.
    #[serde(default)]
    pub name: Vec<String>,
    /// Arguments that hold the default.
    #[serde(default)]
    pub default: Vec<String>,
    /// Arguments that name an environment variable.
    #[serde(default)]
    pub env: Vec<String>,
}

/// What a function or attribute does with the path of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PathRule {
    /// `python` or `typescript`.
    pub language: String,
    /// What it gives.
    pub gives: Gives,
    /// Dotted paths; `*.x()` is a method and `*.x` an attribute of any path.
    pub path: Vec<String>,
}

/// What a path function gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gives {
    /// Its receiver, or its first argument: the path, or what can be read there.
    Same,
    /// Receiver and arguments, one below the other.
    Join,
    /// The folder.
    Parent,
    /// The file of the code.
    Here,
    /// The folder of the code.
    Folder,
    /// The folder the program was started in.
    Start,
    /// Its first argument, beside the file that is its second.
    Beside,
}

/// An imported object that is a module of the tree.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModuleRule {
    /// `python` or `typescript`.
    pub language: String,
    /// Dotted paths.
    pub path: Vec<String>,
    /// Ends of the paths of such modules, without extension.
    pub files: Vec<String>,
}

/// The setting an expression reads.
#[derive(Debug)]
pub enum Read<'r> {
    /// Named by the path itself, level by level.
    Named(&'r Reader, Vec<String>),
    /// Named by an argument of the call.
    ByArgument(&'r Reader),
}

impl Readers {
    /// What an external value of this path reads, if it is a setting.
    pub fn read(&self, path: &str) -> Option<Read<'_>> {
        let index = self.by_path.get_or_init(|| {
            let paths =
                self.readers.iter().enumerate().flat_map(|(i, r)| r.path.iter().map(move |p| (p.clone(), i)));
            paths.collect()
        });
        if let Some(i) = index.get(path) {
            return Some(Read::ByArgument(&self.readers[*i]));
        }
        // `process.env.X` and `process.env.X.trim` both read X.
        path.rmatch_indices('.').find_map(|(at, _)| {
            let reader = &self.readers[*index.get(&path[..=at])?];
            let name = levels(&path[at + 1..], reader.is_table());
            (!name.is_empty()).then_some(Read::Named(reader, name))
        })
    }

    /// Whether an external value is (part of) what was read from a file: plain objects and lists.
    pub fn is_data(&self, path: &str) -> bool {
        let data = |reader: &Reader| !reader.file.is_empty() && reader.env.is_empty();
        // Some have a `get` that is more than a dictionary's.
        if matches!(self.read(&format!("{path}.get()")), Some(Read::ByArgument(_))) {
            return false;
        }
        match self.read(path) {
            Some(Read::Named(reader, _)) => data(reader),
            Some(Read::ByArgument(_)) => false,
            None => {
                self.read(&format!("{path}._")).is_some_and(|r| matches!(r, Read::Named(r, _) if data(r)))
            }
        }
    }

    /// The rule of classes derived from one of these, if their fields are settings.
    pub fn class(&self, base: &str) -> Option<&SettingsClass> {
        self.classes.iter().find(|c| c.base.iter().any(|b| b == base))
    }

    /// The rule of options whose parsed values are read at this path, with the option's name.
    pub fn option(&self, path: &str) -> Option<(&OptionRule, String)> {
        self.options.iter().find_map(|rule| {
            let path = rule.unchained(path);
            let rest = rule.result.iter().find_map(|r| path.strip_prefix(r.as_str()))?;
            let name = levels(rest, false).pop()?;
            Some((rule, name))
        })
    }

    /// Objects whose entries are the variables of the environment, to be read and written.
    pub fn environments<'r>(&'r self, language: &'r str) -> impl Iterator<Item = &'r str> {
        let plain = move |r: &&Reader| r.language == language && r.env == as_written() && !r.is_table();
        let readers = self.readers.iter().filter(plain);
        readers.flat_map(|r| &r.path).filter_map(|path| path.strip_suffix('.'))
    }

    /// The rule of options that this decorator declares.
    pub fn decorator(&self, path: &str) -> Option<&OptionRule> {
        self.options.iter().find(|rule| rule.decorator.iter().any(|d| d == path))
    }

    /// What an expression of this dotted path gives when it is the path of a file.
    pub fn path(&self, path: &str) -> Option<Gives> {
        self.path_rules().get(path).copied()
    }

    /// What a method (`name()`) or attribute (`name`) of the path of a file gives.
    pub fn path_step(&self, step: &str) -> Option<Gives> {
        self.path(&format!("*.{step}"))
    }

    /// Ends of the paths of the modules that this imported object is.
    pub fn modules(&self, path: &str) -> &[String] {
        let found = self.modules.iter().find(|m| m.path.iter().any(|p| p == path));
        found.map_or(&[], |m| &m.files)
    }

    fn path_rules(&self) -> &FxHashMap<String, Gives> {
        self.path_rules.get_or_init(|| {
            let mut by_path = FxHashMap::default();
            for rule in &self.paths {
                for path in &rule.path {
                    by_path.entry(path.clone()).or_insert(rule.gives);
                }
            }
            by_path
        })
    }
}

impl OptionRule {
    /// A path without the calls of methods that return the parser.
    fn unchained(&self, path: &str) -> String {
        let is_chain = |name: &str| self.declare.iter().chain(&self.chain).any(|m| m == name);
        let steps = path.split_inclusive("().");
        steps
            .enumerate()
            .filter(|(n, s)| *n == 0 || !s.strip_suffix("().").is_some_and(is_chain))
            .map(|(_, s)| s)
            .collect()
    }
}

impl Reader {
    /// Whether its names have levels: keys below keys.
    fn is_table(&self) -> bool {
        let module = !self.module.is_empty() && self.env != as_written();
        module || !(self.file.is_empty() && self.files.is_empty() && self.through.is_empty())
    }
}

/// The steps a path begins with; one without levels has only the first.
fn levels(path: &str, all: bool) -> Vec<String> {
    let mut found = Vec::new();
    for step in path.split('.') {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '/' | ':' | '@');
        let name: String = step.chars().take_while(|c| plain(*c)).collect();
        let rest = &step[name.len()..];
        // `x.get()` is a method of `x`, no key.
        if name.is_empty() && !rest.starts_with("[]") || rest.starts_with('(') {
            break;
        }
        if !name.is_empty() {
            found.push(name);
        }
        found.extend(rest.matches("[]").map(str::to_owned));
        if !all {
            break;
        }
    }
    found
}

fn underscore() -> String {
    "_".to_owned()
}

fn as_written() -> Vec<String> {
    vec!["{}".to_owned()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readers() -> Readers {
        toml::from_str(include_str!("../../rules/settings.toml")).expect("rules/settings.toml is well formed")
    }

    fn levels_of(path: &str) -> Option<Vec<String>> {
        match readers().read(path)? {
            Read::Named(_, levels) => Some(levels),
            Read::ByArgument(_) => Some(Vec::new()),
        }
    }

    #[test]
    fn each_expression_has_one_rule() {
        let readers = readers();
        let mut paths: Vec<&String> = readers.readers.iter().flat_map(|r| &r.path).collect();
        let all = paths.len();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), all);
    }

    #[test]
    fn names_are_read_off_paths() {
        assert_eq!(levels_of("process.env.A_B.trim"), Some(vec!["A_B".to_owned()]));
        assert_eq!(levels_of("os.getenv()"), Some(Vec::new()));
        assert_eq!(levels_of("json.load().a[].b"), Some(["a", "[]", "b"].map(str::to_owned).to_vec()));
        assert_eq!(levels_of("json.load().a.strip()"), Some(vec!["a".to_owned()]));
        assert_eq!(levels_of("somebody.getenv().a"), None);
    }

    #[test]
    fn loaded_files_are_plain_data() {
        let readers = readers();
        assert!(readers.is_data("yaml.safe_load()") && readers.is_data("yaml.safe_load().a"));
        assert!(!readers.is_data("configparser.ConfigParser()"), "its `get` takes a section and an option");
        assert!(!readers.is_data("os.environ"));
    }
}
