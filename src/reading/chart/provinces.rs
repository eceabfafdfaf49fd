//! The provinces of China, by their names.

use crate::reading::model::Province;
use crate::reading::table::{Cell, Table};
use crate::reading::text;
use l10n::say;
use source::{Diagnostic, Problems, nearest};

/// The code of each, its short name, what may follow that, and its name in English.
const NAMES: [(&str, &str, &str, &str); 34] = [
    ("BJ", "北京", "市", "Beijing"),
    ("TJ", "天津", "市", "Tianjin"),
    ("HE", "河北", "省", "Hebei"),
    ("SX", "山西", "省", "Shanxi"),
    ("NM", "内蒙古", "自治区", "Inner Mongolia"),
    ("LN", "辽宁", "省", "Liaoning"),
    ("JL", "吉林", "省", "Jilin"),
    ("HL", "黑龙江", "省", "Heilongjiang"),
    ("SH", "上海", "市", "Shanghai"),
    ("JS", "江苏", "省", "Jiangsu"),
    ("ZJ", "浙江", "省", "Zhejiang"),
    ("AH", "安徽", "省", "Anhui"),
    ("FJ", "福建", "省", "Fujian"),
    ("JX", "江西", "省", "Jiangxi"),
    ("SD", "山东", "省", "Shandong"),
    ("HA", "河南", "省", "Henan"),
    ("HB", "湖北", "省", "Hubei"),
    ("HN", "湖南", "省", "Hunan"),
    ("GD", "广东", "省", "Guangdong"),
    ("GX", "广西", "壮族自治区", "Guangxi"),
    ("HI", "海南", "省", "Hainan"),
    ("CQ", "重庆", "市", "Chongqing"),
    ("SC", "四川", "省", "Sichuan"),
    ("GZ", "贵州", "省", "Guizhou"),
    ("YN", "云南", "省", "Yunnan"),
    ("XZ", "西藏", "自治区", "Tibet"),
    ("SN", "陕西", "省", "Shaanxi"),
    ("GS", "甘肃", "省", "Gansu"),
    ("QH", "青海", "省", "Qinghai"),
    ("NX", "宁夏", "回族自治区", "Ningxia"),
    ("XJ", "新疆", "维吾尔自治区", "Xinjiang"),
    ("TW", "台湾", "省", "Taiwan"),
    ("HK", "香港", "特别行政区", "Hong Kong"),
    ("MO", "澳门", "特别行政区", "Macao"),
];

/// Other names: in English, and in traditional characters.
const OTHERS: [(&str, &str); 12] = [
    ("XZ", "Xizang"),
    ("MO", "Macau"),
    ("NM", "Nei Mongol"),
    ("SN", "陝西"),
    ("GD", "廣東"),
    ("GX", "廣西"),
    ("TW", "臺灣"),
    ("TW", "台灣"),
    ("HI", "海南島"),
    ("GS", "甘肅"),
    ("NX", "寧夏"),
    ("YN", "雲南"),
];

/// The province that a text names.
fn found(text: &str) -> Option<usize> {
    let text = text.trim();
    let same = |name: &str| name.eq_ignore_ascii_case(text);
    let other = OTHERS.iter().find(|(_, name)| same(name)).map(|(code, _)| *code);
    NAMES.iter().position(|(code, short, suffix, english)| {
        // What follows the name may be left out, or shortened to `区`.
        let rest = text.strip_prefix(short);
        let whole =
            rest.is_some_and(|rest| rest.is_empty() || suffix.ends_with(rest) || *suffix == rest);
        whole || same(english) || other == Some(*code)
    })
}

/// All provinces, each with its row in the table. A name that is none is told.
pub(super) fn of(x: usize, table: &Table, problems: &mut Problems) -> Vec<Province> {
    let mut rows: Vec<Option<usize>> = vec![None; NAMES.len()];
    let mut names: Vec<Option<String>> = vec![None; NAMES.len()];
    let mut chinese = false;
    for (row, cell) in table.column(x).enumerate() {
        let Some(at) = found(&cell.text) else {
            unknown(cell, problems);
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
        let short = NAMES[at].1;
        let is_han = cell.text.chars().any(cjk::is_han);
        chinese |= is_han;
        // Of a long name a tile shows the short one.
        let name = if cell.text.trim().starts_with(short) { short } else { cell.text.trim() };
        names[at] = Some(text::tidy_plain(name, &table.lang));
    }
    let own = |(_, short, _, english): &(&str, &str, &str, &str)| {
        if chinese { (*short).to_owned() } else { (*english).to_owned() }
    };
    NAMES
        .iter()
        .zip(names)
        .zip(rows)
        .map(|((entry, name), row)| Province {
            code: entry.0,
            name: name.unwrap_or_else(|| own(entry)),
            row,
        })
        .collect()
}

fn unknown(cell: &Cell, problems: &mut Problems) {
    let text = cell.text.trim();
    // Of names of two characters, one alone may be wrong.
    let near = |name: &&str| {
        name.chars().count() == text.chars().count()
            && name.chars().zip(text.chars()).filter(|(a, b)| a == b).count() > 0
    };
    let short = || NAMES.iter().map(|entry| entry.1);
    let known = short().chain(NAMES.iter().map(|entry| entry.3));
    let stripped = text.trim_end_matches(['省', '市', '区']);
    let meant =
        nearest(text, known).or_else(|| nearest(stripped, short())).or_else(|| short().find(near));
    let hint = match meant {
        Some(meant) => say!("did you mean `{meant}`?", meant),
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
        ] {
            let known = found(name).map(|at| NAMES[at].0);
            assert_eq!(known, Some(code), "{name}");
        }
        for name in ["", "深圳", "北京路", "广", "华东", "市"] {
            assert_eq!(found(name), None, "{name}");
        }
    }
}
