"""Lines that say who is responsible for the item above them."""

from __future__ import annotations

import re

from kg.lexicon import rules

STATEMENT_LABELS = tuple(
    sorted((w for label in rules("responsibility")["label"] for w in label["words"]), key=lambda w: (-len(w), w))
)
STATEMENT_LINE = re.compile(r"^[(\[【]?\s*(?:" + "|".join(r"\s*".join(w) for w in STATEMENT_LABELS) + r")\s*[::]")
