"""Answers applied to a record, the earliest first; what cannot be applied is said, never dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.corrections.answers import Answer
from kg.corrections.facts import PARTS, Fact, changed, made, sure, words_of
from kg.corrections.record import assemble, moved_findings
from kg.corrections.sought import Sought
from kg.corrections.typed import differing, result_of, taken_values, taken_words
from kg.corrections.values import read_values
from kg.model import Correction, Finding, PlanRecord, Span, Verdict
from kg.sheet import KINDS, fact_name, plain


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


class _Bench(Sought):
    """A record at which answers are applied."""

    def __init__(self, record: PlanRecord) -> None:
        super().__init__(record)
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

    # ------------------------------------------------------------ facts

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
            given = differing(answer, words_of(fact.value))
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
        has_seen = now is not None and plain(taken_values(answer).get(first, "")) == plain(
            words_of(fact.value).get(first, "")
        )
        if has_seen and (answer.verdict == "yes" or answer.right):
            return  # it answers what the earlier one made
        said = result_of(answer)
        if all(result_of(done.answer) == said for done in earlier):
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
            self.done.append(_Done(answer, "Removed", None, taken_words(answer), None, place, owner))
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
        before = None if answer.verdict == "add" else taken_words(answer)
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
        self.done.append(_Done(answer, verdict, None, taken_words(answer), after, place, "statement/region"))

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
        self.done.append(_Done(answer, verdict, None, taken_words(answer), after, place))

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
                        original=answer.quote or taken_words(answer),
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
