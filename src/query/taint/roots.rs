//! Where a walk ends: whether what stands there is sensitive, by a name on the way or by the place itself.

use super::super::origins::Origin;
use super::super::rows::Rows;
use super::super::rows::shape::{Column, Shape};
use super::super::strings::{REQUIRED_FIELD, UNSET_FIELD};
use super::super::{Ctx, Keys, State};
use super::{Fact, Hop, Label, Source, TAKEN_OUT, Walk, What, external_path, is_elementwise, with_keys};
use crate::finding::Confidence;
use crate::graph::{ClassRef, FuncRef, Node};
use crate::ir::*;
use crate::rules::data::{Effect, SourceRule, Tier};

/// Objects held by objects that are looked into.
const MAX_HELD: usize = 3;

impl Walk<'_, '_> {
    /// The walk ended: the data is a source if something on the way, or the place itself, says what it is.
    pub(super) fn root(&mut self, origin: Origin, fact: &Fact, at: u32) {
        let graph = self.solver.graph;
        match origin {
            Origin::External { path, node, .. } => {
                let module = graph.module(fact.state.node);
                let bare = !path.contains(['.', '(', '/']);
                if path.starts_with(UNSET_FIELD) || path.starts_with(REQUIRED_FIELD) {
                    // What a deployment sets is no data of a person.
                } else if let Some(rule) = self.shapes.source(module, &path) {
                    self.shape(rule, node, fact, at);
                } else if self.answers.contains(&node) {
                    // What a model answers is no source.
                } else if self.generated(&path, fact, at) {
                    // Its declared fields were told.
                } else if !bare || fact.label.is_some() {
                    self.labelled(fact, at, fact.state.node);
                }
            }
            Origin::Instance(class, _) => self.object(class, fact, at),
            Origin::Param(node) => self.labelled(fact, at, node),
            Origin::Unknown(node)
                if !matches!(graph.op(fact.state.node), Op::Const(_)) && !self.entered(node, fact, at) =>
            {
                self.labelled(fact, at, node);
            }
            _ => {}
        }
    }

    /// A value nobody in the program made, known by how it is written (`req.body`, `event.request.json()`).
    pub(super) fn entered(&mut self, node: Node, fact: &Fact, at: u32) -> bool {
        let module = self.solver.graph.module(node);
        let written = with_keys(&self.solver.describe(node), &fact.state.keys);
        match self.shapes.source(module, &written) {
            Some(rule) if rule.words.is_empty() => {
                self.shape(rule, node, fact, at);
                true
            }
            _ => false,
        }
    }

    /// A parameter of a request handler is what somebody outside sent.
    pub(super) fn handler(&mut self, node: Node, fact: &Fact, at: u32) -> bool {
        let graph = self.solver.graph;
        let Op::Param { function, index } = graph.op(node) else { return false };
        let function = FuncRef { module: node.module, function: *function };
        let f = graph.function(function);
        let module = graph.module(node);
        let mut registered: Vec<Node> =
            f.decorators.iter().map(|d| Node { module: node.module, value: *d }).collect();
        registered
            .extend(self.solver.callers(function).iter().filter(|e| e.handed.is_some()).map(|e| e.call));
        let annotation = f.params[*index as usize].annotation.clone();
        for value in annotation.iter().flat_map(|a| a.types.iter()) {
            let types = State::whole(Node { module: node.module, value: *value }, Ctx::ANY);
            for path in self.solver.origins(&types).iter().filter_map(external_path) {
                if let Some(rule) = self.shapes.parameter_type(module, &path) {
                    self.shape(rule, node, fact, at);
                    return true;
                }
            }
        }
        for node_ in registered {
            let callee = match graph.op(node_) {
                Op::Call { callee, .. } => Node { module: node_.module, value: *callee },
                _ => node_,
            };
            for path in self.solver.origins(&State::whole(callee, Ctx::ANY)).iter().filter_map(external_path)
            {
                if let Some(rule) = self.shapes.handler(module, &path) {
                    self.shape(rule, node, fact, at);
                    return true;
                }
            }
        }
        false
    }

    /// An object of a declared class, sent whole: its declared fields, and those of the objects it holds.
    pub(super) fn object(&mut self, class: ClassRef, fact: &Fact, at: u32) {
        if !is_elementwise(&fact.state.keys) {
            self.labelled(fact, at, fact.state.node);
            return;
        }
        let mut open = vec![(class, 0)];
        let mut seen = vec![class];
        let mut any = false;
        while let Some((class, depth)) = open.pop() {
            let shape = self.solver.class_shape(class);
            any |= self.columns(shape.columns(), "field", fact, at, fact.state.node);
            if depth < MAX_HELD {
                let held = self.solver.held_classes(class, &fact.minus);
                for inner in held.into_iter().filter(|c| !seen.contains(c)).collect::<Vec<_>>() {
                    seen.push(inner);
                    open.push((inner, depth + 1));
                }
            }
        }
        if !any && !self.names_whole(fact) {
            self.labelled(fact, at, fact.state.node);
        }
    }

    /// Whether the label says only whose record this is; declared fields say more.
    fn names_whole(&self, fact: &Fact) -> bool {
        fact.label.is_some_and(|l| self.labels[l as usize].whole)
    }

    /// An object of which nobody knows the fields, but which the program declares to be of a class.
    fn typed(&mut self, fact: &Fact, at: u32, node: Node) -> bool {
        let Some(class) = fact.typed.map(|t| self.classes[t as usize]) else { return false };
        let shape = self.solver.class_shape(class);
        self.columns(shape.columns(), "field", fact, at, node)
    }

    /// Each of these fields that is sensitive by its name. Whether there was one.
    fn columns(
        &mut self,
        columns: impl IntoIterator<Item = Column>,
        what: &str,
        fact: &Fact,
        at: u32,
        node: Node,
    ) -> bool {
        let mut any = false;
        for column in columns {
            let hidden = [column.name, column.declared, column.column];
            if column.flag || hidden.iter().any(|n| fact.minus.contains(&Key::Field(*n))) {
                continue;
            }
            let names = [column.declared, column.column];
            let found = names.iter().find_map(|n| Some((*n, self.classify(*n, &column.owners, node, true)?)));
            let Some((name, label)) = found else { continue };
            any = true;
            let evidence = match column.owners.first() {
                Some(owner) => format!("{what} `{name}` of `{owner}`"),
                None => format!("{what} `{name}`"),
            };
            self.hit(label, evidence, fact, at, node, Confidence::Certain);
        }
        any
    }

    /// The class comes from a name on the way.
    pub(super) fn labelled(&mut self, fact: &Fact, at: u32, root: Node) {
        let Some(label) = fact.label.map(|l| self.labels[l as usize].clone()) else {
            self.typed(fact, at, root);
            return;
        };
        // A secret is handed to functions nobody can look into so that they let somebody in, not to be given back.
        let bodies = &self.solver.rules.bodies;
        if label.weak && crate::rules::glob::matches(&bodies.credential_class, &label.class) {
            return;
        }
        let mut confidence = match (label.declared, label.weak) {
            (true, false) => Confidence::Certain,
            (false, false) => Confidence::Likely,
            (_, true) => Confidence::Possible,
        };
        if matches!(self.solver.graph.op(root), Op::Unknown | Op::Global(_)) {
            confidence = Confidence::Possible;
        }
        let evidence = format!("`{}`", label.name);
        let node = label.node;
        self.hit(label, evidence, fact, at, node, confidence);
    }

    /// The class comes from the place where the data enters, unless a name says better.
    pub(super) fn shape(&mut self, rule: &SourceRule, node: Node, fact: &Fact, at: u32) {
        self.requested(rule, node, fact, at);
        let entry = fact.state.keys.iter().find_map(|k| match k {
            Key::Field(name) => rule.entries.get(name.as_str()),
            _ => None,
        });
        let Some(class) = self.solver.rules.data.class(entry.unwrap_or(&rule.yields)) else { return };
        if self.is_own_file(rule, &State::whole(node, fact.state.ctx)) {
            return;
        }
        let known = class.unknown_fields.then(|| self.fields_of_rows(node, fact, at)).flatten();
        if known == Some(true) {
            return;
        }
        if fact.label.is_some() && !(known == Some(false) && self.names_whole(fact)) {
            self.labelled(fact, at, node);
            return;
        }
        if known == Some(false) || (class.tier == Tier::UserInput && self.typed(fact, at, node)) {
            return;
        }
        let label = Label {
            class: class.id.clone(),
            tier: class.tier,
            name: ustr::ustr(&rule.id),
            node,
            declared: true,
            weak: fact.weak,
            whole: false,
        };
        let evidence = rule.says.clone().unwrap_or_else(|| class.title.to_lowercase());
        self.hit(label, evidence, fact, at, node, Confidence::Likely);
    }

    /// What the fields of rows are by their names, where the read or a schema says which they are: whether one of them is
    /// sensitive, and `None` when nothing says which they are.
    fn fields_of_rows(&mut self, node: Node, fact: &Fact, at: u32) -> Option<bool> {
        let rows = self.solver.rows(node, fact.state.ctx);
        // `const { rows } = await pool.query(…)`: what holds the rows is no column.
        let holders = &self.solver.rules.data.rows.query.holders;
        let is_holder = |name: &Sym| holders.iter().any(|h| h == name.as_str());
        let read = fact.state.keys.iter().find_map(|k| match k {
            Key::Field(name) if !is_holder(name) => Some(*name),
            _ => None,
        });
        let mut columns = match (rows, read) {
            (None, Some(_)) => return Some(false),
            (None, None) => return None,
            (Some(rows), None) => at_index(rows, &fact.state.keys),
            (Some(rows), Some(name)) => {
                // A name that was read has already said what it is; what it stands for may say more.
                let renamed = |c: &Column| c.name == name && (c.declared != name || fact.label.is_none());
                rows.columns.into_iter().filter(renamed).collect()
            }
        };
        let owners = self.owners(node, fact.state.ctx);
        for column in &mut columns {
            column.owners.extend(&owners);
        }
        let free = &self.solver.rules.data.rows.query.free_text;
        let is_free = |c: &Column| !c.flag && free.iter().any(|word| word == c.column.as_str());
        let may_hold_anything = columns.iter().any(is_free);
        match self.columns(columns, "column", fact, at, node) {
            // A column that people write into, such as the content of a message, is as unknown as a row.
            false if may_hold_anything => None,
            sensitive => Some(sensitive),
        }
    }

    /// An object of a type that a tool makes of a schema file (`import { Patient } from "@prisma/client"`).
    fn generated(&mut self, path: &str, fact: &Fact, at: u32) -> bool {
        let Some((module, name)) = path.trim_end_matches("()").rsplit_once('.') else { return false };
        if !self.solver.rules.data.rows.is_generated(module) || !is_elementwise(&fact.state.keys) {
            return false;
        }
        let shapes = self.solver.shapes_named(name);
        let columns: Vec<Column> = shapes.iter().flat_map(Shape::columns).collect();
        self.columns(columns, "field", fact, at, fact.state.node)
    }

    pub(super) fn hit(
        &mut self,
        label: Label,
        evidence: String,
        fact: &Fact,
        at: u32,
        node: Node,
        confidence: Confidence,
    ) {
        let mut treatments = self.treatments[fact.treated as usize].clone();
        let gone = treatments.iter().any(|id| {
            if id.strip_prefix(TAKEN_OUT) == Some(label.class.as_str()) {
                return true;
            }
            let rule = self.solver.rules.data.sanitizers.iter().find(|s| s.id == *id);
            rule.is_some_and(|r| {
                matches!(r.effect, Effect::Remove | Effect::Encrypt) && r.covers(&label.class)
            })
        });
        if gone {
            return;
        }
        treatments.retain(|t| !t.starts_with(TAKEN_OUT));
        let mut path = vec![Hop { node, what: What::Source }];
        let mut entered_by = Vec::new();
        let mut at = at;
        while at != u32::MAX {
            let trail = &self.trail[at as usize];
            path.extend(trail.hop);
            entered_by.extend(trail.up);
            at = trail.parent;
        }
        // Walked backward from the call: the last frame left is the outermost caller.
        entered_by.reverse();
        self.found.push(Source {
            class: label.class,
            tier: label.tier,
            evidence,
            node,
            confidence,
            path,
            entered_by,
            treatments,
        });
    }
}

/// The columns an index picks out of a row that is a tuple; all of them where none is picked.
fn at_index(rows: Rows, keys: &Keys) -> Vec<Column> {
    let picks = keys.len() > 1 || (rows.single && !keys.is_empty());
    match keys.last() {
        Some(Key::Index(i)) if picks => {
            let length = rows.columns.len() as i32;
            let index = if *i < 0 { length + i } else { *i };
            rows.columns.into_iter().skip(index.max(0) as usize).take(1).collect()
        }
        _ => rows.columns,
    }
}
