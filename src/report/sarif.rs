//! SARIF 2.1.0 as GitHub code scanning reads it.
//!
//! Deterministic to the byte: no time, no machine, no absolute path. Where a limit of the reader cuts something,
//! a notification in the file says what.

mod location;
mod outcome;
mod rules;

use crate::finding::{Finding, Report, Severity};
use crate::report::json::{self, notice_word};
use crate::report::mask::mask;
use crate::text::{Notice, NoticeKind};
use flate2::Compression;
use flate2::write::GzEncoder;
use location::{artifact, line_of, message, region_of_line};
use serde_json::{Value, json};
use serde_sarif::sarif::{
    ArtifactLocation, Invocation, Location, Notification, PropertyBag, ReportingDescriptor,
    ReportingDescriptorReference, Run, RunAutomationDetails, Sarif, Tool, ToolComponent,
    ToolComponentReference,
};
use std::collections::BTreeMap;
use std::io::Write;

/// What the user may choose.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    /// Also write suppressed findings, marked as such. GitHub opens alerts for them all the same.
    pub include_suppressed: bool,
}

/// Results a reader accepts in one run.
const MAX_RESULTS: usize = 25_000;
/// Bytes of results, so that memory is bounded before anything is compressed.
const MAX_BYTES: usize = 100_000_000;
/// Bytes of the whole report once it is compressed. A reader takes ten megabytes; other compressors do a little worse.
const MAX_GZIPPED: usize = 9_800_000;
/// The symbol that stands for the top of the scanned tree.
const BASE: &str = "%SRCROOT%";

/// The whole report, with a line break at the end.
pub fn render(report: &Report, choice: &Choice) -> String {
    let (mut results, mut cut) = results(report, choice);
    loop {
        let text = written(report, &mut results, cut);
        let size = gzipped(&text);
        if size <= MAX_GZIPPED || results.is_empty() {
            return text;
        }
        let fitting = results.len() * MAX_GZIPPED / size;
        let kept = fitting.min(results.len() - 1);
        cut += results.len() - kept;
        results.truncate(kept);
    }
}

/// Bytes of a text once it is compressed; its own length where that is small enough anyway.
fn gzipped(text: &str) -> usize {
    if text.len() <= MAX_GZIPPED {
        return text.len();
    }
    let mut encoder = GzEncoder::new(Count(0), Compression::default());
    // Counting cannot fail.
    let _ = encoder.write_all(text.as_bytes());
    encoder.finish().map_or(text.len(), |count| count.0)
}

/// Counts what is written.
struct Count(usize);

impl Write for Count {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The report with these results, which stay as they are; so many were left out.
fn written(report: &Report, results: &mut Vec<Value>, cut: usize) -> String {
    let run = Run::builder()
        .tool(Tool::builder().driver(driver()).build())
        .automation_details(RunAutomationDetails::builder().id("transborder/").build())
        .column_kind(json!("unicodeCodePoints"))
        .original_uri_base_ids(BTreeMap::from([(
            BASE.to_string(),
            ArtifactLocation::builder().description(message("The top of the scanned tree.")).build(),
        )]))
        .invocations(vec![invocation(report, cut)])
        .taxonomies(vec![rules::taxonomy()])
        .properties(properties([
            ("home", json!(report.home)),
            ("homeAsWritten", json!(report.home_as_written)),
            ("homeSet", json!(report.home_set)),
            ("policy", json!(report.policy.path)),
            ("policySha256", json!(report.policy.hash)),
            ("policyEffects", json!(report.policy.effects)),
            ("suppressed", json!(report.findings.len() - report.active().count())),
            ("coverage", coverage(report)),
        ]))
        .build();
    let sarif = Sarif::builder()
        .schema("https://json.schemastore.org/sarif-2.1.0.json")
        .version(json!("2.1.0"))
        .runs(vec![run])
        .build();
    // Writing values of strings and numbers cannot fail.
    let mut value = serde_json::to_value(&sarif).unwrap_or_default();
    value["runs"][0]["results"] = Value::Array(std::mem::take(results));
    stand_on(report, &mut value["runs"][0]);
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    if let Value::Array(list) = value["runs"][0]["results"].take() {
        *results = list;
    }
    text
}

/// What the report stands on, and what it was compared with.
fn stand_on(report: &Report, run: &mut Value) {
    run["properties"]["suppressions"] = Value::Array(json::suppressions(report));
    run["properties"]["ignoredAllows"] = json!(report.ignored_allows);
    if let Some(record) = &report.record {
        run["properties"]["record"] = json::record(record);
        run["invocations"][0]["commandLine"] = json!(mask(&record.command.join(" ")));
        if let Some(repository) = &record.repository {
            let mut from = json!({ "repositoryUri": repository });
            let known = [("revisionId", &record.commit), ("branch", &record.branch)];
            for (key, text) in known.iter().filter_map(|(key, text)| Some((key, text.as_ref()?))) {
                from[*key] = json!(text);
            }
            run["versionControlProvenance"] = json!([from]);
        }
    }
    if let Some(used) = &report.baseline {
        run["properties"]["baseline"] = json::baseline(used);
    }
    if let Some(change) = &report.change {
        run["properties"]["change"] = json::change(change);
    }
}

/// The results, most severe first, and how many did not fit.
///
/// What closed is no result of state `absent`: a reader that does not know states would take it for an alert. It stands
/// in the properties of the run.
fn results(report: &Report, choice: &Choice) -> (Vec<Value>, usize) {
    let mut findings: Vec<&Finding> =
        report.findings.iter().filter(|f| choice.include_suppressed || f.suppressed.is_none()).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let total = findings.len();
    let mut lines = outcome::Lines::default();
    let (mut results, mut bytes) = (Vec::new(), 0);
    for finding in findings.into_iter().take(MAX_RESULTS) {
        let mut result =
            serde_json::to_value(outcome::result(report, finding, &mut lines)).unwrap_or_default();
        if let Some(state) = finding.state {
            result["baselineState"] = json!(state.as_str());
        }
        if let Some(opened) = &finding.opening {
            result["properties"]["opened"] = json!({ "why": opened.why.as_str(), "was": opened.was });
        }
        if let Some(ask) = &finding.ask {
            result["properties"]["ask"] = json::ask(ask);
        }
        bytes += serde_json::to_string(&result).map_or(0, |text| text.len());
        if bytes > MAX_BYTES {
            break;
        }
        results.push(result);
    }
    let cut = total - results.len();
    (results, cut)
}

fn driver() -> ToolComponent {
    ToolComponent::builder()
        .name(env!("CARGO_PKG_NAME"))
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .information_uri(env!("CARGO_PKG_REPOSITORY"))
        .rules(rules::all())
        .full_name(concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")))
        .notifications(NOTICES.map(|(id, text)| {
            ReportingDescriptor::builder()
                .id(id)
                .name(rules::pascal_case(&format!("{id}-notice")))
                .short_description(rules::words(text))
                .full_description(rules::words(text))
                .help(rules::words(text))
                .build()
        }))
        .supported_taxonomies(vec![rules::cwe_component()])
        .build()
}

/// Kinds of notifications with what they say.
const NOTICES: [(&str, &str); 8] = [
    ("skipped", "A file was not read because of its size, content or kind."),
    ("unreadable", "A file could not be read or decoded."),
    ("partial", "A file was only partly understood."),
    ("budget", "A budget ran out; what lies beyond it was not analysed."),
    ("internal", "The tool failed on one file."),
    ("suppression", "A decision to suppress findings does not hold, or is no longer needed."),
    ("cut", "The report was cut to the limits of its readers."),
    ("left-out", "Left out by rule; nothing of the program is missed."),
];

fn invocation(report: &Report, cut: usize) -> Invocation {
    let mut notifications: Vec<Notification> = report.notices.iter().map(notification).collect();
    if cut > 0 {
        let text = format!(
            "{cut} of the least severe results were left out to stay within the limits of SARIF readers."
        );
        notifications.push(
            Notification::builder()
                .level(json!("warning"))
                .message(message(&text))
                .descriptor(descriptor("cut"))
                .build(),
        );
    }
    let failed = report.notices.iter().any(|notice| notice.kind == NoticeKind::Internal);
    Invocation::builder().execution_successful(!failed).tool_execution_notifications(notifications).build()
}

fn notification(notice: &Notice) -> Notification {
    let level = match notice.kind {
        NoticeKind::LeftOut | NoticeKind::Suppression => "note",
        NoticeKind::Skipped | NoticeKind::Unreadable | NoticeKind::Partial | NoticeKind::Budget => "warning",
        NoticeKind::Internal => "error",
    };
    let locations: Vec<Location> = match &notice.path[..] {
        "" => vec![],
        path => vec![
            Location::builder()
                .physical_location(line_of(artifact(path), notice.line.map(region_of_line)))
                .build(),
        ],
    };
    Notification::builder()
        .level(json!(level))
        .message(message(&notice.message))
        .descriptor(descriptor(notice_word(notice.kind)))
        .locations(locations)
        .build()
}

fn descriptor(id: &str) -> ReportingDescriptorReference {
    let index = NOTICES.iter().position(|(known, _)| *known == id).unwrap_or(0);
    ReportingDescriptorReference::builder().id(id).index(index as i64).build()
}

fn coverage(report: &Report) -> Value {
    let c = &report.coverage;
    json!({
        "filesRead": c.files_read,
        "filesParsed": c.files_parsed,
        "filesSkipped": c.files_skipped,
        "lines": c.lines,
        "calls": c.calls,
        "callsUnresolved": c.calls_unresolved,
        "settings": c.settings,
    })
}

fn properties<const N: usize>(list: [(&str, Value); N]) -> PropertyBag {
    PropertyBag::builder()
        .additional_properties(
            list.map(|(key, value)| (key.to_string(), value)).into_iter().collect::<BTreeMap<_, _>>(),
        )
        .build()
}

/// How loud a severity is in SARIF's words.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Note => "note",
    }
}

fn component(name: &str, index: i64) -> ToolComponentReference {
    ToolComponentReference::builder().name(name).index(index).build()
}
