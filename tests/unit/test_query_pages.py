"""Saved queries page by page: the pages together are the answer, on both engines."""

from __future__ import annotations

import dataclasses
import json
import re
import warnings

import pyoxigraph as ox
import pytest

from kg import resources
from kg.cli import main
from kg.errors import UsageError
from kg.pipeline import build
from kg.query import answer, bind, example_values, find_page, lint, load_queries, narrow, resolve_values
from kg.query.catalogue import values_with_defaults
from kg.query.header import parse_query
from kg.query.pages import PLANS_BY_TITLE
from kg.query.saved import Paging
from kg.store import open_store

QUERIES = load_queries()
PAGED = {name: query for name, query in QUERIES.items() if query.page}


@pytest.fixture(scope="module")
def store():
    opened = open_store()
    build([resources.folder("data/documents")], opened)
    return opened


@pytest.fixture(scope="module")
def plans(store):
    return [solution["value"].value for solution in store.query(PLANS_BY_TITLE)]


def bound(store, name: str) -> str:
    query = QUERIES[name]
    return bind(query, resolve_values(store, query, values_with_defaults(query, example_values(query))))


def with_pages_of(name: str, size: int):
    query = QUERIES[name]
    return dataclasses.replace(query, page=dataclasses.replace(query.page, size=size))


@pytest.mark.parametrize("name", [name for name, query in PAGED.items() if query.page.by == "plan"])
def test_the_rows_of_some_plans_are_those_of_the_whole_answer_in_its_order(name, store, plans):
    text, column = bound(store, name), list(QUERIES[name].columns).index("plan")
    whole = [tuple(row) for row in store.query(text)]
    for some in (plans[:2], plans[2:]):
        shown = [tuple(row) for row in store.query(narrow(text, "__plan_iri", some))]
        assert shown == [row for row in whole if row[column] is not None and row[column].value in some]


@pytest.mark.parametrize("name", PAGED)
def test_the_pages_together_are_the_answer(name, store):
    query = with_pages_of(name, 2)
    values = example_values(query)
    first = answer(store, query, values, page=1)
    assert first.page
    assert first.page.last > 1
    rows = [row for n in range(1, first.page.last + 1) for row in answer(store, query, values, page=n).rows]
    assert sorted(map(str, rows)) == sorted(map(str, answer(store, query, values).rows))


# rdflib joins what the narrowed groups of these give row by row, for minutes; their rows without pages are compared in
# test_query.py.
ENDLESS_IN_RDFLIB = {"basis-levels", "groups-left-out", "crowd-group-coverage"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [name for name, query in PAGED.items() if query.page.by == "plan" and name not in ENDLESS_IN_RDFLIB]
)
def test_rdflib_gives_the_same_page(name, store, plans):
    import rdflib

    graph = rdflib.Graph()
    text = store.snapshot().dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    graph.parse(data=text, format="nt")
    page = narrow(bound(store, name), "__plan_iri", plans[:2])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = len(list(graph.query(page)))
    assert theirs == len(list(store.query(page)))


def test_a_page_says_which_plans_it_tells_of(store, plans):
    query = with_pages_of("tasks-of-plan", 2)
    second = answer(store, query, page=2)
    assert second.page.values == tuple(plans[2:4])
    assert (second.page.number, second.page.last, second.page.start, second.page.total) == (2, 3, 3, 5)
    assert second.notes("en")[0].startswith("page 2 of 3: plans 3 to 4 of 5")
    last = answer(store, query, page=3)
    assert last.page.values == tuple(plans[4:])
    assert "--page" not in last.notes("en")[0].partition(", --page all")[0].partition("(")[2].replace("--page all", "")


def test_where_the_plan_is_given_or_all_fit_one_page_there_are_no_pages(store):
    assert answer(store, QUERIES["tasks-of-plan"], page=1).page is None
    assert answer(store, with_pages_of("tasks-of-plan", 2), {"plan": "东湖"}, page=1).page is None
    assert answer(store, with_pages_of("tasks-of-plan", 2)).page is None


@pytest.mark.parametrize(("name", "values", "page"), [("tasks-of-plan", {}, 2), ("plans", {}, 2), ("tasks-of-plan", {"plan": "x"}, 2)])  # fmt: skip
def test_a_page_that_is_not_there_is_refused(store, name, values, page):
    with pytest.raises(UsageError, match=f"no page {page}"):
        find_page(store, QUERIES[name], values, page)


def test_the_refusal_says_how_many_pages_there_are(store):
    with pytest.raises(UsageError) as one:
        find_page(store, QUERIES["tasks-of-plan"], {}, 2)
    assert "one page" in one.value.remedy
    with pytest.raises(UsageError) as several:
        find_page(store, with_pages_of("tasks-of-plan", 2), {}, 99)
    assert re.search(r"(\d+) pages: give 1 to \1,", several.value.remedy)


def test_weights_fill_a_page(store):
    query = dataclasses.replace(
        QUERIES["comparable-indicators"],
        page=Paging("indicator", 5, "SELECT ?value ?weight { VALUES (?value ?weight) { (<urn:a> 4) (<urn:b> 2) (<urn:c> 9) (<urn:d> 1) } }"),
    )  # fmt: skip
    assert [find_page(store, query, {}, n).values for n in (1, 2, 3, 4)] == [("urn:a",), ("urn:b",), ("urn:c",), ("urn:d",)]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("{ by: task, size: 5 }", "which is no parameter"),
        ("{ by: area, size: 5 }", "page has no order"),
        ('{ by: area, size: 5, order: "SELECT ?x { ?x ?p ?o }" }', "otherwise than as ?value"),
    ],
)
def test_the_linter_finds_pages_that_cannot_be(written, fault):
    text = (
        "#+ summary: s\n#+ description: d\n#+ x-plankg:\n#+   version: 1.0.0\n#+   answers: [Q01]\n#+   summary: { zh: 问 }\n"
        "#+   description: { zh: 问 }\n#+   params: { area: { description: { en: a, zh: 甲 }, example: 'urn:a' } }\n"
        f"#+   columns: {{ s: {{ zh: 甲, en: s }} }}\n#+   page: {written}\n"
        "SELECT ?s WHERE { ?s ?p ?__area_iri } ORDER BY ?s\n"
    )
    assert [fault in str(found) for found in lint(parse_query(text, "some", "some.rq"))] == [True]


def test_the_command_takes_a_page_and_says_where_it_ends(tmp_path, monkeypatch, capsys):
    store = tmp_path / "store"
    with open_store(store, create=True).write() as working:
        for n in range(60):
            for line in ("a <https://w3id.org/plankg/ontology#Plan>", f'<http://purl.org/dc/terms/title> "规划{n:02}"@zh'):  # fmt: skip
                working.update(f"INSERT DATA {{ <https://w3id.org/plankg/id/plan/{n:02}> {line} }}")

    def said(*words: str) -> str:
        with pytest.raises(SystemExit) as left:
            main(["query", "repairs", "--store", str(store), *words])
        assert left.value.code == 0, capsys.readouterr().err
        return capsys.readouterr()

    first = json.loads(said("--format", "json").out)
    assert first["head"]["x-plankg"]["page"] == {"number": 1, "of": 2, "by": "plan", "shown": 50, "all": 60}
    assert len(first["results"]["bindings"]) == 50
    csv = said("--format", "csv", "--page", "2")
    assert csv.out.count("\n") == 11
    assert "page 2 of 2: plans 51 to 60 of 60" in csv.err or "51" in csv.err
    assert said("--format", "csv", "--page", "all").out.count("\n") == 61
    assert "VALUES ?__plan_iri" in said("--print", "--page", "2").out
    assert "VALUES ?__plan_iri" not in said("--print").out
