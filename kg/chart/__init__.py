"""Pictures of what the plans say: for whom, by whom, on what basis; SVG with labels in Chinese or English.

`draw` gives one as text. Same graph, same bytes; no font is embedded, no text lies over another.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from kg.chart.cascade import draw_cascade
from kg.chart.coverage import draw_coverage
from kg.chart.responsibility import draw_responsibility
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.store.protocol import Store

__all__ = ["KINDS", "draw"]

KINDS = ("coverage", "responsibility", "cascade")


def draw(store: Store, kind: str, lang: str = "zh", chosen: Collection[str] = (), top: int = 12) -> str:
    """A picture of the plans in a store, or of the chosen ones (IRIs): one of `KINDS`.

    `top`: how many agencies of each plan `responsibility` shows. Raises `UsageError` for another kind, and where there
    are more plans than a picture can show; `EmptyError` where there is none.
    """
    if kind == "coverage":
        return draw_coverage(store, lang, chosen)
    if kind == "responsibility":
        return draw_responsibility(store, lang, chosen, top)
    if kind == "cascade":
        return draw_cascade(store, lang, chosen)
    raise UsageError(f"there is no picture {kind!r}", remedy=f"use one of {', '.join(KINDS)}")
