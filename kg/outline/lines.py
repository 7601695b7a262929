"""A text as lines with their places, and what a line looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import rules
from kg.model import Span
from kg.numerals import CIRCLED, fold, han_to_int


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the blanks at its ends; `text` is folded, code point for code point."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number at the start of a line."""

    style: str
    rank: int
    shown: str  # white space dropped
    value: int
    end: int  # index in the line where its own words begin


def split_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank.

    >>> [(line.start, line.text) for line in split_lines(" 一、总则 \\n\\n（一）目标")]
    [(1, '一、总则'), (8, '(一)目标')]
    """
    found, position = [], 0
    folded = fold(text)
    for raw in folded.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped)
            found.append(Line(start, start + len(stripped), stripped))
        position += len(raw) + 1
    return found


@lru_cache(maxsize=1)
def _styles() -> list[tuple[str, int, str, re.Pattern[str]]]:
    return [(s["name"], s["rank"], s["kind"], re.compile(s["pattern"])) for s in rules("numbering")["style"]]


def show_number(style: str, value: int) -> str:
    """How a style prints a value; for numbers that were lost.

    >>> show_number("han-bracket", 1)
    '(一)'
    """
    from kg.numerals import int_to_han

    for s in rules("numbering")["style"]:
        if s["name"] == style:
            printed = (
                int_to_han(value)
                if s["kind"] == "han" and 0 < value < 1000
                else CIRCLED[value - 1]
                if s["kind"] == "circled" and 0 < value <= len(CIRCLED)
                else str(value)
            )
            return str(s["shown"]).format(printed)
    raise KeyError(style)


def match_number(text: str) -> Number | None:
    """The printed number at the start of a folded line, if there is one.

    >>> match_number("(十二)健全制度。")
    Number(style='han-bracket', rank=40, shown='(十二)', value=12, end=4)
    >>> match_number("2021年,启动实施") is None
    True
    """
    for name, rank, kind, pattern in _styles():
        match = pattern.match(text)
        if match is None or match.end() >= len(text):
            continue
        digits = match["n"] or ""
        if kind == "circled":
            value = CIRCLED.index(digits) + 1
        elif not digits:
            value = 0
        elif digits.isdigit():
            value = int(digits)
        else:
            try:
                value = han_to_int(digits)
            except ValueError:
                continue
        shown = re.sub(r"\s+", "", match.group())
        if name == "box":
            shown = f"专栏{digits}"
        elif name in ("han-bracket",):
            shown = shown.rstrip("、.")
        return Number(name, rank, shown, value, match.end())
    return None
