//! Which modules can have anything to do with an SDK or a model's URL, by imports alone.
//!
//! A client or a URL comes to the call that uses it from a module that imports the SDK or spells the host: the module
//! itself, one it imports (directly or not), or one that imports it. Calls elsewhere need not be looked into. This is
//! decided before anything is followed, in one pass over the text and the import graph.

use crate::config::Settings;
use crate::graph::Graph;
use crate::graph::modules::Target;
use crate::ir::ImportName;
use crate::rules::Rules;
use crate::text::Files;
use aho_corasick::AhoCorasick;
use rayon::prelude::*;

/// The import graph in both directions.
pub struct Reach {
    imports: Vec<Vec<u32>>,
    imported_by: Vec<Vec<u32>>,
}

/// One bit per module.
pub type Modules = Vec<bool>;

impl Reach {
    /// Reads the edges off a linked program.
    pub fn new(graph: &Graph) -> Reach {
        let count = graph.modules.len();
        let mut imports = vec![Vec::new(); count];
        let mut imported_by = vec![Vec::new(); count];
        for module in 0..count as u32 {
            let mut targets: Vec<u32> = graph
                .imports_of(module)
                .flat_map(|(import, target)| {
                    let name = match import.name {
                        ImportName::Named(name) => Some(name),
                        _ => None,
                    };
                    match target {
                        Target::Module(package) => {
                            [Some(*package), name.and_then(|name| graph.submodule(*package, name))]
                        }
                        Target::Folder(folder) => [name.and_then(|name| graph.in_folder(folder, name)), None],
                        Target::External(_) => [None, None],
                    }
                })
                .flatten()
                .collect();
            targets.sort_unstable();
            targets.dedup();
            for target in &targets {
                imported_by[*target as usize].push(module);
            }
            imports[module as usize] = targets;
        }
        Reach { imports, imported_by }
    }

    /// The given modules, all that they import and all that import them, directly or not.
    pub fn around(&self, seeds: impl Iterator<Item = u32>) -> Modules {
        let seeds: Vec<u32> = seeds.collect();
        let mut reached = closure(&self.imports, &seeds);
        let above = closure(&self.imported_by, &seeds);
        reached.iter_mut().zip(above).for_each(|(r, a)| *r |= a);
        reached
    }
}

/// The modules that spell the host or the path of a model's API, or the name of a setting that does.
pub fn spelling_urls(rules: &Rules, settings: &Settings, graph: &Graph, files: &Files) -> Vec<u32> {
    let all = 0..graph.modules.len() as u32;
    let search = AhoCorasick::builder().ascii_case_insensitive(true).build(rules.url_needles());
    let Ok(urls) = search else { return all.collect() };
    let set = settings.iter().filter(|s| urls.is_match(&s.value)).map(|s| s.key.as_str());
    let mut names: Vec<&str> = set.filter(|key| key.len() > 2).collect();
    names.sort_unstable();
    names.dedup();
    let names = AhoCorasick::builder().ascii_case_insensitive(true).build(names);
    all.into_par_iter()
        .filter(|module| {
            let text = &files.get(graph.modules[*module as usize].file).text;
            urls.is_match(&**text) || names.as_ref().is_ok_and(|names| names.is_match(&**text))
        })
        .collect()
}

/// The modules that spell the keys of a question to a model, and so may send one to a URL that nobody spells.
pub fn spelling_bodies(rules: &Rules, graph: &Graph, files: &Files) -> Modules {
    let asks =
        |text: &str| rules.bodies.asks.iter().any(|keys| keys.iter().all(|key| text.contains(key.as_str())));
    graph.modules.par_iter().map(|module| asks(&files.get(module.file).text)).collect()
}

/// Everything that edges lead to from the seeds, the seeds included.
fn closure(edges: &[Vec<u32>], seeds: &[u32]) -> Modules {
    let mut reached = vec![false; edges.len()];
    let mut queue = seeds.to_vec();
    while let Some(module) = queue.pop() {
        if !std::mem::replace(&mut reached[module as usize], true) {
            queue.extend(&edges[module as usize]);
        }
    }
    reached
}
