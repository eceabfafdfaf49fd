//! Access control: requests must name this server's own address, come from its own page, and know
//! the token.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

/// The content security policy of the page: it may load its own parts from this server, and
/// nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The requirements for a request.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    token: String,
    /// A word that leads to the page once, and until when.
    ticket: Arc<Mutex<Option<(String, Instant)>>>,
    /// The server's own names, as in `Host`.
    hosts: [String; 2],
}

/// How long a ticket leads to the page: a browser may take a while to start.
const VALID: Duration = Duration::from_secs(60);

impl Guard {
    /// Creates the guard of a port.
    pub(super) fn new(port: u16, token: String) -> Self {
        let ticket = Arc::default();
        Self { token, ticket, hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")] }
    }

    /// Returns the token: the first part of every path.
    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// Makes a word of a ticket: who shows it once is led to the page, and nobody after that.
    pub(super) fn issue(&self, word: String) {
        *self.ticket.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((word, Instant::now() + VALID));
    }

    /// Takes the ticket, if this is its word.
    fn takes_ticket(&self, path: &str, headers: &HeaderMap) -> bool {
        let mut ticket = self.ticket.lock().unwrap_or_else(PoisonError::into_inner);
        let word = path.strip_prefix("/open/").unwrap_or_default();
        let shown =
            ticket.as_ref().is_some_and(|(own, until)| same(own, word) && Instant::now() < *until)
                && self.is_own(headers);
        if shown {
            *ticket = None;
        }
        shown
    }

    fn admits(&self, path: &str, headers: &HeaderMap) -> bool {
        let token =
            path.strip_prefix('/').and_then(|path| path.split('/').next()).unwrap_or_default();
        self.is_own(headers) && same(token, &self.token)
    }

    /// Whether a request names this server, and comes from its own page or from none.
    fn is_own(&self, headers: &HeaderMap) -> bool {
        // Another name for this address is how a foreign page would reach it (DNS rebinding).
        let mut hosts = headers.get_all(header::HOST).iter();
        let host =
            hosts.next().and_then(|host| host.to_str().ok()).filter(|_| hosts.next().is_none());
        let own_host = host.is_some_and(|host| self.hosts.iter().any(|own| own == host));
        let own_origin = headers.get_all(header::ORIGIN).iter().all(|origin| {
            let origin = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
            origin.is_some_and(|origin| self.hosts.iter().any(|own| own == origin))
        });
        own_host && own_origin
    }
}

/// Compares in constant time, so that timing does not reveal how much agrees.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

/// Admits or rejects a request; responses are not cached, and no other page may use them.
pub(super) async fn watch(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let admitted = guard.admits(request.uri().path(), request.headers());
    let mut response = if admitted {
        next.run(request).await
    } else if guard.takes_ticket(request.uri().path(), request.headers()) {
        Redirect::to(&format!("/{}/", guard.token())).into_response()
    } else {
        (StatusCode::FORBIDDEN, "forbidden\n").into_response()
    };
    let set: [(HeaderName, &str); 6] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in set {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
