//! The kinds of charts beyond bars, lines and pies, each with data of its own, in narrow frames and
//! wide ones, low and high: no label stands on another or leaves its frame, and none is lost.

use crate::charts_data::{check, frames, table};

/// The quarters of some years.
fn quarters(count: usize) -> impl Iterator<Item = String> {
    (0..count).map(|at| format!("{}Q{}", 2021 + at / 4, at % 4 + 1))
}

/// The text of a chart in its widest frame, without spaces.
fn text(keys: &str, rows: &str) -> String {
    let pages = frames(keys, rows);
    let text = pages.last().expect("a page").text();
    text.chars().filter(|c| !c.is_whitespace() && !cjk::is_invisible(*c)).collect()
}

#[test]
fn grouped_bars_lie_side_by_side() {
    let rows = "门店,春季,夏季,秋季\n朝阳旗舰店,1034868,920011,1200456\n海淀社区店,-4500,0,8800\n通州仓储店,77,,12\n";
    check(
        "kind: bar\nx: 门店\ny: [春季, 夏季, 秋季]\nunit: 元",
        rows,
        &["1034868", "−4500", "春季"],
    );
    let many = table("镇,甲,乙,丙,丁", 20, |i| {
        format!("第{i}镇,{},{},{},{}", i * 3, i + 9, i * i, 7)
    });
    check("kind: bar\nx: 镇\ny: [甲, 乙, 丙, 丁]", &many, &["第19镇"]);
    let tiny = "样,一,二\n甲,0.000001,0.0000025\n乙,0.000004,-0.000003\n";
    check("kind: bar\nx: 样\ny: [一, 二]", tiny, &["0.0000025"]);
}

#[test]
fn shares_fill_bars_of_one_length() {
    let rows = table("年,煤,油,气,核,水,风光", 8, |i| {
        format!("{}年,{},{},{},{i},{},{}", 2016 + i, 600 - i * 20, 190, 80 + i, 90, i * i)
    });
    let keys = "kind: bar\nstack: normalize\nx: 年\ny: [煤, 油, 气, 核, 水, 风光]";
    check(keys, &rows, &["风光", "100%"]);
    check(&format!("{keys}\norient: vertical"), &rows, &["风光", "100%"]);
    check("kind: stacked\nstack: normalize\nx: 年\ny: [煤, 油]\nunit: 占比", &rows, &["占比"]);
}

#[test]
fn upright_bars_have_their_numbers_or_an_axis() {
    let rows = table("季度,净利润", 8, |i| {
        format!("{},{}", quarters(8).nth(i).expect("a quarter"), [3, -2, 5, 12, -7, 0, 9, 14][i])
    });
    check("kind: bar\norient: vertical\nx: 季度\ny: 净利润\nunit: 百万元", &rows, &["百万元"]);
    let large = table("城市,余额", 12, |i| {
        format!("第{i}城市群中心,{}", 1_000_000_000_000_u64 / (i as u64 + 1))
    });
    check("kind: bar\norient: vertical\nx: 城市\ny: 余额", &large, &["第11城市群中心"]);
    let months =
        table("月,发电量", 120, |i| format!("{}-{:02},{}", 2014 + i / 12, i % 12 + 1, 400 + i));
    check("kind: bar\norient: vertical\nx: 月\ny: 发电量", &months, &["2014-01"]);
    let groups = table("地区,前年,去年,今年", 6, |i| {
        format!("大区{i},{},{},{}", i * 7 + 3, -(i as i32), i * 9)
    });
    check(
        "kind: bar\norient: vertical\nx: 地区\ny: [前年, 去年, 今年]",
        &groups,
        &["大区5", "前年"],
    );
    let pieces = table("年,线上,线下,批发", 7, |i| {
        format!("{},{}.5,{},{}", 2018 + i, i * 90, 400 - i * 30, 12)
    });
    check(
        "kind: stacked\norient: vertical\nx: 年\ny: [线上, 线下, 批发]\nunit: 亿元",
        &pieces,
        &["线上"],
    );
}

#[test]
fn bars_of_times_stand_in_the_order_of_time() {
    let rows = "月,单\n2024年3月,33\n2024年1月,11\n2024年2月,22\n";
    let text = text("kind: bar\norient: vertical\nx: 月\ny: 单", rows);
    let at = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word} is not in {text}"));
    assert!(at("11") < at("22") && at("22") < at("33"), "{text}");
    let text = self::text("kind: bar\norient: vertical\ntype: ordinal\nx: 月\ny: 单", rows);
    let at = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word} is not in {text}"));
    assert!(at("33") < at("11"), "{text}");
}

#[test]
fn a_layer_has_an_axis_of_its_own() {
    let rows = table("季度,营收,成本,毛利率", 8, |i| {
        format!(
            "{},{},{},{}",
            quarters(8).nth(i).expect("a quarter"),
            100 + i * 12,
            80 + i * 7,
            20 + i
        )
    });
    let keys = "kind: bar\norient: vertical\nx: 季度\ny: [营收, 成本]\nunit: 亿元\nlayer: {y: 毛利率, unit: \"%\"}";
    check(keys, &rows, &["毛利率", "营收", "亿元", "%"]);
    let gap = rows.replace(",24\n", ",\n");
    check(
        "kind: stacked\norient: vertical\nx: 季度\ny: [营收, 成本]\nlayer: {kind: point, y: 毛利率}",
        &gap,
        &["毛利率"],
    );
}

#[test]
fn areas_are_named_at_their_ends() {
    let rows = table("季度,自建,租用,云上", 16, |i| {
        format!("{},{},{},{}", quarters(16).nth(i).expect("a quarter"), 20 + i, 30, i * i)
    });
    for stack in ["zero", "normalize", "none"] {
        let keys =
            format!("kind: area\nstack: {stack}\nx: 季度\ny: [自建, 租用, 云上]\nunit: 万核");
        check(&keys, &rows, &["自建", "租用", "云上", "万核"]);
    }
    let names = "环节,库存\n原料采购与验收,12\n中间品,8\n成品,-3\n在途,6\n";
    check("kind: area\ntype: ordinal\nx: 环节\ny: 库存", names, &["原料采购与验收", "在途"]);
    let twelve: Vec<String> = (0..12).map(|i| format!("机型{i}")).collect();
    let rows = table(&format!("年,{}", twelve.join(",")), 6, |year| {
        let values: Vec<String> = (0..12).map(|i| (i + year + 1).to_string()).collect();
        format!("{},{}", 2019 + year, values.join(","))
    });
    check(&format!("kind: area\nx: 年\ny: [{}]", twelve.join(", ")), &rows, &["机型0", "机型11"]);
}

#[test]
fn points_have_labels_that_keep_apart() {
    let rows = table("县名,人口（万）,产值", 31, |i| {
        format!("某某县{i},{},{}", 3 + i * 37 % 31, 100 + i * 53 % 29 * 20)
    });
    let keys = "kind: point\nx: 人口（万）\ny: 产值\nnote: 县名\nunit: 亿元";
    check(keys, &rows, &["某某县30", "人口（万）"]);
    let rows = table("型号,参数,得分,许可", 36, |i| {
        format!(
            "M{i},{}e{},{},{}",
            1 + i % 7,
            6 + i % 6,
            30 + i,
            ["开放", "封闭", "混合", "未知"][i % 4]
        )
    });
    check("kind: point\nx: 参数\ny: 得分\ncolor: 许可", &rows, &["开放", "未知"]);
    check("kind: point\nx: 甲\ny: 乙\nnote: 名", "名,甲,乙\n独点,5,5\n", &["独点"]);
}

#[test]
fn heat_maps_have_their_numbers_or_a_scale() {
    let rows = table("时段,一,二,三,四,五,六,日", 24, |i| {
        let values: Vec<String> = (0..7).map(|j| ((i * 13 + j * 29) % 97).to_string()).collect();
        format!("{i}时,{}", values.join(","))
    });
    check("kind: rect\nx: 时段\ny: [一, 二, 三, 四, 五, 六, 日]\nunit: 次", &rows, &["23时", "日"]);
    let wide: Vec<String> = (0..16).map(|i| format!("指标{i}")).collect();
    let rows = table(&format!("省,{}", wide.join(",")), 5, |i| {
        let values: Vec<String> =
            (0..16).map(|j| format!("{}", 1_000_000_000_000_u64 - (i * j) as u64)).collect();
        format!("地区{i},{}", values.join(","))
    });
    check(&format!("kind: rect\nx: 省\ny: [{}]", wide.join(", ")), &rows, &["地区4", "指标15"]);
    let signs = "因子,甲,乙\n甲,1,-0.42\n乙,-0.42,\n";
    check("kind: rect\nx: 因子\ny: [甲, 乙]", signs, &["−0.42"]);
    check("kind: rect\nx: 因子\ny: [甲, 乙]", "因子,甲,乙\n零,0,0\n", &["零"]);
}

#[test]
fn radars_have_a_spoke_for_each_row() {
    for count in [3, 5, 8, 9, 10] {
        let rows = table("能力,我方,对手", count, |i| {
            format!("第{i}项综合能力评估,{},{}", 40 + i * 5, 90 - i * 4)
        });
        check(
            "kind: radar\nx: 能力\ny: [我方, 对手]\nunit: 分",
            &rows,
            &["第2项综合能力评估", "我方"],
        );
    }
    let rows = table("轴,一,二,三,四,五,六", 6, |i| format!("轴{i},{i},2,3,4,5,6"));
    check("kind: radar\nx: 轴\ny: [一, 二, 三, 四, 五, 六]", &rows, &["轴5", "六"]);
    check("kind: radar\nx: 轴\ny: 值", "轴,值\n东,1034868\n南,2\n西,0.5\n", &["1034868"]);
}

#[test]
fn waterfalls_lead_from_one_sum_to_the_next() {
    let rows =
        "项目,金额\n年初现金,520\n经营流入,310\n投资支出,-280\n筹资,-640\n汇兑,12\n年末现金,\n";
    let keys = "kind: waterfall\nx: 项目\ny: 金额\nunit: 万元\ntotal: [年末现金]";
    check(keys, rows, &["520", "+310", "−280", "−640", "−78", "万元"]);
    let many = table("月,变动", 30, |i| format!("第{i}期调整,{}", (i as i64 * 7919) % 41 - 20));
    check("kind: waterfall\nx: 月\ny: 变动", &many, &["第29期调整"]);
    let large = "步,值\n期初,1000000000000\n增,250000000000\n减,-1\n";
    check("kind: waterfall\nx: 步\ny: 值", large, &["期初"]);
}

#[test]
fn provinces_have_their_tiles() {
    let rows = "地区,数\n北京市,1034868\n内蒙古自治区,0.25\n广西壮族自治区,77\n香港特别行政区,3\n黑龙江,12\n";
    check(
        "kind: tiles\nx: 地区\ny: 数\nunit: 家",
        rows,
        &["北京", "内蒙古", "广西", "香港", "西藏", "家"],
    );
    let rows = "Province,Labs\nBeijing,31\nInner Mongolia,2\nHeilongjiang,8\nHong Kong,4\n";
    check("kind: tiles\nx: Province\ny: Labs", rows, &["Heilongjiang", "Shaanxi"]);
    let signs = "省,变动\n四川,-12\n广东,30\n西藏,\n";
    check("kind: tiles\nx: 省\ny: 变动", signs, &["−12", "30"]);
}

#[test]
fn small_charts_share_their_axes() {
    let rows = table("年,北区,南区,东区,西区,中区", 10, |i| {
        format!("{},{},{},{},{},{}", 2015 + i, i, i * 2, 30 - i, 11, i * i)
    });
    let keys = "x: 年\ny: [北区, 南区, 东区, 西区, 中区]\nfacet: true\nunit: 万吨";
    for kind in ["line", "area", "bar\norient: vertical"] {
        check(&format!("kind: {kind}\n{keys}"), &rows, &["北区", "中区", "万吨"]);
    }
    let rows = table("部门,人数,外包,城市", 12, |i| {
        format!(
            "部门{},{},{},{}",
            i % 3,
            i * 17 % 50 + 1,
            i + 2,
            ["广州", "成都", "武汉", "西安"][i / 3]
        )
    });
    check(
        "kind: bar\nx: 部门\ny: [人数, 外包]\nfacet: 城市\ncolumns: 2",
        &rows,
        &["广州", "西安", "外包"],
    );
    check("kind: stacked\nx: 部门\ny: [人数, 外包]\nfacet: 城市", &rows, &["广州", "外包"]);
    check("kind: bar\nstack: normalize\nx: 部门\ny: [人数, 外包]\nfacet: 城市", &rows, &["武汉"]);
    check("kind: point\nx: 人数\ny: 外包\nfacet: 城市", &rows, &["武汉", "人数"]);
}

#[test]
fn reference_lines_and_words_at_values_keep_apart() {
    let rows = table("季度,制造,服务", 12, |i| {
        format!("{},{},{}", quarters(12).nth(i).expect("a quarter"), 47 + i * 7 % 6, 50 + i * 5 % 7)
    });
    let marks = "rule:\n  - {y: 50, text: 荣枯线}\n  - {y: [46, 48], text: 警戒区}\n  - {x: [2022Q1, 2022Q3], text: 封控时期}\nannotation:\n  - {x: 2023Q1, y: 服务, text: 消费回暖}\n  - {x: 2021Q2, text: 限电}";
    let words = ["荣枯线50", "警戒区46–48", "封控时期", "消费回暖", "限电"];
    check(&format!("kind: line\nx: 季度\ny: [制造, 服务]\n{marks}"), &rows, &words);
    check(&format!("kind: area\nstack: none\nx: 季度\ny: [制造, 服务]\n{marks}"), &rows, &words);
    check(
        &format!("kind: bar\norient: vertical\nx: 季度\ny: [制造, 服务]\n{marks}"),
        &rows,
        &words,
    );
    let lying = "kind: bar\nx: 季度\ny: [制造, 服务]\nrule:\n  - {y: 50, text: 荣枯线}\n  - {y: [20, 30], text: 低位}";
    check(lying, &rows, &["荣枯线50", "低位20–30"]);
    let points = "kind: point\nx: 制造\ny: 服务\nrule:\n  - {x: 50, text: 制造扩张}\n  - {y: 50, text: 服务扩张}";
    check(points, &rows, &["制造扩张", "服务扩张50"]);
    let steps = "项,值\n期初,50\n增,20\n减,-5\n";
    check("kind: waterfall\nx: 项\ny: 值\nrule:\n  - {y: 60, text: 预算}", steps, &["预算60"]);
}

#[test]
fn lines_go_along_names_too() {
    let rows = "阶段,甲案,乙案\n可行性研究,10,12\n初步设计,24,20\n试制,30,41\n量产,80,66\n";
    check(
        "kind: line\ntype: ordinal\nx: 阶段\ny: [甲案, 乙案]",
        rows,
        &["可行性研究", "量产", "乙案"],
    );
}

#[test]
fn numbers_are_written_as_they_are_asked_for() {
    let rows = "项,值\n甲,1034868\n乙,0.125\n丙,-2500.5\n";
    let shown = |keys: &str| text(&format!("{keys}\nx: 项\ny: 值"), rows);
    for (format, numbers) in [
        ("\",\"", ["1,034,868", "0.125", "−2,500.5"]),
        ("\",.1f\"", ["1,034,868.0", "0.1", "−2,500.5"]),
        ("\"+,.0f\"", ["+1,034,868", "0", "−2,501"]),
        ("\".1%\"", ["103486800.0%", "12.5%", "−250050.0%"]),
    ] {
        for kind in ["bar", "bar\norient: vertical"] {
            let text = shown(&format!("kind: {kind}\nformat: {format}"));
            for number in numbers {
                assert!(text.contains(number), "{kind}, {format}: {number} is not in {text}");
            }
        }
    }
}
