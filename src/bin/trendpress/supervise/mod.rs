//! Runs a command in a process of its own that can be ended: by a limit, where a library recurses
//! without bound or never ends, and with a message that says where it was.
//!
//! The process that works [notes](note) where it is in a small file; this one looks at its
//! processor time and memory a few times a second, and at the file only when it has to end it.

mod measure;
pub(crate) mod note;

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use l10n::say;
use signal_hook::consts::{SIGCHLD, SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level;
use trendpress::output::Scratch;

use crate::args::{Args, Command as Asked};
use crate::resume::{self, Resume, WHERE};
use crate::rows::Rows;
use crate::signals::is_ignored;
use crate::terminal::Terminal;
use note::{Limits, Note};

/// How often a process is looked at that works; and at least, where it waits, for something to do or
/// for the processor.
const LOOK: Duration = Duration::from_millis(25);
const LOOK_AT_LEAST: Duration = Duration::from_millis(100);

/// How long one that is told to end may take to put things in order.
const PATIENCE: Duration = Duration::from_secs(10);

/// How the allocator of a process that stays keeps memory (glibc, mallopt(3)): large blocks go back
/// to the system as soon as they are free. Without that, each layout leaves gaps that the next one
/// does not fit, and after an hour of edits a tenth more is held. Other allocators do not read it.
const KEEPS: [(&str, &str); 2] = [("MALLOC_ARENA_MAX", "2"), ("MALLOC_MMAP_THRESHOLD_", "131072")];

/// Why a process ended before its work was done.
enum End {
    /// It used more processor time than it may, in seconds.
    Time(u64),
    /// It used more memory than it may, in MB.
    Memory(u64),
    /// It could not go on: something was nested too deeply, or the machine had no memory left.
    Broken,
}

/// What a process came to.
enum Outcome {
    Exited(ExitStatus),
    Ended(End),
    /// A signal that we pass on.
    Signal(i32),
}

/// Runs the command of this process in another one, and returns its exit code; `None` if there is
/// nothing to bound, or this is that other process.
pub(crate) fn run(args: &Args, terminal: &Terminal) -> Option<ExitCode> {
    if std::env::var_os(WHERE).is_some() {
        return None;
    }
    let project = match &args.command {
        Asked::Render(args) | Asked::Watch(args) => &args.project.project,
        Asked::Check(args) => &args.project.project,
        Asked::Data(args) => &args.project.project,
        Asked::Diff(args) => &args.project.project,
        Asked::Preview(args) => &args.project.project,
        Asked::Editions(args) if args.manifests.is_none() => &args.make.project.project,
        _ => return None,
    };
    let jobs = match &args.command {
        Asked::Editions(args) => args.make.jobs() as u64,
        _ => 1,
    };
    let stays = matches!(args.command, Asked::Watch(_) | Asked::Preview(_));
    // Signals are heard before there is anything to take away after them.
    let events = listen()?;
    // Where there is no place for notes, or no way to see another process, the work is done here.
    let scratch = Scratch::new().ok()?;
    let path = scratch.path().join("note");
    Limits::of(args, project).write(&path).ok()?;
    let mut rows = Rows::beside(&path);
    loop {
        let mut child = start(&path, stays)?;
        let outcome = follow(&mut child, &path, jobs, &events);
        let end = match outcome {
            Outcome::Exited(status) => match (status.code(), status.signal()) {
                (Some(code), _) => return Some(ExitCode::from(code as u8)),
                // Who else sends it means it: it is ours as well.
                (None, Some(signal)) if is_own(signal) => End::Broken,
                (None, signal) => return Some(pass_on(signal.unwrap_or_default(), scratch)),
            },
            Outcome::Ended(end) => end,
            Outcome::Signal(signal) => return Some(pass_on(signal, scratch)),
        };
        // Of editions, one that ended the process stops no other.
        let (message, hint) = end.words();
        if rows.go_on(&message, &hint) {
            continue;
        }
        let ended = resume::Ended { message, hint, place: Note::read(&path).place };
        let goes_on = stays && Resume::beside(&path).leave(&ended);
        terminal.problems(&[ended.told(project)]);
        if !goes_on {
            terminal.line(&say!("1 error: nothing was written"));
            // For `diff`, 1 says that something changed.
            let is_diff = matches!(args.command, Asked::Diff(_));
            return Some(ExitCode::from(if is_diff { 2 } else { 1 }));
        }
        terminal.line(&match &args.command {
            Asked::Preview(_) => {
                say!("the last good pages stay; the report is made again after the next change")
            }
            _ => say!("nothing was written; the report is made again after the next change"),
        });
    }
}

/// Signals by which a process says that it cannot go on.
fn is_own(signal: i32) -> bool {
    use signal_hook::consts::{SIGABRT, SIGBUS, SIGILL, SIGSEGV};
    [SIGABRT, SIGBUS, SIGILL, SIGSEGV].contains(&signal)
}

fn start(note: &Path, stays: bool) -> Option<Child> {
    command(&std::env::current_exe().ok()?, note, stays).spawn().ok()
}

/// The same command in a process that is looked after.
fn command(program: &Path, note: &Path, stays: bool) -> Command {
    let mut command = Command::new(program);
    command.args(std::env::args_os().skip(1)).env(WHERE, note);
    // Who sets one of them means it.
    let own = KEEPS.iter().filter(|(name, _)| stays && std::env::var_os(name).is_none());
    command.envs(own.copied());
    command
}

/// Passes signals on as events: those that end us, and that of a child that ended.
fn listen() -> Option<Receiver<i32>> {
    let wanted = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| !is_ignored(*signal));
    let wanted: Vec<i32> = wanted.chain([SIGCHLD]).collect();
    let mut signals = Signals::new(wanted).ok()?;
    let (send, events) = mpsc::channel();
    std::thread::spawn(move || signals.forever().all(|signal| send.send(signal).is_ok()));
    Some(events)
}

/// Waits for the end of a process, and ends it where it goes beyond its limits.
fn follow(child: &mut Child, path: &Path, jobs: u64, events: &Receiver<i32>) -> Outcome {
    let mut pass = (u64::MAX, 0.0);
    let (mut next, mut before) = (LOOK, 0.0);
    loop {
        let event = events.recv_timeout(next);
        if let Ok(Some(status)) = child.try_wait() {
            return Outcome::Exited(status);
        }
        match event {
            Ok(SIGCHLD) => continue,
            Ok(signal) => {
                end_by(child, signal, events);
                return Outcome::Signal(signal);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(LOOK),
        }
        let Some(used) = measure::of(child.id()) else { continue };
        let waits = used.seconds - before < next.as_secs_f64() / 4.0;
        next = if waits { LOOK_AT_LEAST.min(next * 2) } else { LOOK };
        before = used.seconds;
        let note = Note::read(path);
        // Each pass of one that stays begins at nothing.
        if note.pass != pass.0 {
            pass = (note.pass, used.seconds);
        }
        let Limits { time, memory, .. } = note.limits;
        // So many use it together; of the memory, they share a part.
        let all = (time.saturating_mul(jobs), memory.saturating_mul(jobs + 1) / 2);
        let end = if note.is_busy() && used.seconds - pass.1 > all.0 as f64 {
            End::Time(note.limits.time)
        } else if note.is_busy() && used.megabytes > all.1 {
            End::Memory(note.limits.memory)
        } else {
            continue;
        };
        _ = child.kill();
        _ = child.wait();
        return Outcome::Ended(end);
    }
}

/// Tells a process to end as we were told to, and waits until it has.
fn end_by(child: &mut Child, signal: i32, events: &Receiver<i32>) {
    // A terminal tells all of its processes itself, and so do some others.
    let pid = rustix::process::Pid::from_child(child);
    let number = rustix::process::Signal::from_named_raw(signal);
    if let Some(number) = number {
        _ = rustix::process::kill_process(pid, number);
    }
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until && matches!(child.try_wait(), Ok(None)) {
        // Who insists does not wait.
        if events.recv_timeout(LOOK).is_ok_and(|event| event != SIGCHLD) {
            break;
        }
    }
    _ = child.kill();
    _ = child.wait();
}

/// Ends this process by a signal that it was sent.
fn pass_on(signal: i32, scratch: Scratch) -> ExitCode {
    drop(scratch);
    _ = low_level::emulate_default_handler(signal);
    ExitCode::from(128_u8.wrapping_add(signal as u8))
}

impl End {
    /// Says why a process was ended, and what to do.
    fn words(&self) -> (String, String) {
        match self {
            Self::Time(most) => (
                say!("this takes more than {most} seconds of the processor", most),
                say!(
                    "make it smaller or simpler, or raise the limit: `limits: {{time: 60}}` in report.yaml, or `--limit-time 60`"
                ),
            ),
            Self::Memory(most) => (
                say!("this takes more than {most} MB of memory", most),
                say!(
                    "make it smaller or simpler, or raise the limit: `limits: {{memory: 4000}}` in report.yaml, or `--limit-memory 4000`"
                ),
            ),
            Self::Broken => (
                say!("this is nested too deeply, or too large, to be read"),
                say!("make it smaller or simpler"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_gives_memory_back() {
        let set = |stays| {
            let command = command(Path::new("program"), Path::new("note"), stays);
            KEEPS.iter().filter(|(name, _)| command.get_envs().any(|(own, _)| own == *name)).count()
        };
        assert_eq!((set(true), set(false)), (2, 0));
    }
}
