"""Why a triple is in the graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kg.reason import named
from kg.reason.facts import Fact, Facts, read_graph
from kg.reason.rules import Rule, rules_of
from kg.vocab import INFERRED_GRAPH, ONTOLOGY_GRAPH

STATED = "stated"


@dataclass(frozen=True, slots=True)
class Explanation:
    """One way to a triple: the rule's name and what it started from; `stated` starts from the graphs that say it."""

    triple: ox.Triple
    rule: str
    premises: tuple[ox.Triple, ...]
    graphs: tuple[str, ...] = ()  # for "stated": the named graphs that assert it


def explain(
    graph: ox.Store, subject: str, predicate: str | None = None, value: ox.NamedNode | ox.Literal | None = None
) -> list[Explanation]:
    """Why the triples of a subject (and predicate, and value) are there: every way, one step deep, sorted.

    A premise may itself be inferred: ask again with it. The named rules (`kg.reason.named`) give the whole way, from
    the task up to the action that names the lead.
    """
    rules = rules_of(Facts(read_graph(graph, ONTOLOGY_GRAPH)))
    wanted = ox.NamedNode(predicate) if predicate else None
    found: list[Explanation] = []
    derived: dict[Fact, list[named.Derivation]] | None = None
    for quad in graph.quads_for_pattern(ox.NamedNode(subject), wanted, value, ox.DefaultGraph()):
        names = {q.graph_name for q in graph.quads_for_pattern(*quad.triple, None)}
        stated = sorted(g.value for g in names if isinstance(g, ox.NamedNode) and g.value != INFERRED_GRAPH)
        if stated:
            found.append(Explanation(quad.triple, STATED, (), tuple(stated)))
            continue
        fact = (str(quad.subject), str(quad.predicate), str(quad.object))
        if fact[1] in named.CONCLUDES:
            if derived is None:
                derived = _derive(graph, str(ox.NamedNode(subject)))
            ways = [(rule, premises) for rule, _, premises in derived.get(fact, ())]
        else:
            ways = [(rule.name, premises) for rule in rules for premises in _bodies(graph, rule, fact)]
        found += [Explanation(quad.triple, rule, tuple(map(_triple, premises))) for rule, premises in ways]
    return sorted(found, key=lambda e: (str(e.triple), e.rule, str(e.premises)))


def _derive(graph: ox.Store, task: str) -> dict[Fact, list[named.Derivation]]:
    facts, reached, seen = Facts(), [task], {task}
    while reached:  # the task, what it points to, and so on along the predicates that the named rules read
        node = reached.pop()
        for quad in graph.quads_for_pattern(_term(node), None, None, ox.DefaultGraph()):
            fact = (str(quad.subject), str(quad.predicate), str(quad.object))
            if fact[1] in named.READS:
                facts.add(fact)
                if isinstance(quad.object, ox.NamedNode) and fact[2] not in seen:
                    seen.add(fact[2])
                    reached.append(fact[2])
    derived: dict[Fact, list[named.Derivation]] = {}
    for derivation in named.apply(facts, [task]):
        derived.setdefault(derivation[1], []).append(derivation)
    return derived


def _bodies(graph: ox.Store, rule: Rule, fact: Fact) -> Iterator[tuple[Fact, ...]]:
    """The instances of a rule's body that lead to the fact."""
    binding: dict[str, str] = {}
    for part, told in zip(rule.head, fact, strict=True):
        if binding.setdefault(part, told) != told or (not part.startswith("?") and part != told):
            return
    yield from _match(graph, rule.body, binding)


def _match(graph: ox.Store, body: tuple[Fact, ...], binding: dict[str, str]) -> Iterator[tuple[Fact, ...]]:
    if not body:
        yield ()
        return
    pattern = [binding.get(part, part) for part in body[0]]
    terms = [None if part.startswith("?") else _term(part) for part in pattern]
    if isinstance(terms[0], ox.Literal):
        return
    for quad in graph.quads_for_pattern(*terms, ox.DefaultGraph()):
        told = (str(quad.subject), str(quad.predicate), str(quad.object))
        bound = dict(binding)
        if all(
            not part.startswith("?") or bound.setdefault(part, t) == t for part, t in zip(body[0], told, strict=True)
        ):
            for rest in _match(graph, body[1:], bound):
                yield (told, *rest)


def _term(text: str) -> ox.NamedNode | ox.Literal:
    return _triple(("<x:s>", "<x:p>", text)).object


def _triple(fact: Fact) -> ox.Triple:
    (quad,) = ox.parse(" ".join(fact) + " .", format=ox.RdfFormat.N_TRIPLES)
    return quad.triple
