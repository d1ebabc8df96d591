//! Regulations that the data of a case may fall under, each with its reason. Never a finding of law.

use super::{Case, Judge};
use crate::finding::{Candidate, Regulation};
use std::collections::BTreeMap;

impl Judge<'_> {
    /// Tags with reasons, by id.
    pub(super) fn regulations(&self, case: &Case<'_>, combined: &[String]) -> Vec<Regulation> {
        let Some(flow) = &case.flow else { return Vec::new() };
        let mut reasons: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for data in &flow.data {
            for id in &data.regulations {
                reasons.entry(id).or_default().push(super::lower_first(&data.title));
            }
        }
        for combination in self.combinations(case) {
            for id in &combination.regulations {
                reasons.entry(id).or_default().push(combination.because.clone());
            }
        }
        let tags = reasons.into_iter().filter_map(|(id, why)| self.tag(id, why, case, combined));
        tags.collect()
    }

    fn tag(
        &self,
        id: &str,
        mut why: Vec<String>,
        case: &Case<'_>,
        combined: &[String],
    ) -> Option<Regulation> {
        let known = self.rules.regulations.get(id);
        if let Some(known) = known {
            let about = self.rules.expand(&known.only_to).unwrap_or_default();
            let goes = |c: &Candidate| c.control.iter().chain(&c.residency).any(|code| about.contains(code));
            let elsewhere = !known.only_to.is_empty() && !case.destination.candidates.iter().any(goes);
            if elsewhere || known.needs.as_ref().is_some_and(|needed| !combined.contains(needed)) {
                return None;
            }
            why.extend(known.threshold.iter().map(|threshold| format!("applies to {threshold}")));
            why.extend(known.note.iter().cloned());
        }
        why.dedup();
        let title = known.map_or_else(String::new, |known| known.title.clone());
        Some(Regulation { id: id.to_string(), title, reason: why.join("; ") })
    }
}
