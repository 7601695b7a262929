"""The shapes graph: every rule with its words, from `shapes/*.ttl` and from files that the user adds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import rdflib
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Literal, URIRef

from kg import resources
from kg.errors import InputError, QueryError
from kg.validate.data import SKIPPED, Converter, Data, parse
from kg.validate.paths import walker
from kg.vocab import PLAN

SHOWS = URIRef(PLAN + "shows")
WHY, REMEDY = URIRef(PLAN + "why"), URIRef(PLAN + "remedy")
BUILT_IN, QUOTES_FROM = URIRef(PLAN + "builtInCheck"), URIRef(PLAN + "quotesFrom")
THRESHOLD, SETS, LOOKS_AT = URIRef(PLAN + "threshold"), URIRef(PLAN + "sets"), URIRef(PLAN + "looksAt")
SEVERITIES = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
_TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)

Words = dict[str, str]  # language tag → text


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule for plans: a shape with a target of its own, and the words for planners."""

    iri: str
    severity: str  # violation, warning, info
    label: Words
    message: Words  # what is wrong, of nothing in particular (`sh:description`): for headings
    why: Words
    remedy: Words
    order: float
    version: str
    file: str  # name of the file that holds it
    built_in: str = ""  # name of the check in Python that stands in for constraints
    quotes_from: str = ""  # property whose values' passages the report quotes instead of the focus node's own
    shows: str = ""  # property of the focus node whose value the report shows where the result has none
    sentence: Words = field(
        default_factory=dict
    )  # the same of one thing (`sh:message`): {$this} and {?value} stand for names
    thresholds: dict[str, int | Decimal] = field(default_factory=dict)  # what can be set, with its value
    threshold_words: dict[str, Words] = field(default_factory=dict)  # what each means

    @property
    def name(self) -> str:
        """The last part of the IRI: task-lead."""
        return self.iri.replace("#", "/").rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class Shapes:
    """A shapes graph and its rules, in the order of `sh:order`."""

    graph: rdflib.Graph
    rules: tuple[Rule, ...]
    rule_of: dict[Any, str]  # shape, also a nested one → IRI of the rule that it belongs to
    off: tuple[Rule, ...] = ()  # rules that settings switch off: still in the graph, not in `rules`

    def for_engine(self) -> rdflib.Graph:
        """The shapes graph without rules that are off, and without the SPARQL that a built-in check stands in for."""
        graph = rdflib.Graph()
        built_in, off = set(self.graph.subjects(BUILT_IN)), {rule.iri for rule in self.off}
        for s, p, o in self.graph:
            # What has a name may serve other rules, too (the prefixes of SPARQL).
            is_off = self.rule_of.get(s) in off and (isinstance(s, BNode) or str(s) in off)
            if not is_off and not (p == SH.sparql and s in built_in):
                graph.add((s, p, o))
        return graph

    def without(self, rules: set[str]) -> rdflib.Graph:
        """The shapes graph without some rules."""
        graph = rdflib.Graph()
        for s, p, o in self.graph:
            if self.rule_of.get(s) not in rules:
                graph.add((s, p, o))
        return graph

    def reads(self) -> frozenset[str]:
        """Of the properties that are left out of the data for their length those that a shape speaks of."""
        spoken = {str(term) for _, _, term in self.graph}
        return frozenset(iri for iri in SKIPPED if iri in spoken)

    def rule(self, iri: str) -> Rule:
        return next(rule for rule in self.rules if rule.iri == iri)


def load_shapes(extra: Iterable[str | Path] = (), own: bool = True) -> Shapes:
    """Our rules and those of the files `extra`.

    Raises `QueryError` for a file that is no Turtle, or holds no shape with a target, or a shape that SHACL's own shapes reject;
    `InputError` for a file that is not there.

    >>> load_shapes().rule("https://w3id.org/plankg/shapes#task-lead").label["zh"]
    '任务有牵头单位'
    """
    graph, files = rdflib.Graph(), {}
    paths = sorted(resources.folder("shapes").glob("*.ttl")) if own else []
    for index, path in enumerate(paths):
        _add(path, graph, files, f"shapes{index}-")
    for index, path in enumerate(Path(name) for name in extra):
        if not path.is_file():
            raise InputError("there is no such file of shapes", where=str(path), remedy="check the path")
        part, names = rdflib.Graph(), {}
        try:
            _add(path, part, names, f"extra{index}-")
        except InputError as error:
            raise QueryError(error.what, where=error.where, remedy="mend the Turtle of the shapes") from None
        _check(part, path)
        for triple in part:
            graph.add(triple)
        files.update(names)
    rule_of = _owners(graph)
    tops = sorted(set(rule_of.values()), key=str)
    rules = sorted((_rule(graph, iri, files) for iri in tops), key=lambda rule: (rule.order, rule.iri))
    return Shapes(graph, tuple(rules), rule_of)


def _add(path: Path, graph: rdflib.Graph, files: dict[str, str], base: str) -> None:
    convert = Converter(base)  # two files may use the same label for a blank node
    for quad in parse(path):
        subject = convert.node(quad.subject)
        files.setdefault(str(subject), path.name)
        graph.add((subject, convert.node(quad.predicate), convert.node(quad.object)))


def _check(graph: rdflib.Graph, path: Path) -> None:
    """Raises `QueryError` where SHACL's own shapes (SHACL-SHACL), or the SPARQL parser, reject the shapes."""
    if not any((None, target, None) in graph for target in _TARGETS):
        raise QueryError("no shape with a target in it", where=str(path), remedy="give a shape sh:targetClass")
    from kg.validate.engine import reject_broken

    reject_broken(graph, str(path))


def _owners(graph: rdflib.Graph) -> dict[Any, str]:
    """Which rule each shape belongs to: itself where it has a target, else the shape that refers to it."""
    tops = {shape for target in _TARGETS for shape in graph.subjects(target)}
    owners = {top: str(top) for top in tops}
    for top in sorted(tops, key=str):
        seen, waiting = {top}, [top]
        while waiting:
            for _, node in graph.predicate_objects(waiting.pop()):
                if isinstance(node, (BNode, URIRef)) and node not in seen and node not in tops:
                    seen.add(node)
                    waiting.append(node)
                    if isinstance(node, BNode) or (node, None, None) in graph:
                        owners.setdefault(node, str(top))
    return owners


def _rule(graph: rdflib.Graph, iri: str, files: dict[str, str]) -> Rule:
    node = URIRef(iri) if (URIRef(iri), None, None) in graph else BNode(iri)
    severity = SEVERITIES.get(graph.value(node, SH.severity), "violation")  # type: ignore[arg-type]
    order = graph.value(node, SH.order)
    label = _words(graph, node, RDFS.label) or _words(graph, node, SH.name) or {"": iri.rsplit("#", 1)[-1]}
    return Rule(
        iri=iri,
        severity=severity,
        label=label,
        message=_words(graph, node, SH.description) or _words(graph, node, SH.message),
        sentence=_words(graph, node, SH.message) or _words(graph, node, SH.description),
        why=_words(graph, node, WHY),
        remedy=_words(graph, node, REMEDY),
        order=float(order.value) if isinstance(order, Literal) and order.value is not None else 1000.0,
        version=str(graph.value(node, OWL.versionInfo) or ""),
        file=files.get(iri, ""),
        built_in=str(graph.value(node, BUILT_IN) or ""),
        quotes_from=str(graph.value(node, QUOTES_FROM) or ""),
        shows=str(graph.value(node, SHOWS) or ""),
        **_thresholds(graph, node),
    )


def _thresholds(graph: rdflib.Graph, node: Any) -> dict[str, Any]:
    values, words = {}, {}
    for each in graph.objects(node, THRESHOLD):
        name = str(graph.value(each, SKOS.notation))
        values[name] = as_number(graph.value(each, RDF.value))
        words[name] = _words(graph, each, RDFS.label)
    return {"thresholds": dict(sorted(values.items())), "threshold_words": dict(sorted(words.items()))}


def as_number(value: Any) -> int | Decimal:
    """A number as thresholds hold it: whole ones as int.

    >>> as_number(3.0), as_number("0.5")
    (3, Decimal('0.5'))
    """
    number = Decimal(str(value))
    return int(number) if number == number.to_integral_value() else number


def _words(graph: rdflib.Graph, node: Any, predicate: URIRef) -> Words:
    values = sorted((value for value in graph.objects(node, predicate) if isinstance(value, Literal)), key=str)
    return {(value.language or ""): str(value) for value in values}


def focus_nodes(rule: str, shapes: Shapes, data: Data) -> set[Any]:
    """The focus nodes of a rule in a data graph (SHACL section 2.1.3): what it has to check.

    Of a rule with `plan:looksAt` only those from which that path leads to something (with `sh:pattern` beside
    `sh:path`: to a text that has the pattern).
    """
    node = URIRef(rule) if (URIRef(rule), None, None) in shapes.graph else BNode(rule)
    nodes: set[Any] = set(shapes.graph.objects(node, SH.targetNode))
    classes = set(shapes.graph.objects(node, SH.targetClass))
    if {RDFS.Class, OWL.Class} & set(shapes.graph.objects(node, RDF.type)):
        classes.add(node)
    for target in classes:
        for kind in data.subclasses(target):
            nodes.update(data.instances(kind))
    for predicate in shapes.graph.objects(node, SH.targetSubjectsOf):
        nodes.update(node for node, _ in data.pairs(predicate))
    for predicate in shapes.graph.objects(node, SH.targetObjectsOf):
        nodes.update(value for _, value in data.pairs(predicate))
    for condition in shapes.graph.objects(node, LOOKS_AT):
        path, pattern = shapes.graph.value(condition, SH.path), shapes.graph.value(condition, SH.pattern)
        walk = walker(shapes.graph, path or condition)
        at = {focus: walk(data, {focus}) for focus in nodes}
        nodes = {
            focus
            for focus, values in at.items()
            if (any(re.search(str(pattern), str(value)) for value in values) if pattern else values)
        }
    return nodes
