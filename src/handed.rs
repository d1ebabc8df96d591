//! Functions that a library calls, seen as if the program called them itself.
//!
//! `asyncio.to_thread(f, x)` becomes `f(x)`, `partial(f, x)` the closure that calls `f(x, …)`, and a list of composed steps
//! `a | b`, before modules are linked, so that nothing after it need know of them. Which functions are such is data (`rules/handed.toml`).
//! Knows the IR and those rules; what it cannot tell from the text of one module stays as it is written.

use crate::ir::*;
use crate::rules::Rules;
use crate::rules::handed::{Does, Handed};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use ustr::ustr;

/// Steps of a dotted path that are looked at.
const MAX_STEPS: u32 = 16;
/// Starts the path of a method of whatever object.
const ANY_OBJECT: &str = "*.";

/// Replaces calls that hand a function over by what becomes of it.
pub fn unfold(modules: &mut [Module], rules: &Rules) {
    modules.par_iter_mut().for_each(|module| {
        let language = module.language.family();
        let known = Known::new(rules.handed.functions.iter().filter(|rule| rule.language == language));
        unfold_module(module, &known);
    });
}

/// Rules of one language by path, methods of any object by name.
struct Known<'r> {
    paths: FxHashMap<&'r str, &'r Handed>,
    methods: FxHashMap<&'r str, &'r Handed>,
}

impl<'r> Known<'r> {
    fn new(rules: impl Iterator<Item = &'r Handed>) -> Known<'r> {
        let (mut paths, mut methods) = (FxHashMap::default(), FxHashMap::default());
        for rule in rules {
            for path in &rule.path {
                match path.strip_prefix(ANY_OBJECT) {
                    Some(method) => methods.insert(method, rule),
                    None => paths.insert(path.as_str(), rule),
                };
            }
        }
        Known { paths, methods }
    }

    fn of(&self, module: &Module, callee: ValueId) -> Option<&'r Handed> {
        let by_name = match module.inst(under(module, callee)).op {
            Op::Load { key: Key::Field(name), .. } => self.methods.get(name.as_str()),
            _ => None,
        };
        by_name.or_else(|| self.paths.get(path(module, callee, MAX_STEPS)?.as_str())).copied()
    }
}

/// A call that hands a function over.
struct Unfolded {
    /// Its place in [`Module::calls`].
    at: usize,
    does: Does,
    function: ValueId,
    /// What the function is called with.
    args: Vec<Arg>,
    /// What became of each argument of the call as it is written: its index among `args`.
    moved: Vec<Option<u32>>,
}

fn unfold_module(module: &mut Module, known: &Known<'_>) {
    let found: Vec<Unfolded> = (0..module.calls.len()).filter_map(|at| unfolded(module, known, at)).collect();
    if found.is_empty() {
        return;
    }
    let names = names(module, &found);
    let mut moved: FxHashMap<ValueId, Vec<Option<u32>>> = FxHashMap::default();
    let mut ended = Vec::new();
    for unfolded in found {
        let (call, _) = module.calls[unfolded.at];
        match unfolded.does {
            Does::Call => {
                let args = unfolded.args.into();
                module.insts[call.0 as usize].op = Op::Call { callee: unfolded.function, args };
                moved.insert(call, unfolded.moved);
            }
            Does::Return => {
                module.insts[call.0 as usize].op = Op::Phi([unfolded.function].into());
                ended.push(unfolded.at);
                moved.insert(call, Vec::new());
            }
            Does::Compose => {
                compose(module, call, &unfolded.args);
                ended.push(unfolded.at);
                moved.insert(call, Vec::new());
            }
            Does::Bind => {
                let name = names.get(&call).copied();
                let at = unfolded.at;
                module.calls[at] = close(module, call, unfolded, name);
                moved.insert(call, Vec::new());
            }
        }
    }
    for at in ended.into_iter().rev() {
        module.calls.remove(at);
    }
    follow_arguments(module, &moved);
}

/// What a call hands over, if it is known to.
fn unfolded(module: &Module, known: &Known<'_>, at: usize) -> Option<Unfolded> {
    let (call, _) = module.calls[at];
    let Op::Call { callee, args } = &module.inst(call).op else { return None };
    let rule = known.of(module, *callee)?;
    if rule.does == Does::Compose {
        return composed(module, args, at);
    }
    let (handed, function) = match rule.function.is_empty() {
        true => match module.inst(under(module, *callee)).op {
            Op::Load { base, .. } => (None, base),
            _ => return None,
        },
        false => {
            let index = rule.function.iter().find_map(|selector| argument(args, selector))?;
            (Some(index), args[index].value)
        }
    };
    if rule.receiver && !is_receiver(module, function, args.first()?) {
        return None;
    }
    let holders = |selectors: &[String], kind: ArgKind| {
        let index = selectors.iter().find_map(|selector| argument(args, selector))?;
        Some(Arg { kind, value: args[index].value })
    };
    let mut passed: Vec<Arg> = holders(&rule.args, ArgKind::Spread).into_iter().collect();
    passed.extend(holders(&rule.kwargs, ArgKind::SpreadKeywords));
    let mut moved = vec![None; args.len()];
    if let Some(rest) = rule.rest {
        let mut position = 0;
        for (index, arg) in args.iter().enumerate().filter(|(index, _)| Some(*index) != handed) {
            let kept = match arg.kind {
                ArgKind::Positional => {
                    // The function itself was left out, wherever it stands.
                    let before = handed.is_some_and(|handed| handed < index) as usize;
                    position += 1;
                    position - 1 + before >= rest
                }
                ArgKind::Keyword(name) => !rule.own.iter().any(|own| own == name.as_str()),
                ArgKind::Spread | ArgKind::SpreadKeywords => true,
            };
            if kept {
                moved[index] = Some(passed.len() as u32);
                passed.push(*arg);
            }
        }
    }
    // To give no argument is to give the function itself.
    let does = if rule.does == Does::Bind && passed.is_empty() { Does::Return } else { rule.does };
    Some(Unfolded { at, does, function, args: passed, moved })
}

/// A call that composes what it is given: its arguments, or the elements of a list that is written there.
fn composed(module: &Module, args: &[Arg], at: usize) -> Option<Unfolded> {
    let first = args.first()?.value;
    let parts: Vec<ValueId> = match &module.inst(under(module, first)).op {
        Op::Alloc { kind: AllocKind::List, items } => items.iter().map(|(_, value)| *value).collect(),
        _ => args.iter().map(|arg| arg.value).collect(),
    };
    let args = parts.into_iter().map(|value| Arg { kind: ArgKind::Positional, value }).collect();
    Some(Unfolded { at, does: Does::Compose, function: first, args, moved: Vec::new() })
}

/// Makes the result of a call what `a | b | …` of these is.
fn compose(module: &mut Module, call: ValueId, parts: &[Arg]) {
    let (start, end) = (module.inst(call).start, module.inst(call).end);
    let pipe = |left: ValueId, right: ValueId| Op::Binary { op: ustr("|"), left, right };
    let mut parts = parts.iter().map(|arg| arg.value);
    let Some(mut whole) = parts.next() else { return };
    let mut op = Op::Phi([whole].into());
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        op = pipe(whole, part);
        if parts.peek().is_some() {
            module.insts.push(Inst { op: op.clone(), start, end });
            whole = ValueId(module.insts.len() as u32 - 1);
        }
    }
    module.insts[call.0 as usize].op = op;
}

/// The index of the argument that a selector, a position or a name, means.
fn argument(args: &[Arg], selector: &str) -> Option<usize> {
    match selector.parse::<usize>() {
        Ok(position) => {
            let head = args.iter().take(position + 1).all(|arg| arg.kind == ArgKind::Positional);
            (head && position < args.len()).then_some(position)
        }
        Err(_) => {
            args.iter().position(|arg| matches!(arg.kind, ArgKind::Keyword(k) if k.as_str() == selector))
        }
    }
}

/// Whether an argument says what `function` is called on: nothing, `this`, or the object that it was read from.
fn is_receiver(module: &Module, function: ValueId, arg: &Arg) -> bool {
    let value = under(module, arg.value);
    match module.inst(value).op {
        Op::Const(Const::Null) => return true,
        Op::Param { function, index: 0 } if module.functions[function.0 as usize].has_receiver => {
            return true;
        }
        _ => {}
    }
    let mut read = under(module, function);
    for _ in 0..MAX_STEPS {
        let Op::Load { base, .. } = module.inst(read).op else { return false };
        if is_same(module, base, value, MAX_STEPS) {
            return true;
        }
        read = under(module, base);
    }
    false
}

/// Whether two expressions read the same thing.
fn is_same(module: &Module, a: ValueId, b: ValueId, depth: u32) -> bool {
    let (a, b) = (under(module, a), under(module, b));
    if a == b {
        return true;
    }
    match (&module.inst(a).op, &module.inst(b).op) {
        (Op::Load { base: a, key: x }, Op::Load { base: b, key: y }) => {
            depth > 0 && x == y && is_same(module, *a, *b, depth - 1)
        }
        (Op::Variable(a) | Op::Global(a), Op::Variable(b) | Op::Global(b)) => a == b,
        _ => false,
    }
}

/// Names that the results of calls are given, for those that make a function.
fn names(module: &Module, found: &[Unfolded]) -> FxHashMap<ValueId, Sym> {
    let mut names: FxHashMap<ValueId, Sym> = FxHashMap::default();
    for made in found.iter().filter(|unfolded| unfolded.does == Does::Bind) {
        names.insert(module.calls[made.at].0, ustr(""));
    }
    if names.is_empty() {
        return names;
    }
    for inst in &module.insts {
        if let Op::Bind { name, value } | Op::Store { key: Key::Field(name), value, .. } = inst.op
            && let Some(known) = names.get_mut(&value)
            && known.is_empty()
        {
            *known = name;
        }
    }
    names
}

/// Makes the result of a call the closure that calls the function with the arguments already given, then its own.
/// Returns the call in it.
fn close(module: &mut Module, call: ValueId, made: Unfolded, name: Option<Sym>) -> (ValueId, FunctionId) {
    let id = FunctionId(module.functions.len() as u32);
    let (start, end) = (module.inst(call).start, module.inst(call).end);
    let parent = Some(module.calls[made.at].1);
    let mut add = |op: Op| {
        module.insts.push(Inst { op, start, end });
        ValueId(module.insts.len() as u32 - 1)
    };
    let kinds = [(ParamKind::Rest, ArgKind::Spread), (ParamKind::RestKeywords, ArgKind::SpreadKeywords)];
    let mut params = Vec::new();
    let mut args = made.args;
    for (index, (kind, passed)) in (0..).zip(kinds) {
        let value = add(Op::Param { function: id, index });
        params.push(Param { name: ustr(""), kind, default: None, annotation: None, value });
        args.push(Arg { kind: passed, value });
    }
    let inner = add(Op::Call { callee: made.function, args: args.into() });
    // Nothing is written inside it: what it is made of stands in the function around.
    let function = Function::new(name.unwrap_or_default(), (start, start), (start, start), parent);
    module.functions.push(Function { params, returns: vec![inner], ..function });
    module.insts[call.0 as usize].op = Op::Function(id);
    if let Some(conditions) = module.call_guards.remove(&call) {
        module.call_guards.insert(inner, conditions);
    }
    (inner, id)
}

/// What a call that was replaced may have changed: its arguments are elsewhere now, or not handed over here at all.
fn follow_arguments(module: &mut Module, moved: &FxHashMap<ValueId, Vec<Option<u32>>>) {
    for inst in &mut module.insts {
        let Op::After { value, call, slot } = inst.op else { continue };
        let Some(moved) = moved.get(&call) else { continue };
        let now = match slot {
            Slot::Receiver => None,
            Slot::Arg(index) => moved.get(index as usize).copied().flatten(),
        };
        inst.op = match now {
            Some(index) => Op::After { value, call, slot: Slot::Arg(index) },
            None => Op::Phi([value].into()),
        };
    }
}

/// The value behind the names it was given.
fn under(module: &Module, mut value: ValueId) -> ValueId {
    for _ in 0..MAX_STEPS {
        match &module.inst(value).op {
            Op::Bind { value: inner, .. }
            | Op::Guarded { value: inner, .. }
            | Op::After { value: inner, .. } => {
                value = *inner;
            }
            Op::Phi(values) if values.len() == 1 => value = values[0],
            _ => break,
        }
    }
    value
}

/// The dotted path of a value from outside, as far as the text of its module tells: imports, what is read from them, what
/// calling them returns, and variables and fields that hold such.
fn path(module: &Module, value: ValueId, depth: u32) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    let value = under(module, value);
    match &module.inst(value).op {
        Op::Import(import) => {
            let import = &module.imports[import.0 as usize];
            match import.name {
                ImportName::Module => Some(import.spec.to_string()),
                ImportName::Named(name) => Some(format!("{}.{name}", import.spec)),
                ImportName::Star => None,
            }
        }
        Op::Global(name) => Some(name.to_string()),
        Op::Variable(name) => match module.globals.get(name)?.as_slice() {
            [only] if *only != value => path(module, *only, depth),
            _ => None,
        },
        Op::Load { base, key: Key::Enter } => path(module, *base, depth),
        Op::Load { base, key: Key::Field(name) } => {
            let field = || path(module, field(module, *base, *name)?, depth);
            field().or_else(|| Some(format!("{}.{name}", path(module, *base, depth)?)))
        }
        Op::Call { callee, .. } => Some(format!("{}()", path(module, *callee, depth)?)),
        _ => None,
    }
}

/// What methods put into a field of the object they are called on.
fn field(module: &Module, object: ValueId, name: Sym) -> Option<ValueId> {
    let Op::Param { function, index: 0 } = module.inst(under(module, object)).op else { return None };
    let class = module.functions[function.0 as usize].class?;
    let stores = &module.classes[class.0 as usize].stores;
    stores.iter().find(|(stored, _)| *stored == name).map(|(_, value)| *value)
}
