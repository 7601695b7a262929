"""The years that a plan covers: from its title, or from a sentence that says so."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from kg.lexicon import rules
from kg.model import Outline, Span, Stated
from kg.numerals import five_year_start, han_to_int

Period = Stated[tuple[int, int]]


@lru_cache(maxsize=1)
def _table() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in rules("metadata")["period"].items()}


def read_period(text: str, outline: Outline, issued: date | None) -> Period | None:
    """The period, the surest statement first: years in the title, a stated period, a five-year plan, how long it is in force."""
    found = _in_title(text, outline)
    if found:
        return found
    patterns = _table()
    for span in outline.preamble_spans:
        if found := _years(patterns["text"].search(span.cut(text)), span.start, "stated-period"):
            return found
    if found := _of_title(text, outline):
        return found
    for span in _opening(outline):
        if found := _years(patterns["text"].search(span.cut(text)), span.start, "stated-period"):
            return found
    return _in_force(text, outline, issued)


def _outside_marks(text: str) -> str:
    """The text with titles in 《》 blanked: a cited plan's years are its own."""
    return re.sub(r"《[^》]*》", lambda m: "□" * len(m.group()), text)


def _title_lines(text: str, outline: Outline) -> list[tuple[int, str]]:
    return [(span.start, _outside_marks(span.cut(text))) for span in outline.title_spans]


def _in_title(text: str, outline: Outline) -> Period | None:
    for start, line in _title_lines(text, outline):
        for name in ("title", "title_han"):
            if found := _years(_table()[name].search(line), start, "title-years"):
                return found
    return None


def _of_title(text: str, outline: Outline) -> Period | None:
    """One year, or a five-year plan, that the title names."""
    for start, line in _title_lines(text, outline):
        match = _table()["five_year"].search(line)
        if match:
            first = five_year_start(han_to_int(match["n"]))
            return _period(first, first + 4, start, match, "five-year-plan")
        match = _table()["year"].search(line)
        if match:
            return _period(int(match["a"]), int(match["a"]), start, match, "title-year")
    return None


def _opening(outline: Outline) -> list[Span]:
    """The text of the first chapters, where a plan says for what it is made."""
    spans: list[Span] = []
    stack = list(outline.nodes)[:3]
    while stack:
        node = stack.pop(0)
        spans += node.body_spans
        stack = list(node.children) + stack
    return spans


def _in_force(text: str, outline: Outline, issued: date | None) -> Period | None:
    """From when to when measures are in force, where both years are stated: 自发布之日起施行,至2021年12月31日止."""
    spans = list(outline.preamble_spans)
    stack = list(outline.nodes)[-2:]
    while stack:
        node = stack.pop(0)
        spans += node.body_spans
        stack = list(node.children) + stack
    spans += [s for s in outline.tail_spans if s.end - s.start <= 400]
    for span in reversed(spans):
        match = _table()["force"].search(span.cut(text))
        if match:
            first = int(match["a"]) if match["a"] else issued.year if issued else None
            if first is not None:
                return _period(first, int(match["b"]), span.start, match, "validity", 0.7)
    return None


def _years(match: re.Match[str] | None, offset: int, rule: str) -> Period | None:
    if match is None:
        return None
    a, b = (int(w) if w.isdecimal() else han_to_int(w.replace("0", "〇")) for w in (match["a"], match["b"]))
    return _period(a, b, offset, match, rule)


def _period(
    first: int, last: int, offset: int, match: re.Match[str], rule: str, confidence: float = 1.0
) -> Period | None:
    if not 1949 <= first <= last <= 2100:
        return None
    return Stated((first, last), (Span(offset + match.start(), offset + match.end()),), rule, confidence)
