//! What every lowered module holds: operands that exist, spans that lie in the text.

use transborder::ir::*;

/// Checks a module made from a text.
pub fn check(module: &Module, text: &str) {
    let count = module.insts.len() as u32;
    let known = |v: &ValueId| assert!(v.0 < count, "{v:?} of {count}");
    let fits = |start: u32, end: u32| {
        assert!(text.get(start as usize..end as usize).is_some(), "{start}..{end} of {}", text.len());
    };
    for inst in &module.insts {
        fits(inst.start, inst.end);
        match &inst.op {
            Op::Bind { value, .. } | Op::Not(value) | Op::Super(_, value) => known(value),
            Op::Guarded { value, conditions } => {
                known(value);
                assert!(!conditions.is_empty());
                conditions.iter().for_each(|(condition, _)| known(condition));
            }
            Op::Decorated { function, decorators } => {
                known(function);
                decorators.iter().for_each(known);
            }
            Op::Phi(values) | Op::Caught(values) => values.iter().for_each(known),
            Op::Alloc { items, .. } => items.iter().for_each(|(_, value)| known(value)),
            Op::Load { base, .. } | Op::Delete { base, .. } => known(base),
            Op::Store { base, value, .. } => [base, value].into_iter().for_each(known),
            Op::Call { callee, args } => {
                known(callee);
                args.iter().for_each(|arg| known(&arg.value));
            }
            Op::After { value, call, .. } => [value, call].into_iter().for_each(known),
            Op::Text(parts) => parts.iter().for_each(|part| {
                if let Part::Value(value) = part {
                    known(value);
                }
            }),
            Op::Binary { left, right, .. } | Op::Compare { left, right, .. } => {
                [left, right].into_iter().for_each(known)
            }
            _ => {}
        }
    }
    for function in &module.functions {
        fits(function.start, function.end);
        fits(function.name_span.0, function.name_span.1);
    }
    module.calls.iter().for_each(|(call, _)| known(call));
    module.globals.values().flatten().for_each(known);
}
