//! The `trendpress` command: arguments in, exit code out. The library does all the work.

mod args;
mod brand;
#[cfg(test)]
mod catalogue;
mod check;
mod data;
mod diff;
mod editions;
mod explain;
mod failure;
mod fonts;
mod impose;
mod language;
mod new;
mod options;
mod preflight;
mod preview;
mod render;
mod resume;
#[cfg(unix)]
mod rows;
mod schema;
mod shell;
#[cfg(unix)]
mod signals;
mod snippet;
mod spinner;
mod status;
mod stdout;
#[cfg(unix)]
mod supervise;
mod table;
mod terminal;
mod usage;
mod watch;

use std::process::ExitCode;

use clap::{ColorChoice, FromArgMatches};

use args::{Args, Command};
use terminal::Terminal;

fn main() -> ExitCode {
    language::choose(std::env::args_os());
    let mut command = language::command();
    let parsed = command.try_get_matches_from_mut(std::env::args_os());
    let args = match parsed.and_then(|matches| Args::from_arg_matches(&matches)) {
        Ok(args) => args,
        Err(error) => {
            // Help and the version are asked for; anything else is wrong usage.
            let asked = !error.use_stderr();
            match usage::told(&error) {
                Some((message, hint)) => {
                    Terminal::new(ColorChoice::Auto).error(&message, Some(&hint))
                }
                None => _ = error.print(),
            }
            return ExitCode::from(if asked { 0 } else { 2 });
        }
    };
    let terminal = Terminal::new(args.color);
    #[cfg(unix)]
    {
        if let Some(code) = supervise::run(&args, &terminal) {
            return code;
        }
        supervise::note::begin();
        signals::listen();
    }
    // What calls itself for each level of what is nested needs room for as many as are allowed.
    std::thread::scope(|scope| {
        let work = std::thread::Builder::new().name("main".to_owned()).stack_size(STACK);
        let work = work.spawn_scoped(scope, || run(&args, &terminal));
        match work.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(code)) => code,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => run(&args, &terminal),
        }
    })
}

/// The stack of each thread that reads or lays out, in bytes; only what is used of it is memory.
const STACK: usize = 256 << 20;

fn run(args: &Args, terminal: &Terminal) -> ExitCode {
    let result = match &args.command {
        Command::Render(args) => render::run(args, terminal),
        Command::Editions(args) => editions::run(args, terminal),
        Command::Watch(args) => watch::run(args, terminal),
        Command::Preview(args) => preview::run(args, terminal),
        Command::Check(args) => check::run(args, terminal),
        Command::Explain(args) => explain::run(args),
        Command::Data(args) => data::run(args, terminal),
        Command::New(new) => new::run(new, args.lang, terminal),
        Command::Impose(args) => impose::run(args, terminal),
        Command::Fonts(args) => fonts::run(args, terminal),
        Command::Schema(args) => schema::run(args),
        Command::Brand(args) => brand::run(args, terminal),
        Command::Preflight(args) => preflight::run(args, terminal),
        Command::Diff(args) => diff::run(args, terminal),
        Command::Completions(args) => shell::completions(args, language::command()),
        Command::Man(args) => shell::man(args, language::command()),
    };
    result.unwrap_or_else(|failure| {
        let stays = match &args.command {
            Command::Render(args) if args.out.is_file() => Some(&*args.out),
            _ => None,
        };
        terminal.failure(&failure, stays);
        ExitCode::from(failure.exit_code())
    })
}
