"""Pictures of what the plans say: for whom, by whom, on what basis; SVG with labels in Chinese or English.

`draw` gives one as text. Same graph, same bytes; no font is embedded, no text lies over another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.chart.cascade import draw_cascade
from kg.chart.coverage import draw_coverage
from kg.chart.facts import MOST_PLANS, Choice, find_plan_type
from kg.chart.responsibility import draw_responsibility
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.store.protocol import Store

__all__ = ["KINDS", "MOST_PLANS", "Choice", "draw", "find_plan_type"]

KINDS = ("coverage", "responsibility", "cascade")
_ALL = Choice()


def draw(store: Store, kind: str, lang: str = "zh", choice: Choice = _ALL, top: int = 12) -> str:
    """A picture of the plans in a store, or of those of a choice: one of `KINDS`. It says what it leaves out.

    `top`: how many agencies of each plan `responsibility` shows. Raises `UsageError` for another kind, `EmptyError` where
    there is no plan to draw.
    """
    if kind == "coverage":
        return draw_coverage(store, lang, choice)
    if kind == "responsibility":
        return draw_responsibility(store, lang, choice, top)
    if kind == "cascade":
        return draw_cascade(store, lang, choice)
    raise UsageError(f"there is no picture {kind!r}", remedy=f"use one of {', '.join(KINDS)}")
