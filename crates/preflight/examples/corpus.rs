//! Runs the preflight over all PDFs below a folder, each in a process of its own with limits, and
//! prints what came of it: panics, crashes, time-outs, memory, findings by rule, makers, the slowest,
//! the largest.
//!
//!     cargo run -p preflight --example corpus -- DIR [--json OUT.json] [--against LAST.json]
//!         [--jobs 2] [--seconds 60] [--memory 600] [--profile gwg-sheetfed] [--poppler]
//!         [--resume]
//!
//! `--against` shows what changed since the run that wrote `LAST.json`. `--poppler` times
//! `pdftoppm -r 72` beside it, and tells the files that it draws and the preflight gives up. `--resume`
//! leaves out the files that `OUT.json` has, of a run that was ended. Reads `/proc`, and so needs Linux.

#![expect(clippy::disallowed_methods, reason = "a tool for developers, which reads and times")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use preflight::Profile;
use serde::{Deserialize, Serialize};

/// What came of a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Outcome {
    /// `ok`, `panic` (also one that was caught), `crash`, `time` or `memory`.
    end: String,
    /// Processor seconds.
    seconds: f64,
    /// The most memory, in MB.
    memory: u64,
    pages: usize,
    /// Pages whose ink is not known.
    unknown: usize,
    /// How often each rule was broken.
    codes: BTreeMap<String, usize>,
    /// Processor seconds of poppler, if it was asked.
    poppler: Option<f64>,
    /// Whether poppler drew it, if it was asked.
    #[serde(default)]
    drawn: Option<bool>,
    /// The program that wrote it, without its version.
    #[serde(default)]
    maker: String,
}

/// The panics so far: the preflight catches those of its reader, and calls the file damaged.
static PANICS: AtomicUsize = AtomicUsize::new(0);

struct Settings {
    folder: PathBuf,
    json: Option<PathBuf>,
    against: Option<PathBuf>,
    jobs: usize,
    seconds: u64,
    memory: u64,
    profile: String,
    poppler: bool,
    resume: bool,
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [word, profile, file] = &words[..]
        && word == "--one"
    {
        return one(profile, Path::new(file));
    }
    let value = |name: &str| {
        words.iter().position(|word| word == name).and_then(|at| words.get(at + 1)).cloned()
    };
    let number = |name: &str, default| value(name).and_then(|n| n.parse().ok()).unwrap_or(default);
    let Some(folder) = words.first().filter(|word| !word.starts_with("--")) else {
        eprintln!(
            "usage: corpus DIR [--json OUT] [--against LAST] [--jobs N] [--seconds N] [--memory MB] [--profile NAME] [--poppler] [--resume]"
        );
        std::process::exit(2);
    };
    let settings = Settings {
        folder: folder.into(),
        json: value("--json").map(Into::into),
        against: value("--against").map(Into::into),
        jobs: number("--jobs", 2) as usize,
        seconds: number("--seconds", 60),
        memory: number("--memory", 600),
        profile: value("--profile").unwrap_or_else(|| "gwg-sheetfed".into()),
        poppler: words.iter().any(|word| word == "--poppler"),
        resume: words.iter().any(|word| word == "--resume"),
    };
    run(&settings);
}

/// Checks one file and prints its outcome; what ends it is seen by the parent.
fn one(profile: &str, file: &Path) {
    std::panic::set_hook(Box::new(|_| {
        PANICS.fetch_add(1, Ordering::Relaxed);
    }));
    let bytes = fs::read(file).expect("a file");
    let report = preflight::check(&bytes, &Profile::built_in(profile).expect("a profile"));
    let mut codes = BTreeMap::new();
    for finding in &report.findings {
        *codes.entry(finding.code.to_owned()).or_insert(0) += 1 + finding.more;
    }
    let pid = std::process::id();
    let outcome = Outcome {
        end: if PANICS.load(Ordering::Relaxed) == 0 { "ok" } else { "panic" }.into(),
        seconds: processor(pid).unwrap_or(0.0),
        memory: status(pid, "VmHWM").unwrap_or(0),
        pages: report.pages.len(),
        unknown: report.pages.iter().filter(|page| !page.complete).count(),
        codes,
        poppler: None,
        drawn: None,
        maker: maker(report.facts.producer.or(report.facts.creator).unwrap_or_default()),
    };
    println!("{}", serde_json::to_string(&outcome).expect("plain data"));
}

/// The name of a program without its version: the words before the first with a digit.
fn maker(name: String) -> String {
    let plain = |word: &&str| !word.bytes().any(|byte| byte.is_ascii_digit());
    name.split_whitespace().take_while(plain).take(4).collect::<Vec<_>>().join(" ")
}

/// Processor seconds of a process so far.
fn processor(pid: u32) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

/// A field of a process's status, in MB.
fn status(pid: u32, field: &str) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = text.lines().find(|line| line.starts_with(field))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? / 1024)
}

/// Waits for a process within limits; returns how it ended, and its processor time.
fn wait(child: &mut Child, settings: &Settings) -> (String, f64, u64) {
    let started = Instant::now();
    // A process that does nothing ends too; one that others keep waiting does not for that.
    let longest = Duration::from_secs(settings.seconds.saturating_mul(10));
    let waited = |since: Instant| since.elapsed() > longest;
    let (mut seconds, mut memory) = (0.0, 0);
    loop {
        let end = match child.try_wait() {
            Ok(Some(status)) if status.success() => Some("ok"),
            Ok(Some(_)) | Err(_) => Some("crash"),
            Ok(None) if seconds > settings.seconds as f64 || waited(started) => Some("time"),
            Ok(None) if memory > settings.memory => Some("memory"),
            Ok(None) => None,
        };
        if let Some(end) = end {
            _ = child.kill();
            _ = child.wait();
            return (end.into(), seconds, memory);
        }
        seconds = processor(child.id()).unwrap_or(0.0).max(seconds);
        memory = status(child.id(), "VmHWM").unwrap_or(0).max(memory);
        std::thread::sleep(Duration::from_millis(4));
    }
}

fn try_file(file: &Path, settings: &Settings) -> Outcome {
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--one", &settings.profile])
        .arg(file)
        .env("RAYON_NUM_THREADS", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a process");
    let mut out = child.stdout.take().expect("a pipe");
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        _ = out.read_to_string(&mut text);
        text
    });
    let (end, seconds, memory) = wait(&mut child, settings);
    let text = reader.join().unwrap_or_default();
    let told = serde_json::from_str::<Outcome>(text.trim()).ok().filter(|_| end == "ok");
    let mut outcome = told.unwrap_or(Outcome { end, seconds, memory, ..Outcome::default() });
    if settings.poppler {
        let child = Command::new("pdftoppm")
            .args(["-r", "72"])
            .arg(file)
            .arg(
                std::env::temp_dir()
                    .join(format!("corpus-{}", std::process::id()))
                    .join(file.file_stem().unwrap_or_default()),
            )
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Ok(mut child) = child {
            let (end, seconds, _) = wait(&mut child, settings);
            outcome.poppler = (end != "time").then_some(seconds);
            outcome.drawn = Some(end == "ok");
        }
        clear(file);
    }
    outcome
}

/// Removes the pictures that poppler wrote.
fn clear(file: &Path) {
    let folder = std::env::temp_dir().join(format!("corpus-{}", std::process::id()));
    let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(&stem) {
            _ = fs::remove_file(entry.path());
        }
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("pdf")) {
            files.push(path);
        }
    }
}

fn run(settings: &Settings) {
    let mut files = vec![];
    collect(&settings.folder, &mut files);
    files.sort();
    let scratch = std::env::temp_dir().join(format!("corpus-{}", std::process::id()));
    _ = fs::create_dir_all(&scratch);
    let done = settings.json.as_ref().filter(|_| settings.resume);
    let done = done.and_then(|path| fs::read_to_string(path).ok());
    let done: BTreeMap<String, Outcome> =
        done.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    let (next, all) = (AtomicUsize::new(0), Mutex::new(done));
    std::thread::scope(|scope| {
        for _ in 0..settings.jobs.max(1) {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let name = file.strip_prefix(&settings.folder).unwrap_or(file);
                    let name = name.display().to_string();
                    if all.lock().expect("no thread panics").contains_key(&name) {
                        continue;
                    }
                    let outcome = try_file(file, settings);
                    let mut all = all.lock().expect("no thread panics");
                    all.insert(name, outcome);
                    if all.len() % 50 == 0 {
                        keep(settings, &all);
                    }
                }
            });
        }
    });
    _ = fs::remove_dir_all(scratch);
    let all = all.into_inner().expect("no thread panics");
    table(&all);
    if let Some(path) = &settings.against {
        let text = fs::read_to_string(path).expect("the last run");
        against(&serde_json::from_str(&text).expect("a run of this program"), &all);
    }
    keep(settings, &all);
}

/// Writes what came of the files so far.
fn keep(settings: &Settings, all: &BTreeMap<String, Outcome>) {
    if let Some(path) = &settings.json {
        fs::write(path, serde_json::to_string_pretty(all).expect("plain data")).expect("a file");
    }
}

fn table(all: &BTreeMap<String, Outcome>) {
    let mut makers: BTreeMap<&str, usize> = BTreeMap::new();
    for one in all.values().filter(|one| !one.maker.is_empty()) {
        *makers.entry(&one.maker).or_default() += 1;
    }
    let pages = all.values().map(|one| one.pages).sum::<usize>();
    println!("{} files, {pages} pages, {} makers", all.len(), makers.len());
    for end in ["ok", "panic", "crash", "time", "memory"] {
        let names: Vec<_> = all.iter().filter(|(_, one)| one.end == end).map(|(n, _)| n).collect();
        println!("  {end:7} {}", names.len());
        if end != "ok" {
            names.iter().for_each(|name| println!("          {name}"));
        }
    }
    println!("pages whose ink is unknown: {}", all.values().map(|one| one.unknown).sum::<usize>());
    let given_up = |one: &Outcome| one.end == "ok" && one.pages == 0;
    let drawn: Vec<_> = all.iter().filter(|(_, one)| one.drawn == Some(true)).collect();
    let names: Vec<_> = drawn.iter().filter(|(_, one)| given_up(one)).map(|(n, _)| n).collect();
    println!(
        "given up: {}, of which poppler draws {}",
        all.values().filter(|one| given_up(one)).count(),
        names.len()
    );
    names.iter().for_each(|name| println!("          {name}"));
    let mut rules: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (code, count) in all.values().flat_map(|one| &one.codes) {
        let entry = rules.entry(code).or_default();
        *entry = (entry.0 + 1, entry.1 + count);
    }
    println!("\nrule                          files  findings");
    for (code, (files, count)) in rules {
        println!("{code:28} {files:6} {count:9}");
    }
    let top = |title: &str, key: &dyn Fn(&Outcome) -> f64| {
        println!("\n{title}");
        let mut list: Vec<_> = all.iter().map(|(name, one)| (key(one), name)).collect();
        list.sort_by(|a, b| b.0.total_cmp(&a.0));
        list.iter().take(12).for_each(|(value, name)| println!("{value:9.2}  {name}"));
    };
    top("slowest (s)", &|one| one.seconds);
    top("largest (MB)", &|one| one.memory as f64);
    let ratio = |one: &Outcome| {
        // Below a twentieth of a second, the start of a program is all there is to time.
        one.poppler.map(|poppler| one.seconds.max(0.05) / poppler.max(0.05))
    };
    let mut ratios: Vec<f64> = all.values().filter_map(ratio).collect();
    if !ratios.is_empty() {
        ratios.sort_by(f64::total_cmp);
        let at = |share: f64| ratios[((ratios.len() - 1) as f64 * share) as usize];
        println!(
            "\ntimes poppler: median {:.2}, 90 % {:.2}, 99 % {:.2}, most {:.2}",
            at(0.5),
            at(0.9),
            at(0.99),
            at(1.0)
        );
        top("furthest behind poppler", &|one| ratio(one).unwrap_or(0.0));
    }
}

/// Prints what changed since another run.
fn against(last: &BTreeMap<String, Outcome>, now: &BTreeMap<String, Outcome>) {
    println!("\nsince the last run");
    for (name, one) in now {
        let Some(was) = last.get(name) else { continue };
        let mut told = vec![];
        if was.end != one.end {
            told.push(format!("{} → {}", was.end, one.end));
        }
        let codes: BTreeSet<&String> = was.codes.keys().chain(one.codes.keys()).collect();
        for code in codes {
            let count = |run: &Outcome| run.codes.get(code).copied().unwrap_or(0);
            if (count(was) == 0) != (count(one) == 0) {
                told.push(format!("{} {code}", if count(was) == 0 { '+' } else { '-' }));
            }
        }
        if one.seconds > 2.0 * was.seconds + 0.2 || was.seconds > 2.0 * one.seconds + 0.2 {
            told.push(format!("{:.2} s → {:.2} s", was.seconds, one.seconds));
        }
        if one.memory > was.memory * 3 / 2 + 20 {
            told.push(format!("{} MB → {} MB", was.memory, one.memory));
        }
        if !told.is_empty() {
            println!("  {name}: {}", told.join(", "));
        }
    }
    let gone = last.keys().filter(|name| !now.contains_key(*name)).count();
    let new = now.keys().filter(|name| !last.contains_key(*name)).count();
    println!("  {new} files are new, {gone} are gone");
}
