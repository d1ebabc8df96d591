//! Entries that are copied from one object to another under their own keys.
//!
//! `{k: v for k, v in d.items() if …}` and `out[k] = d[k]` keep every entry where it was, so what is read out of the
//! copy under a key is what the original holds under that key, and nothing else of it.

use crate::ir::*;

/// The object whose entry `key` the value is, when the entry is copied under that very key.
pub fn copied_from(module: &Module, key: ValueId, value: ValueId) -> Option<ValueId> {
    let (key, value) = (module.bare(key), module.bare(value));
    match (&module.inst(key).op, &module.inst(value).op) {
        (_, Op::Load { base, key: Key::Value(same) }) if module.bare(*same) == key => Some(*base),
        (Op::Load { base: of_key, key: Key::Index(0) }, Op::Load { base: of_value, key: Key::Index(1) })
            if module.bare(*of_key) == module.bare(*of_value) =>
        {
            entries_of(module, *of_key)
        }
        _ => None,
    }
}

/// The object that an element of `d.items()` or `Object.entries(d)` is an entry of.
fn entries_of(module: &Module, entry: ValueId) -> Option<ValueId> {
    let Op::Load { base, key: Key::Each } = module.inst(module.bare(entry)).op else { return None };
    let Op::Call { callee, args } = &module.inst(module.bare(base)).op else { return None };
    let Op::Load { base, key: Key::Field(name) } = module.inst(*callee).op else { return None };
    match (name.as_str(), &args[..], &module.inst(base).op) {
        ("items", [], _) => Some(base),
        ("entries", [object], Op::Global(global)) if global.as_str() == "Object" => Some(object.value),
        _ => None,
    }
}
