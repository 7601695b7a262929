"""Where on the page the plan stands: head, notice, title, preamble, body, tail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.lexicon import rules
from kg.model import Span
from kg.outline.contents import find_contents
from kg.outline.counting import count_lines
from kg.outline.headings import mark_headings
from kg.outline.lines import Line, Number
from kg.outline.tail import find_tail
from kg.outline.title import find_title, is_title_like

__all__ = ["Frame", "find_frame", "is_title_like"]

_OUTER = frozenset(
    (
        "part", "chapter", "roman", "chapter-section", "article", "han-comma", "han-bracket", "han-bracket-sign", "named",
        "arabic-bare", "arabic-dot", "arabic-dot-sign",
    )
)  # fmt: skip


_CHAPTERS = frozenset(("part", "chapter", "han-comma"))


@dataclass(frozen=True, slots=True)
class Frame:
    """Indices of lines: [0, notice) head, [notice, title) notice, title lines, preamble, [body, tail) body, rest tail."""

    lines: tuple[Line, ...]
    numbers: tuple[Number | None, ...]
    notice: int
    title: tuple[int, ...]
    title_text: str
    title_spans: tuple[Span, ...]
    body: int
    tail: int
    restored: frozenset[int] = frozenset()  # lines whose number is not in the text


def find_frame(raw: Sequence[Line]) -> Frame:
    """The frame of any sequence of lines; parts that are not there are empty."""
    lines, found = count_lines(raw)
    skipped = range(*find_contents(lines, found))
    counted = [None if i in skipped else number for i, number in enumerate(found)]
    title = find_title(lines, _first_heading(counted), skipped)
    after = title.lines[-1] + 1 if title.lines else 0
    if title.lines and skipped and skipped.start < after < skipped.stop:
        after = skipped.stop
    body = _first_heading(counted, after)
    numbers, body, restored = mark_headings(
        lines, counted, body, max(after, skipped.stop if skipped.stop <= body else 0)
    )
    tail = find_tail(lines, numbers, body)
    notice = _find_notice(lines, title.lines[0] if title.lines else body)
    return Frame(lines, tuple(numbers), notice, title.lines, title.text, title.spans, body, tail, restored)


def _first_heading(numbers: Sequence[Number | None], after: int = 0) -> int:
    """The first line that begins a count: a first number that a second of its style, or a number inside it, follows."""
    seen: dict[int, set[str]] = {1: set(), 2: set(), 3: set()}
    begins = fallback = len(numbers)
    below: Number | None = None
    for i in range(len(numbers) - 1, after - 1, -1):
        number = numbers[i]
        if number is None:
            continue
        after_first = number.style in _OUTER and number.value == 1
        lost_first = number.style in _CHAPTERS and number.value == 2
        if after_first and (number.style in seen[2] or below and below.rank > number.rank):
            begins = i
        if lost_first and number.style in seen[3] and number.style not in seen[1]:
            begins = i
        if number.style != "box" and number.value in (1, 2):
            fallback = i
        if number.value in seen:
            seen[number.value].add(number.style)
        below = number
    return begins if begins < len(numbers) else fallback


def _find_notice(lines: Sequence[Line], before: int) -> int:
    """The first line of the notice: the heading …的通知 above the plan's title, or the title itself."""
    endings = tuple(rules("frame")["title"]["notice"])
    for i in range(before):
        if lines[i].text.endswith(endings) and len(lines[i].text) <= 100 and "。" not in lines[i].text:
            return i
    return before
