"""What a word processor's file holds, in reading order, and how it is put on the page.

The readers of DOCX and ODT give these blocks; here it is decided which tables hold data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.lexicon import rules
from kg.model import Finding, Span
from kg.read.composer import Composer, DraftCell, Reading

_LONG_CELL = 12  # paragraphs: a cell with more of them, and most of the table's text, holds a document
_MOST_COLUMNS, _MOST_PLACES = 256, 200_000  # no table of a plan has as many columns, nor rows by columns
_MOST_ORIGINAL = 2_000  # characters of hidden text that a finding quotes


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as printed, not empty; its line breaks are line feeds."""

    text: str
    level: int | None = None  # 0: the document's title; 1 to 9: headings
    changed: bool = False  # holds tracked changes
    hidden: str = ""  # what was left out of it


@dataclass(frozen=True, slots=True)
class CellBlock:
    """A cell; a merged one stands at its upper left corner."""

    row: int
    column: int
    blocks: tuple[Block, ...]
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table of whatever purpose."""

    cells: tuple[CellBlock, ...]  # by row, then column


Block = Paragraph | TableBlock


def compose(blocks: Sequence[Block], notes: Sequence[str], findings: Sequence[Finding] = ()) -> Reading:
    """The blocks as a `Reading`: running text, tables of data, the notes at the end as asides.

    Layout tables are dissolved into their contents; a table of labels and values (索引号, 成文日期) becomes a line a pair.
    Tracked changes and hidden text that the paragraphs tell of become one `Finding` each.
    """
    page = _Page()
    page.place(blocks)
    for note in notes:
        page.composer.aside(note)
    return page.finish(findings)


class _Page:
    def __init__(self) -> None:
        self.composer = Composer()
        self._tables: list[list[tuple[int, int, Paragraph]]] = []  # changed or hidden paragraphs of each data table
        self._changed: list[Span] = []
        self._hid: list[Span] = []
        self._was_changed = False
        self._hidden: list[str] = []

    def place(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._note(block, self.composer.paragraph(block.text, block.level))
            else:
                self._table(block)

    def _note(self, paragraph: Paragraph, span: Span | None) -> None:
        if paragraph.changed:
            self._was_changed = True
            self._changed += [span] if span else []
        if paragraph.hidden:
            self._hidden.append(paragraph.hidden)
            self._hid += [span] if span else []

    def _table(self, table: TableBlock) -> None:
        pairs = _metadata_pairs(table)
        if pairs:
            for label, value in pairs:
                self.composer.paragraph(f"{label}：{value}")
        elif not holds_data(table):
            for cell in table.cells:
                self.place(cell.blocks)
        else:
            self._data(table)

    def _data(self, table: TableBlock) -> None:
        drafts = [
            DraftCell(c.row, c.column, tuple(_lines(c.blocks)), c.row_span, c.column_span)
            for c in sorted(table.cells, key=lambda c: (c.row, c.column))
        ]
        if self.composer.table(drafts):
            odd = [(c.row, c.column, p) for c in table.cells for p in _paragraphs(c.blocks) if p.changed or p.hidden]
            self._tables.append(odd)

    def finish(self, findings: Sequence[Finding]) -> Reading:
        reading = self.composer.finish("utf-8")
        for table, odd in zip(reading.tables, self._tables, strict=True):
            place = {(c.row, c.column): c for c in table.cells}
            for row, column, paragraph in odd:
                spans = place[row, column].spans
                self._note(paragraph, Span(spans[0].start, spans[-1].end) if spans else None)
        found = list(findings)
        if self._was_changed:
            found.append(Finding("tracked-changes", "info", tuple(sorted(set(self._changed)))))
        if self._hidden:
            left_out = "\n".join(self._hidden)
            if len(left_out) > _MOST_ORIGINAL:
                left_out = f"{left_out[:_MOST_ORIGINAL]}… ({len(left_out)})"
            found.append(Finding("hidden-text", "info", tuple(sorted(set(self._hid))), original=left_out))
        return replace(reading, findings=tuple(found))


def holds_data(table: TableBlock) -> bool:
    """Whether a table holds data: words in two rows and two columns at least, no document in a cell, no such table within.

    >>> one = (Paragraph("专栏1 重点工程"),)
    >>> holds_data(TableBlock((CellBlock(0, 0, one), CellBlock(1, 0, one))))
    False
    """
    filled = [c for c in table.cells if any(p.text.strip() for p in _paragraphs(c.blocks))]
    rows, columns = {c.row for c in filled}, {c.column for c in filled}
    if len(rows) < 2 or len(columns) < 2:
        return False
    height, width = max(rows) + 1, max(columns) + 1
    if width > _MOST_COLUMNS or height * width > _MOST_PLACES:
        return False
    if any(isinstance(b, TableBlock) and holds_data(b) for c in filled for b in c.blocks):
        return False
    sizes = [[len(p.text) for p in _paragraphs(c.blocks)] for c in filled]
    whole = sum(map(sum, sizes))
    return not any(len(s) > _LONG_CELL and sum(s) > 0.6 * whole for s in sizes)


def texts(blocks: Iterable[Block]) -> Iterable[str]:
    """The texts of all paragraphs, those of tables too."""
    return (p.text for p in _paragraphs(blocks))


def _paragraphs(blocks: Iterable[Block]) -> Iterable[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in block.cells:
                yield from _paragraphs(cell.blocks)


def _lines(blocks: Iterable[Block]) -> Iterable[str]:
    """The lines of a cell; of a table in it, each row is a line."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from re.split(r"[\n\v\f\x85\u2028\u2029]+", block.text)
        else:
            rows: dict[int, list[str]] = {}
            for cell in block.cells:
                rows.setdefault(cell.row, []).append(" ".join(s for s in _lines(cell.blocks) if s))
            yield from (" ".join(words) for words in rows.values())


# ---------------------------------------------------------------- labels and values


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    return frozenset(label for field in rules("frame")["field"] for label in field["labels"])


def _metadata_pairs(table: TableBlock) -> list[tuple[str, str]]:
    """The pairs of a table of a document's metadata; none where it is another table."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        words = " ".join(s.strip() for s in _lines(cell.blocks)).strip()
        if words or len(rows.get(cell.row, ())) % 2:  # an empty cell counts as the value of a label
            rows.setdefault(cell.row, []).append(words)
    pairs, known = [], 0
    for words in rows.values():
        for label, value in zip(words[::2], [*words[1::2], ""], strict=False):
            bare = re.sub(r"\s+", "", label).rstrip(":：")
            known += bare in _labels()
            pairs.append((bare, value))
    return pairs if known >= 2 and known * 2 > len(pairs) else []
