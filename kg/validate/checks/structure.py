"""Numbering and order of provisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from rdflib import Literal

from kg.validate.checks.registry import Fault, check
from kg.validate.data import Data
from kg.validate.namespaces import PLAN


@check("ordinal-order")
def check_ordinals(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Provisions whose ordinal breaks the row 1, 2, 3 … of their class in their plan."""
    rows: dict[tuple[Any, Any], list[tuple[int, str, Any, Any]]] = defaultdict(list)
    classes = (PLAN.Task, PLAN.SafeguardMeasure, PLAN.Action, PLAN.Section)
    for node in focus:
        kinds = data.types(node)
        kind = next((kind for kind in classes if kind in kinds), None)
        plan = data.value(node, PLAN.inPlan)
        for ordinal in data.objects(node, PLAN.ordinal):
            number = ordinal.value if isinstance(ordinal, Literal) and isinstance(ordinal.value, int) else -1
            rows[plan, kind].append((number, str(node), node, ordinal))
    for row in rows.values():
        expected = 1
        for number, _, node, ordinal in sorted(row, key=lambda entry: entry[:2]):
            if number != expected:
                yield node, PLAN.ordinal, ordinal
            expected = number + 1  # one gap is one fault, not one for each that follows
