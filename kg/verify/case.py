"""One plan under verification: look-ups in the graph, and the list of what does not agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from kg import vocab
from kg.describe.lookup import Lookup
from kg.verify.numerals import fold
from kg.verify.report import Failure, Place

_LABELS = (vocab.SKOS_PREF_LABEL, vocab.SKOS_ALT_LABEL, vocab.SKOS_NOTATION)
_OWN_WORDS = (vocab.plan("Replaced"), vocab.plan("Added"))


@dataclass(frozen=True, slots=True)
class Passage:
    """A place of a text, as the graph gives it; `cut` is what stands there."""

    iri: str
    source: str
    start: int
    end: int
    exact: str
    cut: str | None

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(slots=True)
class Tally:
    """What was compared so far, over all plans."""

    checked: Counter[str] = field(default_factory=Counter)
    comparisons: int = 0
    by_person: int = 0
    failures: list[Failure] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)  # facts


class Case:
    """One plan with its text."""

    def __init__(self, lookup: Lookup, plan: str, tally: Tally) -> None:
        self.lookup, self.plan, self.tally = lookup, plan, tally
        self.sources = lookup.nodes(plan, vocab.plan("sourceFile"))
        self._passages: dict[str, Passage | None] = {}

    # ------------------------------------------------------------ the graph

    def value(self, node: str, name: str) -> str | None:
        return self.lookup.value(node, name if ":" in name else vocab.plan(name))

    def values(self, node: str, name: str) -> list[str]:
        return self.lookup.values(node, name if ":" in name else vocab.plan(name))

    def nodes(self, node: str, name: str) -> list[str]:
        return self.lookup.nodes(node, name if ":" in name else vocab.plan(name))

    def text(self, source: str) -> str:
        return self.lookup.file_text(source)

    @cached_property
    def whole(self) -> str:
        """The plan's text, folded."""
        return "\n".join(fold(self.text(source)) for source in self.sources)

    @cached_property
    def members(self) -> dict[str, list[str]]:
        """What lies in the plan, by class."""
        found: dict[str, list[str]] = {}
        for node in self.lookup.subjects(vocab.plan("inPlan"), self.plan):
            found.setdefault(self.lookup.kind(node) or "", []).append(node)
        return found

    def passage(self, iri: str) -> Passage | None:
        """A passage with the words that stand at its offsets; None where the graph does not say where it lies."""
        if iri not in self._passages:
            self._passages[iri] = self._read_passage(iri)
        return self._passages[iri]

    def _read_passage(self, iri: str) -> Passage | None:
        source, exact = self.value(iri, vocab.PROV_WAS_QUOTED_FROM), self.value(iri, vocab.OA_EXACT)
        start, end = self.value(iri, vocab.OA_START), self.value(iri, vocab.OA_END)
        if source is None or exact is None or not _is_count(start) or not _is_count(end):
            return None
        text, low, high = self.text(source), int(start or 0), int(end or 0)
        return Passage(iri, source, low, high, exact, text[low:high] if 0 <= low < high <= len(text) else None)

    def passages(self, node: str, name: str = "evidence") -> list[Passage]:
        """The passages of a fact in the order of the text."""
        found = [p for iri in self.nodes(node, name) if (p := self.passage(iri))]
        return sorted(found, key=lambda p: (p.source, p.start, -p.end))

    def around(self, passage: Passage, before: int = 0, after: int = 0) -> str:
        """The passage with so many characters of the text before and behind it, folded."""
        text = self.text(passage.source)
        return fold(text[max(0, passage.start - before) : passage.end + after])

    def paragraph(self, passage: Passage) -> str:
        """The lines of the text that the passage lies in, folded."""
        text = self.text(passage.source)
        end = text.find("\n", passage.end)
        return fold(text[text.rfind("\n", 0, passage.start) + 1 : end if end >= 0 else len(text)])

    def names(self, node: str) -> set[str]:
        """Every word that means a concept or a body, folded."""
        return {fold(text) for p in _LABELS for text in self.lookup.values(node, p)}

    # ------------------------------------------------------------ who vouches for what the text does not say

    def repairs(self, *nodes: str) -> list[str]:
        """What findings about these say was restored, and what persons wrote, folded."""
        about = vocab.plan("about")
        return [
            fold(text)
            for node in nodes
            for mark in self.lookup.subjects(about, node)
            for text in self.values(mark, "repairedText")
        ]

    def replaced_by(self, node: str) -> list[str]:
        """The nodes that this one has taken the place of."""
        return self.lookup.subjects(vocab.DCTERMS_IS_REPLACED_BY, node)

    def answers(self, node: str) -> list[str]:
        """The corrections about a thing."""
        found = self.lookup.subjects(vocab.plan("about"), node)
        return [each for each in found if self.lookup.kind(each) == "Correction"]

    def is_of_a_table(self, node: str) -> bool:
        """Whether a fact was read off a table, where headings of columns say what cells mean."""
        return "table" in (self.value(node, "rule") or "")

    def is_a_persons(self, node: str) -> bool:
        """Whether a person gave the value: the text need not say it."""
        if any(verdict in _OWN_WORDS for each in self.answers(node) for verdict in self.nodes(each, "verdict")):
            self.tally.by_person += 1
            return True
        return False

    # ------------------------------------------------------------ what is found

    def count(self, kind: str, node: str) -> bool:
        """Count a fact; False where it was looked at already."""
        if node in self.tally.seen:
            return False
        self.tally.seen.add(node)
        self.tally.checked[kind] += 1
        return True

    def compare(
        self,
        holds: bool,
        check: str,
        kind: str,
        fact: str,
        said: object,
        found: object = "",
        passage: Passage | None = None,
    ) -> bool:
        """Count a comparison, and keep it where it fails."""
        self.tally.comparisons += 1
        if not holds:
            at = passage or next(iter(self.passages(fact)), None)
            place = None
            if at:
                place = Place(self.value(at.source, "fileName") or at.source, at.start, at.end)
            self.tally.failures.append(
                Failure(fact, kind, check, _short(said), _short(found), place, at.exact if at else "", self.plan)
            )
        return holds


def _is_count(text: str | None) -> bool:
    return bool(text) and str(text).isascii() and str(text).isdigit()


def _short(value: object, room: int = 160) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= room else f"{text[: room // 2]}…{text[-room // 2 :]}"
