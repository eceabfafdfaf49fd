// All words of the page in English; catalogue.js has them in the program's language.

import { language, translations } from "./catalogue.js";

const table = {
  skip: "Skip to the pages",
  side: "Pages, outline, search",
  pages: "Pages",
  outline: "Outline",
  search: "Search",
  "search-words": "Text on the pages",
  back: "Previous (←)",
  forth: "Next (→)",
  "page-number": "Page",
  zoom: "Zoom",
  "fit-page": "Whole page",
  "fit-width": "Page width",
  smaller: "Smaller (−)",
  larger: "Larger (+)",
  arrangement: "Arrangement",
  spread: "Spreads (s)",
  single: "Single pages (s)",
  view: "View",
  trim: "Trim",
  bleed: "Bleed",
  margins: "Margins",
  grid: "Baseline grid",
  ink: "Ink coverage",
  findings: "Findings",
  close: "Close",
  help: "Keys (?)",
  keys: "Keys",
  book: "The report",
  page: "Page {0}",
  "page-of": "Page {0}, {1}",
  "spread-of": "Pages {0}",
  of: "of {0}",
  text: "Paragraph",
  heading: "Heading",
  figure: "Figure",
  reference: "Reference",
  field: "Field",
  "open-at": "{0}: {1}. Opens {2}, line {3}",
  opened: "Opened {0}",
  "not-opened": "No editor was found. The location is",
  copy: "Copy",
  copied: "Copied",
  hits: "{0} matches",
  "one-hit": "1 match",
  "no-hits": "No matches",
  clear: "No findings",
  errors: "{0} errors",
  "one-error": "1 error",
  warnings: "{0} warnings",
  "one-warning": "1 warning",
  error: "Error",
  warning: "Warning",
  "go-to": "Show on page {0} and open",
  stale: "Showing the last good pages",
  empty: "There are no pages yet",
  waiting: "Rendering the report …",
  lost: "The preview has ended",
  measuring: "Measuring the inks …",
  "ink-failed": "The inks cannot be measured",
  "ink-page": "at most {0} %, mean C {1} M {2} Y {3} K {4}",
  "key-turn": "Turn pages",
  "key-ends": "First, last",
  "key-blocks": "Move between blocks",
  "key-enter": "Select a block; open its line",
  "key-search": "Search; next, previous match",
  "key-zoom": "Larger, smaller",
  "key-fits": "Whole page, page width, 100 %",
  "key-spread": "Spreads or single pages",
  "key-side": "Pages, outline",
  "key-findings": "Findings",
  "key-guides": "Trim, bleed, margins, baseline grid, inks",
  "key-close": "Close, back to the pages",
};

// The words of a key; `{0}` and so on are replaced.
export function say(key, ...values) {
  return (translations[table[key]] ?? table[key]).replace(/\{(\d)\}/g, (_, at) => values[at]);
}

// Puts words into the page as it was sent.
export function fill(root) {
  root.lang = language;
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = say(element.dataset.word);
  for (const element of root.querySelectorAll("[data-placeholder]")) element.placeholder = say(element.dataset.placeholder);
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", say(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = say(element.dataset.label);
  }
}
