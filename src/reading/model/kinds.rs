//! The kinds of parts: the one table of what holds for each.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    ColophonMatter, ForewordMatter, ImprintMatter, InsertMatter, PlacedMatter, TextMatter,
    TrendMatter,
};
use source::schema;

/// A kind of part; [`KINDS`] says what holds for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the table describes them")]
pub enum PartKind {
    Cover,
    Contents,
    ListOfFigures,
    ListOfTables,
    Lists,
    Index,
    References,
    BackCover,
    Trend,
    Chapter,
    Divider,
    Foreword,
    Summary,
    Glossary,
    Appendix,
    Insert,
    Placed,
    Imprint,
    Colophon,
}

/// What holds for a kind of part.
#[derive(Debug)]
pub struct Kind {
    /// The kind.
    pub kind: PartKind,
    /// Its name: `layout` in front matter, an entry of `parts` for what is made, `parts` in a
    /// template's declaration.
    pub name: &'static str,
    /// What it is, in a word or two, for editors.
    pub about: &'static str,
    /// Where it comes from.
    pub origin: Origin,
    /// How its parts are counted, if they are.
    pub counted: Option<Counted>,
    /// Whether it stands in the list of contents, unless its front matter says otherwise.
    pub listed: bool,
}

/// Where a part comes from.
#[derive(Debug)]
pub enum Origin {
    /// It is made of what other files hold.
    Made,
    /// An author writes it.
    Written {
        /// The names of its files, without their ending and a number before them; one that ends
        /// with `-` stands for all that begin so, and one with `…` for all that begin as it does
        /// before that and have what is behind it: `第…章` for `第三章-总论`.
        files: &'static [&'static str],
        /// The names of folders whose files are such parts.
        folders: &'static [&'static str],
        /// The schema of its front matter.
        schema: fn() -> Value,
    },
}

/// How parts of a kind are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// 1, 2, 3.
    Figures,
    /// A, B, C.
    Letters,
}

const fn made(kind: PartKind, name: &'static str, about: &'static str, listed: bool) -> Kind {
    Kind { kind, name, about, origin: Origin::Made, counted: None, listed }
}

/// All kinds, in the order in which they are offered.
///
/// Files called otherwise are of the first kind of these that a template can hold.
pub static KINDS: [Kind; 19] = [
    Kind {
        kind: PartKind::Trend,
        name: "trend",
        about: "A trend.",
        origin: Origin::Written {
            files: &[],
            folders: &["trends", "趋势"],
            schema: schema::of::<TrendMatter>,
        },
        counted: Some(Counted::Figures),
        listed: true,
    },
    Kind {
        kind: PartKind::Chapter,
        name: "chapter",
        about: "A chapter.",
        origin: Origin::Written {
            files: &["chapter", "chapter-", "第…章"],
            folders: &["chapters", "章节", "正文"],
            schema: schema::of::<TextMatter>,
        },
        counted: Some(Counted::Figures),
        listed: true,
    },
    Kind {
        kind: PartKind::Divider,
        name: "divider",
        about: "A page that opens several chapters, which belong together.",
        origin: Origin::Written {
            files: &["divider", "divider-", "第…篇", "第…编", "第…部分"],
            folders: &["dividers"],
            schema: schema::of::<TextMatter>,
        },
        counted: Some(Counted::Figures),
        listed: true,
    },
    Kind {
        kind: PartKind::Foreword,
        name: "foreword",
        about: "A preface.",
        origin: Origin::Written {
            files: &["foreword", "preface", "前言", "序", "序言", "卷首语"],
            folders: &[],
            schema: schema::of::<ForewordMatter>,
        },
        counted: None,
        listed: false,
    },
    Kind {
        kind: PartKind::Summary,
        name: "summary",
        about: "A summary of the report.",
        origin: Origin::Written {
            files: &["summary", "executive-summary", "abstract", "摘要", "内容摘要", "执行摘要"],
            folders: &[],
            schema: schema::of::<TextMatter>,
        },
        counted: None,
        listed: true,
    },
    Kind {
        kind: PartKind::Glossary,
        name: "glossary",
        about: "A list of terms.",
        origin: Origin::Written {
            files: &["glossary", "术语", "术语表"],
            folders: &[],
            schema: schema::of::<TextMatter>,
        },
        counted: None,
        listed: true,
    },
    Kind {
        kind: PartKind::Appendix,
        name: "appendix",
        about: "An appendix.",
        origin: Origin::Written {
            files: &["appendix", "appendix-", "附录…"],
            folders: &["appendix", "appendices", "附录"],
            schema: schema::of::<TextMatter>,
        },
        counted: Some(Counted::Letters),
        listed: true,
    },
    Kind {
        kind: PartKind::Insert,
        name: "insert",
        about: "A partner's page.",
        origin: Origin::Written {
            files: &["insert"],
            folders: &[],
            schema: schema::of::<InsertMatter>,
        },
        counted: None,
        listed: false,
    },
    Kind {
        kind: PartKind::Placed,
        name: "placed",
        about: "Pages of a finished PDF.",
        origin: Origin::Written {
            files: &["placed", "placed-", "advertisement", "advertisement-"],
            folders: &[],
            schema: schema::of::<PlacedMatter>,
        },
        counted: None,
        listed: false,
    },
    Kind {
        kind: PartKind::Imprint,
        name: "imprint",
        about: "The imprint: who published the report, and what may be done with it.",
        origin: Origin::Written {
            files: &["imprint", "copyright", "版权页", "版权声明"],
            folders: &[],
            schema: schema::of::<ImprintMatter>,
        },
        counted: None,
        listed: false,
    },
    Kind {
        kind: PartKind::Colophon,
        name: "colophon",
        about: "The colophon: the people who made the report.",
        origin: Origin::Written {
            files: &["colophon"],
            folders: &[],
            schema: schema::of::<ColophonMatter>,
        },
        counted: None,
        listed: false,
    },
    made(PartKind::Cover, "cover", "The front cover.", false),
    made(PartKind::Contents, "contents", "The list of contents.", false),
    made(PartKind::ListOfFigures, "list-of-figures", "The list of figures.", false),
    made(PartKind::ListOfTables, "list-of-tables", "The list of tables.", false),
    made(PartKind::Lists, "lists", "The list of figures, and below it that of tables.", false),
    made(PartKind::Index, "index", "The index.", true),
    made(PartKind::References, "references", "The list of references.", true),
    made(PartKind::BackCover, "back-cover", "The back cover.", false),
];

impl Kind {
    /// Whether the program makes its parts of what other files hold.
    pub fn is_made(&self) -> bool {
        matches!(self.origin, Origin::Made)
    }
}

/// Names of files whose chapters have no number, unless their front matter gives them one: what stands
/// behind the text and is no part of its argument.
const UNNUMBERED: [&str; 18] = [
    "acknowledgements",
    "acknowledgments",
    "thanks",
    "afterword",
    "postscript",
    "epilogue",
    "bibliography",
    "further-reading",
    "about",
    "about-us",
    "致谢",
    "鸣谢",
    "后记",
    "跋",
    "编后记",
    "参考资料",
    "关于我们",
    "作者简介",
];

/// The name of a file or folder without its ending and a number before it.
fn bare(path: &str) -> &str {
    let name = path.strip_suffix(".md").unwrap_or(path).rsplit('/').next().unwrap_or_default();
    let bare = name.trim_start_matches(|c: char| c.is_ascii_digit());
    if bare.len() == name.len() { name } else { bare.trim_start_matches(['-', '_']) }
}

/// Whether a chapter in the file at a path has no number by its name: `后记.md`.
pub(in crate::reading) fn is_unnumbered(path: &str) -> bool {
    UNNUMBERED.contains(&bare(path))
}

impl PartKind {
    /// Returns what holds for the kind.
    pub fn entry(self) -> &'static Kind {
        KINDS.iter().find(|entry| entry.kind == self).expect("a test finds each")
    }

    /// Returns its name.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// Returns the kind with this name, made or written.
    pub fn named(name: &str) -> Option<Self> {
        KINDS.iter().find(|entry| entry.name == name).map(|entry| entry.kind)
    }

    /// Returns the kind of an author's file, by its path, or by that of its folder if that is one
    /// part; `None` if the name says nothing.
    pub fn of_path(path: &str) -> Option<Self> {
        let bare = bare(path);
        let written = |test: &dyn Fn(&[&str], &[&str]) -> bool| {
            let entry = KINDS.iter().find(|entry| match &entry.origin {
                Origin::Written { files, folders, .. } => test(files, folders),
                Origin::Made => false,
            });
            entry.map(|entry| entry.kind)
        };
        let is_called = |files: &[&str], _: &[&str]| {
            files.iter().any(|file| match file.split_once('…') {
                Some((before, behind)) => is_counted_part(bare, before, behind),
                None if file.ends_with('-') => bare.starts_with(file),
                None => bare == *file,
            })
        };
        let folder = path.rsplit('/').nth(1).unwrap_or_default();
        written(&is_called).or_else(|| written(&|_, folders| folders.contains(&folder)))
    }
}

/// Whether a name is that of a part that is counted in Chinese: `第三章-总论`, `附录A`, `附录`.
fn is_counted_part(name: &str, before: &str, behind: &str) -> bool {
    let number = |c: char| c.is_ascii_alphanumeric() || "〇零一二三四五六七八九十百".contains(c);
    let Some(rest) = name.strip_prefix(before) else { return false };
    let end = rest.find(|c| !number(c)).unwrap_or(rest.len());
    let (number, rest) = rest.split_at(end);
    let Some(rest) = rest.strip_prefix(behind) else { return false };
    let parted = rest.starts_with(|c: char| c.is_whitespace() || "-_—：:、.．".contains(c));
    // 第三章节 is another word, and so is 附录音频.
    (!number.is_empty() || behind.is_empty()) && number.len() < 16 && (rest.is_empty() || parted)
}

/// The schema of a kind that is named: those for which `test` holds.
fn choice(test: fn(&Kind) -> bool) -> Schema {
    let choices: Vec<Value> = KINDS
        .iter()
        .filter(|entry| test(entry))
        .map(|entry| json!({ "const": entry.name, "type": "string", "description": entry.about }))
        .collect();
    json_schema!({ "oneOf": choices })
}

/// `layout` takes what an author writes; what is made stands in `parts` by its name.
impl JsonSchema for PartKind {
    fn schema_name() -> Cow<'static, str> {
        "PartKind".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut schema = choice(|entry| !entry.is_made());
        let about =
            "The kind of part that a Markdown file is; if omitted, the file's name decides.";
        schema.insert("description".into(), about.into());
        schema
    }
}

/// The schema of a kind that a template can hold: any.
pub(super) fn any_kind(_: &mut SchemaGenerator) -> Schema {
    let mut schema = json_schema!({ "type": "array", "uniqueItems": true });
    schema.insert("items".into(), choice(|_| true).into());
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_every_kind_by_the_name_that_is_written() {
        for entry in &KINDS {
            assert_eq!(json!(entry.kind), json!(entry.name));
            assert_eq!(entry.kind.entry().name, entry.name);
        }
        let mut kinds: Vec<_> = KINDS.iter().map(|entry| entry.kind).collect();
        kinds.sort();
        kinds.dedup();
        // The last of the enumeration.
        assert_eq!(kinds.len(), PartKind::Colophon as usize + 1);
    }

    #[test]
    fn names_of_files_and_folders_say_the_kind() {
        for (path, kind) in [
            ("summary.md", Some(PartKind::Summary)),
            ("front/02-executive-summary.md", Some(PartKind::Summary)),
            ("appendix-b.md", Some(PartKind::Appendix)),
            ("90_appendix-data.md", Some(PartKind::Appendix)),
            ("appendices/methods.md", Some(PartKind::Appendix)),
            ("appendix/a.md", Some(PartKind::Appendix)),
            ("chapters/01-funding", Some(PartKind::Chapter)),
            ("chapters/foreword.md", Some(PartKind::Foreword)),
            ("imprint.md", Some(PartKind::Imprint)),
            ("preface.md", Some(PartKind::Foreword)),
            ("trends/01-a.md", Some(PartKind::Trend)),
            ("appendicitis.md", None),
            ("summary-of-data.md", None),
            ("第一章.md", Some(PartKind::Chapter)),
            ("正文/01-总论.md", Some(PartKind::Chapter)),
            ("03-第12章 方法.md", Some(PartKind::Chapter)),
            ("第二篇-应用.md", Some(PartKind::Divider)),
            ("附录.md", Some(PartKind::Appendix)),
            ("附录A-数据.md", Some(PartKind::Appendix)),
            ("附录一.md", Some(PartKind::Appendix)),
            ("前言.md", Some(PartKind::Foreword)),
            ("执行摘要.md", Some(PartKind::Summary)),
            ("术语表.md", Some(PartKind::Glossary)),
            ("版权页.md", Some(PartKind::Imprint)),
            ("第三章节.md", None),
            ("附录音频.md", None),
            ("第章.md", None),
            ("2025.md", None),
        ] {
            assert_eq!(PartKind::of_path(path), kind, "{path}");
        }
    }
}
