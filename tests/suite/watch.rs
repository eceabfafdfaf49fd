//! `watch`: one warm process that follows the files; a broken state leaves the last good output.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::pdf::File;
use crate::project::Project;

struct Watch {
    process: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(project: &Project) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_trendpress"))
            .args(["watch", "out.pdf"])
            .current_dir(project.path())
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program runs");
        let stderr = BufReader::new(process.stderr.take().expect("stderr"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Self { process, lines }
    }

    /// Waits for a line that contains `text`.
    fn until(&self, text: &str) -> String {
        let mut seen = String::new();
        loop {
            match self.lines.recv_timeout(Duration::from_secs(60)) {
                Ok(line) if line.contains(text) => return line,
                Ok(line) => seen += &format!("{line}\n"),
                Err(error) => panic!("no `{text}`: {error}; so far:\n{seen}"),
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

fn text(project: &Project) -> String {
    let pages = File::open(std::fs::read(project.join("out.pdf")).expect("a report")).pages();
    pages.iter().map(|page| page.text()).collect()
}

#[test]
fn edits_faults_and_new_files_are_followed() {
    let project = Project::report();
    let watch = Watch::start(&project);
    watch.until("out.pdf: 24 pages");

    project.edit("content/foreword.md", "新年伊始", "辞旧迎新");
    watch.until("out.pdf: 24 pages");
    assert!(text(&project).contains("辞旧迎新"));

    // A fault leaves what was good.
    let good = std::fs::read(project.join("out.pdf")).expect("a report");
    project.edit("content/foreword.md", "title: 卷首语", "titel: 卷首语");
    watch.until("nothing was written");
    assert!(std::fs::read(project.join("out.pdf")).expect("a report") == good, "a fault touched the output");

    // Mended, and by an editor that writes beside and renames.
    let mended = project.read("content/foreword.md").replace("titel", "title").replace("辞旧迎新", "岁末年初");
    project.write("content/.foreword.tmp", mended);
    std::fs::rename(project.join("content/.foreword.tmp"), project.join("content/foreword.md")).expect("a rename");
    watch.until("out.pdf: 24 pages");
    assert!(text(&project).contains("岁末年初"));

    // A file that was not there before.
    let trend = project.read("content/trends/09-super-app.md").replace("AI 应用热度渐起", "第十一个趋势");
    project.write("content/trends/11-more.md", trend);
    watch.until("out.pdf: 25 pages");
    assert!(text(&project).contains("第十一个趋势"));
}
