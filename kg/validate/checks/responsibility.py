"""Who leads and who helps, between actions and their tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from rdflib import RDF, URIRef

from kg.numerals import fold
from kg.validate.checks.registry import Fault, check
from kg.validate.data import Data
from kg.validate.namespaces import PLAN
from kg.vocab import CONCEPT


@check("action-lead-partly-missing")
def check_action_leads(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Tasks that name some lead of their action, but not this one (the SPARQL of the rule says the same)."""
    for task in focus:
        leads, own = (
            set(data.objects(task, PLAN.inheritedLeadAgency)),
            set(data.objects(task, PLAN.responsibleAgency)),
        )
        if leads & own:
            for absent in leads - own:
                yield task, None, absent


# Governments and the committees that govern a zone answer for their whole area: in an upper plan they lead what lies there.
_GOVERN = frozenset(URIRef(f"{CONCEPT}agency-type/{name}") for name in ("government", "management-committee"))


@check("agency-jurisdiction")
def check_jurisdiction(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Bodies of another area; and offices of a lower level that lead, where no body of the plan's own level or above does.

    Bodies above the plan's area may take part (a provincial college, say). The SPARQL of the rule says the same.
    """
    above = _areas_above(data)
    for node in focus:
        own = data.value(data.value(node, PLAN.inPlan), PLAN.region)
        if own is None:
            continue
        leads = set(data.objects(node, PLAN.leadAgency))
        lower = {lead for lead in leads if any(own in above(r) for r in data.objects(lead, PLAN.region))}
        for agency in set(data.objects(node, PLAN.responsibleAgency)):
            regions = set(data.objects(agency, PLAN.region)) - {own}
            outside = {region for region in regions if own not in above(region) and region not in above(own)}
            governs = bool(set(data.objects(agency, PLAN.agencyType)) & _GOVERN)
            if outside or (agency in lower and lower == leads and not governs):
                yield node, None, agency


def _areas_above(data: Data) -> Callable[[Any], set[Any]]:
    """The areas that an area lies in, over any number of steps; kept."""
    known: dict[Any, set[Any]] = {}

    def above(region: Any) -> set[Any]:
        if region not in known:
            found, new = set(), {region}
            while new:
                new = {upper for one in new for upper in data.objects(one, PLAN.within)} - found
                found |= new
            known[region] = found
        return known[region]

    return above


@check("agency-overload")
def check_overload(data: Data, focus: set[Any], share: Decimal, tasks: int) -> Iterator[Fault]:
    """Bodies of the plan's own area that have a part in more than a share of its tasks, of which it has at least so many.

    Collectives are left out. A task counts for its own list and, where it has none, for the lead that it inherits.
    """
    for plan in focus:
        items = {item for item in data.subjects(PLAN.inPlan, plan) if data.has(item, RDF.type, PLAN.Task)}
        if len(items) < tasks:
            continue
        count: Counter[Any] = Counter()
        for item in items:
            own = set(data.objects(item, PLAN.responsibleAgency))
            count.update(own or set(data.objects(item, PLAN.effectiveLeadAgency)))
        own_area = set(data.objects(plan, PLAN.region))
        for agency, times in count.items():
            elsewhere = not own_area & set(data.objects(agency, PLAN.region)) and data.has(agency, PLAN.region)
            if times > share * len(items) and not elsewhere and not data.has(agency, RDF.type, PLAN.AgencyGroup):
                yield plan, None, agency


@check("agency-listed-twice")
def check_listed_twice(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Bodies that one list names twice in the same words and role; in two lists of one item a body may well stand twice."""
    for node in focus:
        count: Counter[Any] = Counter()
        for entry in set(data.objects(node, PLAN.responsibility)):
            words = fold(str(data.value(entry, PLAN.agencyText) or ""))
            for agency in data.objects(entry, PLAN.agency):
                for statement in data.objects(entry, PLAN.evidence):
                    count[agency, words, data.value(entry, PLAN.role), statement] += 1
        for agency in {key[0] for key, times in count.items() if times > 1}:
            if not data.has(agency, RDF.type, PLAN.AgencyGroup):
                yield node, None, agency


@check("lead-also-supports")
def check_roles(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Bodies that one statement names as lead and in another role, too; an item with several statements may do so."""
    for node in focus:
        entries = set(_entries(data, node))
        leads = {(agency, statement) for agency, role, statement in entries if role == PLAN.Lead}
        for agency in {a for a, role, statement in entries if role != PLAN.Lead and (a, statement) in leads}:
            yield node, PLAN.leadAgency, agency


def _entries(data: Data, node: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Agency, role and statement (the passage that names it) of each entry of an item."""
    for entry in set(data.objects(node, PLAN.responsibility)):
        role = data.value(entry, PLAN.role)
        for agency in set(data.objects(entry, PLAN.agency)):
            for statement in set(data.objects(entry, PLAN.evidence)):
                yield agency, role, statement
