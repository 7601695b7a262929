"""A cited document that is itself a plan of the store is one node with it, whichever of them came first."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from kg.pipeline import build, remove
from kg.store import open_store
from kg.store.protocol import Store

BODY = "一、工作任务\n1.开展培训。办班。({0}科协)\n2.办好活动。办展。({0}教育局)\n二、保障措施\n1.加强领导。做好。\n2.加强投入。做好。"
CITY = (
    "南昌市人民政府关于印发南昌市全民科学素质行动规划纲要实施方案(2021—2025年)的通知\n洪府发〔2021〕26号\n各县区人民政府:\n"
    "现将《南昌市全民科学素质行动规划纲要实施方案(2021—2025年)》印发给你们。\n南昌市人民政府\n2021年12月1日\n"
    "南昌市全民科学素质行动规划纲要实施方案(2021—2025年)\n为贯彻落实《全民科学素质行动规划纲要(2021—2035年)》,制定本方案。\n"
) + BODY.format("市")
DISTRICT = (
    "南昌市东湖区全民科学素质行动规划纲要实施方案(2021—2025年)\n根据《全民科学素质行动规划纲要》和{0},制定本方案。\n"
    + BODY.format("区")
)
WAYS = (
    "《南昌市人民政府关于印发南昌市全民科学素质行动规划纲要实施方案(2021-2025年)的通知》",
    "《南昌市全民科学素质行动规划纲要实施方案（2021年至2025年）》",
    "《南昌市全民科学素质行动规划纲要实施方案》",
    "市政府《全民科学素质行动规划纲要实施方案(2021—2025年)》",
    "《南昌市科学素质方案》(洪府发〔2021〕26 号)",
)
OTHERS = (
    "《南昌市全民科学素质行动规划纲要实施方案(2016—2020年)》",
    "《江西省全民科学素质行动规划纲要实施方案(2021—2025年)》",
    "《九江市全民科学素质行动规划纲要实施方案(2021—2025年)》",
    "《南昌市全民科学素质行动规划纲要实施方案(2021—2025年)任务分工》",
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return write(tmp_path, "city.txt", CITY), write(tmp_path, "district.txt", DISTRICT.format(WAYS[0]))


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def values(store: Store, query: str) -> list[str]:
    return sorted(row["x"].value for row in store.query(query))


def quads(store: Store) -> set[str]:
    return {str(quad) for quad in store.quads()}


def plan_of(store: Store, name: str) -> str:
    (found,) = values(store, f'SELECT ?x {{ ?x a plan:Plan ; plan:sourceFile/plan:fileName "{name}" }}')
    return found


@pytest.mark.parametrize("way", WAYS)
def test_a_cited_plan_is_the_plan_however_it_is_cited(tmp_path: Path, way: str) -> None:
    store = open_store()
    build([write(tmp_path, "city.txt", CITY), write(tmp_path, "district.txt", DISTRICT.format(way))], store)
    city, district = plan_of(store, "city.txt"), plan_of(store, "district.txt")
    assert city in values(store, f"SELECT ?x {{ <{district}> plan:basedOn ?x }}")
    assert city in values(store, f"SELECT ?x {{ <{district}> plan:citation/plan:document ?x }}")
    # One other document, which both cite: the outline.
    assert (
        len(values(store, "SELECT DISTINCT ?x { ?x a plan:PolicyDocument FILTER NOT EXISTS { ?x a plan:Plan } }")) == 1
    )


@pytest.mark.parametrize("other", OTHERS)
def test_another_document_of_a_like_title_is_not_the_plan(tmp_path: Path, other: str) -> None:
    store = open_store()
    build([write(tmp_path, "city.txt", CITY), write(tmp_path, "district.txt", DISTRICT.format(other))], store)
    city = plan_of(store, "city.txt")
    assert not values(store, f"SELECT ?x {{ ?x plan:document <{city}> }}")
    assert (
        len(values(store, "SELECT DISTINCT ?x { ?x a plan:PolicyDocument FILTER NOT EXISTS { ?x a plan:Plan } }")) == 2
    )


def test_the_plan_one_level_up_is_what_a_plan_implements(files: tuple[Path, Path]) -> None:
    store = open_store()
    build(files, store)
    city, district = plan_of(store, "city.txt"), plan_of(store, "district.txt")
    assert values(store, f"SELECT ?x {{ <{district}> plan:implements ?x }}") == [city]


def test_the_document_s_own_name_is_kept_as_replaced(files: tuple[Path, Path]) -> None:
    store = open_store()
    build(files[1:], store)
    (before,) = values(
        store,
        'SELECT ?x { ?x a plan:PolicyDocument ; dcterms:title ?t FILTER(STRSTARTS(?t, "南昌市全")) FILTER NOT EXISTS { ?x a plan:Plan } }',
    )
    build(files[:1], store)
    assert values(store, f"SELECT ?x {{ <{before}> dcterms:isReplacedBy ?x }}") == [plan_of(store, "city.txt")]
    assert not values(store, f"SELECT ?x {{ <{before}> a ?x }}")
    assert len(values(store, f"SELECT ?x {{ <{plan_of(store, 'city.txt')}> dcterms:title ?x }}")) == 1


def test_the_order_of_building_changes_nothing(files: tuple[Path, Path]) -> None:
    together = open_store()
    build(files, together)
    for order in permutations(files):
        one_by_one = open_store()
        for file in order:
            build([file], one_by_one)
        assert quads(one_by_one) == quads(together)


def test_a_plan_that_is_withdrawn_leaves_a_cited_document(files: tuple[Path, Path]) -> None:
    alone, both = open_store(), open_store()
    build(files[1:], alone)
    build(files, both)
    before = quads(both)
    city = plan_of(both, "city.txt")
    assert remove(both, city)
    assert quads(both) == quads(alone)
    build(files[:1], both)
    assert quads(both) == before


def test_building_linked_plans_again_changes_nothing(files: tuple[Path, Path]) -> None:
    store = open_store()
    build(files, store)
    for again in (files, files[:1], files[1:]):
        assert {plan.change for plan in build(again, store).plans} == {"unchanged"}


def test_a_plan_built_anew_under_another_title_lets_the_document_go(files: tuple[Path, Path]) -> None:
    store, alone = open_store(), open_store()
    build(files, store)
    city = plan_of(store, "city.txt")
    files[0].write_text(CITY.replace("实施方案(2021—2025年)", "工作方案(2021—2025年)"), "utf-8")
    assert build(files[:1], store).plans[0].replaces == (city,)
    build(files[1:], alone)
    (document,) = values(alone, "SELECT ?x { ?p plan:implements ?x }")
    assert values(store, "SELECT ?x { ?p plan:implements ?x }") == [document]


def test_two_plans_of_one_title_leave_it_open_which_is_meant(tmp_path: Path) -> None:
    store = open_store()
    first = write(tmp_path, "a.txt", CITY)
    second = write(tmp_path, "b.txt", CITY.replace("〔2021〕26号", "〔2021〕27号").replace("办班", "办好培训班"))
    district = write(tmp_path, "district.txt", DISTRICT.format(WAYS[1]))
    build([first, second, district], store)
    assert all("/document/" in iri for iri in values(store, "SELECT ?x { ?p plan:basedOn ?x FILTER(?p != ?x) }"))
