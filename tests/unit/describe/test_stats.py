"""The summary of each plan holds what careful reading found."""

from __future__ import annotations

from pathlib import Path

from kg.describe import COLUMNS, summarise
from kg.evaluate import read_gold
from kg.store import open_store
from kg.store.protocol import Store

GOLD = Path(__file__).resolve().parents[3] / "data" / "gold"


def test_an_empty_store_has_no_summaries() -> None:
    assert summarise(open_store()) == []


def test_the_counts_are_those_of_the_gold_files(five_plans: Store) -> None:
    by_title = {row.title: row for row in summarise(five_plans)}
    assert len(by_title) == 5
    for _, gold in read_gold([GOLD]):
        row = by_title[gold["plan"]["title"]]
        assert (row.actions, row.tasks) == (len(gold["actions"]), len(gold["tasks"]))
        assert row.targets >= len(gold["targets"])  # relative ones are not in the gold
        assert row.region == gold["plan"]["region"]
        first, last = gold["plan"]["period_start"], gold["plan"]["period_end"]
        assert row.period == (None if first is None else str(first) if first == last else f"{first}–{last}")


def test_tasks_with_a_lead_are_counted_apart_from_those_with_a_presumed_one(five_plans: Store) -> None:
    by_area = {row.region: (row.tasks, row.with_lead, row.presumed_only) for row in summarise(five_plans)}
    assert by_area["江西省南昌市东湖区"] == (29, 29, 0)  # its actions name their leads
    assert by_area["四川省甘孜藏族自治州"] == (31, 31, 0)  # 排在第一位的为牵头单位,下同
    assert by_area["浙江省温州市瓯海区"] == (26, 0, 0)  # names nobody
    tasks, with_lead, presumed = by_area["浙江省宁波市余姚市"]
    assert (tasks, with_lead) == (25, 0)  # joint lists only
    assert 0 < presumed < tasks


def test_a_row_has_a_cell_for_each_column_and_the_unknown_is_empty(five_plans: Store) -> None:
    rows = summarise(five_plans)
    assert all(len(row.row()) == len(COLUMNS) for row in rows)
    assert [row.row()[2] for row in rows if row.period is None] == [""]
    assert all(row.as_json()["iri"] == row.iri for row in rows)
    assert [row.iri for row in rows] == sorted(row.iri for row in rows)
