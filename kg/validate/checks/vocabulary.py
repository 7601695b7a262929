"""Terms of the ontology, and nodes without a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from rdflib import RDF, RDFS, BNode, Literal, URIRef

from kg import resources
from kg.validate.checks.registry import Fault, check
from kg.validate.data import Data, is_ours, parse
from kg.vocab import PLAN

_DOMAINS = {str(RDFS.domain), "https://schema.org/domainIncludes"}
_RANGES = {str(RDFS.range), "https://schema.org/rangeIncludes"}


@check("known-terms", across=True)
def check_terms(data: Data, _focus: set[Any]) -> Iterator[Fault]:
    """Classes and properties of our namespace that the ontology does not declare: the term, with one subject that uses it."""
    used, classes = data.properties_used(), data.classes_used()
    for term in {*used, *classes}:
        if str(term).startswith(PLAN) and str(term) not in data.known_terms:
            users = {node for node, _ in data.pairs(term)} if term in used else set()
            users |= data.instances(term) if term in classes else set()
            yield min(users, key=str), None, term


@check("no-blank-nodes", across=True)
def check_blank_nodes(data: Data, _focus: set[Any]) -> Iterator[Fault]:
    """Blank nodes that are subject or object of one of our properties, or instances of one of our classes."""
    found = set()
    for s, p, o in data.with_blank_nodes():
        if isinstance(s, BNode) and (p.startswith(PLAN) or (p == RDF.type and str(o).startswith(PLAN))):
            found.add((s, None, None))
        elif isinstance(o, BNode) and p.startswith(PLAN) and not is_ours(str(s)):
            found.add((s, p, None))
    yield from found


@check("domains-and-ranges")
def check_domains(data: Data, _focus: set[Any]) -> Iterator[Fault]:
    """Uses of our properties on, or with, a thing of none of the classes that the ontology gives: property and subject.

    `rdfs:domain` and `schema:domainIncludes` count alike: the one entails, the other does not, both say where a property
    belongs. Of ranges only classes are looked at; datatypes have rules of their own.
    """
    domains, ranges = _classes_of_properties()
    members: dict[frozenset[str], set[Any]] = {}

    def instances(names: frozenset[str]) -> set[Any]:
        if names not in members:
            kinds = {kind for name in names for kind in data.subclasses(URIRef(name))}
            members[names] = set().union(*(data.instances(kind) for kind in kinds))
        return members[names]

    for predicate in data.properties_used():
        on, to = domains.get(str(predicate)), ranges.get(str(predicate))
        if not on and not to:
            continue
        nodes, values = set(), set()
        for node, value in data.pairs(predicate):
            nodes.add(node)
            values.add(value)
        wrong = nodes - instances(on) if on else set()
        for value in values - instances(to) if to else ():
            if not isinstance(value, Literal):
                wrong.update(data.subjects(predicate, value))
        for node in wrong:
            if not is_ours(str(node)):
                yield node, None, predicate


@lru_cache(maxsize=1)
def _classes_of_properties() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """The classes that our ontology gives as domains and as ranges of its properties; no datatypes."""
    domains, ranges = defaultdict(set), defaultdict(set)
    for triple in parse(resources.path("ontology/plan.ttl")):
        if triple.subject.value.startswith(PLAN):
            if triple.predicate.value in _DOMAINS:
                domains[triple.subject.value].add(triple.object.value)
            elif triple.predicate.value in _RANGES and "XMLSchema#" not in triple.object.value:
                ranges[triple.subject.value].add(triple.object.value)
    return (
        {name: frozenset(classes) for name, classes in domains.items()},
        {name: frozenset(classes) for name, classes in ranges.items()},
    )
