//! Brand files as houses have them: all that the format allows is read, and nothing of it is silent.

use std::fs;

use image::{Rgb, RgbImage};
use testkit::font::{Font, font};
use testkit::pdf::File;

use crate::brand::{LEAF, render, report};
use crate::project::{Project, repository};

/// A picture of pixels of one colour.
fn pixels(project: &Project, path: &str, (width, height): (u32, u32)) {
    fs::create_dir_all(project.join(path).parent().expect("a folder")).expect("folders");
    let picture = RgbImage::from_pixel(width, height, Rgb([40, 90, 130]));
    picture.save(project.join(path)).expect("a picture");
}

/// How many pixels of a page are near to a colour.
fn pixels_of(project: &Project, page: usize, colour: [u8; 3]) -> usize {
    project.run(&["render", "page.png", "--pages", &page.to_string(), "--ppi", "72"]).ok();
    let file = project.join(&format!("page-{page:02}.png"));
    let picture = image::open(file).expect("a page").to_rgb8();
    let near = |pixel: &Rgb<u8>| pixel.0.iter().zip(colour).all(|(a, b)| a.abs_diff(b) < 24);
    picture.pixels().filter(|pixel| near(pixel)).count()
}

#[test]
fn a_dark_house_is_drawn_in_its_other_colour_on_its_grounds() {
    let project = report("report", "color: {primary: \"#1A2E52\", secondary: \"#E0862A\"}\n");
    let (bytes, said) = render(&project, &[]);
    assert!(!said.contains("TP0602"), "{said}");
    let pages = File::open(bytes).pages();
    let voice = pages.iter().position(|page| page.glyphs.iter().any(|one| one.text == "“"));
    let voice = voice.expect("a voice") + 1;
    // The badge and the quotation mark alone are more.
    assert!(pixels_of(&project, voice, [0xE0, 0x86, 0x2A]) > 400);
    // Without a second colour, a paler tone of the first is.
    project.write("content/brand.yaml", "color: {primary: \"#1A2E52\"}\n");
    assert!(pixels_of(&project, voice, [0xE0, 0x86, 0x2A]) < 40);
    for (motif, ground) in [("rings", "dark"), ("waves", "dark"), ("waves", "light")] {
        let cover = format!("cover: {{motif: {motif}, ground: {ground}}}\n");
        project.write("content/brand.yaml", format!("color: {{primary: \"#1A2E52\"}}\n{cover}"));
        project.run(&["data", "out"]).ok();
        let data = fs::read_to_string(project.join("out/data/brand.json")).expect("data");
        fs::remove_dir_all(project.join("out")).expect("it was made");
        let brand: serde_json::Value = serde_json::from_str(&data).expect("JSON");
        let screen = |tone: &str| brand["tokens"][tone][0].as_str().expect("a tone").to_owned();
        let digits = |text: &str| {
            [1, 3, 5].map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("digits"))
        };
        let names = if ground == "dark" { ["bright", "pale"] } else { ["lead", "ink"] };
        for name in names {
            let colour = digits(&screen(name));
            assert!(pixels_of(&project, 1, colour) > 100, "{motif}, {ground}: {name}");
        }
    }
}

#[test]
fn files_of_fonts_are_read_from_where_the_brand_names_them() {
    let type_ =
        fs::read(repository().join("tests/brands/fonts/SofiaSans-wght.ttf")).expect("a font");
    let brand = "typography:\n  fonts:\n    - family: House Grotesk\n      source: file\n      files:\n        - {path: type/hg.ttf, weight: 400}\n  base: House Grotesk\n";
    let project = report("report", brand);
    project.write("content/type/hg.ttf", &type_);
    let (bytes, said) = render(&project, &[]);
    assert!(!said.contains("TP06"), "{said}");
    let fonts = File::open(bytes).fonts();
    assert!(fonts.keys().any(|font| font.contains("SofiaSans")), "{fonts:?}");
    // The stock compiler gets it, too.
    project.run(&["data", "out"]).ok();
    let copied = fs::read_dir(project.join("out/fonts")).expect("fonts").flatten();
    assert!(copied.count() > 0);
    // What is not there, or no font, is told at its line.
    let told = |file: &str, said: &str, code: i32| {
        project.write("content/brand.yaml", brand.replace("type/hg.ttf", file));
        let run = project.run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(code), "{file}: {}", run.stderr);
        assert!(run.stderr.contains(said), "{file}: {}", run.stderr);
        assert!(run.stderr.contains("content/brand.yaml:6:18"), "{file}: {}", run.stderr);
    };
    told("type/hh.ttf", "the file `type/hh.ttf` is missing", 1);
    told("type/hg.pdf", "`type/hg.pdf` is no file of a font", 1);
    told("type/hg.woff2", "`type/hg.woff2` is a font for browsers", 0);
    told("https://example.org/hg.ttf", "is not fetched", 0);
    project.write("fonts.ttf", &type_);
    told("../fonts.ttf", "points outside the project", 1);
    let closed = Font { family: "Closed", letters: "abc", embedding: 0x100, licence: "" };
    project.write("content/type/closed.ttf", font(&closed));
    told("type/closed.ttf", "forbids to embed a part of this font", 1);
}

#[test]
fn each_way_to_write_a_logo_is_read() {
    let forms = [
        "logo: {path: leaf.svg, alt: A leaf}",
        "logo: {path: leaf.svg, alt: A leaf, safe: 0.2, least: 4mm}",
        "logo: {medium: {path: leaf.svg, alt: A leaf}}",
        "logo: {large: {light: {path: leaf.svg, alt: A leaf}, dark: {path: leaf.svg, alt: A leaf}}}",
        "logo: {images: {a: {path: leaf.svg, alt: A leaf}}, large: {light: a, dark: a}}",
        "logo: {images: {a: leaf.svg}, large: {path: a, alt: A leaf}}",
    ];
    for form in forms {
        let project = report("report", &format!("{form}\n"));
        project.write("content/leaf.svg", LEAF);
        let (bytes, said) = render(&project, &[]);
        assert!(!said.contains("TP06"), "{form}: {said}");
        let told = File::open(bytes).alternatives("Figure");
        assert!(told.contains(&"A leaf".to_owned()), "{form}: {told:?}");
    }
    for (form, hint) in [
        ("logo: {lagre: leaf.svg}", "did you mean `large`?"),
        ("logo: {large: {lihgt: leaf.svg}}", "did you mean `light`?"),
    ] {
        let project = report("report", &format!("{form}\n"));
        let run = project.run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(1), "{form}");
        assert!(run.stderr.contains(hint), "{form}: {}", run.stderr);
        assert!(run.stderr.contains("1 error: nothing was written"), "{form}: {}", run.stderr);
    }
}

#[test]
fn a_weight_is_that_of_the_pages_or_told() {
    let fonts = |brand: &str| {
        let project = report("report", &format!("typography: {brand}\n"));
        let (bytes, said) = render(&project, &[]);
        (File::open(bytes).fonts().into_keys().collect::<Vec<_>>().join(" "), said)
    };
    let (plain, _) = fonts("{}");
    assert!(plain.contains("ReportSansSC-Black"), "{plain}");
    let (thin, said) = fonts("{headings: {weight: 400}}");
    assert!(!thin.contains("ReportSansSC-Black") && !said.contains("TP0606"), "{thin}: {said}");
    for (brand, told) in [
        ("{base: {weight: 300}}", "no weight 300"),
        ("{headings: {family: Source Sans 3, weight: 650}}", "write `weight: 600`"),
        ("{base: {family: Source Serif 4, weight: 600}}", "write `weight: 700`"),
    ] {
        let (_, said) = fonts(brand);
        assert!(said.contains("TP0606") && said.contains(told), "{brand}: {said}");
    }
}

#[test]
fn what_a_shared_file_has_for_web_pages_is_told_once_and_stops_nothing() {
    let project = Project::starter();
    let shared = "color:\n  palette:\n    mist: \"#3A7F5F66\"\n    moss: oklch(55% 0.1 150)\n    night: rebeccapurple\n    sea: var(--sea)\n  background: rgba(250, 250, 250, 0.5)\n  primary: moss\n  secondary: night\nlogo: {small: leaf.svg, large: https://example.org/leaf.svg}\ntypography:\n  base: {family: Source Serif 4, size: 11pt}\n  fonts: [{family: Source Serif 4, source: google}]\n";
    project.write("content/leaf.svg", LEAF);
    project.write("content/_brand.yml", shared);
    let (_, said) = render(&project, &[]);
    assert_eq!(said.matches("warning[TP0601]").count(), 1, "{said}");
    assert!(said.contains("print has no use for 4 more of this file"), "{said}");
    let check = project.run(&["brand", "--check"]).ok().stderr;
    for part in
        ["`mist` is partly transparent", "`sea` cannot be", "the logo `https:", "background"]
    {
        assert!(check.contains(part), "{part}: {check}");
    }
    assert!(!check.contains("is not fetched from"), "a family that is built in: {check}");
    // A colour that something is printed in is refused at its line.
    project.write("content/_brand.yml", shared.replace("primary: moss", "primary: mist"));
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("content/_brand.yml:3:11"), "{}", run.stderr);
    // An alias of YAML is told once.
    project.write("content/_brand.yml", "color: {palette: {a: &a \"#00594C\"}, primary: *a}\n");
    let run = project.run(&["render", "o.pdf"]);
    assert!(run.stderr.contains("aliases"), "{}", run.stderr);
    assert!(!run.stderr.contains("is empty"), "{}", run.stderr);
    // A file beside the one that is read is told, too.
    project.write("content/_brand.yml", "color: {primary: teal}\n");
    project.write("content/brand.yaml", "color: {primary: teal}\n");
    let (_, said) = render(&project, &[]);
    assert!(said.contains("this file is not read: `content/brand.yaml` is the brand"), "{said}");
}

#[test]
fn a_press_file_passes_the_preflight_that_knows_its_spot_colours() {
    let project = report(
        "report",
        "color: {primary: {value: \"#8C1D40\", ink: [0, 100, 55, 40], spot: PANTONE 208 C}}\n",
    );
    project.run(&["render", "o.pdf", "--profile", "press"]).ok();
    let run = project.run(&["preflight", "o.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stdout);
    assert!(run.stdout.contains("`--spot \"PANTONE 208 C\"`"), "{}", run.stdout);
    project.run(&["preflight", "o.pdf", "--spot", "PANTONE 208 C"]).ok();
    project.run(&["preflight", "o.pdf", "--project", "."]).ok();
    project.write("ours.yaml", "base: house\nspots: [PANTONE 208 C]\n");
    project.run(&["preflight", "o.pdf", "--profile", "ours.yaml"]).ok();
    // What departs from the base departs, and the rest is the base's.
    project.write("ours.yaml", "base: house\nrules: {B1-spot: off}\n");
    project.run(&["preflight", "o.pdf", "--profile", "ours.yaml"]).ok();
    project.write("ours.yaml", "base: house\nrules: {B8-hairline: off}\n");
    assert_eq!(project.run(&["preflight", "o.pdf", "--profile", "ours.yaml"]).code, Some(1));
    for (text, told) in
        [("base: hose\n", "did you mean `house`?"), ("spots: []\n", "`rules` is missing")]
    {
        project.write("ours.yaml", text);
        let run = project.run(&["preflight", "o.pdf", "--profile", "ours.yaml"]);
        assert_eq!(run.code, Some(2), "{text}");
        assert!(run.stderr.contains(told), "{text}: {}", run.stderr);
    }
    assert_eq!(project.run(&["preflight", "o.pdf", "--project", "nowhere"]).code, Some(2));
}

#[test]
fn coarse_pictures_of_a_house_are_told_where_they_are_named() {
    let project = report("report", "logo: small.png\n");
    pixels(&project, "content/small.png", (90, 30));
    pixels(&project, "content/cover.png", (300, 400));
    pixels(&project, "content/partners/p.png", (60, 30));
    let settings = project.read("content/report.yaml");
    let own = "cover: {picture: cover.png}\npartners: [{name: P, logo: partners/p.png}]\n";
    project.write("content/report.yaml", format!("{own}{settings}"));
    let places = ["content/brand.yaml:1:7", "content/report.yaml:1:18", "content/report.yaml:2:28"];
    let (_, said) = render(&project, &[]);
    for place in places {
        assert_eq!(said.matches(place).count(), 1, "{place}: {said}");
    }
    assert_eq!(said.matches("warning[TP0404]").count(), 3, "{said}");
    let run = project.run(&["render", "o.pdf", "--profile", "press"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    for (at, _) in run.stderr.match_indices("B4-image-resolution)") {
        let place = run.stderr[at..].lines().nth(1).unwrap_or_default();
        assert!(places.iter().any(|one| place.contains(one)), "{place}");
    }
    for place in places {
        assert!(run.stderr.contains(place), "{place}: {}", run.stderr);
    }
}

#[test]
fn what_a_brand_says_for_nothing_is_told() {
    for (brand, told) in [
        ("color: {primary: teal, light: \"#484848\"}", "print does not use `light`"),
        ("cover: {motif: rings, focus: [10, 10]}", "no use for `focus`"),
        ("cover: {picture: leaf.svg, seed: 4}", "no use for `seed`"),
        ("color: {primary: {value: \"#0A8F76\", ink: [0, 95, 95, 0]}}", "they are far apart"),
    ] {
        let project = report("report", &format!("{brand}\n"));
        project.write("content/leaf.svg", LEAF);
        let (_, said) = render(&project, &[]);
        assert!(said.contains(told) && said.contains("content/brand.yaml:1:"), "{brand}: {said}");
    }
}

#[test]
fn a_brand_is_begun_from_three_colours_and_hides_none_that_print_otherwise() {
    let project = Project::starter();
    let colours = ["--colour", "#1A2E52", "--colour", "#E0862A", "--colour", "#1010FF"];
    let run = project.run(&[&["brand", "init"][..], &colours[..]].concat()).ok();
    assert!(run.stderr.contains("`trendpress brand brand.pdf` shows it"), "{}", run.stderr);
    let text = project.read("content/brand.yaml");
    assert!(text.contains("tertiary: third") && text.contains("third: \"#1010FF\""), "{text}");
    let (_, said) = render(&project, &[]);
    assert_eq!(said.matches("warning[TP0604]").count(), 1, "{said}");
    // What the hint offers is taken, and no inks come nearer.
    let hint = said.split_once("accept them by `").and_then(|(_, rest)| rest.split_once('`'));
    let accepted = hint.expect("a hint").0;
    project.edit("content/brand.yaml", "third: \"#1010FF\"", &format!("third: {accepted}"));
    let (_, said) = render(&project, &[]);
    assert!(!said.contains("TP0604"), "{said}");
    project.write("content/brand.yaml", format!("meta: {{name: Birch House}}\n{text}"));
    project.run(&["brand", "sheet.pdf"]).ok();
    let sheet = File::open(fs::read(project.join("sheet.pdf")).expect("a sheet")).pages();
    assert_eq!(sheet.len(), 1);
    let said = sheet[0].text().replace(' ', "");
    assert!(said.contains("BirchHouse") && said.contains("primary·main"), "{said}");
}
