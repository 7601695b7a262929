"""Where the body of a plan ends: signature, annexes, words about the document itself, page chrome."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.lexicon import rules
from kg.outline.lines import Line, Number

_DATE_LINE = re.compile(
    r"(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[二一][〇○零0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)(?:印发)?$"
)
# Bodies and the date that they signed on in one line.
_SIGNED_LINE = re.compile(r"[^。;:,\d]{4,200}\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?:印发)?$")
_BEFORE = 3  # items before the last that show how items are printed
_FILE = re.compile(r"\.(?:pdf|docx?|wps|zip|rar|gd|ofd|xlsx?)$", re.I)


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    tail = rules("frame")["tail"]
    return (
        tuple(tail["starts"]),
        re.compile(tail["annex"]),
        re.compile(tail["disclosure"]),
        re.compile(tail["closing"]),
        re.compile(tail["closing_weak"]),
    )


def find_tail(lines: Sequence[Line], numbers: Sequence[Number | None], body: int) -> int:
    """The first line after the body: chrome, signature, annex, closing words or file names behind the last numbered part."""
    starts, annex, disclosure, *_ = _table()
    last = max((i for i in range(body, len(lines)) if numbers[i]), default=body)
    for i in range(body + 1, last + 1):  # an annex's heading ends the body even where numbered text follows
        if numbers[i] is None and is_annex(lines[i].text, annex):
            last = max(j for j in range(body, i) if numbers[j] or j == body)
            break
    end = len(lines)
    for i in range(last + 1, len(lines)):
        text = lines[i].text
        if _DATE_LINE.match(text) and len(text) <= 24:
            end = _signature_start(lines, i, last + 1)
            break
        if len(text) <= 220 and _SIGNED_LINE.match(text):
            end = i
            break
        if text.startswith(starts) or is_annex(text, annex) or disclosure.match(text) or _FILE.search(text):
            end = i
            break
    return _closing_start(lines, numbers, body, last, end)


def is_annex(text: str, annex: re.Pattern[str]) -> bool:
    """Whether a line heads an annex."""
    return len(text) <= 90 and "。" not in text and bool(annex.match(text))


def _signature_start(lines: Sequence[Line], date: int, floor: int) -> int:
    """The first line of the signature above a date."""
    start = date
    while start > floor and len(lines[start - 1].text) <= 40 and not any(c in lines[start - 1].text for c in "。;:,"):
        start -= 1
    return start


def _closing_start(lines: Sequence[Line], numbers: Sequence[Number | None], body: int, last: int, end: int) -> int:
    """The first paragraph behind the last item that speaks of the document, not of the item."""
    if last >= end or numbers[last] is None:
        return end
    *_, strong, weak = _table()
    first = last + 1 if _has_text(lines[last], numbers[last]) else last + 2
    alone = first == last + 1 and _others_are_one_paragraph(lines, numbers, body, last)
    for i in range(first, end):
        text = lines[i].text
        if len(text) >= 8 and (strong.match(text) or alone and i == last + 1 and len(text) > 30 and weak.match(text)):
            return i
    return end


def _has_text(line: Line, number: Number | None) -> bool:
    """Whether an item's own line says more than its heading."""
    own = line.text[number.end :] if number else line.text
    return len(own) > 60 or "。" in own.rstrip("。")


def _others_are_one_paragraph(lines: Sequence[Line], numbers: Sequence[Number | None], body: int, last: int) -> bool:
    """Whether the items before the last are one paragraph each: then what follows the last is no part of it."""
    style = numbers[last].style if numbers[last] else ""  # type: ignore[union-attr]
    same = [i for i in range(body, last) if (n := numbers[i]) and n.style == style][-_BEFORE:]
    return len(same) == _BEFORE and all(numbers[i + 1] is not None and _has_text(lines[i], numbers[i]) for i in same)
