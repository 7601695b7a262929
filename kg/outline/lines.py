"""A text as lines with their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.item_numbers import Number, match_number, show_number
from kg.model import Mark, Span
from kg.numerals import fold

__all__ = ["Line", "Number", "match_number", "show_number", "split_lines"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the blanks at its ends; `text` is folded, code point for code point."""

    start: int
    end: int
    text: str
    level: int | None = None  # where the file itself marks it: 0 a title, 1 to 9 a heading

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    def cut(self, start: int, end: int | None = None) -> Line:
        """A part of the line, without the blanks at its ends."""
        piece = self.text[start:end]
        bare = piece.strip()
        begin = self.start + start + (len(piece) - len(piece.lstrip()) if bare else 0)
        return Line(begin, begin + len(bare), bare, self.level)


def split_lines(text: str, without: Iterable[Span] = (), marks: Iterable[Mark] = ()) -> list[Line]:
    """The lines of a text that are not blank, those left out that lie in one of the spans.

    >>> [(line.start, line.text) for line in split_lines(" 一、总则 \\n\\n（一）目标")]
    [(1, '一、总则'), (8, '(一)目标')]
    >>> [line.text for line in split_lines("甲\\n乙\\n丙", [Span(2, 3)])]
    ['甲', '丙']
    """
    found, position = [], 0
    cuts = sorted(without)
    levels = sorted((mark.span.start, mark.span.end, mark.level) for mark in marks)
    cut = level = 0
    for raw in fold(text).split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped)
            end = start + len(stripped)
            while cut < len(cuts) and cuts[cut].end <= start:
                cut += 1
            while level < len(levels) and levels[level][1] <= start:
                level += 1
            if not (cut < len(cuts) and cuts[cut].start < end):
                marked = level < len(levels) and levels[level][0] < end
                found.append(Line(start, end, stripped, levels[level][2] if marked else None))
        position += len(raw) + 1
    return found
