"""Saved questions asked of an area: its plans and those of the areas within it, nothing else."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from kg import resources
from kg.cli import main
from kg.errors import EmptyError, UsageError
from kg.pipeline import build
from kg.query import answer, bind, example_values, load_queries, narrow, plans_within, resolve_values, takes_region
from kg.query.catalogue import values_with_defaults
from kg.store import open_store
from kg.store.memory import MemoryStore

QUERIES = load_queries()
ASKED = [name for name, query in QUERIES.items() if takes_region(query)]


@pytest.fixture(scope="module")
def store():
    opened = open_store()
    build([resources.folder("data/documents")], opened)
    return opened


def values_of(name: str) -> dict[str, str]:
    return {key: value for key, value in example_values(QUERIES[name]).items() if key != "plan"}


@pytest.mark.parametrize("name", [name for name in ASKED if "plan" in QUERIES[name].columns])
def test_an_area_has_the_rows_of_its_plans(name, store):
    query, values = QUERIES[name], values_of(name)
    column = list(query.columns).index("plan")
    plans = plans_within(store, query, {}, "浙江省")
    whole = answer(store, query, values).rows
    assert len(plans) == 2
    found = answer(store, query, values, region="330000").rows
    assert list(found) == [row for row in whole if row[column] is not None and row[column].value in plans]


@pytest.mark.parametrize("name", ASKED)
def test_an_area_with_one_plan_is_that_plan(name, store):
    query, values = QUERIES[name], values_of(name)
    (plan,) = plans_within(store, query, {}, "513300")
    assert (
        answer(store, query, values, region="甘孜藏族自治州").rows == answer(store, query, values | {"plan": plan}).rows
    )


def test_most_questions_can_be_asked_of_an_area():
    assert len(ASKED) > 25
    assert "task-detail" not in ASKED


def test_an_area_is_cut_into_pages_like_all_plans(store):
    import dataclasses

    query = QUERIES["tasks-without-lead"]
    query = dataclasses.replace(query, page=dataclasses.replace(query.page, size=1))
    first = answer(store, query, region="330000", page=1)
    second = answer(store, query, region="330000", page=2)
    assert (first.page.total, second.page.number) == (2, 2)
    assert {*first.rows, *second.rows} == set(answer(store, query, region="330000").rows)


def test_the_text_says_which_plans_they_are(store):
    from kg.query import prepare

    query = QUERIES["tasks-without-lead"]
    _, _, text = prepare(store, query, {}, region="330000")
    bound = bind(query, resolve_values(store, query, values_with_defaults(query, {})))
    assert text == narrow(bound, "__plan_iri", plans_within(store, query, {}, "330000"))


@pytest.mark.parametrize(
    ("name", "values", "region", "error", "words"),
    [
        ("task-detail", {"task": "x"}, "330000", UsageError, "not asked of an area"),
        ("tasks-without-lead", {"plan": "瓯海区"}, "330000", UsageError, "a plan and an area"),
        ("tasks-without-lead", {}, "没有的地方", UsageError, "there is no Region"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_do(name, values, region, error, words, store):
    query = QUERIES[name]
    if name == "task-detail":
        values = example_values(query)
    with pytest.raises(error, match=words) as caught:
        answer(store, query, values, region=region)
    assert caught.value.remedy


def test_an_area_without_plans_is_empty_not_silent():
    text = "<https://w3id.org/plankg/id/region/110000> a <https://w3id.org/plankg/ontology#Region> ."
    lone = MemoryStore(ox.parse(text, format=ox.RdfFormat.TURTLE))
    with pytest.raises(EmptyError, match="no plan of 110000") as caught:
        answer(lone, QUERIES["tasks-without-lead"], region="110000")
    assert caught.value.remedy


def run(capsys, *arguments: str) -> str:
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 0
    return capsys.readouterr().out


def test_the_command_takes_an_area(capsys, tmp_path):
    place = str(tmp_path / "store")
    run(capsys, "build", str(resources.folder("data/documents")), "--store", place)
    said = json.loads(run(capsys, "query", "lead-coverage", "--region", "浙江省", "--store", place, "--format", "json"))
    assert len(said["results"]["bindings"]) == 2
    assert "浙江省" in json.dumps(said["head"], ensure_ascii=False)
    assert "--region" in run(capsys, "query", "lead-coverage", "--help", "--lang", "zh")
