"""Results to be reached that are measured against others, without a number of their own: 位居全国前列."""

from __future__ import annotations

import re

from kg.extract.clauses import Sentence
from kg.extract.quantities.amounts import find_amounts
from kg.extract.quantities.cues import cues
from kg.extract.quantities.dates import Date, due, hoped
from kg.extract.quantities.indicators import phrase_before
from kg.extract.quantities.places import trimmed
from kg.model import Quantity, Span


def read_benchmarks(
    text: str, original: str, owner: str, sentence: Sentence, dates: list[Date], carried: Date | None
) -> list[Quantity]:
    """The relative targets of a sentence on goals; a clause with a number has none."""
    found = []
    for match in cues().benchmark.pattern.finditer(text, sentence.span.start, sentence.span.end):
        clause = trimmed(text, sentence.clauses[sentence.clause_at(match.start())].span)
        if find_amounts(text, clause.start, clause.end):
            continue
        date, _ = due(text, dates, sentence, clause, Span(match.start(), match.start() + 1), carried)
        subject = phrase_before(text, clause.start, match.start())
        found.append(
            Quantity(
                kind="Target",
                owner=owner,
                quote=clause.cut(original),
                span=clause,
                indicator=subject or re.sub(r"^(?:继续)?保持|在[^,]*$", "", match.group()),
                value=None,
                unit="",
                comparator=None,
                deadline=date.value if date else None,
                deadline_span=date.span if date else None,
                aspirational=hoped(text, sentence, clause, match.end(), dates),
                benchmark=match.group(),
                rule="relative-target",
                confidence=0.6,
            )
        )
    return found
