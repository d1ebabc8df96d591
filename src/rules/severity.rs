//! How severe a finding is: the numbers, floors, caps and combinations of `rules/severity.toml`, and what a
//! regulation is called.

use super::glob;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The whole model. A score is a product of one number per factor; levels cut it into severities.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeverityModel {
    /// Base by tier.
    pub tier: TierNumbers,
    /// By destination.
    pub destination: DestinationNumbers,
    /// By what the provider publishes of itself.
    pub policy: PolicyNumbers,
    /// By how much data it is.
    pub volume: VolumeNumbers,
    /// By how sure the flow is.
    pub confidence: ConfidenceNumbers,
    /// Least score of each severity.
    pub levels: LevelNumbers,
    /// Groups and codes whose law weighs more.
    pub concern: Vec<String>,
    /// Which places some homes take for adequate.
    #[serde(default)]
    pub adequacy: Vec<Adequacy>,
    /// Cases that are never less severe.
    #[serde(default, rename = "floor")]
    pub floors: Vec<Floor>,
    /// Treatments that make a case less severe.
    #[serde(default, rename = "cap")]
    pub caps: Vec<Cap>,
    /// Classes that mean more together than apart.
    #[serde(default, rename = "combination")]
    pub combinations: Vec<Combination>,
}

/// Base of the score.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct TierNumbers {
    pub restricted: f64,
    pub confidential: f64,
    pub internal: f64,
    pub user_input: f64,
    pub none: f64,
}

/// Factor of a destination.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DestinationNumbers {
    /// In-process, loopback, private network.
    pub local: f64,
    /// An endpoint of one's own.
    pub own: f64,
    /// Place and control at home.
    pub home: f64,
    /// Place at home, control abroad.
    pub home_foreign_parent: f64,
    /// Abroad, where home takes protection for adequate.
    pub adequate: f64,
    /// Abroad.
    pub foreign: f64,
    /// Nobody knows yet which.
    pub uncertain: f64,
    /// In a country whose law weighs more.
    pub concern: f64,
}

/// Factor of a provider's published policy.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyNumbers {
    /// No training, nothing kept.
    pub zero_retention: f64,
    /// No training.
    pub no_training: f64,
    /// Nobody has said.
    pub unknown: f64,
    /// Trains by default.
    pub trains: f64,
}

/// Factor of the amount.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VolumeNumbers {
    /// One record.
    pub one: f64,
    /// A loop over records, or an endpoint made for many.
    pub many: f64,
    /// Whole files, tables or training sets.
    pub whole: f64,
    /// Kind of call → `many` or `whole`.
    #[serde(default)]
    pub kinds: BTreeMap<String, Volume>,
}

/// How much data one call sends over its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Volume {
    /// One record at a time.
    #[default]
    One,
    /// One after another, or many at once.
    Many,
    /// Whole files, tables or training sets.
    Whole,
}

/// Factor of the confidence.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ConfidenceNumbers {
    pub certain: f64,
    pub likely: f64,
    pub possible: f64,
}

/// Least score of a severity; below the least it is a note.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct LevelNumbers {
    pub critical: f64,
    pub high: f64,
    pub medium: f64,
    pub low: f64,
}

/// A severity as rule files write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Level {
    Note,
    Low,
    Medium,
    High,
    Critical,
}

/// A confidence as rule files write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Sureness {
    #[default]
    Possible,
    Likely,
    Certain,
}

/// Where some homes take protection for adequate.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adequacy {
    /// Codes and groups that have such a list.
    pub home: Vec<String>,
    /// Codes and groups on it.
    pub places: Vec<String>,
}

/// A case that is never less severe than a level.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Floor {
    /// Said among the factors.
    pub because: String,
    /// Class globs one of which is sent; empty for any class.
    #[serde(default)]
    pub classes: Vec<String>,
    /// Tier of the data; any unless set.
    pub tier: Option<super::data::Tier>,
    /// Combination that must hold.
    pub combination: Option<String>,
    /// Only to a country whose law weighs more, or a provider that trains.
    #[serde(default)]
    pub only_grave: bool,
    /// Not where training and retention are ruled out.
    #[serde(default)]
    pub unless_zero_retention: bool,
    /// Least confidence.
    #[serde(default)]
    pub confidence: Sureness,
    /// Least severity.
    pub level: Level,
}

/// A treatment that caps the severity.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// Said among the factors.
    pub because: String,
    /// Effects of the sanitizer.
    #[serde(default)]
    pub effects: Vec<super::data::Effect>,
    /// Greatest factor of the sanitizer.
    pub factor: Option<f64>,
    /// Only for flows that are no surer.
    pub confidence: Option<Sureness>,
    /// Greatest severity.
    pub level: Level,
}

/// Classes that mean more together than apart.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Combination {
    /// Stable id.
    pub id: String,
    /// Said among the factors.
    pub because: String,
    /// Sets of class globs; one class of each must reach the call. `doj:a` means classes with that letter.
    pub all: Vec<Vec<String>>,
    /// Class globs none of which may reach it.
    #[serde(default)]
    pub none: Vec<String>,
    /// Whether each set needs a class of its own.
    #[serde(default)]
    pub distinct: bool,
    /// Tier of the classes together.
    pub tier: Option<super::data::Tier>,
    /// Severity of the classes together, at least.
    pub level: Option<Level>,
    /// Steps the severity moves by.
    #[serde(default)]
    pub steps: i8,
    /// Regulations the classes may fall under together.
    #[serde(default)]
    pub regulations: Vec<String>,
}

impl Combination {
    /// The classes that make it hold, one per set; `None` when it does not.
    pub fn of<'c>(&self, classes: &[(&'c str, Option<&str>)]) -> Option<Vec<&'c str>> {
        let fits = |globs: &[String], (id, letter): &(&str, Option<&str>)| {
            globs.iter().any(|glob| match glob.strip_prefix("doj:") {
                Some("*") => letter.is_some(),
                Some(wanted) => *letter == Some(wanted),
                None => class_matches(glob, id),
            })
        };
        if classes.iter().any(|class| fits(&self.none, class)) {
            return None;
        }
        let mut chosen: Vec<&str> = Vec::new();
        for globs in &self.all {
            let taken = |id: &str| self.distinct && chosen.contains(&id);
            chosen.push(classes.iter().find(|class| fits(globs, class) && !taken(class.0))?.0);
        }
        Some(chosen)
    }
}

/// Whether a class glob means a class: itself, a `*` in it, or a class below it.
pub fn class_matches(pattern: &str, class: &str) -> bool {
    let below = class.strip_prefix(pattern).is_some_and(|rest| rest.starts_with('.'));
    below || glob::matches(pattern, class)
}

/// A regulation that data may fall under.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regulation {
    /// What it covers, in a few words.
    pub title: String,
    /// Whose it is: a code, a group, a state, `global`.
    pub jurisdiction: String,
    /// Above how much it applies.
    pub threshold: Option<String>,
    /// Codes and groups: it is about data that goes there.
    #[serde(default)]
    pub only_to: Vec<String>,
    /// Combination without which a class alone does not fall under it.
    pub needs: Option<String>,
    /// What a reviewer should know.
    pub note: Option<String>,
}
