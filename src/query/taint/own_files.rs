//! Whether a file that is read belongs to the program: its prompts, its settings.

use super::super::State;
use super::Walk;
use crate::rules::data::{Owner, SourceRule};
use crate::rules::glob;

impl Walk<'_, '_> {
    /// Whether every path that the content of a file may come from is one of the program's own.
    pub(super) fn is_own_file(&mut self, rule: &SourceRule, content: &State) -> bool {
        if rule.own.is_empty() && rule.own_when_named.is_empty() {
            return false;
        }
        let paths = self.solver.paths_of(content);
        !paths.is_empty() && paths.iter().all(|path| self.is_own_path(rule, path))
    }

    fn is_own_path(&self, rule: &SourceRule, path: &str) -> bool {
        let one_of = |globs: &[String]| globs.iter().any(|glob| glob::matches(glob, path));
        if one_of(&rule.own) {
            return true;
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let is_spelled = !name.contains(['{', '}']);
        is_spelled && one_of(&rule.own_when_named) && !path.split('/').any(|step| self.names_data(step))
    }

    /// Whether a step of a path says that there is data below it: `customers`, `patients.json`.
    fn names_data(&self, step: &str) -> bool {
        let stem = step.split('.').next().unwrap_or(step);
        let data = &self.solver.rules.data;
        data.classify(stem, Owner::default()).is_some() || data.whole_object(stem).is_some()
    }
}
