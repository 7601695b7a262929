"""Numbers and dates in Chinese text, read anew: nothing here comes from the rooms that read plans.

A number is every way in which its characters can be read with what stands behind it, so that 1.5万元 is 1.5 万元 as well
as 15000 元; what the graph says must be one of them.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "壹": 1, "贰": 2, "叁": 3}
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_HAN = "零〇○一二三四五六七八九两十百千万亿"
_ARABIC = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_HAN_RUN = re.compile(f"[{_HAN}]+")
_SHARES = (
    (re.compile(rf"百分之([{_HAN}\d.]+)"), lambda m: _value(m[1])),
    (re.compile(rf"([{_HAN}\d]+)分之([{_HAN}\d]+)"), lambda m: _ratio(m[2], m[1])),
    (re.compile(r"(\d+)/(\d+)"), lambda m: _ratio(m[1], m[2])),
    (re.compile(rf"([{_HAN}\d])成([{_HAN}])?"), lambda m: _tenths(m[1], m[2])),
    (re.compile(r"一半|半数|过半|半壁"), lambda m: Decimal(50)),
    (re.compile(r"全覆盖|全部|全面|全体|全员|百分百|所有|应\S{1,2}尽\S{1,2}|普遍|满覆盖"), lambda m: Decimal(100)),
    (re.compile(r"零|无|杜绝|清零|不发生|没有|消除"), lambda m: Decimal(0)),
)
_FOLD = re.compile(rf"翻([{_HAN}\d])?番|(\d+|[{_HAN}]+)番")
_SOME = "余多来几"


def fold(text: str) -> str:
    """Text as it is compared: NFKC, without white space, one kind of dash, bracket and quotation mark.

    >>> fold("１．５ 万人次（含）")
    '1.5万人次(含)'
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return plain.translate(_ONE_KIND)


_ONE_KIND = str.maketrans(
    {"–": "-", "—": "-", "─": "-", "－": "-", "~": "-", "～": "-", "〈": "<", "〉": ">", "《": "<", "》": ">", "[": "(",
     "]": ")", "〔": "(", "〕": ")", "【": "(", "】": ")", "﹝": "(", "﹞": ")", "“": '"', "”": '"', "·": "", "•": "", "\u200b": ""}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """One reading of a number: its value, and what follows it."""

    value: Decimal
    rest: str
    shown: str  # as it is written


def numbers(text: str) -> list[Number]:
    """Every reading of every number in a text.

    >>> [(str(n.value), n.rest) for n in numbers("培训1.5万人次")]
    [('1.5', '万人次'), ('15000.0', '人次')]
    >>> [str(n.value) for n in numbers("三分之一的乡镇")][-1]
    '33.33333333333333333333333333'
    """
    plain = fold(text)
    return [*_plain_numbers(plain), *_shares(plain)]


def _plain_numbers(plain: str) -> Iterator[Number]:
    for match in _ARABIC.finditer(plain):
        value = Decimal(match.group().replace(",", ""))
        at = match.end()
        yield Number(value, plain[at:], match.group())
        while at < len(plain) and plain[at] in _SOME:
            at += 1
        scaled, end = value, at
        while end < len(plain) and plain[end] in _POWERS:
            scaled *= 10 ** _POWERS[plain[end]]
            end += 1
            yield Number(scaled, plain[end:], plain[match.start() : end])
    for match in _HAN_RUN.finditer(plain):
        run = match.group()
        if plain[: match.start()].rstrip(_SOME)[-1:].isdigit():
            continue  # the 万 of 1.5万 and of 300多万 is read there
        for start in range(min(len(run), 6)):
            for end in range(len(run), start, -1):
                value = _han(run[start:end])
                if value is not None:
                    yield Number(Decimal(value), plain[match.start() + end :], run[start:end])


def _shares(plain: str) -> Iterator[Number]:
    for pattern, read in _SHARES:
        for match in pattern.finditer(plain):
            value = read(match)
            if value is not None:
                yield Number(value, "%" + plain[match.end() :], match.group())
    for match in _FOLD.finditer(plain):
        times = _value(match[1] or match[2] or "一")
        for value in (times, 2**times, 100 * (2**times - 1), 100 * 2**times) if times is not None and times < 9 else ():
            yield Number(Decimal(value), plain[match.end() :], match.group())


def _value(text: str | None) -> Decimal | None:
    if not text:
        return None
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Decimal(text)
    value = _han(text)
    return None if value is None else Decimal(value)


def _ratio(above: str, below: str) -> Decimal | None:
    a, b = _value(above), _value(below)
    return None if a is None or not b else a * 100 / b


def _tenths(tens: str, ones: str | None) -> Decimal | None:
    a, b = _value(tens), _value(ones) if ones else Decimal(0)
    return None if a is None or b is None else a * 10 + b


def _han(text: str) -> int | None:
    """The value of a Chinese numeral, with units (一百零五) or digit by digit (二〇二五); None for none.

    >>> _han("一百零五"), _han("二〇二五"), _han("三千万"), _han("十二"), _han("万")
    (105, 2025, 30000000, 12, 10000)
    """
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    for unit in ("亿", "万"):
        if unit in text:
            head, _, tail = text.rpartition(unit)
            high = _han(head) if head else 1
            low = _han(tail) if tail else 0
            return None if high is None or low is None else high * 10 ** _POWERS[unit] + low
    total, digit = 0, None
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _POWERS:
            total += (1 if digit is None else digit) * 10 ** _POWERS[c]
            digit = None
        else:
            return None
    return total + (digit or 0)


def is_close(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers are equal, or one is the other rounded to the digits that it has (33.33 for a third).

    >>> is_close(Decimal("33.33"), Decimal(100) / 3), is_close(Decimal("33"), Decimal("34"))
    (True, False)
    """
    if one == other:
        return True
    digits = -int(one.as_tuple().exponent)
    return digits > 0 and abs(one - other) <= Decimal(1).scaleb(-digits)


# ---------------------------------------------------------------- dates


def date_numbers(text: str) -> list[int]:
    """All whole numbers of a text in order, in digits or characters: what dates are made of.

    >>> date_numbers("二〇一九年十月一日"), date_numbers("2018-04-12")
    ([2019, 10, 1], [2018, 4, 12])
    """
    plain = fold(text)
    found = []
    for match in re.finditer(rf"\d+|[{_HAN}]+", plain):
        value = int(match.group()) if match.group().isascii() else _han(match.group())
        if value is not None:
            found.append(value)
    return found


_FIVE = re.compile(r"(?:第)?(十[一二三四五六七八九]?|二十|[一二三四五六七八九])(?:个)?五(?:年规划|年计划|年)?")


def five_year_periods(text: str) -> list[tuple[int, int]]:
    """First and last year of the five-year plans that a text names.

    >>> five_year_periods("瓯海区科普事业发展“十四五”规划")
    [(2021, 2025)]
    """
    found = []
    for match in _FIVE.finditer(fold(text)):
        number = _han(match[1])
        if number and number >= 9:  # the ninth began in 1996
            found.append((1996 + 5 * (number - 9), 2000 + 5 * (number - 9)))
    return found


def last_day_of(stated: str) -> str | None:
    """The last day of a year, month or day; None for what is none of them.

    >>> last_day_of("2024-02"), last_day_of("2025")
    ('2024-02-29', '2025-12-31')
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", stated)
    if match is None:
        return None
    year, month, day = match.groups()
    if day:
        return stated
    if month is None:
        return f"{year}-12-31"
    if not 1 <= int(month) <= 12:
        return None
    return f"{stated}-{calendar.monthrange(int(year), int(month))[1]:02d}"
