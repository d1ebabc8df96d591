//! Reads one file within its limits and decodes it.

use super::Limits;
use super::names::Kind;
use super::tree::Entry;
use crate::config::notebook;
use crate::text::{Notice, NoticeKind};
use std::io::Read;

/// How much of a file is searched for a NUL byte.
const BINARY_PROBE: usize = 8 * 1024;

/// The text of a file, or a notice why there is none; both when it was decoded with losses.
pub(super) fn file(entry: &Entry, limits: &Limits) -> (Option<String>, Option<Notice>) {
    let notice = |kind, line, message: String| Some(Notice { path: entry.path.clone(), line, kind, message });
    let limit = limit(entry.kind, limits);
    let bytes = match bytes(entry, limit) {
        Ok(Content::All(bytes)) => bytes,
        Ok(Content::TooLarge(size)) => {
            let message = format!(
                "{} is over the limit of {} for this kind of file",
                size_text(size),
                size_text(limit)
            );
            return (None, notice(NoticeKind::Skipped, None, message));
        }
        Ok(Content::NotAFile) => {
            return (None, notice(NoticeKind::Unreadable, None, "not a regular file".into()));
        }
        Err(error) => {
            return (None, notice(NoticeKind::Unreadable, None, format!("cannot be read: {error}")));
        }
    };
    text(&entry.path, entry.kind, bytes, limits)
}

/// As [`file`], for content that does not come from disk.
pub(super) fn text(
    path: &str,
    kind: Kind,
    bytes: Vec<u8>,
    limits: &Limits,
) -> (Option<String>, Option<Notice>) {
    let notice = |kind, line, message: String| Some(Notice { path: path.to_string(), line, kind, message });
    if bytes.len() as u64 > limit(kind, limits) {
        let (size, limit) = (size_text(bytes.len() as u64), size_text(limit(kind, limits)));
        let message = format!("{size} is over the limit of {limit} for this kind of file");
        return (None, notice(NoticeKind::Skipped, None, message));
    }
    let (text, bad_line) = match decode(bytes) {
        Decoded::Text(text) => (text, None),
        Decoded::Lossy(text, line) => (text, Some(line)),
        Decoded::Binary => return (None, notice(NoticeKind::Skipped, None, "binary".into())),
    };
    if kind == Kind::Source
        && let Some(why) = minified(&text, limits)
    {
        return (None, notice(NoticeKind::Skipped, None, why));
    }
    let text = if kind == Kind::Notebook { notebook::without_outputs(text) } else { text };
    let lossy = bad_line.and_then(|line| {
        notice(
            NoticeKind::Partial,
            Some(line),
            "holds bytes that are not valid UTF-8; they were replaced".into(),
        )
    });
    (Some(text), lossy)
}

/// The size beyond which a file of a kind is left out, in bytes.
pub(super) fn limit(kind: Kind, limits: &Limits) -> u64 {
    match kind {
        Kind::Source => limits.source,
        Kind::Config => limits.config,
        Kind::Notebook => limits.notebook,
    }
}

enum Content {
    All(Vec<u8>),
    TooLarge(u64),
    NotAFile,
}

fn bytes(entry: &Entry, limit: u64) -> std::io::Result<Content> {
    // Asked before opening: opening a FIFO would wait for a writer.
    let metadata = std::fs::metadata(&entry.at)?;
    if !metadata.is_file() {
        return Ok(Content::NotAFile);
    }
    if metadata.len() > limit {
        return Ok(Content::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize + 1);
    std::fs::File::open(&entry.at)?.take(limit + 1).read_to_end(&mut bytes)?;
    Ok(if bytes.len() as u64 > limit { Content::TooLarge(bytes.len() as u64) } else { Content::All(bytes) })
}

enum Decoded {
    Text(String),
    /// With the line of the first bad byte.
    Lossy(String, u32),
    Binary,
}

fn decode(bytes: Vec<u8>) -> Decoded {
    match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => return utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => return utf16(rest, u16::from_be_bytes),
        _ => {}
    }
    if bytes.iter().take(BINARY_PROBE).any(|b| *b == 0) {
        return Decoded::Binary;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded::Text(match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }),
        Err(error) => {
            let line = line_of(error.as_bytes(), error.utf8_error().valid_up_to());
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            Decoded::Lossy(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned), line)
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut bad = (bytes.len() % 2 == 1).then_some(1);
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok(c) => text.push(c),
            Err(_) => {
                bad = bad.or(Some(line_of(text.as_bytes(), text.len())));
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    match bad {
        Some(line) => Decoded::Lossy(text, line),
        None => Decoded::Text(text),
    }
}

fn line_of(bytes: &[u8], offset: usize) -> u32 {
    bytes.iter().take(offset).filter(|b| **b == b'\n').count() as u32 + 1
}

fn minified(text: &str, limits: &Limits) -> Option<String> {
    let (mut lines, mut longest) = (0, 0);
    for line in text.lines() {
        lines += 1;
        longest = longest.max(line.len());
    }
    if longest > limits.line {
        return Some(format!("minified: one line of {}", size_text(longest as u64)));
    }
    let average = text.len() / lines.max(1);
    // A short file of few long lines is somebody's data or a one-liner, not the output of a bundler.
    (average > limits.average_line && text.len() > limits.average_line * 10)
        .then(|| format!("minified: lines of {} on average", size_text(average as u64)))
}

fn size_text(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
