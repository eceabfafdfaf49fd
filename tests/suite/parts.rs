//! What the format holds beyond a new report: a partner's page, every kind of chart and block.

use crate::project::Project;
use testkit::pdf::File;

fn render(project: &Project) -> File {
    let run = project.run(&["render", "report.pdf"]).ok();
    assert!(!run.stderr.contains("error"), "{}", run.stderr);
    File::open(std::fs::read(project.join("report.pdf")).expect("a report"))
}

#[test]
fn a_partners_page_has_all_it_should() {
    let project = Project::starter();
    project.write(
        "content/insert.md",
        "---\ntitle: 伙伴机构\nclaim: 让每一页都能按时付印\nurl: https://partner.example/\ncodes:\n  - {label: 公众号, url: \"https://partner.example/a\"}\n  - {label: 视频号, url: \"https://partner.example/b\"}\ncontact:\n  - {label: 邮箱, value: press@partner.example}\npages: 1\n---\n\n这是伙伴机构的自我介绍，只在测试里出现。\n\n- 第一项服务\n- 第二项服务\n",
    );
    let file = render(&project);
    let pages = file.pages();
    assert_eq!(pages.len(), 10);
    let page = &pages[6];
    let text = page.text().replace(['\u{2060}', '\u{200b}'], "");
    for part in [
        "伙伴机构",
        "让每一页都能按时付印",
        "自我介绍",
        "第一项服务",
        "partner.example/",
        "公众号",
        "视频号",
        "press@partner.example",
    ] {
        assert!(text.contains(part), "`{part}` is not on the page: {text}");
    }
    assert!(
        file.alternatives("Figure").iter().any(|alt| alt == "公众号：https://partner.example/a")
    );
    assert!(file.bookmarks().iter().any(|mark| mark.title == "伙伴机构"));
}

#[test]
fn every_kind_of_chart_draws_its_labels() {
    let project = Project::starter();
    project.write(
        "content/charts/all.csv",
        "名称,甲,乙,丙\n第一,1,20,300\n第二,4,50,600\n第三,2,80,900\n",
    );
    project.write("content/charts/years.csv", "年份,甲,乙\n2020,1,5\n2021,3,4\n2022,9,2\n");
    let chart = |kind: &str, more: &str| {
        format!(
            "```chart\nkind: {kind}\ntitle: 图题{kind}\nalt: 替代文字{kind}\nsource: 出处\n{more}\n```\n\n"
        )
    };
    let mut body = String::new();
    body += &chart("bar", "data: charts/all.csv\nx: 名称\ny: 甲");
    body += &chart("stacked", "data: charts/all.csv\nx: 名称\ny: [甲, 乙, 丙]\nunit: 件");
    body += &chart("range", "data: charts/all.csv\nx: 名称\ny: [甲, 乙, 丙]\nscale: log\nunit: 件");
    body += &chart("line", "data: charts/years.csv\nx: 年份\ny: [甲, 乙]");
    body += &chart("pie", "data: charts/all.csv\nx: 名称\ny: 甲");
    body += &chart("timeline", "data: charts/all.csv\nx: 名称\ny: 甲\nnote: 乙");
    body += &chart("matrix", "data: charts/all.csv\nx: 名称\ny: [甲, 乙]");
    body += "正文一段。\n";
    let trend = project.read("content/trends/02-second.md");
    let matter = trend.split("---\n").nth(1).expect("front matter").replace("pages: 1\n", "");
    project.write("content/trends/02-second.md", format!("---\n{matter}---\n\n{body}"));
    let file = render(&project);
    let pages = file.pages();
    let text: String = pages.iter().map(|page| page.text()).collect();
    for kind in ["bar", "stacked", "range", "line", "pie", "timeline", "matrix"] {
        assert!(text.contains(&format!("图题{kind}")), "{kind} is not there");
    }
    let alternatives = file.alternatives("Figure");
    for kind in ["bar", "stacked", "range", "line", "pie", "timeline"] {
        assert!(
            alternatives.iter().any(|alt| *alt == format!("替代文字{kind}")),
            "{kind}: {alternatives:?}"
        );
    }
    // Nothing drawn leaves the page.
    for page in &pages {
        for glyph in &page.glyphs {
            let inside = glyph.x > -1.0
                && glyph.x < page.size.0
                && glyph.y > 0.0
                && glyph.y < page.size.1 + 1.0;
            assert!(inside, "{glyph:?}");
        }
    }
}

#[test]
fn every_block_of_markdown_is_set() {
    let project = Project::starter();
    let trend = project.read("content/trends/02-second.md");
    let matter = trend.split("---\n").nth(1).expect("front matter").replace("pages: 1\n", "");
    let body = "开头一段，有**着重**、*强调*、`code`、H~2~O、10^29^、$x_i^2$和[链接](https://example.org/)，还有脚注[^n]。\n\n## 小标题一\n\n1. 有序甲\n2. 有序乙\n\n- 无序丙\n- 无序丁\n\n> 引文一句。\n\n### 小标题二\n\n| 列甲 | 列乙 |\n|---|--:|\n| 单元格 | 12 |\n\n行末换行\\\n下一行。\n\n    四空格代码\n\n[^n]: 脚注的文字。\n";
    project.write("content/trends/02-second.md", format!("---\n{matter}---\n\n{body}"));
    let file = render(&project);
    let text: String = file.pages().iter().map(|page| page.text()).collect();
    for part in [
        "着重",
        "强调",
        "code",
        "H2O",
        "1029",
        "小标题一",
        "有序甲",
        "无序丙",
        "引文一句。",
        "小标题二",
        "列甲",
        "单元格",
        "脚注的文字。",
        "四空格代码",
    ] {
        assert!(text.contains(part), "`{part}` is not there");
    }
    // No line is set over another.
    for page in &file.pages() {
        for (a, b) in page.glyphs.iter().zip(page.glyphs.iter().skip(1)) {
            let (apart, close) = ((a.y - b.y).abs() > 0.5, (a.x - b.x).abs() < 2.0);
            assert!(!(apart && close && (a.y - b.y).abs() < 3.0), "{a:?} {b:?}");
        }
    }
    let structure = file.structure();
    assert!(structure.contains_key("Note") || structure.contains_key("FENote"), "{structure:?}");
    assert!(structure.contains_key("Table") && structure.contains_key("TH"), "{structure:?}");
}

#[test]
fn the_template_draws_every_motif_of_the_format() {
    let project = Project::starter();
    let schema: serde_json::Value =
        serde_json::from_str(&project.run(&["schema", "trend"]).ok().stdout).expect("JSON");
    let names: Vec<&str> = schema["$defs"]["Motif"]["oneOf"]
        .as_array()
        .expect("motifs")
        .iter()
        .filter_map(|m| m["const"].as_str())
        .collect();
    assert_eq!(names.len(), 10, "{schema:#}");
    // Each in a band that is not its own by number.
    for (number, name) in names.iter().cycle().skip(3).take(10).enumerate() {
        let trend = format!("---\ntitle: 带线条的一章\nmotif: {name}\n---\n\n正文一段。\n");
        project.write(&format!("content/trends/{:02}-motif.md", number + 1), trend);
    }
    render(&project);
}

#[test]
fn the_templates_own_words_follow_the_reports_language() {
    for (lang, contents, figure, paraphrase) in [
        ("zh-CN", "目录", "图 1", "观点转述"),
        ("zh-TW", "目錄", "圖 1", "觀點轉述"),
        ("en", "Contents", "Figure 1", "Paraphrase"),
    ] {
        let project = Project::starter();
        project.edit("content/report.yaml", "lang: zh-CN", &format!("lang: {lang}"));
        let file = render(&project);
        assert!(
            file.bookmarks().iter().any(|mark| mark.title == contents),
            "{:?}",
            file.bookmarks()
        );
        let text: String = file.pages()[3..5].iter().map(|page| page.text()).collect();
        let squeezed = |text: &str| text.replace([' ', '\u{a0}'], "");
        assert!(squeezed(&text).contains(&squeezed(figure)), "{lang}: {text}");
        assert!(text.contains(paraphrase), "{lang}: {text}");
        assert_eq!(file.catalog_text("Lang").as_deref(), Some(lang));
    }
}

/// Typst bounds its search for line breaks, and searches again where the bound was too tight; with
/// its assertions on it would end the program instead.
#[test]
fn a_paragraph_whose_breaks_are_sought_twice_is_set() {
    let project = Project::empty();
    let settings = "title: 2026 T\npublisher: {name: P}\ndate: 2026-01\nlang: en\nparts: [a.md]\n";
    project.write("content/report.yaml", settings);
    let text = "of. relate to ffl laws. the. models loss. Scaling loss characteristics representation \
                of internationalization. laws. Scaling to straightforwardly GPT-4o \
                straightforwardly. office laws language loss, representation 3.5 km/h GPT-4o. \
                characteristics characteristics, of relate language GPT-4o. language, 3.5 \
                straightforwardly.";
    project.write("content/a.md", format!("---\ntitle: T\n---\n\n{text}\n"));
    let pages = render(&project).pages();
    let letters =
        |page: &testkit::pdf::Page| page.text().chars().filter(|c| c.is_alphabetic()).count();
    assert!(pages.iter().map(letters).sum::<usize>() > 200, "{:?}", pages[0].text());
}
