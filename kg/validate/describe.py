"""From bare results to findings with names: plan, provision, sentence, agency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from rdflib import DCTERMS, RDF, RDFS, SH, SKOS, Literal, URIRef

from kg.validate.data import Data, is_ours
from kg.validate.engine import Result
from kg.validate.identity import Anchors, digest
from kg.validate.namespaces import OA, PLAN
from kg.validate.paths import to_sparql, to_turtle
from kg.validate.quoting import Quoter
from kg.validate.report import ActsAs, Passage, Place, PlanEntry, ReportFinding
from kg.validate.rules import Rule, Shapes

_PROVISIONS = {PLAN.Section, PLAN.Action, PLAN.Task, PLAN.SafeguardMeasure, PLAN.Provision, PLAN.Measure}
_LABELS = (SKOS.prefLabel, DCTERMS.title, PLAN.agencyText, PLAN.indicatorText, PLAN.citedTitle, RDFS.label, PLAN.quote)
_ABOVE = (PLAN.inAction, PLAN.inSection)
_AGENCIES = (PLAN.effectiveLeadAgency, PLAN.leadAgency, PLAN.presumedLeadAgency, PLAN.agency, PLAN.responsibleAgency,
             PLAN.jointAgency, PLAN.supportingAgency)  # fmt: skip
_LEADS: tuple[tuple[URIRef, ActsAs], ...] = (
    (PLAN.effectiveLeadAgency, "lead"),
    (PLAN.leadAgency, "lead"),
    (PLAN.presumedLeadAgency, "presumed lead"),
)
COUNTED_IN_PLANS = ("Action", "Task", "SafeguardMeasure", "Target", "Achievement", "Responsibility")
QUOTE_LENGTH = 90  # characters of a sentence that the report shows


class Describer:
    """Names what results are about; keeps what it has looked up."""

    def __init__(self, data: Data, shapes: Shapes) -> None:
        self.data, self.shapes = data, shapes
        self._plans: dict[Any, tuple[Any, ...]] = {}
        self._paths: dict[Any, tuple[str, str]] = {None: ("", "")}
        self._anchors = Anchors(data)
        self._quoter = Quoter(data)

    def finding(self, result: Result, rule: Rule) -> ReportFinding:
        focus, value = _text(result.focus), "" if result.value is None else result.value.n3()
        path, path_turtle = self._path(result.path)
        place, plans = self.provision(result.focus), self.plans(result.focus)
        key = self._anchors.key(rule.iri, result.focus, path, result.value, plans)
        acts, acts_as = self.acts(result.focus, place, plans)
        passage = self.passage(result, rule, place)
        return ReportFinding(
            id=digest(key, *map(str, plans)),
            key=key,
            rule=rule.iri,
            severity=rule.severity,  # type: ignore[arg-type]
            focus=focus,
            label=self.label(result.focus),
            plans=tuple(self.place(plan) for plan in plans),
            provision=None if place is None else self.place(place),
            quote="" if passage is None else _cut(passage.words),
            passage=passage,
            acts=acts,
            acts_as=acts_as,
            agencies=self.agencies(result.focus, place),
            path=path,
            path_turtle=path_turtle,
            value=value,
            value_label=self.value_label(result, rule),
            component=result.component,
            message="" if rule.message else self.message(result, path),
            sentence=self.sentence(result, rule, place),
        )

    def _path(self, path: Any) -> tuple[str, str]:
        """A path as SPARQL and as Turtle write it."""
        if path not in self._paths:
            graph = self.shapes.graph
            self._paths[path] = (to_sparql(graph, path), to_turtle(graph, path))
        return self._paths[path]

    def sentence(self, result: Result, rule: Rule, place: Any | None) -> dict[str, str]:
        """The rule's sentence with the names of what it is about: a provision with its number, else what it is called."""
        names = {"{$this}": self.name(result.focus, place), "{?value}": ""}
        if result.value is not None and result.value != result.focus:
            quoted = _one(self.data.objects(result.value, PLAN.quote)) if isinstance(result.value, URIRef) else ""
            names["{?value}"] = quoted or self.name(result.value, None)  # of a figure its clause: the number counts
            if len(set(names.values())) == 1:  # two items of one number and title: the headings tell them apart
                names = {"{$this}": self.name_below(result.focus), "{?value}": self.name_below(result.value)}
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

    def name_below(self, node: Any) -> str:
        """A provision's name behind that of the action or section that it lies in."""
        above = next((self.data.value(node, p) for p in _ABOVE if self.data.has(node, p)), None)
        return self.name(node, None) if above is None else f"{self.name(above, None)} {self.name(node, None)}"

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

    def entry(self, plan: Any) -> PlanEntry:
        """A plan with its issuers, its file and what was read from it."""
        data, counts = self.data, Counter[str]()
        for node in set(data.subjects(PLAN.inPlan, plan)):
            kinds = data.types(node)
            counts.update(name for name in COUNTED_IN_PLANS if PLAN[name] in kinds)
        source = min(data.objects(plan, PLAN.sourceFile), key=str, default=None)
        return PlanEntry(
            iri=_text(plan),
            title=self.label(plan),
            issuers=self._names(data.objects(plan, DCTERMS.publisher)),
            file="" if source is None else _one(data.objects(source, PLAN.fileName)),
            url="" if source is None else _one(data.objects(source, DCTERMS.source)),
            counts={name: counts[name] for name in COUNTED_IN_PLANS},
        )

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

    def passage(self, result: Result, rule: Rule, place: Any | None) -> Passage | None:
        """The words of the plan that a result is about, in their sentence; None if there are none."""
        data, focus = self.data, result.focus
        if rule.quotes_from:
            nodes = sorted(data.objects(focus, URIRef(rule.quotes_from)), key=str)
            passages = [passage for node in nodes for passage in self._passages(node)]
            if passages:  # the whole statement rather than one name in it
                return self._quoter.quote(max(passages, key=lambda passage: len(self._exact(passage))))
        quoted = _one(data.objects(focus, PLAN.quote))
        if quoted:
            return self._quoter.quote_words(quoted, self._passages(focus))
        if self.data.has(focus, RDF.type, PLAN.Plan):
            return None  # a plan's own passages are scraps of its head: its title says more
        for node in (focus, result.value, *self._speakers(focus), place):
            passages = self._passages(node)
            if passages:
                return self._quoter.quote(passages[0])
        return None

    def _speakers(self, node: Any) -> list[Any]:
        return sorted(
            set(self.data.subjects(PLAN.agency, node)) | set(self.data.subjects(PLAN.evidence, node)), key=str
        )[:1]

    def _passages(self, node: Any) -> list[Any]:
        """The passages of a node that have words, in the order of the text, the longer first."""
        if node is None or isinstance(node, Literal):
            return []
        data = self.data
        passages = {node} if self.data.has(node, OA.exact) else set(data.objects(node, PLAN.evidence))
        found = []
        for passage in passages:
            start = data.value(passage, OA.start)
            at = start.value if isinstance(start, Literal) and isinstance(start.value, int) else 0
            if self.data.has(passage, OA.exact):
                exact = self._exact(passage)
                found.append((at, -len(exact), exact, passage))
        return [passage for *_, passage in sorted(found)]

    def _exact(self, passage: Any) -> str:
        return _one(self.data.objects(passage, OA.exact))

    def acts(self, focus: Any, place: Any | None, plans: tuple[Any, ...]) -> tuple[tuple[str, ...], ActsAs]:
        """The bodies that must act, and as what: who leads, else who issued the plan. A collective is nobody to turn to."""
        for predicate, kind in _LEADS:
            for node in (focus, place):
                named = self._bodies(node, predicate) if node is not None else ()
                if named:
                    return named, kind
        issuers = self._names(issuer for plan in plans for issuer in self.data.objects(plan, DCTERMS.publisher))
        return (issuers, "issuer") if issuers else ((), "")

    def _bodies(self, node: Any, predicate: URIRef) -> tuple[str, ...]:
        data = self.data
        return self._names(
            agency for agency in data.objects(node, predicate) if not self.data.has(agency, RDF.type, PLAN.AgencyGroup)
        )

    def agencies(self, focus: Any, place: Any | None) -> tuple[str, ...]:
        """The names of the agencies concerned, the lead first; for a plan its issuer."""
        data = self.data
        if self.data.has(focus, RDF.type, PLAN.Agency) or self.data.has(focus, RDF.type, PLAN.AgencyGroup):
            return (self.label(focus),)
        if self.data.has(focus, RDF.type, PLAN.Plan):
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
