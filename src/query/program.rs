//! What all solvers of one program share: the program, and what is found out about it once.

use super::changes::Changes;
use super::kin::Kin;
use crate::config::Settings;
use crate::graph::Graph;
use crate::ir::ValueId;
use crate::rules::Rules;
use crate::rules::client::Wrapper;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::OnceLock;

/// What all solvers of one program share.
pub struct Program<'g> {
    /// The program.
    pub graph: &'g Graph,
    /// Facts.
    pub rules: &'g Rules,
    /// Every `KEY = value` of the tree.
    pub settings: &'g Settings,
    /// Functions that hand the client in one of their arguments through, by path.
    pub(super) wrappers: FxHashMap<&'g str, &'g Wrapper>,
    /// Which calls may change what they are given.
    pub(super) changes: Changes,
    /// Which classes inherit from which.
    pub(super) kin: Kin,
    /// Per module, the calls whose result more than one place can reach.
    pub(super) escaping: Vec<OnceLock<FxHashSet<ValueId>>>,
}

impl<'g> Program<'g> {
    /// A program of which nothing has been asked yet.
    pub fn new(graph: &'g Graph, rules: &'g Rules, settings: &'g Settings) -> Self {
        let wrappers = rules.clients.packages.iter().flat_map(|p| &p.wrappers);
        let wrappers = wrappers.map(|w| (w.path.as_str(), w)).collect();
        let escaping = graph.modules.iter().map(|_| OnceLock::new()).collect();
        let kin = Kin::default();
        Program { graph, rules, settings, wrappers, changes: Changes::new(graph), kin, escaping }
    }
}
