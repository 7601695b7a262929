"""The grid of a table in DOCX: merged cells, rows that begin late, columns that drifted apart.

Source: ISO/IEC 29500-1, 17.4 (gridSpan, vMerge, hMerge, gridBefore, tblGrid).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lxml import etree

from kg.read.blocks import Block, CellBlock, TableBlock
from kg.read.docx.styles import W, whole_number

_MOST_COLUMNS = 256  # Word knows 63; what says more is no table
_SLIVER = 120  # twentieths of a point, two millimetres: no column of a character's breadth is narrower


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as the file has it: every row names all of its cells, merged ones too."""

    start: int  # first column of the table's grid
    span: int
    merge: str  # "restart", "continue" or ""
    blocks: tuple[Block, ...]


def place_cell(cell: etree._Element, start: int) -> tuple[int, str]:
    """How many columns of the grid a cell takes, and its part in a vertical merge."""
    properties = cell.find(W + "tcPr")
    if properties is None or start >= _MOST_COLUMNS:
        return 1, ""
    span = whole_number(properties.find(W + "gridSpan"), 1)
    merge = properties.find(W + "vMerge")
    kind = "" if merge is None else merge.get(W + "val", "continue")
    return max(1, min(span, _MOST_COLUMNS - start)), kind


def continues_left(cell: etree._Element) -> bool:
    """Whether a cell is the continuation of the one before it (the old hMerge)."""
    merge = cell.find(f"{W}tcPr/{W}hMerge")
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def skipped_columns(row: etree._Element) -> int:
    """The columns of the grid before a row's first cell."""
    return min(max(whole_number(row.find(f"{W}trPr/{W}gridBefore"), 0), 0), _MOST_COLUMNS)


def find_slivers(table: etree._Element) -> frozenset[int]:
    """The columns of the grid that are too narrow for a character: two edges meant as one, drawn beside each other."""
    widths = [whole_number(c, _SLIVER, "w") for c in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    return frozenset(i for i, w in enumerate(widths) if 0 < w < _SLIVER)


def arrange(rows: Sequence[Sequence[RawCell]], slivers: frozenset[int] = frozenset()) -> TableBlock:
    """The table that a reader sees: merged cells once, columns where cells begin.

    Where all rows (but those of a single cell) have the same number of cells, these are its columns, wherever their
    edges lie: drawn by hand, edges drift. Else a column begins where some cell begins; a sliver is no column.

    >>> cell = lambda start, span=1, merge="": RawCell(start, span, merge, ())
    >>> [(c.row, c.column, c.row_span) for c in arrange([[cell(0, 1, "restart"), cell(1)], [cell(0, 2, "continue"), cell(2)]]).cells]
    [(0, 0, 2), (0, 1, 1), (1, 1, 1)]
    """
    rows = [row for row in rows if row]
    counts = {len(row) for row in rows if len(row) > 1}
    width = max((c.start + c.span for row in rows for c in row), default=1)
    if len(counts) == 1 and all(row[0].start == 0 for row in rows):
        count = counts.pop()
        rows = [
            [replace(c, start=i, span=1) for i, c in enumerate(row)]
            if len(row) > 1
            else [replace(row[0], span=count if row[0].span > 1 or width == 1 else 1)]
            for row in rows
        ]
        edges, slivers = list(range(count)), frozenset()
    else:
        edges = sorted({_snap(c.start, slivers) for row in rows for c in row})
    placed: list[CellBlock] = []
    open_cells: dict[int, int] = {}  # column → place in `placed` of the merged cell above
    for number, row in enumerate(rows):
        below: dict[int, int] = {}
        for cell in row:
            first = bisect_left(edges, _snap(cell.start, slivers))
            span = max(bisect_left(edges, _snap(cell.start + cell.span, slivers)) - first, 1)
            if cell.merge == "continue" and first in open_cells:
                at = open_cells[first]
                placed[at] = replace(placed[at], row_span=number - placed[at].row + 1)
            else:
                at = len(placed)
                placed.append(CellBlock(number, first, cell.blocks, 1, span))
            if cell.merge:
                below[first] = at
        open_cells = below
    return TableBlock(tuple(placed))


def _snap(edge: int, slivers: frozenset[int]) -> int:
    while edge - 1 in slivers and edge > 1:
        edge -= 1
    return edge
