//! The graphics state (ISO 32000-1, 8.4 and 9.3), as far as inks, sizes and positions depend on
//! it.

use std::rc::Rc;

use hayro_syntax::object::{Array, Dict, Name, Object};
use kurbo::{Affine, Cap, Join, Rect, Stroke};

use super::{Blend, Clip, Inks, SoftMask, Space};

/// A colour, or a pattern in its place.
#[derive(Clone)]
pub(super) struct Colour {
    pub(super) space: Rc<Space>,
    pub(super) inks: Inks,
    /// The name of a pattern, if one is selected.
    pub(super) pattern: Option<Rc<[u8]>>,
}

impl Colour {
    /// Creates the initial black of every page.
    fn black() -> Self {
        Self::in_space(Space::Gray)
    }

    /// Creates the initial colour of a space.
    pub(super) fn in_space(space: impl Into<Rc<Space>>) -> Self {
        let space = space.into();
        let inks = space.inks(&space.initial());
        Self { space, inks, pattern: None }
    }

    /// Creates a colour of a space.
    pub(super) fn of(space: Rc<Space>, components: &[f32]) -> Self {
        let inks = space.inks(components);
        Self { space, inks, pattern: None }
    }

    /// Sets another colour of the same space, or a pattern.
    pub(super) fn set(&mut self, components: &[f32], pattern: Option<&[u8]>) {
        self.inks = self.space.inks(components);
        self.pattern = pattern.map(Rc::from);
    }
}

/// The text state.
#[derive(Clone)]
pub(super) struct TextState {
    pub(super) font: Rc<[u8]>,
    pub(super) size: f64,
    pub(super) character_space: f64,
    pub(super) word_space: f64,
    /// The horizontal scaling, in percent.
    pub(super) scale: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
    pub(super) mode: i64,
    pub(super) matrix: Affine,
    pub(super) line: Affine,
}

impl TextState {
    /// Moves to a new line.
    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.line *= Affine::translate((x, y));
        self.matrix = self.line;
    }
}

/// The graphics state.
#[derive(Clone)]
pub(super) struct State {
    pub(super) matrix: Affine,
    pub(super) fill: Colour,
    pub(super) line: Colour,
    pub(super) stroke: Stroke,
    pub(super) text: TextState,
    pub(super) clip: Option<Rc<Clip>>,
    pub(super) clip_box: Rect,
    pub(super) fill_alpha: f32,
    pub(super) line_alpha: f32,
    pub(super) blend: Blend,
    pub(super) mask: Option<SoftMask>,
    pub(super) fill_overprint: bool,
    pub(super) line_overprint: bool,
    pub(super) keep_zero: bool,
}

impl State {
    /// Creates the initial state of a page.
    pub(super) fn new(clip_box: Rect) -> Self {
        let text = TextState {
            font: Rc::from([]),
            size: 0.0,
            character_space: 0.0,
            word_space: 0.0,
            scale: 100.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
            matrix: Affine::IDENTITY,
            line: Affine::IDENTITY,
        };
        Self {
            matrix: Affine::IDENTITY,
            fill: Colour::black(),
            line: Colour::black(),
            stroke: Stroke::new(1.0)
                .with_caps(Cap::Butt)
                .with_join(Join::Miter)
                .with_miter_limit(10.0),
            text,
            clip: None,
            clip_box,
            fill_alpha: 1.0,
            line_alpha: 1.0,
            blend: Blend::Cover,
            mask: None,
            fill_overprint: false,
            line_overprint: false,
            keep_zero: false,
        }
    }

    /// Applies the entries of a graphics state dictionary; the walk handles its soft mask and font.
    pub(super) fn apply(&mut self, dict: &Dict<'_>) {
        let number = |key: &str| dict.get::<f32>(key);
        if let Some(width) = number("LW") {
            self.stroke.width = f64::from(width);
        }
        if let Some(cap) = dict.get::<i32>("LC") {
            self.set_cap(i64::from(cap));
        }
        if let Some(join) = dict.get::<i32>("LJ") {
            self.set_join(i64::from(join));
        }
        if let Some(limit) = number("ML") {
            self.stroke.miter_limit = f64::from(limit);
        }
        // OP alone means both kinds of painting.
        if let Some(overprint) = dict.get::<bool>("OP") {
            self.line_overprint = overprint;
            self.fill_overprint = overprint;
        }
        if let Some(overprint) = dict.get::<bool>("op") {
            self.fill_overprint = overprint;
        }
        if let Some(mode) = dict.get::<i32>("OPM") {
            self.keep_zero = mode == 1;
        }
        if let Some(alpha) = number("CA") {
            self.line_alpha = alpha.clamp(0.0, 1.0);
        }
        if let Some(alpha) = number("ca") {
            self.fill_alpha = alpha.clamp(0.0, 1.0);
        }
        let blend = match dict.get::<Object<'_>>("BM") {
            Some(Object::Name(name)) => Some(blend(name.as_ref())),
            Some(Object::Array(names)) => {
                names.iter::<Name<'_>>().next().map(|name| blend(name.as_ref()))
            }
            _ => None,
        };
        self.blend = blend.unwrap_or(self.blend);
    }

    pub(super) fn set_cap(&mut self, cap: i64) {
        let cap = match cap {
            1 => Cap::Round,
            2 => Cap::Square,
            _ => Cap::Butt,
        };
        (self.stroke.start_cap, self.stroke.end_cap) = (cap, cap);
    }

    pub(super) fn set_join(&mut self, join: i64) {
        self.stroke.join = match join {
            1 => Join::Round,
            2 => Join::Bevel,
            _ => Join::Miter,
        };
    }

    pub(super) fn set_dash(&mut self, lengths: &Array<'_>, offset: f64) {
        let lengths: Vec<f64> = lengths.iter::<f32>().map(f64::from).collect();
        let sound = lengths.iter().all(|&l| l >= 0.0 && l.is_finite())
            && lengths.iter().sum::<f64>() > 0.01;
        self.stroke.dash_pattern =
            if sound { lengths.into_iter().collect() } else { Default::default() };
        self.stroke.dash_offset = offset;
    }
}

/// Returns the treatment of inks for a blend mode. Multiply and Darken are as in the standard,
/// and ColorBurn counts as Multiply; the others are taken to cover, which is exact for Normal and
/// close for the rest.
fn blend(name: &[u8]) -> Blend {
    match name {
        b"Multiply" | b"ColorBurn" => Blend::Multiply,
        b"Darken" => Blend::Darken,
        _ => Blend::Cover,
    }
}
