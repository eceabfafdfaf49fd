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
mod memory;
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

pub use memory::Memory;

/// Lays a report out, and again by its plans until the pages are what was planned; `None`, with the
/// reasons in `problems`, where Typst cannot. Parts that are as they were in the last layout, which
/// `memory` keeps, are set by their plans at once.
pub(super) fn lay_out(
    world: &mut ReportWorld,
    report: &Report,
    mode: Mode,
    memory: &mut Memory,
    problems: &mut Problems,
) -> Option<(PagedDocument, Vec<PartFit>)> {
    let order: Vec<&str> = report.parts.iter().map(|part| part.id.as_str()).collect();
    let taken = memory.same(world.files(), mode, &order);
    let mut planner = Planner::new(report, mode);
    for (id, state) in &taken {
        let plan = planner.take_up(id, state);
        world.keep([(inputs::plan(id), json(&plan))]);
    }
    let (mut seen, mut planned) = (vec![], true);
    let (mut base, mut made) = compile::begin(world, memory.pages(), problems);
    for _ in 0..ROUNDS {
        let Some(pass) = &made else { break };
        let now = seen::read(&pass.document, &Declared::of(&pass.document));
        // Pages that settled as they were have been planned for.
        let plans = if planned || now != seen { planner.next(&now) } else { None };
        (seen, planned) = (now, plans.is_some());
        made = match plans {
            Some(plans) => {
                world.keep(plans.iter().map(|(id, plan)| (inputs::plan(id), json(plan))));
                compile::again(world, &base, problems)
            }
            None if pass.settled => break,
            None => {
                let settled = compile::settle(world, &pass.document, problems);
                base = settled.as_ref().map(|pass| pass.document.clone()).or(base);
                settled
            }
        };
    }
    // Out of rounds: the pages are those of the last plans, and their folios have to be right.
    if let Some(pass) = made.as_ref().filter(|pass| !pass.settled) {
        made = compile::settle(world, &pass.document, problems);
        if let Some(pass) = &made {
            seen = seen::read(&pass.document, &Declared::of(&pass.document));
        }
    }
    let Some(made) = made else {
        *memory = Memory::default();
        return None;
    };
    let fits = planner.fits(&seen);
    let known = planner.known();
    if !taken.is_empty() && !memory.has_pairs(&known.1, &taken) {
        // Other parts face each other now: all is planned anew.
        *memory = Memory::default();
        let empty = order.iter().map(|id| (inputs::plan(id), Bytes::from_string("{}\n")));
        world.keep(empty.collect::<Vec<_>>());
        return lay_out(world, report, mode, memory, problems);
    }
    made.warn(world, problems);
    memory.keep(world.files(), mode, known, &made.document);
    Some((made.document, fits))
}

/// A plan as its template reads it.
fn json(plan: &part::Plan) -> Bytes {
    let mut text = serde_json::to_string_pretty(plan).expect("numbers are JSON");
    text.push('\n');
    Bytes::from_string(text)
}
