//! The data map: which classes of data go from which part of the code through which call to which provider and
//! country, as nodes in five columns and links between neighbours.
//!
//! Every finding weighs one, split evenly over its classes and the places it may go; so does every call without a
//! finding. Long columns keep their heaviest nodes and join the rest.

use super::transfers::countries;
use super::visible::{clean, spell_out};
use crate::finding::{Call, Candidate, Destination, Finding, Report, Verdict};
use crate::text::Span;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Headings of the columns.
pub const COLUMNS: [&str; 5] = ["data", "code", "call", "recipient", "jurisdiction"];
/// What stands for the data where no class was seen, and where nobody looked because the call stays at home.
const NONE_SEEN: &str = "no sensitive data seen";
const STAYS: &str = "not traced: stays at home";
/// Nodes of a column that stand alone.
const MAX_NODES: usize = 12;

/// The map.
#[derive(Debug, Default)]
pub struct Map {
    /// Nodes, column by column, each column worst verdict first and then by weight.
    pub nodes: Vec<Node>,
    /// Links, in the order of the nodes they join.
    pub links: Vec<Link>,
}

/// One thing data passes.
#[derive(Debug)]
pub struct Node {
    /// Index into [`COLUMNS`].
    pub column: usize,
    /// What it is called.
    pub label: String,
    /// The worst verdict of what passes it.
    pub verdict: Verdict,
    /// How many findings and calls pass it.
    pub weight: f64,
    /// Which of them, as numbers below [`Map::parts`].
    pub parts: BTreeSet<usize>,
}

/// What passes from one node to one of the next column, of one verdict.
#[derive(Debug)]
pub struct Link {
    /// Index of the left node.
    pub from: usize,
    /// Index of the right node.
    pub to: usize,
    /// Where it goes in the end.
    pub verdict: Verdict,
    /// How many findings and calls.
    pub weight: f64,
    /// Which of them.
    pub parts: BTreeSet<usize>,
}

/// One way through all columns.
struct Way {
    labels: [String; 5],
    verdict: Verdict,
    weight: f64,
    part: usize,
}

/// The map of a report. Parts are numbered: first the findings, by their index, then the calls without one.
pub fn map(report: &Report) -> Map {
    let mut ways = Vec::new();
    let areas = Areas::new(report);
    for (part, finding) in report.findings.iter().enumerate() {
        let Some(destination) = &finding.destination else { continue };
        add(&mut ways, report, &areas, part, &Subject::of(report, finding), destination);
    }
    let told: BTreeSet<usize> = report.findings.iter().filter_map(|finding| finding.call).collect();
    let silent =
        report.calls.iter().enumerate().filter(|(index, call)| !told.contains(index) && !call.in_tests);
    for (part, (_, call)) in silent.enumerate() {
        let subject = Subject::quiet(call);
        add(&mut ways, report, &areas, report.findings.len() + part, &subject, &call.destination);
    }
    joined(ways)
}

/// What goes, and from where.
struct Subject<'r> {
    data: BTreeSet<String>,
    source: Span,
    call: Span,
    callee: &'r str,
}

impl<'r> Subject<'r> {
    fn of(report: &'r Report, finding: &'r Finding) -> Subject<'r> {
        let flow = finding.flow.as_ref();
        let mut data: BTreeSet<String> =
            flow.iter().flat_map(|flow| &flow.data).map(|data| clean(&data.title)).collect();
        if data.is_empty() {
            data.insert(NONE_SEEN.into());
        }
        let source = flow.and_then(|flow| flow.steps.first()).map_or(finding.span, |step| step.span);
        let callee =
            finding.call.and_then(|index| report.calls.get(index)).map_or("configured", |c| &c.callee);
        Subject { data, source, call: finding.span, callee }
    }

    fn quiet(call: &'r Call) -> Subject<'r> {
        let stays = matches!(call.destination.verdict, Verdict::Domestic | Verdict::Local);
        let data = if stays { STAYS } else { NONE_SEEN };
        Subject {
            data: BTreeSet::from([data.into()]),
            source: call.span,
            call: call.span,
            callee: &call.callee,
        }
    }
}

fn add(
    ways: &mut Vec<Way>,
    report: &Report,
    areas: &Areas<'_>,
    part: usize,
    subject: &Subject<'_>,
    destination: &Destination,
) {
    let ends = ends(report, destination);
    let weight = 1.0 / (subject.data.len() * ends.len()) as f64;
    let file = |span: Span| &*report.files.get(span.file).path;
    let line = report.files.region(subject.call).start_line;
    let name = subject.callee.rsplit('.').next().unwrap_or(subject.callee);
    let call = format!("{}:{line} {}", spell_out(areas.below(file(subject.call))), clean(name));
    for data in &subject.data {
        for (recipient, country, verdict) in &ends {
            ways.push(Way {
                labels: [
                    data.clone(),
                    areas.of(file(subject.source)),
                    call.clone(),
                    recipient.clone(),
                    country.clone(),
                ],
                verdict: *verdict,
                weight,
                part,
            });
        }
    }
}

/// Recipient, jurisdiction and verdict of everywhere a destination may lead.
fn ends(report: &Report, destination: &Destination) -> BTreeSet<(String, String, Verdict)> {
    if destination.candidates.is_empty() {
        let what = destination.unresolved.as_deref().map_or("?".into(), clean);
        return BTreeSet::from([(format!("? {what}"), "unknown".into(), destination.verdict)]);
    }
    let ends = destination.candidates.iter().map(|candidate| {
        let name = super::transfers::recipient(report, candidate).name;
        (name, jurisdiction(report, candidate), candidate.verdict.min(destination.verdict))
    });
    ends.collect()
}

/// Who can compel the recipient, and where requests are kept when that is another place.
fn jurisdiction(report: &Report, candidate: &Candidate) -> String {
    let (control, residency) = (&candidate.control, &candidate.residency);
    if control.iter().all(|code| residency.contains(code)) {
        return countries(report, residency.iter().map(String::as_str));
    }
    if candidate.verdict == Verdict::Local {
        return "this network".into();
    }
    let control = countries(report, control.iter().map(String::as_str));
    match &residency[..] {
        [] => format!("{control}, place unknown"),
        [only] if only == "unknown" => format!("{control}, place unknown"),
        [only] if only == "global" => format!("{control}, not pinned"),
        [only] if only == "customer" => format!("{control}, as chosen"),
        [only] if only == "upstream" => format!("{control}, then upstream"),
        kept => format!("{control}, kept in {}", countries(report, kept.iter().map(String::as_str))),
    }
}

/// Left node, right node and verdict of a link.
type Joint = (usize, usize, Reverse<Verdict>);

/// Nodes and links of all ways.
fn joined(ways: Vec<Way>) -> Map {
    let mut by_label: [BTreeMap<&str, (Verdict, f64)>; 5] = Default::default();
    for way in &ways {
        for (column, label) in way.labels.iter().enumerate() {
            let sum = by_label[column].entry(label).or_insert((way.verdict, 0.0));
            *sum = (sum.0.max(way.verdict), sum.1 + way.weight);
        }
    }
    let mut map = Map::default();
    let mut index: [BTreeMap<&str, usize>; 5] = Default::default();
    for (column, sums) in by_label.iter().enumerate() {
        let mut order: Vec<(&str, (Verdict, f64))> = sums.iter().map(|(label, sum)| (*label, *sum)).collect();
        order.sort_by(|(a, (verdict_a, weight_a)), (b, (verdict_b, weight_b))| {
            let stands_in = |label: &str| label == NONE_SEEN || label == STAYS;
            (stands_in(a), Reverse(*verdict_a))
                .cmp(&(stands_in(b), Reverse(*verdict_b)))
                .then(weight_b.total_cmp(weight_a))
                .then(a.cmp(b))
        });
        let alone = if order.len() > MAX_NODES { MAX_NODES - 1 } else { order.len() };
        for (at, (label, (verdict, _))) in order.iter().enumerate() {
            if at <= alone {
                let label =
                    if at < alone { (*label).to_string() } else { format!("{} more", order.len() - alone) };
                map.nodes.push(Node {
                    column,
                    label,
                    verdict: *verdict,
                    weight: 0.0,
                    parts: BTreeSet::new(),
                });
            }
            index[column].insert(label, map.nodes.len() - 1);
        }
    }
    let mut links: BTreeMap<Joint, (f64, BTreeSet<usize>)> = BTreeMap::new();
    for way in &ways {
        let nodes: Vec<usize> =
            way.labels.iter().zip(&index).map(|(label, index)| index[label.as_str()]).collect();
        for node in &nodes {
            map.nodes[*node].weight += way.weight;
            map.nodes[*node].parts.insert(way.part);
        }
        for pair in nodes.windows(2) {
            let link = links.entry((pair[0], pair[1], Reverse(way.verdict))).or_default();
            link.0 += way.weight;
            link.1.insert(way.part);
        }
    }
    map.links = links
        .into_iter()
        .map(|((from, to, Reverse(verdict)), (weight, parts))| Link { from, to, verdict, weight, parts })
        .collect();
    map
}

/// Parts of the code, named by the first folders below what all used files share.
struct Areas<'r> {
    /// Folder that all used files lie in, with its slash.
    shared: &'r str,
}

impl<'r> Areas<'r> {
    fn new(report: &'r Report) -> Areas<'r> {
        let of_calls = report.calls.iter().map(|call| call.span);
        let of_findings = report.findings.iter().flat_map(|finding| {
            let source = finding.flow.as_ref().and_then(|flow| flow.steps.first()).map(|step| step.span);
            source.into_iter().chain([finding.span])
        });
        let paths = of_calls.chain(of_findings).map(|span| &*report.files.get(span.file).path);
        let shared = paths.map(folder).reduce(|shared, next| {
            let same = shared.split_inclusive('/').zip(next.split_inclusive('/')).take_while(|(a, b)| a == b);
            &shared[..same.map(|(a, _)| a.len()).sum()]
        });
        Areas { shared: shared.unwrap_or("") }
    }

    /// A path without what all share.
    fn below<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(self.shared).unwrap_or(path)
    }

    /// The area a file belongs to: the last folder that all share, and up to two below it.
    fn of(&self, path: &str) -> String {
        let last = self.shared.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty());
        let below = folder(self.below(path)).split_terminator('/').take(2);
        let folders: Vec<&str> = last.into_iter().chain(below).collect();
        if folders.is_empty() { "top level".into() } else { spell_out(&format!("{}/", folders.join("/"))) }
    }
}

/// The folder of a path, with its slash.
fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}
