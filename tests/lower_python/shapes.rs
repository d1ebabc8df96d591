//! What functions, classes and imports look like once lowered.

use super::flow::module;
use transborder::ir::*;

fn function<'m>(module: &'m Module, name: &str) -> &'m Function {
    module.functions.iter().find(|f| f.name == name).expect("a function of that name")
}

#[test]
fn imports_keep_what_was_written() {
    let source = "import a.b\nimport c as d, e\nfrom . import f\nfrom ..g.h import (i as j, k)\nfrom l import *\n\
                  import importlib\nm = importlib.import_module('n.o')\nfrom importlib import import_module as load\n\
                  p = load('q')\n";
    let module = module(source);
    let imports: Vec<String> = module.imports.iter().map(Import::to_string).collect();
    let expected = [
        "a.b",
        "a",
        "c",
        "e",
        ". f",
        "..g.h i",
        "..g.h k",
        "l *",
        "importlib",
        "n.o",
        "importlib import_module",
        "q",
    ];
    assert_eq!(imports, expected);
    let mut names: Vec<&str> = module.globals.keys().map(|k| k.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["a", "d", "e", "f", "importlib", "j", "k", "load", "m", "p"]);
}

#[test]
fn failing_imports_are_alternatives() {
    let module = module("try:\n    import x\nexcept ImportError:\n    x = None\ny = x\n");
    let Op::Bind { value, .. } = module.inst(module.globals[&ustr::ustr("y")][0]).op else {
        panic!("{module}")
    };
    let Op::Phi(values) = &module.inst(value).op else { panic!("{module}") };
    assert!(values.iter().any(|v| matches!(module.inst(*v).op, Op::Import(_))), "{module}");
}

#[test]
fn parameters_have_kinds_and_defaults() {
    let module = module("def f(a, b: int = 1, *args: T, c, d='x', **kw: 'm.U') -> list[V]: pass\n");
    let f = function(&module, "f");
    let kinds: Vec<(&str, ParamKind)> = f.params.iter().map(|p| (p.name.as_str(), p.kind)).collect();
    let expected = [
        ("a", ParamKind::Normal),
        ("b", ParamKind::Normal),
        ("args", ParamKind::Rest),
        ("c", ParamKind::KeywordOnly),
        ("d", ParamKind::KeywordOnly),
        ("kw", ParamKind::RestKeywords),
    ];
    assert_eq!(kinds, expected);
    assert!(f.params[1].default.is_some() && f.params[4].default.is_some());
    let annotation = f.params[5].annotation.as_ref().unwrap();
    assert!(matches!(module.inst(annotation.types[0]).op, Op::Load { .. }), "{module}");
    let returns = f.returns_annotation.as_ref().unwrap();
    assert_eq!((returns.text.as_str(), returns.types.len()), ("list[V]", 2));
}

#[test]
fn annotations_name_types_defined_later() {
    let module = module("def f(u: Optional['User'], m: Literal['User']) -> None: pass\nclass User: pass\n");
    let f = function(&module, "f");
    let types = &f.params[0].annotation.as_ref().unwrap().types;
    assert!(matches!(module.inst(types[1]).op, Op::Variable(name) if name == "User"), "{module}");
    assert!(f.params[1].annotation.as_ref().unwrap().types.is_empty());
}

#[test]
fn methods_know_how_they_are_called() {
    let source = "class C:\n    def plain(self): pass\n    @staticmethod\n    def static(x): pass\n    @classmethod\n    \
                  def make(cls): pass\n    @functools.cached_property\n    def prop(self): pass\n    @prop.setter\n    \
                  def prop(self, v): pass\n    @app.get('/x')\n    async def route(self): pass\ndef free(x): pass\n";
    let module = module(source);
    assert!(function(&module, "plain").has_receiver);
    assert!(!function(&module, "static").has_receiver);
    assert!(function(&module, "make").is_classmethod && function(&module, "make").has_receiver);
    assert!(module.functions.iter().filter(|f| f.name == "prop").all(|f| f.is_property));
    assert!(!function(&module, "route").is_property);
    assert!(!function(&module, "free").has_receiver);
    let methods: Vec<&str> = module.classes[0].methods.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(methods, ["plain", "static", "make", "prop", "prop", "route"]);
}

#[test]
fn classes_list_their_fields() {
    let source = "class C(B, metaclass=M):\n    'doc'\n    id: int\n    name: str = Field(max_length=3)\n    if c:\n        \
                  x = 1\n    else:\n        x = 2\n    class Meta:\n        table = 't'\n    def __init__(self):\n        \
                  self.late = 1\n        self.inner.deep = 2\n";
    let module = module(source);
    let class = module.classes.iter().find(|c| c.name == "C").unwrap();
    let fields: Vec<&str> = class.fields.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(fields, ["id", "name", "x", "Meta"]);
    assert!(class.fields[0].value.is_none() && class.fields[1].annotation.is_some());
    assert!(matches!(module.inst(class.fields[2].value.unwrap()).op, Op::Phi(_)));
    assert_eq!(class.bases.len(), 1);
    let stores: Vec<&str> = class.stores.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(stores, ["late", "inner"]);
}

#[test]
fn changed_parameters_are_exits() {
    let module = module("def f(d, e):\n    d['k'] = 1\n    d['l'] = 2\n    return e\n");
    let f = function(&module, "f");
    assert_eq!(f.exits.len(), 1);
    assert_eq!(f.exits[0].param, 0);
}

#[test]
fn generators_yield_elements() {
    let module = module("def f(xs):\n    yield 1\n    x = yield\n    yield from xs\n");
    let f = function(&module, "f");
    assert_eq!(f.yields.len(), 3);
    assert!(matches!(module.inst(f.yields[2]).op, Op::Load { key: Key::Each, .. }));
}

#[test]
fn slices_keep_their_bounds() {
    let module = module("n = 8\nx = y[-4:]\nx = y[:n]\nx = y[a:b]\n");
    let bounds: Vec<String> = module
        .insts
        .iter()
        .filter_map(|i| match i.op {
            Op::Binary { right, .. } => Some(module.inst(right).op.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(bounds, ["\"-4:\"", "\":8\"", "unknown"]);
}

#[test]
fn spans_cover_calls_and_attributes() {
    let source = "x = client.chat.create(a,\n  b=1)\n";
    let module = module(source);
    let call = module.inst(module.calls[0].0);
    assert_eq!(&source[call.start as usize..call.end as usize], "client.chat.create(a,\n  b=1)");
    let Op::Call { callee, .. } = call.op else { panic!() };
    let callee = module.inst(callee);
    assert_eq!(&source[callee.start as usize..callee.end as usize], "client.chat.create");
}

#[test]
fn calls_stand_in_source_order() {
    let module = module("def f():\n    one()\ntwo(three())\n");
    let starts: Vec<u32> = module.calls.iter().map(|(id, _)| module.inst(*id).start).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    assert_eq!(module.calls[0].1, FunctionId(1));
}

#[test]
fn bound_methods_change_their_receiver() {
    let module = module("def f(client):\n    client.x.go()\n    return client\n");
    let f = function(&module, "f");
    assert!(matches!(module.inst(f.returns[0]).op, Op::Store { .. }), "{module}");
}

#[test]
fn dumps_are_readable() {
    let module = module("from m import c\nr = c.ask(f'hi {u}', k=[1])\n");
    let expected = "\
%0 = import0
%1 = load %0 .ask
%2 = global u
%3 = text(\"hi \", %2)
%4 = 1
%5 = list([0] %4)
%6 = call %1(%3, k=%5)
%7 = bind r %6
fn0 <module>()
import0 m c
global c = %0
global r = %7
";
    assert_eq!(module.to_string(), expected);
}
