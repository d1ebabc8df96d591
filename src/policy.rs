//! What an organisation allows: home, where each tier may go, what its account-level controls are.

use std::collections::{BTreeMap, BTreeSet};

/// A policy that was read, checked and expanded: what judgement goes by.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    /// Countries that are home.
    pub home: BTreeSet<String>,
    /// Account-level controls of routers, by provider id.
    pub routers: BTreeMap<String, DeclaredRouter>,
}

/// Controls of a router's account that no code shows: guardrails, workspaces, allowed providers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredRouter {
    /// Provider id of the router.
    pub router: String,
    /// Setting → value. A setting is the last step of a control's name in `rules/routers/` (`only` for
    /// `provider.only`).
    pub controls: BTreeMap<String, Declared>,
    /// Who says so.
    pub by: String,
    /// Since when they say so, as an ISO date.
    pub on: String,
}

/// The value of a declared control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declared {
    /// `zdr = true`.
    Flag(bool),
    /// `data_collection = "deny"`.
    Word(String),
    /// `only = ["a", "b"]`.
    List(Vec<String>),
}

impl DeclaredRouter {
    /// What a finding says of a control it did not see: who declared it, and when.
    pub fn attribution(&self) -> String {
        format!("declared by {} on {}, not seen in code", self.by, self.on)
    }
}
