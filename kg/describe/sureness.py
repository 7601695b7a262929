"""How sure a fact is: by which rule it was found, with what confidence, and which persons answered about it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kg import vocab
from kg.describe.description import Fact, Person, Sureness, Value
from kg.describe.lookup import Lookup

_RULE, _CONFIDENCE, _ABOUT = vocab.plan("rule"), vocab.plan("confidence"), vocab.plan("about")


def sureness_of(lookup: Lookup, node: str) -> Sureness | None:
    """How sure the thing itself is; None where the graph does not say."""
    rule, confidence = lookup.value(node, _RULE), lookup.value(node, _CONFIDENCE)
    if confidence is None:
        return None
    concept = f"{vocab.scheme('rule')}/{rule}" if rule and rule.isascii() and " " not in rule else ""
    zh = lookup.label(concept, "zh") if concept else None
    en = lookup.label(concept, "en") if concept else None
    return Sureness(_short(confidence), rule or "", zh or rule or "", en or rule or "", persons(lookup, node))


def statement_of(lookup: Lookup, subject: str, predicate: str, term: ox.NamedNode | ox.Literal) -> str | None:
    """The statement of one value; of several plans' the least sure."""
    found = [
        node
        for node in lookup.subjects(vocab.RDF_SUBJECT, subject)
        if predicate in lookup.nodes(node, vocab.RDF_PREDICATE) and term in lookup.objects(node, vocab.RDF_OBJECT)
    ]
    return min(found, key=lambda node: (lookup.value(node, _CONFIDENCE) or "", node), default=None)


def persons(lookup: Lookup, node: str) -> tuple[Person, ...]:
    """Who answered about a thing itself, the latest last; what was taken away from it is another matter."""
    removed = vocab.plan("Removed")
    found = [
        person_of(lookup, each)
        for each in lookup.subjects(_ABOUT, node)
        if lookup.kind(each) == "Correction" and removed not in lookup.nodes(each, vocab.plan("verdict"))
    ]
    return tuple(sorted(found, key=lambda person: (person.when, person.name, person.zh)))


def person_of(lookup: Lookup, correction: str) -> Person:
    """Who made one correction, and what it says."""
    who = lookup.value(correction, vocab.PROV_WAS_ATTRIBUTED_TO)
    name = (lookup.value(who, vocab.FOAF_NAME) if who else None) or "?"
    when = (lookup.value(correction, vocab.PROV_GENERATED_AT_TIME) or "").removesuffix("T00:00:00").replace("T", " ")
    verdict = lookup.value(correction, vocab.plan("verdict"))
    zh, en = (lookup.label(verdict, "zh"), lookup.label(verdict, "en")) if verdict else ("?", "?")
    return Person(name, when, zh or "?", en or "?")


def answers_fact(lookup: Lookup, corrections: Iterable[str], zh: str, en: str, lang: str) -> Fact | None:
    """What persons answered, each with what the reader took and what holds."""
    values = []
    for node in corrections:
        person = person_of(lookup, node)
        before, after = lookup.value(node, vocab.plan("originalText")), lookup.value(node, vocab.plan("repairedText"))
        kind = f"{vocab.scheme('fact-kind')}/{lookup.value(node, vocab.plan('factKind')) or ''}"
        text = f"{lookup.label(kind, lang) or ''} {person.in_words(lang)}".strip()
        change = " → ".join(each for each in (before, after) if each)
        notes = [change] if change else []
        notes += lookup.values(node, vocab.RDFS_COMMENT)
        values.append(Value(text, node, notes=tuple(notes)))
    return Fact("answers", zh, en, tuple(values)) if values else None


def _short(text: str) -> str:
    """A confidence as one writes it.

    >>> _short("0.750"), _short("1.0")
    ('0.75', '1')
    """
    try:
        plain = format(Decimal(text), "f")
    except InvalidOperation:
        return text
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
