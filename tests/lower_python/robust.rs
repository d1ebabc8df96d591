//! Nothing that can be written, or broken, stops the lowering.

use super::flow::module;
use proptest::prelude::*;
use transborder::ir::*;

/// Lowered on a stack as large as the one an audit gives its workers; that of a test thread is smaller.
fn lowered(source: &str) -> Module {
    const STACK: usize = 64 << 20;
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || module(source));
        worker.expect("a thread starts").join().expect("lowering does not panic")
    })
}

/// Every operand exists and every span lies in the text.
fn check_sound(source: &str) -> Module {
    let module = lowered(source);
    let len = module.insts.len() as u32;
    let known = |v: &ValueId| assert!(v.0 < len);
    for inst in &module.insts {
        assert!(inst.start <= inst.end && inst.end as usize <= source.len());
        assert!(source.is_char_boundary(inst.start as usize) && source.is_char_boundary(inst.end as usize));
        match &inst.op {
            Op::Bind { value, .. } | Op::Not(value) => known(value),
            Op::Guarded { value, conditions } => {
                known(value);
                assert!((1..=4).contains(&conditions.len()));
                conditions.iter().for_each(|(c, _)| known(c));
            }
            Op::Compare { left, right, .. } => [left, right].into_iter().for_each(known),
            Op::Decorated { function, decorators } => {
                known(function);
                decorators.iter().for_each(known);
            }
            Op::Phi(values) | Op::Caught(values) => values.iter().for_each(known),
            Op::Alloc { items, .. } => items.iter().for_each(|(_, v)| known(v)),
            Op::Load { base, .. } | Op::Delete { base, .. } => known(base),
            Op::Store { base, value, .. } => [base, value].into_iter().for_each(known),
            Op::Call { callee, args } => {
                known(callee);
                args.iter().for_each(|a| known(&a.value));
            }
            Op::After { value, call, .. } => [value, call].into_iter().for_each(known),
            Op::Binary { left, right, .. } => [left, right].into_iter().for_each(known),
            _ => {}
        }
    }
    module
}

fn check_calls(source: &str, calls: usize) {
    let module = check_sound(source);
    assert_eq!(module.too_deep, None);
    assert!(module.calls.len() >= calls, "{} of {calls} calls", module.calls.len());
}

#[test]
fn long_chains_are_lowered_whole() {
    const N: usize = 10_000;
    check_calls(&format!("x = a{}\n", " + f()".repeat(N)), N);
    check_calls(&format!("x = ''{}\n", " + f() + 'x'".repeat(N)), N);
    check_calls(&format!("x = a{}\n", ".b()".repeat(N)), N);
    check_calls(&format!("x = a{}\n", "[f()]".repeat(N)), N);
    check_calls(&format!("x = a{}\n", " or f()".repeat(N)), N);
    check_calls(&format!("x = a{}\n", " < f()".repeat(N)), N);
    check_calls(&format!("x = {}d\n", "f() if c() else ".repeat(N)), 2 * N);
    check_calls(&format!("if a:\n  x = 1\n{}", "elif f():\n  x = g(x)\n".repeat(N)), 2 * N);
    check_calls(&format!("{}f()\n", "x = ".repeat(N)), 1);
    check_calls(&format!("a{} = f()\n", ".b".repeat(N)), 1);
    check_calls(&format!("x = a\n{}f(x)\n", "x = x\n".repeat(N)), 1);
    check_calls(&format!("x = {}\n", "'a' ".repeat(N)), 0);
    check_calls(&format!("x = [{}]\n", "f(),".repeat(N)), N);
    check_calls(&format!("match x:\n{}", "  case 1: f()\n".repeat(N)), N);
    check_calls(&format!("try: f()\n{}", "except E: f()\n".repeat(N / 10)), N / 10);
}

#[test]
fn deep_nesting_is_cut() {
    const N: usize = 10_000;
    let nested = |open: &str, middle: &str, close: &str| {
        let source = format!("{}{middle}{}\nlast()\n", open.repeat(N), close.repeat(N));
        let module = check_sound(&source);
        let last = module.insts.iter().any(|i| matches!(i.op, Op::Global(name) if name == "last"));
        assert!(last || module.syntax_error.is_some(), "{open}");
    };
    nested("[", "", "]");
    nested("(", "x", ")");
    nested("f(", "x", ")");
    nested("{0: ", "x", "}");
    nested("-", "x", "");
    nested("not ", "x", "");
    nested("await ", "x", "");
    nested("lambda: ", "x", "");
    nested("x ** ", "x", "");
    nested("x[", "0", "]");
    nested("(yield ", "0", ")");
    nested("(x := ", "0", ")");
    nested("[a for a in ", "b", "]");
    nested("f(x=", "b", ")");
    nested("*", "b", "");
    nested("(a + ", "b", ")");
    nested("(a or ", "b", ")");
    nested("(", "x", ") = 1");
    nested("def f(a: x[", "b", "]): pass");
    nested("[", "", "");
    nested("f(", "", "");
    nested("f'{", "x", "}'");
}

#[test]
fn deep_blocks_are_cut() {
    for header in [
        "if x:",
        "while x:",
        "for x in y:",
        "with x:",
        "try:",
        "def f():",
        "class C:",
        "else:",
        "match x:",
        "case x:",
    ] {
        let source: String = (0..1000).map(|i| format!("{}{header}\n", " ".repeat(i))).collect();
        check_sound(&source);
    }
}

#[test]
fn a_function_of_twenty_thousand_lines() {
    let mut source = String::from("def f(p, client):\n    xs = []\n");
    for i in 0..5_000 {
        source.push_str(&format!(
            "    v{i} = g(p, v{})\n    if v{i}:\n        xs.append(v{i})\n    client.a.b(v{i}, xs)\n",
            i / 2
        ));
    }
    check_calls(&source, 15_000);
}

#[test]
fn thousands_of_closures_over_one_name() {
    let mut source = String::from("def f():\n");
    for i in 0..3_000 {
        source.push_str(&format!("    x = g{i}()\n    h(lambda: x + late)\n"));
    }
    source.push_str("    late = 1\n");
    let module = check_sound(&source);
    assert!(module.insts.len() < 200_000, "{}", module.insts.len());
}

#[test]
fn oddities_are_lowered() {
    for source in [
        "",
        "\u{feff}x = 1\n",
        "x = \"",
        "f'{'",
        "'\\",
        "class",
        "def",
        "@",
        "@x",
        "match",
        "lambda",
        "\0",
        "x = 1\r\ny = f(x)\r\n",
        "é = 'ü\\N{DASH}' + ñ\n",
        "print 'a' % b, c\nexec 'x' in y\n",
        "def f((a, b), c=1): return a\n",
        "from . import (\n",
        "import\n",
        "global x\nnonlocal y\nreturn 1\nbreak\ncontinue\nyield 2\n",
        "if x:\n",
        "x: int\nx: int = yield\n",
        "del (a, b), [c], d.e\n",
        "'%' % x; '%(' % x; '{' .format(x); '{0[}'.format(x); '{!}'.format(x)\n",
        "`x`\n",
        "x = y = \n",
        "super()\nsuper().x\n",
        "except x:\n    pass\n",
    ] {
        check_sound(source);
    }
}

const SEED: &str = r#"
import a.b as c
from .d import e, f as g
@deco(1)
class K(Base, metaclass=M):
    x: int = 1
    def m(self, a, *b, c=None, **d) -> "T":
        global q
        self.y[a].z += f"{a!r:>{b}} {{}}" "%s" % (c, d)
        for i, (j, *k) in enumerate(b):
            if i == 2 and not j: continue
            elif k: break
            else: self.n.append({"r": j, **d})
        else:
            raise E from None
        while True:
            try:
                with open(a) as h, lock: return [w for w in h if w]
            except (A, B) as err: del err.x, d["k"]
            finally: yield from (lambda z=1: z)(2)
match s:
    case {"k": [1, x, *_], **rest} | C(y=2) if x: x = x[1:-2, ::3]
    case _: assert x, "no"
async def n(): return await o(*p, **q) if (r := s) else t or u
"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn broken_source_is_lowered(edits in prop::collection::vec((0usize..2000, 0usize..60, "[\\PC\n \\[\\](){}:,'\"@*=.]{0,6}"), 1..6)) {
        let mut source = SEED.to_owned();
        for (at, cut, insert) in edits {
            let clamp = |mut i: usize| {
                i = i.min(source.len());
                while !source.is_char_boundary(i) {
                    i -= 1;
                }
                i
            };
            let (start, end) = (clamp(at), clamp(at + cut));
            source.replace_range(start..end, &insert);
        }
        check_sound(&source);
    }

    #[test]
    fn anything_is_lowered(source in "(\\PC|[\n\t :()\\[\\]{}'\"=.,*@%]|def |class |if |for |in |lambda |f'|match |case |try|except |with |as ){0,80}") {
        check_sound(&source);
    }
}
