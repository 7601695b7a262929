"""Workbooks of several sheets that people work with: filters, a header that stays, widths that fit Chinese."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kg.sheet.package import without_clock
from kg.sheet.tables import clean, looks_like_formula

Value = str | int | Decimal | date
_ROW = 15.0  # points of a line of text
_MOST = 400.0  # points of a row; a spreadsheet program takes no more than 409


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `width` in Latin characters, of which a Chinese one takes two."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: lines of text above, then a table whose header stays in view and filters.

    `fills` colours cells by row and column (both from 0, of `rows`) with a key of FILLS; `strong` are rows in bold;
    `links` lead from a cell to a sheet of the same workbook.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    above: Sequence[str] = ()
    fills: dict[tuple[int, int], str] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    strong: frozenset[int] = frozenset()
    filters: bool = True


FILLS = {"violation": "F6D5D5", "warning": "FBE7C6", "info": "DCE9F2", "new": "E9DDF6", "head": "E6E8EB"}


def book_bytes(sheets: Sequence[Sheet], title: str, lang: str = "zh") -> bytes:
    """An .xlsx of some sheets; the same sheets give the same bytes, and no cell can run as a formula.

    Each sheet prints on A4 across, as wide as the paper, its header on every page.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    book.properties.creator, book.properties.title = "plankg", _text(title)
    for sheet in sheets:
        _write(book.create_sheet(sheet.name), sheet, "Microsoft YaHei" if lang == "zh" else "Calibri")
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def _write(made, sheet: Sheet, font: str) -> None:  # type: ignore[no-untyped-def]
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    plain, strong = Font(name=font, size=10.5), Font(name=font, size=10.5, bold=True)
    top, link = Font(name=font, size=13, bold=True), Font(name=font, size=10.5, color="0B4FA8", underline="single")
    wrap = Alignment(wrap_text=True, vertical="top")
    line = Border(bottom=Side(style="thin", color="C9CDD3"))
    fills = {key: PatternFill("solid", fgColor=colour) for key, colour in FILLS.items()}
    width = max(1, len(sheet.columns))
    last = get_column_letter(width)
    room = sum(column.width for column in sheet.columns)
    number = 0
    for text in sheet.above:
        number += 1
        cell = made.cell(number, 1)
        _set(cell, text)
        cell.font, cell.alignment = (top if number == 1 else strong if text == sheet.above[-1] else plain), wrap
        if width > 1:
            made.merge_cells(f"A{number}:{last}{number}")
        made.row_dimensions[number].height = _height(
            [(text, int(room / (1.35 if number == 1 else 1)))], 1.3 if number == 1 else 1
        )
    header = number + 1
    for c, column in enumerate(sheet.columns, 1):
        cell = made.cell(header, c)
        _set(cell, column.heading)
        cell.font, cell.alignment, cell.fill, cell.border = strong, wrap, fills["head"], line
        made.column_dimensions[get_column_letter(c)].width = column.width + 1
    for r, row in enumerate(sheet.rows):
        for c, value in enumerate(row):
            cell = made.cell(header + 1 + r, c + 1)
            _set(cell, value)
            cell.alignment, cell.border = wrap, line
            cell.font = strong if r in sheet.strong else plain
            if (r, c) in sheet.fills:
                cell.fill = fills[sheet.fills[r, c]]
            if (r, c) in sheet.links:
                cell.hyperlink, cell.font = f"#'{sheet.links[r, c]}'!A1", link
        cells = [(str(value), column.width) for value, column in zip(row, sheet.columns, strict=True)]
        made.row_dimensions[header + 1 + r].height = _height(cells)
    made.freeze_panes = f"A{header + 1}"
    if sheet.filters and sheet.rows:
        made.auto_filter.ref = f"A{header}:{last}{header + len(sheet.rows)}"
    made.page_setup.orientation, made.page_setup.paperSize = "landscape", made.PAPERSIZE_A4
    made.page_setup.fitToWidth, made.page_setup.fitToHeight = 1, 0
    made.sheet_properties.pageSetUpPr.fitToPage = True
    made.print_title_rows = f"{header}:{header}"


def _set(cell, value: Value) -> None:  # type: ignore[no-untyped-def]
    if value == "":
        return
    value = clean(value)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula, whatever it begins with
        cell.quotePrefix = looks_like_formula(value)
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _height(cells: Sequence[tuple[str, int]], scale: float = 1.0) -> float:
    """The height that wrapped texts need: spreadsheet programs do not find it for merged or untouched cells."""
    lines = max(
        (sum(max(1, -(-_wide(part) // max(1, width))) for part in text.split("\n")) for text, width in cells), default=1
    )
    return min(_MOST, _ROW * scale * max(1, lines) + 3)


def _wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _text(text: str) -> str:
    return str(clean(text))
