//! Charts of real data: in narrow frames and wide ones, low and high, no label stands on another or
//! leaves its frame, and values are printed in full. All is read from the final PDF.

use std::fmt::Write as _;

use crate::project::Project;
use testkit::pdf::{File, Glyph, Page};

/// Draws each chart of the report on pages of its own, at each of some widths and at its least and
/// ideal height, with a margin of 100 pt around the frame; what else must be printed is above it.
const FRAMES: &str = r#"#import "/templates/kit/charts/chart.typ": chart, natural-lines
#import "/templates/kit/theme.typ"
#let data = json("/data/report.json")
#set document(title: data.title, date: datetime(year: 2025, month: 1, day: 1))
#set text(lang: "zh", region: "cn", font: theme.sans, size: 10pt)
#for part in data.parts.map(path => json(path)) {
  for it in part.blocks.filter(it => it.block == "chart") {
    for width in (230pt, 300pt, 482pt, 1070pt) {
      for lines in ("least", "ideal") {
        let height = calc.ceil(natural-lines(it, width).at(lines)) * theme.pitch
        page(width: width + 200pt, height: height + 200pt, margin: 100pt, {
          place(top, dy: -60pt)[#data.title #part.title #it.title]
          figure(alt: "图", chart(it, width, height))
        })
      }
    }
  }
}
"#;

const MARGIN: f64 = 100.0;

/// A chart block and its table: `keys` are lines of the block.
fn chart(project: &Project, keys: &str, table: &str) -> String {
    project.write("content/charts/real.csv", table);
    format!("```chart\ntitle: 图题\nalt: 替代文字\ndata: charts/real.csv\n{keys}\n```\n")
}

/// The pages of a chart in all frames.
pub(super) fn frames(keys: &str, table: &str) -> Vec<Page> {
    let project = Project::starter();
    project.write("templates/frames/main.typ", FRAMES);
    project.write(
        "content/report.yaml",
        "title: 书名\npublisher: {name: 出版者}\ndate: 2025-01\ntemplate: frames\nparts: [trends/01-first.md]\n",
    );
    let block = chart(&project, keys, table);
    project.write("content/trends/01-first.md", format!("---\ntitle: 章名\n---\n\n{block}"));
    project.run(&["render", "o.pdf"]).ok();
    let pages = File::open(std::fs::read(project.join("o.pdf")).expect("a report")).pages();
    assert_eq!(pages.len(), 8);
    pages
}

/// The box of a glyph's ink, a little less than it is: letters of a word may touch.
fn ink(glyph: &Glyph) -> [f64; 4] {
    let side = glyph.advance * 0.15;
    let (top, bottom) = (glyph.y - glyph.size * 0.68, glyph.y - glyph.size * 0.04);
    [glyph.x + side, top, glyph.x + glyph.advance - side, bottom]
}

/// The glyphs that are letters or digits: signs of punctuation may be set into each other's space.
fn letters(page: &Page) -> Vec<&Glyph> {
    let letter = |glyph: &&Glyph| glyph.text.chars().next().is_some_and(char::is_alphanumeric);
    page.glyphs.iter().filter(letter).collect()
}

/// Nothing on the page stands on anything else.
pub(super) fn check_apart(page: &Page, at: &str) {
    let glyphs = letters(page);
    for (number, one) in glyphs.iter().enumerate() {
        let [left, top, right, bottom] = ink(one);
        for other in &glyphs[number + 1..] {
            let box_ = ink(other);
            let over = box_[0] < right && left < box_[2] && box_[1] < bottom && top < box_[3];
            assert!(!over, "{at}: `{}` is on `{}` at {left}, {top}", one.text, other.text);
        }
    }
}

/// In all frames: each label is there, no label stands on another, and none leaves the frame.
pub(super) fn check(keys: &str, table: &str, labels: &[&str]) {
    for (number, page) in frames(keys, table).iter().enumerate() {
        let at = format!("frame {number} of\n{keys}");
        let text: String = page.text().chars().filter(|c| !cjk::is_invisible(*c)).collect();
        let text = text.replace(char::is_whitespace, "");
        for label in labels {
            assert!(text.contains(label), "{at}: `{label}` is not in\n{text}");
        }
        check_apart(page, &at);
        for glyph in letters(page).iter().filter(|glyph| glyph.y > MARGIN - 30.0) {
            let [left, top, right, bottom] = ink(glyph);
            let (width, height) = (page.size.0 - MARGIN, page.size.1 - MARGIN);
            let inside = left > MARGIN - 1.0 && top > MARGIN - 1.0 && right < width + 1.0;
            assert!(inside && bottom < height + 1.0, "{at}: `{}` leaves the frame", glyph.text);
            assert!(
                glyph.size >= 5.0 || glyph.text.chars().all(char::is_numeric),
                "{at}: too small"
            );
        }
    }
}

/// A table of `count` rows below its head.
pub(super) fn table(head: &str, count: usize, row: impl Fn(usize) -> String) -> String {
    let mut out = format!("{head}\n");
    (0..count).for_each(|i| _ = writeln!(out, "{}", row(i)));
    out
}

/// A table with a year and `count` series, which end within a few hundredths of each other.
fn close_ends(count: usize) -> (String, String) {
    let names: Vec<_> = (0..count).map(|i| format!("观测站点{}", i + 1)).collect();
    let rows = table(&format!("年,{}", names.join(",")), 9, |year| {
        let value = |i: usize| 40.0 + 6.0 * year as f64 + ((i * 7 + year * 3) % 11) as f64 * 0.1;
        let values: Vec<_> = (0..count).map(|i| format!("{:.2}", value(i))).collect();
        format!("{},{}", 2016 + year, values.join(","))
    });
    (format!("x: 年\ny: [{}]", names.join(", ")), rows)
}

#[test]
#[should_panic(expected = "is on")]
fn labels_over_each_other_are_found() {
    let mut page = frames("kind: bar\nx: 县\ny: 值", "县,值\n某县,1\n")[0].clone();
    let moved = page.glyphs.iter().map(|glyph| Glyph { y: glyph.y + 4.0, ..glyph.clone() });
    let moved: Vec<_> = moved.collect();
    page.glyphs.extend(moved);
    check_apart(&page, "the control");
}

#[test]
fn bars_of_many_rows_keep_apart() {
    for count in [31, 60, 70] {
        let rows = table("县,值", count, |i| format!("某某县{i},{}", (i * 7919) % 1_300_000));
        check("kind: bar\nx: 县\ny: 值\nunit: 亿元", &rows, &["某某县30"]);
    }
}

#[test]
fn bars_keep_long_names_and_all_signs_in_the_frame() {
    let rows = "项,值\n净利润同比增减幅度合计值含少数股东权益与非经常性损益,-1034868\n\
        Cross-Border-Interoperability_of_Heterogeneous_Systems,0\n零售,2349084.5\n";
    check("kind: bar\nx: 项\ny: 值", rows, &["1034868", "2349084.5", "少数股东权益"]);
    let negative = "项,值\n甲,-3\n乙,-0.0004\n丙,0\n";
    check("kind: bar\nx: 项\ny: 值", negative, &["0.0004"]);
}

#[test]
fn stacked_bars_keep_the_names_of_their_series_apart() {
    let names: Vec<_> = (0..12).map(|i| format!("业务板块之{i}")).collect();
    let row = |i: usize| (0..12).map(|j| format!(",{}.{}", (i + j * 5) % 9, j)).collect::<String>();
    let rows =
        table(&format!("年,{}", names.join(",")), 14, |i| format!("{}{}", 2010 + i, row(i)));
    let keys = format!("kind: stacked\nx: 年\ny: [{}]\nunit: 亿元", names.join(", "));
    check(&keys, &rows, &["业务板块之0", "业务板块之11"]);
    // A sum shows no noise.
    check("kind: stacked\nx: 年\ny: [甲, 乙]", "年,甲,乙\n2024,0.1,0.2\n", &[]);
    let text = frames("kind: stacked\nx: 年\ny: [甲, 乙]", "年,甲,乙\n2024,0.1,0.2\n")[0].text();
    assert!(text.contains("0.3") && !text.contains("0.30"), "{text}");
}

#[test]
fn ranges_keep_their_numbers_apart() {
    let many = table("省,低,中,高", 40, |i| format!("地区{i},{i}5,{i}705,1{i}8000"));
    check("kind: range\nx: 省\ny: [低, 中, 高]", &many, &["地区39"]);
    let few =
        "项,低,中,高\n甲,1034868,1034868,1034868\n一个特别特别长的项目名称以及说明,0.5,3,2e7\n";
    check("kind: range\nx: 项\ny: [低, 中, 高]\nscale: log\nunit: 元", few, &["1034868"]);
}

#[test]
fn a_timeline_wraps_into_rows() {
    for count in [8, 12, 20] {
        let rows = table("年,事,注", count, |i| {
            format!("{}年,第{i}代Internationalization规范发布,吞吐量翻倍并且能耗降低四成", 1990 + i)
        });
        let keys = "kind: timeline\nx: 年\ny: 事\nnote: 注";
        check(keys, &rows, &["第7代Internationalization规范发布吞吐量翻倍并且能耗降低四成"]);
    }
}

#[test]
fn slices_of_a_pie_are_named_apart() {
    let small = [41.0, 26.0, 12.0, 7.5, 2.8, 2.6, 2.4, 2.1, 1.9, 1.7];
    let rows = table("名,值", 10, |i| format!("细分行业{i},{}", small[i]));
    check("kind: pie\nx: 名\ny: 值", &rows, &["细分行业9"]);
    let rows = table("名,值", 20, |i| {
        format!("第{i}类来自不同地区的高新技术企业,{:.2}", 100.0 * 0.8_f64.powi(i as i32))
    });
    check("kind: pie\nx: 名\ny: 值\nunit: 家", &rows, &["第19类来自不同地区的高新技术企业"]);
}

#[test]
fn lines_that_end_together_are_named_apart() {
    for count in [5, 8, 12] {
        let (keys, rows) = close_ends(count);
        check(&format!("kind: line\n{keys}\nunit: 点"), &rows, &["观测站点1", "观测站点5"]);
    }
}

#[test]
fn notes_of_points_keep_apart() {
    let rows = table("年,值,参照,注", 16, |i| {
        format!("{},{},{},第{i}版上线", 2009 + i, 1_034_868 + i * i * 9000, 1_034_868 + i * 90_000)
    });
    let keys = "kind: line\nx: 年\ny: [值, 参照]\nnote: 注";
    check(keys, &rows, &["第0版上线", "第15版上线", "2000000"]);
}

#[test]
fn a_matrix_of_many_rows_and_long_words_keeps_its_cells_apart() {
    let rows = table("名,词", 60, |i| format!("条目{i},说明{i}"));
    check("kind: matrix\nx: 名\ny: 词", &rows, &["条目59"]);
    let rows = table("名,甲,乙,丙", 7, |i| {
        format!("条目{i},{},Interoperability_of_systems,短", "较长的说明".repeat(1 + i % 4))
    });
    check("kind: matrix\nx: 名\ny: [甲, 乙, 丙]", &rows, &["Interoperability_of_systems"]);
}

#[test]
fn values_are_printed_as_they_were_written() {
    let written = ["1034868", "1349084", "0.0004", "12.345", "999999999999", "0.3"];
    let rows = table("年,值", written.len(), |i| format!("第{i}年,{}", written[i]));
    check("kind: bar\nx: 年\ny: 值", &rows, &written);
    let noise = "年,值\n甲,0.30000000000000004\n乙,2.0000000000000004\n";
    let text = frames("kind: bar\nx: 年\ny: 值", noise)[0].text();
    assert!(text.contains("0.3") && !text.contains("000"), "{text}");
}

#[test]
fn charts_in_a_report_keep_within_its_margins() {
    let project = Project::starter();
    let (keys, rows) = close_ends(6);
    project.write("content/charts/lines.csv", rows);
    let rows = table("县,值", 31, |i| format!("某某县{i},{}", 1_034_868 + i));
    project.write("content/charts/bars.csv", rows);
    let rows = table("年,事", 8, |i| format!("{}年,第{i}代产品上市并且发布", 2001 + i));
    project.write("content/charts/times.csv", rows);
    let block = |keys: &str, data| {
        format!(
            "```chart\ntitle: 图题\nalt: 图\ndata: charts/{data}.csv\n{keys}\n```\n\n正文一段。\n\n"
        )
    };
    let body = block(&format!("kind: line\n{keys}"), "lines")
        + &block("kind: bar\nx: 县\ny: 值", "bars")
        + &block("kind: timeline\nx: 年\ny: 事", "times");
    project.write("content/trends/02-second.md", format!("---\ntitle: 第二章\n---\n\n{body}"));
    project.run(&["render", "o.pdf"]).ok();
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    let mut seen = 0;
    for page in file.pages().iter().filter(|page| page.text().contains("图题")) {
        seen += 1;
        let mut page = page.clone();
        // The band of a trend's first page is not part of a chart.
        page.glyphs.retain(|glyph| glyph.size <= 12.0);
        check_apart(&page, "the report");
        let margin = 18.0 * 72.0 / 25.4 - 1.0;
        for glyph in letters(&page) {
            let [left, _, right, _] = ink(glyph);
            let inside = left > margin && right < page.size.0 - margin;
            assert!(inside, "`{}` at {left} is in the margin", glyph.text);
        }
    }
    assert!(seen > 1, "the charts are on {seen} pages");
}

/// The strokes of 2 pt on the pages of a trend with these blocks.
fn strokes(project: &Project, blocks: &str) -> Vec<String> {
    let trend = "content/trends/01-first.md";
    project.write(trend, format!("---\ntitle: 章名\n---\n\n正文。\n\n{blocks}"));
    project.run(&["render", "o.svg"]).ok();
    let files = std::fs::read_dir(project.path()).expect("a folder");
    let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
    let pages: String =
        names.filter(|name| name.ends_with(".svg")).map(|name| project.read(&name)).collect();
    let paths = pages.split("<path").filter(|path| path.contains("stroke-width=\"2\""));
    let drawn = paths.filter_map(|path| path.split(" d=\"").nth(1)?.split('"').next());
    drawn.map(str::to_owned).collect()
}

/// The pieces of the line of a chart, each with the number of its points.
fn pieces(table: &str) -> Vec<usize> {
    let project = Project::starter();
    // What else has such strokes, such as a motif.
    let others = strokes(&project, "");
    let block = chart(&project, "kind: line\nx: 年\ny: 值\nsource: 来源", table);
    let drawn = strokes(&project, &block).into_iter().filter(|path| !others.contains(path));
    let of = |d: String| -> Vec<usize> {
        let parts = d
            .trim_start_matches("M 0 0")
            .split(['M', 'm'])
            .map(str::trim)
            .filter(|part| !part.is_empty());
        parts.map(|part| 1 + part.matches(['L', 'l', 'H', 'h', 'V', 'v']).count()).collect()
    };
    drawn.flat_map(of).collect()
}

#[test]
fn a_line_is_broken_where_a_value_is_missing() {
    let whole = "年,值\n2019,1\n2020,2\n2021,3\n2022,4\n2023,5\n";
    assert_eq!(pieces(whole), [5]);
    assert_eq!(pieces(&whole.replace("2021,3", "2021,")), [2, 2]);
    assert_eq!(pieces(&whole.replace("2021,3", "2021,—")), [2, 2]);
    // What is missing at the ends is no gap, and a year that is not in the table is none.
    assert_eq!(pieces(&whole.replace("2019,1", "2019,")), [4]);
    assert_eq!(pieces(&whole.replace("2021,3\n", "")), [4]);
    let alone = whole.replace("2020,2", "2020,#N/A").replace("2022,4", "2022,");
    // No line meets these three: they are marks.
    assert!(pieces(&alone).is_empty());
}
