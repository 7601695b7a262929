"""Targets against what their plans report as achieved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from kg.validate.checks.registry import Fault, check
from kg.validate.data import Data
from kg.validate.namespaces import PLAN


@check("target-below-achievement")
def check_achievements(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Targets below what their plan reports as achieved for the same indicator (the SPARQL of the rule says the same)."""
    achieved = defaultdict(set)
    for past in data.instances(PLAN.Achievement):
        for plan in data.objects(past, PLAN.inPlan):
            for indicator in data.objects(past, PLAN.indicator):
                achieved[plan, indicator].update(data.objects(past, PLAN.valueInUnit))
    for target in focus:
        if set(data.objects(target, PLAN.comparator)) & {PLAN.AtMost, PLAN.LessThan}:
            continue
        due = list(data.objects(target, PLAN.valueInUnit))
        keys = [(p, i) for p in data.objects(target, PLAN.inPlan) for i in data.objects(target, PLAN.indicator)]
        for value in {value for key in keys for value in achieved[key]}:
            if any(_is_less(wanted, value) for wanted in due):
                yield target, None, value


def _is_less(one: Any, other: Any) -> bool:
    a, b = getattr(one, "value", None), getattr(other, "value", None)
    return isinstance(a, (int, Decimal)) and isinstance(b, (int, Decimal)) and a < b
