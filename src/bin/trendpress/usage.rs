//! Usage errors, reported like all others: a message and a hint.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use l10n::say;

/// Returns a usage error's message and hint; `None` for help, the version, and errors that only
/// clap can explain.
pub(crate) fn told(error: &clap::Error) -> Option<(String, String)> {
    let said = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(list)) => Some(list.join("`, `")),
        _ => None,
    };
    let argument = said(ContextKind::InvalidArg).unwrap_or_default();
    let value = said(ContextKind::InvalidValue).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::UnknownArgument => say!("there is no option `{argument}`", argument),
        ErrorKind::InvalidSubcommand => {
            say!(
                "there is no command `{command}`",
                command = said(ContextKind::InvalidSubcommand).unwrap_or_default()
            )
        }
        ErrorKind::InvalidValue if value.is_empty() => say!("`{argument}` needs a value", argument),
        ErrorKind::InvalidValue => say!("`{argument}` cannot be `{value}`", argument, value),
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            return Some((say!("`{argument}` cannot be `{value}`", argument, value), why));
        }
        ErrorKind::MissingRequiredArgument => say!("`{argument}` is missing", argument),
        ErrorKind::ArgumentConflict => match said(ContextKind::PriorArg) {
            Some(other) if other != argument => {
                say!("`{argument}` cannot be used with `{other}`", argument, other)
            }
            _ => say!("`{argument}` is given twice", argument),
        },
        _ => return None,
    };
    let near =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let hint = if let Some(meant) = near.into_iter().find_map(said) {
        say!("did you mean `{meant}`?", meant)
    } else if let Some(known) = said(ContextKind::ValidValue) {
        say!("choose one of `{known}`", known)
    } else {
        say!("see `--help`")
    };
    Some((message, hint))
}
