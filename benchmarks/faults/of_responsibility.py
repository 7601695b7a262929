"""Faults in who is to do it, as a writer of plans makes them: the text changes and is read again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.faults.ground import Ground
from benchmarks.faults.model import LISTS, Claim, Edit, Planting, mutation
from kg.model import Provision, Responsibility, Span

# What stands in a statement besides bodies and would be lost with it.
_MORE = re.compile(r"时限|责任人|领导|分别|下同|会同|落实")
_LABELLED = re.compile(r"^\S{2,6}[:：]")
_ALL = "task-lead task-lead-presumed task-only-collective task-many-leads lead-also-supports list-left-open".split()
_ACTION = ("action-lead-missing-from-task", "action-lead-partly-missing")


def statement(ground: Ground, task: Provision) -> Span | None:
    """The one statement of a task, where it says nothing else and no rule for other tasks stands in it."""
    spans = {duty.statement_span for duty in task.responsibilities}
    if len(spans) != 1:
        return None
    span = spans.pop()
    shared = any(
        p.key != task.key and d.statement_span == span for p in ground.record.provisions for d in p.responsibilities
    )
    ruled = any(d.basis_span and span.start <= d.basis_span.start < span.end for d in task.responsibilities)
    elided = any(d.full_text or len(d.spans) != 1 for d in task.responsibilities)
    if shared or ruled or elided or _MORE.search(ground.cut(span)):
        return None
    return span


def bodies(ground: Ground, task: Provision) -> list[tuple[str, Responsibility]]:
    """The single bodies that a task names, as written."""
    return [(ground.cut(d.spans[0]), d) for d in task.responsibilities if d.agency_kind == "agency"]


def written(ground: Ground, span: Span, said: str) -> Edit:
    """The statement in other words, in the form that the plan has: in brackets, or after a label in a line of its own."""
    old = ground.cut(span)
    if old[0] in "(（":
        return Edit(span.start, span.end, old[0] + said + old[-1] if old[-1] in ")）" else old[0] + said)
    return Edit(span.start, span.end, f"（{said}）")


def cut_out(ground: Ground, span: Span) -> Edit:
    """The statement left out, with its line where it has one of its own."""
    start = span.start
    line = ground.text.rfind("\n", 0, start)
    if line >= 0 and not ground.text[line:start].strip() and ground.text[span.end : span.end + 1] in ("\n", ""):
        start = line
    return Edit(start, span.end, "")


def inherits(ground: Ground, task: Provision) -> bool:
    """Whether something that the task lies in names bodies."""
    return any(action.responsibilities for action in ground.above(task))


def is_ruled(ground: Ground) -> bool:
    """Whether the plan has a rule that the first of a list leads."""
    return any(d.basis == "FirstListedRule" for p in ground.record.provisions for d in p.responsibilities)


def claims(key: str, *rules: str) -> tuple[Claim, ...]:
    return tuple(Claim(rule, key) for rule in rules)


def _tasks(ground: Ground) -> Iterator[tuple[Provision, Span]]:
    for task in ground.of_kind("Task"):
        span = statement(ground, task)
        if span is not None:
            yield task, span


@mutation("list of bodies left out", "task-lead", whole=LISTS)
def _no_list(ground: Ground) -> Iterator[Planting]:
    """Nobody is named for a task, and nobody leads its action."""
    for task, span in _tasks(ground):
        if not inherits(ground, task):
            yield Planting(
                claims(task.key, "task-lead"),
                (cut_out(ground, span),),
                explains=(Claim("target-owner", f"{task.key}/*"),),
                hides=claims(task.key, *_ALL),
                zone=frozenset({task.key}),
            )


@mutation("list of bodies left out where there are targets", "target-owner", whole=LISTS)
def _no_owner(ground: Ground) -> Iterator[Planting]:
    """Nobody is named for a task that has figures to reach."""
    for task, span in _tasks(ground):
        targets = ground.targets(task.key)
        if targets and not inherits(ground, task) and bodies(ground, task):
            yield Planting(
                tuple(Claim("target-owner", name) for name, _ in targets),
                (cut_out(ground, span),),
                explains=claims(task.key, "task-lead"),
                hides=claims(task.key, *_ALL),
                zone=frozenset({task.key}),
            )


@mutation("lead made one of equals", "task-lead-presumed", whole=LISTS)
def _equals(ground: Ground) -> Iterator[Planting]:
    """The words that say who leads are lost; the list stays."""
    for task, span in _tasks(ground):
        named = [name for name, _ in bodies(ground, task)]
        leads = [name for name, duty in bodies(ground, task) if duty.role == "Lead"]
        if leads and len(named) > 1 and not inherits(ground, task) and not is_ruled(ground):
            said = "、".join(named) + "按职责分工负责"
            yield Planting(
                claims(task.key, "task-lead-presumed"),
                (written(ground, span, said),),
                hides=claims(task.key, *_ALL),
                zone=frozenset({task.key}),
            )


@mutation("bodies made a collective", "task-only-collective", whole=LISTS)
def _collective(ground: Ground) -> Iterator[Planting]:
    """Instead of bodies by name, all of them together."""
    for task, span in _tasks(ground):
        if bodies(ground, task) and not inherits(ground, task):
            yield Planting(
                claims(task.key, "task-only-collective"),
                (written(ground, span, "各成员单位按职责分工负责"),),
                explains=(*claims(task.key, "task-lead"), Claim("target-owner", f"{task.key}/*")),
                hides=claims(task.key, *_ALL),
                zone=frozenset({task.key}),
            )


@mutation("four leads", "task-many-leads", whole=LISTS)
def _many(ground: Ground) -> Iterator[Planting]:
    """Four bodies lead one task."""
    known = dict.fromkeys(
        name for task in ground.of_kind("Task") for name, d in bodies(ground, task) if not d.full_text
    )
    for task, span in _tasks(ground):
        own = [name for name, _ in bodies(ground, task)]
        four = list(dict.fromkeys([*own, *known]))[:4] if own else []
        if len(four) == 4:
            yield Planting(
                claims(task.key, "task-many-leads"),
                (written(ground, span, "、".join(four) + "牵头"),),
                explains=claims(task.key, *_ACTION),
                hides=(*claims(task.key, *_ALL, *_ACTION), Claim("target-owner", f"{task.key}/*")),
                zone=frozenset({task.key}),
            )


@mutation("lead named again among the supporters", "lead-also-supports", whole=LISTS)
def _lead_twice(ground: Ground) -> Iterator[Planting]:
    """One body leads and helps itself."""
    for task, span in _tasks(ground):
        own = [name for name, _ in bodies(ground, task)]
        if len(own) > 1:
            said = f"{own[0]}牵头,{'、'.join([*own[1:], own[0]])}配合"
            yield Planting(
                claims(task.key, "lead-also-supports"),
                (written(ground, span, said),),
                hides=(*claims(task.key, *_ALL), Claim("target-owner", f"{task.key}/*")),
                zone=frozenset({task.key}),
            )


@mutation("action's leads left out of a task", "action-lead-missing-from-task", whole=LISTS)
def _lead_missing(ground: Ground) -> Iterator[Planting]:
    """None of those who lead the action takes part in its task."""
    yield from _left_out(ground, all_of_them=True)


@mutation("one of the action's leads left out of a task", "action-lead-partly-missing", whole=LISTS)
def _lead_partly_missing(ground: Ground) -> Iterator[Planting]:
    """Of two who lead the action one takes no part in a task."""
    yield from _left_out(ground, all_of_them=False)


@mutation("one of the action's leads named alone", "action-lead-partly-missing", whole=LISTS)
def _one_alone(ground: Ground) -> Iterator[Planting]:
    """Of two who lead the action, a task that named nobody names one."""
    for task in ground.of_kind("Task"):
        above = ground.above(task)
        leads = [d for d in above[0].responsibilities if d.role == "Lead" and not d.full_text] if above else []
        if len(leads) < 2 or task.responsibilities or ground.below(task.key) or not ground.cut(task.spans[-1]).strip():
            continue
        end = task.spans[-1].start + len(ground.cut(task.spans[-1]).rstrip())
        if ground.text[end - 1] == "。":
            yield Planting(
                claims(task.key, "action-lead-partly-missing"),
                (Edit(end, end, f"（{ground.cut(leads[0].spans[0])}负责）"),),
                hides=(*claims(task.key, *_ALL), Claim("target-owner", f"{task.key}/*")),
                zone=frozenset({task.key, task.action or ""}),
            )


def _left_out(ground: Ground, *, all_of_them: bool) -> Iterator[Planting]:
    names = ground.record
    for task, span in _tasks(ground):
        above = ground.above(task)
        leads = {d.agency_text for d in above[0].responsibilities if d.role == "Lead"} if above else set()
        own = bodies(ground, task)
        shared = [d.agency_text for _, d in own if d.agency_text in leads]
        gone = set(shared) if all_of_them else set(shared[-1:])
        rest = [name for name, d in own if d.agency_text not in gone]
        if not shared or not rest or (not all_of_them and len(shared) < 2) or names is None:
            continue
        rule, other = _ACTION if all_of_them else _ACTION[::-1]
        yield Planting(
            claims(task.key, rule),
            (written(ground, span, "、".join(rest) + "按职责分工负责"),),
            hides=(*claims(task.key, *_ALL), *claims(task.key, other)),
            zone=frozenset({task.key, task.action or ""}),
        )


@mutation("list that does not close", "list-left-open", whole=LISTS)
def _open(ground: Ground) -> Iterator[Planting]:
    """等 behind the last of the list."""
    for task, span in _tasks(ground):
        own = bodies(ground, task)
        said = "、".join(name for name, _ in own) + "等按职责分工负责"
        if len(own) > 1 and len(own) == len(task.responsibilities) and {d.role for _, d in own} == {"Joint"}:
            yield Planting(
                claims(task.key, "list-left-open"), (written(ground, span, said),), zone=frozenset({task.key})
            )


@mutation("body that there is not", "agency-type", whole=LISTS)
def _unknown(ground: Ground) -> Iterator[Planting]:
    """A slip in a name makes a body of no known kind."""
    for task in ground.of_kind("Task"):
        for name, duty in bodies(ground, task)[1:]:
            if name[0] in "省市区县州" and not duty.full_text and len(duty.spans) == 1:
                made = f"{name[0]}星舰航务局"
                changed = (
                    *claims(task.key, "task-lead-presumed", "lead-also-supports", *_ACTION),
                    Claim("target-owner", f"{task.key}/*"),
                )
                edit = Edit(*duty.spans[0], made)
                yield Planting(
                    (Claim("agency-type", "agency/*"),), (edit,), explains=changed, zone=frozenset({task.key, "agency"})
                )


@mutation("name of a body of which a scrap is left", "responsibility-damaged", whole=LISTS)
def _scrap(ground: Ground) -> Iterator[Planting]:
    """The web page lost most of a name."""
    for task, _ in _tasks(ground):
        for name, duty in bodies(ground, task)[1:]:
            if name.endswith(("委", "局")) and duty.role != "Lead":
                edit = Edit(*duty.spans[0], name[-1])
                yield Planting(
                    (Claim("responsibility-damaged", f"{task.key}/responsibility/{duty.position}"),),
                    (edit,),
                    explains=claims(task.key, *_ACTION),
                    zone=frozenset({task.key}),
                )
