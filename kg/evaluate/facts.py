"""What the graph says, looked up term by term; and how its words are compared with the gold's."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import vocab

if TYPE_CHECKING:
    Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple

_CLOSING = "。.;；:：,，、"
_ALIKE = str.maketrans({"〈": "(", "〉": ")", "<": "(", ">": ")", "“": '"', "”": '"', "—": "-", "–": "-", "─": "-"})
_BLANK = re.compile(r"[\s\u200b\ufeff]+")
_DEFAULT = ox.DefaultGraph()
_CHINESE = ("zh", "zh-Hans", "zh-CN")


def norm(value: object) -> str | None:
    """Words as they are compared: NFKC, no white space, one kind of bracket, dash and quotation mark.

    >>> norm("东湖区〈旅游局〉 （2021—2025年）")
    '东湖区(旅游局)(2021-2025年)'
    """
    if value is None:
        return None
    return _BLANK.sub("", unicodedata.normalize("NFKC", str(value))).translate(_ALIKE)


def bare(value: object) -> str | None:
    """As `norm`, and without closing punctuation.

    >>> bare("9、"), bare("对接“技能中国行动”。")
    ('9', '对接"技能中国行动"')
    """
    text = norm(value)
    return text.rstrip(_CLOSING) if text is not None else None


def full_name(value: object) -> str | None:
    """An agency's full name; 中华人民共和国 in front of a ministry does not count.

    >>> full_name("中华人民共和国教育部")
    '教育部'
    """
    return (norm(value) or "").removeprefix("中华人民共和国") or None


def words(term: Term | None) -> str | None:
    """A literal's text or a node's IRI."""
    return None if term is None else getattr(term, "value", str(term))


def local(term: Term | None) -> str | None:
    """The name of one of the ontology's individuals: Lead, Stated, AtLeast."""
    text = words(term)
    return text.rsplit("#")[-1] if text else None


def is_something(term: Term | None) -> bool:
    """Whether a value counts where "any" is asked: an empty text and a zero do not."""
    if not isinstance(term, ox.Literal):
        return term is not None
    if term.datatype.value in (vocab.XSD_DECIMAL, vocab.XSD_INTEGER):
        try:
            return Decimal(term.value) != 0
        except InvalidOperation:
            pass
    return term.value != ""


class Facts:
    """Look-ups in the default graph; several values come in the order of a sorted N-Triples file."""

    def __init__(self, graph: ox.Store) -> None:
        self._graph = graph

    def all(self, subject: Term | None, predicate: str) -> list[Term]:
        if not isinstance(subject, ox.NamedNode | ox.BlankNode):
            return []
        quads = self._graph.quads_for_pattern(subject, ox.NamedNode(predicate), None, _DEFAULT)
        return sorted((quad.object for quad in quads), key=str)

    def one(self, subject: Term | None, predicate: str) -> Term | None:
        """The first value."""
        return next(iter(self.all(subject, predicate)), None)

    def text(self, subject: Term | None, predicate: str) -> str | None:
        """The first value's text or IRI."""
        return words(self.one(subject, predicate))

    def holders(self, predicate: str, value: Term) -> list[ox.NamedNode | ox.BlankNode]:
        """Who has the value."""
        quads = self._graph.quads_for_pattern(None, ox.NamedNode(predicate), value, _DEFAULT)
        return sorted({quad.subject for quad in quads}, key=str)

    def says(self, subject: Term, predicate: str, value: Term) -> bool:
        return ox.Quad(subject, ox.NamedNode(predicate), value) in self._graph

    def plans(self) -> list[ox.NamedNode | ox.BlankNode]:
        return self.holders(vocab.RDF_TYPE, ox.NamedNode(vocab.plan("Plan")))

    def of_plan(self, plan: ox.NamedNode, name: str) -> list[ox.NamedNode | ox.BlankNode]:
        """Members of a class that belong to a plan, in reading order."""
        cls = ox.NamedNode(vocab.plan(name))
        found = [node for node in self.holders(vocab.plan("inPlan"), plan) if self.says(node, vocab.RDF_TYPE, cls)]
        return sorted(found, key=lambda node: (int(self.text(node, vocab.plan("ordinal")) or 0), node.value))

    def title(self, subject: Term | None) -> str | None:
        return self.text(subject, vocab.DCTERMS_TITLE)

    def label(self, subject: Term | None) -> str | None:
        """The name of a thing, in Chinese where it has one."""
        labels = [v for p in (vocab.SKOS_PREF_LABEL, vocab.DCTERMS_TITLE) for v in self.all(subject, p)]
        labels.sort(key=lambda label: getattr(label, "language", None) not in _CHINESE)
        return words(labels[0]) if labels else None

    def body(self, subject: Term) -> str:
        """A provision's full text; where it has none, the last of its passages."""
        text = self.one(subject, vocab.plan("text"))
        if text is None:
            for passage in self.all(subject, vocab.plan("evidence")):
                text = self.one(passage, vocab.OA_EXACT)
        return norm(words(text)) or ""
