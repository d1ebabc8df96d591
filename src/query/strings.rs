//! Which texts a value can be: a set, never a guess.

use super::origins::Origin;
use super::settings::Asked;
use super::{Ctx, Solver, State};
use crate::graph::Node;
use crate::ir::*;
use crate::language::Language;
use crate::text::Span;

/// Texts one value may have: more than the providers that programs list in one table. What lies beyond is not known.
const MAX_TEXTS: usize = 32;
/// Texts among them that are decided at run time.
const MAX_OPEN: usize = 3;
/// Bytes of a text that are kept: URLs and model names are short.
const MAX_LENGTH: usize = 512;
/// Steps that putting one text together counts for.
const TEXT_COST: u32 = 20;
/// Lines of proof kept with one text.
const MAX_PROOF: usize = 8;
/// Marks the path of a field that an environment variable sets.
pub(super) const SETTINGS_FIELD: &str = "<settings>.";
/// Marks the path of one that no file of the tree sets, and whose class gives it a value.
pub(super) const UNSET_FIELD: &str = "<unset>.";
/// Marks the path of one that no file of the tree sets, and which has no value then.
pub(super) const REQUIRED_FIELD: &str = "<required>.";
/// Nesting of texts in texts.
const MAX_DEPTH: u32 = 12;

/// One text a value can be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    /// The text, with `{name}` where a piece is not known.
    pub text: String,
    /// How it is known.
    pub known: Known,
    /// Lines that decide it, farthest first.
    pub proof: Vec<Proof>,
}

/// How a [`Text`] is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Known {
    /// Written in the code.
    Literal,
    /// A setting of this name, from a file.
    Setting(String),
    /// The default of this environment variable, which no file of the tree sets.
    Default(String),
    /// From an example file: what was meant.
    Sample(String),
    /// `None`, `null`, `undefined`: as if it were not given.
    Absent,
    /// An optional environment variable that no file of the tree sets: absent, unless the deployment sets it.
    Optional(String),
    /// A parameter nobody in the tree passes anything to; its default, when it has one, decides.
    Parameter(String),
    /// Decided at run time, by this.
    Unknown(String),
}

/// One line that decides a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proof {
    /// Where.
    pub span: Span,
    /// What it says.
    pub message: String,
}

impl Text {
    fn literal(text: &str, span: Span) -> Text {
        let proof = vec![Proof { span, message: format!("the URL is `{}`", shorten(text)) }];
        Text { text: text.to_string(), known: Known::Literal, proof }
    }

    /// A text that something of this name decides at run time.
    pub fn unknown(name: &str, span: Span) -> Text {
        let name = if name.is_empty() { "value" } else { name };
        let message = format!("`{name}` is decided at run time");
        let proof = vec![Proof { span, message }];
        Text { text: format!("{{{name}}}"), known: Known::Unknown(name.to_string()), proof }
    }

    pub(super) fn is_known(&self) -> bool {
        !matches!(self.known, Known::Unknown(_) | Known::Parameter(_) | Known::Absent | Known::Optional(_))
    }

    /// This text with another after it; known only as far as both are.
    pub fn followed_by(&self, tail: &Text) -> Text {
        let head = self;
        let known = match (&head.known, &tail.known) {
            (Known::Unknown(_), _) => head.known.clone(),
            (_, Known::Unknown(_)) => tail.known.clone(),
            // A text with a piece that may be absent is not absent itself.
            (Known::Optional(name) | Known::Parameter(name), _)
            | (_, Known::Optional(name) | Known::Parameter(name)) => Known::Unknown(name.clone()),
            (Known::Literal, other) => other.clone(),
            (other, _) => other.clone(),
        };
        let mut proof = head.proof.clone();
        proof.extend(tail.proof.iter().cloned());
        proof.truncate(MAX_PROOF);
        // A scheme is put before what has none: whoever writes `https://${base}` asked for that before.
        let head = if head.text.ends_with("://") && tail.text.contains("://") { "" } else { &head.text };
        let mut text = format!("{head}{}", tail.text);
        if text.len() > MAX_LENGTH {
            let end = (0..=MAX_LENGTH).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
            text.truncate(end);
        }
        Text { text, known, proof }
    }
}

impl Solver<'_> {
    /// Every text the demanded part of a value can be.
    pub fn strings(&mut self, state: &State) -> Vec<Text> {
        let mut found = self.texts(state, 0);
        dedupe(&mut found);
        self.bounded(found, state.node)
    }

    pub(super) fn texts(&mut self, state: &State, depth: u32) -> Vec<Text> {
        if let Some(known) = self.texts.get(state) {
            return known.clone();
        }
        let span = self.graph.span(state.node);
        // Putting texts together multiplies; it costs more than a step.
        self.fuel = self.fuel.saturating_sub(TEXT_COST);
        if depth > MAX_DEPTH || self.fuel == 0 {
            return vec![Text::unknown(&self.named(state.node), span)];
        }
        // A text that contains itself adds nothing to what it is.
        self.texts.insert(state.clone(), Vec::new());
        let found = self.search_texts(state, depth);
        match self.may_keep() {
            false => self.texts.remove(state),
            true => self.texts.insert(state.clone(), found.clone()),
        };
        found
    }

    fn search_texts(&mut self, state: &State, depth: u32) -> Vec<Text> {
        let span = self.graph.span(state.node);
        let origins = self.origins(state);
        let mut found = Vec::new();
        for origin in origins.iter() {
            match origin {
                Origin::Const(node) => found.push(self.constant(*node)),
                Origin::Text(node, ctx) => found.extend(self.composed(*node, *ctx, depth)),
                Origin::External { path, node, ctx, calls } => {
                    // A variable is read where it is used, not where its module was imported.
                    let imported = matches!(self.graph.op(*node), Op::Import(_));
                    let read = if imported && !path.ends_with(')') { state.node } else { *node };
                    if let Some(texts) = self.subscript(path, state, depth) {
                        found.extend(texts);
                        continue;
                    }
                    if let Some(texts) = self.imported_file(*node, path, read) {
                        found.extend(texts);
                        continue;
                    }
                    if let Some(texts) = self.url(path, calls, depth) {
                        found.extend(texts);
                        continue;
                    }
                    let asked = Asked { path, node: read, ctx: *ctx, calls };
                    let mut texts = self.outside(&asked, state, depth);
                    // Between the class that reads a setting and whoever uses it lies the way a reader looks for.
                    if path.starts_with(SETTINGS_FIELD) && self.graph.span(read) != span {
                        let message = format!("`{}` hands it over here", self.describe(state.node));
                        let used = Proof { span, message };
                        texts.iter_mut().for_each(|t| t.proof.push(used.clone()));
                    }
                    found.extend(texts);
                }
                Origin::Unknown(node) => {
                    let ctx = state.ctx;
                    match self.through(*node, ctx, depth) {
                        Some(texts) => found.extend(texts),
                        None => {
                            found.push(Text::unknown(&self.decider(state, *node), self.graph.span(*node)))
                        }
                    }
                }
                Origin::Param(node) => {
                    let options = self.option_parameter(*node, depth);
                    if !options.is_empty() {
                        found.extend(options);
                        continue;
                    }
                    let name = self.decider(state, *node);
                    let unknown = Text::unknown(&name, self.graph.span(*node));
                    // Without a default somebody passes it, whoever that is.
                    found.push(match self.has_default(*node) {
                        true => Text { known: Known::Parameter(name), ..unknown },
                        false => unknown,
                    });
                }
                Origin::Object(node, _) => {
                    found.push(Text::unknown(&self.decider(state, *node), self.graph.span(*node)))
                }
                _ => {}
            }
        }
        if origins.is_empty() {
            // Nothing was ever put there: an option that is not given.
            found.push(Text { text: String::new(), known: Known::Absent, proof: Vec::new() });
        } else if found.is_empty() {
            found.push(Text::unknown(&self.named(state.node), span));
        }
        settle(&mut found);
        dedupe(&mut found);
        self.bounded(found, state.node)
    }

    /// What is known before what is open, of which a few stand for all. When there are more than the bound, that something
    /// else is possible is said too.
    fn bounded(&self, mut found: Vec<Text>, node: Node) -> Vec<Text> {
        let open = |t: &Text| !t.is_known() && t.known != Known::Absent;
        found.sort_by_key(open);
        let known = found.iter().filter(|t| !open(t)).count();
        if known > MAX_TEXTS {
            found.truncate(MAX_TEXTS - 1);
            found.push(Text::unknown(&self.named(node), self.graph.span(node)));
        }
        found.truncate(known + MAX_OPEN);
        found
    }

    fn constant(&self, node: Node) -> Text {
        let span = self.graph.span(node);
        match self.graph.op(node) {
            Op::Const(Const::Str(text)) if text.is_empty() => {
                Text { text: String::new(), known: Known::Absent, proof: Vec::new() }
            }
            Op::Const(Const::Str(text)) => Text::literal(text, span),
            Op::Const(Const::Int(i)) => Text::literal(&i.to_string(), span),
            Op::Const(Const::Bool(b)) => Text::literal(&b.to_string(), span),
            Op::Const(Const::Null) => Text { text: String::new(), known: Known::Absent, proof: Vec::new() },
            _ => Text::unknown(&self.named(node), span),
        }
    }

    /// A text put together from pieces.
    fn composed(&mut self, node: Node, ctx: Ctx, depth: u32) -> Vec<Text> {
        let at = |value| State::whole(Node { module: node.module, value }, ctx);
        let pieces: Vec<Vec<Text>> = match self.graph.op(node).clone() {
            Op::Text(parts) => parts
                .iter()
                .map(|part| match part {
                    Part::Literal(text) => {
                        vec![Text { text: text.to_string(), known: Known::Literal, proof: Vec::new() }]
                    }
                    Part::Value(value) => self.texts(&at(*value), depth + 1),
                })
                .collect(),
            Op::Binary { op, left, right } if op.as_str() == "+" => {
                vec![self.texts(&at(left), depth + 1), self.texts(&at(right), depth + 1)]
            }
            Op::Binary { op, left, .. } if op.as_str() == "[:]" => return self.texts(&at(left), depth + 1),
            _ => return vec![Text::unknown(&self.named(node), self.graph.span(node))],
        };
        let mut all = vec![Text { text: String::new(), known: Known::Literal, proof: Vec::new() }];
        for piece in pieces {
            let mut longer = Vec::new();
            for head in &all {
                for tail in piece.iter().filter(|t| t.known != Known::Absent) {
                    longer.push(head.followed_by(tail));
                }
            }
            if longer.is_empty() {
                continue;
            }
            longer.truncate(MAX_TEXTS);
            all = longer;
        }
        let span = self.graph.span(node);
        for text in &mut all {
            if text.proof.is_empty() {
                text.proof.push(Proof { span, message: format!("the URL is `{}`", shorten(&text.text)) });
            }
        }
        all
    }

    /// A value from a library: a setting, or a text function.
    fn outside(&mut self, asked: &Asked<'_>, state: &State, depth: u32) -> Vec<Text> {
        let (path, node) = (asked.path, asked.node);
        let span = self.graph.span(node);
        let rules = self.rules;
        if path.ends_with(')')
            && let Some(texts) = self.through(node, asked.ctx, depth)
        {
            return texts;
        }
        if let Some(name) = path.strip_prefix(SETTINGS_FIELD) {
            let near = self.graph.path(node.module).to_string();
            return self.environment(name, span, &near);
        }
        if let Some(name) = path.strip_prefix(UNSET_FIELD) {
            let unset = Text::unknown(name, span);
            return vec![Text { known: Known::Optional(name.to_owned()), ..unset }];
        }
        if let Some(name) = path.strip_prefix(REQUIRED_FIELD) {
            return vec![Text::unknown(name, span)];
        }
        if let Some(read) = rules.readers.read(path) {
            return self.setting(read, asked, depth);
        }
        if let Some((rule, name)) = rules.readers.option(path) {
            let found = self.option(rule, &name, node, depth);
            if !found.is_empty() {
                return found;
            }
        }
        vec![Text::unknown(&self.decider(state, node), span)]
    }

    /// Functions and methods that leave a text what it is, or put two together.
    fn through(&mut self, node: Node, ctx: Ctx, depth: u32) -> Option<Vec<Text>> {
        const SAME: &[&str] = &[
            "strip",
            "rstrip",
            "lstrip",
            "trim",
            "trimEnd",
            "trimStart",
            "replace",
            "replaceAll",
            "toString",
            "removesuffix",
            "removeprefix",
            "unicode_string",
            "href",
            "valueOf",
            "format",
            "get_secret_value",
            "decode",
            "encode",
            "as_posix",
            "geturl",
        ];
        let Op::Call { callee, args } = self.graph.op(node).clone() else { return None };
        let at = |value| State::whole(Node { module: node.module, value }, ctx);
        let argument = |i: usize| args.get(i).map(|a| at(a.value));
        match self.graph.op(Node { module: node.module, value: callee }).clone() {
            Op::Load { base, key: Key::Field(name) } => match name.as_str() {
                "lower" | "toLowerCase" => {
                    let mut texts = self.texts(&at(base), depth + 1);
                    let known = texts.iter_mut().filter(|text| !text.text.contains('{'));
                    known.for_each(|text| text.text = text.text.to_lowercase());
                    Some(texts)
                }
                method if SAME.contains(&method) => Some(self.texts(&at(base), depth + 1)),
                "stringify" => Some(self.texts(&argument(0)?, depth + 1)),
                "concat" => {
                    let pieces: Vec<State> =
                        [at(base)].into_iter().chain(args.iter().map(|a| at(a.value))).collect();
                    self.one_after_another(&pieces, None, depth)
                }
                "join" if args.len() == 1 => {
                    let (list, separator) = match self.graph.module(node).language {
                        Language::Python => (argument(0)?, at(base)),
                        _ => (at(base), argument(0)?),
                    };
                    let pieces = self.listed(&list)?;
                    self.one_after_another(&pieces, Some(&separator), depth)
                }
                "join" if args.len() > 1 => Some(self.texts(&argument(0)?, depth + 1)),
                // What is cut off at a path's edge leaves the host.
                "split" | "rsplit" | "partition" | "rpartition" if self.cuts_path(args.first()?, node) => {
                    Some(self.texts(&at(base), depth + 1))
                }
                _ => None,
            },
            Op::Global(name) => match name.as_str() {
                "str" | "String" => Some(self.texts(&argument(0)?, depth + 1)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The elements of a list that is written out.
    fn listed(&mut self, list: &State) -> Option<Vec<State>> {
        let origins = self.origins(list);
        let [Origin::Object(object, ctx)] = origins.as_ref() else { return None };
        let Op::Alloc { items, kind: AllocKind::List, .. } = self.graph.op(*object) else { return None };
        let element = |(key, value): &(Key, ValueId)| match key {
            Key::Index(_) => Some(State::whole(Node { value: *value, ..*object }, *ctx)),
            _ => None,
        };
        items.iter().map(element).collect()
    }

    /// Texts put together from pieces, with a separator between them.
    fn one_after_another(
        &mut self,
        pieces: &[State],
        separator: Option<&State>,
        depth: u32,
    ) -> Option<Vec<Text>> {
        let (first, rest) = pieces.split_first()?;
        let mut all = self.texts(first, depth + 1);
        let between = match separator {
            Some(state) => self.texts(state, depth + 1),
            None => Vec::new(),
        };
        for piece in rest {
            let tails = self.texts(piece, depth + 1);
            let heads: Vec<Text> = match between.first() {
                Some(between) => all.iter().map(|head| head.followed_by(between)).collect(),
                None => all,
            };
            all = heads.iter().flat_map(|head| tails.iter().map(|tail| head.followed_by(tail))).collect();
            all.truncate(MAX_TEXTS);
        }
        Some(all)
    }

    /// Whether an argument is a text at which only the path of a URL is cut.
    fn cuts_path(&self, separator: &Arg, call: Node) -> bool {
        match self.graph.op(Node { value: separator.value, ..call }) {
            Op::Const(Const::Str(text)) => text.starts_with(['/', '?', '#']) && !text.starts_with("//"),
            _ => false,
        }
    }

    /// Whether a parameter may be left out.
    fn has_default(&self, node: Node) -> bool {
        let Op::Param { function, index } = self.graph.op(node) else { return false };
        let function = &self.graph.module(node).functions[function.0 as usize];
        function.params.get(*index as usize).is_some_and(|param| param.default.is_some())
    }

    /// What a person would call a value.
    pub fn describe(&self, node: Node) -> String {
        let short = |v: ValueId| self.describe(Node { module: node.module, value: v });
        match self.graph.op(node) {
            Op::Bind { name, .. } | Op::Variable(name) | Op::Global(name) => name.to_string(),
            Op::Param { function, index } => {
                let f = &self.graph.module(node).functions[function.0 as usize];
                f.params[*index as usize].name.to_string()
            }
            Op::Load { base, key: Key::Field(name) } => {
                let base = short(*base);
                if base.is_empty() { name.to_string() } else { format!("{base}.{name}") }
            }
            Op::Load { base, .. } => format!("{}[…]", short(*base)),
            Op::Call { callee, .. } => format!("{}()", short(*callee)),
            Op::Import(i) => match self.graph.import(node.module, *i).0.name {
                ImportName::Named(name) => name.to_string(),
                _ => self.graph.import(node.module, *i).0.spec.to_string(),
            },
            Op::After { value, .. } | Op::Store { base: value, .. } => short(*value),
            _ => "value".to_string(),
        }
    }
}

/// A default wins over "unknown" for the same variable, and a fallback wins over "absent".
fn settle(found: &mut Vec<Text>) {
    let decided = found.iter().any(|t| matches!(t.known, Known::Setting(_)));
    let has_value = found.iter().any(Text::is_known);
    if decided {
        // `os.environ["X"] or "default"`: a set variable leaves no room for the fallback of the same expression.
        let all_env = found.iter().all(|t| !matches!(t.known, Known::Unknown(_)));
        if all_env {
            found.retain(|t| !matches!(t.known, Known::Absent));
        }
    }
    if has_value {
        found.retain(|t| !matches!(t.known, Known::Absent | Known::Optional(_) | Known::Parameter(_)));
    }
}

fn dedupe(found: &mut Vec<Text>) {
    let mut seen: Vec<(String, bool)> = Vec::new();
    found.retain(|t| {
        let key = (t.text.clone(), t.known == Known::Absent);
        let new = !seen.contains(&key);
        if new {
            seen.push(key);
        }
        new
    });
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_string(),
    }
}
