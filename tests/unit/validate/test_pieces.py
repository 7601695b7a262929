"""Some plans at a time, or all at once: the same report, from an embedded store and from a real server."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg import resources
from kg.pipeline import build
from kg.store import open_store
from kg.validate import validate
from kg.validate.fast import is_installed
from kg.validate.report import Report
from kg.validate.rules import Shapes, load_shapes
from kg.validate.run import examine_in_pieces, run_rules, set_up
from kg.validate.settings import profile


@pytest.fixture(scope="module")
def store():
    opened = open_store()
    build([resources.folder("data/documents")], opened)
    return opened


@pytest.fixture(scope="module")
def whole(store) -> Report:
    return run_rules(store, pieces=0)


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return set_up(load_shapes(), profile(None))


@pytest.mark.parametrize("size", [1, 2, 5])
def test_the_report_is_the_same_whole_and_plan_by_plan(size: int, store, shapes: Shapes, whole: Report) -> None:
    report = examine_in_pieces(store, shapes, "auto", size, profile=profile(None))
    assert report.to_json() == whole.to_json()
    assert report == whole


def test_pyshacl_says_the_same_piece_by_piece(store, shapes: Shapes, whole: Report) -> None:
    report = examine_in_pieces(store, shapes, "pyshacl", 3, profile=profile(None))
    assert (report.engine, whole.engine) == ("pyshacl", "fast" if is_installed() else "pyshacl")
    assert report == whole


def test_a_server_is_asked_piece_by_piece_and_never_for_all(store, whole: Report, sparql_server: str) -> None:
    remote = open_store(endpoint=sparql_server)
    with remote.write() as working:
        working.extend(store.snapshot())
    asked: list[str] = []
    send = remote._ask
    remote._ask = lambda sparql, *more: asked.append(sparql) or send(sparql, *more)  # type: ignore[method-assign]
    assert validate(remote) == whole
    assert not any("{ ?s ?p ?o } WHERE { ?s ?p ?o }" in sparql for sparql in asked)


def test_progress_is_told_piece_by_piece(store, shapes: Shapes) -> None:
    told: list[tuple[str, int, int]] = []
    examine_in_pieces(store, shapes, "auto", 2, lambda stage, what, n, of: told.append((stage, n, of)))
    assert told == [("check", 2, 5), ("check", 4, 5), ("check", 5, 5)]


def test_what_plans_speak_of_without_a_class_is_shared(store, shapes: Shapes) -> None:
    """As a cited document that is itself a plan of the store: each that cites it gives title and area, none a class."""
    other = open_store()
    graphs = [ox.NamedNode(name) for name in store.graph_names() if "/id/graph/" in name][:2]
    document, title = ox.NamedNode("https://example.org/document"), ox.NamedNode("http://purl.org/dc/terms/title")
    with other.write() as working:
        working.extend(store.snapshot())
        for graph in (*graphs, ox.DefaultGraph()):
            working.add(ox.Quad(document, title, ox.Literal("职业技能提升行动方案", language="zh"), graph))
    report = examine_in_pieces(other, shapes, "auto", 1, profile=profile(None))  # raises where it cannot be cut
    assert report.to_json() == run_rules(other, pieces=0).to_json()


@pytest.mark.parametrize(
    "more",
    [
        '<https://example.org/x> <http://purl.org/dc/terms/title> "没有图" .',
        '_:x <http://purl.org/dc/terms/title> "空节点" .',
    ],
    ids=["in no named graph", "a blank node"],
)
def test_a_store_that_cannot_be_cut_is_read_whole(more: str, store) -> None:
    other = open_store()
    graph = ox.NamedNode(next(name for name in store.graph_names() if "/id/graph/" in name))
    quads = [ox.Quad(*quad.triple) for quad in ox.parse(more, format=ox.RdfFormat.N_TRIPLES)]
    with other.write() as working:
        working.extend(store.snapshot())
        working.extend(quads)
        if "_:" in more:
            working.extend(ox.Quad(q.subject, q.predicate, q.object, graph) for q in quads)
    assert run_rules(other, pieces=2).to_json() == run_rules(other, pieces=0).to_json()
