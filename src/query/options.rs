//! Command-line options: where they are declared, and with which default.

use super::origins::Origin;
use super::select::select;
use super::strings::{Known, Text};
use super::{Ctx, Solver, State};
use crate::graph::{FuncRef, Node};
use crate::ir::*;
use crate::rules::reader::OptionRule;

/// Declarations looked at for one option.
const MAX_DECLARATIONS: usize = 400;

impl Solver<'_> {
    /// Texts of the option `name` of parsed options that are read at `node`.
    pub(super) fn option(&mut self, rule: &OptionRule, name: &str, node: Node, depth: u32) -> Vec<Text> {
        let graph = self.graph;
        let mut declarations: Vec<Node> = rule
            .declare
            .iter()
            .flat_map(|method| graph.calls_named(ustr::ustr(method)).take(MAX_DECLARATIONS))
            .filter(|call| self.declares(rule, *call, Ctx::ANY, name))
            .collect();
        // A program declares its options beside reading them, if it declares that name more than once.
        if declarations.iter().any(|d| d.module == node.module) {
            declarations.retain(|d| d.module == node.module);
        }
        let declared = declarations.into_iter();
        declared.flat_map(|call| self.declared_option(rule, name, call, Ctx::ANY, depth)).collect()
    }

    /// Texts of a parameter that a decorator of its function fills from the command line.
    pub(super) fn option_parameter(&mut self, param: Node, depth: u32) -> Vec<Text> {
        let Op::Param { function, index } = self.graph.op(param) else { return Vec::new() };
        let f = self.graph.function(FuncRef { module: param.module, function: *function });
        let name = f.params[*index as usize].name;
        let rules = self.rules;
        let mut found = Vec::new();
        for decorator in &f.decorators {
            let at = State::whole(Node { module: param.module, value: *decorator }, Ctx::ANY);
            for origin in self.origins(&at).iter() {
                let Origin::External { path, calls, .. } = origin else { continue };
                let (Some(rule), Some((call, ctx))) = (rules.readers.decorator(path), calls.last()) else {
                    continue;
                };
                if self.declares(rule, *call, *ctx, &name) {
                    found.extend(self.declared_option(rule, &name, *call, *ctx, depth));
                }
            }
        }
        found
    }

    /// Whether a call declares the option of this name.
    fn declares(&mut self, rule: &OptionRule, call: Node, ctx: Ctx, name: &str) -> bool {
        let graph = self.graph;
        for selector in &rule.name {
            for named in select(graph, call, selector, &[]) {
                if let Some(text) = self.texts(&named.within(ctx), 0).into_iter().find(Text::is_known) {
                    return same(&text.text, name);
                }
            }
        }
        let Op::Call { args, .. } = graph.op(call) else { return false };
        args.iter().filter(|a| a.kind == ArgKind::Positional).any(|a| {
            match graph.op(Node { module: call.module, value: a.value }) {
                Op::Const(Const::Str(flags)) => flags_of(flags).any(|flag| same(flag, name)),
                _ => false,
            }
        })
    }

    fn declared_option(
        &mut self,
        rule: &OptionRule,
        name: &str,
        call: Node,
        ctx: Ctx,
        depth: u32,
    ) -> Vec<Text> {
        let span = self.graph.span(call);
        let near = self.graph.path(call.module).to_string();
        let mut found = Vec::new();
        for variable in self.arguments(call, ctx, &rule.env, depth).into_iter().filter(Text::is_known) {
            found.extend(self.environment(&variable.text, span, &near));
        }
        if found.is_empty() {
            let defaults = self.arguments(call, ctx, &rule.default, depth);
            found.extend(defaults.into_iter().map(|t| match t.known {
                Known::Literal => Text { known: Known::Default(name.to_string()), ..t },
                _ => t,
            }));
        }
        found
    }
}

/// The names in the flags of an option: `-u, --base-url <url>`.
fn flags_of(flags: &str) -> impl Iterator<Item = &str> {
    let words = flags.split([',', ' ', '|', '/', '=']);
    words.filter(|w| !w.starts_with(['<', '['])).map(|w| w.trim_start_matches('-')).filter(|w| !w.is_empty())
}

/// Whether a flag and a name are the same but for case and separators: `--base-url`, `base_url`, `baseUrl`.
fn same(flag: &str, name: &str) -> bool {
    let letters = |text: &str| -> Vec<u8> {
        text.bytes().filter(|b| !matches!(b, b'-' | b'_')).map(|b| b.to_ascii_lowercase()).collect()
    };
    letters(flag) == letters(name)
}
