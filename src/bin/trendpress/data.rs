//! `data`: the template and its data in a folder, for the stock `typst`.

use trendpress::error::Error;
use trendpress::export;
use trendpress::session::Session;

use crate::args::DataArgs;
use crate::terminal::Terminal;

pub fn run(args: &DataArgs, terminal: &Terminal) -> Result<(), Error> {
    let session = Session::open(&args.project.project, args.project.system_fonts)?;
    let prepared = session.prepare()?;
    terminal.problems(&prepared.warnings);
    let main = export::write(&prepared, session.root(), &args.folder)?;
    let fonts = session.root().join(trendpress::world::FONTS);
    terminal.line("the same pages by the stock typst:");
    println!(
        "typst compile --root {} --font-path {} --ignore-system-fonts {} report.pdf",
        args.folder.display(),
        fonts.display(),
        main.display()
    );
    Ok(())
}
