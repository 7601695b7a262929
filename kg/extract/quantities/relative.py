"""What is measured against something else: yearly growth, changes, baselines, ranks."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.extract.quantities.cues import cues
from kg.extract.quantities.places import Place
from kg.numerals import parse_number

_SHARES = ("%", "个百分点", "百分点", "倍", "‰", "番")


def changes(place: Place) -> bool:
    """Whether the number is itself a change: 下降10%, not 下降到10%."""
    return place.amount.unit in _SHARES and (
        bool(cues().evidence.change.search(place.before)) or bool(cues().relative.rate_behind.match(place.after))
    )


def yearly_rate(place: Place) -> Decimal | None:
    """年均增长N%: a rate of growth, which is no level. A change over the whole time (较2015年下降10%) and one in points are values.

    Negative where it falls.
    """
    known = cues().relative
    if place.amount.unit not in ("%", "‰"):
        return None
    if known.yearly_behind.match(place.after) or changes(place) and known.yearly.search(place.before):
        down = known.down.search(place.before) or known.down.search(place.after[:10])
        return -place.amount.value if down else place.amount.value
    return None


def baseline(place: Place) -> Decimal | None:
    """The number that this one is measured against: 由12%提高到15%, 比上年的426万元增加65.7%."""
    before = place.text[place.clause.span.start : place.amount.span.start]
    known = cues().relative
    match = known.raised_from.search(before) or known.compared_with.search(before)
    if match is None:
        return None
    try:
        return parse_number(match["n"] + (match["m"] or ""))
    except (ValueError, ArithmeticError):
        return None


def is_baseline(place: Place) -> bool:
    """从2.67元增加到3.62元, 16%的税率降至13%: the first number is what the second is measured against."""
    known = cues().relative
    behind = place.text[place.amount.span.end : place.clause.span.end]
    if not any(o.span.start > place.amount.span.start for o in place.others):
        return False
    if known.to_other.match(behind) and (
        known.starts_from.search(place.before)
        or place.amount.unit in ("%", "‰", "个", "项", "天", "个工作日", "工作日", "小时", "元")
    ):
        return True
    return bool(known.compared_before.search(place.before)) and bool(
        re.match(r"(?:增加|增长|提高|减少|下降|提升|多|少)", behind)
    )
