//! The values of charts: all are printed or have an axis, once, as they are written, and can be read.

use crate::charts_data::{check, frames};
use testkit::pdf::Page;

/// The texts of a page by the height at which they stand, those left of `from` or right of `to`.
fn rows(page: &Page, wanted: impl Fn(f64) -> bool) -> Vec<(i64, String)> {
    let mut out: Vec<(i64, String)> = vec![];
    for glyph in page.glyphs.iter().filter(|glyph| wanted(glyph.x)) {
        let y = (glyph.y * 2.0).round() as i64;
        match out.iter_mut().find(|(at, _)| (*at - y).abs() < 2) {
            Some((_, text)) => text.push_str(&glyph.text),
            None => out.push((y, glyph.text.clone())),
        }
    }
    out
}

fn text(page: &Page) -> String {
    let text = page.text();
    text.chars().filter(|c| !c.is_whitespace() && !cjk::is_invisible(*c)).collect()
}

#[test]
fn zeros_of_two_axes_are_level() {
    let keys = "kind: bar\norient: vertical\nx: 月份\ny: 订单\nlayer: {y: 环比, unit: \"%\"}";
    for data in [
        "月份,订单,环比\n一月,32,12.5\n二月,41,8.3\n三月,38,-3.2\n四月,52,-6.5\n",
        "月份,订单,环比\n一月,-12,3\n二月,41,9\n三月,38,22\n",
        "月份,订单,环比\n一月,1200,-88\n二月,1500,-120\n三月,900,-7\n",
        "月份,订单,环比\n一月,7,0.5\n二月,9,0.8\n三月,8,0.6\n",
    ] {
        for page in frames(keys, data) {
            let side = |wanted: &dyn Fn(f64) -> bool| {
                rows(&page, wanted).into_iter().find(|(_, text)| text == "0").map(|(at, _)| at)
            };
            let left = side(&|x| x < 100.0 + 30.0);
            let right = side(&|x| x > page.size.0 - 100.0 - 32.0);
            let (left, right) = (left.expect("a zero"), right.expect("a second zero"));
            assert!((left - right).abs() < 2, "{left} and {right} of\n{data}");
        }
    }
}

#[test]
fn bars_below_a_line_have_their_numbers() {
    let data = "月份,订单,退单,环比\n一月,3211,2101,12.5\n二月,4122,3033,8.3\n三月,3833,2455,-3.2\n四月,5244,3566,-6.5\n";
    let keys =
        "kind: bar\norient: vertical\nx: 月份\ny: [订单, 退单]\nlayer: {y: 环比, unit: \"%\"}";
    check(keys, data, &["3211", "2101", "4122", "5244", "3566"]);
    let crossed = "月份,订单,环比\n一月,3211,30.5\n二月,4122,41\n三月,3833,38\n四月,5244,52\n";
    let keys = "kind: bar\norient: vertical\nx: 月份\ny: 订单\nlayer: {y: 环比, unit: \"%\"}";
    check(keys, crossed, &["3211", "4122", "3833", "5244"]);
}

#[test]
fn pieces_too_small_for_their_numbers_print_them_too() {
    let data = "年份,自建,租用,托管,其他\n2021年,1200,300,8.25,3.75\n2022年,1500,420,12.5,0.6\n2023年,1800,611,15.2,9.3\n2024年,2200,17.7,31.1,2.9\n";
    let small = ["8.25", "3.75", "0.6", "9.3", "17.7", "31.1", "2.9"];
    check("kind: stacked\nx: 年份\ny: [自建, 租用, 托管, 其他]\nunit: 台", data, &small);
    let upright = "kind: stacked\norient: vertical\nx: 年份\ny: [自建, 租用, 托管, 其他]\nunit: 台";
    check(upright, data, &small);
    for orient in ["horizontal", "vertical"] {
        let keys = format!(
            "kind: bar\norient: {orient}\nstack: normalize\nx: 年份\ny: [自建, 租用, 托管, 其他]"
        );
        check(&keys, data, &["0.5%", "0.2%"]);
    }
}

#[test]
fn a_piece_that_is_alone_prints_its_number_once() {
    let data = "套,训练集,合成集\n甲,3011,0\n乙,0,4022\n丙,1033,2044\n";
    for orient in ["horizontal", "vertical"] {
        let keys = format!("kind: stacked\norient: {orient}\nx: 套\ny: [训练集, 合成集]");
        for page in frames(&keys, data) {
            let text = text(&page);
            for (number, times) in [("3011", 1), ("4022", 1), ("1033", 1), ("2044", 1), ("3077", 1)]
            {
                assert_eq!(text.matches(number).count(), times, "{number} in {text}");
            }
        }
    }
}

#[test]
fn a_missing_piece_of_a_bar_is_told_in_its_place() {
    let data = "套,训练集,合成集\n甲,3011,\n乙,1033,2044\n";
    for orient in ["horizontal", "vertical"] {
        let keys = format!("kind: stacked\norient: {orient}\nx: 套\ny: [训练集, 合成集]");
        check(&keys, data, &["3011", "—", "2044"]);
    }
}

#[test]
fn numbers_keep_the_zeros_that_they_are_written_with() {
    let data = "组,分\n甲,7.0\n乙,8.5\n丙,10.0\n";
    check("kind: bar\nx: 组\ny: 分", data, &["7.0", "8.5", "10.0"]);
    check("kind: bar\norient: vertical\nx: 组\ny: 分", data, &["7.0", "10.0"]);
    let mixed = "组,分\n甲,7.00\n乙,8.5\n丙,12\n";
    for page in frames("kind: bar\nx: 组\ny: 分", mixed) {
        let text = text(&page);
        assert!(text.contains("7.00") && !text.contains("12.0"), "{text}");
    }
    // A format says otherwise.
    for page in frames("kind: bar\nx: 组\ny: 分\nformat: .2f", data) {
        assert!(text(&page).contains("10.00"));
    }
    let sums = "组,一,二\n甲,7.0,8.0\n乙,3.5,4.5\n";
    check("kind: stacked\nx: 组\ny: [一, 二]", sums, &["7.0", "15.0", "8.0"]);
}

#[test]
fn the_rows_to_highlight_are_one_or_several() {
    for keys in [
        "kind: bar\nx: 组\ny: 分\nhighlight: 乙",
        "kind: bar\nx: 组\ny: 分\nhighlight: [甲, 丙]",
        "kind: bar\nx: 组\ny: [分, 秒]\nhighlight: 乙",
        "kind: bar\norient: vertical\nx: 组\ny: [分, 秒]\nhighlight: [乙, 丙]",
        "kind: stacked\nx: 组\ny: [分, 秒]\nhighlight: 丙",
        "kind: bar\nfacet: true\nx: 组\ny: [分, 秒]\nhighlight: 丙",
    ] {
        check(keys, "组,分,秒\n甲,7,3\n乙,8,4\n丙,9,5\n", &["7", "9"]);
    }
}

#[test]
fn heat_maps_keep_their_key_in_the_frame() {
    let data = "日,早,晚\n周一,1200345.5,3400456.25\n周二,-2300567.75,4500678.5\n";
    check("kind: rect\nx: 日\ny: [早, 晚]\nunit: 元", data, &["1200345.5"]);
    let narrow = "日,早\n周一,0.000012345\n周二,0.000098765\n";
    check("kind: rect\nx: 日\ny: 早", narrow, &[]);
}

#[test]
fn shares_have_the_decimals_that_are_asked_for_or_written() {
    let data = "类,一,二\n甲,20,80\n乙,33,67\n";
    for orient in ["horizontal", "vertical"] {
        let keys = format!("kind: bar\norient: {orient}\nstack: normalize\nx: 类\ny: [一, 二]");
        check(&format!("{keys}\nformat: \".2%\""), data, &["20.00%", "67.00%"]);
        check(&format!("{keys}\nformat: .1f"), data, &["20.0%", "67.0%"]);
        for page in frames(&keys, data) {
            assert!(!text(&page).contains("20.0%"));
        }
    }
    let pie = "kind: pie\nx: 类\ny: 份";
    check(pie, "类,份\n甲,18.0\n乙,38.5\n丙,43.5\n", &["18.0%", "38.5%", "43.5%"]);
    check(&format!("{pie}\nformat: .2%"), "类,份\n甲,1\n乙,3\n", &["25.00%", "75.00%"]);
    // What counts something says nothing of how exact its share is.
    for page in frames(pie, "类,份\n甲,10.0\n乙,30.0\n") {
        let text = text(&page);
        assert!(text.contains("25%") && text.contains("75%"), "{text}");
    }
}

#[test]
fn a_band_is_seen_over_areas() {
    let keys = "kind: area\nx: 年\ny: [一, 二]\nrule: [{y: [20, 30], text: 目标}]";
    check(keys, "年,一,二\n2021,40,20\n2022,50,25\n2023,60,30\n", &["目标20–30"]);
}

#[test]
fn values_stand_beside_the_points_of_lines() {
    let data = "年,一,二\n2021,10.5,41\n2022,16,32\n2023,20,27\n2024,33,18\n";
    let values = ["10.5", "16", "20", "33", "41", "32", "27", "18"];
    check("kind: line\nx: 年\ny: [一, 二]\nvalues: true", data, &values);
    for page in frames("kind: line\nx: 年\ny: [一, 二]", data) {
        assert!(!text(&page).contains("10.5"));
    }
}

#[test]
fn values_of_a_line_over_bars_keep_clear_of_those_of_the_bars() {
    let data = "月份,订单,退单,环比\n一月,3211,2101,12.5\n二月,4122,3033,38.3\n三月,3833,2455,-3.2\n四月,5244,3566,46.5\n五月,4811,3122,22.1\n";
    let layer = "layer: {y: 环比, unit: \"%\", values: true}";
    let values = ["12.5", "38.3", "3.2", "46.5", "22.1", "3211", "4122", "3833", "5244", "4811"];
    check(&format!("kind: bar\norient: vertical\nx: 月份\ny: 订单\n{layer}"), data, &values);
    let both = format!("kind: stacked\norient: vertical\nx: 月份\ny: [订单, 退单]\n{layer}");
    check(&both, data, &values);
}

#[test]
fn bars_without_a_value_have_a_dash_and_no_sum() {
    let data = "部门,今,去\n甲,12,3\n乙,,4\n丙,,\n";
    let dashes = |keys: &str| -> Vec<usize> {
        frames(keys, data).iter().map(|page| text(page).matches('—').count()).collect()
    };
    assert!(dashes("kind: bar\nx: 部门\ny: 今").iter().all(|count| *count == 2));
    for page in frames("kind: stacked\nx: 部门\ny: [今, 去]", data) {
        let text = text(&page);
        assert!(!text.contains('0') && text.matches('—').count() == 2, "{text}");
    }
}
