"""One plan's statements while they are being made, and the nodes that many statements share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from kg import vocab
from kg.graph.names import document_iri, plan_id, statement_name
from kg.graph.terms import concept, day, decimal, en, integer, iri, month, named, plain, value_of, year, zh
from kg.model import AgencyEntity, DocumentEntity, Ground, PlanRecord, Region, Resolution, Span, Stated
from kg.numerals import last_day

Said = tuple[tuple[str, tuple[str, ...]], ...]  # node, and of each of its statements property and value
# What is said most often, spelt out: passages and statements are most of a plan.
_TYPE = named[vocab.RDF_TYPE]
_PASSAGE, _STATEMENT = f"{_TYPE} {named['Passage']}", f"{_TYPE} {named['Statement']}"
_START, _END, _EXACT = named[vocab.OA_START], named[vocab.OA_END], named[vocab.OA_EXACT]
_SUBJECT, _PREDICATE, _OBJECT = named[vocab.RDF_SUBJECT], named[vocab.RDF_PREDICATE], named[vocab.RDF_OBJECT]
_EVIDENCE, _RULE, _CONFIDENCE = named["evidence"], named["rule"], named["confidence"]


@cache
def _by_rule(rule: str) -> str:
    return f"{_RULE} {plain(rule)}"


class Draft:
    """Collects statements about nodes; every node is an IRI in pointed brackets, every value a term of `kg.graph.terms`."""

    def __init__(self, record: PlanRecord, resolution: Resolution, base: str, identity: str | None = None) -> None:
        self.record, self.resolution, self.base = record, resolution, base
        self.plan_iri = f"{base}plan/{identity or plan_id(record, resolution.region)}"
        self.plan = iri(self.plan_iri)
        self.source = iri(f"{base}source/{record.source.text_sha256[:12]}")
        self._text = record.source.text
        self._quoted = f"{named[vocab.PROV_WAS_QUOTED_FROM]} {self.source}"
        self._stated_in = f"{named['statedIn']} {self.plan}"
        self._said: defaultdict[str, set[str]] = defaultdict(set)  # node → property and value
        # What was said in full once is not said again.
        self._places: dict[str, str] = {"": self.plan}
        self._passages: dict[tuple[int, int], str] = {}
        self._regions: dict[str, str] = {}
        self._agencies: dict[str, tuple[str, str]] = {}  # by local id the node and its name
        self._forms: set[tuple[str, str]] = set()  # (agency, written form)
        self._named: dict[tuple[str, str | None], str | None] = {}  # (written, full form) → agency

    def add(self, subject: str, predicate: str, *values: str | None) -> None:
        """State a property (one of the ontology by its name, any other by its IRI) of a node; None is no value."""
        said, head = self._said[subject], f"{named[predicate]} "
        for value in values:
            if value is not None:
                said.add(head + value)

    def a(self, subject: str, name: str, **values: str | None) -> None:
        """State the class of a node, and properties of the ontology by their names; None is no value.

        Many times cheaper than as many calls of `add`, where a node has many properties.
        """
        said = self._said[subject]
        said.add(f"{_TYPE} {named[name]}")
        for predicate, value in values.items():
            if value is not None:
                said.add(f"{named[predicate]} {value}")

    def finish(self) -> Said:
        """All that was said, by node, in the order of the code points."""
        # By node first: what all have in common with their neighbours need not be compared.
        return tuple((subject, tuple(sorted(said))) for subject, said in sorted(self._said.items()) if said)

    # ------------------------------------------------------------ places

    def at(self, path: str) -> str:
        """The node of a part of the plan; the plan's own for no path."""
        found = self._places.get(path)
        if found is None:
            found = self._places[path] = iri(f"{self.plan_iri}/{path}")
        return found

    def passage(self, span: Span) -> str | None:
        """The node of a place in the text; None for a place without length."""
        place = span.start, span.end
        node = self._passages.get(place)
        if node is None:
            if span.end <= span.start:
                return None
            node = self._passages[place] = f"{self.source[:-1]}/{span.start}-{span.end}>"
            self._said[node] = {
                _PASSAGE,
                f"{_START} {integer(span.start)}",
                f"{_END} {integer(span.end)}",
                f"{_EXACT} {plain(self._text[span.start : span.end])}",
                self._quoted,
            }
        return node

    def evidence(
        self, subject: str, spans: Iterable[Span], rule: str | None = None, confidence: float | None = None
    ) -> None:
        """State where a node's facts stand, by which rule they were found, and how sure that is."""
        said = self._said[subject]
        for span in spans:
            passage = self.passage(span)
            if passage:
                said.add(f"{_EVIDENCE} {passage}")
        if rule:
            said.add(_by_rule(rule))
        if confidence is not None:
            said.add(f"{_CONFIDENCE} {decimal(confidence)}")

    def state(
        self,
        subject: str,
        predicate: str,
        value: str | None,
        ground: Stated | Ground | None,
        spans: Iterable[Span] = (),
        *,
        holder: str | None = None,
        many: bool = False,
    ) -> None:
        """State a property, and of the statement itself where it stands, by which rule it was found, how sure that is.

        The statement lies below `holder`, else below the subject; `many` where a property has several values.
        """
        self.add(subject, predicate, value)
        if value is None or ground is None:
            return
        name = statement_name(value_of(named[predicate]), value, many=many)
        node = f"{(holder or subject)[:-1]}/statement/{name}>"
        self._said[node].update(
            (
                _STATEMENT,
                f"{_SUBJECT} {subject}",
                f"{_PREDICATE} {named[predicate]}",
                f"{_OBJECT} {value}",
                self._stated_in,
            )
        )
        places = ground.spans if isinstance(ground, Stated) else spans
        self.evidence(node, places, ground.rule, ground.confidence)

    def deadline(self, subject: str, stated: str, ground: Stated[str] | None = None) -> None:
        """State a deadline as it is given and by its last day."""
        form = (year, month, day)[stated.count("-")]
        self.state(subject, "deadline", form(stated), ground)
        self.add(subject, "deadlineDate", day(last_day(stated)))

    # ------------------------------------------------------------ nodes that plans share

    def region(self, region: Region) -> str:
        """The node of an area."""
        node = self._regions.get(region.code)
        if node is None:
            node = self._regions[region.code] = self.region_at(region.code)
            self.a(node, "Region")
            if region.level != "national":  # GB/T 2260 gives the nation none
                self.add(node, "regionCode", plain(region.code))
            self.add(node, vocab.SKOS_PREF_LABEL, zh(region.full_name))
            if region.name != region.full_name:
                self.add(node, vocab.SKOS_ALT_LABEL, zh(region.name))
            self.add(node, "level", concept("level", region.level))
            if region.parent:
                self.add(node, "within", self.region_at(region.parent))
        return node

    def region_at(self, code: str) -> str:
        """The node of the area with this code, of which nothing is said here."""
        return iri(f"{self.base}region/{code}")

    def agency(self, entity: AgencyEntity) -> str:
        """The node of a body. Where a plan's words give one body several full names, the first is its name."""
        known = self._agencies.get(entity.local_id)
        if known is None:
            node = self.agency_at(entity.local_id)
            known = self._agencies[entity.local_id] = node, entity.name
            self.a(node, "AgencyGroup" if entity.kind == "collective" else "Agency")
            self.add(node, vocab.SKOS_PREF_LABEL, zh(entity.name))
            if entity.english:
                self.add(node, vocab.SKOS_PREF_LABEL, en(entity.english))
            for notation in entity.types:
                self.add(node, "agencyType", concept("agency-type", notation))
            self.add(node, "bodyKind", concept("body-kind", entity.body_kind))
            self.add(node, "level", concept("level", entity.level))
            if entity.region_code:
                self.add(node, "region", self.region_at(entity.region_code))
        elif entity.name != known[1]:
            self.add(known[0], vocab.SKOS_ALT_LABEL, zh(entity.name))
        return known[0]

    def agency_at(self, local_id: str) -> str:
        """The node of the body with this local id, of which nothing is said here."""
        return iri(f"{self.base}agency/{local_id}")

    def named_agency(self, written: str, full: str | None = None, spans: tuple[Span, ...] = ()) -> str | None:
        """The node of a written form; `full` is the form with the area that its list lets it leave out.

        Why the form means this body is said once, with the first place.
        """
        if (written, full) in self._named:
            return self._named[written, full]
        agencies, grounds = self.resolution.agencies, self.resolution.grounds
        entity = agencies.get(full or written) or agencies.get(written)
        node = self.agency(entity) if entity else None
        if entity and node and (node, written) not in self._forms:
            self._forms.add((node, written))
            label = vocab.SKOS_ALT_LABEL if written != self._agencies[entity.local_id][1] else vocab.SKOS_PREF_LABEL
            ground = grounds.get(full or written) or grounds.get(written)
            self.state(node, label, zh(written), ground, spans, holder=self.plan, many=True)
        self._named[written, full] = node
        return node

    def document(self, entity: DocumentEntity) -> str:
        """The node of a document that the plan names."""
        node = self.document_at(entity.key)
        self.a(node, "PolicyDocument")
        self.add(node, vocab.DCTERMS_TITLE, zh(entity.title))
        self.add(node, vocab.SKOS_ALT_LABEL, *map(zh, entity.forms))
        self.add(node, "documentNumber", plain(entity.number) if entity.number else None)
        self.add(node, "level", concept("level", entity.level))
        if entity.region_code:
            self.add(node, "region", self.region_at(entity.region_code))
        return node

    def document_at(self, key: str) -> str:
        """The node of the document with this key, of which nothing is said here."""
        return iri(document_iri(self.base, key))
