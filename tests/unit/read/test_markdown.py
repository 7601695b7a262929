"""Markdown as its readers see it."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.read.markdown import read


def text_of(page: str) -> str:
    return read(page.encode(), "a.md").text


def test_the_only_heading_of_its_size_is_the_title_and_the_others_are_headings() -> None:
    reading = read("# 某县工作要点\n\n## 一、总体要求\n\n要求。\n\n## 二、任务\n".encode(), "a.md")
    assert [(m.span.cut(reading.text), m.level) for m in reading.marks] == [
        ("某县工作要点", 0),
        ("一、总体要求", 1),
        ("二、任务", 1),
    ]


def test_emphasis_and_links_leave_their_words() -> None:
    assert text_of("**(一)开展培训。** 见[办法](http://example.org/a)。") == "(一)开展培训。 见办法。\n"


@pytest.mark.parametrize("mark", ["**", "__"])
def test_emphasis_that_ends_with_a_full_stop_before_a_word_is_emphasis(mark: str) -> None:
    assert text_of(f"1. {mark}开展培训。{mark}每年办班。") == "1.开展培训。每年办班。\n"
    assert text_of(f"{mark}(一){mark}{mark}开展“培训”{mark}每年办班。") == "(一)开展“培训”每年办班。\n"
    assert text_of("面积为3**2平方米。") == "面积为3**2平方米。\n"


def test_lines_stay_lines() -> None:
    assert text_of("(一)开展培训。\n责任单位:县科协") == "(一)开展培训。\n责任单位:县科协\n"


def test_numbers_of_lists_are_printed_and_bullets_are_not() -> None:
    assert text_of("3. 开展培训\n4. 办好活动\n\n- 其他") == "3.开展培训\n4.办好活动\n其他\n"


def test_indented_paragraphs_are_text() -> None:
    assert text_of("　　一、总则\n\n    (一)目标。\n") == "一、总则\n(一)目标。\n"


def test_a_table_is_a_table() -> None:
    reading = read("|序号|任务|责任单位|\n|---|---|---|\n|1|开展培训|县科协、县教育局|\n".encode(), "a.md")
    (table,) = reading.tables
    assert (table.rows, table.columns) == (2, 3)
    assert [c.spans[0].cut(reading.text) for c in table.cells if c.row == 1] == ["1", "开展培训", "县科协、县教育局"]


def test_an_empty_page_is_refused() -> None:
    with pytest.raises(InputError, match="empty"):
        read(b"  \n", "a.md")


def test_deep_nesting_ends() -> None:
    assert "甲" in text_of(">" * 5000 + "甲" + "[" * 5000)
