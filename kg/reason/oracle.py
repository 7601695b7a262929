"""owlrl as a second engine: slow, and written by others, so it tells whether our rules are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.reason.facts import TYPE, Fact, parse_lines, write_lines
from kg.reason.rules import Rule
from kg.store.graphs import SKOLEM
from kg.vocab import OWL, PLAN, RDF, RDFS

_AXIOMS = tuple("<" + namespace for namespace in (RDF, RDFS, OWL))


def entail(asserted: Iterable[Fact], rules: Iterable[Rule]) -> Iterator[Fact]:
    """What OWL 2 RL entails in our vocabulary, or in another's as far as an axiom of ours leads there.

    The rest (that everything is an owl:Thing and the same as itself) tells nobody anything. Statements under a predicate
    of which the asserted graph itself says nothing (labels, definitions) can entail nothing, and owlrl would be twice as
    slow with them: they are left out.
    """
    import owlrl
    import rdflib

    asserted = set(asserted)
    told_of = {subject for subject, _, _ in asserted} | {value for _, _, value in asserted}
    graph = rdflib.Graph()
    graph.parse(data=write_lines(f for f in asserted if f[1] in told_of or f[1].startswith(_AXIOMS)), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    heads = [rule.head for rule in rules]
    predicates = {p for _, p, _ in heads if p != TYPE}
    classes = {o for _, p, o in heads if p == TYPE}
    kept = rdflib.Graph()
    for subject, predicate, value in graph:
        if isinstance(subject, rdflib.URIRef) and isinstance(predicate, rdflib.URIRef):
            told = value if f"<{predicate}>" == TYPE else predicate
            known = classes if f"<{predicate}>" == TYPE else predicates
            is_expression = str(value).startswith(SKOLEM) and f"<{predicate}>" == TYPE
            if not is_expression and (str(told).startswith(PLAN) or f"<{told}>" in known):
                kept.add((subject, predicate, value))
    text = kept.serialize(format="nt", encoding="utf-8")
    # Through Oxigraph, so that literals are written its way.
    through = ox.Store()
    through.load(text, format=ox.RdfFormat.N_TRIPLES)
    return parse_lines(through.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()).decode())
