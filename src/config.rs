//! Every `KEY = value` of every configuration file, with where it stands.
//!
//! Knows file formats; does not know what a key means.

mod format;

pub use format::Format;
