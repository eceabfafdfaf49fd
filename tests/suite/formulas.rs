//! Formulas as they are set, read from the final PDF; and what is refused of them.

use crate::project::{Project, Run};
use testkit::pdf::{File, Glyph, Page};

/// A report of trends with these texts.
fn reports(settings: &str, trends: &[&str]) -> Project {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        format!("title: 试验报告\npublisher: {{name: 试验出版社}}\ndate: 2025-01\nparts: [trends/*.md]\ncheck: {{TP0506: off}}\n{settings}\n"),
    );
    project.write(
        "content/figures/a.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 1'/>",
    );
    for (at, body) in trends.iter().enumerate() {
        let text = format!("---\ntitle: 第{at}个题目\n---\n\n{body}\n");
        project.write(&format!("content/trends/{at}.md"), text);
    }
    project
}

fn report(body: &str) -> Project {
    reports("columns: 1", &[body])
}

struct Made {
    file: File,
    pages: Vec<Page>,
}

impl Made {
    fn glyphs(&self) -> impl Iterator<Item = &Glyph> {
        self.pages.iter().flat_map(|page| &page.glyphs)
    }

    /// The text in the order in which it is drawn.
    fn text(&self) -> String {
        let text: String = self.glyphs().map(|glyph| glyph.text.as_str()).collect();
        text.chars().filter(|c| !c.is_whitespace() && !cjk::is_invisible(*c)).collect()
    }

    /// The only glyph that shows this.
    #[track_caller]
    fn one(&self, text: &str) -> &Glyph {
        let mut found = self.glyphs().filter(|glyph| glyph.text == text);
        let first = found.next().unwrap_or_else(|| panic!("`{text}` is not in {}", self.text()));
        assert!(found.next().is_none(), "`{text}` stands twice in {}", self.text());
        first
    }
}

#[track_caller]
fn made(project: &Project) -> Made {
    project.run(&["render", "o.pdf"]).ok();
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    Made { pages: file.pages(), file }
}

#[track_caller]
fn fails(run: &Run, parts: &[&str]) {
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    for part in parts {
        assert!(run.stderr.contains(part), "`{part}` is not in {}", run.stderr);
    }
}

#[test]
fn letters_are_set_in_the_alphabets_that_are_asked_for() {
    for (tex, glyphs) in [
        (r"\mathbb{R}", "ℝ"),
        (r"\mathbb{Q} \mathbb{1}", "ℚ𝟙"),
        (r"\mathbf{A} \mathbf{7}", "𝐀𝟕"),
        (r"\mathcal{L} \mathfrak{g}", "ℒ𝔤"),
        (r"\mathsf{S} \mathtt{t}", "𝖲𝚝"),
        (r"\mathrm{d}x", "d𝑥"),
        (r"\boldsymbol{\beta}", "𝜷"),
        (r"x h \theta \varphi \phi \epsilon", "𝑥ℎ𝜃𝜑𝜙𝜖"),
        (r"\Gamma \mu \partial \nabla", "Γ𝜇𝜕∇"),
        (r"\sin x \lim y", "sin𝑥lim𝑦"),
        (r"3.14 \times 10^{-8}", "3.14×10−8"),
        (r"a \ne b \not\in C", "𝑎≠𝑏∉𝐶"),
        (r"\ce{2H2 + O2 -> 2H2O}", "2H2+O2⟶2H2O"),
    ] {
        let made = made(&report(&format!("开头${tex}$结束。")));
        // Two alphabets have two forms in Unicode.
        let text = made.text().replace('𝓛', "ℒ");
        assert!(text.contains(&format!("开头{glyphs}结束。")), "{tex}: {text}");
        assert!(made.glyphs().all(|glyph| glyph.id != 0), "{tex}");
    }
}

#[test]
fn scripts_stand_above_and_below_in_smaller_type() {
    let made = made(&report(r"开头$e^{x^7}$与$y_{i_j}$与$25^\circ\mathrm{C}$与$u\ v$结束。"));
    let (e, x, two) = (made.one("𝑒"), made.one("𝑥"), made.one("7"));
    assert!(e.size > x.size && x.size > two.size && e.y > x.y && x.y > two.y);
    let (y, i, j) = (made.one("𝑦"), made.one("𝑖"), made.one("𝑗"));
    assert!(y.size > i.size && i.size > j.size && y.y < i.y && i.y < j.y);
    let (circle, c) = (made.one("∘"), made.one("C"));
    assert!(circle.y < c.y && circle.x < c.x && circle.size < c.size);
    let (u, v) = (made.one("𝑢"), made.one("𝑣"));
    assert!(v.x - u.x - u.advance > 0.2 * u.size, "{u:?} {v:?}");
}

#[test]
fn fractions_roots_accents_and_matrices_are_set_as_such() {
    let made = made(&report(
        "开头\n\n$$\\frac{a}{b} \\quad \\sqrt[3]{c} \\quad \\hat{d} \\quad \\vec{e} \\quad \\begin{pmatrix} f & g \\\\ h & k \\end{pmatrix} \\quad \\sum_{m=1}^{n} p$$\n\n结束。",
    ));
    let (a, b) = (made.one("𝑎"), made.one("𝑏"));
    assert!(a.y + 8.0 < b.y && (a.x - b.x).abs() < 3.0, "{a:?} {b:?}");
    let bar = made.pages.iter().flat_map(|page| &page.shapes).count();
    assert!(bar > 0 || made.file.pages().len() == 1, "a line between them");
    let (index, root, c) = (made.one("3"), made.one("√"), made.one("𝑐"));
    assert!(index.x < c.x && root.x < c.x && index.y < c.y);
    for (base, accent) in [("𝑑", "\u{302}"), ("𝑒", "\u{20d7}")] {
        let (base, accent) = (made.one(base), made.one(accent));
        // The sign stands over its letter, not beside it.
        let reach = base.x - base.size * 0.5..base.x + base.advance + base.size * 0.6;
        assert!(reach.contains(&accent.x), "{base:?} {accent:?}");
    }
    let [f, g, h, k] = ["𝑓", "𝑔", "ℎ", "𝑘"].map(|letter| made.one(letter));
    assert!(f.x < g.x && f.y < h.y && (f.y - g.y).abs() < 0.1 && (h.y - k.y).abs() < 0.1);
    let (sum, n, m) = (made.one("∑"), made.one("𝑛"), made.one("𝑚"));
    assert!(n.y < sum.y && m.y > sum.y && m.x < sum.x + sum.advance, "limits are over and under");
}

#[test]
fn aligned_lines_and_cases_have_their_signs_below_each_other() {
    let made = made(&report(
        "开头\n\n$$\\begin{aligned}\na + c &= 11 + d \\\\\n&\\ge 22\n\\end{aligned}$$\n\n$$x = \\begin{cases} 33 & y > 0 \\\\ 44 & \\text{否则} \\end{cases}$$\n\n结束。",
    ));
    let equals = made.glyphs().find(|glyph| glyph.text == "=").expect("a sign");
    let least = made.one("≥");
    assert!((equals.x - least.x).abs() < 0.5, "{equals:?} {least:?}");
    assert!(least.y > equals.y + 8.0);
    let (y, other) = (made.one("𝑦"), made.one("否"));
    assert!((y.x - other.x).abs() < 1.0, "{y:?} {other:?}");
    assert!(!other.font.contains("STIX"), "words are in the face of the text: {}", other.font);
}

#[test]
fn formulas_are_numbered_and_referred_to() {
    let body = "质能关系是\n\n$$E=mc^2$$ {#eq-mass}\n\n由@eq-mass得到。\n\n$$a=b$$\n\n又\n$$\nF=ma\n$$ {#eq-force}\n见[@eq-mass; @eq-force]，编号[-@eq-force]，[那个式子](#eq-mass)。";
    for (settings, first, last) in [
        ("captions: report\ncolumns: 1", "（1）", "（2）"),
        ("captions: chapter\ncolumns: 1\nlabel: 第{1}章", "（1-1）", "（1-2）"),
    ] {
        let made = made(&reports(settings, &[body]));
        let text = made.text();
        assert!(text.contains(&format!("由式{first}得到。")), "{text}");
        assert!(text.contains(&format!("见式{first}、式{last}，编号{last}，那个式子。")), "{text}");
        let (before, _) = text.split_once("由式").expect("a reference");
        assert!(before.ends_with(&format!("𝐸=𝑚𝑐2式{first}")), "{before}");
        assert_eq!(text.matches(last).count(), 3, "{text}");
        // Each reference is a link, and none leads nowhere.
        let (links, dead) = made.file.links();
        assert!(links >= 4, "{links} links, {dead}");
        assert!(!text.contains('{') && !text.contains("eq-"), "{text}");
    }
}

#[test]
fn english_reports_have_english_numbers_and_words() {
    let body = "Energy is\n\n$$E=mc^2$$ {#eq-mass}\n\nSee @eq-mass, and [@eq-mass; @eq-force].\n\n$$F=ma$$ {#eq-force}";
    let made =
        made(&reports("lang: en\ncolumns: 1\ncaptions: chapter\nlabel: Chapter {1}", &[body]));
    let text = made.text();
    assert!(text.contains("SeeEq.(1.1),andEqs.(1.1)and(1.2)."), "{text}");
    assert!(text.contains("𝐸=𝑚𝑐2(1.1)"), "{text}");
    assert_eq!(made.file.alternatives("Formula")[0], "E equals m c squared");
}

#[test]
fn the_number_stands_at_the_right_edge_on_the_formula_s_line() {
    let made = made(&report("开头\n\n$$E=\\frac{m}{c}$$ {#eq-a}\n\n由@eq-a得到。"));
    let sign = made.glyphs().find(|glyph| glyph.text == "=").expect("a sign");
    let number = made.glyphs().find(|glyph| glyph.text == "式").expect("a number");
    assert!((sign.y - number.y).abs() < 0.5, "{sign:?} {number:?}");
    let right = made.glyphs().map(|glyph| glyph.x + glyph.advance).fold(0.0, f64::max);
    let end = made.glyphs().find(|glyph| glyph.text == "）").expect("a bracket");
    assert!(right - end.x < 12.0, "{end:?} {right}");
    let middle = made.pages[0].size.0 / 2.0;
    assert!((sign.x - middle).abs() < 40.0, "{sign:?}");
}

#[test]
fn whoever_hears_the_pages_hears_formulas_in_words() {
    let made = made(&report("开头$x^2$与$\\frac{a}{b}$。\n\n$$\\sqrt{c}$$"));
    assert_eq!(made.file.alternatives("Formula"), ["x 平方", "分数 a 除以 b", "根号 c"]);
}

#[test]
fn formulas_stand_wherever_text_stands() {
    let body = "## 关于$k^2$的一节\n\n正文[^1]。\n\n[^1]: 注里有$n_1$。\n\n- 列表$l_1$\n\n  $$\\lim_{s \\to 0} s$$\n\n  之后。\n\n> 引文$q_1$\n>\n> $$q = \\frac{u}{v}$$\n\n| 甲 | $t_1$ |\n|---|---|\n| $t_2$ | 乙 |\n\n: 表题$w_1$ {#tbl-a}\n\n![图题$z_1$](figures/a.svg \"来源：甲\")\n\n::: {.box title=\"专栏\"}\n盒中$b_1$。\n\n$$d = \\sum_{r} r$$\n:::\n\n见@tbl-a。";
    let made = made(&report(body));
    let text = made.text();
    for letter in ["𝒌𝟐的一节", "𝑛1", "𝑙1", "lim", "𝑞1", "𝒕𝟏", "𝑡2", "𝒘𝟏", "𝒛𝟏", "𝑏1", "∑"]
    {
        assert!(text.contains(letter), "{letter}: {text}");
    }
    let marks: Vec<_> = made.file.bookmarks().into_iter().map(|mark| mark.title).collect();
    assert!(marks.iter().any(|title| title.contains("关于\u{2005}k²\u{2005}的一节")), "{marks:?}");
}

#[test]
fn a_displayed_formula_is_refused_where_only_lines_stand_and_its_hint_helps() {
    for body in [
        "正文[^1]。\n\n[^1]: 注里有$$n_1$$。",
        "| 甲 | 乙 |\n|---|---|\n| $$t_2$$ | 乙 |",
        "![图题$$z_1$$](figures/a.svg \"来源：甲\")",
        "## 一节$$k$$",
        "正文**着重$$k$$**。",
    ] {
        fails(&report(body).run(&["render", "o.pdf"]), &["$\\displaystyle …$"]);
        let mended = body.replacen("$$", "$\\displaystyle ", 1).replace("$$", "$");
        report(&mended).run(&["render", "o.pdf"]).ok();
    }
}

#[test]
fn what_is_not_known_is_told_at_its_line_and_column_in_the_formula() {
    for (body, place, message, hint) in [
        ("正文$a + \\farc{b}{c}$。", "0.md:5:8", "`\\farc` is not known", "did you mean `\\frac`?"),
        ("正文\n\n$$\na = b \\\\[2pt]\n$$", "0.md:8:7", "`\\\\` stands where", "aligned"),
        ("- 列表\n\n  $$\n  x +\n  \\hatt{y}\n  $$", "0.md:9:3", "`\\hatt`", "`\\hat`"),
        ("> $$\n> x^a^b\n> $$", "0.md:6:6", "two scripts", "braces"),
        ("正文$\\color{red}x$。", "0.md:5:4", "colour", "remove it"),
        ("正文$50% x$。", "0.md:5:6", "hides", "`\\%`"),
        ("$$\\begin{alined}x\\end{alined}$$", "0.md:5:3", "`alined`", "`aligned`"),
        ("$$x \\tag{1}$$", "0.md:5:5", "number", "{#eq-name}"),
        ("正文$\\ce{\\bond{~-}}$。", "0.md:5:4", "cannot be read", "`H~2~O`"),
        ("正文$\\left( a$。", "0.md:5:4", "`\\left` is not closed", "`\\right`"),
    ] {
        fails(&report(body).run(&["render", "o.pdf"]), &[place, message, hint]);
    }
}

#[test]
fn labels_of_formulas_are_checked() {
    for (body, parts) in [
        ("$$a$$ {#fig-a}", &["cannot be the label", "`eq-a`"][..]),
        ("$$a$$ {#eq-a .wide}", &["takes no attribute `.wide`"]),
        ("$$a$$ {#eq-a}\n\n见@eq-b。", &["nothing has the label `eq-b`", "`eq-a`"]),
        ("$$a$$ {#eq-a}\n\n$$b$$ {#eq-a}\n\n见@eq-a。", &["given twice"]),
        ("见@eq-loss。", &["nothing has the label `eq-loss`", "`$$…$$ {#eq-loss}`"]),
    ] {
        fails(&report(body).run(&["render", "o.pdf"]), parts);
    }
    let unused = report("$$a$$ {#eq-a}").run(&["render", "o.pdf"]).ok();
    assert!(unused.stderr.contains("nothing refers to `eq-a`"), "{}", unused.stderr);
}

/// A long sum.
fn long(count: usize) -> String {
    let terms: Vec<_> = (0..count).map(|at| format!("a_{{{at}}} x^{{{at}}}")).collect();
    format!("$$f(x) = {}$$", terms.join(" + "))
}

#[test]
fn what_is_too_wide_is_broken_before_its_signs_or_refused_with_its_width() {
    let project = reports("columns: 2", &[&format!("开头\n\n{}\n\n结束。", long(16))]);
    let made = made(&project);
    let sign = made.glyphs().find(|glyph| glyph.text == "=").expect("a sign");
    let plus: Vec<_> = made.glyphs().filter(|glyph| glyph.text == "+").collect();
    assert_eq!(plus.len(), 15);
    let lines = plus.iter().filter(|glyph| (glyph.y - sign.y).abs() > 5.0).count();
    assert!(lines > 4, "it is broken");
    let column = made.pages[0].size.0 / 2.0;
    for glyph in made.glyphs().filter(|glyph| glyph.font.contains("STIX")) {
        assert!(glyph.x + glyph.advance < column, "{glyph:?}");
    }
    let cells: Vec<_> = (0..26).map(|at| format!("aaaa_{{{at}}}")).collect();
    let wide = format!("$$\\begin{{pmatrix}} {} \\end{{pmatrix}}$$", cells.join(" & "));
    let run = reports("columns: 2", &[&format!("开头\n\n{wide}\n\n结束。")]);
    fails(&run.run(&["render", "o.pdf"]), &["[TP0423]", "0.md:7:1", "mm", "aligned"]);
    // Its hint, followed.
    let lines: Vec<_> = cells.chunks(5).map(|cells| cells.join(" ")).collect();
    let parted = format!("$$\\begin{{aligned}} {} \\end{{aligned}}$$", lines.join(" \\\\ "));
    reports("columns: 2", &[&format!("开头\n\n{parted}\n\n结束。")]).run(&["render", "o.pdf"]).ok();
}

#[test]
fn text_stays_on_the_grid_behind_formulas() {
    let text = "后面的文字用来看行距是否整齐，".repeat(12);
    for formula in [
        "$$E=mc^2$$",
        "$$\\sum_{i=1}^n \\frac{a}{b}$$",
        "$$\\begin{pmatrix} a \\\\ b \\\\ c \\\\ d \\end{pmatrix}$$ {#eq-a}",
        "行中$\\begin{pmatrix} a \\\\ b \\\\ c \\end{pmatrix}$见。",
        "行中$\\frac{a}{b}$与$\\dfrac{a}{b}$见。",
    ] {
        let body = format!("见式子。\n\n{formula}\n\n{text}\n\n用@eq-a。\n\n$$z$$ {{#eq-a}}");
        let body =
            if formula.contains("#eq-a") { body.replace("\n\n$$z$$ {#eq-a}", "") } else { body };
        let made = made(&reports("columns: 1", &[&body]));
        let first = made.glyphs().find(|glyph| glyph.text == "见").expect("text");
        let mut lines: Vec<f64> = made
            .glyphs()
            .filter(|glyph| "后面的文字".contains(&glyph.text) && glyph.size > 9.0)
            .map(|glyph| (glyph.y - first.y) / 17.0)
            .collect();
        lines.dedup();
        assert!(lines.len() > 3);
        for line in lines {
            assert!((line - line.round()).abs() < 0.02, "{formula}: {line}");
        }
    }
}

#[test]
fn money_is_no_formula() {
    for body in [
        "售价$5，成本$3，利润$2。",
        "也有US$100和US$200的。",
        "融资$5亿，估值$20亿。",
        "共$$100，$$200。",
    ] {
        let text = made(&report(body)).text();
        assert!(text.contains(body), "{body}: {text}");
    }
}

#[test]
fn a_displayed_formula_that_is_not_read_is_told_and_its_hint_helps() {
    for (body, mended) in [
        ("甲\n\n$$\n\na = b\n\n$$\n\n乙", "甲\n\n$$\na = b\n$$\n\n乙"),
        ("$$增速 = x$$", "$$\\text{增速} = x$$"),
        ("$$ a = b\n\n乙", "$$ a = b $$\n\n乙"),
        ("甲\n\n$$\n\n乙", "甲\n\n\\$\\$\n\n乙"),
    ] {
        let told = |body: &str| report(body).run(&["render", "o.pdf"]).stderr;
        assert!(told(body).contains("[TP0009]"), "{body}: {}", told(body));
        assert!(!told(mended).contains("[TP0009]"), "{mended}: {}", told(mended));
    }
}

#[test]
fn text_beside_a_displayed_formula_is_text() {
    let made = made(&report("$$x=1$$ {#eq-a} 其中甲\n$$y=2$$ 乙@eq-a丙\n$$z=3$$"));
    let text = made.text();
    assert!(text.contains("𝑥=1式（1）其中甲𝑦=2乙式（1）丙𝑧=3"), "{text}");
    assert!(!text.contains('$') && !text.contains('{'), "{text}");
}

#[test]
fn a_report_without_formulas_has_no_face_for_them() {
    let fonts = |body: &str| made(&report(body)).file.fonts();
    assert!(!fonts("正文，$5。").keys().any(|name| name.contains("STIX")));
    assert!(fonts("正文$x$。").keys().any(|name| name.contains("STIX")));
}

#[test]
fn the_copy_desk_reads_no_formulas() {
    let body = "记$\\text{the the}=x,y;z$，有$a.b,c$。\n\n设损失为\n\n$$L = -\\log p(y|x), \\quad \\text{的的}$$\n\n其中$p$是概率。\n\n$$a,b;c$$ {#eq-a}\n\n由@eq-a可得结论。";
    let run = report(body).run(&["check"]);
    for rule in ["TP01", "TP02"] {
        assert!(!run.stdout.contains(&format!("[{rule}")), "{}", run.stdout);
        assert!(!run.stderr.contains(&format!("[{rule}")), "{}", run.stderr);
    }
}

#[test]
fn the_press_file_of_formulas_passes_the_preflight() {
    let body = "开头$x_{i_j}^{2}$与$\\frac{a}{b}$。\n\n$$\\left( \\sum_{i=1}^{n} \\frac{\\sqrt{x}}{2} \\right) \\overbrace{a+b}^{n} \\vec{v}$$ {#eq-a}\n\n由@eq-a得到。";
    let project = reports("columns: 1", &[body]);
    project.run(&["render", "o.pdf", "--profile", "press"]).ok();
    let run = project.run(&["preflight", "o.pdf"]);
    assert_eq!(run.code, Some(0), "{}{}", run.stdout, run.stderr);
    // One page is no sheet.
    let all = format!("{}{}", run.stdout, run.stderr);
    assert!(all.contains("0 errors, 1 warning") && all.contains("H3-page-count"), "{all}");
}
