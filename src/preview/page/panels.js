// Beside the pages: small pages, the outline, the search, and what is wrong.

import { make } from "./book.js";
import { say } from "./words.js";

const THUMB = 92;

// Small pages, by spread.
export class Thumbs {
  constructor(element, book) {
    Object.assign(this, { element, book });
    book.addEventListener("turned", () => this.turned());
  }

  update() {
    const { spreads, pages, bleed } = this.book.snapshot;
    const buttons = [...this.element.children];
    const list = spreads.map((numbers, index) => {
      const button = buttons[index] ?? make("button", "thumb");
      const key = JSON.stringify([numbers, numbers.map((number) => pages[number - 1].name)]);
      if (button.key === key) return button;
      button.key = key;
      button.numbers = numbers;
      const sheets = make("span", "thumb-sheets");
      for (const number of numbers.length > 1 ? numbers : numbers[0] % 2 ? [0, numbers[0]] : [numbers[0], 0]) {
        const { width, height, name } = pages[(number || numbers[0]) - 1];
        const sheet = make("span", number ? "" : "none");
        const unit = THUMB / width;
        sheet.style.height = `${height * unit}px`;
        if (number) {
          const image = new Image();
          Object.assign(image, { alt: "", loading: "lazy", src: `page/${name}.svg` });
          Object.assign(image.style, { width: `${(width + 2 * bleed) * unit}px`, height: `${(height + 2 * bleed) * unit}px`, left: `${-bleed * unit}px`, top: `${-bleed * unit}px` });
          sheet.append(image);
        }
        sheets.append(sheet);
      }
      const name = numbers.join("–");
      button.replaceChildren(sheets, make("span", "thumb-name", name));
      button.setAttribute("aria-label", say("spread-of", name));
      button.onclick = () => this.book.go(numbers[0]);
      return button;
    });
    this.element.replaceChildren(...list);
    this.turned();
  }

  turned() {
    for (const button of this.element.children) {
      const current = button.numbers.includes(this.book.current);
      button.setAttribute("aria-current", current);
      if (current) button.scrollIntoView({ block: "nearest" });
    }
  }
}

// The headings.
export class Outline {
  constructor(element, book) {
    Object.assign(this, { element, book });
    book.addEventListener("turned", () => this.turned());
  }

  update() {
    const { outline } = this.book.snapshot;
    const key = JSON.stringify(outline);
    if (this.key === key) return;
    this.key = key;
    this.element.replaceChildren(...outline.map((entry) => {
      const button = make("button", `level-${entry.level}`);
      button.append(make("span", "", entry.title), make("span", "quiet", entry.page));
      button.entry = entry;
      button.onclick = () => this.book.go(entry.page, { x: 0, y: entry.y, width: 1, height: 1 });
      return button;
    }));
    this.turned();
  }

  turned() {
    const shown = this.book.spreads.find((numbers) => numbers.includes(this.book.current)) ?? [];
    const last = Math.max(...shown);
    const buttons = [...this.element.children];
    const current = buttons.findLast((button) => button.entry.page <= last);
    for (const button of buttons) button.setAttribute("aria-current", button === current);
  }
}

// Words on the pages.
export class Search {
  constructor({ input, count, list }, book) {
    Object.assign(this, { input, count, list, book, hits: [], at: -1 });
    input.addEventListener("input", () => this.soon());
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.step(event.shiftKey ? -1 : 1);
    });
  }

  soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.find(true), 120);
  }

  async find(go) {
    const words = this.input.value.trim();
    const hits = words ? await fetch(`find?words=${encodeURIComponent(words)}`).then((answer) => answer.json()) : [];
    if (words !== this.input.value.trim()) return;
    this.hits = hits;
    this.at = go ? -1 : Math.min(this.at, hits.length - 1);
    this.count.textContent = !words ? "" : hits.length === 0 ? say("no-hits") : hits.length === 1 ? say("one-hit") : say("hits", hits.length);
    this.list.replaceChildren(...hits.map((hit, index) => {
      const item = make("li");
      const button = make("button");
      button.append(hit.before, make("mark", "", hit.words), hit.after, make("small", "", say("page", hit.page)));
      button.onclick = () => this.show(index);
      item.append(button);
      return item;
    }));
    if (go && hits.length) {
      // From where one is.
      const next = hits.findIndex((hit) => hit.page >= this.book.current);
      this.show(Math.max(next, 0));
    } else this.marked();
  }

  step(by) {
    if (this.hits.length) this.show((this.at + by + this.hits.length) % this.hits.length);
  }

  show(index) {
    this.at = index;
    const { page, areas } = this.hits[index];
    this.book.go(page, areas[0], true);
    this.marked();
    this.list.children[index]?.scrollIntoView({ block: "nearest" });
  }

  marked() {
    this.book.mark("hit", this.hits.map((hit, index) => ({ ...hit, now: index === this.at })));
    [...this.list.children].forEach((item, index) => item.firstChild.setAttribute("aria-current", index === this.at));
  }

  // After a new snapshot the words may stand elsewhere.
  update() {
    if (this.hits.length || this.input.value.trim()) this.find(false);
  }
}

// What is wrong, and how much of it.
export class Findings {
  constructor({ panel, list, toggle, close, state }, book, blocks) {
    Object.assign(this, { panel, list, toggle, state, book, blocks, opened: false });
    toggle.addEventListener("click", () => this.open(panel.hidden));
    close.addEventListener("click", () => this.open(false));
  }

  open(open, byItself = false) {
    // What opened by itself closes by itself.
    this.opened = open && byItself;
    this.panel.hidden = !open;
    this.toggle.setAttribute("aria-expanded", open);
    if (!open) this.book.mark("place", []);
  }

  update() {
    const { findings, good, version } = this.book.snapshot;
    const count = (severity) => findings.filter((finding) => finding.severity === severity).length;
    const [errors, warnings] = [count("error"), count("warning")];
    const words = [
      errors === 1 ? say("one-error") : errors ? say("errors", errors) : "",
      warnings === 1 ? say("one-warning") : warnings ? say("warnings", warnings) : "",
    ].filter(Boolean);
    this.toggle.textContent = words.join(" · ") || say("clear");
    this.toggle.className = `badge ${errors ? "error" : warnings ? "warning" : ""}`;
    this.state.textContent = !good ? say("stale") : version ? "" : say("waiting");
    this.state.classList.toggle("bad", !good);
    this.list.replaceChildren(...findings.map((finding) => this.item(finding)));
    if (!good && this.panel.hidden) this.open(true, true);
    if (good && this.opened) this.open(false);
  }

  item(finding) {
    const { severity, code, message, hints, file, line, column, excerpt, length, on } = finding;
    const item = make("li");
    const button = make("button", `finding ${severity}`);
    button.append(make("b", "", code ? `${say(severity)} ${code}` : say(severity)), message);
    if (file) button.append(make("span", "where", `${file}:${line}:${column}`));
    if (excerpt) {
      const characters = [...excerpt];
      const cut = (from, to) => characters.slice(from, to).join("");
      const source = make("pre");
      source.append(cut(0, column - 1), make("u", "", cut(column - 1, column - 1 + Math.max(length, 1))), cut(column - 1 + Math.max(length, 1)));
      button.append(source);
    }
    for (const hint of hints) button.append(make("small", "", hint));
    button.onclick = () => {
      if (on) {
        this.book.go(on.page, on.area);
        this.book.mark("place", on.area ? [{ page: on.page, areas: [on.area] }] : []);
      }
      if (file) this.blocks.open(file, line, column);
    };
    item.append(button);
    return item;
  }
}
