// The preview: wires the parts together, listens to the server, and to the keys.

import { Blocks } from "./blocks.js";
import { Book, make } from "./book.js";
import { Guides } from "./guides.js";
import { Findings, Outline, Search, Thumbs } from "./panels.js";
import { fill, say } from "./words.js";

const by = (id) => document.getElementById(id);
fill(document.documentElement);

// --- What a reload keeps ---------------------------------------------------------------------------

const kept = { zoom: "page", facing: true, guides: [], side: innerWidth > 760 ? "pages" : "", page: 1, ...JSON.parse(sessionStorage.getItem("view") ?? "{}") };
const keep = (changes) => {
  Object.assign(kept, changes);
  sessionStorage.setItem("view", JSON.stringify(kept));
};

// --- Parts -----------------------------------------------------------------------------------------

function toast(content, time = 2500) {
  by("toast").replaceChildren(...content);
  clearTimeout(toast.fading);
  toast.fading = setTimeout(() => by("toast").replaceChildren(), time);
}

const book = new Book(by("book"));
const blocks = new Blocks(book, by("origin"), toast);
const guides = new Guides(book, (words) => (words ? toast([words], 60000) : toast([])));
const thumbs = new Thumbs(by("panel-pages"), book);
const outline = new Outline(by("panel-outline"), book);
const search = new Search({ input: by("words"), count: by("hits-count"), list: by("hits") }, book);
const findings = new Findings(
  { panel: by("findings"), list: by("findings-list"), toggle: by("findings-toggle"), close: by("findings-close"), state: by("state") },
  book, blocks,
);

// --- The server ------------------------------------------------------------------------------------

// One snapshot after the other; of those that came meanwhile, the last.
let next = null;
let busy = false;
async function show() {
  if (busy) return;
  busy = true;
  while (next) {
    let snapshot = next;
    next = null;
    // Of a server that began anew, the pages that are shown are the last good ones.
    if (!snapshot.good && !snapshot.pages.length && book.pages.length) {
      snapshot = { ...book.snapshot, version: snapshot.version, good: false, findings: snapshot.findings, changed: [] };
    }
    const first = !book.pages.length;
    const drawn = book.update(snapshot);
    findings.update();
    if (first) book.go(kept.page);
    if (!first) book.flash(snapshot.changed);
    await drawn;
    if (snapshot.changed.length && !next) book.flash(snapshot.changed);
    document.documentElement.dataset.shown = snapshot.version;
    // The rest when the pages have been seen.
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
    if (next) continue;
    for (const page of book.pages) if (page.near) book.tell(page);
    document.title = snapshot.title || "trendpress";
    by("title").textContent = snapshot.title || "trendpress";
    by("count").textContent = say("of", snapshot.pages.length);
    thumbs.update();
    outline.update();
    search.update();
    guides.update();
  }
  busy = false;
}

const source = new EventSource("events");
source.addEventListener("snapshot", (event) => {
  next = JSON.parse(event.data);
  show();
});
source.addEventListener("error", () => {
  by("state").textContent = say("lost");
  by("state").classList.add("bad");
});
source.addEventListener("open", () => book.snapshot && findings.update());

// --- The bar ---------------------------------------------------------------------------------------

function setSide(side) {
  if (side) {
    for (const tab of document.querySelectorAll("[role=tab]")) {
      const own = tab.id === `tab-${side}`;
      tab.setAttribute("aria-selected", own);
      tab.tabIndex = own ? 0 : -1;
      by(tab.getAttribute("aria-controls")).hidden = !own;
    }
  }
  document.body.dataset.side = side;
  by("side-toggle").setAttribute("aria-expanded", Boolean(side));
  keep({ side, lastSide: side || kept.lastSide });
}

function setGuides(on) {
  for (const box of document.querySelectorAll("[data-guide]")) box.checked = on.includes(box.dataset.guide);
  keep({ guides: on });
  guides.set(on);
}

function toggleGuide(name) {
  setGuides(kept.guides.includes(name) ? kept.guides.filter((other) => other !== name) : [...kept.guides, name]);
}

function openMenu(open) {
  by("view-menu").hidden = !open;
  by("view").setAttribute("aria-expanded", open);
}

function openSearch() {
  setSide("search");
  by("words").select();
  by("words").focus();
}

book.addEventListener("turned", () => {
  const numbers = book.spreads.find((numbers) => numbers.includes(book.current)) ?? [];
  if (document.activeElement !== by("page")) by("page").value = numbers.join("–");
  by("back").disabled = book.spreads.indexOf(numbers) <= 0;
  by("forth").disabled = book.spreads.indexOf(numbers) >= book.spreads.length - 1;
  if (book.current) keep({ page: book.current });
});
book.addEventListener("zoom", () => {
  guides.show();
  keep({ zoom: book.zoom, facing: book.facing });
  by("spread").setAttribute("aria-pressed", book.facing);
  by("single").setAttribute("aria-pressed", !book.facing);
  const other = by("zoom").querySelector("[value=other]");
  by("zoom").value = String(book.zoom);
  other.hidden = by("zoom").value === String(book.zoom);
  if (other.hidden) return;
  other.textContent = `${Math.round(book.zoom * 100)} %`;
  by("zoom").value = "other";
});

const clicks = {
  "side-toggle": () => setSide(document.body.dataset.side ? "" : kept.lastSide ?? "pages"),
  back: () => book.turn(-1),
  forth: () => book.turn(1),
  smaller: () => book.zoomBy(1 / 1.25),
  larger: () => book.zoomBy(1.25),
  spread: () => book.setFacing(true),
  single: () => book.setFacing(false),
  view: () => openMenu(by("view-menu").hidden),
  "help-toggle": () => by("help").showModal(),
  "help-close": () => by("help").close(),
};
for (const [id, act] of Object.entries(clicks)) by(id).addEventListener("click", act);
for (const tab of document.querySelectorAll("[role=tab]")) {
  const name = tab.id.slice(4);
  tab.addEventListener("click", () => (name === "search" ? openSearch() : setSide(name)));
  tab.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    const tabs = [...document.querySelectorAll("[role=tab]")];
    const other = tabs[(tabs.indexOf(tab) + (event.key === "ArrowRight" ? 1 : tabs.length - 1)) % tabs.length];
    setSide(other.id.slice(4));
    other.focus();
    event.stopPropagation();
  });
}
for (const box of document.querySelectorAll("[data-guide]")) box.addEventListener("change", () => toggleGuide(box.dataset.guide));
by("zoom").addEventListener("change", ({ target }) => {
  if (target.value !== "other") book.setZoom(Number.isNaN(Number(target.value)) ? target.value : Number(target.value));
});
by("page").addEventListener("focus", ({ target }) => target.select());
by("page").addEventListener("change", ({ target }) => {
  const number = parseInt(target.value, 10);
  if (number) book.go(Math.min(Math.max(number, 1), book.pages.length));
  by("book").focus();
});
document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest(".menu")) openMenu(false);
});

// --- The keys --------------------------------------------------------------------------------------

const guideKeys = { x: "trim", b: "bleed", m: "margins", g: "grid", i: "ink" };
const keys = {
  ArrowLeft: () => book.turn(-1),
  ArrowRight: () => book.turn(1),
  PageUp: () => book.turn(-1),
  PageDown: () => book.turn(1),
  Home: () => book.go(1),
  End: () => book.go(book.pages.length),
  "/": openSearch,
  n: () => search.step(1),
  N: () => search.step(-1),
  "+": () => book.zoomBy(1.25),
  "=": () => book.zoomBy(1.25),
  "-": () => book.zoomBy(1 / 1.25),
  0: () => book.setZoom("page"),
  w: () => book.setZoom("width"),
  1: () => book.setZoom(1),
  s: () => book.setFacing(!book.facing),
  p: () => setSide(document.body.dataset.side === "pages" ? "" : "pages"),
  o: () => setSide(document.body.dataset.side === "outline" ? "" : "outline"),
  e: () => {
    findings.open(by("findings").hidden);
    (by("findings").hidden ? by("book") : by("findings-list").querySelector("button") ?? by("findings-close")).focus();
  },
  "?": () => by("help").showModal(),
};
for (const [key, name] of Object.entries(guideKeys)) keys[key] = () => toggleGuide(name);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || by("help").open) return;
  if (event.key === "Escape") {
    const inMenu = document.activeElement.closest(".menu");
    openMenu(false);
    toast([]);
    if (inMenu) return by("view").focus();
    if (event.target.closest("#findings")) findings.open(false);
    return by("book").focus();
  }
  if (event.target.matches("input:not([type=checkbox]), select")) return;
  if (event.key === "Enter" && (event.target === document.body || event.target === by("book"))) {
    event.preventDefault();
    return blocks.enter();
  }
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

const list = [
  ["← →", "key-turn"], ["Home End", "key-ends"], ["Enter", "key-enter"], ["↑ ↓", "key-blocks"], ["/ n N", "key-search"],
  ["+ −", "key-zoom"], ["0 w 1", "key-fits"], ["s", "key-spread"], ["p o", "key-side"], ["e", "key-findings"], ["x b m g i", "key-guides"], ["Esc", "key-close"],
];
by("keys").append(...list.flatMap(([names, word]) => {
  const term = make("dt");
  term.append(...names.split(" ").map((name) => make("kbd", "", name)));
  return [term, make("dd", "", say(word))];
}));

// --- Begin -----------------------------------------------------------------------------------------

setSide(kept.side);
book.setZoom(kept.zoom);
book.setFacing(kept.facing);
for (const box of document.querySelectorAll("[data-guide]")) box.checked = kept.guides.includes(box.dataset.guide);
guides.on = new Set(kept.guides);
book.element.classList.toggle("bleeds", guides.on.has("bleed"));
