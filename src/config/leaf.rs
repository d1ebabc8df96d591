//! What the readers of single formats hand over: scalars with their key paths and byte ranges.

use crate::text::NoticeKind;
use std::ops::Range;

/// How many settings one file may hold.
const SETTINGS: usize = 50_000;
/// How many bytes their paths and values may take together; a path is written out for each setting, so that a short
/// file with one long key could ask for any amount.
const BYTES: usize = 16 << 20;
/// How deep a file may nest.
pub(super) const DEPTH: usize = 128;
/// How many gaps of one file are told; a file with more is broken throughout.
const NOTES: usize = 20;
/// Longer values are cut: no address, model or switch is that long.
const VALUE: usize = 16 * 1024;
/// Longer keys are cut: none that means anything is that long.
const KEY: usize = 512;

/// What a scalar is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
#[allow(missing_docs)]
pub enum Scalar {
    #[default]
    Text,
    Number,
    Bool,
    Null,
}

/// One scalar of one file.
#[derive(Clone, Debug, Default)]
pub(super) struct Leaf {
    pub(super) path: Vec<String>,
    pub(super) value: String,
    pub(super) span: Range<usize>,
    pub(super) key_span: Range<usize>,
    pub(super) scalar: Scalar,
    /// Set when the leaf defines this environment variable.
    pub(super) env: Option<String>,
    /// The value stands in quotes that keep `$` as it is.
    pub(super) literal: bool,
    /// The line is commented out.
    pub(super) commented: bool,
    /// A secret whatever it looks like.
    pub(super) secret: bool,
    /// Came in by a merge key; a key written out beside it wins.
    pub(super) merged: bool,
    pub(super) document: u32,
    pub(super) profile: Option<String>,
}

/// What was read of one file so far.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) leaves: Vec<Leaf>,
    pub(super) notes: Vec<Note>,
    /// Added to every range: where the text read stands in its file.
    pub(super) base: usize,
    /// Put before every path.
    pub(super) prefix: Vec<String>,
    /// The file is an example, in which commented lines count.
    pub(super) sample: bool,
    /// Nothing more is taken.
    pub(super) full: bool,
    /// How many bytes the leaves take.
    pub(super) bytes: usize,
}

/// Something that went wrong at a byte offset.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) offset: usize,
    pub(super) kind: NoticeKind,
    pub(super) message: String,
}

impl Page {
    /// Adds a leaf; false once the file holds as many as are kept.
    pub(super) fn push(&mut self, mut leaf: Leaf) -> bool {
        if self.full {
            return false;
        }
        if leaf.value.len() > VALUE {
            let end = leaf.value.floor_char_boundary(VALUE);
            leaf.value.truncate(end);
        }
        self.bytes += leaf.bytes() + bytes(&self.prefix);
        if self.leaves.len() >= SETTINGS || self.bytes > BYTES {
            self.full = true;
            let read = self.leaves.len();
            self.note(
                leaf.span.start,
                NoticeKind::Budget,
                format!("only the first {read} settings were read"),
            );
            return false;
        }
        if !self.prefix.is_empty() {
            leaf.path.splice(0..0, self.prefix.iter().cloned());
        }
        leaf.span = leaf.span.start + self.base..leaf.span.end + self.base;
        leaf.key_span = leaf.key_span.start + self.base..leaf.key_span.end + self.base;
        self.leaves.push(leaf);
        true
    }

    /// Remembers a gap at an offset of the text being read.
    pub(super) fn note(&mut self, offset: usize, kind: NoticeKind, message: impl Into<String>) {
        if self.notes.len() >= NOTES {
            return;
        }
        self.notes.push(Note { offset: offset + self.base, kind, message: message.into() });
    }

    /// Remembers that part of the text was not understood.
    pub(super) fn broken(&mut self, offset: usize, message: impl Into<String>) {
        self.note(offset, NoticeKind::Partial, message);
    }
}

impl Leaf {
    /// How many bytes it takes.
    fn bytes(&self) -> usize {
        bytes(&self.path) + self.value.len() + self.env.as_ref().map_or(0, String::len)
    }
}

fn bytes(path: &[String]) -> usize {
    path.iter().map(|key| key.len() + size_of::<String>()).sum()
}

/// A key as it is kept.
pub(super) fn key(name: &str) -> String {
    name[..name.floor_char_boundary(KEY)].to_owned()
}

/// Whether a word can name an environment variable.
pub(super) fn is_name(word: &str) -> bool {
    let mut bytes = word.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphabetic() || b == b'_')
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// The lines of a text with the offset at which each starts, without their line ends.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut offset = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = offset;
        offset += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// What a plain word is as a scalar.
pub(super) fn scalar_of(word: &str) -> Scalar {
    match word {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Scalar::Bool,
        _ if word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c))
            && word.parse::<f64>().is_ok() =>
        {
            Scalar::Number
        }
        _ => Scalar::Text,
    }
}
