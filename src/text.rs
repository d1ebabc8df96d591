//! Source text, byte spans, and the line index that turns them into what people read.
//!
//! Knows nothing of languages, rules or findings.

use std::sync::{Arc, OnceLock};

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
    /// Where the lines of each file start, made when a file is first asked for one.
    lines: Vec<OnceLock<Box<[u32]>>>,
}

impl Files {
    /// Numbers the files in path order.
    pub fn new(mut list: Vec<SourceFile>) -> Self {
        list.sort_by(|a, b| a.path.cmp(&b.path));
        let lines = vec![OnceLock::new(); list.len()];
        Files { list, lines }
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

    /// Gives files the paths that people are to see. Ids stay; files are no longer found by the paths they had.
    pub fn rename(&mut self, shown: impl Fn(&str) -> String) {
        for file in &mut self.list {
            let path = shown(&file.path);
            if path != *file.path {
                file.path = path.into();
            }
        }
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
        let (start_line, start_column) = self.position(span.file, span.start as usize);
        let (end_line, end_column) = self.position(span.file, span.end as usize);
        Region { start_line, start_column, end_line, end_column }
    }

    /// 1-based line and column (in Unicode scalar values) of a byte offset; offsets past the end count as the end.
    fn position(&self, id: FileId, offset: usize) -> (u32, u32) {
        let text = &self.get(id).text;
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let starts = self.lines[id.0 as usize].get_or_init(|| line_starts(text));
        let line = starts.partition_point(|start| *start as usize <= offset);
        let line_start = starts[line - 1] as usize;
        (line as u32, text[line_start..offset].chars().count() as u32 + 1)
    }
}

/// The byte offset of each line's first character; there is always a first line.
fn line_starts(text: &str) -> Box<[u32]> {
    let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at as u32 + 1);
    std::iter::once(0).chain(breaks).collect()
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

/// A path with `.` and `..` resolved; `None` when it leads out of where it starts.
pub fn resolved_path(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
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
    /// Left out by rule, and nothing of the program is missed: build output, a link to what is read elsewhere or to what
    /// is not of this tree.
    LeftOut,
    /// A file was not read because of its size or content (too large, binary, minified), or its kind although it was named.
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

    #[test]
    fn every_offset_has_a_position() {
        let text = "a\r\n\né\nlast";
        let files = Files::new(vec![SourceFile { path: "a".into(), text: text.into() }]);
        let at = |offset| {
            let region = files.region(Span::new(FileId(0), offset, offset));
            (region.start_line, region.start_column)
        };
        let all: Vec<(u32, u32)> = (0..=text.len() + 1).map(at).collect();
        // A line break belongs to the line it ends, half a character to the whole one, what is past the end to the end.
        let first = [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (3, 1), (3, 2)];
        let last = [(4, 1), (4, 2), (4, 3), (4, 4), (4, 5), (4, 5)];
        assert_eq!(all, [first.as_slice(), &last].concat());
    }
}
