//! Which values are sensitive by their shape, and which calls take sensitivity away: rules indexed by dotted path.

use crate::ir::Module;
use crate::rules::Rules;
use crate::rules::data::{SanitizerRule, SourceRule};
use rustc_hash::FxHashMap;

/// Source and sanitizer rules, ready for look-up.
pub struct Shapes<'r> {
    sources: PathIndex<'r, SourceRule>,
    handlers: PathIndex<'r, SourceRule>,
    types: PathIndex<'r, SourceRule>,
    sanitizers: PathIndex<'r, SanitizerRule>,
}

impl<'r> Shapes<'r> {
    /// Indexes the rules.
    pub fn new(rules: &'r Rules) -> Self {
        let sources = &rules.data.sources;
        Shapes {
            sources: PathIndex::new(sources.iter().filter(|s| !s.callback).flat_map(|s| pairs(&s.path, s))),
            handlers: PathIndex::new(sources.iter().flat_map(|s| {
                let callbacks: &[String] = if s.callback { &s.path } else { &[] };
                pairs(&s.handler, s).chain(pairs(callbacks, s))
            })),
            types: PathIndex::new(sources.iter().flat_map(|s| pairs(&s.parameter_type, s))),
            sanitizers: PathIndex::new(rules.data.sanitizers.iter().flat_map(|s| pairs(&s.path, s))),
        }
    }

    /// The source rule for a value of this path, or for what it was read from.
    pub fn source(&self, module: &Module, path: &str) -> Option<&'r SourceRule> {
        let find = |path: &str| prefixes(path).find_map(|p| self.sources.find(p, |s| applies(s, module)));
        // Rules name what an element of a list offers as if the list offered it.
        find(path).or_else(|| path.contains("[]").then(|| find(&path.replace("[]", ""))).flatten())
    }

    /// The rule for the parameters of a function registered through this path.
    pub fn handler(&self, module: &Module, path: &str) -> Option<&'r SourceRule> {
        self.handlers.find(path, |s| applies(s, module))
    }

    /// The rule for a parameter of this declared type.
    pub fn parameter_type(&self, module: &Module, path: &str) -> Option<&'r SourceRule> {
        self.types.find(path, |s| applies(s, module))
    }

    /// What a call of this path does to its arguments.
    pub fn sanitizer(&self, module: &Module, path: &str) -> Option<&'r SanitizerRule> {
        self.sanitizers.find(path, |s| s.language == "any" || s.language == module.language.family())
    }
}

fn pairs<'r, T>(paths: &'r [String], rule: &'r T) -> impl Iterator<Item = (&'r str, &'r T)> {
    paths.iter().map(move |p| (p.as_str(), rule))
}

/// A path and everything it was read from: `a.b().c` → `a.b().c`, `a.b()`, `a`.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    let cuts = path.rmatch_indices(['.', '[']).map(|(at, _)| &path[..at]);
    std::iter::once(path).chain(cuts)
}

fn applies(rule: &SourceRule, module: &Module) -> bool {
    let language = rule.language == "any" || rule.language == module.language.family();
    let imported = |wanted: &String| {
        module.imports.iter().any(|i| {
            i.spec.as_str() == wanted.as_str()
                || i.spec.strip_prefix(wanted.as_str()).is_some_and(|r| r.starts_with(['.', '/']))
        })
    };
    language && (rule.import.is_empty() || rule.import.iter().any(imported))
}

/// Rules by dotted-path glob: exact paths by hash, globs by their last step.
struct PathIndex<'r, T> {
    exact: FxHashMap<&'r str, Vec<&'r T>>,
    globs: FxHashMap<&'r str, Vec<(&'r str, &'r T)>>,
}

impl<'r, T> PathIndex<'r, T> {
    fn new(entries: impl Iterator<Item = (&'r str, &'r T)>) -> Self {
        let mut index = PathIndex { exact: FxHashMap::default(), globs: FxHashMap::default() };
        for (path, rule) in entries {
            match path.contains('*') {
                false => index.exact.entry(path).or_default().push(rule),
                true => index.globs.entry(last_step(path)).or_default().push((path, rule)),
            }
        }
        index
    }

    fn find(&self, path: &str, fits: impl Fn(&T) -> bool) -> Option<&'r T> {
        let exact = self.exact.get(path).into_iter().flatten().copied().find(|r| fits(r));
        exact.or_else(|| {
            let last = [last_step(path), "*"];
            let candidates = last.iter().filter_map(|l| self.globs.get(l)).flatten();
            candidates.filter(|(glob, rule)| fits(rule) && glob_matches(glob, path)).map(|(_, r)| *r).next()
        })
    }
}

fn last_step(path: &str) -> &str {
    let step = path.rsplit('.').next().unwrap_or(path);
    if step.contains('*') { "*" } else { step }
}

/// `*` stands for any text, including dots.
fn glob_matches(glob: &str, text: &str) -> bool {
    let mut parts = glob.split('*');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}
