"""The graph of correspondences: brought up to date pair of plans by pair, closed under the ontology's own axioms."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator

import pyoxigraph as ox

from kg import vocab
from kg.relate.choosing import Found, Pair, choose, compare_plans
from kg.relate.reading import READS, Plan, Reader
from kg.relate.words import settings, shared_phrases
from kg.store.graphs import Change, change_lines, clear_graph

_TYPE = f"<{vocab.RDF_TYPE}>"
_IN_PLAN = f"<{vocab.plan('inPlan')}>"
_GRAPH = ox.NamedNode(vocab.CORRESPONDENCE_GRAPH)
_AT_ONCE = 60_000  # lines that are held in memory
_PLANS_AT_ONCE = 48  # some megabytes each

Name = Callable[[str, str], str]  # the IRI of the correspondence of two tasks


def relate(
    working: ox.Store,
    name: Name,
    touched: Touched | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Make the graph of correspondences, and the default graph, hold which tasks of different plans correspond.

    To be run after the entailments: the groups of people that a task inherits count. The graph is closed: it says
    `plan:correspondsTo` both ways and each inverse, so that nothing has to be inferred from it.
    Pairs that come near are noted with their score, so that "no counterpart" can say how near the nearest comes.
    With what was `touched` since the last time, only that is compared anew; the outcome is the same. Returns how many pairs of plans were compared.
    """
    reader = Reader(working)
    wanted = choose(reader.heads())
    stored = _compared(working)
    # A graph of pairs without any correspondence does not say by which method: it is drawn anew, too.
    if touched is None or (stored and _method(working) != settings()["method"]):
        clear_graph(working, vocab.CORRESPONDENCE_GRAPH)
        kept: set[Pair] = set()
    else:
        kept = {pair for pair in stored & wanted if touched.plans.isdisjoint(pair)}
        _drop(working, reader, stored - kept, touched.former)
    todo, lines = sorted(wanted - kept), set[str]()
    plans = _Plans(reader)
    for number, (one, other) in enumerate(todo, 1):
        if progress:
            progress(number, len(todo))
        lines.update(_of_plans(one, other))
        lines.update(_of_tasks(compare_plans(plans.get(one), plans.get(other)), name))
        if len(lines) > _AT_ONCE:
            _put(working, lines)
    _put(working, lines)
    return len(todo)


class Touched:
    """The plans of which something changed that is compared; and what was in a plan before and may be there no more."""

    def __init__(self, working: ox.Store) -> None:
        self._reader = Reader(working)
        self.plans: set[str] = set()
        self.former: dict[str, set[str]] = defaultdict(set)

    def add(self, changes: Iterable[Change]) -> None:
        """Take account of what other graphs gained and lost."""
        subjects: set[str] = set()
        for change in changes:
            for lines in (change.gained, change.lost):
                for line in lines:
                    subject, predicate, value = line.decode().split(" ", 2)
                    if predicate in READS:
                        subjects.add(subject[1:-1])
                    if predicate == _IN_PLAN:
                        self.former[value[1:-3]].add(subject[1:-1])
                        self.plans.add(value[1:-3])
        self.plans.update(plan for subject in subjects if (plan := self._reader.plan_of(subject)))


class _Plans:
    """The plans that were read last: pairs come in the order of the plans' IRIs, which begin with their region's code."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._read = reader, OrderedDict[str, Plan]()

    def get(self, iri: str) -> Plan:
        if iri in self._read:
            self._read.move_to_end(iri)
        else:
            self._read[iri] = self._reader.plan(iri)
            if len(self._read) > _PLANS_AT_ONCE:
                self._read.popitem(last=False)
        return self._read[iri]


def _put(working: ox.Store, lines: set[str]) -> None:
    if lines:
        change_lines(
            working, vocab.CORRESPONDENCE_GRAPH, [f"{line} .".encode() for line in sorted(lines)], is_checked=True
        )
        lines.clear()


def _method(working: ox.Store) -> str | None:
    """The method by which the graph was made; None where no two tasks ever corresponded."""
    quad = next(working.quads_for_pattern(None, ox.NamedNode(vocab.plan("method")), None, _GRAPH), None)
    return quad and quad.object.value


def _compared(working: ox.Store) -> set[Pair]:
    """The pairs of plans that the graph knows to have been compared."""
    quads = working.quads_for_pattern(None, ox.NamedNode(vocab.plan("comparedWith")), None, _GRAPH)
    pairs = ((q.subject.value, q.object.value) for q in quads)
    return {pair for pair in pairs if pair[0] < pair[1]}


def _drop(working: ox.Store, reader: Reader, pairs: Iterable[Pair], former: dict[str, set[str]]) -> None:
    """Take pairs of plans out of the graph, with all correspondences between them."""
    others: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        others[one].add(other)
    members: dict[str, set[str]] = {}

    def nodes_of(plan: str) -> set[str]:
        if plan not in members:
            members[plan] = reader.nodes_in(plan) | former.get(plan, set())
        return members[plan]

    lost: set[bytes] = set()
    for one, theirs in sorted(others.items()):
        there = set().union(*map(nodes_of, theirs))
        for other in theirs:
            lost.update(f"{line} .".encode() for line in _of_plans(one, other))
        for node in nodes_of(one):
            lost.update(_between(working, node, there))
    if lost:
        change_lines(working, vocab.CORRESPONDENCE_GRAPH, (), sorted(lost))


def _between(working: ox.Store, task: str, there: set[str]) -> Iterator[bytes]:
    """All that the graph says of a task and those of others."""
    corresponding = ox.NamedNode(vocab.plan("correspondingTask"))
    said = working.quads_for_pattern(ox.NamedNode(task), ox.NamedNode(vocab.plan("correspondence")), None, _GRAPH)
    for node in [q.object for q in said]:
        ends = [q.object for q in working.quads_for_pattern(node, corresponding, None, _GRAPH)]
        if any(end.value in there for end in ends if end.value != task):
            about = [*working.quads_for_pattern(node, None, None, _GRAPH)]
            for end in ends:
                about += working.quads_for_pattern(end, None, node, _GRAPH)
                for other in ends:
                    about += working.quads_for_pattern(end, None, other, _GRAPH)
            yield from (f"{q.subject} {q.predicate} {q.object} .".encode() for q in about)


def _of_plans(one: str, other: str) -> Iterator[str]:
    yield f"<{one}> {_term('comparedWith')} <{other}>"
    yield f"<{other}> {_term('comparedWith')} <{one}>"


def _of_tasks(found: Iterable[Found], name: Name) -> Iterator[str]:
    corresponds, task, inverse = _term("correspondsTo"), _term("correspondingTask"), _term("correspondence")
    kind, method = _term("Correspondence"), f'{_term("method")} "{settings()["method"]}"'
    for pair in found:
        one, other = f"<{pair.one.iri}>", f"<{pair.other.iri}>"
        node = f"<{name(pair.one.iri, pair.other.iri)}>"
        if pair.score >= settings()["threshold"]:
            yield f"{one} {corresponds} {other}"
            yield f"{other} {corresponds} {one}"
        yield f"{node} {_TYPE} {kind}"
        yield f"{node} {method}"
        yield f'{node} {_term("score")} "{pair.score:.3f}"^^<{vocab.XSD_DECIMAL}>'
        for end in (one, other):
            yield f"{node} {task} {end}"
            yield f"{end} {inverse} {node}"
        yield from (f"{node} {said}" for said in _reasons(pair))


def _reasons(pair: Found) -> Iterator[str]:
    a, b = pair.one.content, pair.other.content
    for phrase in shared_phrases(a.text, b.text, settings()["bounds"]["phrases"]):
        yield f'{_term("sharedPhrase")} "{phrase}"'
    for subject in sorted(a.subjects & b.subjects):
        yield f'{_term("sharedSubject")} "{subject}"'
    for shared in sorted((a.people & b.people) | (a.initiatives & b.initiatives) | (a.indicators & b.indicators)):
        yield f"{_term('shares')} <{shared}>"
    for passage in (pair.one.evidence, pair.other.evidence):
        if passage:
            yield f"{_term('evidence')} <{passage}>"


def _term(name: str) -> str:
    return f"<{vocab.plan(name)}>"
