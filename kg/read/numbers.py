"""Automatic numbers as office programs print them: 一, ①, iv, 壹, 甲.

The names are those of ISO/IEC 29500-1, 17.18.59 (ST_NumberFormat); formats of scripts that no Chinese plan
uses (Hebrew, Thai, Hindi …) are printed in digits.
"""

from __future__ import annotations

from functools import lru_cache

_HAN = "一二三四五六七八九"
_ZODIAC = "子丑寅卯辰巳午未申酉戌亥"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_GREATEST = 32_767  # Word counts no further; a hostile start value makes no long text

# Digits of counting systems: zero to nine; ten, hundred, thousand; whether one ten is written 一十.
_COUNTING: dict[str, tuple[str, str, bool]] = {
    "chineseCountingThousand": ("零" + _HAN, "十百千", False),
    "taiwaneseCountingThousand": ("零" + _HAN, "十百千", False),
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", True),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟", True),
}
# 百 and 十 without 一 before them, and no 零 (Japanese); the second names the formal digits.
_JAPANESE = {"japaneseCounting": ("〇" + _HAN, "十百千"), "japaneseLegal": ("零壱弐参四五六七八九", "拾百阡")}
# One digit after the other: 一〇, 一一.
_POSITIONAL = {
    "ideographDigital": "〇" + _HAN,
    "japaneseDigitalTenThousand": "〇" + _HAN,
    "taiwaneseDigital": "○" + _HAN,
    "koreanDigital2": "零" + _HAN,
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
}
# Characters one after the other, then digits.
_SERIES = {
    "decimalEnclosedFullstop": "".join(chr(0x2488 + i) for i in range(20)),
    "decimalEnclosedParen": "".join(chr(0x2474 + i) for i in range(20)),
    # Word prints this format in brackets, not in circles ([MS-OI29500], 2.1.540).
    "ideographEnclosedCircle": "".join(chr(0x3220 + i) for i in range(10)),
    "ideographTraditional": _STEMS,
    "ideographZodiac": _ZODIAC,
}
# Characters that begin again after the last.
_CYCLES = {
    "aiueo": "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝ",
    "aiueoFullWidth": "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
    "iroha": "ｲﾛﾊﾆﾎﾍﾄﾁﾘﾇﾙｦﾜｶﾖﾀﾚｿﾂﾈﾅﾗﾑｳヰﾉｵｸﾔﾏｹﾌｺｴﾃｱｻｷﾕﾒﾐｼヱﾋﾓｾｽﾝ",
    "irohaFullWidth": "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
}


@lru_cache(maxsize=4096)
def print_number(value: int, style: str) -> str:
    """A number as an office program prints it in one of its number formats.

    >>> [print_number(n, "chineseCounting") for n in (1, 10, 12, 20)]
    ['一', '十', '十二', '二十']
    >>> print_number(3, "decimalEnclosedCircleChinese"), print_number(105, "chineseCountingThousand")
    ('③', '一百零五')
    >>> print_number(28, "lowerLetter"), print_number(4, "upperRoman"), print_number(1, "chineseLegalSimplified")
    ('bb', 'IV', '壹')

    A format that is not known and a number that it cannot print come out in digits; "none" and "bullet" print nothing.
    """
    if style.startswith("zeros:"):
        return f"{value:0{style[6:]}d}"
    if style in ("none", "bullet"):
        return ""
    if not 0 < value <= _GREATEST:
        return f"{value:02d}" if style == "decimalZero" else str(value)
    if style in ("decimal", "decimalHalfWidth"):
        return str(value)
    if style in ("chineseCounting", "taiwaneseCounting"):
        # From one hundred on digit by digit: 一○○.
        return _count(value, "零" + _HAN, "十百千", False) if value < 100 else _digits(value, "○" + _HAN)
    if style in _COUNTING:
        return _count(value, *_COUNTING[style])
    if style in _JAPANESE:
        return _count_japanese(value, *_JAPANESE[style])
    if style in _POSITIONAL:
        return _digits(value, _POSITIONAL[style])
    if style.startswith("decimalEnclosedCircle"):
        return _circle(value)
    if style == "ideographZodiacTraditional":
        return _STEMS[(value - 1) % 10] + _ZODIAC[(value - 1) % 12] if value <= 60 else str(value)
    if style in _SERIES:
        return _SERIES[style][value - 1] if value <= len(_SERIES[style]) else str(value)
    if style in _CYCLES:
        return _CYCLES[style][(value - 1) % len(_CYCLES[style])]
    if style in ("upperLetter", "lowerLetter"):
        # A to Z, then AA to ZZ: the letter again, not the next digit. Word begins again at 780.
        times, letter = divmod((value - 1) % 780, 26)
        return chr((65 if style == "upperLetter" else 97) + letter) * (times + 1)
    if style in ("upperAlphabet", "lowerAlphabet"):
        return _alphabet(value, 65 if style == "upperAlphabet" else 97)
    if style in ("upperRoman", "lowerRoman"):
        return _roman(value) if style == "upperRoman" else _roman(value).lower()
    return _print_western(value, style)


def _print_western(value: int, style: str) -> str:
    match style:
        case "decimalZero":
            return f"{value:02d}"
        case "numberInDash":
            return f"- {value} -"
        case "hex":
            return f"{value:X}"
        case "ordinal":
            ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
            return f"{value}{ending}"
        case "chicago":
            times, sign = divmod(value - 1, 4)
            return "*†‡§"[sign] * (times + 1) if times < 8 else str(value)
    return str(value)


def custom_format(sample: str) -> str:
    """The format that a sample of Word 2010 or of OpenDocument means: `一, 二, 三, ...`.

    >>> custom_format("①, ②, ③, ..."), custom_format("001, 002, 003, ..."), custom_format("1")
    ('decimalEnclosedCircle', 'zeros:3', 'decimal')
    """
    first = sample.split(",")[0].strip()
    if first.isascii() and first.isdigit() and len(first) > 1:
        return f"zeros:{min(len(first), 9)}"
    if first in ("一", "壹"):
        second = "".join(sample.split(",")[1:2])
        if first == "一":
            return "ideographDigital" if "〇" in second else "chineseCountingThousand"
        return "ideographLegalTraditional" if "貳" in second else "chineseLegalSimplified"
    return _SAMPLES.get(first, "decimal" if first else "none")


_SAMPLES = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "１": "decimalFullWidth",
    "①": "decimalEnclosedCircle",
    "壱": "japaneseLegal",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "ア": "aiueoFullWidth",
    "ｱ": "aiueo",
    "イ": "irohaFullWidth",
    "ｲ": "iroha",
    "⑴": "decimalEnclosedParen",
    "⒈": "decimalEnclosedFullstop",
    "㈠": "ideographEnclosedCircle",
}


def _count(value: int, digits: str, units: str, one_ten: bool) -> str:
    """Numbers with units: 一百零五; tens of thousands with 万 before the rest."""
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        rest = _count(low, digits, units, True) if low else ""
        return f"{_count(high, digits, units, one_ten)}万{digits[0] if 0 < low < 1000 else ''}{rest}"
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if not digit:
            gap = bool(text)
            continue
        text += digits[0] if gap else ""
        one = power == 1 and digit == 1 and not text and not one_ten
        text += ("" if one else digits[digit]) + (units[power - 1] if power else "")
        gap = False
    return text


def _count_japanese(value: int, digits: str, units: str) -> str:
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        return (
            _count_japanese(high, digits, units)
            + ("萬" if digits[1] == "壱" else "万")
            + (_count_japanese(low, digits, units) if low else "")
        )
    text = ""
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            plain = power and digit == 1 and digits[1] == "一"
            text += ("" if plain else digits[digit]) + (units[power - 1] if power else "")
    return text


def _digits(value: int, digits: str) -> str:
    return "".join(digits[int(c)] for c in str(value))


def _alphabet(value: int, first: int) -> str:
    """Letters as digits: z, aa, ab (OpenDocument without style:num-letter-sync)."""
    text = ""
    while value:
        value, letter = divmod(value - 1, 26)
        text = chr(first + letter) + text
    return text


def _circle(value: int) -> str:
    """①–⑳, ㉑–㉟, ㊱–㊿, then digits."""
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= value <= last:
            return chr(start + value - first)
    return str(value)


def _roman(value: int) -> str:
    if value >= 4000:
        return str(value)
    signs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
    text = ""
    for size, sign in (*signs, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        times, value = divmod(value, size)
        text += sign * times
    return text
