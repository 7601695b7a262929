"""What every store must do, wherever it lies: the same tests on memory, a folder and a real server."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.store import open_store
from kg.store.graphs import remove_plan, replace_plan

TASK, TITLE = ox.NamedNode("https://w3id.org/plankg/id/plan/x/1"), ox.NamedNode("http://purl.org/dc/terms/title")
GRAPH = "https://w3id.org/plankg/id/graph/x"
AWKWARD = [
    ox.Literal("对接“技能中国行动”", language="zh"),
    ox.Literal('引号"、反斜\\、换行\n、制表\t、控制\x07、𠮷'),
    ox.Literal("15.8", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    ox.Literal("2025", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
    ox.Literal(""),
    ox.NamedNode("https://w3id.org/plankg/id/中文"),
]


@pytest.fixture(params=["memory", "folder", "server"])
def store(request, tmp_path):
    if request.param == "memory":
        opened = open_store()
    elif request.param == "folder":
        opened = open_store(tmp_path / "store", create=True)
    else:
        opened = open_store(endpoint=request.getfixturevalue("sparql_server"))
    yield opened
    opened.close()


def triples(*objects):
    return [ox.Triple(TASK, TITLE, value) for value in objects]


def test_a_new_store_is_empty(store):
    assert store.is_empty()
    assert store.graph_names() == []
    assert list(store.quads()) == []
    assert not store.query("ASK { ?s ?p ?o }")


def test_what_is_written_can_be_read_back_as_it_was(store):
    with store.write() as working:
        replace_plan(working, GRAPH, triples(*AWKWARD))
    assert {quad.object for quad in store.quads(GRAPH)} == set(AWKWARD)
    assert {row["o"] for row in store.query("SELECT ?o { ?s ?p ?o }")} == set(AWKWARD)
    assert {triple.object for triple in store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")} == set(AWKWARD)
    assert store.exists()
    assert not store.is_empty()
    assert store.graph_names() == [GRAPH]


def test_a_query_sees_the_default_graph_and_graph_patterns_the_named_ones(store):
    with store.write() as working:
        working.add(ox.Quad(TASK, TITLE, ox.Literal("默认")))
        working.add(ox.Quad(TASK, TITLE, ox.Literal("命名"), ox.NamedNode(GRAPH)))
    assert [row["o"].value for row in store.query("SELECT ?o { ?s ?p ?o }")] == ["默认"]
    assert [row["o"].value for row in store.query("SELECT ?o { GRAPH ?g { ?s ?p ?o } }")] == ["命名"]
    assert [quad.object.value for quad in store.quads(ox.DefaultGraph())] == ["默认"]
    assert [quad.object.value for quad in store.quads(GRAPH)] == ["命名"]
    assert {quad.object.value for quad in store.quads()} == {"默认", "命名"}
    assert list(store.quads("https://example.org/not-there")) == []


def test_a_write_sees_what_was_written_before_and_can_take_it_away(store):
    with store.write() as working:
        replace_plan(working, GRAPH, triples(*AWKWARD))
    with store.write() as working:
        assert len(list(working.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH)))) == len(AWKWARD)
        remove_plan(working, GRAPH)
        replace_plan(working, GRAPH + "2", triples(ox.Literal("留下")))
    assert {quad.object.value for quad in store.quads()} == {"留下"}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_any_exception_in_a_write_leaves_the_store_as_it_was(store, error):
    with store.write() as working:
        replace_plan(working, GRAPH, triples(ox.Literal("原来")))
    before = set(store.quads())
    with pytest.raises(error), store.write() as working:  # noqa: PT012 - the block is what is given up
        remove_plan(working, GRAPH)
        replace_plan(working, GRAPH, triples(ox.Literal("半途")))
        raise error
    assert set(store.quads()) == before


def test_readers_see_the_old_graph_until_the_write_is_done(store):
    with store.write() as working:
        replace_plan(working, GRAPH, triples(ox.Literal("原来")))
    with store.write() as working:
        replace_plan(working, GRAPH, triples(ox.Literal("新的")))
        assert [row["o"].value for row in store.query("SELECT ?o { ?s ?p ?o }")] == ["原来"]
    assert [row["o"].value for row in store.query("SELECT ?o { ?s ?p ?o }")] == ["新的"]


def test_a_snapshot_does_not_change_with_later_writes(store):
    with store.write() as working:
        replace_plan(working, GRAPH, triples(ox.Literal("原来")))
    snapshot = store.snapshot()
    with store.write() as working:
        replace_plan(working, GRAPH, triples(ox.Literal("新的")))
    assert {quad.object.value for quad in snapshot} == {"原来"}


def test_a_broken_query_is_a_query_error_with_line_and_column(store):
    with pytest.raises(QueryError) as caught:
        store.query("SELECT ?s {\n  ?s ?p\n}")
    assert caught.value.where.startswith("line 3, column ")


def test_an_update_is_no_query(store):
    with pytest.raises(QueryError):
        store.query("INSERT DATA { <x:s> <x:p> <x:o> }")
    assert store.is_empty()


def test_ask_and_describe_are_answered(store):
    with store.write() as working:
        replace_plan(working, GRAPH, triples(ox.Literal("任务")))
    assert store.query("ASK { ?s ?p '任务' }")
    assert [triple.object.value for triple in store.query(f"DESCRIBE {TASK}")] == ["任务"]


def test_known_prefixes_and_the_base_need_not_be_declared(store):
    with store.write() as working:
        replace_plan(working, GRAPH, triples(ox.Literal("默认")))
    assert [row["t"].value for row in store.query("SELECT ?t { <plan/x/1> dcterms:title ?t }")] == ["默认"]
    assert [t.object.value for t in store.query("DESCRIBE <plan/x/1> # <plan/y>")] == ["默认"]
    assert store.query("PREFIX dcterms: <urn:x:> ASK { FILTER(STR(dcterms:a) = 'urn:x:a') }")
    assert store.query("ASK { FILTER(STR(level:county) = 'https://w3id.org/plankg/concept/level/county') }")


@pytest.mark.parametrize(
    ("sparql", "says"),
    [
        ("SELECT * {\n ?任务 foo:bar ?o }", r"line 2, column 13: the prefix foo: is not declared .*PREFIX foo:"),
        ("SELECT * {\n ?任务 foo:bar ?o }", "dcterms"),
        ("SELECT * { ?s ?p }", r"line 1, column \d+: the query is not valid SPARQL here or shortly before"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "contains a variable that is unbound"),
        ("", "empty"),
        ("# 只有注释", "empty"),
        ("PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }", "DELETE changes the graph, and this only asks"),
    ],
)
def test_what_is_wrong_with_a_query_is_said_in_words(store, sparql, says):
    with pytest.raises(QueryError, match=says) as caught:
        store.query(sparql)
    assert "\\u{" not in str(caught.value)


def test_an_unknown_function_is_the_fault_of_the_query():
    with pytest.raises(QueryError, match="plankg/ontology#sum"):
        open_store().query("SELECT (plan:sum(1) AS ?n) {}")
