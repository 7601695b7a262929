"""A plan and those above it: what it carries out, whom they reach, and on which documents it rests."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from rdflib import DCTERMS, RDF, SKOS, Literal

from kg.cited_titles import title_parts, without_nation
from kg.lexicon import rules
from kg.validate.checks.figures import plans_above
from kg.validate.checks.registry import Fault, check
from kg.validate.data import Data
from kg.validate.namespaces import PLAN


def _groups(data: Data, plan: Any) -> set[Any]:
    """The groups that actions and tasks of a plan are for."""
    return {
        group
        for item in data.subjects(PLAN.inPlan, plan)
        if data.types(item) & {PLAN.Action, PLAN.Task}
        for group in (*data.objects(item, PLAN.crowdGroup), *data.objects(item, PLAN.effectiveCrowdGroup))
    }


def _with_broader(data: Data, groups: set[Any]) -> set[Any]:
    found, new = set(groups), set(groups)
    while new:
        new = {upper for group in new for upper in data.objects(group, SKOS.broader)} - found
        found |= new
    return found


@check("upper-group-missing", across=True)
def check_groups(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Groups that a plan above has actions or tasks for, and this one has not; a narrower group answers for a broader one."""
    for plan in focus:
        own = _with_broader(data, _groups(data, plan))
        upper = set().union(*(_groups(data, above) for above in plans_above(data, plan)))
        for group in upper - own:
            yield plan, None, group


@check("upper-task-missing", across=True)
def check_tasks(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Tasks of the plans above, compared with this one, to which none of its tasks corresponds."""
    for plan in focus:
        for above in plans_above(data, plan):
            if not (data.has(plan, PLAN.comparedWith, above) or data.has(above, PLAN.comparedWith, plan)):
                continue
            for task in data.subjects(PLAN.inPlan, above):
                there = {
                    other
                    for counterpart in data.objects(task, PLAN.correspondsTo)
                    for other in data.objects(counterpart, PLAN.inPlan)
                }
                if data.has(task, RDF.type, PLAN.Task) and plan not in there:
                    yield plan, None, task


@lru_cache(maxsize=1)
def _repealed() -> dict[tuple[str, tuple[int, ...]], datetime.date]:
    found = {}
    for entry in rules("repeals")["repealed"]:
        found[_identity(entry["title"])] = entry["since"]
    return found


def _identity(title: str) -> tuple[str, tuple[int, ...]]:
    """What tells a document from others by its title alone: its words without the nation's name, and its years.

    >>> _identity("《合同法》") == _identity("中华人民共和国合同法")
    True
    """
    parts = title_parts(title)
    return without_nation(parts.words), parts.years


def _date(value: Any) -> datetime.date | None:
    """A day of issue; of a month its last possible day would be a guess, so only days count."""
    found = getattr(value, "value", None)
    return found if isinstance(found, datetime.date) else None


@check("basis-repealed")
def check_repealed(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Documents that a plan names as its basis and that were out of force when it was issued (`data/rules/repeals.toml`)."""
    for plan in focus:
        issued = _date(data.value(plan, DCTERMS.issued))
        for basis in data.objects(plan, PLAN.basedOn):
            since = [day for t in data.objects(basis, DCTERMS.title) if (day := _repealed().get(_identity(str(t))))]
            if issued is not None and since and min(since) <= issued:
                yield plan, PLAN.basedOn, basis


@check("basis-out-of-time")
def check_out_of_time(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Bases whose title says in which year they end, before the period of the plan begins.

    The document that closes one period is often a basis of the next plan's first year: a year is allowed for that.
    """
    for plan in focus:
        begin = _date(data.value(plan, PLAN.periodStartDate))
        for basis in data.objects(plan, PLAN.basedOn):
            ends = [
                parts.years[-1]
                for t in data.objects(basis, DCTERMS.title)
                if len((parts := title_parts(str(t))).years) > 1
            ]
            if begin is not None and ends and max(ends) < begin.year - 1:
                yield plan, PLAN.basedOn, basis


@check("basis-level-missing")
def check_levels(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Areas above that of the plan of which it names no document as its basis: where the chain from the nation is broken."""
    for plan in focus:
        own = data.value(plan, PLAN.region)
        above, new = set(), {own}
        while new:
            new = {upper for area in new for upper in data.objects(area, PLAN.within)} - above
            above |= new
        named = {area for basis in data.objects(plan, PLAN.basedOn) for area in data.objects(basis, PLAN.region)}
        for area in above - named - {own}:
            yield plan, None, area


@check("document-number-year")
def check_number_year(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Plans whose document number is of another year than their day of issue; the first days of January are let pass."""
    for plan in focus:
        issued = _date(data.value(plan, DCTERMS.issued))
        for number in data.objects(plan, PLAN.documentNumber):
            year = str(number).partition("〔")[2][:4]
            if issued is None or not year.isdecimal():
                continue
            late = issued.month == 1 and int(year) == issued.year - 1
            if int(year) != issued.year and not late:
                yield plan, PLAN.documentNumber, Literal(year)
