"""The fast engine: `shacl`, a validator in Rust, behind the same interface as pySHACL. It reads N-Triples.

Two things it says otherwise than pySHACL, and both are put right here: blank nodes come back under names of its own,
and a path comes back as text.
"""

from __future__ import annotations

from typing import Any

import rdflib
from rdflib import RDF, SH, BNode, URIRef

from kg.errors import QueryError, UsageError
from kg.validate.engine import Result
from kg.validate.lines import LinesData, read_term, write_term

_SHAPE = "urn:plankg:shape:"
_LABEL = "urn:plankg:blank-node"
# What must stay a blank node in the shapes: an IRI in the place of a path would be a property.
_PATHS = (SH.inversePath, SH.alternativePath, SH.zeroOrMorePath, SH.oneOrMorePath, SH.zeroOrOnePath)
# A shape that fails for every blank node, with the name that we know it by as focus node: so its other name comes to
# light. The node is given no property of its own, which some shape might count.
_PROBE = f"""<{_LABEL}-shape> <{RDF.type}> <{SH.NodeShape}> .
<{_LABEL}-shape> <{SH.targetSubjectsOf}> <{_LABEL}> .
<{_LABEL}-shape> <{SH.property}> <{_LABEL}-property> .
<{_LABEL}-property> <{SH.path}> <{_LABEL}> .
<{_LABEL}-property> <{SH.nodeKind}> <{SH.IRI}> .
"""


def is_installed() -> bool:
    """Whether there is a fast engine on this machine (the package `shacl` has no wheel for every platform)."""
    try:
        import shacl  # noqa: F401
    except ImportError:
        return False
    return True


class Compiled:
    """A shapes graph that the engine has read: compiled once, used for any number of data graphs."""

    def __init__(self, graph: rdflib.Graph) -> None:
        """Raises `QueryError` for shapes that the engine cannot read, `UsageError` where it is not installed."""
        try:
            import shacl
        except ImportError:
            raise UsageError(
                "the fast engine is not installed", remedy="pip install shacl, or choose --engine pyshacl"
            ) from None
        self._graph, self._names = graph, {}
        text = _PROBE + self._write(graph)
        try:
            self._shapes = shacl.Shapes.from_text(text, "ntriples")
        except (ValueError, RuntimeError) as error:
            raise QueryError(f"the shapes are broken: {_first_line(error)}") from None

    def _write(self, graph: rdflib.Graph) -> str:
        """The shapes graph in N-Triples, each shape without a name given one, so that results can say which it is."""
        for node in set(graph.subjects()):
            if isinstance(node, BNode) and not _is_part_of_path(graph, node):
                self._names[node] = URIRef(_SHAPE + node)
        written: dict[Any, str] = {}
        for term in {term for triple in graph for term in triple}:
            written[term] = write_term(self._names.get(term, term))
        return "".join(f"{written[s]} {written[p]} {written[o]} .\n" for s, p, o in graph)

    def run(self, data: LinesData) -> list[Result]:
        """The results, in no particular order. Raises `QueryError` for shapes that the engine cannot evaluate."""
        blank = data.blank_nodes()
        labels = "".join(f"<{_LABEL}:{node[2:]}> <{_LABEL}> {node} .\n" for node in blank)
        try:
            report = self._shapes.validate_text(data.text + labels, "ntriples")
        except (ValueError, RuntimeError) as error:
            raise QueryError(f"the shapes cannot be evaluated: {_first_line(error)}") from None
        results = report.results
        names = {r.value: r.focus_node[len(_LABEL) + 2 : -1] for r in results if r.path == f"<{_LABEL}>"}

        def term(written: str | None) -> Any:
            if written is None:
                return None
            return BNode(names.get(written, written[2:])) if written.startswith("_:") else data.term(written)

        return [
            Result(
                focus=term(result.focus_node),
                path=self._path(result),
                value=term(result.value),
                shape=_shape(result.source_shape),
                component=result.component_iri,
            )
            for result in results
            if result.path != f"<{_LABEL}>"
        ]

    def _path(self, result: Any) -> Any:
        if result.path is None:
            return None
        path = self._graph.value(_shape(result.source_shape), SH.path)
        if path is None or (isinstance(path, URIRef) and f"<{path}>" != result.path):
            return read_term(result.path)  # of a closed shape: the property that is not allowed
        return path


def _shape(written: str) -> Any:
    iri = read_term(written)
    return BNode(iri[len(_SHAPE) :]) if iri.startswith(_SHAPE) else iri


def _is_part_of_path(graph: rdflib.Graph, node: Any) -> bool:
    return (node, RDF.first, None) in graph or any((node, predicate, None) in graph for predicate in _PATHS)


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
