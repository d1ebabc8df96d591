//! What is known to hold where a value is used or a call is made.

use super::flow::module;
use transborder::ir::*;

/// The conditions of every call of `name`, in words.
fn conditions(source: &str, name: &str) -> Vec<String> {
    let module = module(source);
    let called = |id: ValueId| match &module.inst(id).op {
        Op::Call { callee, .. } => matches!(module.inst(*callee).op, Op::Global(n) if n == name),
        _ => false,
    };
    let calls = module.calls.iter().map(|(id, _)| *id).filter(|id| called(*id));
    calls.map(|id| words(&module, module.call_guards.get(&id).map_or(&[], |c| &**c))).collect()
}

fn words(module: &Module, conditions: &[Condition]) -> String {
    let words: Vec<String> = conditions
        .iter()
        .map(|(value, truth)| format!("{}{}", if *truth { "" } else { "not " }, word(module, *value)))
        .collect();
    words.join(", ")
}

fn word(module: &Module, value: ValueId) -> String {
    match &module.inst(value).op {
        Op::Compare { op, left, right } => format!("{} {op} {}", word(module, *left), word(module, *right)),
        Op::Not(value) => format!("!{}", word(module, *value)),
        Op::Param { function, index } => {
            module.functions[function.0 as usize].params[*index as usize].name.to_string()
        }
        Op::Bind { name, .. } => name.to_string(),
        Op::Phi(values) => word(module, values[0]),
        Op::Alloc { items, .. } => items.iter().map(|(_, v)| word(module, *v)).collect::<Vec<_>>().join("|"),
        other => other.to_string(),
    }
}

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    assert_eq!(conditions(source, "send"), expected, "\n{source}\n{}", module(source));
}

#[test]
fn branches_know_their_conditions() {
    check(
        "def f(a, b):\n  if a == 1: send()\n  elif not b: send()\n  else: send()\n  send()\n",
        &["a == 1", "not a == 1, !b", "not a == 1, not !b", ""],
    );
}

#[test]
fn an_early_exit_decides_the_rest() {
    check("def f(a):\n  if a: return\n  send()\n", &["not a"]);
    check("def f(a, b):\n  if a: return\n  elif b: g()\n  else: h()\n  send()\n", &["not a"]);
    check("def f(a):\n  for x in y:\n    if a: continue\n    send()\n  send()\n", &["not a", ""]);
    check("def f(a):\n  while a:\n    send()\n  send()\n", &["a", ""]);
}

#[test]
fn a_handler_may_run_before_the_condition() {
    check("def f(a):\n  try:\n    if a: return\n  finally:\n    send()\n", &[""]);
    check("def f(a):\n  try:\n    if a: return\n  except E:\n    send()\n", &[""]);
}

#[test]
fn expressions_guard_what_they_choose() {
    check("def f(a):\n  x = send() if a else send()\n", &["a", "not a"]);
    check("def f(a, b):\n  x = a and send()\n  y = a or b or send()\n", &["a", "not a, not b"]);
}

#[test]
fn cases_compare_their_subject() {
    let source =
        "def f(a):\n  match a:\n    case 'x' | 'y': send()\n    case 'z': send()\n    case _: send()\n";
    check(source, &["a in \"x\"|\"y\"", "a == \"z\"", "not a in \"x\"|\"y\"|\"z\""]);
}

#[test]
fn joined_values_are_guarded() {
    let module = module("def f(a):\n  if a: x = 1\n  else: x = 2\n  return x\n");
    let [returned] = module.functions[1].returns[..] else { panic!("one return") };
    let Op::Phi(values) = &module.inst(returned).op else { panic!("a phi") };
    for value in values {
        assert!(matches!(module.inst(*value).op, Op::Guarded { .. }));
    }
}

#[test]
fn what_cannot_be_decided_is_no_condition() {
    check("def f(a):\n  if a < 1: send()\n  if a + 1: send()\n", &["", ""]);
}

#[test]
fn exits_are_certain_on_the_straight_path() {
    let exits = |source: &str| {
        let module = module(source);
        module.functions[1].exits.iter().map(|exit| exit.certain).collect::<Vec<_>>()
    };
    assert_eq!(exits("def f(d):\n  d['k'] = 1\n"), [true]);
    assert_eq!(exits("def f(d, a):\n  if a: d['k'] = 1\n"), [false]);
    assert_eq!(exits("def f(d, a):\n  d['k'] = 1\n  if a: return\n  d['k'] = 2\n"), [true, false]);
}

#[test]
fn decorators_wrap_the_name() {
    let module = module("@a\n@b(1)\ndef f(): pass\nclass C:\n  @property\n  def p(self): pass\n");
    let [f] = module.globals[&ustr::ustr("f")][..] else { panic!("one value") };
    let Op::Decorated { function, decorators } = &module.inst(f).op else { panic!("decorated") };
    assert!(matches!(module.inst(*function).op, Op::Function(_)));
    assert_eq!(decorators.len(), 2);
    let decorated = module.insts.iter().filter(|i| matches!(i.op, Op::Decorated { .. })).count();
    assert_eq!(decorated, 1);
}

#[test]
fn keys_keep_what_names_them() {
    let module = module("def f(d, k):\n  d[k] = d[k]\n  del d[k]\n  return {k: 1 for k in d}\n");
    let mut found = [0; 4];
    for inst in &module.insts {
        match &inst.op {
            Op::Load { key: Key::Value(_), .. } => found[0] += 1,
            Op::Store { key: Key::Value(_), .. } => found[1] += 1,
            Op::Delete { key: Key::Value(_), .. } => found[2] += 1,
            Op::Alloc { items, .. } if matches!(items[..], [(Key::Value(_), _)]) => found[3] += 1,
            _ => {}
        }
    }
    assert_eq!(found, [1; 4], "\n{module}");
}
