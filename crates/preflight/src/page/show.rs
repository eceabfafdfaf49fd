//! Showing text in fonts whose glyphs are content streams.

use std::rc::Rc;

use kurbo::{Affine, BezPath};

use super::drawn::Drawn;
use super::glyphs::Piece;
use super::walk::{TILE, UNPACKED, Walk};
use l10n::say;

/// The bytes of glyphs' programs that a page keeps.
const PROGRAMS: usize = 64 << 20;

impl<'a> Walk<'a, '_> {
    /// Shows text in a font of Type 3.
    pub(super) fn show_drawn(&mut self, pieces: &[Piece<'_>], font: &Rc<Drawn<'a>>) {
        let text = self.state.text.clone();
        let stretch = text.scale / 100.0;
        let place = Affine::new([text.size * stretch, 0.0, 0.0, text.size, 0.0, text.rise]);
        for piece in pieces {
            let codes = match piece {
                Piece::Text(codes) => *codes,
                Piece::Move(by) => {
                    self.advance(-f64::from(*by) / 1000.0 * text.size * stretch);
                    &[]
                }
            };
            for &code in codes {
                if !self.spend(1) {
                    return;
                }
                if text.mode != 3 {
                    let matrix = self.state.text.matrix * place * font.matrix;
                    self.draw(font, code, matrix);
                }
                let width = font.widths.get(&code).copied().unwrap_or(0.0);
                let [across, ..] = font.matrix.as_coeffs();
                let word = if code == 32 { text.word_space } else { 0.0 };
                let all = width * across * text.size + text.character_space + word;
                self.advance(all * stretch);
            }
        }
    }

    /// Returns whether the program of a glyph is kept: all of a page take so much and no more.
    fn keeps(&mut self, bytes: usize) -> bool {
        self.spend(bytes / (UNPACKED / 4));
        self.programs = self.programs.saturating_add(bytes);
        self.programs <= PROGRAMS
    }

    fn advance(&mut self, by: f64) {
        self.state.text.matrix *= Affine::translate((by, 0.0));
    }

    fn draw(&mut self, font: &Rc<Drawn<'a>>, code: u8, matrix: Affine) {
        let limit = self.means.stream;
        let Some(program) = font.program(code, limit, |bytes| self.keeps(bytes)) else { return };
        if program.damaged {
            let name = self.font.name.clone();
            self.sink.damaged(say!("glyph"), &name, None);
        }
        let path: BezPath = std::mem::take(&mut self.path);
        let (outer, base, was) = (self.state.clone(), self.base, self.uncoloured);
        self.state.matrix *= matrix;
        self.base = self.state.matrix;
        self.uncoloured = was || program.uncoloured;
        let kept = std::mem::replace(&mut self.kept, true);
        self.content(&program.content, &font.resources, TILE);
        self.kept = kept;
        (self.state, self.base, self.uncoloured, self.path) = (outer, base, was, path);
    }
}
