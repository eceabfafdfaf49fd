// What a designer lays over the pages: trim, bleed, margins, baseline grid, inks.

import { make } from "./book.js";
import { say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const POINTS_A_MM = 72 / 25.4;
// Inks are measured when the pages have come to rest.
const REST = 1200;

function draw(tag, className, attributes) {
  const element = document.createElementNS(SVG, tag);
  element.setAttribute("class", className);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

export class Guides {
  constructor(book, tell) {
    Object.assign(this, { book, tell, on: new Set(), inks: new Map() });
  }

  set(on) {
    this.on = new Set(on);
    const bleeds = this.on.has("bleed");
    if (this.book.element.classList.contains("bleeds") !== bleeds) {
      const anchor = this.book.anchor();
      this.book.element.classList.toggle("bleeds", bleeds);
      this.book.resize(anchor);
    }
    if (this.on.has("ink")) this.measure(0);
    this.show();
  }

  show() {
    for (const page of this.book.pages) page.over.replaceChildren(...this.over(page));
  }

  over(page) {
    const { width, height, margins, grid } = page.data;
    const bleed = this.book.snapshot.bleed;
    const svg = draw("svg", "over", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    const box = (className, x, y, w, h) => svg.append(draw("rect", className, { x, y, width: w, height: h }));
    if (this.on.has("grid") && grid && margins) {
      let lines = "";
      for (let i = 0; i < grid.count; i += 1) lines += `M${margins[0]} ${grid.first + i * grid.step}H${width - margins[2]}`;
      svg.append(draw("path", "grid", { d: lines }));
    }
    if (this.on.has("margins") && margins) {
      const [left, top, right, bottom] = margins;
      box("margins", left, top, width - left - right, height - top - bottom);
    }
    // What is drawn of the page: where pages face each other, nothing is cut.
    const faces = this.book.facing && this.book.spreads.some((numbers) => numbers.length > 1 && numbers.includes(page.number));
    const recto = page.number % 2 === 1;
    const beyond = this.on.has("bleed") ? bleed : 0;
    const [left, right] = [faces && recto ? 0 : beyond, faces && !recto ? 0 : beyond];
    const drawn = { x: -left, y: -beyond, width: width + left + right, height: height + 2 * beyond };
    if (this.on.has("bleed")) svg.append(draw("rect", "bleed", drawn));
    if (this.on.has("trim")) box("trim", 0, 0, width, height);
    const ink = this.on.has("ink") && this.inks.get(page.number);
    if (!ink) return svg.childNodes.length ? [svg] : [];
    const sheet = draw("svg", "", { ...drawn, viewBox: Object.values(drawn).join(" ") });
    const href = `ink/${this.measured.version}/${page.number}`;
    sheet.append(draw("image", "inks", { href, x: -bleed, y: -bleed, width: width + 2 * bleed, height: height + 2 * bleed, preserveAspectRatio: "none" }));
    svg.prepend(sheet);
    // Places are millimetres from the trim's lower left corner.
    const { x, y, width: w, height: h } = ink.place;
    box("ink", x * POINTS_A_MM, height - (y + h) * POINTS_A_MM, w * POINTS_A_MM, h * POINTS_A_MM);
    const { cyan, magenta, yellow, black } = ink.mean;
    const words = say("ink-page", ...[ink.worst, cyan, magenta, yellow, black].map(Math.round));
    return [svg, make("div", ink.worst > this.measured.limit ? "ink-note much" : "ink-note", words)];
  }

  // After a new snapshot: the guides of new pages, and their inks once it is quiet.
  update() {
    this.show();
    if (this.on.has("ink")) this.measure(REST);
  }

  measure(after) {
    clearTimeout(this.resting);
    this.resting = setTimeout(async () => {
      this.tell(say("measuring"));
      const answer = await fetch("ink").then((answer) => answer.json()).catch(() => ({ pages: [], error: true }));
      this.tell(answer.error ? say("ink-failed") : "");
      if (!answer.error) this.measured = answer;
      if (!answer.error) this.inks = new Map(answer.pages.map((page) => [page.page, page]));
      this.show();
    }, after);
  }
}
