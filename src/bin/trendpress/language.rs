//! The command line in the user's language: that of `--lang`, otherwise of the machine's locale.

use std::ffi::OsString;

use clap::builder::{Resettable, StyledStr};
use clap::{Arg, Command, CommandFactory, ValueEnum};
use l10n::{Language, said, say, translated};

use crate::args::Args;
use crate::options::Lang;

/// Selects the language that the arguments ask for. Help and usage errors are translated too, so
/// this happens before the arguments are parsed.
pub(crate) fn choose(words: impl Iterator<Item = OsString>) {
    let words: Vec<_> = words.map(|word| word.to_string_lossy().into_owned()).collect();
    let named =
        words.iter().enumerate().find_map(|(at, word)| match word.strip_prefix("--lang")? {
            "" => words.get(at + 1).map(String::as_str),
            value => value.strip_prefix('='),
        });
    match named.and_then(|name| Lang::from_str(name, true).ok()) {
        Some(Lang::En) => Language::English,
        Some(Lang::Zh) => Language::Chinese,
        None => Language::of_machine(),
    }
    .speak();
}

/// Returns the command with all its subcommands, in the current language.
pub(crate) fn command() -> Command {
    let mut command = Args::command();
    if Language::now() == Language::English {
        return command;
    }
    // So that clap's own options and commands are there to be translated.
    command.build();
    in_language(command)
}

fn in_language(command: Command) -> Command {
    let usage = say!("usage: {line}", line = "{usage}");
    let about = command.get_about().map(spoken);
    let mut command = command
        .subcommand_help_heading(said("Commands"))
        .subcommand_value_name(said("COMMAND"))
        .help_template(format!(
            "{{before-help}}{{about-with-newline}}\n{usage}\n\n{{all-args}}{{after-help}}"
        ))
        .mut_args(argument)
        .mut_subcommands(in_language);
    if let Some(about) = about {
        command = command.about(about);
    }
    command
}

/// Translates an argument's help; clap would add its default and possible values in English.
fn argument(argument: Arg) -> Arg {
    let mut help = argument.get_help().map(spoken).unwrap_or_default();
    if argument.get_action().takes_values() {
        let usual: Vec<_> =
            argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
        if !usual.is_empty() && !argument.is_hide_default_value_set() {
            help += &format!(" {}", say!("[default: {value}]", value = usual.join(", ")));
        }
        let possible = argument.get_possible_values();
        let possible: Vec<_> = possible
            .iter()
            .filter(|value| !value.is_hide_set())
            .map(|value| value.get_name())
            .collect();
        if !possible.is_empty() {
            help += &format!(" {}", say!("[possible: {values}]", values = possible.join(", ")));
        }
    }
    let heading = if argument.is_positional() { said("Arguments") } else { said("Options") };
    argument
        .help(help)
        .long_help(Resettable::Reset)
        .help_heading(heading)
        .hide_default_value(true)
        .hide_possible_values(true)
}

fn spoken(text: &StyledStr) -> String {
    let text = text.to_string();
    translated(&text).map_or(text, str::to_owned)
}
