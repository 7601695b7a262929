"""Whole pages, one for each way in which sites and programs lay them out: beside each stands the text that it must read as.

The pages are written for the test; their layouts are those of real sites.
"""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from kg.read.composer import Reading
from kg.read.html import read

PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
NAMES = [page.stem for page in PAGES]


def _read(name: str) -> Reading:
    return read((Path(__file__).parent / "pages" / f"{name}.html").read_bytes(), name)


def _marked(reading: Reading, level: int) -> list[str]:
    return [m.span.cut(reading.text) for m in reading.marks if m.level == level]


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_a_page_reads_as_the_text_beside_it(page: Path) -> None:
    assert read(page.read_bytes(), page.name).text == page.with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("encoding", "mark", "name"),
    [
        ("utf-8", codecs.BOM_UTF8, "utf-8"),
        ("gb18030", b"", "gb18030"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "utf-16-le"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
    ],
    ids=["utf-8 with mark", "gb18030", "utf-16-le with mark", "utf-16-be with mark", "utf-16-le"],
)
@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_the_bytes_decide_the_encoding_whatever_the_page_declares(
    page: Path, encoding: str, mark: bytes, name: str
) -> None:
    text = page.read_text("utf-8")
    reading = read(mark + text.encode(encoding), page.name)
    assert reading.encoding == name
    assert reading.text == page.with_suffix(".txt").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_spans_cut_the_text_and_are_in_order(page: Path) -> None:
    reading = read(page.read_bytes(), page.name)
    assert [m.span for m in reading.marks] == sorted(m.span for m in reading.marks)
    for span in (*(m.span for m in reading.marks), *reading.asides, *(t.span for t in reading.tables)):
        assert span.cut(reading.text).strip() == span.cut(reading.text) != ""


def test_titles_set_in_two_paragraphs_and_that_of_the_plan_within_are_titles() -> None:
    assert _marked(_read("state_council"), 0) == [
        "青泽省人民政府关于印发",
        "青泽省湿地保护行动方案的通知",
        "青泽省湿地保护行动方案",
    ]


def test_a_title_broken_by_br_is_one_title_of_two_lines() -> None:
    assert (
        _marked(_read("province_trs"), 0)[0] == "云溪省人民政府办公厅关于印发\n云溪省推进中医药振兴发展若干措施的通知"
    )


def test_the_address_is_the_one_that_the_page_declares() -> None:
    assert _read("province_trs").url == "https://www.yunxi.example/zwgk/zfxxgk/202206/t20220621_88123.html"
    assert _read("open_platform").url == "https://www.haiyan.example/gk/art/2023/4/7/art_1229_2456.html"
    assert _read("state_council").url is None


def test_a_division_of_work_table_of_word_keeps_its_merged_cells() -> None:
    reading = _read("word_export")
    (table,) = reading.tables
    cells = {
        (c.row, c.column): (c.row_span, c.column_span, [s.cut(reading.text) for s in c.spans]) for c in table.cells
    }
    assert (table.rows, table.columns) == (5, 5)
    assert cells[0, 2] == (1, 2, ["责任单位"])
    assert cells[1, 3] == (1, 1, ["配合单位"])
    assert cells[2, 0] == (2, 1, ["1"])
    assert cells[2, 1] == (1, 1, ["修订应急预案。", "组织演练2次。"])
    assert cells[3, 3] == (1, 1, [])
    assert cells[4, 1] == (1, 3, ["各镇（街道）自行安排的任务"])


def test_a_footnote_of_word_is_an_aside_and_its_reference_is_not_in_the_sentence() -> None:
    reading = _read("word_export")
    assert [s.cut(reading.text) for s in reading.asides] == ["[1] 指三级以上堤防。"]
    assert "重要堤防不决口，2022年底前" in reading.text


def test_a_table_of_indicators_is_a_table_and_a_box_of_one_cell_is_text() -> None:
    reading = _read("open_platform")
    assert [(t.rows, t.columns) for t in reading.tables] == [(4, 4)]
    assert "\n专栏1　数字化改造工程\n1.实施改造项目300个。\n" in reading.text


def test_tables_of_labels_and_values_and_tables_that_lay_out_a_page_are_no_tables() -> None:
    assert not _read("state_council").tables
    assert not _read("county_jcms").tables
    assert not _read("town_asp").tables
