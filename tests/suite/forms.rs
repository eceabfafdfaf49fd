//! Tables to be filled in: rows that are empty.

use testkit::raster::Raster;

use crate::tables_set::{made, plain};

/// The heights of rows, from the baselines of what stands in them.
fn steps(body: &str, rows: &[&str]) -> Vec<f64> {
    let made = made(&plain(body));
    let all: Vec<f64> = rows.iter().map(|text| made.at(text).2).collect();
    all.windows(2).map(|two| two[1] - two[0]).collect()
}

#[test]
fn an_empty_row_is_as_high_as_one_with_text() {
    for (title, blank) in [
        (": 清单", " "),
        (": 清单", " &nbsp; "),
        (": 清单", " 　 "),
        ("", " "),
        (": 清单 {.here}", " "),
    ] {
        let row = format!("|{blank}|{blank}|\n");
        let body = format!(
            "前文一段。\n\n| 标的物 | 数量 |\n|---|---|\n| 首行 | 一 |\n| 次行 | 二 |\n{}| 末行 | 三 |\n{title}\n\n后文。\n",
            row.repeat(4)
        );
        let steps = steps(&body, &["首行", "次行", "末行"]);
        assert!((steps[1] - 5.0 * steps[0]).abs() < 0.5, "{title}, `{blank}`: {steps:?}");
    }
}

#[test]
fn empty_rows_before_a_total_are_as_high_too() {
    let body = format!(
        "前文一段。\n\n| 标的物 | 数量 |\n|---|---|\n| 首行 | 一 |\n| 次行 | 二 |\n{}| 合计数 | < |\n: 清单 {{total=1}}\n",
        "| | |\n".repeat(3)
    );
    let steps = steps(&body, &["首行", "次行", "合计数"]);
    assert!((steps[1] - 4.0 * steps[0]).abs() < 0.5, "{steps:?}");
}

#[test]
fn rules_tell_empty_rows_apart() {
    for (open, right) in [(0, 0), (1, 0), (2, 4), (4, 6)] {
        let body = format!(
            "前文一段。\n\n| 标的物 | 数量 |\n|---|---|\n| 首行 | 一 |\n| 次行 | 二 |\n{}| 末行 | 三 |\n: 清单\n",
            "| | |\n".repeat(open)
        );
        let project = plain(&body);
        let made = made(&project);
        let (page, x, from) = made.at("首行");
        let (.., to) = made.at("末行");
        let pages = Raster::pages(std::fs::read(project.join("o.pdf")).expect("a report"));
        // Right of the words of the first column.
        let dark = |y: usize| pages[page].at(x + 30.0, y as f64).iter().any(|part| *part < 248);
        let ys: Vec<usize> = (from as usize..to as usize).filter(|y| dark(*y)).collect();
        let rules = ys.iter().filter(|y| !ys.contains(&(*y - 1))).count();
        assert_eq!(rules, right, "{open} empty rows: {ys:?}");
    }
}
