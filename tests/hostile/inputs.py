"""The hostile inputs: each a name, the files it puts into a new report, and what is run on it.

Each stands for a kind: what recurses, what grows, what never ends, what is large.
"""

import base64
import struct
import zlib

from units import UNITS

TEXT = "content/trends/01-first.md"
SVG = "http://www.w3.org/2000/svg"
RENDER, CHECK = ("render", "out.pdf"), ("check", "--no-layout")


def text(body, head="title: 题目"):
    return f"---\n{head}\n---\n\n{body}\n"


def figure(path):
    return text(f"文字。\n\n![图]({path})\n\n文字。")


def svg(body, head=""):
    return f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100">{head}{body}</svg>'


def png(width, height, extra=b"", rows=None):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    if rows is None:
        squeeze = zlib.compressobj(9)
        row = b"\0" + b"\0" * ((width + 7) // 8)
        data = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    else:
        data = rows
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def icc_bomb():
    data = zlib.compress(b"\0" * 400_000_000, 9)
    body = b"icc\0\0" + data
    return struct.pack(">I", len(body)) + b"iCCP" + body + struct.pack(">I", zlib.crc32(b"iCCP" + body))


def settings(extra="", references="references.yaml"):
    return (
        "title: 2026示例报告\npublisher: {name: 示例出版机构, short: DEMO}\ndate: 2026-01\n"
        f"references: {{file: {references}, uncited: true}}\n"
        f"parts: [cover, trends/*.md, references]\n{extra}\n"
    )


def bib(entries):
    return {"content/report.yaml": settings(references="references.bib"), "content/references.bib": entries,
            TEXT: text("引用[@a]。"), "content/trends/02-second.md": text("文字。")}


def csl(macros, layout):
    return (
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>x</title>'
        f"<id>x</id><updated>2020-01-01T00:00:00Z</updated></info>{macros}"
        f'<citation><layout>{layout}</layout></citation><bibliography><layout>{layout}</layout></bibliography></style>'
    )


def style(source):
    return {"content/x.csl": source, TEXT: text("引用[@knuth1986]。"), "content/trends/02-second.md": text("文字。"),
            "content/report.yaml": settings().replace("uncited: true", "uncited: true, style: x.csl")}


def template(source):
    return {"templates/mine/main.typ": source, "templates/mine/template.yaml": "",
            "content/report.yaml": settings("template: mine")}


def nested(open_, close, count, inside="文"):
    return open_ * count + inside + close * count


# The most characters of a paragraph, and how many of them the copy desk is given.
PARAGRAPH, PARAGRAPHS = 19_900, 5
CASES = []


def case(name, files, *runs):
    CASES.append((name, files, runs or (RENDER, CHECK)))


# Bibliographies that refer to themselves, or grow.
case("bib-crossref-self", bib("@book{a, title={甲}, crossref={a}}"))
case("bib-xdata-self", bib("@book{a, title={甲}, xdata={a}}"))
case("bib-crossref-ring", bib("@book{a, title={甲}, crossref={b}}\n@book{b, title={乙}, crossref={a}}"))
case("bib-xdata-ring", bib("@book{a, title={甲}, xdata={b}}\n@xdata{b, xdata={c}}\n@xdata{c, xdata={b}}"))
case("bib-string-self", bib("@string{x = x}\n@book{a, title=x}"))
case("bib-string-ring", bib("@string{x = y}\n@string{y = x}\n@book{a, title=x # y}"))
case("bib-string-self-joined", bib('@string{x = "a" # x # x}\n@book{a, title=x}'))
case("bib-string-growth", bib('@string{s0 = "0123456789"}\n' + "".join(
    f"@string{{s{n + 1} = {' # '.join([f's{n}'] * 10)}}}\n" for n in range(9)) + "@book{a, title=s9}"))
case("bib-string-growth-2", bib('@string{s0 = "0123456789"}\n' + "".join(
    f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(40)) + "@book{a, title=s40}"))
case("bib-crossref-chain", bib("".join(f"@book{{k{n}, title={{甲{n}}}, crossref={{k{n + 1}}}}}\n" for n in range(5000)) + "@book{a, title={甲}, crossref={k0}}"))
case("bib-xdata-fan", bib("".join(f"@xdata{{k{n}, note={{x}}, xdata={{{','.join(f'k{m}' for m in range(40))}}}}}\n" for n in range(40)) + "@book{a, title={甲}, xdata={" + ",".join(f"k{m}" for m in range(40)) + "}}"))
case("bib-emph-deep", bib("@book{a, title={" + nested("\\emph{", "}", 20000) + "}}"))
case("bib-brace-deep", bib("@book{a, title={" + nested("{", "}", 60000) + "}}"))
case("bib-open-braces", bib("@book{a, title=" + "{" * 100000))
case("bib-math-deep", bib("@book{a, title={$" + nested("x^{", "}", 5000, "x") + "$}}"))
case("bib-6000", bib("".join(f"@book{{k{n}, title={{书{n}}}, author={{作者{n}}}, year=2020}}\n" for n in range(6000)) + "@book{a, title={甲}}"))
case("bib-many-names", bib("@book{a, title={甲}, author={" + " and ".join(f"Name{n}, A" for n in range(30000)) + "}}"))
case("bib-ats", bib("@" * 200000))
case("bib-many-broken", bib("@book{a, title={甲}}\n" + "@book{b, title=\n" * 20000))

# YAML.
case("yaml-question", {"content/report.yaml": "? " * 20000})
case("yaml-question-head", {TEXT: text("文字。", "? " * 20000)})
case("yaml-dashes", {"content/report.yaml": "- " * 20000 + "x"})
case("yaml-brackets", {"content/report.yaml": "title: " + nested("[", "]", 100000, "")})
case("yaml-braces", {"content/references.yaml": nested("{a: ", "}", 50000, "1")})
case("yaml-indent", {"content/references.yaml": "".join(" " * n + f"a:\n" for n in range(900))})
case("yaml-aliases", {"content/report.yaml": "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n + 1}: &a{n + 1} [{','.join([f'*a{n}'] * 10)}]\n" for n in range(9))})
case("yaml-merge", {"content/references.yaml": "a: &a {title: x, type: book, parent: *a}\n"})
case("yaml-parents", {"content/references.yaml": "a:\n  type: book\n  title: x\n" + "".join(
    "  " * (n + 1) + "parent:\n" + "  " * (n + 2) + "type: book\n" + "  " * (n + 2) + "title: x\n" for n in range(300))})
case("yaml-long-key", {"content/report.yaml": "x" * 900000 + ": 1\n"})
case("yaml-many-keys", {"content/report.yaml": "".join(f"k{n}: 1\n" for n in range(80000))})
case("yaml-chart", {TEXT: text("```chart\nkind: bar\n" + "? " * 20000 + "\n```")})
case("yaml-chart-lists", {TEXT: text("```chart\nkind: bar\ndata: " + "[" * 50000 + "\n```")})

# Drawings.
FIG = {TEXT: figure("figures/x.svg")}


def drawing(name, source, *runs):
    case(name, FIG | {"content/figures/x.svg": source}, *runs)


drawing("svg-groups-800", svg(nested("<g>", "</g>", 800, '<rect width="9" height="9"/>')))
drawing("svg-groups-5000", svg(nested("<g>", "</g>", 5000, '<rect width="9" height="9"/>')))
drawing("svg-groups-opacity", svg(nested('<g opacity="0.9">', "</g>", 800, '<rect width="9" height="9"/>')))
drawing("svg-groups-100000", svg(nested("<g>", "</g>", 100000, '<rect width="9" height="9"/>')))
drawing("svg-tspans", svg("<text>" + nested("<tspan>", "</tspan>", 3000) + "</text>"))
drawing("svg-links", svg(nested('<a xlink:href="#">', "</a>", 3000, '<rect width="9" height="9"/>')))
drawing("svg-nested-svg", svg(nested(f'<svg viewBox="0 0 9 9">', "</svg>", 600, '<rect width="9" height="9"/>')))
drawing("svg-clip-chain", svg('<rect width="9" height="9" clip-path="url(#c0)"/>', "".join(
    f'<clipPath id="c{n}" clip-path="url(#c{n + 1})"><rect width="9" height="9"/></clipPath>' for n in range(3000))))
drawing("svg-clip-children", svg('<rect width="9" height="9" clip-path="url(#c0)"/>', "".join(
    f'<clipPath id="c{n}"><rect width="9" height="9" clip-path="url(#c{n + 1})"/></clipPath>' for n in range(3000))))
drawing("svg-clip-self", svg('<rect width="9" height="9" clip-path="url(#c)"/>', '<clipPath id="c" clip-path="url(#c)"><rect width="9" height="9"/></clipPath>'))
for kind, two in (("mask", 2), ("mask", 10)):
    drawing(f"svg-mask-growth-{two}", svg('<rect width="9" height="9" mask="url(#m0)"/>', "".join(
        f'<mask id="m{n}">' + f'<rect width="9" height="9" fill="#fff" mask="url(#m{n + 1})"/>' * two + "</mask>" for n in range(30))))
drawing("svg-mask-chain", svg('<rect width="9" height="9" mask="url(#m0)"/>', "".join(
    f'<mask id="m{n}" mask="url(#m{n + 1})"><rect width="9" height="9" fill="#fff"/></mask>' for n in range(3000))))
drawing("svg-use-growth", svg('<use xlink:href="#u0"/>', "<defs>" + "".join(
    f'<g id="u{n}">' + f'<use xlink:href="#u{n + 1}"/>' * 10 + "</g>" for n in range(12)) + '<rect id="u12" width="9" height="9"/></defs>'))
drawing("svg-use-chain", svg('<use xlink:href="#u0"/>', "<defs>" + "".join(
    f'<g id="u{n}"><use xlink:href="#u{n + 1}"/></g>' for n in range(3000)) + '<rect id="u3000" width="9" height="9"/></defs>'))
drawing("svg-use-self", svg('<g id="a"><use xlink:href="#a"/></g>'))
drawing("svg-pattern-growth", svg('<rect width="9" height="9" fill="url(#p0)"/>', "".join(
    f'<pattern id="p{n}" width="1" height="1" patternUnits="userSpaceOnUse">' + f'<rect width="1" height="1" fill="url(#p{n + 1})"/>' * 10 + "</pattern>" for n in range(12))))
drawing("svg-pattern-tiny", svg('<rect width="100" height="100" fill="url(#p)"/>', '<pattern id="p" width="0.00001" height="0.00001" patternUnits="userSpaceOnUse"><rect width="1" height="1"/></pattern>'))
drawing("svg-gradient-chain", svg('<rect width="9" height="9" fill="url(#g0)"/>', "".join(
    f'<linearGradient id="g{n}" xlink:href="#g{n + 1}"/>' for n in range(5000))))
drawing("svg-gradient-self", svg('<rect width="9" height="9" fill="url(#g)"/>', '<linearGradient id="g" xlink:href="#g"/>'))
drawing("svg-marker-growth", svg('<path d="M0 0L1 1L2 2L3 3L4 4L5 5L6 6L7 7L8 8" marker-mid="url(#m0)"/>', "".join(
    f'<marker id="m{n}"><path d="M0 0L1 1L2 2L3 3L4 4L5 5L6 6L7 7L8 8" marker-mid="url(#m{n + 1})"/></marker>' for n in range(12))))
drawing("svg-octaves", svg('<rect width="100" height="100" filter="url(#f)"/>', '<filter id="f"><feTurbulence numOctaves="1000" baseFrequency="0.1"/></filter>'))
drawing("svg-octaves-huge", svg('<rect width="100" height="100" filter="url(#f)"/>', '<filter id="f"><feTurbulence numOctaves="2000000000" baseFrequency="0.1"/></filter>'))
drawing("svg-blur", svg('<rect width="100" height="100" filter="url(#f)"/>', '<filter id="f"><feGaussianBlur stdDeviation="1000000"/></filter>'))
drawing("svg-morphology", svg('<rect width="100" height="100" filter="url(#f)"/>', '<filter id="f"><feMorphology radius="5000" operator="dilate"/></filter>'))
drawing("svg-convolve", svg('<rect width="100" height="100" filter="url(#f)"/>', '<filter id="f"><feConvolveMatrix order="300" kernelMatrix="' + "1 " * 90000 + '"/></filter>'))
drawing("svg-filter-many", svg('<rect width="100" height="100" filter="url(#f)"/>', '<filter id="f">' + '<feGaussianBlur stdDeviation="9"/>' * 3000 + "</filter>"))
drawing("svg-filter-elements", svg('<rect width="100" height="100" filter="url(#f)"/>' * 3000, '<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>'))
drawing("svg-filter-region", svg('<rect width="100" height="100" filter="url(#f)"/>', '<filter id="f" x="-100000" y="-100000" width="2000000" height="2000000"><feTurbulence numOctaves="9"/></filter>'))
drawing("svg-dashes", svg('<path d="M0 0L100000000 0" stroke="#000" stroke-dasharray="0.0001"/>'))
drawing("svg-entities", '<!DOCTYPE svg [<!ENTITY a0 "xxxxxxxxxx">' + "".join(
    f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9)) + "]>" + svg("<text>&a9;</text>"))
drawing("svg-entity-self", '<!DOCTYPE svg [<!ENTITY a "&a;">]>' + svg("<text>&a;</text>"))
drawing("svg-css-nested", svg('<rect class="a" width="9" height="9"/>', "<style>" + "@media print{" * 20000 + ".a{fill:red}" + "}" * 20000 + "</style>"))
drawing("svg-css-many", svg('<rect class="a b" width="9" height="9"/>' * 3000, "<style>" + "".join(f".a .b .c{n}, .a{{fill:#{n % 1000:03}}}" for n in range(3000)) + "</style>"))
drawing("svg-css-var", svg('<rect style="' + ";".join(f"--v{n}:{f'var(--v{n + 1}) ' * 10}" for n in range(12)) + ';fill:var(--v0)" width="9" height="9"/>'))
drawing("svg-css-var-self", svg('<rect style="--a:var(--a);fill:var(--a)" width="9" height="9"/>'))
drawing("svg-css-brackets", svg(f'<rect style="fill:{"(" * 50000}" width="9" height="9"/>'))
drawing("svg-path-long", svg('<path d="M0 0' + "L1 1" * 400000 + '"/>'))
drawing("svg-in-svg", svg(f'<image width="9" height="9" xlink:href="data:image/svg+xml;base64,{base64.b64encode(svg(f"""<image width="9" height="9" xlink:href="data:image/svg+xml;base64,{base64.b64encode(svg("<rect/>").encode()).decode()}"/>""").encode()).decode()}"/>'))
drawing("svg-text-marks", svg("<text>a" + "\u0301" * 12000 + "</text>"))
drawing("svg-size", f'<svg xmlns="{SVG}" width="1e30" height="1e30"><rect width="9" height="9"/></svg>')
drawing("svg-switch", svg(nested("<switch>", "</switch>", 2000, '<rect width="9" height="9"/>')))

# Pictures.
case("png-8-of-14000", {TEXT: text("\n\n".join(f"![图](figures/p{n}.png)" for n in range(8)))} | {
    f"content/figures/p{n}.png": (lambda n=n: png(14000, 14000 - n)) for n in range(8)})
case("png-icc-bomb", {TEXT: figure("figures/x.png"), "content/figures/x.png": lambda: png(64, 64, icc_bomb())})
case("png-huge-head", {TEXT: figure("figures/x.png"), "content/figures/x.png": png(2000000000, 2000000000, rows=zlib.compress(b"\0" * 1000))})
case("png-rows-bomb", {TEXT: figure("figures/x.png"), "content/figures/x.png": lambda: png(64, 64, rows=zlib.compress(b"\0" * 900_000_000, 9))})
case("png-text-bomb", {TEXT: figure("figures/x.png"), "content/figures/x.png": lambda: png(64, 64, (lambda b: struct.pack(">I", len(b)) + b"zTXt" + b + struct.pack(">I", zlib.crc32(b"zTXt" + b)))(b"k\0\0" + zlib.compress(b"a" * 300_000_000, 9)))})

# Citation styles.
case("csl-self", style(csl('<macro name="m"><text macro="m"/></macro>', '<text macro="m"/>')))
case("csl-ring", style(csl('<macro name="m"><text macro="n"/></macro><macro name="n"><group><text macro="m"/></group></macro>', '<text macro="m"/>')))
case("csl-growth", style(csl("".join(f'<macro name="m{n}">' + f'<text macro="m{n + 1}"/>' * 10 + "</macro>" for n in range(9)) + '<macro name="m9"><text variable="title"/></macro>', '<text macro="m0"/>')))
case("csl-growth-2", style(csl("".join(f'<macro name="m{n}"><group>' + f'<text macro="m{n + 1}"/>' * 2 + "</group></macro>" for n in range(40)) + '<macro name="m40"><text variable="title"/></macro>', '<text macro="m0"/>')))
case("csl-chain", style(csl("".join(f'<macro name="m{n}"><text macro="m{n + 1}"/></macro>' for n in range(3000)) + '<macro name="m3000"><text variable="title"/></macro>', '<text macro="m0"/>')))
case("csl-groups", style(csl("", nested("<group>", "</group>", 3000, '<text variable="title"/>'))))
case("csl-choose", style(csl("", nested('<choose><if type="book">', "</if></choose>", 2000, '<text variable="title"/>'))))
case("csl-substitute", style(csl('<macro name="m"><names variable="author"><substitute><text macro="m"/></substitute></names></macro>', '<text macro="m"/>')))

# Text.
case("marks-12000", {TEXT: text("字a" + "\u0301" * 12000 + "字。")})
case("marks-many-letters", {TEXT: text(("a" + "\u0301" * 300) * 40)})
case("marks-title", {TEXT: text("文字。", "title: 字a" + "\u0301" * 12000)})
case("marks-table", {TEXT: text("| a | b |\n|---|---|\n| x" + "\u0323" * 12000 + " | y |")})
case("marks-joiners", {TEXT: text("字" + "\u200d" * 50000 + "字。")})
case("marks-selectors", {TEXT: text("字" + "\ufe0f" * 50000 + "字。")})
case("table-1000-columns", {TEXT: text("|" + "a|" * 1000 + "\n|" + "-|" * 1000 + "\n|" + "b|" * 1000)})
case("table-100-columns", {TEXT: text("|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n|" + "b|" * 100)})
case("table-5000-rows", {TEXT: text("| a | b |\n|---|---|\n" + "| x | y |\n" * 5000)})
case("table-1000-square", {TEXT: text("|" + "a|" * 400 + "\n|" + "-|" * 400 + "\n" + ("|" + "b|" * 400 + "\n") * 400)})
case("csv-columns", {TEXT: text("```table\ndata: charts/x.csv\ntitle: 表\n```"), "content/charts/x.csv": ",".join(f"c{n}" for n in range(3000)) + "\n" + ",".join("1" for n in range(3000)) + "\n"})
case("csv-rows", {TEXT: text("```chart\nkind: line\ntitle: 图\ndata: charts/x.csv\nx: a\ny: b\nsource: 源\nalt: 图\n```"), "content/charts/x.csv": "a,b\n" + "".join(f"{n},1\n" for n in range(80000))})
case("csv-series", {TEXT: text("```chart\nkind: line\ntitle: 图\ndata: charts/x.csv\nx: a\ny: [" + ",".join(f"c{n}" for n in range(500)) + "]\nsource: 源\nalt: 图\n```"), "content/charts/x.csv": "a," + ",".join(f"c{n}" for n in range(500)) + "\n" + "".join(f"{n}," + ",".join("1" for _ in range(500)) + "\n" for n in range(300))})
case("csv-subnormal", {TEXT: text("```chart\nkind: bar\ntitle: 图\ndata: charts/x.csv\nx: a\ny: b\nsource: 源\nalt: 图\n```"), "content/charts/x.csv": "a,b\n甲,1e-320\n乙,1e308\n丙,-1e308\n"})
case("cite-6000", {TEXT: text("引用" + "".join(f"[@k{n}]" for n in range(6000)) + "。"), "content/references.yaml": "".join(f"k{n}: {{type: book, title: 书{n}, date: 2020}}\n" for n in range(6000))})
case("cite-one-6000", {TEXT: text("引用[" + "; ".join(f"@k{n}" for n in range(6000)) + "]。"), "content/references.yaml": "".join(f"k{n}: {{type: book, title: 书{n}, date: 2020}}\n" for n in range(6000))})
case("cite-missing-6000", {TEXT: text("引用" + "".join(f"[@none{n}]" for n in range(6000)) + "。")})
case("md-quotes-deep", {TEXT: text("> " * 5000 + "文")})
case("md-lists-deep", {TEXT: text("".join("  " * n + "- 文\n" for n in range(600)))})
case("md-divs-deep", {TEXT: text("".join("::: note\n" for n in range(5000)))})
case("md-brackets", {TEXT: text("[" * 50000 + "文")})
case("md-brackets-closed", {TEXT: text(nested("[", "]", 20000))})
case("md-images", {TEXT: text("![" * 20000 + "文")})
case("md-stars", {TEXT: text("*a **a " * 20000)})
case("md-stars-closed", {TEXT: text(nested("*", "*", 20000))})
case("md-underscores", {TEXT: text("_a __a " * 20000)})
case("md-backticks", {TEXT: text("".join("`" * n + "a" for n in range(1000)))})
case("md-tildes", {TEXT: text("~a" * 40000)})
case("md-carets", {TEXT: text("^a" * 40000)})
case("md-dollars", {TEXT: text("$a " * 40000)})
case("md-braces", {TEXT: text("{#a " * 30000)})
case("md-spans", {TEXT: text(nested("[", "]{.dots}", 3000))})
case("md-html", {TEXT: text("<a " * 30000)})
case("md-comments", {TEXT: text("<!-- " * 30000)})
case("md-autolinks", {TEXT: text("<http://a" * 30000)})
case("md-notes", {TEXT: text("".join(f"[^{n}]" for n in range(3000)) + "\n\n" + "".join(f"[^{n}]: 注。\n" for n in range(3000)))})
case("md-note-self", {TEXT: text("文[^a]。\n\n[^a]: 注[^a]。")})
case("md-note-ring", {TEXT: text("文[^a]。\n\n[^a]: 注[^b]。\n\n[^b]: 注[^a]。")})
case("md-definitions", {TEXT: text("文字。\n\n" + "".join(f"[k{n}]: http://a.cn/{n}\n" for n in range(30000)))})
case("md-paragraphs", {TEXT: text("文。\n\n" * 90000)})
case("md-lines", {TEXT: text("文\n" * 200000)})
case("md-headings", {TEXT: text("".join(f"## 题{n}\n\n文。\n\n" for n in range(10000)))})
case("md-rules", {TEXT: text("---\n\n" * 50000)})
case("md-suppressions", {TEXT: text("".join("<!-- trendpress-ignore TP0101: 理由 -->\n\n文。\n\n" for n in range(5000)))})
case("md-hard-breaks", {TEXT: text("文\\\n" * 50000)})
case("md-formulas", {TEXT: text("$x$ " * 10000)})
case("md-long-word", {TEXT: text("x" * 500000)})
case("md-long-line", {TEXT: text("文" * 300000)})
case("md-long-title", {TEXT: text("文字。", "title: " + "题" * 20000)})
case("md-fields", {TEXT: text("文字。", "title: 题\n" + "".join(f"k{n}: 1\n" for n in range(20000)))})
case("math-deep", {TEXT: text("$" + nested("{", "}", 20000, "x") + "$")})
case("math-frac", {TEXT: text("$" + nested("\\frac{1}{", "}", 2000, "x") + "$")})
case("math-sqrt", {TEXT: text("$" + nested("\\sqrt{", "}", 20000, "x") + "$")})
case("math-left", {TEXT: text("$" + nested("\\left(", "\\right)", 5000, "x") + "$")})
case("math-begin", {TEXT: text("$$\n" + nested("\\begin{matrix}", "\\end{matrix}", 2000, "x") + "\n$$")})
case("math-scripts", {TEXT: text("$" + nested("x^{", "}", 10000, "x") + "$")})
case("math-long", {TEXT: text("$$\n" + "x+" * 100000 + "x\n$$")})
case("math-ce", {TEXT: text("$\\ce{" + nested("(", ")", 5000, "H2O") + "}$")})
case("math-macro", {TEXT: text("$\\def\\a{\\a\\a}\\a$")})
case("chem-long", {TEXT: text("$\\ce{" + "H2O + " * 20000 + "H2O}$")})

# What the copy desk reads: each mark over and over, in paragraphs as long as they may be, and in one that is longer.
for name, body in UNITS.items():
    paragraph = "文" + (body * (PARAGRAPH // len(body)))[:PARAGRAPH - 1]
    case(f"desk-{name}", {TEXT: text((paragraph + "\n\n") * PARAGRAPHS)}, CHECK)
for name in ("han", "word", "space", "quote-single-close", "emphasis"):
    case(f"desk-endless-{name}", {TEXT: text("文" + UNITS[name] * (300_000 // len(UNITS[name])))})
case("desk-short-paragraphs", {TEXT: text("这是同一句话，说了又说，没有尽头。\n\n" * 9000)}, CHECK)
case("desk-emoji-paragraphs", {TEXT: text("😀\n\n" * 5000)}, CHECK)
case("desk-names-many", {TEXT: text("\n\n".join("".join(f"张三{n * 1000 + m}说，" for m in range(1000)) for n in range(20)))}, CHECK)
case("desk-titles-many", {TEXT: text("\n\n".join("".join(f"《关于某事的第{n * 100 + m}号意见》" for m in range(100)) for n in range(60)))}, CHECK)
case("desk-headings", {TEXT: text("".join(f"## 关于某件事情的第{n}个题目\n\n" + "文字。" * 30 + "\n\n" for n in range(1500)))}, CHECK)
case("desk-undefined-notes", {TEXT: text("".join(f"文[^n{n}]。\n\n" for n in range(20000)))}, CHECK)
case("desk-control-tag", {TEXT: text("文\U000e0041\u2028字。")})

# Templates of the project's own.
case("typ-loop", template("#let x = 0\n#while true { x += 1 }"))
case("typ-nested-loops", template("#for a in range(100000) { for b in range(100000) { for c in range(100000) { } } }"))
case("typ-doubling", template("#let a = (1,)\n#for _ in range(60) { a = a + a }"))
case("typ-doubling-text", template("#let a = \"x\"\n#for _ in range(60) { a = a + a }"))
case("typ-recursion", template("#let f(n) = f(n + 1)\n#f(0)"))
case("typ-recursive-content", template("#let f(n) = if n == 0 [x] else { block(f(n - 1)) }\n#f(5000)"))
case("typ-pages", template("#for _ in range(1000000) { pagebreak(weak: false) }"))
case("typ-boxes", template("#for a in range(3000) { for b in range(3000) { box[x] } }"))
case("typ-import-self", template('#import "main.typ": *'))
case("typ-show-self", template('#show "x": [xx]\nx'))
case("typ-state", template('#let s = state("s", 0)\n#context { s.update(s.final() + 1) }\n#context s.final()'))

# Large files, before they are read.
case("big-svg", FIG | {"content/figures/x.svg": ("sparse", 3_000_000_000)})
case("big-png", {TEXT: figure("figures/x.png"), "content/figures/x.png": ("sparse", 3_000_000_000)})
case("big-text", {TEXT: ("sparse", 3_000_000_000)})
case("big-yaml", {"content/report.yaml": ("sparse", 3_000_000_000)})
case("big-csv", {TEXT: text("```chart\nkind: bar\ntitle: 图\ndata: charts/x.csv\nx: a\ny: b\nsource: 源\nalt: 图\n```"), "content/charts/x.csv": ("sparse", 3_000_000_000)})
case("big-xlsx", {TEXT: text("```chart\nkind: bar\ntitle: 图\ndata: charts/x.xlsx\nx: a\ny: b\nsource: 源\nalt: 图\n```"), "content/charts/x.xlsx": ("sparse", 3_000_000_000)})
case("big-bib", {"content/report.yaml": settings(references="x.bib"), "content/x.bib": ("sparse", 3_000_000_000)})
case("big-csl", style(("sparse", 3_000_000_000)))
case("big-font", {"fonts/x.otf": ("sparse", 3_000_000_000)})
case("big-typ", template(("sparse", 3_000_000_000)))
case("big-icc", {"press.icc": ("sparse", 3_000_000_000)}, ("render", "out.pdf", "--profile", "press", "--icc", "press.icc", "--output-condition", "X"))
case("big-pdf", {"x.pdf": ("sparse", 3_000_000_000)}, ("preflight", "x.pdf"), ("impose", "x.pdf", "o.pdf", "--scheme", "saddle"), ("diff", "x.pdf", "x.pdf"))
case("big-profile", {"x.pdf": "%PDF-1.4", "x.yaml": ("sparse", 3_000_000_000)}, ("preflight", "x.pdf", "--profile", "x.yaml"))

# Files that are none.
case("fifo-text", {TEXT: ("fifo",)})
case("fifo-settings", {"content/report.yaml": ("fifo",)})
case("fifo-figure", {TEXT: figure("figures/x.svg"), "content/figures/x.svg": ("fifo",)})
case("fifo-csv", {TEXT: text("```chart\nkind: bar\ntitle: 图\ndata: charts/x.csv\nx: a\ny: b\nsource: 源\nalt: 图\n```"), "content/charts/x.csv": ("fifo",)})
case("fifo-font", {"fonts/x.otf": ("fifo",)})
case("fifo-template", template(("fifo",)))
case("fifo-bib", {"content/report.yaml": settings(references="x.bib"), "content/x.bib": ("fifo",)})
case("fifo-pdf", {"x.pdf": ("fifo",)}, ("preflight", "x.pdf"), ("impose", "x.pdf", "o.pdf", "--scheme", "saddle"))
case("link-loop", {"fonts/l1": ("link", "."), "fonts/l2": ("link", "."), "content/l1": ("link", "."), "content/l2": ("link", ".")})
case("link-zero", {TEXT: figure("figures/x.png"), "content/figures/x.png": ("link", "/dev/zero")})
case("link-font-zero", {"fonts/x.ttf": ("link", "/dev/zero")})
