"""Tables that tabs make in plain text."""

from __future__ import annotations

import pytest

from kg.read.plain_tables import find_tables


def test_every_cell_is_cut_from_its_place() -> None:
    text = "前文\n 序号\t 任务 \t单位\n1\t办班\t科协\n2\t\t教育局\n后文"
    (table,) = find_tables(text)
    assert [c.spans[0].cut(text) if c.spans else "" for c in table.cells] == [
        "序号", "任务", "单位", "1", "办班", "科协", "2", "", "教育局",
    ]  # fmt: skip
    assert table.span.cut(text).startswith(" 序号") and table.span.cut(text).endswith("教育局")  # noqa: PT018


@pytest.mark.parametrize(
    "text",
    ["", "\t\t\t", "一、总则\t目标\n二、任务\t分工", "\t一、缩进\n\t二、缩进\n\t三、缩进", "甲\t乙\t丙\n丁\t戊\t己"],
)
def test_indents_and_a_line_or_two_are_no_table(text: str) -> None:
    assert find_tables(text) == ()


def test_tables_of_other_widths_are_apart() -> None:
    text = "甲\t乙\t丙\n" * 3 + "甲\t乙\t丙\t丁\n" * 3
    assert [(t.rows, t.columns) for t in find_tables(text)] == [(3, 3), (3, 4)]
