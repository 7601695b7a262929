"""Checks that SHACL cannot make, or not at a bearable cost: those that cut texts, count, or look at every term.

Each is named by `plan:builtInCheck` of a rule in `shapes/`, which carries its words and says what it looks at.
A check takes the data and the rule's focus nodes and gives `(focus node, path, value)` for what is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from rdflib import RDF, BNode, Literal, Namespace, URIRef

from kg.errors import QueryError
from kg.validate.data import Data, is_ours
from kg.validate.engine import Result
from kg.validate.rules import Rule
from kg.vocab import PLAN as PLAN_IRI

PLAN = Namespace(PLAN_IRI)
OA = Namespace("http://www.w3.org/ns/oa#")
PROV = Namespace("http://www.w3.org/ns/prov#")

Fault = tuple[Any, Any, Any]  # focus node, path or None, value or None
Check = Callable[[Data, set[Any]], Iterator[Fault]]


def verify_passages(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Passages whose `oa:exact` is not what start and end cut out of the source text (in code points).

    A source whose text the graph does not carry cannot be verified: that is a fault, too, never a pass.
    """
    graph = data.graph
    for passage in focus:
        start, end = graph.value(passage, OA.start), graph.value(passage, OA.end)
        exact, source = graph.value(passage, OA.exact), graph.value(passage, PROV.wasQuotedFrom)
        text = data.source_texts.get(str(source))
        if text is None:
            yield passage, PROV.wasQuotedFrom, source
        elif exact is not None and (_cut(text, start, end) != str(exact)):
            yield passage, OA.exact, exact


def _cut(text: str, start: Any, end: Any) -> str | None:
    first, last = getattr(start, "value", None), getattr(end, "value", None)
    if not isinstance(first, int) or not isinstance(last, int) or not 0 <= first < last <= len(text):
        return None
    return text[first:last]


def verify_quotes(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Targets and achievements whose quote lies in none of their passages."""
    return _verify_text(data, focus, PLAN.quote)


def verify_agency_texts(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Responsibilities whose agency, as written, lies in none of their passages."""
    return _verify_text(data, focus, PLAN.agencyText)


def _verify_text(data: Data, focus: set[Any], predicate: URIRef) -> Iterator[Fault]:
    graph = data.graph
    for node in focus:
        restored = [
            fold(text)
            for finding in graph.subjects(PLAN.about, node)
            for text in graph.objects(finding, PLAN.repairedText)
        ]
        passages = [
            fold(exact) for passage in graph.objects(node, PLAN.evidence) for exact in graph.objects(passage, OA.exact)
        ]
        for value in graph.objects(node, predicate):
            # What a finding says was restored need not stand in the text.
            if not any(fold(value) in text for text in (*passages, *restored)):
                yield node, predicate, value


def fold(text: str) -> str:
    """A text as it is compared: NFKC, white space removed.

    >>> fold("区 人社局(公章)")
    '区人社局(公章)'
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text)))


def check_ordinals(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Provisions whose ordinal breaks the row 1, 2, 3 … of their class in their plan."""
    graph = data.graph
    rows: dict[tuple[Any, Any], list[tuple[int, str, Any, Any]]] = defaultdict(list)
    classes = (PLAN.Task, PLAN.SafeguardMeasure, PLAN.Action, PLAN.Section)
    for node in focus:
        kinds = set(graph.objects(node, RDF.type))
        kind = next((kind for kind in classes if kind in kinds), None)
        plan = graph.value(node, PLAN.inPlan)
        for ordinal in graph.objects(node, PLAN.ordinal):
            number = ordinal.value if isinstance(ordinal, Literal) and isinstance(ordinal.value, int) else -1
            rows[plan, kind].append((number, str(node), node, ordinal))
    for row in rows.values():
        expected = 1
        for number, _, node, ordinal in sorted(row, key=lambda entry: entry[:2]):
            if number != expected:
                yield node, PLAN.ordinal, ordinal
            expected = number + 1  # one gap is one fault, not one for each that follows


def check_terms(data: Data, _focus: set[Any]) -> Iterator[Fault]:
    """Classes and properties of our namespace that the ontology does not declare: the term, with one subject that uses it."""
    graph, unknown = data.graph, {}
    terms = {str(p) for p in set(graph.predicates())} | {str(o) for o in set(graph.objects(None, RDF.type))}
    for term in terms:
        if term.startswith(PLAN_IRI) and term not in data.known_terms:
            node = URIRef(term)
            users = set(graph.subjects(node)) | set(graph.subjects(RDF.type, node))
            unknown[node] = min(users, key=str)
    for term, user in unknown.items():
        yield user, None, term


def check_blank_nodes(data: Data, _focus: set[Any]) -> Iterator[Fault]:
    """Blank nodes that are subject or object of one of our properties, or instances of one of our classes."""
    graph = data.graph
    found = set()
    for s, p, o in graph:
        if isinstance(s, BNode) and (p.startswith(PLAN_IRI) or (p == RDF.type and str(o).startswith(PLAN_IRI))):
            found.add((s, None, None))
        elif isinstance(o, BNode) and p.startswith(PLAN_IRI) and not is_ours(str(s)):
            found.add((s, p, None))
    yield from found


def check_action_leads(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Tasks that name some lead of their action, but not this one (the SPARQL of the rule says the same)."""
    graph = data.graph
    for task in focus:
        leads, own = (
            set(graph.objects(task, PLAN.inheritedLeadAgency)),
            set(graph.objects(task, PLAN.responsibleAgency)),
        )
        if leads & own:
            for absent in leads - own:
                yield task, None, absent


def check_achievements(data: Data, focus: set[Any]) -> Iterator[Fault]:
    """Targets below what their plan reports as achieved for the same indicator (the SPARQL of the rule says the same)."""
    graph = data.graph
    achieved = defaultdict(set)
    for past in graph.subjects(RDF.type, PLAN.Achievement):
        for plan in graph.objects(past, PLAN.inPlan):
            for indicator in graph.objects(past, PLAN.indicator):
                achieved[plan, indicator].update(graph.objects(past, PLAN.valueInUnit))
    for target in focus:
        if set(graph.objects(target, PLAN.comparator)) & {PLAN.AtMost, PLAN.LessThan}:
            continue
        due = list(graph.objects(target, PLAN.valueInUnit))
        keys = [(p, i) for p in graph.objects(target, PLAN.inPlan) for i in graph.objects(target, PLAN.indicator)]
        for value in {value for key in keys for value in achieved[key]}:
            if any(_is_less(wanted, value) for wanted in due):
                yield target, None, value


def _is_less(one: Any, other: Any) -> bool:
    a, b = getattr(one, "value", None), getattr(other, "value", None)
    return isinstance(a, (int, Decimal)) and isinstance(b, (int, Decimal)) and a < b


CHECKS: dict[str, Check] = {
    "evidence-verifies": verify_passages,
    "quote-in-passage": verify_quotes,
    "agency-text-in-passage": verify_agency_texts,
    "ordinal-order": check_ordinals,
    "known-terms": check_terms,
    "no-blank-nodes": check_blank_nodes,
    "action-lead-partly-missing": check_action_leads,
    "target-below-achievement": check_achievements,
}


def run_check(rule: Rule, data: Data, focus: set[Any]) -> list[Result]:
    """The results of the built-in check that stands for a rule. Raises `QueryError` for a check that there is not."""
    if rule.built_in not in CHECKS:
        raise QueryError(
            f"there is no built-in check '{rule.built_in}'",
            where=rule.iri,
            remedy=f"one of {', '.join(sorted(CHECKS))}",
        )
    component = PLAN_IRI + "builtInCheck"
    return [
        Result(node, path, value, URIRef(rule.iri), component, found_by="check")
        for node, path, value in CHECKS[rule.built_in](data, focus)
    ]
