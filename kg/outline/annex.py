"""An annex that divides the work in numbered lines, behind a body that names nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.lexicon import rules
from kg.outline.lines import Line, Number
from kg.outline.statement_lines import STATEMENT_LABELS, may_end_stated
from kg.outline.tail import find_tail, is_annex

_FEWEST = 3  # items with a label that make a list of work
_NEAR = 6  # lines between the word 附件 and the first number: its title, a note on the order of bodies
_LABEL = re.compile("(?:" + "|".join(r"\s*".join(word) for word in STATEMENT_LABELS) + r")\s*[::]")


def find_annex(lines: Sequence[Line], numbers: Sequence[Number | None], body: int, tail: int) -> range:
    """The lines of an annex whose numbered items say who is responsible; empty where the body says so itself, or none does."""
    none = range(tail, tail)
    if any(_LABEL.search(line.text) or may_end_stated(line.text) for line in lines[body:tail]):
        return none
    annex = re.compile(rules("frame")["tail"]["annex"])
    for head in (i for i in range(tail, len(lines)) if is_annex(lines[i].text, annex)):
        start = next((i for i in range(head + 1, min(len(lines), head + 1 + _NEAR)) if numbers[i] is not None), None)
        first = numbers[start] if start is not None else None
        if start is None or first is None or first.value != 1:
            continue
        end = find_tail(lines, numbers, start)
        labelled = sum(numbers[i] is not None and _LABEL.search(lines[i].text) is not None for i in range(start, end))
        below = sum(
            numbers[i] is None and numbers[i - 1] is not None and _LABEL.match(lines[i].text) is not None
            for i in range(start + 1, end)
        )
        if labelled + below >= _FEWEST:
            return range(start, end)
    return none
