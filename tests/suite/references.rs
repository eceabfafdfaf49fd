//! References of reference managers: a `.bib` file prints as the same entries in YAML do, and what
//! cannot be brought over is told at its line.

use crate::project::{Project, Run};
use testkit::pdf::File;

/// A report that lists all its references.
pub(crate) fn report(file: &str, text: impl AsRef<[u8]>, style: &str) -> Project {
    let project = Project::empty();
    let settings = format!(
        "title: 文献\npublisher: {{name: 试验出版社}}\ndate: 2025-01\nparts: [references]\n\
         references: {{file: {file}, style: {style}, uncited: true}}\n"
    );
    project.write("content/report.yaml", settings);
    project.write(&format!("content/{file}"), text);
    project
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !cjk::is_invisible(*c)).collect()
}

/// The printed list without white space, and what was told.
fn list(file: &str, text: impl AsRef<[u8]>, style: &str) -> (String, Run) {
    let project = report(file, text, style);
    let run = project.run(&["render", "report.pdf"]).ok();
    let pages = File::open(std::fs::read(project.join("report.pdf")).expect("a report")).pages();
    (squeezed(&pages.iter().map(|page| page.text()).collect::<String>()), run)
}

/// The printed list of an entry in GB/T 7714—2015.
fn printed(entry: &str) -> String {
    list("r.bib", entry, "gb-7714-2015").0
}

#[track_caller]
pub(crate) fn prints(entry: &str, right: &str) {
    let list = printed(entry);
    assert!(list.contains(&squeezed(right)), "`{right}` is not in\n{list}\nof\n{entry}");
}

#[track_caller]
pub(crate) fn tells(entry: &str, at: &str, parts: &[&str]) {
    let project = report("r.bib", entry, "gb-7714-2015");
    let run = project.run(&["render", "report.pdf"]);
    for part in parts.iter().chain([&at]) {
        assert!(run.stderr.contains(part), "`{part}` is not in\n{}", run.stderr);
    }
}

/// The same entries, as reference managers export them and as one writes them in YAML.
const PAIRS: &[(&str, &str)] = &[
    (
        // As Zotero's Better BibTeX writes it.
        r#"@article{a1, title = {Grid {{Storage}} at Scale}, author = {van der Berg, Jan and Müller, J{\"o}rg and Li, Lei and Chen, Wei},
          date = {2023-05-09}, journaltitle = {Journal of Power}, volume = {12}, number = {3}, pages = {22, 45}, doi = {10.1000/xyz{\_}124},
          langid = {english}, abstract = {None.}, file = {C\:\\a.pdf}, keywords = {a,b}}"#,
        "a1: {type: article, title: Grid Storage at Scale, author: ['van der Berg, Jan', 'Müller, Jörg', 'Li, Lei', 'Chen, Wei'], date: 2023-05-09, page-range: '22,45', language: en, serial-number: {doi: 10.1000/xyz_124}, parent: {type: periodical, title: Journal of Power, volume: 12, issue: 3}}",
    ),
    (
        // As CNKI writes it.
        "@article{a2,\nauthor = {张三 and 李四 and 王五},\n title = {储能调度方法综述},\n journal = {示例学报},\n volume = {46},\n number = {1},\n pages = {1-15},\n year = {2023},\n issn = {0000-0001},\n}",
        "a2: {type: article, title: 储能调度方法综述, author: [张三, 李四, 王五], date: 2023, page-range: 1-15, parent: {type: periodical, title: 示例学报, volume: 46, issue: 1}}",
    ),
    (
        "@phdthesis{a3, author={陈 一}, title={电网韧性研究}, school={示例大学}, address={武汉}, year={2019}, pages={87}}",
        "a3: {type: thesis, title: 电网韧性研究, author: 陈一, date: 2019, page-range: 87, publisher: {name: 示例大学, location: 武汉}}",
    ),
    (
        // As Google Scholar writes it.
        "@inproceedings{a4,\n  title={Learning to dispatch},\n  author={Doe, Jane and others},\n  booktitle={Proceedings of the Example Conference},\n  pages={11--22},\n  year={2021},\n  organization={Example Press}\n}",
        "a4: {type: article, title: Learning to dispatch, author: ['Doe, Jane', {name: et al.}], date: 2021, page-range: 11-22, parent: {type: proceedings, title: Proceedings of the Example Conference, publisher: Example Press}}",
    ),
    (
        "@techreport{a5, title={数字经济白皮书}, author={{中国信通院}}, institution={中国信通院}, address={北京}, number={CAICT-2021-03}, year={2021}}",
        "a5: {type: report, title: 数字经济白皮书, author: {name: 中国信通院}, date: 2021, serial-number: CAICT-2021-03, publisher: {name: 中国信通院, location: 北京}}",
    ),
    (
        "@standard{a6, title={信息与文献 参考文献著录规则}, number={GB/T 7714---2015}, author={{某委员会}}, year={2015}, publisher={中国标准出版社}, address={北京}}",
        "a6: {type: legislation, title: 信息与文献 参考文献著录规则, serial-number: GB/T 7714—2015, author: {name: 某委员会}, date: 2015, publisher: {name: 中国标准出版社, location: 北京}}",
    ),
    (
        "@patent{a7, title={一种储能装置}, author={赵六}, number={CN 110000000 A}, date={2019-06-18}, type={patentcn}}",
        "a7: {type: patent, title: 一种储能装置, author: 赵六, serial-number: CN 110000000 A, date: 2019-06-18}",
    ),
    (
        r"@online{a8, title={Energy {Outlook}}, author={{International Example Agency}}, date={2022-10-27}, url={https://example.com/a_b-c%20d--e}, urldate={2023-01-05}}",
        "a8: {type: web, title: Energy Outlook, author: {name: International Example Agency}, date: 2022-10-27, url: {value: https://example.com/a_b-c%20d--e, date: 2023-01-05}}",
    ),
    (
        // As EndNote writes it.
        "@book{a9,\n   author = {Smith, John A.},\n   title = {Storage principles},\n   edition = {2nd},\n   publisher = {Example House},\n   address = {London},\n   year = {Sept./1988},\n   type = {Book}\n}",
        "a9: {type: book, title: Storage principles, author: 'Smith, John A.', edition: 2, publisher: {name: Example House, location: London}, date: 1988-09}",
    ),
    (
        "@incollection{b1, author={Curie, Marie}, title={Rays}, booktitle={A Handbook}, editor={Perrin, Jean}, publisher={Press}, location={Paris}, date={1911}, pages={1-5,7,9--12}}",
        "b1: {type: anthos, title: Rays, author: 'Curie, Marie', date: 1911, page-range: '1-5,7,9-12', parent: {type: anthology, title: A Handbook, editor: 'Perrin, Jean', publisher: {name: Press, location: Paris}}}",
    ),
    (
        r"@misc{b2, title={网页}, author={某}, year={2001}, howpublished={\url{http://mp.example.com/s?\_\_biz=Mzg\&mid=22\#rd}}}",
        "b2: {type: misc, title: 网页, author: 某, date: 2001, url: 'http://mp.example.com/s?__biz=Mzg&mid=22#rd'}",
    ),
    (
        r"@misc{b3, title={Scaling}, author={Roe, Ann}, eprint={2401.00001}, archivePrefix={arXiv}, primaryClass={cs.AI}, year={2024}, url={https://arxiv.org/abs/2401.00001}}",
        "b3: {type: article, title: Scaling, author: 'Roe, Ann', date: 2024, archive: arXiv, archive-location: '2401.00001', serial-number: {arxiv: '2401.00001'}, url: https://arxiv.org/abs/2401.00001}",
    ),
    (
        "@article{b4, title={中文论文}, author={王一；李二；赵三；钱四}, journal={示例学报}, date={2023年5月}, volume={3}, number={2}, pages={１２～１５}}",
        "b4: {type: article, title: 中文论文, author: [王一, 李二, 赵三, 钱四], date: 2023-05, page-range: 12-15, parent: {type: periodical, title: 示例学报, volume: 3, issue: 2}}",
    ),
    (
        "@article{b5, title={A Latin title}, author={王一 and 李二 and 赵三 and 钱四}, langid={chinese}, journal={Nature}, year={2020}, volume={1}}",
        "b5: {type: article, title: A Latin title, author: [王一, 李二, 赵三, 钱四], language: zh, date: 2020, parent: {type: periodical, title: Nature, volume: 1}}",
    ),
];

#[test]
fn a_bib_file_prints_as_the_same_entries_in_yaml() {
    let bib: Vec<_> = PAIRS.iter().map(|pair| pair.0).collect();
    let yaml: Vec<_> = PAIRS.iter().map(|pair| pair.1).collect();
    for style in ["gb-7714-2015", "gb-7714-2025", "report"] {
        let (from_bib, told) = list("r.bib", bib.join("\n\n"), style);
        let (from_yaml, _) = list("r.yaml", yaml.join("\n"), style);
        for (one, other) in from_bib.split('[').zip(from_yaml.split('[')) {
            assert_eq!(one, other, "{style}");
        }
        assert_eq!(from_bib, from_yaml, "{style}");
        assert!(!told.stderr.contains("warning"), "{}", told.stderr);
    }
}

#[test]
fn pages_and_numbers_print_as_written() {
    prints(
        "@book{a, title={题}, author={某}, publisher={社}, year={2001}, pages={22, 45}}",
        "2001: 22, 45.",
    );
    prints(
        "@book{a, title={题}, author={某}, publisher={社}, year={2001}, pages={1-5,7,9--12}}",
        "2001: 1-5, 7, 9-12.",
    );
    prints(
        "@article{a, title={T}, author={Li, A}, journal={J}, year={2001}, volume={12}, number={3-4}, pages={S1--S15}}",
        "2001, 12(3-4): S1-S15.",
    );
    prints(
        "@article{a, title={T}, author={Li, A}, journal={J}, year={2001}, number={Suppl. 2}, pages={e1023}}",
        "(Suppl. 2): e1023.",
    );
    prints(
        "@techreport{a, title={报告}, author={某}, number={CAICT-2021-03}, year={2021}}",
        "报告: CAICT-2021-03[R]",
    );
    prints(
        "@report{a, title={报告}, author={某}, number={No. 7/2020-b}, year={2021}}",
        "报告: No. 7/2020-b[R]",
    );
}

#[test]
fn addresses_print_as_they_stand_and_once() {
    let entry = |fields: &str| {
        format!(
            "@article{{a, title={{T}}, author={{Li, A}}, journal={{J}}, year={{2001}}, {fields}}}"
        )
    };
    prints(&entry(r"url={https://example.com/a\_b\%20c\&d~e}"), "https://example.com/a_b%20c&d~e.");
    prints(&entry("url={https://example.com}"), "https://example.com.");
    prints(&entry("url={https://zh.example.org/词条/储能}"), "https://zh.example.org/词条/储能.");
    prints(&entry("url={www.example.com/x}"), "2001.www.example.com/x.");
    prints(&entry(r"doi={10.1000/xyz{\_}124}"), "DOI:10.1000/xyz_124.");
    prints(
        &entry("doi={https://doi.org/10.1000/x}, url={https://example.com/y}"),
        "https://example.com/y.DOI:10.1000/x.",
    );
    let twice = printed(&entry("doi={https://doi.org/10.1000/x}, url={https://doi.org/10.1000/x}"));
    assert_eq!(twice.matches("10.1000/x").count(), 1, "{twice}");
    prints(
        r"@misc{d, title={网页}, author={某}, year={2001}, howpublished={\url{http://mp.example.com/s?\_\_biz=Mzg\&mid=22\#rd}}}",
        "某. 网页[EB/OL]. 2001. http://mp.example.com/s?__biz=Mzg&mid=22#rd.",
    );
    prints(
        r"@misc{d, title={网页}, author={某}, year={2001}, howpublished={\href{https://example.com/a_b.html}{https://example.com/}}}",
        "2001. https://example.com/a_b.html.",
    );
    prints(
        r#"@book{d, title="The {"}big{"} one", author="Roe, Ann", year="2001", publisher="Example House", address="London"}"#,
        "London: Example House, 2001.",
    );
    prints(
        "@misc{d, title={网页}, author={某}, year={2001}, month=may, note={见 https://example.com/z}}",
        "[EB/OL]. (2001-05). https://example.com/z.",
    );
}

#[test]
fn standards_and_places_are_kept() {
    let right = "信息与文献 参考文献著录规则: GB/T 7714—2015[S]. 北京: 中国标准出版社, 2015.";
    for kind in ["standard", "misc", "techreport"] {
        prints(
            &format!(
                "@{kind}{{g, title={{信息与文献 参考文献著录规则}}, number={{GB/T 7714---2015}}, author={{{{某委员会}}}}, year={{2015}}, publisher={{中国标准出版社}}, address={{北京}}}}"
            ),
            right,
        );
    }
    prints(
        "@mastersthesis{a, title={题}, author={某}, institution={示例大学}, location={武汉}, year={2020}}",
        "武汉: 示例大学, 2020.",
    );
    prints(
        "@techreport{a, title={题}, author={某}, institution={示例院}, address={北京}, year={2020}}",
        "北京: 示例院, 2020.",
    );
    prints(
        "@www{a, title={题}, author={某}, date={2020-01-02}, url={https://a.example.com/}}",
        "题[EB/OL]. (2020-01-02). https://a.example.com/.",
    );
    prints(
        "@electronic{a, title={题}, author={某}, date={2020-01-02}, url={https://a.example.com/b}}",
        "[EB/OL]. (2020-01-02)",
    );
}

#[test]
fn people_and_organisations_are_named_as_they_are() {
    let by = |author: &str, title: &str| {
        format!(
            "@article{{a, title={{{title}}}, author={{{author}}}, journal={{J}}, year={{2001}}}}"
        )
    };
    prints(&by("张 三 and 李 四", "题"), "张三, 李四. 题[J]");
    prints(&by("张, 三 and 欧阳, 修", "题"), "张三, 欧阳修. 题[J]");
    prints(&by("王一、李二、赵三", "题"), "王一, 李二, 赵三. 题[J]");
    prints(&by("王一,李二,赵三,钱四", "题"), "王一, 李二, 赵三, 等. 题[J]");
    prints(&by("王一 and others", "题"), "王一, 等. 题[J]");
    prints(&by("Smith, John and others", "T"), "SMITH J, et al. T[J]");
    prints(
        &by("{World Example Organization} and {OpenAI}", "T"),
        "World Example Organization, OpenAI. T[J]",
    );
    prints(&by("Erd{\\H o}s, P{\\'a}l", "T"), "ERDŐS P. T[J]");
    let yaml = "a: {type: book, title: T, author: [World Example Bank, 'Li, Lei'], publisher: P, date: 2001}";
    let (list, _) = list("r.yaml", yaml, "gb-7714-2015");
    assert!(list.contains("WorldExampleBank,LIL.T[M]"), "{list}");
}

#[test]
fn titles_keep_their_accents_scripts_and_emphasis() {
    let titled = |title: &str| {
        format!("@book{{a, title={{{title}}}, author={{Li, A}}, publisher={{P}}, year={{2001}}}}")
    };
    prints(
        &titled(r"CO$_2$ and H\textsubscript{2}O --- a \emph{Review}"),
        "CO₂ and H₂O — a Review[M]",
    );
    prints(
        &titled(r"The $10^{-9}$ limit of $\alpha$-phase at 20$^\circ$C"),
        "The 10⁻⁹ limit of α-phase at 20°C[M]",
    );
    prints(&titled(r#"{\'E}tude na\"{\i}ve: \o re \& {\ss}"#), "Étude naïve: øre & ß[M]");
    let project = report("r.bib", titled(r"A \textit{Review} of x"), "gb-7714-2015");
    project.run(&["render", "report.pdf"]).ok();
    let page = &File::open(std::fs::read(project.join("report.pdf")).expect("a report")).pages()[0];
    let face = |word: &str| {
        let text: String = page.glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
        let at = text.find(word).expect("the word");
        let index = text[..at].chars().count();
        page.glyphs[index].font.clone()
    };
    assert_ne!(face("Review"), face("of"), "emphasis has a face of its own");
}

#[test]
fn what_cannot_be_brought_over_is_told_at_its_line() {
    tells(
        "@book{a, title={T},\n year={in press}, author={Li, A}, publisher={P}}",
        "r.bib:2:",
        &["TP0308", "`in press` is no date"],
    );
    tells(
        "@book{a, title={T},\n date={Spring 2020}, author={Li, A}, publisher={P}}",
        "r.bib:2:",
        &["`2020` is printed"],
    );
    tells(
        "@book{a, title={A \\frobnicate{x}},\n year={2020}, author={Li, A}, publisher={P}}",
        "r.bib:1:",
        &["`\\frobnicate` in `title`"],
    );
    tells(
        "\n@bok{a, title={T}, year={2020}, author={Li, A}, publisher={P}}",
        "r.bib:2:2",
        &["did you mean `@book`"],
    );
    tells(
        "@book{a, titel={T}, year={2020}, author={Li, A}, publisher={P}}",
        "TP0306",
        &["did you mean `title`"],
    );
    tells(
        "@book{a, title={T}, year={2020}, author={Li, A}, publisher=acm}",
        "r.bib:1:",
        &["`acm` is not defined"],
    );
    tells(
        "@online{a, title={T}, year={2020}, author={Li, A}, url={see there}}",
        "TP0308",
        &["is no address"],
    );
    // A broken entry does not hide another's fault.
    tells(
        "@book{a, title={T}\n\n@book{b, title={U}, year={待刊}, author={Li, A}, publisher={P}}\n",
        "r.bib:3:",
        &["is no date", "not closed"],
    );
}

#[test]
fn files_of_other_programs_are_read() {
    let entry = "@comment{jabref-meta: databaseType:bibtex;}\n@string{pub = {示例出版社}}\n% note\n@book{a, title={题}, author={某}, publisher=pub, year=2001, month=jan}\n";
    let (list, run) = list("r.bib", encoding_rs::GBK.encode(entry).0, "gb-7714-2015");
    assert!(list.contains("某.题[M].示例出版社,2001."), "{list}");
    assert!(run.stderr.contains("GB 18030"), "{}", run.stderr);
    prints(
        "@inproceedings{a, title={T}, author={Li, A}, crossref={b}, pages={1--2}}\n@proceedings{b, title={The Host}, editor={Wu, B}, publisher={P}, year={2003}}",
        "T[C]//WU B. The Host. P, 2003: 1-2.",
    );
}

/// The text of a trend that cites.
fn cited(text: &str, style: &str) -> (String, Run) {
    let project = Project::starter();
    let settings = project.read("content/report.yaml");
    let settings: String = settings
        .lines()
        .map(|line| match line.starts_with("references:") {
            true => format!("references: {{file: r.bib, style: {style}}}\n"),
            false => format!("{line}\n"),
        })
        .collect();
    project.write("content/report.yaml", settings);
    let entry = |key: &str, author: &str| {
        format!(
            "@book{{{key}, title={{题{key}}}, author={{{author}}}, publisher={{社}}, year={{2001}}}}\n"
        )
    };
    let entries =
        [("wang2001", "王一"), ("li2002", "李二"), ("zhao2003", "赵三"), ("gbt7714", "某")];
    project.write("content/r.bib", entries.map(|(key, author)| entry(key, author)).concat());
    project.write("content/trends/01-first.md", format!("---\ntitle: 章名\n---\n\n{text}\n"));
    let run = project.run(&["render", "report.pdf"]).ok();
    let pages = File::open(std::fs::read(project.join("report.pdf")).expect("a report")).pages();
    (squeezed(&pages.iter().map(|page| page.text()).collect::<String>()), run)
}

#[test]
fn pages_and_words_are_cited_with_their_key() {
    let text = "甲[@wang2001, 第5页]乙[@wang2001，pp. 5-7]丙[见 @li2002；@zhao2003, 第2章]丁[-@li2002]戊[@wang2001; @li2002; @zhao2003]。";
    let (printed, _) = cited(text, "gb-7714-2015");
    for right in ["甲[1]5", "乙[1]5-7", "丙见[2],[3]第2章", "丁[2]", "戊[1–3]"] {
        assert!(printed.contains(right), "`{right}` is not in {printed}");
    }
}

#[test]
fn places_stand_behind_the_brackets_of_the_national_standard() {
    let text = "甲[@wang2001, 47; @li2002]乙[@li2002; @zhao2003; @wang2001, 第9页]。";
    for style in ["gb-7714-2015", "gb-7714-2025"] {
        let (printed, _) = cited(text, style);
        for right in ["甲[1]47,[2]乙", "乙[2,3],[1]9。"] {
            assert!(printed.contains(right), "`{right}` is not in {printed}");
        }
    }
    let (printed, _) = cited(text, "report");
    assert!(printed.contains("甲[1:47,2]"), "{printed}");
}

#[test]
fn entries_in_english_have_marks_of_their_own_in_a_chinese_style() {
    let english = "@book{a, title={On Lines}, author={Hart, Ann and Lee, Bo}, publisher={Hart Press}, address={Leeds}, year={1999}, pages={3--9}}\n\
        @article{b, title={Breaks}, author={Roe, C.}, journal={Letters}, year={2001}, volume={4}, number={2}, pages={1--8}}\n\
        @online{c, title={题：在线（全）}, author={甲}, date={2024-05-01}, url={https://a.cn/x}, langid={chinese}}\n";
    let (list, _) = list("r.bib", english, "gb-7714-2025");
    for right in ["Leeds:HartPress,1999:3-9", "HartA,LeeB", "Letters,2001,4(2):1-8"] {
        assert!(list.contains(right), "`{right}` is not in {list}");
    }
    assert!(list.contains("题：在线（全）") && list.contains("（2024-05-01）"), "{list}");
}

#[test]
fn keys_in_running_text_are_cited_as_the_style_does() {
    let (printed, _) = cited(
        "如@wang2001所示，参见@li2002。邮箱a@wang2001.cn与@someone照印，`@li2002`也是。",
        "gb-7714-2015",
    );
    for right in ["如王一[1]所示", "参见李二[2]。", "a@wang2001.cn与@someone照印", "@li2002也是"]
    {
        assert!(printed.contains(right), "`{right}` is not in {printed}");
    }
}

#[test]
fn a_file_of_which_nothing_is_read_is_refused() {
    for (text, part) in [
        ("TY  - JOUR\nTI  - Title\nER  -\n", "a file of RIS"),
        ("\n[1]张三.题名[J].刊,2020.\n", "no reference is read"),
    ] {
        let run = report("r.bib", text, "gb-7714-2015").run(&["render", "report.pdf"]);
        assert!(run.code == Some(1) && run.stderr.contains(part), "{}", run.stderr);
    }
    report("r.bib", "% nothing yet\n", "gb-7714-2015").run(&["render", "report.pdf"]).ok();
}

#[test]
fn what_identifies_a_work_is_printed_once() {
    prints(
        "@misc{a, title={Agents}, author={Li, Si}, eprint={2301.00002}, archivePrefix={arXiv}, primaryClass={cs.CL}, year={2023}}",
        "https://arxiv.org/abs/2301.00002",
    );
    let noted = |note: &str| {
        format!(
            "@online{{b, title={{网页}}, author={{某}}, year={{2024}}, url={{https://a.cn/x}}, note={{{note}}}}}"
        )
    };
    for note in ["访问日期：2024-05-01", "Accessed: 2024-05-01"] {
        prints(&noted(note), "[2024-05-01]");
    }
    let typed = "@online{c, title={网页四[EB/OL]}, author={某}, year={2024}, url={https://a.cn/x}}";
    prints(typed, "网页四[EB/OL]. ");
    assert!(!printed(typed).contains("[EB/OL][EB/OL]"));
    tells(typed, "r.bib:1:", &["`[EB/OL]` behind the title is not printed"]);
    prints(
        "@book{d, title={Trailing period.}, author={Li, Si}, publisher={P}, year={2020}}",
        "Trailing period[M]",
    );
    prints(
        "@string(p = \"Some Press\")\n@book(e, title={T}, author={Li, Si}, publisher=p, year={2020})",
        "Some Press",
    );
    prints(
        "@article{f, title={第1卷~第2卷与3~5岁}, author={张三}, journal={刊}, year={2020}, pages={22~45}}",
        "第1卷~第2卷与3~5岁[J]. 刊, 2020: 22-45",
    );
}

#[test]
fn html_in_titles_is_read_as_it_is_meant() {
    prints(
        "@article{a, title={Growth of <i>E. coli</i> on CO<sub>2</sub> &amp; air}, author={Smith, J.}, journal={Bio &lt;X&gt;}, year={2020}, volume={1}, pages={1-2}}",
        "Growth of E. coli on CO₂ & air[J]. Bio <X>",
    );
    prints(
        "@book{b, title={论<span class=\"nocase\">AI</span>与算力}, author={张三}, publisher={某社}, address={北京}, year={2020}}",
        "论AI与算力[M]",
    );
    prints(
        "@book{c, title={If a < b and c > d}, author={Li, W.}, publisher={P}, year={2020}}",
        "If a < b and c > d",
    );
}

#[test]
fn html_in_yaml_prints_as_it_does_in_bib() {
    let bib = "@article{a, title={Growth of <i>E. coli</i> on CO<sub>2</sub> &amp; caf&eacute;s}, author={Smith, Jane}, journal={Bio &lt;X&gt;}, year={2020}, volume={1}, pages={1-2}}\n\
               @book{b, title={论<span class=\"nocase\">AI</span>与<sup>14</sup>C及&beta;值}, author={张三}, publisher={某社}, address={北京}, year={2020}}\n\
               @book{c, title={If a < b and c > d}, author={Li, Wei}, publisher={AT&amp;T Press}, year={2020}}\n";
    let yaml = r#"
a: {type: article, title: 'Growth of <i>E. coli</i> on CO<sub>2</sub> &amp; caf&eacute;s', author: 'Smith, Jane', date: 2020, page-range: 1-2, parent: {type: periodical, title: Bio &lt;X&gt;, volume: 1}}
b: {type: book, title: '论<span class="nocase">AI</span>与<sup>14</sup>C及&beta;值', author: 张三, publisher: {name: 某社, location: 北京}, date: 2020}
c: {type: book, title: If a < b and c > d, author: 'Li, Wei', publisher: AT&amp;T Press, date: 2020}
"#;
    for style in ["gb-7714-2015", "report"] {
        let (of_bib, _) = list("r.bib", bib, style);
        let (of_yaml, _) = list("r.yaml", yaml, style);
        assert_eq!(of_bib, of_yaml, "{style}");
        for right in ["GrowthofE.colionCO₂&cafés", "论AI与¹⁴C及β值", "AT&TPress"] {
            assert!(of_yaml.contains(right), "{right} is not in {of_yaml}");
        }
    }
    // The copy desk reads characters: the semicolon of an entity is none of the text.
    let project = report(
        "r.yaml",
        "d: {type: book, title: 研发&amp;创新<i>，</i>与标准, author: 张三, date: 2020}\n",
        "report",
    );
    let run = project.run(&["check", "--no-layout"]);
    assert!(!run.stderr.contains("TP0103"), "{}", run.stderr);
}

#[test]
fn quotes_of_english_entries_face_their_words() {
    let entry =
        "@article{a, title={It's \"one\" way}, author={O'Neill, Ann}, journal={J}, year=2020}\n";
    let (list, _) = list("r.bib", entry, "mla");
    assert!(list.contains("O’Neill") && list.contains("“It’s‘one’way.”"), "{list}");
}

#[test]
fn editors_of_books_and_days_of_reading_are_printed() {
    let entries = r#"
ch: {type: chapter, title: A Chapter, author: "Ray, Bo", date: 2020, parent: {type: anthology, title: The Book, editor: ["Roe, Rex", "Poe, Al"], publisher: House}}
ed: {type: anthology, title: An Anthology, editor: "Roe, Rex", date: 2020, publisher: House}
web: {type: web, title: A Page, author: "Ray, Bo", url: {value: "https://example.org/a", date: 2025-01-02}}
old: {type: web, title: A Dated Page, author: "Ray, Bo", date: 2024-05-06, url: {value: "https://example.org/b", date: 2025-01-02}}
"#;
    let rights = [
        ("mla", "TheBook,editedbyRexRoeandAlPoe,House", "/a.Accessed", "2January2025"),
        ("report", "TheBook,RexRoe,AlPoe(eds.).House", "/a>,accessed", "2025-01-02"),
    ];
    for (style, editors, page, day) in rights {
        let (list, _) = list("r.yaml", entries, style);
        let read = format!("{page}{day}.");
        assert!(list.contains(editors) && list.contains(&read), "{style}: {list}");
        // An editor in the author's place is named there alone; a date says what was read.
        assert!(list.contains("Roe,Rex.AnAnthology.House"), "{style}: {list}");
        assert_eq!(list.matches(day).count(), 1, "{style}: {list}");
    }
}

#[test]
fn a_second_address_is_told() {
    let entry =
        "@online{a, title={一}, author={甲}, year=2020, url={https://a.org/x; https://b.org/y}}\n";
    tells(entry, "r.bib:1", &["`https://b.org/y` beside the address is not printed"]);
    assert!(printed(entry).contains("https://a.org/x"));
}

#[test]
fn works_are_numbered_as_they_are_cited() {
    let text = "甲[@zhao2003]乙[@wang2001]丙[@zhao2003; @li2002]。";
    for style in ["gb-7714-2015", "gb-7714-2025"] {
        let (printed, run) = cited(text, style);
        assert!(printed.contains("甲[1]乙[2]丙[1,3]"), "{printed}");
        let places: Vec<_> = ["[1]赵三", "[2]王一", "[3]李二"].map(|it| printed.find(it)).to_vec();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{printed}");
        assert!(!run.stderr.contains("TP0311"), "{}", run.stderr);
    }
    // Where all are listed, they keep the file's order.
    let (printed, _) = cited(text, "gb-7714-2015, uncited: true");
    assert!(printed.contains("甲[3]乙[1]丙[2,3]"), "{printed}");
}

#[test]
fn citations_that_lead_to_no_list_are_told() {
    let project =
        report("r.bib", "@book{a, title={题}, author={甲}, publisher={社}, year={2001}}", "report");
    let settings = project.read("content/report.yaml").replace("[references]", "[chapters/a.md]");
    project.write("content/report.yaml", settings);
    project.write("content/chapters/a.md", "---\ntitle: 章名\n---\n\n如[@a]。\n");
    let run = project.run(&["render", "report.pdf"]).ok();
    assert!(
        run.stderr.contains("TP0311") && run.stderr.contains("report.yaml:5:1"),
        "{}",
        run.stderr
    );
    project.write("content/chapters/a.md", "---\ntitle: 章名\n---\n\n如此。\n");
    let run = project.run(&["render", "report.pdf"]).ok();
    assert!(!run.stderr.contains("TP0311"), "{}", run.stderr);
}

#[test]
fn sources_cite_works_and_are_counted_with_the_text() {
    let table = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n: 表题 {source=\"据[@li2002]整理\"}\n";
    let text = format!(
        "先[@zhao2003]。\n\n{table}\n再[@wang2001]，又[@li2002]。\n\n```table\ntitle: 数\ndata: t.csv\nsource: 见[@wang2001; @li2002]与@li\n```\n"
    );
    let project = Project::starter();
    project.write("content/t.csv", "甲,乙\n1,2\n");
    let settings = project.read("content/report.yaml");
    let settings = settings.lines().filter(|line| !line.starts_with("references:"));
    let settings: String = settings.map(|line| format!("{line}\n")).collect();
    let own = "references: {file: r.bib, style: gb-7714-2015}\n";
    project.write("content/report.yaml", settings + own);
    let entry = |key: &str| {
        format!(
            "@book{{{key}, title={{题{key}}}, author={{甲}}, publisher={{社}}, year={{2001}}}}\n"
        )
    };
    let entries = ["wang2001", "li2002", "zhao2003", "gbt7714"].map(entry).concat();
    project.write("content/r.bib", entries);
    project.write("content/trends/01-first.md", format!("---\ntitle: 章名\n---\n\n{text}\n"));
    let run = project.run(&["render", "report.pdf"]).ok();
    assert!(!run.stderr.contains("TP0009") && !run.stderr.contains("TP0302"), "{}", run.stderr);
    let pages = File::open(std::fs::read(project.join("report.pdf")).expect("a report")).pages();
    let printed = squeezed(&pages.iter().map(|page| page.text()).collect::<String>());
    for right in ["先[1]。", "来源：据[2]整理", "再[3]，又[2]", "见[3,2]与@li"] {
        let right = right.replace("[3,2]", "[2,3]");
        assert!(printed.contains(&right), "`{right}` is not in {printed}");
    }
}

#[test]
fn words_before_a_key_stand_before_the_bracket_of_the_national_standard() {
    let (printed, _) = cited("甲[见 @wang2001, 第12页; 另见 @li2002, pp. 7-9]乙。", "gb-7714-2015");
    assert!(printed.contains("甲见[1]12,另见[2]7-9乙"), "{printed}");
    let (printed, _) = cited("甲[见 @wang2001, 12]乙。", "report");
    assert!(printed.contains("甲[见1:12]乙"), "{printed}");
}
