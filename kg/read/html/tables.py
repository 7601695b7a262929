"""Which tables of a page hold data, and what stands in their cells; the others only place things on the page."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from kg.read.composer import DraftCell
from kg.read.html.flow import Flow
from kg.read.html.tree import Element

_MOST_COLUMNS = 100
_LONG_CELL = 12  # lines: a cell with more of them, and most of the table's text, holds a document
_SENTENCE = re.compile("[。；！？]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell where it stands in its table's grid."""

    element: Element
    row: int
    column: int
    row_span: int
    column_span: int


def find_rows(table: Element) -> list[list[Element]]:
    """The cells of a table by row; those of tables within are not among them."""
    rows: list[list[Element]] = []
    waiting: list[Element] = [table]
    stray = False
    while waiting:
        element = waiting.pop()
        if element.tag in ("td", "th"):  # a cell that stands in no row
            if not stray:
                rows.append([])
            rows[-1].append(element)
            stray = True
        elif element.tag == "tr":
            rows.append(_find_cells(element))
            stray = False
        elif element is table or element.tag != "table":
            waiting += [c for c in reversed(element.children) if isinstance(c, Element)]
    return [row for row in rows if row]


def _find_cells(row: Element) -> list[Element]:
    cells: list[Element] = []
    waiting = [c for c in reversed(row.children) if isinstance(c, Element)]
    while waiting:
        element = waiting.pop()
        if element.tag in ("td", "th"):
            cells.append(element)
        elif element.tag not in ("table", "tr"):
            waiting += [c for c in reversed(element.children) if isinstance(c, Element)]
    return cells


def lay_out(table: Element) -> list[Cell]:
    """The cells of a table in its grid (HTML 4.9.12); no cell reaches below the last row."""
    rows = find_rows(table)
    busy: list[int] = [0] * _MOST_COLUMNS  # per column, the first row that is free again
    cells: list[Cell] = []
    for row, elements in enumerate(rows):
        column = 0
        for element in elements:
            while column < _MOST_COLUMNS and busy[column] > row:
                column += 1
            if column >= _MOST_COLUMNS:
                break
            width = min(max(_span(element.get("colspan")), 1), _MOST_COLUMNS - column)
            height = _span(element.get("rowspan"))
            height = min(height or len(rows), len(rows) - row)  # 0: to the last row
            cells.append(Cell(element, row, column, height, width))
            busy[column : column + width] = [row + height] * width
            column += width
    return cells


def _span(stated: str) -> int:
    return int(stated) if re.fullmatch(r"\s*\d{1,5}\s*", stated) else 1


def find_data_tables(flow: Flow) -> list[Element]:
    """The tables that hold data, in the order of the page; none stands in another.

    They have words in two rows and two columns at least, no document in a cell, and no such table within.
    """
    tables = [e for e in flow.root.walk() if e.tag == "table" and e.last > e.first]
    inner: dict[Element, list[Element]] = {}
    holding: set[Element] = set()
    around: set[Element] = set()  # tables that such a table stands in
    for table in reversed(tables):  # those within others come first
        within = inner.pop(table, [])
        if any(e in holding or e in around for e in within):
            around.add(table)
        elif _holds_data(table, within, flow):
            holding.add(table)
        if table.table:
            inner.setdefault(table.table, []).append(table)
    return [t for t in tables if t in holding]


def _holds_data(table: Element, inner: list[Element], flow: Flow) -> bool:
    if table.get("role") in ("presentation", "none"):
        return False
    # Said before the lines are looked at: tables nested deep would cost the square of their depth.
    if any(2 * (e.last - e.first) > table.last - table.first for e in inner):
        return False
    words = {c: [line.text for line in flow.within(c.element)] for c in lay_out(table)}
    filled = [c for c, lines in words.items() if lines]
    rows = {c.row for c in filled}
    if len(rows) < 2 or len({c.column for c in filled}) < 2:
        return False
    whole = sum(len(line) for lines in words.values() for line in lines)
    largest = max(words.values(), key=lambda lines: sum(map(len, lines)))
    is_document = sum(map(len, largest)) > 0.6 * whole
    if is_document and len(largest) > _LONG_CELL:
        return False
    head = [" ".join(words[c]) for c in filled if c.row == filled[0].row]
    headed = all(len(h) <= 30 and not _SENTENCE.search(h) for h in head)
    if headed and len(head) > 2 or any(c.element.tag == "th" for c in filled):
        return True
    if is_document and len(largest) > 2:
        return False
    return headed and len(head) > 1 or len(rows) > 2


def draft(table: Element, flow: Flow) -> tuple[list[str], list[DraftCell]]:
    """The lines of a table that stand in no cell (its caption), and its cells; columns without any word are left out."""
    cells = lay_out(table)
    inside: set[int] = set()
    for cell in cells:
        inside.update(range(cell.element.first, cell.element.last))
    loose = [flow.lines[i].text for i in range(table.first, table.last) if i not in inside and flow.lines[i].text]
    rows = sorted({c.row for c in cells if flow.within(c.element)})
    columns = sorted({c.column for c in cells if flow.within(c.element)})
    drafts = []
    for cell in cells:
        row, height = _place(cell.row, cell.row_span, rows)
        column, width = _place(cell.column, cell.column_span, columns)
        if height and width:
            words = tuple(line.text for line in flow.within(cell.element))
            drafts.append(DraftCell(row, column, words, height, width))
    return loose, drafts


def _place(start: int, span: int, kept: list[int]) -> tuple[int, int]:
    """Where an interval lies when only the kept rows or columns count, and how many of them it covers."""
    first = bisect_left(kept, start)
    return first, bisect_left(kept, start + span) - first
