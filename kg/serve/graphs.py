"""`/rdf-graph-store`: graphs as a whole, by the reading half of the SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.answers import ask
from kg.serve.problems import Problem
from kg.serve.requests import accepted, query_string

PATH = "/rdf-graph-store"


async def graph(request: Request) -> Response:
    """The graph that `?graph=IRI` or `?default` names (section 4.2), or whose IRI the request's own URL is (section 4.1).

    Raises `Problem`: 400 where it is not clear which graph is meant, 404 where there is no such graph.
    """
    parameters = query_string(request)
    named, is_default = parameters.one("graph"), "default" in parameters
    direct = bool(request.path_params.get("path"))
    if (named is not None) + is_default + direct != 1:
        raise Problem(
            400,
            "bad-request",
            "the request does not name one graph",
            remedy=f"GET {PATH}?graph=IRI or {PATH}?default, or the graph's own URL",
        )
    iri = None if is_default else named if named is not None else _own_url(request)
    return await ask(request, {"task": "graph", "graph": iri, "accept": accepted(request)})


def _own_url(request: Request) -> str:
    """The URL as it was asked for: what is percent-encoded stays so."""
    raw = request.scope.get("raw_path") or request.url.path.encode()
    return f"{request.url.scheme}://{request.url.netloc}{raw.decode('ascii', 'replace')}"
