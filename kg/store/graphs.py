"""The named graphs of a working store, and the default graph that merges them.

Inside `Store.write()` only. After each function here the default graph holds every triple of every named graph once,
and nothing else; and no graph holds a blank node.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
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
_BULK = 100_000


@dataclass(frozen=True, slots=True)
class Change:
    """How many triples a named graph gained and lost."""

    added: int
    removed: int

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


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
    changes = [
        replace_lines(working, ONTOLOGY_GRAPH, read_turtle([resources.path("ontology/plan.ttl")])),
        replace_lines(working, CONCEPT_GRAPH, read_turtle(sorted(resources.folder("ontology/concepts").glob("*.ttl")))),
    ]
    return Change(sum(c.added for c in changes), sum(c.removed for c in changes))


def read_turtle(paths: Iterable[Path]) -> bytes:
    """The triples of Turtle files as N-Triples without blank nodes.

    Raises `InputError` for a file that is no Turtle.
    """
    read = ox.Store()
    for path in paths:
        try:
            read.load(path.read_bytes(), format=ox.RdfFormat.TURTLE, base_iri=ONTOLOGY_GRAPH)
        except (SyntaxError, ValueError, OSError) as error:
            raise InputError(f"not valid Turtle: {error}", where=str(path), remedy="install plankg again") from error
    text = read.dump(format=_NT, from_graph=ox.DefaultGraph())
    return _skolemise(read) if b"_:" in text else text


def _skolemise(read: ox.Store) -> bytes:
    dataset = ox.Dataset(read)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)

    def name(term):
        return ox.NamedNode(SKOLEM + term.value) if isinstance(term, ox.BlankNode) else term

    return ox.serialize((ox.Triple(name(q.subject), q.predicate, name(q.object)) for q in dataset), format=_NT)


def replace_lines(working: ox.Store, graph: str, text: bytes) -> Change:
    """Make a named graph hold the triples of an N-Triples text and no others; see `replace_plan`.

    Compares texts rather than terms, which is many times faster than making pyoxigraph's terms in Python.
    """
    name = ox.NamedNode(graph)
    old, new = _lines(working, name), set(text.splitlines())
    if old and new != old:
        # Oxigraph keeps values, not lexical forms (15.80 is stored as 15.8): compare what it would keep.
        kept = ox.Store()
        kept.load(text, format=_NT)
        new = _lines(kept, ox.DefaultGraph())
    added, removed = new - old, old - new
    # Looking through the whole text first spares looking at each line: nearly all texts have no such characters.
    if b"_:" in text and any(_has_blank_node(line) for line in added):
        raise StoreError("a statement has a blank node", where=graph, remedy="give the node an IRI")
    if removed:
        _remove(working, name, removed)
    if added:
        text = b"\n".join(sorted(added))
        load = working.bulk_load if len(added) >= _BULK else working.load
        load(text, format=_NT, to_graph=name)
        load(text, format=_NT, lenient=True)  # it has just been checked: a third less time
    if old and not added and len(removed) == len(old):
        working.remove_graph(name)
    return Change(len(added), len(removed))


def _lines(store: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> set[bytes]:
    if isinstance(graph, ox.NamedNode) and not store.contains_named_graph(graph):
        return set()
    return set(store.dump(format=_NT, from_graph=graph).splitlines())


def _has_blank_node(line: bytes) -> bool:
    return line.startswith(b"_:") or (b" _:" in line and line.split(b" ", 2)[2].startswith(b"_:"))


def _remove(working: ox.Store, graph: ox.NamedNode, lines: set[bytes]) -> None:
    """Remove triples from a named graph, and from the default graph those that no other named graph has."""
    for quad in ox.parse(io.BytesIO(b"\n".join(sorted(lines))), format=_NT):
        triple = (quad.subject, quad.predicate, quad.object)
        working.remove(ox.Quad(*triple, graph))
        others = working.quads_for_pattern(*triple, None)
        if all(isinstance(other.graph_name, ox.DefaultGraph) for other in others):
            working.remove(ox.Quad(*triple))
