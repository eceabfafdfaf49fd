//! `data`: the template and its data in a folder, for the stock `typst`.

use trendpress::error::Error;
use trendpress::export;
use trendpress::words::say;
use trendpress::world::FONTS;

use crate::args::DataArgs;
use crate::terminal::Terminal;

pub fn run(args: &DataArgs, terminal: &Terminal) -> Result<(), Error> {
    let session = args.job.open(&args.project)?;
    let prepared = session.prepare()?;
    terminal.problems(&prepared.warnings);
    let main = export::write(&prepared, session.fonts(), session.root(), &args.folder)?;
    // The project's own fonts stay where they are; built-in ones lie in the folder.
    let fonts: String = [session.root(), &args.folder]
        .iter()
        .map(|folder| folder.join(FONTS))
        .filter(|fonts| fonts.is_dir())
        .map(|fonts| format!("--font-path {} ", fonts.display()))
        .collect();
    terminal.line(&say!("the same pages by the stock typst:"));
    println!(
        "typst compile --root {} {fonts}--ignore-system-fonts {} report.pdf",
        args.folder.display(),
        main.display()
    );
    Ok(())
}
