"""The schema is small, tells the truth about the graph, and its example queries work."""

from __future__ import annotations

import json

import pytest

from kg.describe import schema
from kg.describe.samples import EXAMPLES, Example
from kg.store import open_store
from kg.store.protocol import Store

PREFIXES = """PREFIX plan: <https://w3id.org/plankg/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX org: <http://www.w3.org/ns/org#>
"""


def count(store: Store, pattern: str) -> int:
    (row,) = store.query(f"{PREFIXES} SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    return int(row["n"].value)


def test_the_page_is_small_enough_to_be_read_at_once(five_plans: Store) -> None:
    page = schema(five_plans).to_markdown()
    assert len(page.splitlines()) <= 300
    assert len(page) <= 30_000
    assert max(map(len, page.splitlines())) <= 1_000


def test_counts_of_classes_and_properties_are_those_of_a_query(five_plans: Store) -> None:
    found = schema(five_plans)
    assert found.triples == count(five_plans, "?s ?p ?o")
    words = {
        "CrowdGroup",
        "Indicator",
        "Initiative",
        "AgencyType",
        "Unit",
        "Role",
        "Basis",
        "Comparator",
        "Accumulation",
    }
    plain = [c for c in found.classes if c.iri.rsplit("#", 1)[-1] not in words]
    assert {c.iri.rsplit("#", 1)[-1] for c in plain} >= {"Plan", "Task", "Action", "Target", "Responsibility", "Agency"}
    for cls in plain:
        assert cls.count == count(five_plans, f"?s a <{cls.iri}>"), cls.iri
    (task,) = [c for c in plain if c.iri.endswith("#Task")]
    for use in task.properties:
        assert use.count == count(five_plans, f"?s a plan:Task ; <{use.iri}> ?o"), use.iri


def test_every_property_that_a_class_has_is_told_there_or_at_a_superclass(five_plans: Store) -> None:
    told = {use.iri for cls in schema(five_plans).classes for use in cls.properties}
    rows = five_plans.query(
        PREFIXES + "SELECT DISTINCT ?p { ?s ?p ?o ; a plan:Provision FILTER(STRSTARTS(STR(?p), STR(plan:))) }"
    )
    everywhere = {"evidence", "rule", "confidence", "partOf", "hasPart", "hasTarget"}
    assert {row["p"].value.rsplit("#", 1)[-1] for row in rows} - everywhere <= {iri.rsplit("#", 1)[-1] for iri in told}


def test_of_the_schemes_only_what_the_plans_use_is_listed(five_plans: Store) -> None:
    schemes = {s.iri.rsplit("/", 1)[-1]: s for s in schema(five_plans).schemes}
    groups = schemes["crowd-group"]
    assert 0 < groups.used == len(groups.concepts) <= groups.total
    assert {c.zh for c in groups.concepts} >= {"青少年", "农民", "老年人"}
    for concept in groups.concepts[:3]:
        pattern = f"?s ?p <{concept.iri}> FILTER NOT EXISTS {{ ?s skos:inScheme ?scheme }}"
        assert concept.count == count(five_plans, pattern + " FILTER(?p != skos:member)")
    assert schemes["finding-code"].used == count(five_plans, "{ SELECT DISTINCT ?code { ?f plan:code ?code } }")


def test_named_graphs_are_told_with_what_they_hold(five_plans: Store) -> None:
    graphs = {g.iri: g for g in schema(five_plans).graphs}
    assert sorted(graphs) == five_plans.graph_names()
    for name, graph in graphs.items():
        assert graph.count == count(five_plans, f"GRAPH <{name}> {{ ?s ?p ?o }}")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.en[:30])
def test_every_example_query_works_and_finds_something(five_plans: Store, example: Example) -> None:
    rows = list(five_plans.query(example.sparql))
    assert len(rows) > 20
    assert example.sparql in schema(five_plans).to_markdown()


def test_every_example_value_can_stand_in_a_query(five_plans: Store) -> None:
    tried = 0
    for cls in schema(five_plans).classes:
        for use in cls.properties:
            if "…" not in use.example:
                assert count(five_plans, f"?s <{use.iri}> {use.example}") > 0, (use.iri, use.example)
                tried += 1
    assert tried > 80


def test_json_says_the_same_as_the_page(five_plans: Store) -> None:
    found = schema(five_plans)
    read = json.loads(found.to_json())
    assert [c["iri"] for c in read["classes"]] == [c.iri for c in found.classes]
    for cls in read["classes"]:
        assert f"`{cls['term']}` {cls['count']} · {cls['label']['zh']} · {cls['label']['en']}" in found.to_markdown()
    assert schema(five_plans).to_json() == found.to_json()


def test_an_empty_store_has_an_empty_schema() -> None:
    found = schema(open_store())
    assert (found.triples, found.classes, found.schemes, found.graphs) == (0, (), (), ())
    assert "0 triples" in found.to_markdown()
