//! References as databases, catalogues and people write them, and files of other formats.

use crate::references::{prints, report, tells};

#[test]
fn people_are_parted_as_databases_write_them() {
    let by = |author: &str| {
        format!(
            "@article{{a, title={{T}}, author={{{author}}}, journal={{J}}, year={{2001}}, pages={{31~37}}}}"
        )
    };
    prints(&by("Lin, M., Wang, B. C., \\& Xu, T."), "LIN M, WANG B C, XU T. T[J]");
    prints(&by("Mei Lin, Bo Wang, Tao Xu"), "LIN M, WANG B, XU T. T[J]");
    prints(&by("Lin, M. et al."), "LIN M, et al. T[J]");
    prints(&by("LIN Mei and WANG Bo"), "LIN M, WANG B. T[J]. J, 2001: 31-37.");
    tells(&by("Mei Lin, Bo Wang"), "r.bib:1:", &["`Mei Lin, Bo Wang` does not say who is who"]);
    prints(
        "@string(jo = \"Journal of Tea\")\n@article(a, title={T}, author={Lin, M.}, journal=jo, year={2001})",
        "LIN M. T[J]. Journal of Tea, 2001.",
    );
}

#[test]
fn what_identifies_a_work_is_printed() {
    prints(
        "@misc{a, title={T}, author={Lin, M.}, eprint={2302.04567}, archivePrefix={arXiv}, primaryClass={cs.CL}, year={2023}}",
        "https://arxiv.org/abs/2302.04567",
    );
    let seen = "[2024-05-06]. https://a.example.com/.";
    for note in ["访问日期：2024-05-06", "Accessed: 2024-05-06", "last accessed 6 May 2024"] {
        prints(
            &format!(
                "@online{{a, title={{T}}, author={{Lin, M.}}, url={{https://a.example.com/}}, date={{2024-01-02}}, note={{{note}}}}}"
            ),
            &format!("(2024-01-02){seen}"),
        );
    }
    prints(
        "@online{a, title={茶[EB/OL]}, author={林}, url={https://a.example.com/}, howpublished={[EB/OL]}, date={2024-01-02}}",
        "林. 茶[EB/OL]. (2024-01-02). https://a.example.com/.",
    );
    prints(
        "@dataset{a, title={T}, author={Lin, M.}, url={https://a.example.com/}, year={2024}}",
        "T[DS/OL]",
    );
    prints(
        "@software{a, title={T}, author={Lin, M.}, url={https://a.example.com/}, year={2024}}",
        "T[CP/OL]",
    );
    prints(
        "@proceedings{a, title={Talks on Tea}, editor={Lin, M.}, publisher={P}, year={2024}}",
        "Talks on Tea[C]",
    );
    prints(
        "@inbook{a, title={Tea}, chapter={5}, pages={10--20}, author={Lin, M.}, publisher={P}, year={2020}}",
        "LIN M. Tea[M]. P, 2020: 10-20.",
    );
    prints(
        "@newspaper{a, title={茶}, author={林}, journal={某报}, number={3版}, date={2020-05-06}}",
        "某报, 2020-05-06(3)",
    );
    tells(
        "@misc{a, title={关于茶的通知},\n number={某发〔2021〕5号}, author={{某局}}, date={2021-03-01}}",
        "r.bib:2:",
        &["`某发〔2021〕5号` is not printed", "`@report`"],
    );
}

#[test]
fn ranges_prices_and_stops_of_titles_are_kept() {
    let titled = |title: &str| {
        format!("@book{{a, title={{{title}}}, author={{Li, A}}, publisher={{P}}, year={{2001}}}}")
    };
    prints(&titled("上册~下册：3~5岁"), "上册~下册：3~5 岁[M]");
    prints(&titled("From \\$4 to $9"), "From $4 to $9[M]");
    prints(&titled("$\\frac{1}{2}$ of $O(k \\log k)$"), "1/2 of O(k log k)[M]");
    prints(&titled("A trial of tea."), "A trial of tea[M]");
    prints(&titled("关于茶的试验。"), "关于茶的试验[M]");
}

#[test]
fn files_of_other_formats_are_named() {
    let told = |file: &str, text: &str, parts: &[&str]| {
        let run = report(file, text, "gb-7714-2015").run(&["check", "--no-layout"]);
        assert_eq!(run.code, Some(1), "{text}");
        for part in parts {
            assert!(run.stderr.contains(part), "`{part}` is not in\n{}", run.stderr);
        }
    };
    told("r.bib", "TY  - JOUR\nTI  - Tea\nER  - \n", &["file of RIS", "r.bib:1:1"]);
    told("r.ris", "TY  - JOUR\nTI  - Tea\nER  - \n", &["references in RIS", "BibTeX (`.bib`)"]);
    told("r.json", "[{\"id\": \"a\"}]", &["references in CSL JSON"]);
    told("r.bib", "[1]林某.茶[J].某刊,2020.\n", &["no reference is read"]);
    told(
        "r.bib",
        "@book{b, title={T}, author={Li, A}, publisher={P}, year={2001}}\n\narticle{a,\n title={Tea}}\n",
        &["has no `@`", "r.bib:3:1"],
    );
    told("r.bib", "@book{b，title={T}}\n", &["`，` is full-width", "r.bib:1:8"]);
    told("r.bib", "@book{b,\n title＝{T}}\n", &["`＝` is full-width", "r.bib:2:7"]);
}

/// What a style has no place for is told, and what programs keep in a note is not.
#[test]
fn what_a_style_leaves_out_is_told() {
    let book = "@book{a, title={茶事}, author={林某}, publisher={某社}, year={2001},\n series={某某丛书},\n note={影印本}}";
    tells(book, "r.bib:2:", &["TP0308", "the series `某某丛书` is not printed"]);
    tells(book, "r.bib:3:", &["the note `影印本` is not printed"]);
    tells(
        "@software{b, title={Tool}, author={Li, B},\n version={2.0}, year={2003}}",
        "r.bib:2:",
        &["the version `2.0` is not printed"],
    );
    let article = |note: &str| {
        format!(
            "@article{{c, title={{T}}, author={{Li, A}}, journal={{J}}, year={{2003}}, note={{{note}}}}}"
        )
    };
    tells(&article("网络首发"), "r.bib:1:", &["the note `网络首发` is not printed"]);
    // APA prints both.
    for (file, text, style, right) in [
        ("r.bib", article("Publisher: Some Press"), "gb-7714-2015", true),
        ("r.bib", article("Accessed: 2024-05-06"), "gb-7714-2015", true),
        (
            "r.yaml",
            "d: {type: book, title: T, author: 'Li, A', date: 2003, note: Facsimile}".to_owned(),
            "gb-7714-2015",
            false,
        ),
    ] {
        let run = report(file, &text, style).run(&["check", "--no-layout"]);
        assert_eq!(!run.stderr.contains("TP0308"), right, "{text}: {}", run.stderr);
    }
}

/// The number of a standard that its title says is printed once.
#[test]
fn the_number_of_a_standard_is_printed_once() {
    let standard = |title: &str| {
        format!("@standard{{a, title={{{title}}}, number={{ISO 1234:2015}}, year={{2015}}}}")
    };
    prints(&standard("ISO 1234:2015 Paper sizes"), "ISO 1234:2015 Paper sizes[S]. 2015.");
    prints(&standard("Paper sizes"), "Paper sizes: ISO 1234:2015[S]. 2015.");
}

/// A style is named without the ending of its file, and so says the hint.
#[test]
fn the_hint_for_a_style_adds_its_ending_once() {
    for style in ["house-of-tea", "house-of-tea.csl"] {
        let book = "@book{a, title={T}, publisher={P}, year={2001}}";
        let run = report("r.bib", book, style).run(&["check", "--no-layout"]);
        assert_eq!(run.code, Some(1), "{style}");
        assert!(run.stderr.contains("a file `house-of-tea.csl` goes"), "{}", run.stderr);
    }
}
