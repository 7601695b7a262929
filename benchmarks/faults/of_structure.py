"""Faults in the order of a plan: numbers, items, headings, actions without tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.faults.ground import Ground, term
from benchmarks.faults.model import ITEMS, Claim, Edit, Fact, Planting, mutation
from benchmarks.faults.of_data import of_leads
from kg import vocab
from kg.model import Provision

_NUMBER = re.compile(
    r"(?:^|\n)[\s　]*((\d{1,2})(?=[\s　]*[.．、])|[（(][一二三四五六七八九十]{1,3}[)）])[\s　]*[.．、]?[\s　]*$"
)
LABELLED = re.compile(r"[(（]?\S{2,6}[:：]")
_HAN = "一二三四五六七八九十"
GROUPS = ("youth", "farmers", "workers", "older", "officials")


def number(ground: Ground, provision: Provision) -> re.Match[str] | None:
    """The number of a provision as it stands at the start of its line."""
    return _NUMBER.search(ground.text, 0, provision.spans[0].start) if provision.spans else None


def rows(ground: Ground) -> Iterator[list[Provision]]:
    """The tasks without parts that lie in one action or section, in their order, where their numbers count on by one."""
    found: dict[str, list[Provision]] = {}
    for task in ground.of_kind("Task"):
        if not ground.below(task.key) and number(ground, task):
            found.setdefault(task.key.rpartition("-")[0], []).append(task)
    for row in found.values():
        ends = [task.key.rpartition("-")[2] for task in row]
        if all(end.isdigit() for end in ends) and [int(e) for e in ends] == list(
            range(int(ends[0]), int(ends[0]) + len(ends))
        ):
            yield row


def end_of(ground: Ground, provision: Provision) -> int:
    """Where a provision ends with all that belongs to it."""
    spans = [*provision.spans, *(d.statement_span for d in provision.responsibilities)]
    return max(span.end for span in spans)


@mutation("item left out", "number-gap", whole=ITEMS)
def _gap(ground: Ground) -> Iterator[Planting]:
    """One item of a list is gone, and its number with it."""
    for row in rows(ground):
        for _before, gone, after in zip(row, row[1:], row[2:], strict=False):
            start, end = number(ground, gone), number(ground, after)
            ruled = any(d.basis_span and start.start() <= d.basis_span.start < end.start() for p in ground.record.provisions for d in p.responsibilities) if start and end else True  # fmt: skip
            if start and end and not ruled:
                yield Planting(
                    (Claim("number-gap", after.key),),
                    (Edit(start.start(), end.start(), ""),),
                    hides=(Claim("*", gone.key), Claim("*", f"{gone.key}/*"), Claim("agency-type", "agency/*")),
                    explains=tuple(Claim(f"group-{group}", "") for group in GROUPS),
                    zone=frozenset({gone.key, after.key}),
                )


@mutation("number given twice", "number-repeat")
def _repeat(ground: Ground) -> Iterator[Planting]:
    """An item has the number of the one before it."""
    for row in rows(ground):
        for before, task, after in zip(row, row[1:], row[2:], strict=False):
            here = number(ground, task)
            if here and here[2] and int(here[2]) > 1 and number(ground, before) and not _leans(ground, task):
                edit = Edit(here.start(2), here.end(2), str(int(here[2]) - 1))
                yield Planting(
                    (Claim("number-repeat", task.key),),
                    (edit,),
                    explains=(Claim("number-gap", task.key), Claim("number-gap", after.key)),
                    zone=frozenset({before.key, task.key, after.key}),
                )


def _leans(ground: Ground, task: Provision) -> bool:
    """Whether others cite the item by its number."""
    return f"第{task.number.strip('.')}项" in ground.text


@mutation("number lost", "number-restored")
def _lost(ground: Ground) -> Iterator[Planting]:
    """The page has an item without its number."""
    for row in rows(ground):
        for before, task, after in zip(row, row[1:], row[2:], strict=False):
            here = number(ground, task)
            if here and _has_line(ground, task) and _has_line(ground, before):
                start = here.start(1)
                yield Planting(
                    (Claim("number-restored", task.key),),
                    (Edit(start, task.spans[0].start, ""),),
                    zone=frozenset({before.key, task.key, after.key}),
                )


def _has_line(ground: Ground, task: Provision) -> bool:
    """Whether a line with a label that says who does it follows the item: by that the reader knows where an item ends."""
    spans = {d.statement_span for d in task.responsibilities}
    if len(spans) != 1:
        return False
    span = min(spans)
    alone = not ground.text[ground.text.rfind("\n", 0, span.start) + 1 : span.start].strip()
    return alone and LABELLED.match(ground.cut(span)) is not None


@mutation("number lost, and nothing shows where the item begins", "number-gap", whole=ITEMS)
def _runs_on(ground: Ground) -> Iterator[Planting]:
    """The item runs on from the one before it."""
    for row in rows(ground):
        for before, task, after in zip(row, row[1:], row[2:], strict=False):
            here = number(ground, task)
            if here and not task.responsibilities and not before.responsibilities:
                yield Planting(
                    (Claim("number-gap", after.key),),
                    (Edit(here.start(1), task.spans[0].start, ""),),
                    hides=(Claim("*", task.key), Claim("*", f"{task.key}/*")),
                    explains=(Claim("*", f"{before.key}/*"),),
                    zone=frozenset({before.key, task.key, after.key}),
                )


@mutation("action without tasks", "action-has-task", whole=ITEMS)
def _empty_action(ground: Ground) -> Iterator[Planting]:
    """The tasks of an action belong to nothing."""
    for action in ground.of_kind("Action"):
        node = ground.node(action.key)
        gone = frozenset(f for f in ground.statements if f.object == node and f.predicate == term("inAction"))
        below = [ground.called(fact.subject) for fact in gone]
        if gone:
            leads = tuple(claim for name in below for claim in of_leads(name))
            explains = (
                *leads,
                *(Claim("task-in-action", name) for name in below),
                *(Claim(f"group-{g}", "") for g in GROUPS),
            )
            yield Planting(
                (Claim("action-has-task", action.key),),
                (),
                gone,
                explains=explains,
                hides=leads,
                zone=frozenset({action.key, *below}),
            )


@mutation("no task in the whole plan", "plan-has-tasks", whole=ITEMS)
def _no_tasks(ground: Ground) -> Iterator[Planting]:
    """What was a task is read as a safeguard."""
    kind = term(vocab.RDF_TYPE)
    gone = frozenset(Fact(node, kind, term("Task")) for node in ground.all("Task"))
    new = frozenset(Fact(fact.subject, kind, term("SafeguardMeasure")) for fact in gone)
    every = ("target-owner", "ordinal-order", "group-*", "upper-*", "domains-and-ranges")
    explains = tuple(Claim(rule, "*") for rule in every)
    hides = tuple(Claim(rule, "*") for rule in ("task-*", "action-lead-*", "lead-*", "list-*", "agency-*"))
    if gone:
        yield Planting((Claim("plan-has-tasks", ""),), (), gone, new, explains, hides)
