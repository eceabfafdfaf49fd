//! The routes, and the parts of the page. No request names a file that is then read from the
//! disk.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};

use super::guard::{self, Guard};
use super::{Shared, events};
use crate::preview::find;
use l10n::{self, Language};

/// The maximum size of a request body, in bytes.
const BODY: usize = 4096;
/// The maximum length of a search, in characters.
const WORDS: usize = 200;

/// The content security policy of an SVG viewed on its own: it may only show what it contains.
const PICTURE_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const JSON: &str = "application/json";
const SVG: &str = "image/svg+xml";
const PNG: &str = "image/png";

macro_rules! asset {
    ($name:literal, $kind:expr) => {
        ($name, $kind, include_str!(concat!("../page/", $name)))
    };
}

/// The parts of the page: name, type, text.
const PAGE: [(&str, &str, &str); 9] = [
    asset!("index.html", HTML),
    asset!("style.css", CSS),
    asset!("app.js", SCRIPT),
    asset!("book.js", SCRIPT),
    asset!("blocks.js", SCRIPT),
    asset!("panels.js", SCRIPT),
    asset!("guides.js", SCRIPT),
    asset!("words.js", SCRIPT),
    asset!("icon.svg", SVG),
];

/// Builds all routes, behind the guard.
pub(super) fn router(shared: Arc<Shared>, guard: Guard) -> Router {
    let at = |path: &str| format!("/{}/{path}", guard.token());
    let mut router = Router::new();
    for (name, kind, text) in PAGE {
        let name = if name == "index.html" { "" } else { name };
        router = router
            .route(&at(name), get(move || async move { ([(header::CONTENT_TYPE, kind)], text) }));
    }
    let words = catalogue();
    router
        .route(
            &at("catalogue.js"),
            get(move || async move { ([(header::CONTENT_TYPE, SCRIPT)], words) }),
        )
        .route(&at("events"), get(events::stream))
        .route(&at("page/{name}"), get(page))
        .route(&at("blocks/{version}/{page}"), get(blocks))
        .route(&at("find"), get(find_words))
        .route(&at("ink"), get(ink))
        .route(&at("ink/{version}/{page}"), get(ink_picture))
        .route(&at("open"), post(open))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(DefaultBodyLimit::max(BODY))
        .layer(from_fn_with_state(guard, guard::watch))
        .with_state(shared)
}

/// Returns the page's language, and the translations of its words unless that is English.
fn catalogue() -> String {
    let translations = serde_json::json!(l10n::context("preview").cloned().unwrap_or_default());
    format!(
        "export const language = \"{}\";\nexport const translations = {translations};\n",
        Language::now().tag()
    )
}

/// Runs slow work off the threads that answer requests.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, StatusCode> {
    tokio::task::spawn_blocking(work).await.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

fn json(value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => ([(header::CONTENT_TYPE, JSON)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn page(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
) -> Result<Response, StatusCode> {
    let drawing = aside(move || shared.drawing(name.strip_suffix(".svg")?))
        .await?
        .ok_or(StatusCode::NOT_FOUND)?;
    Ok(([(header::CONTENT_TYPE, SVG), (header::CONTENT_SECURITY_POLICY, PICTURE_POLICY)], drawing)
        .into_response())
}

async fn blocks(
    State(shared): State<Arc<Shared>>,
    Path((version, page)): Path<(u64, usize)>,
) -> Result<Response, StatusCode> {
    let now = shared.now();
    if !(now.since..=now.version).contains(&version) {
        return Err(StatusCode::GONE);
    }
    Ok(json(&aside(move || now.blocks(page)).await?))
}

#[derive(Deserialize)]
struct Wanted {
    words: String,
}

async fn find_words(
    State(shared): State<Arc<Shared>>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, StatusCode> {
    let words: String = wanted.words.chars().take(WORDS).collect();
    let Some(edition) = shared.now().edition.clone() else { return Ok(json(&[(); 0])) };
    Ok(json(&aside(move || find::find(&edition.document, edition.declared.ascent, &words)).await?))
}

async fn ink(State(shared): State<Arc<Shared>>) -> Result<Response, StatusCode> {
    Ok(json(&aside(move || shared.inks()).await?))
}

async fn ink_picture(
    State(shared): State<Arc<Shared>>,
    Path((version, page)): Path<(u64, usize)>,
) -> Result<Response, StatusCode> {
    let picture =
        aside(move || shared.ink_picture(version, page)).await?.ok_or(StatusCode::GONE)?;
    Ok(([(header::CONTENT_TYPE, PNG)], picture).into_response())
}

/// A location to open, in a file named by the snapshot, so that no other can be requested.
#[derive(Deserialize)]
struct Wish {
    file: String,
    line: usize,
    column: usize,
}

async fn open(State(shared): State<Arc<Shared>>, body: Bytes) -> Result<Response, StatusCode> {
    let wish: Wish = serde_json::from_slice(&body).map_err(|_| StatusCode::BAD_REQUEST)?;
    if !shared.now().files.contains(&wish.file) {
        return Err(StatusCode::NOT_FOUND);
    }
    let opened =
        aside(move || shared.open(&wish.file, wish.line.max(1), wish.column.max(1))).await?;
    Ok(json(&serde_json::json!({ "opened": opened })))
}
