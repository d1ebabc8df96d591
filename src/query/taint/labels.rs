//! What names say of the data they stand for, and whose data it is.

use super::super::origins::Origin;
use super::super::{Ctx, Next, State};
use super::{Fact, Label, Walk, What};
use crate::graph::{FuncRef, Node};
use crate::ir::*;
use crate::rules::data::Owner;

/// Names of whole objects count from this confidence on: below it the owner may be part of a machine.
const SURE: f32 = 0.5;

impl Walk<'_, '_> {
    pub(super) fn relabel(&mut self, fact: &mut Fact, name: Sym, owners: &[Sym], node: Node) {
        if let Some(mut label) = self.classify(name, owners, node, false) {
            label.weak = fact.weak || fact.opaque > 0;
            self.put_label(fact, label);
        }
    }

    /// An object written out as a whole (`JSON.stringify(patient)`) is a record of whom its name says.
    pub(super) fn relabel_whole(&mut self, fact: &mut Fact) {
        let node = fact.state.node;
        let graph = self.solver.graph;
        let name = match graph.op(node) {
            Op::Param { function, index } => {
                let function = FuncRef { module: node.module, function: *function };
                Some(graph.function(function).params[*index as usize].name)
            }
            _ => self.callee_name(node),
        };
        let Some(name) = name else { return };
        // What the program made or declares is known by its fields.
        let known = |o: &Origin| matches!(o, Origin::Instance(..) | Origin::Object(..));
        if self.solver.origins(&fact.state).iter().any(known) {
            return;
        }
        let Some(found) = self.solver.rules.data.whole_object(&name) else { return };
        if !found.treated && found.confidence >= SURE {
            let (class, tier) = (found.class.id.clone(), found.tier);
            let weak = fact.weak || fact.opaque > 0;
            self.put_label(fact, Label { class, tier, name, node, declared: false, weak, whole: true });
        }
    }

    /// The class of the program a parameter is declared with.
    pub(super) fn declared_class(&mut self, function: FuncRef, index: u32) -> Option<u32> {
        let graph = self.solver.graph;
        let annotation = graph.function(function).params[index as usize].annotation.as_ref()?;
        let class = annotation.types.iter().find_map(|value| {
            let node = Node { module: function.module, value: *value };
            self.solver.origins(&State::whole(node, Ctx::ANY)).iter().find_map(|origin| match origin {
                Origin::Class(class) if !graph.class(*class).fields.is_empty() => Some(*class),
                _ => None,
            })
        })?;
        let known = self.classes.iter().position(|c| *c == class);
        Some(known.unwrap_or_else(|| {
            self.classes.push(class);
            self.classes.len() - 1
        }) as u32)
    }

    fn put_label(&mut self, fact: &mut Fact, label: Label) {
        let index = self.labels.iter().position(|l| *l == label).unwrap_or_else(|| {
            self.labels.push(label);
            self.labels.len() - 1
        });
        fact.label = Some(index as u32);
    }

    pub(super) fn classify(&self, name: Sym, owners: &[Sym], node: Node, declared: bool) -> Option<Label> {
        let receiver: Vec<&str> = owners.iter().map(|o| o.as_str()).collect();
        let found = self.solver.rules.data.classify(&name, Owner { receiver: &receiver })?;
        (!found.treated).then(|| Label {
            class: found.class.id.clone(),
            tier: found.tier,
            name,
            node,
            declared,
            weak: false,
            whole: false,
        })
    }

    /// Names that say whose field this is: the receiver's own name, its class.
    pub(super) fn owners(&mut self, base: Node, ctx: Ctx) -> Vec<Sym> {
        let mut owners = Vec::new();
        let mut at = base;
        for _ in 0..8 {
            match self.solver.graph.op(at) {
                Op::Bind { name, value } => {
                    owners.push(*name);
                    at = Node { module: at.module, value: *value };
                }
                Op::Load { key: Key::Field(name), .. } => {
                    owners.push(*name);
                    break;
                }
                Op::Load { base, .. } => at = Node { module: at.module, value: *base },
                Op::Param { function, index } => {
                    let f = FuncRef { module: at.module, function: *function };
                    let param = &self.solver.graph.function(f).params[*index as usize];
                    owners.push(param.name);
                    owners.extend(self.declared_name(f, *index));
                    match self.element_of(f, at, ctx) {
                        Some(collection) => at = collection,
                        None => break,
                    }
                }
                Op::Variable(name) | Op::Global(name) => {
                    owners.push(*name);
                    break;
                }
                Op::After { value, .. }
                | Op::Guarded { value, .. }
                | Op::Store { base: value, .. }
                | Op::Delete { base: value, .. } => {
                    at = Node { module: at.module, value: *value };
                }
                Op::Phi(values) => match values.first() {
                    Some(value) => at = Node { module: at.module, value: *value },
                    None => break,
                },
                Op::Call { callee, .. } => {
                    // `Ticket.objects.get(…)`: the model says whose row it is.
                    let callee = Node { module: at.module, value: *callee };
                    owners.extend(self.callee_name(callee));
                    owners.extend(self.leftmost(callee));
                    break;
                }
                _ => break,
            }
        }
        for origin in self.solver.origins(&State::whole(base, ctx)).iter() {
            if let Origin::Instance(class, _) = origin {
                owners.push(self.solver.graph.class(*class).name);
            }
        }
        owners.dedup();
        owners
    }

    /// The name of the type a parameter is declared with, when the program declares it.
    fn declared_name(&mut self, function: FuncRef, index: u32) -> Option<Sym> {
        let class = self.declared_class(function, index)?;
        Some(self.solver.graph.class(self.classes[class as usize]).name)
    }

    /// What a callback's parameter is one of: `emails` in `emails.map((e) => …)`.
    fn element_of(&mut self, function: FuncRef, param: Node, ctx: Ctx) -> Option<Node> {
        self.solver.callers(function).iter().find(|caller| caller.handed.is_some())?;
        self.solver.step(&State::whole(param, ctx)).into_iter().find_map(|next| match next {
            Next::Cross { state, entered: false, .. } if state.keys.first() == Some(&Key::Each) => {
                Some(state.node)
            }
            _ => None,
        })
    }

    /// The name a chain of reads and calls starts from.
    pub(super) fn leftmost(&self, mut at: Node) -> Option<Sym> {
        for _ in 0..16 {
            let value = match self.solver.graph.op(at) {
                Op::Load { base, .. } => *base,
                Op::Call { callee, .. } => *callee,
                Op::Class(class) => return Some(self.solver.graph.module(at).classes[class.0 as usize].name),
                _ => return self.callee_name(at),
            };
            at = Node { module: at.module, value };
        }
        None
    }

    /// The name the object in a fact was last seen under.
    pub(super) fn named(&self, fact: &Fact) -> Option<Sym> {
        let mut at = self.trail.iter().rposition(|t| t.fact == *fact)? as u32;
        while at != u32::MAX {
            let trail = &self.trail[at as usize];
            match trail.hop.map(|h| h.what) {
                Some(What::Named(name) | What::Stored(Key::Field(name))) => return Some(name),
                Some(_) => return None,
                None => at = trail.parent,
            }
        }
        None
    }

    pub(super) fn callee_name(&self, callee: Node) -> Option<Sym> {
        match self.solver.graph.op(callee) {
            Op::Load { key: Key::Field(name), .. } | Op::Global(name) | Op::Variable(name) => Some(*name),
            Op::Bind { name, .. } => Some(*name),
            Op::Import(i) => match self.solver.graph.import(callee.module, *i).0.name {
                ImportName::Named(name) => Some(name),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn treat(&mut self, list: u32, id: &str) -> u32 {
        let mut more = self.treatments[list as usize].clone();
        if !more.iter().any(|t| t == id) {
            more.push(id.to_string());
        }
        self.treatments.iter().position(|t| *t == more).unwrap_or_else(|| {
            self.treatments.push(more);
            self.treatments.len() - 1
        }) as u32
    }
}
