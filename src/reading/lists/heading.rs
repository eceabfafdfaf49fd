//! The heading of a list, as offices write it, and what stands above it.

use l10n::say;
use source::schema::unknown_column;
use source::{Diagnostic, Problems};

use super::Cells;
use crate::rules;

/// A column of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// The word that is not to be used.
    Wrong,
    /// What is written instead.
    Right,
    /// Why.
    Note,
}

/// The names of the columns, in the order that a file without a heading has them in.
const NAMES: [(&str, Column); 3] =
    [("wrong", Column::Wrong), ("right", Column::Right), ("note", Column::Note)];

/// How many lines a heading is looked for in.
pub(super) const MOST: usize = 8;

/// What a name in Chinese says, the first that it has: 不用 before 用, 不规范 before 规范.
const WORDS: [(&str, Option<Column>); 44] = [
    ("说明", Some(Column::Note)),
    ("备注", Some(Column::Note)),
    ("注释", Some(Column::Note)),
    ("注", Some(Column::Note)),
    ("理由", Some(Column::Note)),
    ("原因", Some(Column::Note)),
    ("依据", Some(Column::Note)),
    ("出处", Some(Column::Note)),
    ("来源", Some(Column::Note)),
    ("例句", Some(Column::Note)),
    ("例", Some(Column::Note)),
    ("错", Some(Column::Wrong)),
    ("误", Some(Column::Wrong)),
    ("别字", Some(Column::Wrong)),
    ("不", Some(Column::Wrong)),
    ("非", Some(Column::Wrong)),
    ("勿", Some(Column::Wrong)),
    ("禁", Some(Column::Wrong)),
    ("避免", Some(Column::Wrong)),
    ("慎", Some(Column::Wrong)),
    ("敏感", Some(Column::Wrong)),
    ("异形", Some(Column::Wrong)),
    ("旧", Some(Column::Wrong)),
    ("原", Some(Column::Wrong)),
    ("前", Some(Column::Wrong)),
    ("后", Some(Column::Right)),
    ("正", Some(Column::Right)),
    ("对", Some(Column::Right)),
    ("改", Some(Column::Right)),
    ("替", Some(Column::Right)),
    ("推荐", Some(Column::Right)),
    ("建议", Some(Column::Right)),
    ("规范", Some(Column::Right)),
    ("标准", Some(Column::Right)),
    ("应", Some(Column::Right)),
    ("宜", Some(Column::Right)),
    ("新", Some(Column::Right)),
    ("现", Some(Column::Right)),
    ("用语", None),
    ("词语", None),
    ("词条", None),
    ("词", None),
    ("字", None),
    ("用", Some(Column::Right)),
];

/// What else such a name is made of.
const REST: &str = "错误别字词语句用写法表述说形式例名称条目为成换代推荐应该宜改正确规范译文的与或敏感禁止使不旧新现原修订前后";

/// What columns that count or sort the rows are called.
const ASIDE: [&str; 14] = [
    "序号", "编号", "序", "号", "No.", "No", "#", "id", "类别", "分类", "类型", "级别", "日期",
    "页码",
];

/// What tells the name of a column of words from such a word.
const NOUNS: [&str; 9] = ["词", "字", "语", "写法", "表述", "说法", "错误", "禁用", "误用"];

/// What a cell of a heading says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    /// Which column it is.
    Known(Column),
    /// A word, right or wrong by what stands beside it: 用语.
    Word,
    /// None that a list needs.
    Aside,
}

fn name(cell: &str) -> Option<Name> {
    if let Some((_, column)) = NAMES.iter().find(|(name, _)| *name == cell) {
        return Some(Name::Known(*column));
    }
    if ASIDE.contains(&cell) {
        return Some(Name::Aside);
    }
    let is_made = cell.chars().count() <= 8;
    let (word, column) = WORDS.iter().find(|(word, _)| is_made && cell.contains(word))?;
    let is_rest = cell.replacen(word, "", 1).chars().all(|c| REST.contains(c));
    is_rest.then(|| column.map_or(Name::Word, Name::Known))
}

/// The columns that a row names, if it is a heading.
fn named(cells: &Cells) -> Option<Vec<Option<Name>>> {
    let names: Vec<_> = cells.iter().map(|(cell, _)| name(cell)).collect();
    let has = |column| names.contains(&Some(Name::Known(column)));
    let is_own = cells.iter().any(|(cell, _)| NAMES[..2].iter().any(|(name, _)| name == cell));
    let is_word = names.contains(&Some(Name::Word));
    let is_pair = has(Column::Wrong) && has(Column::Right)
        || is_word && (has(Column::Wrong) || has(Column::Right));
    let is_noun = || cells.iter().any(|(cell, _)| NOUNS.iter().any(|noun| cell.contains(noun)));
    let is_single = is_single(&names) && has(Column::Wrong) && is_noun();
    (is_own || is_pair || is_single).then_some(names)
}

/// Whether names are those of a list of words alone.
fn is_single(names: &[Option<Name>]) -> bool {
    let known = names.iter().flatten().filter(|name| **name != Name::Aside);
    names.iter().all(Option::is_some) && known.count() == 1
}

/// Takes the heading, and what stands above it, off the rows: which column each cell is in, and the
/// rows below.
pub(super) fn read(
    mut cells: Vec<Cells>,
    problems: &mut Problems,
) -> (Vec<Option<Column>>, Vec<Cells>) {
    // Titles and remarks, which have one cell, stand above; a row of two words is one of the list.
    let filled = |row: &Cells| row.iter().filter(|(text, _)| !text.is_empty()).count();
    let above = cells.iter().take(MOST).take_while(|row| filled(row) < 2).count();
    let found = cells.iter().take(above + 1).enumerate().find_map(|(at, row)| {
        // Of words alone, a title is told from a word by standing first.
        named(row).filter(|names| at == 0 || !is_single(names)).map(|names| (at, names))
    });
    let Some((at, names)) = found else {
        return (NAMES.iter().map(|(_, column)| Some(*column)).collect(), cells);
    };
    let rows = cells.split_off(at + 1);
    let heading = cells.pop().unwrap_or_default();
    let first = |row: &Cells| row.iter().find(|(text, _)| !text.is_empty()).cloned();
    for (text, place) in cells.iter().filter_map(first) {
        let message = say!("`{text}` stands above the heading, and is no row of the list", text);
        let hint = say!("remove the line, or the heading if it is none");
        problems.push(Diagnostic::of(&rules::READ_TABLE, place, message).hint(hint));
    }
    (columns(&heading, &names, problems), rows)
}

/// Which column each cell of a heading names.
fn columns(cells: &Cells, names: &[Option<Name>], problems: &mut Problems) -> Vec<Option<Column>> {
    // 用语 is wrong beside what is right, and the other way round.
    let is_wrong = names.contains(&Some(Name::Known(Column::Wrong)));
    let word = if is_wrong { Column::Right } else { Column::Wrong };
    let mut columns: Vec<Option<Column>> = vec![];
    for ((text, place), name) in cells.iter().zip(names) {
        let column = match name {
            Some(Name::Known(column)) => Some(*column),
            Some(Name::Word) => Some(word),
            Some(Name::Aside) => None,
            None => {
                let known = NAMES.map(|(name, _)| name);
                problems.push(unknown_column(place.clone(), text, &known));
                None
            }
        };
        if column.is_some() && columns.contains(&column) {
            let message = say!("the column `{text}` is duplicated", text);
            let hint = say!("give each column a unique name");
            problems.push(Diagnostic::error(place.clone(), message).hint(hint));
        }
        columns.push(column);
    }
    for (name, column) in &NAMES[..2] {
        let is_optional = *column == Column::Right && is_single(names);
        if !columns.contains(&Some(*column)) && !is_optional {
            let place = cells.first().map(|(_, place)| place.clone());
            let message = say!("the list has no column `{name}`", name);
            let hint = say!("the columns are `wrong`, `right` and, if you like, `note`");
            problems.push(Diagnostic { place, ..Diagnostic::general(message) }.hint(hint));
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_offices_are_known() {
        for (wrong, right) in [
            ("错误", "正确"),
            ("错别字", "正确写法"),
            ("误", "正"),
            ("不用", "改用"),
            ("不规范用语", "规范用语"),
            ("原词", "建议用词"),
            ("原文", "修改为"),
            ("禁用词", "替换词"),
            ("异形词", "推荐词形"),
            ("修改前", "修改后"),
            ("错误表述", "应改为"),
        ] {
            assert!(name(wrong) == Some(Name::Known(Column::Wrong)), "{wrong}");
            assert!(name(right) == Some(Name::Known(Column::Right)), "{right}");
        }
        assert!(name("用语") == Some(Name::Word) && name("序号") == Some(Name::Aside));
        for word in ["阀值", "按装", "正常化", "误码率", "原子能", "应用程序", "不锈钢"]
        {
            assert!(name(word).is_none(), "{word}");
        }
    }
}
