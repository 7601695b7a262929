"""Phrases of a clause without dates, hedges, areas and the verbs around the noun."""

from __future__ import annotations

import re

from kg.extract.clauses import find_deadlines
from kg.extract.quantities.cues import cues
from kg.extract.quantities.places import Place

AND = re.compile("以及|[、与]|和(?![谐解平睦])|(?<![普涉危波推触提顾企])及(?![时格早])")
_LONG_BRACKET = re.compile(r"\([^()]{9,}\)")  # it explains


def phrase_before(text: str, start: int, end: int) -> str:
    """The phrase between two places without dates, hedges, areas and verbs around the noun."""
    known = cues()
    if start > end:
        return ""
    words = without_dates(text, start, end)
    words = known.indicator.numbering.sub("", words)
    words = known.deadline.this_year.sub("", words, count=1) if known.deadline.this_year.match(words) else words
    month = known.deadline.month.match(words)
    words = words[month.end() :] if month else words
    recurrences = list(known.recurrence.pattern.finditer(words))
    if recurrences:
        recurrence = recurrences[-1]
        rest = words[recurrence.end() :]
        words = (
            rest
            if len(known.indicator.drop.sub("", known.indicator.trail.sub("", rest))) >= 2
            else (words[: recurrence.start()] + rest)
        )
    words = known.indicator.baseline.sub("", words)
    words = _LONG_BRACKET.sub("", words)
    if len(words) < 40:
        words = known.indicator.modal.sub("", words)
    return known.indicator.doer.sub("", strip(words))


def without_dates(text: str, start: int, end: int) -> str:
    """What a date leads to is the phrase, and where it leads to nothing, what stands before: 普及率2022年、2025年分别达到."""
    known = cues().indicator
    dates = find_deadlines(text, start, end, as_written=True)
    if not dates:
        return text[start:end].strip()
    last = dates[-1][1]
    behind = known.more_years.sub("", text[last.end : end]).strip()
    if (last.start - start <= 8 or last.end >= end - 6) and len(strip(behind)) >= 2:
        return behind
    words = text[start:end].strip()
    for _, span in reversed(dates):
        words = re.sub("[、和及]?" + re.escape(span.cut(text)) + "[、,和及]?", "", words, count=1)
    return words


def strip(words: str) -> str:
    """A phrase without the hedges and verbs at its ends.

    >>> strip("力争建成科普馆达到")
    '科普馆'
    """
    known = cues().indicator
    for _ in range(3):
        shorter = known.trail.sub("", words.strip(" ,、:"))
        shorter = known.drop.sub("", shorter.strip(" ,、:"))
        if shorter == words:
            break
        words = shorter
    return words.strip(" ,、:")


def without_verb(root: str) -> str:
    return re.sub(cues().indicator.kept.pattern, "", root, count=1) if cues().indicator.kept.match(root) else root


def verb_start(place: Place) -> str:
    return cues().indicator.adverbs.sub("", cues().recurrence.pattern.sub("", place.before))


def from_before(place: Place) -> str:
    """…开放实验室等场所,每年不少于60天: what is counted stands in the clause before."""
    previous = place.say(place.beside(-1))
    if not previous:
        return ""
    words = cues().indicator.modal_before.sub("", previous)
    words = cues().indicator.drop.sub("", words)
    return words if len(words) >= 2 else ""


def object_of(words: str) -> str:
    """What a clause without a number is about: its object, or what is put somewhere.

    >>> object_of("组织受威胁群众开展避险转移演练"), object_of("将民宿餐饮纳入“明厨亮灶”")
    ('避险转移演练', '民宿餐饮')
    """
    known = cues().indicator
    put = known.put.match(words)
    if put:
        return put["thing"]
    governed = known.object.match(words)
    if governed is None:
        return ""
    phrase = words[governed.end() :]
    again = known.object.match(phrase)
    phrase = phrase[again.end() :] if again and len(phrase) - again.end() >= 4 else phrase
    return known.object_end.sub("", re.sub("^.*的(?=[^的]{3,}$)", "", strip(phrase)))
