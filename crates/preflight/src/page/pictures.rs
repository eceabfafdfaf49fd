//! Images that content draws: each is read once, as far as memory allows.

use std::rc::Rc;

use hayro_syntax::object::{Object, Stream};
use hayro_syntax::page::Resources;
use kurbo::{Rect, Shape};

use super::picture::{self, Fault, Image};
use super::walk::{UNPACKED, Walk};
use super::{Bound, Kind, Paint};
use l10n::say;

/// The bytes of images that a page keeps, in case they are drawn again.
const PICTURES: usize = 128 << 20;

impl<'a> Walk<'a, '_> {
    /// Paints an image into the unit square.
    pub(super) fn image(&mut self, image: &Image, name: &str, resources: &Resources<'a>) {
        let pixels = |(width, height): (u32, u32)| format!("{width} × {height}");
        match image.fault {
            None => {}
            Some(Fault::Large) => self.sink.bounded(Bound::Bytes),
            Some(Fault::Damaged) => self.sink.damaged(say!("image"), name, None),
            Some(Fault::Size(said, own)) => {
                let (said, own) = (pixels(said), pixels(own));
                let how = say!("its data are {own} pixels, the dictionary says {said}", own, said);
                self.sink.damaged(say!("image"), name, Some(how));
            }
            Some(Fault::Components(said, own)) => {
                let how =
                    say!("its data have {own} components, its colour space has {said}", own, said);
                self.sink.damaged(say!("image"), name, Some(how));
            }
            Some(Fault::Table) => {
                let how = say!("the table of its colours ends before colours that it uses");
                self.sink.damaged(say!("image"), name, Some(how));
            }
            Some(Fault::Tints) => {
                let how = say!("the function of its tints has fewer samples than it says");
                self.sink.damaged(say!("image"), name, Some(how));
            }
        }
        let matrix = self.state.matrix;
        let square = matrix * Rect::new(0.0, 0.0, 1.0, 1.0).to_path(0.1);
        let kind = Kind::Image {
            matrix,
            width: image.width,
            height: image.height,
            bitmap: image.bitmap,
            alpha: image.alpha.clone(),
            mask: image.mask,
        };
        match &image.picture {
            Some(picture) => self.mark(kind, square, false, Paint::Picture(picture.clone()), false),
            None => {
                let colour = self.state.fill.clone();
                self.paint(kind, square, false, &colour, false, resources);
            }
        }
    }

    /// Reads an image object, once only.
    pub(super) fn read_image(
        &mut self,
        stream: &Stream<'_>,
        resources: &Resources<'a>,
    ) -> Rc<Image> {
        let id = stream.dict().obj_id().map(|id| (id.obj_number, id.gen_number));
        if let Some(known) = id.and_then(|id| self.images.get(&id)) {
            return known.clone();
        }
        let image = self.picture(stream, resources);
        if let Some(id) = id {
            self.keep(&image);
            self.images.insert(id, image.clone());
        }
        image
    }

    /// Reads an inline image; that of a glyph once only.
    pub(super) fn inline_image(
        &mut self,
        stream: &Stream<'_>,
        resources: &Resources<'a>,
    ) -> Rc<Image> {
        let data = stream.raw_data();
        let key = (data.as_ptr() as usize, data.len());
        if let Some(known) = self.small.get(&key).filter(|_| self.kept) {
            return known.clone();
        }
        let image = self.picture(stream, resources);
        if self.kept {
            self.keep(&image);
            self.small.insert(key, image.clone());
        }
        image
    }

    /// Makes room for an image that is kept.
    fn keep(&mut self, image: &Image) {
        let bytes = image.bytes();
        if self.pictured.saturating_add(bytes) > PICTURES {
            self.images.clear();
            self.small.clear();
            self.pictured = 0;
        }
        self.pictured += bytes;
    }

    fn picture(&mut self, stream: &Stream<'_>, resources: &Resources<'a>) -> Rc<Image> {
        // What there is no work left for counts as large.
        let enough = self.spend(picture::work(stream) / UNPACKED);
        let limit = if enough { self.means.stream } else { 0 };
        let dict = stream.dict();
        let own = self.space_in(dict, resources);
        let mut image = picture::read(stream, own, limit);
        let space = dict.get::<Object<'_>>("ColorSpace").or_else(|| dict.get::<Object<'_>>("CS"));
        if let (None, Some(space)) = (image.fault, space)
            && self.is_cut_off(&space, resources)
        {
            image.fault = Some(Fault::Tints);
        }
        Rc::new(image)
    }
}
