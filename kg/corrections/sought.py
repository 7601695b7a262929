"""Where in a record an answer belongs: the part, the place and the fact that it is about."""

from __future__ import annotations

from kg.corrections.answers import Answer
from kg.corrections.facts import PARTS, SINGLE, Fact, facts_of, words_of
from kg.corrections.places import Words, extent, holder_of
from kg.corrections.typed import base_name, taken_values, value_in_words
from kg.model import PlanRecord, Provision, Span
from kg.sheet import KINDS, plain, write_fields

# A thing has at most one fact of these kinds.
_ONLY = frozenset((*SINGLE, "plan-type", "deadline"))


class Sought:
    """A record taken apart, in which parts, places and facts are looked for."""

    def __init__(self, record: PlanRecord) -> None:
        self.record = record
        self.words = Words(record.source.text)
        self.facts = facts_of(record)
        self.parts = {p.key: p for p in record.provisions}
        self.titles = {p.key: {plain(t) for t in (p.title, p.repaired_title) if t} for p in record.provisions}
        self.before = {id(fact): fact.value for fact in self.facts}

    def find_part(self, answer: Answer) -> Provision | None:
        """The part that an answer is about: under its path with its heading, else wherever heading or words now stand."""
        there = self.parts.get(answer.owner)
        if there is not None and self.has_heading(there, answer.heading):
            return there
        moved = [p for p in self.record.provisions if self.has_heading(p, answer.heading, strict=True)]
        if len(moved) == 1 and (not answer.quote or self.in_part(answer.quote, moved[0])):
            return moved[0]
        if there is not None and answer.quote and self.in_part(answer.quote, there):
            return there  # the heading was changed, the words stand
        if answer.quote and self.words.is_unique(answer.quote):
            span = self.words.find(answer.quote)
            return holder_of(self.record, span) if span else None
        # The words are gone; that is what there is to say, where the part is still to be told.
        return there if there is not None and answer.verdict != "add" and not moved else None

    def has_heading(self, part: Provision, heading: str, *, strict: bool = False) -> bool:
        said = plain(heading)
        if not said:
            return not strict
        titles = self.titles[part.key]
        if not titles:
            return not strict and said == plain(part.number)
        return any(said == title or (len(title) > 2 and said.endswith(title)) for title in titles)

    def in_part(self, quote: str, part: Provision) -> Span | None:
        around = extent(part)
        return self.words.find(quote, around.start, around.end)

    def find_place(self, answer: Answer, owner: str) -> Span | None:
        part = self.parts.get(owner)
        return self.in_part(answer.quote, part) if part is not None else self.words.find(answer.quote)

    def find_fact(self, answer: Answer, owner: str) -> Fact | None:
        """The fact that an answer is about, by name, else by what the reader took."""
        pool = [f for f in self.facts if f.owner == owner and f.kind == answer.kind]
        if answer.kind in PARTS.values():  # a part that was put into another class keeps its path
            pool = [f for f in self.facts if f.owner == owner and f.kind in PARTS.values()]
            return next(iter(pool), None)
        if answer.kind in _ONLY:
            return pool[0] if pool else None
        name = owner + "#" + answer.name.partition("#")[2] if answer.name else ""
        named = [f for f in pool if any(base_name(n) == base_name(name) for n in f.names)] if name else []
        if len(named) > 1:
            taken = plain(write_fields(answer.kind, answer.taken))
            alike = [f for f in named if plain(f.in_words()) == taken]
            exact = [f for f in named if name in f.names]
            return (alike or exact or named)[0]
        return named[0] if named else self.find_by_words(answer, pool)

    def find_by_words(self, answer: Answer, pool: list[Fact]) -> Fact | None:
        """The fact that says what the reader took (or what is to be added), where a row gives no name, or one that is gone."""
        first = KINDS[answer.kind][0].name
        wanted = plain(
            value_in_words(answer.right, first) if answer.verdict == "add" else taken_values(answer).get(first, "")
        )
        found = [f for f in pool if wanted and wanted in self.said(f, first)]
        if answer.kind in ("target", "achievement"):  # a number alone tells no figure, the words of its clause do
            near = [f for f in pool if self.overlaps(answer, f)]
            found = [f for f in near if f in found] or (near if len(near) == 1 and answer.verdict != "add" else [])
        elif len(found) > 1 and answer.quote:
            found = [f for f in found if plain(f.anchor) in plain(answer.quote)] or found
        return found[0] if found else None

    def said(self, fact: Fact, field: str) -> set[str]:
        """What a field says now, and what the reader took for it."""
        return {plain(words_of(value).get(field, "")) for value in (fact.value, self.before.get(id(fact), fact.value))}

    def overlaps(self, answer: Answer, fact: Fact) -> bool:
        one, other = plain(fact.anchor), plain(answer.quote)
        return bool(one and other) and (one in other or other in one)
