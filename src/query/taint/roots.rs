//! Where a walk ends: whether what stands there is sensitive, by a name on the way or by the place itself.

use super::super::origins::Origin;
use super::super::{Ctx, State};
use super::{Fact, Hop, Label, Source, TAKEN_OUT, Walk, What, external_path, is_elementwise, with_keys};
use crate::finding::Confidence;
use crate::graph::{ClassRef, FuncRef, Node};
use crate::ir::*;
use crate::rules::data::{Effect, SourceRule};

impl Walk<'_, '_> {
    /// The walk ended: the data is a source if something on the way, or the place itself, says what it is.
    pub(super) fn root(&mut self, origin: Origin, fact: &Fact, at: u32) {
        let graph = self.solver.graph;
        match origin {
            Origin::External { path, node, .. } => {
                let module = graph.module(fact.state.node);
                let bare = !path.contains(['.', '(', '/']);
                if self.answers.contains(&node) {
                    return;
                }
                if let Some(rule) = self.shapes.source(module, &path) {
                    self.shape(rule, node, fact, at);
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

    /// An object of a declared class, sent whole: its declared fields.
    pub(super) fn object(&mut self, class: ClassRef, fact: &Fact, at: u32) {
        let graph = self.solver.graph;
        if !is_elementwise(&fact.state.keys) {
            self.labelled(fact, at, fact.state.node);
            return;
        }
        let owner = graph.class(class).name;
        let mut any = false;
        for (c, i) in self.solver.declared_fields(class) {
            let field = &graph.class(c).fields[i];
            let flag =
                field.annotation.as_ref().is_some_and(|a| matches!(a.text.as_str(), "bool" | "boolean"));
            if fact.minus.contains(&Key::Field(field.name)) || flag {
                continue;
            }
            let Some(label) = self.classify(field.name, &[owner], fact.state.node, true) else { continue };
            any = true;
            let evidence = format!("field `{}` of `{}`", field.name, owner);
            self.hit(label, evidence, fact, at, fact.state.node, Confidence::Certain);
        }
        if !any {
            self.labelled(fact, at, fact.state.node);
        }
    }

    /// The class comes from a name on the way.
    pub(super) fn labelled(&mut self, fact: &Fact, at: u32, root: Node) {
        let Some(label) = fact.label.map(|l| self.labels[l as usize].clone()) else { return };
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
        if fact.label.is_some() {
            self.labelled(fact, at, node);
            return;
        }
        let entry = fact.state.keys.iter().find_map(|k| match k {
            Key::Field(name) => rule.entries.get(name.as_str()),
            _ => None,
        });
        let rule_id = rule.id.as_str();
        let Some(class) = self.solver.rules.data.class(entry.unwrap_or(&rule.yields)) else { return };
        if class.unknown_fields && self.named_fields(node, rule_id, fact, at) {
            return;
        }
        let label = Label {
            class: class.id.clone(),
            tier: class.tier,
            name: ustr::ustr(rule_id),
            node,
            declared: true,
            weak: fact.weak,
        };
        self.hit(label, format!("enters here ({rule_id})"), fact, at, node, Confidence::Likely);
    }

    /// Fields of a row that are named (`row.plan`, `SELECT a, b`): each is what its name says, or nothing.
    pub(super) fn named_fields(&mut self, node: Node, rule: &str, fact: &Fact, at: u32) -> bool {
        if fact.state.keys.iter().any(|k| matches!(k, Key::Field(_))) {
            return true;
        }
        let Some(columns) = self.solver.columns(node, fact.state.ctx) else { return false };
        let mut owners = self.owners(node, fact.state.ctx);
        owners.extend(columns.table);
        for name in columns.names {
            if fact.minus.contains(&Key::Field(name)) {
                continue;
            }
            if let Some(label) = self.classify(name, &owners, node, true) {
                let evidence = format!("column `{name}` ({rule})");
                self.hit(label, evidence, fact, at, node, Confidence::Certain);
            }
        }
        true
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
