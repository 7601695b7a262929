"""Which plans are compared with which, and which pairs of their tasks are kept."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.relate.closeness import apart, compare, names_subject, reaches, score
from kg.relate.reading import Content, Plan, Task
from kg.relate.words import settings


@dataclass(frozen=True, slots=True)
class Found:
    """Two tasks that correspond, the one with the lesser IRI first."""

    one: Task
    other: Task
    score: float


def choose(plans: list[Plan]) -> tuple[list[Found], list[tuple[Plan, Plan]]]:
    """The tasks that correspond, sorted by their IRIs; and the pairs of plans whose tasks were all compared.

    A small collection is compared completely. In a larger one each plan is compared completely with those above it,
    and for the other plans a task keeps a few best counterparts, one of each plan at most: what is found grows with
    the number of tasks, not with its square.
    """
    bounds = settings()["bounds"]
    complete = list(combinations(plans, 2)) if len(plans) <= bounds["all_plans"] else list(_above(plans))
    found: dict[tuple[str, str], Found] = {}
    for one, other in complete:
        for pair in _between(one, other):
            found[pair.one.iri, pair.other.iri] = pair
    if len(plans) > bounds["all_plans"]:
        for pair in _Others(plans, {_key(one, other) for one, other in complete}).find():
            found[pair.one.iri, pair.other.iri] = pair
    return [pair for _, pair in sorted(found.items())], complete


def _above(plans: list[Plan]) -> Iterator[tuple[Plan, Plan]]:
    """Each plan with those above it: which it carries out or cites, or whose region it lies in; the nearest first."""
    by_region: dict[str, list[Plan]] = defaultdict(list)
    by_iri = {plan.iri: plan for plan in plans}
    for plan in plans:
        by_region[plan.region].append(plan)
    size = {region: len(group[0].regions) for region, group in by_region.items()}
    pairs = set()
    for plan in plans:
        cited = [by_iri[iri] for iri in sorted(plan.built_on & by_iri.keys() - {plan.iri})]
        around = [p for region in plan.regions - {plan.region} for p in by_region.get(region, ())]
        # A plan of the same field before others, then the one of the nearest region, then the latest.
        around.sort(key=lambda p: (apart(plan, p) >= 1, -size[p.region], _reverse(p.issued), p.iri))
        above = list(dict.fromkeys(p.iri for p in (*cited, *around)))
        pairs.update((min(plan.iri, iri), max(plan.iri, iri)) for iri in above[: settings()["bounds"]["above"]])
    for one, other in sorted(pairs):
        yield by_iri[one], by_iri[other]


def _reverse(date: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in date) or (0,)


def _between(one: Plan, other: Plan) -> Iterator[Found]:
    """All pairs of tasks of two plans that correspond."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, task in enumerate(other.tasks):
        for lead in task.content.leads:
            index[lead].append(number)
    far, least, few = apart(one, other), settings()["noted"], settings()["bounds"]["leads"]
    for a in one.tasks:
        near: Counter[int] = Counter()
        for lead in a.content.leads & index.keys():
            near.update(index[lead])
        for number in sorted(near):
            b = other.tasks[number]
            if (near[number] >= few or names_subject(a.content, b.content)) and reaches(
                a.content, b.content, far, least
            ):
                figure = score(compare(a.content, b.content, far))
                if figure >= least:
                    yield _ordered(a, b, figure)


def _ordered(a: Task, b: Task, figure: float) -> Found:
    return Found(a, b, figure) if a.iri < b.iri else Found(b, a, figure)


class _Others:
    """The best counterparts in plans that are not compared completely.

    Tasks of one content are compared once: plans copy from one another.
    """

    def __init__(self, plans: list[Plan], complete: set[tuple[str, str]]) -> None:
        self._complete, self._bounds = complete, settings()["bounds"]
        owners: dict[Content, list[tuple[Plan, Task]]] = defaultdict(list)
        for plan in plans:
            for task in plan.tasks:
                owners[task.content].append((plan, task))
        self._contents, self._owners = list(owners), list(owners.values())
        self._index: dict[str, list[int]] = defaultdict(list)
        for number, content in enumerate(self._contents):
            for lead in content.leads:
                self._index[lead].append(number)
        self._apart: dict[tuple[str, str], float] = {}
        self._scores: dict[tuple[int, int, float], float] = {}

    def find(self) -> Iterator[Found]:
        """Every pair that is among the best of one of the two; a pair may come twice."""
        for number, owners in enumerate(self._owners):
            near = self._near(number)
            for plan, task in owners:
                found = sorted(self._candidates(number, near, plan), key=lambda c: (-c[0], c[2].iri))
                plans_met: set[str] = set()
                for figure, other_plan, other in found:
                    if other_plan.iri not in plans_met and len(plans_met) < self._bounds["counterparts"]:
                        plans_met.add(other_plan.iri)
                        yield _ordered(task, other, figure)

    def _near(self, number: int) -> list[int]:
        """The contents that share the most with one, itself included."""
        counted = Counter([number])
        for lead in self._contents[number].leads:
            numbers = self._index[lead]
            if len(numbers) <= self._bounds["frequent"]:
                counted.update(numbers)
        here, few = self._contents[number], self._bounds["leads"]
        found = (n for n in counted if counted[n] >= few or names_subject(here, self._contents[n]))
        return sorted(found, key=lambda n: (-counted[n], n))[: self._bounds["examined"]]

    def _candidates(self, number: int, near: list[int], plan: Plan) -> Iterator[tuple[float, Plan, Task]]:
        for other_number in near:
            taken = 0
            for other_plan, other in self._owners[other_number]:
                pair = _key(plan, other_plan)
                if other_plan is plan or pair in self._complete:
                    continue
                figure = self._score(number, other_number, pair, plan, other_plan)
                if figure >= settings()["threshold"]:
                    yield figure, other_plan, other
                taken += 1
                if taken == self._bounds["counterparts"]:
                    break

    def _score(self, m: int, n: int, pair: tuple[str, str], one: Plan, other: Plan) -> float:
        far = self._apart.get(pair)
        if far is None:
            far = self._apart[pair] = apart(one, other)
        key = (min(m, n), max(m, n), far)
        found = self._scores.get(key)
        if found is None:
            a, b = self._contents[m], self._contents[n]
            close = reaches(a, b, far, settings()["threshold"])
            found = self._scores[key] = score(compare(a, b, far)) if close else 0.0
        return found


def _key(one: Plan, other: Plan) -> tuple[str, str]:
    return (one.iri, other.iri) if one.iri < other.iri else (other.iri, one.iri)
