// All words of the page, in English and in Simplified Chinese.

const table = {
  skip: ["Skip to the pages", "跳到版面"],
  side: ["Pages, outline, search", "页面、目录与搜索"],
  pages: ["Pages", "页面"],
  outline: ["Outline", "目录"],
  search: ["Search", "搜索"],
  "search-words": ["Words on the pages", "版面上的文字"],
  back: ["Back (←)", "上一跨页（←）"],
  forth: ["On (→)", "下一跨页（→）"],
  "page-number": ["Page", "页码"],
  zoom: ["Zoom", "缩放"],
  "fit-page": ["Whole page", "整页"],
  "fit-width": ["Page width", "页宽"],
  smaller: ["Smaller (−)", "缩小（−）"],
  larger: ["Larger (+)", "放大（+）"],
  arrangement: ["Arrangement", "排列"],
  spread: ["Spreads (s)", "跨页（s）"],
  single: ["Single pages (s)", "单页（s）"],
  view: ["View", "显示"],
  trim: ["Trim", "成品线"],
  bleed: ["Bleed", "出血"],
  margins: ["Margins", "版心"],
  grid: ["Baseline grid", "基线网格"],
  ink: ["Ink coverage", "总墨量"],
  findings: ["Findings", "检查结果"],
  close: ["Close", "关闭"],
  help: ["Keys (?)", "快捷键（?）"],
  keys: ["Keys", "快捷键"],
  book: ["The report", "报告版面"],
  page: ["Page {0}", "第 {0} 页"],
  "page-of": ["Page {0}, {1}", "第 {0} 页，{1}"],
  "spread-of": ["Pages {0}", "第 {0} 页"],
  of: ["of {0}", "/ {0}"],
  text: ["Paragraph", "段落"],
  heading: ["Heading", "标题"],
  figure: ["Figure", "图表"],
  reference: ["Reference", "参考文献"],
  field: ["Field", "字段"],
  "open-at": ["{0}: {1}. Opens {2}, line {3}", "{0}：{1}。打开 {2} 第 {3} 行"],
  opened: ["Opened {0}", "已打开 {0}"],
  "not-opened": ["No editor was found. The place is", "没有找到编辑器。位置是"],
  copy: ["Copy", "复制"],
  copied: ["Copied", "已复制"],
  hits: ["{0} places", "{0} 处"],
  "one-hit": ["1 place", "1 处"],
  "no-hits": ["Not on the pages", "版面上没有"],
  clear: ["No findings", "没有问题"],
  errors: ["{0} errors", "{0} 个错误"],
  "one-error": ["1 error", "1 个错误"],
  warnings: ["{0} warnings", "{0} 条提醒"],
  "one-warning": ["1 warning", "1 条提醒"],
  error: ["Error", "错误"],
  warning: ["Warning", "提醒"],
  "go-to": ["Show on page {0}, and open", "转到第 {0} 页并打开"],
  stale: ["The pages are the last good ones", "显示的是上一次正常的版面"],
  empty: ["There are no pages yet", "还没有版面"],
  waiting: ["Making the report …", "正在排版……"],
  lost: ["The preview has ended", "预览已停止"],
  measuring: ["Measuring the inks …", "正在测量墨量……"],
  "ink-failed": ["The inks cannot be measured", "无法测量墨量"],
  "ink-page": ["at most {0} %, mean C {1} M {2} Y {3} K {4}", "最高 {0}%，平均 C {1} M {2} Y {3} K {4}"],
  "key-turn": ["Turn", "翻页"],
  "key-ends": ["First, last", "首页、末页"],
  "key-blocks": ["From block to block", "逐段移动"],
  "key-enter": ["Point at a block; open its line", "选中一段；再按则打开其所在行"],
  "key-search": ["Search; next, previous place", "搜索；下一处、上一处"],
  "key-zoom": ["Larger, smaller", "放大、缩小"],
  "key-fits": ["Whole page, page width, 100 %", "整页、页宽、100%"],
  "key-spread": ["Spreads or single pages", "跨页或单页"],
  "key-side": ["Pages, outline", "页面、目录"],
  "key-findings": ["Findings", "检查结果"],
  "key-guides": ["Trim, bleed, margins, baseline grid, inks", "成品线、出血、版心、基线网格、总墨量"],
  "key-close": ["Close, back to the pages", "关闭，回到版面"],
};

const wanted = new URLSearchParams(location.search).get("lang") ?? navigator.language;
export const language = wanted.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
const column = language === "en" ? 0 : 1;

// The words of a key; `{0}` and so on are replaced.
export function say(key, ...values) {
  return table[key][column].replace(/\{(\d)\}/g, (_, at) => values[at]);
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
