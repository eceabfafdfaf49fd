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
mod lowering;
mod memory;
mod noted;
mod part;
mod placing;
mod planner;
mod seen;
mod told;

use typst::foundations::Bytes;
use typst_layout::PagedDocument;

use super::compile::{self, Answers, Pass};
use super::fit::{Mode, PartFit};
use super::inputs;
use super::notes::Declared;
use super::world::ReportWorld;
use crate::reading::model::Report;
use noted::Noted;
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
    // The data without the numbers that hang on pages.
    let data = memory::Data::of(world.files());
    let taken = memory.same(&data, mode, &order);
    let mut noted = Noted::of(report, memory.numbers());
    give(&noted, world);
    let mut planner = Planner::new(report, mode, memory.loose(&data, mode));
    for id in order.iter().filter(|id| planner.bare(id).loose) {
        world.keep([(inputs::plan(id), json(&planner.bare(id)))]);
    }
    for (id, state) in &taken {
        let plan = planner.take_up(id, state);
        world.keep([(inputs::plan(id), json(&plan))]);
    }
    let (mut seen, mut planned) = (vec![], true);
    let (mut base, mut made) = begin(world, &mut planner, memory, problems);
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
            None if pass.settled && !noted.see(&pass.document) => break,
            None => {
                // Marks have other numbers, or pages have to come to rest.
                give(&noted, world);
                let settled = compile::settle(world, pass.answers(), problems);
                base = settled.as_ref().map(Pass::answers).or(base);
                settled
            }
        };
    }
    // Out of rounds: the pages are those of the last plans, and their folios and the numbers of notes
    // have to be right.
    for _ in 0..ROUNDS {
        let Some(pass) = &made else { break };
        if pass.settled && !noted.see(&pass.document) {
            break;
        }
        give(&noted, world);
        made = compile::settle(world, pass.answers(), problems);
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
    if !taken.is_empty() && !memory.has_pairs(&known.pairs, &taken) {
        // Other parts face each other now: all is planned anew.
        memory.forget();
        let empty = order.iter().map(|id| (inputs::plan(id), Bytes::from_string("{}\n")));
        world.keep(empty.chain(data.parts()).collect::<Vec<_>>());
        return lay_out(world, report, mode, memory, problems);
    }
    made.warn(world, problems);
    memory.keep(data, mode, known, noted.given(), made.answers());
    Some((made.document, fits))
}

/// Lays a report out: with the answers of the last layout to what its pages ask of each other, or
/// without any, and then with those of these pages, by plans that follow from them.
fn begin(
    world: &mut ReportWorld,
    planner: &mut Planner,
    memory: &Memory,
    problems: &mut Problems,
) -> (Option<Answers>, Option<Pass>) {
    let Some(first) = compile::first(world, memory.answers()) else {
        return (None, compile::compile(world, problems));
    };
    let base = Some(first.answers());
    if first.settled {
        return (base, Some(first));
    }
    memory.age();
    let plans = planner.guess(seen::read(&first.document, &Declared::of(&first.document)));
    world.keep(plans.iter().map(|(id, plan)| (inputs::plan(id), json(plan))));
    drop(first);
    let second = compile::again(world, &base, problems);
    // All parts were set anew.
    memory.drop_unused();
    (base, second)
}

/// Gives templates the numbers of notes that hang on pages.
fn give(noted: &Noted, world: &mut ReportWorld) {
    let files = noted.files(world.files());
    if !files.is_empty() {
        world.keep(files);
    }
}

/// A plan as its template reads it.
fn json(plan: &part::Plan) -> Bytes {
    let mut text = serde_json::to_string_pretty(plan).expect("numbers are JSON");
    text.push('\n');
    Bytes::from_string(text)
}
