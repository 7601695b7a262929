"""Milestones whose figures are just stated ("达到55%") are compared where the words say which way they go."""

from __future__ import annotations

import rdflib

from kg.lexicon import rules
from kg.validate.checks.figures import _rises, check_milestones
from kg.validate.data import load
from kg.vocab import PLAN

TARGET = """
:t{n} a plan:Target ; plan:inPlan :p ; plan:indicator :i ; plan:indicatorText "{name}" ; plan:quote "{name}{verb}{value}" ;
  plan:valueInUnit {value}.0 ; plan:comparator plan:Equal ; plan:accumulation plan:AtDate ; plan:deadlineDate "{year}-12-31"^^xsd:date .
"""
PREFIXES = "@prefix plan: <https://w3id.org/plankg/ontology#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <https://example.org/> ."


def found(*values: int, name: str = "护理型床位占比", verb: str = "达到") -> list[int]:
    """The years of the milestones that ask for less than an earlier one."""
    turtle = PREFIXES + "".join(
        TARGET.format(n=n, name=name, verb=verb, value=value, year=2023 + n) for n, value in enumerate(values)
    )
    data = load(rdflib.Graph().parse(data=turtle))
    focus = {node for node, _ in data.pairs(rdflib.URIRef(PLAN + "deadlineDate"))}
    return sorted(2023 + int(str(node)[-1]) for node, _, _ in check_milestones(data, focus))


def test_a_later_milestone_that_is_to_reach_less_is_found() -> None:
    assert found(55, 50) == [2024]
    assert found(80, 60, 100) == [2024]
    assert found(50, 55) == []


def test_a_row_that_falls_throughout_is_one_that_is_to_fall() -> None:
    assert found(80, 60, 40) == []


def test_a_figure_whose_words_do_not_say_that_it_is_to_rise_is_not_compared() -> None:
    assert found(55, 50, verb="为") == []
    assert found(35, 30, name="PM2.5年均浓度") == []


def test_the_examples_of_the_table_match() -> None:
    assert _rises(rules("milestones")["rising"]["example"], "")
    assert not _rises(rules("milestones")["falling"]["example"], "")
