"""A store cut into pieces of some plans each, so that no more than a few plans are in memory at once.

How a piece is cut. A node is a plan's *own* where the graph of one plan alone makes it an instance of something; every
other node is *shared* (agencies, regions, cited documents, concepts, what two plans both speak of, what a plan speaks of
without saying what it is). A piece holds

- the graphs of its plans, and what was derived about their own nodes (entailments, corresponding tasks);
- what points at the plans from elsewhere, by properties that some shape follows backwards;
- all that is said of the nodes that these triples point at, and, step by step, of those that shared ones point at;
- the vocabulary: ontology and concept schemes.

Rules count and report only the piece's own nodes. Two things are left when all pieces are done: the shared nodes, which
are checked together in a last piece (with what points at them, as far as a shape looks that way), and the checks that
compare plans (`@check(…, across=True)`), which ask the store itself. So the report is that of the whole graph.

The graph of corresponding tasks, often a third of all triples, is left out where no shape but those of such checks speaks
of its terms: `kg build` makes it itself.

A store with blank nodes cannot be cut, nor one whose default graph is not what its named graphs say together (the triples
of all pieces are counted against it): it is read whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rdflib
from rdflib import RDF, SH

from kg.validate.lines import LinesData
from kg.validate.stored import StoreData, asker, graph_lines, lines_of_triples
from kg.vocab import CONCEPT_GRAPH, CORRESPONDENCE_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH, PLAN

if TYPE_CHECKING:
    from kg.store.protocol import Store

_VOCABULARY = (ONTOLOGY_GRAPH, CONCEPT_GRAPH)
_DERIVED = (INFERRED_GRAPH, CORRESPONDENCE_GRAPH)
_TYPE = f"<{RDF.type}>"
_IS_A = f" {_TYPE} "


class UncuttableError(Exception):
    """The store cannot be cut into pieces that give the same report; for `kg.validate.run` alone."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the data that is checked at once."""

    data: LinesData
    own: frozenset[Any]  # nodes that are reported here and nowhere else
    triples: int  # about them, without what is left out for its length


class Cut:
    """A store, cut: `pieces()` first, then `rest()`; `whole` is the store itself, to be asked."""

    def __init__(self, store: Store, shapes: rdflib.Graph, keep: frozenset[str] = frozenset()) -> None:
        """`keep`: see `kg.validate.lines.LinesData`. Raises `UncuttableError`."""
        self._store, self._keep, self._ask_store = store, keep, asker(store)
        self._backwards = _followed_backwards(shapes)
        names = store.graph_names()
        self.plans = [name for name in names if name not in (*_VOCABULARY, *_DERIVED)]
        self._derived = [name for name in names if name in _DERIVED]
        if not self.plans:
            raise UncuttableError
        self.left_out = 0  # triples of a graph that no shape speaks of
        if CORRESPONDENCE_GRAPH in names and not self._is_spoken_of(CORRESPONDENCE_GRAPH, shapes):
            self._derived.remove(CORRESPONDENCE_GRAPH)
            self.left_out = self._count(CORRESPONDENCE_GRAPH)
        self.whole = StoreData(store, keep)
        self._vocabulary = [line for name in names if name in _VOCABULARY for line in self._graph(name)]
        self._terms = {_subject(line) for line in self._vocabulary}
        for name in names:
            if name in _VOCABULARY:
                for derived in self._derived:
                    self._vocabulary += self._derived_about(name, derived)
        # A piece with a blank node is refused, and the pieces are all that there is: the count says so in the end.
        left_out = [name for name in names if name in _DERIVED and name not in self._derived]
        self.whole.expect_blank_nodes([line for line in self._vocabulary if _has_blank_node(line)], left_out)
        self._shared = self._in_several()
        self._untyped: set[str] = set()  # what a plan speaks of without saying what it is
        self._owned: set[int] = set()  # hashes of the nodes that some plan owns: a few bytes for each
        self._met: set[str] = set(self._terms | self._shared)
        self._pointing: dict[tuple[str, str], list[str]] = {}  # property and node that no plan of a piece owns → lines

    def _is_spoken_of(self, graph: str, shapes: rdflib.Graph) -> bool:
        """Whether a shape names a property or a class of a graph, but for those that plans use themselves."""
        rows = self._ask_store(f"SELECT DISTINCT ?p {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        terms = {str(row[0])[1:-1] for row in rows} - {str(RDF.type), PLAN + "evidence"} | {PLAN + "Correspondence"}
        if any(str(node) in terms for triple in shapes for node in triple):
            return True
        queries = " ".join(str(text) for text in shapes.objects(None, SH.select))
        return any(term in queries or "plan:" + term.removeprefix(PLAN) in queries for term in terms)

    def _count(self, graph: str) -> int:
        rows = self._ask_store(f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        return int(next(iter(rows))[0].value)

    def _in_several(self) -> set[str]:
        """The nodes that more than one plan's graph makes an instance of something."""
        others = ", ".join(f"<{name}>" for name in (*_VOCABULARY, *_DERIVED))
        rows = self._ask_store(
            f"SELECT ?s {{ SELECT DISTINCT ?s ?g {{ GRAPH ?g {{ ?s {_TYPE} ?c }} FILTER(?g NOT IN ({others})) }} }}"
            " GROUP BY ?s HAVING (COUNT(?g) > 1)"
        )
        return {str(row[0]) for row in rows}

    def _graph(self, name: str) -> list[str]:
        return graph_lines(self._store, name)

    def _ask(self, sparql: str) -> list[str]:
        return lines_of_triples(self._ask_store(sparql))

    def _derived_about(self, graph: str, derived: str) -> list[str]:
        return self._ask(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s {_TYPE} ?c }} GRAPH <{derived}> {{ ?s ?p ?o }} }}"
        )

    def pieces(self, size: int) -> Iterator[list[str]]:
        """The names of the plans' graphs, `size` at a time, each to be given to `piece`."""
        for start in range(0, len(self.plans), size):
            yield self.plans[start : start + size]

    def piece(self, graphs: list[str]) -> Piece:
        """One piece. Raises `UncuttableError` for a blank node."""
        lines: dict[str, None] = {}
        own: set[str] = set()
        for graph in graphs:
            stated = self._graph(graph)
            spoken_of = set(map(_subject, stated))
            typed = {_subject(line) for line in stated if _IS_A in line and line.split(" ", 2)[1] == _TYPE}
            # That other plans speak of it, too, could only be known by reading them all.
            self._untyped |= spoken_of - typed
            own |= typed
            lines.update(dict.fromkeys(stated))
        own -= self._shared | self._untyped
        own -= self._terms
        if any(node.startswith("_:") for node in own | self._untyped):
            raise UncuttableError
        if not self._owned.isdisjoint(map(hash, own)):
            raise UncuttableError  # as the count would say in the end
        for graph in graphs:
            for derived in self._derived:
                lines.update(dict.fromkeys(self._derived_about(graph, derived)))
            # Only its own provisions say of themselves that they are in a plan, only its findings that they are about it.
            for predicate in sorted(self._backwards - {f"<{PLAN}inPlan>", f"<{PLAN}about>"}):
                pointing = f"GRAPH <{graph}> {{ ?o a <{PLAN}Plan> }} ?s {predicate} ?o"
                lines.update(dict.fromkeys(self._ask(f"CONSTRUCT {{ ?s {predicate} ?o }} WHERE {{ {pointing} }}")))
        met = self._reach(lines, own)
        self._owned.update(map(hash, own))
        self._met |= met
        return self._made(lines, own)

    def _reach(self, lines: dict[str, None], own: set[str]) -> set[str]:
        """Adds what is said of the nodes around; gives the nodes pointed at that are not own.

        From a shared node it goes on (an agency's area, and that which this lies in); from another plan's it does not.
        """
        met: set[str] = set()
        around: set[str] = set()
        for line in lines:
            subject, predicate, rest = line.split(" ", 2)
            value = rest[:-2]
            if value.startswith("_:"):
                raise UncuttableError
            if subject not in own:
                around.add(subject)
            elif value.startswith("<") and value not in own and predicate != _TYPE:
                around.add(value)
                met.add(value)
                kept = self._pointing.setdefault((predicate, value), [])
                if not kept or predicate in self._backwards:
                    kept.append(line)
        around -= self._terms
        waiting = sorted(around)
        while waiting:
            node = waiting.pop()
            said = self.whole.lines(node)
            lines.update(dict.fromkeys(said))
            if node in self._shared or node in self._untyped:
                values = {line.split(" ", 2)[2][:-2] for line in said if not line.endswith('" .')}
                new = {v for v in values if v.startswith("<") and v not in own} - around - self._terms
                around |= new
                waiting += sorted(new)
        return met

    def _made(self, lines: Iterable[str], own: set[str]) -> Piece:
        data = LinesData((*lines, *self._vocabulary), self._keep)
        about = data.count_about(own)
        data.add_ours()
        return Piece(data, frozenset(map(data.term, own)), about)

    def rest(self) -> Piece:
        """What no plan owns, when all pieces have been made: shared nodes, concepts, the nodes of derived graphs."""
        own = {
            node for node in self._met | self._untyped | self._subjects_of_derived() if hash(node) not in self._owned
        }
        lines = dict.fromkeys(line for node in sorted(own - self._terms) for line in self.whole.lines(node))
        for (_, node), kept in sorted(self._pointing.items()):
            if node in own:
                lines.update(dict.fromkeys(kept))
        self._reach(lines, own)
        return self._made(lines, own)

    def _subjects_of_derived(self) -> set[str]:
        """What only derived graphs speak of (correspondences of tasks)."""
        if CORRESPONDENCE_GRAPH not in self._derived:
            return set()
        rows = self._ask_store(f"SELECT DISTINCT ?s {{ GRAPH <{CORRESPONDENCE_GRAPH}> {{ ?s ?p ?o }} }}")
        return {str(row[0]) for row in rows}


def _has_blank_node(line: str) -> bool:
    return line.startswith("_:") or line.split(" ", 2)[2].startswith("_:")


def _subject(line: str) -> str:
    return line.split(" ", 1)[0]


def _followed_backwards(shapes: rdflib.Graph) -> frozenset[str]:
    """The properties that a shape follows from value to node."""
    return frozenset(f"<{node}>" for node in shapes.objects(None, SH.inversePath))
