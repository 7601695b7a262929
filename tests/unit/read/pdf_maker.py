"""PDFs as governments publish them, laid out here: what the tests of the PDF reader read back.

Printed with reportlab in STSong-Light, a font that need not be in the file: pages of GB/T 9704-2012 (A4, 22 lines of
28 characters), lines broken by the rules of Chinese print, and everything placed by hand, so that a test knows
what the page says and where.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import black, red
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))

_CLOSING = set("，。、；：！？）》”’〉】」％,.;:!?)]}%…")
_OPENING = set("（《“‘〈【「([{")


def width(text: str, size: float) -> float:
    """How wide a text is in the font: Chinese characters and punctuation one em, ASCII as the font says."""
    return sum(pdfmetrics.stringWidth(c, FONT, size) if c < "\x7f" else size for c in text)


def pieces(text: str) -> list[str]:
    """What no line break may part: Latin words and numbers, characters with the punctuation that belongs to them."""
    found: list[str] = []
    for char in text:
        latin = char.isascii() and not char.isspace()
        if found and (
            (char in _CLOSING)
            or found[-1][-1] in _OPENING
            or (latin and found[-1][-1].isascii() and found[-1][-1] not in _CLOSING and not found[-1][-1].isspace())
        ):
            found[-1] += char
        else:
            found.append(char)
    return found


def wrap(text: str, room: float, size: float, indent: float = 0.0, hang: bool = False) -> list[str]:
    """The lines of a paragraph; with `hang`, closing punctuation may stand outside the text area."""
    lines, line, left = [], "", room - indent
    for piece in pieces(text):
        wide = width(piece, size)
        if hang and piece[-1] in "，。、；：" and width(line, size) + wide - size <= left + 0.01:
            wide -= size
        if line and width(line, size) + wide > left + 0.01:
            lines.append(line)
            line, left = "", room
            piece = piece.lstrip(" ")
        while width(piece, size) > left + 0.01 and len(piece) > 1:  # a piece longer than a line
            cut = next(n for n in range(len(piece), 0, -1) if n == 1 or width(piece[:n], size) <= left + 0.01)
            lines.append(piece[:cut])
            piece, left = piece[cut:], room
        line += piece
    return [*lines, line] if line else lines


@dataclass
class Cell:
    """A cell of a table to print; `rows` and `columns` are how many it takes."""

    text: str
    rows: int = 1
    columns: int = 1


class Press:
    """Prints pages from the top down."""

    def __init__(
        self,
        size: float = 16,
        pitch: float = 28.9,
        page: tuple[float, float] = (595.3, 841.9),
        margins: tuple[float, float, float, float] = (79.4, 104.9, 73.7, 99.2),
        foot: Callable[[int], str] | None = lambda n: f"— {n} —",
        head: Callable[[int], str] | None = None,
        foot_at: str = "centre",
        indent: float = 2,
        hang: bool = False,
        justify: bool = True,
        encrypt: object = None,
    ) -> None:
        self.size, self.pitch, self.page, self.margins = size, pitch, page, margins
        self.foot, self.head, self.foot_at, self.indent, self.hang, self.justify = (
            foot,
            head,
            foot_at,
            indent,
            hang,
            justify,
        )
        self._out = io.BytesIO()
        self.canvas = Canvas(self._out, pagesize=page, invariant=1, encrypt=encrypt)
        self.number = 0
        self.y = 0.0
        self._open = False
        self.footnotes: list[str] = []

    # ------------------------------------------------------------ pages

    @property
    def left(self) -> float:
        return self.margins[0]

    @property
    def right(self) -> float:
        return self.page[0] - self.margins[2]

    @property
    def room(self) -> float:
        return self.right - self.left

    def _line(self, advance: float | None = None) -> float:
        """The baseline of the next line, on a new page if this one is full; y down from the top."""
        advance = advance or self.pitch
        reserved = len(self.footnotes) * 14 + (12 if self.footnotes else 0)
        if not self._open or self.y + advance > self.page[1] - self.margins[3] - reserved + 0.5 * self.pitch:
            self.new_page()
        self.y += advance
        return self.y

    def new_page(self, page: tuple[float, float] | None = None) -> None:
        self._end_page()
        if page:
            self.page = page
        self.canvas.setPageSize(self.page)
        self.number += 1
        self.y = self.margins[1] - self.pitch * 0.5
        self._open = True

    def _end_page(self) -> None:
        if not self._open:
            return
        if self.footnotes:
            y = self.page[1] - self.margins[3] - len(self.footnotes) * 14 + 14
            self.rule(self.left, y - 16, self.left + 144, y - 16)
            for note in self.footnotes:
                self.put(note, self.left, y, 9)
                y += 14
            self.footnotes = []
        if self.head:
            self.put(self.head(self.number), self.left, 52, 10.5)
            self.rule(self.left, 56, self.right, 56)
        if self.foot:
            text = self.foot(self.number)
            wide = width(text, 14)
            outer = self.right - wide - 14 if self.number % 2 else self.left + 14
            self.put(text, outer if self.foot_at == "outer" else (self.page[0] - wide) / 2, self.page[1] - 62, 14)
        self.canvas.showPage()
        self._open = False

    def finish(self) -> bytes:
        self._end_page()
        self.canvas.save()
        return self._out.getvalue()

    # ------------------------------------------------------------ ink

    def put(self, text: str, x: float, y: float, size: float, *, red_ink: bool = False, space: float = 0.0) -> None:
        """A text at a place; `space` is added between its characters."""
        run = self.canvas.beginText(x, self.page[1] - y)
        run.setFont(FONT, size)
        run.setCharSpace(space)
        run.setFillColor(red if red_ink else black)
        run.textOut(text)
        self.canvas.drawText(run)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, self.page[1] - y0, x1, self.page[1] - y1)

    # ------------------------------------------------------------ text

    def paragraph(self, text: str, *, indent: float | None = None, size: float | None = None) -> None:
        size = size or self.size
        first = (self.indent if indent is None else indent) * size
        lines = wrap(text, self.room, size, first, self.hang)
        for n, line in enumerate(lines):
            y = self._line()
            x = self.left + (first if n == 0 else 0)
            space = 0.0
            spare = self.right - x - width(line, size)
            if self.justify and n < len(lines) - 1 and len(line) > 1 and spare > 0:
                space = spare / (len(line) - 1)
            self.put(line, x, y, size, space=space)

    def centred(self, *lines: str, size: float = 22, red_ink: bool = False) -> None:
        for line in lines:
            y = self._line(max(self.pitch, 1.6 * size))
            self.put(line, self.left + (self.room - width(line, size)) / 2, y, size, red_ink=red_ink)

    def right_aligned(self, text: str, spare: float = 4) -> None:
        y = self._line()
        self.put(text, self.right - width(text, self.size) - spare * self.size, y, self.size)

    def skip(self, lines: float = 1) -> None:
        self.y += lines * self.pitch

    # ------------------------------------------------------------ tables

    def table(
        self,
        widths: Sequence[float],
        rows: Sequence[Sequence[Cell | None]],
        *,
        head: int = 1,
        repeat: bool = True,
        size: float = 10.5,
        split: bool = True,
        middle: Sequence[int] = (),
    ) -> None:
        """A ruled table; None where a merged cell reaches. Rows are cut by the page's end where `split`.

        `middle` names the columns whose text is centred. A merged cell's text stands in its first row's part.
        """
        Table(self, widths, rows, head, repeat, size, split, middle).print()


class Table:
    def __init__(self, press: Press, widths, rows, head, repeat, size, split, middle) -> None:  # type: ignore[no-untyped-def]
        self.press, self.rows, self.head, self.repeat, self.size, self.split = press, rows, head, repeat, size, split
        self.middle = middle
        self.step = size * 1.5
        total = sum(widths)
        self.xs = [press.left]
        for w in widths:
            self.xs.append(self.xs[-1] + w * press.room / total)
        self.top = 0.0

    def print(self) -> None:
        press = self.press
        if not press._open:
            press.new_page()
        self.y = press.y + 10
        for n in range(self.head):
            self._row(n, self._height(n), self._lines(n))
        for n in range(self.head, len(self.rows)):
            self._body_row(n)
        press.y = self.y + 6

    def _bottom(self) -> float:
        return self.press.page[1] - self.press.margins[3] + 10

    def _lines(self, n: int) -> dict[int, list[str]]:
        found = {}
        for column, cell in enumerate(self.rows[n]):
            if cell is not None:
                room = self.xs[column + cell.columns] - self.xs[column] - 10.8
                found[column] = [s for p in cell.text.split("\n") for s in wrap(p, room, self.size)]
        return found

    def _height(self, n: int) -> float:
        counts = [
            -(-len(lines) // (self.rows[n][column].rows if n < self.head or self.rows[n][column].rows > 1 else 1))
            for column, lines in self._lines(n).items()
        ]
        return max([1, *counts]) * self.step + 6

    def _body_row(self, n: int) -> None:
        lines, height = self._lines(n), self._height(n)
        if self.y + height <= self._bottom():
            self._row(n, height, lines)
            return
        fit = int((self._bottom() - self.y - 6) / self.step)
        if self.split and fit >= 1 and max(map(len, lines.values())) > fit:
            self._row(n, fit * self.step + 6, {c: v[:fit] for c, v in lines.items()}, last=True)
            lines = {c: v[fit:] for c, v in lines.items()}
            height = max([1, *map(len, lines.values())]) * self.step + 6
        self._turn_page()
        self._row(n, height, lines, first=True)

    def _turn_page(self) -> None:
        press = self.press
        press.rule(self.xs[0], self.y, self.xs[-1], self.y)
        press.new_page()
        self.y = press.margins[1]
        if self.repeat:
            for k in range(self.head):
                self._row(k, self._height(k), self._lines(k))

    def _row(self, n: int, height: float, lines: dict[int, list[str]], first: bool = False, last: bool = False) -> None:
        press, row = self.press, self.rows[n]
        y0, y1 = self.y, self.y + height
        for column in range(len(row)):
            # A rule above, unless a merged cell from the row above reaches here on the same page.
            if row[column] is not None or first or not self._reaches(n, column):
                press.rule(self.xs[column], y0, self.xs[column + 1], y0)
            owner = self._owner(n, column)
            if column == 0 or owner != self._owner(n, column - 1):
                press.rule(self.xs[column], y0, self.xs[column], y1)
        press.rule(self.xs[-1], y0, self.xs[-1], y1)
        if n == len(self.rows) - 1 or last:
            press.rule(self.xs[0], y1, self.xs[-1], y1)
        for column, texts in lines.items():
            cell = row[column]
            y = y0 + self.size + 3
            for text in texts:
                x = self.xs[column] + 5.4
                if column in self.middle or n < self.head:
                    x = (self.xs[column] + self.xs[column + cell.columns] - width(text, self.size)) / 2
                press.put(text, x, y, self.size)
                y += self.step
        self.y = y1

    def _owner(self, n: int, column: int) -> tuple[int, int]:
        for r in range(n, -1, -1):
            for c in range(column, -1, -1):
                cell = self.rows[r][c]
                if cell is not None and r + cell.rows > n and c + cell.columns > column:
                    return r, c
        return n, column

    def _reaches(self, n: int, column: int) -> bool:
        return self._owner(n, column)[0] < n
