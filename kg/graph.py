"""`(PlanRecord, Resolution) → triples`: the only room that mints IRIs.

Guaranteed afterwards: the same record gives the same triples; no blank nodes; every term is one of
`kg.vocab`; every stated fact has its passages. The layout of IRIs is that of the ontology's README.
"""

from __future__ import annotations

import calendar
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache

import pyoxigraph as ox

from kg import vocab
from kg.cited_titles import core_title
from kg.lexicon import Concept, rules, scheme
from kg.model import AgencyEntity, Finding, PlanRecord, Provision, Quantity, Region, Resolution, Responsibility, Span

_RDF_TYPE = ox.NamedNode(vocab.RDF_TYPE)


@cache
def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)


@cache
def _term(name: str) -> ox.NamedNode:
    return ox.NamedNode(vocab.plan(name))


@cache
def _by_notation(scheme_name: str) -> dict[str, Concept]:
    return {c.notation: c for c in scheme(scheme_name)}


def _typed(value: object, datatype: str) -> ox.Literal:
    return ox.Literal(str(value), datatype=_node(datatype))


def _zh(text: str) -> ox.Literal:
    return ox.Literal(text, language="zh")


def identity_hash(text: str, length: int = 8) -> str:
    """The first hexadecimal digits of a text's SHA-256 after NFKC and without white space.

    >>> identity_hash("科普（一）") == identity_hash("科普 (一)")
    True
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return hashlib.sha256(plain.encode("utf-8")).hexdigest()[:length]


def plan_id(record: PlanRecord, region: Region | None) -> str:
    """The last part of a plan's IRI: area, year, and a hash of what identifies it whatever the file is called."""
    title = record.title.value
    if record.document_number:
        identity = record.document_number.value + title
    elif record.index_number:
        identity = record.index_number.value + title
    else:
        identity = (
            title
            + "".join(i.value for i in record.issuers)
            + (record.issued.value.isoformat() if record.issued else "")
        )
    year = record.period.value[0] if record.period else record.issued.value.year if record.issued else "undated"
    return f"{region.code if region else 'unknown'}-{year}-{identity_hash(identity)}"


def last_day(stated: str) -> str:
    """The last day of a year, month or day.

    >>> last_day("2025"), last_day("2024-02"), last_day("2025-06-30")
    ('2025-12-31', '2024-02-29', '2025-06-30')
    """
    parts = [int(p) for p in stated.split("-")]
    if len(parts) == 1:
        return f"{stated}-12-31"
    if len(parts) == 2:
        return f"{stated}-{calendar.monthrange(parts[0], parts[1])[1]:02d}"
    return stated


class _Graph:
    """Triples of one plan while they are being made."""

    def __init__(self, record: PlanRecord, resolution: Resolution, base: str) -> None:
        self.record, self.resolution, self.base = record, resolution, base
        self.triples: dict[ox.Triple, None] = {}
        self.plan = _node(f"{base}plan/{plan_id(record, resolution.region)}")
        self.source = _node(f"{base}source/{record.source.text_sha256[:12]}")
        self.types: dict[str, str] = {}  # key → class

    def add(
        self, subject: ox.NamedNode, predicate: str | ox.NamedNode, *objects: ox.NamedNode | ox.Literal | None
    ) -> None:
        node = (
            predicate
            if isinstance(predicate, ox.NamedNode)
            else _node(predicate)
            if ":" in predicate
            else _term(predicate)
        )
        for value in objects:
            if value is not None:
                self.triples[ox.Triple(subject, node, value)] = None

    def a(self, subject: ox.NamedNode, *classes: str) -> None:
        for name in classes:
            self.add(subject, _RDF_TYPE, _term(name) if ":" not in name else _node(name))

    # ------------------------------------------------------------ places

    def passage(self, span: Span) -> ox.NamedNode | None:
        if span.end <= span.start:
            return None
        node = _node(f"{self.source.value}/{span.start}-{span.end}")
        self.a(node, "Passage")
        self.add(node, vocab.OA_START, _typed(span.start, vocab.XSD_INTEGER))
        self.add(node, vocab.OA_END, _typed(span.end, vocab.XSD_INTEGER))
        self.add(node, vocab.OA_EXACT, ox.Literal(span.cut(self.record.source.text)))
        self.add(node, vocab.PROV_WAS_QUOTED_FROM, self.source)
        return node

    def evidence(
        self, subject: ox.NamedNode, spans: Iterable[Span], rule: str | None = None, confidence: float | None = None
    ) -> None:
        for span in spans:
            self.add(subject, "evidence", self.passage(span))
        if rule:
            self.add(subject, "rule", ox.Literal(rule))
        if confidence is not None:
            self.add(subject, "confidence", _typed(Decimal(str(confidence)), vocab.XSD_DECIMAL))

    def at(self, key: str) -> ox.NamedNode:
        return _node(f"{self.plan.value}/{key}") if key else self.plan

    def concept(self, scheme_name: str, notation: str | None) -> ox.NamedNode | None:
        found = _by_notation(scheme_name).get(notation) if notation else None
        return _node(found.iri) if found else None

    # ------------------------------------------------------------ nodes

    def source_file(self) -> None:
        source = self.record.source
        self.a(self.source, "SourceFile")
        self.add(self.source, "sha256", ox.Literal(source.byte_sha256))
        self.add(self.source, "textSha256", ox.Literal(source.text_sha256))
        self.add(self.source, "fileName", ox.Literal(source.file_name))
        self.add(self.source, "mediaType", ox.Literal(source.media_type))
        self.add(self.source, "encoding", ox.Literal(source.encoding))
        self.add(self.source, "sourceText", ox.Literal(source.text))
        if source.url:
            self.add(self.source, vocab.DCTERMS_SOURCE, _node(source.url))

    def region(self, region: Region) -> ox.NamedNode:
        node = _node(f"{self.base}region/{region.code}")
        self.a(node, "Region")
        self.add(node, "regionCode", ox.Literal(region.code))
        self.add(node, vocab.SKOS_PREF_LABEL, _zh(region.full_name))
        if region.name != region.full_name:
            self.add(node, vocab.SKOS_ALT_LABEL, _zh(region.name))
        self.add(node, "level", self.concept("level", region.level))
        if region.parent:
            self.add(node, "within", _node(f"{self.base}region/{region.parent}"))
        return node

    def agency(self, entity: AgencyEntity) -> ox.NamedNode:
        node = _node(f"{self.base}agency/{entity.local_id}")
        self.a(node, "AgencyGroup" if entity.kind == "collective" else "Agency")
        self.add(node, vocab.SKOS_PREF_LABEL, _zh(entity.name))
        if entity.english:
            self.add(node, vocab.SKOS_PREF_LABEL, ox.Literal(entity.english, language="en"))
        for notation in entity.types:
            self.add(node, "agencyType", self.concept("agency-type", notation))
        self.add(node, "bodyKind", self.concept("body-kind", entity.body_kind))
        self.add(node, "level", self.concept("level", entity.level))
        if entity.region_code:
            self.add(node, "region", _node(f"{self.base}region/{entity.region_code}"))
        return node

    def named_agency(self, written: str, full: str | None = None) -> ox.NamedNode | None:
        """The node of a written form; `full` is the form with the area that its list lets it leave out."""
        entity = self.resolution.agencies.get(full or written) or self.resolution.agencies.get(written)
        if entity is None:
            return None
        node = self.agency(entity)
        if written != entity.name:
            self.add(node, vocab.SKOS_ALT_LABEL, _zh(written))
        return node

    def document(self, title: str) -> ox.NamedNode:
        core = core_title(title)
        node = _node(f"{self.base}document/{identity_hash(core)}")
        self.a(node, "PolicyDocument")
        self.add(node, vocab.DCTERMS_TITLE, _zh(core))
        entity = self.resolution.documents.get(core)
        if entity:
            self.add(node, "documentNumber", ox.Literal(entity.number) if entity.number else None)
            self.add(node, "level", self.concept("level", entity.level))
            if entity.region_code:
                self.add(node, "region", _node(f"{self.base}region/{entity.region_code}"))
        return node

    def deadline(self, subject: ox.NamedNode, stated: str) -> None:
        datatype = {1: vocab.XSD_G_YEAR, 2: vocab.XSD_G_YEAR_MONTH, 3: vocab.XSD_DATE}[stated.count("-") + 1]
        self.add(subject, "deadline", _typed(stated, datatype))
        self.add(subject, "deadlineDate", _typed(last_day(stated), vocab.XSD_DATE))


def build_graph(
    record: PlanRecord, resolution: Resolution, base: str = vocab.DEFAULT_BASE
) -> tuple[str, list[ox.Triple]]:
    """The plan's IRI and what it asserts, sorted.

    Shared nodes (agencies, regions, documents) are stated in full by each plan that uses them.
    """
    graph = _Graph(record, resolution, base)
    graph.source_file()
    for region in resolution.regions:
        graph.region(region)
    _plan(graph)
    _citations(graph)
    for provision in record.provisions:
        graph.types[provision.key] = provision.kind
    for provision in record.provisions:
        _provision(graph, provision)
    _quantities(graph)
    _findings(graph)
    return graph.plan.value, sorted(graph.triples, key=str)


def _plan(graph: _Graph) -> None:
    record, plan, add = graph.record, graph.plan, graph.add
    graph.a(plan, "Plan")
    add(plan, vocab.DCTERMS_TITLE, _zh(record.title.value))
    add(plan, "planType", graph.concept("plan-type", record.plan_type))
    stated = [
        record.title,
        record.document_number,
        record.index_number,
        record.originator,
        record.approval,
        record.issued,
        record.published,
        record.period,
        record.status,
        *record.issuers,
        *record.sealed_by,
        *record.addressees,
        *record.subjects,
    ]
    graph.evidence(plan, (span for s in stated if s for span in s.spans), record.title.rule)
    for name, fact in (
        ("documentNumber", record.document_number),
        ("indexNumber", record.index_number),
        ("status", record.status),
    ):
        if fact:
            add(plan, name, ox.Literal(fact.value))
    for issuer in record.issuers:
        add(plan, vocab.DCTERMS_PUBLISHER, graph.named_agency(issuer.value))
    for seal in record.sealed_by:
        add(plan, "sealedBy", graph.named_agency(seal.value))
    if record.originator:
        add(plan, "originatorText", ox.Literal(record.originator.value))
        add(plan, "originator", graph.named_agency(record.originator.value))
    if record.approval:
        add(plan, "approvalText", ox.Literal(record.approval.value))
    for addressee in record.addressees:
        add(plan, "addressee", ox.Literal(addressee.value))
    for subject in record.subjects:
        add(plan, vocab.DCTERMS_SUBJECT, _topic(subject.value))
    for name, when in ((vocab.DCTERMS_ISSUED, record.issued), (vocab.DCTERMS_AVAILABLE, record.published)):
        if when:
            add(plan, name, _typed(when.value.isoformat(), vocab.XSD_DATE))
    if record.period:
        first, last = record.period.value
        add(plan, "periodStart", _typed(first, vocab.XSD_G_YEAR))
        add(plan, "periodEnd", _typed(last, vocab.XSD_G_YEAR))
        add(plan, "periodStartDate", _typed(date(first, 1, 1).isoformat(), vocab.XSD_DATE))
        add(plan, "periodEndDate", _typed(date(last, 12, 31).isoformat(), vocab.XSD_DATE))
    region = graph.resolution.region
    if region:
        add(plan, "region", graph.region(region))
        add(plan, "level", graph.concept("level", region.level))
    add(plan, "sourceFile", graph.source)


def _topic(written: str) -> ox.NamedNode | None:
    for concept in scheme("topic"):
        if written in (concept.zh, *concept.aliases):
            return _node(concept.iri)
    return None


def _citations(graph: _Graph) -> None:
    for n, citation in enumerate(graph.record.citations, 1):
        node = graph.at(f"citation/{n}")
        graph.a(node, "Citation")
        graph.add(node, "inPlan", graph.plan)
        graph.add(node, "citedTitle", ox.Literal(citation.title))
        if citation.number:
            graph.add(node, "citedNumber", ox.Literal(citation.number))
        graph.add(node, "isBasis", _typed(str(citation.is_basis).lower(), vocab.XSD_BOOLEAN))
        document = graph.document(citation.title)
        graph.add(node, "document", document)
        graph.evidence(
            node,
            (citation.span,),
            "restored-title" if citation.restored else "title-marks",
            0.9 if citation.restored else 1.0,
        )
        graph.add(graph.plan, "citation", node)
        if citation.is_basis:
            graph.add(graph.plan, "basedOn", document)
            if core_title(citation.title) in graph.resolution.implements:
                graph.add(graph.plan, "implements", document)


def _provision(graph: _Graph, provision: Provision) -> None:
    node, add = graph.at(provision.key), graph.add
    graph.a(node, provision.kind)
    add(node, "inPlan", graph.plan)
    add(node, "inSection", graph.at(provision.section) if provision.section else None)
    add(node, "inAction", graph.at(provision.action) if provision.action else None)
    add(node, "number", ox.Literal(provision.number))
    add(node, "key", ox.Literal(provision.key))
    add(node, "ordinal", _typed(provision.ordinal, vocab.XSD_INTEGER))
    add(node, vocab.DCTERMS_TITLE, _zh(provision.title) if provision.title else None)
    add(node, "repairedTitle", _zh(provision.repaired_title) if provision.repaired_title else None)
    add(node, "text", ox.Literal(provision.text))
    graph.evidence(node, provision.spans, provision.rule, provision.confidence)
    for group in provision.crowd_groups:
        add(node, "crowdGroup", graph.concept("crowd-group", group.value))
        graph.evidence(node, group.spans)
    for initiative in provision.initiatives:
        add(node, "mentionsInitiative", graph.concept("initiative", initiative.value))
        graph.evidence(node, initiative.spans)
    if provision.deadline:
        graph.deadline(node, provision.deadline.value)
        graph.evidence(node, provision.deadline.spans)
    for duty in provision.responsibilities:
        _responsibility(graph, node, provision, duty)


_SHORTCUT = {"Lead": "leadAgency", "Joint": "jointAgency", "Support": "supportingAgency"}


def _responsibility(graph: _Graph, owner: ox.NamedNode, provision: Provision, duty: Responsibility) -> None:
    node = graph.at(f"{provision.key}/responsibility/{duty.position}")
    add = graph.add
    graph.a(node, "Responsibility")
    add(owner, "responsibility", node)
    add(node, "agencyText", ox.Literal(_as_written(graph, duty)))
    if duty.full_text:
        add(node, "agencyFullText", ox.Literal(duty.full_text))
    add(node, "role", _term(duty.role))
    add(node, "basis", _term(duty.basis))
    add(node, "position", _typed(duty.position, vocab.XSD_INTEGER))
    if duty.open_list:
        add(node, "openList", _typed("true", vocab.XSD_BOOLEAN))
    if duty.basis_span:
        add(node, "basisEvidence", graph.passage(duty.basis_span))
    graph.evidence(node, (duty.statement_span,), duty.rule, duty.confidence)
    for candidate in graph.resolution.candidates.get(duty.full_text or duty.agency_text, ()):
        add(node, "candidate", graph.agency(candidate))
    if duty.agency_kind == "fragment":
        add(node, "damaged", _typed("true", vocab.XSD_BOOLEAN))
        return
    agency = graph.named_agency(duty.agency_text, duty.full_text)
    add(node, "agency", agency)
    add(owner, _SHORTCUT[duty.role], agency)


def _as_written(graph: _Graph, duty: Responsibility) -> str:
    """The name in the document's own characters, white space dropped; as repaired where it does not stand in one piece."""
    if len(duty.spans) == 1:
        raw = re.sub(r"\s+", "", duty.spans[0].cut(graph.record.source.text))
        if unicodedata.normalize("NFKC", raw) == unicodedata.normalize("NFKC", duty.agency_text):
            return raw
    return duty.agency_text


def _quantities(graph: _Graph) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str, str, str | None], ox.NamedNode] = {}
    for quantity in graph.record.quantities:
        kind = "target" if quantity.kind == "Target" else "achievement"
        counts[quantity.owner, kind] += 1
        path = f"{quantity.owner}/" if quantity.owner else ""
        node = graph.at(f"{path}{kind}/{counts[quantity.owner, kind]}")
        _quantity(graph, node, quantity)
        if quantity.kind == "Target" and quantity.value is not None:
            same = (identity_hash(quantity.indicator), str(quantity.value), quantity.unit, quantity.deadline)
            if same in first:
                graph.add(node, "restates", first[same])
            else:
                first[same] = node


def _quantity(graph: _Graph, node: ox.NamedNode, quantity: Quantity) -> None:
    add = graph.add
    graph.a(node, quantity.kind)
    add(node, "inPlan", graph.plan)
    add(node, "targetOf" if quantity.kind == "Target" else "achievementOf", graph.at(quantity.owner))
    add(node, "quote", ox.Literal(quantity.quote))
    add(node, "indicatorText", ox.Literal(quantity.indicator))
    add(node, "indicator", _indicator(graph, quantity.indicator))
    for name, number in (
        ("value", quantity.value),
        ("minValue", quantity.minimum),
        ("maxValue", quantity.maximum),
        ("baselineValue", quantity.baseline),
        ("growthRate", quantity.growth_rate),
    ):
        if number is not None:
            add(node, name, _typed(format(number, "f"), vocab.XSD_DECIMAL))
    add(node, "unitText", ox.Literal(quantity.unit) if quantity.unit else None)
    unit = _unit(quantity.unit)
    add(node, "unit", _node(unit.iri) if unit else None)
    if quantity.value is not None and unit:
        add(node, "valueInUnit", _typed(format(quantity.value, "f"), vocab.XSD_DECIMAL))
    add(node, "comparator", _term(quantity.comparator) if quantity.comparator else None)
    if quantity.deadline:
        graph.deadline(node, quantity.deadline)
    if quantity.recurrence:
        add(node, "recurrence", ox.Literal(quantity.recurrence))
        period = rules("targets")["recurrence"]["periods"].get(quantity.recurrence)
        if period:
            add(node, "recurrencePeriod", _typed(period, vocab.XSD_DURATION))
    if quantity.kind == "Target":
        add(node, "aspirational", _typed(str(quantity.aspirational).lower(), vocab.XSD_BOOLEAN))
    if quantity.accumulation:
        add(node, "accumulation", _term(quantity.accumulation))
    if quantity.scope:
        add(node, "scopeText", ox.Literal(quantity.scope))
    if quantity.benchmark:
        add(node, "benchmarkText", ox.Literal(quantity.benchmark))
    if quantity.achieved_by:
        add(node, "achievedBy", _typed(quantity.achieved_by, vocab.XSD_DATE))
    add(node, "bindingness", graph.concept("bindingness", quantity.bindingness))
    graph.evidence(
        node,
        (quantity.span, *([quantity.deadline_span] if quantity.deadline_span else [])),
        quantity.rule,
        quantity.confidence,
    )


@cache
def _unit(written: str) -> Concept | None:
    for concept in scheme("unit"):
        if written in (concept.notation, concept.zh, *concept.aliases):
            return concept
    return None


def _indicator(graph: _Graph, written: str) -> ox.NamedNode:
    """The indicator that the words mean: one of the scheme, else one named by the words themselves."""
    known = graph.concept("indicator", graph.resolution.indicators.get(written))
    if known:
        return known
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", written))
    node = _node(f"{graph.base}indicator/{identity_hash(plain)}")
    graph.a(node, "Indicator")
    graph.add(node, vocab.SKOS_PREF_LABEL, _zh(plain))
    return node


@lru_cache(maxsize=1)
def _finding_labels() -> dict[str, Concept]:
    return {c.notation: c for c in scheme("finding-code")}


def _findings(graph: _Graph) -> None:
    findings: list[Finding] = [*graph.record.findings, *graph.resolution.findings]
    if not graph.record.issuers:
        findings.append(Finding("no-issuer", "warning", ()))
    for n, finding in enumerate(findings, 1):
        node = graph.at(f"finding/{n}")
        graph.a(node, "Finding")
        graph.add(node, "inPlan", graph.plan)
        graph.add(node, "code", ox.Literal(finding.code))
        graph.add(node, "severity", ox.Literal(finding.severity))
        graph.add(node, "about", graph.at(finding.about))
        if finding.repaired is not None:
            graph.add(node, "repairedText", ox.Literal(finding.repaired))
        if finding.original is not None:
            graph.add(node, "originalText", ox.Literal(finding.original))
        label = _finding_labels().get(finding.code)
        if label:
            graph.add(node, vocab.RDFS_LABEL, _zh(label.zh), ox.Literal(label.en, language="en"))
        graph.evidence(node, finding.spans, None, finding.confidence)
