"""Paragraphs and tables put together into the text that all offsets refer to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Cell, Finding, Mark, Span, Table


@dataclass(frozen=True, slots=True)
class Reading:
    """What a format's reader found; `kg.read.files` makes it a `Source`."""

    text: str
    encoding: str
    tables: tuple[Table, ...] = ()
    marks: tuple[Mark, ...] = ()
    asides: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class DraftCell:
    """A cell before its text has a place; `paragraphs` may be empty."""

    row: int
    column: int
    paragraphs: tuple[str, ...]
    row_span: int = 1
    column_span: int = 1


class Composer:
    """Collects paragraphs in reading order: one line each, blanks at their ends and empty ones left out.

    >>> page = Composer()
    >>> page.paragraph("一、总体要求", level=1)
    Span(start=0, end=6)
    >>> page.table([DraftCell(0, 0, ("任务",)), DraftCell(0, 1, ("牵头单位",))])
    Span(start=7, end=14)
    >>> reading = page.finish("utf-8")
    >>> reading.text, [c.spans[0].cut(reading.text) for c in reading.tables[0].cells]
    ('一、总体要求\\n任务\\t牵头单位\\n', ['任务', '牵头单位'])
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._tables: list[Table] = []
        self._marks: list[Mark] = []
        self._asides: list[Span] = []
        self._findings: list[Finding] = []

    def _write(self, text: str) -> Span:
        span = Span(self._length, self._length + len(text))
        self._pieces.append(text)
        self._length = span.end
        return span

    def paragraph(self, text: str, level: int | None = None) -> Span | None:
        """Adds a paragraph (its line breaks make lines); `level` marks a heading, 0 the document's title."""
        lines = [line.strip() for line in re.split(r"[\n\r\v\f\x85\u2028\u2029]+", text)]
        span = None
        for line in lines:
            if not line:
                continue
            own = self._write(line)
            self._write("\n")
            span = Span(span.start, own.end) if span else own
        if span and level is not None:
            self._marks.append(Mark(span, level))
        return span

    def aside(self, text: str) -> Span | None:
        """Adds a footnote or the like."""
        span = self.paragraph(text)
        if span:
            self._asides.append(span)
        return span

    def table(self, cells: list[DraftCell]) -> Span | None:
        """Adds a table; None where none of its cells holds a word."""
        cells = sorted(cells, key=lambda c: (c.row, c.column))
        if not any(p.strip() for c in cells for p in c.paragraphs):
            return None
        start, placed, row = self._length, [], None
        for cell in cells:
            if row is not None:
                self._write("\t" if cell.row == row else "\n")
            row = cell.row
            spans: list[Span] = []
            for paragraph in cell.paragraphs:
                text = re.sub(r"[\t\n\r\v\f\x85\u2028\u2029]+", " ", paragraph).strip()
                if text:
                    if spans:
                        self._write("\n")
                    spans.append(self._write(text))
            placed.append(Cell(cell.row, cell.column, tuple(spans), cell.row_span, cell.column_span))
        span = Span(start, self._length)
        self._write("\n")
        rows = max(c.row + c.row_span for c in cells)
        columns = max(c.column + c.column_span for c in cells)
        self._tables.append(Table(span, rows, columns, tuple(placed)))
        return span

    def finding(self, finding: Finding) -> None:
        """Adds something odd that the reader met."""
        self._findings.append(finding)

    def finish(self, encoding: str, url: str | None = None) -> Reading:
        """The text and the places of what was added."""
        return Reading(
            "".join(self._pieces),
            encoding,
            tuple(self._tables),
            tuple(self._marks),
            tuple(self._asides),
            tuple(self._findings),
            url,
        )
