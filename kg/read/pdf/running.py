"""What stands on a page without being part of the text: running heads, page numbers, footnotes."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.read.pdf.lines import Line, body_size, find_pitch, glue
from kg.read.pdf.pages import Page, Rule

_EDGE = 0.17  # of the page's height: margins of GB/T 9704 are 37 mm of 297 and 35 mm
_OUTER = 0.105  # heads that come twice only must stand in the margin itself
_DASHED = re.compile(r"[—–―\-－─·•.～~〜\s]+(\d{1,4}|[ⅰ-ⅿivxlc]{1,6})[—–―\-－─·•.～~〜\s]+", re.IGNORECASE)
_COUNTED = re.compile(
    r"第\s*(\d{1,4})\s*页(?:[\s,，/、（(]*共\s*\d{1,4}\s*页[)）]?)?|(?:page\s*)?(\d{1,4})\s*(?:/|of)\s*\d{1,4}",
    re.IGNORECASE,
)
_BARE = re.compile(r"[\d０-９]{1,4}|[ⅰ-ⅿivxIVX]{1,6}")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
# A place that a page number may take in a longer running head: at its begin or end, set off.
_NUMBER_IN_HEAD = re.compile(
    r"^\d{1,4}\s+|\s+\d{1,4}$|第\s*\d{1,4}\s*页|\d{1,4}\s*/\s*(?=\d{1,4}\b)|[—–\-－]\s*\d{1,4}\s*[—–\-－]|(?<=\D)\d{1,4}$"
)
# What is never a running head, however often it stands at the top: annexes, numbered headings, table captions.
_NO_HEAD = re.compile(
    r"附\s*(?:件|表|录|图)|[（(]?[一二三四五六七八九十]+[)）、.．]|\d+[.、．]|第[一二三四五六七八九十百\d]+[章节条]|表\s*\d|续表"
)
_NOTE_MARK = re.compile(r"[①-⑳]|\d{1,2}(?![\d.．、年月日%％])|[\[〔［]\d{1,2}[\]〕］]|[*＊※]+|注\s?\d{0,2}[:：.]")


def drop_running(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without running heads and feet and page numbers.

    A number alone counts as the page's where two pages agree on what they count from; a head where it stands in
    the same place on several pages.
    """
    numbers = _page_numbers(pages, lines)
    heads = _heads(pages, lines)
    gone = numbers | heads
    return [_without(page, own, lambda m: m.running or id(m) in gone) for page, own in zip(pages, lines, strict=True)]


def _without(page: Page, lines: Sequence[Line], is_running: Callable[[Line], bool]) -> list[Line]:
    """Running lines are taken off from the outside in: nothing of the text stands beyond them."""
    kept = sorted(lines, key=lambda m: (m.y, m.x0))
    while kept and is_running(kept[0]) and kept[0].y < page.height / 2:
        kept.pop(0)
    while kept and is_running(kept[-1]):
        kept.pop()
    return [m for m in kept if not m.running]


def _edges(page: Page, lines: Sequence[Line]) -> list[Line]:
    """The three lines at either end of a page that stand near its edge."""
    ordered = sorted(lines, key=lambda m: (m.y, m.x0))
    top = [m for m in ordered[:3] if m.y < _EDGE * page.height]
    bottom = [m for m in ordered[-3:] if m.y > (1 - _EDGE) * page.height]
    return top + [m for m in bottom if m not in top]


def _page_numbers(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> set[int]:
    certain: set[int] = set()
    bare: dict[tuple[int, bool], list[tuple[int, Line]]] = defaultdict(list)
    for page, own in zip(pages, lines, strict=True):
        for line in _edges(page, own):
            text = line.text.strip()
            if _DASHED.fullmatch(text) or _COUNTED.fullmatch(text):
                certain.add(id(line))
            elif _BARE.fullmatch(text):
                bare[_number(text) - page.number, line.y < page.height / 2].append((page.number, line))
    for group in bare.values():
        if len({number for number, _ in group}) >= 2 or _alone_at_foot(pages, lines, group[0][1]):
            certain |= {id(line) for _, line in group}
    return certain


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    values = [_ROMAN.get(c, 0) for c in unicodedata.normalize("NFKC", text).lower()]
    return sum(-v if v < w else v for v, w in zip(values, [*values[1:], 0], strict=True))


def _alone_at_foot(pages: Sequence[Page], lines: Sequence[Sequence[Line]], line: Line) -> bool:
    """Whether a number stands in the lower margin, away from the text, as on a paper of one page."""
    page, own = pages[line.page - 1], lines[line.page - 1]
    above = max((m.y for m in own if m.y < line.y - 1), default=0.0)
    return line.y > 0.9 * page.height and line.y - above > 2.2 * line.size and line.text.isdecimal()


def _heads(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> set[int]:
    """Lines that say the same at the same edge of several pages, and are set off from the text.

    A paragraph's last two characters may well begin two pages (府。), but they stand where the text does, in its size.
    """
    body = body_size([m for own in lines for m in own])
    pitch = find_pitch([m for own in lines for m in own])
    places: dict[tuple[str, bool], list[Line]] = defaultdict(list)
    for page, own in zip(pages, lines, strict=True):
        for line in _edges(page, own):
            text = re.sub(r"\s+", "", _NUMBER_IN_HEAD.sub("#", line.text.strip()))
            if len(text) > 1 and text[-1] not in "。；，、：" and not _NO_HEAD.match(text):
                places[text, line.y < page.height / 2].append(line)
    repeated: list[Line] = []
    for group in places.values():
        on = {m.page for m in group}
        outer = all(
            m.y < _OUTER * pages[m.page - 1].height or m.y > (1 - _OUTER) * pages[m.page - 1].height for m in group
        )
        if len(on) >= 3 or (len(on) == 2 and outer):
            repeated += group
    found = {id(m) for m in repeated}
    return {id(m) for m in repeated if _is_set_off(m, pages[m.page - 1], lines[m.page - 1], body, pitch, found)}


def _is_set_off(line: Line, page: Page, own: Sequence[Line], body: float, pitch: float, repeated: set[int]) -> bool:
    """Whether a line at a page's edge is of another size than the text or leaves a gap to it."""
    if abs(line.size - body) > 0.05 * body:
        return True
    top = line.y < page.height / 2
    inner = [m for m in own if (m.y > line.y + 1 if top else m.y < line.y - 1) and id(m) not in repeated]
    if not inner:
        return True
    nearest = min(inner, key=lambda m: abs(m.y - line.y))
    return abs(nearest.y - line.y) > max(1.3 * pitch, 2 * line.size)


# ---------------------------------------------------------------- footnotes


def take_footnotes(
    page: Page, lines: Sequence[Line], free_rules: Sequence[Rule], body: float
) -> tuple[list[Line], list[str]]:
    """The lines of a page's text, and its footnotes.

    Footnotes stand at the foot in a smaller size, below a short rule, or beginning with a mark where raised marks in
    the text point to them; these are taken out.
    """
    ordered = sorted(lines, key=lambda m: (m.y, m.x0))
    first = len(ordered)
    while first and ordered[first - 1].size <= 0.92 * body and ordered[first - 1].y > 0.35 * page.height:
        first -= 1
    small = ordered[first:]
    if not small or first == 0:
        return list(lines), []
    rules = [
        r.y0
        for r in free_rules
        if r.y1 - r.y0 < 1
        and 40 < r.x1 - r.x0 < 0.45 * page.width
        and r.y0 > ordered[first - 1].y - 2
        and r.x0 < 0.4 * page.width
    ]
    if rules:
        small = [m for m in small if m.y > min(rules)]
    elif small[0].size <= 0.86 * body and any(m.unmarked != m.text for m in ordered[:first]):
        marked = [n for n, m in enumerate(small) if _NOTE_MARK.match(m.text)]
        small = small[marked[0] :] if marked else []
    else:
        small = []
    if not small:
        return list(lines), []
    notes: list[str] = []
    for line in small:
        if notes and not _NOTE_MARK.match(line.text):
            notes[-1] += glue(notes[-1], line.text) + line.text
        else:
            notes.append(line.text)
    taken = {id(m) for m in small}
    return [replace(m, text=m.unmarked) for m in ordered if id(m) not in taken], notes
