"""The service as an ASGI application: its routes, and what lies around them."""

from __future__ import annotations

from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import KGError
from kg.serve.around import CrossOrigin, Log, Prefix, Watched, on_problem
from kg.serve.describing import Statistics
from kg.serve.graphs import PATH, graph
from kg.serve.health import healthz, readyz
from kg.serve.pool import Pool
from kg.serve.problems import Problem
from kg.serve.protocol import sparql

_READING = ("GET", "HEAD", "OPTIONS")
_ROUTES: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("/sparql", sparql, (*_READING, "POST")),
    ("/sparql/", sparql, (*_READING, "POST")),
    (PATH, graph, _READING),
    (PATH + "/{path:path}", graph, _READING),
    ("/healthz", healthz, _READING),
    ("/readyz", readyz, _READING),
)


def make_app(pool: Pool, base: str, log: Log, *, writable: bool = False, prefix: str = "") -> Starlette:
    """The application over a pool that others start and close. `base`: start of the instances' IRIs."""
    routes = [
        Route(path, _with_options(endpoint, methods), methods=list(methods)) for path, endpoint, methods in _ROUTES
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Prefix, prefix=prefix), Middleware(CrossOrigin), Middleware(Watched, log=log)],
        exception_handlers={Problem: on_problem, KGError: on_problem, HTTPException: on_problem},
    )
    app.router.redirect_slashes = False
    app.state.pool, app.state.limits, app.state.base, app.state.writable = pool, pool.limits, base, writable
    app.state.statistics = Statistics(pool)
    return app


def _with_options(endpoint: Any, methods: tuple[str, ...]) -> Any:
    async def answered(request: Request) -> Response:
        if request.method == "OPTIONS":
            allowed = ", ".join(methods)
            headers = {
                "Allow": allowed,
                "Access-Control-Allow-Methods": allowed,
                "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type",
                "Access-Control-Max-Age": "86400",
            }
            return Response(status_code=204, headers=headers)
        return await endpoint(request)

    return answered
