//! Tests of reports in English, of English in Chinese reports, and of the Chinese of Taiwan: on the
//! finished pages.

use crate::project::Project;
use testkit::pdf::{File, Page};

const REFERENCES: &str = "kaplan:\n  type: article\n  title: Laws of scale\n  author: [\"Kaplan, Ann\"]\n  date: 2020\n  url: https://example.com/laws\nhoff:\n  type: article\n  title: Training well\n  author: [\"Hoff, Jo\"]\n  date: 2022\n  url: https://example.com/well\n";

/// A project with these settings and one trend of this text.
fn project(settings: &str, text: &str) -> Project {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        format!("{settings}\npublisher: {{name: The Harbour Institute}}\nreferences: {{file: references.yaml}}\ncheck: {{TP0201: off, TP0502: off, TP0506: off}}\n"),
    );
    project.write("content/references.yaml", REFERENCES);
    project.write("content/trends/01-one.md", text);
    project
}

fn english(text: &str) -> Project {
    project(
        "title: Signals\nlang: en\ndate: 2025-03-31\ncolumns: 1\nparts: [trends/*.md, references]",
        &format!("---\ntitle: One signal\n---\n\n{text}\n"),
    )
}

fn render(project: &Project) -> File {
    project.run(&["render", "out.pdf"]).ok();
    File::open(std::fs::read(project.join("out.pdf")).expect("a file"))
}

/// The text of a page, its spaces and joiners as a reader copies them.
fn text(page: &Page) -> String {
    page.text().replace(['\u{2060}', '\u{200b}'], "")
}

/// The text of all pages, without spaces: lines end anywhere.
fn all(file: &File) -> String {
    file.pages().iter().map(text).collect::<String>().replace([' ', '\n', '\u{ad}'], "")
}

fn has_han(text: &str) -> bool {
    text.contains(|c: char| {
        ('\u{3000}'..='\u{9FFF}').contains(&c) || ('\u{FF00}'..='\u{FFEF}').contains(&c)
    })
}

/// The findings of `check` without the pages.
fn found(project: &Project) -> Vec<String> {
    let run = project.run(&["check", "--no-layout"]);
    let codes = run.stderr.split("warning[").skip(1).chain(run.stderr.split("error[").skip(1));
    codes.map(|rest| rest[..6].to_owned()).collect()
}

#[test]
fn a_sentence_is_set_as_an_english_typographer_sets_it() {
    let project = english(
        "Scaling laws [@kaplan] relate loss; x [^1] here. He said \"no\" -- it's fine---so far[^2]. From 10--20 to 5' 6\", the '90s...\n\n[^1]: It isn't long.\n[^2]: \"Nor this.\"",
    );
    let said = all(&render(&project));
    for words in [
        "Scalinglaws[1]relateloss;x1here.",
        "Hesaid“no”–it’sfine—sofar.2From10–20to5′6″,the’90s…",
        "Itisn’tlong.",
        "“Northis.”",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains(['"', '\'']), "{said}");
}

#[test]
fn spaces_beside_marks_are_kept() {
    let file = render(&english(
        "One [^1] here. Laws hold[@kaplan], and more [@hoff; @kaplan] do.\n\n[^1]: A note.",
    ));
    let pages = file.pages();
    let said = text(&pages[0]);
    assert!(said.contains("One1 here. Laws hold [1], and more [1,2] do."), "{said}");
}

#[test]
fn letters_are_western_and_never_spaced_out() {
    let long = "It's characteristically difficult to compare representative measurements of interdisciplinary workloads \"internationally\", and nobody's tried. ";
    let file = render(&english(&format!("{}\n\n> {}", long.repeat(6), long.repeat(2))));
    let mut words = 0;
    for page in file.pages() {
        for pair in page.glyphs.windows(2) {
            let letter = |at: usize| pair[at].text.chars().all(|c| c.is_ascii_lowercase());
            let line = (pair[0].y - pair[1].y).abs() < 0.1 && pair[0].size == pair[1].size;
            if letter(0) && letter(1) && line && pair[1].x > pair[0].x {
                let apart = (pair[1].x - pair[0].x - pair[0].advance) / pair[0].size;
                assert!(apart < 0.02, "{}{} are {apart:.3} em apart", pair[0].text, pair[1].text);
                words += 1;
            }
        }
        for glyph in &page.glyphs {
            assert!(glyph.font.contains("Source"), "{} is of {}", glyph.text, glyph.font);
        }
    }
    assert!(words > 500, "{words}");
    assert!(file.pages().iter().any(|page| text(page).contains('\u{ad}')), "no word is hyphenated");
}

#[test]
fn long_words_are_divided_at_syllables_and_hyphens_alone() {
    let compound = "state-of-the-art-manufacturing";
    let long = "electroencephalographically";
    let words = ["a", "to the", "some of", "now and then", "by the way it"];
    let text: String = words.iter().map(|word| format!("{word} {long} {compound} ")).collect();
    let project = english(&format!("{text}.\n\n- {text}\n"));
    let mut lines = String::new();
    for page in render(&project).pages() {
        let mut last = 0.0;
        for glyph in &page.glyphs {
            if (glyph.y - last).abs() > 4.0 {
                lines.push('\n');
            }
            last = glyph.y;
            lines.push_str(&glyph.text);
        }
    }
    for word in [long, compound] {
        for at in 3..word.len() - 2 {
            let parted = format!("{}\n{}", &word[at - 3..at], &word[at..at + 3]);
            assert!(word[..at].ends_with('-') || !lines.contains(&parted), "{parted} in {lines}");
        }
    }
    let ends = lines.lines().filter(|line| line.ends_with(['\u{ad}', '-'])).count();
    assert!(ends > 3, "{ends} lines end in hyphens: {lines}");
}

#[test]
fn the_programs_own_words_are_english_and_said_once() {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        "title: Signals\nsubtitle: A review\nlang: en\ndate: 2025-03-31\npublisher: {name: The Harbour Institute}\nreferences: {file: references.yaml}\nback-cover: {codes: [{label: \"The report's page\", url: https://example.com}]}\nparts: [cover, contents, trends/*.md, chapters/*.md, appendix-a.md, list-of-tables, index, colophon.md, references, back-cover]\n",
    );
    project.write("content/references.yaml", REFERENCES);
    let long = "What can be said is that it holds. ".repeat(70);
    project.write(
        "content/trends/01-one.md",
        format!("---\ntitle: One signal\nquote: {{name: Dr. Ann O'Hara, kind: paraphrase, text: \"It's the shelf that decides.\"}}\n---\n\nLaws [@kaplan; @hoff] hold. [Shelf]{{.index}}. {long}\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n: Shares {{#tbl-a}}\n\nSee @tbl-a.\n"),
    );
    project.write("content/trends/02-two.md", "---\ntitle: Another signal\n---\n\nIt's short.\n");
    project.write("content/chapters/01.md", "---\ntitle: A chapter\n---\n\nIt's short, too.\n");
    project
        .write("content/appendix-a.md", "---\ntitle: How we counted\n---\n\nBy hand, and twice.\n");
    project.write("content/colophon.md", "---\ntitle: Imprint\n---\n\nSet by *machine*.\n");
    let file = render(&project);
    let said: Vec<String> = file.pages().iter().map(text).collect();
    for page in &said {
        assert!(!has_han(page), "{page}");
    }
    let bookmarks: Vec<String> = file.bookmarks().into_iter().map(|mark| mark.title).collect();
    assert!(bookmarks.contains(&"Trend 1: One signal".into()), "{bookmarks:?}");
    assert!(bookmarks.iter().all(|title| !has_han(title)), "{bookmarks:?}");
    let whole = said.concat();
    for words in [
        "31 March 2025",
        "Contents",
        "Chapter 1",
        "Appendix A",
        "Table 1",
        "References",
        "Paraphrase",
    ] {
        assert!(whole.contains(words), "{words}: {whole}");
    }
    let running = said.iter().find(|page| {
        page.contains("One signal")
            && page.contains("that it holds")
            && page.matches("Trend 1").count() > 0
    });
    let running = running.expect("a page of the trend");
    assert_eq!(running.matches("Trend 1").count(), 1, "{running}");
    for alternative in file.alternatives("Figure") {
        assert!(!has_han(&alternative), "{alternative}");
    }
}

#[test]
fn dates_are_those_of_the_region() {
    for (lang, date, printed) in [
        ("en", "2025-03-31", "31 March 2025"),
        ("en-US", "2025-03-31", "March 31, 2025"),
        ("en-GB", "2025-11", "November 2025"),
        ("zh-CN", "2025-03-31", "2025.03"),
    ] {
        let settings =
            format!("title: 信号\nlang: {lang}\ndate: {date}\nparts: [cover, trends/*.md]");
        let project = project(&settings, "---\ntitle: 一\n---\n\n一段文字，说明一件事情。\n");
        let pages = render(&project).pages();
        assert!(text(&pages[0]).contains(printed), "{lang}: {}", text(&pages[0]));
    }
}

#[test]
fn references_to_several_sections_say_their_word_once() {
    let file = render(&project(
        "title: Signals\nlang: en\ndate: 2025-03\nnumbering: decimal\nparts: [trends/*.md, references]",
        "---\ntitle: One\n---\n\nSee [@sec-a; @sec-b], [@tbl-a; @tbl-b] and [@sec-a]; laws [@kaplan; @hoff].\n\n## Means {#sec-a}\n\nText.\n\n## Ends {#sec-b}\n\nText.\n\n| A |\n|---|\n| 1 |\n\n: One {#tbl-a}\n\n| A |\n|---|\n| 1 |\n\n: Two {#tbl-b}\n",
    ));
    let said = all(&file);
    assert!(said.contains("SeeSections1.1and1.2,Tables1and2andSection1.1;"), "{said}");
}

#[test]
fn an_escaped_mark_is_printed_as_it_is() {
    let said = all(&render(&english(
        "An \\\"inch\\\" isn't `a \"b\"`, and --all is an option [@kaplan; @hoff].",
    )));
    assert!(said.contains("An\"inch\"isn’ta\"b\",and--allisanoption"), "{said}");
}

#[test]
fn an_english_paragraph_in_a_chinese_report_is_english() {
    let abstract_ = "This report describes characteristically interdisciplinary developments that aren't \"isolated\": internationally comparable measurements, representative surveys, and the institutions' own communications are considered together in every chapter of it. ";
    let project = project(
        "title: 试验报告\ndate: 2025-03\nparts: [trends/*.md, references]",
        &format!(
            "---\ntitle: 摘要\n---\n\n中文摘要说明全文的内容[@kaplan; @hoff]，GPT模型也在其中。\n\n{}\n\n关键词：模型。\n",
            abstract_.repeat(3)
        ),
    );
    let file = render(&project);
    let (mut serif, mut hyphens) = (0, 0);
    for page in file.pages() {
        for glyph in &page.glyphs {
            if "“”’".contains(&glyph.text) {
                assert!(glyph.advance / glyph.size < 0.6, "{} is wide", glyph.text);
            }
            serif += usize::from(glyph.font.contains("SourceSerif"));
            hyphens += usize::from(glyph.text == "\u{ad}" && glyph.font.contains("SourceSerif"));
        }
    }
    assert!(serif > 400 && hyphens > 0, "{serif} letters, {hyphens} hyphens");
    let said = all(&file);
    assert!(said.contains("aren’t“isolated”:"), "{said}");
    assert_eq!(found(&project), Vec::<String>::new());
}

#[test]
fn chinese_in_an_english_report_is_chinese() {
    let project = english(
        "The office (北京) wrote, \"It's 王维 who said so\" [@kaplan; @hoff].\n\n本段是中文，“引号”按中文排，行末的标点也按中文的规矩；OpenAI一词两侧留空。",
    );
    let file = render(&project);
    let quotes: Vec<f64> = file
        .pages()
        .iter()
        .flat_map(|page| page.glyphs.clone())
        .filter(|glyph| glyph.text == "“")
        .map(|glyph| glyph.advance / glyph.size)
        .collect();
    assert!(quotes[0] < 0.6 && quotes[1] > 0.4 && quotes[1] > quotes[0], "{quotes:?}");
    assert_eq!(found(&project), Vec::<String>::new());
}

#[test]
fn check_is_quiet_about_good_english_and_speaks_of_faults() {
    let good = english(
        "\"Models,\" she wrote (in 2024), \"aren't tools; they're colleagues.\" Laws [@kaplan; @hoff] hold, e.g. for 5 GHz and 31% of 1,240 teams: see 王维 (Wang Wei), www.example.com and the '90s. What's left? Nothing!",
    );
    assert_eq!(found(&good), Vec::<String>::new());
    let faulty = english(
        "It was the the end.  It was - in short - over in 2019-2023... Three kinds : one\" [@kaplan; @hoff].",
    );
    let mut codes = found(&faulty);
    codes.sort();
    codes.dedup();
    assert_eq!(codes, ["TP0131", "TP0132", "TP0133", "TP0134", "TP0135", "TP0136", "TP0202"]);
    faulty.run(&["check", "--fix", "--yes"]);
    let mended = faulty.read("content/trends/01-one.md");
    assert!(
        mended
            .contains("It was the end. It was – in short – over in 2019–2023… Three kinds: one\""),
        "{mended}"
    );
    assert_eq!(found(&faulty), ["TP0131"]);
}

#[test]
fn a_house_has_its_way_with_english() {
    let project = english("We read titles, captions and notes – all of 5 % [@kaplan; @hoff].");
    assert_eq!(found(&project), Vec::<String>::new());
    project.edit(
        "content/report.yaml",
        "TP0506: off",
        "TP0506: off, english: {serial-comma: always, dashes: em, percent: closed}",
    );
    assert_eq!(found(&project), ["TP0137", "TP0132", "TP0136"]);
    project.edit("content/report.yaml", "serial-comma: always", "serial-comma: often");
    let run = project.run(&["check"]);
    assert!(run.stderr.contains("`serial-comma` cannot be `often`"), "{}", run.stderr);
}

#[test]
fn marks_of_taiwan_stand_in_the_middle() {
    for (lang, centred) in [("zh-TW", true), ("zh-HK", true), ("zh-CN", false)] {
        let settings = format!(
            "title: 試驗\nlang: {lang}\ndate: 2025-03\nparts: [contents, trends/*.md, references]"
        );
        let project = project(
            &settings,
            "---\ntitle: 題目\n---\n\n第一句，第二句；第三句。他說：「好」[@kaplan; @hoff]。\n",
        );
        let file = render(&project);
        let pages = file.pages();
        let marks: Vec<_> = pages
            .iter()
            .flat_map(|page| &page.glyphs)
            .filter(|glyph| "，；".contains(&glyph.text))
            .collect();
        assert!(!marks.is_empty());
        for mark in marks {
            assert_eq!(mark.font.contains("SerifTC"), centred, "{lang}: {}", mark.font);
        }
        let said = all(&file);
        assert!(said.contains(if centred { "趨勢一" } else { "趋势一" }), "{said}");
        assert!(said.contains(if centred { "目錄" } else { "目录" }), "{said}");
        assert!(said.contains(if centred { "參考文獻" } else { "参考文献" }), "{said}");
    }
}

#[test]
fn reports_on_a4_and_letter_in_one_column_and_two_lose_nothing() {
    let paragraph = "The organisations that succeed treat an agent as they'd treat a new colleague: with a desk of its own, a list of things it may touch, and a weekly conversation about what went wrong -- \"if anything\". ";
    for (trim, columns) in
        [("[210mm, 297mm]", 1), ("[210mm, 297mm]", 2), ("[8.5in, 11in]", 1), ("[8.5in, 11in]", 2)]
    {
        let settings = format!(
            "title: \"Signals: what the models will ask of us in the years that lie ahead\"\nlang: en-US\ndate: 2025-03\ntrim: {trim}\ncolumns: {columns}\nparts: [cover, contents, trends/*.md, references, back-cover]"
        );
        let text = format!(
            "---\ntitle: \"Laws of scale meet their limits: why larger models don't explain the gains\"\nquote: {{name: Ann O'Hara, titles: [Editor], kind: paraphrase, text: \"It's the shelf's height that decides, and nobody has measured it.\"}}\n---\n\n- Compute has grown faster than anybody's budget.\n- Teams choose \"smaller\" models.\n\n{}\n\n## What it costs\n\n{}[@kaplan; @hoff]\n\n> {}\n\n1. First, ask.\n2. Then, wait.\n",
            paragraph.repeat(6),
            paragraph.repeat(8),
            paragraph
        );
        let project = project(&settings, &text);
        let run = project.run(&["check"]);
        assert!(
            run.code == Some(0) && !run.stderr.contains("warning"),
            "{trim} {columns}: {}",
            run.stderr
        );
        render(&project);
    }
}

#[test]
fn a_year_behind_the_title_s_comma_is_the_cover_s() {
    let settings = "title: \"Ports and tides, 2031\"\nlang: en-GB\ndate: 2030-11\nparts: [cover, trends/*.md, references]";
    let file = render(&project(settings, "---\ntitle: One\n---\n\nText[@kaplan].\n"));
    let cover = file.pages()[0].clone();
    let said: String = text(&cover).split_whitespace().collect();
    assert!(said.contains("Portsandtides") && !said.contains("tides,"), "{said}");
    assert_eq!(said.matches("2031").count(), 1, "{said}");
    let size = |digit: &str| {
        let found = cover.glyphs.iter().filter(|glyph| glyph.text == digit);
        found.map(|glyph| glyph.size).fold(0.0, f64::max)
    };
    assert!(size("3") > 100.0, "the year stands large");
}
