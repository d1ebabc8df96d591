//! Where do your prompts go, and what do they carry across the border?
//!
//! The crate reads like that sentence; see [`audit()`]. `ARCHITECTURE.md` is the map.

pub mod address;
pub mod advice;
pub mod allow;
pub mod audit;
pub mod baseline;
pub mod call;
pub mod change;
pub mod config;
pub mod configured;
pub mod destination;
pub mod endpoint;
pub mod error;
pub mod finding;
pub mod fingerprint;
pub mod flow;
pub mod git;
pub mod graph;
pub mod handed;
pub mod history;
pub mod ir;
pub mod judge;
pub mod lang;
pub mod language;
pub mod lookup;
pub mod options;
pub mod owners;
pub mod policy;
pub mod query;
pub mod reach;
pub mod region;
pub mod report;
pub mod router;
pub mod routing;
pub mod rules;
pub mod schema;
pub mod since;
pub mod source;
pub mod spelled;
pub mod text;
pub mod walk;

pub use audit::audit;
pub use finding::Report;
pub use options::Options;
