"""What is repeated until a text is long: each a mark, or a group of them, that something looks for."""

UNITS = {
    # Marks that stand for something in Markdown.
    "hash": "#", "hash-han": "#文", "stars": "*", "emphasis": "a*", "strong-open": "**a ", "strong": "**文**", "underscores": "_",
    "underscore-words": "a_b ", "equals": "=", "tildes": "~", "carets": "^", "backtick": "`a", "backticks": "``a ", "code": "`a`",
    "bracket": "[", "bracket-close": "]", "bracket-address": "](", "bracket-address-wide": "]（", "brackets": "[]", "link": "[a](b)",
    "picture": "![", "picture-path": "![图](a.svg ", "picture-wide": "！［", "brace": "{", "braces": "{{", "brace-percent": "{%",
    "brace-label": "{#a b", "span": "[a]{.dots}", "note": "[^a]", "note-inline": "^[", "note-wide": "[^a]：文", "dollar": "$=",
    "dollar-han": "$文=x", "dollars": "$$", "formula": "$x$", "tex-round": "\\(", "tex-square": "\\[", "command": "\\a ", "backslash": "\\",
    "tag": "<b>", "comment": "<!--", "comment-whole": "<!-- a -->", "entity": "&amp;", "entity-number": "&#65;", "entity-open": "&a",
    "address-angle": "<http://a.b>", "pipe": "|", "colons": ":::", "reference": "@fig-a ", "citation": "[@a]", "citations": "[@a; @b]",
    "superscript": "x^2^", "subscript": "H~2~O", "hard-break": "文\\\n", "line": "文\n", "item": "- 文\n", "number-item": "1. 文\n",
    "number-item-tight": "1.文\n", "quotation": "> 文\n", "row": "| a | b |\n", "row-open": "文 | b |\n", "fence": "```\n", "div": "::: note\n",
    "div-close": ":::\n", "definition": "[a]: b\n", "definition-term": "文\n: 文\n", "underlined": "文\n---\n", "nested-item": "- - - ",
    # Marks of Chinese.
    "comma": "，", "stop": "。", "commas-stops": "，。", "colon": "：", "exclamation": "！", "exclamations": "！？", "dash": "—", "ellipsis": "…",
    "quote": "“文", "quote-close": "文”", "quote-single": "‘文", "quote-single-close": "a’", "quote-latin": "a”,", "quotes-nested": "“‘",
    "quote-pair": "“”", "round": "（文", "round-close": "文）", "round-other": "（》", "title": "《文", "title-close": "文》", "titles": "《〈",
    "corner": "「文", "mixed": "（[{“", "middle-dot": "·", "number-dot": "1．", "circled": "①", "number-round": "（1）", "ditto": "〃",
    # Marks of a typewriter.
    "comma-half": "文,文", "comma-latin": "a,", "dot-latin": "a.", "dot-mixed": "文a.", "semicolon": "a;b", "colon-half": "a:b", "question": "a?",
    "dots": "文...", "dots-wide": "。。。", "dot": ".", "round-half": "(文", "round-half-close": "文)", "apostrophe": "'a ", "apostrophes": "'",
    "double": '"a ', "doubles": '"', "quotes-both": "'a \"", "feet": "1' ", "inches": '1" ', "hyphen": "-", "hyphen-words": "a-", "hyphens": "a--b",
    "range": "1-2", "range-tilde": "1~2", "range-years": "2020-2021", "en-dash": "1–2", "slash": "a/", "slashes": "/", "path": "C:\\a",
    # Words, numbers, addresses.
    "han": "文", "word": "word ", "long-word": "x", "the": "the ", "and": "and and ", "doubled": "的的", "doubled-word": "我们我们", "variant": "Openai OpenAI ",
    "names": "李明，", "institutes": "智源研究院，智源研究员，", "sentence": "这是同一句话。", "sentence-english": "This is the same sentence. ", "latin-han": "文a",
    "digits": "1", "thousands": "1,000 ", "commas-digits": "1,2,", "unit": "5kg ", "unit-apart": "5 kg ", "ten-thousand": "5万", "mixed-number": "3千", "numeral": "三四",
    "approximate": "二、三个", "year": "2024年", "percent": "5％", "degree": "5℃", "mail": "a@b.cn", "at": "@", "scheme": "http://", "address": "http://a.cn/ ",
    "address-han": "http://例子.cn/", "www": "www.", "address-round": "http://a(", "figure": "见图1。", "standard": "GB/T 1 ", "et-cetera": "等等……", "face": ":) ",
    # Characters that are none, or wide ones.
    "space": " ", "space-han": "文 ", "space-wide": "　", "space-fixed": "\u00a0", "tab": "文\t", "zero-width": "\u200b文", "byte-order": "\ufeff文",
    "line-separator": "\u2028", "next-line": "\u0085文", "replacement": "\ufffd", "private": "\ue000", "joiner": "文\u200d", "selector": "文\ufe0f", "accent": "e\u0301",
    "emoji": "😀", "radical": "⼀", "compatibility": "豈", "hangul": "한", "kana": "あ", "cyrillic": "ы", "arabic": "ا", "wide-latin": "Ａ", "wide-digit": "５",
    "wide-mixed": "Ａ文", "tag-character": "\U000e0041",
}
