//! The commented policy file that `transborder init` writes. The comments are the documentation of the format; what a
//! scan saw stands in them as examples that only need the `#` taken away.

use crate::finding::{Candidate, Report, Verdict};
use crate::report::visible::clean;
use crate::rules::Rules;
use std::collections::BTreeMap;
use std::fmt::Write as _;

const TEMPLATE: &str = include_str!("template.toml");

/// The file, for a profile and the home the user gave. Fails when the profile does not exist.
pub fn render(report: &Report, profile: &str, home: Option<&[String]>) -> anyhow::Result<String> {
    let rules = Rules::bundled().map_err(crate::error::BadRules)?;
    let Some(text) = rules.profiles.get(profile) else {
        let known: Vec<&str> = rules.profiles.keys().map(String::as_str).collect();
        anyhow::bail!("there is no profile `{profile}`; there is {}", known.join(", "));
    };
    let home = match home {
        Some(codes) => format!("home = [{}]", quoted(codes.iter().map(String::as_str))),
        None if text.contains("\nhome = ") => {
            "# home = [\"US\"]                # the profile says it; this would replace it".into()
        }
        None => format!("home = [{}]", quoted(report.home_as_written.iter().map(String::as_str))),
    };
    let tiers = text.find("[tiers]").map_or("", |at| &text[at..]).trim_end();
    let tiers = tiers.lines().skip(1).map(|line| format!("# {line}")).collect::<Vec<_>>().join("\n");
    Ok(TEMPLATE
        .replace("{profile}", profile)
        .replace("{home}", &home)
        .replace("{tiers}", &tiers)
        .replace("{seen}", &seen(report))
        .replace("{endpoints}", &endpoints(report))
        .replace("{routers}", &routers(report, &rules))
        .replace("{exceptions}", &exceptions(report)))
}

/// Every destination that was seen, worst first.
fn destinations(report: &Report) -> Vec<(&Candidate, usize)> {
    let mut by_host: BTreeMap<(std::cmp::Reverse<Verdict>, &str), (&Candidate, usize)> = BTreeMap::new();
    for candidate in report.calls.iter().flat_map(|call| &call.destination.candidates) {
        let key = (std::cmp::Reverse(candidate.verdict), candidate.host.as_str());
        by_host.entry(key).or_insert((candidate, 0)).1 += 1;
    }
    by_host.into_values().collect()
}

fn seen(report: &Report) -> String {
    let mut text = String::new();
    for (candidate, calls) in destinations(report) {
        let host = if candidate.host.is_empty() { "?".into() } else { clean(&candidate.host) };
        let provider = candidate.provider.as_deref().map_or(String::new(), |id| format!(" ({})", clean(id)));
        let _ = writeln!(
            text,
            "#   {:<10} {host}{provider}, {calls} call{}",
            candidate.verdict.as_str(),
            plural(calls)
        );
    }
    if text.is_empty() { "#   nothing".into() } else { text.trim_end().into() }
}

/// Hosts nobody knows, as endpoints to fill in.
fn endpoints(report: &Report) -> String {
    let unknown = destinations(report).into_iter().map(|(candidate, _)| candidate).filter(|candidate| {
        candidate.verdict == Verdict::Unresolved
            && !candidate.host.is_empty()
            && !candidate.host.contains(['{', '}'])
    });
    let entry = |candidate: &Candidate| {
        format!(
            "# [[endpoint]]\n# host = {}\n# residency = [\"US\"]             # where it runs: fill in\n# control = [\"US\"]               # whose courts can compel whoever runs it: fill in",
            quote(&candidate.host)
        )
    };
    let entries: Vec<String> = unknown.map(entry).collect();
    match entries.is_empty() {
        true => "# [[endpoint]]\n# host = \"llm.corp.example\"\n# residency = [\"US\"]\n# control = [\"US\"]\n# kind = \"self-host\"".into(),
        false => entries.join("\n#\n"),
    }
}

fn routers(report: &Report, rules: &Rules) -> String {
    let seen = destinations(report)
        .into_iter()
        .filter_map(|(candidate, _)| rules.router(candidate.provider.as_deref()?));
    let mut ids: Vec<&str> = seen.map(|router| router.id.as_str()).collect();
    ids.dedup();
    // One that speaks for itself, not one of those that are described by likeness to it.
    let example = rules
        .routers
        .iter()
        .find(|router| router.like.is_none() && router.controls.iter().any(|c| c.name.ends_with("only")));
    if ids.is_empty() {
        ids.extend(example.map(|router| router.id.as_str()));
    }
    let entry = |id: &str| {
        format!(
            "# [router.{id}]\n# declared = {{ only = [\"...\"] }}\n# by = \"platform@example.com\"\n# on = 2026-11-01"
        )
    };
    ids.into_iter().map(entry).collect::<Vec<_>>().join("\n#\n")
}

/// One exception for each foreign provider that gets data.
fn exceptions(report: &Report) -> String {
    let mut by: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for finding in report.active() {
        let (Some(flow), Some(destination)) = (&finding.flow, &finding.destination) else { continue };
        for candidate in destination.candidates.iter().filter(|c| c.verdict == Verdict::Foreign) {
            let to = candidate.provider.clone().unwrap_or_else(|| candidate.host.clone());
            let classes = by.entry(to).or_default();
            classes.extend(flow.data.iter().map(|data| data.class.clone()));
            classes.sort();
            classes.dedup();
        }
    }
    if by.is_empty() {
        by.insert("api.provider.example".into(), vec!["pii.*".into()]);
    }
    let entry = |(to, classes): (&String, &Vec<String>)| {
        format!(
            "# [[exception]]\n# data = [{}]\n# to = [{}]\n# paths = [\"services/**\"]           # from this file's folder\n# reason = \"why this is agreed\"\n# owner = \"privacy@example.com\"\n# reference = \"DPA-2026-14\"\n# expires = 2027-03-01",
            quoted(classes.iter().map(String::as_str)),
            quote(to)
        )
    };
    by.iter().map(entry).collect::<Vec<_>>().join("\n#\n")
}

fn quoted<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.map(quote).collect::<Vec<_>>().join(", ")
}

/// A TOML string; JSON escapes are TOML escapes.
fn quote(text: &str) -> String {
    serde_json::Value::from(clean(text)).to_string()
}

fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}
