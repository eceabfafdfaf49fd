//! `new`: a small report to begin from.

use trendpress::error::Error;
use trendpress::starter;
use trendpress::words::say;

use crate::args::NewArgs;
use crate::terminal::Terminal;

pub fn run(args: &NewArgs, terminal: &Terminal) -> Result<(), Error> {
    starter::write(&args.folder)?;
    let folder = args.folder.display();
    terminal.line(&say!(
        "a report begins in `{folder}`\n\
         hint: `trendpress render report.pdf --project {folder}` makes it\n\
         hint: edit `{folder}/content/trends/01-first.md`, then make it again\n\
         hint: `trendpress watch report.pdf --project {folder}` makes it at each change",
        folder
    ));
    Ok(())
}
