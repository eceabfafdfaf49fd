//! Tests of the ink heat map.

use preflight::Profile;

use testkit::good;

use super::checked;

/// The colour beyond the limit.
const WARNING: [u8; 3] = [214, 39, 24];

#[test]
fn the_picture_warns_where_there_is_too_much_ink() {
    let mut file = good::good();
    // 330 % over 40 mm, at the lower right of page 2.
    file.paint(1, &good::rect("0.9 0.8 0.8 0.8 k", 150.0, 20.0, 40.0, 40.0));
    let report = checked(&file.bytes(), "house");
    assert_eq!(report.heaviest().map(|page| (page.page, page.worst)), Some((2, 330.0)));
    let draw = |limit: &str| {
        let profile = format!(
            "title: mine\nrules:\n  B5-ink-coverage: {{ severity: warning, percent: {limit} }}\n"
        );
        let png = report
            .heat_map(&Profile::parse("mine.yaml", &profile).expect("a profile"))
            .expect("a picture");
        image::load_from_memory(&png).expect("a PNG").to_rgb8()
    };
    let warnings = |limit: &str| {
        let picture = draw(limit);
        // The legend, at the foot, has the colour too.
        let foot = picture.height() - 44;
        let pixels =
            picture.enumerate_pixels().filter(|(_, y, pixel)| *y < foot && pixel.0 == WARNING);
        pixels.map(|(x, y, _)| (x, y)).collect::<Vec<_>>()
    };
    // Two columns; a page is 216 × 291 mm with its bleed, and 280 pixels high.
    let scale = 280.0 / 291.0;
    let (left, top) = (16.0 + 216.0 * scale + 16.0, 16.0);
    let (x0, y0) = (left + 153.0 * scale, top + (291.0 - 63.0) * scale);
    let square = warnings("300");
    assert!(square.len() > 1000, "{}", square.len());
    // Some are the label's.
    let inside = |(x, y): &(u32, u32)| {
        let (x, y) = (f64::from(*x), f64::from(*y));
        (x0 - 2.0..x0 + 40.0 * scale + 2.0).contains(&x)
            && (y0 - 2.0..y0 + 40.0 * scale + 2.0).contains(&y)
            || y > 280.0 + top
    };
    assert!(square.iter().all(inside), "{square:?}");
    assert_eq!(warnings("340"), []);
}
