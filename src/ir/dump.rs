//! A compact text form of a [`Module`], for snapshots and for people who debug a front end.
//!
//! One value per line (`%7 = call %3(%4, model=%5)`), then functions, classes, imports and module variables. What is
//! printed depends on the module alone: maps are sorted, so equal modules print equally.

use super::*;
use std::fmt::{Display, Formatter, Result};

impl Display for Module {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (i, inst) in self.insts.iter().enumerate() {
            writeln!(f, "%{i} = {}", inst.op)?;
        }
        let mut guards: Vec<_> = self.call_guards.iter().collect();
        guards.sort_unstable_by_key(|(call, _)| **call);
        for (call, conditions) in guards {
            writeln!(f, "call {call} if {}", Conditions(conditions))?;
        }
        for (i, function) in self.functions.iter().enumerate() {
            writeln!(f, "fn{i} {function}")?;
        }
        for (i, class) in self.classes.iter().enumerate() {
            writeln!(f, "class{i} {class}")?;
        }
        for (i, import) in self.imports.iter().enumerate() {
            writeln!(f, "import{i} {import}")?;
        }
        for export in &self.exports {
            writeln!(f, "export {} = {:?}", export.name, export.kind)?;
        }
        let mut globals: Vec<_> = self.globals.iter().collect();
        globals.sort_unstable_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
        for (name, values) in globals {
            writeln!(f, "global {name} = {}", List(values))?;
        }
        if let Some(at) = self.syntax_error {
            writeln!(f, "syntax error at {at}")?;
        }
        if let Some(at) = self.too_deep {
            writeln!(f, "too deep at {at}")?;
        }
        Ok(())
    }
}

impl Display for ValueId {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "%{}", self.0)
    }
}

impl Display for Op {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Op::Const(c) => write!(f, "{c}"),
            Op::Param { function, index } => write!(f, "param fn{}.{index}", function.0),
            Op::Bind { name, value } => write!(f, "bind {name} {value}"),
            Op::Phi(values) => write!(f, "phi({})", List(values)),
            Op::Guarded { value, conditions } => write!(f, "guarded {value} if {}", Conditions(conditions)),
            Op::Import(id) => write!(f, "import{}", id.0),
            Op::Global(name) => write!(f, "global {name}"),
            Op::Variable(name) => write!(f, "variable {name}"),
            Op::Alloc { kind, items } => {
                write!(f, "{}(", format!("{kind:?}").to_lowercase())?;
                for (i, (key, value)) in items.iter().enumerate() {
                    write!(f, "{}{key} {value}", if i > 0 { ", " } else { "" })?;
                }
                f.write_str(")")
            }
            Op::Function(id) => write!(f, "fn{}", id.0),
            Op::Class(id) => write!(f, "class{}", id.0),
            Op::Load { base, key } => write!(f, "load {base} {key}"),
            Op::Store { base, key, value } => write!(f, "store {base} {key} = {value}"),
            Op::Delete { base, key } => write!(f, "delete {base} {key}"),
            Op::Call { callee, args } => {
                write!(f, "call {callee}(")?;
                for (i, arg) in args.iter().enumerate() {
                    write!(f, "{}{arg}", if i > 0 { ", " } else { "" })?;
                }
                f.write_str(")")
            }
            Op::After { value, call, slot: Slot::Receiver } => write!(f, "after {value} {call} receiver"),
            Op::After { value, call, slot: Slot::Arg(i) } => write!(f, "after {value} {call} #{i}"),
            Op::Text(parts) => {
                f.write_str("text(")?;
                for (i, part) in parts.iter().enumerate() {
                    let comma = if i > 0 { ", " } else { "" };
                    match part {
                        Part::Literal(text) => write!(f, "{comma}{:?}", text.as_str())?,
                        Part::Value(value) => write!(f, "{comma}{value}")?,
                    }
                }
                f.write_str(")")
            }
            Op::Binary { op, left, right } => write!(f, "binary {left} {op} {right}"),
            Op::Compare { op, left, right } => write!(f, "compare {left} {op} {right}"),
            Op::Not(value) => write!(f, "not {value}"),
            Op::Test => f.write_str("test"),
            Op::Decorated { function, decorators } => {
                write!(f, "decorated {function} by {}", List(decorators))
            }
            Op::Caught(values) => write!(f, "caught({})", List(values)),
            Op::Super(class, receiver) => write!(f, "super class{} {receiver}", class.0),
            Op::Unknown => f.write_str("unknown"),
        }
    }
}

impl Display for CompareOp {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            CompareOp::Eq => "==",
            CompareOp::Ne => "!=",
            CompareOp::In => "in",
            CompareOp::NotIn => "not in",
        })
    }
}

impl Display for Const {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Const::Str(s) => write!(f, "{:?}", s.as_str()),
            Const::Int(i) => write!(f, "{i}"),
            Const::Bool(b) => write!(f, "{b}"),
            Const::Null => f.write_str("null"),
            Const::Other(text) => write!(f, "other {text}"),
        }
    }
}

impl Display for Key {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Key::Field(name) => write!(f, ".{name}"),
            Key::Index(i) => write!(f, "[{i}]"),
            Key::Value(value) => write!(f, "[{value}]"),
            Key::Any => f.write_str("[any]"),
            Key::Each => f.write_str("[each]"),
            Key::Spread => f.write_str("..."),
            Key::Enter => f.write_str("[enter]"),
        }
    }
}

impl Display for Arg {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.kind {
            ArgKind::Positional => write!(f, "{}", self.value),
            ArgKind::Keyword(name) => write!(f, "{name}={}", self.value),
            ArgKind::Spread => write!(f, "*{}", self.value),
            ArgKind::SpreadKeywords => write!(f, "**{}", self.value),
        }
    }
}

impl Display for Function {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}(", self.name)?;
        for (i, param) in self.params.iter().enumerate() {
            write!(f, "{}{param}", if i > 0 { ", " } else { "" })?;
        }
        f.write_str(")")?;
        if let Some(annotation) = &self.returns_annotation {
            write!(f, " -> {annotation}")?;
        }
        if let Some(parent) = self.parent {
            write!(f, " in fn{}", parent.0)?;
        }
        if let Some(class) = self.class {
            write!(f, " of class{}", class.0)?;
        }
        let flags = [
            (self.has_receiver, "receiver"),
            (self.is_property, "property"),
            (self.is_classmethod, "classmethod"),
        ];
        for (_, flag) in flags.iter().filter(|(set, _)| *set) {
            write!(f, " {flag}")?;
        }
        let lists = [
            (&self.decorators, "decorators"),
            (&self.returns, "returns"),
            (&self.yields, "yields"),
            (&self.throws, "throws"),
        ];
        for (values, label) in lists.iter().filter(|(values, _)| !values.is_empty()) {
            write!(f, " {label} {}", List(values))?;
        }
        for Exit { param, value, certain } in &self.exits {
            write!(f, " exit #{param} {value}{}", if *certain { " certain" } else { "" })?;
        }
        Ok(())
    }
}

impl Display for Param {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let mark = match self.kind {
            ParamKind::Normal => "",
            ParamKind::KeywordOnly => "kw ",
            ParamKind::Rest => "*",
            ParamKind::RestKeywords => "**",
        };
        write!(f, "{mark}{} {}", self.name, self.value)?;
        if let Some(annotation) = &self.annotation {
            write!(f, ": {annotation}")?;
        }
        match self.default {
            Some(default) => write!(f, " = {default}"),
            None => Ok(()),
        }
    }
}

impl Display for Annotation {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}<{}>", self.text, List(&self.types))
    }
}

impl Display for Class {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}({}) = {}", self.name, List(&self.bases), self.value)?;
        if !self.decorators.is_empty() {
            write!(f, " decorators {}", List(&self.decorators))?;
        }
        for (name, id) in &self.methods {
            write!(f, " method {name} fn{}", id.0)?;
        }
        for field in &self.fields {
            write!(f, " field {}", field.name)?;
            if let Some(annotation) = &field.annotation {
                write!(f, ": {annotation}")?;
            }
            if let Some(value) = field.value {
                write!(f, " = {value}")?;
            }
        }
        for (name, value) in &self.stores {
            write!(f, " store {name} = {value}")?;
        }
        Ok(())
    }
}

impl Display for Import {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.name {
            ImportName::Module => write!(f, "{}", self.spec),
            ImportName::Named(name) => write!(f, "{} {name}", self.spec),
            ImportName::Star => write!(f, "{} *", self.spec),
        }
    }
}

/// Conditions separated by commas.
struct Conditions<'a>(&'a [Condition]);

impl Display for Conditions<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (i, (value, truth)) in self.0.iter().enumerate() {
            write!(f, "{}{}{value}", if i > 0 { ", " } else { "" }, if *truth { "" } else { "not " })?;
        }
        Ok(())
    }
}

/// Values separated by commas.
struct List<'a>(&'a [ValueId]);

impl Display for List<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (i, value) in self.0.iter().enumerate() {
            write!(f, "{}{value}", if i > 0 { ", " } else { "" })?;
        }
        Ok(())
    }
}
