"""One pass over the body of a DOCX file: its blocks in reading order, as printed.

Source: ISO/IEC 29500-1, 17.2 to 17.5 (story, paragraphs, runs, tables, content controls), 17.13.5 (revisions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from kg.read.blocks import Block, Paragraph
from kg.read.docx.numbering import Numbering, join_number
from kg.read.docx.runs import ALTERNATIVES, Runs, find_branch
from kg.read.docx.styles import Styles, W, is_on, outline_level
from kg.read.docx.tables import RawCell, arrange, continues_left, find_slivers, place_cell, skipped_columns
from kg.read.package import Package

_DEEPEST = 30  # tables and text boxes inside each other
_MOST_PARAGRAPHS = 100_000
_CONTENTS_TITLES = {"目录", "目次", "contents"}
_OPENED = {W + name for name in ("sdtContent", "customXml", "ins", "moveTo", "smartTag")}


@dataclass(slots=True)
class _Flow:
    """What a body, a cell, a text box or a note has given so far."""

    blocks: list[Block] = field(default_factory=list)
    held: list[str] = field(default_factory=list)  # printed paragraphs that go on in the next: their marks are hidden
    joined: list[str] = field(default_factory=list)  # words that are part of the next one: their marks are deleted
    level: int | None = None
    rows: list[list[RawCell]] = field(default_factory=list)  # of a table that may go on
    grid: tuple[int, frozenset[int]] = (0, frozenset())

    def end_table(self) -> None:
        if self.rows:
            self.blocks.append(arrange(self.rows, self.grid[1]))
            self.rows = []

    def drop_contents_title(self) -> None:
        """Takes 目录 away again, where what it was the title of is left out."""
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Paragraph) and re.sub(r"\s", "", last.text).lower() in _CONTENTS_TITLES:
            self.blocks.pop()


class Walk:
    """Reads the stories of a document: give it each once, in reading order, for lists are counted through all of them."""

    def __init__(self, package: Package, styles: Styles, numbering: Numbering, heed_fields: bool = True) -> None:
        self._package, self._styles, self._numbering = package, styles, numbering
        self._depth, self._left = 0, _MOST_PARAGRAPHS
        self.runs = Runs(styles, heed_fields)
        self.skipped = False  # a document in another format is embedded

    # ------------------------------------------------------------ blocks

    def blocks(self, story: etree._Element) -> list[Block]:
        """What a body, a cell, a text box or a note holds.

        Raises `InputError` where tables and text boxes lie in each other too deep, or there are more paragraphs than
        a plan has.
        """
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._package.fault(f"tables and text boxes lie in each other more than {_DEEPEST} deep")
        flow = _Flow()
        for child in _children(story):
            if child.tag == W + "tbl":
                self._add(flow, "", flow.level)
                self._table(child, flow)
                continue
            flow.end_table()
            if child.tag == W + "p":
                self._paragraph(child, flow)
            elif child.tag == W + "sdt":  # a table of contents
                flow.drop_contents_title()
            else:
                self.skipped = True
        flow.end_table()
        self._add(flow, "", flow.level)
        if self._depth == 1 and (self.runs.changed or self.runs.hidden):
            flow.blocks.append(self._new_paragraph("", None))
        self._depth -= 1
        return flow.blocks

    def _add(self, flow: _Flow, text: str, level: int | None) -> None:
        text = "".join([*flow.held, *flow.joined, text])
        flow.held, flow.joined, flow.level = [], [], None
        if text.strip():
            flow.blocks.append(self._new_paragraph(text, level))

    def _new_paragraph(self, text: str, level: int | None) -> Paragraph:
        paragraph = Paragraph(text, level, self.runs.changed, "".join(self.runs.hidden))
        self.runs.changed, self.runs.hidden = False, []
        return paragraph

    def _paragraph(self, element: etree._Element, flow: _Flow) -> None:
        self._left -= 1
        if self._left < 0:
            raise self._package.fault(
                f"the document has more than {_MOST_PARAGRAPHS:,} paragraphs", "give the plan without its data"
            )
        properties = element.find(W + "pPr")
        style = self._styles.id_of(properties)
        fields = self.runs.fields
        was_silent, fields.contents_began = fields.silent, False
        words, boxes = self.runs.read(element, self._styles.vanishes(style))
        of_contents = self._styles.is_contents(style)
        if fields.contents_began or of_contents:
            flow.drop_contents_title()
        if of_contents or (not words.strip() and (was_silent or fields.contents_began)):
            return
        mark = None if properties is None else properties.find(W + "rPr")
        deleted = hidden = False
        if mark is not None:
            deleted = mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None
            hidden = bool(is_on(mark.find(W + "vanish")))
            changed = deleted or mark.find(W + "ins") is not None or mark.find(W + "moveTo") is not None
            self.runs.changed = self.runs.changed or changed
        if deleted:
            flow.joined.append(words)
        elif not hidden or words.strip():
            words = self._numbered("".join([*flow.joined, words]), properties, style)
            flow.joined = []
            level = self._level(properties, style) if flow.level is None else flow.level
            if hidden:
                flow.held.append(words)
                flow.level = level
            else:
                self._add(flow, words, level)
        for box in boxes:
            if isinstance(box, str):
                self._add(flow, box, None)
            else:
                flow.blocks += self.blocks(box)

    def _numbered(self, words: str, properties: etree._Element | None, style: str) -> str:
        """The words with the automatic number before them; a bullet without words is nothing."""
        place = self._numbering.place(properties, style)
        if place is None:
            return words
        label, suffix = self._numbering.count(*place)
        if not words.strip() and not any(c.isalnum() for c in label):
            return ""
        return join_number(label, suffix, words.strip())

    def _level(self, properties: etree._Element | None, style: str) -> int | None:
        own = None if properties is None else properties.find(W + "outlineLvl")
        return self._styles.level(style) if own is None else outline_level(own)

    # ------------------------------------------------------------ tables

    def _table(self, element: etree._Element, flow: _Flow) -> None:
        """Reads a table; tables of as many columns with no paragraph between them print as one."""
        slivers = find_slivers(element)
        grid = (len(element.findall(f"{W}tblGrid/{W}gridCol")), slivers)
        if grid != flow.grid:
            flow.end_table()
        flow.grid = grid
        above: set[tuple[str, int]] = set()
        for row in _parts(element, W + "tr"):
            properties = row.find(W + "trPr")
            if properties is not None:
                if properties.find(W + "del") is not None:
                    self.runs.changed = True
                    continue
                if is_on(properties.find(W + "hidden")):
                    self.runs.hidden += [t.text or "" for t in row.iter(W + "t")]
                    continue
                self.runs.changed = self.runs.changed or properties.find(W + "ins") is not None
            cells, above = self._row(row, above)
            flow.rows.append(cells)

    def _row(self, row: etree._Element, above: set[tuple[str, int]]) -> tuple[list[RawCell], set[tuple[str, int]]]:
        """The cells of a row, and where cells may go on below; `above` says where those of the row above do."""
        cells: list[RawCell] = []
        below: set[tuple[str, int]] = set()
        start = skipped_columns(row)
        for place, cell in enumerate(_parts(row, W + "tc")):
            span, merge = place_cell(cell, start)
            if cells and continues_left(cell):
                last = cells[-1]
                cells[-1] = RawCell(last.start, last.span + span, last.merge, last.blocks)
            else:
                known = {("column", start), ("place", place)}
                if merge == "continue" and not known & above:
                    merge = "restart"  # it goes on from nothing: Word shows it as a cell of its own
                if merge:
                    below |= known
                # What stands in a cell that goes on from above is not shown, nor counted.
                gone = merge == "continue" or cell.find(f"{W}tcPr/{W}cellDel") is not None
                cells.append(RawCell(start, span, merge, () if gone else tuple(self.blocks(cell))))
            start += span
        return cells, below


def _children(story: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs, tables and embedded documents of a story, those inside of controls too; tables of contents as such."""
    for child in story:
        tag = child.tag
        if tag == W + "p" or tag == W + "tbl" or tag == W + "altChunk":
            yield child
        elif tag == W + "sdt":
            gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            if gallery is not None and gallery.get(W + "val") == "Table of Contents":
                yield child
            else:
                for content in child.iterfind(W + "sdtContent"):
                    yield from _children(content)
        elif tag in _OPENED:
            yield from _children(child)
        elif tag == ALTERNATIVES:
            branch = find_branch(child)
            yield from _children(branch) if branch is not child else ()


def _parts(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, those inside of controls too."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag == W + "sdt":
            for content in child.iterfind(W + "sdtContent"):
                yield from _parts(content, wanted)
        elif child.tag in _OPENED:
            yield from _parts(child, wanted)
        elif child.tag == ALTERNATIVES:
            branch = find_branch(child)
            yield from _parts(branch, wanted) if branch is not child else ()
