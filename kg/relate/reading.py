"""The tasks of all plans, as far as the comparison needs them, read from the default graph of a working store."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg import vocab
from kg.numerals import fold
from kg.relate.words import clauses, fours, pairs, settings, squares, subjects, weight_of_four, weights

_DEFAULT = ox.DefaultGraph()
_TYPE, _TITLE, _ISSUED, _LABEL = map(
    ox.NamedNode, (vocab.RDF_TYPE, vocab.DCTERMS_TITLE, vocab.DCTERMS_ISSUED, vocab.RDFS_LABEL)
)
_PLAN, _TASK, _REGION, _WITHIN, _CITATION, _DOCUMENT, _BASED_ON = (
    ox.NamedNode(vocab.plan(name)) for name in ("Plan", "Task", "region", "within", "citation", "document", "basedOn")
)
_IN_PLAN, _TEXT, _GROUP, _INITIATIVE, _HAS_TARGET, _INDICATOR, _EVIDENCE = _COMPARED = tuple(
    ox.NamedNode(vocab.plan(name))
    for name in ("inPlan", "text", "effectiveCrowdGroup", "mentionsInitiative", "hasTarget", "indicator", "evidence")
)
# What a comparison reads of a task and its targets: where none of it changes, no score does.
READS = frozenset(map(str, (_TYPE, _TITLE, *_COMPARED)))


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


@dataclass(frozen=True, slots=True)
class Head:
    """What places a plan among others, without its tasks."""

    iri: str
    regions: frozenset[str] = frozenset()  # its own and those that it lies in
    region: str = ""
    built_on: frozenset[str] = frozenset()  # documents that it is based on, and plans that it cites
    issued: str = ""
    title: frozenset[str] = frozenset()  # pairs of characters, without those of areas' names


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan with its tasks in the order of their IRIs."""

    iri: str
    tasks: list[Task]
    words: frozenset[str] = frozenset()  # the most telling of its tasks' words


class Reader:
    """Reads plans of a working store, one at a time."""

    def __init__(self, working: ox.Store) -> None:
        self._working = working
        self._names: dict[str, frozenset[str]] = {}  # region → the pairs of characters of its names

    def heads(self) -> list[Head]:
        """The plans that hold tasks, sorted by IRI."""
        quads = self._working.quads_for_pattern(None, _TYPE, _PLAN, _DEFAULT)
        plans = sorted(q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode))
        plans = [plan for plan in plans if next(self._tasks(plan), None)]
        cites: dict[str, set[str]] = defaultdict(set)
        for plan in plans:  # what cites it: few plans are cited, and each cites a dozen documents
            for quad in self._working.quads_for_pattern(None, _DOCUMENT, ox.NamedNode(plan), _DEFAULT):
                for citing in self._working.quads_for_pattern(None, _CITATION, quad.subject, _DEFAULT):
                    cites[citing.subject.value].add(plan)
        return [self._head(plan, cites[plan]) for plan in plans]

    def plan(self, iri: str) -> Plan:
        """One plan with its tasks."""
        tasks = [self._task(task) for task in sorted(self._tasks(iri))]
        return Plan(iri, tasks, _field(tasks))

    def nodes_in(self, plan: str) -> set[str]:
        """All that is in a plan."""
        quads = self._working.quads_for_pattern(None, _IN_PLAN, ox.NamedNode(plan), _DEFAULT)
        return {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}

    def plan_of(self, node: str) -> str | None:
        """The plan that something is in."""
        return min(self._nodes(node, _IN_PLAN), default=None)

    def _tasks(self, plan: str) -> Iterator[str]:
        for quad in self._working.quads_for_pattern(None, _IN_PLAN, ox.NamedNode(plan), _DEFAULT):
            if ox.Quad(quad.subject, _TYPE, _TASK, _DEFAULT) in self._working:
                yield quad.subject.value

    def _head(self, iri: str, cited: set[str]) -> Head:
        own = min(self._nodes(iri, _REGION), default="")
        above = self._nodes(own, _WITHIN) | {own} if own else frozenset()
        title = pairs(fold(self._literal(iri, _TITLE))).difference(*map(self._names_of, above))
        return Head(iri, above, own, self._nodes(iri, _BASED_ON) | cited, self._literal(iri, _ISSUED), title)

    def _names_of(self, region: str) -> frozenset[str]:
        if region not in self._names:
            quads = self._working.quads_for_pattern(ox.NamedNode(region), _LABEL, None, _DEFAULT)
            self._names[region] = frozenset().union(*(pairs(q.object.value) for q in quads))
        return self._names[region]

    def _task(self, iri: str) -> Task:
        counted = frozenset().union(*(self._nodes(t, _INDICATOR) for t in self._nodes(iri, _HAS_TARGET)))
        content = Content(
            fold(self._literal(iri, _TITLE)),
            fold(self._literal(iri, _TEXT)),
            self._nodes(iri, _GROUP),
            self._nodes(iri, _INITIATIVE),
            counted,
        )
        # An IRI of a passage ends in its first and last place.
        passage = max(self._nodes(iri, _EVIDENCE), key=lambda found: (_length(found), found), default=None)
        return Task(iri, content, passage)

    def _nodes(self, subject: str, predicate: ox.NamedNode) -> frozenset[str]:
        quads = self._working.quads_for_pattern(ox.NamedNode(subject), predicate, None, _DEFAULT)
        return frozenset(q.object.value for q in quads if isinstance(q.object, ox.NamedNode))

    def _literal(self, subject: str, predicate: ox.NamedNode) -> str:
        """The first of a subject's literals by its text."""
        quads = self._working.quads_for_pattern(ox.NamedNode(subject), predicate, None, _DEFAULT)
        return min((q.object.value for q in quads if isinstance(q.object, ox.Literal)), default="")


def read_plans(working: ox.Store) -> list[Plan]:
    """The plans that hold tasks, sorted by IRI, all at once."""
    reader = Reader(working)
    return [reader.plan(head.iri) for head in reader.heads()]


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
