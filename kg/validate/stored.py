"""The data graph where it lies: a store that is asked, node by node or property by property, and never read whole.

For what looks across plans: the nodes that plans share, and checks that compare plans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from rdflib import RDF, BNode, Literal

from kg.validate.data import SKIPPED, SOURCE_TEXT, Data, declared_terms, ontology
from kg.validate.lines import our_lines, read_term, split_lines, write_term
from kg.vocab import PLAN

if TYPE_CHECKING:
    from kg.store.protocol import Store

_TYPE = f"<{RDF.type}>"
Known = dict[str, list[str]]  # property → values, as N-Triples writes them


def is_remote(store: Any) -> bool:
    """Whether a store lies behind a URL."""
    return str(store.where).startswith(("http://", "https://"))


def asker(store: Store) -> Callable[[str], Any]:
    """What puts a SPARQL query to a store, as it is now: thousands of small ones are asked, so that each must be cheap."""
    return store.query if is_remote(store) else store.snapshot().query


def graph_lines(store: Store, name: str) -> list[str]:
    """The triples of a named graph, as lines of N-Triples."""
    if is_remote(store):
        return lines_of_triples(quad.triple for quad in store.quads(name))
    return split_lines(store.snapshot().dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.NamedNode(name)))


def lines_of_triples(triples: Any) -> list[str]:
    """Triples as lines of N-Triples."""
    return split_lines(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES))


class StoreData(Data):
    """A data graph in a store, asked through SPARQL; what was asked once is kept.

    `pairs` reads the whole column of a property; all else asks about one node. Raises what the store raises.
    """

    def __init__(self, store: Store, keep: frozenset[str] = frozenset()) -> None:
        """`keep`: see `kg.validate.lines.LinesData`."""
        self._query, self._skipped = asker(store), {f"<{iri}>" for iri in SKIPPED - keep}
        self._about: dict[str, Known] = {}
        self._pointing: dict[str, list[tuple[str, str]]] = {}
        self._columns: dict[str, Known] = {}  # property → node → values
        self._asked: dict[str, list[str]] = {}
        self._terms: dict[str, Any] = {}
        self._ours: dict[str, Known] = {}
        self._blank_lines: list[str] = []
        self._blank_graphs = [""]  # "": the default graph, all that there is
        for line in our_lines():
            subject, predicate, rest = line.split(" ", 2)
            self._ours.setdefault(subject, {}).setdefault(predicate, []).append(rest[:-2])
        self.known_terms = ontology()[1] | declared_terms(self)

    def term(self, written: str) -> Any:
        """What N-Triples writes so, as rdflib's term."""
        found = self._terms.get(written)
        if found is None:
            found = self._terms[written] = read_term(written)
        return found

    def about(self, node: str) -> Known:
        """All that is said of a node, as N-Triples writes both."""
        found = self._about.get(node)
        if found is None:
            found = {}
            if node.startswith("<"):
                for row in self._query(f"SELECT ?p ?o {{ {node} ?p ?o }}"):
                    self._put(found, str(row[0]), str(row[1]))
            self._about[node] = self._with_ours(node, found)
        return found

    def _put(self, known: Known, predicate: str, value: str) -> None:
        if predicate not in self._skipped:
            known.setdefault(predicate, []).append(value)

    def _with_ours(self, node: str, known: Known) -> Known:
        for predicate, values in self._ours.get(node, {}).items():
            known[predicate] = list(dict.fromkeys([*known.get(predicate, ()), *values]))
        return known

    def lines(self, node: str) -> list[str]:
        """All that is said of a node, as lines of N-Triples."""
        return [f"{node} {predicate} {value} ." for predicate, values in self.about(node).items() for value in values]

    def objects(self, subject: Any, predicate: Any) -> list[Any]:
        if isinstance(subject, (Literal, BNode)):
            return []
        node, written = write_term(subject), f"<{predicate}>"
        column = self._columns.get(written)
        values = self.about(node).get(written, ()) if column is None else column.get(node, ())
        return [self.term(value) for value in values]

    def subjects(self, predicate: Any, value: Any) -> list[Any]:
        if isinstance(value, BNode):
            return []
        pattern = f"<{predicate}> {write_term(value)}"
        found = self._asked.get(pattern)
        if found is None:
            rows = [str(row[0]) for row in self._query(f"SELECT ?s {{ ?s {pattern} }}")]
            ours = [n for n, known in self._ours.items() if write_term(value) in known.get(f"<{predicate}>", ())]
            found = self._asked[pattern] = list(dict.fromkeys([*rows, *ours]))
        return [self.term(node) for node in found]

    def pairs(self, predicate: Any) -> Iterator[tuple[Any, Any]]:
        written = f"<{predicate}>"
        column = self._columns.get(written)
        if column is None:
            column = {}
            if written not in self._skipped:
                for row in self._query(f"SELECT ?s ?o {{ ?s {written} ?o }}"):
                    column.setdefault(str(row[0]), []).append(str(row[1]))
            for node, known in self._ours.items():
                for value in known.get(written, ()):
                    if value not in column.setdefault(node, []):
                        column[node].append(value)
            self._columns[written] = column
        return ((self.term(node), self.term(value)) for node, values in column.items() for value in values)

    def pointers(self, value: Any) -> list[tuple[Any, Any]]:
        if isinstance(value, BNode):
            return []
        written = write_term(value)
        found = self._pointing.get(written)
        if found is None:
            # With what is said of those that point: whoever asks this goes on to ask about them.
            said = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?q {written} FILTER(?q != {_TYPE}) ?s ?p ?o }}"
            about: dict[str, Known] = {}
            for triple in self._query(said):
                self._put(about.setdefault(str(triple.subject), {}), str(triple.predicate), str(triple.object))
            found = []
            for node, known in about.items():
                self._about.setdefault(node, self._with_ours(node, known))
                found += [(node, p) for p, values in known.items() if p != _TYPE and written in values]
            self._pointing[written] = found
        return [(self.term(node), self.term(predicate)) for node, predicate in found]

    def has(self, subject: Any, predicate: Any, value: Any = None) -> bool:
        values = self.objects(subject, predicate)
        return bool(values) if value is None else value in values

    def properties_used(self) -> set[Any]:
        rows = self._query("SELECT DISTINCT ?p { ?s ?p ?o }")
        return {self.term(str(row[0])) for row in rows if str(row[0]) not in self._skipped}

    def classes_used(self) -> set[Any]:
        return {self.term(str(row[0])) for row in self._query(f"SELECT DISTINCT ?c {{ ?s {_TYPE} ?c }}")}

    def expect_blank_nodes(self, lines: list[str], graphs: list[str]) -> None:
        """Blank nodes are in these lines and these named graphs alone: no other triple need be looked at for them."""
        self._blank_lines, self._blank_graphs = lines, graphs

    def with_blank_nodes(self) -> Iterator[tuple[Any, Any, Any]]:
        for line in self._blank_lines:
            subject, predicate, rest = line.split(" ", 2)
            if predicate not in self._skipped:
                yield self.term(subject), self.term(predicate), self.term(rest[:-2])
        for graph in self._blank_graphs:
            yield from self._blank_in(f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph else "?s ?p ?o")

    def _blank_in(self, pattern: str) -> Iterator[tuple[Any, Any, Any]]:
        rows = self._query(f"SELECT ?s ?p ?o {{ {pattern} FILTER(isBlank(?s) || isBlank(?o)) }}")
        return (tuple(self.term(str(term)) for term in row) for row in rows)  # type: ignore[misc]

    def source_text(self, iri: Any) -> str | None:
        rows = [row[0] for row in self._query(f"SELECT ?o {{ <{iri}> <{SOURCE_TEXT}> ?o }}")]
        return rows[0].value if rows else None

    @property
    def inferred(self) -> bool:
        leads, effective = (
            bool(self._query(f"ASK {{ ?s <{PLAN}{name}> ?o }}")) for name in ("leadAgency", "effectiveLeadAgency")
        )
        return effective or not leads

    def count(self) -> int:
        """How many triples the data hold, without those that are left out for their length."""
        left_out = ", ".join(sorted(self._skipped))
        said = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o FILTER(?p NOT IN ({left_out})) }}"
        return int(next(iter(self._query(said)))[0].value)
