"""Words of documents stay words in every form, whatever they look like."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from xml.etree import ElementTree

import pytest
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from kg.report import FORMS, render, render_folder
from kg.validate import validate
from kg.validate.report import Report
from kg.validate.turtle import read

from .conftest import graph

SCRIPT = "<script>alert(1)</script>"
OVERRIDE = "\u202e"
FORMULA = "=cmd|' /C calc'!A1"
TITLE = f"{FORMULA} {SCRIPT} {OVERRIDE}规划 @everyone [a](javascript:b) ![c](d) `e` | f ]]> ::error:: %0A http://g.example/h"


@pytest.fixture(scope="module")
def hostile() -> Report:
    report = validate(graph(TITLE, FORMULA + SCRIPT + OVERRIDE, "@单位\x1b[31m" + OVERRIDE, file='a"b<c>.txt\n'))
    assert report.findings
    return report


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_nothing_hidden_and_no_control_character_comes_out(hostile: Report, form: str, lang: str) -> None:
    data = render(hostile, form, lang)
    if form in ("xlsx", "docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            data = b"".join(package.read(name) for name in sorted(package.namelist()) if name.endswith(".xml"))
    text = data.decode("utf-8-sig")
    assert not set(text) & set("\u202e\u202a\u2066\x1b\x00\u200b")


def test_the_page_runs_nothing(hostile: Report) -> None:
    for text in (
        render(hostile, "html").decode(),
        *(d.decode() for d in render_folder(hostile).values() if d[:2] == b"<!"),
    ):
        assert "<script" not in text
        assert "&lt;script&gt;" in text or "@单位" in text
        assert not re.search(r'(?:href|src)="(?!#|https?://|[\w.-]+\.html)', text)


def test_no_cell_of_the_workbook_runs(hostile: Report) -> None:
    book = load_workbook(io.BytesIO(render(hostile, "xlsx")))
    seen = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
                if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "-", "@", "\t", "\r")):
                    assert cell.quotePrefix, cell.coordinate
                    seen += 1
    assert seen > 3


def test_no_cell_of_the_csv_runs(hostile: Report) -> None:
    cells = [c for row in csv.reader(io.StringIO(render(hostile, "csv").decode("utf-8-sig"))) for c in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert any(cell.startswith("'=cmd") for cell in cells)


def test_markdown_means_nothing_but_itself(hostile: Report) -> None:
    text = render(hostile, "md").decode()
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    assert not re.search(r"<(script|a|img|code)\b", html)
    assert "&lt;script&gt;" in html
    assert "@everyone" not in text
    assert not re.search(r"(?<!&#47;)https?://", text)
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in text.splitlines() if line.startswith("| ")}
    assert widths == {5}


def test_xml_and_json_stay_whole(hostile: Report) -> None:
    for form in ("junit", "badge"):
        ElementTree.fromstring(render(hostile, form))
    for form in ("json", "sarif", "shields"):
        json.loads(render(hostile, form))
    assert len(read(render(hostile, "ttl").decode())) == len(hostile.findings)
    run = json.loads(render(hostile, "sarif"))["runs"][0]
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]
            if "physicalLocation" in r["locations"][0]}  # fmt: skip
    assert uris
    assert not any(set(uri) & set('"<> \n') for uri in uris)


def test_a_title_makes_no_second_command(hostile: Report) -> None:
    lines = render(hostile, "github").decode().splitlines()
    assert len(lines) == 1 + len(hostile.findings)
    assert all(re.match(r"::(error|warning|notice) [^\n]*::", line) for line in lines)


def test_plain_text_keeps_to_its_lines(hostile: Report) -> None:
    assert "[U+202E]" in render(hostile, "text").decode()
    assert "[U+001B]" in render(hostile, "text").decode()
