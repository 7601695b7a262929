"""What `verify` returns: what was compared, and what does not agree."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from kg.verify.words import CHECKS, KINDS


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact is said to stand."""

    file: str
    start: int  # code points of the text as read, half-open
    end: int

    def __str__(self) -> str:
        return f"{self.file}:{self.start}–{self.end}"


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that the graph says and the text does not."""

    fact: str  # IRI
    kind: str  # "passage", "task", "target" …: a key of `kg.verify.words.KINDS`
    check: str  # a key of `kg.verify.words.CHECKS`
    said: str  # what the graph says
    found: str = ""  # what stands in the text instead, where that can be told
    place: Place | None = None
    quote: str = ""  # the words that the fact is said to rest on
    plan: str = ""  # IRI of the plan

    def message(self, lang: str) -> str:
        """What is wrong, in a sentence."""
        return CHECKS[self.check][lang].format(said=self.said, found=self.found)

    def as_json(self) -> dict[str, Any]:
        out: dict[str, Any] = {
            "fact": self.fact,
            "kind": self.kind,
            "check": self.check,
            "message": {lang: self.message(lang) for lang in ("zh", "en")},
            "said": self.said,
        }
        if self.found:
            out["found"] = self.found
        if self.place:
            out["place"] = {"file": self.place.file, "start": self.place.start, "end": self.place.end}
        if self.quote:
            out["quote"] = self.quote
        if self.plan:
            out["plan"] = self.plan
        return out


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was compared."""

    plans: tuple[str, ...]  # IRIs
    checked: Counter[str]  # kind → how many facts of it
    comparisons: int  # how many single comparisons
    by_person: int  # values that a person answered for: not compared with the text
    failures: tuple[Failure, ...]

    @property
    def holds(self) -> bool:
        return not self.failures

    def as_json(self) -> dict[str, Any]:
        return {
            "holds": self.holds,
            "plans": list(self.plans),
            "checked": {kind: self.checked[kind] for kind in KINDS if self.checked[kind]},
            "comparisons": self.comparisons,
            "answeredByPersons": self.by_person,
            "failures": [failure.as_json() for failure in self.failures],
        }

    def to_json(self) -> str:
        return json.dumps(self.as_json(), ensure_ascii=False, indent=1) + "\n"

    def to_text(self, lang: str, limit: int | None = None) -> str:
        """The verdict, and each failure with its place and its words; at most `limit` of them (None: all)."""
        from kg.verify.text import render

        return render(self, lang, limit)
