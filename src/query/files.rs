//! Which file of the tree a value names: a path put together from constants and the place of the code.

use super::origins::Origin;
use super::{Ctx, Key, Solver, State};
use crate::graph::Node;
use crate::ir::*;
use crate::rules::reader::Gives;
use crate::text::FileId;

/// Nesting of functions about paths.
const MAX_DEPTH: u32 = 12;
/// Paths one value may have.
const MAX_PLACES: usize = 8;

/// A part of a path that is not known.
const HOLE: &str = "{}";

/// The path of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Place {
    path: String,
    /// It starts at the root of the tree; else it is relative to where the program runs.
    from_root: bool,
}

impl Solver<'_> {
    /// Every configuration file of the tree that a value names, or whose content it holds.
    pub(super) fn files_of(&mut self, state: &State, depth: u32) -> Vec<FileId> {
        let near = self.graph.path(state.node.module).to_string();
        let mut found = Vec::new();
        for place in self.places(state, depth).into_iter().filter(|place| !place.path.contains(HOLE)) {
            let file = self.settings.locate(&place.path, place.from_root, &near);
            found.extend(file.filter(|f| !found.contains(f)));
        }
        found
    }

    /// The paths of the file whose content a value is, in small letters, `{}` for what is not known of one.
    pub(super) fn paths_of(&mut self, state: &State) -> Vec<String> {
        self.places(state, 0).into_iter().map(|place| place.path.to_lowercase().replace('\\', "/")).collect()
    }

    fn places(&mut self, state: &State, depth: u32) -> Vec<Place> {
        if depth > MAX_DEPTH || self.fuel == 0 {
            return Vec::new();
        }
        let mut found: Vec<Place> = Vec::new();
        for origin in self.origins(state).iter() {
            let places = match origin {
                Origin::Const(node) => match self.graph.op(*node) {
                    Op::Const(Const::Str(text)) => vec![Place { path: text.to_string(), from_root: false }],
                    _ => Vec::new(),
                },
                Origin::Text(node, ctx) => self.place_of_text(*node, *ctx, depth),
                Origin::Unknown(node) => self.place_of_method(*node, state.ctx, depth),
                Origin::Object(node, ctx) if state.keys.is_empty() => {
                    let each = State { node: *node, ctx: *ctx, keys: [Key::Each].into_iter().collect() };
                    self.places(&each, depth + 1)
                }
                Origin::External { path, node, calls, .. } => {
                    match self.external_place(path, *node, calls, depth) {
                        Some(places) => places,
                        None => self.place_of_setting(state, depth),
                    }
                }
                _ => Vec::new(),
            };
            match places.is_empty() {
                true => found.push(Place { path: HOLE.to_string(), from_root: false }),
                false => found.extend(places),
            }
        }
        found.dedup();
        found.truncate(MAX_PLACES);
        found
    }

    /// A path that is itself a setting, or its default.
    fn place_of_setting(&mut self, state: &State, depth: u32) -> Vec<Place> {
        let texts = self.texts(state, depth + 1);
        let known = texts.into_iter().filter(|t| t.is_known());
        known.map(|t| Place { path: t.text, from_root: false }).collect()
    }

    /// `folder / "name"`, `folder + "/name"`, f-strings.
    fn place_of_text(&mut self, node: Node, ctx: Ctx, depth: u32) -> Vec<Place> {
        let at = |value| State::whole(Node { module: node.module, value }, ctx);
        match self.graph.op(node).clone() {
            Op::Binary { op, left, right } => {
                let heads = self.places(&at(left), depth + 1);
                let tails = self.places(&at(right), depth + 1);
                let between = if op.as_str() == "/" { "/" } else { "" };
                beneath(&heads, &tails, between)
            }
            Op::Text(parts) => {
                let mut all = vec![Place { path: String::new(), from_root: false }];
                for (i, part) in parts.iter().enumerate() {
                    let next = match part {
                        Part::Literal(text) => vec![Place { path: text.to_string(), from_root: false }],
                        Part::Value(value) => self.places(&at(*value), depth + 1),
                    };
                    all = if i == 0 { next } else { beneath(&all, &next, "") };
                }
                all
            }
            _ => Vec::new(),
        }
    }

    /// A method or attribute of a path whose own class is not known: `(folder / "x").read_text()`.
    fn place_of_method(&mut self, node: Node, ctx: Ctx, depth: u32) -> Vec<Place> {
        let Op::Call { callee, .. } = self.graph.op(node) else { return Vec::new() };
        let Op::Load { base, key: Key::Field(name) } =
            self.graph.op(Node { module: node.module, value: *callee })
        else {
            return Vec::new();
        };
        let Some(gives) = self.rules.readers.path_step(&format!("{name}()")) else { return Vec::new() };
        let base = self.places(&State::whole(Node { module: node.module, value: *base }, ctx), depth + 1);
        self.given(gives, base, Some((node, ctx)), node, depth)
    }

    /// A path made by functions of a library; `None` when the expression is not about paths.
    fn external_place(
        &mut self,
        path: &str,
        node: Node,
        calls: &[(Node, Ctx)],
        depth: u32,
    ) -> Option<Vec<Place>> {
        if depth > MAX_DEPTH {
            return None;
        }
        let readers = &self.rules.readers;
        let call = path.ends_with(')').then(|| calls.last().copied()).flatten();
        if let Some(gives) = readers.path(path) {
            return Some(self.given(gives, Vec::new(), call, node, depth));
        }
        let path = path.trim_end_matches("[]");
        let (head, step) = path.rsplit_once('.')?;
        let gives = readers.path_step(step)?;
        let before = if call.is_some() { &calls[..calls.len() - 1] } else { calls };
        let base = self.external_place(head, node, before, depth + 1)?;
        Some(self.given(gives, base, call, node, depth))
    }

    /// What a function about paths gives, for the path it belongs to and the call that passes arguments to it.
    fn given(
        &mut self,
        gives: Gives,
        base: Vec<Place>,
        call: Option<(Node, Ctx)>,
        node: Node,
        depth: u32,
    ) -> Vec<Place> {
        let file = || Place { path: self.graph.path(node.module).to_string(), from_root: true };
        let arguments: Vec<State> = match call.map(|(call, ctx)| (call, ctx, self.graph.op(call))) {
            Some((call, ctx, Op::Call { args, .. })) => {
                args.iter().map(|a| State::whole(Node { module: call.module, value: a.value }, ctx)).collect()
            }
            _ => Vec::new(),
        };
        match gives {
            Gives::Here => vec![file()],
            Gives::Folder => vec![parent(&file())],
            Gives::Start => vec![Place { path: String::new(), from_root: false }],
            Gives::Same | Gives::Parent if base.is_empty() => {
                let first = arguments.first().map(|a| self.places(a, depth + 1)).unwrap_or_default();
                if gives == Gives::Parent { first.iter().map(parent).collect() } else { first }
            }
            Gives::Beside => {
                let mut places = arguments.iter().map(|a| self.places(a, depth + 1));
                let (path, file) = (places.next().unwrap_or_default(), places.next().unwrap_or_default());
                if file.is_empty() {
                    return path;
                }
                beneath(&file.iter().map(parent).collect::<Vec<_>>(), &path, "/")
            }
            Gives::Same => base,
            Gives::Parent => base.iter().map(parent).collect(),
            Gives::Join => {
                let mut all = base;
                for argument in &arguments {
                    let next = self.places(argument, depth + 1);
                    all = if all.is_empty() { next } else { beneath(&all, &next, "/") };
                }
                all
            }
        }
    }
}

fn parent(place: &Place) -> Place {
    let path = place.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    Place { path: path.to_string(), from_root: place.from_root }
}

/// Every second path below every first one.
fn beneath(heads: &[Place], tails: &[Place], between: &str) -> Vec<Place> {
    let one = |head: &Place, tail: &Place| Place {
        path: format!("{}{between}{}", head.path, tail.path),
        from_root: head.from_root,
    };
    heads.iter().flat_map(|h| tails.iter().map(move |t| one(h, t))).take(MAX_PLACES).collect()
}
