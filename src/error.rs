//! Errors that are shown in a way of their own.

use crate::rules::RulesError;

/// Every mistake that was found in a policy file.
#[derive(Debug, thiserror::Error)]
#[error("{} in the policy", match .0.len() { 1 => "1 mistake".to_string(), n => format!("{n} mistakes") })]
pub struct BadPolicy(pub Vec<RulesError>);

/// Every mistake that was found in the rules.
#[derive(Debug, thiserror::Error)]
#[error("{} in the rules", match .0.len() { 1 => "1 mistake".to_string(), n => format!("{n} mistakes") })]
pub struct BadRules(pub Vec<RulesError>);
