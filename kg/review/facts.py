"""Every fact of a plan that a person can answer about, as the graph has it, under the name by which answers find it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kg import vocab
from kg.describe.lookup import Lookup
from kg.sheet import fact_name, plain, write_fields

_OF_PLAN = {
    vocab.DCTERMS_TITLE: "title",
    vocab.plan("planType"): "plan-type",
    vocab.plan("documentNumber"): "document-number",
    vocab.plan("indexNumber"): "index-number",
    vocab.DCTERMS_PUBLISHER: "issuer",
    vocab.plan("sealedBy"): "sealed-by",
    vocab.plan("originatorText"): "originator",
    vocab.plan("approvalText"): "approval",
    vocab.plan("addressee"): "addressee",
    vocab.DCTERMS_ISSUED: "issued",
    vocab.DCTERMS_AVAILABLE: "published",
    vocab.plan("periodStart"): "period",
    vocab.plan("status"): "status",
    vocab.DCTERMS_SUBJECT: "subject",
    vocab.plan("region"): "region",
}
_OF_PART = {
    vocab.plan("crowdGroup"): "crowd-group",
    vocab.plan("mentionsInitiative"): "initiative",
    vocab.plan("deadline"): "deadline",
}
_NAMES = (vocab.SKOS_ALT_LABEL, vocab.SKOS_PREF_LABEL)
_SEVERAL = frozenset(("issuer", "sealed-by", "addressee", "subject"))
_CONCEPTS = {"plan-type": "plan-type", "crowd-group": "crowd-group", "initiative": "initiative"}
_PARTS = {"Section": "section", "Action": "action", "Task": "task", "SafeguardMeasure": "safeguard"}
_FIGURE = {
    "value": "value",
    "unit": "unitText",
    "indicator": "indicatorText",
    "comparator": "comparator",
    "minimum": "minValue",
    "maximum": "maxValue",
    "baseline": "baselineValue",
    "growth_rate": "growthRate",
    "benchmark": "benchmarkText",
    "accumulation": "accumulation",
    "scope": "scopeText",
    "deadline": "deadline",
    "recurrence": "recurrence",
    "aspirational": "aspirational",
    "achieved_by": "achievedBy",
}


@dataclass(frozen=True, slots=True)
class FactNode:
    """One fact."""

    node: str  # IRI of what carries rule and confidence
    kind: str
    owner: str
    name: str  # below the plan
    heading: str
    taken: str
    places: tuple[str, ...]  # passages
    besides: tuple[str, ...] = ()  # other nodes whose findings are about it, too
    candidates: tuple[str, ...] = ()  # bodies that a damaged name may mean


def facts_in(lookup: Lookup, plan: str, lang: str) -> Iterator[FactNode]:
    """The facts of a plan, kind by kind; those of one kind in reading order."""
    naming = _Naming()
    members: dict[str, list[str]] = {}
    for node in lookup.subjects(vocab.plan("inPlan"), plan):
        members.setdefault(lookup.kind(node) or "", []).append(node)
    statements: dict[str, list[str]] = {}
    for node in lookup.subjects(vocab.plan("statedIn"), plan):
        for subject in lookup.nodes(node, vocab.RDF_SUBJECT):
            statements.setdefault(subject, []).append(node)
    yield from _of_plan(lookup, plan, statements.get(plan, []), naming, lang)
    yield from _names(lookup, plan, statements, naming)
    for node in members.get("Citation", []):
        yield _citation(lookup, node, naming, lang)
    parts = lookup.in_order([n for kind in _PARTS for n in members.get(kind, [])])
    for part in parts:
        yield from _of_part(lookup, part, statements.get(part, []), naming, lang)
    for kind in ("Target", "Achievement"):
        for node in members.get(kind, []):
            yield _figure(lookup, plan, node, kind, naming, lang)


class _Naming:
    """Names facts, and tells apart those with the same words."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def __call__(self, owner: str, kind: str, anchor: str = "") -> str:
        key = (owner, kind, plain(anchor))
        self._counts[key] += 1
        return fact_name(owner, kind, anchor, self._counts[key])


def _passages(lookup: Lookup, node: str) -> tuple[str, ...]:
    found = lookup.nodes(node, vocab.plan("evidence"))
    return tuple(sorted(found, key=lambda p: (int(lookup.value(p, vocab.OA_START) or 0), p)))


def _exact(lookup: Lookup, places: tuple[str, ...]) -> str:
    return (lookup.value(places[0], vocab.OA_EXACT) or "") if places else ""


def _of_plan(lookup: Lookup, plan: str, statements: list[str], naming: _Naming, lang: str) -> Iterator[FactNode]:
    order = {predicate: n for n, predicate in enumerate(_OF_PLAN)}
    found = []
    for node in statements:
        predicate = lookup.value(node, vocab.RDF_PREDICATE) or ""
        if predicate in order:
            places = _passages(lookup, node)
            start = int(lookup.value(places[0], vocab.OA_START) or 0) if places else 0
            found.append((order[predicate], start, node, _OF_PLAN[predicate], places))
    for _, _, node, kind, places in sorted(found):
        value = lookup.value(node, vocab.RDF_OBJECT) or ""
        words = _exact(lookup, places)
        anchor = (words or value) if kind in _SEVERAL else ""
        name = naming("", kind, anchor)
        taken = _plan_value(lookup, plan, kind, value, words, lang)
        besides = (plan,) if kind == "region" else ()
        yield FactNode(node, kind, "", name, "", taken, places, besides)


def _plan_value(lookup: Lookup, plan: str, kind: str, value: str, words: str, lang: str) -> str:
    if kind == "period":
        end = lookup.value(plan, vocab.plan("periodEnd")) or value
        return value if end == value else f"{value}-{end}"
    if kind in ("issuer", "sealed-by"):
        return words or lookup.label(value) or value
    if kind in ("region", "subject"):
        return lookup.label(value) or value
    if kind in _CONCEPTS:
        return write_fields(kind, {"value": lookup.value(value, vocab.SKOS_NOTATION) or value}, lang)
    return value


def _names(lookup: Lookup, plan: str, statements: dict[str, list[str]], naming: _Naming) -> Iterator[FactNode]:
    """Which body a written form means; what is written in full means itself."""
    for agency in sorted(statements):
        for node in statements[agency]:
            if lookup.value(node, vocab.RDF_PREDICATE) not in _NAMES:
                continue
            written = lookup.value(node, vocab.RDF_OBJECT) or ""
            places = _passages(lookup, node)
            yield FactNode(
                node,
                "agency-name",
                "",
                naming("", "agency-name", written),
                written,
                lookup.label(agency) or agency,
                places,
            )


def _citation(lookup: Lookup, node: str, naming: _Naming, lang: str) -> FactNode:
    title = lookup.value(node, vocab.plan("citedTitle")) or ""
    fields = {
        "title": title,
        "number": lookup.value(node, vocab.plan("citedNumber")) or "",
        "is_basis": lookup.value(node, vocab.plan("isBasis")) or "",
    }
    taken = write_fields("citation", fields, lang)
    return FactNode(node, "citation", "", naming("", "citation", title), "", taken, _passages(lookup, node))


def _of_part(lookup: Lookup, part: str, statements: list[str], naming: _Naming, lang: str) -> Iterator[FactNode]:
    owner = lookup.value(part, vocab.plan("key")) or ""
    title = lookup.value(part, vocab.DCTERMS_TITLE) or ""
    number = lookup.value(part, vocab.plan("number")) or ""
    heading = f"{number} {title}".strip()
    kind = _PARTS[lookup.kind(part) or "Task"]
    fields = {
        "title": lookup.value(part, vocab.plan("repairedTitle")) or title,
        "part": lookup.kind(part) or "Task",
        "number": number,
    }
    taken = write_fields(kind, fields, lang)
    yield FactNode(part, kind, owner, naming(owner, kind), heading, taken, _passages(lookup, part))
    duties = sorted(
        lookup.nodes(part, vocab.plan("responsibility")),
        key=lambda node: int(lookup.value(node, vocab.plan("position")) or 0),
    )
    for node in duties:
        written = lookup.value(node, vocab.plan("agencyText")) or ""
        role = (lookup.value(node, vocab.plan("role")) or "").removeprefix(vocab.PLAN)
        taken = write_fields("responsibility", {"agency": written, "role": role}, lang)
        open_to = [lookup.label(each) or each for each in lookup.nodes(node, vocab.plan("candidate"))]
        yield FactNode(
            node,
            "responsibility",
            owner,
            naming(owner, "responsibility", written),
            heading,
            taken,
            _passages(lookup, node),
            (),
            () if lookup.nodes(node, vocab.plan("agency")) else tuple(open_to) or ("?",),
        )
    for predicate, kind in _OF_PART.items():
        for node in statements:
            if lookup.value(node, vocab.RDF_PREDICATE) != predicate:
                continue
            value = lookup.value(node, vocab.RDF_OBJECT) or ""
            notation = (lookup.value(value, vocab.SKOS_NOTATION) or value) if kind in _CONCEPTS else value
            anchor = notation if kind in _CONCEPTS else ""
            taken = write_fields(kind, {"value": notation}, lang)
            yield FactNode(node, kind, owner, naming(owner, kind, anchor), heading, taken, _passages(lookup, node))


def _figure(lookup: Lookup, plan: str, node: str, cls: str, naming: _Naming, lang: str) -> FactNode:
    kind = cls.lower()
    above = lookup.value(node, vocab.plan("targetOf" if cls == "Target" else "achievementOf")) or plan
    owner = "" if above == plan else lookup.value(above, vocab.plan("key")) or ""
    fields = {name: lookup.value(node, vocab.plan(term)) or "" for name, term in _FIGURE.items()}
    for name in ("comparator", "accumulation"):
        fields[name] = fields[name].removeprefix(vocab.PLAN)
    binding = lookup.value(node, vocab.plan("bindingness"))
    fields["bindingness"] = (lookup.value(binding, vocab.SKOS_NOTATION) or "") if binding else ""
    if fields["aspirational"] == "false":
        fields["aspirational"] = ""
    quote = lookup.value(node, vocab.plan("quote")) or ""
    title = lookup.value(above, vocab.DCTERMS_TITLE) or "" if owner else ""
    number = lookup.value(above, vocab.plan("number")) or "" if owner else ""
    taken = write_fields(kind, {**fields, "result": cls}, lang)
    name = naming(owner, kind, quote)
    return FactNode(node, kind, owner, name, f"{number} {title}".strip(), taken, _passages(lookup, node))
