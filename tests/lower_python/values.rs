//! Which values a name may hold: assignment, branches, loops, exceptions, scopes, aliases.

use super::flow::check;

#[test]
fn the_last_assignment_wins() {
    check("x = a\nx = b\nsend(x)\n", "b");
    check("x = y = a\nsend(x, y)\n", "a");
}

#[test]
fn branches_are_joined() {
    check("if c:\n    x = a\nelse:\n    x = b\nsend(x)\n", "a b");
    check("x = a\nif c:\n    x = b\nelif d:\n    x = e\nsend(x)\n", "a b e");
    check("x = a\nif c:\n    x = b\nelif d:\n    x = e\nelse:\n    x = f\nsend(x)\n", "b e f");
}

#[test]
fn constant_conditions_choose() {
    check("x = a\nif 1 + 1 == 3:\n    x = b\nsend(x)\n", "a");
    check("n = 2\nif n == 2:\n    x = a\nelse:\n    x = b\nsend(x)\n", "a");
    check("if 'k' == 'k' and not False:\n    x = a\nelse:\n    x = b\nsend(x)\n", "a");
    check("mode = None\nif mode is None:\n    x = a\nelse:\n    x = b\nsend(x)\n", "a");
    check("if c:\n    x = a\nelif True:\n    x = b\nelse:\n    x = d\nsend(x)\n", "a b");
    check("x = a if 0 else b\nsend(x)\n", "b");
    check("send(None or a, 'd' or b, '' and e)\n", "\"\" \"d\" a");
}

#[test]
fn assumed_conditions_are_taken() {
    check("x = a\nif __name__ == '__main__':\n    x = b\nsend(x)\n", "b");
    check(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from m import x\nelse:\n    x = b\nsend(x)\n",
        "b m x",
    );
}

#[test]
fn alternatives_are_kept() {
    check("send(a or b or e)\n", "a b e");
    check("send(a if c else b if d else e)\n", "a b e");
    check("send((x := a) and b, x)\n", "a b");
}

#[test]
fn what_follows_a_return_is_not_reached() {
    check("def f(c):\n    x = a\n    if c:\n        x = b\n        return x\n    send(x)\n", "a");
    check("def f(c):\n    return 1\n    send(a)\n", "");
    check(
        "def f(c):\n    if c:\n        x = a\n        raise E\n    else:\n        x = b\n    send(x)\n",
        "b",
    );
}

#[test]
fn definitions_after_a_return_are_kept() {
    check("def f():\n    return g\n    def g():\n        send(a)\n", "a");
}

#[test]
fn loops_carry_values() {
    check("x = a\nfor i in r:\n    send(x)\n    x = b\n", "a b");
    check("x = a\nwhile c:\n    x = b\nsend(x)\n", "a b");
    check("for x in [a, b]:\n    send(x)\n", "a b");
    check("for k, v in [(a, b)]:\n    send(v)\n", "b");
    check("def f():\n    for i in r:\n        if i:\n            send(prev)\n        prev = a\n", "a");
}

#[test]
fn loops_end_by_break_or_else() {
    check("while True:\n    x = a\n    if c:\n        break\n    x = b\nsend(x)\n", "a");
    check("x = a\nwhile True:\n    if c:\n        break\n    x = b\nsend(x)\n", "a b");
    check("x = a\nwhile True:\n    if c:\n        break\n    send(x)\n    x = b\nsend(x)\n", "a b");
    check("for i in r:\n    x = a\n    break\nelse:\n    x = b\nsend(x)\n", "a b");
    check("x = e\nfor i in r:\n    x = a\nelse:\n    x = b\nsend(x)\n", "b");
    check("x = e\nfor i in r:\n    if i:\n        x = a\n        continue\n    x = b\nsend(x)\n", "a b e");
}

#[test]
fn handlers_see_what_the_body_may_have_done() {
    let source = "x = a\ntry:\n    x = b\n    risky()\nexcept E:\n    send(x)\n";
    check(source, "a b");
    check("try:\n    x = a\nexcept E:\n    x = b\nelse:\n    x = d\nfinally:\n    pass\nsend(x)\n", "b d");
    check("def f():\n    try:\n        return 1\n    finally:\n        send(a)\n", "a");
}

#[test]
fn finally_runs_however_the_body_ends() {
    check("ok = False\ntry:\n    g()\n    ok = True\nfinally:\n    if not ok:\n        send(a)\n", "a");
    check("x = a\ntry:\n    x = b\nfinally:\n    send(x)\n", "a b");
    check("x = y = a\ntry:\n    x = b\nfinally:\n    y = e\nsend(x, y)\n", "b e");
    check("def f():\n    try:\n        return 1\n    finally:\n        raise E\n    send(a)\n", "");
}

#[test]
fn swallowed_exceptions_go_on_behind_the_block() {
    check(
        "def f():\n    x = a\n    with contextlib.suppress(E):\n        x = b\n        return x\n    send(x)\n",
        "a b",
    );
    check("def f():\n    with lock:\n        return x\n    send(a)\n", "");
}

#[test]
fn outer_variables_may_still_hold_what_they_held() {
    let source = "def f():\n    x = a\n    def g():\n        nonlocal x\n        try:\n            x = b\n            return 1\n        except E:\n            send(x)\n";
    check(source, "a b");
    check("x = a\ndef f(c):\n    global x\n    if c:\n        x = b\n    send(x)\n", "a b");
    check("done = False\ndef f():\n    global done\n    done = True\nf()\nif done:\n    send(a)\n", "a");
}

#[test]
fn handlers_catch_what_was_raised() {
    check("try:\n    raise V(a)\nexcept V as e:\n    send(e)\n", "V()");
    check("try:\n    g()\nexcept (A, B) as e:\n    send(e)\n", "g()");
    check("try:\n    try:\n        g()\n    except A:\n        raise\nexcept B as e:\n    send(e)\n", "g()");
}

#[test]
fn with_binds_what_is_entered() {
    check("with a as x, b as (y, z):\n    send(x, z)\n", "a b");
    check("with (a as x, b as y):\n    send(y)\n", "b");
}

#[test]
fn closures_see_later_values() {
    check("def f():\n    x = a\n    def g():\n        send(x)\n    x = b\n    g()\n", "a b");
    check("def f():\n    x = a\n    return lambda: send(x)\n", "a");
    check("def f():\n    def g():\n        return h()\n    def h():\n        return a\n    send(g())\n", "a");
    check("def f():\n    def g():\n        send(x)\n    x = a\n", "a");
}

#[test]
fn outer_variables_are_assigned_on_request_only() {
    check(
        "def f():\n    x = a\n    def g():\n        nonlocal x\n        x = b\n    g()\n    send(x)\n",
        "a b",
    );
    check("def f():\n    x = a\n    def g():\n        x = b\n    g()\n    send(x)\n", "a");
    check("x = a\ndef f():\n    global x\n    x = b\ndef g():\n    send(x)\n", "a b");
    check("def g():\n    send(late)\ndef f():\n    global late\n    late = a\n", "a");
}

#[test]
fn functions_see_module_variables_defined_later() {
    check("def f():\n    send(x)\nx = a\n", "a");
    check("f = lambda: send(x)\nx = a\n", "a");
    check("open = wrap(open)\nsend(open)\n", "wrap()");
}

#[test]
fn class_names_are_not_seen_by_methods() {
    check("class C:\n    x = a\n    def f(self):\n        send(x)\n", "x");
    check("x = b\nclass C:\n    x = a\n    send(x)\n    def f(self):\n        send(x)\n", "a b");
}

#[test]
fn comprehensions_have_their_own_names() {
    check("x = a\nys = [x for x in [b]]\nsend(x)\n", "a");
    check("send([f(y) for x in [a] for y in [x, b] if y])\n", "f()");
    check("send({k: v for k, v in [(a, b)]}['n'])\n", "b");
    check("out = []\n[out.append(x) for x in [a]]\nsend(out)\n", "a");
    check("ys = [(last := x) for x in [a]]\nsend(last)\n", "a");
    check("fs = [lambda: send(x) for x in [a]]\n", "a");
    check("def f():\n    return [lambda: send(x) for x in [a]]\n", "a");
}

#[test]
fn aliases_share_changes() {
    check("d = {}\ne = d\ne['k'] = a\nsend(d['k'])\n", "a");
    check("d = {}\nd['k'] = a\nd['k'] = b\nsend(d['k'])\n", "b");
    check("d = {'k': a, 'l': b}\ndel d['k']\nsend(d['k'], d['l'])\n", "b");
    check("o.p.q = a\nx = o\nx.p.r = b\nsend(x.p.r)\n", "b");
    check("xs = [a]\nys = xs\nys.append(b)\nsend(xs)\n", "a b");
    check("def f(o):\n    o.p.q = a\n    send(o.p.q)\n", "a");
}

#[test]
fn dictionaries_and_attributes_have_keys() {
    check("d = {'k': a, 'l': b, 1: e}\nsend(d['k'], d[1])\n", "a e");
    check("key = 'k'\nd = {'k': a, 'l': b}\nsend(d[key])\n", "a");
    check("d = {'k': a, **{'l': b}}\nsend(d['l'])\n", "b");
    check(
        "setattr(o, 'k', a)\no = {}\nsetattr(o, 'k', a)\nsend(getattr(o, 'k'), getattr(o, 'l', b))\n",
        "a b",
    );
    check("xs = [a, b]\nsend(xs[1])\n", "b");
}

#[test]
fn destructuring_takes_the_right_part() {
    check("x, y = a, b\nsend(y)\n", "b");
    check("x, (y, *z), w = f\nsend(x)\n", "f");
    check("(x, [y, z]) = (a, [b, e])\nsend(z)\n", "e");
    check("first, *rest = [a, b, e]\nsend(rest)\n", "b e");
    check("for i, (x, y) in [(a, (b, e))]:\n    send(y)\n", "e");
    check("xs = [a]\nxs[0], y = b, e\nsend(xs[0])\n", "b");
}

#[test]
fn augmented_assignment_adds() {
    check("x = a\nx += b\nsend(x)\n", "a b");
    check("x = 'p'\nfor r in [a]:\n    x += r\nsend(x)\n", "\"p\" a");
    check("o = {}\no.t = a\no.t += b\nsend(o.t)\n", "a b");
    check("d = {'k': a}\nd['k'] |= b\nsend(d['k'])\n", "a b");
}

#[test]
fn strings_are_built_from_their_pieces() {
    check("send(f'x{a!r:>{w}}y' 'z')\n", "\"x\" \"yz\" a");
    check("send('p' + a + 'q' + b)\n", "\"p\" \"q\" a b");
    check("send('%s-%(n)d' % a)\n", "\"-\" a");
    check("send('%s is %s' % (a, b))\n", "\" is \" a b");
    check("send('{} {n} {0.x} {{}}'.format(a, n=b, unused=e))\n", "\" \" \" {}\" a b");
    check("t = '{n}'\nsend(t.format(**{'n': a, 'm': b}))\n", "a");
    check("send('a' 'b', 'a' + 'b', '\\x41\\n', r'\\n', b'z')\n", "\"A\\n\" \"\\\\n\" \"ab\" other b'z'");
}

#[test]
fn numbers_are_folded() {
    check("x = 2 * 3 + 1\nsend(x, -x, 0x10 | 1, 7 // -2)\n", "-4 -7 17 7");
}

#[test]
fn comparisons_carry_nothing() {
    check("send(a == b, a in b, not a, a is not b, a < b < e)\n", "");
}

#[test]
fn match_binds_parts() {
    let source = "match {'k': a, 'l': b}:\n    case {'k': x, **rest}:\n        send(x)\n";
    check(source, "a");
    check("xs = [a, b, e]\nmatch xs:\n    case [y, *ys]:\n        send(ys)\n", "a b e");
    check("match s:\n    case C(f=x) | D(x) if x:\n        send(x)\n    case _:\n        send(b)\n", "b s");
    check(
        "match 'two':\n    case 'one':\n        send(a)\n    case 'two':\n        send(b)\n    case _:\n        send(e)\n",
        "b",
    );
    check("match a, b:\n    case x, (y as z):\n        send(z)\n", "b");
    check("x = a\nmatch s:\n    case 1:\n        x = b\n    case m.C:\n        x = e\nsend(x)\n", "a b e");
    check("match a:\n    case str(x):\n        send(x)\n", "a");
}

#[test]
fn super_is_the_class_around() {
    check("class C(B):\n    def f(self):\n        g = lambda: send(super().f)\n", "super:C");
}

#[test]
fn await_and_parentheses_change_nothing() {
    check("async def f():\n    x = await (await g(a))\n    send((x))\n", "g()");
}
