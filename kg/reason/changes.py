"""What follows, after some plans have changed: only what hangs on what they said is looked at again.

What is gone is followed first, as far as it may have carried something (more than need be goes with it); what still has
another reason comes back; then what is new is followed. That is "delete and rederive": A. Gupta, I. S. Mumick,
V. S. Subrahmanian, Maintaining Views Incrementally, SIGMOD 1993, section 7. The named rules, which cannot be followed
backwards, are applied anew to the tasks that what changed can be told of. The outcome is that of `infer`, triple by triple.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox

from kg.reason import named
from kg.reason.facts import TYPE, Fact, Facts, as_line, parse_lines, read_graph, term
from kg.reason.rules import Rule, follow, rules_of
from kg.store.graphs import (
    DERIVED_GRAPHS,
    VOCABULARY_GRAPHS,
    Change,
    change_lines,
    clear_graph,
    plan_graphs,
)
from kg.vocab import INFERRED_GRAPH, ONTOLOGY_GRAPH

_AT_ONCE = 200_000  # lines that are held in memory
_INFERRED = ox.NamedNode(INFERRED_GRAPH)
_TASK, _GROUP, _AGENCY = term("Task"), term("AgencyGroup"), term("agency")
_ABOVE = (term("inAction"), term("responsibility"))  # by what a task reaches what the named rules read
_TOUCHING = frozenset((*named.READS, *named.CONCLUDES))


def infer_in_parts(working: ox.Store) -> None:
    """`infer` for a store of many plans: memory holds a few of them at a time."""
    clear_graph(working, INFERRED_GRAPH)
    held: list[Change] = []
    graphs = [*VOCABULARY_GRAPHS, *plan_graphs(working)]
    for graph in graphs:
        name = ox.NamedNode(graph)
        if working.contains_named_graph(name):
            lines = working.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name).splitlines()
            held.append(Change(lines))
        if graph == graphs[-1] or sum(change.added for change in held) > _AT_ONCE:
            infer_changes(working, held, are_new=False)
            held = []


def infer_changes(
    working: ox.Store,
    changes: Iterable[Change],
    *,
    are_new: bool = True,
    is_own: Callable[[str], bool] | None = None,
) -> Change:
    """Bring the inferred graph, and the default graph, up to date with what other named graphs gained and lost.

    It must have been up to date before. Returns how it changed itself. Where the ontology has changed, `infer` is needed.
    Without `are_new`, what is said to be gained may have been there for long, only nothing has been drawn from it.
    `is_own` tells terms that only these changes speak of, all of whose facts are among the gained: they are not looked up.
    """
    rules = rules_of(Facts(read_graph(working, ONTOLOGY_GRAPH)))
    wanted = {atom[1] for rule in rules for atom in (*rule.body, rule.head)} | _TOUCHING
    gained: Counter[Fact] = Counter()
    lost: set[Fact] = set()
    for change in changes:
        gained.update(_facts(change.gained, wanted))
        lost.update(_facts(change.lost, wanted))
    graph = _Standing(working, Facts(gained) if is_own else Facts(), is_own)
    for fact in lost & gained.keys():  # one graph may have changed twice
        if not graph.is_asserted(fact):
            del gained[fact]
    lost = {fact for fact in lost if not graph.is_asserted(fact)}
    doubted = _doubt(rules, graph, lost)
    graph.gone = doubted
    graph.more = Facts()
    kept = _derivable(rules, graph, doubted | lost)
    for subject, predicate, value in kept:
        graph.more.add((subject, predicate, value))
    joined = {atom[1] for rule in rules if len(rule.body) > 1 for atom in rule.body}
    fresh: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for fact in gained.keys() | kept:
        # What was known before leads nowhere new; it is worth the look where a region has thousands below it.
        if fact[1] not in joined or fact in kept or not are_new or not graph.was_known(fact, gained[fact]):
            fresh[fact[1]].add((fact[0], fact[2]))
    found = set(kept)
    for rule, heads in follow(rules, fresh, graph, graph.more):
        found.update((subject, rule.head[1], value) for subject, value in heads)
    concluded, withdrawn = _conclude(graph, {*gained, *lost, *doubted, *found})
    heads = {rule.head[1] for rule in rules} | {*named.CONCLUDES}
    said = {fact for fact in gained if fact[1] in heads}
    return _write(graph, found | concluded, (doubted - found) | withdrawn, said)


def _facts(lines: Iterable[bytes], wanted: set[str]) -> Iterator[Fact]:
    return parse_lines(b"\n".join(lines).decode(), wanted)


def _doubt(rules: list[Rule], graph: _Standing, lost: set[Fact]) -> set[Fact]:
    """What was inferred and of which some reason may be gone."""
    fresh: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for subject, predicate, value in lost:
        fresh[predicate].add((subject, value))
        graph.more.add((subject, predicate, value))
    doubted: set[Fact] = set()
    for rule, heads in follow(rules, fresh, graph, Facts(), graph.is_inferred):
        doubted.update((subject, rule.head[1], value) for subject, value in heads)
    return doubted


def _derivable(rules: list[Rule], graph: _Standing, facts: Iterable[Fact]) -> set[Fact]:
    """Those that follow, in one step, from what stands beyond doubt."""
    by_head: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for rule in rules:
        by_head[rule.head[1], "" if rule.head[2].startswith("?") else rule.head[2]].append(rule)
    found = set()
    met: dict[str, bool] = {}
    for fact in facts:
        # Every way to it starts from something said of its subject; of the parts of a withdrawn plan nothing is.
        if fact[0] not in met:
            met[fact[0]] = graph.speaks_of(fact[0])
        if not met[fact[0]]:
            continue
        candidates = (*by_head.get((fact[1], ""), ()), *by_head.get((fact[1], fact[2]), ()))
        if any(_holds(graph, rule, fact) for rule in candidates):
            found.add(fact)
    return found


def _holds(graph: _Standing, rule: Rule, fact: Fact) -> bool:
    """Whether some instance of the rule's body that leads to the fact stands."""
    bound = {part: told for part, told in zip(rule.head, fact, strict=True) if part.startswith("?")}
    return next(_ways(graph, rule.body, bound), None) is not None


def _ways(graph: _Standing, body: tuple[Fact, ...], known: dict[str, str]) -> Iterator[dict[str, str]]:
    """The bindings under which all of a body stands, found one at a time: one is mostly enough."""
    if not body:
        yield known
        return
    pattern = tuple(known.get(part, part) for part in body[0])
    for fact in graph.find(*(None if part.startswith("?") else part for part in pattern)):
        bound = {part: told for part, told in zip(pattern, fact, strict=True) if part.startswith("?")}
        yield from _ways(graph, body[1:], {**known, **bound})


def _conclude(graph: _Standing, touched: Iterable[Fact]) -> tuple[set[Fact], set[Fact]]:
    """What the named rules conclude now of the tasks that something touched, and what they did before and do no longer."""
    tasks = _tasks_above(graph, touched)
    concluded, before = set(), set()
    for task in sorted(tasks):
        before.update(fact for predicate in named.CONCLUDES for fact in graph.inferred_of(task, predicate))
        if _TASK in graph.values(task, TYPE):
            concluded.update(fact for _, fact, _ in named.apply(graph, [task]))
    return concluded, before - concluded


def _tasks_above(graph: _Standing, touched: Iterable[Fact]) -> set[str]:
    """The nodes that something was said of, and what reaches them: all tasks whose conclusions may change, among others."""
    reached: set[str] = set()
    for subject, predicate, value in touched:
        if predicate == TYPE and value == _GROUP:
            reached.update(graph.subjects(_AGENCY, subject))
        elif predicate == TYPE and value == _TASK or predicate != TYPE and predicate in _TOUCHING:
            reached.add(subject)
    waiting = sorted(reached)
    while waiting:
        node = waiting.pop()
        for predicate in _ABOVE:
            new = graph.subjects(predicate, node) - reached
            reached |= new
            waiting += sorted(new)
    return reached


def _write(graph: _Standing, follows: set[Fact], goes: set[Fact], gained: set[Fact]) -> Change:
    """Put what follows, as far as nobody says it, into the inferred graph; take out what goes, and what is now said."""
    said_now = {fact for fact in gained | goes if graph.holds_inferred(fact) and graph.is_asserted(fact)}
    out = said_now | {fact for fact in goes if graph.holds_inferred(fact)}
    new = {fact for fact in follows if not graph.holds_inferred(fact) and not graph.is_asserted(fact)}
    return change_lines(
        graph.working, INFERRED_GRAPH, sorted(map(as_line, new)), sorted(map(as_line, out - new)), is_checked=True
    )


class _Standing:
    """What is asserted, and what the axioms' rules made of it, looked up in the store, with what is not written yet."""

    def __init__(self, working: ox.Store, own: Facts, is_own: Callable[[str], bool] | None) -> None:
        self.working = working
        self.gone: set[Fact] = set()  # written, but in doubt
        self.more = Facts()
        self._own, self._is_own = own, is_own or (lambda _: False)

    def values(self, subject: str, predicate: str) -> set[str]:
        """See `Facts.values`."""
        return {fact[2] for fact in self._written(subject, predicate, None)} | self.more.values(subject, predicate)

    def subjects(self, predicate: str, value: str) -> set[str]:
        """See `Facts.subjects`."""
        return {fact[0] for fact in self._written(None, predicate, value)} | self.more.subjects(predicate, value)

    def find(self, subject: str | None, predicate: str, value: str | None) -> Iterator[Fact]:
        """The facts of a pattern of which an end is known; some may come twice."""
        yield from self._written(subject, predicate, value)
        if subject is not None:
            yield from ((subject, predicate, v) for v in self.more.values(subject, predicate) if value in (None, v))
        elif value is not None:
            yield from ((s, predicate, value) for s in self.more.subjects(predicate, value))

    def was_known(self, fact: Fact, times: int) -> bool:
        """Whether it stood before so many graphs came to say it."""
        if self._speaks_of_own(fact):
            return False
        quads = list(self.working.quads_for_pattern(*map(_term, fact), None))
        inferred = any(quad.graph_name == _INFERRED for quad in quads) and fact not in self.gone
        return inferred or sum(_is_asserting(quad.graph_name) for quad in quads) > times

    def is_asserted(self, fact: Fact) -> bool:
        """Whether a plan or the vocabulary says it."""
        if self._speaks_of_own(fact):
            return fact in self._own
        quads = self.working.quads_for_pattern(*map(_term, fact), None)
        return any(_is_asserting(quad.graph_name) for quad in quads)

    def holds_inferred(self, fact: Fact) -> bool:
        """Whether it is written in the inferred graph."""
        return not self._speaks_of_own(fact) and ox.Quad(*map(_term, fact), _INFERRED) in self.working

    def is_inferred(self, fact: Fact) -> bool:
        """Whether the axioms' rules put it into the inferred graph."""
        return fact[1] not in named.CONCLUDES and self.holds_inferred(fact)

    def inferred_of(self, subject: str, predicate: str) -> Iterator[Fact]:
        """What is written in the inferred graph of a subject under a predicate."""
        if self._is_own(subject):
            return
        for quad in self.working.quads_for_pattern(_term(subject), _term(predicate), None, _INFERRED):
            yield subject, predicate, str(quad.object)

    def _speaks_of_own(self, fact: Fact) -> bool:
        return self._is_own(fact[0]) or self._is_own(fact[2])

    def _written(self, subject: str | None, predicate: str, value: str | None) -> Iterator[Fact]:
        if subject is not None and self._is_own(subject):
            yield from ((subject, predicate, v) for v in self._own.values(subject, predicate) if value in (None, v))
            return
        if value is not None and self._is_own(value):
            starts = self._own.subjects(predicate, value)
            yield from ((s, predicate, value) for s in starts if subject in (None, s))
            return
        if subject is not None and not subject.startswith("<"):
            return
        pattern = (part and _term(part) for part in (subject, predicate, value))
        for quad in self.working.quads_for_pattern(*pattern, None):
            if (fact := self._standing(quad)) is not None:
                yield fact

    def speaks_of(self, node: str) -> bool:
        """Whether anything that is written and stands has it as subject or object."""
        store, end = self.working, _term(node)
        return any(
            self._standing(quad) is not None
            for quads in (
                store.quads_for_pattern(end, None, None, None),
                store.quads_for_pattern(None, None, end, None),
            )
            for quad in quads
        )

    def _standing(self, quad: ox.Quad) -> Fact | None:
        fact = (str(quad.subject), str(quad.predicate), str(quad.object))
        is_drawn = quad.graph_name == _INFERRED and fact[1] not in named.CONCLUDES and fact not in self.gone
        return fact if is_drawn or _is_asserting(quad.graph_name) else None


def _is_asserting(graph: object) -> bool:
    return isinstance(graph, ox.NamedNode) and graph.value not in DERIVED_GRAPHS


@lru_cache(maxsize=1 << 14)
def _term(text: str) -> ox.NamedNode | ox.Literal:
    if text.startswith("<"):
        return ox.NamedNode(text[1:-1])
    (quad,) = ox.parse(f"<x:s> <x:p> {text} .", format=ox.RdfFormat.N_TRIPLES)
    return quad.object
