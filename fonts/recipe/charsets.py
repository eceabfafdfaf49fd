"""The character sets that the shipped fonts are cut down to.

Each set is a set of code points. A code point that the source font lacks is
left out silently, so the sets may be generous with symbols.
"""

from pathlib import Path

HANZI_8105 = Path(__file__).with_name("hanzi-8105.txt")

# Whole blocks (or the useful part of one) that every font gets: first, last, content.
SYMBOLS = [
    (0x0020, 0x007E, "ASCII"),
    (0x00A0, 0x017F, "Latin-1 and Latin Extended-A"),
    (0x01CD, 0x01DC, "pinyin vowels"),
    (0x01F8, 0x01F9, "pinyin n with grave"),
    (0x0250, 0x02FF, "phonetic letters and modifiers"),
    (0x0300, 0x0336, "combining marks"),
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x045F, "Cyrillic"),
    (0x1E00, 0x1EFF, "Latin Extended Additional"),
    (0x2000, 0x206F, "general punctuation"),
    (0x2070, 0x209C, "superscripts and subscripts"),
    (0x20A0, 0x20BF, "currency"),
    (0x2100, 0x214F, "letterlike symbols"),
    (0x2150, 0x218B, "fractions and Roman numerals"),
    (0x2190, 0x21FF, "arrows"),
    (0x2200, 0x22FF, "mathematical operators"),
    (0x2300, 0x23FF, "technical symbols"),
    (0x2460, 0x24FF, "circled numbers and letters"),
    (0x2500, 0x25FF, "boxes, blocks, shapes"),
    (0x2600, 0x27BF, "miscellaneous symbols and dingbats"),
    (0x27E6, 0x27EF, "mathematical brackets"),
    (0x2E00, 0x2E5D, "supplemental punctuation, two-em dash"),
    (0x2E80, 0x2FDF, "radicals"),
    (0x2FF0, 0x303F, "ideographic description, CJK punctuation"),
    (0x3040, 0x30FF, "kana"),
    (0x3100, 0x312F, "bopomofo"),
    (0x31A0, 0x31BF, "bopomofo extended"),
    (0x31C0, 0x31EF, "strokes"),
    (0x3200, 0x33FF, "enclosed and squared CJK"),
    (0xFE00, 0xFE1F, "variation selectors, vertical forms"),
    (0xFE30, 0xFE4F, "CJK compatibility forms"),
    (0xFF00, 0xFFEF, "halfwidth and fullwidth forms"),
]

# Unified hanzi that GB 18030-2022 asks for as blocks from its level 1 on.
LEVEL_1_BLOCKS = [(0x3400, 0x4DB5), (0x4E00, 0x9FEF)]


def symbols():
    """Everything that is not a hanzi and that all fonts carry."""
    return {code for first, last, _ in SYMBOLS for code in range(first, last + 1)}


def double_byte(codec, leads, trails):
    """All characters that `codec` gives to the two-byte codes `leads` x `trails`."""
    found = set()
    for lead in leads:
        for trail in trails:
            text = bytes((lead, trail)).decode(codec, errors="ignore")
            if len(text) == 1 and ord(text) > 0x7F:
                found.add(ord(text))
    return found


def gb2312():
    """GB 2312: 6763 hanzi and 682 symbols."""
    return double_byte("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))


def gbk():
    """The two-byte part of GB 18030; Python's GBK table does not move with its revisions."""
    return double_byte("gbk", range(0x81, 0xFF), range(0x40, 0xFF))


def hanzi_8105():
    """通用规范汉字表, the 8105 hanzi for general use, 196 of them beyond U+FFFF."""
    lines = HANZI_8105.read_text(encoding="utf-8").splitlines()
    return {ord(c) for line in lines if not line.startswith("#") for c in line}


def common():
    """Set `8105`: 通用规范汉字表, GB 2312 and the symbols."""
    return hanzi_8105() | gb2312() | symbols()


def gb18030_level2():
    """Set `gb18030-level2`: for GB 18030-2022, level 2, and the symbols."""
    blocks = {code for first, last in LEVEL_1_BLOCKS for code in range(first, last + 1)}
    return blocks | gbk() | hanzi_8105() | symbols()


def big5_level1():
    """Set `big5-level1`: the 5,401 hanzi in common use in Taiwan, and punctuation."""
    marks = "，。、；：？！（）《》〈〉「」『』【】〔〕—…⋯·“”‘’～　"
    return double_byte("big5", range(0xA4, 0xC7), range(0x40, 0xFF)) | {ord(c) for c in marks}


SETS = {"8105": common, "gb18030-level2": gb18030_level2, "big5-level1": big5_level1}
