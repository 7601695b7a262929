"""What the service says of itself: SPARQL 1.1 Service Description, with VoID statistics of what it holds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import KGError
from kg.serve.formats import GRAPHS, NAMES, choose_format, content_type, named_node
from kg.serve.pool import Pool
from kg.serve.problems import Problem
from kg.serve.requests import accepted
from kg.store import versions
from kg.vocab import RDF_TYPE, XSD_INTEGER

SD, VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_COUNTING_SECONDS = 1800.0
_LOOK_SECONDS = 1.0


@dataclass(slots=True)
class Statistics:
    """How much the live version holds: counted anew, in the background, when a build has published another."""

    pool: Pool
    version: str | None = None  # that the counts are of; None before the first
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    async def follow(self) -> None:
        """Keep the counts in step with the store until cancelled."""
        wait = _LOOK_SECONDS
        while True:
            try:
                folder = self.pool.source.store
                name = versions.current_name(Path(folder)) if folder else ""
                if name != self.version:
                    message = await self.pool.ask_apart({"task": "statistics"}, _COUNTING_SECONDS)
                    self.counts, self.version = message.said["statistics"], message.said["version"]
                wait = _LOOK_SECONDS
            except (KGError, Problem, OSError):  # what it said last it says until it can be counted again
                wait = min(max(wait * 2, 60.0), 3600.0)
            await asyncio.sleep(wait)


async def describe(request: Request) -> Response:
    """The description in the form that the client likes best. Raises `Problem` 406, 400 for a host that is none."""
    state = request.app.state
    media_type = choose_format(accepted(request), GRAPHS)
    # The host is what the request says; one that makes no IRI is refused.
    endpoint = named_node(str(request.url.replace(query="", fragment="")).rstrip("/")).value
    triples = describe_service(
        endpoint,
        state.base,
        state.statistics.counts,
        writable=state.writable,
        is_union=state.pool.source.store is not None,
    )
    body = ox.serialize(
        triples, format=GRAPHS[media_type]
    )  # without prefixes: their order would change from run to run
    request.state.version = state.statistics.version or ""
    return Response(body, headers={"Content-Type": content_type(media_type), "Vary": "Accept"})


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
