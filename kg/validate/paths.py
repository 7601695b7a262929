"""Property paths of a shapes graph, written out: the same path is always the same text."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING, Any

import rdflib
from rdflib import RDF, SH, URIRef
from rdflib.collection import Collection

from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from kg.validate.data import Data

Walk = Callable[["Data", set[Any]], set[Any]]
_SUFFIX = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def to_sparql(graph: rdflib.Graph, path: Any) -> str:
    """A path as SPARQL writes it, with prefixes: for reading, for JSON and for the identity of a finding.

    >>> to_sparql(rdflib.Graph(), URIRef("https://w3id.org/plankg/ontology#deadlineDate"))
    'plan:deadlineDate'
    """
    if isinstance(path, URIRef):
        return shorten(str(path))
    if (path, RDF.first, None) in graph:
        return "/".join(_grouped(graph, part) for part in Collection(graph, path))
    for predicate, node in graph.predicate_objects(path):
        if predicate == SH.inversePath:
            return "^" + _grouped(graph, node)
        if predicate == SH.alternativePath:
            return "|".join(_grouped(graph, part) for part in Collection(graph, node))
        if predicate in _SUFFIX:
            return _grouped(graph, node) + _SUFFIX[predicate]
    return ""


def _grouped(graph: rdflib.Graph, path: Any) -> str:
    text = to_sparql(graph, path)
    return text if isinstance(path, URIRef) or text.startswith("^") else f"({text})"


def reach(graph: rdflib.Graph, path: Any, data: Data, nodes: set[Any]) -> set[Any]:
    """The nodes of the data to which a path of the shapes graph leads from `nodes`.

    >>> from kg.validate.data import load
    >>> plan = URIRef("https://w3id.org/plankg/ontology#Task")
    >>> [str(label) for label in reach(rdflib.Graph(), rdflib.RDFS.label, load([]), {plan}) if label.language == "zh"]
    ['任务']
    """
    return walker(graph, path)(data, nodes)


def walker(graph: rdflib.Graph, path: Any) -> Walk:
    """What `reach` does along one path, read from the shapes graph once for however many nodes."""
    if isinstance(path, URIRef):
        return lambda data, nodes: {value for node in nodes for value in data.objects(node, path)}
    if (path, RDF.first, None) in graph:
        steps = [walker(graph, part) for part in Collection(graph, path)]
        return lambda data, nodes: reduce(lambda reached, step: step(data, reached), steps, nodes)
    for predicate, inner in graph.predicate_objects(path):
        if predicate == SH.inversePath:
            back = inner
            return lambda data, nodes: {found for node in nodes for found in data.subjects(back, node)}
        if predicate == SH.alternativePath:
            ways = [walker(graph, part) for part in Collection(graph, inner)]
            return lambda data, nodes: set().union(*(way(data, nodes) for way in ways))
        if predicate in _SUFFIX:
            return _repeated(walker(graph, inner), predicate)
    return lambda data, nodes: set()


def _repeated(step: Walk, how: Any) -> Walk:
    def walk(data: Data, nodes: set[Any]) -> set[Any]:
        once = step(data, nodes)
        found, new = set(once), once
        while new and how != SH.zeroOrOnePath:
            new = step(data, new) - found
            found |= new
        return found if how == SH.oneOrMorePath else found | nodes

    return walk


def to_turtle(graph: rdflib.Graph, path: Any) -> str:
    """A path as the object of `sh:resultPath` in Turtle."""
    if isinstance(path, URIRef):
        return path.n3()
    if (path, RDF.first, None) in graph:
        return "( " + " ".join(to_turtle(graph, part) for part in Collection(graph, path)) + " )"
    inner = "; ".join(
        f"{predicate.n3()} {to_turtle(graph, node)}" for predicate, node in sorted(graph.predicate_objects(path))
    )
    return f"[ {inner} ]"


def shorten(iri: str) -> str:
    """An IRI with one of our prefixes, or in angle brackets.

    >>> shorten("http://purl.org/dc/terms/title")
    'dcterms:title'
    """
    for prefix, namespace in PREFIXES.items():
        local = iri[len(namespace) :]
        if iri.startswith(namespace) and local.replace("_", "a").replace("-", "a").isalnum() and local.isascii():
            return f"{prefix}:{local}"
    return f"<{iri}>"
