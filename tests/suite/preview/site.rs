//! A preview of a small report, and a client that writes HTTP by hand.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;
use trendpress::Session;
use trendpress::preview::{PreviewOptions, Server};

use crate::project::{Project, repository};

/// A report with its preview.
pub(super) struct Site {
    pub project: Project,
    pub session: Session,
    pub server: Server,
}

/// What a request was answered.
pub(super) struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

impl Site {
    /// The report that `new` writes, shown.
    pub(super) fn new(change: impl FnOnce(&mut PreviewOptions)) -> Self {
        let project = Project::empty();
        crate::project::copy(
            &repository().join("src/reading/starter/report-zh/content"),
            &project.join("content"),
        );
        let mut options = PreviewOptions::of(project.path());
        change(&mut options);
        let session = Session::open(project.path(), false).expect("a project");
        let server = Server::start(options).expect("a server");
        let mut site = Self { project, session, server };
        site.show();
        site
    }

    /// Makes the report as it is now, and shows it.
    pub(super) fn show(&mut self) {
        self.server.show(self.session.compile());
    }

    /// `127.0.0.1:port`.
    pub(super) fn host(&self) -> &str {
        host_and_root(self.server.address()).0
    }

    /// `/token/`.
    pub(super) fn root(&self) -> String {
        host_and_root(self.server.address()).1.to_owned()
    }

    /// Sends a request as it is; the connection is closed behind the answer.
    pub(super) fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(self.host()).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut bytes = vec![];
        stream.read_to_end(&mut bytes).expect("an answer");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    /// Asks for a path below the token, as the page does.
    pub(super) fn get(&self, path: &str) -> Answer {
        let (root, host) = (self.root(), self.host());
        self.send(&format!(
            "GET {root}{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ))
    }

    /// Asks to open a place.
    pub(super) fn open(&self, file: &str, line: usize, column: usize) -> Answer {
        let body = serde_json::json!({ "file": file, "line": line, "column": column }).to_string();
        let (root, host, length) = (self.root(), self.host(), body.len());
        self.send(&format!(
            "POST {root}open HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        ))
    }

    /// Begins to listen, and gives the stream.
    pub(super) fn listen(&self) -> TcpStream {
        listen(self.server.address()).expect("a connection")
    }

    /// What is shown now, as a page is told.
    pub(super) fn snapshot(&self) -> Value {
        snapshot(self.server.address()).expect("an event")
    }
}

/// `127.0.0.1:port` and `/token/`.
fn host_and_root(address: &str) -> (&str, &str) {
    let rest = address.strip_prefix("http://").expect("an address");
    rest.split_at(rest.find('/').expect("a token"))
}

fn listen(address: &str) -> io::Result<TcpStream> {
    let (host, root) = host_and_root(address);
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let request = format!("GET {root}events HTTP/1.1\r\nHost: {host}\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    Ok(stream)
}

/// What a preview at this address shows now; an error where nobody answers, or is ended meanwhile.
pub(super) fn snapshot(address: &str) -> io::Result<Value> {
    let mut stream = listen(address)?;
    let mut bytes = vec![];
    let mut piece = [0; 65536];
    while !bytes.windows(2).any(|pair| pair == b"\n\n") {
        let count = stream.read(&mut piece)?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend(&piece[..count]);
    }
    let text = String::from_utf8(bytes).expect("UTF-8");
    let data = text.split("data: ").nth(1).and_then(|rest| rest.split('\n').next()).expect("data");
    Ok(serde_json::from_str(data).expect("JSON"))
}
