// The pages: where they lie, how large they are, which of them is in view, and what is marked on them.

import { say } from "./words.js";

// CSS pixels a point, at 100 %.
const NATURAL = 96 / 72;
const [LEAST, MOST] = [0.15, 8];

// An element that covers a rectangle of a page, given in points.
export function placed(element, area) {
  const set = (name, value) => element.style.setProperty(name, value.toFixed(2));
  set("--x", area.x);
  set("--y", area.y);
  set("--bw", area.width);
  set("--bh", area.height);
  return element;
}

export function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

export class Book extends EventTarget {
  constructor(element) {
    super();
    this.element = element;
    this.list = make("div", "spreads");
    this.pages = [];
    this.spreads = [];
    this.zoom = "page";
    this.facing = true;
    this.version = 0;
    this.near = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        target.page.near = isIntersecting;
        if (isIntersecting) this.draw(target.page);
      }
    }, { root: element, rootMargin: "120% 0px" });
    element.addEventListener("scroll", () => this.scrolled(), { passive: true });
    element.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    new ResizeObserver(() => this.resize()).observe(element);
  }

  // Shows a snapshot; done when all changed pages near the view are drawn.
  async update(snapshot) {
    const anchor = this.anchor();
    this.version = snapshot.version;
    this.snapshot = snapshot;
    const before = this.pages;
    const byName = new Map();
    for (const page of before) byName.set(page.data.name, [...(byName.get(page.data.name) ?? []), page]);
    const kept = snapshot.pages.map((data) => byName.get(data.name)?.shift());
    const taken = new Set(kept);
    this.pages = snapshot.pages.map((data, index) => {
      let page = kept[index];
      if (!page && before[index] && !taken.has(before[index])) page = before[index];
      return this.dress(page ?? this.create(), data, index + 1);
    });
    for (const page of before) if (!this.pages.includes(page)) this.near.unobserve(page.element);
    this.element.style.setProperty("--bleed", snapshot.bleed);
    this.arrange();
    this.resize(anchor);
    await Promise.all(this.pages.filter((page) => page.near).map((page) => this.draw(page, false)));
  }

  create() {
    const element = make("section");
    const page = { element, sheet: make("div", "sheet"), over: make("div"), blocks: make("div", "blocks"), marks: make("div"), near: false };
    element.page = page;
    element.append(page.sheet, page.over, page.blocks, page.marks);
    this.near.observe(element);
    return page;
  }

  dress(page, data, number) {
    const { element } = page;
    element.className = `page ${number % 2 ? "recto" : "verso"}`;
    element.style.setProperty("--w", data.width);
    element.style.setProperty("--h", data.height);
    const title = this.titleOf(number);
    element.setAttribute("aria-label", title ? say("page-of", number, title) : say("page", number));
    return Object.assign(page, { data, number });
  }

  // The last title that stands before the page's end.
  titleOf(number) {
    return this.snapshot.outline.findLast((entry) => entry.level === 1 && entry.page <= number)?.title ?? "";
  }

  // Puts the pages side by side, or one under the other.
  arrange() {
    const groups = this.facing ? this.snapshot.spreads : this.pages.map((page) => [page.number]);
    const key = JSON.stringify([this.facing, groups, this.pages.map((page) => page.data.name)]);
    if (key === this.arranged) return;
    const order = this.pages.map((page) => page.element);
    const same = this.groups === JSON.stringify([this.facing, groups]) && order.every((element, i) => element === this.order[i]);
    this.arranged = key;
    if (same) return;
    this.groups = JSON.stringify([this.facing, groups]);
    this.order = order;
    this.spreads = groups;
    this.list.replaceChildren(...groups.map((numbers) => {
      const spread = make("div", this.facing ? "spread faces" : "spread");
      const sheets = numbers.map((number) => this.pages[number - 1].element);
      if (this.facing && sheets.length === 1) {
        const gap = make("div", "page gap");
        gap.style.setProperty("--w", sheets[0].page.data.width);
        gap.style.setProperty("--h", sheets[0].page.data.height);
        if (numbers[0] % 2) sheets.unshift(gap); else sheets.push(gap);
        spread.classList.remove("faces");
      }
      spread.append(...sheets);
      return spread;
    }));
    if (groups.length) this.element.replaceChildren(this.list);
    else this.element.replaceChildren(make("p", "nothing", say(this.snapshot.good ? "waiting" : "empty")));
  }

  // Draws a page whose drawing is not the one that is shown; the old one stays until the new one is ready.
  async draw(page, tell = true) {
    const { name } = page.data;
    if (page.drawn !== name) {
      const image = new Image();
      image.className = "drawing";
      image.alt = "";
      image.fetchPriority = "high";
      image.src = `page/${name}.svg`;
      try {
        await image.decode();
      } catch {
        return; // Another one has taken its place meanwhile.
      }
      if (page.data.name !== name) return;
      page.sheet.replaceChildren(image);
      page.drawn = name;
    }
    if (tell) this.tell(page);
  }

  // What can be pointed at on a page is asked for when the page is seen.
  tell(page) {
    this.dispatchEvent(new CustomEvent("drawn", { detail: page }));
  }

  // --- Size -----------------------------------------------------------------------------------

  get scale() {
    const pages = this.pages.map((page) => page.data);
    if (!pages.length) return 1;
    if (typeof this.zoom === "number") return this.zoom * NATURAL;
    const air = this.element.classList.contains("bleeds") ? 84 : 52;
    const width = Math.max(...pages.map((page) => page.width)) * (this.facing ? 2 : 1);
    const height = Math.max(...pages.map((page) => page.height));
    const wide = (this.element.clientWidth - air) / width;
    return Math.max(LEAST, this.zoom === "width" ? wide : Math.min(wide, (this.element.clientHeight - air) / height));
  }

  resize(anchor = this.anchor()) {
    this.element.style.setProperty("--s", `${this.scale}px`);
    this.hold(anchor);
    this.scrolled();
  }

  setZoom(zoom, at) {
    const anchor = this.anchor(at);
    this.zoom = typeof zoom === "number" ? Math.min(MOST, Math.max(LEAST, zoom)) : zoom;
    this.resize(anchor);
    this.dispatchEvent(new Event("zoom"));
  }

  zoomBy(factor, at) {
    this.setZoom((this.scale / NATURAL) * factor, at);
  }

  setFacing(facing) {
    const anchor = this.anchor();
    this.facing = facing;
    if (this.snapshot) this.arrange();
    this.resize(anchor);
    this.dispatchEvent(new Event("zoom"));
  }

  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.zoomBy(Math.exp(-event.deltaY / 300), { x: event.clientX, y: event.clientY });
  }

  // --- Place ----------------------------------------------------------------------------------

  // The place of a page that lies under a point of the screen; under the middle without one.
  anchor(at) {
    const box = this.element.getBoundingClientRect();
    const { x, y } = at ?? { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    const boxes = this.pages.filter((page) => page.element.isConnected).map((page) => ({ page, box: page.element.getBoundingClientRect() }));
    const away = ({ box }) => Math.max(box.top - y, y - box.bottom, 0) * 1e4 + Math.max(box.left - x, x - box.right, 0);
    const found = boxes.reduce((best, next) => (best && away(best) <= away(next) ? best : next), null);
    if (!found || !found.box.height) return null;
    const share = (value, start, length) => (value - start) / length;
    return { page: found.page, x, y, left: share(x, found.box.left, found.box.width), top: share(y, found.box.top, found.box.height) };
  }

  // Brings an anchor's place back to its point.
  hold(anchor) {
    if (!anchor?.page.element.isConnected) return;
    const box = anchor.page.element.getBoundingClientRect();
    this.element.scrollTop += box.top + anchor.top * box.height - anchor.y;
    this.element.scrollLeft += box.left + anchor.left * box.width - anchor.x;
  }

  // The first page of the spread in view.
  here() {
    const number = this.anchor()?.page.number;
    return (this.spreads.find((numbers) => numbers.includes(number)) ?? [number ?? 0])[0];
  }

  scrolled() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      const number = this.here();
      if (number === this.current) return;
      this.current = number;
      this.dispatchEvent(new Event("turned"));
    });
  }

  // Shows a page, or a place of it; `gently` moves only where it is not in view.
  go(number, area, gently = false) {
    const page = this.pages[number - 1];
    if (!page) return;
    const view = this.element.getBoundingClientRect();
    const box = page.element.getBoundingClientRect();
    const scale = this.scale;
    const top = box.top + (area?.y ?? 0) * scale;
    const height = area ? area.height * scale : box.height;
    const left = box.left + (area?.x ?? 0) * scale;
    const width = area ? area.width * scale : box.width;
    const across = left >= view.left && left + width <= view.right;
    if (gently && across && top + height > view.top + 8 && top < view.bottom - 8) return;
    const fits = height <= view.height - 48;
    this.element.scrollTop += top - view.top - (fits ? (view.height - height) / 2 : 26);
    if (!across) this.element.scrollLeft += left - view.left - (view.width - width) / 2;
  }

  turn(by) {
    const here = this.here();
    const at = this.spreads.findIndex((numbers) => numbers.includes(here));
    const next = this.spreads[Math.min(this.spreads.length - 1, Math.max(0, at + by))];
    if (next) this.go(next[0]);
  }

  // --- Marks ----------------------------------------------------------------------------------

  // Marks rectangles of a page; what was marked with the same class before goes.
  mark(kind, places) {
    for (const old of this.element.querySelectorAll(`.spot.${kind}`)) old.remove();
    for (const { page, areas, now } of places) {
      const spots = areas.map((area) => placed(make("div", `spot ${kind}${now ? " now" : ""}`), area));
      this.pages[page - 1]?.marks.append(...spots);
    }
  }

  // What changed is brought into view, if little did, and flashes.
  flash(changed) {
    const [first] = changed;
    if (!first) return;
    const inView = changed.some(({ page, areas }) => areas.some((area) => this.shows(page, area)));
    if (!inView && changed.length <= 8) this.go(first.page, first.areas[0], true);
    this.mark("flash", changed);
    clearTimeout(this.fading);
    this.fading = setTimeout(() => this.mark("flash", []), 1700);
  }

  shows(number, area) {
    const view = this.element.getBoundingClientRect();
    const box = this.pages[number - 1]?.element.getBoundingClientRect();
    if (!box) return false;
    const top = box.top + area.y * this.scale;
    return top + area.height * this.scale > view.top + 8 && top < view.bottom - 8;
  }
}
