//! Which object a value is, whatever was done with it since it was made.

use crate::flow::module;
use transborder::ir::*;

/// Whether what `send(…)` receives in a function with this body is the list that the function made.
fn is_the_list(body: &str) -> bool {
    let indented: String = body.lines().map(|line| format!("    {line}\n")).collect();
    let module = module(&format!("def f(a, b):\n    xs = []\n{indented}"));
    let sent = module.calls.iter().find_map(|(id, _)| match &module.inst(*id).op {
        Op::Call { callee, args } if matches!(module.inst(*callee).op, Op::Global(name) if name == "send") => {
            Some(args[0].value)
        }
        _ => None,
    });
    let made = Made::default().of(&module, sent.expect("a call of send"));
    matches!(module.inst(made).op, Op::Alloc { .. })
}

#[test]
fn what_is_put_in_does_not_change_which_object_it_is() {
    for same in [
        "send(xs)",
        "xs.append(a)\nsend(xs)",
        "xs[0] = a\nsend(xs)",
        "if a:\n    xs.append(a)\nsend(xs)",
        "if a:\n    xs.append(a)\nelse:\n    xs.append(b)\nsend(xs)",
        "for one in b:\n    xs.append(one)\nsend(xs)",
        "for one in b:\n    for other in one:\n        if other:\n            xs.append(other)\nxs.append(a)\nsend(xs)",
        "ys = xs\nys.append(a)\nsend(ys)",
    ] {
        assert!(is_the_list(same), "{same}");
    }
    for other in [
        "xs = a\nsend(xs)",
        "if a:\n    xs = b\nsend(xs)",
        "for one in b:\n    xs = one\nsend(xs)",
        "for one in b:\n    xs = one(xs)\nsend(xs)",
        "while a:\n    if b:\n        xs = b\n    xs.append(a)\nsend(xs)",
    ] {
        assert!(!is_the_list(other), "{other}");
    }
}

#[test]
fn a_thousand_branches_are_walked_once() {
    let branches: String = (0..1_000).map(|i| format!("if a.x{i}:\n    xs.append(b.x{i})\n")).collect();
    assert!(is_the_list(&format!("{branches}send(xs)")));
}
