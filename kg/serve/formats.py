"""The forms of an answer: media types, in the order of preference, and what Oxigraph calls them."""

from __future__ import annotations

import pyoxigraph as ox

from kg.serve.negotiation import choose
from kg.serve.problems import Problem

RESULTS: dict[str, ox.QueryResultsFormat] = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
}
GRAPHS: dict[str, ox.RdfFormat] = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}
# https://www.w3.org/ns/formats/: how a service description names them.
NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/ld+json": "JSON-LD",
}


def choose_format(accept: str | None, offered: dict[str, ox.QueryResultsFormat] | dict[str, ox.RdfFormat]) -> str:
    """The media type to answer in. Raises `Problem` 406 that lists those that can be had."""
    chosen = choose(accept, list(offered))
    if chosen is None:
        raise Problem(
            406,
            "not-acceptable",
            f"none of the media types asked for can be had: {accept}",
            remedy=f"ask for one of {', '.join(name for name in offered if name in NAMES)}",
        )
    return chosen


def content_type(media_type: str) -> str:
    """The media type as the header says it: with its encoding where it is a text.

    >>> content_type("text/csv"), content_type("application/json")
    ('text/csv; charset=utf-8', 'application/json')
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def named_node(iri: str) -> ox.NamedNode:
    """A graph's name as Oxigraph takes it. Raises `Problem` 400 for what is no absolute IRI."""
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise Problem(400, "bad-request", f"not an absolute IRI: {iri}", remedy="write it in full: https://…") from None
