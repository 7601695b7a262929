"""Names of campaigns that plans have in quotation marks and no concept of the scheme means: for people who widen the scheme.

A candidate is no fact: it stands in no graph until a person has made it a concept of `ontology/concepts/initiative.ttl`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg import vocab
from kg.describe.lookup import Lookup
from kg.lexicon import rules, scheme
from kg.numerals import fold

if TYPE_CHECKING:
    from kg.store.protocol import Store

_KINDS = ("Action", "Task", "SafeguardMeasure")
_QUOTED = re.compile(r"“([^“”\n]+)”|《([^《》\n]+)》")
_FAR = 16
_ROOM = 24  # characters of the text on both sides
_MARKS = re.compile(r"[\s·•、,“”-]")

# In the order of a table: attribute, heading in Chinese, in English.
COLUMNS = (
    ("words", "名称", "name"),
    ("plans", "规划数", "plans"),
    ("provisions", "条目数", "provisions"),
    ("context", "原文", "text"),
    ("first", "首见条目IRI", "first provision IRI"),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that may be a campaign's, with how often plans have it."""

    words: str
    plans: int
    provisions: int
    context: str  # of the first place
    first: str  # IRI of the provision that has it first

    def row(self) -> tuple[str | int, ...]:
        """The cells of a table in the order of `COLUMNS`."""
        return tuple(getattr(self, name) for name, _, _ in COLUMNS)

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name, _, _ in COLUMNS}


def find_candidates(store: Store) -> list[Candidate]:
    """The candidates of all plans in the store: those of most plans first, then of most provisions, then by their words."""
    lookup = Lookup(store)
    found: dict[str, list[tuple[str, str, str]]] = {}
    for kind in _KINDS:
        for node in lookup.members(kind):
            text, plan = lookup.value(node, vocab.plan("text")), lookup.value(node, vocab.plan("inPlan")) or ""
            for words, context in names_in(text or ""):
                found.setdefault(words, []).append((plan, node, context))
    candidates = []
    for words, places in found.items():
        _, first, context = min(places)
        plans, nodes = {p for p, _, _ in places}, {n for _, n, _ in places}
        candidates.append(Candidate(words, len(plans), len(nodes), context, first))
    return sorted(candidates, key=lambda c: (-c.plans, -c.provisions, c.words))


def names_in(text: str) -> list[tuple[str, str]]:
    """The names in a text that read as those of campaigns and are no concept's, each with the words around it.

    >>> names_in("办好“春泥”志愿服务,坚持“一企一策”的办法,推进“放管服”改革")
    [('春泥', '办好“春泥”志愿服务,坚持“一企一策”的办法,推进“放管服”')]
    """
    ends, behind, no_name, no_title, shortest, longest = _patterns()
    plain, found = fold(text), []
    for match in _QUOTED.finditer(plain):
        words = (match[1] or match[2]).strip()
        if not shortest <= len(words) <= longest or no_name.search(words) or _MARKS.sub("", words) in _known():
            continue
        rest = plain[match.end() : match.end() + _FAR]
        if match[2]:
            named = not words.endswith(_documents()) and not no_title.search(words) and bool(ends.search(words))
        else:
            named = bool(ends.search(words) or behind.search(rest))
        if named and not any(_is_in(known, words) for known in _known()):
            found.append((words, plain[max(0, match.start() - _ROOM) : match.end() + _ROOM].replace("\n", " ")))
    return found


def _is_in(known: str, words: str) -> bool:
    """Whether a name is that of a concept with nothing but a kind of campaign behind it."""
    plain = _MARKS.sub("", words)
    return plain.startswith(known) and len(plain) - len(known) <= _LONGEST_KIND


_LONGEST_KIND = 4


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    return frozenset(_MARKS.sub("", fold(word)) for c in scheme("initiative") for word in (c.zh, *c.aliases, *c.hidden))


@lru_cache(maxsize=1)
def _documents() -> tuple[str, ...]:
    kinds = {word for c in scheme("plan-type") for word in (c.zh, *c.aliases)}
    return tuple(sorted(kinds | set(rules("metadata")["document"]["endings"])))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], int, int]:
    table = rules("initiatives")["candidate"]
    ends, behind, no_name, no_title = (re.compile(table[n]) for n in ("ends", "behind", "no_name", "no_title"))
    return ends, behind, no_name, no_title, table["shortest"], table["longest"]
