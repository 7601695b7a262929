"""Dates and document numbers as pages print them, damaged ones repaired where only one reading is right."""

from __future__ import annotations

import re
from datetime import date

from kg.lexicon import rules
from kg.numerals import han_to_int

_ISO = re.compile(r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_HAN = re.compile(
    r"(?P<y>[二一][〇○零0一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)


def find_date(text: str) -> tuple[date, int, int] | None:
    """The first date in a folded text with its place.

    >>> find_date("生成日期:2018-04-26"), find_date("二〇一九年十月一日")[0].isoformat()
    ((datetime.date(2018, 4, 26), 5, 15), '2019-10-01')
    """
    plain = re.compile(rules("metadata")["signature"]["date"])
    best = None
    for pattern, read in ((plain, int), (_ISO, int), (_HAN, han_to_int)):
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
    table = rules("metadata")["document_number"]
    for name in ("whole", "damaged"):
        match = re.search(table[name], text)
        if match:
            organ = re.sub(r"^(?:根据|按照|依据|和|与|及|号|文号|字号|关于印发)+", "", match["organ"])
            start = match.start("organ") + len(match["organ"]) - len(organ)
            if organ:
                return f"{organ}〔{match['year']}〕{int(match['serial'])}号", start, match.end(), name == "damaged"
    return None
