"""What a person should look at: the facts of plans with their sentences, most doubtful first, as a sheet to be answered.

Reads the graph only. The answers come back through `kg.corrections`.
"""

from __future__ import annotations

from kg.review.doubts import Doubt, find_doubts
from kg.review.sheet import fill_sheet

__all__ = ["Doubt", "fill_sheet", "find_doubts"]
