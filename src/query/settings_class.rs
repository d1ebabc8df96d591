//! Classes whose fields are settings: under which names the environment sets a field.

use super::origins::Origin;
use super::select::select;
use super::strings::Text;
use super::{Ctx, Key, Keys, Solver, State};
use crate::graph::{ClassRef, Node};
use crate::ir::*;
use crate::rules::reader::SettingsClass;

impl Solver<'_> {
    /// The environment variables that hold a field (or `rest`, a part) of a settings class, those first that decide, in
    /// upper case.
    pub(super) fn field_variables(
        &mut self,
        classes: &[ClassRef],
        rule: &SettingsClass,
        field: Sym,
        rest: &Keys,
    ) -> Vec<String> {
        let mut inner = Vec::new();
        for key in rest {
            match key {
                Key::Field(name) => inner.push(name.to_uppercase()),
                _ => return Vec::new(),
            }
        }
        let mut bases: Vec<String> =
            self.aliases(classes, rule, field).into_iter().map(|a| a.to_uppercase()).collect();
        let prefix = self.class_option(classes, rule, &rule.prefix).unwrap_or_default();
        if bases.is_empty() {
            bases.push(format!("{prefix}{field}").to_uppercase());
        }
        if !inner.is_empty() {
            let Some(delimiter) = self.class_option(classes, rule, &rule.delimiter) else {
                return Vec::new();
            };
            let delimiter = delimiter.to_uppercase();
            bases = bases.iter().map(|b| format!("{b}{delimiter}{}", inner.join(&delimiter))).collect();
        }
        bases
    }

    /// The variable of this name in whatever case the tree writes it; nothing when no file of the tree sets it.
    pub(super) fn spelled(&self, upper: &str) -> Option<String> {
        let set = |name: &str| self.settings.env(name).any(|s| s.distance() < 2 && !s.value.is_empty());
        [upper.to_string(), upper.to_lowercase()].into_iter().find(|name| set(name))
    }

    /// The names a field's value gives its variable.
    fn aliases(&mut self, classes: &[ClassRef], rule: &SettingsClass, field: Sym) -> Vec<String> {
        let declared = classes.iter().find_map(|c| {
            let field = self.graph.class(*c).fields.iter().find(|f| f.name == field)?;
            Some(Node { module: c.module, value: field.value? })
        });
        let Some(value) = declared else { return Vec::new() };
        let mut found = Vec::new();
        for origin in self.origins(&State::whole(value, Ctx::ANY)).iter() {
            let Origin::External { calls, .. } = origin else { continue };
            let Some((call, ctx)) = calls.last().copied() else { continue };
            for selector in &rule.alias {
                for selected in select(self.graph, call, selector, &[]) {
                    let state = selected.within(ctx);
                    found.extend(self.alias_names(&state, rule));
                }
                if !found.is_empty() {
                    return found;
                }
            }
        }
        found
    }

    fn alias_names(&mut self, state: &State, rule: &SettingsClass) -> Vec<String> {
        let mut found = Vec::new();
        for origin in self.origins(state).iter() {
            match origin {
                Origin::External { path, calls, .. } if rule.choices.iter().any(|c| c == path.as_str()) => {
                    let Some((call, ctx)) = calls.last().copied() else { continue };
                    for choice in select(self.graph, call, "*", &[]) {
                        let texts = self.texts(&choice.within(ctx), 1);
                        found.extend(texts.into_iter().filter(Text::is_known).map(|t| t.text));
                    }
                }
                Origin::Object(node, ctx) => {
                    let each = State { node: *node, ctx: *ctx, keys: [Key::Each].into_iter().collect() };
                    let texts = self.texts(&each, 1);
                    found.extend(texts.into_iter().filter(Text::is_known).map(|t| t.text));
                }
                Origin::Const(node) => {
                    if let Op::Const(Const::Str(name)) = self.graph.op(*node) {
                        found.push(name.to_string());
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// An option of a settings class: an entry of an attribute that holds its options, or an argument of its bases.
    pub(super) fn class_option(
        &mut self,
        classes: &[ClassRef],
        rule: &SettingsClass,
        names: &[String],
    ) -> Option<String> {
        for class in classes {
            let declared = self.graph.class(*class);
            let given = declared.keywords.iter().filter(|(n, _)| names.iter().any(|w| w == n.as_str()));
            let mut states: Vec<State> = given
                .map(|(_, value)| State::whole(Node { module: class.module, value: *value }, Ctx::ANY))
                .collect();
            for field in declared.fields.iter().filter(|f| rule.options.iter().any(|o| o == f.name.as_str()))
            {
                let Some(value) = field.value else { continue };
                let node = Node { module: class.module, value };
                for name in names {
                    let keys: Keys = [Key::Field(ustr::ustr(name))].into_iter().collect();
                    for origin in self.origins(&State { node, ctx: Ctx::ANY, keys: keys.clone() }).iter() {
                        match origin {
                            Origin::External { calls, .. } => {
                                let made = calls.last().copied();
                                states.extend(made.into_iter().flat_map(|(call, ctx)| {
                                    select(self.graph, call, name, &[])
                                        .into_iter()
                                        .map(move |s| s.within(ctx))
                                }));
                            }
                            Origin::Const(node) => states.push(State::whole(*node, Ctx::ANY)),
                            _ => {}
                        }
                    }
                }
            }
            for state in states {
                if let Some(text) = self.texts(&state, 1).into_iter().find(Text::is_known) {
                    return Some(text.text);
                }
            }
        }
        None
    }
}
