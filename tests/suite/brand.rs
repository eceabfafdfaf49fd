//! A house's look: its brand file in reports of both templates, on a screen and on the press.

use std::collections::BTreeSet;

use testkit::pdf::{File, Page};
use trendpress::reading::starter::Starter;

use crate::project::{Project, repository};

pub(crate) const LEAF: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><path d="M0 20C0 8 8 0 20 0c0 12-8 20-20 20z" fill="#00594C"/><path d="M26 6h34v8H26z" fill="#00594C"/></svg>"##;

/// A new report with a file beside its settings.
pub(crate) fn report(template: &str, brand: &str) -> Project {
    let project = Project::empty();
    let starter = Starter::of(template, "zh").expect("a starter");
    starter.write(project.path()).expect("a report");
    project.write("content/brand.yaml", brand);
    project
}

/// One of the three houses, with its pictures.
fn house(template: &str, name: &str) -> Project {
    let project = report(template, "");
    furnish(&project, name);
    project
}

/// Gives a report one of the three houses.
pub(crate) fn furnish(project: &Project, name: &str) {
    let path = repository().join("tests/brands").join(format!("{name}.yaml"));
    project.write("content/brand.yaml", std::fs::read(path).expect("a brand"));
    if name == "bank" {
        project.write("content/leaf.svg", LEAF);
        project.write("content/leaf-white.svg", LEAF.replace("#00594C", "#FFFFFF"));
    }
    if name == "startup" {
        let dusk = image::RgbImage::from_fn(2800, 3800, |x, y| {
            image::Rgb([60 + (x / 20) as u8, 50, 120 + (y / 40) as u8])
        });
        dusk.save(project.join("content/dusk.png")).expect("a picture");
        let font = repository().join("tests/brands/fonts/SofiaSans-wght.ttf");
        project.write("fonts/SofiaSans-wght.ttf", std::fs::read(font).expect("a font"));
    }
}

pub(crate) fn render(project: &Project, args: &[&str]) -> (Vec<u8>, String) {
    let run = project.run(&[&["render", "o.pdf"], args].concat()).ok();
    (std::fs::read(project.join("o.pdf")).expect("a report"), run.stderr)
}

pub(crate) fn pages(bytes: &[u8]) -> Vec<Page> {
    File::open(bytes.to_vec()).pages()
}

/// The inks of all text, in per cent.
pub(crate) fn inks(pages: &[Page]) -> BTreeSet<[u32; 4]> {
    let glyphs = pages.iter().flat_map(|page| &page.glyphs);
    let inks = glyphs.filter_map(|glyph| glyph.inks);
    inks.map(|inks| inks.map(|ink| (ink * 100.0).round() as u32)).collect()
}

/// What a check finds: code, file, line and column.
fn found(project: &Project) -> Vec<String> {
    let run = project.run(&["check", "--format", "json"]);
    let value: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let list = value["findings"].as_array().or(value.as_array()).expect("findings").clone();
    list.iter()
        .map(|one| {
            let at = |key: &str| one[key].as_str().map_or(one[key].to_string(), str::to_owned);
            format!("{} {}:{}:{}", at("code"), at("file"), at("line"), at("column"))
        })
        .collect()
}

#[test]
fn a_report_without_a_brand_has_the_bytes_that_it_had() {
    let project = Project::starter();
    let (plain, _) = render(&project, &[]);
    project.write("content/brand.yaml", "color: {primary: \"#00594C\"}\n");
    let (green, _) = render(&project, &[]);
    assert!(plain != green);
    project.edit("content/report.yaml", "title:", "brand: none\ntitle:");
    let (none, _) = render(&project, &[]);
    assert!(plain == none, "`brand: none` is a report without one");
}

#[test]
fn three_houses_are_printed_without_a_finding() {
    for template in ["report", "paper"] {
        for name in ["bank", "ministry", "startup"] {
            let project = house(template, name);
            // Pages that fill no sheet, and thin lines in the inks that a house has, are no faults of its brand.
            let (press, said) = render(&project, &["--profile", "press"]);
            let others: Vec<_> = said
                .lines()
                .filter(|line| line.starts_with("warning") || line.starts_with("error"))
                .filter(|line| !line.contains("H3-page-count") && !line.contains("B8-line-inks"))
                .collect();
            assert_eq!(others, [""; 0], "{template}, {name}: {said}");
            let file = File::open(press);
            let spots: Vec<_> = file.separations().into_iter().collect();
            let wanted: &[&str] = if name == "ministry" { &["PANTONE 187 C"] } else { &[] };
            assert_eq!(spots, wanted, "{template}, {name}");
            let inks = inks(&file.pages());
            assert!(inks.contains(&[0, 0, 0, 100]), "{template}, {name}: {inks:?}");
            for all in inks {
                assert!(all.iter().sum::<u32>() <= 300, "{template}, {name}: {all:?}");
            }
        }
    }
}

#[test]
fn the_inks_of_the_house_are_those_of_the_press() {
    let project = house("paper", "bank");
    let (press, _) = render(&project, &["--profile", "press"]);
    let text = inks(&pages(&press));
    assert!(text.contains(&[95, 0, 65, 45]), "{text:?}");
    let main = "SourceSerif4";
    let fonts = File::open(press).fonts();
    assert!(fonts.keys().any(|font| font.contains(main)), "{fonts:?}");
}

#[test]
fn a_house_outside_of_the_project_is_shared() {
    let both = Project::empty();
    both.write("house/brand.yaml", "color: {primary: \"#9E1B22\"}\nlogo: sign.svg\n");
    both.write("house/sign.svg", LEAF);
    let mine = both.join("mine");
    let starter = Starter::of("report", "zh").expect("a starter");
    starter.write(&mine).expect("a report");
    let settings = both.read("mine/content/report.yaml");
    for name in ["../../house/brand.yaml", "../house", "../../house"] {
        both.write("mine/content/report.yaml", format!("brand: {name}\n{settings}"));
        both.run(&["render", "o.pdf", "--project", "mine"]).ok();
    }
    // Pictures are those of the house's folder alone.
    both.write("house/brand.yaml", "logo: ../secret.svg\n");
    both.write("secret.svg", LEAF);
    let run = both.run(&["render", "o.pdf", "--project", "mine"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("`../secret.svg` points outside the project"), "{}", run.stderr);
    both.write("mine/content/report.yaml", format!("brand: ../hous\n{settings}"));
    let run = both.run(&["render", "o.pdf", "--project", "mine"]);
    assert!(run.stderr.contains("the file `../hous` is missing"), "{}", run.stderr);
}

#[test]
fn a_file_of_quarto_is_read_and_what_print_cannot_use_is_told() {
    let project = report(
        "report",
        "meta:\n  name: {short: Lumen, full: Lumen Works}\n  link: https://example.com\n\
         color:\n  palette: {sea: \"#0B6E8A\", coral: \"#E4572E\"}\n  background: \"#FDF6E3\"\n  \
         foreground: \"#14202B\"\n  primary: sea\n  secondary: {light: coral, dark: \"#FF9E80\"}\n\
         typography:\n  fonts:\n    - {family: Inter, source: google, weight: [400, 700]}\n  \
         base: {family: Inter, size: 16px}\n  link: {decoration: underline}\n\
         defaults: {bootstrap: {defaults: {enable-rounded: true}}}\n",
    );
    render(&project, &[]);
    let mut seen = found(&project);
    seen.retain(|one| !one.starts_with("TP04"));
    assert_eq!(
        seen,
        [
            "TP0601 content/brand.yaml:6:3",
            "TP0601 content/brand.yaml:9:29",
            "TP0601 content/brand.yaml:12:23",
            "TP0606 content/brand.yaml:13:18",
            "TP0601 content/brand.yaml:13:25",
            "TP0601 content/brand.yaml:14:3",
            "TP0601 content/brand.yaml:15:1",
        ]
    );
}

#[test]
fn each_fault_of_a_brand_is_told_at_its_place_and_its_hint_mends_it() {
    let cases = [
        ("color: {primry: \"#00594C\"}", "unknown key `primry`", "color: {primary: \"#00594C\"}"),
        ("color: {primary: #00594C\n}", "`primary` is empty", "color: {primary: \"#00594C\"\n}"),
        (
            "color: {primary: \"00594C\"}",
            "`primary` cannot be `00594C`",
            "color: {primary: \"#00594C\"}",
        ),
        (
            "color: {palette: {forest: \"#00594C\"}, primary: forrest}",
            "`primary` cannot be `forrest`",
            "color: {palette: {forest: \"#00594C\"}, primary: forest}",
        ),
        (
            "color: {primary: \"#00594C80\"}",
            "`primary` is partly transparent",
            "color: {primary: \"#7FACA5\"}",
        ),
        (
            "color: {palette: {a: b, b: a}}",
            "leads to no colour",
            "color: {palette: {a: \"#00594C\", b: a}}",
        ),
        (
            "color: {primary: {value: \"#00201B\", ink: [100, 100, 80, 90]}}",
            "has 370 % of ink",
            "color: {primary: {value: \"#00201B\", ink: [75, 75, 60, 90]}}",
        ),
        (
            "color: {tokens: {leed: \"#00594C\"}}",
            "there is no tone `leed`",
            "color: {tokens: {lead: \"#00594C\"}}",
        ),
        ("logo: sing.svg", "the file `sing.svg` is missing", "logo: sign.svg"),
        ("logo: https://example.com/a.svg", "is an address", "logo: sign.svg"),
        (
            "cover: {picture: sign.svg, focus: [140, 0]}",
            "must be at most 100",
            "cover: {picture: sign.svg, focus: [100, 0]}",
        ),
    ];
    for (wrong, message, right) in cases {
        let project = report("report", &format!("{wrong}\n"));
        project.write("content/sign.svg", LEAF);
        let run = project.run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(1), "{wrong}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{wrong}: {}", run.stderr);
        assert!(run.stderr.contains("content/brand.yaml:"), "{wrong}: {}", run.stderr);
        assert!(run.stderr.contains("hint: "), "{wrong}: {}", run.stderr);
        project.write("content/brand.yaml", format!("{right}\n"));
        project.run(&["render", "o.pdf"]).ok();
    }
}

#[test]
fn a_pale_colour_is_told_and_text_is_set_in_one_that_can_be_read() {
    let project = report("paper", "color:\n  primary: \"#F5A31A\"\n");
    let run = project.run(&["render", "o.pdf"]).ok();
    assert!(run.stderr.contains("warning[TP0602]"), "{}", run.stderr);
    let hint = run.stderr.lines().find_map(|line| line.split_once("`tokens: ")).expect("a hint").1;
    let tokens = hint.trim_end_matches('`');
    project.write(
        "content/brand.yaml",
        format!("color:\n  primary: \"#F5A31A\"\n  tokens: {tokens}\n"),
    );
    let run = project.run(&["render", "o.pdf"]).ok();
    assert!(!run.stderr.contains("TP0602"), "{}", run.stderr);
}

#[test]
fn a_cover_has_the_picture_and_the_logo_of_the_house() {
    let project = house("report", "startup");
    let (bytes, said) = render(&project, &[]);
    assert!(!said.contains("error"), "{said}");
    let cover = &pages(&bytes)[0];
    let title: Vec<_> = cover.glyphs.iter().filter(|glyph| glyph.size > 24.0).collect();
    assert!(title.iter().all(|glyph| glyph.y > cover.size.1 * 0.5), "the title is at the foot");
    // The report's own picture takes the place of the house's, and too few pixels are told where it
    // is named.
    let small = image::RgbImage::from_pixel(300, 400, image::Rgb([90, 120, 60]));
    small.save(project.join("content/small.png")).expect("a picture");
    project.edit("content/report.yaml", "title:", "cover: {picture: small.png}\ntitle:");
    let run = project.run(&["check"]);
    assert!(run.stdout.contains("TP0404") || run.stderr.contains("TP0404"), "{}", run.stderr);
    let all = format!("{}{}", run.stdout, run.stderr);
    assert!(all.contains("content/report.yaml:2:18"), "{all}");
}

#[test]
fn a_logo_is_on_the_cover_the_back_and_in_running_heads() {
    let plain = house("report", "bank");
    let file = |project: &Project| pages(&render(project, &[]).0);
    let with = file(&plain);
    let brand = plain.read("content/brand.yaml");
    let (before, _) = brand.split_once("logo:").expect("a logo");
    plain.write("content/brand.yaml", before);
    let without = file(&plain);
    let shapes = |pages: &[Page]| pages.iter().map(|page| page.shapes.len()).collect::<Vec<_>>();
    let (with, without) = (shapes(&with), shapes(&without));
    assert!(with[0] > without[0], "the cover has no logo: {with:?}, {without:?}");
    assert!(with.last() > without.last(), "the back has no logo");
    assert!(with.iter().zip(&without).filter(|(a, b)| a > b).count() > 3, "{with:?}, {without:?}");
}

#[test]
fn a_brand_is_begun_from_a_logo_shown_on_a_sheet_and_checked() {
    let project = Project::starter();
    project.write("sign.svg", LEAF);
    let run = project.run(&["brand", "--check"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("the report has no brand"), "{}", run.stderr);
    project.run(&["brand", "init", "sign.svg"]).ok();
    let text = project.read("content/brand.yaml");
    assert!(text.contains("value: \"#00594C\", ink: ["), "{text}");
    assert!(text.contains("logo: \"sign.svg\""), "{text}");
    assert!(project.join("content/sign.svg").is_file());
    project.run(&["brand", "--check"]).ok();
    project.run(&["brand", "sheet.pdf"]).ok();
    let sheet = pages(&std::fs::read(project.join("sheet.pdf")).expect("a sheet"));
    assert_eq!(sheet.len(), 1);
    let said = sheet[0].text().replace(' ', "");
    assert!(said.contains("#00594C") && said.contains("accent"), "{said}");
    // Nothing that is there is replaced.
    let again = project.run(&["brand", "init", "--colour", "#9E1B22"]);
    assert_eq!(again.code, Some(2), "{}", again.stderr);
    assert_eq!(project.read("content/brand.yaml"), text);
    let wrong = project.run(&["brand", "init", "--colour", "rot"]);
    assert!(wrong.stderr.contains("`rot` is no colour"), "{}", wrong.stderr);
}

#[test]
fn a_variable_font_has_the_weights_that_it_is_asked_for() {
    let project = house("report", "startup");
    let (bytes, said) = render(&project, &[]);
    assert!(!said.contains("TP0606"), "{said}");
    let fonts = File::open(bytes).fonts();
    // Each weight is a font of its own in the file, cut from the one.
    assert!(fonts.keys().filter(|font| font.contains("SofiaSans")).count() > 0, "{fonts:?}");
    let widths = |weight: &str| {
        let brand = project.read("content/brand.yaml");
        project.write("content/brand.yaml", brand.replace("weight: 850", weight));
        let pages = pages(&render(&project, &[]).0);
        project.write("content/brand.yaml", brand);
        let title = pages[0].glyphs.iter().filter(|glyph| glyph.text == "2" && glyph.size > 24.0);
        title.map(|glyph| (glyph.advance / glyph.size * 1000.0).round()).max_by(f64::total_cmp)
    };
    let (thin, black) = (widths("weight: 250"), widths("weight: 850"));
    assert!(thin.is_some() && thin < black, "{thin:?}, {black:?}");
    // A static face has the weights of its files, and a missing one is told.
    project.edit(
        "content/brand.yaml",
        "{family: Sofia Sans, weight: 850}",
        "{family: Source Serif 4, weight: 900}",
    );
    let run = project.run(&["check"]);
    assert!(
        run.stderr.contains("`Source Serif 4` has no weight 900: it has 400, 700"),
        "{}{}",
        run.stdout,
        run.stderr
    );
}

#[test]
fn partners_stand_in_a_row_on_the_back_and_in_the_colophon() {
    let (sign, wide) =
        (LEAF, LEAF.replace("0 0 60 20", "0 0 200 20").replace("#00594C", "#9E1B22"));
    for template in ["report", "paper"] {
        let project = report(template, "color: {primary: \"#00594C\"}\n");
        let before = pages(&render(&project, &[]).0);
        project.write("content/partners/a.svg", sign);
        project.write("content/partners/b.svg", &wide);
        let settings = project.read("content/report.yaml");
        let partners = "partners:\n  - {name: 青禾, logo: partners/a.svg}\n  - {name: 远山, logo: partners/b.svg}\n  - {name: 青禾二, logo: partners/a.svg}\n";
        project.write("content/report.yaml", format!("{partners}{settings}"));
        let (bytes, said) = render(&project, &[]);
        assert!(!said.contains("TP0406"), "{template}: {said}");
        let file = File::open(bytes);
        for name in ["青禾", "远山"] {
            assert!(file.alternatives("Figure").contains(&name.to_owned()), "{template}: {name}");
        }
        let after = file.pages();
        assert_eq!(before.len(), after.len());
        let more = before.iter().zip(&after).filter(|(a, b)| b.shapes.len() > a.shapes.len());
        assert!(more.count() >= 2, "{template}");
        let (_, said) = render(&project, &["--profile", "press"]);
        assert!(!said.contains("B11-"), "{template}: {said}");
    }
}

#[test]
fn a_motif_of_a_seed_is_the_same_each_time_and_another_of_another() {
    for template in ["report", "paper"] {
        let mut covers = BTreeSet::new();
        for cover in [
            "motif: rings",
            "motif: rings, seed: 2",
            "motif: tiles",
            "motif: waves, ground: light, title: bottom",
        ] {
            let project =
                report(template, &format!("color: {{primary: \"#00594C\"}}\ncover: {{{cover}}}\n"));
            let (bytes, said) = render(&project, &[]);
            assert!(!said.contains("error"), "{said}");
            assert!(bytes == render(&project, &[]).0, "{cover}");
            let shapes = pages(&bytes)[0]
                .shapes
                .iter()
                .map(|shape| format!("{shape:?}"))
                .collect::<String>();
            covers.insert(shapes);
            let (_, said) = render(&project, &["--profile", "press"]);
            // The charts of the report have lines of their own.
            let own =
                said.lines().filter(|line| line.contains(" page 1:") || line.starts_with("error"));
            assert_eq!(own.collect::<Vec<_>>(), [""; 0], "{template}, {cover}: {said}");
        }
        assert!(covers.len() > 2, "{template}: {}", covers.len());
    }
    let project = report("report", "cover: {motif: rings, picture: a.png}\n");
    let run = project.run(&["render", "o.pdf"]);
    assert!(run.stderr.contains("the cover has a picture and a motif"), "{}", run.stderr);
    project.write("content/brand.yaml", "cover: {ground: light}\n");
    let run = project.run(&["render", "o.pdf"]);
    assert!(run.stderr.contains("neither a picture nor a motif"), "{}", run.stderr);
    assert!(run.stderr.contains("content/brand.yaml:1:1"), "{}", run.stderr);
}

#[test]
fn a_brand_is_begun_from_colours_and_from_pixels_and_renders() {
    let project = Project::starter();
    project.run(&["brand", "init", "--colour", "#00594C", "--colour", "#B58A3C"]).ok();
    let text = project.read("content/brand.yaml");
    for colour in ["#00594C", "#B58A3C"] {
        assert!(text.contains(&format!("value: \"{colour}\", ink: [")), "{text}");
    }
    let (press, said) = render(&project, &["--profile", "press"]);
    assert!(!said.contains("TP06"), "{said}");
    assert!(inks(&pages(&press)).contains(&[0, 0, 0, 100]));
    project.run(&["brand", "--check"]).ok();
    // From a picture of pixels that is large enough.
    let other = Project::starter();
    let sign = image::RgbaImage::from_fn(900, 300, |x, _| {
        if x < 500 { image::Rgba([158, 27, 34, 255]) } else { image::Rgba([0, 0, 0, 0]) }
    });
    sign.save(other.join("sign.png")).expect("a picture");
    other.run(&["brand", "init", "sign.png"]).ok();
    assert!(other.read("content/brand.yaml").contains("#9E1B22"));
    let (_, said) = render(&other, &[]);
    assert!(!said.contains("TP0403") && !said.contains("TP0404"), "{said}");
    // One of too few pixels is told where it is named.
    let small = image::RgbaImage::from_pixel(60, 20, image::Rgba([158, 27, 34, 255]));
    small.save(other.join("content/sign.png")).expect("a picture");
    let run = other.run(&["check"]);
    let all = format!("{}{}", run.stdout, run.stderr);
    assert!(all.contains("TP0404") && all.contains("content/brand.yaml:"), "{all}");
}

/// How many pixels of the cover are white.
fn white_of_cover(project: &Project) -> usize {
    project.run(&["render", "page.png", "--pages", "1", "--ppi", "72"]).ok();
    let picture = image::open(project.join("page-01.png")).expect("a picture").to_rgb8();
    picture.pixels().filter(|pixel| pixel.0 == [255; 3]).count()
}

#[test]
fn a_logo_that_a_dark_ground_would_swallow_stands_on_a_plate() {
    let brand = "color: {primary: \"#00594C\"}\nlogo: leaf.svg\n";
    let project = report("report", brand);
    let plates = |leaf: &str| {
        project.write("content/leaf.svg", leaf);
        project.run(&["data", "out"]).ok();
        let data = std::fs::read_to_string(project.join("out/data/brand.json")).expect("data");
        std::fs::remove_dir_all(project.join("out")).expect("it was made");
        data.matches("\"plate\": true").count()
    };
    assert_eq!(plates(LEAF), 2);
    let with = white_of_cover(&project);
    // A logo that is seen on dark ground, and one with a drawing of its own for it, have none.
    assert_eq!(plates(&LEAF.replace("#00594C", "#E8B84A")), 0);
    let without = white_of_cover(&project);
    assert!(with > without + 1000, "{with} and {without}");
    assert_eq!(plates(&LEAF.replace("#00594C", "#FFFFFF")), 0);
    project.write("content/pale.svg", LEAF.replace("#00594C", "#FFFFFF"));
    let pair = "logo: {large: {light: leaf.svg, dark: pale.svg}}\n";
    project.write("content/brand.yaml", format!("color: {{primary: \"#00594C\"}}\n{pair}"));
    assert_eq!(plates(LEAF), 0);
}
