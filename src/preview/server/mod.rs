//! The preview server: on this machine only, for clients that know its address.

mod connection;
mod events;
mod guard;
mod routes;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use axum::body::Bytes;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::watch;

use super::Snapshot;
use super::editor::Editor;
use super::ink::{self, InkView};
use crate::error::Error;
use crate::setting::Edition;
use crate::setting::fit::Mode;
use guard::Guard;
use l10n::say;
use source::Diagnostic;

/// The number of threads that answer requests, which are few and short.
const THREADS: usize = 2;
/// The number of changed pages drawn in advance: an edit changes one or two.
const AHEAD: usize = 2;

/// Preview options.
#[derive(Debug, Clone)]
pub struct PreviewOptions {
    /// The project's folder.
    pub project: PathBuf,
    /// The port; any free one without it.
    pub port: Option<u16>,
    /// The address of a preview that ended, in whose place this one serves: the page stays open.
    pub address: Option<String>,
    /// The editor for opening lines; without one, the page shows the location.
    pub editor: Option<Editor>,
    /// The treatment of page budgets when inks are measured.
    pub fit: Mode,
    /// Whether the machine's fonts are allowed then.
    pub system_fonts: bool,
}

impl PreviewOptions {
    /// Creates options for a project's preview on any port, without an editor.
    pub fn of(project: impl Into<PathBuf>) -> Self {
        Self {
            project: project.into(),
            port: None,
            address: None,
            editor: None,
            fit: Mode::default(),
            system_fonts: false,
        }
    }
}

/// A running preview; it ends when dropped.
pub struct Server {
    shared: Arc<Shared>,
    address: String,
    guard: Guard,
    runtime: Option<Runtime>,
}

impl Server {
    /// Starts serving, with nothing to show yet.
    pub fn start(options: PreviewOptions) -> Result<Self, Error> {
        let place = options.project.clone();
        let failed = || Error::machine(say!("cannot serve a preview of"), place.clone());
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("preview")
            .enable_all()
            .build()
            .map_err(failed())?;
        let before = options.address.as_deref().and_then(port_and_token);
        let port = before.as_ref().map_or(options.port.unwrap_or(0), |(port, _)| *port);
        let at = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = runtime.block_on(TcpListener::bind(at)).map_err(failed())?;
        let port = listener.local_addr().map_err(failed())?.port();
        let token = before.map_or_else(token, |(_, token)| Ok(token)).map_err(failed())?;
        let address = format!("http://127.0.0.1:{port}/{token}/");
        let shared = Arc::new(Shared {
            options,
            snapshot: watch::Sender::new(Arc::new(Snapshot::empty())),
            drawings: Mutex::default(),
            inks: Mutex::default(),
        });
        let guard = Guard::new(port, token);
        let router = routes::router(shared.clone(), guard.clone());
        runtime.spawn(connection::serve(listener, router));
        Ok(Self { shared, address, guard, runtime: Some(runtime) })
    }

    /// Returns the URL of the page: it contains the token, so it must be kept secret.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Returns a URL that leads to the page once, within a minute: unlike the page's own, it may
    /// stand among the arguments of a process, which others can read.
    pub fn ticket(&self) -> std::io::Result<String> {
        let (word, host) = (token()?, self.address.trim_end_matches('/'));
        self.guard.issue(word.clone());
        let host = host.rsplit_once('/').map_or(host, |(host, _)| host);
        Ok(format!("{host}/open/{word}"))
    }

    /// Publishes all findings of a check alongside the pages shown.
    pub fn tell(&self, problems: &[Diagnostic]) {
        if let Some(next) = self.shared.now().told(problems) {
            self.shared.snapshot.send_replace(Arc::new(next));
        }
    }

    /// Shows an edition, or the error that prevents it beside the last good one. Never waits for a
    /// reader.
    pub fn show(&self, outcome: Result<Edition, Error>) {
        let before = self.shared.now();
        let next = Arc::new(before.next(outcome));
        let is_new = |name: &&String| !before.pages.iter().any(|page| page.name == **name);
        let new: Vec<String> =
            next.pages.iter().map(|page| &page.name).filter(is_new).cloned().collect();
        let mut drawings = self.shared.drawings.lock().unwrap_or_else(PoisonError::into_inner);
        drawings.retain(|name, _| next.pages.iter().any(|page| page.name == *name));
        drop(drawings);
        self.shared.snapshot.send_replace(next);
        if let Some(runtime) = self.runtime.as_ref().filter(|_| new.len() <= AHEAD) {
            for name in new {
                let shared = self.shared.clone();
                runtime.spawn_blocking(move || shared.drawing(&name));
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

type Drawing = Arc<OnceLock<Option<Bytes>>>;

/// The state shared by requests.
struct Shared {
    options: PreviewOptions,
    /// The current snapshot; readers are woken when it changes, and one that sleeps on misses only
    /// what is past.
    snapshot: watch::Sender<Arc<Snapshot>>,
    /// The SVG of pages, each drawn once however many clients request it.
    drawings: Mutex<BTreeMap<String, Drawing>>,
    /// The measured inks with their version; locked while measuring.
    inks: Mutex<Option<(u64, InkView)>>,
}

impl Shared {
    fn now(&self) -> Arc<Snapshot> {
        self.snapshot.borrow().clone()
    }

    /// Returns the SVG of a page that is shown.
    fn drawing(&self, name: &str) -> Option<Bytes> {
        let now = self.now();
        // Only what is shown has a place here, so that nothing is kept for names that nobody knows.
        now.pages.iter().find(|page| page.name == name)?;
        let mut drawings = self.drawings.lock().unwrap_or_else(PoisonError::into_inner);
        let drawing = drawings.entry(name.to_owned()).or_default().clone();
        drop(drawings);
        drawing.get_or_init(|| now.drawing(name).map(Bytes::from)).clone()
    }

    /// Returns the inks of the current report as JSON.
    fn inks(&self) -> Value {
        let mut inks = self.inks.lock().unwrap_or_else(PoisonError::into_inner);
        let version = self.now().version;
        if inks.as_ref().is_none_or(|(of, _)| *of != version) {
            let PreviewOptions { project, fit, system_fonts, .. } = &self.options;
            match ink::measure(project, *system_fonts, *fit) {
                Ok(measured) => *inks = Some((version, measured)),
                Err(error) => {
                    return json!({ "version": version, "pages": [], "error": error.to_string() });
                }
            }
        }
        let Some((_, InkView { pages, limit })) = &*inks else { return Value::Null };
        json!({ "version": version, "limit": limit, "pages": pages })
    }

    /// Returns a page's inks as an image (PNG), from the version measured last.
    fn ink_picture(&self, version: u64, page: usize) -> Option<Vec<u8>> {
        let inks = self.inks.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, inks) = inks.as_ref().filter(|(of, _)| *of == version)?;
        inks.pages.iter().find(|ink| ink.page == page)?.picture(inks.limit)
    }

    /// Opens a line of a file shown on the page; returns whether an editor was started.
    fn open(&self, file: &str, line: usize, column: usize) -> bool {
        let Some(editor) = &self.options.editor else { return false };
        let Some(path) = inside(&self.options.project, file) else { return false };
        editor.open(&path, line, column).is_ok()
    }
}

/// Resolves a file of the project, and none outside it, through a symbolic link or otherwise.
fn inside(project: &Path, file: &str) -> Option<PathBuf> {
    let root = project.canonicalize().ok()?;
    let path = root.join(file).canonicalize().ok()?;
    (path.starts_with(&root) && path.is_file()).then_some(path)
}

/// The port and the token of an address.
fn port_and_token(address: &str) -> Option<(u16, String)> {
    let (port, token) = address.strip_prefix("http://127.0.0.1:")?.split_once('/')?;
    Some((port.parse().ok()?, token.trim_end_matches('/').to_owned()))
}

/// Generates 128 unguessable bits.
fn token() -> std::io::Result<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
