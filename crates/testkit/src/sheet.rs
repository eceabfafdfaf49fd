//! A press's view of a PDF: boxes, operators, separations, output intent, images.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream, String as PdfString};

use crate::pdf::{File, decode, text_of};

impl File {
    /// The boxes of each page by their names: left, bottom, right, top, in points.
    pub fn page_boxes(&self) -> Vec<BTreeMap<&'static str, [f64; 4]>> {
        let names = ["MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"];
        let pages = self.pdf.pages();
        let boxes = pages.iter().map(|page| {
            let found = |name: &str| {
                page.raw().get::<Rect>(name).map(|rect| [rect.x0, rect.y0, rect.x1, rect.y1])
            };
            names.iter().filter_map(|name| Some((*name, found(name)?))).collect()
        });
        boxes.collect()
    }

    /// How often each operator stands in the content of pages and forms.
    pub fn operators(&self) -> BTreeMap<String, usize> {
        let mut out = BTreeMap::new();
        let mut count = |data: &[u8]| {
            let mut operations = hayro_syntax::content::UntypedIter::new(data);
            while let Some(operation) = operations.next() {
                *out.entry(String::from_utf8_lossy(operation.operator).into_owned())
                    .or_default() += 1;
            }
        };
        self.pdf.pages().iter().for_each(|page| count(page.page_stream().unwrap_or_default()));
        for form in self.streams("Form") {
            count(&form.decoded().expect("a readable form"));
        }
        out
    }

    fn streams(&self, kind: &str) -> Vec<Stream<'_>> {
        let streams = self.pdf.objects().into_iter().filter_map(Object::into_stream);
        streams
            .filter(|stream| {
                stream.dict().get::<Name>("Subtype").is_some_and(|name| &*name == kind.as_bytes())
            })
            .collect()
    }

    /// The names of the inks beside the four.
    pub fn separations(&self) -> BTreeSet<String> {
        let arrays = self.pdf.objects().into_iter().flat_map(|object| match object {
            Object::Array(array) => vec![array],
            Object::Dict(dict) => dict
                .get::<Dict>("ColorSpace")
                .map(|spaces| {
                    spaces.keys().filter_map(|key| spaces.get::<Array>(key.as_ref())).collect()
                })
                .unwrap_or_default(),
            _ => vec![],
        });
        let name = |array: Array| {
            let mut parts = array.iter::<Object>();
            let kind = parts.next()?.into_name()?;
            (&*kind == b"Separation")
                .then(|| parts.next()?.into_name().map(|name| text_of(&name)))?
        };
        arrays.filter_map(name).collect()
    }

    /// A text of the document information.
    pub fn info(&self, key: &str) -> Option<String> {
        let dicts = self.pdf.objects().into_iter().filter_map(Object::into_dict);
        let info = dicts.filter(|dict| dict.contains_key("Trapped")).last()?;
        info.get::<PdfString>(key).map(|text| decode(text.as_bytes()))
    }

    /// The printing condition that the output intent names.
    pub fn output_condition(&self) -> Option<String> {
        let intent: Dict = self.catalog().get::<Array>("OutputIntents")?.iter::<Dict>().next()?;
        let profile: Stream = intent.get("DestOutputProfile")?;
        assert_eq!(&profile.decoded().expect("a profile")[12..20], b"prtrCMYK");
        intent.get::<PdfString>("OutputConditionIdentifier").map(|text| decode(text.as_bytes()))
    }

    /// The colour space and the bytes of each picture.
    pub fn pictures(&self) -> Vec<(String, Vec<u8>)> {
        let data = |stream: Stream| {
            let space = stream
                .dict()
                .get::<Name>("ColorSpace")
                .map(|name| text_of(&name))
                .unwrap_or_default();
            (space, stream.decoded().expect("a readable picture").to_vec())
        };
        self.streams("Image").into_iter().map(data).collect()
    }
}
