//! The people of a field: as BibTeX parts them, and as Chinese lists part them.

use serde_json::{Value, json};

use super::tex::Text;

/// The people of a field, as a Hayagriva entry has them.
#[derive(Debug, Default)]
pub(super) struct People {
    /// Those named.
    pub(super) list: Vec<Value>,
    /// Whether there are others, who are not named.
    pub(super) others: bool,
    /// Names that are taken for something else than BibTeX takes them for, or for nobody's.
    pub(super) doubtful: Vec<String>,
}

impl People {
    /// Reads a field.
    pub(super) fn read(field: &str) -> Self {
        let mut people = Self::default();
        // A bracket parts as a space does: `Zhang San（张三）and 李四`.
        let field = field.replace("）and ", "） and ").replace(")and ", ") and ");
        for name in parted(&field, &|text| and(text)) {
            for name in parted(name, &|text| one_of(text, &[';', '；', '、'])) {
                people.joined(name.trim());
            }
        }
        people
    }

    /// Adds those that `&` joins. Between single words it is part of a firm's name: `Ernst & Young`.
    fn joined(&mut self, name: &str) {
        let names: Vec<&str> = parted(name, &ampersand)
            .into_iter()
            .map(|name| name.trim().trim_end_matches(','))
            .collect();
        let person = |name: &&str| name.contains([' ', ',', '.']) || is_han(name);
        match names.len() {
            0 | 1 => self.add(name),
            _ if names.iter().all(person) && !is_office(&plain(name)) => {
                names.into_iter().for_each(|name| self.add(name));
            }
            _ => self.literal(&plain(name)),
        }
    }

    fn add(&mut self, name: &str) {
        let plain = plain(name);
        match &*plain.to_lowercase() {
            "" => return,
            "others" | "et al." | "et al" | "等" | "等人" => {
                self.others = true;
                return;
            }
            _ => {}
        }
        let mut named = name;
        while let Some(shorter) = without_others(named).filter(|_| !whole(name)) {
            named = shorter;
        }
        if named.len() < name.len() {
            self.others = true;
            return self.add(named);
        }
        if whole(name) {
            self.literal(&plain);
        } else if is_han(&plain) {
            self.han(name);
        } else {
            self.latin(name, &plain);
        }
    }

    fn literal(&mut self, name: &str) {
        self.list.push(json!({ "name": name }));
    }

    /// Adds one or several people whose names are in ideographs.
    fn han(&mut self, name: &str) {
        let parts = parted(name, &|text| one_of(text, &[',', '，']));
        let parts: Vec<String> = parts.into_iter().map(plain).filter(|p| !p.is_empty()).collect();
        if let [family, given] = &parts[..]
            && is_family(family)
            && given.chars().count() <= 2
            && given.chars().all(cjk::is_ideograph)
        {
            self.literal(&format!("{family}{given}"));
            return;
        }
        if parts.len() > 1 {
            parts.iter().for_each(|part| self.add(part));
            return;
        }
        let Some(name) = parts.first() else { return };
        let name = match name.strip_suffix('等') {
            Some(first) if first.chars().count() >= 2 && first.chars().count() <= 4 => {
                self.others = true;
                first.trim()
            }
            _ => name,
        };
        let words: Vec<&str> = name.split_whitespace().collect();
        let all_han = words.iter().all(|word| word.chars().all(cjk::is_ideograph));
        let lengths: Vec<usize> = words.iter().map(|word| word.chars().count()).collect();
        if !all_han || words.len() == 1 || lengths.iter().any(|&length| length > 4) {
            self.literal(name);
        } else if words.len() == 2 && (lengths[0] == 1 || is_family(words[0])) {
            self.literal(&words.concat());
        } else if lengths.iter().all(|&length| length >= 2) {
            self.doubtful.push(name.to_owned());
            words.iter().for_each(|word| self.literal(word));
        } else {
            self.literal(&words.concat());
        }
    }

    fn latin(&mut self, name: &str, plain: &str) {
        let parts: Vec<String> =
            parted(name, &|text| one_of(text, &[','])).into_iter().map(self::plain).collect();
        if parts.iter().all(|part| part.contains('=')) {
            self.keyed(&parts);
            return;
        }
        // A list parted by commas, of people whose surnames stand last, or before their initials.
        let several = parts.len() > 2 && parts.iter().all(|part| part.contains(' '));
        if several && !is_office(plain) {
            parts.iter().for_each(|part| self.add(part));
            return;
        }
        let paired = parts.len() > 2
            && parts.len().is_multiple_of(2)
            && parts.chunks_exact(2).all(|pair| !are_initials(&pair[0]) && are_initials(&pair[1]));
        if paired {
            let pairs = parts.chunks_exact(2).map(|pair| Value::String(pair.join(", ")));
            self.list.extend(pairs);
            return;
        }
        // Of two, the first may be a surname of two words, or each a person.
        let full = |part: &String| part.split(' ').count() == 2 && !part.contains('.');
        if let ([first, second], false) = (&parts[..], is_office(plain))
            && full(first)
            && full(second)
        {
            self.doubtful.push(plain.to_owned());
        }
        match &parts[..] {
            [_] => match first_last(plain) {
                Some(name) => self.list.push(Value::String(name)),
                None => self.literal(plain),
            },
            [last, rest @ ..] if rest.len() <= 2 && !last.is_empty() => {
                let rest: Vec<&str> =
                    rest.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
                match rest[..] {
                    [] => self.literal(last),
                    // Of an office, the branch follows behind a comma.
                    _ if is_office(plain) => self.literal(plain),
                    _ => self.list.push(Value::String(format!("{last}, {}", rest.join(", ")))),
                }
            }
            _ => {
                self.doubtful.push(plain.to_owned());
                self.literal(plain);
            }
        }
    }

    /// Adds a person written as `family=Berg, given=Jan, prefix=van`.
    fn keyed(&mut self, parts: &[String]) {
        let mut person = serde_json::Map::new();
        for part in parts {
            let Some((key, value)) = part.split_once('=') else { continue };
            let name = match key.trim() {
                "family" => "name",
                "given" => "given-name",
                "prefix" => "prefix",
                "suffix" => "suffix",
                _ => continue,
            };
            let value = value.trim().trim_matches('"');
            person.insert(name.to_owned(), Value::String(value.to_owned()));
        }
        if !person.contains_key("name") {
            let given = person.remove("given-name").unwrap_or_default();
            person.insert("name".to_owned(), given);
        }
        self.list.push(Value::Object(person));
    }
}

fn plain(name: &str) -> String {
    let text = Text::read(name).plain();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Parts a text where a test finds a separator outside braces; it returns the separator's length.
fn parted<'a>(text: &'a str, separator: &dyn Fn(&str) -> usize) -> Vec<&'a str> {
    let (mut out, mut start, mut depth, mut at) = (vec![], 0, 0usize, 0);
    while let Some(c) = text[at..].chars().next() {
        match c {
            '\\' => at += text[at + 1..].chars().next().map_or(0, char::len_utf8),
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                let length = separator(&text[at..]);
                if length > 0 {
                    out.push(&text[start..at]);
                    at += length;
                    start = at;
                    continue;
                }
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    out.push(&text[start..]);
    out
}

/// The length of ` and ` at the start of a text, with any white space.
fn and(text: &str) -> usize {
    let word = text.trim_start();
    let space = text.len() - word.len();
    let is = space > 0
        && word.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("and"))
        && word[3..].starts_with(char::is_whitespace);
    if is { space + 3 } else { 0 }
}

/// The length of ` & ` or ` \\& ` at the start of a text.
fn ampersand(text: &str) -> usize {
    let word = text.trim_start();
    let sign = ["\\&", "&"].into_iter().find(|sign| word.starts_with(sign)).unwrap_or("");
    let after = &word[sign.len()..];
    let space = text.len() - word.len();
    let is = space > 0 && !sign.is_empty() && after.starts_with(char::is_whitespace);
    if is { space + sign.len() } else { 0 }
}

/// Whether a text is the initials of given names: `J.`, `J. K.`, `J.-K.`, `JK`.
fn are_initials(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let plain = text.chars().all(|c| c.is_uppercase() || ". -".contains(c));
    plain && (1..=4).contains(&letters) && (text.contains('.') || letters < 3)
}

fn one_of(text: &str, marks: &[char]) -> usize {
    text.chars().next().filter(|c| marks.contains(c)).map_or(0, char::len_utf8)
}

/// Whether braces enclose a whole name: it is an organisation's, or not to be parted.
fn whole(name: &str) -> bool {
    let mut depth = 0;
    let mut chars = name.char_indices().peekable();
    if !name.starts_with('{') || name.starts_with("{\\") {
        return false;
    }
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' => _ = chars.next(),
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1 == name.len();
        }
    }
    false
}

fn is_han(text: &str) -> bool {
    text.chars().any(cjk::is_ideograph)
}

/// Whether ideographs are a surname: one, or one of the usual ones of two.
fn is_family(text: &str) -> bool {
    const DOUBLE: [&str; 26] = [
        "欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐",
        "司徒", "长孙", "宇文", "端木", "东郭", "南宫", "西门", "百里", "呼延", "轩辕", "钟离",
        "申屠", "太史", "澹台", "公冶",
    ];
    let mut chars = text.chars();
    let one = chars.next().is_some_and(cjk::is_ideograph) && chars.next().is_none();
    one || DOUBLE.contains(&text)
}

/// Chinese surnames as their bearers write them before given names: in capitals.
const SURNAMES: &[&str] = &[
    "AN", "BAI", "BAO", "BI", "BIAN", "CAI", "CAO", "CEN", "CHANG", "CHE", "CHEN", "CHENG", "CHI",
    "CHU", "CUI", "DAI", "DENG", "DING", "DONG", "DOU", "DU", "DUAN", "FAN", "FANG", "FEI", "FENG",
    "FU", "GAN", "GAO", "GE", "GENG", "GONG", "GU", "GUAN", "GUO", "HAN", "HAO", "HE", "HONG",
    "HOU", "HU", "HUA", "HUANG", "HUO", "JI", "JIA", "JIAN", "JIANG", "JIAO", "JIN", "JING",
    "KANG", "KE", "KONG", "LAI", "LAN", "LANG", "LEI", "LENG", "LI", "LIAN", "LIANG", "LIAO",
    "LIN", "LING", "LIU", "LONG", "LOU", "LU", "LUO", "LV", "LYU", "MA", "MAO", "MEI", "MENG",
    "MIAO", "MO", "MU", "NI", "NIE", "NIU", "OUYANG", "PAN", "PANG", "PEI", "PENG", "PU", "QI",
    "QIAN", "QIANG", "QIAO", "QIN", "QIU", "QU", "REN", "RONG", "RUAN", "SHA", "SHAN", "SHANG",
    "SHAO", "SHEN", "SHENG", "SHI", "SHU", "SIMA", "SONG", "SU", "SUN", "TAN", "TANG", "TAO",
    "TIAN", "TONG", "TU", "WAN", "WANG", "WEI", "WEN", "WENG", "WU", "XI", "XIA", "XIANG", "XIAO",
    "XIE", "XIN", "XING", "XIONG", "XU", "XUE", "YAN", "YANG", "YAO", "YE", "YI", "YIN", "YING",
    "YOU", "YU", "YUAN", "YUE", "YUN", "ZENG", "ZHAI", "ZHAN", "ZHANG", "ZHAO", "ZHENG", "ZHONG",
    "ZHOU", "ZHU", "ZHUANG", "ZHUO", "ZOU", "ZUO",
];

/// Whether a name is an office's, which has no surname.
fn is_office(name: &str) -> bool {
    const WORDS: [&str; 33] = [
        "agency",
        "association",
        "authority",
        "bank",
        "board",
        "bureau",
        "center",
        "centre",
        "college",
        "commission",
        "committee",
        "company",
        "consortium",
        "corporation",
        "council",
        "department",
        "foundation",
        "group",
        "inc",
        "institute",
        "laboratory",
        "ltd",
        "ministry",
        "office",
        "organisation",
        "organization",
        "press",
        "school",
        "society",
        "team",
        "union",
        "university",
        "nations",
    ];
    name.split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&&*word.to_lowercase()))
}

/// Turns `Ludwig van Beethoven` into `van Beethoven, Ludwig`; `None` if it is one name.
fn first_last(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    if words.len() < 2 || is_office(name) {
        return None;
    }
    let small = |word: &&str| word.starts_with(char::is_lowercase);
    let last = words.len() - 1;
    // `ZHANG San`: a Chinese surname in capitals stands first.
    let given = |word: &&str| {
        let rest = word.chars().skip(1);
        word.starts_with(char::is_uppercase) && rest.into_iter().any(char::is_lowercase)
    };
    // `Zhang S`, as databases of medicine have it: what stands last is no surname.
    let initials = |word: &str| word.len() < 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let named = words[0].chars().count() > 1 && words.len() == 2 && initials(words[1]);
    if SURNAMES.contains(&words[0]) && (named || words[1..].iter().all(given)) {
        let (first, rest) = words[0].split_at(1);
        return Some(format!("{first}{}, {}", rest.to_lowercase(), words[1..].join(" ")));
    }
    if named {
        return Some(format!("{}, {}", words[0], words[1]));
    }
    let start = words[1..last].iter().position(small).map_or(last, |at| at + 1);
    if small(&words[0]) {
        // `de la Cruz`: a surname alone.
        return None;
    }
    Some(format!("{}, {}", words[start..].join(" "), words[..start].join(" ")))
}

/// A name without `et al.` behind it, if it has one.
fn without_others(name: &str) -> Option<&str> {
    let end = name.trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    let at = end.len().checked_sub("et al".len())?;
    let named = name.get(..at).filter(|_| name[at..end.len()].eq_ignore_ascii_case("et al"))?;
    let bare = named.trim_end();
    (bare.len() < named.len()).then(|| bare.strip_suffix(',').unwrap_or(bare).trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(field: &str) -> Vec<String> {
        let people = People::read(field);
        let mut out: Vec<String> = people
            .list
            .iter()
            .map(|person| match person {
                Value::String(name) => name.clone(),
                other => other["name"].as_str().unwrap_or_default().to_owned(),
            })
            .collect();
        out.extend(people.others.then(|| "…".to_owned()));
        out
    }

    #[test]
    fn chinese_names_are_parted_as_people_write_them() {
        for (field, right) in [
            ("张 三 and 李 四", vec!["张三", "李四"]),
            ("张, 三 and 欧阳, 修文", vec!["张三", "欧阳修文"]),
            ("王一,李二,赵三", vec!["王一", "李二", "赵三"]),
            ("王一, 李二", vec!["王一", "李二"]),
            ("王一；李二;赵三", vec!["王一", "李二", "赵三"]),
            ("王一，李二，等", vec!["王一", "李二", "…"]),
            ("王一、李二、赵三等", vec!["王一", "李二", "赵三", "…"]),
            ("王一;", vec!["王一"]),
            (
                "{中国信息通信研究院, 云计算所} and 王一",
                vec!["中国信息通信研究院, 云计算所", "王一"],
            ),
            ("国家统计局", vec!["国家统计局"]),
            ("大卫·贝克 and others", vec!["大卫·贝克", "…"]),
            ("BAAI 行研组", vec!["BAAI 行研组"]),
        ] {
            assert_eq!(names(field), right, "{field}");
        }
    }

    #[test]
    fn latin_names_are_parted_as_bibtex_does() {
        for (field, right) in [
            ("Smith, John and Jane Q. Doe", vec!["Smith, John", "Doe, Jane Q."]),
            ("Ludwig van Beethoven", vec!["van Beethoven, Ludwig"]),
            ("{World Bank}  AND\n Müller, J{\\\"o}rg", vec!["World Bank", "Müller, Jörg"]),
            ("Smith, J.; Doe, A.", vec!["Smith, J.", "Doe, A."]),
            ("Si Li, Wu Wang, Liu Zhao", vec!["Li, Si", "Wang, Wu", "Zhao, Liu"]),
            ("Li Si & Wang Wu", vec!["Si, Li", "Wu, Wang"]),
            (r"Smith, J. \& Doe, A.", vec!["Smith, J.", "Doe, A."]),
            (r"Johnson \& Johnson", vec!["Johnson & Johnson"]),
            ("Li, S. et al.", vec!["Li, S.", "…"]),
            ("ZHANG San and LI Si", vec!["Zhang, San", "Li, Si"]),
            ("King, Jr, Martin Luther and others", vec!["King, Jr, Martin Luther", "…"]),
            ("family=Berg, given=Jan, prefix=van", vec!["Berg"]),
            ("World Health Organization", vec!["World Health Organization"]),
            ("Anderson, Alexander", vec!["Anderson, Alexander"]),
            ("OpenAI", vec!["OpenAI"]),
            ("Mei Lin, Bo Wang, Tao Xu", vec!["Lin, Mei", "Wang, Bo", "Xu, Tao"]),
            ("Lin, M., Wang, B. C., \\& Xu, T.", vec!["Lin, M.", "Wang, B. C.", "Xu, T."]),
            ("Lin Mei & Wang Bo", vec!["Mei, Lin", "Bo, Wang"]),
            ("Ernst & Young", vec!["Ernst & Young"]),
            ("Lin, M. et al.", vec!["Lin, M.", "…"]),
            ("Mei Lin, et al", vec!["Lin, Mei", "…"]),
            ("Mei Lin et al et al.", vec!["Lin, Mei", "…"]),
            ("LIN Mei and OUYANG Xiao-ming", vec!["Lin, Mei", "Ouyang, Xiao-ming"]),
            ("Lin M and WANG BC", vec!["Lin, M", "Wang, BC"]),
            ("IBM Research", vec!["Research, IBM"]),
        ] {
            assert_eq!(names(field), right, "{field}");
        }
        assert_eq!(People::read("Smith, John, Doe, Jane").doubtful.len(), 1);
        assert_eq!(People::read("Mei Lin, Bo Wang").doubtful.len(), 1);
        assert_eq!(People::read("王小一 李小二").doubtful, ["王小一 李小二"]);
    }
}
