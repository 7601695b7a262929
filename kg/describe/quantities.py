"""Targets and achievements: the figure as one reads it, and all that the clause says about it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from kg import vocab
from kg.describe.description import Fact, Value
from kg.describe.facts import Telling
from kg.describe.lookup import Lookup
from kg.describe.passages import quotes
from kg.describe.sureness import sureness_of
from kg.describe.words import SIGNS


def amount(lookup: Lookup, node: str) -> str:
    """A figure in short: sign, number, unit, recurrence, deadline."""

    def get(name: str) -> str | None:
        return lookup.value(node, vocab.plan(name))

    unit = get("unitText") or ""
    sign = SIGNS.get((get("comparator") or "").removeprefix(vocab.PLAN), "")
    low, high = get("minValue"), get("maxValue")
    if get("value") is not None:
        text = f"{sign}{number(get('value'))}{unit}"
    elif low is not None or high is not None:
        text = f"{number(low)}–{number(high)}{unit}"
    else:
        text = get("benchmarkText") or (f"{number(get('growthRate'))}%" if get("growthRate") else "?")
    more = [get("recurrence"), get("deadline") or get("achievedBy")]
    return ", ".join([text, *(part for part in more if part)])


def number(text: str | None) -> str:
    """A decimal as one writes it.

    >>> number("17.50"), number("1000000")
    ('17.5', '1000000')
    """
    if text is None:
        return ""
    try:
        plain = format(Decimal(text), "f")
    except InvalidOperation:
        return text
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def brief(telling: Telling, node: str) -> Value:
    """A target in one line: what is counted and how much, with the clause."""
    lookup = telling.lookup
    what = lookup.value(node, vocab.plan("indicatorText")) or ""
    notes = [telling.notes["aspirational"]] if lookup.value(node, vocab.plan("aspirational")) == "true" else []
    text = f"{what}: {amount(lookup, node)}".removeprefix(": ")
    sure = sureness_of(lookup, node)
    return Value(text, node, notes=tuple(notes), quotes=quotes(lookup, node), sure=sure)


def of_owner(telling: Telling, term: str) -> Fact | None:
    """The targets (or achievements) that belong to a thing itself."""
    predicate = vocab.plan("targetOf" if term == "targets" else "achievementOf")
    nodes = telling.lookup.subjects(predicate, telling.node)
    return telling.list_of(term, [brief(telling, node) for node in nodes])


def of_plan(telling: Telling, term: str) -> Fact | None:
    """All targets (or achievements) of a plan, each with what it belongs to."""
    lookup = telling.lookup
    predicate = vocab.plan("targetOf" if term == "targets" else "achievementOf")
    kind = "Target" if term == "targets" else "Achievement"
    values = []
    for node in lookup.subjects(vocab.plan("inPlan"), telling.node):
        if vocab.plan(kind) not in lookup.nodes(node, vocab.RDF_TYPE):
            continue
        value = brief(telling, node)
        owners = [telling.thing(owner) for owner in lookup.nodes(node, predicate) if owner != telling.node]
        details = (telling.fact(predicate, owners),) if owners else ()
        values.append(Value(value.text, value.iri, False, value.notes, value.quotes, details, value.sure))
    return telling.list_of(term, values)


def restated_by(telling: Telling) -> Fact | None:
    nodes = telling.lookup.subjects(vocab.plan("restates"), telling.node)
    return telling.list_of("restated-by", [telling.thing(node) for node in nodes])


def amount_fact(telling: Telling) -> Fact | None:
    return telling.list_of("amount", [Value(amount(telling.lookup, telling.node), quotes=telling.quotes)])
