"""Tables of indicators: each number under a year is a target, or the baseline of one."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.extract.tables.grid import Grid, whole, words
from kg.model import Cell, Comparator, Quantity, Span
from kg.numerals import five_year_start, han_to_int, parse_number

_RULE = "indicator-table"
_NUMBER = re.compile(
    r"(?P<before>[≥≤><~约]|不低于|不少于|不超过|大于|小于|低于|超过|达到|约)?\s*(?P<n>-?\d[\d,]*(?:\.\d+)?)\s*(?P<m>[十百千万亿]*)\s*"
    r"(?P<u>%|‰|个百分点)?(?P<after>以上|以下|以内|左右|\+)?"
)
_COMPARATORS: dict[str, Comparator] = {
    "≥": "AtLeast",
    "不低于": "AtLeast",
    "不少于": "AtLeast",
    "以上": "AtLeast",
    "+": "AtLeast",
    ">": "MoreThan",
    "大于": "MoreThan",
    "超过": "MoreThan",
    "≤": "AtMost",
    "不超过": "AtMost",
    "以内": "AtMost",
    "以下": "AtMost",
    "<": "LessThan",
    "小于": "LessThan",
    "低于": "LessThan",
    "~": "About",
    "约": "About",
    "左右": "About",
}


def read_indicators(
    text: str, original: str, grids: tuple[Grid, ...], period: tuple[int, int] | None
) -> tuple[Quantity, ...]:
    """The targets of indicator tables, owned by the plan, with baseline, unit and bindingness where the table gives them."""
    return tuple(
        quantity
        for grid in grids
        if grid.kind == "indicators"
        for row in grid.rows()
        for quantity in _row(text, original, grid, row, period)
    )


def _row(text: str, original: str, grid: Grid, row: int, period: tuple[int, int] | None) -> list[Quantity]:
    names = [c for c in grid.cells(row, "indicator") if c.spans]
    if not names or len({grid.place.get((row, c)) for c in range(grid.table.columns)}) == 1:
        return []
    name, unit = _name_and_unit(words(text, names[-1]))
    for cell in grid.cells(row, "unit"):
        unit = words(text, cell).strip("()") or unit
    binding = next(
        (m[0] for c in grid.cells(row, "binding") if (m := re.search("约束性|预期性", words(text, c)))), None
    )
    baseline: Decimal | None = None
    found: list[Quantity] = []
    for column, kind in enumerate(grid.columns):
        cell = grid.place.get((row, column))
        if kind not in ("value", "growth", "goal") or cell is None:
            continue
        match = _NUMBER.search(words(text, cell))
        span = whole(cell)
        if match is None or span is None:
            continue
        value = parse_number(match["n"].lstrip("-").replace(",", "") + match["m"])
        value = -value if match["n"].startswith("-") else value
        heading = grid.headings[column]
        year = _year(heading)
        if kind == "value" and _is_baseline(heading, year, grid, period):
            baseline = value
            continue
        comparator = _COMPARATORS.get(match["after"] or match["before"] or "", "Equal")
        grows = kind == "growth" and "累计" not in heading
        quote = _quote(names[-1], cell)
        found.append(
            Quantity(
                kind="Target",
                owner="",
                quote=quote.cut(original),
                span=quote,
                indicator=name,
                value=None if grows else value,
                unit=match["u"] or unit or ("%" if grows else ""),
                comparator=comparator,
                deadline=str(year) if year else str(period[1]) if period else None,
                deadline_span=_heading_span(text, grid, column) if year else None,
                baseline=baseline,
                growth_rate=value if grows else None,
                bindingness=binding,
                accumulation="AtDate" if kind == "value" else "OverPeriod" if "累计" in heading else None,
                rule=_RULE,
                confidence=0.9,
            )
        )
    return found


def _name_and_unit(name: str) -> tuple[str, str]:
    """An indicator without its number and its unit in brackets: 1.研发投入强度(%) → 研发投入强度, %."""
    name = re.sub(r"^(?:\d+[.、]|[①-⑳]|\([一二三四五六七八九十\d]+\))", "", name)
    match = re.search(r"\((?P<u>[^()]{1,12})\)(?:[*★]|\[\d+\])?$", name)
    return (name[: match.start()], match["u"]) if match else (name, "")


def _year(heading: str) -> int | None:
    match = re.search(r"(?:19|20)\d\d", heading)
    if match:
        return int(match.group())
    match = re.search(r"(十[一二三四五六七八九]?|二十)五", heading)
    return five_year_start(han_to_int(match[1])) + 4 if match else None


def _is_baseline(heading: str, year: int | None, grid: Grid, period: tuple[int, int] | None) -> bool:
    """Whether a column reports what was reached: 现状, 基期, or the first of several years, not later than the period's start."""
    if re.search("现状|基期|基准|实际|完成值|现值", heading):
        return True
    if year is None or re.search("目标", heading):
        return False
    years = [y for h, k in zip(grid.headings, grid.columns, strict=True) if k == "value" and (y := _year(h))]
    return len(years) > 1 and year == min(years) and (period is None or year <= period[0])


def _quote(name: Cell, cell: Cell) -> Span:
    first, last = whole(name), whole(cell)
    assert first is not None
    assert last is not None
    return Span(min(first.start, last.start), max(first.end, last.end))


def _heading_span(text: str, grid: Grid, column: int) -> Span | None:
    for row in range(grid.body - 1, -1, -1):
        cell = grid.place.get((row, column))
        span = whole(cell) if cell else None
        if span and re.search(r"(?:19|20)\d\d", span.cut(text)):
            return span
    return None
