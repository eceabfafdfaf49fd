//! Lists that are made of the text: terms, the index, figures.

use crate::project::{Project, Run};
use testkit::pdf::File;

const TERMS: &str = "- {term: 检索增强生成, abbr: RAG, full: retrieval-augmented generation, definition: 先检索后回答。}\n- {term: 电能利用效率, abbr: PUE, definition: 总耗电与设备耗电之比。}\n- {term: 艾字节}\n";

const PICTURE: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 1'/>";

/// A report with these parts besides its two chapters, which hold these texts.
fn project(settings: &str, parts: &str, chapters: [&str; 2]) -> Project {
    let project = Project::empty();
    project.write(
        "content/report.yaml",
        format!(
            "title: 试验报告\npublisher: {{name: 试验出版社}}\ndate: 2025-01\ncolumns: 1\nparts: [chapters/*.md, {parts}]\n{settings}\n"
        ),
    );
    project.write("content/figures/a.svg", PICTURE);
    project.write("content/terms.yaml", TERMS);
    project.write("content/glossary.md", "---\ntitle: 术语表\n---\n");
    for (at, body) in chapters.iter().enumerate() {
        let text = format!("---\ntitle: 第{at}个题目\n---\n\n{body}\n");
        project.write(&format!("content/chapters/{at}.md"), text);
    }
    project
}

fn file(project: &Project) -> File {
    project.run(&["render", "o.pdf"]).ok();
    File::open(std::fs::read(project.join("o.pdf")).expect("a report"))
}

/// The text of each page, without spaces.
fn pages(file: &File) -> Vec<String> {
    let spaces = [' ', '\u{a0}', '\u{2005}', '\u{2060}', '\u{200b}', '\n'];
    file.pages().iter().map(|page| page.text().replace(spaces, "")).collect()
}

fn fails(run: &Run, told: &str) {
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains(told), "{told}: {}", run.stderr);
}

#[test]
fn a_term_is_explained_where_it_is_used_first_and_listed_by_its_sound() {
    let first = "先说[RAG]{.term}，再说[检索增强生成]{.term}，又说[节能]{.term key=PUE}。";
    let second = "后面只说[RAG]{.term}与[电能利用效率]{.term}。";
    let file = file(&project("glossary: terms.yaml", "glossary.md", [first, second]));
    let pages = pages(&file);
    let right = "先说RAG（检索增强生成，retrieval-augmentedgeneration），再说检索增强生成，又说节能（电能利用效率）。";
    assert!(pages[0].contains(right), "{}", pages[0]);
    assert!(pages[1].contains("后面只说RAG与电能利用效率。"), "{}", pages[1]);
    // 艾 ài, 电 diàn, 检 jiǎn.
    let places: Vec<_> = ["艾字节", "电能利用效率PUE", "检索增强生成RAG，retrieval"]
        .iter()
        .map(|words| pages[2].find(words).unwrap_or_else(|| panic!("{words}: {}", pages[2])))
        .collect();
    assert!(places.is_sorted(), "{}", pages[2]);
    assert!(pages[2].contains("先检索后回答。"));
    assert_eq!(file.links().0, 5);
}

#[test]
fn terms_by_strokes_and_in_english() {
    let text = "说[RAG]{.term}。";
    let settings = "glossary: terms.yaml\nword-order: strokes";
    let found = pages(&file(&project(settings, "glossary.md", [text, text])));
    // 艾 5, 电 5, 检 11 strokes.
    let at = |words: &str| found[2].find(words).expect("a term");
    assert!(at("艾字节") < at("检索") && at("电能") < at("检索"), "{}", found[2]);
    let project = project("glossary: terms.yaml\nlang: en", "glossary.md", [text, text]);
    project.write(
        "content/terms.yaml",
        "- {term: token, full: a piece of a word}\n- {term: agent, abbr: AG}\n",
    );
    for at in 0..2 {
        project.write(
            &format!("content/chapters/{at}.md"),
            "---\ntitle: One\n---\n\nA [token]{.term}, an [agent]{.term}, a [token]{.term}.\n",
        );
    }
    let found = pages(&file(&project));
    assert!(found[0].contains("Atoken(apieceofaword),anagent(AG),atoken."), "{}", found[0]);
    assert!(found[2].find("agentAG") < found[2].find("tokena"), "{}", found[2]);
}

#[test]
fn the_index_lists_words_by_their_sound_with_their_pages() {
    let first = "[算力]{.index range=start}与[大语言模型]{.index key=\"模型!大语言模型\"}，在[重庆]{.index}。[LLM]{.index see=\"模型!大语言模型\"}";
    let second = "[算力]{.index range=end}，[重庆]{.index}，[智能体]{.index see-also=模型}，[Agent]{.index}，[重庆]{.index}。";
    let pages = pages(&file(&project("", "index", [first, second])));
    let index = &pages[2];
    for words in [
        "重庆p01,p02",
        "模型大语言模型p01",
        "算力p01–p02",
        "LLM见模型大语言模型",
        "智能体p02另见模型",
        "Agentp02",
    ] {
        assert!(index.contains(words), "{words}: {index}");
    }
    let order = ["Agent", "重庆", "LLM", "模型大", "算力", "智能体"];
    let places: Vec<_> = order.iter().map(|words| index.find(words)).collect();
    assert!(places.is_sorted(), "{index}");
    // The words stand in the text as they are written.
    assert!(pages[0].contains("算力与大语言模型，在重庆。LLM"), "{}", pages[0]);
}

#[test]
fn words_are_terms_and_entries_at_once_in_whatever_way_that_is_written() {
    let first = "[[能效]{.term term=PUE}]{.index key=\"电力!能效\"}，[艾字节]{.term .index key=\"单位!艾字节\"}，\
[RAG]{.term}[]{.index key=\"方法!RAG\"}，[**[艾字节]{.term}**]{.index key=\"单位!粗体\"}。";
    let second = "首段。\n\n[]{.index key=起首}\n\n文，[PUE]{.term .index}。";
    let settings = "glossary: terms.yaml";
    let file = file(&project(settings, "glossary.md, index", [first, second]));
    let pages = pages(&file);
    let text = &pages[0];
    assert!(text.contains("能效（电能利用效率），艾字节，RAG（检索增强生成"), "{text}");
    assert!(!text.contains(['[', ']', '{', '}']), "{text}");
    let index = &pages[3];
    for words in ["电力能效p01", "单位艾字节p01粗体p01", "方法RAGp01", "起首p02", "PUEp02"]
    {
        assert!(index.contains(words), "{words}: {index}");
    }
}

#[test]
fn figures_are_listed_with_their_pages() {
    let first =
        "见@fig-a。\n\n![甲图[^1]，H~2~O](figures/a.svg \"来源：甲\"){#fig-a}\n\n[^1]: 注。";
    let second = "文。\n\n![乙图](figures/a.svg \"来源：甲\")";
    let file = file(&project("captions: chapter", "list-of-figures", [first, second]));
    let pages = pages(&file);
    assert!(pages[2].contains("图目录图1-1甲图，H2Op01图2-1乙图p02"), "{}", pages[2]);
    assert_eq!(file.links().0, 3);
}

#[test]
fn what_is_wrong_with_terms_and_marks_is_told_at_its_place() {
    let with = |body: &str| {
        project("glossary: terms.yaml", "glossary.md, index", [body, "文。"])
            .run(&["render", "o.pdf"])
    };
    for (body, told) in [
        ("说[检索增强]{.term}。", "the glossary has no term `检索增强`"),
        ("[甲]{.index range=start}", "the range that begins here does not end"),
        ("[甲]{.index range=end}", "a range ends here that began nowhere"),
        ("[甲]{.index range=begin}", "`begin` is neither the start nor the end of a range"),
        ("[甲]{.index see=乙}", "the index has no entry `乙`"),
        ("[甲]{.indx}", "unknown span class `indx`"),
        ("[甲]{.term sea=乙}", "takes no attribute `sea`"),
        ("[甲]{.index #fig-a}", "text in brackets cannot have a label"),
        ("甲[]{.index}", "there is no text between these brackets"),
        ("甲[]{.term}", "there is no text between these brackets"),
        ("[甲]{.term .index key=PUE}", "the glossary has no term `甲`"),
    ] {
        fails(&with(body), told);
    }
    let project = project("glossary: terms.yaml", "glossary.md", ["文。", "文。"]);
    project.write("content/terms.yaml", "- {term: 甲, abbr: A}\n- {term: A}\n- {trem: 乙}\n");
    let run = project.run(&["render", "o.pdf"]);
    fails(&run, "did you mean `term`?");
    project.write("content/terms.yaml", "- {term: 甲, abbr: A}\n- {term: A}\n");
    fails(&project.run(&["render", "o.pdf"]), "the term `A` is given twice");
}

#[test]
fn what_no_part_lists_is_told() {
    let text = "说[RAG]{.term .index}。";
    let settings = "glossary: terms.yaml\nreferences: {file: r.yaml}";
    let project = project(settings, "references", [text, "文。"]);
    project.write("content/r.yaml", "a: {type: book, title: 书, author: 甲, date: 2020}\n");
    let run = project.run(&["check"]);
    assert!(
        run.stdout.contains("the report has no glossary")
            || run.stderr.contains("the report has no glossary"),
        "{}{}",
        run.stdout,
        run.stderr
    );
    assert!(
        run.stdout.contains("the report has no index")
            || run.stderr.contains("the report has no index")
    );
}
