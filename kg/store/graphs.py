"""The named graphs of a working store, and the default graph that merges them.

Inside `Store.write()` only. After each function here the default graph holds every triple of every named graph once,
and nothing else; and no graph holds a blank node.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import resources
from kg.errors import InputError, StoreError
from kg.vocab import CONCEPT_GRAPH, CORRESPONDENCE_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH

VOCABULARY_GRAPHS = (ONTOLOGY_GRAPH, CONCEPT_GRAPH)
DERIVED_GRAPHS = (INFERRED_GRAPH, CORRESPONDENCE_GRAPH)  # what no document says: drawn anew from the others
# RDF 1.1 Concepts, section 3.5: a blank node may be replaced by an IRI of this form.
SKOLEM = ONTOLOGY_GRAPH + "/.well-known/genid/"

_NT = ox.RdfFormat.N_TRIPLES
# From here on a bulk load is worth its price: in memory a transaction is twice as fast (40,000 quads: 0.08 s and 0.15 s),
# and on disk every bulk load leaves RocksDB a dozen files to merge.
_BULK = 50_000
_AT_ONCE = 50_000  # quads that are held in memory


@dataclass(frozen=True, slots=True)
class Change:
    """Which triples a named graph gained and lost, as lines of N-Triples."""

    gained: Collection[bytes] = ()
    lost: Collection[bytes] = ()

    @property
    def added(self) -> int:
        """How many it gained."""
        return len(self.gained)

    @property
    def removed(self) -> int:
        """How many it lost."""
        return len(self.lost)

    def __bool__(self) -> bool:
        return bool(self.gained or self.lost)


def plan_graphs(working: ox.Store) -> list[str]:
    """The IRIs of the graphs that hold what one plan asserts each, sorted."""
    others = {*VOCABULARY_GRAPHS, *DERIVED_GRAPHS}
    return sorted(g.value for g in working.named_graphs() if isinstance(g, ox.NamedNode) and g.value not in others)


def replace_plan(working: ox.Store, graph: str, statements: Iterable[ox.Triple | ox.Quad]) -> Change:
    """Make a plan's graph hold these statements and no others; what is said again is left alone.

    Of quads only the triple counts. Raises `StoreError` for a blank node.
    """
    triples = (s.triple if isinstance(s, ox.Quad) else s for s in statements)
    return replace_lines(working, graph, ox.serialize(triples, format=_NT))


def remove_plan(working: ox.Store, graph: str) -> Change:
    """Withdraw a plan: its graph goes, and from the default graph what no other graph says."""
    return replace_lines(working, graph, b"")


def load_vocabulary(working: ox.Store) -> Change:
    """Put the ontology and the concept schemes into their graphs; what is there already is left alone.

    Blank nodes (the lists of property chains) become IRIs that depend on their content alone.
    """
    files = {
        ONTOLOGY_GRAPH: [resources.path("ontology/plan.ttl")],
        CONCEPT_GRAPH: sorted(resources.folder("ontology/concepts").glob("*.ttl")),
    }
    texts = {graph: read_turtle(paths) for graph, paths in files.items()}
    changes = [
        replace_lines(working, graph, text, is_checked=True)
        for graph, text in texts.items()
        if not _says_exactly(working, ox.NamedNode(graph), text)
    ]
    return Change([line for c in changes for line in c.gained], [line for c in changes for line in c.lost])


def _says_exactly(working: ox.Store, graph: ox.NamedNode, text: bytes) -> bool:
    """Whether a graph holds the triples of a text and no others: on disk much cheaper to find out than what it holds."""
    counted = working.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    if int(next(iter(counted))["n"].value) != text.count(b"\n"):  # type: ignore[arg-type, union-attr, index]
        return False
    return all(
        ox.Quad(t.subject, t.predicate, t.object, graph) in working for t in ox.parse(text, format=ox.RdfFormat.N_QUADS)
    )


def read_turtle(paths: Iterable[Path]) -> bytes:
    """The triples of Turtle files as N-Triples without blank nodes.

    Raises `InputError` for a file that is no Turtle.
    """
    texts = []
    for path in paths:
        try:
            # Through terms, not through a store: that takes twice as long.
            read = ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=ONTOLOGY_GRAPH)
            text = ox.serialize(read, format=_NT)
        except (SyntaxError, ValueError, OSError) as error:
            raise InputError(f"not valid Turtle: {error}", where=str(path), remedy="install plankg again") from error
        texts.append(_skolemise(text) if b"_:" in text else text)
    return b"".join(texts)


def _skolemise(text: bytes) -> bytes:
    dataset = ox.Dataset(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    def name(term):
        return ox.NamedNode(SKOLEM + term.value) if isinstance(term, ox.BlankNode) else term

    return ox.serialize((ox.Triple(name(q.subject), q.predicate, name(q.object)) for q in dataset), format=_NT)


def replace_lines(working: ox.Store, graph: str, text: bytes, *, is_checked: bool = False) -> Change:
    """Make a named graph hold the triples of an N-Triples text and no others; see `replace_plan`.

    Compares texts rather than terms, which is many times faster than making pyoxigraph's terms in Python.
    """
    old, new = _lines(working, ox.NamedNode(graph)), set(text.splitlines())
    gained, lost = new - old, old - new
    if old and gained:
        # Oxigraph keeps values, not lexical forms (15.80 is stored as 15.8): compare what it would keep.
        kept = ox.Store()
        kept.load(b"\n".join(gained), format=_NT)
        as_kept = _lines(kept, ox.DefaultGraph())
        gained, lost = as_kept - old, lost - as_kept
    return change_lines(working, graph, gained, lost, is_checked=is_checked)


def change_lines(
    working: ox.Store,
    graph: str,
    gained: Collection[bytes],
    lost: Collection[bytes] = (),
    *,
    is_checked: bool = False,
) -> Change:
    """Give a named graph triples that it does not hold, and take others from it, both as lines of N-Triples.

    Takes as long as there are lines, however many the graph holds. With `is_checked` the lines are known to be right.
    Raises `StoreError` for a blank node.
    """
    name = ox.NamedNode(graph)
    text = b"\n".join(gained)
    # Looking through the whole text first spares looking at each line: nearly all texts have no such characters.
    if b"_:" in text and any(_has_blank_node(line) for line in gained):
        raise StoreError("a statement has a blank node", where=graph, remedy="give the node an IRI")
    if lost:
        _remove(working, name, lost)
    if gained:
        load = working.bulk_load if len(gained) >= _BULK else working.load
        load(text, format=_NT, to_graph=name, lenient=is_checked)
        load(text, format=_NT, lenient=True)  # what has been checked takes a third less time
    elif lost and next(working.quads_for_pattern(None, None, None, name), None) is None:
        working.remove_graph(name)
    return Change(gained, lost)


def add_plans(working: ox.Store, plans: Mapping[str, bytes]) -> Change:
    """Put the statements (N-Triples) of plans that are not there yet into their graphs: many at once, in one bulk load."""
    both = []
    for graph, text in sorted(plans.items()):
        end = f" <{graph}> .\n".encode()
        lines = text.splitlines()
        if b"_:" in text and any(map(_has_blank_node, lines)):
            raise StoreError("a statement has a blank node", where=graph, remedy="give the node an IRI")
        both.append(text)
        both += [line[:-2] + end for line in lines]
    working.bulk_load(b"".join(both), format=ox.RdfFormat.N_QUADS)
    return Change([line for text in plans.values() for line in text.splitlines()])


def clear_graph(working: ox.Store, graph: str) -> None:
    """Empty a named graph, a part at a time, so that memory holds little of it."""
    name = ox.NamedNode(graph)
    while part := list(itertools.islice(working.quads_for_pattern(None, None, None, name), _AT_ONCE)):
        _remove_quads(working, part)
    if working.contains_named_graph(name):
        working.remove_graph(name)


def _lines(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> set[bytes]:
    if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
        return set()
    return set(store.dump(format=_NT, from_graph=graph).splitlines())


def _has_blank_node(line: bytes) -> bool:
    return line.startswith(b"_:") or (b" _:" in line and line.split(b" ", 2)[2].startswith(b"_:"))


def _remove(working: ox.Store, graph: ox.NamedNode, lines: Iterable[bytes]) -> None:
    """Remove triples from a named graph, and from the default graph those that no other named graph has."""
    triples = ox.parse(io.BytesIO(b"\n".join(sorted(lines))), format=_NT)
    _remove_quads(working, (ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples))


def _remove_quads(working: ox.Store, quads: Iterable[ox.Quad]) -> None:
    for quad in quads:
        triple = (quad.subject, quad.predicate, quad.object)
        working.remove(quad)
        others = working.quads_for_pattern(*triple, None)
        if all(isinstance(other.graph_name, ox.DefaultGraph) for other in others):
            working.remove(ox.Quad(*triple))
