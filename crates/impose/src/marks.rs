//! Crop and fold marks, outside the bleed, in the registration colour.

use lopdf::{Document, Object, ObjectId, dictionary};

use super::ImposeError;
use super::layout::{GAP, Layout, REACH};
use super::rect::numbers;

/// Draws the marks of every side: solid lines in line with the cuts, dashed ones in line with the
/// fold.
pub(crate) fn content(layout: &Layout) -> String {
    let trim = layout.trim();
    let (near, far) = (layout.bleed + GAP, layout.bleed + REACH);
    let mut xs: Vec<f64> = layout.columns().flat_map(|(left, right)| [left, right]).collect();
    let mut ys: Vec<f64> = layout.rows().flat_map(|(bottom, top)| [bottom, top]).collect();
    let fold = layout.folded.then(|| (trim.left + trim.right) / 2.0);
    xs.retain(|x| fold.is_none_or(|fold| (x - fold).abs() > 1e-6));
    for edges in [&mut xs, &mut ys] {
        edges.sort_by(f64::total_cmp);
        // Without a gutter, one cut parts two pages.
        edges.dedup_by(|a, b| (*a - *b).abs() < 1e-6);
    }
    let upright = |x: f64| {
        line([x, trim.bottom - near, x, trim.bottom - far])
            + &line([x, trim.top + near, x, trim.top + far])
    };
    let level = |y: f64| {
        line([trim.left - near, y, trim.left - far, y])
            + &line([trim.right + near, y, trim.right + far, y])
    };
    let cuts: String = xs.into_iter().map(upright).chain(ys.into_iter().map(level)).collect();
    let folds = fold.map(|x| format!("[2 1.5] 0 d\n{}", upright(x))).unwrap_or_default();
    format!("q /All CS 1 SCN 0.25 w\n{cuts}{folds}Q\n")
}

fn line([x, y, to_x, to_y]: [f64; 4]) -> String {
    format!("{} m {} l S\n", numbers(&[x, y]), numbers(&[to_x, to_y]))
}

/// Returns the colour space of marks (ISO 32000-1, 8.6.6.4): a tint of all inks. One already in
/// the file is reused, since PDF/X-4 requires an ink to be described in one way only.
pub(crate) fn colour(document: &mut Document) -> Result<ObjectId, ImposeError> {
    let found = document.objects.values().find_map(registration).cloned();
    Ok(document.try_add_object(found.unwrap_or_else(new_colour))?)
}

/// Returns the registration colour space, if an object is or contains it.
fn registration(object: &Object) -> Option<&Object> {
    match object {
        Object::Array(parts) => {
            let named =
                |at: usize, name: &str| parts.get(at).is_some_and(|part| *part == name.into());
            if named(0, "Separation") && named(1, "All") {
                Some(object)
            } else {
                parts.iter().find_map(registration)
            }
        }
        Object::Dictionary(dict) => dict.iter().find_map(|(_, value)| registration(value)),
        Object::Stream(stream) => stream.dict.iter().find_map(|(_, value)| registration(value)),
        _ => None,
    }
}

fn new_colour() -> Object {
    let inks = |tint: i64| vec![Object::Integer(tint); 4];
    let tint = dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![Object::Integer(0), Object::Integer(1)],
        "C0" => inks(0),
        "C1" => inks(1),
        "N" => 1,
    };
    Object::Array(vec!["Separation".into(), "All".into(), "DeviceCMYK".into(), tint.into()])
}
