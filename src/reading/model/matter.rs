//! The front matter of the Markdown parts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PartKind;

/// Defines the front matter of kinds of parts: their own keys, and those of every part.
macro_rules! matter {
    (
        $(#[$about:meta])*
        $name:ident {
            $(#[$title:meta])*
            title,
            $($(#[$own:meta])* $key:ident: $type:ty,)*
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case", deny_unknown_fields)]
        pub struct $name {
            /// The kind of this part.
            #[serde(default, skip_serializing)]
            pub layout: Option<PartKind>,
            $(#[$title])*
            #[schemars(length(min = 1))]
            pub title: String,
            /// The title split into lines; joined, they must equal the title.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[schemars(length(min = 1))]
            pub title_lines: Option<Vec<String>>,
            /// A shorter title for running heads.
            #[serde(default)]
            #[schemars(length(min = 1))]
            pub short_title: Option<String>,
            /// The page budget: how many pages the part must fill.
            #[serde(default)]
            #[schemars(range(min = 1, max = 64))]
            pub pages: Option<u32>,
            /// The condition on which the part is in the report, such as `partner.tier=gold`.
            #[serde(default, skip_serializing)]
            pub when: Option<String>,
            /// Whether the part has a number, and its headings with it; `true` for the kinds that
            /// are numbered.
            #[serde(default, skip_serializing)]
            pub numbered: Option<bool>,
            /// Whether the part stands in the list of contents; if omitted, its kind decides.
            #[serde(default, skip_serializing)]
            pub contents: Option<bool>,
            /// The label by which the text refers to the part: `sec-` and a name, such as `sec-method`.
            #[serde(default, skip_serializing)]
            pub label: Option<String>,
            $($(#[$own])* pub $key: $type,)*
        }

        impl Matter for $name {
            fn common(&mut self) -> Common<'_> {
                Common {
                    title: &mut self.title,
                    title_lines: self.title_lines.as_mut(),
                    short_title: self.short_title.as_mut(),
                    pages: self.pages,
                    numbered: self.numbered,
                    contents: self.contents,
                    label: self.label.take(),
                }
            }
        }
    };
}

/// The front matter of any part.
pub(crate) trait Matter {
    /// Returns the keys that every part has.
    fn common(&mut self) -> Common<'_>;
}

/// The keys that every part has.
#[derive(Debug)]
pub(crate) struct Common<'a> {
    /// The title.
    pub title: &'a mut String,
    /// Its lines.
    pub title_lines: Option<&'a mut Vec<String>>,
    /// A shorter one.
    pub short_title: Option<&'a mut String>,
    /// The page budget.
    pub pages: Option<u32>,
    /// Whether it has a number.
    pub numbered: Option<bool>,
    /// Whether it stands in the list of contents.
    pub contents: Option<bool>,
    /// The label by which the text refers to it.
    pub label: Option<String>,
}

matter! {
    /// The front matter of a part that has nothing but its text: a chapter, a summary, an appendix.
    TextMatter {
        /// The title.
        title,
    }
}

matter! {
    /// The front matter of the imprint.
    ImprintMatter {
        /// The title.
        title,
        /// What is published, by whom and when, one fact per line.
        #[serde(default)]
        entries: Vec<Labelled>,
    }
}

matter! {
    /// The front matter of a trend.
    TrendMatter {
        /// The title.
        title,
        /// The line figure in the band; if omitted, the template chooses one by the trend's number.
        #[serde(default)]
        motif: Option<String>,
        /// The quotation that closes the trend.
        #[serde(default)]
        quote: Option<Quote>,
    }
}

/// A quotation, verbatim or paraphrased.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Quote {
    /// The person quoted.
    pub name: String,
    /// The person's titles, one per line.
    #[serde(default)]
    pub titles: Vec<String>,
    /// Whether this quotation is verbatim or paraphrased.
    pub kind: QuoteKind,
    /// The quoted text.
    pub text: String,
    /// The source of the quotation; required if it is verbatim.
    #[serde(default)]
    pub source: Option<String>,
    /// A picture under `content/`.
    #[serde(default)]
    pub portrait: Option<String>,
}

/// Whether a quotation is verbatim or paraphrased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteKind {
    /// Word for word, with a source.
    Verbatim,
    /// Paraphrased in indirect speech.
    Paraphrase,
}

matter! {
    /// The front matter of a preface.
    ForewordMatter {
        /// The title.
        title,
    }
}

matter! {
    /// The front matter of a partner's page.
    InsertMatter {
        /// The partner's name.
        title,
        /// What the partner stands for, in one line.
        #[serde(default)]
        claim: Option<String>,
        /// The partner's web address.
        #[serde(default)]
        url: Option<String>,
        /// A row of QR codes, each generated from its address.
        #[serde(default)]
        codes: Vec<Code>,
        /// Contact details of the partner, one per line.
        #[serde(default)]
        contact: Vec<Labelled>,
    }
}

matter! {
    /// The front matter of a part that is pages of a finished PDF.
    PlacedMatter {
        /// What the pages are, such as the name of the partner whose advertisement they are.
        title,
        /// The PDF below `content/`; its pages have the size of the report's.
        file: String,
        /// The pages of the file, from 1; all if omitted.
        #[serde(default)]
        #[schemars(length(min = 1, max = 64), inner(range(min = 1)))]
        only: Option<Vec<u32>>,
        /// What the pages say and show, for those who do not see them.
        #[schemars(length(min = 1))]
        alt: String,
    }
}

/// A page of a PDF as a part places it, in points.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct PlacedPage {
    /// The path of the page by itself.
    pub path: String,
    /// Its width with its bleed.
    pub width: f64,
    /// Its height with its bleed.
    pub height: f64,
    /// How much of it lies beyond the trim at the left.
    pub left: f64,
    /// How much of it lies beyond the trim at the top.
    pub top: f64,
}

matter! {
    /// The front matter of the colophon.
    ColophonMatter {
        /// The title.
        title,
        /// The people who made the report, in groups.
        #[serde(default)]
        committee: Vec<CommitteeGroup>,
        /// Contact details of the publisher, one per line.
        #[serde(default)]
        contact: Vec<Labelled>,
    }
}

/// A group of people with one task.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CommitteeGroup {
    /// The task.
    pub role: String,
    /// The people.
    pub names: Vec<String>,
}

/// A labelled value.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Labelled {
    /// The label before the value.
    pub label: String,
    /// The value.
    pub value: String,
}

/// A QR code with a caption.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Code {
    /// The caption.
    pub label: String,
    /// The address that the code points to; it begins with `https://` or `http://`.
    #[schemars(regex(pattern = r"^https?://\S+$"))]
    pub url: String,
    /// The code's modules (ISO/IEC 18004), a row each, `1` for dark; filled in by us.
    #[serde(default, skip_deserializing)]
    #[schemars(skip)]
    pub modules: Vec<String>,
}

impl Labelled {
    /// Returns label and value, for modification.
    pub(crate) fn both(&mut self) -> [&mut String; 2] {
        [&mut self.label, &mut self.value]
    }
}
