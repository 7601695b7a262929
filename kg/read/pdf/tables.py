"""Tables of pages → whole tables: over page breaks, without repeated headings, with rows cut in two put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kg.read.blocks import CellBlock, Paragraph, TableBlock
from kg.read.pdf.grids import Grid
from kg.read.pdf.lines import Line, glue, in_frame
from kg.read.pdf.paragraphs import cell_frame, has_ended, is_full, join_cell

_PADDING = 6.0  # points at most between a cell's rule and its text; Word has 5.4
_SAME_X = 6.0  # points that the same column may be off on the next page
_MOST_HEAD_ROWS = 5
_COUNTED = re.compile(r"[(（]?[\d一二三四五六七八九十]{1,4}[)）.、．]?")
CONTINUED = re.compile(
    r"[（(]?\s*(?:续\s*(?:上\s*)?(?:表|页)?|(?:接|上接)上?[页表])\s*\d{0,3}\s*[)）]?[:：]?|表\s*[\d\-.－—]{1,6}\s*[（(]?续[)）]?.{0,30}|.{0,30}[（(]续表?[)）]"
)


@dataclass(frozen=True)
class Piece:
    """The part of a table that one page shows."""

    page: int
    grid: Grid
    cells: tuple[tuple[Line, ...], ...]  # the lines of each box of the grid

    @cached_property
    def words(self) -> dict[tuple[int, int, int, int], str]:
        """What each place of the grid says, without blanks: (row, rows, column, columns) → text."""
        return {
            (b.row0, b.row1, b.column0, b.column1): re.sub(r"\s+", "", "".join(m.text for m in lines))
            for b, lines in zip(self.grid.boxes, self.cells, strict=True)
        }

    @property
    def is_box(self) -> bool:
        """Whether it is a frame around text, not a table: one column."""
        return len(self.grid.xs) == 2


def make_piece(page: int, grid: Grid, cells: Sequence[Sequence[Line]]) -> Piece:
    """The lines of a grid's cells with the text area that each cell leaves."""
    pads = [
        min(line.x0 - box.x0, box.x1 - line.x1) for box, lines in zip(grid.boxes, cells, strict=True) for line in lines
    ]
    padding = max(0.0, min([_PADDING, *(p for p in pads if p > -1)]))
    return Piece(
        page,
        grid,
        tuple(
            tuple(in_frame(lines, cell_frame(box.x0, box.x1, padding)))
            for box, lines in zip(grid.boxes, cells, strict=True)
        ),
    )


def continues(above: Piece, below: Piece) -> bool:
    """Whether a table that begins a page goes on with the one that ended the page before."""
    if above.is_box or below.is_box or below.page != above.page + 1:
        return False
    a, b = above.grid.xs, below.grid.xs
    if len(a) == len(b):
        # The margins of left and right pages may differ: what counts is how wide the columns are.
        return all(abs((p - a[0]) - (q - b[0])) <= _SAME_X * 1.5 for p, q in zip(a, b, strict=True))
    if abs((a[-1] - a[0]) - (b[-1] - b[0])) > 2 * _SAME_X:
        return False
    few, many = sorted((a, b), key=len)
    return all(any(abs((p - few[0]) - (q - many[0])) <= _SAME_X for q in many) for p in few)


@dataclass(slots=True)
class _Cell:
    row0: int
    row1: int
    column0: int
    column1: int
    lines: list[Line]
    paragraphs: list[str]


def join_pieces(pieces: Sequence[Piece]) -> TableBlock:
    """The pieces of one table as one, rows counted through.

    Heading rows that every page repeats stand once. A row that the page break cut is put together again; a merged
    cell that goes on over the break spans both parts.
    """
    xs = _common_columns(pieces)
    whole = _Whole()
    for n, piece in enumerate(pieces):
        own = _cells(piece, xs)
        if n:
            skip = _same_head(pieces[0], piece)
            own = [replace(c, row0=c.row0 - skip, row1=c.row1 - skip) for c in own if c.row0 >= skip]
        whole.add(own)
    blocks = tuple(
        CellBlock(
            c.row0,
            c.column0,
            tuple(Paragraph(p) for p in c.paragraphs if p.strip()),
            c.row1 - c.row0,
            c.column1 - c.column0,
        )
        for c in sorted(whole.cells, key=lambda c: (c.row0, c.column0))
    )
    return TableBlock(blocks)


def _common_columns(pieces: Sequence[Piece]) -> list[float]:
    """Where columns begin on any page, from the table's left."""
    found = sorted(x - p.grid.xs[0] for p in pieces for x in p.grid.xs)
    xs: list[float] = []
    for x in found:
        if not xs or x - xs[-1] > _SAME_X:
            xs.append(x)
    return xs


def _cells(piece: Piece, xs: Sequence[float]) -> list[_Cell]:
    column = {x: min(range(len(xs)), key=lambda n, x=x: abs(xs[n] - (x - piece.grid.xs[0]))) for x in piece.grid.xs}
    return [
        _Cell(box.row0, box.row1, column[box.x0], column[box.x1], list(lines), join_cell(lines))
        for box, lines in zip(piece.grid.boxes, piece.cells, strict=True)
        if column[box.x0] < column[box.x1]
    ]


def _same_head(first: Piece, other: Piece) -> int:
    """How many rows at the top of a page repeat those at the top of the first page: their words, or none."""
    same = 0
    for row in range(min(_MOST_HEAD_ROWS, len(first.grid.ys) - 1, len(other.grid.ys) - 1)):
        mine = {k[1:]: v for k, v in first.words.items() if k[0] == row}
        theirs = {k[1:]: v for k, v in other.words.items() if k[0] == row}
        if [v for _, v in sorted(mine.items()) if v] != [v for _, v in sorted(theirs.items()) if v]:
            break
        if not any(theirs.values()) and row == 0:
            break
        same = row + 1
    # A cell merged over more rows than those belongs to the heading whole.
    while same and any(k[0] < same < k[1] for k in other.words):
        same -= 1
    return same


class _Whole:
    """The cells of all pages so far."""

    def __init__(self) -> None:
        self.cells: list[_Cell] = []
        self._rows = 0
        self._edge: list[_Cell] = []  # those that reach the last row
        self._merging: set[int] = set()  # columns in which cells are merged over rows

    def add(self, below: list[_Cell]) -> None:
        """Adds a page's cells below those of the pages before."""
        if not below:
            return
        self._merging |= {c.column0 for c in below if c.row1 - c.row0 > 1}
        last = {c: cell for cell in self._edge for c in range(cell.column0, cell.column1)}
        top = [c for c in below if c.row0 == 0]
        kept, shift = below, self._rows
        if _is_cut(top, last):
            # The row's two parts are one: what follows moves up by a row.
            shift -= 1
            kept = [c for c in below if c.row0 > 0] + [c for c in top if c.column0 not in last]
            for cell in top:
                upper = last.get(cell.column0)
                if upper is not None:
                    _append(cell, upper)
                    upper.row1 = max(upper.row1, cell.row1 + shift)  # it may be merged with rows below
        elif last:
            kept = []
            for cell in below:
                upper = last.get(cell.column0)
                if upper is not None and cell.row0 == 0 and _goes_on_merged(cell, upper, top, self._merging):
                    upper.row1 = cell.row1 + shift
                else:
                    kept.append(cell)
        added = [replace(c, row0=c.row0 + shift, row1=c.row1 + shift) for c in kept]
        self.cells += added
        self._rows = max(c.row1 for c in below) + shift
        self._edge = [c for c in (*self._edge, *added) if c.row1 == self._rows]


def _goes_on_merged(cell: _Cell, upper: _Cell, top: Sequence[_Cell], merging: set[int]) -> bool:
    """Whether an empty cell at the top of a page is the rest of a merged one: in its column others are merged too."""
    if cell.paragraphs or not upper.paragraphs or (upper.column0, upper.column1) != (cell.column0, cell.column1):
        return False
    if all(not c.paragraphs for c in top):
        return False
    return cell.column0 in merging or all(not c.paragraphs for c in top if c.column0 < cell.column0)


def _is_cut(top: Sequence[_Cell], last: dict[int, _Cell]) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before.

    It has no number of its own where rows are numbered, and in some cell a line that was full goes on.
    """
    filled = [c for c in top if c.paragraphs]
    if not filled or not last:
        return False
    pairs = [(c, last.get(c.column0)) for c in filled]
    if any(u is None or (u.column0, u.column1) != (c.column0, c.column1) for c, u in pairs):
        return False
    empty = [c for c in top if not c.paragraphs]
    counts = [c for c, _ in pairs if _COUNTED.fullmatch("".join(c.paragraphs))]
    if counts:
        return False
    going_on = [c for c, u in pairs if u is not None and u.lines and _is_left_open(u.lines[-1], c.lines[0])]
    upper_counts = any(
        u.paragraphs and _COUNTED.fullmatch("".join(u.paragraphs))
        for c in empty
        if (u := last.get(c.column0)) is not None and u.row1 - u.row0 == 1
    )
    if upper_counts:  # rows have numbers, and this one has none
        return True
    return bool(going_on) and (bool(empty) or len(going_on) == len(filled))


def _is_left_open(above: Line, below: Line) -> bool:
    return is_full(above, below) and not has_ended(above)


def _append(cell: _Cell, upper: _Cell) -> None:
    """Puts the rest of a cell below its first part, in the same paragraph if a full line goes on."""
    if not cell.paragraphs:
        return
    if upper.lines and cell.lines:
        a, b = upper.lines[-3:], cell.lines[:3]
        if len(join_cell([*a, *b])) < len(join_cell(a)) + len(join_cell(b)):
            upper.paragraphs[-1] += glue(upper.paragraphs[-1], cell.paragraphs[0]) + cell.paragraphs.pop(0)
    upper.paragraphs += cell.paragraphs
    upper.lines += cell.lines
