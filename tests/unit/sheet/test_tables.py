"""Spreadsheets: written so that nothing runs and nothing is lost, read as spreadsheet programs save them."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from kg.errors import InputError, StoreError, UsageError
from kg.sheet import column_of, header, read_table, suffix_of, table_bytes, table_files, write_file

HEADING = ["事实", "正确的值", "备注"]
ROWS = [
    ["360102-2021-d3598686#title", "东湖区“科普”方案,2021—2025年", "两行\n的备注"],
    ["", "", ""],
    ["b", '带"引号"', "；"],
]
DANGEROUS = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "＝1", "  =2", '=HYPERLINK("http://x","y")']


def write(path: Path, rows: list[list[str]], heading: list[str] = HEADING) -> Path:
    write_file(path, table_bytes(suffix_of(path), heading, rows))
    return path


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_written_is_read_again(tmp_path: Path, suffix: str) -> None:
    table = read_table(write(tmp_path / f"t{suffix}", ROWS))
    assert table.heading == tuple(HEADING)
    assert [(line.number, list(line.cells.values())) for line in table.lines] == [(2, ROWS[0]), (4, ROWS[2])]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_the_same_rows_give_the_same_bytes(suffix: str) -> None:
    first, second = (table_bytes(suffix, HEADING, ROWS, widths=[9, 9], choices={1: ["是", "否"]}) for _ in range(2))
    assert first == second


def test_a_csv_begins_with_the_mark_by_which_spreadsheet_programs_know_utf_8() -> None:
    data = table_bytes(".csv", HEADING, ROWS)
    assert data.startswith(codecs.BOM_UTF8)
    assert b"\r\n" in data


@pytest.mark.parametrize("text", DANGEROUS)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_no_cell_can_run_as_a_formula_and_none_is_changed(tmp_path: Path, suffix: str, text: str) -> None:
    file = write(tmp_path / f"t{suffix}", [[text, "x", "y"]])
    if suffix == ".csv":
        row = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))[1]
        assert row[0].startswith("'")
    else:
        cell = load_workbook(file).active["A2"]
        assert cell.data_type == "s"
        assert b"<f>" not in zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml")
    assert read_table(file).lines[0].cells["事实"] == text.replace("\r", "\n").strip()


def test_characters_that_no_spreadsheet_can_hold_are_shown_as_lost(tmp_path: Path) -> None:
    for suffix in (".csv", ".xlsx"):
        file = write(tmp_path / f"t{suffix}", [["a\x00b\x0bc\ud800d", "x" * 40_000, ""]])
        cells = read_table(file).lines[0].cells
        assert cells["事实"] == "a\ufffdb\ufffdc\ufffdd"
        assert len(cells["正确的值"]) == 32_000


def test_an_xlsx_offers_the_answers_and_keeps_its_heading_in_sight(tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    write_file(file, table_bytes(".xlsx", HEADING, ROWS, widths=[10, 20, 30], choices={1: ["是", "否"]}))
    sheet = load_workbook(file).active
    assert sheet.freeze_panes == "A2"
    assert [v.formula1 for v in sheet.data_validations.dataValidation] == ['"是,否"']
    assert sheet.column_dimensions["B"].width == 20


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ","), ("gb18030", ","), ("utf-16", "\t"), ("utf-8", ";"), ("gb18030", "\t")],
)
def test_a_csv_is_read_as_spreadsheet_programs_save_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([HEADING, ["区科协", "是", ""]])
    (tmp_path / "t.csv").write_bytes(out.getvalue().encode(encoding))
    assert [line.cells for line in read_table(tmp_path / "t.csv").lines] == [{"事实": "区科协", "正确的值": "是"}]


def test_cells_of_an_xlsx_are_read_as_they_are_shown(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["a", "b", "c", "d", "e", "f", "g"])
    sheet.append([True, 20, 17.5, date(2026, 3, 1), datetime(2026, 3, 1, 9, 30), 0.175, None])
    sheet["F2"].number_format = "0.0%"
    book.save(tmp_path / "t.xlsx")
    assert read_table(tmp_path / "t.xlsx").lines[0].cells == {
        "a": "yes",
        "b": "20",
        "c": "17.5",
        "d": "2026-03-01",
        "e": "2026-03-01T09:30:00",
        "f": "17.5%",
    }


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("t.xlsx", b"PK\x03\x04 no zip", "not a sound .xlsx"),
        ("t.xls", b"\xd0\xcf\x11\xe0 old", "no .csv and no .xlsx"),
        ("t.docx", b"text", "no .csv and no .xlsx"),
        ("t.csv", b"\xff\x81\xfe\xfd\x80", "neither UTF-8"),
        ("t.csv", b'a,"' + b"x" * 200_000 + b'"', "no CSV"),
    ],
)
def test_what_is_no_spreadsheet_is_said(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=says) as error:
        read_table(tmp_path / name)
    assert error.value.remedy


def test_a_package_that_swells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "t.xlsx", ROWS)
    monkeypatch.setattr("kg.sheet.tables._UNPACKED", 100)
    with pytest.raises(InputError, match="larger"):
        read_table(file)


def test_an_empty_file_holds_an_empty_table(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(b"")
    assert read_table(tmp_path / "t.csv").heading == ()


def test_a_folder_means_all_its_sheets_by_name_without_those_that_are_open(tmp_path: Path) -> None:
    for name in ("b.csv", "a.xlsx", "sub/c.CSV", "~$a.xlsx", ".d.csv", "e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [p.relative_to(tmp_path).as_posix() for p in table_files(tmp_path)] == ["a.xlsx", "b.csv", "sub/c.CSV"]


def test_where_there_is_no_sheet_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no .csv"):
        table_files(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        table_files(tmp_path / "nowhere")


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        write_file(tmp_path / "no folder" / "t.csv", b"x")
    with pytest.raises(UsageError):
        suffix_of("t.ods")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Correct?", "correct"),
        ("对否(是/否)", "correct"),
        ("right value", "right"),
        ("更正为", "right"),
        ("WHO", "who"),
        ("核对日期", "when"),
        ("依据原句", "quote"),
        ("Fact ID", "fact"),
        ("价格", None),
        ("", None),
    ],
)
def test_headings_are_understood_in_both_languages(heading: str, column: str | None) -> None:
    assert column_of(heading) == column


def test_every_heading_that_is_written_is_understood() -> None:
    for lang in ("zh", "en"):
        columns = [column_of(heading) for heading in header(lang)]
        assert None not in columns
        assert len(set(columns)) == len(columns)
