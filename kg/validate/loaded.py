"""The data graph in rdflib, for pySHACL: one graph in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import rdflib
from rdflib import RDF, BNode
from rdflib.plugins.stores.memory import SimpleMemory

from kg.validate.data import Data
from kg.validate.lines import LinesData, load_lines

_ONE = rdflib.URIRef("urn:x-plankg:data")


class OneGraphStore(SimpleMemory):
    """rdflib's memory store for a single graph: loading and every look-up take half the time of the one for many.

    It says that it knows contexts, since pySHACL refuses any other, and takes each context for the one graph.
    """

    context_aware = True
    graph_aware = True
    _length: int | None = None

    def add(self, triple: Any, context: Any, quoted: bool = False) -> None:
        self._length = None
        super().add(triple, context, quoted)

    def remove(self, triple_pattern: Any, context: Any = None) -> None:
        self._length = None
        super().remove(triple_pattern, context)

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        found = super().triples(triple_pattern, context)
        if context is not None:
            return found
        # Who asks all graphs at once wants to know in which: pySHACL, for a blank node that its message is to name.
        one = (rdflib.Graph(store=self, identifier=_ONE),)
        return ((triple, iter(one)) for triple, _ in found)

    def __len__(self, context: Any = None) -> int:
        # pySHACL asks thousands of times whether the graph is empty; counting each time took minutes.
        if self._length is None:
            self._length = super().__len__(context)
        return self._length

    def add_graph(self, graph: Any) -> None:
        """There is one graph, and it is there."""

    def contexts(self, triple: Any = None) -> Iterator[Any]:
        yield from ()


class LoadedData(Data):
    """A data graph that lies in an rdflib graph."""

    def __init__(self, graph: rdflib.Graph, lines: LinesData) -> None:
        self.graph, self._lines = graph, lines

    def objects(self, subject: Any, predicate: Any) -> Iterator[Any]:
        # Nothing (a task in no plan) has no values; to rdflib it would be any node.
        return iter(()) if subject is None else self.graph.objects(subject, predicate)

    def subjects(self, predicate: Any, value: Any) -> Iterator[Any]:
        return self.graph.subjects(predicate, value)

    def pairs(self, predicate: Any) -> Iterator[tuple[Any, Any]]:
        return self.graph.subject_objects(predicate)

    def pointers(self, value: Any) -> Iterator[tuple[Any, Any]]:
        return ((node, p) for node, p in self.graph.subject_predicates(value) if p != RDF.type)

    def has(self, subject: Any, predicate: Any, value: Any = None) -> bool:
        return (subject, predicate, value) in self.graph

    def properties_used(self) -> set[Any]:
        return set(self.graph.predicates())

    def classes_used(self) -> set[Any]:
        return set(self.graph.objects(None, RDF.type))

    def with_blank_nodes(self) -> Iterator[tuple[Any, Any, Any]]:
        return (triple for triple in self.graph if isinstance(triple[0], BNode) or isinstance(triple[2], BNode))

    def source_text(self, iri: Any) -> str | None:
        return self._lines.source_text(iri)


def load_graph(source: Any) -> LoadedData:
    """The data graph in whatever `kg.validate.lines.load_lines` takes, in rdflib. Raises as that does."""
    return in_rdflib(load_lines(source))


def in_rdflib(data: LinesData) -> LoadedData:
    """The same data graph in rdflib."""
    graph = rdflib.Graph(store=OneGraphStore(), bind_namespaces="none")
    for subject, predicate, value in data.written():
        # Graph.add only checks types and calls this.
        graph.store.add((data.term(subject), data.term(predicate), data.term(value)), graph)
    loaded = LoadedData(graph, data)
    loaded.triples, loaded.known_terms = data.triples, data.known_terms
    return loaded
