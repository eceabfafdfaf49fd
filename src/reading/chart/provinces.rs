//! The provinces of China, by their names.

use crate::reading::model::Province;
use crate::reading::table::{Cell, Table};
use crate::reading::text;
use l10n::say;
use source::{Diagnostic, Problems, nearest};

/// A province by its names.
struct Names {
    code: &'static str,
    /// The short name, and what may follow it.
    short: [&'static str; 2],
    /// Both in traditional characters.
    traditional: [&'static str; 2],
    english: &'static str,
}

const fn names(
    code: &'static str,
    short: [&'static str; 2],
    traditional: [&'static str; 2],
    english: &'static str,
) -> Names {
    Names { code, short, traditional, english }
}

const NAMES: [Names; 34] = [
    names("BJ", ["北京", "市"], ["北京", "市"], "Beijing"),
    names("TJ", ["天津", "市"], ["天津", "市"], "Tianjin"),
    names("HE", ["河北", "省"], ["河北", "省"], "Hebei"),
    names("SX", ["山西", "省"], ["山西", "省"], "Shanxi"),
    names("NM", ["内蒙古", "自治区"], ["內蒙古", "自治區"], "Inner Mongolia"),
    names("LN", ["辽宁", "省"], ["遼寧", "省"], "Liaoning"),
    names("JL", ["吉林", "省"], ["吉林", "省"], "Jilin"),
    names("HL", ["黑龙江", "省"], ["黑龍江", "省"], "Heilongjiang"),
    names("SH", ["上海", "市"], ["上海", "市"], "Shanghai"),
    names("JS", ["江苏", "省"], ["江蘇", "省"], "Jiangsu"),
    names("ZJ", ["浙江", "省"], ["浙江", "省"], "Zhejiang"),
    names("AH", ["安徽", "省"], ["安徽", "省"], "Anhui"),
    names("FJ", ["福建", "省"], ["福建", "省"], "Fujian"),
    names("JX", ["江西", "省"], ["江西", "省"], "Jiangxi"),
    names("SD", ["山东", "省"], ["山東", "省"], "Shandong"),
    names("HA", ["河南", "省"], ["河南", "省"], "Henan"),
    names("HB", ["湖北", "省"], ["湖北", "省"], "Hubei"),
    names("HN", ["湖南", "省"], ["湖南", "省"], "Hunan"),
    names("GD", ["广东", "省"], ["廣東", "省"], "Guangdong"),
    names("GX", ["广西", "壮族自治区"], ["廣西", "壯族自治區"], "Guangxi"),
    names("HI", ["海南", "省"], ["海南", "省"], "Hainan"),
    names("CQ", ["重庆", "市"], ["重慶", "市"], "Chongqing"),
    names("SC", ["四川", "省"], ["四川", "省"], "Sichuan"),
    names("GZ", ["贵州", "省"], ["貴州", "省"], "Guizhou"),
    names("YN", ["云南", "省"], ["雲南", "省"], "Yunnan"),
    names("XZ", ["西藏", "自治区"], ["西藏", "自治區"], "Tibet"),
    names("SN", ["陕西", "省"], ["陝西", "省"], "Shaanxi"),
    names("GS", ["甘肃", "省"], ["甘肅", "省"], "Gansu"),
    names("QH", ["青海", "省"], ["青海", "省"], "Qinghai"),
    names("NX", ["宁夏", "回族自治区"], ["寧夏", "回族自治區"], "Ningxia"),
    names("XJ", ["新疆", "维吾尔自治区"], ["新疆", "維吾爾自治區"], "Xinjiang"),
    names("TW", ["台湾", "省"], ["臺灣", "省"], "Taiwan"),
    names("HK", ["香港", "特别行政区"], ["香港", "特別行政區"], "Hong Kong"),
    names("MO", ["澳门", "特别行政区"], ["澳門", "特別行政區"], "Macao"),
];

/// Other names.
const OTHERS: [(&str, &str); 6] = [
    ("XZ", "Xizang"),
    ("MO", "Macau"),
    ("NM", "Nei Mongol"),
    ("TW", "台灣"),
    ("HI", "海南島"),
    ("HI", "海南岛"),
];

/// The province that a text names.
fn found(text: &str) -> Option<usize> {
    let text = text.trim();
    let same = |name: &str| name.eq_ignore_ascii_case(text);
    let other = OTHERS.iter().find(|(_, name)| same(name)).map(|(code, _)| *code);
    NAMES.iter().position(|names| {
        // What follows the name may be left out, or shortened to `区`.
        let whole = [names.short, names.traditional].iter().any(|[short, suffix]| {
            text.strip_prefix(short).is_some_and(|rest| suffix.ends_with(rest))
        });
        whole || same(names.english) || other == Some(names.code)
    })
}

/// All provinces, each with its row in the table. A name that is none is told.
pub(super) fn of(x: usize, table: &Table, problems: &mut Problems) -> Vec<Province> {
    let mut rows: Vec<Option<usize>> = vec![None; NAMES.len()];
    let mut names: Vec<Option<String>> = vec![None; NAMES.len()];
    let mut chinese = false;
    for (row, cell) in table.column(x).enumerate() {
        let Some(at) = found(&cell.text) else {
            unknown(cell, text::is_traditional(&table.lang), problems);
            continue;
        };
        if rows[at].is_some() {
            let message = say!("the label `{text}` is duplicated", text = cell.text);
            problems.push(
                Diagnostic::error(cell.place.clone(), message).hint(say!(
                    "give each row a label of its own, or add up what belongs together"
                )),
            );
        }
        rows[at] = Some(row);
        chinese |= cell.text.chars().any(cjk::is_han);
        // Of a long name a tile shows the short one.
        let short = [NAMES[at].short[0], NAMES[at].traditional[0]];
        let short = short.into_iter().find(|short| cell.text.trim().starts_with(short));
        let name = short.unwrap_or_else(|| cell.text.trim());
        names[at] = Some(text::tidy_plain(name, &table.lang));
    }
    let traditional = text::is_traditional(&table.lang);
    let own = |names: &Names| {
        let name = match (chinese, traditional) {
            (true, true) => names.traditional[0],
            (true, false) => names.short[0],
            (false, _) => names.english,
        };
        name.to_owned()
    };
    NAMES
        .iter()
        .zip(names)
        .zip(rows)
        .map(|((entry, name), row)| Province {
            code: entry.code,
            name: name.unwrap_or_else(|| own(entry)),
            row,
        })
        .collect()
}

fn unknown(cell: &Cell, traditional: bool, problems: &mut Problems) {
    let text = cell.text.trim();
    // Of names of two characters, one alone may be wrong.
    let near = |name: &&str| {
        name.chars().count() == text.chars().count()
            && name.chars().zip(text.chars()).filter(|(a, b)| a == b).count() > 0
    };
    let short = || {
        NAMES.iter().map(move |names| if traditional { names.traditional } else { names.short }[0])
    };
    let known = short().chain(NAMES.iter().map(|names| names.english));
    let stripped = text.trim_end_matches(['省', '市', '区', '區']);
    let meant =
        nearest(text, known).or_else(|| nearest(stripped, short())).or_else(|| short().find(near));
    let hint = match meant {
        Some(meant) => say!("did you mean `{meant}`?", meant),
        None if traditional => {
            say!("write the names of provinces, such as `北京`, `廣東省` or `Guangdong`")
        }
        None => say!("write the names of provinces, such as `北京`, `广东省` or `Guangdong`"),
    };
    let message = say!("`{text}` is not a province of China", text);
    problems.push(Diagnostic::error(cell.place.clone(), message).hint(hint));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provinces_are_known_by_all_their_names() {
        for (name, code) in [
            ("北京", "BJ"),
            ("北京市", "BJ"),
            ("内蒙古自治区", "NM"),
            ("广西壮族自治区", "GX"),
            ("广西自治区", "GX"),
            ("新疆维吾尔自治区", "XJ"),
            ("香港特别行政区", "HK"),
            ("shaanxi", "SN"),
            ("Xizang", "XZ"),
            ("臺灣", "TW"),
            ("廣東省", "GD"),
            ("內蒙古", "NM"),
            ("新疆維吾爾自治區", "XJ"),
            ("澳門特別行政區", "MO"),
        ] {
            let known = found(name).map(|at| NAMES[at].code);
            assert_eq!(known, Some(code), "{name}");
        }
        for name in ["", "深圳", "北京路", "广", "华东", "市"] {
            assert_eq!(found(name), None, "{name}");
        }
    }
}
