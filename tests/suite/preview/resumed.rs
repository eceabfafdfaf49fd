//! A preview whose work a limit ended: its page stays, tells it, and goes on.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::site::snapshot;
use crate::project::Project;

/// Waits until the preview shows what is asked for.
fn until(address: &str, what: &str, test: impl Fn(&Value) -> bool) -> Value {
    let end = Instant::now() + Duration::from_secs(60);
    while Instant::now() < end {
        // While one process takes another's place nobody answers.
        if let Some(now) = snapshot(address).ok().filter(|now| test(now)) {
            return now;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    panic!("never {what}");
}

#[test]
fn a_limit_ends_the_work_and_not_the_preview() {
    let project = Project::starter();
    let mut process = crate::project::program()
        .args(["preview", "--limit-time", "3"])
        .current_dir(project.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stdout = BufReader::new(process.stdout.take().expect("stdout"));
    let mut address = String::new();
    stdout.read_line(&mut address).expect("an address");
    let address = address.trim();
    let good = until(address, "good", |now| now["pages"].as_array().is_some_and(|p| !p.is_empty()));

    let settings = project.read("content/report.yaml");
    project.write("templates/mine/main.typ", "#for a in range(99999) { for b in range(99999) {} }");
    project.edit("content/report.yaml", "template: report", "template: mine");
    let held = until(address, "told", |now| now["good"] == false);
    let said = held["findings"][0].to_string();
    assert!(
        said.contains("more than 3 seconds") && said.contains("templates/mine/main.typ"),
        "{said}"
    );
    assert!(process.try_wait().expect("a process").is_none(), "the preview ended");

    project.write("content/report.yaml", &settings);
    let mended = until(address, "mended", |now| {
        now["good"] == true && now["pages"].as_array().is_some_and(|p| !p.is_empty())
    });
    assert_eq!(mended["pages"], good["pages"], "the same pages have the same names");

    process.kill().expect("a process");
    process.wait().expect("a process");
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).expect("stdout");
    assert_eq!(rest, "", "the address is told once");
}
