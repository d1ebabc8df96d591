//! Ways to show a [`crate::finding::Report`]. Each format is a pure function of it.

pub mod explain;
