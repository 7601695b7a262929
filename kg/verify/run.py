"""All checks over the plans of a store."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg import vocab
from kg.describe.lookup import Lookup, natural
from kg.errors import EmptyError, UsageError
from kg.verify.case import Case, Tally
from kg.verify.citations import verify_citation
from kg.verify.marks import verify_correction, verify_finding
from kg.verify.provisions import verify_order, verify_provision
from kg.verify.quantities import verify_quantity
from kg.verify.report import Failure, Verification
from kg.verify.responsibilities import verify_responsibilities
from kg.verify.sources import verify_passage, verify_source
from kg.verify.statements import verify_plan, verify_statement

if TYPE_CHECKING:
    from kg.store.protocol import Store

# What must belong to a plan, with the word under which it is counted.
_BELONGING = {
    "Task": "provision",
    "Action": "provision",
    "Section": "provision",
    "SafeguardMeasure": "provision",
    "Responsibility": "responsibility",
    "Target": "target",
    "Achievement": "achievement",
    "Citation": "citation",
    "Statement": "statement",
    "Finding": "finding",
    "Correction": "correction",
    "Passage": "passage",
    "SourceFile": "source",
}


def verify(store: Store, plans: Iterable[str] | None = None) -> Verification:
    """Compare every stated fact of these plans (None: of all, and what belongs to none) with the kept text.

    Total: what the graph lacks is a failure, never an exception. Failures come plan by plan, in the order of the text.
    Raises `EmptyError` for a store without plans, `UsageError` for an IRI that is no plan of the store.
    """
    lookup = Lookup(store)
    there = lookup.members("Plan")
    if not there:
        raise EmptyError("the store holds no plan", where=store.where, remedy="build some: kg build FOLDER")
    wanted = there if plans is None else sorted(dict.fromkeys(plans), key=natural)
    for plan in wanted:
        if plan not in there:
            raise UsageError(f"there is no plan <{plan}>", where=store.where, remedy="kg stats lists the plans")
    tally = Tally()
    for plan in wanted:
        _verify_one(Case(lookup, plan, tally))
    if plans is None:
        _find_strays(lookup, tally)
    failures = dict.fromkeys(sorted(tally.failures, key=_in_order))
    return Verification(tuple(wanted), tally.checked, tally.comparisons, tally.by_person, tuple(failures))


def _verify_one(case: Case) -> None:
    case.count("plan", case.plan)
    for source in case.sources:
        verify_source(case, source)
        for passage in case.lookup.subjects(vocab.PROV_WAS_QUOTED_FROM, source):
            verify_passage(case, passage)
    verify_plan(case)
    for statement in case.lookup.subjects(vocab.plan("statedIn"), case.plan):
        verify_statement(case, statement)
    members = case.members
    for kind in ("Section", "Action", "Task", "SafeguardMeasure"):
        verify_order(case, members.get(kind, []))
        for node in members.get(kind, []):
            verify_provision(case, node)
            verify_responsibilities(case, node)
    verify_responsibilities(case, case.plan)
    for kind in ("Target", "Achievement"):
        for node in members.get(kind, []):
            verify_quantity(case, node, kind)
    for node in members.get("Citation", []):
        verify_citation(case, node)
    for node in members.get("Finding", []):
        verify_finding(case, node)
    for node in members.get("Correction", []):
        verify_correction(case, node)


def _find_strays(lookup: Lookup, tally: Tally) -> None:
    """Facts that no plan leads to: nobody would look at them."""
    for name, kind in _BELONGING.items():
        for node in lookup.members(name):
            if node not in tally.seen:
                tally.seen.add(node)
                tally.checked[kind] += 1
                tally.comparisons += 1
                tally.failures.append(Failure(node, kind, "no-plan", ""))


def _in_order(failure: Failure) -> tuple[str, str, int, object, str, str]:
    place = failure.place
    return (
        failure.plan,
        place.file if place else "",
        place.start if place else -1,
        natural(failure.fact),
        failure.check,
        failure.said,
    )
