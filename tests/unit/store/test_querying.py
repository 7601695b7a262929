"""Calls to other endpoints are found in every spelling, and only there; several default graphs are merged."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.store.protocol import Dataset
from kg.store.querying import refuse_requests, refuse_service, run_query

ELSEWHERE = "<http://127.0.0.1:1/sparql>"
CALLS = [
    f"SELECT * {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service silent {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SeRvIcE{ELSEWHERE}{{}} }}",
    f"SELECT * {{ #comment\nSERVICE#comment\n{ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"PREFIX : {ELSEWHERE} ASK {{ SERVICE:x {{}} }}",
    "SELECT * { ?x ?y ?where SERVICE ?where { ?s ?p ?o } }",
    "SELECT * { ?x ?y ?where SERVICE SILENT$where{ ?s ?p ?o } }",
    f"ASK {{ FILTER EXISTS {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }} }}",
    f"ASK {{ FILTER NOT EXISTS {{ {{ SELECT * {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }} }} }} }}",
    f"SELECT (EXISTS {{ SERVICE {ELSEWHERE} {{}} }} AS ?x) {{}}",
    f"ASK {{ ?s ?p 1e5 . OPTIONAL {{ MINUS {{ SERVICE {ELSEWHERE} {{}} }} }} }}",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"DESCRIBE ?s {{ SERVICE {ELSEWHERE} {{ ?s ?p ?o }} }}",
    f"ASK {{ ?service ?p 'SERVICE' . SERVICE {ELSEWHERE} {{}} }} # SERVICE",
    # An IRI that holds an escape, and behind it what a scanner takes for a comment.
    rf"ASK {{ OPTIONAL {{ <http://x/\u0041#y> ?p ?o }} SERVICE {ELSEWHERE} {{}} }}",
    rf"ASK {{ OPTIONAL {{ <http://x/\u0022> ?p ?o }} SERVICE {ELSEWHERE} {{}} FILTER(1 = 1 || '\"' = '') }}",
    rf"ASK {{ \u0053ERVICE {ELSEWHERE} {{}} }}",
    rf"ASK {{ \U00000053ERV\u0049CE {ELSEWHERE} {{}} }}",
    # Within a string for Oxigraph, outside of it for servers that replace escapes before they read.
    rf"ASK {{ ?s ?p '\u0027 . SERVICE {ELSEWHERE} {{}} #' }}",
]
HARMLESS = [
    "SELECT ?service { ?service a ?SERVICE }",
    "ASK { ?s ?p 'SERVICE <http://127.0.0.1:1/> {}' }",
    'ASK { ?s ?p """ } SERVICE <http://127.0.0.1:1/> {} """ }',
    "ASK { # SERVICE <http://127.0.0.1:1/> {}\n ?s <http://127.0.0.1:1/SERVICE#service> 'x'@service }",
    "PREFIX service: <http://127.0.0.1:1/service/> ASK { service:a service:SERVICE service:b }",
    "ASK { FILTER(<http://127.0.0.1:1/service>(1)) }",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_to_another_endpoint_is_refused_before_anything_is_evaluated(query: str) -> None:
    with pytest.raises(QueryError):
        refuse_service(query)
    with pytest.raises(QueryError):
        run_query(ox.Store(), query, "here")


@pytest.mark.parametrize("query", HARMLESS)
def test_a_query_may_hold_the_word_service_where_it_calls_nobody(query: str) -> None:
    refuse_service(query)


def test_an_update_that_loads_is_refused_and_one_that_only_says_the_word_is_not() -> None:
    for update in (f"LOAD {ELSEWHERE}", f"CLEAR ALL ; load silent{ELSEWHERE} INTO GRAPH <x:g>", CALLS[0]):
        with pytest.raises(QueryError):
            refuse_requests(update.replace("SELECT *", "INSERT { ?s ?p ?o } WHERE"))
    refuse_requests("INSERT DATA { <x:load> <x:service> 'LOAD <x:y>' } # LOAD")


def test_a_broken_query_that_mentions_the_word_is_told_where_it_is_broken() -> None:
    with pytest.raises(QueryError, match="line 2, column 14"):
        run_query(ox.Store(), "# SERVICE\nASK { ?s ?p }", "here")


@pytest.fixture
def two_graphs() -> ox.Store:
    store = ox.Store()
    for graph in ("x:a", "x:b"):
        store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal("两处都说"), ox.NamedNode(graph)))
    store.add(ox.Quad(ox.NamedNode("x:s"), ox.NamedNode("x:p"), ox.Literal("另一处"), ox.NamedNode("x:b")))
    return store


def test_several_default_graphs_are_merged_so_that_a_triple_of_two_counts_once(two_graphs: ox.Store) -> None:
    def count(sparql: str, dataset: Dataset | None = None) -> str:
        return next(iter(run_query(two_graphs, sparql, "here", dataset=dataset)))["n"].value

    plain = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
    assert count(plain.format("FROM <x:a> FROM <x:b>")) == "2"
    assert count(plain.format("FROM <x:a> FROM <x:none>")) == "1"
    assert count("PREFIX g: <x:> " + plain.format("FROM g:a FROM NAMED <x:b> FROM g:b")) == "2"
    assert count(plain.format("FROM <x:a>"), Dataset(("x:a", "x:b"))) == "2"
    assert count(plain.format("FROM <x:a> FROM <x:b>"), Dataset((), ("x:a",))) == "0"
    graphs = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert count(graphs, Dataset(("x:a", "x:b"), ("x:b",))) == "1"
    assert count(graphs, Dataset(("x:a", "x:b"))) == "0"
