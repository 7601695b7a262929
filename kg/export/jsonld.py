"""JSON-LD 1.1 with a context made from the graph: plain values where a property has but one kind of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kg.export.names import ALL_PREFIXES, prefixed, reading_order, relative, used_prefixes
from kg.export.turtle import predicate_order, value_order
from kg.reason.facts import TYPE, Fact
from kg.vocab import PLAN, RDF_LANG_STRING, XSD_BOOLEAN, XSD_INTEGER, XSD_STRING

_IRI = "@id"


class _Writer:
    def __init__(self, base: str) -> None:
        self._base, self._names = base, set[str]()

    def name(self, iri: str) -> str:
        """An IRI as a compact one, where there is a prefix."""
        name = prefixed(iri)
        if name:
            self._names.add(name)
        return name or iri

    def reference(self, term: str) -> str:
        """An IRI or blank node as the value of @id: compact, relative, or as it is."""
        if term.startswith("_:"):
            return term
        iri = term[1:-1]
        return self.name(iri) if prefixed(iri) else relative(iri, self._base) or iri

    def context(self, terms: dict[str, Any]) -> dict[str, Any]:
        return {"@version": 1.1, "@base": self._base, **used_prefixes(self._names), **terms}


def write_jsonld(facts: Iterable[Fact], base: str) -> str:
    """A graph as JSON-LD: a context, then the nodes as in Turtle."""
    writer = _Writer(base)
    nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    kinds: dict[str, set[str]] = defaultdict(set)
    literals: dict[str, ox.Literal] = {}
    facts = list(facts)
    for literal in {value for _, _, value in facts if value.startswith('"')}:
        literals[literal] = _literal(literal)
    for subject, predicate, value in facts:
        nodes[subject][predicate].append(value)
        kinds[predicate].add(_kind(literals[value]) if value in literals else _IRI)
    terms = {p: _term(p, writer) for p in sorted(kinds, key=predicate_order)}
    only = {p: next(iter(k)) if len(k) == 1 else None for p, k in kinds.items()}
    context = {
        terms[p]: {"@id": writer.name(p[1:-1]), **_coercion(only[p], writer)}
        for p in terms
        if p != TYPE and (_coercion(only[p], writer) or terms[p] != writer.name(p[1:-1]))
    }
    written = []
    for subject in sorted(nodes, key=reading_order(base)):
        node: dict[str, Any] = {"@id": writer.reference(subject)}
        for predicate in sorted(nodes[subject], key=predicate_order):
            values = sorted(nodes[subject][predicate], key=value_order)
            if predicate == TYPE:
                shown: list[Any] = [writer.name(value[1:-1]) for value in values]
            else:
                shown = [_value(value, literals.get(value), only[predicate], writer) for value in values]
            node[terms[predicate]] = shown[0] if len(shown) == 1 else shown
        written.append(node)
    document = {"@context": writer.context(context), "@graph": written}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _term(predicate: str, writer: _Writer) -> str:
    if predicate == TYPE:
        return "@type"
    iri = predicate[1:-1]
    local = iri.removeprefix(PLAN)
    # A bare name of our own properties, unless a prefix has it (level, unit, …).
    return local if local != iri and prefixed(iri) and local not in ALL_PREFIXES else writer.name(iri)


def _literal(text: str) -> ox.Literal:
    (quad,) = ox.parse(f"<x:s> <x:p> {text} .", format=ox.RdfFormat.N_TRIPLES)
    return quad.object


def _kind(literal: ox.Literal) -> str:
    if literal.language:
        return f"@{literal.language}"
    return literal.datatype.value


def _coercion(kind: str | None, writer: _Writer) -> dict[str, str]:
    """What the context says of a term, so that its values can be plain."""
    if kind is None or kind in (XSD_STRING, XSD_INTEGER, XSD_BOOLEAN):
        return {}
    if kind == _IRI:
        return {"@type": "@id"}
    return {"@language": kind[1:]} if kind.startswith("@") else {"@type": writer.name(kind)}


def _value(term: str, literal: ox.Literal | None, only: str | None, writer: _Writer) -> Any:
    if literal is None:
        reference = writer.reference(term)
        return reference if only == _IRI else {"@id": reference}
    text, kind = literal.value, _kind(literal)
    # JSON's own numbers, where every reader makes the same literal of them (JSON-LD 1.1 API, section 8.6).
    if kind == XSD_INTEGER and text == str(_as_int(text)) and abs(_as_int(text)) < 2**53:
        return _as_int(text)
    if kind == XSD_BOOLEAN and text in ("true", "false"):
        return text == "true"
    if kind in (only, XSD_STRING) and kind not in (XSD_INTEGER, XSD_BOOLEAN):
        return text
    if kind.startswith("@") and kind != RDF_LANG_STRING:
        return {"@value": text, "@language": kind[1:]}
    return {"@value": text, "@type": writer.name(kind)}


def _as_int(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0
