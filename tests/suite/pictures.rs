//! Photographs as cameras and programs write them: upright, whole, in their colours, whatever
//! their files are called.

use std::io::Cursor;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageEncoder, ImageFormat, Rgb, RgbImage};

use crate::conservation::TREND;
use crate::project::{Project, Run};
use testkit::raster::{Patch, Raster};

/// The size as seen.
const SEEN: (u32, u32) = (90, 60);

/// The colour of a quadrant, counted as one reads; `mark` tells pictures on a page apart.
fn colour(quadrant: u32, mark: u32) -> [u8; 3] {
    [40 + 50 * quadrant as u8, 2 + 26 * mark as u8, 150]
}

/// What a camera stores of a picture that it held in one of eight ways (EXIF 2.3, 4.6.4): in which
/// row and column of what is seen a stored pixel stands.
fn stored(orientation: u32, mark: u32) -> RgbImage {
    let (width, height) = SEEN;
    let turned = orientation > 4;
    let (across, down) = if turned { (height, width) } else { (width, height) };
    RgbImage::from_fn(across, down, |column, row| {
        let (x, y) = match orientation {
            2 => (width - 1 - column, row),
            3 => (width - 1 - column, height - 1 - row),
            4 => (column, height - 1 - row),
            5 => (row, column),
            6 => (width - 1 - row, column),
            7 => (width - 1 - row, height - 1 - column),
            8 => (row, height - 1 - column),
            _ => (column, row),
        };
        Rgb(colour(u32::from(y >= height / 2) * 2 + u32::from(x >= width / 2), mark))
    })
}

/// Makes a file of a picture: its orientation, its mark.
type Make = fn(u32, u32) -> Vec<u8>;

/// A block of EXIF that says no more than how the camera was held.
fn exif(orientation: u32) -> Vec<u8> {
    let mut out = b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    out.extend([orientation as u8, 0, 0, 0, 0, 0, 0]);
    out
}

fn encoded(encoder: impl FnOnce(&mut Cursor<Vec<u8>>)) -> Vec<u8> {
    let mut out = Cursor::new(vec![]);
    encoder(&mut out);
    out.into_inner()
}

fn with_exif(picture: &RgbImage, mut encoder: impl ImageEncoder, orientation: u32) {
    encoder.set_exif_metadata(exif(orientation)).expect("a place for it");
    picture.write_with_encoder(encoder).expect("a picture");
}

fn jpeg(orientation: u32, mark: u32) -> Vec<u8> {
    let picture = stored(orientation, mark);
    encoded(|out| with_exif(&picture, JpegEncoder::new_with_quality(out, 95), orientation))
}

fn png(orientation: u32, mark: u32) -> Vec<u8> {
    let picture = stored(orientation, mark);
    encoded(|out| with_exif(&picture, PngEncoder::new(out), orientation))
}

fn webp(orientation: u32, mark: u32) -> Vec<u8> {
    let picture = stored(orientation, mark);
    encoded(|out| with_exif(&picture, WebPEncoder::new_lossless(out), orientation))
}

/// A TIFF, byte by byte: no encoder at hand writes the orientation.
fn tiff(orientation: u32, mark: u32) -> Vec<u8> {
    let picture = stored(orientation, mark);
    let size = picture.as_raw().len() as u32;
    let mut out = b"II\x2A\0".to_vec();
    out.extend((8 + size).to_le_bytes());
    out.extend(picture.as_raw());
    let bits = 8 + size + 2 + 10 * 12 + 4;
    let entries: [(u16, u16, u32, u32); 10] = [
        (256, 4, 1, picture.width()),
        (257, 4, 1, picture.height()),
        (258, 3, 3, bits),
        (259, 3, 1, 1),
        (262, 3, 1, 2),
        (273, 4, 1, 8),
        (274, 3, 1, orientation),
        (277, 3, 1, 3),
        (278, 4, 1, picture.height()),
        (279, 4, 1, size),
    ];
    out.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, count, value) in entries {
        out.extend(tag.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend(count.to_le_bytes());
        out.extend(value.to_le_bytes());
    }
    out.extend([0; 4]);
    out.extend([8, 0, 8, 0, 8, 0]);
    out
}

fn plain(format: ImageFormat, mark: u32) -> Vec<u8> {
    let picture = DynamicImage::ImageRgb8(stored(1, mark));
    encoded(|out| picture.write_to(out, format).expect("a picture"))
}

/// The starter with these pictures in its second trend, one after the other.
fn report(pictures: &[(&str, Vec<u8>)]) -> Project {
    let project = Project::starter();
    let mut body = String::from("---\ntitle: 第二章\n---\n\n正文。\n");
    for (name, bytes) in pictures {
        project.write(&format!("content/figures/{name}"), bytes);
        body += &format!("\n![题](figures/{name} \"来源：本书\")\n\n正文。\n");
    }
    project.write(TREND, body);
    // No picture here has the pixels of a photograph.
    let settings = project.read("content/report.yaml");
    let settings = settings.replace("page-count: off", "page-count: off, coarse-picture: off");
    project.write("content/report.yaml", settings);
    project
}

fn rendered(project: &Project) -> Vec<Raster> {
    project.run(&["render", "o.pdf"]).ok();
    Raster::pages(std::fs::read(project.join("o.pdf")).expect("a report"))
}

/// Where the quadrants of a picture stand, all on one page.
fn quadrants(pages: &[Raster], mark: u32) -> [Patch; 4] {
    let found = pages.iter().find_map(|page| {
        let all = [0, 1, 2, 3].map(|quadrant| page.patch(colour(quadrant, mark), 7));
        let all: Vec<Patch> = all.into_iter().flatten().collect();
        <[Patch; 4]>::try_from(all).ok()
    });
    found.unwrap_or_else(|| panic!("picture {mark} is not there as a whole"))
}

/// The picture is upright, whole, and in its ratio.
fn stands(pages: &[Raster], mark: u32, what: &str) {
    let [a, b, c, d] = quadrants(pages, mark);
    let left_of = |one: Patch, other: Patch| {
        one.centre.0 < other.centre.0 - 5.0 && (one.centre.1 - other.centre.1).abs() < 3.0
    };
    let above = |one: Patch, other: Patch| {
        one.centre.1 < other.centre.1 - 5.0 && (one.centre.0 - other.centre.0).abs() < 3.0
    };
    assert!(left_of(a, b) && left_of(c, d) && above(a, c) && above(b, d), "{what}: {a:?} {d:?}");
    let width = (d.edges[2] - a.edges[0] + 1) as f64;
    let height = (d.edges[3] - a.edges[1] + 1) as f64;
    let ratio = f64::from(SEEN.0) / f64::from(SEEN.1);
    assert!((width / height - ratio).abs() < 0.05, "{what}: {width} × {height}");
    let most = [a, b, c, d].map(|patch| patch.count);
    let least = *most.iter().min().expect("four") as f64;
    assert!(least > 0.9 * *most.iter().max().expect("four") as f64, "{what} is cut: {most:?}");
}

#[test]
fn a_photograph_stands_as_it_was_seen_however_the_camera_was_held() {
    let kinds: [(&str, Make); 4] = [("jpg", jpeg), ("png", png), ("webp", webp), ("tif", tiff)];
    for (ending, make) in kinds {
        let names: Vec<String> = (1..=8).map(|way| format!("p{way}.{ending}")).collect();
        let pictures: Vec<(&str, Vec<u8>)> =
            names.iter().zip(1..).map(|(name, way)| (name.as_str(), make(way, way))).collect();
        let project = report(&pictures);
        let pages = rendered(&project);
        for way in 1..=8 {
            stands(&pages, way, &format!("{ending}, orientation {way}"));
        }
    }
}

#[test]
fn a_photograph_stands_upright_in_the_press_file_and_as_a_picture_of_the_page() {
    let project = report(&[("a.jpg", jpeg(6, 1)), ("b.png", png(8, 2))]);
    project.run(&["render", "page.png", "--ppi", "72"]).ok();
    let mut found = 0;
    for number in 1..=20 {
        let Ok(page) = image::open(project.join(&format!("page-{number:02}.png"))) else { break };
        let raster = Raster::of(&page.to_rgb8());
        for mark in [1, 2] {
            if raster.patch(colour(0, mark), 7).is_some() {
                stands(std::slice::from_ref(&raster), mark, "page");
                found += 1;
            }
        }
    }
    assert_eq!(found, 2);
    let screen = rendered(&project);
    project.run(&["render", "o.pdf", "--profile", "proof"]).ok();
    let proof = Raster::pages(std::fs::read(project.join("o.pdf")).expect("a proof"));
    for mark in [1, 2] {
        let number = screen.iter().position(|page| page.patch(colour(0, mark), 7).is_some());
        let number = number.expect("a page");
        let (screen, proof) = (&screen[number], &proof[number]);
        let shift = |proof: usize, screen: usize| (proof - screen) as f64 / 2.0;
        let (right, down) = (shift(proof.width, screen.width), shift(proof.height, screen.height));
        let red = [0, 1, 2, 3].map(|quadrant| {
            let (x, y) = screen.patch(colour(quadrant, mark), 7).expect("a quadrant").centre;
            proof.at(x + right, y + down)[0]
        });
        // Inks are other colours, in the same order.
        assert!(red[0] < red[1] && red[1] < red[2] && red[2] < red[3], "{mark}: {red:?}");
    }
}

#[test]
fn a_picture_is_read_by_what_it_is() {
    let pictures = [
        ("a.webp", plain(ImageFormat::WebP, 0)),
        ("b.tiff", plain(ImageFormat::Tiff, 1)),
        ("c.gif", plain(ImageFormat::Gif, 2)),
        ("d.bmp", plain(ImageFormat::Bmp, 3)),
        ("e.jfif", plain(ImageFormat::Jpeg, 4)),
        ("f.png", plain(ImageFormat::Jpeg, 5)),
        ("g.jpg", plain(ImageFormat::Png, 6)),
        ("h.JPG", plain(ImageFormat::Jpeg, 7)),
        ("i", plain(ImageFormat::Png, 8)),
    ];
    let project = report(&pictures);
    let pages = rendered(&project);
    for (mark, (name, _)) in (0..).zip(&pictures) {
        stands(&pages, mark, name);
    }
    let run = project.run(&["check"]).ok();
    assert!(!run.stderr.contains("does not use `figures"), "{}", run.stderr);
    project.run(&["data", "out"]).ok();
}

/// 32 × 16 pixels of inks: 90 % cyan beside red, as Adobe's programs store them, as they are, and
/// as luma and chroma.
const INKS: [(&str, &str); 3] = [
    (
        "adobe.jpg",
        "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU/8AAFAgAEAAgBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD87K+6K/VOv1Toooor+mavxUr+emuJoooor+Zmv2rr+hau2oooor+mavxUr+emuJoooor/2Q==",
    ),
    (
        "plain.jpg",
        "/9j/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wAAUCAAQACAEQxEATREAWREASxEA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oADgRDAE0AWQBLAAA/AP0Qr4Ur8qq/Kqiiiiv5mq/auv6Fa7Wiiiiv6Za/FSv56q4qiiiiv5mq/auv6Fa7Wiiiiv/Z",
    ),
    (
        "ycck.jpg",
        "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU/8AAFAgAEAAgBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwDx+vnSv0Fr9U6KKKK+gK+5q/nvriaKKKK+f6+Ga/oQrtqKKKK+gK+5q/nvriaKKKK//9k=",
    ),
];

#[test]
fn inks_become_light_on_a_screen_and_stay_inks_on_the_press() {
    for (name, data) in INKS {
        let bytes = BASE64_STANDARD.decode(data).expect("base64");
        let project = report(&[(name, bytes)]);
        project.run(&["check"]).ok();
        let pages = rendered(&project);
        let colours = |pages: &[Raster]| {
            pages.iter().any(|page| {
                let (blue, red) = (page.patch([0, 150, 215], 40), page.patch([215, 70, 45], 40));
                blue.zip(red).is_some_and(|(blue, red)| {
                    blue.centre.0 < red.centre.0 && blue.count > 2000 && red.count > 2000
                })
            })
        };
        assert!(colours(&pages), "{name}: {pages:?}");
        let run = project.run(&["render", "p.pdf", "--profile", "proof"]).ok();
        let press = Raster::pages(std::fs::read(project.join("p.pdf")).expect("a proof"));
        let most = |colour| {
            press.iter().filter_map(|page| page.patch(colour, 70)).map(|patch| patch.count).max()
        };
        assert!(most([30, 160, 220]) > Some(2000), "{name}: {:?} {}", press, run.stderr);
        assert!(most([215, 70, 60]) > Some(2000), "{name}: {:?}", press);
    }
}

#[test]
fn what_is_finer_than_a_page_can_show_is_scaled_on_the_screen_alone() {
    let large = DynamicImage::ImageRgb8(stored(1, 1)).resize_exact(
        1800,
        1200,
        image::imageops::FilterType::Nearest,
    );
    let jpeg = encoded(|out| large.write_to(out, ImageFormat::Jpeg).expect("a picture"));
    let png = encoded(|out| large.write_to(out, ImageFormat::Png).expect("a picture"));
    let project = report(&[("a.jpg", jpeg.clone()), ("b.png", png)]);
    let settings = project.read("content/report.yaml");
    let widths = |profile: &str| -> Vec<i64> {
        project.run(&["render", "o.pdf", "--profile", profile]).ok();
        let file = lopdf::Document::load(project.join("o.pdf")).expect("a PDF");
        let streams = file.objects.values().filter_map(|object| object.as_stream().ok());
        let pictures = streams.filter(|stream| {
            stream
                .dict
                .get(b"Subtype")
                .and_then(lopdf::Object::as_name)
                .is_ok_and(|s| s == b"Image")
        });
        pictures.filter_map(|stream| stream.dict.get(b"Width").ok()?.as_i64().ok()).collect()
    };
    assert_eq!(widths("screen"), [1800, 1800]);
    assert!(contains(&std::fs::read(project.join("o.pdf")).expect("a PDF"), &jpeg[600..900]));
    project.write("content/report.yaml", format!("{settings}screen-ppi: 72\n"));
    let scaled = widths("screen");
    assert!(scaled.iter().all(|width| (900..1500).contains(width)), "{scaled:?}");
    assert_eq!(widths("proof"), [1800, 1800]);
    stands(&rendered(&project), 1, "scaled");
    project.write("content/report.yaml", format!("{settings}screen-ppi: 9\n"));
    assert!(project.run(&["check"]).stderr.contains("screen-ppi"));
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

fn refused(pictures: &[(&str, Vec<u8>)], part: &str) -> Run {
    let project = report(pictures);
    let (check, render) = (project.run(&["check"]), project.run(&["render", "o.pdf"]));
    for run in [&check, &render] {
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        assert!(run.stderr.contains(part), "{}", run.stderr);
        assert!(run.stderr.contains(&format!("{TREND}:7:6")), "{}", run.stderr);
        assert!(!run.stderr.contains("the template"), "{}", run.stderr);
    }
    render
}

#[test]
fn a_broken_picture_is_told_at_its_line_by_check_and_by_render() {
    let mut torn = plain(ImageFormat::Png, 1);
    let middle = torn.len() / 2;
    torn[middle..middle + 8].fill(0x55);
    refused(&[("a.png", torn)], "`figures/a.png` is broken");
    let gif = plain(ImageFormat::Gif, 1);
    refused(&[("a.gif", gif[..gif.len() / 3].to_vec())], "`figures/a.gif` is broken");
    let tiff = tiff(1, 1);
    refused(&[("a.tif", tiff[..tiff.len() / 2].to_vec())], "`figures/a.tif` is broken");
    let mut jpeg = plain(ImageFormat::Jpeg, 1);
    jpeg[3] = 0xFF;
    refused(&[("a.jpg", jpeg[..40].to_vec())], "figures/a.jpg");
}

#[test]
fn what_is_no_picture_is_told_with_what_it_is() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    assert!(refused(&[("a.heic", heic)], "of the kind HEIC").stderr.contains("Most Compatible"));
    refused(&[("a.svg", b"%PDF-1.7\n".to_vec())], "is no PDF that can be read whole");
    let mut emf = vec![1, 0, 0, 0];
    emf.resize(40, 0);
    emf.extend(b" EMF");
    refused(&[("a.emf", emf)], "of the kind EMF");
    refused(&[("a.png", b"hello".to_vec())], "is not a picture");
}

/// A chunk of a PNG.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [&kind[..], data].concat();
    let mut sum = flate2::Crc::new();
    sum.update(&body);
    [&(data.len() as u32).to_be_bytes()[..], &body, &sum.sum().to_be_bytes()].concat()
}

/// A PNG whose animation has so many frames; their pictures are left out.
fn moving_png(frames: u32) -> Vec<u8> {
    const HEAD: usize = 8 + 25;
    let png = plain(ImageFormat::Png, 1);
    let control = chunk(b"acTL", &[frames.to_be_bytes(), [0; 4]].concat());
    [&png[..HEAD], &control, &png[HEAD..]].concat()
}

fn moving_gif(frames: u32) -> Vec<u8> {
    use image::codecs::gif::GifEncoder;
    encoded(|out| {
        let mut encoder = GifEncoder::new(out);
        for mark in 1..=frames {
            let frame = DynamicImage::ImageRgb8(stored(1, mark)).into_rgba8();
            encoder.encode_frame(image::Frame::new(frame)).expect("a frame");
        }
    })
}

/// A WebP of two frames.
fn moving_webp() -> Vec<u8> {
    let still = plain(ImageFormat::WebP, 1);
    let pixels = &still[12..];
    let three = |number: u32| number.to_le_bytes()[..3].to_vec();
    let part = |kind: &[u8], data: &[u8]| {
        let pad = vec![0; data.len() % 2];
        [kind, &(data.len() as u32).to_le_bytes(), data, &pad].concat()
    };
    let (wide, high) = SEEN;
    let size = [three(wide - 1), three(high - 1)].concat();
    let frame = [vec![0; 6], size.clone(), three(100), vec![0], pixels.to_vec()].concat();
    let parts = [
        part(b"VP8X", &[vec![0x02, 0, 0, 0], size].concat()),
        part(b"ANIM", &[0; 6]),
        part(b"ANMF", &frame),
        part(b"ANMF", &frame),
    ]
    .concat();
    [&b"RIFF"[..], &(parts.len() as u32 + 4).to_le_bytes(), b"WEBP", &parts].concat()
}

/// A TIFF with further directories of a kind (`NewSubfileType`).
fn pages_of_tiff(more: &[u32]) -> Vec<u8> {
    let mut out = tiff(1, 1);
    let first = u32::from_le_bytes([out[4], out[5], out[6], out[7]]) as usize;
    let mut link = first + 2 + 10 * 12;
    for kind in more {
        let start = out.len();
        out[link..link + 4].copy_from_slice(&(start as u32).to_le_bytes());
        let entries = out[first + 2..first + 2 + 120].to_vec();
        out.extend(11u16.to_le_bytes());
        out.extend([254u16.to_le_bytes(), 4u16.to_le_bytes()].concat());
        out.extend([1u32.to_le_bytes(), kind.to_le_bytes()].concat());
        out.extend(entries);
        link = out.len();
        out.extend([0; 4]);
    }
    out
}

#[test]
fn what_follows_the_first_picture_of_a_file_is_told() {
    for (name, bytes, part) in [
        ("a.gif", moving_gif(3), "`figures/a.gif` moves"),
        ("a.png", moving_png(2), "`figures/a.png` moves"),
        ("a.webp", moving_webp(), "`figures/a.webp` moves"),
        ("a.tif", pages_of_tiff(&[2, 2]), "`figures/a.tif` has 3 pages"),
        // Whatever it is called.
        ("b.jpg", moving_gif(2), "`figures/b.jpg` moves"),
    ] {
        let project = report(&[(name, bytes)]);
        for run in [project.run(&["render", "o.pdf"]).ok(), project.run(&["check"])] {
            let told = run.stderr;
            assert!(told.contains("warning[TP0021]") && told.contains(part), "{told}");
            assert!(told.contains(&format!("{TREND}:7:6")), "{told}");
        }
        // The hint, followed: the first frame as a picture of its own.
        let project = report(&[("a.png", plain(ImageFormat::Png, 1))]);
        assert!(!project.run(&["check"]).stderr.contains("TP0021"));
    }
    // One frame, one page, and smaller pictures of it are no more than is printed.
    for (name, bytes) in [
        ("a.gif", moving_gif(1)),
        ("a.png", moving_png(1)),
        ("a.tif", pages_of_tiff(&[1])),
        ("b.tif", pages_of_tiff(&[4])),
        ("a.webp", plain(ImageFormat::WebP, 1)),
    ] {
        let told = report(&[(name, bytes)]).run(&["render", "o.pdf"]).ok().stderr;
        assert!(!told.contains("TP0021"), "{name}: {told}");
    }
}
