// What can be pointed at on a page: each block is a button that opens the line on which it was written.

import { make, placed } from "./book.js";
import { say } from "./words.js";

export class Blocks {
  constructor(book, origin, toast) {
    Object.assign(this, { book, origin, toast });
    book.addEventListener("drawn", ({ detail }) => this.load(detail));
    const { element } = book;
    element.addEventListener("click", (event) => this.click(event));
    element.addEventListener("keydown", (event) => this.key(event));
    for (const kind of ["pointerover", "focusin"]) element.addEventListener(kind, (event) => this.tell(event.target.closest?.(".block")));
    for (const kind of ["pointerleave", "focusout"]) element.addEventListener(kind, () => this.tell(null));
  }

  async load(page) {
    const { written } = page.data;
    if (page.known === written) return;
    page.known = written;
    const answer = await fetch(`blocks/${this.book.version}/${page.number}`);
    if (page.data.written !== written) return;
    if (!answer.ok) {
      page.known = null; // A newer snapshot is on its way, and asks again.
      return;
    }
    const list = await answer.json();
    // The focus stays on what it is on, though its button is another.
    const focused = page.blocks.contains(document.activeElement) ? [...page.blocks.children].indexOf(document.activeElement) : -1;
    page.blocks.replaceChildren(...list.map((block, index) => this.button(block, index)));
    page.blocks.children[Math.min(focused, list.length - 1)]?.focus({ preventScroll: true });
    if (this.wanted) this.enter();
  }

  button(block, index) {
    const [first, ...others] = block.areas;
    const button = placed(make("button", "block"), first);
    const at = { line: block.line, column: block.lines[0]?.column ?? 1 };
    button.setAttribute("aria-label", say("open-at", say(block.kind), block.text, block.file, at.line));
    button.tabIndex = index ? -1 : 0;
    button.block = block;
    // What stands in another column is of the same button.
    button.append(...others.map((area) => placed(make("span"), { ...area, x: area.x - first.x, y: area.y - first.y })));
    return button;
  }

  tell(button) {
    this.origin.hidden = !button;
    if (button) this.origin.textContent = `${button.block.file}:${button.block.line}`;
  }

  click(event) {
    const button = event.target.closest(".block");
    if (!button) return;
    const { block } = button;
    let line = block.lines[0];
    if (event.detail) {
      // The line under the pointer, in points of the page.
      const page = button.closest(".page");
      const box = page.getBoundingClientRect();
      const [x, y] = [(event.clientX - box.left) / this.book.scale, (event.clientY - box.top) / this.book.scale];
      const away = ({ area }) => Math.max(area.y - y, y - area.y - area.height, 0) + Math.max(area.x - x, x - area.x - area.width, 0);
      line = block.lines.reduce((best, next) => (away(next) < away(best) ? next : best));
    }
    this.open(block.file, line.line, line.column);
  }

  // Opens a line in the editor; where there is none, it is told.
  async open(file, line, column) {
    const place = `${file}:${line}:${column}`;
    const answer = await fetch("open", { method: "POST", body: JSON.stringify({ file, line, column }) }).catch(() => null);
    const { opened } = answer?.ok ? await answer.json() : { opened: false };
    if (opened) return this.toast([say("opened", place)]);
    const copy = make("button", "", say("copy"));
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(place);
      copy.textContent = say("copied");
    });
    this.toast([say("not-opened"), make("code", "", place), copy], 8000);
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const button = event.target.closest(".block");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!button || !(event.key in steps)) return;
    const all = [...this.book.element.querySelectorAll(".block")];
    this.focus(all[all.indexOf(button) + steps[event.key]]);
    event.preventDefault();
  }

  // Points at the first block in view, as soon as there is one.
  enter() {
    const first = this.firstInView();
    this.wanted = !first;
    this.focus(first);
  }

  focus(button) {
    if (!button) return;
    for (const other of button.parentElement.children) other.tabIndex = other === button ? 0 : -1;
    button.focus();
  }

  firstInView() {
    const view = this.book.element.getBoundingClientRect();
    return [...this.book.element.querySelectorAll(".block")].find((button) => {
      const box = button.getBoundingClientRect();
      return box.top >= view.top && box.top < view.bottom;
    });
  }
}
