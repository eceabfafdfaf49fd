//! Access control: requests must name this server's own address, come from its own page, and know
//! the token.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The content security policy of the page: it may load its own parts from this server, and
/// nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The requirements for a request.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    token: String,
    /// The server's own names, as in `Host`.
    hosts: [String; 2],
}

impl Guard {
    /// Creates the guard of a port.
    pub(super) fn new(port: u16, token: String) -> Self {
        Self { token, hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")] }
    }

    /// Returns the token: the first part of every path.
    pub(super) fn token(&self) -> &str {
        &self.token
    }

    fn admits(&self, path: &str, headers: &HeaderMap) -> bool {
        // Another name for this address is how a foreign page would reach it (DNS rebinding).
        let mut hosts = headers.get_all(header::HOST).iter();
        let host =
            hosts.next().and_then(|host| host.to_str().ok()).filter(|_| hosts.next().is_none());
        let own_host = host.is_some_and(|host| self.hosts.iter().any(|own| own == host));
        let own_origin = headers.get_all(header::ORIGIN).iter().all(|origin| {
            let origin = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
            origin.is_some_and(|origin| self.hosts.iter().any(|own| own == origin))
        });
        let token =
            path.strip_prefix('/').and_then(|path| path.split('/').next()).unwrap_or_default();
        own_host && own_origin && same(token, &self.token)
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
