"""Numbers that stand in a list: which go on with the target before them, and what they share with it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.quantities.cues import cues
from kg.extract.quantities.dates import Date, binds_its_clause
from kg.extract.quantities.indicators import Said
from kg.extract.quantities.places import Place

# From a whole to the first of its parts, in characters.
_FARTHEST = 200


@dataclass(frozen=True, slots=True)
class Before:
    """The target before a number."""

    place: Place
    said: Said
    date: Date | None
    hoped: bool
    dated: bool = False  # its own sentence (or the paragraph's beginning) says so


def goes_on(before: Before | None, place: Place) -> bool:
    """Whether a number goes on with the list of the target before it: 其中福州630个,厦门620个."""
    if before is None:
        return False
    last, known = before.place, cues().continuing
    start = last.amount.span.end + len(last.tail)
    if place.amount.span.start - start > _FARTHEST:
        return False
    between = place.text[start : place.amount.span.start]
    within = known.within.search(between)
    if known.broken.search(between[within.start() :] if within else between) or not within and len(between) > 60:
        return False
    if last.sentence.span != place.sentence.span and not takes_apart(place):
        return False
    ends = not place.after or place.after[0] in "、和及与" or len(place.after) > 1 and not place.before
    if place.bracketed and not last.bracketed:
        return bool(cues().evidence.bracket.search(place.words)) or ends and len(place.before) <= 12
    own = max(between.rfind(mark) for mark in "、,;")
    return (ends or known.item.search(between) is not None) and len(between) - own <= 25


def takes_apart(place: Place) -> bool:
    """Whether the number is a part of a whole: 其中…, (包括…), said at the sentence's beginning or behind its last semicolon."""
    text, start, at = place.text, place.sentence.span.start, place.amount.span.start
    words = cues().continuing.within
    if words.match(text, start + len(text[start:at]) - len(text[start:at].lstrip())):
        return True
    return words.search(text, max(start, text.rfind(";", start, at) + 1), at) is not None


def date_of_whole(before: Before | None, known: dict[str, Date], place: Place, indicator: str) -> Date | None:
    """The date of the whole that a number is a part of, or of the same thing said before."""
    if before is not None and before.date is not None and (before.dated or place.amount.unit == before.said.unit):
        whole = not binds_its_clause(place.text, place.sentence, place.clause.span, before.date)
        if whole and goes_on(before, place) and (place.bracketed or takes_apart(place)):
            return before.date
    if indicator in known:
        return known[indicator]
    return next((d for name, d in known.items() if len(name) >= 4 and indicator.endswith(name)), None)


def shares_hope(before: Before | None, place: Place) -> bool:
    """Whether a number is an item behind 、 of what is only striven for."""
    if before is None or not before.hoped or before.place.sentence.span != place.sentence.span:
        return False
    between = place.text[before.place.amount.span.end : place.amount.span.start]
    return "、" in between and ";" not in between and "," not in between
