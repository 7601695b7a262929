"""Each rule finds the faults that are planted for it in good plans, and nothing is found besides (benchmarks/faults).

`KG_FAULTS=N` plants in N plans of other areas as well; it takes minutes.
"""

from __future__ import annotations

import os
from collections import defaultdict

import pytest

from benchmarks.faults import MUTATIONS, Outcome, grounds, run
from benchmarks.faults.__main__ import good_plans, in_many
from kg.validate.rules import load_shapes

RULES = sorted(rule.name for rule in load_shapes().rules)
# Plans whose words give every mutation its places; the others are for `python -m benchmarks.faults`.
CHOSEN = ("000", "001", "002", "003", "a2", "a3", "b3", "c1", "c2", "d1", "d3", "d4", "e1")


def test_there_is_a_mutation_for_every_rule() -> None:
    planted = {rule for mutation in MUTATIONS.values() for rule in mutation.rules}
    assert sorted(set(RULES) - planted) == []


def test_every_mutation_plants_for_a_rule_that_there_is() -> None:
    named = {rule for mutation in MUTATIONS.values() for rule in mutation.rules}
    assert sorted(named - set(RULES)) == []


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    plans = [ground for ground in grounds(good_plans()) if ground.name.startswith(CHOSEN)]
    return run(plans) + list(in_many(int(os.environ.get("KG_FAULTS", "0")), seed=1))


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_a_rule_finds_what_is_planted_for_it(rule: str, outcomes: list[Outcome]) -> None:
    found, missed = defaultdict(list), []
    for outcome in outcomes:
        missed += [
            (p.mutation, c.about, outcome.copy.ground.name, p.edits) for p, c in outcome.missed if c.rule == rule
        ]
        for planting, claim in outcome.found:
            if claim.rule == rule:
                found[outcome.copy.ground.name].append(planting)
    assert missed == []
    assert sum(map(len, found.values())) >= 3
    assert len(found) >= 2


@pytest.mark.slow
def test_nothing_is_found_that_no_planted_fault_explains(outcomes: list[Outcome]) -> None:
    wrong = [
        (outcome.copy.ground.name, [p.mutation for p in outcome.copy.plantings], outcome.unexplained, outcome.vanished)
        for outcome in outcomes
        if outcome.unexplained or outcome.vanished
    ]
    assert wrong == []
