//! Words that the program prints itself, typed once more, and marks of the index that are copied.

use crate::project::Project;
use testkit::pdf::File;

const CHART: &str = "```chart\nkind: bar\ntitle: TITLE\nsource: SOURCE\nalt: 两个数\ndata: charts/a.csv\nx: 年\ny: 数\n```";

const TABLE: &str = "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |";

fn project(settings: &str, body: &str) -> Project {
    let check = "check: {TP0506: off}";
    Project::of_one_chapter(&format!("{check}\n{settings}"), body)
}

fn pages(project: &Project) -> Vec<String> {
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    let plain = |text: String| {
        text.chars().filter(|c| !c.is_whitespace() && !cjk::is_invisible(*c)).collect()
    };
    file.pages().iter().map(|page| plain(page.text())).collect()
}

/// The words of a report that is printed, and what is told of it.
#[track_caller]
fn printed(settings: &str, body: &str) -> (String, String) {
    let project = project(settings, body);
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(0), "{body}: {}", run.stderr);
    (pages(&project).concat(), run.stderr)
}

#[test]
fn marks_of_the_index_in_headings_are_not_copied_into_the_contents() {
    for template in ["report", "paper"] {
        let filler = "正文一段，用来占去版面。".repeat(160);
        let body = format!(
            "{filler}\n\n## [算力]{{.index}}的增长\n\n{filler}\n\n## 与**[能效]{{.index key=\"能效!机房\"}}**有关\n\n文。"
        );
        let project = project(&format!("template: {template}\ncontents: {{depth: 3}}"), &body);
        project.edit("content/report.yaml", "parts: [a.md]", "parts: [contents, a.md, index]");
        project.run(&["render", "o.pdf"]).ok();
        let pages = pages(&project);
        let of = |words: &str| pages.iter().rposition(|page| page.contains(words));
        let index = pages.last().expect("pages");
        assert!(pages[0].contains("算力的增长"), "{template}: {}", pages[0]);
        let first = of("算力的增长").expect("a heading") + 1;
        let second = of("与能效有关").expect("a heading") + 1;
        assert!(first > 1 && second > first, "{template}: {pages:?}");
        let folio = |page: usize| match template {
            "report" => format!("p{page:02}"),
            _ => page.to_string(),
        };
        for (words, page) in [("算力", first), ("机房", second)] {
            let entry = format!("{words}{}", folio(page));
            assert!(index.contains(&entry), "{template} {entry}: {index}");
        }
    }
}

#[test]
fn the_words_before_a_source_are_printed_once() {
    let picture = |source: &str| format!("![走势](figures/a.svg \"{source}\")");
    for (source, right) in [
        ("某局", "来源：某局"),
        ("来源：某局", "来源：某局"),
        ("来源:某局", "来源：某局"),
        ("来源 某局", "来源：某局"),
        ("资料来源 某局", "资料来源：某局"),
        ("资料来源：某局", "资料来源：某局"),
        ("数据来源: 某局", "数据来源：某局"),
        ("图片来源：某局", "图片来源：某局"),
        ("数据及图片来源：某局", "数据及图片来源：某局"),
        ("出处：某局", "出处：某局"),
        ("Source: Some Bureau", "Source:SomeBureau"),
        ("Data source: Some Bureau", "Datasource:SomeBureau"),
    ] {
        let chart = CHART.replace("TITLE", "走势").replace("SOURCE", &format!("\"{source}\""));
        let group = format!(
            "::: figures\n{}\n{}\n\n两幅\n:::",
            picture(source),
            picture("乙").replace("走势", "另一")
        );
        let table = format!("{TABLE}\n\n: 表题 {{source=\"{source}\"}}");
        let large = format!("::: {{.kpi source=\"{source}\"}}\n- 12亿元 | 收入\n- 8% | 增速\n:::");
        for body in [picture(source), chart, group, table, large] {
            let (text, told) = printed("", &format!("正文。\n\n{body}\n\n后文。"));
            assert!(text.contains(right), "{body}: {text}");
            let twice = text.contains("来源：资料") || text.contains("来源：来源");
            let other = !right.starts_with("来源") && text.contains(&format!("来源：{right}"));
            assert!(!twice && !other, "{body}: {text}");
            assert!(!told.contains("TP0501"), "{told}");
        }
    }
    let (text, _) = printed("lang: en", &picture("Sources: A, B").replace("走势", "Trend"));
    assert!(text.contains("Sources:A,B") && !text.contains("Source:S"), "{text}");
    // Words that only look like it are the source's own.
    for own in ["来源地：某局", "开放源代码：某项目"] {
        let (text, _) = printed("", &format!("正文。\n\n{}", picture(own)));
        assert!(text.contains(&format!("来源：{own}")), "{text}");
    }
}

#[test]
fn the_word_before_remarks_is_printed_once() {
    for (note, right) in [
        ("口径见下", "注：口径见下"),
        ("注：口径见下", "注：口径见下"),
        ("注1：口径见下", "注1：口径见下"),
        ("说明：口径见下", "说明：口径见下"),
        ("Note: see below", "Note:seebelow"),
    ] {
        let body = format!(
            "```table\ntitle: 表题\nnotes: [\"{note}\", 第二条]\nsource: 某局\ndata: charts/a.csv\n```"
        );
        let (text, _) = printed("", &format!("正文。\n\n{body}"));
        assert!(text.contains(right) && text.contains("第二条"), "{text}");
        assert_eq!(text.matches("注：").count(), right.matches("注：").count(), "{text}");
    }
}
