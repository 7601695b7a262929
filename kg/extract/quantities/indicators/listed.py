"""What a number counts by the number before it, the clause before it or its own place in a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.extract.clauses import find_deadlines
from kg.extract.quantities.cues import cues
from kg.extract.quantities.indicators.phrases import (
    AND,
    from_before,
    object_of,
    strip,
    verb_start,
    without_dates,
    without_verb,
)
from kg.extract.quantities.places import Place
from kg.model import Span

_SHARES = ("%", "‰", "个百分点")


@dataclass(frozen=True, slots=True)
class Said:
    """What the number before it in the list counts."""

    indicator: str
    root: str  # of the first number of the list
    unit: str


def names_again(place: Place, said: Said) -> bool:
    """到2024年占比达到60%、到2025年达到80%: the second number is of what the first is."""
    shares = said.unit in _SHARES and place.amount.unit in _SHARES
    return (shares or said.unit == place.amount.unit) and bool(
        find_deadlines(place.text, place.clause.span.start, place.amount.span.start)
    )


def of_every(place: Place, each: str, said: Said | None) -> str:
    """配备职业指导员,每个驿站不少于2名: of what the clause before says there are so many in each."""
    previous = place.say(place.beside(-1))
    if re.search(r"\d", previous):
        return each + without_verb(said.indicator) if said is not None and said.unit == place.amount.unit else each
    return each + object_of(previous)


def covered(place: Place, left: str, said: Said | None) -> str:
    """建设引导标志,实现中心渔港全覆盖: who is reached by what the clause before says, or the clause itself (画廊实现行政村全覆盖)."""
    previous = place.say(place.beside(-1))
    if said is None and previous and not re.search(r"\d", previous) and cues().indicator.reached.match(left):
        thing = object_of(previous)
        if 3 <= len(thing) <= 20:
            return thing + left + "覆盖"
    reaches = cues().indicator.reaches.match(left)
    return reaches["thing"] + reaches["whom"] + "覆盖" if reaches else left


def changed(place: Place, quote: Span, left: str, said: Said | None) -> str:
    """Of a change the words that say so are part of what is measured: 排放总量较2015年下降."""
    words = cues().indicator.numbering.sub("", place.text[quote.start : place.amount.span.start]).strip()
    known = cues().indicator
    words = known.deadline_start.sub("", words)
    words = known.this_year_start.sub("", words)
    words = known.drop.sub("", known.change_trail.sub("", words).strip(" ,、:"))
    compared = cues().relative.compared_before.search(words)
    if compared and compared.start() == 0 and said is not None:
        return said.indicator
    if len(words) <= 2 and said is not None:
        return said.root + words
    if len(words) <= 2:
        return from_before(place) + words
    return words


def part_of(place: Place, left: str, right: str, said: Said) -> str:
    """A part of what was said: 其中福州630个 → 福州公共充电桩."""
    if right:
        return ""
    known = cues().indicator
    if place.is_first_part:
        said = Said(said.indicator, said.indicator, said.unit)
    left = re.sub("^(?:其中|包括|含)", "", left)
    if not left:
        verb = known.verbs_alone.search(place.before) or known.kept.match(verb_start(place))
        return (verb.group() if verb else "") + without_verb(said.root)
    if place.amount.unit != said.unit:
        return ""
    if known.kept.fullmatch(left):
        return left + without_verb(said.root)
    if known.rank.fullmatch(left) and known.rank.search(said.root):
        return known.rank.sub(left, said.root, count=1)
    apart = place.bracketed or cues().continuing.within.search(
        place.text, place.sentence.span.start, place.amount.span.start
    )
    if known.area.search(left) or apart and len(left) <= 10 and left[-1:] != said.root[-1:]:
        return left + said.root
    return ""


def respective(place: Place) -> str:
    """A、B的X分别达到3、4: the name at the number's own place in the list."""
    chain = place.chain
    if len(chain) < 2:
        return ""
    lead = place.text[place.clause.span.start : chain[0].span.start]
    if "分别" not in lead:
        return ""
    names = strip(cues().indicator.numbering.sub("", lead.replace("分别", "")))
    names = strip(without_dates(names, 0, len(names)))
    items = [i for i in AND.split(names) if i]
    at = chain.index(place.amount)
    if len(items) != len(chain):
        return names if len(chain) > 1 else ""
    first, last = items[0], items[-1]
    when = re.match("[^,;。]{2,20}时", first) if at else None
    if at == len(items) - 1 or cues().evidence.measure.search(first) or cues().evidence.rate.search(first):
        return (when.group() if when else "") + items[at]
    match = re.match("[A-Za-z0-9.]+", last) if re.fullmatch("[A-Za-z0-9.]+", first) else None
    suffix = last[match.end() :] if match else last[len(first) :]
    return (when.group() if when else "") + items[at] + suffix
