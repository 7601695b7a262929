"""The W3C's SHACL tests (core and SPARQL), through both engines, by the suite's own manifests.

The suite is not part of the project: it is used where it lies, beside the checkout. What an engine does otherwise than
the suite asks stands in `shacl_exceptions.toml`, with the reason; what it does right must not stand there.
"""

from __future__ import annotations

import os
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, SH, BNode, Literal, Namespace, URIRef
from rdflib.collection import Collection

from kg.errors import QueryError
from kg.validate import engine as reference
from kg.validate.data import SKIPPED
from kg.validate.fast import Compiled
from kg.validate.lines import LinesData, lines_of
from kg.validate.paths import to_sparql

HERE = Path(__file__)
SUITE = HERE.parents[2].parent / "shared" / "conformance" / "shacl"
EXCEPTIONS: dict[str, dict[str, str]] = tomllib.loads(
    HERE.with_name("shacl_exceptions.toml").read_text(encoding="utf-8")
)
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
FAILURE = "failure"


class Case(NamedTuple):
    name: str  # folder and file: core/node/and-001
    data: Path
    shapes: Path
    expected: Any  # FAILURE, or the results counted


def read_cases(manifest: Path) -> list[Case]:
    graph = parse(manifest)
    found = []
    for root in graph.subjects(RDF.type, MF.Manifest):
        for included in graph.objects(root, MF.include):
            found += read_cases(_file(included))
        for entries in graph.objects(root, MF.entries):
            for entry in Collection(graph, entries):
                action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
                found.append(
                    Case(
                        name=manifest.relative_to(SUITE).with_suffix("").as_posix(),
                        data=_file(graph.value(action, SHT.dataGraph)),
                        shapes=_file(graph.value(action, SHT.shapesGraph)),
                        expected=FAILURE if result == SHT.Failure else _results(graph, result),
                    )
                )
    return found


def _file(iri: Any) -> Path:
    return Path(str(iri).removeprefix("file://"))


def parse(path: Path) -> rdflib.Graph:
    return rdflib.Graph(bind_namespaces="none").parse(path, publicID=path.as_uri())


def _results(graph: rdflib.Graph, report: Any) -> Counter[tuple[str, ...]]:
    def one(node: Any, predicate: URIRef) -> Any:
        return graph.value(node, predicate)

    return Counter(
        _key(
            graph,
            one(node, SH.focusNode),
            one(node, SH.resultPath),
            one(node, SH.value),
            one(node, SH.sourceConstraintComponent),
            one(node, SH.sourceShape),
        )
        for node in graph.objects(report, SH.result)
    )


def _key(graph: rdflib.Graph, focus: Any, path: Any, value: Any, component: Any, shape: Any) -> tuple[str, ...]:
    """What the standard fixes of a result; a blank node is one, whatever its name."""
    shown = [_shown(term) for term in (focus, value, shape)]
    return (*shown, "" if path is None else to_sparql(graph, path), str(component))


def _shown(term: Any) -> str:
    if term is None or isinstance(term, BNode):
        return "" if term is None else "_:"
    # rdflib has normalised what the suite expects (2011-01-01 as a dateTime).
    return (
        Literal(str(term), lang=term.language, datatype=term.datatype).n3() if isinstance(term, Literal) else term.n3()
    )


def with_pyshacl(data: Path, shapes: Path) -> Counter[tuple[str, ...]]:
    graph = parse(shapes)
    results = reference.run(parse(data), graph)
    return Counter(_key(graph, r.focus, r.path, r.value, r.component, r.shape) for r in results)


def with_fast(data: Path, shapes: Path) -> Counter[tuple[str, ...]]:
    graph = parse(shapes)
    results = Compiled(graph).run(LinesData(lines_of(_quads(data)), keep=SKIPPED))
    return Counter(_key(graph, r.focus, r.path, r.value, r.component, r.shape) for r in results)


def _quads(path: Path) -> list[ox.Quad]:
    # Not through rdflib: it reads "none"^^xsd:boolean as false.
    return list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.as_uri()))


ENGINES = {"pyshacl": with_pyshacl, "fast": with_fast}


def outcome(case: Case, engine: str) -> str:
    """ "": as the suite asks; else what differs."""
    try:
        found = ENGINES[engine](case.data, case.shapes)
    except QueryError as error:
        return "" if case.expected == FAILURE else f"refused: {error.what}"
    if case.expected == FAILURE:
        return "accepted what the suite calls ill-formed"
    missing, more = case.expected - found, found - case.expected
    return f"missing {dict(missing)}, too many {dict(more)}" if missing or more else ""


# rdflib says on standard error, or by a warning, that literals of these tests are ill-typed: they are meant to be.
@pytest.mark.filterwarnings("ignore:Parsing weird boolean")
@pytest.mark.parametrize("engine", ENGINES)
def test_the_suite_is_passed_but_for_the_exceptions_listed(engine: str) -> None:
    if not SUITE.is_dir():
        if os.environ.get("PLANKG_REQUIRE_SHARED") == "1":
            pytest.fail(f"{SUITE} is required and absent")
        pytest.skip(f"the W3C suite is not on this machine: {SUITE.name}")
    cases = read_cases(SUITE / "manifest.ttl")
    failed = {case.name: said for case in cases if (said := outcome(case, engine))}
    listed = EXCEPTIONS[engine]
    assert len(cases) == 120
    assert {name: said for name, said in failed.items() if name not in listed} == {}
    assert set(listed) - set(failed) == set(), "these pass: take them off the list"


@pytest.mark.parametrize("engine", ENGINES)
def test_every_exception_has_its_reason(engine: str) -> None:
    assert all(len(reason) > 20 for reason in EXCEPTIONS[engine].values())
