"""The description of one thing, as values: facts, their values, and the sentences that say so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of a source file: `text` is cut from it character for character; `sentence` is the whole one around it."""

    iri: str
    text: str
    sentence: str
    file: str
    start: int  # code points of the text as read, half-open
    end: int

    def as_json(self) -> dict[str, Any]:
        return {
            "iri": self.iri,
            "text": self.text,
            "sentence": self.sentence,
            "file": self.file,
            "start": self.start,
            "end": self.end,
        }


@dataclass(frozen=True, slots=True)
class Person:
    """Who answered about a fact."""

    name: str
    when: str  # date, or date and time
    zh: str  # the verdict: 确认
    en: str

    def in_words(self, lang: str) -> str:
        verdict = self.zh if lang == "zh" else self.en
        return f"{self.name} {self.when} {verdict}".replace("  ", " ")

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "when": self.when, "verdict": {"zh": self.zh, "en": self.en}}


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure a fact is, and by which rule it was found."""

    confidence: str  # 0 to 1
    rule: str  # notation
    zh: str  # the rule in words: where it was found
    en: str
    persons: tuple[Person, ...] = ()

    def in_words(self, lang: str) -> str:
        """In a few words.

        >>> Sureness("0.75", "crowd-clause", "分句所面向的人群", "group that the clause is for").in_words("zh")
        '0.75 分句所面向的人群'
        """
        words = f"{self.confidence} {self.zh if lang == 'zh' else self.en}".strip()
        return "; ".join([words, *(person.in_words(lang) for person in self.persons)])

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {
            "confidence": float(self.confidence),
            "rule": {"name": self.rule, "label": {"zh": self.zh, "en": self.en}},
        }
        if self.persons:
            out["answers"] = [person.as_json() for person in self.persons]
        return out


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact, in words; what is known about it lies in it."""

    text: str
    iri: str | None = None
    inferred: bool = False  # a rule says it, no document
    notes: tuple[str, ...] = ()  # why it is so
    quotes: tuple[Quote, ...] = ()
    details: tuple[Fact, ...] = ()
    sure: Sureness | None = None

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {"text": self.text}
        if self.iri:
            out["iri"] = self.iri
        if self.inferred:
            out["inferred"] = True
        if self.sure:
            out |= self.sure.as_json()
        if self.notes:
            out["notes"] = list(self.notes)
        if self.quotes:
            out["evidence"] = [quote.as_json() for quote in self.quotes]
        if self.details:
            out["facts"] = [fact.as_json() for fact in self.details]
        return out


@dataclass(frozen=True, slots=True)
class Fact:
    """A property with its values; no value means that it was looked for and is not there."""

    term: str  # prefixed name; "^plan:indicator" where the thing is the value
    zh: str
    en: str
    values: tuple[Value, ...]

    def label(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en

    def as_json(self) -> dict[str, Any]:
        return {
            "term": self.term,
            "label": {"zh": self.zh, "en": self.en},
            "values": [v.as_json() for v in self.values],
        }


@dataclass(frozen=True, slots=True)
class Description:
    """One thing with all its facts."""

    iri: str
    kind: str  # class: "Task"; "" where it has none of the ontology's
    kind_zh: str
    kind_en: str
    heading: str
    facts: tuple[Fact, ...]
    lang: str = "zh"

    def fact(self, term: str) -> Fact | None:
        """The fact of a property, by its prefixed name."""
        return next((fact for fact in self.facts if fact.term == term), None)

    def as_json(self) -> dict[str, Any]:
        return {
            "iri": self.iri,
            "kind": self.kind,
            "kindLabel": {"zh": self.kind_zh, "en": self.kind_en},
            "heading": self.heading,
            "facts": [fact.as_json() for fact in self.facts],
        }

    def to_json(self) -> str:
        return json.dumps(self.as_json(), ensure_ascii=False, indent=1) + "\n"

    def to_text(self, lang: str | None = None) -> str:
        """Readable lines; the labels in `lang`, the values in the language that the description was made in."""
        from kg.describe.text import describe_in_words

        return describe_in_words(self, lang or self.lang)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several things that a reference can mean."""

    iri: str
    short: str  # what to type instead
    kind_zh: str
    kind_en: str
    heading: str
    plan: str | None = None  # title of the plan that it lies in

    def as_json(self) -> dict[str, Any]:
        return {
            "iri": self.iri,
            "reference": self.short,
            "kindLabel": {"zh": self.kind_zh, "en": self.kind_en},
            "heading": self.heading,
            "plan": self.plan,
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """The reference means several things: all of them, in order."""

    reference: str
    candidates: tuple[Candidate, ...]
    lang: str = "zh"

    def as_json(self) -> dict[str, Any]:
        return {"reference": self.reference, "candidates": [c.as_json() for c in self.candidates]}

    def to_json(self) -> str:
        return json.dumps(self.as_json(), ensure_ascii=False, indent=1) + "\n"

    def to_text(self, lang: str | None = None) -> str:
        """One candidate a line: what to type for it, what it is, and where."""
        from kg.describe.text import choice_in_words

        return choice_in_words(self, lang or self.lang)
