"""The graph at hand in a page: what a person or a program must know to write a query on it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg import vocab
from kg.describe.facts import labels_of
from kg.describe.lookup import KINDS, Lookup, natural, prefixed
from kg.describe.samples import EXAMPLES, Example

if TYPE_CHECKING:
    from kg.store.protocol import Store

_CODE, _FINDING_CODES = vocab.plan("code"), vocab.scheme("finding-code")
_CONCEPTS = frozenset("CrowdGroup Indicator Initiative AgencyType Unit Role Basis Comparator Accumulation".split())
# On nearly everything: said once, not in each class.
EVERYWHERE = {
    vocab.plan("evidence"): "the passages that say so: plan:Passage with oa:exact, oa:start, oa:end",
    vocab.plan("rule"): "name of the rule that found it",
    vocab.plan("confidence"): "0 to 1",
    vocab.plan("partOf"): "the action, section and plan that it lies in, at any depth; inverse plan:hasPart",
}
_SUPERFLUOUS = frozenset(
    {vocab.RDF_TYPE, vocab.DCTERMS_IS_PART_OF, vocab.DCTERMS_HAS_PART, vocab.ELI + "based_on", *EVERYWHERE}
    | {vocab.plan(name) for name in ("hasPart", "hasTarget", "hasAchievement", "textSha256")}
)
_SHOWN = 15  # concepts of a scheme that the page lists; JSON has up to _LISTED
_LISTED = 100
_CLIP = 48


@dataclass(frozen=True, slots=True)
class PropertyUse:
    """One property on the members of one class."""

    iri: str
    zh: str
    en: str
    count: int  # triples
    ranges: tuple[str, ...]  # prefixed names of classes and datatypes, most used first
    example: str  # in SPARQL's notation, clipped


@dataclass(frozen=True, slots=True)
class ClassUse:
    """One class of the ontology that has members."""

    iri: str
    zh: str
    en: str
    count: int
    within: tuple[str, ...]  # prefixed names of our superclasses
    properties: tuple[PropertyUse, ...]  # what all subclasses in use have stands at the superclass alone


@dataclass(frozen=True, slots=True)
class ConceptUse:
    """One concept that the plans use."""

    iri: str
    notation: str
    zh: str
    en: str
    count: int  # triples that point to it


@dataclass(frozen=True, slots=True)
class SchemeUse:
    """One concept scheme: the concepts in use, most used first."""

    iri: str
    zh: str
    en: str
    total: int
    used: int
    concepts: tuple[ConceptUse, ...]


@dataclass(frozen=True, slots=True)
class GraphUse:
    """One named graph."""

    iri: str
    count: int
    what: str


@dataclass(frozen=True, slots=True)
class Schema:
    """The classes, properties, schemes and graphs of the data at hand."""

    base: str
    triples: int
    classes: tuple[ClassUse, ...]
    schemes: tuple[SchemeUse, ...]
    graphs: tuple[GraphUse, ...]
    examples: tuple[Example, ...] = EXAMPLES

    def as_json(self) -> dict[str, Any]:
        return {
            "base": self.base,
            "triples": self.triples,
            "prefixes": vocab.PREFIXES,
            "classes": [
                {
                    "term": prefixed(c.iri),
                    "iri": c.iri,
                    "label": {"zh": c.zh, "en": c.en},
                    "count": c.count,
                    "subClassOf": list(c.within),
                    "properties": [
                        {
                            "term": prefixed(p.iri),
                            "iri": p.iri,
                            "label": {"zh": p.zh, "en": p.en},
                            "count": p.count,
                            "ranges": list(p.ranges),
                            "example": p.example,
                        }
                        for p in c.properties
                    ],
                }
                for c in self.classes
            ],
            "everywhere": {prefixed(iri): what for iri, what in EVERYWHERE.items()},
            "schemes": [
                {
                    "iri": s.iri,
                    "label": {"zh": s.zh, "en": s.en},
                    "concepts": s.total,
                    "used": s.used,
                    "mostUsed": [
                        {"iri": c.iri, "notation": c.notation, "label": {"zh": c.zh, "en": c.en}, "count": c.count}
                        for c in s.concepts
                    ],
                }
                for s in self.schemes
            ],
            "graphs": [{"iri": g.iri, "triples": g.count, "holds": g.what} for g in self.graphs],
            "examples": [{"question": {"zh": e.zh, "en": e.en}, "sparql": e.sparql} for e in self.examples],
        }

    def to_json(self) -> str:
        return json.dumps(self.as_json(), ensure_ascii=False, indent=1) + "\n"

    def to_markdown(self) -> str:
        from kg.describe.schema_page import schema_in_markdown

        return schema_in_markdown(self, _SHOWN)


def schema(store: Store) -> Schema:
    """What the graph holds: classes and properties with counts, ranges and examples, schemes, graphs, example queries.

    Counts are of the default graph. Of the concept schemes only what the plans use is counted as members of a class.
    """
    lookup = Lookup(store)
    return _Reading(lookup, store.snapshot()).schema()


class _Reading:
    """One pass over the default graph."""

    def __init__(self, lookup: Lookup, graph: ox.Store) -> None:
        self.lookup, self.graph = lookup, graph
        self.kinds: dict[str, str] = {}
        self.members: Counter[str] = Counter()
        self._concepts: dict[str, str] = {}  # concept → scheme
        self.uses: Counter[str] = Counter()  # concept or individual → triples of data that point to it
        self._read_kinds()
        self._read_uses()

    def _read_kinds(self) -> None:
        rank = {vocab.plan(name): n for n, name in enumerate(KINDS)}
        found: dict[str, set[str]] = defaultdict(set)
        for subject, cls in self.lookup.pairs(vocab.RDF_TYPE):
            if cls.value in rank:
                found[subject].add(cls.value)
        self._concepts = {s: scheme.value for s, scheme in self.lookup.pairs(vocab.SKOS_IN_SCHEME)}
        self.classes_of = found
        self.kinds = {s: min(classes, key=rank.__getitem__) for s, classes in found.items()}

    def _is_word(self, subject: str) -> bool:
        """Whether it is part of the vocabulary: a concept of a scheme, an individual of the ontology."""
        return subject in self._concepts or subject.startswith(vocab.PLAN)

    def _read_uses(self) -> None:
        self.triples = 0
        self.counts: dict[tuple[str, str], int] = Counter()
        self.ranges: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.examples: dict[tuple[str, str], tuple[str, str]] = {}
        for quad in self.graph.quads_for_pattern(None, None, None, ox.DefaultGraph()):
            self.triples += 1
            subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
            kind = self.kinds.get(subject)
            if kind is None or self._is_word(subject):
                continue
            if isinstance(value, ox.NamedNode):
                self.uses[value.value] += 1
            elif predicate == _CODE:  # a concept that is named by its notation
                self.uses[f"{_FINDING_CODES}/{value.value}"] += 1
            if predicate in _SUPERFLUOUS:
                continue
            self.counts[kind, predicate] += 1
            self.ranges[kind, predicate][self._range(value)] += 1
            example = (subject, str(value))
            self.examples[kind, predicate] = min(example, self.examples.get((kind, predicate), example))
        for subject, classes in self.classes_of.items():
            if not self._is_word(subject) or self.uses[subject]:
                self.members.update(classes)

    def _range(self, value: object) -> str:
        if isinstance(value, ox.NamedNode):
            kind = self.kinds.get(value.value)
            scheme = self._concepts.get(value.value)
            return prefixed(kind) if kind else prefixed(scheme) if scheme else "IRI"
        if isinstance(value, ox.Literal):
            return f"@{value.language}" if value.language else prefixed(value.datatype.value)
        return "?"

    def schema(self) -> Schema:
        self._share()
        classes = [self._class(vocab.plan(name)) for name in KINDS if self.members[vocab.plan(name)]]
        classes.sort(key=lambda c: (c.iri.removeprefix(vocab.PLAN) in _CONCEPTS, not c.properties))
        return Schema(
            self.lookup.base,
            self.triples,
            tuple(classes),
            self._schemes(),
            self._graphs(),
        )

    def _share(self) -> None:
        """Move what all subclasses in use have to a superclass that has no members of its own, so that it is said once."""
        below: dict[str, list[str]] = defaultdict(list)
        for kind in dict.fromkeys(kind for kind, _ in self.counts):
            for above in self._above(kind) - set(self.kinds.values()):
                below[above].append(kind)
        # The widest first: what it takes is no longer there for a narrower one.
        for above, kinds in sorted(below.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            if len(kinds) < 2:
                continue
            predicates = [{p for c, p in self.counts if c == kind} for kind in kinds]
            for predicate in sorted(set.intersection(*predicates)):
                for kind in kinds:
                    self.counts[above, predicate] += self.counts.pop((kind, predicate))
                    self.ranges[above, predicate] += self.ranges.pop((kind, predicate))
                    example = self.examples.pop((kind, predicate))
                    self.examples[above, predicate] = min(example, self.examples.get((above, predicate), example))

    def _above(self, cls: str) -> set[str]:
        """Our superclasses of a class, at any height."""
        found: set[str] = set()
        level = [cls]
        while level:
            level = [a for c in level for a in self.lookup.nodes(c, vocab.RDFS_SUB_CLASS_OF) if a not in found]
            found.update(level)
        return {a for a in found if a.startswith(vocab.PLAN)}

    def _class(self, cls: str) -> ClassUse:
        uses = tuple(self._property(cls, p) for p in sorted(p for c, p in self.counts if c == cls))
        above = tuple(prefixed(c) for c in self.lookup.nodes(cls, vocab.RDFS_SUB_CLASS_OF) if c.startswith(vocab.PLAN))
        is_concept = cls.removeprefix(vocab.PLAN) in _CONCEPTS
        return ClassUse(cls, *labels_of(self.lookup, cls), self.members[cls], above, () if is_concept else uses)

    def _property(self, cls: str, predicate: str) -> PropertyUse:
        ranges = self.ranges[cls, predicate]
        ordered = tuple(sorted(ranges, key=lambda r: (-ranges[r], r)))
        example = _notation(self.examples[cls, predicate][1])
        return PropertyUse(predicate, *labels_of(self.lookup, predicate), self.counts[cls, predicate], ordered, example)

    def _schemes(self) -> tuple[SchemeUse, ...]:
        by_scheme: dict[str, list[str]] = defaultdict(list)
        for concept, scheme in self._concepts.items():
            by_scheme[scheme].append(concept)
        out = []
        for scheme, concepts in sorted(by_scheme.items()):
            used = [c for c in concepts if self.uses[c]]
            used.sort(key=lambda c: (-self.uses[c], natural(c)))
            listed = tuple(self._concept(c) for c in used[:_LISTED])
            out.append(SchemeUse(scheme, *labels_of(self.lookup, scheme), len(concepts), len(used), listed))
        return tuple(out)

    def _concept(self, concept: str) -> ConceptUse:
        notation = self.lookup.value(concept, vocab.SKOS_NOTATION) or ""
        return ConceptUse(concept, notation, *labels_of(self.lookup, concept), self.uses[concept])

    def _graphs(self) -> tuple[GraphUse, ...]:
        known = {
            vocab.INFERRED_GRAPH: "what rules added and nobody asserted",
            vocab.CORRESPONDENCE_GRAPH: "which tasks of different plans correspond, and why",
            vocab.ONTOLOGY_GRAPH: "the ontology",
            vocab.CONCEPT_GRAPH: "the concept schemes",
        }
        counted = self.graph.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
        counts = sorted((row["g"].value, int(row["n"].value)) for row in counted)
        return tuple(GraphUse(name, count, known.get(name, "what one plan asserts")) for name, count in counts)


def _notation(term: str) -> str:
    """A term as SPARQL writes it, with our prefixes, clipped."""
    if term.startswith("<"):
        iri = term[1:-1]
        short = prefixed(iri)
        # A local part with a slash needs an escape in SPARQL: then the whole IRI is the safer example.
        return term if "/" in short else short
    body, quote, tail = term.rpartition('"')
    text = body[1:]
    if len(text) > _CLIP:
        text = text[:_CLIP].rstrip("\\") + "…"
    if tail.startswith("^^<"):
        tail = "^^" + prefixed(tail[3:-1])
    return f'"{text}{quote}{tail}'
