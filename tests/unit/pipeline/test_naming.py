"""A body that plans of one area name differently has one name, whichever plan came first, and loses none of its forms."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from kg.pipeline import build, remove
from kg.store import open_store
from kg.store.protocol import Store

PLAN = (
    "东湖区{year}年科普工作要点\n东湖区人民政府办公室\n{year}年3月1日\n一、重点任务\n"
    "1.开展节水科普。开展节水宣传。(责任单位:{water}、区科协)\n2.开展培训。每年办班。(责任单位:区教育局、区应急局)\n"
)
FORMS = {"2021": "区水务局", "2022": "南昌市东湖区水利局", "2023": "区水利局"}
WATER = "agency/360102/water"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = []
    for year, water in FORMS.items():
        made.append(tmp_path / f"{year}.txt")
        made[-1].write_text(PLAN.format(year=year, water=water), "utf-8")
    return made


def labels(store: Store, name: str) -> list[str]:
    return sorted(r["x"].value for r in store.query(f"SELECT ?x {{ <{store.base}{WATER}> {name} ?x }}"))


def quads(store: Store) -> set[str]:
    return {str(quad) for quad in store.quads()}


def test_whatever_the_order_the_body_has_the_name_of_the_latest_plan(files: list[Path]) -> None:
    stores = []
    for order in permutations(files):
        store = open_store()
        for file in order:
            build([file], store)
        stores.append(quads(store))
        assert labels(store, "skos:prefLabel") == ["南昌市东湖区水利局"]
        assert labels(store, "plan:otherFullName") == ["南昌市东湖区水务局"]
        assert labels(store, "skos:altLabel") == ["区水利局", "区水务局", "南昌市东湖区水务局"]
    together = open_store()
    build(files, together)
    assert all(each == quads(together) for each in stores)


def test_the_name_goes_with_the_plans_that_give_it(files: list[Path]) -> None:
    store, alone = open_store(), open_store()
    build(files, store)
    build(files[:1], alone)
    for year in ("2022", "2023"):
        [plan] = [r["x"].value for r in store.query(f'SELECT ?x {{ ?x plan:sourceFile/plan:fileName "{year}.txt" }}')]
        assert remove(store, plan)
    assert labels(store, "skos:prefLabel") == ["南昌市东湖区水务局"]
    assert quads(store) == quads(alone)


def test_the_words_of_a_plan_go_before_what_follows_from_a_reform(tmp_path: Path) -> None:
    before, after = tmp_path / "a.txt", tmp_path / "b.txt"
    text = PLAN.replace("东湖区", "上海市").replace("区科协", "市科协").replace("区教育局", "市教委")
    before.write_text(text.format(year="2016", water="市农委").replace("区应急局", "市水务局"), "utf-8")
    after.write_text(text.format(year="2015", water="市水务局").replace("区应急局", "市商务委"), "utf-8")
    store = open_store()
    build([before, after], store)
    counted = "SELECT ?x { { SELECT ?x (COUNT(?n) AS ?c) { ?x a plan:Agency ; skos:prefLabel ?n FILTER(LANG(?n) = 'zh') } GROUP BY ?x } FILTER(?c != 1) }"
    assert not list(store.query(counted))


def test_one_plan_with_two_names_for_a_body_gives_it_the_first(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(PLAN.format(year="2021", water="区水务局").replace("区应急局", "区水利局"), "utf-8")
    store = open_store()
    build([file], store)
    assert labels(store, "skos:prefLabel") == ["南昌市东湖区水务局"]
    assert {"区水利局", "区水务局"} <= set(labels(store, "skos:altLabel"))
