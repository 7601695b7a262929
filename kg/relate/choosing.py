"""Which plans are compared with which, and which pairs of their tasks are kept."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from kg.relate.closeness import apart, compare, names_subject, reaches, score
from kg.relate.reading import Head, Plan, Task
from kg.relate.words import settings, squares

Pair = tuple[str, str]  # the IRIs of two plans, the lesser first


@dataclass(frozen=True, slots=True)
class Found:
    """Two tasks that correspond or come near, the one with the lesser IRI first."""

    one: Task
    other: Task
    score: float


def choose(heads: list[Head]) -> set[Pair]:
    """The pairs of plans whose tasks are compared.

    Of a small collection all. In a larger one each plan is compared with a few above it: those that it carries out or
    cites, then those of the regions that it lies in; and, as long as there is room, with those most like it: as many
    pairs of these as a small collection has at most. What is kept so grows with the number of plans, not with its square.
    """
    bounds = settings()["bounds"]
    most = bounds["all_plans"]
    if len(heads) <= most:
        return {_key(one.iri, other.iri) for one, other in combinations(heads, 2)}
    beside = most * (most - 1) // len(heads)
    pairs = set(_above(heads, bounds["above"]))
    if beside >= bounds["beside"]:
        pairs.update(_beside(heads, beside))
    return pairs


def _above(heads: list[Head], most: int) -> Iterator[Pair]:
    by_region: dict[str, list[Head]] = defaultdict(list)
    by_iri = {head.iri: head for head in heads}
    for head in heads:
        by_region[head.region].append(head)
    for head in heads:
        cited = [by_iri[iri] for iri in sorted(head.built_on & by_iri.keys() - {head.iri})]
        around = [p for region in head.regions - {head.region} for p in by_region.get(region, ())]
        found = [(-alike(head, p), p) for p in around]
        # A plan of the same subject before others, then the one of the nearest region, then the most like it, then the latest.
        found.sort(key=lambda f: (not f[0], -len(f[1].regions), f[0], _reverse(f[1].issued), f[1].iri))
        above = dict.fromkeys(p.iri for p in (*cited, *(p for _, p in found)))
        yield from (_key(head.iri, iri) for iri in list(above)[:most])


def _beside(heads: list[Head], most: int) -> Iterator[Pair]:
    near: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for one, other in combinations(heads, 2):
        figure = alike(one, other)
        if figure:
            near[one.iri].append((-figure, other.iri))
            near[other.iri].append((-figure, one.iri))
    for head in heads:
        yield from (_key(head.iri, iri) for _, iri in heapq.nsmallest(most, near[head.iri]))


def alike(one: Head, other: Head) -> float:
    """How much two plans are of one subject, by their titles and the documents that they build on; 0 where they are not."""
    shared = squares(one.title & other.title)
    words = shared / math.sqrt(squares(one.title) * squares(other.title)) if shared else 0.0
    documents = one.built_on & other.built_on
    figure = words + (len(documents) / min(len(one.built_on), len(other.built_on)) if documents else 0.0)
    return round(figure, 3) if figure >= settings()["field"]["alike"] else 0.0


def _reverse(date: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in date) or (0,)


def compare_plans(one: Plan, other: Plan) -> list[Found]:
    """The pairs of tasks of two plans that correspond or come near, sorted; a task keeps so many with each plan."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, task in enumerate(other.tasks):
        for lead in task.content.leads:
            index[lead].append(number)
    bounds, least = settings()["bounds"], settings()["noted"]
    far, few = apart(one, other), bounds["leads"]
    found: list[Found] = []
    for a in one.tasks:
        near: Counter[int] = Counter()
        for lead in a.content.leads & index.keys():
            near.update(index[lead])
        likely = [n for n in near if near[n] >= few or names_subject(a.content, other.tasks[n].content)]
        if len(likely) > bounds["examined"]:
            likely = heapq.nsmallest(bounds["examined"], likely, key=lambda n: (-near[n], n))
        for number in likely:
            b = other.tasks[number]
            if reaches(a.content, b.content, far, least):
                figure = score(compare(a.content, b.content, far))
                if figure >= least:
                    found.append(_ordered(a, b, figure))
    return _best(found, bounds["counterparts"])


def _best(found: Iterable[Found], most: int) -> list[Found]:
    """Those that are among the best of one of their two tasks."""
    kept: dict[Pair, Found] = {}
    of_task: dict[str, list[Found]] = defaultdict(list)
    for pair in found:
        of_task[pair.one.iri].append(pair)
        of_task[pair.other.iri].append(pair)
    for pairs in of_task.values():
        for pair in heapq.nsmallest(most, pairs, key=lambda p: (-p.score, p.one.iri, p.other.iri)):
            kept[pair.one.iri, pair.other.iri] = pair
    return [pair for _, pair in sorted(kept.items())]


def _ordered(a: Task, b: Task, figure: float) -> Found:
    return Found(a, b, figure) if a.iri < b.iri else Found(b, a, figure)


def _key(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
