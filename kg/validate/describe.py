"""From bare results to findings with names: plan, provision, sentence, agency."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from rdflib import DCTERMS, RDF, RDFS, SH, SKOS, Literal, Namespace, URIRef

from kg.validate.data import Data, is_ours
from kg.validate.engine import Result
from kg.validate.paths import to_sparql
from kg.validate.report import Place, ReportFinding
from kg.validate.rules import Rule, Shapes
from kg.vocab import PLAN as PLAN_IRI

PLAN = Namespace(PLAN_IRI)
OA = Namespace("http://www.w3.org/ns/oa#")
_PROVISIONS = {PLAN.Section, PLAN.Action, PLAN.Task, PLAN.SafeguardMeasure, PLAN.Provision, PLAN.Measure}
_LABELS = (SKOS.prefLabel, DCTERMS.title, PLAN.agencyText, PLAN.indicatorText, PLAN.citedTitle, RDFS.label, PLAN.quote)
_AGENCIES = (PLAN.effectiveLeadAgency, PLAN.leadAgency, PLAN.presumedLeadAgency, PLAN.agency, PLAN.responsibleAgency,
             PLAN.jointAgency, PLAN.supportingAgency)  # fmt: skip
QUOTE_LENGTH = 90  # characters of a sentence that the report shows


class Describer:
    """Names what results are about; keeps what it has looked up."""

    def __init__(self, data: Data, shapes: Shapes) -> None:
        self.data, self.shapes = data, shapes
        self._plans: dict[Any, tuple[Any, ...]] = {}

    def finding(self, result: Result, rule: Rule) -> ReportFinding:
        focus, value = _text(result.focus), "" if result.value is None else result.value.n3()
        path = "" if result.path is None else to_sparql(self.shapes.graph, result.path)
        place = self.provision(result.focus)
        return ReportFinding(
            id=finding_id(rule.iri, focus, path, value),
            rule=rule.iri,
            severity=rule.severity,  # type: ignore[arg-type]
            focus=focus,
            label=self.label(result.focus),
            plans=tuple(self.place(plan) for plan in self.plans(result.focus)),
            provision=None if place is None else self.place(place),
            quote=self.quote(result, rule, place),
            agencies=self.agencies(result.focus, place),
            path=path,
            value=value,
            value_label=self.value_label(result, rule),
            component=result.component,
            message="" if rule.message else self.message(result, path),
            sentence=self.sentence(result, rule, place),
        )

    def sentence(self, result: Result, rule: Rule, place: Any | None) -> dict[str, str]:
        """The rule's sentence with the names of what it is about: a provision with its number, else what it is called."""
        names = {"{$this}": self.name(result.focus, place), "{?value}": ""}
        if result.value is not None and result.value != result.focus:
            quoted = _one(self.data.objects(result.value, PLAN.quote)) if isinstance(result.value, URIRef) else ""
            names["{?value}"] = quoted or self.name(result.value, None)  # of a figure its clause: the number counts
        elif rule.shows:
            names["{?value}"] = self.value_label(result, rule)
        return {lang: fill(text, names) for lang, text in rule.sentence.items()}

    def name(self, node: Any, place: Any | None) -> str:
        """What a sentence calls a node: a provision by number and title, a bare part of one by where it stands."""
        number = _one(self.data.objects(node, PLAN.number)) if not isinstance(node, Literal) else ""
        called = self.label(node)
        if number and not called.startswith(number):
            return f"{number}{called}"
        has_name = isinstance(node, Literal) or any(self.data.has(node, predicate) for predicate in _LABELS)
        return called if has_name or place is None else self.name(place, None)

    def message(self, result: Result, path: str) -> str:
        """What a rule without words of its own says: the message of the shape within it, else what the constraint asks.

        Engines word this in their own ways; a report must not.
        """
        graph = self.shapes.graph
        texts = {str(text) for text in graph.objects(result.shape, SH.message)}
        if not texts and result.component == str(SH.SPARQLConstraintComponent):
            texts = {str(t) for node in graph.objects(result.shape, SH.sparql) for t in graph.objects(node, SH.message)}
        if texts:
            return "\n".join(sorted(texts))
        asked = result.component.rsplit("#", 1)[-1].removesuffix("ConstraintComponent")
        return f"{asked}: {path}" if path else asked

    def place(self, node: Any) -> Place:
        return Place(_text(node), self.label(node), _one(self.data.objects(node, PLAN.number)))

    def label(self, node: Any) -> str:
        """What a node is called: in Chinese where it has a Chinese name, else the last part of its IRI."""
        if isinstance(node, Literal):
            return str(node)
        for predicate in _LABELS:
            values = sorted(
                self.data.objects(node, predicate), key=lambda v: (getattr(v, "language", "") != "zh", str(v))
            )
            if values:
                return str(values[0])
        return str(node).replace("#", "/").rstrip("/").rsplit("/", 1)[-1]

    def value_label(self, result: Result, rule: Rule) -> str:
        """What the report shows as the value: of the property that the rule names, else the result's own."""
        if rule.shows:
            return "、".join(sorted(self.label(value) for value in self.data.objects(result.focus, URIRef(rule.shows))))
        value = result.value
        if value is None or value == result.focus or self.data.has(value, RDF.type, PLAN.Finding):
            return ""  # the rule's message says it already
        if isinstance(value, Literal) and isinstance(value.value, bool):
            return ""
        return self.label(value)

    def plans(self, node: Any) -> tuple[Any, ...]:
        """The plans that a node belongs to, or that speak of it: sorted, usually one."""
        if node not in self._plans:
            # A literal has no place of its own: it belongs where it stands.
            self._plans[node] = tuple(sorted(self._search(node, self._own_plans), key=str))
        return self._plans[node]

    def _own_plans(self, node: Any) -> set[Any]:
        if self.data.has(node, RDF.type, PLAN.Plan):
            return {node}
        return set(self.data.objects(node, PLAN.inPlan))

    def provision(self, node: Any) -> Any | None:
        """The provision that a node is, belongs to, or (the first one) is spoken of in; None for a plan's own facts."""
        if self.data.has(node, RDF.type, PLAN.Plan):
            return None
        found = self._search(node, self._own_provisions)
        return min(found, key=lambda place: (self._reading_order(place), str(place)), default=None)

    def _own_provisions(self, node: Any) -> set[Any]:
        if _PROVISIONS & self.data.types(node):
            return {node}
        owners = set(self.data.objects(node, PLAN.targetOf)) | set(self.data.objects(node, PLAN.achievementOf))
        return {owner for owner in owners if not self.data.has(owner, RDF.type, PLAN.Plan)}

    def _reading_order(self, node: Any) -> tuple[str, int]:
        ordinal = self.data.value(node, PLAN.ordinal)
        number = ordinal.value if isinstance(ordinal, Literal) and isinstance(ordinal.value, int) else 0
        return _one(self.data.objects(node, PLAN.inPlan)), number

    def _search(self, node: Any, ask: Any) -> set[Any]:
        """What `ask` says about the node, or else about whatever points to it, at most three steps away."""
        level, seen = {node}, {node}
        for _ in range(4):
            found = set().union(*(ask(one) for one in level)) if level else set()
            if found or self.data.has(node, RDF.type, PLAN.Target):
                return found
            level = {
                s for one in level for s, p in self.data.pointers(one) if p != RDF.type and not is_ours(str(s))
            } - seen
            seen |= level
        return set()

    def quote(self, result: Result, rule: Rule, place: Any | None) -> str:
        """The sentence of the plan that a result is about, cut to a length that can be read at a glance; "" if none."""
        data, focus = self.data, result.focus
        if rule.quotes_from:
            nodes = sorted(data.objects(focus, URIRef(rule.quotes_from)), key=str)
            passages = [text for node in nodes for text in self._passages(node)]
            if passages:
                return _cut(max(passages, key=len))  # the whole statement rather than one name in it
        quoted = _one(data.objects(focus, PLAN.quote))
        if quoted:
            return _cut(quoted)
        if data.has(focus, RDF.type, PLAN.Plan):
            return ""  # a plan's own passages are scraps of its head: its title says more
        for node in (focus, result.value, *self._speakers(focus), place):
            passages = self._passages(node)
            if passages:
                return _cut(passages[0])
        return ""

    def _speakers(self, node: Any) -> list[Any]:
        return sorted(
            set(self.data.subjects(PLAN.agency, node)) | set(self.data.subjects(PLAN.evidence, node)), key=str
        )[:1]

    def _passages(self, node: Any) -> list[str]:
        if node is None or isinstance(node, Literal):
            return []
        passages = {node} if self.data.has(node, OA.exact) else set(self.data.objects(node, PLAN.evidence))
        found = []
        for passage in passages:
            start = self.data.value(passage, OA.start)
            at = start.value if isinstance(start, Literal) and isinstance(start.value, int) else 0
            found += [(at, str(exact)) for exact in self.data.objects(passage, OA.exact)]
        return [exact for _, exact in sorted(found)]

    def agencies(self, focus: Any, place: Any | None) -> tuple[str, ...]:
        """The names of the agencies concerned, the lead first; for a plan its issuer."""
        data = self.data
        if data.has(focus, RDF.type, PLAN.Agency) or data.has(focus, RDF.type, PLAN.AgencyGroup):
            return (self.label(focus),)
        if data.has(focus, RDF.type, PLAN.Plan):
            return self._names(data.objects(focus, DCTERMS.publisher))
        for node in (focus, place):
            for predicate in _AGENCIES if node is not None else ():
                names = self._names(data.objects(node, predicate))
                if names:
                    return names
        return ()

    def _names(self, nodes: Iterable[Any]) -> tuple[str, ...]:
        return tuple(sorted({self.label(node) for node in nodes}))


def fill(text: str, names: dict[str, str]) -> str:
    """A sentence with its placeholders filled; quotation marks within a name become inner ones (GB/T 15834).

    >>> fill("任务“{$this}”没有牵头单位。", {"{$this}": "9.对接“技能中国行动”"})
    '任务“9.对接‘技能中国行动’”没有牵头单位。'
    """
    for placeholder, name in names.items():
        text = text.replace(placeholder, " ".join(name.split()).replace("“", "‘").replace("”", "’"))
    return text


def finding_id(rule: str, focus: str, path: str, value: str) -> str:
    """The identifier of a finding: as long as rule, focus node, path and value are the same, it is the same.

    >>> finding_id("https://w3id.org/plankg/shapes#task-lead", "https://w3id.org/plankg/id/plan/a/1", "", "")
    '1ba6476b6303'
    """
    return hashlib.sha256("\n".join((rule, focus, path, value)).encode()).hexdigest()[:12]


def instances_by_class(data: Data) -> dict[str, set[Any]]:
    """The instances of the classes that a reader asks for, by the class's name."""
    names = ("Plan", "Section", "Action", "Task", "SafeguardMeasure", "Responsibility", "Agency", "Target", "Achievement",
             "Citation", "Passage")  # fmt: skip
    return {name: data.instances(PLAN[name]) for name in names}


def _text(node: Any) -> str:
    return str(node) if isinstance(node, URIRef) else node.n3()


def _one(values: Iterable[Any]) -> str:
    return min((str(value) for value in values), default="")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= QUOTE_LENGTH else line[: QUOTE_LENGTH - 1] + "…"
