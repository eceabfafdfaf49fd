//! Pages without holes, and what goes on over pages: charts that are lowered for what stands behind
//! them, boxes that say that they go on, formulas of neighbouring lines.

use crate::kinds::{project, render, texts};
use crate::project::{Project, begins};
use testkit::pdf::{File, Page};

/// Sentences that all differ.
fn sentences(name: &str, count: usize) -> String {
    let of = |at: usize| {
        format!("{name}第{at}家机构按登记规则提交样本，由评审组抽查其中的一部分，写成报告。")
    };
    (0..count).map(of).collect()
}

fn report(settings: &str, body: &str) -> Project {
    let made = project(
        &format!("parts: [chapters/*.md]\ncaptions: report\ncheck: {{TP0506: off}}\n{settings}"),
        &[("chapters/1.md", &format!("一章的题目\n---\n\n{body}\n"))],
    );
    made.write("content/charts/a.csv", "月份,甲,乙\n一月,3,4\n二月,5,2\n三月,4,6\n四月,6,5\n");
    made
}

/// Charts of about half a page, one behind the other.
fn charts(count: usize) -> String {
    let chart = |at: usize| {
        format!(
            "```chart\nkind: bar\norient: vertical\ntitle: 第{at}张图的题目\ndata: charts/a.csv\nx: 月份\ny: [甲, 乙]\nlabel: fig-{at}\nsource: 本院\nalt: 图\n```\n\n"
        )
    };
    let said: String = (0..count).map(|at| format!("@fig-{at}、")).collect();
    format!("见{said}等。\n\n{}", (0..count).map(chart).collect::<String>())
}

/// How far down what stands on a page reaches, as a share of it; its folio left out.
fn reach(page: &Page) -> f64 {
    let height = page.size.1;
    let own = page.glyphs.iter().map(|glyph| glyph.y).filter(|y| *y < height * 0.93);
    own.fold(0.0, f64::max) / height
}

fn place(pages: &[Page], words: &str) -> (usize, f64) {
    let found = pages.iter().enumerate().find_map(|(at, page)| {
        Some((at, begins(page, words, |glyph| glyph.y > page.size.1 * 0.085)?.y))
    });
    found.unwrap_or_else(|| panic!("{words} is on no page"))
}

#[test]
fn charts_are_lowered_for_those_that_would_leave_half_a_page_empty() {
    for (settings, count) in [("template: paper", 6), ("template: paper\ntrim: [185mm, 260mm]", 5)]
    {
        let pages = render(&report(settings, &charts(count))).pages();
        let places: Vec<(usize, f64)> =
            (0..count).map(|at| place(&pages, &format!("第{at}张图的题目"))).collect();
        assert!(places.is_sorted_by(|a, b| a < b), "{settings}: {places:?}");
        // Every page of charts but the last is filled.
        let shares: Vec<f64> = pages.iter().skip(1).map(reach).collect();
        let (_, but_last) = shares.split_last().expect("pages");
        assert!(
            !but_last.is_empty() && but_last.iter().all(|share| *share > 0.72),
            "{settings}: {shares:?}"
        );
    }
}

#[test]
fn a_box_that_goes_on_on_another_page_has_its_title_again() {
    let paragraphs: String =
        (0..16).map(|at| sentences(["甲", "乙", "丙", "丁"][at % 4], 3) + "\n\n").collect();
    let boxed =
        |kind: &str| format!("开头一句。\n\n::: {{{kind}}}\n{paragraphs}:::\n\n见@box-a。\n");
    for (settings, kind, again) in [
        ("template: paper", ".box #box-a title=\"缘由\"", "续专栏1缘由"),
        ("template: paper\ncolumns: 2", ".box .wide #box-a title=\"缘由\"", "续专栏1缘由"),
        ("template: report\ntrim: [148mm, 210mm]", ".box #box-a title=\"缘由\"", "续专栏1缘由"),
    ] {
        let pages = texts(&render(&report(settings, &boxed(kind))));
        let holding = pages.iter().filter(|page| page.contains("家机构")).count();
        let said = pages.iter().filter(|page| page.contains(again)).count();
        assert!(holding > 1 && said == holding - 1, "{settings}: {said} of {holding} pages");
    }
    // One that its page holds says nothing.
    let short = format!(
        "开头。\n\n::: {{.box #box-a title=\"缘由\"}}\n{}\n:::\n\n见@box-a。",
        sentences("甲", 3)
    );
    assert!(!texts(&render(&report("template: paper", &short))).concat().contains('续'));
    let note = format!("开头。\n\n::: note\n{paragraphs}:::\n");
    let pages = texts(&render(&report("template: paper", &note)));
    assert!(pages.iter().any(|page| page.contains("说明（续）")), "{pages:?}");
}

#[test]
fn pictures_and_notes_of_a_wide_box_stay_on_its_pages() {
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 90' width='20' height='90'><rect width='20' height='90' fill='#B9D2F8'/></svg>";
    let figures: String =
        (0..4).map(|at| format!("![第{at}张图的题目](tall.svg \"来源：某\")\n\n")).collect();
    for body in [
        format!("::: {{.note .wide}}\n{figures}:::\n"),
        format!(
            "::: {{.tip .wide}}\n![题目[^1][^2]](tall.svg)\n\n一段[^3]。\n\n又一段[^4]。\n\n![后一张](tall.svg)\n:::\n\n[^1]: 短。\n[^2]: 短。\n[^3]: {}\n[^4]: {}\n",
            sentences("注", 9),
            sentences("文", 6)
        ),
    ] {
        for trim in ["[8.5in, 11in]", "[170mm, 240mm]"] {
            let made = report(&format!("template: report\ntrim: {trim}"), &body);
            made.write("content/tall.svg", picture);
            made.run(&["render", "out.pdf"]).ok();
        }
    }
}

/// The ink of formulas stands apart, line by line: what is under one and what is over the next.
#[test]
fn tall_formulas_of_neighbouring_lines_stand_apart() {
    let lines =
        |formula: &str, count: usize| format!("起{}。", format!("，方{formula}差").repeat(count));
    for (formula, upper, lower) in [
        ("$\\dfrac{c}{d}$", "𝑐", "𝑑"),
        ("$\\sum\\limits_{k=1}^{n}x$", "𝑛", "𝑘"),
        ("$\\frac{c_j}{d_k}$", "𝑗", "𝑘"),
    ] {
        for settings in ["template: paper", "template: report"] {
            let page = &render(&report(settings, &lines(formula, 40))).pages()[0];
            let text = |sign: &str| -> Vec<(f64, f64)> {
                let own = page.glyphs.iter().filter(|glyph| glyph.text == sign);
                own.map(|glyph| (glyph.y, glyph.size)).collect()
            };
            let (upper, lower) = (text(upper), text(lower));
            assert!(
                upper.len() > 30 && lower.len() > 30,
                "{formula}: {} {}",
                upper.len(),
                lower.len()
            );
            // No figure that stands over a line begins above what hangs from the line before it.
            for (y, _) in &lower {
                let next =
                    upper.iter().filter(|(top, _)| top > y).map(|(top, size)| top - size * 0.5);
                let next = next.fold(f64::INFINITY, f64::min);
                assert!(next > *y - 0.5, "{formula}, {settings}: {next} over {y}");
            }
        }
    }
}

#[test]
fn one_formula_in_a_text_moves_its_own_line_alone() {
    let body = format!("{}其值$\\dfrac{{1}}{{2}}$。{}", sentences("甲", 6), sentences("乙", 6));
    let page = &render(&report("template: paper", &body)).pages()[0];
    let mut lines: Vec<f64> = page
        .glyphs
        .iter()
        .filter(|glyph| "家机构".contains(&glyph.text))
        .map(|glyph| glyph.y)
        .collect();
    lines.sort_by(f64::total_cmp);
    lines.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    let gaps: Vec<f64> = lines.windows(2).map(|pair| (pair[1] - pair[0]) / 18.0).collect();
    let more: f64 = gaps.iter().map(|gap| gap - 1.0).sum();
    assert!((more - 1.0).abs() < 0.02, "{gaps:?}");
}

#[test]
fn a_long_formula_is_broken_where_its_lines_are_as_wide_as_they_are_set() {
    for count in [11, 20, 33, 48] {
        let sum: Vec<String> = (0..count).map(|at| format!("a_{{{at}}}x^{{{at}}}")).collect();
        let body = format!("开头。\n\n$${}=0$$\n", sum.join("+"));
        for settings in ["template: paper\ntrim: [185mm, 260mm]\ncolumns: 2", "template: report"] {
            report(settings, &body).run(&["render", "out.pdf"]).ok();
        }
    }
}

#[test]
fn a_table_that_is_too_wide_is_told_once() {
    let words =
        |from: usize| (0..9).map(|at| format!(" word{:05}x |", from + at)).collect::<String>();
    let body =
        format!("::: tip\n|{}\n|{}\n|{}\n\n: 表题\n:::\n", words(0), "---|".repeat(9), words(20));
    let run = report("template: report\ntrim: [148mm, 210mm]", &body).run(&["render", "out.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("TP0422") && !run.stderr.contains("TP0509"), "{}", run.stderr);
}

#[test]
fn a_row_of_merged_cells_alone_has_a_line() {
    let body = "| 甲厅 | 乙厅 |\n|---|---|\n| 报告一 | 报告二 |\n| ^ | 报告三 |\n| 报告四 | ^ |\n| 报告五 | 报告六 |\n\n: 会场 {#tbl-a}\n\n见@tbl-a。";
    let pages = render(&report("template: paper", body)).pages();
    let height = |words: &str| place(&pages, words).1;
    let line = height("报告六") - height("报告四");
    // 报告三 stands between 报告二 and 报告四, in rows of its own.
    assert!(height("报告三") > height("报告二") + line * 0.4, "{}", height("报告三"));
    assert!(height("报告四") > height("报告二") + line * 1.6, "{}", height("报告四"));
}

#[test]
fn marks_of_notes_side_by_side_are_two_numbers() {
    let notes: String = (1..=9).map(|at| format!("[^{at}]: 注文{at}。\n\n")).collect();
    let marks: String = (1..=7).map(|at| format!("词[^{at}]")).collect();
    let body = format!("{marks}，连注[^8][^9]。\n\n{notes}");
    for settings in ["template: paper", "template: report", "template: paper\nlang: en"] {
        let text = texts(&render(&report(settings, &body))).concat();
        assert!(text.contains("连注8,9"), "{settings}: {text}");
    }
}

#[test]
fn the_white_papers_cover_has_the_date_in_the_reports_language() {
    for (lang, date, printed) in [
        ("zh-CN", "2026-03-31", "2026.03"),
        ("en", "2026-03-31", "31March2026"),
        ("en-US", "2026-03-31", "March31,2026"),
        ("en", "2026-03", "March2026"),
    ] {
        let made = Project::empty();
        made.write(
            "content/report.yaml",
            format!("title: A Report\npublisher: {{name: House}}\ndate: {date}\nlang: {lang}\ntemplate: paper\nparts: [cover, chapters/1.md]\n"),
        );
        made.write("content/chapters/1.md", "---\ntitle: One\n---\n\nText.\n");
        made.run(&["render", "out.pdf"]).ok();
        let file = File::open(std::fs::read(made.join("out.pdf")).expect("a file"));
        assert!(texts(&file)[0].contains(printed), "{lang}: {}", texts(&file)[0]);
    }
}
