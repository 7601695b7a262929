"""Look-ups in the default graph: nodes are their IRIs, several values come sorted, labels come in the language asked."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import vocab

if TYPE_CHECKING:
    from kg.store.protocol import Store

    Term = ox.NamedNode | ox.Literal

_DEFAULT = ox.DefaultGraph()
_INFERRED = ox.NamedNode(vocab.INFERRED_GRAPH)
_LABELS = (vocab.SKOS_PREF_LABEL, vocab.DCTERMS_TITLE, vocab.RDFS_LABEL)
_DIGITS = re.compile(r"(\d+)")

# Most special first: what a thing of several classes is called.
KINDS = (
    "Task SafeguardMeasure Action Section Plan AgencyGroup Agency Target Achievement Responsibility Citation Finding "
    "CrowdGroup Indicator Initiative AgencyType Unit Region Passage SourceFile Statement Correction Correspondence "
    "PolicyDocument Role Basis Comparator Accumulation Verdict Measure Provision Quantity"
).split()


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts 2-9 before 2-10.

    >>> sorted(["a/2-10", "a/2-9"], key=natural)
    ['a/2-9', 'a/2-10']
    """
    parts = enumerate(_DIGITS.split(text))
    return tuple((n % 2, int(part) if n % 2 else 0, part) for n, part in parts)


class Lookup:
    """One snapshot of a store."""

    def __init__(self, store: Store) -> None:
        self.base = store.base
        self._graph = store.snapshot()

    # ------------------------------------------------------------ triples

    def objects(self, subject: str, predicate: str) -> list[Term]:
        quads = self._graph.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None, _DEFAULT)
        return sorted((q.object for q in quads if isinstance(q.object, ox.NamedNode | ox.Literal)), key=_term_key)

    def one(self, subject: str, predicate: str) -> Term | None:
        return next(iter(self.objects(subject, predicate)), None)

    def values(self, subject: str, predicate: str) -> list[str]:
        """Texts and IRIs."""
        return [term.value for term in self.objects(subject, predicate)]

    def value(self, subject: str, predicate: str) -> str | None:
        return next(iter(self.values(subject, predicate)), None)

    def nodes(self, subject: str, predicate: str) -> list[str]:
        """IRIs only."""
        return [term.value for term in self.objects(subject, predicate) if isinstance(term, ox.NamedNode)]

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Who has a node as value."""
        quads = self._graph.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(value), _DEFAULT)
        return sorted({q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}, key=natural)

    def pairs(self, predicate: str) -> list[tuple[str, Term]]:
        """Every subject and value of a predicate, sorted."""
        quads = self._graph.quads_for_pattern(None, ox.NamedNode(predicate), None, _DEFAULT)
        found = [(q.subject.value, q.object) for q in quads if isinstance(q.subject, ox.NamedNode)]
        return sorted(found, key=lambda pair: (pair[0], str(pair[1])))

    def statements(self, subject: str) -> list[tuple[str, Term]]:
        """Every predicate and value of a node, sorted."""
        quads = self._graph.quads_for_pattern(ox.NamedNode(subject), None, None, _DEFAULT)
        found = [(q.predicate.value, q.object) for q in quads if isinstance(q.object, ox.NamedNode | ox.Literal)]
        return sorted(found, key=lambda pair: (pair[0], _term_key(pair[1])))

    def references(self, node: str) -> list[tuple[str, str]]:
        """Every subject and predicate that points to a node, sorted by predicate."""
        quads = self._graph.quads_for_pattern(None, None, ox.NamedNode(node), _DEFAULT)
        found = {(q.predicate.value, q.subject.value) for q in quads if isinstance(q.subject, ox.NamedNode)}
        return [(subject, predicate) for predicate, subject in sorted(found, key=lambda p: (p[0], natural(p[1])))]

    def is_there(self, node: str) -> bool:
        """Whether anything is said of a node; of what is no IRI nothing is."""
        try:
            subject = ox.NamedNode(node)
        except ValueError:
            return False
        return next(self._graph.quads_for_pattern(subject, None, None, _DEFAULT), None) is not None

    def is_inferred(self, subject: str, predicate: str, value: Term) -> bool:
        return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, _INFERRED) in self._graph

    # ------------------------------------------------------------ classes

    def members(self, name: str) -> list[str]:
        """The members of one of the ontology's classes."""
        return self.subjects(vocab.RDF_TYPE, vocab.plan(name))

    def kind(self, node: str) -> str | None:
        """The most special of the ontology's classes that a node has."""
        classes = set(self.nodes(node, vocab.RDF_TYPE))
        return next((name for name in KINDS if vocab.PLAN + name in classes), None)

    def in_order(self, nodes: list[str]) -> list[str]:
        """Provisions in reading order, plan by plan."""

        def key(node: str) -> tuple[str, int, tuple[tuple[int, int, str], ...]]:
            plan = self.value(node, vocab.plan("inPlan")) or ""
            return (plan, int(self.value(node, vocab.plan("ordinal")) or 0), natural(node))

        return sorted(nodes, key=key)

    # ------------------------------------------------------------ words

    def label(self, node: str, lang: str = "zh") -> str | None:
        """The name of a thing in a language, else in Chinese, else in any."""
        found = [t for p in _LABELS for t in self.objects(node, p) if isinstance(t, ox.Literal)]
        for wanted in (lang, "zh", None, ""):
            for term in found:
                if wanted in (term.language, ""):
                    return term.value
        return None

    def names(self, node: str) -> list[str]:
        """Every word that means a thing."""
        predicates = (*_LABELS, vocab.SKOS_ALT_LABEL, vocab.SKOS_NOTATION)
        return list(dict.fromkeys(value for p in predicates for value in self.values(node, p)))

    def short(self, iri: str) -> str:
        """An IRI as a person writes it: without the base, or with a prefix."""
        if iri.startswith(self.base):
            return iri.removeprefix(self.base)
        return prefixed(iri)

    @cached_property
    def file_texts(self) -> dict[str, str]:
        """The text of each source file, read when first asked for."""
        return {}

    def file_text(self, source: str) -> str:
        if source not in self.file_texts:
            self.file_texts[source] = self.value(source, vocab.plan("sourceText")) or ""
        return self.file_texts[source]


def prefixed(iri: str) -> str:
    """An IRI with the prefix that the project uses, where it has one; else as it is.

    >>> prefixed("https://w3id.org/plankg/ontology#leadAgency"), prefixed("http://purl.org/dc/terms/title")
    ('plan:leadAgency', 'dcterms:title')
    """
    for prefix, namespace in vocab.PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def expanded(name: str) -> str:
    """The IRI that a prefixed name stands for.

    >>> expanded("dcterms:title")
    'http://purl.org/dc/terms/title'
    """
    prefix, _, local = name.partition(":")
    return vocab.plan(local) if prefix == "plan" else vocab.PREFIXES[prefix] + local


def _term_key(term: object) -> tuple[int, tuple[tuple[int, int, str], ...], str]:
    """Nodes before literals; numbers in texts by their value."""
    value = getattr(term, "value", str(term))
    return (isinstance(term, ox.Literal), natural(value), getattr(term, "language", None) or "")
