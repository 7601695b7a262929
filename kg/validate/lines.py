"""The data graph as N-Triples lines, for the fast engine: nothing is made into an object that nobody asks for.

Loading costs a look at each line; rdflib's terms are made where a check or the report asks for them, each once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import rdflib
from rdflib import SKOS, BNode, Literal, URIRef

from kg.validate.data import SKIPPED, SOURCE_TEXT, Data, concepts, declared_terms, ontology, statements

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_NAMED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_SKIPPED = frozenset(f"<{iri}>" for iri in SKIPPED)
_SOURCE_TEXT = f"<{SOURCE_TEXT}>"
_IN_SCHEME = f"<{SKOS.inScheme}>"


class LinesData(Data):
    """A data graph that is a set of N-Triples lines, as Oxigraph writes them.

    `text` is what the engine validates: all lines but those that no shape reads.
    """

    def __init__(self, lines: Iterable[str], keep: frozenset[str] = frozenset()) -> None:
        """Each line without its line feed; a line may come more than once.

        `keep` are the properties (IRIs) that some shape reads of those that are left out otherwise.
        """
        skipped = _SKIPPED - {f"<{iri}>" for iri in keep}
        self._forward: dict[str, dict[str, list[str]]] = defaultdict(dict)  # property → node → values
        self._backward: dict[str, dict[str, list[str]]] = {}  # property → value → nodes, made when asked for
        self._pointers: dict[str, list[tuple[str, str]]] | None = None
        self._texts: dict[str, str] = {}
        self._terms: dict[str, Any] = {}
        self._written: dict[Any, str] = {}
        self._with_blank: list[tuple[str, str, str]] = []
        kept: dict[str, None] = {}
        for line in lines:
            if line in kept:
                continue
            subject, predicate, rest = line.split(" ", 2)
            if predicate == _SOURCE_TEXT:
                self._texts[subject[1:-1]] = rest[:-2]
            if predicate in skipped:
                continue
            kept[line] = None
            if subject[0] == "_" or rest[0] == "_":
                self._with_blank.append((subject, predicate, rest[:-2]))
            # As `_add`: a call for each line would take as long as all else here.
            column, value = self._forward[predicate], rest[:-2]
            values = column.get(subject)
            if values is None:
                column[subject] = [value]
            else:
                values.append(value)
        self._lines = kept
        self.triples = len(kept)

    def _add(self, subject: str, predicate: str, value: str) -> None:
        if subject[0] == "_" or value[0] == "_":
            self._with_blank.append((subject, predicate, value))
        column = self._forward[predicate]
        values = column.get(subject)
        if values is None:
            column[subject] = [value]
        else:
            values.append(value)

    def count_about(self, nodes: set[str]) -> int:
        """How many triples there are about these nodes, as N-Triples writes them."""
        columns = self._forward.values()
        return sum(len(values) for column in columns for node, values in column.items() if node in nodes)

    def add_ours(self) -> None:
        """Adds class hierarchy and labels of the ontology and, where there are none, the concept schemes."""
        of_ontology, of_concepts, known = _ours()
        for lines in (of_ontology,) if _IN_SCHEME in self._forward else (of_ontology, of_concepts):
            for line in lines:
                if line not in self._lines:
                    self._lines[line] = None
                    subject, predicate, rest = line.split(" ", 2)
                    self._add(subject, predicate, rest[:-2])
        self.known_terms = known | declared_terms(self)

    @property
    def text(self) -> str:
        """All lines, each ended by a line feed."""
        return "\n".join(self._lines) + "\n" if self._lines else ""

    def written(self) -> Iterator[tuple[str, str, str]]:
        """The triples as they are written."""
        for predicate, column in self._forward.items():
            for node, values in column.items():
                for value in values:
                    yield node, predicate, value

    def term(self, written: str) -> Any:
        """What N-Triples writes so, as rdflib's term."""
        found = self._terms.get(written)
        if found is None:
            found = self._terms[written] = read_term(written)
        return found

    def _write(self, term: Any) -> str:
        if type(term) is URIRef:
            written = f"<{term}>"
            return written if written.isascii() and "\\" not in written else write_term(term)
        found = self._written.get(term)
        if found is None:
            found = self._written[term] = write_term(term)
        return found

    def objects(self, subject: Any, predicate: Any) -> list[Any]:
        column = self._forward.get(f"<{predicate}>")
        if column is None or isinstance(subject, Literal):
            return []
        values = column.get(self._write(subject), ())
        return [self.term(value) for value in values] if values else []

    def subjects(self, predicate: Any, value: Any) -> list[Any]:
        return [self.term(node) for node in self._column_back(f"<{predicate}>").get(self._write(value), ())]

    def _column_back(self, predicate: str) -> dict[str, list[str]]:
        found = self._backward.get(predicate)
        if found is None:
            found = self._backward[predicate] = {}
            for node, values in self._forward.get(predicate, {}).items():
                for value in values:
                    found.setdefault(value, []).append(node)
        return found

    def pairs(self, predicate: Any) -> Iterator[tuple[Any, Any]]:
        for node, values in self._forward.get(f"<{predicate}>", {}).items():
            subject = self.term(node)
            for value in values:
                yield subject, self.term(value)

    def pointers(self, value: Any) -> list[tuple[Any, Any]]:
        if self._pointers is None:
            pointers: dict[str, list[tuple[str, str]]] = {}
            for predicate, column in self._forward.items():
                if predicate != _TYPE:
                    for node, values in column.items():
                        for each in values:
                            if each[0] != '"':
                                pointers.setdefault(each, []).append((node, predicate))
            self._pointers = pointers
        if isinstance(value, Literal):
            return [(s, self.term(p)) for p in self._forward for s in self.subjects(self.term(p), value)]
        return [(self.term(node), self.term(p)) for node, p in self._pointers.get(self._write(value), ())]

    def has(self, subject: Any, predicate: Any, value: Any = None) -> bool:
        column = self._forward.get(f"<{predicate}>")
        if column is None or isinstance(subject, Literal):
            return False
        values = column.get(self._write(subject), ())
        return bool(values) if value is None else self._write(value) in values

    def properties_used(self) -> set[Any]:
        return {self.term(predicate) for predicate in self._forward}

    def classes_used(self) -> set[Any]:
        return {self.term(kind) for kind in self._column_back(_TYPE)}

    def with_blank_nodes(self) -> Iterator[tuple[Any, Any, Any]]:
        for node, predicate, value in self._with_blank:
            yield self.term(node), self.term(predicate), self.term(value)

    def blank_nodes(self) -> list[str]:
        """The blank nodes of the data as N-Triples writes them, sorted."""
        found = {term for s, _, o in self.with_blank_nodes() for term in (s, o) if isinstance(term, BNode)}
        return sorted(f"_:{node}" for node in found)

    def source_text(self, iri: Any) -> str | None:
        written = self._texts.get(str(iri))
        return None if written is None else str(self.term(written))


def load_lines(source: Any, keep: frozenset[str] = frozenset()) -> LinesData:
    """The data graph in a store, a file of any RDF syntax, an rdflib graph, or any iterable of quads or triples.

    A store gives its default graph. A file's named graphs are merged. `keep`: see `LinesData`.
    Raises `InputError` for a file that is missing, or whose suffix or content is no RDF.
    """
    data = LinesData(lines_of(source), keep)
    data.add_ours()
    return data


def lines_of(source: Any) -> Iterable[str]:
    """The lines of N-Triples, without line feeds, of whatever `load_lines` takes."""
    import pyoxigraph as ox

    if isinstance(source, rdflib.Graph):
        if isinstance(source, rdflib.Dataset):
            source.default_union = True
        plain = "".join(f"{s.n3()} {p.n3()} {write_term(o)} .\n" for s, p, o in source.triples((None, None, None)))
        return split_lines(plain.encode())
    if hasattr(source, "snapshot") and not str(source.where).startswith("http"):
        source = source.snapshot()  # of a remote store that would be a copy of all its graphs
    if isinstance(source, ox.Store):
        return split_lines(source.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()))
    return split_lines(ox.serialize(map(_triple, statements(source)), format=ox.RdfFormat.N_TRIPLES))


def split_lines(text: bytes) -> list[str]:
    """The lines of an N-Triples text as Oxigraph writes it: a line feed after each, none in a literal."""
    return text.decode().split("\n")[:-1]


def _triple(statement: Any) -> Any:
    return getattr(statement, "triple", statement)


def read_term(written: str) -> Any:
    """A term as N-Triples writes it, as rdflib's.

    >>> read_term('"对接“技能中国行动”"@zh').language
    'zh'
    """
    if written[0] == "<":
        return URIRef(_unescape(written[1:-1]))
    if written[0] == "_":
        return BNode(written[2:])
    end = written.rindex('"')
    text, suffix = _unescape(written[1:end]), written[end + 1 :]
    if suffix.startswith("@"):
        return Literal(text, lang=suffix[1:])
    # Not normalised: "007" and "7" are two terms, and "none" is no boolean.
    return Literal(text, datatype=URIRef(_unescape(suffix[3:-1])), normalize=False) if suffix else Literal(text)


def _unescape(text: str) -> str:
    return _ESCAPE.sub(_escaped, text) if "\\" in text else text


def _escaped(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _NAMED.get(match[3], match[3])


def write_term(term: Any) -> str:
    """An rdflib term as Oxigraph writes it in N-Triples."""
    import pyoxigraph as ox

    if isinstance(term, URIRef):
        return str(ox.NamedNode(str(term)))
    if isinstance(term, BNode):
        return f"_:{term}"
    if not isinstance(term, Literal):  # a bare text, as a check may give it as value
        term = Literal(term)
    if term.language:
        return str(ox.Literal(str(term), language=term.language))
    return str(ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None))


def our_lines() -> list[str]:
    """Hierarchy and labels of the ontology that comes with us."""
    return _ours()[0]


@lru_cache(maxsize=1)
def _ours() -> tuple[list[str], list[str], frozenset[str]]:
    """Lines of the ontology and of the concept schemes, and the terms that the ontology declares."""
    import pyoxigraph as ox

    quads, known = ontology()
    nt = ox.RdfFormat.N_TRIPLES
    return (
        split_lines(ox.serialize(map(_triple, quads), format=nt)),
        split_lines(ox.serialize(map(_triple, concepts()), format=nt)),
        known,
    )
