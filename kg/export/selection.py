"""Which triples an export holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import UsageError
from kg.reason.facts import TYPE, Fact, iri, parse_lines, read_graph
from kg.store.graphs import VOCABULARY_GRAPHS, plan_graphs
from kg.vocab import CORRESPONDENCE_GRAPH, INFERRED_GRAPH, RDFS_LABEL, SKOS_IN_SCHEME, SKOS_NOTATION, SKOS_PREF_LABEL

if TYPE_CHECKING:
    from kg.store.protocol import Store

Graphs = dict[str, set[Fact]]  # by the graph's IRI; "" for what stands in the default graph alone

# What a file needs of a concept, or of an individual of the ontology, to stand alone.
_NEEDED = {TYPE, *map(iri, (SKOS_PREF_LABEL, SKOS_NOTATION, SKOS_IN_SCHEME, RDFS_LABEL))}


def select(store: Store, plan: str | None = None) -> Graphs:
    """What an export of everything, or of one plan, holds, by named graph.

    Of one plan: its graph, what follows about the nodes in it, and the labels of what it refers to; not which tasks of
    other plans its own correspond to, for those the file would lack.
    Raises `UsageError` for a plan that the store does not hold.
    """
    snapshot = store.snapshot()
    asserted: Graphs = {name: set(read_graph(snapshot, name)) for name in plan_graphs(snapshot)}
    vocabulary: Graphs = {name: set(read_graph(snapshot, name)) for name in VOCABULARY_GRAPHS}
    inferred = set(read_graph(snapshot, INFERRED_GRAPH))
    terms = {s for graph in vocabulary.values() for s, _, _ in graph}
    if plan is None:
        chosen = asserted
        related = set(read_graph(snapshot, CORRESPONDENCE_GRAPH))
        named = set().union(inferred, related, *asserted.values(), *vocabulary.values())
        chosen[CORRESPONDENCE_GRAPH] = related
        chosen[""] = {f for f in _default(snapshot) if f not in named}
        chosen[INFERRED_GRAPH] = {f for f in inferred if f[0] not in terms}
    else:
        name = plan_graph(plan)
        if not asserted.get(name):
            known = ", ".join(sorted(plan_graphs(snapshot))[:5]).replace("/graph/", "/plan/")
            raise UsageError(
                "the store has no such plan", where=plan, remedy=f"there are: {known}" if known else "build it first"
            )
        nodes = {s for s, _, _ in asserted[name]} - terms
        chosen = {name: asserted[name], INFERRED_GRAPH: {f for f in inferred if f[0] in nodes}}
    facts = [fact for graph in chosen.values() for fact in graph]
    mentioned = terms & {part for s, p, o in facts for part in ((s,) if p == TYPE else (s, o))}
    for name, graph in vocabulary.items():
        chosen[name] = {f for f in graph if f[0] in mentioned and f[1] in _NEEDED}
    return {name: graph for name, graph in sorted(chosen.items()) if graph}


def plan_graph(plan: str) -> str:
    """The named graph of a plan.

    >>> plan_graph("https://w3id.org/plankg/id/plan/360102-2021-3f9a0c1e")
    'https://w3id.org/plankg/id/graph/360102-2021-3f9a0c1e'
    """
    head, _, tail = plan.rpartition("/plan/")
    return f"{head}/graph/{tail}"


def _default(snapshot: ox.Store) -> set[Fact]:
    dump = snapshot.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return set(parse_lines(dump.decode()))
