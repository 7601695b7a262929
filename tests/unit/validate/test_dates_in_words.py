"""A deadline in words is a finding of its own; the checks that compare deadlines pass over it."""

from __future__ import annotations

import rdflib

from kg.validate.checks.figures import check_milestones
from kg.validate.data import load
from kg.vocab import PLAN

TARGETS = """
@prefix plan: <https://w3id.org/plankg/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <https://example.org/> .
:a a plan:Target ; plan:inPlan :p ; plan:indicator :i ; plan:indicatorText "覆盖率" ; plan:valueInUnit 85.0 ; plan:comparator plan:AtLeast ;
  plan:deadlineDate "2024-12-31"^^xsd:date .
:b a plan:Target ; plan:inPlan :p ; plan:indicator :i ; plan:indicatorText "覆盖率" ; plan:valueInUnit 80.0 ; plan:comparator plan:AtLeast ;
  plan:deadlineDate %s .
"""


def found(deadline: str) -> list[str]:
    data = load(rdflib.Graph().parse(data=TARGETS % deadline))
    focus = {node for node, _ in data.pairs(rdflib.URIRef(PLAN + "deadlineDate"))}
    return [str(node) for node, _, _ in check_milestones(data, focus)]


def test_a_date_in_words_is_compared_with_no_date() -> None:
    assert found('"2025年底"') == []
    assert found('"2025-12-31"^^xsd:date') == ["https://example.org/b"]
