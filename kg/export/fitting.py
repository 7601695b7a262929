"""Tables for a terminal: as wide as it is, with characters that take two columns, nothing cut off."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from wcwidth import wcswidth, wcwidth

_GAP = 2  # columns between two columns of a table
_READABLE = 12  # what a column needs at least, if its cells are as wide
_HEADING = 8  # what a heading needs at least
_NARROWEST = 10
# Pieces between which a line may end. Chinese may be broken anywhere but before a closing and after an opening mark
# (GB/T 15834-2011, 5.1.10); a word, a number or an IRI only where it has to be.
_OPENING, _CLOSING = "“‘（《〈「『【([{<", "”’）》〉」』】)]}>。，、；：！？,.;:!?%…"
_PIECE = re.compile(r"\s+|[!-~]+|[^\s!-~]")


def screen_width(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> screen_width("区科协 12")
    9
    """
    width = wcswidth(text)
    return width if width >= 0 else sum(max(wcwidth(c), 0) for c in text)


def wrap(text: str, width: float, measure: Callable[[str], float] = screen_width) -> list[str]:
    """The text in lines of at most so many columns; every character but white space at an end of line is there.

    `measure` tells the width of a text in another unit than columns.

    >>> wrap("树立相信科学、可持续发展的思想观念", 14)
    ['树立相信科学、', '可持续发展的思', '想观念']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if measure(line + piece.rstrip()) <= width:
                line += piece
                continue
            if line.strip():
                lines.append(line.rstrip())
            line = ""
            for part in _cut(piece.lstrip(), width, measure):
                if line:
                    lines.append(line.rstrip())
                line = part
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> Iterable[str]:
    """What may not be parted: words, and marks with the character that they belong to."""
    held = ""
    for found in _PIECE.findall(text):
        if held and (held[-1] in _OPENING or (found[0] in _CLOSING and not held[-1].isspace())):
            held += found
        else:
            if held:
                yield held
            held = found
    if held:
        yield held


def _cut(text: str, width: float, measure: Callable[[str], float]) -> Iterable[str]:
    line, taken = "", 0.0
    for character in text:
        wide = measure(character)
        if line and taken + wide > width:
            yield line
            line, taken = "", 0.0
        line, taken = line + character, taken + wide
    if line:
        yield line


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table as text, and the headings of the columns that there was no room for."""

    text: str
    left_out: tuple[str, ...] = ()


def fit(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int, spare: Collection[int] = ()) -> Fitted:
    """A table that is at most `width` columns wide.

    Where it is too wide, first the columns at `spare` (of IRIs, say) and empty ones go; then long cells run over several lines; where
    even so no column would be readable, each row becomes a block of lines `heading  value`, of the cells that hold something.

    >>> print(fit(["规划", "任务"], [["东湖区全民科学素质行动规划纲要实施方案", "29"]], 24).text, end="")
    规划                任务
    ------------------  ----
    东湖区全民科学素质  29
    行动规划纲要实施方
    案
    """
    kept = list(range(len(heads)))
    natural = [_natural([heads[n], *(row[n] for row in rows)]) for n in kept]
    if _total(natural, kept) > width:
        said = [n for n in kept if not rows or any(row[n] for row in rows)]
        kept = [n for n in said if n not in spare] or kept
    left_out = tuple(heads[n] for n in range(len(heads)) if n not in kept and n in spare)
    if _total(natural, kept) <= width:
        return Fitted(_lined([heads[n] for n in kept], [[row[n] for n in kept] for row in rows]), left_out)
    # A heading may take several lines sooner than a cell.
    needed = [max(_natural(row[n] for row in rows), min(screen_width(heads[n]), _HEADING)) for n in kept]
    room = width - _GAP * (len(kept) - 1)
    if sum(min(need, _READABLE) for need in needed) > room:
        return Fitted(_blocks([heads[n] for n in kept], [[row[n] for n in kept] for row in rows], width), left_out)
    widths = _share(needed, [natural[n] for n in kept], room)
    wrapped = [["\n".join(wrap(row[n], w)) for n, w in zip(kept, widths, strict=True)] for row in rows]
    return Fitted(_lined(["\n".join(wrap(heads[n], w)) for n, w in zip(kept, widths, strict=True)], wrapped), left_out)


def _natural(cells: Iterable[str]) -> int:
    return max((screen_width(line) for cell in cells for line in cell.split("\n")), default=0)


def _total(natural: Sequence[int], kept: Sequence[int]) -> int:
    return sum(natural[n] for n in kept) + _GAP * (len(kept) - 1)


def _share(needed: Sequence[int], natural: Sequence[int], room: int) -> list[int]:
    """Widths that fill the room: what is readable, then more where a cell would have the most lines; then the headings."""
    widths = [min(need, _READABLE) for need in needed]
    left = room - sum(widths)
    while left and (narrow := [n for n, need in enumerate(needed) if widths[n] < need]):
        widths[max(narrow, key=lambda n: (needed[n] / widths[n], -n))] += 1
        left -= 1
    for n in sorted(range(len(widths)), key=lambda n: natural[n] - widths[n]):
        more = min(left, natural[n] - widths[n])
        widths[n], left = widths[n] + more, left - more
    return widths


def _lined(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    tall = any("\n" in cell for row in rows for cell in row)
    widths = [_natural([head, *(row[n] for row in rows)]) for n, head in enumerate(heads)]
    blank = [[""] * len(heads)] if tall else []
    lines = [*_row(heads, widths), (" " * _GAP).join("-" * width for width in widths)]
    for count, row in enumerate(rows):
        for part in [*(blank if count else []), row]:
            lines += _row(part, widths)
    return "".join(line + "\n" for line in lines)


def _row(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    parts = [cell.split("\n") for cell in cells]
    lines = []
    for k in range(max(map(len, parts), default=0)):
        shown = [part[k] if k < len(part) else "" for part in parts]
        padded = [text + " " * (width - screen_width(text)) for text, width in zip(shown, widths, strict=True)]
        lines.append((" " * _GAP).join(padded).rstrip())
    return lines


def _blocks(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> str:
    said = [n for n in range(len(heads)) if any(row[n] for row in rows)]
    margin = min(max((screen_width(heads[n]) for n in said), default=0), max(width // 3, 6))
    room = max(width - margin - _GAP, _NARROWEST)
    out = []
    for count, row in enumerate(rows, 1):
        out.append(f"-- {count} ".ljust(max(min(width, 40), 8), "-"))
        for n in said:
            if row[n]:
                names, values = wrap(heads[n], margin), wrap(row[n], room)
                for k in range(max(len(names), len(values))):
                    name = names[k] if k < len(names) else ""
                    value = values[k] if k < len(values) else ""
                    out.append((name + " " * (margin + _GAP - screen_width(name)) + value).rstrip())
    return "".join(line + "\n" for line in out)
