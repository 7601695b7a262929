"""The table of contents of a plan: its lines name the chapters, but are none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.item_numbers import Number
from kg.outline.lines import Line

_HEADING = re.compile(r"目\s*[录次](?:\s*CONTENTS)?|CONTENTS|Contents")
_PAGE = re.compile(r"(?:[.·…\-—_\s]{3,}|\t)\s*[\dⅠ-Ⅻivx]{1,4}$|[.·…]{6,}$")
_PAGE_DIGITS = "0123456789ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫivx"
_LONGEST = 60


def find_contents(lines: Sequence[Line], numbers: Sequence[Number | None]) -> tuple[int, int]:
    """The lines [a, b) of the table of contents; a == b where there is none.

    It goes from its heading (目录), or from its first entry, to where the first entry comes again, or its page numbers end.
    """
    bare = [_bare(line.text) if len(line.text) <= _LONGEST + 20 else "" for line in lines]
    last_of = {words: i for i, words in enumerate(bare) if words}
    for i, line in enumerate(lines):
        if len(line.text) <= 16 and _HEADING.fullmatch(line.text):
            end = _end(lines, bare, last_of, i + 1)
            if end > i + 1:
                return i, end
    # Without a heading: several numbered lines on end, or lines with page numbers, that all come again below.
    run = 0
    names: set[str] = set()
    for i, line in enumerate(lines):
        again = len(bare[i]) >= 4 and bare[i] not in names and _comes_again(bare[i], last_of, i, lines)
        entry = again and (numbers[i] is not None or bool(_PAGE.search(line.text)))
        run = run + 1 if entry else 0
        if run <= 1:
            names = set()
        names.add(bare[i])
        if run >= 2 and (i + 1 == len(lines) or not _comes_again(bare[i + 1], last_of, i + 1, lines)):
            return i + 1 - run, i + 1
    return 0, 0


def _bare(text: str) -> str:
    """An entry or heading without leader, page number and blanks."""
    if text[-1] in _PAGE_DIGITS:
        text = text.rstrip(_PAGE_DIGITS).rstrip(" \t.·…-—_") or text
    return "".join(text.rstrip(" \t.·…-—_").split())


def _comes_again(words: str, last_of: dict[str, int], i: int, lines: Sequence[Line]) -> bool:
    return last_of.get(words, -1) > i and len(lines[i].text) <= _LONGEST and "。" not in lines[i].text


def _end(lines: Sequence[Line], bare: Sequence[str], last_of: dict[str, int], first: int) -> int:
    """Behind the last entry."""
    end = first
    names = set()
    for i in range(first, len(lines)):
        text = lines[i].text
        if bare[i] in names or len(text) > _LONGEST + 40 or text.endswith(("。", ";")):
            break
        names.add(bare[i])
        if _PAGE.search(text) or _comes_again(bare[i], last_of, i, lines):
            end = i + 1
        elif i - end > 2:  # more than two lines on end that name nothing below: entries broken over lines do not
            break
    return end
