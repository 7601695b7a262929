"""Rules of a page → the grids of its tables, merged cells found by the rules that are not there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.read.pdf.pages import Glyph, Page, Rule

_NEAR = 3.0  # points: rules that miss each other by less are meant to meet; double rules are as far apart
_COVER = 0.6  # of an edge that a rule must cover to part two cells
# What is more than this on one page is a drawing, not a table.
_MOST_CELLS = 5_000
_MOST_GRIDS = 50
_MOST_CROSSINGS = 30_000


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a grid; rows and columns count from 0, half-open."""

    row0: int
    row1: int
    column0: int
    column1: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table or box of one page."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[Box, ...]  # by row, then column

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1


def find_grids(page: Page) -> tuple[list[Grid], list[Rule]]:
    """The grids of a page from the top down, and the rules that belong to none (underlines, the rule of footnotes).

    A frame around the whole page is no grid, nor is a box around other grids.
    """
    across = _merged([r for r in page.rules if r.x1 - r.x0 >= r.y1 - r.y0])
    down = _merged([Rule(r.y0, r.x0, r.y1, r.x1) for r in page.rules if r.x1 - r.x0 < r.y1 - r.y0])
    down = [Rule(r.y0, r.x0, r.y1, r.x1) for r in down]
    if len(across) * len(down) > _MOST_CROSSINGS:
        return [], []
    grids: list[Grid] = []
    free: list[Rule] = []
    for horizontal, vertical in _components(across, down):
        grid = _grid(horizontal, vertical)
        if grid is None:
            free += horizontal
        elif len(grid.boxes) > 1 or grid.area < 0.55 * page.width * page.height:
            grids.append(grid)
    if len(grids) > _MOST_GRIDS:
        return [], free
    grids = [g for g in grids if len(g.boxes) > 1 or not any(o is not g and g.holds(o.xs[0], o.ys[0]) for o in grids)]
    grids.sort(key=lambda g: (g.ys[0], g.xs[0]))
    return grids, free


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Horizontal rules with the pieces of one put together (Word draws a border cell by cell)."""
    levels: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: (r.y0, r.x0)):
        if levels and rule.y0 - levels[-1][0].y0 <= 1.0:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    found = []
    for level in levels:
        level.sort(key=lambda r: r.x0)
        x0, x1, y = level[0].x0, level[0].x1, level[0].y0
        for rule in level[1:]:
            if rule.x0 - x1 <= _NEAR:
                x1 = max(x1, rule.x1)
            else:
                found.append(Rule(x0, y, x1, y))
                x0, x1 = rule.x0, rule.x1
        found.append(Rule(x0, y, x1, y))
    return found


def _components(across: Sequence[Rule], down: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rules that touch each other, over whatever others, together."""
    parent = list(range(len(across) + len(down)))

    def top(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    order = sorted(range(len(across)), key=lambda n: across[n].y0)
    levels = [across[n].y0 for n in order]
    for k, v in enumerate(down, len(across)):
        own = k
        for n in order[bisect_left(levels, v.y0 - _NEAR) : bisect_right(levels, v.y1 + _NEAR)]:
            if across[n].x0 - _NEAR <= v.x0 <= across[n].x1 + _NEAR and parent[n] != own:
                parent[own] = own = top(n)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for n, rule in enumerate([*across, *down]):
        groups[top(n)][n >= len(across)].append(rule)
    return [groups[key] for key in sorted(groups)]


def _positions(values: Iterable[float]) -> list[float]:
    """Positions with those that are meant to be the same put together."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= _NEAR and value - found[-1][0] <= 2 * _NEAR:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


def _grid(across: Sequence[Rule], down: Sequence[Rule]) -> Grid | None:
    if len(across) < 2 or not down:
        return None
    ys = _positions(r.y0 for r in across)
    xs = _positions(r.x0 for r in down)
    # Tables open at their sides: the horizontal rules reach beyond the outermost vertical ones.
    left, right = sorted(r.x0 for r in across), sorted(r.x1 for r in across)
    if xs[0] - left[len(left) // 2] > 12:
        xs.insert(0, left[len(left) // 2])
    if right[len(right) // 2] - xs[-1] > 12:
        xs.append(right[len(right) // 2])
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns > _MOST_CELLS:
        return None
    below = _cover([(r.y0, r.x0, r.x1) for r in across], ys, xs)  # [line of ys][column]
    beside = _cover([(r.x0, r.y0, r.y1) for r in down], xs, ys)  # [line of xs][row]
    return Grid(tuple(xs), tuple(ys), tuple(_boxes(xs, ys, below, beside)))


def _cover(
    rules: Iterable[tuple[float, float, float]], lines: Sequence[float], steps: Sequence[float]
) -> list[list[bool]]:
    """Whether a rule at each line covers each step between the crossing lines."""
    covered = [[0.0] * (len(steps) - 1) for _ in lines]
    for at, begin, end in rules:
        line = min(range(len(lines)), key=lambda n: abs(lines[n] - at))
        first = max(bisect_left(steps, begin) - 1, 0)
        for n in range(first, len(steps) - 1):
            if steps[n] > end:
                break
            covered[line][n] += max(0.0, min(end, steps[n + 1]) - max(begin, steps[n]))
    return [[c >= _COVER * (steps[n + 1] - steps[n]) for n, c in enumerate(row)] for row in covered]


def _boxes(
    xs: Sequence[float], ys: Sequence[float], below: Sequence[Sequence[bool]], beside: Sequence[Sequence[bool]]
) -> list[Box]:
    """The cells: places of the grid with no rule between them are one, as far as they make a rectangle."""
    rows, columns = len(ys) - 1, len(xs) - 1
    taken = [[False] * columns for _ in range(rows)]
    boxes = []
    for row in range(rows):
        for column in range(columns):
            if taken[row][column]:
                continue
            column1 = column + 1
            while column1 < columns and not beside[column1][row] and not taken[row][column1]:
                column1 += 1
            row1 = row + 1
            while row1 < rows and _is_open(row1, column, column1, below, beside, taken):
                row1 += 1
            for r in range(row, row1):
                for c in range(column, column1):
                    taken[r][c] = True
            boxes.append(Box(row, row1, column, column1, xs[column], ys[row], xs[column1], ys[row1]))
    return boxes


def _is_open(
    row: int,
    column0: int,
    column1: int,
    below: Sequence[Sequence[bool]],
    beside: Sequence[Sequence[bool]],
    taken: Sequence[Sequence[bool]],
) -> bool:
    """Whether nothing parts a row's places from those above, nor from each other."""
    return not any(below[row][c] or taken[row][c] for c in range(column0, column1)) and not any(
        beside[c][row] for c in range(column0 + 1, column1)
    )


def place_glyphs(grids: Sequence[Grid], glyphs: Iterable[Glyph]) -> tuple[list[dict[int, list[Glyph]]], list[Glyph]]:
    """The glyphs of each grid by the number of their box, and those that stand outside."""
    inside: list[dict[int, list[Glyph]]] = [defaultdict(list) for _ in grids]
    outside: list[Glyph] = []
    where = [
        {(r, c): n for n, b in enumerate(g.boxes) for r in range(b.row0, b.row1) for c in range(b.column0, b.column1)}
        for g in grids
    ]
    order = sorted(range(len(grids)), key=lambda n: grids[n].area)  # the innermost first
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - 0.35 * glyph.size
        for n in order:
            grid = grids[n]
            if grid.holds(x, y):
                row = min(max(bisect_left(grid.ys, y) - 1, 0), len(grid.ys) - 2)
                column = min(max(bisect_left(grid.xs, x) - 1, 0), len(grid.xs) - 2)
                inside[n][where[n][row, column]].append(glyph)
                break
        else:
            outside.append(glyph)
    return inside, outside
