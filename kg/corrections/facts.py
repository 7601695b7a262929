"""A record as single facts, each with its names, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from kg.agency_names import is_collective, is_fragment
from kg.model import Citation, PlanRecord, Provision, Quantity, Responsibility, Span, Stated
from kg.sheet import KINDS, fact_name, plain, write_fields

RULE = "correction"
SINGLE = {
    "title": "title",
    "document-number": "document_number",
    "index-number": "index_number",
    "originator": "originator",
    "approval": "approval",
    "issued": "issued",
    "published": "published",
    "period": "period",
    "status": "status",
}
SEVERAL = {"issuer": "issuers", "sealed-by": "sealed_by", "addressee": "addressees", "subject": "subjects"}
PARTS = {"Section": "section", "Action": "action", "Task": "task", "SafeguardMeasure": "safeguard"}
KIND_OF_PART = {kind: part for part, kind in PARTS.items()}
_MENTIONS = {"crowd-group": "crowd_groups", "initiative": "initiatives"}
_FIGURE = (
    "value unit indicator comparator minimum maximum baseline growth_rate benchmark accumulation scope bindingness "
    "deadline recurrence aspirational achieved_by"
).split()


@dataclass(slots=True)
class Fact:
    """One fact while a record is being put right."""

    kind: str
    owner: str  # path of the provision; "" for the plan
    value: Any  # what the record holds
    names: set[str] = field(default_factory=set)  # every name that it had so far
    gone: bool = False
    is_new: bool = False

    def in_words(self) -> str:
        """As one cell shows it."""
        return write_fields(self.kind, words_of(self.value))

    @property
    def anchor(self) -> str:
        """The words that tell it from others of its kind in its owner; see `kg.sheet.fact_name`."""
        return anchor_of(self.kind, self.value)


def anchor_of(kind: str, value: Any, source: str = "") -> str:
    """The words by which a fact is named; of a name on the page those that stand there."""
    if isinstance(value, Responsibility):
        return value.agency_text
    if isinstance(value, Quantity):
        return value.quote
    if isinstance(value, Citation):
        return value.title
    if isinstance(value, Stated) and (kind in SEVERAL or kind in _MENTIONS):
        return (value.spans[0].cut(source) if source and value.spans and kind in SEVERAL else "") or str(value.value)
    return ""


def words_of(value: Any) -> dict[str, str]:
    """The fields of a fact as text."""
    if isinstance(value, Stated):
        return {"value": text_of(value.value)}
    if isinstance(value, Responsibility):
        return {"agency": value.agency_text, "role": value.role}
    if isinstance(value, Citation):
        return {"title": value.title, "number": value.number or "", "is_basis": text_of(value.is_basis)}
    if isinstance(value, Provision):
        return {"title": value.repaired_title or value.title, "part": value.kind, "number": value.number}
    assert isinstance(value, Quantity)
    found = {name: text_of(getattr(value, name)) for name in _FIGURE}
    return {**found, "result": value.kind}


def text_of(value: object) -> str:
    """A value of the record as a cell shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "-".join(str(part) for part in dict.fromkeys(value))
    return str(value)


def sure(fact: Fact) -> Any:
    """The same value as a person has confirmed it."""
    value = fact.value
    if isinstance(value, Citation) and not value.rule:
        rule = "restored-title" if value.restored else "title-marks"
        return replace(value, rule=rule, confidence=1.0)
    return replace(value, confidence=1.0)


def changed(value: Any, given: Mapping[str, Any]) -> Any:
    """The value with what a person wrote in place of what was read."""
    if isinstance(value, Stated):
        return replace(value, value=given["value"], rule=RULE, confidence=1.0)
    if isinstance(value, Citation):
        known = {k: v for k, v in given.items() if k in ("title", "number", "is_basis")}
        short_for = value.short_for if known.get("title", value.title) == value.title else None
        return replace(value, **known, restored=False, rule=RULE, confidence=1.0, short_for=short_for)
    if isinstance(value, Responsibility):
        return _changed_duty(value, given)
    if isinstance(value, Provision):
        known = {"kind": given.get("part") or value.kind, "number": given.get("number", value.number) or ""}
        if "title" in given:
            known |= {"title": given["title"], "repaired_title": None}
        return replace(value, **known, rule=RULE, confidence=1.0)
    assert isinstance(value, Quantity)
    known = {name: given[name] for name in _FIGURE if name in given}
    for name, empty in (("unit", ""), ("indicator", value.indicator), ("aspirational", False)):
        if name in known and known[name] is None:
            known[name] = empty
    if isinstance(known.get("achieved_by"), date):
        known["achieved_by"] = known["achieved_by"].isoformat()
    if "deadline" in known and known["deadline"] != value.deadline:
        known["deadline_span"] = None
    after = replace(value, kind=given.get("result", value.kind), **known, rule=RULE, confidence=1.0)
    if after.value is not None and after.comparator is None:
        after = replace(after, comparator="Equal")
    return replace(after, deadline=None, recurrence=None) if after.kind == "Achievement" else after


def _changed_duty(value: Responsibility, given: Mapping[str, Any]) -> Responsibility:
    after = replace(value, rule=RULE, confidence=1.0)
    if "agency" in given and plain(given["agency"]) != plain(value.agency_text):
        text = given["agency"]
        kind = "collective" if is_collective(text) else "fragment" if is_fragment(text) else "agency"
        after = replace(after, agency_text=text, agency_kind=kind, full_text=None)  # type: ignore[arg-type]
    if "role" in given and given["role"] != value.role:
        after = replace(after, role=given["role"], basis="Stated", basis_span=None)
    return after


def made(kind: str, owner: str, given: Mapping[str, Any], place: Span, quote: str) -> Any:
    """A fact that the reader does not have, resting on a place of the text.

    Raises `KeyError` where `given` lacks what makes the fact.
    """
    if kind == "responsibility":
        blank = Responsibility("", "agency", given["role"], "Stated", 0, (place,), place)
        return _changed_duty(blank, given)
    if kind in ("target", "achievement"):
        result = given.get("result") or ("Target" if kind == "target" else "Achievement")
        given = {**given, "indicator": given["indicator"]}
        blank = Quantity(result, owner, quote, place, "", None, "", None)
        return changed(blank, given)
    if kind == "citation":
        return Citation(given["title"], given.get("number"), bool(given.get("is_basis")), place, False, RULE, 1.0)
    if kind in KIND_OF_PART:
        return Provision(
            key=owner,
            kind=given.get("part", KIND_OF_PART[kind]),
            number=given.get("number") or "",
            ordinal=0,
            title=given.get("title") or "",
            repaired_title=None,
            text=quote,
            spans=(place,),
            section=None,
            action=None,
            rule=RULE,
        )
    return Stated(given["value"], (place,), RULE)


def ground_of_type(record: PlanRecord) -> Stated[str]:
    """The kind of plan as the title says it."""
    return Stated(record.plan_type, record.title.spans, "title-type", record.title.confidence)


def facts_of(record: PlanRecord) -> list[Fact]:
    """Every fact of a record that a person can answer about, with its names."""
    text = record.source.text
    found: list[Fact] = []
    counts: dict[tuple[str, str, str], int] = {}

    def add(kind: str, owner: str, value: Any) -> None:
        anchor = anchor_of(kind, value, text)
        key = (owner, kind, plain(anchor))
        counts[key] = counts.get(key, 0) + 1
        found.append(Fact(kind, owner, value, {fact_name(owner, kind, anchor, counts[key])}))

    for kind, name in SINGLE.items():
        if getattr(record, name) is not None:
            add(kind, "", getattr(record, name))
    add("plan-type", "", record.type_ground or ground_of_type(record))
    for kind, name in SEVERAL.items():
        for stated in getattr(record, name):
            add(kind, "", stated)
    for citation in record.citations:
        add("citation", "", citation)
    for provision in record.provisions:
        add(PARTS[provision.kind], provision.key, provision)
        for duty in provision.responsibilities:
            add("responsibility", provision.key, duty)
        for kind, name in _MENTIONS.items():
            for stated in getattr(provision, name):
                add(kind, provision.key, stated)
        if provision.deadline:
            add("deadline", provision.key, provision.deadline)
    for quantity in record.quantities:
        add(quantity.kind.lower(), quantity.owner, quantity)
    return found


assert set(KINDS) == {*SINGLE, *SEVERAL, *PARTS.values(), *_MENTIONS} | {
    "plan-type", "region", "agency-name", "citation", "responsibility", "deadline", "target", "achievement"
}  # fmt: skip
