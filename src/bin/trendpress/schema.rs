//! `schema`: JSON Schemas for editors that complete and check while typing.

use trendpress::content;
use trendpress::error::Error;

use crate::args::SchemaArgs;

pub fn run(args: &SchemaArgs) -> Result<(), Error> {
    let schema = content::schemas().into_iter().find(|(name, _)| *name == args.name);
    if let Some((_, schema)) = schema {
        println!("{schema:#}");
    }
    Ok(())
}
