"""What the service says of itself: SPARQL 1.1 Service Description, with VoID statistics of what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

import pyoxigraph as ox

from kg.serve.formats import NAMES
from kg.vocab import RDF_TYPE, XSD_INTEGER

SD, VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"


def describe_service(
    endpoint: str, base: str, counts: Mapping[str, Mapping[str, int]], *, writable: bool = False, is_union: bool = True
) -> Iterator[ox.Triple]:
    """The triples of the description, without blank nodes; the counts as far as they are known.

    >>> [str(t.object) for t in describe_service("http://h/sparql", "https://b/", {}) if t.predicate.value == SD + "endpoint"]
    ['<http://h/sparql>']
    """
    service, dataset, default = (f"{endpoint}#{name}" for name in ("service", "dataset", "default-graph"))
    yield from _about(
        service,
        (RDF_TYPE, SD + "Service"),
        (SD + "endpoint", endpoint),
        (SD + "supportedLanguage", SD + "SPARQL11Query"),
        *([(SD + "supportedLanguage", SD + "SPARQL11Update")] if writable else []),
        *([(SD + "feature", SD + "UnionDefaultGraph")] if is_union else []),
        *((SD + "resultFormat", _FORMATS + name) for name in NAMES.values()),
        (SD + "defaultDataset", dataset),
    )
    properties, classes, graphs = (counts.get(name, {}) for name in ("properties", "classes", "graphs"))
    yield from _about(
        dataset,
        *((RDF_TYPE, kind) for kind in (SD + "Dataset", VOID + "Dataset")),
        (VOID + "sparqlEndpoint", endpoint),
        (VOID + "uriSpace", ox.Literal(base)),
        (SD + "defaultGraph", default),
        *_sizes(properties, classes),
    )
    yield from _about(default, (RDF_TYPE, SD + "Graph"), (RDF_TYPE, VOID + "Dataset"), *_sizes(properties, {}))
    for iri, triples in sorted(graphs.items()):
        named = f"{endpoint}#graph={quote(iri, safe='')}"
        yield from _about(dataset, (SD + "namedGraph", named))
        yield from _about(
            named, (RDF_TYPE, SD + "NamedGraph"), (SD + "name", iri), (SD + "graph", content := f"{named}&content")
        )
        yield from _about(
            content, (RDF_TYPE, SD + "Graph"), (RDF_TYPE, VOID + "Dataset"), (VOID + "triples", _number(triples))
        )
    for kind, about, number, counted in (
        ("property", "property", "triples", properties),
        ("class", "class", "entities", classes),
    ):
        for iri, n in sorted(counted.items()):
            part = f"{endpoint}#{kind}={quote(iri, safe='')}"
            yield from _about(dataset, (f"{VOID}{kind}Partition", part))
            yield from _about(part, (VOID + about, iri), (VOID + number, _number(n)))


def _sizes(properties: Mapping[str, int], classes: Mapping[str, int]) -> Iterator[tuple[str, ox.Literal]]:
    if properties:
        yield VOID + "triples", _number(sum(properties.values()))
        yield VOID + "properties", _number(len(properties))
    if classes:
        yield VOID + "classes", _number(len(classes))


def _number(n: int) -> ox.Literal:
    return ox.Literal(str(n), datatype=ox.NamedNode(XSD_INTEGER))


def _about(subject: str, *facts: tuple[str, str | ox.Literal]) -> Iterator[ox.Triple]:
    for predicate, value in facts:
        object_ = value if isinstance(value, ox.Literal) else ox.NamedNode(value)
        yield ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), object_)
