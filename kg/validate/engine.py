"""pySHACL, behind the one interface that every engine has: `(data graph, shapes graph) -> results`."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import rdflib
from rdflib import RDF, SH, BNode, Literal, URIRef

from kg.errors import QueryError
from kg.vocab import PLAN


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result (SHACL section 3.6.2), as the engine gives it."""

    focus: Any  # rdflib term
    path: Any | None  # node of the path in the shapes graph
    value: Any | None
    shape: Any  # node of the source shape in the shapes graph
    component: str  # IRI of the constraint component
    found_by: str = "shacl"  # or "check": a built-in check in Python


def run(data: rdflib.Graph, shapes: rdflib.Graph) -> list[Result]:
    """The results of pySHACL, in no particular order.

    Raises `QueryError` for shapes that it cannot load or evaluate.
    Only results linked from the report by `sh:result` count: pySHACL types nested details as results, too.
    """
    report = _validate(data, shapes)
    results = []
    for root in report.subjects(RDF.type, SH.ValidationReport):
        for node in report.objects(root, SH.result):
            results.append(
                Result(
                    focus=report.value(node, SH.focusNode),
                    path=report.value(node, SH.resultPath),
                    value=report.value(node, SH.value),
                    shape=report.value(node, SH.sourceShape),
                    component=str(report.value(node, SH.sourceConstraintComponent)),
                )
            )
    return results


def _validate(data: rdflib.Graph, shapes: rdflib.Graph, where: str | None = None, **options: Any) -> rdflib.Graph:
    import pyshacl
    from pyparsing import ParseException
    from pyshacl.errors import (
        ConstraintLoadError,
        ReportableRuntimeError,
        RuleLoadError,
        ShapeLoadError,
        ShapeRecursionWarning,
        ValidationFailure,
    )

    broken = (ConstraintLoadError, ReportableRuntimeError, RuleLoadError, ShapeLoadError, ShapeRecursionWarning)
    # What pySHACL logs to standard error the exception says, too.
    logging.getLogger("pyshacl-validate").disabled = True
    try:
        # In place: without inference or rules pySHACL changes nothing, and a copy would take longer than the checking.
        _conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, **options)
    except (*broken, ParseException, NotImplementedError) as error:
        raise QueryError(f"the shapes are broken: {_first_line(error)}", where=where) from None
    if isinstance(report, ValidationFailure):
        raise QueryError(f"the shapes are broken: {_first_line(report)}", where=where)
    if isinstance(report, (bytes, str)):
        raise QueryError(f"the shapes cannot be evaluated: {report!s}", where=where)
    return report


def _first_line(error: Any) -> str:
    text = str(getattr(error, "message", "") or error).strip()
    return text.splitlines()[0] if text else type(error).__name__


def reject_broken(shapes: rdflib.Graph, where: str) -> None:
    """Raises `QueryError` where SHACL-SHACL or the SPARQL grammar rejects a shape: pySHACL alone passes over many faults."""
    import pyparsing
    from rdflib.plugins.sparql import prepareQuery

    for node, _, text in shapes.triples((None, SH.select, None)):
        prefixes = "".join(
            f"PREFIX {shapes.value(declared, SH.prefix)}: <{shapes.value(declared, SH.namespace)}>\n"
            for scheme in shapes.objects(node, SH.prefixes)
            for declared in sorted(shapes.objects(scheme, SH.declare), key=str)
        )
        if shapes.value(node, SH.prefixes) == URIRef("https://w3id.org/plankg/shapes"):
            prefixes += f"PREFIX plan: <{PLAN}>\n"
        try:
            prepareQuery(prefixes + str(text))
        except Exception as error:  # rdflib raises pyparsing's and bare exceptions alike
            reason = (
                error.explain(depth=0).splitlines()[-1]
                if isinstance(error, pyparsing.ParseBaseException)
                else str(error)
            )
            raise QueryError(f"a SPARQL constraint is broken: {reason}", where=where) from None
    report = check_shapes(shapes)
    if report:
        shape, message = report[0]
        raise QueryError(f"{shape} is no valid shape: {message}", where=where, remedy="see the SHACL recommendation")
    # Loading is where pySHACL finds the rest.
    _validate(rdflib.Graph(), shapes, where)


def check_shapes(shapes: rdflib.Graph, shacl_shacl: rdflib.Graph | None = None) -> list[tuple[str, str]]:
    """What SHACL's own shapes say against a shapes graph: pairs of shape and message, empty if nothing."""
    if shacl_shacl is None:
        shacl_shacl = _shacl_shacl()
    # Paths nest as deep as their lists are long: pySHACL's 15 levels are too few for one of five members.
    report = _validate(shapes, shacl_shacl, max_validation_depth=50)
    found = []
    for root in report.subjects(RDF.type, SH.ValidationReport):
        for node in report.objects(root, SH.result):
            focus = report.value(node, SH.focusNode)
            about = f"<{focus}>" if isinstance(focus, URIRef) else "a shape without a name"
            if isinstance(focus, (BNode, Literal)):
                owner = next((s for s in shapes.subjects(None, focus) if isinstance(s, URIRef)), None)
                about = f"a shape within <{owner}>" if owner else about
            path = report.value(node, SH.resultPath)
            text = next(iter(sorted(str(m) for m in report.objects(node, SH.resultMessage))), "not allowed")
            found.append((about, f"{path}: {text}" if isinstance(path, URIRef) else text))
    return sorted(found)


def _shacl_shacl() -> rdflib.Graph:
    """SHACL-SHACL (appendix C of the recommendation), as pySHACL carries it."""
    from pyshacl.rdfutil import load_from_source
    from pyshacl.validator import assign_baked_in

    assign_baked_in()  # else the next line asks the web
    return load_from_source("http://www.w3.org/ns/shacl-shacl", do_owl_imports=False)
