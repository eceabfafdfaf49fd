//! A headless Chromium, controlled through a pipe (the DevTools protocol), so that no other
//! program is needed.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long anything may take: machines that test are busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one page.
pub(super) struct Chromium {
    process: Child,
    input: ChildStdin,
    messages: Receiver<Value>,
    count: u64,
    session: Option<String>,
    /// What the page complained of.
    complaints: Vec<String>,
    _folder: TempDir,
}

impl Chromium {
    /// Starts a browser, where there is one: `TRENDPRESS_CHROMIUM`, or one on `PATH`.
    pub(super) fn start() -> Option<Self> {
        let named = std::env::var("TRENDPRESS_CHROMIUM").ok();
        let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
            .map(str::to_owned);
        let answers = |name: &String| {
            let asked = Command::new(name)
                .arg("--version")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            asked.is_ok_and(|status| status.success())
        };
        let Some(program) = named.into_iter().chain(names).find(answers).filter(|_| cfg!(unix))
        else {
            eprintln!("skipped: there is no Chromium");
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        // The browser reads from 3 and writes to 4, which a shell can give it.
        let mut process = Command::new("sh")
            .args([
                "-c",
                "exec \"$0\" \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null",
                &program,
            ])
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--remote-debugging-pipe",
            ])
            .arg("--window-size=1280,800")
            .arg(format!("--user-data-dir={}", folder.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let input = process.stdin.take().expect("a pipe");
        let mut output = process.stdout.take().expect("a pipe");
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut bytes = vec![];
            let mut piece = vec![0; 1 << 16];
            while let Ok(count) = output.read(&mut piece) {
                if count == 0 {
                    break;
                }
                bytes.extend(&piece[..count]);
                while let Some(end) = bytes.iter().position(|byte| *byte == 0) {
                    let message: Vec<u8> = bytes.drain(..=end).collect();
                    let message = serde_json::from_slice(&message[..end]).expect("JSON");
                    if sender.send(message).is_err() {
                        return;
                    }
                }
            }
        });
        let mut browser = Self {
            process,
            input,
            messages,
            count: 0,
            session: None,
            complaints: vec![],
            _folder: folder,
        };
        let target =
            browser.call("Target.createTarget", json!({ "url": "about:blank" }))["targetId"]
                .clone();
        let session =
            browser.call("Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page.enable", "Runtime.enable", "Log.enable"] {
            browser.call(domain, json!({}));
        }
        let size = json!({ "width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        browser.call("Emulation.setDeviceMetricsOverride", size);
        Some(browser)
    }

    /// Calls a method, and gives its result.
    pub(super) fn call(&mut self, method: &str, params: Value) -> Value {
        self.count += 1;
        let id = self.count;
        let mut message = json!({ "id": id, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = session.clone().into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.input.write_all(&bytes).expect("the browser runs");
        loop {
            let mut answer = self
                .messages
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|error| panic!("{method}: {error}"));
            if answer["id"] == id {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].take();
            }
            let complains = answer["method"] == "Runtime.exceptionThrown"
                || (answer["method"] == "Log.entryAdded"
                    && answer["params"]["entry"]["level"] == "error");
            if complains {
                self.complaints.push(answer["params"].to_string());
            }
        }
    }

    /// The value of an expression, awaited.
    pub(super) fn value(&mut self, expression: &str) -> Value {
        let params =
            json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.call("Runtime.evaluate", params);
        assert!(
            answer["exceptionDetails"].is_null(),
            "{expression}: {}",
            answer["exceptionDetails"]
        );
        answer["result"]["value"].take()
    }

    /// Waits until an expression is true.
    pub(super) fn until(&mut self, expression: &str) {
        let started = Instant::now();
        while self.value(expression) != true {
            if started.elapsed() > PATIENCE {
                let seen = self.value("document.body.innerText");
                panic!(
                    "never: {expression}; the page: {seen}; it complained of {:?}",
                    self.complaints
                );
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Opens a preview, and waits until its first pages are drawn.
    pub(super) fn open(&mut self, address: &str) {
        self.call("Page.navigate", json!({ "url": address }));
        self.until("document.documentElement?.dataset.shown > 0 && document.querySelectorAll('.block').length > 0");
    }

    /// Strikes keys, one after the other: characters, or names such as `Enter`.
    pub(super) fn keys(&mut self, keys: &[&str]) {
        for key in keys {
            let text = match *key {
                "Enter" => "\r",
                key if key.chars().count() == 1 => key,
                _ => "",
            };
            // What the browser itself does on a key, such as to close a dialogue, goes by its code.
            let codes = [
                ("Enter", 13),
                ("Escape", 27),
                ("PageUp", 33),
                ("PageDown", 34),
                ("End", 35),
                ("Home", 36),
            ];
            let arrows =
                [("ArrowLeft", 37), ("ArrowUp", 38), ("ArrowRight", 39), ("ArrowDown", 40)];
            let code = codes
                .into_iter()
                .chain(arrows)
                .find(|(name, _)| name == key)
                .map_or(0, |(_, code)| code);
            for (kind, text) in [("keyDown", text), ("keyUp", "")] {
                let event = json!({ "type": kind, "key": key, "text": text, "windowsVirtualKeyCode": code });
                self.call("Input.dispatchKeyEvent", event);
            }
        }
    }

    /// Presses the mouse at a place of the window.
    pub(super) fn click(&mut self, x: f64, y: f64) {
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            self.call(
                "Input.dispatchMouseEvent",
                json!({ "type": kind, "x": x, "y": y, "button": button, "clickCount": 1 }),
            );
        }
    }

    /// What went wrong in the page, a blocked script or a failed request among it.
    pub(super) fn complaints(&self) -> &[String] {
        &self.complaints
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}
