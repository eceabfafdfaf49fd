//! Fonts of Type 3: each glyph is a small content stream (ISO 32000-1, 9.6.5).
//!
//! Documents of TeX show hundreds of thousands of them, so a glyph's program is unpacked once a
//! page, and its pictures are read once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use door::End;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::Resources;
use kurbo::Affine;

use super::data::{self, matrix};

/// A font of Type 3.
pub(super) struct Drawn<'a> {
    pub(super) matrix: Affine,
    names: Vec<String>,
    pub(super) widths: HashMap<u8, f64>,
    programs: Dict<'a>,
    pub(super) resources: Resources<'a>,
    read: RefCell<HashMap<u8, Option<Rc<Program>>>>,
}

/// A glyph's program.
pub(super) struct Program {
    pub(super) content: Vec<u8>,
    /// The operator d1 says that the glyph has no colour of its own.
    pub(super) uncoloured: bool,
    pub(super) damaged: bool,
}

impl<'a> Drawn<'a> {
    /// Reads a font of Type 3.
    pub(super) fn new(font: &Dict<'a>, resources: &Resources<'a>) -> Self {
        let first = font.get::<i64>("FirstChar").unwrap_or(0);
        let widths = font.get::<Array<'_>>("Widths");
        let widths = widths.iter().flat_map(|list| list.iter::<f32>()).enumerate();
        let coded = |(at, width): (usize, f32)| {
            let code = u8::try_from(first.saturating_add(at as i64)).ok()?;
            Some((code, f64::from(width)))
        };
        Self {
            matrix: matrix(font, "FontMatrix"),
            names: differences(font),
            widths: widths.take(256).filter_map(coded).collect(),
            programs: font.get::<Dict<'_>>("CharProcs").unwrap_or_default(),
            resources: Resources::from_parent(
                font.get::<Dict<'_>>("Resources").unwrap_or_default(),
                resources.clone(),
            ),
            read: RefCell::default(),
        }
    }

    /// Returns the program of a code's glyph; `count` is given the bytes that are unpacked for it,
    /// and says whether they can be kept.
    pub(super) fn program(
        &self,
        code: u8,
        limit: usize,
        count: impl FnOnce(usize) -> bool,
    ) -> Option<Rc<Program>> {
        if let Some(known) = self.read.borrow().get(&code) {
            return known.clone();
        }
        let read = || {
            let name = self.names.get(usize::from(code))?;
            let stream = self.programs.get::<Stream<'_>>(name.as_bytes())?;
            let content = data::unpacked(&stream, limit);
            let uncoloured = content.bytes.windows(2).take(200).any(|pair| pair == b"d1");
            let damaged = content.end == End::Damaged;
            Some(Rc::new(Program { content: content.bytes, uncoloured, damaged }))
        };
        let program = read();
        if count(program.as_ref().map_or(0, |program| program.content.len())) {
            self.read.borrow_mut().insert(code, program.clone());
        }
        program
    }
}

/// Returns the glyph names of a simple font's codes, from the differences of its encoding.
fn differences(font: &Dict<'_>) -> Vec<String> {
    let mut names = vec![String::new(); 256];
    let list = font
        .get::<Dict<'_>>("Encoding")
        .and_then(|encoding| encoding.get::<Array<'_>>("Differences"));
    let mut code = 0usize;
    for item in list.iter().flat_map(|list| list.iter::<Object<'_>>()) {
        match item {
            Object::Number(number) => code = usize::try_from(number.as_i64()).unwrap_or(256),
            Object::Name(name) => {
                if let Some(slot) = names.get_mut(code) {
                    *slot = Name::as_str(&name).to_owned();
                }
                code = code.saturating_add(1);
            }
            _ => {}
        }
    }
    names
}
