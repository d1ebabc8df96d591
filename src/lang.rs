//! Lowers source files to the IR. The only place that knows tree-sitter.

pub mod builder;
pub mod python;
