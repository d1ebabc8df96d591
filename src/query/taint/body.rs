//! What the keys of a raw request's body say: settings of the service are no data, and a key that authenticates to it
//! went to who issued it.

use super::{Body, Fact, TAKEN_OUT, Walk};
use crate::ir::*;
use crate::rules::glob;

impl Walk<'_, '_> {
    /// Whether an entry of the body sets the service up (`temperature`, `model`) and carries no content.
    pub(super) fn is_parameter(&self, key: Key, fact: &Fact) -> bool {
        let bodies = &self.solver.rules.bodies;
        match key {
            Key::Field(name) if fact.body == Body::Whole => {
                bodies.parameters.iter().any(|p| p == name.as_str())
            }
            _ => false,
        }
    }

    /// Moves from an object of the body into one of its entries; below a key that authenticates no credential counts.
    pub(super) fn enter_body(&mut self, key: Key, inner: &mut Fact) {
        let Key::Field(name) = key else { return };
        if inner.body == Body::Not {
            return;
        }
        inner.body = Body::Part;
        let rules = self.solver.rules;
        if rules.bodies.credentials.iter().any(|c| *c == name.to_ascii_lowercase()) {
            let classes =
                rules.data.classes.iter().filter(|c| glob::matches(&rules.bodies.credential_class, &c.id));
            for class in classes {
                inner.treated = self.treat(inner.treated, &format!("{TAKEN_OUT}{}", class.id));
            }
        }
    }
}
