//! The effect of each operator (ISO 32000-1, annex A).

use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Name, Number, Object, String as PdfString};
use hayro_syntax::page::Resources;
use kurbo::{Affine, BezPath, PathEl, Point};

use super::Space;
use super::glyphs::Piece;
use super::state::Colour;
use super::walk::Walk;
use l10n::say;

fn point(x: &Number, y: &Number) -> Point {
    Point::new(x.as_f64(), y.as_f64())
}

fn numbers(list: &[&Number]) -> Vec<f32> {
    list.iter().map(|n| n.as_f32()).collect()
}

impl<'a> Walk<'a, '_> {
    /// Executes an operator.
    pub(super) fn operator(&mut self, op: Op<'_, '_>, resources: &Resources<'a>, floor: usize) {
        match op {
            Op::SaveState(_) => self.save(),
            Op::RestoreState(_) => self.restore(floor),
            Op::Transform(m) => {
                let m = [m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64());
                self.state.matrix *= Affine::new(m);
            }
            Op::LineWidth(w) => self.state.stroke.width = w.0.as_f64().abs(),
            Op::LineCap(cap) => self.state.set_cap(cap.0.as_i64()),
            Op::LineJoin(join) => self.state.set_join(join.0.as_i64()),
            Op::MiterLimit(limit) => self.state.stroke.miter_limit = limit.0.as_f64().max(1.0),
            Op::DashPattern(dash) => self.state.set_dash(dash.0, dash.1.as_f64()),
            Op::SetGraphicsState(name) => self.graphics_state(name.0, resources),
            Op::XObject(name) => self.x_object(name.0, resources),
            Op::Shading(name) => self.shading_fill(name.0, resources),
            Op::InlineImage(stream) => {
                let image = self.inline_image(stream.0, resources);
                self.image(&image, "BI", resources);
            }
            op => self.path_operator(op, resources),
        }
    }

    fn path_operator(&mut self, op: Op<'_, '_>, resources: &Resources<'a>) {
        let last = |path: &BezPath| match path.elements().last() {
            Some(
                PathEl::MoveTo(p)
                | PathEl::LineTo(p)
                | PathEl::QuadTo(_, p)
                | PathEl::CurveTo(_, _, p),
            ) => *p,
            _ => Point::ZERO,
        };
        // A path begins with a point; what comes before one is dropped.
        let begun = !self.path.elements().is_empty();
        match op {
            Op::MoveTo(p) => self.path.move_to(point(&p.0, &p.1)),
            Op::RectPath(r) => {
                let (start, size) = (point(&r.0, &r.1), point(&r.2, &r.3));
                self.path.move_to(start);
                self.path.line_to((start.x + size.x, start.y));
                self.path.line_to((start.x + size.x, start.y + size.y));
                self.path.line_to((start.x, start.y + size.y));
                self.path.close_path();
            }
            Op::LineTo(p) if begun => self.path.line_to(point(&p.0, &p.1)),
            Op::CubicTo(c) if begun => {
                self.path.curve_to(point(&c.0, &c.1), point(&c.2, &c.3), point(&c.4, &c.5))
            }
            Op::CubicStartTo(c) if begun => {
                let start = last(&self.path);
                self.path.curve_to(start, point(&c.0, &c.1), point(&c.2, &c.3));
            }
            Op::CubicEndTo(c) if begun => {
                let end = point(&c.2, &c.3);
                self.path.curve_to(point(&c.0, &c.1), end, end);
            }
            Op::ClosePath(_) if begun => self.path.close_path(),
            Op::ClipNonZero(_) => self.clipping = Some(false),
            Op::ClipEvenOdd(_) => self.clipping = Some(true),
            Op::EndPath(_) => self.paint_path(None, false, resources),
            Op::StrokePath(_) => self.paint_path(None, true, resources),
            Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) => {
                self.paint_path(Some(false), false, resources)
            }
            Op::FillPathEvenOdd(_) => self.paint_path(Some(true), false, resources),
            Op::FillAndStrokeNonZero(_) => self.paint_path(Some(false), true, resources),
            Op::FillAndStrokeEvenOdd(_) => self.paint_path(Some(true), true, resources),
            Op::CloseAndStrokePath(_) if begun => self.close_and_paint(None, resources),
            Op::CloseFillAndStrokeNonZero(_) if begun => {
                self.close_and_paint(Some(false), resources)
            }
            Op::CloseFillAndStrokeEvenOdd(_) if begun => {
                self.close_and_paint(Some(true), resources)
            }
            op => self.colour_operator(op, resources),
        }
    }

    fn close_and_paint(&mut self, fill: Option<bool>, resources: &Resources<'a>) {
        self.path.close_path();
        self.paint_path(fill, true, resources);
    }

    fn colour_operator(&mut self, op: Op<'_, '_>, resources: &Resources<'a>) {
        let mut device = |name: &'static [u8], colour: &[f32]| {
            let name = Name::new(name).expect("a plain name");
            Colour::of(self.space_named(&name, resources), colour)
        };
        let colour = match &op {
            Op::StrokeColorDeviceGray(g) => device(b"DeviceGray", &numbers(&[&g.0])),
            Op::NonStrokeColorDeviceGray(g) => device(b"DeviceGray", &numbers(&[&g.0])),
            Op::StrokeColorDeviceRgb(c) => device(b"DeviceRGB", &numbers(&[&c.0, &c.1, &c.2])),
            Op::NonStrokeColorDeviceRgb(c) => device(b"DeviceRGB", &numbers(&[&c.0, &c.1, &c.2])),
            Op::StrokeColorCmyk(c) => device(b"DeviceCMYK", &numbers(&[&c.0, &c.1, &c.2, &c.3])),
            Op::NonStrokeColorCmyk(c) => device(b"DeviceCMYK", &numbers(&[&c.0, &c.1, &c.2, &c.3])),
            Op::ColorSpaceStroke(cs) => self.space(cs.0, resources),
            Op::ColorSpaceNonStroke(cs) => self.space(cs.0, resources),
            Op::StrokeColor(c) => changed(&self.state.line, &c.0, None),
            Op::StrokeColorNamed(c) => changed(&self.state.line, &c.0, c.1),
            Op::NonStrokeColor(c) => changed(&self.state.fill, &c.0, None),
            Op::NonStrokeColorNamed(c) => changed(&self.state.fill, &c.0, c.1),
            _ => return self.text_operator(op, resources),
        };
        if self.uncoloured {
            return;
        }
        match op {
            Op::StrokeColorDeviceGray(_)
            | Op::StrokeColorDeviceRgb(_)
            | Op::StrokeColorCmyk(_)
            | Op::ColorSpaceStroke(_)
            | Op::StrokeColor(_)
            | Op::StrokeColorNamed(_) => self.state.line = colour,
            _ => self.state.fill = colour,
        }
    }

    fn space(&mut self, name: &Name<'_>, resources: &Resources<'a>) -> Colour {
        let space = self.space_named(name, resources);
        if matches!(*space, Space::Unknown) && resources.get_color_space(name).is_none() {
            self.sink.missing(say!("colour space"), name.as_str());
        }
        if space.stand_in().is_some() && self.is_cut_off(&Object::Name(name.clone()), resources) {
            let how = say!("the function of its tints has fewer samples than it says");
            self.sink.damaged(say!("colour space"), name.as_str(), Some(how));
        }
        Colour::in_space(space)
    }

    fn text_operator(&mut self, op: Op<'_, '_>, resources: &Resources<'a>) {
        let text = &mut self.state.text;
        match op {
            Op::BeginText(_) => (text.matrix, text.line) = (Affine::IDENTITY, Affine::IDENTITY),
            Op::EndText(_) => {
                let clip = std::mem::take(&mut self.text_clip);
                if !clip.elements().is_empty() {
                    self.clip(clip, false);
                }
            }
            Op::CharacterSpacing(n) => text.character_space = n.0.as_f64(),
            Op::WordSpacing(n) => text.word_space = n.0.as_f64(),
            Op::HorizontalScaling(n) => text.scale = n.0.as_f64(),
            Op::TextLeading(n) => text.leading = n.0.as_f64(),
            Op::TextRise(n) => text.rise = n.0.as_f64(),
            Op::TextRenderingMode(n) => text.mode = n.0.as_i64(),
            Op::TextFont(font) => {
                (text.font, text.size) = (font.0.as_ref().into(), font.1.as_f64());
                self.choose_font(font.0, resources);
            }
            Op::SetTextMatrix(m) => {
                let matrix = Affine::new([m.0, m.1, m.2, m.3, m.4, m.5].map(|n| n.as_f64()));
                (text.matrix, text.line) = (matrix, matrix);
            }
            Op::NextLine(n) => text.next_line(n.0.as_f64(), n.1.as_f64()),
            Op::NextLineAndSetLeading(n) => {
                text.leading = -n.1.as_f64();
                text.next_line(n.0.as_f64(), n.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => text.next_line(0.0, -text.leading),
            Op::ShowText(s) => self.show(&[Piece::Text(s.0.as_bytes())], resources),
            Op::NextLineAndShowText(s) => {
                text.next_line(0.0, -text.leading);
                self.show(&[Piece::Text(s.0.as_bytes())], resources);
            }
            Op::ShowTextWithParameters(s) => {
                (text.word_space, text.character_space) = (s.0.as_f64(), s.1.as_f64());
                text.next_line(0.0, -text.leading);
                self.show(&[Piece::Text(s.2.as_bytes())], resources);
            }
            Op::ShowTexts(array) => {
                let items: Vec<Object> = array.0.iter::<Object<'_>>().collect();
                let mut pieces = vec![];
                for item in &items {
                    match item {
                        Object::String(text) => pieces.push(Piece::Text(PdfString::as_bytes(text))),
                        Object::Number(number) => pieces.push(Piece::Move(number.as_f32())),
                        _ => {}
                    }
                }
                self.show(&pieces, resources);
            }
            // Marked content, rendering intents, flatness: nothing that inks depend on.
            _ => {}
        }
    }
}

fn changed(colour: &Colour, components: &[Number], pattern: Option<&Name<'_>>) -> Colour {
    let components: Vec<f32> = components.iter().map(Number::as_f32).collect();
    let mut colour = colour.clone();
    colour.set(&components, pattern.map(AsRef::as_ref));
    colour
}
