//! Server-sent events for the page, each with everything that is currently shown.
//!
//! A snapshot is small, for pages and blocks are asked for by name; so a reader that falls behind
//! has missed nothing when it reads the next one, and nothing is kept for it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;

use super::Shared;

/// When a page asks again whose stream ended: a server that was ended is replaced at once.
const AGAIN: Duration = Duration::from_millis(500);

pub(super) async fn stream(
    State(shared): State<Arc<Shared>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut reader = shared.snapshot.subscribe();
    // What is shown already is told at once.
    reader.mark_changed();
    let events = unfold(reader, |mut reader| async move {
        reader.changed().await.ok()?;
        let now = reader.borrow_and_update().clone();
        let text = serde_json::to_string(&*now).expect("a snapshot is plain data");
        Some((Ok(Event::default().event("snapshot").retry(AGAIN).data(text)), reader))
    });
    Sse::new(events).keep_alive(KeepAlive::default())
}
