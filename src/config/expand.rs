//! What a setting's value can become once the references in it are followed: `${NAME:-default}` and its many spellings.

use super::format::RULES;
use super::{Format, Setting, Settings};
use regex::Regex;
use std::sync::LazyLock;

/// How many values one setting may have.
const CANDIDATES: usize = 32;
/// How many references may follow one another.
const CHAIN: usize = 16;

/// What a value is called that a command prints.
const COMMAND: &str = "the output of a command";

/// How many settings are followed for one.
const STEPS: usize = 1_000;

/// What lies behind while references are followed.
struct Trail<'a> {
    /// The settings on the way, against circles.
    active: Vec<&'a Setting>,
    /// How many more may be followed: branches multiply.
    steps: usize,
}

/// One value a setting can have.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Candidate<'a> {
    /// The value; a reference that leads nowhere stays in it as written.
    pub value: String,
    /// The settings that were followed to get there, in order.
    pub via: Vec<&'a Setting>,
    /// Names that nothing in the tree defines: whoever runs it decides.
    pub missing: Vec<String>,
    /// It rests on a default written into a reference, which a variable of that name overrides.
    pub defaulted: Vec<String>,
}

impl Settings {
    /// Every value a setting can have, those nearest to what runs first. A value without references is its own only candidate.
    pub fn expand<'a>(&'a self, setting: &'a Setting) -> Vec<Candidate<'a>> {
        let found = self.follow(setting, &mut Trail { active: Vec::new(), steps: STEPS });
        if !found.is_empty() {
            return found;
        }
        vec![Candidate {
            value: setting.value.clone(),
            missing: vec![setting.key.clone()],
            ..Candidate::default()
        }]
    }

    /// The values of one setting; none when all it says leads back to where it came from.
    fn follow<'a>(&'a self, setting: &'a Setting, trail: &mut Trail<'a>) -> Vec<Candidate<'a>> {
        if setting.literal || trail.active.len() >= CHAIN || trail.steps == 0 {
            return vec![Candidate { value: setting.value.clone(), ..Candidate::default() }];
        }
        trail.steps -= 1;
        trail.active.push(setting);
        let found = self.fill(&setting.value, setting, trail);
        trail.active.pop();
        found
    }

    /// The values of a text that stands in a setting.
    fn fill<'a>(&'a self, text: &str, setting: &'a Setting, trail: &mut Trail<'a>) -> Vec<Candidate<'a>> {
        let mut all = vec![Candidate::default()];
        for piece in pieces(text, setting.format) {
            let options = match piece {
                Piece::Text(text) => vec![Candidate { value: text, ..Candidate::default() }],
                Piece::Reference(reference) => self.options(&reference, setting, trail),
            };
            all = all
                .iter()
                .flat_map(|before| options.iter().map(|o| joined(before, o)))
                .take(CANDIDATES)
                .collect();
        }
        let mut kept: Vec<Candidate> = Vec::new();
        for one in all {
            if !kept.iter().any(|k| k.value == one.value && k.missing == one.missing) {
                kept.push(one);
            }
        }
        kept
    }

    fn options<'a>(
        &'a self,
        reference: &Reference,
        setting: &'a Setting,
        trail: &mut Trail<'a>,
    ) -> Vec<Candidate<'a>> {
        let mut options = Vec::new();
        let mut missing = Vec::new();
        let mut circular = false;
        for source in &reference.sources {
            let found = match source {
                Source::Text(text) => {
                    let named = || reference.sources.iter().find_map(Source::name).map(str::to_owned);
                    for mut one in self.fill(text, setting, trail) {
                        one.defaulted.extend(named());
                        options.push(one);
                    }
                    continue;
                }
                Source::Env(name) => self.variables(name, setting),
                Source::Path(path) => {
                    let path: Vec<&str> = path.iter().map(String::as_str).collect();
                    self.get(setting.span.file, &path).into_iter().collect()
                }
                Source::Values(path) => self.chart_values(path, setting),
                Source::Module(path) => self.module_values(path, setting),
                Source::Document(name, key) => self.document_values(name, key, setting),
                Source::Outside(_) => Vec::new(),
            };
            let before = options.len();
            for next in found {
                if trail.active.contains(&next) {
                    circular = true;
                    continue;
                }
                for mut one in self.follow(next, trail) {
                    one.via.insert(0, next);
                    options.push(one);
                }
            }
            if options.len() == before {
                missing.extend(source.name().map(str::to_owned));
            }
        }
        // An empty variable counts as unset where there is something else.
        if options.iter().any(|o| !o.value.is_empty()) {
            options.retain(|o| !o.value.is_empty());
        }
        // A variable that only passes on its own name (`NAME: ${NAME}`) is set from outside; a longer circle gives nothing.
        if options.is_empty() && !(circular && trail.active.len() > 1) {
            let command = matches!(&reference.sources[..], [Source::Outside(name)] if name == COMMAND);
            let value = if command { format!("{{{COMMAND}}}") } else { reference.written.clone() };
            options.push(Candidate { value, missing, ..Candidate::default() });
        }
        options.truncate(CANDIDATES);
        options
    }

    /// Definitions of a variable, and what the same file calls so without exporting it.
    fn variables(&self, name: &str, setting: &Setting) -> Vec<&Setting> {
        let mut found = self.env_near(name, self.path_of(setting.span.file));
        found.extend(self.get(setting.span.file, &[name]).filter(|s| !s.env));
        found
    }

    /// `.Values.a.b`, in the chart a template belongs to.
    fn chart_values(&self, path: &[String], setting: &Setting) -> Vec<&Setting> {
        let here = self.path_of(setting.span.file);
        let wanted: Vec<&str> = path.iter().map(String::as_str).collect();
        let in_chart = |other: &str| {
            let folder = other.rsplit_once('/').map_or("", |(folder, _)| folder);
            folder.is_empty() || here.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        let mut found: Vec<&Setting> = self
            .files
            .iter()
            .filter(|f| RULES.values.is_match(f.path.as_ref()) && in_chart(&f.path))
            .filter_map(|f| self.get(f.id, &wanted))
            .collect();
        found.sort_by_key(|s| (s.distance(), super::profile::steps(self.path_of(s.span.file), here)));
        found
    }

    /// A key of the document of this name: what a manifest takes from a map or a secret of the cluster.
    fn document_values(&self, name: &str, key: &str, setting: &Setting) -> Vec<&Setting> {
        let here = self.path_of(setting.span.file);
        let mut found = Vec::new();
        for file in &self.files {
            for data in ["data", "stringData"] {
                let values = self.under(file.id, &[data, key]).into_iter().filter(|s| s.path.len() == 2);
                found.extend(values.filter(|s| {
                    let names = self.under(file.id, &["metadata", "name"]);
                    names.iter().any(|n| n.document == s.document && n.value == name)
                }));
            }
        }
        found.sort_by_key(|s| (s.distance(), super::profile::steps(self.path_of(s.span.file), here)));
        found
    }

    /// `var.x` and `local.x`, in the files of the same folder.
    fn module_values(&self, path: &[String], setting: &Setting) -> Vec<&Setting> {
        let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let here = folder(self.path_of(setting.span.file));
        let (Some(kind), Some(name)) = (path.first(), path.get(1)) else { return Vec::new() };
        let below: Vec<&str> = path[2..].iter().map(String::as_str).collect();
        let with = |head: &[&str]| head.iter().chain(&below).copied().collect::<Vec<&str>>().join("\0");
        let wanted = match kind.as_str() {
            "var" => vec![with(&[name]), with(&["variable", name, "default"])],
            "local" => vec![with(&["locals", name])],
            _ => return Vec::new(),
        };
        let files: Vec<_> = self.files.iter().filter(|f| folder(&f.path) == here).collect();
        let mut found = Vec::new();
        for path in &wanted {
            let path: Vec<&str> = path.split('\0').collect();
            found.extend(
                files.iter().filter_map(|f| self.get(f.id, &path)).filter(|s| s.format == Format::Hcl),
            );
        }
        found
    }
}

fn joined<'a>(before: &Candidate<'a>, after: &Candidate<'a>) -> Candidate<'a> {
    let mut one = before.clone();
    one.value.push_str(&after.value);
    one.via.extend(after.via.iter().copied());
    one.missing.extend(after.missing.iter().cloned());
    one.defaulted.extend(after.defaulted.iter().cloned());
    one
}

enum Piece {
    Text(String),
    Reference(Reference),
}

struct Reference {
    written: String,
    /// Any of these can give the value.
    sources: Vec<Source>,
}

enum Source {
    Env(String),
    /// A key path of the same file.
    Path(Vec<String>),
    /// A key path of a chart's values.
    Values(Vec<String>),
    /// `var.x` or `local.x` of a module.
    Module(Vec<String>),
    /// A key of another document, by that document's name.
    Document(String, String),
    /// A literal, in which references may stand again.
    Text(String),
    /// Something that lies outside the tree: a secret store, an input.
    Outside(String),
}

impl Source {
    fn name(&self) -> Option<&str> {
        match self {
            Source::Env(name) | Source::Outside(name) | Source::Document(_, name) => Some(name),
            Source::Path(path) | Source::Values(path) | Source::Module(path) => {
                path.last().map(String::as_str)
            }
            Source::Text(_) => None,
        }
    }
}

/// Splits a value into literal text and references.
fn pieces(value: &str, format: Format) -> Vec<Piece> {
    if let Some(reference) = spelled(value) {
        return vec![Piece::Reference(reference)];
    }
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = value;
    while let Some(c) = rest.chars().next() {
        let found = if c == '$' || rest.starts_with("{{") { reference(rest, format) } else { None };
        match found {
            Some((sources, length)) => {
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text)));
                }
                pieces.push(Piece::Reference(Reference { written: rest[..length].to_owned(), sources }));
                rest = &rest[length..];
            }
            None => {
                text.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
    pieces
}

/// A whole value in one of the spellings that rules add.
fn spelled(value: &str) -> Option<Reference> {
    let trimmed = value.trim();
    let groups = RULES.reference.iter().find_map(|r| r.captures(trimmed))?;
    let mut sources: Vec<Source> =
        groups.name("name").map(|n| Source::Env(n.as_str().to_owned())).into_iter().collect();
    sources.extend(
        groups.name("path").map(|p| Source::Path(p.as_str().split('.').map(str::to_owned).collect())),
    );
    sources.extend(groups.name("default").map(|d| Source::Text(d.as_str().to_owned())));
    Some(Reference { written: value.to_owned(), sources })
}

/// The reference a text starts with, and its length.
fn reference(text: &str, format: Format) -> Option<(Vec<Source>, usize)> {
    if let Some(body) = text.strip_prefix("${{") {
        let end = body.find("}}")?;
        return Some((expression(&body[..end]), 3 + end + 2));
    }
    if let Some(body) = text.strip_prefix("{{") {
        let end = body.find("}}")?;
        return template(&body[..end]).map(|sources| (sources, 2 + end + 2));
    }
    if let Some(body) = text.strip_prefix("${") {
        let end = closing(body)?;
        return Some((braced(&body[..end], format), 2 + end + 1));
    }
    if let Some(body) = text.strip_prefix("$(") {
        let end = closing_round(body)?;
        let source = match is_name(&body[..end]) {
            true => Source::Env(body[..end].to_owned()),
            // The output of a command.
            false if runs_commands(format) => Source::Outside(COMMAND.to_owned()),
            false => return None,
        };
        return Some((vec![source], 2 + end + 1));
    }
    let name = &text[1..];
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(name.len());
    let lower_counts = matches!(
        format,
        Format::Env | Format::Shell | Format::Dockerfile | Format::Procfile | Format::Systemd
    );
    let counts = lower_counts || name[..end].bytes().all(|b| !b.is_ascii_lowercase());
    (is_name(&name[..end]) && counts).then(|| (vec![Source::Env(name[..end].to_owned())], 1 + end))
}

/// Whether `$(…)` runs a command in files of this format.
fn runs_commands(format: Format) -> bool {
    matches!(format, Format::Env | Format::Shell | Format::Procfile | Format::Dockerfile)
}

/// Where the bracket closes that was opened before a text.
fn closing_round(body: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in body.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            b'\n' => return None,
            _ => {}
        }
    }
    None
}

/// What stands between `${` and `}`.
fn braced(body: &str, format: Format) -> Vec<Source> {
    let dotted = body.split([':', '?', '+', '=', ',']).next().is_some_and(|head| head.contains('.'));
    let in_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.' || (dotted && c == '-');
    let end = body.find(|c| !in_name(c)).unwrap_or(body.len());
    let (name, rest) = body.split_at(end);
    let mut sources = Vec::new();
    let default = match rest {
        "" => None,
        _ if rest.starts_with(":?") || rest.starts_with('?') => None,
        _ => [":-", ":=", ":+", "-", "=", "+"].iter().find_map(|mark| rest.strip_prefix(mark)),
    };
    let scoped = rest.strip_prefix(':').filter(|_| default.is_none() && !rest.starts_with(":?"));
    match scoped {
        // `${env:NAME, default}`, `${self:a.b}`, and Spring's `${a.b:default}`.
        Some(argument) => {
            let (target, fallback) = argument.split_once(',').map_or((argument, None), |(t, d)| (t, Some(d)));
            match name {
                "env" | "ENV" | "oc.env" | "sys" => sources.push(Source::Env(target.trim().to_owned())),
                "from" => match target.split_once('/') {
                    Some((document, key)) => {
                        sources.push(Source::Document(document.to_owned(), key.to_owned()))
                    }
                    None => sources.push(Source::Outside(target.to_owned())),
                },
                "self" => sources.push(Source::Path(target.trim().split('.').map(str::to_owned).collect())),
                _ if name.contains('.') || name.bytes().all(|b| !b.is_ascii_lowercase()) => {
                    sources.push(named(name, format));
                    sources.push(Source::Text(argument.to_owned()));
                    return sources;
                }
                _ => sources.push(Source::Outside(body.to_owned())),
            }
            sources.extend(fallback.map(|d| Source::Text(unquoted(d).to_owned())));
        }
        None => {
            sources.push(named(name, format));
            sources.extend(default.map(|d| Source::Text(d.to_owned())));
        }
    }
    sources
}

fn named(name: &str, format: Format) -> Source {
    let path = || name.split('.').map(str::to_owned).collect();
    match name.split_once('.') {
        None => Source::Env(name.to_owned()),
        Some(("env", variable)) if is_name(variable) => Source::Env(variable.to_owned()),
        Some(_) if format == Format::Hcl => Source::Module(path()),
        Some(_) => Source::Path(path()),
    }
}

/// A workflow expression: alternatives joined by `||`.
fn expression(body: &str) -> Vec<Source> {
    body.split("||")
        .map(|operand| {
            let operand = operand.trim();
            match operand.strip_prefix("env.") {
                Some(name) => Source::Env(name.to_owned()),
                None if unquoted(operand) != operand => Source::Text(unquoted(operand).to_owned()),
                None => Source::Outside(operand.rsplit('.').next().unwrap_or(operand).to_owned()),
            }
        })
        .collect()
}

static VALUES: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\.Values\.([\w.]+)").expect("a valid pattern"));
static DEFAULT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"default\s*\(?\s*["'`]([^"'`]+)["'`]|["'`]([^"'`]+)["'`]\s*\|\s*default"#)
        .expect("a valid pattern")
});
static VARIABLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\b(?:env|env_var|requiredEnv|getenv)\b[\s("',]+(?:env['",\s]+)?([A-Za-z_]\w*)"#)
        .expect("a valid pattern")
});

/// A template tag that reads a chart's values or the environment.
fn template(body: &str) -> Option<Vec<Source>> {
    let mut sources = Vec::new();
    for found in VALUES.captures_iter(body) {
        sources.push(Source::Values(found[1].split('.').map(str::to_owned).collect()));
    }
    sources.extend(VARIABLE.captures(body).map(|found| Source::Env(found[1].to_owned())));
    if let Some(found) = DEFAULT.captures(body)
        && let Some(text) = found.get(1).or(found.get(2))
    {
        sources.push(Source::Text(text.as_str().to_owned()));
    }
    if sources.is_empty() {
        sources.push(Source::Outside(body.trim().to_owned()));
    }
    Some(sources)
}

/// Where the brace opened before this text closes.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    text.bytes().enumerate().find_map(|(n, b)| {
        match b {
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(n),
            b'}' => depth -= 1,
            _ => {}
        }
        None
    })
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let quoted = text.len() >= 2 && ['"', '\''].iter().any(|q| text.starts_with(*q) && text.ends_with(*q));
    if quoted { &text[1..text.len() - 1] } else { text }
}

fn is_name(word: &str) -> bool {
    super::leaf::is_name(word)
}
