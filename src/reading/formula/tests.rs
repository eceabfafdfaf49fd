//! Formulas as trees and as words; what is refused of them, and where.

use pulldown_latex::{Parser, Storage};

use super::{parse, rows};
use crate::reading::model::{Class, GridKind, Math, ScriptPlace};

fn plain(tex: &str) -> String {
    parse(tex, "zh").unwrap_or_else(|fault| panic!("{tex}: {fault:?}")).plain
}

fn said(tex: &str, lang: &str) -> String {
    parse(tex, lang).unwrap_or_else(|fault| panic!("{tex}: {fault:?}")).alt
}

fn refused(tex: &str) -> (String, String, String) {
    let fault = parse(tex, "zh").expect_err(tex);
    (tex[fault.at].to_owned(), fault.message, fault.hint)
}

#[test]
fn formulas_become_trees() {
    for (tex, right) in [
        ("E=mc^2", "E=mc²"),
        (r"\frac{a}{b}", "a/b"),
        (r"\frac{a+b}{2}", "(a+b)/2"),
        (r"\sqrt[3]{x}", "³√x"),
        (r"\sqrt[2n]{x+1}", "²ⁿ√(x+1)"),
        (r"25^\circ\mathrm{C}", "25°C"),
        ("x_{i_j}", "x_(i\u{2c7c})"),
        (r"e^{x^2}", "e^(x²)"),
        (r"a\ b", "a b"),
        (r"a~b", "a b"),
        (r"\text{50\%~的人}", "50%\u{a0}的人"),
        (r"\left( a \rightarrow b \leftarrow c \right)", "(a→b←c)"),
        (r"\operatorname*{argmax}_x f(x)", "argmax_xf(x)"),
        (r"f''(x)", "f′′(x)"),
        (r"\nsubseteqq", "⫅̸"),
        (r"a \not= b \not\in C", "a≠b∉C"),
        (r"\mu\,\mathrm{m}", "μm"),
        (r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}", "(a b; c d)"),
    ] {
        assert_eq!(plain(tex), right, "{tex}");
    }
}

#[test]
fn commands_of_packages_are_set_or_named() {
    for (tex, same) in [
        (r"\bm{x}+\pmb\alpha", r"\boldsymbol{x}+\boldsymbol\alpha"),
        (r"\mathscr{F}", r"\mathcal{F}"),
        (r"\mathds{1}", r"\mathbb{1}"),
        (r"90\textdegree", "90°"),
        (r"\mbox{甲 乙}", r"\text{甲 乙}"),
        (r"\uppi r^2", r"\mathrm{\pi} r^2"),
        (r"\tg x", r"\operatorname{tg} x"),
    ] {
        assert_eq!((plain(tex), said(tex, "zh")), (plain(same), said(same, "zh")), "{tex}");
    }
    for (tex, at, hint) in [
        (r"a+\phantom{x}y", r"\phantom", r"\quad"),
        (r"{n \choose k}", r"\choose", r"\binom{n}{k}"),
        (r"\bra{x}", r"\bra", r"\langle a \rvert"),
        (r"\dddot{x}", r"\dddot", r"\overset{...}{x}"),
        (r"\SI{3}{m}", r"\SI", r"\pu{"),
        (r"\tr A", r"\tr", r"\operatorname{tr}"),
        (r"\myfn A", r"\myfn", r"\operatorname{"),
        (r"\limits_a", r"\limits", r"\sum\limits"),
    ] {
        let told = refused(tex);
        assert_eq!(told.0, at, "{tex}");
        assert!(told.1.contains("is not known") && told.2.contains(hint), "{tex}: {told:?}");
        assert!(!told.2.contains("did you mean"), "{tex}: {told:?}");
    }
}

#[test]
fn what_has_an_index_or_primes_is_one_element() {
    let root = parse(r"\sqrt[2n]{x}y", "zh").expect("a root").math;
    assert_eq!(root.len(), 2, "{root:?}");
    let primes = parse("f'^2_i", "zh").expect("primes").math;
    assert!(
        matches!(&primes[..], [Math::Scripts { primes: 1, sub: Some(_), sup: Some(_), .. }]),
        "{primes:?}"
    );
    let sum = parse(r"\sum_{i=1}^n i", "zh").expect("a sum").math;
    assert!(matches!(&sum[0], Math::Scripts { place: ScriptPlace::Movable, .. }), "{sum:?}");
    let star = parse(r"\operatorname*{arg\,max}_x", "zh").expect("a name").math;
    assert!(matches!(&star[0], Math::Scripts { place: ScriptPlace::Movable, .. }), "{star:?}");
    let middle = parse(r"\left( a \middle| b \right)", "zh").expect("a fence").math;
    let Math::Fenced { body, .. } = &middle[0] else { panic!("{middle:?}") };
    assert!(matches!(body[1], Math::Delimiter { size: None, .. }), "{body:?}");
}

#[test]
fn signs_without_terms_on_both_sides_have_no_space() {
    let class = |tex: &str, at: usize| rows::class(&parse(tex, "zh").expect(tex).math[at]);
    assert_eq!(class("a-b", 1), Some(Class::Binary));
    assert_eq!(class("-b", 0), Some(Class::Normal));
    assert_eq!(class("a=-b", 2), Some(Class::Normal));
    assert_eq!(class(r"f(\cdot)", 2), Some(Class::Normal));
    assert_eq!(class(r"a^+ + b", 1), Some(Class::Binary));
}

#[test]
fn environments_are_grids() {
    let grid = |tex: &str| match parse(tex, "zh").expect(tex).math.remove(0) {
        Math::Grid(grid) => grid,
        other => panic!("{tex}: {other:?}"),
    };
    let cases = grid(r"\begin{cases} 1 & x>0 \\ 0 & \text{否则} \\ \end{cases}");
    assert_eq!((cases.kind, cases.rows.len(), cases.columns.len()), (GridKind::Cases, 2, 2));
    let lines = grid(r"\begin{aligned} a &= b \\[2pt] &= c \end{aligned}");
    assert_eq!((lines.kind, lines.rows.len()), (GridKind::Lines, 2));
    let array = grid(r"\begin{array}{l|r} \hline a & b \\ \hline c & d \end{array}");
    assert_eq!((array.vertical, array.horizontal), (vec![1], vec![0, 1]));
}

#[test]
fn what_is_not_known_is_refused_where_it_stands() {
    for (tex, at, message, hint) in [
        (r"a + \frob{b}", r"\frob", r"`\frob` is not known", ""),
        (r"\farc{a}{b}", r"\farc", r"`\farc` is not known", r"did you mean `\frac`?"),
        (r"a^b^c", "^", "two scripts stand in one place: `^`", ""),
        (r"\frac{a}{b", "{", "`{` is not closed", "write `}` where it ends"),
        (r"\left( a", r"\left", r"`\left` is not closed", r"write `\right` where it ends"),
        (r"\begin{cases} a", r"\begin", "", r"write `\end{cases}` where it ends"),
        ("a } b", "}", "nothing opens what `}` closes", ""),
        ("50% x", "%", "a `%` hides what stands behind it", r"write `\%` for the sign"),
        (r"\color{red} x", r"\color", "", "remove it"),
        (r"\begin{alined} a \end{alined}", r"\begin", "", "did you mean `aligned`?"),
        (r"a & b", "&", "", ""),
        (r"a \\ b", r"\\", "", ""),
        (r"\ce{\bond{~-}}", r"\ce", "", ""),
        (r"\ce{H2O", r"\ce", r"`\ce` has no braces that are closed", r"write `\ce{…}`"),
        (r"a \tag{1}", r"\tag", "", ""),
        (r"\text{a $x$}", "$", "`$` cannot stand among words", ""),
        (r"\text{\textbf{a}}", r"\textbf", "", ""),
        (r"\mathfrak{1}", "}", "its alphabet has no `1`", ""),
        (r"\newcommand{\a}[1]{x}", r"\newcommand", r"`\newcommand` is not read", ""),
        (r"\char文", r"\char", "", ""),
        (r"\begin{alignat}{文} x \end{alignat}", "alignat", "", ""),
        (r"\sideset{a}{b}\sum", r"\sideset", "", ""),
        (r"\genfrac{}{}{1pt}{}{a}{b}", "", "", ""),
        (r"x^", "", "", ""),
    ] {
        let told = refused(tex);
        if !at.is_empty() {
            assert_eq!(told.0, at, "{tex}: {told:?}");
        }
        assert!(message.is_empty() || told.1 == message, "{tex}: {told:?}");
        assert!(hint.is_empty() || told.2 == hint, "{tex}: {told:?}");
    }
}

#[test]
fn chemistry_is_read_as_mhchem_writes_it() {
    for (tex, right) in [
        (r"\ce{H2O}", "H₂O"),
        (r"\ce{SO4^2-}", "SO₄²⁻"),
        (r"\ce{NH4+ + OH- -> NH3 ^ + H2O}", "NH₄⁺+OH⁻⟶NH₃↑+H₂O"),
        (r"\ce{Fe2O3 + 3CO ->[\text{高温}] 2Fe + 3CO2}", "Fe₂O₃+3CO→^高温2Fe+3CO₂"),
        (r"\ce{A <=>[a][b] B}", "A⇌_b^aB"),
        (r"\ce{KCr(SO4)2*12H2O}", "KCr(SO₄)₂⋅12H₂O"),
        (r"\ce{^{227}_{90}Th+}", "₉₀²²⁷Th⁺"),
        (r"\ce{1/2 O2}", "1/2O₂"),
        (r"\pu{5 kJ/mol}", "5 kJ/mol"),
    ] {
        assert_eq!(plain(tex), right, "{tex}");
    }
    assert_eq!(said(r"\ce{CO2}", "zh"), "CO 下标 2");
}

#[test]
fn every_command_is_known_to_the_parser() {
    for name in include_str!("commands.txt").lines() {
        let tex = format!("\\{name}");
        let storage = Storage::new();
        let first = Parser::new(&tex, &storage).next();
        let unknown = matches!(&first, Some(Err(error)) if error.to_string().contains("unknown"));
        assert!(!unknown, "{name}");
    }
}

#[test]
fn formulas_are_read_out_in_words() {
    for (tex, chinese, english) in [
        ("x^2", "x 平方", "x squared"),
        (r"\frac{a}{b}", "分数 a 除以 b", "fraction a over b"),
        (
            r"\frac{a+1}{b}",
            "分数 a 加 1 除以 b 分数结束",
            "fraction a plus 1 over b end of fraction",
        ),
        ("E=mc^2", "E 等于 m c 平方", "E equals m c squared"),
        (r"\sqrt{x}", "根号 x", "square root of x"),
        (r"\alpha_i", "阿尔法 下标 i", "alpha sub i"),
        (r"25^\circ", "25 度", "25 degrees"),
        (r"\sum_{i=1}^{n} i", "求和 从 i 等于 1 到 n i", "sum from i equals 1 to n i"),
        (r"\hat{y}", "y 上有尖角", "y hat"),
        (r"\mathbb{R}", "空心 R", "double-struck R"),
    ] {
        assert_eq!(said(tex, "zh-CN"), chinese, "{tex}");
        assert_eq!(said(tex, "en"), english, "{tex}");
    }
}

#[test]
fn traditional_chinese_has_its_characters() {
    assert_eq!(said(r"\sqrt{x+1} \le \infty", "zh-TW"), "根號 x 加 1 根號結束 小於等於 無窮");
    assert_eq!(said(r"\sqrt{x+1}", "zh-CN"), "根号 x 加 1 根号结束");
}

#[test]
fn whatever_is_written_is_read_or_refused() {
    let pieces = [
        r"\frac",
        "{",
        "}",
        "^",
        "_",
        r"\sqrt",
        "[",
        "]",
        r"\left",
        r"\right",
        "(",
        ")",
        "&",
        r"\\",
        r"\begin{aligned}",
        r"\end{aligned}",
        "x",
        "1",
        " ",
        r"\hat",
        r"\text",
        "文",
        r"\middle",
        r"\def",
        "#1",
        r"\not",
        r"\sum",
        r"\limits",
        r"\mathbf",
        "'",
        "|",
        r"\array",
        r"\genfrac",
        r"\over",
        r"\ce{",
        "H2->",
        "\u{3000}",
        r"\hspace{1em",
        r"\begin{alignat}{",
        "9999999999",
        r"\newcommand",
        r"\hline",
        r"\char",
        r"\kern",
        "-",
        r"\",
        "~",
    ];
    let mut state = 1u64;
    for _ in 0..4000 {
        let mut tex = String::new();
        for _ in 0..(state % 9 + 1) {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            tex.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        if let Err(fault) = parse(&tex, "en") {
            assert!(tex.get(fault.at.clone()).is_some(), "{tex}: {fault:?}");
        }
    }
}
