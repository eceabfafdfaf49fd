//! Letters that are signed, and large numbers with powers and a source.

use testkit::pdf::File;

use crate::tables_set::{made, plain};

const INK: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 30'><path d='M5 20 L40 5 L80 25' fill='none' stroke='#000' stroke-width='2'/></svg>";

#[test]
fn letters_end_with_who_signs_them() {
    let body = "信的正文。\n\n::: {.signed name=\"林某\" titles=\"董事长；首席执行官\" signature=\"sign.svg\" portrait=\"face.svg\"}\n2025年3月\n:::\n\n后文。\n\n::: {.signed name=\"周某\"}\n:::\n";
    let project = plain(body);
    project.write("content/sign.svg", INK);
    project.write("content/face.svg", INK);
    let made = made(&project);
    let text = made.text();
    for right in ["2025年3月", "林某董事长首席执行官", "后文。周某"] {
        assert!(text.contains(right), "`{right}` is not in {text}");
    }
    let (page, x, y) = made.at("林某");
    let (before, from, above) = made.at("信的正文");
    assert!(page == before && x > from + 40.0 && y > above, "at the right, below the text");
    let checked = project.run(&["check"]);
    let told = checked.stdout + &checked.stderr;
    assert!(!told.contains("sign.svg") && !told.contains("face.svg"), "{told}");
}

#[test]
fn nobody_signs_without_a_name() {
    let project = plain("信。\n\n::: {.signed titles=\"董事长\"}\n2025年\n:::\n");
    let run = project.run(&["render", "o.pdf"]);
    assert!(run.stderr.contains("nothing says who signs here"), "{}", run.stderr);
    let project = plain("信。\n\n::: {.signed name=\"林某\" signature=\"gone.svg\"}\n:::\n");
    let run = project.run(&["render", "o.pdf"]);
    assert!(run.stderr.contains("gone.svg"), "{}", run.stderr);
}

#[test]
fn large_numbers_have_powers_and_a_source() {
    let body = "文。\n\n::: {.kpi source=\"某院年报\"}\n- 2×10^29^次 | 运算\n- 约3.5万吨CO~2~ | 减排\n- \\>50项 | 标准\n:::\n";
    let project = plain(body);
    let made = made(&project);
    let text = made.text();
    for right in ["2×10²⁹次", "3.5", "CO₂", ">50项", "来源：某院年报"] {
        assert!(text.contains(right), "`{right}` is not in {text}");
    }
}

#[test]
fn all_units_of_a_large_number_are_small() {
    let body = "文。\n\n::: kpi\n- 12.3%～15.6% | 毛利\n- 3.5倍→4.2倍 | 杠杆\n- 2025年3月 | 日期\n- 甲级AAA | 评级\n- 7x24小时 | 服务\n:::\n";
    let project = plain(body);
    project.run(&["render", "o.pdf"]).ok();
    let pages = File::open(std::fs::read(project.join("o.pdf")).expect("a report")).pages();
    let glyphs = || pages.iter().flat_map(|page| &page.glyphs);
    let sizes = |text: &str| -> Vec<f64> {
        let bold = |glyph: &&testkit::pdf::Glyph| glyph.text == text && glyph.font.contains("Bold");
        glyphs().filter(bold).map(|glyph| glyph.size).collect()
    };
    let figure = sizes("5").into_iter().fold(0.0, f64::max);
    for (unit, count) in [("%", 2), ("倍", 2), ("年", 1), ("月", 1), ("小", 1)] {
        let sizes = sizes(unit);
        assert_eq!(sizes.len(), count, "{unit}: {sizes:?}");
        assert!(sizes.iter().all(|size| *size < figure * 0.8), "{unit}: {sizes:?}, {figure}");
    }
    for sign in ["～", "→", "x"] {
        assert!(sizes(sign).iter().all(|size| *size == figure), "{sign}: {:?}", sizes(sign));
    }
    assert!(sizes("A").iter().all(|size| *size == figure), "{:?}", sizes("A"));
}

#[test]
fn a_sign_that_begins_a_quotation_is_told_with_the_way_out() {
    let project = plain("文。\n\n::: kpi\n- >50 | 项\n- 12 | 次\n:::\n");
    let run = project.run(&["render", "o.pdf"]);
    assert!(run.stderr.contains("begins a quotation"), "{}", run.stderr);
    assert!(run.stderr.contains(r"`\>50`"), "{}", run.stderr);
    let project = plain("文。\n\n::: kpi\n- 五十\n- 12 | 次\n:::\n");
    let run = project.run(&["--lang", "en", "render", "o.pdf"]);
    let hint = run.stderr.lines().find(|line| line.contains("hint")).unwrap_or_default();
    assert!(!hint.chars().any(cjk::is_han), "{hint}");
}

#[test]
fn fields_that_a_reference_lacks_are_named_as_its_file_writes_them() {
    let project = plain("文[@p]。");
    let settings = project.read("content/report.yaml");
    let with = |file: &str| {
        let lists = format!("references: {{file: {file}}}\n");
        let settings = settings.replace("parts: [trends/*.md]", "parts: [trends/*.md, references]");
        project.write("content/report.yaml", settings + &lists);
        let run = project.run(&["check"]);
        run.stdout + &run.stderr
    };
    project.write("content/r.bib", "@patent{p, title={一种装置}, author={甲}, year={2020}}\n");
    let told = with("r.bib");
    assert!(!told.contains("serial-number"), "{told}");
    project.write("content/s.bib", "@book{p, title={一本书}, author={甲}, publisher={社}}\n");
    let told = with("s.bib");
    assert!(told.contains("add `date = {2024-05-17}` or `year = {2024}`"), "{told}");
    // The hint, followed.
    project.write(
        "content/s.bib",
        "@book{p, title={一本书}, author={甲}, publisher={社}, year = {2024}}\n",
    );
    let told = with("s.bib");
    assert!(!told.contains("TP0303"), "{told}");
}
