//! What is printed can be read: no text stands over other text, runs out of its column, or has its
//! notes on other pages. Where pages are right, nothing is said.

use crate::conservation::{PLAIN, TREND, plain};
use crate::project::{Project, Run};

/// The rules and lines that errors of a run tell of the trend.
fn told(run: &Run) -> Vec<(String, usize)> {
    let mut out = vec![];
    let mut rule = None;
    for line in run.stderr.lines() {
        if let Some(rest) = line.strip_prefix("error[") {
            rule = rest.split_once(']').map(|(rule, _)| rule.to_owned());
        } else if let Some(place) = line.trim().strip_prefix("--> ")
            && let Some(rest) = place.strip_prefix(TREND)
            && let Some(rule) = rule.take()
        {
            let line = rest.split(':').nth(1).and_then(|line| line.parse().ok());
            out.push((rule, line.expect("a line")));
        }
    }
    out
}

/// Renders and checks: both tell these rules at these lines; nothing is written if there are any.
fn tells(project: &Project, expected: &[(&str, usize)]) -> Run {
    let run = project.run(&["render", "o.pdf"]);
    let expected: Vec<_> =
        expected.iter().map(|(rule, line)| ((*rule).to_owned(), *line)).collect();
    assert_eq!(told(&run), expected, "{}", run.stderr);
    assert_eq!(run.code, Some(i32::from(!expected.is_empty())), "{}", run.stderr);
    assert_eq!(project.join("o.pdf").exists(), expected.is_empty(), "{}", run.stderr);
    let hints = run.stderr.matches("= hint: ").count();
    assert!(hints >= expected.len(), "{}", run.stderr);
    let check = project.run(&["check"]);
    assert_eq!(told(&check), expected, "{}", check.stderr);
    run
}

const PAR: &str = "{ par(runs(it.body)) }";
const BODY: &str = "正文一段写得长一些。\n\n正文二段也写得长。\n\n正文三段。";

/// The plain template with paragraphs set in another way.
fn paragraphs(par: &str) -> Project {
    assert!(PLAIN.contains(PAR));
    plain(&PLAIN.replace(PAR, par), BODY)
}

#[test]
fn text_over_other_text_is_told_at_the_later_ones_line() {
    let run = tells(
        &paragraphs("{ if it.line == 7 { v(-2.2em) }; par(runs(it.body)) }"),
        &[("TP0509", 7)],
    );
    let message = "this paragraph stands over other text on page 1: `正文二段也写得长` over `正文一段写得长一`";
    assert!(run.stderr.contains(message), "{}", run.stderr);
    let placed =
        "{ if it.line == 9 { place(dy: -30pt, runs(it.body)) } else { par(runs(it.body)) } }";
    tells(&paragraphs(placed), &[("TP0509", 9)]);
    // Even if other text comes between: what is drawn in the margin, and back.
    let turned = "{ if it.line == 9 { place(dx: 20pt, dy: -60pt, rotate(90deg, runs(it.body))) }; par(runs(it.body)) }";
    let run = paragraphs(turned).run(&["render", "o.pdf"]);
    assert!(run.code == Some(0) || !told(&run).is_empty(), "{}", run.stderr);
}

#[test]
fn the_templates_own_words_over_the_content_are_told_but_ornaments_are_not() {
    let title = "[= #part.title]";
    assert!(PLAIN.contains(title));
    for (beside, is_fault) in [
        ("#place(dy: 4pt)[机构名称]", true),
        ("#place(dy: 4pt, pdf.artifact[机构名称])", false),
        ("#place(dy: 4pt, text(80pt)[1])", false),
        ("#place(dy: 21pt, text(8pt)[• • • • •])", false),
        ("#place(dy: -3pt, text(90pt, fill: gray)[“])", false),
        ("#place(dy: 4pt, text(fill: rgb(0, 0, 0, 0))[机构名称])", false),
    ] {
        let title_with = format!("[= #part.title {beside}]");
        let project = plain(&PLAIN.replace(title, &title_with), BODY);
        let expected: &[_] = if is_fault { &[("TP0509", 5)] } else { &[] };
        tells(&project, expected);
    }
}

#[test]
fn what_is_drawn_close_or_twice_on_purpose_is_no_fault() {
    for par in [
        // Tight leading, a shadow, a slant, a turn, a panel.
        "{ set par(leading: 0.05em); block(width: 60pt, par(runs(it.body))) }",
        "{ place(dx: 0.5pt, dy: 0.5pt, text(fill: gray, runs(it.body))); par(runs(it.body)) }",
        "{ box(skew(ax: -12deg, runs(it.body))); runs(it.body); parbreak() }",
        "{ rotate(40deg, reflow: true, box(runs(it.body))) }",
        "{ block(fill: aqua, inset: 2pt, par(runs(it.body))) }",
        // Dots and words over and under characters, and accents.
        "{ par({ runs(it.body); box(place(dx: -1em, dy: -1.1em, text(5pt)[zhang])); box(place(dx: -0.7em, dy: -0.1em, text(6pt)[•])); super[甲乙]; sub[丙丁]; [n]; h(-0.4em); text(8pt)[˙] }) }",
    ] {
        tells(&paragraphs(par), &[]);
    }
}

#[test]
fn lines_that_cover_each_other_are_told() {
    let par = "{ set par(leading: -0.5em); block(width: 60pt, par(runs(it.body))) }";
    tells(&paragraphs(par), &[("TP0509", 5), ("TP0509", 7)]);
}

#[test]
fn a_cell_over_the_next_is_told_at_its_row() {
    let list = "  if it.block == \"list\"";
    let table = "  if it.block == \"table\" { table(columns: (60pt,) * it.columns.len(), ..(it.head + it.rows).map(row => row.cells).flatten().map(c => for b in c.blocks { runs(b.body) })) }\n";
    let template = PLAIN.replace(list, &format!("{table}{list}"));
    let rows = |word| {
        format!("正文。\n\n| 列甲 | 列乙 |\n|---|---|\n| 甲乙 | 丙丁 |\n| `{word}` | 很长的词 |")
    };
    tells(&plain(&template, &rows("internationalization_of_names")), &[("TP0509", 10)]);
    // The hint helps.
    tells(&plain(&template, &rows("int")), &[]);
    tells(&plain(&template, &rows("internationalization of names")), &[("TP0509", 10)]);
    tells(&plain(&template, &rows("names of many nations")), &[]);
}

/// The plain template in two columns of 140 pt.
fn columns(flow: bool, body: &str) -> Project {
    let page = "#set page(width: 400pt, height: 500pt, margin: 50pt, columns: 2)\n#set columns(gutter: 20pt)\n#metadata((margins: (inside: 50, outside: 50, top: 50, bottom: 50)))<output>";
    let template = PLAIN.replace("#set page(width: 210mm, height: 285mm)", page);
    let mark = "[#metadata((part: part.id, name: \"a\", columns: 2, column: 140, gutter: 20, lines: 20, pitch: 17, size: 10))<flow>#metadata(part.id)<part>]";
    let template = if flow {
        template.replace("  if \"title\"", &format!("  {mark}\n  if \"title\""))
    } else {
        template
    };
    assert!(template.contains("columns: 2"));
    plain(&template, body)
}

#[test]
fn a_word_that_leaves_its_column_is_told_where_columns_are_declared() {
    let word = "internationalizationOfNamesThatAreLong";
    let body = format!("正文{word}。\n\n二段。");
    let run = tells(&columns(true, &body), &[("TP0510", 5)]);
    let message = "this paragraph runs out of its column on page 1 at `internat`";
    assert!(run.stderr.contains(message), "{}", run.stderr);
    tells(&columns(true, &body.replace("Of", " Of ").replace("That", " That ")), &[]);
    let long = "正文和字，有 words of Latin 与标点。".repeat(60);
    tells(&columns(true, &format!("{long}[^1]\n\n[^1]: 脚注的文字。")), &[]);
    // In the second column, it runs into the margin, whatever is declared.
    let second = format!("{}\n\n{}", "正文和字。".repeat(110), &word[..30]);
    tells(&columns(false, &second), &[("TP0510", 7)]);
    tells(&columns(true, &second), &[("TP0510", 7)]);
}

#[test]
fn marginalia_and_full_bleed_pages_may_leave_the_text() {
    let project = columns(false, BODY);
    let template = project.read("templates/plain/main.typ");
    let margin = "{ place(dx: -45pt, box(width: 40pt, runs(it.body))); v(60pt) }";
    project.write("templates/plain/main.typ", template.replace(PAR, margin));
    tells(&project, &[]);
    project.run(&["render", "o.pdf"]).ok();
    std::fs::remove_file(project.join("o.pdf")).expect("a file");
    let across = "{ place(dx: -25pt, dy: it.line * 10pt, runs(it.body)) }";
    project.write("templates/plain/main.typ", template.replace(PAR, across));
    tells(&project, &[("TP0510", 5), ("TP0510", 7), ("TP0510", 9)]);
    let bleeding = template.replace(PAR, across) + "\n#[#metadata(\"page\")<full-bleed>]\n";
    project.write("templates/plain/main.typ", bleeding);
    tells(&project, &[]);
}

#[test]
fn a_note_on_another_page_than_its_mark_is_told() {
    let high = "{ block(breakable: false, height: if it.line == 5 { 680pt } else { auto }, runs(it.body)) }";
    let body = |count| format!("正文[^1]。\n\n二段。\n\n[^1]: {}", "脚注很长。".repeat(count));
    let project = plain(&PLAIN.replace(PAR, high), &body(70));
    let run = tells(&project, &[("TP0511", 5)]);
    let message = "this footnote begins on page 3 at `脚注很长。脚注很`, and its mark is on page 2";
    assert!(run.stderr.contains(message), "{}", run.stderr);
    // A note may go on, on the next page.
    tells(&plain(PLAIN, &body(70)), &[]);
    tells(&plain(PLAIN, &body(370)), &[]);
}

#[test]
fn none_of_it_can_be_switched_off() {
    let project = paragraphs("{ if it.line == 7 { v(-2.2em) }; par(runs(it.body)) }");
    let settings = project.read("content/report.yaml");
    project.write("content/report.yaml", format!("{settings}check: {{overprint: off}}\n"));
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("`overprint` is always an error"), "{}", run.stderr);
}

#[test]
fn a_picture_over_text_is_told() {
    const PICTURE: &str = "image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='200' height='60'><rect width='200' height='60'/></svg>\"), width: 200pt, height: 60pt, alt: \"x\")";
    let over =
        format!("{{ par(runs(it.body)); if it.line == 7 {{ place(dy: -20pt, {PICTURE}) }} }}");
    let run = tells(&paragraphs(&over), &[("TP0509", 7)]);
    assert!(run.stderr.contains("and a picture stand in one place on page"), "{}", run.stderr);
    // An ornament, and a ground that is drawn first.
    let ornament = over.replace(PICTURE, &format!("pdf.artifact({PICTURE})"));
    tells(&paragraphs(&ornament), &[]);
    let ground = format!("{{ if it.line == 7 {{ place({PICTURE}) }}; par(runs(it.body)) }}");
    tells(&paragraphs(&ground), &[]);
}
