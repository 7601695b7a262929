"""Headings without numbers: words that name a chapter (总则), lines that the file marks, group headings between items.

A chapter that lost the number 一、 gets it back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.agency_names import is_agency_name, is_collective, split_names
from kg.item_numbers import show_number
from kg.item_titles import closed_heading
from kg.lexicon import rules
from kg.outline.lines import Line, Number
from kg.outline.statement_lines import STATEMENT_LINE, ends_stated

_LONGEST = 40
_RARE = 10  # items to one without a number, at least
_GROUP = re.compile(r"[一-鿿“《][^。;:,?!()\[\]|\t]{3,29}$")


@lru_cache(maxsize=1)
def _chapter_words() -> re.Pattern[str]:
    words = rules("frame")["chapter"]["words"]
    return re.compile("|".join(r"\s*".join(word) for word in words))


@lru_cache(maxsize=1)
def _first_chapters() -> re.Pattern[str]:
    return re.compile(rules("chapters")["background"]["first"])


def mark_headings(
    lines: Sequence[Line], numbers: Sequence[Number | None], body: int, after: int
) -> tuple[list[Number | None], int, frozenset[int]]:
    """The numbers with those of unnumbered headings, where the body begins now, and the lines whose number was lost."""
    found = list(numbers)
    _marked(lines, found, after)
    body = _with_chapter_words(lines, found, body, after)
    _groups(lines, found, body, after)
    _over_paragraphs(lines, found, body)
    _items_without_number(lines, found, body)
    _stated_paragraphs(lines, found, body)
    restored = _lost_first(lines, found, body, after)
    if restored is not None:
        return found, restored, frozenset([restored])
    marked = [i for i in range(after, body) if found[i] is not None and found[i].style == ""]  # type: ignore[union-attr]
    return found, min(marked, default=body), frozenset()


def _unnumbered(rank: int) -> Number:
    return Number("", rank, "", 0, 0)


def _marked(lines: Sequence[Line], found: list[Number | None], after: int) -> None:
    """Lines that the file marks as headings and that no number begins."""
    marked = [
        i
        for i in range(after, len(lines))
        if (lines[i].level or 0) >= 1 and found[i] is None and _reads_as_heading(lines[i].text)
    ]
    if not marked:
        return
    ranks: dict[int, int] = {}
    for i in range(after, len(lines)):
        level, number = lines[i].level, found[i]
        if level and number is not None:
            ranks.setdefault(level, number.rank)
    for i in marked:
        level = lines[i].level or 1
        if level not in ranks:
            above = [rank for n, rank in ranks.items() if n < level]
            below = [rank for n, rank in ranks.items() if n > level]
            plain = [n.rank for n in found[after:] if n is not None and n.style]
            outermost = min([*plain, 30])
            ranks[level] = max(above) + 1 if above else min(below) - 1 if below else min(outermost - 5 + level, 29)
        found[i] = _unnumbered(ranks[level])


def _reads_as_heading(text: str) -> bool:
    return 2 <= len(text) <= 60 and not text.endswith(("。", ";", ",", "、", ":")) and "。" not in text


def _with_chapter_words(lines: Sequence[Line], found: list[Number | None], body: int, after: int) -> int:
    """总则, 附则 beside numbered chapters; the body begins with the first of them that has numbered parts."""
    ranks = [n.rank for n in found[body:] if n is not None and n.style]
    if not ranks:
        return body
    outermost = min(ranks)
    words = [
        i
        for i in range(after, len(lines))
        if len(lines[i].text) <= 8 and found[i] is None and _chapter_words().fullmatch(lines[i].text)
    ]
    for i in words:
        if i > body or i + 1 == body:
            below = next((n for n in found[i + 1 :] if n is not None), None)
            # 总则 with 一、 below it, and no other chapters: it encloses what is outermost else.
            encloses = below is not None and below.rank == outermost and below.value == 1
            found[i] = _unnumbered(outermost - 1 if encloses else outermost)
    return body - 1 if body and body - 1 in words and found[body - 1] is not None else body


def _groups(lines: Sequence[Line], found: list[Number | None], body: int, after: int) -> None:
    """Short lines between items that head the items below them: they are headings whose mark the text lost.

    Two such lines at least, each behind a complete item or right under a chapter, each over a numbered item.
    """
    previous: dict[str, int] = {}
    groups: list[int] = []
    for i in range(max(after, body - 1), len(lines)):
        number = found[i]
        if number is not None:
            previous[number.style] = number.value
            continue
        if i + 1 >= len(lines) or i == 0:
            continue
        below = found[i + 1]
        if below is None or not below.style or below.style in ("box", "circled", "latin"):
            continue
        goes_on = below.value == 1 or previous.get(below.style) == below.value - 1
        above = lines[i - 1]
        complete = above.text.endswith(("。", ")", "]", "】")) or bool(STATEMENT_LINE.match(above.text))
        under = found[i - 1] is not None and not above.text.endswith(("。", ":"))
        if goes_on and (complete or under) and _GROUP.match(lines[i].text) and not _names_bodies(lines[i].text):
            groups.append(i)
    inside = [i for i in groups if found[i - 1] is None or lines[i - 1].text.endswith(("。", ")", "]", "】"))]
    if len(groups) < 2 or not inside:
        return
    for i in groups:
        found[i] = _unnumbered(found[i + 1].rank - 1)  # type: ignore[union-attr]


def _over_paragraphs(lines: Sequence[Line], found: list[Number | None], body: int) -> None:
    """Short lines without a number, each over whole sentences, in a part that has no numbered ones: two of them at least."""
    at = body
    while at < len(lines):
        end = next((i for i in range(at + 1, len(lines)) if found[i] is not None), len(lines))
        number = found[at]
        headings = [
            i
            for i in range(at + 1, end - 1)
            if _GROUP.match(lines[i].text)
            and lines[i + 1].text.endswith(("。", ")"))
            and len(lines[i + 1].text) > len(lines[i].text)
            and (i == at + 1 or lines[i - 1].text.endswith(("。", ")", ":")) or STATEMENT_LINE.match(lines[i - 1].text))
            and not _names_bodies(lines[i].text)
        ]
        is_leaf = number is not None and (end == len(lines) or found[end].rank <= number.rank)  # type: ignore[union-attr]
        if number is not None and is_leaf and len(headings) > 1:
            for i in headings:
                found[i] = _unnumbered(number.rank + 1)
        at = end


def _items_without_number(lines: Sequence[Line], found: list[Number | None], body: int) -> None:
    """Paragraphs that are items like the numbered one above: that one ended with who is responsible, and so do they.

    A few at most: where many items have such paragraphs, they are parts of the items.
    """
    items = sum(number is not None and number.style not in ("", "box") for number in found[body:])
    alike: list[int] = []
    for i in range(body + 1, len(lines)):
        above, text = found[i - 1], lines[i].text
        if (
            found[i] is None
            and above is not None
            and above.style not in ("", "box")
            and ends_stated(lines[i - 1].text)
            and ends_stated(text)
            and closed_heading(lines[i - 1].text[above.end :]) is not None
            and (length := closed_heading(text)) is not None
            and length < len(text) // 2
        ):
            alike.append(i)
    if len(alike) * _RARE <= items:
        for i in alike:
            found[i] = _unnumbered(found[i - 1].rank)  # type: ignore[union-attr]


def _stated_paragraphs(lines: Sequence[Line], found: list[Number | None], body: int) -> None:
    """Paragraphs with a heading of their own in an item without numbered parts, each with lines that say who is responsible.

    Two of them at least: they are the item's parts. A paragraph alone is the item itself.
    """
    at = body
    while at < len(lines):
        end = next((i for i in range(at + 1, len(lines)) if found[i] is not None), len(lines))
        number = found[at]
        if number is not None and number.style != "box" and not STATEMENT_LINE.search(lines[at].text):
            parts = [
                i
                for i in range(at + 1, end - 1)
                if not STATEMENT_LINE.match(lines[i].text)
                and STATEMENT_LINE.match(lines[i + 1].text)
                and (length := closed_heading(lines[i].text)) is not None
                and length < len(lines[i].text) // 2
            ]
            if len(parts) > 1:
                for i in parts:
                    found[i] = _unnumbered(number.rank + 1)
        at = end


def _names_bodies(text: str) -> bool:
    """Whether a line lists bodies or people, ends a sentence of another line, or is a date: no heading."""
    if STATEMENT_LINE.match(text) or re.search(r"\d{4}\s*年\s*\d{1,2}\s*月|\d{3}", text):
        return True
    parts = [p for p in re.split(r"[、\s]+", text) if p]
    return any(is_agency_name(p) or is_collective(p) for p in parts) or split_names(text) is not None


def _lost_first(lines: Sequence[Line], found: list[Number | None], body: int, after: int) -> int | None:
    """The line of a first chapter that lost its number: 总体要求 above 二、, with nothing that has the number 一、."""
    if body >= len(lines) or found[body] is None:
        return None
    chapters = [n for n in found[after:] if n is not None and n.style in ("han-comma", "chapter")]
    if not chapters or chapters[0].value != 2 or sum(n.style == chapters[0].style for n in chapters) < 2:
        return None
    first = next(i for i in range(after, len(lines)) if found[i] is chapters[0])
    for i in range(after, min(first, body)):
        text = lines[i].text.rstrip("。:")
        if found[i] is None and 3 <= len(text) <= 24 and "。" not in text and _first_chapters().search(text):
            like = chapters[0]
            found[i] = Number(like.style, like.rank, show_number(like.style, 1), 1, 0)
            return i
    return None
