"""The counted noun where it stands behind the number: turned round where it does something."""

from __future__ import annotations

import re

from kg.extract.quantities.cues import cues
from kg.extract.quantities.indicators.phrases import AND, strip, verb_start
from kg.extract.quantities.places import Place
from kg.model import Span


def phrase_behind(place: Place, quote: Span) -> str:
    """The phrase behind the number up to the next one of the list."""
    start = place.amount.span.end + len(place.tail)
    end = quote.end
    for other in place.others:
        if other.span.start >= start and not _qualifies(place, other.span.end):
            end = min(end, other.span.start)
    words = re.sub("^的", "", place.text[start:end].strip()).strip()
    words = re.sub("[、和及与,]+$|以及$", "", words)
    return cues().indicator.right_trail.sub("", words)


def _qualifies(place: Place, end: int) -> bool:
    """1个带动就业5000人以上的产业园区: the second number belongs to what the first counts."""
    tail = cues().comparator.tail.match(place.text, end)
    return tail is not None and place.text.startswith("的", tail.end())


def of_right(place: Place, left: str, right: str) -> str:
    """The counted noun stands behind the number: turned round where it does something, with a verb that says what becomes of it."""
    known = cues().indicator
    turned = cues().evidence.predicate.match(right)
    shared = _predicate_of_both(place)
    if shared:
        return f"{shared}的{right}"
    start = (
        place.amount.unit == "%"
        or re.search("[和、与]$", place.before) is not None
        and len(place.others) > 1
        or not governs(place)
        and (cues().evidence.subject_start.search(place.before) or cues().evidence.weak_start.search(place.before))
    )
    if turned and start and (place.amount.unit == "%" or not place.after.startswith("的")):
        noun, rest = turned["noun"], right[turned.start("verb") :]
        noun = re.sub("(?:要|应|均|都|全部|须|的)+$", "", noun)
        if "的" in noun and len(rest) >= 2:
            owner, _, part = noun.partition("的")
            return f"{part}{rest}的{owner}"
        if len(rest) >= 2 and len(noun) >= 1:
            return f"{rest}的{noun}" if not rest.endswith(noun) else rest
    verb = known.kept.match(verb_start(place))
    modifier = "" if AND.search(left) or left.endswith("等") or len(left) > 14 else left
    if verb and not modifier.startswith(verb.group()):
        modifier = verb.group() + modifier
    covers = known.covers.search(place.before)
    if covers:
        return f"{strip(covers['what'])}的{right}"
    acted = known.acted.match(right)
    if acted and not verb:
        return f"{acted['rest']}的{acted['noun']}"
    return (modifier if verb or modifier.endswith("的") else "") + right if len(right) >= 2 else left or right


def _predicate_of_both(place: Place) -> str:
    """11个设区市和117个县完成规划编制: what the second does, the first does, too."""
    at = place.others.index(place.amount)
    if not place.counts or at + 1 >= len(place.others) or governs(place):
        return ""
    following = place.others[at + 1]
    if following.unit != place.amount.unit or place.text[following.span.start - 1] not in "和与":
        return ""
    words = place.text[following.span.end : place.clause.span.end]
    turned = cues().evidence.predicate.match(words)
    return words[turned.start("verb") :] if turned else ""


def governs(place: Place) -> bool:
    known = cues().evidence
    return bool(known.strong_start.search(place.before) or known.strong_inside.search(place.before))
