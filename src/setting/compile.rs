//! The only caller of Typst's layout.
//!
//! Typst lays pages out again until what they ask of each other (page numbers, counters, what a
//! label names) is answered as the pages themselves answer it. It begins with no answers each time.
//! Planning lays the same pages out many times over, so a pass here begins with the answers of the
//! pages before it: what did not change is not set again.

use std::sync::Arc;

use typst::World;
use typst::comemo::{Constraint, Track};
use typst::diag::{SourceDiagnostic, Warned};
use typst::engine::{Engine, Route, Sink, Traced};
use typst::foundations::{StyleChain, Target, TargetElem};
use typst::introspection::{EmptyIntrospector, Introspector, MAX_ITERS};
use typst::utils::Protected;
use typst_layout::{PagedDocument, PagedIntrospector};

use super::explain::explained;
use crate::setting::world::ReportWorld;
use source::Problems;

/// What pages answer to others: without the pages, which are many.
pub type Answers = Arc<PagedIntrospector>;

/// Pages, and whether they answer what they ask of each other.
pub struct Pass {
    /// The pages.
    pub document: PagedDocument,
    /// Whether another pass would make the same pages.
    pub settled: bool,
    warnings: Vec<SourceDiagnostic>,
}

impl Pass {
    /// What the pages answer.
    pub fn answers(&self) -> Answers {
        self.document.introspector().clone()
    }

    /// Adds what Typst warns of.
    pub fn warn(&self, world: &ReportWorld, problems: &mut Problems) {
        problems.extend(explained(world, &self.warnings));
    }
}

/// Lays the report out once, with the answers `before` of other pages, or with none; `None` where Typst
/// cannot.
pub fn first(world: &ReportWorld, before: Option<&Answers>) -> Option<Pass> {
    before.and_then(|before| pass(world, Some(before))).or_else(|| pass(world, None))
}

/// Lays the report out once, with the answers `base`.
///
/// They are the same from pass to pass, though pages move: so what did not change itself is not set
/// again.
pub fn again(world: &ReportWorld, base: &Option<Answers>, problems: &mut Problems) -> Option<Pass> {
    pass(world, base.as_ref()).or_else(|| compile(world, problems))
}

/// Lays the report out until its pages stand, beginning with the answers `before`.
pub fn settle(world: &ReportWorld, before: Answers, problems: &mut Problems) -> Option<Pass> {
    let mut made = pass(world, Some(&before));
    for _ in 1..MAX_ITERS {
        made = match &made {
            Some(last) if !last.settled => pass(world, Some(&last.answers())),
            _ => break,
        };
    }
    // Typst itself has the words for what does not settle or fails.
    made.filter(|made| made.settled).or_else(|| compile(world, problems))
}

/// One pass; `None` where Typst cannot.
fn pass(world: &ReportWorld, before: Option<&Answers>) -> Option<Pass> {
    let world: &dyn World = world;
    let library = world.library();
    let main = world.source(world.main()).ok()?;
    let traced = Traced::default();
    let mut sink = Sink::new();
    let content = typst_eval::eval(
        world.track(),
        library,
        traced.track(),
        sink.track_mut(),
        Route::default().track(),
        &main,
    )
    .ok()?
    .content();
    let target = TargetElem::target.set(Target::Paged).wrap();
    let base = StyleChain::new(&library.styles);
    let empty = EmptyIntrospector;
    let answers: &dyn Introspector = match before {
        Some(answers) => answers.as_ref(),
        None => &empty,
    };
    let asked = Constraint::new();
    let mut engine = Engine {
        library,
        world: world.track(),
        introspector: Protected::new(answers.track_with(&asked)),
        traced: traced.track(),
        sink: sink.track_mut(),
        route: Route::default(),
    };
    let document =
        typst_layout::layout_document(&mut engine, &content, base.chain(&target)).ok()?;
    let own: &dyn Introspector = document.introspector().as_ref();
    let settled = asked.validate(own);
    if settled && !sink.delayed().is_empty() {
        return None;
    }
    Some(Pass { settled, warnings: sink.warnings().into_iter().collect(), document })
}

/// Lays the report out as the stock compiler does.
pub fn compile(world: &ReportWorld, problems: &mut Problems) -> Option<Pass> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(world);
    match output {
        Ok(document) => {
            Some(Pass { document, settled: true, warnings: warnings.into_iter().collect() })
        }
        Err(errors) => {
            problems.extend(explained(world, warnings.iter().chain(&errors)));
            None
        }
    }
}
