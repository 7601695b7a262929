"""Targets in a short form: comparator and value, unit, @date, recurrence, ? for what is only striven for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Quantity

_SIGNS = {"Equal": "", "AtLeast": ">=", "MoreThan": ">", "AtMost": "<=", "LessThan": "<", "About": "~"}


def shorten(quantity: Quantity) -> str:
    """A target in short: ">=300 个 @2025 每年 ?"."""
    assert quantity.value is not None
    assert quantity.comparator is not None
    words = [f"{_SIGNS[quantity.comparator]}{quantity.value.normalize():f}", quantity.unit]
    words += [f"@{quantity.deadline}"] if quantity.deadline else []
    words += [quantity.recurrence] if quantity.recurrence else []
    return " ".join([*filter(None, words), *(["?"] if quantity.aspirational else [])])


@pytest.fixture
def said(quantities: Callable[[str], list[Quantity]]) -> Callable[[str], list[str]]:
    """The targets with a value that a task with this text has, in short; ranges and yearly growth have none."""

    def make(text: str) -> list[str]:
        return [shorten(q) for q in quantities(text) if q.kind == "Target" and q.value is not None]

    return make
