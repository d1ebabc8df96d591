//! Words of the policy file that are no names of places or providers.

/// Home.
pub const HOME: &str = "home";
/// Anywhere.
pub const ANY: &str = "any";
/// Nowhere, this machine included.
pub const NONE: &str = "none";
/// Software on this machine or network.
pub const LOCAL: &str = "local";
/// All of them.
pub const PLACES: [&str; 4] = [HOME, ANY, NONE, LOCAL];
/// Starts the id of what the policy itself adds.
pub const OWN: &str = "policy";
