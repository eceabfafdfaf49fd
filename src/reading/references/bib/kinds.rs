//! Kinds of entries and their fields, in BibTeX, BibLaTeX and what programs make of them.

/// What a kind of entry is in Hayagriva: its type, and the type of what holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// The type.
    pub(super) own: &'static str,
    /// The type of the parent, if it has one.
    pub(super) parent: Option<&'static str>,
}

const fn kind(own: &'static str) -> Option<Kind> {
    Some(Kind { own, parent: None })
}

const fn part(own: &'static str, parent: &'static str) -> Option<Kind> {
    Some(Kind { own, parent: Some(parent) })
}

/// Returns the kind with a name; `None` if there is none.
pub(super) fn named(name: &str) -> Option<Kind> {
    match &*name.to_ascii_lowercase() {
        "article" | "journalarticle" | "magazinearticle" | "magazine" | "review" => {
            part("article", "periodical")
        }
        "newspaper" | "newspaperarticle" | "news" => part("article", "newspaper"),
        "book" | "mvbook" | "booklet" | "manual" | "ebook" | "monograph" => kind("book"),
        "inbook" | "suppbook" | "bookinbook" => part("chapter", "book"),
        "incollection" | "suppcollection" | "booksection" => part("anthos", "anthology"),
        "inproceedings" | "conference" | "conferencepaper" | "presentation" => {
            part("article", "proceedings")
        }
        "proceedings" | "mvproceedings" => kind("proceedings"),
        "collection" | "mvcollection" => kind("anthology"),
        "reference" | "mvreference" => kind("reference"),
        "inreference" | "encyclopediaarticle" | "dictionaryentry" => part("entry", "reference"),
        "phdthesis" | "mastersthesis" | "mathesis" | "bathesis" | "thesis" | "dissertation"
        | "bachelorsthesis" | "doctoralthesis" => kind("thesis"),
        "techreport" | "report" | "whitepaper" | "techrep" => kind("report"),
        "standard" | "legislation" | "legal" | "statute" | "bill" => kind("legislation"),
        "jurisdiction" | "case" => kind("case"),
        "patent" => kind("patent"),
        "online" | "electronic" | "www" | "webpage" | "internet" | "web" | "website" => kind("web"),
        "software" | "computerprogram" => kind("repository"),
        "dataset" | "data" => kind("dataset"),
        "periodical" | "journal" => kind("periodical"),
        "unpublished" | "manuscript" => kind("manuscript"),
        "video" | "movie" | "film" => kind("video"),
        "audio" | "music" => kind("audio"),
        "artwork" | "image" => kind("artwork"),
        "misc" | "other" | "generic" | "letter" | "commentary" | "performance" | "preprint" => {
            kind("misc")
        }
        _ => None,
    }
}

/// The kinds that could have been meant.
pub(super) const USUAL: [&str; 9] = [
    "article",
    "book",
    "inproceedings",
    "misc",
    "online",
    "standard",
    "phdthesis",
    "report",
    "patent",
];

/// Whether an entry only gives its fields to others, or is none.
pub(super) fn is_store(name: &str) -> bool {
    ["xdata", "set", "comment", "preamble", "string"].iter().any(|x| name.eq_ignore_ascii_case(x))
}

/// The fields that are read.
const READ: [&str; 63] = [
    "title",
    "subtitle",
    "author",
    "editor",
    "bookauthor",
    "translator",
    "holder",
    "date",
    "year",
    "month",
    "day",
    "urldate",
    "accessed",
    "lastaccessed",
    "lastchecked",
    "journal",
    "journaltitle",
    "booktitle",
    "maintitle",
    "volume",
    "number",
    "issue",
    "pages",
    "page",
    "eid",
    "articleno",
    "pagetotal",
    "edition",
    "chapter",
    "publisher",
    "address",
    "location",
    "place",
    "school",
    "institution",
    "organization",
    "howpublished",
    "note",
    "url",
    "link",
    "ee",
    "doi",
    "eprint",
    "eprinttype",
    "archiveprefix",
    "isbn",
    "issn",
    "version",
    "series",
    "type",
    "langid",
    "language",
    "hyphenation",
    "eventtitle",
    "venue",
    "eventdate",
    "crossref",
    "xdata",
    "entrysubtype",
    "booksubtitle",
    "arxivid",
    "numpages",
    "totalpages",
];

/// The fields that are for programs and their users, and are not printed in any list.
const KEPT: [&str; 88] = [
    "abstract",
    "annotation",
    "annote",
    "addendum",
    "keywords",
    "keyword",
    "file",
    "pdf",
    "owner",
    "timestamp",
    "groups",
    "priority",
    "ranking",
    "readstatus",
    "comment",
    "review",
    "citeulike",
    "mendeley-tags",
    "mendeley-groups",
    "creationdate",
    "modificationdate",
    "added-at",
    "biburl",
    "bibsource",
    "interhash",
    "intrahash",
    "shorttitle",
    "shortjournal",
    "shortauthor",
    "shorteditor",
    "primaryclass",
    "eprintclass",
    "copyright",
    "rights",
    "source",
    "database",
    "databaseprovider",
    "foundation",
    "coden",
    "pmid",
    "pmcid",
    "pubmedid",
    "mrnumber",
    "zbl",
    "lccn",
    "isan",
    "ismn",
    "iswc",
    "callnumber",
    "call-number",
    "library",
    "archive",
    "archivelocation",
    "location-code",
    "sortkey",
    "sortname",
    "sorttitle",
    "sortyear",
    "presort",
    "key",
    "label",
    "options",
    "ids",
    "related",
    "relatedtype",
    "relatedstring",
    "gender",
    "indextitle",
    "indexsorttitle",
    "issn-l",
    "eissn",
    "issn-online",
    "publicationstate",
    "pubstate",
    "origdate",
    "nameaddon",
    "titleaddon",
    "booktitleaddon",
    "filename",
    "cn",
    "citation_number",
    "cnkikey",
    "clc",
    "srcdatabase",
    "dbcode",
    "dbname",
    "fulltext",
    "summary",
];

/// Whether a field is read, or is not for print in any list.
pub(super) fn is_field(name: &str) -> bool {
    READ.contains(&name)
        || KEPT.contains(&name)
        // Programs of readers keep their own: `bdsk-url-1`, `date-added`, `x-fetchedfrom`.
        || ["bdsk-", "date-", "x-", "jabref-", "zotero-", "unique-", "web-of-", "research-", "da"]
            .iter()
            .any(|start| name.starts_with(start) && name.len() > start.len() && (name.contains('-')))
        || name.ends_with("type") && name.starts_with("editor")
        || ["editora", "editorb", "editorc", "usera", "userb", "userc", "annotator", "commentator"]
            .contains(&name)
}

/// The fields that could have been meant.
pub(super) fn fields() -> impl Iterator<Item = &'static str> {
    READ.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_known_in_any_case() {
        assert_eq!(named("ARTICLE"), part("article", "periodical"));
        assert_eq!(named("Standard"), kind("legislation"));
        assert_eq!(named("articel"), None);
    }

    #[test]
    fn fields_of_programs_are_no_slips() {
        for name in ["bdsk-url-1", "date-added", "abstract", "pages", "editortype"] {
            assert!(is_field(name), "{name}");
        }
        for name in ["titel", "publishr", "data"] {
            assert!(!is_field(name), "{name}");
        }
    }
}
