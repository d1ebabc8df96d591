//! The proofs of the findings as compact JSON for the script: places are written once and referred to by index.

use crate::finding::{Candidate, Finding, Report, Step};
use crate::report::excerpt::{Excerpt, Mark};
use crate::report::map::Map;
use crate::report::transfers::countries;
use crate::report::visible::{clean, spell_out};
use crate::report::{model_words, tier_word};
use crate::text::Span;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};

/// Columns of a quoted line.
const WIDTH: usize = 160;

/// Everything the script shows: `places`, `findings`, and which findings stand behind each part of the map.
pub fn of(report: &Report, map: &Map) -> Value {
    let mut places = Places { report, index: FxHashMap::default(), list: Vec::new() };
    let findings: Vec<Value> = report.findings.iter().map(|finding| proof(&mut places, finding)).collect();
    json!({
        "findings": findings,
        "places": places.list,
        "nodes": map.nodes.iter().map(|node| json!({ "label": node.label, "parts": node.parts })).collect::<Vec<_>>(),
        "links": map.links.iter().map(|link| &link.parts).collect::<Vec<_>>(),
    })
}

/// Places in the order they were first needed.
struct Places<'r> {
    report: &'r Report,
    index: FxHashMap<Span, usize>,
    list: Vec<Value>,
}

impl Places<'_> {
    /// The index of a place: path, line, column, and its line cut in three around what is meant.
    fn at(&mut self, span: Span) -> usize {
        if let Some(index) = self.index.get(&span) {
            return *index;
        }
        let file = self.report.files.get(span.file);
        let region = self.report.files.region(span);
        let range = span.start as usize..span.end as usize;
        let excerpt = Excerpt::new(&file.text, &[Mark { range: range.clone(), label: 0 }], WIDTH);
        let mark = excerpt.mark(&file.text, &range);
        let before = excerpt.text.get(..mark.start).unwrap_or_default().trim_start();
        let after = excerpt.text.get(mark.end..).unwrap_or_default().lines().next().unwrap_or_default();
        let marked = excerpt.text.get(mark).unwrap_or_default();
        let row =
            json!([spell_out(&file.path), region.start_line, region.start_column, before, marked, after]);
        self.list.push(row);
        self.index.insert(span, self.list.len() - 1);
        self.list.len() - 1
    }

    fn steps(&mut self, steps: &[Step]) -> Vec<Value> {
        steps
            .iter()
            .map(|step| json!([step.kind.as_str(), self.at(step.span), clean(&step.message)]))
            .collect()
    }
}

fn proof(places: &mut Places<'_>, finding: &Finding) -> Value {
    let report = places.report;
    let destination = finding.destination.as_ref();
    let candidates: Vec<Value> =
        destination.iter().flat_map(|d| &d.candidates).map(|c| candidate(report, places, c)).collect();
    let flow = finding.flow.as_ref();
    let data: Vec<Value> = flow
        .iter()
        .flat_map(|flow| &flow.data)
        .map(|data| {
            let regulations: Vec<String> = data.regulations.iter().map(|text| clean(text)).collect();
            json!([clean(&data.title), tier_word(data.tier), clean(&data.evidence), regulations.join(", ")])
        })
        .collect();
    let advice: Vec<Value> = finding
        .advice
        .iter()
        .map(|advice| json!([clean(&advice.text), advice.span.map(|span| places.at(span))]))
        .collect();
    json!({
        "at": places.at(finding.span),
        "steps": flow.map_or(Vec::new(), |flow| places.steps(&flow.steps)),
        "further": flow.map_or(0, |flow| flow.further_paths),
        "treated": flow.map_or(Vec::new(), |flow| texts(&flow.treatments)),
        "data": data,
        "unresolved": destination.and_then(|d| d.unresolved.as_deref()).map(clean),
        "to": candidates,
        "models": finding.models.iter()
            .map(|model| format!("{}: {}", countries(report, [model.origin.as_str()]), model_words(model)))
            .collect::<Vec<_>>(),
        "laws": texts(&finding.laws),
        "advice": advice,
        "factors": texts(&finding.factors),
        "score": (finding.score * 10.0).round() / 10.0,
        "id": clean(&finding.fingerprint),
    })
}

fn candidate(report: &Report, places: &mut Places<'_>, candidate: &Candidate) -> Value {
    json!({
        "host": if candidate.host.is_empty() { "unknown host".into() } else { clean(&candidate.host) },
        "name": candidate.provider_name.as_deref().map(clean),
        "verdict": candidate.verdict.as_str(),
        "residency": countries(report, candidate.residency.iter().map(String::as_str)),
        "control": countries(report, candidate.control.iter().map(String::as_str)),
        "because": clean(&candidate.because),
        "steps": places.steps(&candidate.evidence),
        "verified": candidate.verified.as_deref().map(clean),
        "sources": texts(&candidate.sources),
        "remarks": texts(&candidate.remarks),
    })
}

fn texts(list: &[String]) -> Vec<String> {
    list.iter().map(|text| clean(text)).collect()
}
