//! Where each byte of written-out code stands in its file.

use crate::ir::Module;
use std::ops::Range;

/// Pieces of code, in order of the code, each with the range of the file it stands for.
#[derive(Default)]
pub(super) struct Offsets {
    pieces: Vec<Piece>,
}

struct Piece {
    /// First byte in the code.
    start: u32,
    /// Bytes in the code.
    len: u32,
    /// First byte in the file.
    file: u32,
    /// Bytes in the file: as many as in the code, unless the file writes the piece in another way.
    file_len: u32,
}

impl Offsets {
    /// Adds a piece behind those that are known; one that continues the last becomes part of it.
    pub(super) fn add(&mut self, start: usize, len: usize, file: Range<usize>) {
        let piece = Piece {
            start: start as u32,
            len: len as u32,
            file: file.start as u32,
            file_len: file.len() as u32,
        };
        match self.pieces.last_mut() {
            Some(last)
                if last.len == last.file_len
                    && piece.len == piece.file_len
                    && last.start + last.len == piece.start
                    && last.file + last.file_len == piece.file =>
            {
                last.len += piece.len;
                last.file_len += piece.file_len;
            }
            _ => self.pieces.push(piece),
        }
    }

    /// A range of the code as a range of the file.
    pub(super) fn range(&self, start: u32, end: u32) -> (u32, u32) {
        let first = self.start(start);
        // The end is exclusive: it follows the last byte of the range, not the byte after it.
        let last = if end > start { self.end(end - 1) } else { first };
        (first, last.max(first))
    }

    /// The ranges of the file that are code as it stands, sorted.
    pub(super) fn parts(&self) -> Vec<Range<usize>> {
        let literal = self.pieces.iter().filter(|p| p.len == p.file_len);
        let mut parts: Vec<Range<usize>> =
            literal.map(|p| p.file as usize..(p.file + p.file_len) as usize).collect();
        parts.sort_by_key(|p| p.start);
        parts
    }

    /// Moves every place of a module.
    pub(super) fn settle(&self, module: &mut Module) {
        let place = |start: &mut u32, end: &mut u32| (*start, *end) = self.range(*start, *end);
        let pair = |span: &mut (u32, u32)| *span = self.range(span.0, span.1);
        for inst in &mut module.insts {
            place(&mut inst.start, &mut inst.end);
        }
        for function in &mut module.functions {
            place(&mut function.start, &mut function.end);
            pair(&mut function.name_span);
        }
        for class in &mut module.classes {
            pair(&mut class.name_span);
            class.fields.iter_mut().for_each(|field| pair(&mut field.span));
        }
        for import in &mut module.imports {
            place(&mut import.start, &mut import.end);
        }
        for at in [&mut module.syntax_error, &mut module.too_deep].into_iter().flatten() {
            *at = self.start(*at);
        }
    }

    /// Where a byte of the code stands; for one that was made up, the next place that was not.
    fn start(&self, at: u32) -> u32 {
        let next = self.pieces.partition_point(|p| p.start + p.len <= at);
        match self.pieces.get(next) {
            Some(piece) if piece.len == piece.file_len => piece.file + at.saturating_sub(piece.start),
            Some(piece) => piece.file,
            None => self.pieces.last().map_or(0, |p| p.file + p.file_len),
        }
    }

    /// Where a byte of the code ends; for one that was made up, the end of the last place before it that was not.
    fn end(&self, at: u32) -> u32 {
        let next = self.pieces.partition_point(|p| p.start <= at);
        match next.checked_sub(1).and_then(|i| self.pieces.get(i)) {
            Some(piece) if piece.len == piece.file_len => piece.file + (at - piece.start + 1).min(piece.len),
            Some(piece) => piece.file + piece.file_len,
            None => 0,
        }
    }
}
