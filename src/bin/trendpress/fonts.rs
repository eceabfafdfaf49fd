//! `fonts`: lists the fonts that a report may use, and brings one into its project.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use l10n::say;
use trendpress::RequestError;
use trendpress::setting::world::Origin;
use trendpress::writing::font::{self, Added, AddedFace};

use crate::failure::Failure;
use crate::options::ProjectArgs;
use crate::stdout;
use crate::terminal::Terminal;

/// Arguments of `fonts`.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct FontsArgs {
    #[command(flatten)]
    pub project: ProjectArgs,
    /// What to do instead of listing
    #[command(subcommand)]
    pub command: Option<FontsCommand>,
}

/// The subcommands of `fonts`.
#[derive(Debug, Subcommand)]
pub(crate) enum FontsCommand {
    /// Copy a font and its licence into the project, for letters that the built-in fonts lack
    Add(AddArgs),
}

/// Arguments of `fonts add`.
#[derive(Debug, clap::Args)]
pub(crate) struct AddArgs {
    /// The font: `.otf`, `.ttf` or `.ttc`
    #[arg(value_name = "FILE")]
    pub font: PathBuf,
    /// The file of its licence; by default the one beside the font
    #[arg(long, value_name = "FILE")]
    pub licence: Option<PathBuf>,
    /// The project folder, which contains `content/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub project: PathBuf,
}

pub(crate) fn run(args: &FontsArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    match &args.command {
        None => list(&args.project),
        Some(FontsCommand::Add(args)) => add(args, terminal),
    }
}

fn list(args: &ProjectArgs) -> Result<ExitCode, Failure> {
    let session = args.open()?;
    for (info, origin) in session.fonts().list() {
        let characters = info.coverage.iter().count();
        let origin = match origin {
            Origin::File(path) => path.display().to_string(),
            Origin::BuiltIn(path) => say!("built in: {path}", path),
        };
        stdout::line(&format!(
            "{}\t{:?}\t{}\t{}\t{origin}",
            info.family,
            info.variant.style,
            info.variant.weight.to_number(),
            say!("{characters} characters", characters)
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn add(args: &AddArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    if !args.project.is_dir() {
        return Err(RequestError::NoFolder(args.project.clone()).into());
    }
    let added = font::add(&args.project, &args.font, args.licence.as_deref())?;
    terminal.line(&told(&added).join("\n"));
    Ok(ExitCode::SUCCESS)
}

fn told(added: &Added) -> Vec<String> {
    let mut out = vec![say!(
        "added `{file}`, with its licence `{licence}`",
        file = added.file.display(),
        licence = added.licence.display()
    )];
    for AddedFace { family, weight, upright, scripts, new } in &added.faces {
        let style = if *upright { say!("upright") } else { say!("slanted") };
        let scripts: Vec<_> =
            scripts.iter().map(|(name, count)| format!("{name} ({count})")).collect();
        out.push(say!(
            "{family}, {style}, weight {weight}: {scripts}; {new} characters that no built-in font has",
            family,
            style,
            weight,
            scripts = scripts.join(", "),
            new
        ));
    }
    let family = added.faces.first().map_or("", |face| face.family.as_str());
    if added.replaces_built_in {
        out.push(say!(
            "hint: it takes the place of the built-in `{family}` in all weights: add those that you need",
            family
        ));
    } else if added.faces.iter().any(|face| face.new > 0) {
        out.push(say!(
            "hint: letters that the other fonts lack are set in it from now on: nothing else is to be written"
        ));
        // Emoji have no weights.
        let words = |face: &AddedFace| face.scripts.iter().any(|(name, _)| name != "Emoji");
        if added.faces.iter().all(|face| face.weight < 600 && words(face)) {
            out.push(say!("hint: for bold text, add its bold face in the same way"));
        }
    } else {
        out.push(say!(
            "hint: the other fonts have all of its letters: to use it, name `{family}` in the `theme.typ` of a template of your own",
            family
        ));
    }
    out
}
