"""Answers applied to a record, the earliest first; what cannot be applied is said, never dropped."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from kg.corrections.answers import Answer
from kg.corrections.facts import PARTS, SINGLE, Fact, changed, facts_of, made, sure, text_of, words_of
from kg.corrections.places import Words, extent, holder_of
from kg.corrections.record import assemble, moved_findings
from kg.corrections.values import read_values
from kg.model import Correction, Finding, PlanRecord, Provision, Span, Verdict
from kg.sheet import KINDS, fact_name, plain, write_fields

# A thing has at most one fact of these kinds.
_ONLY = frozenset((*SINGLE, "plan-type", "deadline"))


@dataclass(frozen=True, slots=True)
class Unused:
    """An answer that could not be applied, and why."""

    file: str
    row: int
    plan: str  # last part of the IRI
    fact: str
    reason: str  # "text-changed", "part-gone", "fact-gone", "plan-gone" or "overruled"
    words: str  # what the answer rests on


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the answers about one plan."""

    applied: tuple[Correction, ...] = ()
    unused: tuple[Unused, ...] = ()


@dataclass(slots=True)
class _Done:
    """An answer that was applied."""

    answer: Answer
    verdict: Verdict
    fact: Fact | None  # None where it speaks of the plan as a whole, or of nothing that is left
    before: str | None
    after: str | None
    place: Span | None
    about: str = ""


def correct(record: PlanRecord, answers: Sequence[Answer]) -> tuple[PlanRecord, Outcome]:
    """The record as persons have put it right, and what became of each answer.

    Guaranteed: answers win over the reader, later ones over earlier ones; a fact that is confirmed or put right has
    confidence 1; what an answer rests on stands in the text, else the answer is not applied and a finding says so.
    """
    if not answers:
        return record, Outcome()
    bench = _Bench(record)
    for answer in answers:
        bench.apply(answer)
    return bench.finish()


class _Bench:
    """A record taken apart."""

    def __init__(self, record: PlanRecord) -> None:
        self.record = record
        self.words = Words(record.source.text)
        self.facts = facts_of(record)
        self.parts = {p.key: p for p in record.provisions}
        self.titles = {p.key: {plain(t) for t in (p.title, p.repaired_title) if t} for p in record.provisions}
        self.before = {id(fact): fact.value for fact in self.facts}
        self.old_keys = assemble(record, self.facts)[1]
        self.done: list[_Done] = []
        self.unused: list[tuple[Answer, str, str]] = []
        self.findings: list[Finding] = []
        self.full_names = dict(record.full_names)
        self.region_code = record.region_code

    # ------------------------------------------------------------ one answer

    def apply(self, answer: Answer) -> None:
        owner = ""
        if answer.owner:
            part = self.find_part(answer)
            is_new_part = answer.verdict == "add" and answer.kind in PARTS.values()
            if part is None and not is_new_part:
                self.refuse(answer, "part-gone")
                return
            owner = answer.owner if part is None else part.key
        place = self.find_place(answer, owner)
        if answer.quote and place is None:
            self.refuse(answer, "text-changed", owner)
            return
        if answer.kind == "region":
            self.apply_region(answer, place)
        elif answer.kind == "agency-name":
            self.apply_name(answer, place)
        else:
            self.apply_fact(answer, owner, place)

    def refuse(self, answer: Answer, reason: str, about: str = "") -> None:
        self.unused.append((answer, reason, about))

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

    # ------------------------------------------------------------ facts

    def find_fact(self, answer: Answer, owner: str) -> Fact | None:
        """The fact that an answer is about, by name, else by what the reader took."""
        pool = [f for f in self.facts if f.owner == owner and f.kind == answer.kind]
        if answer.kind in PARTS.values():  # a part that was put into another class keeps its path
            pool = [f for f in self.facts if f.owner == owner and f.kind in PARTS.values()]
            return next(iter(pool), None)
        if answer.kind in _ONLY:
            return pool[0] if pool else None
        name = owner + "#" + answer.name.partition("#")[2] if answer.name else ""
        named = [f for f in pool if any(_base(n) == _base(name) for n in f.names)] if name else []
        if len(named) > 1:
            taken = plain(write_fields(answer.kind, answer.taken))
            alike = [f for f in named if plain(f.in_words()) == taken]
            exact = [f for f in named if name in f.names]
            return (alike or exact or named)[0]
        return named[0] if named else self.find_by_words(answer, pool)

    def find_by_words(self, answer: Answer, pool: list[Fact]) -> Fact | None:
        """The fact that says what the reader took (or what is to be added), where a row gives no name, or one that is gone."""
        first = KINDS[answer.kind][0].name
        wanted = plain(_value(answer.right, first) if answer.verdict == "add" else _typed(answer).get(first, ""))
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

    def apply_fact(self, answer: Answer, owner: str, place: Span | None) -> None:
        fact = self.find_fact(answer, owner)
        if answer.verdict == "add" and answer.kind in PARTS.values():
            fact = next((f for f in self.facts if f.owner == answer.owner and f.kind in PARTS.values()), None)
            owner = answer.owner
        if fact is None:
            self.apply_missing(answer, owner, place)
            return
        before = fact.in_words() if not fact.gone else None
        self.settle_with_earlier(answer, fact, before)
        if answer.verdict == "yes":
            fact.gone = False
            # What was confirmed holds, also where the reader takes something else by now.
            given = _differing(answer, words_of(fact.value))
            fact.value = changed(fact.value, given) if given else sure(fact)
            self.keep(answer, "Confirmed", fact, before or fact.in_words(), fact.in_words() if given else None, place)
        elif not answer.right:
            fact.gone = True
            self.keep(answer, "Removed", fact, before, None, place)
        else:
            fact.gone = False
            fact.value = changed(fact.value, answer.right)
            if fact.kind in PARTS.values():
                fact.kind = PARTS[fact.value.kind]
                self.titles[owner].add(plain(fact.value.title))
            elif fact.kind in ("target", "achievement"):
                fact.kind = fact.value.kind.lower()
            fact.names.add(fact_name(fact.owner, fact.kind, fact.anchor))
            after = fact.in_words()
            verdict: Verdict = "Confirmed" if before is not None and plain(after) == plain(before) else "Replaced"
            self.keep(answer, verdict, fact, before, after if verdict != "Confirmed" else None, place)

    def settle_with_earlier(self, answer: Answer, fact: Fact, now: str | None) -> None:
        """An answer that did not see an earlier one and says otherwise overrules it: that is told."""
        earlier = [done for done in self.done if done.fact is fact]
        if not earlier:
            return
        first = KINDS[answer.kind][0].name
        has_seen = now is not None and plain(_typed(answer).get(first, "")) == plain(
            words_of(fact.value).get(first, "")
        )
        if has_seen and (answer.verdict == "yes" or answer.right):
            return  # it answers what the earlier one made
        said = _result(answer)
        if all(_result(done.answer) == said for done in earlier):
            return
        for done in earlier:
            self.done.remove(done)
            self.refuse(done.answer, "overruled")
        if answer.verdict == "yes" and fact.value is not None and id(fact) in self.before:
            fact.value = self.before[id(fact)]
        self.findings.append(
            Finding(
                "conflicting-corrections",
                "warning",
                (),
                fact.owner,
                repaired=answer.right_text or answer.verdict,
                original=earlier[-1].answer.right_text or earlier[-1].answer.verdict,
            )
        )

    def apply_missing(self, answer: Answer, owner: str, place: Span | None) -> None:
        """A fact that the reader does not have (any more): what a person says of it holds all the same."""
        if answer.verdict == "no" and not answer.right:
            self.done.append(_Done(answer, "Removed", None, _taken_words(answer), None, place, owner))
            return
        given = dict(answer.right)
        if answer.verdict != "add":
            try:
                given = {**read_values(answer.kind, answer.taken), **answer.right}
            except ValueError:
                given = dict(answer.right)
        if place is None:
            self.refuse(answer, "fact-gone", owner)
            return
        try:
            value = made(answer.kind, owner, given, place, place.cut(self.record.source.text))
        except KeyError:
            self.refuse(answer, "fact-gone", owner)
            return
        fact = Fact(answer.kind, owner, value, {answer.name} if answer.name else set(), is_new=True)
        if answer.kind in ("target", "achievement"):
            fact.kind = value.kind.lower()
        fact.names.add(fact_name(owner, fact.kind, fact.anchor))
        self.facts.append(fact)
        if answer.kind in PARTS.values():
            self.parts[owner], self.titles[owner] = value, {plain(value.title)}
        verdict: Verdict = (
            "Added" if answer.verdict == "add" else "Confirmed" if answer.verdict == "yes" else "Replaced"
        )
        before = None if answer.verdict == "add" else _taken_words(answer)
        self.keep(answer, verdict, fact, before, fact.in_words() if verdict != "Confirmed" else None, place)

    def keep(
        self, answer: Answer, verdict: Verdict, fact: Fact, before: str | None, after: str | None, place: Span | None
    ) -> None:
        self.done.append(_Done(answer, verdict, fact, before, after, place))

    # ------------------------------------------------------------ what only persons can say

    def apply_region(self, answer: Answer, place: Span | None) -> None:
        given = answer.right.get("value")
        if answer.verdict == "yes":
            try:
                given = read_values("region", answer.taken).get("value")
            except ValueError:
                given = None
        if not isinstance(given, str):
            self.refuse(answer, "fact-gone")
            return
        self.region_code = given
        verdict: Verdict = "Confirmed" if answer.verdict == "yes" else "Replaced"
        after = answer.right_text or None
        self.done.append(_Done(answer, verdict, None, _taken_words(answer), after, place, "statement/region"))

    def apply_name(self, answer: Answer, place: Span | None) -> None:
        """The full name of a body, for every place of the plan where it is written so."""
        digest = answer.name.rpartition("#")[2]
        written = {
            text
            for f in self.facts
            if f.kind in ("responsibility", "issuer", "sealed-by", "originator") and not f.gone
            for text in (f.value.agency_text if f.kind == "responsibility" else f.value.value,)
            if fact_name("", "agency-name", text)[1:] == digest or plain(text) == plain(answer.quote)
        }
        full = answer.right.get("value") or answer.taken.get("value")
        if not written or not full:
            self.refuse(answer, "fact-gone")
            return
        for text in sorted(written):
            self.full_names[text] = str(full)
        verdict: Verdict = "Confirmed" if answer.verdict == "yes" else "Replaced"
        after = answer.right_text or None
        self.done.append(_Done(answer, verdict, None, _taken_words(answer), after, place))

    # ------------------------------------------------------------ the record again

    def finish(self) -> tuple[PlanRecord, Outcome]:
        after, keys = assemble(self.record, self.facts)
        there = {p.key for p in after.provisions}
        moves = {old: keys[which] for which, old in self.old_keys.items() if which in keys and keys[which] != old}
        applied = tuple(self.correction(done, keys, there) for done in self.done)
        plan = self.done[0].answer.plan if self.done else self.unused[0][0].plan
        unused = tuple(
            Unused(a.file, a.row, plan, a.name or f"{a.owner}#{a.kind}", reason, a.quote or a.right_text)
            for a, reason, _ in self.unused
        )
        for answer, reason, about in self.unused:
            if reason != "overruled":
                self.findings.append(
                    Finding(
                        "correction-not-applied",
                        "warning",
                        (),
                        about if about in there else "",
                        repaired=answer.right_text or None,
                        original=answer.quote or _taken_words(answer),
                    )
                )
        findings = (*moved_findings(after.findings, moves, there), *self.findings)
        record = replace(
            after,
            findings=findings,
            corrections=tuple(sorted(applied, key=lambda c: (c.when, c.about, c.id))),
            full_names=tuple(sorted(self.full_names.items())),
            region_code=self.region_code,
        )
        return record, Outcome(applied, unused)

    def correction(self, done: _Done, keys: dict[int, str], there: set[str]) -> Correction:
        answer = done.answer
        about = keys.get(id(done.fact), done.about) if done.fact else done.about
        if about.partition("/")[0][:1].isdigit() and about.partition("/")[0] not in there:
            about = ""
        name = answer.name or fact_name(answer.owner, answer.kind, answer.quote)
        text = "\n".join((name, done.verdict, done.after or "", answer.who, answer.when, answer.note or ""))
        return Correction(
            id=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8],
            verdict=done.verdict,
            kind=answer.kind,
            about=about,
            before=done.before,
            after=done.after,
            spans=(done.place,) if done.place else (),
            who=answer.who,
            when=answer.when,
            note=answer.note,
            file=answer.file,
        )


def _base(name: str) -> str:
    """A name without the place that tells apart facts of the same words.

    >>> _base("2-3-9#responsibility-fe9be1fa-2"), _base("#title")
    ('2-3-9#responsibility-fe9be1fa', '#title')
    """
    return re.sub(r"(-[0-9a-f]{8})-\d+$", r"\1", name)


def _value(given: Mapping[str, object], name: str) -> str:
    value = given.get(name)
    return "" if value is None else text_of(value)


def _typed(answer: Answer) -> dict[str, str]:
    """What the reader took, in the form in which records hold it, whatever language the sheet has."""
    found = {}
    for name, text in answer.taken.items():
        try:
            found[name] = _value(read_values(answer.kind, {name: text}), name)
        except ValueError:
            found[name] = text
    return found


def _differing(answer: Answer, now: Mapping[str, str]) -> dict[str, object]:
    """The fields that a person confirmed and that read otherwise now; the number of a part is the text's own."""
    found: dict[str, object] = {}
    for name, text in answer.taken.items():
        if answer.kind in PARTS.values() and name == "number":
            continue
        try:
            value = read_values(answer.kind, {name: text}).get(name)
        except ValueError:
            continue
        if value is not None and plain(text_of(value)) != plain(now.get(name, "")) and not _equal(value, now.get(name)):
            found[name] = value
    return found


def _equal(value: object, text: str | None) -> bool:
    try:
        return isinstance(value, Decimal) and value == Decimal(text or "x")
    except InvalidOperation:
        return False


def _taken_words(answer: Answer) -> str | None:
    return write_fields(answer.kind, _typed(answer)) or None


def _result(answer: Answer) -> tuple[str, str]:
    return ("no" if answer.right else answer.verdict, plain(answer.right_text))
