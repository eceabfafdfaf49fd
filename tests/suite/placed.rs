//! Pages of finished PDFs on the pages of a report: as parts, as figures, as logos and covers; on a
//! screen and on the press; and what cannot be placed.

use lopdf::{Object, Stream, dictionary};
use testkit::good::{Good, good, mm, rect, set};
use testkit::pdf::{File, Page};
use testkit::raster::Raster;

use crate::project::{Project, Run};

/// The field in four inks, on a screen.
const FIELD: [u8; 3] = [0, 160, 226];

/// What stands for a partner's file: text in black, a field in four inks and one in a spot colour.
fn advertisement() -> Good {
    let mut file = good();
    file.resource("ColorSpace", "Spot", spot("PANTONE 354 C"));
    file.paint(0, &rect("0.9 0.1 0 0 k", -3.0, 120.0, 216.0, 60.0));
    file.paint(0, &rect("/Spot cs 1 scn", 30.0, 40.0, 80.0, 40.0));
    file
}

fn spot(name: &str) -> Object {
    let function = dictionary! {
        "FunctionType" => 2, "N" => 1,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "C1" => vec![Object::Real(0.8), 0.into(), Object::Real(0.9), 0.into()],
    };
    vec![
        "Separation".into(),
        Object::Name(name.as_bytes().to_vec()),
        "DeviceCMYK".into(),
        function.into(),
    ]
    .into()
}

/// A file whose font does not say which characters it shows.
fn without_unicode(mut file: Good) -> Good {
    for object in file.doc.objects.values_mut() {
        if let Ok(dict) = object.as_dict_mut() {
            dict.remove(b"ToUnicode");
        }
    }
    file
}

/// A report with a file, and a part that places it.
fn with_part(bytes: &[u8], only: &str) -> Project {
    let project = Project::starter();
    project.write("content/ads/ad.pdf", bytes);
    project.write(
        "content/placed.md",
        format!("---\ntitle: 伙伴广告\nfile: ads/ad.pdf\n{only}alt: 绿色的整版广告\n---\n"),
    );
    project.edit("content/report.yaml", "insert.md,", "insert.md, placed.md,");
    project
}

/// A report with a file, and a figure that shows it.
fn with_figure(bytes: &[u8], attributes: &str) -> Project {
    let project = Project::starter();
    project.write("content/ads/ad.pdf", bytes);
    let text = project.read("content/trends/02-second.md");
    let figure = format!("\n![整版广告的样子](ads/ad.pdf \"来源：伙伴\"){attributes}\n");
    project.write("content/trends/02-second.md", text.replace("pages: 1\n", "") + &figure);
    project
}

fn render(project: &Project, args: &[&str]) -> (Vec<u8>, String) {
    let run = project.run(&[&["render", "o.pdf"], args].concat()).ok();
    (std::fs::read(project.join("o.pdf")).expect("a report"), run.stderr)
}

fn refused(project: &Project) -> Run {
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    assert!(run.stderr.contains("hint: "), "{}", run.stderr);
    run
}

/// Warnings and errors, but for those of the report's own pages.
fn told(said: &str) -> Vec<&str> {
    said.lines()
        .filter(|line| line.starts_with("warning") || line.starts_with("error"))
        .filter(|line| !line.contains("H3-page-count") && !line.contains("B7-small-text"))
        .collect()
}

/// The page that shows most of a colour.
fn page_of(pages: &[Raster], colour: [u8; 3]) -> (usize, usize) {
    let counts = pages.iter().map(|page| page.patch(colour, 24).map_or(0, |patch| patch.count));
    let counts: Vec<usize> = counts.collect();
    let most = (0..counts.len()).max_by_key(|at| counts[*at]).expect("a page");
    (most, counts[most])
}

fn pages(bytes: &[u8]) -> Vec<Page> {
    File::open(bytes.to_vec()).pages()
}

#[test]
fn a_part_is_a_page_in_its_inks_and_fonts_on_the_press() {
    let project = with_part(&advertisement().bytes(), "only: [1]\n");
    project.edit("content/report.yaml", "title:", "press: {spots: [PANTONE 354 C]}\ntitle:");
    let (plain, _) = render(&Project::starter(), &["--profile", "press"]);
    let (press, said) = render(&project, &["--profile", "press"]);
    assert_eq!(told(&said), [""; 0], "{said}");
    assert_eq!(pages(&press).len(), pages(&plain).len() + 1);
    let file = File::open(press);
    assert_eq!(file.separations().into_iter().collect::<Vec<_>>(), ["PANTONE 354 C"]);
    assert!(file.fonts().keys().any(|font| font.ends_with("SourceSerif4-It")));
    assert!(file.fonts().values().all(|embedded| *embedded));
    // The same file is the same bytes again.
    assert!(render(&project, &["--profile", "press"]).0 == file.pdf.data().as_ref());
}

#[test]
fn a_screen_shows_the_page_with_its_words_and_says_what_it_is() {
    let project = with_part(&advertisement().bytes(), "only: [1]\n");
    let (screen, said) = render(&project, &[]);
    assert_eq!(told(&said), [""; 0], "{said}");
    let file = File::open(screen.clone());
    assert!(file.alternatives("Figure").contains(&"绿色的整版广告".to_owned()));
    assert!(file.metadata().contains("pdfaid:part"));
    // Its inks have a profile: an archive must say what they look like.
    let text = String::from_utf8_lossy(&screen).into_owned();
    let plain = lopdf::Document::load_mem(&screen).expect("a PDF");
    let has = |key: &[u8]| {
        plain.objects.values().any(|object| match object {
            Object::Dictionary(dict) => dict.has(key),
            Object::Stream(stream) => match stream.dict.get(b"Resources") {
                Ok(Object::Dictionary(resources)) => resources
                    .get(b"ColorSpace")
                    .and_then(Object::as_dict)
                    .is_ok_and(|it| it.has(key)),
                _ => false,
            },
            _ => false,
        })
    };
    assert!(has(b"DefaultCMYK"), "{}", text.len());
    assert!(!has(b"OPM"));
    let drawn = Raster::pages(screen);
    let (page, count) = page_of(&drawn, FIELD);
    assert!(count > 20_000, "page {page}: {count}");
    let starter = pages(&render(&Project::starter(), &[]).0).len();
    assert!(page > 5 && page < starter, "{page}");
    // The pictures of the pages show it too.
    project.run(&["render", "p.png", "--ppi", "72"]).ok();
    let name = format!("p-{:02}.png", page + 1);
    let picture = image::open(project.join(&name)).expect("a picture").to_rgb8();
    let seen = Raster::of(&picture).patch(FIELD, 30).expect("the field");
    assert!(seen.count > 20_000, "{seen:?}");
}

#[test]
fn marks_of_structure_and_layers_stay_behind() {
    let mut file = advertisement();
    file.paint(
        0,
        "/P <</MCID 7>> BDC 0 0 0 1 k 300 300 20 20 re f EMC /Artifact BMC 1 1 2 2 re f EMC",
    );
    let project = with_part(&file.bytes(), "only: [1]\n");
    let (screen, _) = render(&project, &[]);
    let document = lopdf::Document::load_mem(&screen).expect("a PDF");
    let forms = document.objects.values().filter_map(|object| object.as_stream().ok());
    let forms: Vec<Vec<u8>> = forms
        .filter(|stream| {
            stream
                .dict
                .get(b"Subtype")
                .is_ok_and(|kind| kind.as_name().is_ok_and(|it| it == b"Form"))
        })
        .filter_map(|stream| stream.get_plain_content().ok())
        .collect();
    assert!(forms.iter().any(|form| form.windows(14).any(|part| part == b"300 300 20 20 ")));
    assert!(!forms.iter().any(|form| form.windows(4).any(|part| part == b"MCID")));
}

#[test]
fn a_figure_shows_the_page_that_it_names() {
    let mut file = advertisement();
    file.paint(1, &rect("0 1 1 0 k", 10.0, 10.0, 190.0, 200.0));
    let bytes = file.bytes();
    let drawn = |attributes: &str| {
        let (bytes, said) = render(&with_figure(&bytes, attributes), &[]);
        (Raster::pages(bytes), said)
    };
    let (second, said) = drawn("{page=2 width=50%}");
    assert_eq!(told(&said), [""; 0], "{said}");
    assert!(page_of(&second, [220, 30, 35]).1 > 5_000);
    // One that names none has the first, and is told so.
    let (first, said) = drawn("{width=50%}");
    assert!(page_of(&first, [220, 30, 35]).1 < 500);
    assert!(said.contains("`ads/ad.pdf` has 4 pages: only the first is printed"), "{said}");
    let (beyond, _) = drawn("{.bleed page=2}");
    assert!(page_of(&beyond, [220, 30, 35]).1 > 50_000);
}

#[test]
fn findings_stand_at_the_line_that_places_the_page() {
    // RGB, which no four plates print.
    let mut file = advertisement();
    file.paint(0, &rect("1 0 0 rg", 30.0, 200.0, 100.0, 40.0));
    let bytes = file.bytes();
    for (project, place) in [
        (with_part(&bytes, "only: [1]\n"), "content/placed.md:3:1"),
        (with_figure(&bytes, "{page=1}"), "content/trends/02-second.md:"),
    ] {
        let run = project.run(&["render", "o.pdf", "--profile", "press"]);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        let mut lines = run.stderr.lines();
        let at = lines.find(|line| line.contains("A8-device-colour")).map(|_| lines.next());
        let at = at.flatten().unwrap_or_default();
        assert!(at.contains(place), "{at}: {}", run.stderr);
    }
    // A spot colour that nobody asked for is told there, too.
    let project = with_part(&advertisement().bytes(), "only: [1]\n");
    let run = project.run(&["render", "o.pdf", "--profile", "press"]);
    assert!(run.stderr.contains("B1-spot"), "{}", run.stderr);
    assert!(run.stderr.contains("content/placed.md:3:1"), "{}", run.stderr);
}

#[test]
fn a_page_that_no_archive_takes_is_a_picture_on_the_screen() {
    let project = with_part(&without_unicode(advertisement()).bytes(), "only: [1]\n");
    project.edit("content/report.yaml", "title:", "press: {spots: [PANTONE 354 C]}\ntitle:");
    let (screen, said) = render(&project, &[]);
    assert!(said.contains("warning[TP0610]"), "{said}");
    assert!(said.contains("content/placed.md:4:8"), "{said}");
    assert!(page_of(&Raster::pages(screen.clone()), FIELD).1 > 20_000);
    assert!(!File::open(screen).fonts().keys().any(|font| font.ends_with("SourceSerif4-It")));
    let (press, _) = render(&project, &["--profile", "press"]);
    assert!(File::open(press).fonts().keys().any(|font| font.ends_with("SourceSerif4-It")));
}

/// Encrypts a file with a password.
fn encrypted(bytes: &[u8]) -> Vec<u8> {
    use lopdf::{EncryptionState, EncryptionVersion, Permissions};
    let mut document = lopdf::Document::load_mem(bytes).expect("a PDF");
    let id = Object::String(b"0123456789abcdef".to_vec(), lopdf::StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let state = EncryptionState::try_from(EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password: "secret",
        key_length: 128,
        permissions: Permissions::all(),
    })
    .expect("a state");
    document.encrypt(&state).expect("an encrypted PDF");
    let mut out = vec![];
    document.save_to(&mut out).expect("bytes");
    out
}

#[test]
fn what_cannot_be_placed_is_refused_at_its_line_and_the_hint_helps() {
    let sound = advertisement().bytes();
    let without_font = {
        let mut file = advertisement();
        let descriptor = file.descriptor;
        file.dict(descriptor).remove(b"FontFile2");
        file.bytes()
    };
    let small = {
        let mut file = advertisement();
        for page in file.pages.clone() {
            let side = |points: f32| Object::Real(points);
            file.dict(page).set(
                "TrimBox",
                vec![side(mm(10.0)), side(mm(10.0)), side(mm(158.0)), side(mm(220.0))],
            );
        }
        file.bytes()
    };
    let hidden = {
        let mut file = advertisement();
        let layer = file
            .doc
            .add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("Draft") });
        let config = dictionary! { "OFF" => vec![layer.into()] };
        let catalog = file.doc.catalog_mut().expect("a catalog");
        catalog.set("OCProperties", dictionary! { "OCGs" => vec![layer.into()], "D" => config });
        file.bytes()
    };
    let circular = {
        let mut file = advertisement();
        let form = file.doc.new_object_id();
        let dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
            "Resources" => dictionary! { "XObject" => dictionary! { "Own" => form } },
        };
        file.doc.objects.insert(form, Stream::new(dict, b"/Own Do".to_vec()).into());
        file.resource("XObject", "Own", form);
        file.paint(0, "/Own Do");
        file.bytes()
    };
    let cases: [(&[u8], &str, &str); 8] = [
        (
            &without_font,
            "only: [1]\n",
            "the font `SourceSerif4-It` is not embedded in `ads/ad.pdf`",
        ),
        (&sound, "only: [9]\n", "`ads/ad.pdf` has no page 9: it has 4 pages"),
        (&encrypted(&sound), "only: [1]\n", "`ads/ad.pdf` is encrypted"),
        (
            &small,
            "only: [1]\n",
            "page 1 of `ads/ad.pdf` measures 148 × 210 mm, and a page of the report 210 × 285 mm",
        ),
        (&hidden, "only: [1]\n", "has hidden layers: `Draft`"),
        (&circular, "only: [1]\n", "would take more memory"),
        (&sound[..sound.len() / 2], "only: [1]\n", "is no PDF that can be read whole"),
        (b"%PDF-1.6 and no more", "", "is no PDF that can be read whole"),
    ];
    for (bytes, only, message) in cases {
        let project = with_part(bytes, only);
        let run = refused(&project);
        assert!(run.stderr.contains(message), "{message}: {}", run.stderr);
        assert!(run.stderr.contains("content/placed.md:"), "{message}: {}", run.stderr);
        project.write("content/ads/ad.pdf", &sound);
        project.edit("content/placed.md", "file: ads/ad.pdf\n", "file: ads/ad.pdf\nonly: [1]\n");
        let text = project.read("content/placed.md").replacen(
            &format!("only: [1]\n{only}"),
            "only: [1]\n",
            1,
        );
        project.write("content/placed.md", text);
        render(&project, &[]);
    }
    // As a figure, a page of another size has its place; the hint of a page that is not there names
    // those that are.
    render(&with_figure(&small, "{page=1}"), &[]);
    let run = refused(&with_figure(&sound, "{page=5}"));
    assert!(run.stderr.contains("hint: name a page from 1 to 4"), "{}", run.stderr);
    let run = refused(&with_figure(&sound, "{page=two}"));
    assert!(run.stderr.contains("`two` is no page of a PDF"), "{}", run.stderr);
    let project = with_figure(&sound, "{page=2}");
    project.write(
        "content/ads/ad.pdf",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>",
    );
    let run = refused(&project);
    assert!(run.stderr.contains("has no pages to choose from"), "{}", run.stderr);
}

#[test]
fn a_placed_part_says_what_it_cannot_hold() {
    let sound = advertisement().bytes();
    for (from, to, message) in [
        ("---\n", "---\n\n这里的字没有地方放。\n", "a placed page has no room for text"),
        ("alt: 绿色的整版广告\n", "", "the key `alt` is missing"),
        ("title:", "contents: true\ntitle:", "no title that the list of contents could lead to"),
        ("file: ads/ad.pdf", "file: ads/ad.pfd", "the file `ads/ad.pfd` is missing"),
    ] {
        let project = with_part(&sound, "only: [1]\n");
        let text = project.read("content/placed.md");
        let at = text.rfind(from).expect("it is there");
        project
            .write("content/placed.md", format!("{}{to}{}", &text[..at], &text[at + from.len()..]));
        let run = refused(&project);
        assert!(run.stderr.contains(message), "{message}: {}", run.stderr);
    }
}

#[test]
fn a_logo_and_a_finished_cover_may_be_pages_of_a_pdf() {
    let mut file = advertisement();
    file.paint(
        2,
        &format!(
            "{} {}",
            rect("0 0.9 0.9 0 k", -3.0, -3.0, 216.0, 291.0),
            set("0 0 0 1 k", 40.0, 20.0, 200.0)
        ),
    );
    let project = Project::starter();
    project.write("content/cover.pdf", file.bytes());
    project.write("content/sign.pdf", file.bytes());
    project.write("content/brand.yaml", "color: {primary: \"#00594C\"}\nlogo: sign.pdf\ncover: {picture: cover.pdf, page: 3, title: none, alt: 红色的封面}\n");
    project.edit("content/report.yaml", "title:", "press: {spots: [PANTONE 354 C]}\ntitle:");
    let (screen, said) = render(&project, &[]);
    assert!(!said.contains("error"), "{said}");
    let cover = &Raster::pages(screen.clone())[0];
    assert!(cover.patch([225, 60, 50], 40).expect("a red cover").count > 400_000);
    assert!(File::open(screen).alternatives("Figure").contains(&"红色的封面".to_owned()));
    let (press, said) = render(&project, &["--profile", "press"]);
    assert!(!said.contains("B11-bleed"), "{said}");
    let file = File::open(press);
    assert!(file.separations().contains("PANTONE 354 C"), "the logo on the back has its plate");
    // A motif says nothing, so the title must stand on it.
    project.write("content/brand.yaml", "cover: {motif: rings, title: none}\n");
    std::fs::remove_file(project.join("content/sign.pdf")).expect("a file");
    std::fs::remove_file(project.join("content/cover.pdf")).expect("a file");
    let run = refused(&project);
    assert!(run.stderr.contains("the cover would have no title"), "{}", run.stderr);
    project.write("content/brand.yaml", "cover: {motif: rings, title: bottom}\n");
    render(&project, &[]);
}
