//! Facts about the world, loaded from `rules/`: providers and where they are, SDKs and their calls,
//! what counts as sensitive, what takes sensitivity away, and the laws a reviewer cites.
//!
//! No host, vendor, SDK, country or personal-data word stands in `src/`; it stands in those files.

pub mod client;
pub mod data;
pub mod jurisdiction;
pub mod provider;

use client::ClientRules;
use data::DataRules;
use jurisdiction::Jurisdictions;
use provider::Providers;

/// The whole rule set: the bundle merged with every `--rules DIR`, validated and indexed.
#[derive(Debug, Default)]
pub struct Rules {
    /// Who operates which host, from where, under whose law.
    pub providers: Providers,
    /// SDK constructors and calls.
    pub clients: ClientRules,
    /// Data classes, source shapes and sanitizers.
    pub data: DataRules,
    /// Countries, groups of countries, laws.
    pub jurisdictions: Jurisdictions,
}
