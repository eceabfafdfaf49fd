//! The tones of data can be told apart where no colour is printed, and by eyes that see fewer
//! colours: computed from the tokens of the theme.

use std::collections::BTreeMap;

use crate::project::repository;

/// Red, green and blue of light, from 0 to 1.
type Light = [f64; 3];

/// How much light the four inks leave of white, about.
const LEFT: [f64; 4] = [0.23, 0.17, 0.74, 0.02];

/// What eyes see that lack one of the three receptors, of Machado, Oliveira and Fernandes (2009).
const EYES: [(&str, f64, [Light; 3]); 4] = [
    ("all", 12.0, [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "no red",
        12.0,
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "no green",
        12.0,
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
    // One in ten thousand.
    (
        "no blue",
        8.0,
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ),
];

/// The least distance in gray, in steps of lightness from 0 to 100: of four series that only tones
/// tell apart, and of any two that touch.
const LEAST_GRAY: f64 = 11.5;
/// The same of their inks.
const LEAST_INKS: f64 = 10.0;
/// The least distance of two series that dashes or marks tell apart too, as a share of that of four.
const OTHERWISE_APART: f64 = 0.58;

/// A tone: its name, its light on the screen, and how light its inks are.
type Tone = (String, Light, f64);

/// The tones of the series: those of the kit, in which a template's theme replaces some.
fn tones(template: Option<&str>) -> Vec<Tone> {
    let read = |path: &str| std::fs::read_to_string(repository().join(path)).expect("a theme");
    let theme = read("templates/kit/theme.typ");
    let own = template.map(|name| read(&format!("templates/{name}/theme.typ"))).unwrap_or_default();
    let mut tokens = BTreeMap::new();
    for line in theme.lines().chain(own.lines()) {
        let Some((name, rest)) = line.trim().split_once(": (\"#") else { continue };
        let channel =
            |at| f64::from(u8::from_str_radix(&rest[at..at + 2], 16).expect("a colour")) / 255.0;
        let (_, inks) = rest.split_once('(').expect("inks");
        let (inks, _) = inks.split_once(')').expect("inks");
        let inks: Vec<f64> =
            inks.split(", ").map(|ink| ink.parse::<f64>().expect("an ink") / 100.0).collect();
        let printed = inks.iter().zip(LEFT).map(|(ink, left)| 1.0 - ink * (1.0 - left)).product();
        tokens.insert(name.to_owned(), ([0, 2, 4].map(channel).map(linear), printed));
    }
    let data = theme.split("#let (data, data-names, data-inner)").nth(1).expect("the data's tones");
    let rows = data.lines().skip(1).take_while(|line| line.trim() != ")");
    rows.map(|row| {
        let name = row.trim().trim_start_matches('(').trim_start_matches("token(\"");
        let end = name.find([',', '"']).expect("a token");
        let name = name[..end].to_owned();
        let (screen, printed) = tokens[&name];
        (name, screen, printed)
    })
    .collect()
}

fn linear(channel: f64) -> f64 {
    if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
}

/// The lightness of CIELAB.
fn lightness([r, g, b]: Light) -> f64 {
    of_luminance(0.2126 * r + 0.7152 * g + 0.0722 * b)
}

fn of_luminance(y: f64) -> f64 {
    116.0 * if y > 0.008856 { y.cbrt() } else { 7.787 * y + 16.0 / 116.0 } - 16.0
}

fn seen(light: Light, by: [Light; 3]) -> Light {
    by.map(|row| row.iter().zip(light).map(|(a, b)| a * b).sum::<f64>().clamp(0.0, 1.0))
}

/// A colour in OKLab, in hundredths.
fn place([r, g, b]: Light) -> [f64; 3] {
    let l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b).cbrt();
    let m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b).cbrt();
    let s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b).cbrt();
    [
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    ]
    .map(|value| value * 100.0)
}

fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// All pairs of series, by their numbers.
fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |a| (a + 1..count).map(move |b| (a, b)))
}

/// The pairs that are too near to each other.
fn too_near(tones: &[Tone]) -> Vec<String> {
    let mut out = vec![];
    for (a, b) in pairs(tones.len()) {
        let ((one, screen_a, printed_a), (other, screen_b, printed_b)) = (&tones[a], &tones[b]);
        // Lines have dashes and marks from the fifth series on.
        let alone = a / 4 == b / 4;
        let gray = (lightness(*screen_a) - lightness(*screen_b)).abs();
        let inks = (of_luminance(*printed_a) - of_luminance(*printed_b)).abs();
        if (alone || b == a + 1) && (gray < LEAST_GRAY || inks < LEAST_INKS) {
            out.push(format!("{one} and {other} in gray: {gray:.1}, in inks {inks:.1}"));
        }
        for (eyes, least, by) in EYES {
            let least = if alone { least } else { least * OTHERWISE_APART };
            let apart = distance(place(seen(*screen_a, by)), place(seen(*screen_b, by)));
            if apart < least {
                out.push(format!("{one} and {other} with {eyes}: {apart:.1}"));
            }
        }
    }
    out
}

#[test]
fn series_differ_in_gray_and_to_the_colour_blind() {
    let folders = std::fs::read_dir(repository().join("templates")).expect("templates");
    let names = folders.map(|entry| entry.expect("a folder").file_name().into_string());
    let names: Vec<String> = names.map(|name| name.expect("UTF-8")).collect();
    let has_theme = |name: &&str| {
        *name != "kit" && repository().join(format!("templates/{name}/theme.typ")).exists()
    };
    let templates = names.iter().map(String::as_str).filter(has_theme).map(Some);
    for template in templates.chain([None]) {
        let tones = tones(template);
        assert_eq!(tones.len(), 12);
        let near = too_near(&tones);
        assert!(near.is_empty(), "{template:?}:\n{}", near.join("\n"));
    }
}

#[test]
fn tones_that_are_too_near_are_found() {
    let mut tones = tones(None);
    // Red and green of one lightness.
    tones[1].1 = [0.45, 0.12, 0.1];
    tones[2].1 = [0.1, 0.23, 0.05];
    let near = too_near(&tones);
    assert!(near.iter().any(|pair| pair.starts_with("amber and teal in gray")), "{near:?}");
    assert!(near.iter().any(|pair| pair.starts_with("amber and teal with no")), "{near:?}");
}
