//! Composition and fit, for every template: the program reads from the pages what a part takes,
//! plans by arithmetic, and has Typst set the part again by its plan.
//!
//! A template declares what may vary (`<flow>`) and marks what spans its columns (`<thing>`); the
//! plan of each part is a small file of its own, so that the stock compiler makes the same pages,
//! and an edit plans its own part alone. Planning starts from the unplanned pages each time: what
//! comes out does not hang on what was planned before.

mod choice;
mod level;
mod list;
mod part;
mod planner;
mod seen;

use typst::foundations::Bytes;
use typst_layout::PagedDocument;

use super::compile;
use super::fit::{Mode, PartFit};
use super::inputs;
use super::notes::Declared;
use super::world::ReportWorld;
use crate::reading::model::Report;
use planner::Planner;
use source::Problems;

/// How often the pages are made again at most.
const ROUNDS: usize = 40;

/// Lays a report out, and again by its plans until the pages are what was planned; `None`, with the
/// reasons in `problems`, where Typst cannot.
pub(super) fn lay_out(
    world: &mut ReportWorld,
    report: &Report,
    mode: Mode,
    problems: &mut Problems,
) -> Option<(PagedDocument, Vec<PartFit>)> {
    let mut planner = Planner::new(report, mode);
    let mut found = Problems::default();
    let mut document = compile::compile(world, &mut found);
    for _ in 0..ROUNDS {
        let Some(made) = &document else { break };
        let seen = seen::read(made, &Declared::of(made));
        let Some(plans) = planner.next(&seen) else { break };
        let json = |plan: &part::Plan| {
            let mut text = serde_json::to_string_pretty(plan).expect("numbers are JSON");
            text.push('\n');
            Bytes::from_string(text)
        };
        world.keep(plans.iter().map(|(id, plan)| (inputs::plan(id), json(plan))));
        found = Problems::default();
        document = compile::compile(world, &mut found);
    }
    problems.extend(found.sorted());
    let document = document?;
    let seen = seen::read(&document, &Declared::of(&document));
    Some((document, planner.fits(&seen)))
}
