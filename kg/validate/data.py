"""The data graph as checks, report and rules read it: through the methods of `Data` alone, whatever lies behind.

`kg.validate.loaded` puts it into an rdflib graph, for pySHACL; `kg.validate.lines` keeps N-Triples lines, for the fast
engine. In both there is every triple that a shape or the report may ask for; the source texts apart (they are long and
no shape reads them); the ontology's classes and, where the data bring no concept schemes of their own, the names of ours.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rdflib import RDF, RDFS, BNode, Literal, URIRef

from kg import resources
from kg.errors import InputError
from kg.vocab import CONCEPT, ONTOLOGY_IRI, OWL, PLAN, SKOS_ALT_LABEL, SKOS_DEFINITION, SKOS_HIDDEN_LABEL

if TYPE_CHECKING:
    import pyoxigraph as ox

# Long, and nothing in a report reads them; kept where a shape of the user's does. The source text is kept apart, by file.
SKIPPED = frozenset(
    {SKOS_ALT_LABEL, SKOS_DEFINITION, SKOS_HIDDEN_LABEL, str(RDFS.comment), str(RDFS.isDefinedBy), PLAN + "sourceText"}
)
_OF_ONTOLOGY = frozenset({str(RDFS.subClassOf), str(RDFS.label)})
SOURCE_TEXT = PLAN + "sourceText"
# Of the terms of OWL only what says which terms there are.
_DECLARED_AS = frozenset(
    OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual")
)


class Data(ABC):
    """A data graph ready for the shapes. Terms are rdflib's everywhere; nothing comes in a promised order.

    >>> import pyoxigraph as ox
    >>> from kg.validate.lines import load_lines
    >>> task, title = URIRef("https://example.org/9"), URIRef("http://purl.org/dc/terms/title")
    >>> line = f'{task.n3()} {title.n3()} "对接“技能中国行动”"@zh .'
    >>> data = load_lines(ox.parse(line, format=ox.RdfFormat.N_TRIPLES))
    >>> str(data.value(task, title))
    '对接“技能中国行动”'
    """

    triples: int = 0  # of the data given, ours left out
    known_terms: frozenset[str] = frozenset()  # classes, properties and individuals that the ontology declares

    @abstractmethod
    def objects(self, subject: Any, predicate: Any) -> Iterable[Any]:
        """The values of a property of a node; none for a literal."""

    def value(self, subject: Any, predicate: Any) -> Any | None:
        """The value of a property, of several the first by its text; None where there is none."""
        values = list(self.objects(subject, predicate))
        return values[0] if len(values) == 1 else min(values, key=lambda value: value.n3(), default=None)

    @abstractmethod
    def subjects(self, predicate: Any, value: Any) -> Iterable[Any]:
        """The nodes that have this value of a property: the property walked backwards."""

    @abstractmethod
    def pairs(self, predicate: Any) -> Iterable[tuple[Any, Any]]:
        """Every use of a property: node and value."""

    @abstractmethod
    def pointers(self, value: Any) -> Iterable[tuple[Any, Any]]:
        """What points at a node: node and property, but not what is an instance of it (see `instances`)."""

    @abstractmethod
    def has(self, subject: Any, predicate: Any, value: Any = None) -> bool:
        """Whether a node has this value of a property, or any value (None)."""

    def types(self, node: Any) -> set[Any]:
        """The classes that a node is said to be of, as stated (superclasses only where they are stated, too)."""
        return set(self.objects(node, RDF.type))

    def instances(self, kind: Any) -> set[Any]:
        """The nodes that are said to be of a class; those of its subclasses only where that is stated, too."""
        return set(self.subjects(RDF.type, kind))

    def subclasses(self, kind: Any) -> set[Any]:
        """A class and, over any number of steps of `rdfs:subClassOf`, those below it."""
        found, waiting = {kind}, [kind]
        while waiting:
            below = set(self.subjects(RDFS.subClassOf, waiting.pop())) - found
            found |= below
            waiting += below
        return found

    @abstractmethod
    def properties_used(self) -> set[Any]:
        """Every property with a use in the data."""

    @abstractmethod
    def classes_used(self) -> set[Any]:
        """Every class with an instance in the data."""

    @abstractmethod
    def with_blank_nodes(self) -> Iterable[tuple[Any, Any, Any]]:
        """The triples whose subject or value is a blank node."""

    @abstractmethod
    def source_text(self, iri: Any) -> str | None:
        """The text that a SourceFile was read as, or None where the data do not carry it."""

    @property
    def inferred(self) -> bool:
        """Whether effective leads have been worked out: where somebody leads, some task must have an effective lead."""
        leads = any(True for _ in self.pairs(URIRef(PLAN + "leadAgency")))
        return not leads or any(True for _ in self.pairs(URIRef(PLAN + "effectiveLeadAgency")))


def load(source: Any, engine: str = "pyshacl") -> Any:
    """The data graph in `source`, as the engine (`pyshacl` or `fast`) needs it: see `load_graph` and `load_lines`."""
    from kg.validate.lines import load_lines
    from kg.validate.loaded import load_graph

    return load_lines(source) if engine == "fast" else load_graph(source)


def statements(source: Any) -> Iterable[ox.Quad | ox.Triple]:
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


@lru_cache(maxsize=1)
def ontology() -> tuple[tuple[Any, ...], frozenset[str]]:
    """Hierarchy and labels of the ontology (quads), and the terms that it declares."""
    quads, known = [], set()
    for quad in parse(resources.path("ontology/plan.ttl")):
        predicate = quad.predicate.value
        if predicate in _OF_ONTOLOGY and not _is_blank(quad.object) and not _is_blank(quad.subject):
            quads.append(quad)
        elif predicate == str(RDF.type) and quad.subject.value.startswith(PLAN):
            known.add(quad.subject.value)
    return tuple(quads), frozenset(known)


@lru_cache(maxsize=1)
def concepts() -> tuple[Any, ...]:
    """Our concept schemes (quads), without the spellings that only matching needs."""
    paths = sorted(resources.folder("ontology/concepts").glob("*.ttl"))
    return tuple(quad for path in paths for quad in parse(path) if quad.predicate.value not in SKIPPED)


def _is_blank(term: Any) -> bool:
    return type(term).__name__ == "BlankNode"


def declared_terms(data: Data) -> frozenset[str]:
    """The terms of our namespace that the data themselves declare: a user may have extended the ontology in the store."""
    return frozenset(
        str(term) for kind in _DECLARED_AS for term in data.instances(URIRef(kind)) if str(term).startswith(PLAN)
    )


def is_ours(iri: str) -> bool:
    """Whether an IRI names a part of the ontology or of the concept schemes, not of the data."""
    return iri.startswith((ONTOLOGY_IRI, CONCEPT))
