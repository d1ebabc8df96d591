//! The comments of a configuration file: what stands behind a mark that is neither in a value nor in quotes.
//!
//! JSON and TOML are asked of their lexers. For the other formats the readers of settings say where values are, so
//! that a mark in a block of text, or in quotes that span lines, starts no comment.

use super::format::Format;
use super::leaf::{Page, lines};
use super::{json, read_format, toml};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How comments of a format start.
struct Marks {
    /// The marks; `/*` goes on to `*/`, the others to the end of the line.
    marks: &'static [&'static str],
    /// Whether they count behind other text too, where a blank stands before them.
    behind: bool,
}

/// Every comment of a file, in order of position; none when the file is no configuration or cannot be read.
pub fn comments(path: &str, text: &str) -> Vec<Range<usize>> {
    let Some(format) = Format::of(path) else { return Vec::new() };
    let read = catch_unwind(AssertUnwindSafe(|| match format {
        Format::Json => json::comments(text),
        Format::Toml => toml::comments(text),
        // Cells are strings of JSON, which knows no comments.
        Format::Notebook => Vec::new(),
        _ => marked(format, text),
    }));
    read.unwrap_or_default()
}

fn marks(format: Format) -> Marks {
    match format {
        Format::Dockerfile => Marks { marks: &["#"], behind: false },
        Format::Properties => Marks { marks: &["#", "!"], behind: false },
        Format::Ini | Format::Systemd => Marks { marks: &["#", ";"], behind: true },
        Format::Hcl => Marks { marks: &["#", "//", "/*"], behind: true },
        _ => Marks { marks: &["#"], behind: true },
    }
}

fn marked(format: Format, text: &str) -> Vec<Range<usize>> {
    let marks = marks(format);
    let mut page = Page::default();
    read_format(format, text, &mut page);
    let mut values: Vec<Range<usize>> = page.leaves.into_iter().map(|leaf| leaf.span).collect();
    values.sort_by_key(|span| (span.start, span.end));
    let (mut found, mut skip_to) = (Vec::new(), 0);
    for (start, line) in lines(text) {
        if start < skip_to {
            continue;
        }
        let at = mark(line, &marks).map(|at| start + at).filter(|at| !inside(&values, *at));
        if let Some(at) = at {
            let block = text[at..].starts_with("/*");
            let closed = || text[at..].find("*/").map_or(text.len(), |n| at + n + 2);
            let end = if block { closed() } else { start + line.len() };
            skip_to = end;
            found.push(at..end);
        }
        if format == Format::Shell {
            let code = &line[..at.map_or(line.len(), |at| at - start)];
            skip_to = skip_to.max(heredoc_end(text, code, start + line.len()));
        }
    }
    found
}

/// Whether an offset lies in one of these ranges, sorted by start.
fn inside(values: &[Range<usize>], at: usize) -> bool {
    let before = values.partition_point(|span| span.start <= at);
    // Values repeat (aliases) but hardly nest.
    values[..before].iter().rev().take(8).any(|span| span.contains(&at))
}

/// Where in a line the first mark stands that is not in quotes.
fn mark(line: &str, marks: &Marks) -> Option<usize> {
    let starts = |at: usize| marks.marks.iter().any(|mark| line[at..].starts_with(mark));
    let indent = line.len() - line.trim_start().len();
    if starts(indent) || !marks.behind {
        return starts(indent).then_some(indent);
    }
    let (mut quote, mut escaped, mut before) = (None, false, ' ');
    for (at, c) in line.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some('"') if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            // An apostrophe in a word opens nothing.
            None if "\"'`".contains(c) && (before.is_whitespace() || "=:,[{(".contains(before)) => {
                quote = Some(c);
            }
            None if before.is_whitespace() && starts(at) => return Some(at),
            None => {}
        }
        before = c;
    }
    None
}

/// Where the text that a command reads from the following lines ends; the end of the line when it reads none.
fn heredoc_end(text: &str, command: &str, line_end: usize) -> usize {
    let Some((_, rest)) = command.split_once("<<").filter(|(_, rest)| !rest.starts_with('<')) else {
        return line_end;
    };
    let word = rest.trim_start_matches('-').trim_start();
    let word: String = word
        .trim_start_matches(['\'', '"', '\\'])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
        .collect();
    if word.is_empty() {
        return line_end;
    }
    let mut at = line_end;
    for line in text[line_end..].split_inclusive('\n') {
        at += line.len();
        if line.trim() == word {
            return at;
        }
    }
    // Never closed: then it was no such text.
    line_end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(path: &str, text: &'t str) -> Vec<&'t str> {
        comments(path, text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn comments_are_found_in_every_format() {
        for (path, text) in [
            (".env", "# one\nA=b # two\nC=\"x # no\"\nD=x#no\nE='\n# no\n'\n"),
            (
                "compose.yaml",
                "# one\na: b # two\nc: \"x # no\"\nd: |\n  # no\n  text\ne: x#no\n\"f # no\": it's\n",
            ),
            ("a.toml", "# one\na = 1 # two\nb = \"# no\"\nc = \"\"\"\n# no\n\"\"\"\n"),
            ("run.sh", "# one\nexport A=b # two\necho \"# no\"\necho '# no'\ncat <<EOF\n# no\nEOF\n"),
            ("main.tf", "# one\na = \"b\" # two\nb = \"x # no\"\nc = <<EOT\n# no\nEOT\n"),
            ("app.ini", "# one\n[a]\nb = c # two\nd = \"x # no\"\n"),
        ] {
            assert_eq!(found(path, text), ["# one", "# two"], "{path}");
        }
        assert_eq!(found("Dockerfile", "# one\nENV A=b # no\n"), ["# one"]);
        assert_eq!(found("a.properties", "! one\na=b # no\n"), ["! one"]);
        assert_eq!(
            found("main.tf", "/* one\n # x */\na = 1 // two\nb = \"http://no\"\n"),
            ["/* one\n # x */", "// two"]
        );
        assert_eq!(
            found(".vscode/settings.json", "{ // one\n \"a\": \"// no\", /* two */ \"b\": 1 }"),
            ["// one", "/* two */"]
        );
        assert_eq!(found("notes.xyz", "# no"), Vec::<&str>::new());
    }
}
