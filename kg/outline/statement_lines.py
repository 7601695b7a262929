"""Lines that say who is responsible for the item above them."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import rules

STATEMENT_LABELS = tuple(
    sorted((w for label in rules("responsibility")["label"] for w in label["words"]), key=lambda w: (-len(w), w))
)
STATEMENT_LINE = re.compile(r"^[(\[【]?\s*(?:" + "|".join(r"\s*".join(w) for w in STATEMENT_LABELS) + r")\s*[::]")


def ends_stated(text: str) -> bool:
    """Whether a folded paragraph ends with brackets that say who is responsible.

    >>> ends_stated("更换床铺。(责任单位:县教育局、县财政局)"), ends_stated("更换床铺(共20套)。"), ends_stated("办班。(县教育局)")
    (True, False, False)
    """
    return _at_end("surely").search(text) is not None


def may_end_stated(text: str) -> bool:
    """Whether its end may say so, by a name alone too.

    >>> may_end_stated("办班。(县教育局)"), may_end_stated("更换床铺(共20套)。")
    (True, False)
    """
    return _at_end("perhaps").search(text) is not None


@cache
def _at_end(how: str) -> re.Pattern[str]:
    return re.compile(rules("frame")["stated_at_end"][how])
