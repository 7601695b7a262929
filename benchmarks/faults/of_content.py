"""Faults in what the items of a plan say: empty and repeated items, annexes, targets against each other, what is not provided for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache

from rdflib import SH, URIRef

from benchmarks.faults.ground import Ground, term
from benchmarks.faults.model import ITEMS, LISTS, Claim, Edit, Fact, Planting, mutation
from benchmarks.faults.of_data import of_leads
from benchmarks.faults.of_responsibility import bodies, claims, statement
from benchmarks.faults.of_structure import end_of, number, rows
from benchmarks.faults.of_targets import figure, zone
from kg import vocab
from kg.model import Provision
from kg.resolve import resolve
from kg.validate.rules import load_shapes
from kg.vocab import DCTERMS_TITLE

NEW_TARGET = ("target-owner", "target-deadline", "target-aspirational", "target-below-*", "target-contradicts", "target-milestones", "target-unit*")  # fmt: skip


def strangers(*but: str) -> tuple[Claim, ...]:
    """What may be found in a target that was put in."""
    return tuple(Claim(rule, "+*") for rule in NEW_TARGET if rule not in but)


def plain_tasks(ground: Ground) -> list[Provision]:
    """Tasks in running text, not in tables or boxes, with a sentence that something can be put behind."""
    return [t for t in ground.of_kind("Task") if t.spans and number(ground, t) and not ground.below(t.key) and t.text.rstrip().endswith("。")]  # fmt: skip


def behind(ground: Ground, task: Provision) -> int:
    """Where the text of a task ends, before the statement of who does it."""
    text = ground.text
    at = task.spans[-1].end
    while at > 0 and text[at - 1] in " \n　\t":
        at -= 1
    return at


# ---------------------------------------------------------------- targets against each other


@mutation("more days than the week has", "target-longer-than-its-time")
def _long(ground: Ground) -> Iterator[Planting]:
    """So many days of opening within a week."""
    for task in plain_tasks(ground):
        at = behind(ground, task)
        edit = Edit(at, at, "全国科技活动周期间免费开放不少于30天。")
        yield Planting(
            (Claim("target-longer-than-its-time", "+*"),),
            (edit,),
            explains=strangers(),
            zone=frozenset({task.key}),
        )


@mutation("another figure for the goal of the plan", "target-contradicts")
def _contradicts(ground: Ground) -> Iterator[Planting]:
    """A task repeats a goal with another number."""
    tasks = plain_tasks(ground)
    for _, goal in ground.targets(""):
        place = figure(ground, goal)
        if (
            not place
            or not goal.deadline
            or goal.unit != "%"
            or goal.value is None
            or not goal.deadline_span
            or goal.comparator == "About"
        ):
            continue
        quote, start = ground.cut(goal.span), goal.span.start
        due = "" if start <= goal.deadline_span.start < goal.span.end else ground.cut(goal.deadline_span) + "，"
        said = due + quote[: place[0] - start] + str(goal.value - 1) + quote[place[1] - start :]
        for task in tasks[:4]:
            at = behind(ground, task)
            yield Planting(
                (Claim("target-contradicts", "+*"),),
                (Edit(at, at, said + "。"),),
                explains=strangers("target-contradicts"),
                zone=frozenset({task.key, "plan text"}),
            )


@mutation("an earlier milestone that asks for more", "target-milestones")
def _milestones(ground: Ground) -> Iterator[Planting]:
    """First 85 %, a year later 80 %."""
    for name, target in ground.targets():
        place = figure(ground, target)
        span = target.deadline_span
        if not place or not span or target.comparator not in ("AtLeast", "MoreThan") or target.value is None:
            continue
        year = re.search(r"20\d\d", ground.cut(span))
        if (
            not year
            or span.start < target.span.start
            or span.end > target.span.end
            or target.unit != "%"
            or target.value > 90
        ):
            continue
        quote, start = ground.cut(target.span), target.span.start
        at = span.start + year.start() - start
        said = (
            quote[:at]
            + str(int(year[0]) - 1)
            + quote[at + 4 : place[0] - start]
            + str(target.value + 5)
            + quote[place[1] - start :]
        )
        yield Planting(
            (Claim("target-milestones", name),),
            (Edit(start, start, said + "，"),),
            explains=(*strangers(), Claim("target-deadline-in-period", "+*")),
            zone=zone(ground, target),
        )


@mutation("a place among others instead of a figure", "target-relative")
def _relative(ground: Ground) -> Iterator[Planting]:
    """达到全省领先水平 instead of 达到80%."""
    for name, target in ground.targets(""):  # the reader looks for such words where goals are set
        place = figure(ground, target)
        if not place or target.unit != "%" or ground.text[place[0] - 2 : place[0]] != "达到":
            continue
        end = place[1] + len(re.match(r"%?(?:以上|左右)?", ground.text[place[1] :])[0])  # type: ignore[index]
        if ground.text[end : end + 1] not in "，,。；;":
            continue
        hides = claims(
            name,
            "target-owner",
            "target-milestones",
            "target-contradicts",
            "target-below-achievement",
            "target-deadline",
        )
        yield Planting(
            (Claim("target-relative", name),),
            (Edit(place[0], end, "全省领先水平"),),
            hides=hides,
            zone=zone(ground, target),
        )


# ---------------------------------------------------------------- items


@mutation("two items exchanged", "number-order")
def _exchanged(ground: Ground) -> Iterator[Planting]:
    """Item 5 stands before item 4."""
    for row in rows(ground):
        for before, one, two, after in zip(row, row[1:], row[2:], row[3:], strict=False):
            here, there = number(ground, one), number(ground, two)
            if here and there and here[2] and there[2] and number(ground, before):
                edits = (Edit(here.start(2), here.end(2), there[2]), Edit(there.start(2), there.end(2), here[2]))
                gaps = [
                    Claim(rule, key)
                    for rule in ("number-gap", "number-repeat")
                    for key in (one.key, two.key, after.key)
                ]
                yield Planting(
                    (Claim("number-order", two.key),),
                    edits,
                    explains=tuple(gaps),
                    zone=frozenset({before.key, one.key, two.key, after.key}),
                )


@mutation("a number and nothing behind it", "number-alone")
def _alone(ground: Ground) -> Iterator[Planting]:
    """An item was begun and not written."""
    for row in rows(ground):
        last = row[-1]
        here = number(ground, last)
        if (
            here
            and here[2]
            and "\n" in ground.text[end_of(ground, last) : end_of(ground, last) + 3]
            and not last.responsibilities
        ):
            at = end_of(ground, last)
            while ground.text[at - 1] in " \n　":
                at -= 1
            edit = Edit(at, at, f"\n{int(here[2]) + 1}.")
            yield Planting((Claim("number-alone", last.key),), (edit,), zone=frozenset({last.key}))


@mutation("title of another item", "title-repeated", whole=ITEMS)
def _same_title(ground: Ground) -> Iterator[Planting]:
    """Two tasks are called the same."""
    tasks = [t for t in plain_tasks(ground) if len(t.title) >= 6 and not t.repaired_title and not t.crowd_groups and not ground.targets(t.key)]  # fmt: skip
    for one, two in itertools.pairwise(tasks):
        start = two.spans[0].start
        at = ground.text.find(two.title, start, start + 4 + len(two.title))
        if (
            at >= 0
            and one.title != two.title
            and "。" not in two.title
            and ground.text[at + len(two.title) : at + len(two.title) + 1] == "。"
        ):
            yield Planting(
                (Claim("title-repeated", two.key),),
                (Edit(at, at + len(two.title), one.title),),
                explains=tuple(Claim(f"plan-{what}", "") for what in ("evaluation", "funding", "publication")),
                zone=frozenset({one.key, two.key}),
            )


@mutation("only a title", "heading-without-content", whole=ITEMS)
def _only_title(ground: Ground) -> Iterator[Planting]:
    """Nothing stands behind the heading, and nobody is named."""
    for row in rows(ground):
        for task in row:
            start = task.spans[0].start
            at = ground.text.find(task.title, start, start + 4 + len(task.title))
            end = at + len(task.title)
            single = len({d.statement_span for d in task.responsibilities}) <= 1
            stop = end_of(ground, task)
            if not re.match(r"[\s　]*(?:\d{1,2}[.、．]|[（(]?[一二三四五六七八九十]{1,3}[、)）])", ground.text[stop:]):
                continue  # what follows would be taken for its text
            if (
                at < 0
                or task.repaired_title
                or ground.text[end : end + 1] != "。"
                or not single
                or statement(ground, task) is None
                and task.responsibilities
            ):
                continue
            everything = tuple(
                Claim(rule, task.key) for rule in ("task-lead", "task-lead-presumed", "task-only-collective")
            )
            whole = tuple(Claim(f"plan-{what}", "") for what in ("evaluation", "funding", "publication"))
            yield Planting(
                (Claim("heading-without-content", task.key),),
                (Edit(end + 1, max(end_of(ground, task), end + 1), ""),),
                explains=(*everything, *whole, Claim("group-*", "")),
                hides=(Claim("*", task.key), Claim("*", f"{task.key}/*"), Claim("agency-type", "agency/*")),
                zone=frozenset({task.key}),
            )


@mutation("annex named and not there", "annex-missing")
def _no_annex(ground: Ground) -> Iterator[Planting]:
    """The list under the text names a table that nobody attached."""
    last = max((p for p in ground.record.provisions if p.spans), key=lambda p: end_of(ground, p), default=None)
    if last is not None and "附件" not in ground.text:
        at = end_of(ground, last)
        stop = ground.text.find("\n", at - 1)
        if stop >= 0:
            yield Planting(
                (Claim("annex-missing", ""),),
                (Edit(stop, stop, "\n附件：重点任务进度安排表\n"),),
                zone=frozenset({"plan annex", last.key}),
            )


# ---------------------------------------------------------------- bodies


@mutation("a body of another area", "agency-jurisdiction", whole=LISTS)
def _elsewhere(ground: Ground) -> Iterator[Planting]:
    """A body is named that is at home somewhere else."""
    region = resolve(ground.record).region
    if region is None or region.level == "national":
        return
    other = "江苏省" if region.code[:2] != "32" else "浙江省"
    for task in ground.of_kind("Task"):
        span = statement(ground, task)
        own = bodies(ground, task)
        if span is not None and len(own) > 1:
            _name, duty = own[-1]
            yield Planting(
                claims(task.key, "agency-jurisdiction"),
                (Edit(*duty.spans[0], f"{other}教育厅"),),
                explains=claims(task.key, "action-lead-partly-missing", "action-lead-missing-from-task"),
                zone=frozenset({task.key}),
            )


@mutation("one body in every task", "agency-overload")
def _overload(ground: Ground) -> Iterator[Planting]:
    """Whatever is to be done, the same body helps."""
    region, tasks = resolve(ground.record).region, list(ground.all("Task"))
    here = {f"<{vocab.DEFAULT_BASE}region/{region.code}>"} if region else set()
    body = next((node for node in ground.all("Agency") if here & set(ground.values(node, "region"))), "")
    if body and len(tasks) >= 10:
        new = frozenset(Fact(task, term("supportingAgency"), body) for task in tasks) - set(ground.statements)
        changed = tuple(c for task in tasks for c in of_leads(ground.called(task)))
        changed += tuple(Claim("agency-jurisdiction", ground.called(task)) for task in tasks)
        yield Planting((Claim("agency-overload", ""),), new=new, explains=changed, hides=changed)


@mutation("a body listed twice", "agency-listed-twice", whole=LISTS)
def _listed_twice(ground: Ground) -> Iterator[Planting]:
    """The same name twice in one list (the reader takes it for one entry, as annotators do: so it is data)."""
    for task in ground.of_kind("Task"):
        span = statement(ground, task)
        own = bodies(ground, task)
        if span is not None and own:
            node = ground.node(f"{task.key}/responsibility/{own[0][1].position}")
            again = ground.node(f"{task.key}/responsibility/{len(task.responsibilities) + 1}")
            new = {Fact(again, f.predicate, f.object) for f in ground.about(node)}
            new.add(Fact(ground.node(task.key), term("responsibility"), again))
            yield Planting(claims(task.key, "agency-listed-twice"), new=frozenset(new), zone=frozenset({task.key}))


@mutation("list without its closing bracket", "list-not-closed", whole=LISTS)
def _unclosed(ground: Ground) -> Iterator[Planting]:
    """The bracket that closes a list is lost, with a body or without."""
    for task in ground.of_kind("Task"):
        span = statement(ground, task)
        if span is None or ground.text[span.start] not in "(（" or ground.text[span.end - 1] not in ")）":
            continue
        # (…各镇(街道): the reader takes the bracket within for the whole one and drops the other, so nothing shows that one is lost.
        if not re.search(r"[(（)）]", ground.text[span.start + 1 : span.end - 1]):
            yield Planting(claims(task.key, "list-not-closed"), (Edit(span.end - 1, span.end, ""),), zone=frozenset({task.key}))  # fmt: skip


# ---------------------------------------------------------------- what is not provided for


@cache
def _pattern(rule: str) -> re.Pattern[str] | None:
    """The words by which a rule sees that something is provided for."""
    graph = load_shapes().graph
    for node in graph.objects(URIRef(f"https://w3id.org/plankg/shapes#{rule}"), SH.qualifiedValueShape):
        for pattern in graph.objects(node, SH.pattern):
            return re.compile(str(pattern))
    return None


def _unprovided(rule: str, title: str) -> None:
    @mutation(title, rule)
    def places(ground: Ground) -> Iterator[Planting]:
        pattern = _pattern(rule)
        if pattern is None:
            return
        kept = {ground.node(p.key) for p in ground.record.provisions}
        gone, new = set(), set()
        for fact in ground.statements:
            if fact.subject in kept and fact.predicate in (term("text"), term(DCTERMS_TITLE)):
                said = fact.object
                while pattern.search(said):
                    said = pattern.sub("安排", said)
                if said != fact.object:
                    gone.add(fact)
                    new.add(Fact(fact.subject, fact.predicate, said))
        explains = (Claim("title-repeated", "*"), Claim("heading-without-content", "*"), *(Claim(f"plan-{w}", "") for w in ("evaluation", "funding", "publication")))  # fmt: skip
        if gone:
            yield Planting(
                (Claim(rule, ""),), (), frozenset(gone), frozenset(new), explains, explains, frozenset({"plan words"})
            )


_unprovided("plan-evaluation", "nobody evaluates")
_unprovided("plan-funding", "nobody pays")
_unprovided("plan-publication", "nobody is told")


@mutation("a property where it does not belong", "domains-and-ranges")
def _misplaced(ground: Ground) -> Iterator[Planting]:
    """A body's part is said to stand in a plan, as items do."""
    for node in ground.all("Responsibility"):
        name = ground.called(node)
        new = frozenset({Fact(node, term("inPlan"), ground.node(""))})
        yield Planting((Claim("domains-and-ranges", name),), new=new, zone=frozenset({name.split("/")[0] or "plan"}))
