"""Words of a scheme in a text: every mention of a concept, the longest word first, hidden phrases passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import Concept, either, scheme
from kg.model import Span
from kg.numerals import fold


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a text uses a word of a concept."""

    concept: Concept
    word: str
    span: Span


@cache
def _table(name: str) -> tuple[re.Pattern[str], dict[str, Concept], frozenset[str]]:
    owner: dict[str, Concept] = {}
    hidden: set[str] = set()
    for concept in scheme(name):
        for word in (concept.zh, *concept.aliases):
            owner[fold(word)] = concept
        hidden.update(fold(word) for word in concept.hidden)
    return re.compile(either(owner.keys() | hidden)), owner, frozenset(hidden - owner.keys())


def find_mentions(scheme_name: str, text: str, start: int, end: int) -> list[Mention]:
    """The mentions of a scheme's concepts between two places of a folded text, in order.

    >>> [m.concept.notation for m in find_mentions("crowd-group", "面向农牧民和老年人,办在青少年宫", 0, 16)]
    ['农民', '老年人']
    """
    pattern, owner, hidden = _table(scheme_name)
    return [
        Mention(owner[m.group()], m.group(), Span(m.start(), m.end()))
        for m in pattern.finditer(text, start, end)
        if m.group() not in hidden
    ]
