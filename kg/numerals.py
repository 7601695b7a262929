"""Numerals as Chinese plans print them: 十二, 二〇二五, １２, 1.5万, ①.

Pure functions on strings; nothing here knows about plans.
"""

from __future__ import annotations

import calendar
import re
from decimal import Decimal
from functools import lru_cache

DIGIT = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
HAN_NUMBER = "[〇零○一二三四五六七八九十百]+"

# Full-width forms become ASCII, one code point for one: offsets stay true.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    0xA0: 0x20,
    0x2002: 0x20,
    0x2003: 0x20,
    0x2009: 0x20,
    0x200B: 0x20,
    0xFEFF: 0x20,
    0xFF61: ord("。"),
    0x2236: ord(":"),
}
_FOLDED = {chr(code): chr(plain) for code, plain in _FOLD.items()}
_UNFOLDED = re.compile(f"[{re.escape(''.join(_FOLDED))}]")


def fold(text: str) -> str:
    """The text with full-width forms as ASCII and every blank as a space, code point for code point.

    >>> fold("（责任单位：省财政厅）")
    '(责任单位:省财政厅)'
    >>> len(fold("１．　甲")) == len("１．　甲")
    True
    """
    # Several stages fold the same whole text; titles and the like would push it out.
    return _fold(text) if len(text) < _WHOLE else _fold_whole(text)


_WHOLE = 500  # characters from which on a text is taken for a whole one


@lru_cache(maxsize=4)
def _fold_whole(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    # Many times faster than str.translate, which looks up every character: a text has few kinds of them.
    for character in set(_UNFOLDED.findall(text)):
        text = text.replace(character, _FOLDED[character])
    return text


def han_to_int(text: str) -> int:
    """The value of a Chinese numeral, positional (二〇二五) or with units (二千零二十五).

    >>> han_to_int("十"), han_to_int("二十三"), han_to_int("二〇二五"), han_to_int("一百零五"), han_to_int("三万")
    (10, 23, 2025, 105, 30000)

    Raises `ValueError` where a character is no numeral.
    """
    if not text or any(c not in DIGIT and c not in _SMALL and c not in _LARGE for c in text):
        raise ValueError(f"not a Chinese numeral: {text!r}")
    if all(c in DIGIT for c in text):
        return int("".join(str(DIGIT[c]) for c in text))
    total = section = digit = 0
    for c in text:
        if c in DIGIT:
            digit = DIGIT[c]
        elif c in _SMALL:
            section += (digit or (1 if section == 0 or c == "十" else 0)) * _SMALL[c]
            digit = 0
        else:
            # 一万亿: a greater unit multiplies all that stands before it; 五亿三千万: a smaller one only what follows the greater.
            whole = total if total < _LARGE[c] else 0
            total += (whole + section + digit or 1) * _LARGE[c] - whole
            section = digit = 0
    return total + section + digit


def int_to_han(value: int) -> str:
    """The Chinese numeral of 1 to 999, as headings print it.

    >>> int_to_han(1), int_to_han(10), int_to_han(12), int_to_han(20), int_to_han(105)
    ('一', '十', '十二', '二十', '一百零五')
    """
    if not 0 < value < 1000:
        raise ValueError(f"no heading has the number {value}")
    names = "零一二三四五六七八九"
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{names[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else names[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (names[ones] if ones else "")


_PLAIN = re.compile(r"(\d[\d,]*(?:\.\d+)?)([十百千万亿]*)")
NUMBER = re.compile(r"(?:\d[\d,]*(?:\.\d+)?|[一二两三四五六七八九十百千]+)(?:[十百千万亿]*)")


def parse_number(text: str) -> Decimal:
    """The plain value of a number with or without a Chinese multiplier.

    >>> parse_number("1.5万"), parse_number("1千万"), parse_number("一"), parse_number("6,500"), parse_number("17.5")
    (Decimal('15000'), Decimal('10000000'), Decimal('1'), Decimal('6500'), Decimal('17.5'))

    Raises `ValueError` where the text is no number.
    """
    match = _PLAIN.fullmatch(text)
    if not match:
        return Decimal(han_to_int(text))
    value = Decimal(match[1].replace(",", ""))
    for c in match[2]:
        value *= _SMALL.get(c) or _LARGE[c]
    return Decimal(int(value)) if value == int(value) else value.normalize()


def five_year_start(n: int) -> int:
    """The first year of the n-th national five-year plan; they follow each other without a gap from the third on.

    >>> five_year_start(13), five_year_start(14)
    (2016, 2021)
    """
    return 1966 + 5 * (n - 3)


def is_day(stated: str) -> bool:
    """Whether a year, month or day as it is stated exists.

    >>> [is_day(stated) for stated in ("2025", "2025-02", "2025-13", "2025-02-30", "2024-02-29")]
    [True, True, False, False, True]
    """
    year, month, day = ([int(part) for part in stated.split("-")] + [1, 1])[:3]
    return year > 0 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]


def last_day(stated: str) -> str:
    """The last day of a year, month or day.

    >>> last_day("2025"), last_day("2024-02"), last_day("2025-06-30")
    ('2025-12-31', '2024-02-29', '2025-06-30')
    """
    parts = [int(p) for p in stated.split("-")]
    if len(parts) == 1:
        return f"{stated}-12-31"
    if len(parts) == 2:
        return f"{stated}-{calendar.monthrange(parts[0], parts[1])[1]:02d}"
    return stated
