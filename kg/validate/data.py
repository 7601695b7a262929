"""The data graph: whatever holds the plans, loaded once into rdflib for the shapes to look at.

After `load`: one rdflib graph with every triple that a shape or the report may ask for; the source texts apart
from it (they are long and no shape reads them); the ontology's classes and, where the data bring no concept
schemes of their own, the names of ours.

Checks, report and rules read it through the methods of `Data` alone, never through rdflib's graph: behind another
engine there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rdflib
from rdflib import RDF, RDFS, SKOS, BNode, Literal, URIRef
from rdflib.plugins.stores.memory import SimpleMemory

from kg import resources
from kg.errors import InputError
from kg.vocab import CONCEPT, ONTOLOGY_IRI, OWL, PLAN, SKOS_ALT_LABEL, SKOS_DEFINITION, SKOS_HIDDEN_LABEL

if TYPE_CHECKING:
    import pyoxigraph as ox

# Long, and nothing in a shape or a report reads them. The source text is kept apart, by file.
_SKIPPED = frozenset(
    {SKOS_ALT_LABEL, SKOS_DEFINITION, SKOS_HIDDEN_LABEL, str(RDFS.comment), str(RDFS.isDefinedBy), PLAN + "sourceText"}
)
_OF_ONTOLOGY = frozenset({str(RDFS.subClassOf), str(RDFS.label)})
_SOURCE_TEXT = PLAN + "sourceText"
# Of the terms of OWL only what says which terms there are.
_DECLARED_AS = frozenset(
    OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual")
)


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

    def __len__(self, context: Any = None) -> int:
        # pySHACL asks thousands of times whether the graph is empty; counting each time took minutes.
        if self._length is None:
            self._length = super().__len__(context)
        return self._length

    def add_graph(self, graph: Any) -> None:
        """There is one graph, and it is there."""

    def contexts(self, triple: Any = None) -> Iterator[Any]:
        yield from ()


@dataclass(frozen=True, slots=True)
class Data:
    """A data graph ready for the shapes. Terms are rdflib's everywhere; nothing comes in a promised order.

    >>> import pyoxigraph as ox
    >>> task, title = URIRef("https://example.org/9"), URIRef("http://purl.org/dc/terms/title")
    >>> line = f'{task.n3()} {title.n3()} "对接“技能中国行动”"@zh .'
    >>> data = load(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))
    >>> str(data.value(task, title))
    '对接“技能中国行动”'
    """

    graph: rdflib.Graph  # for pySHACL alone
    source_texts: dict[str, str] = field(default_factory=dict)  # IRI of the SourceFile → the text it was read as
    triples: int = 0  # of the data given, ours left out
    inferred: bool = True  # whether what the shapes need has been inferred
    known_terms: frozenset[str] = frozenset()  # classes, properties and individuals that the ontology declares

    def objects(self, subject: Any, predicate: Any) -> Iterator[Any]:
        """The values of a property of a node; none for a literal."""
        return self.graph.objects(subject, predicate)

    def value(self, subject: Any, predicate: Any) -> Any | None:
        """The value of a property, of several the first by its text; None where there is none."""
        values = list(self.graph.objects(subject, predicate))
        return values[0] if len(values) == 1 else min(values, key=lambda value: value.n3(), default=None)

    def subjects(self, predicate: Any, value: Any) -> Iterator[Any]:
        """The nodes that have this value of a property: the property walked backwards."""
        return self.graph.subjects(predicate, value)

    def pairs(self, predicate: Any) -> Iterator[tuple[Any, Any]]:
        """Every use of a property: node and value."""
        return self.graph.subject_objects(predicate)

    def pointers(self, value: Any) -> Iterator[tuple[Any, Any]]:
        """What points at a node: node and property."""
        return self.graph.subject_predicates(value)

    def has(self, subject: Any, predicate: Any, value: Any = None) -> bool:
        """Whether a node has this value of a property, or any value (None)."""
        return (subject, predicate, value) in self.graph

    def types(self, node: Any) -> set[Any]:
        """The classes that a node is said to be of, as stated (superclasses only where they are stated, too)."""
        return set(self.graph.objects(node, RDF.type))

    def instances(self, kind: Any) -> set[Any]:
        """The nodes that are said to be of a class; those of its subclasses only where that is stated, too."""
        return set(self.graph.subjects(RDF.type, kind))

    def subclasses(self, kind: Any) -> set[Any]:
        """A class and, over any number of steps of `rdfs:subClassOf`, those below it."""
        return set(self.graph.transitive_subjects(RDFS.subClassOf, kind))

    def properties_used(self) -> set[Any]:
        """Every property with a use in the data."""
        return set(self.graph.predicates())

    def classes_used(self) -> set[Any]:
        """Every class with an instance in the data."""
        return set(self.graph.objects(None, RDF.type))

    def with_blank_nodes(self) -> Iterator[tuple[Any, Any, Any]]:
        """The triples whose subject or value is a blank node."""
        return (triple for triple in self.graph if isinstance(triple[0], BNode) or isinstance(triple[2], BNode))

    def source_text(self, iri: Any) -> str | None:
        """The text that a SourceFile was read as, or None where the data do not carry it."""
        return self.source_texts.get(str(iri))


def load(source: Any) -> Data:
    """The data graph in a store, a file of any RDF syntax, an rdflib graph, or any iterable of quads or triples.

    A store gives its default graph. A file's named graphs are merged.
    Raises `InputError` for a file that is missing, or whose suffix or content is no RDF.
    """
    graph = rdflib.Graph(store=OneGraphStore(), bind_namespaces="none")
    texts: dict[str, str] = {}
    if isinstance(source, rdflib.Graph):
        _take_rdflib(source, graph, texts)
    else:
        _take(_statements(source), graph, texts)
    count = len(graph)
    known = _add_ontology(graph)
    return Data(graph, texts, count, _is_inferred(graph), known)


def _statements(source: Any) -> Iterable[ox.Quad | ox.Triple]:
    """What `source` states, as pyoxigraph's quads or triples."""
    import pyoxigraph as ox

    if isinstance(source, (str, Path)):
        return parse(Path(source))
    if isinstance(source, ox.Store):
        return source.quads_for_pattern(None, None, None, ox.DefaultGraph())
    if hasattr(source, "quads"):
        return source.quads(ox.DefaultGraph())
    return source


def parse(path: Path) -> Iterator[ox.Quad]:
    """The quads of an RDF file, the syntax by its suffix. Raises `InputError`, with the line where it breaks."""
    import pyoxigraph as ox

    syntax = ox.RdfFormat.from_extension(path.suffix.lstrip(".").lower())
    if syntax is None:
        raise InputError(
            f"'{path.suffix or path.name}' is no suffix of an RDF file",
            where=str(path),
            remedy="use .ttl, .nt, .nq, .trig, .rdf or .jsonld",
        )
    try:
        yield from ox.parse(path=str(path), format=syntax)
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise InputError(f"not valid {syntax.name}{line}: {error.msg}", where=str(path)) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"cannot be read: {reason}", where=str(path), remedy="check the path") from None


class Converter:
    """pyoxigraph's terms as rdflib's, each made once: making them is what loading takes its time for."""

    def __init__(self, base: str = "") -> None:
        import pyoxigraph as ox

        self._iris: dict[str, URIRef] = {}
        self._literals: dict[Any, Literal] = {}
        self._ox, self._base = ox, base

    def node(self, term: Any) -> Any:
        ox = self._ox
        if isinstance(term, ox.NamedNode):
            return self.iri(term.value)
        if isinstance(term, ox.BlankNode):
            return BNode(self._base + term.value)
        if term in self._literals:
            return self._literals[term]
        made = self._literals[term] = (
            Literal(term.value, lang=term.language)
            if term.language
            else Literal(term.value)
            if term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
            else Literal(term.value, datatype=self.iri(term.datatype.value))
        )
        return made

    def iri(self, value: str) -> URIRef:
        found = self._iris.get(value)
        if found is None:
            found = self._iris[value] = URIRef(value)
        return found


def _take(statements: Iterable[Any], graph: rdflib.Graph, texts: dict[str, str]) -> None:
    convert, store, context = Converter(), graph.store, graph
    for statement in statements:
        predicate = statement.predicate.value
        if predicate in _SKIPPED:
            if predicate == _SOURCE_TEXT:
                texts[statement.subject.value] = statement.object.value
            continue
        # Graph.add only checks types and calls this.
        store.add((convert.node(statement.subject), convert.iri(predicate), convert.node(statement.object)), context)


def _take_rdflib(source: rdflib.Graph, graph: rdflib.Graph, texts: dict[str, str]) -> None:
    if isinstance(source, rdflib.Dataset):
        source.default_union = True
    for s, p, o in source.triples((None, None, None)):
        if str(p) in _SKIPPED:
            if str(p) == _SOURCE_TEXT:
                texts[str(s)] = str(o)
            continue
        graph.store.add((s, p, o), graph)


def _add_ontology(graph: rdflib.Graph) -> frozenset[str]:
    """Adds class hierarchy, labels and (where there are none) concept schemes; gives the terms declared.

    A store has them already; a file that holds one plan does not, and `sh:class` needs the hierarchy.
    """
    triples, known = _ontology()
    for triple in triples:
        graph.store.add(triple, graph)
    # A user may have extended the ontology in the store.
    declared = {
        str(term)
        for kind in _DECLARED_AS
        for term in graph.subjects(RDF.type, URIRef(kind))
        if str(term).startswith(PLAN)
    }
    if (None, SKOS.inScheme, None) not in graph:
        for triple in _concepts():
            graph.store.add(triple, graph)
    return known | declared


@lru_cache(maxsize=1)
def _ontology() -> tuple[list[Any], frozenset[str]]:
    """Hierarchy and labels of the ontology, and the terms that it declares."""
    convert, triples, known = Converter("ontology-"), [], set()
    for quad in parse(resources.path("ontology/plan.ttl")):
        predicate = quad.predicate.value
        if predicate in _OF_ONTOLOGY and not _is_blank(quad.object) and not _is_blank(quad.subject):
            triples.append((convert.node(quad.subject), convert.iri(predicate), convert.node(quad.object)))
        elif predicate == str(RDF.type) and quad.subject.value.startswith(PLAN):
            known.add(quad.subject.value)
    return triples, frozenset(known)


@lru_cache(maxsize=1)
def _concepts() -> list[Any]:
    """Our concept schemes, without the spellings that only matching needs."""
    graph: rdflib.Graph = rdflib.Graph(store=OneGraphStore(), bind_namespaces="none")
    for path in sorted(resources.folder("ontology/concepts").glob("*.ttl")):
        _take(parse(path), graph, {})
    return list(graph)


def _is_blank(term: Any) -> bool:
    return type(term).__name__ == "BlankNode"


def _is_inferred(graph: rdflib.Graph) -> bool:
    """Whether effective leads have been worked out: where somebody leads, some task must have an effective lead."""
    leads = (None, URIRef(PLAN + "leadAgency"), None) in graph
    return not leads or (None, URIRef(PLAN + "effectiveLeadAgency"), None) in graph


def is_ours(iri: str) -> bool:
    """Whether an IRI names a part of the ontology or of the concept schemes, not of the data."""
    return iri.startswith((ONTOLOGY_IRI, CONCEPT))
