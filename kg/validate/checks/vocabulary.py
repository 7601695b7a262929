"""Terms of the ontology, and nodes without a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rdflib import RDF, BNode

from kg.validate.checks.registry import Fault, check
from kg.validate.data import Data, is_ours
from kg.vocab import PLAN


@check("known-terms")
def check_terms(data: Data, _focus: set[Any]) -> Iterator[Fault]:
    """Classes and properties of our namespace that the ontology does not declare: the term, with one subject that uses it."""
    used, classes = data.properties_used(), data.classes_used()
    for term in {*used, *classes}:
        if str(term).startswith(PLAN) and str(term) not in data.known_terms:
            users = {node for node, _ in data.pairs(term)} if term in used else set()
            users |= data.instances(term) if term in classes else set()
            yield min(users, key=str), None, term


@check("no-blank-nodes")
def check_blank_nodes(data: Data, _focus: set[Any]) -> Iterator[Fault]:
    """Blank nodes that are subject or object of one of our properties, or instances of one of our classes."""
    found = set()
    for s, p, o in data.with_blank_nodes():
        if isinstance(s, BNode) and (p.startswith(PLAN) or (p == RDF.type and str(o).startswith(PLAN))):
            found.add((s, None, None))
        elif isinstance(o, BNode) and p.startswith(PLAN) and not is_ours(str(s)):
            found.add((s, p, None))
    yield from found
