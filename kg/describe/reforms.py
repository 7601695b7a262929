"""What a body was before a reform and what it became, in words."""

from __future__ import annotations

from kg import vocab
from kg.describe.description import Fact, Value
from kg.describe.facts import Telling


def successors(telling: Telling) -> Fact | None:
    """The bodies that took its place, each with the reform and its day."""
    return _through(telling, vocab.ORG_CHANGED_BY, vocab.ORG_RESULTING_ORGANIZATION, "became")


def predecessors(telling: Telling) -> Fact | None:
    """The bodies that it came of, each with the reform and its day."""
    return _through(telling, vocab.ORG_RESULTED_FROM, vocab.ORG_ORIGINAL_ORGANIZATION, "came-of")


def _through(telling: Telling, to_event: str, to_body: str, term: str) -> Fact | None:
    lookup, values = telling.lookup, []
    for event in lookup.nodes(telling.node, to_event):
        day = lookup.value(event, vocab.DCTERMS_DATE) or ""
        precision = lookup.value(event, vocab.plan("datePrecision"))
        said = f"{day} {telling.name(event)}" + (telling.notes["by-then"] if precision != "day" else "")
        bodies = lookup.nodes(event, to_body)
        values += [Value(telling.name(body), body, notes=(said,)) for body in bodies]
        if not bodies:
            values.append(Value(said, event))
    return telling.list_of(term, values)
