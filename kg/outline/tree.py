"""The lines of a plan's body hung into a tree by the styles of their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.lexicon import rank_of
from kg.outline.lines import Line, Number
from kg.outline.statement_lines import STATEMENT_LINE


@dataclass(slots=True)
class Draft:
    """A node while it is being built."""

    number: Number | None
    start: int  # of the number
    lines: list[tuple[str, Line]] = field(default_factory=list)  # ("text" | "statement", line); own words only
    children: list[Draft] = field(default_factory=list)
    restored: bool = False
    last: dict[str, int] = field(default_factory=dict)  # style → value of the last child that has it

    @property
    def style(self) -> str:
        return self.number.style if self.number else ""

    @property
    def value(self) -> int:
        return self.number.value if self.number else 0

    @property
    def rank(self) -> int:
        return self.number.rank if self.number else -1


def draft_tree(lines: Sequence[Line], numbers: Sequence[Number | None], lost: frozenset[int] = frozenset()) -> Draft:
    """The lines as a tree; unnumbered ones go to the node above them. `lost` are lines whose number is not in the text."""
    top = Draft(None, lines[0].start if lines else 0)
    path: list[Draft] = [top]
    counted: dict[str, int] = {}
    for i, (line, number) in enumerate(zip(lines, _nested(numbers), strict=True)):
        if number is None or _is_run_on(number, path, counted):
            open_bracket = path[-1].lines and _bracket_open(path[-1])
            kind = (
                "statement"
                if STATEMENT_LINE.match(line.text) or (_follows_statement(path[-1]) and _continues_list(line, path[-1]))
                else "text"
            )
            path[-1].lines.append(("text" if open_bracket else kind, line))
            continue
        own = Line(line.start + number.end, line.end, line.text[number.end :], line.level)
        node = Draft(number, line.start, [("text", own)] if own.text else [], restored=i in lost)
        path = _climb(path, number)
        path[-1].children.append(node)
        path[-1].last[number.style] = counted[number.style] = number.value
        path.append(node)
    return top


def _nested(numbers: Sequence[Number | None]) -> Sequence[Number | None]:
    """The numbers with the ranks that they have in this plan: where 1. holds (一) (二) again and again, (一) ranks below."""
    counted = [n for n in numbers if n is not None and n.style]
    inside: Counter[tuple[str, str]] = Counter()
    last: dict[str, int] = {}
    opened: dict[tuple[str, str], int] = {}
    broken: set[tuple[str, str]] = set()
    for above, number in zip([None, *counted], counted, strict=False):
        if above is not None and number.value == 1 and number.rank < above.rank:
            opened[above.style, number.style] = above.value
        for (outer, inner), value in list(opened.items()):
            if number.style == outer:
                if number.value == value + 1:
                    inside[outer, inner] += 1
                else:
                    broken.add((outer, inner))
                del opened[outer, inner]
        last[number.style] = number.value
    ranks = {number.style: number.rank for number in counted}
    lowered = {i: ranks[o] + 1 for (o, i), count in sorted(inside.items()) if count >= 2 and (o, i) not in broken}
    if not lowered:
        return numbers
    return [replace(n, rank=lowered[n.style]) if n is not None and n.style in lowered else n for n in numbers]


def _is_run_on(number: Number, path: list[Draft], counted: dict[str, int]) -> bool:
    """A lone number that starts no count and continues none is part of the text: 3.5万元…, (三)… in a sentence."""
    if number.style not in ("circled", "arabic-bracket", "arabic-half", "arabic-bracket-sign") or number.value <= 2:
        return False
    if counted.get(number.style) == number.value - 1:
        return False
    return not any(d.style == number.style or number.style in d.last for d in path)


def _bracket_open(node: Draft) -> bool:
    """Whether the last line of the node ends inside a bracket, so that the next line still belongs to it."""
    text = node.lines[-1][1].text
    return text.count("(") > text.count(")") and text.rfind("(") > text.rfind("。")


def _follows_statement(node: Draft) -> bool:
    return bool(node.lines) and node.lines[-1][0] == "statement"


def _continues_list(line: Line, node: Draft) -> bool:
    """A list of agencies that goes on in the next line: the line above ends with 、 or the line begins with one."""
    above = node.lines[-1][1].text
    return above.endswith(("、", ",", ":")) or line.text.startswith(("、", ","))


def _climb(path: list[Draft], number: Number) -> list[Draft]:
    """The path down to the parent of a node with this number."""
    boxed = rank_of()["box"]
    if number.style == "box":
        # A column stands beside the item behind which it is printed, inside what holds the item.
        while len(path) > 1 and (path[-1].rank >= boxed or path[-1].style and not path[-1].children):
            path = path[:-1]
        return path
    box = next((i for i, node in enumerate(path) if node.style == "box"), None)
    if box is not None:
        inside, outside = path[box].last.get(number.style), path[box - 1].last.get(number.style)
        goes_on_outside = outside is not None and number.value == outside + 1
        goes_on_inside = number.value == (inside or 0) + 1
        if goes_on_outside and not goes_on_inside:
            return path[:box]
    if number.style:
        for i, node in enumerate(path):
            if i and node.style == number.style and not (box is not None and i < box and number.rank > boxed):
                return path[:i]
    while len(path) > 1 and path[-1].rank >= number.rank:
        path = path[:-1]
    return path
