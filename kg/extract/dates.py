"""Dates and document numbers as pages print them, damaged ones repaired where only one reading is right."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from kg.lexicon import rules
from kg.numerals import han_to_int

_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_HAN = re.compile(
    r"(?P<y>[二一][〇○零0一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,3})月(?P<d>[一二三四五六七八九十]{1,3})日"
)


_HAN_MONTH = re.compile(
    r"(?P<y>[二一][〇○零0一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,3})月(?![一二三四五六七八九十])"
)


@lru_cache(maxsize=1)
def _plain() -> re.Pattern[str]:
    return re.compile(rules("metadata")["signature"]["date"])


@lru_cache(maxsize=1)
def _month() -> re.Pattern[str]:
    return re.compile(rules("metadata")["signature"]["month"])


@lru_cache(maxsize=1)
def _numbers() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = rules("metadata")["document_number"]
    return tuple((name, re.compile(table[name])) for name in ("whole", "damaged"))


def find_date(text: str) -> tuple[date, int, int] | None:
    """The first date in a folded text with its place.

    >>> find_date("生成日期:2018-04-26"), find_date("二〇一九年十月一日")[0].isoformat()
    ((datetime.date(2018, 4, 26), 5, 15), '2019-10-01')
    """
    best = None
    for pattern, read in ((_plain(), int), (_ISO, int), (_HAN, han_to_int)):
        for match in pattern.finditer(text):
            try:
                found = date(
                    read(match["y"].replace("0", "〇") if read is han_to_int else match["y"]),
                    read(match["m"]),
                    read(match["d"]),
                )
            except ValueError:
                continue
            if best is None or match.start() < best[1]:
                best = (found, match.start(), match.end())
            break
    return best


class YearMonth(date):
    """A month of a year, where no day is stated; it stands for its first day.

    >>> YearMonth(2021, 9, 1).isoformat()
    '2021-09'
    """

    def isoformat(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def find_month(text: str) -> tuple[date, int, int] | None:
    """The first year and month of a folded text with its place; no day follows.

    >>> found = find_month("2021 年 9 月")
    >>> found[0].isoformat(), found[1:]
    ('2021-09', (0, 10))
    """
    match = _month().search(text) or _HAN_MONTH.search(text)
    if match is None:
        return None
    try:
        if match["y"].isdecimal():
            return YearMonth(int(match["y"]), int(match["m"]), 1), match.start(), match.end()
        return (
            YearMonth(han_to_int(match["y"].replace("0", "〇")), han_to_int(match["m"]), 1),
            match.start(),
            match.end(),
        )
    except ValueError:
        return None


def repair_date(digits: str) -> date | None:
    """The only date that a run of digits without 年月日 can be, or None.

    >>> repair_date("202366"), repair_date("2023111"), repair_date("20231113")
    (datetime.date(2023, 6, 6), None, datetime.date(2023, 11, 13))
    """
    match = re.fullmatch(rules("metadata")["signature"]["damaged_date"], digits)
    if match is None:
        return None
    readings = set()
    md = match["md"]
    for cut in range(1, len(md)):
        if md[cut] == "0" and len(md) - cut > 1 or md[0] == "0" and cut == 1:
            continue
        try:
            readings.add(date(int(match["y"]), int(md[:cut]), int(md[cut:])))
        except ValueError:
            continue
    return readings.pop() if len(readings) == 1 else None


def find_number(text: str) -> tuple[str, int, int, bool] | None:
    """The first document number of a folded text in standard form, with its place and whether it was repaired.

    >>> find_number("(某办发〔202324")
    ('某办发〔2023〕24号', 1, 11, True)
    >>> find_number("某政办发[2018] 28 号")
    ('某政办发〔2018〕28号', 0, 15, False)
    """
    for name, pattern in _numbers():
        match = pattern.search(text)
        if match:
            organ = re.sub(
                r"^(?:根据|按照|依据|和|与|及|号|文号|字号|关于印发|特急|加急|急件|平急|普发|机密|秘密)+",
                "",
                match["organ"],
            )
            start = match.start("organ") + len(match["organ"]) - len(organ)
            if organ:
                return f"{organ}〔{match['year']}〕{int(match['serial'])}号", start, match.end(), name == "damaged"
    return None
