"""The tasks of other plans that correspond to a task, each with the score and what both have in common."""

from __future__ import annotations

from kg import vocab
from kg.describe.description import Fact, Value
from kg.describe.facts import Telling
from kg.describe.lookup import Lookup

_MANY = 20  # in a large collection so many are listed
_SCORE, _TASK, _IN_PLAN = vocab.plan("score"), vocab.plan("correspondingTask"), vocab.plan("inPlan")


def counterparts(telling: Telling) -> Fact | None:
    """The corresponding tasks, the surest first; none where the collection has no counterpart."""
    lookup, node = telling.lookup, telling.node
    related = set(lookup.nodes(node, vocab.plan("correspondsTo")))
    found = []
    for pair in lookup.nodes(node, vocab.plan("correspondence")):
        for other in lookup.nodes(pair, _TASK):
            if other in related:
                found.append((-float(lookup.value(pair, _SCORE) or 0), other, pair))
    found.sort()
    values = [_counterpart(telling, other, pair) for _, other, pair in found[:_MANY]]
    if len(found) > _MANY:
        values.append(Value(telling.notes["more"].format(len(found) - _MANY)))
    return telling.list_of("counterparts", values)


def _counterpart(telling: Telling, other: str, pair: str) -> Value:
    lookup = telling.lookup
    plan = next(iter(lookup.nodes(other, _IN_PLAN)), "")
    notes = (f"{telling.notes['score']} {lookup.value(pair, _SCORE)}", *_reasons(telling, lookup, pair))
    return Value(f"{telling.name(other)} · {telling.name(plan)}", other, True, notes)


def _reasons(telling: Telling, lookup: Lookup, pair: str) -> list[str]:
    """What both have, in words: subjects, groups and campaigns, phrases."""
    subjects = lookup.values(pair, vocab.plan("sharedSubject"))
    shared = [telling.name(node) for node in lookup.nodes(pair, vocab.plan("shares"))]
    phrases = [f"“{phrase}”" for phrase in lookup.values(pair, vocab.plan("sharedPhrase"))]
    both = "、".join([*subjects, *shared, *phrases])
    return [telling.notes["both"].format(both)] if both else []
