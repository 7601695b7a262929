"""What cannot be true together, by the ontology's axioms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import pyoxigraph as ox

from kg.reason.facts import TYPE, Facts, iri, parse_lines, read_graph
from kg.reason.rules import read_list, short
from kg.vocab import ONTOLOGY_GRAPH, OWL


@dataclass(frozen=True, slots=True, order=True)
class Inconsistency:
    """One contradiction: which axiom, about what, and the classes or values that cannot stand side by side."""

    axiom: str  # "owl:disjointWith", "owl:FunctionalProperty plan:role", …
    subject: str  # IRI
    between: tuple[str, ...]  # terms, shortened

    def __str__(self) -> str:
        """The contradiction in one line.

        >>> str(Inconsistency("owl:disjointWith", "https://w3id.org/plankg/id/plan/x/1", ("plan:Action", "plan:Task")))
        'https://w3id.org/plankg/id/plan/x/1: plan:Action and plan:Task contradict each other (owl:disjointWith)'
        """
        return f"{self.subject}: {' and '.join(self.between)} contradict each other ({self.axiom})"


def inconsistencies(graph: ox.Store) -> list[Inconsistency]:
    """All contradictions in the default graph, sorted; none in a graph that can be true.

    Covers disjoint classes (also owl:AllDisjointClasses), functional, inverse functional, irreflexive and asymmetric
    properties. Two IRIs count as two things: nothing in our graph says that two names mean one. Run `infer` first, or
    classes that follow are not seen.
    """
    axioms = Facts(read_graph(graph, ONTOLOGY_GRAPH))
    text = graph.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()).decode()
    kinds = {
        kind: axioms.subjects(TYPE, iri(OWL + kind))
        for kind in (
            "FunctionalProperty",
            "InverseFunctionalProperty",
            "IrreflexiveProperty",
            "AsymmetricProperty",
        )
    }
    wanted = {TYPE}.union(*kinds.values())
    facts = Facts(fact for fact in parse_lines(text) if fact[1] in wanted)
    return sorted({*_disjoint(axioms, facts), *_properties(kinds, facts)})


def disjoint_pairs(axioms: Facts) -> set[frozenset[str]]:
    """The pairs of classes that may have no member in common."""
    pairs = {frozenset(pair) for pair in axioms.pairs.get(iri(OWL + "disjointWith"), ())}
    for node in axioms.subjects(TYPE, iri(OWL + "AllDisjointClasses")):
        for first in axioms.values(node, iri(OWL + "members")):
            pairs.update(frozenset(pair) for pair in combinations(read_list(axioms, first), 2))
    return pairs


def _disjoint(axioms: Facts, facts: Facts) -> Iterator[Inconsistency]:
    pairs = disjoint_pairs(axioms)
    classes: dict[str, list[str]] = defaultdict(list)
    relevant = set().union(*pairs) if pairs else set()
    for member, kind in facts.pairs[TYPE]:
        if kind in relevant:
            classes[member].append(kind)
    for member, kinds in classes.items():
        for pair in combinations(sorted(kinds), 2):
            if frozenset(pair) in pairs:
                yield Inconsistency("owl:disjointWith", member[1:-1], (short(pair[0]), short(pair[1])))


def _properties(kinds: dict[str, set[str]], facts: Facts) -> Iterator[Inconsistency]:
    for prop in kinds["FunctionalProperty"]:
        for subject in {s for s, _ in facts.pairs[prop]}:
            if len(values := facts.values(subject, prop)) > 1:
                yield Inconsistency(
                    f"owl:FunctionalProperty {short(prop)}", subject[1:-1], tuple(map(short, sorted(values)))
                )
    for prop in kinds["InverseFunctionalProperty"]:
        for value in {o for _, o in facts.pairs[prop]}:
            if len(owners := facts.subjects(prop, value)) > 1:
                yield Inconsistency(
                    f"owl:InverseFunctionalProperty {short(prop)}", value[1:-1], tuple(map(short, sorted(owners)))
                )
    for prop in kinds["IrreflexiveProperty"]:
        for subject, value in facts.pairs[prop]:
            if subject == value:
                yield Inconsistency(f"owl:IrreflexiveProperty {short(prop)}", subject[1:-1], (short(value),))
    for prop in kinds["AsymmetricProperty"]:
        for subject, value in facts.pairs[prop]:
            if (value, subject) in facts.pairs[prop]:
                yield Inconsistency(f"owl:AsymmetricProperty {short(prop)}", subject[1:-1], (short(value),))
