//! Tests of the page in a real browser, as an editor sees, clicks and types.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Stdio};

use serde_json::Value;

use super::chromium::Chromium;
use super::site::Site;
use super::{TREND, line_of};
use crate::project::{Project, copy, repository};

/// The program's `preview` of a small report.
struct Preview {
    process: Child,
    address: String,
    project: Project,
}

impl Preview {
    fn start(language: &str) -> Self {
        let project = Project::empty();
        copy(&repository().join("src/reading/starter/report-zh/content"), &project.join("content"));
        let mut process = crate::project::program()
            .args([
                "preview",
                "--lang",
                language,
                "--editor",
                "touch {file}.opened-{line}-{column}",
            ])
            .current_dir(project.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let mut address = String::new();
        BufReader::new(process.stdout.take().expect("stdout"))
            .read_line(&mut address)
            .expect("an address");
        Self { process, address: address.trim().to_owned(), project }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

/// The names of the drawings that the page shows.
const DRAWN: &str =
    "[...document.querySelectorAll('.drawing')].map(image => image.src.split('/').pop())";

#[test]
fn an_edit_on_the_disk_is_seen_a_fault_told_and_mended() {
    let Some(mut page) = Chromium::start() else { return };
    let preview = Preview::start("en");
    page.open(&preview.address);
    let before = page.value(DRAWN);
    let text = preview.project.read(TREND);

    // The changed paragraph is not in view: it comes there, and flashes.
    assert_eq!(page.value("document.getElementById('page').value"), "1");
    preview.project.write(TREND, text.replace("段落之间空一行", "每段之间空上一行"));
    page.until("document.querySelectorAll('.spot.flash').length > 0");
    let flashed = "(() => { const a = document.querySelector('.spot.flash').getBoundingClientRect(); \
                   const b = document.getElementById('book').getBoundingClientRect(); return a.top < b.bottom && a.bottom > b.top })()";
    assert_eq!(page.value(flashed), true);
    page.until(&format!("JSON.stringify({DRAWN}) !== '{before}'"));
    page.until(
        "[...document.querySelectorAll('.block')].some(block => block.block.text.startsWith('每段之间空上一行'))",
    );
    let place = page.value("document.getElementById('book').scrollTop");
    assert_ne!(place, 0);

    // A fault: the panel tells it, the pages and the place stay.
    let drawn = page.value(DRAWN);
    preview.project.write(TREND, text.replace("kind: bar", "kind: bat"));
    page.until("!document.getElementById('findings').hidden");
    let told = page.value("document.querySelector('.finding.error').innerText");
    let at = format!("{TREND}:{}", line_of(&text, "kind: bar"));
    assert!(
        told.as_str().is_some_and(|told| told.contains(&at) && told.contains("kind: bat")),
        "{told}"
    );
    assert_eq!(page.value(DRAWN), drawn);

    // Mended: it goes away, and what was written before is back.
    preview.project.write(TREND, &text);
    page.until("document.getElementById('findings').hidden");
    page.until(&format!(
        "JSON.stringify({DRAWN}.sort()) === JSON.stringify({before}.sort()) || {DRAWN}.length !== {before}.length"
    ));
    page.until("[...document.querySelectorAll('.block')].some(block => block.block.text.startsWith('段落之间空一行'))");
    assert_eq!(page.complaints(), &[] as &[String]);
}

#[test]
fn a_click_opens_the_line_that_stands_there() {
    let Some(mut page) = Chromium::start() else { return };
    let preview = Preview::start("en");
    page.open(&preview.address);
    let text = preview.project.read(TREND);
    let line = line_of(&text, "段落之间空一行");
    page.value("document.querySelector('#panel-pages .thumb:nth-child(3)').click()");
    // On the third line of the paragraph, in its middle.
    page.until("[...document.querySelectorAll('.block')].some(block => block.block.text.startsWith('段落之间'))");
    let place = page.value(
        "(() => { const button = [...document.querySelectorAll('.block')].find(block => block.block.text.startsWith('段落之间')); \
         const { left, top, width } = button.closest('.page').getBoundingClientRect(); \
         const { area } = button.block.lines[2]; const unit = width / button.closest('.page').page.data.width; \
         return [left + (area.x + area.width / 2) * unit, top + (area.y + area.height / 2) * unit] })()",
    );
    let number = |value: &Value| value.as_f64().expect("a number");
    page.click(number(&place[0]), number(&place[1]));
    page.until("document.getElementById('toast').textContent !== ''");
    let opened = || {
        let files = std::fs::read_dir(preview.project.join("content/trends")).expect("a folder");
        files
            .map(|file| file.expect("a file").file_name().into_string().expect("a name"))
            .find(|name| name.contains("opened"))
    };
    let started = std::time::Instant::now();
    while opened().is_none() && started.elapsed().as_secs() < 20 {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let name = opened().expect("an editor was run");
    let column: usize =
        name.rsplit('-').next().and_then(|digits| digits.parse().ok()).expect("a column");
    assert!(name.starts_with(&format!("01-first.md.opened-{line}-")), "{name}");
    // Two lines of some twenty characters stand before it.
    assert!((30..70).contains(&column), "{name}");
}

#[test]
fn inks_lie_over_the_pages() {
    let Some(mut page) = Chromium::start() else { return };
    let site = Site::new(|_| ());
    page.open(site.server.address());
    page.keys(&["i"]);
    page.until("document.querySelector('.over .inks') !== null && document.querySelector('.ink-note') !== null");
    // White where there is no ink, something else where there is, over the whole page with its
    // bleed.
    let colours = page.value(
        "(async () => { const image = document.querySelector('.over .inks'); \
         const bitmap = await createImageBitmap(await (await fetch(image.getAttribute('href'))).blob()); \
         const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d'); canvas.drawImage(bitmap, 0, 0); \
         const pixels = canvas.getImageData(0, 0, bitmap.width, bitmap.height).data; let white = 0, inked = 0; \
         for (let i = 0; i < pixels.length; i += 4) pixels[i] === 255 ? white++ : inked++; \
         return [white, inked, bitmap.width / bitmap.height, image.getBBox().width / image.getBBox().height] })()",
    );
    let number = |at: usize| colours[at].as_f64().expect("a number");
    assert!(number(0) > 1000.0 && number(1) > 1000.0, "{colours}");
    assert!((number(2) / number(3) - 1.0).abs() < 0.02, "{colours}");
}

#[test]
fn all_can_be_done_by_the_keys() {
    let Some(mut page) = Chromium::start() else { return };
    let site = Site::new(|_| ());
    page.open(site.server.address());
    let number = "document.getElementById('page').value";
    page.keys(&["ArrowRight"]);
    page.until(&format!("{number} === '2–3'"));
    page.keys(&["PageDown"]);
    page.until(&format!("{number} === '4–5'"));
    page.keys(&["PageUp", "Home"]);
    page.until(&format!("{number} === '1'"));
    page.keys(&["End"]);
    page.until(&format!("{number} !== '1'"));
    page.keys(&["s", "Home", "ArrowRight"]);
    page.until(&format!("{number} === '2'"));

    // From block to block; the place is told where no editor is known.
    page.keys(&["Enter"]);
    page.until("document.activeElement.classList.contains('block')");
    page.keys(&["ArrowDown", "ArrowDown"]);
    let block = page
        .value("[document.activeElement.block.file, document.activeElement.block.line].join(':')");
    page.keys(&["Enter"]);
    page.until("document.querySelector('#toast code') !== null");
    let told = page.value("document.querySelector('#toast code').textContent");
    assert!(
        told.as_str().zip(block.as_str()).is_some_and(|(told, block)| told.starts_with(block)),
        "{told} {block}"
    );
    assert_eq!(page.value("getComputedStyle(document.activeElement).outlineStyle"), "solid");

    // Search, and on to the next place.
    page.keys(&["Escape", "/", "引", "用"]);
    page.until("document.querySelectorAll('#hits li').length > 1");
    page.until("document.querySelectorAll('.spot.hit.now').length === 1");
    page.keys(&["Enter", "Escape", "n"]);
    page.until("document.querySelector('#hits li:nth-child(3) [aria-current=true], #hits li:nth-child(2) [aria-current=true], #hits li:nth-child(1) [aria-current=true]') !== null");

    // Guides, help, findings, and back.
    page.keys(&["g", "m", "x", "b"]);
    page.until("document.querySelector('.over .grid') && document.querySelector('.over .margins') && document.querySelector('.over .trim') && document.querySelector('.over .bleed') !== null");
    page.keys(&["?"]);
    page.until("document.getElementById('help').open");
    page.keys(&["Escape"]);
    page.until("!document.getElementById('help').open");
    page.keys(&["e"]);
    page.until("!document.getElementById('findings').hidden");
    page.keys(&["Escape"]);
    page.until(
        "document.getElementById('findings').hidden && document.activeElement.id === 'book'",
    );
    page.keys(&["o"]);
    page.until(
        "document.body.dataset.side === 'outline' && document.querySelectorAll('#panel-outline button').length > 2",
    );
    assert_eq!(page.complaints(), &[] as &[String]);
}

#[test]
fn the_grid_lies_on_the_baselines() {
    let Some(mut page) = Chromium::start() else { return };
    let site = Site::new(|_| ());
    page.open(site.server.address());
    page.value("document.querySelector('#panel-pages .thumb:nth-child(3)').click()");
    page.until("[...document.querySelectorAll('.block')].some(block => block.block.text.startsWith('段落之间'))");
    // A line of text in a column stands on a line of the grid: its box begins 0.88 em above its
    // baseline.
    let off = page.value(
        "(() => { const button = [...document.querySelectorAll('.block')].find(block => block.block.text.startsWith('段落之间')); \
         const { grid } = button.closest('.page').page.data; const { y, height } = button.block.lines[1].area; \
         const lines = (y + 0.88 * height - grid.first) / grid.step; return Math.abs(lines - Math.round(lines)) })()",
    );
    assert!(off.as_f64().is_some_and(|off| off < 0.01), "{off}");
}

#[test]
fn a_page_looks_as_typst_draws_it() {
    let Some(mut page) = Chromium::start() else { return };
    let site = Site::new(|_| ());
    site.project.run(&["render", "out.svg"]).ok();
    // Pictures from elsewhere are what the page's policy forbids.
    page.call("Page.setBypassCSP", serde_json::json!({ "enabled": true }));
    page.open(site.server.address());
    for number in [1, 4, 5] {
        let drawn =
            std::fs::read(site.project.join(&format!("out-{number:02}.svg"))).expect("a page");
        let text = Value::String(String::from_utf8(drawn).expect("UTF-8"));
        // Our drawing reaches beyond the trim by the bleed.
        let differs = page.value(&format!(
            "(async () => {{ const book = document.querySelectorAll('.page:not(.gap)')[{number} - 1].page; \
             const bleed = Number(getComputedStyle(book.element).getPropertyValue('--bleed')); \
             const {{ width, height, name }} = book.data; const unit = 2; \
             const pixels = async (src, off) => {{ const image = new Image(); image.src = src; await image.decode(); \
               const canvas = new OffscreenCanvas(width * unit, height * unit); const to = canvas.getContext('2d'); \
               to.drawImage(image, -off * unit, -off * unit, (width + 2 * off) * unit, (height + 2 * off) * unit); \
               return to.getImageData(0, 0, canvas.width, canvas.height).data }}; \
             const theirs = await pixels(URL.createObjectURL(new Blob([{text}], {{ type: 'image/svg+xml' }})), 0); \
             const ours = await pixels(`page/${{name}}.svg`, bleed); let ink = 0, off = 0; \
             for (let i = 0; i < ours.length; i += 4) {{ ink += ours[i] < 128; off += Math.abs(ours[i] - theirs[i]) > 96 }} \
             return [ink, off] }})()"
        ));
        let [ink, off] = [0, 1].map(|at| differs[at].as_u64().expect("a number"));
        assert!(ink > 5000 && off * 1000 < ink, "page {number}: {off} of {ink} pixels differ");
    }
}

/// Where axe-core is: `TRENDPRESS_AXE`, or where `.ci/run` puts it.
fn axe() -> Option<String> {
    let path = std::env::var_os("TRENDPRESS_AXE")
        .map_or_else(|| repository().join("target/axe/axe.min.js"), PathBuf::from);
    let text = std::fs::read_to_string(path).ok();
    if text.is_none() {
        eprintln!("skipped: there is no axe-core");
    }
    text
}

#[test]
fn the_page_is_accessible() {
    let Some(axe) = axe() else { return };
    let Some(mut page) = Chromium::start() else { return };
    for (language, scheme) in [("en", "light"), ("zh", "dark")] {
        let site = Preview::start(language);
        let media = serde_json::json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        page.call("Emulation.setEmulatedMedia", media);
        page.open(&site.address);
        page.value(&format!("{axe}; true"));
        let text = site.project.read(TREND);
        for (state, keys) in [
            ("pages", &[][..]),
            ("outline", &["o"]),
            ("search", &["/", "引"]),
            ("help", &["Escape", "?"]),
        ] {
            page.keys(keys);
            judge(&mut page, &format!("{language} {scheme} {state}"));
        }
        page.keys(&["Escape"]);
        page.value("document.getElementById('view').click()");
        site.project.write(TREND, text.replace("kind: bar", "kind: bat"));
        page.until("!document.getElementById('findings').hidden");
        judge(&mut page, &format!("{language} {scheme} findings"));
    }
}

/// No serious finding of axe in the page as it is.
fn judge(page: &mut Chromium, state: &str) {
    let found = page.value(
        "axe.run().then(found => found.violations.filter(one => ['serious', 'critical'].includes(one.impact)) \
         .map(one => one.id + ': ' + one.nodes.map(node => node.html + ' ' + node.failureSummary).join('\\n')))",
    );
    assert_eq!(found, serde_json::json!([]), "{state}");
}
