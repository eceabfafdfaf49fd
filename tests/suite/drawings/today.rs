//! What browsers draw today, and the program that draws does not know.

use super::{XMLNS, drawn, refused};

/// A drawing of 100 by 100 with these contents.
fn square(inner: &str) -> String {
    format!("<svg {XMLNS} viewBox=\"0 0 100 100\">{inner}</svg>")
}

#[test]
fn what_browsers_know_today_is_drawn() {
    let red = [255, 0, 0];
    let rect = "<rect class='a' x='10' y='10' width='40' height='80'";
    for inner in [
        format!("{rect} fill='rgb(255 0 0 / 100%)'/>"),
        format!("{rect} style='fill:rgb(255 0 0)'/>"),
        format!("<style>:where(.a){{fill:rgb(255 0 0)}}</style>{rect}/>"),
        format!("<style>svg :is(.b, rect){{fill:red}}</style>{rect}/>"),
        // What weighs nothing gives way, wherever it stands.
        format!("<style>rect{{fill:red}} :where(.a){{fill:blue}}</style>{rect}/>"),
        format!("<g style='text-orientation:upright'>{rect} fill='red'/></g>"),
        format!("{rect} fill='red'><animate attributeName='x' to='9' fill='freeze'/></rect>"),
    ] {
        let found = drawn(square(&inner));
        assert!(found.count(red) > 100 && (found.ratio(red) - 0.5).abs() < 0.03, "{inner}");
    }
}

#[test]
fn letters_have_the_height_that_browsers_give_them() {
    let size = |inner: &str| {
        let found = drawn(square(inner));
        let glyph = found.glyphs.iter().find(|glyph| glyph.text == "Q").expect("the letter");
        glyph.size
    };
    let sixteen = size("<text x='5' y='50' font-size='16'>Q</text>");
    for inner in [
        "<text x='5' y='50'>Q</text>",
        "<text x='5' y='50' style='font-size:100%'>Q</text>",
        "<g font-size='medium'><text x='5' y='50' font-size='1em'>Q</text></g>",
    ] {
        assert!((size(inner) - sixteen).abs() < 0.01, "{inner}");
    }
    let half = size("<g font-size='8'><text x='5' y='50'>Q</text></g>");
    assert!((half * 2.0 - sixteen).abs() < 0.01);
}

#[test]
fn whole_texts_are_lowered_and_made_as_long_as_they_say() {
    let place = |inner: &str, letter: &str| {
        let found = drawn(square(inner));
        let glyph = found.glyphs.iter().find(|glyph| glyph.text == letter).expect("the letter");
        (glyph.x, glyph.y)
    };
    let level = place("<text x='5' y='50' font-size='10'>Q</text>", "Q");
    let lowered = place("<text x='5' y='50' font-size='10' baseline-shift='sub'>Q</text>", "Q");
    assert!(level.1 != lowered.1, "{level:?} {lowered:?}");
    let text = |length: &str| {
        format!("<text x='5' y='50' font-size='10' font-family='Arial'{length}>QUZ</text>")
    };
    let short = place(&text(""), "Z");
    let long = place(&text(" textLength='80px' lengthAdjust='spacingAndGlyphs'"), "Z");
    assert!(long.0 > short.0 + 10.0, "{short:?} {long:?}");
}

#[test]
fn what_would_be_drawn_otherwise_is_refused() {
    let rect = "<rect x='10' y='10' width='40' height='40'";
    for (inner, told, hint) in [
        (
            format!("{rect} style='clip-path:circle(10px at 5px 5px)'/>"),
            "clip-path: circle",
            "plain SVG",
        ),
        (
            format!("{rect} clip-path='polygon(0 0,100% 0,50% 100%)'/>"),
            "clip-path: polygon",
            "plain SVG",
        ),
        (
            format!(
                "{rect} style='transform-box:fill-box;transform-origin:center;transform:rotate(45deg)'/>"
            ),
            "transform-box: fill-box",
            "plain SVG",
        ),
        ("<rect x='50vw' y='1' width='4' height='4'/>".to_owned(), "x: 50vw", "as a number"),
        (
            "<text x='5' y='5' font-size='6' style='text-orientation:upright'>Q</text>".to_owned(),
            "text-orientation: upright",
            "plain SVG",
        ),
        (
            "<use href='#MJX-1-TEX-I-78' x='5'/>".to_owned(),
            "it shows `#MJX-1-TEX-I-78`, which it does not hold",
            "fontCache",
        ),
        (
            "<use xlink:href='#gone'/>".to_owned(),
            "it shows `#gone`",
            "with all that it uses inside",
        ),
    ] {
        refused(square(&inner), told, hint);
    }
}
