//! The catalogue of rules: stable codes, their origins, and the limits that a profile may set.
//!
//! The letter says the origin: `P` the file as such, `A` ISO 15930-7 (PDF/X-4), `B` the Ghent
//! Workgroup's specification of 2022 for sheet-fed CMYK, `H` the norms of Chinese printing houses.
//! The crate's `LEDGER.md` says how each requirement is met.

/// A rule.
#[derive(Debug, PartialEq)]
pub struct Rule {
    /// Its code, which never changes.
    pub code: &'static str,
    /// Its requirement.
    pub demand: &'static str,
    /// The limits that a profile may set.
    pub limits: &'static [&'static Limit],
}

/// A number that a profile may set.
#[derive(Debug, PartialEq)]
pub struct Limit {
    /// The code of its rule.
    pub rule: &'static str,
    /// Its key in a profile.
    pub name: &'static str,
    /// Its value where a profile sets none; the rule's demand names the unit.
    pub value: f64,
}

impl Rule {
    /// Returns whether the rule is always an error: a file that cannot be read completely passes no
    /// profile.
    pub fn is_fixed(&self) -> bool {
        self.code.starts_with('P')
    }
}

macro_rules! rules {
    ($($name:ident = $code:literal, $demand:literal $(, $constant:ident $limit:literal: $value:literal)*;)*) => {
        $(
            #[doc = $demand]
            pub static $name: Rule = Rule { code: $code, demand: $demand, limits: &[$(&$constant),*] };
            $(
                #[doc = concat!("`", $limit, "` of `", $code, "`")]
                pub static $constant: Limit = Limit { rule: $code, name: $limit, value: $value };
            )*
        )*
        /// All rules, in the order of their code families.
        pub static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    READABLE = "P1-readable", "the file is a PDF that can be read";
    WORK = "P2-limit", "the file can be read within the limits on memory and processing";
    CONTENT = "P3-content", "all resources used by pages are present";
    DAMAGED = "P5-damaged", "the data that pages use are whole";
    XREF = "P4-xref", "the cross-reference table is at the position that the file gives";

    HEADER = "A1-header", "the header declares the standard's version of PDF or an earlier one";
    XMP_STREAM = "A2-xmp-stream", "the XMP packet is present, well-formed and in a stream without filters";
    XMP_VERSION = "A2-xmp-version", "XMP's pdfxid:GTS_PDFXVersion is PDF/X-4";
    INFO_VERSION = "A2-info-version", "Info declares the version of PDF/X that the profile asks for";
    TRAPPED = "A3-trapped", "Trapped is True or False, the same in Info and XMP";
    TITLE = "A4-title", "the title is in Info and XMP, exactly the same in both";
    DATES = "A4-dates", "CreationDate and ModDate are present in Info and XMP and agree";
    XMP_IDS = "A4-xmp-ids", "XMP has MetadataDate, DocumentID, VersionID and RenditionClass";
    FILE_ID = "A5-file-id", "the trailer has an ID of two strings";
    ENCRYPTED = "A5-encrypted", "the file is not encrypted";
    OUTPUT_INTENT = "A6-output-intent", "there is exactly one output intent of kind GTS_PDFX";
    OUTPUT_CONDITION = "A6-output-condition", "the output intent specifies its condition, registry and info";
    OUTPUT_PROFILE = "A6-output-profile", "the output intent embeds a CMYK printer profile";
    CONDITION_MATCH = "A6-condition-match", "the output condition is the one that the profile is made for";
    TRIM_BOX = "A7-trim-box", "every page has a TrimBox";
    ART_BOX = "A7-art-box", "no page has an ArtBox in addition to its TrimBox";
    BLEED_BOX = "A7-bleed-box", "every page has a BleedBox";
    BOX_NESTING = "A7-box-nesting", "the TrimBox lies within the BleedBox, and the BleedBox within the MediaBox";
    DEVICE_COLOUR = "A8-device-colour", "device colour is of the type that the output intent defines";
    FONT_EMBEDDED = "A9-font-embedded", "all fonts used to paint text are embedded";
    FONT_PROGRAM = "A9-font-program", "embedded font programs can be read";
    GLYPH_MISSING = "A9-glyph-missing", "fonts have all glyphs that are shown";
    GLYPH_UNDEFINED = "A9-notdef", "no character is shown as .notdef";
    GLYPH_WIDTH = "A9-glyph-width", "the widths of painted glyphs match the embedded font, to 1/1000 of the size";
    ANNOTATION = "A10-annotation", "no annotation touches the bleed area";
    ACTION = "A11-action", "there are no actions";
    JAVASCRIPT = "A11-javascript", "there is no JavaScript";
    EMBEDDED_FILE = "A11-embedded-file", "there are no embedded files";
    OPI = "A11-opi", "there are no OPI comments";
    POSTSCRIPT = "A11-postscript", "there is no PostScript";
    ALTERNATE_IMAGE = "A11-alternate-image", "no image has alternates";
    REFERENCE = "A11-reference", "no form refers to another file";
    TRANSFER = "A11-transfer-function", "there are no transfer functions";
    HALFTONE_TRANSFER = "A11-halftone-transfer", "no halftone has a transfer function";
    BLACK_GENERATION = "A11-black-generation", "there are no functions for black generation or undercolour removal";
    XFA = "A11-xfa", "there is no XFA form";
    OUTLINE = "A12-outline-action", "the outline uses destinations, not actions";

    LAYER_AUTOMATIC = "A13-layer-automatic", "no layer is switched automatically";
    TRANSPARENCY = "A14-transparency", "there is no transparency (PDF/X-1a, PDF/X-3)";
    LAYERS = "A15-layers", "there are no layers (PDF/X-1a, PDF/X-3)";

    COLOUR_SPACE = "B1-colour-space", "colour is DeviceCMYK or DeviceGray";
    OUTPUT_CMYK = "B1-output-cmyk", "the output intent is a CMYK printer's";
    SPOT = "B1-spot", "there are no spot colours";
    SPOT_NAMES = "B1-spot-names", "each spot colour has one name";
    SPOT_STAND_IN = "B1-spot-stand-in", "each spot colour has one alternate colour";
    REGISTRATION = "B1-registration", "the colour All is used outside the trim alone";
    GROUP_SPACE = "B2-group-colour-space", "transparency groups blend in DeviceCMYK";
    CROP_BOX = "B3-crop-box", "the CropBox is absent or equals the MediaBox";
    USER_UNIT = "B3-user-unit", "UserUnit is absent";
    RESOLUTION = "B4-image-resolution", "images have sufficient resolution at their printed size (ppi)", RESOLUTION_PPI "ppi": 149.0, RESOLUTION_BITMAP_PPI "bitmap-ppi": 549.0;
    RESOLUTION_ADVICE = "B4-image-resolution-advice", "images have the recommended resolution (ppi)", RESOLUTION_ADVICE_PPI "ppi": 224.0, RESOLUTION_ADVICE_BITMAP_PPI "bitmap-ppi": 799.0;
    MASK_RESOLUTION = "B4-mask-resolution", "soft masks have sufficient resolution at their printed size (ppi)", MASK_RESOLUTION_PPI "ppi": 99.0;
    INK = "B5-ink-coverage", "total ink, averaged over any square (mm), stays below the limit (%)", INK_PERCENT "percent": 320.0, INK_SQUARE "square": 15.0;
    TEXT_OVERPRINT = "B6-text-overprint", "black text smaller than the limit (pt) overprints the colour under it", TEXT_OVERPRINT_BELOW "below": 12.0;
    LINE_OVERPRINT = "B6-line-overprint", "black lines thinner than the limit (pt) overprint the colour under them", LINE_OVERPRINT_BELOW "below": 2.0;
    SMALL_TEXT = "B7-small-text", "text smaller than the limit (pt) uses one ink and is not white", SMALL_TEXT_BELOW "below": 8.0;
    THIN_LINE = "B8-thin-line", "lines thinner than the limit (pt) use one ink and are not white", THIN_LINE_BELOW "below": 0.25;
    HAIRLINE = "B8-hairline", "lines have at least the given width (pt)", HAIRLINE_LEAST "least": 0.1;
    LINE_INKS = "B8-line-inks", "lines thinner than the limit (pt) have at most so many inks", LINE_INKS_BELOW "below": 1.0, LINE_INKS_INKS "inks": 3.0;
    RICH_BLACK = "B9-rich-black-text", "total ink of black text (from a given K %) does not exceed the limit (%)", RICH_BLACK_BLACK "black": 85.0, RICH_BLACK_PERCENT "percent": 280.0;
    PAGE_SIZE = "B10-page-size", "all pages have the same TrimBox";
    ROTATE = "B10-rotate", "no page is rotated";
    EMPTY_PAGE = "B10-empty-page", "no page is empty";
    WHITE_OVERPRINT = "B10-white-overprint", "white never overprints";
    BLEED = "B11-bleed", "anything that reaches the trim extends to the bleed edge";
    SAFETY = "B11-safety-margin", "text and elements up to the given size keep the given distance from the trim (mm)", SAFETY_DISTANCE "distance": 3.0, SAFETY_SIZE "size": 20.0;
    HALFTONE_FREQUENCY = "B12-halftone-frequency", "halftones have at least the given frequency (lpi)", HALFTONE_FREQUENCY_LEAST "least": 100.0;
    LAYER_HIDDEN = "B13-hidden-layer", "no layer is hidden";

    SHEET = "H1-trim-size", "the trimmed page is 210 × 285, 185 × 260 or 210 × 297 mm, or as the profile's `sizes` say";
    BLEED_WIDTH = "H2-bleed-width", "the bleed has the required width (mm)", BLEED_WIDTH_BLEED "bleed": 3.0;
    PAGE_COUNT = "H3-page-count", "the page count is a multiple of the given number", PAGE_COUNT_MULTIPLE "multiple": 4.0;
    BODY_BLACK = "H4-body-black", "dark grey and black text smaller than the limit (pt) uses black ink only", BODY_BLACK_BELOW "below": 14.0;
}

/// Returns the rule with this code.
pub fn named(code: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.code == code)
}
