"""How a number is meant: at least, at most, about, more than, exactly."""

from __future__ import annotations

import itertools

from kg.extract.quantities.cues import cues
from kg.extract.quantities.evidence import is_within
from kg.extract.quantities.places import Place
from kg.model import Comparator


def compare(place: Place) -> Comparator:
    """The comparator of a number; what stands behind the last of a joined list (10%、5%以上) holds for all of it."""
    known = cues().comparator
    for words in (place.tail, _shared_tail(place)):
        for name, pattern in known.after:
            if words and pattern.search(words):
                return name
    refused = cues().no_target
    within = known.within.search(place.after) or is_within(place)
    if within and place.amount.unit in refused.time_units:
        return "AtMost"
    of_something = known.of_something.search(place.before)
    for name, pattern in known.before:
        if pattern.search(place.before) or of_something and pattern.search(of_something["said"]):
            return name
    if place.amount.rough:
        return "MoreThan"
    return "AtLeast" if _goes_on_at_least(place) else "Equal"


def _goes_on_at_least(place: Place) -> bool:
    """至少配备1名医护人员、2名心理服务人员: the verb and its 至少 stand before the first."""
    at = place.others.index(place.amount)
    if not place.text.endswith("、", 0, place.amount.span.start):
        return False
    while at > 0 and place.text.endswith("、", 0, place.others[at].span.start):
        at -= 1
    lead = place.text[place.clause.span.start : place.others[at].span.start]
    return cues().comparator.least_of_list.search(lead) is not None


def _shared_tail(place: Place) -> str:
    chain = place.chain
    if len(chain) < 2 or place.amount is chain[-1]:
        return ""
    tail = cues().comparator.tail
    if any(tail.match(place.text, a.span.end, b.span.start) for a, b in itertools.pairwise(chain)):
        return ""
    match = tail.match(place.text, chain[-1].span.end, place.clause.span.end)
    return match.group() if match else ""
