"""The same saved question, the same rows: embedded Oxigraph, a running `oxigraph serve`, and rdflib."""

from __future__ import annotations

import json
import warnings
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox
import pytest
import rdflib

from kg import resources
from kg.pipeline import build
from kg.query import answer, bind, choices, example_values, load_queries, resolve_values, values_with_defaults
from kg.store import open_store

QUERIES = load_queries()
# With what must be given alone, and with an example for everything.
ASKED = [(name, every) for name, query in QUERIES.items() for every in (False, True) if not every or query.parameters]


@pytest.fixture(scope="module")
def store():
    opened = open_store()
    build([resources.folder("data/documents")], opened)
    return opened


@pytest.fixture(scope="module")
def rdflib_graph(store):
    graph = rdflib.Graph()
    text = store.snapshot().dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return graph.parse(data=text, format="nt")


@pytest.fixture(scope="module")
def served(store, _running_server):
    remote = open_store(endpoint=_running_server)
    with remote.write() as working:
        working.clear()
        working.extend(store.snapshot())
    yield remote
    with remote.write() as working:
        working.clear()


def text_of(store, name: str, every: bool) -> str:
    query = QUERIES[name]
    values = {p.name: p.example for p in query.parameters if p.example is not None} if every else example_values(query)
    return bind(query, resolve_values(store, query, values_with_defaults(query, values)))


def shown(term: object) -> str:
    """A term with kind, language and value; numbers as numbers, for engines write them with more or fewer digits."""
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode | rdflib.URIRef):
        return f"<{getattr(term, 'value', term)}>"
    text = term.value if isinstance(term, ox.Literal) else str(term)
    language = term.language or ""
    datatype = str(term.datatype.value if isinstance(term, ox.Literal) else term.datatype or "")
    if datatype.rpartition("#")[2] in ("integer", "decimal", "double"):
        try:
            return f"number {Decimal(text).normalize():f}"
        except InvalidOperation:
            return text
    return f'"{text}"@{language}'


def alike(ours: list[list[str]], theirs: list[list[str]], name: str, folder) -> None:
    """Equal, or both sides are written where they can be compared."""
    if ours != theirs:
        for side, rows in (("embedded", ours), ("other", theirs)):
            (folder / f"{name}.{side}.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    assert ours == theirs, f"both sides are in {folder}"


@pytest.mark.parametrize(("name", "every"), ASKED)
def test_a_server_answers_as_the_embedded_store(store, served, tmp_path, name, every):
    text = text_of(store, name, every)
    ours = [list(map(shown, row)) for row in store.query(text)]
    alike(ours, [list(map(shown, row)) for row in served.query(text)], name, tmp_path)  # in the same order, too


@pytest.mark.parametrize("name", QUERIES)
def test_a_server_gives_the_same_sentences_and_pick_lists(store, served, name):
    query = QUERIES[name]
    values = example_values(query)
    assert answer(served, query, values, evidence=True).evidence == answer(store, query, values, evidence=True).evidence
    for p in query.parameters:
        if p.target:
            assert choices(served, query, p.name) == choices(store, query, p.name)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "every"), ASKED)
def test_rdflib_answers_as_the_embedded_store(store, rdflib_graph, tmp_path, name, every):
    text = text_of(store, name, every)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = sorted(list(map(shown, row)) for row in rdflib_graph.query(text))
    alike(sorted(list(map(shown, row)) for row in store.query(text)), theirs, name, tmp_path)
