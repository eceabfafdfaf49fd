//! Tables of numbers as people and their programs write them: workbooks, encodings, marks and
//! signs. What the charts show is read from the final PDF; workbooks are made here.

use std::io::Write as _;

use crate::project::{Project, Run};
use testkit::pdf::File;

/// A report with one chart over a table.
fn report(keys: &str, data: &str, file: &str, table: impl AsRef<[u8]>) -> Project {
    let project = Project::starter();
    project.write(&format!("content/{file}"), table);
    let block =
        format!("```chart\ntitle: 图题\nalt: 替代文字\nsource: 来源\ndata: {data}\n{keys}\n```\n");
    project
        .write("content/trends/01-first.md", format!("---\ntitle: 章名\n---\n\n正文。\n\n{block}"));
    project
}

/// The text of the chart's page, and what was told.
fn drawn(project: &Project) -> (String, Run) {
    let run = project.run(&["render", "o.pdf"]).ok();
    let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
    let pages = file.pages();
    let page = pages.iter().find(|page| page.text().contains("图题")).expect("the chart");
    let text = page.text();
    (text.chars().filter(|c| !c.is_whitespace() && !cjk::is_invisible(*c)).collect(), run)
}

const BAR: &str = "kind: bar\nx: 年份\ny: 产量";

/// A bar chart over a CSV file shows these values; returns what was told.
#[track_caller]
fn bars(table: impl AsRef<[u8]>, values: &[&str]) -> String {
    let (text, run) = drawn(&report(BAR, "n.csv", "n.csv", table));
    for value in values {
        assert!(text.contains(value), "`{value}` is not in {text}");
    }
    run.stderr
}

#[test]
fn encodings_and_delimiters_are_read() {
    let table = "年份,产量\n2023年,1034868\n2024年,1349084\n";
    let values = ["1034868", "1349084", "2024年"];
    assert!(!bars(table, &values).contains("warning"));
    assert!(!bars(format!("\u{feff}{table}"), &values).contains("warning"));
    assert!(bars(encoding_rs::GBK.encode(table).0, &values).contains("GB 18030"));
    let sixteen: Vec<u8> =
        "\u{feff}".encode_utf16().chain(table.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert!(bars(sixteen, &values).contains("UTF-16"));
    for delimiter in [";", "\t"] {
        let told = bars(table.replace(',', delimiter), &values);
        assert!(!told.contains("warning"), "{told}");
    }
}

#[test]
fn signs_of_people_are_read_and_told_once() {
    let table = "年份,产量\n2019,\"1,234.5\"\n2020,45.5%\n2021,￥100\n2022,−10\n2023,（12）\n2024,１２３\n2025,#N/A\n2026,—\n";
    let told = bars(table, &["1234.5", "45.5", "100", "123"]);
    assert_eq!(told.matches("TP0420").count(), 1, "{told}");
    for part in ["`1,234.5` as `1234.5`", "`45.5%` as `45.5`", "n.csv:1:1"] {
        assert!(told.contains(part), "`{part}` is not in {told}");
    }
    // Two charts of one file tell it once.
    let project = report(BAR, "n.csv", "n.csv", table);
    let text = project.read("content/trends/01-first.md");
    let (_, block) = text.split_once("```").expect("a block");
    project.write("content/trends/01-first.md", format!("{text}\n正文。\n\n```{block}"));
    let run = project.run(&["render", "o.pdf"]).ok();
    assert_eq!(run.stderr.matches("TP0420").count(), 1, "{}", run.stderr);
}

#[test]
fn percents_are_the_unit_of_a_column_of_them() {
    let stacked = "kind: stacked\nx: 年份\ny: [甲, 乙]";
    let table = "年份,甲,乙\n2023,10%,20%\n2024,30%,—\n";
    let (text, _) = drawn(&report(stacked, "n.csv", "n.csv", table));
    assert!(text.contains('%'), "{text}");
    let keys = format!("{stacked}\nunit: 亿元");
    let (text, _) = drawn(&report(&keys, "n.csv", "n.csv", table));
    assert!(!text.contains('%') && text.contains("亿元"), "{text}");
}

#[test]
fn what_stands_around_a_table_is_left_out_and_told() {
    let table = "表1 各年产量,,,\n单位：万吨,,,\n年份,产量,,\n单位,万吨,,\n2023年,16,,\n,,,\n2024年,32,,\n数据来源：某局,,,\n,,,\n";
    let told = bars(table, &["16", "32", "2024年"]);
    for part in [
        "2 rows above the head",
        "`万吨`",
        "empty columns (2 columns)",
        "`数据来源：某局`",
        "empty rows (2 rows)",
    ] {
        assert!(told.contains(part), "`{part}` is not in {told}");
    }
    let (text, _) = drawn(&report(BAR, "n.csv", "n.csv", table));
    assert!(!text.contains("某局") && !text.contains("单位"), "{text}");
    let skipped = "一行题名\n\n年份,产量\n2023年,16\n2024年,32\n";
    let keys = format!("{BAR}\nskip-rows: 1");
    let (text, run) = drawn(&report(&keys, "n.csv", "n.csv", skipped));
    assert!(text.contains("32") && !run.stderr.contains("TP0420"), "{}", run.stderr);
}

#[test]
fn what_is_no_number_is_still_refused_at_its_cell() {
    for (cell, column) in [("12亿元", 6), ("\"1,5\"", 7), ("abc", 6)] {
        let project = report(BAR, "n.csv", "n.csv", format!("年份,产量\n2023,1\n2024,{cell}\n"));
        let run = project.run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(1));
        assert!(run.stderr.contains(&format!("n.csv:3:{column}")), "{}", run.stderr);
    }
}

#[test]
fn times_are_an_axis_in_the_order_of_time() {
    for (rows, labels) in [
        (["2024Q1,3", "2023Q3,1", "2023Q4,2"], ["2023Q3", "2023Q4", "2024Q1"]),
        (["2022/1/5,3", "2021/12/30,1", "2022/1/1,2"], ["2021/12/30", "2022/1/1", "2022/1/5"]),
        (["2024-01,3", "2023-11,1", "2023-12,2"], ["2023-11", "2023-12", "2024-01"]),
        (["2024.11,3", "2024.9,1", "2024.10,2"], ["2024.9", "2024.10", "2024.11"]),
        (["8:30,1", "12:00,2", "18:30,3"], ["8:30", "12:00", "18:30"]),
        (["22:00,1", "23:30,2", "0:15,3"], ["22:00", "23:30", "0:15"]),
        (["9月,1", "11月,2", "3月,3"], ["9月", "11月", "3月"]),
        (["一季度,1", "二季度,2", "四季度,3"], ["一季度", "二季度", "四季度"]),
        (["Nov-23,1", "Dec-23,2", "Jan-24,3"], ["Nov-23", "Dec-23", "Jan-24"]),
        (["3Q23,1", "4Q23,2", "1Q24,3"], ["3Q23", "4Q23", "1Q24"]),
        (["20240131,2", "20240101,1", "20240201,3"], ["20240101", "20240131", "20240201"]),
        (
            ["2024年上半年,3", "2022年下半年,1", "2023年,2"],
            ["2022年下半年", "2023年", "2024年上半年"],
        ),
    ] {
        let table = format!("时间,值\n{}\n", rows.join("\n"));
        let project = report("kind: line\nx: 时间\ny: 值", "n.csv", "n.csv", table);
        let run = project.run(&["render", "o.pdf"]).ok();
        assert!(!run.stderr.contains("error"), "{}", run.stderr);
        let file = File::open(std::fs::read(project.join("o.pdf")).expect("a report"));
        let pages = file.pages();
        let page = pages.iter().find(|page| page.text().contains("图题")).expect("the chart");
        let left = |label: &str| {
            let glyphs: Vec<_> = page.glyphs.iter().collect();
            let wanted: Vec<String> = label.chars().map(String::from).collect();
            let at = glyphs
                .windows(wanted.len())
                .position(|run| run.iter().zip(&wanted).all(|(glyph, c)| glyph.text == *c));
            at.map(|at| glyphs[at].x)
        };
        let places: Vec<f64> = labels.iter().filter_map(|label| left(label)).collect();
        assert!(places.len() >= 2 && places.is_sorted(), "{labels:?}: {places:?}");
    }
    let project =
        report("kind: line\nx: 时间\ny: 值", "n.csv", "n.csv", "时间,值\n2024,1\n去年,2\n");
    let run = project.run(&["render", "o.pdf"]);
    assert!(run.stderr.contains("n.csv:3:1") && run.stderr.contains("2024Q1"), "{}", run.stderr);
}

#[test]
fn times_of_a_day_have_places_of_their_own() {
    let keys = "kind: line\nx: 时间\ny: 值";
    let table = "时间,值\n2024-01-05 00:00,1\n2024-01-05 12:00,2\n2024-01-06 00:00,5\n";
    let project = report(keys, "n.csv", "n.csv", table);
    project.run(&["data", "out"]).ok();
    let mut places = vec![];
    for entry in std::fs::read_dir(project.join("out/data/parts")).expect("data") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if let Some((_, rest)) = text.split_once("\"positions\": [") {
            let list = rest.split(']').next().unwrap_or_default();
            places = list.split(',').filter_map(|at| at.trim().parse::<f64>().ok()).collect();
        }
    }
    let [first, noon, next] = places[..] else { panic!("{places:?}") };
    assert!(((noon - first) * 2.0 - (next - first)).abs() < 1e-6, "{places:?}");
}

#[test]
fn what_programs_and_people_leave_in_tables_is_read() {
    // A row of units without brackets, a remark below, marks that nobody sees.
    let told =
        bars("年份,产量\n年,万吨\n2020,2\u{feff}3\n2021,\u{feff}45\n*为预测值\n", &["23", "45"]);
    assert!(told.contains("`万吨`") && told.contains("`*为预测值`"), "{told}");
    bars("年份,产量\n2020,\"=\"\"12\"\"\"\n2021,“34”\n", &["12", "34"]);
    bars("\"年\n份\",产量\n2020,12\n2021,34\n", &["12", "34"]);
}

#[test]
fn what_is_wrong_with_a_table_is_told_with_what_to_write() {
    for (table, told) in [
        ("年份,产量\n2020,1\n2021\n", ["n.csv:3:1", "leave nothing between two commas"]),
        ("年份,产量\n2020,\"10\n2021,20\n", ["n.csv:2:6", "nothing closes this quote"]),
        ("年份，产量\n2020，10\n", ["has no column `年份`", "in half width"]),
    ] {
        let run = report(BAR, "n.csv", "n.csv", table).run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(1), "{table}");
        for part in told {
            assert!(run.stderr.contains(part), "{part}: {table}: {}", run.stderr);
        }
    }
    let book = workbook(&[("指标", &[&["年份", "产量"], &["2020", "10"]])]);
    for (data, name, bytes, told) in [
        ("n.csv", "n.csv", &book[..], "is a workbook, and no text"),
        (
            "n.xls",
            "n.xls",
            &b"<html><table><tr><td>1</td></tr></table></html>"[..],
            "a page of the web",
        ),
        ("n.xls", "n.xls", "年份\t产量\n2020\t10\n".as_bytes(), "is text, and no workbook"),
        ("n.xlsx#指标！A1:B2", "n.xlsx", &book[..], "in half width: `!`"),
    ] {
        let run = report(BAR, data, name, bytes).run(&["render", "o.pdf"]);
        assert!(run.code == Some(1) && run.stderr.contains(told), "{told}: {}", run.stderr);
    }
    // Excel writes a quote of the name twice.
    let book = workbook(&[("l'an", &[&["年份", "产量"], &["2020", "41"]])]);
    for data in ["n.xlsx#'l''an'!A1:B2", "n.xlsx#'l''an'", "n.xlsx#l'an"] {
        let (text, _) = drawn(&report(BAR, &format!("\"{data}\""), "n.xlsx", &book));
        assert!(text.contains("41"), "{data}: {text}");
    }
    let book = workbook(&[("Data", &[&["年份", "产量"], &["2020", "37"]])]);
    let (text, _) = drawn(&report(BAR, "n.xlsx#DATA", "n.xlsx", &book));
    assert!(text.contains("37"));
}

#[test]
fn values_print_all_the_figures_that_they_are_written_with() {
    let table = "年份,产量\n2020,1234567890.12\n2021,12345678901.23\n2022,99999999.999\n";
    bars(table, &["1234567890.12", "12345678901.23", "99999999.999"]);
}

#[test]
fn days_with_dots_have_places_along_a_line() {
    let table = "日期,产量\n2024.01.05,3\n2024.02.05,4\n2024.10.01,5\n";
    let (_, run) = drawn(&report("kind: line\nx: 日期\ny: 产量", "n.csv", "n.csv", table));
    assert!(run.stderr.contains("`2024.01.05` as a day"), "{}", run.stderr);
}

#[test]
fn rows_without_labels_and_days_of_workbooks_are_told() {
    let told = bars("年份,产量\n2020,10\n,20\n2021,30\n", &["20"]);
    assert!(told.contains("this row has no label") && told.contains("n.csv:3:"), "{told}");
    let told = bars("年份,产量\n45292,10\n45323,20\n45352,30\n", &["45292"]);
    assert!(told.contains("the day 2024-01-01 of a workbook"), "{told}");
    for sound in ["年份,产量\n2020,10\n2021,20\n", "年份,产量\n45000,10\n46000,20\n"] {
        assert!(!bars(sound, &["20"]).contains("TP0420"), "{sound}");
    }
}

#[test]
fn a_sum_is_no_slice_of_a_pie() {
    let keys = "kind: pie\nx: 地区\ny: 产量";
    let project = report(keys, "n.csv", "n.csv", "地区,产量\n甲,10\n乙,20\n合 计,30\n");
    let run = project.run(&["render", "o.pdf"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("n.csv:4:1"), "{}", run.stderr);
    let project = report(keys, "n.csv", "n.csv", "地区,产量\n甲,10\n乙,20\n总计,9\n");
    project.run(&["render", "o.pdf"]).ok();
}

/// A workbook: its sheets, each with rows of cells in the XML of their values.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    book(sheets, "")
}

/// The same with what stands in each sheet behind its cells. `~2~` before a value has it shown as
/// `0.00%`, `~3~` as `#,##0.00`, `~6~` as `##0.0E+0`, `~7~` as `??/??`.
pub(crate) fn book(sheets: &[(&str, &[&[&str]])], behind: &str) -> Vec<u8> {
    let mut types = String::new();
    let (mut list, mut links) = (String::new(), String::new());
    let mut files = vec![];
    for (at, (name, rows)) in sheets.iter().enumerate() {
        let id = at + 1;
        types += &format!(
            r#"<Override PartName="/xl/worksheets/sheet{id}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"#
        );
        list += &format!(r#"<sheet name="{name}" sheetId="{id}" r:id="rId{id}"/>"#);
        links += &format!(
            r#"<Relationship Id="rId{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{id}.xml"/>"#
        );
        let mut data = String::new();
        for (row, cells) in rows.iter().enumerate() {
            data += &format!(r#"<row r="{}">"#, row + 1);
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let name = format!("{}{}", char::from(b'A' + column as u8), row + 1);
                data += &match cell.strip_prefix('=') {
                    Some("") => format!(r#"<c r="{name}"><f>SUM(B1:B2)</f></c>"#),
                    Some(value) => format!(r#"<c r="{name}"><f>1+1</f><v>{value}</v></c>"#),
                    None if cell.starts_with('~') => {
                        let (style, value) = cell[1..].split_once('~').expect("a style");
                        match value.parse::<f64>() {
                            Ok(_) => format!(r#"<c r="{name}" s="{style}"><v>{value}</v></c>"#),
                            Err(_) => format!(
                                r#"<c r="{name}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>"#
                            ),
                        }
                    }
                    None => match (cell.strip_prefix('@'), cell.parse::<f64>()) {
                        (Some(date), _) => format!(r#"<c r="{name}" s="1"><v>{date}</v></c>"#),
                        (None, Ok(_)) => format!(r#"<c r="{name}"><v>{cell}</v></c>"#),
                        _ => format!(r#"<c r="{name}" t="inlineStr"><is><t>{cell}</t></is></c>"#),
                    },
                };
            }
            data += "</row>";
        }
        files.push((format!("xl/worksheets/sheet{id}.xml"), format!(r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{data}</sheetData>{behind}</worksheet>"#)));
    }
    let head = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    files.push(("[Content_Types].xml".into(), format!(r#"{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>{types}</Types>"#)));
    files.push(("_rels/.rels".into(), format!(r#"{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#)));
    files.push(("xl/workbook.xml".into(), format!(r#"{head}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{list}</sheets></workbook>"#)));
    files.push(("xl/styles.xml".into(), format!(r#"{head}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0&quot;亿元&quot;"/><numFmt numFmtId="165" formatCode="??/??"/></numFmts><cellXfs count="8"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="10" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="0" applyAlignment="1"><alignment horizontal="left" indent="2"/></xf><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="48" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/></cellXfs></styleSheet>"#)));
    files.push(("xl/_rels/workbook.xml.rels".into(), format!(r#"{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#)));
    zipped(&files)
}

/// An archive of these files, none of them packed.
fn zipped(files: &[(String, String)]) -> Vec<u8> {
    let (mut out, mut directory) = (vec![], vec![]);
    for (name, text) in files {
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        let (sum, length) = (crc.sum(), text.len() as u32);
        let start = out.len() as u32;
        let common = |to: &mut Vec<u8>| {
            for half in [20u16, 0x0800, 0, 0, 0x21] {
                to.extend(half.to_le_bytes());
            }
            for word in [sum, length, length] {
                to.extend(word.to_le_bytes());
            }
            to.extend((name.len() as u16).to_le_bytes());
            to.extend(0u16.to_le_bytes());
        };
        out.extend(0x0403_4b50_u32.to_le_bytes());
        common(&mut out);
        out.write_all(name.as_bytes()).expect("memory");
        out.write_all(text.as_bytes()).expect("memory");
        directory.extend(0x0201_4b50_u32.to_le_bytes());
        directory.extend(20u16.to_le_bytes());
        common(&mut directory);
        directory.extend([0; 10]);
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (at, length, count) = (out.len() as u32, directory.len() as u32, files.len() as u16);
    out.extend(&directory);
    out.extend(0x0605_4b50_u32.to_le_bytes());
    out.extend([0; 4]);
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0; 2]);
    out
}

const SHEETS: &[(&str, &[&[&str]])] = &[
    ("封面", &[&["说明"]]),
    (
        "指标",
        &[
            &["各年指标"],
            &[],
            &["年份", "产量", "备注"],
            &["2022", "1034868", "甲"],
            &["2023", "=1349084.5", "乙"],
            &["2024", "#N/A", "丙"],
            &["合计", "5", ""],
        ],
    ),
];

#[test]
fn workbooks_are_read_by_sheet_and_range() {
    let book = workbook(SHEETS);
    let project = report(BAR, "n.xlsx#指标!A3:C6", "n.xlsx", &book);
    let (text, run) = drawn(&project);
    for part in ["2022", "1034868", "1349084.5", "2024"] {
        assert!(text.contains(part), "`{part}` is not in {text}");
    }
    assert!(!text.contains("合计"), "{text}");
    assert!(
        run.stderr.contains("`#N/A` as no value") && run.stderr.contains("n.xlsx:1:1"),
        "{}",
        run.stderr
    );
    for range in ["C6:A3", "3:6"] {
        let (text, _) = drawn(&report(BAR, &format!("n.xlsx#指标!{range}"), "n.xlsx", &book));
        assert!(text.contains("1349084.5") && !text.contains("合计"), "{range}: {text}");
    }
    // Without a range, the title above the head is found.
    let (text, run) = drawn(&report(BAR, "n.xlsx#指标", "n.xlsx", &book));
    assert!(text.contains("合计") && run.stderr.contains("`各年指标`"), "{}", run.stderr);
    let check = project.run(&["check"]);
    let told = check.stdout + &check.stderr;
    assert!(!told.contains("use `n.xlsx`"), "{told}");
}

#[test]
fn a_chart_prints_the_numbers_that_its_workbook_shows() {
    let rows: &[&[&str]] = &[
        &["年份", "产量", "份额"],
        &["甲", "~3~1523.456", "~2~0.1453"],
        &["乙", "~3~45.2", "~2~0.1"],
    ];
    let book = workbook(&[("表", rows)]);
    let (text, _) = drawn(&report(BAR, "n.xlsx", "n.xlsx", &book));
    assert!(text.contains("1,523.46") && text.contains("45.20"), "{text}");
    let (text, _) = drawn(&report("kind: bar\nx: 年份\ny: 份额", "n.xlsx", "n.xlsx", &book));
    assert!(text.contains("14.53%") && text.contains("10.00%"), "{text}");
    let layered = "kind: bar\norient: vertical\nx: 年份\ny: 产量\nlayer: {y: 份额}";
    let (text, _) = drawn(&report(layered, "n.xlsx", "n.xlsx", &book));
    assert!(text.contains("15%") && !text.contains("0.15"), "{text}");
}

#[test]
fn workbooks_of_libreoffice_are_read() {
    let number = |value: &str| {
        format!(
            r#"<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>"#
        )
    };
    let text = |text: &str| {
        format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        )
    };
    let row = |cells: [String; 2]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let rows = [
        row([text("年份"), text("产量")]),
        row([number("2023"), number("71.5")]),
        row([number("2024"), text("−83")]),
    ];
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="表 1">{}</table:table></office:spreadsheet></office:body></office:document-content>"#,
        rows.concat()
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>"#
    );
    let book = zipped(&[
        ("mimetype".into(), kind.into()),
        ("META-INF/manifest.xml".into(), manifest),
        ("content.xml".into(), content),
    ]);
    let (text, run) = drawn(&report(BAR, "n.ods#'表 1'", "n.ods", book));
    assert!(text.contains("71.5") && text.contains("83"), "{text}");
    assert!(run.stderr.contains("`−83` as `-83`"), "{}", run.stderr);
}

#[test]
fn faults_of_a_workbook_name_sheet_and_cell() {
    let tell = |data: &str, book: &[u8], parts: &[&str]| {
        let run = report(BAR, data, "n.xlsx", book).run(&["render", "o.pdf"]);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        for part in parts {
            assert!(run.stderr.contains(part), "`{part}` is not in {}", run.stderr);
        }
    };
    let book = workbook(SHEETS);
    tell("n.xlsx#指示", &book, &["no sheet `指示`", "did you mean `指标`?"]);
    tell("n.xlsx#指标!A3:B3", &book, &["the table has no rows"]);
    for range in ["B", "A1:C", "A1-C3", "A0:C3", "A3:C4,A6:C6", "R1C1:R3C3", "年份:产量"] {
        let told = format!("`{range}` is no range of a sheet");
        tell(&format!("n.xlsx#指标!{range}"), &book, &[&told, "`A1:C9`", "01-first.md:"]);
    }
    let wrong = workbook(&[(
        "一",
        &[&["年份", "产量"], &["2023", "三百"], &["2024", "="], &["2025", "7"]],
    )]);
    tell(
        "n.xlsx",
        &wrong,
        &["n.xlsx#一!B2", "`三百` is not a number", "the formula in `B3` has no value"],
    );
    tell("n.xlsx", b"no workbook", &["cannot be read", "trends/01-first.md"]);
}

#[test]
fn dates_of_a_workbook_are_times() {
    let book = workbook(&[(
        "一",
        &[&["日期", "值"], &["@44562", "1"], &["@44566", "2"], &["@44621", "3"]],
    )]);
    let (text, _) = drawn(&report("kind: line\nx: 日期\ny: 值", "n.xlsx", "n.xlsx", &book));
    assert!(text.contains("2022-01-01") && text.contains("2022-03-01"), "{text}");
}

#[test]
fn a_changed_workbook_is_read_again() {
    let project = report(
        BAR,
        "n.xlsx#一",
        "n.xlsx",
        workbook(&[("一", &[&["年份", "产量"], &["2023", "71"]])]),
    );
    assert!(drawn(&project).0.contains("71"));
    project.write("content/n.xlsx", workbook(&[("一", &[&["年份", "产量"], &["2023", "83"]])]));
    assert!(drawn(&project).0.contains("83"));
}

/// An archive of one packed file, of so many bytes.
fn bomb(name: &str, start: &str, filler: &str, length: usize) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
    out.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file");
    out.write_all(start.as_bytes()).expect("memory");
    let block = filler.repeat(1_000_000 / filler.len());
    for _ in 0..length / block.len() {
        out.write_all(block.as_bytes()).expect("memory");
    }
    out.finish().expect("an archive").into_inner()
}

#[test]
fn workbooks_that_unpack_without_bounds_are_refused_at_once() {
    let row = "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16000\"/></table:table-row>";
    for (file, book) in [
        ("n.xlsx", bomb("xl/worksheets/sheet1.xml", "<worksheet>", " ", 400_000_000)),
        ("n.ods", bomb("content.xml", "<office:document-content>", " ", 400_000_000)),
        ("n.ods", bomb("content.xml", row, " ", 1_000_000)),
    ] {
        assert!(book.len() < 1_000_000);
        let run = report(BAR, file, file, book).run(&["check"]);
        assert_eq!(run.code, Some(1), "{}", run.stderr);
        assert!(run.stderr.contains(&format!("`{file}` is too large")), "{}", run.stderr);
    }
}

#[test]
fn quotes_within_cells_are_of_the_text() {
    let table = "年份,产量\n\"说\"\"好\"\"吗，是吗\",3\n\"6\"\"管\",5\n甲,\"1,200\"\n";
    let project = report(BAR, "n.csv", "n.csv", table);
    let (text, _) = drawn(&project);
    for said in ["说", "吗，是吗", "管", "1200"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let run = project.run(&["check"]);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    let block = "```table\ntitle: 表题\ndata: n.csv\n```\n";
    project.write("content/n.csv", "项,说明\n甲,\"说\"\"好\"\"\"\n\"\"\"乙\"\"\",\"多,\r\n行\"\n");
    project
        .write("content/trends/01-first.md", format!("---\ntitle: 章名\n---\n\n正文。\n\n{block}"));
    let run = project.run(&["check"]);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    project.run(&["render", "o.pdf"]).ok();
}
