"""Bring the inferred graph up to date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

import pyoxigraph as ox

from kg.errors import UsageError
from kg.reason import named
from kg.reason.facts import Facts, read_asserted, read_graph, write_lines
from kg.reason.rules import Rule, rules_of, run
from kg.store.graphs import replace_lines
from kg.vocab import INFERRED_GRAPH, ONTOLOGY_GRAPH, PLAN, RDF_TYPE


def infer(working: ox.Store, engine: Literal["rules", "owlrl"] = "rules") -> dict[str, int]:
    """Make the inferred graph, and the default graph, hold what follows from the other graphs; nothing asserted is in it.

    Returns how many triples each rule added, by name. What followed before and follows no longer goes.
    `engine="owlrl"` asks owlrl for what the axioms entail (many times slower); the named rules are the same.
    """
    if engine not in ("rules", "owlrl"):
        raise UsageError(f"there is no engine {engine!r}", remedy="use rules or owlrl")
    rules = rules_of(Facts(read_graph(working, ONTOLOGY_GRAPH)))
    if engine == "rules":
        facts = read_facts(working, rules)
        new = run(rules, facts)
    else:
        from kg.reason.oracle import entail

        asserted = list(read_asserted(working))
        facts = Facts(asserted)
        new = {fact: "owlrl" for fact in entail(asserted, rules) if facts.add(fact)}
    for rule, fact, _ in named.apply(facts, named.tasks(facts)):
        if facts.add(fact):
            new[fact] = rule
    replace_lines(working, INFERRED_GRAPH, write_lines(new), is_checked=True)
    return dict(sorted(Counter(new.values()).items()))


def read_facts(working: ox.Store, rules: Iterable[Rule]) -> Facts:
    """What is asserted, as far as it is of use to the rules or might be what they conclude."""
    wanted = {atom[1] for rule in rules for atom in (*rule.body, rule.head)} | {*named.READS, *named.CONCLUDES}
    return Facts(read_asserted(working, wanted))


def plan_vocabulary(triples: Iterable[ox.Triple | ox.Quad]) -> set[ox.Triple]:
    """Those that speak our own vocabulary: a predicate or a class of the ontology."""
    found = set()
    for triple in triples:
        is_typing = triple.predicate.value == RDF_TYPE and isinstance(triple.object, ox.NamedNode)
        told = triple.object if is_typing else triple.predicate
        if told.value.startswith(PLAN):
            found.add(ox.Triple(triple.subject, triple.predicate, triple.object))
    return found
