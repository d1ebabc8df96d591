//! Which texts a setting can be, wherever the program reads it from: variables of the environment, keys of files, and
//! the defaults beside them, in the order in which programs look.

use super::origins::{Calls, Origin};
use super::select::select;
use super::strings::{Known, Proof, SETTINGS_FIELD, Text};
use super::{Ctx, Key, Solver, State};
use crate::config::Setting;
use crate::graph::Node;
use crate::ir::*;
use crate::rules::reader::{Read, Reader};
use crate::text::Span;

/// Names one expression may ask for.
const MAX_NAMES: usize = 8;
/// Calls that may be given loaders.
const MAX_LOADERS: usize = 16;

/// One place where a setting is read.
pub(super) struct Asked<'a> {
    /// The whole path of the expression.
    pub path: &'a str,
    /// Where.
    pub node: Node,
    /// In which context.
    pub ctx: Ctx,
    /// The calls behind the `()` of its path.
    pub calls: &'a Calls,
}

impl Asked<'_> {
    pub(super) fn first(&self) -> (Node, Ctx) {
        self.calls.first().copied().unwrap_or((self.node, self.ctx))
    }

    fn last(&self) -> (Node, Ctx) {
        self.calls.last().copied().unwrap_or((self.node, self.ctx))
    }

    /// The call a selector means, and the rest of it: `@1.0` is the first argument of the second call.
    fn chosen<'s>(&self, selector: &'s str) -> Option<((Node, Ctx), &'s str)> {
        let Some((call, rest)) = selector.strip_prefix('@').and_then(|s| s.split_once('.')) else {
            return Some((self.last(), selector));
        };
        Some((self.calls.get(call.parse::<usize>().ok()?).copied()?, rest))
    }
}

impl Solver<'_> {
    /// Every text an environment variable can have in code at `files_path`; nothing when no file of the tree sets it.
    pub fn environment(&mut self, name: &str, from: Span, files_path: &str) -> Vec<Text> {
        let defined = self.settings.env_for(name, files_path);
        let nearest = defined.iter().map(|s| s.distance()).min();
        // Real values decide; examples count only when there is nothing better.
        let counts = |s: &&Setting| nearest.is_none_or(|n| s.distance() <= n.max(1)) && !s.commented;
        defined.into_iter().filter(counts).flat_map(|s| self.values_of(s, name, from)).collect()
    }

    /// Whether a file of the tree sets this variable for every environment.
    fn is_set(&self, name: &str) -> bool {
        self.settings.env(name).any(|s| s.distance() == 0 && !s.value.is_empty())
    }

    /// The texts of one setting that is read at `from` as `name`.
    pub(super) fn values_of(&self, setting: &Setting, name: &str, from: Span) -> Vec<Text> {
        let mut texts = Vec::new();
        for candidate in self.settings.expand(setting) {
            // `${X:-default}` beside a file that sets X: the default is not used.
            let set = |name: &String| {
                let real =
                    |s: &Setting| s.distance() == 0 && s.span != setting.span && !s.value.contains("${");
                self.settings.env(name).any(real)
            };
            if candidate.defaulted.iter().any(set) {
                continue;
            }
            // A line that hands the variable on from outside (`X: ${X}`) sets nothing.
            if candidate.value == setting.value && candidate.missing.iter().any(|m| m == name) {
                continue;
            }
            let said = |s: &Setting, name: &str| {
                let profile = s.profile.as_ref().map(|p| format!(" for `{p}`")).unwrap_or_default();
                Proof { span: s.span, message: format!("`{name}` is set here{profile}") }
            };
            let mut proof: Vec<Proof> = candidate.via.iter().rev().map(|s| said(s, &s.key)).collect();
            proof.push(said(setting, name));
            if from != setting.span {
                proof.push(Proof { span: from, message: format!("`{name}` is read here") });
            }
            let text = candidate.value.trim().to_string();
            let handed_on = text.is_empty() && !candidate.defaulted.is_empty();
            if handed_on || candidate.via.iter().any(|s| s.commented) {
                // `X: ${X:-}` hands on what the deployment sets, if it does; an example that is commented out sets nothing.
                texts.push(Text { known: Known::Optional(name.to_string()), ..Text::unknown(name, from) });
                continue;
            }
            let known = match (candidate.missing.first(), setting.sample) {
                _ if text.is_empty() => Known::Absent,
                (Some(missing), _) => Known::Unknown(missing.clone()),
                (None, true) => Known::Sample(name.to_string()),
                (None, false) => Known::Setting(name.to_string()),
            };
            texts.push(Text { text, known, proof });
        }
        texts
    }

    /// Whether a value from outside is a setting: a file of the tree may say what it is.
    pub(super) fn is_setting(&self, path: &str) -> bool {
        let imported = || path.starts_with(['.', '@', '~', '#']) && !path.ends_with(')');
        path.starts_with(SETTINGS_FIELD) || self.rules.readers.read(path).is_some() || imported()
    }

    /// The texts of a setting that a subscript names: `os.environ[f"{provider}_URL"]`.
    pub(super) fn subscript(&mut self, path: &str, state: &State, depth: u32) -> Option<Vec<Text>> {
        let rules = self.rules;
        let Some(Read::Named(reader, _)) = rules.readers.read(&format!("{}._", path.strip_suffix("[]")?))
        else {
            return None;
        };
        let module = self.graph.module(state.node);
        let read = module.bare(state.node.value);
        let Op::Load { key: Key::Value(key), .. } = module.inst(read).op else { return None };
        let names = self.texts(&State::whole(Node { value: key, ..state.node }, state.ctx), depth + 1);
        let calls = Calls::from([]);
        let asked = Asked { path, node: state.node, ctx: state.ctx, calls: &calls };
        let known: Vec<String> = names.into_iter().filter(Text::is_known).map(|t| t.text).collect();
        let mut found = Vec::new();
        for name in known.into_iter().take(MAX_NAMES) {
            found.extend(self.of_name(reader, &[name], &asked, depth));
        }
        (!found.is_empty()).then_some(found)
    }

    /// Every text the setting can be that an expression reads.
    pub(super) fn setting(&mut self, read: Read<'_>, asked: &Asked<'_>, depth: u32) -> Vec<Text> {
        let (reader, names) = match read {
            Read::Named(reader, levels) => (reader, vec![levels]),
            Read::ByArgument(reader) => (reader, self.names(reader, asked, depth)),
        };
        let mut found = Vec::new();
        for levels in &names {
            found.extend(self.of_name(reader, levels, asked, depth));
        }
        if names.is_empty() {
            found = self.defaults(reader, asked, depth);
            let given = |s: &String| {
                asked.chosen(s).is_some_and(|(c, s)| !select(self.graph, c.0, s, &[]).is_empty())
            };
            let named = reader.name.iter().any(given);
            if named || found.is_empty() {
                found.push(Text::unknown(&self.named(asked.node), self.graph.span(asked.node)));
            }
        }
        found
    }

    /// The names a call asks for, each as its levels.
    fn names(&mut self, reader: &Reader, asked: &Asked<'_>, depth: u32) -> Vec<Vec<String>> {
        let (call, ctx) = asked.last();
        let texts = self.chosen_arguments(asked, &reader.name, depth);
        let mut below = Vec::new();
        for selector in &reader.below {
            let level = self.arguments(call, ctx, std::slice::from_ref(selector), depth);
            below.extend(level.into_iter().find(Text::is_known).map(|t| t.text));
        }
        let split = |name: &str| -> Vec<String> {
            let levels = match &reader.separator {
                Some(separator) => name.split(separator.as_str()).map(str::to_owned).collect(),
                None => vec![name.to_owned()],
            };
            levels.into_iter().chain(below.clone()).collect()
        };
        texts.iter().filter(|t| t.is_known()).map(|t| split(&t.text)).take(MAX_NAMES).collect()
    }

    /// As [`Solver::arguments`], where a selector may say which call of the path it means.
    fn chosen_arguments(&mut self, asked: &Asked<'_>, selectors: &[String], depth: u32) -> Vec<Text> {
        for selector in selectors {
            let Some(((call, ctx), selector)) = asked.chosen(selector) else { continue };
            let found = self.arguments(call, ctx, &[selector.to_owned()], depth);
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The texts of the arguments that the first of these selectors to find one means.
    pub(super) fn arguments(&mut self, call: Node, ctx: Ctx, selectors: &[String], depth: u32) -> Vec<Text> {
        let chosen = selectors.iter().flat_map(|s| select(self.graph, call, s, &[])).next();
        chosen.map(|s| self.texts(&s.within(ctx), depth + 1)).unwrap_or_default()
    }

    fn of_name(&mut self, reader: &Reader, levels: &[String], asked: &Asked<'_>, depth: u32) -> Vec<Text> {
        let span = self.graph.span(asked.node);
        let near = self.graph.path(asked.node.module).to_string();
        let mut found = self.handed_through(reader, levels, asked, depth);
        let declarations = self.declarations(reader, levels, asked);
        let mut variables = self.variables(reader, levels, asked, depth);
        for declaration in &declarations {
            for part in &reader.declared_env {
                let texts = self.texts(&part_of(declaration, part), depth + 1);
                variables.extend(texts.into_iter().filter(Text::is_known).map(|t| t.text));
            }
        }
        for file in self.files_called(&reader.mapping, &near) {
            let mapped = self.settings.named(file, levels, &[]);
            variables.extend(mapped.into_iter().map(|s| s.value.clone()));
        }
        let mut set = found.iter().any(|t| matches!(t.known, Known::Setting(_)));
        for variable in &variables {
            if set {
                break;
            }
            found.extend(self.environment(variable, span, &near));
            set = self.is_set(variable);
        }
        if !set {
            let written = self.in_files(reader, levels, asked, &near, depth);
            set = written.iter().any(|t| matches!(t.known, Known::Setting(_)));
            found.extend(written);
        }
        let name = variables.first().cloned().unwrap_or_else(|| levels.join("."));
        if !set {
            let mut defaults = self.in_modules(reader, levels, asked, depth);
            defaults.extend(self.by_factories(reader, levels, depth));
            for declaration in &declarations {
                defaults.extend(self.declared_default(reader, declaration, depth));
            }
            defaults.extend(self.defaults(reader, asked, depth));
            found.extend(defaults.into_iter().map(|t| match t.known {
                Known::Literal => Text { known: Known::Default(name.clone()), ..t },
                _ => t,
            }));
        }
        let known = found.iter().any(Text::is_known);
        found.retain(|t| !known || t.is_known() || matches!(t.known, Known::Unknown(_)) && set);
        if found.is_empty() {
            let unset = Text::unknown(&name, span);
            // A helper that throws when the variable is missing never gives "absent".
            let thrown = |f| !self.graph.function(f).throws.is_empty();
            let required = reader.required || self.graph.enclosing(asked.node).is_some_and(thrown);
            found.push(if required { unset } else { Text { known: Known::Optional(name), ..unset } });
        }
        found
    }

    /// The environment variables that may hold a setting of this name.
    fn variables(
        &mut self,
        reader: &Reader,
        levels: &[String],
        asked: &Asked<'_>,
        depth: u32,
    ) -> Vec<String> {
        if reader.env.is_empty() {
            return Vec::new();
        }
        let (call, ctx) = asked.first();
        let given = self.arguments(call, ctx, &reader.prefix, depth).into_iter().next();
        let prefix = match given {
            Some(text) if text.known == Known::Absent || text.text == "false" => String::new(),
            Some(text) if text.is_known() => text.text,
            _ => reader.usual_prefix.clone(),
        };
        let upper: Vec<String> = levels.iter().map(|l| upper(l)).collect();
        let upper = upper.join(&reader.joint);
        let written = levels.join(reader.separator.as_deref().unwrap_or("."));
        let fill = |template: &String| {
            let name = template.replace("{upper}", &upper).replace("{}", &written);
            name.replace("{prefix}", &prefix).trim_start_matches('_').to_owned()
        };
        reader.env.iter().map(fill).collect()
    }

    /// The entry of an argument that a parsing function hands through.
    fn handed_through(
        &mut self,
        reader: &Reader,
        levels: &[String],
        asked: &Asked<'_>,
        depth: u32,
    ) -> Vec<Text> {
        let mut found = Vec::new();
        for (call, ctx) in [asked.last(), asked.first()] {
            for selector in &reader.through {
                if !found.is_empty() {
                    return found;
                }
                for selected in select(self.graph, call, selector, &[]) {
                    let mut state = selected.within(ctx);
                    state.keys.extend(levels.iter().map(|l| key(l)));
                    found.extend(self.texts(&state, depth + 1).into_iter().filter(Text::is_known));
                }
            }
        }
        found
    }

    /// What the first call declares of a setting.
    fn declarations(&mut self, reader: &Reader, levels: &[String], asked: &Asked<'_>) -> Vec<State> {
        let (call, ctx) = asked.first();
        let name = levels.join(".");
        let selectors = reader.declared.iter().map(|d| d.replace("{}", &name));
        selectors.flat_map(|s| select(self.graph, call, &s, &[])).map(|s| s.within(ctx)).collect()
    }

    /// The default in a declaration: a part of it, or an argument or method of the validator it is.
    fn declared_default(&mut self, reader: &Reader, declaration: &State, depth: u32) -> Vec<Text> {
        let mut found: Vec<Text> = Vec::new();
        for origin in self.origins(declaration).iter() {
            let Origin::External { calls, .. } = origin else { continue };
            for (call, ctx) in calls.iter() {
                let Op::Call { callee, .. } = self.graph.op(*call) else { continue };
                let method = match self.graph.op(Node { module: call.module, value: *callee }) {
                    Op::Load { key: Key::Field(name), .. } => name.as_str(),
                    _ => "",
                };
                let selectors: Vec<String> = match reader.declared_default.iter().any(|d| d == method) {
                    true => vec!["0".to_owned()],
                    false => reader.declared_default.iter().map(|d| format!("0.{d}")).collect(),
                };
                let texts = selectors.iter().flat_map(|s| select(self.graph, *call, s, &[]));
                for selected in texts.collect::<Vec<_>>() {
                    found.extend(self.texts(&selected.within(*ctx), depth + 1));
                }
            }
        }
        for part in &reader.declared_default {
            found.extend(self.texts(&part_of(declaration, part), depth + 1));
        }
        found.retain(Text::is_known);
        found
    }

    /// The default in the arguments of the last call.
    fn defaults(&mut self, reader: &Reader, asked: &Asked<'_>, depth: u32) -> Vec<Text> {
        let (call, ctx) = asked.last();
        let mut found = self.chosen_arguments(asked, &reader.default, depth);
        for selector in &reader.factory {
            for selected in select(self.graph, call, selector, &[]) {
                let value = selected.node.value;
                let returned = self.results_of(Node { module: call.module, value }, call, ctx);
                found.extend(returned.iter().flat_map(|state| self.texts(state, depth + 1)));
            }
        }
        found
    }

    /// What a function gives that the program registered to make (part of) its configuration.
    fn by_factories(&mut self, reader: &Reader, levels: &[String], depth: u32) -> Vec<Text> {
        let graph = self.graph;
        let mut made: Vec<(Node, Node, &[String])> = Vec::new();
        for call in reader.factories.iter().flat_map(|name| graph.calls_named(ustr::ustr(name))) {
            let Op::Call { args, .. } = graph.op(call) else { continue };
            let [name, function, ..] = &**args else { continue };
            let at = |value| Node { module: call.module, value };
            let (Op::Const(Const::Str(space)), Some((first, rest))) =
                (graph.op(at(name.value)), levels.split_first())
            else {
                continue;
            };
            if space.as_str() == first {
                made.push((at(function.value), call, rest));
            }
        }
        let mut states = Vec::new();
        for (function, call, rest) in made {
            states.extend(self.results_of(function, call, Ctx::ANY).into_iter().map(|s| (s, rest)));
        }
        for rule in &reader.loaders {
            let (method, selector) = rule.split_once(" -> ").unwrap_or((rule, "0"));
            for call in graph.calls_named(ustr::ustr(method)).take(MAX_LOADERS) {
                for selected in select(graph, call, selector, &[]) {
                    let mut list = selected.within(Ctx::ANY);
                    list.keys.push(Key::Each);
                    states.extend(self.results_at(&list, call).into_iter().map(|s| (s, levels)));
                }
            }
        }
        let mut found = Vec::new();
        for (mut state, rest) in states {
            state.keys.extend(rest.iter().map(|l| key(l)));
            found.extend(self.texts(&state, depth + 1).into_iter().filter(Text::is_known));
        }
        found
    }

    /// What an exported object of the tree's own configuration modules holds.
    fn in_modules(&mut self, reader: &Reader, levels: &[String], asked: &Asked<'_>, depth: u32) -> Vec<Text> {
        let mut found = Vec::new();
        for rule in &reader.module {
            let (file, below) = rule.split_once(" -> ").unwrap_or((rule, ""));
            for module in self.graph.modules_named(file) {
                let Some(value) = self.graph.default_export(module) else { continue };
                let head = below.split('.').filter(|k| !k.is_empty()).map(key);
                let by_name: Vec<Key> = head.clone().chain(levels.iter().map(|l| key(l))).collect();
                let by_path: Vec<Key> = head.chain([key(asked.path)]).collect();
                for keys in [by_name, by_path] {
                    let state = State {
                        node: Node { module, value },
                        ctx: Ctx::ANY,
                        keys: keys.into_iter().collect(),
                    };
                    found.extend(self.texts(&state, depth + 1).into_iter().filter(Text::is_known));
                }
            }
        }
        found
    }
}

/// A part of a value, by the name or number of its entry.
pub(super) fn part_of(state: &State, part: &str) -> State {
    let mut part_state = state.clone();
    part_state.keys.push(key(part));
    part_state
}

fn key(name: &str) -> Key {
    match name.parse::<i32>() {
        Ok(index) => Key::Index(index),
        Err(_) if name == "[]" => Key::Each,
        Err(_) => Key::Field(ustr::ustr(name)),
    }
}

/// `llmBaseUrl` and `llm-base-url` as `LLM_BASE_URL`.
fn upper(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 4);
    let mut lower = false;
    for c in name.chars() {
        if c.is_uppercase() && lower {
            text.push('_');
        }
        lower = c.is_lowercase() || c.is_ascii_digit();
        text.extend(if matches!(c, '-' | '.') { '_' } else { c }.to_uppercase());
    }
    text
}
