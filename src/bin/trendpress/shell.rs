//! `completions` and `man`: shell completions and man pages.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use l10n::say;
use trendpress::output::{Outputs, Scratch};

use crate::failure::Failure;
use crate::stdout;

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {
    /// The shell to generate completions for
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// The folder for one man page per command; if omitted, the main page is printed
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

pub(crate) fn completions(
    args: &CompletionsArgs,
    mut command: Command,
) -> Result<ExitCode, Failure> {
    let name = command.get_name().to_owned();
    let mut script = vec![];
    clap_complete::generate(args.shell, &mut command, name, &mut script);
    stdout::print_bytes(&script)?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn man(args: &ManArgs, command: Command) -> Result<ExitCode, Failure> {
    let Some(folder) = &args.folder else {
        let mut page = vec![];
        Man::new(command)
            .render(&mut page)
            .map_err(Failure::machine(say!("cannot write"), "stdout"))?;
        stdout::print_bytes(&page)?;
        return Ok(ExitCode::SUCCESS);
    };
    let outputs = Outputs::default();
    outputs.allow_folder(folder)?;
    let scratch = Scratch::new()
        .and_then(|scratch| clap_mangen::generate_to(command, scratch.path()).map(|()| scratch))
        .map_err(Failure::machine(say!("cannot write"), folder))?;
    std::fs::create_dir_all(folder).map_err(Failure::machine(say!("cannot create"), folder))?;
    let mut pages = vec![];
    for entry in scratch.path().read_dir().map_err(Failure::machine(say!("cannot read"), folder))? {
        let path = entry.map_err(Failure::machine(say!("cannot read"), folder))?.path();
        let page = std::fs::read(&path).map_err(Failure::machine(say!("cannot read"), &path))?;
        pages.push((folder.join(path.file_name().unwrap_or_default()), page));
    }
    outputs.write(&pages, &[])?;
    Ok(ExitCode::SUCCESS)
}
