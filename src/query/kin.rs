//! Which classes a class inherits from, and which inherit from it: asked at every read of a member, found once.

use super::origins::Origin;
use super::{Ctx, Solver, State};
use crate::graph::{ClassRef, Node};
use crate::ir::Sym;
use rustc_hash::FxHashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Classes looked at when resolving one member.
const MAX_CLASSES: usize = 32;

/// A class's ancestors, nearest first.
pub(super) struct Lineage {
    /// The class itself and those of the program.
    pub classes: Vec<ClassRef>,
    /// Bases from outside the program, by their dotted path.
    pub external: Vec<Sym>,
}

/// What was found so far, for all solvers of a program.
#[derive(Default)]
pub(super) struct Kin {
    lineages: Mutex<FxHashMap<ClassRef, Arc<Lineage>>>,
    below: Mutex<FxHashMap<ClassRef, Arc<[ClassRef]>>>,
}

impl Solver<'_> {
    /// The ancestors of a class. Each is found by a solver that knows nothing else: classes can be each other's bases in
    /// circles, and what is found inside a circle depends on where it was entered.
    pub(super) fn lineage(&mut self, class: ClassRef) -> Arc<Lineage> {
        if let Some(own) = &mut self.lineages {
            if let Some(known) = own.get(&class) {
                return known.clone();
            }
            own.insert(class, Arc::new(Lineage { classes: vec![class], external: Vec::new() }));
            let found = Arc::new(self.find_lineage(class));
            self.lineages.get_or_insert_default().insert(class, found.clone());
            return found;
        }
        let program = self.program;
        recall(&program.kin.lineages, class, || {
            let mut solver = Solver::new(program);
            solver.lineages = Some(FxHashMap::default());
            solver.lineage(class)
        })
    }

    /// The class and everything that inherits from it, as far as names tell; of classes that can be told apart, only
    /// those the program makes objects of.
    pub(super) fn below(&mut self, class: ClassRef) -> Arc<[ClassRef]> {
        let program = self.program;
        match self.lineages {
            Some(_) => self.find_below(class).into(),
            None => recall(&program.kin.below, class, || self.find_below(class).into()),
        }
    }

    fn find_lineage(&mut self, class: ClassRef) -> Lineage {
        let mut lineage = Lineage { classes: vec![class], external: Vec::new() };
        let mut at = 0;
        while at < lineage.classes.len() && lineage.classes.len() < MAX_CLASSES {
            let current = lineage.classes[at];
            for base in self.graph.class(current).bases.clone() {
                let base = State::whole(Node { module: current.module, value: base }, Ctx::ANY);
                for origin in self.origins(&base).iter() {
                    match origin {
                        Origin::Class(c) if !lineage.classes.contains(c) => lineage.classes.push(*c),
                        Origin::External { path, .. } if !lineage.external.contains(path) => {
                            lineage.external.push(*path);
                        }
                        _ => {}
                    }
                }
            }
            at += 1;
        }
        lineage
    }

    fn find_below(&mut self, class: ClassRef) -> Vec<ClassRef> {
        let mut all = vec![class];
        let mut at = 0;
        while at < all.len() && all.len() < MAX_CLASSES {
            let current = all[at];
            let name = self.graph.class(current).name;
            for sub in self.graph.named_subclasses(name).to_vec() {
                let counts = self.graph.counts_for(sub.module, class.module);
                if counts && !all.contains(&sub) && self.lineage(sub).classes.contains(&current) {
                    all.push(sub);
                }
            }
            at += 1;
        }
        let is_made = |c: &ClassRef| self.graph.calls_named(self.graph.class(*c).name).next().is_some();
        let made: Vec<ClassRef> = all.iter().copied().filter(is_made).collect();
        if made.is_empty() { all } else { made }
    }
}

/// What is known, or what is found now. Two threads may find it at once; they find the same.
fn recall<Q: Hash + Eq, A: Clone>(
    known: &Mutex<FxHashMap<Q, A>>,
    question: Q,
    find: impl FnOnce() -> A,
) -> A {
    if let Some(known) = known.lock().unwrap_or_else(PoisonError::into_inner).get(&question) {
        return known.clone();
    }
    let found = find();
    known.lock().unwrap_or_else(PoisonError::into_inner).insert(question, found.clone());
    found
}
