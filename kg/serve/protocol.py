"""`/sparql`: the SPARQL 1.1 Protocol; read-only, save for the instance that the protocol's tests write to."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.answers import ask
from kg.serve.describing import describe
from kg.serve.problems import Problem
from kg.serve.requests import FORM, Parameters, accepted, as_text, media_type, query_string, read_body, read_pairs

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"


async def sparql(request: Request) -> Response:
    """SPARQL 1.1 Protocol, sections 2.1 and 2.2; a GET without a query gives the service description.

    Raises `Problem`.
    """
    if request.method == "POST":
        return await _post(request)
    parameters = query_string(request)
    if "update" in parameters:
        raise Problem(400, "bad-request", "an update cannot be sent by GET", remedy="this service only reads: query=…")
    if "query" in parameters:
        return await _query(request, parameters.one("query") or "", parameters)
    if "default-graph-uri" in parameters or "named-graph-uri" in parameters:
        raise Problem(400, "bad-request", "the request has graphs, but no query", remedy="add query=…")
    return await describe(request)


async def _post(request: Request) -> Response:
    kind = media_type(request)
    if kind not in (FORM, QUERY, UPDATE):
        raise Problem(
            415,
            "bad-media-type",
            f"the body is {kind}" if kind else "the request does not say what its body is (Content-Type)",
            where="Content-Type",
            remedy=f"send {QUERY}, or a form ({FORM})",
        )
    body = await read_body(request, request.app.state.limits.request)
    beside = query_string(request)
    if "query" in beside or "update" in beside:
        raise Problem(
            400, "bad-request", "the query stands in the URL of a POST", remedy="send it in the body, or by GET"
        )
    if kind == QUERY:
        return await _query(request, as_text(body), beside)
    if kind == UPDATE:
        return await _update(request, as_text(body), beside)
    form = read_pairs(body)
    parameters = Parameters(beside.pairs + form.pairs)
    query, update = form.one("query"), form.one("update")
    if query is not None and update is not None:
        raise Problem(400, "bad-request", "the form has a query and an update", remedy="send one of the two")
    if update is not None:
        return await _update(request, update, parameters)
    if query is None:
        raise Problem(400, "bad-request", "the form has no query", remedy="send query=…")
    return await _query(request, query, parameters)


async def _query(request: Request, text: str, parameters: Parameters) -> Response:
    return await ask(
        request,
        {
            "task": "query",
            "sparql": text,
            "accept": accepted(request),
            "default": parameters.all("default-graph-uri"),
            "named": parameters.all("named-graph-uri"),
            "remote": request.app.state.pool.source.endpoint is not None,
        },
    )


async def _update(request: Request, text: str, parameters: Parameters) -> Response:
    if not request.app.state.writable:
        raise Problem(
            403,
            "read-only",
            "this service only reads: it takes no update",
            remedy="ask with SELECT, ASK, CONSTRUCT or DESCRIBE",
        )
    return await ask(
        request,
        {
            "task": "update",
            "sparql": text,
            "default": parameters.all("using-graph-uri"),
            "named": parameters.all("using-named-graph-uri"),
        },
    )
