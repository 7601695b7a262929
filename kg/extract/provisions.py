"""Which numbered parts are sections, actions, tasks and safeguards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from kg.extract.parts import Part, flat, read_parts
from kg.lexicon import rules
from kg.model import Provision, Span
from kg.numerals import fold

__all__ = ["Part", "classify", "counted", "joined", "read_parts"]

Zone = Literal["work", "safeguard", "background"]

# How sure it is that a part is what its rule makes of it, as measured on the plans of data/gold.
_SURE = {
    "numbering": 0.98,
    "restored-number": 0.9,
    "merged-pieces": 0.92,
    "leaf-chapter": 0.85,
    "unnumbered-heading": 0.75,
}


def classify(text: str, parts: tuple[Part, ...]) -> tuple[Provision, ...]:
    """The provisions of a plan in reading order, each counted among its class."""
    walk = _Walk(text)
    walk.down(parts, _Place())
    if not walk.counts["Task"] and not walk.counts["Action"]:  # 目标任务 may be all the work that a plan names
        again = _Walk(text, lenient=True)
        again.down(parts, _Place())
        walk = again if again.counts["Task"] else walk
    return tuple(walk.found)


def counted(provisions: Iterable[Provision]) -> tuple[Provision, ...]:
    """The provisions counted anew, each among its class."""
    counts: Counter[str] = Counter()
    found = []
    for provision in provisions:
        counts[provision.kind] += 1
        found.append(replace(provision, ordinal=counts[provision.kind]))
    return tuple(found)


@lru_cache(maxsize=1)
def _closing() -> re.Pattern[str]:
    """What a numbered part says that is no work: when the document takes force, who explains it."""
    return re.compile(rules("chapters")["closing"]["pattern"])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a part stands."""

    section: str | None = None
    action: str | None = None
    zone: Zone = "work"
    depth: int = 0


@lru_cache(maxsize=8)
def _pattern(kind: str, name: str = "pattern") -> re.Pattern[str]:
    return re.compile(rules("chapters")[kind][name])


def _matches(kind: str, title: str, name: str = "pattern") -> bool:
    return bool(_pattern(kind, name).search(title))


@dataclass(slots=True)
class _Walk:
    """The parts read in turn; `lenient` takes a chapter that can be goal or work for work."""

    text: str
    lenient: bool = False
    found: list[Provision] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    last_task: dict[str, int] = field(default_factory=dict)  # style → value of the last task's number

    def down(self, parts: Sequence[Part], place: _Place) -> None:
        structured = any(p.children and self._zone(p, place, False) == "work" for p in parts)
        goes_on = self._goes_on(parts)
        for part in parts:
            zone = self._zone(part, place, structured)
            kind, rule = self._kind(part, place, zone, structured, goes_on)
            self._add(part, place, kind, rule)
            if kind == "Task":
                self.last_task[part.node.style] = part.node.value
            if part.children:
                key = part.node.key
                inner = _Place(
                    key if kind == "Section" else place.section,
                    key if kind == "Action" else place.action,
                    zone,
                    place.depth + (part.node.style not in ("part", "")),
                )
                self.down(part.children, inner)

    def _goes_on(self, parts: Sequence[Part]) -> bool:
        """Whether the count of these parts goes on with that of the tasks before them."""
        first = next((p.node for p in parts if p.node.value), None)
        return first is not None and first.value > 1 and 0 < first.value - self.last_task.get(first.style, 0) <= 2

    def _zone(self, part: Part, place: _Place, structured: bool) -> Zone:
        """What kind of chapter a part is, or lies in."""
        title = part.node.title
        if place.zone == "background":
            return "background"
        orders = title.startswith(_ordering()) and not _matches(
            "background", title, "nouns"
        )  # its heading says what to do, whatever it names
        if orders and place.depth == 0 and place.zone == "work" and part.children and _matches("safeguard", title):
            return "safeguard"
        if (place.zone == "work" or part.children) and not (orders and place.depth > 0):
            told = _matches("background", title) or _matches("outside", title)
            if told and self.lenient and part.children and _matches("background", title, "either"):
                told = False
            if told and not any(p.assignment.responsibilities for p in flat((part,))):
                return "background"
        if place.zone == "work" and (part.children or place.depth == 0 and structured) and _matches("safeguard", title):
            return "safeguard"
        return place.zone

    def _kind(self, part: Part, place: _Place, zone: Zone, structured: bool, goes_on: bool) -> tuple[str, str]:
        rule = self._rule(part)
        if zone == "background":
            return "Section", rule
        if part.children:
            inner = self._goes_on(part.children)
            works = any(
                not c.children
                and self._zone(c, _Place(zone=zone, depth=1), False) != "background"
                and not (zone == "safeguard" and self._is_safeguard(c, inner))
                for c in part.children
            )
            return ("Action" if works else "Section"), rule
        if part.assignment.responsibilities:
            return "Task", rule
        if _closing().match(fold(joined(self.text, part.spans))):
            return "Section", rule
        if place.zone == "safeguard" and self._is_safeguard(part, goes_on):
            return "SafeguardMeasure", rule
        if place.depth == 0 and structured:
            if zone == "safeguard" or _is_layout(part.node.title) or not part.node.style:
                return "Section", "leaf-chapter"
            return "Task", "leaf-chapter"
        if not part.node.style:
            orders = place.depth > 0 and zone == "work" and part.node.title.startswith(_ordering())
            return ("Task" if orders else "Section"), rule
        return "Task", rule

    @staticmethod
    def _is_safeguard(part: Part, goes_on: bool) -> bool:
        """Neither a responsible body nor a number that continues the tasks' own count."""
        return not part.assignment.responsibilities and not goes_on

    @staticmethod
    def _rule(part: Part) -> str:
        if part.node.restored:
            return "restored-number"
        if not part.node.style:
            return "unnumbered-heading"
        return "merged-pieces" if part.merged else "numbering"

    def _add(self, part: Part, place: _Place, kind: str, rule: str) -> None:
        node = part.node
        self.counts[kind] += 1
        self.found.append(
            Provision(
                key=node.key,
                kind=kind,  # type: ignore[arg-type]
                number=node.number,
                ordinal=self.counts[kind],
                title=_written(self.text, part),
                repaired_title=None,
                text=joined(self.text, part.spans),
                spans=part.spans,
                section=None if place.action else place.section,
                action=place.action,
                responsibilities=part.assignment.responsibilities,
                rule=rule,
                confidence=_SURE[rule],
            )
        )


@lru_cache(maxsize=1)
def _verbs() -> tuple[str, ...]:
    return tuple(rules("titles")["verbs"])


@lru_cache(maxsize=1)
def _ordering() -> tuple[str, ...]:
    return (*_verbs(), *rules("chapters")["background"]["verbs"])


def _is_layout(title: str) -> bool:
    """Whether a heading names a spatial order, and no verb says what to do about it."""
    return _matches("layout", title) and not title.startswith(_verbs())


def _written(text: str, part: Part) -> str:
    """The heading in the document's own characters; a statement in brackets at its end is no part of it."""
    span = part.node.title_span
    if span is None:
        return ""
    stated = [s.span.start for s in part.assignment.statements if span.start < s.span.start < span.end]
    title = text[span.start : min([span.end, *stated])].strip()
    return title.rstrip("。；，：;,: ") if stated else title


def joined(text: str, spans: tuple[Span, ...]) -> str:
    """The texts of several spans; what stood on lines of its own keeps them."""
    pieces = []
    for i, span in enumerate(spans):
        if i:
            between = text[spans[i - 1].end : span.start]
            pieces.append("\n" if "\n" in between else "")
        pieces.append("\n".join(line.strip() for line in span.cut(text).split("\n") if line.strip()))
    return "".join(pieces)
