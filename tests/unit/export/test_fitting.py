"""Tables that fit a terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export.fitting import fit, screen_width, wrap

TEXT = st.text("东湖区科协“”(),。、《》:abc 12.-/=", max_size=60)
TABLES = st.integers(1, 8).flatmap(
    lambda n: st.tuples(
        st.lists(st.text("规划编号abc", min_size=1, max_size=8), min_size=n, max_size=n),
        st.lists(st.lists(TEXT, min_size=n, max_size=n), max_size=5),
    )
)


@settings(deadline=None)
@given(TABLES, st.integers(20, 120))
def test_no_line_is_wider_than_the_terminal_and_no_character_is_lost(table, width):
    heads, rows = table
    fitted = fit(heads, rows, width)
    assert max((screen_width(line) for line in fitted.text.splitlines()), default=0) <= width
    for row in rows:
        for cell in row:
            for character in re.sub(r"\s", "", cell):
                assert character in fitted.text
    if not fitted.left_out:
        said = "".join(sorted(re.sub(r"\s", "", "".join(cell for row in rows for cell in row))))
        shown = fitted.text.splitlines()
        assert len(said) <= len("".join(sorted(re.sub(r"\s", "", "".join(shown)))))


@settings(deadline=None)
@given(TEXT, st.integers(4, 40))
def test_a_wrapped_text_is_the_text(text, width):
    lines = wrap(text, width)
    assert all(screen_width(line) <= width for line in lines)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@settings(deadline=None)
@given(st.text("东湖区科协,。》《(“", max_size=60), st.integers(12, 40))
def test_no_line_begins_with_a_closing_mark_that_could_be_kept(text, width):
    for before, line in zip(wrap(text, width), wrap(text, width)[1:], strict=False):
        # A run of marks too long for any line is cut; else the mark stands with the character before it.
        if line and line[0] in ",。》" and re.search(r"[东湖区科协]", before[-(width // 2) :]):
            run = re.search(r"[东湖区科协]?[,。》《(“]*\Z", before)
            assert run is not None
            assert screen_width(run[0]) + 1 >= width - 2 or re.search(r"[《(“]", run[0])


def test_columns_of_iris_go_first_and_are_named():
    heads, row = ["规划", "规划IRI"], ["瓯海区科普事业发展“十四五”规划", "plan/330304-2021-565aea9f"]
    assert fit(heads, [row], 80, {1}).left_out == ()
    narrow = fit(heads, [row], 40, {1})
    assert narrow.left_out == ("规划IRI",)
    assert "330304" not in narrow.text


def test_an_empty_column_goes_without_a_word():
    fitted = fit(["规划", "编号", "原文"], [["东湖" * 6, "", "科普" * 12]], 40)
    assert "编号" not in fitted.text
    assert fitted.left_out == ()


def test_where_no_column_would_be_readable_each_row_is_a_block():
    heads = [f"栏目{n}" for n in range(9)]
    text = fit(heads, [["东湖区全民科学素质"] * 9] * 2, 40).text
    assert text.count("-- ") == 2
    assert text.splitlines()[1] == "栏目0  东湖区全民科学素质"


@pytest.mark.parametrize("width", [40, 60, 80])
def test_rows_of_several_lines_are_set_apart(width):
    text = fit(["规划", "原文"], [["东湖", "科普" * 40], ["瓯海", "科普" * 40]], width).text
    assert "\n\n瓯海" in text
