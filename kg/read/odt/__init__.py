"""OpenDocument text (ODT): the text as LibreOffice prints it, list numbers and tables included.

Left out as in DOCX: headers and footers, comments, deleted and hidden text, indexes and tables of contents.
Source: OpenDocument 1.3 part 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from kg.read.blocks import Block, CellBlock, Paragraph, TableBlock, compose, texts
from kg.read.composer import Reading
from kg.read.docx.numbering import join_number
from kg.read.odt.styles import DRAW, OFFICE, TABLE, TEXT, Count, OdtStyles, print_label, whole_number
from kg.read.package import Package

_DEEPEST = 30  # tables and frames inside each other
_MOST_PARAGRAPHS = 100_000
_MOST_COLUMNS = 256
_BLANKS = re.compile(r"[ \t\r\n]+")
_INDEXES = {
    TEXT + name
    for name in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
        "bibliography",
    )
}
_UNPRINTED = {TEXT + name for name in ("tracked-changes", "script", "note", "ruby-text", "number", "sequence-decls")}
_CONTENTS_TITLES = {"目录", "目次", "contents"}


def read(data: bytes, where: str) -> Reading:
    """The text of an OpenDocument text, with its tables of data, headings and notes.

    Raises `InputError` where the file is damaged, encrypted, no such document, too large, or holds no text.
    """
    package = Package(data, where)
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise package.fault("the file is protected by a password", "remove the password in an office program")
    content = package.xml("content.xml")
    body = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise package.fault("the file is no OpenDocument text", "save its text as .odt, .docx or .txt")
    walk = _Walk(package, OdtStyles(content, package.xml("styles.xml")), body)
    blocks = walk.blocks(body)
    reading = compose(blocks, walk.notes())
    if not reading.text.strip():
        raise package.fault("the document holds no text", "give the text of the plan; of pictures make text first")
    return reading


class _Walk:
    """One pass over the body in reading order."""

    def __init__(self, package: Package, styles: OdtStyles, body: etree._Element) -> None:
        self._package, self._styles = package, styles
        self._depth, self._left = 0, _MOST_PARAGRAPHS
        self._pieces: list[str] = []
        self._boxes: list[etree._Element] = []
        self._hiding = False
        self._hidden: list[str] = []
        self._changed = False
        self._open_changes: set[str] = set()
        self._noted: list[etree._Element] = []
        self._outline = Count()
        self._counts: dict[str, Count] = {}  # by xml:id
        self._latest: dict[str, Count] = {}  # by list style
        # Changes of mere formatting are none of the text.
        self._revisions = {
            region.get(TEXT + "id", "") or region.get("{http://www.w3.org/XML/1998/namespace}id", "")
            for changes in body.iterchildren(TEXT + "tracked-changes")
            for region in changes
            if region.find(TEXT + "insertion") is not None or region.find(TEXT + "deletion") is not None
        }

    # ------------------------------------------------------------ blocks

    def blocks(self, story: etree._Element) -> list[Block]:
        """What a body, a cell, a frame or a note holds.

        Raises `InputError` where tables and frames lie in each other too deep, or there are more paragraphs than a
        plan has.
        """
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._package.fault(f"tables and frames lie in each other more than {_DEEPEST} deep")
        blocks: list[Block] = []
        self._into(story, blocks)
        if self._depth == 1 and (self._changed or self._hidden):
            blocks.append(self._new_paragraph("", None))
        self._depth -= 1
        return blocks

    def _into(self, story: etree._Element, blocks: list[Block]) -> None:
        for child in story:
            tag = child.tag
            if tag == TEXT + "p" or tag == TEXT + "h":
                self._paragraph(child, blocks, self._heading_number(child))
            elif tag == TEXT + "list":
                self._list(child, blocks, "", 1, None)
            elif tag == TEXT + "numbered-paragraph":
                self._numbered(child, blocks)
            elif tag == TABLE + "table":
                blocks.append(self._table(child))
            elif tag == TEXT + "section":
                if self._styles.section_hides(child):
                    self._hide(child)
                else:
                    self._into(child, blocks)
            elif tag in _INDEXES:
                last = blocks[-1] if blocks else None
                if isinstance(last, Paragraph) and re.sub(r"\s", "", last.text).lower() in _CONTENTS_TITLES:
                    blocks.pop()
            elif tag in (TEXT + "change", TEXT + "change-start", TEXT + "change-end"):
                self._change(child)
            elif tag.startswith(DRAW):
                for box in _boxes(child):
                    blocks += self.blocks(box)

    def _hide(self, element: etree._Element) -> None:
        self._hidden.append("".join(element.itertext(TEXT + "p", TEXT + "h", TEXT + "span", TEXT + "a")))

    def _new_paragraph(self, text: str, level: int | None) -> Paragraph:
        paragraph = Paragraph(text, level, self._changed or bool(self._open_changes), "".join(self._hidden))
        self._changed, self._hidden = False, []
        return paragraph

    def _paragraph(self, element: etree._Element, blocks: list[Block], number: tuple[str, str] | None) -> None:
        self._left -= 1
        if self._left < 0:
            raise self._package.fault(
                f"the document has more than {_MOST_PARAGRAPHS:,} paragraphs", "give the plan without its data"
            )
        style = element.get(TEXT + "style-name", "")
        outer = self._pieces, self._boxes, self._hiding
        self._pieces, self._boxes, self._hiding = [], [], self._styles.hides("paragraph", style)
        if any(h.get(TEXT + "is-hidden") == "true" for h in element.iterchildren(TEXT + "hidden-paragraph")):
            self._hiding = True
        hides = self._hiding
        self._inline(element)
        words, boxes = "".join(self._pieces), self._boxes
        self._pieces, self._boxes, self._hiding = outer
        if hides and not words.strip():
            return
        label, suffix = number or ("", "")
        if words.strip() or any(c.isalnum() for c in label):
            words = join_number(label, suffix, words.strip())
        if words.strip():
            level = self._styles.level(style)
            if element.tag == TEXT + "h":
                level = min(max(whole_number(element, TEXT + "outline-level", 1), 1), 9)
            blocks.append(self._new_paragraph(words, level))
        for box in boxes:
            blocks += self.blocks(box)

    # ------------------------------------------------------------ numbers

    def _heading_number(self, element: etree._Element) -> tuple[str, str] | None:
        """The chapter number of a heading outside of lists."""
        if element.tag != TEXT + "h" or element.get(TEXT + "is-list-header") == "true":
            return None
        level = min(max(whole_number(element, TEXT + "outline-level", 1), 1), 10)
        own = self._styles.outline.get(level)
        if own is None or (own.format == "none" and not own.prefix + own.suffix + own.pattern):
            return None
        if self._styles.list_style(element.get(TEXT + "style-name", "")) == "":
            return None
        start = None
        if element.get(TEXT + "restart-numbering") == "true":
            start = whole_number(element, TEXT + "start-value", own.start)
        self._outline.next(level, self._styles.outline, start)
        return print_label(self._outline, level, self._styles.outline)

    def _list(self, element: etree._Element, blocks: list[Block], style: str, level: int, count: Count | None) -> None:
        """A list and those in it; `count` is that of the list around it."""
        own = element.get(TEXT + "style-name", "")
        style = own or style
        goes_on = element.get(TEXT + "continue-numbering") == "true"
        if count is None:
            count = self._find_count(element, style, goes_on)
        identity = element.get("{http://www.w3.org/XML/1998/namespace}id")
        if identity:
            self._counts[identity] = count
        for item in element.iterchildren(TEXT + "list-item", TEXT + "list-header"):
            used = item.get(TEXT + "style-override", "") or style
            start = whole_number(item, TEXT + "start-value", -1)
            numbered = item.tag == TEXT + "list-item"
            for child in item:
                if child.tag == TEXT + "list":
                    self._list(child, blocks, used, level + 1, count)
                elif child.tag in (TEXT + "p", TEXT + "h"):
                    number = None
                    if numbered:
                        named = used or self._styles.list_style(child.get(TEXT + "style-name", "")) or ""
                        levels = self._styles.list_levels(named)
                        count.next(level, levels, start if start >= 0 else None)
                        self._latest[named] = count
                        number = print_label(count, level, levels)
                    self._paragraph(child, blocks, number)
                    numbered = False
                elif child.tag == TEXT + "numbered-paragraph":
                    self._numbered(child, blocks)
                elif child.tag == TABLE + "table":
                    blocks.append(self._table(child))
                elif child.tag == TEXT + "section":
                    self._into(child, blocks)

    def _find_count(self, element: etree._Element, style: str, goes_on: bool) -> Count:
        """The count that a list goes on with, a new one where it begins anew."""
        before = element.get(TEXT + "continue-list")
        if before is not None:
            # LibreOffice also names lists that it never wrote; reading its file again, it begins anew there.
            return self._counts.get(before) or Count()
        return (self._latest.get(style) if goes_on else None) or Count()

    def _numbered(self, element: etree._Element, blocks: list[Block]) -> None:
        """A paragraph that says itself which list it is of."""
        levels = self._styles.list_levels(element.get(TEXT + "style-name", ""))
        level = min(max(whole_number(element, TEXT + "level", 1), 1), 10)
        count = self._counts.setdefault(element.get(TEXT + "list-id", ""), Count())
        start = whole_number(element, TEXT + "start-value", -1)
        for child in element.iterchildren(TEXT + "p", TEXT + "h"):
            count.next(level, levels, start if start >= 0 else None)
            self._paragraph(child, blocks, print_label(count, level, levels))

    # ------------------------------------------------------------ tables

    def _table(self, table: etree._Element) -> TableBlock:
        """A table; what a cell or row repeats stands once."""
        cells: list[CellBlock] = []
        row_number = 0
        for row in _rows(table):
            if row.get(TABLE + "visibility", "visible") != "visible":
                self._hide(row)
                continue
            column = 0
            for cell in row.iterchildren(TABLE + "table-cell", TABLE + "covered-table-cell"):
                if column >= _MOST_COLUMNS:
                    break
                if cell.tag == TABLE + "table-cell":
                    wide = min(whole_number(cell, TABLE + "number-columns-spanned", 1), _MOST_COLUMNS - column)
                    high = whole_number(cell, TABLE + "number-rows-spanned", 1)
                    cells.append(CellBlock(row_number, column, tuple(self.blocks(cell)), max(high, 1), max(wide, 1)))
                column += max(whole_number(cell, TABLE + "number-columns-repeated", 1), 1)
            row_number += 1
        # A span that reaches below the last row ends there.
        return TableBlock(
            tuple(
                CellBlock(c.row, c.column, c.blocks, min(c.row_span, row_number - c.row), c.column_span) for c in cells
            )
        )

    # ------------------------------------------------------------ text

    def _print(self, text: str | None) -> None:
        if text:
            (self._hidden if self._hiding else self._pieces).append(_BLANKS.sub(" ", text))

    def _inline(self, element: etree._Element) -> None:
        self._print(element.text)
        for child in element:
            self._child(child)
            self._print(child.tail)

    def _child(self, child: etree._Element) -> None:
        tag = child.tag
        if tag == TEXT + "span":
            outer = self._hiding
            self._hiding = outer or self._styles.hides("text", child.get(TEXT + "style-name", ""))
            self._inline(child)
            self._hiding = outer
        elif tag == TEXT + "s":
            self._print(" ")
        elif tag == TEXT + "tab":
            self._raw("\t")
        elif tag == TEXT + "line-break":
            self._raw("\n")
        elif tag == TEXT + "note":
            if not self._hiding:
                self._noted.append(child)
        elif tag in (TEXT + "change", TEXT + "change-start", TEXT + "change-end"):
            self._change(child)
        elif tag == TEXT + "hidden-text":
            outer = self._hiding
            self._hiding = outer or child.get(TEXT + "is-hidden", "true") == "true"
            self._inline(child)
            if self._hiding and not (child.text or ""):
                self._print(child.get(TEXT + "string-value", ""))
            self._hiding = outer
        elif tag.startswith(DRAW):
            if not self._hiding:
                self._boxes += _boxes(child)
        elif tag.startswith(TEXT) and tag not in _UNPRINTED:
            self._inline(child)

    def _raw(self, text: str) -> None:
        (self._hidden if self._hiding else self._pieces).append(text)

    def _change(self, mark: etree._Element) -> None:
        name = mark.get(TEXT + "change-id", "")
        if name in self._revisions:
            self._changed = True
            if mark.tag == TEXT + "change-start":
                self._open_changes.add(name)
            else:
                self._open_changes.discard(name)

    def notes(self) -> list[str]:
        """The notes, footnotes first, each with its mark."""
        found: dict[str, list[str]] = {"footnote": [], "endnote": []}
        for note in list(self._noted):
            citation, body = note.find(TEXT + "note-citation"), note.find(TEXT + "note-body")
            if body is None:
                continue
            text = "\n".join(texts(self.blocks(body))).strip()
            mark = "" if citation is None else (citation.text or "").strip()
            if text:
                kind = note.get(TEXT + "note-class", "footnote")
                found.setdefault(kind, []).append(f"[{mark}] {text}" if mark.isascii() else f"{mark} {text}")
        return [text for kind in sorted(found, reverse=True) for text in found[kind]]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag in (TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"):
            yield from _rows(child)


def _boxes(drawing: etree._Element) -> list[etree._Element]:
    """The text boxes of a drawing: frames' ones, and shapes with words in them."""
    if drawing.tag == DRAW + "text-box" or drawing.find(TEXT + "p") is not None:
        return [drawing]
    return [box for child in drawing if child.tag.startswith(DRAW) for box in _boxes(child)]
