"""Each stated fact against the text: passages cut anew, quotes and names looked up in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from rdflib import URIRef

from kg.validate.checks.registry import Fault, check
from kg.validate.data import Data
from kg.validate.namespaces import OA, PLAN, PROV


@check("evidence-verifies")
def verify_passages(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Passages whose `oa:exact` is not what start and end cut out of the source text (in code points).

    A source whose text the graph does not carry cannot be verified: that is a fault, too, never a pass.
    """
    for passage in focus:
        start, end = data.value(passage, OA.start), data.value(passage, OA.end)
        exact, source = data.value(passage, OA.exact), data.value(passage, PROV.wasQuotedFrom)
        text = data.source_text(source)
        if text is None:
            yield passage, PROV.wasQuotedFrom, source
        elif exact is not None and (_cut(text, start, end) != str(exact)):
            yield passage, OA.exact, exact


def _cut(text: str, start: Any, end: Any) -> str | None:
    first, last = getattr(start, "value", None), getattr(end, "value", None)
    if not isinstance(first, int) or not isinstance(last, int) or not 0 <= first < last <= len(text):
        return None
    return text[first:last]


@check("quote-in-passage")
def verify_quotes(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Targets and achievements whose quote lies in none of their passages."""
    return _verify_text(data, focus, PLAN.quote)


@check("agency-text-in-passage")
def verify_agency_texts(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Responsibilities whose agency, as written, lies in none of their passages."""
    return _verify_text(data, focus, PLAN.agencyText)


def _verify_text(data: Data, focus: set[Any], predicate: URIRef) -> Iterator[Fault]:
    for node in focus:
        restored = [
            fold(text)
            for finding in data.subjects(PLAN.about, node)
            for text in data.objects(finding, PLAN.repairedText)
        ]
        passages = [
            fold(exact) for passage in data.objects(node, PLAN.evidence) for exact in data.objects(passage, OA.exact)
        ]
        for value in data.objects(node, predicate):
            # What a finding says was restored need not stand in the text.
            if not any(fold(value) in text for text in (*passages, *restored)):
                yield node, predicate, value


def fold(text: str) -> str:
    """A text as it is compared: NFKC, white space removed.

    >>> fold("区 人社局(公章)")
    '区人社局(公章)'
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text)))
