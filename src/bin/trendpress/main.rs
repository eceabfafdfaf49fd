//! The `trendpress` command: words in, exit code out. All work is the library's.

mod args;
mod check;
mod data;
mod diff;
mod explain;
mod fonts;
mod impose;
mod new;
mod preflight;
mod preview;
mod render;
mod schema;
mod shell;
mod spinner;
mod status;
mod table;
mod terminal;
mod watch;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use terminal::Terminal;

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and the version are asked for; anything else is wrong usage.
            let asked = !error.use_stderr();
            _ = error.print();
            return ExitCode::from(if asked { 0 } else { 2 });
        }
    };
    let terminal = Terminal::new(args.color);
    let result = match &args.command {
        Command::Render(args) => render::run(args, &terminal),
        Command::Watch(args) => watch::run(args, &terminal),
        Command::Preview(args) => preview::run(args, &terminal),
        Command::Data(args) => data::run(args, &terminal),
        Command::New(args) => new::run(args, &terminal),
        Command::Impose(args) => impose::run(args, &terminal),
        Command::Fonts(args) => fonts::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => shell::completions(args),
        Command::Man(args) => shell::man(args),
        Command::Diff(args) => return diff::run(args, &terminal),
        Command::Check(args) => match check::run(args, &terminal) {
            Ok(code) => return code,
            Err(error) => Err(error),
        },
        Command::Explain(args) => return explain::run(args, &terminal),
        Command::Preflight(args) => return preflight::run(args, &terminal),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal.failure(&error);
            ExitCode::from(error.exit_code())
        }
    }
}
