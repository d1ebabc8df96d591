//! Where do your prompts go, and what do they carry across the border?
//!
//! The crate reads like that sentence; see `audit`. `ARCHITECTURE.md` is the map.

pub mod config;
pub mod finding;
pub mod graph;
pub mod ir;
pub mod lang;
pub mod language;
pub mod query;
pub mod report;
pub mod rules;
pub mod source;
pub mod text;
pub mod walk;
