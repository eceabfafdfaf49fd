//! Tests of the fault catalogue in `tests/faults/`, and of the faults in the original report.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;
use serde::Deserialize;

use super::{check, places};
use crate::project::{Project, repository};
use crate::specimen::specimen;

/// A small change of the clean project, and all that is then found.
#[derive(Debug, Deserialize)]
struct Fault {
    name: String,
    file: Option<String>,
    from: Option<String>,
    to: Option<String>,
    write: Option<Change>,
    expect: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Change {
    file: String,
    from: Option<String>,
    to: String,
}

fn base() -> Project {
    Project::of(&repository().join("tests/faults/_base"))
}

fn apply(project: &Project, file: &str, from: Option<&str>, to: &str) {
    let text = match from {
        Some(from) => {
            let text = project.read(file);
            assert!(text.contains(from), "`{from}` is not in {file}");
            text.replacen(from, to, 1)
        }
        None => to.to_owned(),
    };
    // Pictures that a change names are made here, by their names' sizes.
    for (width, height) in [(1200, 300), (400, 100)] {
        let name = format!("figures/{width}x{height}.png");
        if text.contains(&name) {
            let picture = image::RgbImage::from_pixel(width, height, image::Rgb([31, 111, 235]));
            picture.save(project.join(&format!("content/{name}"))).expect("a picture");
        }
    }
    project.write(file, text);
}

fn read(catalogue: String) -> Vec<Fault> {
    let mut problems = source::Problems::default();
    let file = Arc::new(source::SourceFile { path: "catalogue.yaml".into(), text: catalogue });
    let document =
        source::yaml::Document::parse(&file, 0..file.text.len(), &mut problems).expect("YAML");
    assert!(problems.is_empty(), "{problems:?}");
    serde_json::from_value(document.value).expect("a list of faults")
}

#[test]
fn each_fault_is_found_at_its_place_and_nothing_else() {
    assert_eq!(places(&check(&base())), Vec::<String>::new(), "the base itself");
    let catalogue = std::fs::read_to_string(repository().join("tests/faults/catalogue.yaml"))
        .expect("a catalogue");
    let faults: Vec<Fault> = read(catalogue);
    assert!(faults.len() >= 100, "{} faults", faults.len());
    let wrong = Mutex::new(vec![]);
    faults.par_iter().for_each(|fault| {
        let project = base();
        if let (Some(file), Some(to)) = (&fault.file, &fault.to) {
            apply(&project, file, fault.from.as_deref(), to);
        }
        if let Some(Change { file, from, to }) = &fault.write {
            apply(&project, file, from.as_deref(), to);
        }
        let mut expected = fault.expect.clone();
        expected.sort();
        let found = places(&check(&project));
        if found != expected {
            wrong
                .lock()
                .expect("a lock")
                .push(format!("{}\n  expected {expected:?}\n  found    {found:?}", fault.name));
        }
    });
    let wrong = wrong.into_inner().expect("a lock");
    assert!(
        wrong.is_empty(),
        "{} of {} faults differ:\n{}",
        wrong.len(),
        faults.len(),
        wrong.join("\n")
    );
}

#[test]
fn every_rule_has_a_fault() {
    let catalogue = std::fs::read_to_string(repository().join("tests/faults/catalogue.yaml"))
        .expect("a catalogue");
    // Errors of the format are in `tests/bad/`, Typst's warnings are the template's, and lines
    // that stand alone, which the built-in template does not leave, are tested where they are
    // found. The catalogue is UTF-8, and cannot hold another encoding: see `references.rs` and
    // `tables.rs`. What pages lose is in `conservation.rs`, and what they print in the wrong place in
    // `clear.rs`: a template may learn to hold it.
    let elsewhere = [
        "TP0001", "TP0008", "TP0020", "TP0021", "TP0503", "TP0504", "TP0507", "TP0508", "TP0509",
        "TP0510", "TP0511",
    ];
    let missing: Vec<_> = trendpress::rules::ALL
        .iter()
        .map(|rule| rule.code)
        .filter(|code| !elsewhere.contains(code) && !catalogue.contains(&format!("- {code} ")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_report_is_clean() {
    let Some(project) = specimen() else { return };
    assert_eq!(places(&check(&project)), Vec::<String>::new());
}

#[test]
fn a_new_report_is_clean() {
    assert_eq!(places(&check(&Project::starter())), Vec::<String>::new());
}

/// The faults that the original report was printed with, but for the contents page, which is
/// generated here: an entry of the references under two numbers, a title that is repeated with
/// another word, half-width marks in Chinese, a sentence that is printed twice, an address that
/// was valid in one browser.
#[test]
fn the_faults_of_the_original_are_found() {
    let Some(project) = specimen() else { return };
    project.edit("content/references.yaml", "# check off TP0301", "# as printed");
    project.write(
        "content/insert.md",
        "---\ntitle: 合作机构\n---\n\n本页介绍《模型能力提升与风险预防并重》一篇所用的材料,由编者另行整理。\n",
    );
    project.edit("content/report.yaml", "trends/*.md, ", "trends/*.md, insert.md, ");
    let synthetic = "content/trends/06-synthetic-data.md";
    let sentence =
        "真实数据越稀缺，合成数据在训练中的占比就越高，对模型迭代和应用落地的推动也越明显。";
    project.edit(synthetic, "合成数据也不限于文字。", &format!("{sentence}合成数据也不限于文字。"));
    let references = project.read("content/references.yaml");
    let url = "https://www.cnbc.com/2024/11/26/openai-gets-1point5-billion-investment-from-softbank-in-tender-offer.html";
    assert!(references.contains(url));
    project.edit("content/references.yaml", url, "blob:https://www.cnbc.com/0f3c9a7e");
    let found: BTreeSet<String> = places(&check(&project))
        .into_iter()
        .map(|place| place.rsplit_once(':').map_or(place.clone(), |(line, _)| line.to_owned()))
        .collect();
    let line = |file: &str, text: &str| {
        project.read(file).lines().position(|line| line.contains(text)).map_or(0, |at| at + 1)
    };
    let references = "content/references.yaml";
    for (code, file, line) in [
        ("TP0301", references, line(references, "yang2024space:")),
        ("TP0204", "content/insert.md", 5),
        ("TP0103", "content/insert.md", 5),
        ("TP0201", synthetic, line(synthetic, "合成数据也不限于文字。")),
        ("TP0305", references, line(references, "blob:https")),
    ] {
        assert!(
            found.contains(&format!("{code} {file}:{line}")),
            "{code} {file}:{line} is not in {found:#?}"
        );
    }
}

/// The pass runs at each change: measured in the processor's time, which other tests do not
/// stretch.
#[cfg(target_os = "linux")]
#[test]
fn the_content_pass_costs_a_few_times_what_a_warm_reading_does() {
    let busy = || -> std::time::Duration {
        let text =
            std::fs::read_to_string("/proc/thread-self/schedstat").expect("the kernel's account");
        std::time::Duration::from_nanos(
            text.split(' ').next().and_then(|ns| ns.parse().ok()).expect("a number"),
        )
    };
    let Some(project) = specimen() else { return };
    let mut session = trendpress::Session::open(project.path(), false).expect("a project");
    // The least of the ratios: each is of two passes right after each other, which a busy machine
    // slows alike.
    let mut least = f64::INFINITY;
    for _ in 0..12 {
        let start = busy();
        assert!(session.prepare().is_ok());
        let read = busy();
        assert!(session.check_content().passes());
        least = least.min((busy() - read).div_duration_f64(read - start));
    }
    println!("with the check {least:.1} of a reading");
    assert!(least < 10.0, "with the check {least:.1} of a reading");
}
