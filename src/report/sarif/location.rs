//! Places and messages in SARIF's terms.

use super::BASE;
use crate::finding::{Report, Step};
use crate::report::mask::mask_quoted;
use crate::report::visible::clean;
use crate::text::Span;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_sarif::sarif::{ArtifactContent, ArtifactLocation, Location, Message, PhysicalLocation, Region};

/// Longest message, in characters.
const MAX_MESSAGE: usize = 4_000;

/// Lines of a quoted place.
const MAX_LINES: usize = 10;

/// What stays as it is in the path of a URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A message whose text cannot act as markup: no links, nothing unprintable.
pub fn message(text: &str) -> Message {
    Message::builder().text(plain(text)).build()
}

/// The text of [`message`].
pub fn plain(text: &str) -> String {
    let mut text = clean(text).replace("](", "] (");
    if let Some((end, _)) = text.char_indices().nth(MAX_MESSAGE) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// A file by its path in the report.
pub fn artifact(path: &str) -> ArtifactLocation {
    let encoded = utf8_percent_encode(path, PATH).to_string();
    if path.starts_with('/') {
        return ArtifactLocation::builder().uri(format!("file://{encoded}")).build();
    }
    ArtifactLocation::builder().uri(encoded).uri_base_id(BASE).build()
}

/// A file, or a part of it.
pub fn line_of(artifact: ArtifactLocation, region: Option<Region>) -> PhysicalLocation {
    let place = PhysicalLocation::builder().artifact_location(artifact);
    match region {
        Some(region) => place.region(region).build(),
        None => place.build(),
    }
}

/// A whole line.
pub fn region_of_line(line: u32) -> Region {
    Region::builder().start_line(i64::from(line.max(1))).build()
}

/// Where a span lies.
pub fn physical(report: &Report, span: Span) -> PhysicalLocation {
    let at = report.files.region(span);
    let region = Region::builder()
        .start_line(i64::from(at.start_line))
        .start_column(i64::from(at.start_column))
        .end_line(i64::from(at.end_line))
        .end_column(i64::from(at.end_column))
        .build();
    line_of(artifact(&report.files.get(span.file).path), Some(region))
}

/// Where a span lies, with its first lines for readers without the sources; secrets in them are masked.
pub fn quoted(report: &Report, span: Span) -> PhysicalLocation {
    let mut place = physical(report, span);
    let text: Vec<String> =
        report.files.slice(span).lines().take(MAX_LINES).map(|line| plain(&mask_quoted(line))).collect();
    if let Some(region) = &mut place.region {
        region.snippet = Some(ArtifactContent::builder().text(text.join("\n")).build());
    }
    place
}

/// Where a step happens, with its words.
pub fn of_step(report: &Report, step: &Step) -> Location {
    Location::builder().physical_location(physical(report, step.span)).message(message(&step.message)).build()
}
