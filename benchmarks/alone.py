"""rdflib alone doing the same: its own graph, its own SPARQL, owlrl for what follows, pySHACL for the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from benchmarks.clock import Timing, measure_within
from benchmarks.ours import Asked, count
from kg import resources
from kg.store.protocol import Store
from kg.vocab import INFERRED_GRAPH


@dataclass(frozen=True, slots=True)
class Alone:
    """What rdflib and its companions took."""

    load: Timing
    queries: dict[str, Timing]
    rows: dict[str, int]
    owlrl: Timing
    pyshacl: Timing
    results: int  # of pySHACL
    triples: int


def measure_alone(store: Store, asked: list[Asked], runs: int, limit: float, say: Any) -> Alone:
    """The same triples, queries, entailments and shapes; each piece of work is given up after `limit` seconds."""
    import pyshacl
    import rdflib

    working = store.snapshot()
    everything = working.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    graph = rdflib.Graph()

    def load() -> None:
        nonlocal graph
        graph = rdflib.Graph()
        graph.parse(data=everything, format="nt")

    say("rdflib: load")
    loaded = measure_within(load, limit, runs)
    timings, rows = {}, {}
    for question in asked:
        say(f"rdflib: {question.name}")

        def ask(sparql: str = question.sparql, name: str = question.name) -> None:
            rows[name] = count(graph.query(sparql))

        timings[question.name] = measure_within(ask, limit, runs)
    say("pySHACL")
    shapes = rdflib.Graph()
    for path in sorted(resources.folder("shapes").glob("*.ttl")):
        shapes.parse(path)
    results = 0

    def check() -> None:
        nonlocal results
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes)
        results = sum(1 for _ in report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult))

    checked = measure_within(check, limit, 1)
    say("owlrl (tens of seconds)")
    return Alone(loaded, timings, rows, _entail(working, limit), checked, results, len(graph))


def _entail(working: ox.Store, limit: float) -> Timing:
    """OWL 2 RL over what is asserted; last, since a graph of its size slows down whatever runs beside it."""
    import owlrl
    import rdflib

    asserted = rdflib.Graph()
    for name in working.named_graphs():
        if isinstance(name, ox.NamedNode) and name.value != INFERRED_GRAPH:
            asserted.parse(data=working.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name), format="nt")
    return measure_within(lambda: owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(asserted), limit, 1)
