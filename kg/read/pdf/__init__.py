"""PDF: printed lines put together into paragraphs, ruled tables over page breaks, heads and page numbers left out."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kg.errors import InputError
from kg.model import Finding
from kg.read.blocks import Block, Paragraph, compose
from kg.read.composer import Reading
from kg.read.pdf.characters import has_blanks_everywhere, is_garbage, normalise
from kg.read.pdf.grids import find_grids, place_glyphs
from kg.read.pdf.lines import (
    Frame,
    Line,
    body_size,
    find_frame,
    find_lines,
    in_frame,
    may_have_columns,
    put_in_columns,
)
from kg.read.pdf.pages import DAMAGED, TOO_MUCH, Glyph, Page, Paper, Rule, Style, load
from kg.read.pdf.paragraphs import Flow
from kg.read.pdf.running import drop_running, take_footnotes
from kg.read.pdf.tables import CONTINUED, Piece, continues, join_pieces, make_piece

_OCR = (
    "recognise its text first: ocrmypdf -l chi_sim --force-ocr in.pdf out.pdf "
    "(Debian packages ocrmypdf and tesseract-ocr-chi-sim), then give out.pdf"
)
_FEW = 8  # characters on a page under a picture: a page number or a stamp on a scan
_MOST_CELLS = 100_000  # of all tables
_OUTLINES = 400  # pieces of curves without a character: letters drawn as shapes


def read(data: bytes, where: str) -> Reading:
    """The text of a PDF in reading order.

    A paragraph is a line, also over page breaks; a title printed in several lines keeps them. Running heads and feet,
    page numbers and rotated stamps are left out, footnotes are asides at the end. A ruled table is one table however
    many pages it takes. Pages without text, or with text that is garbage, get a `Finding` that names them.

    Raises `InputError` where the bytes are no PDF, damaged, encrypted or hostile, or hold no text that can be read:
    for a scan it names the command that recognises the text.
    """
    paper = load(data, where)
    blanks = not has_blanks_everywhere(page.glyphs for page in paper.pages)
    sheets, cells = [], 0
    for page in paper.pages:
        sheet = _sheet(page, paper.styles, blanks)
        sheets.append(sheet)
        cells += sum(len(p.cells) for p in sheet.pieces)
        if cells > _MOST_CELLS:
            raise InputError(TOO_MUCH[0], where=where, remedy=TOO_MUCH[1])
    silent = [s.page.number for s in sheets if s.fault == "silent"]
    garbled = [s.page.number for s in sheets if s.fault == "garbled"]
    missing = [s.page.number for s in sheets if s.fault == "missing"]
    if not any(s.lines or s.pieces for s in sheets):
        _refuse(paper, silent, garbled, where)
    findings = [
        Finding(code, "warning", (), original=_ranges(pages))
        for code, pages in (
            ("page-without-text", silent),
            ("page-with-broken-text", garbled),
            ("page-missing", missing),
        )
        if pages
    ]
    if not paper.sound:
        findings.append(Finding("damaged-file", "warning", ()))
    blocks, notes = _assemble(sheets, paper.styles)
    reading = compose(blocks, notes, findings)
    if not reading.text.strip():
        _refuse(paper, silent, garbled, where)
    return reading


def _refuse(paper: Paper, silent: Sequence[int], garbled: Sequence[int], where: str) -> None:
    count = len(paper.pages)
    pages = f"{count} page" if count == 1 else f"{count} pages"
    if garbled:
        raise InputError(
            f"the PDF's fonts do not say which characters they show: its text is garbage ({pages})",
            where=where,
            remedy=_OCR,
        )
    if silent:
        raise InputError(f"the PDF is a scan without a text layer ({pages}, no text)", where=where, remedy=_OCR)
    if not paper.sound:
        raise InputError(DAMAGED[0], where=where, remedy=DAMAGED[1])
    if any(page.drawn or page.image or page.rules for page in paper.pages):
        what = f"the PDF holds no text, only what is drawn ({pages})"
        raise InputError(what, where=where, remedy=f"if its letters are shapes, {_OCR}")
    raise InputError(
        f"the PDF holds no text ({pages})", where=where, remedy="give a file that holds the text of a plan"
    )


def _ranges(pages: Sequence[int]) -> str:
    """Page numbers with those that follow each other put together.

    >>> _ranges([1, 2, 3, 7])
    '1-3, 7'
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


# ---------------------------------------------------------------- pages


@dataclass(slots=True)
class _Sheet:
    """A page taken apart: running text and tables."""

    page: Page
    lines: list[Line]  # of the running text, rows whole
    pieces: list[Piece]
    free: list[Rule]  # rules that belong to no table
    glyphs: list[Glyph]  # of the running text
    fault: str = ""


def _sheet(page: Page, styles: Sequence[Style], blanks: bool) -> _Sheet:
    if page.missing:
        return _Sheet(page, [], [], [], [], "missing")
    glyphs = normalise(page.glyphs, styles)
    words = sum(not g.char.isspace() for g in glyphs)
    if (words <= _FEW and page.image > 0.4) or (not words and page.drawn > _OUTLINES):
        return _Sheet(page, [], [], [], [], "silent")
    if is_garbage("".join(g.char for g in glyphs)):
        return _Sheet(page, [], [], [], [], "garbled")
    grids, free = find_grids(page)
    inside, outside = place_glyphs(grids, glyphs)
    pieces = []
    for grid, boxes in zip(grids, inside, strict=True):
        cells = [find_lines(page.number, boxes.get(n, ()), styles, blanks=blanks) for n in range(len(grid.boxes))]
        if any(cells):
            pieces.append(make_piece(page.number, grid, cells))
    lines = find_lines(page.number, outside, styles, blanks=blanks)
    return _Sheet(page, lines, pieces, free, outside)


# ---------------------------------------------------------------- the whole


def _assemble(sheets: Sequence[_Sheet], styles: Sequence[Style]) -> tuple[list[Block], list[str]]:
    """Blocks in reading order, and the footnotes."""
    pages = [s.page for s in sheets]
    kept = drop_running(pages, [s.lines for s in sheets])
    body = body_size(
        [m for lines in kept for m in lines] or [m for s in sheets for p in s.pieces for c in p.cells for m in c]
    )
    notes: list[str] = []
    texts: list[list[Line]] = []
    for sheet, lines in zip(sheets, kept, strict=True):
        text, own = take_footnotes(sheet.page, lines, sheet.free, body)
        texts.append(text)
        notes += own
    frames = _frames(sheets, texts)
    ordered = [_in_order(s, t, f, styles) for s, t, f in zip(sheets, texts, frames, strict=True)]
    flat = [m for lines in ordered for m in lines]
    return _flow(sheets, ordered, Flow(flat)), notes


def _frames(sheets: Sequence[_Sheet], texts: Sequence[Sequence[Line]]) -> list[Frame]:
    """The text area of each page: its own where it holds enough lines, else that of the pages of its shape."""
    shapes: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, sheet in enumerate(sheets):
        shapes[round(sheet.page.width / 20), round(sheet.page.height / 20)].append(n)
    found = [Frame(0.0, 0.0)] * len(sheets)
    for numbers in shapes.values():
        lines = [m for n in numbers for m in texts[n]]
        # Tables are as wide as the text; a page may hold nothing else but a title in the middle.
        edges = [x for n in numbers for p in sheets[n].pieces for x in (p.grid.xs[0], p.grid.xs[-1])]
        edges += [x for m in lines for x in (m.x0, m.x1)]
        wide = Frame(min(edges), max(edges)) if edges else Frame(0.0, sheets[numbers[0]].page.width)
        usual = find_frame(lines, wide)
        if usual.right - usual.left < 0.75 * (wide.right - wide.left):
            usual = wide
        for n in numbers:
            own = find_frame(texts[n], usual) if len(texts[n]) >= 8 else usual
            # A page of short lines has no right edge of its own.
            found[n] = own if own.right - own.left >= 0.9 * (usual.right - usual.left) else usual
    return found


def _in_order(sheet: _Sheet, lines: Sequence[Line], frame: Frame, styles: Sequence[Style]) -> list[Line]:
    """The lines of a page in reading order, each with its text area."""
    columns = []
    if may_have_columns(lines, frame):
        rows = sorted(m.y for m in sheet.lines)
        kept = {m.y for m in lines}
        parts = find_lines(sheet.page.number, sheet.glyphs, styles, columns=True)
        columns = put_in_columns([m for m in parts if _nearest(rows, m.y) in kept])
    if not columns:
        return in_frame(lines, frame)
    found: list[Line] = []
    for column in columns:
        wide = Frame(min(m.x0 for m in column), max(m.x1 for m in column))
        found += in_frame(column, frame if len(column) == 1 else find_frame(column, wide))
    return found


def _nearest(ordered: Sequence[float], y: float) -> float:
    at = bisect_left(ordered, y)
    return min(ordered[max(at - 1, 0) : at + 1], key=lambda v: abs(v - y))


def _flow(sheets: Sequence[_Sheet], ordered: Sequence[Sequence[Line]], flow: Flow) -> list[Block]:
    """Lines and tables of all pages as blocks."""
    blocks: list[Block] = []
    table: list[Piece] = []  # of the table that may go on over the page

    def close_text() -> None:
        flow.close()
        blocks.extend(Paragraph(t.text, t.level) for t in flow.done)
        flow.done.clear()

    def close_table() -> None:
        if table:
            blocks.append(join_pieces(table))
            table.clear()

    boxed = 0  # the page of the box that the last lines stand in
    for sheet, lines in zip(sheets, ordered, strict=True):
        rest = list(lines)
        for number, piece in enumerate(sheet.pieces):
            top = piece.grid.ys[0]
            before = _take_above(rest, top)
            if (
                table
                and number == 0
                and all(CONTINUED.fullmatch(m.text) for m in before)
                and continues(table[-1], piece)
            ):
                table.append(piece)
                continue
            if before:
                close_table()
                if boxed:
                    close_text()
                    boxed = 0
                for line in before:
                    flow.add(line)
            if piece.is_box:
                close_table()
                if not (boxed and boxed == piece.page - 1 and number == 0):
                    close_text()
                for cell in piece.cells:
                    for line in cell:
                        flow.add(line)
                boxed = piece.page
            else:
                close_table()
                close_text()
                boxed = 0
                table.append(piece)
        if rest:
            close_table()
            if boxed:
                close_text()
                boxed = 0
            for line in rest:
                flow.add(line)
    close_table()
    close_text()
    return blocks


def _take_above(lines: list[Line], y: float) -> list[Line]:
    """Takes the lines that are read before a table off a page's lines: those up to the last that stands above it."""
    last = max((n for n, m in enumerate(lines) if m.y < y + 2), default=-1)
    taken = lines[: last + 1]
    del lines[: last + 1]
    return taken
