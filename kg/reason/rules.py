"""Rules made from an ontology's axioms: the part of OWL 2 RL that our ontology speaks.

OWL 2 Web Ontology Language Profiles, section 4.3: prp-dom, prp-rng, prp-symp, prp-trp, prp-spo1, prp-spo2, prp-eqp,
prp-inv, cax-sco, cax-eqc. Axioms that only tell what cannot be (disjointness, functional properties) are checked by
`kg.reason.consistency`. Class expressions (unions, restrictions) are passed over; `tests/differential` runs owlrl,
which knows them, beside the rules and so notices when the ontology comes to need more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Protocol

import pyoxigraph as ox

from kg.reason.facts import TYPE, Fact, Facts, iri, parse_lines
from kg.store.graphs import SKOLEM
from kg.vocab import OWL, PREFIXES, RDF, RDFS

Atom = tuple[str, str, str]  # terms, or variables such as "?x"


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """If the body, then the head: one axiom of the ontology."""

    name: str
    body: tuple[Atom, ...]
    head: Atom


def short(term: str) -> str:
    """A term for people: prefixed where a prefix is known.

    >>> short("<https://w3id.org/plankg/ontology#leadAgency>")
    'plan:leadAgency'
    """
    for prefix, namespace in PREFIXES.items():
        if term.startswith("<" + namespace):
            return f"{prefix}:{term[len(namespace) + 1 : -1]}"
    return term


def derive_rules(ontology: Iterable[ox.Triple | ox.Quad]) -> list[Rule]:
    """The rules that an ontology's axioms state, sorted by name.

    >>> plan = "https://w3id.org/plankg/ontology#"
    >>> axiom = ox.Triple(ox.NamedNode(plan + "Task"), ox.NamedNode(RDFS + "subClassOf"), ox.NamedNode(plan + "Measure"))
    >>> [rule.name for rule in derive_rules([axiom])]
    ['rdfs:subClassOf plan:Task → plan:Measure']
    """
    triples = (t.triple if isinstance(t, ox.Quad) else t for t in ontology)
    return rules_of(Facts(parse_lines(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES).decode())))


def rules_of(axioms: Facts) -> list[Rule]:
    """The rules of an ontology that is at hand as facts."""
    found: set[Rule] = set()

    def add(kind: str, what: str, body: tuple[Atom, ...], head: Atom) -> None:
        if body != (head,) and all(map(_is_named, (part for atom in (*body, head) for part in atom))):
            found.add(Rule(f"{kind} {what}", body, head))

    def pairs(predicate: str) -> Iterable[tuple[str, str]]:
        return axioms.pairs.get(iri(predicate), ())

    for sub, sup in pairs(RDFS + "subClassOf"):
        add("rdfs:subClassOf", f"{short(sub)} → {short(sup)}", (("?x", TYPE, sub),), ("?x", TYPE, sup))
    for one, other in pairs(OWL + "equivalentClass"):
        for a, b in ((one, other), (other, one)):
            add("owl:equivalentClass", f"{short(a)} → {short(b)}", (("?x", TYPE, a),), ("?x", TYPE, b))
    for sub, sup in pairs(RDFS + "subPropertyOf"):
        add("rdfs:subPropertyOf", f"{short(sub)} → {short(sup)}", (("?x", sub, "?y"),), ("?x", sup, "?y"))
    for one, other in pairs(OWL + "equivalentProperty"):
        for a, b in ((one, other), (other, one)):
            add("owl:equivalentProperty", f"{short(a)} → {short(b)}", (("?x", a, "?y"),), ("?x", b, "?y"))
    for one, other in pairs(OWL + "inverseOf"):
        for a, b in ((one, other), (other, one)):
            add("owl:inverseOf", f"{short(a)} → {short(b)}", (("?x", a, "?y"),), ("?y", b, "?x"))
    for prop, domain in pairs(RDFS + "domain"):
        add("rdfs:domain", f"{short(prop)} → {short(domain)}", (("?x", prop, "?y"),), ("?x", TYPE, domain))
    for prop, range_ in pairs(RDFS + "range"):
        if not _is_datatype(range_, axioms):
            add("rdfs:range", f"{short(prop)} → {short(range_)}", (("?x", prop, "?y"),), ("?y", TYPE, range_))
    for prop, kind in pairs(RDF + "type"):
        if kind == iri(OWL + "SymmetricProperty"):
            add("owl:SymmetricProperty", short(prop), (("?x", prop, "?y"),), ("?y", prop, "?x"))
        elif kind == iri(OWL + "TransitiveProperty"):
            add("owl:TransitiveProperty", short(prop), (("?x", prop, "?y"), ("?y", prop, "?z")), ("?x", prop, "?z"))
    for prop, first in pairs(OWL + "propertyChainAxiom"):
        chain = read_list(axioms, first)
        if chain:
            ends = [f"?{number}" for number in range(len(chain) + 1)]
            body = tuple((ends[n], link, ends[n + 1]) for n, link in enumerate(chain))
            what = f"{' ∘ '.join(map(short, chain))} → {short(prop)}"
            add("owl:propertyChainAxiom", what, body, (ends[0], prop, ends[-1]))
    return sorted(found)


def read_list(facts: Facts, node: str) -> list[str]:
    """The members of an RDF list, as far as it is well formed."""
    members: list[str] = []
    seen = set()
    while node != iri(RDF + "nil") and node not in seen:
        seen.add(node)
        first, rest = facts.values(node, iri(RDF + "first")), facts.values(node, iri(RDF + "rest"))
        if len(first) != 1 or len(rest) != 1:
            return []
        members += first
        (node,) = rest
    return members


def _is_named(part: str) -> bool:
    """Whether a rule can speak of it: no class expression, which is a blank node or the name given to one."""
    return part.startswith("?") or (part.startswith("<") and not part.startswith("<" + SKOLEM))


def _is_datatype(range_: str, axioms: Facts) -> bool:
    return (
        range_.startswith(("<http://www.w3.org/2001/XMLSchema#", iri(RDF + "langString"), iri(RDFS + "Literal")))
        or (range_, iri(RDFS + "Datatype")) in axioms.pairs[TYPE]
    )


class Known(Protocol):
    """What a rule with several premises looks up."""

    def values(self, subject: str, predicate: str) -> set[str]:
        """What a subject has under a predicate."""
        ...

    def subjects(self, predicate: str, value: str) -> set[str]:
        """Who has a value under a predicate."""
        ...


def run(rules: Iterable[Rule], facts: Facts) -> dict[Fact, str]:
    """Add to `facts` all that follows; each new fact with the name of the rule that found it.

    Which rule gets the name of a fact that several find depends on their order alone, not on that of the facts.
    """
    new: dict[Fact, str] = {}
    for rule, heads in follow(rules, dict(facts.pairs), facts, facts):
        new.update(((subject, rule.head[1], value), rule.name) for subject, value in heads)
    return new


def follow(
    rules: Iterable[Rule],
    fresh: dict[str, set[tuple[str, str]]],
    known: Known,
    seen: Facts,
    admit: Callable[[Fact], bool] | None = None,
) -> Iterator[tuple[Rule, set[tuple[str, str]]]]:
    """What follows from fresh facts joined with known ones, by rule; it is put into `seen`, and is fresh in its turn.

    Semi-naive, a round at a time: what the last round found meets every rule. What `seen` has, or `admit` refuses, is
    passed over.
    """
    rules = list(rules)
    while fresh:
        members: dict[str, set[str]] = {}
        for member, kind in fresh.get(TYPE, ()):
            members.setdefault(kind, set()).add(member)
        found: dict[str, set[tuple[str, str]]] = {}
        for rule in rules:
            predicate = rule.head[1]
            heads = _fire(rule, fresh, members, known)
            if not heads:
                continue
            heads = heads.difference(seen.pairs.get(predicate, ()), found.get(predicate, ()))
            if admit:
                heads = {(subject, value) for subject, value in heads if admit((subject, predicate, value))}
            if heads:
                found.setdefault(predicate, set()).update(heads)
                yield rule, heads
        for predicate, pairs in found.items():
            seen.extend(predicate, pairs)
        fresh = found


def _fire(
    rule: Rule, fresh: dict[str, set[tuple[str, str]]], members: dict[str, set[str]], facts: Known
) -> set[tuple[str, str]]:
    """The heads of a rule, as pairs, whose body holds at least one fresh fact."""
    if len(rule.body) > 1:
        joined: set[tuple[str, str]] = set()
        for place, (_, predicate, _) in enumerate(rule.body):
            for subject, value in fresh.get(predicate, ()):
                joined.update(_join(rule, place, subject, value, facts))
        return joined
    ((x, predicate, y),) = rule.body
    subject, _, value = rule.head
    if not y.startswith("?"):
        return {(member, value) for member in members.get(y, ())}
    pairs = fresh.get(predicate, set())
    if (subject, value) == (x, y):
        return pairs
    if (subject, value) == (y, x):
        return {(o, s) for s, o in pairs if o.startswith("<")}
    if subject == x:
        return {(s, value) for s in {s for s, _ in pairs}}
    return {(o, value) for o in {o for _, o in pairs} if o.startswith("<")}


def _join(rule: Rule, place: int, subject: str, value: str, facts: Known) -> Iterator[tuple[str, str]]:
    """The ends of the chains whose link at `place` is the given one."""
    starts, ends = {subject}, {value}
    for _, predicate, _ in reversed(rule.body[:place]):
        starts = {s for v in starts for s in facts.subjects(predicate, v)}
    for _, predicate, _ in rule.body[place + 1 :]:
        ends = {v for s in ends for v in facts.values(s, predicate)}
    return product(starts, ends)
