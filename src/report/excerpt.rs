//! The part of a file that a snippet shows, rewritten so that it is safe and fits: secrets masked, unprintable
//! characters spelled out, long lines cut, far lines emptied; with byte offsets carried over.

use crate::report::mask::hidden_parts;
use crate::report::visible::spelling;
use std::ops::Range;

/// How much of a long line stays on either side of a mark, at least, and the step by which it grows.
const NEAR: usize = 6;
/// How far beyond the shown part secrets are looked for.
const LOOK_AROUND: usize = 256;
/// How many lines around a marked line keep their text.
const CONTEXT: usize = 2;

/// A byte range to show, and how many columns the words beside it will take.
#[derive(Debug, Clone)]
pub struct Mark {
    /// What is marked.
    pub range: Range<usize>,
    /// Columns of its label.
    pub label: usize,
}

/// A rewritten part of a file.
#[derive(Debug)]
pub struct Excerpt {
    /// The lines from the first to the last mark.
    pub text: String,
    /// 1-based number of the first line.
    pub line_start: usize,
    /// Byte offset of the first line in the file.
    offset: usize,
    edits: Vec<Edit>,
}

/// Replaces a byte range of the file.
#[derive(Debug, Clone)]
struct Edit {
    range: Range<usize>,
    with: String,
}

impl Excerpt {
    /// The lines of `text` that hold `marks` (byte ranges), and those between; longer ones cut to `width` bytes
    /// or what the marks need.
    pub fn new(text: &str, marks: &[Mark], width: usize) -> Excerpt {
        let marks: Vec<Mark> =
            marks.iter().map(|mark| Mark { range: first_line(text, &mark.range), ..mark.clone() }).collect();
        let first = marks.iter().map(|mark| mark.range.start).min().unwrap_or(0);
        let last = marks.iter().map(|mark| mark.range.end).max().unwrap_or(0);
        let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
        let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
        let line_start = text[..start].bytes().filter(|byte| *byte == b'\n').count() + 1;

        let lines = line_ranges(text, start..end);
        let marked: Vec<bool> =
            lines.iter().map(|line| marks.iter().any(|mark| lies_in(&mark.range, line))).collect();
        let mut edits = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            let near =
                marked[index.saturating_sub(CONTEXT)..(index + CONTEXT + 1).min(lines.len())].contains(&true);
            if near {
                edit_line(text, line, &marks, width, &mut edits);
            } else if !line.is_empty() {
                edits.push(Edit { range: line.clone(), with: String::new() });
            }
        }
        let edits = disjoint(edits);
        Excerpt { text: apply(text, start..end, &edits), line_start, offset: start, edits }
    }

    /// Where a mark of the file lies in [`Excerpt::text`]. A mark over several lines is cut to its first.
    pub fn mark(&self, text: &str, mark: &Range<usize>) -> Range<usize> {
        let mark = first_line(text, mark);
        let start = self.carry(mark.start, false).min(self.text.len());
        let end = self.carry(mark.end, true).min(self.text.len());
        start..end.max(start)
    }

    fn carry(&self, offset: usize, end: bool) -> usize {
        let mut at = offset as isize;
        for edit in &self.edits {
            if edit.range.end <= offset {
                at += edit.with.len() as isize - edit.range.len() as isize;
            } else if edit.range.start < offset {
                let inside = (offset - edit.range.start) as isize;
                at += if end { edit.with.len() as isize } else { 0 } - inside;
                break;
            } else {
                break;
            }
        }
        (at - self.offset as isize).max(0) as usize
    }
}

/// The part of a mark on its first line, without trailing blanks, clipped to the text and to characters.
fn first_line(text: &str, mark: &Range<usize>) -> Range<usize> {
    let start = floor(text, mark.start);
    let end = floor(text, mark.end.max(mark.start));
    let line = text[start..end].split('\n').next().unwrap_or("").trim_end();
    start..start + line.len()
}

fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn ceil(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset += 1;
    }
    offset
}

/// The lines of a range, without their breaks.
fn line_ranges(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = range.start;
    for line in text[range].split('\n') {
        lines.push(start..start + line.len());
        start += line.len() + 1;
    }
    lines
}

/// Collects what must change in one line.
fn edit_line(text: &str, line: &Range<usize>, marks: &[Mark], width: usize, edits: &mut Vec<Edit>) {
    let shown = shown_parts(text, line, marks, width);
    let mut done = line.start;
    for part in &shown {
        if part.start > done {
            edits.push(Edit { range: done..part.start, with: "…".into() });
        }
        done = part.end;
        let around = floor(text, part.start.saturating_sub(LOOK_AROUND)).max(line.start)
            ..ceil(text, part.end + LOOK_AROUND).min(line.end);
        for hidden in hidden_parts(&text[around.clone()]) {
            let range = around.start + hidden.start..around.start + hidden.end;
            if range.start < part.end && range.end > part.start {
                edits.push(Edit { range, with: "…".into() });
            }
        }
        for (at, c) in text[part.clone()].char_indices() {
            // Tabs are widened and a closing carriage return is dropped by the snippet renderer.
            if c == '\t' || (c == '\r' && part.start + at + 1 == line.end) {
                continue;
            }
            if let Some(with) = spelling(c) {
                let start = part.start + at;
                edits.push(Edit { range: start..start + c.len_utf8(), with });
            }
        }
    }
    if done < line.end {
        edits.push(Edit { range: done..line.end, with: "…".into() });
    }
}

/// The parts of a line worth showing: all of it, or what lies near its marks when it is long.
fn shown_parts(text: &str, line: &Range<usize>, marks: &[Mark], width: usize) -> Vec<Range<usize>> {
    let here: Vec<&Mark> = marks.iter().filter(|mark| lies_in(&mark.range, line)).collect();
    let last = here.iter().max_by_key(|mark| mark.range.end);
    let (reach, label) = last.map_or((0, 0), |mark| (mark.range.end - line.start, mark.label));
    let hidden: usize = match line.len() > 4 * width {
        true => 0,
        false => hidden_parts(&text[line.clone()]).iter().map(|part| part.len().saturating_sub(1)).sum(),
    };
    if line.len() - hidden <= width && reach + label < width {
        return std::iter::once(line.clone()).collect();
    }
    let room = width.saturating_sub(label);
    let mut shown = around(text, line, &here, width, NEAR);
    for near in (2 * NEAR..width).step_by(NEAR) {
        let wider = around(text, line, &here, width, near);
        if wider.iter().map(Range::len).sum::<usize>() > room {
            break;
        }
        shown = wider;
    }
    shown
}

/// The parts of a line within `near` bytes of a mark; its beginning when it has none.
fn around(text: &str, line: &Range<usize>, marks: &[&Mark], width: usize, near: usize) -> Vec<Range<usize>> {
    let share = (width / marks.len().max(1)).saturating_sub(2 * NEAR + 2).max(NEAR);
    let mut parts: Vec<Range<usize>> = marks
        .iter()
        .map(|mark| {
            let (start, end) = (mark.range.start, mark.range.end.min(mark.range.start + share));
            floor(text, start.saturating_sub(near)).max(line.start)..ceil(text, end + near).min(line.end)
        })
        .collect();
    if parts.is_empty() {
        parts.push(line.start..ceil(text, line.start + near).min(line.end));
    }
    parts.sort_by_key(|part| part.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for part in parts {
        match merged.last_mut() {
            Some(last) if part.start <= last.end + 1 => last.end = last.end.max(part.end),
            _ => merged.push(part),
        }
    }
    merged
}

fn lies_in(range: &Range<usize>, line: &Range<usize>) -> bool {
    range.start >= line.start && range.end <= line.end
}

/// Sorts edits; where two overlap, one that hides both takes their place.
fn disjoint(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
    let mut kept: Vec<Edit> = Vec::new();
    for edit in edits {
        match kept.last_mut() {
            Some(last) if edit.range.start < last.range.end => {
                last.range.end = last.range.end.max(edit.range.end);
                last.with = "…".into();
            }
            _ => kept.push(edit),
        }
    }
    kept
}

fn apply(text: &str, range: Range<usize>, edits: &[Edit]) -> String {
    let mut out = String::new();
    let mut done = range.start;
    for edit in edits {
        out.push_str(&text[done..edit.range.start]);
        out.push_str(&edit.with);
        done = edit.range.end;
    }
    out.push_str(&text[done..range.end]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, needle: &str) -> (String, String) {
        let start = text.find(needle).unwrap();
        let mark = start..start + needle.len();
        let excerpt = Excerpt::new(text, &[Mark { range: mark.clone(), label: 0 }], 120);
        let shown = excerpt.text[excerpt.mark(text, &mark)].to_string();
        (excerpt.text, shown)
    }

    #[test]
    fn marks_follow_the_text_they_mark() {
        let text = "a = 1\nkey('sk-0123456789abcdef0123'); \x1b[2J send(x)\nb = 2\n";
        let (shown, mark) = marked(text, "send(x)");
        assert_eq!(shown, "key('sk-0…'); \\u{1b}[2J send(x)");
        assert_eq!(mark, "send(x)");
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let text = format!("{}send(x){}", "é".repeat(5000), "y ".repeat(5000));
        let (shown, mark) = marked(&text, "send(x)");
        assert!(shown.len() < 400 && shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        assert_eq!(mark, "send(x)");
    }

    #[test]
    fn a_secret_is_masked_even_when_it_is_the_mark() {
        let text = "API_KEY=abcdef0123456789\n";
        let (shown, mark) = marked(text, "abcdef0123456789");
        assert_eq!((shown.as_str(), mark.as_str()), ("API_KEY=abcd…", "abcd…"));
    }

    #[test]
    fn any_range_of_any_text_can_be_marked() {
        let text = "é\r\n\tü = '\u{202e}'\n\n日本\n";
        for start in 0..text.len() + 3 {
            for end in 0..text.len() + 3 {
                let excerpt =
                    Excerpt::new(text, &[start..end, 0..1].map(|range| Mark { range, label: 3 }), 4);
                let mark = excerpt.mark(text, &(start..end));
                assert!(excerpt.text.get(mark).is_some());
            }
        }
    }
}
