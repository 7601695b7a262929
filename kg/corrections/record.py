"""Facts that were put right → a record whose parts agree with one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from kg.corrections.facts import PARTS, SEVERAL, SINGLE, Fact, ground_of_type
from kg.lexicon import scheme
from kg.model import Finding, PlanRecord, Provision, Span

_MENTIONS = {"crowd-group": ("crowd_groups", "crowdGroup"), "initiative": ("initiatives", "mentionsInitiative")}
_STATEMENTS = {
    "title": "title",
    "plan-type": "planType",
    "document-number": "documentNumber",
    "index-number": "indexNumber",
    "originator": "originatorText",
    "approval": "approvalText",
    "issued": "issued",
    "published": "available",
    "status": "status",
}


def assemble(record: PlanRecord, facts: list[Fact]) -> tuple[PlanRecord, dict[int, str]]:
    """The record that the facts make, and the key of each fact in it (by `id`), as `Finding.about` has it."""
    there = [fact for fact in facts if not fact.gone]
    gone = {fact.owner for fact in facts if fact.gone and fact.kind in PARTS.values()}
    there = [fact for fact in there if fact.owner not in gone]
    single = {name: next((f.value for f in there if f.kind == kind), None) for kind, name in SINGLE.items()}
    several = {name: tuple(f.value for f in there if f.kind == kind) for kind, name in SEVERAL.items()}
    kind = next(f for f in there if f.kind == "plan-type")
    provisions = _provisions(record, there)
    after = replace(
        record,
        **single,
        **several,
        plan_type=str(kind.value.value),
        type_ground=None if kind.value == ground_of_type(record) else kind.value,
        citations=tuple(sorted((f.value for f in there if f.kind == "citation"), key=lambda c: c.span)),
        provisions=provisions,
        quantities=_quantities(there, provisions),
    )
    return after, _keys(after, facts, gone)


def _provisions(record: PlanRecord, there: list[Fact]) -> tuple[Provision, ...]:
    below: dict[str, dict[str, list[Fact]]] = {}
    for fact in there:
        below.setdefault(fact.owner, {}).setdefault(fact.kind, []).append(fact)
    found = []
    for fact in there:
        if fact.kind not in PARTS.values():
            continue
        own = below[fact.owner]
        duties = [f.value for f in own.get("responsibility", [])]
        found.append(
            replace(
                fact.value,
                responsibilities=tuple(replace(duty, position=n) for n, duty in enumerate(duties, 1)),
                crowd_groups=tuple(f.value for f in own.get("crowd-group", [])),
                initiatives=tuple(f.value for f in own.get("initiative", [])),
                deadline=next((f.value for f in own.get("deadline", [])), None),
            )
        )
    before = [(p.key, p.kind) for p in record.provisions]
    if [(p.key, p.kind) for p in found] == before:
        return tuple(found)
    return _in_order(found)


def _in_order(provisions: list[Provision]) -> tuple[Provision, ...]:
    """Parts in reading order, each below what its path lies in and counted among its class."""
    ordered = sorted(provisions, key=lambda p: (p.spans[0] if p.spans else Span(0, 0), p.key))
    kinds = {p.key: p.kind for p in ordered}
    counts: Counter[str] = Counter()
    found = []
    for provision in ordered:
        parts = provision.key.split("-")
        above = [key for n in range(len(parts) - 1, 0, -1) if (key := "-".join(parts[:n])) in kinds]
        if not above:  # the row of a table lies where its group says, not where its path does
            above = [key for key in (provision.action, provision.section) if key in kinds]
        action = next((key for key in above if kinds[key] == "Action"), None)
        section = next((key for key in above if kinds[key] == "Section"), None)
        counts[provision.kind] += 1
        found.append(
            replace(provision, ordinal=counts[provision.kind], action=action, section=None if action else section)
        )
    return tuple(found)


def _quantities(there: list[Fact], provisions: tuple[Provision, ...]) -> tuple:
    """Figures in reading order; those of a section are the plan's."""
    sections = {p.key for p in provisions if p.kind == "Section"}
    found = [f.value for f in there if f.kind in ("target", "achievement")]
    moved = [replace(q, owner="") if q.owner in sections else q for q in found]
    if any(f.is_new for f in there if f.kind in ("target", "achievement")):
        moved.sort(key=lambda q: q.span)
    return tuple(moved)


def _keys(record: PlanRecord, facts: list[Fact], gone: set[str]) -> dict[int, str]:
    """The key of each fact; of one that is gone that of what held it."""
    at: dict[int, str] = {}
    counts: Counter[tuple[str, str]] = Counter()
    # Figures and citations are counted as the graph counts them: in the record's order.
    by_value = {id(f.value): f for f in facts if not f.gone}
    for n, citation in enumerate(record.citations, 1):
        if (fact := by_value.get(id(citation))) is not None:
            at[id(fact)] = f"citation/{n}"
    figures = [f for f in facts if f.kind in ("target", "achievement") and not f.gone and f.owner not in gone]
    for quantity, fact in zip(record.quantities, _same_order(record, figures), strict=True):
        kind = quantity.kind.lower()
        counts[quantity.owner, kind] += 1
        path = f"{quantity.owner}/" if quantity.owner else ""
        at[id(fact)] = f"{path}{kind}/{counts[quantity.owner, kind]}"
    places: Counter[str] = Counter()
    for fact in facts:
        if id(fact) in at:
            continue
        if fact.gone or fact.owner in gone:
            at[id(fact)] = "" if fact.owner in gone else fact.owner
            continue
        if fact.kind == "responsibility":
            places[fact.owner] += 1
            at[id(fact)] = f"{fact.owner}/responsibility/{places[fact.owner]}"
        elif fact.kind in _MENTIONS:
            slug = _slug(fact.kind, str(fact.value.value))
            at[id(fact)] = f"{fact.owner}/statement/{_MENTIONS[fact.kind][1]}/{slug}"
        elif fact.kind == "deadline":
            at[id(fact)] = f"{fact.owner}/statement/deadline"
        elif fact.kind in _STATEMENTS:
            at[id(fact)] = f"statement/{_STATEMENTS[fact.kind]}"
        else:
            at[id(fact)] = fact.owner
    return at


def _same_order(record: PlanRecord, figures: list[Fact]) -> Iterable[Fact]:
    if any(f.is_new for f in figures):
        return sorted(figures, key=lambda f: f.value.span)
    return figures


def _slug(kind: str, notation: str) -> str:
    return next((c.iri.rpartition("/")[2] for c in scheme(kind) if c.notation == notation), notation)


def moved_findings(findings: Iterable[Finding], moves: dict[str, str], keys: set[str]) -> tuple[Finding, ...]:
    """Findings about what now has another key, or is gone, hung where they belong."""
    found = []
    for finding in findings:
        about = moves.get(finding.about, finding.about)
        part = about.partition("/")[0]
        if part and part[:1].isdigit() and part not in keys:
            about = ""
        found.append(finding if about == finding.about else replace(finding, about=about))
    return tuple(found)
