//! A call that is not lowered is a silent miss, wherever it hides.

use super::flow::module;
use transborder::ir::*;

#[track_caller]
fn check(source: &str) {
    let module = module(source);
    let mut seen: Vec<&str> = module
        .calls
        .iter()
        .filter_map(|(id, _)| match &module.inst(*id).op {
            Op::Call { callee, .. } => match module.inst(*callee).op {
                Op::Global(name) => Some(name.as_str()),
                _ => None,
            },
            _ => None,
        })
        .filter(|name| name.starts_with("call"))
        .collect();
    let mut written: Vec<&str> =
        source.split(|c: char| !c.is_alphanumeric()).filter(|w| w.starts_with("call")).collect();
    seen.sort_unstable();
    written.sort_unstable();
    assert_eq!(seen, written, "\n{source}\n{module}");
}

#[test]
fn in_definitions() {
    check("@call1(call2())\ndef f(a=call3(), *, b: call4() = call5()) -> call6(): pass\n");
    check("@call1\n@x.y(call2())\nclass C(call3(), metaclass=call4()):\n    x: Annotated[T, call5()] = call6()\n"
        .replace("@call1\n", "")
        .as_str());
    check("f = lambda x=call1(): call2(call3())\n");
    check(
        "def f():\n    def g(x=call1()):\n        return call2()\n    class D:\n        y = call3()\n        def m(self): call4()\n",
    );
}

#[test]
fn in_expressions() {
    check("x = f'{call1()} {y:{call2()}} {call3()!r:>{call4()}}' 'z' f'{call5()}'\n");
    check("x[call1():call2():call3()], y[call4()], z[call5(), 1:call6()]\n");
    check("{call1(): call2(), **call3()}, {call4(), *call5()}, [*call6()], (call7(),)\n");
    check("[call1() for x in call2() if call3() for y in call4()], {call5(): call6() for z in call7()}\n");
    check("f(*call1(), **call2(), k=call3(), *[call4()]), f(call5() for x in call6())\n");
    check("a if call1() else call2(), call3() or call4() and call5(), not call6(), -call7()\n");
    check("call1() < call2() <= call3(), call4() in call5(), call6() is None, (y := call7())\n");
    check("x = await call1(); x = call2().a.call().b[call3()](call4())\n".replace("call()", "c()").as_str());
    check("'%s' % call1(), '%s %s' % (call2(), call3()), '{} {x}'.format(call4(), x=call5(), y=call6())\n");
    check("getattr(call1(), 'x', call2()), setattr(call3(), call4(), call5()), super(call6(), call7())\n");
    check("True or call1; False and x; call2()\n".replace("call1", "y").as_str());
}

#[test]
fn in_statements() {
    check("assert call1(), call2()\ndel x[call3()], call4().y\nraise call5() from call6()\n");
    check("x = y[call1()] = call2().z = call3()\nx[call4()] += call5()\ncall6().q -= call7()\n");
    check("for x[call1()] in call2(): call3()\nelse: call4()\n");
    check("while call1():\n    call2()\nelse:\n    call3()\n");
    check("with call1() as x, call2() as y.z, call3(): call4()\nwith (call5() as a, call6()): pass\n");
    check(
        "try: call1()\nexcept call2() as e: call3()\nexcept (call4(), A): call5()\nelse: call6()\nfinally: call7()\n",
    );
    check("match call1():\n    case C(x=1) if call2(): call3()\n    case _: call4()\n");
    check("if call1(): call2()\nelif call3(): call4()\nelse: call5()\n");
    check("def f():\n    return call1(), call2()\ndef g():\n    x = yield call3()\n    yield from call4()\n");
    check("type X = call1()\nx: call2() = call3()\nprint >>call4(), call5()\nglobal z\n");
    check("try:\n    call1()\nexcept* E as e:\n    call2()\n");
}

#[test]
fn next_to_syntax_errors() {
    check("x = (call1() y\ny = call2()\n");
    check("def f(:\n    call1()\n\ncall2()\n");
    check("x = = call1()\ncall2()\nif call3():\n    y = (z, call4()\n");
    check("class C\n    def f(self):\n        call1()\ncall2()\n");
}
