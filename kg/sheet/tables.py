"""Spreadsheet files: .csv that spreadsheet programs open as Chinese, and .xlsx; read with whatever those programs made of them."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from kg.errors import InputError, StoreError, UsageError
from kg.sheet.package import without_clock

SUFFIXES = (".csv", ".xlsx")
_LARGEST = 64 * 1024 * 1024  # bytes of a file
_UNPACKED = 512 * 1024 * 1024  # bytes of an .xlsx after unpacking
_LONGEST_CELL = 32_000  # characters; a spreadsheet's cell holds 32,767
# What makes a spreadsheet program take a text for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")
Value = str | int | Decimal | date


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file, by heading as written; `number` as the spreadsheet program shows it."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a spreadsheet holds: the headings of its first row, and the rows below that have any word."""

    heading: tuple[str, ...]
    lines: tuple[Line, ...]


def suffix_of(path: str | Path) -> str:
    """The form of a spreadsheet by its suffix.

    Raises `UsageError` for another.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError("not a spreadsheet that is written here", where=str(path), remedy="name it .csv or .xlsx")
    return suffix


def table_files(path: str | Path) -> list[Path]:
    """The spreadsheets that a path means: itself, or all in a folder of any depth, by name.

    Raises `InputError` where there is none.
    """
    given = Path(path)
    if not given.exists():
        raise InputError("no such file or folder", where=str(path), remedy="check the path")
    if not given.is_dir():
        return [given]
    found = [
        file
        for file in given.rglob("*")
        if file.suffix.lower() in SUFFIXES
        and file.is_file()
        and not file.name.startswith(("~$", "."))  # a spreadsheet program's mark that the file is open
    ]
    if not found:
        raise InputError("no .csv or .xlsx in this folder", where=str(path), remedy="put the answered sheets there")
    return sorted(found, key=lambda file: file.relative_to(given).as_posix())


# ---------------------------------------------------------------- writing


def table_bytes(
    suffix: str,
    heading: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    widths: Sequence[int] = (),
    choices: dict[int, Sequence[str]] | None = None,
    name: str = "review",
    notes: tuple[str, Sequence[str]] = ("", ()),
) -> bytes:
    """A spreadsheet as the bytes of a file; the same rows give the same bytes, and no cell can run as a formula.

    `choices`: for a column (from 0), the words that the spreadsheet program offers. `notes`: in an .xlsx, the name of
    a second sheet and the lines on it. Numbers and days stay such in an .xlsx.
    """
    lines = [list(heading), *([clean(cell) for cell in row] for row in rows)]
    return _csv(lines) if suffix == ".csv" else _xlsx(lines, widths, choices or {}, name, notes)


def write_file(path: str | Path, data: bytes) -> None:
    """Write a file whole or not at all.

    Raises `StoreError` where it cannot be written.
    """
    target = Path(path)
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(
            f"cannot be written: {error.strerror or error}",
            where=str(path),
            remedy="close it elsewhere, or name another",
        ) from error


def clean(cell: Value) -> Value:
    """A text as a cell can hold it: no control characters, one kind of line end, not too long; anything else as it is."""
    if not isinstance(cell, str):
        return cell
    text = _CONTROL.sub("\ufffd", cell).replace("\r\n", "\n").replace("\r", "\n")
    return text if len(text) <= _LONGEST_CELL else text[:_LONGEST_CELL]


def looks_like_formula(cell: str) -> bool:
    """Whether a spreadsheet program could take a text for a formula, marks of ours before it or not."""
    return cell.startswith(_FORMULA) or cell.lstrip(" \n\t'").startswith(_FORMULA)


def _csv(lines: list[list[Value]]) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark, by which spreadsheet programs know it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for line in lines:
        writer.writerow([f"'{cell}" if isinstance(cell, str) and looks_like_formula(cell) else cell for cell in line])
    return codecs.BOM_UTF8 + out.getvalue().encode("utf-8")


def _xlsx(
    lines: list[list[Value]],
    widths: Sequence[int],
    choices: dict[int, Sequence[str]],
    name: str,
    notes: tuple[str, Sequence[str]],
) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.active
    sheet.title = name
    wrap = Alignment(wrap_text=True, vertical="top")
    for r, line in enumerate(lines, 1):
        for c, value in enumerate(line, 1):
            if value == "":
                continue
            cell = sheet.cell(r, c)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula, whatever it begins with
                cell.quotePrefix = looks_like_formula(value)
            elif isinstance(value, date):
                cell.number_format = "yyyy-mm-dd"
            cell.alignment = wrap
            if r == 1:
                cell.font = Font(bold=True)
    for c, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(c)].width = width
    for c, words in choices.items():
        offered = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
        sheet.add_data_validation(offered)
        offered.add(f"{get_column_letter(c + 1)}2:{get_column_letter(c + 1)}{max(2, len(lines) + 200)}")
    sheet.freeze_panes = "A2"
    if lines[0]:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(lines[0]))}{max(1, len(lines))}"
    if notes[1]:
        second = book.create_sheet(notes[0])
        second.column_dimensions["A"].width = 100
        for r, text in enumerate(notes[1], 1):
            cell = second.cell(r, 1)
            cell.value = clean(text)
            cell.data_type = "s"
            cell.quotePrefix = looks_like_formula(text)
            cell.alignment = wrap
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


# ---------------------------------------------------------------- reading


def read_table(path: str | Path) -> Table:
    """A spreadsheet with its heading row.

    Read as spreadsheet programs save it: UTF-8, UTF-16 or GB18030, parted by commas, semicolons or tabs; dates, numbers
    and shares in .xlsx as they are shown.
    Raises `InputError` for a file that cannot be read.
    """
    file = Path(path)
    try:
        if file.stat().st_size > _LARGEST:
            raise InputError("larger than any sheet of answers", where=str(path), remedy="split it")
        data = file.read_bytes()
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}", where=str(path), remedy="check the path"
        ) from error
    if data.startswith(b"PK\x03\x04"):
        rows = _read_xlsx(data, str(path))
    elif data.startswith(b"\xd0\xcf\x11\xe0") or file.suffix.lower() not in (".csv", ".tsv", ".txt", ""):
        raise InputError("no .csv and no .xlsx", where=str(path), remedy="save it as .xlsx or as CSV UTF-8")
    else:
        rows = _read_csv(data, str(path))
    filled = [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]
    if not filled:
        return Table((), ())
    heading = tuple(cell.strip() for cell in filled[0][1])
    lines = []
    for number, cells in filled[1:]:
        found: dict[str, str] = {}
        for name, cell in zip(heading, cells, strict=False):
            if name and cell.strip():
                found.setdefault(name, cell.strip())
        if found:
            lines.append(Line(number, found))
    return Table(tuple(name for name in heading if name), tuple(lines))


def _read_csv(data: bytes, where: str) -> list[tuple[int, list[str]]]:
    text = _decode(data, where)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = []
    try:
        for cells in reader:
            rows.append((len(rows) + 1, [_unquoted(cell) for cell in cells]))
    except csv.Error as error:
        raise InputError(
            f"row {len(rows) + 1} is no CSV: {error}", where=where, remedy="save it again as CSV"
        ) from error
    return rows


def _decode(data: bytes, where: str) -> str:
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InputError("neither UTF-8 nor GB18030 nor UTF-16", where=where, remedy="save it as CSV UTF-8")


def _unquoted(cell: str) -> str:
    """A cell without the mark that keeps it from being a formula."""
    return cell[1:] if cell.startswith("'") and looks_like_formula(cell[1:]) else cell


def _read_xlsx(data: bytes, where: str) -> list[tuple[int, list[str]]]:
    from xml.etree.ElementTree import ParseError

    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _UNPACKED:
                raise InputError("larger than any sheet of answers", where=where, remedy="split it")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size is not to be believed
        rows = [(number, [_shown(cell) for cell in row]) for number, row in enumerate(sheet.iter_rows(), 1)]
        book.close()
    except (zipfile.BadZipFile, ParseError, KeyError, IndexError, ValueError, TypeError, OSError) as error:
        raise InputError(f"not a sound .xlsx: {error}", where=where, remedy="save it again as .xlsx") from error
    return rows


def _shown(cell: object) -> str:
    """A cell's value as the spreadsheet program shows it."""
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        share = str(getattr(cell, "number_format", "")).endswith("%")
        number = f"{value * 100 if share else value:.10f}".rstrip("0").rstrip(".")
        return number + "%" if share else number
    return _unquoted(str(value))
