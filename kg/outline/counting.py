"""The numbers of all lines of a text: what only their neighbours can tell.

A line may hold several items, a number may stand alone above its heading, and some numbers look like words of a text
unless the one before or behind them is there.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from kg.item_numbers import Number, Style, match_bare_number, match_number, styles
from kg.outline.lines import Line

_HEADING = 45  # characters; within them a first item may stand behind a chapter's heading without a break
# Behind the end of a sentence or of a bracketed statement: a mark of one of the styles that number items.
_INNER = re.compile(
    r"[。!?)\]】”:;]\s*(?=第[一二三四五六七八九十百]{1,4}[章节条]|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、．](?!\d))"
)
_FIRST = re.compile(r"\(一\)|1(?<![\d.．]1)[.、．](?!\d)")
_PARTED = ("chapter", "chapter-section", "article", "han-comma", "han-bracket", "arabic-dot")


def count_lines(lines: Sequence[Line]) -> tuple[tuple[Line, ...], tuple[Number | None, ...]]:
    """The lines, those that hold several items parted, and the number that each begins with."""
    parted: list[Line] = []
    for line in lines:
        parted += _part(line)
    numbers = [match_number(line.text) for line in parted]
    for i in range(len(parted) - 1):
        if numbers[i] is None and numbers[i + 1] is None and len(parted[i].text) <= 12:
            bare = match_bare_number(parted[i].text)
            if bare and not match_bare_number(parted[i + 1].text):
                numbers[i] = bare
    for style in sorted(styles(), key=lambda s: s.name == "arabic-bare"):
        if style.loose is not None:
            _add_loose(style, parted, numbers)
    return tuple(parted), tuple(numbers)


# ---------------------------------------------------------------- several items in one line


def _part(line: Line) -> list[Line]:
    """One line as the items that it holds; 1.…。2.…。 and 一、标题(一)…。(二)…。 are several, pieces parted by ; are not."""
    text = line.text
    if len(text) < 24 or not (marks := _marks(text)):
        return [line]
    current = match_number(text)
    if current is None and not any(n.style in ("han-comma", "chapter") for _, n, _ in marks):
        return [line]
    last = {current.style: current.value} if current else {}
    behind: dict[tuple[str, int], int] = {}  # (style, value) → the last mark that has them, pieces left out
    for k, (_, number, before) in enumerate(marks):
        if before not in ";:":
            behind[number.style, number.value] = k
    cuts: list[int] = []
    begun = current.end if current else 0
    for k, (at, number, _) in enumerate(marks):
        if _begins_item(text, marks[k], k, behind, current, last, begun, bool(cuts)):
            cuts.append(at)
            last = {s: v for s, v in last.items() if _rank(s) < number.rank} | {number.style: number.value}
            current, begun = number, at + number.end
    if not cuts:
        return [line]
    edges = [0, *cuts, len(text)]
    pieces = [line.cut(a, b) for a, b in itertools.pairwise(edges)]
    return [piece for piece in pieces if piece.text]


def _marks(text: str) -> list[tuple[int, Number, str]]:
    """Places where an item may begin inside a line: (index, number, character before)."""
    places = {m.end() for m in _INNER.finditer(text)} | {m.start() for m in _FIRST.finditer(text, 2, _HEADING + 12)}
    found = []
    for at in sorted(places):
        number = match_number(text[at : at + 40])
        if number is not None and number.style in _PARTED and at:
            found.append((at, number, text[max(0, at - 20) : at].rstrip()[-1:]))
    return found


def _begins_item(
    text: str,
    mark: tuple[int, Number, str],
    k: int,
    behind: dict[tuple[str, int], int],
    current: Number | None,
    last: dict[str, int],
    begun: int,
    parted: bool,
) -> bool:
    at, number, before = mark
    if before in ";" or _open_bracket(text, at):
        return False
    followed = behind.get((number.style, 2), -1) > k
    if current is None:  # 一、 二、 三、 in one paragraph that lost all its breaks
        third = behind.get((number.style, 3), -1) > k
        return number.value == 1 and number.style in ("han-comma", "chapter") and followed and third
    if number.style == current.style:
        return number.value == current.value + 1 and before not in ":"
    if number.rank < current.rank:
        return parted and last.get(number.style) == number.value - 1 and before not in ":"
    heading = text[begun:at] if at - begun <= _HEADING + 20 else "。"
    behind_heading = 2 <= len(heading.strip()) <= _HEADING and not any(c in heading for c in "。;:")
    chapter = current.style in ("chapter", "chapter-section", "han-comma")
    return number.value == 1 and followed and (behind_heading and chapter or parted and before in "。")


def _open_bracket(text: str, at: int) -> bool:
    """Whether a bracket that was opened shortly before is still open; one that never closes hides no later item."""
    depth = 0
    for c in reversed(text[max(0, at - _HEADING * 2) : at]):
        depth += (c == "(") - (c == ")")
        if depth > 0:
            return True
    return False


def _rank(style: str) -> int:
    return next(s.rank for s in styles() if s.name == style)


# ---------------------------------------------------------------- numbers that only a run of them shows


def _add_loose(style: Style, lines: Sequence[Line], numbers: list[Number | None]) -> None:
    """Numbers in a form that text takes too (一 加强…, 1.1 目标, a) …), where each follows the one before it."""
    assert style.loose is not None
    found: list[tuple[int, Number, bool]] = []  # (line, number, certain)
    for i, line in enumerate(lines):
        known = numbers[i]
        if known is not None:
            if known.style == style.name:
                found.append((i, known, True))
            continue
        if line.text[0] not in _FIRSTS[style.kind] or len(line.text) < 3:
            continue
        match = style.loose.match(line.text)
        number = style.read(line.text, 0, match) if match else None
        if number is not None and number.end < len(line.text):
            found.append((i, number, False))
    if all(certain for *_, certain in found):
        return
    run: list[tuple[int, Number, bool]] = []
    for i, number, certain in found:
        if run and _follows(style, run[-1][1], number):
            run.append((i, number, certain))
        else:
            _keep(run, numbers)
            run = [(i, number, certain)] if certain or number.value == 1 else []
    _keep(run, numbers)


_FIRSTS = {
    "han": frozenset("一二三四五六七八九十("),
    "arabic": frozenset("0123456789"),
    "decimal": frozenset("0123456789"),
    "latin": frozenset("(abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
}


def _follows(style: Style, above: Number, number: Number) -> bool:
    if style.kind != "decimal":
        return number.value == above.value + 1
    a, b = ([int(p) for p in n.shown.split(".")] for n in (above, number))
    return a[:-1] == b[:-1] and b[-1] == a[-1] + 1 or b[-1] == 1 and b[0] == a[0] + 1


def _keep(run: list[tuple[int, Number, bool]], numbers: list[Number | None]) -> None:
    # A figure before a word is a number of chapters only where three of them count, or 1.1 stands below 1.
    certain = len(run) >= 3 or len(run) == 2 and (run[0][1].style != "arabic-bare" or _decimals(numbers))
    if certain and run[0][1].value == 1:
        for i, number, _ in run:
            numbers[i] = number


def _decimals(numbers: Sequence[Number | None]) -> bool:
    return any(n is not None and n.style in ("decimal-2", "decimal-3") for n in numbers)
