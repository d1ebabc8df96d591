//! The language-neutral program: one [`Module`] per source file, values in SSA form.
//!
//! Every expression becomes an [`Inst`] that defines one value, and every name that was assigned is resolved to
//! the value it holds at that point, so no instruction refers to a variable of its own function. Objects are
//! functional: a write makes a new version of the object ([`Op::Store`]) and the variable (with its aliases)
//! is rebound to it. That makes every query a walk along operands, and strong updates free.
//!
//! Knows nothing of syntax trees, rules or files on disk.

mod behind;
mod dump;
mod made;

pub use made::Made;

use crate::language::Language;
use crate::text::{FileId, Span};
use rustc_hash::FxHashMap;

/// An interned name. Compare it, hash it, never order by it (order by its text).
pub type Sym = ustr::Ustr;

/// A value of one module: index into [`Module::insts`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ValueId(pub u32);

/// Index into [`Module::functions`]; 0 is the module body.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FunctionId(pub u32);

/// Index into [`Module::classes`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ClassId(pub u32);

/// Index into [`Module::imports`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ImportId(pub u32);

/// One source file, lowered as far as it goes.
#[derive(Debug)]
pub struct Module {
    /// The file it came from.
    pub file: FileId,
    /// Its language.
    pub language: Language,
    /// All values of all functions of the file.
    pub insts: Vec<Inst>,
    /// All functions; the first is the module body.
    pub functions: Vec<Function>,
    /// Classes, interfaces, object types and schema declarations.
    pub classes: Vec<Class>,
    /// Every import, in source order.
    pub imports: Vec<Import>,
    /// What other files may import by name (TypeScript and JavaScript; Python exports every global).
    pub exports: Vec<Export>,
    /// Module variables → the values they may hold once the module body has run.
    pub globals: FxHashMap<Sym, Vec<ValueId>>,
    /// Every [`Op::Call`], with the function it stands in, in source order.
    pub calls: Vec<(ValueId, FunctionId)>,
    /// Calls made only on executions where each of these values has that truth; calls made in any case are not listed.
    pub call_guards: FxHashMap<ValueId, Box<[Condition]>>,
    /// Byte offset of the first syntax error, if any: what follows was lowered as far as it goes.
    pub syntax_error: Option<u32>,
    /// Set when nesting beyond the depth budget was left out.
    pub too_deep: Option<u32>,
}

impl Module {
    /// The instruction that defines a value.
    pub fn inst(&self, id: ValueId) -> &Inst {
        &self.insts[id.0 as usize]
    }

    /// Where a value is written in the source.
    pub fn span(&self, id: ValueId) -> Span {
        let inst = self.inst(id);
        Span { file: self.file, start: inst.start, end: inst.end }
    }
}

/// A value with the truth it has on some executions. For `a ?? b` and defaults, null counts as false.
pub type Condition = (ValueId, bool);

/// One SSA value and where it is written.
#[derive(Debug)]
pub struct Inst {
    /// How it is computed.
    pub op: Op,
    /// First byte of the expression.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

/// How a value is computed.
#[derive(Debug, Clone)]
pub enum Op {
    /// A literal.
    Const(Const),
    /// The value a parameter has on entry.
    Param {
        /// The function.
        function: FunctionId,
        /// Index into [`Function::params`].
        index: u32,
    },
    /// The value a variable was given; keeps the name for classification and for the path shown.
    Bind {
        /// Variable name.
        name: Sym,
        /// What it holds.
        value: ValueId,
    },
    /// Any one of several values: control-flow joins, `or`, `??`, conditional expressions.
    Phi(Box<[ValueId]>),
    /// `value`, on executions where every condition has that truth. There is always a condition; they are in the order in
    /// which they were met, those of the innermost branch last.
    Guarded {
        /// The value.
        value: ValueId,
        /// What holds whenever the value is used here.
        conditions: Box<[Condition]>,
    },
    /// What an import binds.
    Import(ImportId),
    /// A name nothing in the file defines: a builtin or ambient global.
    Global(Sym),
    /// A module variable read from inside a function: any of [`Module::globals`] of that name.
    Variable(Sym),
    /// A literal object, list or tuple; later entries win.
    Alloc {
        /// What kind of literal.
        kind: AllocKind,
        /// Entries in source order.
        items: Box<[(Key, ValueId)]>,
    },
    /// A function value (definition, lambda, arrow).
    Function(FunctionId),
    /// A class value.
    Class(ClassId),
    /// `base.key`, `base[key]`, or one element of `base`.
    Load {
        /// The object.
        base: ValueId,
        /// What is read.
        key: Key,
    },
    /// `base` after `base.key = value`. [`Key::Any`] is a weak update (`append`, unknown key).
    Store {
        /// The object before.
        base: ValueId,
        /// What is written.
        key: Key,
        /// The new content.
        value: ValueId,
    },
    /// `base` after `del base.key`, or the rest of a destructuring.
    Delete {
        /// The object before.
        base: ValueId,
        /// What is removed.
        key: Key,
    },
    /// A call or `new`. A method call has a [`Op::Load`] as callee; its base is the receiver.
    Call {
        /// What is called.
        callee: ValueId,
        /// Arguments in source order.
        args: Box<[Arg]>,
    },
    /// `value` as it is after `call` received it and may have changed it.
    After {
        /// The object before the call.
        value: ValueId,
        /// The call.
        call: ValueId,
        /// Whether it was the receiver, or the index into the call's arguments.
        slot: Slot,
    },
    /// A string built from pieces: f-string, template, concatenation of literals with values.
    Text(Box<[Part]>),
    /// Any other binary operator that lets content through (`+`, `|`, `%`, …).
    Binary {
        /// Operator as written.
        op: Sym,
        /// Left operand.
        left: ValueId,
        /// Right operand.
        right: ValueId,
    },
    /// Whether two values are equal, or one contains the other: carries no content.
    Compare {
        /// What is asked.
        op: CompareOp,
        /// Left operand.
        left: ValueId,
        /// Right operand.
        right: ValueId,
    },
    /// Whether a value is false: carries no content.
    Not(ValueId),
    /// A truth value or number about values (`<`, `typeof`, a chain of comparisons): carries no content.
    Test,
    /// A function as its decorators left it; the outermost decorator was called with the result of the others.
    Decorated {
        /// The function.
        function: ValueId,
        /// Decorators that may have replaced it, outermost first.
        decorators: Box<[ValueId]>,
    },
    /// What a handler catches: thrown values, and calls whose callee may throw.
    Caught(Box<[ValueId]>),
    /// `super()` / `super`: the receiver seen through its class's bases.
    Super(ClassId, ValueId),
    /// Nothing is known.
    Unknown,
}

/// What an [`Op::Compare`] asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum CompareOp {
    Eq,
    Ne,
    /// Whether `right` contains `left`: an element, a key, a part of a text.
    In,
    NotIn,
}

/// A literal.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Const {
    Str(Sym),
    Int(i64),
    Bool(bool),
    /// `None`, `null`, `undefined`.
    Null,
    /// Any other literal (float, bytes, regex), as written.
    Other(Sym),
}

/// What kind of literal an [`Op::Alloc`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum AllocKind {
    Object,
    List,
    Tuple,
    Set,
}

/// One step into an object. A constant string subscript and an attribute of that name are the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// `.name` or `["name"]`.
    Field(Sym),
    /// `[3]`; negative counts from the end.
    Index(i32),
    /// The entry this value names: a subscript that is no literal.
    Value(ValueId),
    /// An element or entry that is not known.
    Any,
    /// One element of an iteration (`for x in base`).
    Each,
    /// In [`Op::Alloc`] only: all entries of the value are merged in (`*xs`, `**d`, `...o`).
    Spread,
    /// What `with base as x` binds.
    Enter,
}

/// One argument.
#[derive(Debug, Clone, Copy)]
pub struct Arg {
    /// How it is passed.
    pub kind: ArgKind,
    /// What is passed.
    pub value: ValueId,
}

/// How an argument is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ArgKind {
    Positional,
    Keyword(Sym),
    /// `*xs`, `...xs`.
    Spread,
    /// `**d`.
    SpreadKeywords,
}

/// Which operand of a call an [`Op::After`] follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Slot {
    Receiver,
    Arg(u32),
}

/// One piece of an [`Op::Text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Part {
    Literal(Sym),
    Value(ValueId),
}

/// One function, method, lambda or arrow; or the module body.
#[derive(Debug)]
pub struct Function {
    /// Name as written; empty for lambdas, `<module>` for the module body.
    pub name: Sym,
    /// The whole definition.
    pub start: u32,
    /// Its end.
    pub end: u32,
    /// Where the name stands (or the start of a lambda): what reports point at.
    pub name_span: (u32, u32),
    /// The function it is written in.
    pub parent: Option<FunctionId>,
    /// The class it is a method of.
    pub class: Option<ClassId>,
    /// Parameters; the first is the receiver (`self`, `cls`, `this`) when `has_receiver`.
    pub params: Vec<Param>,
    /// Whether the first parameter is bound by the object the method is called on.
    pub has_receiver: bool,
    /// Values it may return.
    pub returns: Vec<ValueId>,
    /// Values it may yield.
    pub yields: Vec<ValueId>,
    /// Values it may throw.
    pub throws: Vec<ValueId>,
    /// Parameters whose object the body changed, with the object as it is at each exit.
    pub exits: Vec<Exit>,
    /// Decorators, outermost first.
    pub decorators: Vec<ValueId>,
    /// Annotation of the result.
    pub returns_annotation: Option<Annotation>,
    /// `property`, getter.
    pub is_property: bool,
    /// `classmethod`.
    pub is_classmethod: bool,
}

impl Function {
    /// A function of this name and place, written in `parent`, with nothing in it yet.
    pub fn new(name: Sym, span: (u32, u32), name_span: (u32, u32), parent: Option<FunctionId>) -> Function {
        Function {
            name,
            start: span.0,
            end: span.1,
            name_span,
            parent,
            class: None,
            params: Vec::new(),
            has_receiver: false,
            returns: Vec::new(),
            yields: Vec::new(),
            throws: Vec::new(),
            exits: Vec::new(),
            decorators: Vec::new(),
            returns_annotation: None,
            is_property: false,
            is_classmethod: false,
        }
    }
}

/// One parameter.
#[derive(Debug)]
pub struct Param {
    /// Name; for a destructured parameter the empty name (its parts are loads in the body).
    pub name: Sym,
    /// How arguments reach it.
    pub kind: ParamKind,
    /// Default value.
    pub default: Option<ValueId>,
    /// Declared type.
    pub annotation: Option<Annotation>,
    /// The [`Op::Param`] that stands for it.
    pub value: ValueId,
}

/// A parameter's object as the body left it.
#[derive(Debug, Clone, Copy)]
pub struct Exit {
    /// Index of the parameter.
    pub param: u32,
    /// The object then.
    pub value: ValueId,
    /// Whether every execution passes this version: what it overwrote or removed is gone when the call has returned.
    pub certain: bool,
}

/// How arguments reach a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ParamKind {
    Normal,
    KeywordOnly,
    /// `*args`, `...rest`.
    Rest,
    /// `**kwargs`.
    RestKeywords,
}

/// A declared type.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// As written, for reports and for simple tests (`bool`, `str`).
    pub text: Sym,
    /// The named types it mentions, as values (imports, classes, globals): `Optional[list[User]]` mentions three.
    pub types: Box<[ValueId]>,
}

/// A class, interface, object type or schema.
#[derive(Debug)]
pub struct Class {
    /// Name as written.
    pub name: Sym,
    /// Where the name stands.
    pub name_span: (u32, u32),
    /// Base classes, implemented interfaces, in order.
    pub bases: Vec<ValueId>,
    /// Methods by name, in source order (a getter and a setter share a name).
    pub methods: Vec<(Sym, FunctionId)>,
    /// Arguments by name beside the base classes: `class S(Base, prefix="X")`.
    pub keywords: Vec<(Sym, ValueId)>,
    /// Declared fields and class attributes, in source order.
    pub fields: Vec<Field>,
    /// Values written to `self.NAME` / `this.NAME` anywhere in its methods.
    pub stores: Vec<(Sym, ValueId)>,
    /// Decorators, outermost first.
    pub decorators: Vec<ValueId>,
    /// The class value in the scope that defines it.
    pub value: ValueId,
}

/// A declared field, column or class attribute.
#[derive(Debug)]
pub struct Field {
    /// Name.
    pub name: Sym,
    /// Where it is declared.
    pub span: (u32, u32),
    /// Declared type.
    pub annotation: Option<Annotation>,
    /// Initial or default value.
    pub value: Option<ValueId>,
}

/// One imported binding: `from spec import name`, `import spec`, `require(spec)`, `import x from spec`.
#[derive(Debug, Clone)]
pub struct Import {
    /// Module as written: `.models`, `openai`, `../lib/ai`, `@/lib/ai`.
    pub spec: Sym,
    /// What is taken from it.
    pub name: ImportName,
    /// Where it stands.
    pub start: u32,
    /// Its end.
    pub end: u32,
}

/// What an import takes from its module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImportName {
    /// The module itself (`import spec`, `import * as x`, `require`).
    Module,
    /// One exported name; `default` for a default import.
    Named(Sym),
    /// Everything by name (`from spec import *`, `export * from`).
    Star,
}

/// What a module offers under a name.
#[derive(Debug, Clone, Copy)]
pub struct Export {
    /// Name seen by importers; `default` for the default export.
    pub name: Sym,
    /// What it is.
    pub kind: ExportKind,
}

/// What an [`Export`] is.
#[derive(Debug, Clone, Copy)]
pub enum ExportKind {
    /// A module variable of this name.
    Variable(Sym),
    /// A value.
    Value(ValueId),
    /// Something imported, handed on.
    Import(ImportId),
    /// All exports of an imported module (`export * from`); the name is unused.
    Star(ImportId),
    /// The whole module object (`module.exports = value`).
    Whole(ValueId),
}
