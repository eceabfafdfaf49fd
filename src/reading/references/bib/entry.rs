//! An entry, field by field, as the same entry would be written in Hayagriva's YAML.

use std::ops::Range;

use serde_json::{Map, Value, json};

use l10n::say;

use super::super::guard;
use super::dates;
use super::dropped;
use super::kinds::Kind;
use super::linked::{self, is_linked};
use super::names::People;
use super::numbers;
use super::tex::{self, Text};

/// A field as written.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// Its name, in lower case.
    pub(super) name: String,
    /// Its value: what is between its braces.
    pub(super) value: String,
    /// Where it is.
    pub(super) range: Range<usize>,
}

/// Something that an entry says and a list will not, or not so.
#[derive(Debug)]
pub(super) struct Told {
    /// Where it is.
    pub(super) range: Range<usize>,
    /// The message.
    pub(super) message: String,
    /// What to do.
    pub(super) hint: String,
}

/// An entry that is read.
#[derive(Debug)]
pub(super) struct Made {
    /// The entry.
    pub(super) value: Value,
    /// Its address as it stands.
    pub(super) address: Option<String>,
    /// What is to be told.
    pub(super) told: Vec<Told>,
    /// The texts that are printed, each with its place.
    pub(super) printed: Vec<(String, Range<usize>)>,
}

/// Reads an entry; `None` kind is one that is not known.
pub(super) fn make(kind: Option<Kind>, fields: &[Field]) -> Made {
    let own = kind.unwrap_or(Kind { own: "misc", parent: None });
    let is_data = own.own == "dataset";
    let own = Kind { own: if is_data { "repository" } else { own.own }, ..own };
    let mut maker = Maker { fields, told: vec![], printed: vec![] };
    let mut entry = Map::new();
    let mut parent = Map::new();
    let own = maker.kind(own);
    maker.titles(own, &mut entry, &mut parent);
    let chinese = maker.language(&mut entry);
    maker.people(own, chinese, &mut entry, &mut parent);
    maker.date(&mut entry);
    maker.numbers(own, &mut entry, &mut parent);
    let address = maker.addresses(&mut entry, &parent);
    let own = maker.archive(own, &mut entry, &parent);
    maker.imprint(own, &mut entry, &mut parent);
    maker.dropped(own);
    if own.own == "repository" {
        // A program's genre says nothing to a style; that of data is its mark.
        entry.remove("genre");
        entry.extend(is_data.then(|| ("genre".to_owned(), json!("dataset"))));
    }
    entry.insert("type".to_owned(), json!(own.own));
    maker.parents(own, &mut entry, parent);
    Made { value: Value::Object(entry), address, told: maker.told, printed: maker.printed }
}

struct Maker<'a> {
    fields: &'a [Field],
    told: Vec<Told>,
    printed: Vec<(String, Range<usize>)>,
}

impl<'a> Maker<'a> {
    /// The first of these fields that says something.
    fn field(&self, names: &[&str]) -> Option<&'a Field> {
        names.iter().find_map(|name| {
            self.fields.iter().find(|f| f.name == *name && !f.value.trim().is_empty())
        })
    }

    fn has(&self, names: &[&str]) -> bool {
        self.field(names).is_some()
    }

    fn tell(&mut self, field: &Field, message: String, hint: String) {
        self.told.push(Told { range: field.range.clone(), message, hint });
    }

    /// Reads the text of the first of these fields.
    fn text(&mut self, names: &[&str]) -> Option<Text> {
        let field = self.field(names)?;
        let text = Text::read(&field.value);
        for command in &text.unknown {
            self.tell(
                field,
                say!(
                    "the command `{command}` in `{name}` is not printed",
                    command,
                    name = field.name
                ),
                say!("write the character itself, or plain text"),
            );
        }
        self.printed.push((text.plain(), field.range.clone()));
        Some(text)
    }

    fn formatted(&mut self, names: &[&str]) -> Option<Value> {
        self.text(names).map(|text| json!(text.formatted()))
    }

    fn plain(&mut self, names: &[&str]) -> Option<String> {
        self.text(names).map(|text| text.plain())
    }

    /// The kind, where a field makes it another.
    fn kind(&mut self, kind: Kind) -> Kind {
        let subtype = self.plain(&["entrysubtype"]).unwrap_or_default().to_lowercase();
        let number = self.field(&["number"]).map(|f| Text::read(&f.value).plain());
        let is_standard = number.is_some_and(|number| numbers::is_standard(&number));
        match kind.own {
            "article" if subtype == "newspaper" => {
                Kind { own: "article", parent: Some("newspaper") }
            }
            "misc" | "report" | "book" if is_standard => Kind { own: "legislation", parent: None },
            // A page on the web with the day it is of shows it; of a year alone it is the imprint.
            "misc" if self.address().is_some() && self.dated().is_some_and(|d| d.len() > 4) => {
                Kind { own: "web", parent: None }
            }
            // In BibTeX the title of a chapter's entry is that of its book.
            "chapter" if !self.has(&["booktitle", "maintitle", "journaltitle", "journal"]) => {
                Kind { own: "book", parent: None }
            }
            _ => kind,
        }
    }

    /// Tells what an entry of its kind says and no list prints.
    fn dropped(&mut self, kind: Kind) {
        let plain = |field: &Field| Text::read(&field.value).plain();
        if let Some(field) = self.field(&["number"]).filter(|_| kind.parent.is_none())
            && let Some((message, hint)) = dropped::of_number(kind.own, &plain(field))
        {
            self.tell(field, message, hint);
        }
    }

    fn titles(
        &mut self,
        kind: Kind,
        entry: &mut Map<String, Value>,
        parent: &mut Map<String, Value>,
    ) {
        if let Some(title) = self.text(&["title"]) {
            let mut text = title.formatted();
            // A style puts its own stop, and the mark of the kind.
            if let Some((length, message, hint)) = dropped::of_mark(&text) {
                text.truncate(length);
                if let Some(field) = self.field(&["title"]) {
                    self.tell(field, message, hint);
                }
            }
            text.truncate(dropped::ended(&text).len());
            if let Some(sub) = self.text(&["subtitle"]) {
                let han = title.plain().ends_with(cjk::is_ideograph);
                text.push_str(if han { "：" } else { ": " });
                text.push_str(&sub.formatted());
            }
            entry.insert("title".to_owned(), json!(text));
        }
        if kind.parent.is_some() {
            let names: &[&str] = match kind.parent {
                Some("periodical" | "newspaper") => &["journaltitle", "journal", "booktitle"],
                _ => &["booktitle", "maintitle", "journaltitle", "journal"],
            };
            if let Some(title) = self.formatted(names) {
                parent.insert("title".to_owned(), title);
            }
        }
    }

    /// Sets the language; returns whether the entry is Chinese.
    fn language(&mut self, entry: &mut Map<String, Value>) -> bool {
        let written = self.field(&["langid", "language", "hyphenation"]);
        let tag = written.and_then(|field| numbers::language(&Text::read(&field.value).plain()));
        if let Some(tag) = &tag {
            entry.insert("language".to_owned(), json!(tag));
        }
        match tag {
            Some(tag) => tag == "zh",
            None => entry
                .get("title")
                .and_then(Value::as_str)
                .is_some_and(|t| t.contains(cjk::is_ideograph)),
        }
    }

    fn named(&mut self, name: &str, chinese: bool) -> Option<Vec<Value>> {
        let field = self.field(&[name])?;
        self.printed.push((Text::read(&field.value).plain(), field.range.clone()));
        let mut people = People::read(&field.value);
        for doubtful in std::mem::take(&mut people.doubtful) {
            let count = people.list.len();
            self.tell(
                field,
                say!("`{names}` does not say who is who", names = doubtful),
                say!("part people by ` and `: {count} are read", count),
            );
        }
        if people.others {
            let others = guard::guarded(if chinese { "等" } else { "et al." });
            people.list.push(json!({ "name": others }));
        }
        (!people.list.is_empty()).then_some(people.list)
    }

    fn people(
        &mut self,
        kind: Kind,
        chinese: bool,
        entry: &mut Map<String, Value>,
        parent: &mut Map<String, Value>,
    ) {
        let mut author = self.named("author", chinese);
        let editor = self.named("editor", chinese);
        if author.is_none() && editor.is_none() {
            let issuer: &[&str] = match kind.own {
                "legislation" | "web" | "misc" | "book" | "repository" => {
                    &["organization", "institution"]
                }
                "patent" => &["holder"],
                _ => &[],
            };
            // An office is named whole; whoever holds a patent may be people.
            author = match self.field(issuer) {
                Some(field) if field.name != "holder" => {
                    self.plain(&[&field.name]).map(|name| vec![json!({ "name": name })])
                }
                field => field.and_then(|field| self.named(&field.name, chinese)),
            };
        }
        let holds = kind.parent.is_some() && author.is_some();
        if let Some(author) = author {
            entry.insert("author".to_owned(), json!(author));
        }
        if let Some(editor) = editor {
            let holder = if holds { &mut *parent } else { &mut *entry };
            holder.insert("editor".to_owned(), json!(editor));
        }
        if let Some(author) = self.named("bookauthor", chinese) {
            parent.insert("author".to_owned(), json!(author));
        }
        if let Some(names) = self.named("translator", chinese) {
            entry
                .insert("affiliated".to_owned(), json!([{ "names": names, "role": "translator" }]));
        }
    }

    /// The date that is written, as one text.
    fn written_date(&self) -> Option<(&'a Field, String)> {
        let plain = |field: &Field| Text::read(&field.value).plain();
        if let Some(field) = self.field(&["date"]) {
            return Some((field, plain(field)));
        }
        let year = self.field(&["year"])?;
        let mut text = plain(year);
        let alone = text.chars().filter(char::is_ascii_digit).count() == 4;
        if let Some(month) = self.field(&["month"]).filter(|_| alone) {
            let month = plain(month).trim_end_matches('.').to_owned();
            text = match self.field(&["day"]) {
                Some(day) => format!("{text}-{month}-{}", plain(day)),
                None => format!("{text}-{month}"),
            };
        }
        Some((year, text))
    }

    fn dated(&self) -> Option<String> {
        let (_, text) = self.written_date()?;
        dates::read(&text).map(|read| read.date)
    }

    fn date(&mut self, entry: &mut Map<String, Value>) {
        let Some((field, text)) = self.written_date() else { return };
        let hint = say!("write it as `2024`, `2024-05` or `2024-05-17`");
        match dates::read(&text) {
            Some(read) => {
                if !read.whole {
                    let message =
                        say!("of the date `{text}`, `{date}` is printed", text, date = read.date);
                    self.tell(field, message, hint);
                }
                entry.insert("date".to_owned(), json!(read.date));
            }
            None => {
                let message = say!("`{text}` is no date, so it is not printed", text);
                self.tell(field, message, hint);
            }
        }
    }

    fn numbers(
        &mut self,
        kind: Kind,
        entry: &mut Map<String, Value>,
        parent: &mut Map<String, Value>,
    ) {
        // A newspaper's page is often written as its number: `3版`.
        let number = self.plain(&["number", "issue"]);
        let sheet = number.as_deref().and_then(|number| number.strip_suffix('版'));
        let sheet = sheet.filter(|_| kind.parent == Some("newspaper"));
        let sheet = sheet.map(|number| number.trim_start_matches('第').to_owned());
        if let Some(text) = self.plain(&["pages", "page", "eid", "articleno"]).or(sheet.clone()) {
            entry.insert("page-range".to_owned(), json!(numbers::pages(&text)));
        }
        let total = self.plain(&["pagetotal", "numpages", "totalpages"]);
        if let Some(total) = total.and_then(|total| total.trim().parse::<u32>().ok()) {
            entry.insert("page-total".to_owned(), json!(total));
        }
        if let Some(chapter) = self.plain(&["chapter"]) {
            entry.insert("chapter".to_owned(), json!(chapter));
        }
        let mut serial = Map::new();
        let number = number.filter(|_| sheet.is_none());
        if let Some(number) = number {
            match kind.own {
                _ if kind.parent.is_some() => {
                    _ = parent.insert("issue".to_owned(), json!(numbers::bare(&number)))
                }
                // A standard's title that says its number has no second one behind it.
                "legislation" if entry.get("title").is_some_and(|t| numbers::says(t, &number)) => {}
                "report" | "legislation" | "patent" | "case" => {
                    serial.insert("serial".to_owned(), json!(number));
                }
                "book" | "anthology" | "proceedings" if self.has(&["series"]) => {}
                _ => _ = entry.insert("issue".to_owned(), json!(number)),
            }
        }
        let holder = if kind.parent.is_some() { &mut *parent } else { &mut *entry };
        if let Some(volume) = self.plain(&["volume"]) {
            holder.insert("volume".to_owned(), json!(numbers::bare(&volume)));
        }
        if let Some(edition) = self.plain(&["edition"]) {
            holder.insert("edition".to_owned(), json!(numbers::edition(&edition)));
        }
        for name in ["isbn", "issn", "version"] {
            if let Some(number) = self.plain(&[name]) {
                serial.insert(name.to_owned(), json!(number));
            }
        }
        if !serial.is_empty() {
            entry.insert("serial-number".to_owned(), Value::Object(serial));
        }
    }

    /// The address of the entry, as it stands, and the field it is in.
    fn address(&self) -> Option<(&'a Field, String)> {
        if let Some(field) = self.field(&["url", "link", "ee"]) {
            let first = field.value.split_whitespace().next().unwrap_or_default();
            let several = field.value.split_whitespace().skip(1).any(|next| next.contains("://"));
            let value = if several { first.trim_end_matches([';', ',']) } else { &field.value };
            return Some((field, tex::address(value)));
        }
        let field =
            self.field(&["howpublished", "note"]).filter(|field| is_linked(&field.value))?;
        Some((field, linked::parted(&field.value).0))
    }

    /// Sets address and identifiers; returns the address as it stands.
    fn addresses(
        &mut self,
        entry: &mut Map<String, Value>,
        parent: &Map<String, Value>,
    ) -> Option<String> {
        let serial = |name: &str, value: String, entry: &mut Map<String, Value>| {
            let serials = entry.entry("serial-number").or_insert_with(|| json!({}));
            serials[name] = json!(value);
        };
        if let Some(field) = self.field(&["doi"]) {
            let doi = tex::address(&field.value);
            self.printed.push((doi.clone(), field.range.clone()));
            serial("doi", guard::bare_doi(&doi).to_owned(), entry);
        }
        if let Some(id) = self.arxiv().filter(|_| !parent.contains_key("title")) {
            serial("arxiv", id, entry);
        }
        let Some((field, address)) = self.address() else {
            // What only an archive holds is found there.
            let alone = !parent.contains_key("title") && !self.has(&["doi"]);
            let address = linked::archived(&self.arxiv().filter(|_| alone)?);
            entry.insert("url".to_owned(), json!(&address));
            return Some(address);
        };
        if field.name == "howpublished" {
            let words = linked::parted(&field.value).1;
            if !words.is_empty() && linked::seen(&words).is_none() {
                self.tell(
                    field,
                    say!("`{words}` beside the address in `howpublished` is not printed", words),
                    say!("put a date into `urldate`, and a name into `publisher`"),
                );
            }
        }
        // Zotero's imports and catalogues put several into one field.
        let others = field.value.split_whitespace().skip(1).filter(|next| next.contains("://"));
        let others: Vec<&str> = others.collect();
        if ["url", "link", "ee"].contains(&&*field.name) && !others.is_empty() {
            self.tell(
                field,
                say!("`{others}` beside the address is not printed", others = others.join(" ")),
                say!("leave the one that readers need"),
            );
        }
        let full = match address.contains("://") {
            true => address.clone(),
            false => format!("http://{address}"),
        };
        let valid = address.contains('.')
            && serde_json::from_value::<hayagriva::types::QualifiedUrl>(json!({ "value": &full }))
                .is_ok();
        if !valid {
            self.tell(
                field,
                say!("`{address}` is no address, so it is not printed", address),
                say!("write it from `https://` on"),
            );
            return None;
        }
        self.printed.push((address.clone(), field.range.clone()));
        let named = self.field(&["urldate", "accessed", "lastaccessed", "lastchecked"]);
        let named = named.map(|field| (field, Text::read(&field.value).plain()));
        let seen = named.or_else(|| self.seen()).and_then(|(field, text)| {
            let read = dates::read(&text);
            if read.is_none() {
                self.tell(
                    field,
                    say!("`{text}` is no date, so it is not printed", text),
                    say!("write it as `2024`, `2024-05` or `2024-05-17`"),
                );
            }
            read
        });
        let url = match seen {
            Some(seen) => json!({ "value": full, "date": seen.date }),
            None => json!(full),
        };
        entry.insert("url".to_owned(), url);
        Some(address)
    }

    /// The day on which a work was read, where Google Scholar and people put it: among the words of a note.
    fn seen(&self) -> Option<(&'a Field, String)> {
        ["note", "howpublished", "annote", "addendum"].into_iter().find_map(|name| {
            let field = self.field(&[name])?;
            Some((field, linked::seen(&linked::words(&field.value))?.0))
        })
    }

    fn arxiv(&self) -> Option<String> {
        let plain = |field: &Field| Text::read(&field.value).plain();
        if let Some(field) = self.field(&["arxivid"]) {
            return Some(plain(field));
        }
        let id = self.field(&["eprint"])?;
        let archive = self.field(&["archiveprefix", "eprinttype"])?;
        (plain(archive).eq_ignore_ascii_case("arxiv")).then(|| plain(id))
    }

    /// A paper that only an archive holds is an article without a parent.
    fn archive(
        &mut self,
        kind: Kind,
        entry: &mut Map<String, Value>,
        parent: &Map<String, Value>,
    ) -> Kind {
        let Some(id) = self.arxiv().filter(|_| !parent.contains_key("title")) else { return kind };
        if !matches!(kind.own, "article" | "misc" | "web" | "manuscript" | "report") {
            return kind;
        }
        entry.insert("archive".to_owned(), json!("arXiv"));
        let id = id.trim_start_matches("arXiv:").trim_start_matches("arxiv:");
        entry.insert("archive-location".to_owned(), json!(id));
        Kind { own: "article", parent: None }
    }

    fn imprint(
        &mut self,
        kind: Kind,
        entry: &mut Map<String, Value>,
        parent: &mut Map<String, Value>,
    ) {
        let body: &[&str] = match kind.own {
            "thesis" => &["school", "institution", "publisher", "organization"],
            "report" => &["publisher", "institution", "organization", "school"],
            "web" | "patent" | "legislation" => &["publisher"],
            _ => &["publisher", "organization", "institution", "school"],
        };
        let mut name = self.formatted(body);
        if name.is_none()
            && matches!(kind.own, "misc" | "book")
            && !self.field(&["howpublished"]).is_some_and(|field| is_linked(&field.value))
        {
            let marked =
                |value: &Value| value.as_str().is_some_and(|v| linked::unmarked(v).is_empty());
            name = self.formatted(&["howpublished"]).filter(|value| !marked(value));
        }
        let place = match kind.own {
            // The place of a patent is the office's, not the publisher's.
            "patent" => None,
            _ => self.formatted(&["address", "location", "place"]),
        };
        let holder = if kind.parent.is_some() { &mut *parent } else { &mut *entry };
        let mut publisher = Map::new();
        for (key, value) in [("name", name), ("location", place)] {
            if let Some(value) = value {
                publisher.insert(key.to_owned(), value);
            }
        }
        if !publisher.is_empty() {
            holder.insert("publisher".to_owned(), Value::Object(publisher));
        }
        if let Some(genre) = self.formatted(&["type"]) {
            entry.insert("genre".to_owned(), genre);
        }
        if let Some(note) = self.field(&["note"]).filter(|field| !is_linked(&field.value)) {
            let range = note.range.clone();
            let note = Text::read(&note.value);
            self.printed.push((note.plain(), range));
            // The day of reading stands behind the address.
            let alone = linked::seen(&note.plain()).is_some_and(|(_, rest)| rest.is_empty());
            entry.extend((!alone).then(|| ("note".to_owned(), json!(note.formatted()))));
        }
    }

    fn parents(
        &mut self,
        kind: Kind,
        entry: &mut Map<String, Value>,
        mut parent: Map<String, Value>,
    ) {
        let mut parents = vec![];
        if let Some(title) = self.formatted(&["series"]) {
            let mut series = Map::new();
            series.insert("type".to_owned(), json!(kind.parent.unwrap_or(kind.own)));
            series.insert("title".to_owned(), title);
            if kind.parent.is_none()
                && let Some(number) = self.plain(&["number"])
            {
                series.insert("volume".to_owned(), json!(number));
            }
            if kind.parent.is_some() {
                parent.insert("parent".to_owned(), Value::Object(series));
            } else if kind.own != "article" {
                parents.push(Value::Object(series));
            }
        }
        if let Some(own) = kind.parent.filter(|_| !parent.is_empty()) {
            parent.insert("type".to_owned(), json!(own));
            parents.insert(0, Value::Object(parent));
        }
        if matches!(kind.parent.unwrap_or(kind.own), "proceedings") {
            let mut event = Map::new();
            for (name, key) in [("eventtitle", "title"), ("venue", "location")] {
                if let Some(text) = self.formatted(&[name]) {
                    event.insert(key.to_owned(), text);
                }
            }
            if event.is_empty() && kind.own == "proceedings" {
                // The mark of proceedings hangs on their conference.
                event.extend(entry.get("title").map(|title| ("title".to_owned(), title.clone())));
            }
            if !event.is_empty() {
                event.insert("type".to_owned(), json!("conference"));
                parents.push(Value::Object(event));
            }
        }
        if !parents.is_empty() {
            entry.insert("parent".to_owned(), Value::Array(parents));
        }
    }
}
