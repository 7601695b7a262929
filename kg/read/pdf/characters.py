"""The characters of a PDF: what fonts say instead of the character meant, and text that is none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from kg.read.pdf.pages import Glyph, Style
from kg.read.symbols import show_symbol

# CJK Radicals Supplement → the character that looks the same (Unicode, EquivalentUnifiedIdeograph.txt); the Kangxi
# radicals and the compatibility ideographs have decompositions of their own. Fonts of Chinese word processors map
# the glyph of 长 to ⻓ as readily as to 长, and PDF programs write down the first that they find.
_RADICALS = dict(
    zip(
        "⺁⺄⺆⺇⺊⺌⺍⺎⺐⺒⺓⺔⺕⺛⺜⺝⺞⺟⺠⺧⺩⺪⺬⺮⺰⺶⺻⺼⺽⻁⻃⻄⻅⻆⻈⻉⻊⻋⻏⻐⻑⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙冂几卜小小兀尢巳幺彑彐旡日月歺母民牛王疋示竹纟羊聿肉臼虎覀西见角讠贝足车阝钅長长门阜阝雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")
UNKNOWN = "\ufffd"
_ENOUGH_HAN = 100  # characters: fewer say nothing about how common they are


def normal_form(char: str, font: str) -> str:
    """What a character of a PDF stands for: "" for nothing, U+FFFD where no one can tell; full-width forms stay.

    >>> [normal_form(c, "仿宋") for c in "⼀⻓ﬁ（\u00a0\u00ad"]
    ['一', '长', 'fi', '（', ' ', '']
    >>> normal_form("\uf06c", "Wingdings-Regular")
    '●'
    """
    if " " < char < "\x7f" and not font.lower().startswith("wingdings"):
        return char
    code = ord(char)
    if char in _DROPPED or 0xFE00 <= code <= 0xFE0F:
        return ""
    if char.isspace():
        return "\u3000" if char == "\u3000" else " "
    if 0x2E80 <= code <= 0x2EFF:
        return _RADICALS.get(char, char)
    if 0x2F00 <= code <= 0x2FDF or 0xFB00 <= code <= 0xFB06 or 0xFE10 <= code <= 0xFE4F:
        return unicodedata.normalize("NFKC", char)
    if 0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F:
        return unicodedata.normalize("NFC", char)
    if 0xE000 <= code <= 0xF8FF or font.lower().startswith("wingdings"):
        return _of_symbol_font(code, font)
    if code < 0x20 or 0x7F <= code < 0xA0 or code >= 0xF0000 or unicodedata.category(char) == "Cn":
        return UNKNOWN
    return char


def _of_symbol_font(code: int, font: str) -> str:
    family = "Symbol" if "symbol" in font.lower() else "Wingdings 2" if "wingdings2" in font.lower() else "Wingdings"
    symbolic = family == "Symbol" or "wingdings" in font.lower()
    if symbolic:
        return show_symbol(code, family) or "•"
    if 0xF020 <= code <= 0xF07E:  # a text font encoded as a symbol font: ASCII at U+F000
        return chr(code - 0xF000)
    return UNKNOWN


def normalise(glyphs: Sequence[Glyph], styles: Sequence[Style]) -> list[Glyph]:
    """The glyphs with what they stand for."""
    known: dict[tuple[str, int], str] = {}
    found = []
    for glyph in glyphs:
        key = (glyph.char, glyph.style)
        if key not in known:
            known[key] = normal_form(glyph.char, styles[glyph.style].font)
        char = known[key]
        if char:
            found.append(glyph if char == glyph.char else glyph._replace(char=char))
    return found


def has_blanks_everywhere(pages: Iterable[Sequence[Glyph]]) -> bool:
    """Whether blanks between Chinese characters say nothing: text recognised on scans has one behind every word."""
    blank = close = 0
    for glyphs in pages:
        for a, b, c in zip(glyphs, glyphs[1:], glyphs[2:], strict=False):
            if _is_han(a.char):
                close += _is_han(b.char)
                blank += b.char == " " and _is_han(c.char)
    return blank > 50 and blank * 6 > close + blank


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def is_garbage(text: str) -> bool:
    """Whether the text of a page was lost on the way into the PDF: characters without Unicode, or the wrong ones.

    A font without a right ToUnicode table shows what it should and says something else: private-use characters,
    U+FFFD, (cid:123), bytes of GBK read as Latin letters, or rare characters by the hundred. Of the characters of
    Chinese prose 99 in 100 are of level 1 of GB/T 2312 (of traditional print two thirds), of any characters a fifth.

    >>> is_garbage("开展科学素质行动，提升服务能力。"), is_garbage("¹ØÓÚÓ¡·¢ÊµÊ©·½°¸µÄÍ¨Öª"), is_garbage("\ufffd\ufffd、\ufffd的\ufffd")
    (False, True, True)
    """
    words = [c for c in text if not c.isspace()]
    if not words:
        return False
    unknown = sum(c == UNKNOWN for c in words) + 8 * text.count("(cid:")
    if unknown > 3 and unknown * 10 > len(words):
        return True
    han = [c for c in words if "\u3400" <= c <= "\u9fff" or "\U00020000" <= c <= "\U0003ffff"]
    latin = sum("\u0080" <= c <= "\u024f" for c in words)
    if latin > 8 and latin * 3 > len(words) and len(han) * 10 < len(words):
        return True
    return len(han) >= _ENOUGH_HAN and sum(map(_is_common, han)) * 2 < len(han)


def _is_common(char: str) -> bool:
    """Whether a character is of level 1 of GB/T 2312: the 3755 commonest, rows 16 to 55."""
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7
