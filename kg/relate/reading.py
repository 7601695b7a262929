"""The tasks of all plans, as far as the comparison needs them, read from the default graph of a working store."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg import vocab
from kg.numerals import fold
from kg.relate.words import clauses, fours, pairs, settings, squares, subjects, weight_of_four, weights

_DEFAULT = ox.DefaultGraph()


class Content:
    """What a task says, whoever says it, and what is compared of it."""

    def __init__(
        self,
        title: str,
        text: str,
        groups: frozenset[str],
        initiatives: frozenset[str],
        indicators: frozenset[str],
    ) -> None:
        self.title, self.text = title, text
        self.people = groups - _everybody()  # the public as a whole is no group
        self.initiatives, self.indicators = initiatives, indicators
        self.words = pairs(text)
        self.weight = squares(self.words)
        self.heading = pairs(title)
        self.heading_weight = squares(self.heading)
        self.fours = fours(text)
        self.subjects = subjects(text)
        # A heading such as 农民科学素质提升行动 names no piece of work: then the text's beginning does.
        self.title_subjects = subjects(title) or subjects(text[: settings()["bounds"]["beginning"]])

    @cached_property
    def clauses(self) -> list[tuple[frozenset[str], int]]:
        """Each clause with its weight."""
        return [(clause, squares(clause)) for clause in clauses(self.text)]

    @cached_property
    def leads(self) -> frozenset[str]:
        """What leads to tasks that might correspond: subjects, campaigns, and runs of characters that are not common."""
        least = settings()["bounds"]["telling"]
        return self.subjects | self.initiatives | {four for four in self.fours if weight_of_four(four) >= least}


@dataclass(frozen=True, slots=True)
class Task:
    """One task; those that say the same share their content."""

    iri: str
    content: Content
    evidence: str | None  # the passage that holds the most of it


@dataclass(slots=True)
class Plan:
    """A plan with its tasks in the order of their IRIs, and what places it among others."""

    iri: str
    tasks: list[Task]
    regions: frozenset[str] = frozenset()  # its own and those that it lies in
    region: str = ""
    built_on: frozenset[str] = frozenset()  # documents that it carries out or cites
    issued: str = ""
    words: frozenset[str] = frozenset()  # the most telling of its tasks' words


def read_plans(working: ox.Store) -> list[Plan]:
    """The plans that hold tasks, sorted by IRI."""
    text_of = _literals(working, vocab.plan("text"))
    title_of = _literals(working, vocab.DCTERMS_TITLE)
    groups, initiatives, indicators, evidence, targets = (
        _nodes(working, vocab.plan(name))
        for name in ("effectiveCrowdGroup", "mentionsInitiative", "indicator", "evidence", "hasTarget")
    )
    nothing: frozenset[str] = frozenset()
    in_plan, tasks_of = _nodes(working, vocab.plan("inPlan")), defaultdict(list)
    contents: dict[tuple[object, ...], Content] = {}
    for iri in sorted(_instances(working, "Task")):
        counted = nothing.union(*(indicators.get(t, nothing) for t in targets.get(iri, nothing)))
        said = (
            fold(title_of.get(iri, "")),
            fold(text_of.get(iri, "")),
            groups.get(iri, nothing),
            initiatives.get(iri, nothing),
            counted,
        )
        content = contents.get(said)
        if content is None:
            content = contents[said] = Content(*said)
        # An IRI of a passage ends in its first and last place.
        passage = max(evidence.get(iri, nothing), key=lambda found: (_length(found), found), default=None)
        for plan in in_plan.get(iri, nothing):
            tasks_of[plan].append(Task(iri, content, passage))
    region, within = _nodes(working, vocab.plan("region")), _nodes(working, vocab.plan("within"))
    cited = _nodes(working, vocab.plan("document"))
    citations = _nodes(working, vocab.plan("citation"))
    issued = _literals(working, vocab.DCTERMS_ISSUED)
    based = _nodes(working, vocab.plan("basedOn"))
    plans = []
    for iri, tasks in sorted(tasks_of.items()):
        own = min(region.get(iri, nothing), default="")
        documents = based.get(iri, nothing).union(*(cited.get(c, nothing) for c in citations.get(iri, nothing)))
        above = within.get(own, nothing) | {own}
        plans.append(Plan(iri, tasks, above, own, documents, issued.get(iri, ""), _field(tasks)))
    return plans


def _field(tasks: list[Task]) -> frozenset[str]:
    """What a plan speaks of: the words that weigh the most over its tasks."""
    known, counted = weights(), Counter(word for task in tasks for word in task.content.words)
    ranked = heapq.nsmallest(settings()["field"]["words"], ((-n * known[word], word) for word, n in counted.items()))
    return frozenset(word for _, word in ranked)


def _everybody() -> frozenset[str]:
    return frozenset(vocab.concept("crowd-group", slug) for slug in settings()["everybody"]["groups"])


def _length(passage: str) -> int:
    start, _, end = passage.rpartition("/")[2].partition("-")
    return int(end) - int(start) if start.isdigit() and end.isdigit() else 0


def _instances(working: ox.Store, name: str) -> set[str]:
    quads = working.quads_for_pattern(None, ox.NamedNode(vocab.RDF_TYPE), ox.NamedNode(vocab.plan(name)), _DEFAULT)
    return {q.subject.value for q in quads}


def _nodes(working: ox.Store, predicate: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for quad in working.quads_for_pattern(None, ox.NamedNode(predicate), None, _DEFAULT):
        if isinstance(quad.object, ox.NamedNode):
            found[quad.subject.value].add(quad.object.value)
    return {subject: frozenset(values) for subject, values in found.items()}


def _literals(working: ox.Store, predicate: str) -> dict[str, str]:
    """The first of each subject's literals by its text."""
    found: dict[str, str] = {}
    for quad in working.quads_for_pattern(None, ox.NamedNode(predicate), None, _DEFAULT):
        value = quad.object.value
        if isinstance(quad.object, ox.Literal) and value < found.get(quad.subject.value, "\U0010ffff"):
            found[quad.subject.value] = value
    return found
