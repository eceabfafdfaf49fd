//! Fenced divs on the final pages: boxes, callouts, large numbers, pictures side by side.

use crate::project::Project;
use testkit::pdf::{File, Glyph, Page};

/// Sentences that all differ.
fn sentences(count: usize, from: usize) -> String {
    let of = |at: usize| format!("第{at}家机构按登记规则提交样本，由评审组抽查其中的一部分。");
    (from..from + count).map(of).collect()
}

/// A report of one trend with this text.
fn project(columns: u32, trim: &str, body: &str) -> Project {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        format!(
            "title: 试验报告\npublisher: {{name: 试验出版社}}\ndate: 2025-01\nparts: [trends/*.md]\ncolumns: {columns}\ntrim: [{trim}]\ncheck: {{TP0506: off}}\n"
        ),
    );
    project.write("content/trends/a.md", format!("---\ntitle: 一个趋势\n---\n\n{body}\n"));
    project.write("content/图.svg", PICTURE);
    project
}

const A4: &str = "210mm, 297mm";
const B5: &str = "185mm, 260mm";
const PICTURE: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 20'><rect width='40' height='20' fill='#B9D2F8'/></svg>";

fn file(project: &Project) -> File {
    let run = project.run(&["render", "o.pdf"]).ok();
    assert!(!run.stderr.contains("error"), "{}", run.stderr);
    File::open(std::fs::read(project.join("o.pdf")).expect("a report"))
}

fn pages(project: &Project) -> Vec<Page> {
    file(project).pages()
}

fn plain(text: &str) -> String {
    text.replace([' ', '\u{a0}', '\u{2005}', '\u{2060}', '\u{200b}'], "")
}

fn text(pages: &[Page]) -> String {
    plain(&pages.iter().map(Page::text).collect::<String>())
}

/// The first glyph of a text on a page.
#[track_caller]
fn glyph<'p>(page: &'p Page, words: &str) -> &'p Glyph {
    let shown: Vec<&Glyph> = page.glyphs.iter().filter(|g| !plain(&g.text).is_empty()).collect();
    let whole: Vec<String> = shown.iter().map(|glyph| plain(&glyph.text)).collect();
    for at in 0..whole.len() {
        let mut read = String::new();
        for piece in &whole[at..] {
            read += piece;
            if !words.starts_with(&read) {
                break;
            }
            if read == words {
                return shown[at];
            }
        }
    }
    panic!("`{words}` is not in {}", whole.concat());
}

#[test]
fn boxes_are_numbered_and_referred_to_and_typed_numbers_come_off() {
    let body = "如@box-b 与[@box-a; @box-b]所述。\n\n::: {.box #box-a title=\"专栏1　样本\"}\n甲文。\n:::\n\n\
        ::: {.box .unnumbered title=\"不计数\"}\n乙文。\n:::\n\n::: box\n无题。\n:::\n\n\
        ::: {.box #box-b title=\"专栏 2：口径\"}\n丙文。\n:::";
    let project = project(2, A4, body);
    let run = project.run(&["render", "o.pdf"]).ok();
    assert!(!run.stderr.contains("warning"), "{}", run.stderr);
    let text = text(&pages(&project));
    for words in ["如专栏2与专栏1、专栏2所述", "专栏1样本甲文", "不计数乙文", "专栏2口径丙文"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("专栏1专栏") && !text.contains("专栏3"), "{text}");
    // A number that differs is told with the title to write, which then is sound.
    project.edit("content/trends/a.md", "专栏 2：口径", "专栏五　口径");
    let run = project.run(&["render", "o.pdf"]).ok();
    assert!(run.stderr.contains("TP0035") && run.stderr.contains("`口径`"), "{}", run.stderr);
    project.edit("content/trends/a.md", "专栏五　口径", "专栏二　口径");
    let sound = project.run(&["check"]);
    assert!(!sound.stderr.contains("TP0035") && !sound.stdout.contains("TP0035"), "its own number");
    project.edit("content/trends/a.md", "专栏二　口径", "专栏5　口径");
    let run = project.run(&["render", "o.pdf"]).ok();
    assert!(run.stderr.contains("TP0035") && run.stderr.contains("`口径`"), "{}", run.stderr);
    // The word alone is the one that is printed; another word is of the title.
    for (typed, right) in [("专栏：口径", "专栏2口径"), ("专栏作者：甲", "专栏2专栏作者：甲")]
    {
        let before = project.read("content/trends/a.md");
        project.write("content/trends/a.md", before.replace("专栏5　口径", typed));
        project.run(&["render", "o.pdf"]).ok();
        let text = self::text(&pages(&project));
        assert!(text.contains(right), "{typed}: {text}");
        project.write("content/trends/a.md", before);
    }
}

#[test]
fn a_box_breaks_over_columns_and_pages_within_its_ground() {
    for (columns, trim) in [(2, A4), (1, B5), (2, B5)] {
        let inner: Vec<String> = (0..14).map(|at| sentences(9, at * 100)).collect();
        let body = format!(
            "{}\n\n::: {{.box title=\"长的专栏\"}}\n{}\n:::\n\n{}",
            sentences(20, 5000),
            inner.join("\n\n"),
            sentences(30, 7000)
        );
        let pages = pages(&project(columns, trim, &body));
        let mut on = vec![];
        for (number, page) in pages.iter().enumerate() {
            let grounds = || page.shapes.iter().filter(|s| s.height > 30.0 && s.width < 500.0);
            let shown = plain(&page.text());
            for at in (0..14).flat_map(|at| at * 100..at * 100 + 9) {
                let words = format!("。第{at}家机构");
                if !shown.contains(&words) {
                    continue;
                }
                // What is in the box stands on its ground.
                let glyph = glyph(page, &words);
                assert!(
                    grounds().any(|ground| {
                        (ground.x..ground.x + ground.width).contains(&glyph.x)
                            && (ground.y..ground.y + ground.height).contains(&glyph.y)
                    }),
                    "{words} on page {number}: {glyph:?}"
                );
                on.push(number);
            }
        }
        assert!(on.len() > 80 && on.iter().any(|page| *page != on[0]), "{columns} {trim}: {on:?}");
    }
}

#[test]
fn text_beside_and_below_a_box_keeps_to_the_grid() {
    let body = format!(
        "{}\n\n::: {{.box title=\"题\"}}\n{}[^a]\n\n![图](图.svg \"来源：甲\")\n\n- 一\n- 二\n:::\n\n{}\n\n::: note\n{}\n:::\n\n{}\n\n[^a]: 注文。",
        sentences(8, 100),
        sentences(3, 200),
        sentences(12, 300),
        sentences(2, 400),
        sentences(40, 500),
    );
    let pages = pages(&project(2, A4, &body));
    let page = &pages[0];
    let base = glyph(page, "第100家").y;
    let lines =
        page.glyphs.iter().filter(|glyph| (glyph.size - 10.0).abs() < 0.5 && glyph.text != " ");
    for glyph in lines.filter(|glyph| glyph.font.contains("Serif") && glyph.y > base) {
        let steps = (glyph.y - base) / 17.0;
        assert!((steps - steps.round()).abs() < 0.05, "`{}` is off the grid: {steps}", glyph.text);
    }
}

#[test]
fn callouts_have_their_words_and_quotations_their_speakers() {
    let body = "正文。\n\n::: note\n甲。\n:::\n\n::: {.callout-tip}\n## 题目\n乙。\n:::\n\n\
        ::: callout-important\n丙。\n:::\n\n::: aside\n丁。\n:::\n\n\
        ::: {.quote name=\"林甲\" titles=\"院长；委员\"}\n戊言。\n:::\n\n::: summary\n己。\n:::";
    let text = text(&pages(&project(2, A4, body)));
    for words in ["说明甲。", "题目乙。", "注意丙。", "丁。", "戊言。林甲院长委员", "己。"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("提示"), "its own title stands in place of the word");
}

#[test]
fn large_numbers_are_large_and_read_in_order() {
    let body = "正文。\n\n::: {.kpi title=\"一年\"}\n- 12.5亿元 | 同比+8.3% | 营业收入\n- 约3,200人 | 员工[^a]\n\
        - 第1位 | 上升2位 | 行业排名\n:::\n\n正文。\n\n[^a]: 年末数。";
    let file = file(&project(2, A4, body));
    let pages = file.pages();
    let whole = text(&pages);
    for words in ["12.5亿元营业收入同比+8.3%", "约3,200人员工", "第1位行业排名上升2位", "年末数。"]
    {
        assert!(whole.contains(words), "{words}: {whole}");
    }
    let page = pages.iter().find(|page| plain(&page.text()).contains("12.5亿元")).expect("it");
    let (number, unit) = (glyph(page, "12.5").size, glyph(page, "亿元").size);
    assert!(number > 20.0 && unit < number / 2.0 + 1.0, "{number} {unit}");
    // Side by side.
    assert!((glyph(page, "12.5").y - glyph(page, "3,200").y).abs() < 0.5);
}

#[test]
fn pictures_side_by_side_have_letters_and_one_number() {
    let body = "见@fig-both、@fig-right。\n\n::: {#fig-both layout-ncol=2 en=\"Two of them\"}\n\
        ![左图](图.svg \"来源：甲\")\n![右图](图.svg){#fig-right}\n\n两幅图\n:::\n\n\
        ![单幅](图.svg \"来源：乙\"){en=\"One alone\"}\n\n::: {.figures title=\"三幅\"}\n![其一](图.svg)\n\n![其二](图.svg)\n\n![其三](图.svg)\n:::";
    let file = file(&project(2, A4, body));
    let pages = file.pages();
    let whole = text(&pages);
    for words in [
        "见图1、图1(a)".replace("(a)", "(b)").as_str(),
        "图1两幅图",
        "Figure1Twoofthem",
        "(a)左图",
        "(b)右图",
        "来源：甲",
        "图2单幅",
        "Figure2Onealone",
        "图3三幅",
        "(c)其三",
    ] {
        assert!(whole.contains(words), "{words}: {whole}");
    }
    let page = pages.iter().find(|page| plain(&page.text()).contains("(b)右图")).expect("it");
    assert!((glyph(page, "(a)左图").y - glyph(page, "(b)右图").y).abs() < 0.5);
    let alternatives = file.alternatives("Figure");
    for alt in ["左图", "右图", "其三", "单幅"] {
        assert!(alternatives.iter().any(|found| found == alt), "{alt}: {alternatives:?}");
    }
}

#[test]
fn wide_boxes_span_the_columns_and_go_on_over_pages() {
    let inner: Vec<String> = (0..24).map(|at| sentences(6, at * 100)).collect();
    let body = format!(
        "{}\n\n::: {{.box .wide title=\"宽栏\"}}\n{}\n:::\n\n{}",
        sentences(10, 5000),
        inner.join("\n\n"),
        sentences(60, 6000)
    );
    let pages = pages(&project(2, A4, &body));
    let whole = text(&pages);
    assert!(inner.iter().all(|inner| whole.contains(&plain(inner))));
    let first = pages.iter().find(|page| plain(&page.text()).contains("宽栏")).expect("it");
    let start = glyph(first, "宽栏");
    let reach = first.glyphs.iter().filter(|glyph| (glyph.y - start.y - 17.0).abs() < 60.0);
    let right = reach.map(|glyph| glyph.x + glyph.advance).fold(0.0, f64::max);
    assert!(right - start.x > 400.0, "{}", right - start.x);
    // On each other page it says that it goes on.
    let again = plain(&whole).matches("续专栏1宽栏").count();
    assert!(again > 0 && plain(&whole).matches("宽栏").count() == again + 1, "{again}");
}

#[test]
fn a_bleeding_picture_reaches_the_bleed_of_the_press_file() {
    let tall = PICTURE.replace("0 0 40 20", "0 0 20 30").replace("'20'", "'30'");
    for (picture, whole) in [(PICTURE.to_owned(), false), (tall, true)] {
        let body = format!(
            "{}\n\n::: bleed\n![通栏](图.svg \"来源：甲\")\n:::\n\n{}",
            sentences(30, 100),
            sentences(40, 900)
        );
        let project = project(2, A4, &body);
        project.write("content/图.svg", picture);
        let text = text(&pages(&project));
        assert!(text.contains("图1通栏") && text.contains("来源：甲"), "{text}");
        let run = project.run(&["render", "press.pdf", "--profile", "press"]).ok();
        assert!(!run.stderr.contains("bleed"), "{}", run.stderr);
        let file = File::open(std::fs::read(project.join("press.pdf")).expect("a press file"));
        let reaches = file.pages().iter().any(|page| {
            let (width, height) = page.size;
            page.shapes.iter().any(|shape| {
                let across = shape.x <= 0.5 && shape.x + shape.width >= width - 0.5;
                let down = shape.y <= 0.5 && shape.y + shape.height >= height - 0.5;
                across && (down || !whole)
            })
        });
        assert!(reaches, "whole: {whole}");
    }
}

#[test]
fn a_picture_that_decorates_has_no_number_and_no_caption() {
    let body = format!(
        "见@fig-b。\n\n![](图.svg){{.unnumbered}}\n\n::: {{.bleed .unnumbered}}\n![](图.svg)\n:::\n\n\
         ![有题无号](图.svg \"来源：甲\"){{.unnumbered}}\n\n![有号](图.svg \"来源：乙\"){{#fig-b}}\n\n{}",
        sentences(20, 0)
    );
    let project = project(2, A4, &body);
    let file = file(&project);
    let whole = text(&file.pages());
    assert!(whole.contains("见图1。") && whole.contains("图1有号"), "{whole}");
    assert!(whole.contains("有题无号") && !whole.contains("图2"), "{whole}");
    // A reader who hears the page is told of the two that show something.
    assert_eq!(file.alternatives("Figure").len(), 2);
    let run = project.run(&["check", "--no-layout"]);
    assert!(!run.stderr.contains("TP0402"), "{}", run.stderr);
    for body in [
        "![](图.svg)",
        "![题](图.svg){#fig-a .unnumbered}",
        "::: {#fig-a .unnumbered}\n![题](图.svg)\n:::",
    ] {
        let run = self::project(2, A4, body).run(&["check", "--no-layout"]);
        assert!(run.stderr.contains(".unnumbered"), "{body}: {}", run.stderr);
    }
}

#[test]
fn a_box_of_few_lines_is_not_parted_by_columns_that_end_level() {
    for before in 1..4 {
        let body = format!(
            "{}\n\n::: {{.box title=\"口径\"}}\n其一。\n\n1. 甲起；\n2. 乙承；\n3. 丙转合。\n:::\n\n{}",
            sentences(before * 3, 0),
            sentences(2, 500)
        );
        for page in pages(&project(2, A4, &body)) {
            if !plain(&page.text()).contains("口径") {
                continue;
            }
            let (head, foot) = (glyph(&page, "口径"), glyph(&page, "丙转合"));
            assert!((head.x - foot.x).abs() < 60.0, "{before}: {} and {}", head.x, foot.x);
        }
    }
}

#[test]
fn parts_with_boxes_keep_their_budgets() {
    let body = |count: usize| {
        format!(
            "{}\n\n::: {{.box title=\"题\"}}\n{}\n:::\n\n{}\n\n::: kpi\n- 12亿元 | 收入\n- 3% | 差错\n:::\n\n{}",
            sentences(20, 100),
            sentences(10, 200),
            sentences(count, 300),
            sentences(20, 900)
        )
    };
    for (pages, count) in [(2, 18), (3, 60)] {
        let project = project(2, A4, &body(count));
        project.edit(
            "content/trends/a.md",
            "title: 一个趋势",
            &format!("title: 一个趋势\npages: {pages}"),
        );
        let run = project.run(&["render", "o.pdf", "--verbose"]).ok();
        assert!(
            run.stderr.contains(&format!("{pages} of {pages}"))
                || run.stdout.contains(&format!("{pages} of {pages}")),
            "{}{}",
            run.stdout,
            run.stderr
        );
    }
}

#[test]
fn box_titles_are_headings_without_bookmarks() {
    let body = "## 节\n\n正文。\n\n::: {.box title=\"专栏题\"}\n文。\n:::\n\n## 节二\n\n正文。";
    let file = file(&project(2, A4, body));
    let marks: Vec<String> = file.bookmarks().into_iter().map(|mark| mark.title).collect();
    assert!(!marks.iter().any(|mark| mark.contains("专栏题")), "{marks:?}");
    assert_eq!(file.structure().get("H3").copied().unwrap_or(0), 1, "{:?}", file.structure());
}

#[test]
fn a_picture_says_in_words_of_its_own_what_it_shows() {
    let body = "![走势](图.svg \"来源：甲\"){alt=\"逐年上升，末年最高\"}\n\n\
                ![对照](图.svg \"来源：甲\")\n\n\
                ::: {.figures}\n![左](图.svg){alt=\"左边的图\"}\n\n![右](图.svg)\n\n: 两图\n:::";
    let found = file(&project(1, A4, body)).alternatives("Figure");
    for alt in ["逐年上升，末年最高", "对照", "左边的图", "右"] {
        assert!(found.iter().any(|own| own == alt), "{alt}: {found:?}");
    }
    assert!(!found.iter().any(|own| own == "走势"), "{found:?}");
}

#[test]
fn who_speaks_stands_under_words_of_his() {
    let quote = "::: {.quote name=\"编者\" titles=\"头衔甲；头衔乙\"}\n引言说了一句话，又说了一句话。引言说了一句话。\n:::";
    // Wherever the column ends.
    for count in 70..76 {
        let body = format!("{}\n\n{quote}\n", sentences(count, 1));
        let pages = pages(&project(2, A4, &body));
        for page in &pages {
            let named = page.glyphs.iter().find(|glyph| glyph.text == "编");
            let Some(named) = named else { continue };
            let above = page.glyphs.iter().any(|glyph| {
                let near = (glyph.x - named.x).abs() < 240.0 && (glyph.y - named.y).abs() < 40.0;
                near && glyph.font.contains("Kai")
            });
            assert!(above, "{count}: the name stands alone");
        }
    }
}

#[test]
fn a_pie_in_a_narrow_place_has_a_list_of_its_shares() {
    for (columns, trim) in [(4, A4), (3, A4), (2, B5)] {
        let chart =
            "```chart\nkind: pie\ntitle: 饼\nalt: 饼\nsource: 甲\ndata: p.csv\nx: 项\ny: 额\n```\n";
        let others = "![图](图.svg)\n\n".repeat(columns - 1);
        let body =
            format!("::: {{.figures layout-ncol={columns}}}\n{chart}\n{others}\n: 几图\n:::");
        let project = project(1, trim, &body);
        project.write("content/p.csv", "项,额\n子,40\n丑,30\n寅,30\n");
        let pages = pages(&project);
        let page = pages.iter().find(|page| page.text().contains('丑')).expect("it");
        let names = ["子", "丑", "寅"].map(|name| glyph(page, name));
        assert!(names.iter().all(|name| (name.x - names[0].x).abs() < 0.5), "{columns}: {names:?}");
    }
}

/// The pages on which the grounds of boxes stand, and the pages of these words.
#[test]
fn the_notes_of_a_box_stand_with_the_words_before_them() {
    let table =
        "| 项目 | 单价 |\n|---|---:|\n| 干线 | 0.42 |\n| 合计 | 1.2 |\n: 单价 {total=1 unit=元}\n";
    for held in ["二句话。\n", table] {
        for before in 10..30 {
            let text: String = (0..before).map(|at| format!("第{at}行。\n\n")).collect();
            let body = format!(
                "{text}::: {{.box title=账}}\n一句话。\n\n{held}\n盒末[^b]。\n:::\n\n盒外的话。\n\n[^b]: 不含装卸费。\n"
            );
            let pages = pages(&project(1, B5, &body));
            let of =
                |words: &str| pages.iter().position(|page| plain(&page.text()).contains(words));
            assert!(of("盒末").is_some() && of("盒末") == of("不含装卸费"), "{before}: {held}");
        }
    }
}
