"""A table as a grid, and what each of its columns holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.lexicon import rules
from kg.model import Cell, Source, Span, Table

_DEEPEST_HEADING = 3  # rows


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose heading was understood."""

    kind: str  # "division" or "indicators"
    table: Table
    columns: tuple[str, ...]  # the kind of each column, "" where unknown
    headings: tuple[str, ...]  # folded, white space dropped
    body: int  # first row below the heading
    place: dict[tuple[int, int], Cell]  # every place of the grid, merged cells at all of theirs

    def rows(self) -> Iterator[int]:
        yield from range(self.body, self.table.rows)

    def cells(self, row: int, kind: str) -> list[Cell]:
        """The cells of a row under headings of one kind, each once."""
        found = [self.place[row, c] for c, k in enumerate(self.columns) if k == kind and (row, c) in self.place]
        return list(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _kinds() -> list[tuple[str, re.Pattern[str]]]:
    return [(c["kind"], re.compile(c["pattern"])) for c in rules("tables")["column"]]


def column_kind(heading: str) -> str:
    """What a column holds by its heading, "" where the heading tells nothing.

    >>> [column_kind(h) for h in ("序号", "重点任务", "牵头单位", "责任单位", "完成时限", "2025年", "说说")]
    ['number', 'task', 'lead', 'duty', 'deadline', 'value', '']
    """
    return next((kind for kind, pattern in _kinds() if pattern.search(heading)), "")


def words(text: str, cell: Cell) -> str:
    """What a cell says, folded, white space dropped."""
    return "".join("".join(s.cut(text) for s in cell.spans).split())


def whole(cell: Cell) -> Span | None:
    """From the first to the last character of a cell."""
    return Span(cell.spans[0].start, cell.spans[-1].end) if cell.spans else None


def read_grids(text: str, source: Source) -> tuple[Grid, ...]:
    """The tables of a source whose headings say that they divide work or list indicators."""
    return tuple(g for table in source.tables if (g := read_grid(text, table)) is not None)


def read_grid(text: str, table: Table) -> Grid | None:
    """A table understood by its heading rows, or None where they tell of neither work nor indicators."""
    place = {
        (r, c): cell
        for cell in table.cells
        for r in range(cell.row, min(cell.row + cell.row_span, table.rows))
        for c in range(cell.column, min(cell.column + cell.column_span, table.columns))
    }
    best: tuple[int, Grid] | None = None
    for first in range(min(3, table.rows)):
        if _is_caption(table, place, first):
            continue
        # A heading cell over two rows says that the heading has two.
        deep = max(cell.row + cell.row_span - 1 for (r, _), cell in place.items() if r == first)
        deep = deep if deep < first + _DEEPEST_HEADING else first
        for last in range(deep, min(first + _DEEPEST_HEADING, table.rows)):
            grid = _with_heading(text, table, place, first, last)
            score = sum(bool(k) for k in grid.columns) - (last - first) if grid else -1
            if grid and (best is None or score > best[0]):
                best = score, grid
        if best:
            break
    return best[1] if best else None


def _is_caption(table: Table, place: dict[tuple[int, int], Cell], row: int) -> bool:
    """Whether one cell fills the row."""
    return len({place.get((row, c)) for c in range(table.columns)}) == 1


def _with_heading(text: str, table: Table, place: dict[tuple[int, int], Cell], first: int, last: int) -> Grid | None:
    if last + 1 >= table.rows:
        return None
    headings, kinds = [], []
    for column in range(table.columns):
        cells = list(dict.fromkeys(place[r, column] for r in range(first, last + 1) if (r, column) in place))
        parts = [words(text, cell) for cell in cells]
        if any(len(p) > 24 for p in parts):
            return None
        headings.append("".join(parts))
        kinds.append(next((k for p in reversed(parts) if (k := column_kind(p))), "") if parts else "")
    columns = tuple(kinds)
    if any(k in columns for k in ("lead", "duty", "support")) and any(
        k in columns for k in ("task", "category", "goal")
    ):
        kind = "division"
        # 责任单位 beside 指标 or 单位: not the unit of a number.
        columns = tuple(
            "duty" if k == "unit" and h in ("单位", "单位名称") else k for k, h in zip(columns, headings, strict=True)
        )
    elif "indicator" in columns and any(k in columns for k in ("value", "growth", "goal")):
        kind = "indicators"
        columns = tuple("unit" if k == "duty" and h == "单位" else k for k, h in zip(columns, headings, strict=True))
    else:
        return None
    return Grid(kind, table, columns, tuple(headings), last + 1, place)
