//! Which regions infrastructure code of the same tree declares, and what a model id says about the area it is served in.

use crate::config::{Setting, Settings};
use crate::query::strings::{Known, Proof, Text};
use crate::rules::Rules;
use crate::rules::infrastructure::Declaration;
use crate::text::Files;

/// Regions declared for one provider beyond which nothing is pinned down.
const MAX_REGIONS: usize = 4;

/// Regions by provider, in order of file and position.
#[derive(Debug, Default)]
pub struct Declared {
    found: Vec<Found>,
}

#[derive(Debug)]
struct Found {
    providers: Vec<String>,
    region: String,
    /// Where the region is, when the declaration says that itself.
    places: Vec<String>,
    proof: Proof,
}

impl Declared {
    /// Everything that the settings of a tree declare.
    pub fn new(rules: &Rules, settings: &Settings, files: &Files) -> Declared {
        let mut found = Vec::new();
        for setting in settings.iter().filter(|s| !s.sample && !s.commented) {
            let file = files.get(setting.span.file);
            for declaration in rules.declarations.iter().filter(|d| d.is_at(&file.path, &setting.path)) {
                if suits(declaration, settings, setting, &file.text) {
                    found.extend(values(declaration, settings, setting));
                }
            }
        }
        Declared { found }
    }

    /// Region ids declared for a provider; none when there are so many that they decide nothing.
    pub fn regions_of(&self, provider: &str) -> Vec<Text> {
        let mut texts: Vec<Text> = Vec::new();
        for found in self.of(provider).filter(|f| f.places.is_empty()) {
            if texts.iter().all(|t| t.text != found.region) {
                let known = Known::Setting(found.proof.message.clone());
                texts.push(Text { text: found.region.clone(), known, proof: vec![found.proof.clone()] });
            }
        }
        if texts.len() > MAX_REGIONS { Vec::new() } else { texts }
    }

    /// Places that deployments of a provider declare by themselves, whatever their region.
    pub fn places_of(&self, provider: &str) -> Vec<(String, Proof)> {
        let mut all: Vec<(String, Proof)> = Vec::new();
        for found in self.of(provider) {
            for place in &found.places {
                if all.iter().all(|(known, _)| known != place) {
                    all.push((place.clone(), found.proof.clone()));
                }
            }
        }
        all
    }

    fn of(&self, provider: &str) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(move |f| f.providers.iter().any(|p| p == provider))
    }
}

/// Places that the routing prefix of a model id pins (`eu.anthropic.…`), by a table of prefixes.
pub fn of_profile(rules: &Rules, table: &str, model: &str) -> Option<Vec<String>> {
    let id = model.rsplit('/').next().unwrap_or(model);
    let (prefix, _) = id.split_once('.')?;
    rules.residency_of_region(table, prefix)
}

/// Whether what stands beside a setting is what the declaration asks for.
fn suits(declaration: &Declaration, settings: &Settings, setting: &Setting, text: &str) -> bool {
    let beside = |key: &str| {
        let parent = &setting.path[..setting.path.len().saturating_sub(1)];
        let path: Vec<&str> = parent.iter().map(String::as_str).chain([key]).collect();
        let all = settings.under(setting.span.file, &path).into_iter();
        all.filter(|s| s.path.len() == path.len() && same_block(text, s, setting)).collect::<Vec<_>>()
    };
    declaration.with.iter().all(|(key, wanted)| beside(key).iter().any(|s| wanted.contains(&s.value)))
        && declaration.without.iter().all(|key| beside(key).is_empty())
}

/// Whether no block ends between two settings: blocks of the same kind and name share their path.
fn same_block(text: &str, one: &Setting, other: &Setting) -> bool {
    let (from, to) = (one.span.start.min(other.span.start), one.span.start.max(other.span.start));
    let mut depth = 0i32;
    let between = text.as_bytes().get(from as usize..to as usize).unwrap_or_default();
    between.iter().all(|byte| {
        depth += i32::from(*byte == b'{') - i32::from(*byte == b'}');
        depth >= 0
    })
}

fn values(declaration: &Declaration, settings: &Settings, setting: &Setting) -> Vec<Found> {
    let key = setting.path.join(".");
    let found = |region: String, places: Vec<String>| Found {
        providers: declaration.provider.clone(),
        region,
        places,
        proof: Proof { span: setting.span, message: format!("`{key}` is set here") },
    };
    let mut all = Vec::new();
    for candidate in settings.expand(setting).into_iter().filter(|c| c.missing.is_empty()) {
        let value = candidate.value.trim().to_ascii_lowercase();
        if declaration.places.is_empty() {
            // A value that is no region name (a reference nobody resolved) declares nothing.
            if value.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b' '))
                && !value.is_empty()
            {
                all.push(found(value, Vec::new()));
            }
        } else if let Some((_, places)) =
            declaration.places.iter().find(|(k, _)| k.eq_ignore_ascii_case(&value))
        {
            all.push(found(value, places.clone()));
        }
    }
    all
}
