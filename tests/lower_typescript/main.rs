//! What the TypeScript front end makes of source code.

mod reach;

use proptest::prelude::*;
use reach::reaching;
use transborder::ir::*;
use transborder::lang::typescript::lower;
use transborder::language::Language;
use transborder::text::FileId;

/// Asserts which literals arrive at `sink(…)`.
macro_rules! reaches {
    ($($name:ident: $source:expr => $found:expr;)*) => {
        $(#[test]
        fn $name() {
            let found: &[&str] = &$found;
            assert_eq!(reaching(&ts($source)), found, "\n{}", ts($source));
        })*
    };
}

reaches! {
    a_const: "const a = 'x'; sink(a);" => ["x"];
    the_last_assignment_counts: "let a = 'x'; a = 'y'; sink(a);" => ["y"];
    branches_join: "let a = 'x'; if (c) { a = 'y' } else { a = 'z' } sink(a);" => ["y", "z"];
    an_if_may_not_run: "let a = 'x'; if (c) a = 'y'; sink(a);" => ["x", "y"];
    else_if: "let a; if (c) a = 'x'; else if (d) a = 'y'; else a = 'z'; sink(a);" => ["x", "y", "z"];
    a_block_scope_ends: "let a = 'x'; { let a = 'y'; } sink(a);" => ["x"];
    var_has_no_block_scope: "function f() { if (c) { var a = 'x'; } sink(a); }" => ["x"];
    constant_conditions_fold: "const on = false; let a = 'x'; if (on) { a = 'y' } sink(a);" => ["x"];
    comparisons_fold: "let a = 'x'; if (1 + 1 === 3) { a = 'y' } sink(a);" => ["x"];
    a_variable_that_a_function_assigns_does_not_fold:
        "function f() { let on = false; set(); if (on) { sink('x') } function set() { on = true } }" => ["x"];
    dead_code_is_gone: "function f() { return; sink('x'); }" => [];
    an_early_return_ends_its_branch: "function f() { let a = 'x'; if (c) { a = 'y'; return; } sink(a); }" => ["x"];
    while_loops_carry: "let a = 'x'; while (c) { sink(a); a = 'y'; }" => ["x", "y"];
    for_loops_carry: "let a = ''; for (let i = 0; i < 3; i++) { a += 'x'; } sink(a);" => ["", "x"];
    for_of: "for (const m of [{ c: 'x' }]) { sink(m.c); }" => ["x"];
    for_of_destructured: "for (const [k, { v }] of [['a', { v: 'x' }]]) { sink(v); }" => ["x"];
    break_leaves_a_loop: "let a = 'x'; for (;;) { a = 'y'; if (c) break; a = 'z'; } sink(a);" => ["y"];
    continue_goes_on: "let a = 'x'; for (const i of l) { if (c) { a = 'y'; continue; } sink(a); }" => ["x", "y"];
    continue_keeps_what_is_only_written:
        "let a = 'x'; for (const i of l) { if (c) { a = 'y'; continue; } a = 'z'; } sink(a);" => ["x", "y", "z"];
    what_is_returned_does_not_leave_a_loop:
        "function f() { let a = 'x'; for (const i of l) { if (c) continue; a = 'z'; return; } sink(a); }" => ["x"];
    do_while: "let a = 'x'; do { a = 'y' } while (c); sink(a);" => ["y"];
    do_while_with_continue: "let a = 'x'; do { if (c) { a = 'y'; continue; } a = 'z'; } while (d); sink(a);" => ["x", "y", "z"];
    do_once: "let a = 'x'; do { sink(a); if (c) break; a = 'y'; } while (false);" => ["x"];
    switch_joins: "let a = 'x'; switch (k) { case 1: a = 'y'; break; case 2: a = 'z'; break; } sink(a);" => ["x", "y", "z"];
    switch_with_default: "let a = 'x'; switch (k) { case 1: a = 'y'; break; default: a = 'z' } sink(a);" => ["y", "z"];
    switch_falls_through: "let a = 'x'; switch (k) { case 1: a = 'y'; case 2: sink(a); }" => ["x", "y"];
    switch_on_a_constant: "switch ('p') { case 'q': sink('x'); break; case 'p': sink('y'); break; default: sink('z') }" => ["y"];
    break_in_a_switch_stays_in_the_loop:
        "let a = 'x'; for (const i of l) { switch (i) { case 1: a = 'y'; break; default: a = 'z'; } sink(a); }" => ["y", "z"];
    continue_in_a_switch_leaves_it:
        "for (const i of l) { let a = 'x'; switch (i) { case 1: a = 'y'; continue; } sink(a); }" => ["x"];
    labels_leave_their_loop:
        "let a = 'x'; o: for (;;) { for (;;) { a = 'y'; if (c) break o; a = 'z'; if (d) continue o; } } sink(a);" => ["y"];
    labels_leave_their_block: "let a = 'x'; b: { if (c) break b; a = 'y'; } sink(a);" => ["x", "y"];
    catch_sees_the_body: "let a = 'x'; try { a = 'y'; f(); } catch { sink(a); }" => ["x", "y"];
    catch_binds_what_was_thrown: "try { throw 'x'; } catch (e) { sink(e); }" => ["x"];
    finally_runs_after_returns: "function f() { try { return 1; } catch (e) { return 2; } finally { sink('x'); } }" => ["x"];
    after_try_either: "let a; try { a = 'x'; } catch { a = 'y'; } sink(a);" => ["x", "y"];
    destructuring: "const { a, b: { c }, ...rest } = { a: 'x', b: { c: 'y' }, d: 'z' }; sink(c);" => ["y"];
    a_rest_lacks_what_was_taken: "const { a, ...rest } = { a: 'x', d: 'z' }; sink(rest.a); sink(rest.d);" => ["z"];
    destructuring_defaults: "const { a = 'x' } = { a: 'y' }; sink(a);" => ["x", "y"];
    array_destructuring: "const [, b, ...c] = ['x', 'y', 'z']; sink(b);" => ["y"];
    assigned_destructuring: "let a, o = {}; ({ a, b: o.b } = { a: 'x', b: 'y' }); sink(a); sink(o.b);" => ["x", "y"];
    swap: "let a = 'x', b = 'y'; [a, b] = [b, a]; sink(a);" => ["y"];
    members: "const o = { a: 'x', b: 'y' }; o.a = 'z'; sink(o.a); sink(o['b']);" => ["y", "z"];
    computed_keys: "const k = 'a'; const o = { [k]: 'x', b: 'y' }; sink(o[k]); " => ["x"];
    aliases_share: "const o = {}; const p = o; p.a = 'x'; sink(o.a);" => ["x"];
    deleted: "const o = { a: 'x', b: 'y' }; delete o.a; sink(o.a); sink(o.b);" => ["y"];
    nested_writes: "const o = { p: { q: 'x' } }; o.p.q = 'y'; sink(o.p.q);" => ["y"];
    spread_and_override: "const o = { ...{ a: 'x', b: 'y' }, a: 'z' }; sink(o.b);" => ["y"];
    templates: "const n = 'x'; sink(`a${n}b${`c`}`);" => ["a", "bc", "x"];
    long_sums_are_text: "sink('a' + f + 'b' + 'c');" => ["a", "bc"];
    known_left_sides_decide: "sink('x' || 'y'); sink('' || 'z'); sink(null ?? 'w'); sink('v' ?? 'u');" => ["v", "w", "x", "z"];
    and_is_its_right_side: "const u = { m: 'x' }; sink(u.m && 'y');" => ["y"];
    conditional_expressions: "sink(c ? 'x' : d ? 'y' : 'z');" => ["x", "y", "z"];
    logical_assignment: "let a; a ??= 'x'; let b = f(); b ||= 'y'; sink(a); sink(b);" => ["x", "y"];
    calls_return: "const f = (p) => p; function g(p) { return f(p); } sink(g('x'));" => ["x"];
    functions_hoist: "sink(f()); function f() { return 'x'; }" => ["x"];
    default_parameters: "function f(a = 'x', { b = 'y' } = {}) { sink(a); sink(b); }" => ["x", "y"];
    functions_behind_a_return: "function f() { return g(); function g() { sink('x'); } }" => ["x"];
    module_variables_in_functions: "let a = 'x'; function f() { sink(a); } a = 'y';" => ["y"];
    functions_assign_module_variables: "let a; function f() { a = 'x'; } function g() { sink(a); }" => ["x"];
    closures_capture: "function f() { const a = 'x'; return () => sink(a); }" => ["x"];
    closures_capture_what_comes_later: "function f() { const g = () => sink(a); const a = 'x'; g(); }" => ["x"];
    closures_write: "function f(l) { let a = ''; l.forEach(i => { a += 'x'; }); sink(a); }" => ["", "x"];
    callbacks_write_module_variables: "let a = ''; l.forEach(i => { a = 'x'; }); sink(a);" => ["", "x"];
    block_variables_in_callbacks: "if (c) { const a = 'x'; l.map(i => sink(a)); }" => ["x"];
    callbacks_see_later_variables: "app.get('/', () => sink(a)); const a = 'x';" => ["x"];
    inner_names_shadow: "const a = 'x'; function f() { const g = () => sink(a); const a = 'y'; return g; }" => ["y"];
    nested_functions_change_objects: "function f() { const o = []; function add(i) { o[0] = i; } add('x'); sink(o); }" => ["x"];
    this_fields: "class A { constructor(p) { this.p = p; } m() { sink(this.p); } } new A('x');" => ["x"];
    parameter_properties: "class A { constructor(private readonly p: P) {} m() { sink(this.p); } } new A('x');" => ["x"];
    private_fields: "class A { #p = 'x'; m() { sink(this.#p); } }" => ["x"];
    arrows_keep_this: "class A { p = 'x'; m() { return () => sink(this.p); } n = () => { this.q = 'y'; }; o() { sink(this.q); } }" => ["x", "y"];
    enums: "enum E { A = 'x', B = 'y' } sink(E.B);" => ["y"];
    namespaces: "namespace N { export const a = 'x'; const b = 'y'; } sink(N.a); sink(N.b);" => ["x"];
    requires: "const { a } = require('m'); sink(a);" => ["import m"];
    dynamic_imports: "async function f() { const { a } = await import('m'); sink(a); }" => ["import m"];
    registries_are_packages: "import a from 'npm:openai@4'; import b from 'https://esm.sh/@ai-sdk/openai@1?x'; sink(a); sink(b);"
        => ["import @ai-sdk/openai", "import openai"];
    own_exports: "exports.a = () => 'x'; exports.b = () => { sink(exports.a()); };" => ["x"];
    casts_are_transparent: "const a = ('x' as any)! satisfies B; sink(<C>a);" => ["x"];
    tags_get_their_values: "const a = 'y'; function t(s, v) { sink(s); sink(v); } t`x${a}`;" => ["x", "y"];
    sequences_end_with_the_last: "sink((f('x'), 'y'));" => ["y"];
    wrong_order_of_effects: "const o = { a: {}, b: {} }; o.c = f(o.a, o.b, 'x'); sink(o.c);" => ["x"];
}

#[test]
fn exports_of_all_forms() {
    let module = ts(concat!(
        "export const a = 1, { b, c: [d] } = x; export function e() {} export class F {} export default g;",
        "const h = 2; export { h as i }; export { j as k } from './m'; export * from './n'; export * as o from './p';",
        "export interface Q { r: string } export enum S { T } export type { Q as U };",
    ));
    let names: Vec<&str> = module.exports.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["a", "b", "d", "e", "F", "default", "i", "k", "*", "o", "Q", "S", "U"]);
    assert!(matches!(module.exports[7].kind, ExportKind::Import(_)));
    assert!(matches!(module.exports[8].kind, ExportKind::Star(_)));
}

#[test]
fn common_js_exports() {
    let module = tsx(
        "function a() {} module.exports = { a, b: () => 1 }; exports.c = exports.d = void 0; exports.d = a;",
    );
    let names: Vec<&str> = module.exports.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["*", "a", "b", "d"]);
}

#[test]
fn default_exports_keep_their_functions() {
    let module = ts("export default async function (req) { sink('x'); }");
    assert_eq!(reaching(&module), ["x"]);
    let module = ts("export default class extends A { m() { sink('x'); } }");
    assert_eq!(reaching(&module), ["x"]);
    let module = ts("export default defineHandler(async (e) => { sink('x'); });");
    assert_eq!(reaching(&module), ["x"]);
}

#[test]
fn imports_of_all_forms() {
    let module = ts(concat!(
        "import a, { b as c, type D } from 'm'; import * as e from 'n'; import 'o'; import f = require('p');",
        "import type { G } from 'q'; const h = require('r').i;",
    ));
    let found: Vec<String> = module.imports.iter().map(|i| format!("{} {:?}", i.spec, i.name)).collect();
    assert_eq!(found.len(), 8, "{found:?}");
    assert_eq!(module.imports[1].name, ImportName::Named("b".into()));
    assert_eq!(module.imports[3].name, ImportName::Module);
}

#[test]
fn functions_take_the_name_of_what_holds_them() {
    let module = ts(
        "const a = () => 1; const o = { b: async () => 2, c() {}, get d() { return 3; } }; m.e = function () {};",
    );
    let names: Vec<&str> = module.functions.iter().map(|f| f.name.as_str()).collect();
    for name in ["a", "b", "c", "d", "e"] {
        assert!(names.contains(&name), "{names:?}");
    }
    let getter = module.functions.iter().find(|f| f.name == "d").unwrap();
    assert!(getter.is_property && getter.has_receiver);
}

#[test]
fn classes_have_bases_fields_and_decorators() {
    let source = concat!(
        "@Injectable() export class A extends B<C> implements D, E.F { private static x: OpenAI = new OpenAI();",
        "@Column() email!: string; @Post() async m(@Body() dto: Dto, @Query('q') q: string) {} static s() {} }",
    );
    let module = ts(source);
    let class = &module.classes[0];
    assert_eq!((class.bases.len(), class.decorators.len()), (3, 1));
    assert_eq!(class.fields.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["x", "email"]);
    let method = module.functions.iter().find(|f| f.name == "m").unwrap();
    assert_eq!(method.decorators.len(), 3);
    assert_eq!(method.params[1].annotation.as_ref().unwrap().text, "Dto");
    assert!(module.functions.iter().any(|f| f.name == "s" && f.is_classmethod && f.has_receiver));
}

#[test]
fn interfaces_and_object_types_are_classes() {
    let module = ts(
        "interface User extends Base { email: string; tags?: Tag[] } type Row = { id: number } & User; function f(u: Row) {}",
    );
    let fields = |name: &str| {
        let class = module.classes.iter().find(|c| c.name == name).unwrap();
        class.fields.iter().map(|f| f.name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(fields("User"), ["email", "tags"]);
    assert_eq!(fields("Row"), ["id"]);
    let annotation = module.functions[1].params[0].annotation.as_ref().unwrap();
    assert!(matches!(module.inst(annotation.types[0]).op, Op::Class(ClassId(1))));
}

#[test]
fn a_type_may_share_its_name_with_a_value() {
    let module =
        ts("const User = z.object({}); type User = z.infer<typeof User>; function f() { sink(User); }");
    assert!(module.globals[&"User".into()].iter().all(|v| !matches!(module.inst(*v).op, Op::Class(_))));
}

/// A call that is not lowered is a finding that is missed.
#[test]
fn calls_are_found_wherever_they_hide() {
    let source = r#"
        @deco(c1()) class A extends mixin(c2()) { [c3()] = c4(); static s = c5(); static { c6(); } @p(c7()) f = 1;
          m(a = c8(), { b = c9(), [c10()]: d } = c11()) {} get g() { return c12(); } set g(v) { c13(); } [c14()]() {} }
        enum E { X = c15(), Y = `${c16()}` }
        const o = { [c17()]: 1, m() { c18(); }, ...c19(), get p() { return c20(); }, set q(v) { c21(); } };
        for (let i = c22(); c23(); c24()) { c25(); continue; }
        for (const x of c26()) { c27(); } for (const k in c28()) c29();
        while (c30()) { c31(); break; } do { c32(); } while (c33());
        switch (c34()) { case c35(): c36(); break; default: c37(); }
        try { c38(); } catch ({ message = c39() }) { c40(); } finally { c41(); }
        const t = tag`a${c42()}b`; const { r = c43(), ...s } = c44(); [o.a = c45()] = c46();
        label: { c47(); } if (c48()) c49(); else if (c50()) c51(); else c52();
        x ? c53() : c54(); x && c55(); x ?? c56(); x || c57(); !c58(); typeof c59(); void c60(); delete c61().a;
        a[c62()] += c63(); a[c64()]++; (c65(), c66()); new (c67())(c68(), ...c69()); c70()?.[c71()]?.(c72());
        export default c73(); export const e = async () => { for await (const z of c74()) yield_(c75()); };
        function* gen() { yield c76(); yield* c77(); throw c78(); }
        namespace N { export const n = c79(); c80(); }
        abstract class B { abstract m(): void; n = () => c81(); }
        if (x) { function inner() { c82(); } class C { m() { c83(); } } }
        const w = <T>(a: T = c84()) => c85(a) as T; let q = c86()!; let u = c87() satisfies X; z = <any>c88();
        (function () { return; function late() { c89(); } })();
        import alias = N.n; var v = function self() { c90(); }; o.p = { q: { r: () => c91() } };
        const cls = class { m() { c92(); } }; async () => await c93(); new Promise((r) => c94(r)); with (c95()) c96();
        outer: for (;;) { for (;;) { c97(); break outer; } } export { c98 as default }; export const { d1 = c99() } = o;
    "#;
    let module = ts(source);
    assert_eq!(missing_calls(&module, 1..=99, &[98]), Vec::<u32>::new());
    let jsx = r#"
        const App = () => { useEffect(() => { c1(); }, [c2()]);
          return <><Chat {...c3()} a={c4()} onSend={async (p) => { await c5(p); }} b=<i>{c6()}</i>>
            {c7() && <p>{c8()}</p>} {list.map(i => <Item key={c9(i)} />)} text </Chat></>; };
    "#;
    assert_eq!(missing_calls(&tsx(jsx), 1..=9, &[]), Vec::<u32>::new());
}

#[test]
fn syntax_errors_leave_the_rest() {
    for source in
        ["const = ; sink('x');", "function f( { sink('x');", "class A { m( { } } sink('x')", "sink('x'"]
    {
        let module = ts(source);
        assert!(module.syntax_error.is_some(), "{source}");
        check(&module, source.len());
    }
    assert_eq!(reaching(&ts("let a = = 3; function f() { sink('x'); }")), ["x"]);
}

#[test]
fn forms_that_the_grammar_does_not_know_are_no_errors() {
    let sources = [
        "const a = await get<typeof import('./other')>(); sink('x');",
        "const a: import('axios').Response<string> = b; sink('x');",
        "const rows = await db.$queryRaw<Row[]>`SELECT 1`; sink('x');",
        "const rows = sql<{ n: number }[]>`SELECT ${1}`; sink('x');",
        "export type * from './b'; sink('x');",
    ];
    for source in sources {
        let module = ts(source);
        assert_eq!(module.syntax_error, None, "{source}");
        assert_eq!(reaching(&module), ["x"], "{source}");
        check(&module, source.len());
        let wrong = format!("{source} let a = = 3;");
        assert!(ts(&wrong).syntax_error.is_some(), "{wrong}");
    }
    let page = "const P = () => <p>\n  Save & Close R&D {sink('x')}\n</p>;";
    assert_eq!(tsx(page).syntax_error, None);
    assert_eq!(reaching(&ts("const a = 6 & 3; sink('x');")), ["x"]);
    assert!(tsx("const a = 6 & ;").syntax_error.is_some());
    assert!(tsx("const P = () => <p>A &amp; B & C</p>; const a = 6 & ;").syntax_error.is_some());
}

#[test]
fn depth_is_bounded() {
    let n = 10_000;
    for (open, middle, close) in [
        ("(", "1", ")"),
        ("[", "1", "]"),
        ("{a:", "1", "}"),
        ("f(", "1", ")"),
        ("() => ", "1", ""),
        ("!", "1", ""),
        ("-", "1", ""),
        ("a = ", "1", ""),
        ("`${", "1", "}`"),
        ("new ", "A", ""),
        ("a[", "1", "]"),
        ("c ? (", "1", ") : 2"),
        ("async function* f() { yield ", "1", "}"),
        ("class { m() { return ", "1", "} }"),
    ] {
        let source = format!("x = {}{middle}{}", open.repeat(n), close.repeat(n));
        let module = ts(&source);
        check(&module, source.len());
        // Parentheses are no nesting, and the parser itself gives up on so many `new`.
        assert!(module.too_deep.is_some() || ["(", "new "].contains(&open), "{open}");
    }
    for (open, close) in
        [("{", "}"), ("if (a) ", ";"), ("for (;;) {", "}"), ("a: ", ";"), ("namespace A {", "}")]
    {
        let source = format!("{}{}", open.repeat(n), close.repeat(n));
        check(&ts(&source), source.len());
    }
    let pattern = format!("const {}a{} = b;", "[".repeat(n), "]".repeat(n));
    check(&ts(&pattern), pattern.len());
    let types = format!(
        "let a: {}B{}; type C = {}D{};",
        "Array<".repeat(n),
        ">".repeat(n),
        "{a: ".repeat(n),
        "}".repeat(n)
    );
    check(&ts(&types), types.len());
    let jsx = format!("x = {}{};", "<a>".repeat(n), "</a>".repeat(n));
    check(&tsx(&jsx), jsx.len());
}

#[test]
fn calls_know_their_conditions() {
    let guarded = |source: &str| {
        let module = ts(source);
        let calls = module.calls.iter().filter(|(id, _)| {
            let Op::Call { callee, .. } = &module.inst(*id).op else { return false };
            matches!(module.inst(*callee).op, Op::Global(name) if name == "sink")
        });
        calls.map(|(id, _)| module.call_guards.get(id).map_or(0, |c| c.len())).collect::<Vec<_>>()
    };
    assert_eq!(guarded("if (a) sink(); else if (b) sink(); else sink(); sink();"), [1, 2, 2, 0]);
    assert_eq!(guarded("function f(a) { if (a) return; sink(); }"), [1]);
    assert_eq!(guarded("a ? sink() : b && sink(); c ?? sink();"), [1, 2, 1]);
    assert_eq!(guarded("switch (a) { case 1: sink(); case 2: sink(); break; default: sink(); }"), [1, 0, 1]);
    assert_eq!(guarded("function f(a) { try { if (a) return; } finally { sink(); } }"), [0]);
    assert_eq!(guarded("for (; ; sink()) { if (a) continue; sink(); }"), [0, 1]);
    // What a function may change behind our back decides nothing.
    assert_eq!(
        guarded("function f() { let on = false; set(); if (on) sink(); function set() { on = true } }"),
        [0]
    );
}

#[test]
fn chains_are_not_nesting() {
    let n = 10_000;
    for source in [
        format!("x = a{};", " + b".repeat(n)),
        format!("x = 'a'{};", " + 'b'".repeat(n)),
        format!("x = a{};", " || b".repeat(n)),
        format!("x = a{};", " && b".repeat(n)),
        format!("x = a{};", ".b().c".repeat(n)),
        format!("x = a{};", "!".repeat(n)),
        format!("if (a) b();{}", " else if (a) b();".repeat(n)),
        format!("x = {}c;", "a ? b : ".repeat(n)),
        format!("x = a{};", " as B".repeat(n)),
    ] {
        let module = ts(&source);
        check(&module, source.len());
        assert!(module.too_deep.is_none(), "{}", &source[..40]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is cut out of, put into or moved inside a file, lowering ends and its spans lie in the file.
    #[test]
    fn mutated_source_lowers(edits in proptest::collection::vec((any::<u16>(), 0usize..60, 0usize..FRAGMENTS.len()), 1..12), tsx_too: bool) {
        let mut text: Vec<char> = SEED.chars().collect();
        for (place, cut, fragment) in edits {
            let from = place as usize % (text.len() + 1);
            let to = (from + cut).min(text.len());
            text.splice(from..to, FRAGMENTS[fragment].chars());
        }
        let text: String = text.into_iter().collect();
        let module = if tsx_too { tsx(&text) } else { ts(&text) };
        check(&module, text.len());
    }
}

const FRAGMENTS: [&str; 24] = [
    "",
    "{",
    "}",
    "(",
    ")",
    "`",
    "${",
    "\"",
    "=>",
    "class ",
    "function ",
    "async ",
    "...",
    "?.",
    "#",
    "@",
    "é😀",
    "\\u{1",
    "<",
    "/>",
    "import ",
    "export ",
    "case ",
    "\n",
];

const SEED: &str = r#"
import OpenAI, { type Foo as Bar } from "openai"; import * as fs from 'fs'; export * from "./x";
@Injectable() export class Service<T> extends Base implements I { #key = `k${1}`; static s = new OpenAI();
  constructor(private readonly llm: LLM, @Inject('X') { a = 1, ...rest }: Opts = {}) { super(llm); this.a.b = rest; }
  get x(): string { return this.#key ?? "y"; } async *gen() { yield* this.llm.stream(); } }
export default async function main({ a, b: [c = 2] }: Props, ...args: string[]) {
  for (const [k, v] of Object.entries(a)) { if (k === "x") continue; else if (v) break; switch (k) { case "q": c(); default: d(); } }
  try { await client?.chat.completions.create({ model, messages: [...args, { role: "user", content: `Hi ${a.name}` }] }); }
  catch (e) { throw new Error("x" + e.message); } finally { done(); }
  return args.map(x => x.y!).filter(Boolean) as unknown[]; function helper() { total += 1; } }
enum E { A = "a", B } namespace N { export const z = 1 } interface I2 { f: string; m(): void } type U = { a: I2 } & Foo;
const el = <Chat onSend={async (p) => { await send(p); }} {...props}>{items.map(i => <b key={i}>{i}</b>)}</Chat>;
let t = tag`a${b}c`; x ??= y; ({ q: o.p, ...r } = s); delete o[k]; label: while (true) { do { i++ } while (i < 3); break label; }
module.exports = { main }; const { z } = require("z"); import("q").then(m => m.default);
"#;

fn missing_calls(module: &Module, numbers: std::ops::RangeInclusive<u32>, except: &[u32]) -> Vec<u32> {
    let called: Vec<String> = module
        .calls
        .iter()
        .filter_map(|(call, _)| match &module.inst(*call).op {
            Op::Call { callee, .. } => match module.inst(*callee).op {
                Op::Global(name) => Some(name.to_string()),
                _ => None,
            },
            _ => None,
        })
        .collect();
    numbers.filter(|n| !except.contains(n) && !called.contains(&format!("c{n}"))).collect()
}

fn ts(text: &str) -> Module {
    module_of(Language::TypeScript, text)
}

fn tsx(text: &str) -> Module {
    module_of(Language::Tsx, text)
}

/// Prints what a file lowers to: `TS_FILE=… cargo test --test lower_typescript print -- --ignored --nocapture`.
#[test]
#[ignore = "prints a file chosen by hand"]
fn print() {
    let path = std::env::var("TS_FILE").unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    println!("{}", module_of(Language::of(&path).unwrap(), &text));
}

fn module_of(language: Language, text: &str) -> Module {
    lower(FileId(0), language, text)
}

/// `TS_TREE=dir cargo test --release --test lower_typescript tree -- --ignored --nocapture`
#[test]
#[ignore = "reads a directory chosen by hand"]
fn tree() {
    let root = std::env::var("TS_TREE").unwrap();
    let mut files: Vec<(String, String)> = Vec::new();
    for entry in walkdir::WalkDir::new(root) {
        let path = entry.unwrap().into_path();
        let name = path.to_string_lossy().into_owned();
        if path.is_file()
            && matches!(Language::of(&name), Some(Language::TypeScript | Language::Tsx))
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            files.push((name, text));
        }
    }
    let bytes: usize = files.iter().map(|f| f.1.len()).sum();
    let start = std::time::Instant::now();
    for (name, text) in &files {
        let mut parser = tree_sitter::Parser::new();
        let language = match Language::of(name) {
            Some(Language::TypeScript) => tree_sitter_typescript::LANGUAGE_TYPESCRIPT,
            _ => tree_sitter_typescript::LANGUAGE_TSX,
        };
        parser.set_language(&language.into()).unwrap();
        std::hint::black_box(parser.parse(text, None));
    }
    let parse = start.elapsed();
    let mut slow = Vec::new();
    let (mut values, mut errors, mut deep) = (0, 0, 0);
    let start = std::time::Instant::now();
    for (name, text) in &files {
        let before = std::time::Instant::now();
        let module = module_of(Language::of(name).unwrap(), text);
        values += module.insts.len();
        errors += usize::from(module.syntax_error.is_some());
        deep += usize::from(module.too_deep.is_some());
        if std::env::var("TS_ERRORS").is_ok()
            && let Some(at) = module.syntax_error
        {
            println!("{name}:{at}");
        }
        check(&module, text.len());
        slow.push((before.elapsed().as_nanos() as usize / (text.len() + 2000), text.len(), name));
    }
    let lower = start.elapsed();
    slow.sort_unstable();
    println!(
        "{} files, {:.1} MB: parse {parse:?}, lower with parse {lower:?}, {:.1} MB/s, {values} values, {errors} with errors, {deep} too deep",
        files.len(),
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / lower.as_secs_f64()
    );
    for (ns, len, name) in slow.iter().rev().take(8) {
        println!("{ns} ns/B {len} {name}");
    }
}

/// Every reference points at something, every span lies in the file.
fn check(module: &Module, len: usize) {
    let values = module.insts.len() as u32;
    let known = |id: &ValueId| assert!(id.0 < values);
    for inst in &module.insts {
        assert!(inst.start <= inst.end && inst.end as usize <= len, "{inst:?} in {len}");
        match &inst.op {
            Op::Bind { value, .. } | Op::Load { base: value, .. } | Op::Delete { base: value, .. } => {
                known(value)
            }
            Op::Phi(values) | Op::Caught(values) => values.iter().for_each(known),
            Op::Alloc { items, .. } => items.iter().for_each(|(_, v)| known(v)),
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
    for function in &module.functions {
        assert!(function.start <= function.end && function.end as usize <= len);
        assert!(function.name_span.0 <= function.name_span.1 && function.name_span.1 as usize <= len);
    }
}
