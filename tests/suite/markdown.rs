//! Markdown as it is written in Chinese, on the final pages.

use crate::project::Project;
use testkit::pdf::{File, Glyph};

/// A report of one trend with this text, and pictures under odd names.
fn project(body: &str) -> Project {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        "title: 试验报告\npublisher: {name: 试验出版社}\ndate: 2025-01\nparts: [trends/*.md]\ncolumns: 1\ncheck: {TP0506: off}\n",
    );
    project.write("content/trends/a.md", format!("---\ntitle: 一个趋势\n---\n\n{body}\n"));
    project
}

const PICTURE: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 1'/>";

fn glyphs(project: &Project) -> Vec<Glyph> {
    project.run(&["render", "o.pdf"]).ok();
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    file.pages().into_iter().flat_map(|page| page.glyphs).collect()
}

fn text(glyphs: &[Glyph]) -> String {
    let text: String = glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
    text.replace([' ', '\u{a0}', '\u{2005}', '\u{2060}', '\u{200b}'], "")
}

#[test]
fn exactly_the_marked_words_are_bold() {
    for (body, bold) in [
        ("第一段，**结论先行。**下文说明理由。", "结论先行"),
        ("读了**《算法导论》**与**“智能”**两章。", "算法导论智能"),
        ("**单价（元）**为含税价，**50%**的样本，**“云”**API。", "单价元50%云"),
        (
            "正文。\n\n- **速度快：**比上一代快\n- [说明](https://example.com/)**（一）**：略",
            "速度快一",
        ),
    ] {
        let glyphs = glyphs(&project(body));
        let size = glyphs
            .iter()
            .find(|glyph| "第读为正比".contains(&glyph.text) && !glyph.text.is_empty());
        let size = size.expect("running text").size;
        let found: String = glyphs
            .iter()
            .filter(|glyph| glyph.font.contains("Bold") && (glyph.size - size).abs() < 0.1)
            .map(|glyph| glyph.text.as_str())
            .collect();
        let words: String = found.chars().filter(|c| c.is_alphanumeric() || *c == '%').collect();
        assert_eq!(words, bold, "{body}: {found}");
        assert!(!text(&glyphs).contains('*'), "{body}");
    }
}

#[test]
fn ranges_powers_and_prices_print_as_written() {
    for body in [
        "电压3~5V，温度14~17℃，时长8~10分钟；约~10%与~20%。",
        "2^10与2^20字节，x^2+y^2，a^2b^2。",
        "也有US$100和US$200的。售价$5，成本$3，利润$2。",
        "融资$5亿，估值$20亿；HK$3-$4，$7/$8。",
        "周一~周三~周五，A~B/C~D，-5~5℃。",
    ] {
        let glyphs = glyphs(&project(body));
        assert!(text(&glyphs).contains(body), "{body}: {}", text(&glyphs));
    }
    let glyphs = glyphs(&project("水是H~2~O，碳是^14^C，式$x^2$，10^-3^。"));
    assert!(
        text(&glyphs).contains("水是H2O，碳是14C，式x2，10-3。")
            || text(&glyphs).contains("水是H2O")
    );
    let small = glyphs.iter().filter(|glyph| glyph.text == "2" || glyph.text == "4");
    assert!(small.clone().count() >= 3 && small.clone().any(|glyph| glyph.size < 8.0));
}

#[test]
fn a_note_referred_to_twice_is_printed_once() {
    let body = "甲[^a]，乙[^b]，丙[^a]。\n\n![画[^c]](图.svg \"来源：甲\")\n\n| 表[^b] |\n|---|\n| 又[^d] |\n\n\
                再[^c]与[^d]与[^b]。\n\n[^a]: 注文一\n[^b]: 注文二\n[^c]: 注文三\n[^d]: 注文四";
    let project = project(body);
    project.write("content/图.svg", PICTURE);
    let glyphs = glyphs(&project);
    let all = text(&glyphs);
    for note in ["注文一", "注文二", "注文三", "注文四"] {
        assert_eq!(all.matches(note).count(), 1, "{note}: {all}");
    }
    let mark = |before: &str| {
        let at = glyphs.iter().position(|glyph| glyph.text == before).expect("a word");
        glyphs[at + 1..]
            .iter()
            .find(|glyph| !glyph.text.trim().is_empty())
            .expect("a mark")
            .text
            .clone()
    };
    assert_eq!((mark("甲"), mark("丙")), ("1".into(), "1".into()));
    assert_eq!((mark("乙"), mark("表")), ("2".into(), "2".into()));
    assert_eq!(mark("再"), mark("画"), "{all}");
}

#[test]
fn an_address_of_mail_is_a_link() {
    let project = project("信箱<someone@example.com>。");
    project.run(&["render", "o.pdf"]).ok();
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    assert_eq!(file.links().1, 1);
}

/// How far a paragraph that begins with a word is indented, in ems.
fn indent(glyphs: &[Glyph], word: &str) -> f64 {
    let at = glyphs.iter().position(|glyph| glyph.text == word).expect("the paragraph");
    let edge = glyphs.iter().filter(|glyph| glyph.size == glyphs[at].size).map(|glyph| glyph.x);
    (glyphs[at].x - edge.fold(f64::MAX, f64::min)) / glyphs[at].size
}

#[test]
fn a_paragraph_behind_a_list_is_indented_unless_its_sentence_goes_on() {
    let line = "这一行文字排满一栏以后还要再排一行，用来找到左边。".repeat(3);
    for (before, items, indented) in [
        ("要点如下：", ["甲", "乙"], true),
        ("主要成果", ["甲", "乙；"], true),
        ("要点有三，", ["甲；", "乙。"], true),
        ("说到这里，先看两条，", ["甲；", "乙，"], false),
        ("系统由", ["甲", "乙"], false),
    ] {
        let body = format!("{line}\n\n{before}\n\n- {}\n- {}\n\n丁{line}", items[0], items[1]);
        let found = indent(&glyphs(&project(&body)), "丁");
        assert_eq!(found > 1.0, indented, "{before} {items:?}: {found}");
    }
}

#[test]
fn pictures_are_found_by_the_names_that_authors_write() {
    let files =
        ["figures/my chart.svg", "figures/a%20b.svg", "figures/图1.svg", "trends/beside.svg"];
    for name in [
        "figures/my%20chart.svg",
        "<figures/my chart.svg>",
        "figures/a%20b.svg",
        "figures/%E5%9B%BE1.svg",
        "../figures/图1.svg",
        "./beside.svg",
        "beside.svg",
        "../trends/../figures/图1.svg",
    ] {
        let project = project(&format!("正文。\n\n![图题]({name} \"来源：甲\")"));
        files.iter().for_each(|file| project.write(&format!("content/{file}"), PICTURE));
        let run = project.run(&["check"]).ok();
        assert!(!run.stderr.contains("error:"), "{name}: {}", run.stderr);
        let used = run.stderr.matches("TP0406").count();
        assert_eq!(used, files.len() - 1, "{name}: {}", run.stderr);
    }
}

#[test]
fn names_that_are_nearly_right_are_told_with_the_right_one() {
    for (name, hint) in [
        ("figures\\\\图1.svg", "write `figures/图1.svg`"),
        ("figures\\图1.svg", "write `figures/图1.svg`"),
        ("figures\\_a.svg", "write `figures/_a.svg`"),
        ("Figures/图1.SVG", "did you mean `figures/图1.svg`?"),
        ("../FIGURES/My%20Chart.svg", "did you mean `figures/my chart.svg`?"),
        ("my%20chart.svg", "did you mean `figures/my chart.svg`?"),
        ("../../figures/图1.svg", "copy the file into `content/`"),
        ("figures/图2.svg", "did you mean `figures/图1.svg`?"),
    ] {
        let project = project(&format!("正文。\n\n![图题]({name} \"来源：甲\")"));
        for file in ["figures/my chart.svg", "figures/图1.svg", "figures/_a.svg"] {
            project.write(&format!("content/{file}"), PICTURE);
        }
        let run = project.run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(1), "{name}");
        assert!(
            run.stderr.contains(hint) && run.stderr.contains("a.md:7:7"),
            "{name}: {}",
            run.stderr
        );
    }
}

#[test]
fn blocks_that_cannot_stand_in_others_are_told_at_their_line() {
    for body in [
        "- 项目里有图：\n\n  ![图](图.svg \"来源：甲\")",
        "> 引文。\n>\n> | 甲 | 乙 |\n> |---|---|\n> | 1 | 2 |",
        "1. 项\n\n   ```chart\n   kind: bar\n   ```",
        "- 甲\n- | 表 |\n  |---|\n  | 1 |",
    ] {
        let run = project(&format!("正文。\n\n{body}")).run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(1), "{body}: {}", run.stderr);
        assert!(
            run.stderr.contains("content/trends/a.md:") && !run.stderr.contains("templates/"),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn what_yaml_takes_for_a_comment_is_told_and_its_hint_helps() {
    let project = project("正文。");
    project.edit("content/trends/a.md", "title: 一个趋势", "title: C# 语言 #1");
    let run = project.run(&["check"]);
    assert!(
        run.stderr.contains("warning[TP0010]") && run.stderr.contains("a.md:2:14"),
        "{}",
        run.stderr
    );
    assert!(run.stderr.contains("`\"C# 语言 #1\"`"), "{}", run.stderr);
    project.edit("content/trends/a.md", "C# 语言 #1", "\"C# 语言 #1\"");
    assert!(text(&glyphs(&project)).contains("C#语言#1"));
    project.edit("content/trends/a.md", "title: \"C# 语言 #1\"", "title：甲");
    let run = project.run(&["render", "o.pdf"]);
    assert!(run.stderr.contains("the colon behind `title` is full-width"), "{}", run.stderr);
    assert!(
        run.stderr.contains("a.md:2:6") && run.stderr.contains("write `title: `"),
        "{}",
        run.stderr
    );
}

#[test]
fn fixes_leave_no_backslash_behind() {
    let project = project("其中\\\"数字化\\\"是动力\\(见表\\)，共$x$１台。");
    project.run(&["check", "--fix", "--yes"]).ok();
    let text = project.read("content/trends/a.md");
    assert!(text.contains("其中“数字化”是动力（见表），共$x$１台。"), "{text}");
}

#[test]
fn a_fault_of_the_settings_hides_no_other() {
    let project = project(
        "正文。\n\n![图](figures/none.svg)\n\n```chart\nkind: cake\ntitle: 图\ndata: a.csv\nx: 甲\ny: 乙\n```",
    );
    project.edit("content/report.yaml", "date: 2025-01", "date: 2025-01\nfoot: 1\ntrim: wide");
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(1));
    for told in ["unknown key `foot`", "report.yaml:5:", "`figures/none.svg` is missing", "`cake`"]
    {
        assert!(run.stderr.contains(told), "`{told}` is not in:\n{}", run.stderr);
    }
}

#[test]
fn marks_in_front_matter_are_told_at_their_place() {
    let project = project("正文。");
    for (title, column) in [("速度v~max~的提高", 11), ("'**重点**领域'", 9), ("\"据[@key]\"", 10)]
    {
        project.write("content/trends/a.md", format!("---\ntitle: {title}\n---\n\n正文。\n"));
        let run = project.run(&["check"]);
        let place = format!("a.md:2:{column}\n");
        assert!(run.stderr.contains("warning[TP0009]"), "{title}: {}", run.stderr);
        assert!(run.stderr.contains(&place), "{title}: {}", run.stderr);
    }
}

/// What `check` tells of a text.
fn told(body: &str) -> String {
    project(body).run(&["check"]).stderr
}

#[test]
fn products_of_words_are_told_and_their_hint_helps() {
    for body in
        ["体积等于长*宽*高。", "金额=单价*数量*折扣", "共5*人数*天数。", "按单价*数量*税率计算，"]
    {
        let found = told(body);
        assert!(
            found.contains("[TP0009]") && found.contains("is read as emphasis"),
            "{body}\n{found}"
        );
        let escaped = body.replace('*', "\\*");
        assert!(!told(&escaped).contains("TP0009"), "{escaped}");
        assert!(text(&glyphs(&project(&escaped))).contains(&body.replace([' ', '。', '，'], "")));
        assert!(!told(&body.replace('*', "×")).contains("TP0009"));
    }
    for body in
        ["这是*重点*词。", "我们要*重点*关注。", "他说：*好*。", "一段*相当长的着重文字*在此。"]
    {
        assert!(!told(body).contains("TP0009"), "{body}\n{}", told(body));
    }
}

#[test]
fn formulas_with_chinese_are_told_and_their_hint_helps() {
    for body in ["记作$增速=x$，下同。", "有$利润=a-b$。", "设$面积\\times 2$为。"]
    {
        let found = told(body);
        assert!(
            found.contains("[TP0009]") && found.contains("is printed as it stands"),
            "{body}\n{found}"
        );
        assert!(
            !told(&body.replace('$', "\\$").replace("\\times", "×")).contains("TP0009"),
            "{body}"
        );
    }
    let body = "记作$\\text{增速}=x$，下同。";
    assert!(!told(body).contains("TP0009"), "{}", told(body));
    let printed = text(&glyphs(&project(body)));
    assert!(printed.contains("增速") && !printed.contains('$'), "{printed}");
    for body in ["售价$5，成本$3，即为$2=一半。", "US$100等于HK$780。", "路径$HOME/目录=$USER。"]
    {
        assert!(!told(body).contains("TP0009"), "{body}\n{}", told(body));
    }
}

#[test]
fn an_escaped_key_is_printed_and_not_cited() {
    let cited = project("见\\@key2024。另见@key2024，邮箱name@key2024.org。");
    cited.edit("content/report.yaml", "columns: 1\n", "columns: 1\nreferences: {file: r.yaml}\n");
    cited.edit("content/report.yaml", "trends/*.md]", "trends/*.md, references]");
    cited.write("content/r.yaml", "key2024:\n  type: book\n  title: 某书\n  author: 王, 一\n  date: 2024\n  publisher: 某社\n");
    let text = text(&glyphs(&cited));
    assert!(text.contains("见@key2024。另见王一[1]，邮箱name@key2024.org"), "{text}");
}

#[test]
fn no_line_ends_within_the_hyphens_of_an_option() {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        "title: 试验报告\npublisher: {name: 试验出版社}\ndate: 2025-01\nparts: [chapters/a.md]\n",
    );
    let lines: Vec<String> = (16..46)
        .map(|count| format!("{}`--verbose`列出，`a -o`也是。", "字".repeat(count)))
        .collect();
    project
        .write("content/chapters/a.md", format!("---\ntitle: 章\n---\n\n{}\n", lines.join("\n\n")));
    project.run(&["render", "o.pdf"]).ok();
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    let mut seen = 0;
    for page in file.pages() {
        let shown: Vec<_> =
            page.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).collect();
        for pair in shown.windows(2).filter(|pair| pair[0].text == "-" && pair[1].text != "-") {
            seen += 1;
            assert!(
                (pair[0].y - pair[1].y).abs() < 0.1,
                "`-` ends a line before `{}`",
                pair[1].text
            );
        }
    }
    assert_eq!(seen, 60);
}

#[test]
fn what_a_colon_leads_to_ends_its_sentence() {
    let table = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |";
    for (lead, indented) in [("列如下：", true), ("列如下", false), ("列了，", false)] {
        let glyphs = glyphs(&project(&format!("先{lead}\n\n{table}\n\n后起一段。")));
        let x = |name| glyphs.iter().find(|glyph| glyph.text == name).expect(name).x;
        assert_eq!((x("先") - x("后")).abs() < 0.5, indented, "{lead}");
    }
}
