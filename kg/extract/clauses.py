"""Sentences, clauses and deadlines of running text; places are places in the folded source."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.lexicon import rules
from kg.model import Span
from kg.numerals import five_year_start, han_to_int

_STOPS = "。!?\n"
_COMMAS = ",;:"


def sentence_around(text: str, at: int, low: int, high: int) -> Span:
    """The sentence that holds a place, between two bounds.

    >>> sentence_around("甲。乙,丙。丁", 3, 0, 7)
    Span(start=2, end=5)
    """
    start = max([low, *(text.rfind(c, low, at) + 1 for c in _STOPS)])
    ends = [i for c in _STOPS if (i := text.find(c, at, high)) >= 0]
    return Span(start, min(ends) if ends else high)


def clause_around(text: str, span: Span, at: int) -> Span:
    """The clause of a sentence that holds a place: between commas outside quotation marks, inside a bracket if the place is."""
    start, end, opened = span.start, span.end, []
    quoted = False
    for i in range(span.start, span.end):
        c = text[i]
        if c == "“":
            quoted = True
        elif c == "”":
            quoted = False
        if c == "(":
            opened.append((i, start))
            if i < at and _closes_after(text, i, at, span.end):
                start = i + 1
        elif c == ")":
            if opened:
                _, before = opened.pop()
                if i <= at:
                    start = before if before <= at else start
            if i > at and start > 0 and _inside(text, start, at, i):
                return Span(start, i)
        elif c in _COMMAS and not quoted:
            if i < at and not _in_closed_bracket(text, i, at, span.start):
                start = i + 1
            elif i >= at and not _in_open_bracket(text, at, i):
                end = i
                break
    return Span(start, end)


def _closes_after(text: str, opened: int, at: int, end: int) -> bool:
    depth = 0
    for i in range(opened, end):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return i > at
    return True


def _inside(text: str, start: int, at: int, close: int) -> bool:
    """Whether the bracket that closes here was opened before the place."""
    depth = 0
    for i in range(close - 1, -1, -1):
        if text[i] == ")":
            depth += 1
        elif text[i] == "(":
            if depth == 0:
                return i < at
            depth -= 1
    return False


def _in_closed_bracket(text: str, i: int, at: int, low: int) -> bool:
    """Whether a comma stands in a bracket that was closed before the place."""
    depth = 0
    for j in range(i, at):
        depth += (text[j] == "(") - (text[j] == ")")
        if depth < 0:
            return True
    return False


def _in_open_bracket(text: str, at: int, i: int) -> bool:
    """Whether a comma behind the place stands in a bracket that was opened behind it."""
    return text.count("(", at, i) > text.count(")", at, i)


@lru_cache(maxsize=1)
def _deadlines() -> tuple[list[re.Pattern[str]], re.Pattern[str]]:
    table = rules("targets")["deadline"]
    return [re.compile(p) for p in table["patterns"]], re.compile(table["not_deadline"])


def find_deadlines(text: str, start: int, end: int) -> list[tuple[str, Span]]:
    """What says by when, in order: ("2025", place), ("2025-06", …), ("2025-06-30", …).

    >>> [d for d, _ in find_deadlines("到2025年,建成3座;“十五五”末建成5座,2026年6月底前完成。", 0, 40)]
    ['2025', '2030', '2026-06']
    """
    found: dict[int, tuple[str, Span]] = {}
    patterns, not_deadline = _deadlines()
    taken: list[Span] = []
    for pattern in patterns:
        for match in pattern.finditer(text, start, end):
            span = Span(match.start(), match.end())
            if any(s.start < span.end and s.end > span.start for s in taken) or not_deadline.match(
                text[match.start() : match.end() + 3]
            ):
                continue
            if match.start() and (text[match.start() - 1].isdigit() or text[match.start() - 1] in "较比"):
                continue
            groups = match.groupdict()
            if groups.get("five"):
                value = str(five_year_start(han_to_int(groups["five"])) + 4)
            else:
                value = groups["y"]
                if groups.get("m"):
                    value += f"-{int(groups['m']):02d}"
                if groups.get("d"):
                    value += f"-{int(groups['d']):02d}"
            taken.append(span)
            found[match.start()] = (value, span)
    return [found[k] for k in sorted(found)]
