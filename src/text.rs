//! Source text, byte spans, and the line index that turns them into what people read.
//!
//! Knows nothing of languages, rules or findings.

use std::sync::Arc;

/// Index of a file in [`Files`]; files are numbered in sorted path order, so ids are stable for one tree.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FileId(pub u32);

/// A half-open byte range in one file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Span {
    /// The file the range lies in.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span from byte offsets.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Span { file, start: start as u32, end: end as u32 }
    }
}

/// One file of the audited tree: its path relative to the scanned root, with `/` separators, and its text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path as every report shows it: relative to the report's base, `/` separated.
    pub path: Arc<str>,
    /// The whole text. Invalid UTF-8 was replaced (and noticed) when the file was read.
    pub text: Arc<str>,
}

/// Everything that was read, in sorted path order; indexed by [`FileId`].
#[derive(Clone, Debug, Default)]
pub struct Files {
    list: Vec<SourceFile>,
}

impl Files {
    /// Numbers the files in path order.
    pub fn new(mut list: Vec<SourceFile>) -> Self {
        list.sort_by(|a, b| a.path.cmp(&b.path));
        Files { list }
    }

    /// The file behind an id.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.list[id.0 as usize]
    }

    /// All files with their ids, in path order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.list.iter().enumerate().map(|(i, f)| (FileId(i as u32), f))
    }

    /// The id of a path, if it was read.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.list.binary_search_by(|f| f.path.as_ref().cmp(path)).ok().map(|i| FileId(i as u32))
    }

    /// Whether both hold the same texts under the same paths.
    pub fn are_the_same(&self, other: &Files) -> bool {
        self.list.len() == other.list.len()
            && self.list.iter().zip(&other.list).all(|(a, b)| a.path == b.path && a.text == b.text)
    }

    /// How many files were read.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether nothing was read.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The text a span covers; empty when the span does not fit the file.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Where a span starts and ends, as people count.
    pub fn region(&self, span: Span) -> Region {
        let text = &self.get(span.file).text;
        let (start_line, start_column) = position(text, span.start as usize);
        let (end_line, end_column) = position(text, span.end as usize);
        Region { start_line, start_column, end_line, end_column }
    }
}

/// A span in lines and columns, both 1-based; columns count Unicode scalar values and the end is exclusive.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[allow(missing_docs)]
pub struct Region {
    pub start_line: u32,
    pub start_column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

/// 1-based line and column (in Unicode scalar values) of a byte offset; offsets past the end count as the end.
fn position(text: &str, offset: usize) -> (u32, u32) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    (line as u32, before[line_start..].chars().count() as u32 + 1)
}

/// Something the audit could not do, told to the user instead of being lost.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Notice {
    /// Path of the file concerned, as reports show it; empty when it concerns the whole run.
    pub path: String,
    /// 1-based line, when one is known.
    pub line: Option<u32>,
    /// What kind of gap this is.
    pub kind: NoticeKind,
    /// What happened, in one sentence.
    pub message: String,
}

/// What kind of gap a [`Notice`] tells of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum NoticeKind {
    /// A file was left out by rule (size, binary, minified, link out of the tree).
    Skipped,
    /// A file could not be read or decoded.
    Unreadable,
    /// A file was read but only partly understood (syntax errors, broken config).
    Partial,
    /// A counted budget ran out; what lies beyond it was not analysed.
    Budget,
    /// The tool itself failed on one file; the rest of the scan is unaffected.
    Internal,
    /// A decision to suppress findings that does not hold, or is no longer needed. The analysis itself is complete.
    Suppression,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_not_bytes() {
        let files =
            Files::new(vec![SourceFile { path: "a.py".into(), text: "é = 1\nx = 'ü' + y\n".into() }]);
        let start = files.get(FileId(0)).text.find("y").unwrap();
        let region = files.region(Span::new(FileId(0), start, start + 1));
        assert_eq!((region.start_line, region.start_column), (2, 11));
    }
}
