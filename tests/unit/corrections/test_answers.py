"""Rows are checked before anything is built: what cannot be used is told with file, row, column and what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kg.corrections import read_answers
from kg.corrections.values import read_values
from kg.errors import InputError
from kg.sheet import header, table_bytes, write_file

Write = Callable[..., Path]
DUTY = {"where": "§1-1-1", "kind": "responsibility", "taken": "单位=市科协; 角色=牵头"}


@pytest.mark.parametrize("word", "yes Y TRUE 是 对 √ 1 ✓".split())
def test_yes_is_understood_in_many_words(write_sheet: Write, word: str, plan_name: str) -> None:
    (answer,) = read_answers(write_sheet(DUTY | {"correct?": word})).about(plan_name)
    assert answer.verdict == "yes"


@pytest.mark.parametrize("word", "no N false 否 错 × 0 不对".split())
def test_no_is_understood_in_many_words(write_sheet: Write, word: str, plan_name: str) -> None:
    (answer,) = read_answers(write_sheet(DUTY | {"correct?": word})).about(plan_name)
    assert answer.verdict == "no"


def test_rows_without_an_answer_are_passed_over(write_sheet: Write) -> None:
    assert read_answers(write_sheet(DUTY, DUTY | {"note": "later"})).by_plan == {}


def test_unknown_columns_are_tolerated(tmp_path: Path, plan_name: str) -> None:
    file = tmp_path / "t.csv"
    rows = [[f"{plan_name}/1-1-1#responsibility-00000000", "yes", "王敏", "2026-03-01", "77"]]
    write_file(file, table_bytes(".csv", ["fact", "correct?", "who", "when", "price"], rows))
    (answer,) = read_answers(file).about(plan_name)
    assert (answer.owner, answer.kind, answer.row) == ("1-1-1", "responsibility", 2)


def test_a_fact_s_name_says_plan_part_and_kind(write_sheet: Write, plan_name: str) -> None:
    for fact, owner, kind in (
        (f"{plan_name}#title", "", "title"),
        (f"{plan_name}#target-0a1b2c3d-2", "", "target"),
        (f"https://w3id.org/plankg/id/plan/{plan_name}/2-3-9b#crowd-group-0a1b2c3d", "2-3-9b", "crowd-group"),
    ):
        right = {"right value": "甲"} if kind == "title" else {}
        (answer,) = read_answers(write_sheet({"fact": fact, "correct?": "no"} | right)).about(plan_name)
        assert (answer.owner, answer.kind) == (owner, kind)
        assert answer.name == owner + fact[fact.index("#") :]


def test_answers_of_several_sheets_come_by_time_then_file_then_row(write_sheet: Write, plan_name: str) -> None:
    yes = DUTY | {"correct?": "yes"}
    write_sheet(yes | {"when": "2026-03-02"}, yes, name="b.csv")
    file = write_sheet(yes, yes | {"when": "2026/3/1 9:30"}, name="a.csv")
    found = [(a.when, a.file, a.row) for a in read_answers(file.parent).about(plan_name)]
    assert found == [
        ("2026-03-01", "a.csv", 2),
        ("2026-03-01", "b.csv", 3),
        ("2026-03-01T09:30:00", "a.csv", 3),
        ("2026-03-02", "b.csv", 2),
    ]


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ({"correct?": "maybe"}, "correct? (yes/no)", "“maybe” is no answer"),
        ({"correct?": "", "right value": "区科协", "taken": "单位=市科协"}, "correct? (yes/no)", "is empty beside a right value"),
        ({"correct?": "yes", "who": ""}, "who", "is empty"),
        ({"correct?": "yes", "when": ""}, "when", "is empty"),
        ({"correct?": "yes", "when": "soon"}, "when", "“soon” is no date"),
        ({"correct?": "yes", "when": "2026-02-30"}, "when", "is no date"),
        ({"correct?": "yes", "right value": "市教育局"}, "right value", "a right value beside yes"),
        ({"correct?": "no", "right value": "角色=老板"}, "right value", "“老板” is not one of the words"),
        ({"correct?": "no", "right value": "单位="}, "right value", "remove the fact"),
        ({"correct?": "no", "right value": "市科协; 角色=牵头"}, "right value", "stands before the first name="),
        ({"correct?": "no", "kind": "weather"}, "kind", "there is no kind of fact “weather”"),
        ({"correct?": "no", "fact": "nonsense"}, "fact", "“nonsense” names no fact"),
        ({"correct?": "no", "plan": ""}, "plan", "is empty"),
        ({"correct?": "no", "kind": ""}, "kind", "is empty"),
        ({"correct?": "no", "kind": "title", "taken": "甲"}, "right value", "every plan has this"),
        ({"correct?": "no", "kind": "issued", "right value": "3月"}, "right value", "“3月” is no date"),
        ({"correct?": "no", "kind": "issued", "right value": "2026-13-01"}, "right value", "no such day"),
        ({"correct?": "no", "kind": "period", "right value": "2025-2021"}, "right value", "is no period"),
        ({"correct?": "no", "kind": "region", "right value": "鼓楼区"}, "right value", "several areas"),
        ({"correct?": "no", "kind": "region", "right value": "亚特兰蒂斯"}, "right value", "no area has"),
        ({"correct?": "no", "kind": "crowd-group", "right value": "恐龙"}, "right value", "no word of the scheme crowd-group"),
        ({"correct?": "no", "kind": "target", "right value": "数值=许多"}, "right value", "“许多” is no number"),
        ({"correct?": "add", "right value": "市科协", "quote": "甲"}, "right value", "says not both body and role"),
        ({"correct?": "add", "right value": "单位=市科协; 角色=配合"}, "quote", "is empty"),
        ({"correct?": "add", "kind": "target", "right value": "20", "quote": "甲"}, "right value", "what is counted"),
        ({"correct?": "add", "kind": "target", "right value": "指标=甲", "quote": "甲"}, "right value", "has no number"),
        ({"correct?": "add", "kind": "title", "right value": "甲", "quote": "甲"}, "kind", "cannot be added"),
        ({"correct?": "add", "kind": "task", "where": "", "right value": "甲", "quote": "甲"}, "where", "is empty"),
    ],
    ids=lambda value: str(value)[:50],
)  # fmt: skip
def test_a_bad_row_is_told_with_file_row_column_and_remedy(
    write_sheet: Write, row: dict[str, str], column: str, says: str
) -> None:
    file = write_sheet(DUTY | {"taken": "", **row})
    with pytest.raises(InputError) as error:
        read_answers(file)
    text = str(error.value)
    assert f"{file}: row 2, column “{column}”: " in text
    assert says in text
    assert "nothing was built" in text
    assert text.count("(") >= 1


def test_all_bad_rows_are_told_at_once(write_sheet: Write) -> None:
    bad = DUTY | {"correct?": "maybe"}
    file = write_sheet(bad, DUTY | {"correct?": "yes"}, bad, *[bad] * 30)
    with pytest.raises(InputError) as error:
        read_answers(file)
    text = str(error.value)
    assert "32 rows cannot be used" in text
    assert "row 2," in text
    assert "row 4," in text
    assert "row 3," not in text
    assert "and 12 more" in text


def test_a_file_that_is_no_sheet_of_answers_is_said(tmp_path: Path) -> None:
    write_file(tmp_path / "t.csv", table_bytes(".csv", ["a", "b"], [["1", "2"]]))
    with pytest.raises(InputError, match="not a sheet of answers"):
        read_answers(tmp_path / "t.csv")
    write_file(tmp_path / "t.csv", table_bytes(".csv", ["fact", "correct?", "对否"], [["1", "2", "3"]]))
    with pytest.raises(InputError, match="stands twice"):
        read_answers(tmp_path / "t.csv")


def test_a_sheet_that_nobody_has_answered_gives_nothing(tmp_path: Path) -> None:
    write_file(tmp_path / "t.xlsx", table_bytes(".xlsx", header("zh"), []))
    assert read_answers(tmp_path / "t.xlsx").by_plan == {}


@pytest.mark.parametrize(
    ("kind", "raw", "values"),
    [
        ("target", {"value": "1.5万人次"}, {"value": Decimal(15000), "unit": "人次"}),
        ("target", {"value": "≥20%"}, {"value": Decimal(20), "unit": "%", "comparator": "AtLeast"}),
        ("target", {"value": "20", "unit": "座", "comparator": "不少于"}, {"value": Decimal(20), "unit": "座", "comparator": "AtLeast"}),
        ("target", {"value": "五十场"}, {"value": Decimal(50), "unit": "场"}),
        ("target", {"growth_rate": "-3"}, {"growth_rate": Decimal(-3)}),
        ("target", {"value": "无", "benchmark": "全市前列"}, {"value": None, "benchmark": "全市前列"}),
        ("target", {"deadline": "2025年6月底前", "aspirational": "是"}, {"deadline": "2025-06", "aspirational": True}),
        ("target", {"bindingness": "约束性", "result": "成绩"}, {"bindingness": "约束性", "result": "Achievement"}),
        ("deadline", {"value": "2025/6/30"}, {"value": "2025-06-30"}),
        ("issued", {"value": "2022年3月21日"}, {"value": date(2022, 3, 21)}),
        ("period", {"value": "2021—2025年"}, {"value": (2021, 2025)}),
        ("period", {"value": "2018"}, {"value": (2018, 2018)}),
        ("region", {"value": "南昌市东湖区"}, {"value": "360102"}),
        ("region", {"value": "江西省南昌市东湖区"}, {"value": "360102"}),
        ("region", {"value": "360102"}, {"value": "360102"}),
        ("region", {"value": "全国"}, {"value": "100000"}),
        ("plan-type", {"value": "工作要点"}, {"value": "工作要点"}),
        ("crowd-group", {"value": "young people"}, {"value": "青少年"}),
        ("initiative", {"value": "三下乡"}, {"value": "three-to-countryside"}),
        ("citation", {"title": "甲法", "is_basis": "否", "number": "-"}, {"title": "甲法", "is_basis": False, "number": None}),
        ("task", {"part": "保障措施"}, {"part": "SafeguardMeasure"}),
        ("responsibility", {"role": "participates"}, None),
        ("responsibility", {"role": "配合单位"}, {"role": "Support"}),
    ],
    ids=lambda value: str(value)[:60],
)  # fmt: skip
def test_values_are_read_as_people_write_them(kind: str, raw: dict[str, str], values: dict[str, object] | None) -> None:
    if values is None:
        with pytest.raises(ValueError, match="is not one of"):
            read_values(kind, raw)
    else:
        assert read_values(kind, raw) == values
