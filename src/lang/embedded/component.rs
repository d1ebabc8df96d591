//! The scripts of a single-file component as one module, and what its markup does to their variables.
//!
//! Markup is no program, but two things in it matter to what flows: an input bound to a variable is where somebody's
//! words enter, under the label of the input, and a handler is a call. Both are written behind the scripts.

use super::Written;
use crate::language::{Language, Markup};
use regex::Regex;
use rustc_hash::FxHashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// What an input that is bound to a variable is written as; rules know it as a source. What a user of the component
/// passes to it is written alike.
const INPUT: &str = "$component.input";

/// Tags that are looked into; a page with more of them is made by a machine.
const MAX_TAGS: usize = 20_000;

/// The code of a component, and its language: that of the first script that names one.
pub(super) fn code(markup: Markup, text: &str) -> (Language, Written) {
    let mut written = Written::default();
    let mut language = None;
    let mut at = 0;
    if markup == Markup::Astro
        && let Some(matter) = front_matter(text)
    {
        language = Some(Language::TypeScript);
        at = matter.end;
        written.copy(text, matter);
        written.made("\n;");
    }
    let mut page = Page { text, at };
    let mut tags = Vec::new();
    while let Some(tag) = page.tag() {
        let name = text[tag.name.clone()].to_ascii_lowercase();
        if !matches!(name.as_str(), "script" | "style") {
            if tags.len() < MAX_TAGS {
                tags.push(tag);
            }
            continue;
        }
        let body = page.until_closed(&name);
        let is_data = tag.value(text, "type").is_some_and(|t| text[t].contains("json"));
        if name == "script" && !is_data {
            language = language.or(tag.value(text, "lang").map(|lang| match &text[lang] {
                "ts" | "typescript" => Language::TypeScript,
                _ => Language::Tsx,
            }));
            written.copy(text, body);
            written.made("\n;");
        }
    }
    let references: FxHashSet<String> =
        REFERENCE.captures_iter(&written.text).filter_map(|c| Some(c.get(1)?.as_str().to_string())).collect();
    if markup == Markup::Svelte {
        let names: Vec<String> = PROPERTY
            .captures_iter(&written.text)
            .filter_map(|c| Some(c.get(1)?.as_str().to_string()))
            .collect();
        names.iter().for_each(|name| written.made(&format!("if($component){name}=$component.property();\n")));
    }
    for tag in &tags {
        bindings(markup, text, tag, &references, &mut written);
    }
    (language.unwrap_or(Language::Tsx), written)
}

/// What stands between the first two lines of `---`.
fn front_matter(text: &str) -> Option<Range<usize>> {
    let open = text.len() - text.trim_start().len();
    let start = open + text[open..].strip_prefix("---").map(|_| 3)?;
    let end = start + text[start..].find("\n---")?;
    Some(start..end)
}

/// Writes what the attributes of one tag do.
fn bindings(markup: Markup, text: &str, tag: &Tag, references: &FxHashSet<String>, written: &mut Written) {
    for attribute in &tag.attributes {
        let name = &text[attribute.name.clone()];
        let Some(value) = attribute.value.clone().filter(|v| !text[v.clone()].trim().is_empty()) else {
            continue;
        };
        let shown = text[value.clone()].trim();
        if is_bound(markup, name, attribute.braced) && is_target(shown) {
            written.copy(text, value.clone());
            written.made(if references.contains(shown) { ".value" } else { "" });
            written.made(&format!("={INPUT}("));
            match tag.label(text) {
                Some(label) => {
                    let said = text[label.clone()].replace(['"', '\\', '\n'], " ");
                    written.spelled(&format!("\"{said}\""), label);
                }
                None => written.spelled("\"\"", value),
            }
            written.made(");\n");
        } else if is_handler(markup, name, attribute.braced) {
            written.made("(");
            written.copy(text, value);
            written.made(");\n");
        }
    }
}

/// Whether an attribute ties what is typed to a variable.
fn is_bound(markup: Markup, name: &str, braced: bool) -> bool {
    match markup {
        Markup::Vue => name == "v-model" || name.starts_with("v-model.") || name.starts_with("v-model:"),
        Markup::Svelte => {
            braced && matches!(name, "bind:value" | "bind:files" | "bind:innerHTML" | "bind:textContent")
        }
        Markup::Astro => false,
    }
}

/// Whether an attribute holds what runs when something happens.
fn is_handler(markup: Markup, name: &str, braced: bool) -> bool {
    match markup {
        Markup::Vue => name.starts_with('@') || name.starts_with("v-on:"),
        Markup::Svelte => braced && name.starts_with("on"),
        Markup::Astro => false,
    }
}

/// Whether an expression is a variable or a part of one.
fn is_target(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || "_$".contains(c))
        && text.chars().all(|c| c.is_alphanumeric() || "_$.[]'".contains(c))
}

/// Variables of the scripts that are reactive references, whose content is under `value`.
static REFERENCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:const|let)\s+(\w+)\s*(?::[^=\n]*)?=\s*(?:ref|shallowRef|defineModel)\s*[(<]")
        .expect("a valid expression")
});

/// Variables that whoever uses the component may set.
static PROPERTY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^\s*export\s+let\s+(\w+)").expect("a valid expression"));

/// Reads tags one after the other; comments and what is no tag are passed over.
struct Page<'t> {
    text: &'t str,
    at: usize,
}

struct Tag {
    name: Range<usize>,
    attributes: Vec<Attribute>,
    /// The words of the page before it, which label an input.
    before: Range<usize>,
}

struct Attribute {
    name: Range<usize>,
    /// Without quotes or braces.
    value: Option<Range<usize>>,
    braced: bool,
}

impl Tag {
    fn value(&self, text: &str, name: &str) -> Option<Range<usize>> {
        self.attributes.iter().find(|a| &text[a.name.clone()] == name)?.value.clone()
    }

    /// What people read beside an input.
    fn label(&self, text: &str) -> Option<Range<usize>> {
        let attributes = ["label", "aria-label", "placeholder", "title", "name", "id"];
        let said = attributes.iter().find_map(|name| self.value(text, name));
        said.or_else(|| Some(self.before.clone())).filter(|range| (1..=60).contains(&range.len()))
    }
}

impl Page<'_> {
    /// The next opening tag.
    fn tag(&mut self) -> Option<Tag> {
        let mut words = self.at..self.at;
        loop {
            let open = self.at + self.text.get(self.at..)?.find('<')?;
            let said = self.text[self.at..open].trim();
            if !said.is_empty() {
                let start = open - self.text[self.at..open].trim_start().len();
                words = start..start + said.len();
            }
            let rest = &self.text[open..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                self.at = open + 4 + comment.find("-->").map_or(comment.len(), |end| end + 3);
            } else if rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                let name = self.word(open + 1);
                let attributes = self.attributes(name.end);
                return Some(Tag { name, attributes, before: words });
            } else {
                self.at = open + 1 + if rest.starts_with("</") { rest.find('>').unwrap_or(0) } else { 0 };
            }
        }
    }

    /// Everything up to the end tag of this name, behind which reading goes on.
    fn until_closed(&mut self, name: &str) -> Range<usize> {
        let start = self.at;
        let rest = &self.text[start..];
        let is_end = |at: usize| {
            rest.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name))
        };
        let len = rest.match_indices("</").map(|(at, _)| at).find(|at| is_end(*at)).unwrap_or(rest.len());
        self.at = start + len;
        start..start + len
    }

    /// Attributes up to the `>` of a tag, behind which reading goes on.
    fn attributes(&mut self, from: usize) -> Vec<Attribute> {
        let bytes = self.text.as_bytes();
        let mut found = Vec::new();
        let mut at = from;
        loop {
            while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
                at += 1;
            }
            match bytes.get(at) {
                None => break,
                Some(b'>') => {
                    at += 1;
                    break;
                }
                Some(b'{') => at = self.braced(at).end + 1,
                Some(_) => {
                    let name = self.word(at);
                    at = name.end.max(at + 1);
                    let (value, braced) = match bytes.get(at) {
                        Some(b'=') => self.value(at + 1),
                        _ => (None, false),
                    };
                    if let Some(value) = &value {
                        let closed = braced || matches!(bytes.get(value.end), Some(b'"' | b'\''));
                        at = value.end + usize::from(closed);
                    }
                    found.push(Attribute { name, value, braced });
                }
            }
        }
        self.at = at.min(self.text.len());
        found
    }

    fn value(&self, at: usize) -> (Option<Range<usize>>, bool) {
        match self.text.as_bytes().get(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let rest = &self.text[at + 1..];
                let len = rest.find(char::from(*quote)).unwrap_or(rest.len());
                (Some(at + 1..at + 1 + len), false)
            }
            Some(b'{') => (Some(self.braced(at)), true),
            Some(_) => (Some(self.word(at)), false),
            None => (None, false),
        }
    }

    /// The inside of the braces that open at `at`, those inside counted, but not those in strings.
    fn braced(&self, at: usize) -> Range<usize> {
        let (mut depth, mut quote) = (0, None);
        let bytes = self.text.as_bytes();
        for (i, byte) in bytes.iter().copied().enumerate().skip(at) {
            match (quote, byte) {
                // A comment may hold an apostrophe.
                (None, b'/') if bytes.get(i + 1) == Some(&b'/') => quote = Some(b'\n'),
                (Some(open), b) if b == open => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'' | b'`') => quote = Some(byte),
                (None, b'{') => depth += 1,
                (None, b'}') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return at + 1..i;
            }
        }
        at + 1..self.text.len()
    }

    /// A name or an unquoted value.
    fn word(&self, at: usize) -> Range<usize> {
        let rest = &self.text[at..];
        let ends =
            |c: char| c.is_whitespace() || "=>\"'{}".contains(c) || (c == '/' && rest.starts_with("/>"));
        at..at + rest.find(ends).unwrap_or(rest.len())
    }
}
