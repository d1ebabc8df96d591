//! What one organisation adds to the registry in its policy: hosts, words, functions.

use super::Rules;
use super::data::SanitizerRule;
use super::host::HostIndex;
use super::name::classify::Level;
use super::provider::{Provider, UNKNOWN};

/// Entries that were checked against the registry and go on top of it.
#[derive(Debug, Clone, Default)]
pub struct Own {
    /// Gateways and hosts; each wins over a registry entry for the same host.
    pub providers: Vec<Provider>,
    /// Class id → words that end an identifier of the class.
    pub words: Vec<(String, Vec<String>)>,
    /// Functions that take sensitivity away.
    pub sanitizers: Vec<SanitizerRule>,
}

impl Rules {
    /// Puts an organisation's own entries on top.
    pub fn adopt(&mut self, own: &Own) {
        self.adopt_providers(&own.providers);
        for (id, words) in &own.words {
            let index = self.data.classes.binary_search_by(|class| class.id.as_str().cmp(id));
            let patterns: Vec<Vec<String>> = words.iter().map(|word| vec![word.clone()]).collect();
            if let Ok(index) = index {
                self.data.names.add(index, &patterns, Level::Strong);
            }
        }
        self.data.sanitizers.extend(own.sanitizers.iter().cloned());
    }

    fn adopt_providers(&mut self, own: &[Provider]) {
        if own.is_empty() {
            return;
        }
        for endpoint in own.iter().flat_map(|provider| &provider.endpoints) {
            let same = |host: &str| host.eq_ignore_ascii_case(&endpoint.host);
            let whole = endpoint.path.is_none();
            for provider in &mut self.providers.all {
                provider.endpoints.retain(|e| !same(&e.host) || !(whole || e.path == endpoint.path));
            }
            // A private name says nothing of where its owner hands requests on to.
            let stays = endpoint.residency.iter().all(|place| place == UNKNOWN || place == LOCAL);
            if !stays {
                self.providers.local.elsewhere.push(endpoint.host.to_ascii_lowercase());
            }
        }
        for provider in own {
            self.providers.by_id.insert(provider.id.clone(), self.providers.all.len());
            self.providers.all.push(provider.clone());
        }
        self.providers.hosts = HostIndex::new(&self.providers.all);
    }
}

/// Residency word: it stays on this machine or network.
const LOCAL: &str = "local";
